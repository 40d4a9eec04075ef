/* One appearance with its life, and a new one that is not typed in twice. */
#include "media/media.h"

#include <valstuga/date.h>

#include "base/i18n.h"

static json_t *
event_of(const struct stmt *q)
{
	char at[17];
	json_t *event = json_object();
	record_put(event, "at", vs_time_format_local(stmt_int(q, 0), at));
	record_put(event, "state", stmt_text(q, 1));
	record_put(event, "state_name", record_choice(media_states, stmt_text(q, 1)));
	record_put(event, "date", stmt_text(q, 2));
	record_put(event, "actor", stmt_text(q, 3));
	record_put(event, "reason", stmt_text(q, 4));
	return event;
}

json_t *
vs_appearance_view(struct vs_db *db, const char *appearance, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!snapshot_begin(&snapshot, db, err) ||
		!stmt_open(&q, db,
			SQL("SELECT at, state, date, actor, reason FROM appearance_event"
			    " WHERE appearance_id = ? ORDER BY id"),
			err))
		return NULL;
	json_t *view = vs_record_get(db, &vs_appearance_type, appearance, err);
	if (!view)
		return NULL;
	json_t *events = json_array();
	json_object_set_new(view, "events", events);
	stmt_bind(&q, record_integer(view, "id"));
	while (stmt_row(&q, err))
		json_array_append_new(events, event_of(&q));
	if (err->code == VS_OK)
		return view;
	json_decref(view);
	return NULL;
}

/* Adding ----------------------------------------------------------------------------------- */

/* Outlet, sort and day are the same, and nothing says that it is another one: neither who it
 * is by nor what it is called differs where both say so. */
static bool
check_double(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT m.id, o.name, m.state FROM appearance m"
			" JOIN outlet o ON o.id = m.outlet_id WHERE m.outlet_id = ?1"
			" AND m.kind = ?2 AND m.date = ?3 AND m.state <> 'cancelled'"
			" AND (m.person_id IS NULL OR ?4 = 0 OR m.person_id = ?4)"
			" AND (m.title IS NULL OR ?5 IS NULL OR m.title = ?5 COLLATE NOCASE)"
			" ORDER BY m.id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "outlet"));
	stmt_bind(&q, record_string(record, "kind"));
	stmt_bind(&q, record_string(record, "date"));
	stmt_bind(&q, record_integer(record, "person"));
	stmt_bind(&q, record_string(record, "title"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_EXISTS,
		_("media %lld is the same one: %s, %s, %s (%s); if this is another, say what "
		  "tells them apart (--title, --by), or --anyway"),
		(long long)stmt_int(&q, 0), stmt_text(&q, 1),
		record_choice(media_kinds, record_string(record, "kind")),
		record_string(record, "date"),
		record_choice(media_states, stmt_text(&q, 2)));
}

bool
vs_appearance_add(struct vs_db *db, const json_t *values, bool anyway,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	const struct vs_record_type *type = &vs_appearance_type;
	if (!change_begin(&change, db, "add", err))
		return false;
	json_t *record = record_prepare(db, type, NULL, values, err);
	bool ok = record && (anyway || check_double(db, record, err)) &&
		record_write(db, type, NULL, record, err);
	const char *key = NULL;
	if (ok) {
		key = vs_arena_printf(arena, "%lld", (long long)db_last_id(db));
		change_say(&change, type->noun, key, "%s",
			record_diff(arena, type, NULL, record));
	}
	json_decref(record);
	if (!ok || !change_commit(&change, err))
		return false;
	*ret_key = key;
	return true;
}
