/* Goals: what is typed, and how it stands against what was expected. */
#include "goal_scene.h"

#include "campaign/goal.h"
#include "media/media_week.h"

/* Typed ------------------------------------------------------------------------------------ */

static void
a_straight_line_is_expected_of_a_count(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-10 12:00");
	add_goal(s, "new_members",
		VALUES("target=200", "from=2026-01-01", "until=2026-07-19"));
	read_on(s, 130, "2026-04-10");
	const json_t *goal = goal_on(s, "");
	/* Day 100 of 200. */
	assert_real(goal, "expected", 100);
	assert_real(goal, "value", 130);
	assert_real(goal, "percent", 65);
	assert_status(goal, "ahead");
	assert_non_null(
		strstr(text_at(goal, "arithmetic"), "expected 100 on day 100 of 200"));
	assert_non_null(strstr(text_at(goal, "arithmetic"), "130 %"));
}

static void
status_turns_exactly_at_105_and_95_per_cent(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-10 12:00");
	add_goal(s, "new_members",
		VALUES("target=200", "from=2026-01-01", "until=2026-07-19"));
	read_on(s, 105, "2026-04-10");
	assert_status(goal_on(s, ""), "ahead");
	read_on(s, 104.99, "2026-04-10");
	assert_status(goal_on(s, ""), "on");
	read_on(s, 95, "2026-04-10");
	assert_status(goal_on(s, ""), "on");
	read_on(s, 94.99, "2026-04-10");
	assert_status(goal_on(s, ""), "behind");
	/* One reading that was replaced, not four. */
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM reading")), 1);
}

static void
a_goal_waits_is_reached_or_missed(void **state)
{
	struct scene *s = *state;
	scene_time("2026-08-20 12:00");
	add_goal(
		s, "likes", VALUES("target=1000", "from=2026-06-01", "until=2026-08-10"));
	assert_status(goal_on(s, "2026-05-31"), "waiting");
	assert_real(goal_on(s, "2026-05-31"), "expected", NAN);
	/* Within, but nobody has read. */
	assert_status(goal_on(s, "2026-06-01"), "waiting");
	assert_real(goal_on(s, "2026-06-01"), "value", NAN);
	read_on(s, 999, "2026-08-09");
	assert_status(goal_on(s, "2026-08-10"), "on");
	assert_status(goal_on(s, "2026-08-11"), "missed");
	read_on(s, 1000, "2026-08-10");
	assert_status(goal_on(s, "2026-08-09"), "on");
	assert_status(goal_on(s, "2026-08-10"), "reached");
	assert_status(goal_on(s, ""), "reached");
	assert_real(goal_on(s, ""), "value", 1000);
}

static void
a_level_is_reached_only_at_the_end(void **state)
{
	struct scene *s = *state;
	scene_time("2026-08-20 12:00");
	add_goal(
		s, "renewed", VALUES("target=90", "from=2026-01-01", "until=2026-08-19"));
	read_on(s, 100, "2026-03-01");
	assert_status(goal_on(s, "2026-03-01"), "ahead");
	assert_real(goal_on(s, "2026-03-01"), "expected", 90);
	read_on(s, 90, "2026-04-01");
	assert_status(goal_on(s, "2026-08-18"), "on");
	assert_status(goal_on(s, "2026-08-19"), "reached");
	assert_status(goal_on(s, "2026-08-20"), "reached");
}

static void
what_counts_at_the_end_is_not_expected_before(void **state)
{
	struct scene *s = *state;
	scene_time("2026-12-31 12:00");
	add_goal(s, "active_members",
		VALUES("target=150", "from=2026-01-01", "until=2026-12-31"));
	read_on(s, 20, "2026-02-01");
	assert_real(goal_on(s, "2026-12-30"), "expected", NAN);
	assert_status(goal_on(s, "2026-12-30"), "on");
	assert_real(goal_on(s, ""), "expected", 150);
	assert_status(goal_on(s, ""), "behind");
	read_on(s, 150, "2026-12-31");
	assert_status(goal_on(s, ""), "reached");
}

static void
a_leap_day_is_a_day(void **state)
{
	struct scene *s = *state;
	scene_time("2028-12-31 12:00");
	add_goal(s, "members",
		VALUES("target=366", "from=2028-01-01", "until=2028-12-31"));
	read_on(s, 60, "2028-02-29");
	assert_real(goal_on(s, "2028-02-29"), "expected", 60);
	assert_status(goal_on(s, "2028-02-29"), "on");
	assert_real(goal_on(s, "2028-03-01"), "expected", 61);
	assert_real(goal_on(s, ""), "expected", 366);
	scene_refused(s,
		vs_goal_read(s->db, "Mål", 1, 0, "2026-02-29", NULL, NULL, &s->err),
		VS_INVALID, "2026-02-29");
}

