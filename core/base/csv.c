/*
 * Reading CSV in one pass and in place: fields are cut out of the bytes by writing NUL where
 * they end, so that a row costs no allocation.
 */
#include <valstuga/csv.h>

#include <string.h>
#include <strings.h>

#include "base/csv_parts.h"
#include "base/i18n.h"
#include "base/text_parts.h"
#include "base/words.h"
#include <valstuga/text.h>

struct vs_csv {
	struct vs_arena *arena;
	const char *name;
	char *start; /* of what was given or of its conversion */
	char *at;
	char *end;
	size_t line;
	enum vs_csv_encoding encoding;
	char separator;
	bool is_nfc;	 /* the whole file: no field need be looked at */
	bool stops[256]; /* what ends a field without quotes */
	const char *fields[VS_CSV_FIELDS_MAX];
};

static bool
is_break(char c)
{
	return c == '\n' || c == '\r';
}

/* The byte after the line break at `at`. */
static char *
skip_break(char *at, const char *end)
{
	return at + (*at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1);
}

static size_t
line_of(const char *bytes, size_t at)
{
	size_t line = 1;
	for (size_t i = 0; i < at; i++)
		line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
	return line;
}

static bool
starts_with(const char *bytes, size_t length, const char *start, size_t start_length)
{
	return length >= start_length && memcmp(bytes, start, start_length) == 0;
}

/* Refuses what is no text at all, with advice for the usual mistakes. */
static bool
check_kind(const char *name, const char *bytes, size_t length, bool has_mark,
	struct vs_error *err)
{
	if (length == 0)
		return vs_fail(err, VS_INVALID,
			_("%s is empty; check that it was saved or downloaded to the end"),
			name);
	if (starts_with(bytes, length, "\xff\xfe", 2) ||
		starts_with(bytes, length, "\xfe\xff", 2))
		return vs_fail(err, VS_INVALID,
			_("%s is written in UTF-16; open it in the spreadsheet and save it as "
			  "\"CSV UTF-8\""),
			name);
	if (!has_mark &&
		(starts_with(bytes, length, "PK\3\4", 4) ||
			starts_with(bytes, length, "\xd0\xcf\x11\xe0", 4)))
		return vs_fail(err, VS_INVALID,
			_("%s is a spreadsheet or an archive, not CSV; open it and save it as "
			  "\"CSV UTF-8\""),
			name);
	if (memchr(bytes, '\0', length))
		return vs_fail(err, VS_INVALID,
			_("%s is not a text file; open it in the program it was made with and "
			  "save it as \"CSV UTF-8\""),
			name);
	return true;
}

/* Characters of several bytes that are right, and bytes that are not. */
static void
weigh(const char *bytes, size_t length, size_t *ret_right, size_t *ret_wrong)
{
	*ret_right = *ret_wrong = 0;
	while (length && *ret_wrong < *ret_right + 1000) { /* then it is clear */
		size_t good = length, bad;
		if (!vs_text_check(bytes, length, &bad))
			good = bad;
		for (size_t i = 0; i < good; i++)
			*ret_right += (unsigned char)bytes[i] >= 0xc0;
		if (good == length)
			break;
		++*ret_wrong;
		bytes += good + 1;
		length -= good + 1;
	}
}

/*
 * UTF-8 if it is, else Windows-1252. In the latter hardly any two bytes look like UTF-8 by
 * chance, so a file where at least half of them do is UTF-8 that something has damaged.
 */
static bool
decode(struct vs_csv *csv, bool has_mark, struct vs_error *err)
{
	size_t length = (size_t)(csv->end - csv->at), bad;
	if (vs_text_check(csv->at, length, &bad)) {
		csv->is_nfc = text_is_plainly_nfc(csv->at, length);
		return true;
	}
	size_t right, wrong;
	weigh(csv->at, length, &right, &wrong);
	if (has_mark || right >= wrong)
		return vs_fail(err, VS_INVALID,
			_("%s, line %zu: a character cannot be read; the file is damaged or "
			  "was saved in two encodings; fetch it again or save it as "
			  "\"CSV UTF-8\""),
			csv->name, line_of(csv->at, bad));
	csv->encoding = VS_CSV_CP1252;
	csv->is_nfc = true; /* every character of the code page is */
	csv->start = csv->at = vs_text_from_cp1252(csv->arena, csv->at, length, &length);
	csv->end = csv->at + length;
	return true;
}

