/*
 * SWAP*: two rounds exchange a stop each, and each goes to the best place of the other round,
 * not to where the other stood.
 */
#include "plan/route_local.h"

static void
note_place(struct local_places *places, int32_t cost, int32_t after)
{
	int i = LOCAL_PLACES;
	if (places->after[i - 1] >= 0 && cost >= places->cost[i - 1])
		return;
	for (i--; i > 0 && (places->after[i - 1] < 0 || cost < places->cost[i - 1]);
		i--) {
		places->cost[i] = places->cost[i - 1];
		places->after[i] = places->after[i - 1];
	}
	places->cost[i] = cost;
	places->after[i] = after;
}

/* What is saved by taking stops of `a` out, and where they would go in `b`. */
static void
prepare(struct local *local, int32_t a, int32_t b)
{
	struct local_node *nodes = local->nodes;
	int32_t u = nodes[local_start(local, a)].next;
	for (; u < local->stops; u = nodes[u].next) {
		struct local_node *node = &nodes[u];
		const struct local_node *prev = &nodes[node->prev],
					*next = &nodes[node->next];
		node->saving = local_cost(local, prev, node) +
			local_cost(local, node, next) - local_cost(local, prev, next);
		struct local_places *places =
			&local->places[(size_t)b * (size_t)local->stops + (size_t)u];
		if (places->seen >= local->all[b].changed)
			continue;
		*places = (struct local_places){ .seen = local->moves,
			.after = { -1, -1, -1 } };
		int32_t end = local_end(local, b);
		for (int32_t v = local_start(local, b); v != end; v = nodes[v].next) {
			const struct local_node *after = &nodes[nodes[v].next];
			note_place(places,
				local_cost(local, &nodes[v], node) +
					local_cost(local, node, after) -
					local_cost(local, &nodes[v], after),
				v);
		}
	}
}

/* Where u goes in v's round when v has gone. */
static int32_t
place_without(const struct local *local, int32_t u, int32_t v, int32_t *ret_after)
{
	const struct local_node *nodes = local->nodes, *node = &nodes[u];
	const struct local_places *places =
		&local->places[(size_t)nodes[v].round * (size_t)local->stops + (size_t)u];
	const struct local_node *prev = &nodes[nodes[v].prev],
				*next = &nodes[nodes[v].next];
	int32_t best = local_cost(local, prev, node) + local_cost(local, node, next) -
		local_cost(local, prev, next);
	*ret_after = nodes[v].prev;
	for (int i = 0; i < LOCAL_PLACES && places->after[i] >= 0; i++) {
		if (places->after[i] == v || places->after[i] == nodes[v].prev)
			continue;
		if (places->cost[i] < best) {
			best = places->cost[i];
			*ret_after = places->after[i];
		}
		break;
	}
	return best;
}

struct swap {
	int64_t cost;
	int32_t u; /* -1 = none */
	int32_t u_after;
	int32_t v;
	int32_t v_after;
};

static void
try_swap(const struct local *local, int32_t u, int32_t v, struct swap *best)
{
	const struct local_node *a = &local->nodes[u], *b = &local->nodes[v];
	const struct local_round *p = &local->all[a->round], *q = &local->all[b->round];
	int64_t way = local_penalty(local, p->kg + b->kg - a->kg) - p->penalty +
		local_penalty(local, q->kg + a->kg - b->kg) - q->penalty - a->saving -
		b->saving;
	if (way >= best->cost)
		return;
	int32_t u_after, v_after;
	way += place_without(local, u, v, &u_after);
	way += place_without(local, v, u, &v_after);
	if (way < best->cost)
		*best = (struct swap){ way, u, u_after, v, v_after };
}

/* u alone goes to b. */
static void
try_alone(const struct local *local, int32_t u, int32_t b, struct swap *best, bool first)
{
	const struct local_node *node = &local->nodes[u];
	const struct local_round *p = &local->all[node->round], *q = &local->all[b];
	const struct local_places *places =
		&local->places[(size_t)b * (size_t)local->stops + (size_t)u];
	int64_t way = places->cost[0] - node->saving +
		local_penalty(local, p->kg - node->kg) - p->penalty +
		local_penalty(local, q->kg + node->kg) - q->penalty;
	if (way >= best->cost)
		return;
	*best = first ? (struct swap){ way, u, places->after[0], -1, -1 }
		      : (struct swap){ way, -1, -1, u, places->after[0] };
}

bool
local_swap_rounds(struct local *local, int32_t a, int32_t b)
{
	const struct local_node *nodes = local->nodes;
	struct swap best = { .cost = 0, .u = -1, .v = -1 };
	prepare(local, a, b);
	prepare(local, b, a);
	int32_t first_a = nodes[local_start(local, a)].next;
	int32_t first_b = nodes[local_start(local, b)].next;
	for (int32_t u = first_a; u < local->stops; u = nodes[u].next)
		for (int32_t v = first_b; v < local->stops; v = nodes[v].next)
			try_swap(local, u, v, &best);
	for (int32_t u = first_a; u < local->stops; u = nodes[u].next)
		try_alone(local, u, b, &best, true);
	for (int32_t v = first_b; v < local->stops; v = nodes[v].next)
		try_alone(local, v, a, &best, false);
	if (best.cost >= 0)
		return false;
	if (best.u >= 0)
		local_move_after(local, best.u, best.u_after);
	if (best.v >= 0)
		local_move_after(local, best.v, best.v_after);
	local->moves++;
	local_renew(local, a);
	local_renew(local, b);
	return true;
}
