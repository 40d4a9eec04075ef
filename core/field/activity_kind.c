/* Kinds of activities: those that ship with the program, and the campaign's own. */
#include "field/field.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define CODE_MAX 40

static const struct vs_field fields[] = {
	{ "code", VS_FIELD_TEXT, VS_KEY | VS_FIXED, N_("code"),
		N_("letters, digits and _; default made from the name"),
		.max_length = CODE_MAX },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("name"), .max_length = 60 },
	{ "pair", VS_FIELD_BOOLEAN, 0, N_("never alone"),
		N_("nobody stands alone on a shift, where the shift says nothing else") },
	{ "tolerance", VS_FIELD_INTEGER, 0, N_("hand-over, min"),
		N_("shifts at one place may overlap so long; default 0"), .min = 0,
		.max = 240 },
	{ "rest", VS_FIELD_INTEGER, 0, N_("rest, min"),
		N_("between shifts at different places, besides the way; default 0"),
		.min = 0, .max = 1440 },
	{ "activities", VS_FIELD_INTEGER, VS_READONLY, N_("activities") },
	{ "shipped", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("shipped"),
		N_("came with the program") },
};

/* å and ä without their marks, as in the shipped codes. */
static char
plain(const unsigned char **at)
{
	static const struct {
		const char *letter;
		char plain;
	} letters[] = { { "å", 'a' }, { "ä", 'a' }, { "ö", 'o' }, { "é", 'e' },
		{ "ü", 'u' } };
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (strncmp((const char *)*at, letters[i].letter, 2) == 0) {
			*at += 2;
			return letters[i].plain;
		}
	return (char)*(*at)++;
}

static bool
is_code_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* "Röd söndag" becomes rod_sondag. */
static void
make_code(const char *name, char code[CODE_MAX + 1])
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t length = 0;
	const char *folded = vs_text_fold(scratch.arena, name);
	for (const unsigned char *at = (const unsigned char *)folded;
		*at && length < CODE_MAX;) {
		char c = plain(&at);
		if (is_code_letter(c))
			code[length++] = c;
		else if (length && code[length - 1] != '_')
			code[length++] = '_';
	}
	while (length && code[length - 1] == '_')
		length--;
	code[length] = '\0';
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	(void)err;
	static const char *const minutes[] = { "tolerance", "rest" };
	const char *name = record_string(record, "name");
	char code[CODE_MAX + 1] = "";
	for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++)
		if (json_is_null(json_object_get(record, minutes[i])))
			json_object_set_new(record, minutes[i], json_integer(0));
	if (name && !record_string(record, "code"))
		make_code(name, code);
	if (*code)
		json_object_set_new(record, "code", json_string(code));
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	const char *code = record_string(record, "code");
	if (!code)
		return vs_fail(err, VS_INVALID,
			_("activity-kind %s: no code can be made from the name; say it with --code"),
			record_string(record, "name"));
	for (const char *c = code; *c; c++)
		if (!is_code_letter(*c) && *c != '_')
			return vs_fail(err, VS_INVALID,
				_("activity-kind, field code: \"%s\" may have small letters a to z, "
				  "digits and _ only"),
				code);
	return true;
}

const struct vs_record_type vs_activity_kind_type = {
	.noun = N_("activity-kind"),
	.label = N_("kinds of activities"),
	.about = N_(
		"What activities there are: valstuga, canvassing, valskola ...; own ones may be "
		"added, those of the program stay."),
	FIELDS(fields),
	.select = SQL(
		"SELECT k.code, k.name, k.pair, k.tolerance, k.rest,"
		" (SELECT count(*) FROM activity a WHERE a.kind = k.code) AS activities,"
		" k.shipped FROM activity_kind k ORDER BY k.shipped DESC, k.name COLLATE swedish"),
	.insert = SQL("INSERT INTO activity_kind (code, name, pair, tolerance, rest)"
		      " VALUES (?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE activity_kind SET name = ?, pair = ?, tolerance = ?,"
		      " rest = ? WHERE code = ?"),
	.remove = SQL("DELETE FROM activity_kind WHERE code = ? AND shipped = 0"),
	.complete = complete,
	.check = check,
};
