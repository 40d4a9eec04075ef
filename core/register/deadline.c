/* Deadlines: a decided date, or days reckoned from the election; always with the source. */
#include "register/deadline.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	{ "law", N_("law") },
	{ "decision", N_("decision") },
	{ "own", N_("own day") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "key", VS_FIELD_TEXT, VS_KEY | VS_REQUIRED, N_("key"), .max_length = 40 },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("deadline"),
		.max_length = 120 },
	{ "falls_on", VS_FIELD_DATE, VS_READONLY, N_("falls on") },
	{ "kind", VS_FIELD_CHOICE, VS_FILTER | VS_HIDDEN, N_("sort of day"),
		N_("default an own day"), .choices = kinds },
	{ "date", VS_FIELD_DATE, VS_HIDDEN, N_("decided date"),
		N_("a date that was decided; then no days and no month") },
	{ "offset_days", VS_FIELD_INTEGER, VS_HIDDEN, N_("days from election day"),
		N_("negative: before election day"), .min = -1000, .max = 1000 },
	{ "called_days", VS_FIELD_INTEGER, VS_HIDDEN, N_("days from the decision"),
		N_("days after an extra election was called; with --offset-days the later day "
		   "counts"),
		.min = -1000, .max = 1000 },
	{ "years", VS_FIELD_INTEGER, VS_HIDDEN, N_("years"),
		N_("of --month and --day: 0 the election's year, -1 the year before"),
		.min = -4, .max = 4 },
	{ "month", VS_FIELD_INTEGER, VS_HIDDEN, N_("month"), N_("1 to 12"), .min = 1,
		.max = 12 },
	{ "day", VS_FIELD_INTEGER, VS_HIDDEN, N_("day of the month"),
		N_("1 to 31; 0 is the month's last"), .min = 0, .max = 31 },
	{ "source", VS_FIELD_TEXT, VS_REQUIRED, N_("source") },
	{ "responsible", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("responsible"),
		N_("who sees to it"), .max_length = 90 },
	{ "kommun", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("kommun"),
		N_("when it concerns one only"), .refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("kommun") },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		N_("when it concerns one only"), .refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("association") },
	{ "passes", VS_FIELD_BOOLEAN, VS_HIDDEN, N_("passes"),
		N_("yes when the day passes by itself: nobody ticks it off, it is never late") },
	{ "verified_on", VS_FIELD_DATE, 0, N_("verified") },
	{ "done_on", VS_FIELD_DATE, 0, N_("done") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
given(const json_t *record, const char *name)
{
	return !json_is_null(json_object_get(record, name));
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	(void)err;
	if (!given(record, "kind"))
		json_object_set_new(record, "kind", json_string("own"));
	if (given(record, "month") && !given(record, "years"))
		json_object_set_new(record, "years", json_integer(0));
	return true;
}

/* A month has its day, and no day stands without a month; a leap day is its month's last. */
static bool
check_month(const json_t *record, struct vs_error *err)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const char *key = record_string(record, "key");
	int64_t month = record_integer(record, "month");
	if (given(record, "month") != given(record, "day") ||
		given(record, "month") != given(record, "years"))
		return vs_fail(err, VS_INVALID,
			_("deadline %s: --month and --day belong together; --day 0 is the month's last, "
			  "and an empty value clears each of --years, --month, --day"),
			key);
	if (month && record_integer(record, "day") > days[month - 1])
		return vs_fail(err, VS_INVALID,
			_("deadline %s: month %lld does not have %lld days every year; --day 0 is its "
			  "last"),
			key, (long long)month, (long long)record_integer(record, "day"));
	return true;
}

static bool
check_form(const json_t *record, struct vs_error *err)
{
	bool counted = given(record, "offset_days") || given(record, "called_days");
	if (given(record, "date") + counted + given(record, "month") > 1)
		return vs_fail(err, VS_INVALID,
			_("deadline %s: give one of --date, --offset-days (or --called-days) and --month, "
			  "and clear the others with an empty value"),
			record_string(record, "key"));
	return check_month(record, err);
}

/* One form; and a day that moves has a source that says so. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	static const char *const forms[] = { "date", "offset_days", "called_days",
		"years", "month", "day" };
	(void)db;
	bool moved = false;
	for (size_t i = 0; before && i < sizeof forms / sizeof *forms; i++)
		moved = moved ||
			!json_equal(json_object_get(record, forms[i]),
				json_object_get(before, forms[i]));
	if (!check_form(record, err))
		return false;
	if (moved &&
		json_equal(json_object_get(record, "source"),
			json_object_get(before, "source")))
		return vs_fail(err, VS_INVALID,
			_("deadline %s: a new day needs a new --source: who decided it, where it stands"),
			record_string(record, "key"));
	return true;
}

/* What the day was before stays, with who says that it is another. */
static bool
written(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!before)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id, " DEADLINE_FALLS_ON
			" FROM deadline d LEFT JOIN campaign c WHERE d.key = ?"),
		    err))
		return false;
	stmt_bind(&q, record_string(record, "key"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return deadline_keep(db, stmt_int(&q, 0), record_string(before, "falls_on"),
		stmt_text(&q, 1), record_string(record, "source"), err);
}

const struct vs_record_type vs_deadline_type = {
	.noun = N_("deadline"),
	.label = N_("deadlines"),
	.about = N_("Days that the law or a decision sets, each with its source."),
	FIELDS(fields),
	.select = SQL(
		"SELECT d.key, d.name, " DEADLINE_FALLS_ON " AS falls_on, d.kind, d.date,"
		" d.offset_days, d.called_days, d.years, d.month, d.day, d.source,"
		" d.responsible, d.kommun_code AS kommun, k.name AS kommun_name,"
		" d.association_id AS association, a.name AS association_name, d.passes,"
		" d.verified_on, d.done_on, d.note FROM deadline d LEFT JOIN campaign c"
		" LEFT JOIN kommun k ON k.code = d.kommun_code"
		" LEFT JOIN association a ON a.id = d.association_id"
		" ORDER BY falls_on IS NULL, falls_on, d.key"),
	.insert = SQL(
		"INSERT INTO deadline (key, name, kind, date, offset_days, called_days,"
		" years, month, day, source, responsible, kommun_code, association_id,"
		" passes, verified_on, done_on, note)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE deadline SET name = ?, kind = ?, date = ?, offset_days = ?,"
		      " called_days = ?, years = ?, month = ?, day = ?, source = ?,"
		      " responsible = ?, kommun_code = ?, association_id = ?, passes = ?,"
		      " verified_on = ?, done_on = ?, note = ? WHERE key = ?"),
	.remove = SQL("DELETE FROM deadline WHERE key = ? AND kind <> 'law'"),
	.complete = complete,
	.check = check,
	.written = written,
};

bool
register_deadline(struct vs_db *db, const char *key, struct vs_date *ret_date,
	bool *ret_known, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_known = false;
	if (!stmt_open(&q, db,
		    SQL("SELECT " DEADLINE_FALLS_ON
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
