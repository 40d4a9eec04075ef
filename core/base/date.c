/* The calendar: dates as day numbers, ISO weeks, and dates in words. */
#include <valstuga/date.h>

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define DAYS_FIRST (-25567) /* 1900-01-01 */
#define DAYS_LAST  84005    /* 2199-12-31 */

static const char *const months[] = { N_("January"), N_("February"), N_("March"),
	N_("April"), N_("May"), N_("June"), N_("July"), N_("August"), N_("September"),
	N_("October"), N_("November"), N_("December") };

static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"),
	N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };

/* As tables have them. */
static const char *const short_months[] = { N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
	N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"),
	N_("Dec") };

static const char *const short_weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
	N_("Fri"), N_("Sat"), N_("Sun") };

static int
days_in_month(int year, int month)
{
	if (month == 2)
		return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static bool
exists(struct vs_date date)
{
	return date.year >= 1900 && date.year <= 2199 && date.month >= 1 &&
		date.month <= 12 && date.day >= 1 &&
		date.day <= days_in_month(date.year, date.month);
}

static bool
has_shape(const char *text, const char *shape)
{
	for (; *shape; shape++, text++)
		if (*shape == '0' ? *text < '0' || *text > '9' : *text != *shape)
			return false;
	return *text == '\0';
}

bool
vs_date_parse(const char *text, struct vs_date *ret_date, struct vs_error *err)
{
	if (!has_shape(text, "0000-00-00"))
		return vs_fail(err, VS_INVALID,
			_("'%.*s' is not a date; write it as 2026-08-22"),
			text_excerpt(text, 60), text);
	struct vs_date date;
	date.year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 +
		(text[2] - '0') * 10 + (text[3] - '0');
	date.month = (text[5] - '0') * 10 + (text[6] - '0');
	date.day = (text[8] - '0') * 10 + (text[9] - '0');
	if (date.year < 1900 || date.year > 2199)
		return vs_fail(err, VS_INVALID,
			_("the date %s is outside the years 1900 to 2199; correct the year"),
			text);
	if (!exists(date))
		return vs_fail(err, VS_INVALID,
			_("the date %s does not exist; correct the month or the day"),
			text);
	*ret_date = date;
	return true;
}

char *
vs_date_format(struct vs_date date, char text[11])
{
	unsigned year = (unsigned)date.year % 10000, month = (unsigned)date.month % 100,
		 day = (unsigned)date.day % 100;
	snprintf(text, 11, "%04u-%02u-%02u", year, month, day);
	return text;
}

/* Counted from 1 March, so that the leap day is the last day of the year. */
int64_t
vs_date_to_days(struct vs_date date)
{
	int64_t year = date.month <= 2 ? (int64_t)date.year - 1 : date.year;
	int64_t month = (date.month + 9) % 12;
	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 +
		date.day - 719469;
}

struct vs_date
vs_date_from_days(int64_t days)
{
	if (days < DAYS_FIRST)
		days = DAYS_FIRST;
	if (days > DAYS_LAST)
		days = DAYS_LAST;
	int64_t n = days + 719468; /* days since 0000-03-01 */
	int64_t era = n / 146097, of_era = n % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (year * 365 + year / 4 - year / 100);
	int64_t month = (of_year * 5 + 2) / 153;
	struct vs_date date = {
		.year = (int)(year + era * 400 + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(of_year - (month * 153 + 2) / 5 + 1),
	};
	return date;
}

struct vs_date
vs_date_add(struct vs_date date, int days)
{
	return vs_date_from_days(vs_date_to_days(date) + days);
}

int
vs_date_weekday(struct vs_date date)
{
	/* 1970-01-01 was a Thursday; the 7000 weeks keep the remainder positive. */
	return (int)((vs_date_to_days(date) + 3 + 7 * 7000) % 7) + 1;
}

int
vs_date_week(struct vs_date date, int *ret_year)
{
	/* A week belongs to the year that its Thursday is in. */
	int64_t thursday = vs_date_to_days(date) + 4 - vs_date_weekday(date);
	int year = date.year;
	int64_t first = vs_date_to_days((struct vs_date){ year, 1, 1 });
	if (thursday < first) {
		year--;
		first = vs_date_to_days((struct vs_date){ year, 1, 1 });
	} else if (thursday >= vs_date_to_days((struct vs_date){ year + 1, 1, 1 })) {
		year++;
		first = vs_date_to_days((struct vs_date){ year, 1, 1 });
	}
	*ret_year = year;
	return (int)((thursday - first) / 7) + 1;
}

const char *
vs_date_week_key(struct vs_arena *arena, struct vs_date date)
{
	int year, week = vs_date_week(date, &year);
	return vs_arena_printf(arena, "%04d-W%02d", year, week);
}

struct vs_date
vs_date_monday(struct vs_date date)
{
	return vs_date_add(date, 1 - vs_date_weekday(date));
}

bool
vs_date_from_week(int year, int week, struct vs_date *ret_monday)
{
	/* The fourth of January is in week 1. */
	const struct vs_date fourth = { year, 1, 4 };
	struct vs_date monday = vs_date_add(vs_date_monday(fourth), 7 * (week - 1));
	int of_year;
	if (vs_date_week(monday, &of_year) != week || of_year != year)
		return false;
	*ret_monday = monday;
	return true;
}

static const char *
short_month(struct vs_date date)
{
	return vs_translate(short_months[date.month - 1]);
}

static const char *
short_weekday(struct vs_date date)
{
	return vs_translate(short_weekdays[vs_date_weekday(date) - 1]);
}

const char *
vs_date_text(struct vs_arena *arena, struct vs_date date, enum vs_date_style style)
{
	if (!exists(date))
		vs_abort("no such date: %d-%d-%d", date.year, date.month, date.day);
	const char *weekday = vs_translate(weekdays[vs_date_weekday(date) - 1]);
	const char *month = vs_translate(months[date.month - 1]);
	int year, week = vs_date_week(date, &year);
	switch (style) {
	case VS_DATE_LONG:
		return vs_arena_printf(
			arena, "%s %d %s %d", weekday, date.day, month, date.year);
	case VS_DATE_WEEKDAY:
		return vs_arena_printf(arena, "%s %d %s", weekday, date.day, month);
	case VS_DATE_DAY:
		return vs_arena_printf(arena, "%d %s %d", date.day, month, date.year);
	case VS_DATE_SHORT:
		return vs_arena_printf(arena, "%s %d %s", short_weekday(date), date.day,
			short_month(date));
	case VS_DATE_WEEK:
		/* An ISO week: "v. 34" in Swedish. */
		return vs_arena_printf(arena, _("w. %d"), week);
	case VS_DATE_WEEK_YEAR:
		return vs_arena_printf(arena, _("w. %d %d"), week, year);
	}
	vs_abort("no such date style: %d", (int)style);
}

const char *
vs_date_range_text(struct vs_arena *arena, struct vs_date first, struct vs_date last)
{
	int64_t days = vs_date_to_days(last) - vs_date_to_days(first);
	if (days <= 0)
		return vs_date_text(arena, first, VS_DATE_SHORT);
	const char *weekdays_text = days >= 7
		? ""
		: vs_arena_printf(
			  arena, "%s–%s ", short_weekday(first), short_weekday(last));
	if (first.month == last.month && first.year == last.year)
		return vs_arena_printf(arena, "%s%d–%d %s", weekdays_text, first.day,
			last.day, short_month(last));
	return vs_arena_printf(arena, "%s%d %s–%d %s", weekdays_text, first.day,
		short_month(first), last.day, short_month(last));
}
