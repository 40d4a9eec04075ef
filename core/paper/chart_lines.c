/* Lines: each with its dashes and its marker, so that four can be told apart in grey. */
#include <math.h>

#include "paper/chart.h"

#define THICK 1.3

static const uint8_t dashes[CHART_SERIES][4] = { { 0 }, { 5, 3 }, { 1, 2 },
	{ 6, 2, 1, 2 } };

/* Disc, ring, square, triangle. */
static void
draw_marker(struct lay *l, double x, double y, size_t series, double size)
{
	double r = size * l->scale;
	switch (series) {
	case 0:
		shape_disc(l, x, y, r, 0, 0xFFFFFF, 0.5);
		break;
	case 1:
		shape_disc(l, x, y, r, 0xFFFFFF, 0, 0.9 * l->scale);
		break;
	case 2:
		lay_frame(
			l, x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r, 0, 0xFFFFFF, 0.5);
		break;
	default: {
		float points[] = { (float)(x - 1.1 * r), (float)(y + 0.8 * r),
			(float)(x + 1.1 * r), (float)(y + 0.8 * r), (float)x,
			(float)(y - 1.2 * r) };
		shape_area(l, points, 3, 0xFFFFFF, 0, 0.9 * l->scale);
	}
	}
}

void
lines_sample(struct lay *l, double x, double y, double width, size_t series)
{
	float line[] = { (float)x, (float)y, (float)(x + width), (float)y };
	shape_dashed(l, line, 2, 0, THICK * l->scale, dashes[series]);
	draw_marker(l, x + width / 2, y, series, 2);
}

static double
value_at(const struct plot *plot, size_t series, size_t row)
{
	if (row >= plot->data->count)
		return NAN;
	return plot->data->values[row * plot->data->chart->value_count + series];
}

/* A missing value ends the line; the next one begins another. */
static void
draw_series(const struct plot *plot, size_t series, float *points)
{
	struct lay *l = plot->l;
	size_t rows = plot->data->count, count = 0;
	for (size_t i = 0; i <= rows; i++) {
		double value = value_at(plot, series, i);
		if (!isnan(value)) {
			points[2 * count] = (float)plot_x(plot, i);
			points[2 * count++ + 1] = (float)plot_y(plot, value);
			continue;
		}
		if (count > 1)
			shape_dashed(
				l, points, count, 0, THICK * l->scale, dashes[series]);
		count = 0;
	}
}

/* On every point, or so seldom that the dashes between them can be seen. Alone between two
 * gaps a point is nothing but its marker. */
static void
draw_markers(const struct plot *plot, size_t series)
{
	struct lay *l = plot->l;
	size_t rows = plot->data->count;
	double slot = plot->width / (double)rows, apart = 11 * l->scale;
	size_t every = slot >= apart ? 1 : (size_t)ceil(2 * apart / slot), last = rows;
	while (last > 0 && isnan(value_at(plot, series, last - 1)))
		last--;
	for (size_t i = 0; i < rows; i++) {
		double value = value_at(plot, series, i);
		if (isnan(value))
			continue;
		bool before = i > 0 && !isnan(value_at(plot, series, i - 1));
		bool after = !isnan(value_at(plot, series, i + 1));
		bool due = (last - 1 - i) % every == 0; /* the last one always */
		if (due || (!before && !after))
			draw_marker(l, plot_x(plot, i), plot_y(plot, value), series, 2);
	}
}

struct box {
	double left, top, right, bottom;
};

static bool
is_free(const struct box *boxes, size_t count, const struct box *box)
{
	for (size_t i = 0; i < count; i++) {
		if (box->left < boxes[i].right && boxes[i].left < box->right &&
			box->top < boxes[i].bottom && boxes[i].top < box->bottom)
			return false;
	}
	return true;
}

struct figures {
	struct box *boxes;
	size_t count;
};

/* Does the line from this point to a neighbour come through a text so wide and high? */
static bool
line_hits(const struct plot *plot, double y, double other, double half, double away)
{
	double slot = plot->width / (double)plot->data->count;
	if (isnan(other))
		return false;
	double slope = (plot_y(plot, other) - y) / slot;
	double edge = slope * fmin(half, slot);
	/* `away` is where the text's nearer edge is, above (< 0) or below the point. */
	return away < 0 ? edge < away : edge > away;
}

