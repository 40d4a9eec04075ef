/* What goals are measured by: hand-made scenes with known counts. */
#include "goal_scene.h"

#include <valstuga/evaluation.h>
#include <valstuga/privacy.h>

/* Measured: the field ---------------------------------------------------------------------- */

static void
who_came_twice_is_one_active_person(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	add_shift(s, 1, "valstuga", "2026-03-28"); /* before the goal */
	add_shift(s, 2, "valstuga", "2026-04-04");
	add_shift(s, 3, "valstuga", "2026-04-18");
	add_shift(s, 4, "valstuga", "2026-05-02"); /* to come */
	put(s, 1, 4, "attended");
	put(s, 2, 1, "attended");
	put(s, 2, 2, "booked");
	put(s, 3, 1, "attended");
	put(s, 3, 2, "attended");
	put(s, 3, 3, "no_show");
	put(s, 4, 4, "booked");
	add_goal(s, "active_people",
		VALUES("target=4", "from=2026-04-01", "until=2026-05-31"));
	assert_real(goal_on(s, "2026-04-03"), "value", 0);
	assert_real(goal_on(s, "2026-04-04"), "value", 1);
	assert_real(goal_on(s, "2026-04-18"), "value", 2);
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 2);
	/* Four Sundays and today; 5 April is the first. */
	const json_t *series = json_object_get(goal, "series");
	assert_int_equal(json_array_size(series), 5);
	assert_string_equal(text_at(json_array_get(series, 0), "date"), "2026-04-05");
	assert_real(json_array_get(series, 0), "value", 1);
	assert_real(json_array_get(series, 3), "value", 2);
	assert_string_equal(text_at(json_array_get(series, 4), "date"), "2026-04-30");
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("association=V Kil")));
	assert_real(goal_on(s, ""), "value", 1);
}

/* Nobody for three months, then somebody new every week. */
static void
a_count_goes_on_as_in_the_last_weeks(void **state)
{
	struct scene *s = *state;
	scene_time("2026-05-31 20:00");
	add_people(s);
	static const char *const days[] = { "2026-05-09", "2026-05-16", "2026-05-23",
		"2026-05-30" };
	for (int i = 0; i < 4; i++) {
		add_shift(s, i + 1, "valstuga", days[i]);
		put(s, i + 1, i + 1, "attended");
	}
	add_goal(s, "active_people",
		VALUES("target=6", "from=2026-02-01", "until=2026-06-28"));
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 4);
	const json_t *trend = json_object_get(goal, "trend");
	/* Of the nine Sundays since 5 April: 0 0 0 0 0 1 2 3 4. */
	double slope = real_at(trend, "per_week");
	assert_true(slope > 0.2 && slope < 1);
	assert_real(trend, "at_end", 4 + 4 * slope);
	assert_true(strcmp(text_at(trend, "reaches_on"), "2026-05-31") > 0);
}

static void
who_walked_is_active_on_the_day_of_the_walk(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	add_shift(s, 1, "dorrknackning", "2026-04-04");
	put(s, 1, 1, "booked");
	put(s, 1, 2, "cancelled");
	add_goal(s, "active_people", VALUES("target=4"));
	run(s,
		SQL("INSERT INTO canvass (activity_id, kommun_code, area, walked_on)"
		    " VALUES (1, '1715', 'Centrum', '2026-04-05')"));
	assert_real(goal_on(s, ""), "value", 0);
	run(s, SQL("UPDATE canvass SET walked_on = '2026-04-04'"));
	assert_real(goal_on(s, ""), "value", 1);
}

static void
shifts_that_were_are_filled_by_who_was_there(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	add_goal(s, "shifts_filled",
		VALUES("target=80", "from=2026-04-01", "until=2026-05-31"));
	assert_real(goal_on(s, ""), "value", NAN);
	assert_status(goal_on(s, ""), "waiting");
	add_shift(s, 1, "valstuga", "2026-03-28");
	add_shift(s, 2, "valstuga", "2026-04-04");
	add_shift(s, 3, "valstuga", "2026-04-18");
	add_shift(s, 4, "valstuga", "2026-05-02");
	add_shift(s, 5, "valstuga", "2026-04-20");
	run(s, SQL("UPDATE shift SET cancelled_at = 1 WHERE id = 5"));
	put(s, 2, 1, "attended");
	put(s, 2, 2, "booked");
	put(s, 3, 3, "no_show");
	/* Four on three wanted places fill three. */
	put(s, 3, 1, "attended");
	put(s, 3, 2, "attended");
	put(s, 3, 4, "attended");
	assert_real(goal_on(s, "2026-04-17"), "value", 200.0 / 3);
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 500.0 / 6);
	assert_real(goal, "of", 6);
	assert_non_null(strstr(text_at(goal, "arithmetic"), "5 of 6"));
	assert_status(goal, "on");
}

