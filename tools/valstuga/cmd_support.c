/* Candidates' Saturdays, who got how much help, where the next central visits should go. */
#include <valstuga/text.h>

#include "tool.h"

/* Saturdays ------------------------------------------------------------------------------- */

static void
print_rows(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("Saturday"), false }, { _("time"), false },
		{ _("candidate"), false }, { _("stands for"), false },
		{ _("kommun"), false }, { _("where"), false }, { _("what"), false },
		{ _("contact"), false }, { _("state"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i, k;
	json_t *saturday, *row;
	json_array_foreach (json_object_get(view, "saturdays"), i, saturday)
		json_array_foreach (json_object_get(saturday, "rows"), k, row) {
			table_cell(table, text_of(saturday, "date"));
			table_cell(table,
				vs_arena_printf(call->arena, "%s–%s",
					text_of(row, "starts"), text_of(row, "ends")));
			table_cell(table, text_of(row, "candidate"));
			table_cell(table, text_of(row, "standing"));
			table_cell(table, text_of(row, "kommun_name"));
			table_cell(table, text_of(row, "place_name"));
			table_cell(table, text_of(row, "title"));
			table_cell(table, text_of(row, "contact_name"));
			table_cell(table, text_of(row, "state_text"));
		}
	table_print(call, table);
}

static const char *
names_of(struct call *call, const json_t *items)
{
	const char *text = "";
	size_t i;
	json_t *item;
	json_array_foreach (items, i, item)
		text = vs_arena_printf(call->arena, "%s%s%s", text, i ? ", " : "",
			text_of(item, "name"));
	return text;
}

static void
print_gaps(struct call *call, const json_t *view)
{
	size_t i;
	json_t *saturday;
	json_array_foreach (json_object_get(view, "saturdays"), i, saturday) {
		const json_t *uncovered = json_object_get(saturday, "uncovered");
		const json_t *free_ones = json_object_get(saturday, "free");
		printf("\n%s\n", text_of(saturday, "date_text"));
		if (json_array_size(uncovered))
			printf(_("  nobody in: %s\n"), names_of(call, uncovered));
		if (json_array_size(free_ones))
			printf(_("  free: %s\n"), names_of(call, free_ones));
	}
	const json_t *unused = json_object_get(view, "unused");
	if (json_array_size(unused))
		printf(_("\nno Saturday yet: %s\n"), names_of(call, unused));
}

bool
cmd_activity_saturdays(struct call *call)
{
	json_t *view = vs_saturday_view(
		call->db, option(call, "from"), option(call, "until"), &call->err);
	if (!view)
		return false;
	bool any = integer_of(json_object_get(view, "total"), "rows");
	if (call->json)
		print_json(view);
	else {
		if (any || call->csv)
			print_rows(call, view);
		else
			printf("%s", _("no candidate is booked on a Saturday\n"));
		if (!call->csv)
			print_gaps(call, view);
	}
	json_decref(view);
	return true;
}

/* Support --------------------------------------------------------------------------------- */

static const char *
decimal_of(struct call *call, const json_t *row, const char *name)
{
	const json_t *value = json_object_get(row, name);
	return json_is_number(value)
		? vs_text_decimal(call->arena, json_number_value(value), 1)
		: "";
}

static const char *
percent_of(struct call *call, const json_t *row)
{
	return json_is_null(json_object_get(row, "support"))
		? ""
		: vs_arena_printf(call->arena, _("%lld %%"), integer_of(row, "support"));
}

static const char *
ballots_of(struct call *call, const json_t *row, const char *name)
{
	const json_t *ballots = json_object_get(row, "ballots");
	return json_is_object(ballots) ? number_of(call, ballots, name) : "";
}

static void
print_support(struct call *call, const json_t *rows)
{
	const struct column columns[] = { { _("association or kommun"), false },
		{ _("helped by"), false }, { _("members"), true }, { _("voters"), true },
		{ _("places"), true }, { _("volunteers"), true },
		{ _("per 100 members"), true }, { _("shift places"), true },
		{ _("per 1 000 voters"), true }, { _("visits"), true },
		{ _("planned"), true }, { _("Saturdays"), true },
		{ _("in the media"), true }, { _("ballots needed"), true },
		{ _("has"), true }, { _("support"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row) {
		table_cell(table, text_of(row, "name"));
		table_cell(table, text_of(row, "lent_by"));
		table_cell(table, number_of(call, row, "members"));
		table_cell(table, number_of(call, row, "voters"));
		table_cell(table, number_of(call, row, "places"));
		table_cell(table, number_of(call, row, "volunteers"));
		table_cell(table, decimal_of(call, row, "volunteers_per_100_members"));
		table_cell(table, number_of(call, row, "filled"));
		table_cell(table, decimal_of(call, row, "filled_per_1000"));
		table_cell(table, number_of(call, row, "visits"));
		table_cell(table, number_of(call, row, "planned"));
		table_cell(table, number_of(call, row, "saturdays"));
		table_cell(table, number_of(call, row, "media"));
		table_cell(table, ballots_of(call, row, "need"));
		table_cell(table, ballots_of(call, row, "have"));
		table_cell(table, percent_of(call, row));
	}
	table_print(call, table);
}

bool
cmd_association_support(struct call *call)
{
	json_t *view = vs_support_view(call->db, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else
		print_support(call, json_object_get(view, "rows"));
	json_decref(view);
	return true;
}

/* Visits ---------------------------------------------------------------------------------- */

static void
print_visits(struct call *call, const json_t *visits)
{
	const struct column columns[] = { { _("association or kommun"), false },
		{ _("kommuner"), false }, { _("voters"), true }, { _("support"), true },
		{ _("planned"), false }, { _("why"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (visits, i, row) {
		table_cell(table, text_of(row, "name"));
		table_cell(table, text_of(row, "kommuner"));
		table_cell(table, number_of(call, row, "voters"));
		table_cell(table, percent_of(call, row));
		table_cell(table, text_of(row, "next_visit"));
		table_cell(table, text_of(row, "reason"));
	}
	table_print(call, table);
}

bool
cmd_activity_visits(struct call *call)
{
	const char *limit = option(call, "limit");
	int64_t most = 0;
	if (limit && (!vs_text_to_integer(limit, &most) || most < 1 || most > 1000))
		return vs_fail(&call->err, VS_USAGE, _("--limit: \"%s\" is not a number"),
			limit);
	json_t *view = vs_visit_view(call->db, (int)most, &call->err);
	if (!view)
		return false;
	const json_t *planned = json_object_get(view, "planned");
	if (call->json)
		print_json(view);
	else {
		print_visits(call, json_object_get(view, "visits"));
		if (!call->csv && json_array_size(planned))
			printf(_("\nplanned already: %s\n"), names_of(call, planned));
	}
	json_decref(view);
	return true;
}
