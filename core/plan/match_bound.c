/*
 * A proof of how good a plan can be. Each place is given a reward; people then choose on
 * their own, each the best for her by a dynamic programme over her shifts in time order and
 * her hours, and no place cares how many come. Whatever the rewards are, no plan costs less
 * than the sum; a subgradient method with the best plan as target looks for good ones.
 *
 * Left out, which only lowers the bound: the limit of a day, clashes between shifts that do
 * not follow each other, groups, the pair rule where a shift has several roles.
 */
#include "plan/match.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS	   150
#define UNITS_MAX  256
#define NEVER	   (INT64_MAX / 4)
#define STRIDE_MAX 100
#define DEPTH_MAX  8
#define STALLS_MAX 8

struct item {
	int64_t worth; /* below zero */
	int32_t shift;
	int32_t role;
	int32_t units;
};

struct bound {
	const struct match_model *model;
	const struct match_state *fixed; /* the fixed bookings alone */
	double *rewards;		 /* by role */
	double *direction;
	double *strides;
	int64_t *whole; /* the rewards, whole numbers */
	int32_t *came;	/* by role */
	struct item *items;
	int64_t *values; /* [item][units], best that ends with the item */
	int16_t *from;	 /* the item before; -1 = none */
	int64_t *closed; /* [units], over items that can no longer clash */
	int16_t *closed_from;
	int32_t item_count;
	int32_t units;	/* of the person's budget */
	int32_t unit;	/* minutes */
	int32_t common; /* divisor of all lengths */
};

/* --- one person --- */

static int32_t
common_length(const struct match_model *model)
{
	int32_t a = 0;
	for (int32_t i = 0; i < model->shift_count; i++) {
		int32_t b = model->shifts[i].minutes;
		while (b) {
			int32_t rest = a % b;
			a = b;
			b = rest;
		}
	}
	return a ? a : 1;
}

/* Shifts that would pay for themselves, each in its best role, by start. */
static void
list_items(struct bound *b, int32_t p)
{
	const struct match_model *model = b->model;
	int64_t minutes = 0,
		left = (int64_t)model->people[p].minutes_max - b->fixed->minutes[p];
	b->item_count = 0;
	for (int32_t i = model->people[p].arc_first; i < model->people[p + 1].arc_first;
		i++) {
		const struct match_arc *arc = &model->arcs[model->by_person[i]];
		int64_t worth = arc->cost - b->whole[arc->role];
		int32_t shift = model->roles[arc->role].shift;
		struct item *last = b->item_count ? &b->items[b->item_count - 1] : NULL;
		if (worth >= 0)
			continue;
		if (last && last->shift == shift) {
			if (worth < last->worth) {
				last->worth = worth;
				last->role = arc->role;
			}
			continue;
		}
		if (b->item_count >= INT16_MAX || !match_fits(b->fixed, p, shift))
			continue;
		minutes += model->shifts[shift].minutes;
		b->items[b->item_count++] = (struct item){ worth, shift, arc->role, 0 };
	}
	minutes = minutes < left ? minutes : left;
	b->unit = b->common;
	while (minutes / b->unit > UNITS_MAX)
		b->unit *= 2;
	b->units = (int32_t)(minutes / b->unit);
	for (int32_t i = 0; i < b->item_count; i++)
		b->items[i].units = model->shifts[b->items[i].shift].minutes / b->unit;
}

/* From how long after its end an item clashes with nothing any more. */
static int64_t
slack(const struct bound *b)
{
	const struct vs_match_problem *problem = b->model->problem;
	int64_t longest = 0;
	for (int32_t i = 0; problem->travel && i < b->item_count; i++)
		for (int32_t j = 0; j < b->item_count; j++) {
			int64_t way = problem->travel[(int64_t)b->model
							      ->shifts[b->items[i].shift]
							      .point *
					problem->point_count +
				b->model->shifts[b->items[j].shift].point];
			longest = way > longest ? way : longest;
		}
	return longest + problem->rest;
}

static void
take_better(struct bound *b, int32_t to, int32_t from)
{
	int32_t width = b->units + 1, length = b->items[to].units;
	int64_t *values = &b->values[(int64_t)to * width];
	int16_t *before = &b->from[(int64_t)to * width];
	const int64_t *other = from < 0 ? b->closed : &b->values[(int64_t)from * width];
	int64_t worth = b->items[to].worth;
	for (int32_t u = length; u < width; u++)
		if (other[u - length] + worth < values[u]) {
			values[u] = other[u - length] + worth;
			before[u] = from < 0 ? b->closed_from[u - length] : (int16_t)from;
		}
}

