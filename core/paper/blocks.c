/* A layout's blocks: one table of kinds with the keys that each may have. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

#define DEPTH_MAX 12
#define PARTS_MAX 40

static bool parse_text(struct reader *r, const json_t *object, struct block *b);
static bool parse_simple(struct reader *r, const json_t *object, struct block *b);
static bool parse_group(struct reader *r, const json_t *object, struct block *b);
static bool parse_container(struct reader *r, const json_t *object, struct block *b);
static bool parse_columns(struct reader *r, const json_t *object, struct block *b);
static bool parse_pairs(struct reader *r, const json_t *object, struct block *b);
static bool parse_form(struct reader *r, const json_t *object, struct block *b);
static bool parse_map(struct reader *r, const json_t *object, struct block *b);
static bool parse_cut(struct reader *r, const json_t *object, struct block *b);
static bool parse_legend(struct reader *r, const json_t *object, struct block *b);
static bool parse_canvas(struct reader *r, const json_t *object, struct block *b);

static const char *const common_keys[] = { "type", "when", "unless", "before", "after",
	"keep", "keep_next", NULL };

static const struct kind {
	const char *name;
	bool (*parse)(struct reader *r, const json_t *object, struct block *b);
	const char *keys[32];
} kinds[BLOCK_KINDS] = {
	[BLOCK_TEXT] = { "text", parse_text,
		{ "text", "style", "align", "shrink", "max_lines" } },
	[BLOCK_HEADING] = { "heading", parse_text,
		{ "text", "style", "align", "shrink", "max_lines" } },
	[BLOCK_SPACER] = { "spacer", parse_simple, { "height" } },
	[BLOCK_RULE] = { "rule", parse_simple, { "thickness", "colour" } },
	[BLOCK_BOX] = { "box", parse_container,
		{ "blocks", "padding", "thickness", "colour", "fill" } },
	[BLOCK_COLUMNS] = { "columns", parse_columns, { "columns", "gap" } },
	[BLOCK_PAIRS] = { "pairs", parse_pairs,
		{ "rows", "label_width", "label_style", "style", "gap", "shrink" } },
	[BLOCK_FORM] = { "form", parse_form,
		{ "cells", "height", "label_style", "style", "thickness", "colour" } },
	[BLOCK_TABLE] = { "table", blocks_table,
		{ "rows", "columns", "style", "header_style", "header_fill", "padding",
			"padding_y", "zebra", "rules", "colour", "group", "group_style",
			"empty", "note", "note_style", "note_from", "note_to", "total",
			"thickness", "mark", "mark_fill", "blank", "blank_height",
			"blank_fill", "across", "across_gap", "grid", "row_height",
			"group_fill" } },
	[BLOCK_SWATCH] = { "swatch", parse_simple,
		{ "tint", "lines", "width", "height" } },
	[BLOCK_QR] = { "qr", parse_simple,
		{ "text", "size", "level", "align", "module" } },
	[BLOCK_EACH] = { "each", parse_container, { "rows", "blocks" } },
	[BLOCK_GROUP] = { "group", parse_group, { "blocks", "bottom" } },
	[BLOCK_CANVAS] = { "canvas", parse_canvas,
		{ "width", "height", "scale", "thickness", "colour", "tint", "items",
			"watermark", "style", "lines", "signal_edge", "align" } },
	[BLOCK_MAP] = { "map", parse_map,
		{ "rows", "width", "height", "line", "style", "note", "note_style",
			"empty", "align" } },
	[BLOCK_CHART] = { "chart", blocks_chart,
		{ "kind", "rows", "label", "values", "target", "target_label", "mark",
			"height", "width", "style", "unit", "empty", "from_zero",
			"value_labels", "least" } },
	[BLOCK_AREAS] = { "areas", blocks_areas,
		{ "rows", "rings", "class", "label", "classes", "none", "empty", "height",
			"width", "style", "scale_bar" } },
	[BLOCK_MONTH] = { "month", month_parse,
		{ "rows", "height", "text", "heads", "label_width", "marks", "note",
			"style", "header_style", "group_style", "note_style" } },
	[BLOCK_CUT] = { "cut", parse_cut, { "text", "style" } },
	[BLOCK_LEGEND] = { "legend", parse_legend,
		{ "labels", "style", "of", "target", "mark" } },
	[BLOCK_PAGE_BREAK] = { "page_break", parse_simple, { NULL } },
};

static bool
parse_array(struct reader *r, const json_t *object, struct block *b, const char *key)
{
	return blocks_parse(r, json_object_get(object, key),
		vs_arena_printf(r->arena, "%s.%s", b->path, key), &b->blocks);
}

static bool
parse_text(struct reader *r, const json_t *object, struct block *b)
{
	double lines = 0;
	b->keep_next = b->kind == BLOCK_HEADING;
	if (!read_template(r, object, b->path, "text", &b->text) ||
		!read_number(r, object, b->path, "shrink", 2, 200, &b->shrink) ||
		!read_number(r, object, b->path, "max_lines", 1, 1000, &lines))
		return false;
	b->max_lines = (int)lines;
	return b->text || read_fail(r, b->path, "text", _("is missing"));
}

static bool
parse_level(struct reader *r, const json_t *object, struct block *b)
{
	b->level = "M";
	if (!read_text(r, object, b->path, "level", &b->level))
		return false;
	return (strlen(b->level) == 1 && strchr("LMQH", b->level[0])) ||
		read_fail(r, b->path, "level", _("must be \"L\", \"M\", \"Q\" or \"H\""));
}

static bool
parse_simple(struct reader *r, const json_t *object, struct block *b)
{
	b->height = b->kind == BLOCK_SWATCH ? 4 : 3;
	b->width = 8;
	b->size = 20;
	b->thickness = 0.5;
	b->colour = 0;
	return read_number(r, object, b->path, "height", 0.1, 500, &b->height) &&
		read_number(r, object, b->path, "width", 1, 500, &b->width) &&
		read_number(r, object, b->path, "size", 5, 200, &b->size) &&
		read_number(r, object, b->path, "module", 0.1, 20, &b->module) &&
		read_number(r, object, b->path, "thickness", 0.1, 20, &b->thickness) &&
		read_template(r, object, b->path, "text", &b->text) &&
		read_template(r, object, b->path, "tint", &b->tint) &&
		read_template(r, object, b->path, "lines", &b->lines) &&
		parse_level(r, object, b);
}

static bool
parse_container(struct reader *r, const json_t *object, struct block *b)
{
	b->padding = 2.5;
	b->thickness = 0.5;
	b->colour = 0;
	if (!read_number(r, object, b->path, "padding", 0, 50, &b->padding) ||
		!read_number(r, object, b->path, "thickness", 0, 20, &b->thickness) ||
		!read_text(r, object, b->path, "rows", &b->rows))
		return false;
	if (b->kind == BLOCK_EACH && !b->rows)
		return read_fail(r, b->path, "rows", _("is missing"));
	return parse_array(r, object, b, "blocks");
}

/* Only the body itself has a foot of its last page. */
static bool
parse_group(struct reader *r, const json_t *object, struct block *b)
{
	if (!read_flag(r, object, b->path, "bottom", &b->bottom))
		return false;
	bool in_body = strncmp(b->path, "body[", 5) == 0 && !strchr(b->path, '.');
	if (b->bottom && !in_body)
		return read_fail(
			r, b->path, "bottom", _("is for the last block of the body"));
	return parse_container(r, object, b);
}

