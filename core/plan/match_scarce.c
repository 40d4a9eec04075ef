/*
 * What places call for at given rewards: each role as many people as are worth their reward.
 * Where a few people are all that several clashing roles have, these are asked together, as
 * the people can be shared out only once: two roles for two each and three people leave one
 * of them alone, which prices for one role at a time cannot tell.
 */
#include "plan/match.h"

#include <string.h>

#define PEOPLE_FEW 12 /* of all roles in a group */
#define ROLES_FEW  4

struct group {
	int32_t roles[ROLES_FEW];
	int32_t role_count;
	int32_t people;
	int32_t places;
};

struct match_scarce {
	const struct match_state *state; /* bookings that stay */
	const int32_t *rewards;
	struct group *groups;
	int32_t group_count;
	int32_t *group_of; /* by role; -1 = alone */
	int32_t *marks;	   /* by person */
	int32_t mark;
};

/* Is the pair rule the role's own affair? */
bool
match_own_pair(const struct match_model *model, int32_t r)
{
	const struct match_shift *shift = &model->shifts[model->roles[r].shift];
	return shift->pair && shift[1].role_first - shift->role_first == 1;
}

static int32_t
arcs_of(const struct match_model *model, int32_t r)
{
	return model->roles[r + 1].arc_first - model->roles[r].arc_first;
}

/* How many may still be added; never more than there can be. */
static int32_t
room_of(const struct match_scarce *k, int32_t r)
{
	const struct match_model *model = k->state->model;
	int32_t left = model->roles[r].wanted - k->state->role_taken[r];
	return left < 0 ? 0 : left < arcs_of(model, r) ? left : arcs_of(model, r);
}

/* What the role costs with so many added, rewards included. */
static int64_t
cost_of(const struct match_scarce *k, int32_t r, int32_t added)
{
	const struct match_model *model = k->state->model;
	int32_t taken = k->state->role_taken[r] + added;
	return match_role_price(&model->roles[r], taken) +
		(taken == 1 && match_own_pair(model, r) ? VS_MATCH_PAIR_PRICE : 0) +
		(int64_t)k->rewards[r] * added;
}

/* --- roles that share few people --- */

/* How many people the role adds to those marked; they are marked if `keep`. */
static int32_t
new_people(struct match_scarce *k, int32_t r, bool keep)
{
	const struct match_model *model = k->state->model;
	int32_t count = 0;
	for (int32_t a = model->roles[r].arc_first; a < model->roles[r + 1].arc_first;
		a++) {
		int32_t *mark = &k->marks[model->arcs[a].person];
		count += *mark != k->mark;
		if (keep)
			*mark = k->mark;
	}
	return count;
}

static bool
clashes_with_all(const struct match_scarce *k, const struct group *group, int32_t r)
{
	const struct match_model *model = k->state->model;
	const struct match_shift *shift = &model->shifts[model->roles[r].shift];
	for (int32_t i = 0; i < group->role_count; i++) {
		int32_t q = group->roles[i];
		if (q == r ||
			!match_clash(model, shift, &model->shifts[model->roles[q].shift]))
			return false;
	}
	return true;
}

static void
join(struct match_scarce *k, struct group *group, int32_t r)
{
	group->people += new_people(k, r, true);
	group->places += room_of(k, r);
	group->roles[group->role_count++] = r;
}

/* The role among those of the group's people that makes them scarcest, or -1. */
static int32_t
scarcest(struct match_scarce *k, const struct group *group)
{
	const struct match_model *model = k->state->model;
	int32_t best = -1, least = 0, first = group->roles[0];
	for (int32_t a = model->roles[first].arc_first;
		a < model->roles[first + 1].arc_first; a++) {
		const struct match_person *person = &model->people[model->arcs[a].person];
		for (int32_t i = person[0].arc_first; i < person[1].arc_first; i++) {
			int32_t r = model->arcs[model->by_person[i]].role;
			if (k->group_of[r] >= 0 || arcs_of(model, r) > PEOPLE_FEW)
				continue;
			int32_t added = new_people(k, r, false);
			if (added - room_of(k, r) >= least ||
				group->people + added > PEOPLE_FEW ||
				!clashes_with_all(k, group, r))
				continue;
			least = added - room_of(k, r);
			best = r;
		}
	}
	return best;
}

