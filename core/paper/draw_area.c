/* Filled areas as PDF operators: plain, or with lines that lie within them. */
#include <math.h>

#include "paper/paper.h"

#define LINES_MAX 4000

static void
set_colour(struct pen *pen, uint32_t colour, const char *name)
{
	draw_operator(pen,
		(double[]){ (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
			(colour & 255) / 255.0 },
		3, 3, name);
}

struct edges {
	double left, right, bottom, top;
};

/* Ring after ring; returns how far they reach. */
static struct edges
put_rings(struct pen *pen, const struct op *op, double x, double y)
{
	struct edges e = { INFINITY, -INFINITY, INFINITY, -INFINITY };
	bool begins = true;
	for (uint32_t i = 0; i < op->count; i++) {
		double at[2] = { x + op->points[2 * i], y - op->points[2 * i + 1] };
		if (isnan(at[0])) {
			if (!begins)
				draw_operator(pen, NULL, 0, 2, "h\n");
			begins = true;
			continue;
		}
		draw_operator(pen, at, 2, 2, begins ? "m\n" : "l\n");
		begins = false;
		e.left = fmin(e.left, at[0]);
		e.right = fmax(e.right, at[0]);
		e.bottom = fmin(e.bottom, at[1]);
		e.top = fmax(e.top, at[1]);
	}
	if (!begins)
		draw_operator(pen, NULL, 0, 2, "h\n");
	return e;
}

/* Lines along x - y = n * step, counted from the corner of the page: they go on from one
 * area to its neighbour. */
static void
put_lines(struct pen *pen, const struct edges *e, double step, double lean)
{
	double high = e->top - e->bottom;
	double from = lean > 0 ? e->left - e->top : e->left + e->bottom;
	double to = lean > 0 ? e->right - e->bottom : e->right + e->top;
	if (!(to - from < LINES_MAX * step))
		return;
	for (double at = ceil(from / step) * step; at <= to; at += step) {
		double x = at + lean * e->bottom;
		draw_operator(pen, (double[]){ x, e->bottom }, 2, 2, "m\n");
		draw_operator(pen, (double[]){ x + lean * high, e->top }, 2, 2, "l\n");
	}
}

void
draw_area(struct pen *pen, const struct op *op, double x, double y)
{
	bool outline = op->stroke >= 0, hatched = op->hatch != HATCH_NONE;
	draw_operator(pen, NULL, 0, 2, "q 1 j ");
	set_colour(pen, op->colour, "rg\n");
	if (outline) {
		draw_operator(pen, (double[]){ op->thickness }, 1, 2, "w ");
		set_colour(pen, (uint32_t)op->stroke, "RG\n");
	}
	struct edges e = put_rings(pen, op, x, y);
	/* The path is drawn once, and is from then on the edge of all that follows. */
	draw_operator(pen, NULL, 0, 2, hatched ? "W* " : "");
	draw_operator(pen, NULL, 0, 2, outline ? "B*\n" : "f*\n");
	if (hatched && e.left <= e.right) {
		bool dense = op->hatch == HATCH_DENSE;
		draw_operator(pen, (double[]){ dense ? 0.6 : 0.4 }, 1, 2, "w ");
		set_colour(pen, dense ? 0x202020 : 0x909090, "RG\n");
		put_lines(pen, &e, dense ? 2.8 : 5, dense ? 1 : -1);
		draw_operator(pen, NULL, 0, 2, "S\n");
	}
	draw_operator(pen, NULL, 0, 2, "Q\n");
}
