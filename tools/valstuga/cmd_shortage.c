/* Shortages: a report becomes a refill; and how it ends. */
#include <string.h>

#include <valstuga/text.h>

#include "tool.h"

static void
print_lines(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("item"), false }, { _("taken now"), true },
		{ _("taken in all"), true }, { _("expected"), true },
		{ _("wanted"), true }, { _("refill"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *line;
	json_array_foreach (json_object_get(view, "lines"), i, line) {
		const json_t *expected = json_object_get(line, "expected");
		table_cell(table, text_of(line, "item_name"));
		table_cell(table, number_of(call, line, "taken"));
		table_cell(table, number_of(call, line, "used"));
		table_cell(table,
			json_is_number(expected) ? vs_text_decimal(call->arena,
							   json_number_value(expected), 0)
						 : "");
		table_cell(table, number_of(call, line, "wanted"));
		table_cell(table, number_of(call, line, "pieces"));
	}
	table_print(call, table);
}

static void
print_refill(struct call *call, const json_t *view, bool look)
{
	const json_t *km = json_object_get(view, "km");
	const char *date = text_of(view, "date"),
		   *carrier = text_of(view, "carrier_name");
	const char *phone = text_of(view, "phone");
	if (*text_of(view, "from_name"))
		printf(_("\nfrom %s on %s with %s%s%s, %s km\n"),
			text_of(view, "from_name"), date,
			*carrier ? carrier : _("nobody yet"), *phone ? ", " : "", phone,
			vs_text_decimal(call->arena, json_number_value(km), 1));
	if (*text_of(view, "rule"))
		printf(_("rule: %s\n"), text_of(view, "rule"));
	if (*text_of(view, "told"))
		printf("! %s\n", text_of(view, "told"));
	if (*text_of(view, "unusual"))
		printf(_("! UNUSUAL: %s; ask the vote receivers, look round the rack, write it "
			 "down with 'valstuga incident add'\n"),
			text_of(view, "unusual"));
	if (look)
		printf("%s", _("Nothing is written.\n"));
	else if (integer_of(view, "delivery"))
		printf(_("shortage %lld at %s; delivery %lld refills it\n"),
			integer_of(view, "shortage"), text_of(view, "place_name"),
			integer_of(view, "delivery"));
	else
		printf(_("shortage %lld at %s; no delivery is planned\n"),
			integer_of(view, "shortage"), text_of(view, "place_name"));
}

bool
cmd_shortage_report(struct call *call)
{
	const char *level = option(call, "level");
	const struct vs_shortage_report report = { .place = call->args[0],
		.list = option(call, "list"),
		.level = level ? level : "empty",
		.reported_by = option(call, "by"),
		.note = option(call, "note"),
		.refill = flag(call, "refill"),
		.dry_run = flag(call, "dry-run") };
	json_t *view = vs_shortage_report(call->db, &report, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		print_lines(call, view);
		if (!call->csv)
			print_refill(call, view, report.dry_run);
	}
	json_decref(view);
	return true;
}

bool
cmd_shortage_resolve(struct call *call)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (!vs_shortage_resolve(
			    call->db, call->args[i], option(call, "note"), &call->err))
			return false;
		printf(_("shortage %s is resolved\n"), call->args[i]);
	}
	return true;
}
