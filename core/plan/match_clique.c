/*
 * The strong move: all shifts that hold one moment are filled anew. Nobody can have two of
 * them, so that with the rest of the plan held fast it is an assignment, solved exactly by a
 * flow; but for people of one group and the pair rule, whose price goes half to the first
 * and half to the second place. The caller looks at the true cost.
 */
#include "plan/match.h"

#include <stdlib.h>
#include <string.h>

struct clique {
	struct match_state *state;
	int32_t *shifts;
	int32_t shift_count;
	int32_t *nodes; /* by person; 0 = not in it yet */
	int32_t *arcs;	/* by arc of the flow: the model's arc + 1, 0 = none */
	int32_t arc_room;
	struct match_flow flow;
};

struct near {
	int64_t distance;
	int32_t shift;
};

static int
compare_near(const void *a, const void *b)
{
	const struct near *x = a, *y = b;
	return x->distance != y->distance
		? (x->distance > y->distance) - (x->distance < y->distance)
		: (x->shift > y->shift) - (x->shift < y->shift);
}

/* The shifts nearest to `seed` that hold a moment of it; so each clashes with each. */
static void
gather(struct clique *c, int32_t seed, int32_t most, struct vs_arena *arena)
{
	const struct match_model *model = c->state->model;
	const struct vs_match_problem *problem = model->problem;
	const struct match_shift *at = &model->shifts[seed];
	int32_t until = at->minutes - problem->tolerance, count = 0;
	int32_t moment =
		at->starts + (until > 0 ? random_below(&c->state->random, until) : 0);
	struct near *near =
		vs_arena_alloc(arena, ((size_t)model->shift_count + 1) * sizeof *near);
	for (int32_t i = 0; i < model->shift_count; i++) {
		const struct match_shift *shift = &model->shifts[i];
		if (i != seed &&
			(shift->starts > moment ||
				moment >= shift->ends - problem->tolerance))
			continue;
		int64_t way = !problem->travel
			? 0
			: problem->travel[(int64_t)at->point * problem->point_count +
				  shift->point];
		near[count++] = (struct near){
			i == seed ? -1 : way * 64 + random_below(&c->state->random, 1024),
			i
		};
	}
	qsort(near, (size_t)count, sizeof *near, compare_near);
	c->shifts = vs_arena_alloc(arena, (size_t)most * sizeof(int32_t));
	for (int32_t i = 0; i < count && c->shift_count < most; i++)
		c->shifts[c->shift_count++] = near[i].shift;
}

static void
clear(struct clique *c)
{
	struct match_state *state = c->state;
	const struct match_model *model = state->model;
	for (int32_t i = 0; i < c->shift_count; i++) {
		const struct match_shift *shift = &model->shifts[c->shifts[i]];
		for (int32_t r = shift->role_first; r < shift[1].role_first; r++) {
			const struct match_role *role = &model->roles[r];
			while (state->role_taken[r] > role->fixed)
				match_remove(state,
					state->seats[role->seat_first +
						state->role_taken[r] - 1],
					r);
		}
	}
}

/* The places of a role, from its node to the shift's. */
static void
offer_places(struct clique *c, int32_t r, int32_t node, int32_t shift_node)
{
	const struct match_role *role = &c->state->model->roles[r];
	int32_t taken = c->state->role_taken[r];
	int32_t needed = taken < role->least ? role->least - taken : 0;
	if (needed)
		match_flow_arc(
			&c->flow, node, shift_node, needed, -VS_MATCH_NEEDED_PRICE);
	if (role->wanted - taken > needed)
		match_flow_arc(&c->flow, node, shift_node, role->wanted - taken - needed,
			-VS_MATCH_WANTED_PRICE);
}

static void
offer_role(struct clique *c, int32_t r, int32_t node)
{
	struct match_state *state = c->state;
	const struct match_model *model = state->model;
	int32_t s = model->roles[r].shift;
	for (int32_t a = model->roles[r].arc_first; a < model->roles[r + 1].arc_first;
		a++) {
		const struct match_arc *arc = &model->arcs[a];
		if (!match_fits(state, arc->person, s))
			continue;
		if (!c->nodes[arc->person]) {
			c->nodes[arc->person] = c->flow.node_count++;
			match_flow_arc(&c->flow, 0, c->nodes[arc->person], 1, 0);
		}
		c->arcs[c->flow.arc_count] = a + 1;
		match_flow_arc(
			&c->flow, c->nodes[arc->person], node, 1, match_own(state, arc));
	}
}

static void
offer_shift(struct clique *c, int32_t s)
{
	const struct match_state *state = c->state;
	const struct match_shift *shift = &state->model->shifts[s];
	int32_t node = c->flow.node_count++, taken = state->shift_taken[s];
	for (int32_t r = shift->role_first; r < shift[1].role_first; r++) {
		if (state->role_taken[r] >= state->model->roles[r].wanted)
			continue;
		int32_t role_node = c->flow.node_count++;
		offer_places(c, r, role_node, node);
		offer_role(c, r, role_node);
	}
	if (shift->pair && taken < 2)
		match_flow_arc(&c->flow, node, 0, 2 - taken,
			taken ? -VS_MATCH_PAIR_PRICE : -VS_MATCH_PAIR_PRICE / 2);
	match_flow_arc(&c->flow, node, 0, INT32_MAX / 2, 0);
}

static void
take_over(struct clique *c)
{
	for (int32_t i = 0; i < c->flow.arc_count; i++)
		if (c->arcs[i] && c->flow.flow[i]) {
			const struct match_arc *arc =
				&c->state->model->arcs[c->arcs[i] - 1];
			match_add(c->state, arc->person, arc->role, arc->cost);
		}
}

void
match_clique(struct match_state *state, int32_t seed, int32_t shifts_max)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const struct match_model *model = state->model;
	struct clique c = { .state = state, .flow.node_count = 1 };
	gather(&c, seed, shifts_max, scratch.arena);
	clear(&c);
	for (int32_t i = 0; i < c.shift_count; i++) {
		const struct match_shift *shift = &model->shifts[c.shifts[i]];
		int32_t roles = shift[1].role_first - shift->role_first;
		c.arc_room += 2 + 2 * roles +
			2 *
				(model->roles[shift[1].role_first].arc_first -
					model->roles[shift->role_first].arc_first);
	}
	c.arcs =
		vs_arena_alloc(scratch.arena, ((size_t)c.arc_room + 1) * sizeof(int32_t));
	c.nodes = vs_arena_alloc(
		scratch.arena, ((size_t)model->person_count + 1) * sizeof(int32_t));
	for (int32_t i = 0; i < c.shift_count; i++)
		offer_shift(&c, c.shifts[i]);
	match_flow_solve(&c.flow);
	take_over(&c);
	match_flow_done(&c.flow);
}
