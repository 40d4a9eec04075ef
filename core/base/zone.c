/*
 * Swedish time. One hour before UTC's clock, two from 01:00 UTC on the last Sunday of March
 * to 01:00 UTC on the last Sunday of October.
 */
#include <valstuga/date.h>

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define HOUR 3600
#define DAY  86400

/* UTC seconds when the clocks change in `month` (March or October, both of 31 days). */
static int64_t
change_at(int year, int month)
{
	struct vs_date last = { year, month, 31 };
	int back = vs_date_weekday(last) % 7;
	return (vs_date_to_days(last) - back) * DAY + HOUR;
}

static int64_t
day_of(int64_t seconds)
{
	return seconds / DAY - (seconds % DAY < 0);
}

static int64_t
offset_at(int64_t utc)
{
	int year = vs_date_from_days(day_of(utc)).year;
	bool summer = utc >= change_at(year, 3) && utc < change_at(year, 10);
	return summer ? 2 * HOUR : HOUR;
}

/* Both in UTC and on a Swedish clock. */
static bool
is_in_calendar(int64_t utc)
{
	int64_t first = vs_date_to_days((struct vs_date){ 1900, 1, 1 });
	int64_t last = vs_date_to_days((struct vs_date){ 2199, 12, 31 });
	return day_of(utc) >= first && day_of(utc + offset_at(utc)) <= last;
}

static bool
accept(int64_t utc, const char *day, int64_t *ret_utc, struct vs_error *err)
{
	if (!is_in_calendar(utc))
		return vs_fail(err, VS_INVALID,
			_("the date %s is outside the years 1900 to 2199; correct the year"),
			day);
	*ret_utc = utc;
	return true;
}

static bool
is_on_a_clock(struct vs_local local)
{
	return local.hour >= 0 && local.hour <= 23 && local.minute >= 0 &&
		local.minute <= 59 && local.second >= 0 && local.second <= 59;
}

static int64_t
seconds_of(struct vs_local local)
{
	return vs_date_to_days(local.date) * DAY + local.hour * HOUR + local.minute * 60 +
		local.second;
}

static bool
date_exists(struct vs_date date)
{
	if (date.year < 1900 || date.year > 2199 || date.month < 1 || date.month > 12)
		return false;
	struct vs_date back = vs_date_from_days(vs_date_to_days(date));
	return back.month == date.month && back.day == date.day && date.day >= 1;
}

bool
vs_local_to_utc(
	struct vs_local local, enum vs_fold fold, int64_t *ret_utc, struct vs_error *err)
{
	char day[11];
	vs_date_format(local.date, day);
	if (!date_exists(local.date) || !is_on_a_clock(local))
		return vs_fail(err, VS_INVALID,
			_("%s %02d:%02d:%02d is not a date and a time of day; correct it"),
			day, local.hour, local.minute, local.second);
	int64_t seconds = seconds_of(local);
	bool in_summer = offset_at(seconds - 2 * HOUR) == 2 * HOUR;
	bool in_winter = offset_at(seconds - HOUR) == HOUR;
	if (!in_summer && !in_winter)
		return vs_fail(err, VS_INVALID,
			_("%s %02d:%02d does not exist: the clocks go from 02:00 to 03:00 "
			  "that night; choose a time before or after"),
			day, local.hour, local.minute);
	if (in_summer && in_winter && fold == VS_FOLD_ASK)
		return vs_fail(err, VS_INVALID,
			_("%s %02d:%02d comes twice, because the clocks go back that night; "
			  "say whether summer time (sommartid) or standard time (normaltid) "
			  "is meant"),
			day, local.hour, local.minute);
	bool summer = in_summer && (!in_winter || fold == VS_FOLD_SUMMER);
	return accept(seconds - (summer ? 2 * HOUR : HOUR), day, ret_utc, err);
}

static struct vs_local
split(int64_t seconds)
{
	int64_t days = day_of(seconds);
	int rest = (int)(seconds - days * DAY);
	return (struct vs_local){
		.date = vs_date_from_days(days),
		.hour = rest / HOUR,
		.minute = rest / 60 % 60,
		.second = rest % 60,
	};
}

/* Away from the ends of int64_t, where adding an offset would overflow. */
static int64_t
within_reason(int64_t utc)
{
	const int64_t limit = INT64_C(1) << 53;
	return utc < -limit ? -limit : utc > limit ? limit : utc;
}

struct vs_local
vs_local_from_utc(int64_t utc)
{
	utc = within_reason(utc);
	return split(utc + offset_at(utc));
}

/* Reads two digits and moves on; false when there are none. */
static bool
take_two(const char **at, int *ret_value)
{
	const char *text = *at;
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return false;
	*ret_value = (text[0] - '0') * 10 + (text[1] - '0');
	*at += 2;
	return true;
}

