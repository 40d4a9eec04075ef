/* An article's life: written, signed, sent to one outlet at a time, published or dropped. */
#include "media/media.h"

#include <string.h>

#include <valstuga/date.h>

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
media_settle_article(
	struct vs_db *db, int64_t article, const char *reason, struct vs_error *err)
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
		media_set_article(db, article, state, reason, err);
}

/* Moving ----------------------------------------------------------------------------------- */

bool
media_article_at(struct vs_db *db, struct vs_arena *arena, int64_t article,
	struct media_at *ret_at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char since[11];
	*ret_at = (struct media_at){ 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT m.id, o.name, m.date, m.state IN ('published', 'broadcast'),"
			" (SELECT min(at) FROM appearance_event e WHERE e.appearance_id = m.id)"
			" FROM appearance m JOIN outlet o ON o.id = m.outlet_id"
			" WHERE m.article_id = ? AND m.state NOT IN ('declined', 'cancelled')"
			" ORDER BY 4, m.id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, article);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	*ret_at = (struct media_at){
		.appearance = stmt_int(&q, 0),
		.outlet = stmt_copy(&q, 1, arena),
		.done = stmt_int(&q, 3),
	};
	ret_at->since = ret_at->done
		? stmt_copy(&q, 2, arena)
		: vs_arena_text(arena,
			  vs_date_format(vs_local_from_utc(stmt_int(&q, 4)).date, since));
	return true;
}

/* Where it is now decides first; what was laid aside is only taken up as a draft. */
static bool
check_move(struct vs_db *db, const json_t *article, const char *to, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *from = record_string(article, "state");
	const char *title = record_string(article, "title");
	long long id = record_integer(article, "id");
	struct media_at at;
	if (!media_article_at(db, scratch.arena, id, &at, err))
		return false;
	if (at.appearance && !at.done)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) is at %s since %s; take it back first with 'valstuga "
			  "media cancel %lld'"),
			id, title, at.outlet, at.since, (long long)at.appearance);
	if (at.done)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) was published in %s on %s and stays so"), id,
			title, at.outlet, at.since);
	if (strcmp(from, "dropped") == 0 && strcmp(to, "draft") != 0)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) is dropped; 'valstuga article draft %lld' takes it up "
			  "again"),
			id, title, id);
	return true;
}

/* Who signs it: given now, or before. */
static bool
set_person(struct vs_db *db, const json_t *article, const char *to, const char *person,
	struct vs_error *err)
{
	bool asked = strcmp(to, "spokesperson") == 0;
	long long id = record_integer(article, "id");
	if (asked && !person && !record_integer(article, "person"))
		return vs_fail(err, VS_USAGE,
			_("article %lld: with which spokesperson? Name who is to sign it"),
			id);
	if (!person)
		return true;
	json_t *values = json_pack("{s:s}", "person", person);
	json_t *record = values
		? record_prepare(db, &vs_article_type, article, values, err)
		: NULL;
	bool ok = record ? record_write(db, &vs_article_type, article, record, err)
			 : vs_fail(err, VS_INVALID,
				   _("the name is not valid UTF-8; type it again"));
	json_decref(record);
	json_decref(values);
	return ok;
}

static bool
is_same(const json_t *article, const char *to, const char *person, struct vs_error *err)
{
	if (strcmp(record_string(article, "state"), to) != 0 || person)
		return true;
	return vs_fail(err, VS_REFUSED, _("article %lld (%s) is so already: %s"),
		(long long)record_integer(article, "id"), record_string(article, "title"),
		record_choice(media_article_states, to));
}

static bool
check_target(const char *state, struct vs_error *err)
{
	static const char *const by_hand[] = { "idea", "draft", "spokesperson",
		"dropped" };
	for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++)
		if (strcmp(by_hand[i], state) == 0)
			return true;
	return vs_fail(err, VS_USAGE,
		_("an article becomes idea, draft, spokesperson or dropped by hand, not "
		  "\"%.40s\"; 'valstuga article send' sends it"),
		state);
}

static bool
move(struct vs_db *db, const json_t *article, const char *state, const char *person,
	const char *reason, struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	change_say(change, "article",
		record_key_text(scratch.arena, &vs_article_type, article), "%s → %s",
		record_string(article, "state"), state);
	return check_move(db, article, state, err) &&
		is_same(article, state, person, err) &&
		set_person(db, article, state, person, err) &&
		media_set_article(db, record_integer(article, "id"), state, reason, err);
}

bool
vs_article_move(struct vs_db *db, const char *article, const char *state,
	const char *person, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	const char *clean;
	if (!check_target(state, err) ||
		!media_reason(scratch.arena, reason, &clean, err) ||
		!change_begin(&change, db, "article move", err))
		return false;
	json_t *record = vs_record_get(db, &vs_article_type, article, err);
	bool ok = record && move(db, record, state, person, clean, &change, err);
	json_decref(record);
	return ok && change_commit(&change, err);
}
