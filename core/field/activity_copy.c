/*
 * An activity again on other days. The clock on the wall is copied, not the moment: 10.00
 * stays 10.00 over the nights when the clocks change.
 */
#include "field/activity.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define COPIES_MAX 200

/* Two moments as they are on the day of the original. */
struct span {
	int64_t id, starts_at, ends_at;
};

struct copying {
	struct vs_db *db;
	struct vs_arena *arena;
	struct span activity, *shifts;
	size_t shift_count;
	const char *title;
	bool cancelled;
	struct vs_date day; /* of the original */
	int *offsets;	    /* days from it */
	size_t count;
	int64_t bulk;
};

/* The days ------------------------------------------------------------------------------- */

static int
offset_of(const struct copying *c, struct vs_date day)
{
	return (int)(vs_date_to_days(day) - vs_date_to_days(c->day));
}

static bool
add_day(struct copying *c, struct vs_date day, struct vs_error *err)
{
	char text[11];
	int offset = offset_of(c, day);
	vs_date_format(day, text);
	if (offset == 0 && !c->cancelled)
		return vs_fail(err, VS_INVALID,
			_("activity %lld (%s) is on %s itself; leave that day out"),
			(long long)c->activity.id, c->title, text);
	for (size_t i = 0; i < c->count; i++)
		if (c->offsets[i] == offset)
			return vs_fail(err, VS_INVALID, _("%s is said twice"), text);
	if (c->count == COPIES_MAX)
		return vs_fail(err, VS_INVALID,
			_("more than %d copies at once; choose an earlier --until"),
			COPIES_MAX);
	c->offsets = vs_arena_grow(c->arena, c->offsets, c->count, sizeof *c->offsets);
	c->offsets[c->count++] = offset;
	return true;
}

static bool
given_days(struct copying *c, const char *days, struct vs_error *err)
{
	while (*days) {
		days += strspn(days, " ,;");
		size_t length = strcspn(days, " ,;");
		struct vs_date day;
		if (length &&
			(!vs_date_parse(
				 vs_arena_copy(c->arena, days, length), &day, err) ||
				!add_day(c, day, err)))
			return false;
		days += length;
	}
	return true;
}

static bool
repeated_days(struct copying *c, const struct vs_series *series, struct vs_error *err)
{
	struct vs_date last;
	if (!vs_date_parse(series->until, &last, err))
		return false;
	if (series->every_days < 1)
		return vs_fail(err, VS_USAGE,
			_("how often? Say --weekly, or --every with a number of days"));
	int64_t until = vs_date_to_days(last);
	for (struct vs_date day = vs_date_add(c->day, series->every_days);
		vs_date_to_days(day) <= until; day = vs_date_add(day, series->every_days))
		if (!add_day(c, day, err))
			return false;
	return true;
}

static int
compare_offsets(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

static bool
read_days(struct copying *c, const struct vs_series *series, struct vs_error *err)
{
	if (!series->days == !series->until)
		return vs_fail(err, VS_USAGE,
			_("to which days? Say --days, or --weekly with --until"));
	if (series->days ? !given_days(c, series->days, err)
			 : !repeated_days(c, series, err))
		return false;
	if (c->count == 0)
		return vs_fail(err, VS_INVALID,
			_("there is no day to copy activity %lld (%s) to; it is itself on %s"),
			(long long)c->activity.id, c->title,
			vs_date_text(c->arena, c->day, VS_DATE_SHORT));
	qsort(c->offsets, c->count, sizeof *c->offsets, compare_offsets);
	return true;
}

/* The original ---------------------------------------------------------------------------- */

/* Of a cancelled activity those shifts that were cancelled with it, not before. */
static bool
read_shifts(struct copying *c, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, c->db,
		    SQL("SELECT s.id, s.starts_at, s.ends_at FROM shift s"
			" JOIN activity a ON a.id = s.activity_id WHERE a.id = ?"
			" AND s.cancelled_at IS a.cancelled_at ORDER BY s.starts_at, s.id"),
		    err))
		return false;
	stmt_bind(&q, c->activity.id);
	while (stmt_row(&q, err)) {
		c->shifts = vs_arena_grow(
			c->arena, c->shifts, c->shift_count, sizeof *c->shifts);
		c->shifts[c->shift_count++] = (struct span){ stmt_int(&q, 0),
			stmt_int(&q, 1), stmt_int(&q, 2) };
	}
	return err->code == VS_OK;
}

static bool
read_original(struct copying *c, const char *activity, struct vs_error *err)
{
	json_t *record = vs_record_get(c->db, &vs_activity_type, activity, err);
	if (!record)
		return false;
	c->activity = (struct span){ record_integer(record, "id"),
		record_integer(record, "starts"), record_integer(record, "ends") };
	c->title = vs_arena_text(c->arena, record_string(record, "title"));
	c->cancelled = !record_true(record, "live");
	c->day = vs_local_from_utc(c->activity.starts_at).date;
	json_decref(record);
	return read_shifts(c, err);
}

