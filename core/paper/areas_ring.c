/* Rings of coordinates to paper: fewer points, and a point inside for the label. */
#include <math.h>

#include "paper/areas.h"

/* Points on the paper lie on a grid so fine. All who share a border thin it alike. */
#define GRID   0.2
#define SAMPLE 300 /* points that the place of a label is found with */

bool
areas_place(const json_t *point, double *ret_latitude, double *ret_longitude)
{
	const json_t *longitude = json_array_get(point, 0);
	const json_t *latitude = json_array_get(point, 1);
	if (!json_is_number(longitude) || !json_is_number(latitude))
		return false;
	*ret_longitude = json_number_value(longitude);
	*ret_latitude = json_number_value(latitude);
	return fabs(*ret_latitude) <= 89 && fabs(*ret_longitude) <= 180 &&
		(fabs(*ret_latitude) > 1e-6 || fabs(*ret_longitude) > 1e-6);
}

/* A ring under way, in steps of the grid. */
struct thinner {
	float *points;
	size_t count;	 /* of the ring */
	long x[2], y[2]; /* the last one and the one before */
};

static void
put_point(struct thinner *t, long x, long y)
{
	if (t->count > 0 && x == t->x[0] && y == t->y[0])
		return;
	/* What goes straight on needs no point where it was. */
	bool straight = t->count > 1 &&
		(t->x[0] - t->x[1]) * (y - t->y[0]) ==
			(t->y[0] - t->y[1]) * (x - t->x[0]) &&
		(t->x[0] - t->x[1]) * (x - t->x[0]) +
				(t->y[0] - t->y[1]) * (y - t->y[0]) >
			0;
	if (straight) {
		t->count--;
	} else {
		t->x[1] = t->x[0];
		t->y[1] = t->y[0];
	}
	t->x[0] = x;
	t->y[0] = y;
	t->points[2 * t->count] = (float)((double)x * GRID);
	t->points[2 * t->count++ + 1] = (float)((double)y * GRID);
}

static size_t
project_ring(const struct areas *map, const json_t *ring, float *points)
{
	struct thinner t = { .points = points };
	double latitude = (map->south + map->north) / 2;
	double across = MAP_DEGREE * cos(latitude * M_PI / 180) * map->metre;
	double north = 0, east = 0;
	for (size_t i = 0; i < json_array_size(ring); i++) {
		if (!areas_place(json_array_get(ring, i), &north, &east))
			continue;
		double x = map->width / 2 + (east - (map->west + map->east) / 2) * across;
		double y = map->height / 2 - (north - latitude) * MAP_DEGREE * map->metre;
		put_point(&t, lround(x / GRID), lround(y / GRID));
	}
	bool closed = t.count > 1 && !(points[0] < points[2 * t.count - 2]) &&
		!(points[0] > points[2 * t.count - 2]) &&
		!(points[1] < points[2 * t.count - 1]) &&
		!(points[1] > points[2 * t.count - 1]);
	t.count -= closed;
	return t.count > 2 ? t.count : 0; /* too small to be seen */
}

static void
project_area(struct lay *l, const struct areas *map, struct area *area)
{
	size_t room = 1;
	for (size_t i = 0; i < json_array_size(area->rings); i++)
		room += json_array_size(json_array_get(area->rings, i)) + 1;
	float *points = vs_arena_alloc(l->arena, 2 * room * sizeof(points[0]));
	for (size_t i = 0; i < json_array_size(area->rings); i++) {
		float *ring = points + 2 * area->count;
		size_t count = project_ring(map, json_array_get(area->rings, i), ring);
		if (count == 0)
			continue;
		ring[2 * count] = ring[2 * count + 1] = NAN;
		area->count += count + 1;
	}
	area->points = points;
	area->left = area->top = INFINITY;
	area->right = area->bottom = -INFINITY;
	for (size_t i = 0; i < area->count; i++) {
		area->left = fmin(area->left, (double)points[2 * i]);
		area->right = fmax(area->right, (double)points[2 * i]);
		area->top = fmin(area->top, (double)points[2 * i + 1]);
		area->bottom = fmax(area->bottom, (double)points[2 * i + 1]);
	}
}

