/*
 * Canvassing walks and their streets. What comes back is counts per street; nothing says
 * which door, and nothing what anybody thinks.
 */
#include "field/field.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "activity", VS_FIELD_REF, VS_FILTER, N_("activity"),
		.refers = &vs_activity_type },
	{ "kommun", VS_FIELD_REF, VS_REQUIRED | VS_FILTER, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "district", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("electoral district"),
		N_("when all of the walk is in one; its doors are then set beside its result"),
		.refers = &vs_district_type },
	{ "area", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("area"), .max_length = 80 },
	{ "meets_at", VS_FIELD_TEXT, 0, N_("meeting point"), .max_length = 120 },
	{ "team", VS_FIELD_TEXT, VS_PERSONAL, N_("team"), N_("who walks; first names do"),
		.max_length = 120 },
	{ "walked_on", VS_FIELD_DATE, VS_FILTER, N_("walked on") },
	{ "streets", VS_FIELD_INTEGER, VS_READONLY, N_("streets") },
	{ "doors", VS_FIELD_INTEGER, VS_READONLY, N_("doors"), N_("knocked on") },
	{ "opened", VS_FIELD_INTEGER, VS_READONLY, N_("opened") },
	{ "talks", VS_FIELD_INTEGER, VS_READONLY, N_("talks") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	const char *kommun = record_string(record, "kommun");
	const char *district = record_string(record, "district");
	(void)db;
	(void)before;
	return !district || strncmp(district, kommun, 4) == 0 ||
		vs_fail(err, VS_INVALID,
			_("walk, field district: %s is not in the walk's kommun, %s"),
			district, kommun);
}

const struct vs_record_type vs_canvass_type = {
	.noun = N_("canvass"),
	.label = N_("walks"),
	.about = N_(
		"Walks from door to door: area, team, and counts per street. No names, "
		"no opinions."),
	FIELDS(fields),
	.select = SQL(
		"SELECT c.id, c.activity_id AS activity, c.kommun_code AS kommun,"
		" c.district_code AS district, c.area, c.meets_at, c.team, c.walked_on, count(s.id) AS streets,"
		" sum(s.doors) AS doors, sum(s.opened) AS opened, sum(s.talks) AS talks, c.note"
		" FROM canvass c LEFT JOIN canvass_street s ON s.canvass_id = c.id"
		" GROUP BY c.id ORDER BY c.walked_on IS NOT NULL, c.walked_on,"
		" c.area COLLATE swedish, c.id"),
	.insert =
		SQL("INSERT INTO canvass (activity_id, kommun_code, district_code, area,"
		    " meets_at, team, walked_on, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL(
		"UPDATE canvass SET activity_id = ?, kommun_code = ?,"
		" district_code = ?, area = ?, meets_at = ?, team = ?, walked_on = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM canvass WHERE id = ?"),
	.check = check,
};

static const struct vs_choice sides[] = {
	{ "both", N_("both sides") },
	{ "odd", N_("odd numbers") },
	{ "even", N_("even numbers") },
	{ 0 },
};

static const struct vs_field street_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY | VS_HIDDEN, N_("no.") },
	{ "canvass", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_FIXED, N_("walk"),
		.refers = &vs_canvass_type },
	{ "position", VS_FIELD_INTEGER, VS_REQUIRED, N_("row"),
		N_("its number on the sheet"), .min = 1, .max = 500 },
	{ "street", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("street"),
		.max_length = 80 },
	{ "first", VS_FIELD_INTEGER, 0, N_("from number"), N_("empty: the whole street"),
		.min = 1, .max = 9999 },
	{ "last", VS_FIELD_INTEGER, 0, N_("to number"), .min = 1, .max = 9999 },
	{ "side", VS_FIELD_CHOICE, VS_REQUIRED, N_("side"), .choices = sides },
	{ "doors", VS_FIELD_INTEGER, 0, N_("doors"), N_("knocked on"), .min = 0,
		.max = 10000 },
	{ "opened", VS_FIELD_INTEGER, 0, N_("opened"), .min = 0, .max = 10000 },
	{ "talks", VS_FIELD_INTEGER, 0, N_("talks"), .min = 0, .max = 10000 },
	{ "leaflets", VS_FIELD_INTEGER, 0, N_("leaflets"), .min = 0, .max = 100000 },
	{ "wants_contact", VS_FIELD_INTEGER, 0, N_("want contact"), .min = 0,
		.max = 10000 },
};

/* A count that must not pass the one before it; both are known. */
static bool
not_more(const json_t *record, const char *less, const char *more, struct vs_error *err)
{
	const json_t *a = json_object_get(record, less),
		     *b = json_object_get(record, more);
	if (!json_is_integer(a) ||
		(json_is_integer(b) && json_integer_value(a) <= json_integer_value(b)))
		return true;
	return vs_fail(err, VS_INVALID, _("street \"%s\": %s cannot be more than %s"),
		record_string(record, "street"),
		_(vs_record_field(&vs_canvass_street_type, less)->label),
		_(vs_record_field(&vs_canvass_street_type, more)->label));
}

