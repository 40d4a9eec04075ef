/*
 * Whether the ledger adds up, and what lies where it should not. The sums are done anew from
 * the movements: the table of balances, its triggers and the program's own checks are what is
 * on trial here.
 */
#include "ballots/stock.h"

#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

/* Every movement twice: what it takes and what it brings. */
#define ENTRIES \
	"entry AS (SELECT id, from_id AS location_id, item_id, -pieces AS pieces" \
	" FROM movement WHERE from_id IS NOT NULL UNION ALL" \
	" SELECT id, to_id, item_id, pieces FROM movement WHERE to_id IS NOT NULL)"

static bool
check_balances(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL(WITH_NAMES
			", " ENTRIES
			", both AS (SELECT location_id, item_id, pieces FROM entry"
			" UNION ALL SELECT location_id, item_id, -pieces FROM balance)"
			" SELECT b.item_id, w.name || ', ' || s.name || ' (' || sum(b.pieces)"
			"  || ')' FROM both b JOIN ware w ON w.id = b.item_id"
			" JOIN spot s ON s.id = b.location_id"
			" GROUP BY b.item_id, b.location_id HAVING sum(b.pieces) <> 0"),
		"error", "item", _("the balance is not the sum of the movements"),
		_("the file was changed by another program; go back to a backup"), err);
}

static bool
check_conservation(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL(WITH_NAMES ", both AS (SELECT item_id, pieces FROM balance UNION ALL"
			       " SELECT item_id, iif(from_id IS NULL, -pieces, pieces)"
			       " FROM movement WHERE from_id IS NULL OR to_id IS NULL)"
			       " SELECT b.item_id, w.name || ' (' || sum(b.pieces) || ')'"
			       " FROM both b JOIN ware w ON w.id = b.item_id"
			       " GROUP BY b.item_id HAVING sum(b.pieces) <> 0"),
		"error", "item",
		_("there is not as much as was printed, bought and found"),
		_("the file was changed by another program; go back to a backup"), err);
}

/* The ledger replayed: at no time was there less than nothing. */
static bool
check_history(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL(WITH_NAMES
			", " ENTRIES
			", run AS (SELECT id, location_id, item_id, sum(pieces)"
			" OVER (PARTITION BY location_id, item_id ORDER BY id) AS after"
			" FROM entry)"
			" SELECT min(r.id), w.name || ', ' || s.name || ' (' || min(r.after)"
			"  || ')' FROM run r JOIN ware w ON w.id = r.item_id"
			" JOIN spot s ON s.id = r.location_id WHERE r.after < 0"
			" GROUP BY r.location_id, r.item_id"),
		"error", "movement", _("more was taken than was there"),
		_("the file was changed by another program; go back to a backup"), err);
}

static bool
check_reversals(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL(WITH_NAMES
			" SELECT r.id, w.name FROM movement r JOIN ware w ON w.id = r.item_id"
			" JOIN movement m ON m.id = r.reverses WHERE r.item_id <> m.item_id"
			" OR r.pieces <> m.pieces OR r.from_id IS NOT m.to_id"
			" OR r.to_id IS NOT m.from_id OR m.kind = 'reverse' OR m.id >= r.id"
			" OR (SELECT count(*) FROM movement o WHERE o.reverses = m.id) > 1"),
		"error", "movement",
		_("the reversal is not the exact opposite of what it reverses"),
		_("the file was changed by another program; go back to a backup"), err);
}

/* Where ballots lie ----------------------------------------------------------------------*/

static bool
check_old(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL(WITH_NAMES
			" SELECT b.item_id, w.name || ', ' || s.name FROM balance b"
			" JOIN ware w ON w.id = b.item_id JOIN spot s ON s.id = b.location_id"
			" JOIN campaign c WHERE b.pieces > 0 AND w.election_day <> c.election_day"
			" AND s.kind NOT IN ('voters', 'scrap')"
			" ORDER BY s.rank, w.name COLLATE swedish"),
		"warning", "item", _("ballots of another election are in the stock"),
		_("scrap them with 'valstuga stock scrap' before they are handed out"),
		err);
}

