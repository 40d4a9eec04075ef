/*
 * How two figures of the same places go together: Spearman's rank correlation, which asks only
 * whether more of one goes with more of the other, with an interval that says how uncertain it
 * is. Ties share ranks. It says nothing about causes. Pure.
 *
 * Interval: Fisher's z with Bonett and Wright's (2000) standard error
 * sqrt((1 + r²/2) / (n - 3)). A perfect order is taken for the one next to it (two neighbours
 * changed), so that a few pairs never look certain.
 */
#ifndef VALSTUGA_RANK_H
#define VALSTUGA_RANK_H

#include <valstuga/base.h>

struct vs_rank {
	double rho;	  /* -1 to 1 */
	double low, high; /* 95 % interval */
	size_t count;
};

/* False when it cannot be told: fewer than 5 pairs, one side is the same everywhere, or a
 * figure is no number. */
VS_API bool vs_rank(struct vs_arena *arena, const double *a, const double *b,
	size_t count, struct vs_rank *ret_rank);

#endif
