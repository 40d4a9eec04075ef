/* Moves of one or two stops, turned parts and exchanged ends, as long as one helps. */
#include "plan/route_local.h"

#define NEAR 20

/* The two stops a move is about, and what it needs to know around them. */
struct pair {
	int32_t u, x, xx, p; /* u, its next two, its previous */
	int32_t v, y, yy, q;
	int32_t a, b; /* rounds */
	int64_t kg_u, kg_x, kg_v, kg_y;
	int64_t penalty; /* of both rounds now */
};

static int64_t
c(const struct local *local, int32_t from, int32_t to)
{
	return local_cost(local, &local->nodes[from], &local->nodes[to]);
}

static void
fill_costs(struct local *local)
{
	const struct route_model *model = local->model;
	const struct route_type *type = &model->types[0];
	size_t width = (size_t)local->stops + 1;
	for (size_t i = 0; i < width; i++)
		for (size_t j = 0; j < width; j++) {
			size_t from = i < width - 1 ? i : (size_t)type->from;
			size_t to = j < width - 1 ? j : (size_t)type->from;
			int32_t cost = model->cost[from * (size_t)model->stride + to];
			/* Half of a vehicle's price at either end of its round. */
			if ((i == width - 1) != (j == width - 1))
				cost += type->price / 2;
			local->cost[i * width + j] = i == j ? 0 : cost;
		}
}

struct local *
local_new(struct route_state *state, int32_t rounds, struct vs_arena *arena)
{
	const struct route_model *model = state->model;
	struct local *local = vs_arena_alloc(arena, sizeof *local);
	size_t stops = (size_t)model->stops, width = stops + 1;
	local->model = model;
	local->state = state;
	local->stops = model->stops;
	local->rounds = rounds;
	local->near = model->near_count - 1 < NEAR ? model->near_count - 1 : NEAR;
	local->capacity = model->types[0].kg;
	local->cost = vs_arena_alloc(arena, width * width * sizeof *local->cost);
	fill_costs(local);
	local->nodes = vs_arena_alloc(
		arena, (stops + 2 * (size_t)rounds) * sizeof *local->nodes);
	local->all = vs_arena_alloc(arena, (size_t)rounds * sizeof *local->all);
	local->places =
		vs_arena_alloc(arena, (size_t)rounds * stops * sizeof *local->places);
	local->order = vs_arena_alloc(arena, stops * sizeof *local->order);
	local->beside = vs_arena_alloc(arena, (size_t)rounds * sizeof *local->beside);
	for (int32_t i = 0; i < local->stops; i++) {
		local->nodes[i] = (struct local_node){ .id = i, .kg = model->kg[i] };
		local->order[i] = i;
	}
	for (int32_t i = local->stops; i < local->stops + 2 * rounds; i++)
		local->nodes[i] = (struct local_node){ .id = local->stops };
	return local;
}

/* Works out what is known of a round from the chain of its stops. */
void
local_renew(struct local *local, int32_t r)
{
	struct local_round *round = &local->all[r];
	int32_t at = local_start(local, r), position = 0;
	int64_t sum = 0;
	for (;; at = local->nodes[at].next) {
		struct local_node *node = &local->nodes[at];
		sum += node->kg;
		node->sum = sum;
		node->round = r;
		node->position = position++;
		if (at == local_end(local, r))
			break;
	}
	round->kg = sum;
	round->count = position - 2;
	round->penalty = local_penalty(local, sum);
	round->changed = local->moves;
}

static void
join(struct local *local, int32_t from, int32_t to)
{
	local->nodes[from].next = to;
	local->nodes[to].prev = from;
}

void
local_load(
	struct local *local, const int32_t *stops, const int32_t *lengths, int32_t rounds)
{
	local->moves = 0;
	for (int32_t r = 0; r < local->rounds; r++) {
		int32_t last = local_start(local, r);
		for (int32_t i = 0; r < rounds && i < lengths[r]; i++) {
			join(local, last, *stops);
			last = *stops++;
		}
		join(local, last, local_end(local, r));
		local_renew(local, r);
		local->all[r].tested = -1;
	}
	for (int32_t i = 0; i < local->stops; i++)
		local->nodes[i].tested = -1;
	for (size_t i = 0; i < (size_t)local->rounds * (size_t)local->stops; i++)
		local->places[i].seen = -1;
}

