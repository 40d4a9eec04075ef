/* Deliveries and shortages for status and check: what is late, missing, without anybody. */
#include "ballots/delivery_life.h"

#include <string.h>

#include "base/i18n.h"

/* Open minutes that a rack may stand empty before it is a problem. */
#define SHORTAGE_MINUTES 120

/* Names that a grouped problem lists before "and N more". */
#define NAMED 5

struct moment {
	int64_t now, midnight; /* of today, UTC */
	const char *today;
	int minute; /* on the clock */
};

static bool
read_moment(struct vs_arena *arena, struct moment *ret_moment, struct vs_error *err)
{
	char text[11];
	struct vs_local day = { 0 };
	if (!vs_clock_now(&ret_moment->now, err))
		return false;
	struct vs_local local = vs_local_from_utc(ret_moment->now);
	day.date = local.date;
	ret_moment->minute = local.hour * 60 + local.minute;
	ret_moment->today = vs_arena_text(arena, vs_date_format(day.date, text));
	return vs_local_to_utc(day, VS_FOLD_SUMMER, &ret_moment->midnight, err);
}

/* Late ----------------------------------------------------------------------------------- */

static bool
check_late(
	struct vs_db *db, json_t *problems, const struct moment *at, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id, d.to_id, d.date, d.status = 'underway', coalesce(w.name, '')"
			" FROM delivery d LEFT JOIN carrier c ON c.id = d.carrier_id"
			" LEFT JOIN person w ON w.id = c.person_id"
			" WHERE d.status IN ('planned', 'packed', 'underway') AND (d.date < ?1"
			" OR (d.status = 'underway' AND (SELECT max(v.at) FROM delivery_event v"
			"  WHERE v.delivery_id = d.id AND v.status = 'underway') < ?2))"
			" ORDER BY d.date, d.id"),
		    err))
		return false;
	stmt_bind(&q, at->today);
	stmt_bind(&q, at->midnight);
	while (stmt_row(&q, err)) {
		const char *to = location_name(db, scratch.arena, stmt_int(&q, 1));
		const char *text = stmt_int(&q, 3)
			? vs_arena_printf(scratch.arena,
				  _("%s: on the way since %s without a receipt"), to,
				  stmt_text(&q, 2))
			: vs_arena_printf(scratch.arena,
				  _("%s: planned for %s and not delivered"), to,
				  stmt_text(&q, 2));
		register_problem(problems, "error", "delivery", stmt_text(&q, 0), text,
			*stmt_text(&q, 4)
				? vs_arena_printf(scratch.arena,
					  _("ask %s, then 'valstuga deliver receipt' or 'fail'"),
					  stmt_text(&q, 4))
				: _("find out, then 'valstuga deliver receipt' or 'fail'"));
	}
	return err->code == VS_OK;
}

/* A place that is closed does not run out; at a desk every hour counts. */
static bool
waited(struct vs_db *db, int64_t location, int64_t since, int64_t now, bool desk,
	int64_t *ret_minutes, struct vs_error *err)
{
	if (!desk)
		return shortage_open_minutes(db, location, since, now, ret_minutes, err);
	*ret_minutes = (now - since) / 60;
	return true;
}

static bool
check_shortages(
	struct vs_db *db, json_t *problems, const struct moment *at, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT h.id, h.location_id, h.at, o.kommun_code IS NOT NULL,"
			" h.level = 'empty', h.delivery_id, h.unusual FROM shortage h"
			" JOIN location o ON o.id = h.location_id"
			" WHERE h.status <> 'resolved' ORDER BY h.at, h.id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		const char *name = location_name(db, scratch.arena, stmt_int(&q, 1));
		int64_t minutes;
		if (stmt_text(&q, 6))
			register_problem(problems, "warning", "shortage",
				stmt_text(&q, 0),
				vs_arena_printf(
					scratch.arena, "%s: %s", name, stmt_text(&q, 6)),
				_("ask the vote receivers, look round the rack, and write it down "
				  "with 'valstuga incident add'"));
		if (!waited(db, stmt_int(&q, 1), stmt_int(&q, 2), at->now,
			    stmt_int(&q, 3), &minutes, err))
			return false;
		if (minutes >= SHORTAGE_MINUTES)
			register_problem(problems, "error", "shortage", stmt_text(&q, 0),
				vs_arena_printf(scratch.arena,
					stmt_int(&q, 4)
						? _("%s: empty for more than %lld open hours")
						: _("%s: nearly empty for more than %lld open hours"),
					name, (long long)minutes / 60),
				stmt_null(&q, 5)
					? _("plan a refill with 'valstuga deliver add', or resolve it")
					: _("ask who carries the refill, or send somebody else"));
	}
	return err->code == VS_OK;
}

