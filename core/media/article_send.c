/*
 * A text goes to an outlet: one at a time, or the second editor who finds it elsewhere takes
 * nothing from us any more. A press release goes to everybody.
 */
#include "media/media.h"

#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "base/i18n.h"

#define HOPE_DAYS 7

static void
warn(struct vs_arena *arena, const char **warning, const char *text)
{
	*warning =
		vs_arena_printf(arena, "%s%s%s", *warning, **warning ? "; " : "", text);
}

/* Who has it already. */
static bool
check_place(struct vs_db *db, struct vs_arena *arena, const json_t *article,
	const char *anyway, const char **warning, struct vs_error *err)
{
	struct media_at at;
	long long id = record_integer(article, "id");
	const char *title = record_string(article, "title");
	if (!media_article_at(db, arena, id, &at, err))
		return false;
	if (!at.appearance ||
		strcmp(record_string(article, "kind"), "press_release") == 0)
		return true;
	if (!anyway && at.done)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) was published in %s on %s; if another shall have it, too, "
			  "say why with --anyway"),
			id, title, at.outlet, at.since);
	if (!anyway)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) is at %s since %s; wait for the answer, take it back with "
			  "'valstuga media cancel %lld', or say with --anyway why two may have it"),
			id, title, at.outlet, at.since, (long long)at.appearance);
	warn(arena, warning,
		at.done ? vs_arena_printf(arena, _("it was published in %s on %s"),
				  at.outlet, at.since)
			: vs_arena_printf(arena, _("it is at %s, too, since %s"),
				  at.outlet, at.since));
	return true;
}

static bool
check_state(const json_t *article, struct vs_error *err)
{
	const char *state = record_string(article, "state");
	const char *title = record_string(article, "title");
	long long id = record_integer(article, "id");
	if (strcmp(record_string(article, "kind"), "motion") == 0)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) is a motion, which no outlet takes; spread it, or make an "
			  "article of it with 'valstuga article set %lld --kind'"),
			id, title, id);
	if (strcmp(state, "idea") == 0 || strcmp(state, "dropped") == 0)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) is not written: %s; 'valstuga article draft %lld' says "
			  "that it is"),
			id, title, record_choice(media_article_states, state), id);
	return true;
}

/* Its sisters that the same readers may see. */
static bool
warn_variants(struct vs_db *db, struct vs_arena *arena, int64_t article, int64_t outlet,
	const char **warning, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH me AS (SELECT coalesce(variant_of, id) AS root FROM article"
			"  WHERE id = ?1), other AS (SELECT kommuner FROM outlet WHERE id = ?2)"
			" SELECT t.id, coalesce(a.name, ''), o.name, m.date, o.id = ?2"
			" FROM article t JOIN me ON coalesce(t.variant_of, t.id) = me.root"
			" JOIN appearance m ON m.article_id = t.id"
			"  AND m.state NOT IN ('declined', 'cancelled')"
			" JOIN outlet o ON o.id = m.outlet_id JOIN other"
			" LEFT JOIN association a ON a.id = t.association_id"
			" WHERE t.id <> ?1 AND (o.id = ?2 OR o.kommuner IS NULL"
			"  OR other.kommuner IS NULL OR EXISTS (SELECT 1 FROM kommun k"
			"   WHERE instr(',' || o.kommuner || ',', ',' || k.code || ',')"
			"   AND instr(',' || other.kommuner || ',', ',' || k.code || ',')))"
			" ORDER BY 5 DESC, m.id LIMIT 3"),
		    err))
		return false;
	stmt_bind(&q, article);
	stmt_bind(&q, outlet);
	while (stmt_row(&q, err)) {
		const char *whose = stmt_text(&q, 1);
		warn(arena, warning,
			vs_arena_printf(arena,
				stmt_int(&q, 4)
					? _("a variant of it is at %s (article %lld%s%s, %s)")
					: _("a variant of it is at %s, which has the same readers "
					    "(article %lld%s%s, %s)"),
				stmt_text(&q, 2), (long long)stmt_int(&q, 0),
				*whose ? ", " : "", whose, stmt_text(&q, 3)));
	}
	return err->code == VS_OK;
}

