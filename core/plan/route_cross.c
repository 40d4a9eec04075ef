/*
 * Crossings: moves that strings of a few stops never make. Two rounds exchange their ends,
 * or their beginning and end turned round, or one round drives a part of itself backwards.
 * They are cheap to judge, so a few are looked at before anything is ruined.
 */
#include "plan/route.h"

#include <string.h>

#define LOOKED_AT 10 /* stops around, to which a new link is tried */

/* A crossing: in round `a` the link behind `i` is cut, in `b` the one before or behind `j`. */
struct cross {
	int32_t a;
	int32_t b;
	int32_t i;
	int32_t j;
	bool turned; /* `b`'s beginning comes behind `a`'s, backwards */
};

static int64_t
link(const struct route_state *state, int32_t from, int32_t to)
{
	return state->model->cost[(size_t)from * state->model->stride + to];
}

/* What it costs that the stop `from` of a round goes on to `to`, the last one home. */
static int64_t
exchange_cost(const struct route_state *state, const struct cross *cross)
{
	const struct route_slot *a = &state->slots[cross->a],
				*b = &state->slots[cross->b];
	int32_t i = cross->i, j = cross->j;
	int32_t end_a = a->node[a->length + 1], end_b = b->node[b->length + 1];
	int32_t next = i < a->length ? a->node[i + 1] : end_b;
	int64_t cost = link(state, a->node[i], b->node[j + 1]) +
		link(state, b->node[j], next) - a->leave[i] - b->leave[j];
	if (end_a == end_b)
		return cost;
	int32_t last_b = b->node[b->length];
	cost += link(state, last_b, end_a) - link(state, last_b, end_b);
	if (i < a->length)
		cost += link(state, a->node[a->length], end_b) -
			link(state, a->node[a->length], end_a);
	return cost;
}

/* a's beginning with b's backwards, a's end backwards with b's. */
static int64_t
turned_cost(const struct route_state *state, const struct cross *cross)
{
	const struct route_slot *a = &state->slots[cross->a],
				*b = &state->slots[cross->b];
	int32_t i = cross->i, j = cross->j;
	int32_t start_b = b->node[0], end_a = a->node[a->length + 1];
	int64_t cost = link(state, a->node[i], b->node[j]) - a->leave[i] - b->leave[j] +
		link(state, b->node[1], end_a) - link(state, start_b, b->node[1]);
	if (i == a->length)
		return cost + link(state, start_b, b->node[j + 1]);
	int32_t last_a = a->node[a->length];
	return cost + link(state, a->node[i + 1], b->node[j + 1]) +
		link(state, start_b, last_a) - link(state, last_a, end_a);
}

/* Within one round: what lies between is driven backwards. */
static int64_t
reversal_cost(const struct route_state *state, const struct cross *cross)
{
	const struct route_slot *a = &state->slots[cross->a];
	int32_t i = cross->i, j = cross->j;
	return link(state, a->node[i], a->node[j]) +
		link(state, a->node[i + 1], a->node[j + 1]) - a->leave[i] - a->leave[j];
}

static void
load_of(const struct route_state *state, const struct route_slot *slot, int32_t last,
	int64_t *ret_kg, int64_t *ret_boxes)
{
	*ret_kg = *ret_boxes = 0;
	for (int32_t i = 1; i <= last; i++) {
		*ret_kg += state->model->kg[slot->node[i]];
		*ret_boxes += state->model->boxes[slot->node[i]];
	}
}

/* Have both vehicles room for what they would get? */
static bool
has_room(const struct route_state *state, const struct cross *cross)
{
	const struct route_face *a = &state->faces[cross->a],
				*b = &state->faces[cross->b];
	const struct route_slot *slot = &state->slots[cross->a];
	int64_t kg_a, kg_b, boxes_a, boxes_b, more_kg, more_boxes;
	load_of(state, &state->slots[cross->b], cross->j, &kg_b, &boxes_b);
	load_of(state, slot, cross->i, &kg_a, &boxes_a);
	int64_t all_kg, all_boxes, other_kg, other_boxes;
	load_of(state, slot, slot->length, &all_kg, &all_boxes);
	slot = &state->slots[cross->b];
	load_of(state, slot, slot->length, &other_kg, &other_boxes);
	if (cross->turned) { /* a gets b's beginning for its own end */
		more_kg = kg_b - (all_kg - kg_a);
		more_boxes = boxes_b - (all_boxes - boxes_a);
	} else {
		more_kg = (other_kg - kg_b) - (all_kg - kg_a);
		more_boxes = (other_boxes - boxes_b) - (all_boxes - boxes_a);
	}
	return more_kg <= a->spare_kg && -more_kg <= b->spare_kg &&
		more_boxes <= a->spare_boxes && -more_boxes <= b->spare_boxes;
}

