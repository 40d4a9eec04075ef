/* Sign-ups: what comes in is kept once, and becomes people, contacts and bookings. */
#include "booking_fixture.h"

#include <valstuga/flyer.h>

/* The squares with shift 1 of two seats on Stora torget. */

static const char *
flyer_for(struct scene *s, const char *target)
{
	const char *code = NULL;
	json_t *values = VALUES("text=pass", target);
	bool done = vs_flyer_add(s->db, values, s->arena, &code, &s->err);
	json_decref(values);
	assert_done(s, done);
	return vs_arena_printf(s->arena, "flyer=%s", code);
}

static bool
add(struct scene *s, json_t *values, const char **ret_key, bool *ret_new)
{
	bool done = vs_signup_add(s->db, values, s->arena, ret_key, ret_new, &s->err);
	json_decref(values);
	return done;
}

static const char *
signed_up(struct scene *s, json_t *values)
{
	const char *key = NULL;
	bool is_new = false;
	assert_done(s, add(s, values, &key, &is_new));
	assert_true(is_new);
	return key;
}

static bool
try_add(struct scene *s, json_t *values)
{
	const char *key;
	bool is_new;
	return add(s, values, &key, &is_new);
}

static json_t *
accepted(struct scene *s, const char *key, struct vs_signup_answer answer)
{
	json_t *view = vs_signup_accept(s->db, key, &answer, &s->err);
	if (!view)
		fail_msg("%s", s->err.text);
	return view;
}

static bool
accept(struct scene *s, const char *key, struct vs_signup_answer answer)
{
	json_t *view = vs_signup_accept(s->db, key, &answer, &s->err);
	json_decref(view);
	return view;
}
#define ANSWER(...) ((struct vs_signup_answer){ __VA_ARGS__ })

#define PHONE "phone=070-174 06 05"

/* Coming in --------------------------------------------------------------------------------- */

static void
the_same_entry_is_one_however_it_is_typed(void **state)
{
	struct scene *s = *state;
	const char *key, *again, *flyer = flyer_for(s, "kommun=Kil");
	bool is_new;
	key = signed_up(s, VALUES("source=paper", "name=Åsa Ek", PHONE, flyer));
	int64_t lines = count_of(s, SQL("SELECT count(*) FROM history"));
	assert_done(s,
		add(s,
			VALUES("source=phone", "name= åsa  EK", "phone=+46 70 174 06 05",
				flyer),
			&again, &is_new));
	assert_false(is_new);
	assert_string_equal(key, again);
	assert_int_equal(lines, count_of(s, SQL("SELECT count(*) FROM history")));
	/* Another flyer, another message are another entry. */
	signed_up(s, VALUES("source=paper", "name=Åsa Ek", PHONE));
	signed_up(s, VALUES("source=paper", "name=Åsa Ek", PHONE, flyer, "message=Hej"));
	/* So it is after it was handled. */
	assert_done(s, vs_signup_reject(s->db, key, "prov", &s->err));
	assert_done(s,
		add(s, VALUES("source=sms", "name=Åsa Ek", PHONE, flyer), &again,
			&is_new));
	assert_false(is_new);
}

static void
without_consent_or_a_way_to_answer_nothing_is_kept(void **state)
{
	struct scene *s = *state;
	json_t *values = VALUES("source=paper", "name=Åsa Ek", PHONE);
	json_object_set_new(values, "consent", json_false());
	assert_refused(
		s, try_add(s, values), VS_REFUSED, "without consent nothing is kept");
	assert_refused(s, try_add(s, VALUES("source=paper", "name=Åsa Ek")), VS_INVALID,
		"give a phone or an e-mail");
	assert_refused(
		s, try_add(s, VALUES("source=paper", PHONE)), VS_INVALID, "field name");
	assert_refused(s, try_add(s, VALUES("source=paper", "name=Åsa", "phone=12")),
		VS_INVALID, "phone");
	assert_refused(s, try_add(s, VALUES("source=paper", "name=Åsa", "email=a@b")),
		VS_INVALID, "is no e-mail address");
	assert_refused(s, try_add(s, VALUES("source=brev", "name=Åsa", PHONE)),
		VS_INVALID, "source");
	assert_refused(s,
		try_add(s,
			VALUES("source=paper", "name=Åsa", PHONE, "at=2026-08-11 10:00")),
		VS_INVALID, "it has not come in yet");
	assert_int_equal(0, count_of(s, SQL("SELECT count(*) FROM signup")));
}

