/*
 * How things stand, on one page for the board ("status-report", docs/PAPER.md): the media week,
 * the goals, what has a whole and what has none, what comes next, what is wrong.
 */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "ballots/ballots.h"
#include "base/i18n.h"
#include "field/field.h"
#include "register/sheet.h"

#define ADVANCE_DAYS  18 /* before election day, vallagen 10:2 */
#define WEEKS_PAST    13
#define WEEKS_AHEAD   4
#define GOALS_MAX     12
#define DEADLINES_MAX 8
#define PROBLEMS_MAX  6
#define NAMED	      3

struct status_sheet {
	struct sheet_frame *frame;
	struct vs_arena *arena;
	json_t *sheet;
	int64_t today, election;
};

/* What a list that was shortened lacks. */
static const char *
more_text(struct vs_arena *arena, size_t count, size_t shown)
{
	return count <= shown
		? ""
		: vs_arena_printf(arena,
			  P_("and %zu more", "and %zu more", (int64_t)(count - shown)),
			  count - shown);
}

/* The day ---------------------------------------------------------------------------------- */

static const char *
phase_text(const struct status_sheet *s)
{
	long long left = (long long)(s->election - s->today);
	long long advance = left - ADVANCE_DAYS;
	if (left < 0)
		return _("The election is over; now it is followed up.");
	if (left == 0)
		return _("Election day is today.");
	if (advance > 0)
		return vs_arena_printf(s->arena,
			P_("Advance voting begins in %lld day.",
				"Advance voting begins in %lld days.", advance),
			advance);
	return advance == 0 ? _("Advance voting begins today.")
			    : _("Advance voting is going on.");
}

static void
put_days(struct status_sheet *s)
{
	int64_t left = s->election - s->today;
	record_put(s->sheet, "days", left < 0 ? "" : vs_text_number(s->arena, left));
	record_put(s->sheet, "days_text",
		left < 0 ? ""
			 : P_("day left to election day", "days left to election day",
				   left));
	record_put(s->sheet, "phase", phase_text(s));
	record_put(s->sheet, "notes", "");
}

/* Media ------------------------------------------------------------------------------------ */

static json_t *
weeks_of(struct vs_arena *arena, const json_t *view)
{
	const json_t *all = json_object_get(view, "weeks");
	json_t *weeks = json_array(), *week;
	size_t i, now = 0;
	bool found = false;
	json_array_foreach (all, i, week)
		if (record_true(week, "now")) {
			now = i;
			found = true;
		}
	if (!found)
		now = json_array_size(all);
	json_array_foreach (all, i, week) {
		struct vs_date monday;
		struct vs_error ignored = { 0 };
		int year;
		if (i + WEEKS_PAST <= now || i > now + WEEKS_AHEAD ||
			!vs_date_parse(record_string(week, "from"), &monday, &ignored))
			continue;
		json_array_append_new(weeks,
			json_pack("{s:s, s:O, s:O, s:O, s:O}", "label",
				vs_arena_printf(arena, "%d", vs_date_week(monday, &year)),
				"done", json_object_get(week, "done"), "open",
				json_object_get(week, "open"), "target",
				json_object_get(week, "target"), "now",
				json_object_get(week, "now")));
	}
	return weeks;
}

/* The average of the weeks that are over, as the goals reckon it. */
static double
average_of(const json_t *view, int64_t today)
{
	double average = NAN;
	size_t i;
	json_t *week;
	json_array_foreach (json_object_get(view, "weeks"), i, week) {
		struct vs_date monday;
		struct vs_error ignored = { 0 };
		const json_t *value = json_object_get(week, "average");
		if (!vs_date_parse(record_string(week, "from"), &monday, &ignored) ||
			vs_date_to_days(monday) + 6 > today)
			break;
		if (json_is_number(value))
			average = json_number_value(value);
	}
	return average;
}

