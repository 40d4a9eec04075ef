/*
 * Legs: what an association's depot lacks for its places goes there from the district's depot
 * on the weekday before it is first needed; what the cars cannot take then, on earlier ones.
 */
#include "ballots/deliver.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Weekdays on which a leg is tried after the day that it was meant for. */
#define LEG_DAYS 4

/* Weekdays that legs are spread over, and how much of a day's cars they may fill. */
#define SPREAD_DAYS 15
#define SPREAD_PART 0.6

/* Pieces that are at a depot, or on their way to it, and not promised to anybody else. */
static bool
load_free(struct vs_db *db, const struct deliver_plan *plan, int64_t depot, int64_t item,
	int64_t *ret_pieces, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce((SELECT pieces FROM balance WHERE location_id = ?3"
			"  AND item_id = ?4), 0) + coalesce((SELECT sum(iif(d.to_id = ?3,"
			"  l.pieces, -l.pieces)) FROM delivery d"
			"  JOIN delivery_line l ON l.delivery_id = d.id"
			"  WHERE l.item_id = ?4 AND NOT coalesce(" DELIVER_REPLACED ", 0)"
			"  AND ((d.to_id = ?3 AND d.status IN ('planned', 'packed', 'underway'))"
			"  OR (d.from_id = ?3 AND (d.status IN ('planned', 'packed')"
			"  OR (d.status = 'underway' AND d.carrier_id IS NULL))))), 0)"),
		    err))
		return false;
	stmt_bind(&q, plan->round);
	stmt_bind(&q, plan->options->day);
	stmt_bind(&q, depot);
	stmt_bind(&q, item);
	if (!stmt_row(&q, err))
		return false;
	*ret_pieces = stmt_int(&q, 0);
	return true;
}

/* What a depot's stops take in all, by the position of the item in the facts. */
struct need {
	int64_t *pieces;
	int32_t first, last; /* days between which it is needed */
};

static struct need *
sum_needs(struct deliver_plan *plan)
{
	struct deliver_facts *facts = plan->facts;
	struct need *needs =
		vs_arena_alloc(facts->arena, facts->depot_count * sizeof *needs);
	for (size_t i = 0; i < facts->depot_count; i++) {
		needs[i].first = INT32_MAX;
		needs[i].pieces = vs_arena_alloc(
			facts->arena, (facts->item_count + 1) * sizeof *needs[i].pieces);
	}
	for (size_t i = 0; i < plan->stop_count; i++) {
		const struct deliver_stop *stop = &plan->stops[i];
		if (!stop->days->count)
			continue;
		const struct deliver_depot *depot = deliver_depot(facts, stop->from);
		struct need *need = &needs[depot - facts->depots];
		for (size_t k = 0; k < stop->line_count; k++)
			need->pieces[deliver_item(facts, stop->lines[k].item) -
				facts->items] += stop->lines[k].pieces;
		if (stop->days->days[0].date < need->first)
			need->first = stop->days->days[0].date;
		if (stop->days->days[stop->days->count - 1].date > need->last)
			need->last = stop->days->days[stop->days->count - 1].date;
	}
	return needs;
}

/* How many cars a load fills, and how many there are on a day at the district's depot. */
static double
cars_filled(const struct deliver_facts *facts, const struct deliver_stop *stop)
{
	double kg = 0, boxes = 0;
	int count = 0;
	for (size_t i = 0; i < facts->carrier_count; i++) {
		const struct deliver_carrier *c = &facts->carriers[i];
		if (c->base != facts->depots[0].id || c->dropped)
			continue;
		kg += c->kg;
		boxes += c->boxes;
		count++;
	}
	if (!count)
		return 1;
	double by_kg = (double)stop->weight_g / 1000 / (kg / count);
	double by_boxes = stop->boxes / (boxes / count);
	return by_kg > by_boxes ? by_kg : by_boxes;
}

static double
cars_on(const struct deliver_facts *facts, int32_t date)
{
	double count = 0;
	int from, until;
	for (size_t i = 0; i < facts->carrier_count; i++)
		if (facts->carriers[i].base == facts->depots[0].id &&
			deliver_carrier_hours(
				facts, &facts->carriers[i], date, &from, &until))
			count++;
	return count;
}

/* The weekday before the need, or as many before that as the cars are full. `filled`: cars by
 * day from today. */
static int32_t
choose_day(const struct deliver_facts *facts, const struct deliver_stop *leg,
	int32_t needed, double *filled)
{
	int32_t date = deliver_weekday_before(needed), first = date;
	double cars = cars_filled(facts, leg);
	for (int i = 0; i < SPREAD_DAYS && date >= facts->today; i++) {
		if (filled[date - facts->today] + cars <=
			SPREAD_PART * cars_on(facts, date)) {
			filled[date - facts->today] += cars;
			return date;
		}
		date = deliver_weekday_before(date);
	}
	return first < facts->today ? facts->today : first;
}

