/* Borders from GeoJSON: what comes in, what is refused, how it is made small. */
#include "scene.h"

#include <math.h>

#include <valstuga/exchange.h>

#include "exchange/sweref.h"
#include "register/register.h"

#define METRE (1 / 111195.0) /* in degrees of latitude */

#define COLLECTION(features) \
	"{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define FEATURE(properties, type, coordinates) \
	"{\"type\":\"Feature\",\"geometry\":{\"type\":\"" type \
	"\",\"coordinates\":" coordinates "},\"properties\":{" properties "}}"
#define KIL    "\"id\":\"1715\",\"kom_namn\":\"Kil\""
#define SQUARE "[[[13,59],[13.1,59],[13.1,59.1],[13,59.1],[13,59]]]"

static const char *
write_text(struct scene *s, const char *name, const char *text)
{
	const char *path = scene_path(s, name);
	assert_done(s, vs_file_write(path, text, strlen(text), &s->err));
	return path;
}

/* The report of the file; NULL: it was refused, and s->err says why. */
static json_t *
import_path(struct scene *s, const char *path, bool all)
{
	const struct vs_import_options options = { .all = all };
	json_t *report = vs_import(s->db, &path, 1, &options, &s->err);
	json_t *file = json_incref(json_array_get(json_object_get(report, "files"), 0));
	if (file)
		json_object_set(file, "changed", json_object_get(report, "changed"));
	json_decref(report);
	return file;
}

static json_t *
import_text(struct scene *s, const char *text)
{
	return import_path(s, write_text(s, "b.geojson", text), false);
}

static void
take_text(struct scene *s, const char *text)
{
	json_t *report = import_text(s, text);
	assert_done(s, report != NULL);
	json_decref(report);
}

static const char *
rings_of(struct scene *s, const char *code)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("SELECT rings FROM border WHERE code = ?"),
			&s->err));
	stmt_bind(&q, code);
	return stmt_row(&q, &s->err) ? stmt_copy(&q, 0, s->arena) : "";
}

/* Projections ------------------------------------------------------------------------------ */

static void
assert_near(double a, double b, double most)
{
	if (!(fabs(a - b) <= most))
		fail_msg("%.12f is not %.12f", a, b);
}

/* Points that Lantmäteriet gives out for checking programs with. */
static void
sweref_agrees_with_lantmateriets_control_points(void **state)
{
	(void)state;
	static const struct {
		double northing, easting, latitude, longitude;
	} points[] = {
		{ 6097106.672, 356083.438, 55, 12.75 },
		/* 59° 58' 55.23" N, 17° 50' 6.12" E */
		{ 6652797.165, 658185.201, 59 + 58 / 60.0 + 55.23 / 3600,
			17 + 50 / 60.0 + 6.12 / 3600 },
	};
	double latitude, longitude;
	for (size_t i = 0; i < 2; i++) {
		gauss_to_degrees(&sweref_99_tm, points[i].northing, points[i].easting,
			&latitude, &longitude);
		assert_near(latitude, points[i].latitude, 0.001 * METRE);
		assert_near(longitude, points[i].longitude, 0.001 * METRE);
	}
	/* The example of the formulas, far from its meridian: 66° N, 24° E. */
	const struct gauss grid = { 6378137, 1 / 298.257222101,
		13 + 35 / 60.0 + 7.692 / 3600, 1.00000254, -6226307.8640, 84182.8790 };
	gauss_to_degrees(&grid, 1135809.413803, 555304.016555, &latitude, &longitude);
	assert_near(latitude, 66, 0.00001 * METRE);
	assert_near(longitude, 24, 0.00001 * METRE);
}

/*
 * On the meridian of 15° the northing is 0.9996 of the arc from the equator, which is
 * integrated here: a (1 - e²) / (1 - e² sin² v)^1.5 dv, by Simpson's rule.
 */
static void
sweref_on_its_meridian_is_the_arc_from_the_equator(void **state)
{
	(void)state;
	const double f = 1 / 298.257222101, e2 = f * (2 - f);
	for (int degree = 55; degree <= 69; degree += 7) {
		const int steps = 20000;
		double h = degree * M_PI / 180 / steps, sum = 0, latitude, longitude;
		for (int i = 0; i <= steps; i++) {
			double s = sin(i * h);
			double weight = i == 0 || i == steps ? 1 : i % 2 ? 4 : 2;
			sum += weight * 6378137 * (1 - e2) / pow(1 - e2 * s * s, 1.5);
		}
		gauss_to_degrees(&sweref_99_tm, 0.9996 * sum * h / 3, 500000, &latitude,
			&longitude);
		assert_near(latitude, degree, 0.001 * METRE);
		assert_near(longitude, 15, 1e-12);
	}
}

