/*
 * Local search in which a vehicle may carry too much, at a price (Vidal, Computers & Operations
 * Research 140, 2022). Only for plain problems: vehicles all alike, one depot, no times.
 *
 * Nodes here: stops 0..stops-1, then where each round starts, then where each ends. All of
 * the latter have the depot's row in the matrix of costs.
 */
#ifndef PLAN_ROUTE_LOCAL_H
#define PLAN_ROUTE_LOCAL_H

#include "plan/route.h"

#define LOCAL_PLACES 3

struct local_node {
	int32_t id; /* row in the matrix */
	int32_t next;
	int32_t prev;
	int32_t round;
	int32_t position;
	int32_t tested; /* the move at which it was looked at last */
	int64_t kg;
	int64_t sum;	/* kg up to and with this one */
	int32_t saving; /* by taking it out */
};

struct local_round {
	int64_t kg;
	int64_t penalty;
	int32_t count;
	int32_t changed; /* the move that changed it last */
	int32_t tested;	 /* for SWAP* */
};

/* The cheapest places of a stop in a round. */
struct local_places {
	int32_t seen; /* the move at which they were found; -1 = never */
	int32_t cost[LOCAL_PLACES];
	int32_t after[LOCAL_PLACES]; /* nodes; -1 = none */
};

struct local {
	const struct route_model *model;
	struct route_state *state; /* its random numbers */
	int32_t stops;
	int32_t rounds;
	int32_t near;
	int32_t *cost; /* [from * (stops + 1) + to]; the depot is `stops` */
	int64_t capacity;
	double price; /* of a unit too much */
	struct local_node *nodes;
	struct local_round *all;
	struct local_places *places; /* [round * stops + stop] */
	int32_t *order;
	bool *beside; /* by round */
	int32_t moves;
};

static inline int32_t
local_cost(const struct local *local, const struct local_node *from,
	const struct local_node *to)
{
	return local
		->cost[(size_t)from->id * (size_t)(local->stops + 1) + (size_t)to->id];
}

static inline int64_t
local_penalty(const struct local *local, int64_t kg)
{
	int64_t excess = kg - local->capacity;
	return excess > 0 ? (int64_t)(local->price * (double)excess) : 0;
}

static inline bool
local_is_depot(const struct local *local, int32_t node)
{
	return node >= local->stops;
}

static inline int32_t
local_start(const struct local *local, int32_t round)
{
	return local->stops + round;
}

static inline int32_t
local_end(const struct local *local, int32_t round)
{
	return local->stops + local->rounds + round;
}

/* route_local.c */
struct local *local_new(
	struct route_state *state, int32_t rounds, struct vs_arena *arena);
void local_load(struct local *local, const int32_t *stops, const int32_t *lengths,
	int32_t rounds);
void local_renew(struct local *local, int32_t round);
void local_move_after(struct local *local, int32_t node, int32_t after);
void local_search(struct local *local);

/* route_swap.c */
bool local_swap_rounds(struct local *local, int32_t a, int32_t b);

/* route_pool.c */
bool route_pool_suits(const struct route_state *state);
void route_pool(struct route_state *state, struct route_copy *best,
	struct route_copy *const *others, int32_t other_count, struct route_pace *pace);

#endif
