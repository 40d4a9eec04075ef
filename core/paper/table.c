/*
 * Tables: a head that comes again on every page, rows that are never split, a note under a
 * row, group rows when a value changes, a total kept with the last row.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "paper/chart.h"
#include "paper/table.h"

struct cell {
	struct paragraph text;
	double inset; /* a swatch stands before the text */
	double least; /* height of a chart */
	const char *tint, *lines;
};

/* What a mark says: a symbol, and the label behind it for those who read the words. */
static const char *
mark_text(struct lay *l, const char *state, const char *label)
{
	static const struct {
		const char *state, *symbol;
	} marks[] = { { "yes", "✓" }, { "no", "✗" }, { "irrelevant", "–" },
		{ "unknown", "?" } };
	const char *symbol = "";
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strcmp(state, marks[i].state) == 0)
			symbol = marks[i].symbol;
	}
	if (!*label)
		return symbol;
	return vs_arena_printf(
		l->arena, "%s%s%s", symbol, *symbol ? "\u00A0" : "", label);
}

static const char *
cell_text(struct lay *l, const struct part *part)
{
	const char *value = text_field(l, part->value);
	const char *label = value ? text_field(l, part->label) : NULL;
	if (!label)
		return NULL;
	switch (part->kind) {
	case CELL_TEXT:
	case CELL_NUMBER:
		return value;
	case CELL_SWATCH:
		return label;
	case CELL_TICK:
		return *value ? "☑" : "☐";
	case CELL_MARK:
		return mark_text(l, value, label);
	case CELL_BAR:
	case CELL_CHART:
		return label;
	case CELL_KINDS:
		break;
	}
	return value;
}

static double
swatch_width(const struct lay *l, const struct style *style)
{
	return style->size * l->scale * 1.7;
}

/* What the text beside a bar leaves of its cell. */
static double
bar_width(const struct lay *l, const struct table *t, size_t at)
{
	double room = t->widths[at] - 2 * t->pad;
	double width = room - lay_mm(l, t->block->parts[at].label_width);
	return width > room * 0.1 ? width : room * 0.1;
}

/* As high as the capitals beside it. */
static void
draw_bar(struct lay *l, const struct table *t, size_t at, const struct cell *cell,
	double x, double y)
{
	double shares[BAR_PARTS];
	double height = cell->text.style->size * l->scale;
	bar_shares(l, &t->block->parts[at], shares);
	bar_draw(l, x + t->pad, y + (cell->text.leading - height) / 2,
		bar_width(l, t, at), height, shares, t->block->parts[at].value_count);
}

static bool
break_cell(struct lay *l, const struct table *t, size_t at, struct cell *ret_cell)
{
	const struct part *part = &t->block->parts[at];
	const struct style *style = part->style ? part->style : t->block->style;
	struct cell cell = { 0 };
	const char *text = cell_text(l, part);
	if (!text)
		return false;
	if (part->kind == CELL_SWATCH) {
		cell.tint = text_field(l, part->value);
		cell.lines = text_field(l, part->lines);
		if (!cell.tint || !cell.lines)
			return false;
		if (*cell.tint)
			cell.inset = swatch_width(l, style) + 3 * l->scale;
		else
			cell.tint = NULL; /* what has no colour has no patch */
	} else if (part->kind == CELL_BAR || part->kind == CELL_CHART) {
		cell.inset = bar_width(l, t, at) + (*text ? 3 * l->scale : 0);
	}
	if (part->kind == CELL_CHART)
		cell.least = lay_mm(l, part->chart->height);
	struct text_limits limits = { .shrink = part->shrink > 0 ? part->shrink
								 : style->size * 0.8,
		.max_lines = part->max_lines };
	double room = t->widths[at] - 2 * t->pad - cell.inset;
	text_break(l, text, style, room, limits, &cell.text);
	*ret_cell = cell;
	return true;
}

/* `height` is the whole row's, `y` where the text begins. */
static bool
draw_cell(struct lay *l, const struct table *t, size_t at, const struct cell *cell,
	double x, double y, double height)
{
	double room = t->widths[at] - 2 * t->pad - cell->inset;
	if (cell->tint) {
		double size = cell->text.style->size * l->scale;
		double top = y + (cell->text.leading - size) / 2 - size * 0.03;
		lay_swatch(l, x + t->pad, top, swatch_width(l, cell->text.style),
			size * 0.95, cell->tint, cell->lines);
	}
	if (t->block->parts[at].kind == CELL_BAR)
		draw_bar(l, t, at, cell, x, y);
	text_draw(l, &cell->text, x + t->pad + cell->inset, y, room,
		t->block->parts[at].align);
	return t->block->parts[at].kind != CELL_CHART ||
		chart_cell(l, t->block, t->block->parts[at].chart, x + t->pad,
			(height - cell->least) / 2, bar_width(l, t, at), cell->least);
}