static void
close_item(struct bound *b, int32_t item)
{
	const int64_t *values = &b->values[(int64_t)item * (b->units + 1)];
	for (int32_t u = 0; u <= b->units; u++)
		if (values[u] < b->closed[u]) {
			b->closed[u] = values[u];
			b->closed_from[u] = (int16_t)item;
		}
}

static void
choose(struct bound *b)
{
	const struct match_model *model = b->model;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t *waiting = vs_arena_alloc(
		scratch.arena, ((size_t)b->item_count + 1) * sizeof *waiting);
	int32_t waiting_count = 0;
	int64_t after = slack(b);
	for (int32_t u = 0; u <= b->units; u++) {
		b->closed[u] = u ? NEVER : 0;
		b->closed_from[u] = -1;
	}
	for (int32_t i = 0; i < b->item_count; i++) {
		const struct match_shift *shift = &model->shifts[b->items[i].shift];
		int32_t kept = 0;
		for (int32_t u = 0; u <= b->units; u++)
			b->values[(int64_t)i * (b->units + 1) + u] = NEVER;
		for (int32_t w = 0; w < waiting_count; w++) {
			const struct match_shift *other =
				&model->shifts[b->items[waiting[w]].shift];
			if (other->ends + after <= shift->starts)
				close_item(b, waiting[w]);
			else
				waiting[kept++] = waiting[w];
		}
		waiting_count = kept;
		take_better(b, i, -1);
		for (int32_t w = 0; w < waiting_count; w++)
			if (!match_clash(model,
				    &model->shifts[b->items[waiting[w]].shift], shift))
				take_better(b, i, waiting[w]);
		waiting[waiting_count++] = i;
	}
	while (waiting_count)
		close_item(b, waiting[--waiting_count]);
}

/* What the person adds at least; notes where she would come. */
static int64_t
ask_person(struct bound *b, int32_t p)
{
	list_items(b, p);
	if (!b->item_count || b->units < 0)
		return 0;
	choose(b);
	int64_t base = b->fixed->minutes[p], before = match_fairness(base), least = 0;
	int32_t at = 0;
	for (int32_t u = 1; u <= b->units; u++) {
		int64_t value = b->closed[u] +
			match_fairness(base + (int64_t)u * b->unit) - before;
		if (b->closed[u] < NEVER && value < least) {
			least = value;
			at = u;
		}
	}
	if (b->closed[0] < least) {
		least = b->closed[0];
		at = 0;
	}
	for (int32_t i = least < 0 ? b->closed_from[at] : -1; i >= 0;) {
		b->came[b->items[i].role]++;
		int32_t next = b->from[(int64_t)i * (b->units + 1) + at];
		at -= b->items[i].units;
		i = next;
	}
	return least;
}

/* --- all --- */

/* Is the pair rule the role's own affair? */
static bool
is_own_pair(const struct match_model *model, int32_t r)
{
	const struct match_shift *shift = &model->shifts[model->roles[r].shift];
	return shift->pair && shift[1].role_first - shift->role_first == 1;
}

/* What a role costs at least, and how many it calls for; never more than there can be. */
static int64_t
ask_role(const struct bound *b, int32_t r, int32_t *ret_wants)
{
	const struct match_role *role = &b->model->roles[r];
	int32_t most = role->fixed + role[1].arc_first - role->arc_first;
	bool pair = is_own_pair(b->model, r);
	int64_t cost = 0, least = INT64_MAX;
	for (int32_t seat = role->fixed; seat < role->wanted; seat++)
		cost += seat < role->least ? VS_MATCH_NEEDED_PRICE
					   : VS_MATCH_WANTED_PRICE;
	for (int32_t seat = role->fixed;
		seat == role->fixed || (seat <= role->wanted && seat <= most); seat++) {
		int64_t now = cost + (pair && seat == 1 ? VS_MATCH_PAIR_PRICE : 0);
		if (now < least) {
			least = now;
			*ret_wants = seat - role->fixed;
		}
		cost += b->whole[r] -
			(seat < role->least ? VS_MATCH_NEEDED_PRICE
					    : VS_MATCH_WANTED_PRICE);
	}
	return least;
}