static void
the_start_is_where_the_line_begins(void **state)
{
	struct scene *s = *state;
	scene_time("2026-01-10 12:00");
	add_goal(s, "followers",
		VALUES("target=500", "start=300", "from=2026-01-01", "until=2026-01-20"));
	read_on(s, 400, "2026-01-10");
	assert_real(goal_on(s, ""), "expected", 400);
	assert_status(goal_on(s, ""), "on");
}

static void
a_target_of_nothing_is_reached_by_falling(void **state)
{
	struct scene *s = *state;
	scene_time("2026-01-20 12:00");
	json_t *values = VALUES("name=Noll", "measure=number", "target=0", "source=Plan");
	assert_refused(
		s, record_add(s, &vs_goal_type, values, NULL), VS_INVALID, "--start");
	add_goal(s, "number",
		VALUES("target=0", "start=20", "from=2026-01-01", "until=2026-01-20"));
	read_on(s, 10, "2026-01-10");
	assert_real(goal_on(s, "2026-01-10"), "expected", 10);
	assert_real(goal_on(s, "2026-01-10"), "percent", NAN);
	assert_status(goal_on(s, "2026-01-10"), "on");
	read_on(s, 9, "2026-01-10");
	assert_status(goal_on(s, "2026-01-10"), "ahead");
	read_on(s, 11, "2026-01-10");
	assert_status(goal_on(s, "2026-01-10"), "behind");
	read_on(s, 0, "2026-01-20");
	assert_status(goal_on(s, ""), "reached");
}

/* Associations ----------------------------------------------------------------------------- */

static void
read_of(struct scene *s, double value, double base, const char *association,
	const char *date)
{
	assert_done(s,
		vs_goal_read(
			s->db, "Mål", value, base, date, association, NULL, &s->err));
}

static void
readings_of_associations_add_up(void **state)
{
	struct scene *s = *state;
	scene_time("2026-03-10 12:00");
	add_associations(s);
	add_goal(s, "members", VALUES("target=100"));
	read_of(s, 31, 0, "V Kil", "2026-02-01");
	read_of(s, 20, 0, "V Eda", "2026-02-03");
	read_of(s, 35, 0, "V Kil", "2026-03-01");
	assert_real(goal_on(s, "2026-02-02"), "value", 31);
	assert_real(goal_on(s, "2026-02-03"), "value", 51);
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 55);
	const json_t *rows = json_object_get(goal, "associations");
	assert_int_equal(json_array_size(rows), 2);
	assert_string_equal(text_at(json_array_get(rows, 0), "name"), "V Eda");
	assert_real(json_array_get(rows, 1), "value", 35);
	assert_string_equal(text_at(json_array_get(rows, 1), "date"), "2026-03-01");
	const json_t *missing = json_object_get(goal, "missing");
	assert_int_equal(json_array_size(missing), 1);
	assert_string_equal(json_string_value(json_array_get(missing, 0)), "V Årjäng");
	assert_int_equal(json_array_size(json_object_get(goal, "series")), 3);
}

static void
an_association_that_was_counted_cannot_vanish(void **state)
{
	struct scene *s = *state;
	scene_time("2026-03-10 12:00");
	add_associations(s);
	add_goal(s, "members", VALUES("target=100"));
	read_of(s, 31, 0, "V Kil", "2026-02-01");
	assert_refused(s, vs_record_remove(s->db, &vs_association_type, "V Kil", &s->err),
		VS_INVALID, "something else still refers to it");
	assert_real(goal_on(s, ""), "value", 31);
	assert_done(s, vs_record_remove(s->db, &vs_association_type, "V Eda", &s->err));
}

/* The goals and the media week speak of the same number. */
static void
a_chance_is_said_as_the_media_week_says_it(void **state)
{
	(void)state;
	static const struct {
		double chance;
		const char *goal, *week;
	} said[] = { { 0.007, "Less than 1 % chance", "less than 1 %" },
		{ 0.5, "50 % chance", "50\u00a0%" },
		{ 0.993, "More than 99 % chance", "more than 99 %" },
		{ 1, "100 % chance", "100\u00a0%" } };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *text = goal_forecast_text(scratch.arena, said[i].chance, 1);
		assert_ptr_equal(strstr(text, said[i].goal), text);
		assert_string_equal(
			media_chance_text(scratch.arena, said[i].chance), said[i].week);
	}
}

