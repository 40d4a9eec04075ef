/* The media week: what was done and what is ahead, against the target; the forecast. */
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/goal.h>
#include <valstuga/text.h>

#include "options.h"
#include "tool.h"

#define BAR_WIDTH  8
#define AHEAD_MOST 10
#define NAMES_MOST 8

const struct option media_week_options[] = {
	{ "goal", N_("GOAL"), N_("for this goal; default the first one of being seen") },
	{ "target", N_("N"), N_("so many a week; default 1") },
	{ "kinds", N_("KINDS"), N_("only these sorts, with commas") },
	{ "association", N_("ASSOCIATION"), N_("only this association") },
	{ "by", N_("PERSON"), N_("only this spokesperson's") },
	{ "area", N_("AREA"), N_("only this policy area") },
	{ "from", N_("DATE"), N_("weeks from the one with this day on") },
	{ "until", N_("DATE"),
		N_("weeks to the one with this day; default election day's") },
	{ "unseen", N_("WEEKS"), N_("who has not been seen for so long; default 4") },
	{ 0 },
};

/* Scope ----------------------------------------------------------------------------------- */

static bool
take_target(struct call *call, struct vs_media_scope *scope)
{
	const char *text = option(call, "target");
	if (!text || (vs_text_to_real(text, &scope->target) && scope->target > 0))
		return true;
	return vs_fail(&call->err, VS_USAGE,
		_("--target is how many a week, such as 1 or 0,5; not \"%s\""), text);
}

/* True when an option says something of its own. */
static bool
take_texts(struct call *call, struct vs_media_scope *scope)
{
	const struct {
		const char *name, **text;
	} texts[] = { { "kinds", &scope->kinds }, { "association", &scope->association },
		{ "by", &scope->person }, { "area", &scope->policy_area },
		{ "from", &scope->from }, { "until", &scope->until } };
	bool any = option(call, "target") != NULL;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *given = option(call, texts[i].name);
		if (given)
			*texts[i].text = given;
		any = any || given;
	}
	return any;
}

/* A goal by name, changed by what else is said; nothing said: the first goal. */
bool
media_scope(struct call *call, struct vs_media_scope *ret_scope)
{
	struct vs_media_scope own = { 0 }, scope = { 0 };
	const char *goal = option(call, "goal");
	bool any = take_texts(call, &own), found = false;
	if ((goal || !any) &&
		!vs_goal_media_scope(
			call->db, call->arena, goal, &scope, &found, &call->err))
		return false;
	if (take_texts(call, &scope))
		scope.goal = NULL;
	if (!take_target(call, &scope))
		return false;
	*ret_scope = scope;
	return true;
}

bool
media_day(struct call *call, const char *week, const struct vs_media_scope *scope,
	const char **ret_day)
{
	*ret_day = NULL;
	return !week ||
		vs_media_week_day(
			call->db, call->arena, week, scope, ret_day, &call->err);
}

/* The words of "v. 34 2026". */
static const char *
joined_args(struct call *call)
{
	const char *text = NULL;
	for (int i = 0; i < call->arg_count; i++)
		text = vs_arena_printf(call->arena, "%s%s%s", text ? text : "",
			text ? " " : "", call->args[i]);
	return text;
}

/* Figures --------------------------------------------------------------------------------- */

static double
real_of(const json_t *object, const char *name)
{
	return json_number_value(json_object_get(object, name));
}

static const char *
decimal_of(struct call *call, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_number(value)
		? vs_text_decimal(call->arena, json_number_value(value), 2)
		: "–";
}

/* No more decimals than it needs: "1", "0,5", "0,75". */
static const char *
plain_of(struct call *call, const json_t *object, const char *name)
{
	double value = real_of(object, name);
	int decimals = 0;
	for (double scaled = value; decimals < 2 && scaled != (double)(int64_t)scaled;
		scaled *= 10)
		decimals++;
	return vs_text_decimal(call->arena, value, decimals);
}

static const char *
day_of(struct call *call, const char *text, enum vs_date_style style)
{
	struct vs_date date;
	struct vs_error none = { 0 };
	return vs_date_parse(text, &date, &none) ? vs_date_text(call->arena, date, style)
						 : text;
}

