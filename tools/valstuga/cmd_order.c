/* Orders: propose, look, commit; and their way to delivery. */
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "tool.h"

static const char *
kilos_of(struct call *call, const json_t *object)
{
	const json_t *value = json_object_get(object, "weight_g");
	if (!json_is_integer(value))
		return "";
	return vs_arena_printf(call->arena, "%s kg",
		vs_text_decimal(
			call->arena, (double)json_integer_value(value) / 1000, 1));
}

static void
plan_row(struct call *call, struct table *table, const json_t *line)
{
	const char *conflict = text_of(line, "conflict");
	table_cell(table, text_of(line, "name"));
	table_cell(table, text_of(line, "number"));
	table_cell(table, number_of(call, line, "eligible"));
	table_cell(table, number_of(call, line, "quota"));
	table_cell(table, number_of(call, line, "previous"));
	table_cell(table, number_of(call, line, "pieces"));
	table_cell(table, number_of(call, line, "outside"));
	table_cell(table, money_of(call, line, "cost_ore"));
	table_cell(table, kilos_of(call, line));
	table_cell(table, *conflict ? conflict : text_of(line, "reason"));
}

static void
print_plan(struct call *call, const json_t *plan)
{
	const struct column columns[] = { { _("list"), false },
		{ _("list number"), false }, { _("eligible"), true },
		{ _("free quota"), true }, { _("last time"), true },
		{ _("pieces"), true }, { _("outside"), true }, { _("cost"), true },
		{ _("weight"), true }, { _("why"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	const json_t *total = json_object_get(plan, "total");
	size_t i;
	json_t *line;
	json_array_foreach (json_object_get(plan, "lines"), i, line)
		plan_row(call, table, line);
	table_print(call, table);
	if (call->csv)
		return;
	printf(_("\n%s lists, %s pieces, %s, %s; %s left out\n"),
		number_of(call, total, "lists"), number_of(call, total, "pieces"),
		money_of(call, total, "cost_ore"), kilos_of(call, total),
		number_of(call, total, "conflicts"));
}

/* The plan's code and what was asked, so that the line can be taken as it stands. Arena. */
static const char *
plan_words(struct call *call, const json_t *plan)
{
	static const char *const names[] = { "factor", "kind", "kommun" };
	const char *words = text_of(plan, "plan");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = option(call, names[i]);
		if (value)
			words = vs_arena_printf(call->arena,
				strchr(value, ' ') ? "%s --%s \"%s\"" : "%s --%s %s",
				words, names[i], value);
	}
	return words;
}

bool
cmd_order_propose(struct call *call)
{
	const char *factor = option(call, "factor");
	struct vs_propose_options options = { .kind = option(call, "kind"),
		.kommun = option(call, "kommun") };
	if (factor && (!vs_text_to_real(factor, &options.factor) || options.factor <= 0))
		return vs_fail(&call->err, VS_USAGE,
			_("--factor: \"%s\" is not a number above 0"), factor);
	bool look = flag(call, "dry-run");
	json_t *plan = look
		? vs_order_propose(call->db, &options, &call->err)
		: vs_order_commit(call->db, &options, option(call, "plan"), &call->err);
	if (!plan)
		return false;
	if (call->json)
		print_json(plan);
	else {
		print_plan(call, plan);
		if (call->csv)
			; /* the table alone */
		else if (integer_of(json_object_get(plan, "total"), "lists") == 0)
			printf("%s",
				_("Nothing to order: no list is without an order.\n"));
		else
			printf(look ? _("Nothing is written. To write exactly this: valstuga order propose "
					"--plan %s\n")
				    : _("Written as drafts (plan %s). Next: 'valstuga order list'.\n"),
				look ? plan_words(call, plan) : text_of(plan, "plan"));
	}
	json_decref(plan);
	return true;
}

static void
print_events(const json_t *events)
{
	const struct vs_field *status = vs_record_field(&vs_order_type, "status");
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t i;
	json_t *event;
	json_array_foreach (events, i, event) {
		char time[17];
		vs_time_format_local(
			json_integer_value(json_object_get(event, "at")), time);
		printf("  %s  %s  %s  %s\n", time, text_of(event, "actor"),
			vs_record_text(
				scratch.arena, status, json_object_get(event, "status")),
			text_of(event, "note"));
	}
}

bool
cmd_order_show(struct call *call)
{
	json_t *view = vs_order_view(call->db, call->args[0], &call->err), *text;
	size_t i;
	if (!view)
		return false;
	print_record(call, view);
	if (!call->json) {
		printf(_("\nfree quota %s, outside it %s, cost %s, weight %s\n"),
			number_of(call, view, "quota"), number_of(call, view, "outside"),
			money_of(call, view, "cost_ore"), kilos_of(call, view));
		json_array_foreach (json_object_get(view, "missing"), i, text)
			printf("! %s\n", json_string_value(text));
		print_events(json_object_get(view, "events"));
	}
	json_decref(view);
	return true;
}

bool
cmd_order_set(struct call *call)
{
	if (json_object_size(call->values) == 0)
		return vs_fail(&call->err, VS_USAGE,
			_("nothing to change; 'valstuga order set --help' lists the fields"));
	if (!vs_order_set(call->db, call->args[0], call->values,
		    option(call, "through-authority"), &call->err))
		return false;
	printf(_("order %s changed\n"), call->args[0]);
	return true;
}

static bool
advance(struct call *call, enum vs_order_status status, const char *note,
	const char *said)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (!vs_order_advance(call->db, call->args[i], status, note, &call->err))
			return false;
		printf(_("order %s is %s\n"), call->args[i], said);
	}
	return true;
}

bool
cmd_order_ready(struct call *call)
{
	return advance(call, VS_ORDER_READY, option(call, "note"), _("complete"));
}

bool
cmd_order_ordered(struct call *call)
{
	return advance(call, VS_ORDER_ORDERED, option(call, "note"), _("ordered"));
}

bool
cmd_order_printing(struct call *call)
{
	return advance(
		call, VS_ORDER_PRINTING, option(call, "note"), _("at the printer"));
}

bool
cmd_order_delivered(struct call *call)
{
	return advance(call, VS_ORDER_DELIVERED, option(call, "note"), _("delivered"));
}

bool
cmd_order_cancel(struct call *call)
{
	return advance(call, VS_ORDER_CANCELLED, option(call, "through-authority"),
		_("cancelled"));
}
