/* All goals on paper ("goal-report", docs/PAPER.md), and the short rows of other sheets. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "register/sheet.h"

#define POINTS_MAX 60 /* of a chart */

static double
real_of(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_number(value) ? json_number_value(value) : NAN;
}

static bool
is_status(const json_t *row, enum goal_status status)
{
	return strcmp(record_string(row, "status"), goal_status_name(status)) == 0;
}

static bool
is_late(const json_t *row)
{
	return is_status(row, GOAL_BEHIND) || is_status(row, GOAL_MISSED);
}

static const char *
mark_of(const json_t *row)
{
	if (is_status(row, GOAL_REACHED) || is_status(row, GOAL_AHEAD))
		return "✓";
	if (is_status(row, GOAL_ON))
		return "→";
	if (is_status(row, GOAL_BEHIND))
		return "⚠";
	return is_status(row, GOAL_MISSED) ? "✗" : "–";
}

/* The share of the target; of what falls, and where nothing is known, there is none. */
static json_t *
bar_of(struct vs_arena *arena, const json_t *row)
{
	double value = real_of(row, "value"), percent = real_of(row, "percent");
	if (!isfinite(value) || !isfinite(percent) || value < 0 || percent < 0)
		return json_null();
	double total = percent > 0 ? 100 * value / percent : real_of(row, "target");
	return json_pack("{s:f, s:f, s:s}", "done", value, "total", total, "text",
		vs_arena_printf(arena, "%s\u00a0%%", vs_text_decimal(arena, percent, 0)));
}

json_t *
goal_short_row(struct vs_arena *arena, const json_t *row)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:o}", "mark", mark_of(row),
		"name", record_string(row, "name"), "value",
		goal_number(arena, real_of(row, "value")), "target",
		goal_number(arena, real_of(row, "target")), "status",
		record_string(row, "status_text"), "late", (int)is_late(row), "bar",
		bar_of(arena, row));
}

const char *
goal_summary(struct vs_arena *arena, const json_t *view)
{
	const json_t *counts = json_object_get(view, "counts");
	return vs_arena_printf(arena,
		_("%lld reached or ahead, %lld on course, %lld behind or missed, %lld pending"),
		(long long)(record_integer(counts, "reached") +
			record_integer(counts, "ahead")),
		(long long)record_integer(counts, "on"),
		(long long)(record_integer(counts, "behind") +
			record_integer(counts, "missed")),
		(long long)record_integer(counts, "waiting"));
}

/* The curve -------------------------------------------------------------------------------- */

/* The last value known by a day, NAN before the first. */
static double
value_by(const json_t *series, const char *day)
{
	double value = NAN;
	size_t i;
	json_t *point;
	json_array_foreach (series, i, point)
		if (strcmp(record_string(point, "date"), day) <= 0)
			value = real_of(point, "value");
	return value;
}

static json_t *
number_or_null(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static void
add_point(struct vs_arena *arena, json_t *points, const struct goal *goal,
	const json_t *series, int64_t day, int64_t today)
{
	double value = day > today ? NAN : value_by(series, goal_date(arena, day));
	json_array_append_new(points,
		json_pack("{s:s, s:o, s:o}", "label",
			vs_date_text(arena, vs_date_from_days(day), VS_DATE_WEEK),
			"value", number_or_null(value), "expected",
			number_or_null(goal_expected(goal, day))));
}

/* Even steps of whole weeks from the first to the last day; this week's point is today. */
static json_t *
curve_of(struct vs_arena *arena, const struct goal *goal, const json_t *series,
	int64_t today)
{
	json_t *points = json_array();
	int64_t weeks = (goal->last - goal->first) / 7 + 1;
	int64_t step = 7 * ((weeks + POINTS_MAX - 3) / (POINTS_MAX - 2));
	int64_t sunday =
		goal->first + 7 - vs_date_weekday(vs_date_from_days(goal->first));
	if (json_array_size(series) == 0)
		return points;
	for (int64_t day = sunday; day < goal->last; day += step) {
		bool now = today <= day && today > day - step && today >= goal->first;
		add_point(arena, points, goal, series, now ? today : day, today);
	}
	add_point(arena, points, goal, series, goal->last, today);
	return points;
}

/* Sentences -------------------------------------------------------------------------------- */

static const char *
day_text(struct vs_arena *arena, const char *date)
{
	return sheet_day(arena, date, VS_DATE_DAY);
}

static const char *
trend_text(struct vs_arena *arena, const json_t *trend)
{
	double slope = real_of(trend, "per_week");
	const char *on = record_string(trend, "reaches_on");
	if (!json_is_object(trend))
		return "";
	const char *goes = fabs(slope) < 0.005
		? _("Stands still.")
		: vs_arena_printf(arena,
			  slope > 0 ? _("Rises by %s a week.") : _("Falls by %s a week."),
			  goal_about(arena, fabs(slope)));
	return on ? vs_arena_printf(arena, _("%s Reaches the target on %s."), goes,
			    day_text(arena, on))
		  : vs_arena_printf(arena, _("%s Ends at %s."), goes,
			    goal_about(arena, real_of(trend, "at_end")));
}

const char *
goal_forecast_text(struct vs_arena *arena, double probability, double target)
{
	if (!isfinite(probability))
		return "";
	/* As the media week says it: what is nearly certain is not, what is there is. */
	bool nearly = probability < 1 && probability > 0.99;
	const char *percent = probability < 0.01 ? _("Less than 1")
		: nearly			 ? _("More than 99")
			 : vs_text_decimal(arena, 100 * probability, 0);
	return vs_arena_printf(arena, _("%s %% chance to get to %s."), percent,
		goal_number(arena, target));
}

static const char *
names_text(struct vs_arena *arena, const json_t *names)
{
	const char *text = "";
	size_t i;
	json_t *name;
	json_array_foreach (names, i, name)
		text = sheet_join(arena, text, ", ", json_string_value(name));
	return text;
}

/* "Arvika 45, Eda 12 of 14". */
static const char *
associations_text(struct vs_arena *arena, const json_t *rows)
{
	const char *text = "";
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row) {
		double base = real_of(row, "base");
		const char *value = goal_number(arena, real_of(row, "value"));
		if (isfinite(base))
			value = vs_arena_printf(
				arena, _("%s of %s"), value, goal_number(arena, base));
		text = sheet_join(arena, text, ", ",
			vs_arena_printf(
				arena, "%s\u00a0%s", record_string(row, "name"), value));
	}
	return text;
}