/* Where somebody has set the check aside, or a list has changed since; as stock_fits(). */
static bool
check_astray(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL(WITH_NAMES
			", reach AS (SELECT o.id, k.code, k.region_code, k.riksdag_code FROM spot o"
			" JOIN kommun k ON k.code = o.kommun_code UNION ALL"
			" SELECT o.id, k.code, k.region_code, k.riksdag_code FROM location o"
			" JOIN kommun k ON k.association_id = o.association_id)"
			" SELECT b.item_id, w.name || ', ' || o.name FROM balance b"
			" JOIN ware w ON w.id = b.item_id JOIN spot o ON o.id = b.location_id"
			" JOIN campaign c ON c.election_day = w.election_day WHERE b.pieces > 0"
			" AND EXISTS (SELECT 1 FROM reach k WHERE k.id = o.id)"
			" AND NOT EXISTS (SELECT 1 FROM list_constituency lc JOIN constituency g"
			"  ON g.id = lc.constituency_id JOIN reach k WHERE lc.list_id = w.list_id"
			"  AND k.id = o.id AND " VOTES_IN ")"
			" ORDER BY o.kommun_name COLLATE swedish, o.name COLLATE swedish, w.id"),
		"warning", "item", _("these ballots are not used there"),
		_("fetch them before somebody takes them, and move them with 'valstuga stock "
		  "move'"),
		err);
}

#define DAY_SECONDS 86400

/* Pieces in a car that nothing has come to for a day: forgotten in the boot. */
static bool
check_cars(struct vs_db *db, json_t *problems, int64_t now, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL(WITH_NAMES
			    " SELECT s.id, s.name, sum(b.pieces), (SELECT max(m.at) FROM movement m"
			    "  WHERE m.to_id = s.id) AS since FROM balance b"
			    " JOIN spot s ON s.id = b.location_id WHERE s.kind = 'carrier'"
			    " AND b.pieces > 0 GROUP BY s.id HAVING since < ?"
			    " ORDER BY since, s.id"),
		    err))
		return false;
	stmt_bind(&q, now - DAY_SECONDS);
	while (stmt_row(&q, err)) {
		char since[17];
		vs_time_format_local(stmt_int(&q, 3), since);
		register_problem(problems, "warning", "location", stmt_text(&q, 0),
			vs_arena_printf(scratch.arena,
				_("%s: %s pieces are in the car since %s"),
				stmt_text(&q, 1),
				vs_text_number(scratch.arena, stmt_int(&q, 2)), since),
			_("ask the carrier; hand them over, or back with 'valstuga stock move'"));
	}
	return err->code == VS_OK;
}

static bool
check_packed(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL(WITH_NAMES
			" SELECT n.item_id, w.name || ', ' || s.name || ' ('"
			" || sum(n.pieces) || ' > ' || coalesce(b.pieces, 0) || ')'"
			" FROM delivery d JOIN delivery_line n ON n.delivery_id = d.id"
			" JOIN ware w ON w.id = n.item_id JOIN spot s ON s.id = d.from_id"
			" LEFT JOIN balance b ON b.location_id = d.from_id"
			"  AND b.item_id = n.item_id WHERE d.status = 'packed'"
			" OR (d.status = 'underway' AND d.carrier_id IS NULL)"
			" GROUP BY d.from_id, n.item_id"
			" HAVING sum(n.pieces) > coalesce(b.pieces, 0)"),
		"warning", "item", _("more is packed for deliveries than there is"),
		_("count what is there, or cancel a delivery"), err);
}

/* Orders ---------------------------------------------------------------------------------*/

/* What is awaited of an order that has begun to come; the claim must be made within 24 h. */
static bool
check_claims(struct vs_db *db, json_t *problems, int64_t now, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL(WITH_NAMES
			    " SELECT m.order_id, w.name, sum(iif(t.kind = 'printer', m.pieces, 0)"
			    "  - iif(f.kind = 'printer', m.pieces, 0)) AS missing,"
			    " max(iif(m.kind = 'receive', m.at, 0)) AS since, o.status FROM movement m"
			    " JOIN ware w ON w.id = m.item_id JOIN ballot_order o ON o.id = m.order_id"
			    " LEFT JOIN spot f ON f.id = m.from_id LEFT JOIN spot t ON t.id = m.to_id"
			    " GROUP BY m.order_id HAVING missing > 0 ORDER BY since, m.order_id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		int64_t before = stmt_int(&q, 3) + DAY_SECONDS;
		char moment[17];
		vs_time_format_local(before, moment);
		register_problem(problems, "warning", "order", stmt_text(&q, 0),
			vs_arena_printf(scratch.arena,
				now > before
					? _("%s: %s pieces have not come, and should have been claimed "
					    "before %s")
					: _("%s: %s pieces have not come; claim them before %s"),
				stmt_text(&q, 1),
				vs_text_number(scratch.arena, stmt_int(&q, 2)), moment),
			_("claim them from the authority's printer; when they come, or never will, "
			  "'valstuga stock receive', with --last"));
	}
	return err->code == VS_OK;
}

