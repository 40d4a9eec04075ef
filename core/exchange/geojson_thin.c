/*
 * Leaving out points (Douglas and Peucker) without tearing neighbours apart: rings are cut
 * into arcs where borders meet, an arc that two areas share is thinned once, and its ends stay.
 *
 * How far a point stands out is reckoned once for all tolerances. Each area asks for the
 * tolerance at which it would have as many points as it may; a shared arc follows the finer
 * wish, so that a town's districts keep their form beside the wide country around them. But no
 * area gets more than twice its points for its neighbours' sake.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/geojson.h"

struct vertex {
	struct geo_point point;
	uint32_t beside[2]; /* its neighbours when it was first seen */
	bool used, seen, junction;
};

struct arc {
	const uint32_t *ids; /* vertices, both ends included */
	double *weights;     /* how far each stands out; INFINITY at the ends */
	size_t count;
	double tolerance, least; /* what it follows, and may not fall below */
};

/* An arc of a ring, in the ring's direction. */
struct use {
	uint32_t arc;
	bool reversed;
};

/* A part of an arc whose ends are settled. */
struct stretch {
	size_t low, high;
	double most; /* a part never stands out more than the whole */
};

struct thin {
	struct geo *geo;
	struct vertex *vertices; /* a hash table; a vertex's id is its slot */
	size_t size;
	uint32_t *ids; /* of each point */
	struct arc *arcs;
	size_t arc_count;
	struct names keys; /* arcs by their first two vertices */
	struct use *uses;
	size_t use_count;
	size_t *ring_uses;    /* where each ring's uses begin; one more for the end */
	double squeeze;	      /* a degree of longitude in degrees of latitude */
	struct stretch *todo; /* room for the parts of the longest arc */
};

/* Vertices -------------------------------------------------------------------------------- */

static uint32_t
vertex_id(struct thin *t, const struct geo_point *point)
{
	uint64_t hash = ((uint64_t)(uint32_t)point->x << 32 | (uint32_t)point->y) *
		0x9fb21c651e98df25u;
	size_t at = (hash ^ hash >> 29) & (t->size - 1);
	while (t->vertices[at].used &&
		(t->vertices[at].point.x != point->x ||
			t->vertices[at].point.y != point->y))
		at = (at + 1) & (t->size - 1);
	t->vertices[at].used = true;
	t->vertices[at].point = *point;
	return (uint32_t)at;
}

/* Borders meet where a point has other neighbours in one ring than in another. */
static void
note_neighbours(struct thin *t, uint32_t id, uint32_t before, uint32_t after)
{
	struct vertex *v = &t->vertices[id];
	uint32_t low = before < after ? before : after;
	uint32_t high = before < after ? after : before;
	if (!v->seen) {
		v->seen = true;
		v->beside[0] = low;
		v->beside[1] = high;
	} else if (v->beside[0] != low || v->beside[1] != high) {
		v->junction = true;
	}
}

static void
find_junctions(struct thin *t)
{
	struct geo *geo = t->geo;
	for (t->size = 64; t->size < 2 * geo->point_count; t->size *= 2)
		;
	t->vertices = vs_arena_alloc(geo->arena, t->size * sizeof *t->vertices);
	t->ids = vs_arena_alloc(geo->arena, (geo->point_count + 1) * sizeof *t->ids);
	for (size_t i = 0; i < geo->point_count; i++)
		t->ids[i] = vertex_id(t, &geo->points[i]);
	for (size_t r = 0; r < geo->ring_count; r++) {
		const uint32_t *ids = t->ids + geo->rings[r].first;
		size_t count = geo->rings[r].count;
		for (size_t i = 0; i < count; i++)
			note_neighbours(t, ids[i], ids[(i + count - 1) % count],
				ids[(i + 1) % count]);
	}
}

/* Weights --------------------------------------------------------------------------------- */

