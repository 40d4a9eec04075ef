/* Routes: what every plan must be, whatever the problem; small ones against all orders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/plan.h>

#define STOPS_MAX    60
#define POINTS_MAX   (STOPS_MAX + 4)
#define VEHICLES_MAX 12
#define DAY	     240 /* the worlds' clocks run from 0 to here */

/* A problem with room for everything it points to. */
struct world {
	struct vs_route_problem problem;
	int32_t seconds[POINTS_MAX * POINTS_MAX];
	int32_t metres[POINTS_MAX * POINTS_MAX];
	struct vs_route_stop stops[STOPS_MAX];
	struct vs_route_window windows[STOPS_MAX][3];
	struct vs_route_vehicle vehicles[VEHICLES_MAX];
	int32_t x[POINTS_MAX], y[POINTS_MAX];
	uint64_t random;
	struct vs_arena *arena;
	struct vs_error err;
};

static int32_t
below(struct world *world, int32_t limit)
{
	world->random = world->random * 6364136223846793005u + 1442695040888963407u;
	return (int32_t)((world->random >> 33) % (uint64_t)limit);
}

/* Distances rounded up keep the triangle inequality. */
static void
measure(struct world *world)
{
	int32_t points = world->problem.point_count;
	for (int32_t i = 0; i < points; i++)
		for (int32_t j = 0; j < points; j++) {
			double distance = hypot(
				world->x[i] - world->x[j], world->y[i] - world->y[j]);
			world->seconds[i * points + j] = (int32_t)ceil(distance / 4);
			world->metres[i * points + j] = (int32_t)ceil(distance * 10);
		}
}

static void
add_windows(struct world *world, int32_t stop)
{
	int32_t count = below(world, 4), at = below(world, 40);
	for (int32_t i = 0; i < count; i++) {
		world->windows[stop][i].opens = at;
		at += below(world, 60);
		world->windows[stop][i].closes = at;
		at += 1 + below(world, 60);
	}
	world->stops[stop].windows = world->windows[stop];
	world->stops[stop].window_count = count;
}

/* The last two points are depots; `timed`: with opening hours and working times. */
static struct world *
make_world(void **state, uint64_t seed, int32_t stops, int32_t vehicles, bool timed)
{
	struct world *world = *state;
	*world = (struct world){ .random = seed, .arena = world->arena };
	for (int32_t i = 0; i < stops + 2; i++) {
		world->x[i] = below(world, 100);
		world->y[i] = below(world, 100);
	}
	for (int32_t i = 0; i < stops; i++) {
		world->stops[i] = (struct vs_route_stop){ .point = i,
			.kg = below(world, 10),
			.boxes = below(world, 4),
			.service_s = timed ? below(world, 6) : 0,
			.weight = below(world, 3),
			.needs = below(world, 8) == 0 };
		if (timed)
			add_windows(world, i);
	}
	for (int32_t i = 0; i < vehicles; i++) {
		int32_t depot = stops + i % 2;
		world->vehicles[i] = (struct vs_route_vehicle){ .from_point = depot,
			.to_point = below(world, 4) ? depot : VS_ROUTE_STAYS,
			.kg = 15 + below(world, 25),
			.boxes = below(world, 3) ? 20 : VS_ROUTE_ANY,
			.starts_at = timed ? below(world, 60) : 0,
			.ends_at = timed ? DAY - below(world, 60) : VS_ROUTE_ANY,
			.longest_s = timed && below(world, 2) ? 60 + below(world, 90) : 0,
			.price = below(world, 3) ? 0 : 500,
			.offers = below(world, 2) };
	}
	world->problem = (struct vs_route_problem){ .point_count = stops + 2,
		.seconds = world->seconds,
		.metres = world->metres,
		.second_price = 3,
		.metre_price = 1,
		.stop_count = stops,
		.stops = world->stops,
		.vehicle_count = vehicles,
		.vehicles = world->vehicles };
	measure(world);
	return world;
}

static struct vs_route_plan
solve(struct world *world, const struct vs_route_options *options)
{
	struct vs_route_plan plan;
	if (!vs_route_solve(&world->problem, options, world->arena, &plan, &world->err))
		fail_msg("%s", world->err.text);
	if (!vs_route_check(&world->problem, &plan, &world->err))
		fail_msg("%s", world->err.text);
	return plan;
}

