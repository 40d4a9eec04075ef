/* How many came, per association: above all to valskolor, in the room and digitally. */
#include "field/activity.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "activity", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_FIXED | VS_HIDDEN,
		N_("activity"), .refers = &vs_activity_type },
	{ "activity_title", VS_FIELD_TEXT, VS_READONLY, N_("activity") },
	{ "starts", VS_FIELD_MOMENT, VS_READONLY, N_("begins") },
	{ "association", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_FIXED | VS_HIDDEN,
		N_("association"), .refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "people", VS_FIELD_INTEGER, 0, N_("in the room"), N_("default 0"), .min = 0,
		.max = 10000 },
	{ "digital", VS_FIELD_INTEGER, 0, N_("digitally"), N_("default 0"), .min = 0,
		.max = 10000 },
};

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	(void)err;
	static const char *const counts[] = { "people", "digital" };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (json_is_null(json_object_get(record, counts[i])))
			json_object_set_new(record, counts[i], json_integer(0));
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("SELECT title, cancelled_at IS NOT NULL, mode, starts_at"
			    " FROM activity WHERE id = ?"),
			err))
		return false;
	stmt_bind(&q, record_integer(record, "activity"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	if (stmt_int(&q, 1))
		return vs_fail(err, VS_REFUSED,
			_("attendance: %s was cancelled; nobody can have been there"),
			stmt_text(&q, 0));
	if (stmt_int(&q, 3) > now)
		return vs_fail(err, VS_INVALID,
			_("attendance: %s has not begun yet; look at the time"),
			stmt_text(&q, 0));
	bool digital = strcmp(stmt_text(&q, 2), "physical") != 0;
	if (record_integer(record, "digital") && !digital)
		return vs_fail(err, VS_INVALID,
			_("attendance: %s is on the spot only; set its --mode to both, or count "
			  "them in the room"),
			stmt_text(&q, 0));
	if (record_integer(record, "people") && strcmp(stmt_text(&q, 2), "digital") == 0)
		return vs_fail(err, VS_INVALID,
			_("attendance: %s is digital only; set its --mode to both, or count them "
			  "digitally"),
			stmt_text(&q, 0));
	return true;
}

const struct vs_record_type vs_attendance_type = {
	.noun = N_("attendance"),
	.label = N_("attendances"),
	.about = N_(
		"How many came to an activity from each association, in the room and digitally."),
	FIELDS(fields),
	.select = SQL("SELECT t.id, t.activity_id AS activity, a.title AS activity_title,"
		      " a.starts_at AS starts, t.association_id AS association,"
		      " s.name AS association_name, t.people, t.digital FROM attendance t"
		      " JOIN activity a ON a.id = t.activity_id"
		      " JOIN association s ON s.id = t.association_id"
		      " ORDER BY a.starts_at, a.id, s.name COLLATE swedish"),
	.insert = SQL(
		"INSERT INTO attendance (activity_id, association_id, people, digital)"
		" VALUES (?, ?, ?, ?)"),
	.update = SQL("UPDATE attendance SET people = ?, digital = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM attendance WHERE id = ?"),
	.complete = complete,
	.check = check,
};

/* The view -------------------------------------------------------------------------------- */

static bool
add_activities(struct vs_db *db, struct vs_arena *arena, const char *kind, json_t *rows,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT a.id, a.title, a.mode, count(t.id), coalesce(sum(t.people), 0),"
			" coalesce(sum(t.digital), 0), a.starts_at, a.ends_at FROM activity a"
			" LEFT JOIN attendance t ON t.activity_id = a.id"
			" WHERE a.kind = ? AND a.cancelled_at IS NULL"
			" GROUP BY a.id ORDER BY a.starts_at, a.id"),
		    err))
		return false;
	stmt_bind(&q, kind);
	while (stmt_row(&q, err)) {
		json_t *row = json_pack("{s:I, s:s, s:s, s:I, s:I, s:I}", "activity",
			(json_int_t)stmt_int(&q, 0), "title", stmt_text(&q, 1), "mode",
			stmt_text(&q, 2), "associations", (json_int_t)stmt_int(&q, 3),
			"people", (json_int_t)stmt_int(&q, 4), "digital",
			(json_int_t)stmt_int(&q, 5));
		field_put_span(arena, row, stmt_int(&q, 6), stmt_int(&q, 7));
		json_array_append_new(rows, row);
	}
	return err->code == VS_OK;
}

