/* The plain blocks: text, space, rules, boxes, columns, pairs, forms, lists of blocks. */
#include <stdlib.h>

#include "base/i18n.h"
#include "paper/paper.h"

#define PARTS_MAX 40

static bool
lay_text(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	const char *text = text_field(l, b->text);
	if (!text)
		return false;
	if (!*text)
		return true;
	struct paragraph p;
	struct text_limits limits = { .shrink = b->shrink, .max_lines = b->max_lines };
	text_break(l, text, b->style, width, limits, &p);
	for (size_t i = 0; i < p.line_count; i++) {
		uint32_t first = l->count;
		text_line(l, &p, i, 0, 0, width, b->align);
		struct fragment *f = lay_fragment(l, flow, b, p.leading, first);
		/* No single line alone at the foot or the head of a page. */
		f->keep = i + 1 < p.line_count && (i == 0 || i + 2 == p.line_count);
		f->keep |= b->kind == BLOCK_HEADING && i + 1 < p.line_count;
	}
	return true;
}

static bool
lay_rule(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	uint32_t first = l->count;
	lay_rect(l, 0, 0, width, b->thickness, (uint32_t)b->colour);
	lay_fragment(l, flow, b, b->thickness, first);
	return true;
}

static bool
lay_patch(struct lay *l, const struct block *b, struct flow *flow)
{
	const char *tint = text_field(l, b->tint);
	const char *lines = tint ? text_field(l, b->lines) : NULL;
	if (!lines)
		return false;
	uint32_t first = l->count;
	double height = lay_mm(l, b->height);
	lay_swatch(l, 0, 0, lay_mm(l, b->width), height, tint, lines);
	lay_fragment(l, flow, b, height, first);
	return true;
}

static bool
lay_qr(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	const char *text = text_field(l, b->text);
	if (!text)
		return false;
	if (!*text)
		return true;
	double size = lay_mm(l, b->size), least = 0;
	double module = b->module * POINTS_PER_MM / l->enlarged;
	if (module > 0 && !qr_least(l, b, text, module, &least))
		return false;
	if (least > width + 0.01)
		return lay_fail(l, b,
			vs_arena_printf(l->arena,
				_("\"%.60s\" is too long for a QR code of %.0f mm: shorten it, or "
				  "choose a larger size"),
				text, width * l->enlarged / POINTS_PER_MM));
	size = size > least ? size : least;
	if (size > width)
		size = width;
	double x = b->align == ALIGN_RIGHT ? width - size
		: b->align == ALIGN_CENTRE ? (width - size) / 2
					   : 0;
	uint32_t first = l->count;
	if (!qr_lay(l, b, x, 0, size, text))
		return false;
	lay_fragment(l, flow, b, size, first);
	return true;
}

struct wall {
	const struct block *block;
	double width, padding;
	bool top, bottom; /* this piece has the upper, the lower edge */
};

/* Background and edges of one piece of a box, and its content on them. */
static void
wrap_piece(struct lay *l, const struct wall *wall, const struct op *ops, uint32_t count,
	double height)
{
	const struct block *b = wall->block;
	double width = wall->width, line = b->thickness;
	double seam =
		wall->top ? 0 : 0.3; /* viewers show hairlines between touching fills */
	if (b->fill >= 0)
		lay_rect(l, 0, 0, width, height + seam, (uint32_t)b->fill);
	if (line > 0 && b->colour >= 0) {
		lay_rect(l, 0, 0, line, height + seam, (uint32_t)b->colour);
		lay_rect(
			l, width - line, -seam, line, height + seam, (uint32_t)b->colour);
		if (wall->top)
			lay_rect(l, 0, 0, width, line, (uint32_t)b->colour);
		if (wall->bottom)
			lay_rect(l, 0, height - line, width, line, (uint32_t)b->colour);
	}
	lay_move(l, ops, count, wall->padding, wall->top ? wall->padding : 0);
}

