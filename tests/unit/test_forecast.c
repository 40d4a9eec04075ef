/*
 * The chance that a count reaches a target: against closed forms and figures of their own
 * sums, what must hold for all, and that what is said to happen so often does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <valstuga/forecast.h>

#include "forecast_sim.h"

struct world {
	struct vs_arena *arena;
	struct vs_error err;
};

static int
open_world(void **state)
{
	static struct world world;
	world = (struct world){ .arena = vs_arena_new() };
	*state = &world;
	return 0;
}

static int
close_world(void **state)
{
	struct world *w = *state;
	vs_arena_free(w->arena);
	return 0;
}

static struct vs_outlook
outlook_of(struct world *w, const struct vs_forecast *forecast)
{
	struct vs_outlook outlook = { 0 };
	if (!vs_forecast(w->arena, forecast, &outlook, &w->err))
		fail_msg("%s", w->err.text);
	return outlook;
}

static void
assert_near(double got, double wanted, double within)
{
	if (!(fabs(got - wanted) <= within))
		fail_msg("%.15g, not %.15g", got, wanted);
}

static double
chance_at(const struct vs_outlook *outlook, int64_t n)
{
	return n < (int64_t)outlook->count ? outlook->chance[n] : 0;
}

/* Closed forms ---------------------------------------------------------------------------- */

static void
nothing_ahead_is_what_is_done(void **state)
{
	struct vs_forecast f = { .shape = 3, .weeks = 4, .exposure = 0, .done = 7 };
	struct vs_outlook outlook = outlook_of(*state, &f);
	assert_near(outlook.mean, 7, 0);
	assert_int_equal(outlook.low, 7);
	assert_int_equal(outlook.high, 7);
	assert_near(vs_outlook_at_least(&outlook, 7), 1, 0);
	assert_near(vs_outlook_at_least(&outlook, 8), 0, 0);
	assert_near(vs_outlook_at_least(&outlook, -3), 1, 0);
	assert_near(vs_outlook_at_least(&outlook, INT64_MAX), 0, 0);
}

static void
an_unknown_share_makes_all_counts_equal(void **state)
{
	struct vs_forecast_group group = { 9, 1, 1 };
	struct vs_forecast f = { .groups = &group, .group_count = 1, 1, 1, 0, 2 };
	struct vs_outlook outlook = outlook_of(*state, &f);
	for (int64_t n = 0; n < 20; n++)
		assert_near(chance_at(&outlook, n), n >= 2 && n <= 11 ? 0.1 : 0, 1e-14);
}

static void
a_known_share_is_binomial(void **state)
{
	struct vs_forecast_group group = { 12, 300000, 700000 };
	struct vs_forecast f = { .groups = &group, .group_count = 1, 1, 1, 0, 0 };
	struct vs_outlook outlook = outlook_of(*state, &f);
	for (int k = 0; k <= 12; k++)
		assert_near(chance_at(&outlook, k),
			exp(lgamma(13) - lgamma(k + 1) - lgamma(13 - k)) * pow(0.3, k) *
				pow(0.7, 12 - k),
			1e-5);
}

static void
a_known_rate_is_poisson(void **state)
{
	struct vs_forecast f = { .shape = 1e6, .weeks = 1e6 / 1.25, .exposure = 4 };
	struct vs_outlook outlook = outlook_of(*state, &f);
	for (int k = 0; k <= 30; k++)
		assert_near(chance_at(&outlook, k), exp(-5 + k * log(5) - lgamma(k + 1)),
			1e-5);
}

/* A rate that is exponential gives a geometric count. */
static void
a_rate_of_shape_one_is_geometric(void **state)
{
	struct vs_forecast f = { .shape = 1, .weeks = 3, .exposure = 9 };
	struct vs_outlook outlook = outlook_of(*state, &f);
	for (int k = 0; k < 60; k++)
		assert_near(chance_at(&outlook, k), 0.25 * pow(0.75, k), 1e-14);
}

/* Reckoned by fractions: open 2 of Beta(2,1), 1 of Beta(1,3); Gamma(2, 4) in 2 weeks. */
static void
parts_add_up(void **state)
{
	struct vs_forecast_group groups[] = { { 2, 2, 1 }, { 1, 1, 3 } };
	struct vs_forecast f = { groups, 2, 2, 4, 2, 1 };
	struct vs_outlook outlook = outlook_of(*state, &f);
	/* 0, 1, 2 of the first: 1/6, 2/6, 3/6; of the second 3/4, 1/4; unplanned 4/9, 8/27,
	 * 4/27 … */
	assert_near(chance_at(&outlook, 0), 0, 0);
	assert_near(chance_at(&outlook, 1), 1 / 6.0 * 3 / 4 * 4 / 9, 1e-14);
	assert_near(chance_at(&outlook, 2),
		(1 / 6.0 / 4 + 2 / 6.0 * 3 / 4) * 4 / 9 + 1 / 6.0 * 3 / 4 * 8 / 27,
		1e-14);
	assert_near(chance_at(&outlook, 3),
		(2 / 6.0 / 4 + 3 / 6.0 * 3 / 4) * 4 / 9 +
			(1 / 6.0 / 4 + 2 / 6.0 * 3 / 4) * 8 / 27 +
			1 / 6.0 * 3 / 4 * 4 / 27,
		1e-14);
	assert_near(outlook.mean, 1 + 4 / 3.0 + 1 / 4.0 + 1, 1e-14);
}

