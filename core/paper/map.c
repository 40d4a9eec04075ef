/*
 * A sketch map from coordinates alone: numbered points, a line through them in order, north
 * and a scale. Equirectangular, which is exact enough for what a car drives in a day.
 */
#include "paper/map.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"

#define POINTS_MAX 500
#define SPAN_MIN   400.0 /* metres: a single place is not the whole world */
#define MARGIN	   6.0	 /* mm around the points, for their labels */

static bool
coordinate(const json_t *row, const char *key, double limit, double *ret_value)
{
	const json_t *value = json_object_get(row, key);
	*ret_value = json_number_value(value);
	return json_is_number(value) && fabs(*ret_value) <= limit;
}

static const char *
label_of(struct lay *l, const json_t *row)
{
	const json_t *label = json_object_get(row, "label");
	if (json_is_integer(label))
		return vs_arena_printf(
			l->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(label));
	return json_is_string(label) ? json_string_value(label) : "";
}

/* The rows that have coordinates; 0, 0 lies in the sea and means none. */
static bool
collect(struct lay *l, struct map *map)
{
	const json_t *rows = template_find(&l->scopes, map->block->rows);
	size_t count = json_array_size(rows);
	if (count > POINTS_MAX)
		return lay_fail(l, map->block, _("has more than 500 points"));
	map->spots = vs_arena_alloc(l->arena, (count + 1) * sizeof(map->spots[0]));
	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);
		struct spot spot = { .label = label_of(l, row) };
		const char *kind = json_string_value(json_object_get(row, "kind"));
		bool known = coordinate(row, "latitude", 89, &spot.latitude) &&
			coordinate(row, "longitude", 180, &spot.longitude) &&
			(fabs(spot.latitude) > 1e-6 || fabs(spot.longitude) > 1e-6);
		spot.depot = kind && strcmp(kind, "depot") == 0;
		if (known)
			map->spots[map->count++] = spot;
		else
			map->missing++;
	}
	return true;
}

struct bounds {
	double south, west, north, east; /* degrees */
};

static struct bounds
bounds_of(const struct map *map)
{
	const struct spot *first = &map->spots[0];
	struct bounds b = { first->latitude, first->longitude, first->latitude,
		first->longitude };
	for (size_t i = 1; i < map->count; i++) {
		const struct spot *spot = &map->spots[i];
		b.south = fmin(b.south, spot->latitude);
		b.north = fmax(b.north, spot->latitude);
		b.west = fmin(b.west, spot->longitude);
		b.east = fmax(b.east, spot->longitude);
	}
	return b;
}

/* As large as the frame lets it be, in the middle. */
static void
project(struct lay *l, struct map *map)
{
	struct bounds b = bounds_of(map);
	double latitude = (b.south + b.north) / 2, longitude = (b.west + b.east) / 2;
	double across = MAP_DEGREE * cos(latitude * M_PI / 180);
	double margin = lay_mm(l, MARGIN);
	double wide = fmax((b.east - b.west) * across, SPAN_MIN);
	double high = fmax((b.north - b.south) * MAP_DEGREE, SPAN_MIN);
	map->metre =
		fmin((map->width - 2 * margin) / wide, (map->height - 2 * margin) / high);
	for (size_t i = 0; i < map->count; i++) {
		struct spot *spot = &map->spots[i];
		spot->x = map->width / 2 +
			(spot->longitude - longitude) * across * map->metre;
		spot->y = map->height / 2 -
			(spot->latitude - latitude) * MAP_DEGREE * map->metre;
	}
}

/* Through all points in order, and back when they begin at a depot. */
static void
draw_path(struct lay *l, const struct map *map)
{
	float points[2 * (POINTS_MAX + 1)];
	size_t count = 0;
	for (size_t i = 0; i <= map->count; i++) {
		const struct spot *spot = &map->spots[i % map->count];
		if (i == map->count && !spot->depot)
			break;
		points[2 * count] = (float)spot->x;
		points[2 * count++ + 1] = (float)spot->y;
	}
	if (count > 1)
		shape_line(l, points, count, 0x9A9A9A, 1.3 * l->scale, 0);
}

static void
draw_text(struct lay *l, const struct spot *spot)
{
	const struct paragraph *p = &spot->text;
	double tall = (double)p->line_count * p->leading;
	/* Capitals and figures stand a little high in their line. */
	double top = spot->top + (spot->height - tall) / 2 + p->size * 0.06;
	text_draw(l, p, spot->left, top, spot->width, ALIGN_CENTRE);
}

/* A disc, or for a wide text two discs with a bar between them. */
static void
draw_label(struct lay *l, const struct spot *spot)
{
	double radius = spot->height / 2, middle = spot->top + radius;
	if (spot->depot) {
		lay_frame(l, spot->left, spot->top, spot->width, spot->height, 0xFFFFFF,
			0, 1.1);
	} else {
		shape_disc(l, spot->left + radius, middle, radius, 0, -1, 0);
		shape_disc(
			l, spot->left + spot->width - radius, middle, radius, 0, -1, 0);
		if (spot->width > spot->height)
			lay_rect(l, spot->left + radius, spot->top,
				spot->width - 2 * radius, spot->height, 0);
	}
	draw_text(l, spot);
}

