/* See route_file.h. Every number is read by one function that refuses what is no number. */
#include "route_file.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NODES_MAX 20000

struct reader {
	const char *at;
	struct vs_arena *arena;
	struct vs_error *err;
};

static double *
numbers(struct reader *reader, int32_t count)
{
	return vs_arena_alloc(reader->arena, ((size_t)count + 1) * sizeof(double));
}

static bool
read_number(struct reader *reader, double *ret_value)
{
	char *end;
	double value = strtod(reader->at, &end);
	if (end == reader->at || !isfinite(value) || fabs(value) > 1e8)
		return vs_fail(reader->err, VS_INVALID, "a number is expected at '%.20s'",
			reader->at);
	reader->at = end;
	*ret_value = value;
	return true;
}

/* A whole number in 0..most. */
static bool
read_count(struct reader *reader, int32_t most, int32_t *ret_value)
{
	double value = 0;
	if (!read_number(reader, &value))
		return false;
	if (value < 0 || value > most || value != floor(value))
		return vs_fail(reader->err, VS_INVALID, "%g is not a number of 0 to %d",
			value, most);
	*ret_value = (int32_t)value;
	return true;
}

static void
next_line(struct reader *reader)
{
	reader->at += strcspn(reader->at, "\n");
	reader->at += *reader->at == '\n';
}

/* Moves behind `KEY :`, looking from the start of the text; false when it is not there. */
static bool
find_key(struct reader *reader, const char *text, const char *key)
{
	size_t length = strlen(key);
	struct reader line = { .at = text };
	for (; *line.at; next_line(&line)) {
		line.at += strspn(line.at, " \t");
		const char *behind = line.at + length;
		if (strncmp(line.at, key, length) != 0 ||
			isalnum((unsigned char)*behind) || *behind == '_')
			continue;
		reader->at = behind + strspn(behind, " \t:");
		return true;
	}
	return false;
}

static bool
need_key(struct reader *reader, const char *text, const char *key)
{
	return find_key(reader, text, key) ||
		vs_fail(reader->err, VS_INVALID, "the file has no %s", key);
}

static bool
read_header(struct reader *reader, const char *text, struct route_file *file)
{
	int32_t nodes;
	if (!need_key(reader, text, "EDGE_WEIGHT_TYPE"))
		return false;
	if (strncmp(reader->at, "EUC_2D", 6) != 0)
		return vs_fail(reader->err, VS_INVALID, "only EUC_2D distances are read");
	if (!need_key(reader, text, "DIMENSION") ||
		!read_count(reader, NODES_MAX, &nodes) ||
		!need_key(reader, text, "CAPACITY") ||
		!read_number(reader, &file->capacity))
		return false;
	if (nodes < 1)
		return vs_fail(reader->err, VS_INVALID, "the file has no nodes");
	file->stops = nodes - 1;
	file->depots = 1;
	if (find_key(reader, text, "DISTANCE") && !read_number(reader, &file->longest))
		return false;
	/* The older sets were made, and are compared, with a given number of vehicles. */
	const char *trucks = find_key(reader, text, "COMMENT")
		? strstr(reader->at, "o of trucks:")
		: NULL;
	const char *end = reader->at + strcspn(reader->at, "\n");
	if (trucks && trucks < end)
		file->vehicles = atoi(trucks + strlen("o of trucks:")) & 0xfff;
	return true;
}

/* Node 1 is the depot: it goes last. */
static int32_t
node_from(int32_t number, const struct route_file *file)
{
	return number == 1 ? file->stops : number - 2;
}

static bool
read_coordinates(struct reader *reader, struct route_file *file)
{
	for (int32_t i = 0; i <= file->stops; i++) {
		int32_t number;
		if (!read_count(reader, file->stops + 1, &number))
			return false;
		if (number != i + 1)
			return vs_fail(reader->err, VS_INVALID,
				"node %d stands where %d should", number, i + 1);
		int32_t node = node_from(number, file);
		if (!read_number(reader, &file->x[node]) ||
			!read_number(reader, &file->y[node]))
			return false;
	}
	return true;
}

static bool
read_demands(struct reader *reader, struct route_file *file)
{
	for (int32_t i = 0; i <= file->stops; i++) {
		int32_t number;
		double demand = 0;
		if (!read_count(reader, file->stops + 1, &number) ||
			!read_number(reader, &demand))
			return false;
		if (number != i + 1 || demand < 0)
			return vs_fail(reader->err, VS_INVALID,
				"the demand of node %d is missing or negative", i + 1);
		if (number > 1)
			file->demand[number - 2] = demand;
	}
	return true;
}

static void
reserve(struct reader *reader, struct route_file *file, bool windows)
{
	int32_t nodes = file->stops + file->depots;
	file->x = numbers(reader, nodes);
	file->y = numbers(reader, nodes);
	file->demand = numbers(reader, nodes);
	file->service = numbers(reader, nodes);
	file->opens = windows ? numbers(reader, nodes) : NULL;
	file->closes = windows ? numbers(reader, nodes) : NULL;
}