/* The plan -------------------------------------------------------------------------------- */

static bool
move_clock(int64_t moment, int days, int64_t *ret_moment, struct vs_error *err)
{
	struct vs_local local = vs_local_from_utc(moment);
	if (days == 0) {
		*ret_moment = moment;
		return true;
	}
	local.date = vs_date_add(local.date, days);
	return vs_local_to_utc(local, VS_FOLD_ASK, ret_moment, err);
}

/* `noun` and its number begin the complaint about a time that the new day does not have. */
static bool
move_span(const struct span *span, int days, const char *noun, struct span *ret_moved,
	struct vs_error *err)
{
	struct vs_error why = { 0 };
	ret_moved->id = span->id;
	if (!move_clock(span->starts_at, days, &ret_moved->starts_at, &why) ||
		!move_clock(span->ends_at, days, &ret_moved->ends_at, &why))
		return vs_fail(err, VS_INVALID,
			_("%s %lld cannot be copied: %s; change its times first, or leave that "
			  "day out"),
			noun, (long long)span->id, why.text);
	return ret_moved->starts_at < ret_moved->ends_at ||
		vs_fail(err, VS_INVALID,
			_("%s %lld cannot be copied: it would end before it begins, because the "
			  "clocks change that night; leave that day out"),
			noun, (long long)span->id);
}