static void
draw_spots(struct lay *l, const struct map *map)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct spot *spot = &map->spots[i];
		float leader[] = { (float)spot->x, (float)spot->y,
			(float)(spot->left + spot->width / 2),
			(float)(spot->top + spot->height / 2) };
		if (spot->placed)
			shape_line(l, leader, 2, 0, 0.5, 0);
	}
	for (size_t i = 0; i < map->count; i++) {
		const struct spot *spot = &map->spots[i];
		double half = lay_mm(l, 1.3);
		if (spot->joined)
			continue;
		if (spot->depot)
			lay_rect(
				l, spot->x - half, spot->y - half, 2 * half, 2 * half, 0);
		else
			shape_disc(
				l, spot->x, spot->y, lay_mm(l, 0.65), 0, 0xFFFFFF, 0.5);
	}
	for (size_t i = 0; i < map->count; i++) {
		if (map->spots[i].placed)
			draw_label(l, &map->spots[i]);
	}
}

/* The longest of 1, 2, 5, 10, 20 … metres that takes at most `room` points. */
static double
round_length(double room, double metre)
{
	static const double steps[] = { 2, 2.5, 2 };
	double length = 1;
	for (int i = 0; i < 24 && length * steps[i % 3] * metre <= room; i++)
		length *= steps[i % 3];
	return length;
}

void
map_scale(struct lay *l, const struct style *text_style, double metre, double top)
{
	double length = round_length(lay_mm(l, 38), metre);
	double wide = length * metre, left = lay_mm(l, 3);
	double base = top + lay_mm(l, MAP_STRIP * 0.66), tick = lay_mm(l, 1.4);
	float line[] = { (float)left, (float)(base - tick), (float)left, (float)base,
		(float)(left + wide), (float)base, (float)(left + wide),
		(float)(base - tick) };
	const char *text = length < 1000
		? vs_arena_printf(l->arena, "%g\u00A0m", length)
		: vs_arena_printf(l->arena, "%g\u00A0km", length / 1000);
	struct style *style = vs_arena_alloc(l->arena, sizeof(*style));
	*style = *text_style;
	style->colour = 0;
	struct paragraph p;
	text_break(l, text, style, 1e6, (struct text_limits){ 0 }, &p);
	shape_line(l, line, 4, 0, 0.9, 0);
	text_line(l, &p, 0, left + wide + lay_mm(l, 1.5),
		base - p.leading / 2 - p.size * 0.1, 0, ALIGN_LEFT);
}

static void
draw_north(struct lay *l, const struct map *map, double top)
{
	double mm = lay_mm(l, 1), x = map->width - 4 * mm, y = top + 0.8 * mm;
	double foot = y + (MAP_STRIP - 2) * mm;
	float shaft[] = { (float)x, (float)foot, (float)x, (float)y };
	float head[] = { (float)(x - 1.1 * mm), (float)(y + 2 * mm), (float)x, (float)y,
		(float)(x + 1.1 * mm), (float)(y + 2 * mm) };
	struct style *style = vs_arena_alloc(l->arena, sizeof(*style));
	*style = *map->block->style;
	style->colour = 0;
	struct paragraph p;
	text_break(l, "N", style, 1e6, (struct text_limits){ 0 }, &p);
	shape_line(l, shaft, 2, 0, 0.9, 0);
	shape_line(l, head, 3, 0, 0.9, 0);
	text_line(l, &p, 0, x - 12 * mm, (y + foot) / 2 - p.leading / 2, 10 * mm,
		ALIGN_RIGHT);
}

/* A text below; it sees how many points are missing. */
static bool
lay_below(struct lay *l, const struct map *map, const struct template *field,
	double width, struct flow *flow)
{
	const struct block *b = map->block;
	json_t *numbers = json_pack("{s:i}", "missing", map->missing);
	if (!numbers)
		vs_abort("out of memory");
	const char *text = NULL;
	if (lay_push(l, b, numbers)) {
		text = text_field(l, field);
		text = text ? vs_arena_text(l->arena, text) : NULL;
		lay_pop(l);
	}
	json_decref(numbers);
	if (!text)
		return false;
	if (!*text)
		return true;
	struct paragraph p;
	text_break(l, text, b->note_style, width, (struct text_limits){ 0 }, &p);
	uint32_t first = l->count;
	double height = text_draw(l, &p, 0, lay_mm(l, 0.8), width, b->note_style->align);
	lay_fragment(l, flow, b, height, first);
	return true;
}

bool
map_lay(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	double outer = b->width > 0 ? fmin(lay_mm(l, b->width), width) : width;
	double height = lay_mm(l, b->height), strip = lay_mm(l, MAP_STRIP);
	struct map map = { .block = b, .width = outer, .height = height - strip };
	if (!collect(l, &map))
		return false;
	if (map.count == 0)
		return lay_below(l, &map, b->empty, width, flow);
	project(l, &map);
	map_place(l, &map);
	double spare = width - outer;
	double left = b->align == ALIGN_RIGHT ? spare
		: b->align == ALIGN_CENTRE    ? spare / 2
					      : 0;
	uint32_t first = l->count;
	lay_frame(l, 0, 0, outer, height, 0xFFFFFF, 0x606060, 0.5);
	if (b->path_line)
		draw_path(l, &map);
	draw_spots(l, &map);
	map_scale(l, b->style, map.metre, map.height);
	draw_north(l, &map, map.height);
	const struct op *ops = lay_take(l, first);
	uint32_t count = l->count - first;
	l->count = first;
	lay_move(l, ops, count, left, 0);
	lay_fragment(l, flow, b, height, first)->keep = b->note != NULL;
	return lay_below(l, &map, b->note, width, flow);
}
