/*
 * What the figures of the result view say and what they do not: correlations with their
 * uncertainty, and remarks on what is missing.
 */
#include <math.h>
#include <string.h>

#include <valstuga/rank.h>
#include <valstuga/text.h>

#include "base/i18n.h"
#include "campaign/evaluation_result.h"
#include "record/record.h"

#define NORMAL95 1.96
#define LEAST	 3 /* areas where something was done: fewer are no order */

const char *
evaluation_work_name(enum work work)
{
	static const char *const names[WORKS] = { N_("doors knocked on"),
		N_("talks at doors"), N_("hours on shifts"), N_("ballots delivered"),
		N_("leaflets"), N_("media appearances") };
	return _(names[work]);
}

/* Correlations ---------------------------------------------------------------------------- */

static const char *
areas_text(const struct evaluation *e, size_t count)
{
	return vs_arena_printf(e->arena,
		e->by == VS_BY_KOMMUN ? P_("%zu kommun", "%zu kommuner", count)
				      : P_("%zu district", "%zu districts", count),
		count);
}

static const char *
figure(const struct evaluation *e, double value)
{
	return vs_text_decimal(e->arena, value, 2);
}

static const char *
rank_text(const struct evaluation *e, const struct vs_rank *rank)
{
	const char *numbers = vs_arena_printf(e->arena,
		_("rank correlation %s (%s to %s; %s)"), figure(e, rank->rho),
		figure(e, rank->low), figure(e, rank->high), areas_text(e, rank->count));
	if (rank->low <= 0 && rank->high >= 0)
		return vs_arena_printf(
			e->arena, _("%s: it may just as well be chance"), numbers);
	return vs_arena_printf(e->arena,
		rank->rho > 0
			? _("%s: where there was more of it the result tended to change for the "
			    "better; that does not show that it was the cause")
			: _("%s: where there was more of it the result tended to change for the "
			    "worse; that does not show that it was the cause"),
		numbers);
}

/* Change and effort of the areas where both are known. */
static size_t
gather(const struct evaluation *e, enum work work, double *changes, double *efforts,
	size_t *ret_worked)
{
	size_t count = 0;
	*ret_worked = 0;
	for (size_t i = 0; i < e->count; i++) {
		const struct area *area = &e->areas[i];
		int64_t eligible = evaluation_eligible(area);
		if (eligible <= 0 || !evaluation_change(area, &changes[count]))
			continue;
		*ret_worked += area->efforts.amount[work] > 0;
		efforts[count++] = 1000 * area->efforts.amount[work] / (double)eligible;
	}
	return count;
}

static const char *
nothing_text(const struct evaluation *e, enum work work, size_t count, size_t worked)
{
	if (e->total.efforts.amount[work] <= 0)
		return _("nothing to compare: none is noted");
	if (worked < LEAST)
		return vs_arena_printf(e->arena,
			_("nothing to compare: noted in %s only"), areas_text(e, worked));
	if (count < 5)
		return vs_arena_printf(e->arena,
			_("nothing can be said of %s; at least five are needed"),
			areas_text(e, count));
	return _("nothing can be said: either effort or change is the same everywhere");
}

static json_t *
correlate(struct evaluation *e, enum work work)
{
	double *changes = vs_arena_alloc(e->arena, (e->count + 1) * sizeof *changes);
	double *efforts = vs_arena_alloc(e->arena, (e->count + 1) * sizeof *efforts);
	size_t worked, count = gather(e, work, changes, efforts, &worked);
	struct vs_rank rank;
	bool told = worked >= LEAST && vs_rank(e->arena, efforts, changes, count, &rank);
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:I, s:s}", "effort",
		evaluation_works[work], "effort_name", evaluation_work_name(work), "rho",
		told ? json_real(rank.rho) : json_null(), "low",
		told ? json_real(rank.low) : json_null(), "high",
		told ? json_real(rank.high) : json_null(), "areas", (json_int_t)count,
		"text",
		told ? rank_text(e, &rank) : nothing_text(e, work, count, worked));
}

json_t *
evaluation_correlations(struct evaluation *e)
{
	json_t *list = json_array();
	for (int w = 0; w < WORKS; w++)
		if (evaluation_has(e, (enum work)w))
			json_array_append_new(list, correlate(e, (enum work)w));
	return list;
}

/* Remarks --------------------------------------------------------------------------------- */

static void
say(json_t *remarks, const char *text)
{
	json_array_append_new(remarks, json_string(text));
}

