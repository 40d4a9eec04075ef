/* Appearances: one time in one outlet on one day. The record; its life is in another file. */
#include "media/media.h"

#include <string.h>

#include <valstuga/person.h>

#include "base/i18n.h"

#define DAYS_AWAY 1500 /* from election day: the years of a term, and what follows */

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "date", VS_FIELD_DATE, VS_REQUIRED, N_("date"),
		N_("planned for, or when it was seen") },
	{ "time", VS_FIELD_TIME, VS_HIDDEN, N_("time") },
	{ "outlet", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN, N_("outlet"),
		.refers = &vs_outlet_type },
	{ "outlet_name", VS_FIELD_TEXT, VS_READONLY, N_("outlet") },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("sort"),
		.choices = media_kinds },
	{ "state", VS_FIELD_CHOICE, VS_FILTER, N_("state"),
		N_("default: published or broadcast when the day has come, else planned"),
		.choices = media_states },
	{ "title", VS_FIELD_TEXT, VS_NAME, N_("title"), .max_length = 200 },
	{ "person", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("spokesperson"),
		.refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("spokesperson") },
	{ "policy_area", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("policy area"),
		.refers = &vs_policy_area_type },
	{ "policy_area_name", VS_FIELD_TEXT, VS_READONLY, N_("policy area") },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		N_("whose it is; empty: the district's"),
		.refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "kommun", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("kommun"),
		N_("that it is about"), .refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("kommun") },
	{ "article", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("article"),
		N_("the text that was sent; see 'valstuga article'"),
		.refers = &vs_article_type },
	{ "responsible", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("responsible"),
		N_("who sees to it that it happens"), .max_length = 100 },
	{ "link", VS_FIELD_TEXT, VS_HIDDEN, N_("link"), .max_length = 500 },
	{ "clipping", VS_FIELD_TEXT, VS_HIDDEN, N_("clipping"),
		N_("where it stands: page, folder"), .max_length = 200 },
	{ "reach", VS_FIELD_INTEGER, VS_HIDDEN, N_("reach"), N_("people, if known"),
		.min = 0, .max = 100000000 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note"), .max_length = 2000 },
};

/* Of sheets that people keep by hand. */
static const struct vs_head heads[] = {
	{ "datum", "date" },
	{ "dag", "date" },
	{ "tid", "time" },
	{ "kl", "time" },
	{ "medium", "outlet" },
	{ "media", "outlet" },
	{ "tidning", "outlet" },
	{ "kanal", "outlet" },
	{ "typ", "kind" },
	{ "slag", "kind" },
	{ "läge", "state" },
	{ "status", "state" },
	{ "rubrik", "title" },
	{ "titel", "title" },
	{ "vem", "person" },
	{ "by", "person" },
	{ "talesperson", "person" },
	{ "spokesperson", "person" },
	{ "namn", "person" },
	{ "område", "policy_area" },
	{ "politikområde", "policy_area" },
	{ "sakområde", "policy_area" },
	{ "area", "policy_area" },
	{ "förening", "association" },
	{ "ansvarig", "responsible" },
	{ "länk", "link" },
	{ "klipp", "clipping" },
	{ "räckvidd", "reach" },
	{ "anteckning", "note" },
	{ "kommentar", "note" },
	{ 0 },
};

static bool
typed(struct vs_db *db, json_t *values, const json_t *before, struct vs_error *err)
{
	(void)before;
	return media_find_all(db, values, err);
}

static bool
is_one_of(const char *kind, const char *a, const char *b, const char *c)
{
	return strcmp(kind, a) == 0 || strcmp(kind, b) == 0 || strcmp(kind, c) == 0;
}

/* Whose day has come has been seen, unless something else is said. */
static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	char today[11];
	const char *date = record_string(record, "date");
	const char *kind = record_string(record, "kind");
	if (record_string(record, "state") || !date || !kind)
		return true;
	if (before) /* an empty cell, an empty option: as it was */
		return json_object_set(
			       record, "state", json_object_get(before, "state")) == 0;
	if (!media_today(today, err))
		return false;
	record_put(record, "state",
		strcmp(date, today) > 0				    ? "planned"
			: is_one_of(kind, "radio", "tv", "podcast") ? "broadcast"
								    : "published");
	return true;
}

/* Checks ----------------------------------------------------------------------------------- */

static bool
check_date(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	struct vs_date date;
	char today[11];
	const char *text = record_string(record, "date");
	const char *state = record_string(record, "state");
	if (!vs_campaign_get(db, scratch.arena, &campaign, err) ||
		!vs_date_parse(text, &date, err) || !media_today(today, err))
		return false;
	int64_t away = vs_date_to_days(date) - vs_date_to_days(campaign.election_date);
	if (away < -DAYS_AWAY || away > DAYS_AWAY)
		return vs_fail(err, VS_INVALID,
			_("media: %s is years from election day, %s; look at the year"),
			text, campaign.election_day);
	if (strcmp(text, today) > 0 && media_is_done(state))
		return vs_fail(err, VS_INVALID,
			_("media: what is %s has been seen, but %s has not come yet; give the day (--date), "
			  "or say that it is planned or booked"),
			record_choice(media_states, state), text);
	return true;
}

