/* Goals of the plan: how they stand, readings, who heads our lists. */
#include <math.h>
#include <string.h>

#include <valstuga/goal.h>
#include <valstuga/text.h>

#include "tool.h"

#define BAR_WIDTH 10

const struct option goal_list_options[] = {
	{ "day", N_("DATE"), N_("as they stood on this day; default today") },
	{ 0 },
};

const struct option goal_read_options[] = {
	{ "of", N_("BASE"), N_("of so many, when it is a share: 40 of 44") },
	{ "date", N_("DATE"), N_("when it was read; default today") },
	{ "association", N_("ASSOCIATION"), N_("whose value it is; default the whole") },
	{ "note", N_("TEXT"), N_("note") },
	{ 0 },
};

const struct option goal_usual_options[] = {
	{ "source", N_("TEXT"), N_("which plan, which meeting decided it") },
	{ 0 },
};

/* Numbers ---------------------------------------------------------------------------------- */

static double
real_of(const json_t *object, const char *name)
{
	return json_number_value(json_object_get(object, name));
}

static bool
is_known(const json_t *object, const char *name)
{
	return json_is_number(json_object_get(object, name));
}

/* What it is called, and whose it is where the name does not say so: a column for that alone
 * leaves no room for names on a narrow terminal. */
static const char *
name_of(struct call *call, const json_t *goal)
{
	const char *name = text_of(goal, "name"), *scope = text_of(goal, "scope");
	return !*scope || strstr(name, scope)
		? name
		: vs_arena_printf(call->arena, "%s, %s", name, scope);
}

/* At most so many decimals, none of them zero at the end; "–" for what is not known. */
static const char *
rounded(struct call *call, const json_t *object, const char *name, int decimals)
{
	if (!is_known(object, name))
		return "–";
	double scale = decimals == 2 ? 100 : decimals == 1 ? 10 : 1;
	const char *text = vs_text_decimal(
		call->arena, round(real_of(object, name) * scale) / scale, decimals);
	size_t length = strlen(text);
	if (!strchr(text, ','))
		return text;
	while (text[length - 1] == '0')
		length--;
	return vs_arena_copy(
		call->arena, text, length - (text[length - 1] == ',' ? 1 : 0));
}

static const char *
amount(struct call *call, const json_t *object, const char *name)
{
	double value = real_of(object, name);
	bool fine = call->csv || (-10 < value && value < 10);
	return rounded(call, object, name, fine ? 2 : 1);
}

/* An exact one would look fussy. */
static const char *
about(struct call *call, const json_t *object, const char *name)
{
	double value = real_of(object, name);
	double size = value < 0 ? -value : value;
	return rounded(call, object, name, size >= 10 ? 0 : size >= 1 ? 1 : 2);
}

static const char *
chance(struct call *call, const json_t *object)
{
	double probability = real_of(object, "probability");
	/* As the media week says it: what is nearly certain is not, what is there is. */
	if (probability < 0.01)
		return "< 1";
	return probability < 1 && probability > 0.99
		? "> 99"
		: vs_text_decimal(call->arena, 100 * probability, 0);
}

static const char *
with_unit(struct call *call, const json_t *goal, const char *name)
{
	const char *unit = text_of(goal, "unit");
	return vs_arena_printf(call->arena, "%s%s%s", amount(call, goal, name),
		*unit ? "\u00a0" : "", unit);
}

/* Status ----------------------------------------------------------------------------------- */

/* A week in which nothing is seen, of a campaign that has not been seen, is not told. */
static void
print_media(struct call *call, const json_t *media)
{
	long long open = integer_of(media, "booked") + integer_of(media, "submitted") +
		integer_of(media, "planned");
	long long done = integer_of(media, "done");
	if (!open && !done && !integer_of(media, "overdue") &&
		!(real_of(media, "average") > 0))
		return;
	printf(_("\nMedia %s: %s %lld seen, %lld ahead, target %s; average %s"),
		text_of(media, "week_text"),
		bar_of(call, (double)done, real_of(media, "target"), BAR_WIDTH / 2), done,
		open, amount(call, media, "target"), amount(call, media, "average"));
	if (is_known(media, "needed"))
		printf(_(", %s a week are needed"), amount(call, media, "needed"));
	if (is_known(media, "probability"))
		printf(_(", chance %s %%"), chance(call, media));
	putchar('\n');
}

