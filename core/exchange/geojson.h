/*
 * Borders from GeoJSON: geojson.c reads the file feature by feature, geojson_rings.c a
 * geometry, geojson_thin.c leaves out points that no map shows, geojson_import.c compares
 * with the campaign file.
 */
#ifndef EXCHANGE_GEOJSON_H
#define EXCHANGE_GEOJSON_H

#include "exchange/exchange.h"

/* Ten-millionths of a degree: a centimetre. Neighbours share their points exactly. */
struct geo_point {
	int32_t x, y;
};
#define GEO_DEGREE 10000000

struct geo_ring {
	size_t first, count; /* points; the first is not repeated */
};

struct geo_area {
	const char *kind, *code; /* "kommun" with 4 digits, "district" with 8 */
	size_t first, count;	 /* rings */
	size_t feature;		 /* in the file, from 1 */
};

struct geo {
	struct vs_arena *arena;
	struct geo_point *points;
	struct geo_ring *rings;
	struct geo_area *areas;
	size_t point_count, ring_count, area_count;
};

/* A text that begins as an object with features: it is tried as GeoJSON. */
bool geojson_is(const char *bytes, size_t length);

/*
 * Calls `take` for each feature (its number from 1, borrowed), in one pass and with one feature
 * in memory at a time. Fails with what is wrong where.
 */
bool geojson_read(const char *name, const char *bytes, size_t length,
	bool (*take)(
		void *context, size_t feature, const json_t *value, struct vs_error *err),
	void *context, struct vs_error *err) VS_CHECKED;

/*
 * Adds the rings of a Polygon or MultiPolygon, in degrees or in SWEREF 99 TM. NULL, or what is
 * wrong with it; then nothing was added. Arena.
 */
const char *geojson_rings(struct geo *geo, const json_t *geometry, struct geo_area *area);

/*
 * Leaves out points until each area has about as many as it may; what two areas share stays
 * the same for both. Rings that become nothing are dropped, but for an area's largest.
 */
void geojson_thin(struct geo *geo, size_t (*most)(const struct geo_area *area));

bool geojson_import(struct rows *rows, struct vs_error *err) VS_CHECKED;

#endif
