/* The line through readings: known slopes, odd readings, too few days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include <valstuga/trend.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
assert_near(double a, double b)
{
	if (!(fabs(a - b) < 1e-9))
		fail_msg("%.12g is not %.12g", a, b);
}

static struct vs_trend
trend_of(const int64_t *days, const double *values, size_t count)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_trend trend;
	assert_true(vs_trend(scratch.arena, days, values, count, &trend));
	return trend;
}

static void
a_straight_line_is_itself(void **state)
{
	(void)state;
	const int64_t days[] = { 100, 107, 114, 128 };
	const double values[] = { 10, 24, 38, 66 };
	struct vs_trend trend = trend_of(days, values, 4);
	assert_near(trend.per_day, 2);
	assert_near(trend.at_last, 66);
	assert_near(trend.low, 2);
	assert_near(trend.high, 2);
}

static void
a_single_odd_reading_does_not_move_the_line(void **state)
{
	(void)state;
	const int64_t days[] = { 0, 7, 14, 21, 28, 35, 42 };
	const double straight[] = { 0, 7, 14, 21, 28, 35, 42 };
	const double odd[] = { 0, 7, 14, 2100, 28, 35, 42 };
	struct vs_trend trend = trend_of(days, odd, COUNT(days));
	assert_near(trend.per_day, trend_of(days, straight, COUNT(days)).per_day);
	assert_near(trend.at_last, 42);
	/* It is seen in how far the slopes lie apart. */
	assert_true(trend.high > 10);
}

static void
an_odd_last_reading_is_not_the_level(void **state)
{
	(void)state;
	const int64_t days[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
	const double values[] = { 50, 49, 48, 47, 46, 45, 44, 43, 1000 };
	struct vs_trend trend = trend_of(days, values, COUNT(days));
	assert_near(trend.per_day, -1);
	assert_near(trend.at_last, 42);
}

static void
readings_of_one_day_have_no_slope_between_them(void **state)
{
	(void)state;
	const int64_t days[] = { 10, 10, 11, 12 };
	const double values[] = { 4, 6, 6, 7 };
	struct vs_trend trend = trend_of(days, values, 4);
	/* 2/1, 3/2, 0/1, 1/2, 1/1: the median is 1. */
	assert_near(trend.per_day, 1);
}

static void
fewer_than_three_days_are_no_trend(void **state)
{
	(void)state;
	struct vs_trend trend = { .per_day = 17 };
	const int64_t two[] = { 1, 1, 2, 2, 2 };
	const double values[] = { 1, 2, 3, 4, 5 };
	assert_false(vs_trend(NULL, two, values, 5, &trend));
	assert_false(vs_trend(NULL, two, values, 0, &trend));
	assert_near(trend.per_day, 17);
}

static void
what_does_not_change_stays(void **state)
{
	(void)state;
	const int64_t days[] = { -400, 0, 365 };
	const double values[] = { 31, 31, 31 };
	struct vs_trend trend = trend_of(days, values, 3);
	assert_near(trend.per_day, 0);
	assert_near(trend.at_last, 31);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_straight_line_is_itself),
		cmocka_unit_test(a_single_odd_reading_does_not_move_the_line),
		cmocka_unit_test(an_odd_last_reading_is_not_the_level),
		cmocka_unit_test(readings_of_one_day_have_no_slope_between_them),
		cmocka_unit_test(fewer_than_three_days_are_no_trend),
		cmocka_unit_test(what_does_not_change_stays),
	};
	return cmocka_run_group_tests_name("trend", tests, NULL, NULL);
}
