/* The media week on paper: one page for the press group. Long lists are cut short. */
#include "media/media_week.h"

#include <math.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "register/sheet.h"

#define WEEKS_MOST	 60
#define WEEKS_AHEAD	 14 /* of a span that is longer */
#define APPEARANCES_MOST 8
#define AHEAD_MOST	 10
#define OVERDUE_MOST	 4
#define PEOPLE_MOST	 8
#define KOMMUNER_MOST	 16

struct media_sheet {
	struct sheet_frame frame; /* first */
	char today[11];
	const struct vs_media_scope *scope;
	const json_t *view; /* of the week */
};

/* Texts ----------------------------------------------------------------------------------- */

static double
real(const json_t *object, const char *name)
{
	return json_number_value(json_object_get(object, name));
}

/* "34" of "2026-W34", "4" of "2027-W04". */
static const char *
number_of_week(const json_t *week)
{
	const char *number = strchr(record_string(week, "week"), 'W') + 1;
	return *number == '0' ? number + 1 : number;
}

static const char *
average_or_dash(struct vs_arena *arena, const json_t *span, const char *name)
{
	const json_t *value = json_object_get(span, name);
	return json_is_number(value) ? media_average_text(arena, json_number_value(value))
				     : "–";
}

static const char *
more_text(struct vs_arena *arena, size_t count, size_t shown)
{
	size_t more = count - shown;
	return count <= shown
		? ""
		: vs_arena_printf(arena, P_("and %zu more", "and %zu more", more), more);
}

static int64_t
open_of(const json_t *view)
{
	return record_integer(view, "booked") + record_integer(view, "submitted") +
		record_integer(view, "planned");
}

/* Open ones of the week whose day has not passed. */
static int64_t
ahead_of(const json_t *view, const char *today)
{
	const json_t *record;
	int64_t ahead = 0;
	size_t i;
	json_array_foreach (json_object_get(view, "appearances"), i, record)
		ahead += media_is_open(record_string(record, "state")) &&
			strcmp(record_string(record, "date"), today) >= 0;
	return ahead;
}

static const char *
verdict_short(struct vs_arena *arena, int64_t lacking, int64_t ahead, int64_t untold)
{
	const char *needed = vs_arena_printf(arena,
		P_("%lld more is needed", "%lld more are needed", lacking),
		(long long)lacking);
	if (ahead)
		return vs_arena_printf(arena,
			P_("%s, and %lld is on its way.",
				"%s, and %lld are on their way.", ahead),
			needed, (long long)ahead);
	if (untold)
		return vs_arena_printf(arena,
			P_("%s; nobody has told yet whether %lld was seen.",
				"%s; nobody has told yet whether %lld were seen.",
				untold),
			needed, (long long)untold);
	return vs_arena_printf(arena, _("%s, and nothing is on its way."), needed);
}

static const char *
verdict(struct vs_arena *arena, const json_t *view, const char *today)
{
	int64_t done = record_integer(view, "done"), ahead = ahead_of(view, today);
	int64_t lacking = (int64_t)ceil(real(view, "target") - 1e-9) - done;
	bool over = strcmp(record_string(view, "until"), today) < 0;
	if (lacking > 0 && over && !open_of(view))
		return vs_arena_printf(arena,
			P_("The week's target was not reached: %lld was lacking.",
				"The week's target was not reached: %lld were lacking.",
				lacking),
			(long long)lacking);
	if (lacking > 0)
		return verdict_short(arena, lacking, ahead, open_of(view) - ahead);
	if (!ahead)
		return _("The week's target is reached.");
	return vs_arena_printf(arena,
		P_("The week's target is reached, and %lld more is on its way.",
			"The week's target is reached, and %lld more are on their way.",
			ahead),
		(long long)ahead);
}

/* "w. 11–37 · 16 appearances in 23 weeks" */
static const char *
span_text(struct vs_arena *arena, const json_t *view)
{
	const json_t *span = json_object_get(view, "span");
	const json_t *weeks = json_object_get(view, "weeks");
	int64_t past = record_integer(span, "past"), done = record_integer(span, "done");
	const char *text = vs_arena_printf(arena, _("w. %s–%s"),
		number_of_week(json_array_get(weeks, 0)),
		number_of_week(json_array_get(weeks, json_array_size(weeks) - 1)));
	if (past == 0)
		return text;
	const char *seen = vs_arena_printf(arena,
		P_("%s appearance", "%s appearances", done), vs_text_number(arena, done));
	return vs_arena_printf(arena,
		P_("%s · %s in %s week", "%s · %s in %s weeks", past), text, seen,
		vs_text_number(arena, past));
}

/* The forecast ---------------------------------------------------------------------------- */

