/*
 * Which election a file of results is of: the last one, by whose figures ballots are allocated,
 * or this campaign's own, which is to be evaluated. What the user says goes first, then the
 * year in the file's name.
 */
#include "exchange/exchange.h"

#include <ctype.h>
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

static bool
refuse_before(const struct rows *rows, struct vs_error *err)
{
	return vs_fail(err, VS_REFUSED,
		_("%s would be the result of the election of %s, which has not been held; if it "
		  "is an earlier election's, say which with --election DATE"),
		rows->name, rows->run->campaign.election_day);
}

bool
results_are_now(struct rows *rows, bool *ret_now, struct vs_error *err)
{
	struct import *run = rows->run;
	const char *ours = run->campaign.election_day, *said = run->options->election_day;
	struct vs_date today;
	char day[11];
	*ret_now = false;
	/* Eligible voters alone are known before the election, too. */
	if (!rows_has(rows, COL_VOTED))
		return true;
	if (said && strcmp(said, ours) > 0)
		return vs_fail(err, VS_INVALID,
			_("--election: %s is after this campaign's election, %s; its results "
			  "belong to the campaign file of that election"),
			said, ours);
	*ret_now = said ? strcmp(said, ours) == 0 : has_year(rows->name, ours);
	run->tally.election = *ret_now ? ours : "last";
	if (!vs_clock_today(&today, err))
		return false;
	bool held = strcmp(vs_date_format(today, day), ours) >= 0;
	if (*ret_now && !held)
		return refuse_before(rows, err);
	/* Before election day there is no other result than that of the last time. */
	if (*ret_now && !said)
		tally_problem(run, SEVERITY_NOTICE, 0, NULL,
			_("give --election if it is an earlier one's"),
			_("taken for the result of the election of %s, by the file's name"),
			ours);
	else if (!*ret_now && !said && held)
		tally_problem(run, SEVERITY_NOTICE, 0, NULL,
			vs_arena_printf(run->arena,
				_("give --election %s if it is this election's"), ours),
			_("taken for the last election's result, by which ballots are "
			  "allocated"));
	return true;
}