/* The day that was chosen, then the weekdays after it while anybody needs it. */
static struct deliver_days *
leg_days(const struct deliver_facts *facts, const struct deliver_depot *to, int32_t date,
	int32_t last)
{
	struct deliver_days *days = vs_arena_alloc(facts->arena, sizeof *days);
	days->days = vs_arena_alloc(facts->arena, LEG_DAYS * sizeof *days->days);
	while (days->count < LEG_DAYS && (!days->count || date <= last)) {
		struct deliver_day *day = &days->days[days->count++];
		day->date = date++;
		day->count = 1;
		day->spans = vs_arena_alloc(facts->arena, sizeof *day->spans);
		*day->spans = (struct deliver_span){ to->opens, to->closes };
		while (!deliver_weekday(date))
			date++;
	}
	return days;
}

static void
add_leg(struct deliver_plan *plan, struct deliver_depot *depot,
	const struct delivery_line *lines, size_t count, const struct need *need,
	double *filled)
{
	struct deliver_facts *facts = plan->facts;
	struct deliver_target *target = vs_arena_alloc(facts->arena, sizeof *target);
	*target = (struct deliver_target){ .location = depot->id,
		.kind = DELIVER_DEPOT,
		.name = depot->name,
		.kommun = "",
		.kommun_name = "",
		.point = depot->point,
		.service = depot->service,
		.depot = facts->depots[0].id };
	size_t before = plan->stop_count;
	struct deliver_stop *stop = deliver_stop_new(plan);
	stop->target = target;
	stop->from = target->depot;
	stop->lines = lines;
	stop->line_count = count;
	stop->leg = true;
	stop->needed = need->first;
	deliver_stop_weigh(facts, stop);
	deliver_stop_split(plan, stop);
	for (size_t i = before; i < plan->stop_count; i++) {
		struct deliver_stop *part = &plan->stops[i];
		int32_t date = choose_day(facts, part, need->first, filled);
		part->days = leg_days(facts, depot, date, need->last);
		depot->waiting++;
	}
}

static void
tell_lack(struct deliver_facts *facts, const struct deliver_depot *depot,
	const struct deliver_item *item, int64_t lacking)
{
	deliver_note(facts,
		vs_arena_printf(facts->arena,
			_("%s: %s pieces of %s are not there yet, which this plan takes from it"),
			depot->name, vs_text_number(facts->arena, lacking), item->name));
}

/* The lines that a depot lacks; those of the district's come from nowhere and are told. */
static bool
find_lack(struct vs_db *db, struct deliver_plan *plan, struct deliver_depot *depot,
	const struct need *need, struct delivery_line *lines, size_t *ret_count,
	struct vs_error *err)
{
	struct deliver_facts *facts = plan->facts;
	*ret_count = 0;
	for (size_t i = 0; i < facts->item_count; i++) {
		const struct deliver_item *item = &facts->items[i];
		int64_t free = 0;
		if (!need->pieces[i])
			continue;
		if (!load_free(db, plan, depot->id, item->id, &free, err))
			return false;
		int64_t lacking = need->pieces[i] - (free > 0 ? free : 0);
		if (lacking <= 0)
			continue;
		if (depot == facts->depots)
			tell_lack(facts, depot, item, lacking);
		else
			lines[(*ret_count)++] =
				(struct delivery_line){ item->id, lacking };
	}
	return true;
}

static double *
days_to_fill(const struct deliver_facts *facts, const struct need *needs)
{
	int32_t last = facts->today;
	for (size_t i = 0; i < facts->depot_count; i++)
		if (needs[i].first != INT32_MAX && needs[i].first > last)
			last = needs[i].first;
	return vs_arena_alloc(
		facts->arena, (size_t)(last - facts->today + 1) * sizeof(double));
}

bool
deliver_legs_load(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	struct deliver_facts *facts = plan->facts;
	struct need *needs = sum_needs(plan);
	double *filled = days_to_fill(facts, needs);
	for (size_t i = facts->depot_count; i-- > 0;) {
		struct deliver_depot *depot = &facts->depots[i];
		struct delivery_line *lines = vs_arena_alloc(
			facts->arena, (facts->item_count + 1) * sizeof *lines);
		size_t count;
		if (!find_lack(db, plan, depot, &needs[i], lines, &count, err))
			return false;
		if (!count || needs[i].first == INT32_MAX)
			continue;
		add_leg(plan, depot, lines, count, &needs[i], filled);
		for (size_t k = 0; k < count; k++)
			needs[0].pieces[deliver_item(facts, lines[k].item) -
				facts->items] += lines[k].pieces;
	}
	return true;
}
