/* What a round has still to hand over: its allocation without what is on its way already. */
#include "ballots/deliver.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

struct deliver_stop *
deliver_stop_new(struct deliver_plan *plan)
{
	struct vs_arena *arena = plan->facts->arena;
	if (plan->stop_count == plan->stop_room) {
		plan->stop_room = plan->stop_room ? 2 * plan->stop_room : 64;
		struct deliver_stop *more =
			vs_arena_alloc(arena, plan->stop_room * sizeof *more);
		if (plan->stop_count)
			memcpy(more, plan->stops, plan->stop_count * sizeof *more);
		plan->stops = more;
	}
	struct deliver_stop *stop = &plan->stops[plan->stop_count++];
	*stop = (struct deliver_stop){ .arrives = -1, .opens = -1, .closes = -1 };
	return stop;
}

void
deliver_stop_weigh(const struct deliver_facts *facts, struct deliver_stop *stop)
{
	int64_t weight_mg = 0;
	stop->pieces = 0;
	stop->boxes = 0;
	for (size_t i = 0; i < stop->line_count; i++) {
		const struct delivery_line *line = &stop->lines[i];
		const struct deliver_item *item = deliver_item(facts, line->item);
		stop->pieces += line->pieces;
		weight_mg += item ? line->pieces * item->unit_mg : 0;
		stop->boxes += item ? (double)line->pieces / (double)item->box : 0;
	}
	stop->weight_g = (weight_mg + 999) / 1000;
}

/* Too much for one car ---------------------------------------------------------------------*/

static int
by_size(const void *a, const void *b)
{
	return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

/* The largest and the usual load of a depot's carriers; 0 when it has none. */
struct fleet {
	int most_kg, most_boxes, usual_kg, usual_boxes;
};

static struct fleet
fleet_of(const struct deliver_facts *facts, int64_t depot)
{
	struct fleet fleet = { 0 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int *kg = vs_arena_alloc(scratch.arena, (facts->carrier_count + 1) * sizeof *kg);
	int *boxes =
		vs_arena_alloc(scratch.arena, (facts->carrier_count + 1) * sizeof *boxes);
	size_t count = 0;
	for (size_t i = 0; i < facts->carrier_count; i++) {
		const struct deliver_carrier *c = &facts->carriers[i];
		if (c->base != depot || c->dropped)
			continue;
		kg[count] = c->kg;
		boxes[count++] = c->boxes;
	}
	if (!count)
		return fleet;
	qsort(kg, count, sizeof *kg, by_size);
	qsort(boxes, count, sizeof *boxes, by_size);
	fleet = (struct fleet){ kg[count - 1], boxes[count - 1], kg[count / 2],
		boxes[count / 2] };
	return fleet;
}

/*
 * In how many parts a load goes: one if any car takes it, else as the usual car does. Legs,
 * which can go in parts as well as not, always as the usual car does.
 */
static int
parts_of(const struct fleet *fleet, const struct deliver_stop *stop)
{
	double kg = (double)stop->weight_g / 1000;
	int most_kg = stop->leg ? fleet->usual_kg : fleet->most_kg;
	int most_boxes = stop->leg ? fleet->usual_boxes : fleet->most_boxes;
	if (!fleet->most_kg || (kg <= most_kg && stop->boxes <= most_boxes))
		return 1;
	double by_kg = kg / (0.95 * fleet->usual_kg);
	double by_boxes = stop->boxes / (0.95 * fleet->usual_boxes);
	return (int)ceil(fmin(fmax(by_kg, by_boxes), 1000));
}

/* Whole bundles, as equal as can be; what is over goes with the last part. */
static int64_t
share(const struct deliver_item *item, int64_t pieces, int part, int parts)
{
	int64_t bundle = item ? item->bundle : 1;
	if (part == parts)
		return pieces;
	return pieces * part / parts / bundle * bundle;
}

static struct deliver_stop
take_part(const struct deliver_facts *facts, const struct deliver_stop *whole, int part,
	int parts)
{
	struct deliver_stop stop = *whole;
	struct delivery_line *lines =
		vs_arena_alloc(facts->arena, (whole->line_count + 1) * sizeof *lines);
	stop.line_count = 0;
	for (size_t i = 0; i < whole->line_count; i++) {
		struct delivery_line line = whole->lines[i];
		const struct deliver_item *item = deliver_item(facts, line.item);
		int64_t before = share(item, line.pieces, part, parts);
		line.pieces = share(item, line.pieces, part + 1, parts) - before;
		if (line.pieces > 0)
			lines[stop.line_count++] = line;
	}
	stop.lines = lines;
	deliver_stop_weigh(facts, &stop);
	return stop;
}

void
deliver_stop_split(struct deliver_plan *plan, struct deliver_stop *stop)
{
	const struct deliver_stop whole = *stop;
	const struct fleet fleet = fleet_of(plan->facts, whole.from);
	int parts = parts_of(&fleet, &whole);
	if (parts < 2)
		return;
	plan->stop_count--;
	for (int i = 0; i < parts; i++) {
		struct deliver_stop part = take_part(plan->facts, &whole, i, parts);
		if (part.line_count)
			*deliver_stop_new(plan) = part;
	}
}

/* The round's lines ------------------------------------------------------------------------*/

/* What is to be at one destination; lines that are not covered yet. */
struct want {
	int64_t location, most; /* of one list, of which `item` */
	const struct deliver_item *item;
	struct delivery_line *lines;
	size_t count;
};

static bool
add_want(struct vs_db *db, struct deliver_plan *plan, const struct round *round,
	const struct want *want, struct vs_error *err)
{
	struct deliver_facts *facts = plan->facts;
	struct deliver_target *target;
	if (!want->count)
		return true;
	if (!deliver_target_load(db, facts, want->location, round->phase,
		    deliver_date(round->from), deliver_date(round->until), &target, err))
		return false;
	deliver_rules_tell(facts, target, want->most, want->item);
	struct deliver_stop *stop = deliver_stop_new(plan);
	size_t size = want->count * sizeof *want->lines;
	stop->target = target;
	stop->from = target->depot;
	stop->lines = memcpy(vs_arena_alloc(facts->arena, size), want->lines, size);
	stop->line_count = want->count;
	bool override = plan->options->override && *plan->options->override;
	stop->days = target->days.count || !override ? &target->days : &target->open;
	deliver_stop_weigh(facts, stop);
	if (!(target->rule && target->rule->rule.post))
		deliver_stop_split(plan, stop);
	return true;
}

static void
take_line(struct deliver_plan *plan, struct want *want, int64_t item_id, int64_t pieces,
	int64_t rest)
{
	const struct deliver_item *item = deliver_item(plan->facts, item_id);
	if (item && item->ballot && pieces > want->most) {
		want->most = pieces;
		want->item = item;
	}
	if (rest > 0)
		want->lines[want->count++] = (struct delivery_line){ item_id, rest };
}

static bool
load_wants(struct vs_db *db, struct deliver_plan *plan, const struct round *round,
	struct vs_error *err)
{
	struct want want = { .lines = vs_arena_alloc(plan->facts->arena,
				     (plan->facts->item_count + 1) *
					     sizeof *want.lines) };
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT a.location_id, a.item_id, a.pieces, a.pieces - coalesce("
			" (SELECT sum(l.pieces) FROM delivery d"
			"  JOIN delivery_line l ON l.delivery_id = d.id"
			"  WHERE d.round_id = ?1 AND d.to_id = a.location_id"
			"  AND l.item_id = a.item_id AND d.status NOT IN ('failed', 'cancelled')"
			"  AND NOT " DELIVER_REPLACED "), 0)"
			" FROM allocation a WHERE a.round_id = ?1 AND a.pieces > 0"
			" ORDER BY a.location_id, a.item_id"),
		    err))
		return false;
	stmt_bind(&q, round->id);
	stmt_bind(&q, plan->options->day);
	while (stmt_row(&q, err)) {
		int64_t location = stmt_int(&q, 0);
		if (location != want.location) {
			if (!add_want(db, plan, round, &want, err))
				return false;
			want.location = location;
			want.count = 0;
			want.most = 0;
			want.item = NULL;
		}
		take_line(plan, &want, stmt_int(&q, 1), stmt_int(&q, 2), stmt_int(&q, 3));
	}
	return err->code == VS_OK && add_want(db, plan, round, &want, err);
}

