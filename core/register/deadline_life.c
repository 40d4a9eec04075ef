/* What happens to a deadline: its days before, and that it is done. */
#include "register/deadline.h"

#include "base/i18n.h"

static json_t *
text_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

static bool
read_changes(struct vs_db *db, const char *key, json_t *changes, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT c.at, c.actor, c.fell_on, c.falls_on, c.source"
			" FROM deadline_change c JOIN deadline d ON d.id = c.deadline_id"
			" WHERE d.key = ? ORDER BY c.id"),
		    err))
		return false;
	stmt_bind(&q, key);
	while (stmt_row(&q, err))
		json_array_append_new(changes,
			json_pack("{s:I, s:s, s:o, s:o, s:s}", "at",
				(json_int_t)stmt_int(&q, 0), "actor", stmt_text(&q, 1),
				"fell_on", text_or_null(stmt_text(&q, 2)), "falls_on",
				text_or_null(stmt_text(&q, 3)), "source",
				stmt_text(&q, 4)));
	return err->code == VS_OK;
}

json_t *
register_deadline_changes(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT d.key, count(*) FROM deadline_change c"
			" JOIN deadline d ON d.id = c.deadline_id GROUP BY d.id"),
		    err))
		return NULL;
	json_t *counts = json_object();
	while (stmt_row(&q, err))
		json_object_set_new(
			counts, stmt_text(&q, 0), json_integer(stmt_int(&q, 1)));
	if (err->code == VS_OK)
		return counts;
	json_decref(counts);
	return NULL;
}

json_t *
vs_deadline_view(struct vs_db *db, const char *key, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *view = vs_record_get(db, &vs_deadline_type, key, err);
	if (!view)
		return NULL;
	json_t *changes = json_array();
	json_object_set_new(
		view, "rule", json_string(register_deadline_rule(scratch.arena, view)));
	json_object_set_new(view, "changes", changes);
	if (read_changes(db, record_string(view, "key"), changes, err))
		return view;
	json_decref(view);
	return NULL;
}

/* The day that it was done: today, or a day that has been. */
static bool
read_day(const char *on, char day[11], struct vs_error *err)
{
	struct vs_date today, done;
	if (!vs_clock_today(&today, err))
		return false;
	done = today;
	if (on && !vs_date_parse(on, &done, err))
		return false;
	if (vs_date_to_days(done) > vs_date_to_days(today))
		return vs_fail(err, VS_INVALID,
			_("--on: %s is still to come; nothing is done before its day"),
			on);
	vs_date_format(done, day);
	return true;
}

/* One by key or name; *ret_key: its key, arena. */
static bool
set_done(struct vs_db *db, struct vs_arena *arena, const char *key, const char *day,
	const char **ret_key, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *record = vs_record_get(db, &vs_deadline_type, key, err);
	if (!record)
		return false;
	*ret_key = vs_arena_text(arena, record_string(record, "key"));
	json_decref(record);
	if (!stmt_open(&q, db, SQL("UPDATE deadline SET done_on = ? WHERE key = ?"), err))
		return false;
	stmt_bind(&q, day);
	stmt_bind(&q, *ret_key);
	return stmt_run(&q, err);
}

bool
vs_deadline_done(struct vs_db *db, const char *const *keys, size_t count, const char *on,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	const char *key = NULL, *all = "";
	char day[11];
	if (!read_day(on, day, err) || !change_begin(&change, db, "done", err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!set_done(db, scratch.arena, keys[i], day, &key, err))
			return false;
		all = vs_arena_printf(
			scratch.arena, "%s%s%s", all, *all ? ", " : "", key);
	}
	change_say(&change, "deadline", count == 1 ? key : NULL, "%s: %s", all, day);
	return change_commit(&change, err);
}