static void
assert_same_plan(const struct vs_route_plan *a, const struct vs_route_plan *b)
{
	assert_int_equal(a->cost, b->cost);
	assert_int_equal(a->route_count, b->route_count);
	assert_int_equal(a->unserved_count, b->unserved_count);
	for (int32_t i = 0; i < a->route_count; i++) {
		assert_int_equal(a->routes[i].vehicle, b->routes[i].vehicle);
		assert_int_equal(a->routes[i].visit_count, b->routes[i].visit_count);
		assert_memory_equal(a->routes[i].visits, b->routes[i].visits,
			(size_t)a->routes[i].visit_count * sizeof *a->routes[i].visits);
	}
}

/* --- every order of a small problem --- */

#define SMALL_MAX 8
#define SUBSETS	  (1 << SMALL_MAX)
#define NONE	  INT64_MAX

struct search {
	const struct vs_route_problem *problem;
	const struct vs_route_vehicle *vehicle;
	int32_t order[SMALL_MAX];
	int64_t best[SUBSETS]; /* by set of stops: the cheapest order of it */
};

static int32_t
link_of(const struct search *search, const int32_t *matrix, int32_t from, int32_t to)
{
	return to == VS_ROUTE_STAYS ? 0
				    : matrix[from * search->problem->point_count + to];
}

/* Can the order be driven by somebody who leaves at that very second? */
static bool
works_from(const struct search *search, int32_t count, int32_t leaves)
{
	const struct vs_route_vehicle *vehicle = search->vehicle;
	int32_t now = leaves, from = vehicle->from_point;
	for (int32_t i = 0; i < count; i++) {
		const struct vs_route_stop *stop =
			&search->problem->stops[search->order[i]];
		now += link_of(search, search->problem->seconds, from, stop->point);
		int32_t begins = stop->window_count ? INT32_MAX : now;
		for (int32_t w = stop->window_count - 1; w >= 0; w--)
			if (now <= stop->windows[w].closes)
				begins = now > stop->windows[w].opens
					? now
					: stop->windows[w].opens;
		if (begins == INT32_MAX)
			return false;
		now = begins + stop->service_s;
		from = stop->point;
	}
	now += link_of(search, search->problem->seconds, from, vehicle->to_point);
	return now <= vehicle->ends_at &&
		(!vehicle->longest_s || now - leaves <= vehicle->longest_s);
}

static bool
works(const struct search *search, int32_t count)
{
	int64_t kg = 0, boxes = 0;
	for (int32_t i = 0; i < count; i++) {
		const struct vs_route_stop *stop =
			&search->problem->stops[search->order[i]];
		kg += stop->kg;
		boxes += stop->boxes;
		if (stop->needs & ~search->vehicle->offers)
			return false;
	}
	if (kg > search->vehicle->kg || boxes > search->vehicle->boxes)
		return false;
	for (int32_t leaves = search->vehicle->starts_at; leaves <= DAY; leaves++)
		if (works_from(search, count, leaves))
			return true;
	return false;
}

static int64_t
price(const struct search *search, int32_t count)
{
	const struct vs_route_problem *problem = search->problem;
	int64_t cost = search->vehicle->price;
	int32_t from = search->vehicle->from_point;
	for (int32_t i = 0; i <= count; i++) {
		int32_t to = i < count ? problem->stops[search->order[i]].point
				       : search->vehicle->to_point;
		cost += (int64_t)problem->second_price *
				link_of(search, problem->seconds, from, to) +
			(int64_t)problem->metre_price *
				link_of(search, problem->metres, from, to);
		from = to;
	}
	return cost;
}

static void
try_orders(struct search *search, int32_t count, uint32_t set)
{
	if (count) {
		int64_t cost = price(search, count);
		if (cost < search->best[set] && works(search, count))
			search->best[set] = cost;
	}
	for (int32_t stop = 0; stop < search->problem->stop_count; stop++)
		if (!(set >> stop & 1)) {
			search->order[count] = stop;
			try_orders(search, count + 1, set | 1u << stop);
		}
}