/* Opened on a day; reached (an attempt) on another, or never. */
static void
add_member(struct scene *s, int person, const char *opened, const char *reached)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO contact (id, person_id, reason, opened_at)"
			    " VALUES (?1, ?1, 'new_member', unixepoch(?2, '+10 hours'))"),
			&s->err));
	stmt_bind(&q, person);
	stmt_bind(&q, opened);
	assert_done(s, stmt_run(&q, &s->err));
	VS_AUTO(stmt) a = { 0 };
	assert_done(s,
		stmt_open(&a, s->db,
			SQL("INSERT INTO contact_attempt (contact_id, at, actor, channel, outcome)"
			    " VALUES (?1, unixepoch(coalesce(?2, '2026-01-01'), '+10 hours'), 'x',"
			    " 'phone', iif(?2 IS NULL, 'no_answer', 'reached'))"),
			&s->err));
	stmt_bind(&a, person);
	stmt_bind(&a, reached);
	assert_done(s, stmt_run(&a, &s->err));
}

static void
new_members_are_judged_when_their_days_are_over(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	add_goal(s, "new_contacted",
		VALUES("target=90", "from=2026-04-01", "until=2026-12-31"));
	assert_real(goal_on(s, ""), "value", NAN);
	add_member(s, 1, "2026-04-01", "2026-04-08"); /* on the seventh day */
	add_member(s, 2, "2026-04-01", "2026-04-09"); /* a day late */
	add_member(s, 3, "2026-04-10", NULL);
	add_member(s, 4, "2026-04-29", NULL);
	assert_real(goal_on(s, "2026-04-07"), "value", NAN);
	assert_real(goal_on(s, "2026-04-08"), "value", 100);
	assert_real(goal_on(s, "2026-04-09"), "value", 50);
	assert_real(goal_on(s, "2026-04-17"), "value", 50);
	assert_real(goal_on(s, "2026-04-18"), "value", 100.0 / 3);
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "of", 3);
	assert_non_null(strstr(text_at(goal, "arithmetic"),
		"1 of 3 reached within 7 days, 1 still have time"));
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(goal, "missing"), 0)),
		"no association: 1");
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("days=8")));
	assert_real(goal_on(s, ""), "value", 200.0 / 3);
}

/* Measured: lists and ballots -------------------------------------------------------------- */

static const char *
add_list(struct scene *s, json_t *values)
{
	const char *key;
	assert_done(s, vs_list_add(s->db, values, s->arena, &key, &s->err));
	json_decref(values);
	return key;
}

static void
add_head(struct scene *s, const char *list, const char *name, int person)
{
	const char *key;
	json_t *values = json_pack(
		"{s:s, s:s, s:i}", "list", list, "name", name, "person", person);
	assert_done(s, vs_candidate_add(s->db, values, s->arena, &key, &s->err));
	json_decref(values);
}

/* Only Kil, Eda and Grums are ours. */
static void
three_kommuner(struct scene *s)
{
	run(s,
		SQL("UPDATE kommun SET in_district = 0"
		    " WHERE code NOT IN ('1715', '1730', '1764')"));
}

static void
a_kommun_has_a_list_from_the_day_it_was_decided(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	three_kommuner(s);
	const char *kil = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	const char *eda = add_list(s, VALUES("kind=KF", "kommun=Eda"));
	add_head(s, kil, "Anna Berg", 1);
	add_head(s, eda, "Bo Ek", 2);
	add_goal(s, "lists_decided", VALUES("target=2"));
	assert_real(goal_on(s, ""), "value", 0);
	assert_done(s, vs_list_submit(s->db, kil, &s->err));
	assert_done(s, vs_list_decide(s->db, kil, "2026-03-14", "Årsmötet", &s->err));
	assert_real(goal_on(s, "2026-03-13"), "value", 0);
	assert_real(goal_on(s, "2026-03-14"), "value", 1);
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "of", 3);
	const json_t *missing = json_object_get(goal, "missing");
	assert_int_equal(json_array_size(missing), 2);
	assert_string_equal(json_string_value(json_array_get(missing, 0)), "Eda");
	assert_done(s, vs_list_submit(s->db, eda, &s->err));
	assert_done(s, vs_list_decide(s->db, eda, "2026-04-30", "Årsmötet", &s->err));
	assert_status(goal_on(s, ""), "reached");
}

