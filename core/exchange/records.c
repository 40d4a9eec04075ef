/*
 * The CSV of any record type, as `valstuga export` writes it. A row whose key is known
 * changes that record, a row without a key adds one; computed columns are left alone. A row
 * without a key that equals a record in all that it says is that record; where the type knows
 * which one it may be about all the same, it changes that one, and its empty cells say nothing.
 */
#include "exchange/exchange.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "record/record.h"

#define WHOLE_MAX 9007199254740992.0 /* 2^53 */

struct shelf {
	struct rows *rows;
	const struct vs_record_type *type;
	const struct vs_field *key;
	int key_head;			/* -1: no such column */
	const struct vs_field **fields; /* per head; NULL: left alone */
	struct names by_key, by_content;
	struct names told; /* keys that rows of this file were about */
	json_t *owned;	   /* all records, so that they live as long */
};

static bool
is_writable(const struct vs_field *field)
{
	return !(field->flags & VS_READONLY);
}

/* What a record says in the columns that the file has, to find it without a key. */
static const char *
content(const struct shelf *shelf, const json_t *record)
{
	struct vs_buffer text = { 0 };
	for (size_t i = 0; i < shelf->type->field_count; i++) {
		const struct vs_field *field = &shelf->type->fields[i];
		if (!is_writable(field))
			continue;
		char *value = json_dumps(json_object_get(record, field->name),
			JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(12));
		vs_buffer_printf(&text, "%s\x1f", value ? value : "null");
		free(value);
	}
	const char *kept = vs_arena_copy(
		shelf->rows->run->arena, text.data ? text.data : "", text.length);
	vs_buffer_done(&text);
	return kept;
}

static void
put(struct shelf *shelf, json_t *record)
{
	struct vs_arena *arena = shelf->rows->run->arena;
	json_array_append(shelf->owned, record);
	names_put(&shelf->by_key, record_key_text(arena, shelf->type, record), record);
	names_put(&shelf->by_content, content(shelf, record), record);
}

static bool
fill_shelf(struct shelf *shelf, struct vs_error *err)
{
	struct rows *rows = shelf->rows;
	size_t i;
	json_t *record, *all = vs_record_list(rows->run->db, shelf->type, NULL, err);
	if (!all)
		return false;
	shelf->by_key.arena = shelf->by_content.arena = rows->run->arena;
	shelf->told.arena = rows->run->arena;
	json_array_foreach (all, i, record)
		put(shelf, record);
	json_decref(all);
	shelf->fields = vs_arena_alloc(
		rows->run->arena, (rows->head_count + 1) * sizeof *shelf->fields);
	shelf->key = vs_record_key(shelf->type);
	shelf->key_head = -1;
	for (i = 0; i < rows->head_count; i++) {
		shelf->fields[i] = vs_record_head(
			shelf->type, codes_fold(rows->run->arena, rows->heads[i]));
		if (shelf->fields[i] == shelf->key)
			shelf->key_head = (int)i;
	}
	return true;
}

/*
 * JSON keeps its own values: 600 is a time, or öre, where "600" is what a person types. Some
 * programs write whole numbers as 600.0. NULL: the record says nothing of the field.
 */
static json_t *
read_value(const struct rows *rows, size_t head)
{
	if (rows->csv)
		return json_string(rows->fields[head]);
	json_t *value = rows_json(rows, head);
	double number = json_real_value(value);
	if (json_is_real(value) && fabs(number) < WHOLE_MAX && number == trunc(number))
		return json_integer((json_int_t)number);
	return json_incref(value);
}

/* Only fields that may be written: the computed ones follow from them. */
static json_t *
read_values(const struct shelf *shelf)
{
	json_t *values = json_object();
	for (size_t i = 0; i < shelf->rows->head_count; i++) {
		const struct vs_field *field = shelf->fields[i];
		json_t *value =
			field && is_writable(field) ? read_value(shelf->rows, i) : NULL;
		if (value)
			json_object_set_new(values, field->name, value);
	}
	return values;
}

/* A row that breaks a rule; a failure of the disk is told as it is. */
static bool
refuse(struct shelf *shelf, const struct vs_error *told, struct vs_error *err)
{
	const char *text = told->text;
	if (told->code == VS_IO || told->code == VS_BUSY || told->code == VS_CORRUPT) {
		*err = *told;
		return false;
	}
	/* SQLite's own words would name our tables. */
	if (strstr(text, "constraint failed"))
		text = vs_arena_printf(shelf->rows->run->arena, "%s: %s",
			_(shelf->type->noun),
			told->code == VS_EXISTS
				? _("there is one already")
				: _("it refers to something that does not exist"));
	return rows_refuse(shelf->rows, shelf->rows->line, NULL,
		_("correct the row and import the file again"), err, "%s", text);
}

static void
tell(struct shelf *shelf, json_t *record)
{
	struct vs_arena *arena = shelf->rows->run->arena;
	names_put(&shelf->told, record_key_text(arena, shelf->type, record), record);
}

static bool
is_told(const struct shelf *shelf, const json_t *record)
{
	return names_get(&shelf->told,
		record_key_text(shelf->rows->run->arena, shelf->type, record));
}

static bool change_record(
	struct shelf *shelf, json_t *before, json_t *values, struct vs_error *err);

