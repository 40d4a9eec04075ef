/* A chart's numbers from the view. What is no number, or beyond all reason, is missing. */
#include <math.h>

#include "base/i18n.h"
#include "paper/chart.h"

static double
number_of(const json_t *value)
{
	double number = json_number_value(value);
	return json_is_number(value) && fabs(number) <= CHART_LARGE ? number : NAN;
}

static bool
collect_row(struct lay *l, struct chart_data *d, const json_t *row, size_t at)
{
	const struct chart *chart = d->chart;
	/* A missing value is a gap: it is not looked for further out. */
	struct template_scopes own = { .view = { row }, .count = 1 };
	for (size_t i = 0; i < chart->value_count; i++)
		d->values[at * chart->value_count + i] =
			number_of(template_find(&own, chart->values[i]));
	if (chart->target)
		d->targets[at] = number_of(template_find(&l->scopes, chart->target));
	d->marks[at] = chart->mark && template_truth(template_find(&own, chart->mark));
	d->any_mark |= d->marks[at];
	d->any_target |= !isnan(d->targets[at]);
	d->labels[at] = text_field(l, chart->label);
	if (!isnan(d->targets[at])) {
		const char *label = text_field(l, chart->target_label);
		d->target_label = label ? vs_arena_text(l->arena, label) : NULL;
	}
	return d->labels[at] && d->target_label;
}

double
chart_sum(const struct chart_data *d, size_t row)
{
	double sum = NAN;
	for (size_t i = 0; i < d->chart->value_count; i++) {
		double value = d->values[row * d->chart->value_count + i];
		if (!isnan(value))
			sum = isnan(sum) ? value : sum + value;
	}
	return sum;
}

void
chart_rescale(struct chart_data *d, double length, double apart)
{
	double most = fmin(floor(length / apart) + 1, 5);
	d->scale = chart_scale(d->low, d->high, d->whole, most > 2 ? (int)most : 2);
}

struct extent {
	double low, high;
	bool whole;
};

static void
extend(struct extent *e, double value)
{
	if (isnan(value))
		return;
	e->low = fmin(e->low, value);
	e->high = fmax(e->high, value);
}

/* Stacks reach as far up as all that is above 0 together, and as far down. */
static void
extend_stack(struct extent *e, const double *values, size_t count)
{
	double up = 0, down = 0;
	for (size_t i = 0; i < count; i++) {
		up += values[i] > 0 ? values[i] : 0;
		down += values[i] < 0 ? values[i] : 0;
	}
	extend(e, up);
	extend(e, down);
}

static void
find_scale(struct chart_data *d)
{
	const struct chart *chart = d->chart;
	struct extent e = { .low = INFINITY, .high = -INFINITY, .whole = true };
	bool stacked = chart->kind != CHART_LINES;
	size_t all = d->count * chart->value_count;
	for (size_t i = 0; i < all; i++) {
		if (!stacked)
			extend(&e, d->values[i]);
		e.whole &= isnan(d->values[i]) ||
			fabs(d->values[i] - round(d->values[i])) < 1e-9;
	}
	for (size_t i = 0; i < d->count; i++) {
		if (stacked)
			extend_stack(&e, d->values + i * chart->value_count,
				chart->value_count);
		extend(&e, d->targets[i]);
	}
	if (chart->from_zero || stacked || e.low > e.high)
		extend(&e, 0);
	if (chart->least > 0)
		extend(&e, chart->least);
	d->low = e.low;
	d->high = e.high;
	d->whole = e.whole;
	chart_rescale(d, 5, 1);
	d->decimals = chart_decimals(d->values, all, fmax(fabs(e.low), fabs(e.high)));
}

bool
chart_collect(struct lay *l, const struct block *b, const struct chart *chart,
	struct chart_data *ret_data)
{
	const json_t *rows = template_find(&l->scopes, chart->rows);
	struct chart_data d = {
		.chart = chart, .count = json_array_size(rows), .target_label = ""
	};
	if (d.count > CHART_ROWS)
		return lay_fail(l, b, _("has more than 2000 rows"));
	size_t room = d.count + 1;
	d.values =
		vs_arena_alloc(l->arena, room * chart->value_count * sizeof(d.values[0]));
	d.targets = vs_arena_alloc(l->arena, room * sizeof(d.targets[0]));
	d.marks = vs_arena_alloc(l->arena, room * sizeof(d.marks[0]));
	d.labels = vs_arena_alloc(l->arena, room * sizeof(d.labels[0]));
	for (size_t i = 0; i < d.count; i++) {
		const json_t *row = json_array_get(rows, i);
		d.targets[i] = NAN;
		if (!lay_check(l, b) || !lay_push(l, b, row))
			return false;
		bool good = collect_row(l, &d, row, i);
		lay_pop(l);
		if (!good)
			return false;
	}
	find_scale(&d);
	*ret_data = d;
	return true;
}