/* Other routes of those days, which stay as they are. */
static bool
load_busy(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT DISTINCT r.carrier_id, r.date, r.leaves, r.ends FROM route r"
			" JOIN delivery d ON d.route_id = r.id"
			" WHERE d.status NOT IN ('failed', 'cancelled')"
			" AND NOT coalesce(" DELIVER_REPLACED ", 0)"),
		    err))
		return false;
	stmt_bind(&q, plan->round);
	stmt_bind(&q, plan->options->day);
	while (stmt_row(&q, err)) {
		struct deliver_carrier *c = deliver_carrier(plan->facts, stmt_int(&q, 0));
		if (c)
			deliver_carrier_busy(plan->facts, c,
				(struct deliver_busy){ deliver_date(stmt_text(&q, 1)),
					(int)stmt_int(&q, 2), (int)stmt_int(&q, 3) });
	}
	return err->code == VS_OK;
}

/* What was planned to go to the same destination keeps its number. */
static bool
take_over(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	size_t at = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id, d.to_id, coalesce(d.carrier_id, 0) FROM delivery d"
			" WHERE " DELIVER_REPLACED " ORDER BY d.to_id, d.id"),
		    err))
		return false;
	stmt_bind(&q, plan->round);
	stmt_bind(&q, plan->options->day);
	while (stmt_row(&q, err)) {
		int64_t to = stmt_int(&q, 1);
		while (at < plan->stop_count && plan->stops[at].target->location < to)
			at++;
		if (at == plan->stop_count || plan->stops[at].target->location != to)
			continue;
		plan->stops[at].was_carrier = stmt_int(&q, 2);
		plan->stops[at++].delivery = stmt_int(&q, 0);
	}
	return err->code == VS_OK;
}

static int
by_location(const void *a, const void *b)
{
	const struct deliver_stop *s = a, *t = b;
	int64_t x = s->target->location, y = t->target->location;
	return (x > y) - (x < y);
}

bool
deliver_stops_load(struct vs_db *db, struct deliver_plan *plan, const struct round *round,
	struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err) || !load_wants(db, plan, round, err) ||
		!load_busy(db, plan, err) || !deliver_legs_load(db, plan, err))
		return false;
	if (plan->stop_count)
		qsort(plan->stops, plan->stop_count, sizeof *plan->stops, by_location);
	return take_over(db, plan, err);
}
