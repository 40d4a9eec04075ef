/* Values as the authority writes them, brought into our form. */
#include "exchange/exchange.h"

#include <string.h>

#include <valstuga/text.h>

#include "exchange/model.h"

static bool
is_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

/* Leading zeros restored; NULL when it is no number or too long. */
const char *
codes_pad(struct vs_arena *arena, const char *digits, size_t width)
{
	size_t length = strlen(digits);
	if (!is_digits(digits) || length > width)
		return NULL;
	if (length == width)
		return digits;
	char *padded = vs_arena_alloc(arena, width + 1);
	memset(padded, '0', width);
	memcpy(padded + width - length, digits, length);
	return padded;
}

/* From LÄNSKOD and KOMMUNKOD, the latter with two digits or with the four of both. */
const char *
codes_kommun(struct vs_arena *arena, const char *lan, const char *kommun)
{
	if (strlen(kommun) > 2 || !*lan)
		return codes_pad(arena, kommun, 4);
	const char *first = codes_pad(arena, lan, 2), *last = codes_pad(arena, kommun, 2);
	if (!first || !last)
		return NULL;
	char *code = vs_arena_alloc(arena, 5);
	memcpy(code, first, 2);
	memcpy(code + 2, last, 2);
	return code;
}

/* YYYY-MM-DD, a day that exists; a time of midnight after it is allowed for. */
bool
codes_is_date(const char *text)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	for (size_t i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
			return false;
	int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 +
		text[3] - '0';
	int month = (text[5] - '0') * 10 + text[6] - '0';
	int day = (text[8] - '0') * 10 + text[9] - '0';
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
		day > days[month - 1] + (month == 2 && leap))
		return false;
	return text[10] == '\0' || strcmp(text + 10, " 00:00:00") == 0 ||
		strcmp(text + 10, "T00:00:00") == 0;
}

bool
codes_count(const char *text, int64_t *ret_value)
{
	int64_t value = 0;
	size_t i = 0;
	*ret_value = -1;
	if (!*text)
		return true;
	for (; text[i] >= '0' && text[i] <= '9' && i < 15; i++)
		value = value * 10 + text[i] - '0';
	bool plain = i > 0;
	if (plain && (text[i] == '.' || text[i] == ',') && text[i + 1])
		i += 1 + strspn(text + i + 1, "0");
	if (!plain || text[i]) {
		if (!vs_text_to_integer(text, &value) || value < 0 ||
			value > 1000000000000)
			return false;
	}
	*ret_value = value;
	return true;
}

/* What folds to itself or by one bit: ASCII and the letters of Latin-1. */
static bool
fold_simple(char *to, const char *text)
{
	for (; *text; text++, to++) {
		unsigned char c = (unsigned char)*text;
		if (c < 0x80) {
			*to = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
			continue;
		}
		unsigned char next = (unsigned char)text[1];
		if (c != 0xc3 || next == 0x9f || next == 0x97)
			return false;
		*to++ = *text++;
		*to = (char)(next < 0x9f ? next + 0x20 : next);
	}
	return true;
}

const char *
codes_fold(struct vs_arena *arena, const char *text)
{
	char *folded = vs_arena_alloc(arena, strlen(text) + 1);
	return fold_simple(folded, text) ? folded : vs_text_fold(arena, text);
}

/* Most cells are clean already: trimmed, single spaces, no odd blanks. */
const char *
codes_clean(struct vs_arena *arena, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	if (!*at)
		return text;
	if (*at == ' ')
		return vs_text_clean(arena, text);
	for (; *at; at++)
		if (*at < 0x20 || *at == 0x7f ||
			(*at == ' ' && (at[1] == ' ' || !at[1])) ||
			(*at == 0xc2 && at[1] < 0xa1) || *at >= 0xcc)
			return vs_text_clean(arena, text);
	return text;
}

const char *
codes_limit(struct vs_arena *arena, const char *text, size_t characters)
{
	if (strlen(text) <= characters)
		return text;
	size_t end = 0;
	for (size_t count = 0; text[end]; end++)
		if (((unsigned char)text[end] & 0xc0) != 0x80 && count++ == characters)
			break;
	return text[end] ? vs_arena_copy(arena, text, end) : text;
}

const char *
codes_kind(const char *text)
{
	static const char *const kinds[][2] = { { "KF", "KF" }, { "RF", "RF" },
		{ "RD", "RD" }, { "EP", "EP" }, { "K", "KF" }, { "L", "RF" },
		{ "R", "RD" }, { "E", "EP" }, { "EU", "EP" } };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(text, kinds[i][0]) == 0)
			return kinds[i][1];
	return NULL;
}

static bool
national_area(
	struct import *run, const char *kind, const char *code, const char **ret_code)
{
	if (strcmp(kind, "EP") == 0) {
		*ret_code = "00";
		return true;
	}
	*ret_code = codes_pad(run->arena, code, 2);
	return *ret_code != NULL;
}

/*
 * RD 00/21, EP 00/00, RF 17/1700, KF 1780/178000. The files write the constituency as "00"
 * or nothing (undivided), as its two last digits, or whole.
 */
bool
codes_area(struct import *run, const char *kind, const char *area, const char *code,
	const char **ret_area, const char **ret_code)
{
	if (kind[0] == 'E' || strcmp(kind, "RD") == 0) {
		*ret_area = "00";
		return national_area(run, kind, code, ret_code);
	}
	size_t width = kind[0] == 'R' ? 2 : 4;
	*ret_area = codes_pad(run->arena, area, width);
	if (!*ret_area)
		return false;
	const char *last = *code ? code : "00";
	if (strlen(last) > 2) {
		*ret_code = codes_pad(run->arena, last, width + 2);
		return *ret_code && strncmp(*ret_code, *ret_area, width) == 0;
	}
	last = codes_pad(run->arena, last, 2);
	if (!last)
		return false;
	char *whole = vs_arena_alloc(run->arena, width + 3);
	memcpy(whole, *ret_area, width);
	memcpy(whole + width, last, 3);
	*ret_code = whole;
	return true;
}

bool
codes_wanted(struct import *run, const char *kind, const char *area, const char *code)
{
	if (!vs_kinds_include(run->campaign.kinds, kind))
		return false;
	if (run->options->all || kind[0] == 'E')
		return true;
	const struct kommun *kommun;
	if (kind[0] == 'K')
		return (kommun = names_get(&run->model->kommuner, area)) &&
			kommun->in_district;
	const struct names *wanted = kind[1] == 'D' ? &run->model->riksdag_wanted
						    : &run->model->regions_wanted;
	return names_get(wanted, kind[1] == 'D' ? code : area) != NULL;
}
