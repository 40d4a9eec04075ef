/*
 * Parcels (kolli) of a delivery: first the full boxes as the printer closed them, then what is
 * left, together and never splitting a bundle. When another number was packed, the lines are
 * spread evenly over that many.
 */
#include "ballots/sheet_parts.h"

#include <math.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define MOST_PARCELS 999 /* a label must be able to say "n of N" */

struct filling {
	struct vs_arena *arena;
	struct sheet_parcel *parcels;
	size_t count, now;
	size_t most_lines;     /* in one parcel */
	double capacity, used; /* in boxes; of the parcel that is being filled */
};

static double
boxes_of(const struct sheet_line *line)
{
	return (double)line->pieces / (double)line->item->box;
}

static void
put(struct filling *f, const struct sheet_item *item, int64_t pieces)
{
	struct sheet_parcel *parcel = &f->parcels[f->now];
	if (!parcel->lines)
		parcel->lines =
			vs_arena_alloc(f->arena, f->most_lines * sizeof *parcel->lines);
	parcel->lines[parcel->line_count++] = (struct sheet_line){ item, pieces, pieces };
	parcel->weight_mg += pieces * item->unit_mg;
	f->used += (double)pieces / (double)item->box;
}

static void
next(struct filling *f)
{
	f->now++;
	f->used = 0;
}

/* Whole bundles that there is room for; an empty parcel takes one whatever its size. */
static int64_t
fitting(const struct filling *f, const struct sheet_item *item)
{
	double room = (f->capacity - f->used) * (double)item->box / (double)item->bundle;
	int64_t bundles = (int64_t)floor(room + 1e-6);
	if (bundles < 1 && f->used == 0)
		bundles = 1;
	return bundles * item->bundle;
}

static void
spread(struct filling *f, const struct sheet_line *line, int64_t pieces)
{
	while (pieces > 0) {
		bool last = f->now + 1 == f->count;
		int64_t take = last ? pieces : fitting(f, line->item);
		if (take <= 0) {
			next(f);
			continue;
		}
		if (take > pieces)
			take = pieces;
		put(f, line->item, take);
		pieces -= take;
	}
}

/* The full boxes of every line but the very last parcel; what is left stands in `rest`. */
static void
take_full_boxes(struct filling *f, const struct sheet_delivery *d, int64_t *rest)
{
	for (size_t i = 0; i < d->line_count; i++) {
		const struct sheet_item *item = d->lines[i].item;
		for (; rest[i] >= item->box && f->now + 1 < f->count; next(f)) {
			put(f, item, item->box);
			rest[i] -= item->box;
		}
	}
}

size_t
sheet_parcels(struct vs_arena *arena, const struct sheet_delivery *d,
	const struct sheet_parcel **ret_parcels)
{
	double total = 0;
	int64_t *rest = vs_arena_alloc(arena, (d->line_count + 1) * sizeof *rest);
	for (size_t i = 0; i < d->line_count; i++) {
		total += boxes_of(&d->lines[i]);
		rest[i] = d->lines[i].pieces;
	}
	size_t needed = (size_t)fmin(fmax(ceil(total - 1e-9), 1), MOST_PARCELS);
	size_t count = d->packages > 0 ? (size_t)fmin(d->packages, MOST_PARCELS) : needed;
	struct filling f = { .arena = arena,
		.parcels = vs_arena_alloc(arena, count * sizeof *f.parcels),
		.count = count,
		.most_lines = d->line_count + 1,
		.capacity = count == needed ? 1 : total / (double)count };
	if (count == needed)
		take_full_boxes(&f, d, rest);
	for (size_t i = 0; i < d->line_count; i++)
		spread(&f, &d->lines[i], rest[i]);
	*ret_parcels = f.parcels;
	return count;
}

int64_t
sheet_parcels_with(
	const struct sheet_parcel *parcels, size_t count, const struct sheet_item *item)
{
	int64_t found = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < parcels[i].line_count; k++)
			found += parcels[i].lines[k].item == item;
	return found;
}

const char *
sheet_parcel_text(struct vs_arena *arena, const struct sheet_parcel *parcel)
{
	const char *text = "";
	for (size_t i = 0; i < parcel->line_count; i++)
		text = sheet_join(arena, text, " · ",
			vs_arena_printf(arena, "%s\u00a0%s", parcel->lines[i].item->name,
				vs_text_number(arena, parcel->lines[i].pieces)));
	return *text ? text : "–";
}
