/*
 * The route solver's inside: the problem laid out for speed (model), and plans under way
 * (state). Nodes are stops 0..stops-1, then the points where vehicles start and end.
 *
 * A slot holds one vehicle's round. A change goes begin, take out and put in, then accept or
 * undo; every slot is copied before its first change after begin, so that undo is cheap.
 */
#ifndef PLAN_ROUTE_H
#define PLAN_ROUTE_H

#include <valstuga/plan.h>

#include "plan/random.h"

#define ROUTE_LINK_MAX (1 << 26) /* the largest cost or time of one link */
#define ROUTE_NO_LINK  (1 << 29) /* what stands in the matrices where there is no way */
#define ROUTE_NEVER    INT32_MAX
#define ROUTE_TIME_MAX (1 << 30)
#define ROUTE_NO_LIMIT ((int64_t)1 << 40)
#define ROUTE_NEAR_MAX 256
/* What a unit of weight unserved costs: more than any drive. */
#define ROUTE_UNSERVED_PRICE ((int64_t)1 << 34)

/* How much of time the problem knows. */
enum route_timing {
	ROUTE_UNTIMED,
	ROUTE_LENGTH, /* rounds have a longest time, stops no windows */
	ROUTE_WINDOWS,
};

/* Vehicles that do not differ. */
struct route_type {
	int32_t from; /* nodes */
	int32_t to;
	int32_t kg;
	int32_t boxes;
	int32_t starts_at;
	int32_t ends_at;
	int32_t longest_s; /* 0 = none */
	int32_t price;
	uint32_t offers;
	int64_t time_limit; /* of travel and service, where there are no windows */
	int32_t count;
	int32_t *vehicles; /* their numbers in the problem */
};

struct route_model {
	const struct vs_route_problem *problem;
	struct vs_arena *arena;
	enum route_timing timing;
	int32_t stops;
	int32_t nodes;
	int32_t stride;	    /* nodes, rounded up for aligned rows */
	int32_t *cost;	    /* [from * stride + to] */
	int32_t *cost_into; /* [to * stride + from]; the same memory when symmetric */
	int32_t *secs;	    /* by from; NULL when untimed and unknown */
	int32_t *secs_into;
	int32_t *kg;
	int32_t *boxes;
	int32_t *service;
	int32_t *weight;
	int32_t *window_first; /* stops + 1 */
	int32_t *opens;
	int32_t *closes;
	int32_t type_count;
	struct route_type *types;
	int32_t *
		solo; /* [type * stops + stop]: cost of a round of its own, or ROUTE_NEVER */
	bool *hopeless; /* by stop: no vehicle can serve it */
	bool picky;	/* some solo is ROUTE_NEVER */
	bool boxed;	/* some type's boxes are limited */
	int32_t *far;	/* from the nearest start, for sorting */
	int32_t near_count;
	int32_t *
		near; /* [stop * near_count]: itself and the stops around, nearest first */
};

struct route_slot {
	int32_t *node;	 /* [0] start, 1..length stops, [length + 1] end */
	int32_t *leave;	 /* [i]: cost of the link from i to i + 1 */
	int32_t *ready;	 /* [i]: earliest time to leave i */
	int32_t *latest; /* [i]: latest time to come to i */
	int32_t length;
	int32_t room; /* stops that the arrays can hold */
	int32_t type;
	int32_t open_at; /* its place in `open`, -1 = not in use */
	int64_t cost;	 /* links and price */
	int64_t secs;	 /* travel and service */
	int64_t touched; /* the change in which it was copied last */
};

/* What is asked of every slot for every stop, close together. */
struct route_face {
	int64_t spare_kg;
	int64_t spare_boxes;
	uint32_t stamp; /* a new one after every change */
	int32_t type;
};

/* The best place for a stop in a slot, true as long as the slot's stamp is the same. */
struct route_place {
	uint32_t stamp;
	int32_t cost;  /* ROUTE_NEVER = it does not fit */
	int32_t after; /* position of the node before it */
};

struct route_state {
	const struct route_model *model;
	struct route_slot *slots;
	int32_t slot_room;
	int32_t slot_top;	  /* no slot from here on has ever been in use */
	struct route_face *faces; /* by slot */
	int32_t *spare; /* by slot: kg, clipped; -1 = not in use. What is asked first */
	int32_t *roomy; /* slots found to have room for the stop in hand */
	uint32_t last_stamp;
	struct route_place *places; /* [stop * slot_room + slot] */
	int32_t *open;
	int32_t open_count;
	int32_t *free;
	int32_t free_count;
	int32_t vehicle_limit;
	int32_t *used;	  /* by type */
	int32_t *slot_of; /* by stop; -1 = in the bank or just taken out */
	int32_t *at;	  /* by stop: position in its slot */
	int32_t *bank;
	int32_t bank_count;
	int64_t bank_weight;
	int64_t cost;
	/* the change under way */
	int64_t change;
	struct route_slot *saved;
	int32_t *saved_slot;
	int32_t saved_count;
	int32_t saved_room;
	int32_t *saved_bank;
	int32_t saved_bank_count;
	int64_t saved_bank_weight;
	int64_t saved_cost;
	int32_t *out; /* stops taken out */
	int32_t out_count;
	int64_t *keys; /* to sort `out` */
	bool *leaving; /* by stop */
	/* repair: where each stop was, as a type; -1 = nowhere. NULL otherwise */
	const int32_t *home;
	int32_t move_price;
	int32_t moved;
	int32_t saved_moved;
	struct random random;
};