static void
add_association(
	struct vs_arena *arena, json_t *view, const struct stmt *q, json_int_t totals[4])
{
	json_int_t times = stmt_int(q, 3);
	char last[17] = "";
	if (times)
		vs_time_format_local(stmt_int(q, 6), last);
	json_t *row = json_pack("{s:I, s:s, s:I, s:I, s:I, s:s, s:s}", "association",
		(json_int_t)stmt_int(q, 0), "name", stmt_text(q, 1), "times", times,
		"people", (json_int_t)stmt_int(q, 4), "digital",
		(json_int_t)stmt_int(q, 5), "last",
		vs_arena_copy(arena, last, strnlen(last, 10)), "next", "");
	json_object_set_new(row, "members",
		stmt_null(q, 2) ? json_null() : json_integer(stmt_int(q, 2)));
	if (!stmt_null(q, 7)) {
		vs_time_format_local(stmt_int(q, 7), last);
		json_object_set_new(row, "next", json_stringn(last, 10));
	}
	json_array_append_new(json_object_get(view, "associations"), row);
	if (!times)
		json_array_append(json_object_get(view, "missing"), row);
	totals[0] += times > 0;
	totals[1] += times == 0;
	totals[2] += stmt_int(q, 4);
	totals[3] += stmt_int(q, 5);
}

/* An association has been there when somebody came; its own next one is told, too. */
static bool
add_associations(struct vs_db *db, struct vs_arena *arena, const char *kind, json_t *view,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	json_int_t totals[4] = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("WITH came AS (SELECT t.association_id AS id, count(*) AS times,"
			    "  sum(t.people) AS people, sum(t.digital) AS digital,"
			    "  max(a.starts_at) AS last FROM attendance t"
			    "  JOIN activity a ON a.id = t.activity_id WHERE a.kind = ?1"
			    "  AND a.cancelled_at IS NULL AND t.people + t.digital > 0"
			    "  GROUP BY t.association_id)"
			    " SELECT s.id, s.name, s.members, coalesce(c.times, 0),"
			    " coalesce(c.people, 0), coalesce(c.digital, 0), c.last,"
			    " (SELECT min(a.starts_at) FROM activity a WHERE a.kind = ?1"
			    "  AND a.cancelled_at IS NULL AND a.starts_at > ?2"
			    "  AND a.association_id = s.id)"
			    " FROM association s LEFT JOIN came c ON c.id = s.id"
			    " ORDER BY s.name COLLATE swedish, s.id"),
			err))
		return false;
	stmt_bind(&q, kind);
	stmt_bind(&q, now);
	while (stmt_row(&q, err))
		add_association(arena, view, &q, totals);
	json_object_set_new(view, "total",
		json_pack("{s:I, s:I, s:I, s:I}", "been", totals[0], "missing", totals[1],
			"people", totals[2], "digital", totals[3]));
	return err->code == VS_OK;
}

json_t *
vs_attendance_view(struct vs_db *db, const char *kind, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *type =
		vs_record_get(db, &vs_activity_kind_type, kind ? kind : "valskola", err);
	if (!type)
		return NULL;
	const char *code = record_string(type, "code");
	json_t *view = json_pack("{s:O, s:O, s:[], s:[], s:[]}", "kind",
		json_object_get(type, "code"), "kind_name", json_object_get(type, "name"),
		"activities", "associations", "missing");
	bool ok = add_activities(db, scratch.arena, code,
			  json_object_get(view, "activities"), err) &&
		add_associations(db, scratch.arena, code, view, err);
	json_decref(type);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
