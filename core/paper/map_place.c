/*
 * Labels on the sketch map. Each goes on its point if there is room, otherwise to the nearest
 * free place around it; one that finds none is left out, its point stays.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper/map.h"

#define TOGETHER   1.0 /* mm: points nearer than this get one label */
#define JOINED_MAX 10  /* parts of a joined label */
#define RINGS	   40

/* The number that a label is, or -1. */
static long
number_of(const char *label)
{
	size_t length = strspn(label, "0123456789");
	return length > 0 && length < 7 && !label[length] ? strtol(label, NULL, 10) : -1;
}

struct joint {
	struct vs_buffer text;
	long from, to; /* the run of numbers not yet written, -1 = none */
	int parts;
};

static void
put_part(struct joint *j, const char *part)
{
	j->parts++;
	if (j->parts <= JOINED_MAX)
		vs_buffer_printf(&j->text, "%s%s", j->parts > 1 ? ", " : "", part);
	else if (j->parts == JOINED_MAX + 1)
		vs_buffer_text(&j->text, " …");
}

static void
put_run(struct joint *j)
{
	char part[40];
	if (j->from < 0)
		return;
	if (j->to - j->from >= 2) {
		snprintf(part, sizeof(part), "%ld–%ld", j->from, j->to);
		put_part(j, part);
	} else {
		for (long n = j->from; n <= j->to; n++) {
			snprintf(part, sizeof(part), "%ld", n);
			put_part(j, part);
		}
	}
	j->from = -1;
}

static void
add_label(struct joint *j, const char *label)
{
	long number = number_of(label);
	if (number >= 0 && j->from >= 0 && number == j->to + 1) {
		j->to = number;
		return;
	}
	put_run(j);
	if (number >= 0)
		j->from = j->to = number;
	else if (*label)
		put_part(j, label);
}

/* Spot `at` takes up the later ones on the same place: "3, 4", "5–8". */
static void
join(struct lay *l, struct map *map, size_t at)
{
	struct spot *spot = &map->spots[at];
	struct joint joint = { .from = -1 };
	double near = lay_mm(l, TOGETHER);
	add_label(&joint, spot->label);
	for (size_t i = at + 1; i < map->count; i++) {
		struct spot *other = &map->spots[i];
		if (other->joined || other->depot != spot->depot ||
			hypot(other->x - spot->x, other->y - spot->y) > near)
			continue;
		other->joined = true;
		if (!spot->depot) /* a depot that comes again at the end is the same */
			add_label(&joint, other->label);
	}
	put_run(&joint);
	spot->label = vs_arena_text(l->arena, joint.text.data ? joint.text.data : "");
	vs_buffer_done(&joint.text);
}

static void
measure(struct lay *l, const struct map *map, struct spot *spot)
{
	struct style *style = vs_arena_alloc(l->arena, sizeof(*style));
	*style = *map->block->style;
	style->colour = spot->depot ? 0 : 0xFFFFFF;
	struct text_limits limits = { .shrink = style->size * 0.5, .max_lines = 1 };
	text_break(l, spot->label, style, map->width * 0.4, limits, &spot->text);
	double high = style->size * l->scale * 1.35;
	double wide = 0;
	for (size_t i = 0; i < spot->text.line_count; i++)
		wide = spot->text.lines[i].width > wide ? spot->text.lines[i].width
							: wide;
	double lines = (double)spot->text.line_count - 1;
	spot->height = high + lines * spot->text.leading;
	spot->width = wide + high * 0.5;
	spot->width = spot->width > spot->height ? spot->width : spot->height;
}

static bool
inside(const struct map *map, const struct spot *spot)
{
	return spot->left >= 1 && spot->top >= 1 &&
		spot->left + spot->width <= map->width - 1 &&
		spot->top + spot->height <= map->height - 1;
}

/* Does the label of `spot` touch the label of `other`, or with `dots` its point? */
static bool
touches(const struct spot *spot, const struct spot *other, bool dots)
{
	const double apart = 0.6, dot = 2.4;
	if (other->placed && spot->left < other->left + other->width + apart &&
		other->left < spot->left + spot->width + apart &&
		spot->top < other->top + other->height + apart &&
		other->top < spot->top + spot->height + apart)
		return true;
	return dots && other->x > spot->left - dot &&
		other->x < spot->left + spot->width + dot && other->y > spot->top - dot &&
		other->y < spot->top + spot->height + dot;
}

static bool
is_free(const struct map *map, const struct spot *spot, bool dots)
{
	if (!inside(map, spot))
		return false;
	for (size_t i = 0; i < map->count; i++) {
		const struct spot *other = &map->spots[i];
		if (other != spot && !other->joined && touches(spot, other, dots))
			return false;
	}
	return true;
}

static bool
try_ring(const struct map *map, struct spot *spot, int ring, bool dots)
{
	double step = spot->height * 0.4;
	int directions = ring == 0 ? 1 : 16;
	for (int i = 0; i < directions; i++) {
		double angle = 2 * M_PI * i / 16 + 0.2;
		double away = ring * step + (ring > 0 ? spot->height * 0.5 : 0);
		/* Wide labels need more room to the sides than up and down. */
		double wide = ring > 0 ? (spot->width - spot->height) / 2 : 0;
		double x = spot->x + cos(angle) * (away + wide);
		double y = spot->y + sin(angle) * away;
		spot->left = x - spot->width / 2;
		spot->top = y - spot->height / 2;
		if (is_free(map, spot, dots))
			return true;
	}
	return false;
}

static void
place_one(const struct map *map, struct spot *spot)
{
	for (int round = 0; round < 2 && !spot->placed; round++) {
		for (int ring = 0; ring < RINGS && !spot->placed; ring++)
			spot->placed = try_ring(map, spot, ring, round == 0);
	}
}

void
map_place(struct lay *l, struct map *map)
{
	for (size_t i = 0; i < map->count; i++) {
		if (!map->spots[i].joined)
			join(l, map, i);
	}
	for (size_t i = 0; i < map->count; i++) {
		struct spot *spot = &map->spots[i];
		if (spot->joined || !*spot->label)
			continue;
		measure(l, map, spot);
		place_one(map, spot);
	}
}
