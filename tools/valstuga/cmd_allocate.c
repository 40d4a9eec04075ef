/* Allocation: propose, look, write; numbers by hand; evening out between associations. */
#include <string.h>

#include <valstuga/delivery.h>
#include <valstuga/text.h>

#include "tool.h"

static double
real_of(const json_t *object, const char *name)
{
	return json_number_value(json_object_get(object, name));
}

static const char *
percent_of(struct call *call, const json_t *object, const char *name)
{
	if (!json_is_number(json_object_get(object, name)))
		return "";
	return vs_arena_printf(call->arena, "%s %%",
		vs_text_decimal(call->arena, 100 * real_of(object, name), 1));
}

static const char *
mean_of(struct call *call, const json_t *object)
{
	if (!json_is_number(json_object_get(object, "mean")))
		return "";
	return vs_text_decimal(call->arena, real_of(object, "mean"), 1);
}

/* "reason", and what stands in the way before it. */
static const char *
why_of(struct call *call, const json_t *line)
{
	const char *conflict = text_of(line, "conflict"),
		   *reason = text_of(line, "reason");
	if (*conflict)
		return vs_arena_printf(call->arena, "! %s; %s", conflict, reason);
	if (json_is_true(json_object_get(line, "fixed")) &&
		!json_object_get(line, "limit"))
		return vs_arena_printf(call->arena, _("by hand: %s"), reason);
	return reason;
}

