/*
 * Matching: what must hold for every problem; tiny ones against all plans there are, small
 * ones against an exact solver (GLPK, where it is installed).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#ifdef HAVE_GLPK
#	include <glpk.h>
#endif

#include <valstuga/match.h>

#define PEOPLE_MAX 60
#define SHIFTS_MAX 60
#define POINTS	   4

struct world {
	struct vs_match_problem problem;
	struct vs_match_options options;
	struct vs_match_person people[PEOPLE_MAX];
	struct vs_match_span spans[PEOPLE_MAX][2];
	int32_t lists[PEOPLE_MAX][2];
	struct vs_match_shift shifts[SHIFTS_MAX];
	struct vs_match_role roles[SHIFTS_MAX][2];
	struct vs_match_booking fixed[PEOPLE_MAX];
	int32_t travel[POINTS * POINTS];
	struct vs_match_plan plan;
	uint64_t random;
	struct vs_arena *arena;
	struct vs_error err;
};

static int32_t
below(struct world *world, int32_t limit)
{
	world->random = world->random * 6364136223846793005u + 1442695040888963407u;
	return (int32_t)((world->random >> 33) % (uint64_t)limit);
}

/* --- worlds --- */

static void
empty(struct world *world, uint64_t seed, int32_t people, int32_t shifts)
{
	struct vs_arena *arena = world->arena;
	memset(world, 0, sizeof *world);
	world->arena = arena;
	world->random = seed * 7919 + 3;
	for (int i = 0; i < POINTS; i++)
		for (int j = 0; j < POINTS; j++)
			world->travel[i * POINTS + j] =
				i == j ? 0 : 10 + 15 * ((i + j) % 4);
	world->problem = (struct vs_match_problem){ .person_count = people,
		.people = world->people,
		.shift_count = shifts,
		.shifts = world->shifts,
		.point_count = POINTS,
		.travel = world->travel,
		.fixed = world->fixed };
	world->options = (struct vs_match_options){ .seed = seed, .bound = true };
}

static struct vs_match_person
anybody(void)
{
	return (struct vs_match_person){ .minutes_max = VS_MATCH_ANY,
		.day_minutes_max = VS_MATCH_ANY,
		.home = VS_MATCH_NONE,
		.travel_max = VS_MATCH_ANY,
		.group = VS_MATCH_NONE };
}

static void
put_shift(struct world *world, int32_t s, int32_t starts, int32_t minutes, int32_t least,
	int32_t wanted)
{
	world->roles[s][0] = (struct vs_match_role){ 0, least, wanted, wanted };
	world->shifts[s] = (struct vs_match_shift){ .starts = starts,
		.ends = starts + minutes,
		.roles = world->roles[s],
		.role_count = 1 };
}

static void
random_shift(struct world *world, int32_t s)
{
	put_shift(world, s, below(world, 3) * 1440 + 480 + 60 * below(world, 10),
		60 * (1 + below(world, 4)), 0, 0);
	struct vs_match_shift *shift = &world->shifts[s];
	shift->point = below(world, POINTS);
	shift->role_count = 1 + (below(world, 3) == 0);
	shift->pair = below(world, 3) == 0;
	for (int r = 0; r < shift->role_count; r++) {
		struct vs_match_role *role = &world->roles[s][r];
		role->needs = below(world, 3) ? 0 : 1u << below(world, 2);
		role->least = below(world, 2);
		role->wanted = role->least + below(world, 2);
		role->most = role->wanted + below(world, 2);
	}
}