static const char *
sentence(struct vs_arena *arena, const char *text)
{
	return *text ? vs_arena_printf(arena, "%s.", text) : "";
}

/* Rows ------------------------------------------------------------------------------------- */

static void
put_texts(
	struct vs_arena *arena, json_t *paper, const json_t *row, const struct goal *goal)
{
	record_put(paper, "number", vs_arena_printf(arena, "%lld", (long long)goal->id));
	if (!strstr(goal->name, goal->scope)) /* "V Kil in the paper" says whose it is */
		record_put(paper, "scope", goal->scope);
	record_put(paper, "measure",
		strcmp(goal->per, "total") == 0
			? record_string(row, "measure_name")
			: vs_arena_printf(arena, "%s, %s",
				  record_string(row, "measure_name"),
				  record_choice(
					  vs_record_field(&vs_goal_type, "per")->choices,
					  goal->per)));
	record_put(paper, "owner", record_string(row, "owner"));
	record_put(paper, "source", record_string(row, "source"));
	record_put(paper, "span",
		vs_arena_printf(arena, "%s–%s", day_text(arena, goal->from),
			day_text(arena, goal->until)));
	record_put(paper, "unit", goal->unit);
	record_put(
		paper, "arithmetic", sentence(arena, record_string(row, "arithmetic")));
	record_put(paper, "trend", trend_text(arena, json_object_get(row, "trend")));
	record_put(paper, "forecast",
		goal_forecast_text(arena, real_of(row, "probability"), goal->target));
	record_put(paper, "associations",
		associations_text(arena, json_object_get(row, "associations")));
	record_put(paper, "missing", names_text(arena, json_object_get(row, "missing")));
}

static bool
add_goal(struct sheet_frame *f, json_t *goals, const json_t *row, int64_t today,
	struct vs_error *err)
{
	struct goal goal;
	const char *key =
		vs_arena_printf(f->arena, "%lld", (long long)record_integer(row, "id"));
	json_t *record = vs_record_get(f->db, &vs_goal_type, key, err);
	bool ok = record && goal_read(f->arena, record, &goal, err);
	json_decref(record);
	if (!ok)
		return false;
	json_t *paper = goal_short_row(f->arena, row);
	put_texts(f->arena, paper, row, &goal);
	json_object_set_new(paper, "series",
		curve_of(f->arena, &goal, json_object_get(row, "series"), today));
	json_array_append_new(goals, paper);
	return true;
}

const char *
goal_days_left(struct vs_arena *arena, int64_t today, const struct vs_campaign *campaign)
{
	int64_t left = vs_date_to_days(campaign->election_date) - today;
	const char *day = vs_date_text(arena, vs_date_from_days(today), VS_DATE_DAY);
	if (left < 0)
		return vs_arena_printf(arena,
			P_("%s, %lld day after the election",
				"%s, %lld days after the election", -left),
			day, (long long)-left);
	return vs_arena_printf(arena,
		P_("%s, %lld day before the election",
			"%s, %lld days before the election", left),
		day, (long long)left);
}

static bool
fill(struct sheet_frame *f, json_t *sheets, struct vs_error *err)
{
	int64_t today, day;
	json_t *view = vs_goal_view(f->db, NULL, NULL, err), *row;
	bool ok = view && goal_day(NULL, &today, &day, err);
	size_t i;
	if (ok) {
		json_t *goals = json_array();
		json_t *sheet = sheet_new(sheets, _("How the goals stand"),
			goal_days_left(f->arena, today, &f->campaign),
			_("the district's board and the associations"));
		record_put(sheet, "notes", "");
		record_put(sheet, "summary", goal_summary(f->arena, view));
		json_object_set_new(sheet, "goals", goals);
		json_array_foreach (json_object_get(view, "goals"), i, row)
			ok = ok && add_goal(f, goals, row, today, err);
		ok = ok && register_sheet(f->db, "MR-0001", sheet, err);
	}
	json_decref(view);
	return ok;
}

json_t *
vs_goal_sheet_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct sheet_frame frame = { .db = db,
		.arena = scratch.arena,
		.name = "goal-report",
		.title = N_("Goals"),
		.nothing = "",
		.fill = fill };
	return sheet_frame_view(&frame, err);
}
