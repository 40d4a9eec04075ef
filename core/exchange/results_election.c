/*
 * Which election a file of results is of: the last one, by whose figures ballots are allocated,
 * or this campaign's own, which is to be evaluated. What the user says goes first. Else it is
 * this election's when its year stands in the file's name and last time's figures, of another
 * year, are there to be set beside. So a campaign may be planned on the figures of its own year,
 * to try the program.
 */
#include "exchange/exchange.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

/* True when the file's own name has these four digits and no more beside them. */
static bool
has_year(const char *path, const char *day)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	for (const char *c = name; *c; c++)
		if (strncmp(c, day, 4) == 0 &&
			(c == name || !isdigit((unsigned char)c[-1])) &&
			!isdigit((unsigned char)c[4]))
			return true;
	return false;
}

/* Last time's figures are in the campaign, of another year than its own. */
static bool
has_last_time(struct import *run, bool *ret_has, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, run->db,
		    SQL("SELECT coalesce(last_results <> substr(election_day, 1, 4),"
			" EXISTS (SELECT 1 FROM district_result)) FROM campaign"),
		    err))
		return false;
	*ret_has = stmt_row(&q, err) && stmt_int(&q, 0);
	return err->code == VS_OK;
}

/* The year of last time's figures, as far as the file's name tells. */
static bool
note_last_time(const struct rows *rows, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *ours = rows->run->campaign.election_day;
	char year[5] = "";
	for (int back = 0; back <= 20 && !*year; back++) {
		char day[11];
		snprintf(day, sizeof day, "%04d", (int)strtol(ours, NULL, 10) - back);
		if (has_year(rows->name, day))
			snprintf(year, sizeof year, "%.4s", day);
	}
	if (!*year)
		return true;
	if (!stmt_open(
		    &q, rows->run->db, SQL("UPDATE campaign SET last_results = ?"), err))
		return false;
	stmt_bind(&q, (const char *)year);
	return stmt_run(&q, err);
}

static bool
refuse_before(const struct rows *rows, struct vs_error *err)
{
	return vs_fail(err, VS_REFUSED,
		_("%s would be the result of the election of %s, which has not been held; if it "
		  "is an earlier election's, say which with --election DATE"),
		rows->name, rows->run->campaign.election_day);
}

static void
tell(struct rows *rows, bool now, bool held)
{
	struct import *run = rows->run;
	const char *ours = run->campaign.election_day;
	if (now)
		tally_problem(run, SEVERITY_NOTICE, 0, NULL,
			_("give --election if it is an earlier one's"),
			_("taken for the result of the election of %s, by the file's name"),
			ours);
	else if (held)
		tally_problem(run, SEVERITY_NOTICE, 0, NULL,
			vs_arena_printf(run->arena,
				_("give --election %s if it is this election's"), ours),
			_("taken for the last election's result, by which ballots are "
			  "allocated"));
}

bool
results_are_now(struct rows *rows, bool *ret_now, struct vs_error *err)
{
	struct import *run = rows->run;
	const char *ours = run->campaign.election_day, *said = run->options->election_day;
	struct vs_date today;
	char day[11];
	bool last_time;
	*ret_now = false;
	/* Eligible voters alone are known before the election, too. */
	if (!rows_has(rows, COL_VOTED))
		return true;
	if (said && strcmp(said, ours) > 0)
		return vs_fail(err, VS_INVALID,
			_("--election: %s is after this campaign's election, %s; its results "
			  "belong to the campaign file of that election"),
			said, ours);
	if (!vs_clock_today(&today, err) || !has_last_time(run, &last_time, err))
		return false;
	bool held = strcmp(vs_date_format(today, day), ours) >= 0;
	*ret_now =
		said ? strcmp(said, ours) == 0 : last_time && has_year(rows->name, ours);
	run->tally.election = *ret_now ? ours : "last";
	if (*ret_now && !held)
		return refuse_before(rows, err);
	if (!said)
		tell(rows, *ret_now, held);
	return *ret_now || note_last_time(rows, err);
}
