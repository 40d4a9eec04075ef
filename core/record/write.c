/* Adding, changing and removing records: everything is checked before anything is written. */
#include "record/record.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

/* A boolean that is not given means no; everything else is unknown. */
static json_t *
nothing(const struct vs_field *field)
{
	return field->type == VS_FIELD_BOOLEAN ? json_false() : json_null();
}

static bool
writable(const struct vs_field *field, bool adding)
{
	if (field->flags & VS_READONLY)
		return false;
	return adding || !(field->flags & (VS_FIXED | VS_KEY));
}

/* Whatever its JSON type, a value is checked as if a person had typed it. */
static bool
read_value(struct vs_db *db, const struct vs_record_type *type,
	const struct vs_field *field, const json_t *given, json_t **ret_value,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (json_is_object(given) || json_is_array(given))
		return vs_fail(err, VS_INVALID,
			_("%s, field %s: takes one value, not several"), type->noun,
			field->name);
	if (field->type == VS_FIELD_MONEY && json_is_real(given))
		return vs_fail(err, VS_INVALID,
			_("%s, field %s: a number stands for whole öre; write kronor as a text"),
			_(type->noun), field->name);
	const char *text = vs_record_csv(scratch.arena, field, given);
	if (*text)
		return record_parse(db, type, field, text, ret_value, err);
	*ret_value = nothing(field);
	return true;
}

static bool
take_value(struct vs_db *db, const struct vs_record_type *type, const json_t *before,
	const char *name, const json_t *given, json_t *record, struct vs_error *err)
{
	const struct vs_field *field = vs_record_field(type, name);
	if (!field)
		return vs_fail(err, VS_USAGE,
			_("%s has no field '%s'; 'valstuga %s --help' lists them"),
			_(type->label), name, type->noun);
	json_t *value = NULL;
	if (!read_value(db, type, field, given, &value, err))
		return false;
	bool same = json_equal(value, json_object_get(record, field->name));
	json_object_set_new(record, field->name, value);
	if (same || writable(field, !before))
		return true;
	return vs_fail(err, VS_USAGE, _("%s, field %s: cannot be changed this way"),
		_(type->noun), field->name);
}

static bool
check_required(
	const struct vs_record_type *type, const json_t *record, struct vs_error *err)
{
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		if ((field->flags & VS_REQUIRED) && !(field->flags & VS_READONLY) &&
			json_is_null(json_object_get(record, field->name)))
			return vs_fail(err, VS_INVALID,
				_("%s: field %s (%s) is missing; it must be given"),
				_(type->noun), field->name, _(field->label));
	}
	return true;
}

static json_t *
blank(const struct vs_record_type *type)
{
	json_t *record = json_object();
	for (size_t i = 0; i < type->field_count; i++)
		json_object_set_new(
			record, type->fields[i].name, nothing(&type->fields[i]));
	return record;
}

/* Moments that are now, to the minute as they are written, when nothing else was said. */
static bool
set_now(const struct vs_record_type *type, json_t *record, struct vs_error *err)
{
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		int64_t now;
		if (!(field->flags & VS_NOW) ||
			!json_is_null(json_object_get(record, field->name)))
			continue;
		if (!vs_clock_now(&now, err))
			return false;
		json_object_set_new(record, field->name, json_integer(now - now % 60));
	}
	return true;
}

static bool
take_values(struct vs_db *db, const struct vs_record_type *type, const json_t *before,
	json_t *values, json_t *record, struct vs_error *err)
{
	const char *name;
	json_t *given;
	if (type->typed && !type->typed(db, values, before, err))
		return false;
	json_object_foreach (values, name, given)
		if (!take_value(db, type, before, name, given, record, err))
			return false;
	return true;
}

json_t *
record_prepare(struct vs_db *db, const struct vs_record_type *type, const json_t *before,
	const json_t *values, struct vs_error *err)
{
	json_t *record = before ? json_copy((json_t *)(uintptr_t)before) : blank(type);
	json_t *typed = json_copy((json_t *)(uintptr_t)values);
	bool taken = take_values(db, type, before, typed, record, err);
	json_decref(typed);
	if (taken && set_now(type, record, err) &&
		(!type->complete || type->complete(db, record, before, err)) &&
		check_required(type, record, err) &&
		(!type->check || type->check(db, record, before, err)))
		return record;
	json_decref(record);
	return NULL;
}

static void
bind_value(struct stmt *q, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		stmt_bind_text(q, json_string_value(value));
		return;
	case JSON_INTEGER:
		stmt_bind_int(q, json_integer_value(value));
		return;
	case JSON_REAL:
		stmt_bind_real(q, json_real_value(value));
		return;
	case JSON_TRUE:
	case JSON_FALSE:
		stmt_bind_int(q, json_is_true(value));
		return;
	case JSON_OBJECT:
	case JSON_ARRAY:
	case JSON_NULL:
		stmt_bind_null(q);
	}
}

