/* Lines, discs and hatching as drawing operations, and the line along which to cut. */
#include <string.h>

#include "paper/paper.h"

static struct op *
add_path(struct lay *l, const float *points, size_t count, uint32_t colour,
	double thickness)
{
	float *copy = vs_arena_alloc(l->arena, 2 * (count + 1) * sizeof(copy[0]));
	if (count > 0)
		memcpy(copy, points, 2 * count * sizeof(copy[0]));
	struct op *op = lay_op(l, OP_PATH);
	op->points = copy;
	op->count = (uint32_t)count;
	op->colour = colour;
	op->thickness = (float)thickness;
	return op;
}

void
shape_line(struct lay *l, const float *points, size_t count, uint32_t colour,
	double thickness, int dash)
{
	add_path(l, points, count, colour, thickness)->dash[0] = (uint8_t)dash;
}

void
shape_dashed(struct lay *l, const float *points, size_t count, uint32_t colour,
	double thickness, const uint8_t dash[4])
{
	memcpy(add_path(l, points, count, colour, thickness)->dash, dash, 4);
}

struct op *
shape_area(struct lay *l, const float *points, size_t count, uint32_t colour,
	int64_t stroke, double thickness)
{
	struct op *op = add_path(l, points, count, colour, thickness);
	op->kind = OP_AREA;
	op->stroke = (int32_t)stroke;
	return op;
}

void
shape_disc(struct lay *l, double x, double y, double radius, uint32_t colour,
	int64_t stroke, double thickness)
{
	struct op *op = lay_op(l, OP_DISC);
	op->x = (float)x;
	op->y = (float)y;
	op->width = (float)radius;
	op->colour = colour;
	op->stroke = (int32_t)stroke;
	op->thickness = (float)thickness;
}

#define HATCH_MAX 400

void
shape_hatch(struct lay *l, double x, double y, double width, double height, double step,
	bool upright)
{
	float points[4 * HATCH_MAX];
	size_t count = 0;
	double end = upright ? width : width + height;
	if (end / step > HATCH_MAX)
		step = end / HATCH_MAX;
	for (double at = step / 2; at < end && count < 2 * HATCH_MAX; at += step) {
		/* Along x + y = at, within the rectangle. */
		double left = at > height ? at - height : 0,
		       right = at < width ? at : width;
		float *to = points + 2 * count;
		to[0] = (float)(x + (upright ? at : left));
		to[1] = (float)(y + (upright ? 0 : at - left));
		to[2] = (float)(x + (upright ? at : right));
		to[3] = (float)(y + (upright ? height : at - right));
		count += 2;
	}
	add_path(l, points, count, 0, 0.45)->segments = true;
}

/* Two rings and two blades, pointing right; `x` is the left edge, `y` the middle. */
static void
draw_scissors(struct lay *l, double x, double y)
{
	double mm = lay_mm(l, 1);
	for (int side = -1; side <= 1; side += 2) {
		float blade[] = { (float)(x + 1.9 * mm), (float)(y + side * 0.85 * mm),
			(float)(x + 6.2 * mm), (float)(y - side * 0.85 * mm) };
		shape_line(l, blade, 2, 0, 0.9 * l->scale, 0);
		shape_disc(l, x + 1.2 * mm, y + side * 1.25 * mm, 0.85 * mm, 0xFFFFFF, 0,
			0.9 * l->scale);
	}
	shape_disc(l, x + 4.05 * mm, y, 0.3 * mm, 0, -1, 0);
}

static void
dashes(struct lay *l, double from, double to, double y)
{
	float line[] = { (float)from, (float)y, (float)to, (float)y };
	if (to > from)
		shape_line(l, line, 2, 0, 0.7, 3);
}

bool
shape_cut(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	const char *text = text_field(l, b->text);
	if (!text)
		return false;
	double left = lay_mm(l, 8), gap = lay_mm(l, 2), height = lay_mm(l, 5);
	double room = width - 2 * left - 2 * gap;
	struct text_limits one = { .shrink = b->style->size * 0.5, .max_lines = 1 };
	struct paragraph p;
	text_break(l, text, b->style, room, one, &p);
	double tall = (double)p.line_count * p.leading;
	height = *text && tall > height ? tall : height;
	uint32_t first = l->count;
	draw_scissors(l, 0, height / 2);
	if (*text) {
		double half = 0;
		for (size_t i = 0; i < p.line_count; i++)
			half = p.lines[i].width / 2 > half ? p.lines[i].width / 2 : half;
		dashes(l, left, width / 2 - half - gap, height / 2);
		dashes(l, width / 2 + half + gap, width, height / 2);
		text_draw(l, &p, left + gap, (height - tall) / 2, room, ALIGN_CENTRE);
	} else {
		dashes(l, left, width, height / 2);
	}
	lay_fragment(l, flow, b, height, first);
	return true;
}
