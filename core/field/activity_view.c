/* Activities as lists and one by one: when, where, who answers, how well they are filled. */
#include "field/activity.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* How the seats of live shifts that are not over are taken. */
struct filling {
	int shifts, least, wanted, taken, missing, alone;
};

static void
fill_shift(struct filling *f, const struct field_shift *shift)
{
	int taken = 0, missing = 0;
	f->shifts++;
	for (size_t i = 0; i < shift->role_count; i++) {
		const struct field_role *role = &shift->roles[i];
		taken += role->taken;
		f->least += role->least;
		f->wanted += role->wanted;
		if (role->taken < role->least)
			missing += role->least - role->taken;
	}
	/* As the board counts: two where nobody is alone. */
	if (shift->pair && taken + missing < 2)
		missing = 2 - taken;
	f->taken += taken;
	f->missing += missing;
	f->alone += shift->pair && taken == 1;
}

/* Told in one word, and coloured by it; the worst first. */
static const char *
state_of(const struct field_activity *a, const struct filling *f, int64_t now)
{
	if (a->cancelled)
		return "cancelled";
	if (a->ends_at <= now)
		return "over";
	if (strcmp(a->visibility, "draft") == 0)
		return "draft";
	if (f->missing)
		return "missing";
	if (!f->shifts)
		return "planned";
	return f->taken >= f->wanted ? "full" : "enough";
}

static const char *
state_text(struct vs_arena *arena, const json_t *row)
{
	const char *state = record_string(row, "state");
	int missing = (int)record_integer(row, "missing");
	if (strcmp(state, "cancelled") == 0)
		return _("called off");
	if (strcmp(state, "over") == 0)
		return _("over");
	if (strcmp(state, "draft") == 0)
		return _("draft");
	if (strcmp(state, "planned") == 0)
		return _("no shifts");
	if (missing)
		return vs_arena_printf(
			arena, P_("%d missing", "%d missing", missing), missing);
	return strcmp(state, "full") == 0 ? _("full") : _("enough");
}

static json_t *
row_of(struct vs_arena *arena, const struct field_activity *a, const struct filling *f,
	int64_t now)
{
	json_t *row = json_pack("{s:I, s:s, s:s, s:s, s:b}", "activity",
		(json_int_t)a->id, "title", a->title, "kind", a->kind, "kind_name",
		a->kind_name, "cancelled", a->cancelled);
	record_put(row, "association_name", a->association_name);
	record_put(row, "kommun", a->kommun);
	record_put(row, "kommun_name", a->kommun_name);
	record_put(row, "place_name", a->place_name);
	record_put(row, "address", a->address);
	record_put(row, "mode", a->mode);
	record_put(row, "visibility", a->visibility);
	json_object_set_new(row, "contact", record_id_or_null(a->contact));
	record_put(row, "contact_name", a->contact_name);
	record_put(row, "contact_phone", a->contact_phone);
	field_put_span(arena, row, a->starts_at, a->ends_at);
	json_object_set_new(row, "shifts", json_integer(f->shifts));
	json_object_set_new(row, "least", json_integer(f->least));
	json_object_set_new(row, "wanted", json_integer(f->wanted));
	json_object_set_new(row, "taken", json_integer(f->taken));
	json_object_set_new(row, "missing", json_integer(f->missing));
	json_object_set_new(row, "alone", json_integer(f->alone));
	record_put(row, "state", state_of(a, f, now));
	record_put(row, "state_text", state_text(arena, row));
	return row;
}

/* One per activity, in the world's order. */
static struct filling *
fillings(const struct field_world *w)
{
	struct filling *all =
		vs_arena_alloc(w->arena, (w->activity_count + 1) * sizeof *all);
	memset(all, 0, (w->activity_count + 1) * sizeof *all);
	for (size_t i = 0; i < w->shift_count; i++)
		if (!w->shifts[i].cancelled && w->shifts[i].ends_at > w->now)
			fill_shift(&all[w->shifts[i].activity - w->activities],
				&w->shifts[i]);
	return all;
}

