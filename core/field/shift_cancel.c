/* A shift is called off: whoever counted on it is to be told. */
#include "field/booking.h"
#include "field/shift.h"

#include "base/i18n.h"

/* One shift of the world: as world.c reads an activity's. */
static const struct field_shift *
find_shift(struct vs_db *db, struct vs_arena *arena, const struct rule_shift *shift,
	struct vs_error *err)
{
	struct field_world world;
	const struct vs_shift_filter filter = {
		.activity =
			vs_arena_printf(arena, "%lld", (long long)shift->span.activity)
	};
	if (!field_world_read(db, arena, &filter, &world, err))
		return NULL;
	for (size_t i = 0; i < world.shift_count; i++)
		if (world.shifts[i].id == shift->span.shift)
			return &world.shifts[i];
	vs_fail(err, VS_NOT_FOUND, _("no shift %lld"), (long long)shift->span.shift);
	return NULL;
}

static bool
cancel(struct vs_db *db, struct vs_arena *arena, const char *text, const char *reason,
	bool dry_run, json_t *view, struct vs_error *err)
{
	int64_t id, now;
	struct rule_shift shift;
	struct field_people people;
	if (!vs_clock_now(&now, err) || !rule_shift_find(db, text, &id, err) ||
		!rule_shift_read(db, arena, id, now, &shift, err))
		return false;
	if (shift.cancelled)
		return vs_fail(err, VS_REFUSED, _("%s is cancelled already"), shift.text);
	const struct field_shift *found = find_shift(db, arena, &shift, err);
	if (!found || !field_people_read(db, arena, &people, err))
		return false;
	json_object_set_new(view, "shift", json_integer(id));
	json_object_set_new(view, "title", json_string(shift.title));
	field_put_span(arena, view, shift.span.starts_at, shift.span.ends_at);
	return field_call_off(db, arena, found, &people, reason, dry_run,
		json_object_get(view, "notify"), err);
}

json_t *
vs_shift_cancel(struct vs_db *db, const char *shift, const char *reason, bool dry_run,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(change) change = { 0 };
	const char *clean = NULL;
	if (!booking_reason(scratch.arena, reason, &clean, err))
		return NULL;
	if (!clean) {
		vs_fail(err, VS_USAGE,
			_("why? Say it with --reason; everybody who is told will ask"));
		return NULL;
	}
	if (dry_run ? !snapshot_begin(&snapshot, db, err)
		    : !change_begin(&change, db, "shift cancel", err))
		return NULL;
	json_t *view = json_pack("{s:s, s:[]}", "reason", clean, "notify");
	bool ok = cancel(db, scratch.arena, shift, clean, dry_run, view, err);
	if (ok && !dry_run) {
		change_say(&change, "shift", shift, _("%s; %zu to be told"), clean,
			json_array_size(json_object_get(view, "notify")));
		ok = change_commit(&change, err);
	}
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
