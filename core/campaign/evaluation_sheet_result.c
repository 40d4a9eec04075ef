/* The report's results beside the last ones, and what was done where. */
#include "campaign/evaluation_sheet.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static json_t *
outcome(struct vs_arena *arena, const json_t *area, const char *name)
{
	const json_t *now = json_object_get(area, "now");
	const json_t *last = json_object_get(area, "last");
	const json_t *change = json_object_get(area, "change");
	json_t *row = json_object();
	record_put(row, "area", name);
	record_put(row, "eligible", report_number(arena, now, "eligible"));
	record_put(row, "turnout", report_decimal(arena, now, "turnout", 1));
	record_put(row, "turnout_last", report_decimal(arena, last, "turnout", 1));
	record_put(row, "votes", report_number(arena, now, "votes"));
	record_put(row, "votes_last", report_number(arena, last, "votes"));
	record_put(row, "votes_change",
		report_signed(arena, json_object_get(area, "votes_change"), 0));
	record_put(row, "share", report_decimal(arena, now, "share", 1));
	record_put(row, "share_last", report_decimal(arena, last, "share", 1));
	record_put(row, "change", report_signed(arena, change, 1));
	json_object_set_new(row, "points",
		json_is_number(change) ? json_real(json_number_value(change))
				       : json_null());
	return row;
}

static json_t *
paper_result(const struct report *r, const struct report_result *result, json_t *map)
{
	json_t *rows = json_array(), *area;
	size_t i;
	json_array_foreach (json_object_get(result->view, "areas"), i, area)
		json_array_append_new(
			rows, outcome(r->frame.arena, area, record_string(area, "name")));
	return json_pack("{s:s, s:o, s:o, s:o}", "kind_name", result->name, "rows", rows,
		"total",
		outcome(r->frame.arena, json_object_get(result->view, "total"), ""),
		"map", map ? map : json_null());
}

/* Elections that are counted; the leading one first, with the map. */
bool
report_put_results(const struct report *r, json_t *sheet, struct vs_error *err)
{
	json_t *results = json_array();
	json_object_set_new(sheet, "results", results);
	for (size_t i = 0; i < r->result_count; i++) {
		size_t at = i == 0 ? r->leading : i <= r->leading ? i - 1 : i;
		const struct report_result *result = &r->results[at];
		if (!result->counted)
			continue;
		json_t *map = report_map(r, result, err);
		if (err->code != VS_OK)
			return false;
		json_array_append_new(results, paper_result(r, result, map));
	}
	return true;
}

/* Effort -------------------------------------------------------------------------------------*/

static json_t *
effort_row(struct vs_arena *arena, const json_t *area, const char *name)
{
	static const char *const works[] = { "doors", "talks", "hours", "ballots",
		"flyers", "media" };
	const json_t *effort = json_object_get(area, "effort");
	const json_t *thousand = json_object_get(area, "effort_per_1000");
	json_t *row = json_object(), *rates = json_object();
	record_put(row, "area", name);
	for (size_t i = 0; i < sizeof works / sizeof *works; i++)
		record_put(row, works[i], report_number(arena, effort, works[i]));
	for (size_t i = 0; i < 5; i++)
		if (i != 1) /* talks go with doors */
			record_put(rates, works[i],
				report_decimal(arena, thousand, works[i], i == 2));
	json_object_set_new(row, "per_1000", rates);
	return row;
}

static json_t *
correlation_row(struct vs_arena *arena, const json_t *correlation)
{
	bool known = json_is_number(json_object_get(correlation, "low"));
	json_t *row = json_object();
	record_put(row, "effort",
		vs_arena_printf(arena, _("%s per 1 000 eligible"),
			record_string(correlation, "effort_name")));
	record_put(row, "rho", report_decimal(arena, correlation, "rho", 2));
	record_put(row, "interval",
		known ? vs_arena_printf(arena, _("%s to %s"),
				report_decimal(arena, correlation, "low", 2),
				report_decimal(arena, correlation, "high", 2))
		      : "–");
	record_put(row, "areas", report_number(arena, correlation, "areas"));
	record_put(row, "text", record_string(correlation, "text"));
	return row;
}

/* Whether anything was done that the file knows of. */
static bool
has_effort(const json_t *total)
{
	const char *name;
	json_t *amount;
	json_object_foreach (json_object_get(total, "effort"), name, amount)
		if (json_number_value(amount) > 0)
			return true;
	return false;
}

void
report_put_effort(const struct report *r, json_t *sheet)
{
	struct vs_arena *arena = r->frame.arena;
	const struct report_result *result = &r->results[r->leading];
	const json_t *total = json_object_get(result->view, "total");
	json_t *rows = json_array(), *correlations = json_array(), *each;
	size_t i;
	if (has_effort(total)) {
		json_array_foreach (json_object_get(result->view, "areas"), i, each)
			json_array_append_new(rows,
				effort_row(arena, each, record_string(each, "name")));
		json_array_foreach (
			json_object_get(result->view, "correlations"), i, each)
			json_array_append_new(correlations, correlation_row(arena, each));
	}
	json_object_set_new(sheet, "effort", rows);
	json_object_set_new(sheet, "effort_total", effort_row(arena, total, ""));
	json_object_set_new(sheet, "correlations", correlations);
}
