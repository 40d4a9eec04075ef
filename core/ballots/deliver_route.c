/*
 * One depot on one day: its stops and carriers as a routing problem, solved, checked by the
 * independent checker, and taken over. On election day in steps: first everything that can be
 * there before 07.30 (or soon after it may be), then step by step what is left over.
 */
#include "ballots/deliver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/plan.h>

#include "base/i18n.h"

/* Of one more car, when the day's rest is driven: more than any detour, in seconds. */
#define CAR_PRICE 20000

/*
 * Steps of the search when a day is planned again. The first look only finds room for what has
 * lost its carrier, so that everything else stays with whom it was told; what that leaves out
 * is worth a search that moves others.
 */
#define AGAIN	     1
#define AGAIN_HARDER 2000

/* What one stop more in a building saves: finding the door and the people. Minutes. */
#define SETTLING (DELIVER_SERVICE - DELIVER_SERVICE_MORE)

struct work {
	struct deliver_plan *plan;
	struct deliver_depot *depot;
	int32_t date;
	struct deliver_stop **stops;
	const struct deliver_day **days; /* of each stop */
	bool *early;			 /* a stop's hours end when it is late */
	size_t count;
	struct road_point *points; /* the depot's first */
	size_t *visitors;	   /* stops at each, where one building can be told */
	size_t point_count;
	struct vs_route_stop *route_stops;
	struct deliver_carrier **carriers; /* of each vehicle */
	int64_t *
		told; /* the route that a vehicle drives again; 0: its carrier's only one */
	struct vs_route_vehicle *vehicles;
	size_t vehicle_count;
	struct vs_route_problem problem;
};

/* Stops ------------------------------------------------------------------------------------*/

/* Places that share coordinates share a point: one building. */
static size_t
point_of(struct work *w, const struct road_point *point)
{
	for (size_t i = 0; i < w->point_count; i++)
		if (w->points[i].latitude == point->latitude &&
			w->points[i].longitude == point->longitude &&
			w->points[i].known == point->known)
			return i;
	w->points[w->point_count] = *point;
	return w->point_count++;
}

/* The hours as spans in which handing over may begin, so that it ends inside them. */
static void
set_windows(struct vs_arena *arena, struct vs_route_stop *stop,
	const struct deliver_day *day, int service, int until)
{
	struct vs_route_window *windows =
		vs_arena_alloc(arena, (size_t)day->count * sizeof *windows);
	stop->window_count = 0;
	for (int i = 0; i < day->count; i++) {
		int opens = day->spans[i].opens;
		int closes = day->spans[i].closes < until ? day->spans[i].closes : until;
		if (opens >= closes)
			continue;
		int last = closes - service > opens ? closes - service : opens;
		windows[stop->window_count++] =
			(struct vs_route_window){ opens * 60, last * 60 };
	}
	stop->windows = windows;
}

/* How bad it is to leave it out: voters (their pieces), and no later chance. */
static int32_t
weight_of(const struct deliver_stop *stop)
{
	double weight = 10 + (double)stop->pieces / 50;
	if (weight > 1000)
		weight = 1000;
	if (stop->day + 1 >= stop->days->count)
		weight *= 3;
	if (stop->late)
		weight *= 2;
	return stop->leg ? 8000 : (int32_t)weight;
}

static int
service_of(const struct deliver_stop *stop)
{
	return stop->target->service >= 0 ? stop->target->service : DELIVER_SERVICE;
}

/*
 * A building with several stops. Settling there is part of the way from it, so that it is
 * spent once by whoever serves them together, and by each who comes at another time.
 */
static bool
shared(const struct work *w, int32_t point)
{
	return point > 0 && w->visitors[point] > 1;
}

static int
without_settling(int service)
{
	return service > SETTLING ? service - SETTLING : 0;
}

static bool
polls_on(const struct work *w, const struct deliver_stop *stop)
{
	return w->date == w->plan->facts->election_day && stop->target->polls;
}

/* When the ballots should be there on election day; 0: any time. */
static int
by_of(const struct work *w, const struct deliver_stop *stop,
	const struct deliver_day *day)
{
	if (!polls_on(w, stop))
		return 0;
	int soon = day->spans[0].opens + DELIVER_SOON;
	return soon > DELIVER_EARLY ? soon : DELIVER_EARLY;
}

