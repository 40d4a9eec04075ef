/*
 * Drawing operations to PDF operators, written as plain bytes: a page of a table is a few
 * thousand of them, and libharu's own calls would check and format each by itself.
 */
#include <math.h>
#include <string.h>

#include "paper/paper.h"

void
draw_end(struct pen *pen)
{
	vs_buffer_append(pen->out, pen->bytes, pen->used);
	pen->used = 0;
}

static void
put(struct pen *pen, const char *text)
{
	size_t length = strlen(text);
	if (pen->used + length > sizeof(pen->bytes))
		draw_end(pen);
	memcpy(pen->bytes + pen->used, text, length);
	pen->used += length;
}

/* `value` with at most `decimals` (2 or 3) decimals and a space behind. */
static void
put_number(struct pen *pen, double value, int decimals)
{
	char text[32];
	char *at = text + sizeof(text);
	int unit = decimals == 3 ? 1000 : 100;
	if (!(fabs(value) < 32000))
		value = value > 0 ? 32000
				  : -32000; /* the largest that libharu's readers take */
	long scaled = lround(fabs(value) * unit);
	bool negative = value < 0 && scaled > 0;
	*--at = '\0';
	*--at = ' ';
	long part = scaled % unit;
	if (part) {
		int digits = decimals;
		for (; part % 10 == 0; part /= 10)
			digits--;
		for (; digits > 0; digits--, part /= 10)
			*--at = (char)('0' + part % 10);
		*--at = '.';
	}
	long whole = scaled / unit;
	do {
		*--at = (char)('0' + whole % 10);
		whole /= 10;
	} while (whole > 0);
	if (negative)
		*--at = '-';
	put(pen, at);
}

void
draw_operator(
	struct pen *pen, const double *numbers, int count, int decimals, const char *name)
{
	for (int i = 0; i < count; i++)
		put_number(pen, numbers[i], decimals);
	put(pen, name);
}

static void
put_colour(struct pen *pen, uint32_t colour, bool stroke)
{
	unsigned red = colour >> 16 & 255, green = colour >> 8 & 255, blue = colour & 255;
	put_number(pen, red / 255.0, 3);
	if (red == green && green == blue) {
		put(pen, stroke ? "G\n" : "g\n");
		return;
	}
	put_number(pen, green / 255.0, 3);
	put_number(pen, blue / 255.0, 3);
	put(pen, stroke ? "RG\n" : "rg\n");
}

static void
set_fill(struct pen *pen, uint32_t colour)
{
	if (pen->fill == colour)
		return;
	put_colour(pen, colour, false);
	pen->fill = colour;
}

/* Two bytes a character in a literal string: half of what hexadecimal takes, and deflating
 * is most of the work on a page. */
static void
put_string(struct pen *pen, const uint16_t *units, uint32_t count)
{
	put(pen, "(");
	for (uint32_t i = 0; i < count; i++) {
		if (pen->used + 4 > sizeof(pen->bytes))
			draw_end(pen);
		for (int shift = 8; shift >= 0; shift -= 8) {
			char byte = (char)(units[i] >> shift & 255);
			if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
				pen->bytes[pen->used++] = '\\';
			pen->bytes[pen->used++] = byte == '\r' ? 'r' : byte;
		}
	}
	put(pen, ")");
}

/* Lines of the symbols, in a square of 1 with the origin at the base line; 9 lifts the pen,
 * 8 ends. */
static const double *
strokes_of(uint16_t unit)
{
	static const double left[] = { .72, .36, .04, .36, 9, .26, .56, .04, .36, .26,
		.16, 8 };
	static const double right[] = { .04, .36, .72, .36, 9, .5, .56, .72, .36, .5, .16,
		8 };
	static const double box[] = { .06, 0, .7, 0, .7, .64, .06, .64, .06, -.035, 8 };
	static const double ticked[] = { .06, 0, .7, 0, .7, .64, .06, .64, .06, -.035, 9,
		.2, .32, .34, .16, .58, .5, 8 };
	static const double tick[] = { .06, .34, .26, .08, .68, .68, 8 };
	static const double cross[] = { .1, .06, .64, .62, 9, .1, .62, .64, .06, 8 };
	static const double warning[] = { .02, 0, .74, 0, .38, .68, 0, -.03, 9, .38, .48,
		.38, .22, 9, .38, .13, .38, .06, 8 };
	static const double missing[] = { .1, 0, .66, 0, .66, .7, .1, .7, .1, -.03, 8 };
	switch (unit) {
	case 0x2190:
		return left;
	case 0x2192:
		return right;
	case 0x2610:
		return box;
	case 0x2611:
		return ticked;
	case 0x26A0:
		return warning;
	case 0x2713:
		return tick;
	case 0x2717:
		return cross;
	default:
		return missing;
	}
}

