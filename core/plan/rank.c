/* Spearman's rank correlation: the correlation of ranks, ties sharing the mean of theirs. */
#include <valstuga/rank.h>

#include <math.h>
#include <stdlib.h>

#define LEAST	 5
#define NORMAL95 1.959963984540054

struct ranked {
	double value;
	size_t at;
};

static int
compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	return (x->value > y->value) - (x->value < y->value);
}

/* Each value's rank from 1; those that are equal get the mean of the ranks they fill. */
static double *
ranks_of(struct vs_arena *arena, const double *values, size_t count)
{
	struct ranked *order = vs_arena_alloc(arena, count * sizeof *order);
	double *ranks = vs_arena_alloc(arena, count * sizeof *ranks);
	for (size_t i = 0; i < count; i++)
		order[i] = (struct ranked){ values[i], i };
	qsort(order, count, sizeof *order, compare);
	for (size_t first = 0, next; first < count; first = next) {
		for (next = first + 1;
			next < count && compare(&order[next], &order[first]) == 0; next++)
			;
		for (size_t i = first; i < next; i++)
			ranks[order[i].at] = (double)(first + 1 + next) / 2;
	}
	return ranks;
}

/* Of ranks, whose mean is known. False when one side has one value only. */
static bool
correlate(const double *a, const double *b, size_t count, double *ret_rho)
{
	double mean = ((double)count + 1) / 2, ab = 0, aa = 0, bb = 0;
	for (size_t i = 0; i < count; i++) {
		ab += (a[i] - mean) * (b[i] - mean);
		aa += (a[i] - mean) * (a[i] - mean);
		bb += (b[i] - mean) * (b[i] - mean);
	}
	/* Ranks are whole or half numbers, so these sums are exact. */
	if (aa <= 0 || bb <= 0)
		return false;
	double rho = ab / sqrt(aa * bb);
	*ret_rho = rho > 1 ? 1 : rho < -1 ? -1 : rho;
	return true;
}

/*
 * Fisher's z has no value at 1: a perfect order is taken for the one next to it, where two
 * neighbours have changed places, so that few pairs do not look certain.
 */
static double
short_of_perfect(double rho, double n)
{
	double most = 1 - 12 / (n * (n * n - 1));
	return rho > most ? most : rho < -most ? -most : rho;
}

bool
vs_rank(struct vs_arena *arena, const double *a, const double *b, size_t count,
	struct vs_rank *ret_rank)
{
	double rho;
	if (count < LEAST)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!isfinite(a[i]) || !isfinite(b[i]))
			return false;
	if (!correlate(ranks_of(arena, a, count), ranks_of(arena, b, count), count, &rho))
		return false;
	double n = (double)count, r = short_of_perfect(rho, n);
	double spread = NORMAL95 * sqrt((1 + r * r / 2) / (n - 3));
	*ret_rank = (struct vs_rank){ .rho = rho,
		.low = rho <= -1 ? -1 : tanh(atanh(r) - spread),
		.high = rho >= 1 ? 1 : tanh(atanh(r) + spread),
		.count = count };
	return true;
}
