/* The media week on paper: what stands on the page, and who does not. */
#include "scene.h"

#include <valstuga/media.h>

#define RUN(s, text) run((s), SQL(text))

static void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

/* Week 34 of 2026, its Thursday: one seen, one booked for Friday, one of Monday untold. */
static void
add_week(struct scene *s)
{
	scene_time("2026-08-20 12:00");
	RUN(s, "INSERT INTO outlet (id, name, kind) VALUES (1, 'Bladet', 'newspaper')");
	RUN(s, "INSERT INTO policy_area (id, name) VALUES (1, 'vård')");
	RUN(s,
		"INSERT INTO person (id, name, keep_until, restricted) VALUES"
		" (1, 'Ada Alm', '2028-01-01', 0), (2, 'Bo Berg', '2028-01-01', 1)");
	RUN(s, "INSERT INTO spokesperson (person_id, policy_area_id) VALUES (1, 1), (2, 1)");
	RUN(s,
		"INSERT INTO appearance (kind, state, date, outlet_id, title, person_id) VALUES"
		" ('news', 'published', '2026-08-18', 1, 'Seen', NULL),"
		" ('interview', 'booked', '2026-08-17', 1, 'Untold', 2),"
		" ('interview', 'booked', '2026-08-21', 1, 'Friday', NULL),"
		" ('news', 'cancelled', '2026-08-22', 1, 'Not', NULL),"
		" ('interview', 'planned', '2026-09-02', 1, 'Ahead', 1)");
}

static json_t *
sheet_of(struct scene *s, const char *day, const struct vs_media_scope *scope,
	json_t **ret_view)
{
	*ret_view = vs_media_sheet_view(s->db, day, scope, &s->err);
	assert_done(s, *ret_view != NULL);
	const json_t *sheets = json_object_get(*ret_view, "sheets");
	assert_int_equal(json_array_size(sheets), 1);
	return json_array_get(sheets, 0);
}

static const char *
verdict_of(struct scene *s, const char *day, double target)
{
	const struct vs_media_scope scope = { .target = target };
	json_t *view;
	const char *verdict = vs_arena_text(
		s->arena, text_at(sheet_of(s, day, &scope, &view), "verdict"));
	json_decref(view);
	return verdict;
}

static const char *
marks_of(struct scene *s, const json_t *sheet, const char *list)
{
	const char *text = "";
	json_t *row;
	size_t i;
	json_array_foreach (json_object_get(sheet, list), i, row)
		text = vs_arena_printf(s->arena, "%s%s %s;", text, text_at(row, "mark"),
			text_at(row, "title"));
	return text;
}

static void
the_page_holds_the_week(void **state)
{
	struct scene *s = *state;
	add_week(s);
	json_t *view, *sheet = sheet_of(s, NULL, NULL, &view);
	assert_string_equal(text_at(sheet, "sheet_number"), "MV-2026-34");
	assert_string_equal(text_at(sheet, "week"), "34");
	assert_string_equal(text_at(sheet, "done"), "1");
	assert_string_equal(text_at(sheet, "target"), "1");
	assert_string_equal(text_at(sheet, "booked"), "2");
	assert_string_equal(text_at(sheet, "average"), "0,00");
	assert_string_equal(text_at(sheet, "needed"), "6,50");
	assert_string_equal(
		text_at(sheet, "span"), "w. 12–37 · 0 appearances in 22 weeks");
	assert_string_equal(
		marks_of(s, sheet, "appearances"), "⚠ Untold;✓ Seen;→ Friday;✗ Not;");
	assert_string_equal(marks_of(s, sheet, "ahead"), "– Ahead;");
	assert_string_equal(marks_of(s, sheet, "overdue"), "⚠ Untold;");
	assert_int_equal(json_array_size(json_object_get(sheet, "weeks")), 26);
	const json_t *forecast = json_object_get(sheet, "forecast");
	assert_string_equal(text_at(forecast, "percent"), "less than 1 %");
	const json_t *unseen = json_object_get(sheet, "unseen"),
		     *people = json_object_get(unseen, "people");
	assert_int_equal(json_array_size(people), 1);
	assert_string_equal(text_at(json_array_get(people, 0), "name"), "Ada Alm");
	assert_string_equal(text_at(json_array_get(people, 0), "last"), "never");
	assert_string_equal(
		text_at(json_array_get(people, 0), "next"), "expected Wed 2 Sep");
	char *text = json_dumps(view, 0);
	assert_null(strstr(text, "Bo Berg")); /* restricted */
	free(text);
	json_decref(view);
}

