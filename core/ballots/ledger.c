/* Writing the ledger: one way in, so that every rule of the ledger is checked in one place. */
#include "ballots/stock.h"

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
			    " AND d.status IN ('packed', iif(?, 'packed', 'planned'))"),
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
			    " VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, nullif(?, 0), nullif(?, 0),"
			    " nullif(?, 0), ?, ?, ?)"),
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
	if (m->pieces <= 0)
		return vs_fail(err, VS_INVALID,
			_("%s: the number of pieces must be more than 0"),
			item_name(db, scratch.arena, m->item));
	if (m->from == m->to)
		return vs_fail(err, VS_INVALID,
			_("%s: nothing moves from a location to itself"),
			location_name(db, scratch.arena, m->to));
	bool checked = m->override && *m->override;
	return check_enough(db, m, err) &&
		(checked || stock_fits(db, m->item, m->to, err)) &&
		insert(db, m, ret_id, err);
}

/*
 * Whether the voters of a kommun can use the ballots of an item: its list stands for this
 * election in a constituency that the kommun belongs to. Material fits everywhere.
 */
bool
stock_fits(struct vs_db *db, int64_t item, int64_t location, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT t.election_day = c.election_day, EXISTS (SELECT 1"
			" FROM list_constituency lc JOIN constituency s"
			"  ON s.id = lc.constituency_id WHERE lc.list_id = t.id AND CASE s.kind"
			"  WHEN 'KF' THEN s.area_code = k.code"
			"  WHEN 'RF' THEN s.area_code = k.region_code"
			"  WHEN 'RD' THEN s.code = k.riksdag_code ELSE 1 END), k.name"
			" FROM item i JOIN list t ON t.id = i.list_id JOIN campaign c"
			" JOIN location o LEFT JOIN place p ON p.id = o.place_id"
			" JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
			" WHERE i.id = ? AND o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, item);
	stmt_bind(&q, location);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	const char *name = item_name(db, scratch.arena, item);
	if (!stmt_int(&q, 0))
		return vs_fail(err, VS_REFUSED,
			_("%s: these ballots belong to another election and must not be handed "
			  "out; scrap them with 'valstuga stock scrap'"),
			name);
	if (!stmt_int(&q, 1))
		return vs_fail(err, VS_REFUSED,
			_("%s: these ballots are not used in %s; check the box, or say with "
			  "--override why they go there all the same"),
			name, stmt_text(&q, 2));
	return true;
}