/* Files ------------------------------------------------------------------------------------ */

static void
a_kommun_comes_in_with_its_rings_as_they_are(void **state)
{
	struct scene *s = *state;
	json_t *report = import_text(s, COLLECTION(FEATURE(KIL, "Polygon", SQUARE)));
	assert_done(s, report != NULL);
	assert_string_equal(text_at(report, "format"), "geojson");
	assert_int_equal(integer_at(report, "taken"), 1);
	assert_string_equal(rings_of(s, "1715"),
		"[[[13.00000,59.00000],[13.10000,59.00000],[13.10000,59.10000],"
		"[13.00000,59.10000],[13.00000,59.00000]]]");
	json_decref(report);
}

/* Two points of one square kilometre, so that the metres can be seen in the degrees. */
static void
a_district_in_metres_becomes_degrees(void **state)
{
	struct scene *s = *state;
	take_text(s,
		COLLECTION(
			FEATURE("\"Lkfv\":\"17150101\",\"Vdnamn\":\"Norra\"", "Polygon",
				"[[[400000.5,6600000],[401000,6600000],[401000,6601000],"
				"[400000.5,6600000]]]")));
	double latitude, longitude;
	gauss_to_degrees(&sweref_99_tm, 6601000, 401000, &latitude, &longitude);
	const char *corner =
		vs_arena_printf(s->arena, "[%.5f,%.5f]", longitude, latitude);
	assert_non_null(strstr(rings_of(s, "17150101"), corner));
	assert_non_null(strstr(corner, ",59.5"));
}

static void
parts_and_holes_stand_after_each_other(void **state)
{
	struct scene *s = *state;
	take_text(s,
		COLLECTION(FEATURE(KIL, "MultiPolygon",
			"[[[[13,59],[13.1,59],[13.1,59.1],[13,59]],"
			"[[13.05,59.02],[13.06,59.02],[13.06,59.03],[13.05,59.02]]],"
			"[[[13.5,59],[13.6,59],[13.6,59.1],[13.5,59]]]]")));
	json_t *record = vs_record_get(s->db, &vs_border_type, "1715", &s->err);
	assert_done(s, record != NULL);
	assert_int_equal(integer_at(record, "rings"), 3);
	assert_int_equal(integer_at(record, "points"), 9);
	assert_string_equal(text_at(record, "area_name"), "Kil");
	assert_string_equal(text_at(record, "source"), "b.geojson");
	json_decref(record);
}

static void
the_same_borders_twice_change_nothing(void **state)
{
	struct scene *s = *state;
	const char *text = COLLECTION(FEATURE(KIL, "Polygon", SQUARE));
	take_text(s, text);
	json_t *again = import_path(s, write_text(s, "other.geojson", text), false);
	assert_false(json_is_true(json_object_get(again, "changed")));
	json_decref(again);
	json_t *moved = import_text(s,
		COLLECTION(FEATURE(KIL, "Polygon",
			"[[[13,59],[13.2,59],[13.1,59.1],[13,59.1],[13,59]]]")));
	assert_true(json_is_true(json_object_get(moved, "changed")));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM border")), 1);
	json_decref(moved);
}

static void
only_the_campaigns_kommuner_are_kept_unless_all_are_asked_for(void **state)
{
	struct scene *s = *state;
	const char *path = write_text(s, "b.geojson",
		COLLECTION(FEATURE(KIL, "Polygon", SQUARE) "," FEATURE(
			"\"id\":\"0180\"", "Polygon", SQUARE)));
	json_t *report = import_path(s, path, false);
	assert_int_equal(integer_at(report, "outside"), 1);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM border")), 1);
	json_decref(report);
	report = import_path(s, path, true);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM border")), 2);
	json_decref(report);
}