static void
where_nobody_speaks_nobody_has_been_seen(void **state)
{
	struct scene *s = *state;
	json_t *view, *sheet = sheet_of(s, NULL, NULL, &view);
	const json_t *unseen = json_object_get(sheet, "unseen");
	assert_true(json_is_true(json_object_get(unseen, "people_none")));
	assert_true(json_is_true(json_object_get(unseen, "areas_none")));
	json_decref(view);
	add_week(s);
	sheet = sheet_of(s, NULL, NULL, &view);
	unseen = json_object_get(sheet, "unseen");
	assert_true(json_is_false(json_object_get(unseen, "people_none")));
	assert_true(json_is_false(json_object_get(unseen, "areas_none")));
	json_decref(view);
}

static void
the_verdict_says_how_the_week_stands(void **state)
{
	struct scene *s = *state;
	add_week(s);
	assert_string_equal(verdict_of(s, NULL, 1),
		"The week's target is reached, and 1 more is on its way.");
	assert_string_equal(
		verdict_of(s, NULL, 3), "2 more are needed, and 1 is on its way.");
	assert_string_equal(verdict_of(s, "2026-08-24", 1),
		"1 more is needed, and nothing is on its way.");
	scene_time("2026-08-23 12:00");
	assert_string_equal(verdict_of(s, NULL, 2.5),
		"2 more are needed; nobody has told yet whether 2 were seen.");
	scene_time("2026-08-26 12:00");
	assert_string_equal(
		verdict_of(s, "2026-08-20", 1), "The week's target is reached.");
	RUN(s, "UPDATE appearance SET state = 'cancelled' WHERE state = 'booked'");
	assert_string_equal(verdict_of(s, "2026-08-20", 2),
		"The week's target was not reached: 1 was lacking.");
}

static void
long_lists_are_cut_short(void **state)
{
	struct scene *s = *state;
	add_week(s);
	RUN(s,
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)"
		" INSERT INTO appearance (kind, state, date, outlet_id)"
		" SELECT 'news', 'booked', '2026-08-31', 1 FROM n UNION ALL"
		" SELECT 'news', 'published', '2026-08-19', 1 FROM n UNION ALL"
		" SELECT 'news', 'submitted', '2026-08-03', 1 FROM n");
	const struct vs_media_scope years = { .from = "2024-01-01",
		.until = "2026-12-31" };
	json_t *view, *sheet = sheet_of(s, NULL, &years, &view);
	assert_int_equal(json_array_size(json_object_get(sheet, "appearances")), 8);
	assert_string_equal(text_at(sheet, "appearances_more"), "and 26 more");
	assert_int_equal(json_array_size(json_object_get(sheet, "ahead")), 10);
	assert_string_equal(text_at(sheet, "ahead_more"), "and 21 more");
	assert_int_equal(json_array_size(json_object_get(sheet, "overdue")), 4);
	assert_string_equal(text_at(sheet, "overdue_more"), "and 27 more");
	const json_t *weeks = json_object_get(sheet, "weeks");
	assert_int_equal(json_array_size(weeks), 60);
	int now = 0;
	for (size_t i = 0; i < 60; i++) {
		const json_t *week = json_array_get(weeks, i);
		if (json_is_true(json_object_get(week, "now"))) {
			now++;
			assert_string_equal(text_at(week, "label"), "34");
		}
	}
	assert_int_equal(now, 1);
	json_decref(view);
}

/* The same week of the same facts keeps its revision; another scope is another sheet. */
static void
each_scope_has_its_own_number(void **state)
{
	struct scene *s = *state;
	const struct vs_media_scope letters = { .kinds = "letter" };
	json_t *view, *sheet;
	add_week(s);
	for (int i = 0; i < 2; i++) {
		sheet = sheet_of(s, NULL, NULL, &view);
		assert_int_equal(integer_at(sheet, "revision"), 1);
		json_decref(view);
	}
	sheet = sheet_of(s, NULL, &letters, &view);
	assert_memory_equal(text_at(sheet, "sheet_number"), "MV-2026-34-", 11);
	assert_string_equal(text_at(sheet, "done"), "0");
	json_decref(view);
}

/* After the span, or before anything is there, there is a page, too. */
static void
an_empty_campaign_has_a_page(void **state)
{
	struct scene *s = *state;
	json_t *view, *sheet = sheet_of(s, NULL, NULL, &view);
	assert_string_equal(text_at(sheet, "average"), "–");
	assert_string_equal(text_at(sheet, "span"), "w. 12–37");
	json_decref(view);
	scene_time("2026-10-01 12:00");
	sheet = sheet_of(s, NULL, NULL, &view);
	assert_true(json_is_null(json_object_get(sheet, "forecast")));
	assert_string_equal(text_at(sheet, "needed"), "–");
	json_decref(view);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)
	const struct CMUnitTest tests[] = {
		TEST(the_page_holds_the_week),
		TEST(where_nobody_speaks_nobody_has_been_seen),
		TEST(the_verdict_says_how_the_week_stands),
		TEST(long_lists_are_cut_short),
		TEST(each_scope_has_its_own_number),
		TEST(an_empty_campaign_has_a_page),
	};
	return cmocka_run_group_tests_name("media_sheet", tests, NULL, NULL);
}
