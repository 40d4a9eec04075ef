/* How many pieces will be taken, and how uncertain that is; the model stands in allocate.h. */
#include "ballots/allocate.h"

#include <math.h>
#include <string.h>

static void
add_ward(const struct world *w, const struct paper *paper, const struct ward *ward,
	struct base *base)
{
	if (!allocate_used_by(w, paper, ward))
		return;
	int kind = paper->kind;
	base->eligible += ward->eligible[kind];
	base->votes += ward->votes[kind];
	base->party += ward->party[kind];
	base->shared += ward->party[kind] / ward->lists[kind];
	base->guessed = base->guessed || ward->guessed[kind];
}

static void
add_venue(const struct world *w, const struct paper *paper, const struct venue *v,
	struct base *base)
{
	for (size_t i = 0; i < v->ward_count; i++)
		add_ward(w, paper, &w->wards[v->wards[i]], base);
}

void
allocate_count_voters(struct world *w)
{
	for (size_t i = 0; i < w->ward_count; i++)
		for (size_t p = 0; p < w->paper_count; p++)
			if (allocate_used_by(w, &w->papers[p], &w->wards[i]))
				w->wards[i].lists[w->papers[p].kind]++;
	w->bases = vs_arena_alloc(
		w->arena, (w->area_count * w->paper_count + 1) * sizeof *w->bases);
	for (size_t i = 0; i < w->ward_count; i++)
		for (size_t p = 0; p < w->paper_count; p++)
			add_ward(w, &w->papers[p], &w->wards[i],
				&w->bases[w->wards[i].area * w->paper_count + p]);
}

static const struct base *
base_of_area(const struct world *w, const struct paper *paper, size_t area)
{
	return &w->bases[area * w->paper_count + (size_t)(paper - w->papers)];
}

static bool
on_election_day(const struct world *w)
{
	return strcmp(w->round.phase, "election_day") == 0;
}

/* Pieces for every vote that the base stands for: as last time at the place, else as usual. */
static double
per_vote(const struct world *w, const struct learned *learned)
{
	return w->round.growth * (learned ? learned->per_vote : w->round.taken);
}

/* One place's part of a demand. */
static void
add_place(const struct world *w, const struct paper *paper, const struct venue *v,
	struct demand *d, double *squares)
{
	double polling = 0, weight = w->areas[v->area].weight, advance = 0;
	const struct learned *learned =
		allocate_learned(w, paper, (size_t)(v - w->venues));
	double rate = per_vote(w, learned);
	if (on_election_day(w) && v->ward_count) {
		double before = d->here.shared;
		add_venue(w, paper, v, &d->here);
		polling = (d->here.shared - before) * (1 - w->round.advance_share) * rate;
	}
	if (v->open && weight > 0) {
		double part = v->weight_round / weight;
		advance = d->whole.shared * w->round.advance_share * part * rate;
		d->part += part;
		d->basis = v->basis;
	}
	d->polling += polling;
	d->advance += advance;
	*squares += (polling + advance) * (polling + advance);
	if (learned) {
		d->learned = learned;
		d->learned_places++;
	}
	d->places++;
}

struct demand
allocate_demand(const struct world *w, const struct paper *paper, size_t area, int venue)
{
	const struct area *a = &w->areas[area];
	struct demand d = { 0 };
	double squares = 0;
	d.whole = *base_of_area(w, paper, area);
	if (venue >= 0)
		add_place(w, paper, &w->venues[venue], &d, &squares);
	for (size_t i = 0; venue < 0 && i < a->venue_count; i++)
		if (allocate_serves(w, &w->venues[a->first_venue + i]))
			add_place(w, paper, &w->venues[a->first_venue + i], &d, &squares);
	d.mean = d.polling + d.advance;
	double own = d.mean > 0 ? squares / (d.mean * d.mean) : 1;
	d.spread = w->round.spread * sqrt(COMMON + (1 - COMMON) * own);
	return d;
}

/* Advance votes at a place between two moments. */
static double
advance_votes(const struct world *w, const struct paper *paper, const struct venue *v,
	int64_t from, int64_t until)
{
	const struct area *a = &w->areas[v->area];
	if (from >= until || paper->kind < 0 || a->weight <= 0)
		return 0;
	double weight = allocate_weight(v, from, until);
	if (weight <= 0)
		return 0;
	return base_of_area(w, paper, v->area)->shared * w->round.advance_share *
		(weight / a->weight);
}

double
allocate_votes(const struct world *w, const struct paper *paper, size_t venue,
	bool districts, int64_t from, int64_t until)
{
	struct base here = { 0 };
	if (districts)
		add_venue(w, paper, &w->venues[venue], &here);
	return here.shared * (1 - w->round.advance_share) +
		advance_votes(w, paper, &w->venues[venue], from, until);
}

double
allocate_taken(const struct world *w, const struct paper *paper, int venue, int64_t from,
	int64_t until)
{
	return advance_votes(w, paper, &w->venues[venue], from, until) *
		per_vote(w, allocate_learned(w, paper, (size_t)venue));
}
