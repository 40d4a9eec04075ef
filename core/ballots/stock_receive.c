/*
 * What comes from the printer on an order. The printer's location holds what is printed and
 * has not come: it is filled up to what the order lacks, then the boxes are moved from it.
 */
#include "ballots/stock.h"

#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

#define CLAIM_SECONDS (24 * 3600)

/* One receipt while it is made. */
struct receipt {
	struct vs_db *db;
	json_t *order; /* its status follows what is done to it */
	struct vs_stock_papers papers;
	int64_t id, ordered, item, printer, to, counted;
	bool last;
	int64_t at_printer, received, scrapped; /* of this order, kept up to date */
	int64_t extra;
	json_t *movements;
};

/*
 * What the ledger says of an order: every movement of it has the printer at one end, so where
 * the other end is says what became of the pieces, reversed or not.
 */
static bool
read_ledger(struct receipt *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, r->db,
		    SQL("SELECT coalesce(sum(iif(t.kind = 'printer', m.pieces, 0)"
			"  - iif(f.kind = 'printer', m.pieces, 0)), 0),"
			" coalesce(sum(CASE WHEN f.kind = 'printer' AND t.kind NOT IN ('printer',"
			"   'scrap') THEN m.pieces WHEN t.kind = 'printer' AND f.kind NOT IN"
			"   ('printer', 'scrap') THEN -m.pieces ELSE 0 END), 0),"
			" coalesce(sum(CASE WHEN t.kind = 'scrap' THEN m.pieces"
			"  WHEN f.kind = 'scrap' THEN -m.pieces ELSE 0 END), 0)"
			" FROM movement m LEFT JOIN location f ON f.id = m.from_id"
			" LEFT JOIN location t ON t.id = m.to_id WHERE m.order_id = ?"),
		    err))
		return false;
	stmt_bind(&q, r->id);
	if (!stmt_row(&q, err))
		return false;
	r->at_printer = stmt_int(&q, 0);
	r->received = stmt_int(&q, 1);
	r->scrapped = stmt_int(&q, 2);
	return true;
}

static bool
move(struct receipt *r, const char *kind, int64_t from, int64_t to, int64_t pieces,
	const char *reason, struct vs_error *err)
{
	const struct movement m = { .kind = kind,
		.item = r->item,
		.from = from,
		.to = to,
		.pieces = pieces,
		.order = r->id,
		.document = r->papers.document,
		.reason = reason,
		.override = r->papers.override };
	int64_t id;
	if (pieces == 0)
		return true;
	if (!stock_write(r->db, &m, &id, err))
		return false;
	json_array_append_new(r->movements, json_integer(id));
	return read_ledger(r, err);
}

/* What may be undone: scrapped at the printer by a claim, or found there above the order. */
enum undoable { CLAIMED, FOUND };