static bool
parse_map(struct reader *r, const json_t *object, struct block *b)
{
	b->height = 80;
	if (!read_text(r, object, b->path, "rows", &b->rows) ||
		!read_number(r, object, b->path, "width", 20, 2000, &b->width) ||
		!read_number(r, object, b->path, "height", 20, 2000, &b->height) ||
		!read_flag(r, object, b->path, "line", &b->path_line) ||
		!read_template(r, object, b->path, "note", &b->note) ||
		!read_template(r, object, b->path, "empty", &b->empty))
		return false;
	return b->rows || read_fail(r, b->path, "rows", _("is missing"));
}

static bool
parse_cut(struct reader *r, const json_t *object, struct block *b)
{
	return read_template(r, object, b->path, "text", &b->text);
}

static bool
parse_legend(struct reader *r, const json_t *object, struct block *b)
{
	const char *of = "bars";
	if (!blocks_fields(r, object, b, "labels", 0) ||
		!read_text(r, object, b->path, "of", &of) ||
		!read_template(r, object, b->path, "target", &b->lines) ||
		!read_template(r, object, b->path, "mark", &b->note))
		return false;
	b->of_lines = strcmp(of, "lines") == 0;
	if (!b->of_lines && strcmp(of, "bars") != 0)
		return read_fail(r, b->path, "of", _("must be \"bars\" or \"lines\""));
	if (b->of_lines && b->total_count > BAR_PARTS)
		return read_fail(
			r, b->path, "labels", _("must be a list of at most 4 texts"));
	return b->total_count <= BAR_PARTS + 1 ||
		read_fail(r, b->path, "labels", _("must be a list of at most 5 texts"));
}