static void
random_person(struct world *world, int32_t p)
{
	struct vs_match_person *person = &world->people[p];
	*person = anybody();
	person->skills = (uint64_t)below(world, 4);
	if (below(world, 2))
		person->minutes_max = 60 * below(world, 12);
	if (below(world, 3) == 0)
		person->day_minutes_max = 60 * below(world, 8);
	if (below(world, 2)) {
		person->home = below(world, POINTS);
		person->travel_max = 20 + below(world, 50);
	}
	if (below(world, 3) == 0) {
		person->free = world->spans[p];
		person->free_count = 2;
		world->spans[p][0] = (struct vs_match_span){ 400, 900 };
		world->spans[p][1] =
			(struct vs_match_span){ 1440, 1440 * (2 + below(world, 2)) };
	}
	world->lists[p][0] = below(world, world->problem.shift_count);
	world->lists[p][1] = below(world, world->problem.shift_count);
	person->wished = &world->lists[p][0];
	person->wished_count = below(world, 2);
	person->blocked = &world->lists[p][1];
	person->blocked_count = below(world, 2);
	person->group = below(world, 4) - 1;
}

static void
random_world(struct world *world, uint64_t seed, int32_t people, int32_t shifts)
{
	empty(world, seed, people, shifts);
	world->problem.tolerance = 15 * below(world, 3);
	world->problem.rest = 15 * below(world, 3);
	for (int32_t s = 0; s < shifts; s++)
		random_shift(world, s);
	for (int32_t p = 0; p < people; p++) {
		random_person(world, p);
		if (below(world, 6) == 0)
			world->fixed[world->problem.fixed_count++] =
				(struct vs_match_booking){ .person = p,
					.shift = below(world, shifts) };
	}
}

static void
solve(struct world *world)
{
	if (!vs_match_solve(&world->problem, &world->options, world->arena, &world->plan,
		    &world->err))
		fail_msg("%s", world->err.text);
	if (!vs_match_check(&world->problem, &world->plan, &world->err))
		fail_msg("seed %d: %s", (int)world->options.seed, world->err.text);
}

static bool
is_booked(const struct world *world, int32_t person, int32_t shift)
{
	for (int32_t i = 0; i < world->plan.booking_count; i++)
		if (world->plan.bookings[i].person == person &&
			world->plan.bookings[i].shift == shift)
			return true;
	return false;
}

/* --- every plan of a tiny problem --- */

/* The cost of a plan and whether it keeps the rules, by the checker: it tells the cost. */
static int64_t
cost_if_allowed(struct world *world, struct vs_match_booking *bookings, int32_t count)
{
	int32_t first[PEOPLE_MAX + 1] = { 0 };
	for (int32_t i = 0; i < count; i++)
		first[bookings[i].person + 1]++;
	for (int32_t p = 0; p < world->problem.person_count; p++)
		first[p + 1] += first[p];
	struct vs_match_plan plan = { .booking_count = count,
		.bookings = bookings,
		.person_first = first,
		.cost = -1,
		.bound = -1 };
	for (int32_t s = 0; s < world->problem.shift_count; s++) {
		int32_t people = 0;
		for (int32_t r = 0; r < world->shifts[s].role_count; r++) {
			const struct vs_match_role *role = &world->roles[s][r];
			int32_t taken = 0;
			for (int32_t i = 0; i < count; i++)
				taken += bookings[i].shift == s && bookings[i].role == r;
			people += taken;
			int32_t lacks = taken < role->least ? role->least - taken : 0;
			plan.needed_open += lacks;
			if (taken < role->wanted)
				plan.wanted_open += role->wanted - taken - lacks;
		}
		plan.alone += world->shifts[s].pair && people == 1;
	}
	struct vs_error err = { 0 };
	if (vs_match_check(&world->problem, &plan, &err))
		return -1;
	const char *costs = strstr(err.text, "it costs ");
	return costs ? strtoll(costs + 9, NULL, 10) : INT64_MAX;
}

