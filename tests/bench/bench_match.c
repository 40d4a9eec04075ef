/*
 * Matches people and shifts of an instance of its own: 300 places, 19 days with 40 % of the
 * work on the last one, people who come at most 12 km, skills, budgets of hours.
 *
 *	bench-match PEOPLE SEATS SEED [SECONDS]
 *
 * Last line, after the checker has approved: filled F of P seconds S gap G (how much the
 * plan costs above the proven bound, 0.01 is one hundredth; seconds are of the processor).
 * Without SECONDS: 9.5 for 5 000 places or more, fewer for fewer.
 */
#include <errno.h>
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

#define SEATS_MAX    100000
#define SECONDS_MAX  86400
#define SECONDS_FULL 9.5 /* the whole stays below 10 */
#define SEATS_FULL   5000

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
		vs_arena_alloc(world->arena, ((size_t)seats + 1) * sizeof *world->shifts);
	world->roles =
		vs_arena_alloc(world->arena, ((size_t)seats + 1) * sizeof *world->roles);
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
		vs_arena_alloc(world->arena, ((size_t)count + 1) * sizeof *world->people);
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

/* A question who can take a place, in milliseconds. */
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

static double
gap(const struct vs_match_plan *plan)
{
	if (plan->bound)
		return (double)(plan->cost - plan->bound) / (double)plan->bound;
	return plan->cost ? 1 : 0;
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
	printf("filled %lld of %d seconds %.2f gap %.4f\n", seats - open, seats, spent,
		gap(&plan));
	return 0;
}

/* A whole number from 0 to `most`; anything else is -1. */
static long long
number(const char *text, long long most)
{
	char *end;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	return end == text || *end || errno || value < 0 || value > most ? -1 : value;
}

static double
seconds_for(int32_t seats)
{
	double part = (double)seats / SEATS_FULL;
	return part < 1 ? SECONDS_FULL * part * sqrt(part) + 0.01 : SECONDS_FULL;
}

int
main(int argc, char **argv)
{
	long long people = argc > 3 ? number(argv[1], VS_MATCH_PEOPLE_MAX) : -1;
	long long seats = argc > 3 ? number(argv[2], SEATS_MAX) : -1;
	long long seed = argc > 3 ? number(argv[3], INT64_MAX) : -1;
	double seconds = argc > 4 ? atof(argv[4]) : seconds_for((int32_t)seats);
	if (argc > 5 || people < 0 || seats < 0 || seed < 0 || !(seconds > 0) ||
		seconds > SECONDS_MAX) {
		fprintf(stderr,
			"Usage: bench-match PEOPLE SEATS SEED [SECONDS]\nPEOPLE 0 to %d, SEATS 0 to %d, SEED from 0, SECONDS up to %d\n",
			VS_MATCH_PEOPLE_MAX, SEATS_MAX, SECONDS_MAX);
		return 2;
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct world world = { .arena = scratch.arena,
		.random = (uint64_t)seed * 77777 + 1,
		.problem = { .rest = 15 } };
	make_map(&world);
	make_shifts(&world, (int32_t)seats);
	make_people(&world, (int32_t)people);
	return run(&world, (int32_t)seats, (uint64_t)seed, seconds);
}
