/*
 * Minimum-cost circulation by the primal network simplex. The spanning tree hangs from an
 * extra node by artificial arcs that are too dear to be used; it is kept strongly feasible
 * (every tree arc can take more flow towards the root), so that it cannot cycle.
 */
#include "plan/match.h"

#include <stdlib.h>
#include <string.h>

#define DEAR ((int64_t)1 << 40) /* the cost of an artificial arc */

enum { LOWER = 1, TREE = 0, UPPER = -1 };

struct node {
	int64_t potential;
	int32_t parent;
	int32_t arc; /* to or from the parent */
	int32_t depth;
	int32_t child; /* the first */
	int32_t next;  /* sibling */
	int32_t before;
	bool up; /* the arc leads to the parent */
};

struct simplex {
	struct match_flow *flow;
	struct node *nodes; /* the last is the root */
	int8_t *states;
	int32_t scan; /* where the search for an arc goes on */
	int32_t block;
};

/* The cycle that an entering arc closes. */
struct cycle {
	int32_t arc;
	int32_t first;
	int32_t second;
	int32_t join;
	int32_t delta;
	int32_t leaves; /* the node whose arc to the parent leaves; -1: the arc itself */
	bool on_first;
};

static void *
grow(void *array, size_t count, size_t size)
{
	void *grown = realloc(array, count * size);
	if (!grown)
		vs_abort("out of memory");
	return grown;
}

static void
reserve(struct match_flow *flow, int32_t room)
{
	size_t count = (size_t)room;
	flow->tail = grow(flow->tail, count, sizeof *flow->tail);
	flow->head = grow(flow->head, count, sizeof *flow->head);
	flow->room = grow(flow->room, count, sizeof *flow->room);
	flow->flow = grow(flow->flow, count, sizeof *flow->flow);
	flow->cost = grow(flow->cost, count, sizeof *flow->cost);
	flow->arc_room = room;
}

void
match_flow_arc(
	struct match_flow *flow, int32_t tail, int32_t head, int32_t room, int64_t cost)
{
	if (flow->arc_count == flow->arc_room)
		reserve(flow, flow->arc_room * 2 + 1024);
	int32_t at = flow->arc_count++;
	flow->tail[at] = tail;
	flow->head[at] = head;
	flow->room[at] = room;
	flow->flow[at] = 0;
	flow->cost[at] = cost;
}

void
match_flow_done(struct match_flow *flow)
{
	free(flow->tail);
	free(flow->head);
	free(flow->room);
	free(flow->flow);
	free(flow->cost);
	*flow = (struct match_flow){ 0 };
}

/* --- the tree --- */

static void
detach(struct simplex *s, int32_t v)
{
	struct node *node = &s->nodes[v];
	if (node->before >= 0)
		s->nodes[node->before].next = node->next;
	else
		s->nodes[node->parent].child = node->next;
	if (node->next >= 0)
		s->nodes[node->next].before = node->before;
}

static void
attach(struct simplex *s, int32_t v, int32_t parent, int32_t arc, bool up)
{
	struct node *node = &s->nodes[v];
	node->parent = parent;
	node->arc = arc;
	node->up = up;
	node->before = -1;
	node->next = s->nodes[parent].child;
	if (node->next >= 0)
		s->nodes[node->next].before = v;
	s->nodes[parent].child = v;
}

/* The artificial arcs stand behind the others: node v's is arc_count + v. */
static void
plant(struct simplex *s)
{
	struct match_flow *flow = s->flow;
	int32_t root = flow->node_count, arcs = flow->arc_count;
	reserve(flow, arcs + root + 1);
	s->nodes[root] =
		(struct node){ .parent = -1, .child = -1, .next = -1, .before = -1 };
	for (int32_t v = 0; v < root; v++) {
		flow->tail[arcs + v] = v;
		flow->head[arcs + v] = root;
		flow->room[arcs + v] = INT32_MAX;
		flow->flow[arcs + v] = 0;
		flow->cost[arcs + v] = DEAR;
		s->nodes[v] =
			(struct node){ .potential = -DEAR, .depth = 1, .child = -1 };
		attach(s, v, root, arcs + v, true);
	}
	memset(s->states, LOWER, (size_t)arcs);
	memset(s->states + arcs, TREE, (size_t)root);
}

/* Depths and potentials below `top`, which hangs right already. */
static void
renew_below(struct simplex *s, int32_t top)
{
	struct match_flow *flow = s->flow;
	int32_t v = top;
	for (;;) {
		struct node *node = &s->nodes[v];
		const struct node *parent = &s->nodes[node->parent];
		node->depth = parent->depth + 1;
		node->potential = parent->potential +
			(node->up ? -flow->cost[node->arc] : flow->cost[node->arc]);
		if (node->child >= 0) {
			v = node->child;
			continue;
		}
		while (v != top && s->nodes[v].next < 0)
			v = s->nodes[v].parent;
		if (v == top)
			return;
		v = s->nodes[v].next;
	}
}