static double
real_of(const json_t *view, const char *object, const char *name)
{
	const json_t *value = object
		? json_object_get(json_object_get(view, object), name)
		: json_object_get(view, name);
	return json_is_number(value) ? json_number_value(value) : NAN;
}

static json_t *
media_of(const struct status_sheet *s, const json_t *view, double target)
{
	struct vs_arena *arena = s->arena;
	int year;
	int64_t open = record_integer(view, "booked") +
		record_integer(view, "submitted") + record_integer(view, "planned");
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "week",
		vs_arena_printf(
			arena, "%d", vs_date_week(vs_date_from_days(s->today), &year)),
		"done", vs_text_number(arena, record_integer(view, "done")), "target",
		goal_number(arena, real_of(view, NULL, "target")), "booked",
		vs_text_number(arena, open), "average",
		goal_number(arena, average_of(view, s->today)), "needed",
		goal_number(arena, real_of(view, "span", "needed")), "streak",
		vs_text_number(arena, record_integer(view, "streak")), "forecast",
		goal_forecast_text(
			arena, real_of(view, "forecast", "probability"), target),
		"weeks", weeks_of(arena, view));
}

/* Without a goal of being seen the page has no media week. */
static bool
put_media(struct status_sheet *s, struct vs_error *err)
{
	struct vs_media_scope scope;
	bool found;
	if (!vs_goal_media_scope(s->frame->db, s->arena, NULL, &scope, &found, err))
		return false;
	json_object_set_new(s->sheet, "media", json_null());
	if (!found)
		return true;
	json_t *view = vs_media_week_view(s->frame->db, NULL, &scope, 0, err);
	if (view)
		json_object_set_new(s->sheet, "media", media_of(s, view, scope.target));
	json_decref(view);
	return view != NULL;
}

/* Goals ------------------------------------------------------------------------------------ */

static bool
put_goals(struct status_sheet *s, struct vs_error *err)
{
	json_t *view = vs_goal_view(s->frame->db, NULL, NULL, err), *row;
	if (!view)
		return false;
	json_t *sorted = goal_worst_first(json_object_get(view, "goals"));
	json_t *goals = json_array();
	size_t i, count = json_array_size(sorted);
	json_array_foreach (sorted, i, row)
		if (i < GOALS_MAX)
			json_array_append_new(goals, goal_short_row(s->arena, row));
	record_put(s->sheet, "goals_summary", count ? goal_summary(s->arena, view) : "");
	json_object_set_new(s->sheet, "goals", goals);
	record_put(s->sheet, "goals_more", more_text(s->arena, count, GOALS_MAX));
	json_decref(sorted);
	json_decref(view);
	return true;
}

/* What has a whole ------------------------------------------------------------------------- */

static void
add_progress(struct status_sheet *s, const char *name, int64_t done, int64_t total,
	const char *note)
{
	json_t *bar = json_pack("{s:I, s:I, s:s}", "done", (json_int_t)done, "total",
		(json_int_t)total, "text",
		vs_arena_printf(s->arena, "%s\u00a0%%",
			vs_text_decimal(
				s->arena, 100.0 * (double)done / (double)total, 0)));
	json_t *row = json_pack("{s:s, s:s, s:o, s:s}", "name", name, "value",
		vs_arena_printf(s->arena, _("%s of %s"), vs_text_number(s->arena, done),
			vs_text_number(s->arena, total)),
		"bar", bar, "note", note);
	json_array_append_new(json_object_get(s->sheet, "progress"), row);
}

static bool
has_decided(const json_t *row)
{
	const char *status = record_string(row, "status");
	return status &&
		(strcmp(status, "decided") == 0 || strcmp(status, "ordered") == 0);
}

