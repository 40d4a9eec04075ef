/* What columns and lines stand in: grid, figures at the left, labels below, the target. */
#include <math.h>

#include "paper/chart.h"

#define GRID 0xC8C8C8
#define AXIS 0x404040

static struct paragraph
tick_text(const struct plot *plot, int at)
{
	const struct scale *scale = &plot->data->scale;
	return chart_text(plot->l,
		chart_figure(plot->l, chart_tick(scale, at), scale->decimals),
		plot->style, plot->right * 0.3, plot->style->size * 0.5);
}

/* The height that labels take, the largest of them. */
static double
label_height(const struct plot *plot)
{
	double height = 0;
	for (size_t i = 0; i < plot->data->count; i++) {
		const char *text = plot->data->labels[i];
		double lines = *text ? 1 : 0;
		for (; *text; text++)
			lines += *text == '\n';
		height = fmax(height, lines);
	}
	return height * plot->style->leading * plot->l->scale;
}

void
axis_measure(struct plot *plot, struct paragraph *target, const char *unit)
{
	struct lay *l = plot->l;
	struct chart_data *d = plot->data;
	double line = plot->style->leading * l->scale, wide = 0;
	plot->top = line * 0.5;
	if (*unit) {
		struct paragraph p = chart_text(
			l, unit, plot->style, plot->right, plot->style->size * 0.5);
		chart_text_at(l, &p, 0, (double)p.line_count * p.leading / 2, ALIGN_LEFT,
			false);
		plot->top += (double)p.line_count * p.leading;
	}
	plot->top += d->chart->value_labels ? line * 0.6 : 0;
	plot->top += d->any_mark ? lay_mm(l, 2) : 0;
	double below = label_height(plot);
	below = below > 0 ? below + lay_mm(l, 1) : line * 0.5;
	plot->height = fmax(plot->bottom - below - plot->top, plot->bottom * 0.2);
	chart_rescale(d, plot->height, line * 1.05);
	for (int i = 0; i < d->scale.ticks; i++) {
		struct paragraph p = tick_text(plot, i);
		wide = fmax(wide, chart_text_width(&p));
	}
	plot->left = wide + lay_mm(l, 1.5);
	double right = lay_mm(l, 1);
	if (*d->target_label) {
		*target = chart_text(l, d->target_label, plot->style, plot->right * 0.3,
			plot->style->size * 0.7);
		right = chart_text_width(target) + 4 * l->scale;
	}
	plot->width = fmax(plot->right - right - plot->left, plot->right * 0.2);
}

void
axis_grid(const struct plot *plot)
{
	struct lay *l = plot->l;
	for (int i = 0; i < plot->data->scale.ticks; i++) {
		double value = chart_tick(&plot->data->scale, i), y = plot_y(plot, value);
		bool zero = !(value > 0 || value < 0);
		bool base = zero || (i == 0 && value > 0);
		double thick = base ? 0.7 : 0.35;
		struct paragraph p = tick_text(plot, i);
		lay_rect(l, plot->left, y - thick / 2, plot->width, thick,
			base ? AXIS : GRID);
		chart_text_at(l, &p, plot->left - lay_mm(l, 1.5), y, ALIGN_RIGHT, false);
	}
}

/* All labels at this size: their boxes, within the block. */
static void
place_labels(const struct plot *plot, const struct style *style, struct paragraph *texts,
	double *lefts, double *widths)
{
	for (size_t i = 0; i < plot->data->count; i++) {
		texts[i] = chart_text(plot->l, plot->data->labels[i], style, 0, 0);
		widths[i] = chart_text_width(&texts[i]);
		double left = plot_x(plot, i) - widths[i] / 2;
		lefts[i] = fmax(fmin(left, plot->right - widths[i]), 0);
	}
}

static bool
all_shown(const bool *shown, size_t count)
{
	while (count > 0 && shown[count - 1])
		count--;
	return count == 0;
}

