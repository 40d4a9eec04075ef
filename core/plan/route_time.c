/*
 * When a round can be driven. Each slot keeps, per position, the earliest time to leave and
 * the latest time to arrive with which the rest still works; then one comparison tells
 * whether a stop fits in between. Only a limit on the time away from home needs more: it
 * depends on when the vehicle leaves.
 */
#include "plan/route.h"

/* The stops of a round, with one more at position `extra_at` when that is not negative. */
struct order {
	const int32_t *stops;
	int32_t count; /* the extra one included */
	int32_t extra;
	int32_t extra_at;
};

static int32_t
stop_at(const struct order *order, int32_t i)
{
	if (order->extra_at < 0 || i < order->extra_at)
		return order->stops[i];
	return i == order->extra_at ? order->extra : order->stops[i - 1];
}

static int32_t
travel(const struct route_model *model, int32_t from, int32_t to)
{
	return model->secs ? model->secs[(size_t)from * model->stride + to] : 0;
}

/* The window in which the service begins after an arrival, -1 = none is left. */
static int32_t
window_after(const struct route_model *model, int32_t stop, int32_t arrives)
{
	int32_t end = model->window_first[stop + 1];
	for (int32_t w = model->window_first[stop]; w < end; w++)
		if (arrives <= model->closes[w])
			return w;
	return -1;
}

static bool
always_open(const struct route_model *model, int32_t stop)
{
	return model->window_first[stop] == model->window_first[stop + 1];
}

int32_t
route_begin_service(const struct route_model *model, int32_t stop, int32_t arrives)
{
	if (always_open(model, stop))
		return arrives;
	int32_t w = window_after(model, stop, arrives);
	if (w < 0)
		return ROUTE_NEVER;
	return arrives > model->opens[w] ? arrives : model->opens[w];
}

/* The latest time not after `limit` at which the stop is open; ROUTE_NEVER = none. */
static int32_t
latest_begin(const struct route_model *model, int32_t stop, int32_t limit)
{
	if (always_open(model, stop))
		return limit;
	int32_t w = model->window_first[stop + 1] - 1;
	while (w >= model->window_first[stop] && model->opens[w] > limit)
		w--;
	if (w < model->window_first[stop])
		return ROUTE_NEVER;
	return limit < model->closes[w] ? limit : model->closes[w];
}

/* When the round ends if it begins at `leaves`; ROUTE_NEVER = some stop is closed then. */
static int32_t
follow(const struct route_model *model, const struct route_type *type,
	const struct order *order, int32_t leaves)
{
	int64_t now = leaves;
	int32_t before = type->from;
	for (int32_t i = 0; i < order->count; i++) {
		int32_t stop = stop_at(order, i);
		now += travel(model, before, stop);
		int32_t begins = now > ROUTE_TIME_MAX
			? ROUTE_NEVER
			: route_begin_service(model, stop, (int32_t)now);
		if (begins == ROUTE_NEVER)
			return ROUTE_NEVER;
		now = (int64_t)begins + model->service[stop];
		before = stop;
	}
	now += travel(model, before, type->to);
	return now > type->ends_at ? ROUTE_NEVER : (int32_t)now;
}

/* The latest departure that still ends at `ends`, which follow() has returned. */
static int32_t
follow_back(const struct route_model *model, const struct route_type *type,
	const struct order *order, int32_t ends)
{
	int32_t limit = ends, after = type->to;
	for (int32_t i = order->count - 1; i >= 0; i--) {
		int32_t stop = stop_at(order, i);
		limit -= travel(model, stop, after) + model->service[stop];
		limit = latest_begin(model, stop, limit);
		after = stop;
	}
	return limit - travel(model, type->from, after);
}

/*
 * How much later than `leaves` one must leave for some stop to be visited in a later window
 * of its own; ROUTE_NEVER = no delay does that.
 */
static int64_t
delay_to_flip(const struct route_model *model, const struct route_type *type,
	const struct order *order, int32_t leaves)
{
	int64_t now = leaves, waited = 0, delay = ROUTE_NEVER;
	int32_t before = type->from;
	for (int32_t i = 0; i < order->count; i++) {
		int32_t stop = stop_at(order, i);
		now += travel(model, before, stop);
		int32_t begins = route_begin_service(model, stop, (int32_t)now);
		if (!always_open(model, stop)) {
			int32_t w = window_after(model, stop, (int32_t)now);
			int64_t room = model->closes[w] - now + waited + 1;
			delay = room < delay ? room : delay;
		}
		waited += begins - now;
		now = (int64_t)begins + model->service[stop];
		before = stop;
	}
	return delay;
}

/*
 * The earliest way to drive an order inside the time limits, begun as late as possible.
 * Leaving later never ends earlier, so only departures at which a stop changes its window
 * can shorten a round: a few tries find a short enough one or show that there is none.
 */
