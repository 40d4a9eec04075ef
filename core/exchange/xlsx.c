/* A table as a workbook. It is made in memory, so personal data passes no other file. */
#include "exchange/xlsx.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <valstuga/date.h>
#include <valstuga/spreadsheet.h>
#include <valstuga/text.h>

#include "base/i18n.h"
#include "record/record.h"

#define ROWS_MAX	1048575 /* beside the head */
#define COLUMNS_MAX	16384
#define CHARACTERS_MAX	32767
#define WIDTH_MIN	6
#define WIDTH_MAX	50
#define ROWS_MEASURED	1000 /* for a column's width */
#define SHEET_NAME_MAX	31
#define PROPERTY_MAX	255
#define A4		9
#define DAYS_TO_1970	25569 /* a spreadsheet counts days from 1899-12-30 */
#define SECONDS_PER_DAY 86400.0

enum kind { TEXT, INTEGER, ID, REAL, MONEY, DATE, TIME, MOMENT, BOOLEAN, KIND_COUNT };

static const struct {
	const char *type;
	const char *format; /* NULL: none */
	int width;	    /* of its values; 0: measured */
} kinds[KIND_COUNT] = {
	[TEXT] = { "text", "@", 0 },
	[INTEGER] = { "integer", "#,##0", 10 },
	[ID] = { "id", "0", 7 },
	[REAL] = { "real", NULL, 11 },
	[MONEY] = { "money", "#,##0.00", 13 },
	[DATE] = { "date", "yyyy-mm-dd", 11 },
	[TIME] = { "time", "[hh]:mm", 7 },
	[MOMENT] = { "moment", "yyyy-mm-dd hh:mm", 17 },
	[BOOLEAN] = { "boolean", NULL, 0 },
};

struct book {
	struct xlsx_library library;
	struct vs_arena *arena;
	lxw_worksheet *sheet;
	lxw_format *formats[KIND_COUNT];
	lxw_error status; /* the first one */
};

static void
note(struct book *book, lxw_error status)
{
	if (book->status == LXW_NO_ERROR)
		book->status = status;
}

static enum kind
kind_of(const json_t *column)
{
	const char *type = record_string(column, "type");
	for (int i = 0; type && i < KIND_COUNT; i++)
		if (strcmp(kinds[i].type, type) == 0)
			return (enum kind)i;
	return TEXT;
}

static const char *
label_of(const json_t *column)
{
	const char *label = record_string(column, "label");
	return label ? label : record_string(column, "name");
}

/* A moment as a spreadsheet counts: days, on the Swedish clock. */
static double
serial_moment(int64_t utc)
{
	struct vs_local local = vs_local_from_utc(utc);
	double seconds = local.hour * 3600 + local.minute * 60 + local.second;
	return (double)(vs_date_to_days(local.date) + DAYS_TO_1970) +
		seconds / SECONDS_PER_DAY;
}

/* The number that stands in the cell, if it is one. */
static bool
number_of(enum kind kind, const json_t *value, double *ret_number)
{
	struct vs_error ignored = { 0 };
	struct vs_date date;
	if (kind == DATE && json_is_string(value) &&
		vs_date_parse(json_string_value(value), &date, &ignored)) {
		int64_t days = vs_date_to_days(date) + DAYS_TO_1970;
		*ret_number = (double)days;
		return days > 60; /* before March 1900 they count wrongly */
	}
	if (!json_is_number(value) || kind == TEXT)
		return false;
	*ret_number = json_number_value(value);
	if (kind == MONEY)
		*ret_number /= 100;
	else if (kind == TIME)
		*ret_number /= 24 * 60;
	else if (kind == MOMENT)
		*ret_number = serial_moment(json_integer_value(value));
	return true;
}

/* What stands in the cell as text; "" for nothing. `room` is for a number's digits. */
static const char *
text_of(const json_t *value, char room[32])
{
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_boolean(value))
		return json_is_true(value) ? _("yes") : _("no");
	if (json_is_integer(value))
		snprintf(room, 32, "%lld", (long long)json_integer_value(value));
	else if (json_is_real(value))
		snprintf(room, 32, "%.15g", json_real_value(value));
	else
		return "";
	return room;
}