static void
a_list_without_a_day_was_decided_when_it_came_in_ordered(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	three_kommuner(s);
	add_head(s, add_list(s, VALUES("kind=KF", "kommun=Kil")), "Anna Berg", 1);
	run(s, SQL("UPDATE list SET status = 'ordered'"));
	add_goal(s, "lists_decided", VALUES("target=1"));
	scene_time("2026-10-05 12:00");
	assert_real(goal_on(s, "2026-04-29"), "value", 0);
	assert_real(goal_on(s, "2026-04-30"), "value", 1);
	assert_status(goal_on(s, ""), "reached");
}

static void
top_names_have_met_when_they_were_there(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	const char *rd = add_list(s, VALUES("kind=RD"));
	const char *kil = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	const char *eda = add_list(s, VALUES("kind=KF", "kommun=Eda"));
	add_head(s, rd, "Anna Berg", 1);
	add_head(s, rd, "Dan Dahl", 4); /* second: no top name */
	add_head(s, kil, "Anna Berg", 1);
	add_head(s, eda, "Bo Ek", 2);
	add_goal(s, "top_names_met",
		VALUES("target=100", "from=2026-01-01", "until=2026-09-13"));
	add_shift(s, 1, "toppnamnstraff", "2026-04-11");
	add_shift(s, 2, "mote", "2026-04-12");
	add_shift(s, 3, "toppnamnstraff", "2026-05-09");
	put(s, 1, 1, "booked"); /* past, and nobody said that she did not come */
	put(s, 1, 4, "attended");
	put(s, 2, 2, "attended"); /* another sort of meeting */
	put(s, 3, 2, "booked");	  /* to come */
	assert_real(goal_on(s, "2026-04-10"), "value", 0);
	assert_real(goal_on(s, ""), "value", 50);
	assert_real(goal_on(s, ""), "of", 2);
	json_t *view = vs_top_names_view(s->db, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "activities")), 2);
	const json_t *names = json_object_get(view, "names");
	assert_int_equal(json_array_size(names), 2);
	const json_t *anna = json_array_get(names, 0), *bo = json_array_get(names, 1);
	assert_string_equal(text_at(anna, "name"), "Anna Berg");
	assert_string_equal(text_at(anna, "standing"), "RD Värmlands län; KF Kil");
	assert_true(json_is_true(json_object_get(anna, "met")));
	assert_false(json_is_true(json_object_get(bo, "met")));
	assert_string_equal(text_at(bo, "next"), "2026-05-09");
	json_decref(view);
	run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 2"));
	assert_real(goal_on(s, ""), "value", 100);
}

/* Places of Kil (1 polling, 2 advance) and Eda (3 polling); locations made by the file. */
static void
add_places(struct scene *s)
{
	run(s,
		SQL("INSERT INTO place (id, kommun_code, name, street, advance_code) VALUES"
		    " (1, '1715', 'Norra skolan', 'A', NULL),"
		    " (2, '1715', 'Biblioteket', 'B', '90001'),"
		    " (3, '1730', 'Charlottenberg', 'C', NULL), (4, '1730', 'Ett hus', 'D', NULL)"));
	run(s,
		SQL("INSERT INTO district (code, name, kommun_code, place_id) VALUES"
		    " ('17150001', 'Norra', '1715', 1), ('17300001', 'Eda', '1730', 3)"));
	const char *list = add_list(s, VALUES("kind=RF"));
	run(s,
		SQL("INSERT INTO item (id, kind, list_id, unit_mg) SELECT 1, 'ballot', 1, 1240"
		    " WHERE NOT EXISTS (SELECT 1 FROM item)"));
	assert_non_null(list);
	run(s,
		SQL("INSERT INTO movement (at, actor, kind, item_id, to_id, pieces)"
		    " SELECT 1, 'x', 'print', min(i.id), l.id, 9000 FROM item i, location l"
		    " WHERE i.kind = 'ballot' AND l.kind = 'depot'"));
}