static void
a_county_that_is_not_ours_is_told(void **state)
{
	struct scene *s = *state;
	json_t *report =
		import_text(s, COLLECTION(FEATURE("\"id\":\"0180\"", "Polygon", SQUARE)));
	json_t *problem = json_array_get(json_object_get(report, "problems"), 0);
	assert_non_null(strstr(text_at(problem, "text"), "none of its areas"));
	json_decref(report);
}

static void
one_bad_area_is_refused_and_the_others_are_taken(void **state)
{
	struct scene *s = *state;
	json_t *report = import_text(s,
		COLLECTION(FEATURE(KIL, "Polygon", SQUARE) "," FEATURE("\"id\":\"1780\"",
			"Polygon", "[[[13,59],[13.1,\"x\"],[13,59.1],[13,59]]]")));
	assert_int_equal(integer_at(report, "taken"), 1);
	assert_int_equal(integer_at(report, "refused"), 1);
	json_t *problem = json_array_get(json_object_get(report, "problems"), 0);
	assert_string_equal(
		text_at(problem, "text"), "area 2: 1780: a point is not two numbers");
	json_decref(report);
}

static void
nonsense_is_refused_in_words(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *text, *said;
	} bad[] = {
		{ COLLECTION(FEATURE(
			  KIL, "Polygon", "[[[59,13],[59,13.1],[59.1,13],[59,13]]]")),
			"1715: the point 59, 13 is in Sweden neither" },
		/* RT 90, the older system */
		{ COLLECTION(FEATURE(KIL, "Polygon",
			  "[[[1370000,6600000],[1371000,6600000],[1371000,6601000],"
			  "[1370000,6600000]]]")),
			"neither as longitude and latitude (WGS 84) nor in SWEREF 99 TM" },
		{ COLLECTION(
			  FEATURE(KIL, "Polygon", "[[[1e300,1],[2,2],[3,3],[1e300,1]]]")),
			"neither" },
		{ COLLECTION(FEATURE(KIL, "Polygon", "[[[13,59],[13.1,59],[13,59]]]")),
			"fewer than four points" },
		{ COLLECTION(FEATURE(
			  KIL, "Polygon", "[[[13,59],[13.1,59],[13.1,59.1],[13,59.1]]]")),
			"does not end where it begins" },
		{ COLLECTION(
			  FEATURE(KIL, "Polygon", "[[[13,59],[13,59],[13,59],[13,59]]]")),
			"it has no area" },
		{ COLLECTION(FEATURE(KIL, "Polygon", "{}")), "a polygon has no rings" },
		{ COLLECTION(FEATURE(KIL, "Polygon", "[7]")), "fewer than four points" },
		{ COLLECTION(FEATURE(KIL, "Point", "[13,59]")),
			"neither Polygon nor MultiPolygon" },
		{ COLLECTION(FEATURE("\"name\":\"Kil\"", "Polygon", SQUARE)), "no code" },
		{ COLLECTION(FEATURE("\"id\":\"9999\"", "Polygon", SQUARE)),
			"no such kommun" },
		{ COLLECTION("7"), "no code" },
		{ "{\"type\":\"FeatureCollection\",\"features\":7}", "no collection" },
		{ "{\"type\":\"Feature\",\"features\":[]}", "no collection" },
		{ "{\"features\":[]", "line 1: not valid JSON" },
		{ "{\"features\":[}", "line 1: not valid JSON" },
		{ "{\n\"features\":[]\n,,}", "line 3: not valid JSON" },
		{ "{\"features\":[],\"features\":[]}", "twice" },
		{ COLLECTION("") " x", "more after its end" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		json_t *report = import_text(s, bad[i].text);
		assert_refused(s, report != NULL, VS_INVALID, bad[i].said);
	}
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM border")), 0);
}

static void
endless_nesting_is_refused(void **state)
{
	struct scene *s = *state;
	VS_AUTO(vs_buffer) text = { 0 };
	vs_buffer_text(&text, "{\"features\":[");
	for (int i = 0; i < 1000000; i++)
		vs_buffer_text(&text, "[");
	assert_refused(
		s, import_text(s, text.data) != NULL, VS_INVALID, "not valid JSON");
}

/* Thinning --------------------------------------------------------------------------------- */

