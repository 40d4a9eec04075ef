/*
 * A month as a wall calendar: weeks as rows, days as cells with short texts. What stands in
 * a cell is made smaller until it fits. Kinds of entries are told apart by the shape of
 * their marks, not by colour.
 */
#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

#define DAYS 7

/* Beside and above what stands in a cell, points. */
#define INSET 2.5

/* A cell is at least so wide and high, points. */
#define LEAST 15.0

static const uint32_t grey = 0xEDEDED, faint = 0x8A8A8A, line_colour = 0x505050;

struct month {
	const struct block *block;
	double x[DAYS + 2]; /* left edges: week, Monday … Sunday, and the right edge */
	double head, row;   /* heights */
};

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static double
line_width(const struct paragraph *p)
{
	return p->line_count > 0 ? p->lines[0].width : 0;
}

static void
draw_square(struct lay *l, double x, double y, double size, bool full)
{
	lay_frame(l, x, y, size, size, full ? 0 : 0xFFFFFF, 0, 0.7 * l->scale);
}

static void
draw_triangle(struct lay *l, double x, double y, double size)
{
	float points[] = { (float)x, (float)(y + size), (float)(x + size / 2), (float)y,
		(float)(x + size), (float)(y + size), (float)x, (float)(y + size) };
	shape_line(l, points, 4, 0, 0.8 * l->scale, 0);
}

/* The mark of the layout's `index`th kind; nothing for an unknown one. */
static void
draw_mark(struct lay *l, size_t index, double x, double y, double size)
{
	double half = size / 2;
	switch (index) {
	case 0:
		draw_square(l, x, y, size, true);
		break;
	case 1:
		draw_square(l, x, y, size, false);
		break;
	case 2:
		shape_disc(l, x + half, y + half, half, 0, -1, 0);
		break;
	case 3:
		shape_disc(l, x + half, y + half, half, 0xFFFFFF, 0, 0.7 * l->scale);
		break;
	case 4:
		draw_triangle(l, x, y, size);
		break;
	default:
		break;
	}
}

static size_t
mark_of(const struct block *b, const char *kind)
{
	size_t i = 0;
	while (i < b->part_count && strcmp(b->parts[i].of, kind) != 0)
		i++;
	return i;
}

static double
lay_entry(struct lay *l, const struct month *m, const json_t *entry, double x, double y,
	double width)
{
	const struct style *style = m->block->style;
	double indent = style->size * 0.95 * l->scale,
	       mark = style->size * 0.6 * l->scale;
	bool done = json_is_true(json_object_get(entry, "done"));
	bool late = json_is_true(json_object_get(entry, "late"));
	const char *text = vs_arena_printf(l->arena, "%s%s%s", late ? "⚠ " : "",
		text_of(entry, "text"), done ? " ✓" : "");
	struct text_limits two = { .shrink = style->size * 0.8, .max_lines = 2 };
	struct paragraph p;
	text_break(l, text, style, width - indent, two, &p);
	draw_mark(l, mark_of(m->block, text_of(entry, "kind")), x,
		y + (p.leading - mark) / 2, mark);
	return text_draw(l, &p, x + indent, y, width - indent, ALIGN_LEFT);
}

/* Entries from `y` on; returns where they end. */
static double
lay_entries(struct lay *l, const struct month *m, const json_t *day, double x, double y,
	double width)
{
	const json_t *entries = json_object_get(day, "entries");
	for (size_t i = 0; i < json_array_size(entries); i++)
		y = lay_entry(l, m, json_array_get(entries, i), x, y, width) + l->scale;
	const char *more = text_of(day, "more");
	if (!*more)
		return y;
	struct text_limits one = { .shrink = m->block->note_style->size * 0.7,
		.max_lines = 1 };
	struct paragraph p;
	text_break(l, more, m->block->note_style, width, one, &p);
	return text_draw(l, &p, x, y, width, ALIGN_RIGHT);
}

/* The entries, smaller until they end above `bottom`. */
static void
fit_entries(struct lay *l, const struct month *m, const json_t *day, double x, double y,
	double width, double bottom)
{
	double outer = l->scale;
	uint32_t first = l->count;
	int missing = l->missing;
	for (int i = 0; i < 40; i++) {
		l->count = first;
		l->missing = missing;
		if (lay_entries(l, m, day, x, y, width) <= bottom)
			break;
		l->scale *= 0.95;
	}
	l->scale = outer;
}

/* The day's number; returns where the entries begin. */
static double
lay_number_of(struct lay *l, const struct month *m, const json_t *day, double x, double y)
{
	struct style style = *m->block->group_style;
	bool big = json_is_true(json_object_get(day, "big"));
	if (json_is_true(json_object_get(day, "outside")))
		style.colour = faint;
	else if (json_is_true(json_object_get(day, "red")))
		style.colour = 0xB00000;
	if (big)
		style.colour = 0xFFFFFF;
	struct paragraph p;
	text_break(l, text_of(day, "day"), &style, 1e4, (struct text_limits){ 0 }, &p);
	double wide = line_width(&p) + 5 * l->scale;
	if (big || json_is_true(json_object_get(day, "today")))
		lay_frame(l, x - 1, y, wide, p.leading, big ? (int64_t)0 : -1, 0,
			1.2 * l->scale);
	return text_draw(l, &p, x + 1.5 * l->scale, y, wide, ALIGN_LEFT) + l->scale;
}

