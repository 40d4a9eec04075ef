/*
 * Pages per second: `bench-paper LAYOUT VIEW.json [ROUNDS]` renders the same document and
 * prints pages, the best round's seconds and the size.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <valstuga/paper.h>

static double
now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	struct vs_error err = { 0 };
	struct vs_arena *arena = vs_arena_new();
	struct vs_paper_job job = { .layout_name = argv[1], .language = "sv" };
	json_t *view = json_load_file(argv[2], 0, NULL);
	if (!view || !vs_paper_layout(arena, argv[1], NULL, &job.layout, &err))
		return 1;
	job.view = view;
	double best = 1e9;
	int pages = 0;
	size_t size = 0;
	for (int i = argc > 3 ? atoi(argv[3]) : 5; i > 0; i--) {
		struct vs_buffer out = { 0 };
		double start = now();
		if (!vs_paper_render(&job, &out, &pages, NULL, &err)) {
			fprintf(stderr, "%s\n", err.text);
			return 1;
		}
		double took = now() - start;
		best = took < best ? took : best;
		size = out.length;
		vs_buffer_done(&out);
	}
	printf("%d %.4f %zu\n", pages, best, size);
	vs_arena_free(arena);
	json_decref(view);
	return 0;
}