/* "sep=;" on the first line is advice to a spreadsheet, not data. */
static bool
take_advice(struct vs_csv *csv)
{
	if (csv->end - csv->at < 5 || strncasecmp(csv->at, "sep=", 4) != 0 ||
		!strchr(";,\t", csv->at[4]))
		return false;
	if (csv->end - csv->at > 5 && !is_break(csv->at[5]))
		return false;
	csv->separator = csv->at[4];
	csv->at += 5;
	if (csv->at < csv->end)
		csv->at = skip_break(csv->at, csv->end);
	csv->line++;
	return true;
}

/* A header may have commas in its words, hardly ever tabs or semicolons. */
static char
find_separator(const struct vs_csv *csv)
{
	const char *at = csv->at;
	while (at < csv->end && (is_break(*at) || *at == ' '))
		at++;
	bool quoted = false, field_start = true, tab = false, comma = false;
	for (; at < csv->end && (quoted || !is_break(*at)); at++) {
		if (*at == '"' && (quoted || field_start)) {
			quoted = !quoted;
			/* A doubled quote opens again at once. */
			field_start = !quoted;
			continue;
		}
		if (quoted)
			continue;
		if (*at == ';')
			return ';';
		tab = tab || *at == '\t';
		comma = comma || *at == ',';
		field_start = *at == '\t' || *at == ',';
	}
	return tab ? '\t' : comma ? ',' : ';';
}

