/* Opening passes of a place; several a day are usual. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_choice purposes[] = {
	{ "advance", N_("advance voting") },
	{ "polling", N_("election day") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "place", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN, N_("place"),
		.refers = &vs_place_type },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "place_name", VS_FIELD_TEXT, VS_READONLY, N_("place") },
	{ "purpose", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("for"),
		.choices = purposes },
	{ "date", VS_FIELD_DATE, VS_REQUIRED | VS_FILTER, N_("date") },
	{ "opens", VS_FIELD_TIME, VS_REQUIRED, N_("opens") },
	{ "closes", VS_FIELD_TIME, VS_REQUIRED, N_("closes") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	if (record_integer(record, "opens") < record_integer(record, "closes"))
		return true;
	return vs_fail(err, VS_INVALID,
		_("opening on %s: it closes before it opens; give --opens and --closes again"),
		record_string(record, "date"));
}

const struct vs_record_type vs_opening_type = {
	.noun = N_("opening"),
	.label = N_("openings"),
	.about = N_("When a place is open: one record per pass."),
	FIELDS(fields),
	.select = SQL(
		"SELECT o.id, o.place_id AS place, p.kommun_code AS kommun,"
		" k.name AS kommun_name, p.name AS place_name, o.purpose, o.date,"
		" o.opens, o.closes FROM opening o JOIN place p ON p.id = o.place_id"
		" JOIN kommun k ON k.code = p.kommun_code"
		" ORDER BY o.date, k.name COLLATE swedish, p.name COLLATE swedish, o.opens"),
	.insert = SQL("INSERT INTO opening (place_id, purpose, date, opens, closes)"
		      " VALUES (?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE opening SET place_id = ?, purpose = ?, date = ?, opens = ?,"
		      " closes = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM opening WHERE id = ?"),
	.check = check,
};
