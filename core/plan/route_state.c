/* A plan under way, changed and undone many thousand times a second. */
#include "plan/route.h"

#include <stdlib.h>
#include <string.h>

static void *
take(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);
	if (!memory)
		vs_abort("out of memory (%zu × %zu bytes)", count, size);
	return memory;
}

static void *
enlarge(void *memory, size_t count, size_t size)
{
	void *larger = reallocarray(memory, count, size);
	if (!larger)
		vs_abort("out of memory (%zu × %zu bytes)", count, size);
	return larger;
}

/* Doubles the slots; what is known of places is lost, for its rows change their width. */
static void
grow(struct route_state *state)
{
	int32_t old = state->slot_room, room = old ? 2 * old : 32;
	state->slot_room = room;
	state->slots = enlarge(state->slots, (size_t)room, sizeof *state->slots);
	state->faces = enlarge(state->faces, (size_t)room, sizeof *state->faces);
	state->spare = enlarge(state->spare, (size_t)room, sizeof *state->spare);
	state->roomy = enlarge(state->roomy, (size_t)room, sizeof *state->roomy);
	state->open = enlarge(state->open, (size_t)room, sizeof *state->open);
	state->free = enlarge(state->free, (size_t)room, sizeof *state->free);
	for (int32_t i = room - 1; i >= old; i--) {
		state->slots[i] = (struct route_slot){ .open_at = -1, .touched = -1 };
		state->faces[i] = (struct route_face){ 0 };
		state->spare[i] = -1;
		state->free[state->free_count++] = i;
	}
	free(state->places);
	state->places =
		take((size_t)state->model->stops * (size_t)room, sizeof *state->places);
}

/* Nothing is served yet: every stop that can be served is in the bank. */
struct route_state *
route_state_new(const struct route_model *model, uint64_t seed)
{
	struct route_state *state = take(1, sizeof *state);
	size_t stops = (size_t)model->stops;
	state->model = model;
	state->vehicle_limit = model->problem->vehicle_count;
	state->used = take((size_t)model->type_count, sizeof *state->used);
	state->slot_of = take(stops, sizeof *state->slot_of);
	state->at = take(stops, sizeof *state->at);
	state->bank = take(stops, sizeof *state->bank);
	state->saved_bank = take(stops, sizeof *state->saved_bank);
	state->out = take(stops, sizeof *state->out);
	state->keys = take(stops, sizeof *state->keys);
	state->leaving = take(stops, sizeof *state->leaving);
	for (int32_t i = 0; i < model->stops; i++) {
		state->slot_of[i] = -1;
		if (!model->hopeless[i])
			route_bank(state, i);
	}
	random_seed(&state->random, seed);
	grow(state);
	return state;
}

void
route_state_free(struct route_state *state)
{
	if (!state)
		return;
	for (int32_t i = 0; i < state->slot_room; i++)
		route_slot_done(&state->slots[i]);
	for (int32_t i = 0; i < state->saved_room; i++)
		route_slot_done(&state->saved[i]);
	void *parts[] = { state->slots, state->faces, state->spare, state->roomy,
		state->places, state->open, state->free, state->used, state->slot_of,
		state->at, state->bank, state->saved, state->saved_slot,
		state->saved_bank, state->out, state->keys, state->leaving };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		free(parts[i]);
	free(state);
}

int64_t
route_value(const struct route_state *state)
{
	return state->cost + state->bank_weight * ROUTE_UNSERVED_PRICE +
		(int64_t)state->moved * state->move_price;
}

void
route_begin(struct route_state *state)
{
	state->change++;
	state->saved_count = 0;
	state->out_count = 0;
	state->saved_cost = state->cost;
	state->saved_moved = state->moved;
	state->saved_bank_count = state->bank_count;
	state->saved_bank_weight = state->bank_weight;
	memcpy(state->saved_bank, state->bank,
		(size_t)state->bank_count * sizeof *state->bank);
}

/* Copies a slot before its first change; a slot that is not open is saved as empty. */
static void
touch(struct route_state *state, int32_t s)
{
	struct route_slot *slot = &state->slots[s];
	if (slot->touched == state->change)
		return;
	slot->touched = state->change;
	if (state->saved_count == state->saved_room) {
		int32_t room = state->saved_room ? 2 * state->saved_room : 16;
		state->saved = enlarge(state->saved, (size_t)room, sizeof *state->saved);
		state->saved_slot = enlarge(
			state->saved_slot, (size_t)room, sizeof *state->saved_slot);
		for (int32_t i = state->saved_room; i < room; i++)
			state->saved[i] = (struct route_slot){ 0 };
		state->saved_room = room;
	}
	struct route_slot *saved = &state->saved[state->saved_count];
	state->saved_slot[state->saved_count++] = s;
	if (slot->open_at >= 0)
		route_slot_copy(saved, slot);
	else
		saved->length = 0;
	/* A slot that comes back by undo gets its old stamp, and its places are true again. */
	saved->touched = state->faces[s].stamp;
}