/* The best there is: cost, counting `per_vehicle` and `per_weight` on top. */
static int64_t
best_value(
	const struct vs_route_problem *problem, int64_t per_vehicle, int64_t per_weight)
{
	static struct search search;
	static int64_t value[SUBSETS], next[SUBSETS];
	uint32_t all = (1u << problem->stop_count) - 1;
	for (uint32_t set = 0; set <= all; set++)
		value[set] = set ? NONE : 0;
	for (int32_t v = 0; v < problem->vehicle_count; v++) {
		search.problem = problem;
		search.vehicle = &problem->vehicles[v];
		for (uint32_t set = 0; set <= all; set++)
			search.best[set] = NONE;
		try_orders(&search, 0, 0);
		memcpy(next, value, sizeof next);
		for (uint32_t set = 1; set <= all; set++)
			for (uint32_t own = set; own; own = (own - 1) & set)
				if (search.best[own] != NONE &&
					value[set & ~own] != NONE &&
					value[set & ~own] + search.best[own] +
							per_vehicle <
						next[set])
					next[set] = value[set & ~own] + search.best[own] +
						per_vehicle;
		memcpy(value, next, sizeof next);
	}
	int64_t best = NONE;
	for (uint32_t set = 0; set <= all; set++) {
		int64_t left = 0;
		for (int32_t i = 0; i < problem->stop_count; i++)
			if (!(set >> i & 1))
				left += problem->stops[i].weight
					? problem->stops[i].weight
					: 1;
		if (value[set] != NONE && value[set] + left * per_weight < best)
			best = value[set] + left * per_weight;
	}
	return best;
}

#define PER_WEIGHT  1000000000
#define PER_VEHICLE 1000000

static void
assert_optimal(struct world *world, bool fewest, uint64_t seed)
{
	struct vs_route_options options = { .seed = seed,
		.iterations = fewest ? 12000 : 4000,
		.fewest_vehicles = fewest };
	struct vs_route_plan plan = solve(world, &options);
	int64_t per_vehicle = fewest ? PER_VEHICLE : 0;
	int64_t value = plan.cost + plan.route_count * per_vehicle +
		plan.unserved_weight * PER_WEIGHT;
	int64_t best = best_value(&world->problem, per_vehicle, PER_WEIGHT);
	if (value != best)
		fail_msg("seed %d: %lld, the best is %lld", (int)seed, (long long)value,
			(long long)best);
}

static void
a_small_plan_is_the_best_there_is(void **state)
{
	for (uint64_t seed = 1; seed <= 40; seed++)
		assert_optimal(make_world(state, seed, 1 + (int32_t)(seed % 6),
				       1 + (int32_t)(seed % 3), seed % 2),
			false, seed);
}

static void
eight_stops_are_visited_in_the_best_order(void **state)
{
	assert_optimal(make_world(state, 5, 8, 1, false), false, 5);
}

static void
a_small_plan_uses_the_fewest_vehicles(void **state)
{
	for (uint64_t seed = 1; seed <= 20; seed++)
		assert_optimal(make_world(state, 100 + seed, 5, 3, seed % 2), true, seed);
}

/* --- any problem --- */

static void
a_plan_breaks_no_rule(void **state)
{
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct world *world = make_world(state, seed, (int32_t)(seed * 2),
			1 + (int32_t)(seed % VEHICLES_MAX), seed % 3);
		struct vs_route_options options = {
			.seed = seed, .iterations = 1000, .fewest_vehicles = seed % 4 == 0
		};
		struct vs_route_plan plan = solve(world, &options);
		assert_int_equal(plan.iterations, 1000);
	}
}

static void
the_same_seed_makes_the_same_plan(void **state)
{
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct vs_route_options options = {
			.seed = seed, .iterations = 2000, .fewest_vehicles = seed % 2
		};
		struct world *world = make_world(state, 7, 50, 10, seed > 2);
		struct vs_route_plan once = solve(world, &options);
		struct vs_route_plan again = solve(world, &options);
		assert_same_plan(&once, &again);
	}
}

/* Enough changes per stop to begin twice, and where all is plain, for a pool of plans. */
static void
a_long_search_repeats_and_counts_its_iterations(void **state)
{
	for (int32_t stops = 7; stops <= 12; stops += 5) {
		bool plain = stops == 7;
		struct vs_route_options options = { 3, 0, plain ? 112001 : 36001, false };
		struct world *world = make_world(state, 9, stops, 6, false);
		for (int32_t i = 0, d = stops; i < 6; i++, d = stops + (!plain && i % 2))
			world->vehicles[i] = (struct vs_route_vehicle){ d, d, 25,
				VS_ROUTE_ANY, 0, plain ? VS_ROUTE_ANY : 400, 0, 50, 1 };
		struct vs_route_plan once = solve(world, &options);
		struct vs_route_plan again = solve(world, &options);
		assert_same_plan(&once, &again);
		assert_int_equal(once.iterations, options.iterations);
		if (plain)
			assert_int_equal(
				once.cost, best_value(&world->problem, 0, 1 << 30));
	}
}

