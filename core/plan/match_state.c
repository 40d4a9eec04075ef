/* A plan under way: bookings, what they cost, and taking steps back. */
#include "plan/match.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int64_t
match_role_price(const struct match_role *role, int32_t taken)
{
	int64_t needed = taken < role->least ? role->least - taken : 0;
	int32_t from = taken > role->least ? taken : role->least;
	int64_t wanted = from < role->wanted ? role->wanted - from : 0;
	return needed * VS_MATCH_NEEDED_PRICE + wanted * VS_MATCH_WANTED_PRICE;
}

/* What one more in the role changes. */
static int64_t
role_step(const struct match_role *role, int32_t taken)
{
	return taken < role->least     ? -VS_MATCH_NEEDED_PRICE
		: taken < role->wanted ? -VS_MATCH_WANTED_PRICE
				       : 0;
}

static int64_t
pair_step(const struct match_shift *shift, int32_t taken)
{
	return !shift->pair || taken > 1 ? 0
		: taken			 ? -VS_MATCH_PAIR_PRICE
					 : VS_MATCH_PAIR_PRICE;
}

/* How many others of the person's group are on the shift changes what it costs. */
static int64_t
group_step(const struct match_state *state, int32_t person, int32_t s)
{
	const struct match_model *model = state->model;
	int32_t group = model->people[person].group, others = 0;
	if (group < 0)
		return 0;
	const struct match_shift *shift = &model->shifts[s];
	for (int32_t r = shift->role_first; r < shift[1].role_first; r++)
		for (int32_t i = 0; i < state->role_taken[r]; i++) {
			int32_t other = state->seats[model->roles[r].seat_first + i];
			others += other != person && model->people[other].group == group;
		}
	return others == 0    ? VS_MATCH_GROUP_PRICE
		: others == 1 ? -VS_MATCH_GROUP_PRICE
			      : 0;
}

/* What the person's booking costs but for the places; the shift must not count her yet. */
static int64_t
own_step(const struct match_state *state, int32_t person, int32_t shift)
{
	int64_t minutes = state->minutes[person];
	return match_fairness(minutes + state->model->shifts[shift].minutes) -
		match_fairness(minutes) + group_step(state, person, shift);
}

int64_t
match_own(const struct match_state *state, const struct match_arc *arc)
{
	return arc->cost +
		own_step(state, arc->person, state->model->roles[arc->role].shift);
}

/* What a place costs less when it is filled, below zero. */
int64_t
match_place(const struct match_state *state, int32_t r)
{
	const struct match_role *role = &state->model->roles[r];
	return role_step(role, state->role_taken[r]) +
		pair_step(&state->model->shifts[role->shift],
			state->shift_taken[role->shift]);
}

int64_t
match_gain(const struct match_state *state, const struct match_arc *arc)
{
	return match_place(state, arc->role) + match_own(state, arc);
}

bool
match_fits(const struct match_state *state, int32_t person, int32_t s)
{
	const struct match_model *model = state->model;
	const struct match_shift *shift = &model->shifts[s];
	const struct match_person *limits = &model->people[person];
	if ((int64_t)state->minutes[person] + shift->minutes > limits->minutes_max)
		return false;
	const struct match_slot *slots = &state->slots[limits->slot_first];
	int64_t day = shift->minutes;
	for (int32_t i = 0; i < state->slot_taken[person]; i++) {
		int32_t other = model->roles[slots[i].role].shift;
		if (match_clash(model, &model->shifts[other], shift))
			return false;
		if (model->shifts[other].day == shift->day)
			day += model->shifts[other].minutes;
	}
	return day <= limits->day_max;
}

/* --- open places --- */

static void
renew_open(struct match_state *state, int32_t role)
{
	bool open = state->role_taken[role] < state->model->roles[role].wanted;
	int32_t at = state->open_at[role];
	if (open && at < 0) {
		state->open_at[role] = state->open_count;
		state->open[state->open_count++] = role;
	} else if (!open && at >= 0) {
		int32_t last = state->open[--state->open_count];
		state->open[at] = last;
		state->open_at[last] = at;
		state->open_at[role] = -1;
	}
}

/* --- steps --- */

static void
note_step(struct match_state *state, struct match_step step)
{
	if (state->step_count == state->step_room) {
		state->step_room = state->step_room * 2 + 256;
		state->steps = realloc(
			state->steps, (size_t)state->step_room * sizeof *state->steps);
		if (!state->steps)
			vs_abort("out of memory");
	}
	state->steps[state->step_count++] = step;
}

static void
put_in(struct match_state *state, int32_t person, struct match_slot slot)
{
	const struct match_role *role = &state->model->roles[slot.role];
	struct match_arc arc = { person, slot.role, slot.cost };
	state->cost += match_gain(state, &arc);
	state->seats[role->seat_first + state->role_taken[slot.role]++] = person;
	state->shift_taken[role->shift]++;
	state->minutes[person] += state->model->shifts[role->shift].minutes;
	state->slots[state->model->people[person].slot_first +
		state->slot_taken[person]++] = slot;
	renew_open(state, slot.role);
}

