/* Simulated annealing over ruin and recreate. */
#include "plan/route.h"

#include <math.h>
#include <time.h>

#define CLOCK_EVERY 64 /* changes between two looks at the clock */
#define CROSS	    4  /* one change of so many may be a crossing */

double
route_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* 0 at the beginning, 1 when the search must end. */
static double
progress(const struct route_pace *pace)
{
	double by_clock = 0;
	if (pace->seconds > 0)
		by_clock = (route_clock() - pace->started_at) / pace->seconds;
	if (!pace->iterations || by_clock >= 1)
		return by_clock;
	return (double)pace->done / (double)pace->iterations;
}

bool
route_pace_over(const struct route_pace *pace)
{
	return progress(pace) >= 1;
}

/* One change, kept or undone. */
static void
step(struct route_state *state, double temperature)
{
	int64_t before = route_value(state);
	double allowed = -temperature * log(1 - random_unit(&state->random));
	route_begin(state);
	if (random_below(&state->random, CROSS) || !route_cross(state, allowed)) {
		route_ruin(state);
		route_recreate(state);
	}
	double worse = (double)(route_value(state) - before);
	if (worse > 0 && worse >= allowed)
		route_undo(state);
}

/* What a temperature is measured by: the mean cost of a link in the plan. */
double
route_mean_link(const struct route_state *state)
{
	int64_t cost = 0, links = 0;
	for (int32_t i = 0; i < state->open_count; i++) {
		const struct route_slot *slot = &state->slots[state->open[i]];
		cost += slot->cost - state->model->types[slot->type].price;
		links += slot->length + 1;
	}
	return links && cost > 0 ? (double)cost / (double)links : 1;
}

static bool
better(const struct route_state *state, const struct route_copy *best)
{
	if (state->bank_weight != best->bank_weight)
		return state->bank_weight < best->bank_weight;
	return route_value(state) - state->bank_weight * ROUTE_UNSERVED_PRICE <
		best->cost + (int64_t)best->moved * state->move_price;
}

void
route_anneal(struct route_state *state, struct route_copy *best, struct route_pace *pace,
	double warm, double cold)
{
	double temperature = warm, done;
	while ((done = progress(pace)) < 1) {
		temperature = warm * pow(cold / warm, done);
		int64_t until = pace->done + CLOCK_EVERY;
		if (pace->iterations && until > pace->iterations)
			until = pace->iterations;
		for (; pace->done < until; pace->done++) {
			step(state, temperature);
			if (better(state, best))
				route_keep(state, best);
		}
	}
}
