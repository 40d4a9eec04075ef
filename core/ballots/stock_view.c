/* What is where, and how it came there. */
#include "ballots/stock.h"

#include <string.h>

#include "base/i18n.h"

/* What the caller asks about: ids, 0 for all. */
struct narrow {
	int64_t item, location;
	const char *kommun; /* code, or NULL; arena */
};

static bool
find_kommun(struct vs_db *db, struct vs_arena *arena, const char *text,
	const char **ret_code, struct vs_error *err)
{
	json_t *kommun = vs_record_get(db, &vs_kommun_type, text, err);
	if (!kommun)
		return false;
	*ret_code = vs_arena_text(arena, record_string(kommun, "code"));
	json_decref(kommun);
	return true;
}

static bool
find_narrow(struct vs_db *db, struct vs_arena *arena, const char *item,
	const char *location, const char *kommun, struct narrow *ret_narrow,
	struct vs_error *err)
{
	*ret_narrow = (struct narrow){ 0 };
	return (!item || item_find(db, item, &ret_narrow->item, err)) &&
		(!location || location_find(db, location, &ret_narrow->location, err)) &&
		(!kommun || find_kommun(db, arena, kommun, &ret_narrow->kommun, err));
}

/* Balances -------------------------------------------------------------------------------*/

static json_t *
balance_row(const struct stmt *q)
{
	int64_t pieces = stmt_int(q, 6), reserved = stmt_int(q, 7);
	int64_t bundle = stmt_int(q, 8), box = stmt_int(q, 9);
	return json_pack("{s:I, s:s, s:s?, s:I, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I}",
		"item", (json_int_t)stmt_int(q, 0), "item_name", stmt_text(q, 1), "kind",
		stmt_text(q, 2), "location", (json_int_t)stmt_int(q, 3), "location_name",
		stmt_text(q, 4), "location_kind", stmt_text(q, 5), "pieces",
		(json_int_t)pieces, "reserved", (json_int_t)reserved, "free",
		(json_int_t)(pieces - reserved), "bundles", (json_int_t)(pieces / bundle),
		"boxes", (json_int_t)((pieces + box - 1) / box), "weight_g",
		(json_int_t)((pieces * stmt_int(q, 10) + 500) / 1000));
}

/* A kommun's: its places and reception, and the depot of the association that covers it. */
#define IN_KOMMUN \
	"(?3 IS NULL OR s.kommun_code = ?3 OR (s.association_id IS NOT NULL" \
	" AND s.association_id = (SELECT k.association_id FROM kommun k" \
	"  WHERE k.code = ?3)))"

static void
bind_narrow(struct stmt *q, const struct narrow *narrow)
{
	stmt_bind(q, narrow->item);
	stmt_bind(q, narrow->location);
	stmt_bind(q, narrow->kommun);
}

static json_t *
balance_rows(struct vs_db *db, const struct narrow *narrow, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL(WITH_NAMES
			    ", leaving AS (SELECT d.from_id, n.item_id, sum(n.pieces) AS pieces"
			    " FROM delivery d JOIN delivery_line n ON n.delivery_id = d.id"
			    " WHERE d.status IN ('planned', 'packed')"
			    " OR (d.status = 'underway' AND d.carrier_id IS NULL)"
			    " GROUP BY d.from_id, n.item_id)"
			    " SELECT b.item_id, w.name, w.election, b.location_id, s.name, s.kind,"
			    " b.pieces, coalesce(r.pieces, 0), w.bundle, w.box, w.unit_mg"
			    " FROM balance b JOIN ware w ON w.id = b.item_id"
			    " JOIN spot s ON s.id = b.location_id"
			    " LEFT JOIN leaving r ON r.from_id = b.location_id"
			    "  AND r.item_id = b.item_id"
			    " LEFT JOIN election_kind e ON e.code = w.election"
			    " WHERE b.pieces > 0 AND ?1 IN (0, b.item_id)"
			    " AND ?2 IN (0, b.location_id) AND " IN_KOMMUN
			    " ORDER BY s.rank, s.association_id IS NOT NULL,"
			    " s.kommun_name COLLATE swedish, s.name COLLATE swedish, s.id,"
			    " e.position IS NULL, e.position, w.name COLLATE swedish, w.id"),
		    err))
		return NULL;
	bind_narrow(&q, narrow);
	json_t *rows = json_array();
	while (stmt_row(&q, err))
		json_array_append_new(rows, balance_row(&q));
	if (err->code == VS_OK)
		return rows;
	json_decref(rows);
	return NULL;
}

