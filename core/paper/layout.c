/* A layout's outer parts: page, styles, texts, and the three flows of blocks. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "paper/paper.h"

bool
layout_paper(const char *name, double *ret_width, double *ret_height)
{
	static const struct {
		const char *name;
		double width, height;
	} sizes[] = { { "A3", 297, 420 }, { "A4", 210, 297 }, { "A5", 148, 210 },
		{ "A6", 105, 148 }, { "SRA3", 320, 450 }, { "SRA4", 225, 320 } };
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		if (strcmp(sizes[i].name, name) == 0) {
			*ret_width = sizes[i].width;
			*ret_height = sizes[i].height;
			return true;
		}
	}
	return false;
}

static bool
read_size(struct reader *r, const json_t *page, double *ret_width, double *ret_height)
{
	const json_t *size = json_object_get(page, "size");
	if (json_is_array(size) && json_array_size(size) == 2) {
		*ret_width = json_number_value(json_array_get(size, 0));
		*ret_height = json_number_value(json_array_get(size, 1));
		if (*ret_width >= 20 && *ret_width <= 2000 && *ret_height >= 20 &&
			*ret_height <= 2000)
			return true;
	}
	if (json_is_string(size) &&
		layout_paper(json_string_value(size), ret_width, ret_height))
		return true;
	return read_fail(r, "page", "size",
		_("must be \"A3\", \"A4\", \"A5\", \"A6\" or [width, height] in mm, 20 to 2000"));
}

static bool
read_margins(struct reader *r, const json_t *page)
{
	struct layout *layout = r->layout;
	double *const sides[] = { &layout->top, &layout->right, &layout->bottom,
		&layout->left };
	const json_t *margins = json_object_get(page, "margins");
	bool good = !margins || (json_is_array(margins) && json_array_size(margins) == 4);
	for (size_t i = 0; good && i < 4; i++) {
		const json_t *side = json_array_get(margins, i);
		double mm = side ? json_number_value(side) : 15;
		good = (!side || json_is_number(side)) && mm >= 0 && mm <= 500;
		*sides[i] = mm * POINTS_PER_MM;
	}
	good = good && layout->left + layout->right + 10 < layout->width &&
		layout->top + layout->bottom + 10 < layout->height;
	return good ||
		read_fail(r, "page", "margins",
			_("must be [top, right, bottom, left] in mm and leave room on the page"));
}

static bool
read_page(struct reader *r, const json_t *page)
{
	static const char *const keys[] = { "size", "orientation", "margins", NULL };
	double width = 0, height = 0;
	const char *orientation = "portrait";
	if (!read_known(r, page, "page", keys, NULL) ||
		!read_size(r, page, &width, &height) ||
		!read_text(r, page, "page", "orientation", &orientation))
		return false;
	if (strcmp(orientation, "landscape") == 0) {
		double swap = width;
		width = height;
		height = swap;
	} else if (strcmp(orientation, "portrait") != 0) {
		return read_fail(r, "page", "orientation",
			_("must be \"portrait\" or \"landscape\""));
	}
	r->layout->width = width * POINTS_PER_MM;
	r->layout->height = height * POINTS_PER_MM;
	return read_margins(r, page);
}

static bool
read_face(struct reader *r, const json_t *object, const char *path, enum face *ret_face)
{
	static const char *const names[FACE_COUNT] = { "regular", "bold", "condensed",
		"condensed-bold" };
	const char *font = names[0];
	if (!read_text(r, object, path, "font", &font))
		return false;
	for (int i = 0; i < FACE_COUNT; i++) {
		if (strcmp(font, names[i]) == 0) {
			*ret_face = (enum face)i;
			r->layout->faces[i] = true;
			return true;
		}
	}
	return read_fail(r, path, "font",
		_("must be \"regular\", \"bold\", \"condensed\" or \"condensed-bold\""));
}

static bool
read_one_style(
	struct reader *r, const char *name, const json_t *object, struct style *style)
{
	static const char *const keys[] = { "font", "size", "leading", "colour", "align",
		NULL };
	const char *path = vs_arena_printf(r->arena, "styles.%s", name);
	int64_t colour = 0;
	style->name = vs_arena_text(r->arena, name);
	style->size = 9;
	if (!read_known(r, object, path, keys, NULL) ||
		!read_face(r, object, path, &style->face) ||
		!read_number(r, object, path, "size", 2, 200, &style->size) ||
		!read_colour(r, object, path, "colour", &colour) ||
		!read_align(r, object, path, "align", &style->align))
		return false;
	style->colour = (uint32_t)colour;
	style->leading = style->size * 1.25;
	return read_number(r, object, path, "leading", 2, 400, &style->leading);
}

static bool
read_styles(struct reader *r, const json_t *styles)
{
	if (!json_is_object(styles) || json_object_size(styles) == 0)
		return read_fail(r, "styles", NULL,
			_("must be an object with at least one style"));
	size_t count = json_object_size(styles);
	struct style *list = vs_arena_alloc(r->arena, count * sizeof(*list));
	json_t *walk = (json_t *)(uintptr_t)styles; /* see read_known() */
	size_t i = 0;
	for (void *at = json_object_iter(walk); at;
		at = json_object_iter_next(walk, at)) {
		if (!read_one_style(r, json_object_iter_key(at),
			    json_object_iter_value(at), &list[i++]))
			return false;
	}
	r->layout->styles = list;
	r->layout->style_count = count;
	return true;
}

