/*
 * Bars: up to four parts of a whole, told apart by their patterns, not by colour, so that a
 * copy from any machine can be read. What is left of the whole stays white.
 */
#include "paper/paper.h"

static double
number_at(const struct lay *l, const char *name)
{
	double number = json_number_value(template_find(&l->scopes, name));
	return number > 0 && number < 1e12 ? number : 0;
}

/* More than the whole fills the bar, each part in proportion. */
void
bar_shares(const struct lay *l, const struct part *part, double *ret_shares)
{
	double whole = number_at(l, part->of), sum = 0;
	for (size_t i = 0; i < part->value_count; i++) {
		ret_shares[i] = number_at(l, part->values[i]);
		sum += ret_shares[i];
	}
	whole = sum > whole ? sum : whole;
	for (size_t i = 0; i < part->value_count; i++)
		ret_shares[i] = whole > 0 ? ret_shares[i] / whole : 0;
}

static void
draw_part(struct lay *l, size_t index, double x, double y, double width, double height)
{
	switch (index) {
	case 0:
		lay_rect(l, x, y, width, height, 0x303030);
		break;
	case 1:
		shape_hatch(l, x, y, width, height, 2.4 * l->scale, false);
		break;
	case 2:
		lay_rect(l, x, y, width, height, 0xC4C4C4);
		break;
	case 3:
		shape_hatch(l, x, y, width, height, 2.2 * l->scale, true);
		break;
	default:
		break; /* what is left */
	}
}

void
bar_draw(struct lay *l, double x, double y, double width, double height,
	const double *shares, size_t count)
{
	double at = x;
	lay_rect(l, x, y, width, height, 0xFFFFFF);
	for (size_t i = 0; i < count; i++) {
		double part = width * shares[i];
		if (part <= 0)
			continue;
		draw_part(l, i, at, y, part, height);
		at += part;
		if (at < x + width - 0.5)
			lay_rect(l, at - 0.2, y, 0.4, height, 0);
	}
	lay_frame(l, x, y, width, height, -1, 0, 0.5);
}

struct legend {
	double x, height;
	uint32_t first;
	bool any;
};

static void
end_line(struct lay *l, const struct block *b, struct legend *line, struct flow *flow)
{
	if (line->any)
		lay_fragment(l, flow, b, line->height, line->first);
	*line = (struct legend){ .first = l->count };
}

/* A patch of each pattern that has a text; the fifth is the white of what is left. */
bool
bar_legend(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	struct legend line = { .first = l->count };
	double patch = lay_mm(l, 6), gap = lay_mm(l, 1.2);
	for (size_t i = 0; i < b->total_count; i++) {
		const char *text = text_field(l, b->total[i]);
		if (!text)
			return false;
		if (!*text)
			continue;
		struct text_limits one = { .shrink = b->style->size * 0.5,
			.max_lines = 1 };
		struct paragraph p;
		text_break(l, text, b->style, width - patch - gap, one, &p);
		double need = patch + gap + p.lines[0].width;
		if (line.any && line.x + need > width)
			end_line(l, b, &line, flow);
		double tall = (double)p.line_count * p.leading, high = p.size * 0.9;
		lay_rect(l, line.x, (p.leading - high) / 2, patch, high, 0xFFFFFF);
		draw_part(l, i, line.x, (p.leading - high) / 2, patch, high);
		lay_frame(l, line.x, (p.leading - high) / 2, patch, high, -1, 0, 0.5);
		text_draw(l, &p, line.x + patch + gap, 0, width, ALIGN_LEFT);
		line.x += need + lay_mm(l, 5);
		line.height = tall > line.height ? tall : line.height;
		line.any = true;
	}
	end_line(l, b, &line, flow);
	return true;
}