static void
a_flyer_that_is_off_takes_nobody_in(void **state)
{
	struct scene *s = *state;
	const char *flyer = flyer_for(s, "expires_on=2026-08-11");
	assert_refused(s,
		try_add(s,
			VALUES("source=paper", "name=A", PHONE, "flyer=7K3M-9QX2-RT5")),
		VS_INVALID, "last character does not fit");
	/* A slip that was filled in on the last day may be typed in later. */
	scene_time("2026-08-12 20:00");
	assert_refused(s, try_add(s, VALUES("source=server", "name=A", PHONE, flyer)),
		VS_REFUSED, "was valid until 2026-08-11");
	signed_up(
		s, VALUES("source=paper", "name=A", PHONE, flyer, "at=2026-08-11 15:00"));
	assert_done(s, vs_flyer_off(s->db, flyer + 6, "skoj", &s->err));
	assert_refused(s, try_add(s, VALUES("source=paper", "name=B", PHONE, flyer)),
		VS_REFUSED, "is switched off: skoj");
}

/* Accepting --------------------------------------------------------------------------------- */

static void
a_sign_up_becomes_a_person_a_contact_and_a_booking(void **state)
{
	struct scene *s = *state;
	const char *flyer = flyer_for(s, "shift=1");
	const char *key = signed_up(s,
		VALUES("source=paper", "name=Åsa Ny", PHONE, flyer, "kommun=Kil",
			"at=2026-08-09 18:00", "message=Bara helger"));
	json_t *view = accepted(s, key, ANSWER(NULL));
	assert_true(json_is_true(json_object_get(view, "new")));
	assert_int_equal(integer_at(view, "person"), 5);
	assert_string_equal(text_at(view, "booking_state"), "signed up");
	assert_non_null(strstr(text_at(view, "shift_text"), "shift 1 (Valstugan"));
	json_decref(view);
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM person p, campaign c WHERE p.id = 5"
			    " AND p.phone = '+46701740605' AND p.kommun_code = '1715'"
			    " AND p.volunteer AND p.keep_until = c.keep_until")));
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM consent c JOIN wording w"
			    " ON w.id = c.wording_id WHERE person_id = 5 AND w.name = 'pass'"
			    " AND purpose = 'shifts' AND channel = 'any' AND source LIKE"
			    " 'flyer ____-____-___, paper' AND given_at ="
			    " strftime('%s', '2026-08-09 16:00')")));
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM contact WHERE person_id = 5 AND"
			    " reason = 'sign_up' AND note = 'Bara helger' AND"
			    " opened_at = strftime('%s', '2026-08-09 16:00')")));
	assert_string_equal("signed_up", squares_state(s, 1, 5));
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM signup WHERE state = 'accepted'"
			    " AND person_id = 5")));
	/* The history knows a number. */
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary GLOB '*Ny*'")));
	assert_refused(s, accept(s, key, ANSWER(NULL)), VS_REFUSED,
		"was handled on 2026-08-10 12:00: accepted");
}

static void
a_full_shift_takes_all_or_nothing(void **state)
{
	struct scene *s = *state;
	assert_true(squares_book(s, 1, KIM));
	assert_true(squares_book(s, 1, BO));
	const char *key =
		signed_up(s, VALUES("source=phone", "name=Åsa Ny", PHONE, "shift=1"));
	assert_refused(s, accept(s, key, ANSWER(NULL)), VS_REFUSED, "--without-shift");
	assert_int_equal(4, count_of(s, SQL("SELECT count(*) FROM person")));
	assert_int_equal(0, count_of(s, SQL("SELECT count(*) FROM consent")));
	assert_int_equal(0, count_of(s, SQL("SELECT count(*) FROM contact")));
	json_t *view = accepted(s, key, ANSWER(.wait = true));
	assert_string_equal(text_at(view, "booking_state"), "waiting");
	json_decref(view);
	key = signed_up(s, VALUES("source=phone", "name=Olle Ny", PHONE, "shift=1"));
	assert_true(accept(s, key, ANSWER(.shift = "")));
	assert_int_equal(6, count_of(s, SQL("SELECT count(*) FROM person")));
	assert_int_equal(3, count_of(s, SQL("SELECT count(*) FROM booking")));
}