/* Shifts in order of start, so that bookings stand in the right order. */
static void
try_all(struct world *world, int32_t p, int32_t at, const int32_t *order,
	struct vs_match_booking *bookings, int32_t count, int64_t *least)
{
	if (at == world->problem.shift_count) {
		p++;
		at = 0;
	}
	if (p == world->problem.person_count) {
		int64_t cost = cost_if_allowed(world, bookings, count);
		*least = cost < *least ? cost : *least;
		return;
	}
	int32_t s = order[at];
	for (int32_t i = 0; i < world->problem.fixed_count; i++)
		if (world->fixed[i].person == p && world->fixed[i].shift == s) {
			bookings[count] = world->fixed[i];
			bookings[count].fixed = true;
			try_all(world, p, at + 1, order, bookings, count + 1, least);
			return;
		}
	try_all(world, p, at + 1, order, bookings, count, least);
	for (int32_t r = 0; r < world->shifts[s].role_count; r++) {
		int32_t taken = 0;
		for (int32_t i = 0; i < count; i++)
			taken += bookings[i].shift == s && bookings[i].role == r;
		for (int32_t i = 0; i < world->problem.fixed_count; i++)
			taken += world->fixed[i].person > p &&
				world->fixed[i].shift == s && world->fixed[i].role == r;
		if (taken >= world->roles[s][r].wanted)
			continue;
		bookings[count] = (struct vs_match_booking){ p, s, r, false };
		try_all(world, p, at + 1, order, bookings, count + 1, least);
	}
}

static int64_t
least_cost(struct world *world)
{
	int32_t order[SHIFTS_MAX];
	struct vs_match_booking bookings[64];
	int64_t least = INT64_MAX;
	for (int32_t i = 0; i < world->problem.shift_count; i++) {
		int32_t at = i;
		for (; at &&
			world->shifts[order[at - 1]].starts > world->shifts[i].starts;
			at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	try_all(world, 0, 0, order, bookings, 0, &least);
	return least;
}

static void
tiny_plans_are_the_best_of_all(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		random_world(world, seed, 3, 3 + (int32_t)(seed % 2));
		solve(world);
		int64_t least = least_cost(world);
		if (world->plan.cost != least || world->plan.bound > least)
			fail_msg("seed %d: %lld, least %lld, bound %lld", (int)seed,
				(long long)world->plan.cost, (long long)least,
				(long long)world->plan.bound);
	}
}

/* --- what holds always --- */

static void
hard_rules_hold_and_fixed_bookings_stay(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 1; seed <= 2000; seed++) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		struct vs_arena *outer = world->arena;
		world->arena = scratch.arena;
		random_world(
			world, seed, 1 + (int32_t)(seed % 23), 1 + (int32_t)(seed % 19));
		world->options.iterations = 200;
		solve(world);
		assert_true(world->plan.bound <= world->plan.cost);
		for (int32_t i = 0; i < world->problem.fixed_count; i++)
			assert_true(is_booked(
				world, world->fixed[i].person, world->fixed[i].shift));
		world->arena = outer;
	}
}

static void
same_seed_gives_the_same_plan(void **state)
{
	struct world *world = *state;
	random_world(world, 5, 40, 50);
	world->options.iterations = 3000;
	solve(world);
	struct vs_match_plan first = world->plan;
	solve(world);
	assert_int_equal(first.cost, world->plan.cost);
	assert_int_equal(first.booking_count, world->plan.booking_count);
	assert_memory_equal(first.bookings, world->plan.bookings,
		(size_t)first.booking_count * sizeof *first.bookings);
}

static void
more_people_never_leave_more_needed_places_open(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		random_world(world, seed, 14, 10);
		world->problem.fixed_count = 0;
		int64_t before = INT64_MAX;
		for (int32_t people = 2; people <= 14; people += 3) {
			world->problem.person_count = people;
			solve(world);
			assert_true(world->plan.needed_open <= before);
			before = world->plan.needed_open;
		}
	}
}

/* Equal blocks without pairs and groups: the flow's answer is proved. */
static void
blocks_are_solved_exactly(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		random_world(world, seed, 20, 18);
		for (int32_t s = 0; s < 18; s++) {
			world->shifts[s].starts = 1440 * (s % 3) + 480 + 360 * (s % 2);
			world->shifts[s].ends = world->shifts[s].starts + 240;
			world->shifts[s].pair = false;
		}
		for (int32_t p = 0; p < 20; p++)
			world->people[p].group = VS_MATCH_NONE;
		world->options.bound = false;
		solve(world);
		assert_true(world->plan.is_best);
		assert_int_equal(world->plan.bound, world->plan.cost);
	}
}

