/* Rounds: one time of handing out, the days that its pieces must last, and its terms. */
#include "ballots/delivery.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice phases[] = {
	{ "advance", N_("advance voting begins") },
	{ "refill", N_("refill") },
	{ "institution", N_("institutions") },
	{ "election_day", N_("election day") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("round"), .max_length = 60 },
	{ "phase", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("phase"),
		N_("also says which hand-over rules hold"), .choices = phases },
	{ "from_date", VS_FIELD_DATE, 0, N_("from"),
		N_("first day that the pieces must last; by default as the phase has it") },
	{ "until_date", VS_FIELD_DATE, 0, N_("until"), N_("the last such day") },
	{ "service", VS_FIELD_REAL, VS_HIDDEN, N_("chance of lasting"),
		N_("0.5 to 0.9999; default 0.98") },
	{ "spread", VS_FIELD_REAL, VS_HIDDEN, N_("spread"),
		N_("how uncertain demand is: standard deviation over mean; default 0.5"),
		.min = 0, .max = 5 },
	{ "taken", VS_FIELD_REAL, VS_HIDDEN, N_("taken per vote"),
		N_("pieces that leave the rack for every vote; default 1.5") },
	{ "growth", VS_FIELD_REAL, VS_HIDDEN, N_("growth"),
		N_("votes now over votes last time; default 1") },
	{ "advance_share", VS_FIELD_REAL, VS_HIDDEN, N_("share in advance"),
		N_("of all votes, 0 to 1; default 0.45"), .min = 0, .max = 1 },
	{ "least", VS_FIELD_INTEGER, VS_HIDDEN, N_("smallest stack"),
		N_("pieces that every open place gets; default 50"), .min = 0,
		.max = 100000 },
	{ "reserve", VS_FIELD_REAL, VS_HIDDEN, N_("reserve"),
		N_("share of the stock kept at the depots; default 0.1") },
	{ "pieces", VS_FIELD_INTEGER, VS_READONLY, N_("pieces") },
	{ "plan", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("plan") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

/* The days of a phase in a campaign c when nobody says otherwise: first, last. */
#define ROUND_DAYS \
	"WITH day AS (SELECT c.election_day AS last, coalesce((SELECT coalesce(d.date," \
	"  date(c.election_day, printf('%+d days', d.offset_days))) FROM deadline d" \
	"  WHERE d.key = 'advance_voting'), date(c.election_day, '-18 days')) AS first" \
	" FROM campaign c), visit AS (SELECT min(o.date) AS first, max(o.date) AS last" \
	" FROM opening o JOIN place p ON p.id = o.place_id WHERE p.restricted" \
	" AND o.purpose = 'advance'), days AS (" \
	"SELECT 'advance' AS phase, first, date(first, '+6 days') AS last FROM day" \
	" UNION ALL SELECT 'refill', date(first, '+7 days'), date(last, '-1 day') FROM day" \
	" UNION ALL SELECT 'institution', coalesce(v.first, day.first)," \
	"  coalesce(v.last, date(day.last, '-1 day')) FROM day JOIN visit v" \
	" UNION ALL SELECT 'election_day', last, last FROM day)"

/* Reals with decimals in their bounds, which the fields cannot say. */
static bool
check_share(const json_t *record, const char *name, double least, double most,
	const char *words, struct vs_error *err)
{
	const json_t *value = json_object_get(record, name);
	if (json_is_null(value) ||
		(json_number_value(value) >= least && json_number_value(value) <= most))
		return true;
	return vs_fail(err, VS_INVALID, _("round, field %s: must be %s"), name, words);
}

/* Election day is one day, and a round for it holds it. */
static bool
check_election(struct vs_db *db, const json_t *record, const char *from,
	const char *until, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!said_date(db, from, err) || !said_date(db, until, err) ||
		!stmt_open(&q, db,
			SQL("SELECT ?3 <> 'election_day' OR election_day BETWEEN ?1 AND ?2,"
			    " election_day FROM campaign"),
			err))
		return false;
	stmt_bind(&q, from);
	stmt_bind(&q, until);
	stmt_bind(&q, record_string(record, "phase"));
	if (!stmt_row(&q, err) || stmt_int(&q, 0))
		return err->code == VS_OK;
	return vs_fail(err, VS_INVALID,
		_("round %s: election day, %s, is not between %s and %s"),
		record_string(record, "name"), stmt_text(&q, 1), from, until);
}

