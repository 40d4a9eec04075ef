/*
 * Paragraphs: UTF-8 to characters, missing glyphs, lines.
 *
 * Lines break at spaces and behind hyphens, dashes and slashes that do not stand between
 * digits (dates and quotas stay whole); a word longer than the line is shrunk if the style
 * of its place allows it, else broken. NBSP never breaks.
 */
#include <assert.h>
#include <string.h>

#include "paper/paper.h"

/* Width of the symbols and of the box for a missing glyph, thousandths of the size. */
#define SYMBOL_WIDTH 840

bool
text_is_symbol(uint16_t unit)
{
	switch (unit) {
	case 0x2190: /* ← */
	case 0x2192: /* → */
	case 0x2610: /* ☐ */
	case 0x2611: /* ☑ */
	case 0x26A0: /* ⚠ */
	case 0x2713: /* ✓ */
	case 0x2717: /* ✗ */
	case TEXT_MISSING:
		return true;
	default:
		return false;
	}
}

int
text_width(struct pdf *pdf, enum face face, uint16_t unit)
{
	return text_is_symbol(unit) ? SYMBOL_WIDTH : pdf_width(pdf, face, unit);
}

/* One code point of valid UTF-8; damaged bytes give U+FFFD and move on by one. */
static uint32_t
decode(const unsigned char **at)
{
	const unsigned char *s = *at;
	int more = s[0] < 0x80 ? 0
		: s[0] < 0xC2  ? -1
		: s[0] < 0xE0  ? 1
		: s[0] < 0xF0  ? 2
			       : 3;
	uint32_t point = more <= 0 ? s[0] : s[0] & (0x3F >> more);
	*at = s + 1;
	if (more < 0 || s[0] > 0xF4)
		return 0xFFFD;
	for (int i = 1; i <= more; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0xFFFD;
		point = point << 6 | (s[i] & 0x3F);
	}
	*at = s + 1 + more;
	return point;
}

/* Characters that take no place and would only show as boxes. */
static bool
invisible(uint32_t point)
{
	return (point < 0x20 && point != '\n') || (point >= 0x7F && point < 0xA0) ||
		point == 0xAD || (point >= 0x200B && point <= 0x200F) ||
		(point >= 0x202A && point <= 0x202E) ||
		(point >= 0x2060 && point <= 0x206F) ||
		(point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF;
}

/* What is drawn for a code point; TEXT_MISSING when no face has it. */
static uint16_t
unit_for(struct lay *l, enum face face, uint32_t point)
{
	if (point == '\n')
		return '\n';
	if (point > 0xFFFE)
		return TEXT_MISSING;
	uint16_t unit = (uint16_t)point;
	if (unit == TEXT_MISSING || text_is_symbol(unit) || pdf_has(l->pdf, face, unit))
		return unit;
	if (unit == 0x2009 || unit == 0x202F)
		return unit_for(l, face, 0xA0);
	if (unit == 0x2011)
		return '-';
	return TEXT_MISSING;
}

/* True when letters and accents may stand apart and have to be composed first. */
static bool
decomposed(const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if ((c == 0xCC || c == 0xCD) && text[1])
			return true;
	}
	return false;
}

/* The characters of a text with their widths. */
struct run {
	const uint16_t *units;
	const uint16_t *widths;
	size_t length;
	uint32_t width; /* of all */
	bool lines;	/* has line breaks of its own */
};

static struct run
run_of(struct lay *l, const char *text, enum face face)
{
	if (decomposed(text))
		text = vs_text_clean_lines(l->arena, text);
	size_t room = strlen(text);
	uint16_t *units = vs_arena_alloc(l->arena, 2 * (room + 1) * sizeof(units[0]));
	uint16_t *widths = units + room + 1;
	struct run run = { .units = units, .widths = widths };
	const unsigned char *at = (const unsigned char *)text;
	const unsigned char *end = at + room;
	while (at < end) {
		uint32_t point = *at < 0x80 ? *at++ : decode(&at);
		if (point == '\t')
			point = ' ';
		if (invisible(point))
			continue;
		uint16_t unit = unit_for(l, face, point);
		int width = unit == '\n' ? 0 : text_width(l->pdf, face, unit);
		run.lines |= unit == '\n';
		run.width += (uint32_t)width;
		widths[run.length] = (uint16_t)width;
		units[run.length++] = unit;
	}
	return run;
}

static bool
digit(uint16_t unit)
{
	return unit >= '0' && unit <= '9';
}

/* May a line end behind units[at]? */
static bool
breaks_behind(const uint16_t *units, size_t length, size_t at)
{
	uint16_t unit = units[at];
	if (unit == ' ')
		return true;
	if (unit != '-' && unit != '/' && unit != 0x2013 && unit != 0x2014)
		return false;
	bool inside_number = at > 0 && at + 1 < length && digit(units[at + 1]);
	return at > 0 && units[at - 1] != ' ' && !inside_number;
}

struct breaker {
	const uint16_t *units;
	const uint16_t *widths;
	size_t length;
	double room;	    /* thousandths of the size */
	struct line *lines; /* NULL: only count */
	size_t count;
	bool tore; /* a word had to be broken */
};

