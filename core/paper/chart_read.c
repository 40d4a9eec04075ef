/* Reading charts from a layout: as blocks of their own and as cells of a table. */
#include <string.h>

#include "base/i18n.h"
#include "paper/chart.h"

static bool
read_kind(struct reader *r, const json_t *object, const char *path, const char *key,
	enum chart_kind *ret_kind)
{
	static const char *const names[CHART_KINDS] = { "columns", "bars", "lines" };
	const char *name = "";
	if (!read_text(r, object, path, key, &name))
		return false;
	for (int i = 0; i < CHART_KINDS; i++) {
		if (strcmp(names[i], name) == 0) {
			*ret_kind = (enum chart_kind)i;
			return true;
		}
	}
	return read_fail(r, path, key, _("must be \"columns\", \"bars\" or \"lines\""));
}

/* What blocks and cells have in common. */
static bool
read_common(struct reader *r, const json_t *object, const char *path, struct chart *chart)
{
	if (!read_text(r, object, path, "rows", &chart->rows) ||
		!read_text(r, object, path, "target", &chart->target) ||
		!blocks_names(r, object, path, chart->values, &chart->value_count))
		return false;
	return chart->rows || read_fail(r, path, "rows", _("is missing"));
}

bool
blocks_chart(struct reader *r, const json_t *object, struct block *b)
{
	struct chart *chart = vs_arena_alloc(r->arena, sizeof(*chart));
	b->chart = chart;
	chart->from_zero = true;
	if (!read_kind(r, object, b->path, "kind", &chart->kind) ||
		!read_common(r, object, b->path, chart))
		return false;
	bool lying = chart->kind == CHART_BARS;
	chart->value_labels = lying;
	chart->height = lying ? 0 : 60;
	if (!read_text(r, object, b->path, "mark", &chart->mark) ||
		!read_template(r, object, b->path, "label", &chart->label) ||
		!read_template(
			r, object, b->path, "target_label", &chart->target_label) ||
		!read_template(r, object, b->path, "unit", &chart->unit) ||
		!read_template(r, object, b->path, "empty", &b->empty) ||
		!read_flag(r, object, b->path, "from_zero", &chart->from_zero) ||
		!read_flag(r, object, b->path, "value_labels", &chart->value_labels) ||
		!read_number(
			r, object, b->path, "least", 0, CHART_LARGE, &chart->least) ||
		!read_number(r, object, b->path, "height", 15, 1000, &chart->height) ||
		!read_number(r, object, b->path, "width", 30, 2000, &b->width))
		return false;
	return chart->from_zero || chart->kind == CHART_LINES ||
		read_fail(r, b->path, "from_zero",
			_("can be false only for the kind \"lines\""));
}

bool
blocks_chart_cell(
	struct reader *r, const json_t *column, const char *path, struct part *part)
{
	struct chart *chart = vs_arena_alloc(r->arena, sizeof(*chart));
	part->chart = chart;
	chart->height = 8;
	if (!read_kind(r, column, path, "chart", &chart->kind) ||
		!read_common(r, column, path, chart) ||
		!read_number(r, column, path, "height", 3, 200, &chart->height))
		return false;
	chart->from_zero = chart->kind == CHART_COLUMNS;
	return chart->kind != CHART_BARS ||
		read_fail(r, path, "chart", _("must be \"columns\" or \"lines\""));
}