static void
print_head(struct call *call, const json_t *view)
{
	struct vs_date from = { 1900, 1, 1 }, until = from;
	struct vs_error none = { 0 };
	const char *goal = text_of(view, "goal");
	if (!vs_date_parse(text_of(view, "from"), &from, &none) ||
		!vs_date_parse(text_of(view, "until"), &until, &none))
		return;
	printf("%s, %s %d%s%s\n", text_of(view, "week_text"),
		vs_date_range_text(call->arena, from, until), until.year,
		*goal ? " · " : "", goal);
	double done = real_of(view, "done"), target = real_of(view, "target");
	printf(_("%s  %s done of %s; %s booked, %s submitted, %s planned; %s lacking\n"),
		bar_of(call, done, target, BAR_WIDTH), number_of(call, view, "done"),
		plain_of(call, view, "target"), number_of(call, view, "booked"),
		number_of(call, view, "submitted"), number_of(call, view, "planned"),
		plain_of(call, view, "gap"));
}

static void
print_span(struct call *call, const json_t *view)
{
	const json_t *span = json_object_get(view, "span");
	long long past = integer_of(span, "past"), still = integer_of(span, "still"),
		  streak = integer_of(view, "streak");
	if (past)
		printf(P_("average %s: %s seen in %s whole week",
			       "average %s: %s seen in %s whole weeks", past),
			decimal_of(call, span, "average"), number_of(call, span, "done"),
			number_of(call, span, "past"));
	else
		printf("%s", _("no week of the span is over yet"));
	if (streak > 1)
		printf(P_("; the target was reached %lld week in a row",
			       "; the target was reached %lld weeks in a row", streak),
			streak);
	printf("\n");
	if (integer_of(span, "done") >= integer_of(span, "target"))
		printf(_("%s of %s in all: the target is reached\n"),
			number_of(call, span, "done"), number_of(call, span, "target"));
	else if (still)
		printf(P_("%s of %s in all; needed: %s a week in the %s week that is left\n",
			       "%s of %s in all; needed: %s a week in the %s weeks that are left\n",
			       still),
			number_of(call, span, "done"), number_of(call, span, "target"),
			decimal_of(call, span, "needed"), number_of(call, span, "still"));
}

static void
print_forecast(struct call *call, const json_t *view)
{
	const json_t *forecast = json_object_get(view, "forecast");
	if (!json_is_object(forecast))
		return;
	printf(_("%s; the average will probably end between %s and %s\n"),
		text_of(forecast, "text"), decimal_of(call, forecast, "low"),
		decimal_of(call, forecast, "high"));
	printf("  %s\n", text_of(forecast, "model"));
}

/* Tables ---------------------------------------------------------------------------------- */

/* The tallest bar of them. */
static double
most_of(const json_t *weeks)
{
	double most = 1;
	size_t i;
	json_t *week;
	json_array_foreach (weeks, i, week) {
		double done = real_of(week, "done"), target = real_of(week, "target");
		most = done > most ? done : most;
		most = target > most ? target : most;
	}
	return most;
}

/* Bars are for the terminal only. */
static void
print_weeks(struct call *call, const json_t *weeks)
{
	const struct column columns[] = { { _("week"), false }, { _("from"), false },
		{ _("done"), true }, { _("open"), true }, { _("target"), true },
		{ _("average"), true }, { "", false } };
	size_t count = sizeof columns / sizeof *columns, i;
	struct table *table = table_new(columns, call->csv ? count - 1 : count);
	double most = most_of(weeks);
	json_t *week;
	json_array_foreach (weeks, i, week) {
		bool known = json_is_number(json_object_get(week, "average"));
		table_cell(table, text_of(week, "week"));
		table_cell(table, text_of(week, "from"));
		table_cell(table, number_of(call, week, "done"));
		table_cell(table, number_of(call, week, "open"));
		table_cell(table, plain_of(call, week, "target"));
		table_cell(table, known ? decimal_of(call, week, "average") : "");
		const char *bar = bar_of(call, real_of(week, "done"), most, BAR_WIDTH);
		if (!call->csv)
			table_cell(table,
				json_is_true(json_object_get(week, "now"))
					? vs_arena_printf(call->arena, "%s ◄", bar)
					: bar);
	}
	table_print(call, table);
}

static const char *
field_text(struct call *call, const json_t *record, const char *name)
{
	return vs_record_text(call->arena, vs_record_field(&vs_appearance_type, name),
		json_object_get(record, name));
}

