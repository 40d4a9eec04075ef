/* Plans routes from nothing. */
#include "plan/route_local.h"

#include <math.h>

/*
 * The annealing begins and ends at these parts of the mean link of the first plan. Found by
 * trial; hours and short working times make a rougher landscape, which needs more heat.
 */
#define WARM	   0.4
#define COLD	   0.01
#define WARM_TIMED 1.0
#define COLD_TIMED 0.04

#define SAMPLES	     16
#define USUAL_RATE   300000 /* changes in a second, roughly */
#define EFFORT_POOL  16000  /* changes per stop from which a pool is worth while */
#define POOL_STOPS   400
#define EFFORT_TWICE 3000 /* changes per stop from which two attempts are made */

/* What is enough for a good plan when the caller sets no limit. */
static int64_t
usual_effort(const struct vs_route_problem *problem)
{
	return 50000 + 500 * (int64_t)problem->stop_count;
}

static struct route_pace
choose_pace(
	const struct vs_route_problem *problem, const struct vs_route_options *options)
{
	struct route_pace pace = { .iterations = options->iterations,
		.seconds = options->seconds };
	if (pace.iterations <= 0 && pace.seconds <= 0)
		pace.iterations = usual_effort(problem);
	pace.started_at = route_clock();
	return pace;
}

/* A part of what is left. */
static struct route_pace
part(const struct route_pace *whole, double share)
{
	struct route_pace pace = { .started_at = route_clock() };
	if (whole->iterations)
		pace.iterations =
			1 + (int64_t)((double)(whole->iterations - whole->done) * share);
	if (whole->seconds > 0) {
		double left = whole->seconds - (pace.started_at - whole->started_at);
		pace.seconds = left > 1e-6 ? left * share : 1e-6;
	}
	return pace;
}

/* Changes that there will be, roughly. */
static double
effort(const struct route_pace *pace)
{
	return pace->iterations ? (double)pace->iterations : pace->seconds * USUAL_RATE;
}

/*
 * With several depots or limited working times the search ends in one of many valleys, and
 * the better of two is worth more than one that is searched for twice as long.
 */
static int
choose_attempts(const struct route_model *model, const struct route_pace *pace)
{
	bool rugged = model->type_count > 1 || model->timing == ROUTE_LENGTH;
	return rugged && effort(pace) >= (double)model->stops * EFFORT_TWICE ? 2 : 1;
}

/* From nothing; the best plan stays where it is kept. */
static void
start_again(struct route_state *state)
{
	const struct route_copy nothing = { 0 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	route_load(state, &nothing);
	route_begin(state);
	route_fill(state, route_copy_new(state->model, scratch.arena));
}

/* Measured: with less effort for each stop, annealing alone ends with better plans. */
static bool
pool_pays(const struct route_state *state, const struct route_pace *pace)
{
	int32_t stops = state->model->stops;
	return stops <= POOL_STOPS && effort(pace) >= (double)stops * EFFORT_POOL &&
		route_pool_suits(state);
}

/* One annealing, whose plans on the way are crossed with each other afterwards. */
static void
pool_search(struct route_state *state, struct route_copy *best, struct route_pace *pace,
	double warm, double cold)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct route_copy *others[SAMPLES];
	struct route_pace first = part(pace, 0.5);
	for (int i = 0; i < SAMPLES; i++) {
		struct route_pace next = part(&first, 1.0 / (SAMPLES - i));
		double from = warm * pow(cold / warm, (double)i / SAMPLES);
		double to = warm * pow(cold / warm, (i + 1.0) / SAMPLES);
		route_anneal(state, best, &next, from, to);
		first.done += next.done;
		others[i] = route_copy_new(state->model, scratch.arena);
		route_keep(state, others[i]);
	}
	pace->done += first.done;
	struct route_pace second = part(pace, 1);
	if (pace->iterations)
		second.iterations = pace->iterations - pace->done;
	route_pool(state, best, others + SAMPLES / 4, SAMPLES - SAMPLES / 4, &second);
	pace->done += second.done;
}

static void
search(struct route_state *state, struct route_copy *best, struct route_pace *pace,
	bool fewest)
{
	route_begin(state);
	route_fill(state, best);
	double link = route_mean_link(state);
	bool timed = state->model->timing != ROUTE_UNTIMED;
	double warm = link * (timed ? WARM_TIMED : WARM);
	double cold = link * (timed ? COLD_TIMED : COLD);
	if (fewest) {
		struct route_pace first = part(pace, 0.15);
		route_anneal(state, best, &first, warm, cold);
		pace->done += first.done;
		struct route_pace second = part(pace, 0.4);
		route_fewer_vehicles(state, best, &second);
		pace->done += second.done;
	}
	if (pool_pays(state, pace)) {
		pool_search(state, best, pace, warm, cold);
		return;
	}
	for (int attempts = choose_attempts(state->model, pace); attempts > 0;
		attempts--) {
		struct route_pace next = part(pace, 1.0 / attempts);
		if (pace->iterations && attempts == 1)
			next.iterations = pace->iterations - pace->done;
		if (next.iterations || next.seconds > 0)
			route_anneal(state, best, &next, warm, cold);
		pace->done += next.done;
		if (attempts > 1)
			start_again(state);
	}
}

bool
vs_route_solve(const struct vs_route_problem *problem,
	const struct vs_route_options *options, struct vs_arena *arena,
	struct vs_route_plan *ret_plan, struct vs_error *err)
{
	if (!route_valid(problem, err))
		return false;
	struct route_pace pace = choose_pace(problem, options);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct route_model *model = route_model_new(problem, false, scratch.arena);
	struct route_copy *best = route_copy_new(model, scratch.arena);
	struct route_state *state = route_state_new(model, options->seed);
	search(state, best, &pace, options->fewest_vehicles);
	route_state_free(state);
	route_result(model, best, arena, ret_plan);
	ret_plan->iterations = pace.done;
	return true;
}
