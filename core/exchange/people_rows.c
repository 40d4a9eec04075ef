/*
 * Rows of a list of people: values from the cells, what is wrong with them, and who is in the
 * register already. Nothing is written here.
 */
#include "exchange/people.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define PROBLEMS_MAX 1000

void
people_problem(struct people_file *file, const char *severity, size_t line,
	const char *column, const char *text, const char *todo)
{
	if (strcmp(severity, "error") == 0 && file->errors++ == 0)
		file->first_error =
			vs_arena_printf(file->arena, _("%s, line %zu, column %s: %s"),
				file->name, line, *column ? column : "?", text);
	if (json_array_size(file->problems) < PROBLEMS_MAX)
		json_array_append_new(file->problems,
			json_pack("{s:s, s:I, s:s, s:s, s:s}", "severity", severity,
				"line", (json_int_t)line, "column", column, "text", text,
				"todo", todo));
}

/* Cells ------------------------------------------------------------------------------------*/

struct cells {
	struct people_file *file;
	const struct people_row *row;
	json_t *values; /* field -> text as it is typed, or the value itself */
	const char *first, *last, *key;
	bool filled;
};

static void
wrong(struct cells *cells, const struct people_column *column, const char *text,
	const char *todo)
{
	people_problem(cells->file, "error", cells->row->line, column->head, text, todo);
}

static void
put(struct cells *cells, const char *name, const char *text)
{
	if (text && *text && !json_object_get(cells->values, name))
		json_object_set_new(cells->values, name, json_string(text));
}

/* A value that the record's own rules refuse; the column is known here. */
static void
put_checked(struct cells *cells, const struct people_column *column, const char *text)
{
	struct vs_error why = { 0 };
	json_t *value = NULL;
	const struct vs_field *field =
		vs_record_field(&vs_person_type, column->field->name);
	if (!*text || json_object_get(cells->values, field->name))
		return;
	if (record_parse(cells->file->db, &vs_person_type, field, text, &value, &why)) {
		json_object_set_new(cells->values, field->name, value);
		return;
	}
	const char *colon = strstr(why.text, ": ");
	wrong(cells, column,
		vs_arena_text(cells->file->arena, colon ? colon + 2 : why.text),
		_("correct the cell, or leave the column out with --map \"COLUMN=-\""));
}

static void
add_note(struct cells *cells, const char *cell)
{
	const char *before = record_string(cells->values, "note");
	const char *note = before
		? vs_arena_printf(cells->file->arena, "%s; %s", before, cell)
		: cell;
	json_object_set_new(cells->values, "note", json_string(note));
}

static void
put_kommun(struct cells *cells, const struct people_column *column, const char *cell)
{
	const char *code = people_kommun(cells->file, cell);
	if (code)
		put(cells, "kommun", code);
	else if (column->field->kind == PEOPLE_KOMMUN)
		wrong(cells, column,
			vs_arena_printf(
				cells->file->arena, _("there is no kommun \"%s\""), cell),
			_("write the kommun's name or its four digits"));
}

static void
put_association(struct cells *cells, const struct people_column *column, const char *cell)
{
	const char *number = people_association(cells->file, cell);
	if (number)
		put(cells, "association", number);
	else
		wrong(cells, column,
			vs_arena_printf(cells->file->arena,
				_("there is no association \"%s\""), cell),
			_("add it with 'valstuga association add', or leave the column out with --map"));
}

static void
take_cell(struct cells *cells, const struct people_column *column, const char *cell)
{
	struct vs_arena *arena = cells->file->arena;
	switch (column->field->kind) {
	case PEOPLE_FIRST:
		cells->first = cell;
		return;
	case PEOPLE_LAST:
		cells->last = cell;
		return;
	case PEOPLE_NAME:
		put_checked(cells, column, people_whole_name(arena, cell));
		return;
	case PEOPLE_PHONE:
		put_checked(cells, column, people_phone(arena, cell));
		return;
	case PEOPLE_KOMMUN:
		put_kommun(cells, column, cell);
		return;
	case PEOPLE_TOWN:
		put_checked(cells, column, cell);
		put_kommun(cells, column, cell);
		return;
	case PEOPLE_ASSOCIATION:
		put_association(cells, column, cell);
		return;
	case PEOPLE_MEMBERSHIP:
		put_checked(cells, column, people_membership(arena, cell));
		return;
	case PEOPLE_DATE:
		put_checked(cells, column, people_date(arena, cell));
		return;
	case PEOPLE_BOOLEAN:
		put_checked(cells, column, people_boolean(arena, cell));
		return;
	case PEOPLE_NOTE:
		add_note(cells, cell);
		return;
	case PEOPLE_KEY:
		cells->key = cell;
		return;
	case PEOPLE_PLAIN:
	case PEOPLE_EMAIL:
		put_checked(cells, column, cell);
		return;
	case PEOPLE_LEFT_OUT:
	case PEOPLE_PERSONNUMMER:
		return;
	}
}

