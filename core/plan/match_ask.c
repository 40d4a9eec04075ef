/*
 * What one person would do if every place paid a reward: the schedule that is best for her,
 * exactly, by a dynamic programme over her shifts in time order and her hours. Her shifts
 * fall into stretches (days, as a rule) between which there is time for every way; the best
 * of each stretch by hours is found alone, then the stretches are put together.
 *
 * Left out, which only lowers the cost: clashes between shifts that do not follow each
 * other, the limit of a day in a stretch of several days, and what is rounded when there are
 * more than UNITS_MAX units of time.
 */
#include "plan/match.h"

#include <math.h>

#define UNITS_MAX 256
#define LANES	  4
#define BITS_MAX  ((int64_t)1 << 29)

struct item {
	double worth; /* below zero; whole numbers, which doubles hold exactly */
	int32_t shift;
	int32_t arc;
	int32_t local; /* number among the person's arcs */
	int32_t units;
};

struct stretch {
	int32_t first; /* items */
	int32_t end;
	int32_t room; /* units at most */
};

struct match_asker {
	const struct match_model *model;
	const struct match_state *state;
	const int32_t *rewards;
	struct item *items;
	struct stretch *stretches;
	double *values;	 /* [item][units], the best that ends with the item */
	double *bests;	 /* [stretch][units] */
	double *sums;	 /* [stretch + 1][units], of all stretches before */
	uint64_t *clash; /* bits, by pair of a person's arcs; NULL = too many */
	int64_t *clash_first;
	int32_t *longest; /* ways between a person's shifts */
	int32_t *chosen;
	int32_t chosen_count;
	int32_t item_count;
	int32_t stretch_count;
	int32_t units; /* of the person's budget */
	int32_t row;   /* doubles */
	int32_t unit;  /* minutes */
	int32_t common;
};

/* --- what a person's arcs have to do with each other --- */

static int32_t
shift_of(const struct match_model *model, int32_t local, int32_t p)
{
	int32_t arc = model->by_person[model->people[p].arc_first + local];
	return model->roles[model->arcs[arc].role].shift;
}

static int32_t
arcs_of(const struct match_model *model, int32_t p)
{
	return model->people[p + 1].arc_first - model->people[p].arc_first;
}

/* The longest way that there is between any two shifts. */
static int32_t
longest_of_all(const struct match_model *model)
{
	const struct vs_match_problem *problem = model->problem;
	int64_t points = problem->point_count;
	int32_t longest = 0;
	for (int64_t i = 0; problem->travel && i < points * points; i++)
		if (problem->travel[i] != VS_MATCH_ANY && problem->travel[i] > longest)
			longest = problem->travel[i];
	return longest;
}

static int32_t
way(const struct match_model *model, int32_t a, int32_t b)
{
	const struct vs_match_problem *problem = model->problem;
	int32_t minutes = problem->travel
		? problem->travel[(int64_t)model->shifts[a].point * problem->point_count +
			  model->shifts[b].point]
		: 0;
	return minutes == VS_MATCH_ANY ? 0 : minutes;
}

static void
note_pairs(struct match_asker *k, int32_t p)
{
	const struct match_model *model = k->model;
	int64_t bit = k->clash_first[p];
	k->longest[p] = 0;
	for (int32_t i = 1; i < arcs_of(model, p); i++) {
		int32_t b = shift_of(model, i, p);
		for (int32_t j = 0; j < i; j++, bit++) {
			int32_t a = shift_of(model, j, p), minutes = way(model, a, b);
			if (match_clash(model, &model->shifts[a], &model->shifts[b]))
				k->clash[bit >> 6] |= (uint64_t)1 << (bit & 63);
			k->longest[p] = minutes > k->longest[p] ? minutes : k->longest[p];
		}
	}
}

static void
note_clashes(struct match_asker *k, struct vs_arena *arena)
{
	const struct match_model *model = k->model;
	int64_t bits = 0;
	size_t people = (size_t)model->person_count + 1;
	k->longest = vs_arena_alloc(arena, people * sizeof *k->longest);
	k->clash_first = vs_arena_alloc(arena, people * sizeof *k->clash_first);
	for (int32_t p = 0; p < model->person_count; p++) {
		int64_t arcs = arcs_of(model, p);
		k->clash_first[p] = bits;
		bits += arcs * (arcs - 1) / 2;
	}
	if (bits <= BITS_MAX)
		k->clash = vs_arena_alloc(arena, (size_t)(bits / 64 + 1) * 8);
	int32_t longest = k->clash ? 0 : longest_of_all(model);
	for (int32_t p = 0; p < model->person_count; p++) {
		k->longest[p] = longest;
		if (k->clash)
			note_pairs(k, p);
	}
}

/* The first comes before the second. */
static inline bool
clashes(const struct match_asker *k, int32_t p, const struct item *a,
	const struct item *b)
{
	if (!k->clash)
		return match_clash(k->model, &k->model->shifts[a->shift],
			&k->model->shifts[b->shift]);
	int64_t bit =
		k->clash_first[p] + (int64_t)b->local * (b->local - 1) / 2 + a->local;
	return k->clash[bit >> 6] >> (bit & 63) & 1;
}

