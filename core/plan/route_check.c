/*
 * Follows a plan as the drivers would and compares. Written from the description in plan.h
 * alone; shares nothing with the solver on purpose.
 */
#include <valstuga/plan.h>

#include "base/i18n.h"

struct check {
	const struct vs_route_problem *problem;
	struct vs_error *err;
	uint8_t *stops; /* by stop: how often served or listed as unserved */
	uint8_t *vehicles;
	int64_t cost;
};

static int64_t
entry(const struct vs_route_problem *problem, const int32_t *matrix, int32_t from,
	int32_t to)
{
	return matrix ? matrix[(int64_t)from * problem->point_count + to] : 0;
}

static bool
way(struct check *check, const struct vs_route *route, int32_t from, int32_t to,
	int64_t *ret_s, int64_t *ret_m)
{
	*ret_s = entry(check->problem, check->problem->seconds, from, to);
	*ret_m = entry(check->problem, check->problem->metres, from, to);
	if (*ret_s != VS_ROUTE_NO_WAY && *ret_m != VS_ROUTE_NO_WAY)
		return true;
	return vs_fail(check->err, VS_REFUSED,
		_("vehicle %d drives from point %d to point %d, where there is no way"),
		route->vehicle, from, to);
}

static bool
open_at(const struct vs_route_stop *stop, int32_t time)
{
	bool open = stop->window_count == 0;
	for (int32_t i = 0; i < stop->window_count; i++)
		open |= time >= stop->windows[i].opens && time <= stop->windows[i].closes;
	return open;
}

/* Counts a stop; false when it does not exist or has been counted before. */
static bool
count_stop(struct check *check, int32_t stop)
{
	if (stop < 0 || stop >= check->problem->stop_count)
		return vs_fail(check->err, VS_REFUSED, _("there is no stop %d"), stop);
	if (check->stops[stop]++)
		return vs_fail(check->err, VS_REFUSED,
			_("stop %d stands twice in the plan"), stop);
	return true;
}

static bool
check_visit(struct check *check, const struct vs_route *route,
	const struct vs_route_visit *visit, int64_t arrives)
{
	if (!count_stop(check, visit->stop))
		return false;
	const struct vs_route_stop *stop = &check->problem->stops[visit->stop];
	if (stop->needs & ~check->problem->vehicles[route->vehicle].offers)
		return vs_fail(check->err, VS_REFUSED,
			_("vehicle %d does not offer what stop %d needs"), route->vehicle,
			visit->stop);
	if (visit->arrives_at != arrives || visit->begins_at < visit->arrives_at ||
		visit->leaves_at - visit->begins_at != stop->service_s)
		return vs_fail(check->err, VS_REFUSED,
			_("the times at stop %d do not add up"), visit->stop);
	if (!open_at(stop, visit->begins_at))
		return vs_fail(check->err, VS_REFUSED, _("stop %d is closed at %d"),
			visit->stop, visit->begins_at);
	return true;
}

/* Drives the round; `ret_sums` gets what adds up on the way. */
static bool
drive(struct check *check, const struct vs_route *route, struct vs_route *ret_sums)
{
	const struct vs_route_vehicle *vehicle =
		&check->problem->vehicles[route->vehicle];
	int32_t from = vehicle->from_point;
	int64_t now = route->leaves_at, seconds, metres;
	struct vs_route sums = { 0 };
	for (int32_t i = 0; i < route->visit_count; i++) {
		const struct vs_route_visit *visit = &route->visits[i];
		if (visit->stop < 0 || visit->stop >= check->problem->stop_count)
			return vs_fail(check->err, VS_REFUSED, _("there is no stop %d"),
				visit->stop);
		const struct vs_route_stop *stop = &check->problem->stops[visit->stop];
		if (!way(check, route, from, stop->point, &seconds, &metres) ||
			!check_visit(check, route, visit, now + seconds))
			return false;
		sums.driving_s += seconds;
		sums.metres += metres;
		sums.kg += stop->kg;
		sums.boxes += stop->boxes;
		now = visit->leaves_at;
		from = stop->point;
	}
	if (vehicle->to_point != VS_ROUTE_STAYS) {
		if (!way(check, route, from, vehicle->to_point, &seconds, &metres))
			return false;
		sums.driving_s += seconds;
		sums.metres += metres;
		now += seconds;
	}
	sums.ends_at = (int32_t)now;
	*ret_sums = sums;
	return true;
}