static bool
is_used(const struct people_column *column)
{
	return column->field && column->field->kind != PEOPLE_LEFT_OUT &&
		column->field->kind != PEOPLE_PERSONNUMMER;
}

static void
take_cells(struct cells *cells)
{
	const struct people_row *row = cells->row;
	for (size_t i = 0; i < row->count; i++) {
		const struct people_column *column = &cells->file->columns[i];
		const char *cell = row->cells[i];
		if (!*cell || i >= cells->file->column_count || !is_used(column))
			continue;
		cells->filled = true;
		if (column->field->kind != PEOPLE_PHONE &&
			people_holds_personnummer(cell))
			wrong(cells, column,
				_("holds a personnummer; the program stores none"),
				_("take it out of the cell"));
		else
			take_cell(cells, column, cell);
	}
	if (cells->first || cells->last)
		put(cells, "name",
			vs_text_clean(cells->file->arena,
				vs_arena_printf(cells->file->arena, "%s %s",
					cells->first ? cells->first : "",
					cells->last ? cells->last : "")));
	/* Who has a day of entry and nothing else is a member. */
	if (json_object_get(cells->values, "member_since"))
		put(cells, "membership", "member");
}

/* Who is known -----------------------------------------------------------------------------*/

#define KEYS 3

static const char *
place_key(struct vs_arena *arena, const json_t *record)
{
	const char *kommun = record_string(record, "kommun");
	return vs_arena_printf(arena, "|%s|%s", kommun ? kommun : "",
		people_name_key(arena, record_string(record, "name")));
}

/* What names a person: name with phone, with e-mail, else with the place. NULLs at the end. */
static void
keys_of(struct vs_arena *arena, const json_t *record, const char *keys[KEYS])
{
	const char *name = people_name_key(arena, record_string(record, "name"));
	const char *phone = record_string(record, "phone");
	const char *email = record_string(record, "email");
	size_t count = 0;
	memset(keys, 0, KEYS * sizeof *keys);
	if (phone)
		keys[count++] = vs_arena_printf(arena, "%s|%s", phone, name);
	if (email)
		keys[count++] =
			vs_arena_printf(arena, "%s|%s", vs_text_fold(arena, email), name);
	if (!count)
		keys[count] = place_key(arena, record);
}

static void
put_known(struct people_file *file, const char *key, json_t *record)
{
	if (names_get(&file->known, key))
		names_put(&file->several, key, record);
	else
		names_put(&file->known, key, record);
}

bool
people_read_known(struct people_file *file, struct vs_error *err)
{
	size_t i;
	json_t *record, *all = vs_record_list(file->db, &vs_person_type, NULL, err);
	if (!all)
		return false;
	json_array_append_new(file->owned, all);
	json_array_foreach (all, i, record) {
		const char *keys[KEYS];
		keys_of(file->arena, record, keys);
		for (size_t k = 0; k < KEYS && keys[k]; k++)
			if (*keys[k] != '|')
				put_known(file, keys[k], record);
		put_known(file, place_key(file->arena, record), record);
		names_put(&file->namesakes,
			people_name_key(file->arena, record_string(record, "name")),
			record);
	}
	return true;
}

/* False when it cannot be said which of several it is. */
static bool
find_known(struct people_file *file, struct people_row *row)
{
	const char *keys[KEYS];
	keys_of(file->arena, row->record, keys);
	for (size_t i = 0; i < KEYS && keys[i] && !row->before; i++) {
		const json_t *other = names_get(&file->several, keys[i]);
		row->before = names_get(&file->known, keys[i]);
		if (!other)
			continue;
		people_problem(file, "error", row->line, "",
			vs_arena_printf(file->arena,
				_("may be person %lld or person %lld, who have the same name"),
				(long long)record_integer(row->before, "id"),
				(long long)record_integer(other, "id")),
			_("give a phone number or an e-mail address, or merge the two"));
		return false;
	}
	const json_t *namesake = row->before
		? NULL
		: names_get(&file->namesakes,
			  people_name_key(
				  file->arena, record_string(row->record, "name")));
	if (namesake)
		people_problem(file, "notice", row->line, "",
			vs_arena_printf(file->arena,
				_("somebody of that name is in the register as person %lld"),
				(long long)record_integer(namesake, "id")),
			_("afterwards 'valstuga person duplicates' asks whether they are one"));
	return true;
}

