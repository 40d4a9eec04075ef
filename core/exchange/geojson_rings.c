/* Geometries to rings of points. */
#include "exchange/geojson.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "exchange/sweref.h"

#define POINTS_MAX 8000000u /* of all areas of a file together */

/* Where Sweden is, with some sea around it. */
static bool
in_sweden(double longitude, double latitude)
{
	return longitude >= 10 && longitude <= 25 && latitude >= 55 && latitude <= 70;
}

/* East of 200 km and south of 7 800 km no local grid and no older system has its points. */
static bool
is_sweref(double easting, double northing)
{
	return easting >= 200000 && easting <= 1000000 && northing >= 6050000 &&
		northing <= 7800000;
}

static const char *
bad_point(struct geo *geo, const json_t *pair)
{
	if (!json_is_array(pair) || json_array_size(pair) < 2 ||
		!json_is_number(json_array_get(pair, 0)) ||
		!json_is_number(json_array_get(pair, 1)))
		return _("a point is not two numbers");
	return vs_arena_printf(geo->arena,
		_("the point %.9g, %.9g is in Sweden neither as longitude and latitude (WGS 84) "
		  "nor in SWEREF 99 TM"),
		json_number_value(json_array_get(pair, 0)),
		json_number_value(json_array_get(pair, 1)));
}

static bool
read_point(const json_t *pair, struct geo_point *ret_point)
{
	const json_t *first = json_array_get(pair, 0), *second = json_array_get(pair, 1);
	double x = json_number_value(first), y = json_number_value(second);
	if (!json_is_number(first) || !json_is_number(second))
		return false;
	if (is_sweref(x, y))
		gauss_to_degrees(&sweref_99_tm, y, x, &y, &x);
	if (!in_sweden(x, y))
		return false;
	*ret_point = (struct geo_point){ (int32_t)lround(x * GEO_DEGREE),
		(int32_t)lround(y * GEO_DEGREE) };
	return true;
}

static bool
is_same(const struct geo_point *a, const struct geo_point *b)
{
	return a->x == b->x && a->y == b->y;
}

static void
add_point(struct geo *geo, struct geo_ring *ring, const struct geo_point *point)
{
	if (ring->count && is_same(&geo->points[geo->point_count - 1], point))
		return;
	geo->points = vs_arena_grow(
		geo->arena, geo->points, geo->point_count, sizeof *geo->points);
	geo->points[geo->point_count++] = *point;
	ring->count++;
}

static const char *
add_ring(struct geo *geo, const json_t *points, struct geo_area *area)
{
	struct geo_ring ring = { .first = geo->point_count };
	size_t count = json_array_size(points);
	if (!json_is_array(points) || count < 4)
		return _("a ring has fewer than four points");
	if (count > POINTS_MAX - geo->point_count)
		return vs_arena_printf(geo->arena,
			_("there are more than %u points; take a file with fewer of them"),
			POINTS_MAX);
	for (size_t i = 0; i < count; i++) {
		struct geo_point point;
		const json_t *pair = json_array_get(points, i);
		if (!read_point(pair, &point))
			return bad_point(geo, pair);
		add_point(geo, &ring, &point);
	}
	if (!is_same(&geo->points[ring.first], &geo->points[geo->point_count - 1]))
		return _("a ring does not end where it begins");
	geo->point_count--;
	ring.count--;
	if (ring.count < 3) {
		geo->point_count = ring.first;
		return NULL;
	}
	geo->rings = vs_arena_grow(
		geo->arena, geo->rings, geo->ring_count, sizeof *geo->rings);
	geo->rings[geo->ring_count++] = ring;
	area->count++;
	return NULL;
}

static const char *
add_polygon(struct geo *geo, const json_t *rings, struct geo_area *area)
{
	const char *wrong = NULL;
	if (!json_is_array(rings) || !json_array_size(rings))
		return _("a polygon has no rings");
	for (size_t i = 0; !wrong && i < json_array_size(rings); i++)
		wrong = add_ring(geo, json_array_get(rings, i), area);
	return wrong;
}

static const char *
add_geometry(struct geo *geo, const json_t *geometry, struct geo_area *area)
{
	const char *type = json_string_value(json_object_get(geometry, "type"));
	const json_t *places = json_object_get(geometry, "coordinates");
	const char *wrong = NULL;
	if (type && strcmp(type, "Polygon") == 0)
		return add_polygon(geo, places, area);
	if (!type || strcmp(type, "MultiPolygon") != 0)
		return _("its geometry is neither Polygon nor MultiPolygon");
	if (!json_is_array(places))
		return _("a polygon has no rings");
	for (size_t i = 0; !wrong && i < json_array_size(places); i++)
		wrong = add_polygon(geo, json_array_get(places, i), area);
	return wrong;
}

const char *
geojson_rings(struct geo *geo, const json_t *geometry, struct geo_area *area)
{
	size_t points = geo->point_count, rings = geo->ring_count;
	area->first = rings;
	area->count = 0;
	const char *wrong = add_geometry(geo, geometry, area);
	if (!wrong && !area->count)
		wrong = _("it has no area");
	if (wrong) {
		geo->point_count = points;
		geo->ring_count = rings;
	}
	return wrong;
}
