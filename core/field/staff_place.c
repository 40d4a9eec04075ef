/*
 * Where the shifts are: points, the ways between them, what may overlap.
 *
 * The problem has one rest and one hand-over for all. Rest is therefore part of the way
 * between two points, and a place where shifts rest differently is as many points. Hand-over
 * is the longest that no two shifts at a point forbid.
 */
#include "field/staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

struct point {
	const char *key; /* the same for the same place and rest */
	struct field_position position;
	bool digital, home;
	int rest;
};

struct points {
	struct point *all;
	size_t count;
};

/* As the rules of booking tell places apart, or finer. */
static const char *
key_of(struct vs_arena *arena, const struct field_shift *shift)
{
	const struct field_activity *a = shift->activity;
	if (a->place)
		return vs_arena_printf(
			arena, "%d P%lld", shift->rest, (long long)a->place);
	if (a->located)
		return vs_arena_printf(
			arena, "%d L%.7f,%.7f", shift->rest, a->latitude, a->longitude);
	if (a->place_name && a->address)
		return vs_arena_printf(
			arena, "%d T%s|%s", shift->rest, a->place_name, a->address);
	return vs_arena_printf(arena, "%d A%lld", shift->rest, (long long)a->id);
}

static int32_t
point_of(struct staff *staff, struct points *points, const struct point *wanted)
{
	for (size_t i = 0; i < points->count; i++)
		if (strcmp(points->all[i].key, wanted->key) == 0)
			return (int32_t)i;
	points->all = vs_arena_grow(
		staff->arena, points->all, points->count, sizeof *points->all);
	points->all[points->count] = *wanted;
	return (int32_t)points->count++;
}

static void
place_shifts(struct staff *staff, struct points *points)
{
	for (int32_t i = 0; i < staff->problem.shift_count; i++) {
		const struct field_activity *a = staff->shifts[i]->activity;
		struct point point = { .key = key_of(staff->arena, staff->shifts[i]),
			.position = a->way,
			.digital = strcmp(a->mode, "digital") == 0,
			.rest = staff->shifts[i]->rest };
		staff->problem_shifts[i].point = point_of(staff, points, &point);
	}
}

/* The middle of a kommun: of its voting places, which lie where people live. */
static bool
place_homes(struct staff *staff, struct points *points, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, staff->db,
		    SQL("SELECT p.kommun_code, avg(p.latitude), avg(p.longitude) FROM place p"
			" WHERE p.latitude IS NOT NULL AND p.kommun_code IN"
			"  (SELECT kommun_code FROM person WHERE volunteer)"
			" GROUP BY p.kommun_code ORDER BY p.kommun_code"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct point point = { .key = stmt_copy(&q, 0, staff->arena),
			.position = { true, stmt_real(&q, 1), stmt_real(&q, 2) },
			.home = true };
		staff->homes = vs_arena_grow(staff->arena, staff->homes,
			staff->home_count, sizeof *staff->homes);
		staff->homes[staff->home_count++] = (struct staff_home){
			.kommun = point.key,
			.point = point_of(staff, points, &point),
		};
	}
	return err->code == VS_OK;
}

static int32_t
way(const struct point *a, const struct point *b)
{
	if (a == b || a->digital || b->digital)
		return 0;
	int32_t minutes = field_travel(a->position, b->position);
	if (!a->home && !b->home)
		minutes += a->rest > b->rest ? a->rest : b->rest;
	return minutes;
}

static bool
lay_ways(struct staff *staff, const struct points *points, struct vs_error *err)
{
	size_t count = points->count;
	if (count > VS_MATCH_POINTS_MAX)
		return vs_fail(err, VS_REFUSED,
			_("the shifts are at more than %d places; match a part of the period"),
			VS_MATCH_POINTS_MAX);
	int32_t *travel =
		vs_arena_alloc(staff->arena, (count * count + 1) * sizeof *travel);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			travel[i * count + k] = way(&points->all[i], &points->all[k]);
	staff->problem.point_count = (int32_t)count;
	staff->problem.travel = travel;
	return true;
}

/* Hand-over --------------------------------------------------------------------------------*/

/* Shift a begins before b, at one point, and they overlap: how long may it be at most? */
static int32_t
allowed(const struct field_shift *a, const struct field_shift *b, int32_t overlap)
{
	int32_t least = a->tolerance < b->tolerance ? a->tolerance : b->tolerance;
	bool row = a->ends_at < b->ends_at;
	return row && overlap <= least ? VS_MATCH_TIME_MAX : overlap - 1;
}

/* Shifts are by time; only those that still go on at a start are compared. */
static void
find_tolerance(struct staff *staff)
{
	int32_t most = 0, least = VS_MATCH_TIME_MAX;
	for (int32_t i = 0; i < staff->problem.shift_count; i++) {
		const struct vs_match_shift *a = &staff->problem.shifts[i];
		if (staff->shifts[i]->tolerance > most)
			most = staff->shifts[i]->tolerance;
		for (int32_t k = i + 1; k < staff->problem.shift_count; k++) {
			const struct vs_match_shift *b = &staff->problem.shifts[k];
			if (b->starts >= a->ends)
				break;
			if (b->point != a->point || b->starts == a->starts)
				continue;
			int32_t may = allowed(
				staff->shifts[i], staff->shifts[k], a->ends - b->starts);
			least = may < least ? may : least;
		}
	}
	staff->problem.tolerance = most < least ? most : least;
}

bool
staff_places(struct staff *staff, struct vs_error *err)
{
	struct points points = { 0 };
	place_shifts(staff, &points);
	if (!place_homes(staff, &points, err) || !lay_ways(staff, &points, err))
		return false;
	find_tolerance(staff);
	return true;
}

int32_t
staff_home(const struct staff *staff, const char *kommun)
{
	for (size_t i = 0; kommun && i < staff->home_count; i++)
		if (strcmp(staff->homes[i].kommun, kommun) == 0)
			return staff->homes[i].point;
	return VS_MATCH_NONE;
}