static void
a_time_limit_is_kept(void **state)
{
	struct world *world = make_world(state, 7, 50, 10, true);
	struct vs_route_options options = { .seed = 1, .seconds = 0.02 };
	struct vs_route_plan plan = solve(world, &options);
	assert_true(plan.iterations > 0);
}

static void
nothing_to_do_is_a_plan(void **state)
{
	struct world *world = make_world(state, 1, 0, 3, false);
	struct vs_route_options options = { .iterations = 10 };
	assert_int_equal(solve(world, &options).route_count, 0);
	world = make_world(state, 1, 3, 0, false);
	assert_int_equal(solve(world, &options).unserved_count, 3);
}

static void
a_long_wait_is_spent_at_home(void **state)
{
	struct world *world = make_world(state, 1, 1, 1, false);
	world->stops[0] = (struct vs_route_stop){
		.point = 0, .windows = world->windows[0], .window_count = 1
	};
	world->windows[0][0] = (struct vs_route_window){ 200, 220 };
	world->vehicles[0].longest_s = 2 * world->seconds[1];
	world->vehicles[0].to_point = 1;
	struct vs_route_options options = { .iterations = 10 };
	struct vs_route_plan plan = solve(world, &options);
	assert_int_equal(plan.route_count, 1);
	assert_int_equal(plan.routes[0].visits[0].arrives_at, 200);
	assert_int_equal(plan.routes[0].leaves_at, 200 - world->seconds[3]);
}

static void
a_stop_in_vain_says_why(void **state)
{
	struct world *world = make_world(state, 3, 6, 1, false);
	world->vehicles[0] = (struct vs_route_vehicle){
		.from_point = 6, .to_point = 6, .kg = 10, .boxes = 10, .ends_at = 200
	};
	for (int32_t i = 0; i < 6; i++)
		world->stops[i] =
			(struct vs_route_stop){ .point = i, .kg = 6, .weight = 1 };
	world->stops[0].needs = 2;
	world->stops[1].kg = 11;
	for (int32_t i = 0; i < 8; i++)
		world->seconds[2 * 8 + i] = VS_ROUTE_NO_WAY;
	world->windows[3][0] = (struct vs_route_window){ 300, 400 };
	world->stops[3].windows = world->windows[3];
	world->stops[3].window_count = 1;
	world->stops[4].weight = 5;
	struct vs_route_options options = { .iterations = 100 };
	struct vs_route_plan plan = solve(world, &options);
	static const struct vs_route_unserved expected[] = { { 0, VS_ROUTE_NOT_OFFERED },
		{ 1, VS_ROUTE_TOO_LARGE }, { 2, VS_ROUTE_NO_ROAD },
		{ 3, VS_ROUTE_NEVER_IN_TIME }, { 5, VS_ROUTE_NO_ROOM } };
	assert_int_equal(plan.unserved_count, 5);
	for (int32_t i = 0; i < 5; i++) {
		assert_int_equal(plan.unserved[i].stop, expected[i].stop);
		assert_int_equal(plan.unserved[i].reason, expected[i].reason);
	}
	world->stops[5].kg = 1;
	world->stops[4].service_s = world->stops[5].service_s = 120;
	plan = solve(world, &options);
	assert_int_equal(plan.unserved_count, 5);
	assert_int_equal(plan.unserved[4].reason, VS_ROUTE_NO_TIME);
	for (int32_t reason = 0; reason < VS_ROUTE_REASON_COUNT; reason++)
		assert_true(
			strlen(vs_route_reason_text((enum vs_route_reason)reason)) > 10);
}

/* A detour may be quicker than the direct way: nothing may rely on the opposite. */
static void
roads_need_not_be_metric(void **state)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct world *world = make_world(state, seed, 40, 8, true);
		for (int32_t i = 0; i < 42 * 42; i++) {
			world->seconds[i] = below(world, 40);
			world->metres[i] =
				below(world, 9) ? below(world, 900) : VS_ROUTE_NO_WAY;
		}
		struct vs_route_options options = { .seed = seed, .iterations = 1000 };
		solve(world, &options);
	}
}