static bool
take(const char **at, char c)
{
	if (**at != c)
		return false;
	++*at;
	return true;
}

static bool
take_clock(const char **at, struct vs_local *ret_local)
{
	if (!take_two(at, &ret_local->hour) || (!take(at, ':') && !take(at, '.')) ||
		!take_two(at, &ret_local->minute))
		return false;
	if (take(at, ':') && !take_two(at, &ret_local->second))
		return false;
	return is_on_a_clock(*ret_local);
}

/* "Z" or "+02:00" up to the end of the text. */
static bool
take_offset(const char *at, int64_t *ret_offset)
{
	if (strcmp(at, "Z") == 0) {
		*ret_offset = 0;
		return true;
	}
	int sign = *at == '-' ? -1 : 1, hours, minutes;
	if (*at != '+' && *at != '-')
		return false;
	at++;
	if (!take_two(&at, &hours) || !take(&at, ':') || !take_two(&at, &minutes) || *at)
		return false;
	*ret_offset = sign * (hours * HOUR + minutes * 60);
	return hours <= 14 && minutes <= 59;
}

/* The word for a time that comes twice, up to the end of the text. */
static bool
take_fold(const char **at, enum vs_fold *ret_fold)
{
	static const struct {
		const char *word;
		enum vs_fold fold;
	} words[] = { { " sommartid", VS_FOLD_SUMMER },
		{ " summer time", VS_FOLD_SUMMER }, { " normaltid", VS_FOLD_WINTER },
		{ " vintertid", VS_FOLD_WINTER }, { " standard time", VS_FOLD_WINTER } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(*at, words[i].word) == 0) {
			*at += strlen(*at);
			*ret_fold = words[i].fold;
			return true;
		}
	return false;
}

/* A word that is said must be true of that time, too. */
static bool
read_local(
	struct vs_local local, enum vs_fold fold, int64_t *ret_utc, struct vs_error *err)
{
	int64_t utc;
	if (!vs_local_to_utc(local, fold, &utc, err))
		return false;
	int64_t offset = fold == VS_FOLD_SUMMER ? 2 * HOUR : HOUR;
	if (fold != VS_FOLD_ASK && offset_at(utc) != offset) {
		char day[11];
		return vs_fail(err, VS_INVALID,
			fold == VS_FOLD_SUMMER
				? _("it is standard time on %s at %02d:%02d; leave the word out")
				: _("it is summer time on %s at %02d:%02d; leave the word out"),
			vs_date_format(local.date, day), local.hour, local.minute);
	}
	*ret_utc = utc;
	return true;
}

bool
vs_time_parse(const char *text, int64_t *ret_utc, struct vs_error *err)
{
	struct vs_local local = { 0 };
	enum vs_fold fold = VS_FOLD_ASK;
	char day[11] = "";
	const char *at = text + strnlen(text, 10);
	memcpy(day, text, (size_t)(at - text));
	int64_t offset = 0;
	bool shape = take(&at, ' ') || take(&at, 'T');
	if (!shape || !take_clock(&at, &local) ||
		(*at && !take_fold(&at, &fold) && !take_offset(at, &offset)))
		return vs_fail(err, VS_INVALID,
			_("'%.*s' is not a date and time; write it as 2026-08-22 14:05"),
			text_excerpt(text, 60), text);
	if (!vs_date_parse(day, &local.date, err))
		return false;
	if (!*at)
		return read_local(local, fold, ret_utc, err);
	return accept(seconds_of(local) - offset, day, ret_utc, err);
}

/* What is an hour apart and shows the same time does so in October only. */
const char *
vs_time_which(int64_t utc)
{
	utc = within_reason(utc);
	int64_t offset = offset_at(utc);
	if (offset_at(utc + HOUR) < offset)
		return "sommartid";
	return offset_at(utc - HOUR) > offset ? "normaltid" : "";
}

char *
vs_time_format_local(int64_t utc, char text[17])
{
	struct vs_local local = vs_local_from_utc(utc);
	vs_date_format(local.date, text);
	unsigned hour = (unsigned)local.hour % 100, minute = (unsigned)local.minute % 100;
	snprintf(text + 10, 7, " %02u:%02u", hour, minute);
	return text;
}

char *
vs_time_format_utc(int64_t utc, char text[21])
{
	struct vs_local time = split(within_reason(utc));
	vs_date_format(time.date, text);
	unsigned hour = (unsigned)time.hour % 100, minute = (unsigned)time.minute % 100,
		 second = (unsigned)time.second % 100;
	snprintf(text + 10, 11, "T%02u:%02u:%02uZ", hour, minute, second);
	return text;
}
