/*
 * Shift matching: who takes which shift. Pure: arrays in, a plan out; no file, no database,
 * no clock but for the time limit.
 *
 * A shift is a span at one place. It has roles, each with places to fill: `least` are
 * needed, `wanted` are aimed at and never passed by the plan itself, `most` is what may be
 * booked by hand. Everything about a person
 * that could forbid a booking is in `struct vs_match_person`.
 *
 * Hard rules. A booking that the plan adds never breaks one of them; the reason has the
 * rule's name:
 *
 *	VS_MATCH_SKILL	  the person has every skill that the role needs
 *	VS_MATCH_BLOCKED  the shift is not among those that the person refused
 *	VS_MATCH_AWAY	  the shift lies inside one of the spans when the person is free
 *	VS_MATCH_FAR	  the way from home is not longer than the person's `travel_max`
 *	VS_MATCH_BUSY	  at one place the next shift may begin `tolerance` minutes before the
 *			  last one ends (hand-over), but never at the same minute
 *	VS_MATCH_REST	  between shifts at different places lie `rest` minutes and the way
 *	VS_MATCH_HOURS	  at most `minutes_max` in the whole period
 *	VS_MATCH_DAY	  at most `day_minutes_max` in the day (1440 minutes from 0) in which a
 *			  shift begins
 *	VS_MATCH_TWICE	  one role per person and shift
 *
 * Fixed bookings stay, whatever rule they break among themselves (somebody has decided so);
 * a booking that is added keeps the rules against them too.
 *
 * What is best is the lowest cost, the sum of the prices below. They are so far apart that
 * they count in this order: needed places, nobody alone on a shift with `pair`, wanted
 * places, fairness, wishes, travel, groups.
 *
 * Fairness: m minutes of one person cost (m / 15)², from 40 hours on in a straight line. So
 * equal hours are cheapest. A booking that its person did not wish for has a price, whoever
 * it is: so a wish goes before no wish, and nobody pays for having wished.
 *
 * Method: when shifts come in blocks of equal length that do not touch each other, the
 * whole is a minimum-cost flow and the answer is the best there is (but for the pair rule
 * and groups). Otherwise ruin and recreate, with the strong move that all shifts which hold
 * one moment are filled anew, exactly, by a flow. The bound is a Lagrangian over the places,
 * with a dynamic programme over each person's shifts: no plan costs less.
 *
 * Repeatable: the plan depends on problem, seed and iterations and on nothing else as long
 * as `iterations` ends the search (or neither limit is given). When `seconds` ends it, the
 * plan depends on the machine's speed; given back as a limit, `iterations` of the plan does
 * not repeat it, as the cooling followed the clock.
 */
#ifndef VALSTUGA_MATCH_H
#define VALSTUGA_MATCH_H

#include <valstuga/base.h>

/* As a limit: none. As a travel time: there is no way. */
#define VS_MATCH_ANY INT32_MAX
/* As a home or a group: unknown, none. */
#define VS_MATCH_NONE (-1)

#define VS_MATCH_PEOPLE_MAX 50000
#define VS_MATCH_SHIFTS_MAX 50000
#define VS_MATCH_ROLES_MAX  100000
#define VS_MATCH_PLACES_MAX 1000 /* to fill in one role */
#define VS_MATCH_POINTS_MAX 10000
#define VS_MATCH_TIME_MAX   1000000 /* minutes; two years are 1 051 200 */
#define VS_MATCH_LENGTH_MAX 10080   /* minutes of one shift */
#define VS_MATCH_LIST_MAX   10000   /* spans, wishes or refusals of one person */
#define VS_MATCH_CALL_MAX   5	    /* people to call for one place */

/* Prices, see above. */
#define VS_MATCH_NEEDED_PRICE 500000 /* per needed place that is left open */
#define VS_MATCH_PAIR_PRICE   100000 /* per shift with `pair` where somebody is alone */
#define VS_MATCH_WANTED_PRICE 20000  /* per wanted place that is left open */
#define VS_MATCH_WISH_PRICE   150    /* per booking that was not wished for */
#define VS_MATCH_TRAVEL_PRICE 4	     /* per minute from home, 120 at most */
#define VS_MATCH_GROUP_PRICE  200    /* per booking without anybody of one's group */

struct vs_match_role {
	uint64_t needs; /* bits, each of which a person must have */
	int32_t least;
	int32_t wanted;
	int32_t most;
};

struct vs_match_shift {
	int32_t starts; /* minutes, >= 0 */
	int32_t ends;
	int32_t point; /* where, an index into the travel matrix */
	const struct vs_match_role *roles;
	int32_t role_count;
	bool pair; /* two at least, or nobody, if it can be */
};

/* From `starts` to `ends`, a shift may fill it exactly. */
struct vs_match_span {
	int32_t starts;
	int32_t ends;
};