static void
print_lines(struct call *call, const json_t *lines)
{
	const struct column columns[] = { { _("location"), false }, { _("item"), false },
		{ _("pieces"), true }, { _("there"), true }, { _("expected"), true },
		{ _("risk"), true }, { _("why"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *line;
	json_array_foreach (lines, i, line) {
		table_cell(table, text_of(line, "location_name"));
		table_cell(table, text_of(line, "item_name"));
		table_cell(table, number_of(call, line, "pieces"));
		table_cell(table, number_of(call, line, "have"));
		table_cell(table, mean_of(call, line));
		table_cell(table, percent_of(call, line, "risk"));
		table_cell(table, why_of(call, line));
	}
	table_print(call, table);
}

static void
print_items(struct call *call, const json_t *items)
{
	const struct column columns[] = { { _("item"), false }, { _("available"), true },
		{ _("reserve"), true }, { _("wanted"), true }, { _("given"), true },
		{ _("left"), true }, { _("chance"), true }, { "", false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *item;
	json_array_foreach (items, i, item) {
		table_cell(table, text_of(item, "item_name"));
		table_cell(table, number_of(call, item, "available"));
		table_cell(table, number_of(call, item, "reserve"));
		table_cell(table, number_of(call, item, "wanted"));
		table_cell(table, number_of(call, item, "given"));
		table_cell(table, number_of(call, item, "left"));
		table_cell(table, percent_of(call, item, "level"));
		table_cell(table, text_of(item, "told"));
	}
	table_print(call, table);
}

static void
print_rules(const json_t *rules)
{
	size_t i;
	json_t *rule;
	json_array_foreach (rules, i, rule)
		printf("! %s: %s\n", text_of(rule, "kommun_name"), text_of(rule, "text"));
}

static void
print_plan(struct call *call, const json_t *plan)
{
	const json_t *total = json_object_get(plan, "total");
	print_lines(call, json_object_get(plan, "lines"));
	if (call->csv)
		return;
	printf("\n%s: %s\n\n", text_of(plan, "name"), text_of(plan, "terms"));
	print_items(call, json_object_get(plan, "items"));
	printf("\n");
	print_rules(json_object_get(plan, "rules"));
	printf(_("%s pieces to %s destinations, %s kg; short items: %s, lines with a conflict: "
		 "%s\n"),
		number_of(call, total, "pieces"), number_of(call, total, "destinations"),
		vs_text_decimal(call->arena, real_of(total, "weight_g") / 1000, 1),
		number_of(call, total, "short_items"),
		number_of(call, total, "conflicts"));
}

static void
print_next(const json_t *plan, bool look)
{
	if (look)
		printf(_("Nothing is written. To write exactly this: valstuga allocate propose "
			 "%lld --plan %s\n"),
			integer_of(plan, "round"), text_of(plan, "plan"));
	else
		printf(_("Written (plan %s). Next: 'valstuga deliver plan %lld'.\n"),
			text_of(plan, "plan"), integer_of(plan, "round"));
}

bool
cmd_allocate_propose(struct call *call)
{
	bool look = flag(call, "dry-run");
	const struct vs_plan_options options = { .dry_run = look,
		.plan = option(call, "plan") };
	json_t *plan = vs_allocate(call->db, call->args[0], &options, &call->err);
	if (!plan)
		return false;
	if (call->json)
		print_json(plan);
	else if (json_array_size(json_object_get(plan, "lines")) == 0 && !call->csv)
		printf("%s",
			_("Nothing to give: no list is ordered, or no place is open in these "
			  "days.\n"));
	else
		print_plan(call, plan);
	if (!call->json && !call->csv && json_array_size(json_object_get(plan, "lines")))
		print_next(plan, look);
	json_decref(plan);
	return true;
}

bool
cmd_allocate_show(struct call *call)
{
	json_t *filters = json_pack("{s:s}", "round", call->args[0]);
	const char *kommun = option(call, "kommun");
	if (kommun)
		json_object_set_new(filters, "kommun", json_string(kommun));
	json_t *lines =
		vs_record_list(call->db, &vs_allocation_type, filters, &call->err);
	json_decref(filters);
	if (!lines)
		return false;
	if (call->json)
		print_json(lines);
	else if (json_array_size(lines) == 0 && !call->csv)
		printf("%s",
			_("Nothing is allocated in this round yet. Next: 'valstuga allocate "
			  "propose ROUND --dry-run'.\n"));
	else
		print_lines(call, lines);
	json_decref(lines);
	return true;
}

bool
cmd_allocate_set(struct call *call)
{
	int64_t pieces;
	if (!vs_text_to_integer(call->args[3], &pieces) || pieces < 0)
		return vs_fail(&call->err, VS_USAGE,
			_("\"%s\" is not a number of pieces"), call->args[3]);
	if (!vs_allocation_set(call->db, call->args[0], call->args[1], call->args[2],
		    pieces, option(call, "reason"), &call->err))
		return false;
	printf(_("%s, %s: %s pieces by hand\n"), call->args[1], call->args[2],
		vs_text_number(call->arena, pieces));
	return true;
}

bool
cmd_allocate_clear(struct call *call)
{
	if (!vs_allocation_set(call->db, call->args[0], call->args[1], call->args[2], -1,
		    NULL, &call->err))
		return false;
	printf(_("%s, %s: no longer by hand; propose the round again\n"), call->args[1],
		call->args[2]);
	return true;
}

static void
print_sides(struct call *call, const json_t *rows)
{
	static const char *const numbers[] = { "places", "eligible", "need", "have",
		"lack", "lend", "carriers", "carrier_need" };
	const struct column columns[] = { { _("association"), false },
		{ _("places"), true }, { _("eligible"), true }, { _("need"), true },
		{ _("there"), true }, { _("lacks"), true }, { _("can lend"), true },
		{ _("drivers"), true }, { _("drivers for its places"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row) {
		table_cell(table, text_of(row, "name"));
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
			table_cell(table, number_of(call, row, numbers[k]));
	}
	table_print(call, table);
}

bool
cmd_allocate_equalise(struct call *call)
{
	json_t *view = vs_equalise_view(call->db, &call->err), *loan;
	size_t i;
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		print_sides(call, json_object_get(view, "rows"));
		json_array_foreach (json_object_get(view, "items"), i, loan)
			if (!call->csv)
				printf(_("%s: %s pieces from %s to %s\n"),
					text_of(loan, "item_name"),
					number_of(call, loan, "pieces"),
					text_of(loan, "from_name"),
					text_of(loan, "to_name"));
	}
	json_decref(view);
	return true;
}
