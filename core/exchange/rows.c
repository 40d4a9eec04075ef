/* Rows of a file, CSV or JSON, as one source. */
#include "exchange/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/csv.h>

#include "base/i18n.h"
#include "exchange/geojson.h"
#include "exchange/model.h"

#define PROGRESS_EVERY 2048 /* rows */
#define JSON_HEADS_MAX 512

static bool
open_csv(struct rows *rows, char *bytes, size_t length, struct vs_error *err)
{
	struct vs_csv_row row;
	rows->open_end = bytes[length - 1] != '\n' && bytes[length - 1] != '\r';
	rows->csv = vs_csv_open(rows->run->arena, rows->name, bytes, length, err);
	if (!rows->csv)
		return false;
	if (vs_csv_encoding(rows->csv) == VS_CSV_CP1252)
		rows->run->tally.encoding = "Windows-1252";
	if (!vs_csv_next(rows->csv, &row, err))
		return err->code != VS_OK ||
			vs_fail(err, VS_INVALID,
				_("%s holds no rows; fetch the file again"), rows->name);
	const char **heads = vs_arena_alloc(rows->run->arena, row.count * sizeof *heads);
	rows->heads = heads;
	for (size_t i = 0; i < row.count; i++) {
		heads[i] = codes_clean(rows->run->arena, row.fields[i]);
		if (*heads[i])
			rows->head_count = i + 1;
	}
	return true;
}

/* Where each object of the outermost array begins; the text is known to be JSON. */
static void
find_lines(struct rows *rows, const char *bytes, size_t length)
{
	size_t line = 1, depth = 0, count = 0;
	bool quoted = false;
	size_t *lines = vs_arena_alloc(
		rows->run->arena, (json_array_size(rows->array) + 1) * sizeof *lines);
	rows->run->tally.lines = lines;
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\n')
			line++;
		if (quoted && bytes[i] == '\\')
			i++;
		else if (bytes[i] == '"')
			quoted = !quoted;
		else if (!quoted && (bytes[i] == '[' || bytes[i] == '{') && depth++ == 1)
			lines[count++] = line;
		else if (!quoted && (bytes[i] == ']' || bytes[i] == '}'))
			depth--;
	}
}

/* Every key that any object has, in the order of first appearance. */
static bool
gather_heads(struct rows *rows, struct vs_error *err)
{
	struct names seen = { .arena = rows->run->arena };
	const char **heads =
		vs_arena_alloc(rows->run->arena, JSON_HEADS_MAX * sizeof *heads);
	size_t i;
	json_t *object, *value;
	const char *key;
	json_array_foreach (rows->array, i, object) {
		if (!json_is_object(object))
			return vs_fail(err, VS_INVALID,
				_("%s, record %zu: not an object with named values; the program reads "
				  "the authority's lists of places"),
				rows->name, i + 1);
		json_object_foreach (object, key, value)
			if (!names_get(&seen, key)) {
				if (rows->head_count == JSON_HEADS_MAX)
					return vs_fail(err, VS_INVALID,
						_("%s: more than %d different names; check that it is the "
						  "right file"),
						rows->name, JSON_HEADS_MAX);
				names_put(&seen, key, object);
				heads[rows->head_count++] = key;
			}
	}
	rows->heads = heads;
	return true;
}

static bool
open_json(struct rows *rows, const char *bytes, size_t length, struct vs_error *err)
{
	json_error_t at;
	rows->array = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &at);
	if (!rows->array)
		return vs_fail(err, VS_INVALID,
			_("%s, line %d, column %d: not valid JSON (%.200s); fetch the file again"),
			rows->name, at.line, at.column, at.text);
	json_array_append_new(rows->run->model->keep, rows->array);
	if (!json_is_array(rows->array) || json_array_size(rows->array) == 0)
		return vs_fail(err, VS_INVALID,
			_("%s holds no list of records; the program reads the authority's lists of "
			  "places"),
			rows->name);
	if (!gather_heads(rows, err))
		return false;
	find_lines(rows, bytes, length);
	rows->json_fields =
		vs_arena_alloc(rows->run->arena, (rows->head_count + 1) * sizeof(char *));
	rows->fields = rows->json_fields;
	return true;
}

/* What people send by mistake, told by its first bytes. */
static bool
refuse_foreign(
	const struct rows *rows, const char *bytes, size_t length, struct vs_error *err)
{
	if (length >= 4 && memcmp(bytes, "PK\3\4", 4) == 0)
		return vs_fail(err, VS_INVALID,
			_("%s is a ZIP archive or an Excel file; unpack it, or save it as \"CSV "
			  "UTF-8\" from the spreadsheet"),
			rows->name);
	if (length >= 5 && memcmp(bytes, "%PDF-", 5) == 0)
		return vs_fail(err, VS_INVALID,
			_("%s is a PDF; fetch the same data as CSV or JSON"), rows->name);
	if (length >= 16 && memcmp(bytes, "SQLite format 3", 16) == 0)
		return vs_fail(err, VS_INVALID,
			_("%s is a database, perhaps a campaign file; give a CSV or JSON file"),
			rows->name);
	return true;
}

bool
rows_open(struct rows *rows, struct import *run, const char *name, char *bytes,
	size_t length, struct vs_error *err)
{
	*rows = (struct rows){ .run = run, .name = name };
	size_t at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	for (; at < length && strchr(" \t\r\n", bytes[at]) && bytes[at]; at++)
		;
	if (at == length)
		return vs_fail(err, VS_INVALID,
			_("%s is empty; fetch the file again, or check that it was saved"),
			name);
	if (!refuse_foreign(rows, bytes, length, err))
		return false;
	if (geojson_is(bytes + at, length - at)) {
		rows->borders = bytes + at;
		rows->border_bytes = length - at;
		return true;
	}
	if (bytes[at] == '[' || bytes[at] == '{')
		return open_json(rows, bytes + at, length - at, err);
	return open_csv(rows, bytes, length, err);
}