/* The carrier who was told does not drive any more. */
static bool
has_lost(const struct work *w, const struct deliver_stop *stop)
{
	const struct deliver_carrier *carrier =
		deliver_carrier(w->plan->facts, stop->was_carrier);
	return stop->was_carrier && (!carrier || carrier->dropped);
}

static void
set_stop(struct work *w, size_t i)
{
	struct deliver_stop *stop = w->stops[i];
	struct vs_route_stop *s = &w->route_stops[i];
	const struct deliver_day *day = &stop->days->days[stop->day];
	int32_t point = (int32_t)point_of(w, &stop->target->point);
	w->days[i] = day;
	stop->service = service_of(stop);
	int service = shared(w, point) ? without_settling(stop->service) : stop->service;
	*s = (struct vs_route_stop){ .point = point,
		.kg = (int32_t)(stop->weight_g < INT32_MAX ? stop->weight_g : INT32_MAX),
		.boxes = (int32_t)ceil(fmin(stop->boxes * 10 - 1e-6, 2e9)),
		.service_s = service * 60,
		.weight = weight_of(stop) };
	stop->by = by_of(w, stop, day);
	/* Planned again, what was told to come later may stay where it is, and what has lost its
	 * carrier may come later: to get it there early, many others would change hands. */
	w->early[i] = stop->by && stop->was_arrives <= stop->by && !has_lost(w, stop);
	set_windows(w->plan->facts->arena, s, day, stop->service,
		w->early[i] ? stop->by : 1440);
}

/* Carriers ---------------------------------------------------------------------------------*/

static bool
drives_here(const struct work *w, const struct deliver_carrier *carrier)
{
	if (carrier->base == w->depot->id)
		return true;
	for (size_t i = 0; i < w->count; i++)
		if (w->stops[i]->was_carrier == carrier->id && !w->plan->round)
			return true;
	return false;
}

static void
add_vehicle(struct work *w, struct deliver_carrier *carrier, int64_t told, int from,
	int until)
{
	if (w->date == w->depot->ready_date && from < w->depot->ready)
		from = w->depot->ready;
	if (from >= until)
		return;
	w->carriers[w->vehicle_count] = carrier;
	w->told[w->vehicle_count] = told;
	w->vehicles[w->vehicle_count++] = (struct vs_route_vehicle){
		.kg = carrier->kg * 1000,
		.boxes = carrier->boxes * 10,
		.starts_at = from * 60,
		.ends_at = until * 60,
		.longest_s = carrier->longest * 60,
	};
}

/*
 * A carrier who was told several rounds of one day (for several rounds of handing out) drives
 * each again, between the others; whoever has one or none has the whole day for it.
 */
static void
add_carrier(struct work *w, struct deliver_carrier *carrier)
{
	int from, until;
	int64_t last = 0;
	size_t first = w->vehicle_count;
	if (!drives_here(w, carrier) ||
		!deliver_carrier_hours(w->plan->facts, carrier, w->date, &from, &until))
		return;
	for (size_t i = 0; i < w->count && !w->plan->round; i++) {
		const struct deliver_stop *stop = w->stops[i];
		if (stop->was_carrier != carrier->id || !stop->was_route ||
			stop->was_route == last)
			continue;
		if (w->vehicle_count > first && stop->was_leaves > from) {
			w->vehicles[w->vehicle_count - 1].ends_at = stop->was_leaves * 60;
			from = stop->was_leaves;
		}
		last = stop->was_route;
		add_vehicle(w, carrier, last, from, until);
	}
	if (w->vehicle_count == first)
		add_vehicle(w, carrier, 0, from, until);
	else if (w->vehicle_count == first + 1)
		w->told[first] = 0;
}

/* The problem ------------------------------------------------------------------------------*/

static void
add_settling(const struct work *w, int32_t *seconds)
{
	for (size_t from = 0; from < w->point_count; from++)
		for (size_t to = 0; to < w->point_count; to++)
			if (from != to && shared(w, (int32_t)from))
				seconds[from * w->point_count + to] += SETTLING * 60;
}