static bool
schedule(const struct route_model *model, const struct route_type *type,
	const struct order *order, int32_t *ret_leaves, int32_t *ret_ends)
{
	int64_t leaves = type->starts_at;
	while (leaves <= type->ends_at) {
		int32_t ends = follow(model, type, order, (int32_t)leaves);
		if (ends == ROUTE_NEVER)
			return false;
		int32_t latest = follow_back(model, type, order, ends);
		if (!type->longest_s || (int64_t)ends - latest <= type->longest_s) {
			*ret_leaves = latest;
			*ret_ends = ends;
			return true;
		}
		leaves = latest + delay_to_flip(model, type, order, latest);
	}
	return false;
}

int32_t
route_departure(const struct route_model *model, const struct route_type *type,
	const int32_t *stops, int32_t count, int32_t *ret_end)
{
	struct order order = { .stops = stops, .count = count, .extra_at = -1 };
	int32_t leaves = ROUTE_NEVER;
	*ret_end = ROUTE_NEVER;
	return schedule(model, type, &order, &leaves, ret_end) ? leaves : ROUTE_NEVER;
}

bool
route_order_in_time(const struct route_model *model, const struct route_type *type,
	const int32_t *stops, int32_t count)
{
	int32_t ends;
	return model->timing == ROUTE_UNTIMED ||
		route_departure(model, type, stops, count, &ends) != ROUTE_NEVER;
}

static bool
update_ready(const struct route_model *model, struct route_slot *slot)
{
	int32_t now = model->types[slot->type].starts_at;
	slot->ready[0] = now;
	for (int32_t i = 1; i <= slot->length; i++) {
		int32_t stop = slot->node[i];
		now = route_begin_service(
			model, stop, now + travel(model, slot->node[i - 1], stop));
		if (now == ROUTE_NEVER || now > ROUTE_TIME_MAX)
			return false;
		now += model->service[stop];
		slot->ready[i] = now;
	}
	return true;
}

static bool
update_latest(const struct route_model *model, struct route_slot *slot)
{
	int32_t limit = model->types[slot->type].ends_at;
	slot->latest[slot->length + 1] = limit;
	for (int32_t i = slot->length; i >= 1; i--) {
		int32_t stop = slot->node[i];
		limit -= travel(model, stop, slot->node[i + 1]) + model->service[stop];
		limit = latest_begin(model, stop, limit);
		if (limit == ROUTE_NEVER || limit < -ROUTE_TIME_MAX)
			return false;
		slot->latest[i] = limit;
	}
	return true;
}

/* Brings the times of a changed slot up to date. False: it cannot be driven in time. */
bool
route_time_update(const struct route_model *model, struct route_slot *slot)
{
	const struct route_type *type = &model->types[slot->type];
	if (model->timing == ROUTE_LENGTH)
		return slot->secs <= type->time_limit;
	if (model->timing == ROUTE_UNTIMED)
		return true;
	if (!update_ready(model, slot) || !update_latest(model, slot))
		return false;
	if (slot->ready[0] + travel(model, slot->node[0], slot->node[1]) >
		slot->latest[1])
		return false;
	return !type->longest_s ||
		route_order_in_time(model, type, slot->node + 1, slot->length);
}

/*
 * A stop has been put in at `at`: times change behind it until one stays the same, and before
 * it likewise.
 */
void
route_time_insert(const struct route_model *model, struct route_slot *slot, int32_t at)
{
	const struct route_type *type = &model->types[slot->type];
	int32_t now = at > 1 ? slot->ready[at - 1] : type->starts_at;
	slot->ready[0] = type->starts_at;
	for (int32_t i = at; i <= slot->length; i++) {
		int32_t stop = slot->node[i];
		now = route_begin_service(
			model, stop, now + travel(model, slot->node[i - 1], stop));
		now += model->service[stop];
		if (i > at && slot->ready[i] == now)
			break;
		slot->ready[i] = now;
	}
	slot->latest[slot->length + 1] = type->ends_at;
	int32_t limit = slot->latest[at + 1];
	for (int32_t i = at; i >= 1; i--) {
		int32_t stop = slot->node[i];
		limit -= travel(model, stop, slot->node[i + 1]) + model->service[stop];
		limit = latest_begin(model, stop, limit);
		if (i < at && slot->latest[i] == limit)
			break;
		slot->latest[i] = limit;
	}
}

bool
route_time_fits(const struct route_model *model, const struct route_slot *slot,
	int32_t stop, int32_t after)
{
	int32_t before = slot->node[after], next = slot->node[after + 1];
	const int32_t *into = &model->secs_into[(size_t)stop * model->stride];
	const int32_t *from = &model->secs[(size_t)stop * model->stride];
	const struct route_type *type = &model->types[slot->type];
	if (model->timing == ROUTE_LENGTH)
		return slot->secs + into[before] + from[next] -
			travel(model, before, next) + model->service[stop] <=
			type->time_limit;
	int32_t begins =
		route_begin_service(model, stop, slot->ready[after] + into[before]);
	if (begins == ROUTE_NEVER || begins > ROUTE_TIME_MAX ||
		begins + model->service[stop] + from[next] > slot->latest[after + 1])
		return false;
	if (!type->longest_s)
		return true;
	struct order order = { slot->node + 1, slot->length + 1, stop, after };
	int32_t leaves, ends;
	return schedule(model, type, &order, &leaves, &ends);
}