/* Missing -------------------------------------------------------------------------------- */

/* Rows of id, group, name, number of names in the group: one problem per group. */
static bool
check_groups(struct vs_db *db, json_t *problems, struct stmt *q, const char *severity,
	const char *noun, const char *format, const char *todo, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *id = "", *names = "", *group = "";
	int64_t count = 0, seen = 0;
	(void)db;
	while (stmt_row(q, err)) {
		if (seen == 0) {
			id = stmt_copy(q, 0, scratch.arena);
			group = stmt_copy(q, 1, scratch.arena);
			count = stmt_int(q, 3);
			names = "";
		}
		if (seen < NAMED)
			names = vs_arena_printf(scratch.arena, "%s%s%s", names,
				seen ? ", " : "", stmt_text(q, 2));
		if (++seen < count)
			continue;
		if (count > NAMED)
			names = vs_arena_printf(scratch.arena, _("%s and %lld more"),
				names, (long long)(count - NAMED));
		register_problem(problems, severity, noun, id,
			vs_arena_printf(
				scratch.arena, "%s: %s (%s)", group, format, names),
			todo);
		seen = 0;
	}
	return err->code == VS_OK;
}

static bool
check_unbooked(
	struct vs_db *db, json_t *problems, const struct moment *at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH lacking AS (SELECT r.id, r.name AS round_name,"
			"  coalesce(o.name, p.name || ', ' || k.name) AS name FROM round r"
			"  JOIN allocation a ON a.round_id = r.id AND a.pieces > 0"
			"  JOIN location o ON o.id = a.location_id"
			"  LEFT JOIN place p ON p.id = o.place_id"
			"  LEFT JOIN kommun k ON k.code = p.kommun_code"
			"  WHERE r.plan IS NOT NULL AND r.until_date >= ?"
			"  AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.to_id = o.id"
			"   AND " BOOKS_ROUND ")"
			"  GROUP BY r.id, o.id)"
			" SELECT id, round_name, name, count(*) OVER (PARTITION BY id)"
			" FROM lacking ORDER BY id, name COLLATE swedish"),
		    err))
		return false;
	stmt_bind(&q, at->today);
	return check_groups(db, problems, &q, "warning", "round",
		_("destinations without a delivery"),
		_("plan them with 'valstuga deliver plan'"), err);
}

static bool
check_carriers(
	struct vs_db *db, json_t *problems, const struct moment *at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT '', d.date, coalesce(o.name, p.name || ', ' || k.name),"
			" count(*) OVER (PARTITION BY d.date) FROM delivery d"
			" JOIN location o ON o.id = d.to_id LEFT JOIN place p ON p.id = o.place_id"
			" LEFT JOIN kommun k ON k.code = p.kommun_code"
			" WHERE d.carrier_id IS NULL AND d.status IN ('planned', 'packed')"
			" AND d.date >= ? ORDER BY d.date, 3 COLLATE swedish, d.id"),
		    err))
		return false;
	stmt_bind(&q, at->today);
	return check_groups(db, problems, &q, "warning", "delivery",
		_("deliveries without a carrier"),
		_("find somebody, then 'valstuga deliver replan'"), err);
}

