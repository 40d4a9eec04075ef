/* One article with its life, its outlets and its variants; and the whole pipeline. */
#include "media/media.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

/* Whole days since a moment. */
static int64_t
days_since(int64_t at, struct vs_date today)
{
	return vs_date_to_days(today) - vs_date_to_days(vs_local_from_utc(at).date);
}

static bool
add_events(struct vs_db *db, json_t *view, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char at[17];
	json_t *events = json_array();
	json_object_set_new(view, "events", events);
	if (!stmt_open(&q, db,
		    SQL("SELECT at, state, actor, reason FROM article_event"
			" WHERE article_id = ? ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, record_integer(view, "id"));
	while (stmt_row(&q, err)) {
		json_t *event = json_object();
		record_put(event, "at", vs_time_format_local(stmt_int(&q, 0), at));
		record_put(event, "state", stmt_text(&q, 1));
		record_put(event, "state_name",
			record_choice(media_article_states, stmt_text(&q, 1)));
		record_put(event, "actor", stmt_text(&q, 2));
		record_put(event, "reason", stmt_text(&q, 3));
		json_array_append_new(events, event);
	}
	return err->code == VS_OK;
}

/* The records of a type where a field has the value. New reference. */
static bool
add_records(struct vs_db *db, json_t *view, const char *name,
	const struct vs_record_type *type, const char *field, struct vs_error *err)
{
	json_t *filters = json_pack("{s:O}", field, json_object_get(view, "id"));
	json_t *records = vs_record_list(db, type, filters, err);
	json_decref(filters);
	if (records)
		json_object_set_new(view, name, records);
	return records != NULL;
}

json_t *
vs_article_view(struct vs_db *db, const char *article, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *view = vs_record_get(db, &vs_article_type, article, err);
	if (view && add_events(db, view, err) &&
		add_records(db, view, "sent", &vs_appearance_type, "article", err) &&
		add_records(db, view, "variants", &vs_article_type, "variant_of", err))
		return view;
	json_decref(view);
	return NULL;
}

/* The pipeline ----------------------------------------------------------------------------- */

/* What is late: past its day and not sent, or long without an answer. */
static bool
is_late(const json_t *article, bool waits, int64_t days, const char *today)
{
	const char *due = record_string(article, "due_on");
	if (strcmp(record_string(article, "state"), "sent") == 0)
		return waits && days > MEDIA_ANSWER_DAYS;
	return due && strcmp(due, today) < 0;
}

static bool
add_article(struct vs_db *db, const struct stmt *q, struct vs_date today,
	json_t *articles, struct vs_error *err)
{
	char text[11];
	json_t *article = record_find(db, &vs_article_type, stmt_text(q, 0), err);
	if (!article)
		return err->code == VS_OK;
	int64_t days = stmt_null(q, 1) ? 0 : days_since(stmt_int(q, 1), today);
	record_put(article, "outlet_name", stmt_text(q, 2));
	json_object_set_new(article, "days", json_integer((json_int_t)days));
	json_object_set_new(article, "late",
		json_boolean(is_late(
			article, stmt_int(q, 3), days, vs_date_format(today, text))));
	json_array_append_new(articles, article);
	return true;
}

static bool
add_state(struct vs_db *db, const char *state, struct vs_date today, json_t *articles,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT t.id, (SELECT max(at) FROM article_event e"
			"  WHERE e.article_id = t.id AND e.state = t.state),"
			" (SELECT group_concat(o.name, ', ') FROM appearance m"
			"  JOIN outlet o ON o.id = m.outlet_id WHERE m.article_id = t.id"
			"  AND m.state IN ('planned', 'submitted', 'booked')),"
			" EXISTS (SELECT 1 FROM appearance m WHERE m.article_id = t.id"
			"  AND m.state = 'submitted')"
			" FROM article t WHERE t.state = ?1"
			" ORDER BY ?1 = 'sent' OR t.due_on IS NULL,"
			"  iif(?1 = 'sent', NULL, t.due_on), 2, t.id"),
		    err))
		return false;
	stmt_bind(&q, state);
	while (stmt_row(&q, err))
		if (!add_article(db, &q, today, articles, err))
			return false;
	return err->code == VS_OK;
}

json_t *
vs_article_pipeline(struct vs_db *db, struct vs_error *err)
{
	static const char *const open[] = { "idea", "draft", "spokesperson", "sent" };
	VS_AUTO(snapshot) snapshot = { 0 };
	struct vs_date today;
	if (!vs_clock_today(&today, err) || !snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *states = json_array();
	for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
		json_t *articles = json_array();
		json_array_append_new(states,
			json_pack("{s:s, s:s, s:o}", "state", open[i], "state_name",
				record_choice(media_article_states, open[i]), "articles",
				articles));
		if (!add_state(db, open[i], today, articles, err)) {
			json_decref(states);
			return NULL;
		}
	}
	return json_pack("{s:o}", "states", states);
}
