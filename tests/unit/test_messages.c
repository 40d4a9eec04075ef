/* Who is told what of a booking, once; and the calendars that go along. */
#include "booking_fixture.h"

#include <valstuga/calendar.h>

static int
told_open(void **state)
{
	if (squares_open(state) != 0)
		return -1;
	squares_run(*state,
		SQL("UPDATE person SET volunteer = 1, membership = 'member',"
		    " phone = '+4670123456' || id, email = 'p' || id || '@exempel.se'"));
	return 0;
}

static json_t *
messages(struct scene *s, const char *kind)
{
	const struct vs_shift_filter all = { 0 };
	json_t *view = vs_field_messages(s->db, kind, &all, &s->err);
	if (!view)
		fail_msg("%s", s->err.text);
	json_t *list = json_incref(json_object_get(view, "messages"));
	json_decref(view);
	return list;
}

static size_t
how_many(struct scene *s, const char *kind)
{
	json_t *list = messages(s, kind);
	size_t count = json_array_size(list);
	json_decref(list);
	return count;
}

static void
tell_all(struct scene *s, const char *kind)
{
	json_t *list = messages(s, kind), *message;
	size_t i;
	json_array_foreach (list, i, message)
		assert_done(s,
			vs_field_told(s->db, kind, json_object_get(message, "bookings"),
				"email", &s->err));
	json_decref(list);
}

static void
what_is_confirmed_is_told_once(void **state)
{
	struct scene *s = *state;
	int64_t first =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	int64_t second =
		squares_shift_for(s, STAND, "2026-08-23 10:00", "2026-08-23 12:00", 4);
	assert_done(s, squares_book(s, first, KIM));
	assert_done(s, squares_book(s, second, KIM));
	assert_done(s, squares_book(s, first, BO));
	json_t *list = messages(s, "confirmation");
	assert_int_equal(2, json_array_size(list)); /* Kim's two in one */
	assert_string_equal("Bo Al", text_at(json_array_get(list, 0), "name"));
	const json_t *kim = json_array_get(list, 1);
	assert_int_equal(2, json_array_size(json_object_get(kim, "bookings")));
	const json_t *view = json_object_get(kim, "view");
	assert_string_equal("2 shifts", text_at(view, "what"));
	assert_string_equal("Kim", text_at(view, "name"));
	assert_non_null(strstr(
		text_at(json_array_get(json_object_get(view, "shifts"), 0), "when"),
		"10.00–12.00"));
	json_decref(list);
	tell_all(s, "confirmation");
	assert_int_equal(0, how_many(s, "confirmation"));
	assert_done(s, squares_move(s, first, BO, "cancelled", "person"));
	assert_done(s, squares_book(s, first, BO));
	assert_int_equal(1, how_many(s, "confirmation"));
}

static void
what_changed_since_is_told_with_before_and_after(void **state)
{
	struct scene *s = *state;
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	assert_done(s, squares_book(s, shift, KIM));
	assert_int_equal(0, how_many(s, "changed"));
	tell_all(s, "confirmation");
	json_t *values = VALUES("starts=2026-08-22 11:00", "ends=2026-08-22 13:00");
	assert_done(s, vs_shift_set(s->db, number_text(s, shift), values, &s->err));
	json_decref(values);
	json_t *list = messages(s, "changed");
	assert_int_equal(1, json_array_size(list));
	const json_t *changes = json_object_get(
		json_object_get(json_array_get(list, 0), "view"), "changes");
	assert_int_equal(1, json_array_size(changes));
	const json_t *change = json_array_get(changes, 0);
	assert_non_null(strstr(text_at(change, "before"), "10.00–12.00"));
	assert_non_null(strstr(text_at(change, "after"), "11.00–13.00"));
	json_decref(list);
	tell_all(s, "changed");
	assert_int_equal(0, how_many(s, "changed"));
	assert_int_equal(0, how_many(s, "confirmation"));
}

static void
what_we_call_off_is_told_but_not_their_own_no(void **state)
{
	struct scene *s = *state;
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_book(s, shift, BO));
	assert_done(s, squares_move(s, shift, BO, "cancelled", "person"));
	json_t *view =
		vs_shift_cancel(s->db, number_text(s, shift), "storm", false, &s->err);
	assert_non_null(view);
	json_decref(view);
	json_t *list = messages(s, "cancelled");
	assert_int_equal(1, json_array_size(list));
	const json_t *message = json_array_get(list, 0);
	assert_string_equal("Kim Ek", text_at(message, "name"));
	assert_string_equal("storm", text_at(json_object_get(message, "view"), "reason"));
	json_decref(list);
	tell_all(s, "cancelled");
	assert_int_equal(0, how_many(s, "cancelled"));
}

