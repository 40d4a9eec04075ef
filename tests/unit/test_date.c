/* Dates, weeks and Swedish time. The programs of this suite run with TZ=America/New_York. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <valstuga/date.h>

static struct vs_date
day(const char *text)
{
	struct vs_error err = { 0 };
	struct vs_date date = { 0 };
	if (!vs_date_parse(text, &date, &err))
		fail_msg("%s", err.text);
	return date;
}

static int64_t
moment(const char *text)
{
	struct vs_error err = { 0 };
	int64_t utc = 0;
	if (!vs_time_parse(text, &utc, &err))
		fail_msg("%s", err.text);
	return utc;
}

static void
only_days_that_exist_are_dates(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "2026-2-3", "2026-02-29", "2100-02-29",
		"2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "1899-12-31",
		"2200-01-01", "2026-08-22 ", " 2026-08-22", "20260822", "2026/08/22",
		"22 augusti", "2026-08-2x" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct vs_error err = { 0 };
		struct vs_date date;
		if (vs_date_parse(bad[i], &date, &err))
			fail_msg("'%s' is no date", bad[i]);
		assert_int_equal(err.code, VS_INVALID);
		assert_non_null(strstr(err.text, bad[i]));
	}
	assert_int_equal(day("2024-02-29").day, 29);
	assert_int_equal(day("2000-02-29").day, 29);
}

/* Walks the whole calendar day by day with the plainest rule there is. */
static void
day_numbers_follow_the_calendar(void **state)
{
	(void)state;
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct vs_date date = { 1900, 1, 1 };
	int weekday = 1; /* a Monday */
	for (int64_t days = -25567; days <= 84005; days++) {
		assert_int_equal(vs_date_to_days(date), days);
		struct vs_date back = vs_date_from_days(days);
		assert_memory_equal(&back, &date, sizeof date);
		assert_int_equal(vs_date_weekday(date), weekday);
		weekday = weekday % 7 + 1;
		bool leap =
			date.year % 4 == 0 && (date.year % 100 || date.year % 400 == 0);
		int length = lengths[date.month - 1] + (date.month == 2 && leap);
		if (++date.day > length) {
			date.day = 1;
			if (++date.month > 12) {
				date.month = 1;
				date.year++;
			}
		}
	}
	assert_int_equal(date.year, 2200);
}

static void
adding_days_crosses_months_and_leap_days(void **state)
{
	(void)state;
	char text[11];
	assert_string_equal(
		vs_date_format(vs_date_add(day("2028-02-28"), 1), text), "2028-02-29");
	assert_string_equal(
		vs_date_format(vs_date_add(day("2026-02-28"), 1), text), "2026-03-01");
	assert_string_equal(
		vs_date_format(vs_date_add(day("2026-01-01"), -1), text), "2025-12-31");
	assert_string_equal(
		vs_date_format(vs_date_add(day("2199-12-31"), 5), text), "2199-12-31");
	assert_string_equal(
		vs_date_format(vs_date_from_days(INT64_MIN), text), "1900-01-01");
}