/* A plan kept aside: stops of all rounds one after the other. */
struct route_copy {
	int32_t route_count;
	int32_t *types;
	int32_t *lengths;
	int32_t *stops;
	int64_t cost;
	int64_t bank_weight;
	int32_t moved;
};

/* When to stop; by iterations or by the clock. */
struct route_pace {
	int64_t iterations; /* 0 = by the clock */
	double seconds;	    /* 0 = no limit */
	double started_at;
	int64_t done;
};

/* route_valid.c */
bool route_valid(const struct vs_route_problem *problem, struct vs_error *err);

/* route_model.c; `one_type_each`: no two vehicles share a type, so a type is a vehicle. */
struct route_model *route_model_new(const struct vs_route_problem *problem,
	bool one_type_each, struct vs_arena *arena);
bool route_suits(const struct route_model *model, int32_t type, int32_t stop);

/* route_time.c */
int32_t route_begin_service(
	const struct route_model *model, int32_t stop, int32_t arrives);
bool route_time_update(const struct route_model *model, struct route_slot *slot);
void route_time_insert(
	const struct route_model *model, struct route_slot *slot, int32_t at);
bool route_time_fits(const struct route_model *model, const struct route_slot *slot,
	int32_t stop, int32_t after);
int32_t route_departure(const struct route_model *model, const struct route_type *type,
	const int32_t *stops, int32_t count, int32_t *ret_end);
bool route_order_in_time(const struct route_model *model, const struct route_type *type,
	const int32_t *stops, int32_t count);

/* route_scan.c */
struct route_place route_scan(
	const struct route_model *model, const struct route_slot *slot, int32_t stop);
bool route_scan_again(const struct route_model *model, const struct route_slot *slot,
	int32_t stop, int32_t at, struct route_place *place);

/* route_slot.c */
void route_slot_reserve(struct route_slot *slot, int32_t stops);
void route_slot_copy(struct route_slot *to, const struct route_slot *from);
void route_slot_done(struct route_slot *slot);
bool route_slot_renew(const struct route_model *model, struct route_slot *slot);
void route_slot_insert(const struct route_model *model, struct route_slot *slot,
	int32_t stop, int32_t after);

/* route_state.c */
struct route_state *route_state_new(const struct route_model *model, uint64_t seed);
void route_state_free(struct route_state *state);
void route_begin(struct route_state *state);
void route_undo(struct route_state *state);
void route_bank(struct route_state *state, int32_t stop);
void route_take_out(struct route_state *state, int32_t slot);
void route_put_in(struct route_state *state, int32_t stop, int32_t slot, int32_t after);
int32_t route_open(struct route_state *state, int32_t type);
bool route_rewrite(
	struct route_state *state, int32_t slot, const int32_t *stops, int32_t count);
int64_t route_value(const struct route_state *state);

/* route_copy.c */
struct route_copy *route_copy_new(
	const struct route_model *model, struct vs_arena *arena);
void route_keep(const struct route_state *state, struct route_copy *copy);
void route_load(struct route_state *state, const struct route_copy *copy);

/* route_insert.c */
bool route_fits_last(const struct route_state *state, int32_t s, int32_t stop);
void route_recreate(struct route_state *state);
void route_fill(struct route_state *state, struct route_copy *copy);

/* route_cross.c */
bool route_cross(struct route_state *state, double allowed);

/* route_ruin.c */
void route_ruin(struct route_state *state);

/* route_anneal.c */
double route_clock(void);
double route_mean_link(const struct route_state *state);
bool route_pace_over(const struct route_pace *pace);
void route_anneal(struct route_state *state, struct route_copy *best,
	struct route_pace *pace, double warm, double cold);

/* route_fleet.c */
void route_fewer_vehicles(
	struct route_state *state, struct route_copy *best, struct route_pace *pace);

/* route_reason.c */
enum vs_route_reason route_reason(
	const struct route_model *model, const struct route_copy *copy, int32_t stop);

/* route_result.c */
void route_result(const struct route_model *model, const struct route_copy *copy,
	struct vs_arena *arena, struct vs_route_plan *ret_plan);

#endif
