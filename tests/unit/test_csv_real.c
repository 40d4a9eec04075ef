/*
 * Valmyndigheten's own files, where they are at hand: $VALSTUGA_REAL_DATA, or shared/data
 * beside the source. Elsewhere the whole program is skipped (cmocka's skip() counts as a
 * failure in TAP).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/csv.h>

static int
arena_open(void **state)
{
	*state = vs_arena_new();
	return 0;
}

static int
arena_close(void **state)
{
	vs_arena_free(*state);
	return 0;
}

static const char *
data_directory(struct vs_arena *arena)
{
	const char *source = getenv("VALSTUGA_SOURCE"),
		   *data = getenv("VALSTUGA_REAL_DATA");
	if (!data || !*data)
		data = vs_arena_printf(arena, "%s/../shared/data", source ? source : ".");
	return vs_arena_printf(arena, "%s/valmyndigheten", data);
}

/* Reads a real file and checks every row's width. */
static void
check_real(struct vs_arena *arena, const char *file, size_t rows, size_t header,
	size_t width, enum vs_csv_encoding encoding)
{
	const char *path = vs_arena_printf(arena, "%s/%s", data_directory(arena), file);
	struct vs_error err = { 0 };
	char *bytes;
	size_t length, count = 0, line = 1;
	assert_true(vs_file_read(arena, path, &bytes, &length, &err));
	struct vs_csv *csv = vs_csv_open(arena, file, bytes, length, &err);
	assert_non_null(csv);
	assert_int_equal(vs_csv_encoding(csv), encoding);
	struct vs_csv_row row;
	while (vs_csv_next(csv, &row, &err)) {
		if (row.count != (count ? width : header))
			fail_msg("%s, line %zu: %zu fields", file, row.line, row.count);
		count++;
		assert_int_equal(row.line, line++);
		for (size_t i = 0; i < row.count; i++)
			for (const char *at = row.fields[i]; (at = strchr(at, '\n'));
				at++)
				line++;
	}
	assert_string_equal(err.text, "");
	assert_int_equal(count, rows);
}

static void
real_candidacies_are_read(void **state)
{
	check_real(*state, "kandidaturer-2018-varmland.skv", 2622, 24, 24, VS_CSV_CP1252);
}

static void
real_polling_places_are_read(void **state)
{
	check_real(*state, "vallokaler-2022.csv", 6265, 19, 19, VS_CSV_UTF8);
}

static void
real_advance_polling_places_are_read(void **state)
{
	check_real(*state, "rostningslokaler-2022.csv", 2619, 34, 34, VS_CSV_UTF8);
}

static void
real_comma_separated_results_are_read(void **state)
{
	check_real(*state, "kommun_2022.csv", 6579, 24, 24, VS_CSV_UTF8);
}

static void
real_rows_one_field_longer_than_their_header_are_read(void **state)
{
	check_real(*state, "deltagande-partier-2022.csv", 30941, 16, 17, VS_CSV_UTF8);
}

int
main(void)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (access(data_directory(scratch.arena), R_OK) != 0) {
		puts("1..0 # SKIP the real files are not here");
		return 0;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			real_candidacies_are_read, arena_open, arena_close),
		cmocka_unit_test_setup_teardown(
			real_polling_places_are_read, arena_open, arena_close),
		cmocka_unit_test_setup_teardown(
			real_advance_polling_places_are_read, arena_open, arena_close),
		cmocka_unit_test_setup_teardown(
			real_comma_separated_results_are_read, arena_open, arena_close),
		cmocka_unit_test_setup_teardown(
			real_rows_one_field_longer_than_their_header_are_read, arena_open,
			arena_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