static void
reminders_are_for_tomorrow_and_thanks_for_those_who_came(void **state)
{
	struct scene *s = *state;
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_book(s, shift, BO));
	assert_int_equal(0, how_many(s, "day-before"));
	scene_time("2026-08-21 12:00");
	assert_int_equal(2, how_many(s, "day-before"));
	squares_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 2"));
	assert_int_equal(1, how_many(s, "day-before"));
	tell_all(s, "day-before");
	assert_int_equal(0, how_many(s, "day-before"));
	scene_time("2026-08-23 12:00");
	assert_done(s, squares_move(s, shift, KIM, "attended", NULL));
	assert_int_equal(1, how_many(s, "thanks"));
	tell_all(s, "thanks");
	assert_int_equal(0, how_many(s, "thanks"));
}

/* By what they agreed to; close to the shift a call is surer than a mail. */
static void
people_are_told_by_what_they_agreed_to(void **state)
{
	struct scene *s = *state;
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-11 20:00", "2026-08-11 22:00", 4);
	squares_run(s, SQL("UPDATE person SET membership = NULL WHERE id IN (2, 3)"));
	squares_run(s,
		SQL("INSERT INTO consent (person_id, purpose, channel, given_at, source)"
		    " VALUES (2, 'shifts', 'sms', 1, 'test')"));
	for (int person = KIM; person <= EVA; person++)
		assert_done(s, squares_book(s, shift, person));
	json_t *list = messages(s, "confirmation");
	assert_string_equal("sms", text_at(json_array_get(list, 0), "by"));   /* Bo */
	assert_string_equal("", text_at(json_array_get(list, 1), "by"));      /* Eva */
	assert_string_equal("email", text_at(json_array_get(list, 2), "by")); /* Kim */
	json_decref(list);
	tell_all(s, "confirmation");
	json_t *view =
		vs_shift_cancel(s->db, number_text(s, shift), "storm", false, &s->err);
	json_decref(view);
	list = messages(s, "cancelled");
	assert_string_equal("phone", text_at(json_array_get(list, 2), "by"));
	json_decref(list);
}

static void
what_is_no_message_is_refused(void **state)
{
	struct scene *s = *state;
	const struct vs_shift_filter all = { 0 };
	json_t *ids = json_pack("[i]", 99);
	assert_refused(s, vs_field_messages(s->db, "hej", &all, &s->err) != NULL,
		VS_INVALID, "day-before");
	assert_refused(s, vs_field_told(s->db, "thanks", ids, "email", &s->err),
		VS_NOT_FOUND, "99");
	assert_refused(s, vs_field_told(s->db, "thanks", ids, "brev", &s->err),
		VS_INVALID, "brev");
	json_decref(ids);
}

/* Calendars ----------------------------------------------------------------------------------*/

static json_t *
calendar_of(struct scene *s, const char *person)
{
	const struct vs_shift_filter filter = { .person = person };
	json_t *calendar = vs_field_calendar(s->db, &filter, &s->err);
	if (!calendar)
		fail_msg("%s", s->err.text);
	return calendar;
}

static void
a_calendar_keeps_what_was_cancelled_and_counts_changes(void **state)
{
	struct scene *s = *state;
	struct vs_buffer out = { 0 };
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	assert_done(s, squares_book(s, shift, KIM));
	json_t *before = calendar_of(s, "Kim Ek");
	assert_done(s, vs_ical_write(before, &out, &s->err));
	assert_non_null(strstr(out.data, "DTSTART:20260822T080000Z"));
	vs_buffer_done(&out);
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	json_t *after = calendar_of(s, "Kim Ek");
	const json_t *old = json_array_get(json_object_get(before, "events"), 0);
	const json_t *new = json_array_get(json_object_get(after, "events"), 0);
	assert_string_equal(text_at(old, "uid"), text_at(new, "uid"));
	assert_string_equal("CONFIRMED", text_at(old, "status"));
	assert_string_equal("CANCELLED", text_at(new, "status"));
	assert_true(integer_at(new, "sequence") > integer_at(old, "sequence"));
	json_decref(before);
	json_decref(after);
	squares_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 1"));
	const struct vs_shift_filter kim = { .person = "1" };
	assert_refused(s, vs_field_calendar(s->db, &kim, &s->err) != NULL, VS_REFUSED,
		"restricted");
}

