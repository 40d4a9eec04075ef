/* A text that sister associations use, too: a draft of its own for each, once. */
#include "media/media.h"

#include <string.h>

#include "base/i18n.h"

/* The article that all variants are of: variants of a variant are of its origin. */
static int64_t
root_of(const json_t *article)
{
	int64_t origin = record_integer(article, "variant_of");
	return origin ? origin : record_integer(article, "id");
}

/* The association's own one of the family; 0 when it has none. */
static bool
find_variant(struct vs_db *db, int64_t root, int64_t association, int64_t *ret_article,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_article = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM article WHERE (id = ?1 OR variant_of = ?1)"
			" AND association_id = ?2 ORDER BY id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, root);
	stmt_bind(&q, association);
	if (stmt_row(&q, err))
		*ret_article = stmt_int(&q, 0);
	return err->code == VS_OK;
}

/* The day on which it is due goes with it while it is ahead. */
static bool
make_variant(struct vs_db *db, const json_t *article, int64_t association,
	int64_t *ret_article, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char today[11];
	if (!media_today(today, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO article (title, kind, state, policy_area_id,"
			    " association_id, variant_of, due_on, link)"
			    " SELECT title, kind, 'draft', policy_area_id, ?1, ?2,"
			    "  iif(due_on >= ?4, due_on, NULL), link FROM article WHERE id = ?3"),
			err))
		return false;
	stmt_bind(&q, association);
	stmt_bind(&q, root_of(article));
	stmt_bind(&q, record_integer(article, "id"));
	stmt_bind(&q, today);
	if (!stmt_run(&q, err))
		return false;
	*ret_article = db_last_id(db);
	return media_note_article(db, *ret_article, "draft", NULL, err);
}

static bool
spread_to(struct vs_db *db, const json_t *article, int64_t association, const char *name,
	json_t *view, struct vs_error *err)
{
	int64_t variant;
	if (!find_variant(db, root_of(article), association, &variant, err))
		return false;
	const char *list = variant ? "had" : "made";
	if (!variant && !make_variant(db, article, association, &variant, err))
		return false;
	json_array_append_new(json_object_get(view, list),
		json_pack("{s:I, s:I, s:s}", "article", (json_int_t)variant,
			"association", (json_int_t)association, "name", name));
	return true;
}

/* Those that are named, each once; or all of them. */
static json_t *
find_associations(
	struct vs_db *db, const char *const *given, size_t count, struct vs_error *err)
{
	if (!count)
		return vs_record_list(db, &vs_association_type, NULL, err);
	json_t *found = json_array(), *seen = json_object();
	for (size_t i = 0; i < count && err->code == VS_OK; i++) {
		json_t *values = json_pack("{s:s}", "association", given[i]);
		if (!values || !media_find_all(db, values, err)) {
			vs_fail(err, VS_INVALID,
				_("the name is not valid UTF-8; type it again"));
			json_decref(values);
			break;
		}
		const char *key = record_string(values, "association");
		json_t *record = json_object_get(seen, key)
			? NULL
			: vs_record_get(db, &vs_association_type, key, err);
		if (record)
			json_array_append_new(found, record);
		json_object_set_new(seen, key, json_true());
		json_decref(values);
	}
	json_decref(seen);
	if (err->code == VS_OK)
		return found;
	json_decref(found);
	return NULL;
}

static bool
spread(struct vs_db *db, const json_t *article, const json_t *associations, json_t *view,
	struct change *change, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *record;
	size_t i;
	if (strcmp(record_string(article, "state"), "dropped") == 0)
		return vs_fail(err, VS_REFUSED,
			_("article %lld (%s) is dropped and is not spread"),
			(long long)record_integer(article, "id"),
			record_string(article, "title"));
	json_array_foreach (associations, i, record)
		if (!spread_to(db, article, record_integer(record, "id"),
			    record_string(record, "name"), view, err))
			return false;
	change_say(change, "article",
		record_key_text(scratch.arena, &vs_article_type, article), "+%zu",
		json_array_size(json_object_get(view, "made")));
	return true;
}

json_t *
vs_article_spread(struct vs_db *db, const char *article, const char *const *associations,
	size_t count, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "article spread", err))
		return NULL;
	json_t *record = vs_record_get(db, &vs_article_type, article, err);
	json_t *sisters = record ? find_associations(db, associations, count, err) : NULL;
	json_t *view = json_pack("{s:[], s:[]}", "made", "had");
	bool ok = sisters && spread(db, record, sisters, view, &change, err);
	bool made = json_array_size(json_object_get(view, "made"));
	json_decref(record);
	json_decref(sisters);
	if (ok && (!made || change_commit(&change, err)))
		return view;
	json_decref(view);
	return NULL;
}
