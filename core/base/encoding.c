/* Windows-1252, in which Valmyndigheten's older files and many spreadsheets are written. */
#include <valstuga/text.h>

#include <string.h>

#include "base/words.h"

/* 0x80-0x9f; the rest of the code page is Latin-1. 0xfffd: left open by the code page. */
static const uint16_t upper_controls[32] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 0x80 */
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, /* 0x88 */
	0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 0x90 */
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178, /* 0x98 */
};

static char *
put_high(char *at, unsigned char byte)
{
	unsigned code = byte < 0xa0 ? upper_controls[byte - 0x80] : byte;
	if (code < 0x800) {
		*at++ = (char)(0xc0 | code >> 6);
	} else {
		*at++ = (char)(0xe0 | code >> 12);
		*at++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*at++ = (char)(0x80 | (code & 0x3f));
	return at;
}

/* Bytes that are not ASCII, eight at a time. */
static size_t
count_high(const char *bytes, size_t length)
{
	size_t count = 0, at = 0;
	for (; length - at >= 8; at += 8)
		count += (size_t)__builtin_popcountll(word_load(bytes + at) & WORD_HIGH);
	for (; at < length; at++)
		count += (signed char)bytes[at] < 0;
	return count;
}

char *
vs_text_from_cp1252(
	struct vs_arena *arena, const char *bytes, size_t length, size_t *ret_length)
{
	const char *end = bytes + length;
	char *text = vs_arena_alloc(arena, length + 2 * count_high(bytes, length) + 1);
	char *at = text;
	while (bytes < end) {
		size_t run = word_ascii_run(bytes, (size_t)(end - bytes));
		memcpy(at, bytes, run);
		at += run;
		bytes += run;
		if (bytes < end && *bytes == '\0')
			*at++ = *bytes++;
		else if (bytes < end)
			at = put_high(at, (unsigned char)*bytes++);
	}
	*at = '\0';
	*ret_length = (size_t)(at - text);
	return text;
}
