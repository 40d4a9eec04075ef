/* Bookings: the rules, the waiting list, the states. */
#include "booking_fixture.h"

/* Rules ------------------------------------------------------------------------------------ */

#define DAY "2026-08-22 "

/* Kim is there from 8 to 12. Another span of that day, at the same stand. */
static void
try_span(struct scene *s, const char *starts, const char *ends, bool fits)
{
	int64_t shift =
		squares_shift_for(s, STAND, vs_arena_printf(s->arena, DAY "%s", starts),
			vs_arena_printf(s->arena, DAY "%s", ends), 1);
	if (!fits) {
		assert_refused(s, squares_book(s, shift, KIM), VS_REFUSED,
			"Kim Ek is on shift 1 (Valstugan, Stora torget, Karlstad, ");
		return;
	}
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_move(s, shift, KIM, "cancelled", NULL));
}

static void
set_tolerance(struct scene *s, int minutes)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("UPDATE activity_kind SET tolerance = ?"),
			&s->err));
	stmt_bind(&q, minutes);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
who_is_on_a_shift_is_on_no_other_then(void **state)
{
	struct scene *s = *state;
	set_tolerance(s, 0);
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	try_span(s, "06:00", "08:00", true);
	try_span(s, "06:00", "10:00", false);
	try_span(s, "06:00", "12:00", false);
	try_span(s, "10:00", "18:00", false);
	try_span(s, "11:00", "12:00", false);
	try_span(s, "12:00", "18:00", true);
	try_span(s, "08:00", "12:00", false);
	try_span(s, "06:00", "18:00", false);
}

static void
a_hand_over_may_overlap_but_no_shift_lies_within_another(void **state)
{
	struct scene *s = *state;
	set_tolerance(s, 60);
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	try_span(s, "11:00", "14:00", true);
	try_span(s, "10:59", "14:00", false);
	try_span(s, "10:00", "11:00", false);
	try_span(s, "11:00", "12:00", false);
	try_span(s, "06:00", "09:00", true);
	try_span(s, "08:00", "12:00", false);
}

static void
a_hand_over_is_only_where_both_are(void **state)
{
	struct scene *s = *state;
	set_tolerance(s, 60);
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	int64_t there = squares_shift_for(s, MEETING, DAY "11:30", DAY "14:00", 2);
	int64_t away = squares_shift_for(s, DOORS, DAY "11:30", DAY "14:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	assert_refused(s, squares_book(s, away, KIM), VS_REFUSED,
		"Kim Ek is on shift 1 (Valstugan, Stora torget, Karlstad");
	assert_done(s, squares_book(s, there, KIM));
}