/* A channel of our own has posts of our own, and nothing else has. */
static bool
check_outlet(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	bool own = strcmp(record_string(record, "kind"), "own") == 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT name, kind = 'own', active FROM outlet WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "outlet"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	if (own && !stmt_int(&q, 1))
		return vs_fail(err, VS_INVALID,
			_("media: %s is no channel of our own; say what sort it is, such as news or "
			  "letter"),
			stmt_text(&q, 0));
	if (!own && stmt_int(&q, 1))
		return vs_fail(err, VS_INVALID,
			_("media: %s is a channel of our own; what stands there is of the sort own"),
			stmt_text(&q, 0));
	if (!stmt_int(&q, 2) && media_is_open(record_string(record, "state")) &&
		(!before || media_changed(record, before, "outlet")))
		return vs_fail(err, VS_REFUSED,
			_("media: %s is no longer in use; 'valstuga outlet set \"%s\" --active ja' if "
			  "it is"),
			stmt_text(&q, 0), stmt_text(&q, 0));
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	return check_date(db, record, err) && check_outlet(db, record, before, err) &&
		(!before || media_check_step(record, before, err)) &&
		media_check_person(db, N_("media"), record, before, err);
}

static bool
removing(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	(void)db;
	long long id = record_integer(record, "id");
	return !record_integer(record, "article") ||
		vs_fail(err, VS_REFUSED,
			_("media %lld stays: article %lld was sent with it; 'valstuga media cancel "
			  "%lld' takes the article back"),
			id, (long long)record_integer(record, "article"), id);
}

/* The same one ----------------------------------------------------------------------------- */

/* Outlet, sort and day are the same, and so are who it is by and what it is called. Found by
 * the day: of one outlet, or by one person, there may be thousands. */
static bool
same(struct vs_db *db, const json_t *record, json_t *keys, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM appearance WHERE +outlet_id = ? AND kind = ? AND date = ?"
			" AND +person_id IS nullif(?, 0) AND title IS ? COLLATE NOCASE"
			" ORDER BY id"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "outlet"));
	stmt_bind(&q, record_string(record, "kind"));
	stmt_bind(&q, record_string(record, "date"));
	stmt_bind(&q, record_integer(record, "person"));
	stmt_bind(&q, record_string(record, "title"));
	while (stmt_row(&q, err))
		json_array_append_new(keys, json_string(stmt_text(&q, 0)));
	return err->code == VS_OK;
}

#define SELECT_APPEARANCE \
	"SELECT m.id, m.date, m.time, m.outlet_id AS outlet, o.name AS outlet_name, m.kind," \
	" m.state, m.title, m.person_id AS person," \
	" iif(p.restricted, NULL, p.name) AS person_name," \
	" m.policy_area_id AS policy_area, r.name AS policy_area_name," \
	" m.association_id AS association, a.name AS association_name," \
	" m.kommun_code AS kommun, k.name AS kommun_name, m.article_id AS article," \
	" m.responsible, m.link, m.clipping, m.reach, m.note FROM appearance m" \
	" JOIN outlet o ON o.id = m.outlet_id" \
	" LEFT JOIN person p ON p.id = m.person_id" \
	" LEFT JOIN policy_area r ON r.id = m.policy_area_id" \
	" LEFT JOIN association a ON a.id = m.association_id" \
	" LEFT JOIN kommun k ON k.code = m.kommun_code"

const struct vs_record_type vs_appearance_type = {
	.noun = N_("media"),
	.label = N_("appearances"),
	.about = N_(
		"Where and when we are seen, were seen, or want to be: articles, news, "
		"interviews, posts in own channels."),
	FIELDS(fields),
	.select = SQL(SELECT_APPEARANCE " ORDER BY m.date, m.time, m.id"),
	.find = SQL(SELECT_APPEARANCE " WHERE m.id = ?"),
	.insert = SQL(
		"INSERT INTO appearance (date, time, outlet_id, kind, state, title,"
		" person_id, policy_area_id, association_id, kommun_code, responsible,"
		" link, clipping, reach, note)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE appearance SET date = ?, time = ?, outlet_id = ?, kind = ?,"
		      " state = ?, title = ?, person_id = ?, policy_area_id = ?,"
		      " association_id = ?, kommun_code = ?, responsible = ?, link = ?,"
		      " clipping = ?, reach = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM appearance WHERE id = ?"),
	.typed = typed,
	.complete = complete,
	.check = check,
	.removing = removing,
	.written = media_written,
	.heads = heads,
	.same = same,
};
