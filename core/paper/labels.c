/*
 * Sheets of labels: one label per element of an array, on the grid of a format that the
 * sheet chooses. What is on a label is made smaller until it fits; no printer reaches the
 * edge of the paper, so labels there have a wider margin on that side.
 */
#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

#define FORMATS_MAX 50
#define ADJUST_MAX  20 /* mm */

static bool
parse_format(struct reader *r, const char *name, const json_t *object, const char *path,
	struct label_format *f)
{
	static const char *const keys[] = { "columns", "rows", "width", "height", "x0",
		"y0", "pitch_x", "pitch_y", NULL };
	double *const values[] = { &f->columns, &f->rows, &f->width, &f->height, &f->x0,
		&f->y0, &f->pitch_x, &f->pitch_y };
	f->name = vs_arena_text(r->arena, name);
	if (!read_known(r, object, path, keys, NULL))
		return false;
	for (size_t i = 0; keys[i]; i++) {
		double low = i < 2 ? 1 : i == 4 || i == 5 ? 0 : 5;
		if (!json_object_get(object, keys[i]))
			return read_fail(r, path, keys[i], _("is missing"));
		if (!read_number(
			    r, object, path, keys[i], low, i < 2 ? 50 : 1000, values[i]))
			return false;
	}
	f->columns = (int)f->columns;
	f->rows = (int)f->rows;
	double right = f->x0 + (f->columns - 1) * f->pitch_x + f->width;
	double bottom = f->y0 + (f->rows - 1) * f->pitch_y + f->height;
	double mm = POINTS_PER_MM;
	return (right <= r->layout->width / mm + 0.5 &&
		       bottom <= r->layout->height / mm + 0.5) ||
		read_fail(r, path, NULL, _("has labels outside the paper"));
}

static bool
parse_formats(struct reader *r, const json_t *formats, struct labels *labels)
{
	size_t count = json_object_size(formats);
	if (count < 1 || count > FORMATS_MAX)
		return read_fail(r, "labels", "formats",
			_("must be an object of 1 to 50 formats"));
	labels->formats = vs_arena_alloc(r->arena, count * sizeof(labels->formats[0]));
	json_t *walk = (json_t *)(uintptr_t)formats; /* see read_known() */
	for (void *at = json_object_iter(walk); at;
		at = json_object_iter_next(walk, at)) {
		const char *name = json_object_iter_key(at);
		if (!parse_format(r, name, json_object_iter_value(at),
			    vs_arena_printf(r->arena, "labels.formats.%s", name),
			    &labels->formats[labels->format_count++]))
			return false;
	}
	return true;
}

bool
labels_parse(struct reader *r, const json_t *object, struct labels **ret_labels)
{
	static const char *const keys[] = { "rows", "format", "start", "adjust_x",
		"adjust_y", "padding", "edge", "formats", "blocks", NULL };
	struct labels *labels = vs_arena_alloc(r->arena, sizeof(*labels));
	labels->padding = 2;
	labels->edge = 4;
	if (!read_known(r, object, "labels", keys, NULL) ||
		!read_text(r, object, "labels", "rows", &labels->rows) ||
		!read_template(r, object, "labels", "format", &labels->format) ||
		!read_template(r, object, "labels", "start", &labels->start) ||
		!read_template(r, object, "labels", "adjust_x", &labels->adjust_x) ||
		!read_template(r, object, "labels", "adjust_y", &labels->adjust_y) ||
		!read_number(r, object, "labels", "padding", 0, 20, &labels->padding) ||
		!read_number(r, object, "labels", "edge", 4, 20, &labels->edge) ||
		!parse_formats(r, json_object_get(object, "formats"), labels))
		return false;
	if (!labels->rows || !labels->format)
		return read_fail(
			r, "labels", labels->rows ? "format" : "rows", _("is missing"));
	r->in_canvas = true; /* what is fitted lays out its blocks a dozen times */
	bool good = blocks_parse(
		r, json_object_get(object, "blocks"), "labels.blocks", &labels->blocks);
	r->in_canvas = false;
	*ret_labels = labels;
	return good;
}