static void
the_shorter_hand_over_of_two_kinds_counts(void **state)
{
	struct scene *s = *state;
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	int64_t there = squares_shift_for(s, MEETING, DAY "11:50", DAY "14:00", 2);
	int64_t next = squares_shift_for(s, STAND, DAY "11:45", DAY "14:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	assert_refused(s, squares_book(s, there, KIM), VS_REFUSED, "shift 1");
	assert_done(s, squares_book(s, next, KIM));
}

static void
between_places_lie_the_way_and_the_rest(void **state)
{
	struct scene *s = *state;
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	int64_t soon = squares_shift_for(s, DOORS, DAY "12:15", DAY "14:00", 2);
	int64_t later = squares_shift_for(s, DOORS, DAY "12:30", DAY "14:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	assert_refused(
		s, squares_book(s, soon, KIM), VS_REFUSED, "22 minutes must lie between");
	assert_done(s, squares_book(s, later, KIM));
	assert_done(s, squares_move(s, later, KIM, "cancelled", NULL));
	squares_run(s, SQL("UPDATE shift SET rest = 60 WHERE id = 3"));
	assert_refused(s, squares_book(s, later, KIM), VS_REFUSED,
		"82 minutes must lie between");
	squares_run(s, SQL("UPDATE activity SET mode = 'digital' WHERE id = 3"));
	assert_done(s, squares_book(s, soon, KIM));
}

static void
without_a_position_the_way_is_from_kommun_to_kommun(void **state)
{
	struct scene *s = *state;
	squares_run(s,
		SQL("INSERT INTO activity (id, kind, title, kommun_code, venue, starts_at, ends_at)"
		    " VALUES (4, 'fest', 'Fest', '1715', 'Parken', 1, 4000000000),"
		    " (5, 'fest', 'Fest', '1737', 'Folkets hus', 1, 4000000000)"));
	int64_t first =
		squares_shift_for(s, 4, "2026-08-22 10:00", "2026-08-22 11:00", 2);
	int64_t second =
		squares_shift_for(s, 5, "2026-08-22 11:15", "2026-08-22 12:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	assert_done(s, squares_book(s, first, BO));
	/* Nothing is known of where the kommuner are: nobody is refused for a guess. */
	assert_done(s, squares_book(s, second, KIM));
	squares_run(s,
		SQL("INSERT INTO place (kommun_code, name, street, latitude, longitude) VALUES"
		    " ('1715', 'Skolan', 'A', 59.50, 13.31), ('1737', 'Skolan', 'B', 60.14, 13.00)"));
	assert_false(squares_book(s, second, BO));
	assert_int_equal(s->err.code, VS_REFUSED);
}

static void
a_skill_must_be_there_and_confirmed_where_it_must_be(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	squares_run(s,
		SQL("INSERT INTO skill (id, name, confirmed) VALUES (1, 'körkort', 1)"));
	squares_run(s, SQL("UPDATE shift_role SET skill_id = 1"));
	assert_refused(s, squares_book(s, shift, KIM), VS_REFUSED, "needs körkort");
	squares_run(
		s, SQL("INSERT INTO person_skill (person_id, skill_id) VALUES (1, 1)"));
	assert_refused(
		s, squares_book(s, shift, KIM), VS_REFUSED, "say why with --override");
	squares_run(s, SQL("UPDATE person_skill SET confirmed_on = '2026-08-01'"));
	assert_done(s, squares_book(s, shift, KIM));
}

static void
who_is_away_is_not_booked(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	int64_t night = squares_shift_for(s, MEETING, DAY "22:00", "2026-08-23 02:00", 2);
	squares_run(s,
		SQL("INSERT INTO presence (person_id, can, from_date, until_date, starts, ends)"
		    " VALUES (1, 0, '2026-08-20', '2026-08-22', 660, 1440),"
		    " (2, 1, '2026-08-01', '2026-08-31', 0, 600),"
		    " (2, 1, '2026-08-01', '2026-08-31', 600, 840),"
		    " (3, 1, '2026-08-01', '2026-08-31', 540, 1440),"
		    " (4, 1, '2026-08-22', '2026-08-22', 1200, 1440)"));
	assert_refused(s, squares_book(s, shift, KIM), VS_REFUSED,
		"Kim Ek cannot Sat 22 Aug 8–12");
	assert_done(s, squares_book(s, shift, BO));
	assert_refused(s, squares_book(s, shift, EVA), VS_REFUSED, "Eva Ask cannot");
	assert_refused(s, squares_book(s, night, MIA), VS_REFUSED, "Mia Lind cannot");
	squares_run(s,
		SQL("INSERT INTO presence (person_id, can, from_date, until_date, weekdays,"
		    " ends) VALUES (4, 1, '2026-08-01', '2026-08-31', '7', 120)"));
	assert_done(s, squares_book(s, night, MIA));
}

static void
nobody_does_what_they_said_no_to(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift_for(s, DOORS, DAY "08:00", DAY "12:00", 9);
	squares_run(s,
		SQL("INSERT INTO wish (person_id, wants, shift_id, activity_id, kind) VALUES"
		    " (1, 0, NULL, NULL, 'dorrknackning'), (2, 0, NULL, 3, NULL),"
		    " (3, 0, 1, NULL, NULL), (4, 1, 1, NULL, NULL)"));
	assert_refused(s, squares_book(s, shift, KIM), VS_REFUSED,
		"Kim Ek has said no to dörrknackning");
	assert_refused(s, squares_book(s, shift, BO), VS_REFUSED,
		"Bo Al has said no to Dörrar i Kil");
	assert_refused(s, squares_book(s, shift, EVA), VS_REFUSED,
		"Eva Ask has said no to shift 1");
	assert_done(s, squares_book(s, shift, MIA));
}

static void
hours_of_a_day_and_a_week_are_kept(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE person SET hours_day = 6, hours_week = 10"));
	int64_t morning = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 9);
	int64_t noon = squares_shift_for(s, STAND, DAY "12:00", DAY "14:01", 9);
	int64_t sunday =
		squares_shift_for(s, STAND, "2026-08-23 08:00", "2026-08-23 14:00", 9);
	int64_t friday =
		squares_shift_for(s, STAND, "2026-08-21 08:00", "2026-08-21 08:01", 9);
	int64_t monday =
		squares_shift_for(s, STAND, "2026-08-24 08:00", "2026-08-24 14:00", 9);
	assert_done(s, squares_book(s, morning, KIM));
	assert_refused(s, squares_book(s, noon, KIM), VS_REFUSED,
		"Kim Ek would pass 6 hours that day");
	squares_run(s, SQL("UPDATE shift SET break_minutes = 1 WHERE id = 2"));
	assert_done(s, squares_book(s, noon, KIM));
	assert_done(s, squares_move(s, noon, KIM, "cancelled", NULL));
	assert_done(s, squares_book(s, sunday, KIM));
	assert_refused(s, squares_book(s, friday, KIM), VS_REFUSED,
		"Kim Ek would pass 10 hours that week");
	assert_done(s, squares_book(s, monday, KIM));
}

static void
nobody_is_booked_on_what_is_cancelled_nor_who_is_restricted(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options all_the_same = { .override = "ändå" };
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 9);
	squares_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 1"));
	assert_refused(s, squares_book_as(s, shift, KIM, &all_the_same), VS_REFUSED,
		"Kim Ek is restricted");
	squares_run(s, SQL("UPDATE shift SET cancelled_at = 1"));
	assert_refused(s, squares_book_as(s, shift, BO, &all_the_same), VS_REFUSED,
		"is cancelled");
}