/* Areas without a decided list, a few by name; an area with several lists needs one. */
static const char *
undecided(struct vs_arena *arena, const json_t *coverage, const char *kind)
{
	const char *text = "", *last = NULL;
	size_t i, count = 0;
	json_t *row;
	json_array_foreach (json_object_get(coverage, "rows"), i, row) {
		const char *name = record_string(row, "name");
		if (strcmp(record_string(row, "kind"), kind) != 0 || has_decided(row) ||
			(last && strcmp(last, name) == 0))
			continue;
		last = name;
		if (count++ < NAMED)
			text = sheet_join(arena, text, ", ", name);
	}
	if (!count)
		return "";
	text = sheet_join(arena, text, " ", more_text(arena, count, NAMED));
	return vs_arena_printf(arena, _("missing: %s"), text);
}

static bool
put_lists(struct status_sheet *s, struct vs_error *err)
{
	json_t *view = vs_coverage_view(s->frame->db, err), *counts;
	const char *kind;
	bool ok = view != NULL;
	json_object_foreach (json_object_get(view, "kinds"), kind, counts) {
		int64_t areas = record_integer(counts, "areas");
		json_t *record =
			vs_record_get(s->frame->db, &vs_election_kind_type, kind, err);
		const char *name =
			vs_arena_text(s->arena, record_string(record, "adjective"));
		json_decref(record);
		ok = ok && record;
		if (!areas || !record)
			continue;
		add_progress(s, vs_arena_printf(s->arena, _("Decided lists, %s"), name),
			record_integer(counts, "decided"), areas,
			undecided(s->arena, view, kind));
		add_progress(s, vs_arena_printf(s->arena, _("Ordered ballots, %s"), name),
			record_integer(counts, "ordered"), areas, "");
	}
	json_decref(view);
	return ok;
}