static void
assert_invalid(struct world *world, const char *what)
{
	struct vs_route_options options = { .iterations = 10 };
	struct vs_route_plan plan;
	world->err = (struct vs_error){ 0 };
	assert_false(vs_route_solve(
		&world->problem, &options, world->arena, &plan, &world->err));
	assert_int_equal(world->err.code, VS_INVALID);
	if (!strstr(world->err.text, what))
		fail_msg("\"%s\" does not say \"%s\"", world->err.text, what);
}

static void
a_malformed_problem_is_refused(void **state)
{
	make_world(state, 1, 5, 2, true)->stops[3].point = 7;
	assert_invalid(*state, "stop 3");
	make_world(state, 1, 5, 2, true)->stops[2].kg = -1;
	assert_invalid(*state, "stop 2");
	make_world(state, 1, 5, 2, true)->stops[2].weight = 10001;
	assert_invalid(*state, "stop 2");
	make_world(state, 1, 5, 2, true)->vehicles[1].from_point = -1;
	assert_invalid(*state, "vehicle 1");
	make_world(state, 1, 5, 2, true)->vehicles[1].ends_at = -1;
	assert_invalid(*state, "vehicle 1");
	make_world(state, 1, 5, 2, true)->seconds[2 * 7 + 4] = -1;
	assert_invalid(*state, "point 2 to point 4");
	make_world(state, 1, 5, 2, true)->metres[6] = 1 << 27;
	assert_invalid(*state, "point 0 to point 6");
	struct world *world = make_world(state, 1, 5, 2, true);
	world->windows[4][0] = (struct vs_route_window){ 10, 20 };
	world->windows[4][1] = (struct vs_route_window){ 20, 30 };
	world->stops[4].window_count = 2;
	assert_invalid(world, "stop 4");
}

/* --- the judge --- */

/* A plan that may be written to. */
struct draft {
	struct vs_route_plan plan;
	struct vs_route routes[VEHICLES_MAX];
	struct vs_route_visit visits[VEHICLES_MAX][STOPS_MAX];
};

static void
copy_plan(struct draft *draft, const struct vs_route_plan *plan)
{
	draft->plan = *plan;
	for (int32_t i = 0; i < plan->route_count; i++) {
		draft->routes[i] = plan->routes[i];
		memcpy(draft->visits[i], plan->routes[i].visits,
			(size_t)plan->routes[i].visit_count * sizeof draft->visits[i][0]);
		draft->routes[i].visits = draft->visits[i];
	}
	draft->plan.routes = draft->routes;
}

static void
assert_refused(struct world *world, const struct draft *draft, const char *what)
{
	world->err = (struct vs_error){ 0 };
	assert_false(vs_route_check(&world->problem, &draft->plan, &world->err));
	assert_int_equal(world->err.code, VS_REFUSED);
	if (!strstr(world->err.text, what))
		fail_msg("\"%s\" does not say \"%s\"", world->err.text, what);
}

/* Everybody always open and free, one depot: what is refused is refused for one reason. */
static void
make_draft(void **state, struct draft *draft)
{
	struct world *world = make_world(state, 9, 12, 4, false);
	for (int32_t i = 0; i < 12; i++) {
		world->stops[i] = (struct vs_route_stop){ .point = i,
			.kg = 5,
			.windows = world->windows[i],
			.window_count = 1 };
		world->windows[i][0] = (struct vs_route_window){ 0, 10000 };
	}
	for (int32_t i = 0; i < 4; i++)
		world->vehicles[i] = (struct vs_route_vehicle){
			.from_point = 12, .to_point = 12, .kg = 30, .ends_at = 10000
		};
	struct vs_route_options options = { .iterations = 500 };
	struct vs_route_plan plan = solve(world, &options);
	assert_true(plan.route_count >= 2);
	copy_plan(draft, &plan);
}

static void
the_judge_counts_the_stops(void **state)
{
	static struct draft draft;
	make_draft(state, &draft);
	draft.plan.route_count--;
	assert_refused(*state, &draft, "missing");
	make_draft(state, &draft);
	draft.visits[1][0].stop = draft.visits[0][0].stop;
	assert_refused(*state, &draft, "twice");
	make_draft(state, &draft);
	draft.visits[1][0].stop = 12;
	assert_refused(*state, &draft, "no stop 12");
	make_draft(state, &draft);
	draft.routes[1].vehicle = draft.routes[0].vehicle;
	assert_refused(*state, &draft, "used twice");
}