static const struct repeat *
wrap_repeat(struct lay *l, const struct wall *wall, const struct repeat *repeat)
{
	struct repeat *wrapped = vs_arena_alloc(l->arena, sizeof(*wrapped));
	const struct op *ops = l->ops + repeat->first;
	struct op *copy = vs_arena_alloc(l->arena, (repeat->count + 1) * sizeof(*copy));
	for (uint32_t i = 0; i < repeat->count; i++)
		copy[i] = ops[i];
	struct wall middle = *wall;
	middle.top = middle.bottom = false;
	*wrapped = (struct repeat){ .height = repeat->height, .first = l->count };
	wrap_piece(l, &middle, copy, repeat->count, repeat->height);
	wrapped->count = l->count - wrapped->first;
	return wrapped;
}

static void
wrap_all(struct lay *l, const struct block *b, double width, const struct flow *inner,
	uint32_t start, struct flow *flow)
{
	double padding = lay_mm(l, b->padding);
	const struct op *ops = lay_take(l, start);
	const struct repeat *seen = NULL, *wrapped = NULL;
	for (size_t i = 0; i < inner->count; i++) {
		const struct fragment *f = &inner->fragments[i];
		struct wall wall = { b, width, padding, i == 0, i + 1 == inner->count };
		if (f->repeat && f->repeat != seen) {
			seen = f->repeat;
			wrapped = wrap_repeat(l, &wall, seen);
		}
		double height = f->height + (wall.top ? padding : 0) +
			(wall.bottom ? padding : 0);
		uint32_t first = l->count;
		wrap_piece(l, &wall, ops + (f->first - start), f->count, height);
		struct fragment *made = lay_fragment(l, flow, b, height, first);
		made->keep = f->keep;
		made->gap = f->gap && !wall.top && !wall.bottom;
		made->repeat = f->repeat ? wrapped : NULL;
		made->path = f->path;
	}
}

static bool
lay_box(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	struct flow inner = { 0 };
	uint32_t start = l->count;
	bool good = lay_blocks(l, b->blocks, width - 2 * lay_mm(l, b->padding), &inner);
	while (inner.count > 0 &&
		(inner.fragments[inner.count - 1].gap ||
			inner.fragments[inner.count - 1].optional))
		inner.count--; /* a box ends where its content ends */
	if (good)
		wrap_all(l, b, width, &inner, start, flow);
	free(inner.fragments);
	return good;
}

static bool
lay_columns(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	double widths[PARTS_MAX];
	double gap = lay_mm(l, b->gap);
	lay_widths(l, b->parts, b->part_count, width, gap, widths);
	uint32_t first = l->count;
	double x = 0, highest = 0;
	for (size_t i = 0; i < b->part_count; i++) {
		double height = 0;
		if (!lay_piece(l, b->parts[i].blocks, x, 0, widths[i], &height))
			return false;
		highest = height > highest ? height : highest;
		x += widths[i] + gap;
	}
	if (highest > 0)
		lay_fragment(l, flow, b, highest, first);
	return true;
}

static bool
lay_pair(struct lay *l, const struct block *b, const struct part *part, double width,
	struct flow *flow)
{
	const char *label = text_field(l, part->label);
	const char *value = label ? text_field(l, part->value) : NULL;
	if (!value)
		return false;
	double left = lay_mm(l, b->label_width);
	left = left > width * 0.7 ? width * 0.7 : left;
	struct text_limits limits = { .shrink = b->shrink };
	struct paragraph p, q;
	text_break(l, label, b->label_style, left - 3, limits, &p);
	text_break(
		l, value, part->style ? part->style : b->style, width - left, limits, &q);
	double height = p.leading > q.leading ? p.leading : q.leading;
	/* The smaller text comes down to the larger one's base line. */
	double down = (height - p.leading) / 2 + (q.size - p.size) * 0.29;
	size_t lines = p.line_count > q.line_count ? p.line_count : q.line_count;
	for (size_t i = 0; i < lines; i++) {
		uint32_t first = l->count;
		if (i < p.line_count)
			text_line(l, &p, i, 0, down, left - 3, ALIGN_LEFT);
		if (i < q.line_count)
			text_line(l, &q, i, left, (height - q.leading) / 2, width - left,
				ALIGN_LEFT);
		lay_fragment(l, flow, b, height, first)->keep = i == 0 && lines > 1;
	}
	return true;
}