static void
shares_weigh_by_what_they_are_of(void **state)
{
	struct scene *s = *state;
	scene_time("2026-03-10 12:00");
	add_associations(s);
	add_goal(s, "renewed", VALUES("target=80"));
	read_of(s, 40, 44, "V Kil", "2026-03-01");
	read_of(s, 2, 6, "V Eda", "2026-03-01");
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 84);
	assert_real(goal, "of", 50);
	assert_non_null(strstr(text_at(goal, "arithmetic"), "42 of 50"));
	assert_refused(s,
		vs_goal_read(s->db, "Mål", 3, 0, NULL, "V Årjäng", NULL, &s->err),
		VS_INVALID, "--of");
	assert_refused(s, vs_goal_read(s->db, "Mål", 45, 44, NULL, NULL, NULL, &s->err),
		VS_INVALID, "no share");
}

static void
the_whole_holds_until_all_associations_say_more(void **state)
{
	struct scene *s = *state;
	scene_time("2026-03-10 12:00");
	add_associations(s);
	add_goal(s, "members", VALUES("target=100"));
	read_of(s, 90, 0, NULL, "2026-02-01");
	read_of(s, 31, 0, "V Kil", "2026-02-10");
	read_of(s, 30, 0, "V Eda", "2026-02-10");
	assert_real(goal_on(s, ""), "value", 90);
	read_of(s, 33, 0, "V Årjäng", "2026-02-11");
	assert_real(goal_on(s, ""), "value", 94);
	read_of(s, 95, 0, NULL, "2026-03-01");
	assert_real(goal_on(s, ""), "value", 95);
}

/* Readings that are refused ---------------------------------------------------------------- */

static void
readings_outside_the_time_or_of_what_is_measured_are_refused(void **state)
{
	struct scene *s = *state;
	add_goal(
		s, "likes", VALUES("target=1000", "from=2026-01-05", "until=2026-03-31"));
	assert_refused(s,
		vs_goal_read(s->db, "Mål", 5, 0, "2026-01-04", NULL, NULL, &s->err),
		VS_INVALID, "outside");
	assert_refused(s,
		vs_goal_read(s->db, "Mål", 5, 0, "2026-03-03", NULL, NULL, &s->err),
		VS_INVALID, "not come yet");
	assert_refused(s, vs_goal_read(s->db, "Mål", 5, 8, NULL, NULL, NULL, &s->err),
		VS_INVALID, "--of");
	assert_refused(s, vs_goal_read(s->db, "Mål", NAN, 0, NULL, NULL, NULL, &s->err),
		VS_INVALID, "number");
	assert_refused(s, vs_goal_read(s->db, "Mål", -5, 0, NULL, NULL, NULL, &s->err),
		VS_INVALID, "cannot be counted");
	assert_refused(s, vs_goal_read(s->db, "Nej", 5, 0, NULL, NULL, NULL, &s->err),
		VS_NOT_FOUND, "Nej");
	add_goal(s, "media", VALUES("name=Media", "target=1"));
	assert_refused(s, vs_goal_read(s->db, "Media", 5, 0, NULL, NULL, NULL, &s->err),
		VS_REFUSED, "measured by the program");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM reading")), 0);
}

static bool
try_goal(struct scene *s, json_t *values)
{
	json_object_set_new(values, "name", json_string("Nytt"));
	json_object_set_new(values, "source", json_string("Plan"));
	return record_add(s, &vs_goal_type, values, NULL);
}

static void
what_does_not_go_with_a_measure_is_refused(void **state)
{
	struct scene *s = *state;
	add_associations(s);
	assert_refused(s,
		try_goal(s, VALUES("measure=likes", "target=9", "per=every_week")),
		VS_INVALID, "--per");
	assert_refused(s,
		try_goal(s,
			VALUES("measure=top_names_met", "target=100",
				"association=V Kil")),
		VS_INVALID, "--association");
	assert_refused(s, try_goal(s, VALUES("measure=likes", "target=9", "days=5")),
		VS_INVALID, "--days");
	assert_refused(s, try_goal(s, VALUES("measure=likes", "target=9", "kinds=tv")),
		VS_INVALID, "--kinds");
	assert_refused(s, try_goal(s, VALUES("measure=evenness", "target=101")),
		VS_INVALID, "at most 100");
	assert_refused(s,
		try_goal(s, VALUES("measure=media", "target=1", "kinds=tv,brev")),
		VS_INVALID, "brev");
	assert_refused(s,
		try_goal(s,
			VALUES("measure=likes", "target=9", "from=2026-05-02",
				"until=2026-05-01")),
		VS_INVALID, "before it begins");
	assert_refused(
		s, try_goal(s, VALUES("measure=lycka", "target=9")), VS_INVALID, "lycka");
}

