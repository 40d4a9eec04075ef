/* What all laying out stands on: operations, fragments, scopes, widths, pieces. */
#include <stdlib.h>
#include <string.h>

#include "base/colour.h"
#include "base/i18n.h"
#include "paper/paper.h"

/* One sheet with more than this is a mistake in the layout, such as lists inside lists. */
#define OPS_MAX	  2000000
#define STEPS_MAX 50000000

static void *
grow(void *memory, size_t count, size_t size)
{
	void *grown = realloc(memory, count * size);
	if (!grown)
		vs_abort("out of memory");
	return grown;
}

double
lay_mm(const struct lay *l, double mm)
{
	return mm * POINTS_PER_MM * l->scale;
}

bool
lay_fail(struct lay *l, const struct block *block, const char *problem)
{
	return vs_fail(
		l->err, VS_INVALID, "%s: %s: %s", l->layout->name, block->path, problem);
}

bool
lay_number(struct lay *l, const struct block *block, const struct template *field,
	const char *key, double low, double high, double *value)
{
	const char *text = text_field(l, field);
	if (!text)
		return false;
	if (!*text)
		return true;
	double number = 0;
	if (vs_text_to_real(text, &number) && number >= low && number <= high) {
		*value = number;
		return true;
	}
	return lay_fail(l, block,
		vs_arena_printf(l->arena,
			_("\"%s\" is %.40s and must be a number between %g and %g"), key,
			text, low, high));
}

struct op *
lay_op(struct lay *l, enum op_kind kind)
{
	if (l->count == l->capacity) {
		l->capacity = l->capacity ? l->capacity * 2 : 1024;
		l->ops = grow(l->ops, l->capacity, sizeof(l->ops[0]));
	}
	struct op *op = &l->ops[l->count++];
	memset(op, 0, sizeof(*op));
	op->kind = kind;
	op->stroke = -1;
	return op;
}

void
lay_rect(struct lay *l, double x, double y, double width, double height, uint32_t colour)
{
	struct op *op = lay_op(l, OP_RECT);
	op->x = (float)x;
	op->y = (float)y;
	op->width = (float)width;
	op->height = (float)height;
	op->colour = colour;
}

void
lay_frame(struct lay *l, double x, double y, double width, double height, int64_t fill,
	int64_t stroke, double thickness)
{
	lay_rect(l, x, y, width, height, fill >= 0 ? (uint32_t)fill : 0);
	struct op *op = &l->ops[l->count - 1];
	op->hollow = fill < 0;
	op->stroke = thickness > 0 ? (int32_t)stroke : -1;
	op->thickness = (float)thickness;
	if (op->hollow && op->stroke < 0)
		l->count--;
}

/* A patch in the paper's colour; the signal lines lie along its lower edge. */
void
lay_swatch(struct lay *l, double x, double y, double width, double height,
	const char *colour, const char *lines)
{
	int64_t fill = colour_parse(colour);
	lay_frame(l, x, y, width, height, fill >= 0 ? fill : 0xFFFFFF, 0, 0.5);
	int count = lines[0] >= '1' && lines[0] <= '3' && !lines[1] ? lines[0] - '0' : 0;
	double line = height * 0.13;
	for (int i = 0; i < count; i++)
		lay_rect(l, x, y + height - (2 * i + 2) * line, width, line, 0);
}

struct fragment *
lay_fragment(struct lay *l, struct flow *flow, const struct block *block, double height,
	uint32_t first)
{
	if (flow->count == flow->capacity) {
		flow->capacity = flow->capacity ? flow->capacity * 2 : 64;
		flow->fragments =
			grow(flow->fragments, flow->capacity, sizeof(flow->fragments[0]));
	}
	struct fragment *fragment = &flow->fragments[flow->count++];
	*fragment = (struct fragment){ .height = (float)height,
		.first = first,
		.count = l->count - first,
		.path = block->path };
	return fragment;
}

bool
lay_shown(const struct lay *l, const char *when, const char *unless)
{
	return (!when || template_truth(template_find(&l->scopes, when))) &&
		(!unless || !template_truth(template_find(&l->scopes, unless)));
}

