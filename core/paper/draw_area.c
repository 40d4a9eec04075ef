/* Filled areas as PDF operators. */
#include "paper/paper.h"

static void
set_colour(struct pen *pen, uint32_t colour, const char *name)
{
	draw_operator(pen,
		(double[]){ (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
			(colour & 255) / 255.0 },
		3, 3, name);
}

static void
put_outline(struct pen *pen, const struct op *op, double x, double y)
{
	for (uint32_t i = 0; i < op->count; i++)
		draw_operator(pen,
			(double[]){ x + op->points[2 * i], y - op->points[2 * i + 1] }, 2,
			2, i == 0 ? "m\n" : "l\n");
}

void
draw_area(struct pen *pen, const struct op *op, double x, double y)
{
	draw_operator(pen, NULL, 0, 2, "q 1 j ");
	set_colour(pen, op->colour, "rg\n");
	if (op->stroke >= 0) {
		draw_operator(pen, (double[]){ op->thickness }, 1, 2, "w ");
		set_colour(pen, (uint32_t)op->stroke, "RG\n");
	}
	put_outline(pen, op, x, y);
	draw_operator(pen, NULL, 0, 2, op->stroke >= 0 ? "b* Q\n" : "f* Q\n");
}
