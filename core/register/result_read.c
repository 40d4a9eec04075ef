/* This election's counts beside the last one's. */
#include "register/register.h"

#include <string.h>

static int64_t
known(const struct stmt *q, int column)
{
	return stmt_null(q, column) ? -1 : stmt_int(q, column);
}

static struct register_count
read_count(const struct stmt *q)
{
	return (struct register_count){ .known = true,
		.eligible = stmt_int(q, 6),
		.voted = known(q, 7),
		.valid = known(q, 8),
		.votes = known(q, 9) };
}

/* This election's row comes first, so its name stays. */
static struct register_result *
result_of(const struct stmt *q, struct vs_arena *arena, struct register_result **results,
	size_t *count)
{
	const char *code = stmt_text(q, 0);
	struct register_result *last = *count ? &(*results)[*count - 1] : NULL;
	if (last && strcmp(last->code, code) == 0)
		return last;
	*results = vs_arena_grow(arena, *results, *count, sizeof **results);
	last = &(*results)[(*count)++];
	*last = (struct register_result){ .code = vs_arena_text(arena, code),
		.name = stmt_copy(q, 1, arena),
		.kommun = stmt_copy(q, 2, arena),
		.collection = stmt_int(q, 3),
		.place = stmt_int(q, 4) };
	return last;
}

bool
register_results(struct vs_db *db, struct vs_arena *arena, const char *kind,
	struct register_result **ret_results, size_t *ret_count, struct vs_error *err)
{
	struct register_result *results = NULL;
	size_t count = 0;
	VS_AUTO(stmt) q = { 0 };
	/* Collection districts as the import knows them: by code, else by name. */
	if (!stmt_open(&q, db,
		    SQL("SELECT r.district_code AS code, r.name, r.kommun_code,"
			" substr(r.district_code, 5) >= '9800'"
			"  OR r.name LIKE 'Förtidsröster ej fördelade%', d.place_id, 1 AS now,"
			" r.eligible, r.voted, r.valid, r.party_votes FROM election_result r"
			" JOIN kommun k ON k.code = r.kommun_code AND k.in_district"
			" LEFT JOIN district d ON d.code = r.district_code WHERE r.kind = ?1"
			" AND r.election_day = (SELECT election_day FROM campaign)"
			" UNION ALL SELECT d.code, d.name, d.kommun_code, d.collection,"
			" d.place_id, 0, r.eligible, r.voted, r.valid, r.party_votes"
			" FROM district_result r JOIN district d ON d.code = r.district_code"
			" JOIN kommun k ON k.code = d.kommun_code AND k.in_district"
			" WHERE r.kind = ?1 ORDER BY code, now DESC"),
		    err))
		return false;
	stmt_bind(&q, kind);
	while (stmt_row(&q, err)) {
		struct register_result *r = result_of(&q, arena, &results, &count);
		*(stmt_int(&q, 5) ? &r->now : &r->last) = read_count(&q);
	}
	*ret_results = results;
	*ret_count = count;
	return err->code == VS_OK;
}