/* --- single rules --- */

static void
hours_are_spread_evenly(void **state)
{
	struct world *world = *state;
	empty(world, 1, 4, 8);
	for (int32_t s = 0; s < 8; s++)
		put_shift(world, s, 1440 * s + 600, 180, 1, 1);
	for (int32_t p = 0; p < 4; p++)
		world->people[p] = anybody();
	solve(world);
	assert_true(world->plan.is_best);
	for (int32_t p = 0; p < 4; p++)
		assert_int_equal(
			world->plan.person_first[p + 1] - world->plan.person_first[p], 2);
}

static void
who_wished_goes_before_who_did_not(void **state)
{
	struct world *world = *state;
	static const int32_t both[] = { 0, 1 };
	empty(world, 1, 5, 2);
	put_shift(world, 0, 600, 120, 2, 2);
	put_shift(world, 1, 800, 120, 1, 1);
	for (int32_t p = 0; p < 5; p++)
		world->people[p] = anybody();
	for (int32_t p = 3; p < 5; p++) {
		world->people[p].wished = both;
		world->people[p].wished_count = 1;
	}
	solve(world);
	for (int32_t i = 0; i < world->plan.booking_count; i++)
		assert_int_equal(world->plan.bookings[i].person >= 3,
			world->plan.bookings[i].shift == 0);
	assert_int_equal(world->plan.booking_count, 3);
}

static void
nobody_is_alone_when_a_wanted_place_is_all_there_is(void **state)
{
	struct world *world = *state;
	empty(world, 1, 1, 1);
	put_shift(world, 0, 600, 120, 0, 2);
	world->shifts[0].pair = true;
	world->people[0] = anybody();
	solve(world);
	assert_int_equal(world->plan.booking_count, 0);
	assert_int_equal(world->plan.open[0].reason, VS_MATCH_PAIR);
	world->roles[0][0].least = 1;
	solve(world);
	assert_int_equal(world->plan.booking_count, 1);
	assert_int_equal(world->plan.alone, 1);
}

static void
hand_over_may_overlap_only_at_one_place(void **state)
{
	struct world *world = *state;
	empty(world, 1, 1, 2);
	put_shift(world, 0, 600, 120, 1, 1);
	put_shift(world, 1, 705, 120, 1, 1);
	world->people[0] = anybody();
	world->problem.tolerance = 15;
	solve(world);
	assert_int_equal(world->plan.booking_count, 2);
	world->problem.tolerance = 14;
	solve(world);
	assert_int_equal(world->plan.booking_count, 1);
	assert_int_equal(world->plan.open[0].calls[0].reason, VS_MATCH_BUSY);
	world->problem.tolerance = 15;
	world->shifts[1].point = 1;
	solve(world);
	assert_int_equal(world->plan.booking_count, 1);
}

static void
open_places_say_why_and_whom_to_call(void **state)
{
	struct world *world = *state;
	empty(world, 1, 3, 2);
	put_shift(world, 0, 600, 120, 1, 1);
	put_shift(world, 1, 2000, 120, 1, 1);
	world->roles[0][0].needs = 4;
	for (int32_t p = 0; p < 3; p++)
		world->people[p] = anybody();
	world->people[0].minutes_max = 60;
	world->people[1].blocked = world->lists[1];
	world->people[1].blocked_count = 1;
	world->lists[1][0] = 1;
	world->people[2].free = world->spans[2];
	world->people[2].free_count = 1;
	world->spans[2][0] = (struct vs_match_span){ 0, 2119 };
	solve(world);
	assert_int_equal(world->plan.open_count, 2);
	assert_int_equal(world->plan.open[0].reason, VS_MATCH_SKILL);
	assert_int_equal(world->plan.open[0].call_count, 0);
	const struct vs_match_open *open = &world->plan.open[1];
	assert_int_equal(open->reason, VS_MATCH_HOURS);
	assert_int_equal(open->call_count, 3);
	assert_int_equal(open->calls[0].person, 0);
	assert_int_equal(open->calls[1].reason, VS_MATCH_AWAY);
	assert_int_equal(open->calls[2].reason, VS_MATCH_BLOCKED);
}

