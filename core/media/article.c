/* Articles: texts on their way to an outlet. The record; the pipeline is in another file. */
#include "media/media.h"

#include <string.h>

#include <valstuga/person.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "title", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("title"), .max_length = 200 },
	{ "kind", VS_FIELD_CHOICE, VS_FILTER, N_("sort"), N_("default debate article"),
		.choices = media_article_kinds },
	{ "state", VS_FIELD_CHOICE, VS_FILTER | VS_FIXED, N_("state"),
		N_("a new one: idea (the default), draft or spokesperson; then by commands"),
		.choices = media_article_states },
	{ "person", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("signed by"),
		.refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("signed by") },
	{ "policy_area", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("policy area"),
		.refers = &vs_policy_area_type },
	{ "policy_area_name", VS_FIELD_TEXT, VS_READONLY, N_("policy area") },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		N_("whose it is; empty: the district's"),
		.refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "variant_of", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN,
		N_("variant of"), .refers = &vs_article_type },
	{ "responsible", VS_FIELD_TEXT, VS_PERSONAL, N_("responsible"),
		N_("who writes it"), .max_length = 100 },
	{ "due_on", VS_FIELD_DATE, 0, N_("due on"), N_("when it is to be sent") },
	{ "link", VS_FIELD_TEXT, VS_HIDDEN, N_("link"), N_("where the text is"),
		.max_length = 500 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note"), .max_length = 2000 },
};

static const struct vs_head heads[] = {
	{ "rubrik", "title" },
	{ "titel", "title" },
	{ "typ", "kind" },
	{ "slag", "kind" },
	{ "läge", "state" },
	{ "status", "state" },
	{ "undertecknare", "person" },
	{ "talesperson", "person" },
	{ "område", "policy_area" },
	{ "politikområde", "policy_area" },
	{ "area", "policy_area" },
	{ "förening", "association" },
	{ "ansvarig", "responsible" },
	{ "skribent", "responsible" },
	{ "klar", "due_on" },
	{ "senast", "due_on" },
	{ "länk", "link" },
	{ "anteckning", "note" },
	{ 0 },
};

static bool
typed(struct vs_db *db, json_t *values, const json_t *before, struct vs_error *err)
{
	const char *state = record_string(values, "state");
	if (before && state && !*state) /* an empty cell: as it was */
		json_object_del(values, "state");
	return media_find_all(db, values, err);
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	(void)err;
	if (!record_string(record, "kind"))
		record_put(record, "kind", "debate_article");
	if (!record_string(record, "state"))
		record_put(record, "state", "idea");
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	const char *state = record_string(record, "state");
	const char *title = record_string(record, "title");
	if (!before && (strcmp(state, "sent") == 0 || strcmp(state, "published") == 0))
		return vs_fail(err, VS_REFUSED,
			_("article %s: it is sent with 'valstuga article send'; what is published "
			  "already is told with 'valstuga media add'"),
			title);
	if (!before && strcmp(state, "spokesperson") == 0 &&
		!record_integer(record, "person"))
		return vs_fail(err, VS_INVALID,
			_("article %s: with which spokesperson? Give --person"), title);
	return media_check_person(db, N_("article"), record, before, err);
}

static bool
removing(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	int64_t id = record_integer(record, "id");
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT 1 FROM appearance WHERE article_id = ?"), err))
		return false;
	stmt_bind(&q, id);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("article %lld (%s) stays: it was sent to an outlet; 'valstuga article drop "
		  "%lld' lays it aside"),
		(long long)id, record_string(record, "title"), (long long)id);
}

static bool
written(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	return before ||
		media_note_article(
			db, db_last_id(db), record_string(record, "state"), NULL, err);
}

/* The same title and sort of the same association. */
static bool
same(struct vs_db *db, const json_t *record, json_t *keys, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM article WHERE title = ? COLLATE NOCASE AND kind = ?"
			" AND association_id IS nullif(?, 0) ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, record_string(record, "title"));
	stmt_bind(&q, record_string(record, "kind"));
	stmt_bind(&q, record_integer(record, "association"));
	while (stmt_row(&q, err))
		json_array_append_new(keys, json_string(stmt_text(&q, 0)));
	return err->code == VS_OK;
}

#define SELECT_ARTICLE \
	"SELECT t.id, t.title, t.kind, t.state, t.person_id AS person," \
	" iif(p.restricted, NULL, p.name) AS person_name," \
	" t.policy_area_id AS policy_area, r.name AS policy_area_name," \
	" t.association_id AS association, a.name AS association_name, t.variant_of," \
	" t.responsible, t.due_on, t.link, t.note FROM article t" \
	" LEFT JOIN person p ON p.id = t.person_id" \
	" LEFT JOIN policy_area r ON r.id = t.policy_area_id" \
	" LEFT JOIN association a ON a.id = t.association_id"

const struct vs_record_type vs_article_type = {
	.noun = N_("article"),
	.label = N_("articles"),
	.about = N_(
		"Texts on their way: ideas, drafts, what waits for a signature, what is "
		"at an outlet, what was published."),
	FIELDS(fields),
	.select = SQL(SELECT_ARTICLE " ORDER BY t.id"),
	.find = SQL(SELECT_ARTICLE " WHERE t.id = ?"),
	.insert =
		SQL("INSERT INTO article (title, kind, state, person_id, policy_area_id,"
		    " association_id, responsible, due_on, link, note)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL(
		"UPDATE article SET title = ?, kind = ?, person_id = ?,"
		" policy_area_id = ?, association_id = ?, responsible = ?, due_on = ?,"
		" link = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM article WHERE id = ?"),
	.typed = typed,
	.complete = complete,
	.check = check,
	.removing = removing,
	.written = written,
	.heads = heads,
	.same = same,
};