/* Above the point, or below it in a valley; rather not on its own line or the target's. */
static bool
begins_below(const struct plot *plot, size_t series, size_t row, double high, double half)
{
	double value = value_at(plot, series, row), y = plot_y(plot, value);
	double before = row > 0 ? value_at(plot, series, row - 1) : NAN;
	double after = value_at(plot, series, row + 1);
	double target = plot->data->targets[row];
	int faults[2] = { 0, before > value && !(after < value) ? -1 : 1 };
	for (int below = 0; below < 2; below++) {
		double away = (below ? 1 : -1) * 3 * plot->l->scale;
		double far = away + (below ? high : -high);
		double line = isnan(target) ? -1e9 : plot_y(plot, target) - y;
		faults[below] += 4 * line_hits(plot, y, before, half, away);
		faults[below] += 4 * line_hits(plot, y, after, half, away);
		faults[below] += 3 * (fmin(away, far) < line && line < fmax(away, far));
	}
	return faults[1] < faults[0];
}

/* Left out where another one stands. */
static void
draw_figure(const struct plot *plot, struct figures *placed, size_t series, size_t row)
{
	struct lay *l = plot->l;
	double value = value_at(plot, series, row);
	if (isnan(value))
		return;
	struct paragraph p = chart_text(
		l, chart_figure(l, value, plot->data->decimals), plot->style, 0, 0);
	double half = chart_text_width(&p) / 2, x = plot_x(plot, row);
	double away = p.size * 0.5 + 3 * l->scale, y = plot_y(plot, value);
	bool below = begins_below(plot, series, row, p.size * 0.8, half);
	x = fmin(x, plot->right - half);
	for (int try = 0; try < 2; try++) {
		double middle = below == (try == 0) ? y + away : y - away;
		struct box box = { x - half - 1.5, middle - p.size * 0.45, x + half + 1.5,
			middle + p.size * 0.45 };
		if (box.bottom > plot->top + plot->height || box.top < 0 ||
			!is_free(placed->boxes, placed->count, &box))
			continue;
		placed->boxes[placed->count++] = box;
		chart_text_at(l, &p, x, middle, ALIGN_CENTRE, true);
		return;
	}
}

/* The last one of a line, its greatest and its least. */
static void
draw_ends(const struct plot *plot, struct figures *placed, size_t series)
{
	size_t rows = plot->data->count, last = rows, most = rows, least = rows;
	for (size_t i = 0; i < rows; i++) {
		double value = value_at(plot, series, i);
		if (isnan(value))
			continue;
		last = i;
		if (most == rows || value > value_at(plot, series, most))
			most = i;
		if (least == rows || value < value_at(plot, series, least))
			least = i;
	}
	size_t ends[] = { last, most, least };
	for (int i = 0; i < 3; i++) {
		bool again = (i > 0 && ends[i] == last) || (i > 1 && ends[i] == most);
		if (ends[i] < rows && !again)
			draw_figure(plot, placed, series, ends[i]);
	}
}

/* The last points first: they are what is asked for. Of many only the telling ones. */
static void
draw_figures(const struct plot *plot)
{
	struct lay *l = plot->l;
	const struct chart_data *d = plot->data;
	size_t series = d->chart->value_count, rows = d->count;
	struct figures placed = { .boxes = vs_arena_alloc(l->arena,
					  series * rows * sizeof(placed.boxes[0])) };
	struct paragraph widest = chart_text(
		l, chart_figure(l, d->scale.high, d->decimals), plot->style, 0, 0);
	bool few = plot->width / (double)rows < chart_text_width(&widest);
	for (size_t k = 0; few && k < series; k++)
		draw_ends(plot, &placed, k);
	for (size_t i = rows; !few && i-- > 0;) {
		for (size_t k = 0; k < series; k++)
			draw_figure(plot, &placed, k, i);
	}
}

void
lines_draw(const struct plot *plot)
{
	const struct chart_data *d = plot->data;
	float *points = vs_arena_alloc(plot->l->arena, 2 * d->count * sizeof(points[0]));
	axis_target(plot, false);
	for (size_t k = d->chart->value_count; k-- > 0;)
		draw_series(plot, k, points);
	for (size_t k = d->chart->value_count; k-- > 0;)
		draw_markers(plot, k);
	if (d->chart->value_labels)
		draw_figures(plot);
}