bool
lay_push(struct lay *l, const struct block *block, const json_t *view)
{
	if (l->scopes.count >= TEMPLATE_SCOPES)
		return lay_fail(l, block, _("is nested too deep"));
	l->scopes.view[l->scopes.count++] = view;
	return true;
}

void
lay_pop(struct lay *l)
{
	l->scopes.count--;
}

void
lay_widths(const struct lay *l, const struct part *parts, size_t count, double width,
	double gap, double *ret_widths)
{
	double fixed = gap * (double)(count - 1);
	double shares = 0;
	for (size_t i = 0; i < count; i++) {
		fixed += lay_mm(l, parts[i].width);
		shares += parts[i].width > 0 ? 0 : parts[i].share;
	}
	double least = shares > 0 ? width * 0.1 : 0;
	double spare = width - fixed > least ? width - fixed : least;
	double total = gap * (double)(count - 1);
	for (size_t i = 0; i < count; i++) {
		ret_widths[i] = parts[i].width > 0 ? lay_mm(l, parts[i].width)
						   : spare * parts[i].share / shares;
		total += ret_widths[i];
	}
	/* Too wide together: all shrink alike, so that nothing leaves the page. */
	for (size_t i = 0; i < count && total > width + 0.01; i++)
		ret_widths[i] *= width / total;
}

bool
lay_check(struct lay *l, const struct block *block)
{
	l->steps += 100;
	if (l->steps > STEPS_MAX || l->count > OPS_MAX)
		return lay_fail(l, block, _("the sheet becomes too large"));
	return true;
}

bool
lay_blocks(struct lay *l, const struct block *blocks, double width, struct flow *flow)
{
	for (const struct block *b = blocks; b; b = b->next) {
		if (!lay_shown(l, b->when, b->unless))
			continue;
		if (!lay_check(l, b))
			return false;
		size_t start = flow->count;
		if (b->before > 0)
			lay_fragment(l, flow, b, lay_mm(l, b->before), l->count)->gap =
				true;
		if (b->bottom)
			lay_fragment(l, flow, b, 0, l->count)->spring = true;
		size_t content = flow->count;
		if (!flow_block(l, b, width, flow))
			return false;
		if (flow->count == content) {
			flow->count = start; /* nothing came: no space around it either */
			continue;
		}
		for (size_t i = content; (b->keep || b->bottom) && i + 1 < flow->count;
			i++)
			flow->fragments[i].keep = true;
		if (b->keep_next)
			flow->fragments[flow->count - 1].keep = true;
		if (b->after > 0)
			lay_fragment(l, flow, b, lay_mm(l, b->after), l->count)->gap =
				true;
	}
	return true;
}

void
lay_move(struct lay *l, const struct op *ops, uint32_t count, double x, double y)
{
	for (uint32_t i = 0; i < count; i++) {
		struct op copy = ops[i];
		copy.x += (float)x;
		copy.y += (float)y;
		*lay_op(l, copy.kind) = copy;
	}
}

struct op *
lay_take(struct lay *l, uint32_t first)
{
	uint32_t count = l->count - first;
	struct op *ops = vs_arena_alloc(l->arena, (count + 1) * sizeof(ops[0]));
	if (count > 0)
		memcpy(ops, l->ops + first, count * sizeof(ops[0]));
	return ops;
}

bool
lay_piece(struct lay *l, const struct block *blocks, double x, double y, double width,
	double *ret_height)
{
	struct flow flow = { 0 };
	uint32_t start = l->count;
	bool good = lay_blocks(l, blocks, width, &flow);
	if (good) {
		/* Only what a fragment shows: repeated heads and boxes leave copies behind. */
		const struct op *ops = lay_take(l, start);
		l->count = start;
		double top = y;
		for (size_t i = 0; i < flow.count; i++) {
			const struct fragment *f = &flow.fragments[i];
			if (f->optional)
				continue;
			lay_move(l, ops + (f->first - start), f->count, x, y);
			y += f->height;
		}
		*ret_height = y - top;
	}
	free(flow.fragments);
	return good;
}