/* Ballots are delivered to where `place` is, or to Eda's reception (0). */
static void
deliver(struct scene *s, int place, const char *day)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO movement (at, actor, kind, item_id, from_id, to_id,"
			    " pieces) SELECT unixepoch(?2, '+10 hours'), 'x', 'deliver', min(i.id),"
			    " d.id, o.id, 100 FROM item i, location d, location o WHERE"
			    " i.kind = 'ballot' AND d.kind = 'depot' AND CASE ?1 WHEN 0"
			    " THEN o.kommun_code = '1730' ELSE o.place_id = ?1 END"),
			&s->err));
	stmt_bind(&q, place);
	stmt_bind(&q, day);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
a_place_is_covered_when_it_or_its_reception_got_ballots(void **state)
{
	struct scene *s = *state;
	scene_time("2026-08-30 12:00");
	add_goal(s, "places_covered", VALUES("target=100"));
	assert_real(goal_on(s, ""), "value", NAN);
	add_places(s);
	assert_real(goal_on(s, ""), "value", 0);
	deliver(s, 1, "2026-08-20");
	deliver(s, 1, "2026-08-24");
	/* A house that is neither is none of the three. */
	deliver(s, 4, "2026-08-20");
	assert_real(goal_on(s, "2026-08-19"), "value", 0);
	assert_real(goal_on(s, "2026-08-20"), "value", 100.0 / 3);
	run(s,
		SQL("INSERT INTO location (kind, name, kommun_code)"
		    " VALUES ('reception', 'Valkansliet', '1730')"));
	deliver(s, 0, "2026-08-25");
	/* Only where the kommun carries them on. */
	assert_real(goal_on(s, ""), "value", 100.0 / 3);
	run(s,
		SQL("INSERT INTO handover_rule (kommun_code, phase, channel)"
		    " VALUES ('1730', 'election_day', 'central')"));
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 200.0 / 3);
	assert_real(goal, "of", 3);
	assert_non_null(strstr(text_at(goal, "arithmetic"), "2 of 3 places"));
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(goal, "missing"), 0)),
		"Biblioteket, Kil");
	run(s, SQL("UPDATE handover_rule SET channel = 'direct'"));
	assert_real(goal_on(s, ""), "value", 100.0 / 3);
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("target=30")));
	assert_status(goal_on(s, ""), "reached");
}

/* Measured: the media ---------------------------------------------------------------------- */

static void
see(struct scene *s, const char *date, const char *kind, const char *more)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO appearance (kind, state, date, outlet_id, person_id,"
			    " policy_area_id, association_id) VALUES (?1, 'published', ?2, 1,"
			    " iif(?3 LIKE '%p%', 1, NULL), iif(?3 LIKE '%v%', 1, NULL),"
			    " iif(?3 LIKE '%a%', 1, NULL))"),
			&s->err));
	stmt_bind(&q, kind);
	stmt_bind(&q, date);
	stmt_bind(&q, more);
	assert_done(s, stmt_run(&q, &s->err));
}

/* Twelve weeks over the new year with week 53, counted by hand: 2 1 0 1 0 3 | 0 1 1 0 1 1. */
static void
add_media(struct scene *s)
{
	add_people(s);
	run(s, SQL("INSERT INTO outlet (id, name, kind) VALUES (1, 'NWT', 'newspaper')"));
	run(s, SQL("INSERT INTO policy_area (id, name) VALUES (1, 'vård'), (2, 'skola')"));
	static const char *const days[] = { "2026-11-23", "2026-11-29", "2026-12-02",
		"2026-12-14", "2026-12-28", "2026-12-31", "2027-01-03", "2027-01-11",
		"2027-01-24", "2027-02-01", "2027-02-14" };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		see(s, days[i], i % 2 ? "letter" : "news", i < 3 ? "pv" : "a");
	see(s, "2026-12-08", "own", "pva");
}

