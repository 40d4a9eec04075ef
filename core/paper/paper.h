/*
 * What the files of this room share.
 *
 * A layout (JSON) is parsed once into blocks whose fields are compiled templates. Blocks and
 * a view become a flow: a vertical run of fragments that are never split, each with its
 * drawing operations. Fragments are put on pages, pages are written to the PDF.
 *
 * Lengths are points (1/72 inch), y grows downwards from the top of the fragment; only the
 * writer in draw.c knows that PDF counts from below.
 */
#ifndef PAPER_PAPER_H
#define PAPER_PAPER_H

#include <valstuga/paper.h>

#include <valstuga/text.h>

#include "template/template.h"

#define POINTS_PER_MM (72.0 / 25.4)

/* ---- The document (pdf.c): the only file that calls libharu ---- */

enum face { FACE_REGULAR, FACE_BOLD, FACE_CONDENSED, FACE_CONDENSED_BOLD, FACE_COUNT };

struct pdf;

VS_CHECKED bool pdf_open(
	const struct vs_paper_job *job, struct pdf **ret_pdf, struct vs_error *err);
void pdf_free(struct pdf *pdf); /* NULL is allowed */

/* Thousandths of the size; 0 for a character without glyph. Marks the glyph as used.
 * The face must have been loaded. */
int pdf_width(struct pdf *pdf, enum face face, uint16_t character);
bool pdf_has(struct pdf *pdf, enum face face, uint16_t character);
VS_CHECKED bool pdf_load(struct pdf *pdf, enum face face, struct vs_error *err);

/* A new last page with the given content; operators name faces "F0" to "F3". */
VS_CHECKED bool pdf_page(struct pdf *pdf, double width, double height,
	const struct vs_buffer *content, struct vs_error *err);
/* Of the last page: what is left when it has been cut, and how far ink goes around it.
 * From its upper left corner. */
void pdf_trim(
	struct pdf *pdf, double x, double y, double width, double height, double bleed);
int pdf_pages(const struct pdf *pdf);
VS_CHECKED bool pdf_save(struct pdf *pdf, struct vs_buffer *out, struct vs_error *err);

/* True when pdf_save() failed for the size of a subset: try again with pdf_pad(). */
bool pdf_unlucky(const struct pdf *pdf);
/* Puts `attempt` glyphs that nobody asked for into every loaded face. */
void pdf_pad(struct pdf *pdf, int attempt);

/* ---- The layout (layout.c, blocks.c) ---- */

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct style {
	const char *name;
	enum face face;
	double size, leading;
	uint32_t colour; /* 0xRRGGBB */
	enum align align;
};

enum block_kind {
	BLOCK_TEXT,
	BLOCK_HEADING,
	BLOCK_SPACER,
	BLOCK_RULE,
	BLOCK_BOX,
	BLOCK_COLUMNS,
	BLOCK_PAIRS,
	BLOCK_FORM,
	BLOCK_TABLE,
	BLOCK_SWATCH,
	BLOCK_QR,
	BLOCK_EACH,
	BLOCK_GROUP,
	BLOCK_CANVAS,
	BLOCK_MAP,
	BLOCK_CHART,
	BLOCK_AREAS,
	BLOCK_MONTH,
	BLOCK_CUT,
	BLOCK_LEGEND,
	BLOCK_PAGE_BREAK,
	BLOCK_KINDS
};

enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER,
	CELL_SWATCH,
	CELL_TICK,
	CELL_MARK,
	CELL_BAR,
	CELL_CHART,
	CELL_KINDS
};

/* Parts of a bar, each with a pattern of its own. */
#define BAR_PARTS 4

struct chart;

/* One part of a row: a column of a table, of `columns`, of a form, or a line of `pairs`. */
struct part {
	double width; /* mm, or 0 */
	double share; /* of what the fixed widths leave */
	enum cell_kind kind;
	const struct style *style;
	enum align align;
	double shrink;		/* smallest size, points; 0 = never shrink */
	int max_lines;		/* shrink until it fits; 0 = any number */
	struct template *label; /* header text, form label, text beside a mark */
	struct template *header;
	struct template *value;
	struct template *lines;	       /* signal lines of a swatch */
	const char *values[BAR_PARTS]; /* names of a bar's numbers */
	size_t value_count;
	const char *of;	    /* name of what a whole bar is */
	double label_width; /* mm beside a bar or a chart */
	struct chart *chart;
	const char *when, *unless;
	struct block *blocks;
};

