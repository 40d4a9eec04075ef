/*
 * Deadlines by the type of election: what a new campaign begins with, and what follows when
 * the type, election day or the day it was called is changed.
 */
#include "register/deadline.h"

#include <string.h>

#include "base/i18n.h"

/* Types ------------------------------------------------------------------------------------ */

static bool
is_second_sunday_of_september(struct vs_date day)
{
	return day.month == 9 && day.day >= 8 && day.day <= 14 &&
		vs_date_weekday(day) == 7;
}

const char *
register_election_type(const char *kinds, struct vs_date day)
{
	if (vs_kinds_include(kinds, "EP"))
		return "eu";
	return is_second_sunday_of_september(day) && day.year % 4 == 2 ? "general"
								       : "extra";
}

static bool
check_day(const char *type, const char *kinds, const char *text, struct vs_date day,
	struct vs_error *err)
{
	if (vs_date_weekday(day) != 7)
		return vs_fail(err, VS_INVALID,
			_("election day: %s is not a Sunday; elections are held on Sundays (vallagen "
			  "1:2)"),
			text);
	if (strcmp(type, "general") == 0 && !is_second_sunday_of_september(day))
		return vs_fail(err, VS_INVALID,
			_("%s is not the second Sunday of September, so it is no general election "
			  "(vallagen 1:3); say which type it is with --election-type"),
			text);
	if (strcmp(type, "eu") == 0 && (day.month < 4 || day.month > 7))
		return vs_fail(err, VS_INVALID,
			_("%s: elections to the European Parliament are held in June, or when the Council "
			  "moves them in April, May or July (vallagen 1:3)"),
			text);
	if (strcmp(type, "rerun") != 0 &&
		(strcmp(type, "eu") == 0) != vs_kinds_include(kinds, "EP"))
		return vs_fail(err, VS_INVALID,
			_("--election-type %s does not go with the elections %s"), type,
			kinds);
	return true;
}

static bool
check_called(const char *type, const char *text, const char *called_on,
	struct vs_date day, struct vs_error *err)
{
	struct vs_date called;
	if (!called_on)
		return true;
	if (!vs_date_parse(called_on, &called, err))
		return false;
	if (strcmp(type, "extra") != 0 && strcmp(type, "rerun") != 0)
		return vs_fail(err, VS_INVALID,
			_("--called-on: only an extra election and a re-election are called; clear it, "
			  "or say --election-type extra"));
	return vs_date_to_days(called) < vs_date_to_days(day) ||
		vs_fail(err, VS_INVALID,
			_("--called-on: %s is not before election day, %s"), called_on,
			text);
}

bool
register_check_election(const char *type, const char *kinds, const char *election_day,
	const char *called_on, struct vs_error *err)
{
	struct vs_date day;
	return vs_date_parse(election_day, &day, err) &&
		check_day(type, kinds, election_day, day, err) &&
		check_called(type, election_day, called_on, day, err);
}

/* Rules ------------------------------------------------------------------------------------ */

/* What the type of election has and the campaign lacks. */
static bool
add_rules(struct vs_db *db, const char *type, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO deadline (key, name, kind, offset_days, called_days, years,"
			" month, day, passes, source, verified_on)"
			" SELECT key, name, kind, offset_days, called_days, years, month, day,"
			" passes, source, verified_on FROM law_rule r WHERE election_type = ?"
			" AND NOT EXISTS (SELECT 1 FROM deadline d WHERE d.key = r.key)"),
		    err))
		return false;
	stmt_bind(&q, type);
	return stmt_run(&q, err);
}

/* Whether a deadline still says what the rule o says. */
#define AS_THE_RULE \
	"deadline.key = o.key AND deadline.source = o.source AND deadline.date IS NULL" \
	" AND deadline.offset_days IS o.offset_days" \
	" AND deadline.called_days IS o.called_days AND deadline.years IS o.years" \
	" AND deadline.month IS o.month AND deadline.day IS o.day"

/* From the rules of one type of election to another's; what somebody has set stays. */
static bool
change_rules(struct vs_db *db, const char *from, const char *to, struct vs_error *err)
{
	static const char *const sql[] = {
		SQL("DELETE FROM deadline WHERE done_on IS NULL AND note IS NULL"
		    " AND responsible IS NULL AND EXISTS (SELECT 1 FROM law_rule o"
		    "  WHERE o.election_type = ?1 AND " AS_THE_RULE
		    "  AND NOT EXISTS (SELECT 1 FROM law_rule n"
		    "   WHERE n.election_type = ?2 AND n.key = o.key))"),
		SQL("UPDATE deadline SET name = n.name, kind = n.kind,"
		    " offset_days = n.offset_days, called_days = n.called_days,"
		    " years = n.years, month = n.month, day = n.day, passes = n.passes,"
		    " source = n.source, verified_on = n.verified_on"
		    " FROM law_rule o JOIN law_rule n ON n.key = o.key"
		    " WHERE o.election_type = ?1 AND n.election_type = ?2 AND " AS_THE_RULE),
	};
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		VS_AUTO(stmt) q = { 0 };
		if (!stmt_open(&q, db, sql[i], err))
			return false;
		stmt_bind(&q, from);
		stmt_bind(&q, to);
		if (!stmt_run(&q, err))
			return false;
	}
	return true;
}