static void
only_the_organiser_books_what_is_over(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options sign_up = { .source = "sign_up",
		.state = "signed_up" };
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-08 08:00", "2026-08-08 12:00", 9);
	assert_refused(
		s, squares_book_as(s, shift, KIM, &sign_up), VS_REFUSED, "is over");
	assert_done(s, squares_book(s, shift, KIM));
}

static void
an_override_breaks_rules_for_a_reason_but_makes_no_seat(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options all_the_same = { .override =
								 " Hon  bad om det " };
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 9);
	int64_t other = squares_shift_for(s, DOORS, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book_as(s, first, KIM, &all_the_same));
	assert_int_equal(count_of(s, SQL("SELECT count(override) FROM booking")), 0);
	assert_refused(s, squares_book(s, other, KIM), VS_REFUSED,
		"if it is to be so all the same, say why with --override");
	assert_done(s, squares_book_as(s, other, KIM, &all_the_same));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM booking b JOIN booking_event e"
				     " ON e.booking_id = b.id WHERE b.override"
				     " = 'Hon bad om det' AND e.reason = b.override")),
		1);
	assert_refused(s, squares_book_as(s, other, BO, &all_the_same), VS_REFUSED,
		"is full: 1 of 1 places as värd are taken");
	assert_refused(s, squares_book_as(s, other, KIM, &all_the_same), VS_REFUSED,
		"Kim Ek is on shift 2");
}

