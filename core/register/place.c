/* Places: buildings where votes are received. One row per building. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "kommun", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("place"), .max_length = 120 },
	{ "street", VS_FIELD_TEXT, VS_REQUIRED, N_("street"), .max_length = 120 },
	{ "detail", VS_FIELD_TEXT, VS_HIDDEN, N_("inside"), .max_length = 300 },
	{ "postcode", VS_FIELD_TEXT, VS_HIDDEN, N_("postcode"), .max_length = 6 },
	{ "town", VS_FIELD_TEXT, VS_HIDDEN, N_("town"), .max_length = 60 },
	{ "latitude", VS_FIELD_REAL, VS_HIDDEN, N_("latitude"), N_("WGS 84, degrees"),
		.min = 55, .max = 70 },
	{ "longitude", VS_FIELD_REAL, VS_HIDDEN, N_("longitude"), N_("WGS 84, degrees"),
		.min = 10, .max = 25 },
	{ "position_note", VS_FIELD_TEXT, VS_HIDDEN, N_("about the position"),
		N_("why there are no coordinates to use") },
	{ "polling", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER, N_("election day") },
	{ "advance", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER, N_("advance") },
	{ "restricted", VS_FIELD_BOOLEAN, VS_FILTER, N_("restricted"),
		N_("advance voting for some people only (care homes, schools)") },
	{ "districts", VS_FIELD_INTEGER, VS_READONLY, N_("districts") },
	{ "days", VS_FIELD_INTEGER, VS_READONLY, N_("advance days") },
	{ "advance_code", VS_FIELD_TEXT, VS_HIDDEN, N_("authority's place id"),
		.max_length = 10 },
	{ "accessibility", VS_FIELD_TEXT, VS_HIDDEN, N_("accessibility"),
		.max_length = 1000 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	if (json_is_null(json_object_get(record, "latitude")) ==
		json_is_null(json_object_get(record, "longitude")))
		return true;
	return vs_fail(err, VS_INVALID,
		_("place %s: give both latitude and longitude, or neither"),
		record_string(record, "name"));
}

const struct vs_record_type vs_place_type = {
	.noun = N_("place"),
	.label = N_("places"),
	.about = N_(
		"Buildings where votes are received, on election day, in advance or both."),
	FIELDS(fields),
	.within = "kommun_name",
	.select = SQL(
		"WITH polled AS (SELECT place_id, count(*) AS n FROM district GROUP BY place_id),"
		" dated AS (SELECT place_id, count(DISTINCT date) AS n FROM opening"
		"  WHERE purpose = 'advance' GROUP BY place_id)"
		" SELECT p.id, p.kommun_code AS kommun, k.name AS kommun_name, p.name, p.street,"
		" p.detail, p.postcode, p.town, p.latitude, p.longitude, p.position_note,"
		" coalesce(c.n, 0) > 0 AS polling,"
		" p.advance_code IS NOT NULL OR coalesce(o.n, 0) > 0 AS advance,"
		" p.restricted, coalesce(c.n, 0) AS districts, coalesce(o.n, 0) AS days,"
		" p.advance_code, p.accessibility, p.note"
		" FROM place p JOIN kommun k ON k.code = p.kommun_code"
		" LEFT JOIN polled c ON c.place_id = p.id LEFT JOIN dated o ON o.place_id = p.id"
		" ORDER BY k.name COLLATE swedish, p.name COLLATE swedish, p.street COLLATE swedish"),
	.insert = SQL(
		"INSERT INTO place (kommun_code, name, street, detail, postcode, town,"
		" latitude, longitude, position_note, restricted, advance_code,"
		" accessibility, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update =
		SQL("UPDATE place SET kommun_code = ?, name = ?, street = ?, detail = ?,"
		    " postcode = ?, town = ?, latitude = ?, longitude = ?,"
		    " position_note = ?, restricted = ?, advance_code = ?,"
		    " accessibility = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM place WHERE id = ?"),
	.check = check,
};