void
print_presence(struct call *call, const json_t *view)
{
	const json_t *goals = json_object_get(view, "goals");
	size_t i;
	json_t *goal;
	print_media(call, json_object_get(view, "media"));
	if (json_array_size(goals))
		printf("%s", _("\nGoals:\n"));
	json_array_foreach (goals, i, goal)
		printf(_("  %s %s: %s of %s, %s\n"),
			bar_of(call, real_of(goal, "percent"), 100, BAR_WIDTH),
			text_of(goal, "name"), amount(call, goal, "value"),
			with_unit(call, goal, "target"), text_of(goal, "status_text"));
}

/* Lists ------------------------------------------------------------------------------------ */

/* On the terminal the name says of what; only a share says that it is one. */
static const char *
target_of(struct call *call, const json_t *goal)
{
	bool share = strcmp(text_of(goal, "unit"), "%") == 0;
	return call->csv || share ? with_unit(call, goal, "target")
				  : amount(call, goal, "target");
}

static void
put_goal(struct call *call, struct table *table, const json_t *goal)
{
	table_cell(table, number_of(call, goal, "id"));
	table_cell(table, call->csv ? text_of(goal, "name") : name_of(call, goal));
	if (call->csv)
		table_cell(table, text_of(goal, "scope"));
	table_cell(table, amount(call, goal, "value"));
	table_cell(table, target_of(call, goal));
	table_cell(table,
		call->csv ? amount(call, goal, "percent")
			  : bar_of(call, real_of(goal, "percent"), 100, BAR_WIDTH));
	table_cell(table,
		call->csv ? amount(call, goal, "expected")
			  : about(call, goal, "expected"));
	table_cell(table, text_of(goal, "status_text"));
}

static void
print_goals(struct call *call, const json_t *goals)
{
	const struct column all[] = { { _("no."), true }, { _("goal"), false },
		{ _("whose"), false }, { _("now"), true }, { _("target"), true },
		{ _("part"), false }, { _("expected"), true }, { _("state"), false } };
	const struct column narrow[] = { all[0], all[1], all[3], all[4], all[5], all[6],
		all[7] };
	struct table *table = call->csv
		? table_new(all, sizeof all / sizeof *all)
		: table_new(narrow, sizeof narrow / sizeof *narrow);
	size_t i;
	json_t *goal;
	json_array_foreach (goals, i, goal)
		put_goal(call, table, goal);
	table_print(call, table);
}

bool
cmd_goal_list(struct call *call)
{
	json_t *view = vs_goal_view(call->db, NULL, option(call, "day"), &call->err);
	if (!view)
		return false;
	const json_t *goals = json_object_get(view, "goals");
	if (call->json)
		print_json(goals);
	else if (json_array_size(goals) || call->csv)
		print_goals(call, goals);
	else
		printf("%s",
			_("no goals yet; 'valstuga goal usual' adds those of a year's plan\n"));
	json_decref(view);
	return true;
}

/* One -------------------------------------------------------------------------------------- */

static void
print_line(const char *label, const char *text)
{
	if (*text)
		printf("%s: %s\n", label, text);
}

static void
print_trend(struct call *call, const json_t *goal)
{
	const json_t *trend = json_object_get(goal, "trend");
	if (json_is_object(trend)) {
		const char *on = text_of(trend, "reaches_on");
		printf(_("trend: %s a week, %s at the end"),
			amount(call, trend, "per_week"), about(call, trend, "at_end"));
		if (*on)
			printf(_("; reaches the target on %s"), on);
		putchar('\n');
	}
	if (is_known(goal, "probability"))
		printf(_("chance to get there: %s %%\n"), chance(call, goal));
}

static void
print_associations(struct call *call, const json_t *goal)
{
	const struct column columns[] = { { _("association"), false },
		{ _("value"), true }, { _("of"), true }, { _("date"), false } };
	const json_t *rows = json_object_get(goal, "associations");
	if (!json_array_size(rows))
		return;
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row) {
		table_cell(table, text_of(row, "name"));
		table_cell(table, amount(call, row, "value"));
		table_cell(table, is_known(row, "base") ? amount(call, row, "base") : "");
		table_cell(table, text_of(row, "date"));
	}
	putchar('\n');
	table_print(call, table);
}

static const char *
missing_text(struct call *call, const json_t *goal)
{
	const char *text = "";
	size_t i;
	json_t *name;
	json_array_foreach (json_object_get(goal, "missing"), i, name)
		text = vs_arena_printf(call->arena, "%s%s%s", text, i ? ", " : "",
			json_string_value(name));
	return text;
}