static bool
set_up(struct vs_db *db, struct work *w, struct vs_arena *arena, struct vs_error *err)
{
	const struct deliver_facts *facts = w->plan->facts;
	int32_t *seconds, *metres;
	w->points = vs_arena_alloc(arena, (w->count + 1) * sizeof *w->points);
	w->route_stops = vs_arena_alloc(arena, w->count * sizeof *w->route_stops);
	w->days = vs_arena_alloc(arena, w->count * sizeof *w->days);
	w->early = vs_arena_alloc(arena, w->count);
	size_t most = facts->carrier_count + w->count + 1;
	w->carriers = vs_arena_alloc(arena, most * sizeof *w->carriers);
	w->told = vs_arena_alloc(arena, most * sizeof *w->told);
	w->vehicles = vs_arena_alloc(arena, most * sizeof *w->vehicles);
	w->visitors = vs_arena_alloc(arena, (w->count + 1) * sizeof *w->visitors);
	w->points[w->point_count++] = w->depot->point;
	for (size_t i = 0; i < w->count; i++)
		w->visitors[point_of(w, &w->stops[i]->target->point)] +=
			w->stops[i]->target->point.known;
	for (size_t i = 0; i < w->count; i++)
		set_stop(w, i);
	for (size_t i = 0; i < facts->carrier_count; i++)
		add_carrier(w, &facts->carriers[i]);
	if (!roads_matrix(db, arena, w->points, w->point_count, &seconds, &metres, err))
		return false;
	add_settling(w, seconds);
	w->problem = (struct vs_route_problem){ .point_count = (int32_t)w->point_count,
		.seconds = seconds,
		.metres = metres,
		.second_price = 1,
		.stop_count = (int32_t)w->count,
		.stops = w->route_stops,
		.vehicle_count = (int32_t)w->vehicle_count,
		.vehicles = w->vehicles };
	return true;
}

/*
 * An effort that suits the size: few stops have few orders. Four times as much found nothing
 * better for Värmland (tests/bench/bench_deliver.c); --seconds asks for more.
 */
static int64_t
effort(const struct work *w)
{
	int64_t count = (int64_t)w->count, small = 3000 * count * count;
	int64_t usual = 12500 + 125 * count;
	return small < usual ? small : usual;
}

static struct vs_route_options
solver_options(const struct work *w, double part)
{
	const struct vs_deliver_options *asked = w->plan->options;
	struct vs_route_options options = { .seed = asked->seed,
		.fewest_vehicles = true,
		.seconds = asked->seconds * part };
	if (asked->seconds <= 0)
		options.iterations = (int64_t)((double)effort(w) * part) + 1;
	return options;
}

/* Orders to begin from ---------------------------------------------------------------------*/

static struct vs_route_order *
orders_of_plan(struct vs_arena *arena, const struct vs_route_plan *plan)
{
	struct vs_route_order *orders =
		vs_arena_alloc(arena, (size_t)(plan->route_count + 1) * sizeof *orders);
	for (int32_t i = 0; i < plan->route_count; i++) {
		const struct vs_route *route = &plan->routes[i];
		int32_t *stops =
			vs_arena_alloc(arena, (size_t)route->visit_count * sizeof *stops);
		for (int32_t k = 0; k < route->visit_count; k++)
			stops[k] = route->visits[k].stop;
		orders[i] = (struct vs_route_order){ route->vehicle, route->visit_count,
			stops };
	}
	return orders;
}

/* What each carrier was told; the stops come by route and position. */
static struct vs_route_order *
orders_before(struct vs_arena *arena, const struct work *w)
{
	struct vs_route_order *orders =
		vs_arena_alloc(arena, (w->vehicle_count + 1) * sizeof *orders);
	for (size_t v = 0; v < w->vehicle_count; v++) {
		int32_t *stops = vs_arena_alloc(arena, (w->count + 1) * sizeof *stops);
		int32_t count = 0;
		for (size_t i = 0; i < w->count; i++)
			if (w->stops[i]->was_carrier == w->carriers[v]->id &&
				(!w->told[v] || w->stops[i]->was_route == w->told[v]))
				stops[count++] = (int32_t)i;
		orders[v] = (struct vs_route_order){ (int32_t)v, count, stops };
	}
	return orders;
}

/* Solving ----------------------------------------------------------------------------------*/

static bool
solve_first(struct work *w, struct vs_arena *arena, bool again,
	struct vs_route_plan *ret_plan, struct vs_error *err)
{
	struct vs_route_options options = solver_options(w, 1);
	if (!again)
		return vs_route_solve(&w->problem, &options, arena, ret_plan, err);
	if (options.seconds <= 0)
		options.iterations = AGAIN;
	return vs_route_repair(&w->problem, orders_before(arena, w),
		(int32_t)w->vehicle_count, &options, arena, ret_plan, err);
}

