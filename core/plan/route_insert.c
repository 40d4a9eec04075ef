/*
 * Recreate: the stops that are out go back one by one, each to its cheapest place, but now
 * and then a place is overlooked (a blink).
 *
 * The cheapest place in a slot is remembered until the slot changes. To overlook places in a
 * remembered slot it is enough to ask whether its best one is overlooked; only then are the
 * others looked at again.
 */
#include "plan/route.h"

#define BLINK	   128 /* one place of so many is overlooked */
#define BANK_TRIES 24  /* stops of the bank tried in one change */
#define LONG	   24  /* stops in a round that are not looked at again lightly */

/* Where a stop goes: a slot, or a new round of a type when `slot` is -1. */
struct choice {
	int64_t cost;
	int32_t slot;
	int32_t type;
	int32_t after;
};

static bool
blinks(struct route_state *state)
{
	return random_below(&state->random, BLINK) == 0;
}

static int32_t
added_cost(const struct route_state *state, const struct route_slot *slot, int32_t stop,
	int32_t after)
{
	size_t row = (size_t)stop * state->model->stride;
	return state->model->cost_into[row + slot->node[after]] +
		state->model->cost[row + slot->node[after + 1]] - slot->leave[after];
}

/* `banned`: a place that is overlooked for certain, and others may be; -1: none is. */
static struct route_place
scan(struct route_state *state, const struct route_slot *slot, int32_t stop,
	int32_t banned)
{
	const struct route_model *model = state->model;
	struct route_place best = { .cost = ROUTE_NO_LINK / 2 };
	for (int32_t i = 0; i <= slot->length; i++) {
		int32_t cost = added_cost(state, slot, stop, i);
		if (cost >= best.cost || i == banned ||
			(model->timing != ROUTE_UNTIMED &&
				!route_time_fits(model, slot, stop, i)) ||
			(banned >= 0 && blinks(state)))
			continue;
		best.cost = cost;
		best.after = i;
	}
	if (best.cost == ROUTE_NO_LINK / 2)
		best.cost = ROUTE_NEVER;
	return best;
}

/* Can the stop go to the end of a round? */
bool
route_fits_last(const struct route_state *state, int32_t s, int32_t stop)
{
	const struct route_model *model = state->model;
	const struct route_slot *slot = &state->slots[s];
	int32_t last = slot->node[slot->length], end = slot->node[slot->length + 1];
	size_t in = (size_t)last * model->stride + stop;
	size_t out = (size_t)stop * model->stride + end;
	return state->faces[s].spare_kg >= model->kg[stop] &&
		state->faces[s].spare_boxes >= model->boxes[stop] &&
		model->solo[(size_t)slot->type * model->stops + stop] != ROUTE_NEVER &&
		model->cost[in] < ROUTE_NO_LINK && model->cost[out] < ROUTE_NO_LINK &&
		(model->timing == ROUTE_UNTIMED ||
			route_time_fits(model, slot, stop, slot->length));
}

static struct route_place *
place_in(struct route_state *state, int32_t stop, int32_t s)
{
	return &state->places[(size_t)stop * (size_t)state->slot_room + s];
}

static void
consider_slot(struct route_state *state, int32_t stop, int32_t s, int64_t extra,
	struct choice *best)
{
	const struct route_slot *slot = &state->slots[s];
	struct route_place *known = place_in(state, stop, s);
	if (known->stamp != state->faces[s].stamp) {
		*known = route_scan(state->model, slot, stop);
		known->stamp = state->faces[s].stamp;
	}
	struct route_place place = *known;
	if (place.cost == ROUTE_NEVER || place.cost + extra >= best->cost)
		return;
	if (blinks(state)) {
		place = scan(state, slot, stop, place.after);
		if (place.cost == ROUTE_NEVER || place.cost + extra >= best->cost)
			return;
	}
	*best = (struct choice){ place.cost + extra, s, slot->type, place.after };
}

/* What it costs besides the way that the stop changes hands. */
static int64_t
move_cost(const struct route_state *state, int32_t stop, int32_t type)
{
	bool moves = state->home && state->home[stop] >= 0 && state->home[stop] != type;
	return moves ? state->move_price : 0;
}

/* Late in the search few slots have room; which ones, no branch could predict. */
static int32_t
find_roomy(struct route_state *state, int32_t kg)
{
	const int32_t *restrict spare = state->spare;
	int32_t *restrict roomy = state->roomy;
	int32_t count = 0;
	for (int32_t s = 0, top = state->slot_top; s < top; s++) {
		roomy[count] = s;
		count += spare[s] >= kg;
	}
	return count;
}

static void
consider_open(struct route_state *state, int32_t stop, struct choice *best)
{
	const struct route_model *model = state->model;
	int32_t boxes = model->boxes[stop], count = find_roomy(state, model->kg[stop]);
	bool picky = model->picky, boxed = model->boxed;
	for (int32_t i = 0; i < count; i++) {
		int32_t s = state->roomy[i];
		const struct route_face *face = &state->faces[s];
		if (boxed && face->spare_boxes < boxes)
			continue;
		if (picky &&
			model->solo[(size_t)face->type * model->stops + stop] ==
				ROUTE_NEVER)
			continue;
		consider_slot(state, stop, s, move_cost(state, stop, face->type), best);
	}
}

