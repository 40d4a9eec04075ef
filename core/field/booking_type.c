/* Bookings as records, and lists of them that touch no more than is asked for. */
#include "field/booking.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice sources[] = {
	{ "organiser", N_("organiser") },
	{ "match", N_("matching") },
	{ "sign_up", N_("sign-up") },
	{ "walk_in", N_("walk-in") },
	{ "swap", N_("swap") },
	{ 0 },
};

static const struct vs_choice cancellers[] = {
	{ "person", N_("the person") },
	{ "organiser", N_("organiser") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY | VS_FILTER, N_("no.") },
	{ "shift", VS_FIELD_REF, VS_READONLY | VS_FILTER, N_("shift"),
		.refers = &vs_shift_type },
	{ "activity", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("activity"),
		.refers = &vs_activity_type },
	{ "title", VS_FIELD_TEXT, VS_READONLY, N_("title") },
	{ "starts_at", VS_FIELD_MOMENT, VS_READONLY, N_("starts") },
	{ "ends_at", VS_FIELD_MOMENT, VS_READONLY, N_("ends") },
	{ "role_name", VS_FIELD_TEXT, VS_READONLY, N_("role") },
	{ "person", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("person"),
		.refers = &vs_person_type },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("name") },
	{ "state", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("state"),
		.choices = booking_states },
	{ "cancelled_by", VS_FIELD_CHOICE, VS_READONLY | VS_HIDDEN, N_("cancelled by"),
		.choices = cancellers },
	{ "late", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER | VS_HIDDEN,
		N_("cancelled late"),
		N_("by the person, within a day before the shift") },
	{ "offered_until", VS_FIELD_MOMENT, VS_READONLY | VS_HIDDEN, N_("kept until"),
		N_("the place, for who was on the waiting list") },
	{ "source", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("source"),
		.choices = sources },
	{ "override", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("rule set aside"),
		N_("why a rule may be broken") },
	{ "changed_at", VS_FIELD_MOMENT, VS_READONLY | VS_HIDDEN, N_("since") },
	{ "note", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL | VS_HIDDEN, N_("note") },
};

/* BOOKING_LATE_HOURS as seconds stands here as a literal. */
#define COLUMNS \
	"SELECT b.id, b.shift_id AS shift, t.activity_id AS activity, a.title, t.starts_at," \
	" t.ends_at, r.name AS role_name, b.person_id AS person," \
	" iif(w.restricted, NULL, w.name) AS name, b.state, b.cancelled_by," \
	" b.cancelled_by IS 'person' AND b.changed_at > t.starts_at - 86400 AS late," \
	" b.offered_until, b.source, b.override, b.changed_at, b.note FROM booking b" \
	" JOIN shift t ON t.id = b.shift_id JOIN activity a ON a.id = t.activity_id" \
	" JOIN shift_role r ON r.id = b.role_id LEFT JOIN person w ON w.id = b.person_id"
#define ORDER " ORDER BY t.starts_at, t.id, b.id"

const struct vs_record_type vs_booking_type = {
	.noun = N_("booking"),
	.label = N_("bookings"),
	.about =
		N_("Who is on which shift in which role; asked, waiting, there, or not."),
	FIELDS(fields),
	.guarded = true,
	.narrow = "id",
	.select = SQL(COLUMNS " WHERE b.id = coalesce(?, b.id)" ORDER),
	.find = SQL(COLUMNS " WHERE b.id = ?"),
};

/* Lists ----------------------------------------------------------------------------------- */

static bool
open_of_shift(struct stmt *q, struct vs_db *db, const char *shift, struct vs_error *err)
{
	int64_t id;
	if (!rule_shift_find(db, shift, &id, err) ||
		!stmt_open(q, db, SQL(COLUMNS " WHERE b.shift_id = ?" ORDER), err))
		return false;
	stmt_bind(q, id);
	return true;
}

static bool
open_of_person(struct stmt *q, struct vs_db *db, const char *person, struct vs_error *err)
{
	int64_t id;
	if (!rule_person_find(db, person, &id, err) ||
		!stmt_open(q, db, SQL(COLUMNS " WHERE b.person_id = ?" ORDER), err))
		return false;
	stmt_bind(q, id);
	return true;
}

