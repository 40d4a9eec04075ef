/*
 * Compiled templates, for rooms inside core/ that render the same text many times: parse
 * once, render with a stack of views.
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include <valstuga/template.h>

/* Sections and partials nest no deeper than this. */
#define TEMPLATE_DEPTH 64
/* Views that a caller may stack before rendering. */
#define TEMPLATE_SCOPES 32

struct template;

/* Innermost last; all borrowed. */
struct template_scopes {
	const json_t *view[TEMPLATE_SCOPES];
	size_t count;
};

/* `text` must live as long as the arena. False with VS_INVALID, see vs_template_render(). */
VS_CHECKED bool template_compile(struct vs_arena *arena, const char *name,
	const char *text, struct template **ret_template, struct vs_error *err);

VS_CHECKED bool template_render(const struct template *template,
	const struct template_scopes *scopes, const struct vs_template_options *options,
	struct vs_buffer *out, struct vs_error *err);

/* The finished text without rendering when the template is empty, one literal, or one name
 * of a text value; otherwise NULL. Unescaped; borrowed from template or view. */
const char *template_plain(
	const struct template *template, const struct template_scopes *scopes);

/* The value at a dotted name; "." is the innermost view. NULL if none. */
const json_t *template_find(const struct template_scopes *scopes, const char *dotted);

/* What a section shows: not null, false, 0, "" or []. NULL is false. */
bool template_truth(const json_t *value);

#endif
