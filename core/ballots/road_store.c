/* Known roads: what a file or a road server said of the way between two points. */
#include "ballots/delivery.h"

#include "base/i18n.h"

/* Points that deliveries may drive between: depots, and what each of them supplies. */
json_t *
vs_road_points_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH main AS (SELECT min(id) AS id FROM location"
			"  WHERE kind = 'depot' AND association_id IS NULL),"
			" spot AS (SELECT o.id, o.kind, o.association_id,"
			"  coalesce(o.name, p.name) AS name,"
			"  coalesce(o.kommun_code, p.kommun_code) AS kommun,"
			"  coalesce(o.latitude, p.latitude) AS latitude,"
			"  coalesce(o.longitude, p.longitude) AS longitude"
			"  FROM location o LEFT JOIN place p ON p.id = o.place_id)"
			" SELECT s.id, s.name, s.latitude, s.longitude, iif(s.kind = 'depot', s.id,"
			"  coalesce(d.id, main.id)) AS depot FROM spot s JOIN main"
			" LEFT JOIN kommun k ON k.code = s.kommun LEFT JOIN location d"
			"  ON d.association_id = k.association_id"
			" WHERE s.latitude IS NOT NULL AND s.kind IN"
			"  ('depot', 'place', 'reception') ORDER BY depot, s.id"),
		    err))
		return NULL;
	json_t *points = json_array();
	while (stmt_row(&q, err))
		json_array_append_new(points,
			json_pack("{s:I, s:s, s:f, s:f, s:I}", "location",
				(json_int_t)stmt_int(&q, 0), "name", stmt_text(&q, 1),
				"latitude", stmt_real(&q, 2), "longitude",
				stmt_real(&q, 3), "depot", (json_int_t)stmt_int(&q, 4)));
	if (err->code == VS_OK)
		return points;
	json_decref(points);
	return NULL;
}

static bool
write_roads(struct vs_db *db, const struct vs_road *roads, size_t count,
	const char *source, size_t *ret_changed, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO road (from_point, to_point, seconds, metres, source)"
			" VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
			" seconds = excluded.seconds, metres = excluded.metres,"
			" source = excluded.source WHERE seconds <> excluded.seconds"
			" OR metres <> excluded.metres"),
		    err))
		return false;
	*ret_changed = 0;
	for (size_t i = 0; i < count; i++) {
		stmt_bind(&q, roads[i].from);
		stmt_bind(&q, roads[i].to);
		stmt_bind(&q, roads[i].seconds);
		stmt_bind(&q, roads[i].metres);
		stmt_bind(&q, source);
		if (!stmt_run(&q, err))
			return false;
		*ret_changed += (size_t)db_changes(db);
	}
	return true;
}

bool
vs_roads_keep(struct vs_db *db, const struct vs_road *roads, size_t count,
	const char *source, size_t *ret_changed, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "road", err) ||
		!write_roads(db, roads, count, source, ret_changed, err))
		return false;
	if (*ret_changed == 0)
		return true; /* nothing to remember: the change is rolled back */
	change_say(&change, "road", NULL, _("%zu roads from %s"), *ret_changed, source);
	return change_commit(&change, err);
}

bool
vs_roads_known(struct vs_db *db, const char *from, const char *to, bool *ret_known,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM road WHERE from_point = ? AND to_point = ?"), err))
		return false;
	stmt_bind(&q, from);
	stmt_bind(&q, to);
	*ret_known = stmt_row(&q, err);
	return err->code == VS_OK;
}

char *
vs_road_point(struct vs_arena *arena, double latitude, double longitude)
{
	return vs_arena_printf(arena, "%.5f,%.5f", latitude, longitude);
}

bool
vs_roads_forget(struct vs_db *db, int64_t *ret_count, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!change_begin(&change, db, "road forget", err) ||
		!stmt_open(&q, db, SQL("DELETE FROM road"), err) || !stmt_run(&q, err))
		return false;
	*ret_count = db_changes(db);
	change_say(
		&change, "road", NULL, _("%lld roads forgotten"), (long long)*ret_count);
	return change_commit(&change, err);
}

json_t *
vs_roads_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT source, count(*), sum(metres), sum(seconds) FROM road"
			" GROUP BY source ORDER BY source"),
		    err))
		return NULL;
	json_t *rows = json_array();
	while (stmt_row(&q, err)) {
		double km = stmt_real(&q, 2) / 1000, hours = stmt_real(&q, 3) / 3600;
		json_array_append_new(rows,
			json_pack("{s:s, s:I, s:f}", "source", stmt_text(&q, 0), "roads",
				(json_int_t)stmt_int(&q, 1), "mean_kmh",
				hours > 0 ? km / hours : 0.0));
	}
	if (err->code == VS_OK)
		return json_pack("{s:o}", "rows", rows);
	json_decref(rows);
	return NULL;
}
