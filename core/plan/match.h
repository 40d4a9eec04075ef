/*
 * The shift matcher's inside: the problem laid out for speed (model), a plan under way
 * (state), and a minimum-cost circulation (flow).
 *
 * Roles of all shifts have one numbering here. An arc is a person and a role that no rule of
 * the pair alone forbids (skill, refused, free time, way); what depends on the person's other
 * shifts is looked at when a booking is made.
 */
#ifndef PLAN_MATCH_H
#define PLAN_MATCH_H

#include <valstuga/match.h>

#include "plan/random.h"

struct match_role {
	int32_t shift;
	int32_t least;
	int32_t wanted;
	int32_t arc_first; /* arcs of the role: arc_first .. next role's arc_first - 1 */
	int32_t likely;	   /* so many of them, the first, are likely in a good plan */
	int32_t seat_first;
	int32_t fixed; /* bookings that stay; they come first among the seats */
};

struct match_shift {
	int32_t starts;
	int32_t ends;
	int32_t minutes;
	int32_t day;
	int32_t point;
	int32_t role_first;
	bool pair;
};

struct match_arc {
	int32_t person;
	int32_t role;
	int32_t cost;
};

struct match_person {
	int32_t minutes_max;
	int32_t day_max;
	int32_t group;
	int32_t slot_first; /* room for bookings in match_state.slots */
	int32_t arc_first;  /* into by_person */
};

struct match_model {
	const struct vs_match_problem *problem;
	struct match_shift *shifts;  /* one more than there are, for role_first */
	struct match_role *roles;    /* one more than there are */
	struct match_person *people; /* one more than there are */
	struct match_arc *arcs;	     /* by role, then person */
	int32_t *by_person;	     /* arcs by person, then start of the shift */
	int32_t *order;		     /* shifts by start */
	int32_t shift_count;
	int32_t role_count;
	int32_t person_count;
	int32_t arc_count;
	int32_t seat_count; /* room for the people of all roles */
	int32_t slot_count;
};

/* A booking as the search sees it. */
struct match_slot {
	int32_t role;
	int32_t cost; /* of the arc; 0 of a fixed one */
	bool fixed;
};

struct match_step {
	int32_t person;
	int32_t role;
	int32_t cost;
	bool added;
};

struct match_state {
	const struct match_model *model;
	int32_t *role_taken;
	int32_t *shift_taken;
	int32_t *seats; /* people, by role */
	struct match_slot *slots;
	int32_t *slot_taken; /* by person */
	int32_t *minutes;    /* by person */
	int32_t *open;	     /* roles with open places, in no order */
	int32_t *open_at;    /* where a role stands in it, or -1 */
	int32_t open_count;
	struct match_step *steps; /* since match_begin() */
	int32_t step_count;
	int32_t step_room;
	int64_t cost;
	struct random random;
};

/* A plan put aside. */
struct match_copy {
	int32_t *role_taken;
	int32_t *seats;
	int64_t cost;
};

struct match_pace {
	double begun;
	double seconds; /* 0 = none */
	int64_t limit;	/* 0 = none */
	int64_t done;
	double part; /* 0..1 of the search */
};

/* A circulation of least cost. Node and arc numbers are the caller's. */
struct match_flow {
	int32_t node_count;
	int32_t arc_count;
	int32_t arc_room;
	int32_t *tail;
	int32_t *head;
	int32_t *room;
	int32_t *flow;
	int64_t *cost;
};

struct match_asker;
struct match_scarce;

/* Rewards for places, and what people and roles make of them. */
struct match_market {
	const struct match_model *model;
	const struct match_state *state; /* bookings that stay */
	struct match_asker *asker;
	struct match_scarce *scarce;
	int32_t *people; /* who takes part */
	int32_t people_count;
	int32_t *roles; /* in the order of the day */
	double *sums;	/* of `exact`, of the last days */
	int32_t days;
	double *exact;	  /* rewards, by role */
	int32_t *rewards; /* the same, whole numbers */
	int32_t *best;	  /* the best that were seen */
	int32_t *wants;	  /* by role */
	int32_t *came;	  /* by role */
	int32_t *chosen;  /* by arc, how often of late */
	double *lacks;	  /* wants - came, of late */
	struct random random;
};

typedef void match_chose(void *data, int32_t person, const int32_t *arcs, int32_t count);

