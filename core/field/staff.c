/*
 * Matching volunteers and shifts. The world is read in one look, the plan is made without
 * holding the file, and it is written only if the world is still the same. Each booking is
 * made by booking_book(), which has the last word on the rules.
 */
#include "field/staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static bool
check_state(const char *state, struct vs_error *err)
{
	static const char *const states[] = { "booked", "offered", "signed_up" };
	for (size_t i = 0; state && i < sizeof states / sizeof *states; i++)
		if (strcmp(state, states[i]) == 0)
			return true;
	return !state ||
		vs_fail(err, VS_INVALID,
			_("a matched booking is booked, offered or signed_up, not \"%s\""),
			state);
}

static bool
same_plan(
	const struct vs_staff_options *options, const json_t *view, struct vs_error *err)
{
	return !options->plan ||
		strcmp(options->plan, record_string(view, "plan")) == 0 ||
		vs_fail(err, VS_CONFLICT,
			_("what the plan %.40s was made from has changed since; look at it again "
			  "with --dry-run"),
			options->plan);
}

static bool
same_world(struct vs_db *db, const struct vs_staff_options *options, uint64_t code,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct staff now;
	return staff_read(db, scratch.arena, &options->filter, &now, err) &&
		(staff_code(&now) == code ||
			vs_fail(err, VS_CONFLICT,
				_("somebody changed what the plan is made from while it was made; "
				  "match again")));
}

static bool
book(struct vs_db *db, const json_t *booking, const char *state, struct vs_error *err)
{
	const struct vs_booking_options options = { .role = record_string(
							    booking, "role_name"),
		.state = state,
		.source = "match" };
	int64_t id;
	return booking_book(db, record_integer(booking, "shift"),
		record_integer(booking, "person"), &options, &id, err);
}

static bool
commit(struct vs_db *db, const struct vs_staff_options *options, uint64_t code,
	const json_t *view, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	const json_t *bookings = json_object_get(view, "bookings"), *booking;
	const json_t *total = json_object_get(view, "total");
	size_t i;
	if (!json_array_size(bookings))
		return true;
	if (!change_begin(&change, db, "shift match", err) ||
		!same_world(db, options, code, err))
		return false;
	json_array_foreach (bookings, i, booking)
		if (!book(db, booking, options->state, err))
			return false;
	change_say(&change, "booking", NULL,
		_("%s to %s: new bookings %d, open places %d, plan %s"),
		options->filter.from, options->filter.until,
		(int)record_integer(total, "new"),
		(int)(record_integer(total, "needed_open") +
			record_integer(total, "wanted_open")),
		record_string(view, "plan"));
	return change_commit(&change, err);
}

json_t *
vs_shift_match(
	struct vs_db *db, const struct vs_staff_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	/* Proving how good a plan is takes longer than making it: for those who take time. */
	const struct vs_match_options search = { .seed = options->seed,
		.seconds = options->seconds,
		.bound = options->seconds > 0 };
	struct staff staff;
	struct staff_plan plan;
	json_t *view = NULL;
	if (!check_state(options->state, err) ||
		!staff_read(db, scratch.arena, &options->filter, &staff, err))
		return NULL;
	uint64_t code = staff_code(&staff);
	if (staff_solve(&staff, &search, &plan, err) &&
		staff_view(&staff, &plan, options, &view, err) &&
		same_plan(options, view, err) &&
		(options->dry_run || commit(db, options, code, view, err)))
		return view;
	json_decref(view);
	return NULL;
}

/* Whom to call for one role ------------------------------------------------------------------*/

static bool
find_role(const struct field_shift *shift, const char *name, int32_t *ret_role,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *known = "";
	for (size_t r = 0; r < shift->role_count; r++) {
		bool is = name ? strcmp(shift->roles[r].name, name) == 0
			       : shift->role_count == 1;
		if (is) {
			*ret_role = (int32_t)r;
			return true;
		}
		known = vs_arena_printf(scratch.arena, "%s%s%s", known,
			*known ? ", " : "", shift->roles[r].name);
	}
	return vs_fail(err, name ? VS_NOT_FOUND : VS_INVALID,
		_("shift %d has the roles %s; name one with --role"), (int)shift->id,
		known);
}

static bool
read_day_of(struct vs_db *db, struct vs_arena *arena, const char *shift, int64_t *ret_id,
	const char **ret_day, struct vs_error *err)
{
	char text[17];
	json_t *record = vs_record_get(db, &vs_shift_type, shift, err);
	if (!record)
		return false;
	*ret_id = record_integer(record, "id");
	vs_time_format_local(record_integer(record, "starts_at"), text);
	*ret_day = vs_arena_copy(arena, text, 10);
	json_decref(record);
	return true;
}

json_t *
vs_shift_candidates(struct vs_db *db, const char *shift, const char *role, int limit,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_shift_filter filter = { 0 };
	struct staff staff;
	struct staff_plan plan;
	json_t *call = NULL;
	int64_t id = 0;
	int32_t number = 0;
	if (!read_day_of(db, scratch.arena, shift, &id, &filter.from, err))
		return NULL;
	filter.until = filter.from;
	if (!staff_read(db, scratch.arena, &filter, &staff, err))
		return NULL;
	int32_t at = staff_shift(&staff, id);
	if (at < 0) {
		vs_fail(err, VS_REFUSED,
			_("shift %d is cancelled; there is nobody to call"), (int)id);
		return NULL;
	}
	if (!find_role(staff.shifts[at], role, &number, err))
		return NULL;
	staff_stand(&staff, &plan);
	if (!staff_call(&staff, &plan, at, number, limit, &call, err))
		return NULL;
	json_object_set(call, "people", json_object_get(call, "call"));
	json_object_del(call, "call");
	return call;
}