static void
two_roles_have_seats_of_their_own(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift(s, STAND, DAY "08:00", DAY "12:00");
	const struct vs_booking_options host = { .role = "värd" },
					guest = { .role = "kandidat" },
					none = { .role = "chef" };
	squares_role(s, shift, "värd", 1);
	squares_role(s, shift, "kandidat", 1);
	assert_refused(s, squares_book(s, shift, KIM), VS_INVALID,
		"has the roles värd, kandidat; say which with --role");
	assert_refused(s, squares_book_as(s, shift, KIM, &none), VS_NOT_FOUND,
		"has no role \"chef\", but värd, kandidat");
	assert_done(s, squares_book_as(s, shift, KIM, &host));
	assert_refused(s, squares_book_as(s, shift, KIM, &guest), VS_REFUSED,
		"Kim Ek is on shift 1");
	assert_refused(s, squares_book_as(s, shift, BO, &host), VS_REFUSED, "is full");
	assert_done(s, squares_book(s, shift, BO));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM booking b JOIN shift_role r"
				     " ON r.id = b.role_id WHERE r.name = 'kandidat'"
				     " AND b.person_id = 2")),
		1);
}

static void
what_hinders_is_told_before_anything_is_tried(void **state)
{
	struct scene *s = *state;
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 1);
	int64_t other = squares_shift_for(s, DOORS, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book(s, first, KIM));
	json_t *none = vs_booking_hindrances(s->db, "2", "värd", "Bo Al", &s->err);
	json_t *overlap = vs_booking_hindrances(s->db, "2", NULL, "1", &s->err);
	json_t *full = vs_booking_hindrances(s->db, "1", NULL, "1", &s->err);
	assert_done(s, none && overlap && full);
	assert_int_equal(json_array_size(none), 0);
	const json_t *one = json_array_get(overlap, 0);
	assert_int_equal(json_array_size(overlap), 1);
	assert_string_equal(text_at(one, "rule"), "overlap");
	assert_int_equal(integer_at(one, "shift"), first);
	assert_true(json_is_true(json_object_get(one, "overridable")));
	assert_int_equal(json_array_size(full), 2);
	assert_string_equal(text_at(json_array_get(full, 0), "rule"), "seat");
	assert_string_equal(text_at(json_array_get(full, 1), "rule"), "once");
	assert_int_equal(other, 2);
	json_decref(none);
	json_decref(overlap);
	json_decref(full);
}

/* The waiting list -------------------------------------------------------------------------- */

static const struct vs_booking_options wait = { .wait = true };

static int64_t
full_shift(struct scene *s)
{
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_book_as(s, shift, BO, &wait));
	assert_done(s, squares_book_as(s, shift, EVA, &wait));
	return shift;
}

static void
assert_states(
	struct scene *s, int64_t shift, const char *kim, const char *bo, const char *eva)
{
	assert_string_equal(squares_state(s, shift, KIM), kim);
	assert_string_equal(squares_state(s, shift, BO), bo);
	assert_string_equal(squares_state(s, shift, EVA), eva);
}

static void
a_free_seat_is_offered_to_who_waited_longest_and_kept(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	assert_states(s, shift, "booked", "waiting", "waiting");
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	assert_states(s, shift, "cancelled", "offered", "waiting");
	assert_refused(s, squares_book(s, shift, MIA), VS_REFUSED, "is full");
	scene_time("2026-08-12 11:59");
	assert_refused(s, squares_book(s, shift, MIA), VS_REFUSED, "is full");
	assert_done(s, squares_move(s, shift, BO, "booked", NULL));
	assert_states(s, shift, "cancelled", "booked", "waiting");
}

static void
an_offer_that_is_not_answered_goes_to_the_next(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	scene_time("2026-08-12 12:00");
	assert_refused(
		s, squares_move(s, shift, BO, "booked", NULL), VS_REFUSED, "is full");
	assert_refused(s, squares_book(s, shift, MIA), VS_REFUSED, "is full");
	assert_done(s, squares_book_as(s, shift, MIA, &wait));
	assert_states(s, shift, "cancelled", "offered", "offered");
	assert_done(s, squares_move(s, shift, EVA, "cancelled", "person"));
	assert_string_equal(squares_state(s, shift, MIA), "offered");
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM booking WHERE state = 'offered'"
			    " AND offered_until IS NOT NULL")),
		1);
}