static void
lay_day(struct lay *l, const struct month *m, const json_t *day, size_t at, double y)
{
	double x = m->x[at + 1], width = m->x[at + 2] - x;
	bool outside = json_is_true(json_object_get(day, "outside"));
	bool big = json_is_true(json_object_get(day, "big"));
	lay_frame(l, x, y, width, m->row, outside ? (int64_t)grey : -1, line_colour, 0.5);
	if (big)
		lay_frame(l, x + 1, y + 1, width - 2, m->row - 2, -1, 0, 2);
	double in = INSET * l->scale * (big ? 1.6 : 1);
	double top = lay_number_of(l, m, day, x + in, y + in);
	fit_entries(l, m, day, x + in, top, width - 2 * in, y + m->row - in);
}

static void
lay_label(struct lay *l, const char *text, const struct style *style, double x, double y,
	double width, double height)
{
	struct text_limits one = { .shrink = style->size * 0.6, .max_lines = 1 };
	struct paragraph p;
	text_break(l, text, style, width - 2, one, &p);
	double tall = (double)p.line_count * p.leading;
	text_draw(l, &p, x + 1, y + (height - tall) / 2, width - 2, ALIGN_CENTRE);
}

static bool
lay_heads(struct lay *l, const struct month *m)
{
	const struct block *b = m->block;
	for (size_t i = 0; i <= DAYS; i++) {
		const char *text = text_field(l, i == 0 ? b->text : b->total[i - 1]);
		if (!text)
			return false;
		lay_label(l, text, b->header_style, m->x[i], 0, m->x[i + 1] - m->x[i],
			m->head);
	}
	return true;
}

/* What the marks mean and the note, in one line below the grid. */
static bool
lay_marks(struct lay *l, const struct month *m, double y)
{
	const struct block *b = m->block;
	double x = m->x[1], size = b->style->size * 0.75 * l->scale;
	for (size_t i = 0; i < b->part_count; i++) {
		const char *label = text_field(l, b->parts[i].label);
		if (!label)
			return false;
		struct paragraph p;
		text_break(l, label, b->style, 1e4, (struct text_limits){ 0 }, &p);
		draw_mark(l, i, x, y + (p.leading - size) / 2, size);
		x += size * 1.6;
		text_draw(l, &p, x, y, line_width(&p) + 1, ALIGN_LEFT);
		x += line_width(&p) + size * 2.4;
	}
	const char *note = text_field(l, b->note);
	if (!note)
		return false;
	struct paragraph p;
	double room = m->x[DAYS + 1] - x;
	text_break(l, note, b->style, room, (struct text_limits){ 0 }, &p);
	text_draw(l, &p, x, y, room, ALIGN_RIGHT);
	return true;
}

static bool
lay_weeks(struct lay *l, const struct month *m, const json_t *weeks)
{
	for (size_t i = 0; i < json_array_size(weeks); i++) {
		const json_t *week = json_array_get(weeks, i);
		const json_t *days = json_object_get(week, "days");
		double y = m->head + (double)i * m->row;
		if (!lay_check(l, m->block))
			return false;
		if (json_array_size(days) != DAYS)
			return lay_fail(l, m->block, _("a week must have seven days"));
		lay_label(l, text_of(week, "week"), m->block->note_style, m->x[0], y,
			m->x[1] - m->x[0], m->row);
		for (size_t d = 0; d < DAYS; d++)
			lay_day(l, m, json_array_get(days, d), d, y);
	}
	return true;
}

bool
month_lay(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	const json_t *weeks = template_find(&l->scopes, b->rows);
	size_t count = json_array_size(weeks);
	if (count == 0)
		return true;
	struct month m = { .block = b,
		.head = b->header_style->leading * l->scale * 1.3 };
	m.x[1] = lay_mm(l, b->label_width);
	for (size_t i = 2; i < DAYS + 2; i++)
		m.x[i] = m.x[1] + (width - m.x[1]) * (double)(i - 1) / DAYS;
	uint32_t first = l->count;
	double gap = lay_mm(l, 1.5);
	double foot = b->part_count > 0 ? b->style->leading * l->scale + gap : 0;
	double height = lay_mm(l, b->height);
	m.row = (height - m.head - foot) / (double)count;
	if (m.row < LEAST * l->scale || m.x[2] - m.x[1] < LEAST * l->scale)
		return lay_fail(l, b, _("has no room for so many weeks or such days"));
	if (!lay_heads(l, &m) || !lay_weeks(l, &m, weeks) ||
		!lay_marks(l, &m, height - foot + gap))
		return false;
	lay_fragment(l, flow, b, height, first);
	return true;
}

bool
month_parse(struct reader *r, const json_t *object, struct block *b)
{
	static const char *const keys[] = { "of", "label", NULL };
	b->height = 140;
	b->label_width = 8;
	if (!read_text(r, object, b->path, "rows", &b->rows) ||
		!read_number(r, object, b->path, "height", 60, 2000, &b->height) ||
		!read_number(r, object, b->path, "label_width", 4, 50, &b->label_width) ||
		!read_template(r, object, b->path, "text", &b->text) ||
		!read_template(r, object, b->path, "note", &b->note) ||
		!blocks_fields(r, object, b, "heads", DAYS) ||
		!blocks_parts(r, object, b, "marks", keys))
		return false;
	for (size_t i = 0; i < b->part_count; i++) {
		if (!b->parts[i].of || i > 4)
			return read_fail(r, b->path, "marks",
				_("must be at most five, each with \"of\""));
	}
	return b->rows || read_fail(r, b->path, "rows", _("is missing"));
}