static void
consider_new(struct route_state *state, int32_t stop, struct choice *best)
{
	const struct route_model *model = state->model;
	if (state->open_count >= state->vehicle_limit)
		return;
	for (int32_t t = 0; t < model->type_count; t++) {
		int32_t cost = model->solo[(size_t)t * model->stops + stop];
		if (state->used[t] >= model->types[t].count || cost == ROUTE_NEVER)
			continue;
		int64_t whole = cost + move_cost(state, stop, t);
		if (whole < best->cost && !blinks(state))
			*best = (struct choice){ whole, -1, t, 0 };
	}
}

/* What is known of a slot's places stays known to those still out when one stop goes in. */
static void
put_in(struct route_state *state, int32_t first, const struct choice *to)
{
	int32_t s = to->slot;
	uint32_t stamp = state->faces[s].stamp;
	route_put_in(state, state->out[first - 1], s, to->after);
	if (state->slots[s].length < LONG)
		return;
	for (int32_t i = first; i < state->out_count; i++) {
		struct route_place *place = place_in(state, state->out[i], s);
		if (place->stamp != stamp)
			continue;
		if (route_scan_again(state->model, &state->slots[s], state->out[i],
			    to->after + 1, place))
			place->stamp = state->faces[s].stamp;
	}
}

static void
place_stop(struct route_state *state, int32_t i)
{
	int32_t stop = state->out[i];
	struct choice best = { .cost = INT64_MAX };
	consider_open(state, stop, &best);
	consider_new(state, stop, &best);
	if (best.cost == INT64_MAX) {
		route_bank(state, stop);
		return;
	}
	if (best.slot < 0)
		best.slot = route_open(state, best.type);
	put_in(state, i + 1, &best);
}

enum order {
	BY_CHANCE,
	BY_LOAD,
	FAR_FIRST,
	NEAR_FIRST,
	NARROW_FIRST,
	EARLY_FIRST,
	LATE_LAST
};

/* The published weights; those by time only where there are windows. */
static enum order
choose_order(struct route_state *state)
{
	static const enum order wheel[] = { BY_CHANCE, BY_CHANCE, BY_CHANCE, BY_CHANCE,
		BY_LOAD, BY_LOAD, BY_LOAD, BY_LOAD, FAR_FIRST, FAR_FIRST, NEAR_FIRST,
		NARROW_FIRST, NARROW_FIRST, EARLY_FIRST, LATE_LAST, LATE_LAST };
	return wheel[random_below(
		&state->random, state->model->timing == ROUTE_WINDOWS ? 16 : 11)];
}

/* Smaller keys go first. */
static int64_t
order_key(struct route_state *state, enum order order, int32_t stop)
{
	const struct route_model *model = state->model;
	int32_t first = model->window_first[stop], end = model->window_first[stop + 1];
	int64_t open = 0;
	switch (order) {
	case BY_CHANCE:
		return (int64_t)(random_next(&state->random) >> 1);
	case BY_LOAD:
		return -(int64_t)model->kg[stop] - model->boxes[stop];
	case FAR_FIRST:
		return -(int64_t)model->far[stop];
	case NEAR_FIRST:
		return model->far[stop];
	case NARROW_FIRST:
		for (int32_t w = first; w < end; w++)
			open += model->closes[w] - model->opens[w];
		return first == end ? ROUTE_TIME_MAX : open;
	case EARLY_FIRST:
		return first == end ? -ROUTE_TIME_MAX : model->opens[first];
	case LATE_LAST:
		return first == end ? -ROUTE_TIME_MAX : -(int64_t)model->closes[end - 1];
	}
	return 0;
}

/* Some of the bank try again. */
static void
draw_from_bank(struct route_state *state)
{
	for (int32_t i = 0; i < BANK_TRIES && state->bank_count; i++) {
		int32_t at = random_below(&state->random, state->bank_count);
		int32_t stop = state->bank[at];
		state->bank[at] = state->bank[--state->bank_count];
		state->bank_weight -= state->model->weight[stop];
		state->out[state->out_count++] = stop;
	}
}

static void
sort_out(struct route_state *state, enum order order, int64_t *keys)
{
	for (int32_t i = 0; i < state->out_count; i++) {
		int32_t stop = state->out[i], k = i;
		int64_t key = order_key(state, order, stop);
		for (; k > 0 && keys[k - 1] > key; k--) {
			keys[k] = keys[k - 1];
			state->out[k] = state->out[k - 1];
		}
		keys[k] = key;
		state->out[k] = stop;
	}
}

void
route_recreate(struct route_state *state)
{
	draw_from_bank(state);
	sort_out(state, choose_order(state), state->keys);
	for (int32_t i = 0; i < state->out_count; i++)
		place_stop(state, i);
	state->out_count = 0;
}

/* Tries the bank again and again as long as that helps, and keeps the plan. */
void
route_fill(struct route_state *state, struct route_copy *copy)
{
	int32_t before;
	do {
		before = state->bank_count;
		route_recreate(state);
	} while (state->bank_count < before);
	route_keep(state, copy);
}