static void
open_until(struct work *w, int32_t stop, int until)
{
	if (until < w->stops[stop]->by)
		until = w->stops[stop]->by;
	set_windows(w->plan->facts->arena, &w->route_stops[stop], w->days[stop],
		w->stops[stop]->service, until);
}

/* Opens the hours until `until` for what could not be served early; false: nothing is left. */
static bool
open_unserved(struct work *w, const struct vs_route_plan *plan, int until)
{
	bool left = false;
	for (int32_t i = 0; i < plan->unserved_count; i++)
		if (w->early[plan->unserved[i].stop]) {
			left = true;
			open_until(w, plan->unserved[i].stop, until);
		}
	return left;
}

/*
 * A polling place that is served stays so, and no later than by the hour that it was found
 * room before. An advance voting place, whose rack is not empty, may give way to one.
 */
static void
keep_served(struct work *w, const struct vs_route_plan *plan)
{
	for (int32_t i = 0; i < plan->route_count; i++)
		for (int32_t k = 0; k < plan->routes[i].visit_count; k++) {
			int32_t stop = plan->routes[i].visits[k].stop;
			if (w->stops[stop]->by)
				w->route_stops[stop].weight = 10000;
		}
}

static void
open_all(struct work *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->early[i])
			open_until(w, (int32_t)i, 1440);
}

/* From the plan there is, in the hours that are open now. */
static bool
improve(struct work *w, struct vs_arena *arena, const struct vs_route_options *options,
	struct vs_route_plan *plan, struct vs_error *err)
{
	for (size_t v = 0; v < w->vehicle_count; v++)
		w->vehicles[v].price = CAR_PRICE;
	return vs_route_repair(&w->problem, orders_of_plan(arena, plan),
		plan->route_count, options, arena, plan, err);
}

/*
 * What could not be served early comes as early as can be: the day is opened step by step, and
 * room is found on the routes there are; another car costs more than any detour. To be served
 * at all goes before: what found no room in any hour opens them all again.
 */
static bool
solve_rest(struct work *w, struct vs_arena *arena, struct vs_route_plan *plan,
	struct vs_error *err)
{
	static const int hours[] = { 9, 11, 13, 16, 24 };
	const struct vs_route_options options = solver_options(w, 0.1);
	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
		if (!open_unserved(w, plan, hours[i] * 60))
			return true;
		keep_served(w, plan);
		if (!improve(w, arena, &options, plan, err))
			return false;
	}
	if (!plan->unserved_count)
		return true;
	open_all(w);
	const struct vs_route_options harder = solver_options(w, 0.5);
	return improve(w, arena, &harder, plan, err);
}

/* Planned again, few stops changing hands matters more: the whole day is open at once. */
static bool
solve_rest_again(struct work *w, struct vs_arena *arena, struct vs_route_plan *plan,
	struct vs_error *err)
{
	struct vs_route_options options = solver_options(w, 0.5);
	if (options.seconds <= 0)
		options.iterations = AGAIN;
	if (open_unserved(w, plan, 1440)) {
		keep_served(w, plan);
		if (!improve(w, arena, &options, plan, err))
			return false;
	}
	if (!plan->unserved_count || options.seconds > 0)
		return true;
	options.iterations = AGAIN_HARDER;
	return improve(w, arena, &options, plan, err);
}

/* Taking over ------------------------------------------------------------------------------*/

static void
take_hours(struct deliver_stop *stop, const struct deliver_day *day)
{
	for (int i = 0; i < day->count; i++)
		if (day->spans[i].opens <= stop->arrives &&
			stop->arrives <= day->spans[i].closes) {
			stop->opens = day->spans[i].opens;
			stop->closes = day->spans[i].closes;
		}
	if (stop->by && stop->arrives > stop->by)
		stop->late = true;
}

static int32_t
point_at(const struct work *w, const struct vs_route *found, int32_t visit)
{
	return visit < 0 || visit >= found->visit_count
		? 0
		: w->route_stops[found->visits[visit].stop].point;
}

