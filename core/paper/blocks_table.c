/* Reading a table: its columns, the kinds of its cells, its total. */
#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

static bool
parse_cell_kind(
	struct reader *r, const json_t *column, const char *path, struct part *part)
{
	static const char *const names[CELL_KINDS] = { "text", "number", "swatch", "tick",
		"mark", "bar", "chart" };
	const char *kind = names[0];
	if (!read_text(r, column, path, "kind", &kind))
		return false;
	size_t i = 0;
	while (i < CELL_KINDS && strcmp(names[i], kind) != 0)
		i++;
	if (i == CELL_KINDS)
		return read_fail(r, path, "kind",
			_("must be \"text\", \"number\", \"swatch\", \"tick\", \"mark\", \"bar\" or \"chart\""));
	part->kind = (enum cell_kind)i;
	part->align = part->kind == CELL_NUMBER ? ALIGN_RIGHT
		: part->style			? part->style->align
						: ALIGN_LEFT;
	return read_align(r, column, path, "align", &part->align);
}

bool
blocks_fields(struct reader *r, const json_t *object, struct block *b, const char *key,
	size_t count)
{
	const json_t *fields = json_object_get(object, key);
	size_t found = json_array_size(fields);
	const char *problem = count ? _("must be a list with a text per column")
				    : _("must be a list of texts");
	if (!json_is_array(fields) || found < 1 || found > 40 ||
		(count && found != count))
		return read_fail(r, b->path, key, problem);
	b->total = vs_arena_alloc(r->arena, found * sizeof(b->total[0]));
	b->total_count = found;
	for (size_t i = 0; i < found; i++) {
		const char *text = json_string_value(json_array_get(fields, i));
		if (!text)
			return read_fail(r, b->path, key, problem);
		if (!read_compile(r, b->path, key, text, &b->total[i]))
			return false;
	}
	return true;
}

bool
blocks_names(struct reader *r, const json_t *object, const char *path, const char **names,
	size_t *ret_count)
{
	const json_t *values = json_object_get(object, "values");
	size_t count = json_array_size(values);
	bool good = json_is_array(values) && count >= 1 && count <= BAR_PARTS;
	for (size_t i = 0; good && i < count; i++) {
		const char *name = json_string_value(json_array_get(values, i));
		good = name != NULL;
		names[i] = name ? vs_arena_text(r->arena, name) : NULL;
	}
	if (!good)
		return read_fail(r, path, "values", _("must be a list of 1 to 4 names"));
	*ret_count = count;
	return true;
}

/* The numbers of a bar, and the name of the whole. */
static bool
parse_bar(struct reader *r, const json_t *column, const char *path, struct part *part)
{
	return blocks_names(r, column, path, part->values, &part->value_count) &&
		(part->of || read_fail(r, path, "of", _("is missing")));
}

/* Keys that only cells of one kind have. */
static bool
refuse_keys(struct reader *r, const json_t *column, const char *path)
{
	static const char *const keys[] = { "rows", "target", "chart", "height" };
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (json_object_get(column, keys[i]))
			return read_fail(r, path, keys[i],
				_("is for cells of the kind \"chart\""));
	}
	return true;
}

static bool
parse_column(struct reader *r, const json_t *column, const char *path, struct part *part)
{
	if (!parse_cell_kind(r, column, path, part))
		return false;
	if (part->kind == CELL_CHART)
		return blocks_chart_cell(r, column, path, part);
	if (!refuse_keys(r, column, path))
		return false;
	if (part->kind == CELL_BAR)
		return parse_bar(r, column, path, part);
	if (json_object_get(column, "values") || part->of)
		return read_fail(r, path, part->of ? "of" : "values",
			_("is for cells of the kind \"bar\""));
	return true;
}

bool
blocks_table(struct reader *r, const json_t *object, struct block *b)
{
	static const char *const keys[] = { "header", "width", "share", "kind", "style",
		"align", "value", "label", "lines", "shrink", "max_lines", "values", "of",
		"label_width", "rows", "target", "chart", "height", NULL };
	double from = 0, to = 39, blank = 0, across = 1;
	b->padding = 1.2;
	b->padding_y = 0.7;
	b->rules = true;
	b->colour = 0xA0A0A0;
	b->thickness = 0.4;
	b->blank_height = 8;
	b->across_gap = 5;
	if (!read_text(r, object, b->path, "rows", &b->rows) ||
		!read_number(r, object, b->path, "padding", 0, 20, &b->padding) ||
		!read_number(r, object, b->path, "padding_y", 0, 20, &b->padding_y) ||
		!read_number(r, object, b->path, "thickness", 0.1, 20, &b->thickness) ||
		!read_flag(r, object, b->path, "rules", &b->rules) ||
		!read_flag(r, object, b->path, "grid", &b->grid) ||
		!read_number(r, object, b->path, "row_height", 2, 100, &b->row_height) ||
		!read_template(r, object, b->path, "group", &b->group) ||
		!read_template(r, object, b->path, "empty", &b->empty) ||
		!read_template(r, object, b->path, "note", &b->note) ||
		!read_number(r, object, b->path, "note_from", 0, 39, &from) ||
		!read_number(r, object, b->path, "note_to", 0, 39, &to) ||
		!read_number(r, object, b->path, "blank", 0, 200, &blank) ||
		!read_number(
			r, object, b->path, "blank_height", 2, 100, &b->blank_height) ||
		!read_number(r, object, b->path, "across", 1, 6, &across) ||
		!read_number(r, object, b->path, "across_gap", 0, 50, &b->across_gap) ||
		!read_flag(r, object, b->path, "blank_fill", &b->blank_fill) ||
		!read_text(r, object, b->path, "mark", &b->mark) ||
		!blocks_parts(r, object, b, "columns", keys))
		return false;
	if (!b->rows && blank < 1)
		return read_fail(r, b->path, "rows", _("is missing"));
	if (across > 1 && (b->group || b->blank_fill || json_object_get(object, "total")))
		return read_fail(r, b->path, "across",
			_("cannot stand with \"group\", \"total\" or \"blank_fill\""));
	b->across = (int)across;
	b->blank = (int)blank;
	b->note_from = (int)from < (int)b->part_count ? (int)from : 0;
	b->note_to = to < from ? b->note_from : (int)to;
	for (size_t i = 0; i < b->part_count; i++) {
		const json_t *column =
			json_array_get(json_object_get(object, "columns"), i);
		const char *path =
			vs_arena_printf(r->arena, "%s.columns[%zu]", b->path, i);
		if (!parse_column(r, column, path, &b->parts[i]))
			return false;
	}
	return !json_object_get(object, "total") ||
		blocks_fields(r, object, b, "total", b->part_count);
}
