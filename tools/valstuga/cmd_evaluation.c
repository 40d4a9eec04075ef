/* After the election: results beside the last, with what was done where. */
#include <math.h>
#include <string.h>

#include <valstuga/evaluation.h>
#include <valstuga/text.h>

#include "tool.h"

#define HALF 5 /* characters of a bar to each side */

#define WORKS	       6
#define DISTRICT_WORKS 4 /* that are known per district, too */
static const char *const works[WORKS] = { "doors", "talks", "hours", "ballots", "flyers",
	"media" };
static const char *const work_heads[WORKS] = { N_("doors"), N_("talks"), N_("hours"),
	N_("ballots"), N_("leaflets"), N_("media") };

/* A table being made: what a row has is decided once. CSV has every column. */
struct sheet {
	struct call *call;
	struct table *table;
	bool districts;
	bool shown[WORKS], ran_out; /* of what there is some */
	double most;		    /* the greatest change, for the bars */
};

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

/* For eyes "1 234,5" and "−0,5"; in CSV what spreadsheets take for a number. */
static const char *
decimal_text(struct call *call, double value, int decimals)
{
	if (!call->csv)
		return vs_text_decimal(call->arena, value, decimals);
	char *text =
		vs_arena_printf(call->arena, "%.*f", decimals ? decimals + 1 : 0, value);
	char *point = strchr(text, '.');
	if (point)
		*point = ',';
	return text;
}

static const char *
decimal_of(struct call *call, const json_t *object, const char *name, int decimals)
{
	return has(object, name) ? decimal_text(call, real_of(object, name), decimals)
				 : "";
}

/* "+1,2", "−0,4", "0,0": what rounds to nothing has no sign. */
static const char *
change_of(struct call *call, const json_t *area)
{
	double change = real_of(area, "change");
	if (!has(area, "change") || call->csv)
		return decimal_of(call, area, "change", 1);
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
area_row(struct sheet *sheet, const json_t *area, const char *name)
{
	struct call *call = sheet->call;
	struct table *table = sheet->table;
	const json_t *now = json_object_get(area, "now"),
		     *last = json_object_get(area, "last");
	if (sheet->districts) {
		table_cell(table, text_of(area, "kommun"));
		table_cell(table, text_of(area, "code"));
	}
	table_cell(table, name);
	table_cell(table, decimal_of(call, now, "votes", 0));
	table_cell(table, decimal_of(call, now, "share", 1));
	table_cell(table, decimal_of(call, last, "share", 1));
	table_cell(table, change_of(call, area));
	if (!call->csv)
		table_cell(table, change_bar(call, area, sheet->most));
	table_cell(table, decimal_of(call, now, "turnout", 1));
	for (int i = 0; i < WORKS; i++)
		if (sheet->shown[i])
			table_cell(table,
				decimal_of(call, json_object_get(area, "effort"),
					works[i], 0));
	if (sheet->ran_out)
		table_cell(table, number_of(call, area, "ran_out"));
}

static void
open_sheet(struct sheet *sheet)
{
	static struct column columns[10 + WORKS];
	size_t count = 0;
	if (sheet->districts) {
		columns[count++] = (struct column){ _("kommun"), false };
		columns[count++] = (struct column){ _("code"), false };
	}
	columns[count++] =
		(struct column){ sheet->districts ? _("district") : _("kommun"), false };
	columns[count++] = (struct column){ _("our votes"), true };
	columns[count++] = (struct column){ _("share, %"), true };
	columns[count++] = (struct column){ _("last time"), true };
	columns[count++] = (struct column){ _("change"), true };
	if (!sheet->call->csv)
		columns[count++] = (struct column){ "−    │    +", false };
	columns[count++] = (struct column){ _("turnout, %"), true };
	for (int i = 0; i < WORKS; i++)
		if (sheet->shown[i])
			columns[count++] = (struct column){ _(work_heads[i]), true };
	if (sheet->ran_out)
		columns[count++] = (struct column){ _("ran out"), true };
	sheet->table = table_new(columns, count);
}

static void
print_areas(struct call *call, const json_t *view)
{
	const json_t *areas = json_object_get(view, "areas"),
		     *total = json_object_get(view, "total");
	struct sheet sheet = { .call = call,
		.districts = strcmp(text_of(view, "by"), "district") == 0 };
	size_t i;
	json_t *area;
	for (int w = 0; w < WORKS; w++)
		sheet.shown[w] = (call->csv ||
					 real_of(json_object_get(total, "effort"),
						 works[w]) > 0) &&
			(!sheet.districts || w < DISTRICT_WORKS);
	sheet.ran_out = call->csv || integer_of(total, "ran_out");
	json_array_foreach (areas, i, area)
		sheet.most = fmax(sheet.most, fabs(real_of(area, "change")));
	open_sheet(&sheet);
	json_array_foreach (areas, i, area)
		area_row(&sheet, area, text_of(area, "name"));
	if (!call->csv)
		area_row(&sheet, total, _("in all"));
	table_print(call, sheet.table);
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
	*ret_by = by &&
			(strcmp(by, "district") == 0 || strcmp(by, "distrikt") == 0 ||
				strcmp(by, "valdistrikt") == 0)
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