/* The line where the same person stood before in this file; 0: nowhere. */
static size_t
seen_before(struct people_file *file, const struct people_row *row)
{
	const char *keys[KEYS];
	size_t line = 0;
	keys_of(file->arena, row->record, keys);
	for (size_t i = 0; i < KEYS && keys[i]; i++) {
		const struct people_row *other = names_get(&file->seen, keys[i]);
		line = other && !line ? other->line : line;
	}
	for (size_t i = 0; i < KEYS && keys[i] && !line; i++)
		names_put(&file->seen, keys[i], (void *)(uintptr_t)row);
	return line;
}

/* By our own number, also an old one. */
static bool
find_by_key(struct people_file *file, struct people_row *row, const char *key,
	struct vs_error *err)
{
	row->before = record_find(file->db, &vs_person_type, key, err);
	if (row->before)
		json_array_append_new(file->owned, row->before);
	else if (err->code == VS_OK)
		people_problem(file, "error", row->line, "id",
			vs_arena_printf(
				file->arena, _("there is no person no. %.40s"), key),
			_("leave the cell empty to add a person"));
	return err->code == VS_OK;
}

/* Rows -------------------------------------------------------------------------------------*/

/* What is left of the record's rules: those that concern it as a whole. */
static bool
prepare(struct people_file *file, struct people_row *row, const json_t *values)
{
	struct vs_error why = { 0 };
	row->record =
		record_prepare(file->db, &vs_person_type, row->before, values, &why);
	if (row->record) {
		json_array_append_new(file->owned, row->record);
		return true;
	}
	const char *column = "";
	for (size_t i = 0; i < file->column_count; i++)
		if (is_used(&file->columns[i]) &&
			strstr(why.text, file->columns[i].field->name))
			column = file->columns[i].head;
	const char *colon = strstr(why.text, ": ");
	people_problem(file, "error", row->line, column,
		vs_arena_text(file->arena, colon ? colon + 2 : why.text),
		_("correct the row"));
	return false;
}

/* The person whom the row is about, as the register has them; NULL: somebody new. */
static bool
compare(struct people_file *file, struct people_row *row, const json_t *values)
{
	if (!row->before && !find_known(file, row))
		return false;
	if (row->before && record_true(row->before, "restricted")) {
		people_problem(file, "warning", row->line, "",
			vs_arena_printf(file->arena,
				_("person %lld is restricted and is left as it is"),
				(long long)record_integer(row->before, "id")),
			"");
		row->what = PEOPLE_OUT;
		return true;
	}
	if (!row->before) {
		row->what = PEOPLE_NEW;
		return true;
	}
	if (!prepare(file, row, values))
		return false;
	bool same = json_equal(row->before, row->record);
	row->what = same		? PEOPLE_SAME
		: file->options->update ? PEOPLE_CHANGED
					: PEOPLE_KNOWN;
	return true;
}

static void
take_row(struct people_file *file, struct people_row *row, struct cells *cells)
{
	if (!json_object_get(cells->values, "name") && !row->before) {
		people_problem(file, "error", row->line, "", _("has no name"),
			_("write a name in the row, or take the row out"));
		return;
	}
	if (!prepare(file, row, cells->values))
		return;
	size_t line = seen_before(file, row);
	if (line) {
		people_problem(file, "warning", row->line, "",
			vs_arena_printf(file->arena,
				_("the same person as in line %zu; this row is left out"),
				line),
			_("make the two rows one if both hold something"));
		return;
	}
	if (compare(file, row, cells->values))
		return;
	row->what = PEOPLE_OUT;
}

static bool
read_row(struct people_file *file, struct people_row *row, struct vs_error *err)
{
	struct cells cells = { .file = file, .row = row, .values = json_object() };
	size_t errors = file->errors;
	bool ok = true;
	row->what = PEOPLE_OUT;
	for (size_t i = file->column_count; i < row->count; i++)
		if (*row->cells[i]) {
			people_problem(file, "error", row->line, "",
				_("has more cells than there are heads"),
				_("put text with a separator in it in quotes"));
			break;
		}
	take_cells(&cells);
	if (cells.key)
		ok = find_by_key(file, row, cells.key, err);
	if (ok && cells.filled && file->errors == errors)
		take_row(file, row, &cells);
	json_decref(cells.values);
	return ok;
}

bool
people_read_rows(struct people_file *file, struct vs_error *err)
{
	for (size_t i = 0; i < file->row_count; i++)
		if (!read_row(file, &file->rows[i], err))
			return false;
	return true;
}
