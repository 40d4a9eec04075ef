/* Is a routing problem well formed? */
#include "plan/route.h"

#include "base/i18n.h"

static bool
check_windows(const struct vs_route_stop *stop, int32_t number, struct vs_error *err)
{
	if (stop->window_count < 0 || stop->window_count > VS_ROUTE_WINDOWS_MAX)
		return vs_fail(err, VS_INVALID,
			_("stop %d has %d opening hours; at most %d"), number,
			stop->window_count, VS_ROUTE_WINDOWS_MAX);
	for (int32_t i = 0; i < stop->window_count; i++) {
		const struct vs_route_window *window = &stop->windows[i];
		if (window->opens > window->closes || window->opens < -ROUTE_TIME_MAX ||
			(i && window->opens <= window[-1].closes))
			return vs_fail(err, VS_INVALID,
				_("opening hours %d of stop %d are out of order"), i,
				number);
	}
	return true;
}

static bool
check_stop(const struct vs_route_problem *problem, int32_t number, struct vs_error *err)
{
	const struct vs_route_stop *stop = &problem->stops[number];
	if (stop->point < 0 || stop->point >= problem->point_count)
		return vs_fail(err, VS_INVALID, _("stop %d is at point %d, of %d points"),
			number, stop->point, problem->point_count);
	if (stop->kg < 0 || stop->boxes < 0 || stop->service_s < 0 ||
		stop->service_s > ROUTE_LINK_MAX)
		return vs_fail(err, VS_INVALID,
			_("stop %d has a negative load or an impossible service time"),
			number);
	if (stop->weight < 0 || stop->weight > 10000)
		return vs_fail(err, VS_INVALID,
			_("stop %d has weight %d; allowed are 0 to 10000"), number,
			stop->weight);
	return check_windows(stop, number, err);
}

static bool
check_vehicle(
	const struct vs_route_problem *problem, int32_t number, struct vs_error *err)
{
	const struct vs_route_vehicle *vehicle = &problem->vehicles[number];
	if (vehicle->from_point < 0 || vehicle->from_point >= problem->point_count ||
		vehicle->to_point < VS_ROUTE_STAYS ||
		vehicle->to_point >= problem->point_count)
		return vs_fail(err, VS_INVALID,
			_("vehicle %d goes from point %d to %d, of %d points"), number,
			vehicle->from_point, vehicle->to_point, problem->point_count);
	if (vehicle->kg < 0 || vehicle->boxes < 0 || vehicle->longest_s < 0 ||
		vehicle->price < 0 || vehicle->price > ROUTE_LINK_MAX)
		return vs_fail(err, VS_INVALID,
			_("vehicle %d has a negative capacity, time or price"), number);
	if (vehicle->starts_at < -ROUTE_TIME_MAX || vehicle->starts_at > ROUTE_TIME_MAX ||
		vehicle->ends_at < vehicle->starts_at)
		return vs_fail(
			err, VS_INVALID, _("vehicle %d ends before it starts"), number);
	return true;
}

/* Every price of a link must be far below ROUTE_NO_LINK. */
static bool
check_link(const struct vs_route_problem *problem, size_t at, struct vs_error *err)
{
	int64_t seconds = problem->seconds ? problem->seconds[at] : 0;
	int64_t metres = problem->metres ? problem->metres[at] : 0;
	if (seconds == VS_ROUTE_NO_WAY || metres == VS_ROUTE_NO_WAY)
		return true;
	int64_t cost = seconds * problem->second_price + metres * problem->metre_price;
	if (seconds >= 0 && metres >= 0 && seconds < ROUTE_LINK_MAX &&
		metres < ROUTE_LINK_MAX && cost >= 0 && cost < ROUTE_LINK_MAX)
		return true;
	size_t points = (size_t)problem->point_count;
	return vs_fail(err, VS_INVALID,
		_("the way from point %zu to point %zu is negative or too long"),
		at / points, at % points);
}

bool
route_valid(const struct vs_route_problem *problem, struct vs_error *err)
{
	if (problem->stop_count < 0 || problem->stop_count > VS_ROUTE_STOPS_MAX ||
		problem->vehicle_count < 0 ||
		problem->vehicle_count > VS_ROUTE_STOPS_MAX || problem->point_count < 0 ||
		problem->point_count > 2 * VS_ROUTE_STOPS_MAX)
		return vs_fail(err, VS_INVALID,
			_("at most %d stops and vehicles in one plan"),
			VS_ROUTE_STOPS_MAX);
	if (problem->second_price < 0 || problem->metre_price < 0)
		return vs_fail(err, VS_INVALID, _("the price of driving is negative"));
	for (int32_t i = 0; i < problem->stop_count; i++)
		if (!check_stop(problem, i, err))
			return false;
	for (int32_t i = 0; i < problem->vehicle_count; i++)
		if (!check_vehicle(problem, i, err))
			return false;
	size_t links = (size_t)problem->point_count * (size_t)problem->point_count;
	for (size_t i = 0; i < links; i++)
		if (!check_link(problem, i, err))
			return false;
	return true;
}
