/*
 * What came to the places. What went on to another place is that one's, and what was reversed
 * never came; what was counted, taken or carried home in the end was there.
 */
#include "ballots/stock.h"

bool
ballots_effort(struct vs_db *db, struct vs_arena *arena, const char *kind,
	struct ballots_effort **ret_efforts, size_t *ret_count, struct vs_error *err)
{
	struct ballots_effort *efforts = NULL;
	size_t count = 0;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH wanted AS MATERIALIZED (SELECT i.id FROM item i"
			" JOIN list l ON l.id = i.list_id JOIN campaign c"
			" ON c.election_day = l.election_day AND c.party_code = l.party_code"
			" WHERE l.kind = ?1),"
			" came AS MATERIALIZED (SELECT m.from_id, m.to_id, m.pieces"
			" FROM movement m WHERE m.item_id IN (SELECT id FROM wanted)"
			" AND m.kind IN ('receive', 'move', 'deliver') AND NOT EXISTS"
			" (SELECT 1 FROM movement r WHERE r.reverses = m.id)),"
			" amount AS (SELECT o.place_id AS place, c.pieces, 0 AS ran_out FROM came c"
			" JOIN location o ON o.id = c.to_id WHERE o.place_id IS NOT NULL"
			" UNION ALL SELECT o.place_id, -c.pieces, 0 FROM came c"
			" JOIN location o ON o.id = c.from_id JOIN location t ON t.id = c.to_id"
			" WHERE o.place_id IS NOT NULL AND t.place_id IS NOT NULL"
			" UNION ALL SELECT o.place_id, 0, 1 FROM shortage s"
			" JOIN location o ON o.id = s.location_id WHERE s.level = 'empty'"
			" AND o.place_id IS NOT NULL"
			" AND (s.item_id IS NULL OR s.item_id IN (SELECT id FROM wanted)))"
			" SELECT a.place, p.kommun_code, sum(a.pieces), sum(a.ran_out)"
			" FROM amount a JOIN place p ON p.id = a.place GROUP BY a.place"),
		    err))
		return false;
	stmt_bind(&q, kind);
	while (stmt_row(&q, err)) {
		efforts = vs_arena_grow(arena, efforts, count, sizeof *efforts);
		efforts[count++] = (struct ballots_effort){ .place = stmt_int(&q, 0),
			.kommun = stmt_copy(&q, 1, arena),
			.pieces = stmt_int(&q, 2),
			.ran_out = stmt_int(&q, 3) };
	}
	*ret_efforts = efforts;
	*ret_count = count;
	return err->code == VS_OK;
}
