/*
 * Any text in a calendar and on a card: the file is refused, or each of its lines has at most
 * 75 bytes and whole characters, and unfolded and unescaped the text is there again.
 */
#include <string.h>

#include <valstuga/calendar.h>
#include <valstuga/text.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_line(const char *line, size_t length)
{
	size_t bad;
	if (length > 75)
		vs_abort("a line of %zu bytes", length);
	if (!vs_text_check(line, length, &bad))
		vs_abort("a character was cut in two");
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			vs_abort("a control character");
}

/* The file's lines without folds, each ended by LF. Arena. */
static char *
unfold(struct vs_arena *arena, const char *text, size_t length)
{
	char *whole = vs_arena_alloc(arena, length + 1), *to = whole;
	for (const char *at = text, *end; at < text + length; at = end + 2) {
		end = strstr(at, "\r\n");
		if (!end)
			vs_abort("the last line does not end");
		check_line(at, (size_t)(end - at));
		if (*at == ' ' && to > whole) {
			at++;
			to--;
		}
		memcpy(to, at, (size_t)(end - at));
		to += end - at;
		*to++ = '\n';
	}
	return whole;
}

/* The value of the line that begins with `name`; "" when there is none. Arena. */
static const char *
value_of(struct vs_arena *arena, const char *lines, const char *name)
{
	const char *at = strstr(lines, name);
	if (!at)
		return "";
	at += strlen(name);
	char *value = vs_arena_copy(arena, at, strcspn(at, "\n")), *to = value;
	for (const char *from = value; *from; from++) {
		bool escaped = *from == '\\';
		if (!escaped && strchr(",;", *from))
			vs_abort("%c is not escaped", *from);
		from += escaped;
		*to++ = escaped && *from == 'n' ? '\n' : *from;
	}
	*to = '\0';
	return value;
}

static size_t
count(const char *lines, const char *line)
{
	size_t found = 0;
	for (const char *at = lines; (at = strstr(at, line)); at++)
		found++;
	return found;
}

static void
check_file(struct vs_arena *arena, const char *text, const struct vs_buffer *out,
	const char *member, const char *end)
{
	const char *lines = unfold(arena, out->data, out->length);
	if (count(lines, end) != 1)
		vs_abort("something was put in between");
	const char *clean = vs_text_clean_lines(arena, text);
	if (strcmp(value_of(arena, lines, member), clean) != 0)
		vs_abort("the text did not come back");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(vs_buffer) calendar = { 0 };
	VS_AUTO(vs_buffer) cards = { 0 };
	struct vs_error err = { 0 };
	size_t bad;
	const char *text = vs_arena_copy(scratch.arena, (const char *)data, size);
	if (!vs_text_check(text, strlen(text), &bad))
		return 0;
	json_t *view = json_pack(
		"{s:I, s:[{s:s, s:s, s:s, s:s, s:s}], s:[{s:s, s:s, s:[s]}]}", "made_at",
		(json_int_t)1776412800, "events", "uid", "a@b", "date", "2026-09-13",
		"summary", "x", "description", text, "organizer_email", text, "cards",
		"name", "Bo", "note", text, "phones", text);
	if (vs_ical_write(view, &calendar, &err))
		check_file(scratch.arena, text, &calendar,
			"\nDESCRIPTION:", "\nEND:VEVENT\n");
	else if (err.code != VS_INVALID || calendar.length)
		vs_abort("no reason is given");
	json_object_del(
		json_array_get(json_object_get(view, "events"), 0), "organizer_email");
	err = (struct vs_error){ 0 };
	if (!vs_ical_write(view, &calendar, &err) || !vs_vcard_write(view, &cards, &err))
		vs_abort("any text can be written: %s", err.text);
	check_file(scratch.arena, text, &cards, "\nNOTE:", "\nEND:VCARD\n");
	json_decref(view);
	return 0;
}
