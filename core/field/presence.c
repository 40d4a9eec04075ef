/* When somebody can, or cannot: days, weekdays and times. */
#include "field/staff.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "register/people.h"

static const struct vs_choice answers[] = {
	{ "can", N_("can") },
	{ "cannot", N_("cannot") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("person"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "answer", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER | VS_PERSONAL, N_("answer"),
		N_("with any 'can' the person is asked for nothing outside of it"),
		.choices = answers },
	{ "from_date", VS_FIELD_DATE, VS_PERSONAL, N_("from"), N_("default today") },
	{ "until_date", VS_FIELD_DATE, VS_PERSONAL, N_("until"),
		N_("inclusive; default election day") },
	{ "weekdays", VS_FIELD_TEXT, VS_PERSONAL, N_("weekdays"),
		N_("lör,sön or mån-fre; empty: every day"), .max_length = 60 },
	{ "starts", VS_FIELD_TIME, VS_PERSONAL, N_("from the time"),
		N_("default 00:00") },
	{ "ends", VS_FIELD_TIME, VS_PERSONAL, N_("to the time"), N_("default 24:00") },
};

/* What the table has as "1,6,7". */
#define DAY(text, number, name) "replace(" text ", '" number "', '" name "')"
#define NAMES(text) \
	DAY(DAY(DAY(DAY(DAY(DAY(DAY(text, "1", "mån"), "2", "tis"), "3", "ons"), "4", \
			    "tor"), \
			"5", "fre"), \
		    "6", "lör"), \
		"7", "sön")
#define NUMBERS(text) \
	DAY(DAY(DAY(DAY(DAY(DAY(DAY(text, "mån", "1"), "tis", "2"), "ons", "3"), "tor", \
			    "4"), \
			"fre", "5"), \
		    "lör", "6"), \
		"sön", "7")

/* Days and times that are not given; weekdays in one spelling. */
static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	struct vs_date today;
	char text[11];
	unsigned days;
	if (!vs_campaign_get(db, scratch.arena, &campaign, err) ||
		!vs_clock_today(&today, err))
		return false;
	if (!record_string(record, "from_date"))
		record_put(record, "from_date", vs_date_format(today, text));
	if (!record_string(record, "until_date")) {
		const char *from = record_string(record, "from_date");
		bool after = strcmp(from, campaign.election_day) > 0;
		json_object_set_new(record, "until_date",
			json_string(after ? from : campaign.election_day));
	}
	if (json_is_null(json_object_get(record, "starts")))
		json_object_set_new(record, "starts", json_integer(0));
	if (json_is_null(json_object_get(record, "ends")))
		json_object_set_new(record, "ends", json_integer(1440));
	const char *weekdays = record_string(record, "weekdays");
	if (!weekdays)
		return true;
	if (!weekday_parse(weekdays, &days, err))
		return false;
	json_object_set_new(record, "weekdays",
		days && days != 0xfe ? json_string(weekday_text(scratch.arena, days))
				     : json_null());
	return true;
}

static bool
check_span(const json_t *record, struct vs_error *err)
{
	const char *from = record_string(record, "from_date");
	const char *until = record_string(record, "until_date");
	if (strcmp(from, until) > 0)
		return vs_fail(err, VS_INVALID,
			_("presence: it ends %s, before it begins %s"), until, from);
	if (record_integer(record, "starts") >= record_integer(record, "ends"))
		return vs_fail(err, VS_INVALID,
			_("presence: it ends before it begins; a night is two records, until "
			  "24:00 and from 00:00"));
	return true;
}

/* True when the weekdays of one are among those of the other; NULL: every day. */
static bool
days_within(const char *inner, const char *outer)
{
	unsigned in = 0, out = 0;
	struct vs_error ignored = { 0 };
	if (!outer || !inner)
		return !outer;
	return weekday_parse(inner, &in, &ignored) &&
		weekday_parse(outer, &out, &ignored) && (in & ~out) == 0;
}

/* Another one of the person that says the same, or that takes all of it away. */
static bool
check_others(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	bool can = strcmp(record_string(record, "answer"), "can") == 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT id, can, weekdays FROM presence WHERE person_id = ? AND id <> ?"
			" AND from_date <= ? AND until_date >= ? AND starts <= ? AND ends >= ?"
			" ORDER BY can = ? DESC, id"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "person"));
	stmt_bind(&q, before ? record_integer(before, "id") : 0);
	stmt_bind(&q, record_string(record, "from_date"));
	stmt_bind(&q, record_string(record, "until_date"));
	stmt_bind(&q, record_integer(record, "starts"));
	stmt_bind(&q, record_integer(record, "ends"));
	stmt_bind(&q, can);
	while (stmt_row(&q, err)) {
		bool same = stmt_int(&q, 1) == can;
		if ((!same && !can) ||
			!days_within(record_string(record, "weekdays"), stmt_text(&q, 2)))
			continue; /* an exception from what they can */
		return vs_fail(err, same ? VS_EXISTS : VS_REFUSED,
			same ? _("presence %d says that already; change it with 'valstuga presence "
				 "set'")
			     : _("presence %d says that the person cannot at all then; change or "
				 "remove it first"),
			(int)stmt_int(&q, 0));
	}
	return err->code == VS_OK;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	return register_person_open(
		       db, record_integer(record, "person"), N_("presence"), err) &&
		check_span(record, err) && check_others(db, record, before, err);
}

const struct vs_record_type vs_presence_type = {
	.noun = N_("presence"),
	.label = N_("presence"),
	.about = N_("When people can, and when they cannot."),
	FIELDS(fields),
	.select = SQL(
		"SELECT e.id, e.person_id AS person,"
		" iif(p.restricted, NULL, p.name) AS person_name,"
		" CASE e.can WHEN 1 THEN 'can' ELSE 'cannot' END AS answer, e.from_date,"
		" e.until_date, " NAMES(
			"e.weekdays") " AS weekdays, e.starts, e.ends"
				      " FROM presence e JOIN person p ON p.id = e.person_id"
				      " ORDER BY p.name COLLATE swedish, p.id, e.from_date, e.starts, e.id"),
	.insert = SQL("INSERT INTO presence (person_id, can, from_date, until_date,"
		      " weekdays, starts, ends) VALUES (?, ? = 'can', ?, ?, " NUMBERS(
			      "?") ", ?, ?)"),
	.update = SQL("UPDATE presence SET can = ? = 'can', from_date = ?,"
		      " until_date = ?, weekdays = " NUMBERS(
			      "?") ", starts = ?, ends = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM presence WHERE id = ?"),
	.complete = complete,
	.check = check,
};