static void
who_declines_passes_the_seat_on(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	assert_done(s, squares_move(s, shift, BO, "cancelled", "person"));
	assert_states(s, shift, "cancelled", "cancelled", "offered");
}

static void
who_has_something_else_meanwhile_is_passed_over(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	int64_t other = squares_shift_for(s, DOORS, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book(s, other, BO));
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	assert_states(s, shift, "cancelled", "waiting", "offered");
}

static void
no_seat_is_kept_longer_than_to_the_beginning(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	scene_time("2026-08-22 07:00");
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM booking b JOIN shift t"
				     " ON t.id = b.shift_id WHERE b.offered_until"
				     " = t.starts_at")),
		1);
	scene_time("2026-08-22 08:00");
	assert_done(s, squares_book(s, shift, MIA));
	assert_states(s, shift, "cancelled", "offered", "waiting");
}

static void
an_organisers_offer_holds_no_seat(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options ask = { .state = "offered" };
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book_as(s, shift, KIM, &ask));
	assert_done(s, squares_book(s, shift, BO));
	assert_refused(
		s, squares_move(s, shift, KIM, "booked", NULL), VS_REFUSED, "is full");
	assert_done(s, squares_book_as(s, shift, KIM, &wait));
	assert_string_equal(squares_state(s, shift, KIM), "waiting");
}

/* States ------------------------------------------------------------------------------------ */

static void
a_cancelled_booking_stays_and_is_taken_up_again(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book(s, shift, KIM));
	int64_t id = squares_booking(s, shift, KIM);
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	assert_done(s, squares_book(s, shift, KIM));
	assert_int_equal(squares_booking(s, shift, KIM), id);
	json_t *view = vs_booking_view(s->db, number_text(s, id), &s->err);
	assert_done(s, view != NULL);
	const json_t *events = json_object_get(view, "events");
	static const char *const life[] = { "booked", "cancelled", "booked" };
	assert_int_equal(json_array_size(events), 3);
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(text_at(json_array_get(events, i), "state"), life[i]);
		assert_string_equal(text_at(json_array_get(events, i), "actor"), "anna");
	}
	json_decref(view);
}

static void
the_same_step_again_leaves_no_trace(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_move(s, shift, KIM, "attended", NULL));
	int64_t lines = count_of(s, SQL("SELECT count(*) FROM history"));
	assert_done(s, squares_move(s, shift, KIM, "attended", NULL));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM history")), lines);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM booking_event")), 2);
}

static void
attendance_may_be_said_before_and_corrected_after(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_move(s, shift, KIM, "attended", NULL));
	assert_done(s, squares_move(s, shift, KIM, "no_show", NULL));
	assert_refused(s, squares_book(s, shift, BO), VS_REFUSED, "is full");
	assert_done(s, squares_move(s, shift, KIM, "attended", NULL));
	assert_done(s, squares_move(s, shift, KIM, "booked", NULL));
}

static void
who_came_has_a_seat_whatever_was_planned(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	assert_done(s, squares_move(s, shift, BO, "attended", NULL));
	assert_int_equal(count_of(s, SQL("SELECT most FROM shift_role")), 2);
	assert_states(s, shift, "booked", "attended", "waiting");
}

static void
nobody_has_been_at_two_places_at_once(void **state)
{
	struct scene *s = *state;
	int64_t here = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	int64_t there = squares_shift_for(s, DOORS, DAY "08:00", DAY "12:00", 2);
	assert_done(s, squares_book(s, here, KIM));
	assert_done(s, squares_move(s, here, KIM, "cancelled", "person"));
	assert_done(s, squares_book(s, there, KIM));
	assert_refused(s, squares_move(s, here, KIM, "attended", NULL), VS_REFUSED,
		"cannot become attended: Kim Ek is on shift 2");
	assert_done(s, squares_move(s, there, KIM, "no_show", NULL));
	assert_done(s, squares_move(s, here, KIM, "attended", NULL));
}