/* The newest such movement that still stands; 0: none. */
static bool
newest(struct receipt *r, enum undoable what, int64_t *ret_id, int64_t *ret_pieces,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, r->db,
		    SQL("SELECT m.id, m.pieces FROM movement m"
			" LEFT JOIN location f ON f.id = m.from_id"
			" JOIN location t ON t.id = m.to_id WHERE m.order_id = ?"
			" AND m.kind <> 'reverse' AND CASE WHEN ?"
			" THEN f.kind = 'printer' AND t.kind = 'scrap'"
			" ELSE m.kind = 'count' AND m.from_id IS NULL END"
			" AND NOT EXISTS (SELECT 1 FROM movement v WHERE v.reverses = m.id)"
			" ORDER BY m.id DESC LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, r->id);
	stmt_bind(&q, what == CLAIMED);
	bool found = stmt_row(&q, err);
	*ret_id = found ? stmt_int(&q, 0) : 0;
	*ret_pieces = found ? stmt_int(&q, 1) : 0;
	return err->code == VS_OK;
}

static bool
undo(struct receipt *r, int64_t movement, const char *reason, struct vs_error *err)
{
	int64_t id;
	if (!stock_undo(r->db, movement, reason, &id, err))
		return false;
	if (strcmp(record_string(r->order, "status"), "delivered") == 0)
		json_object_set_new(r->order, "status", json_string("printing"));
	json_array_append_new(r->movements, json_integer(id));
	return read_ledger(r, err);
}

/* Fewer at the printer than come: claims that were given up, the rest of the order, extra. */
static bool
fill_printer(struct receipt *r, int64_t want, struct vs_error *err)
{
	int64_t id, pieces;
	while (r->at_printer < want) {
		if (!newest(r, CLAIMED, &id, &pieces, err))
			return false;
		if (!id)
			break;
		if (!undo(r, id, _("it came after all"), err))
			return false;
	}
	int64_t unprinted = r->ordered - r->at_printer - r->received - r->scrapped;
	int64_t lack = want - r->at_printer;
	int64_t print = unprinted < lack ? unprinted : lack;
	if (print > 0 && !move(r, "print", 0, r->printer, print, NULL, err))
		return false;
	r->extra = want - r->at_printer;
	return r->extra <= 0 ||
		move(r, "count", 0, r->printer, r->extra, _("more than was ordered"),
			err);
}

/* More at the printer than the order lacks: a receipt was reversed, or the order changed. */
static bool
empty_printer(struct receipt *r, int64_t want, struct vs_error *err)
{
	int64_t id, pieces, scrap;
	while (r->at_printer > want) {
		if (!newest(r, FOUND, &id, &pieces, err))
			return false;
		if (!id || pieces > r->at_printer - want)
			break;
		if (!undo(r, id, _("counted anew"), err))
			return false;
	}
	return r->at_printer <= want ||
		(location_of_kind(r->db, "scrap", &scrap, err) &&
			move(r, "scrap", r->printer, scrap, r->at_printer - want,
				_("the order is smaller than what was expected"), err));
}

/* What is left at the printer is given up, or awaited; the order follows. */
static bool
finish(struct receipt *r, struct vs_error *err)
{
	int64_t scrap;
	const char *why = r->papers.reason ? r->papers.reason
					   : _("did not come; claimed at the printer");
	if (r->last && r->at_printer > 0 &&
		(!location_of_kind(r->db, "scrap", &scrap, err) ||
			!move(r, "scrap", r->printer, scrap, r->at_printer, why, err)))
		return false;
	bool delivered = strcmp(record_string(r->order, "status"), "delivered") == 0;
	if (r->at_printer > 0)
		return order_reopen(r->db, r->id, _("more is awaited"), err);
	return delivered ||
		order_advance(
			r->db, r->order, VS_ORDER_DELIVERED, r->papers.document, err);
}

/* Refusals --------------------------------------------------------------------------------*/

static bool
check_placed(const struct receipt *r, struct vs_error *err)
{
	const char *status = record_string(r->order, "status");
	if (!order_placed(status))
		return vs_fail(err, VS_REFUSED,
			_("order %lld (%s) is %s; nothing can come of it before 'valstuga order "
			  "ordered'"),
			(long long)r->id, record_string(r->order, "list_name"),
			record_choice(ballots_order_status, status));
	if (strcmp(status, "delivered") == 0 && r->received > 0 && !r->papers.reason)
		return vs_fail(err, VS_REFUSED,
			_("order %lld (%s) is delivered; if more has come, say with --reason what "
			  "it is"),
			(long long)r->id, record_string(r->order, "list_name"));
	return true;
}

static bool
check_pieces(const struct receipt *r, struct vs_error *err)
{
	if (r->counted > 0 || (r->counted == 0 && r->last))
		return true;
	return vs_fail(err, VS_INVALID,
		_("order %lld (%s): say with --pieces how many you have counted; 0 only with "
		  "--last"),
		(long long)r->id, record_string(r->order, "list_name"));
}

/* The same delivery note twice is one delivery entered twice. */
static bool
check_document(const struct receipt *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!r->papers.document || r->papers.reason)
		return true;
	if (!stmt_open(&q, r->db,
		    SQL("SELECT m.id FROM movement m WHERE m.order_id = ? AND m.kind = 'receive'"
			" AND m.document = ? AND NOT EXISTS (SELECT 1 FROM movement v"
			"  WHERE v.reverses = m.id)"),
		    err))
		return false;
	stmt_bind(&q, r->id);
	stmt_bind(&q, r->papers.document);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("order %lld (%s): \"%s\" is received already, with movement %lld; if there is "
		  "more on it, say so with --reason"),
		(long long)r->id, record_string(r->order, "list_name"),
		r->papers.document, (long long)stmt_int(&q, 0));
}

