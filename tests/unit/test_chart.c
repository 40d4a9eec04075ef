/* Charts: round ticks, labels that have room, and what a layout may not say. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "paper/chart.h"

/* libharu loses 136 bytes when it fails to save a subset; see pdf_unlucky(). */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:HPDF_GetMem";
}

/* "low step high", as far as decimals go. */
static void
expect_ticks(double low, double high, bool whole, const char *text)
{
	struct scale s = chart_scale(low, high, whole, 5);
	char found[200];
	int at = 0;
	for (int i = 0; i < s.ticks; i++)
		at += snprintf(found + at, sizeof(found) - (size_t)at, "%s%.*f",
			i ? " " : "", s.decimals, chart_tick(&s, i));
	assert_string_equal(found, text);
}

static void
ticks_are_round_and_reach_around_the_values(void **state)
{
	(void)state;
	expect_ticks(0, 3, true, "0 1 2 3");
	expect_ticks(0, 4.2, true, "0 2 4 6");
	expect_ticks(0, 1, true, "0 1");
	expect_ticks(0, 1, false, "0.0 0.5 1.0");
	expect_ticks(0, 0.04, false, "0.00 0.01 0.02 0.03 0.04");
	expect_ticks(0, 1241, true, "0 500 1000 1500");
	expect_ticks(-2.9, 2.2, false, "-4 -2 0 2 4");
	expect_ticks(-2.9, 0, false, "-3 -2 -1 0");
	expect_ticks(987, 1190, true, "900 1000 1100 1200");
	expect_ticks(0, 0.3, false, "0.0 0.1 0.2 0.3");
	expect_ticks(0, 1e12, true, "0 500000000000 1000000000000");
}

static void
values_that_are_all_alike_have_an_axis(void **state)
{
	(void)state;
	expect_ticks(0, 0, true, "0 1");
	expect_ticks(104, 104, true, "95 100 105 110");
	expect_ticks(2, 2, true, "1 2 3");
	expect_ticks(-7, -7, true, "-8 -7 -6");
	struct scale s = chart_scale(1e12, 1e12, false, 5);
	assert_true(s.low < 1e12 && s.high > 1e12);
}

static void
every_axis_has_two_to_five_ticks_around_its_values(void **state)
{
	(void)state;
	uint64_t random = 7;
	for (int i = 0; i < 200000; i++) {
		double ends[2];
		for (int k = 0; k < 2; k++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			double size = pow(10, (double)(random >> 59) - 16);
			ends[k] = ((double)(random >> 20 & 0xFFFFF) / 0x80000 - 1) * size;
			ends[k] = fmax(fmin(ends[k], CHART_LARGE), -CHART_LARGE);
		}
		double low = fmin(ends[0], ends[1]), high = fmax(ends[0], ends[1]);
		struct scale s = chart_scale(low, high, i % 2, 5);
		double slip = s.step * 1e-6;
		assert_true(s.ticks >= 2 && s.ticks <= 5);
		assert_true(s.low <= low + slip && s.high >= high - slip);
		assert_true(fabs(chart_tick(&s, s.ticks - 1) - s.high) < s.step / 2);
		assert_true(i % 2 == 0 || s.step >= 1);
		assert_true(chart_share(&s, high) <= 1 + 1e-6);
		assert_true(chart_share(&s, low) >= -1e-6);
	}
}

static void
figures_have_the_decimals_that_they_need(void **state)
{
	(void)state;
	const double whole[] = { 1, NAN, 30 }, half[] = { 1, 2.5 }, third[] = { 1.0 / 3 };
	assert_int_equal(chart_decimals(whole, 3, 30), 0);
	assert_int_equal(chart_decimals(half, 2, 2.5), 1);
	assert_int_equal(chart_decimals(third, 1, 0.4), 2);
	assert_int_equal(chart_decimals(third, 1, 40), 1);
	assert_int_equal(chart_decimals(third, 1, 4000), 0);
	assert_int_equal(chart_decimals(NULL, 0, 1), 0);
}

#define COUNT 26

/* The rows that have a label, of `count` slots so wide with texts so long. */
static const char *
thin(size_t count, double slot, double length)
{
	static char text[200];
	double from[COUNT] = { 0 }, lengths[COUNT] = { 0 };
	bool shown[COUNT];
	for (size_t i = 0; i < count; i++) {
		from[i] = (double)i * slot;
		lengths[i] = length;
	}
	chart_thin(from, lengths, count, 1, shown);
	text[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		size_t at = strlen(text);
		if (shown[i])
			snprintf(text + at, sizeof(text) - at, "%s%zu", at ? " " : "", i);
	}
	return text;
}

static void
labels_are_thinned_evenly_with_the_first_and_the_last(void **state)
{
	(void)state;
	assert_string_equal(thin(0, 10, 5), "");
	assert_string_equal(thin(1, 10, 500), "0");
	assert_string_equal(thin(4, 10, 9), "0 1 2 3");
	assert_string_equal(thin(5, 10, 15), "0 2 4");
	assert_string_equal(thin(26, 10, 25), "0 5 10 15 20 25");
	/* No even number of steps: the last one, instead of one that would touch it. */
	assert_string_equal(thin(6, 10, 15), "0 2 5");
	assert_string_equal(thin(24, 10, 45), "0 5 10 15 23");
	assert_string_equal(thin(3, 10, 100), "0");
}

#define HEAD \
	"{\"page\": {\"size\": \"A6\", \"margins\": [10, 10, 10, 10]}, \"styles\": {\"b\": {}}," \
	" \"body\": ["

