/* Why a stop could not be served. */
#include "plan/route.h"

#include "base/i18n.h"

static const char *const texts[VS_ROUTE_REASON_COUNT] = {
	[VS_ROUTE_NOT_OFFERED] = N_("no vehicle offers what it needs"),
	[VS_ROUTE_TOO_LARGE] = N_("more than any suitable vehicle can carry"),
	[VS_ROUTE_NO_ROAD] = N_("no way there and on for any suitable vehicle"),
	[VS_ROUTE_NEVER_IN_TIME] = N_("no suitable vehicle can be there in time"),
	[VS_ROUTE_NO_ROOM] = N_("all suitable vehicles are full"),
	[VS_ROUTE_NO_TIME] = N_("no suitable vehicle has time left for it"),
};

const char *
vs_route_reason_text(enum vs_route_reason reason)
{
	return _(texts[reason]);
}

static bool
carries(const struct route_model *model, int32_t t, int32_t stop)
{
	return model->kg[stop] <= model->types[t].kg &&
		model->boxes[stop] <= model->types[t].boxes;
}

static bool
has_road(const struct route_model *model, int32_t t, int32_t stop)
{
	size_t stride = (size_t)model->stride;
	const struct route_type *type = &model->types[t];
	return model->cost[(size_t)type->from * stride + stop] < ROUTE_NO_LINK &&
		model->cost[(size_t)stop * stride + type->to] < ROUTE_NO_LINK;
}

/* Has any round, or a vehicle that stayed at home, room for it? */
static bool
room_left(const struct route_model *model, const struct route_copy *copy, int32_t stop)
{
	const int32_t *at = copy->stops;
	for (int32_t i = 0; i < copy->route_count; i++) {
		const struct route_type *type = &model->types[copy->types[i]];
		int64_t kg = model->kg[stop], boxes = model->boxes[stop];
		for (int32_t k = 0; k < copy->lengths[i]; k++, at++) {
			kg += model->kg[*at];
			boxes += model->boxes[*at];
		}
		bool suits = model->solo[(size_t)copy->types[i] * model->stops + stop] !=
			ROUTE_NEVER;
		if (suits && (kg <= type->kg || type->kg == VS_ROUTE_ANY) &&
			(boxes <= type->boxes || type->boxes == VS_ROUTE_ANY))
			return true;
	}
	return false;
}

enum vs_route_reason
route_reason(const struct route_model *model, const struct route_copy *copy, int32_t stop)
{
	bool offered = false, carried = false, reached = false, in_time = false;
	for (int32_t t = 0; t < model->type_count; t++) {
		bool suits = route_suits(model, t, stop);
		bool carrying = suits && carries(model, t, stop);
		bool road = carrying && has_road(model, t, stop);
		offered |= suits;
		carried |= carrying;
		reached |= road;
		in_time |= model->solo[(size_t)t * model->stops + stop] != ROUTE_NEVER;
	}
	if (!offered)
		return VS_ROUTE_NOT_OFFERED;
	if (!carried)
		return VS_ROUTE_TOO_LARGE;
	if (!reached)
		return VS_ROUTE_NO_ROAD;
	if (!in_time)
		return VS_ROUTE_NEVER_IN_TIME;
	return room_left(model, copy, stop) ? VS_ROUTE_NO_TIME : VS_ROUTE_NO_ROOM;
}
