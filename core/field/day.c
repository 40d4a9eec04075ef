/*
 * The organiser's day: what is on, who is there, who is missing today, tomorrow and in the
 * week, whom to call for it, and what is easily forgotten.
 */
#include "field/staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define WEEK_DAYS    7
#define CALLS	     3	/* for each missing place, */
#define CALLED	     40 /* of so many; `shift call` tells of the others */
#define CALLED_SHORT 5

struct day {
	struct vs_db *db;
	struct vs_arena *arena;
	struct vs_date date;
	int64_t now;
	const char *from, *tomorrow, *until; /* until: the last day of the week */
	struct field_world world;	     /* of the week */
	json_t *view;
	int missing_today, missing_week;
	size_t called; /* missing places that get people to call */
};

static bool
read_day(struct day *day, const char *date, struct vs_error *err)
{
	char text[11];
	if (date ? !vs_date_parse(date, &day->date, err)
		 : !vs_clock_today(&day->date, err))
		return false;
	day->from = vs_arena_text(day->arena, vs_date_format(day->date, text));
	day->tomorrow = vs_arena_text(
		day->arena, vs_date_format(vs_date_add(day->date, 1), text));
	day->until = vs_arena_text(
		day->arena, vs_date_format(vs_date_add(day->date, WEEK_DAYS - 1), text));
	const struct vs_shift_filter week = { .from = day->from, .until = day->until };
	return vs_clock_now(&day->now, err) &&
		field_world_read(day->db, day->arena, &week, &day->world, err);
}

/* What is on today -----------------------------------------------------------------------------*/

static json_t *
activity_row(const struct day *day, const struct field_activity *a)
{
	json_t *row = json_pack("{s:I, s:s, s:s, s:[]}", "activity", (json_int_t)a->id,
		"title", a->title, "kind_name", a->kind_name, "shifts");
	record_put(row, "place_name", a->place_name);
	record_put(row, "address", a->address);
	record_put(row, "kommun_name", a->kommun_name);
	record_put(row, "association_name", a->association_name);
	record_put(row, "contact_name", a->contact_name);
	record_put(row, "contact_phone",
		a->contact_phone ? vs_phone_text(day->arena, a->contact_phone) : "");
	record_put(row, "instructions", a->instructions);
	field_put_span(day->arena, row, a->starts_at, a->ends_at);
	return row;
}

/* Its shifts of the day, from the board; how many are missing on them. */
static int64_t
take_shifts(json_t *row, const json_t *board)
{
	size_t i;
	json_t *shift, *shifts = json_object_get(row, "shifts");
	int64_t missing = 0;
	json_array_foreach (json_object_get(board, "shifts"), i, shift) {
		if (record_integer(shift, "activity") !=
				record_integer(row, "activity") ||
			record_true(shift, "cancelled"))
			continue;
		json_array_append(shifts, shift);
		missing += record_integer(shift, "missing");
	}
	return missing;
}

static bool
is_on(const struct field_activity *a, int64_t from, int64_t until)
{
	return !a->cancelled && strcmp(a->visibility, "draft") != 0 &&
		a->starts_at < until && a->ends_at > from;
}