/* Every text must be there in both languages, or the other half would find out in print. */
static bool
check_texts(
	struct reader *r, const json_t *from, const json_t *other, const char *language)
{
	json_t *walk = (json_t *)(uintptr_t)from; /* see read_known() */
	for (void *at = json_object_iter(walk); at;
		at = json_object_iter_next(walk, at)) {
		const char *key = json_object_iter_key(at);
		if (!json_is_string(json_object_iter_value(at)))
			return read_fail(r, "texts", key, _("must be a text"));
		if (!json_object_get(other, key))
			return read_fail(r, "texts", key,
				vs_arena_printf(r->arena,
					_("is missing in the language %s"), language));
	}
	return true;
}

static bool
read_texts(struct reader *r, const json_t *texts, const char *language)
{
	static const char *const keys[] = { "sv", "en", NULL };
	if (!texts)
		return true;
	if (!read_known(r, texts, "texts", keys, NULL))
		return false;
	const json_t *sv = json_object_get(texts, "sv");
	const json_t *en = json_object_get(texts, "en");
	if (!json_is_object(sv) || !json_is_object(en))
		return read_fail(r, "texts", NULL,
			_("must hold the two objects \"sv\" and \"en\""));
	r->texts = strcmp(language, "en") == 0 ? en : sv;
	return check_texts(r, sv, en, "en") && check_texts(r, en, sv, "sv");
}

/* Both may be missing. */
static bool
read_around(struct reader *r, const json_t *root)
{
	static const char *const keys[] = { "text", "style", NULL };
	const json_t *mark = json_object_get(root, "watermark");
	const json_t *sheet = json_object_get(root, "sheet");
	struct layout *layout = r->layout;
	layout->watermark_style = &layout->styles[0];
	if (mark &&
		(!read_known(r, mark, "watermark", keys, NULL) ||
			!read_template(
				r, mark, "watermark", "text", &layout->watermark) ||
			!read_style(
				r, mark, "watermark", "style", &layout->watermark_style)))
		return false;
	return !sheet || impose_parse(r, sheet, &layout->imposing);
}

/* Labels fill the paper: nothing else may be on it. */
static bool
read_labels(struct reader *r, const json_t *root, const json_t *labels)
{
	struct layout *layout = r->layout;
	static const char *const others[] = { "header", "footer", "body", "sheet",
		"watermark" };
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (json_object_get(root, others[i]))
			return read_fail(r, "the layout", others[i],
				_("cannot stand beside \"labels\""));
	}
	layout->top = layout->right = layout->bottom = layout->left = 0;
	return labels_parse(r, labels, &layout->labels);
}

/* What stands at the foot of the last page has nothing below it. */
static bool
check_bottom(struct reader *r)
{
	for (const struct block *b = r->layout->body; b; b = b->next) {
		if (b->bottom && b->next)
			return read_fail(r, b->path, "bottom",
				_("is for the last block of the body"));
	}
	return true;
}

static bool
read_flows(struct reader *r, const json_t *root)
{
	struct layout *layout = r->layout;
	const json_t *header = json_object_get(root, "header");
	const json_t *footer = json_object_get(root, "footer");
	const json_t *labels = json_object_get(root, "labels");
	if (labels)
		return read_labels(r, root, labels);
	return (!header || blocks_parse(r, header, "header", &layout->header)) &&
		(!footer || blocks_parse(r, footer, "footer", &layout->footer)) &&
		blocks_parse(r, json_object_get(root, "body"), "body", &layout->body) &&
		check_bottom(r);
}

static bool
read_root(struct reader *r, const json_t *root, const char *language)
{
	static const char *const keys[] = { "about", "page", "styles", "texts", "header",
		"footer", "body", "labels", "sheet", "watermark", NULL };
	return read_known(r, root, "the layout", keys, NULL) &&
		read_page(r, json_object_get(root, "page")) &&
		read_styles(r, json_object_get(root, "styles")) &&
		read_texts(r, json_object_get(root, "texts"), language) &&
		read_around(r, root) && read_flows(r, root);
}

bool
layout_parse(struct vs_arena *arena, const struct vs_paper_job *job,
	struct layout **ret_layout, struct vs_error *err)
{
	json_error_t problem;
	json_t *root = json_loads(job->layout, JSON_REJECT_DUPLICATES, &problem);
	if (!root)
		return vs_fail(err, VS_INVALID,
			_("%s, line %d: the layout is not JSON: %s"), job->layout_name,
			problem.line, problem.text);
	struct layout *layout = vs_arena_alloc(arena, sizeof(*layout));
	layout->name = vs_arena_text(arena, job->layout_name);
	layout->language = vs_arena_text(arena, job->language ? job->language : "sv");
	struct reader r = {
		.arena = arena, .name = layout->name, .layout = layout, .err = err
	};
	bool good = read_root(&r, root, layout->language);
	json_decref(root);
	*ret_layout = layout;
	return good;
}
