/* New members and when somebody reached them, for the goals. No names. */
#include "register/people.h"

static int64_t
day_of(int64_t moment)
{
	return vs_date_to_days(vs_local_from_utc(moment).date);
}

/* Reached is who answered; a contact that was closed with an answer was reached that day. */
bool
register_contacts_reached(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct register_reached **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct register_reached *all = NULL;
	size_t count = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT c.opened_at, coalesce((SELECT min(t.at) FROM contact_attempt t"
			"  WHERE t.contact_id = c.id AND t.outcome = 'reached'),"
			"  iif(c.result <> 'not_reached', c.closed_at, NULL)),"
			" coalesce(a.name, '') FROM contact c"
			" LEFT JOIN person p ON p.id = c.person_id"
			" LEFT JOIN kommun k ON k.code = p.kommun_code"
			" LEFT JOIN association a ON a.id ="
			"  coalesce(c.association_id, p.association_id, k.association_id)"
			" WHERE c.reason = 'new_member' AND (?1 = 0 OR a.id = ?1)"
			" ORDER BY a.name COLLATE swedish, c.opened_at, c.id"),
		    err))
		return false;
	stmt_bind(&q, association);
	while (stmt_row(&q, err)) {
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct register_reached){ .opened =
								  day_of(stmt_int(&q, 0)),
			.reached = stmt_null(&q, 1) ? -1 : day_of(stmt_int(&q, 1)),
			.association = stmt_copy(&q, 2, arena) };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}
