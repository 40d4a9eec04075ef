/*
 * Writes a plan: routes, deliveries, lines. A delivery that was planned to the same destination
 * keeps its number, and so does the route of the same carrier on the same day, because they
 * may stand on paper already.
 */
#include "ballots/deliver.h"

#include <stdlib.h>

#include "base/i18n.h"

struct old_route {
	int64_t id, carrier, from;
	int32_t date;
	bool free; /* nothing that stays is on it */
};

struct old {
	int64_t *deliveries; /* by id */
	bool *kept;
	size_t count, room;
	struct old_route *routes;
	size_t route_count;
};

/* What is there ----------------------------------------------------------------------------*/

static bool
count_replaced(struct vs_db *db, size_t *ret_count, struct vs_error *err)
{
	int64_t count = 0;
	if (!db_int(db, SQL("SELECT count(*) FROM delivery"), &count, err))
		return false;
	*ret_count = (size_t)count;
	return true;
}

/* A plan of a round replaces what is planned of it, a day planned again its own stops. */
static bool
load_old(struct vs_db *db, const struct deliver_plan *plan, struct old *old,
	struct vs_error *err)
{
	struct vs_arena *arena = plan->facts->arena;
	VS_AUTO(stmt) q = { 0 };
	if (!count_replaced(db, &old->room, err))
		return false;
	old->deliveries =
		vs_arena_alloc(arena, (old->room + 1) * sizeof *old->deliveries);
	old->kept = vs_arena_alloc(arena, old->room + 1);
	if (!plan->round) {
		for (size_t i = 0; i < plan->stop_count; i++)
			old->deliveries[old->count++] = plan->stops[i].delivery;
		return true;
	}
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id FROM delivery d WHERE " DELIVER_REPLACED
			" ORDER BY d.id"),
		    err))
		return false;
	stmt_bind(&q, plan->round);
	stmt_bind(&q, plan->options->day);
	while (stmt_row(&q, err))
		old->deliveries[old->count++] = stmt_int(&q, 0);
	return err->code == VS_OK;
}

static bool
take_off(struct vs_db *db, struct old *old, struct vs_error *err)
{
	VS_AUTO(stmt) find = { 0 };
	VS_AUTO(stmt) off = { 0 };
	if (!stmt_open(&find, db,
		    SQL("SELECT r.id, r.carrier_id, r.from_id, r.date FROM delivery d"
			" JOIN route r ON r.id = d.route_id WHERE d.id = ?"),
		    err) ||
		!stmt_open(&off, db,
			SQL("UPDATE delivery SET route_id = NULL WHERE id = ?"), err))
		return false;
	for (size_t i = 0; i < old->count; i++) {
		stmt_bind(&find, old->deliveries[i]);
		while (stmt_row(&find, err)) {
			struct old_route *last = old->route_count
				? &old->routes[old->route_count - 1]
				: NULL;
			if (last && last->id == stmt_int(&find, 0))
				continue;
			old->routes[old->route_count++] = (struct old_route){
				.id = stmt_int(&find, 0),
				.carrier = stmt_int(&find, 1),
				.from = stmt_int(&find, 2),
				.date = deliver_date(stmt_text(&find, 3)),
			};
		}
		stmt_bind(&off, old->deliveries[i]);
		if (err->code != VS_OK || !stmt_run(&off, err))
			return false;
	}
	return true;
}

/* A route that still has a delivery on it belongs to that. */
static bool
free_routes(struct vs_db *db, struct old *old, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE route_id = ?"
			" AND status NOT IN ('failed', 'cancelled'))"),
		    err))
		return false;
	for (size_t i = 0; i < old->route_count; i++) {
		stmt_bind(&q, old->routes[i].id);
		while (stmt_row(&q, err))
			old->routes[i].free = stmt_int(&q, 0);
		for (size_t k = 0; k < i; k++)
			if (old->routes[k].id == old->routes[i].id)
				old->routes[i].free = false;
	}
	return err->code == VS_OK;
}

/* Routes -----------------------------------------------------------------------------------*/

static int64_t
reuse_route(struct old *old, const struct deliver_route *route)
{
	for (size_t i = 0; i < old->route_count; i++) {
		struct old_route *r = &old->routes[i];
		if (r->free && r->carrier == route->carrier->id &&
			r->from == route->depot->id && r->date == route->date) {
			r->free = false;
			return r->id;
		}
	}
	return 0;
}

static bool
write_route(struct vs_db *db, const struct deliver_plan *plan, struct old *old,
	struct deliver_route *route, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!route->carrier)
		return true;
	route->id = reuse_route(old, route);
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO route (id, date, carrier_id, from_id, leaves, ends,"
			" driving_minutes, metres) VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?)"
			" ON CONFLICT (id) DO UPDATE SET leaves = excluded.leaves,"
			" ends = excluded.ends, driving_minutes = excluded.driving_minutes,"
			" metres = excluded.metres"),
		    err))
		return false;
	stmt_bind(&q, route->id);
	stmt_bind(&q, deliver_date_text(plan->facts->arena, route->date));
	stmt_bind(&q, route->carrier->id);
	stmt_bind(&q, route->depot->id);
	stmt_bind(&q, route->leaves);
	stmt_bind(&q, route->ends);
	stmt_bind(&q, route->driving_min);
	stmt_bind(&q, route->metres);
	if (!stmt_run(&q, err))
		return false;
	if (!route->id)
		route->id = db_last_id(db);
	return true;
}