static void
steps_that_make_no_sense_are_refused(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	assert_refused(s, squares_move(s, shift, BO, "no_show", NULL), VS_REFUSED,
		"is waiting and cannot become did not come");
	assert_refused(s, squares_move(s, shift, KIM, "waiting", NULL), VS_INVALID,
		"is not moved to \"waiting\"");
	assert_refused(s, squares_move(s, shift, KIM, "cancelled", "Kalle"), VS_INVALID,
		"not by \"Kalle\"");
	assert_refused(s, vs_booking_move(s->db, "1-9", "booked", NULL, NULL, &s->err),
		VS_INVALID, "does not fit the number");
	assert_refused(s, vs_booking_move(s->db, "99", "booked", NULL, NULL, &s->err),
		VS_NOT_FOUND, "no booking 99");
	assert_refused(s, vs_booking_add(s->db, "77", "1", NULL, s->arena, NULL, &s->err),
		VS_NOT_FOUND, "no shift 77");
	assert_refused(s,
		vs_booking_add(s->db, "1", "Ingen", NULL, s->arena, NULL, &s->err),
		VS_NOT_FOUND, "Ingen");
}

static void
a_cancellation_within_a_day_is_late(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 3);
	for (int person = KIM; person <= EVA; person++)
		assert_done(s, squares_book(s, shift, person));
	scene_time("2026-08-21 08:00");
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	scene_time("2026-08-21 08:01");
	assert_done(s, squares_move(s, shift, BO, "cancelled", "person"));
	assert_done(s, squares_move(s, shift, EVA, "cancelled", "organiser"));
	const struct vs_booking_filter late = { .late = true };
	json_t *records = vs_booking_list(s->db, &late, &s->err);
	assert_done(s, records != NULL);
	assert_int_equal(json_array_size(records), 1);
	assert_int_equal(integer_at(json_array_get(records, 0), "person"), BO);
	json_decref(records);
}

static void
lists_are_of_a_shift_a_person_a_period_a_state(void **state)
{
	struct scene *s = *state;
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 3);
	int64_t next =
		squares_shift_for(s, STAND, "2026-08-29 08:00", "2026-08-29 12:00", 3);
	assert_done(s, squares_book(s, first, KIM));
	assert_done(s, squares_book(s, first, BO));
	assert_done(s, squares_book(s, next, KIM));
	assert_done(s, squares_move(s, next, KIM, "cancelled", NULL));
	const struct {
		struct vs_booking_filter filter;
		size_t count;
	} cases[] = {
		{ { 0 }, 3 },
		{ { .shift = "1" }, 2 },
		{ { .person = "Kim Ek" }, 2 },
		{ { .person = "1", .state = "cancelled" }, 1 },
		{ { .shift = "1", .person = "1" }, 1 },
		{ { .from = "2026-08-22", .until = "2026-08-22" }, 2 },
		{ { .from = "2026-08-23" }, 1 },
		{ { .person = "1", .until = "2026-08-23" }, 1 },
		{ { .activity = "Valstugan", .state = "booked" }, 2 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *records = vs_booking_list(s->db, &cases[i].filter, &s->err);
		assert_done(s, records != NULL);
		assert_int_equal(json_array_size(records), cases[i].count);
		json_decref(records);
	}
	const struct vs_booking_filter odd = { .state = "kanske" };
	assert_refused(s, vs_booking_list(s->db, &odd, &s->err) != NULL, VS_INVALID,
		"is not one of: offered");
}

static void
a_state_is_said_in_words(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options asked = { .state = "Signed up" },
					came = { .state = "attended" };
	int64_t shift = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 3);
	assert_done(s, squares_book_as(s, shift, KIM, &asked));
	assert_string_equal(squares_state(s, shift, KIM), "signed_up");
	assert_refused(s, squares_book_as(s, shift, BO, &came), VS_INVALID,
		"begins as offered, signed_up or booked");
}

