/*
 * Any bytes as numbers of an allotment: it is refused with a reason, or the answer adds up.
 * Bundle, pieces, wanted chance, then six numbers for each destination; 8 bytes each.
 */
#include <string.h>

#include <valstuga/allot.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DESTINATIONS_MAX 500

static void
judge(const struct vs_allot_problem *problem, const struct vs_allot_result *result)
{
	int64_t given = 0;
	for (int32_t i = 0; i < problem->count; i++) {
		const struct vs_allot_destination *to = &problem->destinations[i];
		const struct vs_allot_share *share = &result->shares[i];
		given += share->pieces;
		if (!(share->risk >= 0 && share->risk <= share->risk_before &&
			    share->risk_before <= 1))
			vs_abort("destination %d has no sensible risk", (int)i);
		if (share->pieces < 0 || (share->pieces > to->cap) != share->over_cap)
			vs_abort("destination %d gets too many", (int)i);
	}
	if (given != result->given || given + result->left != problem->available ||
		result->left < 0)
		vs_abort("the pieces do not add up");
	if (result->is_short && result->left >= problem->bundle)
		vs_abort("a bundle is left, and somebody is short");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct vs_allot_destination to[DESTINATIONS_MAX];
	struct vs_allot_problem problem = { .destinations = to };
	if (size < 24)
		return 0;
	memcpy(&problem.bundle, data, 8);
	memcpy(&problem.available, data + 8, 8);
	memcpy(&problem.service, data + 16, 8);
	size_t count = (size - 24) / sizeof *to;
	if (count > DESTINATIONS_MAX)
		count = DESTINATIONS_MAX;
	memcpy(to, data + 24, count * sizeof *to);
	problem.count = (int32_t)count;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error err = { 0 };
	struct vs_allot_result result;
	if (vs_allot(&problem, scratch.arena, &result, &err))
		judge(&problem, &result);
	else if (err.code != VS_INVALID && err.code != VS_REFUSED)
		vs_abort("no reason is given");
	return 0;
}