static void
emit(struct breaker *b, size_t from, size_t to, double size)
{
	while (to > from && b->units[to - 1] == ' ')
		to--;
	if (b->lines) {
		double width = 0;
		for (size_t i = from; i < to; i++)
			width += b->widths[i];
		b->lines[b->count] = (struct line){ .first = (uint32_t)from,
			.count = (uint32_t)(to - from),
			.width = (float)(width * size / 1000) };
	}
	b->count++;
}

/* The end of the line that begins at `from`; *ret_next is where the next begins. */
static size_t
line_end(struct breaker *b, size_t from, size_t *ret_next)
{
	double width = 0;
	size_t good = 0;
	for (size_t i = from; i < b->length; i++) {
		uint16_t unit = b->units[i];
		if (unit == '\n') {
			*ret_next = i + 1;
			return i;
		}
		width += b->widths[i];
		if (width > b->room && unit != ' ' && i > from) {
			if (!good)
				b->tore = true;
			*ret_next = good ? good : i;
			return *ret_next;
		}
		if (breaks_behind(b->units, b->length, i))
			good = i + 1;
	}
	*ret_next = b->length + 1;
	return b->length;
}

static void
run(struct breaker *b, double size)
{
	b->count = 0;
	b->tore = false;
	for (size_t at = 0; at <= b->length;) {
		size_t next = 0;
		size_t end = line_end(b, at, &next);
		emit(b, at, end, size);
		bool torn_off = next == end;
		at = next;
		while (torn_off && at < b->length && b->units[at] == ' ')
			at++;
		if (torn_off && at == b->length)
			return;
	}
}

const char *
text_field(struct lay *l, const struct template *field)
{
	if (!field)
		return "";
	const char *plain = template_plain(field, &l->scopes);
	if (plain)
		return plain;
	VS_AUTO(vs_buffer) buffer = { 0 };
	if (!template_render(field, &l->scopes, NULL, &buffer, l->err))
		return NULL;
	return vs_arena_text(l->arena, buffer.data ? buffer.data : "");
}

/* Counts lines at ever smaller sizes until they fit the limits. */
static void
shrink_to_fit(struct breaker *b, double width, double least, int max_lines, double *size)
{
	for (;; *size = *size * 0.97 > least ? *size * 0.97 : least) {
		b->room = width * 1000 / *size + 0.5;
		run(b, *size);
		bool fits = !b->tore && (max_lines == 0 || b->count <= (size_t)max_lines);
		if (fits || *size <= least)
			return;
	}
}

void
text_break(struct lay *l, const char *text, const struct style *style, double width,
	struct text_limits limits, struct paragraph *ret_paragraph)
{
	struct run all = run_of(l, text, style->face);
	struct paragraph p = { .style = style,
		.size = style->size * l->scale,
		.units = all.units,
		.length = all.length };
	width = width < 0.1 ? 0.1 : width;
	struct breaker b = {
		.units = all.units, .widths = all.widths, .length = all.length
	};
	b.room = width * 1000 / p.size + 0.5;
	bool simple = !all.lines && all.width <= b.room;
	double least = limits.shrink > 0 ? limits.shrink * l->scale : p.size;
	if (simple)
		b.count = 1;
	else
		shrink_to_fit(&b, width, least, limits.max_lines, &p.size);
	p.line_count = b.count;
	p.lines = vs_arena_alloc(l->arena, b.count * sizeof(p.lines[0]));
	b.lines = p.lines;
	b.count = 0;
	if (simple)
		emit(&b, 0, all.length, p.size);
	else
		run(&b, p.size);
	assert(b.count == p.line_count);
	p.leading = style->leading * p.size / style->size;
	l->steps += (long)p.length;
	*ret_paragraph = p;
}

double
text_line(struct lay *l, const struct paragraph *p, size_t index, double x, double y,
	double width, enum align align)
{
	const struct line *line = &p->lines[index];
	double spare = width - line->width;
	if (align == ALIGN_RIGHT)
		x += spare;
	else if (align == ALIGN_CENTRE)
		x += spare / 2;
	if (line->count > 0) {
		for (uint32_t i = 0; i < line->count; i++)
			l->missing += p->units[line->first + i] == TEXT_MISSING;
		struct op *op = lay_op(l, OP_TEXT);
		op->x = (float)x;
		/* Roboto: capitals are 0.71 high, letters hang 0.21 below. */
		op->y = (float)(y + (p->leading - p->size) / 2 + p->size * 0.79);
		op->width = line->width;
		op->height = (float)p->size;
		op->colour = p->style->colour;
		op->face = (uint8_t)p->style->face;
		op->units = p->units + line->first;
		op->count = line->count;
	}
	return y + p->leading;
}

double
text_draw(struct lay *l, const struct paragraph *p, double x, double y, double width,
	enum align align)
{
	for (size_t i = 0; i < p->line_count; i++)
		y = text_line(l, p, i, x, y, width, align);
	return y;
}