static json_t *
forecast_part(struct vs_arena *arena, const json_t *forecast)
{
	if (!json_is_object(forecast))
		return json_null();
	const char *low = media_average_text(arena, real(forecast, "low"));
	const char *high = media_average_text(arena, real(forecast, "high"));
	json_t *part = json_object();
	record_put(part, "text", record_string(forecast, "text"));
	record_put(
		part, "percent", media_chance_text(arena, real(forecast, "probability")));
	record_put(part, "between",
		strcmp(low, high) == 0
			? vs_arena_printf(
				  arena, _("The average will probably be %s."), low)
			: vs_arena_printf(arena,
				  _("The average will probably end between %s and %s."),
				  low, high));
	record_put(part, "model", record_string(forecast, "model"));
	return part;
}

/* Weeks ----------------------------------------------------------------------------------- */

/* So many as there is room for, the week that it is about among them. */
static size_t
first_shown(const json_t *weeks, const char *week)
{
	size_t count = json_array_size(weeks), at = 0;
	while (at < count &&
		strcmp(record_string(json_array_get(weeks, at), "week"), week) != 0)
		at++;
	if (count <= WEEKS_MOST)
		return 0;
	size_t last = at + WEEKS_AHEAD < count ? at + WEEKS_AHEAD : count;
	return last > WEEKS_MOST ? last - WEEKS_MOST : 0;
}

static json_t *
weeks_part(const json_t *view)
{
	const json_t *weeks = json_object_get(view, "weeks");
	const char *about = record_string(view, "week");
	json_t *part = json_array();
	for (size_t i = first_shown(weeks, about);
		i < json_array_size(weeks) && json_array_size(part) < WEEKS_MOST; i++) {
		const json_t *week = json_array_get(weeks, i);
		json_array_append_new(part,
			json_pack("{s:s, s:O, s:O, s:O, s:b}", "label",
				number_of_week(week), "done",
				json_object_get(week, "done"), "open",
				json_object_get(week, "open"), "target",
				json_object_get(week, "target"), "now",
				strcmp(record_string(week, "week"), about) == 0));
	}
	return part;
}

/* Appearances ----------------------------------------------------------------------------- */

static const char *
mark_of(const char *state, bool overdue)
{
	return media_is_done(state)		? "✓"
		: !media_is_open(state)		? "✗"
		: overdue			? "⚠"
		: strcmp(state, "planned") == 0 ? "–"
						: "→";
}

static json_t *
appearance(struct vs_arena *arena, const json_t *record, const char *today)
{
	json_t *row = json_object();
	const char *state = record_string(record, "state");
	const char *where = record_string(record, "kommun_name");
	const char *date = record_string(record, "date");
	record_put(row, "day", sheet_day(arena, date, VS_DATE_SHORT));
	record_put(
		row, "kind", record_choice(media_kinds, record_string(record, "kind")));
	record_put(row, "outlet", record_string(record, "outlet_name"));
	record_put(row, "title", record_string(record, "title"));
	record_put(row, "person", record_string(record, "person_name"));
	record_put(row, "area", record_string(record, "policy_area_name"));
	record_put(
		row, "where", where ? where : record_string(record, "association_name"));
	record_put(row, "state", record_choice(media_states, state));
	record_put(row, "mark", mark_of(state, strcmp(date, today) < 0));
	return row;
}

static void
put_appearances(struct media_sheet *s, json_t *sheet, const char *name, size_t most)
{
	struct vs_arena *arena = s->frame.arena;
	const json_t *records = json_object_get(s->view, name);
	json_t *rows = json_array(), *record;
	size_t i;
	json_array_foreach (records, i, record)
		if (i < most)
			json_array_append_new(rows, appearance(arena, record, s->today));
	json_object_set_new(sheet, name, rows);
	record_put(sheet, vs_arena_printf(arena, "%s_more", name),
		more_text(arena, json_array_size(records), most));
}

/* Unseen ---------------------------------------------------------------------------------- */

static const char *
last_text(struct vs_arena *arena, const json_t *thing)
{
	const json_t *weeks = json_object_get(thing, "weeks");
	long long count = json_integer_value(weeks);
	return json_is_null(weeks)
		? _("never")
		: vs_arena_printf(
			  arena, P_("%lld week ago", "%lld weeks ago", count), count);
}

/* "2 Sept" */
static const char *
next_text(struct vs_arena *arena, const json_t *thing)
{
	struct vs_date day;
	struct vs_error ignored = { 0 };
	return vs_date_parse(record_string(thing, "next"), &day, &ignored)
		? vs_arena_printf(arena, _("expected %s"),
			  vs_date_text(arena, day, VS_DATE_SHORT))
		: "";
}

static void
put_things(struct vs_arena *arena, json_t *part, const json_t *unseen, const char *name,
	size_t most)
{
	const json_t *things = json_object_get(unseen, name);
	json_t *rows = json_array();
	size_t count = json_array_size(things);
	for (size_t i = 0; i < count && i < most; i++) {
		const json_t *thing = json_array_get(things, i);
		json_t *row = json_object();
		record_put(row, "name", record_string(thing, "name"));
		record_put(row, "last", last_text(arena, thing));
		if (strcmp(name, "people") == 0) {
			record_put(row, "areas", record_string(thing, "areas"));
			record_put(row, "next", next_text(arena, thing));
		}
		json_array_append_new(rows, row);
	}
	json_object_set_new(part, name, rows);
	record_put(part, vs_arena_printf(arena, "%s_more", name),
		more_text(arena, count, most));
	/* Where nobody is, nobody has been seen. */
	json_object_set_new(part, vs_arena_printf(arena, "%s_none", name),
		json_boolean(!record_integer(json_object_get(unseen, "of"), name)));
}

