/* What the greys of a map of areas mean, and which names its numbers stand for. */
#include <math.h>

#include "paper/areas.h"
#include "paper/chart.h"

#define PATCH 6.5 /* mm */

/* White, light grey, dense lines, dark grey, black: lighter to darker in any copy. Dark ones
 * have white borders. Without data: a few thin lines the other way. */
void
areas_fill(struct lay *l, const float *points, size_t count, int class)
{
	static const uint32_t grounds[] = { 0xFFFFFF, 0xD4D4D4, 0xE8E8E8, 0x747474,
		0x141414, 0xFFFFFF };
	bool dark = class == 3 || class == 4;
	struct op *op = shape_area(l, points, count, grounds[class],
		dark ? 0xFFFFFF : 0x404040, dark ? 0.6 : 0.4);
	if (class == 2)
		op->hatch = HATCH_DENSE;
	else if (class == AREA_NONE)
		op->hatch = HATCH_SPARSE;
}

/* Is there an area of the class? Those that have a text are explained anyway; no data only
 * when it occurs. */
static bool
is_told(const struct areas *map, int class)
{
	if (!*map->classes[class])
		return false;
	for (size_t i = 0; class == AREA_NONE && i < map->count; i++) {
		if (map->list[i].class == AREA_NONE)
			return true;
	}
	return class != AREA_NONE;
}

bool
areas_has_legend(const struct areas *map)
{
	for (int i = 0; i <= AREA_NONE; i++) {
		if (is_told(map, i))
			return true;
	}
	return false;
}

static void
draw_patch(struct lay *l, double x, double y, double width, double height, int class)
{
	float points[] = { (float)x, (float)y, (float)(x + width), (float)y,
		(float)(x + width), (float)(y + height), (float)x, (float)(y + height) };
	areas_fill(l, points, 4, class);
	l->ops[l->count - 1].stroke = -1;
	lay_frame(l, x, y, width, height, -1, 0x404040, 0.4);
}

static struct paragraph
class_text(struct lay *l, const struct areas *map, int class, double width)
{
	const struct style *style = map->block->style;
	return chart_text(l, map->classes[class], style, width, style->size * 0.7);
}

bool
areas_panel(struct lay *l, const struct areas *map, double x, double width, double height)
{
	const struct style *style = map->block->style;
	double patch = lay_mm(l, PATCH), gap = lay_mm(l, 1.5), y = lay_mm(l, 2);
	double line = style->leading * l->scale;
	for (int i = 0; i <= AREA_NONE; i++) {
		if (!is_told(map, i))
			continue;
		struct paragraph p = class_text(l, map, i, width - patch - gap);
		double tall = (double)p.line_count * p.leading;
		draw_patch(l, x, y + line * 0.05, patch, line * 0.9, i);
		text_draw(l, &p, x + patch + gap, y, width, ALIGN_LEFT);
		y += fmax(tall, line) + line * 0.3;
	}
	if (map->numbers == 0)
		return true;
	y += line * 0.5;
	if (y + map->numbers * line > height)
		return false;
	for (size_t i = 0; i < map->count; i++) {
		const struct area *area = &map->list[i];
		if (!area->numbered)
			continue;
		double indent = lay_mm(l, 5);
		struct paragraph p = area->text;
		text_draw(
			l, &p, x, y + (line - p.leading) / 2, indent - gap, ALIGN_RIGHT);
		p = chart_text(l, area->label, style, width - indent, style->size * 0.5);
		text_line(l, &p, 0, x + indent, y + (line - p.leading) / 2, width,
			ALIGN_LEFT);
		y += line;
	}
	return true;
}

static void
lay_classes(struct lay *l, const struct areas *map, double width, struct flow *flow)
{
	double patch = lay_mm(l, PATCH), gap = lay_mm(l, 1.2), x = 0;
	double line = map->block->style->leading * l->scale;
	uint32_t first = l->count;
	for (int i = 0; i <= AREA_NONE; i++) {
		if (!is_told(map, i))
			continue;
		struct paragraph p = class_text(l, map, i, width - patch - gap);
		double need = patch + gap + chart_text_width(&p);
		if (x > 0 && x + need > width) {
			lay_fragment(l, flow, map->block, line * 1.2, first)->keep = true;
			first = l->count;
			x = 0;
		}
		draw_patch(l, x, line * 0.05, patch, line * 0.9, i);
		text_line(l, &p, 0, x + patch + gap, (line - p.leading) / 2, width,
			ALIGN_LEFT);
		x += need + lay_mm(l, 4.5);
	}
	lay_fragment(l, flow, map->block, line * 1.2, first);
}

static void
lay_numbers(struct lay *l, const struct areas *map, double width, struct flow *flow)
{
	VS_AUTO(vs_buffer) text = { 0 };
	for (size_t i = 0; i < map->count; i++) {
		const struct area *area = &map->list[i];
		if (area->numbered)
			vs_buffer_printf(&text, "%s%d\u00A0%s",
				text.length > 0 ? ", " : "", area->number, area->label);
	}
	struct paragraph p;
	text_break(l, vs_arena_text(l->arena, text.data), map->block->style, width,
		(struct text_limits){ 0 }, &p);
	for (size_t i = 0; i < p.line_count; i++) {
		uint32_t first = l->count;
		text_line(l, &p, i, 0, 0, width, ALIGN_LEFT);
		lay_fragment(l, flow, map->block, p.leading, first);
	}
}

void
areas_below(struct lay *l, const struct areas *map, double width, struct flow *flow,
	bool legend, bool numbers)
{
	if (legend && areas_has_legend(map))
		lay_classes(l, map, width, flow);
	if (numbers && map->numbers > 0)
		lay_numbers(l, map, width, flow);
}