static void
iso_weeks_of_known_days(void **state)
{
	(void)state;
	static const struct {
		const char *date;
		int week, year;
	} cases[] = {
		{ "2026-12-31", 53, 2026 },
		{ "2027-01-01", 53, 2026 },
		{ "2027-01-03", 53, 2026 },
		{ "2027-01-04", 1, 2027 },
		{ "2026-08-22", 34, 2026 },
		{ "2018-12-31", 1, 2019 },
		{ "2020-12-31", 53, 2020 },
		{ "2021-01-03", 53, 2020 },
		{ "2024-12-30", 1, 2025 },
		{ "2023-01-01", 52, 2022 },
		{ "2026-09-13", 37, 2026 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int year;
		assert_int_equal(vs_date_week(day(cases[i].date), &year), cases[i].week);
		assert_int_equal(year, cases[i].year);
	}
}

/* Counts on from Monday 2018-01-01, week 1: a new year's week 1 is the one with 4 January. */
static void
iso_weeks_follow_one_another(void **state)
{
	(void)state;
	int week = 1, year = 2018;
	struct vs_date date = day("2018-01-01");
	while (date.year < 2031) {
		for (int weekday = 1; weekday <= 7; weekday++) {
			int got_year;
			assert_int_equal(vs_date_week(date, &got_year), week);
			assert_int_equal(got_year, year);
			assert_int_equal(vs_date_weekday(date), weekday);
			date = vs_date_add(date, 1);
		}
		week++;
		for (int i = 0; i < 7; i++) {
			struct vs_date in_week = vs_date_add(date, i);
			if (in_week.month == 1 && in_week.day == 4) {
				week = 1;
				year++;
			}
		}
	}
}

static void
dates_in_words(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_arena *arena = scratch.arena;
	struct vs_date date = day("2026-08-22");
	assert_string_equal(
		vs_date_text(arena, date, VS_DATE_LONG), "Saturday 22 August 2026");
	assert_string_equal(
		vs_date_text(arena, date, VS_DATE_WEEKDAY), "Saturday 22 August");
	assert_string_equal(vs_date_text(arena, date, VS_DATE_DAY), "22 August 2026");
	assert_string_equal(vs_date_text(arena, date, VS_DATE_WEEK), "w. 34");
	assert_string_equal(
		vs_date_text(arena, day("2027-01-01"), VS_DATE_WEEK_YEAR), "w. 53 2026");
	assert_string_equal(vs_date_text(arena, date, VS_DATE_SHORT), "Sat 22 Aug");
}

static void
days_that_follow_each_other_are_told_shortly(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	static const char *const ranges[][3] = {
		{ "2026-08-22", "2026-08-22", "Sat 22 Aug" },
		{ "2026-08-24", "2026-08-28", "Mon–Fri 24–28 Aug" },
		{ "2026-08-31", "2026-09-04", "Mon–Fri 31 Aug–4 Sep" },
		{ "2026-08-24", "2026-08-30", "Mon–Sun 24–30 Aug" },
		{ "2026-08-24", "2026-08-31", "24–31 Aug" },
		{ "2026-12-31", "2027-01-01", "Thu–Fri 31 Dec–1 Jan" },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		assert_string_equal(vs_date_range_text(scratch.arena, day(ranges[i][0]),
					    day(ranges[i][1])),
			ranges[i][2]);
}

static void
a_time_that_the_clocks_skip_is_refused(void **state)
{
	(void)state;
	struct vs_local local = { { 2026, 3, 29 }, 2, 30, 0 };
	for (int fold = VS_FOLD_ASK; fold <= VS_FOLD_WINTER; fold++) {
		struct vs_error err = { 0 };
		int64_t utc = 17;
		assert_false(vs_local_to_utc(local, (enum vs_fold)fold, &utc, &err));
		assert_int_equal(err.code, VS_INVALID);
		assert_non_null(strstr(err.text, "2026-03-29 02:30"));
		assert_int_equal(utc, 17);
	}
	assert_int_equal(moment("2026-03-29 01:59:59") + 1, moment("2026-03-29 03:00"));
}

static void
a_time_that_comes_twice_is_asked_about(void **state)
{
	(void)state;
	struct vs_local local = { { 2026, 10, 25 }, 2, 30, 0 };
	struct vs_error err = { 0 };
	int64_t summer, winter;
	assert_false(vs_local_to_utc(local, VS_FOLD_ASK, &summer, &err));
	assert_int_equal(err.code, VS_INVALID);
	assert_non_null(strstr(err.text, "sommartid"));
	assert_non_null(strstr(err.text, "normaltid"));
	err = (struct vs_error){ 0 };
	assert_true(vs_local_to_utc(local, VS_FOLD_SUMMER, &summer, &err));
	assert_true(vs_local_to_utc(local, VS_FOLD_WINTER, &winter, &err));
	assert_int_equal(winter - summer, 3600);
	assert_int_equal(summer, moment("2026-10-25 00:30Z"));
	assert_int_equal(
		moment("2026-10-25 03:00") - moment("2026-10-25 01:59:59"), 3601 + 3600);
	assert_int_equal(summer, moment("2026-10-25 02:30 sommartid"));
	assert_int_equal(winter, moment("2026-10-25 02.30 normaltid"));
	assert_int_equal(summer, moment("2026-10-25 02:30 summer time"));
	assert_int_equal(winter, moment("2026-10-25T02:30 standard time"));
	assert_int_equal(
		moment("2026-08-22 14:05"), moment("2026-08-22 14:05 sommartid"));
}

static void
a_time_off_the_clock_is_refused(void **state)
{
	(void)state;
	static const struct vs_local bad[] = { { { 2026, 2, 29 }, 1, 0, 0 },
		{ { 2026, 2, 1 }, 24, 0, 0 }, { { 2026, 2, 1 }, 1, 60, 0 },
		{ { 2026, 2, 1 }, 1, 0, -1 }, { { 0, 0, 0 }, 0, 0, 0 },
		{ { 2026, 1, 0 }, 0, 0, 0 }, { { 2026, -3, 1 }, 0, 0, 0 } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct vs_error err = { 0 };
		int64_t utc;
		assert_false(vs_local_to_utc(bad[i], VS_FOLD_SUMMER, &utc, &err));
		assert_int_equal(err.code, VS_INVALID);
	}
}

static void
swedish_time_and_back_over_the_years(void **state)
{
	(void)state;
	int64_t end = moment("2031-01-01 00:00Z");
	for (int64_t utc = moment("2018-01-01 00:00Z"); utc < end; utc += 1799) {
		struct vs_local local = vs_local_from_utc(utc);
		struct vs_error err = { 0 };
		int64_t summer, winter;
		assert_true(vs_local_to_utc(local, VS_FOLD_SUMMER, &summer, &err));
		assert_true(vs_local_to_utc(local, VS_FOLD_WINTER, &winter, &err));
		assert_true(utc == summer || utc == winter);
	}
}

static void
times_are_read_in_every_documented_form(void **state)
{
	(void)state;
	int64_t expected = INT64_C(1787400300); /* date -u -d '2026-08-22 12:05' +%s */
	assert_int_equal(moment("2026-08-22 14:05"), expected);
	assert_int_equal(moment("2026-08-22T14:05:00"), expected);
	assert_int_equal(moment("2026-08-22 14.05"), expected);
	assert_int_equal(moment("2026-08-22T12:05:00Z"), expected);
	assert_int_equal(moment("2026-08-22 12:05Z"), expected);
	assert_int_equal(moment("2026-08-22T17:35+05:30"), expected);
	assert_int_equal(moment("2026-08-22T08:05:00-04:00"), expected);
	assert_int_equal(moment("2026-01-22 14:05"), moment("2026-01-22T13:05Z"));
}

static void
other_times_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "2026-08-22", "2026-08-22 ",
		"2026-08-22 1", "2026-08-22 14", "2026-08-22 24:00", "2026-08-22 14:60",
		"2026-08-22 14:05:60", "2026-08-22 14:05:", "2026-08-22 14:05 Z",
		"2026-08-22  14:05", "2026-08-22 14:05+2", "2026-08-22 14:05+15:00",
		"2026-08-22 14:05+02:60", "2026-08-22t14:05", "2026-08-22 14:05Zx",
		"2026-02-30 14:05", "14:05", "nu", "1900-01-01T00:00+02:00",
		"2199-12-31T23:30Z", "2026-03-29 02:30", "2026-10-25 02:30",
		"2026-08-22 14:05 normaltid", "2026-12-22 14:05 sommartid",
		"2026-03-29 02:30 sommartid", "2026-10-25 02:30 vintern",
		"2026-10-25 02:30sommartid" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct vs_error err = { 0 };
		int64_t utc = 17;
		if (vs_time_parse(bad[i], &utc, &err))
			fail_msg("'%s' is no time", bad[i]);
		assert_int_equal(err.code, VS_INVALID);
		assert_int_equal(utc, 17);
	}
}