/* Once rounds or duty are planned at all. */
static bool
check_duty(
	struct vs_db *db, json_t *problems, const struct moment *at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH lacking AS (SELECT DISTINCT o.date FROM opening o"
			"  JOIN place p ON p.id = o.place_id"
			"  JOIN kommun k ON k.code = p.kommun_code AND k.in_district"
			"  WHERE o.date >= ? AND o.date NOT IN (SELECT date FROM duty)"
			"  AND (EXISTS (SELECT 1 FROM round) OR EXISTS (SELECT 1 FROM duty)))"
			" SELECT '', ?, date, count(*) OVER () FROM lacking ORDER BY date"),
		    err))
		return false;
	stmt_bind(&q, at->today);
	stmt_bind(&q, _("duty"));
	return check_groups(db, problems, &q, "notice", "duty",
		_("nobody answers the telephone on days when people vote"),
		_("add them with 'valstuga duty add'"), err);
}

json_t *
vs_delivery_problems(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct moment at;
	json_t *problems = json_array();
	if (read_moment(scratch.arena, &at, err) && check_late(db, problems, &at, err) &&
		check_shortages(db, problems, &at, err) &&
		check_unbooked(db, problems, &at, err) &&
		check_carriers(db, problems, &at, err) &&
		check_duty(db, problems, &at, err))
		return problems;
	json_decref(problems);
	return NULL;
}

/* Figures -------------------------------------------------------------------------------- */

static bool
add_today(
	struct vs_db *db, json_t *figures, const struct moment *at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *today = json_object();
	json_object_set_new(figures, "today", today);
	if (!stmt_open(&q, db,
		    SQL("SELECT status, count(*) FROM delivery WHERE date = ?"
			" AND status <> 'cancelled' GROUP BY status ORDER BY CASE status"
			" WHEN 'planned' THEN 1 WHEN 'packed' THEN 2 WHEN 'underway' THEN 3"
			" WHEN 'delivered' THEN 4 ELSE 5 END"),
		    err))
		return false;
	stmt_bind(&q, at->today);
	while (stmt_row(&q, err))
		json_object_set_new(
			today, stmt_text(&q, 0), json_integer(stmt_int(&q, 1)));
	return err->code == VS_OK;
}

static bool
add_count(struct vs_db *db, json_t *figures, const char *name, const char *sql,
	struct vs_error *err)
{
	int64_t count = 0;
	if (!db_int(db, sql, &count, err))
		return false;
	json_object_set_new(figures, name, json_integer(count));
	return true;
}

static bool
add_duty(struct vs_db *db, json_t *figures, const struct moment *at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	json_t *duty = json_array();
	json_object_set_new(figures, "duty", duty);
	if (!stmt_open(&q, db,
		    SQL("SELECT name, phone, role, nullif(area, ''), ends FROM duty WHERE date = ?"
			" AND starts <= ? AND ends > ? ORDER BY role COLLATE swedish, id"),
		    err))
		return false;
	stmt_bind(&q, at->today);
	stmt_bind(&q, at->minute);
	stmt_bind(&q, at->minute);
	while (stmt_row(&q, err))
		json_array_append_new(duty,
			json_pack("{s:s, s:s, s:s, s:s?, s:I}", "name", stmt_text(&q, 0),
				"phone", stmt_text(&q, 1), "role", stmt_text(&q, 2),
				"area", stmt_text(&q, 3), "until",
				(json_int_t)stmt_int(&q, 4)));
	return err->code == VS_OK;
}

bool
vs_delivery_figures(struct vs_db *db, json_t *figures, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct moment at;
	return read_moment(scratch.arena, &at, err) && add_today(db, figures, &at, err) &&
		add_duty(db, figures, &at, err) &&
		add_count(db, figures, "shortages",
			SQL("SELECT count(*) FROM shortage WHERE status <> 'resolved'"),
			err) &&
		add_count(db, figures, "without_rule",
			SQL("SELECT count(*) FROM kommun k WHERE in_district AND NOT EXISTS"
			    " (SELECT 1 FROM handover_rule r WHERE r.kommun_code = k.code)"),
			err);
}
