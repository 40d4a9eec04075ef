/* The world around a period becomes a problem of plan/match. */
#include "field/staff.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"

#define AROUND	 2   /* days, in which a rest or a long way may end */
#define DAYS_MAX 400 /* of a period */

/* Days since 1970 of the filter; both are needed. */
static bool
read_days(const struct vs_shift_filter *filter, int64_t *ret_first, int64_t *ret_last,
	struct vs_error *err)
{
	struct vs_date first, last;
	if (!filter->from || !filter->until)
		return vs_fail(err, VS_USAGE, _("give the days with --from and --until"));
	if (!vs_date_parse(filter->from, &first, err) ||
		!vs_date_parse(filter->until, &last, err))
		return false;
	*ret_first = vs_date_to_days(first);
	*ret_last = vs_date_to_days(last);
	if (*ret_last - *ret_first > DAYS_MAX)
		return vs_fail(err, VS_INVALID,
			_("the period %s to %s is longer than a year; plan a part of it"),
			filter->from, filter->until);
	return true;
}

/* 1970-01-01 was a Thursday. */
static int64_t
monday_before(int64_t day)
{
	return day - (day + 3) % 7;
}

static int64_t
day_of(int64_t moment)
{
	return vs_date_to_days(vs_local_from_utc(moment).date);
}

static bool
midnight(int64_t day, int64_t *ret_moment, struct vs_error *err)
{
	struct vs_local local = { .date = vs_date_from_days(day) };
	return vs_local_to_utc(local, VS_FOLD_SUMMER, ret_moment, err);
}

/* Everything in the weeks of the period and around them; minutes count from its first day. */
static bool
read_around(struct staff *staff, int64_t first, int64_t last,
	struct field_world *ret_world, struct vs_error *err)
{
	char from[11], until[11];
	int64_t begin = first - AROUND;
	struct vs_shift_filter around = { .from = vs_date_format(
						  vs_date_from_days(begin), from),
		.until = vs_date_format(vs_date_from_days(last + AROUND), until) };
	if (!field_world_read(staff->db, staff->arena, &around, ret_world, err))
		return false;
	if (ret_world->shift_count && day_of(ret_world->shifts[0].starts_at) < begin)
		begin = day_of(ret_world->shifts[0].starts_at);
	staff->now = ret_world->now;
	staff->ends = last + AROUND + 1;
	return midnight(begin, &staff->epoch, err);
}