static void
a_known_person_keeps_what_they_have(void **state)
{
	struct scene *s = *state;
	squares_run(s,
		SQL("UPDATE person SET email = 'Kim@exempel.se',"
		    " phone = '+46700000000' WHERE id = 1"));
	const char *first = signed_up(s,
		VALUES("source=paper", "name=Kim E", PHONE, "email=kim@exempel.se",
			"kommun=Kil"));
	const char *second = signed_up(s, VALUES("source=sms", "name=Kim E", PHONE));
	json_t *view = accepted(s, first, ANSWER(.person = "Kim Ek"));
	const json_t *differs = json_object_get(view, "differs");
	assert_false(json_is_true(json_object_get(view, "new")));
	assert_int_equal(json_array_size(differs), 1);
	assert_string_equal(json_string_value(json_array_get(differs, 0)), "phone");
	json_decref(view);
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM person WHERE id = 1 AND name = 'Kim Ek'"
			    " AND phone = '+46700000000' AND kommun_code = '1715'"
			    " AND email = 'Kim@exempel.se' AND volunteer")));
	/* One consent in the same words, one contact that is open. */
	view = accepted(s, second, ANSWER(.person = "1"));
	assert_true(json_is_null(json_object_get(view, "contact")));
	json_decref(view);
	assert_int_equal(1, count_of(s, SQL("SELECT count(*) FROM consent")));
	assert_int_equal(1, count_of(s, SQL("SELECT count(*) FROM contact")));
}

static void
nobody_is_in_the_register_twice_for_want_of_looking(void **state)
{
	struct scene *s = *state;
	squares_run(
		s, SQL("UPDATE person SET phone = '+46701740605' WHERE id IN (1, 2)"));
	const char *key = signed_up(s, VALUES("source=paper", "name=kim ek", PHONE));
	assert_refused(s, accept(s, key, ANSWER(NULL)), VS_EXISTS,
		"this looks like person 1, Kim Ek (same name, same phone); say --person 1, or "
		"--new");
	squares_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 1"));
	assert_refused(s, accept(s, key, ANSWER(.person = "1")), VS_REFUSED,
		"person 1 is restricted");
	assert_true(accept(s, key, ANSWER(.somebody_new = true)));
	assert_int_equal(5, count_of(s, SQL("SELECT count(*) FROM person")));
}

static void
the_association_that_is_near_makes_the_contact(void **state)
{
	struct scene *s = *state;
	assert_done(s, record_add(s, &vs_association_type, VALUES("name=V Kil"), NULL));
	assert_done(s, record_add(s, &vs_association_type, VALUES("name=V Sunne"), NULL));
	squares_run(s,
		SQL("UPDATE kommun SET association_id = 1, association_lent ="
		    " code = '1730' WHERE code IN ('1715', '1730')"));
	squares_run(s, SQL("UPDATE kommun SET association_id = 2 WHERE code = '1766'"));
	/* Eda is lent to Kil; who says nothing is near where the flyer was. */
	const char *flyer = flyer_for(s, "kommun=Sunne");
	const char *eda = signed_up(
		s, VALUES("source=paper", "name=A", PHONE, flyer, "kommun=Eda"));
	const char *sunne = signed_up(s, VALUES("source=paper", "name=B", PHONE, flyer));
	const char *nowhere = signed_up(s, VALUES("source=paper", "name=C", PHONE));
	json_t *view = accepted(s, eda, ANSWER(NULL));
	assert_string_equal(text_at(view, "association_name"), "V Kil");
	json_decref(view);
	view = accepted(s, sunne, ANSWER(NULL));
	assert_string_equal(text_at(view, "association_name"), "V Sunne");
	json_decref(view);
	view = accepted(s, nowhere, ANSWER(NULL));
	assert_string_equal(text_at(view, "association_name"), "");
	json_decref(view);
	json_t *queue = vs_contact_queue(s->db, NULL, &s->err);
	assert_int_equal(json_array_size(json_object_get(queue, "associations")), 3);
	json_decref(queue);
}

/* Rejecting --------------------------------------------------------------------------------- */