/* A jagged way from south to north with so many steps, as GeoJSON's points, or back. */
static void
put_way(struct vs_buffer *text, double east, int steps, bool back)
{
	for (int i = 0; i <= steps; i++) {
		int at = back ? steps - i : i;
		uint32_t noise = (uint32_t)at * 2654435761u >> 16;
		double out = at == 0 || at == steps ? 0 : (double)(noise % 1000) / 50000;
		vs_buffer_printf(text, "[%.7f,%.7f],", east + out,
			59 + 0.5 * (double)at / (double)steps);
	}
}

/* Two neighbours whose border is a way of `steps`, and whose other sides are straight. */
static void
take_neighbours(struct scene *s, int steps)
{
	VS_AUTO(vs_buffer) text = { 0 };
	vs_buffer_text(&text,
		"{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"id\":\"1715\"},"
		"\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[12.5,59.5],[12.5,59],");
	put_way(&text, 13, steps, false);
	vs_buffer_text(&text,
		"[12.5,59.5]]]}},{\"properties\":{\"id\":\"1780\"},\"geometry\":{\"type\":"
		"\"Polygon\",\"coordinates\":[[[13.5,59],[13.5,59.5],");
	put_way(&text, 13, steps, true);
	vs_buffer_text(&text, "[13.5,59]]]}}]}");
	take_text(s, text.data);
}

static bool
holds(const json_t *points, const json_t *point)
{
	size_t i;
	json_t *each;
	json_array_foreach (points, i, each)
		if (json_equal(each, point))
			return true;
	return false;
}

/* Points of an area on the border between the two, without the repeated first one. */
static json_t *
shared_of(const json_t *borders, const char *code)
{
	json_t *ring = json_array_get(json_object_get(borders, code), 0), *point;
	json_t *shared = json_array();
	size_t i;
	json_array_foreach (ring, i, point) {
		double east = json_number_value(json_array_get(point, 0));
		if (i > 0 && east >= 13 && east < 13.1)
			json_array_append(shared, point);
	}
	return shared;
}

static void
neighbours_keep_the_same_border_when_it_is_thinned(void **state)
{
	struct scene *s = *state;
	take_neighbours(s, 5000);
	json_t *borders = register_borders(s->db, "kommun", &s->err);
	json_t *west = shared_of(borders, "1715"), *east = shared_of(borders, "1780");
	size_t count = json_array_size(west);
	assert_in_range(count, 100, 200);
	assert_int_equal(count, json_array_size(east));
	for (size_t i = 0; i < count; i++)
		assert_true(holds(east, json_array_get(west, i)));
	json_decref(west);
	json_decref(east);
	json_decref(borders);
}

static void
what_is_small_enough_keeps_every_corner(void **state)
{
	struct scene *s = *state;
	take_neighbours(s, 150);
	json_t *borders = register_borders(s->db, "kommun", &s->err);
	json_t *west = shared_of(borders, "1715");
	assert_int_equal(json_array_size(west), 151);
	json_decref(west);
	json_decref(borders);
}

/* A hole and the area that fills it are one border from two sides. */
static void
a_hole_and_what_fills_it_stay_the_same(void **state)
{
	struct scene *s = *state;
	VS_AUTO(vs_buffer) circle = { 0 };
	VS_AUTO(vs_buffer) back = { 0 };
	VS_AUTO(vs_buffer) text = { 0 };
	for (int i = 0; i <= 720; i++) {
		double v = 2 * M_PI * i / 720;
		vs_buffer_printf(&circle, "%s[%.7f,%.7f]", i ? "," : "",
			13 + 0.1 * cos(v), 59.3 + 0.05 * sin(v));
		/* the other way round, from another point */
		v = 2 * M_PI * ((1000 - i) % 720) / 720;
		vs_buffer_printf(&back, "%s[%.7f,%.7f]", i ? "," : "", 13 + 0.1 * cos(v),
			59.3 + 0.05 * sin(v));
	}
	vs_buffer_printf(&text,
		"{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"Lkfv\":"
		"\"17150101\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[12,59],"
		"[14,59],[14,60],[12,60],[12,59]],[%s]]}},{\"properties\":{\"Lkfv\":\"17150102\"}"
		",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[%s]]}}]}",
		circle.data, back.data);
	take_text(s, text.data);
	json_t *borders = register_borders(s->db, "district", &s->err);
	json_t *hole = json_array_get(json_object_get(borders, "17150101"), 1);
	json_t *fill = json_array_get(json_object_get(borders, "17150102"), 0);
	assert_in_range(json_array_size(fill), 90, 102);
	assert_int_equal(json_array_size(hole), json_array_size(fill));
	for (size_t i = 0; i < json_array_size(hole); i++)
		assert_true(holds(fill, json_array_get(hole, i)));
	json_decref(borders);
}

