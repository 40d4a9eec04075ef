/* Plans again from what people have been told, moving as few stops as it can. */
#include "plan/route.h"

bool
vs_route_repair(const struct vs_route_problem *problem, const struct vs_route_order *before,
	int32_t order_count, const struct vs_route_options *options, struct vs_arena *arena,
	struct vs_route_plan *ret_plan, struct vs_error *err)
{
	(void)problem;
	(void)before;
	(void)order_count;
	(void)options;
	(void)arena;
	(void)ret_plan;
	return vs_fail(err, VS_REFUSED, "not yet");
}
