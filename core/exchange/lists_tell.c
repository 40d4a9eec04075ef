/* What is told about a file of candidates as a whole. */
#include "exchange/lists.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

static bool
is_covered(const struct gathering *g, const char *kind, const char *area)
{
	char key[16];
	snprintf(key, sizeof key, "%.2s%.8s", kind, area);
	return names_get(&g->areas, key) != NULL;
}

static bool
is_party_of_interest(struct import *run, const struct party *party)
{
	const struct vs_import_options *o = run->options;
	if (o->all_parties || !o->party_count)
		return o->all_parties ||
			strcmp(party->code, run->campaign.party_code) == 0;
	return party->thing.held == run->stamp;
}

void
lists_tell_vanished(const struct gathering *g)
{
	struct import *run = g->rows->run;
	const struct model *model = run->model;
	for (size_t i = 0; i < model->all_lists.count; i++) {
		const struct list *l = model->all_lists.items[i];
		if (!l->number || l->thing.held == run->stamp ||
			!l->constituencies.count || !is_party_of_interest(run, l->party))
			continue;
		const struct constituency *c = l->constituencies.items[0];
		if (is_covered(g, c->kind, c->area))
			tally_gone(run, NOUN_LIST, _("list %lld: %s, %s, %s"),
				(long long)l->id, l->number, l->kind, c->name);
	}
	for (size_t i = 0; i < model->all_consents.count; i++) {
		const struct consent *c = model->all_consents.items[i];
		if (c->thing.held != run->stamp && is_party_of_interest(run, c->party) &&
			is_covered(g, c->kind, c->area))
			tally_gone(run, NOUN_OPEN_CONSENT, _("consent of %s, %s %s"),
				c->person->name, c->kind, c->area);
	}
}

void
lists_tell_rows(const struct gathering *g)
{
	struct import *run = g->rows->run;
	if (g->bracketed)
		tally_problem(run, SEVERITY_NOTICE, 0, NULL,
			_("nothing need be done; votes for them do not count"),
			_("%zu candidates whose names the authority withholds"),
			g->bracketed);
	if (g->other_kinds)
		tally_problem(run, SEVERITY_NOTICE, 0, NULL,
			_("nothing need be done, unless the campaign should take part in them"),
			_("%zu rows of elections that the campaign does not take part in"),
			g->other_kinds);
	if (run->tally.rows && !run->tally.taken)
		tally_problem(run, SEVERITY_WARNING, 0, NULL,
			_("check --party, or that it is the file of the right election"),
			_("the file has no candidates of the wanted parties in the district"));
}

bool
lists_share_constituency(const struct list *list, const struct listing *l)
{
	for (size_t i = 0; i < l->constituencies.count; i++)
		for (size_t j = 0; j < list->constituencies.count; j++)
			if (list->constituencies.items[j] == l->constituencies.items[i])
				return true;
	return false;
}

/* Numbers are given within one election: a file of another one brings other numbers. */
static bool
rivals(const struct gathering *g, const struct listing *l, const struct list *held)
{
	return held->number && held->party == l->party &&
		strcmp(held->kind, l->kind) == 0 && !names_get(&g->lists, held->number) &&
		lists_share_constituency(held, l);
}

static bool
has_rival(const struct gathering *g, const struct listing *l)
{
	const struct pile *held = &g->rows->run->model->all_lists;
	for (size_t i = 0; i < held->count; i++)
		if (rivals(g, l, held->items[i]))
			return true;
	return false;
}

void
lists_tell_election(const struct gathering *g)
{
	struct import *run = g->rows->run;
	size_t strange = 0;
	if (run->options->election_day || g->all.count == 0)
		return;
	tally_problem(run, SEVERITY_NOTICE, 0, NULL,
		_("give --election DATE if the file is another election's"),
		_("the lists were taken for the election of %s"), run->election_day);
	for (size_t i = 0; i < g->all.count; i++) {
		const struct listing *l = g->all.items[i];
		strange += !names_get(&run->model->lists, l->number) && has_rival(g, l);
	}
	if (strange)
		tally_problem(run, SEVERITY_WARNING, 0, "LISTNUMMER",
			_("check which election the file is of; --election DATE says it"),
			P_("%zu list stands for a constituency where this election has lists of "
			   "the same party with other numbers",
				"%zu lists stand for constituencies where this election has "
				"lists of the same party with other numbers",
				(int64_t)strange),
			strange);
}