/* match_valid.c */
bool match_valid(const struct vs_match_problem *problem, struct vs_error *err);

/* match_model.c */
struct match_model *match_model_new(
	const struct vs_match_problem *problem, struct vs_arena *arena);
void match_model_rank(struct match_model *model, const int32_t *counts);
int32_t match_price(
	const struct vs_match_problem *problem, int32_t person, int32_t shift);

/* match_state.c */
struct match_state *match_state_new(
	const struct match_model *model, struct vs_arena *arena, uint64_t seed);
void match_state_free(struct match_state *state);
void match_begin(struct match_state *state);
void match_undo(struct match_state *state);
bool match_fits(const struct match_state *state, int32_t person, int32_t shift);
int64_t match_own(const struct match_state *state, const struct match_arc *arc);
int64_t match_place(const struct match_state *state, int32_t role);
int64_t match_gain(const struct match_state *state, const struct match_arc *arc);
void match_add(struct match_state *state, int32_t person, int32_t role, int32_t cost);
void match_remove(struct match_state *state, int32_t person, int32_t role);
int64_t match_role_price(const struct match_role *role, int32_t taken);
int64_t match_holes(const struct match_state *state);
struct match_copy *match_copy_new(
	const struct match_model *model, struct vs_arena *arena);
void match_keep(const struct match_state *state, struct match_copy *copy);
void match_load(struct match_state *state, const struct match_copy *copy);

/* match_flow.c */
void match_flow_arc(
	struct match_flow *flow, int32_t tail, int32_t head, int32_t room, int64_t cost);
void match_flow_solve(struct match_flow *flow);
void match_flow_done(struct match_flow *flow);

/* match_clique.c */
void match_clique(struct match_state *state, int32_t shift, int32_t shifts_max);

/* match_block.c */
int64_t match_blocks(struct match_state *state);

/* match_search.c */
double match_clock(void);
void match_fill(struct match_state *state);
void match_search(struct match_state *state, struct match_copy *best,
	struct match_pace *pace, double warm);

/* match_ask.c */
struct match_asker *match_asker_new(
	const struct match_state *state, const int32_t *rewards, struct vs_arena *arena);
int64_t match_ask(struct match_asker *asker, int32_t person);
const int32_t *match_asked(const struct match_asker *asker, int32_t *ret_count);

/* match_scarce.c */
bool match_own_pair(const struct match_model *model, int32_t role);
struct match_scarce *match_scarce_new(
	const struct match_state *state, const int32_t *rewards, struct vs_arena *arena);
bool match_scarce_grouped(const struct match_scarce *scarce, int32_t role);
void match_scarce_forget(struct match_scarce *scarce);
int64_t match_scarce_ask(const struct match_scarce *scarce, int32_t role, int32_t *wants);

/* match_bound.c */
int64_t match_fixed_cost(
	const struct match_model *model, const struct match_state *state);
struct match_market *match_market_new(const struct match_state *state,
	const struct match_state *plan, struct vs_arena *arena);
bool match_market_day(struct match_market *market, double step, double until,
	match_chose *chose, void *data);
int64_t match_market_settle(struct match_market *market, double seconds);

/* match_dive.c */
void match_dive(struct match_market *market, struct match_state *state, double seconds);

/* match_reason.c */
void match_explain(const struct vs_match_problem *problem, struct vs_match_plan *plan,
	struct vs_arena *arena);

#define MATCH_STRAIGHT 2400 /* minutes, from where on fairness costs a straight line */

static inline int64_t
match_fairness(int64_t minutes)
{
	int64_t curved = minutes < MATCH_STRAIGHT ? minutes : MATCH_STRAIGHT;
	int64_t beyond = minutes - curved;
	return (curved * curved + 2 * MATCH_STRAIGHT * beyond) / 225;
}

/* Must at least this lie between them, a first? */
static inline bool
match_clash(const struct match_model *model, const struct match_shift *a,
	const struct match_shift *b)
{
	if (a->starts > b->starts) {
		const struct match_shift *swap = a;
		a = b;
		b = swap;
	}
	const struct vs_match_problem *problem = model->problem;
	if (a->starts == b->starts)
		return true;
	if (a->point == b->point)
		return b->starts < a->ends - problem->tolerance;
	int64_t way = problem->travel
		? problem->travel[(int64_t)a->point * problem->point_count + b->point]
		: 0;
	return b->starts < a->ends + problem->rest + way;
}

#endif
