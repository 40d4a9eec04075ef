/* Matching at its edges: weeks, places, hand-over, nights, waiting lists, single people. */
#include "booking_fixture.h"

static int
volunteers_open(void **state)
{
	if (squares_open(state) != 0)
		return -1;
	squares_run(*state,
		SQL("UPDATE person SET volunteer = 1, membership = 'member',"
		    " phone = '+4670123456' || id"));
	return 0;
}

static json_t *
match_days(struct scene *s, const char *from, const char *until)
{
	const struct vs_staff_options options = { .filter = { .from = from,
							  .until = until } };
	json_t *plan = vs_shift_match(s->db, &options, &s->err);
	if (!plan)
		fail_msg("%s", s->err.text);
	return plan;
}

static int64_t
matched(struct scene *s, const char *from, const char *until)
{
	json_t *plan = match_days(s, from, until);
	int64_t added = integer_at(json_object_get(plan, "total"), "new");
	json_decref(plan);
	return added;
}

static void
only(struct scene *s, int person)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(
			&q, s->db, SQL("UPDATE person SET volunteer = id = ?"), &s->err));
	stmt_bind(&q, person);
	assert_done(s, stmt_run(&q, &s->err));
}

/* 4 hours on each of five days, 8 hours a week: two each week, not four in one. */
static void
hours_count_week_by_week(void **state)
{
	struct scene *s = *state;
	static const char *const days[] = { "2026-08-17", "2026-08-18", "2026-08-19",
		"2026-08-20", "2026-08-24" };
	only(s, KIM);
	squares_run(s, SQL("UPDATE person SET hours_week = 8"));
	for (size_t i = 0; i < 5; i++)
		squares_shift_for(s, MEETING,
			vs_arena_printf(s->arena, "%s 10:00", days[i]),
			vs_arena_printf(s->arena, "%s 14:00", days[i]), 1);
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	assert_int_equal(3, matched(s, "2026-08-17", "2026-08-30"));
	assert_int_equal(
		2, count_of(s, SQL("SELECT count(*) FROM booking WHERE shift_id <= 4")));
}

/* What was booked earlier in the week counts, though it lies before the period. */
static void
hours_of_the_week_before_the_period_count(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	only(s, KIM);
	int64_t monday =
		squares_shift_for(s, MEETING, "2026-08-17 10:00", "2026-08-17 14:00", 1);
	squares_shift_for(s, MEETING, "2026-08-20 10:00", "2026-08-20 14:00", 1);
	assert_done(s, squares_book(s, monday, KIM));
	squares_run(s, SQL("UPDATE person SET hours_week = 7"));
	assert_int_equal(0, matched(s, "2026-08-20", "2026-08-20"));
	squares_run(s, SQL("UPDATE person SET hours_week = 8"));
	assert_int_equal(1, matched(s, "2026-08-20", "2026-08-20"));
}

/* Kil is 18 minutes and more away; the shift before the period ends too late for it. */
static void
what_ends_just_before_the_period_is_in_the_way(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	only(s, KIM);
	int64_t late =
		squares_shift_for(s, STAND, "2026-08-21 20:00", "2026-08-22 00:00", 1);
	squares_shift_for(s, DOORS, "2026-08-22 00:10", "2026-08-22 02:00", 1);
	assert_done(s, squares_book(s, late, KIM));
	assert_int_equal(0, matched(s, "2026-08-22", "2026-08-22"));
	squares_shift_for(s, DOORS, "2026-08-22 01:00", "2026-08-22 03:00", 1);
	assert_int_equal(1, matched(s, "2026-08-22", "2026-08-22"));
}

/* Hand-over of 15 minutes at the stand; 20 are too many; none at another kind. */
static void
hand_over_may_overlap_at_one_place(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	only(s, KIM);
	squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:15", 1);
	squares_shift_for(s, STAND, "2026-08-22 12:00", "2026-08-22 14:20", 1);
	squares_shift_for(s, STAND, "2026-08-22 14:00", "2026-08-22 16:00", 1);
	assert_int_equal(2, matched(s, "2026-08-22", "2026-08-22"));
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM booking WHERE shift_id = 2"
			    " OR shift_id = 1 AND NOT EXISTS (SELECT 1 FROM booking"
			    " WHERE shift_id = 2)")) > 0);
}

