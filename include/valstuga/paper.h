/*
 * Paper: a JSON layout and a view become a PDF.
 *
 * The room reads no database: what is printed is what the view holds. Same layout, view,
 * fonts and time give the same bytes. The layout language is described in docs/PAPER.md.
 */
#ifndef VALSTUGA_PAPER_H
#define VALSTUGA_PAPER_H

#include <jansson.h>
#include <valstuga/base.h>

struct vs_paper_job {
	const char *layout_name; /* for messages: "order-sheet" */
	const char *layout;	 /* JSON text of the layout */
	const json_t *view;	 /* borrowed; see below */
	const char *language;	 /* "sv" or "en": picks the layout's texts */
	const char *font_dir;	 /* NULL: $VALSTUGA_FONTS, else the built-in directory */
	int64_t created_at;	 /* UTC seconds, goes into the metadata */
};

/*
 * Renders the job and appends the PDF to `out`; *ret_pages (may be NULL) is the page count.
 *
 * The view is an object with `title` and `author` (metadata) and `sheets`, an array: each
 * sheet starts a new page and counts its own "page x of y". Layout fields see the sheet
 * first, then the view.
 *
 * Fails with VS_INVALID when the layout cannot be read (names the element and the key),
 * when one row or block is higher than a page, and with VS_IO when a font is missing.
 * Characters that no font has are printed as a box and counted in *ret_missing (may be
 * NULL).
 */
VS_API VS_CHECKED bool vs_paper_render(const struct vs_paper_job *job,
	struct vs_buffer *out, int *ret_pages, int *ret_missing, struct vs_error *err);

/*
 * The text of a layout: `NAME.json` in `override_dir` when given and there, otherwise the
 * one shipped with the program. Arena. VS_NOT_FOUND lists the names that exist.
 */
VS_API VS_CHECKED bool vs_paper_layout(struct vs_arena *arena, const char *name,
	const char *override_dir, const char **ret_layout, struct vs_error *err);

#endif
