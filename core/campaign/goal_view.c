/* Goals as they stand on a day: measured, held against what is expected, in one view. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define MISSING_MAX 20

struct goals_view {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t today, day;
};

static json_t *
number_or_null(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

bool
goal_day(const char *text, int64_t *ret_today, int64_t *ret_day, struct vs_error *err)
{
	struct vs_date today, day;
	if (!vs_clock_today(&today, err) || (text && !vs_date_parse(text, &day, err)))
		return false;
	*ret_today = vs_date_to_days(today);
	*ret_day = text ? vs_date_to_days(day) : *ret_today;
	return *ret_day <= *ret_today ||
		vs_fail(err, VS_INVALID,
			_("%s has not come yet; goals are shown up to today"), text);
}

/* The end of every week of the span up to the day, and the day. */
static void
set_days(struct measuring *m, int64_t day)
{
	const struct goal *goal = m->goal;
	size_t room = (size_t)((day - goal->first) / 7 + 2);
	m->days = vs_arena_alloc(m->arena, room * sizeof *m->days);
	m->values = vs_arena_alloc(m->arena, room * sizeof *m->values);
	int64_t sunday =
		goal->first + 7 - vs_date_weekday(vs_date_from_days(goal->first));
	for (; goal->how->past && !goal->how->typed && sunday < day; sunday += 7)
		m->days[m->count++] = sunday;
	m->days[m->count++] = day;
	for (size_t i = 0; i < m->count; i++)
		m->values[i] = NAN;
}

static bool
measure(struct measuring *m, int64_t day, struct vs_error *err)
{
	const struct goal *goal = m->goal;
	int64_t last = day < goal->last ? day : goal->last;
	if (last < goal->first)
		return true;
	set_days(m, last);
	/* What has no history is known today, and, once the span is over, no more. */
	if (!goal->how->typed && !goal->how->past && day != m->today) {
		m->count = 0;
		m->how = _("known only for today");
		return true;
	}
	return goal->how->measure(m, err);
}

/* View --------------------------------------------------------------------------------------*/

static json_t *
series_of(const struct measuring *m)
{
	json_t *series = json_array();
	for (size_t i = 0; i < m->count; i++)
		if (isfinite(m->values[i]))
			json_array_append_new(series,
				json_pack("{s:s, s:f, s:o}", "date",
					goal_date(m->arena, m->days[i]), "value",
					m->values[i], "expected",
					number_or_null(
						goal_expected(m->goal, m->days[i]))));
	return series;
}

/* At most so many, then how many more. */
static json_t *
missing_of(const struct measuring *m)
{
	json_t *missing = json_array();
	size_t count = json_array_size(m->missing);
	size_t shown = count <= MISSING_MAX ? count : MISSING_MAX - 1;
	for (size_t i = 0; i < shown; i++)
		json_array_append(missing, json_array_get(m->missing, i));
	if (count > shown)
		json_array_append_new(missing,
			json_string(vs_arena_printf(m->arena,
				P_("and %zu more", "and %zu more",
					(int64_t)(count - shown)),
				count - shown)));
	return missing;
}

static json_t *
identity_of(const struct goal *goal, const json_t *record)
{
	return json_pack(
		"{s:I, s:s, s:s, s:s, s:b, s:f, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id",
		(json_int_t)goal->id, "name", goal->name, "measure", goal->measure,
		"measure_name",
		record_choice(vs_record_field(&vs_goal_type, "measure")->choices,
			goal->measure),
		"typed", (int)goal->how->typed, "target", goal->aim, "unit", goal->unit,
		"per", goal->per, "from", goal->from, "until", goal->until, "scope",
		goal->scope, "owner", goal->owner ? goal->owner : "", "source",
		record_string(record, "source"));
}

static json_t *
goal_row(const struct goals_view *v, struct measuring *m, const json_t *record)
{
	const struct goal *goal = m->goal;
	double value = m->count ? m->values[m->count - 1] : NAN;
	enum goal_status status = goal_status(goal, v->day, value);
	json_t *row = identity_of(goal, record);
	json_object_set_new(row, "value", number_or_null(value));
	json_object_set_new(row, "of", number_or_null(m->of));
	json_object_set_new(row, "percent",
		number_or_null(fabs(goal->aim) > 0 ? 100 * value / goal->aim : NAN));
	json_object_set_new(row, "expected", number_or_null(goal_expected(goal, v->day)));
	record_put(row, "status", goal_status_name(status));
	record_put(row, "status_text", goal_status_text(status));
	record_put(row, "arithmetic",
		goal_arithmetic(m->arena, goal, v->day, value, m->how));
	json_object_set_new(row, "trend", m->count ? goal_trend(m) : json_null());
	json_object_set_new(row, "probability", number_or_null(m->probability));
	json_object_set_new(row, "series", series_of(m));
	json_object_set(row, "associations", m->associations);
	json_object_set_new(row, "missing", missing_of(m));
	return row;
}

static bool
add_goal(const struct goals_view *v, const json_t *record, json_t *goals,
	struct vs_error *err)
{
	struct goal goal;
	if (!goal_read(v->arena, record, &goal, err))
		return false;
	struct measuring m = { .db = v->db,
		.arena = v->arena,
		.goal = &goal,
		.today = v->today,
		.of = NAN,
		.probability = NAN,
		.how = "",
		.missing = json_array(),
		.associations = json_array() };
	bool ok = measure(&m, v->day, err);
	if (ok)
		json_array_append_new(goals, goal_row(v, &m, record));
	json_decref(m.missing);
	json_decref(m.associations);
	return ok;
}

static json_t *
counts_of(const json_t *goals)
{
	json_t *counts = json_object(), *goal;
	size_t i;
	for (int s = GOAL_STATUSES - 1; s >= 0; s--)
		json_object_set_new(
			counts, goal_status_name((enum goal_status)s), json_integer(0));
	json_array_foreach (goals, i, goal) {
		const char *status = record_string(goal, "status");
		json_object_set_new(
			counts, status, json_integer(record_integer(counts, status) + 1));
	}
	return counts;
}

/* All, or the one that is asked for. */
static json_t *
records_of(struct vs_db *db, const char *goal, struct vs_error *err)
{
	if (!goal)
		return vs_record_list(db, &vs_goal_type, NULL, err);
	json_t *record = vs_record_get(db, &vs_goal_type, goal, err);
	return record ? json_pack("[o]", record) : NULL;
}

json_t *
vs_goal_view(struct vs_db *db, const char *goal, const char *day, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct goals_view v = { .db = db, .arena = scratch.arena };
	if (!snapshot_begin(&snapshot, db, err) || !goal_day(day, &v.today, &v.day, err))
		return NULL;
	json_t *records = records_of(db, goal, err), *record;
	json_t *goals = json_array();
	bool ok = records != NULL;
	size_t i;
	json_array_foreach (records, i, record)
		ok = ok && add_goal(&v, record, goals, err);
	json_decref(records);
	json_t *view = ok
		? json_pack("{s:s, s:O, s:o}", "date", goal_date(scratch.arena, v.day),
			  "goals", goals, "counts", counts_of(goals))
		: NULL;
	json_decref(goals);
	return view;
}