/* Something at a fixed place on a canvas, mm. */
struct item {
	double x, y, width, height;
	bool fit;
	double sink; /* of the height that is left, how much is above: 0 to 1 */
	struct template *fill, *ink; /* colours; of the ground, of all texts */
	const char *when, *unless;
	struct block *blocks;
	struct item *next;
};

struct block {
	enum block_kind kind;
	const char *path; /* "body[3].blocks[0]", for messages */
	struct block *next;
	const char *when, *unless;
	double before, after; /* mm */
	bool keep, keep_next, bottom;
	/* Which of the following mean something depends on the kind. */
	const struct style *style, *label_style, *header_style, *note_style, *group_style;
	enum align align;
	double width, height, size, gap, padding, padding_y, thickness, label_width,
		shrink, scale, blank_height, across_gap, row_height, module;
	int max_lines, note_from, note_to, blank, across;
	int64_t colour, fill, header_fill, group_fill, zebra, mark_fill; /* -1 = none */
	bool rules, grid, signal_left, path_line, blank_fill, of_lines, scale_bar;
	const char *mark; /* dotted name: rows where it is true are tinted */
	const char *rows; /* dotted name of an array */
	const char *rings, *class_name; /* names, in a row of `areas` */
	struct template *text, *tint, *lines, *group, *empty, *note, *watermark;
	struct part *parts;
	size_t part_count;
	struct template **total;
	size_t total_count;
	struct block *blocks;
	struct item *items;
	const char *level; /* of a QR code: L, M, Q, H */
	struct chart *chart;
};

/* A sheet of labels as it is sold, mm. */
struct label_format {
	const char *name;
	double columns, rows, width, height, x0, y0, pitch_x, pitch_y;
};

struct labels {
	const char *rows;
	struct template *format, *start, *adjust_x, *adjust_y;
	double padding, edge; /* mm inside a label, and to the edge of the paper */
	struct label_format *formats;
	size_t format_count;
	struct block *blocks;
};

/* How finished pages stand on the paper; fields, NULL when there is none. */
struct imposing {
	struct template *page, *paper, *up, *bleed, *marks;
};

struct layout {
	const char *name, *language;
	double width, height;		 /* points */
	double top, right, bottom, left; /* points */
	const struct style *styles;
	size_t style_count;
	struct block *header, *footer, *body;
	struct labels *labels;	    /* NULL, or instead of the three */
	struct imposing *imposing;  /* NULL: the page is the paper */
	struct template *watermark; /* NULL, or along the diagonal of each page */
	const struct style *watermark_style;
	bool faces[FACE_COUNT]; /* used by some style */
};

/* The upright size of a named paper, mm; false when the name is not known. */
bool layout_paper(const char *name, double *ret_width, double *ret_height);
VS_CHECKED bool layout_parse(struct vs_arena *arena, const struct vs_paper_job *job,
	struct layout **ret_layout, struct vs_error *err);

/* ---- Reading JSON with messages that name the place (read.c) ---- */

struct reader {
	struct vs_arena *arena;
	const char *name;    /* of the layout */
	const json_t *texts; /* of the language */
	struct layout *layout;
	int depth;
	bool in_canvas;
	struct vs_error *err;
};

bool read_fail(struct reader *r, const char *path, const char *key, const char *problem);
/* Every key of `object` must be in the list `keys` or `more`, both ended by NULL. */
VS_CHECKED bool read_known(struct reader *r, const json_t *object, const char *path,
	const char *const *keys, const char *const *more);
VS_CHECKED bool read_number(struct reader *r, const json_t *object, const char *path,
	const char *key, double low, double high, double *value);
VS_CHECKED bool read_flag(struct reader *r, const json_t *object, const char *path,
	const char *key, bool *value);
VS_CHECKED bool read_text(struct reader *r, const json_t *object, const char *path,
	const char *key, const char **value);
VS_CHECKED bool read_template(struct reader *r, const json_t *object, const char *path,
	const char *key, struct template **value);
