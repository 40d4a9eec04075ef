/* Lying bars: the label at the left, the figure at the right, the values between them. */
#include <math.h>

#include "paper/chart.h"

#define ROOM_MAX 180.0 /* mm */

/* Where things stand from left to right, and how high a row is. */
struct lying {
	struct plot plot;
	double pitch, mark;
	const struct style *text; /* as large as the rows let it be */
};

double
bars_height(const struct lay *l, const struct block *b, size_t count)
{
	double line = b->style->leading * l->scale;
	return fmin((double)count * line * 1.15 + 3 * line, lay_mm(l, ROOM_MAX));
}

static double
value_x(const struct lying *y, double value)
{
	return y->plot.left + y->plot.width * chart_share(&y->plot.data->scale, value);
}

static double
row_y(const struct lying *y, size_t row)
{
	return y->plot.top + y->pitch * ((double)row + 0.5);
}

static const char *
figure_of(const struct lying *y, size_t row)
{
	const struct chart_data *d = y->plot.data;
	double sum = chart_sum(d, row);
	return isnan(sum) ? "–" : chart_figure(y->plot.l, sum, d->decimals);
}

/* The style, smaller when the rows are lower than its lines. */
static const struct style *
fit_style(struct lay *l, const struct style *style, double pitch)
{
	struct style *fit = vs_arena_alloc(l->arena, sizeof(*fit));
	*fit = *style;
	double size = pitch / l->scale / 1.1;
	if (fit->size > size) {
		fit->size = fmax(size, style->size * 0.7);
		fit->leading = fit->size * 1.1;
	}
	return fit;
}

/* As large as it can be in the lines that the row is high enough for. */
static struct paragraph
label_text(const struct lying *y, size_t row)
{
	const struct plot *p = &y->plot;
	const char *label = p->data->labels[row];
	struct paragraph text;
	for (double size = 1;; size *= 0.93) {
		struct style *style = vs_arena_alloc(p->l->arena, sizeof(*style));
		*style = *y->text;
		style->size *= size;
		style->leading *= size;
		text_break(p->l, label, style, p->right * 0.4, (struct text_limits){ 0 },
			&text);
		double high = (double)text.line_count * text.leading;
		if (text.line_count == 1 || high <= y->pitch || size < 0.65)
			return text;
	}
}

static void
measure(struct lying *y, double width, double below)
{
	struct plot *p = &y->plot;
	struct chart_data *d = p->data;
	double label = 0, figure = 0;
	p->height = fmax(p->bottom - below - p->top, p->bottom * 0.2);
	y->pitch = p->height / (double)d->count;
	y->text = fit_style(p->l, p->style, y->pitch);
	for (size_t i = 0; i < d->count; i++) {
		struct paragraph text = label_text(y, i);
		label = fmax(label, chart_text_width(&text));
		text = chart_text(p->l, figure_of(y, i), y->text, 0, 0);
		figure = fmax(figure, chart_text_width(&text));
	}
	y->mark = d->any_mark ? lay_mm(p->l, 2.4) : 0;
	p->left = label > 0 ? label + lay_mm(p->l, 1.5) : 0;
	p->left += y->mark;
	figure = d->chart->value_labels ? figure + lay_mm(p->l, 2) : lay_mm(p->l, 2);
	p->width = fmax(width - p->left - figure, width * 0.15);
	struct paragraph tick = chart_text(p->l,
		chart_figure(p->l, d->scale.high, d->scale.decimals), p->style, 0, 0);
	chart_rescale(d, p->width, chart_text_width(&tick) * 1.3);
}

static void
draw_grid(const struct lying *y)
{
	const struct plot *p = &y->plot;
	const struct scale *scale = &p->data->scale;
	double bottom = p->top + p->height, end = -1e9;
	for (int i = 0; i < scale->ticks; i++) {
		double value = chart_tick(scale, i), x = value_x(y, value);
		bool base = !(value > 0 || value < 0);
		double thick = base ? 0.7 : 0.35;
		struct paragraph text = chart_text(
			p->l, chart_figure(p->l, value, scale->decimals), p->style, 0, 0);
		double half = chart_text_width(&text) / 2;
		lay_rect(p->l, x - thick / 2, p->top, thick, p->height,
			base ? 0x404040 : 0xC8C8C8);
		x = fmin(x, p->right - half);
		if (x - half < end)
			continue;
		end = x + half + p->style->size * 0.3;
		chart_text_at(p->l, &text, x,
			bottom + p->style->leading * p->l->scale / 2, ALIGN_CENTRE,
			false);
	}
}

static void
draw_bar(const struct lying *y, size_t row)
{
	const struct plot *p = &y->plot;
	size_t count = p->data->chart->value_count;
	const double *values = p->data->values + row * count;
	double high = y->pitch * (y->pitch > 4 ? 0.66 : y->pitch > 2 ? 0.85 : 1);
	double up = 0, down = 0, top = row_y(y, row) - high / 2;
	for (size_t i = 0; i < count; i++) {
		double value = values[i];
		if (isnan(value) || !(value > 0 || value < 0))
			continue;
		double *from = value > 0 ? &up : &down;
		double a = value_x(y, *from), b = value_x(y, *from + value);
		*from += value;
		bar_part(p->l, i, fmin(a, b), top, fabs(a - b), high);
	}
	double left = value_x(y, down), wide = value_x(y, up) - left;
	if (count > 1 && wide > 0.4 && high > 2)
		lay_frame(p->l, left, top, wide, high, -1, 0, 0.4);
}

