/*
 * The renderer: walks the parsed tree with a stack of views. Names are looked for from the
 * innermost view outwards; the parts behind a dot only in what the first part gave.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "template/parse.h"

#define OUTPUT_MAX (64u * 1024 * 1024)
/* Nested sections over the same long list would otherwise run for years. */
#define STEPS_MAX 20000000

struct render {
	struct vs_arena *arena; /* for partials; made when the first one comes */
	const struct vs_template_options *options;
	struct vs_buffer *out;
	size_t start; /* length of `out` before */
	const struct template *template;
	const json_t *stack[TEMPLATE_SCOPES + TEMPLATE_DEPTH + 1];
	size_t count;
	int depth;
	long steps;
	struct vs_error *err;
};

static const json_t *
member(const json_t *object, const char *name, size_t length)
{
	char key[128];
	if (!json_is_object(object) || length >= sizeof(key))
		return NULL;
	memcpy(key, name, length);
	key[length] = '\0';
	return json_object_get(object, key);
}

/* The first part is found anywhere on the stack, the rest only inside it. */
static const json_t *
find(const json_t *const *stack, size_t count, const char *name)
{
	if (count > 0 && name[0] == '.' && name[1] == '\0')
		return stack[count - 1];
	size_t length = strcspn(name, ".");
	const json_t *value = NULL;
	for (size_t i = count; i > 0 && !value; i--)
		value = member(stack[i - 1], name, length);
	for (name += length; value && *name == '.'; name += length) {
		name++;
		length = strcspn(name, ".");
		value = member(value, name, length);
	}
	return value;
}

bool
template_truth(const json_t *value)
{
	if (!value)
		return false;
	switch (json_typeof(value)) {
	case JSON_OBJECT:
	case JSON_TRUE:
		return true;
	case JSON_ARRAY:
		return json_array_size(value) > 0;
	case JSON_STRING:
		return json_string_length(value) > 0;
	case JSON_INTEGER:
		return json_integer_value(value) != 0;
	case JSON_REAL:
		return json_real_value(value) < 0 || json_real_value(value) > 0;
	case JSON_FALSE:
	case JSON_NULL:
		return false;
	}
	return false;
}

static void
append_html(struct vs_buffer *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		size_t plain = 0;
		while (i + plain < length && !memchr("&<>\"'", text[i + plain], 5))
			plain++;
		vs_buffer_append(out, text + i, plain);
		i += plain;
		if (i == length)
			return;
		switch (text[i++]) {
		case '&':
			vs_buffer_text(out, "&amp;");
			break;
		case '<':
			vs_buffer_text(out, "&lt;");
			break;
		case '>':
			vs_buffer_text(out, "&gt;");
			break;
		case '"':
			vs_buffer_text(out, "&quot;");
			break;
		default:
			vs_buffer_text(out, "&#39;");
		}
	}
}

