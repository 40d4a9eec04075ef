/*
 * The extract: every table that refers to the person, and what hangs on those rows, is found
 * in the schema; texts that name them are searched for; then the lines of the history.
 */
#include "campaign/privacy.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

struct extract {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t person;
	json_t *sections;
	json_t *seen;  /* "booking/17": rows that are told already */
	json_t *lines; /* "booking/17", "person/7": what lines of the history are about */
};

static const char *
pair(struct vs_arena *arena, const char *table, const char *row)
{
	return vs_arena_printf(arena, "%s/%s", table, row);
}

static void
note(json_t *set, const char *key)
{
	json_object_set_new(set, key, json_true());
}

/* The section of a table, made when there is none. Borrowed. */
static json_t *
section_of(struct extract *x, const char *table, const char *title)
{
	size_t i;
	json_t *section;
	json_array_foreach (x->sections, i, section)
		if (strcmp(record_string(section, "table"), table) == 0)
			return section;
	section = json_pack("{s:s, s:s, s:[], s:{}}", "title", title, "table", table,
		"rows", "labels");
	json_array_append_new(x->sections, section);
	return section;
}

static void
set(json_t *row, json_t *labels, const char *name, const char *label, json_t *value)
{
	json_object_set_new(row, name, value);
	json_object_set_new(labels, name, json_string(label));
}

/* What a reference leads to, in words, beside the number. */
static bool
add_words(struct extract *x, const struct vs_record_type *type,
	const struct scrub_link *link, const char *key, json_t *row, json_t *labels,
	struct vs_error *err)
{
	const char *words, *name = privacy_plain(x->arena, link->column);
	if (strcmp(link->refers, "person") == 0)
		return true;
	if (!privacy_called(x->db, x->arena, link, key, &words, err))
		return false;
	if (words)
		set(row, labels, name, privacy_label(x->arena, type, name),
			json_string(words));
	return true;
}

/* The current row with labels; its number and what lines of the history call it. */
static bool
add_row(struct extract *x, const struct stmt *q, const char *table, json_t *section,
	struct vs_error *err)
{
	const struct vs_record_type *type = privacy_type(table);
	struct scrub_link *links;
	size_t link_count;
	if (!scrub_links(x->db, x->arena, table, &links, &link_count, err))
		return false;
	json_t *row = json_object(), *labels = json_object_get(section, "labels");
	json_array_append_new(json_object_get(section, "rows"), row);
	bool ok = true;
	for (int i = 0; ok && i < stmt_columns(q); i++) {
		const char *column = stmt_column_name(q, i);
		if (stmt_null(q, i))
			continue;
		set(row, labels, column, privacy_label(x->arena, type, column),
			privacy_value(x->arena, type, q, i));
		for (size_t l = 0; ok && l < link_count; l++)
			if (strcmp(links[l].column, column) == 0)
				ok = add_words(x, type, &links[l],
					stmt_copy(q, i, x->arena), row, labels, err);
		if (strcmp(column, "id") != 0)
			continue;
		note(x->seen, pair(x->arena, table, stmt_text(q, i)));
		if (type)
			note(x->lines, pair(x->arena, type->noun, stmt_text(q, i)));
	}
	return ok;
}

/* Rows where the column has the value; *ret_ids (may be NULL) are their numbers. */
static bool
add_rows(struct extract *x, const char *table, const char *column, const char *key,
	json_t *ret_ids, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!scrub_rows(&q, x->db, table, column, err))
		return false;
	stmt_bind(&q, key);
	while (stmt_row(&q, err)) {
		json_t *section = section_of(x, table, privacy_title(x->arena, table));
		if (!add_row(x, &q, table, section, err))
			return false;
		json_t *rows = json_object_get(section, "rows");
		json_t *row = json_array_get(rows, json_array_size(rows) - 1);
		json_t *id = json_object_get(row, "id");
		if (ret_ids && id)
			json_array_append(ret_ids, id);
	}
	return err->code == VS_OK;
}

/* What hangs on rows that are the person's own: what became of a booking, a carrier's days. */
static bool
add_children(
	struct extract *x, const char *table, const json_t *ids, struct vs_error *err)
{
	struct scrub_reference *references;
	size_t count, i;
	json_t *id;
	if (!scrub_references(x->db, x->arena, table, &references, &count, err))
		return false;
	json_array_foreach (ids, i, id)
		for (size_t r = 0; r < count; r++)
			if (!add_rows(x, references[r].table, references[r].column,
				    vs_arena_printf(x->arena, "%lld",
					    (long long)json_integer_value(id)),
				    NULL, err))
				return false;
	return true;
}

