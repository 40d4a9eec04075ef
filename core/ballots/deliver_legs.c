/*
 * Legs: what an association's depot lacks for its places goes there from the district's depot
 * on the weekday before it is first needed.
 */
#include "ballots/deliver.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Weekdays on which a leg is tried. */
#define LEG_DAYS 3

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
	int32_t first; /* day on which it is first needed */
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
	}
	return needs;
}

/* The weekday before, or today; then the weekdays after it. */
static struct deliver_days
leg_days(
	const struct deliver_facts *facts, const struct deliver_depot *to, int32_t needed)
{
	struct deliver_days days = { .days = vs_arena_alloc(facts->arena,
					     LEG_DAYS * sizeof *days.days) };
	int32_t date = needed - 1;
	while (!deliver_weekday(date))
		date--;
	if (date < facts->today)
		date = facts->today;
	while (days.count < LEG_DAYS) {
		struct deliver_day *day = &days.days[days.count++];
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
	const struct delivery_line *lines, size_t count, int32_t needed)
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
		.depot = facts->depots[0].id,
		.days = leg_days(facts, depot, needed) };
	target->open = target->days;
	struct deliver_stop *stop = deliver_stop_new(plan);
	stop->target = target;
	stop->from = target->depot;
	stop->days = &target->days;
	stop->lines = lines;
	stop->line_count = count;
	stop->leg = true;
	deliver_stop_weigh(facts, stop);
	size_t before = plan->stop_count;
	deliver_stop_split(plan, stop);
	depot->waiting = (int)(plan->stop_count - before + 1);
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

bool
deliver_legs_load(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	struct deliver_facts *facts = plan->facts;
	struct need *needs = sum_needs(plan);
	for (size_t i = facts->depot_count; i-- > 0;) {
		struct deliver_depot *depot = &facts->depots[i];
		struct delivery_line *lines = vs_arena_alloc(
			facts->arena, (facts->item_count + 1) * sizeof *lines);
		size_t count;
		if (!find_lack(db, plan, depot, &needs[i], lines, &count, err))
			return false;
		if (!count || needs[i].first == INT32_MAX)
			continue;
		add_leg(plan, depot, lines, count, needs[i].first);
		for (size_t k = 0; k < count; k++)
			needs[0].pieces[deliver_item(facts, lines[k].item) -
				facts->items] += lines[k].pieces;
	}
	return true;
}