static int32_t
take_out(struct match_state *state, int32_t person, int32_t r)
{
	const struct match_role *role = &state->model->roles[r];
	struct match_slot *slots = &state->slots[state->model->people[person].slot_first];
	int32_t at = 0, seat = role->seat_first;
	while (slots[at].role != r)
		at++;
	int32_t cost = slots[at].cost;
	slots[at] = slots[--state->slot_taken[person]];
	while (state->seats[seat] != person)
		seat++;
	state->seats[seat] = state->seats[role->seat_first + --state->role_taken[r]];
	state->shift_taken[role->shift]--;
	state->minutes[person] -= state->model->shifts[role->shift].minutes;
	struct match_arc arc = { person, r, cost };
	state->cost -= match_gain(state, &arc);
	renew_open(state, r);
	return cost;
}

void
match_add(struct match_state *state, int32_t person, int32_t role, int32_t cost)
{
	put_in(state, person, (struct match_slot){ .role = role, .cost = cost });
	note_step(state, (struct match_step){ person, role, cost, true });
}

void
match_remove(struct match_state *state, int32_t person, int32_t role)
{
	int32_t cost = take_out(state, person, role);
	note_step(state, (struct match_step){ person, role, cost, false });
}

void
match_begin(struct match_state *state)
{
	state->step_count = 0;
}

void
match_undo(struct match_state *state)
{
	while (state->step_count) {
		struct match_step step = state->steps[--state->step_count];
		if (step.added)
			take_out(state, step.person, step.role);
		else
			put_in(state, step.person,
				(struct match_slot){
					.role = step.role, .cost = step.cost });
	}
}

/* --- a state's life --- */

/* Fixed bookings stand first among seats and slots, so what is swapped never moves them. */
static void
put_fixed(struct match_state *state)
{
	const struct vs_match_problem *problem = state->model->problem;
	for (int32_t i = 0; i < problem->fixed_count; i++) {
		const struct vs_match_booking *fixed = &problem->fixed[i];
		int32_t role =
			state->model->shifts[fixed->shift].role_first + fixed->role;
		put_in(state, fixed->person,
			(struct match_slot){ .role = role,
				.cost = match_price(problem, fixed->person, fixed->shift),
				.fixed = true });
	}
}

struct match_state *
match_state_new(const struct match_model *model, struct vs_arena *arena, uint64_t from)
{
	struct match_state *state = vs_arena_alloc(arena, sizeof *state);
	size_t roles = (size_t)model->role_count + 1,
	       people = (size_t)model->person_count + 1;
	state->model = model;
	state->role_taken = vs_arena_alloc(arena, roles * sizeof(int32_t));
	state->open = vs_arena_alloc(arena, roles * sizeof(int32_t));
	state->open_at = vs_arena_alloc(arena, roles * sizeof(int32_t));
	state->shift_taken =
		vs_arena_alloc(arena, ((size_t)model->shift_count + 1) * sizeof(int32_t));
	state->seats =
		vs_arena_alloc(arena, ((size_t)model->seat_count + 1) * sizeof(int32_t));
	state->slots = vs_arena_alloc(
		arena, ((size_t)model->slot_count + 1) * sizeof *state->slots);
	state->slot_taken = vs_arena_alloc(arena, people * sizeof(int32_t));
	state->minutes = vs_arena_alloc(arena, people * sizeof(int32_t));
	memset(state->open_at, 0xff, roles * sizeof(int32_t));
	for (int32_t r = 0; r < model->role_count; r++) {
		state->cost += match_role_price(&model->roles[r], 0);
		renew_open(state, r);
	}
	random_seed(&state->random, from);
	put_fixed(state);
	return state;
}

void
match_state_free(struct match_state *state)
{
	free(state->steps);
}

/* The price of all places that are open. */
int64_t
match_holes(const struct match_state *state)
{
	int64_t price = 0;
	for (int32_t r = 0; r < state->model->role_count; r++)
		price += match_role_price(&state->model->roles[r], state->role_taken[r]);
	return price;
}

/* --- plans put aside --- */

struct match_copy *
match_copy_new(const struct match_model *model, struct vs_arena *arena)
{
	struct match_copy *copy = vs_arena_alloc(arena, sizeof *copy);
	size_t roles = (size_t)model->role_count + 1,
	       seats = (size_t)model->seat_count + 1;
	copy->role_taken = vs_arena_alloc(arena, roles * sizeof(int32_t));
	copy->seats = vs_arena_alloc(arena, seats * sizeof(int32_t));
	copy->cost = INT64_MAX;
	return copy;
}

void
match_keep(const struct match_state *state, struct match_copy *copy)
{
	const struct match_model *model = state->model;
	memcpy(copy->role_taken, state->role_taken,
		(size_t)model->role_count * sizeof(int32_t));
	memcpy(copy->seats, state->seats, (size_t)model->seat_count * sizeof(int32_t));
	copy->cost = state->cost;
}

void
match_load(struct match_state *state, const struct match_copy *copy)
{
	const struct match_model *model = state->model;
	for (int32_t r = 0; r < model->role_count; r++)
		while (state->role_taken[r] > model->roles[r].fixed)
			take_out(state,
				state->seats[model->roles[r].seat_first +
					state->role_taken[r] - 1],
				r);
	for (int32_t r = 0; r < model->role_count; r++) {
		const struct match_role *role = &model->roles[r];
		for (int32_t i = role->fixed; i < copy->role_taken[r]; i++) {
			int32_t person = copy->seats[role->seat_first + i];
			put_in(state, person,
				(struct match_slot){ .role = r,
					.cost = match_price(
						model->problem, person, role->shift) });
		}
	}
	assert(state->cost == copy->cost);
}