static bool
read_cvrplib(struct reader *reader, const char *text, struct route_file *file)
{
	file->kind = ROUTE_FILE_CVRPLIB;
	if (!read_header(reader, text, file))
		return false;
	reserve(reader, file, false);
	double service = 0;
	if (find_key(reader, text, "SERVICE_TIME") && !read_number(reader, &service))
		return false;
	for (int32_t i = 0; i < file->stops; i++)
		file->service[i] = service;
	return need_key(reader, text, "NODE_COORD_SECTION") &&
		read_coordinates(reader, file) &&
		need_key(reader, text, "DEMAND_SECTION") && read_demands(reader, file);
}

static int32_t
count_rows(const char *text)
{
	int32_t rows = 0;
	struct reader line = { .at = text };
	for (; *line.at; next_line(&line)) {
		size_t blank = strspn(line.at, " \t\r");
		rows += isdigit((unsigned char)line.at[blank]) != 0;
	}
	return rows;
}

static bool
read_solomon_row(struct reader *reader, struct route_file *file, int32_t row)
{
	double number, unused, *demand = row ? &file->demand[row - 1] : &unused;
	double *service = row ? &file->service[row - 1] : &unused;
	int32_t node = row ? row - 1 : file->stops;
	return read_number(reader, &number) && read_number(reader, &file->x[node]) &&
		read_number(reader, &file->y[node]) && read_number(reader, demand) &&
		read_number(reader, &file->opens[node]) &&
		read_number(reader, &file->closes[node]) && read_number(reader, service);
}

static bool
read_solomon(struct reader *reader, const char *text, struct route_file *file)
{
	file->kind = ROUTE_FILE_SOLOMON;
	reader->at = strstr(text, "CAPACITY") + strlen("CAPACITY");
	if (!read_count(reader, NODES_MAX, &file->vehicles) ||
		!read_number(reader, &file->capacity))
		return false;
	const char *customers = strstr(reader->at, "CUSTOMER");
	if (!customers)
		return vs_fail(reader->err, VS_INVALID, "the file has no CUSTOMER");
	reader->at = customers;
	next_line(reader);
	next_line(reader);
	int32_t rows = count_rows(reader->at);
	if (rows < 1 || rows > NODES_MAX)
		return vs_fail(
			reader->err, VS_INVALID, "the file has %d customers", rows - 1);
	file->stops = rows - 1;
	file->depots = 1;
	reserve(reader, file, true);
	for (int32_t row = 0; row < rows; row++)
		if (!read_solomon_row(reader, file, row))
			return false;
	return true;
}

/* number x y service demand, a list of allowed patterns (ignored), perhaps a window. */
static bool
read_cordeau_row(
	struct reader *reader, struct route_file *file, int32_t node, bool windows)
{
	double number, frequency, ignored, demand, service;
	int32_t patterns;
	if (!read_number(reader, &number) || !read_number(reader, &file->x[node]) ||
		!read_number(reader, &file->y[node]) || !read_number(reader, &service) ||
		!read_number(reader, &demand) || !read_number(reader, &frequency) ||
		!read_count(reader, 1000, &patterns))
		return false;
	for (int32_t i = 0; i < patterns; i++)
		if (!read_number(reader, &ignored))
			return false;
	file->demand[node] = demand;
	file->service[node] = service;
	if (windows &&
		(!read_number(reader, &file->opens[node]) ||
			!read_number(reader, &file->closes[node])))
		return false;
	next_line(reader);
	return true;
}

static bool
read_cordeau(struct reader *reader, struct route_file *file)
{
	file->kind = ROUTE_FILE_CORDEAU;
	int32_t type;
	if (!read_count(reader, 10, &type) ||
		!read_count(reader, NODES_MAX, &file->vehicles) ||
		!read_count(reader, NODES_MAX, &file->stops) ||
		!read_count(reader, 1000, &file->depots))
		return false;
	if ((type != 2 && type != 6) || file->depots < 1 || file->vehicles < 1 ||
		(int64_t)file->vehicles * file->depots > NODES_MAX)
		return vs_fail(
			reader->err, VS_INVALID, "not a multi-depot file with vehicles");
	for (int32_t i = 0; i < file->depots; i++) {
		double longest = 0, capacity = 0;
		if (!read_number(reader, &longest) || !read_number(reader, &capacity))
			return false;
		if (i && (longest != file->longest || capacity != file->capacity))
			return vs_fail(
				reader->err, VS_INVALID, "the depots' vehicles differ");
		file->longest = longest;
		file->capacity = capacity;
	}
	reserve(reader, file, type == 6);
	for (int32_t i = 0; i < file->stops + file->depots; i++)
		if (!read_cordeau_row(reader, file, i, type == 6))
			return false;
	return true;
}