static void
note_spare(struct route_state *state, int32_t s)
{
	int64_t kg = state->faces[s].spare_kg;
	int32_t clipped = kg < INT32_MAX ? (int32_t)kg : INT32_MAX;
	state->spare[s] = state->slots[s].open_at < 0 ? -1 : clipped;
}

static void
renew_stamp(struct route_state *state, int32_t s)
{
	note_spare(state, s);
	if (++state->last_stamp == 0) {
		size_t count = (size_t)state->model->stops * (size_t)state->slot_room;
		memset(state->places, 0, count * sizeof *state->places);
		state->last_stamp = (uint32_t)state->slot_room + 1;
		for (int32_t i = 0; i < state->slot_room; i++)
			state->faces[i].stamp = (uint32_t)i + 1;
	}
	state->faces[s].stamp = state->last_stamp;
}

static void
add_open(struct route_state *state, int32_t s, int32_t type)
{
	state->slots[s].type = type;
	state->faces[s].type = type;
	state->slots[s].open_at = state->open_count;
	state->open[state->open_count++] = s;
	state->used[type]++;
}

static void
remove_open(struct route_state *state, int32_t s)
{
	struct route_slot *slot = &state->slots[s];
	int32_t last = state->open[--state->open_count];
	state->open[slot->open_at] = last;
	state->slots[last].open_at = slot->open_at;
	slot->open_at = -1;
	state->used[slot->type]--;
}

/* An empty round; its price and way home are not counted before the first stop. */
int32_t
route_open(struct route_state *state, int32_t type)
{
	if (!state->free_count)
		grow(state);
	int32_t s = state->free[--state->free_count];
	state->slot_top = s < state->slot_top ? state->slot_top : s + 1;
	struct route_slot *slot = &state->slots[s];
	const struct route_type *kind = &state->model->types[type];
	touch(state, s);
	add_open(state, s, type);
	route_slot_reserve(slot, 0);
	slot->length = 0;
	slot->node[0] = kind->from;
	slot->node[1] = kind->to;
	route_slot_renew(state->model, slot);
	state->faces[s].spare_kg = kind->kg == VS_ROUTE_ANY ? INT64_MAX / 2 : kind->kg;
	state->faces[s].spare_boxes =
		kind->boxes == VS_ROUTE_ANY ? INT64_MAX / 2 : kind->boxes;
	state->cost += slot->cost;
	renew_stamp(state, s);
	return s;
}

static void
close_slot(struct route_state *state, int32_t s)
{
	remove_open(state, s);
	state->free[state->free_count++] = s;
}

void
route_bank(struct route_state *state, int32_t stop)
{
	state->bank[state->bank_count++] = stop;
	state->bank_weight += state->model->weight[stop];
}

/* Does serving the stop with this type change hands? */
static bool
is_move(const struct route_state *state, int32_t stop, int32_t type)
{
	return state->home && state->home[stop] >= 0 && state->home[stop] != type;
}

void
route_put_in(struct route_state *state, int32_t stop, int32_t s, int32_t after)
{
	touch(state, s);
	struct route_slot *slot = &state->slots[s];
	int64_t before = slot->cost;
	route_slot_insert(state->model, slot, stop, after);
	for (int32_t i = after + 1; i <= slot->length; i++)
		state->at[slot->node[i]] = i;
	state->slot_of[stop] = s;
	state->faces[s].spare_kg -= state->model->kg[stop];
	state->faces[s].spare_boxes -= state->model->boxes[stop];
	state->cost += slot->cost - before;
	state->moved += is_move(state, stop, slot->type);
	renew_stamp(state, s);
}

/* Keeps the stops that are not leaving; `all`: none. */
static void
drop(struct route_state *state, int32_t s, bool all)
{
	struct route_slot *slot = &state->slots[s];
	int32_t kept = 0;
	for (int32_t i = 1; i <= slot->length; i++) {
		int32_t stop = slot->node[i];
		if (!all && !state->leaving[stop]) {
			slot->node[++kept] = stop;
			state->at[stop] = kept;
			continue;
		}
		state->leaving[stop] = false;
		state->slot_of[stop] = -1;
		state->out[state->out_count++] = stop;
		state->faces[s].spare_kg += state->model->kg[stop];
		state->faces[s].spare_boxes += state->model->boxes[stop];
		state->moved -= is_move(state, stop, slot->type);
	}
	slot->node[kept + 1] = slot->node[slot->length + 1];
	slot->length = kept;
}

