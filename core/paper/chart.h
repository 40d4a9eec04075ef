/*
 * What the files of charts share: what the layout asks for, what the view holds, where it is
 * drawn. Values go from left to right in `bars`, from below in `columns` and `lines`.
 */
#ifndef PAPER_CHART_H
#define PAPER_CHART_H

#include "paper/paper.h"

#define CHART_SERIES BAR_PARTS
#define CHART_ROWS   2000
#define CHART_LARGE  1e12 /* numbers beyond are taken for mistakes and left out */

/* ---- Scaling (chart_scale.c): arithmetic alone ---- */

/* The ends of an axis are ticks, and every `step` between them. */
struct scale {
	double low, high, step;
	int ticks, decimals;
};

/* Round ticks (1, 2, 5 times a power of ten), 2 to `most` of them, that reach around `low`
 * to `high`. With `whole` never at fractions. */
struct scale chart_scale(double low, double high, bool whole, int most);
double chart_tick(const struct scale *scale, int at);
/* 0 at the scale's low end, 1 at its high one. */
double chart_share(const struct scale *scale, double value);
/* How many decimals figures up to `largest` need; NAN is left out. */
int chart_decimals(const double *values, size_t count, double largest);
/*
 * Which of `count` texts side by side are shown, at `from` and so `long`: all, or every so
 * many, so that `gap` is between them; the last one, too, when there is room for it. Texts
 * without length are not counted.
 */
void chart_thin(const double *from, const double *length, size_t count, double gap,
	bool *ret_shown);

/* ---- What the layout says (chart_read.c) ---- */

enum chart_kind { CHART_COLUMNS, CHART_BARS, CHART_LINES, CHART_KINDS };

struct chart {
	enum chart_kind kind;
	const char *rows;
	const char *values[CHART_SERIES];
	size_t value_count;
	const char *target, *mark; /* names, NULL when there is none */
	struct template *label, *target_label, *unit;
	bool from_zero, value_labels;
	double least;  /* of the axis' upper end */
	double height; /* mm; 0: as high as the bars need */
};

/* ---- What the view holds (chart_data.c) ---- */

struct chart_data {
	const struct chart *chart;
	size_t count;	 /* rows */
	double *values;	 /* of row i from i * value_count on; NAN when missing */
	double *targets; /* NAN when missing */
	bool *marks;
	const char **labels;
	const char *target_label; /* the last row's; "" when there is no target */
	bool any_target, any_mark;
	double low, high; /* what the axis must reach */
	bool whole;
	struct scale scale;
	int decimals; /* of figures */
};

VS_CHECKED bool chart_collect(struct lay *l, const struct block *block,
	const struct chart *chart, struct chart_data *ret_data);
/* Ticks for an axis so long, when their figures are `apart`. */
void chart_rescale(struct chart_data *data, double length, double apart);
/* What columns and bars stack up to, above or below 0; NAN when nothing is there. */
double chart_sum(const struct chart_data *data, size_t row);

/* The block's `empty` instead of it. */
VS_CHECKED bool chart_empty(
	struct lay *l, const struct block *block, double width, struct flow *flow);

/* ---- Drawing ---- */

/* Where the values are drawn, points from the upper left corner of the block. */
struct plot {
	struct lay *l;
	const struct style *style;
	struct chart_data *data;
	double left, top, width, height;
	double right;  /* of the whole block */
	double bottom; /* of the whole block */
};

double plot_x(const struct plot *plot, size_t row); /* the middle of its slot */
double plot_y(const struct plot *plot, double value);

/* A figure the Swedish way, or with a decimal point in English. */
const char *chart_figure(struct lay *l, double value, int decimals);
/* One line, or the lines that the text has itself; no wider than `width`, 0 = any. */
struct paragraph chart_text(struct lay *l, const char *text, const struct style *style,
	double width, double least);
double chart_text_width(const struct paragraph *p);
/* Around (x, y); with `halo` in a white rim, so that it can be read on anything. */
void chart_text_at(struct lay *l, const struct paragraph *p, double x, double y,
	enum align align, bool halo);

/* Columns and lines (chart_axis.c): grid, figures, labels; target and its label. */
void axis_measure(struct plot *plot, struct paragraph *target, const char *unit);
void axis_grid(const struct plot *plot);
void axis_labels(const struct plot *plot);
void axis_marks(const struct plot *plot);
/* A dashed line that can be seen on white and on black. */
void axis_dashes(struct lay *l, const float *points, size_t count);
void axis_target(const struct plot *plot, bool steps);

void columns_draw(const struct plot *plot);
void lines_draw(const struct plot *plot);
/* A line's form and marker, as in the legend: series 0 to 3. */
void lines_sample(struct lay *l, double x, double y, double width, size_t series);
void bars_draw(struct lay *l, const struct block *block, struct chart_data *data,
	double width, double height, const char *unit);
/* A small one without axis, in a cell at (x, y). */
VS_CHECKED bool chart_cell(struct lay *l, const struct block *block,
	const struct chart *chart, double x, double y, double width, double height);
/* How high lying bars are when the layout does not say, points. */
double bars_height(const struct lay *l, const struct block *block, size_t count);

#endif
