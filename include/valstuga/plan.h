/*
 * Plan: pure algorithms on arrays. No file, no database, no clock but for time limits.
 *
 * Routes. Stops are visited by vehicles; every stop once, by one vehicle, inside its opening
 * hours, with a load that the vehicle can carry and home in time. Described by
 * `struct vs_route_problem`, solved by vs_route_solve(), judged by vs_route_check(), kept up
 * to date by vs_route_repair().
 *
 * Points. Everything that has a place on the map is a point: an index into the two travel
 * matrices, which the caller fills. Several stops may share a point (one building), vehicles
 * start and end at points (a depot is nothing more), a point may be unused. The matrices
 * need not be symmetric. Row = from, column = to.
 *
 * Times are seconds from a zero that the caller chooses (midnight of the day, mostly) and
 * may be negative. A vehicle that comes before a stop opens waits; the service must begin
 * while the stop is open and may last beyond its closing.
 *
 * What is best, in this order: little weight left unserved; few vehicles (only when
 * `fewest_vehicles` is set); low cost = seconds driven × second_price + metres driven ×
 * metre_price + the prices of the vehicles used. Waiting and service cost nothing.
 *
 * Method: slack induction by string removals (Christiaens & Vanden Berghe, Transportation
 * Science 54(2), 2020), and rounds that exchange their ends; given time, small problems of
 * like vehicles and weight alone also by plans crossed in a pool (Vidal, Computers &
 * Operations Research 140, 2022). One thread.
 *
 * Repeatable: the plan depends on problem, options and nothing else as long as `iterations`
 * ends the search (or neither limit is given). When `seconds` ends it or sets its pace, the
 * plan depends on the machine's speed.
 */
#ifndef VALSTUGA_PLAN_H
#define VALSTUGA_PLAN_H

#include <valstuga/base.h>

/* In a travel matrix: there is no way. */
#define VS_ROUTE_NO_WAY INT32_MAX
/* As a capacity: no limit. As an end of a span: never. */
#define VS_ROUTE_ANY INT32_MAX
/* As a vehicle's `to_point`: it stays where its last stop is, nobody waits for it. */
#define VS_ROUTE_STAYS (-1)

/* Stops, points, vehicles and windows that one problem may have. */
#define VS_ROUTE_STOPS_MAX   20000
#define VS_ROUTE_WINDOWS_MAX 64 /* per stop */

/* A span in which a service may begin, both ends included. */
struct vs_route_window {
	int32_t opens;
	int32_t closes;
};

struct vs_route_stop {
	int32_t point;
	int32_t kg; /* any unit, the same for all stops and vehicles; >= 0 */
	int32_t boxes;
	int32_t service_s;
	int32_t weight; /* how bad it is to leave it out, 1..10000; 0 means 1 */
	uint32_t needs; /* bits, each of which the vehicle must offer */
	const struct vs_route_window *windows; /* in order, not overlapping */
	int32_t window_count;		       /* 0 = always open */
};

struct vs_route_vehicle {
	int32_t from_point;
	int32_t to_point; /* or VS_ROUTE_STAYS */
	int32_t kg;	  /* capacity or VS_ROUTE_ANY */
	int32_t boxes;
	int32_t starts_at; /* not before */
	int32_t ends_at;   /* back (or served its last stop) by then; or VS_ROUTE_ANY */
	int32_t longest_s; /* from leaving to being back, waiting included; 0 = no limit */
	int32_t price;	   /* of using it at all */
	uint32_t offers;
};

struct vs_route_problem {
	int32_t point_count;
	const int32_t *seconds; /* point_count² travel times, or NULL = all zero */
	const int32_t *metres;	/* point_count² distances, or NULL = all zero */
	int32_t second_price; /* both prices 0: seconds, or metres when there are no seconds */
	int32_t metre_price;
	int32_t stop_count;
	const struct vs_route_stop *stops;
	int32_t vehicle_count;
	const struct vs_route_vehicle *vehicles;
};