static void
weeks_are_counted_by_hand_over_the_new_year(void **state)
{
	struct scene *s = *state;
	scene_time("2027-02-14 20:00");
	add_media(s);
	add_goal(s, "media", VALUES("target=1", "from=2026-11-23", "until=2027-02-28"));
	/* No week is over. */
	assert_status(goal_on(s, "2026-11-28"), "waiting");
	assert_real(goal_on(s, "2026-11-29"), "value", 2);
	assert_real(goal_on(s, "2026-12-05"), "value", 2);
	assert_real(goal_on(s, "2026-12-06"), "value", 1.5);
	assert_real(goal_on(s, "2026-12-13"), "value", 1);
	/* Week 53 ends on 3 January. */
	assert_real(goal_on(s, "2027-01-02"), "value", 4.0 / 5);
	assert_real(goal_on(s, "2027-01-03"), "value", 7.0 / 6);
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 11.0 / 12);
	assert_real(goal, "of", 12);
	assert_real(goal, "expected", 1);
	assert_status(goal, "behind");
	assert_true(
		real_at(goal, "probability") >= 0 && real_at(goal, "probability") <= 1);
	assert_int_equal(json_array_size(json_object_get(goal, "series")), 12);
	assert_true(json_is_null(json_object_get(goal, "trend")));
	assert_non_null(strstr(text_at(goal, "arithmetic"), "11 seen in 12 whole weeks"));
}

static void
the_goal_and_the_media_week_say_the_same(void **state)
{
	struct scene *s = *state;
	scene_time("2027-02-17 20:00");
	add_media(s);
	add_goal(s, "media", VALUES("target=1", "from=2026-11-23", "until=2027-02-28"));
	struct vs_media_scope scope;
	bool found = false;
	assert_done(
		s, vs_goal_media_scope(s->db, s->arena, NULL, &scope, &found, &s->err));
	assert_true(found);
	json_t *week = vs_media_week_view(s->db, NULL, &scope, 0, &s->err);
	assert_done(s, week != NULL);
	const json_t *goal = goal_on(s, "");
	assert_real(json_object_get(week, "span"), "average", real_at(goal, "value"));
	assert_real(json_object_get(week, "forecast"), "probability",
		real_at(goal, "probability"));
	json_decref(week);
}

static void
every_week_is_a_share_of_the_weeks(void **state)
{
	struct scene *s = *state;
	scene_time("2027-02-14 20:00");
	add_media(s);
	add_goal(s, "media",
		VALUES("target=1", "per=every_week", "from=2026-11-23",
			"until=2027-02-28"));
	const json_t *goal = goal_on(s, "");
	/* Eight of twelve. */
	assert_real(goal, "value", 800.0 / 12);
	assert_real(goal, "target", 100);
	assert_real(goal, "expected", 100);
	assert_real(goal, "percent", 800.0 / 12);
	assert_real(goal, "probability", NAN);
	assert_status(goal, "behind");
	assert_real(goal_on(s, "2026-12-06"), "value", 100);
}

static void
a_total_counts_days_kinds_and_scope(void **state)
{
	struct scene *s = *state;
	scene_time("2027-02-14 20:00");
	add_media(s);
	add_goal(s, "media",
		VALUES("target=20", "per=total", "from=2026-11-29", "until=2027-02-28"));
	assert_real(goal_on(s, ""), "value", 10);
	assert_real(goal_on(s, "2026-12-01"), "value", 1);
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("kinds=own,letter")));
	assert_real(goal_on(s, ""), "value", 6);
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("association=V Kil")));
	assert_real(goal_on(s, ""), "value", 5);
	assert_done(s,
		record_set(s, &vs_goal_type, "Mål",
			VALUES("association=", "kinds=", "person=1", "area=vård")));
	assert_real(goal_on(s, ""), "value", 2);
}

static void
spokespersons_are_seen_in_their_own_area(void **state)
{
	struct scene *s = *state;
	scene_time("2027-02-14 20:00");
	add_goal(s, "spokespersons_seen",
		VALUES("target=100", "from=2026-11-24", "until=2027-03-28"));
	assert_real(goal_on(s, ""), "value", NAN);
	add_media(s);
	run(s,
		SQL("INSERT INTO spokesperson (person_id, policy_area_id)"
		    " VALUES (1, 1), (1, 2), (2, 1), (3, 1)"));
	assert_real(goal_on(s, "2026-11-28"), "value", 0);
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 25);
	assert_real(goal, "of", 4);
	const json_t *missing = json_object_get(goal, "missing");
	assert_string_equal(
		json_string_value(json_array_get(missing, 0)), "Anna Berg (skola)");
	run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 3"));
	assert_real(goal_on(s, ""), "value", 100.0 / 3);
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("area=skola")));
	assert_real(goal_on(s, ""), "value", 0);
}