static bool
put_places(struct status_sheet *s, struct vs_error *err)
{
	struct ballots_since *all;
	size_t count;
	int64_t there = 0;
	if (!ballots_places_covered(s->frame->db, s->arena, 0, &all, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		there += all[i].there;
	if (count)
		add_progress(s, _("Places with ballots"), there, (int64_t)count, "");
	return true;
}

/* This week, Monday to Sunday: nobody fills more than is wanted. */
static bool
put_shifts(struct status_sheet *s, struct vs_error *err)
{
	int64_t monday = s->today + 1 - vs_date_weekday(vs_date_from_days(s->today));
	const struct vs_shift_filter filter = { .from = goal_date(s->arena, monday),
		.until = goal_date(s->arena, monday + 6) };
	struct field_world w;
	int64_t wanted = 0, taken = 0;
	if (!field_world_read(s->frame->db, s->arena, &filter, &w, err))
		return false;
	for (size_t i = 0; i < w.shift_count; i++)
		for (size_t k = 0; k < w.shifts[i].role_count && !w.shifts[i].cancelled;
			k++) {
			const struct field_role *role = &w.shifts[i].roles[k];
			wanted += role->wanted;
			taken += role->taken < role->wanted ? role->taken : role->wanted;
		}
	if (wanted)
		add_progress(s, _("Shift places filled this week"), taken, wanted, "");
	return true;
}

/* What has none ---------------------------------------------------------------------------- */

static void
add_count(struct status_sheet *s, const char *name, int64_t count)
{
	json_array_append_new(json_object_get(s->sheet, "counts"),
		json_pack("{s:s, s:s}", "name", name, "value",
			vs_text_number(s->arena, count)));
}

static bool
put_counts(struct status_sheet *s, struct vs_error *err)
{
	struct field_people people;
	int64_t volunteers = 0;
	json_t *figures = json_object();
	bool ok = vs_ballots_figures(s->frame->db, figures, err) &&
		vs_stock_figures(s->frame->db, figures, err) &&
		field_people_read(s->frame->db, s->arena, &people, err);
	if (ok) {
		const json_t *stock = json_object_get(figures, "stock");
		for (size_t i = 0; i < people.count; i++)
			volunteers += people.all[i].volunteer;
		add_count(s, _("Lists"), record_integer(figures, "lists"));
		add_count(s, _("Candidates"), record_integer(figures, "candidates"));
		add_count(s, _("Volunteers"), volunteers);
		add_count(s, _("Ballots at depots"), record_integer(stock, "depot"));
		add_count(s, _("Ballots at places"), record_integer(stock, "place"));
	}
	json_decref(figures);
	return ok;
}

/* What comes, what is wrong ---------------------------------------------------------------- */

static bool
put_deadlines(struct status_sheet *s, struct vs_error *err)
{
	const struct vs_calendar_options options = { .open = true,
		.kinds = "law,decision,own,kommun" };
	json_t *entries = vs_calendar_view(s->frame->db, &options, err), *entry;
	json_t *deadlines = json_array();
	size_t i, dated = 0;
	json_array_foreach (entries, i, entry) {
		const char *date = record_string(entry, "date");
		if (!date || dated++ >= DEADLINES_MAX)
			continue;
		json_t *row = json_object();
		record_put(row, "date", sheet_day(s->arena, date, VS_DATE_SHORT));
		record_put(row, "when", record_string(entry, "state_text"));
		record_put(row, "name", record_string(entry, "name"));
		record_put(row, "responsible", record_string(entry, "responsible"));
		json_object_set_new(row, "late",
			json_boolean(strcmp(record_string(entry, "state"), "late") == 0));
		json_array_append_new(deadlines, row);
	}
	json_object_set_new(s->sheet, "deadlines", deadlines);
	record_put(s->sheet, "deadlines_more", more_text(s->arena, dated, DEADLINES_MAX));
	json_decref(entries);
	return entries != NULL;
}

static bool
put_problems(struct status_sheet *s, struct vs_error *err)
{
	json_t *check = vs_check_view(s->frame->db, err), *problem;
	const json_t *all = json_object_get(check, "problems");
	json_t *problems = json_array();
	size_t i;
	json_array_foreach (all, i, problem) {
		const char *severity = record_string(problem, "severity");
		if (i >= PROBLEMS_MAX)
			break;
		json_array_append_new(problems,
			json_pack("{s:s, s:O, s:O}", "mark",
				strcmp(severity, "error") == 0		   ? "✗"
					: strcmp(severity, "warning") == 0 ? "⚠"
									   : "–",
				"text", json_object_get(problem, "text"), "todo",
				json_object_get(problem, "todo")));
	}
	json_object_set_new(s->sheet, "problems", problems);
	record_put(s->sheet, "problems_more",
		more_text(s->arena, json_array_size(all), PROBLEMS_MAX));
	json_decref(check);
	return check != NULL;
}

static bool
fill(struct sheet_frame *f, json_t *sheets, struct vs_error *err)
{
	struct status_sheet s = { .frame = f, .arena = f->arena };
	int64_t day;
	if (!goal_day(NULL, &s.today, &day, err))
		return false;
	s.election = vs_date_to_days(f->campaign.election_date);
	s.sheet = sheet_new(sheets,
		vs_arena_printf(f->arena, _("How things stand on %s"),
			vs_date_text(f->arena, vs_date_from_days(s.today), VS_DATE_LONG)),
		f->campaign.title, _("the district's board"));
	json_object_set_new(s.sheet, "progress", json_array());
	json_object_set_new(s.sheet, "counts", json_array());
	put_days(&s);
	return put_media(&s, err) && put_goals(&s, err) && put_lists(&s, err) &&
		put_places(&s, err) && put_shifts(&s, err) && put_counts(&s, err) &&
		put_deadlines(&s, err) && put_problems(&s, err) &&
		register_sheet(f->db, "LR-0001", s.sheet, err);
}

json_t *
vs_status_sheet_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct sheet_frame frame = { .db = db,
		.arena = scratch.arena,
		.name = "status-report",
		.title = N_("How things stand"),
		.nothing = "",
		.fill = fill };
	return sheet_frame_view(&frame, err);
}
