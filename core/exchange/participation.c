/* deltagande-partier: which parties take part where, and why. Names the parties. */
#include "exchange/model.h"

#include <string.h>

#include "base/i18n.h"

/* The cell repeats itself from row to row: the last answer usually holds. */
struct last {
	const char *kind, *area, *code; /* as given */
	const char *our_kind, *our_area, *our_code;
	bool usable, wanted;
};

static bool
same(const char *a, const char *b)
{
	return a && strcmp(a, b) == 0;
}

static void
find_area(struct rows *rows, struct last *last, struct names *areas)
{
	struct import *run = rows->run;
	const char *kind = rows_get(rows, COL_KIND), *area = rows_get(rows, COL_AREA);
	const char *code = rows_get(rows, COL_CONSTITUENCY);
	if (same(last->kind, kind) && same(last->area, area) && same(last->code, code))
		return;
	*last = (struct last){ .kind = kind, .area = area, .code = code };
	last->our_kind = codes_kind(kind);
	last->usable = last->our_kind &&
		codes_area(run, last->our_kind, area, code, &last->our_area,
			&last->our_code);
	last->wanted = last->usable &&
		codes_wanted(run, last->our_kind, last->our_area, last->our_code);
	if (last->wanted)
		names_put(areas,
			vs_arena_printf(
				run->arena, "%s\x1f%s", last->our_kind, last->our_code),
			run);
}

/* A region that is divided gets its constituencies; its lists stand in them. */
static void
take_constituency(struct rows *rows, const struct last *last)
{
	const struct import *run = rows->run;
	if (strcmp(last->our_kind, "RF") == 0 && strcmp(last->our_code + 2, "00") != 0 &&
		names_get(&run->model->regions_wanted, last->our_area))
		model_constituency(rows->run, last->our_kind, last->our_area,
			last->our_code, rows_get(rows, COL_CONSTITUENCY_NAME));
}

static const char *
make_key(struct import *run, const struct participation *p)
{
	const char *const parts[] = { p->kind, p->area, p->code, p->party, p->basis,
		p->notified_on };
	char *key = vs_arena_alloc(run->arena, 48), *to = key;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (i)
			*to++ = '\x1f';
		to = stpcpy(to, parts[i]);
	}
	return key;
}

static void
take(struct import *run, const struct participation *given)
{
	const char *key = make_key(run, given);
	struct participation *p = names_get(&run->model->participations, key);
	if (!p) {
		p = vs_arena_alloc(run->arena, sizeof *p);
		*p = *given;
		p->key = key;
		thing_add(run, &p->thing, NOUN_PARTICIPATION);
		names_put(&run->model->participations, key, p);
		pile_add(run->arena, &run->model->all_participations, p);
		return;
	}
	thing_hold(run, &p->thing);
	if (p->candidates != given->candidates) {
		p->candidates = given->candidates;
		thing_change(run, &p->thing);
	}
}

static bool
take_row(struct rows *rows, const struct last *last)
{
	struct import *run = rows->run;
	const char *basis = rows_get(rows, COL_BASIS),
		   *party = rows_get(rows, COL_PARTY_CODE);
	const char *date = rows_get(rows, COL_NOTIFIED_ON);
	struct participation p = { .kind = last->our_kind,
		.area = last->our_area,
		.code = last->our_code,
		.basis = basis };
	p.party = codes_pad(run->arena, party, 4);
	if (!p.party)
		return tally_refuse(run, rows->line, rows_head(rows, COL_PARTY_CODE),
			_("correct the code"),
			_("\"%.40s\" is not a party code of 4 digits"), party);
	if (!basis[0] || basis[1] || !strchr("AKR", basis[0]))
		return tally_refuse(run, rows->line, rows_head(rows, COL_BASIS),
			_("it must be A, K or R"), _("\"%.40s\" is not a known ground"),
			basis);
	if (!codes_is_date(date))
		return tally_refuse(run, rows->line, rows_head(rows, COL_NOTIFIED_ON),
			_("write it as 2026-04-08"), _("\"%.40s\" is not a date"), date);
	p.notified_on = date[10] ? vs_arena_copy(run->arena, date, 10) : date;
	p.candidates = strcmp(rows_get(rows, COL_LOCKED), "J") == 0;
	run->tally.taken++;
	model_party(run, p.party,
		codes_limit(run->arena, rows_get(rows, COL_PARTY_NAME), 120),
		codes_limit(run->arena, rows_get(rows, COL_PARTY_SHORT), 20), true);
	take(run, &p);
	return true;
}

static void
tell_vanished(struct import *run, const struct names *areas)
{
	const struct pile *all = &run->model->all_participations;
	for (size_t i = 0; i < all->count; i++) {
		const struct participation *p = all->items[i];
		if (p->thing.held == run->stamp ||
			!names_get(areas,
				vs_arena_printf(
					run->arena, "%s\x1f%s", p->kind, p->code)))
			continue;
		const struct party *party = names_get(&run->model->parties, p->party);
		tally_gone(run, NOUN_PARTICIPATION, _("participation: %s, %s %s (%s %s)"),
			party ? party->name : p->party, p->kind, p->code, p->basis,
			p->notified_on);
	}
}

bool
participation_import(struct rows *rows, struct vs_error *err)
{
	struct import *run = rows->run;
	struct names areas = { .arena = run->arena };
	struct last last = { 0 };
	if (!model_participations(run, err))
		return false;
	while (rows_next(rows, err)) {
		find_area(rows, &last, &areas);
		if (!last.usable) {
			tally_refuse(run, rows->line, rows_head(rows, COL_AREA),
				_("correct the codes"),
				_("election \"%.20s\", area \"%.20s\", constituency \"%.20s\" do not "
				  "fit together"),
				last.kind, last.area, last.code);
		} else if (!last.wanted) {
			run->tally.outside++;
		} else {
			take_constituency(rows, &last);
			take_row(rows, &last);
		}
	}
	if (err->code != VS_OK)
		return false;
	tell_vanished(run, &areas);
	return true;
}