/* A zero too many is found now, or never. */
static bool
check_extra(const struct receipt *r, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t extra = r->received + r->counted - r->ordered;
	if (r->papers.reason || extra <= r->ordered / 10)
		return true;
	return vs_fail(err, VS_REFUSED,
		_("order %lld (%s): with %s pieces there would be %s more than the %s that were "
		  "ordered; count again, or say with --reason why"),
		(long long)r->id, record_string(r->order, "list_name"),
		vs_text_number(scratch.arena, r->counted),
		vs_text_number(scratch.arena, extra),
		vs_text_number(scratch.arena, r->ordered));
}

/* One order's receipt inside a command --------------------------------------------------- */

static bool
start(struct receipt *r, struct vs_error *err)
{
	r->id = record_integer(r->order, "id");
	r->ordered = record_integer(r->order, "pieces");
	r->movements = json_array();
	return read_ledger(r, err) && check_placed(r, err) &&
		item_of_list(r->db, record_integer(r->order, "list"), &r->item, err) &&
		location_of_kind(r->db, "printer", &r->printer, err);
}

static bool
receive(struct receipt *r, struct vs_error *err)
{
	int64_t lack = r->ordered - r->received;
	int64_t want = lack > r->counted ? lack : r->counted;
	return check_pieces(r, err) && check_document(r, err) && check_extra(r, err) &&
		fill_printer(r, want, err) && empty_printer(r, want, err) &&
		move(r, "receive", r->printer, r->to, r->counted, r->papers.reason,
			err) &&
		finish(r, err);
}

static json_t *
claim_before(const struct receipt *r, struct vs_error *err)
{
	int64_t now;
	char text[17];
	if (r->at_printer == 0 || !vs_clock_now(&now, err))
		return json_null();
	return json_string(vs_time_format_local(now + CLAIM_SECONDS, text));
}

/* What finish() has made of the order. */
static const char *
status_of(const struct receipt *r)
{
	const char *before = record_string(r->order, "status");
	if (r->at_printer == 0)
		return "delivered";
	return strcmp(before, "delivered") == 0 ? "printing" : before;
}

static json_t *
view_of(const struct receipt *r, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	return json_pack(
		"{s:I, s:I, s:s, s:I, s:s, s:I, s:I, s:I, s:I, s:I, s:o, s:s, s:O}",
		"order", (json_int_t)r->id, "item", (json_int_t)r->item, "item_name",
		item_name(r->db, scratch.arena, r->item), "to", (json_int_t)r->to,
		"to_name", location_name(r->db, scratch.arena, r->to), "ordered",
		(json_int_t)r->ordered, "counted", (json_int_t)r->counted, "received",
		(json_int_t)r->received, "missing",
		(json_int_t)(r->received < r->ordered ? r->ordered - r->received : 0),
		"extra", (json_int_t)(r->extra > 0 ? r->extra : 0), "claim_before",
		claim_before(r, err), "status", status_of(r), "movements", r->movements);
}

/* Where the boxes are put: the district's depot unless said otherwise. */
static bool
find_receiver(struct vs_db *db, const char *to, int64_t *ret_to, struct vs_error *err)
{
	return (to ? location_find(db, to, ret_to, err)
		   : location_of_kind(db, "depot", ret_to, err)) &&
		stock_check_receiver(db, *ret_to, err);
}

static json_t *
receive_one(
	struct receipt *r, struct change *change, const char *key, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *order = vs_record_get(r->db, &vs_order_type, key, err);
	r->order = order;
	bool ok = order && start(r, err) && receive(r, err);
	json_t *view = ok ? view_of(r, err) : NULL;
	if (ok)
		change_say(change, "order",
			vs_arena_printf(scratch.arena, "%lld", (long long)r->id),
			"%s, %lld → %s%s%s", record_string(order, "list_name"),
			(long long)r->counted,
			location_in_history(r->db, scratch.arena, r->to),
			r->papers.document ? "; " : "",
			r->papers.document ? r->papers.document : "");
	json_decref(r->movements);
	json_decref(order);
	return view;
}

json_t *
vs_stock_receive(struct vs_db *db, const char *order, int64_t counted, const char *to,
	bool last, const struct vs_stock_papers *papers, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct receipt r = { .db = db, .counted = counted, .last = last };
	if (!stock_papers(scratch.arena, papers, &r.papers, err) ||
		!change_begin(&change, db, "stock receive", err) ||
		!find_receiver(db, to, &r.to, err))
		return NULL;
	json_t *view = receive_one(&r, &change, order, err);
	if (view && err->code == VS_OK && change_commit(&change, err))
		return view;
	json_decref(view);
	return NULL;
}

/* Everything at once ----------------------------------------------------------------------*/

