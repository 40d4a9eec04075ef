/* From when people say that they can, and cannot, to the spans in which they are free. */
#include "field/staff.h"

#include <stdlib.h>

#define DAY_MINUTES 1440

struct spans {
	struct vs_match_span *all;
	size_t count;
};

/* A clock time that a change of clocks leaves out is an hour later. */
static int32_t
minute_at(const struct staff *staff, int64_t day, int minute)
{
	struct vs_error ignored = { 0 };
	struct vs_local local = { .date = vs_date_from_days(day + minute / DAY_MINUTES),
		.hour = minute % DAY_MINUTES / 60,
		.minute = minute % 60 };
	int64_t moment = 0;
	if (!vs_local_to_utc(local, VS_FOLD_SUMMER, &moment, &ignored)) {
		struct vs_error none = { 0 };
		local.hour++;
		if (!vs_local_to_utc(local, VS_FOLD_SUMMER, &moment, &none))
			vs_abort("a clock time that does not exist twice");
	}
	return staff_minute(staff, moment);
}

static void
append(struct vs_arena *arena, struct spans *spans, int32_t starts, int32_t ends)
{
	spans->all = vs_arena_grow(arena, spans->all, spans->count, sizeof *spans->all);
	spans->all[spans->count++] = (struct vs_match_span){ starts, ends };
}

static void
append_days(const struct staff *staff, struct vs_arena *arena,
	const struct field_presence *presence, struct spans *spans)
{
	int64_t first = vs_date_to_days(vs_local_from_utc(staff->epoch).date);
	int64_t from = vs_date_to_days(presence->from);
	int64_t until = vs_date_to_days(presence->until);
	from = from > first ? from : first;
	until = until < staff->ends ? until : staff->ends;
	for (int64_t day = from; day <= until; day++) {
		int weekday = (int)((day + 3) % 7) + 1;
		if (!presence->weekdays || presence->weekdays & (1u << weekday))
			append(arena, spans, minute_at(staff, day, presence->starts),
				minute_at(staff, day, presence->ends));
	}
}

static int
compare_spans(const void *a, const void *b)
{
	const struct vs_match_span *x = a, *y = b;
	return (x->starts > y->starts) - (x->starts < y->starts);
}

/* Those that touch become one: who can until midnight and from midnight can all night. */
static void
merge(struct spans *spans)
{
	size_t count = 0;
	if (spans->count)
		qsort(spans->all, spans->count, sizeof *spans->all, compare_spans);
	for (size_t i = 0; i < spans->count; i++) {
		struct vs_match_span span = spans->all[i];
		if (count && span.starts <= spans->all[count - 1].ends) {
			if (span.ends > spans->all[count - 1].ends)
				spans->all[count - 1].ends = span.ends;
		} else {
			spans->all[count++] = span;
		}
	}
	spans->count = count;
}

/* Both merged. */
static struct spans
subtract(struct vs_arena *arena, const struct spans *from, const struct spans *what)
{
	struct spans left = { 0 };
	for (size_t i = 0; i < from->count; i++) {
		int32_t at = from->all[i].starts;
		for (size_t k = 0; k < what->count; k++) {
			const struct vs_match_span *hole = &what->all[k];
			if (hole->ends <= at || hole->starts >= from->all[i].ends)
				continue;
			if (hole->starts > at)
				append(arena, &left, at, hole->starts);
			at = hole->ends;
		}
		if (at < from->all[i].ends)
			append(arena, &left, at, from->all[i].ends);
	}
	return left;
}

void
staff_free(const struct staff *staff, const struct field_person *who,
	struct vs_match_person *person)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct spans can = { 0 }, cannot = { 0 };
	bool only = false;
	if (!who->presence_count)
		return;
	for (size_t i = 0; i < who->presence_count; i++) {
		const struct field_presence *presence = &who->presence[i];
		only = only || presence->can;
		append_days(
			staff, scratch.arena, presence, presence->can ? &can : &cannot);
	}
	if (!only)
		append(scratch.arena, &can, 0, VS_MATCH_TIME_MAX);
	merge(&can);
	merge(&cannot);
	struct spans left = subtract(staff->arena, &can, &cannot);
	if (!left.count) /* never: no shift is so short */
		append(staff->arena, &left, 0, 0);
	person->free = left.all;
	person->free_count = (int32_t)left.count;
}
