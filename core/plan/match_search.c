/* Ruin and recreate with annealing, and in between cliques filled anew. */
#include "plan/match.h"

#include <math.h>
#include <time.h>

#define COLD	       20.0
#define PEOPLE_OUT_MAX 6
#define CLIQUE_EVERY   64

double
match_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* --- recreate --- */

/* The cheapest of some arcs of a role, below `least`, or -1. */
static int32_t
cheapest_of(
	struct match_state *state, int32_t first, int32_t end, int64_t *least, bool blink)
{
	const struct match_model *model = state->model;
	int32_t best = -1;
	for (int32_t a = first; a < end; a++) {
		const struct match_arc *arc = &model->arcs[a];
		if (arc->cost >= *least)
			continue;
		int32_t shift = model->roles[arc->role].shift;
		int64_t own = match_own(state, arc);
		if (own >= *least || !match_fits(state, arc->person, shift) ||
			(blink && random_below(&state->random, 64) == 0))
			continue;
		*least = own;
		best = a;
	}
	return best;
}

/*
 * The cheapest person for a role's next place, or -1; of those whom the market thought of,
 * if there is any. Now and then one is not looked at.
 */
static int32_t
cheapest(struct match_state *state, int32_t r, bool blink, int64_t *ret_gain)
{
	const struct match_role *role = &state->model->roles[r];
	int64_t worth = match_place(state, r), least = -worth;
	int32_t best = cheapest_of(
		state, role->arc_first, role->arc_first + role->likely, &least, blink);
	if (best < 0)
		best = cheapest_of(state, role->arc_first + role->likely,
			role[1].arc_first, &least, blink);
	*ret_gain = least + worth;
	return best;
}

/* The cheapest second person on a shift where one alone is not worth it. */
static bool
add_second(struct match_state *state, int32_t s, int64_t before)
{
	const struct match_model *model = state->model;
	int64_t gain;
	for (int32_t q = model->shifts[s].role_first; q < model->shifts[s + 1].role_first;
		q++) {
		if (state->role_taken[q] >= model->roles[q].wanted)
			continue;
		int32_t a = cheapest(state, q, false, &gain);
		if (a >= 0 && state->cost + gain < before) {
			match_add(state, model->arcs[a].person, q, model->arcs[a].cost);
			return true;
		}
	}
	return false;
}

#define FIRST_MAX 8 /* of those who might be the first of two */

static bool
add_two(struct match_state *state, int32_t r)
{
	const struct match_model *model = state->model;
	int32_t s = model->roles[r].shift, tried = 0, first = model->roles[r].arc_first;
	int32_t count = model->roles[r + 1].arc_first - first;
	if (!count || !model->shifts[s].pair || state->shift_taken[s])
		return false;
	for (int32_t i = 0, from = random_below(&state->random, count); i < count; i++) {
		const struct match_arc *arc = &model->arcs[first + (from + i) % count];
		if (!match_fits(state, arc->person, s))
			continue;
		int64_t before = state->cost;
		match_add(state, arc->person, r, arc->cost);
		if (add_second(state, s, before))
			return true;
		match_remove(state, arc->person, r);
		if (++tried == FIRST_MAX)
			return false;
	}
	return false;
}

static void
fill_role(struct match_state *state, int32_t r, bool blink)
{
	int64_t gain;
	while (state->role_taken[r] < state->model->roles[r].wanted) {
		int32_t a = cheapest(state, r, blink, &gain);
		if (a >= 0)
			match_add(state, state->model->arcs[a].person, r,
				state->model->arcs[a].cost);
		else if (!add_two(state, r))
			return;
	}
}

/* How urgent a role is: needed first, then those whom few can take. */
static int64_t
urgency(struct match_state *state, int32_t r, int32_t order)
{
	const struct match_role *role = &state->model->roles[r];
	int64_t needed = state->role_taken[r] < role->least ? 0 : (int64_t)1 << 40;
	switch (order) {
	case 0:
		return needed + random_below(&state->random, 1 << 20);
	case 1:
		return needed + role[1].arc_first - role->arc_first;
	case 2:
		return needed - state->model->shifts[role->shift].minutes * 1024 +
			random_below(&state->random, 1 << 16);
	}
	return random_below(&state->random, 1 << 20);
}

#define TOUCHED_MAX 512

struct touched {
	int64_t key;
	int32_t role;
};

static void
sort_touched(struct touched *roles, int32_t count)
{
	for (int32_t i = 1; i < count; i++) {
		struct touched role = roles[i];
		int32_t at = i;
		for (; at && roles[at - 1].key > role.key; at--)
			roles[at] = roles[at - 1];
		roles[at] = role;
	}
}