static bool
parse_part(struct reader *r, const json_t *object, const char *path,
	const char *const *keys, struct part *part)
{
	double lines = 0;
	if (!read_known(r, object, path, keys, NULL) ||
		!read_number(r, object, path, "width", 1, 1000, &part->width) ||
		!read_number(r, object, path, "share", 0.01, 1000, &part->share) ||
		!read_number(r, object, path, "shrink", 2, 200, &part->shrink) ||
		!read_number(r, object, path, "max_lines", 1, 1000, &lines) ||
		!read_style(r, object, path, "style", &part->style) ||
		!read_template(r, object, path, "label", &part->label) ||
		!read_template(r, object, path, "header", &part->header) ||
		!read_template(r, object, path, "value", &part->value) ||
		!read_template(r, object, path, "lines", &part->lines) ||
		!read_number(
			r, object, path, "label_width", 0, 500, &part->label_width) ||
		!read_text(r, object, path, "of", &part->of) ||
		!read_text(r, object, path, "when", &part->when) ||
		!read_text(r, object, path, "unless", &part->unless))
		return false;
	part->max_lines = (int)lines;
	if (part->width <= 0 && part->share <= 0)
		part->share = 1;
	return true;
}

bool
blocks_parts(struct reader *r, const json_t *object, struct block *b, const char *key,
	const char *const *keys)
{
	const json_t *array = json_object_get(object, key);
	size_t count = json_array_size(array);
	if (!json_is_array(array) || count < 1 || count > PARTS_MAX)
		return read_fail(r, b->path, key, _("must be a list of 1 to 40 objects"));
	b->parts = vs_arena_alloc(r->arena, count * sizeof(b->parts[0]));
	b->part_count = count;
	for (size_t i = 0; i < count; i++) {
		const char *path =
			vs_arena_printf(r->arena, "%s.%s[%zu]", b->path, key, i);
		if (!parse_part(r, json_array_get(array, i), path, keys, &b->parts[i]))
			return false;
	}
	return true;
}

static bool
parse_columns(struct reader *r, const json_t *object, struct block *b)
{
	static const char *const keys[] = { "width", "share", "blocks", NULL };
	b->gap = 4;
	if (!read_number(r, object, b->path, "gap", 0, 200, &b->gap) ||
		!blocks_parts(r, object, b, "columns", keys))
		return false;
	for (size_t i = 0; i < b->part_count; i++) {
		const json_t *column =
			json_array_get(json_object_get(object, "columns"), i);
		const char *path =
			vs_arena_printf(r->arena, "%s.columns[%zu].blocks", b->path, i);
		if (!blocks_parse(r, json_object_get(column, "blocks"), path,
			    &b->parts[i].blocks))
			return false;
	}
	return true;
}

static bool
parse_pairs(struct reader *r, const json_t *object, struct block *b)
{
	static const char *const keys[] = { "label", "value", "style", "when", "unless",
		NULL };
	b->label_width = 30;
	b->gap = 0.6;
	return read_number(r, object, b->path, "label_width", 1, 500, &b->label_width) &&
		read_number(r, object, b->path, "gap", 0, 50, &b->gap) &&
		read_number(r, object, b->path, "shrink", 2, 200, &b->shrink) &&
		blocks_parts(r, object, b, "rows", keys);
}

