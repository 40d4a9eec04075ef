/*
 * Allotment: what must hold for every problem; small ones against all ways to share, larger
 * ones against giving bundle after bundle.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/allot.h>

#include "plan/allot.h"

#define DESTINATIONS_MAX 400

/* A problem with its destinations, and the answer. */
struct world {
	struct vs_allot_problem problem;
	struct vs_allot_destination to[DESTINATIONS_MAX];
	struct vs_allot_result result;
	uint64_t random;
	struct vs_arena *arena;
	struct vs_error err;
};

static int64_t
below(struct world *world, int64_t limit)
{
	world->random = world->random * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((world->random >> 33) % (uint64_t)limit);
}

static double
part(struct world *world)
{
	return (double)below(world, 1 << 30) / (1 << 30);
}

/* --- worlds --- */

static struct vs_allot_destination
plain(double mean, double spread)
{
	return (struct vs_allot_destination){ .mean = mean,
		.spread = spread,
		.cap = VS_ALLOT_NO_CAP,
		.fixed = VS_ALLOT_NOT_FIXED };
}

static struct vs_allot_destination
any_destination(struct world *world, int64_t size)
{
	double mean = below(world, 8) ? (double)size * part(world) * part(world) : 0;
	double spread = below(world, 4) ? 1.5 * part(world) : 0;
	struct vs_allot_destination to = plain(mean, spread);
	to.have = below(world, 2) ? below(world, size) : 0;
	to.least = below(world, 2) ? below(world, 4) * size / 4 : 0;
	if (!below(world, 3))
		to.cap = below(world, 2 * size);
	if (!below(world, 8))
		to.fixed = below(world, size / 2);
	return to;
}

static void
empty(struct world *world, uint64_t seed, int32_t count, int64_t bundle)
{
	struct vs_arena *arena = world->arena;
	*world = (struct world){ .arena = arena, .random = seed * 77777 + 1 };
	world->problem = (struct vs_allot_problem){ .count = count,
		.destinations = world->to,
		.bundle = bundle,
		.service = 0.5 + 0.4999 * part(world) };
}

/* Pieces: from less than what is fixed by hand up to more than anybody wants. */
static void
any_world(struct world *world, uint64_t seed)
{
	int32_t count = (int32_t)(seed % 13);
	empty(world, seed, count, 1);
	int64_t size = 4 + below(world, 400), fixed = 0, wanted = 0;
	world->problem.bundle = below(world, 4) ? 1 + below(world, size) : 1;
	for (int32_t i = 0; i < count; i++) {
		world->to[i] = i && !below(world, 6) ? world->to[i - 1]
						     : any_destination(world, size);
		if (world->to[i].fixed > 0)
			fixed += world->to[i].fixed;
		wanted += vs_demand_pieces(world->to[i].mean, world->to[i].spread, 0.95);
	}
	world->problem.available = fixed + below(world, wanted + wanted / 4 + size);
}

static const struct vs_allot_share *
solve(struct world *world)
{
	if (!vs_allot(&world->problem, world->arena, &world->result, &world->err))
		fail_msg("%s", world->err.text);
	return world->result.shares;
}

/* --- what holds for every answer --- */

struct level {
	double part;
	double log_chance;
};

static struct level
level_of(const struct vs_allot_destination *to, int64_t pieces)
{
	struct demand demand = demand_of(to->mean, to->spread);
	int64_t stack = to->have + pieces;
	return (struct level){ stack < to->least ? (double)stack / (double)to->least : 1,
		demand_log_chance(&demand, stack) };
}

static int
compare_levels(const void *one, const void *other)
{
	const struct level *a = one, *b = other;
	if (a->part != b->part)
		return a->part < b->part ? -1 : 1;
	return (a->log_chance > b->log_chance) - (a->log_chance < b->log_chance);
}