static void
times_are_written_in_swedish_time_and_in_utc(void **state)
{
	(void)state;
	char text[21];
	int64_t utc = moment("2026-08-22T12:05:09Z");
	assert_string_equal(vs_time_format_local(utc, text), "2026-08-22 14:05");
	assert_string_equal(vs_time_format_utc(utc, text), "2026-08-22T12:05:09Z");
	assert_string_equal(vs_time_format_utc(-1, text), "1969-12-31T23:59:59Z");
	assert_string_equal(vs_time_format_local(moment("2026-12-31T23:30Z"), text),
		"2027-01-01 00:30");
	/* A damaged value must not write beyond the text. */
	assert_int_equal(strlen(vs_time_format_local(INT64_MAX, text)), 16);
	assert_int_equal(strlen(vs_time_format_utc(INT64_MIN, text)), 20);
}

static void
the_zone_of_the_process_changes_nothing(void **state)
{
	(void)state;
	static const char *const zones[] = { "America/New_York", "Pacific/Kiritimati",
		"Europe/Stockholm", "" };
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		setenv("TZ", zones[i], 1);
		tzset();
		char text[17];
		assert_int_equal(moment("2026-08-22 14:05"), 1787400300);
		assert_string_equal(
			vs_time_format_local(1787400300, text), "2026-08-22 14:05");
	}
}

