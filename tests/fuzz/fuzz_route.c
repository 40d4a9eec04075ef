/*
 * Whatever the reader of routing instances accepts is a problem that can be solved, and the
 * plan passes the judge.
 */
#include "../bench/route_file.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define STOPS_MAX 200 /* larger ones cost time and show nothing more */

static void
solve(struct vs_arena *arena, const struct route_file *file)
{
	struct vs_error err = { 0 };
	struct vs_route_options options = { .seed = 1, .iterations = 200 };
	struct vs_route_problem problem;
	struct vs_route_plan plan;
	double scale;
	route_file_problem(file, arena, &problem, &scale);
	if (!vs_route_solve(&problem, &options, arena, &plan, &err)) {
		if (err.code != VS_INVALID)
			vs_abort("%s", err.text);
		return;
	}
	if (!vs_route_check(&problem, &plan, &err))
		vs_abort("%s", err.text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char *text = vs_arena_copy(scratch.arena, (const char *)data, size);
	struct vs_error err = { 0 };
	struct route_file file;
	if (!route_file_read(scratch.arena, text, &file, &err)) {
		if (err.code != VS_INVALID)
			vs_abort("no reason is given");
		return 0;
	}
	if (file.stops <= STOPS_MAX && file.depots <= 20 && file.vehicles <= STOPS_MAX)
		solve(scratch.arena, &file);
	return 0;
}
