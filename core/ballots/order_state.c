/* An order's life: complete, ordered, at the printer, delivered or cancelled. */
#include "ballots/stock.h"

#include <assert.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "base/text_parts.h"

static const char *const names[] = {
	[VS_ORDER_READY] = "ready",
	[VS_ORDER_ORDERED] = "ordered",
	[VS_ORDER_PRINTING] = "printing",
	[VS_ORDER_DELIVERED] = "delivered",
	[VS_ORDER_CANCELLED] = "cancelled",
};

/* From which states each may be reached; no state's name is part of another's. */
static const char *const reached_from[] = {
	[VS_ORDER_READY] = "draft",
	[VS_ORDER_ORDERED] = "draft ready",
	[VS_ORDER_PRINTING] = "ordered",
	[VS_ORDER_DELIVERED] = "ordered printing",
	[VS_ORDER_CANCELLED] = "draft ready ordered printing",
};

bool
order_placed(const char *status)
{
	return strcmp(status, "ordered") == 0 || strcmp(status, "printing") == 0 ||
		strcmp(status, "delivered") == 0;
}

static bool
is_placed(const json_t *order)
{
	return order_placed(record_string(order, "status"));
}

static bool
check_complete(struct vs_db *db, const json_t *order, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *list = order_list(db, order, err);
	if (!list)
		return false;
	json_t *missing = order_missing(order, list);
	json_decref(list);
	bool complete = json_array_size(missing) == 0;
	if (!complete)
		vs_fail(err, VS_REFUSED, _("order %lld (%s) is not complete: %s"),
			(long long)record_integer(order, "id"),
			record_string(order, "list_name"),
			record_join(scratch.arena, missing));
	json_decref(missing);
	return complete;
}

static bool
check_step(const json_t *order, enum vs_order_status status, const char *note,
	struct vs_error *err)
{
	const char *now = record_string(order, "status");
	if (!strstr(reached_from[status], now))
		return vs_fail(err, VS_REFUSED,
			_("order %lld (%s) is %s and cannot become %s"),
			(long long)record_integer(order, "id"),
			record_string(order, "list_name"),
			record_choice(ballots_order_status, now),
			record_choice(ballots_order_status, names[status]));
	if (status == VS_ORDER_CANCELLED && is_placed(order) && !(note && *note))
		return vs_fail(err, VS_REFUSED,
			_("order %lld (%s) is ordered; cancel it through the authority and say how "
			  "with --through-authority"),
			(long long)record_integer(order, "id"),
			record_string(order, "list_name"));
	return true;
}

static bool
write_event(struct vs_db *db, int64_t order, const char *status, const char *note,
	struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO order_event (order_id, at, actor, status, note)"
			    " VALUES (?, ?, ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, order);
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, status);
	stmt_bind(&q, note);
	return stmt_run(&q, err);
}

static bool
write_status(struct vs_db *db, int64_t order, const char *status, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(
		    &q, db, SQL("UPDATE ballot_order SET status = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, status);
	stmt_bind(&q, order);
	return stmt_run(&q, err);
}

/* The list follows: ordered with its order, decided again when the order is cancelled. */
static bool
follow(struct vs_db *db, const json_t *order, enum vs_order_status status,
	struct vs_error *err)
{
	bool placed = status == VS_ORDER_ORDERED;
	if (!placed && !(status == VS_ORDER_CANCELLED && is_placed(order)))
		return true;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("UPDATE list SET status = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, placed ? "ordered" : "decided");
	stmt_bind(&q, record_integer(order, "list"));
	return stmt_run(&q, err) &&
		vs_list_keep(db, record_integer(order, "list"),
			placed ? "order ordered" : "order cancel", err);
}

bool
order_advance(struct vs_db *db, const json_t *order, enum vs_order_status status,
	const char *note, struct vs_error *err)
{
	int64_t id = record_integer(order, "id");
	bool needs_all = status == VS_ORDER_READY || status == VS_ORDER_ORDERED;
	return check_step(order, status, note, err) &&
		(!needs_all || check_complete(db, order, err)) &&
		write_status(db, id, names[status], err) &&
		write_event(db, id, names[status], note, err) &&
		(status != VS_ORDER_CANCELLED ||
			stock_order_cancelled(db, id, note, err)) &&
		follow(db, order, status, err);
}

bool
order_reopen(struct vs_db *db, int64_t order, const char *note, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE ballot_order SET status = 'printing' WHERE id = ?"
			" AND status = 'delivered'"),
		    err))
		return false;
	stmt_bind(&q, order);
	if (!stmt_run(&q, err))
		return false;
	return db_changes(db) == 0 ||
		write_event(db, order, names[VS_ORDER_PRINTING], note, err);
}

bool
vs_order_advance(struct vs_db *db, const char *key, enum vs_order_status status,
	const char *note, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	if (!said_text(scratch.arena, note, &note, err) ||
		!change_begin(&change, db,
			vs_arena_printf(scratch.arena, "order %s", names[status]), err))
		return false;
	json_t *order = vs_record_get(db, &vs_order_type, key, err);
	if (!order)
		return false;
	change_say(&change, "order",
		record_key_text(scratch.arena, &vs_order_type, order), "%s, %lld%s%s",
		record_string(order, "list_name"),
		(long long)record_integer(order, "pieces"), note ? ": " : "",
		note ? note : "");
	bool ok = order_advance(db, order, status, note, err);
	json_decref(order);
	return ok && change_commit(&change, err);
}