struct listed {
	const struct field_activity *activity;
	const struct filling *filling;
};

static int
compare_listed(const void *a, const void *b)
{
	const struct field_activity *x = ((const struct listed *)a)->activity;
	const struct field_activity *y = ((const struct listed *)b)->activity;
	if (x->starts_at != y->starts_at)
		return x->starts_at < y->starts_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

json_t *
vs_activity_list(struct vs_db *db, const struct vs_shift_filter *filter, bool all,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct field_world w;
	json_int_t over = 0, cancelled = 0;
	size_t count = 0;
	if (!field_world_read(db, scratch.arena, filter, &w, err))
		return NULL;
	const struct filling *filled = fillings(&w);
	struct listed *rows =
		vs_arena_alloc(w.arena, (w.activity_count + 1) * sizeof *rows);
	for (size_t i = 0; i < w.activity_count; i++) {
		const struct field_activity *a = &w.activities[i];
		/* Who names a first day asks for what was, too. */
		bool past = a->ends_at <= w.now && !filter->from;
		if (!all && (a->cancelled || past)) {
			*(a->cancelled ? &cancelled : &over) += 1;
			continue;
		}
		rows[count++] = (struct listed){ a, &filled[i] };
	}
	qsort(rows, count, sizeof *rows, compare_listed);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(
			list, row_of(w.arena, rows[i].activity, rows[i].filling, w.now));
	return json_pack("{s:o, s:{s:I, s:I}}", "activities", list, "left_out", "over",
		over, "cancelled", cancelled);
}

/* One ------------------------------------------------------------------------------------- */

/* Others of the same title, start and place: most likely entered twice. */
static bool
add_same(struct vs_db *db, const json_t *record, json_t *same, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT b.id FROM activity a JOIN activity b ON b.starts_at = a.starts_at"
			" AND b.title = a.title COLLATE NOCASE AND b.place_id IS a.place_id"
			" AND b.venue IS a.venue COLLATE NOCASE AND b.id <> a.id"
			" AND b.cancelled_at IS NULL WHERE a.id = ? AND a.cancelled_at IS NULL"
			" ORDER BY b.id"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "id"));
	while (stmt_row(&q, err))
		json_array_append_new(same, json_integer(stmt_int(&q, 0)));
	return err->code == VS_OK;
}

static bool
add_attendance(struct vs_db *db, const json_t *record, json_t *view, struct vs_error *err)
{
	json_t *filters = json_pack("{s:O}", "activity", json_object_get(record, "id"));
	json_t *records = vs_record_list(db, &vs_attendance_type, filters, err);
	json_decref(filters);
	if (records)
		json_object_set_new(view, "attendance", records);
	return records != NULL;
}

static bool
fill_view(struct vs_db *db, struct vs_arena *arena, const json_t *record, json_t *view,
	struct vs_error *err)
{
	const struct vs_shift_filter filter = { .activity = vs_arena_printf(arena,
							"%" PRId64,
							record_integer(record, "id")) };
	struct field_world w;
	if (!field_world_read(db, arena, &filter, &w, err))
		return false;
	const struct filling *filled = fillings(&w);
	for (size_t i = 0; i < w.activity_count; i++) {
		json_t *row = row_of(arena, &w.activities[i], &filled[i], w.now);
		json_object_update_missing(view, row);
		json_decref(row);
	}
	json_t *board = vs_shift_board(db, &filter, err);
	json_object_set(view, "shift_list", json_object_get(board, "shifts"));
	json_decref(board);
	return board && add_same(db, record, json_object_get(view, "same"), err) &&
		add_attendance(db, record, view, err);
}

json_t *
vs_activity_view(struct vs_db *db, const char *activity, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *record = vs_record_get(db, &vs_activity_type, activity, err);
	if (!record)
		return NULL;
	json_t *view =
		json_pack("{s:O, s:[], s:[]}", "record", record, "shift_list", "same");
	bool ok = fill_view(db, scratch.arena, record, view, err);
	json_decref(record);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
