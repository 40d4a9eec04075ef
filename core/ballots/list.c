/* Candidate lists as records: what they are, not what happens to them (list_change.c). */
#include "ballots/ballots.h"

#include <string.h>

#include "base/i18n.h"

const struct vs_choice ballots_list_status[] = {
	{ "draft", N_("draft") },
	{ "submitted", N_("submitted") },
	{ "decided", N_("decided") },
	{ "ordered", N_("ordered") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("list") },
	{ "kind", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kind"),
		.choices = register_kinds },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "constituencies", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN | VS_NAME,
		N_("constituencies") },
	{ "number", VS_FIELD_CODE, VS_NAME | VS_FILTER, N_("list number"),
		N_("five digits, given by the authority"), .digits = 5 },
	{ "designation", VS_FIELD_TEXT, VS_HIDDEN, N_("designation"),
		N_("words for the constituency on the ballot paper"), .max_length = 80 },
	{ "party", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("party"),
		.refers = &vs_party_type },
	{ "party_short", VS_FIELD_TEXT, VS_READONLY, N_("party") },
	{ "election_day", VS_FIELD_DATE, VS_READONLY | VS_FILTER, N_("election") },
	{ "own", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("own"),
		N_("the campaign's party in the campaign's election") },
	{ "status", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("status"),
		.choices = ballots_list_status },
	{ "locked", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER, N_("locked") },
	{ "candidates", VS_FIELD_INTEGER, VS_READONLY, N_("candidates") },
	{ "missing", VS_FIELD_INTEGER, VS_READONLY, N_("papers missing"),
		N_("candidates without declaration, or on an open list without consent") },
	{ "version", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("version") },
	{ "decided_on", VS_FIELD_DATE, VS_READONLY | VS_HIDDEN, N_("decided on") },
	{ "minutes", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("decided by") },
	{ "authority_status", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN,
		N_("authority's status"), N_("B ordered, S sent to the printer") },
	{ "authority_pieces", VS_FIELD_INTEGER, VS_READONLY, N_("pieces per authority") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

/* What is printed beside the names does not change once the list is printed as it stands. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	bool printed = before &&
		(record_true(before, "locked") ||
			strcmp(record_string(before, "status"), "ordered") == 0);
	/* The number comes from the authority, often after the order; once given it stays. */
	bool number_stays = !before || json_is_null(json_object_get(before, "number")) ||
		json_equal(json_object_get(record, "number"),
			json_object_get(before, "number"));
	bool words_stay = json_equal(json_object_get(record, "designation"),
		json_object_get(before, "designation"));
	return !printed || (words_stay && number_stays) || list_open(before, err);
}

const struct vs_record_type vs_list_type = {
	.noun = N_("list"),
	.label = N_("candidate lists"),
	.about = N_(
		"Candidate lists of this election and, for comparison, of earlier ones."),
	FIELDS(fields),
	.usual = "own",
	.select = SQL(LIST_STANDS
		","
		" names AS (SELECT k.list_id, count(*) AS n,"
		"  sum(k.declaration <> 'yes' AND (l.locked OR k.consent <> 'yes')) AS missing"
		"  FROM candidacy k JOIN list l ON l.id = k.list_id GROUP BY k.list_id)"
		" SELECT l.id, " LIST_NAME " AS name,"
		" l.kind, CASE WHEN l.kind = 'KF' THEN s.area END AS kommun,"
		" s.names AS constituencies, l.number, l.designation, l.party_code AS party,"
		" coalesce(p.short, p.name) AS party_short, l.election_day,"
		" l.election_day = c.election_day AND l.party_code = c.party_code AS own,"
		" l.status, l.locked, coalesce(n.n, 0) AS candidates,"
		" coalesce(n.missing, 0) AS missing, l.version, l.decided_on, l.minutes,"
		" l.authority_status, l.authority_pieces, l.note"
		" FROM list l JOIN party p ON p.code = l.party_code JOIN campaign c"
		" JOIN election_kind e ON e.code = l.kind LEFT JOIN stands s ON s.list_id = l.id"
		" LEFT JOIN names n ON n.list_id = l.id"
		" ORDER BY l.election_day DESC, e.position, s.names COLLATE swedish,"
		" l.party_code, l.number, l.id"),
	.update =
		SQL("UPDATE list SET number = ?, designation = ?, note = ? WHERE id = ?"),
	.check = check,
};

json_t *
list_get(struct vs_db *db, const char *list, struct vs_error *err)
{
	return vs_record_get(db, &vs_list_type, list, err);
}

bool
list_open(const json_t *list, struct vs_error *err)
{
	const char *name = record_string(list, "name");
	const char *status = record_string(list, "status");
	if (record_true(list, "locked"))
		return vs_fail(err, VS_REFUSED,
			_("list %s is locked and does not change; unlock it first with a reason"),
			name);
	if (strcmp(status, "ordered") == 0)
		return vs_fail(err, VS_REFUSED,
			_("list %s is ordered and changes only through the authority; cancel the "
			  "order there first"),
			name);
	if (strcmp(status, "decided") == 0)
		return vs_fail(err, VS_REFUSED,
			_("list %s is decided; 'valstuga list reopen' makes it a draft again"),
			name);
	return true;
}

static const char *const snapshot_sql =
	SQL("SELECT json_group_array(json_object('position', position, 'name', name,"
	    " 'text', ballot_text, 'person', person_id))"
	    " FROM (SELECT * FROM candidacy WHERE list_id = ?1 ORDER BY position)");

static bool
write_version(struct vs_db *db, int64_t list, int64_t at, const char *what,
	const char *candidates, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO list_version (list_id, version, at, actor, what, candidates)"
			" SELECT id, version, ?, ?, ?, ? FROM list WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, at);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, what);
	stmt_bind(&q, candidates);
	stmt_bind(&q, list);
	return stmt_run(&q, err);
}

bool
vs_list_keep(struct vs_db *db, int64_t list, const char *what, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) bump = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&bump, db,
			SQL("UPDATE list SET version = version + 1 WHERE id = ?"), err) ||
		!stmt_open(&q, db, snapshot_sql, err))
		return false;
	stmt_bind(&bump, list);
	stmt_bind(&q, list);
	if (!stmt_run(&bump, err) || !stmt_row(&q, err))
		return false;
	return write_version(db, list, now, what, stmt_copy(&q, 0, scratch.arena), err);
}