static void
who_is_rejected_is_forgotten_at_once(void **state)
{
	struct scene *s = *state;
	char *bytes;
	size_t length;
	const char *key = signed_up(s,
		VALUES("source=email", "name=Xenofon Qvist", "email=xq@exempel.se",
			"message=Vrålåk"));
	assert_refused(
		s, vs_signup_reject(s->db, key, " ", &s->err), VS_USAGE, "--reason");
	assert_done(s, vs_signup_reject(s->db, key, "på skoj", &s->err));
	assert_done(s, vs_file_read(s->arena, s->path, &bytes, &length, &s->err));
	assert_null(memmem(bytes, length, "Xenofon", 7));
	assert_null(memmem(bytes, length, "xq@exempel", 10));
	assert_null(memmem(bytes, length, "Vrålåk", 8));
	assert_refused(s, accept(s, key, ANSWER(NULL)), VS_REFUSED, "rejected");
}

/* Looking ----------------------------------------------------------------------------------- */

static void
the_inbox_tells_who_it_may_be_and_what_hinders(void **state)
{
	struct scene *s = *state;
	squares_run(
		s, SQL("UPDATE person SET phone = '+46701740605' WHERE id IN (2, 3)"));
	assert_true(squares_book(s, 1, EVA));
	signed_up(s,
		VALUES("source=paper", "name=EVA ASK", PHONE, "shift=1",
			"at=2026-08-08 23:30"));
	signed_up(
		s, VALUES("source=sms", "name=Ny Här", "email=ny@exempel.se", "shift=1"));
	assert_true(squares_book(s, 1, KIM));
	json_t *view = vs_signup_inbox(s->db, &s->err);
	assert_non_null(view);
	const json_t *entries = json_object_get(view, "entries");
	const json_t *eva = json_array_get(entries, 0), *new = json_array_get(entries, 1);
	const json_t *duplicates = json_object_get(eva, "duplicates");
	assert_int_equal(json_array_size(entries), 2);
	assert_int_equal(integer_at(eva, "days"), 2);
	assert_int_equal(json_array_size(duplicates), 2);
	assert_int_equal(integer_at(json_array_get(duplicates, 0), "person"), EVA);
	assert_true(json_is_true(json_object_get(json_array_get(duplicates, 0), "sure")));
	assert_string_equal(text_at(json_array_get(duplicates, 1), "why"), "same phone");
	json_t *hindrance = json_array_get(json_object_get(eva, "hindrances"), 1);
	assert_non_null(strstr(text_at(hindrance, "text"), "is on the shift already"));
	assert_int_equal(json_array_size(json_object_get(new, "duplicates")), 0);
	hindrance = json_array_get(json_object_get(new, "hindrances"), 0);
	assert_non_null(strstr(text_at(hindrance, "text"), "is full: 2 of 2 places"));
	json_decref(view);
}

static void
a_flyer_counts_who_came_by_it(void **state)
{
	struct scene *s = *state;
	const char *flyer = flyer_for(s, "kommun=Kil");
	const char *first = signed_up(s, VALUES("source=paper", "name=A", PHONE, flyer));
	signed_up(s, VALUES("source=paper", "name=B", PHONE, flyer));
	assert_true(accept(s, first, ANSWER(NULL)));
	json_t *record = vs_flyer_get(s->db, flyer + 6, &s->err);
	assert_int_equal(integer_at(record, "signups"), 2);
	assert_int_equal(integer_at(record, "accepted"), 1);
	json_decref(record);
}

static int
inbox_open(void **state)
{
	setenv("VALSTUGA_RANDOM", "inbox", 1);
	if (squares_open(state) != 0)
		return -1;
	return squares_shift_for(
		       *state, STAND, "2026-08-22 10:00", "2026-08-22 14:00", 2) == 1
		? 0
		: -1;
}

#define INBOX_TEST(name) cmocka_unit_test_setup_teardown(name, inbox_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		INBOX_TEST(the_same_entry_is_one_however_it_is_typed),
		INBOX_TEST(without_consent_or_a_way_to_answer_nothing_is_kept),
		INBOX_TEST(a_flyer_that_is_off_takes_nobody_in),
		INBOX_TEST(a_sign_up_becomes_a_person_a_contact_and_a_booking),
		INBOX_TEST(a_full_shift_takes_all_or_nothing),
		INBOX_TEST(a_known_person_keeps_what_they_have),
		INBOX_TEST(nobody_is_in_the_register_twice_for_want_of_looking),
		INBOX_TEST(the_association_that_is_near_makes_the_contact),
		INBOX_TEST(who_is_rejected_is_forgotten_at_once),
		INBOX_TEST(the_inbox_tells_who_it_may_be_and_what_hinders),
		INBOX_TEST(a_flyer_counts_who_came_by_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
