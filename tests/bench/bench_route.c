/*
 * bench-route FILE SECONDS [SEED]: solves a published instance on one thread, checks the
 * solution twice (as a plan, and against the instance's own coordinates and limits) and
 * prints its rounds and, last, `cost C routes K`.
 */
#include "route_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Follows one round on the map; its length, or a message and -1. */
static double
measure(const struct route_file *file, const struct vs_route *route, int32_t depot)
{
	double length = 0, load = 0, now = file->opens ? file->opens[depot] : 0, work = 0;
	int32_t from = depot;
	for (int32_t i = 0; i <= route->visit_count; i++) {
		bool home = i == route->visit_count;
		int32_t to = home ? depot : route->visits[i].stop;
		double step = route_file_distance(file, from, to);
		length += step;
		now += step;
		work += step;
		if (file->opens && now < file->opens[to])
			now = file->opens[to];
		if (file->opens && now > file->closes[to] + 1e-6) {
			fprintf(stderr, "node %d is reached at %g, after %g\n", to, now,
				file->closes[to]);
			return -1;
		}
		if (!home) {
			now += file->service[to];
			work += file->service[to];
			load += file->demand[to];
		}
		from = to;
	}
	if ((file->capacity > 0 && load > file->capacity) ||
		(file->longest > 0 && work > file->longest + 1e-6)) {
		fprintf(stderr, "vehicle %d carries %g of %g, works %g of %g\n",
			route->vehicle, load, file->capacity, work, file->longest);
		return -1;
	}
	return length;
}

static bool
print_plan(const struct route_file *file, const struct vs_route_problem *problem,
	const struct vs_route_plan *plan)
{
	double cost = 0;
	for (int32_t i = 0; i < plan->route_count; i++) {
		const struct vs_route *route = &plan->routes[i];
		double length = measure(
			file, route, problem->vehicles[route->vehicle].from_point);
		if (length < 0)
			return false;
		cost += length;
		printf("Route #%d:", i + 1);
		for (int32_t k = 0; k < route->visit_count; k++)
			printf(" %d", route->visits[k].stop + 1);
		printf("\n");
	}
	for (int32_t i = 0; i < plan->unserved_count; i++)
		printf("unserved %d: %s\n", plan->unserved[i].stop + 1,
			vs_route_reason_text(plan->unserved[i].reason));
	printf("iterations %lld\n", (long long)plan->iterations);
	int decimals = file->kind == ROUTE_FILE_CVRPLIB ? 0
		: file->kind == ROUTE_FILE_SOLOMON	? 1
							: 2;
	if (!plan->unserved_count)
		printf("cost %.*f routes %d\n", decimals, cost, plan->route_count);
	return !plan->unserved_count;
}

static double
seconds_now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* The seconds allowed are those of the whole run: reading the file counts. */
static bool
run(struct vs_arena *arena, const char *path, struct vs_route_options *options,
	struct vs_error *err)
{
	double started = seconds_now();
	char *text;
	size_t length;
	struct route_file file;
	struct vs_route_problem problem;
	struct vs_route_plan plan;
	double scale;
	if (!vs_file_read(arena, path, &text, &length, err) ||
		!route_file_read(arena, text, &file, err))
		return false;
	route_file_problem(&file, arena, &problem, &scale);
	if (options->seconds > 0)
		options->seconds =
			fmax(options->seconds - (seconds_now() - started), 1e-3);
	if (!vs_route_solve(&problem, options, arena, &plan, err) ||
		!vs_route_check(&problem, &plan, err))
		return false;
	return print_plan(&file, &problem, &plan) ||
		vs_fail(err, VS_REFUSED, "no plan that serves every stop was found");
}

int
main(int argc, char **argv)
{
	if (argc < 3 || argc > 4) {
		fprintf(stderr, "usage: bench-route FILE SECONDS [SEED]\n");
		return 2;
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error err = { 0 };
	struct vs_route_options options = { .seconds = atof(argv[2]),
		.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1 };
	/* "100000i": so many iterations, whatever time they take. */
	char *unit;
	double amount = strtod(argv[2], &unit);
	if (*unit == 'i')
		options = (struct vs_route_options){ .iterations = (int64_t)amount,
			.seed = options.seed };
	if (run(scratch.arena, argv[1], &options, &err))
		return 0;
	fprintf(stderr, "%s: %s\n", argv[1], err.text);
	return 1;
}