static int
compare_shifts(const struct field_shift *a, const struct field_shift *b)
{
	if (a->starts_at != b->starts_at)
		return a->starts_at < b->starts_at ? -1 : 1;
	if (a->ends_at != b->ends_at)
		return a->ends_at < b->ends_at ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* Both worlds are by time. */
static bool
is_chosen(const struct staff *staff, const struct field_shift *shift,
	const struct field_world *chosen, size_t *at)
{
	while (*at < chosen->shift_count &&
		compare_shifts(&chosen->shifts[*at], shift) < 0)
		++*at;
	return *at < chosen->shift_count && chosen->shifts[*at].id == shift->id &&
		shift->starts_at >= staff->from && shift->starts_at < staff->until;
}

static bool
is_open(const struct staff *staff, const struct field_shift *shift)
{
	return shift->starts_at > staff->now &&
		strcmp(shift->activity->visibility, "draft") != 0;
}

static void
take_shifts(struct staff *staff, const struct field_world *world,
	const struct field_world *chosen, int64_t monday)
{
	size_t at = 0, room = world->shift_count + 1;
	int32_t count = 0;
	staff->shifts = vs_arena_alloc(staff->arena, room * sizeof *staff->shifts);
	staff->chosen = vs_arena_alloc(staff->arena, room * sizeof *staff->chosen);
	staff->open = vs_arena_alloc(staff->arena, room * sizeof *staff->open);
	staff->week = vs_arena_alloc(staff->arena, room * sizeof *staff->week);
	for (size_t i = 0; i < world->shift_count; i++) {
		const struct field_shift *shift = &world->shifts[i];
		int64_t day = day_of(shift->starts_at) - monday;
		if (shift->cancelled)
			continue;
		staff->chosen[count] = is_chosen(staff, shift, chosen, &at);
		staff->open[count] = staff->chosen[count] && is_open(staff, shift);
		staff->week[count] = day < 0 ? -1 : (int32_t)(day / 7);
		staff->shifts[count++] = shift;
	}
	staff->problem.shift_count = count;
}

/* The skills that roles ask for get a bit each. */
static bool
number_skills(struct staff *staff, struct vs_error *err)
{
	staff->skills = vs_arena_alloc(staff->arena, 64 * sizeof *staff->skills);
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		for (size_t r = 0; staff->chosen[i] && r < staff->shifts[i]->role_count;
			r++) {
			int64_t skill = staff->shifts[i]->roles[r].skill;
			if (!skill || staff_skill(staff, skill))
				continue;
			if (staff->skill_count == 64)
				return vs_fail(err, VS_REFUSED,
					_("the shifts of this period ask for more than 64 "
					  "different skills; match a part of it"));
			staff->skills[staff->skill_count++] = skill;
		}
	return true;
}

uint64_t
staff_skill(const struct staff *staff, int64_t skill)
{
	for (int i = 0; i < staff->skill_count; i++)
		if (staff->skills[i] == skill)
			return (uint64_t)1 << i;
	return 0;
}

static const struct vs_match_role *
roles_of(const struct staff *staff, int32_t i)
{
	const struct field_shift *shift = staff->shifts[i];
	struct vs_match_role *roles =
		vs_arena_alloc(staff->arena, (shift->role_count + 1) * sizeof *roles);
	for (size_t r = 0; r < shift->role_count; r++) {
		const struct field_role *role = &shift->roles[r];
		roles[r] = (struct vs_match_role){
			.needs = staff_skill(staff, role->skill),
			.least = staff->open[i] ? role->least : 0,
			.wanted = staff->open[i] ? role->wanted : 0,
			.most = role->most,
		};
	}
	return roles;
}

static void
lay_shifts(struct staff *staff)
{
	size_t room = (size_t)staff->problem.shift_count + 1;
	staff->problem_shifts =
		vs_arena_alloc(staff->arena, room * sizeof *staff->problem_shifts);
	staff->problem.shifts = staff->problem_shifts;
	for (int32_t i = 0; i < staff->problem.shift_count; i++) {
		const struct field_shift *shift = staff->shifts[i];
		staff->problem_shifts[i] = (struct vs_match_shift){
			.starts = staff_minute(staff, shift->starts_at),
			.ends = staff_minute(staff, shift->ends_at),
			.roles = roles_of(staff, i),
			.role_count = (int32_t)shift->role_count,
			.pair = shift->pair && staff->open[i],
		};
	}
}

int32_t
staff_minute(const struct staff *staff, int64_t moment)
{
	return (int32_t)((moment - staff->epoch) / 60);
}

bool
staff_read(struct vs_db *db, struct vs_arena *arena, const struct vs_shift_filter *filter,
	struct staff *ret_staff, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	struct staff staff = { .db = db, .arena = arena };
	struct field_world world, chosen;
	int64_t first = 0, last = 0;
	if (!read_days(filter, &first, &last, err) ||
		!field_period(
			filter->from, filter->until, &staff.from, &staff.until, err) ||
		!snapshot_begin(&snapshot, db, err) ||
		!field_world_read(db, arena, filter, &chosen, err))
		return false;
	int64_t monday = monday_before(first), sunday = monday_before(last) + 6;
	if (!read_around(&staff, monday, sunday, &world, err))
		return false;
	staff.weeks = (int32_t)((sunday + 1 - monday) / 7);
	take_shifts(&staff, &world, &chosen, monday);
	if (!number_skills(&staff, err))
		return false;
	lay_shifts(&staff);
	if (!staff_places(&staff, err) || !staff_people(&staff, err))
		return false;
	*ret_staff = staff;
	return true;
}

int32_t
staff_shift(const struct staff *staff, int64_t id)
{
	for (int32_t i = 0; i < staff->problem.shift_count; i++)
		if (staff->shifts[i]->id == id)
			return i;
	return -1;
}

int32_t
staff_role(const struct field_shift *shift, int64_t id)
{
	for (size_t r = 0; r < shift->role_count; r++)
		if (shift->roles[r].id == id)
			return (int32_t)r;
	return -1;
}

/* What it is made from ---------------------------------------------------------------------*/

static void
print_shift(struct vs_buffer *text, const struct staff *staff, int32_t i)
{
	const struct vs_match_shift *shift = &staff->problem.shifts[i];
	vs_buffer_printf(text, "\n%" PRId64 " %d-%d @%d %d%d%d", staff->shifts[i]->id,
		shift->starts, shift->ends, shift->point, staff->open[i], shift->pair,
		staff->week[i]);
	for (int32_t r = 0; r < shift->role_count; r++)
		vs_buffer_printf(text, ",%" PRIu64 ":%d-%d-%d", shift->roles[r].needs,
			shift->roles[r].least, shift->roles[r].wanted,
			shift->roles[r].most);
}

static void
print_list(struct vs_buffer *text, char sign, const int32_t *list, int32_t count)
{
	for (int32_t i = 0; i < count; i++)
		vs_buffer_printf(text, "%c%d", sign, list[i]);
}

static void
print_person(struct vs_buffer *text, const struct staff *staff, int32_t i)
{
	const struct vs_match_person *person = &staff->problem.people[i];
	const struct field_person *who = staff->people[i].who;
	vs_buffer_printf(text, "\n%" PRId64 " %" PRIu64 " %d %d %d @%d %d %d",
		who ? who->id : 0, person->skills, person->minutes_max,
		person->day_minutes_max, staff->people[i].limit, person->home,
		person->travel_max, person->group);
	for (int32_t k = 0; k < person->free_count; k++)
		vs_buffer_printf(
			text, " %d-%d", person->free[k].starts, person->free[k].ends);
	print_list(text, '+', person->wished, person->wished_count);
	print_list(text, '-', person->blocked, person->blocked_count);
}

uint64_t
staff_code(const struct staff *staff)
{
	VS_AUTO(vs_buffer) text = { 0 };
	const struct vs_match_problem *problem = &staff->problem;
	vs_buffer_printf(&text, "%d %d", problem->tolerance, problem->rest);
	for (int32_t i = 0; i < problem->shift_count; i++)
		print_shift(&text, staff, i);
	for (int32_t i = 0; i < problem->person_count; i++)
		print_person(&text, staff, i);
	for (int32_t i = 0; i < problem->fixed_count; i++)
		vs_buffer_printf(&text, "\n%d %d %d", problem->fixed[i].person,
			problem->fixed[i].shift, problem->fixed[i].role);
	json_t *whole = json_pack("[s]", text.data);
	uint64_t code = register_fingerprint(whole);
	json_decref(whole);
	return code;
}
