/* What was seen, counted for goals and for how the help is spread. */
#include "media/media.h"

#include <stdlib.h>

#include <valstuga/date.h>

#define DONE "a.state IN ('published', 'broadcast')"

/* Whether appearance a is of one of the kinds of a list with commas. */
#define OF_KINDS(kinds) "instr(',' || " kinds " || ',', ',' || a.kind || ',')"

bool
media_spokespersons_seen(struct vs_db *db, struct vs_arena *arena,
	const struct vs_media_scope *scope, struct media_seen **ret_all,
	size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct media_seen *all = NULL;
	size_t count = 0;
	struct vs_date day = { 1970, 1, 1 };
	int64_t area = scope->policy_area ? strtoll(scope->policy_area, NULL, 10) : 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT p.name, v.name, (SELECT min(a.date) FROM appearance a"
			"  WHERE a.person_id = s.person_id"
			"  AND a.policy_area_id = s.policy_area_id AND " DONE
			"  AND a.date BETWEEN ?1 AND ?2 AND " OF_KINDS(
				"?3") ")"
				      " FROM spokesperson s JOIN person p ON p.id = s.person_id"
				      " JOIN policy_area v ON v.id = s.policy_area_id"
				      " WHERE NOT p.restricted AND (?4 = 0 OR v.id = ?4)"
				      " ORDER BY p.name COLLATE swedish, v.name COLLATE swedish"),
		    err))
		return false;
	stmt_bind(&q, scope->from);
	stmt_bind(&q, scope->until);
	stmt_bind(&q, scope->kinds ? scope->kinds : vs_media_kinds_usual);
	stmt_bind(&q, area);
	while (stmt_row(&q, err)) {
		bool seen = !stmt_null(&q, 2);
		if (seen && !vs_date_parse(stmt_text(&q, 2), &day, err))
			return false;
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct media_seen){ .name = stmt_copy(&q, 0, arena),
			.area = stmt_copy(&q, 1, arena),
			.seen = seen,
			.day = vs_date_to_days(day) };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}

bool
media_done_where(struct vs_db *db, struct vs_arena *arena, const char *from,
	const char *until, struct media_where **ret_all, size_t *ret_count,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct media_where *all = NULL;
	size_t count = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT a.association_id, a.kommun_code, count(*) FROM appearance a"
			" WHERE " DONE " AND a.date BETWEEN ?1 AND ?2"
			" AND " OF_KINDS("?3") " GROUP BY 1, 2 ORDER BY 1, 2"),
		    err))
		return false;
	stmt_bind(&q, from);
	stmt_bind(&q, until);
	stmt_bind(&q, vs_media_kinds_usual);
	while (stmt_row(&q, err)) {
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct media_where){ .association = stmt_int(&q, 0),
			.kommun = stmt_copy(&q, 1, arena),
			.count = stmt_int(&q, 2) };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}
