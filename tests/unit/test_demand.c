/* Demand as a distribution: against its own sum, closed forms and figures of 60 digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <valstuga/allot.h>

#include "plan/allot.h"

static const double means[] = { 1e-9, 0.01, 0.7, 3, 17.5, 100, 850, 4000 };
static const double spreads[] = { 0, 1e-7, 0.01, 0.2, 0.5, 1, 1.8, 5 };
static const double services[] = { 0.5, 0.75, 0.9, 0.98, 0.999, 0.9999 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint64_t
below(uint64_t *random, uint64_t limit)
{
	*random = *random * 6364136223846793005u + 1442695040888963407u;
	return (*random >> 33) % limit;
}

/* From `least` to `most`, each power of ten as often as any other. */
static double
scaled(uint64_t *random, double least, double most)
{
	double part = (double)below(random, 1u << 30) / (1u << 30);
	return least * pow(most / least, part);
}

static void
assert_close(double got, double wanted, double part)
{
	if (!(fabs(got - wanted) <= part * fabs(wanted)))
		fail_msg("%.17g, not %.17g", got, wanted);
}

/* The probabilities one by one: each is the one before times a simple factor. */
static long double
next_probability(double mean, double spread, long n, long double probability)
{
	long double square = (long double)spread * spread;
	return probability * mean * (1 + (n - 1) * square) / n / (1 + mean * square);
}

static long double
first_probability(double mean, double spread)
{
	long double square = (long double)spread * spread;
	return expl(spread > 0 ? -log1pl(mean * square) / square : -(long double)mean);
}

/* Where the sum is tiny or nearly one, it is the sum that is not exact. */
static void
sum_up(double mean, double spread)
{
	struct demand demand = demand_of(mean, spread);
	long double probability = first_probability(mean, spread), sum = probability;
	for (long n = 1; sum < 0.9999L; n++) {
		double chance = exp(demand_log_chance(&demand, n - 1));
		assert_close(chance, (double)sum, 2e-11);
		assert_close(
			vs_demand_risk(mean, spread, n - 1), (double)(1 - sum), 1e-7);
		probability = next_probability(mean, spread, n, probability);
		sum += probability;
	}
}

/* Is the first probability a number that doubles can hold? The sum begins with it. */
static bool
begins_above_zero(double mean, double spread)
{
	double square = spread * spread;
	return (spread > 0 ? log1p(mean * square) / square : mean) < 600;
}

static void
risk_is_one_less_the_sum_of_the_probabilities(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(means); i++)
		for (size_t k = 0; k < COUNT(spreads); k++)
			if (begins_above_zero(means[i], spreads[k]))
				sum_up(means[i], spreads[k]);
}

/* Sums over the tail give back what the distribution was described by. */
static void
mean_and_variance_are_those_asked_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(means); i++)
		for (size_t k = 0; k < COUNT(spreads); k++) {
			double mean = means[i], spread = spreads[k];
			double sum = 0, squares = 0, risk = 1;
			if (mean * spread > 300)
				continue;
			for (int64_t n = 0; risk > 1e-22; n++) {
				risk = vs_demand_risk(mean, spread, n);
				sum += risk;
				squares += (double)(2 * n + 1) * risk;
			}
			double deviation = spread * mean;
			assert_close(sum, mean, 1e-10);
			assert_close(squares, mean + deviation * deviation + mean * mean,
				1e-10);
		}
}

static void
spread_one_is_the_geometric_distribution(void **state)
{
	(void)state;
	uint64_t random = 1;
	for (int i = 0; i < 20000; i++) {
		double mean = scaled(&random, 1e-6, VS_ALLOT_MEAN_MAX);
		int64_t n = (int64_t)(mean * scaled(&random, 1e-6, 500));
		assert_close(vs_demand_risk(mean, 1, n),
			exp(-(double)(n + 1) * log1p(1 / mean)), 1e-11);
	}
}

static void
known_values_are_met(void **state)
{
	(void)state;
	static const struct {
		double mean, spread;
		int64_t pieces;
		double risk;
	} known[] = {
		{ 0.5, 0, 0, 0.39346934028736658 },
		{ 2.5, 0.4, 3, 0.25663665048186647 },
		{ 2.5, 5, 40, 0.017135461741173801 },
		{ 40, 0.3, 70, 0.024177928510319217 },
		{ 851, 0, 1000, 3.0138967106424227e-7 },
		{ 400, 1, 3000, 0.00055689297831964214 },
		{ 1500, 0.25, 2400, 0.017379792038421755 },
		{ 20000, 0.2, 31000, 0.0076195051299028486 },
		{ 100000, 0.01, 103000, 0.002274637366990072 },
		{ 100000, 0, 101500, 1.1021518650607916e-6 },
		{ 1e7, 0, 10010000, 0.00078355116559481337 },
		{ 1e7, 5, 1000, 0.3783327856139324 },
	};
	for (size_t i = 0; i < COUNT(known); i++)
		assert_close(
			vs_demand_risk(known[i].mean, known[i].spread, known[i].pieces),
			known[i].risk, 1e-11);
	struct demand demand = demand_of(1e4, 0);
	assert_close(demand_log_chance(&demand, 9000), -54.933001043885589, 1e-12);
}

