/* Moments as people read and type them. */
#include "field/field.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

#define DAY_SECONDS 86400

/* "10", "10.30": running text has no zeros that say nothing; "2 (sommartid)" on the night
 * when it comes twice. Arena. */
static const char *
clock_text(struct vs_arena *arena, int64_t moment)
{
	struct vs_local at = vs_local_from_utc(moment);
	const char *which = vs_time_which(moment);
	const char *text = at.minute
		? vs_arena_printf(arena, "%d.%02d", at.hour, at.minute)
		: vs_arena_printf(arena, "%d", at.hour);
	return *which ? vs_arena_printf(arena, "%s (%s)", text, which) : text;
}

static bool
same_day(struct vs_local a, struct vs_local b)
{
	return vs_date_to_days(a.date) == vs_date_to_days(b.date);
}

static const char *
span_text(struct vs_arena *arena, int64_t starts_at, int64_t ends_at,
	enum vs_date_style style)
{
	struct vs_local starts = vs_local_from_utc(starts_at);
	struct vs_local ends = vs_local_from_utc(ends_at);
	const char *first = vs_date_text(arena, starts.date, style);
	if (same_day(starts, ends) || ends_at - starts_at < DAY_SECONDS)
		return vs_arena_printf(arena, _("%s %s–%s"), first,
			clock_text(arena, starts_at), clock_text(arena, ends_at));
	return vs_arena_printf(arena, _("%s %s – %s %s"), first,
		clock_text(arena, starts_at), vs_date_text(arena, ends.date, style),
		clock_text(arena, ends_at));
}

const char *
field_span_text(struct vs_arena *arena, int64_t starts_at, int64_t ends_at)
{
	return span_text(arena, starts_at, ends_at, VS_DATE_SHORT);
}

const char *
field_span_words(struct vs_arena *arena, int64_t starts_at, int64_t ends_at)
{
	return span_text(arena, starts_at, ends_at, VS_DATE_WEEKDAY);
}

void
field_put_span(struct vs_arena *arena, json_t *object, int64_t starts_at, int64_t ends_at)
{
	char starts[17], ends[17];
	vs_time_format_local(starts_at, starts);
	vs_time_format_local(ends_at, ends);
	json_object_set_new(object, "starts_at", json_integer(starts_at));
	json_object_set_new(object, "ends_at", json_integer(ends_at));
	json_object_set_new(object, "date", json_stringn(starts, 10));
	json_object_set_new(object, "starts", json_string(starts + 11));
	json_object_set_new(object, "ends", json_string(ends + 11));
	json_object_set_new(
		object, "when", json_string(field_span_text(arena, starts_at, ends_at)));
}

/* "9", "10.30", "02:30 sommartid" is a clock time without its day. */
static bool
is_clock(const char *text)
{
	size_t hours = strspn(text, "0123456789");
	const char *rest = text + hours;
	if (*rest == '.' || *rest == ':')
		rest += 1 + strspn(rest + 1, "0123456789");
	return hours >= 1 && hours <= 2 && (!*rest || *rest == ' ');
}

/* With the day before it and two digits for the hour; 24.00 ends the day. Arena. */
static const char *
whole_moment(struct vs_arena *arena, const char *text, struct vs_date day)
{
	char date[11];
	size_t hours = strspn(text, "0123456789");
	const char *rest = text + hours;
	bool bare = *rest != '.' && *rest != ':', end = false;
	if (strncmp(text, "24", hours) == 0 && hours == 2) {
		day = vs_date_add(day, 1);
		end = true;
	}
	return vs_arena_printf(arena, "%s %s%.*s%s%s", vs_date_format(day, date),
		hours == 1 ? "0" : "", (int)hours, end ? "00" : text, bare ? ".00" : "",
		rest);
}

/* "2026-08-22 9.30" is meant as it is said. */
static const char *
with_its_day(struct vs_arena *arena, const char *text)
{
	struct vs_date day;
	struct vs_error ignored = { 0 };
	const char *date = vs_arena_copy(arena, text, strnlen(text, 10));
	if (strlen(text) > 11 && (text[10] == ' ' || text[10] == 'T') &&
		vs_date_parse(date, &day, &ignored) && is_clock(text + 11))
		return whole_moment(arena, text + 11, day);
	return text;
}

bool
field_moment(const char *text, int64_t day_of, const char *what, int64_t *ret_moment,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error why = { 0 };
	if (is_clock(text) && !day_of)
		return vs_fail(err, VS_INVALID,
			_("%s: \"%s\" has no day; write it as 2026-08-22 10.00"), what,
			text);
	const char *whole = is_clock(text)
		? whole_moment(scratch.arena, text, vs_local_from_utc(day_of).date)
		: with_its_day(scratch.arena, text);
	return vs_time_parse(whole, ret_moment, &why) ||
		vs_fail(err, why.code, "%s: %s", what, why.text);
}

#define NIGHT_ENDS (8 * 60) /* a clock time before that may be the day after */

/* Minutes after midnight of what is_clock(). */
static int
clock_minutes(const char *text)
{
	size_t hours = strspn(text, "0123456789");
	return atoi(text) * 60 + (text[hours] ? atoi(text + hours + 1) : 0);
}

bool
field_moment_after(const char *text, int64_t starts_at, const char *what,
	int64_t *ret_moment, struct vs_error *err)
{
	struct vs_local starts = vs_local_from_utc(starts_at);
	int minutes = is_clock(text) ? clock_minutes(text) : NIGHT_ENDS;
	bool next = minutes < NIGHT_ENDS && minutes <= starts.hour * 60 + starts.minute;
	struct vs_local noon = { .date = vs_date_add(starts.date, next), .hour = 12 };
	int64_t day;
	return vs_local_to_utc(noon, VS_FOLD_ASK, &day, err) &&
		field_moment(text, day, what, ret_moment, err);
}

bool
field_moment_within(const char *text, int64_t starts_at, int64_t ends_at,
	const char *what, int64_t *ret_moment, struct vs_error *err)
{
	struct vs_local starts = vs_local_from_utc(starts_at);
	struct vs_local ends = vs_local_from_utc(ends_at);
	int minutes = is_clock(text) ? clock_minutes(text) : -1;
	bool next = minutes >= 0 && ends_at - starts_at < DAY_SECONDS &&
		!same_day(starts, ends) && minutes < ends.hour * 60 + ends.minute &&
		minutes < starts.hour * 60 + starts.minute;
	return field_moment(text, next ? ends_at : starts_at, what, ret_moment, err);
}

/* A day of the calendar begins at midnight, which always exists in Sweden. */
static bool
midnight(const char *text, int days, int64_t *ret_moment, struct vs_error *err)
{
	struct vs_local local = { 0 };
	if (!vs_date_parse(text, &local.date, err))
		return false;
	local.date = vs_date_add(local.date, days);
	return vs_local_to_utc(local, VS_FOLD_SUMMER, ret_moment, err);
}

bool
field_period(const char *from, const char *until, int64_t *ret_from, int64_t *ret_until,
	struct vs_error *err)
{
	*ret_from = INT64_MIN;
	*ret_until = INT64_MAX;
	if ((from && !midnight(from, 0, ret_from, err)) ||
		(until && !midnight(until, 1, ret_until, err)))
		return false;
	return *ret_from < *ret_until ||
		vs_fail(err, VS_INVALID, _("the period %s to %s ends before it begins"),
			from, until);
}
