/* Columns: one per row, its values on each other, up from 0 and down from it. */
#include <math.h>

#include "paper/chart.h"

static void
draw_stack(const struct plot *plot, size_t row, double wide)
{
	struct lay *l = plot->l;
	size_t count = plot->data->chart->value_count;
	const double *values = plot->data->values + row * count;
	double up = 0, down = 0, left = plot_x(plot, row) - wide / 2;
	for (size_t i = 0; i < count; i++) {
		double value = values[i];
		if (isnan(value) || !(value > 0 || value < 0))
			continue;
		double *from = value > 0 ? &up : &down;
		double a = plot_y(plot, *from), b = plot_y(plot, *from + value);
		*from += value;
		bar_part(l, i, left, fmin(a, b), wide, fabs(a - b));
	}
	if (count == 1)
		return;
	double top = plot_y(plot, up), bottom = plot_y(plot, down);
	if (bottom - top > 0.4 && wide > 2)
		lay_frame(l, left, top, wide, bottom - top, -1, 0, 0.4);
}

/* Above a column, below one that hangs; left out where a neighbour's would touch it. */
static void
draw_figures(const struct plot *plot)
{
	struct lay *l = plot->l;
	const struct chart_data *d = plot->data;
	size_t count = d->chart->value_count;
	double slot = plot->width / (double)d->count, widest = 0;
	struct paragraph *texts = vs_arena_alloc(l->arena, d->count * sizeof(texts[0]));
	for (size_t i = 0; i < d->count; i++) {
		double sum = chart_sum(d, i);
		if (isnan(sum))
			continue;
		texts[i] = chart_text(l, chart_figure(l, sum, d->decimals), plot->style,
			slot * 0.96, plot->style->size * 0.7);
		widest = fmax(widest, chart_text_width(&texts[i]));
		if (texts[i].line_count > 1 || widest > slot)
			return;
	}
	for (size_t i = 0; i < d->count; i++) {
		double up = 0, down = 0;
		for (size_t k = 0; k < count; k++) {
			double value = d->values[i * count + k];
			up += value > 0 ? value : 0;
			down += value < 0 ? value : 0;
		}
		if (texts[i].line_count == 0)
			continue;
		bool hangs = down < 0 && !(up > 0);
		double away = texts[i].leading * 0.5;
		double y = hangs ? plot_y(plot, down) + away : plot_y(plot, up) - away;
		chart_text_at(l, &texts[i], plot_x(plot, i), y, ALIGN_CENTRE, true);
	}
}

void
columns_draw(const struct plot *plot)
{
	struct lay *l = plot->l;
	double slot = plot->width / (double)plot->data->count;
	double wide = fmin(slot * (slot > 4 ? 0.7 : slot > 2 ? 0.85 : 1), lay_mm(l, 14));
	for (size_t i = 0; i < plot->data->count; i++)
		draw_stack(plot, i, wide);
	double zero = plot_y(plot, 0);
	lay_rect(l, plot->left, zero - 0.35, plot->width, 0.7, 0x404040);
	axis_target(plot, true);
	if (plot->data->chart->value_labels)
		draw_figures(plot);
}