/* Deliveries -------------------------------------------------------------------------------*/

static bool
place_delivery(struct vs_db *db, const struct deliver_plan *plan,
	const struct deliver_stop *stop, const struct deliver_route *route,
	const char *override, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE delivery SET date = ?, from_id = ?, carrier_id = nullif(?, 0),"
			" route_id = nullif(?, 0), position = nullif(?, 0),"
			" arrives = nullif(?, -1), opens = nullif(?, -1),"
			" closes = nullif(?, -1), override = coalesce(?, override)"
			" WHERE id = ?"),
		    err))
		return false;
	bool driven = route && route->carrier;
	stmt_bind(&q,
		deliver_date_text(plan->facts->arena,
			route ? route->date : stop->days->days[0].date));
	stmt_bind(&q, stop->from);
	stmt_bind(&q, driven ? route->carrier->id : (int64_t)0);
	stmt_bind(&q, driven ? route->id : (int64_t)0);
	stmt_bind(&q, driven ? stop->position : 0);
	stmt_bind(&q, driven ? stop->arrives : -1);
	stmt_bind(&q, driven ? stop->opens : -1);
	stmt_bind(&q, driven ? stop->closes : -1);
	stmt_bind(&q, override);
	stmt_bind(&q, stop->delivery);
	return stmt_run(&q, err);
}

static bool
replace_lines(struct vs_db *db, const struct deliver_stop *stop, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(
		    &q, db, SQL("DELETE FROM delivery_line WHERE delivery_id = ?"), err))
		return false;
	stmt_bind(&q, stop->delivery);
	return stmt_run(&q, err) &&
		delivery_write_lines(
			db, stop->delivery, stop->lines, stop->line_count, err);
}

static bool
insert_delivery(struct vs_db *db, const struct deliver_plan *plan,
	struct deliver_stop *stop, const struct deliver_route *route,
	const char *override, struct vs_error *err)
{
	const struct new_delivery delivery = { .round = plan->round,
		.from = stop->from,
		.to = stop->target->location,
		.carrier = route->carrier ? route->carrier->id : 0,
		.route = route->id,
		.date = deliver_date_text(plan->facts->arena, route->date),
		.position = route->carrier ? stop->position : 0,
		.arrives = stop->arrives,
		.opens = stop->opens,
		.closes = stop->closes,
		.override = override,
		.note = route->carrier ? NULL : _("by post") };
	return delivery_insert(
		db, &delivery, stop->lines, stop->line_count, &stop->delivery, err);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static bool
write_stop(struct vs_db *db, const struct deliver_plan *plan, struct old *old,
	struct deliver_stop *stop, struct vs_error *err)
{
	const char *override = stop->target->breaks ? plan->options->override : NULL;
	if (!plan->round)
		return place_delivery(db, plan, stop, stop->route, NULL, err);
	if (!stop->delivery)
		return insert_delivery(db, plan, stop, stop->route, override, err);
	int64_t *at = bsearch(&stop->delivery, old->deliveries, old->count,
		sizeof *old->deliveries, by_number);
	if (!at)
		return vs_fail(err, VS_CONFLICT,
			_("the deliveries have changed since they were read; plan again"));
	old->kept[at - old->deliveries] = true;
	return place_delivery(db, plan, stop, stop->route, override, err) &&
		replace_lines(db, stop, err);
}

/* What is not in the plan any more. */
static bool
remove_rest(struct vs_db *db, const struct deliver_plan *plan, const struct old *old,
	struct vs_error *err)
{
	VS_AUTO(stmt) delivery = { 0 };
	VS_AUTO(stmt) route = { 0 };
	if (!stmt_open(&delivery, db, SQL("DELETE FROM delivery WHERE id = ?"), err) ||
		!stmt_open(&route, db,
			SQL("DELETE FROM route WHERE id = ?1 AND NOT EXISTS"
			    " (SELECT 1 FROM delivery WHERE route_id = ?1)"),
			err))
		return false;
	for (size_t i = 0; plan->round && i < old->count; i++) {
		if (old->kept[i])
			continue;
		stmt_bind(&delivery, old->deliveries[i]);
		if (!stmt_run(&delivery, err))
			return false;
	}
	for (size_t i = 0; i < old->route_count; i++) {
		stmt_bind(&route, old->routes[i].id);
		if (!stmt_run(&route, err))
			return false;
	}
	return true;
}

bool
deliver_write(struct vs_db *db, struct deliver_plan *plan, struct vs_error *err)
{
	struct old old = { 0 };
	if (!load_old(db, plan, &old, err))
		return false;
	old.routes =
		vs_arena_alloc(plan->facts->arena, (old.count + 1) * sizeof *old.routes);
	if (!take_off(db, &old, err) || !free_routes(db, &old, err))
		return false;
	for (size_t i = 0; i < plan->route_count; i++) {
		struct deliver_route *route = plan->routes[i];
		if (plan->only && route->date != plan->only)
			continue;
		if (!write_route(db, plan, &old, route, err))
			return false;
		for (size_t k = 0; k < route->stop_count; k++)
			if (!write_stop(db, plan, &old, route->stops[k], err))
				return false;
	}
	for (size_t i = 0; i < plan->stop_count && !plan->round; i++)
		if (!plan->stops[i].route &&
			!write_stop(db, plan, &old, &plan->stops[i], err))
			return false;
	return remove_rest(db, plan, &old, err);
}