/* Somewhat smaller if then all of them have room, otherwise fewer. */
void
axis_labels(const struct plot *plot)
{
	struct lay *l = plot->l;
	size_t count = plot->data->count;
	struct paragraph *texts = vs_arena_alloc(l->arena, count * sizeof(texts[0]));
	double *lefts = vs_arena_alloc(l->arena, 2 * count * sizeof(lefts[0]));
	double *widths = lefts + count;
	bool *shown = vs_arena_alloc(l->arena, count * sizeof(shown[0]));
	struct style *small = vs_arena_alloc(l->arena, sizeof(*small));
	*small = *plot->style;
	small->size *= 0.78;
	double gap = plot->style->size * l->scale * 0.35;
	place_labels(plot, plot->style, texts, lefts, widths);
	chart_thin(lefts, widths, count, gap, shown);
	if (!all_shown(shown, count) && count <= 60) {
		place_labels(plot, small, texts, lefts, widths);
		chart_thin(lefts, widths, count, gap, shown);
		if (!all_shown(shown, count)) {
			place_labels(plot, plot->style, texts, lefts, widths);
			chart_thin(lefts, widths, count, gap, shown);
		}
	}
	double top = plot->top + plot->height + lay_mm(l, 1);
	bool all = all_shown(shown, count);
	for (size_t i = 0; i < count; i++) {
		double half = (double)texts[i].line_count * texts[i].leading / 2;
		double middle = lefts[i] + widths[i] / 2;
		if (!shown[i] || widths[i] <= 0)
			continue;
		chart_text_at(l, &texts[i], middle, top + half, ALIGN_CENTRE, false);
		/* When some are left out, a tick says which one it is. */
		if (!all)
			lay_rect(l, plot_x(plot, i) - 0.2, plot->top + plot->height, 0.4,
				lay_mm(l, 0.8), AXIS);
	}
}

/* A fine line up through the plot, a triangle on top of it. */
void
axis_marks(const struct plot *plot)
{
	struct lay *l = plot->l;
	double half = lay_mm(l, 1), high = lay_mm(l, 1.7);
	for (size_t i = 0; i < plot->data->count; i++) {
		if (!plot->data->marks[i])
			continue;
		double x = plot_x(plot, i), tip = plot->top;
		if (plot->data->chart->value_labels)
			tip -= plot->style->leading * l->scale * 0.6;
		float points[] = { (float)(x - half), (float)(tip - high),
			(float)(x + half), (float)(tip - high), (float)x, (float)tip };
		shape_area(l, points, 3, 0, -1, 0);
		lay_rect(l, x - 0.2, tip, 0.4, plot->top + plot->height - tip, 0x808080);
	}
}

void
axis_dashes(struct lay *l, const float *points, size_t count)
{
	shape_line(l, points, count, 0xFFFFFF, 2.4 * l->scale, 0);
	shape_line(l, points, count, 0, 1.1 * l->scale, 3);
}

/* From the left edge of the first slot to the right edge of the last one. */
static size_t
target_run(const struct plot *plot, bool steps, size_t from, size_t to, float *points)
{
	const double *targets = plot->data->targets;
	double half = plot->width / (double)plot->data->count / 2;
	size_t count = 0;
	for (size_t i = from; i < to; i++) {
		double x = plot_x(plot, i), y = plot_y(plot, targets[i]);
		bool first = i == from, last = i + 1 == to;
		double at[3] = { x - half, x, x + half };
		for (int k = 0; k < 3; k++) {
			bool edge = k == 0 ? first : last;
			if (steps ? k == 1 : k != 1 && !edge)
				continue;
			points[2 * count] = (float)at[k];
			points[2 * count++ + 1] = (float)y;
		}
	}
	return count;
}

void
axis_target(const struct plot *plot, bool steps)
{
	const struct chart_data *d = plot->data;
	float *points = vs_arena_alloc(plot->l->arena, 6 * d->count * sizeof(points[0]));
	for (size_t from = 0; from < d->count; from++) {
		size_t to = from;
		while (to < d->count && !isnan(d->targets[to]))
			to++;
		if (to == from)
			continue;
		axis_dashes(plot->l, points, target_run(plot, steps, from, to, points));
		from = to;
	}
}
