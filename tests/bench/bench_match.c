/*
 * Matches people and shifts of an instance of its own: 300 places, 19 days with 40 % of the
 * work on the last one, people who come at most 12 km, skills, budgets of hours.
 *
 *	bench-match PEOPLE SEATS SEED [SECONDS=10]
 *
 * Last line, after the checker has approved: filled F of P seconds S gap G (percent over the
 * proven bound; seconds are of the processor).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <valstuga/match.h>

#define PLACES 300
#define HOMES  300
#define POINTS (PLACES + HOMES)
#define DAYS   19
#define KM     12

struct world {
	struct vs_match_problem problem;
	struct vs_match_shift *shifts;
	struct vs_match_role *roles;
	struct vs_match_person *people;
	struct vs_match_span *spans;
	double x[POINTS];
	double y[POINTS];
	uint64_t random;
	struct vs_arena *arena;
};

static int32_t
below(struct world *world, int32_t limit)
{
	world->random = world->random * 6364136223846793005u + 1442695040888963407u;
	return (int32_t)((world->random >> 33) % (uint64_t)limit);
}

static double
now(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Towns in a square of 100 km; the way at 40 km/h, one and a third times as long. */
static void
make_map(struct world *world)
{
	int32_t *travel =
		vs_arena_alloc(world->arena, (size_t)POINTS * POINTS * sizeof *travel);
	double towns[25][2];
	for (int i = 0; i < 25; i++) {
		towns[i][0] = below(world, 100000) / 1000.0;
		towns[i][1] = below(world, 100000) / 1000.0;
	}
	for (int i = 0; i < POINTS; i++) {
		int town = below(world, 25);
		world->x[i] = towns[town][0] + below(world, 16000) / 1000.0 - 8;
		world->y[i] = towns[town][1] + below(world, 16000) / 1000.0 - 8;
	}
	for (int i = 0; i < POINTS; i++)
		for (int j = 0; j < POINTS; j++)
			travel[i * POINTS + j] = (int32_t)(2 *
				hypot(world->x[i] - world->x[j],
					world->y[i] - world->y[j]));
	world->problem.point_count = POINTS;
	world->problem.travel = travel;
}

/* Overlapping shifts of 2 to 5 hours that begin at any half hour. */
static void
make_shifts(struct world *world, int32_t seats)
{
	int32_t left = seats, count = 0;
	world->shifts =
		vs_arena_alloc(world->arena, (size_t)seats * sizeof *world->shifts);
	world->roles = vs_arena_alloc(world->arena, (size_t)seats * sizeof *world->roles);
	while (left > 0) {
		int32_t day = below(world, 10) < 4 ? DAYS - 1 : below(world, DAYS - 1);
		int32_t places = 1 + below(world, 3) + (below(world, 4) == 0);
		int32_t starts = day * 1440 + 480 + 30 * below(world, 21);
		places = places < left ? places : left;
		world->roles[count] = (struct vs_match_role){
			.needs = below(world, 5) == 0 ? 1u << below(world, 3) : 0,
			.least = places < 2 ? places : 2,
			.wanted = places,
			.most = places
		};
		world->shifts[count] = (struct vs_match_shift){ .starts = starts,
			.ends = starts + 120 + 60 * below(world, 4),
			.point = below(world, PLACES),
			.roles = &world->roles[count],
			.role_count = 1,
			.pair = places > 1 };
		left -= places;
		count++;
	}
	world->problem.shifts = world->shifts;
	world->problem.shift_count = count;
}

/* Free for some half days, most on the last day. */
static void
make_spans(struct world *world, struct vs_match_person *person)
{
	struct vs_match_span *spans =
		vs_arena_alloc(world->arena, 2 * DAYS * sizeof *spans);
	int32_t count = 0;
	for (int32_t day = 0; day < DAYS; day++) {
		int32_t kind = below(world, day == DAYS - 1 ? 4 : 10);
		if (kind > 3)
			continue;
		spans[count++] =
			(struct vs_match_span){ day * 1440 + (kind == 1 ? 840 : 420),
				day * 1440 + (kind == 2 ? 900 : 1440) };
	}
	if (!count)
		spans[count++] = (struct vs_match_span){ 17 * 1440, 18 * 1440 };
	person->free = spans;
	person->free_count = count;
}

