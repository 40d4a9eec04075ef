/*
 * Judges a plan rule by rule. Written from the description in match.h alone; shares nothing
 * with the solver on purpose.
 */
#include <valstuga/match.h>

#include <stdlib.h>

#include "base/i18n.h"

struct check {
	const struct vs_match_problem *problem;
	const struct vs_match_plan *plan;
	struct vs_error *err;
	struct vs_arena *arena;
	int32_t *first_role; /* by shift: where its roles begin in `taken` */
	int32_t *taken;
	int32_t *added;	 /* of those, not fixed */
	int32_t *people; /* by shift */
	int64_t cost;
};

static int64_t
way(const struct check *check, int32_t from, int32_t to)
{
	const struct vs_match_problem *problem = check->problem;
	return problem->travel
		? problem->travel[(int64_t)from * problem->point_count + to]
		: 0;
}

static bool
broken(struct check *check, const struct vs_match_booking *booking, const char *rule)
{
	return vs_fail(check->err, VS_REFUSED, _("person %d in shift %d, role %d: %s"),
		booking->person, booking->shift, booking->role, rule);
}

static bool
contains(const int32_t *list, int32_t count, int32_t number)
{
	while (count-- > 0)
		if (list[count] == number)
			return true;
	return false;
}

/* --- one booking --- */

static bool
check_form(struct check *check, int32_t p, const struct vs_match_booking *booking)
{
	const struct vs_match_problem *problem = check->problem;
	if (booking->person != p || booking->shift < 0 ||
		booking->shift >= problem->shift_count || booking->role < 0 ||
		booking->role >= problem->shifts[booking->shift].role_count)
		return broken(
			check, booking, _("does not exist or stands in the wrong place"));
	int32_t at = check->first_role[booking->shift] + booking->role;
	check->taken[at]++;
	check->added[at] += !booking->fixed;
	check->people[booking->shift]++;
	return true;
}

static bool
check_alone(struct check *check, const struct vs_match_booking *booking)
{
	const struct vs_match_person *person = &check->problem->people[booking->person];
	const struct vs_match_shift *shift = &check->problem->shifts[booking->shift];
	if (shift->roles[booking->role].needs & ~person->skills)
		return broken(check, booking, _("lacks a skill"));
	if (contains(person->blocked, person->blocked_count, booking->shift))
		return broken(check, booking, _("has refused the shift"));
	if (person->home >= 0) {
		int64_t minutes = way(check, person->home, shift->point);
		if (minutes == VS_MATCH_ANY || minutes > person->travel_max)
			return broken(check, booking, _("lives too far away"));
	}
	bool inside = person->free_count == 0;
	for (int32_t i = 0; i < person->free_count; i++)
		inside |= shift->starts >= person->free[i].starts &&
			shift->ends <= person->free[i].ends;
	return inside || broken(check, booking, _("is not free then"));
}

/* `a` begins first. */
static bool
check_two(struct check *check, const struct vs_match_booking *a,
	const struct vs_match_booking *b)
{
	const struct vs_match_shift *one = &check->problem->shifts[a->shift];
	const struct vs_match_shift *two = &check->problem->shifts[b->shift];
	if (a->shift == b->shift)
		return broken(check, b, _("is booked twice in it"));
	int64_t gap = (int64_t)two->starts - one->ends;
	int64_t least = one->point == two->point
		? -check->problem->tolerance
		: check->problem->rest + way(check, one->point, two->point);
	if (two->starts == one->starts || gap < least)
		return broken(check, b, _("has not left the shift before"));
	return true;
}

/* --- one person --- */

static int64_t
length(const struct check *check, const struct vs_match_booking *booking)
{
	const struct vs_match_shift *shift = &check->problem->shifts[booking->shift];
	return shift->ends - shift->starts;
}

static bool
check_hours(struct check *check, const struct vs_match_booking *own, int32_t count,
	const struct vs_match_booking *booking)
{
	const struct vs_match_person *person = &check->problem->people[booking->person];
	int32_t day = check->problem->shifts[booking->shift].starts / 1440;
	int64_t total = 0, today = 0;
	for (int32_t i = 0; i < count; i++) {
		total += length(check, &own[i]);
		if (check->problem->shifts[own[i].shift].starts / 1440 == day)
			today += length(check, &own[i]);
	}
	if (total > person->minutes_max)
		return broken(check, booking, _("has more hours than allowed"));
	if (today > person->day_minutes_max)
		return broken(check, booking, _("has more hours that day than allowed"));
	return true;
}

static int64_t
own_price(const struct check *check, const struct vs_match_booking *booking)
{
	const struct vs_match_person *person = &check->problem->people[booking->person];
	int64_t price = 0;
	if (!contains(person->wished, person->wished_count, booking->shift))
		price += VS_MATCH_WISH_PRICE;
	if (person->home >= 0) {
		int64_t minutes = way(check, person->home,
			check->problem->shifts[booking->shift].point);
		price += (minutes < 120 ? minutes : 120) * VS_MATCH_TRAVEL_PRICE;
	}
	return price;
}

static bool
check_person(struct check *check, int32_t p)
{
	const int32_t *first = check->plan->person_first;
	const struct vs_match_booking *own = &check->plan->bookings[first[p]];
	int32_t count = first[p + 1] - first[p];
	int64_t minutes = 0;
	for (int32_t i = 0; i < count; i++) {
		if (!check_form(check, p, &own[i]))
			return false;
		minutes += length(check, &own[i]);
		check->cost += own_price(check, &own[i]);
		if (!own[i].fixed &&
			(!check_alone(check, &own[i]) ||
				!check_hours(check, own, count, &own[i])))
			return false;
		for (int32_t j = 0; j < i; j++) {
			bool ordered = check->problem->shifts[own[j].shift].starts <=
				check->problem->shifts[own[i].shift].starts;
			if (!ordered)
				return broken(check, &own[i], _("stands out of order"));
			if (!(own[i].fixed && own[j].fixed) &&
				!check_two(check, &own[j], &own[i]))
				return false;
		}
	}
	int64_t bent = minutes < 2400 ? minutes : 2400;
	check->cost += (bent * bent + 4800 * (minutes - bent)) / 225;
	return true;
}

