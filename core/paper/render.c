/* The public entry: one document, its sheets, their pages with header and footer. */
#include <assert.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "paper/paper.h"

struct rendering {
	const struct vs_paper_job *job;
	const struct layout *layout;
	struct pdf *pdf;
	struct qr_cache qr;
	struct imposition plan; /* of the sheet, when the layout is imposed */
	int missing, attempt;
	struct vs_error *err;
};

static void
free_pages(struct pages *pages)
{
	for (size_t i = 0; i < pages->count; i++)
		free(pages->list[i].pieces);
	free(pages->list);
}

static double
page_width(const struct layout *layout)
{
	return layout->width - layout->left - layout->right;
}

/* Header or footer with the page's number in the innermost view. The view is new each
 * time: the one before is still borrowed by finished texts. */
static bool
lay_margin(struct lay *l, const struct block *blocks, size_t page, size_t pages,
	uint32_t *ret_first, double *ret_height)
{
	json_t *numbers =
		json_pack("{s:s, s:s}", "page", vs_arena_printf(l->arena, "%zu", page),
			"pages", vs_arena_printf(l->arena, "%zu", pages));
	if (!numbers)
		vs_abort("out of memory");
	*ret_first = l->count;
	*ret_height = 0;
	static const struct block outer = { .path = "header" };
	bool good = lay_push(l, &outer, numbers);
	if (good) {
		good = lay_piece(l, blocks, 0, 0, page_width(l->layout), ret_height);
		lay_pop(l);
	}
	json_decref(numbers);
	return good;
}

/* Under everything else, within the margins. */
static bool
draw_mark(struct lay *l, struct pen *pen)
{
	const struct layout *layout = l->layout;
	if (!layout->watermark)
		return true;
	const char *text = text_field(l, layout->watermark);
	if (!text)
		return false;
	uint32_t first = l->count;
	lay_watermark(l, layout->watermark_style, text, 0, page_width(layout),
		layout->height - layout->top - layout->bottom);
	if (l->count > first)
		l->ops[first].thickness = (float)layout->watermark_style->size;
	draw_ops(pen, l, first, l->count - first, layout->left, layout->top);
	l->count = first;
	return true;
}

/* A finished page to the document: as it is, or as often on a paper as the sheet asks. */
static bool
put_page(struct rendering *r, const struct vs_buffer *content)
{
	const struct layout *layout = r->layout;
	const struct imposition *plan = &r->plan;
	if (!layout->imposing)
		return pdf_page(r->pdf, layout->width, layout->height, content, r->err);
	VS_AUTO(vs_buffer) paper = { 0 };
	impose_pages(layout, plan, content, &paper);
	if (!pdf_page(r->pdf, plan->width, plan->height, &paper, r->err))
		return false;
	pdf_trim(r->pdf, plan->left, plan->top,
		plan->columns * (plan->page_width + plan->gap) - plan->gap,
		plan->rows * (plan->page_height + plan->gap) - plan->gap, plan->bleed);
	return true;
}

/* Draws one page; `top` is the header's height. */
static bool
write_page(struct rendering *r, struct lay *l, const struct pages *pages, size_t at,
	double top)
{
	const struct layout *layout = r->layout;
	struct vs_buffer content = { 0 };
	struct pen pen = { .out = &content, .fill = UINT32_MAX, .face = -1 };
	if (layout->imposing)
		pen.reach = impose_reach(layout, &r->plan);
	uint32_t first = 0;
	double height = 0;
	bool good = draw_mark(l, &pen) &&
		lay_margin(l, layout->header, at + 1, pages->count, &first, &height);
	if (good) {
		draw_ops(&pen, l, first, l->count - first, layout->left, layout->top);
		l->count = first;
		const struct page *page = &pages->list[at];
		for (size_t i = 0; i < page->count; i++)
			draw_ops(&pen, l, page->pieces[i].first, page->pieces[i].count,
				layout->left, layout->top + top + page->pieces[i].y);
		good = lay_margin(
			l, layout->footer, at + 1, pages->count, &first, &height);
	}
	if (good) {
		draw_ops(&pen, l, first, l->count - first, layout->left,
			layout->height - layout->bottom - height);
		draw_end(&pen);
		l->count = first;
		good = put_page(r, &content);
	}
	vs_buffer_done(&content);
	return good;
}

