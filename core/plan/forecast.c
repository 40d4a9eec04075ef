/*
 * The chance that a count reaches a target: what is there, and the sum of beta-binomials (the
 * open ones of each state) and a negative binomial (those that nobody has planned). Each is
 * built from its first probability by the ratio to the next, in logarithms, and the sums by
 * convolution, so that everything is exact to the precision of doubles.
 */
#include <valstuga/forecast.h>

#include <math.h>
#include <string.h>

#include "base/i18n.h"

#define PARAMETER_LEAST 1e-6
#define PARAMETER_MOST	1e6
#define UNPLANNED_MOST	10000.0 /* expected */
#define CELLS_MOST	100000	/* of the unplanned ones; the last holds the rest */
#define NEGLIGIBLE	1e-13	/* so little is left when no more cells are made */
#define OUTSIDE		0.1	/* on each side of the 80 % */

/* A distribution over 0, 1, 2 …; chance[count - 1] holds what lies at and above it. */
struct chances {
	double *chance;
	size_t count;
};

/* --- is the problem well formed? --- */

/* The comparisons are such that NaN fails. */
static bool
check_parameter(
	const char *name, double value, double least, double most, struct vs_error *err)
{
	if (value >= least && value <= most)
		return true;
	return vs_fail(err, VS_INVALID, _("forecast: \"%s\" is %g; allowed are %g to %g"),
		name, value, least, most);
}

static bool
check_open(const struct vs_forecast *forecast, struct vs_error *err)
{
	int64_t left = VS_FORECAST_OPEN_MAX;
	for (size_t i = 0; i < forecast->group_count; i++) {
		const struct vs_forecast_group *group = &forecast->groups[i];
		if (group->open < 0 || group->open > left)
			return vs_fail(err, VS_INVALID,
				_("forecast: %lld open in a group; allowed are 0 to %d in all"),
				(long long)group->open, VS_FORECAST_OPEN_MAX);
		left -= group->open;
		if (!check_parameter("alpha", group->alpha, PARAMETER_LEAST,
			    PARAMETER_MOST, err) ||
			!check_parameter("beta", group->beta, PARAMETER_LEAST,
				PARAMETER_MOST, err))
			return false;
	}
	return true;
}

static double
expected_unplanned(const struct vs_forecast *forecast)
{
	return forecast->shape / forecast->weeks * forecast->exposure;
}

static bool
check_forecast(const struct vs_forecast *forecast, struct vs_error *err)
{
	if (forecast->done < 0 || forecast->done > VS_FORECAST_DONE_MAX)
		return vs_fail(err, VS_INVALID,
			_("forecast: %lld are done; allowed are 0 to %d"),
			(long long)forecast->done, VS_FORECAST_DONE_MAX);
	return check_parameter(
		       "shape", forecast->shape, PARAMETER_LEAST, PARAMETER_MOST, err) &&
		check_parameter(
			"weeks", forecast->weeks, PARAMETER_LEAST, PARAMETER_MOST, err) &&
		check_parameter("exposure", forecast->exposure, 0, PARAMETER_MOST, err) &&
		check_parameter("shape / weeks * exposure", expected_unplanned(forecast),
			0, UNPLANNED_MOST, err) &&
		check_open(forecast, err);
}

/* --- the parts --- */

static struct chances
certain(struct vs_arena *arena)
{
	struct chances c = { vs_arena_alloc(arena, sizeof *c.chance), 1 };
	c.chance[0] = 1;
	return c;
}

/* How many of a group happen. */
static struct chances
beta_binomial(struct vs_arena *arena, const struct vs_forecast_group *group)
{
	double a = group->alpha, b = group->beta, n = (double)group->open, log_chance = 0;
	struct chances c = { NULL, (size_t)group->open + 1 };
	c.chance = vs_arena_alloc(arena, c.count * sizeof *c.chance);
	for (double i = 0; i < n; i++) /* none happens */
		log_chance += log((b + i) / (a + b + i));
	for (size_t i = 0; i < c.count; i++) {
		double k = (double)i;
		c.chance[i] = exp(log_chance);
		if (i + 1 < c.count)
			log_chance +=
				log((n - k) * (a + k) / ((k + 1) * (b + n - k - 1)));
	}
	return c;
}

