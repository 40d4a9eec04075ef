/*
 * Where in a round a stop is cheapest: the inner loops of the search. Cost and place are
 * compared as one number, without a branch that nobody could predict.
 */
#include "plan/route.h"

#define NO_PLACE ((int64_t)(ROUTE_NO_LINK / 2) << 32)

static int64_t
key_of(int32_t cost, int32_t after)
{
	return (int64_t)((uint64_t)(int64_t)cost << 32) | after;
}

static struct route_place
place_of(int64_t key)
{
	if (key >= NO_PLACE)
		return (struct route_place){ .cost = ROUTE_NEVER };
	return (struct route_place){ .cost = (int32_t)(key >> 32),
		.after = (int32_t)(uint32_t)key };
}

static int64_t
scan_untimed(const struct route_model *model, const struct route_slot *slot, int32_t stop)
{
	size_t row = (size_t)stop * model->stride;
	const int32_t *restrict into = &model->cost_into[row];
	const int32_t *restrict from = &model->cost[row];
	const int32_t *restrict node = slot->node;
	const int32_t *restrict leave = slot->leave;
	int64_t best = NO_PLACE;
	int32_t coming = into[node[0]], length = slot->length;
	for (int32_t i = 0; i <= length; i++) {
		int32_t next = node[i + 1];
		int64_t key = key_of(coming + from[next] - leave[i], i);
		best = key < best ? key : best;
		coming = into[next];
	}
	return best;
}

/* Only the length of the round is limited. */
static int64_t
scan_length(const struct route_model *model, const struct route_slot *slot, int32_t stop)
{
	int64_t room =
		model->types[slot->type].time_limit - slot->secs - model->service[stop];
	if (model->secs == model->cost) { /* the cheapest place is the shortest, too */
		int64_t key = scan_untimed(model, slot, stop);
		return key >> 32 <= room ? key : NO_PLACE;
	}
	size_t row = (size_t)stop * model->stride;
	const int32_t *into = &model->cost_into[row], *from = &model->cost[row];
	const int32_t *secs_into = &model->secs_into[row], *secs = &model->secs[row];
	const int32_t *node = slot->node, *leave = slot->leave;
	int64_t best = NO_PLACE;
	for (int32_t i = 0; i <= slot->length; i++) {
		int32_t before = node[i], next = node[i + 1];
		int64_t key = key_of(into[before] + from[next] - leave[i], i);
		if (key < best &&
			secs_into[before] + secs[next] -
					model->secs[(size_t)before * model->stride +
						next] <=
				room)
			best = key;
	}
	return best;
}

/* Opening hours, one span at most: looks only where they allow. */
static int64_t
scan_window(const struct route_model *model, const struct route_slot *slot, int32_t stop)
{
	size_t row = (size_t)stop * model->stride;
	const int32_t *restrict into = &model->cost_into[row];
	const int32_t *restrict from = &model->cost[row];
	const int32_t *restrict secs_into = &model->secs_into[row];
	const int32_t *restrict secs = &model->secs[row];
	const int32_t *restrict node = slot->node, *restrict leave = slot->leave;
	const int32_t *restrict ready = slot->ready, *restrict latest = slot->latest;
	int32_t w = model->window_first[stop], length = slot->length, i = 0;
	bool always = w == model->window_first[stop + 1];
	int32_t opens = always ? -ROUTE_TIME_MAX : model->opens[w];
	int32_t closes = always ? ROUTE_TIME_MAX : model->closes[w];
	int32_t service = model->service[stop];
	int64_t best = NO_PLACE;
	while (i <= length && latest[i + 1] - service < opens)
		i++;
	for (; i <= length && ready[i] <= closes; i++) {
		int32_t before = node[i], next = node[i + 1];
		int32_t begins = ready[i] + secs_into[before];
		int64_t key = key_of(into[before] + from[next] - leave[i], i);
		begins = begins > opens ? begins : opens;
		bool late = (begins > closes) |
			((int64_t)begins + service + secs[next] > latest[i + 1]);
		key = late ? NO_PLACE : key;
		best = key < best ? key : best;
	}
	return best;
}

/* Several spans a day, or a limit on the time away from home. */
static int64_t
scan_times(const struct route_model *model, const struct route_slot *slot, int32_t stop)
{
	size_t row = (size_t)stop * model->stride;
	const int32_t *into = &model->cost_into[row], *from = &model->cost[row];
	const int32_t *node = slot->node;
	int64_t best = NO_PLACE;
	for (int32_t i = 0; i <= slot->length; i++) {
		int32_t cost = into[node[i]] + from[node[i + 1]] - slot->leave[i];
		int64_t key = key_of(cost, i);
		if (key < best && route_time_fits(model, slot, stop, i))
			best = key;
	}
	return best;
}

/* The best place of a stop in a slot. */
struct route_place
route_scan(const struct route_model *model, const struct route_slot *slot, int32_t stop)
{
	int32_t spans = model->window_first[stop + 1] - model->window_first[stop];
	switch (model->timing) {
	case ROUTE_UNTIMED:
		return place_of(scan_untimed(model, slot, stop));
	case ROUTE_LENGTH:
		return place_of(scan_length(model, slot, stop));
	case ROUTE_WINDOWS:
		return place_of(spans > 1 || model->types[slot->type].longest_s
				? scan_times(model, slot, stop)
				: scan_window(model, slot, stop));
	}
	return place_of(NO_PLACE);
}

/*
 * A stop has gone into a slot at `at`, where `place` was the best one for another stop: what
 * is the best one now? Only two links are new, and the rest has less room in time than it
 * had. False: all must be looked at again.
 */
bool
route_scan_again(const struct route_model *model, const struct route_slot *slot,
	int32_t stop, int32_t at, struct route_place *place)
{
	bool timed = model->timing != ROUTE_UNTIMED;
	size_t row = (size_t)stop * model->stride;
	const int32_t *into = &model->cost_into[row], *from = &model->cost[row];
	int64_t best = NO_PLACE;
	if (place->cost != ROUTE_NEVER) {
		if (place->after == at - 1)
			return false;
		int32_t after = place->after + (place->after >= at);
		if (timed && !route_time_fits(model, slot, stop, after))
			return false;
		best = key_of(place->cost, after);
	}
	for (int32_t i = at - 1; i <= at; i++) {
		const int32_t *node = &slot->node[i];
		int64_t key = key_of(into[node[0]] + from[node[1]] - slot->leave[i], i);
		if (key < best && (!timed || route_time_fits(model, slot, stop, i)))
			best = key;
	}
	*place = place_of(best);
	return true;
}