static void
print_goal(struct call *call, const json_t *goal)
{
	printf("%s · %s\n", text_of(goal, "name"), text_of(goal, "status_text"));
	printf("%s %s\n", bar_of(call, real_of(goal, "percent"), 100, 2 * BAR_WIDTH),
		text_of(goal, "arithmetic"));
	print_trend(call, goal);
	print_line(_("measured by"), text_of(goal, "measure_name"));
	printf("%s: %s–%s\n", _("time"), text_of(goal, "from"), text_of(goal, "until"));
	print_line(_("whose"), text_of(goal, "scope"));
	print_line(_("answers for it"), text_of(goal, "owner"));
	print_line(_("source"), text_of(goal, "source"));
	print_line(_("still missing"), missing_text(call, goal));
	print_associations(call, goal);
}

static json_t *
one_goal(struct call *call, const char *name)
{
	json_t *view = vs_goal_view(call->db, name, option(call, "day"), &call->err);
	json_t *goal = json_incref(json_array_get(json_object_get(view, "goals"), 0));
	json_decref(view);
	return goal;
}

static void
print_series(struct call *call, const json_t *goal)
{
	const struct column columns[] = { { _("date"), false }, { _("value"), true },
		{ _("expected"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *point;
	json_array_foreach (json_object_get(goal, "series"), i, point) {
		table_cell(table, text_of(point, "date"));
		table_cell(table, amount(call, point, "value"));
		table_cell(table, amount(call, point, "expected"));
	}
	table_print(call, table);
}

bool
cmd_goal_show(struct call *call)
{
	json_t *goal = one_goal(call, call->args[0]);
	if (!goal)
		return false;
	if (call->json)
		print_json(goal);
	else if (call->csv)
		print_series(call, goal);
	else
		print_goal(call, goal);
	json_decref(goal);
	return true;
}

/* Readings --------------------------------------------------------------------------------- */

static bool
read_number(struct call *call, const char *text, const char *what, double *ret_value)
{
	int64_t whole;
	if (vs_text_to_integer(text, &whole)) {
		*ret_value = (double)whole;
		return true;
	}
	return vs_text_to_real(text, ret_value) ||
		vs_fail(&call->err, VS_USAGE, _("%s: \"%s\" is not a number"), what,
			text);
}

bool
cmd_goal_read(struct call *call)
{
	const char *of = option(call, "of");
	double value, base = 0;
	if (!read_number(call, call->args[1], _("value"), &value) ||
		(of && !read_number(call, of, "--of", &base)))
		return false;
	if (of && base <= 0)
		return vs_fail(
			&call->err, VS_USAGE, _("--of: of how many must be more than 0"));
	if (!vs_goal_read(call->db, call->args[0], value, base, option(call, "date"),
		    option(call, "association"), option(call, "note"), &call->err))
		return false;
	json_t *goal = one_goal(call, call->args[0]);
	if (!goal)
		return false;
	printf("%s · %s\n%s\n", text_of(goal, "name"), text_of(goal, "status_text"),
		text_of(goal, "arithmetic"));
	json_decref(goal);
	return true;
}

/* The year's plan -------------------------------------------------------------------------- */

bool
cmd_goal_usual(struct call *call)
{
	json_t *made = vs_goal_usual(call->db, option(call, "source"), &call->err), *goal;
	size_t i;
	if (!made)
		return false;
	if (call->json)
		print_json(made);
	else if (json_array_size(made) == 0)
		printf("%s", _("all of them are there already\n"));
	else
		json_array_foreach (made, i, goal)
			printf("%lld %s\n", integer_of(goal, "id"),
				text_of(goal, "name"));
	json_decref(made);
	return true;
}

/* Top names -------------------------------------------------------------------------------- */

bool
cmd_goal_top_names(struct call *call)
{
	const struct column columns[] = { { _("name"), false }, { _("heads"), false },
		{ _("met"), false }, { _("booked"), false } };
	json_t *view = vs_top_names_view(call->db, &call->err), *row;
	if (!view)
		return false;
	const json_t *names = json_object_get(view, "names");
	size_t i;
	if (call->json)
		print_json(view);
	else if (json_array_size(names) == 0 && !call->csv)
		printf("%s", _("no list has a first name yet\n"));
	else {
		struct table *table =
			table_new(columns, sizeof columns / sizeof *columns);
		json_array_foreach (names, i, row) {
			table_cell(table, text_of(row, "name"));
			table_cell(table, text_of(row, "standing"));
			table_cell(table,
				json_is_true(json_object_get(row, "met")) ? _("yes")
									  : _("no"));
			table_cell(table, text_of(row, "next"));
		}
		table_print(call, table);
	}
	json_decref(view);
	return true;
}
