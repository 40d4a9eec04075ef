/*
 * A pool of good plans that are crossed: order crossover of the rounds one after the other,
 * cut anew where it is cheapest, then a local search (Vidal, Computers & Operations Research
 * 140, 2022). For small plain problems this finds what removals of strings do not.
 */
#include "plan/route_local.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEPT	20 /* plans in either half of the pool */
#define GROWN	40 /* more than those before the worst go */
#define ELITE	4
#define CLOSE	5   /* plans that a plan's distance is measured to */
#define WINDOW	100 /* results that the price of overload looks back on */
#define WANTED	0.2 /* part of the results that should carry no overload */
#define MEMBERS (2 * (KEPT + GROWN) + 8)
#define OVERFUL 1.5 /* of a vehicle, before the local search */
#define FRESH	10  /* plans from nothing, so that not all are relatives */
#define WORTH	3   /* changes per stop that one more plan counts as */

struct member {
	int32_t *stops;
	int32_t *lengths;
	int32_t *next; /* by stop; -1 = home */
	int32_t *prev;
	int32_t rounds;
	int64_t way;
	int64_t excess;
	double rank; /* the lower the better */
	int32_t number;
};

struct half {
	struct member *all[KEPT + GROWN + 1];
	int32_t count;
};

struct pool {
	struct route_state *state;
	struct local *local;
	struct vs_arena *arena;
	struct half fits;
	struct half over;
	struct member *free[MEMBERS];
	int32_t free_count;
	int32_t made;
	float far[MEMBERS][MEMBERS]; /* distances of members, by their numbers */
	double *angle_x;	     /* where stops lie around the depot */
	double *angle_y;
	int32_t *child;
	int32_t *lengths;
	int64_t *value; /* of the best cut before each stop of the child */
	int32_t *from;
	bool *taken;
	int32_t fitted; /* among the last results */
	int32_t results;
};

static struct member *
new_member(struct pool *pool)
{
	if (pool->free_count)
		return pool->free[--pool->free_count];
	size_t stops = (size_t)pool->local->stops;
	struct member *member = vs_arena_alloc(pool->arena, sizeof *member);
	member->number = pool->made++;
	member->stops = vs_arena_alloc(pool->arena, stops * sizeof *member->stops);
	member->next = vs_arena_alloc(pool->arena, stops * sizeof *member->next);
	member->prev = vs_arena_alloc(pool->arena, stops * sizeof *member->prev);
	member->lengths = vs_arena_alloc(
		pool->arena, (size_t)pool->local->rounds * sizeof *member->lengths);
	return member;
}

static double
value(const struct pool *pool, const struct member *member)
{
	return (double)member->way + pool->local->price * (double)member->excess;
}

/* Links of one that the other does not have. */
static double
distance(const struct pool *pool, const struct member *a, const struct member *b)
{
	int32_t count = 0, stops = pool->local->stops;
	for (int32_t i = 0; i < stops; i++) {
		count += (a->next[i] != b->next[i]) & (a->next[i] != b->prev[i]);
		count += (a->prev[i] < 0) & (b->prev[i] >= 0) & (b->next[i] >= 0);
	}
	return (double)count / stops;
}

static double
mean_distance(
	const struct pool *pool, const struct half *half, const struct member *member)
{
	double nearest[CLOSE];
	int count = 0;
	for (int32_t i = 0; i < half->count; i++) {
		if (half->all[i] == member)
			continue;
		double far = pool->far[member->number][half->all[i]->number];
		int k = count < CLOSE ? count++ : CLOSE;
		if (k == CLOSE && far >= nearest[CLOSE - 1])
			continue;
		if (k == CLOSE)
			k--;
		for (; k > 0 && nearest[k - 1] > far; k--)
			nearest[k] = nearest[k - 1];
		nearest[k] = far;
	}
	double sum = 0;
	for (int i = 0; i < count; i++)
		sum += nearest[i];
	return count ? sum / count : 1;
}

/* The half stays in order of value; ranks weigh value and distance. */
static void
rank(const struct pool *pool, struct half *half)
{
	double far[KEPT + GROWN + 1];
	for (int32_t i = 1; i < half->count; i++) {
		struct member *member = half->all[i];
		int32_t k = i;
		for (; k > 0 && value(pool, half->all[k - 1]) > value(pool, member); k--)
			half->all[k] = half->all[k - 1];
		half->all[k] = member;
	}
	for (int32_t i = 0; i < half->count; i++)
		far[i] = mean_distance(pool, half, half->all[i]);
	for (int32_t i = 0; i < half->count; i++) {
		int32_t behind = 0;
		for (int32_t k = 0; k < half->count; k++)
			behind += far[k] > far[i] || (far[k] == far[i] && k < i);
		double weight =
			half->count <= ELITE ? 0 : 1 - (double)ELITE / half->count;
		half->all[i]->rank = i + weight * behind;
	}
}

