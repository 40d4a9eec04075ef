/*
 * kandidaturer: one row per candidate, list and constituency; rows without a list number
 * are people who have consented to stand for a party without being on a list.
 *
 * The rows are gathered into lists first: a list that is valid in several constituencies is
 * written once for each of them.
 */
#include "exchange/lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* What the row says about where it belongs. */
struct spot {
	const char *kind, *area, *code, *party_code;
	struct party *party;
};

static bool
is_named(struct import *run, const char *wanted, const char *name)
{
	return *name &&
		strcmp(codes_fold(run->arena, wanted), codes_fold(run->arena, name)) == 0;
}

static bool
party_wanted(struct rows *rows, const char *code)
{
	struct import *run = rows->run;
	const struct vs_import_options *o = run->options;
	if (o->all_parties)
		return true;
	if (!o->party_count)
		return strcmp(code, run->campaign.party_code) == 0;
	for (size_t i = 0; i < o->party_count; i++) {
		const char *padded = codes_pad(run->arena, o->parties[i], 4);
		if ((padded && strcmp(padded, code) == 0) ||
			is_named(run, o->parties[i], rows_get(rows, COL_PARTY_SHORT)) ||
			is_named(run, o->parties[i], rows_get(rows, COL_PARTY_NAME)))
			return true;
	}
	return false;
}

/* False: refused, or outside. */
static bool
find_spot(struct gathering *g, struct spot *spot)
{
	struct rows *rows = g->rows;
	struct import *run = rows->run;
	const char *given = rows_get(rows, COL_KIND),
		   *party = rows_get(rows, COL_PARTY_CODE);
	spot->kind = codes_kind(given);
	spot->party_code = codes_pad(run->arena, party, 4);
	if (!spot->kind ||
		!codes_area(run, spot->kind, rows_get(rows, COL_AREA),
			rows_get(rows, COL_CONSTITUENCY), &spot->area, &spot->code)) {
		tally_refuse(run, rows->line, rows_head(rows, COL_AREA),
			_("correct the codes"),
			_("election \"%.20s\", area \"%.20s\", constituency \"%.20s\" do not fit "
			  "together"),
			given, rows_get(rows, COL_AREA),
			rows_get(rows, COL_CONSTITUENCY));
		return false;
	}
	if (!spot->party_code) {
		tally_refuse(run, rows->line, rows_head(rows, COL_PARTY_CODE),
			_("correct the code"),
			_("\"%.40s\" is not a party code of 4 digits"), party);
		return false;
	}
	g->other_kinds += !vs_kinds_include(run->campaign.kinds, spot->kind);
	bool here = codes_wanted(run, spot->kind, spot->area, spot->code);
	if (here)
		names_put(&g->areas,
			vs_arena_printf(run->arena, "%s%s", spot->kind, spot->area), run);
	bool taken = here && party_wanted(rows, spot->party_code);
	run->tally.outside += !here;
	run->tally.other_parties += here && !taken;
	return taken;
}

static const char *
answer(const char *letter)
{
	switch (letter[0] && !letter[1] ? letter[0] : '\0') {
	case 'J':
		return "yes";
	case 'N':
		return "no";
	case 'I':
		return "irrelevant";
	default:
		return "unknown";
	}
}

/* "Efternamn, Förnamn" the other way round. */
static const char *
turn_name(struct vs_arena *arena, const char *name)
{
	const char *comma = strchr(name, ',');
	if (!comma || *name == '[')
		return name;
	const char *first = comma + 1;
	while (*first == ' ')
		first++;
	if (!*first)
		return name;
	return vs_arena_printf(arena, "%s %.*s", first, (int)(comma - name), name);
}

static void
read_person(struct rows *rows, struct entry *e)
{
	int64_t age;
	const char *gender = rows_get(rows, COL_GENDER);
	e->age = codes_count(rows_get(rows, COL_AGE), &age) && age >= 0 && age <= 130
		? (int)age
		: -1;
	e->gender = strcmp(gender, "K") == 0 || strcmp(gender, "M") == 0 ? gender : "";
	e->home = codes_limit(rows->run->arena, rows_get(rows, COL_HOME), 60);
}

