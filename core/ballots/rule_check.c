/*
 * What is missing or old among the hand-over rules, worst first: a kommun whose next hand-over
 * comes soon and whose rule nobody has asked for.
 */
#include "ballots/ballots.h"

#include "base/i18n.h"

#define WARN_DAYS  60
#define ERROR_DAYS 7

/*
 * Every kommun of the district and phase that ballots are handed over in and no rule is known
 * for, with the days left: advance voting from its deadline, institutions where there are
 * places of restricted access, election day.
 */
static const char *const missing_sql = SQL(
	"WITH needed AS (SELECT k.code, k.name, p.phase, p.day FROM kommun k JOIN"
	" (SELECT 'advance' AS phase, coalesce((SELECT coalesce(d.date, date(c.election_day,"
	"   printf('%+d days', d.offset_days))) FROM deadline d WHERE d.key = 'advance_voting'),"
	"   date(c.election_day, '-18 days')) AS day FROM campaign c"
	"  UNION ALL SELECT 'institution', date(election_day, '-18 days') FROM campaign"
	"  UNION ALL SELECT 'election_day', election_day FROM campaign) p"
	" WHERE k.in_district AND (p.phase <> 'institution' OR EXISTS (SELECT 1 FROM place o"
	"  WHERE o.kommun_code = k.code AND o.restricted)) AND NOT EXISTS (SELECT 1"
	"  FROM handover_rule r WHERE r.kommun_code = k.code AND r.phase = p.phase))"
	" SELECT code, name, max(phase = 'advance'), max(phase = 'institution'),"
	" max(phase = 'election_day'), julianday(min(day)) - julianday(?1) AS days"
	" FROM needed WHERE ?1 <= (SELECT election_day FROM campaign)"
	" GROUP BY code ORDER BY days, name COLLATE swedish");

static const char *
severity_of(int64_t days)
{
	return days <= ERROR_DAYS ? "error" : days <= WARN_DAYS ? "warning" : "notice";
}

/* "förtidsröstning, valdagen". Arena. */
static const char *
phases_text(struct vs_arena *arena, const struct stmt *q)
{
	const char *text = "";
	for (int i = 0; rule_phases[i].value; i++)
		if (stmt_int(q, 2 + i))
			text = vs_arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
				_(rule_phases[i].label));
	return text;
}

static const char *
days_text(struct vs_arena *arena, int64_t days)
{
	if (days > 0)
		return vs_arena_printf(
			arena, P_("%d day left", "%d days left", days), (int)days);
	return days == 0 ? _("it begins today") : _("it has begun");
}

static bool
check_missing(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	struct vs_date today;
	char day[11];
	if (!vs_clock_today(&today, err) || !stmt_open(&q, db, missing_sql, err))
		return false;
	stmt_bind(&q, vs_date_format(today, day));
	while (stmt_row(&q, err)) {
		int64_t days = stmt_int(&q, 5);
		register_problem(problems, severity_of(days), "rule", stmt_text(&q, 0),
			vs_arena_printf(scratch.arena,
				_("%s: no hand-over rule for %s; %s"), stmt_text(&q, 1),
				phases_text(scratch.arena, &q),
				days_text(scratch.arena, days)),
			_("ask the election committee and enter it with 'valstuga rule add'"));
	}
	return err->code == VS_OK;
}

static bool
check_unverified(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT r.id, k.name, r.phase FROM handover_rule r"
			" JOIN kommun k ON k.code = r.kommun_code JOIN campaign c"
			" WHERE NOT " RULE_VERIFIED
			" ORDER BY k.name COLLATE swedish, r.phase"),
		    err))
		return false;
	while (stmt_row(&q, err))
		register_problem(problems, "notice", "rule", stmt_text(&q, 0),
			vs_arena_printf(scratch.arena,
				_("%s, %s: the rule is not verified for this election"),
				stmt_text(&q, 1),
				record_choice(rule_phases, stmt_text(&q, 2))),
			_("ask the election committee and set --verified-on and --source"));
	return err->code == VS_OK;
}

bool
rule_check(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return check_missing(db, problems, err) && check_unverified(db, problems, err);
}