/* Measured: the work ----------------------------------------------------------------------- */

static void
evenness_is_the_least_supported_association(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-30 12:00");
	add_people(s);
	add_goal(s, "evenness", VALUES("target=80"));
	assert_real(goal_on(s, ""), "value", NAN);
	run(s, SQL("UPDATE kommun SET association_id = 1 WHERE code = '1715'"));
	run(s, SQL("UPDATE kommun SET association_id = 2 WHERE code = '1730'"));
	run(s,
		SQL("INSERT INTO district (code, name, kommun_code) VALUES"
		    " ('17150101', 'Kil', '1715'), ('17300101', 'Eda', '1730')"));
	run(s,
		SQL("INSERT INTO district_result (district_code, kind, eligible) VALUES"
		    " ('17150101', 'KF', 3000), ('17300101', 'KF', 1000)"));
	run(s, SQL("UPDATE person SET volunteer = 1"));
	/* One volunteer each of two: 50 % of the help for 75 % and for 25 % of the voters. */
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 67);
	assert_status(goal, "behind");
	assert_non_null(strstr(text_at(goal, "arithmetic"), "V Kil has the least"));
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(goal, "missing"), 0)),
		"V Kil 67 %");
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("association=V Eda")));
	assert_real(goal_on(s, ""), "value", 200);
	/* What was yesterday nobody has kept. */
	assert_real(goal_on(s, "2026-04-29"), "value", NAN);
	assert_non_null(strstr(
		text_at(goal_on(s, "2026-04-29"), "arithmetic"), "known only for today"));
}

static void
being_seen_is_support(void **state)
{
	struct scene *s = *state;
	scene_time("2026-09-01 12:00");
	add_associations(s);
	run(s, SQL("UPDATE kommun SET association_id = 1 WHERE code = '1715'"));
	run(s, SQL("UPDATE kommun SET association_id = 2 WHERE code = '1730'"));
	run(s, SQL("INSERT INTO outlet (id, name, kind) VALUES (1, 'NWT', 'newspaper')"));
	see(s, "2026-08-01", "news", "a");
	see(s, "2026-08-02", "news", "a");
	see(s, "2026-08-03", "own", "a");
	see(s, "2025-08-03", "news", "a"); /* more than a year before */
	run(s,
		SQL("INSERT INTO appearance (kind, state, date, outlet_id, association_id,"
		    " kommun_code) VALUES ('tv', 'broadcast', '2026-08-04', 1, 1, '1730'),"
		    " ('tv', 'booked', '2026-08-05', 1, 1, '1730')"));
	json_t *view = vs_support_view(s->db, &s->err), *row;
	assert_done(s, view != NULL);
	size_t i;
	json_array_foreach (json_object_get(view, "rows"), i, row)
		if (strcmp(text_at(row, "name"), "V Kil") == 0) {
			assert_int_equal(integer_at(row, "media"), 2);
			assert_non_null(strstr(text_at(row, "arithmetic"),
				"times seen in the media 2 of 3"));
		} else if (strcmp(text_at(row, "name"), "V Eda") == 0) {
			assert_int_equal(integer_at(row, "media"), 1);
		}
	assert_int_equal(integer_at(json_object_get(view, "total"), "media"), 3);
	json_decref(view);
}

static void
yes_to_support_counts_of_all_associations(void **state)
{
	struct scene *s = *state;
	scene_time("2026-10-01 12:00");
	add_associations(s);
	add_goal(s, "support_answers", VALUES("target=100"));
	assert_status(goal_on(s, ""), "waiting");
	run(s,
		SQL("INSERT INTO answer (association_id, question_key, value, answered_on)"
		    " VALUES (1, 'support', 2, '2026-09-20'), (1, 'ballots', 2, '2026-09-20'),"
		    " (2, 'support', 1, '2026-09-20')"));
	const json_t *goal = goal_on(s, "");
	assert_real(goal, "value", 100.0 / 3);
	assert_real(goal, "of", 3);
	assert_status(goal, "on");
	const json_t *missing = json_object_get(goal, "missing");
	assert_int_equal(json_array_size(missing), 1);
	assert_string_equal(json_string_value(json_array_get(missing, 0)), "V Årjäng");
}

