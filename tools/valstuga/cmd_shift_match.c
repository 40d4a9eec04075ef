/* Matching people and shifts; whom to call for one. */
#include <string.h>
#include <unistd.h>

#include <valstuga/field.h>
#include <valstuga/text.h>

#include "tool.h"

/* A number that is typed back: without blanks. */
static const char *
id_of(struct call *call, const json_t *object, const char *name)
{
	return vs_arena_printf(call->arena, "%lld", integer_of(object, name));
}

static const char *
hours_of(struct call *call, const json_t *object, const char *name)
{
	double hours = json_number_value(json_object_get(object, name));
	return vs_text_decimal(call->arena, hours, hours != (double)(long long)hours);
}

static void
print_matched(struct call *call, const json_t *plan)
{
	const struct column columns[] = { { _("shift"), true }, { _("when"), false },
		{ _("title"), false }, { _("role"), false }, { _("person"), false },
		{ _("why"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *booking;
	json_array_foreach (json_object_get(plan, "bookings"), i, booking) {
		table_cell(table, id_of(call, booking, "shift"));
		table_cell(table, text_of(booking, "when"));
		table_cell(table, text_of(booking, "title"));
		table_cell(table, text_of(booking, "role_name"));
		table_cell(table, text_of(booking, "name"));
		table_cell(table, text_of(booking, "reason"));
	}
	table_print(call, table);
}

/* "Kim Ek 070-123 45 67 (can come)", one on each line. */
static void
print_calls(struct call *call, const json_t *calls)
{
	size_t i;
	json_t *person;
	json_array_foreach (calls, i, person)
		printf(_("    %s %s: %s, %s hours\n"), text_of(person, "name"),
			text_of(person, "phone"), text_of(person, "reason"),
			hours_of(call, person, "hours"));
}

static void
print_open(struct call *call, const json_t *plan)
{
	size_t i;
	json_t *place;
	json_array_foreach (json_object_get(plan, "open"), i, place) {
		long long needed = integer_of(place, "needed"),
			  all = needed + integer_of(place, "wanted");
		printf(_("%s shift %lld, %s, %s: %lld open as %s\n  %s\n"),
			needed ? "!" : "-", integer_of(place, "shift"),
			text_of(place, "title"), text_of(place, "when"), all,
			text_of(place, "role_name"), text_of(place, "reason"));
		print_calls(call, json_object_get(place, "call"));
	}
}

static void
print_total(struct call *call, const json_t *plan)
{
	const json_t *total = json_object_get(plan, "total");
	const json_t *gap = json_object_get(total, "gap");
	printf(_("\n%s of %s places filled, %s of them now; %s needed and %s wanted ones are open, "
		 "%s would be alone; %s hours each, %s at most, %s people have none\n"),
		number_of(call, total, "filled"), number_of(call, total, "places"),
		number_of(call, total, "new"), number_of(call, total, "needed_open"),
		number_of(call, total, "wanted_open"), number_of(call, total, "alone"),
		vs_text_decimal(call->arena,
			json_number_value(json_object_get(total, "hours_mean")), 1),
		hours_of(call, total, "hours_most"), number_of(call, total, "idle"));
	if (json_is_true(json_object_get(total, "best")))
		printf(_("No plan is better.\n"));
	else if (json_is_real(gap))
		printf(_("At most %s %% from the best there can be.\n"),
			vs_text_decimal(call->arena, json_real_value(gap), 1));
}

/* The plan's code and what was asked, so that the line can be taken as it stands. Arena. */
static const char *
plan_words(struct call *call, const json_t *plan)
{
	static const char *const names[] = { "from", "until", "association", "kommun",
		"activity", "kind", "seconds", "seed" };
	const char *words =
		vs_arena_printf(call->arena, "--plan %s", text_of(plan, "plan"));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = option(call, names[i]);
		if (value)
			words = vs_arena_printf(call->arena,
				strchr(value, ' ') ? "%s --%s \"%s\"" : "%s --%s %s",
				words, names[i], value);
	}
	return flag(call, "offered") ? vs_arena_printf(call->arena, "%s --offered", words)
				     : words;
}

static void
print_plan(struct call *call, const json_t *plan)
{
	const json_t *bookings = json_object_get(plan, "bookings");
	if (call->json) {
		print_json(plan);
		return;
	}
	if (json_array_size(bookings) || call->csv)
		print_matched(call, plan);
	if (call->csv)
		return;
	print_open(call, plan);
	print_total(call, plan);
	if (!json_array_size(bookings))
		printf(_("Nothing to book.\n"));
	else if (flag(call, "dry-run"))
		printf(_("Nothing is written. To write exactly this: valstuga shift match %s\n"),
			plan_words(call, plan));
	else
		printf(_("Written (plan %s). Next: 'valstuga mail confirmation'.\n"),
			text_of(plan, "plan"));
}

static bool
read_options(struct call *call, struct vs_staff_options *options)
{
	const char *seconds = option(call, "seconds"), *seed = option(call, "seed");
	int64_t number = 0;
	*options = (struct vs_staff_options){
		.filter = { .from = option(call, "from"),
			.until = option(call, "until"),
			.association = option(call, "association"),
			.kommun = option(call, "kommun"),
			.activity = option(call, "activity"),
			.kind = option(call, "kind") },
		.dry_run = flag(call, "dry-run"),
		.plan = option(call, "plan"),
		.state = flag(call, "offered") ? "offered" : NULL,
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
	return true;
}

bool
cmd_shift_match(struct call *call)
{
	struct vs_staff_options options;
	if (!read_options(call, &options))
		return false;
	json_t *plan = vs_shift_match(call->db, &options, &call->err);
	if (!plan)
		return false;
	print_plan(call, plan);
	json_decref(plan);
	return true;
}

/* Whom to call -------------------------------------------------------------------------------*/

static void
print_candidates(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("no."), true }, { _("person"), false },
		{ _("phone"), false }, { _("hours"), true }, { _("why"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *person;
	json_array_foreach (json_object_get(view, "people"), i, person) {
		table_cell(table, id_of(call, person, "person"));
		table_cell(table, text_of(person, "name"));
		table_cell(table, text_of(person, "phone"));
		table_cell(table, hours_of(call, person, "hours"));
		table_cell(table, text_of(person, "reason"));
	}
	table_print(call, table);
}

bool
cmd_shift_call(struct call *call)
{
	const char *limit = option(call, "limit");
	int64_t most = 10;
	if (limit && (!vs_text_to_integer(limit, &most) || most < 0 || most > 100000))
		return vs_fail(&call->err, VS_USAGE, _("--limit: \"%s\" is not a number"),
			limit);
	json_t *view = vs_shift_candidates(
		call->db, call->args[0], option(call, "role"), (int)most, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		if (json_array_size(json_object_get(view, "people")) || call->csv)
			print_candidates(call, view);
		if (!call->csv)
			printf("%s\n", text_of(view, "reason"));
	}
	json_decref(view);
	return true;
}
