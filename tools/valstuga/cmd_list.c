/* Candidate lists: show, add, and what happens to them on the way to the ballot paper. */
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "tool.h"

/* A field of a record as people read it. */
static const char *
shown(struct call *call, const struct vs_record_type *type, const json_t *record,
	const char *name)
{
	return vs_record_text(
		call->arena, vs_record_field(type, name), json_object_get(record, name));
}

static void
print_candidates(struct call *call, const json_t *candidates)
{
	const struct column columns[] = {
		{ "", true },
		{ _("no."), true },
		{ _("name"), false },
		{ _("text on the ballot paper"), false },
		{ _("declaration"), false },
		{ _("consent"), false },
	};
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *candidate;
	json_array_foreach (candidates, i, candidate) {
		table_cell(table, number_of(call, candidate, "position"));
		table_cell(table, shown(call, &vs_candidate_type, candidate, "id"));
		table_cell(table, text_of(candidate, "name"));
		table_cell(table, text_of(candidate, "ballot_text"));
		table_cell(
			table, shown(call, &vs_candidate_type, candidate, "declaration"));
		table_cell(table, shown(call, &vs_candidate_type, candidate, "consent"));
	}
	table_print(call, table);
}

static void
print_versions(const json_t *versions)
{
	size_t i;
	json_t *version;
	json_array_foreach (versions, i, version) {
		char time[17];
		vs_time_format_local(
			json_integer_value(json_object_get(version, "at")), time);
		printf("  v%d  %s  %s  %s\n",
			(int)json_integer_value(json_object_get(version, "version")),
			time, text_of(version, "actor"), text_of(version, "what"));
	}
}

bool
cmd_list_show(struct call *call)
{
	json_t *view = vs_list_view(call->db, call->args[0], &call->err), *problem;
	size_t i;
	if (!view)
		return false;
	print_record(call, view);
	if (!call->json) {
		printf("\n");
		print_candidates(call, json_object_get(view, "candidate_list"));
		json_array_foreach (json_object_get(view, "problems"), i, problem)
			printf("%s! %s; %s\n", i ? "" : "\n", text_of(problem, "text"),
				text_of(problem, "todo"));
		printf("\n");
		print_versions(json_object_get(view, "versions"));
	}
	json_decref(view);
	return true;
}

bool
cmd_list_add(struct call *call)
{
	const char *key;
	if (!vs_list_add(call->db, call->options, call->arena, &key, &call->err))
		return false;
	printf(_("list %s added\n"), key);
	return true;
}

bool
cmd_list_remove(struct call *call)
{
	if (!vs_list_remove(call->db, call->args[0], &call->err))
		return false;
	printf(_("list %s removed\n"), call->args[0]);
	return true;
}

bool
cmd_list_submit(struct call *call)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (!vs_list_submit(call->db, call->args[i], &call->err))
			return false;
		printf(_("list %s is submitted\n"), call->args[i]);
	}
	return true;
}

bool
cmd_list_decide(struct call *call)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (!vs_list_decide(call->db, call->args[i], option(call, "on"),
			    option(call, "minutes"), &call->err))
			return false;
		printf(_("list %s is decided\n"), call->args[i]);
	}
	return true;
}

bool
cmd_list_reopen(struct call *call)
{
	if (!vs_list_reopen(call->db, call->args[0], option(call, "reason"), &call->err))
		return false;
	printf(_("list %s is a draft again and must be decided anew\n"), call->args[0]);
	return true;
}

bool
cmd_list_lock(struct call *call)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (!vs_list_lock(call->db, call->args[i], &call->err))
			return false;
		printf(_("list %s is locked\n"), call->args[i]);
	}
	return true;
}

bool
cmd_list_unlock(struct call *call)
{
	if (!vs_list_unlock(call->db, call->args[0], option(call, "reason"), &call->err))
		return false;
	printf(_("list %s is open\n"), call->args[0]);
	return true;
}

/* Names joined by commas. Arena. */
static const char *
join(struct call *call, const json_t *names)
{
	const char *text = "";
	size_t i;
	json_t *name;
	json_array_foreach (names, i, name)
		text = vs_arena_printf(call->arena, "%s%s%s", text, i ? ", " : "",
			json_string_value(name));
	return text;
}

static void
coverage_row(struct call *call, struct table *table, const json_t *row)
{
	const struct vs_field *status = vs_record_field(&vs_list_type, "status");
	const struct vs_field *order = vs_record_field(&vs_order_type, "status");
	table_cell(table, text_of(row, "kind"));
	table_cell(table, text_of(row, "name"));
	table_cell(table, text_of(row, "number"));
	table_cell(table,
		json_is_null(json_object_get(row, "list"))
			? _("no list")
			: vs_record_text(
				  call->arena, status, json_object_get(row, "status")));
	table_cell(table, number_of(call, row, "candidates"));
	table_cell(table, number_of(call, row, "last_candidates"));
	table_cell(table, join(call, json_object_get(row, "missing")));
	table_cell(
		table, vs_record_text(call->arena, order, json_object_get(row, "order")));
	table_cell(table, number_of(call, row, "pieces"));
	table_cell(table, number_of(call, row, "last_pieces"));
	table_cell(table, join(call, json_object_get(row, "first_names")));
}

static void
print_goal(const json_t *kinds)
{
	const char *kind;
	json_t *counts;
	json_object_foreach ((json_t *)(uintptr_t)kinds, kind, counts)
		printf(_("%s: %d of %d areas have a list, %d decided, %d ordered\n"),
			kind, (int)json_integer_value(json_object_get(counts, "lists")),
			(int)json_integer_value(json_object_get(counts, "areas")),
			(int)json_integer_value(json_object_get(counts, "decided")),
			(int)json_integer_value(json_object_get(counts, "ordered")));
}

bool
cmd_list_coverage(struct call *call)
{
	json_t *view = vs_coverage_view(call->db, &call->err), *row;
	size_t i;
	if (!view)
		return false;
	const struct column columns[] = { { _("kind"), false }, { _("area"), false },
		{ _("list number"), false }, { _("list"), false },
		{ _("candidates"), true }, { _("last time"), true },
		{ _("papers missing"), false }, { _("order"), false },
		{ _("pieces"), true }, { _("last time"), true },
		{ _("top names"), false } };
	if (call->json)
		print_json(view);
	else {
		struct table *table =
			table_new(columns, sizeof columns / sizeof *columns);
		json_array_foreach (json_object_get(view, "rows"), i, row)
			coverage_row(call, table, row);
		table_print(call, table);
	}
	if (!call->json && !call->csv) {
		printf("\n");
		print_goal(json_object_get(view, "kinds"));
	}
	json_decref(view);
	return true;
}