static void
say_missing(struct evaluation *e, json_t *remarks)
{
	const char *year = vs_arena_copy(e->arena, e->campaign.election_day, 4);
	if (!e->total.now.known)
		say(remarks,
			vs_arena_printf(e->arena,
				_("no %s result of the election of %s is here yet; take in the "
				  "authority's files: valstuga import --election %s riksdag_%s.csv "
				  "region_%s.csv kommun_%s.csv"),
				e->kind, e->campaign.election_day,
				e->campaign.election_day, year, year, year));
	if (!e->total.last.known)
		say(remarks,
			vs_arena_printf(e->arena,
				_("no %s result of the last election is here, so there is no change "
				  "to tell"),
				e->kind));
	if (e->total.now.known && e->total.now.votes < 0)
		say(remarks,
			_("the files have no column for the party: its votes are not known"));
	else if (e->uncounted)
		say(remarks,
			vs_arena_printf(e->arena,
				P_("%zu district of %zu is not counted yet; its votes are in no figure",
					"%zu districts of %zu are not counted yet; their votes are in no figure",
					e->uncounted),
				e->uncounted, e->districts));
}

static void
say_redrawn(struct evaluation *e, json_t *remarks)
{
	if (e->redrawn && e->total.last.known)
		say(remarks,
			vs_arena_printf(e->arena,
				P_("%zu district has no counterpart last time, or over a fifth more or "
				   "fewer voters than then: it was redrawn and is not compared",
					"%zu districts have no counterpart last time, or over a fifth more or "
					"fewer voters than then: they were redrawn and are not compared",
					e->redrawn),
				e->redrawn));
	if (e->gone)
		say(remarks,
			vs_arena_printf(e->arena,
				P_("%zu district of last time is no more; its votes are in the totals "
				   "of last time",
					"%zu districts of last time are no more; their votes are in the "
					"totals of last time",
					e->gone),
				e->gone));
	if (e->late)
		say(remarks,
			vs_arena_printf(e->arena,
				P_("%s vote of ours came late by advance voting and is counted for its "
				   "kommun, in no district",
					"%s votes of ours came late by advance voting and are counted for "
					"their kommun, in no district",
					e->late),
				vs_text_number(e->arena, e->late)));
}

/* How far a middling district moves by chance alone, so that nobody reads a district's change. */
static void
say_chance(struct evaluation *e, json_t *remarks)
{
	double share;
	int64_t valid = 0;
	if (!evaluation_share(&e->total.now, &share) || !e->districts)
		return;
	for (size_t i = 0; i < e->count; i++)
		valid += e->areas[i].now.valid > 0 ? e->areas[i].now.valid : 0;
	valid /= (int64_t)e->districts;
	if (valid <= 0)
		return;
	double p = share / 100;
	double points = 100 * NORMAL95 * sqrt(2 * p * (1 - p) / (double)valid);
	say(remarks,
		vs_arena_printf(e->arena,
			_("a district of the usual size, %s valid votes, moves by up to %s "
			  "percentage points by chance alone"),
			vs_text_number(e->arena, valid),
			vs_text_decimal(e->arena, points, 1)));
}

/* What was done and lies in none of the areas. */
static void
say_astray(struct evaluation *e, json_t *remarks)
{
	const char *text = "";
	for (int w = 0; w < WORKS; w++) {
		int64_t amount = llround(e->astray.amount[w]);
		if (amount > 0 && evaluation_has(e, (enum work)w))
			text = vs_arena_printf(e->arena, "%s%s%s %s", text,
				*text ? ", " : "", evaluation_work_name((enum work)w),
				vs_text_number(e->arena, amount));
	}
	if (*text && e->by == VS_BY_KOMMUN)
		say(remarks,
			vs_arena_printf(e->arena,
				_("in no one kommun of the district, and only in the total: %s"),
				text));
	else if (*text)
		say(remarks,
			vs_arena_printf(e->arena,
				_("in no district, and only in the total: %s; a walk says its "
				  "district with 'valstuga canvass set WALK --district CODE'"),
				text));
}

static void
say_districts(json_t *remarks)
{
	say(remarks,
		_("districts of one polling station share its hours and ballots by their voters; "
		  "what came there for advance voting is among them; flyers and media are only "
		  "known per kommun"));
}

/* One of twenty intervals leaves out 0 where there is nothing. */
static void
say_causes(struct evaluation *e, json_t *remarks, const json_t *correlations)
{
	size_t i, told = 0;
	json_t *each;
	json_array_foreach (correlations, i, each)
		told += !json_is_null(json_object_get(each, "rho"));
	if (told > 1)
		say(remarks,
			vs_arena_printf(e->arena,
				_("of %zu comparisons one looks like more than chance with a "
				  "probability of %s %% even if none is"),
				told,
				vs_text_decimal(e->arena,
					100 * (1 - pow(0.95, (double)told)), 0)));
	say(remarks,
		_("the figures show what went together, not what caused what: people work where "
		  "they live and where they hope for most, and places differ in much else"));
}

json_t *
evaluation_remarks(struct evaluation *e, const json_t *correlations)
{
	json_t *remarks = json_array();
	say_missing(e, remarks);
	say_astray(e, remarks);
	if (e->by == VS_BY_DISTRICT) {
		say_redrawn(e, remarks);
		say_districts(remarks);
		say_chance(e, remarks);
	}
	say_causes(e, remarks, correlations);
	return remarks;
}