static void
drop_worst(struct pool *pool, struct half *half)
{
	while (half->count > KEPT) {
		rank(pool, half);
		int32_t worst = 1;
		bool worst_twin = false;
		for (int32_t i = 1; i < half->count; i++) {
			bool twin = false;
			for (int32_t k = 0; k < half->count && !twin; k++)
				twin = k != i && half->all[k]->way == half->all[i]->way &&
					pool->far[half->all[i]->number]
						 [half->all[k]->number] < 1e-9f;
			if ((twin && !worst_twin) ||
				(twin == worst_twin &&
					half->all[i]->rank > half->all[worst]->rank)) {
				worst = i;
				worst_twin = twin;
			}
		}
		pool->free[pool->free_count++] = half->all[worst];
		half->all[worst] = half->all[--half->count];
	}
	rank(pool, half);
}

/* Where stops lie, as far as distances to the depot and two stops tell. */
static void
find_angles(struct pool *pool)
{
	const struct local *local = pool->local;
	size_t n = (size_t)local->stops, a = 0, b = 0;
	const int32_t *cost = local->cost, *home = &cost[n * (n + 1)];
	for (size_t i = 0; i < n; i++)
		a = home[i] > home[a] ? i : a;
	double da = home[a] ? home[a] : 1, widest = -1;
	for (size_t i = 0; i < n; i++) {
		double d = home[i], to_a = cost[a * (n + 1) + i];
		pool->angle_x[i] = (da * da + d * d - to_a * to_a) / (2 * da);
		double rest = d * d - pool->angle_x[i] * pool->angle_x[i];
		if (rest > widest) {
			widest = rest;
			b = i;
		}
	}
	double by = sqrt(widest > 1 ? widest : 1), bx = pool->angle_x[b], db = home[b];
	for (size_t i = 0; i < n; i++) {
		double d = home[i], to_b = cost[b * (n + 1) + i];
		double along = (db * db + d * d - to_b * to_b) / 2;
		pool->angle_y[i] = (along - pool->angle_x[i] * bx) / by;
	}
}

struct sector {
	double angle;
	int32_t round;
};

static int
by_angle(const void *a, const void *b)
{
	const struct sector *left = a, *right = b;
	if (left->angle != right->angle)
		return left->angle < right->angle ? -1 : 1;
	return left->round - right->round;
}

/* What the local search ended with, rounds in order around the depot. */
static struct member *
take_member(struct pool *pool)
{
	const struct local *local = pool->local;
	const struct local_node *nodes = local->nodes;
	struct member *member = new_member(pool);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct sector *sectors =
		vs_arena_alloc(scratch.arena, (size_t)local->rounds * sizeof *sectors);
	member->rounds = 0;
	for (int32_t r = 0; r < local->rounds; r++) {
		if (!local->all[r].count)
			continue;
		double x = 0, y = 0;
		int32_t u = nodes[local_start(local, r)].next;
		for (; u < local->stops; u = nodes[u].next) {
			x += pool->angle_x[u];
			y += pool->angle_y[u];
		}
		sectors[member->rounds++] = (struct sector){ atan2(y, x), r };
	}
	qsort(sectors, (size_t)member->rounds, sizeof *sectors, by_angle);
	int32_t at = 0;
	member->way = member->excess = 0;
	for (int32_t i = 0; i < member->rounds; i++) {
		int32_t r = sectors[i].round, u = local_start(local, r);
		int64_t excess = local->all[r].kg - local->capacity;
		member->excess += excess > 0 ? excess : 0;
		member->lengths[i] = local->all[r].count;
		for (; u != local_end(local, r); u = nodes[u].next) {
			member->way +=
				local_cost(local, &nodes[u], &nodes[nodes[u].next]);
			if (u >= local->stops)
				continue;
			member->stops[at++] = u;
			int32_t next = nodes[u].next, prev = nodes[u].prev;
			member->next[u] = next < local->stops ? next : -1;
			member->prev[u] = prev < local->stops ? prev : -1;
		}
	}
	return member;
}

