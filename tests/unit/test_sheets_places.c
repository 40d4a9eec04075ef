/* The sheets of places, kommuner and days: binder, coverage board, duty list. */
#include "sheet_fixture.h"

static void
a_place_sheet_groups_days_and_sums_rounds(void **state)
{
	struct scene *s = *state;
	const struct vs_delivery_sheet_options library = { .place = "Kils bibliotek" };
	json_t *view = make(s, vs_place_sheet_view, &library);
	const json_t *sheet = sheet_at(view, 0);
	assert_int_equal(rows_in(view, "sheets"), 1);
	assert_int_equal(rows_in(sheet, "hours"), 3);
	assert_string_equal(
		text_at(row_at(sheet, "hours", 0), "day"), "Wed–Fri 26–28 Aug");
	assert_string_equal(text_at(row_at(sheet, "hours", 0), "times"), "10.00–18.00");
	assert_string_equal(
		text_at(row_at(sheet, "hours", 1), "times"), "10.00–13.00, 14.00–16.00");
	assert_string_equal(text_at(row_at(sheet, "hours", 2), "day"), "Tue 1 Sep");
	/* Lists of Kil's voters, not Arvika's. */
	assert_int_equal(rows_in(sheet, "lists"), 2);
	assert_string_equal(text_at(row_at(sheet, "lists", 1), "constituency"), "Kil");
	assert_string_equal(text_at(json_object_get(sheet, "rounds"), "a"), "Start");
	assert_string_equal(text_at(json_object_get(sheet, "rounds"), "b"), "");
	assert_says(s, json_object_get(sheet, "total"), "sum", "2 550");
	assert_int_equal(rows_in(sheet, "deliveries"), 1);
	assert_says(s, row_at(sheet, "deliveries", 0), "what", "RD 1 000 · KF 1 050");
	assert_string_equal(text_at(row_at(sheet, "deliveries", 0), "state"), "planned");
	json_decref(view);
}

static void
a_polling_place_has_its_districts_and_voters(void **state)
{
	struct scene *s = *state;
	const struct vs_delivery_sheet_options school = { .place = "Vikskolan" };
	json_t *view = make(s, vs_place_sheet_view, &school);
	const json_t *sheet = sheet_at(view, 0);
	assert_int_equal(rows_in(sheet, "districts"), 2);
	assert_says(s, sheet, "eligible", "2 100");
	assert_true(warns(sheet, "Kil: no hand-over rule is known for election day"));
	assert_string_equal(text_at(json_object_get(sheet, "address"), "town"), "Kil");
	json_decref(view);
}

static void
more_rounds_than_columns_end_in_one(void **state)
{
	struct scene *s = *state;
	RUN(s,
		"INSERT INTO round (id, name, phase, from_date, until_date) VALUES"
		" (11, 'P1', 'refill', '2026-08-28', '2026-09-01'),"
		" (12, 'P2', 'refill', '2026-08-29', '2026-09-01'),"
		" (13, 'P3', 'refill', '2026-08-30', '2026-09-01'),"
		" (14, 'P4', 'refill', '2026-08-31', '2026-09-01')");
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT r.id, o.id, 1, 100, 'x' FROM round r, location o"
		" WHERE r.id > 10 AND o.place_id = 1");
	const struct vs_delivery_sheet_options library = { .place = "1" };
	json_t *view = make(s, vs_place_sheet_view, &library);
	const json_t *sheet = sheet_at(view, 0), *row = row_at(sheet, "lists", 0);
	assert_string_equal(text_at(json_object_get(sheet, "rounds"), "d"), "later");
	assert_says(s, row, "d", "200");
	assert_says(s, row, "sum", "1 900");
	json_decref(view);
}

static void
the_board_on_paper_says_what_the_screen_says(void **state)
{
	struct scene *s = *state;
	RUN(s, "UPDATE delivery SET status = 'delivered', received_at = 1787731200 WHERE id = 17");
	RUN(s, "UPDATE delivery_line SET counted = 990 WHERE delivery_id = 17 AND item_id = 1");
	json_t *screen = vs_coverage_board_view(s->db, NULL, &s->err), *row;
	assert_done(s, screen != NULL);
	json_t *paper = make(s, vs_coverage_sheet_view, NULL), *sheet;
	size_t i, k, same = 0;
	json_array_foreach (json_object_get(paper, "sheets"), i, sheet)
		json_array_foreach (json_object_get(screen, "rows"), k, row) {
			const json_t *sum = json_object_get(sheet, "summary");
			if (strcmp(text_at(row, "kommun_name"),
				    text_at(sheet, "heading")) != 0)
				continue;
			same++;
			static const char *const pairs[][2] = { { "needed", "needed" },
				{ "delivered", "delivered" }, { "gap", "gaps" },
				{ "destinations", "places" } };
			for (size_t p = 0; p < 4; p++)
				assert_string_equal(text_at(sum, pairs[p][1]),
					vs_text_number(
						s->arena, integer_at(row, pairs[p][0])));
		}
	assert_int_equal(same, 2);
	const json_t *kil = sheet_at(paper, 1);
	assert_string_equal(text_at(kil, "sheet_number"), "TT-1715");
	assert_says(s, row_at(kil, "places", 0), "delivered", "2 040");
	assert_says(s, row_at(kil, "places", 0), "missing", "lacks 510");
	assert_string_equal(text_at(row_at(kil, "places", 1), "place"), "Vikskolan");
	assert_true(json_is_true(json_object_get(row_at(kil, "places", 1), "gap")));
	json_decref(paper);
	json_decref(screen);
}