static void
who_was_erased_keeps_the_seat_without_a_name(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	const char *code = number_text(s, squares_booking(s, shift, KIM));
	squares_run(
		s, SQL("UPDATE booking SET person_id = NULL WHERE person_id IN (1, 2)"));
	assert_done(s, vs_booking_move(s->db, code, "attended", NULL, NULL, &s->err));
	assert_done(s, vs_booking_move(s->db, code, "cancelled", NULL, NULL, &s->err));
	assert_string_equal(squares_state(s, shift, EVA), "offered");
}

/* Changing hands ------------------------------------------------------------------------------ */

static const char *
code_of(struct scene *s, int64_t shift, int person)
{
	return number_text(s, squares_booking(s, shift, person));
}

static void
two_change_places_and_keep_the_rules(void **state)
{
	struct scene *s = *state;
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 1);
	int64_t next = squares_shift_for(s, STAND, DAY "13:00", DAY "15:00", 1);
	int64_t doors = squares_shift_for(s, DOORS, DAY "13:00", DAY "15:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	assert_done(s, squares_book(s, next, BO));
	assert_done(s, squares_book_as(s, first, EVA, &wait));
	assert_done(s,
		vs_booking_swap(s->db, code_of(s, first, KIM), code_of(s, next, BO), NULL,
			&s->err));
	assert_string_equal(squares_state(s, first, BO), "booked");
	assert_string_equal(squares_state(s, next, KIM), "booked");
	assert_string_equal(squares_state(s, first, KIM), "cancelled");
	assert_string_equal(squares_state(s, first, EVA), "waiting");
	assert_done(s, squares_book(s, doors, BO));
	assert_refused(s,
		vs_booking_swap(s->db, code_of(s, first, BO), code_of(s, next, KIM), NULL,
			&s->err),
		VS_REFUSED, "Bo Al is on shift 3");
	assert_string_equal(squares_state(s, next, KIM), "booked");
	assert_done(s,
		vs_booking_swap(s->db, code_of(s, first, BO), code_of(s, next, KIM),
			"de kom överens", &s->err));
}

static void
two_roles_of_one_shift_change_people(void **state)
{
	struct scene *s = *state;
	int64_t shift = squares_shift(s, STAND, DAY "08:00", DAY "12:00");
	const struct vs_booking_options host = { .role = "värd" },
					guest = { .role = "kandidat" };
	squares_role(s, shift, "värd", 1);
	squares_role(s, shift, "kandidat", 1);
	assert_done(s, squares_book_as(s, shift, KIM, &host));
	assert_done(s, squares_book_as(s, shift, BO, &guest));
	assert_done(s,
		vs_booking_swap(s->db, code_of(s, shift, KIM), code_of(s, shift, BO),
			NULL, &s->err));
	assert_int_equal(count_of(s,
				 SQL("SELECT b.person_id FROM booking b JOIN shift_role r"
				     " ON r.id = b.role_id WHERE r.name = 'värd'"
				     " AND b.state = 'booked'")),
		BO);
}

static void
a_place_is_given_to_somebody_who_can(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	int64_t other = squares_shift_for(s, DOORS, DAY "08:00", DAY "12:00", 1);
	assert_done(s, squares_book(s, other, MIA));
	const char *code = code_of(s, shift, KIM);
	assert_refused(s, vs_booking_give(s->db, code, "Mia Lind", NULL, &s->err),
		VS_REFUSED, "Mia Lind is on shift 2");
	assert_refused(s, vs_booking_give(s->db, code, "1", NULL, &s->err), VS_INVALID,
		"is theirs already");
	assert_done(s, vs_booking_give(s->db, code, "Eva Ask", NULL, &s->err));
	assert_states(s, shift, "cancelled", "waiting", "booked");
	assert_refused(s, vs_booking_give(s->db, code, "2", NULL, &s->err), VS_REFUSED,
		"is cancelled; only a place that somebody holds");
}