/* Hangs the part below the leaving arc to the other end of the entering one. */
static void
rehang(struct simplex *s, const struct cycle *cycle)
{
	int32_t top = cycle->on_first ? cycle->first : cycle->second;
	int32_t v = top, parent = cycle->on_first ? cycle->second : cycle->first;
	int32_t arc = cycle->arc;
	bool up = s->flow->tail[arc] == v;
	for (;;) {
		struct node old = s->nodes[v];
		detach(s, v);
		attach(s, v, parent, arc, up);
		if (v == cycle->leaves)
			break;
		parent = v;
		arc = old.arc;
		up = !old.up;
		v = old.parent;
	}
	renew_below(s, top);
}

/* --- a pivot --- */

static bool
find_entering(struct simplex *s, int32_t *ret_arc)
{
	const struct match_flow *flow = s->flow;
	int64_t least = 0;
	int32_t left = s->block;
	for (int32_t i = 0; i < flow->arc_count; i++) {
		int32_t e = s->scan;
		s->scan = e + 1 < flow->arc_count ? e + 1 : 0;
		int64_t reduced = s->states[e] *
			(flow->cost[e] + s->nodes[flow->tail[e]].potential -
				s->nodes[flow->head[e]].potential);
		if (reduced < least) {
			least = reduced;
			*ret_arc = e;
		}
		if (--left == 0) {
			if (least < 0)
				return true;
			left = s->block;
		}
	}
	return least < 0;
}

static int32_t
join_of(const struct simplex *s, int32_t a, int32_t b)
{
	while (a != b) {
		if (s->nodes[a].depth >= s->nodes[b].depth)
			a = s->nodes[a].parent;
		else
			b = s->nodes[b].parent;
	}
	return a;
}

static void
find_leaving(const struct simplex *s, struct cycle *cycle)
{
	const struct match_flow *flow = s->flow;
	cycle->delta = flow->room[cycle->arc];
	cycle->leaves = -1;
	for (int32_t v = cycle->first; v != cycle->join; v = s->nodes[v].parent) {
		int32_t e = s->nodes[v].arc;
		int32_t room =
			s->nodes[v].up ? flow->flow[e] : flow->room[e] - flow->flow[e];
		if (room < cycle->delta) {
			cycle->delta = room;
			cycle->leaves = v;
			cycle->on_first = true;
		}
	}
	for (int32_t v = cycle->second; v != cycle->join; v = s->nodes[v].parent) {
		int32_t e = s->nodes[v].arc;
		int32_t room =
			s->nodes[v].up ? flow->room[e] - flow->flow[e] : flow->flow[e];
		if (room <= cycle->delta) {
			cycle->delta = room;
			cycle->leaves = v;
			cycle->on_first = false;
		}
	}
}

static void
augment(struct simplex *s, const struct cycle *cycle)
{
	struct match_flow *flow = s->flow;
	flow->flow[cycle->arc] += s->states[cycle->arc] * cycle->delta;
	for (int32_t v = cycle->first; v != cycle->join; v = s->nodes[v].parent)
		flow->flow[s->nodes[v].arc] +=
			s->nodes[v].up ? -cycle->delta : cycle->delta;
	for (int32_t v = cycle->second; v != cycle->join; v = s->nodes[v].parent)
		flow->flow[s->nodes[v].arc] +=
			s->nodes[v].up ? cycle->delta : -cycle->delta;
}

static void
pivot(struct simplex *s, int32_t arc)
{
	struct match_flow *flow = s->flow;
	bool forward = s->states[arc] == LOWER;
	struct cycle cycle = { .arc = arc,
		.first = forward ? flow->tail[arc] : flow->head[arc],
		.second = forward ? flow->head[arc] : flow->tail[arc] };
	cycle.join = join_of(s, cycle.first, cycle.second);
	find_leaving(s, &cycle);
	if (cycle.delta)
		augment(s, &cycle);
	if (cycle.leaves < 0) {
		s->states[arc] = (int8_t)-s->states[arc];
		return;
	}
	int32_t leaving = s->nodes[cycle.leaves].arc;
	s->states[arc] = TREE;
	s->states[leaving] = flow->flow[leaving] ? UPPER : LOWER;
	rehang(s, &cycle);
}

void
match_flow_solve(struct match_flow *flow)
{
	if (!flow->arc_count)
		return;
	size_t nodes = (size_t)flow->node_count + 1;
	struct simplex s = { .flow = flow, .block = 16 };
	s.nodes = grow(NULL, nodes, sizeof *s.nodes);
	s.states = grow(NULL, (size_t)flow->arc_count + nodes, 1);
	while ((int64_t)s.block * s.block < flow->arc_count)
		s.block++;
	plant(&s);
	int32_t arc;
	while (find_entering(&s, &arc))
		pivot(&s, arc);
	free(s.nodes);
	free(s.states);
}