static const json_t *
board_row(const json_t *sheet, const char *day, const char *place)
{
	json_t *row;
	size_t i;
	json_array_foreach (json_object_get(sheet, "places"), i, row)
		if (strcmp(text_at(row, "day"), day) == 0 &&
			strcmp(text_at(row, "place"), place) == 0)
			return row;
	fail_msg("no row for %s on %s", place, day);
	return NULL;
}

static void
every_day_with_a_delivery_stands_on_the_board(void **state)
{
	struct scene *s = *state;
	const struct vs_delivery_sheet_options kil = { .kommun = "Kil" };
	json_t *view = make(s, vs_coverage_sheet_view, &kil);
	size_t days = rows_in(sheet_at(view, 0), "days");
	const char *needed = vs_arena_text(s->arena,
		text_at(json_object_get(sheet_at(view, 0), "summary"), "needed"));
	const char *places = vs_arena_text(s->arena,
		text_at(json_object_get(sheet_at(view, 0), "summary"), "places"));
	json_decref(view);
	/* A refill on the 27th; half of the round's delivery of the 26th on the 28th. */
	RUN(s,
		"INSERT INTO delivery (id, from_id, to_id, date, status)"
		" SELECT 701, from_id, to_id, '2026-08-27', 'planned' FROM delivery WHERE id = 17");
	RUN(s, "INSERT INTO delivery_line (delivery_id, item_id, pieces) VALUES (701, 1, 400)");
	RUN(s,
		"INSERT INTO shortage (at, actor, location_id, level, status, delivery_id)"
		" SELECT 1, 'eva', to_id, 'empty', 'refilling', 701 FROM delivery WHERE id = 17");
	RUN(s,
		"INSERT INTO delivery (id, round_id, from_id, to_id, date, status)"
		" SELECT 702, round_id, from_id, to_id, '2026-08-28', 'planned' FROM delivery"
		" WHERE id = 17");
	RUN(s, "INSERT INTO delivery_line (delivery_id, item_id, pieces) VALUES (702, 1, 300)");
	view = make(s, vs_coverage_sheet_view, &kil);
	const json_t *sheet = sheet_at(view, 0), *row;
	assert_int_equal(rows_in(sheet, "days"), days + 2);
	row = board_row(sheet, "Thursday 27 August", "Kils bibliotek");
	assert_string_equal(text_at(row, "needed"), "400");
	assert_string_equal(text_at(row, "booked"), "400");
	assert_string_equal(text_at(row, "missing"), "");
	row = board_row(sheet, "Friday 28 August", "Kils bibliotek");
	assert_string_equal(text_at(row, "needed"), "300");
	assert_string_equal(text_at(row, "booked"), "300");
	const json_t *summary = json_object_get(sheet, "summary");
	assert_string_equal(text_at(summary, "needed"), needed);
	assert_string_equal(text_at(summary, "places"), places);
	json_decref(view);
}

static void
a_reported_rack_stands_first_on_the_board(void **state)
{
	struct scene *s = *state;
	RUN(s,
		"INSERT INTO shortage (at, actor, location_id, item_id, level) SELECT 1, 'eva', id,"
		" 2, 'empty' FROM location WHERE place_id = 1");
	const struct vs_delivery_sheet_options kil = { .kommun = "Kil" };
	json_t *view = make(s, vs_coverage_sheet_view, &kil);
	assert_true(warns(sheet_at(view, 0), "Kils bibliotek: KF Kil is reported empty"));
	json_decref(view);
	const struct vs_delivery_sheet_options day = { .kommun = "Kil",
		.day = "2026-09-13" };
	view = make(s, vs_coverage_sheet_view, &day);
	assert_string_equal(
		text_at(sheet_at(view, 0), "sheet_number"), "TT-1715-2026-09-13");
	assert_int_equal(rows_in(sheet_at(view, 0), "places"), 1);
	json_decref(view);
}

static void
the_duty_list_says_which_days_have_nobody(void **state)
{
	struct scene *s = *state;
	json_t *view = make(s, vs_jour_list_view, NULL);
	const json_t *sheet = sheet_at(view, 0);
	assert_string_equal(text_at(sheet, "sheet_number"), "JL-0");
	assert_string_equal(text_at(sheet, "number"), "054-12 00 00");
	assert_string_equal(text_at(row_at(sheet, "duties", 0), "from"), "08.00");
	assert_true(warns(
		sheet, "Thu 27 Aug, Fri 28 Aug, Sat 29 Aug, Tue 1 Sep, Sun 13 Sep"));
	assert_false(warns(sheet, "Wed 26 Aug"));
	json_decref(view);
	const struct vs_delivery_sheet_options day = { .day = "2026-08-26" };
	view = make(s, vs_jour_list_view, &day);
	assert_string_equal(text_at(sheet_at(view, 0), "sheet_number"), "JL-2026-08-26");
	assert_int_equal(rows_in(sheet_at(view, 0), "warnings"), 0);
	json_decref(view);
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(a_place_sheet_groups_days_and_sums_rounds),
		TEST(a_polling_place_has_its_districts_and_voters),
		TEST(more_rounds_than_columns_end_in_one),
		TEST(the_board_on_paper_says_what_the_screen_says),
		TEST(every_day_with_a_delivery_stands_on_the_board),
		TEST(a_reported_rack_stands_first_on_the_board),
		TEST(the_duty_list_says_which_days_have_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
