/* What was made at once, so that it can be taken back at once. */
#include "field/activity.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "at", VS_FIELD_MOMENT, VS_READONLY, N_("when") },
	{ "actor", VS_FIELD_TEXT, VS_READONLY | VS_FILTER, N_("by") },
	{ "what", VS_FIELD_TEXT, VS_READONLY, N_("what") },
	{ "activities", VS_FIELD_INTEGER, VS_READONLY, N_("activities") },
	{ "shifts", VS_FIELD_INTEGER, VS_READONLY, N_("shifts") },
	{ "live", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("not undone") },
	{ "undone_at", VS_FIELD_MOMENT, VS_READONLY, N_("undone") },
};

const struct vs_record_type vs_bulk_type = {
	.noun = N_("bulk"),
	.label = N_("bulks"),
	.about = N_(
		"What was made at once (a series of activities, a day's shifts); 'bulk undo' takes "
		"it back."),
	FIELDS(fields),
	.usual = "live",
	.select = SQL(
		"SELECT b.id, b.at, b.actor, b.what,"
		" (SELECT count(*) FROM activity a WHERE a.bulk_id = b.id) AS activities,"
		" (SELECT count(*) FROM shift s WHERE s.bulk_id = b.id) AS shifts,"
		" b.undone_at IS NULL AS live, b.undone_at FROM bulk b ORDER BY b.id DESC"),
};

bool
bulk_new(struct vs_db *db, const char *what, int64_t *ret_bulk, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO bulk (at, actor, what) VALUES (?, ?, ?)"), err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, what);
	if (!stmt_run(&q, err))
		return false;
	*ret_bulk = db_last_id(db);
	return true;
}

/* Undoing --------------------------------------------------------------------------------- */

/* Records of the bulk that a command named since it was made; `sql` gives their ids. */
static bool
check_unchanged(struct vs_db *db, const json_t *bulk, const char *noun, const char *sql,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	json_t *named = history_since(db, noun, record_integer(bulk, "at"), err);
	const char *id = NULL, *command = NULL;
	stmt_bind(&q, record_integer(bulk, "id"));
	while (named && !command && stmt_row(&q, err)) {
		id = vs_arena_printf(scratch.arena, "%" PRId64, stmt_int(&q, 0));
		command = record_string(named, id);
	}
	if (command)
		vs_fail(err, VS_REFUSED,
			_("bulk %lld stays: %s %s was changed since (%s); take away by hand what "
			  "is too much"),
			(long long)record_integer(bulk, "id"), _(noun), id, command);
	json_decref(named);
	return err->code == VS_OK;
}

static bool
check_activities(struct vs_db *db, const json_t *bulk, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t id = record_integer(bulk, "id");
	const char *what;
	if (!stmt_open(&q, db,
		    SQL("SELECT id, title FROM activity WHERE bulk_id = ? ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, id);
	while (stmt_row(&q, err)) {
		if (!activity_in_use(db, stmt_int(&q, 0), &what, err))
			return false;
		if (what)
			return vs_fail(err, VS_REFUSED,
				_("bulk %lld stays: activity %lld (%s): %s; cancel what is not held, "
				  "remove the rest by hand"),
				(long long)id, (long long)stmt_int(&q, 0),
				stmt_text(&q, 1), what);
	}
	return err->code == VS_OK;
}

/* A shift that somebody stands on, or one that was added to an activity of the bulk. */
static bool
check_shifts(struct vs_db *db, const json_t *bulk, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t id = record_integer(bulk, "id");
	if (!stmt_open(&q, db,
		    SQL("SELECT s.id, s.bulk_id IS ?1 FROM shift s"
			" JOIN activity a ON a.id = s.activity_id"
			" WHERE s.bulk_id = ?1 AND (EXISTS (SELECT 1 FROM booking WHERE shift_id = s.id)"
			"   OR EXISTS (SELECT 1 FROM flyer WHERE shift_id = s.id))"
			"  OR a.bulk_id = ?1 AND s.bulk_id IS NOT ?1 ORDER BY s.id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, id);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		stmt_int(&q, 1)
			? _("bulk %lld stays: shift %lld has been booked or stands on a flyer; cancel "
			    "what is not held, remove the rest by hand")
			: _("bulk %lld stays: shift %lld was added to it since; remove that first"),
		(long long)id, (long long)stmt_int(&q, 0));
}

static bool
check_undo(struct vs_db *db, const json_t *bulk, struct vs_error *err)
{
	int64_t id = record_integer(bulk, "id");
	if (!record_true(bulk, "live"))
		return vs_fail(
			err, VS_REFUSED, _("bulk %lld is undone already"), (long long)id);
	return check_activities(db, bulk, err) && check_shifts(db, bulk, err) &&
		check_unchanged(db, bulk, "activity",
			SQL("SELECT id FROM activity WHERE bulk_id = ? ORDER BY id"),
			err) &&
		check_unchanged(db, bulk, "shift",
			SQL("SELECT id FROM shift WHERE bulk_id = ? ORDER BY id"), err);
}

static bool
run_with(struct vs_db *db, const char *sql, int64_t value, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	stmt_bind(&q, value);
	return stmt_run(&q, err);
}

static bool
take_back(struct vs_db *db, int64_t bulk, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!run_with(db, SQL("DELETE FROM shift WHERE bulk_id = ?"), bulk, err) ||
		!run_with(db, SQL("DELETE FROM activity WHERE bulk_id = ?"), bulk, err) ||
		!stmt_open(
			&q, db, SQL("UPDATE bulk SET undone_at = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, bulk);
	return stmt_run(&q, err);
}

bool
vs_bulk_undo(struct vs_db *db, const char *bulk, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "bulk undo", err))
		return false;
	json_t *record = vs_record_get(db, &vs_bulk_type, bulk, err);
	bool ok = record && check_undo(db, record, err) &&
		take_back(db, record_integer(record, "id"), err);
	if (ok)
		change_say(&change, "bulk",
			record_key_text(scratch.arena, &vs_bulk_type, record),
			"%s: %lld activities, %lld shifts", record_string(record, "what"),
			(long long)record_integer(record, "activities"),
			(long long)record_integer(record, "shifts"));
	json_decref(record);
	return ok && change_commit(&change, err);
}
