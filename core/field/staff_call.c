/* Whom to call for a place, and why nobody has it. */
#include "field/staff.h"

#include <string.h>

#include "base/i18n.h"

/* "4 are not free then"; NULL: nothing that a sentence needs. */
static const char *
how_many(struct vs_arena *arena, enum vs_match_reason reason, int count)
{
	switch (reason) {
	case VS_MATCH_CAN:
		return vs_arena_printf(
			arena, P_("%d can come", "%d can come", count), count);
	case VS_MATCH_BLOCKED:
		return vs_arena_printf(arena,
			P_("%d does not want to", "%d do not want to", count), count);
	case VS_MATCH_FAR:
		return vs_arena_printf(arena,
			P_("%d lives too far away", "%d live too far away", count),
			count);
	case VS_MATCH_AWAY:
		return vs_arena_printf(arena,
			P_("%d is not free then", "%d are not free then", count), count);
	case VS_MATCH_BUSY:
		return vs_arena_printf(arena,
			P_("%d is on another shift", "%d are on another shift", count),
			count);
	case VS_MATCH_REST:
		return vs_arena_printf(arena,
			P_("%d cannot be back in time from another place",
				"%d cannot be back in time from another place", count),
			count);
	case VS_MATCH_DAY:
		return vs_arena_printf(arena,
			P_("%d has enough hours that day",
				"%d have enough hours that day", count),
			count);
	case VS_MATCH_HOURS:
		return vs_arena_printf(arena,
			P_("%d has enough hours that week",
				"%d have enough hours that week", count),
			count);
	case VS_MATCH_TWICE:
		return vs_arena_printf(arena,
			P_("%d is on it already", "%d are on it already", count), count);
	case VS_MATCH_SKILL:
	case VS_MATCH_PAIR:
	case VS_MATCH_FULL:
	case VS_MATCH_REASON_COUNT:
		break;
	}
	return NULL;
}

static const char *
nobody(struct vs_arena *arena, const struct field_role *role)
{
	return role->skill_name
		? vs_arena_printf(
			  arena, _("none of the volunteers has %s"), role->skill_name)
		: _("there are no volunteers who may be asked");
}

/* What stands in the way of most comes first. */
static const char *
count_reasons(struct vs_arena *arena, const int *counts)
{
	bool told[VS_MATCH_REASON_COUNT] = { false };
	const char *text = "";
	for (;;) {
		int most = -1;
		for (int r = 0; r < VS_MATCH_REASON_COUNT; r++)
			if (counts[r] && !told[r] &&
				(most < 0 || counts[r] > counts[most]))
				most = r;
		if (most < 0)
			return text;
		told[most] = true;
		const char *part =
			how_many(arena, (enum vs_match_reason)most, counts[most]);
		if (part)
			text = vs_arena_printf(
				arena, "%s%s%s", text, *text ? ", " : "", part);
	}
}

static const char *
sentence(
	struct vs_arena *arena, const struct field_role *role, const int *counts, int all)
{
	if (!all)
		return nobody(arena, role);
	const char *who = role->skill_name
		? vs_arena_printf(arena, P_("%d has %s", "%d have %s", all), all,
			  role->skill_name)
		: vs_arena_printf(arena,
			  P_("%d volunteer may be asked", "%d volunteers may be asked",
				  all),
			  all);
	return vs_arena_printf(arena, "%s: %s", who, count_reasons(arena, counts));
}

/* Why not, and because of which other shift. */
static const char *
reason_of(const struct staff *staff, const struct vs_match_call *call)
{
	const char *text = vs_match_reason_text(call->reason);
	if (call->other < 0)
		return text;
	const struct field_shift *other = staff->shifts[call->other];
	return vs_arena_printf(staff->arena, "%s (%s, %s)", text, other->activity->title,
		field_span_text(staff->arena, other->starts_at, other->ends_at));
}

int32_t
staff_minutes(const struct staff *staff, const struct vs_match_plan *plan, int32_t person)
{
	int32_t minutes = 0;
	for (int32_t i = plan->person_first[person]; i < plan->person_first[person + 1];
		i++) {
		const struct field_shift *shift = staff->shifts[plan->bookings[i].shift];
		if (shift->starts_at >= staff->from && shift->starts_at < staff->until)
			minutes += (int32_t)((shift->ends_at - shift->starts_at) / 60) -
				shift->break_minutes;
	}
	return minutes;
}

/* Who said no is not asked again. */
static bool
is_called(const struct field_person *who, enum vs_match_reason reason)
{
	return who->may_call && who->phone && reason != VS_MATCH_BLOCKED &&
		reason != VS_MATCH_TWICE;
}

static void
append_call(const struct staff *staff, const struct vs_match_plan *plan,
	const struct vs_match_call *call, json_t *calls)
{
	const struct field_person *who = staff->people[call->person].who;
	json_array_append_new(calls,
		json_pack("{s:I, s:s, s:s, s:f, s:s, s:b}", "person", (json_int_t)who->id,
			"name", who->name, "phone",
			vs_phone_text(staff->arena, who->phone), "hours",
			staff_minutes(staff, plan, call->person) / 60.0, "reason",
			reason_of(staff, call), "can", call->reason == VS_MATCH_CAN));
}

/* Questions come by time: nearly all are of the same week as the last one. */
static void
limit_once(struct staff *staff, const struct staff_plan *plan, int32_t shift)
{
	if (staff->limited_by == plan && staff->limited_to == staff->week[shift])
		return;
	staff_limit_week(
		staff, plan->plan.bookings, plan->plan.booking_count, staff->week[shift]);
	staff->limited_by = plan;
	staff->limited_to = staff->week[shift];
}

bool
staff_call(struct staff *staff, const struct staff_plan *plan, int32_t shift,
	int32_t role, int limit, json_t **ret_call, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_match_candidates found;
	int counts[VS_MATCH_REASON_COUNT] = { 0 }, all = 0;
	limit_once(staff, plan, shift);
	if (!vs_match_candidates(&staff->problem, &plan->plan, shift, role, scratch.arena,
		    &found, err))
		return false;
	json_t *calls = json_array();
	for (int32_t i = 0; i < found.count; i++) {
		const struct vs_match_call *call = &found.calls[i];
		const struct staff_person *person = &staff->people[call->person];
		if (!person->asked)
			continue;
		counts[call->reason]++;
		all++;
		if (is_called(person->who, call->reason) &&
			(!limit || json_array_size(calls) < (size_t)limit))
			append_call(staff, &plan->plan, call, calls);
	}
	*ret_call = json_pack("{s:i, s:s, s:o}", "can", counts[VS_MATCH_CAN], "reason",
		sentence(scratch.arena, &staff->shifts[shift]->roles[role], counts, all),
		"call", calls);
	return true;
}