static double
cell_height(const struct table *t, const struct paragraph *p)
{
	return (double)p->line_count * p->leading + 2 * t->pad_y;
}

void
table_rule(struct lay *l, const struct table *t, double height, uint32_t colour,
	double thickness)
{
	lay_rect(l, 0, height - thickness, t->width, thickness, colour);
}

bool
table_head(struct lay *l, struct table *t)
{
	const struct block *b = t->block;
	struct paragraph texts[PARTS_MAX];
	double height = 0;
	bool any = false;
	for (size_t i = 0; i < b->part_count; i++) {
		const char *text = text_field(l, b->parts[i].header);
		if (!text)
			return false;
		any |= *text != '\0';
		struct text_limits limits = { .shrink = b->header_style->size * 0.75 };
		text_break(l, text, b->header_style, t->widths[i] - 2 * t->pad, limits,
			&texts[i]);
		double need = cell_height(t, &texts[i]);
		height = need > height ? need : height;
	}
	if (!any)
		return true;
	uint32_t first = l->count;
	if (b->header_fill >= 0)
		lay_rect(l, 0, 0, t->width, height, (uint32_t)b->header_fill);
	double x = 0;
	for (size_t i = 0; i < b->part_count; i++) {
		double top = height - cell_height(t, &texts[i]) + t->pad_y;
		text_draw(l, &texts[i], x + t->pad, top, t->widths[i] - 2 * t->pad,
			b->parts[i].align);
		x += t->widths[i];
	}
	table_rule(l, t, height, 0, b->thickness * 2);
	t->head = vs_arena_alloc(l->arena, sizeof(*t->head));
	*t->head = (struct repeat){
		.height = (float)height, .first = first, .count = l->count - first
	};
	t->top = t->head;
	lay_fragment(l, t->flow, b, height, first)->keep = true;
	return true;
}

/* A row of one text over all columns. */
static struct fragment *
lay_wide(struct lay *l, struct table *t, const char *text, const struct style *style,
	int64_t fill)
{
	struct paragraph p;
	double room = t->width - 2 * t->pad;
	text_break(l, text, style, room, (struct text_limits){ 0 }, &p);
	uint32_t first = l->count;
	double height = cell_height(t, &p);
	lay_frame(l, 0, 0, t->width, height, fill, -1, 0);
	text_draw(l, &p, t->pad, t->pad_y, room, style->align);
	struct fragment *fragment = lay_fragment(l, t->flow, t->block, height, first);
	fragment->repeat = t->head;
	return fragment;
}

/* On a new page the head comes again, and below it the group that goes on. */
static void
add_to_top(struct lay *l, struct table *t, const struct fragment *row)
{
	struct repeat head = t->head ? *t->head : (struct repeat){ 0 };
	uint32_t start =
		head.count > 0 && head.first < row->first ? head.first : row->first;
	const struct op *ops = lay_take(l, start);
	struct repeat *top = vs_arena_alloc(l->arena, sizeof(*top));
	*top = (struct repeat){ .height = head.height + row->height, .first = l->count };
	lay_move(l, ops + (head.first - start), head.count, 0, 0);
	lay_move(l, ops + (row->first - start), row->count, 0, head.height);
	top->count = l->count - top->first;
	t->top = top;
}

static bool
lay_group(struct lay *l, struct table *t)
{
	if (!t->block->group)
		return true;
	const char *group = text_field(l, t->block->group);
	if (!group)
		return false;
	if (t->group && strcmp(group, t->group) == 0)
		return true;
	t->group = group;
	t->top = t->head;
	if (!*group)
		return true;
	struct fragment *row =
		lay_wide(l, t, group, t->block->group_style, t->block->group_fill);
	row->keep = true;
	add_to_top(l, t, row);
	return true;
}

/* The note's height is part of the row, so that they stay together. */
static double
lay_note(struct lay *l, const struct table *t, const char *note, double y)
{
	if (!*note)
		return y;
	const struct block *b = t->block;
	double x = t->pad, room = -2 * t->pad;
	for (int i = 0; i < (int)b->part_count && i <= b->note_to; i++) {
		x += i < b->note_from ? t->widths[i] : 0;
		room += i < b->note_from ? 0 : t->widths[i];
	}
	struct paragraph p;
	text_break(l, note, b->note_style, room, (struct text_limits){ 0 }, &p);
	return text_draw(l, &p, x, y - t->pad_y, room, ALIGN_LEFT) + t->pad_y;
}