static void
the_judge_looks_at_the_clock(void **state)
{
	static struct draft draft;
	struct world *world = *state;
	make_draft(state, &draft);
	draft.visits[0][1].arrives_at--;
	assert_refused(world, &draft, "times");
	make_draft(state, &draft);
	int32_t stop = draft.visits[0][1].stop;
	world->windows[stop][0].opens = draft.visits[0][1].begins_at + 1;
	assert_refused(world, &draft, "closed");
	make_draft(state, &draft);
	world->vehicles[draft.routes[0].vehicle].starts_at =
		draft.routes[0].leaves_at + 1;
	assert_refused(world, &draft, "too early");
	make_draft(state, &draft);
	world->vehicles[draft.routes[0].vehicle].ends_at = draft.routes[0].ends_at - 1;
	assert_refused(world, &draft, "too late");
	make_draft(state, &draft);
	world->vehicles[draft.routes[0].vehicle].longest_s =
		draft.routes[0].ends_at - draft.routes[0].leaves_at - 1;
	assert_refused(world, &draft, "too long");
}

static void
the_judge_looks_at_load_and_sums(void **state)
{
	static struct draft draft;
	struct world *world = *state;
	make_draft(state, &draft);
	world->vehicles[draft.routes[0].vehicle].kg = (int32_t)draft.routes[0].kg - 1;
	assert_refused(world, &draft, "overloaded");
	make_draft(state, &draft);
	world->stops[draft.visits[0][0].stop].needs = 4;
	assert_refused(world, &draft, "does not offer");
	make_draft(state, &draft);
	draft.routes[1].metres++;
	assert_refused(world, &draft, "sums");
	make_draft(state, &draft);
	draft.plan.cost--;
	assert_refused(world, &draft, "cost");
	make_draft(state, &draft);
	int32_t from = draft.visits[0][0].stop, to = draft.visits[0][1].stop;
	world->metres[from * 14 + to] = VS_ROUTE_NO_WAY;
	assert_refused(world, &draft, "no way");
}

/* --- again --- */

/* The plan as orders; `without` drops out. */
static int32_t
tell(const struct vs_route_plan *plan, int32_t without, struct vs_route_order *orders,
	int32_t stops[][STOPS_MAX])
{
	int32_t count = 0;
	for (int32_t i = 0; i < plan->route_count; i++) {
		const struct vs_route *route = &plan->routes[i];
		if (route->vehicle == without)
			continue;
		for (int32_t k = 0; k < route->visit_count; k++)
			stops[i][k] = route->visits[k].stop;
		orders[count++] = (struct vs_route_order){ route->vehicle,
			route->visit_count, stops[i] };
	}
	return count;
}

static struct vs_route_plan
repair(struct world *world, const struct vs_route_plan *plan, int32_t without)
{
	static struct vs_route_order orders[VEHICLES_MAX];
	static int32_t stops[VEHICLES_MAX][STOPS_MAX];
	struct vs_route_options options = { .seed = 1 };
	struct vs_route_plan again;
	int32_t count = tell(plan, without, orders, stops);
	if (!vs_route_repair(&world->problem, orders, count, &options, world->arena,
		    &again, &world->err) ||
		!vs_route_check(&world->problem, &again, &world->err))
		fail_msg("%s", world->err.text);
	return again;
}

/* Room enough for a vehicle to fall ill. */
static struct world *
make_roomy(void **state, uint64_t seed)
{
	struct world *world = make_world(state, seed, 60, 8, false);
	for (int32_t i = 0; i < 60; i++)
		world->stops[i].needs = 0;
	for (int32_t i = 0; i < 8; i++)
		world->vehicles[i] = (struct vs_route_vehicle){ .from_point = 60 + i % 2,
			.to_point = 60 + i % 2,
			.kg = 60,
			.boxes = 60,
			.ends_at = DAY };
	return world;
}

static void
when_a_vehicle_drops_out_the_others_take_over(void **state)
{
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct world *world = make_roomy(state, seed);
		struct vs_route_options options = { .seed = seed, .iterations = 20000 };
		struct vs_route_plan plan = solve(world, &options);
		int32_t ill = plan.routes[0].vehicle;
		world->vehicles[ill].kg = 0;
		world->vehicles[ill].boxes = 0;
		world->vehicles[ill].ends_at = 0;
		struct vs_route_plan again = repair(world, &plan, ill);
		for (int32_t i = 0; i < again.route_count; i++)
			assert_int_not_equal(again.routes[i].vehicle, ill);
		assert_int_equal(again.unserved_count, 0);
		assert_true(again.moved_count <= 10);
	}
}

