/* Lays a routing problem out for speed: one row of costs per node, like vehicles together. */
#include "plan/route.h"

#include <stdlib.h>
#include <string.h>

static void *
alloc(struct vs_arena *arena, int64_t count, size_t size)
{
	return vs_arena_alloc(arena, (size_t)(count ? count : 1) * size);
}

static bool
same_vehicle(const struct route_type *type, const struct route_type *other)
{
	return type->from == other->from && type->to == other->to &&
		type->kg == other->kg && type->boxes == other->boxes &&
		type->starts_at == other->starts_at && type->ends_at == other->ends_at &&
		type->longest_s == other->longest_s && type->price == other->price &&
		type->offers == other->offers;
}

/* The node of a point at which vehicles start or end; -1 stands for "nowhere". */
static int32_t
node_of(struct route_model *model, int32_t *points, int32_t point)
{
	for (int32_t node = model->stops; node < model->nodes; node++)
		if (points[node] == point)
			return node;
	points[model->nodes] = point;
	return model->nodes++;
}

static struct route_type
describe(struct route_model *model, int32_t *points,
	const struct vs_route_vehicle *vehicle)
{
	struct route_type type = {
		.from = node_of(model, points, vehicle->from_point),
		.to = node_of(model, points, vehicle->to_point),
		.kg = vehicle->kg,
		.boxes = vehicle->boxes,
		.starts_at = vehicle->starts_at,
		.ends_at = vehicle->ends_at < ROUTE_TIME_MAX ? vehicle->ends_at
							     : ROUTE_TIME_MAX,
		.longest_s = vehicle->longest_s,
		.price = vehicle->price,
		.offers = vehicle->offers,
		.time_limit = ROUTE_NO_LIMIT,
	};
	if (type.ends_at < ROUTE_TIME_MAX)
		type.time_limit = (int64_t)type.ends_at - type.starts_at;
	if (type.longest_s && type.longest_s < type.time_limit)
		type.time_limit = type.longest_s;
	return type;
}

static void
group_vehicles(struct route_model *model, int32_t *points, bool one_type_each)
{
	const struct vs_route_problem *problem = model->problem;
	model->types = alloc(model->arena, problem->vehicle_count, sizeof *model->types);
	int32_t *type_of = alloc(model->arena, problem->vehicle_count, sizeof *type_of);
	for (int32_t i = 0; i < problem->vehicle_count; i++) {
		struct route_type type = describe(model, points, &problem->vehicles[i]);
		int32_t found = one_type_each ? model->type_count : 0;
		while (found < model->type_count &&
			!same_vehicle(&model->types[found], &type))
			found++;
		if (found == model->type_count)
			model->types[model->type_count++] = type;
		model->types[found].count++;
		type_of[i] = found;
	}
	for (int32_t t = 0; t < model->type_count; t++) {
		struct route_type *type = &model->types[t];
		type->vehicles = alloc(model->arena, type->count, sizeof *type->vehicles);
		type->count = 0;
	}
	for (int32_t i = 0; i < problem->vehicle_count; i++) {
		struct route_type *type = &model->types[type_of[i]];
		type->vehicles[type->count++] = i;
		model->boxed |= type->boxes != VS_ROUTE_ANY;
	}
}

static void
copy_stops(struct route_model *model)
{
	const struct vs_route_problem *problem = model->problem;
	int64_t windows = 0;
	for (int32_t i = 0; i < model->stops; i++)
		windows += problem->stops[i].window_count;
	model->kg = alloc(model->arena, model->stops, sizeof(int32_t));
	model->boxes = alloc(model->arena, model->stops, sizeof(int32_t));
	model->service = alloc(model->arena, model->stops, sizeof(int32_t));
	model->weight = alloc(model->arena, model->stops, sizeof(int32_t));
	model->window_first = alloc(model->arena, model->stops + 1, sizeof(int32_t));
	model->opens = alloc(model->arena, windows, sizeof(int32_t));
	model->closes = alloc(model->arena, windows, sizeof(int32_t));
	int32_t at = 0;
	for (int32_t i = 0; i < model->stops; i++) {
		const struct vs_route_stop *stop = &problem->stops[i];
		model->kg[i] = stop->kg;
		model->boxes[i] = stop->boxes;
		model->service[i] = stop->service_s;
		model->weight[i] = stop->weight ? stop->weight : 1;
		model->window_first[i] = at;
		for (int32_t w = 0; w < stop->window_count; w++, at++) {
			int32_t closes = stop->windows[w].closes;
			model->opens[at] = stop->windows[w].opens;
			model->closes[at] =
				closes < ROUTE_TIME_MAX ? closes : ROUTE_TIME_MAX;
		}
	}
	model->window_first[model->stops] = at;
}

