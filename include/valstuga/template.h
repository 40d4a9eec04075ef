/*
 * Mustache over a view: `{{name}}`, `{{{raw}}}`, `{{&raw}}`, sections, inverted sections,
 * comments, partials, set-delimiter, dotted names. No lambdas. The official specification's
 * cases for these parts are run as tests.
 */
#ifndef VALSTUGA_TEMPLATE_H
#define VALSTUGA_TEMPLATE_H

#include <jansson.h>
#include <valstuga/base.h>

/* How `{{name}}` is escaped; `{{{name}}}` never is. */
enum vs_escape { VS_ESCAPE_NONE, VS_ESCAPE_HTML };

struct vs_template_options {
	enum vs_escape escape;
	/* Text of a partial or NULL; may itself be NULL (no partials). */
	const char *(*partial)(const char *name, void *context);
	void *context;
};

/*
 * Renders `text` with `view` (borrowed) and appends to `out`. A missing name renders as
 * nothing, and so does an object or an array; numbers and booleans render as JSON does. A
 * section is shown unless its value is missing, null, false, 0, "" or []. Fails with
 * VS_INVALID naming template, line and tag for an unclosed tag or section, a tag without
 * name, nesting over 64 levels, output over 64 MiB, or millions of steps.
 */
VS_API VS_CHECKED bool vs_template_render(const char *name, const char *text,
	const json_t *view, const struct vs_template_options *options,
	struct vs_buffer *out, struct vs_error *err);

/* The value at a dotted name ("order.list.kind"), looked up in `view`; NULL if none. */
VS_API const json_t *vs_template_lookup(const json_t *view, const char *dotted);

#endif