static void
candidates_who_can_are_accepted_by_the_checker(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 1; seed <= 100; seed++) {
		random_world(world, seed, 20, 10);
		/* A plan of the fixed bookings alone. */
		for (int32_t s = 0; s < 10; s++)
			for (int r = 0; r < 2; r++)
				world->roles[s][r].least = world->roles[s][r].wanted = 0;
		solve(world);
		struct vs_match_candidates found;
		int32_t shift = (int32_t)(seed % 10);
		assert_true(vs_match_candidates(&world->problem, &world->plan, shift, 0,
			world->arena, &found, &world->err));
		/* Each of them alone may be wanted there, and then is taken. */
		world->roles[shift][0].most = 60;
		world->roles[shift][0].wanted = world->roles[shift][0].least = 50;
		solve(world);
		for (int32_t i = 0; i < found.count; i++)
			assert_int_equal(found.calls[i].reason == VS_MATCH_CAN ||
					found.calls[i].reason == VS_MATCH_TWICE,
				is_booked(world, found.calls[i].person, shift));
	}
	struct vs_match_candidates found;
	assert_false(vs_match_candidates(
		&world->problem, &world->plan, 10, 0, world->arena, &found, &world->err));
	assert_int_equal(world->err.code, VS_NOT_FOUND);
}

/* --- bad input --- */

static void
refused(struct world *world, const char *words)
{
	struct vs_error err = { 0 };
	assert_false(vs_match_solve(
		&world->problem, &world->options, world->arena, &world->plan, &err));
	assert_int_equal(err.code, VS_INVALID);
	if (!strstr(err.text, words))
		fail_msg("\"%s\" lacks \"%s\"", err.text, words);
}

static void
malformed_problems_are_named(void **state)
{
	struct world *world = *state;
	random_world(world, 3, 5, 5);
	world->problem.fixed_count = 0;
	world->shifts[2].ends = world->shifts[2].starts;
	refused(world, "shift 2");
	random_world(world, 3, 5, 5);
	world->shifts[1].point = POINTS;
	refused(world, "shift 1 is at point 4");
	random_world(world, 3, 5, 5);
	world->roles[4][0].wanted = world->roles[4][0].most + 1;
	refused(world, "shift 4, role 0");
	random_world(world, 3, 5, 5);
	world->people[3].home = -2;
	refused(world, "person 3");
	random_world(world, 3, 5, 5);
	world->people[3].blocked_count = 1;
	world->lists[3][1] = 5;
	refused(world, "person 3 names shift 5");
	random_world(world, 3, 5, 5);
	world->fixed[0] = (struct vs_match_booking){ 4, 1, 0, false };
	world->fixed[1] = world->fixed[0];
	world->problem.fixed_count = 2;
	refused(world, "person 4 is fixed twice in shift 1");
	world->fixed[1].role = 7;
	refused(world, "fixed booking 1");
	random_world(world, 3, 5, 5);
	world->travel[5] = -1;
	refused(world, "from point 1 to point 1");
	random_world(world, 3, 5, 5);
	world->problem.shift_count = -1;
	refused(world, "-1 shifts");
	random_world(world, 3, 5, 5);
	world->problem.people = NULL;
	refused(world, "5 people");
}

