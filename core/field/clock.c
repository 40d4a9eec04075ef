/* Moments as people read and type them. */
#include "field/field.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

#define DAY_SECONDS 86400

/* "10", "10.30": running text has no zeros that say nothing. Arena. */
static const char *
clock_text(struct vs_arena *arena, struct vs_local at)
{
	return at.minute ? vs_arena_printf(arena, "%d.%02d", at.hour, at.minute)
			 : vs_arena_printf(arena, "%d", at.hour);
}

static bool
same_day(struct vs_local a, struct vs_local b)
{
	return vs_date_to_days(a.date) == vs_date_to_days(b.date);
}

const char *
field_span_text(struct vs_arena *arena, int64_t starts_at, int64_t ends_at)
{
	struct vs_local starts = vs_local_from_utc(starts_at);
	struct vs_local ends = vs_local_from_utc(ends_at);
	const char *first = vs_date_text(arena, starts.date, VS_DATE_SHORT);
	if (same_day(starts, ends) || ends_at - starts_at < DAY_SECONDS)
		return vs_arena_printf(arena, _("%s %s–%s"), first,
			clock_text(arena, starts), clock_text(arena, ends));
	return vs_arena_printf(arena, _("%s %s – %s %s"), first,
		clock_text(arena, starts), vs_date_text(arena, ends.date, VS_DATE_SHORT),
		clock_text(arena, ends));
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

/* "10", "10.30", "10:30": a clock time without its day. */
static bool
is_clock(const char *text)
{
	return strspn(text, "0123456789") <= 2 && strlen(text) <= 5 &&
		strspn(text, "0123456789.:") == strlen(text);
}

bool
field_moment(const char *text, int64_t day_of, const char *what, int64_t *ret_moment,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error why = { 0 };
	char day[11];
	const char *whole = text;
	if (is_clock(text) && !day_of)
		return vs_fail(err, VS_INVALID,
			_("%s: \"%s\" has no day; write it as 2026-08-22 10.00"), what,
			text);
	if (is_clock(text))
		whole = vs_arena_printf(scratch.arena, "%s %s%s",
			vs_date_format(vs_local_from_utc(day_of).date, day), text,
			strpbrk(text, ".:") ? "" : ".00");
	return vs_time_parse(whole, ret_moment, &why) ||
		vs_fail(err, why.code, "%s: %s", what, why.text);
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