struct vs_match_person {
	uint64_t skills;
	const struct vs_match_span *free; /* in any order */
	int32_t free_count;		  /* 0 = always free */
	const int32_t *wished;		  /* shifts */
	int32_t wished_count;
	const int32_t *blocked; /* shifts */
	int32_t blocked_count;
	int32_t minutes_max;	 /* or VS_MATCH_ANY; fixed bookings count */
	int32_t day_minutes_max; /* or VS_MATCH_ANY */
	int32_t home;		 /* a point or VS_MATCH_NONE */
	int32_t travel_max;	 /* minutes from home, or VS_MATCH_ANY */
	int32_t group;		 /* any number that those who belong together share */
};

struct vs_match_booking {
	int32_t person;
	int32_t shift;
	int32_t role; /* of the shift, from 0 */
	bool fixed;
};

struct vs_match_problem {
	int32_t person_count;
	const struct vs_match_person *people;
	int32_t shift_count;
	const struct vs_match_shift *shifts;
	int32_t point_count;
	const int32_t *travel; /* point_count² minutes, row = from; NULL = all zero */
	int32_t fixed_count;
	const struct vs_match_booking *fixed; /* `fixed` of these is not looked at */
	int32_t tolerance;
	int32_t rest;
};

struct vs_match_options {
	uint64_t seed;
	double seconds; /* of processor time, so that a busy machine plans as well; 0 = none */
	int64_t iterations; /* 0 = no limit; neither: an effort that suits the size */
	bool bound;	    /* prove how good the plan is; takes half of `seconds` */
};

/* Why a person cannot take a place: the first that holds. Or why a place is open. */
enum vs_match_reason {
	VS_MATCH_CAN, /* nothing is in the way */
	VS_MATCH_TWICE,
	VS_MATCH_SKILL,
	VS_MATCH_BLOCKED,
	VS_MATCH_FAR,
	VS_MATCH_AWAY,
	VS_MATCH_BUSY,
	VS_MATCH_REST,
	VS_MATCH_DAY,
	VS_MATCH_HOURS,
	VS_MATCH_PAIR, /* of a place only: the one who can would be alone */
	VS_MATCH_FULL, /* of a place only: nothing is open */
	VS_MATCH_REASON_COUNT
};

struct vs_match_call {
	int32_t person;
	enum vs_match_reason reason;
	int32_t other;	 /* the shift that is in the way (BUSY, REST) or VS_MATCH_NONE */
	int32_t minutes; /* booked in the whole period */
};

/* A role with open places. */
struct vs_match_open {
	int32_t shift;
	int32_t role;
	int32_t needed; /* open places */
	int32_t wanted; /* open places above the needed ones */
	enum vs_match_reason
		reason; /* what most stands in the way of those who come furthest */
	int32_t call_count;
	struct vs_match_call calls[VS_MATCH_CALL_MAX]; /* the best first */
};

struct vs_match_plan {
	int32_t booking_count;
	const struct vs_match_booking *bookings; /* fixed and new, by person, then time */
	const int32_t *person_first;		 /* [person_count + 1] into bookings */
	int32_t open_count;
	const struct vs_match_open *open; /* in shift order */
	int64_t needed_open;		  /* places */
	int64_t wanted_open;		  /* places, without the needed ones */
	int64_t alone;			  /* shifts where the pair rule is broken */
	int64_t cost;
	int64_t bound; /* no plan costs less; 0 when it was not asked for (blocks have it) */
	bool is_best; /* proved: no plan costs less than this one */
	int64_t iterations;
};

/*
 * Plans. Fails with VS_INVALID when the problem is not well formed (a shift that ends before
 * it starts, an index outside, a person fixed twice in a shift), naming what. A place that
 * nobody can take is no failure. What *ret_plan points to: arena.
 */
VS_API VS_CHECKED bool vs_match_solve(const struct vs_match_problem *problem,
	const struct vs_match_options *options, struct vs_arena *arena,
	struct vs_match_plan *ret_plan, struct vs_error *err);

/*
 * Judges a plan rule by rule and refuses it (VS_REFUSED, saying where) when a booking breaks
 * a hard rule, a fixed one is missing, or a figure is wrong. Shares no code with the solver.
 */
VS_API VS_CHECKED bool vs_match_check(const struct vs_match_problem *problem,
	const struct vs_match_plan *plan, struct vs_error *err);

struct vs_match_candidates {
	int32_t count;
	const struct vs_match_call *calls; /* everybody with the skill, the best first */
	int32_t can_count;		   /* how many of them can */
	enum vs_match_reason reason;	   /* VS_MATCH_CAN when somebody can */
};

/*
 * Who can take a place of this role beside what the plan has booked, and why the others
 * cannot. Best first: who can, by hours booked and the way from home; then by how little is
 * in the way (hours, the day, the rest, another shift, not free). `problem` and `plan` must
 * be as vs_match_solve() took and gave them; VS_NOT_FOUND when there is no such shift or
 * role. Below 1 ms for 2 000 people. `ret_candidates->calls`: arena.
 */
VS_API VS_CHECKED bool vs_match_candidates(const struct vs_match_problem *problem,
	const struct vs_match_plan *plan, int32_t shift, int32_t role,
	struct vs_arena *arena, struct vs_match_candidates *ret_candidates,
	struct vs_error *err);

/* The reason in the user's language: "is on another shift then". Static. */
VS_API const char *vs_match_reason_text(enum vs_match_reason reason);

#endif