static json_t *
unseen_part(struct vs_arena *arena, const json_t *unseen)
{
	json_t *part = json_object();
	int64_t weeks = record_integer(unseen, "weeks");
	record_put(part, "since",
		vs_arena_printf(arena, P_("for %lld week", "for %lld weeks", weeks),
			(long long)weeks));
	put_things(arena, part, unseen, "people", PEOPLE_MOST);
	put_things(arena, part, unseen, "areas", PEOPLE_MOST);
	put_things(arena, part, unseen, "kommuner", KOMMUNER_MOST);
	return part;
}

/* The sheet ------------------------------------------------------------------------------- */

static void
put_figures(struct vs_arena *arena, json_t *sheet, const json_t *view, const char *today)
{
	const json_t *span = json_object_get(view, "span");
	double target = real(view, "target");
	int64_t done = record_integer(view, "done");
	bool whole = fabs(target - round(target)) < 1e-9;
	record_put(sheet, "week", number_of_week(view));
	record_put(sheet, "goal", record_string(view, "goal"));
	record_put(sheet, "done", vs_text_number(arena, done));
	record_put(sheet, "target",
		whole ? vs_text_number(arena, (int64_t)round(target))
		      : media_target_text(arena, target));
	record_put(sheet, "target_label",
		vs_arena_printf(arena, _("target %s"), media_target_text(arena, target)));
	record_put(sheet, "booked", vs_text_number(arena, open_of(view)));
	json_object_set_new(
		sheet, "reached", json_boolean((double)done >= target - 1e-9));
	record_put(sheet, "verdict", verdict(arena, view, today));
	record_put(sheet, "average", average_or_dash(arena, span, "average"));
	record_put(sheet, "needed", average_or_dash(arena, span, "needed"));
	record_put(
		sheet, "streak", vs_text_number(arena, record_integer(view, "streak")));
	record_put(sheet, "span", span_text(arena, view));
}

/* Whose series it is belongs to the number: another scope is another sheet. */
static const char *
sheet_number(struct media_sheet *s)
{
	struct vs_arena *arena = s->frame.arena;
	const struct vs_media_scope *c = s->scope;
	const char *week = vs_arena_printf(arena, "MV-%.4s-%s",
		record_string(s->view, "week"), record_string(s->view, "week") + 6);
	if (!c || (!c->association && !c->person && !c->policy_area && !c->kinds))
		return week;
	json_t *scope = json_pack(
		"[s?, s?, s?, s?]", c->association, c->person, c->policy_area, c->kinds);
	uint64_t mark = register_fingerprint(scope);
	json_decref(scope);
	return vs_arena_printf(
		arena, "%s-%04X", week, (unsigned)(mark & UINT64_C(0xFFFF)));
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct media_sheet *s = (struct media_sheet *)frame;
	struct vs_arena *arena = frame->arena;
	struct vs_date from, until;
	if (!vs_date_parse(record_string(s->view, "from"), &from, err) ||
		!vs_date_parse(record_string(s->view, "until"), &until, err))
		return false;
	json_t *sheet = sheet_new(sheets,
		vs_arena_printf(arena, _("Media week %s"), number_of_week(s->view)),
		vs_arena_printf(arena, "%s %d", vs_date_range_text(arena, from, until),
			until.year),
		_("the press group"));
	put_figures(arena, sheet, s->view, s->today);
	json_object_set_new(sheet, "forecast",
		forecast_part(arena, json_object_get(s->view, "forecast")));
	json_object_set_new(sheet, "weeks", weeks_part(s->view));
	put_appearances(s, sheet, "appearances", APPEARANCES_MOST);
	put_appearances(s, sheet, "ahead", AHEAD_MOST);
	put_appearances(s, sheet, "overdue", OVERDUE_MOST);
	json_object_set_new(
		sheet, "unseen", unseen_part(arena, json_object_get(s->view, "unseen")));
	record_put(sheet, "notes", "");
	return register_sheet(frame->db, sheet_number(s), sheet, err);
}

json_t *
vs_media_sheet_view(struct vs_db *db, const char *day, const struct vs_media_scope *scope,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *view = vs_media_week_view(db, day, scope, 0, err);
	struct media_sheet s = { .frame = { .db = db,
					 .arena = scratch.arena,
					 .name = "media-week",
					 .title = N_("Media week"),
					 .nothing = "",
					 .fill = fill },
		.scope = scope,
		.view = view };
	if (!view)
		return NULL;
	json_t *sheets =
		media_today(s.today, err) ? sheet_frame_view(&s.frame, err) : NULL;
	json_decref(view);
	return sheets;
}
