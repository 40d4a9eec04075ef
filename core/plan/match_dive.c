/*
 * From prices to a plan: people whose choice stays the same from day to day get what they
 * chose, and the market of the others goes on until nobody is left in it.
 */
#include "plan/match.h"

#include <stdlib.h>

#define DAYS   8  /* between two rounds */
#define ROUNDS 24 /* without a limit of time; and after that, whoever is left goes */
#define STEP   0.002

struct choice {
	uint64_t mark; /* of the schedule */
	int32_t person;
	int32_t steady; /* days */
};

struct dive {
	struct match_market *market;
	struct match_state *state;
	struct choice *choices; /* by person */
	struct choice *order;
};

static void
note_choice(void *data, int32_t person, const int32_t *arcs, int32_t count)
{
	struct choice *choice = &((struct dive *)data)->choices[person];
	uint64_t mark = 0;
	for (int32_t i = 0; i < count; i++)
		mark = (mark ^ (uint64_t)arcs[i]) * 0x9e3779b97f4a7c15 + 1;
	choice->steady = count && mark == choice->mark ? choice->steady + 1 : 0;
	choice->mark = mark;
}

static int
compare_choices(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;
	return x->steady != y->steady ? y->steady - x->steady
				      : (x->person > y->person) - (x->person < y->person);
}

static bool
is_open(const struct dive *d, const struct match_arc *arc)
{
	const struct match_role *role = &d->state->model->roles[arc->role];
	return d->state->role_taken[arc->role] < role->wanted &&
		match_fits(d->state, arc->person, role->shift);
}

/* Gives the person what she chooses now; false when a place is taken already. */
static bool
settle(struct dive *d, int32_t person)
{
	const struct match_model *model = d->state->model;
	int32_t count;
	match_ask(d->market->asker, person);
	const int32_t *chosen = match_asked(d->market->asker, &count);
	for (int32_t i = 0; i < count; i++)
		if (!is_open(d, &model->arcs[chosen[i]]))
			return false;
	for (int32_t i = 0; i < count; i++) {
		const struct match_arc *arc = &model->arcs[chosen[i]];
		if (!is_open(d, arc))
			continue; /* the day's hours, which the choice did not see */
		match_add(d->state, person, arc->role, arc->cost);
		if (d->state->role_taken[arc->role] >= model->roles[arc->role].wanted) {
			d->market->rewards[arc->role] = 0;
			d->market->exact[arc->role] = 0;
		}
	}
	return count > 0;
}

/* Fixes the steadiest until so many are left; who comes too late stays in the market. */
static void
fix_some(struct dive *d, int32_t leave)
{
	struct match_market *m = d->market;
	int32_t left = 0, quota = m->people_count - leave;
	for (int32_t i = 0; i < m->people_count; i++)
		d->order[i] = d->choices[m->people[i]];
	qsort(d->order, (size_t)m->people_count, sizeof *d->order, compare_choices);
	for (int32_t i = 0; i < m->people_count; i++) {
		struct choice *choice = &d->order[i];
		if ((choice->steady >= DAYS || quota > 0) && settle(d, choice->person))
			quota--;
		else
			m->people[left++] = choice->person;
		d->choices[choice->person].steady = 0;
	}
	m->people_count = left;
}

/* `state` is the market's and holds the bookings that stay; the plan comes into it. */
void
match_dive(struct match_market *market, struct match_state *state, double seconds)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t people = (size_t)state->model->person_count + 1;
	struct dive d = { .market = market, .state = state };
	d.choices = vs_arena_alloc(scratch.arena, people * sizeof *d.choices);
	d.order = vs_arena_alloc(scratch.arena, people * sizeof *d.order);
	for (int32_t p = 0; p < state->model->person_count; p++)
		d.choices[p].person = p;
	match_scarce_forget(market->scarce);
	int32_t begun_with = market->people_count;
	double begun = match_clock(), until = seconds > 0 ? begun + seconds : 0, part = 0;
	for (int round = 1; part < 1 && market->people_count; round++) {
		for (int day = 0; day < DAYS; day++)
			match_market_day(market, STEP, until, note_choice, &d);
		part = seconds > 0 ? (match_clock() - begun) / seconds
				   : (double)round / ROUNDS;
		fix_some(&d, part < 1 ? (int32_t)((1 - part) * begun_with) : 0);
	}
}
