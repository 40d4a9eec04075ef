/* One vehicle's round: its nodes, link costs and times. */
#include "plan/route.h"

#include <stdlib.h>
#include <string.h>

/* Four arrays of room + 2 in one allocation. */
void
route_slot_reserve(struct route_slot *slot, int32_t stops)
{
	if (stops <= slot->room && slot->node)
		return;
	int32_t room = slot->room < 14 ? 14 : slot->room;
	while (room < stops)
		room = 2 * room + 2;
	size_t width = (size_t)room + 2;
	int32_t *block = calloc(4 * width, sizeof *block);
	if (!block)
		vs_abort("out of memory (a round of %d stops)", stops);
	int32_t *parts[] = { slot->node, slot->leave, slot->ready, slot->latest };
	for (size_t i = 0; slot->node && i < 4; i++)
		memcpy(block + i * width, parts[i],
			sizeof *block * ((size_t)slot->length + 2));
	free(slot->node);
	slot->node = block;
	slot->leave = block + width;
	slot->ready = block + 2 * width;
	slot->latest = block + 3 * width;
	slot->room = room;
}

/* The times go along only where they are used. */
void
route_slot_copy(struct route_slot *to, const struct route_slot *from)
{
	route_slot_reserve(to, from->length);
	size_t size = sizeof *to->node * ((size_t)from->length + 2);
	memcpy(to->node, from->node, size);
	memcpy(to->leave, from->leave, size);
	memcpy(to->ready, from->ready, size);
	memcpy(to->latest, from->latest, size);
	to->length = from->length;
	to->type = from->type;
	to->cost = from->cost;
	to->secs = from->secs;
}

void
route_slot_done(struct route_slot *slot)
{
	free(slot->node);
	slot->node = NULL;
}

/* Works everything out again from the nodes. False: this round cannot be driven. */
bool
route_slot_renew(const struct route_model *model, struct route_slot *slot)
{
	bool passable = true;
	slot->cost = model->types[slot->type].price;
	slot->secs = 0;
	for (int32_t i = 0; i <= slot->length; i++) {
		size_t link = (size_t)slot->node[i] * model->stride + slot->node[i + 1];
		slot->leave[i] = model->cost[link];
		slot->cost += slot->leave[i];
		passable &= slot->leave[i] < ROUTE_NO_LINK;
		if (model->secs)
			slot->secs += model->secs[link];
		if (i)
			slot->secs += model->service[slot->node[i]];
	}
	return passable && route_time_update(model, slot);
}

/* The caller has made sure that it fits. */
void
route_slot_insert(const struct route_model *model, struct route_slot *slot, int32_t stop,
	int32_t after)
{
	route_slot_reserve(slot, slot->length + 1);
	size_t behind = (size_t)(slot->length + 1 - after);
	memmove(slot->node + after + 2, slot->node + after + 1,
		behind * sizeof *slot->node);
	memmove(slot->leave + after + 2, slot->leave + after + 1,
		behind * sizeof *slot->leave);
	slot->node[after + 1] = stop;
	slot->length++;
	int32_t before = slot->node[after], next = slot->node[after + 2];
	size_t in = (size_t)before * model->stride + stop;
	size_t out = (size_t)stop * model->stride + next;
	slot->cost += (int64_t)model->cost[in] + model->cost[out] - slot->leave[after];
	slot->leave[after] = model->cost[in];
	slot->leave[after + 1] = model->cost[out];
	if (model->secs)
		slot->secs += (int64_t)model->secs[in] + model->secs[out] +
			model->service[stop] -
			model->secs[(size_t)before * model->stride + next];
	if (model->timing != ROUTE_WINDOWS)
		return;
	memmove(slot->ready + after + 2, slot->ready + after + 1,
		behind * sizeof *slot->ready);
	memmove(slot->latest + after + 2, slot->latest + after + 1,
		behind * sizeof *slot->latest);
	route_time_insert(model, slot, after + 1);
}
