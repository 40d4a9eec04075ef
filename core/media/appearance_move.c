/*
 * An appearance's life: which state follows which, what is noted of it, and what its article
 * makes of it. Commands, `media set` and sheets that come back all pass the same table.
 */
#include "media/media.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define REASON_MAX 300
#define NOON	   (12 * 60)

/* What may follow a state. What was seen is only taken back, as a mistake. */
static const struct {
	const char *from, *to;
} steps[] = {
	{ "planned", "submitted booked published broadcast declined cancelled" },
	{ "submitted", "booked published broadcast declined cancelled" },
	{ "booked", "published broadcast declined cancelled" },
	{ "declined", "submitted booked published broadcast" },
	{ "cancelled", "submitted booked published broadcast" },
	{ "published", "cancelled" },
	{ "broadcast", "cancelled" },
};

static bool
has_word(const char *words, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = strstr(words, word); at; at = strstr(at + 1, word))
		if ((at == words || at[-1] == ' ') && (!at[length] || at[length] == ' '))
			return true;
	return false;
}

static bool
may_follow(const char *from, const char *to)
{
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (strcmp(steps[i].from, from) == 0)
			return has_word(steps[i].to, to);
	return false;
}

bool
media_check_step(const json_t *record, const json_t *before, struct vs_error *err)
{
	const char *from = record_string(before, "state");
	const char *to = record_string(record, "state");
	long long id = record_integer(before, "id"),
		  article = record_integer(before, "article");
	if (strcmp(from, to) == 0)
		return true;
	if (!may_follow(from, to))
		return vs_fail(err, VS_REFUSED,
			_("media %lld is %s (%s) and does not become %s"), id,
			record_choice(media_states, from), record_string(before, "date"),
			record_choice(media_states, to));
	if (media_is_done(from) && !record_string(record, "reason"))
		return vs_fail(err, VS_REFUSED,
			_("media %lld is %s and has been seen; if that is a mistake, say so with "
			  "'valstuga media cancel %lld --reason'"),
			id, record_choice(media_states, from), id);
	if (article && !media_is_open(from) && media_is_open(to))
		return vs_fail(err, VS_REFUSED,
			_("media %lld was article %lld, which is a draft again; 'valstuga article send "
			  "%lld' sends it"),
			id, article, article);
	return true;
}

/* Events ----------------------------------------------------------------------------------- */

/* When the state was reached: now; but what is entered after it was seen was seen then. */
static bool
moment_of(struct vs_db *db, int64_t appearance, const char *state, const char *date,
	int64_t *ret_at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_local then = { .hour = 0 };
	int64_t seen;
	if (!vs_clock_now(ret_at, err) ||
		!stmt_open(&q, db,
			SQL("SELECT time, EXISTS (SELECT 1 FROM appearance_event e"
			    " WHERE e.appearance_id = m.id) FROM appearance m WHERE m.id = ?"),
			err))
		return false;
	stmt_bind(&q, appearance);
	if (!stmt_row(&q, err) || stmt_int(&q, 1) || !media_is_done(state))
		return err->code == VS_OK;
	int minutes = stmt_null(&q, 0) ? NOON : (int)stmt_int(&q, 0) % (24 * 60);
	then.hour = minutes / 60;
	then.minute = minutes % 60;
	struct vs_error none = { 0 }; /* a time that the clock change leaves out: now */
	if (!vs_date_parse(date, &then.date, err))
		return false;
	if (vs_local_to_utc(then, VS_FOLD_SUMMER, &seen, &none) && seen < *ret_at)
		*ret_at = seen;
	return true;
}

bool
media_note_event(struct vs_db *db, int64_t appearance, const char *state,
	const char *date, const char *reason, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t at;
	if (!moment_of(db, appearance, state, date, &at, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO appearance_event (appearance_id, at, actor, state, date,"
			    " reason) VALUES (?, ?, ?, ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, appearance);
	stmt_bind(&q, at);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, state);
	stmt_bind(&q, date);
	stmt_bind(&q, reason);
	return stmt_run(&q, err);
}

/* A state that was reached, or another day for what is still ahead. `record` may carry the
 * reason beside its fields. */
bool
media_written(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	const char *state = record_string(record, "state");
	bool moved = !before || media_changed(record, before, "state");
	if (!moved && (!media_is_open(state) || !media_changed(record, before, "date")))
		return true;
	int64_t id = before ? record_integer(before, "id") : db_last_id(db);
	int64_t article = record_integer(before, "article");
	const char *reason = record_string(record, "reason");
	return media_note_event(
		       db, id, state, record_string(record, "date"), reason, err) &&
		(!moved || !article || media_settle_article(db, article, reason, err));
}

/* Moving ----------------------------------------------------------------------------------- */

bool
media_reason(struct vs_arena *arena, const char *given, const char **ret_reason,
	struct vs_error *err)
{
	size_t bad;
	if (given && !vs_text_check(given, strlen(given), &bad))
		return vs_fail(err, VS_INVALID,
			_("the reason is not valid UTF-8; type it again"));
	const char *reason = given ? vs_text_clean(arena, given) : "";
	if (vs_text_length(reason) > REASON_MAX)
		return vs_fail(err, VS_INVALID,
			_("the reason is longer than %d characters; shorten it"),
			REASON_MAX);
	*ret_reason = *reason ? reason : NULL;
	return true;
}

/* Only what becomes known with it. */
static bool
check_values(const json_t *values, struct vs_error *err)
{
	const char *name;
	json_t *ignored;
	json_object_foreach ((json_t *)(uintptr_t)values, name, ignored)
		if (!has_word("date time link clipping reach title", name))
			return vs_fail(err, VS_USAGE,
				_("media: '%s' is not told with a step; use 'valstuga media set'"),
				name);
	return true;
}

static json_t *
prepare(struct vs_db *db, const json_t *before, const char *state, const json_t *values,
	const char *reason, struct vs_error *err)
{
	json_t *given = values ? json_copy((json_t *)(uintptr_t)values) : json_object();
	json_t *was = json_copy((json_t *)(uintptr_t)before);
	record_put(given, "state", state);
	if (reason) /* rides along to the check and to the event */
		record_put(was, "reason", reason);
	json_t *record = record_prepare(db, &vs_appearance_type, was, given, err);
	json_decref(given);
	json_decref(was);
	return record;
}

static bool
move(struct vs_db *db, const json_t *before, const char *state, const json_t *values,
	const char *reason, struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const struct vs_record_type *type = &vs_appearance_type;
	const char *from = record_string(before, "state");
	long long id = record_integer(before, "id");
	if (strcmp(from, state) == 0)
		return vs_fail(err, VS_REFUSED, _("media %lld is %s already (%s)"), id,
			record_choice(media_states, from), record_string(before, "date"));
	json_t *record = prepare(db, before, state, values, reason, err);
	if (!record)
		return false;
	change_say(change, type->noun, record_key_text(scratch.arena, type, before), "%s",
		record_diff(scratch.arena, type, before, record));
	bool ok = record_write(db, type, before, record, err);
	json_decref(record);
	return ok;
}

bool
vs_appearance_move(struct vs_db *db, const char *appearance, const char *state,
	const json_t *values, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	const char *clean;
	if (!media_reason(scratch.arena, reason, &clean, err) ||
		!check_values(values, err) ||
		!change_begin(&change, db, "media move", err))
		return false;
	json_t *before = vs_record_get(db, &vs_appearance_type, appearance, err);
	bool ok = before && move(db, before, state, values, clean, &change, err);
	json_decref(before);
	return ok && change_commit(&change, err);
}
