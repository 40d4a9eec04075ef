/* Charts: columns, lying bars and lines, told apart by patterns and not by colours. */
#include <math.h>
#include <string.h>

#include "paper/chart.h"

const char *
chart_figure(struct lay *l, double value, int decimals)
{
	const char *text = vs_text_decimal(l->arena, value, decimals);
	const char *comma = strchr(text, ',');
	if (!comma || strcmp(l->layout->language, "en") != 0)
		return text;
	char *copy = vs_arena_copy(l->arena, text, strlen(text));
	copy[comma - text] = '.';
	return copy;
}

struct paragraph
chart_text(struct lay *l, const char *text, const struct style *style, double width,
	double least)
{
	struct paragraph p;
	size_t lines = 1;
	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	struct text_limits limits = { .shrink = least, .max_lines = (int)lines };
	text_break(l, text, style, width > 0 ? width : 1e6, limits, &p);
	return p;
}

double
chart_text_width(const struct paragraph *p)
{
	double width = 0;
	for (size_t i = 0; i < p->line_count; i++)
		width = fmax(width, (double)p->lines[i].width);
	return width;
}

void
chart_text_at(struct lay *l, const struct paragraph *p, double x, double y,
	enum align align, bool halo)
{
	double width = chart_text_width(p);
	double left = align == ALIGN_RIGHT ? x - width
		: align == ALIGN_CENTRE	   ? x - width / 2
					   : x;
	uint32_t first = l->count;
	/* Figures and capitals stand a little high in their line. */
	double top = y - (double)p->line_count * p->leading / 2 + p->size * 0.06;
	text_draw(l, p, left, top, width, align);
	for (uint32_t i = first; halo && i < l->count; i++) {
		l->ops[i].stroke = 0xFFFFFF;
		l->ops[i].thickness = (float)(p->size * 0.3);
	}
}

double
plot_x(const struct plot *plot, size_t row)
{
	return plot->left + plot->width * ((double)row + 0.5) / (double)plot->data->count;
}

double
plot_y(const struct plot *plot, double value)
{
	return plot->top + plot->height * (1 - chart_share(&plot->data->scale, value));
}

/* Columns and lines: the same frame around them. */
static void
draw_upright(struct lay *l, const struct block *b, struct chart_data *data, double width,
	double height, const char *unit)
{
	struct plot plot = {
		.l = l, .style = b->style, .data = data, .right = width, .bottom = height
	};
	struct paragraph target = { 0 };
	axis_measure(&plot, &target, unit);
	axis_grid(&plot);
	axis_marks(&plot);
	if (data->chart->kind == CHART_LINES)
		lines_draw(&plot);
	else
		columns_draw(&plot);
	axis_labels(&plot);
	if (target.line_count == 0)
		return;
	double last = NAN;
	for (size_t i = 0; i < data->count; i++)
		last = isnan(data->targets[i]) ? last : data->targets[i];
	double half = (double)target.line_count * target.leading / 2;
	double y = fmin(fmax(plot_y(&plot, last), half), height - half);
	chart_text_at(
		l, &target, plot.left + plot.width + 3 * l->scale, y, ALIGN_LEFT, false);
}

bool
chart_empty(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	const char *text = text_field(l, b->empty);
	if (!text)
		return false;
	if (!*text)
		return true;
	struct paragraph p;
	text_break(l, text, b->style, width, (struct text_limits){ 0 }, &p);
	uint32_t first = l->count;
	double height = text_draw(l, &p, 0, 0, width, b->style->align);
	lay_fragment(l, flow, b, height, first);
	return true;
}

bool
chart_lay(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	struct chart_data data;
	if (!chart_collect(l, b, b->chart, &data))
		return false;
	if (data.count == 0)
		return chart_empty(l, b, width, flow);
	const char *unit = text_field(l, b->chart->unit);
	if (!unit)
		return false;
	double outer = b->width > 0 ? fmin(lay_mm(l, b->width), width) : width;
	double height = lay_mm(l, b->chart->height);
	uint32_t first = l->count;
	if (b->chart->kind == CHART_BARS) {
		height = height > 0 ? height : bars_height(l, b, data.count);
		bars_draw(l, b, &data, outer, height, unit);
	} else {
		draw_upright(l, b, &data, outer, height, unit);
	}
	lay_fragment(l, flow, b, height, first);
	return true;
}