struct vs_route_options {
	uint64_t seed;
	double seconds;	    /* wall clock, for all of it; 0 = no limit */
	int64_t iterations; /* 0 = no limit; neither limit: an effort that suits the size */
	bool fewest_vehicles;
};

/* Why a stop was left out; the first that holds. */
enum vs_route_reason {
	VS_ROUTE_NOT_OFFERED,	/* no vehicle offers what it needs */
	VS_ROUTE_TOO_LARGE,	/* more than any suitable vehicle can carry */
	VS_ROUTE_NO_ROAD,	/* no way there and on, for any suitable vehicle */
	VS_ROUTE_NEVER_IN_TIME, /* even a vehicle that goes nowhere else is late */
	VS_ROUTE_NO_ROOM,	/* suitable vehicles are full and no free one is left */
	VS_ROUTE_NO_TIME,	/* there is room, but no time between the other stops */
	VS_ROUTE_REASON_COUNT
};

struct vs_route_visit {
	int32_t stop;
	int32_t arrives_at;
	int32_t begins_at; /* later than arrives_at when it waits for the opening */
	int32_t leaves_at;
};

/* One vehicle's round; a vehicle has at most one. */
struct vs_route {
	int32_t vehicle;
	int32_t visit_count; /* never 0 */
	const struct vs_route_visit *visits;
	int32_t leaves_at; /* as late as possible without being home later */
	int32_t ends_at;
	int64_t kg;
	int64_t boxes;
	int64_t driving_s;
	int64_t metres;
};

struct vs_route_unserved {
	int32_t stop;
	enum vs_route_reason reason;
};

struct vs_route_plan {
	int32_t route_count;
	const struct vs_route *routes; /* in vehicle order */
	int32_t unserved_count;
	const struct vs_route_unserved *unserved; /* in stop order */
	int64_t cost;
	int64_t unserved_weight;
	int64_t iterations;  /* what was done; given as a limit, it repeats the plan */
	int32_t moved_count; /* vs_route_repair(): stops that another vehicle now serves */
};

/*
 * Plans from nothing. Fails with VS_INVALID when the problem is not well formed (a point
 * outside the matrix, a negative load, windows out of order, costs beyond 2^26), naming
 * what. A stop that nobody can serve is no failure. What *ret_plan points to: arena.
 */
VS_API VS_CHECKED bool vs_route_solve(const struct vs_route_problem *problem,
	const struct vs_route_options *options, struct vs_arena *arena,
	struct vs_route_plan *ret_plan, struct vs_error *err);

/* A vehicle's stops in order, as a plan to begin from. */
struct vs_route_order {
	int32_t vehicle;
	int32_t stop_count;
	const int32_t *stops;
};

/*
 * Plans again after something has changed: `before` is what people have been told, in the
 * numbers of the new problem, without the vehicle that dropped out and the stops that were
 * taken away; a stop in no order is new. What no longer fits is moved. A stop changes hands
 * only where that saves more than a quarter of the mean drive between two stops, or serves a
 * stop that would be left out.
 *
 * Without limits in `options` it takes an effort that ends within 100 ms for some hundred
 * stops on an ordinary laptop; the result is then repeatable. `fewest_vehicles` is not
 * looked at.
 */
VS_API VS_CHECKED bool vs_route_repair(const struct vs_route_problem *problem,
	const struct vs_route_order *before, int32_t order_count,
	const struct vs_route_options *options, struct vs_arena *arena,
	struct vs_route_plan *ret_plan, struct vs_error *err);

/*
 * Follows a plan minute by minute and refuses it (VS_REFUSED, saying where) when a stop is
 * missing or served twice, a vehicle is overloaded, used twice, unsuitable, too early, late
 * or out too long, a service begins outside the opening hours, or a figure in the plan is
 * wrong. Shares no code with the solver.
 */
VS_API VS_CHECKED bool vs_route_check(const struct vs_route_problem *problem,
	const struct vs_route_plan *plan, struct vs_error *err);

/* The reason in the user's language: "too heavy for every vehicle". Static. */
VS_API const char *vs_route_reason_text(enum vs_route_reason reason);

#endif