/* Into the pool; a plan without overload may be the best so far. */
static void
add(struct pool *pool, struct member *member, struct route_copy *best)
{
	struct half *half = member->excess ? &pool->over : &pool->fits;
	for (int32_t i = 0; i < half->count; i++) {
		const struct member *other = half->all[i];
		pool->far[member->number][other->number] =
			pool->far[other->number][member->number] =
				(float)distance(pool, member, other);
	}
	half->all[half->count++] = member;
	if (!member->excess && member->way < best->cost) {
		const struct local *local = pool->local;
		memcpy(best->stops, member->stops,
			(size_t)local->stops * sizeof *best->stops);
		memcpy(best->lengths, member->lengths,
			(size_t)member->rounds * sizeof *best->lengths);
		memset(best->types, 0, (size_t)member->rounds * sizeof *best->types);
		best->route_count = member->rounds;
		best->cost = member->way;
	}
	if (half->count > KEPT + GROWN)
		drop_worst(pool, half);
	else
		rank(pool, half);
}

/* Cuts the child into rounds where that costs least; false: into too many. */
static bool
cut(struct pool *pool, int32_t *ret_rounds)
{
	const struct local *local = pool->local;
	const struct local_node *nodes = local->nodes, *home = &nodes[local->stops];
	int32_t n = local->stops;
	const int32_t *child = pool->child;
	for (int32_t i = 1; i <= n; i++)
		pool->value[i] = INT64_MAX;
	pool->value[0] = 0;
	for (int32_t i = 0; i < n; i++) {
		int64_t kg = 0, way = 0;
		for (int32_t j = i; j < n; j++) {
			const struct local_node *node = &nodes[child[j]];
			kg += node->kg;
			if (j > i && (double)kg > OVERFUL * (double)local->capacity)
				break;
			way += local_cost(
				local, j > i ? &nodes[child[j - 1]] : home, node);
			int64_t whole = pool->value[i] + way +
				local_cost(local, node, home) + local_penalty(local, kg);
			if (whole < pool->value[j + 1]) {
				pool->value[j + 1] = whole;
				pool->from[j + 1] = i;
			}
		}
	}
	int32_t rounds = 0;
	for (int32_t i = n; i > 0; i = pool->from[i])
		rounds++;
	*ret_rounds = rounds;
	if (rounds > local->rounds)
		return false;
	for (int32_t i = n, r = rounds; i > 0; i = pool->from[i])
		pool->lengths[--r] = i - pool->from[i];
	return true;
}

/* As many rounds as there may be, all of about the same load. */
static void
cut_evenly(struct pool *pool, int32_t *ret_rounds)
{
	const struct local *local = pool->local;
	int32_t n = local->stops, r = 0;
	int64_t all = 0, kg = 0;
	for (int32_t i = 0; i < n; i++)
		all += local->nodes[i].kg;
	memset(pool->lengths, 0, (size_t)local->rounds * sizeof *pool->lengths);
	for (int32_t i = 0; i < n; i++) {
		kg += local->nodes[pool->child[i]].kg;
		pool->lengths[r]++;
		if (r + 1 < local->rounds && kg * local->rounds >= all * (r + 1))
			r++;
	}
	*ret_rounds = local->rounds;
}

/* Cut, searched, added; what is overloaded is sometimes searched once more at a high price. */
static void
educate(struct pool *pool, struct route_copy *best)
{
	struct local *local = pool->local;
	int32_t rounds;
	if (!cut(pool, &rounds))
		cut_evenly(pool, &rounds);
	local_load(local, pool->child, pool->lengths, rounds);
	local_search(local);
	struct member *member = take_member(pool);
	bool over = member->excess > 0;
	pool->results++;
	pool->fitted += !over;
	bool again = over && random_below(&pool->state->random, 2);
	double price = local->price;
	if (again) {
		local->price = 10 * price;
		local_load(local, member->stops, member->lengths, member->rounds);
		local_search(local);
		local->price = price;
		struct member *repaired = take_member(pool);
		if (repaired->excess)
			pool->free[pool->free_count++] = repaired;
		else
			add(pool, repaired, best);
	}
	add(pool, member, best);
	if (pool->results >= WINDOW) {
		double part = (double)pool->fitted / pool->results;
		local->price *= part < WANTED - 0.05 ? 1.2
			: part > WANTED + 0.05	     ? 0.85
						     : 1;
		pool->results = pool->fitted = 0;
	}
}