static int
compare_starts(const void *a, const void *b)
{
	const struct field_activity *x = *(const struct field_activity *const *)a;
	const struct field_activity *y = *(const struct field_activity *const *)b;
	if (x->starts_at != y->starts_at)
		return x->starts_at < y->starts_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* The world has them by number; a copy of a series is younger than what comes after it. */
static const struct field_activity **
by_time(struct day *day)
{
	const struct field_activity **all =
		vs_arena_alloc(day->arena, (day->world.activity_count + 1) * sizeof *all);
	for (size_t i = 0; i < day->world.activity_count; i++)
		all[i] = &day->world.activities[i];
	qsort(all, day->world.activity_count, sizeof *all, compare_starts);
	return all;
}

/* Where people are missing comes first, else by time. */
static bool
put_activities(struct day *day, struct vs_error *err)
{
	const struct vs_shift_filter today = { .from = day->from, .until = day->from };
	int64_t from, until;
	if (!field_period(day->from, day->from, &from, &until, err))
		return false;
	json_t *board = vs_shift_board(day->db, &today, err);
	if (!board)
		return false;
	json_t *short_ones = json_array(), *others = json_array();
	const struct field_activity **all = by_time(day);
	for (size_t i = 0; i < day->world.activity_count; i++) {
		const struct field_activity *a = all[i];
		json_t *row = activity_row(day, a);
		bool missing = take_shifts(row, board) > 0;
		bool on = is_on(a, from, until) ||
			json_array_size(json_object_get(row, "shifts"));
		if (on)
			json_array_append(missing ? short_ones : others, row);
		json_decref(row);
	}
	json_array_extend(short_ones, others);
	json_object_set_new(day->view, "activities", short_ones);
	json_decref(others);
	json_decref(board);
	return true;
}

/* Who is missing -------------------------------------------------------------------------------*/

static const char *
bucket_of(const struct day *day, const json_t *row)
{
	const char *date = record_string(row, "date");
	return strcmp(date, day->from) == 0	   ? "today"
		: strcmp(date, day->tomorrow) == 0 ? "tomorrow"
						   : "week";
}

static json_t *
missing_row(const struct day *day, const struct field_shift *shift,
	const struct field_role *role)
{
	int needed = role->least - role->taken;
	json_t *row = json_pack("{s:I, s:I, s:s, s:I, s:s, s:i, s:i}", "shift",
		(json_int_t)shift->id, "activity", (json_int_t)shift->activity->id,
		"title", shift->activity->title, "role", (json_int_t)role->id,
		"role_name", role->name, "places", role->wanted - role->taken, "needed",
		needed > 0 ? needed : 0);
	field_put_span(day->arena, row, shift->starts_at, shift->ends_at);
	json_object_set_new(row, "bucket", json_string(bucket_of(day, row)));
	return row;
}

/* 1 of needed places, 2 of wanted ones: these come last in their part of the week. */
static int
compare_missing(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int first = strcmp(record_string(x, "bucket"), "week") == 0;
	int second = strcmp(record_string(y, "bucket"), "week") == 0;
	if (first != second)
		return first - second;
	int days = first ? 0 : strcmp(record_string(x, "date"), record_string(y, "date"));
	if (days)
		return days;
	bool needs = record_integer(x, "needed"), other = record_integer(y, "needed");
	if (needs != other)
		return needs ? -1 : 1;
	int64_t left = record_integer(x, "starts_at"),
		right = record_integer(y, "starts_at");
	if (left != right)
		return left < right ? -1 : 1;
	left = record_integer(x, "role");
	right = record_integer(y, "role");
	return (left > right) - (left < right);
}

/* Arena; NULL-terminated by `ret_count`. */
static json_t **
find_missing(struct day *day, size_t *ret_count)
{
	json_t **rows = NULL;
	size_t count = 0;
	for (size_t i = 0; i < day->world.shift_count; i++) {
		const struct field_shift *shift = &day->world.shifts[i];
		if (shift->cancelled || shift->ends_at <= day->now ||
			strcmp(shift->activity->visibility, "draft") == 0)
			continue;
		for (size_t r = 0; r < shift->role_count; r++) {
			if (shift->roles[r].taken >= shift->roles[r].wanted)
				continue;
			rows = vs_arena_grow(day->arena, rows, count, sizeof *rows);
			rows[count++] = missing_row(day, shift, &shift->roles[r]);
		}
	}
	if (count)
		qsort(rows, count, sizeof *rows, compare_missing);
	*ret_count = count;
	return rows;
}

static bool
put_call(struct staff *staff, const struct staff_plan *plan, json_t *row,
	struct vs_error *err)
{
	json_t *call;
	int32_t shift = staff_shift(staff, record_integer(row, "shift"));
	int32_t role = shift < 0
		? -1
		: staff_role(staff->shifts[shift], record_integer(row, "role"));
	if (role < 0) {
		json_object_set_new(row, "call", json_array());
		return true;
	}
	if (!staff_call(staff, plan, shift, role, CALLS, &call, err))
		return false;
	json_object_set(row, "call", json_object_get(call, "call"));
	json_object_set(row, "can", json_object_get(call, "can"));
	json_decref(call);
	return true;
}

static bool
put_missing(struct day *day, struct vs_error *err)
{
	const struct vs_shift_filter week = { .from = day->from, .until = day->until };
	struct staff staff;
	struct staff_plan plan;
	size_t count;
	json_t *missing = json_array();
	json_object_set_new(day->view, "missing", missing);
	json_t **rows = find_missing(day, &count);
	for (size_t i = 0; i < count; i++) {
		int needed = (int)record_integer(rows[i], "needed");
		day->missing_week += needed;
		if (strcmp(record_string(rows[i], "bucket"), "today") == 0)
			day->missing_today += needed;
		json_array_append_new(missing, rows[i]);
	}
	if (!count)
		return true;
	if (!staff_read(day->db, day->arena, &week, &staff, err))
		return false;
	staff_stand(&staff, &plan);
	for (size_t i = 0; i < count; i++)
		if (i >= day->called)
			json_object_set_new(rows[i], "call", json_array());
		else if (!put_call(&staff, &plan, rows[i], err))
			return false;
	return true;
}

/* What is easily forgotten ---------------------------------------------------------------------*/

static void
warn(struct day *day, const char *text)
{
	json_array_append_new(json_object_get(day->view, "warnings"), json_string(text));
}

static void
warn_contacts(struct day *day, int64_t until)
{
	for (size_t i = 0; i < day->world.activity_count; i++) {
		const struct field_activity *a = &day->world.activities[i];
		if (is_on(a, day->now, until) && !a->contact)
			warn(day,
				vs_arena_printf(day->arena,
					_("%s (%s) has no contact person"), a->title,
					field_span_text(
						day->arena, a->starts_at, a->ends_at)));
	}
}

static bool
has_state(const struct field_shift *shift, const char *a, const char *b)
{
	for (size_t i = 0; i < shift->booking_count; i++)
		if (strcmp(shift->bookings[i].state, a) == 0 ||
			strcmp(shift->bookings[i].state, b) == 0)
			return true;
	return false;
}

/* Somebody has signed up, but nobody is confirmed. */
static void
warn_unconfirmed(struct day *day, int64_t until)
{
	for (size_t i = 0; i < day->world.shift_count; i++) {
		const struct field_shift *shift = &day->world.shifts[i];
		if (shift->cancelled || shift->starts_at <= day->now ||
			shift->starts_at >= until ||
			!has_state(shift, "signed_up", "offered") ||
			has_state(shift, "booked", "attended"))
			continue;
		warn(day,
			vs_arena_printf(day->arena, _("%s, %s: nobody is confirmed"),
				shift->activity->title,
				field_span_text(
					day->arena, shift->starts_at, shift->ends_at)));
	}
}

static void
warn_offers(struct day *day)
{
	int offers = 0;
	for (size_t i = 0; i < day->world.shift_count; i++) {
		const struct field_shift *shift = &day->world.shifts[i];
		if (shift->cancelled || shift->starts_at <= day->now)
			continue;
		for (size_t b = 0; b < shift->booking_count; b++)
			offers += strcmp(shift->bookings[b].state, "offered") == 0;
	}
	if (offers)
		warn(day,
			vs_arena_printf(day->arena,
				P_("%d offer of this week is not answered",
					"%d offers of this week are not answered",
					offers),
				offers));
}

static bool
warn_reminders(struct day *day, struct vs_error *err)
{
	const struct vs_shift_filter tomorrow = { .from = day->tomorrow,
		.until = day->tomorrow };
	json_t *view = vs_field_messages(day->db, "day-before", &tomorrow, err);
	if (!view)
		return false;
	size_t people = json_array_size(json_object_get(view, "messages"));
	json_decref(view);
	if (people)
		warn(day,
			vs_arena_printf(day->arena,
				P_("%zu person was not reminded of tomorrow; 'valstuga mail "
				   "day-before'",
					"%zu people were not reminded of tomorrow; 'valstuga "
					"mail day-before'",
					(int64_t)people),
				people));
	return true;
}

static bool
put_warnings(struct day *day, struct vs_error *err)
{
	int64_t ignored, until;
	if (!field_period(day->from, day->tomorrow, &ignored, &until, err))
		return false;
	warn_contacts(day, until);
	warn_unconfirmed(day, until);
	warn_offers(day);
	return warn_reminders(day, err);
}

/* Totals -------------------------------------------------------------------------------------*/

static int
compare_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Everybody once, however many shifts they have. */
static int
count_people(struct day *day)
{
	int64_t *ids = NULL;
	size_t count = 0, i, k, p;
	int people = 0;
	json_t *activity, *shift;
	json_array_foreach (json_object_get(day->view, "activities"), i, activity)
		json_array_foreach (json_object_get(activity, "shifts"), k, shift) {
			const json_t *roles = json_object_get(shift, "roles");
			json_t *role, *person;
			size_t r;
			json_array_foreach (roles, r, role)
				json_array_foreach (
					json_object_get(role, "people"), p, person)
					if (record_true(person, "holds")) {
						ids = vs_arena_grow(day->arena, ids,
							count, sizeof *ids);
						ids[count++] =
							record_integer(person, "person");
					}
		}
	if (count)
		qsort(ids, count, sizeof *ids, compare_ids);
	for (i = 0; i < count; i++)
		people += i == 0 || !ids[i] || ids[i] != ids[i - 1];
	return people;
}

static void
put_total(struct day *day)
{
	size_t i;
	json_t *activity;
	int shifts = 0;
	json_array_foreach (json_object_get(day->view, "activities"), i, activity)
		shifts += (int)json_array_size(json_object_get(activity, "shifts"));
	json_object_set_new(day->view, "total",
		json_pack("{s:i, s:i, s:i, s:i}", "people", count_people(day), "shifts",
			shifts, "missing_today", day->missing_today, "missing_week",
			day->missing_week));
}

static json_t *
day_view(struct vs_db *db, const char *date, size_t called, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct day day = { .db = db, .arena = scratch.arena, .called = called };
	if (!snapshot_begin(&snapshot, db, err) || !read_day(&day, date, err))
		return NULL;
	day.view = json_pack("{s:s, s:s, s:[]}", "date", day.from, "date_text",
		vs_date_text(scratch.arena, day.date, VS_DATE_LONG), "warnings");
	if (put_activities(&day, err) && put_missing(&day, err) &&
		put_warnings(&day, err)) {
		put_total(&day);
		return day.view;
	}
	json_decref(day.view);
	return NULL;
}

json_t *
vs_day_view(struct vs_db *db, const char *date, struct vs_error *err)
{
	return day_view(db, date, CALLED, err);
}

/* For status: short, without anybody's telephone. ------------------------------------------------*/

static json_t *
names_of(const json_t *activity)
{
	json_t *names = json_array(), *shift, *role, *person;
	size_t i, k, p;
	json_array_foreach (json_object_get(activity, "shifts"), i, shift)
		json_array_foreach (json_object_get(shift, "roles"), k, role)
			json_array_foreach (json_object_get(role, "people"), p, person)
				if (record_true(person, "holds") &&
					record_string(person, "name"))
					json_array_append_new(names,
						json_pack("{s:O, s:O, s:O, s:O}",
							"person",
							json_object_get(person, "person"),
							"name",
							json_object_get(person, "name"),
							"starts",
							json_object_get(shift, "starts"),
							"ends",
							json_object_get(shift, "ends")));
	return names;
}

static json_t *
today_of(const json_t *day)
{
	json_t *today = json_array(), *activity;
	size_t i;
	json_array_foreach (json_object_get(day, "activities"), i, activity)
		json_array_append_new(today,
			json_pack("{s:O, s:O, s:O, s:O, s:o}", "title",
				json_object_get(activity, "title"), "place_name",
				json_object_get(activity, "place_name"), "starts",
				json_object_get(activity, "starts"), "ends",
				json_object_get(activity, "ends"), "people",
				names_of(activity)));
	return today;
}

/* Needed places only, with the names of those who can come or come nearest to it. */
static json_t *
missing_of(const json_t *day)
{
	json_t *missing = json_array(), *row, *call;
	size_t i, k;
	json_array_foreach (json_object_get(day, "missing"), i, row) {
		json_t *ask = json_array();
		if (!record_integer(row, "needed")) {
			json_decref(ask);
			continue;
		}
		json_array_foreach (json_object_get(row, "call"), k, call)
			if (record_true(call, "can"))
				json_array_append(ask, json_object_get(call, "name"));
		json_array_append_new(missing,
			json_pack("{s:O, s:O, s:O, s:O, s:O, s:o}", "shift",
				json_object_get(row, "shift"), "title",
				json_object_get(row, "title"), "when",
				json_object_get(row, "when"), "role_name",
				json_object_get(row, "role_name"), "needed",
				json_object_get(row, "needed"), "ask", ask));
	}
	return missing;
}

json_t *
vs_field_figures(struct vs_db *db, struct vs_error *err)
{
	json_t *day = day_view(db, NULL, CALLED_SHORT, err);
	if (!day)
		return NULL;
	json_t *figures = json_pack(
		"{s:o, s:o}", "today", today_of(day), "missing", missing_of(day));
	json_object_update(figures, json_object_get(day, "total"));
	json_decref(day);
	return figures;
}
