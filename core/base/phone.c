/*
 * Phone numbers: from what people write to E.164, and back to what Swedes read. The table of
 * area codes is for the hyphen's place: 08 is the only one of two digits, those listed have
 * three, all others four.
 */
#include <valstuga/text.h>

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define E164_MAX    15 /* digits */
#define E164_MIN    7
#define SWEDISH_MAX 9 /* digits after the 0 */
#define SWEDISH_MIN 7
#define DIGITS_MAX  40

/* Area codes of three digits without their 0: towns, mobiles (70-79), 010, 020. */
static const char three[][3] = { "10", "11", "13", "16", "18", "19", "20", "21", "23",
	"26", "31", "33", "35", "36", "40", "42", "44", "46", "54", "60", "63", "70",
	"71", "72", "73", "74", "75", "76", "78", "79", "90" };

/* Country codes of two digits; 1 and 7 have one, all others three. */
static const char two[][3] = { "20", "27", "30", "31", "32", "33", "34", "36", "39", "40",
	"41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55",
	"56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
	"86", "90", "91", "92", "93", "94", "95", "98" };

static bool
listed(const char (*codes)[3], size_t count, const char *digits)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(codes[i], digits, 2) == 0)
			return true;
	return false;
}

/* Spaces, hyphens and dashes of any width, and marks that people put between digits. */
static size_t
mark_length(const char *at)
{
	static const char *const marks[] = { " ", "-", "/", ".", "(", ")", "\t",
		"\xc2\xa0", "\xc2\xad", "\xe2\x80\x89", "\xe2\x80\xaf", "\xe2\x80\x90",
		"\xe2\x80\x91", "\xe2\x80\x92", "\xe2\x80\x93", "\xe2\x80\x94",
		"\xe2\x88\x92" };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strncmp(at, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static bool
refuse(const char *typed, const char *what, struct vs_error *err)
{
	return vs_fail(
		err, VS_INVALID, "\"%.*s\" %s", text_excerpt(typed, 40), typed, what);
}

/* The digits alone; false when something else stands between them. */
static bool
read_digits(const char *at, char digits[DIGITS_MAX])
{
	size_t count = 0;
	while (*at) {
		size_t mark = mark_length(at);
		if (!mark && (*at < '0' || *at > '9'))
			return false;
		if (!mark && count + 1 < DIGITS_MAX)
			digits[count++] = *at;
		at += mark ? mark : 1;
	}
	digits[count] = '\0';
	return true;
}

/* 701234567: what follows the 0, or +46. */
static bool
swedish(const char *typed, const char *digits, char text[VS_PHONE_SIZE],
	struct vs_error *err)
{
	size_t count = strlen(digits);
	bool mobile = *digits == '7';
	if (*digits == '0')
		return refuse(
			typed, _("has one 0 too many; write it as 070-123 45 67"), err);
	if (count < (mobile ? SWEDISH_MAX : SWEDISH_MIN))
		return refuse(typed,
			mobile ? _("is too short; a mobile number has ten digits, as in 070-123 45 67")
			       : _("is too short for a phone number; write it with its area code, as in 054-12 34 56"),
			err);
	if (count > SWEDISH_MAX)
		return refuse(typed,
			_("is too long for a phone number; give one number, at most ten digits"),
			err);
	snprintf(text, VS_PHONE_SIZE, "+46%s", digits);
	return true;
}

static bool
foreign(const char *typed, const char *digits, char text[VS_PHONE_SIZE],
	struct vs_error *err)
{
	size_t count = strlen(digits);
	if (strncmp(digits, "46", 2) == 0)
		return swedish(typed, digits + 2 + (digits[2] == '0'), text, err);
	if (*digits == '0' || count < E164_MIN)
		return refuse(typed,
			_("is no number with a country code; write it as +47 22 12 34 56"),
			err);
	if (count > E164_MAX)
		return refuse(typed,
			_("is too long for a phone number; give one number, at most 15 digits"),
			err);
	memcpy(text + 1, digits, count + 1);
	*text = '+';
	return true;
}

bool
vs_phone_parse(const char *typed, char text[VS_PHONE_SIZE], struct vs_error *err)
{
	char digits[DIGITS_MAX];
	const char *at = typed;
	while (mark_length(at))
		at += mark_length(at);
	bool plus = *at == '+';
	if (!read_digits(at + plus, digits))
		return refuse(typed,
			_("is no phone number: only digits, spaces and hyphens stand in one; write it as 070-123 45 67"),
			err);
	if (!*digits)
		return refuse(typed,
			_("holds no digits; write a phone number as 070-123 45 67"), err);
	if (plus)
		return foreign(typed, digits, text, err);
	if (strncmp(digits, "00", 2) == 0)
		return foreign(typed, digits + 2, text, err);
	if (*digits == '0')
		return swedish(typed, digits + 1, text, err);
	return refuse(typed,
		_("has no area code; begin with 0, as in 070-123 45 67, or with + and the country"),
		err);
}

/* "123 45 67", "12 34 56": pairs, the odd digit with the first ones. */
static void
add_groups(struct vs_buffer *out, const char *digits)
{
	size_t count = strlen(digits), group = count % 2 && count > 1 ? 3 : 2;
	for (size_t at = 0; at < count; at += group, group = 2) {
		group = at ? 2 : group;
		vs_buffer_printf(out, "%s%.*s", at ? " " : "",
			(int)(group < count - at ? group : count - at), digits + at);
	}
}

/* How many digits of a Swedish number without its 0 are the area code. */
static size_t
area_code(const char *digits)
{
	if (*digits == '8')
		return 1;
	/* 0900 costs extra; Umeå's own numbers do not begin with 0. */
	if (strncmp(digits, "900", 3) == 0)
		return 3;
	return listed(three, sizeof three / sizeof *three, digits) ? 2 : 3;
}

static size_t
country_code(const char *digits)
{
	if (*digits == '1' || *digits == '7')
		return 1;
	return listed(two, sizeof two / sizeof *two, digits) ? 2 : 3;
}

static bool
is_e164(const char *text)
{
	size_t count = *text == '+' ? strspn(text + 1, "0123456789") : 0;
	return count >= E164_MIN && count <= E164_MAX && !text[count + 1] &&
		text[1] != '0';
}

static void
add_foreign(struct vs_buffer *out, const char *digits)
{
	size_t country = country_code(digits);
	const char *rest = digits + country;
	vs_buffer_printf(out, "+%.*s ", (int)country, digits);
	if (*digits == '1' && strlen(rest) == 10)
		vs_buffer_printf(out, "%.3s %.3s %s", rest, rest + 3, rest + 6);
	else
		add_groups(out, rest);
}

const char *
vs_phone_text(struct vs_arena *arena, const char *e164)
{
	char again[VS_PHONE_SIZE];
	struct vs_error ignored = { 0 };
	if (!is_e164(e164) || !vs_phone_parse(e164, again, &ignored) ||
		strcmp(again, e164) != 0)
		return vs_arena_text(arena, e164);
	struct vs_buffer out = { 0 };
	const char *digits = e164 + 1;
	if (strncmp(digits, "46", 2) == 0) {
		digits += 2;
		size_t area = area_code(digits);
		vs_buffer_printf(&out, "0%.*s-", (int)area, digits);
		add_groups(&out, digits + area);
	} else
		add_foreign(&out, digits);
	const char *text = vs_arena_copy(arena, out.data, out.length);
	vs_buffer_done(&out);
	return text;
}
