/* A delivery whole: lines, events, the rule that it must keep, every paper that was printed. */
#include "ballots/delivery_life.h"

#include "base/i18n.h"

static bool
add_lines(struct vs_db *db, json_t *view, int64_t delivery, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	json_t *lines = json_array();
	json_object_set_new(view, "lines", lines);
	if (!stmt_open(&q, db,
		    SQL("SELECT item_id, pieces, counted FROM delivery_line"
			" WHERE delivery_id = ? ORDER BY item_id"),
		    err))
		return false;
	stmt_bind(&q, delivery);
	while (stmt_row(&q, err))
		json_array_append_new(lines,
			json_pack("{s:I, s:s, s:I, s:o}", "item",
				(json_int_t)stmt_int(&q, 0), "item_name",
				item_name(db, scratch.arena, stmt_int(&q, 0)), "pieces",
				(json_int_t)stmt_int(&q, 1), "counted",
				stmt_null(&q, 2) ? json_null()
						 : json_integer(stmt_int(&q, 2))));
	return err->code == VS_OK;
}

static bool
add_events(struct vs_db *db, json_t *view, int64_t delivery, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *events = json_array();
	json_object_set_new(view, "events", events);
	if (!stmt_open(&q, db,
		    SQL("SELECT at, actor, status, note FROM delivery_event"
			" WHERE delivery_id = ? ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, delivery);
	while (stmt_row(&q, err))
		json_array_append_new(events,
			json_pack("{s:I, s:s, s:s, s:s?}", "at",
				(json_int_t)stmt_int(&q, 0), "actor", stmt_text(&q, 1),
				"status", stmt_text(&q, 2), "note", stmt_text(&q, 3)));
	return err->code == VS_OK;
}

static bool
add_sheets(struct vs_db *db, json_t *view, int64_t delivery, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *sheets = json_array();
	json_object_set_new(view, "sheets", sheets);
	if (!stmt_open(&q, db,
		    SQL("SELECT code, at FROM sheet WHERE number = 'FS-' || ?"
			" ORDER BY revision"),
		    err))
		return false;
	stmt_bind(&q, delivery);
	while (stmt_row(&q, err))
		json_array_append_new(sheets,
			json_pack("{s:s, s:I}", "code", stmt_text(&q, 0), "at",
				(json_int_t)stmt_int(&q, 1)));
	return err->code == VS_OK;
}

static bool
add_rule(struct vs_db *db, json_t *view, const struct delivery *d, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct handover rule = { 0 };
	const char *phase, *text = NULL;
	bool waiting = d->status == DELIVERY_PLANNED || d->status == DELIVERY_PACKED;
	if (d->kommun) {
		if (!delivery_phase(db, d->round, d->date, &phase, err) ||
			!handover_get(db, scratch.arena, d->kommun, phase, &rule, err))
			return false;
		text = rule.rule ? handover_text(scratch.arena, &rule) : NULL;
	}
	json_object_set_new(view, "rule", text ? json_string(text) : json_null());
	json_t *breaks = waiting ? delivery_breaks(db, d, err) : json_array();
	json_object_set_new(view, "breaks", breaks);
	return breaks != NULL;
}

/* Where what was sent and not counted is now. */
static void
add_missing(json_t *view, const struct delivery *d)
{
	int64_t sent = record_integer(view, "pieces");
	bool done = d->status == DELIVERY_DELIVERED;
	int64_t counted = done ? record_integer(view, "counted") : sent;
	json_object_set_new(
		view, "missing", json_integer(sent > counted ? sent - counted : 0));
	json_object_set_new(
		view, "extra", json_integer(counted > sent ? counted - sent : 0));
	record_put(view, "left_with", d->carrier_name ? d->carrier_name : d->from_name);
}

/* Only this one is read, not the whole list. */
static json_t *
record_of(struct vs_db *db, int64_t delivery, struct vs_error *err)
{
	json_t *filters = json_pack("{s:I}", "id", (json_int_t)delivery);
	json_t *records = vs_record_list(db, &vs_delivery_type, filters, err);
	json_t *record = json_incref(json_array_get(records, 0));
	json_decref(records);
	json_decref(filters);
	return record;
}

json_t *
vs_delivery_view(struct vs_db *db, const char *delivery, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct delivery d;
	if (!snapshot_begin(&snapshot, db, err) ||
		!delivery_get(db, scratch.arena, delivery, &d, err))
		return NULL;
	json_t *view = record_of(db, d.id, err);
	if (view && add_lines(db, view, d.id, err) && add_events(db, view, d.id, err) &&
		add_sheets(db, view, d.id, err) && add_rule(db, view, &d, err)) {
		add_missing(view, &d);
		return view;
	}
	json_decref(view);
	return NULL;
}