static void
make_people(struct world *world, int32_t count)
{
	world->people =
		vs_arena_alloc(world->arena, (size_t)count * sizeof *world->people);
	for (int32_t i = 0; i < count; i++) {
		struct vs_match_person *person = &world->people[i];
		*person = (struct vs_match_person){ .minutes_max = 60 *
				(4 + 2 * below(world, 9)),
			.day_minutes_max = 600,
			.home = PLACES + below(world, HOMES),
			.travel_max = 2 * KM,
			.group = VS_MATCH_NONE };
		for (int skill = 0; skill < 3; skill++)
			person->skills |= (uint64_t)(below(world, 3) == 0) << skill;
		make_spans(world, person);
	}
	world->problem.people = world->people;
	world->problem.person_count = count;
}

/* The dearest of many questions who can take a place, in milliseconds. */
static double
ask(struct world *world, const struct vs_match_plan *plan)
{
	double sum = 0;
	int32_t asked = 0;
	for (int32_t s = 0; s < world->problem.shift_count; s += 7, asked++) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		struct vs_match_candidates found;
		double begun = now(CLOCK_THREAD_CPUTIME_ID);
		if (!vs_match_candidates(
			    &world->problem, plan, s, 0, scratch.arena, &found, NULL))
			return -1;
		sum += now(CLOCK_THREAD_CPUTIME_ID) - begun;
	}
	return asked ? 1e3 * sum / asked : 0;
}

static int
run(struct world *world, int32_t seats, uint64_t seed, double seconds)
{
	struct vs_error err = { 0 };
	struct vs_match_plan plan;
	struct vs_match_options options = {
		.seed = seed, .seconds = seconds, .bound = true
	};
	double begun = now(CLOCK_THREAD_CPUTIME_ID), wall = now(CLOCK_MONOTONIC);
	if (!vs_match_solve(&world->problem, &options, world->arena, &plan, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	double spent = now(CLOCK_THREAD_CPUTIME_ID) - begun;
	if (!vs_match_check(&world->problem, &plan, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	for (int32_t i = 0; i < plan.open_count && i < 10; i++)
		printf("open: shift %d, %d needed, %d wanted: %s\n", plan.open[i].shift,
			plan.open[i].needed, plan.open[i].wanted,
			vs_match_reason_text(plan.open[i].reason));
	long long open = plan.needed_open + plan.wanted_open;
	printf("shifts %d bookings %d needed open %lld alone %lld iterations %lld wall %.1f\n",
		world->problem.shift_count, plan.booking_count,
		(long long)plan.needed_open, (long long)plan.alone,
		(long long)plan.iterations, now(CLOCK_MONOTONIC) - wall);
	printf("cost %lld bound %lld candidates %.3f ms\n", (long long)plan.cost,
		(long long)plan.bound, ask(world, &plan));
	printf("filled %lld of %d seconds %.2f gap %.2f\n", seats - open, seats, spent,
		plan.bound ? 100.0 * (double)(plan.cost - plan.bound) / (double)plan.bound
			   : 100.0);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc < 4 || atoi(argv[1]) < 1 || atoi(argv[2]) < 1) {
		fprintf(stderr, "Usage: bench-match PEOPLE SEATS SEED [SECONDS]\n");
		return 2;
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct world world = { .arena = scratch.arena,
		.random = strtoull(argv[3], NULL, 10) * 77777 + 1,
		.problem = { .rest = 15 } };
	make_map(&world);
	make_shifts(&world, atoi(argv[2]));
	make_people(&world, atoi(argv[1]));
	return run(&world, atoi(argv[2]), strtoull(argv[3], NULL, 10),
		argc > 4 ? atof(argv[4]) : 10);
}
