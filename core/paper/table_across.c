/* A table whose rows run in columns side by side: laid out narrow, then put together. */
#include <stdlib.h>

#include "paper/table.h"

/* Rows of a table that runs side by side: how many columns are used, how many rows each. */
struct across {
	const struct op *ops; /* from `start` on */
	uint32_t start;
	size_t columns, rows;
	double step; /* from one column's left edge to the next */
};

/* Row `at` of each column as one; with `head` the same one in each. */
static struct fragment *
merge_row(struct lay *l, struct table *t, const struct across *a,
	const struct flow *narrow, size_t at, bool head)
{
	uint32_t first = l->count;
	size_t skip = t->head ? 1 : 0;
	double height = 0;
	for (size_t i = 0; i < a->columns; i++) {
		size_t index = head ? 0 : skip + i * a->rows + at;
		if (index >= narrow->count)
			break;
		const struct fragment *f = &narrow->fragments[index];
		lay_move(l, a->ops + (f->first - a->start), f->count, (double)i * a->step,
			0);
		height = f->height > height ? f->height : height;
	}
	return lay_fragment(l, t->flow, t->block, height, first);
}

/* The rows of `narrow`, down the first column, then down the next. */
static void
merge(struct lay *l, struct table *t, struct across *a, const struct flow *narrow)
{
	size_t count = narrow->count - (t->head ? 1 : 0);
	a->rows = (count + a->columns - 1) / a->columns;
	a->columns = a->rows > 0 ? (count + a->rows - 1) / a->rows : 1;
	if (t->head) {
		const struct fragment *head = merge_row(l, t, a, narrow, 0, true);
		*t->head = (struct repeat){
			.height = head->height, .first = head->first, .count = head->count
		};
		t->flow->fragments[t->flow->count - 1].keep = count > 0;
	}
	for (size_t i = 0; i < a->rows; i++)
		merge_row(l, t, a, narrow, i, false)->repeat = t->head;
}

bool
table_across(struct lay *l, struct table *t, const json_t *rows)
{
	struct flow *flow = t->flow, narrow = { 0 };
	double gap = lay_mm(l, t->block->across_gap), width = t->width;
	struct across a = { .start = l->count, .columns = (size_t)t->block->across };
	t->width = (width - gap * ((double)a.columns - 1)) / (double)a.columns;
	a.step = t->width + gap;
	t->flow = &narrow;
	lay_widths(l, t->block->parts, t->block->part_count, t->width, 0, t->widths);
	bool good = table_head(l, t) && table_rows(l, t, rows);
	if (good) {
		table_blanks(l, t);
		a.ops = lay_take(l, a.start);
		t->flow = flow;
		merge(l, t, &a, &narrow);
	}
	free(narrow.fragments);
	return good;
}
