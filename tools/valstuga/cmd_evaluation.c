/* After the election: results beside the last, with what was done where. */
#include <math.h>
#include <string.h>

#include <valstuga/evaluation.h>
#include <valstuga/text.h>

#include "tool.h"

#define HALF 6 /* characters of a bar to each side */

static const char *const works[] = { "doors", "talks", "hours", "ballots", "flyers",
	"media" };

static double
real_of(const json_t *object, const char *name)
{
	return json_number_value(json_object_get(object, name));
}

static bool
has(const json_t *object, const char *name)
{
	return json_is_number(json_object_get(object, name));
}

static const char *
decimal_of(struct call *call, const json_t *object, const char *name, int decimals)
{
	return has(object, name)
		? vs_text_decimal(call->arena, real_of(object, name), decimals)
		: "";
}

/* "+1,2", "−0,4", "0,0": what rounds to nothing has no sign. */
static const char *
change_of(struct call *call, const json_t *area)
{
	double change = real_of(area, "change");
	if (!has(area, "change"))
		return "";
	if (fabs(change) < 0.05)
		change = 0;
	return vs_arena_printf(call->arena, "%s%s", change > 0 ? "+" : "",
		vs_text_decimal(call->arena, change, 1));
}

static const char *
cells(struct call *call, const char *cell, int count)
{
	const char *text = "";
	for (int i = 0; i < count; i++)
		text = vs_arena_printf(call->arena, "%s%s", text, cell);
	return text;
}

/* From the middle to the right what was won, to the left what was lost. */
static const char *
change_bar(struct call *call, const json_t *area, double most)
{
	double change = real_of(area, "change");
	if (!has(area, "change") || most <= 0)
		return "";
	int lost = change < 0 ? (int)(-change / most * HALF + 0.5) : 0;
	return vs_arena_printf(call->arena, "%s%s│%s", cells(call, "·", HALF - lost),
		cells(call, "█", lost),
		bar_of(call, change > 0 ? change : 0, most, HALF));
}

static void
effort_cells(struct call *call, struct table *table, const json_t *area, size_t count)
{
	const json_t *effort = json_object_get(area, "effort");
	for (size_t i = 0; i < count; i++)
		table_cell(table, decimal_of(call, effort, works[i], 0));
	table_cell(table,
		integer_of(area, "ran_out") ? number_of(call, area, "ran_out") : "");
}

static void
area_row(struct call *call, struct table *table, const json_t *area, const char *name,
	bool districts, double most)
{
	const json_t *now = json_object_get(area, "now"),
		     *last = json_object_get(area, "last");
	if (districts) {
		table_cell(table, text_of(area, "kommun"));
		table_cell(table, text_of(area, "code"));
	}
	table_cell(table, name);
	table_cell(table, number_of(call, now, "votes"));
	table_cell(table, decimal_of(call, now, "share", 1));
	table_cell(table, decimal_of(call, last, "share", 1));
	table_cell(table, change_of(call, area));
	if (!call->csv)
		table_cell(table, change_bar(call, area, most));
	table_cell(table, decimal_of(call, now, "turnout", 1));
	effort_cells(call, table, area, districts ? 4 : 6);
}

static struct table *
new_table(struct call *call, bool districts)
{
	static struct column columns[17];
	const char *const efforts[] = { _("doors"), _("talks"), _("hours"), _("ballots"),
		_("flyers"), _("media") };
	size_t count = 0;
	if (districts) {
		columns[count++] = (struct column){ _("kommun"), false };
		columns[count++] = (struct column){ _("code"), false };
	}
	columns[count++] =
		(struct column){ districts ? _("district") : _("kommun"), false };
	columns[count++] = (struct column){ _("our votes"), true };
	columns[count++] = (struct column){ _("share, %"), true };
	columns[count++] = (struct column){ _("last time"), true };
	columns[count++] = (struct column){ _("change"), true };
	if (!call->csv)
		columns[count++] = (struct column){ _("worse │ better"), false };
	columns[count++] = (struct column){ _("turnout, %"), true };
	for (int i = 0; i < (districts ? 4 : 6); i++)
		columns[count++] = (struct column){ efforts[i], true };
	columns[count++] = (struct column){ _("ran out"), true };
	return table_new(columns, count);
}

static void
print_areas(struct call *call, const json_t *view)
{
	const json_t *areas = json_object_get(view, "areas");
	bool districts = strcmp(text_of(view, "by"), "district") == 0;
	struct table *table = new_table(call, districts);
	double most = 0;
	size_t i;
	json_t *area;
	json_array_foreach (areas, i, area)
		most = fmax(most, fabs(real_of(area, "change")));
	json_array_foreach (areas, i, area)
		area_row(call, table, area, text_of(area, "name"), districts, most);
	if (!call->csv)
		area_row(call, table, json_object_get(view, "total"), _("in all"),
			districts, most);
	table_print(call, table);
}

static void
print_texts(const json_t *view)
{
	size_t i;
	json_t *each;
	printf("%s",
		_("\nChange in percentage points beside what was done per 1 000 eligible:\n"));
	json_array_foreach (json_object_get(view, "correlations"), i, each)
		printf("  %s: %s\n", text_of(each, "effort_name"), text_of(each, "text"));
	printf("\n");
	json_array_foreach (json_object_get(view, "remarks"), i, each)
		printf("* %s\n", json_string_value(each));
	printf(_("Source of the results: %s\n"), "Valmyndigheten");
}

static bool
areas_by(struct call *call, enum vs_areas *ret_by)
{
	const char *by = option(call, "by");
	*ret_by = by && (strcmp(by, "district") == 0 || strcmp(by, "valdistrikt") == 0)
		? VS_BY_DISTRICT
		: VS_BY_KOMMUN;
	return !by || *ret_by == VS_BY_DISTRICT || strcmp(by, "kommun") == 0 ||
		vs_fail(&call->err, VS_USAGE,
			_("--by: \"%.40s\" is neither kommun nor district"), by);
}

bool
cmd_evaluation_result(struct call *call)
{
	enum vs_areas by;
	if (!areas_by(call, &by))
		return false;
	json_t *view =
		vs_evaluation_result_view(call->db, option(call, "kind"), by, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		print_areas(call, view);
		if (!call->csv)
			print_texts(view);
	}
	json_decref(view);
	return true;
}