VS_CHECKED bool read_colour(struct reader *r, const json_t *object, const char *path,
	const char *key, int64_t *value);
VS_CHECKED bool read_align(struct reader *r, const json_t *object, const char *path,
	const char *key, enum align *value);
VS_CHECKED bool read_style(struct reader *r, const json_t *object, const char *path,
	const char *key, const struct style **value);
VS_CHECKED bool read_compile(struct reader *r, const char *path, const char *key,
	const char *text, struct template **value);

VS_CHECKED bool blocks_parse(struct reader *r, const json_t *array, const char *path,
	struct block **ret_blocks);
/* The array at `key`: `b->parts`, each read with `keys`. */
VS_CHECKED bool blocks_parts(struct reader *r, const json_t *object, struct block *b,
	const char *key, const char *const *keys);
/* The array of fields at `key`: `b->total`; `count` of them, or 1 to 40 when 0. */
VS_CHECKED bool blocks_fields(struct reader *r, const json_t *object, struct block *b,
	const char *key, size_t count);
VS_CHECKED bool blocks_table(struct reader *r, const json_t *object, struct block *b);
/* The one to four names at "values". */
VS_CHECKED bool blocks_names(struct reader *r, const json_t *object, const char *path,
	const char **names, size_t *ret_count);
VS_CHECKED bool blocks_areas(struct reader *r, const json_t *object, struct block *b);
VS_CHECKED bool blocks_chart(struct reader *r, const json_t *object, struct block *b);
/* A cell of the kind `chart`. */
VS_CHECKED bool blocks_chart_cell(
	struct reader *r, const json_t *column, const char *path, struct part *part);
/* The whole of "labels". */
VS_CHECKED bool labels_parse(
	struct reader *r, const json_t *object, struct labels **ret_labels);

/* ---- Drawing operations and flows (flow.c, table.c, canvas.c) ---- */

/* What lies on the ground of an area, within it. */
enum hatch { HATCH_NONE, HATCH_DENSE, HATCH_SPARSE };

enum op_kind { OP_TEXT, OP_RECT, OP_QR, OP_WATERMARK, OP_PATH, OP_DISC, OP_AREA };

struct op {
	enum op_kind kind;
	float x, y, width, height; /* text: y is the base line, height the size */
	uint32_t colour;
	int32_t stroke;	 /* frame colour, text: of a rim around it; -1 = none */
	float thickness; /* of the frame; watermark: largest size, 0 = any */
	bool hollow;	 /* rectangle: not filled */
	uint8_t face;
	bool segments;		/* path: each two points a line of their own */
	uint8_t hatch;		/* area: an enum hatch */
	uint8_t dash[4];	/* path: points on and off in turn; 0 = no more */
	uint32_t count;		/* text: characters; QR: modules per side; path: points */
	const float *points;	/* path, area: x and y in turn, from (x, y) on */
	const uint16_t *units;	/* text */
	const uint8_t *modules; /* QR */
};

struct repeat;

struct fragment {
	float height;
	uint32_t first, count; /* operations */
	bool gap;	       /* white space, left out at the top of a page */
	bool keep;	       /* on the same page as the next */
	bool page_break;
	bool optional;		     /* left out where it would need another page */
	bool spring;		     /* all that follows stands at the foot of the page */
	const struct repeat *repeat; /* comes again when this starts a page */
	const char *path;
};

/* A table's head. */
struct repeat {
	float height;
	uint32_t first, count;
};

struct flow {
	struct fragment *fragments;
	size_t count, capacity;
};

struct qr_cache {
	char *text;
	const char *level;
	int side;
	uint8_t *modules;
};

/* All that laying out one sheet needs. */
struct lay {
	struct vs_arena *arena; /* lives as long as the sheet */
	const struct layout *layout;
	struct pdf *pdf;
	struct template_scopes scopes;
	double scale;
	double enlarged; /* by how much the finished page is larger than the layout's */
	struct op *ops;
	uint32_t count, capacity;
	int missing;
	long steps;
	struct qr_cache *qr;
	struct vs_error *err;
};

/* Line breaking (text.c). */

struct line {
	uint32_t first, count;
	float width;
};

struct paragraph {
	const uint16_t *units;
	size_t length;
	struct line *lines;
	size_t line_count;
	double size, leading;
	const struct style *style;
};

