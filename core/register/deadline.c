/* Deadlines: a decided date, or an offset from election day; always with the source. */
#include "register/register.h"

#include "base/i18n.h"

/* The day of a deadline d in a campaign c. */
#define FALLS_ON \
	"CASE WHEN d.date IS NOT NULL THEN d.date WHEN d.offset_days IS NOT NULL" \
	" THEN date(c.election_day, printf('%+d days', d.offset_days)) END"

static const struct vs_field fields[] = {
	{ "key", VS_FIELD_TEXT, VS_KEY | VS_REQUIRED, N_("key"), .max_length = 40 },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("deadline"),
		.max_length = 120 },
	{ "falls_on", VS_FIELD_DATE, VS_READONLY, N_("falls on") },
	{ "date", VS_FIELD_DATE, VS_HIDDEN, N_("decided date"),
		N_("a date that was decided; goes before the offset") },
	{ "offset_days", VS_FIELD_INTEGER, VS_HIDDEN, N_("days from election day"),
		N_("negative: before election day"), .min = -1000, .max = 1000 },
	{ "source", VS_FIELD_TEXT, VS_REQUIRED, N_("source") },
	{ "verified_on", VS_FIELD_DATE, 0, N_("verified") },
	{ "done_on", VS_FIELD_DATE, 0, N_("done") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
same(const json_t *a, const json_t *b, const char *name)
{
	return json_equal(json_object_get(a, name), json_object_get(b, name));
}

/* Either a date or an offset; and a day that moves has a source that says so. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	if (!json_is_null(json_object_get(record, "date")) &&
		!json_is_null(json_object_get(record, "offset_days")))
		return vs_fail(err, VS_INVALID,
			_("deadline %s: give either --date or --offset-days, and clear the other "
			  "with an empty value"),
			record_string(record, "key"));
	if (before && same(record, before, "source") &&
		!(same(record, before, "date") && same(record, before, "offset_days")))
		return vs_fail(err, VS_INVALID,
			_("deadline %s: a new day needs a new --source: who decided it, where it stands"),
			record_string(record, "key"));
	return true;
}

const struct vs_record_type vs_deadline_type = {
	.noun = N_("deadline"),
	.label = N_("deadlines"),
	.about = N_("Days that the law or a decision sets, each with its source."),
	FIELDS(fields),
	.select = SQL(
		"SELECT d.key, d.name,"
		" " FALLS_ON " AS falls_on,"
		" d.date, d.offset_days, d.source, d.verified_on, d.done_on, d.note"
		" FROM deadline d LEFT JOIN campaign c ORDER BY falls_on IS NULL, falls_on, d.key"),
	.insert = SQL("INSERT INTO deadline (key, name, date, offset_days, source,"
		      " verified_on, done_on, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
	.update =
		SQL("UPDATE deadline SET name = ?, date = ?, offset_days = ?, source = ?,"
		    " verified_on = ?, done_on = ?, note = ? WHERE key = ?"),
	.remove = SQL("DELETE FROM deadline WHERE key = ?"),
	.check = check,
};

bool
register_deadline(struct vs_db *db, const char *key, struct vs_date *ret_date,
	bool *ret_known, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_known = false;
	if (!stmt_open(&q, db,
		    SQL("SELECT " FALLS_ON
			" FROM deadline d JOIN campaign c WHERE d.key = ?"),
		    err))
		return false;
	stmt_bind(&q, key);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	if (stmt_null(&q, 0))
		return true;
	*ret_known = true;
	return vs_date_parse(stmt_text(&q, 0), ret_date, err);
}
