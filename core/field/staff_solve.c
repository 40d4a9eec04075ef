/*
 * From the problem to a plan that keeps all rules.
 *
 * Hours count by week, but the problem has one limit for each person: that of all weeks
 * together. When its answer keeps the weeks, too, it is the best there is. Otherwise week
 * after week is filled by itself, and the first answer's bound says how much that costs.
 */
#include "field/staff.h"

#include <stdlib.h>
#include <string.h>

#define WEEK_EFFORT  1000 /* iterations of a week, */
#define PLACE_EFFORT 10	  /* and of each place of it */

#define ROUNDS 20 /* of a plan that passes hours of a day in which the clocks change */

static int32_t
length_of(const struct staff *staff, int32_t shift)
{
	return staff->problem.shifts[shift].ends - staff->problem.shifts[shift].starts;
}

/* Hours by week ------------------------------------------------------------------------------*/

/* Minutes by person and week; the last column is all that lies in no week. */
struct weeks {
	int32_t *minutes;
	size_t columns;
};

static struct weeks
weeks_new(const struct staff *staff, struct vs_arena *arena)
{
	struct weeks weeks = { .columns = (size_t)staff->weeks + 1 };
	weeks.minutes = vs_arena_alloc(arena,
		((size_t)staff->problem.person_count + 1) * weeks.columns *
			sizeof *weeks.minutes);
	return weeks;
}

static int32_t *
week_at(const struct weeks *weeks, int32_t person, int32_t week)
{
	bool none = week < 0 || (size_t)week >= weeks->columns;
	return &weeks->minutes[(size_t)person * weeks->columns +
		(none ? weeks->columns - 1 : (size_t)week)];
}

static struct weeks
count_weeks(const struct staff *staff, struct vs_arena *arena,
	const struct vs_match_booking *bookings, int32_t count)
{
	struct weeks weeks = weeks_new(staff, arena);
	for (int32_t i = 0; i < count; i++)
		*week_at(&weeks, bookings[i].person, staff->week[bookings[i].shift]) +=
			length_of(staff, bookings[i].shift);
	return weeks;
}

/* What a person may have in a week: the limit, or what is booked above it. */
static int32_t
most_in(int32_t limit, int32_t booked)
{
	return booked > limit ? booked : limit;
}

static void
limit_all_weeks(struct staff *staff, const struct weeks *booked)
{
	for (int32_t p = 0; p < staff->problem.person_count; p++) {
		int32_t limit = staff->people[p].limit;
		int64_t sum = *week_at(booked, p, -1);
		if (limit == VS_MATCH_ANY)
			continue;
		for (int32_t w = 0; w < staff->weeks; w++)
			sum += most_in(limit, *week_at(booked, p, w));
		staff->problem_people[p].minutes_max =
			sum < VS_MATCH_ANY ? (int32_t)sum : VS_MATCH_ANY;
	}
}

void
staff_limit_week(struct staff *staff, const struct vs_match_booking *bookings,
	int32_t count, int32_t week)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct weeks weeks = count_weeks(staff, scratch.arena, bookings, count);
	for (int32_t p = 0; p < staff->problem.person_count; p++) {
		int32_t limit = staff->people[p].limit;
		int64_t sum = *week_at(&weeks, p, -1);
		if (limit == VS_MATCH_ANY)
			continue;
		for (int32_t w = 0; w < staff->weeks; w++) {
			int32_t booked = *week_at(&weeks, p, w);
			sum += w == week ? most_in(limit, booked) : booked;
		}
		staff->problem_people[p].minutes_max =
			sum < VS_MATCH_ANY ? (int32_t)sum : VS_MATCH_ANY;
	}
}

static bool
keeps_weeks(const struct staff *staff, const struct weeks *booked,
	const struct vs_match_plan *plan)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct weeks planned =
		count_weeks(staff, scratch.arena, plan->bookings, plan->booking_count);
	for (int32_t p = 0; p < staff->problem.person_count; p++)
		for (int32_t w = 0; w < staff->weeks; w++)
			if (*week_at(&planned, p, w) >
				most_in(staff->people[p].limit, *week_at(booked, p, w)))
				return false;
	return true;
}

/* Week after week ----------------------------------------------------------------------------*/