/* The real files -------------------------------------------------------------------------- */

static const char *
real_path(struct scene *s, const char *name)
{
	const char *folder = getenv("VALSTUGA_REAL_DATA"),
		   *source = getenv("VALSTUGA_SOURCE");
	return folder ? vs_arena_printf(s->arena, "%s/%s", folder, name)
		      : vs_arena_printf(s->arena, "%s/../shared/data/%s",
				source ? source : ".", name);
}

static void
the_real_kommuner_come_in(void **state)
{
	struct scene *s = *state;
	const char *path = real_path(s, "reference/swedish_municipalities.geojson");
	if (access(path, R_OK) != 0)
		skip();
	json_t *report = import_path(s, path, false);
	assert_int_equal(integer_at(report, "taken"), 16);
	assert_int_equal(integer_at(report, "outside"), 274);
	json_decref(report);
	report = import_path(s, path, true);
	assert_int_equal(integer_at(report, "taken"), 290);
	assert_int_equal(integer_at(report, "refused"), 0);
	json_decref(report);
	json_t *records = vs_record_list(s->db, &vs_border_type, NULL, &s->err), *record;
	size_t i;
	assert_int_equal(json_array_size(records), 290);
	json_array_foreach (records, i, record)
		assert_in_range(integer_at(record, "points"), 3, 400);
	json_decref(records);
}

/* Packed as the authority gives it out: unpacked into the test's own folder, if unzip is here. */
static void
the_real_districts_of_varmland_come_in(void **state)
{
	struct scene *s = *state;
	const char *zip = real_path(s, "valmyndigheten/valdistrikt-varmlands-lan.zip");
	if (access(zip, R_OK) != 0 || system("command -v unzip >/dev/null") != 0)
		skip();
	const char *path = scene_path(s, "districts.json");
	assert_int_equal(
		system(vs_arena_printf(s->arena, "unzip -p '%s' >'%s'", zip, path)), 0);
	json_t *report = import_path(s, path, false);
	assert_done(s, report != NULL);
	assert_int_equal(integer_at(report, "taken"), 179);
	json_decref(report);
	report = import_path(s, path, false);
	assert_false(json_is_true(json_object_get(report, "changed")));
	json_decref(report);
	/* Every district lies in Värmland, and none has more than twice its points. */
	json_t *records = vs_record_list(s->db, &vs_border_type, NULL, &s->err), *record;
	int64_t points = 0;
	size_t i;
	json_array_foreach (records, i, record) {
		assert_in_range(integer_at(record, "points"), 3, 200);
		points += integer_at(record, "points");
	}
	assert_in_range(points, 179 * 50, 179 * 120);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM border b, json_each(b.rings) r, json_each(r.value)"
			    " p WHERE json_extract(p.value, '$[0]') NOT BETWEEN 11.6 AND 14.6"
			    " OR json_extract(p.value, '$[1]') NOT BETWEEN 58.6 AND 61.1")),
		0);
	json_decref(records);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sweref_agrees_with_lantmateriets_control_points),
		cmocka_unit_test(sweref_on_its_meridian_is_the_arc_from_the_equator),
		TEST(a_kommun_comes_in_with_its_rings_as_they_are),
		TEST(a_district_in_metres_becomes_degrees),
		TEST(parts_and_holes_stand_after_each_other),
		TEST(the_same_borders_twice_change_nothing),
		TEST(only_the_campaigns_kommuner_are_kept_unless_all_are_asked_for),
		TEST(a_county_that_is_not_ours_is_told),
		TEST(one_bad_area_is_refused_and_the_others_are_taken),
		TEST(nonsense_is_refused_in_words),
		TEST(endless_nesting_is_refused),
		TEST(neighbours_keep_the_same_border_when_it_is_thinned),
		TEST(what_is_small_enough_keeps_every_corner),
		TEST(a_hole_and_what_fills_it_stay_the_same),
		TEST(the_real_kommuner_come_in),
		TEST(the_real_districts_of_varmland_come_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
