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

static void
solve(const struct match_model *model, const struct vs_match_options *options,
	struct vs_arena *arena, struct vs_match_plan *plan)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct match_state *state = match_state_new(model, scratch.arena, options->seed);
	struct match_copy *best = match_copy_new(model, scratch.arena);
	double share = options->bound ? 0.5 : 1;
	struct match_pace pace = { .begun = match_clock(),
		.seconds = options->seconds * share,
		.limit = options->iterations };
	if (!pace.limit && pace.seconds <= 0)
		pace.limit = effort(model);
	int64_t blocks = match_blocks(state);
	if (blocks >= 0)
		match_keep(state, best);
	if (best->cost != blocks)
		match_search(state, best, &pace);
	match_load(state, best);
	write_bookings(model, best, arena, plan);
	plan->iterations = pace.done;
	if (blocks >= 0)
		plan->bound = blocks;
	else if (options->bound)
		plan->bound = match_bound(state,
			options->seconds > 0
				? pace.begun + options->seconds - match_clock()
				: 0);
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
