/*
 * A map of areas, each in the grey of its class. Equirectangular around its own middle, as
 * large as its place lets it be; when it leaves room at the right, the legend stands there.
 */
#include "paper/areas.h"

#include <math.h>

#include "base/i18n.h"
#include "paper/chart.h"

#define AREAS_MAX 20000
#define PANEL	  38.0 /* mm that a legend beside the map needs */

bool
blocks_areas(struct reader *r, const json_t *object, struct block *b)
{
	b->height = 100;
	b->rings = "rings";
	b->class_name = "class";
	if (!read_text(r, object, b->path, "rows", &b->rows) ||
		!read_text(r, object, b->path, "rings", &b->rings) ||
		!read_text(r, object, b->path, "class", &b->class_name) ||
		!read_template(r, object, b->path, "label", &b->text) ||
		!read_template(r, object, b->path, "none", &b->note) ||
		!read_template(r, object, b->path, "empty", &b->empty) ||
		!read_number(r, object, b->path, "width", 20, 2000, &b->width) ||
		!read_number(r, object, b->path, "height", 20, 2000, &b->height) ||
		!read_flag(r, object, b->path, "scale_bar", &b->scale_bar))
		return false;
	const json_t *classes = json_object_get(object, "classes");
	if (classes && json_array_size(classes) != AREA_CLASSES)
		return read_fail(r, b->path, "classes", _("must be a list of 5 texts"));
	if (classes && !blocks_fields(r, object, b, "classes", 0))
		return false;
	return b->rows || read_fail(r, b->path, "rows", _("is missing"));
}

/* How far a ring's places reach; those that are none are passed over. */
static void
extend(struct areas *map, const json_t *ring)
{
	double north = 0, east = 0;
	for (size_t i = 0; i < json_array_size(ring); i++) {
		if (!areas_place(json_array_get(ring, i), &north, &east))
			continue;
		map->south = fmin(map->south, north);
		map->north = fmax(map->north, north);
		map->west = fmin(map->west, east);
		map->east = fmax(map->east, east);
	}
}

static bool
collect_area(struct lay *l, struct areas *map, const json_t *row)
{
	struct template_scopes own = { .view = { row }, .count = 1 };
	struct area *area = &map->list[map->count++];
	const json_t *class = template_find(&own, map->block->class_name);
	double number = json_number_value(class);
	area->rings = template_find(&own, map->block->rings);
	area->class = json_is_number(class) && number >= 0 && number < AREA_CLASSES
		? (int)number
		: AREA_NONE;
	area->label = text_field(l, map->block->text);
	for (size_t i = 0; i < json_array_size(area->rings); i++)
		extend(map, json_array_get(area->rings, i));
	return area->label != NULL;
}

static bool
collect(struct lay *l, struct areas *map)
{
	const struct block *b = map->block;
	const json_t *rows = template_find(&l->scopes, b->rows);
	size_t count = json_array_size(rows);
	if (count > AREAS_MAX)
		return lay_fail(l, b, _("has more than 20000 areas"));
	map->list = vs_arena_alloc(l->arena, (count + 1) * sizeof(map->list[0]));
	map->south = map->west = INFINITY;
	map->north = map->east = -INFINITY;
	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);
		if (!lay_check(l, b) || !lay_push(l, b, row))
			return false;
		bool good = collect_area(l, map, row);
		lay_pop(l);
		if (!good)
			return false;
	}
	for (int i = 0; i <= AREA_NONE; i++) {
		const struct template *field = i == AREA_NONE ? b->note
			: b->total_count > 0		      ? b->total[i]
							      : NULL;
		const char *text = text_field(l, field);
		if (!text)
			return false;
		map->classes[i] = vs_arena_text(l->arena, text);
	}
	return true;
}

/* As large as width and height let it be; then as wide as it is. */
static void
fit(struct lay *l, struct areas *map)
{
	double latitude = (map->south + map->north) / 2, rim = lay_mm(l, 1);
	double wide = (map->east - map->west) * MAP_DEGREE * cos(latitude * M_PI / 180);
	double high = (map->north - map->south) * MAP_DEGREE;
	wide = fmax(wide, 1);
	high = fmax(high, 1);
	map->metre = fmin((map->width - 2 * rim) / wide, (map->height - 2 * rim) / high);
	map->width = fmin(map->width, wide * map->metre + 2 * rim);
}

/* The dark ones first: where they meet light ones, these have the border. */
static void
draw_areas(struct lay *l, const struct areas *map)
{
	for (int light = 0; light < 2; light++) {
		for (size_t i = 0; i < map->count; i++) {
			const struct area *area = &map->list[i];
			bool dark = area->class == 3 || area->class == 4;
			if (dark == (light == 0) && area->count > 0)
				areas_fill(l, area->points, area->count, area->class);
		}
	}
}

static bool
lay_map(struct lay *l, struct areas *map, double width, struct flow *flow)
{
	const struct block *b = map->block;
	double height = lay_mm(l, b->height), outer = map->width;
	map->height = height - (b->scale_bar ? lay_mm(l, MAP_STRIP) : 0);
	fit(l, map);
	areas_project(l, map);
	areas_label(l, map);
	uint32_t first = l->count;
	double gap = lay_mm(l, 6), spare = outer - map->width - gap;
	bool panel =
		spare >= lay_mm(l, PANEL) && (areas_has_legend(map) || map->numbers > 0);
	draw_areas(l, map);
	areas_draw_labels(l, map);
	if (b->scale_bar)
		map_scale(l, b->style, map->metre, map->height);
	bool listed = panel && areas_panel(l, map, map->width + gap, spare, map->height);
	bool more = (!panel && areas_has_legend(map)) || (!listed && map->numbers > 0);
	lay_fragment(l, flow, b, height, first)->keep = more;
	areas_below(l, map, width, flow, !panel, !listed);
	return true;
}

bool
areas_lay(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	double outer = b->width > 0 ? fmin(lay_mm(l, b->width), width) : width;
	struct areas map = { .block = b, .width = outer };
	if (!collect(l, &map))
		return false;
	if (map.south <= map.north)
		return lay_map(l, &map, width, flow);
	return chart_empty(l, b, width, flow);
}
