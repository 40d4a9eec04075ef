/* Reading a layout's JSON: every refusal names the element and the key. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/colour.h"
#include "base/i18n.h"
#include "paper/paper.h"

bool
read_fail(struct reader *r, const char *path, const char *key, const char *problem)
{
	if (!key)
		return vs_fail(r->err, VS_INVALID, "%s: %s: %s", r->name, path, problem);
	return vs_fail(
		r->err, VS_INVALID, "%s: %s: \"%s\" %s", r->name, path, key, problem);
}

static bool
listed(const char *const *keys, const char *key)
{
	for (; keys && *keys; keys++) {
		if (strcmp(*keys, key) == 0)
			return true;
	}
	return false;
}

bool
read_known(struct reader *r, const json_t *object, const char *path,
	const char *const *keys, const char *const *more)
{
	if (!json_is_object(object))
		return read_fail(r, path, NULL, _("must be an object"));
	/* jansson's iterator wants a json_t that is not const, but only reads. */
	json_t *walk = (json_t *)(uintptr_t)object;
	for (void *at = json_object_iter(walk); at;
		at = json_object_iter_next(walk, at)) {
		const char *key = json_object_iter_key(at);
		if (!listed(keys, key) && !listed(more, key))
			return read_fail(r, path, key, _("is not known here"));
	}
	return true;
}

bool
read_number(struct reader *r, const json_t *object, const char *path, const char *key,
	double low, double high, double *value)
{
	const json_t *found = json_object_get(object, key);
	if (!found)
		return true;
	if (!json_is_number(found))
		return read_fail(r, path, key, _("must be a number"));
	double number = json_number_value(found);
	if (!(number >= low && number <= high)) {
		char problem[100];
		snprintf(problem, sizeof(problem), _("must be between %g and %g"), low,
			high);
		return read_fail(r, path, key, problem);
	}
	*value = number;
	return true;
}

bool
read_flag(struct reader *r, const json_t *object, const char *path, const char *key,
	bool *value)
{
	const json_t *found = json_object_get(object, key);
	if (!found)
		return true;
	if (!json_is_boolean(found))
		return read_fail(r, path, key, _("must be true or false"));
	*value = json_is_true(found);
	return true;
}

bool
read_text(struct reader *r, const json_t *object, const char *path, const char *key,
	const char **value)
{
	const json_t *found = json_object_get(object, key);
	if (!found)
		return true;
	if (!json_is_string(found))
		return read_fail(r, path, key, _("must be a text"));
	*value = vs_arena_text(r->arena, json_string_value(found));
	return true;
}

/* Writes the layout's own text for the `{{t.key}}` that begins at `tag`. */
static bool
put_own_text(struct reader *r, const char *path, const char *key, const char *name,
	size_t length, struct vs_buffer *out)
{
	char *copy = vs_arena_copy(r->arena, name, length);
	const json_t *text = json_object_get(r->texts, copy);
	if (!text)
		return read_fail(r, path, key,
			vs_arena_printf(r->arena,
				_("uses the text t.%s, which is not in \"texts\""),
				copy));
	vs_buffer_text(out, json_string_value(text));
	return true;
}

/* The layout's own texts are put in before compiling, so that they cost nothing later and
 * may hold tags themselves. */
bool
read_compile(struct reader *r, const char *path, const char *key, const char *text,
	struct template **value)
{
	VS_AUTO(vs_buffer) full = { 0 };
	for (const char *tag = strstr(text, "{{t."); tag; tag = strstr(text, "{{t.")) {
		const char *close = strstr(tag, "}}");
		if (!close)
			break; /* the compiler says what is wrong */
		vs_buffer_append(&full, text, (size_t)(tag - text));
		if (!put_own_text(
			    r, path, key, tag + 4, (size_t)(close - tag - 4), &full))
			return false;
		text = close + 2;
	}
	vs_buffer_text(&full, text);
	const char *name =
		vs_arena_printf(r->arena, "%s: %s: \"%s\"", r->name, path, key);
	return template_compile(r->arena, name,
		vs_arena_text(r->arena, full.data ? full.data : ""), value, r->err);
}

bool
read_template(struct reader *r, const json_t *object, const char *path, const char *key,
	struct template **value)
{
	const char *text = NULL;
	if (!read_text(r, object, path, key, &text))
		return false;
	return !text || read_compile(r, path, key, text, value);
}

bool
read_colour(struct reader *r, const json_t *object, const char *path, const char *key,
	int64_t *value)
{
	const char *text = NULL;
	if (!read_text(r, object, path, key, &text))
		return false;
	if (!text)
		return true;
	*value = colour_parse(text);
	return *value >= 0 ||
		read_fail(
			r, path, key, _("must be a colour like \"#000\" or \"#FFE680\""));
}

bool
read_align(struct reader *r, const json_t *object, const char *path, const char *key,
	enum align *value)
{
	static const char *const names[] = { "left", "centre", "right" };
	const char *text = NULL;
	if (!read_text(r, object, path, key, &text))
		return false;
	if (!text)
		return true;
	for (int i = 0; i < 3; i++) {
		if (strcmp(text, names[i]) == 0) {
			*value = (enum align)i;
			return true;
		}
	}
	return read_fail(r, path, key, _("must be \"left\", \"centre\" or \"right\""));
}

bool
read_style(struct reader *r, const json_t *object, const char *path, const char *key,
	const struct style **value)
{
	const char *text = NULL;
	if (!read_text(r, object, path, key, &text))
		return false;
	if (!text)
		return true;
	for (size_t i = 0; i < r->layout->style_count; i++) {
		if (strcmp(r->layout->styles[i].name, text) == 0) {
			*value = &r->layout->styles[i];
			return true;
		}
	}
	return read_fail(r, path, key,
		vs_arena_printf(r->arena,
			_("names the style %s, which is not in \"styles\""), text));
}