static void
print_appearances(
	struct call *call, const char *title, const json_t *records, size_t most)
{
	const struct column columns[] = { { _("no."), true }, { _("day"), false },
		{ _("outlet"), false }, { _("sort"), false }, { _("title"), false },
		{ _("spokesperson"), false }, { _("policy area"), false },
		{ _("state"), false } };
	size_t i, count = json_array_size(records);
	json_t *record;
	if (!count)
		return;
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	printf("\n%s\n", title);
	json_array_foreach (records, i, record) {
		if (i >= most)
			break;
		table_cell(table, number_of(call, record, "id"));
		table_cell(table, day_of(call, text_of(record, "date"), VS_DATE_SHORT));
		table_cell(table, text_of(record, "outlet_name"));
		table_cell(table, field_text(call, record, "kind"));
		table_cell(table, text_of(record, "title"));
		table_cell(table, text_of(record, "person_name"));
		table_cell(table, text_of(record, "policy_area_name"));
		table_cell(table, field_text(call, record, "state"));
	}
	table_print(call, table);
	if (count > most)
		printf(P_("and %zu more\n", "and %zu more\n", count - most),
			count - most);
}

/* "Ada Alm (vård; 5 weeks ago; expected tis 2 sep), Bo Berg (skola; never)" */
static void
print_names(struct call *call, const char *title, const json_t *things)
{
	size_t i, count = json_array_size(things);
	json_t *thing;
	if (!count)
		return;
	printf("  %s: ", title);
	json_array_foreach (things, i, thing) {
		const char *areas = text_of(thing, "areas"),
			   *next = text_of(thing, "next");
		long long weeks = integer_of(thing, "weeks");
		if (i >= NAMES_MOST)
			break;
		printf("%s%s (%s%s", i ? ", " : "", text_of(thing, "name"), areas,
			*areas ? "; " : "");
		if (json_is_null(json_object_get(thing, "weeks")))
			printf("%s", _("never"));
		else
			printf(P_("%lld week ago", "%lld weeks ago", weeks), weeks);
		if (*next)
			printf(_("; expected %s"), day_of(call, next, VS_DATE_SHORT));
		printf(")");
	}
	if (count > NAMES_MOST)
		printf(P_(" and %zu more", " and %zu more", count - NAMES_MOST),
			count - NAMES_MOST);
	printf("\n");
}

static void
print_unseen(struct call *call, const json_t *unseen)
{
	const json_t *people = json_object_get(unseen, "people");
	const json_t *areas = json_object_get(unseen, "areas");
	const json_t *kommuner = json_object_get(unseen, "kommuner");
	long long weeks = integer_of(unseen, "weeks");
	if (!json_array_size(people) && !json_array_size(areas) &&
		!json_array_size(kommuner))
		return;
	printf(P_("\nnot seen for %lld week\n", "\nnot seen for %lld weeks\n", weeks),
		weeks);
	print_names(call, _("spokespersons"), people);
	print_names(call, _("policy areas"), areas);
	print_names(call, _("kommuner"), kommuner);
}

static void
print_view(struct call *call, const json_t *view)
{
	print_head(call, view);
	print_span(call, view);
	print_forecast(call, view);
	printf("\n");
	print_weeks(call, json_object_get(view, "weeks"));
	print_appearances(
		call, _("in the week"), json_object_get(view, "appearances"), SIZE_MAX);
	print_appearances(call, _("the day has passed; was it seen?"),
		json_object_get(view, "overdue"), AHEAD_MOST);
	print_appearances(call, _("coming"), json_object_get(view, "ahead"), AHEAD_MOST);
	print_unseen(call, json_object_get(view, "unseen"));
}

bool
cmd_media_week(struct call *call)
{
	struct vs_media_scope scope;
	const char *day, *unseen = option(call, "unseen");
	int64_t weeks = 0;
	if (unseen && (!vs_text_to_integer(unseen, &weeks) || weeks < 1 || weeks > 1000))
		return vs_fail(&call->err, VS_USAGE,
			_("--unseen is a number of weeks; not \"%s\""), unseen);
	if (!media_scope(call, &scope) ||
		!media_day(call, joined_args(call), &scope, &day))
		return false;
	json_t *view = vs_media_week_view(call->db, day, &scope, (int)weeks, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else if (call->csv)
		print_weeks(call, json_object_get(view, "weeks"));
	else
		print_view(call, view);
	json_decref(view);
	return true;
}
