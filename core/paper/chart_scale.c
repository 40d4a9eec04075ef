/* Round ticks, their decimals, and which labels there is room for: arithmetic alone. */
#include <math.h>

#include "paper/chart.h"

/* 1, 2, 5, 10, 20 … for 0, 1, 2, 3, 4 …, downwards for negative ones. */
static double
round_step(int at)
{
	static const double steps[] = { 1, 2, 5 };
	int power = (int)floor(at / 3.0);
	return steps[at - 3 * power] * pow(10, power);
}

/* An axis needs an extent that numbers of this size can express. */
static void
widen(double *low, double *high, bool whole)
{
	double size = fmax(fabs(*low), fabs(*high));
	if (*high - *low > size * 1e-9 && *high > *low)
		return;
	double more = size > 0 ? size * 0.05 : 1;
	if (whole && more < 1)
		more = 1;
	if (*low > 0 || *low < 0)
		*low -= more;
	*high += more;
}

struct scale
chart_scale(double low, double high, bool whole, int most)
{
	widen(&low, &high, whole);
	int at = 3 * ((int)floor(log10(high - low)) - 1);
	if (whole && at < 0)
		at = 0;
	double step = 0, first = 0, last = 0;
	do {
		step = round_step(at++);
		/* A value that is a tick but for rounding is one. */
		first = floor(low / step + 1e-9);
		last = ceil(high / step - 1e-9);
	} while (last - first > most - 1);
	if (last <= first)
		last = first + 1;
	int decimals = step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;
	return (struct scale){ .low = first * step,
		.high = last * step,
		.step = step,
		.ticks = (int)(last - first) + 1,
		.decimals = decimals };
}

double
chart_tick(const struct scale *scale, int at)
{
	double value = (round(scale->low / scale->step) + at) * scale->step;
	return fabs(value) < scale->step / 2 ? 0 : value;
}

double
chart_share(const struct scale *scale, double value)
{
	return (value - scale->low) / (scale->high - scale->low);
}

int
chart_decimals(const double *values, size_t count, double largest)
{
	int most = largest < 10 ? 2 : largest < 1000 ? 1 : 0, need = 0;
	for (size_t i = 0; i < count && need < most; i++) {
		double unit = pow(10, need);
		while (!isnan(values[i]) && need < most &&
			fabs(values[i] * unit - round(values[i] * unit)) > 1e-6) {
			need++;
			unit *= 10;
		}
	}
	return need;
}

/* Do the texts that every `step` leaves stand apart? */
static bool
apart(const double *from, const double *length, size_t count, double gap, size_t step)
{
	double end = -1e9;
	for (size_t i = 0; i < count; i += step) {
		if (length[i] <= 0)
			continue;
		if (from[i] < end)
			return false;
		end = from[i] + length[i] + gap;
	}
	return true;
}

/* The last text instead of the one before it, unless that is the first. */
static void
keep_last(const double *from, const double *length, size_t count, double gap, bool *shown)
{
	size_t last = count - 1, before = last;
	if (shown[last] || length[last] <= 0)
		return;
	do
		before--;
	while (before > 0 && !(shown[before] && length[before] > 0));
	bool clear = from[before] + length[before] + gap <= from[last];
	if (!clear && before == 0)
		return;
	shown[before] = clear;
	shown[last] = true;
}

void
chart_thin(const double *from, const double *length, size_t count, double gap,
	bool *ret_shown)
{
	size_t step = 1;
	while (step < count && !apart(from, length, count, gap, step))
		step++;
	/* Somewhat fewer, if they then are even from the first to the last. */
	for (size_t more = step; count > 1 && more <= 2 * step; more++) {
		if ((count - 1) % more == 0 && apart(from, length, count, gap, more)) {
			step = more;
			break;
		}
	}
	for (size_t i = 0; i < count; i++)
		ret_shown[i] = i % step == 0;
	if (count > 1)
		keep_last(from, length, count, gap, ret_shown);
}
