/*
 * Finished pages on a larger paper: so many copies side by side, with room for ink beyond
 * the cut and with marks that show where to cut. The layout's page is drawn larger or
 * smaller to become the finished page.
 */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

#define UP_MAX	   16
#define MARK	   5.0 /* mm: a crop mark's length, */
#define MARK_AWAY  1.0 /* from the bleed, */
#define MARK_LEAST 2.0 /* and the least that is worth drawing */
#define TICK	   7.0 /* mm from the paper's edge, where marks find no room outside */

static const struct block place = { .path = "sheet" };

bool
impose_parse(struct reader *r, const json_t *object, struct imposing **ret_imposing)
{
	static const char *const keys[] = { "page", "paper", "up", "bleed", "marks",
		NULL };
	struct imposing *made = vs_arena_alloc(r->arena, sizeof(*made));
	*ret_imposing = made;
	return read_known(r, object, "sheet", keys, NULL) &&
		read_template(r, object, "sheet", "page", &made->page) &&
		read_template(r, object, "sheet", "paper", &made->paper) &&
		read_template(r, object, "sheet", "up", &made->up) &&
		read_template(r, object, "sheet", "bleed", &made->bleed) &&
		read_template(r, object, "sheet", "marks", &made->marks);
}

/* The size that a field names; an empty one leaves what was there. */
static bool
size_of(struct lay *l, const struct template *field, const char *key, double *width,
	double *height)
{
	const char *name = text_field(l, field);
	if (!name)
		return false;
	if (!*name || layout_paper(name, width, height))
		return true;
	return lay_fail(l, &place,
		vs_arena_printf(l->arena,
			_("\"%s\" is %.40s and must be A3, A4, A5, A6, SRA3 or SRA4"),
			key, name));
}

/* How much `count` pages take, with the bleed on the outside. */
static double
across(double length, int count, double bleed)
{
	return length * count + 2 * bleed * count;
}

/* The first arrangement that fits the paper, upright before lying, wide before high. */
static bool
find_grid(struct imposition *plan, int up, double width, double height)
{
	for (int turned = 0; turned < 2; turned++) {
		plan->width = turned ? height : width;
		plan->height = turned ? width : height;
		for (int columns = up; columns > 0; columns--) {
			plan->columns = columns;
			plan->rows = up / columns;
			if (up % columns == 0 &&
				across(plan->page_width, columns, plan->bleed) <=
					plan->width + 0.5 &&
				across(plan->page_height, plan->rows, plan->bleed) <=
					plan->height + 0.5)
				return true;
		}
	}
	return false;
}

/* A paper as large as it takes, and about as wide as it is high. */
static void
make_paper(struct imposition *plan, int up)
{
	double around = plan->marks ? 2 * (MARK + MARK_AWAY + 2) * POINTS_PER_MM : 0;
	plan->columns = (int)ceil(sqrt(up));
	while (up % plan->columns)
		plan->columns++;
	plan->rows = up / plan->columns;
	plan->width = across(plan->page_width, plan->columns, plan->bleed) + around;
	plan->height = across(plan->page_height, plan->rows, plan->bleed) + around;
}

static bool
arrange(struct lay *l, struct imposition *plan, int up)
{
	double width = 0, height = 0, mm = POINTS_PER_MM;
	if (!size_of(l, l->layout->imposing->paper, "paper", &width, &height))
		return false;
	if (width <= 0)
		make_paper(plan, up);
	else if (!find_grid(plan, up, width * mm, height * mm))
		return lay_fail(l, &place,
			vs_arena_printf(l->arena,
				_("%d pages of %.0f × %.0f mm with %g mm bleed do not fit on a paper "
				  "of %.0f × %.0f mm"),
				up, plan->page_width / mm, plan->page_height / mm,
				plan->bleed / mm, width, height));
	plan->left =
		(plan->width - across(plan->page_width, plan->columns, plan->bleed)) / 2 +
		plan->bleed;
	plan->top =
		(plan->height - across(plan->page_height, plan->rows, plan->bleed)) / 2 +
		plan->bleed;
	return true;
}

bool
impose_plan(struct lay *l, struct imposition *ret_plan)
{
	const struct layout *layout = l->layout;
	const struct imposing *fields = layout->imposing;
	double mm = POINTS_PER_MM, up = 1, bleed = 0;
	double width = layout->width / mm, height = layout->height / mm;
	const char *marks = text_field(l, fields->marks);
	if (!marks || !size_of(l, fields->page, "page", &width, &height) ||
		!lay_number(l, &place, fields->up, "up", 1, UP_MAX, &up) ||
		!lay_number(l, &place, fields->bleed, "bleed", 0, 10, &bleed))
		return false;
	struct imposition plan = { .page_width = width * mm,
		.page_height = height * mm,
		.bleed = bleed * mm,
		.gap = 2 * bleed * mm,
		.marks = *marks != '\0' };
	double wide = plan.page_width / layout->width;
	double high = plan.page_height / layout->height;
	plan.scale = wide < high ? wide : high;
	if (!arrange(l, &plan, (int)up))
		return false;
	*ret_plan = plan;
	return true;
}