static void
write_cell(struct book *book, lxw_row_t row, lxw_col_t column, enum kind kind,
	const json_t *value)
{
	double number;
	if (number_of(kind, value, &number)) {
		note(book,
			book->library.write_number(
				book->sheet, row, column, number, book->formats[kind]));
		return;
	}
	char room[32];
	const char *text = text_of(value, room);
	if (*text)
		note(book,
			book->library.write_string(
				book->sheet, row, column, text, book->formats[TEXT]));
}

/* As wide as the head with its filter's button, and the widest of the first texts. */
static double
width_of(const json_t *column, const json_t *rows)
{
	char room[32];
	const json_t *given = json_object_get(column, "width");
	if (json_is_number(given))
		return json_number_value(given);
	enum kind kind = kind_of(column);
	size_t widest = vs_text_columns(label_of(column)) + 3, i;
	json_t *row;
	if (kinds[kind].width > (int)widest)
		widest = (size_t)kinds[kind].width;
	json_array_foreach (rows, i, row) {
		if (i == ROWS_MEASURED || kinds[kind].width)
			break;
		size_t wide = vs_text_columns(text_of(
			json_object_get(row, record_string(column, "name")), room));
		widest = wide + 1 > widest ? wide + 1 : widest;
	}
	if (widest > WIDTH_MAX)
		return WIDTH_MAX;
	return widest < WIDTH_MIN ? WIDTH_MIN : (double)widest;
}

static void
write_head(struct book *book, const json_t *columns, const json_t *rows, lxw_format *bold)
{
	size_t i;
	json_t *column;
	json_array_foreach (columns, i, column) {
		lxw_col_t at = (lxw_col_t)i;
		note(book,
			book->library.set_column(
				book->sheet, at, at, width_of(column, rows), NULL));
		note(book,
			book->library.write_string(
				book->sheet, 0, at, label_of(column), bold));
	}
}

/* Row by row: the library remembers where the last row is. */
static void
write_rows(struct book *book, const json_t *columns, const json_t *rows)
{
	size_t i, count = json_array_size(columns);
	enum kind *kind = vs_arena_alloc(book->arena, count * sizeof *kind);
	const char **name = vs_arena_alloc(book->arena, count * sizeof *name);
	json_t *row;
	for (size_t j = 0; j < count; j++) {
		kind[j] = kind_of(json_array_get(columns, j));
		name[j] = record_string(json_array_get(columns, j), "name");
	}
	json_array_foreach (rows, i, row)
		for (size_t j = 0; j < count; j++)
			write_cell(book, (lxw_row_t)i + 1, (lxw_col_t)j, kind[j],
				json_object_get(row, name[j]));
}

