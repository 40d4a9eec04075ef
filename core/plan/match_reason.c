/* Who can take a place, and why the others cannot; answered from problem and plan alone. */
#include "plan/match.h"

#include <stdlib.h>

#include "base/i18n.h"

static const char *const texts[VS_MATCH_REASON_COUNT] = {
	[VS_MATCH_CAN] = N_("can come"),
	[VS_MATCH_TWICE] = N_("is on this shift already"),
	[VS_MATCH_SKILL] = N_("nobody has the skill"),
	[VS_MATCH_BLOCKED] = N_("does not want this shift"),
	[VS_MATCH_FAR] = N_("lives too far away"),
	[VS_MATCH_AWAY] = N_("is not free then"),
	[VS_MATCH_BUSY] = N_("is on another shift then"),
	[VS_MATCH_REST] = N_("cannot be back in time from another place"),
	[VS_MATCH_DAY] = N_("has enough hours that day"),
	[VS_MATCH_HOURS] = N_("has enough hours"),
	[VS_MATCH_PAIR] = N_("would be alone"),
	[VS_MATCH_FULL] = N_("all places are filled"),
};

/* How little is in the way: what a telephone call may change comes first. */
static const uint8_t closeness[VS_MATCH_REASON_COUNT] = {
	[VS_MATCH_CAN] = 0,
	[VS_MATCH_HOURS] = 1,
	[VS_MATCH_DAY] = 2,
	[VS_MATCH_REST] = 3,
	[VS_MATCH_BUSY] = 4,
	[VS_MATCH_AWAY] = 5,
	[VS_MATCH_FAR] = 6,
	[VS_MATCH_BLOCKED] = 7,
	[VS_MATCH_TWICE] = 8,
	[VS_MATCH_SKILL] = 9,
	[VS_MATCH_PAIR] = 10,
	[VS_MATCH_FULL] = 11,
};

const char *
vs_match_reason_text(enum vs_match_reason reason)
{
	return _(texts[reason]);
}

struct question {
	const struct vs_match_problem *problem;
	const struct vs_match_plan *plan;
	const struct vs_match_shift *shift;
	int32_t number; /* of the shift */
};

static int32_t
way_between(const struct vs_match_problem *problem, int32_t from, int32_t to)
{
	return problem->travel
		? problem->travel[(int64_t)from * problem->point_count + to]
		: 0;
}

static int32_t
way_home(const struct question *q, int32_t person)
{
	int32_t home = q->problem->people[person].home;
	return home < 0 ? 0 : way_between(q->problem, home, q->shift->point);
}

static bool
is_listed(const int32_t *list, int32_t count, int32_t shift)
{
	for (int32_t i = 0; i < count; i++)
		if (list[i] == shift)
			return true;
	return false;
}

static bool
is_away(const struct vs_match_person *person, const struct vs_match_shift *shift)
{
	for (int32_t i = 0; i < person->free_count; i++)
		if (person->free[i].starts <= shift->starts &&
			shift->ends <= person->free[i].ends)
			return false;
	return person->free_count > 0;
}

/* Without the person's bookings. */
static enum vs_match_reason
judge_person(const struct question *q, int32_t p)
{
	const struct vs_match_person *person = &q->problem->people[p];
	if (is_listed(person->blocked, person->blocked_count, q->number))
		return VS_MATCH_BLOCKED;
	int32_t way = way_home(q, p);
	if (way == VS_MATCH_ANY || way > person->travel_max)
		return VS_MATCH_FAR;
	return is_away(person, q->shift) ? VS_MATCH_AWAY : VS_MATCH_CAN;
}

static enum vs_match_reason
judge_pair(const struct question *q, const struct vs_match_shift *a)
{
	const struct vs_match_shift *b = q->shift;
	if (a->starts == b->starts)
		return VS_MATCH_BUSY;
	if (a->starts > b->starts) {
		b = a;
		a = q->shift;
	}
	if (a->point == b->point)
		return b->starts < (int64_t)a->ends - q->problem->tolerance
			? VS_MATCH_BUSY
			: VS_MATCH_CAN;
	if (b->starts < a->ends)
		return VS_MATCH_BUSY;
	int64_t back = (int64_t)a->ends + q->problem->rest +
		way_between(q->problem, a->point, b->point);
	return b->starts < back ? VS_MATCH_REST : VS_MATCH_CAN;
}

/* Of what is booked: the first rule that is broken, and the hours. */
static struct vs_match_call
judge(const struct question *q, int32_t p)
{
	struct vs_match_call call = { .person = p, .other = VS_MATCH_NONE };
	const struct vs_match_person *person = &q->problem->people[p];
	int64_t length = q->shift->ends - q->shift->starts, total = length, day = length;
	enum vs_match_reason booked = VS_MATCH_CAN;
	int32_t other = VS_MATCH_NONE;
	for (int32_t i = q->plan->person_first[p]; i < q->plan->person_first[p + 1];
		i++) {
		int32_t s = q->plan->bookings[i].shift;
		const struct vs_match_shift *at = &q->problem->shifts[s];
		enum vs_match_reason why =
			s == q->number ? VS_MATCH_TWICE : judge_pair(q, at);
		if (why != VS_MATCH_CAN && (booked == VS_MATCH_CAN || why < booked)) {
			booked = why;
			other = s;
		}
		total += at->ends - at->starts;
		if (at->starts / 1440 == q->shift->starts / 1440)
			day += at->ends - at->starts;
	}
	call.minutes = (int32_t)(total - length);
	call.reason = booked == VS_MATCH_TWICE ? booked : judge_person(q, p);
	if (call.reason == VS_MATCH_CAN && booked != VS_MATCH_CAN) {
		call.reason = booked;
		call.other = other;
	} else if (call.reason == VS_MATCH_CAN) {
		call.reason = day > person->day_minutes_max ? VS_MATCH_DAY
			: total > person->minutes_max	    ? VS_MATCH_HOURS
							    : VS_MATCH_CAN;
	}
	return call;
}

