/* Locations: printer, depots, cars, places, receptions, voters, scrap. */
#include "ballots/stock.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	{ "printer", N_("printer") },
	{ "depot", N_("depot") },
	{ "carrier", N_("carrier") },
	{ "place", N_("place") },
	{ "reception", N_("reception") },
	{ "voters", N_("voters") },
	{ "scrap", N_("scrap") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER,
		N_("sort of location"), .choices = kinds },
	{ "own_name", VS_FIELD_TEXT, VS_HIDDEN, N_("name"),
		N_("of a depot, printer or reception"), .max_length = 80 },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("location") },
	{ "place", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("place"),
		.refers = &vs_place_type },
	{ "place_name", VS_FIELD_TEXT, VS_READONLY | VS_NAME | VS_HIDDEN,
		N_("place's name") },
	{ "kommun", VS_FIELD_REF, VS_FIXED | VS_FILTER | VS_HIDDEN, N_("kommun"),
		N_("of a reception"), .refers = &vs_kommun_type },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		N_("whose depot it is; without one it is the district's"),
		.refers = &vs_association_type },
	{ "street", VS_FIELD_TEXT, 0, N_("street"), .max_length = 120 },
	{ "town", VS_FIELD_TEXT, 0, N_("town"), .max_length = 60 },
	{ "latitude", VS_FIELD_REAL, VS_HIDDEN, N_("latitude"), N_("WGS 84, degrees"),
		.min = 55, .max = 70 },
	{ "longitude", VS_FIELD_REAL, VS_HIDDEN, N_("longitude"), N_("WGS 84, degrees"),
		.min = 10, .max = 25 },
	{ "opens", VS_FIELD_TIME, VS_HIDDEN, N_("opens"), N_("on weekdays") },
	{ "closes", VS_FIELD_TIME, VS_HIDDEN, N_("closes") },
	{ "service", VS_FIELD_INTEGER, VS_HIDDEN, N_("minutes a stop takes"), .min = 0,
		.max = 600 },
	{ "pieces", VS_FIELD_INTEGER, VS_READONLY, N_("pieces") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
is_null(const json_t *record, const char *name)
{
	return json_is_null(json_object_get(record, name));
}

static bool
check_kind(const json_t *record, const json_t *before, struct vs_error *err)
{
	const char *kind = record_string(record, "kind");
	bool depot = strcmp(kind, "depot") == 0, desk = strcmp(kind, "reception") == 0;
	if (!before && !depot && !desk && strcmp(kind, "printer") != 0)
		return vs_fail(err, VS_INVALID,
			_("location, field kind: only depots, receptions and printers are added; "
			  "places and carriers have their location, voters and scrap are there"));
	if (!before && desk == is_null(record, "kommun"))
		return vs_fail(err, VS_INVALID,
			_("location, field kommun: a reception has one, nothing else does"));
	if (!depot && !is_null(record, "association"))
		return vs_fail(err, VS_INVALID,
			_("location, field association: only a depot belongs to one"));
	bool named = strcmp(kind, "place") != 0 && strcmp(kind, "carrier") != 0;
	if (named == is_null(record, "own_name"))
		return vs_fail(err, VS_INVALID,
			_("location, field own_name: depots, printers and receptions have a name, "
			  "places and carriers go by their own"));
	return true;
}

/* A place's address stands with the place: here it could only come to differ. */
static bool
check_address(const json_t *record, const json_t *before, struct vs_error *err)
{
	static const char *const names[] = { "street", "town", "latitude", "longitude" };
	if (!before || is_null(before, "place"))
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!json_equal(json_object_get(record, names[i]),
			    json_object_get(before, names[i])))
			return vs_fail(err, VS_INVALID,
				_("location %s: the address of a place is changed with 'valstuga "
				  "place set %lld'"),
				record_string(before, "name"),
				(long long)record_integer(before, "place"));
	return true;
}

/* Everything comes in by the district's depot: the last one is not given away. */
static bool
check_district(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!before || is_null(record, "association") || !is_null(before, "association"))
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM location WHERE kind = 'depot'"
			" AND association_id IS NULL AND id <> ?"),
		    err))
		return false;
	stmt_bind(&q, record_integer(before, "id"));
	if (stmt_row(&q, err) || err->code != VS_OK)
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("%s is the district's only depot; add one for the association with 'valstuga "
		  "location add'"),
		record_string(before, "name"));
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	const json_t *opens = json_object_get(record, "opens");
	const json_t *closes = json_object_get(record, "closes");
	const char *name = record_string(record, before ? "name" : "own_name");
	if (!check_kind(record, before, err) || !check_address(record, before, err) ||
		!check_district(db, record, before, err))
		return false;
	if (is_null(record, "latitude") != is_null(record, "longitude"))
		return vs_fail(err, VS_INVALID,
			_("location %s: give both latitude and longitude, or neither"),
			name);
	if (json_is_integer(opens) && json_is_integer(closes) &&
		json_integer_value(opens) >= json_integer_value(closes))
		return vs_fail(err, VS_INVALID,
			_("location %s: it must open before it closes"), name);
	return true;
}