/*
 * Takes the stops marked as leaving out of a slot, into `out`. Where the direct way is longer
 * than the detour was, the rest may be impossible to drive: then all of it comes out.
 */
void
route_take_out(struct route_state *state, int32_t s)
{
	touch(state, s);
	struct route_slot *slot = &state->slots[s];
	state->cost -= slot->cost;
	drop(state, s, false);
	if (slot->length && !route_slot_renew(state->model, slot))
		drop(state, s, true);
	if (slot->length)
		state->cost += slot->cost;
	else
		close_slot(state, s);
	renew_stamp(state, s);
}

/* Says of a slot's stops where they are, and of the slot what room they leave. */
static void
find_stops(struct route_state *state, int32_t s)
{
	const struct route_slot *slot = &state->slots[s];
	const struct route_type *type = &state->model->types[slot->type];
	int64_t kg = type->kg == VS_ROUTE_ANY ? INT64_MAX / 2 : type->kg;
	int64_t boxes = type->boxes == VS_ROUTE_ANY ? INT64_MAX / 2 : type->boxes;
	for (int32_t i = 1; i <= slot->length; i++) {
		int32_t stop = slot->node[i];
		state->slot_of[stop] = s;
		state->at[stop] = i;
		kg -= state->model->kg[stop];
		boxes -= state->model->boxes[stop];
	}
	state->faces[s].spare_kg = kg;
	state->faces[s].spare_boxes = boxes;
}

/* True when the slot had been closed and so stands in the free list. */
static bool
restore_slot(struct route_state *state, int32_t s, const struct route_slot *saved)
{
	struct route_slot *slot = &state->slots[s];
	bool was_free = saved->length && slot->open_at < 0;
	if (slot->open_at >= 0 && !saved->length) {
		close_slot(state, s);
	} else if (saved->length) {
		if (slot->open_at >= 0)
			remove_open(state, s);
		route_slot_copy(slot, saved);
		add_open(state, s, saved->type);
	}
	state->faces[s].stamp = (uint32_t)saved->touched;
	if (!saved->length) {
		note_spare(state, s);
		return false;
	}
	find_stops(state, s);
	note_spare(state, s);
	return was_free;
}

static int32_t
count_moves(const struct route_state *state, const struct route_slot *slot)
{
	int32_t moves = 0;
	for (int32_t i = 1; state->home && i <= slot->length; i++)
		moves += is_move(state, slot->node[i], slot->type);
	return moves;
}

/*
 * Gives a slot other stops, which no other slot may keep. False: it cannot be driven so, and
 * the change must be undone.
 */
bool
route_rewrite(struct route_state *state, int32_t s, const int32_t *stops, int32_t count)
{
	touch(state, s);
	struct route_slot *slot = &state->slots[s];
	int32_t end = slot->node[slot->length + 1];
	state->cost -= slot->cost;
	state->moved -= count_moves(state, slot);
	route_slot_reserve(slot, count);
	memcpy(slot->node + 1, stops, (size_t)count * sizeof *stops);
	slot->node[count + 1] = end;
	slot->length = count;
	bool passable = !count || route_slot_renew(state->model, slot);
	if (count) {
		state->cost += slot->cost;
		state->moved += count_moves(state, slot);
		find_stops(state, s);
	} else {
		close_slot(state, s);
	}
	renew_stamp(state, s);
	return passable;
}

static void
reclaim_free(struct route_state *state)
{
	int32_t kept = 0;
	for (int32_t i = 0; i < state->free_count; i++)
		if (state->slots[state->free[i]].open_at < 0)
			state->free[kept++] = state->free[i];
	state->free_count = kept;
}

void
route_undo(struct route_state *state)
{
	bool some_free = false;
	for (int32_t i = 0; i < state->saved_count; i++)
		some_free |= restore_slot(state, state->saved_slot[i], &state->saved[i]);
	if (some_free)
		reclaim_free(state);
	state->cost = state->saved_cost;
	state->moved = state->saved_moved;
	state->bank_count = state->saved_bank_count;
	state->bank_weight = state->saved_bank_weight;
	memcpy(state->bank, state->saved_bank,
		(size_t)state->bank_count * sizeof *state->bank);
	for (int32_t i = 0; i < state->bank_count; i++)
		state->slot_of[state->bank[i]] = -1;
}