static void
what_is_not_said_follows_from_the_measure(void **state)
{
	struct scene *s = *state;
	add_goal(s, "media", VALUES("name=A", "target=1", "kinds=radio, tv,radio"));
	add_goal(s, "likes", VALUES("name=B", "target=1000"));
	add_goal(s, "evaluation_steps", VALUES("name=C", "target=6"));
	add_goal(s, "new_contacted", VALUES("name=D", "target=90"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM goal WHERE (name, per, curve, from_date,"
			    " until_date, coalesce(kinds, ''), coalesce(days, 0)) IN (VALUES"
			    " ('A', 'week_average', 'level', '2026-01-01', '2026-09-13', 'radio,tv', 0),"
			    " ('B', 'total', 'linear', '2026-01-01', '2026-09-13', '', 0),"
			    " ('C', 'total', 'end', '2026-01-01', '2026-12-31', '', 0),"
			    " ('D', 'total', 'level', '2026-01-01', '2026-09-13', '', 7))")),
		4);
	/* Who plans the year before has begun. */
	scene_time("2025-11-03 12:00");
	add_goal(s, "likes", VALUES("name=E", "target=5"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM goal WHERE from_date = '2025-11-03'")),
		1);
}

/* Trend ------------------------------------------------------------------------------------ */

static void
a_trend_says_when_the_target_is_reached(void **state)
{
	struct scene *s = *state;
	scene_time("2026-03-02 12:00");
	add_goal(
		s, "likes", VALUES("target=1000", "from=2026-01-01", "until=2026-12-31"));
	read_on(s, 700, "2026-02-01");
	read_on(s, 714, "2026-02-08");
	const json_t *goal = goal_on(s, "");
	assert_true(json_is_null(json_object_get(goal, "trend")));
	read_on(s, 728, "2026-02-15");
	const json_t *trend = json_object_get(goal_on(s, ""), "trend");
	assert_real(trend, "per_week", 14);
	/* 272 at 2 a day are 136 days from 15 February. */
	assert_string_equal(text_at(trend, "reaches_on"), "2026-07-01");
	/* 319 days are left. */
	assert_real(trend, "at_end", 728 + 2 * 319);
}

static void
a_trend_away_from_the_target_has_no_date(void **state)
{
	struct scene *s = *state;
	add_goal(s, "members", VALUES("target=500"));
	read_on(s, 400, "2026-02-01");
	read_on(s, 390, "2026-02-11");
	read_on(s, 380, "2026-02-21");
	const json_t *trend = json_object_get(goal_on(s, ""), "trend");
	assert_real(trend, "per_week", -7);
	assert_true(json_is_null(json_object_get(trend, "reaches_on")));
}

static void
a_day_to_come_is_refused(void **state)
{
	struct scene *s = *state;
	json_t *view = vs_goal_view(s->db, NULL, "2026-03-03", &s->err);
	assert_refused(s, view != NULL, VS_INVALID, "not come yet");
	view = vs_goal_view(s->db, NULL, NULL, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "goals")), 0);
	assert_int_equal(integer_at(json_object_get(view, "counts"), "behind"), 0);
	json_decref(view);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, goal_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		WITH(a_straight_line_is_expected_of_a_count),
		WITH(status_turns_exactly_at_105_and_95_per_cent),
		WITH(a_goal_waits_is_reached_or_missed),
		WITH(a_level_is_reached_only_at_the_end),
		WITH(what_counts_at_the_end_is_not_expected_before),
		WITH(a_leap_day_is_a_day),
		WITH(the_start_is_where_the_line_begins),
		WITH(a_target_of_nothing_is_reached_by_falling),
		WITH(readings_of_associations_add_up),
		WITH(an_association_that_was_counted_cannot_vanish),
		WITH(a_chance_is_said_as_the_media_week_says_it),
		WITH(shares_weigh_by_what_they_are_of),
		WITH(the_whole_holds_until_all_associations_say_more),
		WITH(readings_outside_the_time_or_of_what_is_measured_are_refused),
		WITH(what_does_not_go_with_a_measure_is_refused),
		WITH(what_is_not_said_follows_from_the_measure),
		WITH(a_trend_says_when_the_target_is_reached),
		WITH(a_trend_away_from_the_target_has_no_date),
		WITH(a_day_to_come_is_refused),
	};
	return cmocka_run_group_tests_name("goal", tests, NULL, NULL);
}