/* Where rounds end alike, two comparisons tell whether exchanged ends are in time. */
static bool
may_be_in_time(const struct route_state *state, const struct cross *cross)
{
	const struct route_model *model = state->model;
	const struct route_slot *a = &state->slots[cross->a],
				*b = &state->slots[cross->b];
	if (model->timing != ROUTE_WINDOWS || a->type != b->type)
		return true;
	const int32_t *from_a = &model->secs[(size_t)a->node[cross->i] * model->stride];
	const int32_t *from_b = &model->secs[(size_t)b->node[cross->j] * model->stride];
	return a->ready[cross->i] + from_a[b->node[cross->j + 1]] <=
		b->latest[cross->j + 1] &&
		b->ready[cross->j] + from_b[a->node[cross->i + 1]] <=
		a->latest[cross->i + 1];
}

static int32_t *
append(int32_t *to, const struct route_slot *slot, int32_t first, int32_t last)
{
	int32_t step = first <= last ? 1 : -1;
	for (int32_t i = first; i != last + step; i += step)
		*to++ = slot->node[i];
	return to;
}

/* Part of a round; none when it is empty. */
static int32_t *
append_some(int32_t *to, const struct route_slot *slot, int32_t first, int32_t last,
	bool turned)
{
	if (first > last)
		return to;
	return turned ? append(to, slot, last, first) : append(to, slot, first, last);
}

/* False: not in time; the change must be undone. */
static bool
apply_exchange(struct route_state *state, const struct cross *cross)
{
	const struct route_slot *a = &state->slots[cross->a],
				*b = &state->slots[cross->b];
	int32_t i = cross->i, j = cross->j, *first = state->out, *second, *end;
	second = append_some(first, a, 1, i, false);
	if (cross->turned) {
		second = append_some(second, b, 1, j, true);
		end = append_some(second, a, i + 1, a->length, true);
		end = append_some(end, b, j + 1, b->length, false);
	} else {
		second = append_some(second, b, j + 1, b->length, false);
		end = append_some(second, b, 1, j, false);
		end = append_some(end, a, i + 1, a->length, false);
	}
	/* Both, so that undo finds every stop where it belongs. */
	bool in_time = route_rewrite(state, cross->a, first, (int32_t)(second - first));
	return route_rewrite(state, cross->b, second, (int32_t)(end - second)) && in_time;
}

static bool
apply_reversal(struct route_state *state, const struct cross *cross)
{
	const struct route_slot *a = &state->slots[cross->a];
	int32_t *end = append_some(state->out, a, 1, cross->i, false);
	end = append_some(end, a, cross->i + 1, cross->j, true);
	end = append_some(end, a, cross->j + 1, a->length, false);
	return route_rewrite(state, cross->a, state->out, a->length);
}

/* Does either vehicle serve every stop of both rounds? */
static bool
suits(const struct route_state *state, const struct cross *cross)
{
	const struct route_model *model = state->model;
	const struct route_slot *a = &state->slots[cross->a],
				*b = &state->slots[cross->b];
	if (!model->picky || a->type == b->type)
		return true;
	const int32_t *solo_a = &model->solo[(size_t)a->type * model->stops];
	const int32_t *solo_b = &model->solo[(size_t)b->type * model->stops];
	for (int32_t i = 1; i <= a->length; i++)
		if (solo_b[a->node[i]] == ROUTE_NEVER)
			return false;
	for (int32_t i = 1; i <= b->length; i++)
		if (solo_a[b->node[i]] == ROUTE_NEVER)
			return false;
	return true;
}

/* Makes the crossing when it costs less than `allowed`. */
static bool
try_cross(struct route_state *state, const struct cross *cross, double allowed)
{
	int64_t cost = cross->a == cross->b ? reversal_cost(state, cross)
		: cross->turned		    ? turned_cost(state, cross)
					    : exchange_cost(state, cross);
	if ((double)cost >= allowed || cost == 0)
		return false;
	bool done;
	if (cross->a == cross->b) {
		done = apply_reversal(state, cross);
	} else {
		if (!has_room(state, cross) || !suits(state, cross) ||
			(!cross->turned && !may_be_in_time(state, cross)))
			return false;
		done = apply_exchange(state, cross);
	}
	if (!done) {
		route_undo(state);
		route_begin(state);
	}
	return done;
}

/*
 * Looks for a crossing around a random stop that costs less than `allowed`, within a change
 * in which nothing has happened yet. False: there is none, and still nothing has happened.
 */
bool
route_cross(struct route_state *state, double allowed)
{
	const struct route_model *model = state->model;
	bool turns = model->timing != ROUTE_WINDOWS && model->cost == model->cost_into;
	int32_t stop = random_below(&state->random, model->stops),
		s = state->slot_of[stop];
	const int32_t *near = &model->near[(size_t)stop * model->near_count];
	int32_t i = state->at[stop];
	if (s < 0)
		return false;
	for (int32_t k = 1; k < model->near_count && k <= LOOKED_AT; k++) {
		int32_t other = state->slot_of[near[k]], j = state->at[near[k]];
		if (other < 0 || (other == s && !turns))
			continue;
		if (other == s) {
			struct cross cross = { s, s, i < j ? i : j, i < j ? j : i, true };
			if (cross.j > cross.i + 1 && try_cross(state, &cross, allowed))
				return true;
			continue;
		}
		struct cross tails = { s, other, i, j - 1, false };
		struct cross heads = { s, other, i, j, true };
		if (try_cross(state, &tails, allowed) ||
			(turns && try_cross(state, &heads, allowed)))
			return true;
	}
	return false;
}
