/*
 * Theil and Sen: the slope is the median of the slopes between all pairs of readings on
 * different days, the level the median of what is left. A wrong reading among many changes
 * neither.
 */
#include <valstuga/trend.h>

#include <math.h>
#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Of what is sorted: the value below which so much of it lies, between neighbours straight. */
static double
quantile(const double *sorted, size_t count, double part)
{
	double at = part * (double)(count - 1);
	size_t below = (size_t)at;
	if (below + 1 >= count)
		return sorted[count - 1];
	return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static size_t
different_days(const int64_t *days, size_t count)
{
	size_t different = count > 0;
	for (size_t i = 1; i < count; i++)
		different += days[i] != days[i - 1];
	return different;
}

static double *
slopes_of(struct vs_arena *arena, const int64_t *days, const double *values, size_t count,
	size_t *ret_count)
{
	double *slopes = vs_arena_alloc(arena, count * (count - 1) / 2 * sizeof *slopes);
	size_t found = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count; k++)
			if (days[k] != days[i])
				slopes[found++] = (values[k] - values[i]) /
					(double)(days[k] - days[i]);
	qsort(slopes, found, sizeof *slopes, compare);
	*ret_count = found;
	return slopes;
}

bool
vs_trend(struct vs_arena *arena, const int64_t *days, const double *values, size_t count,
	struct vs_trend *ret_trend)
{
	for (size_t i = 0; i < count; i++)
		if (!isfinite(values[i]))
			return false;
	if (different_days(days, count) < 3)
		return false;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_arena *room = arena ? arena : scratch.arena;
	size_t found;
	double *slopes = slopes_of(room, days, values, count, &found);
	double slope = quantile(slopes, found, 0.5);
	double *levels = vs_arena_alloc(room, count * sizeof *levels);
	for (size_t i = 0; i < count; i++)
		levels[i] = values[i] + slope * (double)(days[count - 1] - days[i]);
	qsort(levels, count, sizeof *levels, compare);
	*ret_trend = (struct vs_trend){ .per_day = slope,
		.at_last = quantile(levels, count, 0.5),
		.low = quantile(slopes, found, 0.1),
		.high = quantile(slopes, found, 0.9) };
	return true;
}
