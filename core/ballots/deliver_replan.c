/*
 * A day planned again, when a carrier has dropped out or a delivery was added: from the routes
 * that people have been told, as few stops as possible changing hands. What has left stays.
 */
#include "ballots/deliver.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* Cars that are out already are not called back. */
static bool
lock_carriers(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	struct deliver_facts *facts = plan->facts;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT carrier_id, count(*) FILTER (WHERE status = 'underway')"
			" FROM delivery WHERE date = ? AND carrier_id IS NOT NULL"
			" AND status IN ('underway', 'delivered') GROUP BY carrier_id"),
		    err))
		return false;
	stmt_bind(&q, plan->options->day);
	while (stmt_row(&q, err)) {
		struct deliver_carrier *c = deliver_carrier(facts, stmt_int(&q, 0));
		if (!c)
			continue;
		deliver_carrier_busy(
			facts, c, (struct deliver_busy){ plan->only, 0, 1440 });
		if (c->dropped && stmt_int(&q, 1))
			deliver_note(facts,
				vs_arena_printf(facts->arena,
					P_("%s has %d delivery in the car; say with 'valstuga "
					   "deliver fail' that it comes back",
						"%s has %d deliveries in the car; say with "
						"'valstuga deliver fail' that they come back",
						(int)stmt_int(&q, 1)),
					c->name, (int)stmt_int(&q, 1)));
	}
	return err->code == VS_OK;
}

static bool
locked(const struct deliver_plan *plan, int64_t carrier)
{
	const struct deliver_carrier *c = deliver_carrier(plan->facts, carrier);
	return c && !c->dropped && c->busy_count;
}

/* A depot is open as usual; a place that should be shut keeps the hours it was told. */
static void
set_days(struct deliver_plan *plan, struct deliver_stop *stop, int opens, int closes)
{
	struct vs_arena *arena = plan->facts->arena;
	struct deliver_target *target = stop->target;
	stop->days = &target->days;
	if (target->days.count && target->days.days[0].date == plan->only)
		return;
	stop->days = &target->open;
	if (target->open.count && target->open.days[0].date == plan->only)
		return;
	struct deliver_day *day = vs_arena_alloc(arena, sizeof *day);
	day->date = plan->only;
	day->count = 1;
	day->spans = vs_arena_alloc(arena, sizeof *day->spans);
	day->spans->opens = opens >= 0 ? opens : 480;
	day->spans->closes = closes > day->spans->opens ? closes : 1080;
	target->open = (struct deliver_days){ day, 1 };
}

static bool
load_lines(struct vs_db *db, struct deliver_plan *plan, struct deliver_stop *stop,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct delivery_line *lines = vs_arena_alloc(
		plan->facts->arena, (plan->facts->item_count + 1) * sizeof *lines);
	if (!stmt_open(&q, db,
		    SQL("SELECT item_id, pieces FROM delivery_line WHERE delivery_id = ?"),
		    err))
		return false;
	stmt_bind(&q, stop->delivery);
	while (stmt_row(&q, err))
		lines[stop->line_count++] =
			(struct delivery_line){ stmt_int(&q, 0), stmt_int(&q, 1) };
	stop->lines = lines;
	deliver_stop_weigh(plan->facts, stop);
	return err->code == VS_OK;
}

static bool
add_stop(struct vs_db *db, struct deliver_plan *plan, const struct stmt *q,
	struct vs_error *err)
{
	struct deliver_target *target;
	const char *phase =
		plan->only == plan->facts->election_day ? "election_day" : "advance";
	if (!stmt_null(q, 8))
		phase = stmt_copy(q, 8, plan->facts->arena);
	if (!deliver_target_load(db, plan->facts, stmt_int(q, 1), phase, plan->only,
		    plan->only, &target, err))
		return false;
	if (!stmt_int(q, 3) && target->rule && target->rule->rule.post)
		return true;
	struct deliver_stop *stop = deliver_stop_new(plan);
	stop->target = target;
	stop->delivery = stmt_int(q, 0);
	stop->from = stmt_int(q, 2);
	stop->was_carrier = stmt_int(q, 3);
	stop->was_route = stmt_int(q, 4);
	stop->was_leaves = (int)stmt_int(q, 9);
	stop->was_arrives = (int)stmt_int(q, 5);
	stop->leg = target->kind == DELIVER_DEPOT;
	set_days(plan, stop, (int)stmt_int(q, 6), (int)stmt_int(q, 7));
	return load_lines(db, plan, stop, err);
}