static void
rest_of_one_kind_does_not_bind_another(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0, rest = 0"));
	squares_run(s,
		SQL("UPDATE activity_kind SET rest = 600 WHERE code = 'dorrknackning'"));
	only(s, KIM);
	squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 1);
	squares_shift_for(s, MEETING, "2026-08-22 12:00", "2026-08-22 14:00", 1);
	squares_shift_for(s, DOORS, "2026-08-22 18:00", "2026-08-22 20:00", 1);
	assert_int_equal(2, matched(s, "2026-08-22", "2026-08-22"));
	assert_int_equal(
		0, count_of(s, SQL("SELECT count(*) FROM booking WHERE shift_id = 3")));
}

/* The night to 25 October has 25 hours; to 29 March 23. */
static void
free_time_follows_the_clock_on_the_wall(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	only(s, KIM);
	squares_run(s,
		SQL("INSERT INTO presence (person_id, can, from_date, until_date, starts,"
		    " ends) VALUES (1, 1, '2026-10-24', '2026-10-31', 600, 840)"));
	int64_t inside =
		squares_shift_for(s, MEETING, "2026-10-25 10:00", "2026-10-25 14:00", 1);
	squares_shift_for(s, MEETING, "2026-10-26 09:00", "2026-10-26 13:00", 1);
	squares_shift_for(s, MEETING, "2026-10-27 11:00", "2026-10-27 15:00", 1);
	assert_int_equal(1, matched(s, "2026-10-24", "2026-10-31"));
	assert_true(squares_booking(s, inside, KIM) != 0);
}

static void
a_night_over_midnight_is_free_when_both_days_are(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	only(s, KIM);
	squares_run(s,
		SQL("INSERT INTO presence (person_id, can, from_date, until_date, weekdays)"
		    " VALUES (1, 1, '2026-08-01', '2026-09-01', '5,6')"));
	squares_shift_for(s, MEETING, "2026-08-21 22:00", "2026-08-22 02:00", 1);
	squares_shift_for(s, MEETING, "2026-08-22 22:00", "2026-08-23 02:00", 1);
	assert_int_equal(1, matched(s, "2026-08-17", "2026-08-30"));
	assert_true(squares_booking(s, 1, KIM) != 0);
}

/* Their place on the waiting list becomes the booking. */
static void
who_waits_is_booked_when_there_is_a_place(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	int64_t shift =
		squares_shift_for(s, MEETING, "2026-08-22 10:00", "2026-08-22 12:00", 2);
	squares_run(s, SQL("UPDATE shift_role SET least = 1, wanted = 2"));
	assert_done(s, squares_book(s, shift, KIM));
	squares_run(s,
		SQL("INSERT INTO booking (shift_id, role_id, person_id, state, source,"
		    " changed_at) VALUES (1, 1, 3, 'waiting', 'sign_up', 1)"));
	only(s, EVA);
	assert_int_equal(1, matched(s, "2026-08-22", "2026-08-22"));
	assert_string_equal("booked", squares_state(s, shift, EVA));
}

static void
who_was_taken_off_is_not_booked_again(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	only(s, KIM);
	int64_t shift =
		squares_shift_for(s, MEETING, "2026-08-22 10:00", "2026-08-22 12:00", 1);
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_move(s, shift, KIM, "cancelled", "person"));
	assert_int_equal(0, matched(s, "2026-08-22", "2026-08-22"));
}

