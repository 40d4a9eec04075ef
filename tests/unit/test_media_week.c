/*
 * The media week: a series over the new year as it is counted by hand, scopes, weeks as people
 * write them, who has not been seen, and what the forecast learns.
 */
#include "scene.h"

#include <math.h>

#include <valstuga/exchange.h>
#include <valstuga/media.h>

#include "media/media_week.h"

/* Scenes ---------------------------------------------------------------------------------- */

#define RUN(s, text) run((s), SQL(text))

static void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

static void
add_outlet(struct scene *s, const char *name, const char *kind)
{
	assert_done(s,
		record_add(s, &vs_outlet_type,
			json_pack("{s:s, s:s}", "name", name, "kind", kind), NULL));
}

static void
import_series(struct scene *s)
{
	static const char *const papers[] = { "Bladet", "Posten" };
	const struct vs_import_options options = { 0 };
	const char *path = vs_arena_printf(s->arena,
		"%s/tests/fixtures/media/new-year.csv", getenv("VALSTUGA_SOURCE"));
	for (int i = 0; i < 2; i++)
		add_outlet(s, papers[i], "newspaper");
	add_outlet(s, "Radion", "radio");
	add_outlet(s, "Teve", "tv");
	add_outlet(s, "Podden", "podcast");
	add_outlet(s, "Vår sida", "own");
	json_t *report = vs_import(s->db, &path, 1, &options, &s->err);
	assert_done(s, report != NULL);
	json_decref(report);
}

static const struct vs_media_scope new_year = { .from = "2026-10-14",
	.until = "2027-04-06" };