static bool
parse_form(struct reader *r, const json_t *object, struct block *b)
{
	static const char *const keys[] = { "label", "value", "width", "share", NULL };
	b->height = 11;
	b->thickness = 0.5;
	b->colour = 0;
	return read_number(r, object, b->path, "height", 3, 200, &b->height) &&
		read_number(r, object, b->path, "thickness", 0.1, 20, &b->thickness) &&
		blocks_parts(r, object, b, "cells", keys);
}

/* Where in its place an item stands that is less high than it. */
static bool
parse_stand(struct reader *r, const json_t *object, const char *path, double *ret_sink)
{
	static const char *const names[] = { "top", "middle", "bottom" };
	const char *stand = names[0];
	if (!read_text(r, object, path, "stand", &stand))
		return false;
	for (int i = 0; i < 3; i++) {
		if (strcmp(stand, names[i]) == 0) {
			*ret_sink = i / 2.0;
			return true;
		}
	}
	return read_fail(
		r, path, "stand", _("must be \"top\", \"middle\" or \"bottom\""));
}

static bool
parse_item(struct reader *r, const json_t *object, const char *path, struct item *item)
{
	static const char *const keys[] = { "x", "y", "width", "height", "fit", "stand",
		"fill", "ink", "when", "unless", "blocks", NULL };
	item->width = 50;
	item->height = 20;
	return read_known(r, object, path, keys, NULL) &&
		read_number(r, object, path, "x", 0, 2000, &item->x) &&
		read_number(r, object, path, "y", 0, 2000, &item->y) &&
		read_number(r, object, path, "width", 1, 2000, &item->width) &&
		read_number(r, object, path, "height", 1, 2000, &item->height) &&
		read_flag(r, object, path, "fit", &item->fit) &&
		parse_stand(r, object, path, &item->sink) &&
		read_template(r, object, path, "fill", &item->fill) &&
		read_template(r, object, path, "ink", &item->ink) &&
		read_text(r, object, path, "when", &item->when) &&
		read_text(r, object, path, "unless", &item->unless) &&
		blocks_parse(r, json_object_get(object, "blocks"),
			vs_arena_printf(r->arena, "%s.blocks", path), &item->blocks);
}

static bool
parse_items(struct reader *r, const json_t *object, struct block *b)
{
	const json_t *array = json_object_get(object, "items");
	if (!json_is_array(array) || json_array_size(array) > 200)
		return read_fail(
			r, b->path, "items", _("must be a list of at most 200 objects"));
	/* An item that is fitted lays out its blocks a dozen times: not inside each other. */
	r->in_canvas = true;
	struct item **tail = &b->items;
	bool good = true;
	for (size_t i = 0; good && i < json_array_size(array); i++) {
		*tail = vs_arena_alloc(r->arena, sizeof(**tail));
		good = parse_item(r, json_array_get(array, i),
			vs_arena_printf(r->arena, "%s.items[%zu]", b->path, i), *tail);
		tail = &(*tail)->next;
	}
	r->in_canvas = false;
	return good;
}

static bool
parse_canvas(struct reader *r, const json_t *object, struct block *b)
{
	const char *edge = "right";
	b->width = 105;
	b->height = 148;
	b->scale = 1;
	b->thickness = 0.4;
	b->colour = 0;
	if (r->in_canvas)
		return read_fail(r, b->path, NULL,
			_("a canvas cannot stand on a canvas or a label"));
	if (!read_number(r, object, b->path, "width", 1, 2000, &b->width) ||
		!read_number(r, object, b->path, "height", 1, 2000, &b->height) ||
		!read_number(r, object, b->path, "scale", 0.1, 10, &b->scale) ||
		!read_number(r, object, b->path, "thickness", 0, 20, &b->thickness) ||
		!read_template(r, object, b->path, "tint", &b->tint) ||
		!read_template(r, object, b->path, "watermark", &b->watermark) ||
		!read_template(r, object, b->path, "lines", &b->lines) ||
		!read_text(r, object, b->path, "signal_edge", &edge))
		return false;
	b->signal_left = strcmp(edge, "left") == 0;
	if (!b->signal_left && strcmp(edge, "right") != 0)
		return read_fail(
			r, b->path, "signal_edge", _("must be \"left\" or \"right\""));
	return parse_items(r, object, b);
}

