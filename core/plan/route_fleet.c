/*
 * Fewer vehicles: the round whose stops have been easiest to place is taken away and its
 * stops must find room elsewhere. How often a stop was left over tells how hard it is; a
 * change is welcome when what it leaves over is easier than what was left over before.
 */
#include "plan/route.h"

#include <stdlib.h>

/* How often each stop has been left over, and the sum over those in the bank. */
static int64_t
bank_trouble(const struct route_state *state, const int64_t *absences)
{
	int64_t sum = 0;
	for (int32_t i = 0; i < state->bank_count; i++)
		sum += absences[state->bank[i]];
	return sum;
}

static int64_t
slot_trouble(const struct route_slot *slot, const int64_t *absences)
{
	int64_t sum = 0;
	for (int32_t i = 1; i <= slot->length; i++)
		sum += absences[slot->node[i]];
	return sum;
}

static void
dissolve_easiest(struct route_state *state, const int64_t *absences)
{
	int32_t easiest = state->open[0];
	for (int32_t i = 1; i < state->open_count; i++) {
		int32_t s = state->open[i];
		if (slot_trouble(&state->slots[s], absences) <
			slot_trouble(&state->slots[easiest], absences))
			easiest = s;
	}
	const struct route_slot *slot = &state->slots[easiest];
	for (int32_t i = 1; i <= slot->length; i++)
		state->leaving[slot->node[i]] = true;
	route_begin(state);
	route_take_out(state, easiest);
	for (int32_t i = 0; i < state->out_count; i++)
		route_bank(state, state->out[i]);
	state->out_count = 0;
	state->vehicle_limit = state->open_count;
}

static void
step(struct route_state *state, int64_t *absences)
{
	int64_t cost = state->cost, weight = state->bank_weight;
	int64_t trouble = bank_trouble(state, absences);
	route_begin(state);
	route_ruin(state);
	route_recreate(state);
	for (int32_t i = 0; i < state->bank_count; i++)
		absences[state->bank[i]]++;
	int64_t after = bank_trouble(state, absences) - state->bank_count;
	bool welcome = state->bank_weight < weight || after < trouble ||
		(state->bank_weight == weight && state->cost <= cost);
	if (!welcome)
		route_undo(state);
}

/*
 * From the plan in `best`, which serves all it can, to one that serves as much with fewer
 * vehicles; `best` and the state's limit are the result.
 */
void
route_fewer_vehicles(
	struct route_state *state, struct route_copy *best, struct route_pace *pace)
{
	int64_t *absences = calloc((size_t)state->model->stops + 1, sizeof *absences);
	if (!absences)
		vs_abort("out of memory (%d stops)", state->model->stops);
	route_load(state, best);
	while (state->open_count > 1 && !route_pace_over(pace)) {
		dissolve_easiest(state, absences);
		do {
			for (int i = 0; i < 64 && state->bank_weight > best->bank_weight;
				i++) {
				step(state, absences);
				pace->done++;
			}
		} while (
			state->bank_weight > best->bank_weight && !route_pace_over(pace));
		if (state->bank_weight > best->bank_weight)
			break;
		route_keep(state, best);
	}
	state->vehicle_limit = best->route_count;
	route_load(state, best);
	free(absences);
}