static void
find_timing(struct route_model *model)
{
	model->timing = ROUTE_UNTIMED;
	for (int32_t t = 0; t < model->type_count; t++)
		if (model->types[t].time_limit < ROUTE_NO_LIMIT)
			model->timing = ROUTE_LENGTH;
	if (model->window_first[model->stops])
		model->timing = ROUTE_WINDOWS;
}

/* Cost and seconds from one point to another; the point -1 is no journey away. */
static int32_t
link_between(const struct vs_route_problem *problem, int32_t from, int32_t to, bool cost)
{
	if (from < 0 || to < 0)
		return 0;
	size_t at = (size_t)from * (size_t)problem->point_count + (size_t)to;
	int32_t seconds = problem->seconds ? problem->seconds[at] : 0;
	int32_t metres = problem->metres ? problem->metres[at] : 0;
	if (seconds == VS_ROUTE_NO_WAY || metres == VS_ROUTE_NO_WAY)
		return ROUTE_NO_LINK;
	if (!cost)
		return seconds;
	if (!problem->second_price && !problem->metre_price)
		return problem->seconds ? seconds : metres;
	return (int32_t)((int64_t)seconds * problem->second_price +
		(int64_t)metres * problem->metre_price);
}

static int32_t *
fill_matrix(const struct route_model *model, const int32_t *points, bool cost)
{
	int32_t *matrix = alloc(
		model->arena, (int64_t)model->nodes * model->stride, sizeof *matrix);
	for (int32_t from = 0; from < model->nodes; from++)
		for (int32_t to = 0; to < model->nodes; to++)
			if (from != to)
				matrix[(size_t)from * model->stride + to] = link_between(
					model->problem, points[from], points[to], cost);
	return matrix;
}

/* The matrix by column; itself when it is symmetric. */
static int32_t *
turn_matrix(const struct route_model *model, int32_t *matrix)
{
	size_t stride = (size_t)model->stride;
	bool symmetric = true;
	for (int32_t i = 0; i < model->nodes && symmetric; i++)
		for (int32_t j = 0; j < i && symmetric; j++)
			symmetric = matrix[i * stride + j] == matrix[j * stride + i];
	if (symmetric)
		return matrix;
	int32_t *turned = alloc(
		model->arena, (int64_t)model->nodes * model->stride, sizeof *turned);
	for (int32_t i = 0; i < model->nodes; i++)
		for (int32_t j = 0; j < model->nodes; j++)
			turned[j * stride + i] = matrix[i * stride + j];
	return turned;
}

static void
fill_matrices(struct route_model *model, const int32_t *points)
{
	model->cost = fill_matrix(model, points, true);
	model->cost_into = turn_matrix(model, model->cost);
	if (model->timing == ROUTE_UNTIMED && !model->problem->seconds)
		return;
	model->secs = fill_matrix(model, points, false);
	/* Where only time costs, one matrix in the cache is better than two. */
	size_t size = (size_t)model->nodes * model->stride * sizeof *model->secs;
	if (memcmp(model->secs, model->cost, size) == 0) {
		model->secs = model->cost;
		model->secs_into = model->cost_into;
		return;
	}
	model->secs_into = turn_matrix(model, model->secs);
}

bool
route_suits(const struct route_model *model, int32_t type, int32_t stop)
{
	uint32_t needs = model->problem->stops[stop].needs;
	return (needs & ~model->types[type].offers) == 0;
}