static bool
lay_pairs(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	size_t start = flow->count;
	for (size_t i = 0; i < b->part_count; i++) {
		const struct part *part = &b->parts[i];
		if (!lay_shown(l, part->when, part->unless))
			continue;
		if (flow->count > start && b->gap > 0)
			lay_fragment(l, flow, b, lay_mm(l, b->gap), l->count)->gap = true;
		if (!lay_pair(l, b, part, width, flow))
			return false;
	}
	return true;
}

/* Framed cells to be filled in with a pen: a small label in the corner, the value below. */
static bool
lay_form(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	double widths[PARTS_MAX];
	struct paragraph labels[PARTS_MAX], values[PARTS_MAX];
	double inset = 3, height = lay_mm(l, b->height);
	lay_widths(l, b->parts, b->part_count, width, 0, widths);
	for (size_t i = 0; i < b->part_count; i++) {
		const char *label = text_field(l, b->parts[i].label);
		const char *value = label ? text_field(l, b->parts[i].value) : NULL;
		if (!value)
			return false;
		double room = widths[i] - 2 * inset;
		struct text_limits shrink = { .shrink = b->label_style->size * 0.75 };
		text_break(l, label, b->label_style, room, shrink, &labels[i]);
		text_break(
			l, value, b->style, room, (struct text_limits){ 0 }, &values[i]);
		double need = inset + (double)labels[i].line_count * labels[i].leading;
		if (*value)
			need += (double)values[i].line_count * values[i].leading +
				inset / 2;
		height = need > height ? need : height;
	}
	uint32_t first = l->count;
	double x = 0;
	for (size_t i = 0; i < b->part_count; i++) {
		double room = widths[i] - 2 * inset;
		lay_frame(l, x, 0, widths[i], height, -1, b->colour, b->thickness);
		double y =
			text_draw(l, &labels[i], x + inset, inset / 2, room, ALIGN_LEFT);
		text_draw(l, &values[i], x + inset, y, room, ALIGN_LEFT);
		x += widths[i];
	}
	lay_fragment(l, flow, b, height, first);
	return true;
}

static bool
lay_each(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	const json_t *rows = template_find(&l->scopes, b->rows);
	for (size_t i = 0; i < json_array_size(rows); i++) {
		if (!lay_check(l, b) || !lay_push(l, b, json_array_get(rows, i)))
			return false;
		bool good = lay_blocks(l, b->blocks, width, flow);
		lay_pop(l);
		if (!good)
			return false;
	}
	return true;
}

bool
flow_block(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	switch (b->kind) {
	case BLOCK_TEXT:
	case BLOCK_HEADING:
		return lay_text(l, b, width, flow);
	case BLOCK_SPACER:
		lay_fragment(l, flow, b, lay_mm(l, b->height), l->count)->gap = true;
		return true;
	case BLOCK_RULE:
		return lay_rule(l, b, width, flow);
	case BLOCK_BOX:
		return lay_box(l, b, width, flow);
	case BLOCK_COLUMNS:
		return lay_columns(l, b, width, flow);
	case BLOCK_PAIRS:
		return lay_pairs(l, b, width, flow);
	case BLOCK_FORM:
		return lay_form(l, b, width, flow);
	case BLOCK_TABLE:
		return table_lay(l, b, width, flow);
	case BLOCK_SWATCH:
		return lay_patch(l, b, flow);
	case BLOCK_QR:
		return lay_qr(l, b, width, flow);
	case BLOCK_EACH:
		return lay_each(l, b, width, flow);
	case BLOCK_GROUP:
		return lay_blocks(l, b->blocks, width, flow);
	case BLOCK_CANVAS:
		return canvas_lay(l, b, width, flow);
	case BLOCK_MAP:
		return map_lay(l, b, width, flow);
	case BLOCK_CHART:
		return chart_lay(l, b, width, flow);
	case BLOCK_AREAS:
		return areas_lay(l, b, width, flow);
	case BLOCK_MONTH:
		return month_lay(l, b, width, flow);
	case BLOCK_CUT:
		return shape_cut(l, b, width, flow);
	case BLOCK_LEGEND:
		return bar_legend(l, b, width, flow);
	case BLOCK_PAGE_BREAK:
		lay_fragment(l, flow, b, 0, l->count)->page_break = true;
		return true;
	case BLOCK_KINDS:
		break;
	}
	return lay_fail(l, b, "unknown kind");
}
