/*
 * Where a series of readings is going: a line through it that a single odd reading does not
 * move (Theil–Sen: the median of the slopes between all pairs). Pure.
 */
#ifndef VALSTUGA_TREND_H
#define VALSTUGA_TREND_H

#include <valstuga/base.h>

struct vs_trend {
	double per_day;	  /* slope */
	double at_last;	  /* the line's value on the last day */
	double low, high; /* of the slope: 80 % of the pairs lie between */
};

/* False when there are fewer than three readings on different days. `days` ascend. */
VS_API bool vs_trend(struct vs_arena *arena, const int64_t *days, const double *values,
	size_t count, struct vs_trend *ret_trend);

#endif