/* Whoever keeps a ledger wants it whole; before the first movement it is not kept. */
static bool
check_unreceived(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		       SQL(LIST_STANDS
			       " SELECT o.id, " LIST_NAME
			       " FROM ballot_order o JOIN list l ON l.id = o.list_id"
			       " JOIN campaign c ON c.election_day = l.election_day"
			       " LEFT JOIN stands s ON s.list_id = l.id"
			       " WHERE o.status = 'delivered' AND EXISTS (SELECT 1 FROM movement)"
			       " AND NOT EXISTS (SELECT 1 FROM movement m WHERE m.order_id = o.id)"
			       " ORDER BY o.id"),
		       "notice", "order", _("delivered, but not in the stock"),
		       _("take it in with 'valstuga stock receive'"), err) &&
		register_find(db, problems,
			SQL(WITH_NAMES
				" SELECT o.id, w.name FROM movement m"
				" JOIN ballot_order o ON o.id = m.order_id"
				" JOIN ware w ON w.id = m.item_id JOIN spot f ON f.id = m.from_id"
				" WHERE m.kind = 'receive' AND NOT EXISTS (SELECT 1 FROM movement v"
				"  WHERE v.reverses = m.id)"
				" GROUP BY o.id HAVING sum(m.pieces) > o.pieces ORDER BY o.id"),
			"notice", "order", _("more was received than was ordered"),
			_("count again; a receipt that was entered twice is undone with 'valstuga "
			  "stock reverse'"),
			err);
}

/* After the election ---------------------------------------------------------------------*/

static bool
check_leftovers(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	struct vs_date today;
	char day[11];
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_today(&today, err) ||
		!stmt_open(&q, db,
			SQL("SELECT sum(b.pieces), count(DISTINCT b.location_id) FROM balance b"
			    " JOIN item i ON i.id = b.item_id JOIN list l ON l.id = i.list_id"
			    " JOIN location o ON o.id = b.location_id"
			    " JOIN campaign c ON c.election_day = l.election_day"
			    " WHERE b.pieces > 0 AND o.kind NOT IN ('printer', 'voters', 'scrap')"
			    " AND c.election_day < ?"),
			err))
		return false;
	stmt_bind_text(&q, vs_date_format(today, day));
	if (!stmt_row(&q, err) || stmt_int(&q, 0) == 0)
		return err->code == VS_OK;
	register_problem(problems, "notice", "item", "",
		vs_arena_printf(scratch.arena,
			_("the election is over, and %s ballots are left at %s locations"),
			vs_text_number(scratch.arena, stmt_int(&q, 0)),
			vs_text_number(scratch.arena, stmt_int(&q, 1))),
		_("collect and recycle them, and scrap them with 'valstuga stock scrap'"));
	return true;
}

json_t *
vs_stock_problems(struct vs_db *db, struct vs_error *err)
{
	int64_t now;
	json_t *problems = json_array();
	VS_AUTO(snapshot) snapshot = { 0 };
	if (snapshot_begin(&snapshot, db, err) && vs_clock_now(&now, err) &&
		check_balances(db, problems, err) &&
		check_conservation(db, problems, err) &&
		check_history(db, problems, err) && check_reversals(db, problems, err) &&
		check_old(db, problems, err) && check_astray(db, problems, err) &&
		check_claims(db, problems, now, err) &&
		check_cars(db, problems, now, err) && check_packed(db, problems, err) &&
		check_unreceived(db, problems, err) && check_leftovers(db, problems, err))
		return problems;
	json_decref(problems);
	return NULL;
}