static bool
check_limits(struct check *check, const struct vs_route *route)
{
	const struct vs_route_vehicle *vehicle =
		&check->problem->vehicles[route->vehicle];
	if ((vehicle->kg != VS_ROUTE_ANY && route->kg > vehicle->kg) ||
		(vehicle->boxes != VS_ROUTE_ANY && route->boxes > vehicle->boxes))
		return vs_fail(check->err, VS_REFUSED, _("vehicle %d is overloaded"),
			route->vehicle);
	if (route->leaves_at < vehicle->starts_at)
		return vs_fail(check->err, VS_REFUSED, _("vehicle %d leaves too early"),
			route->vehicle);
	if (vehicle->ends_at != VS_ROUTE_ANY && route->ends_at > vehicle->ends_at)
		return vs_fail(check->err, VS_REFUSED,
			_("vehicle %d comes home too late"), route->vehicle);
	if (vehicle->longest_s &&
		(int64_t)route->ends_at - route->leaves_at > vehicle->longest_s)
		return vs_fail(check->err, VS_REFUSED, _("vehicle %d is out too long"),
			route->vehicle);
	return true;
}

static bool
check_route(struct check *check, const struct vs_route *route)
{
	const struct vs_route_problem *problem = check->problem;
	if (route->vehicle < 0 || route->vehicle >= problem->vehicle_count ||
		check->vehicles[route->vehicle]++ || route->visit_count < 1)
		return vs_fail(check->err, VS_REFUSED,
			_("vehicle %d is unknown, used twice or has no stops"),
			route->vehicle);
	struct vs_route sums = { 0 };
	if (!drive(check, route, &sums))
		return false;
	if (sums.kg != route->kg || sums.boxes != route->boxes ||
		sums.metres != route->metres || sums.driving_s != route->driving_s ||
		sums.ends_at != route->ends_at)
		return vs_fail(check->err, VS_REFUSED,
			_("the sums of vehicle %d do not add up"), route->vehicle);
	int64_t second_price = problem->second_price, metre_price = problem->metre_price;
	if (!second_price && !metre_price) {
		second_price = problem->seconds != NULL;
		metre_price = !second_price;
	}
	check->cost += sums.driving_s * second_price + sums.metres * metre_price +
		problem->vehicles[route->vehicle].price;
	return check_limits(check, route);
}

static bool
check_unserved(struct check *check, const struct vs_route_plan *plan)
{
	int64_t weight = 0;
	for (int32_t i = 0; i < plan->unserved_count; i++) {
		if (!count_stop(check, plan->unserved[i].stop))
			return false;
		int32_t own = check->problem->stops[plan->unserved[i].stop].weight;
		weight += own ? own : 1;
	}
	for (int32_t i = 0; i < check->problem->stop_count; i++)
		if (!check->stops[i])
			return vs_fail(
				check->err, VS_REFUSED, _("stop %d is missing"), i);
	if (weight == plan->unserved_weight && check->cost == plan->cost)
		return true;
	return vs_fail(check->err, VS_REFUSED, _("the plan's cost does not add up"));
}

bool
vs_route_check(const struct vs_route_problem *problem, const struct vs_route_plan *plan,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct check check = { .problem = problem, .err = err };
	check.stops = vs_arena_alloc(scratch.arena, (size_t)problem->stop_count + 1);
	check.vehicles =
		vs_arena_alloc(scratch.arena, (size_t)problem->vehicle_count + 1);
	for (int32_t i = 0; i < plan->route_count; i++)
		if (!check_route(&check, &plan->routes[i]))
			return false;
	return check_unserved(&check, plan);
}