/* 3 000 papers where 400 were expected: a known rate excludes it, an uncertain one does not. */
static void
an_uncertain_rate_allows_for_flen(void **state)
{
	(void)state;
	assert_true(vs_demand_risk(400, 0, 3000) < 1e-300);
	assert_true(vs_demand_risk(400, 1, 3000) > 5e-4);
	assert_int_equal(vs_demand_pieces(400, 0, 0.98), 442);
	assert_int_equal(vs_demand_pieces(400, 1, 0.98), 1566);
}

static void
pieces_are_the_fewest_that_are_enough(void **state)
{
	(void)state;
	uint64_t random = 7;
	for (int i = 0; i < 5000; i++) {
		double mean = scaled(&random, 1e-4, VS_ALLOT_MEAN_MAX);
		double spread = below(&random, 6) ? scaled(&random, 1e-9, 5) : 0;
		double service = services[below(&random, 6)];
		int64_t n = vs_demand_pieces(mean, spread, service);
		assert_true(n >= 0);
		assert_true(vs_demand_risk(mean, spread, n) <= 1 - service);
		assert_true(vs_demand_risk(mean, spread, n - 1) > 1 - service);
	}
}

static void
pieces_undo_risk(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(means); i++)
		for (size_t k = 0; k < COUNT(spreads); k++)
			for (int64_t n = 0; n < 5000; n = n * 5 / 4 + 1) {
				double risk = vs_demand_risk(means[i], spreads[k], n);
				struct demand demand = demand_of(means[i], spreads[k]);
				if (risk > 1e-12 && risk < 1 - 1e-12)
					assert_int_equal(demand_pieces(&demand, risk), n);
			}
}

static void
risk_falls_with_pieces_and_rises_with_the_mean(void **state)
{
	(void)state;
	uint64_t random = 3;
	for (int i = 0; i < 20000; i++) {
		double mean = scaled(&random, 1e-3, VS_ALLOT_MEAN_MAX);
		double spread = below(&random, 6) ? scaled(&random, 1e-9, 5) : 0;
		struct demand demand = demand_of(mean, spread);
		int64_t n = (int64_t)(mean * scaled(&random, 1e-2, 4));
		double chance = demand_log_chance(&demand, n);
		assert_true(demand_log_chance(&demand, n + 1) > chance ||
			demand_risk(&demand, n) < 1e-290);
		assert_true(vs_demand_risk(mean, spread, n + 1) <=
			vs_demand_risk(mean, spread, n));
		assert_true(vs_demand_risk(mean * 1.01, spread, n) >=
			vs_demand_risk(mean, spread, n));
		assert_true(vs_demand_pieces(mean, spread, 0.9) <=
			vs_demand_pieces(mean, spread, 0.95));
	}
}

static void
odd_arguments_have_an_answer(void **state)
{
	(void)state;
	assert_true(isnan(vs_demand_risk(NAN, 1, 1)));
	assert_true(isnan(vs_demand_risk(1, NAN, 1)));
	assert_int_equal(vs_demand_pieces(NAN, 0, 0.9), -1);
	assert_int_equal(vs_demand_pieces(1, 0, NAN), -1);
	assert_true(vs_demand_risk(5, 1, -1) == 1);
	assert_true(vs_demand_risk(0, 5, 0) == 0);
	assert_true(vs_demand_risk(-3, -3, 0) == 0);
	assert_true(vs_demand_risk(INFINITY, 0, 1000) ==
		vs_demand_risk(VS_ALLOT_MEAN_MAX, 0, 1000));
	assert_true(vs_demand_risk(VS_ALLOT_MEAN_MAX, 5, INT64_MAX) == 0);
	assert_true(vs_demand_risk(5e-324, 5, 0) < 1e-300);
	assert_int_equal(vs_demand_pieces(0, 5, 0.9999), 0);
	assert_int_equal(vs_demand_pieces(100, 0.5, 0), 0);
	assert_int_equal(vs_demand_pieces(100, 0.5, -INFINITY), 0);
	assert_int_equal(
		vs_demand_pieces(100, 0.5, 1), vs_demand_pieces(100, 0.5, 1 - 1e-12));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(risk_is_one_less_the_sum_of_the_probabilities),
		cmocka_unit_test(mean_and_variance_are_those_asked_for),
		cmocka_unit_test(spread_one_is_the_geometric_distribution),
		cmocka_unit_test(known_values_are_met),
		cmocka_unit_test(an_uncertain_rate_allows_for_flen),
		cmocka_unit_test(pieces_are_the_fewest_that_are_enough),
		cmocka_unit_test(pieces_undo_risk),
		cmocka_unit_test(risk_falls_with_pieces_and_rises_with_the_mean),
		cmocka_unit_test(odd_arguments_have_an_answer),
	};
	return cmocka_run_group_tests_name("demand", tests, NULL, NULL);
}