/* The same activity on that day already; 0: none. */
static bool
find_twin(const struct copying *c, int64_t starts_at, int64_t *ret_twin,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_twin = 0;
	if (!stmt_open(&q, c->db,
		    SQL("SELECT b.id FROM activity a JOIN activity b ON b.starts_at = ?2"
			" AND b.title = a.title AND b.place_id IS a.place_id AND b.venue IS a.venue"
			" AND b.cancelled_at IS NULL WHERE a.id = ?1 ORDER BY b.id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, c->activity.id);
	stmt_bind(&q, starts_at);
	if (stmt_row(&q, err))
		*ret_twin = stmt_int(&q, 0);
	return err->code == VS_OK;
}

static json_t *
row_of(const struct copying *c, const struct span *moved)
{
	json_t *row = json_pack("{s:n, s:s, s:I}", "activity", "title", c->title,
		"shifts", (json_int_t)c->shift_count);
	field_put_span(c->arena, row, moved->starts_at, moved->ends_at);
	return row;
}

static bool
plan_day(struct copying *c, int days, json_t *view, struct vs_error *err)
{
	struct span moved, ignored;
	int64_t twin;
	if (!move_span(&c->activity, days, _("activity"), &moved, err) ||
		!activity_check_year(c->db, moved.starts_at, err) ||
		!find_twin(c, moved.starts_at, &twin, err))
		return false;
	for (size_t i = 0; i < c->shift_count; i++)
		if (!move_span(&c->shifts[i], days, _("shift"), &ignored, err))
			return false;
	json_t *row = row_of(c, &moved);
	if (twin)
		json_array_append_new(json_object_get(view, "left_out"),
			json_pack("{s:I, s:O}", "activity", (json_int_t)twin, "date",
				json_object_get(row, "date")));
	else
		json_array_append(json_object_get(view, "activities"), row);
	json_decref(row);
	return true;
}

/* What is copied to when: the same whatever language the texts are in. */
static void
name_plan(const struct copying *c, json_t *view)
{
	json_t *facts = json_pack("[I]", (json_int_t)c->activity.id), *row;
	size_t i;
	json_array_foreach (json_object_get(view, "activities"), i, row)
		json_array_append(facts, json_object_get(row, "starts_at"));
	for (i = 0; i < c->shift_count; i++)
		json_array_append_new(facts,
			json_pack("[I, I, I]", (json_int_t)c->shifts[i].id,
				(json_int_t)c->shifts[i].starts_at,
				(json_int_t)c->shifts[i].ends_at));
	record_put(view, "plan",
		vs_arena_printf(c->arena, "%016" PRIx64, register_fingerprint(facts)));
	json_decref(facts);
}

static json_t *
plan_of(struct copying *c, struct vs_error *err)
{
	json_t *view = json_pack(
		"{s:n, s:s, s:[], s:[]}", "bulk", "plan", "", "activities", "left_out");
	for (size_t i = 0; i < c->count; i++)
		if (!plan_day(c, c->offsets[i], view, err)) {
			json_decref(view);
			return NULL;
		}
	name_plan(c, view);
	return view;
}

/* Writing --------------------------------------------------------------------------------- */

static bool
copy_activity(const struct copying *c, const struct span *to, int64_t *ret_id,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, c->db,
		    SQL("INSERT INTO activity (kind, title, association_id, kommun_code, place_id,"
			" venue, street, town, latitude, longitude, mode, link, starts_at,"
			" ends_at, contact_id, visitor, instructions, visibility, bulk_id, note)"
			" SELECT kind, title, association_id, kommun_code, place_id, venue, street,"
			" town, latitude, longitude, mode, link, ?2, ?3, contact_id, visitor,"
			" instructions, visibility, ?4, note FROM activity WHERE id = ?1"),
		    err))
		return false;
	stmt_bind(&q, c->activity.id);
	stmt_bind(&q, to->starts_at);
	stmt_bind(&q, to->ends_at);
	stmt_bind(&q, c->bulk);
	if (!stmt_run(&q, err))
		return false;
	*ret_id = db_last_id(c->db);
	return true;
}

static bool
copy_shift(const struct copying *c, const struct span *to, int64_t activity,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	VS_AUTO(stmt) roles = { 0 };
	if (!stmt_open(&q, c->db,
		    SQL("INSERT INTO shift (activity_id, starts_at, ends_at, break_minutes, pair,"
			" tolerance, rest, bulk_id, note) SELECT ?2, ?3, ?4, break_minutes, pair,"
			" tolerance, rest, ?5, note FROM shift WHERE id = ?1"),
		    err) ||
		!stmt_open(&roles, c->db,
			SQL("INSERT INTO shift_role (shift_id, name, skill_id, least, wanted, most)"
			    " SELECT ?2, name, skill_id, least, wanted, most FROM shift_role"
			    " WHERE shift_id = ?1 ORDER BY id"),
			err))
		return false;
	stmt_bind(&q, to->id);
	stmt_bind(&q, activity);
	stmt_bind(&q, to->starts_at);
	stmt_bind(&q, to->ends_at);
	stmt_bind(&q, c->bulk);
	if (!stmt_run(&q, err))
		return false;
	stmt_bind(&roles, to->id);
	stmt_bind(&roles, db_last_id(c->db));
	return stmt_run(&roles, err);
}

static bool
write_day(const struct copying *c, json_t *row, struct vs_error *err)
{
	struct span moved = { 0, record_integer(row, "starts_at"),
		record_integer(row, "ends_at") };
	int days = offset_of(c, vs_local_from_utc(moved.starts_at).date);
	int64_t id;
	if (!copy_activity(c, &moved, &id, err))
		return false;
	json_object_set_new(row, "activity", json_integer(id));
	for (size_t i = 0; i < c->shift_count; i++)
		if (!move_span(&c->shifts[i], days, _("shift"), &moved, err) ||
			!copy_shift(c, &moved, id, err))
			return false;
	return true;
}

static bool
write_plan(struct copying *c, json_t *view, const char *wanted, struct change *change,
	struct vs_error *err)
{
	json_t *rows = json_object_get(view, "activities"), *row;
	size_t i, count = json_array_size(rows);
	if (wanted && strcmp(wanted, record_string(view, "plan")) != 0)
		return vs_fail(err, VS_CONFLICT,
			_("what the plan %s was made from has changed since; look at it again with "
			  "--dry-run"),
			wanted);
	if (count == 0)
		return vs_fail(err, VS_EXISTS,
			_("activity %lld (%s) is on all of these days already"),
			(long long)c->activity.id, c->title);
	const char *what = vs_arena_printf(c->arena, "activity %" PRId64 " (%s) × %zu",
		c->activity.id, c->title, count);
	if (!bulk_new(c->db, what, &c->bulk, err))
		return false;
	json_object_set_new(view, "bulk", json_integer(c->bulk));
	json_array_foreach (rows, i, row)
		if (!write_day(c, row, err))
			return false;
	change_say(change, "bulk", vs_arena_printf(c->arena, "%" PRId64, c->bulk), "%s",
		what);
	return change_commit(change, err);
}

static json_t *
plan_copies(struct copying *c, const char *activity, const struct vs_series *series,
	struct vs_error *err)
{
	return read_original(c, activity, err) && read_days(c, series, err)
		? plan_of(c, err)
		: NULL;
}

json_t *
vs_activity_copy(struct vs_db *db, const char *activity, const struct vs_series *series,
	bool dry_run, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	VS_AUTO(change) change = { 0 };
	struct copying c = { .db = db, .arena = scratch.arena };
	if (dry_run ? !snapshot_begin(&snapshot, db, err)
		    : !change_begin(&change, db, "activity copy", err))
		return NULL;
	json_t *view = plan_copies(&c, activity, series, err);
	if (!view || dry_run || write_plan(&c, view, series->plan, &change, err))
		return view;
	json_decref(view);
	return NULL;
}