static const struct vs_match_role **
keep_roles(const struct staff *staff, struct vs_arena *arena)
{
	size_t room = (size_t)staff->problem.shift_count + 1;
	const struct vs_match_role **roles = vs_arena_alloc(arena, room * sizeof *roles);
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		roles[i] = staff->problem.shifts[i].roles;
	return roles;
}

static const struct vs_match_role *
closed(struct vs_arena *arena, const struct vs_match_shift *shift)
{
	size_t count = (size_t)shift->role_count;
	struct vs_match_role *roles = vs_arena_alloc(arena, (count + 1) * sizeof *roles);
	for (size_t r = 0; r < count; r++) {
		roles[r] = shift->roles[r];
		roles[r].least = roles[r].wanted = 0;
	}
	return roles;
}

/* Only this week is to be filled; -1: all of it. */
static void
open_week(struct staff *staff, struct vs_arena *arena, const struct vs_match_role **roles,
	int32_t week)
{
	for (int32_t i = 0; i < staff->problem.shift_count; i++) {
		struct vs_match_shift *shift = &staff->problem_shifts[i];
		shift->roles = roles[i];
		if (week >= 0 && staff->week[i] != week)
			shift->roles = closed(arena, shift);
	}
}

static int32_t
places_in(const struct staff *staff, int32_t week)
{
	int32_t places = 0;
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		for (size_t r = 0; staff->open[i] && staff->week[i] == week &&
			r < staff->shifts[i]->role_count;
			r++)
			places += staff->shifts[i]->roles[r].wanted;
	return places;
}

static void
fix_new(struct staff *staff, const struct vs_match_plan *plan)
{
	for (int32_t i = 0; i < plan->booking_count; i++)
		if (!plan->bookings[i].fixed) {
			staff->fixed[staff->problem.fixed_count] = plan->bookings[i];
			staff->fixed[staff->problem.fixed_count++].fixed = true;
		}
}

/* What all weeks together cost: nobody has a minute left for anything more. */
static bool
judge_whole(struct staff *staff, struct vs_match_plan *ret_plan, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const struct vs_match_options once = { .iterations = 1 };
	struct weeks weeks = count_weeks(
		staff, scratch.arena, staff->fixed, staff->problem.fixed_count);
	for (int32_t p = 0; p < staff->problem.person_count; p++) {
		int32_t sum = 0;
		for (int32_t w = -1; w < staff->weeks; w++)
			sum += *week_at(&weeks, p, w);
		staff->problem_people[p].minutes_max = sum;
	}
	return vs_match_solve(&staff->problem, &once, staff->arena, ret_plan, err);
}

static bool
solve_weeks(struct staff *staff, const struct vs_match_options *options,
	struct vs_match_plan *ret_plan, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const struct vs_match_role **roles = keep_roles(staff, scratch.arena);
	struct vs_match_options weekly = *options;
	weekly.bound = false;
	weekly.seconds = options->seconds / (staff->weeks + 1);
	for (int32_t week = 0; week < staff->weeks; week++) {
		struct vs_match_plan plan;
		int32_t places = places_in(staff, week);
		if (!places)
			continue;
		if (weekly.seconds <= 0)
			weekly.iterations = WEEK_EFFORT + PLACE_EFFORT * (int64_t)places;
		open_week(staff, scratch.arena, roles, week);
		staff_limit_week(staff, staff->fixed, staff->problem.fixed_count, week);
		if (!vs_match_solve(&staff->problem, &weekly, scratch.arena, &plan, err))
			return false;
		fix_new(staff, &plan);
	}
	open_week(staff, scratch.arena, roles, -1);
	return judge_whole(staff, ret_plan, err);
}

/* Days in which the clocks change ------------------------------------------------------------*/

static int64_t
day_of(const struct staff *staff, int32_t shift)
{
	return vs_date_to_days(vs_local_from_utc(staff->shifts[shift]->starts_at).date);
}

/* Days of the plan have 1440 minutes. A new booking that passes a real day; -1: none. */
static int32_t
find_long_day(const struct staff *staff, const struct vs_match_plan *plan)
{
	for (int32_t i = 0; i < plan->booking_count; i++) {
		const struct vs_match_booking *b = &plan->bookings[i];
		int32_t most = staff->problem.people[b->person].day_minutes_max, sum = 0;
		if (b->fixed || most == VS_MATCH_ANY)
			continue;
		for (int32_t k = plan->person_first[b->person];
			k < plan->person_first[b->person + 1]; k++)
			if (day_of(staff, plan->bookings[k].shift) ==
				day_of(staff, b->shift))
				sum += length_of(staff, plan->bookings[k].shift);
		if (sum > most)
			return i;
	}
	return -1;
}

