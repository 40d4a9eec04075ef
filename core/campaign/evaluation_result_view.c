/* The result view as JSON. */
#include "campaign/evaluation_result.h"

#include <math.h>

const char *const evaluation_works[WORKS] = { "doors", "talks", "hours", "ballots",
	"flyers", "media" };

static json_t *
integer_or_null(int64_t value)
{
	return value < 0 ? json_null() : json_integer(value);
}

static json_t *
real_or_null(bool known, double value)
{
	return known ? json_real(value) : json_null();
}

static json_t *
count_view(const struct register_count *count)
{
	double share = 0, turnout = 0;
	if (!count->known)
		return json_null();
	bool shared = evaluation_share(count, &share);
	bool turned = evaluation_turnout(count, &turnout);
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "eligible",
		integer_or_null(count->eligible), "voted", integer_or_null(count->voted),
		"valid", integer_or_null(count->valid), "votes",
		integer_or_null(count->votes), "share", real_or_null(shared, share),
		"turnout", real_or_null(turned, turnout));
}

/* Pieces and doors are whole, also where a district has a part of a place's. */
static json_t *
amount_view(bool known, enum work work, double amount)
{
	if (!known)
		return json_null();
	return work == HOURS ? json_real(round(amount * 100) / 100)
			     : json_integer(llround(amount));
}

static json_t *
area_view(const struct evaluation *e, const struct area *area)
{
	double change = 0;
	bool changed = evaluation_change(area, &change);
	int64_t eligible = evaluation_eligible(area);
	json_t *effort = json_object(), *per = json_object();
	for (int w = 0; w < WORKS; w++) {
		bool known = evaluation_has(e, (enum work)w) || area == &e->total;
		double amount = area->efforts.amount[w];
		json_object_set_new(effort, evaluation_works[w],
			amount_view(known, (enum work)w, amount));
		json_object_set_new(per, evaluation_works[w],
			real_or_null(known && eligible > 0,
				eligible > 0 ? 1000 * amount / (double)eligible : 0));
	}
	bool both = area->now.known && area->last.known && area->now.votes >= 0 &&
		area->last.votes >= 0;
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:I}", "code",
		area->code, "name", area->name, "kommun", area->kommun_name, "now",
		count_view(&area->now), "last", count_view(&area->last), "change",
		real_or_null(changed, change), "votes_change",
		both ? json_integer(area->now.votes - area->last.votes) : json_null(),
		"effort", effort, "effort_per_1000", per, "ran_out",
		(json_int_t)llround(area->efforts.ran_out));
}

json_t *
evaluation_view(struct evaluation *e)
{
	json_t *areas = json_array();
	for (size_t i = 0; i < e->count; i++)
		json_array_append_new(areas, area_view(e, &e->areas[i]));
	json_t *correlations = evaluation_correlations(e);
	json_t *remarks = evaluation_remarks(e, correlations);
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "kind", e->kind,
		"election_day", e->campaign.election_day, "by",
		e->by == VS_BY_KOMMUN ? "kommun" : "district", "areas", areas, "total",
		area_view(e, &e->total), "correlations", correlations, "remarks",
		remarks);
}