/* A draft is nobody's business yet; what has begun or is off is not filled. */
static void
only_what_will_be_is_filled(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	squares_shift_for(s, MEETING, "2026-08-10 11:00", "2026-08-10 14:00", 1);
	int64_t off =
		squares_shift_for(s, MEETING, "2026-08-11 11:00", "2026-08-11 14:00", 1);
	squares_shift_for(s, DOORS, "2026-08-12 11:00", "2026-08-12 14:00", 1);
	squares_run(s, SQL("UPDATE activity SET visibility = 'draft' WHERE id = 3"));
	squares_run(s, SQL("UPDATE shift SET cancelled_at = 1 WHERE id = 2"));
	assert_int_equal(0, matched(s, "2026-08-10", "2026-08-16"));
	assert_int_equal(0, squares_booking(s, off, KIM));
}

static void
erased_people_keep_their_seats(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE activity_kind SET pair = 0"));
	squares_shift_for(s, MEETING, "2026-08-22 10:00", "2026-08-22 12:00", 1);
	squares_run(s,
		SQL("INSERT INTO booking (shift_id, role_id, person_id, state, source,"
		    " changed_at) VALUES (1, 1, NULL, 'booked', 'sign_up', 1)"));
	json_t *plan = match_days(s, "2026-08-22", "2026-08-22");
	assert_int_equal(1, integer_at(json_object_get(plan, "total"), "filled"));
	assert_int_equal(0, integer_at(json_object_get(plan, "total"), "new"));
	json_decref(plan);
}

static void
candidates_are_the_best_first_and_say_why_not(void **state)
{
	struct scene *s = *state;
	int64_t shift =
		squares_shift_for(s, MEETING, "2026-08-22 10:00", "2026-08-22 12:00", 2);
	int64_t other =
		squares_shift_for(s, DOORS, "2026-08-22 09:00", "2026-08-22 11:00", 1);
	assert_done(s, squares_book(s, other, BO));
	squares_run(s,
		SQL("INSERT INTO wish (person_id, wants, kind) VALUES (3, 0, 'torgmote')"));
	squares_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 4"));
	json_t *view =
		vs_shift_candidates(s->db, number_text(s, shift), NULL, 0, &s->err);
	assert_non_null(view);
	const json_t *people = json_object_get(view, "people");
	assert_int_equal(1, integer_at(view, "can"));
	assert_int_equal(2, json_array_size(people));
	assert_string_equal("Kim Ek", text_at(json_array_get(people, 0), "name"));
	assert_string_equal("Bo Al", text_at(json_array_get(people, 1), "name"));
	assert_non_null(
		strstr(text_at(json_array_get(people, 1), "reason"), "Dörrar i Kil"));
	assert_non_null(strstr(text_at(view, "reason"), "1 does not want to"));
	json_decref(view);
	view = vs_shift_candidates(s->db, "99", NULL, 0, &s->err);
	assert_refused(s, view != NULL, VS_NOT_FOUND, "99");
}

/* Together is kept where it costs nothing that counts more. */
static void
people_who_asked_for_it_stand_together(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("INSERT INTO person_together VALUES (1, 4)"));
	squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 12:00", 2);
	squares_shift_for(s, DOORS, "2026-08-22 10:00", "2026-08-22 12:00", 2);
	squares_run(s, SQL("UPDATE shift_role SET least = 2, wanted = 2"));
	assert_int_equal(4, matched(s, "2026-08-22", "2026-08-22"));
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM booking a JOIN booking b"
			    " ON b.shift_id = a.shift_id WHERE a.person_id = 1"
			    " AND b.person_id = 4")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, volunteers_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hours_count_week_by_week),
		TEST(hours_of_the_week_before_the_period_count),
		TEST(what_ends_just_before_the_period_is_in_the_way),
		TEST(hand_over_may_overlap_at_one_place),
		TEST(rest_of_one_kind_does_not_bind_another),
		TEST(free_time_follows_the_clock_on_the_wall),
		TEST(a_night_over_midnight_is_free_when_both_days_are),
		TEST(who_waits_is_booked_when_there_is_a_place),
		TEST(who_was_taken_off_is_not_booked_again),
		TEST(only_what_will_be_is_filled),
		TEST(erased_people_keep_their_seats),
		TEST(candidates_are_the_best_first_and_say_why_not),
		TEST(people_who_asked_for_it_stand_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