static void
block(struct staff *staff, const struct vs_match_booking *booking)
{
	struct vs_match_person *person = &staff->problem_people[booking->person];
	size_t count = (size_t)person->blocked_count;
	int32_t *blocked = vs_arena_alloc(staff->arena, (count + 1) * sizeof *blocked);
	if (count)
		memcpy(blocked, person->blocked, count * sizeof *blocked);
	blocked[count] = booking->shift;
	person->blocked = blocked;
	person->blocked_count++;
}

static bool
solve_days(struct staff *staff, const struct vs_match_options *options,
	struct vs_match_plan *ret_plan, struct vs_error *err)
{
	for (int round = 0; round < ROUNDS; round++) {
		if (!vs_match_solve(
			    &staff->problem, options, staff->arena, ret_plan, err))
			return false;
		int32_t wrong = find_long_day(staff, ret_plan);
		if (wrong < 0)
			return true;
		block(staff, &ret_plan->bookings[wrong]);
	}
	return true; /* booking has the last word */
}

/* All together -------------------------------------------------------------------------------*/

static int
compare_bookings(const void *a, const void *b)
{
	const struct vs_match_booking *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);
}

static void
mark_new(struct staff *staff, const struct vs_match_booking *old, size_t old_count,
	struct staff_plan *plan)
{
	size_t count = (size_t)plan->plan.booking_count;
	plan->is_new = vs_arena_alloc(staff->arena, (count + 1) * sizeof *plan->is_new);
	for (size_t i = 0; i < count; i++)
		plan->is_new[i] = !old_count ||
			!bsearch(&plan->plan.bookings[i], old, old_count, sizeof *old,
				compare_bookings);
}

static bool
solve(struct staff *staff, const struct vs_match_options *options,
	const struct weeks *booked, struct staff_plan *plan, struct vs_error *err)
{
	limit_all_weeks(staff, booked);
	if (!solve_days(staff, options, &plan->plan, err))
		return false;
	plan->bound = plan->plan.bound;
	plan->best = plan->plan.is_best;
	if (keeps_weeks(staff, booked, &plan->plan))
		return true;
	if (!solve_weeks(staff, options, &plan->plan, err))
		return false;
	plan->best = plan->plan.cost == plan->bound;
	return true;
}

bool
staff_solve(struct staff *staff, const struct vs_match_options *options,
	struct staff_plan *ret_plan, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct staff_plan plan = { 0 };
	size_t count = (size_t)staff->problem.fixed_count;
	struct vs_match_booking *old =
		vs_arena_alloc(scratch.arena, (count + 1) * sizeof *old);
	if (count) {
		memcpy(old, staff->fixed, count * sizeof *old);
		qsort(old, count, sizeof *old, compare_bookings);
	}
	struct weeks booked = count_weeks(staff, scratch.arena, old, (int32_t)count);
	if (!solve(staff, options, &booked, &plan, err))
		return false;
	mark_new(staff, old, count, &plan);
	*ret_plan = plan;
	return true;
}

void
staff_stand(struct staff *staff, struct staff_plan *ret_plan)
{
	struct staff_plan plan = { 0 };
	size_t people = (size_t)staff->problem.person_count;
	int32_t *first = vs_arena_alloc(staff->arena, (people + 1) * sizeof *first);
	plan.plan.booking_count = staff->problem.fixed_count;
	if (staff->problem.fixed_count)
		qsort(staff->fixed, (size_t)staff->problem.fixed_count,
			sizeof *staff->fixed, compare_bookings);
	for (int32_t i = 0; i < staff->problem.fixed_count; i++)
		first[staff->fixed[i].person + 1]++;
	for (size_t p = 0; p < people; p++)
		first[p + 1] += first[p];
	plan.plan.bookings = staff->fixed;
	plan.plan.person_first = first;
	plan.is_new = vs_arena_alloc(staff->arena,
		((size_t)plan.plan.booking_count + 1) * sizeof *plan.is_new);
	*ret_plan = plan;
}
