/* Is a matching problem well formed? */
#include "plan/match.h"

#include <stdlib.h>

#include "base/i18n.h"

static bool
check_count(const char *what, int64_t count, int64_t most, const void *array,
	struct vs_error *err)
{
	if (count < 0 || count > most)
		return vs_fail(err, VS_INVALID, _("%lld %s; allowed are 0 to %lld"),
			(long long)count, what, (long long)most);
	if (count && !array)
		return vs_fail(err, VS_INVALID,
			_("%lld %s are announced and none is there"), (long long)count,
			what);
	return true;
}

static bool
check_role(const struct vs_match_role *role, int32_t shift, int32_t number,
	struct vs_error *err)
{
	if (role->least >= 0 && role->wanted >= role->least &&
		role->most >= role->wanted && role->most <= VS_MATCH_PLACES_MAX)
		return true;
	return vs_fail(err, VS_INVALID,
		_("shift %d, role %d: %d needed, %d wanted, %d at most; they must not fall, and %d is the limit"),
		shift, number, role->least, role->wanted, role->most,
		VS_MATCH_PLACES_MAX);
}

static bool
check_shift(const struct vs_match_problem *problem, int32_t i, struct vs_error *err)
{
	const struct vs_match_shift *shift = &problem->shifts[i];
	if (shift->starts < 0 || shift->ends <= shift->starts ||
		shift->ends - shift->starts > VS_MATCH_LENGTH_MAX ||
		shift->ends > VS_MATCH_TIME_MAX)
		return vs_fail(err, VS_INVALID,
			_("shift %d goes from minute %d to %d; it must last 1 minute to 7 days"),
			i, shift->starts, shift->ends);
	if (shift->point < 0 || shift->point >= problem->point_count)
		return vs_fail(err, VS_INVALID,
			_("shift %d is at point %d, of %d points"), i, shift->point,
			problem->point_count);
	if (!check_count(
		    _("roles in one shift"), shift->role_count, 64, shift->roles, err))
		return false;
	for (int32_t r = 0; r < shift->role_count; r++)
		if (!check_role(&shift->roles[r], i, r, err))
			return false;
	return true;
}

static bool
check_list(const struct vs_match_problem *problem, int32_t person, const int32_t *shifts,
	int32_t count, struct vs_error *err)
{
	if (!check_count(_("shifts in one person's list"), count, VS_MATCH_LIST_MAX,
		    shifts, err))
		return false;
	for (int32_t i = 0; i < count; i++)
		if (shifts[i] < 0 || shifts[i] >= problem->shift_count)
			return vs_fail(err, VS_INVALID,
				_("person %d names shift %d, of %d shifts"), person,
				shifts[i], problem->shift_count);
	return true;
}

static bool
check_person(const struct vs_match_problem *problem, int32_t i, struct vs_error *err)
{
	const struct vs_match_person *person = &problem->people[i];
	if (person->minutes_max < 0 || person->day_minutes_max < 0 ||
		person->travel_max < 0)
		return vs_fail(err, VS_INVALID, _("person %d has a negative limit"), i);
	if (person->home < VS_MATCH_NONE || person->home >= problem->point_count)
		return vs_fail(err, VS_INVALID,
			_("person %d lives at point %d, of %d points"), i, person->home,
			problem->point_count);
	if (!check_count(_("free times of one person"), person->free_count,
		    VS_MATCH_LIST_MAX, person->free, err))
		return false;
	for (int32_t w = 0; w < person->free_count; w++)
		if (person->free[w].ends < person->free[w].starts)
			return vs_fail(err, VS_INVALID,
				_("free time %d of person %d ends before it starts"), w,
				i);
	return check_list(problem, i, person->wished, person->wished_count, err) &&
		check_list(problem, i, person->blocked, person->blocked_count, err);
}

static bool
fixed_inside(const struct vs_match_problem *problem, const struct vs_match_booking *fixed)
{
	return fixed->person >= 0 && fixed->person < problem->person_count &&
		fixed->shift >= 0 && fixed->shift < problem->shift_count &&
		fixed->role >= 0 &&
		fixed->role < problem->shifts[fixed->shift].role_count;
}

static int
compare_keys(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static bool
check_fixed(const struct vs_match_problem *problem, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t count = (size_t)problem->fixed_count;
	int64_t *keys = vs_arena_alloc(scratch.arena, (count + 1) * sizeof *keys);
	for (int32_t i = 0; i < problem->fixed_count; i++) {
		const struct vs_match_booking *fixed = &problem->fixed[i];
		if (!fixed_inside(problem, fixed))
			return vs_fail(err, VS_INVALID,
				_("fixed booking %d names person %d, shift %d, role %d, which do not exist"),
				i, fixed->person, fixed->shift, fixed->role);
		keys[i] = (int64_t)fixed->person << 32 | fixed->shift;
	}
	qsort(keys, count, sizeof *keys, compare_keys);
	for (size_t i = 1; i < count; i++)
		if (keys[i] == keys[i - 1])
			return vs_fail(err, VS_INVALID,
				_("person %d is fixed twice in shift %d"),
				(int)(keys[i] >> 32), (int)(keys[i] & INT32_MAX));
	return true;
}

static bool
check_travel(const struct vs_match_problem *problem, struct vs_error *err)
{
	size_t points = (size_t)problem->point_count;
	for (size_t i = 0; problem->travel && i < points * points; i++)
		if (problem->travel[i] < 0)
			return vs_fail(err, VS_INVALID,
				_("the way from point %zu to point %zu is negative"),
				i / points, i % points);
	return true;
}

bool
match_valid(const struct vs_match_problem *problem, struct vs_error *err)
{
	if (!check_count(_("people"), problem->person_count, VS_MATCH_PEOPLE_MAX,
		    problem->people, err) ||
		!check_count(_("shifts"), problem->shift_count, VS_MATCH_SHIFTS_MAX,
			problem->shifts, err) ||
		!check_count(_("points"), problem->point_count, VS_MATCH_POINTS_MAX,
			problem, err) ||
		!check_count(_("fixed bookings"), problem->fixed_count,
			VS_MATCH_ROLES_MAX, problem->fixed, err))
		return false;
	if (problem->tolerance < 0 || problem->tolerance > VS_MATCH_TIME_MAX ||
		problem->rest < 0 || problem->rest > VS_MATCH_TIME_MAX)
		return vs_fail(err, VS_INVALID,
			_("the hand-over or the rest is %d and %d minutes; allowed are 0 to %d"),
			problem->tolerance, problem->rest, VS_MATCH_TIME_MAX);
	int64_t roles = 0;
	for (int32_t i = 0; i < problem->shift_count; i++) {
		if (!check_shift(problem, i, err))
			return false;
		roles += problem->shifts[i].role_count;
	}
	if (roles > VS_MATCH_ROLES_MAX)
		return vs_fail(err, VS_INVALID, _("%lld roles in all shifts; at most %d"),
			(long long)roles, VS_MATCH_ROLES_MAX);
	for (int32_t i = 0; i < problem->person_count; i++)
		if (!check_person(problem, i, err))
			return false;
	return check_travel(problem, err) && check_fixed(problem, err);
}
