/*
 * Names in a map of areas: in the middle of the area when they fit there. What is too small
 * for its name has a number, and the names stand in a list; when that would be a list that
 * nobody reads, there is nothing.
 */
#include <math.h>
#include <stdlib.h>

#include "paper/areas.h"
#include "paper/chart.h"

#define NUMBERS_MAX 60

/* Of a name's width, what must be inside around its middle: its ends may reach into the
 * neighbours. And how many times as large as the text the area must be, for its grey to be
 * seen. */
#define INSIDE 0.4
#define LARGER 2.2

struct place {
	double left, top, right, bottom;
};

struct places {
	struct place *list;
	size_t count;
};

static bool
take_place(const struct areas *map, struct places *places, const struct area *area,
	const struct paragraph *text)
{
	double half = chart_text_width(text) / 2, high = text->size * 0.5;
	struct place p = { area->x - half - 1, area->y - high, area->x + half + 1,
		area->y + high };
	if (p.left < 0 || p.top < 0 || p.right > map->width || p.bottom > map->height)
		return false;
	for (size_t i = 0; i < places->count; i++) {
		const struct place *other = &places->list[i];
		if (p.left < other->right && other->left < p.right &&
			p.top < other->bottom && other->top < p.bottom)
			return false;
	}
	places->list[places->count++] = p;
	return true;
}

static const struct style *
style_of(struct lay *l, const struct areas *map, double size)
{
	struct style *style = vs_arena_alloc(l->arena, sizeof(*style));
	*style = *map->block->style;
	style->colour = 0;
	style->size *= size;
	return style;
}

/* The text at its best place; true when the area is large enough for it. */
static bool
measure(struct area *area, struct paragraph text)
{
	double wide = chart_text_width(&text);
	if (area->count == 0 || wide <= 0)
		return false;
	areas_middle(area, wide, text.size);
	area->text = text;
	return area->room > wide * INSIDE &&
		areas_extent(area) > LARGER * wide * text.size;
}

static int
by_room(const void *a, const void *b)
{
	const struct area *const *one = a, *const *other = b;
	if ((*one)->room > (*other)->room)
		return -1;
	if ((*one)->room < (*other)->room)
		return 1;
	return *one < *other ? -1 : *one > *other;
}

static void
try_names(struct lay *l, struct areas *map, struct places *places)
{
	const struct style *style[2] = { style_of(l, map, 1), style_of(l, map, 0.8) };
	struct area **order = vs_arena_alloc(l->arena, map->count * sizeof(order[0]));
	size_t count = 0;
	for (size_t i = 0; i < map->count; i++) {
		struct area *area = &map->list[i];
		bool fits = false;
		for (int k = 0; k < 2 && *area->label && !fits; k++)
			fits = measure(area, chart_text(l, area->label, style[k], 0, 0));
		if (fits)
			order[count++] = area;
	}
	qsort(order, count, sizeof(order[0]), by_room);
	for (size_t i = 0; i < count; i++)
		order[i]->labelled = take_place(map, places, order[i], &order[i]->text);
}

static void
try_numbers(struct lay *l, struct areas *map, struct places *places)
{
	const struct style *style = style_of(l, map, 0.85);
	struct paragraph widest = chart_text(l, "00", style, 0, 0);
	for (size_t i = 0; i < map->count; i++) {
		struct area *area = &map->list[i];
		if (!*area->label || area->labelled || !measure(area, widest) ||
			!take_place(map, places, area, &widest))
			continue;
		area->numbered = true;
		area->number = ++map->numbers;
		area->text = chart_text(
			l, vs_arena_printf(l->arena, "%d", area->number), style, 0, 0);
	}
}

void
areas_label(struct lay *l, struct areas *map)
{
	struct places places = { .list = vs_arena_alloc(l->arena,
					 (map->count + 1) * sizeof(places.list[0])) };
	try_names(l, map, &places);
	size_t without = 0;
	for (size_t i = 0; i < map->count; i++)
		without += *map->list[i].label && !map->list[i].labelled;
	if (without <= NUMBERS_MAX)
		try_numbers(l, map, &places);
}

void
areas_draw_labels(struct lay *l, const struct areas *map)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct area *area = &map->list[i];
		if (area->labelled || area->numbered)
			chart_text_at(
				l, &area->text, area->x, area->y, ALIGN_CENTRE, true);
	}
}
