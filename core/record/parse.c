/* From what a person typed to a checked value, and the other way in error messages. */
#include "record/record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define TEXT_MAX 500

/* "place: field 'latitude' ..." begins every complaint about a value. */
struct spot {
	const struct vs_record_type *type;
	const struct vs_field *field;
	const char *text;
};

static bool
complain(const struct spot *at, const char *what, struct vs_error *err)
{
	return vs_fail(err, VS_INVALID, _("%s, field %s: \"%.*s\" %s"), _(at->type->noun),
		at->field->name, text_excerpt(at->text, 80), at->text, what);
}

/* A complaint from elsewhere, with the field that it is about. */
static bool
pass_on(const struct spot *at, const struct vs_error *why, struct vs_error *err)
{
	return vs_fail(err, why->code, _("%s, field %s: %s"), _(at->type->noun),
		at->field->name, why->text);
}

static bool
in_bounds(const struct spot *at, double value, struct vs_error *err)
{
	const struct vs_field *field = at->field;
	if ((field->min == 0 && field->max == 0) ||
		(value >= (double)field->min && value <= (double)field->max))
		return true;
	char what[160];
	snprintf(what, sizeof what, _("must be between %lld and %lld"),
		(long long)field->min, (long long)field->max);
	return complain(at, what, err);
}

static bool
parse_text(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t bad,
		limit = at->field->max_length ? (size_t)at->field->max_length : TEXT_MAX;
	if (!vs_text_check(at->text, strlen(at->text), &bad))
		return vs_fail(err, VS_INVALID,
			_("%s, field %s: the text is not valid UTF-8; save or type it again"),
			_(at->type->noun), at->field->name);
	const char *clean = vs_text_clean_lines(scratch.arena, at->text);
	if (vs_text_length(clean) > limit) {
		char what[160];
		snprintf(what, sizeof what,
			_("is longer than %zu characters; shorten it"), limit);
		return complain(at, what, err);
	}
	*ret_value = *clean ? json_string(clean) : json_null();
	return true;
}

static bool
parse_phone(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	char number[VS_PHONE_SIZE];
	struct vs_error why = { 0 };
	if (!vs_phone_parse(at->text, number, &why))
		return pass_on(at, &why, err);
	*ret_value = json_string(number);
	return true;
}

static bool
parse_integer(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	int64_t value;
	if (!vs_text_to_integer(at->text, &value))
		return complain(
			at, _("is not a whole number; write for example 1500"), err);
	if (!in_bounds(at, (double)value, err))
		return false;
	*ret_value = json_integer(value);
	return true;
}

static bool
parse_real(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	double value;
	if (!vs_text_to_real(at->text, &value) || !isfinite(value))
		return complain(at, _("is not a number; write for example 59,38"), err);
	if (!in_bounds(at, value, err))
		return false;
	*ret_value = json_real(value);
	return true;
}

static bool
parse_money(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	double value;
	char text[64];
	size_t length = strlen(at->text);
	if (length > 3 && strcmp(at->text + length - 3, " kr") == 0)
		length -= 3;
	snprintf(text, sizeof text, "%.*s", (int)length, at->text);
	if (length >= sizeof text || !vs_text_to_real(text, &value) || fabs(value) > 1e12)
		return complain(
			at, _("is not an amount; write kronor as 240 or 53,50"), err);
	int64_t ore = (int64_t)llround(value * 100);
	if (!in_bounds(at, (double)ore, err))
		return false;
	*ret_value = json_integer(ore);
	return true;
}

static bool
parse_boolean(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	static const char *const yes[] = { "ja", "j", "yes", "y", "true", "1" };
	static const char *const no[] = { "nej", "n", "no", "false", "0" };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = vs_text_fold(scratch.arena, at->text);
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (strcmp(folded, yes[i]) == 0) {
			*ret_value = json_true();
			return true;
		}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (strcmp(folded, no[i]) == 0) {
			*ret_value = json_false();
			return true;
		}
	return complain(at, _("is neither yes nor no; write ja or nej"), err);
}

static bool
parse_date(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	struct vs_date date;
	struct vs_error ignored = { 0 };
	if (!vs_date_parse(at->text, &date, &ignored))
		return complain(
			at, _("is not a date that exists; write it as 2026-04-29"), err);
	*ret_value = json_string(at->text);
	return true;
}