/* Any bytes in the numbers: solved and approved, or refused; never a crash. */
static void
odd_numbers_are_solved_or_refused(void **state)
{
	struct world *world = *state;
	const int32_t odd[] = { 0, -1, 1, 1440, 10080, INT32_MAX, INT32_MIN, 999999 };
	int solved = 0;
	for (uint64_t seed = 1; seed <= 3000; seed++) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		struct vs_arena *outer = world->arena;
		world->arena = scratch.arena;
		random_world(world, seed, 6, 6);
		int32_t value = odd[below(world, 8)], at = below(world, 6);
		int32_t *fields[] = { &world->shifts[at].starts, &world->shifts[at].ends,
			&world->shifts[at].point, &world->roles[at][0].least,
			&world->roles[at][0].most, &world->people[at].minutes_max,
			&world->people[at].day_minutes_max, &world->people[at].home,
			&world->people[at].travel_max, &world->people[at].group,
			&world->spans[at][0].starts, &world->spans[at][0].ends,
			&world->lists[at][0], &world->lists[at][1],
			&world->fixed[0].person, &world->fixed[0].shift,
			&world->fixed[0].role, &world->travel[at],
			&world->problem.tolerance, &world->problem.rest };
		*fields[below(world, sizeof fields / sizeof *fields)] = value;
		world->options.iterations = 30;
		struct vs_error err = { 0 };
		if (vs_match_solve(&world->problem, &world->options, world->arena,
			    &world->plan, &err)) {
			solved++;
			assert_true(vs_match_check(&world->problem, &world->plan, &err));
		} else {
			assert_int_equal(err.code, VS_INVALID);
		}
		world->arena = outer;
	}
	assert_in_range(solved, 500, 2900);
}

static void
checker_sees_what_is_wrong(void **state)
{
	struct world *world = *state;
	empty(world, 1, 2, 2);
	put_shift(world, 0, 600, 120, 1, 1);
	put_shift(world, 1, 660, 120, 1, 1);
	world->people[0] = world->people[1] = anybody();
	solve(world);
	struct vs_match_plan plan = world->plan;
	plan.cost++;
	assert_false(vs_match_check(&world->problem, &plan, &world->err));
	world->err = (struct vs_error){ 0 };
	struct vs_match_booking both[2] = { { 0, 0, 0, false }, { 0, 1, 0, false } };
	int32_t first[3] = { 0, 2, 2 };
	plan = world->plan;
	plan.bookings = both;
	plan.person_first = first;
	assert_false(vs_match_check(&world->problem, &plan, &world->err));
	assert_non_null(strstr(world->err.text, "has not left the shift before"));
}

#ifdef HAVE_GLPK
#	include "match_glpk.h"

static void
small_plans_cost_what_an_exact_solver_finds(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 1; seed <= 25; seed++) {
		random_world(world, seed, 9, 9);
		for (int32_t p = 0; p < 9; p++)
			world->people[p].group = VS_MATCH_NONE;
		world->problem.fixed_count = 0;
		solve(world);
		int64_t least = glpk_least(world);
		if (world->plan.cost != least || world->plan.bound > least)
			fail_msg("seed %d: %lld, least %lld, bound %lld", (int)seed,
				(long long)world->plan.cost, (long long)least,
				(long long)world->plan.bound);
	}
}
#endif

static int
setup(void **state)
{
	static struct world world;
	world.arena = vs_arena_new();
	*state = &world;
	return 0;
}

static int
teardown(void **state)
{
	vs_arena_free(((struct world *)*state)->arena);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tiny_plans_are_the_best_of_all),
		TEST(hard_rules_hold_and_fixed_bookings_stay),
		TEST(same_seed_gives_the_same_plan),
		TEST(more_people_never_leave_more_needed_places_open),
		TEST(blocks_are_solved_exactly),
		TEST(hours_are_spread_evenly),
		TEST(who_wished_goes_before_who_did_not),
		TEST(nobody_is_alone_when_a_wanted_place_is_all_there_is),
		TEST(hand_over_may_overlap_only_at_one_place),
		TEST(open_places_say_why_and_whom_to_call),
		TEST(candidates_who_can_are_accepted_by_the_checker),
		TEST(malformed_problems_are_named),
		TEST(odd_numbers_are_solved_or_refused),
		TEST(checker_sees_what_is_wrong),
#ifdef HAVE_GLPK
		TEST(small_plans_cost_what_an_exact_solver_finds),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
