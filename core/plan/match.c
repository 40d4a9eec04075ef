/* Matches people and shifts: from the arrays to the plan. */
#include "plan/match.h"

#include <stdlib.h>

struct key {
	int32_t person;
	int32_t starts;
	int32_t shift;
	int32_t role;
	bool fixed;
};

static int
compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);
}

static struct key *
list_bookings(const struct match_model *model, const struct match_copy *copy,
	struct vs_arena *arena, int32_t *ret_count)
{
	int32_t count = 0;
	struct key *keys =
		vs_arena_alloc(arena, ((size_t)model->seat_count + 1) * sizeof *keys);
	for (int32_t r = 0; r < model->role_count; r++) {
		const struct match_role *role = &model->roles[r];
		for (int32_t i = 0; i < copy->role_taken[r]; i++)
			keys[count++] =
				(struct key){ .person = copy->seats[role->seat_first + i],
					.starts = model->shifts[role->shift].starts,
					.shift = role->shift,
					.role = r - model->shifts[role->shift].role_first,
					.fixed = i < role->fixed };
	}
	qsort(keys, (size_t)count, sizeof *keys, compare_keys);
	*ret_count = count;
	return keys;
}

static void
write_bookings(const struct match_model *model, const struct match_copy *copy,
	struct vs_arena *arena, struct vs_match_plan *plan)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t count;
	const struct key *keys = list_bookings(model, copy, scratch.arena, &count);
	struct vs_match_booking *bookings =
		vs_arena_alloc(arena, ((size_t)count + 1) * sizeof *bookings);
	int32_t *first =
		vs_arena_alloc(arena, ((size_t)model->person_count + 1) * sizeof *first);
	for (int32_t i = 0; i < count; i++) {
		bookings[i] = (struct vs_match_booking){ keys[i].person, keys[i].shift,
			keys[i].role, keys[i].fixed };
		first[keys[i].person + 1]++;
	}
	for (int32_t p = 0; p < model->person_count; p++)
		first[p + 1] += first[p];
	plan->bookings = bookings;
	plan->booking_count = count;
	plan->person_first = first;
	plan->cost = copy->cost;
}

/* What suits the size, when nobody says. */
static int64_t
effort(const struct match_model *model)
{
	return 2000 + 10 * (int64_t)model->seat_count;
}

/* How the time is shared out. */
#define QUICK_PART  0.05
#define SETTLE_PART 0.35
#define DIVE_PART   0.25
#define QUICK_WARM  4000.0
#define WARM	    400.0

/* First a quick plan, from it the prices, from them a good plan; better ones may follow. */
static int64_t
plan_by_prices(struct match_model *model, struct match_state *state,
	struct match_copy *best, double seconds, int64_t iterations)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct match_pace quick = { .begun = match_clock(),
		.seconds = seconds * QUICK_PART,
		.limit = iterations ? iterations / 10 + 1 : 0 };
	match_search(state, best, &quick, QUICK_WARM);
	match_load(state, best);
	struct match_state *dive = match_state_new(model, scratch.arena, 0);
	struct match_market *market = match_market_new(dive, state, scratch.arena);
	int64_t bound = match_market_settle(market, seconds * SETTLE_PART);
	if (bound < best->cost) {
		match_dive(market, dive, seconds * DIVE_PART);
		match_model_rank(model, market->chosen);
		match_fill(dive);
		match_keep(dive, best);
	}
	match_state_free(dive);
	return bound;
}

static void
solve(struct match_model *model, const struct vs_match_options *options,
	struct vs_arena *arena, struct vs_match_plan *plan)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct match_state *state = match_state_new(model, scratch.arena, options->seed);
	struct match_copy *best = match_copy_new(model, scratch.arena);
	struct match_pace pace = { .begun = match_clock(),
		.seconds = options->seconds,
		.limit = options->iterations };
	if (!pace.limit && pace.seconds <= 0)
		pace.limit = effort(model);
	plan->bound = match_blocks(state);
	if (plan->bound >= 0)
		match_keep(state, best);
	else
		plan->bound =
			plan_by_prices(model, state, best, options->seconds, pace.limit);
	match_load(state, best);
	if (pace.seconds > 0) {
		double now = match_clock();
		pace.seconds -= now - pace.begun;
		pace.begun = now;
	}
	if (best->cost != plan->bound)
		match_search(state, best, &pace, WARM);
	match_load(state, best);
	write_bookings(model, best, arena, plan);
	plan->iterations = pace.done;
	match_state_free(state);
	plan->is_best = plan->cost == plan->bound;
}

bool
vs_match_solve(const struct vs_match_problem *problem,
	const struct vs_match_options *options, struct vs_arena *arena,
	struct vs_match_plan *ret_plan, struct vs_error *err)
{
	if (!match_valid(problem, err))
		return false;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_match_plan plan = { 0 };
	solve(match_model_new(problem, scratch.arena), options, arena, &plan);
	match_explain(problem, &plan, arena);
	*ret_plan = plan;
	return true;
}
