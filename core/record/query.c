/* Reading records: rows become JSON objects; lists are filtered here, not in SQL text. */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

const struct vs_field *
vs_record_key(const struct vs_record_type *type)
{
	for (size_t i = 0; i < type->field_count; i++)
		if (type->fields[i].flags & VS_KEY)
			return &type->fields[i];
	vs_abort("record type %s has no key", type->noun);
}

static bool
same_name(const char *name, const char *given)
{
	while (*name && (*name == *given || (*name == '_' && *given == '-'))) {
		name++;
		given++;
	}
	return !*name && !*given;
}

const struct vs_field *
vs_record_field(const struct vs_record_type *type, const char *name)
{
	for (size_t i = 0; i < type->field_count; i++)
		if (same_name(type->fields[i].name, name))
			return &type->fields[i];
	return NULL;
}

const struct vs_field *
vs_record_head(const struct vs_record_type *type, const char *head)
{
	const struct vs_field *field = vs_record_field(type, head);
	for (const struct vs_head *h = type->heads; !field && h && h->head; h++)
		if (strcmp(h->head, head) == 0)
			field = vs_record_field(type, h->field);
	return field;
}

static json_t *
column_value(const struct vs_field *field, const struct stmt *q, int column)
{
	if (stmt_null(q, column))
		return json_null();
	switch (field->type) {
	case VS_FIELD_BOOLEAN:
		return json_boolean(stmt_int(q, column));
	case VS_FIELD_REAL:
		return json_real(stmt_real(q, column));
	case VS_FIELD_INTEGER:
	case VS_FIELD_TIME:
	case VS_FIELD_MOMENT:
	case VS_FIELD_MONEY:
		return json_integer(stmt_int(q, column));
	case VS_FIELD_REF:
		if (vs_record_key(field->refers)->type == VS_FIELD_INTEGER)
			return json_integer(stmt_int(q, column));
		return json_string(stmt_text(q, column));
	case VS_FIELD_TEXT:
	case VS_FIELD_DATE:
	case VS_FIELD_CHOICE:
	case VS_FIELD_CODE:
		return json_string(stmt_text(q, column));
	}
	return NULL;
}

json_t *
record_row(const struct vs_record_type *type, const struct stmt *q)
{
	json_t *record = json_object();
	for (size_t i = 0; i < type->field_count; i++)
		json_object_set_new(record, type->fields[i].name,
			column_value(&type->fields[i], q, (int)i));
	return record;
}

/* "svenska, arabiska" holds "Arabiska". */
static bool
one_of(const char *several, const char *wanted)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = wanted ? vs_text_fold(scratch.arena, wanted) : "";
	char *rest = vs_arena_text(scratch.arena, several ? several : ""), *each;
	while ((each = strsep(&rest, ",")))
		if (strcmp(vs_text_fold(
				   scratch.arena, vs_text_clean(scratch.arena, each)),
			    folded) == 0)
			return true;
	return false;
}

static bool
matches(const struct vs_record_type *type, const json_t *record, const json_t *filters)
{
	const char *name;
	json_t *wanted;
	json_object_foreach ((json_t *)(uintptr_t)filters, name, wanted) {
		const json_t *value = json_object_get(record, name);
		bool many = vs_record_field(type, name)->flags & VS_MANY;
		if (many ? !one_of(json_string_value(value), json_string_value(wanted))
			 : !json_equal(value, wanted))
			return false;
	}
	return true;
}

/* The one filter that the SQL text itself knows, so that a short list stays quick. */
static void
bind_narrow(struct stmt *q, const json_t *value)
{
	if (json_is_integer(value))
		stmt_bind_int(q, json_integer_value(value));
	else
		stmt_bind_text(q, json_string_value(value));
}

static json_t *
all_rows(struct vs_db *db, const struct vs_record_type *type, const json_t *filters,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, type->select, err))
		return NULL;
	if (type->narrow)
		bind_narrow(&q, json_object_get(filters, type->narrow));
	json_t *records = json_array();
	while (stmt_row(&q, err)) {
		json_t *record = record_row(type, &q);
		if (!filters || matches(type, record, filters))
			json_array_append(records, record);
		json_decref(record);
	}
	if (err->code == VS_OK)
		return records;
	json_decref(records);
	return NULL;
}

static bool
can_filter(const struct vs_record_type *type, const struct vs_field *field)
{
	return (field->flags & VS_FILTER) ||
		(type->usual && strcmp(field->name, type->usual) == 0);
}

/* Filters as typed become values of the fields' types. */
static json_t *
parse_filters(struct vs_db *db, const struct vs_record_type *type, const json_t *filters,
	struct vs_error *err)
{
	json_t *parsed = json_object();
	const char *name;
	json_t *given;
	json_object_foreach ((json_t *)(uintptr_t)filters, name, given) {
		const struct vs_field *field = vs_record_field(type, name);
		json_t *value = NULL;
		if (!field || !can_filter(type, field))
			vs_fail(err, VS_USAGE, _("%s cannot be filtered by '%s'"),
				_(type->label), name);
		else if (!json_is_string(given))
			value = json_incref(given);
		else if (!record_parse(
				 db, type, field, json_string_value(given), &value, err))
			value = NULL;
		if (!value) {
			json_decref(parsed);
			return NULL;
		}
		json_object_set_new(parsed, field->name, value);
	}
	return parsed;
}

json_t *
vs_record_list(struct vs_db *db, const struct vs_record_type *type, const json_t *filters,
	struct vs_error *err)
{
	json_t *parsed = filters ? parse_filters(db, type, filters, err) : NULL;
	if (filters && !parsed)
		return NULL;
	json_t *records = all_rows(db, type, parsed, err);
	json_decref(parsed);
	return records;
}

