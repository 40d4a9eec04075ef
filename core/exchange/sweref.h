/* SWEREF 99 TM, the plane coordinates of Swedish maps (EPSG:3006), to degrees. */
#ifndef EXCHANGE_SWEREF_H
#define EXCHANGE_SWEREF_H

/* A Gauss conformal (transverse Mercator) projection. */
struct gauss {
	double axis, flattening; /* of the ellipsoid */
	double meridian;	 /* degrees */
	double scale, false_northing, false_easting;
};

extern const struct gauss sweref_99_tm;

/* Metres to degrees, to well within a millimetre anywhere near Sweden. */
void gauss_to_degrees(const struct gauss *grid, double northing, double easting,
	double *ret_latitude, double *ret_longitude);

#endif