static json_t *
placed_orders(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT o.id FROM ballot_order o JOIN list l ON l.id = o.list_id"
			" JOIN campaign c ON c.election_day = l.election_day"
			" AND c.party_code = l.party_code JOIN election_kind e ON e.code = l.kind"
			" WHERE o.status IN ('ordered', 'printing') ORDER BY e.position, o.id"),
		    err))
		return NULL;
	json_t *ids = json_array();
	while (stmt_row(&q, err))
		json_array_append_new(ids, json_integer(stmt_int(&q, 0)));
	return ids;
}

/*
 * An order comes complete; one that has all already is only told to be delivered. One that has
 * come in part was counted, and what it lacks is claimed: it is only told.
 */
static json_t *
receive_whole(struct vs_db *db, int64_t id, int64_t to,
	const struct vs_stock_papers *papers, bool *ret_partial, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct receipt r = { .db = db, .to = to, .papers = *papers, .last = true };
	json_t *order = vs_record_get(db, &vs_order_type,
		vs_arena_printf(scratch.arena, "%lld", (long long)id), err);
	r.order = order;
	bool ok = order && start(&r, err);
	*ret_partial = ok && r.received > 0 && r.received < r.ordered;
	r.counted = ok && r.received <= 0 ? r.ordered : 0;
	json_t *view = ok && (*ret_partial || receive(&r, err)) ? view_of(&r, err) : NULL;
	if (view && *ret_partial) { /* nothing was done to it now */
		json_object_set_new(view, "claim_before", json_null());
		json_object_set(view, "status", json_object_get(order, "status"));
	}
	json_decref(r.movements);
	json_decref(order);
	return view;
}

static json_t *
receive_all(struct vs_db *db, const json_t *ids, int64_t to,
	const struct vs_stock_papers *papers, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *orders = json_array(), *skipped = json_array(), *id;
	int64_t pieces = 0;
	size_t i;
	json_array_foreach (ids, i, id) {
		bool partial;
		json_t *one = receive_whole(
			db, json_integer_value(id), to, papers, &partial, err);
		if (!one) {
			json_decref(orders);
			json_decref(skipped);
			return NULL;
		}
		pieces += record_integer(one, "counted");
		json_array_append_new(partial ? skipped : orders, one);
	}
	return json_pack("{s:I, s:s, s:o, s:o, s:{s:I, s:I}}", "to", (json_int_t)to,
		"to_name", location_name(db, scratch.arena, to), "orders", orders,
		"skipped", skipped, "total", "orders",
		(json_int_t)json_array_size(orders), "pieces", (json_int_t)pieces);
}

json_t *
vs_stock_receive_all(struct vs_db *db, const char *to,
	const struct vs_stock_papers *papers, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_stock_papers clean;
	int64_t id;
	if (!stock_papers(scratch.arena, papers, &clean, err) ||
		!change_begin(&change, db, "stock receive", err) ||
		!find_receiver(db, to, &id, err))
		return NULL;
	json_t *ids = placed_orders(db, err);
	json_t *view = ids ? receive_all(db, ids, id, &clean, err) : NULL;
	json_decref(ids);
	if (!view)
		return NULL;
	const json_t *total = json_object_get(view, "total");
	change_say(&change, "order", NULL, "%lld, %lld → %s",
		(long long)record_integer(total, "orders"),
		(long long)record_integer(total, "pieces"),
		location_in_history(db, scratch.arena, id));
	if (record_integer(total, "orders") == 0 || change_commit(&change, err))
		return view;
	json_decref(view);
	return NULL;
}

bool
stock_order_cancelled(
	struct vs_db *db, int64_t order, const char *note, struct vs_error *err)
{
	struct receipt r = { .db = db, .id = order };
	int64_t scrap;
	VS_AUTO(stmt) q = { 0 };
	if (!read_ledger(&r, err))
		return false;
	if (r.at_printer <= 0)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT i.id FROM item i JOIN ballot_order o ON o.list_id = i.list_id"
			" WHERE o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, order);
	if (!stmt_row(&q, err))
		return false;
	r.item = stmt_int(&q, 0);
	r.movements = json_array();
	bool ok = location_of_kind(db, "printer", &r.printer, err) &&
		location_of_kind(db, "scrap", &scrap, err) &&
		move(&r, "scrap", r.printer, scrap, r.at_printer,
			note ? note : _("the order is cancelled"), err);
	json_decref(r.movements);
	return ok;
}