/* --- the whole --- */

static bool
check_shape(struct check *check)
{
	const struct vs_match_plan *plan = check->plan;
	const int32_t *first = plan->person_first;
	bool right = first[0] == 0 &&
		first[check->problem->person_count] == plan->booking_count;
	for (int32_t p = 0; p < check->problem->person_count; p++)
		right = right && first[p] <= first[p + 1] &&
			first[p + 1] <= plan->booking_count;
	return right ||
		vs_fail(check->err, VS_REFUSED,
			_("the plan's bookings are not in order of people"));
}

/* Every fixed booking stands in the plan, and nothing else calls itself fixed. */
static bool
check_fixed(struct check *check)
{
	const struct vs_match_problem *problem = check->problem;
	const struct vs_match_plan *plan = check->plan;
	int32_t called = 0;
	for (int32_t i = 0; i < plan->booking_count; i++)
		called += plan->bookings[i].fixed;
	for (int32_t i = 0; i < problem->fixed_count; i++) {
		const struct vs_match_booking *fixed = &problem->fixed[i];
		bool there = false;
		for (int32_t b = plan->person_first[fixed->person];
			b < plan->person_first[fixed->person + 1]; b++)
			there |= plan->bookings[b].fixed &&
				plan->bookings[b].shift == fixed->shift &&
				plan->bookings[b].role == fixed->role;
		if (!there)
			return broken(check, fixed, _("a fixed booking is missing"));
	}
	return called == problem->fixed_count ||
		vs_fail(check->err, VS_REFUSED, _("the plan fixes bookings by itself"));
}

/* Of those on the shift who belong to a group, who has nobody of it there. */
static void
price_groups(struct check *check)
{
	const struct vs_match_plan *plan = check->plan;
	size_t shifts = (size_t)check->problem->shift_count;
	int32_t *next = vs_arena_alloc(check->arena, (shifts + 1) * sizeof *next);
	int32_t *groups = vs_arena_alloc(
		check->arena, ((size_t)plan->booking_count + 1) * sizeof *groups);
	for (size_t s = 0; s < shifts; s++)
		next[s + 1] = next[s] + check->people[s];
	for (int32_t i = 0; i < plan->booking_count; i++)
		groups[next[plan->bookings[i].shift]++] =
			check->problem->people[plan->bookings[i].person].group;
	for (size_t s = 0; s < shifts; s++)
		for (int32_t i = next[s] - check->people[s]; i < next[s]; i++) {
			int32_t same = 0;
			for (int32_t j = next[s] - check->people[s]; j < next[s]; j++)
				same += groups[j] == groups[i];
			if (groups[i] >= 0 && same == 1)
				check->cost += VS_MATCH_GROUP_PRICE;
		}
}

static bool
check_places(struct check *check)
{
	const struct vs_match_plan *plan = check->plan;
	int64_t needed = 0, wanted = 0, alone = 0;
	for (int32_t s = 0; s < check->problem->shift_count; s++) {
		const struct vs_match_shift *shift = &check->problem->shifts[s];
		for (int32_t r = 0; r < shift->role_count; r++) {
			const struct vs_match_role *role = &shift->roles[r];
			int32_t at = check->first_role[s] + r, taken = check->taken[at];
			if (taken > role->most && check->added[at])
				return vs_fail(check->err, VS_REFUSED,
					_("shift %d, role %d has %d people; at most %d"),
					s, r, taken, role->most);
			int32_t lacks = taken < role->least ? role->least - taken : 0;
			needed += lacks;
			wanted += taken < role->wanted ? role->wanted - taken - lacks : 0;
		}
		alone += shift->pair && check->people[s] == 1;
	}
	price_groups(check);
	check->cost += needed * VS_MATCH_NEEDED_PRICE + wanted * VS_MATCH_WANTED_PRICE +
		alone * VS_MATCH_PAIR_PRICE;
	if (needed == plan->needed_open && wanted == plan->wanted_open &&
		alone == plan->alone && check->cost == plan->cost &&
		plan->bound <= plan->cost)
		return true;
	return vs_fail(check->err, VS_REFUSED,
		_("the plan's sums are wrong: it costs %lld and says %lld"),
		(long long)check->cost, (long long)plan->cost);
}

bool
vs_match_check(const struct vs_match_problem *problem, const struct vs_match_plan *plan,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t shifts = (size_t)problem->shift_count;
	struct check check = {
		.problem = problem, .plan = plan, .err = err, .arena = scratch.arena
	};
	check.first_role =
		vs_arena_alloc(scratch.arena, (shifts + 1) * sizeof *check.first_role);
	check.people = vs_arena_alloc(scratch.arena, (shifts + 1) * sizeof *check.people);
	for (size_t s = 0; s < shifts; s++)
		check.first_role[s + 1] =
			check.first_role[s] + problem->shifts[s].role_count;
	size_t roles = (size_t)check.first_role[shifts];
	check.taken = vs_arena_alloc(scratch.arena, (roles + 1) * sizeof *check.taken);
	check.added = vs_arena_alloc(scratch.arena, (roles + 1) * sizeof *check.added);
	if (!check_shape(&check) || !check_fixed(&check))
		return false;
	for (int32_t p = 0; p < problem->person_count; p++)
		if (!check_person(&check, p))
			return false;
	return check_places(&check);
}
