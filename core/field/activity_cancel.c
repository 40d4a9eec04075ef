/*
 * An activity is called off: its shifts and bookings with it, and everybody who counted on it
 * stands on the notice list.
 */
#include "field/activity.h"

#include <inttypes.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "field/booking.h"

#define SOON_SECONDS (48 * 3600) /* so close, a call is surer than a mail */
#define REASON_MAX   500

/* Who still counts on it; what came or did not come stays as it is. */
static const char *const states[] = { "waiting", "offered", "signed_up", "booked" };

#define STATES (sizeof states / sizeof *states)

static bool
counts_on_it(const struct field_booking *booking)
{
	for (size_t i = 0; i < STATES; i++)
		if (strcmp(booking->state, states[i]) == 0)
			return true;
	return false;
}

/* How somebody is told; "" when there is no way. */
static const char *
way_of(const struct field_person *person, bool soon)
{
	bool call = person->phone && person->may_call;
	bool text = person->phone && person->may_text;
	bool mail = person->email && person->may_mail;
	if (soon && call)
		return "phone";
	if (text)
		return "sms";
	if (mail)
		return "email";
	/* Whoever is booked must hear that it is off, by what they gave us. */
	return person->phone ? "phone" : person->email ? "email" : "";
}

static void
notice(struct vs_arena *arena, json_t *notify, const struct field_shift *shift,
	const struct field_booking *booking, const struct field_person *person,
	int64_t now)
{
	json_t *row = json_pack("{s:I, s:I, s:s, s:s}", "booking",
		(json_int_t)booking->id, "person", (json_int_t)person->id, "name",
		person->name, "state", booking->state);
	record_put(row, "phone", person->phone);
	record_put(row, "email", person->email);
	json_object_set_new(row, "shift", json_integer(shift->id));
	field_put_span(arena, row, shift->starts_at, shift->ends_at);
	record_put(row, "by", way_of(person, shift->starts_at - now < SOON_SECONDS));
	json_array_append_new(notify, row);
}

/* Of those who are erased or restricted nobody is told: there is nothing to tell them by. */
static void
notices(struct vs_arena *arena, const struct field_shift *shift,
	const struct field_people *people, int64_t now, json_t *notify)
{
	for (size_t i = 0; i < shift->booking_count; i++) {
		const struct field_booking *booking = &shift->bookings[i];
		const struct field_person *person =
			field_person_of(people, booking->person);
		if (person && !person->restricted && counts_on_it(booking))
			notice(arena, notify, shift, booking, person, now);
	}
}

static bool
drop_bookings(struct vs_db *db, const struct field_shift *shift, const char *reason,
	struct vs_error *err)
{
	for (size_t i = 0; i < shift->booking_count; i++)
		if (counts_on_it(&shift->bookings[i]) &&
			!booking_drop(
				db, shift->bookings[i].id, "organiser", reason, err))
			return false;
	return true;
}

bool
field_call_off(struct vs_db *db, struct vs_arena *arena, const struct field_shift *shift,
	const struct field_people *people, const char *reason, bool dry_run,
	json_t *notify, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err))
		return false;
	notices(arena, shift, people, now, notify);
	if (dry_run)
		return true;
	if (!drop_bookings(db, shift, reason, err) ||
		!stmt_open(&q, db,
			SQL("UPDATE shift SET cancelled_at = ?, sequence = sequence + 1"
			    " WHERE id = ? AND cancelled_at IS NULL"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, shift->id);
	return stmt_run(&q, err);
}

static bool
mark(struct vs_db *db, int64_t activity, const char *reason, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("UPDATE activity SET cancelled_at = ?, cancel_reason = ?,"
			    " sequence = sequence + 1 WHERE id = ?"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, reason);
	stmt_bind(&q, activity);
	return stmt_run(&q, err);
}

static bool
read_reason(struct vs_arena *arena, const char *given, const char **ret_reason,
	struct vs_error *err)
{
	size_t bad;
	if (given && !vs_text_check(given, strlen(given), &bad))
		return vs_fail(err, VS_INVALID,
			_("the reason is not valid UTF-8; type it again"));
	const char *reason = given ? vs_text_clean(arena, given) : "";
	if (!*reason)
		return vs_fail(err, VS_USAGE,
			_("why? Say it with --reason; everybody who is told will ask"));
	if (vs_text_length(reason) > REASON_MAX)
		return vs_fail(err, VS_INVALID,
			_("the reason is longer than %d characters; shorten it"),
			REASON_MAX);
	*ret_reason = reason;
	return true;
}

static bool
cancel(struct vs_db *db, struct vs_arena *arena, const json_t *record, const char *reason,
	bool dry_run, json_t *notify, struct vs_error *err)
{
	int64_t id = record_integer(record, "id");
	const struct vs_shift_filter filter = { .activity = vs_arena_printf(
							arena, "%" PRId64, id) };
	struct field_world world;
	struct field_people people;
	if (!record_true(record, "live"))
		return vs_fail(err, VS_REFUSED,
			_("activity %lld (%s) is cancelled already: %s"), (long long)id,
			record_string(record, "title"),
			record_string(record, "cancel_reason"));
	if (!field_world_read(db, arena, &filter, &world, err) ||
		!field_people_read(db, arena, &people, err))
		return false;
	for (size_t i = 0; i < world.shift_count; i++)
		if (!world.shifts[i].cancelled &&
			!field_call_off(db, arena, &world.shifts[i], &people, reason,
				dry_run, notify, err))
			return false;
	return dry_run || mark(db, id, reason, err);
}

static json_t *
view_of(struct vs_arena *arena, const json_t *record, const char *reason)
{
	json_t *view = json_pack("{s:O, s:O, s:s, s:[]}", "activity",
		json_object_get(record, "id"), "title", json_object_get(record, "title"),
		"reason", reason, "notify");
	field_put_span(arena, view, record_integer(record, "starts"),
		record_integer(record, "ends"));
	return view;
}

json_t *
vs_activity_cancel(struct vs_db *db, const char *activity, const char *reason,
	bool dry_run, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(change) change = { 0 };
	const char *clean = NULL;
	if (!read_reason(scratch.arena, reason, &clean, err) ||
		(dry_run ? !snapshot_begin(&snapshot, db, err)
			 : !change_begin(&change, db, "activity cancel", err)))
		return NULL;
	json_t *record = vs_record_get(db, &vs_activity_type, activity, err);
	if (!record)
		return NULL;
	json_t *view = view_of(scratch.arena, record, clean);
	json_t *notify = json_object_get(view, "notify");
	bool ok = cancel(db, scratch.arena, record, clean, dry_run, notify, err);
	if (ok && !dry_run) {
		change_say(&change, "activity",
			record_key_text(scratch.arena, &vs_activity_type, record),
			"%s; %zu to be told", clean, json_array_size(notify));
		ok = change_commit(&change, err);
	}
	json_decref(record);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