/* Dates that were decided for exactly this election. */
static bool
write_decisions(struct vs_db *db, const char *election_day, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE deadline SET date = d.date, offset_days = NULL,"
			" called_days = NULL, years = NULL, month = NULL, day = NULL,"
			" source = d.source, verified_on = d.verified_on"
			" FROM dated_decision d"
			" WHERE d.key = deadline.key AND d.election_day = ?"),
		    err))
		return false;
	stmt_bind(&q, election_day);
	return stmt_run(&q, err);
}

bool
deadline_begin(struct vs_db *db, const struct vs_campaign *campaign, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	return stmt_open(&q, db, SQL("DELETE FROM deadline"), err) && stmt_run(&q, err) &&
		add_rules(db, campaign->election_type, err) &&
		write_decisions(db, campaign->election_day, err);
}

/* Changes ---------------------------------------------------------------------------------- */

bool
deadline_keep(struct vs_db *db, int64_t id, const char *fell_on, const char *falls_on,
	const char *source, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (strcmp(fell_on ? fell_on : "", falls_on ? falls_on : "") == 0)
		return true;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO deadline_change (deadline_id, at, actor, fell_on,"
			    " falls_on, source) VALUES (?, ?, ?, ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, id);
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, fell_on);
	stmt_bind(&q, falls_on);
	stmt_bind(&q, source);
	return stmt_run(&q, err);
}

/* The day of every deadline, by its number. */
struct days {
	struct {
		int64_t id;
		const char *day; /* NULL: unknown */
	} * all;
	size_t count;
};

static bool
read_days(struct vs_db *db, struct vs_arena *arena, const json_t *campaign,
	struct days *ret_days, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct days days = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id, " DEADLINE_FALLS_ON " FROM deadline d"
			" JOIN (SELECT ? AS election_day, ? AS called_on) c ORDER BY d.id"),
		    err))
		return false;
	stmt_bind(&q, record_string(campaign, "election_day"));
	stmt_bind(&q, record_string(campaign, "called_on"));
	while (stmt_row(&q, err)) {
		days.all = vs_arena_grow(arena, days.all, days.count, sizeof *days.all);
		days.all[days.count].id = stmt_int(&q, 0);
		days.all[days.count++].day = stmt_copy(&q, 1, arena);
	}
	*ret_days = days;
	return err->code == VS_OK;
}

/* Those that are in both lists; each is by number. */
static bool
keep_moved(struct vs_db *db, const struct days *before, const struct days *after,
	const char *source, struct vs_error *err)
{
	for (size_t i = 0, k = 0; i < before->count && k < after->count;)
		if (before->all[i].id < after->all[k].id)
			i++;
		else if (before->all[i].id > after->all[k].id)
			k++;
		else if (!deadline_keep(db, before->all[i].id, before->all[i].day,
				 after->all[k].day, source, err))
			return false;
		else
			i++, k++;
	return true;
}

static bool
differs(const json_t *a, const json_t *b, const char *name)
{
	return !json_equal(json_object_get(a, name), json_object_get(b, name));
}

/* Why the days of all deadlines are others. Arena. */
static const char *
why(struct vs_arena *arena, const json_t *before, const json_t *record)
{
	if (differs(before, record, "election_day"))
		return vs_arena_printf(arena, _("election day moved from %s to %s"),
			record_string(before, "election_day"),
			record_string(record, "election_day"));
	if (differs(before, record, "election_type"))
		return _("the type of election was changed");
	return vs_arena_printf(arena, _("the election was called on %s"),
		record_string(record, "called_on") ? record_string(record, "called_on")
						   : "–");
}

bool
deadline_follow(struct vs_db *db, const json_t *before, const json_t *record,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct days old, new;
	const char *from = record_string(before, "election_type");
	const char *to = record_string(record, "election_type");
	/* Rows that are new come last: they have no day before, but may get a removed one's number. */
	if (strcmp(from, to) == 0 && !differs(before, record, "election_day") &&
		!differs(before, record, "called_on"))
		return true;
	return read_days(db, scratch.arena, before, &old, err) &&
		(strcmp(from, to) == 0 || change_rules(db, from, to, err)) &&
		read_days(db, scratch.arena, record, &new, err) &&
		keep_moved(db, &old, &new, why(scratch.arena, before, record), err) &&
		add_rules(db, to, err);
}