static void
a_new_stop_is_added_to_a_round(void **state)
{
	struct world *world = make_roomy(state, 3);
	world->problem.stop_count = 59;
	struct vs_route_options options = { .seed = 1, .iterations = 20000 };
	struct vs_route_plan plan = solve(world, &options);
	world->problem.stop_count = 60;
	struct vs_route_plan again = repair(world, &plan, -1);
	assert_int_equal(again.unserved_count, 0);
	assert_true(again.moved_count <= 2);
}

static void
an_unchanged_world_keeps_its_plan(void **state)
{
	struct world *world = make_roomy(state, 4);
	struct vs_route_options options = { .seed = 1, .iterations = 60000 };
	struct vs_route_plan plan = solve(world, &options);
	struct vs_route_plan again = repair(world, &plan, -1);
	assert_true(again.cost <= plan.cost);
	assert_true(again.moved_count <= 3);
}

static void
rounds_that_became_impossible_are_mended(void **state)
{
	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct world *world = make_world(state, seed, 40, 10, true);
		struct vs_route_options options = { .seed = seed, .iterations = 3000 };
		struct vs_route_plan plan = solve(world, &options);
		for (int32_t i = 0; i < 40; i++)
			if (below(world, 4) == 0)
				add_windows(world, i);
		for (int32_t i = 0; i < 10; i++)
			world->vehicles[i].kg -= 5;
		repair(world, &plan, -1);
	}
}

static void
an_earlier_plan_that_makes_no_sense_is_refused(void **state)
{
	struct world *world = make_roomy(state, 4);
	struct vs_route_options options = { .iterations = 10 };
	struct vs_route_plan plan;
	static const int32_t twice[] = { 4, 4 }, far[] = { 60 }, fine[] = { 1, 2 };
	const struct vs_route_order bad[][2] = {
		{ { 0, 2, twice }, { 1, 2, fine } },
		{ { 0, 2, fine }, { 1, 2, fine } },
		{ { 0, 2, fine }, { 0, 0, NULL } },
		{ { 0, 2, fine }, { 8, 0, NULL } },
		{ { 0, 2, fine }, { 1, 1, far } },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		world->err = (struct vs_error){ 0 };
		assert_false(vs_route_repair(&world->problem, bad[i], 2, &options,
			world->arena, &plan, &world->err));
		assert_int_equal(world->err.code, VS_INVALID);
	}
}

static int
world_open(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	if (!world)
		return -1;
	world->arena = vs_arena_new();
	*state = world;
	return 0;
}

static int
world_close(void **state)
{
	struct world *world = *state;
	vs_arena_free(world->arena);
	free(world);
	return 0;
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_WORLD(a_small_plan_is_the_best_there_is),
		IN_A_WORLD(eight_stops_are_visited_in_the_best_order),
		IN_A_WORLD(a_small_plan_uses_the_fewest_vehicles),
		IN_A_WORLD(a_plan_breaks_no_rule),
		IN_A_WORLD(the_same_seed_makes_the_same_plan),
		IN_A_WORLD(a_long_search_repeats_and_counts_its_iterations),
		IN_A_WORLD(a_time_limit_is_kept),
		IN_A_WORLD(nothing_to_do_is_a_plan),
		IN_A_WORLD(a_long_wait_is_spent_at_home),
		IN_A_WORLD(a_stop_in_vain_says_why),
		IN_A_WORLD(roads_need_not_be_metric),
		IN_A_WORLD(a_malformed_problem_is_refused),
		IN_A_WORLD(the_judge_counts_the_stops),
		IN_A_WORLD(the_judge_looks_at_the_clock),
		IN_A_WORLD(the_judge_looks_at_load_and_sums),
		IN_A_WORLD(when_a_vehicle_drops_out_the_others_take_over),
		IN_A_WORLD(a_new_stop_is_added_to_a_round),
		IN_A_WORLD(an_unchanged_world_keeps_its_plan),
		IN_A_WORLD(rounds_that_became_impossible_are_mended),
		IN_A_WORLD(an_earlier_plan_that_makes_no_sense_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