static int32_t
solo_cost(const struct route_model *model, int32_t t, int32_t stop)
{
	const struct route_type *type = &model->types[t];
	if (!route_suits(model, t, stop) || model->kg[stop] > type->kg ||
		model->boxes[stop] > type->boxes ||
		!route_order_in_time(model, type, &stop, 1))
		return ROUTE_NEVER;
	int32_t out = model->cost[(size_t)type->from * model->stride + stop];
	int32_t back = model->cost[(size_t)stop * model->stride + type->to];
	if (out >= ROUTE_NO_LINK || back >= ROUTE_NO_LINK)
		return ROUTE_NEVER;
	return out + back + type->price;
}

static void
fill_solos(struct route_model *model)
{
	int64_t count = (int64_t)model->type_count * model->stops;
	model->solo = alloc(model->arena, count, sizeof(int32_t));
	model->far = alloc(model->arena, model->stops, sizeof(int32_t));
	model->hopeless = alloc(model->arena, model->stops, sizeof(bool));
	for (int32_t i = 0; i < model->stops; i++) {
		model->far[i] = ROUTE_NEVER;
		model->hopeless[i] = true;
		for (int32_t t = 0; t < model->type_count; t++) {
			int32_t from = model->types[t].from;
			int32_t out = model->cost[(size_t)from * model->stride + i];
			int32_t solo = solo_cost(model, t, i);
			model->solo[(size_t)t * model->stops + i] = solo;
			model->picky |= solo == ROUTE_NEVER;
			model->hopeless[i] &= solo == ROUTE_NEVER;
			if (out < model->far[i])
				model->far[i] = out;
		}
	}
}

/* Brings the `want` smallest keys to the front, in no order. */
static void
select_smallest(uint64_t *keys, int32_t count, int32_t want)
{
	int32_t low = 0, high = count - 1;
	while (low < high) {
		uint64_t pivot = keys[low + (high - low) / 2];
		int32_t i = low, j = high;
		while (i <= j) {
			while (keys[i] < pivot)
				i++;
			while (keys[j] > pivot)
				j--;
			if (i <= j) {
				uint64_t key = keys[i];
				keys[i++] = keys[j];
				keys[j--] = key;
			}
		}
		if (want <= j)
			high = j;
		else if (want >= i)
			low = i;
		else
			return;
	}
}

static int
compare_keys(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static void
fill_near(struct route_model *model)
{
	int32_t stops = model->stops;
	int32_t count = stops < ROUTE_NEAR_MAX ? stops : ROUTE_NEAR_MAX;
	model->near_count = count;
	model->near = alloc(model->arena, (int64_t)stops * count, sizeof(int32_t));
	uint64_t *keys = alloc(model->arena, stops, sizeof *keys);
	for (int32_t i = 0; i < stops; i++) {
		const int32_t *from = &model->cost[(size_t)i * model->stride];
		const int32_t *into = &model->cost_into[(size_t)i * model->stride];
		for (int32_t j = 0; j < stops; j++)
			keys[j] = ((uint64_t)from[j] + (uint64_t)into[j] + 1) << 32 |
				(uint32_t)j;
		keys[i] = (uint32_t)i;
		select_smallest(keys, stops, count - 1);
		qsort(keys, (size_t)count, sizeof *keys, compare_keys);
		for (int32_t k = 0; k < count; k++)
			model->near[(size_t)i * count + k] = (int32_t)(uint32_t)keys[k];
	}
}

struct route_model *
route_model_new(const struct vs_route_problem *problem, bool one_type_each,
	struct vs_arena *arena)
{
	struct route_model *model = vs_arena_alloc(arena, sizeof *model);
	model->problem = problem;
	model->arena = arena;
	model->stops = model->nodes = problem->stop_count;
	/* Every vehicle brings two points at most. */
	int32_t *points = alloc(arena,
		(int64_t)problem->stop_count + 2 * (int64_t)problem->vehicle_count,
		sizeof *points);
	for (int32_t i = 0; i < problem->stop_count; i++)
		points[i] = problem->stops[i].point;
	group_vehicles(model, points, one_type_each);
	model->stride = (model->nodes + 15) & ~15;
	copy_stops(model);
	find_timing(model);
	fill_matrices(model, points);
	fill_solos(model);
	fill_near(model);
	return model;
}