static bool
check_days(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL(ROUND_DAYS " SELECT coalesce(?, first), coalesce(?, last)"
				   " FROM days WHERE phase = ?"),
		    err))
		return false;
	stmt_bind(&q, record_string(record, "from_date"));
	stmt_bind(&q, record_string(record, "until_date"));
	stmt_bind(&q, record_string(record, "phase"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	if (strcmp(stmt_text(&q, 0), stmt_text(&q, 1)) <= 0)
		return check_election(
			db, record, stmt_text(&q, 0), stmt_text(&q, 1), err);
	return vs_fail(err, VS_INVALID,
		_("round %s: it would begin on %s and end on %s; give --from-date and "
		  "--until-date"),
		record_string(record, "name"), stmt_text(&q, 0), stmt_text(&q, 1));
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	return check_share(record, "service", 0.5, 0.9999, _("between 0.5 and 0.9999"),
		       err) &&
		check_share(record, "taken", 0.1, 20, _("between 0.1 and 20"), err) &&
		check_share(record, "growth", 0.1, 10, _("between 0.1 and 10"), err) &&
		check_share(record, "reserve", 0, 0.9, _("between 0 and 0.9"), err) &&
		check_days(db, record, err);
}

const struct vs_record_type vs_round_type = {
	.noun = N_("round"),
	.label = N_("rounds"),
	.about =
		N_("One time of handing out: the days that the pieces must last, and the "
		   "terms of the arithmetic."),
	FIELDS(fields),
	.select = SQL(
		"SELECT r.id, r.name, r.phase, r.from_date, r.until_date, r.service,"
		" r.spread, r.taken, r.growth, r.advance_share, r.least, r.reserve,"
		" (SELECT sum(a.pieces) FROM allocation a WHERE a.round_id = r.id) AS pieces,"
		" r.plan, r.note FROM round r ORDER BY r.from_date, r.id"),
	.insert = SQL(ROUND_DAYS
		" INSERT INTO round (name, phase, from_date, until_date, service, spread,"
		" taken, growth, advance_share, least, reserve, note)"
		" SELECT ?1, ?2, coalesce(?3, first), coalesce(?4, last), coalesce(?5, 0.98),"
		" coalesce(?6, 0.5), coalesce(?7, 1.5), coalesce(?8, 1.0), coalesce(?9, 0.45),"
		" coalesce(?10, 50), coalesce(?11, 0.1), ?12 FROM days WHERE phase = ?2"),
	.update = SQL(
		"UPDATE round SET name = ?, from_date = coalesce(?, from_date),"
		" until_date = coalesce(?, until_date), service = coalesce(?, service),"
		" spread = coalesce(?, spread), taken = coalesce(?, taken),"
		" growth = coalesce(?, growth), advance_share = coalesce(?, advance_share),"
		" least = coalesce(?, least), reserve = coalesce(?, reserve), note = ?"
		" WHERE id = ?"),
	.remove = SQL("DELETE FROM round WHERE id = ?"),
	.check = check,
};

static double
real_of(const json_t *record, const char *name)
{
	return json_number_value(json_object_get(record, name));
}

bool
round_get(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct round *ret_round, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_round_type, text, err);
	if (!record)
		return false;
	*ret_round = (struct round){ .id = record_integer(record, "id"),
		.name = vs_arena_text(arena, record_string(record, "name")),
		.phase = vs_arena_text(arena, record_string(record, "phase")),
		.from = vs_arena_text(arena, record_string(record, "from_date")),
		.until = vs_arena_text(arena, record_string(record, "until_date")),
		.service = real_of(record, "service"),
		.spread = real_of(record, "spread"),
		.taken = real_of(record, "taken"),
		.growth = real_of(record, "growth"),
		.advance_share = real_of(record, "advance_share"),
		.reserve = real_of(record, "reserve"),
		.least = record_integer(record, "least") };
	json_decref(record);
	return true;
}

const char *
round_rule_phase(const char *round_phase)
{
	return strcmp(round_phase, "refill") == 0 ? "advance" : round_phase;
}
