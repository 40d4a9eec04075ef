/* This campaign's own election, once counted: what each district voted. */
#include "register/votes.h"

bool
register_votes(struct vs_db *db, struct vs_arena *arena, struct register_vote **ret_votes,
	size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_votes = NULL;
	*ret_count = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT r.district_code, r.kind, r.eligible, coalesce(r.valid, r.voted),"
			" r.party_votes FROM election_result r JOIN campaign c"
			" ON c.election_day = r.election_day ORDER BY r.district_code, r.kind"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		*ret_votes =
			vs_arena_grow(arena, *ret_votes, *ret_count, sizeof **ret_votes);
		(*ret_votes)[(*ret_count)++] = (struct register_vote){
			.district = stmt_copy(&q, 0, arena),
			.kind = stmt_copy(&q, 1, arena),
			.eligible = stmt_int(&q, 2),
			.valid = stmt_null(&q, 3) ? -1 : stmt_int(&q, 3),
			.party = stmt_null(&q, 4) ? -1 : stmt_int(&q, 4),
		};
	}
	return err->code == VS_OK;
}

bool
register_votes_count(struct vs_db *db, struct vs_arena *arena,
	struct register_count **ret_counts, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_counts = NULL;
	*ret_count = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT e.code, (SELECT count(*) FROM district d JOIN kommun k"
			"  ON k.code = d.kommun_code AND k.in_district),"
			" (SELECT count(*) FROM election_result r JOIN kommun k"
			"  ON k.code = r.kommun_code AND k.in_district WHERE r.kind = e.code"
			"  AND r.election_day = c.election_day AND r.party_votes IS NOT NULL)"
			" FROM election_kind e JOIN campaign c"
			" ON ',' || c.kinds || ',' LIKE '%,' || e.code || ',%'"
			" ORDER BY e.position"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		*ret_counts = vs_arena_grow(
			arena, *ret_counts, *ret_count, sizeof **ret_counts);
		(*ret_counts)[(*ret_count)++] =
			(struct register_count){ stmt_copy(&q, 0, arena), stmt_int(&q, 1),
				stmt_int(&q, 2) };
	}
	return err->code == VS_OK;
}