/* How many come by themselves. What is beyond the last cell is put into it. */
static struct chances
negative_binomial(struct vs_arena *arena, const struct vs_forecast *forecast)
{
	double r = forecast->shape, whole = forecast->weeks + forecast->exposure;
	double log_chance = -r * log1p(forecast->exposure / forecast->weeks);
	double left = 1, mean = expected_unplanned(forecast);
	struct chances c = { 0 };
	if (!(forecast->exposure > 0))
		return certain(arena);
	double log_share = log(forecast->exposure / whole);
	for (double k = 0; c.count < CELLS_MOST && (k <= mean || left > NEGLIGIBLE);
		k++) {
		double chance = exp(log_chance);
		c.chance = vs_arena_grow(arena, c.chance, c.count, sizeof *c.chance);
		c.chance[c.count++] = chance;
		left -= chance;
		log_chance += log((k + r) / (k + 1)) + log_share;
	}
	if (left > 0)
		c.chance[c.count - 1] += left;
	return c;
}

/* The sum of two. */
static struct chances
convolve(struct vs_arena *arena, struct chances a, struct chances b)
{
	struct chances c = { NULL, a.count + b.count - 1 };
	if (a.count == 1)
		return b;
	if (b.count == 1)
		return a;
	c.chance = vs_arena_alloc(arena, c.count * sizeof *c.chance);
	for (size_t i = 0; i < a.count; i++)
		for (size_t k = 0; k < b.count; k++)
			c.chance[i + k] += a.chance[i] * b.chance[k];
	return c;
}

/* --- the whole --- */

static double
mean_of(const struct vs_forecast *forecast)
{
	double mean = (double)forecast->done + expected_unplanned(forecast);
	for (size_t i = 0; i < forecast->group_count; i++) {
		const struct vs_forecast_group *group = &forecast->groups[i];
		mean += (double)group->open * group->alpha / (group->alpha + group->beta);
	}
	return mean;
}

/* The least n with so much at and below it. */
static int64_t
quantile(const struct vs_outlook *outlook, double part)
{
	double sum = 0;
	for (size_t i = 0; i < outlook->count; i++) {
		sum += outlook->chance[i];
		if (sum >= part)
			return (int64_t)i;
	}
	return (int64_t)outlook->count - 1;
}

bool
vs_forecast(struct vs_arena *arena, const struct vs_forecast *forecast,
	struct vs_outlook *ret_outlook, struct vs_error *err)
{
	if (!check_forecast(forecast, err))
		return false;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct chances sum = certain(scratch.arena);
	for (size_t i = 0; i < forecast->group_count; i++)
		sum = convolve(scratch.arena, sum,
			beta_binomial(scratch.arena, &forecast->groups[i]));
	sum = convolve(scratch.arena, sum, negative_binomial(scratch.arena, forecast));

	size_t done = (size_t)forecast->done;
	struct vs_outlook outlook = { .count = done + sum.count,
		.mean = mean_of(forecast) };
	outlook.chance = vs_arena_alloc(arena, outlook.count * sizeof *outlook.chance);
	memcpy(outlook.chance + done, sum.chance, sum.count * sizeof *sum.chance);
	outlook.low = quantile(&outlook, OUTSIDE);
	outlook.high = quantile(&outlook, 1 - OUTSIDE);
	*ret_outlook = outlook;
	return true;
}

double
vs_outlook_at_least(const struct vs_outlook *outlook, int64_t n)
{
	double below = 0, from = 0;
	size_t first = n <= 0		       ? 0
		: (uint64_t)n < outlook->count ? (size_t)n
					       : outlook->count;
	/* Of the two sums the smaller is the exact one. */
	for (size_t i = 0; i < first; i++)
		below += outlook->chance[i];
	for (size_t i = outlook->count; i > first; i--)
		from += outlook->chance[i - 1];
	double chance = from < below ? from : 1 - below;
	return chance < 0 ? 0 : chance > 1 ? 1 : chance;
}