struct text_limits {
	double shrink; /* smallest size, points, already scaled; 0 = keep the size */
	int max_lines;
};

#define TEXT_MISSING 0xFFFF

/* The finished text of a field in the present scopes; arena or borrowed from the view.
 * NULL after an error. */
const char *text_field(struct lay *l, const struct template *field);
/* `text` broken into lines no wider than `width`. */
void text_break(struct lay *l, const char *text, const struct style *style, double width,
	struct text_limits limits, struct paragraph *ret_paragraph);
/* Draws a line with its upper edge at `y` and returns the next line's upper edge. */
double text_line(struct lay *l, const struct paragraph *p, size_t index, double x,
	double y, double width, enum align align);
/* Draws all lines. */
double text_draw(struct lay *l, const struct paragraph *p, double x, double y,
	double width, enum align align);
int text_width(struct pdf *pdf, enum face face, uint16_t unit);
/* True for the symbols that draw.c draws itself (they are in no face). */
bool text_is_symbol(uint16_t unit);

/* Shapes (shape.c). A path is stroked; a disc is filled and, with `stroke`, outlined. */
void shape_line(struct lay *l, const float *points, size_t count, uint32_t colour,
	double thickness, int dash);
void shape_dashed(struct lay *l, const float *points, size_t count, uint32_t colour,
	double thickness, const uint8_t dash[4]);
/* A filled area with, at `stroke`, an outline; a point of NAN begins another ring, what is
 * within two of them is a hole. */
struct op *shape_area(struct lay *l, const float *points, size_t count, uint32_t colour,
	int64_t stroke, double thickness);
void shape_disc(struct lay *l, double x, double y, double radius, uint32_t colour,
	int64_t stroke, double thickness);
/* Lines at 45 degrees, or upright, within a rectangle. */
void shape_hatch(struct lay *l, double x, double y, double width, double height,
	double step, bool upright);
VS_CHECKED bool shape_cut(
	struct lay *l, const struct block *block, double width, struct flow *flow);

/* Bars of up to four parts (bar.c). `shares` of the width. */
void bar_draw(struct lay *l, double x, double y, double width, double height,
	const double *shares, size_t count);
/* One part alone, with its pattern. */
void bar_part(
	struct lay *l, size_t index, double x, double y, double width, double height);
/* The shares of a cell's numbers. */
void bar_shares(const struct lay *l, const struct part *part, double *ret_shares);
VS_CHECKED bool bar_legend(
	struct lay *l, const struct block *block, double width, struct flow *flow);

VS_CHECKED bool chart_lay(
	struct lay *l, const struct block *block, double width, struct flow *flow);
VS_CHECKED bool areas_lay(
	struct lay *l, const struct block *block, double width, struct flow *flow);
VS_CHECKED bool map_lay(
	struct lay *l, const struct block *block, double width, struct flow *flow);

/* A month's weeks as a grid of days (month.c). */
VS_CHECKED bool month_parse(struct reader *r, const json_t *object, struct block *block);
VS_CHECKED bool month_lay(
	struct lay *l, const struct block *block, double width, struct flow *flow);

struct op *lay_op(struct lay *l, enum op_kind kind);
void lay_rect(
	struct lay *l, double x, double y, double width, double height, uint32_t colour);
void lay_frame(struct lay *l, double x, double y, double width, double height,
	int64_t fill, int64_t stroke, double thickness);
/* A text along the diagonal of an area, under all that is drawn later. */
void lay_watermark(struct lay *l, const struct style *style, const char *text, double x,
	double width, double height);
void lay_swatch(struct lay *l, double x, double y, double width, double height,
	const char *colour, const char *lines);
struct fragment *lay_fragment(struct lay *l, struct flow *flow, const struct block *block,
	double height, uint32_t first);
/* False with an error when the sheet has become unreasonably large; counts the call. */
VS_CHECKED bool lay_check(struct lay *l, const struct block *block);
bool lay_shown(const struct lay *l, const char *when, const char *unless);
VS_CHECKED bool lay_push(struct lay *l, const struct block *block, const json_t *view);
void lay_pop(struct lay *l);
VS_CHECKED bool lay_blocks(
	struct lay *l, const struct block *blocks, double width, struct flow *flow);