/* The bound of these rewards; `lacks` by role: how many too few come. */
static int64_t
evaluate(struct bound *b, int64_t constant, int32_t *lacks)
{
	int64_t sum = constant;
	int32_t roles = b->model->role_count;
	memset(b->came, 0, (size_t)roles * sizeof *b->came);
	for (int32_t r = 0; r < roles; r++)
		b->whole[r] = (int64_t)b->rewards[r];
	for (int32_t p = 0; p < b->model->person_count; p++)
		sum += ask_person(b, p);
	for (int32_t r = 0; r < roles; r++) {
		sum += ask_role(b, r, &lacks[r]);
		lacks[r] -= b->came[r];
	}
	return sum;
}

/* Each reward has a stride of its own, longer while it goes one way, shorter when it turns. */
static void
move(struct bound *b, const int32_t *lacks, double gap, double pace)
{
	double length = 0;
	int32_t roles = b->model->role_count;
	for (int32_t r = 0; r < roles; r++) {
		double turn = lacks[r] * b->direction[r];
		if (turn > 0 && b->strides[r] < STRIDE_MAX)
			b->strides[r] *= 1.3;
		else if (turn < 0 && b->strides[r] > 0.02)
			b->strides[r] *= 0.6;
		b->direction[r] = b->rewards[r] <= 0 && lacks[r] < 0 ? 0 : lacks[r];
		length += b->strides[r] * b->direction[r] * b->direction[r];
	}
	for (int32_t r = 0; length > 0 && r < roles; r++) {
		double reward = b->rewards[r] +
			pace * gap / length * b->strides[r] * b->direction[r];
		b->rewards[r] = reward < 0		 ? 0
			: reward > VS_MATCH_NEEDED_PRICE ? VS_MATCH_NEEDED_PRICE
							 : reward;
	}
}

/* What the fixed bookings cost and nobody can change. */
int64_t
match_fixed_cost(const struct match_model *model, const struct match_state *state)
{
	int64_t cost = 0;
	for (int32_t p = 0; p < model->person_count; p++) {
		cost += match_fairness(state->minutes[p]);
		for (int32_t i = 0; i < state->slot_taken[p]; i++)
			cost += state->slots[model->people[p].slot_first + i].cost;
	}
	return cost;
}

/* What the plan would save without the dearest of the role's bookings. */
static int64_t
dearest(const struct match_state *plan, int32_t r)
{
	const struct match_model *model = plan->model;
	const struct match_role *role = &model->roles[r];
	int64_t most = 0;
	for (int32_t i = role->fixed; i < plan->role_taken[r]; i++) {
		int32_t person = plan->seats[role->seat_first + i];
		int64_t minutes = plan->minutes[person];
		int64_t saved = match_price(model->problem, person, role->shift) +
			match_fairness(minutes) -
			match_fairness(minutes - model->shifts[role->shift].minutes);
		most = saved > most ? saved : most;
	}
	return most;
}

/* What it would cost to take somebody out of a role. */
static double
loss(const struct match_state *plan, int32_t r)
{
	return plan->role_taken[r] <= plan->model->roles[r].least ? VS_MATCH_NEEDED_PRICE
								  : VS_MATCH_WANTED_PRICE;
}

/*
 * An open place is as dear as those which keep the people away who could take it: they are
 * too few for all of these together, and the first guess should know it.
 */
static void
spread(struct bound *b, const struct match_state *plan, int32_t r, int32_t depth)
{
	const struct match_model *model = b->model;
	const struct match_shift *shift = &model->shifts[model->roles[r].shift];
	for (int32_t a = model->roles[r].arc_first;
		depth < DEPTH_MAX && a < model->roles[r + 1].arc_first; a++) {
		int32_t p = model->arcs[a].person;
		for (int32_t i = 0; i < plan->slot_taken[p]; i++) {
			int32_t q = plan->slots[model->people[p].slot_first + i].role;
			double reward = b->rewards[r] < loss(plan, q) ? b->rewards[r]
								      : loss(plan, q);
			if (q == r || b->rewards[q] >= reward ||
				!match_clash(model, shift,
					&model->shifts[model->roles[q].shift]))
				continue;
			b->rewards[q] = reward;
			spread(b, plan, q, depth + 1);
		}
	}
}