static bool
write_pages(struct rendering *r, struct lay *l, const struct pages *pages, double top)
{
	for (size_t i = 0; i < pages->count; i++) {
		if (!write_page(r, l, pages, i, top))
			return false;
	}
	return true;
}

static bool
fill_pages(struct rendering *r, struct lay *l, struct flow *flow, struct pages *pages)
{
	const struct layout *layout = r->layout;
	uint32_t first = 0;
	double top = 0, bottom = 0;
	if (layout->imposing) {
		if (!impose_plan(l, &r->plan))
			return false;
		l->enlarged = r->plan.scale;
	}
	if (layout->labels)
		return labels_fill(l, pages) && write_pages(r, l, pages, 0);
	if (!lay_margin(l, layout->header, 88, 88, &first, &top) ||
		!lay_margin(l, layout->footer, 88, 88, &first, &bottom))
		return false;
	l->count = 0;
	l->missing = 0;
	double room = layout->height - layout->top - layout->bottom - top - bottom;
	if (room < 10)
		return vs_fail(r->err, VS_INVALID,
			_("%s: header and footer leave no room on the page"),
			layout->name);
	return lay_blocks(l, layout->body, page_width(layout), flow) &&
		pages_fill(l, flow, room, pages) && write_pages(r, l, pages, top);
}

static bool
render_sheet(struct rendering *r, const json_t *sheet)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct lay l = { .arena = scratch.arena,
		.layout = r->layout,
		.pdf = r->pdf,
		.scopes = { .view = { r->job->view, sheet }, .count = 2 },
		.scale = 1,
		.enlarged = 1,
		.qr = &r->qr,
		.err = r->err };
	struct flow flow = { 0 };
	struct pages pages = { 0 };
	bool good = fill_pages(r, &l, &flow, &pages);
	r->missing += l.missing;
	free(flow.fragments);
	free(l.ops);
	free_pages(&pages);
	return good;
}

static bool
render_document(struct rendering *r, struct vs_buffer *out)
{
	for (int i = 0; i < FACE_COUNT; i++) {
		if (r->layout->faces[i] && !pdf_load(r->pdf, (enum face)i, r->err))
			return false;
	}
	pdf_pad(r->pdf, r->attempt);
	const json_t *sheets = json_object_get(r->job->view, "sheets");
	if (json_array_size(sheets) == 0)
		return vs_fail(r->err, VS_INVALID, _("%s: there is nothing to print"),
			r->layout->name);
	for (size_t i = 0; i < json_array_size(sheets); i++) {
		if (!render_sheet(r, json_array_get(sheets, i)))
			return false;
	}
	return pdf_save(r->pdf, out, r->err);
}

/* One attempt; *ret_again asks for another. */
static bool
attempt(struct rendering *r, struct vs_buffer *out, int *ret_pages, bool *ret_again)
{
	*ret_again = false;
	if (!pdf_open(r->job, &r->pdf, r->err))
		return false;
	r->missing = 0;
	size_t before = out->length;
	bool good = render_document(r, out);
	*ret_pages = pdf_pages(r->pdf);
	*ret_again = !good && pdf_unlucky(r->pdf) && r->attempt < 5;
	if (!good)
		out->length = before;
	pdf_free(r->pdf);
	return good;
}

bool
vs_paper_render(const struct vs_paper_job *job, struct vs_buffer *out, int *ret_pages,
	int *ret_missing, struct vs_error *err)
{
	assert(job->layout_name && job->layout && job->view);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct layout *layout = NULL;
	if (!layout_parse(scratch.arena, job, &layout, err))
		return false;
	struct vs_error problem = { 0 };
	struct rendering r = { .job = job, .layout = layout, .err = &problem };
	bool again = false;
	int pages = 0;
	bool good = attempt(&r, out, &pages, &again);
	while (again) {
		problem = (struct vs_error){ 0 };
		r.attempt++;
		good = attempt(&r, out, &pages, &again);
	}
	qr_done(&r.qr);
	if (!good)
		return vs_fail(err, problem.code, "%s", problem.text);
	if (ret_pages)
		*ret_pages = pages;
	if (ret_missing)
		*ret_missing = r.missing;
	return true;
}