void
local_move_after(struct local *local, int32_t node, int32_t after)
{
	join(local, local->nodes[node].prev, local->nodes[node].next);
	join(local, node, local->nodes[after].next);
	join(local, after, node);
}

static void
exchange(struct local *local, int32_t u, int32_t v)
{
	int32_t before_u = local->nodes[u].prev, before_v = local->nodes[v].prev;
	if (before_u == v) {
		local_move_after(local, u, before_v);
	} else if (before_v == u) {
		local_move_after(local, v, before_u);
	} else {
		local_move_after(local, u, before_v);
		local_move_after(local, v, before_u);
	}
}

static bool
changed(struct local *local, const struct pair *at)
{
	local->moves++;
	local_renew(local, at->a);
	if (at->a != at->b)
		local_renew(local, at->b);
	return true;
}

static struct pair
look(const struct local *local, int32_t u, int32_t v)
{
	const struct local_node *nodes = local->nodes;
	struct pair at = { .u = u, .v = v };
	at.p = nodes[u].prev;
	at.x = nodes[u].next;
	at.xx = local_is_depot(local, at.x) ? at.x : nodes[at.x].next;
	at.q = local_is_depot(local, v) ? v : nodes[v].prev;
	at.y = nodes[v].next;
	at.yy = local_is_depot(local, at.y) ? at.y : nodes[at.y].next;
	at.a = nodes[u].round;
	at.b = nodes[v].round;
	at.kg_u = nodes[u].kg;
	at.kg_x = nodes[at.x].kg;
	at.kg_v = nodes[v].kg;
	at.kg_y = nodes[at.y].kg;
	at.penalty = local->all[at.a].penalty + local->all[at.b].penalty;
	return at;
}

/* The change of the penalties when round a gets so much more and b so much less. */
static int64_t
penalty_change(const struct local *local, const struct pair *at, int64_t more_in_a)
{
	if (at->a == at->b)
		return 0;
	return local_penalty(local, local->all[at->a].kg + more_in_a) +
		local_penalty(local, local->all[at->b].kg - more_in_a) - at->penalty;
}

/* u goes behind v. */
static bool
relocate_one(struct local *local, const struct pair *at)
{
	if (at->u == at->y)
		return false;
	int64_t way = c(local, at->p, at->x) - c(local, at->p, at->u) -
		c(local, at->u, at->x) + c(local, at->v, at->u) + c(local, at->u, at->y) -
		c(local, at->v, at->y);
	if (way - (at->a == at->b ? 0 : at->penalty) >= 0 ||
		way + penalty_change(local, at, -at->kg_u) >= 0)
		return false;
	local_move_after(local, at->u, at->v);
	return changed(local, at);
}

/* u and x go behind v, as they are or turned. */
static bool
relocate_two(struct local *local, const struct pair *at)
{
	if (at->u == at->y || at->v == at->x || local_is_depot(local, at->x))
		return false;
	int64_t gone = c(local, at->p, at->xx) - c(local, at->p, at->u) -
		c(local, at->x, at->xx) - c(local, at->v, at->y);
	int64_t kept = gone + c(local, at->v, at->u) + c(local, at->x, at->y);
	int64_t turned = gone + c(local, at->v, at->x) + c(local, at->u, at->y);
	int64_t way = kept < turned ? kept : turned;
	if (way - (at->a == at->b ? 0 : at->penalty) >= 0 ||
		way + penalty_change(local, at, -at->kg_u - at->kg_x) >= 0)
		return false;
	int32_t first = kept < turned ? at->u : at->x;
	int32_t second = kept < turned ? at->x : at->u;
	local_move_after(local, first, at->v);
	local_move_after(local, second, first);
	return changed(local, at);
}

static bool
swap_ones(struct local *local, const struct pair *at)
{
	if (at->u == at->q || at->u == at->y)
		return false;
	int64_t way = c(local, at->p, at->v) + c(local, at->v, at->x) -
		c(local, at->p, at->u) - c(local, at->u, at->x) + c(local, at->q, at->u) +
		c(local, at->u, at->y) - c(local, at->q, at->v) - c(local, at->v, at->y);
	if (way - (at->a == at->b ? 0 : at->penalty) >= 0 ||
		way + penalty_change(local, at, at->kg_v - at->kg_u) >= 0)
		return false;
	exchange(local, at->u, at->v);
	return changed(local, at);
}

