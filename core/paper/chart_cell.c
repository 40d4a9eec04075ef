/* Small charts in the cells of a table: the shape alone, each between its own ends. */
#include <math.h>

#include "paper/chart.h"

/* Without round ticks: as high as the cell is. */
static void
stretch(struct chart_data *d)
{
	double low = INFINITY, high = -INFINITY;
	size_t series = d->chart->value_count;
	for (size_t i = 0; i < d->count; i++) {
		double up = 0, down = 0;
		for (size_t k = 0; k < series; k++) {
			double value = d->values[i * series + k];
			up += value > 0 ? value : 0;
			down += value < 0 ? value : 0;
			if (!d->chart->from_zero && !isnan(value)) {
				low = fmin(low, value);
				high = fmax(high, value);
			}
		}
		if (d->chart->from_zero) {
			low = fmin(low, down);
			high = fmax(high, up);
		}
		low = isnan(d->targets[i]) ? low : fmin(low, d->targets[i]);
		high = isnan(d->targets[i]) ? high : fmax(high, d->targets[i]);
	}
	if (low > high)
		low = high = 0;
	double least = fmax(fabs(high), 1) * 1e-9;
	if (high - low < least) {
		/* All alike: a line in the middle, or columns of nothing. */
		low -= d->chart->from_zero ? 0 : least;
		high += d->chart->from_zero ? 1 : least;
	}
	d->scale = (struct scale){ .low = low, .high = high };
}

/* The last one dark, those before it grey, when there is one value; else patterns. */
static void
draw_columns(const struct plot *plot)
{
	const struct chart_data *d = plot->data;
	size_t series = d->chart->value_count;
	double slot = plot->width / (double)d->count;
	double wide = fmin(slot * 0.78, plot->height);
	for (size_t i = 0; i < d->count; i++) {
		double left = plot_x(plot, i) - wide / 2, up = 0, down = 0;
		for (size_t k = 0; k < series; k++) {
			double value = d->values[i * series + k];
			if (isnan(value) || !(value > 0 || value < 0))
				continue;
			double *from = value > 0 ? &up : &down;
			double a = plot_y(plot, *from), b = plot_y(plot, *from + value);
			*from += value;
			if (series == 1)
				lay_rect(plot->l, left, fmin(a, b), wide, fabs(a - b),
					i + 1 == d->count ? 0x202020 : 0xA0A0A0);
			else
				bar_part(plot->l, k, left, fmin(a, b), wide, fabs(a - b));
		}
	}
	lay_rect(plot->l, plot->left, plot_y(plot, 0) - 0.25, plot->width, 0.5, 0x404040);
}

/* A line of its own after every gap, a point for a value alone, the last one marked. */
static void
draw_line(const struct plot *plot, size_t series, float *points)
{
	static const uint8_t dashes[CHART_SERIES][4] = { { 0 }, { 4, 2 }, { 1, 2 },
		{ 5, 2, 1, 2 } };
	struct lay *l = plot->l;
	const struct chart_data *d = plot->data;
	size_t count = 0;
	const float *last = NULL;
	for (size_t i = 0; i <= d->count; i++) {
		double value = i == d->count
			? NAN
			: d->values[i * d->chart->value_count + series];
		if (!isnan(value)) {
			points[0] = (float)plot_x(plot, i);
			points[1] = (float)plot_y(plot, value);
			last = points;
			points += 2;
			count++;
			continue;
		}
		if (count > 1)
			shape_dashed(l, points - 2 * count, count, 0x202020,
				0.9 * l->scale, dashes[series]);
		else if (count == 1)
			shape_disc(l, (double)last[0], (double)last[1], 0.7 * l->scale,
				0x202020, -1, 0);
		count = 0;
	}
	if (last)
		shape_disc(l, (double)last[0], (double)last[1], 1.9 * l->scale, 0,
			0xFFFFFF, 0.4);
}

static void
draw_target(const struct plot *plot, float *points)
{
	const struct chart_data *d = plot->data;
	/* Steps for columns; for lines from point to point. */
	bool steps = d->chart->kind == CHART_COLUMNS;
	double half = steps ? plot->width / (double)d->count / 2 : 0;
	for (size_t i = 0; i < d->count; i++) {
		size_t count = 0;
		for (; i < d->count && !isnan(d->targets[i]); i++) {
			for (int side = -1; side <= 1; side += steps ? 2 : 3) {
				points[2 * count] =
					(float)(plot_x(plot, i) + side * half);
				points[2 * count++ + 1] =
					(float)plot_y(plot, d->targets[i]);
			}
		}
		if (count > 0)
			shape_line(plot->l, points, count, 0, 0.6 * plot->l->scale, 2);
	}
}

bool
chart_cell(struct lay *l, const struct block *b, const struct chart *chart, double x,
	double y, double width, double height)
{
	struct chart_data d;
	if (!chart_collect(l, b, chart, &d))
		return false;
	if (d.count == 0)
		return true;
	stretch(&d);
	double rim = 1.8 * l->scale;
	struct plot plot = { .l = l,
		.style = b->style,
		.data = &d,
		.left = x + rim,
		.top = y + rim,
		.width = width - 2 * rim,
		.height = height - 2 * rim };
	float *points = vs_arena_alloc(l->arena, 4 * d.count * sizeof(points[0]));
	if (chart->kind == CHART_COLUMNS)
		draw_columns(&plot);
	draw_target(&plot, points);
	for (size_t k = chart->value_count; chart->kind == CHART_LINES && k-- > 0;)
		draw_line(&plot, k, points);
	return true;
}
