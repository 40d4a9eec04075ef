/*
 * Day by day and depot by depot: what cannot be served on a day is tried on the next open one.
 * The district's depot goes first, because what the associations' depots lack comes from it.
 */
#include "ballots/deliver.h"

#include <string.h>

#include "base/i18n.h"

static bool
waits(const struct deliver_stop *stop)
{
	return !stop->route && stop->day < stop->days->count;
}

static void
carry_over(struct deliver_facts *facts, struct deliver_stop *stop)
{
	stop->day++;
	stop->late = !stop->leg ||
		(stop->day < stop->days->count &&
			stop->days->days[stop->day].date >= stop->needed);
	struct deliver_depot *to =
		stop->leg ? deliver_depot(facts, stop->target->location) : NULL;
	if (to && stop->day == stop->days->count)
		to->waiting--; /* never comes; the plan says so */
}

/* What a depot needs has come when the last leg to it has. */
static void
arrive(struct deliver_facts *facts, const struct deliver_stop *leg, int32_t date)
{
	struct deliver_depot *to = deliver_depot(facts, leg->target->location);
	int ready = leg->arrives + leg->service;
	to->waiting--;
	if (date > to->ready_date || ready > to->ready)
		to->ready = ready;
	to->ready_date = date;
}

static bool
plan_depot(struct vs_db *db, struct deliver_plan *plan, struct deliver_depot *depot,
	int32_t date, struct deliver_stop **stops, size_t count, struct vs_error *err)
{
	bool blocked = depot->waiting > 0 || date < depot->ready_date;
	if (!blocked &&
		!deliver_route_plan(db, plan, depot, date, stops, count, false, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (blocked)
			stops[i]->reason = vs_arena_printf(plan->facts->arena,
				_("what it gets has not come to %s by then"),
				depot->name);
		if (!stops[i]->route)
			carry_over(plan->facts, stops[i]);
		else if (stops[i]->leg)
			arrive(plan->facts, stops[i], date);
	}
	return true;
}

/* By post: no car, no route. */
static void
post(struct deliver_plan *plan, struct deliver_stop *stop)
{
	struct vs_arena *arena = plan->facts->arena;
	struct deliver_route *route = vs_arena_alloc(arena, sizeof *route);
	const struct deliver_day *day = &stop->days->days[stop->day];
	route->depot = deliver_depot(plan->facts, stop->from);
	route->date = day->date;
	route->stops = vs_arena_alloc(arena, sizeof *route->stops);
	route->stops[route->stop_count++] = stop;
	stop->route = route;
	stop->position = 1;
	deliver_plan_route(plan, route);
}

static void
post_all(struct deliver_plan *plan)
{
	for (size_t i = 0; i < plan->stop_count; i++) {
		struct deliver_stop *stop = &plan->stops[i];
		const struct deliver_rule *rule = stop->target->rule;
		if (waits(stop) && stop->target->kind == DELIVER_RECEPTION &&
			rule->rule.post)
			post(plan, stop);
	}
}

void
deliver_plan_route(struct deliver_plan *plan, struct deliver_route *route)
{
	if (plan->route_count == plan->route_room) {
		plan->route_room = plan->route_room ? 2 * plan->route_room : 32;
		struct deliver_route **more = vs_arena_alloc(
			plan->facts->arena, plan->route_room * sizeof(void *));
		if (plan->route_count)
			memcpy(more, plan->routes, plan->route_count * sizeof(void *));
		plan->routes = more;
	}
	plan->routes[plan->route_count++] = route;
}

/* The stops of each depot, so that a day looks only at its own. */
struct group {
	struct deliver_stop **stops, **today;
	size_t count;
};

static struct group *
group_stops(struct deliver_plan *plan)
{
	struct deliver_facts *facts = plan->facts;
	struct vs_arena *arena = facts->arena;
	struct group *groups = vs_arena_alloc(arena, facts->depot_count * sizeof *groups);
	for (size_t i = 0; i < plan->stop_count; i++)
		groups[deliver_depot(facts, plan->stops[i].from) - facts->depots].count++;
	for (size_t i = 0; i < facts->depot_count; i++) {
		size_t size = (groups[i].count + 1) * sizeof(void *);
		groups[i].stops = vs_arena_alloc(arena, size);
		groups[i].today = vs_arena_alloc(arena, size);
		groups[i].count = 0;
	}
	for (size_t i = 0; i < plan->stop_count; i++) {
		struct group *group = &groups[deliver_depot(facts, plan->stops[i].from) -
			facts->depots];
		group->stops[group->count++] = &plan->stops[i];
	}
	return groups;
}

/* First and last day on which anything can happen. */
static void
find_range(const struct deliver_plan *plan, int32_t *ret_first, int32_t *ret_last)
{
	*ret_first = INT32_MAX;
	*ret_last = INT32_MIN;
	for (size_t i = 0; i < plan->stop_count; i++) {
		const struct deliver_days *days = plan->stops[i].days;
		if (!days->count)
			continue;
		if (days->days[0].date < *ret_first)
			*ret_first = days->days[0].date;
		if (days->days[days->count - 1].date > *ret_last)
			*ret_last = days->days[days->count - 1].date;
	}
	if (plan->only && plan->only < *ret_last)
		*ret_last = plan->only;
}

static bool
plan_day(struct vs_db *db, struct deliver_plan *plan, struct group *groups, int32_t date,
	struct vs_error *err)
{
	for (size_t i = 0; i < plan->facts->depot_count; i++) {
		struct group *group = &groups[i];
		size_t count = 0;
		for (size_t k = 0; k < group->count; k++) {
			struct deliver_stop *stop = group->stops[k];
			if (waits(stop) && stop->days->days[stop->day].date == date)
				group->today[count++] = stop;
		}
		if (count &&
			!plan_depot(db, plan, &plan->facts->depots[i], date, group->today,
				count, err))
			return false;
	}
	return true;
}

bool
deliver_days_plan(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	int32_t first, last;
	post_all(plan);
	struct group *groups = group_stops(plan);
	find_range(plan, &first, &last);
	for (int32_t date = first; date <= last && first != INT32_MAX; date++) {
		if (plan->options->progress)
			plan->options->progress(
				(size_t)(date - first), (size_t)(last - first + 1));
		if (!plan_day(db, plan, groups, date, err))
			return false;
	}
	return true;
}
