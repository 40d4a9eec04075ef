/* Plans routes from nothing. */
#include "plan/route.h"

/*
 * The annealing begins and ends at these parts of the mean link of the first plan. Found by
 * trial; hours and short working times make a rougher landscape, which needs more heat.
 */
#define WARM	   0.4
#define COLD	   0.01
#define WARM_TIMED 1.0
#define COLD_TIMED 0.04

/* What is enough for a good plan when the caller sets no limit. */
static int64_t
usual_effort(const struct route_model *model)
{
	return 50000 + 500 * (int64_t)model->stops;
}

static struct route_pace
choose_pace(const struct route_model *model, const struct vs_route_options *options)
{
	struct route_pace pace = { .iterations = options->iterations,
		.seconds = options->seconds };
	if (pace.iterations <= 0 && pace.seconds <= 0)
		pace.iterations = usual_effort(model);
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
	struct route_pace last = part(pace, 1);
	if (pace->iterations)
		last.iterations = pace->iterations - pace->done;
	if (last.iterations || last.seconds > 0)
		route_anneal(state, best, &last, warm, cold);
	pace->done += last.done;
}

bool
vs_route_solve(const struct vs_route_problem *problem,
	const struct vs_route_options *options, struct vs_arena *arena,
	struct vs_route_plan *ret_plan, struct vs_error *err)
{
	if (!route_valid(problem, err))
		return false;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct route_model *model = route_model_new(problem, false, scratch.arena);
	struct route_copy *best = route_copy_new(model, scratch.arena);
	struct route_pace pace = choose_pace(model, options);
	struct route_state *state = route_state_new(model, options->seed);
	search(state, best, &pace, options->fewest_vehicles);
	route_state_free(state);
	route_result(model, best, arena, ret_plan);
	ret_plan->iterations = pace.done;
	return true;
}
