/*
 * The chance that a count reaches a target. Pure: numbers in, a distribution out.
 *
 * What comes is the sum of two things that do not depend on each other:
 *
 *	open groups	`open` appearances of one state, each of which happens with the same
 *			unknown share. What is known of the share is Beta(alpha, beta): what
 *			happened and what did not, on top of a weak prior. The number that
 *			happens is beta-binomial.
 *	unplanned	events that come by themselves. Their rate per week is Gamma(shape,
 *			weeks): `shape` events seen in `weeks` weeks, and a trifle. In the
 *			`exposure` weeks that are left their number is negative binomial.
 *			Weeks far ahead count whole; near ones count only with the share of
 *			events that are not planned so late (who is planned is in a group).
 */
#ifndef VALSTUGA_FORECAST_H
#define VALSTUGA_FORECAST_H

#include <valstuga/base.h>

#define VS_FORECAST_OPEN_MAX 10000 /* in all groups */
#define VS_FORECAST_DONE_MAX 1000000

struct vs_forecast_group {
	int64_t open;
	double alpha, beta; /* > 0 */
};

struct vs_forecast {
	const struct vs_forecast_group *groups;
	size_t group_count;
	double shape, weeks; /* > 0 */
	double exposure;     /* >= 0 */
	int64_t done;	     /* what is there already */
};

struct vs_outlook {
	double *chance; /* of exactly i in all; arena */
	size_t count;	/* chance[count - 1] holds what lies at and above it */
	double mean;
	int64_t low, high; /* at least 80 % of the outcomes lie from one to the other */
};

/*
 * Fails with VS_INVALID on what the struct does not allow: parameters from 1e-6 to 1e6, and
 * at most 10 000 unplanned ones expected.
 */
VS_API VS_CHECKED bool vs_forecast(struct vs_arena *arena,
	const struct vs_forecast *forecast, struct vs_outlook *ret_outlook,
	struct vs_error *err);

/* The chance of at least n in all. */
VS_API double vs_outlook_at_least(const struct vs_outlook *outlook, int64_t n);

#endif