/* How far a vertex is from the line between two others, in ten-millionths of a degree. */
static double
distance(const struct thin *t, uint32_t id, uint32_t from, uint32_t to)
{
	const struct geo_point *p = &t->vertices[id].point, *a = &t->vertices[from].point,
			       *b = &t->vertices[to].point;
	double x = (double)(p->x - a->x) * t->squeeze, y = (double)(p->y - a->y);
	double dx = (double)(b->x - a->x) * t->squeeze, dy = (double)(b->y - a->y);
	double length = dx * dx + dy * dy;
	double along = length > 0 ? (x * dx + y * dy) / length : 0;
	along = along < 0 ? 0 : along > 1 ? 1 : along;
	return hypot(x - along * dx, y - along * dy);
}

/* The widest point between two is settled; what lies before and after it is still to do. */
static size_t
split(const struct thin *t, struct arc *arc, const struct stretch *stretch,
	struct stretch parts[2])
{
	size_t at = stretch->low + 1;
	double widest = -1;
	for (size_t i = stretch->low + 1; i < stretch->high; i++) {
		double d = distance(
			t, arc->ids[i], arc->ids[stretch->low], arc->ids[stretch->high]);
		if (d > widest) {
			widest = d;
			at = i;
		}
	}
	double weight = widest < stretch->most ? widest : stretch->most;
	size_t count = 0;
	arc->weights[at] = weight;
	if (at - stretch->low > 1)
		parts[count++] = (struct stretch){ stretch->low, at, weight };
	if (stretch->high - at > 1)
		parts[count++] = (struct stretch){ at, stretch->high, weight };
	return count;
}

static void
weigh(struct thin *t, struct arc *arc)
{
	struct stretch *todo = t->todo;
	size_t count = 0;
	arc->weights = vs_arena_alloc(t->geo->arena, arc->count * sizeof *arc->weights);
	arc->weights[0] = arc->weights[arc->count - 1] = INFINITY;
	if (arc->count > 2)
		todo[count++] = (struct stretch){ 0, arc->count - 1, INFINITY };
	while (count) {
		struct stretch stretch = todo[--count];
		count += split(t, arc, &stretch, todo + count);
	}
}

/* South before north, west before east: whatever else is in the file. */
static int
compare_vertices(const struct thin *t, uint32_t a, uint32_t b)
{
	const struct geo_point *p = &t->vertices[a].point, *q = &t->vertices[b].point;
	return p->y != q->y ? (p->y > q->y) - (p->y < q->y)
			    : (p->x > q->x) - (p->x < q->x);
}

/* Arcs ------------------------------------------------------------------------------------ */

/* The same from both sides: from the lower end, round from the lower neighbour of its one. */
static bool
runs_backwards(const struct thin *t, const uint32_t *ids, size_t count)
{
	int order = compare_vertices(t, ids[count - 1], ids[0]);
	return order < 0 ||
		(order == 0 && compare_vertices(t, ids[count - 2], ids[1]) < 0);
}

static void
turn(uint32_t *ids, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		uint32_t id = ids[i];
		ids[i] = ids[count - 1 - i];
		ids[count - 1 - i] = id;
	}
}

/* Points `from` to `from + steps` of a ring. */
static void
add_use(struct thin *t, const struct geo_ring *ring, size_t from, size_t steps)
{
	struct vs_arena *arena = t->geo->arena;
	uint32_t *ids = vs_arena_alloc(arena, (steps + 1) * sizeof *ids);
	for (size_t i = 0; i <= steps; i++)
		ids[i] = t->ids[ring->first + (from + i) % ring->count];
	struct use use = { .reversed = runs_backwards(t, ids, steps + 1) };
	if (use.reversed)
		turn(ids, steps + 1);
	const char *key = vs_arena_printf(arena, "%x %x %x", ids[0], ids[1], ids[steps]);
	size_t *index = names_get(&t->keys, key);
	if (!index) {
		index = vs_arena_alloc(arena, sizeof *index);
		*index = t->arc_count;
		names_put(&t->keys, key, index);
		t->arcs = vs_arena_grow(arena, t->arcs, t->arc_count, sizeof *t->arcs);
		struct arc *arc = &t->arcs[t->arc_count++];
		*arc = (struct arc){
			.ids = ids, .count = steps + 1, .tolerance = INFINITY
		};
		weigh(t, arc);
	}
	use.arc = (uint32_t)*index;
	t->uses = vs_arena_grow(arena, t->uses, t->use_count, sizeof *t->uses);
	t->uses[t->use_count++] = use;
}