static bool
add_tables(struct extract *x, struct vs_error *err)
{
	const char *key = vs_arena_printf(x->arena, "%lld", (long long)x->person);
	struct scrub_reference *references;
	size_t count;
	bool ok = add_rows(x, "person", "id", key, NULL, err) &&
		scrub_references(x->db, x->arena, "person", &references, &count, err);
	for (size_t i = 0; ok && i < count; i++) {
		const struct scrub_reference *r = &references[i];
		json_t *ids = json_array();
		ok = add_rows(x, r->table, r->column, key, ids, err) &&
			(strcmp(r->column, "person_id") != 0 ||
				add_children(x, r->table, ids, err));
		json_decref(ids);
	}
	return ok;
}

/* By word -----------------------------------------------------------------------------------*/

static void
add_mention(struct extract *x, const struct scrub_hit *hit)
{
	const char *row = pair(x->arena, hit->table, hit->row);
	if (json_object_get(x->seen, row))
		return;
	if (strcmp(hit->table, "history") == 0) {
		note(x->lines, pair(x->arena, "line", hit->row));
		return;
	}
	/* A version of a list holds the others' names, too. */
	const char *text = strcmp(hit->table, "list_version") == 0
		? _("an earlier version of the list")
		: hit->text;
	json_t *section = section_of(x, "", _("Named in other texts"));
	json_t *labels = json_object_get(section, "labels"), *mention = json_object();
	set(mention, labels, "table", _("where"),
		json_string(privacy_title(x->arena, hit->table)));
	set(mention, labels, "row", _("no."), json_string(hit->row));
	set(mention, labels, "field", _("field"),
		json_string(
			privacy_label(x->arena, privacy_type(hit->table), hit->column)));
	set(mention, labels, "text", _("text"), json_string(text));
	json_array_append_new(json_object_get(section, "rows"), mention);
}

static bool
add_mentions(struct extract *x, struct vs_error *err)
{
	struct scrub *scrub = scrub_new();
	struct scrub_hits hits = { 0 };
	bool ok = privacy_words(x->db, scrub, &x->person, 1, err) &&
		scrub_open(scrub, x->db, err) &&
		scrub_search(scrub, x->arena, &hits, err);
	scrub_free(scrub);
	for (size_t i = 0; ok && i < hits.count; i++)
		add_mention(x, &hits.all[i]);
	return ok;
}

/* Old numbers of the person stand in old lines. */
static bool
note_numbers(struct extract *x, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	note(x->lines, vs_arena_printf(x->arena, "person/%lld", (long long)x->person));
	if (!stmt_open(&q, x->db,
		    SQL("SELECT old_id FROM person_alias WHERE person_id = ?"), err))
		return false;
	stmt_bind(&q, x->person);
	while (stmt_row(&q, err))
		note(x->lines, pair(x->arena, "person", stmt_text(&q, 0)));
	return err->code == VS_OK;
}

static bool
is_about(const struct extract *x, const struct stmt *q)
{
	if (json_object_get(x->lines, pair(x->arena, "line", stmt_text(q, 0))))
		return true;
	return !stmt_null(q, 4) && !stmt_null(q, 5) &&
		json_object_get(
			x->lines, pair(x->arena, stmt_text(q, 4), stmt_text(q, 5)));
}

static bool
add_history(struct extract *x, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *section = section_of(x, "history", _("Lines of the history"));
	if (!note_numbers(x, err) ||
		!stmt_open(&q, x->db,
			SQL("SELECT id, at, actor, command, noun, object, summary FROM history"
			    " ORDER BY id"),
			err))
		return false;
	while (stmt_row(&q, err))
		if (is_about(x, &q) && !add_row(x, &q, "history", section, err))
			return false;
	return err->code == VS_OK;
}

/* The whole ---------------------------------------------------------------------------------*/

static bool
fill(struct extract *x, const json_t *person, json_t *view, struct vs_error *err)
{
	int64_t now;
	char at[17];
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!vs_clock_now(&now, err) || !snapshot_begin(&snapshot, x->db, err))
		return false;
	json_t *campaign = vs_record_get(x->db, &vs_campaign_type, "1", err);
	if (!campaign)
		return false;
	json_object_set_new(view, "person", json_integer(x->person));
	record_put(view, "name", record_string(person, "name"));
	record_put(view, "made_at", vs_time_format_local(now, at));
	record_put(view, "legal",
		privacy_legal(x->arena, campaign, record_string(person, "keep_until")));
	json_object_set(view, "sections", x->sections);
	json_decref(campaign);
	return add_tables(x, err) && add_mentions(x, err) && add_history(x, err);
}

json_t *
vs_person_extract(struct vs_db *db, const char *person, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *record = privacy_person(db, person, err);
	if (!record)
		return NULL;
	struct extract x = { db, scratch.arena, record_integer(record, "id"),
		json_array(), json_object(), json_object() };
	json_t *view = json_object();
	bool ok = fill(&x, record, view, err);
	json_decref(record);
	json_decref(x.sections);
	json_decref(x.seen);
	json_decref(x.lines);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