/* The same as one unsplit piece at (x, y); *ret_height is what it took. */
VS_CHECKED bool lay_piece(struct lay *l, const struct block *blocks, double x, double y,
	double width, double *ret_height);
/* Widths in points that fill `width`. */
void lay_widths(const struct lay *l, const struct part *parts, size_t count, double width,
	double gap, double *ret_widths);
double lay_mm(const struct lay *l, double mm);
/* A number from a field; an empty one leaves the value as it is. */
VS_CHECKED bool lay_number(struct lay *l, const struct block *block,
	const struct template *field, const char *key, double low, double high,
	double *value);
VS_CHECKED bool lay_fail(struct lay *l, const struct block *block, const char *problem);

/* The operations from `first` on, copied to the arena, and put back at an offset. */
struct op *lay_take(struct lay *l, uint32_t first);
void lay_move(struct lay *l, const struct op *ops, uint32_t count, double x, double y);

VS_CHECKED bool flow_block(
	struct lay *l, const struct block *block, double width, struct flow *flow);
VS_CHECKED bool table_lay(
	struct lay *l, const struct block *block, double width, struct flow *flow);
/* The largest scale, at most the present, at which the blocks are not higher than `room`. */
VS_CHECKED bool canvas_fit(struct lay *l, const struct block *blocks, double width,
	double room, double *ret_scale);
VS_CHECKED bool canvas_lay(
	struct lay *l, const struct block *block, double width, struct flow *flow);
/* Points that a code takes, its quiet zone included, when a module is so wide. */
VS_CHECKED bool qr_least(struct lay *l, const struct block *block, const char *text,
	double module, double *ret_size);
VS_CHECKED bool qr_lay(struct lay *l, const struct block *block, double x, double y,
	double size, const char *text);
void qr_done(struct qr_cache *cache);

/* ---- Pages (pages.c) and content streams (draw.c) ---- */

struct placed {
	uint32_t first, count;
	float y;
};

struct page {
	struct placed *pieces;
	size_t count, capacity;
};

struct pages {
	struct page *list;
	size_t count, capacity;
};

void pages_add(struct pages *pages);
/* Puts operations on the last page. */
void pages_put(struct pages *pages, uint32_t first, uint32_t count, double y);
/* One label after the other, at their places on the paper. */
VS_CHECKED bool labels_fill(struct lay *l, struct pages *pages);
VS_CHECKED bool pages_fill(
	struct lay *l, const struct flow *flow, double height, struct pages *pages);

/* What the content stream of one page has set so far. */
struct pen {
	struct vs_buffer *out;
	uint32_t fill; /* UINT32_MAX = not set */
	int face;      /* -1 = not set */
	double size;
	double reach; /* points that fills at the page's edge go on beyond it */
	size_t used;
	char bytes[8192]; /* not yet in `out` */
};

void draw_ops(struct pen *pen, const struct lay *l, uint32_t first, uint32_t count,
	double x, double y);
void draw_end(struct pen *pen);
/* An area at (x, y), counted from below (draw_area.c). */
void draw_area(struct pen *pen, const struct op *op, double x, double y);
/* Numbers with up to `decimals` decimals, and the operator they are for. */
void draw_operator(struct pen *pen, const double *numbers, int count, int decimals,
	const char *name);

/* ---- Pages on paper (impose.c) ---- */

/* Points; y from the upper edge of the paper. */
struct imposition {
	double width, height;		/* of the paper */
	double page_width, page_height; /* finished */
	double bleed, gap;		/* around a page; between two pages */
	double left, top;		/* of the first page */
	int columns, rows;
	double scale; /* of the layout's page */
	bool marks;
};

VS_CHECKED bool impose_parse(
	struct reader *r, const json_t *object, struct imposing **ret_imposing);
/* What the sheet in the present scopes asks for. */
VS_CHECKED bool impose_plan(struct lay *l, struct imposition *ret_plan);
/* How far fills at the edge of the layout's page go on beyond it, in its own points. */
double impose_reach(const struct layout *layout, const struct imposition *plan);
/* The content of a paper from that of a page. */
void impose_pages(const struct layout *layout, const struct imposition *plan,
	const struct vs_buffer *page, struct vs_buffer *out);

#endif