static int64_t
least_of(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* What plenty gives, by walking up from nothing. */
static int64_t
plenty(const struct vs_allot_problem *problem, const struct vs_allot_destination *to)
{
	int64_t pieces = 0;
	while (pieces < to->cap &&
		(to->have + pieces < to->least ||
			vs_demand_risk(to->mean, to->spread, to->have + pieces) >
				1 - problem->service))
		pieces = least_of(pieces + problem->bundle, to->cap);
	return pieces;
}

static void
check_reason(const struct vs_allot_problem *problem,
	const struct vs_allot_destination *to, const struct vs_allot_share *share)
{
	int64_t stack = to->have + share->pieces;
	bool reached = stack >= to->least && share->risk <= 1 - problem->service;
	switch (share->reason) {
	case VS_ALLOT_FIXED:
		assert_int_equal(share->pieces, to->fixed);
		break;
	case VS_ALLOT_SHORT:
		assert_true(share->pieces < share->target);
		break;
	case VS_ALLOT_ENOUGH:
		assert_true(share->pieces == 0 && reached);
		break;
	case VS_ALLOT_CAP:
		assert_true(share->pieces == to->cap && !reached);
		break;
	case VS_ALLOT_LEAST:
		assert_true(reached && to->least > share->enough);
		break;
	case VS_ALLOT_TARGET:
		assert_true(reached && to->least <= share->enough);
		break;
	case VS_ALLOT_REASON_COUNT:
		fail();
	}
	assert_int_equal(share->reason == VS_ALLOT_FIXED, to->fixed >= 0);
}

static void
check_share(const struct world *world, int32_t i)
{
	const struct vs_allot_problem *problem = &world->problem;
	const struct vs_allot_destination *to = &world->to[i];
	const struct vs_allot_share *share = &world->result.shares[i];
	assert_int_equal(share->target, plenty(problem, to));
	assert_int_equal(
		share->enough, vs_demand_pieces(to->mean, to->spread, problem->service));
	assert_true(share->risk_before == vs_demand_risk(to->mean, to->spread, to->have));
	assert_true(share->risk ==
		vs_demand_risk(to->mean, to->spread, to->have + share->pieces));
	assert_true(share->risk <= world->result.worst_risk);
	assert_int_equal(share->over_cap, share->pieces > to->cap);
	check_reason(problem, to, share);
	if (to->fixed >= 0)
		return;
	assert_true(share->pieces >= 0 && share->pieces <= share->target);
	assert_true(share->pieces <= to->cap);
	if (share->pieces % problem->bundle)
		assert_int_equal(share->pieces, to->cap);
}

static void
check_sums(const struct world *world)
{
	const struct vs_allot_result *result = &world->result;
	int64_t given = 0;
	bool some_short = false;
	double level = world->problem.service;
	for (int32_t i = 0; i < world->problem.count; i++) {
		given += result->shares[i].pieces;
		if (result->shares[i].reason == VS_ALLOT_SHORT) {
			some_short = true;
			level = fmin(level, 1 - result->shares[i].risk);
		}
	}
	assert_int_equal(result->given, given);
	assert_int_equal(result->left, world->problem.available - given);
	assert_true(result->left >= 0);
	assert_int_equal(result->is_short, some_short);
	assert_true(result->level == level);
	if (result->is_short)
		assert_true(result->left < world->problem.bundle);
	if (result->worst >= 0)
		assert_true(result->worst_risk == result->shares[result->worst].risk);
}

static void
every_answer_keeps_the_rules(void **state)
{
	struct world *world = *state;
	int kinds[VS_ALLOT_REASON_COUNT] = { 0 };
	for (uint64_t seed = 0; seed < 6000; seed++) {
		any_world(world, seed);
		const struct vs_allot_share *shares = solve(world);
		check_sums(world);
		for (int32_t i = 0; i < world->problem.count; i++) {
			check_share(world, i);
			kinds[shares[i].reason]++;
		}
	}
	for (int i = 0; i < VS_ALLOT_REASON_COUNT; i++)
		assert_true(kinds[i] > 500);
}

/* Whoever got a bundle needed it more, before, than whoever is short needs one now. */
static void
nobody_could_give_a_bundle_and_still_be_better_off(void **state)
{
	struct world *world = *state;
	int pairs = 0;
	for (uint64_t seed = 0; seed < 6000; seed++) {
		any_world(world, seed);
		const struct vs_allot_share *shares = solve(world);
		for (int32_t i = 0; i < world->problem.count; i++)
			for (int32_t k = 0; k < world->problem.count; k++) {
				if (shares[i].reason != VS_ALLOT_SHORT || i == k ||
					!shares[k].pieces || world->to[k].fixed >= 0)
					continue;
				int64_t last =
					(shares[k].pieces - 1) % world->problem.bundle +
					1;
				struct level poor =
					level_of(&world->to[i], shares[i].pieces);
				struct level giver =
					level_of(&world->to[k], shares[k].pieces - last);
				assert_true(compare_levels(&giver, &poor) <= 0);
				pairs++;
			}
	}
	assert_true(pairs > 5000);
}

/* --- against giving bundle after bundle --- */

static int64_t
step_of(const struct world *world, int32_t i, int64_t pieces)
{
	if (world->to[i].fixed >= 0)
		return 0;
	return least_of(world->problem.bundle, world->result.shares[i].target - pieces);
}

/* Who gets the next bundle; -1: everybody has enough. */
static int32_t
neediest(const struct world *world, const int64_t *pieces, const struct level *levels)
{
	int32_t found = -1;
	for (int32_t i = 0; i < world->problem.count; i++)
		if (step_of(world, i, pieces[i]) &&
			(found < 0 || compare_levels(&levels[i], &levels[found]) < 0))
			found = i;
	return found;
}

static void
assert_given_one_by_one(const struct world *world)
{
	static int64_t pieces[DESTINATIONS_MAX];
	static struct level levels[DESTINATIONS_MAX];
	int64_t left = world->problem.available;
	int32_t next;
	for (int32_t i = 0; i < world->problem.count; i++) {
		pieces[i] = world->to[i].fixed >= 0 ? world->to[i].fixed : 0;
		left -= pieces[i];
		levels[i] = level_of(&world->to[i], 0);
	}
	while ((next = neediest(world, pieces, levels)) >= 0 &&
		step_of(world, next, pieces[next]) <= left) {
		int64_t step = step_of(world, next, pieces[next]);
		left -= step;
		pieces[next] += step;
		levels[next] = level_of(&world->to[next], pieces[next]);
	}
	for (int32_t i = 0; i < world->problem.count; i++)
		assert_int_equal(world->result.shares[i].pieces, pieces[i]);
}

static void
the_answer_is_that_of_giving_bundle_after_bundle(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 0; seed < 4000; seed++) {
		any_world(world, seed);
		solve(world);
		assert_given_one_by_one(world);
	}
}

