/* From the solver's plan to the caller's: vehicles get names, visits get times. */
#include "plan/route.h"

#include <assert.h>
#include <stdlib.h>

/* What one plan is written with. */
struct writer {
	const struct route_model *model;
	const struct route_copy *copy;
	struct vs_arena *arena;
	bool *served; /* by stop */
};

static int64_t
travel_sum(const struct vs_route_problem *problem, const int32_t *matrix,
	const struct vs_route *route)
{
	if (!matrix)
		return 0;
	const struct vs_route_vehicle *vehicle = &problem->vehicles[route->vehicle];
	int64_t sum = 0;
	int32_t from = vehicle->from_point;
	for (int32_t i = 0; i < route->visit_count; i++) {
		int32_t to = problem->stops[route->visits[i].stop].point;
		sum += matrix[(size_t)from * problem->point_count + to];
		from = to;
	}
	if (vehicle->to_point != VS_ROUTE_STAYS)
		sum += matrix[(size_t)from * problem->point_count + vehicle->to_point];
	return sum;
}

static struct vs_route_visit *
time_visits(const struct writer *writer, const struct route_type *type,
	const int32_t *stops, int32_t count, int32_t leaves)
{
	const struct route_model *model = writer->model;
	struct vs_route_visit *visits =
		vs_arena_alloc(writer->arena, (size_t)count * sizeof *visits);
	int32_t now = leaves, before = type->from;
	for (int32_t i = 0; i < count; i++) {
		int32_t stop = stops[i];
		if (model->secs)
			now += model->secs[(size_t)before * model->stride + stop];
		int32_t begins = route_begin_service(model, stop, now);
		visits[i] = (struct vs_route_visit){ stop, now, begins,
			begins + model->service[stop] };
		now = visits[i].leaves_at;
		before = stop;
	}
	return visits;
}

static struct vs_route
describe(const struct writer *writer, int32_t t, int32_t vehicle, const int32_t *stops,
	int32_t count)
{
	const struct route_model *model = writer->model;
	const struct route_type *type = &model->types[t];
	struct vs_route route = { .vehicle = vehicle, .visit_count = count };
	route.leaves_at = route_departure(model, type, stops, count, &route.ends_at);
	assert(route.leaves_at != ROUTE_NEVER);
	route.visits = time_visits(writer, type, stops, count, route.leaves_at);
	for (int32_t i = 0; i < count; i++) {
		route.kg += model->kg[stops[i]];
		route.boxes += model->boxes[stops[i]];
	}
	route.driving_s = travel_sum(model->problem, model->problem->seconds, &route);
	route.metres = travel_sum(model->problem, model->problem->metres, &route);
	return route;
}

static int
by_vehicle(const void *a, const void *b)
{
	const struct vs_route *x = a, *y = b;
	return (x->vehicle > y->vehicle) - (x->vehicle < y->vehicle);
}

static void
list_routes(const struct writer *writer, struct vs_route_plan *plan)
{
	const struct route_model *model = writer->model;
	const struct route_copy *copy = writer->copy;
	struct vs_arena *arena = writer->arena;
	size_t count = (size_t)copy->route_count;
	struct vs_route *routes = vs_arena_alloc(arena, (count + 1) * sizeof *routes);
	int32_t *used =
		vs_arena_alloc(arena, ((size_t)model->type_count + 1) * sizeof *used);
	const int32_t *stops = copy->stops;
	for (size_t i = 0; i < count; i++) {
		int32_t t = copy->types[i], length = copy->lengths[i];
		int32_t vehicle = model->types[t].vehicles[used[t]++];
		routes[i] = describe(writer, t, vehicle, stops, length);
		for (int32_t k = 0; k < length; k++)
			writer->served[*stops++] = true;
	}
	qsort(routes, count, sizeof *routes, by_vehicle);
	plan->route_count = copy->route_count;
	plan->routes = routes;
}

static void
list_unserved(const struct writer *writer, struct vs_route_plan *plan)
{
	const struct route_model *model = writer->model;
	struct vs_route_unserved *unserved = vs_arena_alloc(
		writer->arena, ((size_t)model->stops + 1) * sizeof *unserved);
	for (int32_t i = 0; i < model->stops; i++) {
		if (writer->served[i])
			continue;
		unserved[plan->unserved_count++] = (struct vs_route_unserved){ i,
			route_reason(model, writer->copy, i) };
		plan->unserved_weight += model->weight[i];
	}
	plan->unserved = unserved;
}

void
route_result(const struct route_model *model, const struct route_copy *copy,
	struct vs_arena *arena, struct vs_route_plan *ret_plan)
{
	struct vs_route_plan plan = { .cost = copy->cost, .moved_count = copy->moved };
	struct writer writer = { model, copy, arena,
		vs_arena_alloc(arena, (size_t)model->stops + 1) };
	list_routes(&writer, &plan);
	list_unserved(&writer, &plan);
	*ret_plan = plan;
}
