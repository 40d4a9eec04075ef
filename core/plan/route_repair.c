/*
 * Plans again from what people have been told. The search is the same as from nothing, but
 * it begins with the told rounds, cool, and pays for every stop that changes hands.
 */
#include "plan/route.h"

#include "base/i18n.h"

#define WARM   0.1 /* parts of the mean link */
#define COLD   0.005
#define MOVE   0.25
#define EFFORT 10000

static bool
note_order(const struct vs_route_problem *problem, const struct vs_route_order *order,
	bool *seen_vehicles, int32_t *home, struct vs_error *err)
{
	if (order->vehicle < 0 || order->vehicle >= problem->vehicle_count ||
		seen_vehicles[order->vehicle] || order->stop_count < 0)
		return vs_fail(err, VS_INVALID,
			_("vehicle %d of the earlier plan is unknown or stands twice"),
			order->vehicle);
	seen_vehicles[order->vehicle] = true;
	for (int32_t i = 0; i < order->stop_count; i++) {
		int32_t stop = order->stops[i];
		if (stop < 0 || stop >= problem->stop_count || home[stop] >= 0)
			return vs_fail(err, VS_INVALID,
				_("stop %d of the earlier plan is unknown or stands twice"),
				stop);
		home[stop] = order->vehicle;
	}
	return true;
}

/* Which vehicle each stop was told to; -1 = none. NULL when the orders make no sense. */
static int32_t *
find_homes(const struct vs_route_problem *problem, const struct vs_route_order *before,
	int32_t order_count, struct vs_arena *arena, struct vs_error *err)
{
	bool *seen = vs_arena_alloc(arena, (size_t)problem->vehicle_count + 1);
	int32_t *home =
		vs_arena_alloc(arena, ((size_t)problem->stop_count + 1) * sizeof *home);
	for (int32_t i = 0; i < problem->stop_count; i++)
		home[i] = -1;
	for (int32_t i = 0; i < order_count; i++)
		if (!note_order(problem, &before[i], seen, home, err))
			return NULL;
	return home;
}

/* As much of the told rounds as is still possible; the rest stays in the bank. */
static void
take_over(struct route_state *state, const struct vs_route_order *before,
	int32_t order_count)
{
	for (int32_t i = 0; i < order_count; i++) {
		if (!before[i].stop_count)
			continue;
		int32_t s = route_open(state, before[i].vehicle);
		for (int32_t k = 0; k < before[i].stop_count; k++)
			if (route_fits_last(state, s, before[i].stops[k]))
				route_put_in(state, before[i].stops[k], s,
					state->slots[s].length);
		if (!state->slots[s].length)
			route_take_out(state, s);
	}
	state->bank_count = 0;
	state->bank_weight = 0;
	for (int32_t i = 0; i < state->model->stops; i++)
		if (state->slot_of[i] < 0 && !state->model->hopeless[i])
			route_bank(state, i);
}

static struct route_pace
choose_pace(const struct vs_route_options *options)
{
	struct route_pace pace = { .iterations = options->iterations,
		.seconds = options->seconds,
		.started_at = route_clock() };
	if (pace.iterations <= 0 && pace.seconds <= 0)
		pace.iterations = EFFORT;
	return pace;
}

bool
vs_route_repair(const struct vs_route_problem *problem,
	const struct vs_route_order *before, int32_t order_count,
	const struct vs_route_options *options, struct vs_arena *arena,
	struct vs_route_plan *ret_plan, struct vs_error *err)
{
	if (!route_valid(problem, err))
		return false;
	struct route_pace pace = choose_pace(options);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t *home = find_homes(problem, before, order_count, scratch.arena, err);
	if (!home)
		return false;
	struct route_model *model = route_model_new(problem, true, scratch.arena);
	struct route_copy *best = route_copy_new(model, scratch.arena);
	struct route_state *state = route_state_new(model, options->seed);
	state->home = home;
	route_begin(state);
	take_over(state, before, order_count);
	double link = route_mean_link(state);
	state->move_price = (int32_t)(MOVE * link);
	route_fill(state, best);
	route_anneal(state, best, &pace, WARM * link, COLD * link);
	route_state_free(state);
	route_result(model, best, arena, ret_plan);
	ret_plan->iterations = pace.done;
	return true;
}
