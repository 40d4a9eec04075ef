/* Content lines: what iCalendar (RFC 5545) and vCard (RFC 2425, 2426) share. */
#include "exchange/content.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

#define LINE_BYTES 75

/* Moments from 1900 to 2199: those that the calendar of the program knows. */
#define MOMENT_FIRST (-2208988800)
#define MOMENT_LAST  7258118399

/* At most `most` bytes of the text, not ending inside a character. */
static size_t
piece(const char *text, size_t length, size_t most)
{
	if (length <= most)
		return length;
	size_t end = most;
	while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80)
		end--;
	return end > 0 ? end : most;
}

static void
fold(struct vs_buffer *out, const char *line, size_t length)
{
	size_t taken = piece(line, length, LINE_BYTES);
	vs_buffer_append(out, line, taken);
	for (size_t at = taken; at < length; at += taken) {
		taken = piece(line + at, length - at, LINE_BYTES - 1);
		vs_buffer_text(out, "\r\n ");
		vs_buffer_append(out, line + at, taken);
	}
	vs_buffer_text(out, "\r\n");
}

void
content_line(const struct content *c, const char *format, ...)
{
	char *line = NULL;
	va_list args;
	va_start(args, format);
	int length = vasprintf(&line, format, args);
	va_end(args);
	if (length < 0)
		vs_abort("out of memory");
	fold(c->out, line, (size_t)length);
	free(line);
}

const char *
content_escape(struct vs_arena *arena, const char *text)
{
	const char *clean = vs_text_clean_lines(arena, text);
	char *escaped = vs_arena_alloc(arena, 2 * strlen(clean) + 1), *to = escaped;
	for (; *clean; clean++) {
		if (strchr("\\;,\n", *clean))
			*to++ = '\\';
		*to++ = *clean == '\n' ? 'n' : *clean;
	}
	return escaped;
}

const char *
content_join(struct vs_arena *arena, const json_t *texts)
{
	const char *joined = "";
	size_t i;
	json_t *text;
	json_array_foreach (texts, i, text)
		joined = vs_arena_printf(arena, "%s%s%s", joined, *joined ? "," : "",
			content_escape(arena, json_string_value(text)));
	return joined;
}

static bool
fail_type(const struct content *c, const char *name, const char *type)
{
	return vs_fail(c->err, VS_INVALID, _("%s: %s is not %s"), c->what, name, type);
}

static bool
is_text(const json_t *value)
{
	size_t bad;
	return json_is_string(value) &&
		vs_text_check(json_string_value(value), json_string_length(value), &bad);
}

bool
content_text(const struct content *c, const json_t *object, const char *name,
	const char **ret_text)
{
	const json_t *value = json_object_get(object, name);
	*ret_text = NULL;
	if (!value || json_is_null(value))
		return true;
	if (!is_text(value))
		return fail_type(c, name, _("text"));
	if (json_string_length(value) > 0)
		*ret_text = json_string_value(value);
	return true;
}

bool
content_member(const struct content *c, const json_t *object, const char *member,
	const char *name)
{
	const char *text;
	if (!content_text(c, object, member, &text))
		return false;
	text = text ? content_escape(c->arena, text) : "";
	if (*text)
		content_line(c, "%s:%s", name, text);
	return true;
}

bool
content_array(const struct content *c, const json_t *object, const char *name,
	const json_t **ret_array)
{
	const json_t *array = json_object_get(object, name);
	*ret_array = NULL;
	if (!array || json_is_null(array))
		return true;
	bool good = json_is_array(array);
	for (size_t i = 0; good && i < json_array_size(array); i++)
		good = is_text(json_array_get(array, i));
	if (!good)
		return fail_type(c, name, _("a list of texts"));
	*ret_array = array;
	return true;
}

bool
content_moment(const struct content *c, const json_t *object, const char *name,
	bool *ret_given, int64_t *ret_utc)
{
	const json_t *value = json_object_get(object, name);
	*ret_given = value && !json_is_null(value);
	if (!*ret_given)
		return true;
	*ret_utc = json_integer_value(value);
	if (!json_is_integer(value) || *ret_utc < MOMENT_FIRST || *ret_utc > MOMENT_LAST)
		return fail_type(c, name, _("a moment in UTC seconds"));
	return true;
}

const char *
content_utc(struct vs_arena *arena, int64_t utc)
{
	char text[21]; /* "2026-04-17T08:00:00Z" */
	vs_time_format_utc(utc, text);
	return vs_arena_printf(arena, "%.4s%.2s%.5s%.2s%.3s", text, text + 5, text + 8,
		text + 14, text + 17);
}

bool
content_moment_member(const struct content *c, const json_t *object, const char *member,
	const char *name)
{
	bool given;
	int64_t utc = 0;
	if (!content_moment(c, object, member, &given, &utc))
		return false;
	if (given)
		content_line(c, "%s:%s", name, content_utc(c->arena, utc));
	return true;
}

bool
content_ascii(const struct content *c, const json_t *object, const char *name,
	const char **ret_text)
{
	if (!content_text(c, object, name, ret_text))
		return false;
	for (const char *at = *ret_text; at && *at; at++)
		if (*at <= ' ' || *at > '~')
			return fail_type(c, name, _("printable ASCII without blanks"));
	return true;
}
