/* Planning deliveries: a round's legs and routes, a day again, one by hand; carriers. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/text.h>

#include "tool.h"

bool
cmd_carrier_add(struct call *call)
{
	const char *key;
	if (!vs_carrier_add(call->db, call->values, call->arena, &key, &call->err))
		return false;
	printf(_("%s %s added\n"), _("carrier"), key);
	return true;
}

bool
cmd_deliver_add(struct call *call)
{
	const char *key;
	if (!vs_delivery_add(call->db, call->options, call->arena, &key, &call->err))
		return false;
	printf(_("delivery %s added\n"), key);
	return true;
}

/* The plan as a table ----------------------------------------------------------------------*/

static const char *
clock_of(struct call *call, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	if (!json_is_integer(value))
		return "";
	int minutes = (int)json_integer_value(value);
	return vs_arena_printf(call->arena, "%02d:%02d", minutes / 60, minutes % 60);
}

static const char *
decimal_of(struct call *call, const json_t *object, const char *name)
{
	return vs_text_decimal(
		call->arena, json_number_value(json_object_get(object, name)), 1);
}

static const char *
window_of(struct call *call, const json_t *stop)
{
	const char *opens = clock_of(call, stop, "opens");
	return *opens ? vs_arena_printf(call->arena, "%s–%s", opens,
				clock_of(call, stop, "closes"))
		      : "";
}

static void
stop_row(struct call *call, struct table *table, const char *date, const json_t *route,
	const json_t *stop)
{
	table_cell(table, date);
	table_cell(table, text_of(route, "carrier_name"));
	table_cell(table, clock_of(call, stop, "arrives"));
	table_cell(table, text_of(stop, "location_name"));
	table_cell(table, window_of(call, stop));
	table_cell(table, number_of(call, stop, "pieces"));
	table_cell(table, number_of(call, stop, "boxes"));
	table_cell(table, decimal_of(call, stop, "kg"));
	table_cell(table, text_of(stop, "note"));
}

static void
day_rows(struct call *call, struct table *table, const json_t *day)
{
	size_t i, k;
	json_t *route, *stop;
	json_array_foreach (json_object_get(day, "routes"), i, route)
		json_array_foreach (json_object_get(route, "stops"), k, stop)
			stop_row(call, table, text_of(day, "date"), route, stop);
}

static void
print_stops(struct call *call, const json_t *plan)
{
	const struct column columns[] = { { _("date"), false }, { _("carrier"), false },
		{ _("arrives"), true }, { _("to"), false }, { _("open"), false },
		{ _("pieces"), true }, { _("boxes"), true }, { _("kg"), true },
		{ _("note"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *day;
	json_array_foreach (json_object_get(plan, "days"), i, day)
		day_rows(call, table, day);
	table_print(call, table);
}

static void
print_rest(const json_t *plan)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(plan, "unserved"), i, each)
		printf(_("! not served: %s%s%s: %s\n"), text_of(each, "location_name"),
			*text_of(each, "date") ? ", " : "", text_of(each, "date"),
			text_of(each, "reason"));
	json_array_foreach (json_object_get(plan, "rules"), i, each)
		printf("%s %s: %s\n",
			json_is_true(json_object_get(each, "breaks")) ? "!" : "-",
			text_of(each, "location_name"), text_of(each, "text"));
	json_array_foreach (json_object_get(plan, "notes"), i, each)
		printf("- %s\n", json_string_value(each));
}

static void
print_total(struct call *call, const json_t *plan)
{
	const json_t *total = json_object_get(plan, "total");
	printf(_("\n%s deliveries on %s routes by %s carriers, %s pieces; %s km, %s minutes on "
		 "the road; %s late, %s not served, %s change hands\n"),
		number_of(call, total, "deliveries"), number_of(call, total, "routes"),
		number_of(call, total, "carriers"), number_of(call, total, "pieces"),
		decimal_of(call, total, "km"), number_of(call, total, "driving_min"),
		number_of(call, total, "late"), number_of(call, total, "unserved"),
		number_of(call, total, "changed"));
}

/* The plan's code and what was asked, so that the line can be taken as it stands. Arena. */
static const char *
plan_words(struct call *call, const json_t *plan)
{
	static const char *const names[] = { "day", "without", "override", "seconds",
		"seed" };
	const char *argument = call->args[0];
	const char *words = vs_arena_printf(call->arena,
		strchr(argument, ' ') ? "\"%s\" --plan %s" : "%s --plan %s", argument,
		text_of(plan, "plan"));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = option(call, names[i]);
		if (value)
			words = vs_arena_printf(call->arena,
				strchr(value, ' ') ? "%s --%s \"%s\"" : "%s --%s %s",
				words, names[i], value);
	}
	return words;
}

static void
print_plan(struct call *call, const json_t *plan, const char *verb)
{
	if (call->json) {
		print_json(plan);
		return;
	}
	print_stops(call, plan);
	if (call->csv)
		return;
	print_rest(plan);
	print_total(call, plan);
	if (flag(call, "dry-run"))
		printf(_("Nothing is written. To write exactly this: valstuga deliver %s %s\n"),
			verb, plan_words(call, plan));
	else
		printf(_("Written (plan %s). Next: 'valstuga print route-sheet'.\n"),
			text_of(plan, "plan"));
}

/* Options ----------------------------------------------------------------------------------*/

static void
show_progress(size_t done, size_t total)
{
	fprintf(stderr, "\r%3d %%\033[K", total ? (int)(100 * done / total) : 100);
}

static bool
read_options(struct call *call, struct vs_deliver_options *options)
{
	const char *seconds = option(call, "seconds"), *seed = option(call, "seed");
	int64_t number = 0;
	*options = (struct vs_deliver_options){
		.plan = { .dry_run = flag(call, "dry-run"),
			.plan = option(call, "plan") },
		.day = option(call, "day"),
		.without = option(call, "without"),
		.override = option(call, "override"),
	};
	if (seconds &&
		(!vs_text_to_real(seconds, &options->seconds) || options->seconds <= 0 ||
			options->seconds > 86400))
		return vs_fail(&call->err, VS_USAGE,
			_("--seconds: \"%s\" is not a number above 0"), seconds);
	if (seed && (!vs_text_to_integer(seed, &number) || number < 0))
		return vs_fail(
			&call->err, VS_USAGE, _("--seed: \"%s\" is not a number"), seed);
	options->seed = (uint64_t)number;
	if (isatty(STDERR_FILENO))
		options->progress = show_progress;
	return true;
}

static bool
finish(struct call *call, json_t *plan, const char *verb)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K");
	if (!plan)
		return false;
	print_plan(call, plan, verb);
	json_decref(plan);
	return true;
}

bool
cmd_deliver_plan(struct call *call)
{
	struct vs_deliver_options options;
	return read_options(call, &options) &&
		finish(call,
			vs_deliver_plan(call->db, call->args[0], &options, &call->err),
			"plan");
}

bool
cmd_deliver_replan(struct call *call)
{
	struct vs_deliver_options options;
	return read_options(call, &options) &&
		finish(call,
			vs_deliver_replan(call->db, call->args[0], &options, &call->err),
			"replan");
}
