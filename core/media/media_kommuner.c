/* How often the party was seen in each kommun, for the evaluation. */
#include "media/media.h"

/* What is about no kommun is its association's, when that has one only. */
bool
media_kommuner(struct vs_db *db, struct vs_arena *arena, const char *until,
	struct media_kommun **ret_kommuner, size_t *ret_count, struct vs_error *err)
{
	struct media_kommun *kommuner = NULL;
	size_t count = 0;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce(a.kommun_code, (SELECT min(k.code) FROM kommun k"
			" WHERE k.association_id = a.association_id"
			" AND NOT k.association_lent GROUP BY k.association_id HAVING count(*) = 1)), count(*)"
			" FROM appearance a WHERE a.state IN ('published', 'broadcast')"
			" AND a.kind IN ('debate_article', 'letter', 'news', 'interview', 'radio',"
			" 'tv', 'podcast') AND a.date <= ? GROUP BY 1"),
		    err))
		return false;
	stmt_bind(&q, until);
	while (stmt_row(&q, err)) {
		kommuner = vs_arena_grow(arena, kommuner, count, sizeof *kommuner);
		kommuner[count++] =
			(struct media_kommun){ stmt_copy(&q, 0, arena), stmt_int(&q, 1) };
	}
	*ret_kommuner = kommuner;
	*ret_count = count;
	return err->code == VS_OK;
}