/* The record that a row without a key is about all the same; one that no row was about yet. */
static bool
find_same(struct shelf *shelf, const json_t *record, json_t **ret_same,
	struct vs_error *err)
{
	json_t *keys = json_array(), *key;
	size_t i;
	bool ok = !shelf->type->same ||
		shelf->type->same(shelf->rows->run->db, record, keys, err);
	*ret_same = NULL;
	json_array_foreach (keys, i, key)
		if (!*ret_same && !names_get(&shelf->told, json_string_value(key)))
			*ret_same = names_get(&shelf->by_key, json_string_value(key));
	json_decref(keys);
	return ok;
}

static bool
change_same(struct shelf *shelf, json_t *before, json_t *values, struct vs_error *err)
{
	const char *name;
	json_t *value;
	void *next;
	json_object_foreach_safe(values, next, name, value) if (json_is_string(value) &&
		!*json_string_value(value)) json_object_del(values, name);
	return change_record(shelf, before, values, err);
}

static bool
add_record(struct shelf *shelf, json_t *values, struct vs_error *err)
{
	struct import *run = shelf->rows->run;
	struct vs_error told = { 0 };
	json_t *record = record_prepare(run->db, shelf->type, NULL, values, &told), *same;
	if (!record)
		return refuse(shelf, &told, err);
	struct count *count = &run->tally.counts[NOUN_COUNT];
	json_t *equal = shelf->key->flags & VS_READONLY
		? names_get(&shelf->by_content, content(shelf, record))
		: NULL;
	/* What can happen twice happened twice when a sheet says so twice. */
	bool twice = equal && shelf->type->same && is_told(shelf, equal);
	if (twice)
		equal = NULL;
	if (!equal && !find_same(shelf, record, &same, err)) {
		json_decref(record);
		return false;
	}
	if (!equal && same) {
		json_decref(record);
		return change_same(shelf, same, values, err);
	}
	if (equal) {
		tell(shelf, equal);
		count->held++;
	} else if (record_write(run->db, shelf->type, NULL, record, &told)) {
		count->held++;
		count->added++;
		if (shelf->key->flags & VS_READONLY)
			json_object_set_new(record, shelf->key->name,
				json_integer((json_int_t)db_last_id(run->db)));
		put(shelf, record);
		tell(shelf, record);
		if (twice)
			tally_problem(run, SEVERITY_WARNING, shelf->rows->line, NULL,
				_("if it is one, remove the other"),
				_("the same as an earlier row; both are taken"));
	}
	json_decref(record);
	return told.code == VS_OK || refuse(shelf, &told, err);
}

static bool
change_record(struct shelf *shelf, json_t *before, json_t *values, struct vs_error *err)
{
	struct import *run = shelf->rows->run;
	struct vs_error told = { 0 };
	json_t *record = record_prepare(run->db, shelf->type, before, values, &told);
	if (!record)
		return refuse(shelf, &told, err);
	struct count *count = &run->tally.counts[NOUN_COUNT];
	bool same = strcmp(content(shelf, before), content(shelf, record)) == 0;
	tell(shelf, before);
	if (!same && !shelf->type->update) {
		vs_fail(&told, VS_REFUSED, _("%s cannot be changed this way"),
			_(shelf->type->label));
	} else if (same || record_write(run->db, shelf->type, before, record, &told)) {
		count->held++;
		count->changed += !same;
		if (!same && shelf->type->same)
			names_drop(&shelf->by_content, content(shelf, before));
		if (!same)
			put(shelf, record);
	}
	json_decref(record);
	return told.code == VS_OK || refuse(shelf, &told, err);
}

static bool
take_row(struct shelf *shelf, struct vs_error *err)
{
	struct import *run = shelf->rows->run;
	const char *key = shelf->key_head < 0 ? "" : shelf->rows->fields[shelf->key_head];
	json_t *before = *key ? names_get(&shelf->by_key, key) : NULL;
	bool given_by_program = shelf->key->flags & VS_READONLY;
	/* A key from before the record was made one with another. */
	if (*key && !before && (before = record_find(run->db, shelf->type, key, err)))
		json_array_append_new(shelf->owned, before);
	if (err->code != VS_OK)
		return false;
	if (*key && !before && given_by_program)
		return rows_refuse(shelf->rows, shelf->rows->line, shelf->key->name,
			_("leave the cell empty to add a record"), err,
			_("there is no %s no. %.40s"), _(shelf->type->noun), key);
	if (!before && !shelf->type->insert)
		return rows_refuse(shelf->rows, shelf->rows->line, shelf->key->name,
			_("only existing ones can be changed"), err,
			_("%s cannot be added this way"), _(shelf->type->label));
	json_t *values = read_values(shelf);
	bool ok = before ? change_record(shelf, before, values, err)
			 : add_record(shelf, values, err);
	json_decref(values);
	run->tally.taken++;
	return ok;
}

static bool
take_rows(struct shelf *shelf, struct vs_error *err)
{
	if (!fill_shelf(shelf, err))
		return false;
	while (rows_next(shelf->rows, err))
		if (!take_row(shelf, err))
			return false;
	return err->code == VS_OK;
}

bool
records_import(struct rows *rows, const struct vs_record_type *type, struct vs_error *err)
{
	struct shelf shelf = { .rows = rows, .type = type };
	if ((!type->insert && !type->update) || type->guarded)
		return vs_fail(err, VS_REFUSED,
			_("%s holds %s, which cannot be imported"), rows->name,
			_(type->label));
	shelf.owned = json_array();
	rows->own = rows->own && !type->loose;
	rows->run->tally.counts[NOUN_COUNT].noun = type->noun;
	bool ok = take_rows(&shelf, err);
	json_decref(shelf.owned);
	return ok;
}
