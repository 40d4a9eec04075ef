/*
 * Codes that are printed and typed back. The check character is the value at 2 of the
 * polynomial whose coefficients are the characters, over the field of 32 elements: it
 * catches every single wrong character and every swap of two neighbours.
 */
#include "field/field.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

const char field_code_alphabet[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Times 2 modulo x^5 + x^2 + 1. */
static unsigned
twice(unsigned value)
{
	value <<= 1;
	return value & 32 ? value ^ 37 : value;
}

char
field_check_character(const char *text)
{
	unsigned sum = 1; /* so that a code of zeros has another one */
	for (const char *c = text; *c; c++) {
		const char *at = strchr(field_code_alphabet, *c);
		sum = twice(sum) ^ (at ? (unsigned)(at - field_code_alphabet) : 0);
	}
	return field_code_alphabet[twice(sum)];
}

const char *
field_code_of(struct vs_arena *arena, const char *body)
{
	return vs_arena_printf(arena, "%s-%c", body, field_check_character(body));
}

const char *
field_call_code(struct vs_arena *arena, int64_t role, int64_t person)
{
	return field_code_of(
		arena, vs_arena_printf(arena, "R%" PRId64 "P%" PRId64, role, person));
}

const char *
field_code(struct vs_arena *arena, int64_t id)
{
	return field_code_of(arena, vs_arena_printf(arena, "%" PRId64, id));
}

char
field_code_character(char c)
{
	c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

static bool
no_code(const char *text, struct vs_error *err)
{
	return vs_fail(err, VS_INVALID,
		_("\"%s\" is no code of a row; it looks like 417-K"), text);
}

bool
field_code_read(const char *text, bool bare, int64_t *ret_id, struct vs_error *err)
{
	char digits[16];
	size_t length = strspn(text, "0123456789");
	const char *rest = text + length + (text[length] == '-');
	if (bare && length && length < 16 && !text[length]) {
		*ret_id = strtoll(text, NULL, 10);
		return true;
	}
	/* Without a hyphen a check character that is a digit is the last of the digits. */
	if (length > 1 && !text[length]) {
		length--;
		rest = text + length;
	}
	if (length == 0 || length >= sizeof digits || strlen(rest) != 1)
		return no_code(text, err);
	memcpy(digits, text, length);
	digits[length] = '\0';
	if (field_check_character(digits) != field_code_character(*rest))
		return vs_fail(err, VS_INVALID,
			_("\"%s\": the last character does not fit the number; look again"),
			text);
	*ret_id = strtoll(digits, NULL, 10);
	return true;
}

bool
field_code_body(struct vs_arena *arena, const char *text, const char **ret_body,
	struct vs_error *err)
{
	const char *hyphen = strrchr(text, '-');
	if (!hyphen || hyphen == text || strlen(hyphen) != 2)
		return no_code(text, err);
	char *body = vs_arena_copy(arena, text, (size_t)(hyphen - text));
	for (char *c = body; *c; c++) {
		*c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
		if (!strchr(field_code_alphabet, *c))
			return no_code(text, err);
	}
	*ret_body = body;
	return field_check_character(body) == field_code_character(hyphen[1]) ||
		vs_fail(err, VS_INVALID,
			_("\"%s\": the last character does not fit the number; look again"),
			text);
}