static void
many_destinations_get_the_same_one_by_one(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		empty(world, seed, 300, seed % 3 ? 1 + below(world, 20) : 1);
		for (int32_t i = 0; i < 300; i++)
			world->to[i] = any_destination(world, 200);
		world->problem.available = 6000 + below(world, 8000);
		solve(world);
		assert_true(world->result.is_short);
		assert_given_one_by_one(world);
	}
}

/* --- against every way to share --- */

#define SMALL_MAX 4

struct search {
	const struct world *world;
	int64_t pieces[SMALL_MAX];
	struct level best[SMALL_MAX]; /* sorted, the worst off first */
	bool found;
};

static int
compare_sorted(const struct level *a, const struct level *b, int32_t count)
{
	for (int32_t i = 0; i < count; i++)
		if (compare_levels(&a[i], &b[i]))
			return compare_levels(&a[i], &b[i]);
	return 0;
}

static void
sorted_levels(const struct world *world, const int64_t *pieces, struct level *ret_levels)
{
	int32_t count = world->problem.count;
	for (int32_t i = 0; i < count; i++)
		ret_levels[i] = level_of(&world->to[i], pieces[i]);
	qsort(ret_levels, (size_t)count, sizeof *ret_levels, compare_levels);
}

static void
try_all(struct search *search, int32_t i, int64_t left)
{
	const struct world *world = search->world;
	if (i == world->problem.count) {
		struct level levels[SMALL_MAX];
		sorted_levels(world, search->pieces, levels);
		if (!search->found || compare_sorted(levels, search->best, i) > 0)
			memcpy(search->best, levels, sizeof levels);
		search->found = true;
		return;
	}
	int64_t target = world->result.shares[i].target;
	for (int64_t pieces = 0; pieces <= left; pieces += world->problem.bundle) {
		search->pieces[i] = least_of(pieces, target);
		try_all(search, i + 1, left - search->pieces[i]);
		if (pieces >= target)
			return;
	}
	if (target <= left) {
		search->pieces[i] = target;
		try_all(search, i + 1, left - target);
	}
}

/* Caps inside a bundle leave a remainder on purpose; then only as much as was given counts. */
static bool
has_broken_bundle(const struct world *world)
{
	for (int32_t i = 0; i < world->problem.count; i++)
		if (world->result.shares[i].target % world->problem.bundle)
			return true;
	return false;
}