/* What is left of the finished page on one side of the layout's page. */
static double
spare(double page, double layout, double scale)
{
	return (page - layout * scale) / 2;
}

double
impose_reach(const struct layout *layout, const struct imposition *plan)
{
	double x = spare(plan->page_width, layout->width, plan->scale);
	double y = spare(plan->page_height, layout->height, plan->scale);
	return (plan->bleed + (x > y ? x : y)) / plan->scale;
}

static void
put_copy(struct pen *pen, const struct layout *layout, const struct imposition *plan,
	double x, double y, const struct vs_buffer *page)
{
	double b = plan->bleed, s = plan->scale;
	double bottom = plan->height - y - plan->page_height;
	const double clip[] = { x - b, bottom - b, plan->page_width + 2 * b,
		plan->page_height + 2 * b };
	const double matrix[] = { s, 0, 0, s,
		x + spare(plan->page_width, layout->width, s),
		bottom + spare(plan->page_height, layout->height, s) };
	draw_operator(pen, NULL, 0, 0, "q\n");
	draw_operator(pen, clip, 4, 2, "re W n\n");
	draw_operator(pen, matrix, 6, 3, "cm\n");
	draw_end(pen);
	vs_buffer_append(pen->out, page->data, page->length);
	draw_operator(pen, NULL, 0, 0, "Q\n");
}

static void
put_line(struct pen *pen, const struct imposition *plan, bool upright, double at,
	double from, double to)
{
	double height = plan->height;
	const double start[] = { upright ? at : from, height - (upright ? from : at) };
	const double end[] = { upright ? at : to, height - (upright ? to : at) };
	draw_operator(pen, start, 2, 2, "m\n");
	draw_operator(pen, end, 2, 2, "l S\n");
}

static void
set_line(struct pen *pen, double grey, double thickness)
{
	draw_operator(pen, &grey, 1, 2, "G\n");
	draw_operator(pen, &thickness, 1, 2, "w\n");
}

/*
 * The marks at both ends of one line to cut along; `first` and `last` are the outer cuts
 * across it. Where there is no room outside, the line's own ends are drawn, black on white,
 * so that they show on any colour.
 */
static void
put_marks(struct pen *pen, const struct imposition *plan, bool upright, double at,
	double first, double last)
{
	double mm = POINTS_PER_MM, away = plan->bleed + MARK_AWAY * mm;
	double length = upright ? plan->height : plan->width;
	double side = upright ? plan->width : plan->height;
	if (at < mm || at > side - mm)
		return; /* the paper's own edge */
	double near = first - away, long_mark = MARK * mm;
	if (near >= MARK_LEAST * mm) {
		long_mark = long_mark < near ? long_mark : near;
		set_line(pen, 0, 0.25);
		put_line(pen, plan, upright, at, near - long_mark, near);
		put_line(pen, plan, upright, at, last + away, last + away + long_mark);
		return;
	}
	for (int black = 0; black < 2; black++) {
		set_line(pen, black ? 0 : 1, black ? 0.3 : 1.4);
		put_line(pen, plan, upright, at, 0, TICK * mm);
		put_line(pen, plan, upright, at, length - TICK * mm, length);
	}
}

/* Along both sides of all rows or columns; once where they touch. */
static void
put_all_marks(struct pen *pen, const struct imposition *plan, bool upright)
{
	int count = upright ? plan->columns : plan->rows;
	int others = upright ? plan->rows : plan->columns;
	double size = upright ? plan->page_width : plan->page_height;
	double other = upright ? plan->page_height : plan->page_width;
	double from = upright ? plan->left : plan->top;
	double first = upright ? plan->top : plan->left;
	double last = first + others * (other + plan->gap) - plan->gap;
	for (int i = 0; i < count; i++) {
		double at = from + i * (size + plan->gap);
		if (i == 0 || plan->gap > 0)
			put_marks(pen, plan, upright, at, first, last);
		put_marks(pen, plan, upright, at + size, first, last);
	}
}

void
impose_pages(const struct layout *layout, const struct imposition *plan,
	const struct vs_buffer *page, struct vs_buffer *out)
{
	struct pen pen = { .out = out, .fill = UINT32_MAX, .face = -1 };
	for (int i = 0; i < plan->columns * plan->rows; i++) {
		double x = i % plan->columns * (plan->page_width + plan->gap);
		double y = i / plan->columns * (plan->page_height + plan->gap);
		put_copy(&pen, layout, plan, plan->left + x, plan->top + y, page);
	}
	if (plan->marks) {
		put_all_marks(&pen, plan, true);
		put_all_marks(&pen, plan, false);
	}
	draw_end(&pen);
}
