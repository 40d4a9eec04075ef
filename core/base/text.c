/*
 * UTF-8 as it is kept inside the program: checked, NFC, without stray white space.
 *
 * Almost all text is ASCII or Swedish, so every function first takes the way that needs no
 * Unicode tables.
 */
#include <valstuga/text.h>

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/text_parts.h"
#include "base/words.h"

#define REPLACEMENT 0xfffd

static const uint8_t *
as_utf8(const char *text)
{
	return (const uint8_t *)text;
}

/* Bytes of the character at `at` that is not ASCII, 0 when it is none. */
static size_t
character_size(const char *at, size_t length)
{
	unsigned char first = (unsigned char)at[0];
	if (length >= 2 && first >= 0xc2 && first <= 0xdf)
		return ((unsigned char)at[1] & 0xc0) == 0x80 ? 2 : 0;
	ucs4_t character;
	int size = u8_mbtoucr(&character, as_utf8(at), length);
	return size > 1 ? (size_t)size : 0;
}

bool
vs_text_check(const char *bytes, size_t length, size_t *ret_at)
{
	for (size_t at = 0;;) {
		at += word_ascii_run(bytes + at, length - at);
		if (at == length)
			return true;
		size_t size = character_size(bytes + at, length - at);
		if (size == 0) {
			*ret_at = at;
			return false;
		}
		at += size;
	}
}

/* Dashes, quotation marks and the euro sign. */
static bool
is_plain_punctuation(const uint8_t *at, size_t length)
{
	return length >= 3 && at[0] == 0xe2 &&
		((at[1] == 0x80 && at[2] >= 0x82) || at[1] == 0x82);
}

bool
text_is_plainly_nfc(const char *bytes, size_t length)
{
	/* Below U+0300, that is before the byte 0xcc, NFC changes nothing. */
	for (size_t at = 0; at < length;) {
		if (length - at >= 8) {
			uint64_t word = word_load(bytes + at);
			uint64_t marks = ((word & ~WORD_HIGH) + WORD_EACH(0x80 - 0x4c)) &
				word & WORD_HIGH;
			at += marks ? word_first(marks) : 8;
			if (!marks)
				continue;
		} else if ((unsigned char)bytes[at] < 0xcc) {
			at++;
			continue;
		}
		if (!is_plain_punctuation(as_utf8(bytes + at), length - at))
			return false;
		at += 3;
	}
	return true;
}

char *
text_nfc(struct vs_arena *arena, const char *bytes, size_t length, size_t *ret_length)
{
	*ret_length = length;
	if (text_is_plainly_nfc(bytes, length))
		return vs_arena_copy(arena, bytes, length);
	uint8_t *normal =
		u8_normalize(UNINORM_NFC, as_utf8(bytes), length, NULL, ret_length);
	if (!normal)
		vs_abort("normalising text that is not UTF-8");
	char *copy = vs_arena_copy(arena, (const char *)normal, *ret_length);
	free(normal);
	return copy;
}

/* Decodes the character at `text` and returns the next one's place; the end stays put. */
static const char *
next_character(const char *text, ucs4_t *ret_character)
{
	if ((signed char)*text >= 0) {
		*ret_character = (ucs4_t)*text;
		return *text ? text + 1 : text;
	}
	int size = u8_strmbtouc(ret_character, as_utf8(text));
	if (size > 0)
		return text + size;
	*ret_character = REPLACEMENT;
	return text + 1;
}

static bool
is_line_break(ucs4_t c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool
is_white(ucs4_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
		c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/*
 * Control characters, and the invisible ones that come along from web pages: they make
 * equal names differ (soft hyphen, zero width space, byte order mark) or turn the reading
 * direction of everything after them.
 */
static bool
is_dropped(ucs4_t c)
{
	if (c < 0xa0)
		return c < 0x20 || c >= 0x7f;
	return c == 0xad || c == 0x200b || c == 0x200e || c == 0x200f ||
		(c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
		c == 0xfeff;
}

static bool
is_clean_ascii(const char *text)
{
	char before = ' ';
	for (; *text; before = *text++)
		if (*text < ' ' || *text > '~' || (*text == ' ' && before == ' '))
			return false;
	return before != ' ';
}

static void
append_character(struct vs_buffer *out, ucs4_t character)
{
	uint8_t bytes[6];
	int size = u8_uctomb(bytes, character, sizeof bytes);
	if (size > 0)
		vs_buffer_append(out, bytes, (size_t)size);
}

/* The text without surplus white space and controls, not normalised yet. */
static void
squeeze(struct vs_buffer *out, const char *text, bool keep_lines)
{
	size_t breaks = 0;
	bool space = false;
	while (*text) {
		ucs4_t c, before = (ucs4_t)(unsigned char)*text;
		text = next_character(text, &c);
		if (is_white(c)) {
			if (keep_lines && is_line_break(c)) {
				breaks++;
				if (before == '\r' && *text == '\n')
					text++;
			}
			space = true;
			continue;
		}
		if (is_dropped(c))
			continue;
		if (out->length && breaks)
			for (size_t i = 0; i < breaks; i++)
				vs_buffer_append(out, "\n", 1);
		else if (out->length && space)
			vs_buffer_append(out, " ", 1);
		breaks = 0;
		space = false;
		append_character(out, c);
	}
}

static const char *
clean(struct vs_arena *arena, const char *text, bool keep_lines)
{
	if (is_clean_ascii(text))
		return vs_arena_text(arena, text);
	VS_AUTO(vs_buffer) out = { 0 };
	squeeze(&out, text, keep_lines);
	size_t length;
	return text_nfc(arena, out.data ? out.data : "", out.length, &length);
}

const char *
vs_text_clean(struct vs_arena *arena, const char *text)
{
	return clean(arena, text, false);
}

const char *
vs_text_clean_lines(struct vs_arena *arena, const char *text)
{
	return clean(arena, text, true);
}

const char *
vs_text_fold(struct vs_arena *arena, const char *text)
{
	size_t length = strlen(text);
	if (word_ascii_run(text, length) == length) {
		char *copy = vs_arena_copy(arena, text, length);
		for (char *at = copy; *at; at++)
			if (*at >= 'A' && *at <= 'Z')
				*at = (char)(*at | 0x20);
		return copy;
	}
	size_t folded_length;
	uint8_t *folded = u8_casefold(
		as_utf8(text), length, NULL, UNINORM_NFC, NULL, &folded_length);
	if (!folded)
		vs_abort("folding text that is not UTF-8");
	char *copy = vs_arena_copy(arena, (const char *)folded, folded_length);
	free(folded);
	return copy;
}

size_t
vs_text_length(const char *text)
{
	size_t length = 0;
	for (; *text; text++)
		length += ((unsigned char)*text & 0xc0) != 0x80;
	return length;
}

size_t
vs_text_columns(const char *text)
{
	size_t columns = 0;
	while (*text) {
		ucs4_t c;
		text = next_character(text, &c);
		int width = c >= ' ' && c < 0x7f ? 1 : uc_width(c, "UTF-8");
		if (width > 0)
			columns += (size_t)width;
	}
	return columns;
}

int
text_excerpt(const char *text, int most)
{
	size_t length = strnlen(text, (size_t)most + 1);
	if (length <= (size_t)most)
		return (int)length;
	while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return most;
}