static void
evaluation_is_as_many_steps_as_there_are(void **state)
{
	struct scene *s = *state;
	json_t *steps = vs_evaluation_steps(s->db, &s->err);
	assert_done(s, steps != NULL);
	add_goal(s, "evaluation_steps", VALUES("target=6"));
	assert_real(goal_on(s, ""), "of", (double)json_array_size(steps));
	assert_real(goal_on(s, ""), "value", 0);
	assert_int_equal(json_array_size(json_object_get(goal_on(s, ""), "missing")),
		json_array_size(steps));
	json_decref(steps);
}

/* The plan --------------------------------------------------------------------------------- */

static void
the_usual_goals_are_added_once(void **state)
{
	struct scene *s = *state;
	json_t *made = vs_goal_usual(s->db, "", &s->err);
	assert_refused(s, made != NULL, VS_INVALID, "--source");
	add_goal(s, "likes", VALUES("name=1 000 likes on Facebook", "target=900"));
	made = vs_goal_usual(s->db, "Valplanen", &s->err);
	assert_done(s, made != NULL);
	assert_int_equal(json_array_size(made), 10);
	json_decref(made);
	made = vs_goal_usual(s->db, "Valplanen", &s->err);
	assert_done(s, made != NULL);
	assert_int_equal(json_array_size(made), 0);
	json_decref(made);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(DISTINCT measure) FROM goal"
				     " WHERE source = 'Valplanen'")),
		11);
	assert_int_equal(
		count_of(s,
			SQL("SELECT target FROM goal WHERE measure = 'lists_decided'")),
		16);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM goal WHERE until_date = '2026-12-31'")),
		4);
}

static void
what_is_behind_comes_first_and_is_a_problem(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-10 12:00");
	add_goal(s, "likes",
		VALUES("name=A", "target=10", "from=2026-01-01", "until=2026-07-19"));
	add_goal(s, "likes",
		VALUES("name=B", "target=200", "from=2026-01-01", "until=2026-07-19"));
	add_goal(s, "likes", VALUES("name=C", "target=10", "from=2026-04-11"));
	assert_done(s, vs_goal_read(s->db, "A", 10, 0, NULL, NULL, NULL, &s->err));
	assert_done(
		s, vs_goal_read(s->db, "B", 50, 0, "2026-03-11", NULL, NULL, &s->err));
	json_t *figures = json_object();
	assert_done(s, vs_goal_figures(s->db, figures, &s->err));
	const json_t *goals = json_object_get(figures, "goals");
	assert_string_equal(text_at(json_array_get(goals, 0), "name"), "B");
	assert_string_equal(text_at(json_array_get(goals, 2), "name"), "A");
	json_decref(figures);
	/* Thirty days are not too old. */
	json_t *problems = vs_goal_problems(s->db, &s->err);
	assert_int_equal(json_array_size(problems), 1);
	assert_non_null(
		strstr(text_at(json_array_get(problems, 0), "text"), "B is behind"));
	json_decref(problems);
	scene_time("2026-04-11 12:00");
	problems = vs_goal_problems(s->db, &s->err);
	assert_int_equal(json_array_size(problems), 2);
	assert_string_equal(text_at(json_array_get(problems, 1), "severity"), "notice");
	assert_non_null(
		strstr(text_at(json_array_get(problems, 1), "text"), "2026-03-11"));
	json_decref(problems);
	json_t *check = vs_check_view(s->db, &s->err);
	assert_done(s, check != NULL);
	json_decref(check);
}

static void
a_goal_goes_with_its_person(void **state)
{
	struct scene *s = *state;
	add_people(s);
	add_goal(s, "media", VALUES("target=1", "person=2"));
	assert_done(s, vs_person_merge(s->db, "1", "2", &s->err));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM goal WHERE person_id = 1")), 1);
	assert_string_equal(text_at(goal_on(s, ""), "scope"), "Anna Berg");
	/* Without her it would be the district's. */
	json_t *erased = vs_person_erase(s->db, "1", false, &s->err);
	assert_done(s, erased != NULL);
	json_decref(erased);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM goal")), 0);
}

/* Paper ------------------------------------------------------------------------------------ */

static const json_t *
sheet_of(const json_t *view)
{
	return json_array_get(json_object_get(view, "sheets"), 0);
}

