/* Carriers: people with a car, how much it takes, when and from where they drive. */
#include "ballots/delivery.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_HIDDEN, N_("person"),
		N_("who drives; 'carrier add' makes the person when there is none"),
		.refers = &vs_person_type },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_NAME | VS_PERSONAL, N_("carrier") },
	{ "phone", VS_FIELD_TEXT, VS_PERSONAL, N_("phone"), .max_length = 40 },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		.refers = &vs_association_type },
	{ "base", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("loads at"),
		N_("the depot; without one the district's"),
		.refers = &vs_location_type },
	{ "base_name", VS_FIELD_TEXT, VS_READONLY, N_("loads at") },
	{ "kg", VS_FIELD_INTEGER, 0, N_("kg"), N_("the car's load; default 200"),
		.min = 1, .max = 40000 },
	{ "boxes", VS_FIELD_INTEGER, 0, N_("boxes"),
		N_("full boxes that it has room for; default 40"), .min = 1,
		.max = 10000 },
	{ "starts", VS_FIELD_TIME, 0, N_("drives from"),
		N_("every day, unless it has days of its own; default 08:00") },
	{ "ends", VS_FIELD_TIME, 0, N_("drives until"), N_("default 18:00") },
	{ "longest", VS_FIELD_INTEGER, 0, N_("at most minutes"),
		N_("away on one day, waiting included"), .min = 1, .max = 1440 },
	{ "paused", VS_FIELD_BOOLEAN, VS_FILTER, N_("paused"),
		N_("does not drive for the time being") },
	{ "note", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("note") },
};

static bool
check_base(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	int64_t base = record_integer(record, "base");
	if (!base)
		return true;
	if (!stmt_open(
		    &q, db, SQL("SELECT kind = 'depot' FROM location WHERE id = ?"), err))
		return false;
	stmt_bind(&q, base);
	if (!stmt_row(&q, err) || stmt_int(&q, 0))
		return err->code == VS_OK;
	return vs_fail(err, VS_INVALID,
		_("carrier, field base: %s is no depot; carriers load at depots"),
		location_name(db, scratch.arena, base));
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	const json_t *starts = json_object_get(record, "starts");
	const json_t *ends = json_object_get(record, "ends");
	int64_t from = json_is_integer(starts) ? json_integer_value(starts) : 480;
	int64_t until = json_is_integer(ends) ? json_integer_value(ends) : 1080;
	if (from >= until)
		return vs_fail(err, VS_INVALID,
			_("carrier: the hours end before they start; give --starts and --ends"));
	return check_base(db, record, err);
}

const struct vs_record_type vs_carrier_type = {
	.noun = N_("carrier"),
	.label = N_("carriers"),
	.about = N_("People with a car who take ballot papers to the places: how much it "
		    "takes, when they drive, from which depot."),
	FIELDS(fields),
	.select = SQL(
		"SELECT c.id, c.person_id AS person, p.name, c.phone,"
		" c.association_id AS association, c.base_id AS base,"
		" coalesce(b.name, (SELECT name FROM location WHERE kind = 'depot'"
		"  AND association_id IS NULL ORDER BY id LIMIT 1)) AS base_name,"
		" c.kg, c.boxes, c.starts, c.ends, c.longest, NOT c.active AS paused, c.note"
		" FROM carrier c JOIN person p ON p.id = c.person_id"
		" LEFT JOIN location b ON b.id = c.base_id"
		" ORDER BY p.name COLLATE swedish, c.id"),
	.insert = SQL(
		"INSERT INTO carrier (person_id, phone, association_id, base_id, kg, boxes,"
		" starts, ends, longest, active, note) VALUES (?, ?, ?, ?, coalesce(?, 200),"
		" coalesce(?, 40), coalesce(?, 480), coalesce(?, 1080), ?, NOT ?, ?)"),
	.update = SQL("UPDATE carrier SET phone = ?, association_id = ?, base_id = ?,"
		      " kg = coalesce(?, 200), boxes = coalesce(?, 40),"
		      " starts = coalesce(?, 480), ends = coalesce(?, 1080), longest = ?,"
		      " active = NOT ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM carrier WHERE id = ?"),
	.check = check,
};

/*
 * The person of that number or name; made when nobody has the name. Of two people of one name
 * it is not ours to guess.
 */
static bool
pick_person(struct vs_db *db, const char *key, int64_t *ret_person, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error why = { 0 };
	int64_t ignored;
	json_t *person = vs_record_get(db, &vs_person_type, key, &why);
	if (person) {
		*ret_person = record_integer(person, "id");
		json_decref(person);
		return true;
	}
	const char *name = vs_text_clean(scratch.arena, key);
	if (why.code != VS_NOT_FOUND || vs_text_to_integer(key, &ignored) || !*name)
		return vs_fail(err, why.code, "%s", why.text);
	json_t *checked = NULL;
	if (!record_parse(db, &vs_person_type, vs_record_field(&vs_person_type, "name"),
		    name, &checked, err))
		return false;
	json_decref(checked);
	return person_insert(db, name, ret_person, err);
}