static void
draw_symbol(
	struct pen *pen, uint16_t unit, double x, double y, double size, uint32_t colour)
{
	put(pen, "q ");
	put_number(pen, size * (unit == 0x2713 || unit == 0x2717 ? 0.11 : 0.07), 2);
	put(pen, "w ");
	put_colour(pen, colour, true);
	bool lifted = true;
	for (const double *at = strokes_of(unit); *at < 7.5 || *at > 8.5;) {
		if (*at > 8.5) {
			at++;
			lifted = true;
			continue;
		}
		put_number(pen, x + at[0] * size, 2);
		put_number(pen, y + at[1] * size, 2);
		put(pen, lifted ? "m\n" : "l\n");
		lifted = false;
		at += 2;
	}
	put(pen, "S Q\n");
}

static void
draw_run(struct pen *pen, const struct op *op, const uint16_t *units, uint32_t count,
	double x, double y)
{
	set_fill(pen, op->colour);
	put(pen, "BT\n");
	if (pen->face != op->face || pen->size < op->height || pen->size > op->height) {
		char name[5] = { '/', 'F', (char)('0' + op->face), ' ', '\0' };
		put(pen, name);
		put_number(pen, op->height, 2);
		put(pen, "Tf\n");
		pen->face = op->face;
		pen->size = op->height;
	}
	put_number(pen, x, 2);
	put_number(pen, y, 2);
	put(pen, "Td ");
	put_string(pen, units, count);
	put(pen, "Tj ET\n");
}

/* The rim is the same text with thick outlines, under the text itself. */
static void
draw_rim(struct pen *pen, const struct op *op, const uint16_t *units, uint32_t count,
	double x, double y)
{
	put(pen, "q 1 j 1 Tr ");
	put_number(pen, op->thickness, 2);
	put(pen, "w ");
	put_colour(pen, (uint32_t)op->stroke, true);
	draw_run(pen, op, units, count, x, y);
	put(pen, "Q\n");
	pen->face = -1; /* what was set between q and Q is no more */
	pen->fill = UINT32_MAX;
}

static void
draw_text(struct pen *pen, const struct lay *l, const struct op *op, double x, double y)
{
	for (uint32_t at = 0; at < op->count;) {
		uint32_t count = 0;
		double width = 0;
		while (at + count < op->count && !text_is_symbol(op->units[at + count])) {
			width += pdf_width(l->pdf, op->face, op->units[at + count]);
			count++;
		}
		if (count > 0 && op->stroke >= 0)
			draw_rim(pen, op, op->units + at, count, x, y);
		if (count > 0) {
			draw_run(pen, op, op->units + at, count, x, y);
			x += width * op->height / 1000;
			at += count;
			continue;
		}
		draw_symbol(pen, op->units[at], x, y, op->height, op->colour);
		x += (double)text_width(l->pdf, op->face, op->units[at]) * op->height /
			1000;
		at++;
	}
}

/* What reaches the page's edge goes on beyond it, for whoever cuts the paper. */
static void
extend(double *from, double *length, double page, double reach)
{
	double end = *from + *length;
	if (*from < 0.1)
		*from -= reach;
	*length = (end > page - 0.1 ? end + reach : end) - *from;
}

static void
draw_fill(struct pen *pen, const struct lay *l, const struct op *op, double x, double y)
{
	double width = op->width, height = op->height;
	y -= height;
	extend(&x, &width, l->layout->width, pen->reach);
	extend(&y, &height, l->layout->height, pen->reach);
	set_fill(pen, op->colour);
	draw_operator(pen, (double[]){ x, y, width, height }, 4, 2, "re f\n");
}

static void
draw_rect(struct pen *pen, const struct lay *l, const struct op *op, double x, double y)
{
	if (pen->reach > 0 && op->stroke < 0 && !op->hollow) {
		draw_fill(pen, l, op, x, y);
		return;
	}
	if (!op->hollow)
		set_fill(pen, op->colour);
	if (op->stroke >= 0) {
		put(pen, "q ");
		put_number(pen, op->thickness, 2);
		put(pen, "w ");
		put_colour(pen, (uint32_t)op->stroke, true);
	}
	put_number(pen, x, 2);
	put_number(pen, y - op->height, 2);
	put_number(pen, op->width, 2);
	put_number(pen, op->height, 2);
	if (op->stroke >= 0)
		put(pen, op->hollow ? "re S Q\n" : "re B Q\n");
	else
		put(pen, "re f\n");
}