static bool
walk_in(struct scene *s, int64_t shift, json_t *values)
{
	bool ok = vs_booking_walk_in(
		s->db, number_text(s, shift), values, s->arena, NULL, &s->err);
	json_decref(values);
	return ok;
}

static void
who_walks_in_has_attended_once(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	for (int again = 0; again < 2; again++)
		assert_done(s,
			walk_in(s, shift,
				VALUES("name=Ny  Person", "phone=070-123 45 67")));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE command = 'booking walk-in'")),
		1);
	assert_done(s, walk_in(s, shift, VALUES("person=Bo Al")));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person")), 5);
	assert_int_equal(count_of(s, SQL("SELECT most FROM shift_role")), 3);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM booking WHERE state = 'attended'")),
		2);
	assert_refused(s, walk_in(s, shift, VALUES("name=Bara Namn")), VS_USAGE,
		"--name and --phone");
	assert_refused(s, walk_in(s, shift, VALUES("name=Kort Nummer", "phone=12")),
		VS_INVALID, "12");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person")), 5);
}

static void
no_history_names_anybody(void **state)
{
	struct scene *s = *state;
	int64_t shift = full_shift(s);
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	assert_done(s,
		vs_booking_move(s->db, code_of(s, shift, BO), "cancelled", "person",
			"sjuk", &s->err));
	assert_done(s, walk_in(s, shift, VALUES("name=Ny Person", "phone=070-1234567")));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary LIKE '%Kim%'"
			    " OR summary LIKE '%Bo %' OR summary LIKE '%Ny %'"
			    " OR summary LIKE '%sjuk%'")),
		0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, squares_open, scene_close)
		TEST(who_is_on_a_shift_is_on_no_other_then),
		TEST(a_hand_over_may_overlap_but_no_shift_lies_within_another),
		TEST(a_hand_over_is_only_where_both_are),
		TEST(the_shorter_hand_over_of_two_kinds_counts),
		TEST(between_places_lie_the_way_and_the_rest),
		TEST(without_a_position_the_way_is_from_kommun_to_kommun),
		TEST(a_skill_must_be_there_and_confirmed_where_it_must_be),
		TEST(who_is_away_is_not_booked),
		TEST(nobody_does_what_they_said_no_to),
		TEST(hours_of_a_day_and_a_week_are_kept),
		TEST(nobody_is_booked_on_what_is_cancelled_nor_who_is_restricted),
		TEST(only_the_organiser_books_what_is_over),
		TEST(an_override_breaks_rules_for_a_reason_but_makes_no_seat),
		TEST(two_roles_have_seats_of_their_own),
		TEST(what_hinders_is_told_before_anything_is_tried),
		TEST(a_free_seat_is_offered_to_who_waited_longest_and_kept),
		TEST(an_offer_that_is_not_answered_goes_to_the_next),
		TEST(who_declines_passes_the_seat_on),
		TEST(who_has_something_else_meanwhile_is_passed_over),
		TEST(no_seat_is_kept_longer_than_to_the_beginning),
		TEST(an_organisers_offer_holds_no_seat),
		TEST(a_cancelled_booking_stays_and_is_taken_up_again),
		TEST(the_same_step_again_leaves_no_trace),
		TEST(attendance_may_be_said_before_and_corrected_after),
		TEST(who_came_has_a_seat_whatever_was_planned),
		TEST(nobody_has_been_at_two_places_at_once),
		TEST(steps_that_make_no_sense_are_refused),
		TEST(a_cancellation_within_a_day_is_late),
		TEST(lists_are_of_a_shift_a_person_a_period_a_state),
		TEST(a_state_is_said_in_words),
		TEST(who_was_erased_keeps_the_seat_without_a_name),
		TEST(two_change_places_and_keep_the_rules),
		TEST(two_roles_of_one_shift_change_people),
		TEST(a_place_is_given_to_somebody_who_can),
		TEST(who_walks_in_has_attended_once),
		TEST(no_history_names_anybody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