static bool
load_stops(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id, d.to_id, d.from_id, coalesce(d.carrier_id, 0),"
			" coalesce(d.route_id, 0), coalesce(d.arrives, -1),"
			" coalesce(d.opens, -1), coalesce(d.closes, -1), r.phase,"
			" coalesce(t.leaves, 0)"
			" FROM delivery d LEFT JOIN round r ON r.id = d.round_id"
			" LEFT JOIN route t ON t.id = d.route_id"
			" JOIN location f ON f.id = d.from_id AND f.kind = 'depot'"
			" WHERE d.date = ? AND d.status IN ('planned', 'packed')"
			" ORDER BY d.carrier_id, t.leaves, d.position, d.id"),
		    err))
		return false;
	stmt_bind(&q, plan->options->day);
	while (stmt_row(&q, err))
		if (!locked(plan, stmt_int(&q, 3)) && !add_stop(db, plan, &q, err))
			return false;
	return err->code == VS_OK;
}

static bool
plan_depots(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	struct deliver_facts *facts = plan->facts;
	struct deliver_stop **stops =
		vs_arena_alloc(facts->arena, (plan->stop_count + 1) * sizeof(void *));
	for (size_t i = 0; i < facts->depot_count; i++) {
		size_t count = 0;
		for (size_t k = 0; k < plan->stop_count; k++)
			if (plan->stops[k].from == facts->depots[i].id)
				stops[count++] = &plan->stops[k];
		if (count &&
			!deliver_route_plan(db, plan, &facts->depots[i], plan->only,
				stops, count, true, err))
			return false;
	}
	return true;
}

static bool
check_day(const struct deliver_plan *plan, struct vs_error *err)
{
	return plan->only >= plan->facts->today ||
		vs_fail(err, VS_REFUSED,
			_("%s has passed; there is nothing to plan again"),
			plan->options->day);
}

/* Reads the day; the caller ends plan->facts. */
static bool
load(struct vs_db *db, struct vs_arena *arena, const struct vs_deliver_options *options,
	struct deliver_plan *plan, struct vs_error *err)
{
	*plan = (struct deliver_plan){
		.options = options, .round_name = options->day, .phase = ""
	};
	if (!deliver_facts_load(db, arena, options->without, &plan->facts, err))
		return false;
	plan->only = deliver_date(options->day);
	if (check_day(plan, err) && lock_carriers(db, plan, err) &&
		load_stops(db, plan, err))
		return true;
	deliver_facts_done(plan->facts);
	return false;
}

static bool
same_facts(struct vs_db *db, const struct deliver_plan *plan, uint64_t code,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct deliver_plan now;
	if (!load(db, scratch.arena, plan->options, &now, err))
		return false;
	bool same = deliver_facts_code(&now) == code;
	deliver_facts_done(now.facts);
	return same || deliver_changed(err);
}

static bool
commit(struct vs_db *db, struct deliver_plan *plan, uint64_t code, const json_t *view,
	struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	const json_t *total = json_object_get(view, "total");
	if (!change_begin(&change, db, "deliver replan", err) ||
		!same_facts(db, plan, code, err) || !deliver_write(db, plan, err))
		return false;
	change_say(&change, "delivery", plan->options->day,
		_("%d deliveries change hands, %d are without a carrier"),
		(int)record_integer(total, "changed"),
		(int)record_integer(total, "unserved"));
	return change_commit(&change, err);
}

/* The search may take as long as it was told; meanwhile others write. */
json_t *
vs_deliver_replan(struct vs_db *db, const char *day,
	const struct vs_deliver_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_date date;
	struct vs_deliver_options asked = *options;
	struct deliver_plan plan;
	json_t *view = NULL;
	asked.day = day;
	if (!vs_date_parse(day, &date, err) ||
		!load(db, scratch.arena, &asked, &plan, err))
		return NULL;
	uint64_t code = deliver_facts_code(&plan);
	if (options->progress)
		options->progress(0, 1);
	bool ok = plan_depots(db, &plan, err);
	if (ok)
		view = deliver_view(&plan);
	ok = ok && deliver_same_plan(&plan, view, err) &&
		(options->plan.dry_run || commit(db, &plan, code, view, err));
	deliver_facts_done(plan.facts);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