/* The message of a layout with this block; "" when it is drawn. */
static const char *
refusal(const char *block, const char *sheet)
{
	static char message[640];
	VS_AUTO(vs_buffer) layout = { 0 };
	VS_AUTO(vs_buffer) pdf = { 0 };
	vs_buffer_printf(&layout, "%s%s]}", HEAD, block);
	json_t *view = json_pack("{s:[o]}", "sheets", json_loads(sheet, 0, NULL));
	assert_non_null(view);
	struct vs_paper_job job = { .layout_name = "test",
		.layout = layout.data,
		.view = view,
		.language = "sv" };
	struct vs_error err = { 0 };
	bool good = vs_paper_render(&job, &pdf, NULL, NULL, &err);
	json_decref(view);
	snprintf(message, sizeof(message), "%s", good ? "" : err.text);
	return message;
}

#define CHART(more) "{\"type\": \"chart\", " more "}"
#define CELL(more)  "{\"type\": \"table\", \"rows\": \"r\", \"columns\": [{" more "}]}"

static void
what_is_wrong_with_a_chart_is_named(void **state)
{
	(void)state;
	assert_string_equal(refusal(CHART("\"kind\": \"pie\""), "{}"),
		"test: body[0]: \"kind\" must be \"columns\", \"bars\" or \"lines\"");
	assert_string_equal(refusal(CHART("\"rows\": \"r\""), "{}"),
		"test: body[0]: \"kind\" must be \"columns\", \"bars\" or \"lines\"");
	assert_string_equal(
		refusal(CHART("\"kind\": \"lines\", \"values\": [\"a\"]"), "{}"),
		"test: body[0]: \"rows\" is missing");
	assert_string_equal(refusal(CHART("\"kind\": \"lines\", \"rows\": \"r\", "
					  "\"values\": [1]"),
				    "{}"),
		"test: body[0]: \"values\" must be a list of 1 to 4 names");
	assert_string_equal(refusal(CHART("\"kind\": \"bars\", \"rows\": \"r\", "
					  "\"values\": [\"a\"], \"from_zero\": false"),
				    "{}"),
		"test: body[0]: \"from_zero\" can be false only for the kind \"lines\"");
	assert_string_equal(
		refusal(CHART("\"kind\": \"bars\", \"rows\": \"r\", \"colour\": \"#000\""),
			"{}"),
		"test: body[0]: \"colour\" is not known here");
	assert_string_equal(refusal("{\"type\": \"legend\", \"labels\": [\"a\"], "
				    "\"of\": \"maps\"}",
				    "{}"),
		"test: body[0]: \"of\" must be \"bars\" or \"lines\"");
	assert_string_equal(
		refusal("{\"type\": \"legend\", \"of\": \"lines\", \"labels\": "
			"[\"a\", \"b\", \"c\", \"d\", \"e\"]}",
			"{}"),
		"test: body[0]: \"labels\" must be a list of at most 4 texts");
}

static void
what_is_wrong_with_a_chart_in_a_cell_is_named(void **state)
{
	(void)state;
	assert_string_equal(refusal(CELL("\"kind\": \"chart\", \"chart\": \"bars\", "
					 "\"rows\": \"s\", \"values\": [\"a\"]"),
				    "{}"),
		"test: body[0].columns[0]: \"chart\" must be \"columns\" or \"lines\"");
	assert_string_equal(refusal(CELL("\"kind\": \"chart\", \"chart\": \"lines\", "
					 "\"values\": [\"a\"]"),
				    "{}"),
		"test: body[0].columns[0]: \"rows\" is missing");
	assert_string_equal(refusal(CELL("\"value\": \"a\", \"height\": 4"), "{}"),
		"test: body[0].columns[0]: \"height\" is for cells of the kind \"chart\"");
}

static void
what_is_wrong_with_areas_is_named(void **state)
{
	(void)state;
	assert_string_equal(refusal("{\"type\": \"areas\"}", "{}"),
		"test: body[0]: \"rows\" is missing");
	assert_string_equal(refusal("{\"type\": \"areas\", \"rows\": \"r\", "
				    "\"classes\": [\"a\", \"b\"]}",
				    "{}"),
		"test: body[0]: \"classes\" must be a list of 5 texts");
	assert_string_equal(
		refusal("{\"type\": \"areas\", \"rows\": \"r\", \"classes\": 5}", "{}"),
		"test: body[0]: \"classes\" must be a list of 5 texts");
}

static void
too_many_rows_are_refused(void **state)
{
	(void)state;
	VS_AUTO(vs_buffer) sheet = { 0 };
	vs_buffer_text(&sheet, "{\"r\": [{\"a\": 1}");
	for (int i = 1; i < 2000; i++)
		vs_buffer_text(&sheet, ", {\"a\": 1}");
	const char *chart =
		CHART("\"kind\": \"columns\", \"rows\": \"r\", \"values\": [\"a\"]");
	vs_buffer_text(&sheet, "]}");
	assert_string_equal(refusal(chart, sheet.data), "");
	sheet.length -= 2;
	vs_buffer_text(&sheet, ", {}]}");
	assert_string_equal(
		refusal(chart, sheet.data), "test: body[0]: has more than 2000 rows");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ticks_are_round_and_reach_around_the_values),
		cmocka_unit_test(values_that_are_all_alike_have_an_axis),
		cmocka_unit_test(every_axis_has_two_to_five_ticks_around_its_values),
		cmocka_unit_test(figures_have_the_decimals_that_they_need),
		cmocka_unit_test(labels_are_thinned_evenly_with_the_first_and_the_last),
		cmocka_unit_test(what_is_wrong_with_a_chart_is_named),
		cmocka_unit_test(what_is_wrong_with_a_chart_in_a_cell_is_named),
		cmocka_unit_test(what_is_wrong_with_areas_is_named),
		cmocka_unit_test(too_many_rows_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