const struct vs_record_type vs_location_type = {
	.noun = N_("location"),
	.label = N_("locations"),
	.about = N_(
		"Anywhere that ballot papers and material can be: the printer, depots, cars, "
		"places, the kommuner's receptions."),
	FIELDS(fields),
	.select = SQL(
		"SELECT o.id, o.kind, o.name AS own_name, " LOCATION_NAME " AS name,"
		" o.place_id AS place, p.name AS place_name,"
		" coalesce(o.kommun_code, p.kommun_code) AS kommun,"
		" o.association_id AS association, coalesce(o.street, p.street) AS street,"
		" coalesce(o.town, p.town) AS town,"
		" coalesce(o.latitude, p.latitude) AS latitude,"
		" coalesce(o.longitude, p.longitude) AS longitude,"
		" o.opens, o.closes, o.service, (SELECT coalesce(sum(b.pieces), 0)"
		"  FROM balance b WHERE b.location_id = o.id) AS pieces, o.note" LOCATION_FROM
		" ORDER BY " LOCATION_RANK
		", o.association_id IS NOT NULL, k.name COLLATE swedish,"
		" coalesce(o.name, p.name, w.name) COLLATE swedish, o.id"),
	.insert = SQL(
		"INSERT INTO location (kind, name, kommun_code, association_id, street,"
		" town, latitude, longitude, opens, closes, service, note)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE location SET name = ?, association_id = ?,"
		      " street = iif(place_id IS NULL, ?, NULL),"
		      " town = iif(place_id IS NULL, ?, NULL),"
		      " latitude = iif(place_id IS NULL, ?, NULL),"
		      " longitude = iif(place_id IS NULL, ?, NULL),"
		      " opens = ?, closes = ?, service = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM location WHERE id = ? AND (kind = 'reception'"
		      " OR (kind IN ('printer', 'depot') AND (association_id IS NOT NULL"
		      "  OR EXISTS (SELECT 1 FROM location o WHERE o.kind = location.kind"
		      "   AND o.association_id IS NULL AND o.id <> location.id))))"),
	.check = check,
};

const char *
location_name(struct vs_db *db, struct vs_arena *arena, int64_t location)
{
	struct vs_error ignored = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT " LOCATION_NAME LOCATION_FROM " WHERE o.id = ?"),
		    &ignored))
		return "?";
	stmt_bind(&q, location);
	return stmt_row(&q, &ignored) ? stmt_copy(&q, 0, arena) : "?";
}

const char *
location_kind(struct vs_db *db, struct vs_arena *arena, int64_t location)
{
	struct vs_error ignored = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT kind FROM location WHERE id = ?"), &ignored))
		return "";
	stmt_bind(&q, location);
	return stmt_row(&q, &ignored) ? stmt_copy(&q, 0, arena) : "";
}

const char *
location_in_history(struct vs_db *db, struct vs_arena *arena, int64_t location)
{
	if (strcmp(location_kind(db, arena, location), "carrier") == 0)
		return vs_arena_printf(arena, _("car %lld"), (long long)location);
	return location_name(db, arena, location);
}

/* By number there is no need to look at the names of thousands of places. */
static bool
is_location(struct vs_db *db, const char *text, int64_t *ret_id)
{
	struct vs_error ignored = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (text[strspn(text, "0123456789")] || !vs_text_to_integer(text, ret_id) ||
		!stmt_open(&q, db, SQL("SELECT 1 FROM location WHERE id = ?"), &ignored))
		return false;
	stmt_bind(&q, *ret_id);
	return stmt_row(&q, &ignored);
}

bool
location_find(
	struct vs_db *db, const char *text, int64_t *ret_location, struct vs_error *err)
{
	int64_t id;
	if (is_location(db, text, &id)) {
		*ret_location = id;
		return true;
	}
	json_t *record = vs_record_get(db, &vs_location_type, text, err);
	if (!record)
		return false;
	*ret_location = record_integer(record, "id");
	json_decref(record);
	return true;
}

bool
location_of_kind(
	struct vs_db *db, const char *kind, int64_t *ret_location, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM location WHERE kind = ? AND association_id IS NULL"
			" ORDER BY id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, kind);
	if (stmt_row(&q, err)) {
		*ret_location = stmt_int(&q, 0);
		return true;
	}
	return err->code == VS_OK &&
		vs_fail(err, VS_NOT_FOUND,
			_("there is no location of the kind %s; add one with 'valstuga location "
			  "add'"),
			record_choice(kinds, kind));
}

static bool
make_reception(struct vs_db *db, const char *kommun_code, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO location (kind, kommun_code, name, street)"
			" SELECT 'reception', k.code, 'Valnämnden, ' || k.name,"
			" (SELECT r.address FROM handover_rule r WHERE r.kommun_code = k.code"
			"  AND r.address IS NOT NULL ORDER BY r.phase = 'advance' DESC LIMIT 1)"
			" FROM kommun k WHERE k.code = ?"),
		    err))
		return false;
	stmt_bind(&q, kommun_code);
	return stmt_run(&q, err);
}

bool
location_of_reception(struct vs_db *db, const char *kommun_code, int64_t *ret_location,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT id FROM location WHERE kommun_code = ?"), err))
		return false;
	stmt_bind(&q, kommun_code);
	if (stmt_row(&q, err)) {
		*ret_location = stmt_int(&q, 0);
		return true;
	}
	if (err->code != VS_OK || !make_reception(db, kommun_code, err))
		return false;
	*ret_location = db_last_id(db);
	return true;
}

/* A lent association supplies too: whoever covers the kommun and has a depot. */
bool
location_supplier(
	struct vs_db *db, int64_t location, int64_t *ret_depot, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id FROM location o LEFT JOIN place p ON p.id = o.place_id"
			" JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
			" JOIN location d ON d.association_id = k.association_id"
			" WHERE o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	if (stmt_row(&q, err)) {
		*ret_depot = stmt_int(&q, 0);
		return true;
	}
	return err->code == VS_OK && location_of_kind(db, "depot", ret_depot, err);
}