static void
take_visit(struct work *w, const struct vs_route *found, int32_t visit)
{
	const struct vs_route_visit *v = &found->visits[visit];
	struct deliver_stop *stop = w->stops[v->stop];
	int32_t point = point_at(w, found, visit);
	stop->position = visit + 1;
	stop->arrives = v->begins_at / 60;
	stop->reason = NULL;
	stop->repeated = shared(w, point) && point_at(w, found, visit - 1) == point;
	if (stop->repeated) {
		stop->arrives += SETTLING; /* that of the one before */
		stop->service = without_settling(stop->service);
	}
	take_hours(stop, w->days[v->stop]);
}

/* Without the settling, which the roads had. */
static int64_t
driving_of(const struct work *w, const struct vs_route *found)
{
	int64_t seconds = found->driving_s;
	for (int32_t i = 0; i < found->visit_count; i++)
		if (shared(w, point_at(w, found, i)) &&
			point_at(w, found, i + 1) != point_at(w, found, i))
			seconds -= SETTLING * 60;
	return seconds;
}

static void
take_route(struct work *w, const struct vs_route *found)
{
	struct vs_arena *arena = w->plan->facts->arena;
	struct deliver_route *route = vs_arena_alloc(arena, sizeof *route);
	*route = (struct deliver_route){ .carrier = w->carriers[found->vehicle],
		.depot = w->depot,
		.date = w->date,
		.leaves = found->leaves_at / 60,
		.ends = (found->ends_at + 59) / 60,
		.driving_min = (int)((driving_of(w, found) + 30) / 60),
		.metres = found->metres,
		.stops = vs_arena_alloc(
			arena, (size_t)found->visit_count * sizeof(void *)),
		.stop_count = (size_t)found->visit_count };
	for (int32_t i = 0; i < found->visit_count; i++) {
		struct deliver_stop *stop = w->stops[found->visits[i].stop];
		route->stops[i] = stop;
		stop->route = route;
		take_visit(w, found, i);
	}
	deliver_plan_route(w->plan, route);
	deliver_carrier_busy(w->plan->facts, w->carriers[found->vehicle],
		(struct deliver_busy){ w->date, route->leaves, route->ends });
}

/* Why, and what can be done about it. */
static const char *
advice(const struct work *w, enum vs_route_reason reason)
{
	static const char *const texts[VS_ROUTE_REASON_COUNT] = {
		[VS_ROUTE_NOT_OFFERED] = "",
		[VS_ROUTE_TOO_LARGE] =
			N_("part it by hand with 'valstuga deliver add', or "
			   "raise the kg or boxes of a carrier"),
		[VS_ROUTE_NO_ROAD] = N_("check its coordinates"),
		[VS_ROUTE_NEVER_IN_TIME] =
			N_("give a carrier other hours with 'valstuga availability add'"),
		[VS_ROUTE_NO_ROOM] = N_("another carrier is needed that day"),
		[VS_ROUTE_NO_TIME] = N_("another carrier is needed that day"),
	};
	struct vs_arena *arena = w->plan->facts->arena;
	if (!w->vehicle_count)
		return vs_arena_printf(arena,
			_("no carrier drives from %s on %s; see 'valstuga carrier' and 'valstuga "
			  "availability'"),
			w->depot->name, deliver_date_text(arena, w->date));
	return vs_arena_printf(
		arena, "%s; %s", vs_route_reason_text(reason), _(texts[reason]));
}

bool
deliver_route_plan(struct vs_db *db, struct deliver_plan *plan,
	struct deliver_depot *depot, int32_t date, struct deliver_stop **stops,
	size_t stop_count, bool again, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct work w = { .plan = plan,
		.depot = depot,
		.date = date,
		.stops = stops,
		.count = stop_count };
	struct vs_route_plan found;
	if (!set_up(db, &w, scratch.arena, err) ||
		!solve_first(&w, scratch.arena, again, &found, err) ||
		!(again ? solve_rest_again(&w, scratch.arena, &found, err)
			: solve_rest(&w, scratch.arena, &found, err)) ||
		!vs_route_check(&w.problem, &found, err))
		return false;
	for (int32_t i = 0; i < found.route_count; i++)
		take_route(&w, &found.routes[i]);
	for (int32_t i = 0; i < found.unserved_count; i++)
		stops[found.unserved[i].stop]->reason =
			advice(&w, found.unserved[i].reason);
	return true;
}