/* --- one person --- */

/* Shifts that would pay for themselves if they were all, each in its best role, by start. */
static void
list_items(struct match_asker *k, int32_t p)
{
	const struct match_model *model = k->model;
	const int32_t *by_person = &model->by_person[model->people[p].arc_first];
	int64_t base = k->state->minutes[p], before = match_fairness(base);
	k->item_count = 0;
	for (int32_t i = 0, count = arcs_of(model, p); i < count; i++) {
		const struct match_arc *arc = &model->arcs[by_person[i]];
		int64_t worth = arc->cost - k->rewards[arc->role];
		int32_t s = model->roles[arc->role].shift;
		struct item *last = k->item_count ? &k->items[k->item_count - 1] : NULL;
		if (worth >= 0)
			continue;
		if (last && last->shift == s) {
			if ((double)worth < last->worth) {
				last->worth = (double)worth;
				last->arc = by_person[i];
			}
			continue;
		}
		/* 2 for what is rounded off */
		int64_t hours = match_fairness(base + model->shifts[s].minutes) - before;
		if (worth + hours < 2 && match_fits(k->state, p, s))
			k->items[k->item_count++] =
				(struct item){ (double)worth, s, by_person[i], i, 0 };
	}
}

static void
measure(struct match_asker *k, int32_t p)
{
	const struct match_model *model = k->model;
	int64_t minutes = 0,
		left = (int64_t)model->people[p].minutes_max - k->state->minutes[p];
	for (int32_t i = 0; i < k->item_count; i++)
		minutes += model->shifts[k->items[i].shift].minutes;
	minutes = minutes < left ? minutes : left;
	k->unit = k->common;
	while (minutes / k->unit > UNITS_MAX)
		k->unit *= 2;
	k->units = (int32_t)(minutes / k->unit);
	k->row = (k->units / LANES + 2) * LANES;
	for (int32_t i = 0; i < k->item_count; i++)
		k->items[i].units = model->shifts[k->items[i].shift].minutes / k->unit;
}

static int64_t
left_of_day(const struct match_asker *k, int32_t p, int32_t day)
{
	const struct match_model *model = k->model;
	int64_t left = model->people[p].day_max;
	for (int32_t i = 0; i < k->state->slot_taken[p]; i++) {
		int32_t role = k->state->slots[model->people[p].slot_first + i].role;
		const struct match_shift *at = &model->shifts[model->roles[role].shift];
		left -= at->day == day ? at->minutes : 0;
	}
	return left;
}

/* A stretch ends when there is time for every way to what comes next. */
static void
split(struct match_asker *k, int32_t p)
{
	const struct match_shift *shifts = k->model->shifts;
	int64_t apart = (int64_t)k->longest[p] + k->model->problem->rest, until = 0;
	k->stretch_count = 0;
	for (int32_t i = 0; i < k->item_count; i++) {
		const struct match_shift *shift = &shifts[k->items[i].shift];
		struct stretch *last = &k->stretches[k->stretch_count - 1];
		if (!k->stretch_count || until + apart <= shift->starts) {
			int64_t left = left_of_day(k, p, shift->day) / k->unit;
			last = &k->stretches[k->stretch_count++];
			left = left < 0 ? 0 : left < k->units ? left : k->units;
			*last = (struct stretch){ i, i + 1, (int32_t)left };
		}
		last->end = i + 1;
		if (shift->day != shifts[k->items[last->first].shift].day)
			last->room = k->units;
		until = until > shift->ends ? until : shift->ends;
	}
}

/* Rows are a little longer than needed, so that whole lanes can be worked on. */
static void
take_better(double *restrict to, const double *restrict from, int32_t count, double worth)
{
	uint32_t whole = ((uint32_t)count + LANES - 1) & ~(uint32_t)(LANES - 1);
	for (uint32_t i = 0; i < whole; i++) {
		double value = from[i] + worth;
		to[i] = value < to[i] ? value : to[i];
	}
}

static void
fill_row(double *row, int32_t count, double value)
{
	for (int32_t i = 0; i < count; i++)
		row[i] = value;
}

static void
solve_stretch(struct match_asker *k, int32_t p, const struct stretch *stretch)
{
	double *best = &k->bests[(stretch - k->stretches) * k->row];
	fill_row(best, k->row, INFINITY);
	best[0] = 0;
	for (int32_t i = stretch->first; i < stretch->end; i++) {
		const struct item *item = &k->items[i];
		double *values = &k->values[(int64_t)i * k->row];
		int32_t count = stretch->room + 1 - item->units;
		fill_row(values, k->row, INFINITY);
		if (count <= 0)
			continue;
		values[item->units] = item->worth;
		for (int32_t j = stretch->first; j < i; j++)
			if (!clashes(k, p, &k->items[j], item))
				take_better(values + item->units,
					&k->values[(int64_t)j * k->row], count,
					item->worth);
		for (int32_t u = stretch->room + 1; u < k->row; u++)
			values[u] = INFINITY;
		take_better(best, values, stretch->room + 1, 0);
	}
}

