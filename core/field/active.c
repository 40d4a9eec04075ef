/*
 * What came of the field, for the goals: who came when, how shifts were filled, who was at
 * activities of a kind.
 */
#include "field/field.h"

#include <stdlib.h>
#include <string.h>

static int64_t
day_of(int64_t moment)
{
	return vs_date_to_days(vs_local_from_utc(moment).date);
}

/* Who came --------------------------------------------------------------------------------- */

static int
compare_came(const void *a, const void *b)
{
	const struct field_came *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->day > y->day) - (x->day < y->day);
}

/* A walk that was walked on another day than the shift's was not that shift. */
static bool
was_there(const struct stmt *q, int64_t day)
{
	char text[11];
	if (strcmp(stmt_text(q, 2), "attended") == 0)
		return true;
	return !stmt_null(q, 3) &&
		strcmp(stmt_text(q, 3), vs_date_format(vs_date_from_days(day), text)) ==
		0;
}

bool
field_came(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct field_came **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct field_came *all = NULL;
	size_t count = 0;
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("SELECT b.person_id, t.starts_at, b.state, c.walked_on FROM booking b"
			    " JOIN shift t ON t.id = b.shift_id"
			    " JOIN activity a ON a.id = t.activity_id"
			    " JOIN person p ON p.id = b.person_id"
			    " LEFT JOIN canvass c ON c.activity_id = a.id"
			    "  AND c.walked_on IS NOT NULL"
			    " WHERE t.starts_at <= ?1 AND (b.state = 'attended'"
			    "  OR (b.state IN ('booked', 'signed_up') AND c.id IS NOT NULL))"
			    " AND (?2 = 0 OR p.association_id = ?2"
			    "  OR (p.association_id IS NULL AND a.association_id = ?2))"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, association);
	while (stmt_row(&q, err)) {
		int64_t day = day_of(stmt_int(&q, 1));
		if (!was_there(&q, day))
			continue;
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct field_came){ stmt_int(&q, 0), day };
	}
	if (count)
		qsort(all, count, sizeof *all, compare_came);
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}

/* Places of shifts ------------------------------------------------------------------------- */

bool
field_filled(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct field_filled **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct field_filled *all = NULL;
	size_t count = 0;
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("SELECT t.starts_at, r.wanted, (SELECT count(*) FROM booking b"
			    "  WHERE b.role_id = r.id AND b.state IN"
			    "  ('signed_up', 'booked', 'attended')) FROM shift_role r"
			    " JOIN shift t ON t.id = r.shift_id"
			    " JOIN activity a ON a.id = t.activity_id"
			    " LEFT JOIN kommun k ON k.code = a.kommun_code"
			    " WHERE t.cancelled_at IS NULL AND a.cancelled_at IS NULL"
			    " AND a.visibility <> 'draft' AND t.starts_at <= ?1"
			    " AND (?2 = 0 OR a.association_id = ?2"
			    "  OR (a.association_id IS NULL AND k.association_id = ?2))"
			    " ORDER BY t.starts_at"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, association);
	while (stmt_row(&q, err)) {
		int64_t wanted = stmt_int(&q, 1), taken = stmt_int(&q, 2);
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct field_filled){ day_of(stmt_int(&q, 0)), wanted,
			taken < wanted ? taken : wanted };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}

/* Who was at a kind of activity ------------------------------------------------------------ */

bool
field_been(struct vs_db *db, struct vs_arena *arena, const char *kind,
	struct field_been **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct field_been *all = NULL;
	size_t count = 0;
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("SELECT b.person_id, t.starts_at, b.state = 'attended', t.ends_at <= ?"
			    " FROM booking b JOIN shift t ON t.id = b.shift_id"
			    " JOIN activity a ON a.id = t.activity_id WHERE a.kind = ?"
			    " AND a.cancelled_at IS NULL AND t.cancelled_at IS NULL"
			    " AND b.person_id IS NOT NULL"
			    " AND b.state IN ('signed_up', 'booked', 'attended')"
			    " ORDER BY t.starts_at, b.id"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, kind);
	while (stmt_row(&q, err)) {
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct field_been){ .person = stmt_int(&q, 0),
			.day = day_of(stmt_int(&q, 1)),
			.been = stmt_int(&q, 2) || stmt_int(&q, 3) };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}