static bool
check_numbers(const struct reader *reader, const struct route_file *file)
{
	for (int32_t i = 0; i < file->stops; i++)
		if (file->demand[i] < 0 || file->service[i] < 0)
			return vs_fail(reader->err, VS_INVALID,
				"stop %d has a negative demand", i);
	for (int32_t i = 0; file->opens && i < file->stops + file->depots; i++)
		if (file->opens[i] > file->closes[i])
			return vs_fail(reader->err, VS_INVALID,
				"node %d closes before it opens", i);
	return file->capacity >= 0 && file->longest >= 0
		? true
		: vs_fail(reader->err, VS_INVALID, "a limit is negative");
}

bool
route_file_read(struct vs_arena *arena, const char *text, struct route_file *ret_file,
	struct vs_error *err)
{
	struct reader reader = { text, arena, err };
	struct route_file file = { 0 };
	bool read;
	if (strstr(text, "NODE_COORD_SECTION"))
		read = read_cvrplib(&reader, text, &file);
	else if (strstr(text, "CAPACITY"))
		read = read_solomon(&reader, text, &file);
	else
		read = read_cordeau(&reader, &file);
	if (!read || !check_numbers(&reader, &file))
		return false;
	*ret_file = file;
	return true;
}

double
route_file_distance(const struct route_file *file, int32_t from, int32_t to)
{
	double distance = hypot(file->x[from] - file->x[to], file->y[from] - file->y[to]);
	switch (file->kind) {
	case ROUTE_FILE_CVRPLIB:
		return floor(distance + 0.5);
	case ROUTE_FILE_SOLOMON:
		return floor(10 * distance) / 10;
	case ROUTE_FILE_CORDEAU:
		break;
	}
	return distance;
}

/* In the problem's units; what is too large stays too large, and the solver refuses it. */
static int32_t
units(double value)
{
	return (int32_t)lround(fmin(value, 2e9));
}

static const struct vs_route_stop *
make_stops(const struct route_file *file, struct vs_arena *arena, double scale)
{
	size_t count = (size_t)file->stops + 1;
	struct vs_route_stop *stops = vs_arena_alloc(arena, count * sizeof *stops);
	struct vs_route_window *windows = vs_arena_alloc(arena, count * sizeof *windows);
	for (int32_t i = 0; i < file->stops; i++) {
		stops[i] = (struct vs_route_stop){ .point = i,
			.kg = units(file->demand[i]),
			.service_s = units(file->service[i] * scale) };
		if (!file->opens)
			continue;
		windows[i].opens = units(file->opens[i] * scale);
		windows[i].closes = units(file->closes[i] * scale);
		stops[i].windows = &windows[i];
		stops[i].window_count = 1;
	}
	return stops;
}

static const struct vs_route_vehicle *
make_vehicles(const struct route_file *file, struct vs_arena *arena, double scale,
	int32_t *ret_count)
{
	int32_t each = file->vehicles ? file->vehicles : file->stops;
	int32_t count = each * file->depots;
	struct vs_route_vehicle *vehicles =
		vs_arena_alloc(arena, ((size_t)count + 1) * sizeof *vehicles);
	for (int32_t i = 0; i < count; i++) {
		int32_t depot = file->stops + i / each;
		vehicles[i] = (struct vs_route_vehicle){ .from_point = depot,
			.to_point = depot,
			.kg = file->capacity > 0 ? units(floor(file->capacity))
						 : VS_ROUTE_ANY,
			.boxes = VS_ROUTE_ANY,
			.ends_at = VS_ROUTE_ANY,
			.longest_s = units(file->longest * scale) };
		if (file->opens) {
			vehicles[i].starts_at = units(file->opens[depot] * scale);
			vehicles[i].ends_at = units(file->closes[depot] * scale);
		}
	}
	*ret_count = count;
	return vehicles;
}

/* Times are rounded up, so that a round in time by them is in time exactly. */
void
route_file_problem(const struct route_file *file, struct vs_arena *arena,
	struct vs_route_problem *ret_problem, double *ret_scale)
{
	double scale = 1;
	if (file->kind == ROUTE_FILE_SOLOMON)
		scale = 10;
	if (file->kind == ROUTE_FILE_CORDEAU)
		scale = file->opens ? 1000 : 10000;
	struct vs_route_problem problem = { .point_count = file->stops + file->depots,
		.metre_price = 1,
		.stop_count = file->stops };
	bool timed = file->opens || file->longest > 0;
	size_t points = (size_t)problem.point_count;
	int32_t *metres = vs_arena_alloc(arena, points * points * sizeof *metres);
	int32_t *seconds = vs_arena_alloc(arena, points * points * sizeof *seconds);
	for (size_t i = 0; i < points; i++)
		for (size_t j = 0; j < i; j++) {
			double distance =
				scale * route_file_distance(file, (int32_t)i, (int32_t)j);
			int32_t time = units(ceil(distance - 1e-6));
			int32_t length = timed ? time : units(distance);
			seconds[i * points + j] = seconds[j * points + i] = time;
			metres[i * points + j] = metres[j * points + i] = length;
		}
	problem.metres = metres;
	problem.seconds = timed ? seconds : NULL;
	problem.stops = make_stops(file, arena, scale);
	problem.vehicles = make_vehicles(file, arena, scale, &problem.vehicle_count);
	*ret_problem = problem;
	*ret_scale = scale;
}