static json_t *
view_of(struct scene *s, const char *day, const struct vs_media_scope *scope)
{
	json_t *view = vs_media_week_view(s->db, day, scope, 0, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static double
real_at(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	assert_true(json_is_real(value));
	return json_real_value(value);
}

static const json_t *
part_of(const json_t *view, const char *name)
{
	const json_t *part = json_object_get(view, name);
	assert_non_null(part);
	return part;
}

/* One field of each of a list, with commas. */
static const char *
list_of(struct scene *s, const json_t *view, const char *list, const char *field)
{
	const char *text = "";
	json_t *each;
	size_t i;
	json_array_foreach (part_of(view, list), i, each) {
		const json_t *value = json_object_get(each, field);
		text = json_is_string(value)
			? vs_arena_printf(s->arena, "%s%s%s", text, i ? "," : "",
				  json_string_value(value))
			: vs_arena_printf(s->arena, "%s%s%g", text, i ? "," : "",
				  json_number_value(value));
	}
	return text;
}

/* The hand count -------------------------------------------------------------------------- */

/* Counted by hand from the file: what was done in each week, all together, and the streak. */
static const struct {
	const char *week, *monday;
	int done, all, streak;
} by_hand[] = {
	{ "2026-W42", "2026-10-12", 1, 1, 1 },
	{ "2026-W43", "2026-10-19", 0, 1, 0 },
	{ "2026-W44", "2026-10-26", 2, 3, 1 },
	{ "2026-W45", "2026-11-02", 1, 4, 2 },
	{ "2026-W46", "2026-11-09", 1, 5, 3 },
	{ "2026-W47", "2026-11-16", 0, 5, 0 },
	{ "2026-W48", "2026-11-23", 3, 8, 1 },
	{ "2026-W49", "2026-11-30", 1, 9, 2 },
	{ "2026-W50", "2026-12-07", 0, 9, 0 },
	{ "2026-W51", "2026-12-14", 1, 10, 1 },
	{ "2026-W52", "2026-12-21", 1, 11, 2 },
	{ "2026-W53", "2026-12-28", 3, 14, 3 },
	{ "2027-W01", "2027-01-04", 1, 15, 4 },
	{ "2027-W02", "2027-01-11", 1, 16, 5 },
	{ "2027-W03", "2027-01-18", 0, 16, 0 },
	{ "2027-W04", "2027-01-25", 1, 17, 1 },
	{ "2027-W05", "2027-02-01", 0, 17, 0 },
	{ "2027-W06", "2027-02-08", 0, 17, 0 },
	{ "2027-W07", "2027-02-15", 0, 17, 0 },
	{ "2027-W08", "2027-02-22", 0, 17, 0 },
	{ "2027-W09", "2027-03-01", 0, 17, 0 },
	{ "2027-W10", "2027-03-08", 0, 17, 0 },
	{ "2027-W11", "2027-03-15", 0, 17, 0 },
	{ "2027-W12", "2027-03-22", 0, 17, 0 },
	{ "2027-W13", "2027-03-29", 0, 17, 0 },
	{ "2027-W14", "2027-04-05", 0, 17, 0 },
};

static void
check_week_by_hand(struct scene *s, int i)
{
	json_t *view = view_of(s, by_hand[i].monday, &new_year);
	const json_t *span = part_of(view, "span");
	assert_string_equal(text_at(view, "week"), by_hand[i].week);
	assert_string_equal(text_at(view, "from"), by_hand[i].monday);
	assert_int_equal(integer_at(view, "done"), by_hand[i].done);
	assert_int_equal(integer_at(view, "streak"), by_hand[i].streak);
	assert_int_equal(integer_at(span, "weeks"), 26);
	assert_int_equal(integer_at(span, "past"), i + 1);
	assert_int_equal(integer_at(span, "still"), 25 - i);
	assert_int_equal(integer_at(span, "done"), by_hand[i].all);
	assert_int_equal(integer_at(span, "target"), 26);
	assert_true(real_at(span, "average") == (double)by_hand[i].all / (i + 1));
	if (i < 25)
		assert_true(real_at(span, "needed") ==
			(double)(26 - by_hand[i].all) / (25 - i));
	else
		assert_true(json_is_null(json_object_get(span, "needed")));
	json_decref(view);
}

static void
weeks_over_new_year_are_those_counted_by_hand(void **state)
{
	struct scene *s = *state;
	scene_time("2027-04-20 12:00");
	import_series(s);
	for (int i = 0; i < 26; i++)
		check_week_by_hand(s, i);
	json_t *view = view_of(s, "2027-04-11", &new_year), *week;
	size_t i;
	assert_int_equal(json_array_size(part_of(view, "weeks")), 26);
	json_array_foreach (part_of(view, "weeks"), i, week) {
		assert_string_equal(text_at(week, "week"), by_hand[i].week);
		assert_string_equal(text_at(week, "from"), by_hand[i].monday);
		assert_int_equal(integer_at(week, "done"), by_hand[i].done);
		assert_int_equal(integer_at(week, "open"), 0);
		assert_true(real_at(week, "target") == 1.0);
		assert_true(real_at(week, "average") ==
			(double)by_hand[i].all / (double)(i + 1));
		assert_int_equal(json_is_true(json_object_get(week, "reached")),
			by_hand[i].done > 0);
		assert_true(json_is_false(json_object_get(week, "now")));
	}
	assert_true(json_is_null(json_object_get(view, "forecast")));
	json_decref(view);
}

/* On Wednesday of week 4, by hand: 16 in 15 weeks; 10 are lacking in 11; booked on Friday. */
static void
a_running_week_knows_what_is_ahead_and_overdue(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-27 08:00");
	import_series(s);
	json_t *view = view_of(s, NULL, &new_year);
	const json_t *span = part_of(view, "span"), *weeks = part_of(view, "weeks");
	assert_string_equal(text_at(view, "week"), "2027-W04");
	assert_string_equal(text_at(view, "until"), "2027-01-31");
	assert_int_equal(integer_at(view, "done"), 1);
	assert_int_equal(integer_at(view, "booked"), 1);
	assert_int_equal(integer_at(view, "planned"), 0);
	assert_true(real_at(view, "gap") == 0.0);
	assert_int_equal(integer_at(span, "past"), 15);
	assert_int_equal(integer_at(span, "done"), 16);
	assert_int_equal(integer_at(span, "still"), 11);
	assert_true(real_at(span, "average") == 16 / 15.0);
	assert_true(real_at(span, "needed") == 10 / 11.0);
	assert_int_equal(integer_at(view, "streak"), 0);
	assert_string_equal(
		list_of(s, view, "appearances", "date"), "2027-01-26,2027-01-29");
	assert_string_equal(list_of(s, view, "ahead", "date"),
		"2027-02-03,2027-02-10,2027-04-11,2027-04-12");
	assert_string_equal(list_of(s, view, "overdue", "date"), "2027-01-21");
	assert_string_equal(list_of(s, view, "weeks", "open"),
		"0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,0,0,0,0,0,0,0,1");
	for (size_t i = 0; i < 26; i++) {
		const json_t *week = json_array_get(weeks, i);
		assert_int_equal(json_is_true(json_object_get(week, "now")), i == 15);
		assert_int_equal(json_is_null(json_object_get(week, "average")), i > 14);
	}
	json_decref(view);
	scene_time("2027-01-31 08:00"); /* its Sunday */
	view = view_of(s, NULL, &new_year);
	assert_int_equal(integer_at(part_of(view, "span"), "past"), 16);
	assert_true(real_at(part_of(view, "span"), "average") == 17 / 16.0);
	assert_true(real_at(part_of(view, "span"), "needed") == 0.9);
	assert_int_equal(integer_at(view, "streak"), 1);
	json_decref(view);
}

/* A week to come is shown, but the series ends with the last whole one. */
static void
weeks_to_come_do_not_count_as_past(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-27 08:00");
	import_series(s);
	scene_time("2027-01-18 00:30"); /* Monday of week 3 */
	const char *later[] = { "2027-01-18", "2027-02-09", "2027-06-01" };
	for (int i = 0; i < 3; i++) {
		json_t *view = view_of(s, later[i], &new_year);
		const json_t *span = part_of(view, "span");
		assert_int_equal(integer_at(span, "past"), 14);
		assert_int_equal(integer_at(span, "done"), 16);
		assert_int_equal(integer_at(span, "still"), 12);
		assert_int_equal(integer_at(view, "streak"), 5);
		assert_int_equal(integer_at(view, "submitted"), i == 1);
		assert_true(real_at(view, "gap") == (i == 2 ? 1.0 : 0.0));
		json_decref(view);
	}
	json_t *before = view_of(s, "2026-10-11", &new_year);
	assert_int_equal(integer_at(before, "done"), 1);
	assert_int_equal(integer_at(part_of(before, "span"), "past"), 0);
	assert_true(json_is_null(json_object_get(part_of(before, "span"), "average")));
	json_decref(before);
}

/* Scopes ---------------------------------------------------------------------------------- */

static void
without_a_scope_the_span_is_26_weeks_to_election_day(void **state)
{
	struct scene *s = *state;
	json_t *view = view_of(s, NULL, NULL);
	const json_t *span = part_of(view, "span");
	assert_string_equal(text_at(span, "from"), "2026-03-16");
	assert_string_equal(text_at(span, "until"), "2026-09-13");
	assert_int_equal(integer_at(span, "weeks"), 26);
	assert_int_equal(integer_at(span, "target"), 26);
	assert_int_equal(integer_at(span, "past"), 0);
	assert_true(json_is_null(json_object_get(view, "goal")));
	assert_true(json_is_object(json_object_get(view, "forecast")));
	json_decref(view);
}

static int64_t
done_in(struct scene *s, struct vs_media_scope scope)
{
	scope.from = new_year.from;
	scope.until = new_year.until;
	json_t *view = view_of(s, "2027-01-31", &scope);
	int64_t done = integer_at(part_of(view, "span"), "done");
	json_decref(view);
	return done;
}

static void
a_scope_counts_its_own_kinds_people_areas_and_associations(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-27 08:00");
	import_series(s);
	RUN(s, "INSERT INTO policy_area (id, name) VALUES (7, 'Vård')");
	RUN(s, "INSERT INTO association (id, name) VALUES (3, 'V Kil')");
	RUN(s, "INSERT INTO person (id, name, keep_until) VALUES (9, 'Ada Alm', '2028-01-01')");
	RUN(s, "UPDATE appearance SET policy_area_id = 7 WHERE date < '2026-11-12'");
	RUN(s, "UPDATE appearance SET person_id = 9 WHERE kind = 'debate_article'");
	RUN(s, "UPDATE appearance SET association_id = 3 WHERE date >= '2027-01-01'");
	scene_time("2027-02-03 08:00");
	assert_int_equal(done_in(s, (struct vs_media_scope){ 0 }), 17);
	assert_int_equal(done_in(s, (struct vs_media_scope){ .kinds = "own" }), 1);
	assert_int_equal(
		done_in(s, (struct vs_media_scope){ .kinds = "nyhet, pressmeddelande" }),
		1 + 1 + 2 + 1 + 1 + 1 + 1);
	assert_int_equal(done_in(s, (struct vs_media_scope){ .policy_area = "vård" }), 5);
	assert_int_equal(done_in(s, (struct vs_media_scope){ .association = "3" }), 5);
	assert_int_equal(done_in(s, (struct vs_media_scope){ .person = "Ada Alm" }), 2);
	assert_int_equal(
		done_in(s, (struct vs_media_scope){ .person = "9", .policy_area = "7" }),
		1);
}

static void
targets_need_not_be_whole(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-27 08:00");
	import_series(s);
	struct vs_media_scope scope = new_year;
	scope.target = 0.75; /* 19.5 in 26 weeks */
	json_t *view = view_of(s, NULL, &scope);
	assert_int_equal(integer_at(part_of(view, "span"), "target"), 20);
	assert_true(real_at(part_of(view, "span"), "needed") == 4 / 11.0);
	json_decref(view);
	scope.target = 1.5;
	view = view_of(s, "2027-01-20", &scope);
	assert_true(real_at(view, "gap") == 0.5);
	assert_int_equal(integer_at(view, "streak"), 0);
	json_decref(view);
	scope.target = 0.1; /* 0.1 × 30 is no more than 3 */
	scope.until = "2027-05-06";
	view = view_of(s, NULL, &scope);
	assert_int_equal(integer_at(part_of(view, "span"), "target"), 3);
	assert_true(real_at(part_of(view, "span"), "needed") == 0.0);
	json_decref(view);
}

static void
impossible_scopes_are_refused(void **state)
{
	struct scene *s = *state;
	const struct vs_media_scope scopes[] = {
		{ .from = "2026-09-14" },
		{ .from = "1999-01-01" },
		{ .from = "2026-02-30" },
		{ .target = -1 },
		{ .target = NAN },
		{ .kinds = "news,rykte" },
	};
	static const char *const parts[] = { "before it begins", "at most 520",
		"2026-02-30", "target", "target", "rykte" };
	for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
		assert_refused(s,
			vs_media_week_view(s->db, NULL, &scopes[i], 0, &s->err) != NULL,
			VS_INVALID, parts[i]);
	struct vs_media_scope nobody = { .person = "Nobody" };
	assert_refused(s, vs_media_week_view(s->db, NULL, &nobody, 0, &s->err) != NULL,
		VS_NOT_FOUND, "Nobody");
	assert_refused(s, vs_media_week_view(s->db, "soon", NULL, 0, &s->err) != NULL,
		VS_INVALID, "soon");
}

/* Weeks as people write them -------------------------------------------------------------- */

static const char *
day_of(struct scene *s, const char *text, const struct vs_media_scope *scope)
{
	const char *day = "";
	assert_done(s, vs_media_week_day(s->db, s->arena, text, scope, &day, &s->err));
	return day;
}

static void
weeks_are_understood_as_people_write_them(void **state)
{
	struct scene *s = *state;
	static const char *const same[] = { "2026-W34", "2026w34", "2026-v34", "W34",
		"34", "v34", "V. 34", "v. 34 2026", "vecka 34", "Week 34" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_string_equal(day_of(s, same[i], NULL), "2026-08-17");
	assert_string_equal(day_of(s, "2026-08-22", NULL), "2026-08-22");
	assert_string_equal(day_of(s, "1", NULL), "2025-12-29");
	assert_string_equal(day_of(s, "53", NULL), "2026-12-28");
	assert_string_equal(day_of(s, "2020-W53", NULL), "2020-12-28");
	/* The week of the span is meant, on whichever side of the new year today is. */
	assert_string_equal(day_of(s, "2", &new_year), "2027-01-11");
	scene_time("2027-01-05 12:00");
	assert_string_equal(day_of(s, "50", &new_year), "2026-12-07");
	assert_string_equal(day_of(s, "34", NULL), "2026-08-17");
	assert_string_equal(day_of(s, "50", NULL), "2027-12-13");
	assert_string_equal(day_of(s, "53", NULL), "2026-12-28");
}

static void
what_is_no_week_is_refused(void **state)
{
	struct scene *s = *state;
	static const char *const wrong[] = { "", "W", "soon", "2026", "2026-34", "34 35",
		"100", "0", "54", "2025-W53", "1800-W10", "W34x", "-3" };
	const char *day = "unchanged";
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_refused(s,
			vs_media_week_day(s->db, s->arena, wrong[i], NULL, &day, &s->err),
			VS_INVALID, "week");
	assert_string_equal(day, "unchanged");
}

/* Unseen ---------------------------------------------------------------------------------- */

static void
add_unseen_scene(struct scene *s)
{
	add_outlet(s, "Bladet", "newspaper");
	add_outlet(s, "Grannbladet", "newspaper");
	RUN(s, "UPDATE outlet SET kommuner = '1715,1784,0180' WHERE name = 'Grannbladet'");
	RUN(s, "INSERT INTO policy_area (id, name) VALUES (1, 'Vård'), (2, 'Ö'), (3, 'Ål')");
	RUN(s,
		"INSERT INTO person (id, name, keep_until, restricted) VALUES"
		" (1, 'Ada Alm', '2028-01-01', 0), (2, 'Bo Berg', '2028-01-01', 0),"
		" (3, 'Eva Ek', '2028-01-01', 1), (4, 'Ola Ohm', '2028-01-01', 0)");
	RUN(s,
		"INSERT INTO spokesperson (person_id, policy_area_id) VALUES (1, 1), (1, 2),"
		" (2, 3), (3, 3)");
	RUN(s, "INSERT INTO association (id, name) VALUES (1, 'V Sunne'), (2, 'V Öst')");
	RUN(s, "UPDATE kommun SET association_id = 1 WHERE code = '1766'");
	RUN(s, "UPDATE kommun SET association_id = 1, association_lent = 1 WHERE code = '1737'");
	RUN(s, "UPDATE kommun SET association_id = 2 WHERE code IN ('1781', '1782')");
	RUN(s,
		"INSERT INTO appearance (kind, state, date, outlet_id, person_id,"
		" policy_area_id, association_id, kommun_code) VALUES"
		" ('news', 'published', '2026-07-26', 1, 1, 1, NULL, NULL),"
		" ('news', 'booked', '2026-09-02', 1, 1, 2, NULL, NULL),"
		" ('own', 'published', '2026-08-20', 1, 2, 3, NULL, '1730'),"
		" ('news', 'published', '2026-07-27', 1, NULL, 3, 1, NULL),"
		" ('news', 'published', '2026-08-18', 2, NULL, NULL, 2, NULL),"
		" ('news', 'published', '2026-08-18', 2, NULL, NULL, NULL, '1780'),"
		" ('news', 'declined', '2026-08-18', 1, 2, NULL, NULL, '1764')");
}

/* Week 34. Ada was last seen in week 30, which is four weeks ago; Ål in week 31. */
static void
who_and_what_has_not_been_seen_is_told(void **state)
{
	struct scene *s = *state;
	scene_time("2026-08-19 12:00");
	add_unseen_scene(s);
	json_t *view = view_of(s, NULL, NULL);
	const json_t *unseen = part_of(view, "unseen");
	assert_int_equal(integer_at(unseen, "weeks"), 4);
	assert_string_equal(list_of(s, unseen, "people", "name"), "Bo Berg,Ada Alm");
	assert_string_equal(list_of(s, unseen, "people", "areas"), "Ål,Vård, Ö");
	assert_string_equal(list_of(s, unseen, "people", "last"), ",2026-07-26");
	assert_string_equal(list_of(s, unseen, "people", "weeks"), "0,4");
	assert_true(json_is_null(
		json_object_get(json_array_get(part_of(unseen, "people"), 0), "weeks")));
	assert_string_equal(list_of(s, unseen, "people", "next"), ",2026-09-02");
	assert_string_equal(list_of(s, unseen, "areas", "name"), "Ö,Vård");
	/* Seen: Sunne by its association, Kil and Arvika by the outlet, Karlstad said so. */
	assert_string_equal(list_of(s, unseen, "kommuner", "name"),
		"Eda,Filipstad,Forshaga,Grums,Hagfors,Hammarö,Kristinehamn,Munkfors,"
		"Storfors,Säffle,Torsby,Årjäng");
	json_decref(view);
	view = vs_media_week_view(s->db, NULL, NULL, 5, &s->err);
	assert_string_equal(
		list_of(s, part_of(view, "unseen"), "people", "name"), "Bo Berg");
	json_decref(view);
	/* As it was in week 30. */
	view = view_of(s, "2026-07-26", NULL);
	assert_string_equal(
		list_of(s, part_of(view, "unseen"), "people", "name"), "Bo Berg");
	assert_int_equal(
		json_array_size(part_of(part_of(view, "unseen"), "kommuner")), 16);
	json_decref(view);
}

/* What the forecast learns ---------------------------------------------------------------- */

#define TODAY 1000

static struct media_item
item(enum media_stage stage, int32_t day, unsigned was, int32_t opened)
{
	return (struct media_item){ .day = day,
		.stage = stage,
		.counts = true,
		.scoped = true,
		.was = was,
		.opened = opened };
}

static struct media_learnt
learn(struct media_item *all, size_t count, int32_t first, int32_t last)
{
	struct media_items items = { all, count };
	struct media_learnt learnt;
	media_learn(&items, TODAY, first, last, &learnt);
	return learnt;
}

static void
shares_are_learned_from_what_has_come_to_its_day(void **state)
{
	(void)state;
	const unsigned planned = 1 << MEDIA_PLANNED, booked = 1 << MEDIA_BOOKED;
	struct media_item all[] = {
		item(MEDIA_DONE, TODAY - 30, planned | booked, TODAY - 40),
		item(MEDIA_DONE, TODAY - 20, 0, MEDIA_NEVER),
		item(MEDIA_GONE, TODAY - 10, booked, TODAY - 40),
		item(MEDIA_GONE, TODAY + 10, booked, TODAY - 40),
		item(MEDIA_BOOKED, TODAY - 8, booked, TODAY - 40),
		item(MEDIA_BOOKED, TODAY - 7, booked, TODAY - 40),
		item(MEDIA_PLANNED, TODAY + 5, planned, TODAY - 40),
		item(MEDIA_PLANNED, TODAY + 500, planned, TODAY - 40),
	};
	struct media_learnt l =
		learn(all, sizeof all / sizeof *all, TODAY - 60, TODAY + 60);
	/* Booked: one of three; the one of last week may still have happened. */
	assert_int_equal(l.tried[MEDIA_BOOKED], 3);
	assert_true(l.groups[MEDIA_BOOKED].alpha == 5);
	assert_true(l.groups[MEDIA_BOOKED].beta == 3);
	assert_int_equal(l.groups[MEDIA_BOOKED].open, 1);
	assert_int_equal(l.tried[MEDIA_PLANNED], 1);
	assert_true(l.groups[MEDIA_PLANNED].alpha == 3);
	assert_int_equal(l.groups[MEDIA_PLANNED].open, 1);
	assert_int_equal(l.groups[MEDIA_SUBMITTED].open, 0);
	assert_int_equal(l.done, 2);
	assert_int_equal(l.seen, 2);
}

/* Four were seen: one had been entered ten days before, one three days before. */
static void
what_is_entered_ahead_is_not_counted_twice(void **state)
{
	(void)state;
	struct media_item all[] = {
		item(MEDIA_DONE, TODAY - 40, 1, TODAY - 50),
		item(MEDIA_DONE, TODAY - 30, 1, TODAY - 33),
		item(MEDIA_DONE, TODAY - 20, 0, MEDIA_NEVER),
		item(MEDIA_DONE, TODAY - 10, 1, TODAY - 5),
		item(MEDIA_DONE, TODAY - 85, 1, TODAY - 200), /* too long ago */
	};
	struct media_learnt l = learn(all, 5, TODAY - 84, TODAY + 20);
	/* Days 1-3: 2 of (4 + 1) are ahead; 4-10: 1; then none. Today is half over. */
	double days = 0.5 + 3 * (1 - 2 / 5.0) + 7 * (1 - 1 / 5.0) + 10;
	assert_true(fabs(l.exposure - days / 7) < 1e-12);
	assert_true(fabs(l.left - 20.5 / 7) < 1e-12);
	assert_int_equal(l.seen, 4);
	assert_true(fabs(l.window - 84.5 / 7) < 1e-12);
	/* A span to come: only its own days. */
	l = learn(all, 5, TODAY + 10, TODAY + 16);
	assert_true(fabs(l.left - 1) < 1e-12);
	assert_true(fabs(l.exposure - (0.8 + 6) / 7) < 1e-12);
	/* With nothing known: half a one in a week and a quarter. */
	l = learn(NULL, 0, TODAY, TODAY + 6);
	struct vs_forecast f = media_forecast_of(&l);
	assert_true(f.shape == 0.5 && f.weeks == 1.25);
	/* Only a short past: so much as there is. */
	l = learn(all + 2, 1, TODAY - 14, TODAY + 6);
	assert_true(l.window > 2.8 && l.window < 3.8);
}

static void
the_forecast_says_its_arithmetic(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-27 08:00");
	import_series(s);
	json_t *view = view_of(s, NULL, &new_year);
	const json_t *forecast = part_of(view, "forecast");
	double chance = real_at(forecast, "probability");
	assert_true(chance > 0.5 && chance < 1);
	assert_true(real_at(forecast, "low") <= real_at(forecast, "mean"));
	assert_true(real_at(forecast, "high") >= real_at(forecast, "mean"));
	/* The one of 21 January is not a week overdue. */
	assert_string_equal(
		list_of(s, forecast, "open", "state"), "booked,submitted,planned");
	assert_string_equal(list_of(s, forecast, "open", "count"), "3,1,1");
	assert_string_equal(list_of(s, forecast, "open", "share"), "0.8,0.5,0.5");
	assert_non_null(
		strstr(text_at(forecast, "model"), "17 done + 3 booked × 0,80 + 1 "));
	assert_non_null(strstr(text_at(forecast, "model"), "26 are needed"));
	json_decref(view);
	/* Reached already. */
	struct vs_media_scope easy = new_year;
	easy.target = 0.5;
	view = view_of(s, NULL, &easy);
	assert_true(real_at(part_of(view, "forecast"), "probability") == 1.0);
	json_decref(view);
}

/* For others ------------------------------------------------------------------------------ */

static void
days_are_those_of_the_span_to_the_day(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-27 08:00");
	import_series(s);
	int64_t *days = NULL;
	size_t count = 0;
	assert_done(s, vs_media_days(s->db, s->arena, &new_year, &days, &count, &s->err));
	assert_int_equal(count, 16); /* the first was before the fourteenth */
	assert_int_equal(days[0], vs_date_to_days((struct vs_date){ 2026, 10, 28 }));
	assert_int_equal(days[15], vs_date_to_days((struct vs_date){ 2027, 1, 26 }));
	json_t *figures = json_object();
	assert_done(s, vs_media_figures(s->db, &new_year, figures, &s->err));
	const json_t *media = part_of(figures, "media");
	assert_string_equal(text_at(media, "week_text"), "w. 4");
	assert_int_equal(integer_at(media, "done"), 1);
	assert_int_equal(integer_at(media, "overdue"), 1);
	assert_true(real_at(media, "needed") == 10 / 11.0);
	assert_true(real_at(media, "probability") > 0.5);
	json_decref(figures);
}

static void
a_view_writes_nothing(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-27 08:00");
	import_series(s);
	int64_t before = count_of(s, SQL("SELECT total_changes()"));
	json_decref(view_of(s, NULL, &new_year));
	assert_int_equal(count_of(s, SQL("SELECT total_changes()")), before);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)
	const struct CMUnitTest tests[] = {
		TEST(weeks_over_new_year_are_those_counted_by_hand),
		TEST(a_running_week_knows_what_is_ahead_and_overdue),
		TEST(weeks_to_come_do_not_count_as_past),
		TEST(without_a_scope_the_span_is_26_weeks_to_election_day),
		TEST(a_scope_counts_its_own_kinds_people_areas_and_associations),
		TEST(targets_need_not_be_whole),
		TEST(impossible_scopes_are_refused),
		TEST(weeks_are_understood_as_people_write_them),
		TEST(what_is_no_week_is_refused),
		TEST(who_and_what_has_not_been_seen_is_told),
		cmocka_unit_test(shares_are_learned_from_what_has_come_to_its_day),
		cmocka_unit_test(what_is_entered_ahead_is_not_counted_twice),
		TEST(the_forecast_says_its_arithmetic),
		TEST(days_are_those_of_the_span_to_the_day),
		TEST(a_view_writes_nothing),
	};
	return cmocka_run_group_tests_name("media_week", tests, NULL, NULL);
}