/* Where labels go on this sheet's paper. */
struct grid {
	const struct label_format *format;
	double dx, dy;	      /* mm */
	size_t start, places; /* start from 0; places on one paper */
};

static const struct block place = { .path = "labels" };

static bool
find_format(struct lay *l, const struct labels *labels, struct grid *grid)
{
	const char *name = text_field(l, labels->format);
	if (!name)
		return false;
	VS_AUTO(vs_buffer) names = { 0 };
	for (size_t i = 0; i < labels->format_count; i++) {
		const struct label_format *format = &labels->formats[i];
		if (strcmp(format->name, name) == 0) {
			grid->format = format;
			grid->places = (size_t)(format->columns * format->rows);
			return true;
		}
		vs_buffer_printf(&names, "%s%s", i > 0 ? ", " : "", format->name);
	}
	return lay_fail(l, &place,
		vs_arena_printf(l->arena,
			_("there is no format \"%.64s\"; the formats are: %s"), name,
			names.data));
}

static bool
make_grid(struct lay *l, const struct labels *labels, struct grid *grid)
{
	double start = 1;
	if (!find_format(l, labels, grid) ||
		!lay_number(l, &place, labels->start, "start", 1, (double)grid->places,
			&start) ||
		!lay_number(l, &place, labels->adjust_x, "adjust_x", -ADJUST_MAX,
			ADJUST_MAX, &grid->dx) ||
		!lay_number(l, &place, labels->adjust_y, "adjust_y", -ADJUST_MAX,
			ADJUST_MAX, &grid->dy))
		return false;
	grid->start = (size_t)start - 1;
	return true;
}

/* From `at`, `length` long: the padding inside, and at least `edge` to the paper's edges. */
static void
inset(double *at, double *length, double padding, double edge, double paper)
{
	double from = *at + padding, to = *at + *length - padding;
	from = from < edge ? edge : from;
	to = to > paper - edge ? paper - edge : to;
	*at = from;
	*length = to - from;
}

static bool
lay_label(
	struct lay *l, const struct labels *labels, const struct grid *grid, size_t spot)
{
	const struct label_format *f = grid->format;
	size_t columns = (size_t)f->columns;
	double mm = POINTS_PER_MM, scale = 1, ignored = 0;
	double x = f->x0 + grid->dx + (double)(spot % columns) * f->pitch_x;
	double y = f->y0 + grid->dy + (double)(spot / columns) * f->pitch_y;
	double width = f->width, height = f->height;
	inset(&x, &width, labels->padding, labels->edge, l->layout->width / mm);
	inset(&y, &height, labels->padding, labels->edge, l->layout->height / mm);
	if (width < 5 || height < 5)
		return lay_fail(l, &place, _("a label has no room for anything"));
	if (!canvas_fit(l, labels->blocks, width * mm, height * mm, &scale))
		return false;
	l->scale = scale;
	bool good = lay_piece(l, labels->blocks, x * mm, y * mm, width * mm, &ignored);
	l->scale = 1;
	return good;
}

bool
labels_fill(struct lay *l, struct pages *pages)
{
	const struct labels *labels = l->layout->labels;
	const json_t *rows = template_find(&l->scopes, labels->rows);
	size_t count = json_array_size(rows);
	struct grid grid = { 0 };
	if (!make_grid(l, labels, &grid))
		return false;
	if (count == 0)
		return lay_fail(l, &place, _("there are no labels to print"));
	for (size_t i = 0; i < count; i++) {
		size_t spot = (grid.start + i) % grid.places;
		uint32_t first = l->count;
		if (i == 0 || spot == 0)
			pages_add(pages);
		if (!lay_check(l, &place) ||
			!lay_push(l, &place, json_array_get(rows, i)))
			return false;
		bool good = lay_label(l, labels, &grid, spot);
		lay_pop(l);
		if (!good)
			return false;
		pages_put(pages, first, l->count - first, 0);
	}
	return true;
}
