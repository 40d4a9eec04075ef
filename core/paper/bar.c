/*
 * Bars: up to four parts of a whole, told apart by their patterns, not by colour, so that a
 * copy from any machine can be read. What is left of the whole stays white.
 */
#include "paper/chart.h"

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

void
bar_part(struct lay *l, size_t index, double x, double y, double width, double height)
{
	switch (index) {
	case 0:
		lay_rect(l, x, y, width, height, 0x303030);
		break;
	case 1:
		lay_rect(l, x, y, width, height, 0xFFFFFF);
		shape_hatch(l, x, y, width, height, 2.4 * l->scale, false);
		break;
	case 2:
		lay_rect(l, x, y, width, height, 0xC4C4C4);
		break;
	case 3:
		lay_rect(l, x, y, width, height, 0xFFFFFF);
		shape_hatch(l, x, y, width, height, 2.2 * l->scale, true);
		break;
	default:
		lay_rect(l, x, y, width, height, 0xFFFFFF); /* what is left */
		break;
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
		bar_part(l, i, at, y, part, height);
		at += part;
		if (at < x + width - 0.5)
			lay_rect(l, at - 0.2, y, 0.4, height, 0);
	}
	lay_frame(l, x, y, width, height, -1, 0, 0.5);
}

/* What the samples are of: parts of a bar, then the white of the rest; or lines; and behind
 * them a target's dashes and the triangle of a mark. */
#define SAMPLE_TARGET 10
#define SAMPLE_MARK   11

static void
draw_sample(struct lay *l, const struct block *b, size_t sample, double x, double y,
	double width, double height)
{
	double middle = y + height / 2;
	float dashes[] = { (float)x, (float)middle, (float)(x + width), (float)middle };
	float triangle[] = { (float)x, (float)y, (float)(x + height), (float)y,
		(float)(x + height / 2), (float)(y + height * 0.85) };
	if (sample == SAMPLE_TARGET) {
		axis_dashes(l, dashes, 2);
	} else if (sample == SAMPLE_MARK) {
		shape_area(l, triangle, 3, 0, -1, 0);
	} else if (b->of_lines) {
		lines_sample(l, x, middle, width, sample);
	} else {
		bar_part(l, sample, x, y, width, height);
		lay_frame(l, x, y, width, height, -1, 0, 0.5);
	}
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

/* A sample and its text, if it has one, on this line or the next. */
static bool
add_sample(struct lay *l, const struct block *b, const struct template *field,
	size_t sample, double width, struct legend *line, struct flow *flow)
{
	double high = b->style->size * l->scale * 0.9, gap = lay_mm(l, 1.2);
	double patch = sample == SAMPLE_MARK ? high : lay_mm(l, b->of_lines ? 9 : 6);
	const char *text = text_field(l, field);
	if (!text)
		return false;
	if (!*text)
		return true;
	struct text_limits one = { .shrink = b->style->size * 0.5, .max_lines = 1 };
	struct paragraph p;
	text_break(l, text, b->style, width - patch - gap, one, &p);
	double need = patch + gap + p.lines[0].width;
	if (line->any && line->x + need > width)
		end_line(l, b, line, flow);
	double tall = (double)p.line_count * p.leading;
	draw_sample(l, b, sample, line->x, (p.leading - high) / 2, patch, high);
	text_draw(l, &p, line->x + patch + gap, 0, width, ALIGN_LEFT);
	line->x += need + lay_mm(l, 5);
	line->height = tall > line->height ? tall : line->height;
	line->any = true;
	return true;
}

bool
bar_legend(struct lay *l, const struct block *b, double width, struct flow *flow)
{
	struct legend line = { .first = l->count };
	for (size_t i = 0; i < b->total_count; i++) {
		if (!add_sample(l, b, b->total[i], i, width, &line, flow))
			return false;
	}
	if (!add_sample(l, b, b->lines, SAMPLE_TARGET, width, &line, flow) ||
		!add_sample(l, b, b->note, SAMPLE_MARK, width, &line, flow))
		return false;
	end_line(l, b, &line, flow);
	return true;
}