/* Fills open roles: those just emptied, and of the others as many as are bearable. */
static void
recreate(struct match_state *state)
{
	struct touched roles[TOUCHED_MAX];
	int32_t count = 0, order = random_below(&state->random, 4);
	int32_t from = state->open_count > 64 ? state->open_count - 64 : 0;
	for (int32_t i = state->open_count - 1; i >= from; i--)
		roles[count++] = (struct touched){ urgency(state, state->open[i], order),
			state->open[i] };
	sort_touched(roles, count);
	for (int32_t i = 0; i < count; i++)
		fill_role(state, roles[i].role, true);
}

/* Everything that is worth it, in order of urgency; needed places of all roles first. */
void
match_fill(struct match_state *state)
{
	const struct match_model *model = state->model;
	for (int32_t few = 1; few; few = few < 1 << 20 ? few * 2 : 0)
		for (int32_t i = 0; i < model->shift_count; i++) {
			const struct match_shift *shift = &model->shifts[model->order[i]];
			for (int32_t r = shift->role_first; r < shift[1].role_first;
				r++) {
				int32_t arcs = model->roles[r + 1].arc_first -
					model->roles[r].arc_first;
				if (arcs < few || few == 1 << 20)
					fill_role(state, r, false);
			}
		}
}

/* --- ruin --- */

static void
empty_person(struct match_state *state, int32_t person)
{
	const struct match_slot *slots =
		&state->slots[state->model->people[person].slot_first];
	for (int32_t i = state->slot_taken[person] - 1; i >= 0; i--)
		if (!slots[i].fixed)
			match_remove(state, person, slots[i].role);
}

/* Some of those who could take the role lose all that they have. */
static void
ruin_people(struct match_state *state, int32_t r)
{
	const struct match_role *role = &state->model->roles[r];
	int32_t count = role[1].arc_first - role->arc_first;
	if (!count)
		return;
	int32_t out = 1 + random_below(&state->random, PEOPLE_OUT_MAX);
	while (out--)
		empty_person(state,
			state->model
				->arcs[role->arc_first +
					random_below(&state->random, count)]
				.person);
}

static void
empty_role(struct match_state *state, int32_t r)
{
	const struct match_role *role = &state->model->roles[r];
	while (state->role_taken[r] > role->fixed)
		match_remove(state,
			state->seats[role->seat_first + state->role_taken[r] - 1], r);
}

/* Roles between which people could change: whoever can take the first has others. */
static void
ruin_roles(struct match_state *state, int32_t r)
{
	const struct match_model *model = state->model;
	int32_t out = 2 + random_below(&state->random, 8);
	empty_role(state, r);
	while (out--) {
		int32_t count = model->roles[r + 1].arc_first - model->roles[r].arc_first;
		if (!count)
			return;
		int32_t person = model->arcs[model->roles[r].arc_first +
					      random_below(&state->random, count)]
					 .person;
		int32_t first = model->people[person].arc_first;
		int32_t arcs = model->people[person + 1].arc_first - first;
		int32_t other = model->arcs[model->by_person[first +
						    random_below(&state->random, arcs)]]
					.role;
		empty_role(state, other);
		if (random_below(&state->random, 2))
			r = other;
	}
}

static int32_t
pick_role(struct match_state *state)
{
	if (state->open_count && random_below(&state->random, 2))
		return state->open[random_below(&state->random, state->open_count)];
	return random_below(&state->random, state->model->role_count);
}

static void
step(struct match_state *state, int64_t number)
{
	int32_t r = pick_role(state);
	if (number % CLIQUE_EVERY == 0) {
		match_clique(state, state->model->roles[r].shift,
			4 + random_below(&state->random, 37));
		return;
	}
	if (random_below(&state->random, 2))
		ruin_people(state, r);
	else
		ruin_roles(state, r);
	recreate(state);
}

static bool
is_over(struct match_pace *pace)
{
	double part = 0;
	if (pace->limit)
		part = (double)pace->done / (double)pace->limit;
	if (pace->seconds > 0 && pace->done % 16 == 0) {
		double clock = (match_clock() - pace->begun) / pace->seconds;
		pace->part = clock > part ? clock : part;
	} else if (pace->seconds <= 0 || part > pace->part) {
		pace->part = part;
	}
	return pace->part >= 1;
}

void
match_search(struct match_state *state, struct match_copy *best, struct match_pace *pace,
	double warm)
{
	match_fill(state);
	if (state->cost < best->cost)
		match_keep(state, best);
	if (!state->model->role_count || !state->model->arc_count)
		return;
	while (!is_over(pace)) {
		double heat = warm * pow(COLD / warm, pace->part);
		int64_t before = state->cost;
		match_begin(state);
		step(state, pace->done++);
		double allowed = -heat * log(random_unit(&state->random) + 1e-12);
		if ((double)(state->cost - before) > allowed)
			match_undo(state);
		else if (state->cost < best->cost)
			match_keep(state, best);
	}
	match_load(state, best);
	match_begin(state);
	match_fill(state);
	if (state->cost < best->cost)
		match_keep(state, best);
}