bool
record_write(struct vs_db *db, const struct vs_record_type *type, const json_t *before,
	const json_t *record, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, before ? type->update : type->insert, err))
		return false;
	for (size_t i = 0; i < type->field_count; i++)
		if (writable(&type->fields[i], !before))
			bind_value(&q, json_object_get(record, type->fields[i].name));
	if (before)
		bind_value(&q, json_object_get(before, vs_record_key(type)->name));
	if (!stmt_run(&q, err) || !type->written)
		return err->code == VS_OK;
	/* What follows may insert rows of its own; the last id stays the record's. */
	int64_t id = db_last_id(db);
	bool ok = type->written(db, record, before, err);
	db_set_last_id(db, id);
	return ok;
}

/* What a person calls the record, as far as its own fields say. */
static const char *
called(const struct vs_record_type *type, const json_t *record)
{
	for (size_t i = 0; i < type->field_count; i++) {
		const char *name = (type->fields[i].flags & VS_NAME)
			? record_string(record, type->fields[i].name)
			: NULL;
		if (name)
			return name;
	}
	return "";
}

/*
 * A broken UNIQUE or foreign key, told in terms of the record instead of the table. The
 * fields were checked, so what is invalid now is a reference.
 */
static bool
explain(const struct vs_record_type *type, const json_t *record, const char *twice,
	const char *reference, struct vs_error *err)
{
	if (err->code != VS_INVALID && err->code != VS_EXISTS)
		return false;
	struct vs_error told = { 0 };
	const char *name = called(type, record);
	vs_fail(&told, err->code, "%s%s%s: %s", _(type->noun), *name ? " " : "", name,
		err->code == VS_EXISTS ? twice : reference);
	*err = told;
	return false;
}

static const char *
new_key(struct vs_arena *arena, struct vs_db *db, const struct vs_record_type *type,
	const json_t *record)
{
	if (vs_record_key(type)->flags & VS_READONLY)
		return vs_arena_printf(arena, "%lld", (long long)db_last_id(db));
	return vs_arena_text(arena, record_key_text(arena, type, record));
}

static bool
add(struct vs_db *db, const struct vs_record_type *type, const json_t *values,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "add", err))
		return false;
	json_t *record = record_prepare(db, type, NULL, values, err);
	if (!record)
		return false;
	bool ok = record_write(db, type, NULL, record, err) ||
		explain(type, record, _("there is one already"),
			_("it refers to something that does not exist"), err);
	if (ok) {
		*ret_key = new_key(arena, db, type, record);
		change_say(&change, type->noun, *ret_key, "%s",
			record_diff(arena, type, NULL, record));
	}
	json_decref(record);
	return ok && change_commit(&change, err);
}

bool
vs_record_add(struct vs_db *db, const struct vs_record_type *type, const json_t *values,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *key;
	if (!type->insert)
		return vs_fail(err, VS_REFUSED, _("%s cannot be added this way"),
			_(type->label));
	if (!add(db, type, values, arena ? arena : scratch.arena, &key, err))
		return false;
	if (ret_key)
		*ret_key = key;
	return true;
}

static bool
set(struct vs_db *db, const struct vs_record_type *type, const json_t *before,
	const json_t *values, struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *record = record_prepare(db, type, before, values, err);
	if (!record)
		return false;
	change_say(change, type->noun, record_key_text(scratch.arena, type, before), "%s",
		record_diff(scratch.arena, type, before, record));
	bool ok = json_equal(before, record) ||
		record_write(db, type, before, record, err) ||
		explain(type, record, _("there is another one like it"),
			_("it refers to something that does not exist"), err);
	json_decref(record);
	return ok;
}

bool
vs_record_set(struct vs_db *db, const struct vs_record_type *type, const char *key,
	const json_t *values, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!type->update || type->guarded)
		return vs_fail(err, VS_REFUSED, _("%s cannot be changed this way"),
			_(type->label));
	if (!change_begin(&change, db, "set", err))
		return false;
	json_t *before = vs_record_get(db, type, key, err);
	bool ok = before && set(db, type, before, values, &change, err);
	json_decref(before);
	return ok && change_commit(&change, err);
}

bool
vs_record_remove(struct vs_db *db, const struct vs_record_type *type, const char *key,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!type->remove)
		return vs_fail(err, VS_REFUSED, _("%s cannot be removed this way"),
			_(type->label));
	if (!change_begin(&change, db, "remove", err))
		return false;
	json_t *before = vs_record_get(db, type, key, err);
	if (!before)
		return false;
	change_say(&change, type->noun, record_key_text(scratch.arena, type, before),
		"%s", record_diff(scratch.arena, type, NULL, before));
	bool ok = (!type->removing || type->removing(db, before, err)) &&
		stmt_open(&q, db, type->remove, err);
	if (ok) {
		bind_value(&q, json_object_get(before, vs_record_key(type)->name));
		ok = stmt_run(&q, err) ||
			explain(type, before, "",
				_("something else still refers to it; remove that first"),
				err);
		/* A type may spare rows of its own that the program needs. */
		if (ok && db_changes(db) == 0)
			ok = vs_fail(err, VS_REFUSED,
				_("%s %s belongs to the program and stays"),
				_(type->noun), key);
	}
	json_decref(before);
	return ok && change_commit(&change, err);
}
