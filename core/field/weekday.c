/* Weekdays as people type and read them: "lör,sön", "mån-fre", "sat, sun", "6,7". */
#include "field/staff.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static const char *const swedish[] = { "mån", "tis", "ons", "tor", "fre", "lör", "sön" };

/* What a word may begin with; "to" and "ti" are Swedish calendars'. */
static const char *const words[][4] = {
	{ "mån", "man", "mon", "1" },
	{ "ti", "tue", "ti", "2" },
	{ "on", "wed", "on", "3" },
	{ "to", "thu", "to", "4" },
	{ "fr", "fri", "fr", "5" },
	{ "lö", "lor", "sat", "6" },
	{ "sö", "son", "sun", "7" },
};

/* 1-7, or 0. `length` bytes that are folded already. */
static int
day_of(const char *word, size_t length)
{
	for (int day = 0; day < 7; day++)
		for (int i = 0; i < 4; i++) {
			size_t least = strlen(words[day][i]);
			bool digit = i == 3;
			if (length >= least && memcmp(word, words[day][i], least) == 0 &&
				(!digit || length == 1))
				return day + 1;
		}
	return 0;
}

/* The days of "lör" or "mån-fre"; 0: neither. A span may pass Sunday: "fre-mån". */
static unsigned
days_of(const char *word, size_t length)
{
	size_t first = 0, rest;
	while (first < length && word[first] != '-')
		first++;
	int from = day_of(word, first), until = from;
	if (first < length) {
		rest = first + 1;
		until = day_of(word + rest, length - rest);
	}
	if (!from || !until)
		return 0;
	unsigned bits = 1u << from;
	for (int day = from; day != until; bits |= 1u << day)
		day = day % 7 + 1;
	return bits;
}

/* A dash of any length is a hyphen. */
static char *
plain(struct vs_arena *arena, const char *typed)
{
	char *text = vs_arena_text(arena, vs_text_fold(arena, typed)), *to = text;
	for (const char *from = text; *from;) {
		bool dash = strncmp(from, "–", 3) == 0 || strncmp(from, "—", 3) == 0;
		*to++ = dash ? '-' : *from;
		from += dash ? 3 : 1;
	}
	*to = '\0';
	return text;
}

bool
weekday_parse(const char *typed, unsigned *ret_bits, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	unsigned bits = 0;
	const char *at = plain(scratch.arena, typed);
	while (*(at += strspn(at, ", ;."))) {
		size_t length = strcspn(at, ", ;.");
		unsigned days = days_of(at, length);
		if (!days)
			return vs_fail(err, VS_INVALID,
				_("\"%s\" are no weekdays; write them as lör,sön or mån-fre"),
				typed);
		bits |= days;
		at += length;
	}
	*ret_bits = bits;
	return true;
}

const char *
weekday_text(struct vs_arena *arena, unsigned bits)
{
	const char *text = "";
	for (int day = 1; day <= 7; day++)
		if (bits & (1u << day))
			text = vs_arena_printf(arena, "%s%s%s", text, *text ? "," : "",
				swedish[day - 1]);
	return text;
}