/* Whatever the numbers -------------------------------------------------------------------- */

static struct vs_forecast
any_forecast(struct random *random, struct vs_forecast_group groups[3])
{
	struct vs_forecast f = { .groups = groups, .group_count = 3 };
	for (int i = 0; i < 3; i++)
		groups[i] = (struct vs_forecast_group){ random_below(random, 30),
			0.1 + 20 * random_unit(random), 0.1 + 20 * random_unit(random) };
	f.shape = 0.5 + random_below(random, 40);
	f.weeks = 1 + 20 * random_unit(random);
	f.exposure = 30 * random_unit(random);
	f.done = random_below(random, 50);
	return f;
}

/* Mean and variance by the formulas, not by the sums. */
static void
check_moments(const struct vs_forecast *f, const struct vs_outlook *outlook)
{
	double sum = 0, mean = 0, square = 0;
	double unplanned = f->shape / f->weeks * f->exposure;
	double variance = unplanned + unplanned * unplanned / f->shape;
	for (size_t i = 0; i < outlook->count; i++) {
		sum += outlook->chance[i];
		mean += (double)i * outlook->chance[i];
		square += (double)i * (double)i * outlook->chance[i];
	}
	for (size_t i = 0; i < f->group_count; i++) {
		double n = (double)f->groups[i].open, a = f->groups[i].alpha,
		       b = f->groups[i].beta, whole = a + b;
		variance += n * a * b * (whole + n) / (whole * whole * (whole + 1));
	}
	assert_near(sum, 1, 1e-11);
	assert_near(mean, outlook->mean, 1e-7 * outlook->mean);
	assert_near(square - mean * mean, variance, 1e-5 * (1 + variance));
}

static void
check_tails(const struct vs_outlook *outlook, int64_t done)
{
	double before = 1;
	for (int64_t n = 0; n <= (int64_t)outlook->count; n++) {
		double chance = vs_outlook_at_least(outlook, n);
		if (n <= done)
			assert_near(chance, 1, 0);
		assert_true(chance <= before && chance >= 0);
		before = chance;
	}
	assert_true(1 - vs_outlook_at_least(outlook, outlook->low) < 0.1);
	assert_true(1 - vs_outlook_at_least(outlook, outlook->low + 1) >= 0.1 - 1e-12);
	assert_true(vs_outlook_at_least(outlook, outlook->high) > 0.1 - 1e-12);
	assert_true(vs_outlook_at_least(outlook, outlook->high + 1) <= 0.1 + 1e-12);
}

static void
sums_means_and_spreads_are_those_of_the_formulas(void **state)
{
	struct world *w = *state;
	struct random random;
	random_seed(&random, 5);
	for (int i = 0; i < 300; i++) {
		struct vs_forecast_group groups[3];
		struct vs_forecast f = any_forecast(&random, groups);
		struct vs_outlook outlook = outlook_of(w, &f);
		check_moments(&f, &outlook);
		check_tails(&outlook, f.done);
	}
}

static void
assert_not_less(struct world *w, const struct vs_outlook *before,
	const struct vs_forecast *f, bool strictly)
{
	struct vs_outlook after = outlook_of(w, f);
	for (int64_t n = 0; n < 60; n++)
		assert_true(vs_outlook_at_least(&after, n) >=
			vs_outlook_at_least(before, n) - 1e-12);
	if (strictly)
		assert_true(after.mean > before->mean);
}

static void
more_of_anything_never_lowers_the_chance(void **state)
{
	struct world *w = *state;
	struct random random;
	random_seed(&random, 6);
	for (int i = 0; i < 100; i++) {
		struct vs_forecast_group groups[3];
		struct vs_forecast f = any_forecast(&random, groups), more = f;
		struct vs_outlook outlook = outlook_of(w, &f);
		more.done++;
		assert_not_less(w, &outlook, &more, true);
		more = f, more.exposure += 1;
		assert_not_less(w, &outlook, &more, true);
		more = f, more.shape += 1;
		assert_not_less(w, &outlook, &more, f.exposure > 0);
		groups[1].open++;
		assert_not_less(w, &outlook, &f, true);
		groups[1].alpha += 1;
		assert_not_less(w, &outlook, &f, true);
	}
}