/* The database says the same, but not to people. */
static bool
check_once(struct vs_db *db, int64_t person, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT c.id, p.name FROM carrier c JOIN person p ON p.id = c.person_id"
			" WHERE p.id = ?"),
		    err))
		return false;
	stmt_bind(&q, person);
	if (stmt_row(&q, err))
		return vs_fail(err, VS_EXISTS,
			_("%s is a carrier already, number %d; change it with 'valstuga carrier "
			  "set'"),
			stmt_text(&q, 1), (int)stmt_int(&q, 0));
	return err->code == VS_OK;
}

static bool
add(struct vs_db *db, const json_t *values, int64_t *ret_id, struct vs_error *err)
{
	int64_t person = 0;
	const char *key = record_string(values, "person");
	if (!key || !*key)
		return vs_fail(err, VS_USAGE, _("carrier: --person is missing"));
	if (!pick_person(db, key, &person, err) || !check_once(db, person, err))
		return false;
	json_t *given = json_copy((json_t *)(uintptr_t)values);
	json_object_set_new(given, "person", json_integer(person));
	json_t *record = record_prepare(db, &vs_carrier_type, NULL, given, err);
	json_decref(given);
	bool ok = record && record_write(db, &vs_carrier_type, NULL, record, err);
	*ret_id = db_last_id(db);
	json_decref(record);
	return ok;
}

bool
vs_carrier_add(struct vs_db *db, const json_t *values, struct vs_arena *arena,
	const char **ret_key, struct vs_error *err)
{
	int64_t id = 0;
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "carrier add", err) || !add(db, values, &id, err))
		return false;
	*ret_key = vs_arena_printf(arena, "%lld", (long long)id);
	change_say(&change, "carrier", *ret_key, "%s", _("new"));
	return change_commit(&change, err);
}

/* Availability -----------------------------------------------------------------------------*/

static const struct vs_field day_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "carrier", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN, N_("carrier"),
		.refers = &vs_carrier_type },
	{ "carrier_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("carrier") },
	{ "date", VS_FIELD_DATE, VS_REQUIRED | VS_FILTER, N_("date") },
	{ "starts", VS_FIELD_TIME, 0, N_("drives from"),
		N_("default the carrier's usual hours") },
	{ "ends", VS_FIELD_TIME, 0, N_("drives until") },
};

/* The carrier's usual hours stand in for what is not given. */
static bool
check_day(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	(void)before;
	VS_AUTO(stmt) q = { 0 };
	if (!said_date(db, record_string(record, "date"), err) ||
		!stmt_open(&q, db,
			SQL("SELECT coalesce(?, starts) < coalesce(?, ends) FROM carrier"
			    " WHERE id = ?"),
			err))
		return false;
	static const char *const names[] = { "starts", "ends" };
	for (size_t i = 0; i < 2; i++) {
		const json_t *value = json_object_get(record, names[i]);
		if (json_is_integer(value))
			stmt_bind(&q, (int64_t)json_integer_value(value));
		else
			stmt_bind_null(&q);
	}
	stmt_bind(&q, record_integer(record, "carrier"));
	if (!stmt_row(&q, err) || stmt_int(&q, 0))
		return err->code == VS_OK;
	return vs_fail(err, VS_INVALID,
		_("availability on %s: the hours end before they start; give --starts and "
		  "--ends"),
		record_string(record, "date"));
}

const struct vs_record_type vs_availability_type = {
	.noun = N_("availability"),
	.label = N_("availabilities"),
	.about = N_(
		"Days on which a carrier can drive. A carrier without any drives every "
		"day; with some, on those days only."),
	FIELDS(day_fields),
	.select = SQL(
		"SELECT a.id, a.carrier_id AS carrier, p.name AS carrier_name, a.date,"
		" a.starts, a.ends FROM availability a JOIN carrier c ON c.id = a.carrier_id"
		" JOIN person p ON p.id = c.person_id"
		" ORDER BY a.date, p.name COLLATE swedish, a.id"),
	.insert = SQL(
		"INSERT INTO availability (carrier_id, date, starts, ends)"
		" SELECT id, ?2, coalesce(?3, starts), coalesce(?4, ends) FROM carrier"
		" WHERE id = ?1"),
	.update = SQL("UPDATE availability SET carrier_id = c.id, date = ?2,"
		      " starts = coalesce(?3, c.starts), ends = coalesce(?4, c.ends)"
		      " FROM (SELECT id, starts, ends FROM carrier WHERE id = ?1) c"
		      " WHERE availability.id = ?5"),
	.remove = SQL("DELETE FROM availability WHERE id = ?"),
	.check = check_day,
};
