/* What stands in one cell of a list of people. */
#include "exchange/people.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

static bool
is_digits(const char *text, size_t count)
{
	return strspn(text, "0123456789") >= count;
}

/* A spreadsheet takes the first 0, or the +, of a number that has no hyphen. */
const char *
people_phone(struct vs_arena *arena, const char *cell)
{
	size_t length = strlen(cell);
	if (length == 9 && *cell == '7' && is_digits(cell, 9))
		return vs_arena_printf(arena, "0%s", cell);
	if (length == 11 && strncmp(cell, "467", 3) == 0 && is_digits(cell, 11))
		return vs_arena_printf(arena, "+%s", cell);
	return strncmp(cell, "tel:", 4) == 0 ? cell + 4 : cell;
}

bool
people_is_phone(struct vs_arena *arena, const char *cell)
{
	char text[VS_PHONE_SIZE];
	struct vs_error ignored = { 0 };
	return vs_phone_parse(people_phone(arena, cell), text, &ignored);
}

bool
people_is_email(const char *cell)
{
	const char *at = strchr(cell, '@');
	return at && at > cell && strchr(at, '.') && !strchr(at + 1, '@') &&
		!strchr(cell, ' ');
}

/* 20260413, 2026/04/13 and a clock time behind are all right; anything else as it is. */
const char *
people_date(struct vs_arena *arena, const char *cell)
{
	if (strlen(cell) == 8 && is_digits(cell, 8))
		return vs_arena_printf(arena, "%.4s-%.2s-%.2s", cell, cell + 4, cell + 6);
	char *date = vs_arena_text(arena, cell);
	if (strlen(date) < 10 || !is_digits(date, 4))
		return date;
	for (size_t i = 4; i <= 7; i += 3)
		if (date[i] == '/' || date[i] == '.')
			date[i] = '-';
	if (date[10] == ' ' || date[10] == 'T')
		date[10] = '\0';
	return date;
}

static bool
is_word(const char *folded, const char *words)
{
	const char *found = *folded ? strstr(words, folded) : NULL;
	size_t length = strlen(folded);
	for (; found; found = strstr(found + 1, folded))
		if (found[-1] == ' ' && found[length] == ' ')
			return true;
	return false;
}

const char *
people_membership(struct vs_arena *arena, const char *cell)
{
	const char *folded = vs_text_fold(arena, cell);
	if (is_word(folded, " ja j yes x 1 medlem aktiv betalande member active "))
		return "member";
	if (is_word(folded, " utträdd tidigare avslutad former inaktiv "))
		return "former";
	if (is_word(folded, " vän sympatisör stödmedlem friend intresserad "))
		return "friend";
	return is_word(folded, " nej n no 0 ") ? "" : cell;
}

const char *
people_boolean(struct vs_arena *arena, const char *cell)
{
	return strcmp(vs_text_fold(arena, cell), "x") == 0 ? "ja" : cell;
}

/* "Ström, Eva" is Eva Ström. */
const char *
people_whole_name(struct vs_arena *arena, const char *cell)
{
	const char *name = vs_text_clean(arena, cell), *comma = strchr(name, ',');
	if (!comma || comma == name || !comma[1] || strchr(comma + 1, ','))
		return name;
	return vs_text_clean(arena,
		vs_arena_printf(arena, "%s %.*s", comma + 1, (int)(comma - name), name));
}

#define WORDS_MAX 12

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of a name in order: first and last name may change places. */
const char *
people_name_key(struct vs_arena *arena, const char *name)
{
	char *words[WORDS_MAX], *word;
	size_t count = 0;
	char *rest = vs_arena_text(arena, vs_text_fold(arena, name));
	while ((word = strsep(&rest, " -,.")))
		if (*word && count < WORDS_MAX)
			words[count++] = word;
	qsort(words, count, sizeof *words, compare_words);
	const char *key = "";
	for (size_t i = 0; i < count; i++)
		key = vs_arena_printf(arena, "%s %s", key, words[i]);
	return key;
}

/* Personnummer -----------------------------------------------------------------------------*/

/* Month and day, which may have 60 added (samordningsnummer). */
static bool
is_day(const char *yymmdd)
{
	int month = (yymmdd[2] - '0') * 10 + yymmdd[3] - '0';
	int day = (yymmdd[4] - '0') * 10 + yymmdd[5] - '0';
	day -= day > 60 ? 60 : 0;
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* The last of ten digits checks the others. */
static bool
has_check_digit(const char ten[10])
{
	int sum = 0;
	for (int i = 0; i < 10; i++) {
		int value = (ten[i] - '0') * (i % 2 ? 1 : 2);
		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 == 0;
}

/* How many characters from here are a personnummer; 0: none. `bare`: also ten digits. */
static size_t
personnummer_length(const char *at, bool bare)
{
	char ten[10];
	size_t run = strspn(at, "0123456789");
	size_t century = run == 8 || run == 12 ? 2 : 0;
	size_t first = run - (run >= 10 ? 4 : 0), mark = run < 10;
	if (first != 6 + century || (mark && at[run] != '-' && at[run] != '+') ||
		!is_digits(at + first + mark, 4) ||
		isdigit((unsigned char)at[first + mark + 4]))
		return 0;
	if (century && strncmp(at, "19", 2) != 0 && strncmp(at, "20", 2) != 0)
		return 0;
	memcpy(ten, at + century, 6);
	memcpy(ten + 6, at + first + mark, 4);
	bool checked = has_check_digit(ten);
	/* A mobile number looks alike: 070123-4567. */
	if (!is_day(ten) ||
		(!century && !checked && (!mark || strncmp(at, "07", 2) == 0)) ||
		(!century && !mark && !bare))
		return 0;
	return first + mark + 4;
}

bool
people_is_personnummer(const char *cell)
{
	size_t length = personnummer_length(cell, true);
	return length && !cell[length];
}

bool
people_holds_personnummer(const char *cell)
{
	for (const char *at = cell; *at; at++)
		if (isdigit((unsigned char)*at) &&
			(at == cell || !isdigit((unsigned char)at[-1])) &&
			personnummer_length(at, false))
			return true;
	return false;
}

/* Kommun and association -------------------------------------------------------------------*/

/* "Kil", "Kils kommun", "1715". */
const char *
people_kommun(const struct people_file *file, const char *cell)
{
	struct vs_arena *arena = file->arena;
	const char *folded = vs_text_fold(arena, vs_text_clean(arena, cell));
	size_t length = strlen(folded), tail = strlen(" kommun");
	const char *code = names_get(&file->kommuner, folded);
	if (code || length <= tail || strcmp(folded + length - tail, " kommun") != 0)
		return code;
	char *stem = vs_arena_copy(arena, folded, length - tail);
	code = names_get(&file->kommuner, stem);
	if (!code && stem[strlen(stem) - 1] == 's') {
		stem[strlen(stem) - 1] = '\0';
		code = names_get(&file->kommuner, stem);
	}
	return code;
}

/* By its name, or by that of a kommun that has one. */
const char *
people_association(const struct people_file *file, const char *cell)
{
	const char *folded = vs_text_fold(file->arena, vs_text_clean(file->arena, cell));
	const char *number = names_get(&file->associations, folded);
	const char *kommun = number ? NULL : people_kommun(file, cell);
	return kommun ? names_get(&file->kommun_associations, kommun) : number;
}
