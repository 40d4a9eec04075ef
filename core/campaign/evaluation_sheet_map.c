/*
 * The report's map: kommuner, or districts, by how much the share changed, in five classes; by the share
 * itself where nothing can be compared. Borders are whatever was imported.
 */
#include "campaign/evaluation_sheet.h"

#include <math.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define CLASSES 5

struct scale {
	bool change;		    /* else the share */
	double breaks[CLASSES - 1]; /* a value on a break belongs above it */
};

static const json_t *
value_of(const struct scale *scale, const json_t *area)
{
	return scale->change ? json_object_get(area, "change")
			     : json_object_get(json_object_get(area, "now"), "share");
}

/* Breaks at even figures round zero, most classes where most kommuner are. */
static void
break_changes(struct scale *scale, const json_t *areas)
{
	double most = 0, sum = 0;
	size_t i;
	json_t *area;
	json_array_foreach (areas, i, area) {
		double value = json_number_value(value_of(scale, area));
		most = fmax(most, fabs(value));
		sum += value > 0 ? 1 : value < 0 ? -1 : 0;
	}
	double step = most <= 1.5 ? 0.5 : most <= 3 ? 1 : most <= 6 ? 2 : 5;
	for (int k = 0; k < CLASSES - 1; k++)
		scale->breaks[k] = step * (k - (sum >= 0 ? 1 : 2));
}

static void
break_shares(struct scale *scale, const json_t *areas)
{
	double least = 100, most = 0;
	size_t i;
	json_t *area;
	json_array_foreach (areas, i, area) {
		const json_t *value = value_of(scale, area);
		if (!json_is_number(value))
			continue;
		least = fmin(least, json_number_value(value));
		most = fmax(most, json_number_value(value));
	}
	double step = fmax(0.5, ceil((most - floor(least)) / CLASSES * 2) / 2);
	for (int k = 0; k < CLASSES - 1; k++)
		scale->breaks[k] = floor(least) + step * (k + 1);
}

static json_t *
class_of(const struct scale *scale, const json_t *area)
{
	const json_t *value = value_of(scale, area);
	int class = 0;
	if (!json_is_number(value))
		return json_null();
	while (class < CLASSES - 1 && json_number_value(value) >= scale->breaks[class])
		class ++;
	return json_integer(class);
}

/* As short as it is. */
static const char *
figure(struct vs_arena *arena, double value)
{
	return vs_text_decimal(arena, value, fabs(value - round(value)) > 0.01);
}

static const char *
change_text(struct vs_arena *arena, const struct scale *scale, int class)
{
	double low = class ? scale->breaks[class - 1] : -INFINITY;
	double high = class < CLASSES - 1 ? scale->breaks[class] : INFINITY;
	if (isinf(low))
		return vs_arena_printf(
			arena, _("decreased more than %s"), figure(arena, -high));
	if (isinf(high))
		return vs_arena_printf(
			arena, _("increased %s or more"), figure(arena, low));
	if (low == 0)
		return vs_arena_printf(
			arena, _("increased less than %s"), figure(arena, high));
	if (high == 0)
		return vs_arena_printf(
			arena, _("decreased at most %s"), figure(arena, -low));
	return low > 0 ? vs_arena_printf(arena, _("increased %s to %s"),
				 figure(arena, low), figure(arena, high))
		       : vs_arena_printf(arena, _("decreased %s to %s"),
				 figure(arena, -high), figure(arena, -low));
}

static const char *
share_text(struct vs_arena *arena, const struct scale *scale, int class)
{
	if (class == 0)
		return vs_arena_printf(
			arena, _("less than %s %%"), figure(arena, scale->breaks[0]));
	const char *low = figure(arena, scale->breaks[class - 1]);
	if (class == CLASSES - 1)
		return vs_arena_printf(arena, _("%s %% or more"), low);
	return vs_arena_printf(
		arena, _("%s to %s %%"), low, figure(arena, scale->breaks[class]));
}

/* Borders ------------------------------------------------------------------------------------*/

/* Many districts have no room for their names. */
static void
add_areas(json_t *paper, const json_t *borders, const struct scale *scale,
	const json_t *areas, bool named)
{
	size_t i;
	json_t *area;
	json_array_foreach (areas, i, area) {
		json_t *rings = json_object_get(borders, record_string(area, "code"));
		if (rings)
			json_array_append_new(paper,
				json_pack("{s:s, s:O, s:o}", "label",
					named ? record_string(area, "name") : "", "rings",
					rings, "class", class_of(scale, area)));
	}
}

static bool
any_change(const json_t *areas)
{
	size_t i;
	json_t *area;
	json_array_foreach (areas, i, area)
		if (json_is_number(json_object_get(area, "change")))
			return true;
	return false;
}

static json_t *
draw(const struct report *r, const json_t *borders, const json_t *areas, bool named)
{
	static const char *const names[CLASSES] = { "a", "b", "c", "d", "e" };
	struct scale scale = { .change = any_change(areas) };
	json_t *paper = json_array();
	(scale.change ? break_changes : break_shares)(&scale, areas);
	add_areas(paper, borders, &scale, areas, named);
	if (!json_array_size(paper)) {
		json_decref(paper);
		return NULL;
	}
	json_t *map = json_pack("{s:o}", "areas", paper);
	for (int k = 0; k < CLASSES; k++)
		record_put(map, names[k],
			(scale.change ? change_text : share_text)(
				r->frame.arena, &scale, k));
	record_put(
		map, "none", scale.change ? _("cannot be compared") : _("not counted"));
	return map;
}

/* By the districts' own borders, where the kommuner's are not imported. */
static json_t *
draw_districts(
	const struct report *r, const struct report_result *result, struct vs_error *err)
{
	json_t *map = NULL, *borders = register_borders(r->frame.db, "district", err);
	if (borders && json_object_size(borders)) {
		json_t *view = vs_evaluation_result_view(
			r->frame.db, result->code, VS_BY_DISTRICT, err);
		if (view)
			map = draw(r, borders, json_object_get(view, "areas"), false);
		json_decref(view);
	}
	json_decref(borders);
	return map;
}

json_t *
report_map(
	const struct report *r, const struct report_result *result, struct vs_error *err)
{
	json_t *borders = register_borders(r->frame.db, "kommun", err);
	if (!borders)
		return NULL;
	json_t *map = json_object_size(borders)
		? draw(r, borders, json_object_get(result->view, "areas"), true)
		: draw_districts(r, result, err);
	json_decref(borders);
	return map;
}