/* u and x for v. */
static bool
swap_two_for_one(struct local *local, const struct pair *at)
{
	if (at->u == at->q || at->x == at->q || at->x == at->v || at->u == at->y ||
		local_is_depot(local, at->x))
		return false;
	int64_t way = c(local, at->p, at->v) + c(local, at->v, at->xx) -
		c(local, at->p, at->u) - c(local, at->x, at->xx) +
		c(local, at->q, at->u) + c(local, at->x, at->y) - c(local, at->q, at->v) -
		c(local, at->v, at->y);
	if (way - (at->a == at->b ? 0 : at->penalty) >= 0 ||
		way + penalty_change(local, at, at->kg_v - at->kg_u - at->kg_x) >= 0)
		return false;
	exchange(local, at->u, at->v);
	local_move_after(local, at->x, at->u);
	return changed(local, at);
}

/* u and x for v and y. */
static bool
swap_twos(struct local *local, const struct pair *at)
{
	if (local_is_depot(local, at->x) || local_is_depot(local, at->y) ||
		at->y == at->p || at->u == at->y || at->x == at->v || at->v == at->xx)
		return false;
	int64_t way = c(local, at->p, at->v) + c(local, at->y, at->xx) -
		c(local, at->p, at->u) - c(local, at->x, at->xx) +
		c(local, at->q, at->u) + c(local, at->x, at->yy) -
		c(local, at->q, at->v) - c(local, at->y, at->yy);
	int64_t more = at->kg_v + at->kg_y - at->kg_u - at->kg_x;
	if (way - (at->a == at->b ? 0 : at->penalty) >= 0 ||
		way + penalty_change(local, at, more) >= 0)
		return false;
	exchange(local, at->u, at->v);
	exchange(local, at->x, at->y);
	return changed(local, at);
}

/* From x to v in one round, backwards. */
static bool
turn_part(struct local *local, const struct pair *at)
{
	if (local->nodes[at->u].position > local->nodes[at->v].position || at->x == at->v)
		return false;
	int64_t way = c(local, at->u, at->v) + c(local, at->x, at->y) -
		c(local, at->u, at->x) - c(local, at->v, at->y);
	if (way >= 0)
		return false;
	int32_t last = at->u, node = at->v;
	while (node != at->u) {
		int32_t prev = local->nodes[node].prev;
		join(local, last, node);
		last = node;
		node = prev;
	}
	join(local, last, at->y);
	return changed(local, at);
}

/* a's beginning to u, then b's from v backwards; x's end turned before y's. */
static bool
cross_turned(struct local *local, const struct pair *at)
{
	const struct local_node *nodes = local->nodes;
	int64_t way = c(local, at->u, at->v) + c(local, at->x, at->y) -
		c(local, at->u, at->x) - c(local, at->v, at->y);
	if (way - at->penalty >= 0 ||
		way +
				penalty_change(local, at,
					nodes[at->u].sum + nodes[at->v].sum -
						local->all[at->a].kg) >=
			0)
		return false;
	int32_t start = local_start(local, at->b), end = local_end(local, at->a);
	int32_t last = at->u, node = at->v;
	while (node != start) {
		int32_t prev = nodes[node].prev;
		join(local, last, node);
		last = node;
		node = prev;
	}
	int32_t first = at->y;
	node = at->x;
	join(local, last, end);
	while (node != end) {
		int32_t next = nodes[node].next;
		join(local, node, first);
		first = node;
		node = next;
	}
	join(local, start, first);
	return changed(local, at);
}

