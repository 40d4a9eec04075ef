/*
 * bench-allot [BUNDLE [AVAILABLE]]: 7 000 destinations × 20 lists, with plenty and with
 * AVAILABLE pieces per list (2 000 000 unless given); prints milliseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <valstuga/allot.h>

#define DESTINATIONS 7000
#define LISTS	     20

static double
clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Means from 20 to 1 500, spreads from 0.2 to 1.1, one in five with a cap. */
static void
furnish(struct vs_allot_destination *destinations, int list)
{
	uint64_t random = (uint64_t)list + 1;
	for (int i = 0; i < DESTINATIONS; i++) {
		random = random * 6364136223846793005u + 1442695040888963407u;
		uint64_t r = random >> 20;
		destinations[i] = (struct vs_allot_destination){ .mean = 20 +
				(double)(r % 149) * (double)(r % 149) / 15,
			.spread = 0.2 + (double)(r % 10) / 10,
			.have = (int64_t)(r % 7 ? 0 : r % 300),
			.least = 100,
			.cap = r % 5 ? VS_ALLOT_NO_CAP : 1500,
			.fixed = VS_ALLOT_NOT_FIXED };
	}
}

static void
run(const char *name, int64_t bundle, int64_t available)
{
	static struct vs_allot_destination destinations[DESTINATIONS];
	double ms = 0, level = 0;
	int64_t given = 0;
	for (int list = 0; list < LISTS; list++) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		struct vs_error err = { 0 };
		struct vs_allot_problem problem = { DESTINATIONS, destinations, bundle,
			available, 0.98 };
		struct vs_allot_result result;
		furnish(destinations, list);
		double began = clock_ms();
		if (!vs_allot(&problem, scratch.arena, &result, &err))
			vs_abort("%s", err.text);
		ms += clock_ms() - began;
		level += result.level / LISTS;
		given += result.given / LISTS;
	}
	printf("%s: %d lists x %d destinations: %.0f ms, %.1f ms a list; level %.4f, given %lld a list\n",
		name, LISTS, DESTINATIONS, ms, ms / LISTS, level, (long long)given);
}

int
main(int argc, char **argv)
{
	int64_t bundle = argc > 1 ? atoll(argv[1]) : 50;
	int64_t available = argc > 2 ? atoll(argv[2]) : 2000000;
	run("plenty", bundle, VS_ALLOT_PIECES_MAX);
	run("short", bundle, available);
	run("very short", bundle, available / 5);
	return 0;
}