static const struct member *
draw(struct pool *pool)
{
	const struct member *best = NULL;
	for (int i = 0; i < 2; i++) {
		int32_t k = random_below(
			&pool->state->random, pool->fits.count + pool->over.count);
		const struct member *member = k < pool->fits.count
			? pool->fits.all[k]
			: pool->over.all[k - pool->fits.count];
		if (!best || member->rank < best->rank)
			best = member;
	}
	return best;
}

/* A part of one, then what is missing in the order of the other. */
static void
cross(struct pool *pool, const struct member *a, const struct member *b)
{
	int32_t n = pool->local->stops;
	int32_t first = random_below(&pool->state->random, n), last;
	do
		last = random_below(&pool->state->random, n);
	while (last == first && n > 1);
	memset(pool->taken, 0, (size_t)n * sizeof *pool->taken);
	int32_t at = first;
	for (;; at = (at + 1) % n) {
		pool->child[at] = a->stops[at];
		pool->taken[a->stops[at]] = true;
		if (at == last)
			break;
	}
	at = (last + 1) % n;
	for (int32_t i = 1; i <= n; i++) {
		int32_t stop = b->stops[(last + i) % n];
		if (pool->taken[stop])
			continue;
		pool->child[at] = stop;
		at = (at + 1) % n;
	}
}

static void
shuffle(struct pool *pool)
{
	for (int32_t i = 0; i < pool->local->stops; i++) {
		int32_t k = random_below(&pool->state->random, i + 1);
		pool->child[i] = pool->child[k];
		pool->child[k] = i;
	}
}

/* Plain: vehicles all alike, one depot, one load, nothing left over. The price is halved. */
bool
route_pool_suits(const struct route_state *state)
{
	const struct route_model *model = state->model;
	return model->type_count == 1 && model->timing == ROUTE_UNTIMED &&
		!model->picky && !model->boxed && !state->home &&
		model->cost == model->cost_into &&
		model->types[0].from == model->types[0].to && model->stops > 3 &&
		model->types[0].kg != VS_ROUTE_ANY && model->types[0].price % 2 == 0 &&
		!state->bank_count;
}

static struct pool *
new_pool(struct route_state *state, int32_t rounds, struct vs_arena *arena)
{
	struct pool *pool = vs_arena_alloc(arena, sizeof *pool);
	size_t stops = (size_t)state->model->stops;
	pool->state = state;
	pool->arena = arena;
	pool->local = local_new(state, rounds, arena);
	pool->angle_x = vs_arena_alloc(arena, stops * sizeof *pool->angle_x);
	pool->angle_y = vs_arena_alloc(arena, stops * sizeof *pool->angle_y);
	pool->child = vs_arena_alloc(arena, stops * sizeof *pool->child);
	pool->lengths = vs_arena_alloc(arena, (size_t)rounds * sizeof *pool->lengths);
	pool->value = vs_arena_alloc(arena, (stops + 1) * sizeof *pool->value);
	pool->from = vs_arena_alloc(arena, (stops + 1) * sizeof *pool->from);
	pool->taken = vs_arena_alloc(arena, stops * sizeof *pool->taken);
	find_angles(pool);
	int64_t far = 1, kg = 1;
	for (size_t i = 0; i < stops; i++) {
		far = state->model->far[i] > far ? state->model->far[i] : far;
		kg = state->model->kg[i] > kg ? state->model->kg[i] : kg;
	}
	pool->local->price = (double)far / (double)kg;
	return pool;
}

static void
add_copy(struct pool *pool, const struct route_copy *copy, struct route_copy *best)
{
	local_load(pool->local, copy->stops, copy->lengths, copy->route_count);
	local_search(pool->local);
	add(pool, take_member(pool), best);
}

/* `best` serves everything; `others` are plans to begin from. */
void
route_pool(struct route_state *state, struct route_copy *best,
	struct route_copy *const *others, int32_t other_count, struct route_pace *pace)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t rounds = best->route_count + 2;
	rounds = rounds < state->vehicle_limit ? rounds : state->vehicle_limit;
	struct pool *pool = new_pool(state, rounds, scratch.arena);
	add_copy(pool, best, best);
	for (int32_t i = 0; i < other_count; i++)
		if (!others[i]->bank_weight && others[i]->route_count <= rounds)
			add_copy(pool, others[i], best);
	int32_t fresh = FRESH;
	while (!route_pace_over(pace)) {
		if (fresh-- > 0)
			shuffle(pool);
		else
			cross(pool, draw(pool), draw(pool));
		educate(pool, best);
		pace->done += WORTH * (int64_t)pool->local->stops;
	}
	if (pace->iterations && pace->done > pace->iterations)
		pace->done = pace->iterations;
}