static struct entry *
read_entry(struct gathering *g, bool on_list)
{
	struct rows *rows = g->rows;
	struct vs_arena *arena = rows->run->arena;
	struct entry *e = vs_arena_alloc(arena, sizeof *e);
	const char *name = rows_get(rows, COL_NAME), *valid = rows_get(rows, COL_VALID);
	const char *number = rows_get(rows, COL_CANDIDATE);
	if (!*name) {
		tally_refuse(rows->run, rows->line, rows_head(rows, COL_NAME),
			_("add the name, or remove the row"),
			_("a candidate without a name"));
		return NULL;
	}
	e->line = rows->line;
	e->number = *number ? number : NULL;
	e->name = codes_limit(arena, on_list ? name : turn_name(arena, name), 120);
	e->ballot_text = codes_limit(arena, rows_get(rows, COL_BALLOT_TEXT), 200);
	e->declaration = answer(rows_get(rows, COL_DECLARATION));
	e->consent = answer(rows_get(rows, COL_CONSENT));
	e->valid = strcmp(valid, "J") == 0 ? 1 : strcmp(valid, "N") == 0 ? 0 : -1;
	if (*name == '[') {
		e->valid = 0;
		g->bracketed++;
	}
	read_person(rows, e);
	return e;
}

static struct listing *
new_listing(struct gathering *g, const struct spot *spot, const char *number)
{
	struct rows *rows = g->rows;
	struct listing *l = vs_arena_alloc(rows->run->arena, sizeof *l);
	const char *status = rows_get(rows, COL_LIST_STATUS);
	l->number = number;
	l->kind = spot->kind;
	l->party = spot->party;
	l->line = rows->line;
	l->people.arena = rows->run->arena;
	l->designation =
		codes_limit(rows->run->arena, rows_get(rows, COL_DESIGNATION), 100);
	l->authority_status =
		strcmp(status, "B") == 0 || strcmp(status, "S") == 0 ? status : "";
	l->has_locked = rows_has(rows, COL_LOCKED);
	l->locked = strcmp(rows_get(rows, COL_LOCKED), "J") == 0;
	if (!codes_count(rows_get(rows, COL_PIECES), &l->pieces))
		tally_problem(rows->run, SEVERITY_WARNING, rows->line,
			rows_head(rows, COL_PIECES), _("correct the figure"),
			_("\"%.40s\" is not a number; it was left out"),
			rows_get(rows, COL_PIECES));
	names_put(&g->lists, number, l);
	pile_add(rows->run->arena, &g->all, l);
	return l;
}

static struct listing *
find_listing(struct gathering *g, const struct spot *spot, const char *number)
{
	struct listing *l = names_get(&g->lists, number);
	if (!l)
		return new_listing(g, spot, number);
	if (l->party == spot->party && strcmp(l->kind, spot->kind) == 0)
		return l;
	tally_refuse(g->rows->run, g->rows->line, rows_head(g->rows, COL_LIST_NUMBER),
		_("correct the list number"),
		_("list %s stands in the file for another party or election (%s)"),
		number, tally_where(g->rows->run, l->line));
	return NULL;
}

static void
add_constituency(struct gathering *g, struct listing *l, const struct spot *spot)
{
	struct constituency *c = model_constituency(g->rows->run, spot->kind, spot->area,
		spot->code, rows_get(g->rows, COL_CONSTITUENCY_NAME));
	for (size_t i = 0; i < l->constituencies.count; i++)
		if (l->constituencies.items[i] == c)
			return;
	pile_add(g->rows->run->arena, &l->constituencies, c);
}