/* Per item where its pieces are; the columns after the name are the figures in order. */
static json_t *
item_row(const struct stmt *q)
{
	static const char *const names[] = { "printed", "printer", "depots", "carriers",
		"places", "receptions", "voters", "scrap" };
	json_t *row = json_pack("{s:I, s:s, s:s?}", "item", (json_int_t)stmt_int(q, 0),
		"item_name", stmt_text(q, 1), "kind", stmt_text(q, 2));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		json_object_set_new(row, names[i], json_integer(stmt_int(q, 3 + (int)i)));
	return row;
}

/* Asked for a location or a kommun: the items that are there, but all that there is of them. */
static json_t *
item_rows(struct vs_db *db, const struct narrow *narrow, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL(WITH_NAMES " SELECT w.id, w.name, w.election, sum(b.pieces),"
				   " sum(iif(s.kind = 'printer', b.pieces, 0)),"
				   " sum(iif(s.kind = 'depot', b.pieces, 0)),"
				   " sum(iif(s.kind = 'carrier', b.pieces, 0)),"
				   " sum(iif(s.kind = 'place', b.pieces, 0)),"
				   " sum(iif(s.kind = 'reception', b.pieces, 0)),"
				   " sum(iif(s.kind = 'voters', b.pieces, 0)),"
				   " sum(iif(s.kind = 'scrap', b.pieces, 0)),"
				   " total(?2 IN (0, s.id) AND " IN_KOMMUN
				   " AND b.pieces > 0) AS here"
				   " FROM balance b JOIN ware w ON w.id = b.item_id"
				   " JOIN spot s ON s.id = b.location_id"
				   " LEFT JOIN election_kind e ON e.code = w.election"
				   " WHERE ?1 IN (0, w.id) GROUP BY w.id HAVING here > 0"
				   " ORDER BY e.position IS NULL, e.position,"
				   " w.name COLLATE swedish, w.id"),
		    err))
		return NULL;
	bind_narrow(&q, narrow);
	json_t *items = json_array();
	while (stmt_row(&q, err))
		json_array_append_new(items, item_row(&q));
	if (err->code == VS_OK)
		return items;
	json_decref(items);
	return NULL;
}

json_t *
vs_stock_balance_view(struct vs_db *db, const char *item, const char *location,
	const char *kommun, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct narrow narrow;
	if (!snapshot_begin(&snapshot, db, err) ||
		!find_narrow(db, scratch.arena, item, location, kommun, &narrow, err))
		return NULL;
	json_t *rows = balance_rows(db, &narrow, err);
	json_t *items = rows ? item_rows(db, &narrow, err) : NULL;
	if (items)
		return json_pack("{s:o, s:o}", "rows", rows, "items", items);
	json_decref(rows);
	return NULL;
}

/* Trace ----------------------------------------------------------------------------------*/

/* What was there before: running sums by item, or one for all. */
static int64_t
add_up(json_t *sums, const char *key, int64_t change)
{
	int64_t sum = record_integer(sums, key) + change;
	json_object_set_new(sums, key, json_integer(sum));
	return sum;
}