/* Another walk that is not over has some of the same doors. */
static bool
refuse_shared_doors(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT o.area, s.canvass_id FROM canvass_street s"
			" JOIN canvass o ON o.id = s.canvass_id"
			" WHERE s.canvass_id <> ?1 AND s.street = ?2 COLLATE NOCASE"
			" AND o.walked_on IS NULL AND o.kommun_code ="
			"  (SELECT kommun_code FROM canvass WHERE id = ?1)"
			" AND coalesce(s.first, 1) <= ?4 AND coalesce(s.last, 9999) >= ?3"
			" AND (s.side = 'both' OR ?5 = 'both' OR s.side = ?5) LIMIT 1"),
		    err))
		return false;
	const json_t *first = json_object_get(record, "first");
	const json_t *last = json_object_get(record, "last");
	stmt_bind(&q, record_integer(record, "canvass"));
	stmt_bind(&q, record_string(record, "street"));
	stmt_bind(&q, json_is_integer(first) ? record_integer(record, "first") : 1);
	stmt_bind(&q, json_is_integer(last) ? record_integer(record, "last") : 9999);
	stmt_bind(&q, record_string(record, "side"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("%s: walk %lld (%s) has some of these doors already; change its numbers or "
		  "say when it was walked"),
		record_string(record, "street"), (long long)stmt_int(&q, 1),
		stmt_text(&q, 0));
}

static bool
check_street(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	const json_t *first = json_object_get(record, "first");
	const json_t *last = json_object_get(record, "last");
	(void)before;
	if (json_is_integer(first) != json_is_integer(last) ||
		(json_is_integer(first) &&
			json_integer_value(first) > json_integer_value(last)))
		return vs_fail(err, VS_INVALID,
			_("street \"%s\": give both numbers, the lower one first, or none for "
			  "the whole street"),
			record_string(record, "street"));
	return not_more(record, "opened", "doors", err) &&
		not_more(record, "talks", "opened", err) &&
		refuse_shared_doors(db, record, err);
}

const struct vs_record_type vs_canvass_street_type = {
	.noun = N_("street"),
	.label = N_("streets"),
	.about = N_(
		"The streets of a walk with their numbers, and what was counted there."),
	FIELDS(street_fields),
	.within = "canvass",
	.select = SQL(
		"SELECT id, canvass_id AS canvass, position, street, first, last, side,"
		" doors, opened, talks, leaflets, wants_contact FROM canvass_street"
		" ORDER BY canvass_id, position"),
	.insert = SQL(
		"INSERT INTO canvass_street (canvass_id, position, street, first, last,"
		" side, doors, opened, talks, leaflets, wants_contact)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL(
		"UPDATE canvass_street SET position = ?, street = ?, first = ?, last = ?,"
		" side = ?, doors = ?, opened = ?, talks = ?, leaflets = ?,"
		" wants_contact = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM canvass_street WHERE id = ?"),
	.check = check_street,
};

static json_t *
area_row(const struct stmt *q)
{
	json_t *row = json_object();
	record_put(row, "kommun", stmt_text(q, 0));
	record_put(row, "kommun_name", stmt_text(q, 1));
	record_put(row, "area", stmt_text(q, 2));
	static const char *const counts[] = { "walks", "walked", "streets", "doors",
		"opened", "talks", "leaflets", "wants_contact" };
	for (int i = 0; i < 8; i++)
		json_object_set_new(row, counts[i], json_integer(stmt_int(q, 3 + i)));
	return row;
}

json_t *
vs_canvass_view(struct vs_db *db, const char *kommun, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *record = kommun ? vs_record_get(db, &vs_kommun_type, kommun, err) : NULL;
	json_t *view = json_pack("{s:[]}", "areas");
	if ((!kommun || record) &&
		stmt_open(&q, db,
			SQL("SELECT c.kommun_code, k.name, c.area, count(DISTINCT c.id),"
			    " count(DISTINCT iif(c.walked_on IS NULL, NULL, c.id)), count(s.id),"
			    " total(s.doors), total(s.opened), total(s.talks), total(s.leaflets),"
			    " total(s.wants_contact) FROM canvass c"
			    " JOIN kommun k ON k.code = c.kommun_code"
			    " LEFT JOIN canvass_street s ON s.canvass_id = c.id"
			    " WHERE c.kommun_code = coalesce(?, c.kommun_code)"
			    " GROUP BY c.kommun_code, c.area"
			    " ORDER BY k.name COLLATE swedish, c.area COLLATE swedish"),
			err)) {
		stmt_bind(&q, record ? record_string(record, "code") : NULL);
		while (stmt_row(&q, err))
			json_array_append_new(
				json_object_get(view, "areas"), area_row(&q));
	}
	json_decref(record);
	if (err->code == VS_OK)
		return view;
	json_decref(view);
	return NULL;
}