/* Rewards to begin from: what the places cost in the best plan, filled or open. */
static void
begin(struct bound *b, const struct match_state *plan)
{
	for (int32_t r = 0; r < b->model->role_count; r++) {
		const struct match_role *role = &b->model->roles[r];
		int32_t taken = plan->role_taken[r];
		b->strides[r] = 1;
		b->rewards[r] = taken < role->least ? VS_MATCH_NEEDED_PRICE
			: taken < role->wanted	    ? VS_MATCH_WANTED_PRICE
						    : (double)dearest(plan, r);
	}
	for (int32_t r = 0; r < b->model->role_count; r++)
		if (is_own_pair(b->model, r) && plan->role_taken[r] == 1 &&
			b->model->roles[r].least > 1 &&
			b->model->roles[r + 1].arc_first - b->model->roles[r].arc_first ==
				1)
			b->rewards[r] = VS_MATCH_NEEDED_PRICE - VS_MATCH_PAIR_PRICE;
	for (int32_t r = 0; r < b->model->role_count; r++)
		if (plan->role_taken[r] < b->model->roles[r].wanted)
			spread(b, plan, r, 0);
}

/* What the bound may become; the plan's cost may be out of reach. */
static int64_t
target(int64_t best, int64_t cost)
{
	int64_t hope = best + best / 8 + 1000;
	return hope < cost ? hope : cost;
}

static int64_t
improve(struct bound *b, int64_t cost, double seconds, struct vs_arena *arena)
{
	int32_t *lacks =
		vs_arena_alloc(arena, ((size_t)b->model->role_count + 1) * sizeof *lacks);
	double *best_rewards = vs_arena_alloc(
		arena, ((size_t)b->model->role_count + 1) * sizeof *best_rewards);
	size_t bytes = (size_t)b->model->role_count * sizeof *best_rewards;
	int64_t constant = match_fixed_cost(b->model, b->fixed), best = 0;
	double begun = match_clock(), pace = 1;
	int stalls = 0;
	for (int round = 0; seconds > 0 || round < ROUNDS; round++) {
		int64_t value = evaluate(b, constant, lacks);
		stalls++;
		if (value > best) {
			if (value - best > best / 2000)
				stalls = 0;
			best = value;
			memcpy(best_rewards, b->rewards, bytes);
		}
		if (best >= cost || pace < 0.001 ||
			(seconds > 0 && match_clock() - begun > seconds))
			break;
		if (stalls > STALLS_MAX) {
			stalls = 0;
			pace *= 0.7;
			memcpy(b->rewards, best_rewards, bytes);
			memset(b->direction, 0, bytes);
			evaluate(b, constant, lacks);
		}
		move(b, lacks, (double)(target(best, cost) - value), pace);
	}
	return best;
}

int64_t
match_bound(const struct match_state *plan, double seconds)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const struct match_model *model = plan->model;
	size_t roles = (size_t)model->role_count + 1, most = 1;
	for (int32_t p = 0; p < model->person_count; p++) {
		size_t arcs = (size_t)(model->people[p + 1].arc_first -
			model->people[p].arc_first);
		most = arcs > most ? arcs : most;
	}
	size_t cells = most * (UNITS_MAX + 1);
	struct bound b = { .model = model, .common = common_length(model) };
	b.fixed = match_state_new(model, scratch.arena, 0);
	b.rewards = vs_arena_alloc(scratch.arena, roles * sizeof *b.rewards);
	b.direction = vs_arena_alloc(scratch.arena, roles * sizeof *b.direction);
	b.strides = vs_arena_alloc(scratch.arena, roles * sizeof *b.strides);
	b.whole = vs_arena_alloc(scratch.arena, roles * sizeof *b.whole);
	b.came = vs_arena_alloc(scratch.arena, roles * sizeof *b.came);
	b.items = vs_arena_alloc(scratch.arena, most * sizeof *b.items);
	b.values = vs_arena_alloc(scratch.arena, cells * sizeof *b.values);
	b.from = vs_arena_alloc(scratch.arena, cells * sizeof *b.from);
	b.closed = vs_arena_alloc(scratch.arena, (UNITS_MAX + 1) * sizeof *b.closed);
	b.closed_from =
		vs_arena_alloc(scratch.arena, (UNITS_MAX + 1) * sizeof *b.closed_from);
	begin(&b, plan);
	int64_t bound = improve(&b, plan->cost, seconds, scratch.arena);
	return bound > 0 ? bound : 0;
}
