/* Roads from a file of ours: from;to;minutes;km, one row a pair. */
#include <valstuga/exchange.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/csv.h>
#include <valstuga/delivery.h>

#include "base/i18n.h"
#include "exchange/exchange.h"

/* Columns, by any of their heads. */
enum { FROM, TO, TIME, DISTANCE, COLUMNS };

struct head {
	const char *name;
	int column;
	double scale; /* to seconds or metres */
};
static const struct head heads[] = { { "from", FROM, 1 }, { "från", FROM, 1 },
	{ "to", TO, 1 }, { "till", TO, 1 }, { "minutes", TIME, 60 },
	{ "minuter", TIME, 60 }, { "seconds", TIME, 1 }, { "sekunder", TIME, 1 },
	{ "km", DISTANCE, 1000 }, { "metres", DISTANCE, 1 }, { "meter", DISTANCE, 1 } };

struct file {
	struct vs_db *db;
	struct vs_arena *arena;
	const char *name;
	int at[COLUMNS];
	double scale[COLUMNS];
	const char *head_of[COLUMNS];
	struct names points; /* what was typed -> point */
	struct names given;  /* from and to -> true */
	struct vs_road *roads;
	size_t count, capacity;
};

static bool
read_heads(struct file *f, const struct vs_csv_row *row, struct vs_error *err)
{
	for (int i = 0; i < COLUMNS; i++)
		f->at[i] = -1;
	for (size_t i = 0; i < row->count; i++)
		for (size_t h = 0; h < sizeof heads / sizeof *heads; h++)
			if (strcmp(codes_fold(f->arena, row->fields[i]), heads[h].name) ==
				0) {
				f->at[heads[h].column] = (int)i;
				f->scale[heads[h].column] = heads[h].scale;
				f->head_of[heads[h].column] =
					vs_arena_text(f->arena, row->fields[i]);
			}
	for (int i = 0; i < COLUMNS; i++)
		if (f->at[i] < 0)
			return vs_fail(err, VS_INVALID,
				_("%s, line %zu: the heads must be from;to;minutes;km (or seconds, "
				  "metres)"),
				f->name, row->line);
	return true;
}

/* "59.37930,13.50370" or "59,3793 13,5037" typed as it is; NULL: no coordinates. */
static char *
read_coordinates(struct vs_arena *arena, const char *text)
{
	double latitude, longitude;
	char end;
	if (sscanf(text, "%lf,%lf%c", &latitude, &longitude, &end) != 2 ||
		!(latitude >= 55 && latitude <= 70 && longitude >= 10 && longitude <= 25))
		return NULL;
	return vs_road_point(arena, latitude, longitude);
}

static char *
point_of_location(struct file *f, const char *text, struct vs_error *err)
{
	json_t *record = vs_record_get(f->db, &vs_location_type, text, err);
	if (!record)
		return NULL;
	const json_t *latitude = json_object_get(record, "latitude");
	char *point = NULL;
	if (json_is_null(latitude))
		vs_fail(err, VS_INVALID,
			_("%s has no coordinates; set them, or write latitude,longitude"),
			text);
	else
		point = vs_road_point(f->arena, json_number_value(latitude),
			json_number_value(json_object_get(record, "longitude")));
	json_decref(record);
	return point;
}

static const char *
read_point(struct file *f, const struct vs_csv_row *row, int column, struct vs_error *err)
{
	const char *text = row->fields[f->at[column]];
	char *point = names_get(&f->points, text);
	struct vs_error found = { 0 };
	if (point)
		return point;
	point = read_coordinates(f->arena, text);
	if (!point)
		point = point_of_location(f, text, &found);
	if (point)
		names_put(&f->points, vs_arena_text(f->arena, text), point);
	else
		vs_fail(err, VS_INVALID, _("%s, line %zu, field %s: %s"), f->name,
			row->line, f->head_of[column], found.text);
	return point;
}

static bool
read_figure(struct file *f, const struct vs_csv_row *row, int column, int64_t *ret_value,
	struct vs_error *err)
{
	const char *text = row->fields[f->at[column]];
	char *copy = vs_arena_text(f->arena, text), *end;
	for (char *c = copy; *c; c++)
		if (*c == ',')
			*c = '.';
	double value = strtod(copy, &end) * f->scale[column];
	if (end == copy || *end || !(value >= 0 && value < 1e7))
		return vs_fail(err, VS_INVALID,
			_("%s, line %zu, field %s: \"%.40s\" is not a usable number"),
			f->name, row->line, f->head_of[column], text);
	*ret_value = llround(value);
	return true;
}

static const char *
pair_key(struct file *f, const char *from, const char *to)
{
	return vs_arena_printf(f->arena, "%s %s", from, to);
}

static void
add_road(struct file *f, struct vs_road road)
{
	if (f->count == f->capacity) {
		size_t capacity = f->capacity ? 2 * f->capacity : 256;
		struct vs_road *more = vs_arena_alloc(f->arena, capacity * sizeof *more);
		if (f->count)
			memcpy(more, f->roads, f->count * sizeof *more);
		f->roads = more;
		f->capacity = capacity;
	}
	f->roads[f->count++] = road;
}

static bool
read_row(struct file *f, const struct vs_csv_row *row, struct vs_error *err)
{
	struct vs_road road = { 0 };
	for (int i = 0; i < COLUMNS; i++)
		if ((size_t)f->at[i] >= row->count)
			return vs_fail(err, VS_INVALID,
				_("%s, line %zu: the row ends before the field %s"),
				f->name, row->line, f->head_of[i]);
	road.from = read_point(f, row, FROM, err);
	road.to = road.from ? read_point(f, row, TO, err) : NULL;
	if (!road.to || !read_figure(f, row, TIME, &road.seconds, err) ||
		!read_figure(f, row, DISTANCE, &road.metres, err))
		return false;
	const char *key = pair_key(f, road.from, road.to);
	if (names_get(&f->given, key))
		return vs_fail(err, VS_INVALID,
			_("%s, line %zu: this way stands in the file already; remove one of the "
			  "rows"),
			f->name, row->line);
	names_put(&f->given, key, f);
	add_road(f, road);
	return true;
}

/* A way back that the file does not name is as long. */
static void
add_ways_back(struct file *f)
{
	for (size_t i = 0, given = f->count; i < given; i++) {
		const struct vs_road r = f->roads[i];
		if (!names_get(&f->given, pair_key(f, r.to, r.from)))
			add_road(
				f, (struct vs_road){ r.to, r.from, r.seconds, r.metres });
	}
}

static bool
read_file(struct file *f, const char *path, struct vs_error *err)
{
	char *bytes;
	size_t length;
	struct vs_csv_row row;
	if (!vs_file_read(f->arena, path, &bytes, &length, err))
		return false;
	struct vs_csv *csv = vs_csv_open(f->arena, f->name, bytes, length, err);
	if (!csv)
		return false;
	if (vs_csv_next(csv, &row, err) && read_heads(f, &row, err))
		while (vs_csv_next(csv, &row, err) && read_row(f, &row, err))
			;
	add_ways_back(f);
	return err->code == VS_OK;
}

bool
vs_roads_import(
	struct vs_db *db, const char *path, size_t *ret_changed, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *slash = strrchr(path, '/');
	struct file f = { .db = db,
		.arena = scratch.arena,
		.name = slash ? slash + 1 : path,
		.points.arena = scratch.arena,
		.given.arena = scratch.arena };
	return read_file(&f, path, err) &&
		vs_roads_keep(db, f.roads, f.count, f.name, ret_changed, err);
}