/* How the sheet looks on the screen and on paper. */
static void
set_up_sheet(struct book *book, size_t columns, size_t rows)
{
	const struct xlsx_library *library = &book->library;
	lxw_col_t last = (lxw_col_t)(columns - 1);
	library->freeze_panes(book->sheet, 1, 0);
	note(book, library->autofilter(book->sheet, 0, 0, (lxw_row_t)rows, last));
	/* A code of digits is text on purpose: no green corners. */
	note(book,
		library->ignore_errors(
			book->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
	library->set_landscape(book->sheet);
	library->set_paper(book->sheet, A4);
	library->fit_to_pages(book->sheet, 1, 0);
	note(book, library->repeat_rows(book->sheet, 0, 0));
}

/* At most so many characters, none of `without`. */
static char *
cut_text(struct vs_arena *arena, const char *text, size_t most, const char *without)
{
	char *copy = vs_arena_text(arena, vs_text_clean(arena, text)), *at = copy;
	size_t units = 0;
	for (; *at; at++) {
		if (strchr(without, *at))
			*at = '-';
		/* What the program counts: a character beyond 16 bits as two. */
		units += ((unsigned char)*at & 0xC0) != 0x80;
		units += (unsigned char)*at >= 0xF0;
		if (units > most) {
			*at = '\0';
			break;
		}
	}
	return copy;
}

static void
write_book(struct book *book, lxw_workbook *workbook, const json_t *table)
{
	const json_t *columns = json_object_get(table, "columns");
	const json_t *rows = json_object_get(table, "rows");
	const char *title = record_string(table, "title");
	const char *creator = record_string(table, "creator");
	lxw_doc_properties properties = {
		.title = cut_text(book->arena, title ? title : "", PROPERTY_MAX, ""),
		.author = cut_text(book->arena, creator ? creator : "", PROPERTY_MAX, ""),
		.created = record_integer(table, "made_at"),
	};
	const char *name =
		cut_text(book->arena, title ? title : "", SHEET_NAME_MAX, "[]:*?/\\'");
	note(book, book->library.set_properties(workbook, &properties));
	book->sheet = book->library.add_worksheet(workbook, *name ? name : NULL);
	lxw_format *bold = book->library.add_format(workbook);
	book->library.set_bold(bold);
	for (int i = 0; i < KIND_COUNT; i++) {
		if (!kinds[i].format)
			continue;
		book->formats[i] = book->library.add_format(workbook);
		book->library.set_num_format(book->formats[i], kinds[i].format);
	}
	write_head(book, columns, rows, bold);
	write_rows(book, columns, rows);
	set_up_sheet(book, json_array_size(columns), json_array_size(rows));
}

/* What no spreadsheet holds is refused before anything is made. */
static bool
check_table(const json_t *table, struct vs_error *err)
{
	const json_t *columns = json_object_get(table, "columns");
	const json_t *rows = json_object_get(table, "rows");
	size_t i, j;
	json_t *row, *column;
	if (!json_is_array(rows) || json_array_size(columns) < 1 ||
		json_array_size(columns) > COLUMNS_MAX ||
		!json_is_integer(json_object_get(table, "made_at")))
		return vs_fail(err, VS_INVALID, _("this is no table for a spreadsheet"));
	if (json_array_size(rows) > ROWS_MAX)
		return vs_fail(err, VS_INVALID,
			_("%zu rows are more than a spreadsheet holds; export .csv"),
			json_array_size(rows));
	json_array_foreach (columns, j, column) {
		const char *name = record_string(column, "name");
		if (!name)
			return vs_fail(
				err, VS_INVALID, _("column %zu has no name"), j + 1);
		json_array_foreach (rows, i, row) {
			const json_t *cell = json_object_get(row, name);
			if (json_string_length(cell) > CHARACTERS_MAX &&
				vs_text_length(json_string_value(cell)) > CHARACTERS_MAX)
				return vs_fail(err, VS_INVALID,
					_("row %zu, %s: the text is longer than a spreadsheet's "
					  "cell; export .csv"),
					i + 1, name);
		}
	}
	return true;
}

static bool
take_bytes(int fd, struct vs_buffer *out)
{
	struct stat state;
	char bytes[65536];
	size_t before = out->length;
	if (fstat(fd, &state) != 0 || state.st_size == 0)
		return false;
	for (off_t at = 0; at < state.st_size;) {
		ssize_t length = pread(fd, bytes, sizeof bytes, at);
		if (length <= 0) {
			out->length = before;
			return false;
		}
		vs_buffer_append(out, bytes, (size_t)length);
		at += length;
	}
	return true;
}

bool
vs_xlsx_write(const json_t *table, struct vs_buffer *out, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct book book = { .arena = scratch.arena };
	if (!check_table(table, err) || !xlsx_load(&book.library, err))
		return false;
	/* The library writes to a path: that of a file that is only in memory. */
	int fd = memfd_create("table", MFD_CLOEXEC);
	const char *path = vs_arena_printf(scratch.arena, "/proc/self/fd/%d", fd);
	lxw_workbook *workbook = fd < 0 ? NULL : book.library.new_workbook(path, NULL);
	bool made = false;
	if (workbook) {
		write_book(&book, workbook, table);
		note(&book, book.library.close(workbook));
		made = book.status == LXW_NO_ERROR && take_bytes(fd, out);
	}
	if (fd >= 0)
		close(fd);
	return made ||
		vs_fail(err, VS_IO,
			_("the spreadsheet could not be made (%d): is there memory, and room "
			  "in the folder for temporary files?"),
			(int)book.status);
}