/* A ring that meets no other begins at its lowest vertex, so that it is the same as a hole. */
static size_t
first_cut(const struct thin *t, const struct geo_ring *ring, bool *ret_junction)
{
	size_t lowest = 0;
	for (size_t i = 0; i < ring->count; i++) {
		uint32_t id = t->ids[ring->first + i];
		if (t->vertices[id].junction) {
			*ret_junction = true;
			return i;
		}
		if (compare_vertices(t, id, t->ids[ring->first + lowest]) < 0)
			lowest = i;
	}
	*ret_junction = false;
	return lowest;
}

static void
cut_ring(struct thin *t, const struct geo_ring *ring)
{
	bool junction;
	size_t first = first_cut(t, ring, &junction);
	for (size_t from = 0, at = 1; at <= ring->count; at++) {
		uint32_t id = t->ids[ring->first + (first + at) % ring->count];
		if (at < ring->count && !t->vertices[id].junction)
			continue;
		add_use(t, ring, first + from, at - from);
		from = at;
	}
}

static void
cut_rings(struct thin *t)
{
	struct geo *geo = t->geo;
	size_t longest = 0;
	for (size_t r = 0; r < geo->ring_count; r++)
		if (geo->rings[r].count > longest)
			longest = geo->rings[r].count;
	t->todo = vs_arena_alloc(geo->arena, (longest + 2) * sizeof *t->todo);
	t->keys.arena = geo->arena;
	t->ring_uses =
		vs_arena_alloc(geo->arena, (geo->ring_count + 1) * sizeof *t->ring_uses);
	for (size_t r = 0; r < geo->ring_count; r++) {
		t->ring_uses[r] = t->use_count;
		cut_ring(t, &geo->rings[r]);
	}
	t->ring_uses[geo->ring_count] = t->use_count;
}

/* Tolerances ------------------------------------------------------------------------------ */

static int
compare_down(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x < y) - (x > y);
}

/* The tolerance at which an area has at most so many points; 0: all that stand out at all. */
static double
tolerance_of(struct thin *t, const struct geo_area *area, size_t most)
{
	size_t first = t->ring_uses[area->first];
	size_t end = t->ring_uses[area->first + area->count];
	size_t room = 0, count = 0;
	for (size_t u = first; u < end; u++)
		room += t->arcs[t->uses[u].arc].count;
	double *weights = malloc((room + 1) * sizeof *weights);
	if (!weights)
		vs_abort("out of memory");
	for (size_t u = first; u < end; u++) {
		const struct arc *arc = &t->arcs[t->uses[u].arc];
		for (size_t i = 1; i + 1 < arc->count; i++)
			weights[count++] = arc->weights[i];
	}
	size_t ends = end - first, left = most > ends ? most - ends : 0;
	double tolerance = 0;
	if (count > left) {
		qsort(weights, count, sizeof *weights, compare_down);
		tolerance = weights[left];
	}
	free(weights);
	return tolerance;
}

static void
set_tolerances(struct thin *t, size_t (*most)(const struct geo_area *area))
{
	for (size_t a = 0; a < t->geo->area_count; a++) {
		const struct geo_area *area = &t->geo->areas[a];
		double tolerance = tolerance_of(t, area, most(area));
		double least = tolerance_of(t, area, 2 * most(area));
		size_t end = t->ring_uses[area->first + area->count];
		for (size_t u = t->ring_uses[area->first]; u < end; u++) {
			struct arc *arc = &t->arcs[t->uses[u].arc];
			arc->tolerance = fmin(arc->tolerance, tolerance);
			arc->least = fmax(arc->least, least);
		}
	}
	for (size_t i = 0; i < t->arc_count; i++)
		t->arcs[i].tolerance = fmax(t->arcs[i].tolerance, t->arcs[i].least);
}