static void
the_report_has_a_curve_to_the_last_day(void **state)
{
	struct scene *s = *state;
	scene_time("2026-04-10 12:00");
	add_goal(s, "likes", VALUES("target=200", "from=2026-01-01", "until=2026-07-19"));
	assert_done(
		s, vs_goal_read(s->db, "Mål", 50, 0, "2026-03-11", NULL, NULL, &s->err));
	json_t *view = vs_goal_sheet_view(s->db, &s->err);
	assert_done(s, view != NULL);
	const json_t *goal = json_array_get(json_object_get(sheet_of(view), "goals"), 0);
	assert_string_equal(text_at(goal, "mark"), "⚠");
	assert_true(json_is_true(json_object_get(goal, "late")));
	assert_string_equal(text_at(json_object_get(goal, "bar"), "text"), "25\u00a0%");
	const json_t *series = json_object_get(goal, "series");
	size_t count = json_array_size(series);
	/* 4 January to 12 July are 28 Sundays, and the last day. */
	assert_int_equal(count, 29);
	assert_real(json_array_get(series, 0), "value", NAN);
	assert_real(json_array_get(series, 14), "value", 50);
	assert_real(json_array_get(series, 14), "expected", 100);
	assert_real(json_array_get(series, 15), "value", NAN);
	assert_real(json_array_get(series, count - 1), "expected", 200);
	json_decref(view);
	/* Five years are no longer a curve than sixty points. */
	assert_done(s, record_set(s, &vs_goal_type, "Mål", VALUES("until=2030-12-31")));
	view = vs_goal_sheet_view(s->db, &s->err);
	assert_done(s, view != NULL);
	goal = json_array_get(json_object_get(sheet_of(view), "goals"), 0);
	count = json_array_size(json_object_get(goal, "series"));
	assert_in_range(count, 30, 60);
	json_decref(view);
}

static void
both_sheets_are_made_without_any_data(void **state)
{
	struct scene *s = *state;
	json_t *view = vs_goal_sheet_view(s->db, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(sheet_of(view), "goals")), 0);
	json_decref(view);
	view = vs_status_sheet_view(s->db, &s->err);
	assert_done(s, view != NULL);
	const json_t *sheet = sheet_of(view);
	assert_true(json_is_null(json_object_get(sheet, "media")));
	assert_string_equal(text_at(sheet, "days"), "195");
	assert_string_equal(
		text_at(sheet, "phase"), "Advance voting begins in 177 days.");
	assert_int_equal(integer_at(sheet, "revision"), 1);
	json_decref(view);
	scene_time("2026-09-14 12:00");
	view = vs_status_sheet_view(s->db, &s->err);
	assert_done(s, view != NULL);
	assert_string_equal(text_at(sheet_of(view), "days"), "");
	json_decref(view);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, goal_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		WITH(who_came_twice_is_one_active_person),
		WITH(a_count_goes_on_as_in_the_last_weeks),
		WITH(who_walked_is_active_on_the_day_of_the_walk),
		WITH(shifts_that_were_are_filled_by_who_was_there),
		WITH(new_members_are_judged_when_their_days_are_over),
		WITH(a_kommun_has_a_list_from_the_day_it_was_decided),
		WITH(a_list_without_a_day_was_decided_when_it_came_in_ordered),
		WITH(top_names_have_met_when_they_were_there),
		WITH(a_place_is_covered_when_it_or_its_reception_got_ballots),
		WITH(weeks_are_counted_by_hand_over_the_new_year),
		WITH(the_goal_and_the_media_week_say_the_same),
		WITH(every_week_is_a_share_of_the_weeks),
		WITH(a_total_counts_days_kinds_and_scope),
		WITH(spokespersons_are_seen_in_their_own_area),
		WITH(evenness_is_the_least_supported_association),
		WITH(being_seen_is_support),
		WITH(yes_to_support_counts_of_all_associations),
		WITH(evaluation_is_as_many_steps_as_there_are),
		WITH(the_usual_goals_are_added_once),
		WITH(what_is_behind_comes_first_and_is_a_problem),
		WITH(a_goal_goes_with_its_person),
		WITH(the_report_has_a_curve_to_the_last_day),
		WITH(both_sheets_are_made_without_any_data),
	};
	return cmocka_run_group_tests_name("goal_measure", tests, NULL, NULL);
}