/* A triangle before the row, a fine line through it. */
static void
draw_mark(const struct lying *y, size_t row)
{
	const struct plot *p = &y->plot;
	struct lay *l = p->l;
	double half = fmin(lay_mm(l, 1), y->pitch * 0.4), middle = row_y(y, row);
	double right = p->left - lay_mm(l, 0.5), left = right - lay_mm(l, 1.6);
	float points[] = { (float)left, (float)(middle - half), (float)left,
		(float)(middle + half), (float)right, (float)middle };
	lay_rect(l, p->left, middle - 0.2, p->width, 0.4, 0x808080);
	shape_area(l, points, 3, 0, -1, 0);
}

static void
draw_texts(const struct lying *y)
{
	const struct plot *p = &y->plot;
	struct lay *l = p->l;
	size_t count = p->data->count;
	double *tops = vs_arena_alloc(l->arena, 2 * count * sizeof(tops[0]));
	bool *shown = vs_arena_alloc(l->arena, count * sizeof(shown[0]));
	for (size_t i = 0; i < count; i++) {
		struct paragraph text = label_text(y, i);
		double high = (double)text.line_count * text.leading;
		high += text.size * 0.85 - text.leading;
		tops[i] = row_y(y, i) - high / 2;
		tops[count + i] = high;
	}
	chart_thin(tops, tops + count, count, y->text->size * l->scale * 0.15, shown);
	for (size_t i = 0; i < count; i++) {
		if (!shown[i])
			continue;
		struct paragraph text = label_text(y, i);
		chart_text_at(l, &text, 0, row_y(y, i), ALIGN_LEFT, false);
		text = chart_text(l, figure_of(y, i), y->text, 0, 0);
		if (p->data->chart->value_labels)
			chart_text_at(
				l, &text, p->right, row_y(y, i), ALIGN_RIGHT, false);
	}
}

/* Down along the rows, in steps where the target changes. */
static void
draw_target(const struct lying *y)
{
	const struct chart_data *d = y->plot.data;
	struct lay *l = y->plot.l;
	float *points = vs_arena_alloc(l->arena, 4 * d->count * sizeof(points[0]));
	size_t count = 0;
	for (size_t i = 0; i <= d->count; i++) {
		double target = i < d->count ? d->targets[i] : NAN;
		if (isnan(target)) {
			if (count > 0)
				axis_dashes(l, points, count);
			count = 0;
			continue;
		}
		double top = y->plot.top + y->pitch * (double)i;
		float *to = points + 2 * count;
		to[0] = to[2] = (float)value_x(y, target);
		to[1] = (float)top;
		to[3] = (float)(top + y->pitch);
		count += 2;
	}
}

/* What the axis counts at the left, what the dashes are where they begin; in two lines when
 * they would touch. */
static void
draw_above(struct lying *y, const struct paragraph *unit, const struct paragraph *target)
{
	const struct plot *p = &y->plot;
	double line = p->style->leading * p->l->scale, first = NAN;
	for (size_t i = p->data->count; i-- > 0;)
		first = isnan(p->data->targets[i]) ? first : p->data->targets[i];
	if (unit->line_count > 0)
		chart_text_at(p->l, unit, 0, line / 2, ALIGN_LEFT, false);
	if (target->line_count == 0)
		return;
	double half = chart_text_width(target) / 2;
	double x = fmax(fmin(value_x(y, first), p->right - half), half);
	chart_text_at(p->l, target, x, p->top - line / 2, ALIGN_CENTRE, false);
}

void
bars_draw(struct lay *l, const struct block *b, struct chart_data *data, double width,
	double height, const char *unit)
{
	struct lying y = { .plot = { .l = l,
				   .style = b->style,
				   .data = data,
				   .right = width,
				   .bottom = height } };
	double line = b->style->leading * l->scale;
	struct paragraph above = { 0 }, target = { 0 };
	if (*unit)
		above = chart_text(l, unit, b->style, width, b->style->size * 0.5);
	if (*data->target_label)
		target = chart_text(
			l, data->target_label, b->style, width, b->style->size * 0.5);
	y.plot.top = lay_mm(l, 0.6);
	y.plot.top += line * ((above.line_count > 0) + (target.line_count > 0));
	measure(&y, width, line);
	draw_grid(&y);
	for (size_t i = 0; i < data->count; i++) {
		if (data->marks[i])
			draw_mark(&y, i);
		draw_bar(&y, i);
	}
	lay_rect(l, value_x(&y, 0) - 0.35, y.plot.top, 0.7, y.plot.height, 0x404040);
	draw_target(&y);
	draw_texts(&y);
	draw_above(&y, &above, &target);
}
