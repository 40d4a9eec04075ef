/*
 * The negative binomial distribution, exact to about twelve digits in both tails: its sums
 * are incomplete beta functions. These are a continued fraction (Didonato & Morris,
 * Algorithm 708, ACM TOMS 18(3), 1992) times a probability in Loader's form ("Fast and
 * accurate computation of binomial probabilities", 2000), where large logarithms that would
 * cancel do not occur.
 */
#include "plan/allot.h"

#include <math.h>

#define HALF_LOG_TWO_PI 0.91893853320467274178

/* Relative change at which the continued fraction has come to its end. */
#define SETTLED 1e-15

/* From this shape on nothing tells it from a Poisson distribution. */
#define SHAPE_MAX 1e30

/* log x! less Stirling's formula for it; x > 0. */
static double
stirling_error(double x)
{
	if (x < 16) {
		int sign;
		return lgamma_r(x + 1, &sign) - (x + 0.5) * log(x) + x - HALF_LOG_TWO_PI;
	}
	double s = 1 / (x * x);
	return (1 / 12.0 - s * (1 / 360.0 - s * (1 / 1260.0 - s * (1 / 1680.0)))) / x;
}

/* x log(x / mean) - `over`, where over = x - mean is known better than by subtracting. */
static double
deviance(double x, double mean, double over)
{
	double part = over / (x + mean);
	if (fabs(part) > 0.1)
		return x * log(x / mean) - over;
	double sum = over * part, term = 2 * x * part;
	for (int i = 3;; i += 2) {
		term *= part * part;
		double next = sum + term / i;
		if (!(fabs(next - sum) > 0))
			return sum;
		sum = next;
	}
}

/* log P(demand = n), n > 0. */
static double
log_probability(const struct demand *demand, double n)
{
	double r = demand->shape, mean = demand->mean;
	double whole = (n + r) / (r + mean);
	double over = r * ((n - mean) / (r + mean));
	return stirling_error(n + r) - stirling_error(n) - demand->shape_error -
		deviance(n, mean * whole, over) - deviance(r, r * whole, -over) +
		0.5 * log(r / (n + r) / n) - HALF_LOG_TWO_PI;
}

/*
 * The incomplete beta function I_x(a, b) over x^a (1 - x)^b / B(a, b), for x on this side of
 * its mean: over = a - (a + b) x >= 0, known better than by computing it here.
 */
static double
beta_fraction(double a, double b, double x, double y, double over)
{
	double c = 1 + over, c0 = b / a, c1 = 1 + 1 / a;
	double p = 1, s = a + 1;
	double top0 = 0, bottom0 = 1, top1 = 1, bottom1 = c / c1;
	double result = c1 / c;
	for (double n = 1;; n++) {
		double t = n / a, w = n * (b - n) * x, e = a / s;
		double alpha = p * (p + c0) * e * e * (w * x);
		e = (1 + t) / (c1 + t + t);
		double beta = n + w / s + e * (c + n * (1 + y));
		p = 1 + t;
		s += 2;
		double top = alpha * top0 + beta * top1;
		double bottom = alpha * bottom0 + beta * bottom1;
		double before = result;
		result = top / bottom;
		if (!(fabs(result - before) > SETTLED * result))
			return result;
		top0 = top1 / bottom;
		bottom0 = bottom1 / bottom;
		top1 = result;
		bottom1 = 1;
	}
}

static double
within(double value, double least, double most)
{
	return value < least ? least : value > most ? most : value;
}

struct demand
demand_of(double mean, double spread)
{
	double shape = spread > 1e-15 ? 1 / (spread * spread) : SHAPE_MAX;
	return (struct demand){ mean, shape, stirling_error(shape) };
}

/* log P(demand > pieces) above the mean, log P(demand <= pieces) below. */
static double
log_tail(const struct demand *demand, double next, bool above)
{
	double r = demand->shape, mean = demand->mean;
	double taken = mean / (r + mean), rest = r / (r + mean);
	double over = r * ((next - mean) / (r + mean));
	double fraction = above ? beta_fraction(next, r, taken, rest, over)
				: beta_fraction(r, next, rest, taken, -over);
	return log_probability(demand, next) + log(next * fraction);
}

double
demand_log_chance(const struct demand *demand, int64_t pieces)
{
	if (!(demand->mean > 0))
		return 0;
	double next = (double)pieces + 1;
	bool above = next >= demand->mean;
	double tail = log_tail(demand, next, above);
	return above ? log1p(-exp(tail)) : tail;
}

double
demand_risk(const struct demand *demand, int64_t pieces)
{
	if (!(demand->mean > 0))
		return 0;
	double next = (double)pieces + 1;
	bool above = next >= demand->mean;
	double tail = log_tail(demand, next, above);
	return above ? exp(tail) : -expm1(tail);
}

/* The point that a standard normal exceeds with this risk, to three digits. */
static double
normal_point(double risk)
{
	if (risk > 0.5)
		return -normal_point(1 - risk);
	double t = sqrt(-2 * log(risk));
	return t -
		(2.515517 + t * (0.802853 + t * 0.010328)) /
		(1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/* Near the pieces looked for, from mean, deviation and skewness (Cornish & Fisher). */
static double
guess(const struct demand *demand, double deviation, double risk)
{
	double r = demand->shape, mean = demand->mean;
	double skewness = (r + 2 * mean) / (r * deviation);
	double z = normal_point(within(risk, 1e-12, 1 - 1e-12));
	return mean + deviation * (z + skewness * (z * z - 1) / 6);
}

/* Steps that double, from what was guessed to the other side of what is looked for. */
static void
bracket(const struct demand *demand, double risk, int64_t *low, int64_t *high)
{
	double r = demand->shape, mean = demand->mean;
	double deviation = sqrt(mean * (1 + mean / r));
	int64_t at = (int64_t)within(guess(demand, deviation, risk), 1, 1e15);
	int64_t step = 1 + (int64_t)(deviation / 32);
	if (demand_risk(demand, at) > risk) {
		*low = at;
		for (*high = at + step; demand_risk(demand, *high) > risk;) {
			*low = *high;
			*high += step *= 2;
		}
		return;
	}
	*high = at;
	for (*low = at - step; *low > 0 && demand_risk(demand, *low) <= risk;) {
		*high = *low;
		*low -= step *= 2;
	}
	if (*low < 0)
		*low = 0;
}

int64_t
demand_pieces(const struct demand *demand, double risk)
{
	if (demand_risk(demand, 0) <= risk)
		return 0;
	int64_t low, high;
	bracket(demand, risk, &low, &high);
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		if (demand_risk(demand, middle) > risk)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static struct demand
limited(double mean, double spread)
{
	return demand_of(within(mean, 0, VS_ALLOT_MEAN_MAX),
		within(spread, 0, VS_ALLOT_SPREAD_MAX));
}

double
vs_demand_risk(double mean, double spread, int64_t pieces)
{
	if (isnan(mean) || isnan(spread))
		return NAN;
	if (pieces < 0)
		return 1;
	struct demand demand = limited(mean, spread);
	return demand_risk(&demand, pieces);
}

int64_t
vs_demand_pieces(double mean, double spread, double service)
{
	if (isnan(mean) || isnan(spread) || isnan(service))
		return -1;
	struct demand demand = limited(mean, spread);
	return demand_pieces(&demand, 1 - within(service, 0, 1 - 1e-12));
}