/* A marked row's tint wins over the stripes. */
static int64_t
row_fill(const struct lay *l, const struct block *b, size_t index)
{
	if (b->mark && b->mark_fill >= 0 && lay_shown(l, b->mark, NULL))
		return b->mark_fill;
	return index % 2 == 1 ? b->zebra : -1;
}

static bool
lay_row(struct lay *l, struct table *t, size_t index)
{
	const struct block *b = t->block;
	struct cell cells[PARTS_MAX];
	double height = lay_mm(l, b->row_height), x = 0;
	bool middle = b->row_height > 0;
	for (size_t i = 0; i < b->part_count; i++) {
		if (!break_cell(l, t, i, &cells[i]))
			return false;
		double need = cell_height(t, &cells[i].text);
		double chart = cells[i].least + 2 * t->pad_y;
		middle |= chart > need && cells[i].least > 0;
		height = fmax(height, fmax(need, chart));
	}
	const char *note = text_field(l, b->note);
	if (!note)
		return false;
	uint32_t first = l->count;
	int64_t fill = row_fill(l, b, index);
	if (fill >= 0)
		lay_rect(l, 0, 0, t->width, height, (uint32_t)fill);
	for (size_t i = 0; i < b->part_count; i++) {
		/* In rows with a height of their own the texts stand in the middle. */
		double spare = height - cell_height(t, &cells[i].text);
		double y = t->pad_y + (middle ? spare / 2 : 0);
		if (!draw_cell(l, t, i, &cells[i], x, y, height))
			return false;
		x += t->widths[i];
	}
	height = lay_note(l, t, note, height);
	if (b->grid)
		table_grid(l, t, height);
	if (fill >= 0)
		l->ops[first].height = (float)height;
	if (b->rules)
		table_rule(l, t, height, (uint32_t)b->colour, b->thickness);
	lay_fragment(l, t->flow, b, height, first)->repeat = t->top;
	return true;
}

static bool
lay_total(struct lay *l, struct table *t)
{
	const struct block *b = t->block;
	struct paragraph texts[PARTS_MAX];
	double height = 0, x = 0;
	for (size_t i = 0; i < b->total_count; i++) {
		const char *text = text_field(l, b->total[i]);
		if (!text)
			return false;
		struct text_limits limits = { .shrink = b->group_style->size * 0.7 };
		double room = t->widths[i] - 2 * t->pad;
		text_break(l, text, b->group_style, room, limits, &texts[i]);
		double need = cell_height(t, &texts[i]);
		height = need > height ? need : height;
	}
	uint32_t first = l->count;
	lay_rect(l, 0, 0, t->width, b->thickness * 2, 0);
	for (size_t i = 0; i < b->total_count; i++) {
		text_draw(l, &texts[i], x + t->pad, t->pad_y, t->widths[i] - 2 * t->pad,
			b->parts[i].align);
		x += t->widths[i];
	}
	table_rule(l, t, height, 0, b->thickness * 2);
	t->flow->fragments[t->flow->count - 1].keep = true;
	lay_fragment(l, t->flow, b, height, first)->repeat = t->head;
	return true;
}

bool
table_rows(struct lay *l, struct table *t, const json_t *rows)
{
	size_t count = json_array_size(rows);
	for (size_t i = 0; i < count; i++) {
		if (!lay_check(l, t->block) ||
			!lay_push(l, t->block, json_array_get(rows, i)))
			return false;
		bool good = lay_group(l, t) && lay_row(l, t, i);
		lay_pop(l);
		if (!good)
			return false;
	}
	if (count > 0 || !t->block->empty)
		return true;
	const char *empty = text_field(l, t->block->empty);
	if (!empty)
		return false;
	struct fragment *fragment = lay_wide(l, t, empty, t->block->style, -1);
	fragment->repeat = NULL;
	return true;
}

bool
table_lay(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	struct table t = { .block = b,
		.width = width,
		.pad = lay_mm(l, b->padding),
		.pad_y = lay_mm(l, b->padding_y),
		.flow = flow };
	const json_t *rows = b->rows ? template_find(&l->scopes, b->rows) : NULL;
	size_t count = json_array_size(rows);
	if (count == 0 && !b->empty && b->blank == 0)
		return true;
	if (b->across > 1 && count + (size_t)b->blank > 1)
		return table_across(l, &t, rows);
	lay_widths(l, b->parts, b->part_count, width, 0, t.widths);
	if (!table_head(l, &t) || !table_rows(l, &t, rows))
		return false;
	table_blanks(l, &t);
	return b->total_count == 0 || count == 0 || lay_total(l, &t);
}
