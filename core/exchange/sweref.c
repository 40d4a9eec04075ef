/*
 * Krüger's formulas as Lantmäteriet publishes them (Gauss Conformal Projection). SWEREF 99 and
 * WGS 84 differ by less than a metre, which no border shows.
 */
#include "exchange/sweref.h"

#include <math.h>

#define TERMS 4

const struct gauss sweref_99_tm = { .axis = 6378137,
	.flattening = 1 / 298.257222101,
	.meridian = 15,
	.scale = 0.9996,
	.false_northing = 0,
	.false_easting = 500000 };

/* From the conformal latitude on the sphere to that on the ellipsoid. */
static double
geodetic(double e2, double latitude)
{
	double e4 = e2 * e2, e6 = e4 * e2, e8 = e4 * e4;
	double a = e2 + e4 + e6 + e8;
	double b = -(7 * e4 + 17 * e6 + 30 * e8) / 6;
	double c = (224 * e6 + 889 * e8) / 120;
	double d = -4279 * e8 / 1260;
	double s = sin(latitude), s2 = s * s;
	return latitude + s * cos(latitude) * (a + s2 * (b + s2 * (c + s2 * d)));
}

void
gauss_to_degrees(const struct gauss *grid, double northing, double easting,
	double *ret_latitude, double *ret_longitude)
{
	double f = grid->flattening, n = f / (2 - f);
	double n2 = n * n, n3 = n2 * n, n4 = n2 * n2;
	double radius = grid->axis / (1 + n) * (1 + n2 / 4 + n4 / 64) * grid->scale;
	const double delta[TERMS] = {
		n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360,
		n2 / 48 + n3 / 15 - 437 * n4 / 1440,
		17 * n3 / 480 - 37 * n4 / 840,
		4397 * n4 / 161280,
	};
	double xi = (northing - grid->false_northing) / radius;
	double eta = (easting - grid->false_easting) / radius;
	double x = xi, y = eta;
	for (int i = 0; i < TERMS; i++) {
		double k = 2 * (i + 1);
		x -= delta[i] * sin(k * xi) * cosh(k * eta);
		y -= delta[i] * cos(k * xi) * sinh(k * eta);
	}
	*ret_latitude = geodetic(f * (2 - f), asin(sin(x) / cosh(y))) * 180 / M_PI;
	*ret_longitude = grid->meridian + atan2(sinh(y), cos(x)) * 180 / M_PI;
}
