/* Writing the ledger: one way in, so that every rule of the ledger is checked in one place. */
#include "ballots/stock.h"

#include <assert.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

bool
stock_balance(struct vs_db *db, int64_t location, int64_t item, int64_t *ret_pieces,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT pieces FROM balance WHERE location_id = ? AND item_id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	stmt_bind(&q, item);
	*ret_pieces = stmt_row(&q, err) ? stmt_int(&q, 0) : 0;
	return err->code == VS_OK;
}

bool
stock_free(struct vs_db *db, int64_t location, int64_t item, bool packed_only,
	int64_t except, int64_t *ret_pieces, struct vs_error *err)
{
	int64_t balance;
	VS_AUTO(stmt) q = { 0 };
	if (!stock_balance(db, location, item, &balance, err) ||
		!stmt_open(&q, db,
			SQL("SELECT coalesce(sum(l.pieces), 0) FROM delivery_line l"
			    " JOIN delivery d ON d.id = l.delivery_id"
			    " WHERE d.from_id = ? AND l.item_id = ? AND d.id <> ?"
			    " AND (d.status IN ('packed', iif(?, 'packed', 'planned'))"
			    "  OR (d.status = 'underway' AND d.carrier_id IS NULL))"),
			err))
		return false;
	stmt_bind(&q, location);
	stmt_bind(&q, item);
	stmt_bind(&q, except);
	stmt_bind(&q, packed_only);
	if (!stmt_row(&q, err))
		return false;
	*ret_pieces = balance - stmt_int(&q, 0);
	return true;
}

/* The pieces must be there. The table's CHECK says the same, but not to people. */
static bool
check_enough(struct vs_db *db, const struct movement *m, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t there = 0;
	if (!m->from)
		return true;
	if (!stock_balance(db, m->from, m->item, &there, err))
		return false;
	if (there >= m->pieces)
		return true;
	return vs_fail(err, VS_REFUSED,
		_("%s: there are %s pieces of %s, not %s; count them with 'valstuga stock count' if "
		  "the ledger is wrong"),
		location_name(db, scratch.arena, m->from),
		vs_text_number(scratch.arena, there),
		item_name(db, scratch.arena, m->item),
		vs_text_number(scratch.arena, m->pieces));
}

static bool
insert(struct vs_db *db, const struct movement *m, int64_t *ret_id, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO movement (at, actor, kind, item_id, from_id, to_id, pieces,"
			    " order_id, delivery_id, reverses, document, reason, override)"
			    " VALUES (?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, nullif(?, 0),"
			    " nullif(?, 0), nullif(?, 0), ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, m->kind);
	stmt_bind(&q, m->item);
	stmt_bind(&q, m->from);
	stmt_bind(&q, m->to);
	stmt_bind(&q, m->pieces);
	stmt_bind(&q, m->order);
	stmt_bind(&q, m->delivery);
	stmt_bind(&q, m->reverses);
	stmt_bind(&q, m->document);
	stmt_bind(&q, m->reason);
	stmt_bind(&q, m->override);
	if (!stmt_run(&q, err))
		return false;
	*ret_id = db_last_id(db);
	return true;
}

bool
stock_write(
	struct vs_db *db, const struct movement *m, int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	bool back = strcmp(m->kind, "reverse") == 0;
	assert(m->to || (back && m->from));
	if (m->pieces <= 0 || m->pieces > PIECES_MAX)
		return vs_fail(err, VS_INVALID,
			_("%s: the number of pieces must be between 1 and %s"),
			item_name(db, scratch.arena, m->item),
			vs_text_number(scratch.arena, PIECES_MAX));
	if (m->from == m->to)
		return vs_fail(err, VS_INVALID,
			_("%s: nothing moves from a location to itself"),
			location_name(db, scratch.arena, m->to));
	/* What goes back was there before. */
	bool fits = back || (m->override && *m->override);
	return check_enough(db, m, err) &&
		(fits || stock_fits(db, m->item, m->to, err)) &&
		insert(db, m, ret_id, err);
}

/*
 * The kommuner whose voters a location supplies: reach. Material fits everywhere; a depot
 * without kommuner (the district's), a car and what is taken or scrapped have no voters.
 */
bool
stock_fits(struct vs_db *db, int64_t item, int64_t location, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH reach AS (SELECT k.code, k.region_code, k.riksdag_code"
			" FROM location o LEFT JOIN place p ON p.id = o.place_id"
			" JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
			" OR k.association_id = o.association_id WHERE o.id = ?)"
			" SELECT t.election_day <> c.election_day"
			"  AND o.kind NOT IN ('printer', 'voters', 'scrap'),"
			" EXISTS (SELECT 1 FROM reach) AND NOT EXISTS (SELECT 1"
			"  FROM list_constituency lc JOIN constituency g"
			"   ON g.id = lc.constituency_id JOIN reach k WHERE lc.list_id = t.id"
			"  AND " VOTES_IN ")"
			" FROM item i JOIN list t ON t.id = i.list_id JOIN campaign c"
			" JOIN location o WHERE i.id = ? AND o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	stmt_bind(&q, item);
	stmt_bind(&q, location);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	const char *name = item_name(db, scratch.arena, item);
	if (stmt_int(&q, 0))
		return vs_fail(err, VS_REFUSED,
			_("%s: these ballots belong to another election and must not be handed "
			  "out; scrap them, or say with --override why they are moved all the "
			  "same"),
			name);
	if (stmt_int(&q, 1))
		return vs_fail(err, VS_REFUSED,
			_("%s: these ballots are not used at %s; check the box, or say with "
			  "--override why they go there all the same"),
			name, location_name(db, scratch.arena, location));
	return true;
}

bool
stock_check_packed(struct vs_db *db, int64_t location, int64_t item, int64_t pieces,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t there, left;
	if (!stock_balance(db, location, item, &there, err) ||
		!stock_free(db, location, item, true, 0, &left, err))
		return false;
	if (pieces > there || pieces <= left)
		return true; /* too few altogether is told by stock_write() */
	return vs_fail(err, VS_REFUSED,
		_("%s: of %s pieces of %s, %s are packed for deliveries; cancel a delivery with "
		  "'valstuga deliver cancel' first"),
		location_name(db, scratch.arena, location),
		vs_text_number(scratch.arena, there), item_name(db, scratch.arena, item),
		vs_text_number(scratch.arena, there - left));
}
