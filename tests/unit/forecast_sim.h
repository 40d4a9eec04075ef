/*
 * Simulated seasons for the forecast's tests: draws from distributions, and the table that
 * shows whether what was said to happen so often did.
 */
#ifndef UNIT_FORECAST_SIM_H
#define UNIT_FORECAST_SIM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "plan/random.h"

/* Draws ----------------------------------------------------------------------------------- */

static inline double
sim_exponential(struct random *random)
{
	return -log(1 - random_unit(random));
}

/* Arrivals at rate one until the mean is over. */
static inline int64_t
sim_poisson(struct random *random, double mean)
{
	int64_t count = 0;
	for (double at = sim_exponential(random); at < mean;
		at += sim_exponential(random))
		count++;
	return count;
}

/* Mean `shape`, for whole and half shapes: exponentials, and half the square of a normal. */
static inline double
sim_gamma(struct random *random, double shape)
{
	double sum = 0;
	for (; shape >= 1; shape--)
		sum += sim_exponential(random);
	if (shape > 0.25) {
		double angle = cos(2 * 3.14159265358979323846 * random_unit(random));
		sum += sim_exponential(random) * angle * angle;
	}
	return sum;
}

static inline double
sim_beta(struct random *random, double alpha, double beta)
{
	double a = sim_gamma(random, alpha), b = sim_gamma(random, beta);
	return a / (a + b);
}

static inline int64_t
sim_binomial(struct random *random, int64_t n, double share)
{
	int64_t count = 0;
	for (int64_t i = 0; i < n; i++)
		count += random_unit(random) < share;
	return count;
}

/* The table ------------------------------------------------------------------------------- */

#define BINS 10

struct bins {
	int64_t forecasts[BINS], hits[BINS];
	double said[BINS], brier; /* sums */
};

static inline void
bins_add(struct bins *bins, double said, bool hit)
{
	int bin = said >= 1 ? BINS - 1 : (int)(said * BINS);
	bins->forecasts[bin]++;
	bins->said[bin] += said;
	bins->hits[bin] += hit;
	bins->brier += (said - hit) * (said - hit);
}

static inline int64_t
bins_total(const struct bins *bins, int64_t *ret_hits)
{
	int64_t total = 0;
	*ret_hits = 0;
	for (int i = 0; i < BINS; i++) {
		total += bins->forecasts[i];
		*ret_hits += bins->hits[i];
	}
	return total;
}

/* How much better than always saying what happens on the whole: 1 all-knowing, 0 no better. */
static inline double
bins_skill(const struct bins *bins)
{
	int64_t hits, total = bins_total(bins, &hits);
	double usual = (double)hits / (double)total;
	return 1 - bins->brier / (double)total / (usual * (1 - usual));
}

static inline void
bins_print(const struct bins *bins, const char *world)
{
	int64_t hits, total = bins_total(bins, &hits);
	printf("# calibration: %s, %lld forecasts, Brier %.3f, skill %.2f\n", world,
		(long long)total, bins->brier / (double)total, bins_skill(bins));
	printf("#   said       forecasts    mean     hit\n");
	for (int i = 0; i < BINS; i++)
		if (bins->forecasts[i])
			printf("#   %2d-%3d %%   %9lld   %4.1f %%  %4.1f %%\n", 10 * i,
				10 * (i + 1), (long long)bins->forecasts[i],
				100 * bins->said[i] / (double)bins->forecasts[i],
				100.0 * (double)bins->hits[i] /
					(double)bins->forecasts[i]);
}

/* Every bin with enough forecasts hits about as often as it says. */
static inline void
bins_check(const struct bins *bins, int64_t enough, double within)
{
	int checked = 0;
	for (int i = 0; i < BINS; i++) {
		double count = (double)bins->forecasts[i];
		if (bins->forecasts[i] < enough)
			continue;
		checked++;
		if (!(fabs(bins->said[i] - (double)bins->hits[i]) <= within * count))
			fail_msg("bin %d: said %.3f, hit %.3f", i, bins->said[i] / count,
				(double)bins->hits[i] / count);
	}
	assert_true(checked >= 5);
}

#endif