/* Texts as they are; numbers and booleans as JSON writes them; all else is nothing. */
static void
append_value(struct render *r, const json_t *value, bool raw)
{
	if (!value)
		return;
	if (json_is_string(value)) {
		const char *text = json_string_value(value);
		size_t length = json_string_length(value);
		if (raw || r->options->escape == VS_ESCAPE_NONE)
			vs_buffer_append(r->out, text, length);
		else
			append_html(r->out, text, length);
	} else if (json_is_number(value) || json_is_boolean(value)) {
		char text[64];
		size_t length = json_dumpb(value, text, sizeof(text),
			JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		vs_buffer_append(
			r->out, text, length < sizeof(text) ? length : sizeof(text));
	}
}

static bool render_nodes(struct render *r, const struct node *node);

static bool
render_section(struct render *r, const struct node *node)
{
	const json_t *value = find(r->stack, r->count, node->text);
	bool shown = template_truth(value);
	if (node->kind == NODE_INVERTED)
		return shown || render_nodes(r, node->children);
	if (!shown)
		return true;
	bool list = json_is_array(value);
	size_t count = list ? json_array_size(value) : 1;
	bool good = true;
	r->count++;
	for (size_t i = 0; good && i < count; i++) {
		r->stack[r->count - 1] = list ? json_array_get(value, i) : value;
		good = render_nodes(r, node->children);
	}
	r->count--;
	return good;
}

/* `text` with `indent` before each of its lines. */
static const char *
indented(struct vs_arena *arena, const char *text, const char *indent)
{
	VS_AUTO(vs_buffer) buffer = { 0 };
	while (*text) {
		size_t length = strcspn(text, "\n");
		length += text[length] == '\n';
		vs_buffer_text(&buffer, indent);
		vs_buffer_append(&buffer, text, length);
		text += length;
	}
	return vs_arena_text(arena, buffer.data ? buffer.data : "");
}

static bool
render_partial(struct render *r, const struct node *node)
{
	if (!r->options->partial)
		return true;
	const char *text = r->options->partial(node->text, r->options->context);
	if (!text)
		return true;
	if (!r->arena)
		r->arena = vs_arena_new();
	if (node->indent)
		text = indented(r->arena, text, node->indent);
	struct template *partial = NULL;
	if (!template_compile(r->arena, node->text, text, &partial, r->err))
		return false;
	r->steps += 1000; /* parsing costs more than rendering */
	const struct template *outer = r->template;
	r->template = partial;
	bool good = render_nodes(r, partial->nodes);
	r->template = outer;
	return good;
}

static bool
render_node(struct render *r, const struct node *node)
{
	switch (node->kind) {
	case NODE_TEXT:
		vs_buffer_append(r->out, node->text, node->length);
		return true;
	case NODE_VALUE:
	case NODE_RAW:
		append_value(
			r, find(r->stack, r->count, node->text), node->kind == NODE_RAW);
		return true;
	case NODE_SECTION:
	case NODE_INVERTED:
		return render_section(r, node);
	case NODE_PARTIAL:
		return render_partial(r, node);
	}
	return true;
}

static bool
render_nodes(struct render *r, const struct node *node)
{
	if (node && r->depth >= TEMPLATE_DEPTH)
		return vs_fail(r->err, VS_INVALID, _("%s, line %d: nested too deep"),
			r->template->name, node->line);
	r->depth++;
	bool good = true;
	for (; good && node; node = node->next) {
		good = render_node(r, node);
		if (good && r->out->length - r->start > OUTPUT_MAX)
			good = vs_fail(r->err, VS_INVALID,
				_("%s, line %d: the text at %s becomes too long"),
				r->template->name, node->line, node->text);
		if (good && ++r->steps > STEPS_MAX)
			good = vs_fail(r->err, VS_INVALID,
				_("%s, line %d: the text at %s takes too long"),
				r->template->name, node->line, node->text);
	}
	r->depth--;
	return good;
}

bool
template_render(const struct template *template, const struct template_scopes *scopes,
	const struct vs_template_options *options, struct vs_buffer *out,
	struct vs_error *err)
{
	static const struct vs_template_options plain = { 0 };
	assert(scopes->count <= TEMPLATE_SCOPES);
	struct render r = { .options = options ? options : &plain,
		.out = out,
		.start = out->length,
		.template = template,
		.count = scopes->count,
		.err = err };
	memcpy(r.stack, scopes->view, scopes->count * sizeof(r.stack[0]));
	bool good = render_nodes(&r, template->nodes);
	vs_arena_free(r.arena);
	return good;
}

const char *
template_plain(const struct template *template, const struct template_scopes *scopes)
{
	const struct node *node = template->nodes;
	if (!node)
		return "";
	if (node->next)
		return NULL;
	if (node->kind == NODE_TEXT)
		return node->text;
	if (node->kind == NODE_VALUE || node->kind == NODE_RAW) {
		const json_t *value = find(scopes->view, scopes->count, node->text);
		return value ? json_string_value(value) : "";
	}
	return NULL;
}

const json_t *
template_find(const struct template_scopes *scopes, const char *dotted)
{
	return find(scopes->view, scopes->count, dotted);
}

const json_t *
vs_template_lookup(const json_t *view, const char *dotted)
{
	return find(&view, 1, dotted);
}

bool
vs_template_render(const char *name, const char *text, const json_t *view,
	const struct vs_template_options *options, struct vs_buffer *out,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct template *template = NULL;
	if (!template_compile(scratch.arena, name, text, &template, err))
		return false;
	struct template_scopes scopes = { .view = { view }, .count = 1 };
	return template_render(template, &scopes, options, out, err);
}