static void
an_activitys_calendar_has_its_shifts_without_names(void **state)
{
	struct scene *s = *state;
	const struct vs_shift_filter stand = { .activity = "1" }, all = { 0 };
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	assert_done(s, squares_book(s, shift, KIM));
	json_t *calendar = vs_field_calendar(s->db, &stand, &s->err);
	char *text = json_dumps(calendar, 0);
	assert_int_equal(1, json_array_size(json_object_get(calendar, "events")));
	assert_null(strstr(text, "Kim"));
	assert_non_null(strstr(text, "värd: 1 of 1"));
	free(text);
	json_decref(calendar);
	calendar = vs_field_calendar(s->db, &all, &s->err);
	assert_int_equal(3, json_array_size(json_object_get(calendar, "events")));
	json_decref(calendar);
}

/* The day -------------------------------------------------------------------------------------*/

static void
the_day_shows_who_comes_and_who_is_missing(void **state)
{
	struct scene *s = *state;
	scene_time("2026-08-22 07:00");
	int64_t today =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	squares_run(s, SQL("UPDATE shift_role SET least = 2, wanted = 3"));
	squares_shift_for(s, DOORS, "2026-08-23 10:00", "2026-08-23 12:00", 1);
	squares_shift_for(s, DOORS, "2026-08-29 10:00", "2026-08-29 12:00", 1);
	assert_done(s, squares_book(s, today, KIM));
	json_t *day = vs_day_view(s->db, NULL, &s->err);
	assert_non_null(day);
	const json_t *total = json_object_get(day, "total");
	assert_string_equal("2026-08-22", text_at(day, "date"));
	assert_int_equal(1, integer_at(total, "people"));
	assert_int_equal(1, integer_at(total, "missing_today"));
	assert_int_equal(2, integer_at(total, "missing_week"));
	const json_t *missing = json_object_get(day, "missing");
	assert_int_equal(2, json_array_size(missing));
	const json_t *first = json_array_get(missing, 0);
	assert_string_equal("today", text_at(first, "bucket"));
	assert_int_equal(1, integer_at(first, "needed"));
	assert_int_equal(2, integer_at(first, "places"));
	assert_string_equal("tomorrow", text_at(json_array_get(missing, 1), "bucket"));
	const json_t *call = json_object_get(first, "call");
	assert_int_equal(3, json_array_size(call));
	assert_string_equal("070-123 45 62", text_at(json_array_get(call, 0), "phone"));
	json_decref(day);
	assert_refused(
		s, vs_day_view(s->db, "imorgon", &s->err) != NULL, VS_INVALID, "imorgon");
}

static void
figures_are_without_telephones(void **state)
{
	struct scene *s = *state;
	scene_time("2026-08-22 07:00");
	squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	json_t *figures = vs_field_figures(s->db, &s->err);
	assert_non_null(figures);
	char *text = json_dumps(figures, 0);
	assert_int_equal(1, integer_at(figures, "missing_today"));
	assert_null(strstr(text, "070"));
	assert_non_null(strstr(text, "Kim Ek"));
	free(text);
	json_decref(figures);
}

static void
check_finds_who_cannot_come_after_all(void **state)
{
	struct scene *s = *state;
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 4);
	assert_done(s, squares_book(s, shift, KIM));
	squares_run(s,
		SQL("INSERT INTO presence (person_id, can, from_date, until_date)"
		    " VALUES (1, 0, '2026-08-20', '2026-08-30')"));
	json_t *problems = vs_field_problems(s->db, &s->err);
	assert_non_null(problems);
	char *text = json_dumps(problems, 0);
	assert_non_null(strstr(text, "person 1 is booked, but cannot then"));
	assert_null(strstr(text, "Kim"));
	free(text);
	json_decref(problems);
	scene_time("2026-08-24 12:00");
	problems = vs_field_problems(s->db, &s->err);
	text = json_dumps(problems, 0);
	assert_non_null(strstr(text, "it is not said whether 1 person came"));
	free(text);
	json_decref(problems);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, told_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_confirmed_is_told_once),
		TEST(what_changed_since_is_told_with_before_and_after),
		TEST(what_we_call_off_is_told_but_not_their_own_no),
		TEST(reminders_are_for_tomorrow_and_thanks_for_those_who_came),
		TEST(people_are_told_by_what_they_agreed_to),
		TEST(what_is_no_message_is_refused),
		TEST(a_calendar_keeps_what_was_cancelled_and_counts_changes),
		TEST(an_activitys_calendar_has_its_shifts_without_names),
		TEST(the_day_shows_who_comes_and_who_is_missing),
		TEST(figures_are_without_telephones),
		TEST(check_finds_who_cannot_come_after_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
