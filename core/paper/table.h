/* What the two files of the table share. */
#ifndef PAPER_TABLE_H
#define PAPER_TABLE_H

#include "paper/paper.h"

#define PARTS_MAX 40

struct table {
	const struct block *block;
	double width;
	double widths[PARTS_MAX];
	double pad, pad_y;
	struct repeat *head;
	const struct repeat
		*top;	   /* what comes again on a new page: the head, and the group */
	const char *group; /* the last row's */
	struct flow *flow;
};

VS_CHECKED bool table_head(struct lay *l, struct table *t);
VS_CHECKED bool table_rows(struct lay *l, struct table *t, const json_t *rows);
/* A thin line along the lower edge of what has just been laid out. */
void table_rule(struct lay *l, const struct table *t, double height, uint32_t colour,
	double thickness);
/* Lines along the edges of all columns. */
void table_grid(struct lay *l, const struct table *t, double height);
/* Rows to be filled in with a pen. */
void table_blanks(struct lay *l, struct table *t);
/* The whole table in several columns of rows side by side. */
VS_CHECKED bool table_across(struct lay *l, struct table *t, const json_t *rows);

#endif