static void
no_other_way_to_share_helps_the_worst_off(void **state)
{
	struct world *world = *state;
	int whole = 0, some_short = 0;
	for (uint64_t seed = 0; seed < 3000; seed++) {
		int32_t count = 2 + (int32_t)(seed % 3);
		empty(world, seed, count, 1 + (int64_t)(seed % 7));
		for (int32_t i = 0; i < count; i++) {
			world->to[i] = any_destination(world, 8 * world->problem.bundle);
			world->to[i].fixed = VS_ALLOT_NOT_FIXED;
		}
		world->problem.available = below(world, 25 * world->problem.bundle);
		const struct vs_allot_share *shares = solve(world);
		bool broken = has_broken_bundle(world);
		struct search search = { .world = world };
		try_all(&search, 0,
			broken ? world->result.given : world->problem.available);
		int64_t pieces[SMALL_MAX];
		struct level levels[SMALL_MAX];
		for (int32_t i = 0; i < count; i++)
			pieces[i] = shares[i].pieces;
		sorted_levels(world, pieces, levels);
		assert_int_equal(compare_sorted(levels, search.best, count), 0);
		whole += !broken;
		some_short += world->result.is_short;
	}
	assert_true(whole > 500 && some_short > 500);
}

/* --- steadiness --- */

static void
with_more_pieces_nobody_gets_less(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 0; seed < 600; seed++) {
		any_world(world, seed);
		const struct vs_allot_share *before = solve(world);
		for (int step = 0; step < 30; step++) {
			world->problem.available += 1 + below(world, 40);
			const struct vs_allot_share *after = solve(world);
			for (int32_t i = 0; i < world->problem.count; i++)
				assert_true(after[i].pieces >= before[i].pieces);
			before = after;
		}
	}
}

static void
who_has_more_gets_no_more_and_others_no_less(void **state)
{
	struct world *world = *state;
	for (uint64_t seed = 0; seed < 4000; seed++) {
		any_world(world, seed);
		if (!world->problem.count)
			continue;
		const struct vs_allot_share *before = solve(world);
		int32_t who = (int32_t)below(world, world->problem.count);
		world->to[who].have += world->problem.bundle;
		const struct vs_allot_share *after = solve(world);
		assert_true(after[who].pieces <= before[who].pieces);
		for (int32_t i = 0; i < world->problem.count; i++)
			assert_true(i == who || after[i].pieces >= before[i].pieces);
	}
}

static void
equal_destinations_get_the_same_within_a_bundle(void **state)
{
	struct world *world = *state;
	int some_short = 0;
	for (uint64_t seed = 0; seed < 2000; seed++) {
		int32_t count = 2 + (int32_t)(seed % 30);
		empty(world, seed, count, 1 + (int64_t)(seed % 60));
		struct vs_allot_destination to = any_destination(world, 2000);
		to.fixed = VS_ALLOT_NOT_FIXED;
		for (int32_t i = 0; i < count; i++)
			world->to[i] = to;
		world->problem.available = below(world, 1000 * count);
		const struct vs_allot_share *shares = solve(world);
		for (int32_t i = 1; i < count; i++) {
			int64_t less = shares[i - 1].pieces - shares[i].pieces;
			assert_true(less >= 0 && less <= world->problem.bundle);
			assert_true(shares[0].pieces - shares[i].pieces <=
				world->problem.bundle);
		}
		some_short += world->result.is_short;
	}
	assert_true(some_short > 200);
}

/* Where nearly all is lacking, every risk is 1 in a double; the sharing is fair all the same. */
static void
far_too_few_pieces_are_shared_fairly(void **state)
{
	struct world *world = *state;
	empty(world, 1, 100, 10);
	for (int32_t i = 0; i < 100; i++)
		world->to[i] = plain(i < 50 ? 5000 : 10000, 0);
	world->problem.available = 100000;
	const struct vs_allot_share *shares = solve(world);
	assert_true(shares[0].risk == 1 && shares[99].risk == 1);
	assert_true(shares[0].pieces > 0 && shares[0].pieces < shares[99].pieces);
	for (int32_t i = 0; i < 49; i++) {
		assert_in_range(shares[i].pieces - shares[i + 1].pieces, 0, 10);
		assert_in_range(shares[i + 50].pieces - shares[i + 51].pieces, 0, 10);
	}
}

/* --- single rules --- */

