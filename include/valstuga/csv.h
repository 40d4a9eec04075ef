/*
 * CSV as it is found and as it should be written.
 *
 * In: separator `;` `,` or tab (found from the first line), UTF-8 with or without BOM,
 * otherwise Windows-1252; LF, CRLF or lone CR; fields in double quotes with doubled quotes,
 * line breaks inside quotes. Fields come out NFC-normalised only where they are not ASCII,
 * and trimmed of surrounding spaces (an empty value written as " " is empty).
 * Out: `;`, UTF-8 with BOM, CRLF, quoted where needed, and cells that a spreadsheet would
 * run as a formula neutralised by a leading apostrophe (ASVS 5.0 v5.0.0-1.2.10); the reader
 * takes that apostrophe off again.
 *
 * The apostrophe: a cell that begins with any number of apostrophes (none, mostly) and then
 * one of = + - @ tab CR is written with one more in front, and read with one less if it has
 * one. So "=1" travels as "'=1", "'=1" as "''=1", "'s-Hertogenbosch" unchanged, and every
 * text that has no spaces at its ends comes back as it was.
 */
#ifndef VALSTUGA_CSV_H
#define VALSTUGA_CSV_H

#include <valstuga/base.h>

#define VS_CSV_FIELDS_MAX 512

struct vs_csv;

/* Fields of one row; pointers borrowed until the reader's arena is freed. */
struct vs_csv_row {
	size_t line;  /* line in the file where the row starts, from 1 */
	size_t count; /* a trailing empty field after a last separator is kept */
	const char *const *fields; /* borrowed until the next vs_csv_next() */
};

enum vs_csv_encoding { VS_CSV_UTF8, VS_CSV_CP1252 };

/*
 * Starts reading `length` bytes; `name` (the file's name) is for messages. The bytes may be
 * changed in place; they and the arena must outlive the reader. Fails on an empty file, on
 * NUL bytes and on UTF-16, saying what to do, and on UTF-8 with a damaged character, naming
 * its line. A first line "sep=;" is obeyed and not a row. Reader: arena.
 */
VS_API VS_CHECKED struct vs_csv *vs_csv_open(struct vs_arena *arena, const char *name,
	char *bytes, size_t length, struct vs_error *err);

/*
 * Next row, empty lines skipped (a line of only "" is a row with one empty field). Returns false at the end (err->code stays VS_OK) and on an
 * error: an unclosed quote, text after a closing quote, more than VS_CSV_FIELDS_MAX fields.
 */
VS_API VS_CHECKED bool vs_csv_next(
	struct vs_csv *csv, struct vs_csv_row *ret_row, struct vs_error *err);

VS_API enum vs_csv_encoding vs_csv_encoding(const struct vs_csv *csv);
VS_API char vs_csv_separator(const struct vs_csv *csv);
VS_API const char *vs_csv_name(const struct vs_csv *csv);

/* Bytes consumed so far and in all, for progress. */
VS_API size_t vs_csv_position(const struct vs_csv *csv, size_t *ret_total);

/* Writing: begin (BOM), then fields, then the end of each row. */
VS_API void vs_csv_begin(struct vs_buffer *out);
VS_API void vs_csv_field(struct vs_buffer *out, const char *text); /* NULL = empty */
VS_API void vs_csv_number(
	struct vs_buffer *out, const char *number); /* never neutralised */
VS_API void vs_csv_end_row(struct vs_buffer *out);

#endif
