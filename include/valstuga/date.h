/*
 * Dates, ISO weeks and Swedish time. The proleptic Gregorian calendar, years 1900-2199.
 *
 * A moment is UTC seconds since 1970. A date is a calendar day in Sweden, written
 * YYYY-MM-DD. Europe/Stockholm is computed by the rule in force since 1996 (clocks change
 * at 01:00 UTC on the last Sundays of March and October), so the result never depends on
 * $TZ or on the machine's zone files.
 */
#ifndef VALSTUGA_DATE_H
#define VALSTUGA_DATE_H

#include <valstuga/base.h>

struct vs_date {
	int year;
	int month; /* 1-12 */
	int day;   /* 1-31 */
};

/* Reads exactly YYYY-MM-DD, a day that exists. Fails with VS_INVALID naming the text. */
VS_API VS_CHECKED bool vs_date_parse(
	const char *text, struct vs_date *ret_date, struct vs_error *err);

/* "2026-08-22". `text` has room for 11 bytes; returns it. */
VS_API char *vs_date_format(struct vs_date date, char text[11]);

/* Days since 1970-01-01, and back. A day beyond the calendar becomes its first or last. */
VS_API int64_t vs_date_to_days(struct vs_date date);
VS_API struct vs_date vs_date_from_days(int64_t days);
VS_API struct vs_date vs_date_add(struct vs_date date, int days);

/* 1 = Monday ... 7 = Sunday. */
VS_API int vs_date_weekday(struct vs_date date);

/* ISO 8601 week, 1-53, and the year that the week belongs to (2027-01-01: 53 of 2026). */
VS_API int vs_date_week(struct vs_date date, int *ret_year);

/* "2026-W34": the week of a date, the same in every language. Arena. */
VS_API const char *vs_date_week_key(struct vs_arena *arena, struct vs_date date);

/* The Monday of a date's week; that of a week by its number, false when the year has none. */
VS_API struct vs_date vs_date_monday(struct vs_date date);
VS_API bool vs_date_from_week(int year, int week, struct vs_date *ret_monday);

/* Words in the language of the messages ("lördag 22 augusti 2026"). Arena. */
enum vs_date_style {
	VS_DATE_LONG,	  /* lördag 22 augusti 2026 */
	VS_DATE_WEEKDAY,  /* lördag 22 augusti */
	VS_DATE_DAY,	  /* 22 augusti 2026 */
	VS_DATE_SHORT,	  /* lör 22 aug */
	VS_DATE_WEEK,	  /* v. 34 */
	VS_DATE_WEEK_YEAR /* v. 34 2026 */
};
VS_API const char *vs_date_text(
	struct vs_arena *arena, struct vs_date date, enum vs_date_style style);

/* Days that follow each other, shortly: "lör 22 aug", "mån–fre 24–28 aug", "mån–fre
 * 31 aug–4 sep"; without weekdays when there are more than seven. Arena. */
VS_API const char *vs_date_range_text(
	struct vs_arena *arena, struct vs_date first, struct vs_date last);

/* A wall-clock time in Sweden. */
struct vs_local {
	struct vs_date date;
	int hour; /* 0-23 */
	int minute;
	int second;
};

/* Which of two moments is meant when the clock shows a time twice (October). */
enum vs_fold {
	VS_FOLD_ASK, /* refuse: VS_INVALID with a text that asks for "sommartid"/"normaltid" */
	VS_FOLD_SUMMER, /* the first one */
	VS_FOLD_WINTER	/* the second one */
};

/*
 * Swedish wall clock to UTC seconds. A time that does not exist (March) fails with
 * VS_INVALID whatever `fold` says; a time that exists twice follows `fold`.
 */
VS_API VS_CHECKED bool vs_local_to_utc(
	struct vs_local local, enum vs_fold fold, int64_t *ret_utc, struct vs_error *err);
VS_API struct vs_local vs_local_from_utc(int64_t utc);

/*
 * Reads "2026-08-22 14:05[:SS]", 14.05 or with T; a trailing Z or +HH:MM means that offset,
 * otherwise Swedish wall clock. A time that exists twice is refused unless "sommartid" or
 * "normaltid" (or "summer time", "standard time") stands behind it.
 */
VS_API VS_CHECKED bool vs_time_parse(
	const char *text, int64_t *ret_utc, struct vs_error *err);

/* "sommartid" or "normaltid" of a moment whose wall clock time comes twice, else "". */
VS_API const char *vs_time_which(int64_t utc);

/* "2026-08-22 14:05" in Swedish time, "2026-08-22T12:05:00Z" in UTC. Return `text`. */
VS_API char *vs_time_format_local(int64_t utc, char text[17]);
VS_API char *vs_time_format_utc(int64_t utc, char text[21]);

/*
 * Now, in UTC seconds. $VALSTUGA_NOW (as in vs_time_parse) fixes it for demonstrations and
 * tests; a value that cannot be read fails rather than being ignored (empty is not set).
 */
VS_API VS_CHECKED bool vs_clock_now(int64_t *ret_utc, struct vs_error *err);
VS_API VS_CHECKED bool vs_clock_today(struct vs_date *ret_date, struct vs_error *err);

#endif