/* Runs of dark modules as rectangles on a grid of modules: whole numbers, few bytes. */
static void
draw_qr(struct pen *pen, const struct op *op, double x, double y)
{
	double module = (double)op->width / (op->count + 8);
	put(pen, "q 0 g ");
	put_number(pen, module, 3);
	put(pen, "0 0 ");
	put_number(pen, -module, 3);
	put_number(pen, x + 4 * module, 2);
	put_number(pen, y - 4 * module, 2);
	put(pen, "cm\n");
	for (uint32_t row = 0; row < op->count; row++) {
		const uint8_t *modules = op->modules + row * op->count;
		for (uint32_t at = 0; at < op->count; at++) {
			uint32_t first = at;
			while (at < op->count && modules[at])
				at++;
			if (at == first)
				continue;
			put_number(pen, first, 2);
			put_number(pen, row, 2);
			put_number(pen, at - first, 2);
			put(pen, "1 re\n");
		}
	}
	put(pen, "f Q\n");
}

/* Along the diagonal of its place, from bottom left to top right. */
static void
draw_watermark(
	struct pen *pen, const struct op *op, double x, double y, const struct lay *l)
{
	double angle = atan2(op->height, op->width);
	double length = 0;
	for (uint32_t i = 0; i < op->count; i++)
		length += pdf_width(l->pdf, op->face, op->units[i]) / 1000.0;
	if (length <= 0)
		return;
	double size = hypot(op->width, op->height) * 0.78 / length;
	double most = op->thickness > 0 ? op->thickness : op->width * 0.3;
	size = size < most ? size : most;
	double c = cos(angle), s = sin(angle);
	double along = -length * size / 2, down = -size * 0.355;
	put(pen, "q ");
	put_colour(pen, op->colour, false);
	put(pen, "BT\n");
	char name[5] = { '/', 'F', (char)('0' + op->face), ' ', '\0' };
	put(pen, name);
	put_number(pen, size, 2);
	put(pen, "Tf\n");
	const double matrix[] = { c, s, -s, c, x + op->width / 2 + along * c - down * s,
		y - op->height / 2 + along * s + down * c };
	for (int i = 0; i < 6; i++)
		put_number(pen, matrix[i], i < 4 ? 3 : 2);
	put(pen, "Tm ");
	put_string(pen, op->units, op->count);
	put(pen, "Tj ET Q\n");
}

/* A line through points, stroked. */
static void
draw_path(struct pen *pen, const struct op *op, double x, double y)
{
	put(pen, "q 1 j ");
	put_number(pen, op->thickness, 2);
	put(pen, "w ");
	put_colour(pen, op->colour, true);
	if (op->dash[0]) {
		put(pen, "[");
		for (int i = 0; i < 4 && op->dash[i]; i++)
			put_number(pen, op->dash[i], 2);
		put(pen, "] 0 d\n");
	}
	for (uint32_t i = 0; i < op->count; i++) {
		put_number(pen, x + op->points[2 * i], 2);
		put_number(pen, y - op->points[2 * i + 1], 2);
		put(pen, i == 0 || (op->segments && i % 2 == 0) ? "m\n" : "l\n");
	}
	put(pen, "S Q\n");
}

/* Four curves around the centre (x, y). */
static void
draw_disc(struct pen *pen, const struct op *op, double x, double y)
{
	static const double turns[4][6] = { { 1, .5523, .5523, 1, 0, 1 },
		{ -.5523, 1, -1, .5523, -1, 0 }, { -1, -.5523, -.5523, -1, 0, -1 },
		{ .5523, -1, 1, -.5523, 1, 0 } };
	double radius = op->width;
	put(pen, "q ");
	put_colour(pen, op->colour, false);
	if (op->stroke >= 0) {
		put_number(pen, op->thickness, 2);
		put(pen, "w ");
		put_colour(pen, (uint32_t)op->stroke, true);
	}
	put_number(pen, x + radius, 2);
	put_number(pen, y, 2);
	put(pen, "m\n");
	for (int i = 0; i < 4; i++) {
		for (int k = 0; k < 6; k += 2) {
			put_number(pen, x + turns[i][k] * radius, 2);
			put_number(pen, y + turns[i][k + 1] * radius, 2);
		}
		put(pen, "c\n");
	}
	put(pen, op->stroke >= 0 ? "b Q\n" : "f Q\n");
}

void
draw_ops(struct pen *pen, const struct lay *l, uint32_t first, uint32_t count, double x,
	double y)
{
	for (uint32_t i = first; i < first + count; i++) {
		const struct op *op = &l->ops[i];
		double left = x + op->x;
		double top = l->layout->height - y - op->y;
		switch (op->kind) {
		case OP_TEXT:
			draw_text(pen, l, op, left, top);
			break;
		case OP_RECT:
			draw_rect(pen, l, op, left, top);
			break;
		case OP_QR:
			draw_qr(pen, op, left, top);
			break;
		case OP_WATERMARK:
			draw_watermark(pen, op, left, top, l);
			break;
		case OP_PATH:
			draw_path(pen, op, left, top);
			break;
		case OP_DISC:
			draw_disc(pen, op, left, top);
			break;
		case OP_AREA:
			draw_area(pen, op, left, top);
			break;
		}
	}
}
