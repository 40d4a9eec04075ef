/* Shares out one item: what plenty would give, and what the pieces suffice for. */
#include "plan/allot.h"

#include "base/i18n.h"

static const char *const texts[VS_ALLOT_REASON_COUNT] = {
	[VS_ALLOT_FIXED] = N_("decided by hand"),
	[VS_ALLOT_SHORT] = N_("there are too few pieces for all"),
	[VS_ALLOT_ENOUGH] = N_("enough is there already"),
	[VS_ALLOT_CAP] = N_("at most this is taken there"),
	[VS_ALLOT_LEAST] = N_("the minimum stack"),
	[VS_ALLOT_TARGET] = N_("enough for the expected demand, with a margin"),
};

const char *
vs_allot_reason_text(enum vs_allot_reason reason)
{
	return _(texts[reason]);
}

/* --- is the problem well formed? --- */

/* The comparisons are such that NaN fails. */
static bool
check_number(
	int32_t index, const char *field, double value, double most, struct vs_error *err)
{
	if (value >= 0 && value <= most)
		return true;
	return vs_fail(err, VS_INVALID,
		_("destination %d: \"%s\" is %g; allowed are 0 to %g"), (int)index, field,
		value, most);
}

static bool
check_count(int32_t index, const char *field, int64_t value, int64_t least, int64_t most,
	struct vs_error *err)
{
	if (value >= least && value <= most)
		return true;
	return vs_fail(err, VS_INVALID,
		_("destination %d: \"%s\" is %lld; allowed are %lld to %lld"), (int)index,
		field, (long long)value, (long long)least, (long long)most);
}

static bool
check_destination(const struct vs_allot_problem *problem, int32_t i, struct vs_error *err)
{
	const struct vs_allot_destination *to = &problem->destinations[i];
	const int64_t most = VS_ALLOT_PIECES_MAX;
	return check_number(i, "mean", to->mean, VS_ALLOT_MEAN_MAX, err) &&
		check_number(i, "spread", to->spread, VS_ALLOT_SPREAD_MAX, err) &&
		check_count(i, "have", to->have, 0, most, err) &&
		check_count(i, "least", to->least, 0, most, err) &&
		check_count(i, "cap", to->cap, 0, VS_ALLOT_NO_CAP, err) &&
		check_count(i, "fixed", to->fixed, VS_ALLOT_NOT_FIXED, most, err);
}

static bool
check_problem(const struct vs_allot_problem *problem, struct vs_error *err)
{
	if (problem->count < 0 || problem->count > VS_ALLOT_DESTINATIONS_MAX)
		return vs_fail(err, VS_INVALID,
			_("%d destinations in one allotment; allowed are 0 to %d"),
			(int)problem->count, VS_ALLOT_DESTINATIONS_MAX);
	if (problem->bundle < 1 || problem->bundle > VS_ALLOT_PIECES_MAX)
		return vs_fail(err, VS_INVALID,
			_("a bundle of %lld pieces; allowed are 1 to %d"),
			(long long)problem->bundle, VS_ALLOT_PIECES_MAX);
	if (problem->available < 0 || problem->available > VS_ALLOT_PIECES_MAX)
		return vs_fail(err, VS_INVALID,
			_("%lld pieces are available; allowed are 0 to %d"),
			(long long)problem->available, VS_ALLOT_PIECES_MAX);
	if (!(problem->service >= VS_ALLOT_SERVICE_MIN &&
		    problem->service <= VS_ALLOT_SERVICE_MAX))
		return vs_fail(err, VS_INVALID,
			_("the wanted chance is %g; allowed are %g to %g"),
			problem->service, VS_ALLOT_SERVICE_MIN, VS_ALLOT_SERVICE_MAX);
	for (int32_t i = 0; i < problem->count; i++)
		if (!check_destination(problem, i, err))
			return false;
	return true;
}

/* --- shares --- */

/* Pieces that are fixed by hand leave the depot first. */
static bool
take_fixed(
	const struct vs_allot_problem *problem, int64_t *ret_left, struct vs_error *err)
{
	int64_t left = problem->available;
	for (int32_t i = 0; i < problem->count; i++) {
		int64_t fixed = problem->destinations[i].fixed;
		if (fixed == VS_ALLOT_NOT_FIXED)
			continue;
		if (fixed > left)
			return vs_fail(err, VS_REFUSED,
				_("destination %d shall have exactly %lld pieces, and %lld are left of %lld; fix fewer"),
				(int)i, (long long)fixed, (long long)left,
				(long long)problem->available);
		left -= fixed;
	}
	*ret_left = left;
	return true;
}

