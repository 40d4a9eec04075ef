/* What compares two spans of time, or a span with when somebody can: no file, no clock. */
#include "field/rules.h"

#include <string.h>

#define MINUTE	    60
#define DAY_MINUTES 1440

static bool
same_words(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

bool
rule_same_place(const struct rule_span *a, const struct rule_span *b)
{
	if (a->activity == b->activity)
		return true;
	if (a->place && b->place)
		return a->place == b->place;
	if (a->located && b->located)
		return a->latitude == b->latitude && a->longitude == b->longitude;
	return same_words(a->where, b->where);
}

/* One hands over to the other: it begins before and ends before. */
static bool
is_row(const struct rule_span *a, const struct rule_span *b)
{
	return (a->starts_at < b->starts_at && a->ends_at < b->ends_at) ||
		(b->starts_at < a->starts_at && b->ends_at < a->ends_at);
}

enum rule_clash
rule_clash(const struct rule_span *a, const struct rule_span *b, int *ret_minutes)
{
	int64_t begins = a->starts_at > b->starts_at ? a->starts_at : b->starts_at;
	int64_t ends = a->ends_at < b->ends_at ? a->ends_at : b->ends_at;
	int64_t overlap = ends - begins; /* negative: what lies between */
	bool here = rule_same_place(a, b);
	int tolerance = a->tolerance < b->tolerance ? a->tolerance : b->tolerance;
	int between = 0;
	if (overlap > 0) {
		*ret_minutes = (int)((overlap + MINUTE - 1) / MINUTE);
		return here && is_row(a, b) && overlap <= (int64_t)tolerance * MINUTE
			? RULE_FITS
			: RULE_OVERLAP;
	}
	if (!here && !a->digital && !b->digital)
		between = (a->rest > b->rest ? a->rest : b->rest) +
			field_travel(a->way, b->way);
	*ret_minutes = between;
	return -overlap < (int64_t)between * MINUTE ? RULE_REST : RULE_FITS;
}

int64_t
rule_minutes(const struct rule_span *span)
{
	int64_t minutes =
		(span->ends_at - span->starts_at) / MINUTE - span->break_minutes;
	return minutes > 0 ? minutes : 0;
}

/* Presence ----------------------------------------------------------------------------- */

/* Minutes of one day on the wall. */
struct stretch {
	struct vs_date date;
	int starts, ends;
};

static bool
on_day(const struct field_presence *p, struct vs_date date)
{
	int64_t day = vs_date_to_days(date);
	return vs_date_to_days(p->from) <= day && day <= vs_date_to_days(p->until) &&
		(p->weekdays == 0 || p->weekdays & 1u << vs_date_weekday(date));
}

static bool
forbidden(const struct field_presence *presence, size_t count, const struct stretch *s)
{
	for (size_t i = 0; i < count; i++)
		if (!presence[i].can && on_day(&presence[i], s->date) &&
			presence[i].starts < s->ends && s->starts < presence[i].ends)
			return true;
	return false;
}

/* Several "can" may cover a stretch together. */
static bool
covered(const struct field_presence *presence, size_t count, const struct stretch *s)
{
	int until = s->starts;
	for (bool moved = true; moved && until < s->ends;) {
		moved = false;
		for (size_t i = 0; i < count; i++)
			if (presence[i].can && on_day(&presence[i], s->date) &&
				presence[i].starts <= until && presence[i].ends > until) {
				until = presence[i].ends;
				moved = true;
			}
	}
	return until >= s->ends;
}

static bool
says_can(const struct field_presence *presence, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (presence[i].can)
			return true;
	return false;
}

bool
rule_present(const struct field_presence *presence, size_t count, int64_t starts_at,
	int64_t ends_at)
{
	struct vs_local from = vs_local_from_utc(starts_at);
	struct vs_local until = vs_local_from_utc(ends_at);
	int64_t first = vs_date_to_days(from.date), last = vs_date_to_days(until.date);
	bool only = says_can(presence, count);
	for (int64_t day = first; count > 0 && day <= last; day++) {
		struct stretch s = { vs_date_from_days(day), 0, DAY_MINUTES };
		if (day == first)
			s.starts = from.hour * 60 + from.minute;
		if (day == last)
			s.ends = until.hour * 60 + until.minute;
		if (s.starts < s.ends &&
			(forbidden(presence, count, &s) ||
				(only && !covered(presence, count, &s))))
			return false;
	}
	return true;
}
