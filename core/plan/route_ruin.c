/* Ruin: strings of stops around a random stop leave their rounds. */
#include "plan/route.h"

#include <math.h>

#define MEAN_OUT     10 /* stops taken out, on average */
#define STRING_MAX   10
#define SPLIT	     0.5 /* of strings keep some stops in their middle */
#define RETYPE	     20	 /* one round in so many changes goes to another vehicle */
#define WHOLE	     20	 /* one in so many changes empties a round */
#define SPLIT_LONGER 0.01

static int32_t
min(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* Marks `count` neighbours, the one at `at` among them. */
static void
mark_string(struct route_state *state, const struct route_slot *slot, int32_t at,
	int32_t count, int32_t skip)
{
	int32_t whole = count + skip;
	int32_t lowest = at - whole + 1 > 1 ? at - whole + 1 : 1;
	int32_t highest = min(at, slot->length - whole + 1);
	int32_t first = lowest + random_below(&state->random, highest - lowest + 1);
	int32_t hole = skip ? first + 1 + random_below(&state->random, count - 1) : first;
	for (int32_t i = first; i < first + whole; i++)
		if (i < hole || i >= hole + skip)
			state->leaving[slot->node[i]] = true;
}

/* How many stops a split string keeps. */
static int32_t
choose_skip(struct route_state *state, int32_t length, int32_t count)
{
	if (count < 2 || count >= length || random_unit(&state->random) >= SPLIT)
		return 0;
	int32_t skip = 1;
	while (count + skip < length && random_unit(&state->random) < SPLIT_LONGER)
		skip++;
	return skip;
}

static void
ruin_slot(struct route_state *state, int32_t s, int32_t stop, double string_max)
{
	const struct route_slot *slot = &state->slots[s];
	double longest = fmin(slot->length, string_max);
	int32_t count = (int32_t)(1 + random_unit(&state->random) * longest);
	count = min(count, slot->length);
	mark_string(state, slot, state->at[stop], count,
		choose_skip(state, slot->length, count));
	route_take_out(state, s);
}

/* A type with a vehicle to spare, other than `type`; -1 = the draw found none. */
static int32_t
draw_type(struct route_state *state, int32_t type)
{
	int32_t drawn = random_below(&state->random, state->model->type_count);
	bool spare = state->used[drawn] < state->model->types[drawn].count;
	return spare && drawn != type ? drawn : -1;
}

/*
 * Gives a whole round to a vehicle of another kind or depot; what that one cannot take stays
 * out. Strings alone never get there: a round would have to be emptied first.
 */
static void
change_type(struct route_state *state)
{
	int32_t s = state->open[random_below(&state->random, state->open_count)];
	const struct route_slot *slot = &state->slots[s];
	int32_t type = draw_type(state, slot->type);
	if (type < 0)
		return;
	for (int32_t i = 1; i <= slot->length; i++)
		state->leaving[slot->node[i]] = true;
	/* A short round may be built anew around one stop, for its order may not suit. */
	bool anew = slot->length <= 2 * MEAN_OUT && random_below(&state->random, 2);
	int32_t first = state->out_count, kept = first;
	route_take_out(state, s);
	s = route_open(state, type);
	for (int32_t i = first; i < state->out_count; i++) {
		int32_t stop = state->out[i];
		if (!(anew && state->slots[s].length) && route_fits_last(state, s, stop))
			route_put_in(state, stop, s, state->slots[s].length);
		else
			state->out[kept++] = stop;
	}
	state->out_count = kept;
	if (!state->slots[s].length)
		route_take_out(state, s);
}

static void
ruin_whole(struct route_state *state, int32_t s)
{
	const struct route_slot *slot = &state->slots[s];
	for (int32_t i = 1; i <= slot->length; i++)
		state->leaving[slot->node[i]] = true;
	route_take_out(state, s);
}

void
route_ruin(struct route_state *state)
{
	const struct route_model *model = state->model;
	if (!state->open_count)
		return;
	if (model->type_count > 1 && random_below(&state->random, RETYPE) == 0)
		change_type(state);
	if (!state->open_count)
		return;
	double mean = (double)(model->stops - state->bank_count) / state->open_count;
	double string_max = fmin(STRING_MAX, mean);
	double strings_max = 4.0 * MEAN_OUT / (1 + string_max) - 1;
	int32_t strings = (int32_t)(1 + random_unit(&state->random) * strings_max);
	int32_t seed = random_below(&state->random, model->stops);
	const int32_t *near = &model->near[(size_t)seed * model->near_count];
	bool whole = random_below(&state->random, WHOLE) == 0;
	for (int32_t i = 0; i < model->near_count && strings > 0; i++) {
		int32_t s = state->slot_of[near[i]];
		if (s < 0 || state->slots[s].touched == state->change)
			continue;
		if (whole && state->slots[s].length <= 3 * MEAN_OUT)
			ruin_whole(state, s);
		else
			ruin_slot(state, s, near[i], string_max);
		whole = false;
		strings--;
	}
}