struct vs_csv *
vs_csv_open(struct vs_arena *arena, const char *name, char *bytes, size_t length,
	struct vs_error *err)
{
	bool has_mark = starts_with(bytes, length, "\xef\xbb\xbf", 3);
	size_t mark = has_mark ? 3 : 0;
	if (!check_kind(name, bytes + mark, length - mark, has_mark, err))
		return NULL;
	struct vs_csv *csv = vs_arena_alloc(arena, sizeof *csv);
	csv->arena = arena;
	csv->name = vs_arena_text(arena, name);
	csv->start = bytes;
	csv->at = bytes + mark;
	csv->end = bytes + length;
	csv->line = 1;
	if (!decode(csv, has_mark, err))
		return NULL;
	if (!take_advice(csv))
		csv->separator = find_separator(csv);
	csv->stops['\n'] = csv->stops['\r'] = true;
	csv->stops[(unsigned char)csv->separator] = true;
	return csv;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_no_break_space(const char *at)
{
	return at[0] == '\xc2' && at[1] == '\xa0';
}

/* Blanks and no-break spaces off both ends. A character kept by its apostrophe stays. */
static char *
trim(char *from, char **to)
{
	char *end = *to;
	while (from < end) {
		if (is_blank(*from))
			from++;
		else if (end - from >= 2 && is_no_break_space(from))
			from += 2;
		else
			break;
	}
	char *keep = from;
	if (from < end && *from == '\'' && csv_is_formula(from, end)) {
		keep = ++from;
		while (*keep == '\'')
			keep++;
		keep++;
	}
	while (end > keep) {
		if (is_blank(end[-1]))
			end--;
		else if (end - keep >= 2 && is_no_break_space(end - 2))
			end -= 2;
		else
			break;
	}
	*to = end;
	return from;
}

/* True when trim() surely has nothing to do: all it looks for is sorted out here. */
static bool
is_trim(const char *from, const char *to)
{
	unsigned char first = (unsigned char)*from, last = (unsigned char)to[-1];
	return first > ' ' && first != '\'' && first != 0xc2 && last > ' ' &&
		last != 0xa0;
}

/* The field between the two, as a text of its own. */
static const char *
finish(struct vs_csv *csv, char *from, char *to)
{
	if (from < to && !is_trim(from, to))
		from = trim(from, &to);
	size_t length = (size_t)(to - from);
	if (!csv->is_nfc && !text_is_plainly_nfc(from, length))
		return text_nfc(csv->arena, from, length, &length);
	if (to == csv->end) /* no room for the NUL */
		return vs_arena_copy(csv->arena, from, length);
	*to = '\0';
	return from;
}

static bool
stop(struct vs_csv *csv)
{
	csv->at = csv->end;
	return false;
}

/* The text between quotes, doubled ones made single; `at` ends up after the last quote. */
static bool
read_quoted(struct vs_csv *csv, char **ret_from, char **ret_to, struct vs_error *err)
{
	size_t line = csv->line;
	char *at = csv->at + 1, *to = at;
	*ret_from = at;
	for (;; at++) {
		if (at == csv->end) {
			vs_fail(err, VS_INVALID,
				_("%s, line %zu: a quotation mark opens a field here and is "
				  "never closed; close it or remove it"),
				csv->name, line);
			return stop(csv);
		}
		if (*at == '"') {
			if (at + 1 == csv->end || at[1] != '"')
				break;
			at++;
		} else if (*at == '\n') {
			csv->line += at[-1] != '\r';
		} else if (*at == '\r') {
			csv->line++;
		}
		*to++ = *at;
	}
	*ret_to = to;
	for (at++; at < csv->end && is_blank(*at) && *at != csv->separator; at++)
		;
	csv->at = at;
	if (at == csv->end || csv->stops[(unsigned char)*at])
		return true;
	vs_fail(err, VS_INVALID,
		_("%s, line %zu: text after a closing quotation mark; put the whole field in "
		  "quotation marks and double those inside it"),
		csv->name, csv->line);
	return stop(csv);
}

/* Where the field without quotes at `at` ends. */
static char *
find_stop(const struct vs_csv *csv, char *at)
{
	unsigned char separator = (unsigned char)csv->separator;
	char *end = csv->end;
	for (; end - at >= 8; at += 8) {
		uint64_t word = word_load(at);
		uint64_t marks = word_equal(word, separator) | word_equal(word, '\n') |
			word_equal(word, '\r');
		if (marks)
			return at + word_first(marks);
	}
	while (at < end && !csv->stops[(unsigned char)*at])
		at++;
	return at;
}

/* Reads one field and what ends it; *ret_more tells whether the row goes on. */
static bool
read_field(
	struct vs_csv *csv, const char **ret_field, bool *ret_more, struct vs_error *err)
{
	char *from, *to;
	if (csv->at == csv->end || *csv->at != '"') {
		from = csv->at;
		to = csv->at = find_stop(csv, from);
	} else if (!read_quoted(csv, &from, &to, err)) {
		return false;
	}
	char *mark = csv->at;
	*ret_more = mark < csv->end && *mark == csv->separator;
	if (*ret_more) {
		csv->at++;
	} else if (mark < csv->end) {
		csv->at = skip_break(mark, csv->end);
		csv->line++;
	}
	*ret_field = finish(csv, from, to);
	return true;
}

bool
vs_csv_next(struct vs_csv *csv, struct vs_csv_row *ret_row, struct vs_error *err)
{
	while (csv->at < csv->end) {
		size_t count = 0, line = csv->line;
		bool more = true, quoted = *csv->at == '"';
		while (more) {
			if (count == VS_CSV_FIELDS_MAX) {
				vs_fail(err, VS_INVALID,
					_("%s, line %zu: more than %d fields; check that it is "
					  "the right file"),
					csv->name, line, VS_CSV_FIELDS_MAX);
				return stop(csv);
			}
			if (!read_field(csv, &csv->fields[count++], &more, err))
				return false;
		}
		if (count == 1 && !quoted && !*csv->fields[0])
			continue;
		ret_row->line = line;
		ret_row->count = count;
		ret_row->fields = csv->fields;
		return true;
	}
	return false;
}

enum vs_csv_encoding
vs_csv_encoding(const struct vs_csv *csv)
{
	return csv->encoding;
}

char
vs_csv_separator(const struct vs_csv *csv)
{
	return csv->separator;
}

const char *
vs_csv_name(const struct vs_csv *csv)
{
	return csv->name;
}

size_t
vs_csv_position(const struct vs_csv *csv, size_t *ret_total)
{
	*ret_total = (size_t)(csv->end - csv->start);
	return (size_t)(csv->at - csv->start);
}