static bool
open_of_activity(
	struct stmt *q, struct vs_db *db, const char *activity, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_activity_type, activity, err);
	if (!record)
		return false;
	int64_t id = record_integer(record, "id");
	json_decref(record);
	if (!stmt_open(q, db, SQL(COLUMNS " WHERE t.activity_id = ?" ORDER), err))
		return false;
	stmt_bind(q, id);
	return true;
}

/* No shift is longer than a week, so that the index finds both ends of the period. */
#define WEEK 604800

static bool
open_of_period(struct stmt *q, struct vs_db *db, const struct vs_booking_filter *filter,
	struct vs_error *err)
{
	int64_t from, until;
	if (!field_period(filter->from, filter->until, &from, &until, err) ||
		!stmt_open(q, db,
			SQL(COLUMNS
				" WHERE t.starts_at >= ?1 AND t.starts_at < ?2 AND t.ends_at > ?3" ORDER),
			err))
		return false;
	stmt_bind(q, from > INT64_MIN ? from - WEEK : from);
	stmt_bind(q, until);
	stmt_bind(q, from);
	return true;
}

static bool
open_list(struct stmt *q, struct vs_db *db, const struct vs_booking_filter *filter,
	struct vs_error *err)
{
	if (filter->shift)
		return open_of_shift(q, db, filter->shift, err);
	if (filter->person)
		return open_of_person(q, db, filter->person, err);
	if (filter->activity)
		return open_of_activity(q, db, filter->activity, err);
	return open_of_period(q, db, filter, err);
}

/* What the question to the file did not ask yet. */
struct rest {
	int64_t from, until, person, activity;
	const char *state; /* stored */
	bool late;
};

bool
booking_state_read(struct vs_db *db, struct vs_arena *arena, const char *text,
	const char **ret_state, struct vs_error *err)
{
	json_t *value = NULL;
	*ret_state = NULL;
	if (!text)
		return true;
	if (!record_parse(db, &vs_booking_type,
		    vs_record_field(&vs_booking_type, "state"), text, &value, err))
		return false;
	*ret_state = vs_arena_text(arena, json_string_value(value));
	json_decref(value);
	return true;
}

static bool
read_rest(struct vs_db *db, struct vs_arena *arena, const struct vs_booking_filter *f,
	struct rest *rest, struct vs_error *err)
{
	rest->late = f->late;
	if (!field_period(f->from, f->until, &rest->from, &rest->until, err) ||
		!booking_state_read(db, arena, f->state, &rest->state, err) ||
		(f->person && !rule_person_find(db, f->person, &rest->person, err)))
		return false;
	if (!f->activity)
		return true;
	json_t *record = vs_record_get(db, &vs_activity_type, f->activity, err);
	rest->activity = record_integer(record, "id");
	json_decref(record);
	return record != NULL;
}

static bool
matches(const struct rest *rest, const json_t *record)
{
	return record_integer(record, "starts_at") < rest->until &&
		record_integer(record, "ends_at") > rest->from &&
		(!rest->person || record_integer(record, "person") == rest->person) &&
		(!rest->activity ||
			record_integer(record, "activity") == rest->activity) &&
		(!rest->state ||
			strcmp(record_string(record, "state"), rest->state) == 0) &&
		(!rest->late || record_true(record, "late"));
}

json_t *
vs_booking_list(
	struct vs_db *db, const struct vs_booking_filter *filter, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(stmt) q = { 0 };
	struct rest rest = { 0 };
	if (!snapshot_begin(&snapshot, db, err) ||
		!read_rest(db, scratch.arena, filter, &rest, err) ||
		!open_list(&q, db, filter, err))
		return NULL;
	json_t *records = json_array();
	while (stmt_row(&q, err)) {
		json_t *record = record_row(&vs_booking_type, &q);
		record_put(record, "code",
			field_code(scratch.arena, record_integer(record, "id")));
		if (matches(&rest, record))
			json_array_append(records, record);
		json_decref(record);
	}
	if (err->code == VS_OK)
		return records;
	json_decref(records);
	return NULL;
}
