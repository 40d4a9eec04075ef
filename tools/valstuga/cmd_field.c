/* Paper that comes back, and what the walks have counted. */
#include "tool.h"

bool
cmd_field_enter(struct call *call)
{
	json_t *rows = json_array();
	const char *code = option(call, "sheet");
	for (int i = 0; i < call->arg_count; i++)
		json_array_append_new(rows, json_string(call->args[i]));
	json_t *view = vs_field_enter(call->db, code, rows, flag(call, "correct"),
		flag(call, "dry-run"), &call->err);
	json_decref(rows);
	if (!view)
		return false;
	const struct column columns[] = { { _("row"), false }, { _("result"), false } };
	struct table *table = table_new(columns, 2);
	json_t *row;
	size_t i;
	json_array_foreach (json_object_get(view, "rows"), i, row) {
		table_cell(table, text_of(row, "row"));
		table_cell(table, text_of(row, "told"));
	}
	if (call->json)
		print_json(view);
	else {
		table_print(call, table);
		printf(P_("%lld row entered, %lld as before\n",
			       "%lld rows entered, %lld as before\n",
			       integer_of(view, "changed")),
			integer_of(view, "changed"), integer_of(view, "same"));
	}
	json_decref(view);
	return true;
}

bool
cmd_canvass_tally(struct call *call)
{
	const struct column columns[] = { { _("kommun"), false }, { _("area"), false },
		{ _("walks"), true }, { _("walked"), true }, { _("doors"), true },
		{ _("opened"), true }, { _("talks"), true }, { _("leaflets"), true },
		{ _("want contact"), true } };
	static const char *const counts[] = { "walks", "walked", "doors", "opened",
		"talks", "leaflets", "wants_contact" };
	json_t *view = vs_canvass_view(call->db, option(call, "kommun"), &call->err),
	       *area;
	size_t i;
	if (!view)
		return false;
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	json_array_foreach (json_object_get(view, "areas"), i, area) {
		table_cell(table, text_of(area, "kommun_name"));
		table_cell(table, text_of(area, "area"));
		for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
			table_cell(table, number_of(call, area, counts[k]));
	}
	if (call->json)
		print_json(view);
	else
		table_print(call, table);
	json_decref(view);
	return true;
}