static bool
check_changeable(const json_t *order, const char *reason, struct vs_error *err)
{
	const char *status = record_string(order, "status");
	if (strcmp(status, "cancelled") == 0)
		return vs_fail(err, VS_REFUSED, _("order %lld (%s) is cancelled"),
			(long long)record_integer(order, "id"),
			record_string(order, "list_name"));
	if (is_placed(order) && !(reason && *reason))
		return vs_fail(err, VS_REFUSED,
			_("order %lld (%s) is %s; it changes only through the authority: tell them, "
			  "then use --through-authority \"how and when\""),
			(long long)record_integer(order, "id"),
			record_string(order, "list_name"),
			record_choice(ballots_order_status, status));
	return true;
}

/* The old arithmetic does not explain pieces that a person chose. */
static void
explain_pieces(const json_t *before, json_t *record)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *reason = record_string(before, "reason");
	if (record_integer(before, "pieces") == record_integer(record, "pieces") ||
		!json_equal(json_object_get(before, "reason"),
			json_object_get(record, "reason")))
		return;
	const char *pieces =
		vs_text_number(scratch.arena, record_integer(record, "pieces"));
	json_object_set_new(record, "reason",
		json_string(vs_arena_printf(scratch.arena,
			_("%s set by hand; before: %.*s"), pieces,
			text_excerpt(reason ? reason : "", 400), reason ? reason : "")));
}

/* A complete order that is changed must be looked at again before it is placed. */
static bool
set_order(struct vs_db *db, const json_t *before, const json_t *values,
	const char *reason, struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (!check_changeable(before, reason, err))
		return false;
	json_t *record = record_prepare(db, &vs_order_type, before, values, err);
	if (!record)
		return false;
	explain_pieces(before, record);
	int64_t id = record_integer(before, "id");
	bool ready = strcmp(record_string(before, "status"), "ready") == 0;
	const char *diff = record_diff(scratch.arena, &vs_order_type, before, record);
	change_say(change, "order",
		record_key_text(scratch.arena, &vs_order_type, before), "%s%s%s", diff,
		reason ? "; " : "", reason ? reason : "");
	bool ok = record_write(db, &vs_order_type, before, record, err) &&
		(!ready || write_status(db, id, "draft", err)) &&
		(!(ready || reason) ||
			write_event(db, id,
				ready ? "draft" : record_string(before, "status"),
				reason ? reason : diff, err));
	json_decref(record);
	return ok;
}

bool
vs_order_set(struct vs_db *db, const char *key, const json_t *values,
	const char *through_authority, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "order set", err))
		return false;
	json_t *order = vs_record_get(db, &vs_order_type, key, err);
	bool ok = order && set_order(db, order, values, through_authority, &change, err);
	json_decref(order);
	return ok && change_commit(&change, err);
}

static json_t *
read_events(struct vs_db *db, int64_t order, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT at, actor, status, note FROM order_event WHERE order_id = ?"
			" ORDER BY id"),
		    err))
		return NULL;
	stmt_bind(&q, order);
	json_t *events = json_array();
	while (stmt_row(&q, err))
		json_array_append_new(events,
			json_pack("{s:I, s:s, s:s, s:s?}", "at",
				(json_int_t)stmt_int(&q, 0), "actor", stmt_text(&q, 1),
				"status", stmt_text(&q, 2), "note", stmt_text(&q, 3)));
	if (err->code == VS_OK)
		return events;
	json_decref(events);
	return NULL;
}

static bool
add_price(struct vs_db *db, json_t *view, const json_t *list, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct quota quota;
	struct tariff tariff;
	if (!quota_get(db, list, &quota, err) ||
		!tariff_get(db, scratch.arena, &tariff, err))
		return false;
	int64_t pieces = record_integer(view, "pieces");
	json_object_set_new(
		view, "quota", quota.known ? json_integer(quota.share) : json_null());
	json_object_set_new(view, "outside", json_integer(quota_outside(&quota, pieces)));
	json_object_set_new(view, "cost_ore",
		json_integer(quota_cost(
			&quota, &tariff, pieces, record_true(view, "colour"))));
	json_object_set_new(
		view, "weight_g", json_integer(pieces * tariff.piece_mg / 1000));
	return true;
}

json_t *
vs_order_view(struct vs_db *db, const char *key, struct vs_error *err)
{
	json_t *view = vs_record_get(db, &vs_order_type, key, err);
	if (!view)
		return NULL;
	json_t *list = order_list(db, view, err);
	json_t *events = list ? read_events(db, record_integer(view, "id"), err) : NULL;
	bool ok = events && add_price(db, view, list, err);
	if (ok) {
		json_object_set_new(view, "missing", order_missing(view, list));
		json_object_set(view, "events", events);
	}
	json_decref(events);
	json_decref(list);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
