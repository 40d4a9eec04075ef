/*
 * A canvas: a piece of paper in its own colour with things at fixed places, for the preview
 * of a ballot paper. A fitted item shrinks its texts until they fit its height.
 */
#include "base/colour.h"
#include "base/i18n.h"
#include "paper/paper.h"

/* Signal lines: as wide as this, as far apart, and from the edge, mm. */
#define SIGNAL_LINE 1.2

static bool
height_at(struct lay *l, const struct block *blocks, double width, double scale,
	double *ret_height)
{
	double outer = l->scale;
	uint32_t count = l->count;
	int missing = l->missing;
	l->scale = scale;
	bool good = lay_piece(l, blocks, 0, 0, width, ret_height);
	l->scale = outer;
	l->count = count;
	l->missing = missing;
	return good;
}

bool
canvas_fit(struct lay *l, const struct block *blocks, double width, double room,
	double *ret_scale)
{
	double low = 0, high = l->scale, height = 0;
	if (!height_at(l, blocks, width, high, &height))
		return false;
	*ret_scale = high;
	if (height <= room)
		return true;
	for (int i = 0; i < 9; i++) {
		double middle = (low + high) / 2;
		if (!height_at(l, blocks, width, middle, &height))
			return false;
		if (height <= room)
			low = middle;
		else
			high = middle;
	}
	*ret_scale = low > 0 ? low : high;
	return true;
}

/* Gives all texts from `first` on the ink's colour and brings everything `down`. */
static void
finish_item(struct lay *l, uint32_t first, int64_t ink, double down)
{
	for (uint32_t i = first; i < l->count; i++) {
		struct op *op = &l->ops[i];
		if (op->kind == OP_TEXT && ink >= 0)
			op->colour = (uint32_t)ink;
		op->y += (float)down;
	}
}

static bool
lay_item(struct lay *l, const struct item *item, double left)
{
	double scale = l->scale, outer = l->scale, height = 0;
	double width = lay_mm(l, item->width), x = left + lay_mm(l, item->x);
	double y = lay_mm(l, item->y), room = lay_mm(l, item->height);
	const char *fill = text_field(l, item->fill);
	const char *ink = fill ? text_field(l, item->ink) : NULL;
	if (!ink)
		return false;
	if (item->fit && !canvas_fit(l, item->blocks, width, room, &scale))
		return false;
	lay_frame(l, x, y, width, room, colour_parse(fill), -1, 0);
	uint32_t first = l->count;
	l->scale = scale;
	bool good = lay_piece(l, item->blocks, x, y, width, &height);
	l->scale = outer;
	finish_item(l, first, colour_parse(ink),
		height < room ? (room - height) * item->sink : 0);
	return good;
}

static void
lay_signals(struct lay *l, const struct block *b, const char *lines, double left)
{
	int count = lines[0] >= '1' && lines[0] <= '3' && !lines[1] ? lines[0] - '0' : 0;
	double step = lay_mm(l, SIGNAL_LINE), height = lay_mm(l, b->height);
	for (int i = 0; i < count; i++) {
		double in = (2 * i + 1) * step;
		double x = b->signal_left ? in : lay_mm(l, b->width) - in - step;
		lay_rect(l, left + x, 0, step, height, 0);
	}
}

void
lay_watermark(struct lay *l, const struct style *style, const char *text, double x,
	double width, double height)
{
	struct paragraph p;
	text_break(l, text, style, 1e6, (struct text_limits){ 0 }, &p);
	if (p.line_count == 0 || p.lines[0].count == 0)
		return;
	struct op *op = lay_op(l, OP_WATERMARK);
	op->x = (float)x;
	op->width = (float)width;
	op->height = (float)height;
	op->colour = style->colour;
	op->face = (uint8_t)style->face;
	op->units = p.units;
	op->count = p.lines[0].count;
}

static bool
lay_content(struct lay *l, const struct block *b, double left)
{
	const char *tint = text_field(l, b->tint);
	const char *lines = tint ? text_field(l, b->lines) : NULL;
	const char *mark = lines ? text_field(l, b->watermark) : NULL;
	if (!mark)
		return false;
	int64_t fill = colour_parse(tint);
	lay_frame(l, left, 0, lay_mm(l, b->width), lay_mm(l, b->height), fill, b->colour,
		b->thickness);
	lay_watermark(l, b->style, mark, left, lay_mm(l, b->width), lay_mm(l, b->height));
	lay_signals(l, b, lines, left);
	for (const struct item *item = b->items; item; item = item->next) {
		if (lay_shown(l, item->when, item->unless) && !lay_item(l, item, left))
			return false;
	}
	return true;
}

bool
canvas_lay(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	double outer = l->scale;
	uint32_t first = l->count;
	l->scale *= b->scale;
	double spare = width - lay_mm(l, b->width), height = lay_mm(l, b->height);
	double left = b->align == ALIGN_RIGHT ? spare
		: b->align == ALIGN_CENTRE    ? spare / 2
					      : 0;
	bool good = lay_content(l, b, left > 0 ? left : 0);
	l->scale = outer;
	if (good)
		lay_fragment(l, flow, b, height, first);
	return good;
}