static void
many_open_ones_and_extreme_parameters_work(void **state)
{
	struct world *w = *state;
	struct vs_forecast_group group = { VS_FORECAST_OPEN_MAX, 50, 50 };
	struct vs_forecast f = { .groups = &group, .group_count = 1, 1, 1, 0, 0 };
	struct vs_outlook outlook = outlook_of(w, &f);
	check_moments(&f, &outlook);
	assert_near(vs_outlook_at_least(&outlook, 5001), 0.5, 1e-3);

	struct vs_forecast much = { .shape = 1e6, .weeks = 1e6, .exposure = 10000 };
	outlook = outlook_of(w, &much);
	check_moments(&much, &outlook);
	/* So uneven that the cells do not suffice: the last one holds the rest. */
	struct vs_forecast uneven = { .shape = 1e-3, .weeks = 1e-3, .exposure = 10000 };
	double sum = 0;
	outlook = outlook_of(w, &uneven);
	for (size_t i = 0; i < outlook.count; i++)
		sum += outlook.chance[i];
	assert_near(sum, 1, 1e-9);
}

static void
what_is_not_allowed_is_refused(void **state)
{
	struct world *w = *state;
	struct vs_forecast_group good = { 3, 1, 1 },
				 bad[] = { { -1, 1, 1 }, { 3, 0, 1 }, { 3, 1, NAN },
					 { VS_FORECAST_OPEN_MAX + 1, 1, 1 } };
	struct vs_forecast allowed = { &good, 1, 1, 1, 1, 0 },
			   f[] = { allowed, allowed, allowed, allowed, allowed, allowed };
	f[0].shape = 0;
	f[1].weeks = -1;
	f[2].exposure = INFINITY;
	f[3].done = -1;
	f[4].done = VS_FORECAST_DONE_MAX + 1;
	f[5].shape = 1e6; /* a million to come */
	struct vs_outlook outlook = { .mean = 4711 };
	for (size_t i = 0; i < 10; i++) {
		struct vs_forecast one = i < 6 ? f[i] : allowed;
		if (i >= 6)
			one.groups = &bad[i - 6];
		w->err = (struct vs_error){ 0 };
		assert_false(vs_forecast(w->arena, &one, &outlook, &w->err));
		assert_int_equal(w->err.code, VS_INVALID);
		assert_near(outlook.mean, 4711, 0);
	}
}

/* Calibration ----------------------------------------------------------------------------- */

/* A season from the model's own world: rate and share are drawn, the past is seen, and the
 * rest of the season comes. */
static void
forecast_season(struct world *w, struct random *random, struct bins *bins)
{
	double rate = sim_gamma(random, 3) / 3, share = sim_beta(random, 4, 2);
	int64_t past = sim_poisson(random, rate * 10), tried = random_below(random, 20);
	int64_t happened = sim_binomial(random, tried, share);
	struct vs_forecast_group group = { random_below(random, 8), 4 + (double)happened,
		2 + (double)(tried - happened) };
	struct vs_forecast f = { &group, 1, 3 + (double)past, 3 + 10,
		1 + 15 * random_unit(random), random_below(random, 20) };
	struct vs_outlook outlook = outlook_of(w, &f);
	int64_t target = (int64_t)(outlook.mean + 12 * random_unit(random) - 6);
	int64_t got = f.done + sim_binomial(random, group.open, share) +
		sim_poisson(random, rate * f.exposure);
	bins_add(bins, vs_outlook_at_least(&outlook, target), got >= target);
}

static void
what_is_said_to_happen_so_often_does(void **state)
{
	struct world *w = *state;
	struct random random;
	struct bins bins = { 0 };
	random_seed(&random, 7);
	for (int i = 0; i < 40000; i++) {
		struct vs_arena *arena = w->arena;
		w->arena = vs_arena_new();
		forecast_season(w, &random, &bins);
		vs_arena_free(w->arena);
		w->arena = arena;
	}
	bins_print(&bins, "the model's own world");
	/* Three standard errors of a bin of 2 500. */
	bins_check(&bins, 2500, 0.03);
	assert_true(bins_skill(&bins) > 0.35);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
	const struct CMUnitTest tests[] = {
		TEST(nothing_ahead_is_what_is_done),
		TEST(an_unknown_share_makes_all_counts_equal),
		TEST(a_known_share_is_binomial),
		TEST(a_known_rate_is_poisson),
		TEST(a_rate_of_shape_one_is_geometric),
		TEST(parts_add_up),
		TEST(sums_means_and_spreads_are_those_of_the_formulas),
		TEST(more_of_anything_never_lowers_the_chance),
		TEST(many_open_ones_and_extreme_parameters_work),
		TEST(what_is_not_allowed_is_refused),
		TEST(what_is_said_to_happen_so_often_does),
	};
	return cmocka_run_group_tests_name("forecast", tests, NULL, NULL);
}
