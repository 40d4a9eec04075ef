/* Values as people read them, and as they stand in CSV. */
#include "record/record.h"

#include <stdio.h>
#include <string.h>

#include <valstuga/csv.h>
#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

const char *
record_choice(const struct vs_choice *choices, const char *value)
{
	for (const struct vs_choice *c = choices; c->value; c++)
		if (strcmp(c->value, value) == 0)
			return _(c->label);
	return value;
}

/* json's %.17g without trailing noise: the shortest text that reads back the same. */
static const char *
real_text(struct vs_arena *arena, double value)
{
	for (int digits = 1; digits < 17; digits++) {
		char *text = vs_arena_printf(arena, "%.*g", digits, value);
		double back;
		if (vs_text_to_real(text, &back) && back == value)
			return text;
	}
	return vs_arena_printf(arena, "%.17g", value);
}

static const char *
decimal_comma(struct vs_arena *arena, const char *text)
{
	char *copy = vs_arena_text(arena, text);
	char *point = strchr(copy, '.');
	if (point)
		*point = ',';
	return copy;
}

static const char *
time_text(struct vs_arena *arena, const json_t *value)
{
	int minutes = (int)json_integer_value(value);
	return vs_arena_printf(arena, "%02d:%02d", minutes / 60, minutes % 60);
}

static const char *
moment_text(struct vs_arena *arena, const json_t *value)
{
	return vs_time_format_local(json_integer_value(value), vs_arena_alloc(arena, 17));
}

/* Reads back the same: a time that comes twice says which it is. */
static const char *
exact_moment(struct vs_arena *arena, const json_t *value)
{
	const char *text = moment_text(arena, value);
	const char *which = vs_time_which(json_integer_value(value));
	return *which ? vs_arena_printf(arena, "%s %s", text, which) : text;
}

const char *
vs_record_text(struct vs_arena *arena, const struct vs_field *field, const json_t *value)
{
	if (!value || json_is_null(value))
		return "";
	switch (field->type) {
	case VS_FIELD_BOOLEAN:
		return json_is_true(value) ? _("yes") : _("no");
	case VS_FIELD_REAL:
		return decimal_comma(arena, real_text(arena, json_real_value(value)));
	case VS_FIELD_INTEGER:
		if (field->flags & VS_KEY)
			return vs_record_csv(arena, field, value);
		return vs_text_number(arena, json_integer_value(value));
	case VS_FIELD_MONEY:
		return vs_text_money(arena, json_integer_value(value));
	case VS_FIELD_TIME:
		return time_text(arena, value);
	case VS_FIELD_MOMENT:
		return exact_moment(arena, value);
	case VS_FIELD_CHOICE:
		return record_choice(field->choices, json_string_value(value));
	case VS_FIELD_TEXT:
	case VS_FIELD_DATE:
	case VS_FIELD_CODE:
	case VS_FIELD_REF:
		return vs_record_csv(arena, field, value);
	}
	return "";
}

static const char *
kronor(struct vs_arena *arena, int64_t ore)
{
	long long size = ore < 0 ? -ore : ore;
	const char *sign = ore < 0 ? "-" : "";
	if (size % 100 == 0)
		return vs_arena_printf(arena, "%s%lld", sign, size / 100);
	return vs_arena_printf(arena, "%s%lld,%02lld", sign, size / 100, size % 100);
}

const char *
vs_record_csv(struct vs_arena *arena, const struct vs_field *field, const json_t *value)
{
	if (!value || json_is_null(value))
		return "";
	if (json_is_boolean(value))
		return json_is_true(value) ? "ja" : "nej";
	if (json_is_real(value))
		return decimal_comma(arena, real_text(arena, json_real_value(value)));
	/* As Swedes write it: a spreadsheet leaves that alone, and it reads back the same. */
	if (json_is_string(value) && (field->flags & VS_PHONE))
		return vs_phone_text(arena, json_string_value(value));
	if (json_is_string(value))
		return json_string_value(value);
	if (field->type == VS_FIELD_TIME)
		return time_text(arena, value);
	if (field->type == VS_FIELD_MOMENT)
		return exact_moment(arena, value);
	if (field->type == VS_FIELD_MONEY)
		return kronor(arena, json_integer_value(value));
	return vs_arena_printf(arena, "%lld", (long long)json_integer_value(value));
}

static bool
is_number(const struct vs_field *field)
{
	return field->type == VS_FIELD_INTEGER || field->type == VS_FIELD_REAL ||
		field->type == VS_FIELD_MONEY;
}

void
vs_record_write_csv(
	const struct vs_record_type *type, const json_t *records, struct vs_buffer *out)
{
	vs_csv_begin(out);
	for (size_t i = 0; i < type->field_count; i++)
		vs_csv_field(out, type->fields[i].name);
	vs_csv_end_row(out);
	size_t row;
	json_t *record;
	json_array_foreach (records, row, record) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		for (size_t i = 0; i < type->field_count; i++) {
			const struct vs_field *field = &type->fields[i];
			const char *text = vs_record_csv(scratch.arena, field,
				json_object_get(record, field->name));
			if (is_number(field))
				vs_csv_number(out, text);
			else
				vs_csv_field(out, text);
		}
		vs_csv_end_row(out);
	}
}

const char *
record_key_text(
	struct vs_arena *arena, const struct vs_record_type *type, const json_t *record)
{
	const struct vs_field *key = vs_record_key(type);
	return vs_record_csv(arena, key, json_object_get(record, key->name));
}

const char *
record_diff(struct vs_arena *arena, const struct vs_record_type *type,
	const json_t *before, const json_t *record)
{
	struct vs_buffer out = { 0 };
	vs_buffer_text(&out, "");
	for (size_t i = 0; i < type->field_count; i++) {
		const struct vs_field *field = &type->fields[i];
		const json_t *old = json_object_get(before, field->name);
		const json_t *new = json_object_get(record, field->name);
		if ((field->flags & VS_READONLY) || json_equal(old, new) ||
			(!before && json_is_null(new)))
			continue;
		vs_buffer_printf(&out, "%s%s", out.length ? "; " : "", field->name);
		if (field->flags & VS_PERSONAL)
			continue;
		vs_buffer_printf(&out, ": %s%s%s", vs_record_csv(arena, field, old),
			before ? " → " : "", vs_record_csv(arena, field, new));
	}
	const char *text = vs_arena_copy(arena, out.data, out.length);
	vs_buffer_done(&out);
	return text;
}
