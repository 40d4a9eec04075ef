/* One booking with its life. */
#include "field/booking.h"

#include "base/i18n.h"

static bool
put_events(struct vs_db *db, int64_t booking, json_t *events, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT state, at, actor, reason FROM booking_event"
			" WHERE booking_id = ? ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, booking);
	while (stmt_row(&q, err)) {
		json_t *row = json_pack("{s:s, s:I, s:s}", "state", stmt_text(&q, 0),
			"at", (json_int_t)stmt_int(&q, 1), "actor", stmt_text(&q, 2));
		record_put(row, "reason", stmt_text(&q, 3));
		json_array_append_new(events, row);
	}
	return err->code == VS_OK;
}

json_t *
vs_booking_view(struct vs_db *db, const char *booking, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(stmt) q = { 0 };
	int64_t id;
	if (!snapshot_begin(&snapshot, db, err) || !booking_find(db, booking, &id, err) ||
		!stmt_open(&q, db, vs_booking_type.find, err))
		return NULL;
	stmt_bind(&q, id);
	if (!stmt_row(&q, err))
		return NULL;
	json_t *view = record_row(&vs_booking_type, &q), *events = json_array();
	record_put(view, "code", field_code(scratch.arena, id));
	json_object_set_new(view, "when",
		json_string(
			field_span_text(scratch.arena, record_integer(view, "starts_at"),
				record_integer(view, "ends_at"))));
	json_object_set_new(view, "events", events);
	if (put_events(db, id, events, err))
		return view;
	json_decref(view);
	return NULL;
}