/* Rings again ----------------------------------------------------------------------------- */

struct made {
	struct geo_point *points;
	struct geo_ring *rings;
	size_t point_count, ring_count;
};

static void
put_point(struct thin *t, struct made *made, uint32_t id)
{
	made->points = vs_arena_grow(
		t->geo->arena, made->points, made->point_count, sizeof *made->points);
	made->points[made->point_count++] = t->vertices[id].point;
}

/* Without the last vertex, which is the next arc's first. */
static void
put_arc(struct thin *t, struct made *made, const struct use *use)
{
	const struct arc *arc = &t->arcs[use->arc];
	for (size_t i = 0; i + 1 < arc->count; i++) {
		size_t at = use->reversed ? arc->count - 1 - i : i;
		if (arc->weights[at] > arc->tolerance)
			put_point(t, made, arc->ids[at]);
	}
}

/* Of the largest ring when none is left: its ends and what is farthest from the line. */
static void
put_triangle(struct thin *t, struct made *made, const struct geo_ring *ring)
{
	const uint32_t *ids = t->ids + ring->first;
	size_t far = 1, wide = 0;
	for (size_t i = 1; i < ring->count; i++)
		if (distance(t, ids[i], ids[0], ids[0]) >
			distance(t, ids[far], ids[0], ids[0]))
			far = i;
	for (size_t i = 1; i < ring->count; i++)
		if (i != far &&
			(!wide ||
				distance(t, ids[i], ids[0], ids[far]) >
					distance(t, ids[wide], ids[0], ids[far])))
			wide = i;
	put_point(t, made, ids[0]);
	put_point(t, made, ids[far < wide ? far : wide]);
	put_point(t, made, ids[far < wide ? wide : far]);
}

static void
close_ring(struct thin *t, struct made *made, size_t first)
{
	made->rings = vs_arena_grow(
		t->geo->arena, made->rings, made->ring_count, sizeof *made->rings);
	made->rings[made->ring_count++] =
		(struct geo_ring){ first, made->point_count - first };
}

static void
rebuild_area(struct thin *t, struct made *made, struct geo_area *area)
{
	struct geo *geo = t->geo;
	size_t largest = area->first, first_ring = made->ring_count;
	for (size_t r = area->first; r < area->first + area->count; r++) {
		size_t first = made->point_count;
		if (geo->rings[r].count > geo->rings[largest].count)
			largest = r;
		for (size_t u = t->ring_uses[r]; u < t->ring_uses[r + 1]; u++)
			put_arc(t, made, &t->uses[u]);
		if (made->point_count - first < 3)
			made->point_count = first;
		else
			close_ring(t, made, first);
	}
	if (made->ring_count == first_ring) {
		size_t first = made->point_count;
		put_triangle(t, made, &geo->rings[largest]);
		close_ring(t, made, first);
	}
	area->first = first_ring;
	area->count = made->ring_count - first_ring;
}

void
geojson_thin(struct geo *geo, size_t (*most)(const struct geo_area *area))
{
	struct thin t = { .geo = geo };
	struct made made = { 0 };
	double south = INFINITY, north = -INFINITY;
	for (size_t i = 0; i < geo->point_count; i++) {
		south = fmin(south, geo->points[i].y);
		north = fmax(north, geo->points[i].y);
	}
	t.squeeze =
		geo->point_count ? cos((south + north) / 2 / GEO_DEGREE * M_PI / 180) : 1;
	find_junctions(&t);
	cut_rings(&t);
	set_tolerances(&t, most);
	for (size_t a = 0; a < geo->area_count; a++)
		rebuild_area(&t, &made, &geo->areas[a]);
	geo->points = made.points;
	geo->rings = made.rings;
	geo->point_count = made.point_count;
	geo->ring_count = made.ring_count;
}