/* With plenty. The reason is the one that holds then. */
static struct vs_allot_share
plenty(const struct vs_allot_problem *problem, const struct vs_allot_destination *to,
	const struct demand *demand)
{
	struct vs_allot_share share = {
		.enough = demand_pieces(demand, 1 - problem->service),
		.risk_before = demand_risk(demand, to->have),
	};
	int64_t aim = share.enough > to->least ? share.enough : to->least;
	int64_t lacking = aim > to->have ? aim - to->have : 0;
	int64_t bundles = (lacking + problem->bundle - 1) / problem->bundle;
	int64_t whole = bundles * problem->bundle;
	share.target = whole < to->cap ? whole : to->cap;
	share.reason = !lacking		   ? VS_ALLOT_ENOUGH
		: share.target < lacking   ? VS_ALLOT_CAP
		: to->least > share.enough ? VS_ALLOT_LEAST
					   : VS_ALLOT_TARGET;
	return share;
}

static struct vs_allot_share *
propose(const struct vs_allot_problem *problem, struct allot_queue *queue,
	struct vs_arena *arena)
{
	size_t count = (size_t)problem->count;
	struct vs_allot_share *shares = vs_arena_alloc(arena, count * sizeof *shares);
	for (int32_t i = 0; i < problem->count; i++) {
		const struct vs_allot_destination *to = &problem->destinations[i];
		struct demand demand = demand_of(to->mean, to->spread);
		shares[i] = plenty(problem, to, &demand);
		bool waits = to->fixed == VS_ALLOT_NOT_FIXED;
		queue->lines[i] = (struct allot_line){ .demand = demand,
			.have = to->have,
			.least = to->least,
			.target = waits ? shares[i].target : 0 };
	}
	return shares;
}

static void
settle(const struct vs_allot_destination *to, const struct allot_line *line,
	int64_t pieces, struct vs_allot_share *share)
{
	share->pieces = pieces;
	if (to->fixed != VS_ALLOT_NOT_FIXED) {
		share->pieces = to->fixed;
		share->reason = VS_ALLOT_FIXED;
		share->over_cap = to->fixed > to->cap;
	} else if (pieces < share->target) {
		share->reason = VS_ALLOT_SHORT;
	}
	share->risk = share->pieces
		? demand_risk(&line->demand, line->have + share->pieces)
		: share->risk_before;
}

static void
sum_up(const struct vs_allot_problem *problem, const struct vs_allot_share *shares,
	struct vs_allot_result *ret_result)
{
	struct vs_allot_result result = {
		.shares = shares, .level = problem->service, .worst = -1
	};
	for (int32_t i = 0; i < problem->count; i++) {
		result.given += shares[i].pieces;
		if (result.worst < 0 || shares[i].risk > result.worst_risk) {
			result.worst_risk = shares[i].risk;
			result.worst = i;
		}
		if (shares[i].reason == VS_ALLOT_SHORT) {
			result.is_short = true;
			if (1 - shares[i].risk < result.level)
				result.level = 1 - shares[i].risk;
		}
	}
	result.left = problem->available - result.given;
	*ret_result = result;
}

bool
vs_allot(const struct vs_allot_problem *problem, struct vs_arena *arena,
	struct vs_allot_result *ret_result, struct vs_error *err)
{
	int64_t left = 0;
	if (!check_problem(problem, err) || !take_fixed(problem, &left, err))
		return false;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct allot_queue queue = { .count = problem->count,
		.lines = vs_arena_alloc(
			scratch.arena, (size_t)problem->count * sizeof *queue.lines),
		.bundle = problem->bundle,
		.available = left };
	struct vs_allot_share *shares = propose(problem, &queue, arena);
	allot_share(&queue);
	for (int32_t i = 0; i < problem->count; i++)
		settle(&problem->destinations[i], &queue.lines[i],
			allot_pieces(&queue, &queue.lines[i], queue.lines[i].low),
			&shares[i]);
	sum_up(problem, shares, ret_result);
	return true;
}
