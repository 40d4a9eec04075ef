/* Records as a table for people: labels for heads, choices in words. */
#include <valstuga/spreadsheet.h>

#include "base/i18n.h"
#include "record/record.h"

static const char *
type_of(const struct vs_field *field)
{
	switch (field->type) {
	case VS_FIELD_INTEGER:
		return field->flags & VS_KEY ? "id" : "integer";
	case VS_FIELD_REAL:
		return "real";
	case VS_FIELD_BOOLEAN:
		return "boolean";
	case VS_FIELD_DATE:
		return "date";
	case VS_FIELD_TIME:
		return "time";
	case VS_FIELD_MOMENT:
		return "moment";
	case VS_FIELD_MONEY:
		return "money";
	case VS_FIELD_REF:
		return vs_record_key(field->refers)->type == VS_FIELD_INTEGER ? "id"
									      : "text";
	case VS_FIELD_TEXT:
	case VS_FIELD_CHOICE:
	case VS_FIELD_CODE:
		return "text";
	}
	return "text";
}

static json_t *
make_columns(const struct vs_record_type *type)
{
	json_t *columns = json_array();
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		json_t *column = json_object();
		record_put(column, "name", field->name);
		record_put(column, "label", _(field->label));
		record_put(column, "type", type_of(field));
		json_array_append_new(columns, column);
	}
	return columns;
}

/* A copy of the record with what people read in place of what is stored. */
static json_t *
make_row(const struct vs_record_type *type, json_t *record)
{
	json_t *row = json_copy(record);
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		const char *value = record_string(record, field->name);
		if (field->type == VS_FIELD_CHOICE && value)
			record_put(
				row, field->name, record_choice(field->choices, value));
	}
	return row;
}

json_t *
vs_record_table(const struct vs_record_type *type, const json_t *records,
	const char *creator, int64_t made_at)
{
	json_t *table = json_object(), *rows = json_array();
	record_put(table, "title", _(type->label));
	record_put(table, "creator", creator);
	json_object_set_new(table, "made_at", json_integer(made_at));
	json_object_set_new(table, "columns", make_columns(type));
	size_t i;
	json_t *record;
	json_array_foreach (records, i, record)
		json_array_append_new(rows, make_row(type, record));
	json_object_set_new(table, "rows", rows);
	return table;
}
