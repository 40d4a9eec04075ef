/* Duty (jour): who answers the telephone when a rack is empty, day by day. */
#include "ballots/ballots.h"

#include <valstuga/delivery.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "date", VS_FIELD_DATE, VS_REQUIRED | VS_FILTER, N_("date") },
	{ "starts", VS_FIELD_TIME, VS_REQUIRED, N_("from") },
	{ "ends", VS_FIELD_TIME, VS_REQUIRED, N_("to") },
	{ "role", VS_FIELD_TEXT, VS_REQUIRED | VS_FILTER, N_("role"),
		N_("valsedelsjour, kommunansvarig ..."), .max_length = 60 },
	{ "area", VS_FIELD_TEXT, VS_FILTER, N_("area"),
		N_("a kommun or a part of the district; empty: all of it"),
		.max_length = 80 },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_PERSONAL, N_("name"),
		.max_length = 90 },
	{ "phone", VS_FIELD_TEXT, VS_REQUIRED | VS_PERSONAL, N_("phone"),
		.max_length = 30 },
	{ "deputy_name", VS_FIELD_TEXT, VS_PERSONAL, N_("deputy"), .max_length = 90 },
	{ "deputy_phone", VS_FIELD_TEXT, VS_PERSONAL, N_("deputy's phone"),
		.max_length = 30 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	if (!said_date(db, record_string(record, "date"), err))
		return false;
	if (record_integer(record, "starts") < record_integer(record, "ends"))
		return true;
	return vs_fail(err, VS_INVALID,
		_("duty on %s: it must begin before it ends; a night is two records"),
		record_string(record, "date"));
}

/* The empty area is stored, so that the table sees that a turn stands there twice. */
const struct vs_record_type vs_duty_type = {
	.noun = N_("duty"),
	.label = N_("duty turns"),
	.about = N_(
		"Who is on duty on the telephone, from when to when, and their deputies."),
	FIELDS(fields),
	.select = SQL(
		"SELECT id, date, starts, ends, role, nullif(area, '') AS area, name, phone,"
		" deputy_name, deputy_phone, note FROM duty"
		" ORDER BY date, starts, role COLLATE swedish, area COLLATE swedish,"
		" name COLLATE swedish, id"),
	.insert = SQL("INSERT INTO duty (date, starts, ends, role, area, name, phone,"
		      " deputy_name, deputy_phone, note)"
		      " VALUES (?, ?, ?, ?, coalesce(?, ''), ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE duty SET date = ?, starts = ?, ends = ?, role = ?,"
		      " area = coalesce(?, ''), name = ?, phone = ?, deputy_name = ?,"
		      " deputy_phone = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM duty WHERE id = ?"),
	.check = check,
};
