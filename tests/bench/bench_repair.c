/*
 * bench-repair FILE [SECONDS [SEED]]: plans a published instance, lets vehicles drop out one
 * at a time and repairs the plan without limits. One row each: the time it takes (of the
 * processor), how much dearer the plan is than one solved anew in SECONDS (5), and how many
 * of the other vehicles' stops change hands. Aims: 100 ms, 0.5 %, 10 % of the stops.
 *
 * The fleet is what the plan uses. Where the rest could not carry everything, a spare
 * vehicle stands by, as the one that dropped out.
 */
#include "route_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DROPS	 5    /* vehicles tried, spread over the plan */
#define FULL	 0.97 /* of the fleet's capacity: more calls for a spare vehicle */
#define ROW_HEAD "%-8s %6s %6s %8s %9s %7s %9s\n"
#define ROW	 "%-8d %6d %6s %8.1f %7.2f %% %5.1f %% %4d/%d\n"

struct bench {
	struct vs_arena *arena;
	struct vs_route_problem problem;
	struct vs_route_plan plan;
	struct vs_route_options anew;
};

static double
processor_seconds(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Does all of it fit in the plan's vehicles without one? */
static bool
fits_without(const struct bench *bench, int32_t dropped)
{
	double kg = 0, room = 0;
	for (int32_t i = 0; i < bench->problem.stop_count; i++)
		kg += bench->problem.stops[i].kg;
	for (int32_t i = 0; i < bench->plan.route_count; i++)
		if (i != dropped)
			room += bench->problem.vehicles[bench->plan.routes[i].vehicle].kg;
	return kg <= FULL * room;
}

static struct vs_route_order
order_of(struct vs_arena *arena, const struct vs_route *route, int32_t vehicle)
{
	int32_t *stops =
		vs_arena_alloc(arena, (size_t)route->visit_count * sizeof *stops);
	for (int32_t i = 0; i < route->visit_count; i++)
		stops[i] = route->visits[i].stop;
	return (struct vs_route_order){ vehicle, route->visit_count, stops };
}

/* The problem and the orders that are left when the plan's nth round has no vehicle. */
static int32_t
drop(const struct bench *bench, int32_t dropped, bool spare,
	struct vs_route_problem *ret_problem, struct vs_route_order *orders)
{
	const struct vs_route_plan *plan = &bench->plan;
	struct vs_route_vehicle *vehicles = vs_arena_alloc(
		bench->arena, ((size_t)plan->route_count + 1) * sizeof *vehicles);
	int32_t count = 0;
	for (int32_t i = 0; i < plan->route_count; i++) {
		if (i == dropped)
			continue;
		vehicles[count] = bench->problem.vehicles[plan->routes[i].vehicle];
		orders[count] = order_of(bench->arena, &plan->routes[i], count);
		count++;
	}
	*ret_problem = bench->problem;
	ret_problem->vehicles = vehicles;
	ret_problem->vehicle_count = count;
	if (spare)
		vehicles[ret_problem->vehicle_count++] =
			bench->problem.vehicles[plan->routes[dropped].vehicle];
	return count;
}

static bool
run_drop(const struct bench *bench, int32_t dropped, struct vs_error *err)
{
	const struct vs_route_options usual = { .seed = bench->anew.seed };
	struct vs_route_problem problem;
	struct vs_route_plan repaired, anew;
	struct vs_route_order *orders = vs_arena_alloc(
		bench->arena, (size_t)bench->plan.route_count * sizeof *orders);
	bool spare = !fits_without(bench, dropped);
	int32_t count = drop(bench, dropped, spare, &problem, orders);
	double started = processor_seconds();
	if (!vs_route_repair(
		    &problem, orders, count, &usual, bench->arena, &repaired, err))
		return false;
	double ms = 1000 * (processor_seconds() - started);
	if (!vs_route_check(&problem, &repaired, err) ||
		!vs_route_solve(&problem, &bench->anew, bench->arena, &anew, err))
		return false;
	printf(ROW, dropped + 1, bench->plan.routes[dropped].visit_count,
		spare ? "yes" : "no", ms,
		100 * ((double)repaired.cost / (double)anew.cost - 1),
		100.0 * repaired.moved_count / problem.stop_count,
		repaired.unserved_count, anew.unserved_count);
	fflush(stdout);
	return true;
}

static bool
run(struct bench *bench, const char *path, struct vs_error *err)
{
	char *text;
	size_t length;
	struct route_file file;
	double scale;
	if (!vs_file_read(bench->arena, path, &text, &length, err) ||
		!route_file_read(bench->arena, text, &file, err))
		return false;
	route_file_problem(&file, bench->arena, &bench->problem, &scale);
	if (!vs_route_solve(
		    &bench->problem, &bench->anew, bench->arena, &bench->plan, err))
		return false;
	int32_t rounds = bench->plan.route_count, drops = rounds < DROPS ? rounds : DROPS;
	printf("%d stops, %d vehicles\n", bench->problem.stop_count, rounds);
	printf(ROW_HEAD, "dropped", "stops", "spare", "ms", "dearer", "moved",
		"unserved");
	for (int32_t i = 0; i < drops && rounds > 1; i++)
		if (!run_drop(bench, rounds * i / drops, err))
			return false;
	return true;
}

int
main(int argc, char **argv)
{
	if (argc < 2 || argc > 4) {
		fprintf(stderr, "usage: bench-repair FILE [SECONDS [SEED]]\n");
		return 2;
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error err = { 0 };
	struct bench bench = { .arena = scratch.arena,
		.anew = { .seconds = argc > 2 ? atof(argv[2]) : 5,
			.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1 } };
	if (run(&bench, argv[1], &err))
		return 0;
	fprintf(stderr, "%s: %s\n", argv[1], err.text);
	return 1;
}