void
areas_project(struct lay *l, struct areas *map)
{
	for (size_t i = 0; i < map->count; i++)
		project_area(l, map, &map->list[i]);
}

/* Holes count as much as what is around them: it is only asked if there is room. */
double
areas_extent(const struct area *area)
{
	double twice = 0;
	for (size_t begin = 0, end = 0; begin < area->count; begin = end + 1) {
		double ring = 0;
		for (end = begin; !isnan(area->points[2 * end]); end++) {
			size_t next = isnan(area->points[2 * end + 2]) ? begin : end + 1;
			ring += (double)area->points[2 * end] *
					(double)area->points[2 * next + 1] -
				(double)area->points[2 * next] *
					(double)area->points[2 * end + 1];
		}
		twice += fabs(ring);
	}
	return twice / 2;
}

/* A few hundred of an area's edges: enough to find its middle. */
struct outline {
	double edges[2 * SAMPLE][4];
	size_t count;
};

static void
take_outline(const struct area *area, struct outline *o)
{
	size_t every = area->count / SAMPLE + 1, begin = 0;
	o->count = 0;
	while (begin < area->count) {
		size_t end = begin;
		while (!isnan(area->points[2 * end]))
			end++;
		for (size_t i = begin; i < end && o->count < 2 * SAMPLE; i += every) {
			size_t next = i + every < end ? i + every : begin;
			double *edge = o->edges[o->count++];
			edge[0] = (double)area->points[2 * i];
			edge[1] = (double)area->points[2 * i + 1];
			edge[2] = (double)area->points[2 * next];
			edge[3] = (double)area->points[2 * next + 1];
		}
		begin = end + 1;
	}
}

struct depth {
	double plain, flat; /* how far the nearest edge is; negative outside */
};

static struct depth
depth_at(const struct outline *o, double x, double y, double flat)
{
	struct depth d = { INFINITY, INFINITY };
	bool inside = false;
	for (size_t i = 0; i < o->count; i++) {
		const double *e = o->edges[i];
		double dx = e[2] - e[0], dy = e[3] - e[1];
		double length = dx * dx + dy * dy, along = 0;
		if (length > 0)
			along = ((x - e[0]) * dx + (y - e[1]) * dy) / length;
		along = fmin(fmax(along, 0), 1);
		double ax = e[0] + along * dx - x, ay = e[1] + along * dy - y;
		d.plain = fmin(d.plain, ax * ax + ay * ay);
		d.flat = fmin(d.flat, ax * ax + ay * ay * flat * flat);
		if ((e[1] > y) != (e[3] > y) &&
			x < dx * (y - e[1]) / (e[3] - e[1]) + e[0])
			inside = !inside;
	}
	d.plain = inside ? sqrt(d.plain) : -sqrt(d.plain);
	d.flat = inside ? sqrt(d.flat) : -sqrt(d.flat);
	return d;
}

/* The best point of a coarse grid, then of finer ones around it. */
void
areas_middle(struct area *area, double wide, double high)
{
	struct outline o;
	take_outline(area, &o);
	double x = (area->left + area->right) / 2, y = (area->top + area->bottom) / 2;
	double reach_x = (area->right - area->left) / 2;
	double reach_y = (area->bottom - area->top) / 2, best = -INFINITY;
	for (int round = 0, cells = 9; round < 4; round++, cells = 3) {
		double middle_x = x, middle_y = y;
		for (int i = -cells; i <= cells; i++) {
			for (int k = -cells; k <= cells; k++) {
				double at_x = middle_x + reach_x * i / cells;
				double at_y = middle_y + reach_y * k / cells;
				struct depth d = depth_at(&o, at_x, at_y, wide / high);
				/* With room enough in width, well away from all. */
				double score = fmin(d.flat, wide * 0.6) + d.plain;
				if (!(score > best))
					continue;
				best = score;
				x = at_x;
				y = at_y;
				area->room = d.flat;
			}
		}
		reach_x /= cells;
		reach_y /= cells;
	}
	area->x = x;
	area->y = y;
}
