/* Plans kept aside: the best so far, and plans to begin from. */
#include "plan/route.h"

#include <string.h>

struct route_copy *
route_copy_new(const struct route_model *model, struct vs_arena *arena)
{
	size_t rounds = (size_t)model->problem->vehicle_count + 1;
	struct route_copy *copy = vs_arena_alloc(arena, sizeof *copy);
	copy->types = vs_arena_alloc(arena, rounds * sizeof *copy->types);
	copy->lengths = vs_arena_alloc(arena, rounds * sizeof *copy->lengths);
	copy->stops =
		vs_arena_alloc(arena, ((size_t)model->stops + 1) * sizeof *copy->stops);
	return copy;
}

void
route_keep(const struct route_state *state, struct route_copy *copy)
{
	int32_t *to = copy->stops;
	for (int32_t i = 0; i < state->open_count; i++) {
		const struct route_slot *slot = &state->slots[state->open[i]];
		copy->types[i] = slot->type;
		copy->lengths[i] = slot->length;
		memcpy(to, slot->node + 1, (size_t)slot->length * sizeof *to);
		to += slot->length;
	}
	copy->route_count = state->open_count;
	copy->cost = state->cost;
	copy->bank_weight = state->bank_weight;
	copy->moved = state->moved;
}

static void
empty(struct route_state *state)
{
	while (state->open_count) {
		int32_t s = state->open[0];
		const struct route_slot *slot = &state->slots[s];
		for (int32_t i = 1; i <= slot->length; i++)
			state->leaving[slot->node[i]] = true;
		route_take_out(state, s);
	}
	state->bank_count = 0;
	state->bank_weight = 0;
}

/* Replaces the plan under way; what is not in the copy goes to the bank. */
void
route_load(struct route_state *state, const struct route_copy *copy)
{
	route_begin(state);
	empty(state);
	const int32_t *from = copy->stops;
	for (int32_t i = 0; i < copy->route_count; i++) {
		int32_t s = route_open(state, copy->types[i]);
		for (int32_t k = 0; k < copy->lengths[i]; k++)
			route_put_in(state, *from++, s, k);
	}
	for (int32_t i = 0; i < state->model->stops; i++)
		if (state->slot_of[i] < 0 && !state->model->hopeless[i])
			route_bank(state, i);
	state->out_count = 0;
}
