/*
 * Travel between points: from the road table where it is known, else the great circle, made
 * longer and slower by the bands of the road_speed table. The first kilometres of every way
 * belong to the shortest band, what is beyond to the next, so that a longer way never takes
 * less time.
 */
#include "ballots/delivery.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define EARTH_M 6371000.0
#define BANDS	32

/* `seconds` and `metres` of road at the band's beginning; per straight metre within it. */
struct band {
	double from_m, seconds, metres;
	double per_second, per_metre;
};

struct bands {
	struct band band[BANDS];
	size_t count;
};

static bool
load_bands(struct vs_db *db, struct bands *bands, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	double from = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT up_to_km, detour, kmh FROM road_speed ORDER BY up_to_km"
			" LIMIT 32"),
		    err))
		return false;
	struct band next = { 0 };
	while (stmt_row(&q, err)) {
		double until = stmt_real(&q, 0) * 1000, detour = stmt_real(&q, 1);
		next.from_m = from;
		next.per_metre = detour;
		next.per_second = detour * 3.6 / stmt_real(&q, 2);
		bands->band[bands->count++] = next;
		next.metres += (until - from) * next.per_metre;
		next.seconds += (until - from) * next.per_second;
		from = until;
	}
	if (err->code == VS_OK && !bands->count)
		return vs_fail(err, VS_NOT_FOUND,
			_("no speed is known; add one with 'valstuga speed add --up-to-km 1000 "
			  "--detour 1,3 --kmh 68'"));
	return err->code == VS_OK;
}

static void
travel(const struct bands *bands, double straight_m, int32_t *ret_seconds,
	int32_t *ret_metres)
{
	const struct band *band = bands->band;
	for (size_t i = 1; i < bands->count && straight_m >= bands->band[i].from_m; i++)
		band = &bands->band[i];
	double beyond = straight_m - band->from_m;
	*ret_seconds = (int32_t)lround(band->seconds + beyond * band->per_second);
	*ret_metres = (int32_t)lround(band->metres + beyond * band->per_metre);
}

/* On the unit sphere: distances become chords, one root and one arcsine per pair. */
struct vector {
	double x, y, z;
};

static struct vector *
vectors(struct vs_arena *arena, const struct road_point *points, size_t count)
{
	struct vector *all = vs_arena_alloc(arena, (count + 1) * sizeof *all);
	for (size_t i = 0; i < count; i++) {
		double north = points[i].latitude * (M_PI / 180);
		double east = points[i].longitude * (M_PI / 180);
		all[i] = (struct vector){ cos(north) * cos(east), cos(north) * sin(east),
			sin(north) };
	}
	return all;
}

static double
straight(const struct vector *a, const struct vector *b)
{
	double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;
	double half = sqrt(x * x + y * y + z * z) / 2;
	return 2 * EARTH_M * asin(half < 1 ? half : 1);
}

/* Known roads ------------------------------------------------------------------------------*/

/* The first point of each place on earth, found by its text; open addressing. */
struct names {
	const char **text;
	int32_t *next; /* the next point at the same place, or -1 */
	int32_t *slots;
	size_t mask;
};

static size_t
hash(const char *text)
{
	size_t sum = 1469598103934665603u;
	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * 1099511628211u;
	return sum ^ sum >> 29;
}

/* The slot that holds the text, or the free one where it belongs. */
static size_t
slot_of(const struct names *names, const char *text)
{
	size_t slot = hash(text) & names->mask;
	while (names->slots[slot] >= 0 &&
		strcmp(names->text[names->slots[slot]], text) != 0)
		slot = (slot + 1) & names->mask;
	return slot;
}

static struct names
name_points(struct vs_arena *arena, const struct road_point *points, size_t count)
{
	struct names names = { .mask = 16 };
	while (names.mask < 2 * count)
		names.mask *= 2;
	names.text = vs_arena_alloc(arena, (count + 1) * sizeof *names.text);
	names.next = vs_arena_alloc(arena, (count + 1) * sizeof *names.next);
	names.slots = vs_arena_alloc(arena, names.mask * sizeof *names.slots);
	memset(names.slots, -1, names.mask * sizeof *names.slots);
	names.mask--;
	for (size_t i = 0; i < count; i++) {
		names.next[i] = -1;
		if (!points[i].known)
			continue;
		names.text[i] =
			vs_road_point(arena, points[i].latitude, points[i].longitude);
		size_t slot = slot_of(&names, names.text[i]);
		names.next[i] = names.slots[slot];
		names.slots[slot] = (int32_t)i;
	}
	return names;
}

static void
put_road(const struct names *names, int32_t from, const struct stmt *q, size_t count,
	int32_t *seconds, int32_t *metres)
{
	int32_t to = names->slots[slot_of(names, stmt_text(q, 0))];
	for (; to >= 0; to = names->next[to]) {
		size_t at = (size_t)from * count + (size_t)to;
		if (from == to)
			continue;
		seconds[at] = (int32_t)stmt_int(q, 1);
		metres[at] = (int32_t)stmt_int(q, 2);
	}
}

/* One query per point for all its roads, never one per pair. */
static bool
known_roads(struct vs_db *db, const struct road_point *points, size_t count,
	int32_t *seconds, int32_t *metres, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	int64_t any = 0;
	if (!db_int(db, SQL("SELECT EXISTS (SELECT 1 FROM road)"), &any, err))
		return false;
	if (!any)
		return true;
	struct names names = name_points(scratch.arena, points, count);
	if (!stmt_open(&q, db,
		    SQL("SELECT to_point, min(seconds, 500000), min(metres, 20000000)"
			" FROM road WHERE from_point = ?"),
		    err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!points[i].known)
			continue;
		stmt_bind(&q, names.text[i]);
		while (stmt_row(&q, err))
			put_road(&names, (int32_t)i, &q, count, seconds, metres);
		if (err->code != VS_OK)
			return false;
	}
	return true;
}

bool
roads_matrix(struct vs_db *db, struct vs_arena *arena, const struct road_point *points,
	size_t point_count, int32_t **ret_seconds, int32_t **ret_metres,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct bands bands = { .count = 0 };
	if (!load_bands(db, &bands, err))
		return false;
	size_t cells = point_count * point_count + 1;
	int32_t *seconds = vs_arena_alloc(arena, cells * sizeof *seconds);
	int32_t *metres = vs_arena_alloc(arena, cells * sizeof *metres);
	const struct vector *at = vectors(scratch.arena, points, point_count);
	for (size_t i = 0; i < point_count; i++)
		for (size_t k = 0; k < i; k++) {
			size_t there = i * point_count + k, back = k * point_count + i;
			travel(&bands, straight(&at[i], &at[k]), &seconds[there],
				&metres[there]);
			seconds[back] = seconds[there];
			metres[back] = metres[there];
		}
	if (!known_roads(db, points, point_count, seconds, metres, err))
		return false;
	*ret_seconds = seconds;
	*ret_metres = metres;
	return true;
}