static void
minimum_stacks_come_first(void **state)
{
	struct world *world = *state;
	empty(world, 1, 3, 10);
	world->problem.service = 0.98;
	world->to[0] = plain(500, 0.5);
	world->to[1] = plain(0, 0);
	world->to[1].least = 100;
	world->to[2] = plain(1, 0.5);
	world->to[2].least = 200;
	world->to[2].have = 150;
	world->problem.available = 145;
	const struct vs_allot_share *shares = solve(world);
	assert_int_equal(shares[0].pieces, 0);
	assert_int_equal(shares[1].pieces, 100);
	assert_int_equal(shares[2].pieces, 40);
	assert_int_equal(shares[0].reason, VS_ALLOT_SHORT);
	assert_int_equal(shares[1].reason, VS_ALLOT_LEAST);
	assert_int_equal(shares[2].reason, VS_ALLOT_SHORT);
	assert_int_equal(world->result.left, 5);
	assert_true(world->result.level == 1 - world->result.worst_risk);
	assert_int_equal(world->result.worst, 0);
}

static void
a_cap_inside_a_bundle_breaks_it(void **state)
{
	struct world *world = *state;
	empty(world, 1, 2, 50);
	world->problem.service = 0.98;
	world->problem.available = 1000;
	world->to[0] = plain(100, 0.3);
	world->to[0].cap = 120; /* less than would be enough */
	world->to[1] = plain(120, 0.3);
	world->to[1].cap = 240; /* enough, but no whole bundles */
	const struct vs_allot_share *shares = solve(world);
	assert_int_equal(shares[0].pieces, 120);
	assert_int_equal(shares[0].reason, VS_ALLOT_CAP);
	assert_int_equal(shares[1].pieces, 240);
	assert_int_equal(shares[1].reason, VS_ALLOT_TARGET);
	/* The next bundle is the second one's: the first one's 20 are not given instead. */
	world->problem.available = 249;
	shares = solve(world);
	assert_int_equal(shares[0].pieces, 100);
	assert_int_equal(shares[1].pieces, 100);
	assert_int_equal(world->result.left, 49);
}

static void
what_is_fixed_goes_before_everything(void **state)
{
	struct world *world = *state;
	empty(world, 1, 3, 50);
	world->problem.service = 0.98;
	world->problem.available = 137;
	world->to[0] = plain(1000, 0.3);
	world->to[0].least = 100;
	world->to[1] = world->to[2] = plain(1, 0);
	world->to[1].fixed = 37;
	world->to[1].cap = 20;
	world->to[2].fixed = 0;
	const struct vs_allot_share *shares = solve(world);
	assert_int_equal(shares[0].pieces, 100);
	assert_int_equal(shares[1].pieces, 37);
	assert_int_equal(shares[2].pieces, 0);
	assert_true(shares[1].over_cap && !shares[2].over_cap);
	assert_int_equal(shares[1].target, 20);
	assert_int_equal(shares[2].reason, VS_ALLOT_FIXED);
}

static void
more_fixed_than_there_is_is_refused(void **state)
{
	struct world *world = *state;
	empty(world, 1, 4, 50);
	world->problem.available = 900;
	for (int32_t i = 0; i < 4; i++)
		world->to[i] = plain(1, 0);
	world->to[1].fixed = 500;
	world->to[2].fixed = 401;
	world->to[3].fixed = 100;
	assert_false(
		vs_allot(&world->problem, world->arena, &world->result, &world->err));
	assert_int_equal(world->err.code, VS_REFUSED);
	assert_string_equal(world->err.text,
		"destination 2 shall have exactly 401 pieces, and 400 are left of 900; "
		"fix fewer");
	assert_null(world->result.shares);
}

static void
assert_invalid(struct world *world, const char *first, const char *second)
{
	world->err = (struct vs_error){ 0 };
	assert_false(
		vs_allot(&world->problem, world->arena, &world->result, &world->err));
	assert_int_equal(world->err.code, VS_INVALID);
	if (!strstr(world->err.text, first) || !strstr(world->err.text, second))
		fail_msg(
			"\"%s\" names neither %s nor %s", world->err.text, first, second);
	assert_null(world->result.shares);
}

static void
impossible_destinations_are_named(void **state)
{
	struct world *world = *state;
	static const double numbers[] = { -1e-300, -1, NAN, INFINITY, -INFINITY, 1.1e7 };
	static const int64_t counts[] = { -2, INT64_MIN, 1000000001, INT64_MAX };
	empty(world, 1, 3, 50);
	for (int32_t i = 0; i < 3; i++)
		world->to[i] = plain(10, 1);
	struct vs_allot_destination *bad = &world->to[2], good = *bad;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		bad->mean = numbers[i];
		assert_invalid(world, "destination 2", "\"mean\"");
		*bad = good;
		bad->spread = numbers[i];
		assert_invalid(world, "destination 2", "\"spread\"");
		*bad = good;
	}
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		bad->have = counts[i];
		assert_invalid(world, "destination 2", "\"have\"");
		*bad = good;
		bad->least = counts[i];
		assert_invalid(world, "destination 2", "\"least\"");
		*bad = good;
		bad->fixed = counts[i];
		assert_invalid(world, "destination 2", "\"fixed\"");
		*bad = good;
	}
	bad->cap = -1;
	assert_invalid(world, "destination 2", "\"cap\"");
}