static bool
parse_time(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	const char *text = at->text;
	size_t hours = strspn(text, "0123456789");
	bool shaped = (hours == 1 || hours == 2) &&
		(text[hours] == ':' || text[hours] == '.') &&
		vs_text_is_code(text + hours + 1, 2);
	int hour = shaped ? atoi(text) : 0, minute = shaped ? atoi(text + hours + 1) : 0;
	if (!shaped || minute > 59 || hour * 60 + minute > 24 * 60)
		return complain(at, _("is not a time of day; write it as 08:00"), err);
	*ret_value = json_integer(hour * 60 + minute);
	return true;
}

static bool
parse_moment(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	int64_t utc;
	struct vs_error why = { 0 };
	if (!vs_time_parse(at->text, &utc, &why))
		return pass_on(at, &why, err);
	*ret_value = json_integer(utc);
	return true;
}

/* The stored value, its label in the language of the messages, or another word for it. */
static bool
is_choice(struct vs_arena *arena, const struct vs_choice *choice, const char *folded)
{
	if (strcmp(folded, vs_text_fold(arena, choice->value)) == 0 ||
		strcmp(folded, vs_text_fold(arena, _(choice->label))) == 0)
		return true;
	char *also = vs_arena_text(arena, choice->also), *word;
	while ((word = strsep(&also, ",")))
		if (strcmp(folded, word) == 0)
			return true;
	return false;
}

static bool
parse_choice(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_buffer known = { 0 };
	const char *folded = vs_text_fold(scratch.arena, at->text);
	for (const struct vs_choice *c = at->field->choices; c->value; c++) {
		if (is_choice(scratch.arena, c, folded)) {
			vs_buffer_done(&known);
			*ret_value = json_string(c->value);
			return true;
		}
		bool same = strcmp(c->value, _(c->label)) == 0;
		vs_buffer_printf(&known, "%s%s%s%s", known.length ? ", " : "", c->value,
			same ? "" : " = ", same ? "" : _(c->label));
	}
	if (at->field->flags & VS_OPEN) {
		vs_buffer_done(&known);
		return parse_text(at, ret_value, err);
	}
	char *what = vs_arena_printf(scratch.arena, _("is not one of: %s"), known.data);
	vs_buffer_done(&known);
	return complain(at, what, err);
}

static bool
parse_code(const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	if (!vs_text_is_code(at->text, (size_t)at->field->digits)) {
		char what[160];
		snprintf(what, sizeof what,
			_("is not a code of %d digits (leading zeros count)"),
			at->field->digits);
		return complain(at, what, err);
	}
	*ret_value = json_string(at->text);
	return true;
}

static bool
parse_ref(
	struct vs_db *db, const struct spot *at, json_t **ret_value, struct vs_error *err)
{
	const struct vs_record_type *target = at->field->refers;
	struct vs_error why = { 0 };
	json_t *key = record_known(db, target, at->text, &why), *found = NULL;
	if (key) {
		*ret_value = key;
		return true;
	}
	if (why.code == VS_OK)
		found = vs_record_get(db, target, at->text, &why);
	if (!found)
		return pass_on(at, &why, err);
	*ret_value = json_incref(json_object_get(found, vs_record_key(target)->name));
	json_decref(found);
	return true;
}

bool
record_parse(struct vs_db *db, const struct vs_record_type *type,
	const struct vs_field *field, const char *text, json_t **ret_value,
	struct vs_error *err)
{
	const struct spot at = { type, field, text };
	switch (field->type) {
	case VS_FIELD_TEXT:
		return field->flags & VS_PHONE ? parse_phone(&at, ret_value, err)
					       : parse_text(&at, ret_value, err);
	case VS_FIELD_INTEGER:
		return parse_integer(&at, ret_value, err);
	case VS_FIELD_REAL:
		return parse_real(&at, ret_value, err);
	case VS_FIELD_BOOLEAN:
		return parse_boolean(&at, ret_value, err);
	case VS_FIELD_DATE:
		return parse_date(&at, ret_value, err);
	case VS_FIELD_TIME:
		return parse_time(&at, ret_value, err);
	case VS_FIELD_MOMENT:
		return parse_moment(&at, ret_value, err);
	case VS_FIELD_MONEY:
		return parse_money(&at, ret_value, err);
	case VS_FIELD_CHOICE:
		return parse_choice(&at, ret_value, err);
	case VS_FIELD_CODE:
		return parse_code(&at, ret_value, err);
	case VS_FIELD_REF:
		return parse_ref(db, &at, ret_value, err);
	}
	return false;
}