static void
add_stretches(struct match_asker *k)
{
	fill_row(k->sums, k->row, INFINITY);
	k->sums[0] = 0;
	for (int32_t s = 0; s < k->stretch_count; s++) {
		const double *before = &k->sums[(int64_t)s * k->row];
		const double *best = &k->bests[(int64_t)s * k->row];
		double *sum = &k->sums[(int64_t)(s + 1) * k->row];
		fill_row(sum, k->row, INFINITY);
		for (int32_t u = 0; u <= k->stretches[s].room; u++)
			if (best[u] < INFINITY)
				take_better(sum + u, before, k->units + 1 - u, best[u]);
		for (int32_t u = k->units + 1; u < k->row; u++)
			sum[u] = INFINITY;
	}
}

/* --- what she chose --- */

static void
trace_stretch(struct match_asker *k, int32_t p, const struct stretch *stretch, int32_t u)
{
	double value = k->bests[(stretch - k->stretches) * k->row + u];
	const struct item *next = NULL;
	for (int32_t i = stretch->end - 1; i >= stretch->first && value < 0; i--) {
		const struct item *item = &k->items[i];
		if (k->values[(int64_t)i * k->row + u] != value ||
			(next && clashes(k, p, item, next)))
			continue;
		k->chosen[k->chosen_count++] = item->arc;
		value -= item->worth;
		u -= item->units;
		next = item;
	}
}

static void
trace(struct match_asker *k, int32_t p, int32_t u)
{
	for (int32_t s = k->stretch_count; s-- > 0;) {
		const double *before = &k->sums[(int64_t)s * k->row];
		const double *best = &k->bests[(int64_t)s * k->row];
		double sum = before[k->row + u];
		int32_t here = 0;
		while (before[u - here] + best[here] != sum)
			here++;
		trace_stretch(k, p, &k->stretches[s], here);
		u -= here;
	}
}

/* What the person adds at least; `chosen` is where she would come. */
int64_t
match_ask(struct match_asker *k, int32_t p)
{
	k->chosen_count = 0;
	list_items(k, p);
	if (!k->item_count)
		return 0;
	measure(k, p);
	split(k, p);
	for (int32_t s = 0; s < k->stretch_count; s++)
		solve_stretch(k, p, &k->stretches[s]);
	add_stretches(k);
	const double *sums = &k->sums[(int64_t)k->stretch_count * k->row];
	int64_t base = k->state->minutes[p], before = match_fairness(base), least = 0;
	int32_t at = -1;
	for (int32_t u = 0; u <= k->units; u++) {
		if (sums[u] == INFINITY)
			continue;
		int64_t value = (int64_t)sums[u] +
			match_fairness(base + (int64_t)u * k->unit) - before;
		if (value < least) {
			least = value;
			at = u;
		}
	}
	if (at >= 0)
		trace(k, p, at);
	return least;
}

const int32_t *
match_asked(const struct match_asker *k, int32_t *ret_count)
{
	*ret_count = k->chosen_count;
	return k->chosen;
}

/* --- its life --- */

static int32_t
common_length(const struct match_model *model)
{
	int32_t a = 0;
	for (int32_t i = 0; i < model->shift_count; i++) {
		int32_t b = model->shifts[i].minutes;
		while (b) {
			int32_t rest = a % b;
			a = b;
			b = rest;
		}
	}
	return a ? a : 1;
}

/* Room for the person with most shifts times units; more than UNITS_MAX are never used. */
struct match_asker *
match_asker_new(
	const struct match_state *state, const int32_t *rewards, struct vs_arena *arena)
{
	const struct match_model *model = state->model;
	struct match_asker *k = vs_arena_alloc(arena, sizeof *k);
	*k = (struct match_asker){ .model = model,
		.state = state,
		.rewards = rewards,
		.common = common_length(model) };
	size_t most = 1, cells = 1;
	for (int32_t p = 0; p < model->person_count; p++) {
		size_t arcs = (size_t)arcs_of(model, p);
		size_t units = (size_t)(model->people[p].minutes_max / k->common);
		size_t row = (units < UNITS_MAX ? units : UNITS_MAX) + 2 * LANES;
		most = arcs > most ? arcs : most;
		cells = arcs * row > cells ? arcs * row : cells;
	}
	k->items = vs_arena_alloc(arena, most * sizeof *k->items);
	k->stretches = vs_arena_alloc(arena, most * sizeof *k->stretches);
	k->chosen = vs_arena_alloc(arena, most * sizeof *k->chosen);
	k->values = vs_arena_alloc(arena, cells * sizeof *k->values);
	k->bests = vs_arena_alloc(arena, cells * sizeof *k->bests);
	k->sums =
		vs_arena_alloc(arena, (cells + UNITS_MAX + 2 * LANES) * sizeof *k->sums);
	note_clashes(k, arena);
	return k;
}