static void
impossible_problems_are_named(void **state)
{
	struct world *world = *state;
	static const double services[] = { 0, 0.49, 0.99991, 1, -1, NAN, INFINITY };
	empty(world, 1, 0, 0);
	assert_invalid(world, "bundle", "0 pieces");
	world->problem.bundle = 1;
	world->problem.available = -1;
	assert_invalid(world, "-1 pieces", "available");
	world->problem.available = 0;
	world->problem.count = -1;
	assert_invalid(world, "-1 destinations", "0 to 100000");
	world->problem.count = 0;
	for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
		world->problem.service = services[i];
		assert_invalid(world, "wanted chance", "0.5 to 0.9999");
	}
}

static void
nobody_and_nothing_are_no_failure(void **state)
{
	struct world *world = *state;
	empty(world, 1, 0, 1);
	world->problem.available = 70;
	solve(world);
	assert_int_equal(world->result.left, 70);
	assert_int_equal(world->result.worst, -1);
	assert_false(world->result.is_short);
	empty(world, 1, 2, 1);
	world->to[0] = plain(0, 0);
	world->to[1] = plain(5, 1);
	const struct vs_allot_share *shares = solve(world);
	assert_int_equal(shares[0].reason, VS_ALLOT_ENOUGH);
	assert_int_equal(shares[1].reason, VS_ALLOT_SHORT);
	assert_true(shares[1].risk == shares[1].risk_before);
}

/* The largest counts that are allowed, and demand to match. */
static void
the_largest_problem_does_not_overflow(void **state)
{
	struct world *world = *state;
	const int64_t most = VS_ALLOT_PIECES_MAX;
	for (int64_t bundle = 1; bundle <= most; bundle *= 1000) {
		empty(world, 1, DESTINATIONS_MAX, bundle);
		world->problem.available = most;
		world->problem.service = VS_ALLOT_SERVICE_MAX;
		for (int32_t i = 0; i < DESTINATIONS_MAX; i++) {
			world->to[i] = plain(VS_ALLOT_MEAN_MAX, VS_ALLOT_SPREAD_MAX);
			world->to[i].least = most;
		}
		solve(world);
		check_sums(world);
		assert_int_equal(world->result.given, most);
	}
}

static void
every_reason_has_its_text(void **state)
{
	(void)state;
	for (int i = 0; i < VS_ALLOT_REASON_COUNT; i++) {
		assert_true(*vs_allot_reason_text((enum vs_allot_reason)i));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				vs_allot_reason_text((enum vs_allot_reason)i),
				vs_allot_reason_text((enum vs_allot_reason)k));
	}
}

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	world->arena = vs_arena_new();
	*state = world;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *world = *state;
	vs_arena_free(world->arena);
	free(world);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_answer_keeps_the_rules),
		TEST(nobody_could_give_a_bundle_and_still_be_better_off),
		TEST(the_answer_is_that_of_giving_bundle_after_bundle),
		TEST(many_destinations_get_the_same_one_by_one),
		TEST(no_other_way_to_share_helps_the_worst_off),
		TEST(with_more_pieces_nobody_gets_less),
		TEST(who_has_more_gets_no_more_and_others_no_less),
		TEST(equal_destinations_get_the_same_within_a_bundle),
		TEST(far_too_few_pieces_are_shared_fairly),
		TEST(minimum_stacks_come_first),
		TEST(a_cap_inside_a_bundle_breaks_it),
		TEST(what_is_fixed_goes_before_everything),
		TEST(more_fixed_than_there_is_is_refused),
		TEST(impossible_destinations_are_named),
		TEST(impossible_problems_are_named),
		TEST(nobody_and_nothing_are_no_failure),
		TEST(the_largest_problem_does_not_overflow),
		TEST(every_reason_has_its_text),
	};
	return cmocka_run_group_tests_name("allot", tests, NULL, NULL);
}
