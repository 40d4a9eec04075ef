/*
 * Shifts in blocks: all equally long, those of one block begin together, and from one block
 * to the next there is time for every way. Then who comes how often, on which day, in which
 * block and to which place is one flow, and the best there is; but for the pair rule and
 * groups, which the flow does not see.
 */
#include "plan/match.h"

struct block {
	struct match_state *state; /* the fixed bookings alone */
	struct match_flow flow;
	int32_t *roles; /* nodes */
	int32_t length;
	int32_t last_day;
	int32_t last_start;
	int32_t day_node;
	int32_t block_node;
};

static bool
is_in_blocks(const struct match_model *model)
{
	const struct vs_match_problem *problem = model->problem;
	int64_t longest = 0, points = problem->point_count;
	for (int64_t i = 0; problem->travel && i < points * points; i++)
		longest = problem->travel[i] > longest ? problem->travel[i] : longest;
	for (int32_t i = 1; i < model->shift_count; i++) {
		const struct match_shift *a = &model->shifts[model->order[i - 1]];
		const struct match_shift *b = &model->shifts[model->order[i]];
		if (a->minutes != b->minutes ||
			(b->starts != a->starts &&
				b->starts < a->ends + problem->rest + longest))
			return false;
	}
	return model->shift_count > 0 && model->arc_count > 0;
}

static void
offer_places(struct block *b)
{
	const struct match_model *model = b->state->model;
	for (int32_t r = 0; r < model->role_count; r++) {
		const struct match_role *role = &model->roles[r];
		int32_t taken = b->state->role_taken[r];
		int32_t needed = taken < role->least ? role->least - taken : 0;
		b->roles[r] = b->flow.node_count++;
		if (needed)
			match_flow_arc(
				&b->flow, b->roles[r], 0, needed, -VS_MATCH_NEEDED_PRICE);
		if (role->wanted - taken > needed)
			match_flow_arc(&b->flow, b->roles[r], 0,
				role->wanted - taken - needed, -VS_MATCH_WANTED_PRICE);
	}
}

static int64_t
fixed_that_day(const struct block *b, int32_t p, int32_t day)
{
	const struct match_state *state = b->state;
	const struct match_model *model = state->model;
	int64_t minutes = 0;
	for (int32_t i = 0; i < state->slot_taken[p]; i++) {
		int32_t role = state->slots[model->people[p].slot_first + i].role;
		const struct match_shift *shift =
			&model->shifts[model->roles[role].shift];
		if (shift->day == day)
			minutes += shift->minutes;
	}
	return minutes;
}

/* The way from a person's node to a shift: day, block. */
static void
enter_block(struct block *b, int32_t p, int32_t node, const struct match_shift *shift)
{
	if (shift->day != b->last_day) {
		int64_t left = b->state->model->people[p].day_max -
			fixed_that_day(b, p, shift->day);
		b->last_day = shift->day;
		b->day_node = b->flow.node_count++;
		match_flow_arc(&b->flow, node, b->day_node,
			left > 0 ? (int32_t)(left / b->length) : 0, 0);
	}
	if (shift->starts != b->last_start) {
		b->last_start = shift->starts;
		b->block_node = b->flow.node_count++;
		match_flow_arc(&b->flow, b->day_node, b->block_node, 1, 0);
	}
}

static void
offer_hours(struct block *b, int32_t p, int32_t node)
{
	const struct match_person *person = &b->state->model->people[p];
	int64_t minutes = b->state->minutes[p];
	int32_t most = b->state->model->people[p + 1].arc_first - person->arc_first;
	for (int32_t i = 0; i < most && minutes + b->length <= person->minutes_max;
		i++, minutes += b->length)
		match_flow_arc(&b->flow, 0, node, 1,
			match_fairness(minutes + b->length) - match_fairness(minutes));
}

static void
offer_person(struct block *b, int32_t p)
{
	const struct match_model *model = b->state->model;
	int32_t node = b->flow.node_count++;
	b->last_day = -1;
	b->last_start = -1;
	offer_hours(b, p, node);
	for (int32_t i = model->people[p].arc_first; i < model->people[p + 1].arc_first;
		i++) {
		const struct match_arc *arc = &model->arcs[model->by_person[i]];
		int32_t s = model->roles[arc->role].shift;
		if (!match_fits(b->state, p, s))
			continue;
		enter_block(b, p, node, &model->shifts[s]);
		match_flow_arc(
			&b->flow, b->block_node, b->roles[arc->role], 1, arc->cost);
	}
}

/* Arcs to roles come in the order in which they were offered. */
static int64_t
take_over(struct block *b)
{
	const struct match_model *model = b->state->model;
	int64_t gain = 0;
	int32_t at = 0, role_end = b->roles[model->role_count - 1];
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	bool *fits = vs_arena_alloc(scratch.arena, (size_t)model->arc_count + 1);
	for (int32_t i = 0; i < model->arc_count; i++) {
		const struct match_arc *arc = &model->arcs[model->by_person[i]];
		fits[i] =
			match_fits(b->state, arc->person, model->roles[arc->role].shift);
	}
	for (int32_t e = 0; e < b->flow.arc_count; e++) {
		gain += b->flow.cost[e] * b->flow.flow[e];
		if (b->flow.head[e] == 0 || b->flow.head[e] > role_end)
			continue;
		while (!fits[at])
			at++;
		const struct match_arc *arc = &model->arcs[model->by_person[at++]];
		if (b->flow.flow[e])
			match_add(b->state, arc->person, arc->role, arc->cost);
	}
	return gain;
}

/* What no plan can be cheaper than, and the flow's plan in the state; or -1. */
int64_t
match_blocks(struct match_state *state)
{
	const struct match_model *model = state->model;
	if (!is_in_blocks(model))
		return -1;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct block b = {
		.state = state, .flow.node_count = 1, .length = model->shifts[0].minutes
	};
	b.roles = vs_arena_alloc(
		scratch.arena, ((size_t)model->role_count + 1) * sizeof *b.roles);
	offer_places(&b);
	for (int32_t p = 0; p < model->person_count; p++)
		offer_person(&b, p);
	match_flow_solve(&b.flow);
	int64_t bound = match_fixed_cost(model, state) + match_holes(state);
	bound += take_over(&b);
	match_flow_done(&b.flow);
	return bound;
}