/* The keys that any kind may have, and the styles: those a kind lacks are refused before. */
static bool
parse_common(struct reader *r, const json_t *object, struct block *b)
{
	const char *path = b->path;
	b->style = &r->layout->styles[0];
	for (size_t i = 0; i < r->layout->style_count; i++) {
		if (strcmp(r->layout->styles[i].name, "body") == 0)
			b->style = &r->layout->styles[i];
	}
	if (!read_style(r, object, path, "style", &b->style))
		return false;
	b->align = b->style->align;
	b->label_style = b->header_style = b->note_style = b->group_style = b->style;
	return read_style(r, object, path, "label_style", &b->label_style) &&
		read_style(r, object, path, "header_style", &b->header_style) &&
		read_style(r, object, path, "note_style", &b->note_style) &&
		read_style(r, object, path, "group_style", &b->group_style) &&
		read_align(r, object, path, "align", &b->align) &&
		read_colour(r, object, path, "colour", &b->colour) &&
		read_colour(r, object, path, "fill", &b->fill) &&
		read_colour(r, object, path, "header_fill", &b->header_fill) &&
		read_colour(r, object, path, "group_fill", &b->group_fill) &&
		read_colour(r, object, path, "zebra", &b->zebra) &&
		read_colour(r, object, path, "mark_fill", &b->mark_fill) &&
		read_text(r, object, path, "when", &b->when) &&
		read_text(r, object, path, "unless", &b->unless) &&
		read_number(r, object, path, "before", 0, 500, &b->before) &&
		read_number(r, object, path, "after", 0, 500, &b->after) &&
		read_flag(r, object, path, "keep", &b->keep) &&
		read_flag(r, object, path, "keep_next", &b->keep_next);
}

static const struct kind *
find_kind(const json_t *object)
{
	const char *type = json_string_value(json_object_get(object, "type"));
	for (size_t i = 0; type && i < BLOCK_KINDS; i++) {
		if (strcmp(kinds[i].name, type) == 0)
			return &kinds[i];
	}
	return NULL;
}

static bool
parse_block(struct reader *r, const json_t *object, const char *path, struct block *b)
{
	const struct kind *kind = find_kind(object);
	b->path = path;
	if (!json_is_object(object))
		return read_fail(r, path, NULL, _("must be an object"));
	if (!kind)
		return read_fail(r, path, "type",
			_("must be text, heading, spacer, rule, box, columns, pairs, form, table, "
			  "swatch, qr, each, group, canvas, map, month, chart, areas, cut, legend or page_break"));
	b->kind = (enum block_kind)(kind - kinds);
	b->fill = b->header_fill = b->group_fill = b->zebra = b->mark_fill = -1;
	if (!read_known(r, object, path, common_keys, kind->keys) ||
		!kind->parse(r, object, b))
		return false;
	return parse_common(r, object, b);
}

bool
blocks_parse(struct reader *r, const json_t *array, const char *path,
	struct block **ret_blocks)
{
	if (!json_is_array(array))
		return read_fail(r, path, NULL, _("must be a list of blocks"));
	if (r->depth >= DEPTH_MAX)
		return read_fail(r, path, NULL, _("is nested too deep"));
	r->depth++;
	struct block **tail = ret_blocks;
	bool good = true;
	for (size_t i = 0; good && i < json_array_size(array); i++) {
		*tail = vs_arena_alloc(r->arena, sizeof(**tail));
		good = parse_block(r, json_array_get(array, i),
			vs_arena_printf(r->arena, "%s[%zu]", path, i), *tail);
		tail = &(*tail)->next;
	}
	r->depth--;
	return good;
}
