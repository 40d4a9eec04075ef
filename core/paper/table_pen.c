/* What makes a table a form: lines around every column, and empty rows for a pen. */
#include "paper/table.h"

#define FILL_MAX 200 /* empty rows that a page may have */

void
table_grid(struct lay *l, const struct table *t, double height)
{
	const struct block *b = t->block;
	double x = 0, line = b->thickness;
	for (size_t i = 0; i <= b->part_count; i++) {
		double left = i == b->part_count ? t->width - line : x;
		lay_rect(l, left, 0, line, height, (uint32_t)b->colour);
		x += i < b->part_count ? t->widths[i] : 0;
	}
}

void
table_blanks(struct lay *l, struct table *t)
{
	const struct block *b = t->block;
	int count = b->blank + (b->blank_fill ? FILL_MAX : 0);
	double height = lay_mm(l, b->blank_height);
	for (int i = 0; i < count; i++) {
		uint32_t first = l->count;
		table_grid(l, t, height);
		table_rule(l, t, height, (uint32_t)b->colour, b->thickness);
		struct fragment *f = lay_fragment(l, t->flow, b, height, first);
		f->repeat = t->head;
		f->optional = i >= b->blank;
	}
}