static void
gather(struct match_scarce *k, int32_t r)
{
	struct group *group = &k->groups[k->group_count];
	*group = (struct group){ 0 };
	k->mark++;
	join(k, group, r);
	for (int32_t q; group->role_count < ROLES_FEW && (q = scarcest(k, group)) >= 0;)
		join(k, group, q);
	if (group->role_count < 2 || group->people >= group->places)
		return;
	for (int32_t i = 0; i < group->role_count; i++)
		k->group_of[group->roles[i]] = k->group_count;
	k->group_count++;
}

/* Those with the fewest people first. */
struct match_scarce *
match_scarce_new(
	const struct match_state *state, const int32_t *rewards, struct vs_arena *arena)
{
	const struct match_model *model = state->model;
	size_t roles = (size_t)model->role_count + 1;
	struct match_scarce *k = vs_arena_alloc(arena, sizeof *k);
	k->state = state;
	k->rewards = rewards;
	k->groups = vs_arena_alloc(arena, roles * sizeof *k->groups);
	k->group_of = vs_arena_alloc(arena, roles * sizeof *k->group_of);
	k->marks = vs_arena_alloc(
		arena, ((size_t)model->person_count + 1) * sizeof *k->marks);
	memset(k->group_of, 0xff, roles * sizeof *k->group_of);
	for (int32_t people = 1; people <= PEOPLE_FEW; people++)
		for (int32_t r = 0; r < model->role_count; r++)
			if (arcs_of(model, r) == people && k->group_of[r] < 0 &&
				room_of(k, r))
				gather(k, r);
	return k;
}

/* Each role on its own from now on. */
void
match_scarce_forget(struct match_scarce *k)
{
	memset(k->group_of, 0xff,
		(size_t)k->state->model->role_count * sizeof *k->group_of);
}

bool
match_scarce_grouped(const struct match_scarce *k, int32_t r)
{
	return k->group_of[r] >= 0;
}

/* --- asking --- */

static int64_t
ask_alone(const struct match_scarce *k, int32_t r, int32_t *ret_wants)
{
	int64_t least = INT64_MAX;
	for (int32_t added = 0; added <= room_of(k, r); added++) {
		int64_t cost = cost_of(k, r, added);
		if (cost < least) {
			least = cost;
			*ret_wants = added;
		}
	}
	return least;
}

/* The best way to share the group's people out, role by role. */
static int64_t
ask_group(const struct match_scarce *k, const struct group *group, int32_t *ret_wants)
{
	int64_t sums[ROLES_FEW + 1][PEOPLE_FEW + 1] = { { 0 } };
	int32_t picks[ROLES_FEW][PEOPLE_FEW + 1];
	for (int32_t i = 0; i < group->role_count; i++)
		for (int32_t people = 0; people <= group->people; people++) {
			int32_t r = group->roles[i];
			sums[i + 1][people] = INT64_MAX;
			for (int32_t added = 0; added <= people && added <= room_of(k, r);
				added++) {
				int64_t sum =
					sums[i][people - added] + cost_of(k, r, added);
				if (sum >= sums[i + 1][people])
					continue;
				sums[i + 1][people] = sum;
				picks[i][people] = added;
			}
		}
	int32_t left = group->people;
	for (int32_t i = group->role_count; i-- > 0;) {
		ret_wants[group->roles[i]] = picks[i][left];
		left -= picks[i][left];
	}
	return sums[group->role_count][group->people];
}

/*
 * What the role costs at least, and how many it calls for. A group answers with all its
 * roles when the first is asked.
 */
int64_t
match_scarce_ask(const struct match_scarce *k, int32_t r, int32_t *wants)
{
	if (k->group_of[r] < 0)
		return ask_alone(k, r, &wants[r]);
	const struct group *group = &k->groups[k->group_of[r]];
	return group->roles[0] == r ? ask_group(k, group, wants) : 0;
}