static const char *
json_text(struct rows *rows, const json_t *value)
{
	switch (value ? json_typeof(value) : JSON_NULL) {
	case JSON_STRING:
		return json_string_value(value);
	case JSON_INTEGER:
		return vs_arena_printf(rows->run->arena, "%" JSON_INTEGER_FORMAT,
			json_integer_value(value));
	case JSON_REAL:
		return vs_arena_printf(rows->run->arena, "%.12g", json_real_value(value));
	case JSON_TRUE:
		return "J";
	case JSON_FALSE:
		return "N";
	case JSON_OBJECT:
	case JSON_ARRAY:
		return "?";
	case JSON_NULL:
		break;
	}
	return "";
}

static bool
next_json(struct rows *rows)
{
	if (rows->next == json_array_size(rows->array))
		return false;
	const json_t *object = json_array_get(rows->array, rows->next);
	rows->line = ++rows->next;
	for (size_t i = 0; i < rows->head_count; i++)
		rows->json_fields[i] =
			json_text(rows, json_object_get(object, rows->heads[i]));
	return true;
}

bool
rows_refuse(struct rows *rows, size_t line, const char *field, const char *todo,
	struct vs_error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *said = tally_say(format, args);
	va_end(args);
	const char *where = tally_where(rows->run, line);
	if (!rows->own)
		tally_refuse(rows->run, line, field, todo, "%s", said);
	else if (field)
		vs_fail(err, VS_INVALID,
			_("%s, %s, field %s: %s; %s; nothing was imported"), rows->name,
			where, field, said, todo);
	else
		vs_fail(err, VS_INVALID, _("%s, %s: %s; %s; nothing was imported"),
			rows->name, where, said, todo);
	free(said);
	return !rows->own;
}

/* More cells than heads: fine while they are empty. */
static bool
has_surplus(const struct rows *rows, const struct vs_csv_row *row)
{
	for (size_t i = rows->head_count; i < row->count; i++)
		if (*row->fields[i])
			return true;
	return false;
}

static bool
check_width(struct rows *rows, const struct vs_csv_row *row, bool *ret_usable,
	struct vs_error *err)
{
	size_t total;
	bool last = vs_csv_position(rows->csv, &total) == total && rows->open_end;
	*ret_usable = false;
	if (row->count < rows->head_count && last)
		return vs_fail(err, VS_INVALID,
			_("%s, line %zu: the file ends in the middle of a row (%zu fields of %zu); "
			  "nothing was imported, fetch the file again"),
			rows->name, row->line, row->count, rows->head_count);
	if (row->count < rows->head_count)
		return rows_refuse(rows, row->line, NULL,
			_("correct the row, or fetch the file again"), err,
			_("fewer fields (%zu) than heads (%zu)"), row->count,
			rows->head_count);
	if (has_surplus(rows, row))
		return rows_refuse(rows, row->line, NULL,
			_("put fields that hold a separator in quotation marks"), err,
			_("more fields (%zu) than heads (%zu)"), row->count,
			rows->head_count);
	/* The authority's files always end in one; spreadsheets and editors differ. */
	if (last)
		tally_problem(rows->run, rows->own ? SEVERITY_NOTICE : SEVERITY_WARNING,
			row->line, NULL, _("check that the file was fetched to its end"),
			_("the last line does not end in a line break"));
	*ret_usable = true;
	return true;
}

static bool
next_csv(struct rows *rows, struct vs_error *err)
{
	struct vs_csv_row row;
	while (vs_csv_next(rows->csv, &row, err)) {
		bool usable = row.count == rows->head_count && !rows->open_end;
		if (!usable && !check_width(rows, &row, &usable, err))
			return false;
		rows->line = row.line;
		rows->fields = row.fields;
		if (usable)
			return true;
		rows->run->tally.rows++;
	}
	return false;
}

static void
tell_progress(struct rows *rows)
{
	const struct vs_import_options *options = rows->run->options;
	size_t total = rows->array ? json_array_size(rows->array) : 0;
	size_t done = rows->csv ? vs_csv_position(rows->csv, &total) : rows->next;
	options->progress(rows->name, done, total, options->context);
}

bool
rows_next(struct rows *rows, struct vs_error *err)
{
	if (rows->csv ? !next_csv(rows, err) : !next_json(rows))
		return false;
	if (++rows->run->tally.rows % PROGRESS_EVERY == 0 && rows->run->options->progress)
		tell_progress(rows);
	return true;
}

const char *
rows_cell(const struct rows *rows, size_t head)
{
	return codes_clean(rows->run->arena, rows->fields[head]);
}

const char *
rows_get(const struct rows *rows, enum column column)
{
	return rows->at[column] < 0 ? "" : rows_cell(rows, (size_t)rows->at[column]);
}

json_t *
rows_json(const struct rows *rows, size_t head)
{
	return rows->array ? json_object_get(json_array_get(rows->array, rows->next - 1),
				     rows->heads[head])
			   : NULL;
}

bool
rows_has(const struct rows *rows, enum column column)
{
	return rows->at[column] >= 0;
}

const char *
rows_head(const struct rows *rows, enum column column)
{
	return rows->at[column] < 0 ? NULL : rows->heads[rows->at[column]];
}