/* One number to sort by: closeness, hours, way, person. */
static uint64_t
sort_key(const struct question *q, const struct vs_match_call *call)
{
	int32_t way = way_home(q, call->person);
	uint64_t minutes =
		(uint64_t)(call->minutes < 0xffffff ? call->minutes : 0xffffff);
	uint64_t near = (uint64_t)(way < 0xffff ? way : 0xffff);
	return (uint64_t)closeness[call->reason] << 56 | minutes << 32 | near << 16 |
		(uint64_t)call->person;
}

static int
compare_keys(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static void
ask(const struct question *q, uint64_t needs, struct vs_arena *arena,
	struct vs_match_candidates *ret_found)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t people = (size_t)q->problem->person_count;
	struct vs_match_call *all =
		vs_arena_alloc(scratch.arena, (people + 1) * sizeof *all);
	uint64_t *keys = vs_arena_alloc(scratch.arena, (people + 1) * sizeof *keys);
	struct vs_match_candidates found = { .reason = VS_MATCH_SKILL };
	for (int32_t p = 0; p < q->problem->person_count; p++) {
		if (needs & ~q->problem->people[p].skills)
			continue;
		all[p] = judge(q, p);
		found.can_count += all[p].reason == VS_MATCH_CAN;
		keys[found.count++] = sort_key(q, &all[p]);
	}
	qsort(keys, (size_t)found.count, sizeof *keys, compare_keys);
	struct vs_match_call *calls =
		vs_arena_alloc(arena, ((size_t)found.count + 1) * sizeof *calls);
	for (int32_t i = 0; i < found.count; i++)
		calls[i] = all[keys[i] & 0xffff];
	if (found.count)
		found.reason = calls[0].reason;
	found.calls = calls;
	*ret_found = found;
}

bool
vs_match_candidates(const struct vs_match_problem *problem,
	const struct vs_match_plan *plan, int32_t shift, int32_t role,
	struct vs_arena *arena, struct vs_match_candidates *ret_candidates,
	struct vs_error *err)
{
	if (shift < 0 || shift >= problem->shift_count || role < 0 ||
		role >= problem->shifts[shift].role_count)
		return vs_fail(err, VS_NOT_FOUND, _("there is no shift %d with role %d"),
			shift, role);
	struct question q = { problem, plan, &problem->shifts[shift], shift };
	ask(&q, q.shift->roles[role].needs, arena, ret_candidates);
	return true;
}

/* --- the open places of a plan --- */

static struct vs_match_open
explain(const struct vs_match_problem *problem, const struct vs_match_plan *plan,
	struct vs_match_open open, bool empty)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct question q = { problem, plan, &problem->shifts[open.shift], open.shift };
	struct vs_match_candidates found;
	ask(&q, q.shift->roles[open.role].needs, scratch.arena, &found);
	open.reason = found.reason;
	if (found.reason == VS_MATCH_CAN && q.shift->pair && empty)
		open.reason = VS_MATCH_PAIR;
	for (int32_t i = 0; i < found.count && i < VS_MATCH_CALL_MAX; i++)
		open.calls[open.call_count++] = found.calls[i];
	return open;
}

void
match_explain(const struct vs_match_problem *problem, struct vs_match_plan *plan,
	struct vs_arena *arena)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t shifts = (size_t)problem->shift_count;
	int32_t(*taken)[64] = vs_arena_alloc(scratch.arena, (shifts + 1) * sizeof *taken);
	int32_t *people = vs_arena_alloc(scratch.arena, (shifts + 1) * sizeof *people);
	size_t roles = 0;
	for (int32_t i = 0; i < plan->booking_count; i++) {
		taken[plan->bookings[i].shift][plan->bookings[i].role]++;
		people[plan->bookings[i].shift]++;
	}
	for (int32_t s = 0; s < problem->shift_count; s++)
		roles += (size_t)problem->shifts[s].role_count;
	struct vs_match_open *open = vs_arena_alloc(arena, (roles + 1) * sizeof *open);
	plan->open = open;
	for (int32_t s = 0; s < problem->shift_count; s++)
		for (int32_t r = 0; r < problem->shifts[s].role_count; r++) {
			const struct vs_match_role *role = &problem->shifts[s].roles[r];
			int32_t left = role->wanted - taken[s][r];
			int32_t needed = role->least - taken[s][r];
			if (left <= 0)
				continue;
			needed = needed > 0 ? needed : 0;
			plan->needed_open += needed;
			plan->wanted_open += left - needed;
			open[plan->open_count++] = explain(problem, plan,
				(struct vs_match_open){ .shift = s,
					.role = r,
					.needed = needed,
					.wanted = left - needed },
				people[s] == 0);
		}
	for (int32_t s = 0; s < problem->shift_count; s++)
		plan->alone += problem->shifts[s].pair && people[s] == 1;
}