static json_t *
trace_row(const struct stmt *q, json_t *sums)
{
	json_t *row = json_pack("{s:I, s:I, s:s, s:s, s:s, s:s?, s:s?, s:I, s:I}",
		"movement", (json_int_t)stmt_int(q, 0), "at", (json_int_t)stmt_int(q, 1),
		"actor", stmt_text(q, 2), "kind", stmt_text(q, 3), "item_name",
		stmt_text(q, 4), "from_name", stmt_text(q, 5), "to_name", stmt_text(q, 6),
		"pieces", (json_int_t)stmt_int(q, 7), "after",
		(json_int_t)add_up(sums, stmt_text(q, 15), stmt_int(q, 16)));
	static const char *const texts[] = { "document", "reason", "override" };
	static const char *const ids[] = { "order", "delivery", "reverses",
		"reversed_by" };
	for (int i = 0; i < 3; i++)
		json_object_set_new(row, texts[i],
			stmt_null(q, 8 + i) ? json_null()
					    : json_string(stmt_text(q, 8 + i)));
	for (int i = 0; i < 4; i++)
		json_object_set_new(row, ids[i],
			stmt_null(q, 11 + i) ? json_null()
					     : json_integer(stmt_int(q, 11 + i)));
	return row;
}

/*
 * Without a location, what counts is what we still have: a movement to the voters or the scrap
 * takes pieces away, one between two depots leaves them as many.
 */
static json_t *
trace_rows(struct vs_db *db, const struct narrow *narrow, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL(WITH_NAMES
			    " SELECT m.id, m.at, m.actor, m.kind, w.name, f.name, t.name, m.pieces,"
			    " m.document, m.reason, m.override, m.order_id, m.delivery_id,"
			    " m.reverses, v.id, m.item_id, m.pieces * (CASE WHEN ?1"
			    "  THEN coalesce(t.id = ?1, 0) - coalesce(f.id = ?1, 0)"
			    "  ELSE coalesce(t.kind NOT IN ('voters', 'scrap'), 0)"
			    "   - coalesce(f.kind NOT IN ('voters', 'scrap'), 0) END)"
			    " FROM movement m JOIN ware w ON w.id = m.item_id"
			    " LEFT JOIN spot f ON f.id = m.from_id"
			    " LEFT JOIN spot t ON t.id = m.to_id"
			    " LEFT JOIN movement v ON v.reverses = m.id"
			    " WHERE (?1 = 0 OR m.from_id = ?1 OR m.to_id = ?1)"
			    " AND ?2 IN (0, m.item_id) ORDER BY m.id"),
		    err))
		return NULL;
	stmt_bind(&q, narrow->location);
	stmt_bind(&q, narrow->item);
	json_t *rows = json_array(), *sums = json_object();
	while (stmt_row(&q, err))
		json_array_append_new(rows, trace_row(&q, sums));
	json_decref(sums);
	if (err->code == VS_OK)
		return rows;
	json_decref(rows);
	return NULL;
}

json_t *
vs_stock_trace_view(
	struct vs_db *db, const char *item, const char *location, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct narrow narrow;
	if (!snapshot_begin(&snapshot, db, err) ||
		!find_narrow(db, scratch.arena, item, location, NULL, &narrow, err))
		return NULL;
	json_t *rows = trace_rows(db, &narrow, err);
	if (!rows)
		return NULL;
	const char *what = item ? item_name(db, scratch.arena, narrow.item) : NULL;
	const char *where =
		location ? location_name(db, scratch.arena, narrow.location) : NULL;
	return json_pack("{s:s, s:o}", "title",
		vs_arena_printf(scratch.arena, "%s%s%s", what ? what : "",
			what && where ? ", " : "", where ? where : ""),
		"rows", rows);
}

/* Figures --------------------------------------------------------------------------------*/

bool
vs_stock_figures(struct vs_db *db, json_t *figures, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT o.kind, coalesce(sum(iif(i.id IS NULL, 0, b.pieces)), 0)"
			" FROM location o LEFT JOIN balance b ON b.location_id = o.id"
			" LEFT JOIN item i ON i.id = b.item_id AND i.list_id IN (SELECT l.id"
			"  FROM list l JOIN campaign c ON c.election_day = l.election_day)"
			" GROUP BY o.kind"),
		    err))
		return false;
	json_t *stock = json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "printer", 0,
		"depot", 0, "carrier", 0, "reception", 0, "place", 0, "voters", 0,
		"scrap", 0);
	json_object_set_new(figures, "stock", stock);
	while (stmt_row(&q, err))
		json_object_set_new(
			stock, stmt_text(&q, 0), json_integer(stmt_int(&q, 1)));
	return err->code == VS_OK;
}