/* The rounds exchange what comes behind u and v. */
static bool
cross_ends(struct local *local, const struct pair *at)
{
	const struct local_node *nodes = local->nodes;
	int64_t way = c(local, at->u, at->y) + c(local, at->v, at->x) -
		c(local, at->u, at->x) - c(local, at->v, at->y);
	int64_t kg = nodes[at->u].sum + local->all[at->b].kg - nodes[at->v].sum;
	if (way - at->penalty >= 0 ||
		way + penalty_change(local, at, kg - local->all[at->a].kg) >= 0)
		return false;
	int32_t end_a = local_end(local, at->a), end_b = local_end(local, at->b);
	int32_t last_a = nodes[end_a].prev, last_b = nodes[end_b].prev;
	join(local, at->u, at->y == end_b ? end_a : at->y);
	if (at->y != end_b)
		join(local, last_b, end_a);
	join(local, at->v, at->x == end_a ? end_b : at->x);
	if (at->x != end_a)
		join(local, last_a, end_b);
	return changed(local, at);
}

/* The moves around two neighbours; `v` may be the start of a round. */
static bool
try_pair(struct local *local, int32_t u, int32_t v)
{
	struct pair at = look(local, u, v);
	bool start = local_is_depot(local, v), same = at.a == at.b;
	if (relocate_one(local, &at) || relocate_two(local, &at))
		return true;
	if (!start) {
		if ((u <= v && swap_ones(local, &at)) || swap_two_for_one(local, &at) ||
			(u <= v && swap_twos(local, &at)))
			return true;
		if (same)
			return turn_part(local, &at);
	}
	return !same && (cross_turned(local, &at) || cross_ends(local, &at));
}

static int32_t
last_change(const struct local *local, int32_t u, int32_t v)
{
	int32_t a = local->all[local->nodes[u].round].changed;
	int32_t b = local->all[local->nodes[v].round].changed;
	return a > b ? a : b;
}

static bool
try_stop(struct local *local, int32_t u, int32_t loop)
{
	const struct route_model *model = local->model;
	const int32_t *near = &model->near[(size_t)u * model->near_count];
	int32_t tested = local->nodes[u].tested;
	bool some = false;
	local->nodes[u].tested = local->moves;
	for (int32_t k = 1; k <= local->near; k++) {
		int32_t v = near[k];
		if (loop && last_change(local, u, v) <= tested)
			continue;
		if (try_pair(local, u, v)) {
			some = true;
			continue;
		}
		int32_t before = local->nodes[v].prev;
		if (local_is_depot(local, before) && try_pair(local, u, before))
			some = true;
	}
	for (int32_t r = 0; loop && r < local->rounds; r++)
		if (!local->all[r].count) {
			struct pair at = look(local, u, local_start(local, r));
			some |= relocate_one(local, &at) || relocate_two(local, &at) ||
				cross_ends(local, &at);
			break;
		}
	return some;
}

/* The rounds that come near one. */
static void
mark_beside(struct local *local, int32_t r)
{
	const struct route_model *model = local->model;
	for (int32_t b = 0; b < local->rounds; b++)
		local->beside[b] = false;
	int32_t u = local->nodes[local_start(local, r)].next;
	for (; u < local->stops; u = local->nodes[u].next) {
		const int32_t *near = &model->near[(size_t)u * model->near_count];
		for (int32_t k = 1; k <= local->near && k <= 5; k++)
			local->beside[local->nodes[near[k]].round] = true;
	}
}

static bool
try_swaps(struct local *local, int32_t loop)
{
	bool some = false;
	for (int32_t a = 0; a < local->rounds; a++) {
		int32_t tested = local->all[a].tested;
		local->all[a].tested = local->moves;
		mark_beside(local, a);
		for (int32_t b = 0; b < local->rounds; b++) {
			const struct local_round *p = &local->all[a], *q = &local->all[b];
			int32_t when = p->changed > q->changed ? p->changed : q->changed;
			if (b != a && local->beside[b] && p->count && q->count &&
				(!loop || when > tested) && (a < b))
				some |= local_swap_rounds(local, a, b);
		}
	}
	return some;
}

void
local_search(struct local *local)
{
	for (int32_t i = local->stops - 1; i > 0; i--) {
		int32_t k = random_below(&local->state->random, i + 1);
		int32_t kept = local->order[i];
		local->order[i] = local->order[k];
		local->order[k] = kept;
	}
	bool some = true;
	for (int32_t loop = 0; some || loop < 2; loop++) {
		some = false;
		for (int32_t i = 0; i < local->stops; i++)
			some |= try_stop(local, local->order[i], loop);
		some |= try_swaps(local, loop);
	}
}
