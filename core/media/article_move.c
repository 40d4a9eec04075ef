/* An article's life: written, signed, sent to one outlet at a time, published or dropped. */
#include "media/media.h"

#include <string.h>

#include <valstuga/person.h>

#include "base/i18n.h"

bool
media_note_article(struct vs_db *db, int64_t article, const char *state,
	const char *reason, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO article_event (article_id, at, actor, state, reason)"
			    " VALUES (?, ?, ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, article);
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, state);
	stmt_bind(&q, reason);
	return stmt_run(&q, err);
}

bool
media_set_article(struct vs_db *db, int64_t article, const char *state,
	const char *reason, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("UPDATE article SET state = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, state);
	stmt_bind(&q, article);
	return stmt_run(&q, err) && media_note_article(db, article, state, reason, err);
}

/* Where it is published it is published, whoever else has it; else somebody has it, or it is
 * ours again. */
bool
media_settle_article(struct vs_db *db, int64_t article, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT CASE WHEN EXISTS (SELECT 1 FROM appearance m"
			"  WHERE m.article_id = t.id AND m.state IN ('published', 'broadcast'))"
			"  THEN 'published' WHEN EXISTS (SELECT 1 FROM appearance m"
			"  WHERE m.article_id = t.id"
			"  AND m.state IN ('planned', 'submitted', 'booked')) THEN 'sent'"
			"  WHEN t.state IN ('sent', 'published') THEN 'draft' ELSE t.state END,"
			" t.state FROM article t WHERE t.id = ?"),
		    err))
		return false;
	stmt_bind(&q, article);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	const char *state = stmt_copy(&q, 0, scratch.arena);
	return strcmp(state, stmt_text(&q, 1)) == 0 ||
		media_set_article(db, article, state, NULL, err);
}