static void
the_clock_can_be_stopped_by_a_variable(void **state)
{
	(void)state;
	struct vs_error err = { 0 };
	struct vs_date today;
	int64_t now;
	setenv("VALSTUGA_NOW", "2026-08-22 23:59", 1);
	assert_true(vs_clock_now(&now, &err));
	assert_int_equal(now, moment("2026-08-22T21:59Z"));
	setenv("VALSTUGA_NOW", "2026-08-22T22:30Z", 1);
	assert_true(vs_clock_today(&today, &err));
	assert_int_equal(today.day, 23);
	unsetenv("VALSTUGA_NOW");
	assert_true(vs_clock_now(&now, &err));
	assert_true(llabs((long long)now - (long long)time(NULL)) <= 2);
}

static void
a_stopped_clock_that_cannot_be_read_is_refused(void **state)
{
	(void)state;
	struct vs_error err = { 0 };
	struct vs_date today;
	int64_t now;
	setenv("VALSTUGA_NOW", "tomorrow", 1);
	assert_false(vs_clock_now(&now, &err));
	assert_int_equal(err.code, VS_INVALID);
	assert_non_null(strstr(err.text, "VALSTUGA_NOW"));
	assert_non_null(strstr(err.text, "tomorrow"));
	err = (struct vs_error){ 0 };
	assert_false(vs_clock_today(&today, &err));
	unsetenv("VALSTUGA_NOW");
}

static void
a_time_that_comes_twice_says_which_it_is(void **state)
{
	(void)state;
	const int64_t back = 1792890000; /* 2026-10-25 01:00 UTC: 3 becomes 2 */
	assert_string_equal(vs_time_which(back - 3601), "");
	assert_string_equal(vs_time_which(back - 3600), "sommartid");
	assert_string_equal(vs_time_which(back - 1), "sommartid");
	assert_string_equal(vs_time_which(back), "normaltid");
	assert_string_equal(vs_time_which(back + 3599), "normaltid");
	assert_string_equal(vs_time_which(back + 3600), "");
	assert_string_equal(vs_time_which(1774746000), ""); /* 29 March, 2 becomes 3 */
	assert_string_equal(vs_time_which(1774746000 - 1), "");
}

static void
a_week_is_found_by_its_number_and_names_itself(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_date monday;
	assert_true(vs_date_from_week(2026, 53, &monday));
	assert_true(monday.year == 2026 && monday.month == 12 && monday.day == 28);
	assert_string_equal(
		vs_date_week_key(scratch.arena, vs_date_add(monday, 6)), "2026-W53");
	assert_int_equal(vs_date_to_days(vs_date_monday(vs_date_add(monday, 6))),
		vs_date_to_days(monday));
	assert_false(vs_date_from_week(2027, 53, &monday));
	assert_false(vs_date_from_week(2027, 0, &monday));
	assert_true(vs_date_from_week(2027, 1, &monday));
	assert_string_equal(vs_date_week_key(scratch.arena, monday), "2027-W01");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_days_that_exist_are_dates),
		cmocka_unit_test(day_numbers_follow_the_calendar),
		cmocka_unit_test(adding_days_crosses_months_and_leap_days),
		cmocka_unit_test(iso_weeks_of_known_days),
		cmocka_unit_test(iso_weeks_follow_one_another),
		cmocka_unit_test(dates_in_words),
		cmocka_unit_test(days_that_follow_each_other_are_told_shortly),
		cmocka_unit_test(a_time_that_the_clocks_skip_is_refused),
		cmocka_unit_test(a_time_that_comes_twice_is_asked_about),
		cmocka_unit_test(a_time_that_comes_twice_says_which_it_is),
		cmocka_unit_test(a_time_off_the_clock_is_refused),
		cmocka_unit_test(swedish_time_and_back_over_the_years),
		cmocka_unit_test(times_are_read_in_every_documented_form),
		cmocka_unit_test(other_times_are_refused),
		cmocka_unit_test(times_are_written_in_swedish_time_and_in_utc),
		cmocka_unit_test(the_zone_of_the_process_changes_nothing),
		cmocka_unit_test(the_clock_can_be_stopped_by_a_variable),
		cmocka_unit_test(a_stopped_clock_that_cannot_be_read_is_refused),
		cmocka_unit_test(a_week_is_found_by_its_number_and_names_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