static bool
is_key(const struct vs_record_type *type, const json_t *record, const char *key)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	return strcmp(record_key_text(scratch.arena, type, record), key) == 0;
}

/* "Skolan, Kil", or with its street: "Skolan, Skolgatan 1, Kil" */
static bool
is_named_within(struct vs_arena *arena, const json_t *record, const char *name,
	const char *within, const char *folded)
{
	const char *street = record_string(record, "street");
	if (!strchr(folded, ','))
		return false;
	const char *whole = vs_arena_printf(arena, "%s, %s", name, within);
	const char *more =
		vs_arena_printf(arena, "%s, %s, %s", name, street ? street : "", within);
	return strcmp(vs_text_fold(arena, whole), folded) == 0 ||
		strcmp(vs_text_fold(arena, more), folded) == 0;
}

static bool
is_named(struct vs_arena *arena, const struct vs_record_type *type, const json_t *record,
	const char *folded)
{
	const char *within = type->within ? record_string(record, type->within) : NULL;
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		const char *name = record_string(record, field->name);
		if (!(field->flags & VS_NAME) || !name)
			continue;
		if (strcmp(vs_text_fold(arena, name), folded) == 0)
			return true;
		if (within && is_named_within(arena, record, name, within, folded))
			return true;
	}
	return false;
}

static json_t *
find_by_key(const struct vs_record_type *type, const json_t *records, const char *key)
{
	size_t i;
	json_t *record;
	json_array_foreach (records, i, record)
		if (is_key(type, record, key))
			return json_incref(record);
	return NULL;
}

/* Several with one name: those that lists usually show go before the rest. */
static bool
prefer(const struct vs_record_type *type, const json_t *found, const json_t *record,
	bool *ret_ambiguous)
{
	bool old = !found || !type->usual || record_true(found, type->usual);
	bool new = !type->usual || record_true(record, type->usual);
	*ret_ambiguous = found && old == new;
	return !found || (new && !old);
}

static json_t *
find_by_name(const struct vs_record_type *type, const json_t *records, const char *name,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = vs_text_fold(scratch.arena, name);
	json_t *found = NULL, *other = NULL, *record;
	size_t i;
	bool ambiguous;
	json_array_foreach (records, i, record) {
		if (!is_named(scratch.arena, type, record, folded))
			continue;
		if (prefer(type, found, record, &ambiguous)) {
			found = record;
			other = NULL;
		} else if (ambiguous)
			other = record;
	}
	if (!other)
		return json_incref(found);
	vs_fail(err, VS_INVALID,
		_("several %s are called \"%s\" (%s and %s); give the number or code instead"),
		_(type->label), name, record_key_text(scratch.arena, type, found),
		record_key_text(scratch.arena, type, other));
	return NULL;
}

/* True when the text can be a key: one that is a number has digits only. */
static bool
may_be_key(const struct vs_record_type *type, const char *key)
{
	size_t digits = strspn(key, "0123456789");
	return vs_record_key(type)->type != VS_FIELD_INTEGER ||
		(digits && digits < 19 && !key[digits]);
}

json_t *
record_known(struct vs_db *db, const struct vs_record_type *type, const char *key,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!type->known || !may_be_key(type, key) ||
		!stmt_open(&q, db, type->known, err))
		return NULL;
	stmt_bind_int(&q, strtoll(key, NULL, 10));
	return stmt_row(&q, err) ? json_integer(stmt_int(&q, 0)) : NULL;
}

json_t *
record_find(struct vs_db *db, const struct vs_record_type *type, const char *key,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!type->find || !may_be_key(type, key) || !stmt_open(&q, db, type->find, err))
		return NULL;
	if (vs_record_key(type)->type == VS_FIELD_INTEGER)
		stmt_bind_int(&q, strtoll(key, NULL, 10));
	else
		stmt_bind_text(&q, key);
	return stmt_row(&q, err) ? record_row(type, &q) : NULL;
}

json_t *
vs_record_get(struct vs_db *db, const struct vs_record_type *type, const char *key,
	struct vs_error *err)
{
	size_t bad;
	if (!vs_text_check(key, strlen(key), &bad)) {
		vs_fail(err, VS_INVALID,
			_("the name of the %s is not valid UTF-8; type it again"),
			_(type->noun));
		return NULL;
	}
	json_t *found = record_find(db, type, key, err);
	if (found || err->code != VS_OK)
		return found;
	json_t *records = all_rows(db, type, NULL, err);
	if (!records)
		return NULL;
	found = find_by_key(type, records, key);
	if (!found)
		found = find_by_name(type, records, key, err);
	if (!found)
		vs_fail(err, VS_NOT_FOUND,
			_("no %s \"%s\"; 'valstuga %s list' shows what there is"),
			_(type->noun), key, type->noun);
	json_decref(records);
	return found;
}

const char *
record_string(const json_t *record, const char *name)
{
	return json_string_value(json_object_get(record, name));
}

int64_t
record_integer(const json_t *record, const char *name)
{
	return json_integer_value(json_object_get(record, name));
}

bool
record_true(const json_t *record, const char *name)
{
	return json_is_true(json_object_get(record, name));
}

json_t *
record_id_or_null(int64_t id)
{
	return id ? json_integer(id) : json_null();
}

void
record_put(json_t *object, const char *name, const char *text)
{
	json_object_set_new(object, name, json_string(text ? text : ""));
}

const char *
record_join(struct vs_arena *arena, const json_t *texts)
{
	const char *all = "";
	size_t i;
	json_t *text;
	json_array_foreach (texts, i, text)
		all = vs_arena_printf(
			arena, "%s%s%s", all, i ? "; " : "", json_string_value(text));
	return all;
}