/* The same row again for another constituency is nothing new. */
static bool
add_entry(struct gathering *g, struct listing *l, struct entry *e)
{
	struct import *run = g->rows->run;
	const char *key = e->number ? e->number
				    : vs_arena_printf(run->arena, "\x1f%lld\x1f%s",
					      (long long)e->order, e->name);
	const struct entry *before = names_get(&l->people, key);
	if (before && before->order == e->order)
		return true;
	if (before)
		return tally_refuse(run, e->line, rows_head(g->rows, COL_CANDIDATE),
			_("a person stands once on a list; correct the file"),
			_("%s stands on list %s already (%s)"), e->name, l->number,
			tally_where(run, before->line));
	names_put(&l->people, key, e);
	pile_add(run->arena, &l->entries, e);
	return true;
}

static bool
take_row(struct gathering *g)
{
	struct rows *rows = g->rows;
	struct import *run = rows->run;
	struct spot spot;
	if (!find_spot(g, &spot))
		return true;
	const char *given = rows_get(rows, COL_LIST_NUMBER), *number = NULL;
	const char *order = rows_get(rows, COL_POSITION);
	if (*given && !(number = codes_pad(run->arena, given, 5)))
		return tally_refuse(run, rows->line, rows_head(rows, COL_LIST_NUMBER),
			_("correct the list number"),
			_("\"%.40s\" is not a list number of at most 5 digits"), given);
	struct entry *e = read_entry(g, number != NULL);
	if (!e)
		return true;
	if (number && (!codes_count(order, &e->order) || e->order < 1))
		return tally_refuse(run, rows->line, rows_head(rows, COL_POSITION),
			_("correct the position"),
			_("\"%.40s\" is not a position on list %s"), order, number);
	spot.party = model_party(run, spot.party_code,
		codes_limit(run->arena, rows_get(rows, COL_PARTY_NAME), 120),
		codes_limit(run->arena, rows_get(rows, COL_PARTY_SHORT), 20), false);
	run->tally.taken++;
	if (!number) {
		lists_take_open(run, spot.kind, spot.area, spot.party, e);
		return true;
	}
	struct listing *l = find_listing(g, &spot, number);
	if (!l)
		return true;
	add_constituency(g, l, &spot);
	return add_entry(g, l, e);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *const *p = a, *const *q = b;
	if ((*p)->order != (*q)->order)
		return (*p)->order < (*q)->order ? -1 : 1;
	return ((*p)->line > (*q)->line) - ((*p)->line < (*q)->line);
}

/* Positions 1 to n without gaps: candidates who were struck leave some. */
static void
close_gaps(struct import *run, struct listing *l)
{
	bool gaps = false;
	qsort(l->entries.items, l->entries.count, sizeof *l->entries.items,
		compare_entries);
	for (size_t i = 0; i < l->entries.count; i++) {
		struct entry *e = l->entries.items[i];
		gaps = gaps || e->order != (int64_t)i + 1;
		e->order = (int64_t)i + 1;
	}
	if (gaps)
		tally_problem(run, SEVERITY_NOTICE, l->line, "ORDNING",
			_("nothing need be done; the order is kept"),
			_("list %s: the positions have gaps and were numbered from 1 to %zu"),
			l->number, l->entries.count);
}

static int
compare_lists(const void *a, const void *b)
{
	const struct listing *const *p = a, *const *q = b;
	return strcmp((*p)->number, (*q)->number);
}

bool
candidates_import(struct rows *rows, struct vs_error *err)
{
	struct import *run = rows->run;
	struct gathering g = { .rows = rows };
	g.lists.arena = g.areas.arena = run->arena;
	if (!model_lists(run, err))
		return false;
	while (rows_next(rows, err))
		take_row(&g);
	if (err->code != VS_OK)
		return false;
	if (g.all.count)
		qsort(g.all.items, g.all.count, sizeof *g.all.items, compare_lists);
	lists_tell_election(&g);
	for (size_t i = 0; i < g.all.count; i++) {
		close_gaps(run, g.all.items[i]);
		lists_take(run, g.all.items[i]);
	}
	lists_tell_vanished(&g);
	lists_tell_rows(&g);
	return true;
}