/* The day that is hoped for. Arena. */
static bool
read_date(struct vs_arena *arena, const char *given, const char **ret_date,
	struct vs_error *err)
{
	struct vs_date today, date;
	char text[11], now[11];
	if (!vs_clock_today(&today, err))
		return false;
	date = vs_date_add(today, HOPE_DAYS);
	if (given && !vs_date_parse(given, &date, err))
		return false;
	*ret_date = vs_arena_text(arena, vs_date_format(date, text));
	return strcmp(*ret_date, vs_date_format(today, now)) >= 0 ||
		vs_fail(err, VS_INVALID,
			_("%s has passed; give the day on which you hope to see it, or none"),
			*ret_date);
}

static json_t *
appearance_of(struct vs_db *db, const json_t *article, const char *outlet,
	const char *date, const char *anyway, struct vs_error *err)
{
	static const char *const taken[] = { "kind", "title", "person", "policy_area",
		"association", "responsible" };
	json_t *values = json_pack(
		"{s:s, s:s, s:s}", "outlet", outlet, "date", date, "state", "submitted");
	if (!values) {
		vs_fail(err, VS_INVALID, _("the name is not valid UTF-8; type it again"));
		return NULL;
	}
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		json_object_set(values, taken[i], json_object_get(article, taken[i]));
	json_t *record = record_prepare(db, &vs_appearance_type, NULL, values, err);
	json_decref(values);
	if (record && anyway)
		record_put(record, "reason", anyway);
	return record;
}

static bool
link_article(struct vs_db *db, int64_t appearance, int64_t article, const char *reason,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("UPDATE appearance SET article_id = ? WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, article);
	stmt_bind(&q, appearance);
	return stmt_run(&q, err) && media_settle_article(db, article, reason, err);
}

struct sending {
	struct vs_arena *arena;
	const char *outlet, *date, *anyway;
	const char *warning;
	int64_t appearance;
};

static bool
send(struct vs_db *db, const json_t *article, struct sending *s, struct change *change,
	struct vs_error *err)
{
	int64_t id = record_integer(article, "id");
	if (!check_state(article, err) ||
		!check_place(db, s->arena, article, s->anyway, &s->warning, err))
		return false;
	json_t *record = appearance_of(db, article, s->outlet, s->date, s->anyway, err);
	bool ok = record &&
		warn_variants(db, s->arena, id, record_integer(record, "outlet"),
			&s->warning, err) &&
		record_write(db, &vs_appearance_type, NULL, record, err);
	s->appearance = db_last_id(db);
	if (ok && !record_integer(article, "person"))
		warn(s->arena, &s->warning, _("nobody signs it"));
	change_say(change, "article", vs_arena_printf(s->arena, "%lld", (long long)id),
		"media %lld, outlet %lld", (long long)s->appearance,
		(long long)record_integer(record, "outlet"));
	json_decref(record);
	return ok && link_article(db, s->appearance, id, s->anyway, err);
}

bool
vs_article_send(struct vs_db *db, const char *article, const char *outlet,
	const char *date, const char *anyway, struct vs_arena *arena,
	const char **ret_appearance, const char **ret_warning, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	struct sending s = { .arena = arena, .outlet = outlet, .warning = "" };
	if (!read_date(arena, date, &s.date, err) ||
		!media_reason(arena, anyway, &s.anyway, err))
		return false;
	if (anyway && !s.anyway)
		return vs_fail(err, VS_USAGE,
			_("--anyway needs a reason; it stands in the article's history"));
	if (!change_begin(&change, db, "article send", err))
		return false;
	json_t *record = vs_record_get(db, &vs_article_type, article, err);
	bool ok = record && send(db, record, &s, &change, err);
	json_decref(record);
	if (!ok || !change_commit(&change, err))
		return false;
	*ret_appearance = vs_arena_printf(arena, "%lld", (long long)s.appearance);
	*ret_warning = s.warning;
	return true;
}
