/* The coverage board: what is booked, packed, delivered, refilled, kommun by kommun. */
#include "ballots/delivery_life.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* The kommun of a location o with its place p. */
#define IN_KOMMUN "coalesce(o.kommun_code, p.kommun_code)"

static const char *const sums[] = { "destinations", "needed", "planned", "packed",
	"underway", "delivered", "refilled", "gap", "shortages" };
#define SUMS (sizeof sums / sizeof *sums)

static void
add_to(json_t *object, const char *name, int64_t value)
{
	json_object_set_new(
		object, name, json_integer(record_integer(object, name) + value));
}

/* The rows by kommun while they are filled. */
struct board {
	json_t *rows, *by_code;
};

static json_t *
row_of(const struct board *board, const char *code)
{
	return json_object_get(board->by_code, code);
}

static bool
add_kommuner(
	struct vs_db *db, struct board *board, const char *only, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT code, name FROM kommun WHERE iif(?1 IS NULL, in_district,"
			" code = ?1) ORDER BY name COLLATE swedish"),
		    err))
		return false;
	stmt_bind(&q, only);
	while (stmt_row(&q, err)) {
		json_t *row = json_pack("{s:s, s:s}", "kommun", stmt_text(&q, 0),
			"kommun_name", stmt_text(&q, 1));
		for (size_t i = 0; i < SUMS; i++)
			json_object_set_new(row, sums[i], json_integer(0));
		json_object_set_new(row, "days", json_array());
		json_object_set_new(row, "gaps", json_array());
		json_object_set(board->by_code, stmt_text(&q, 0), row);
		json_array_append_new(board->rows, row);
	}
	return err->code == VS_OK;
}

/*
 * Destinations, each with whether some round has nothing booked for it; in a kommun without
 * any allocation every place that opens is one, and a gap until something is booked. What was
 * booked beside the allocations counts, too.
 */
static bool
add_destinations(struct vs_db *db, const struct board *board, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH wanted AS (SELECT r.id, a.location_id, sum(a.pieces) AS pieces,"
			"  r.phase = 'refill' AS refill, r.from_date, r.until_date"
			"  FROM allocation a JOIN round r ON r.id = a.round_id"
			"  GROUP BY r.id, a.location_id HAVING sum(a.pieces) > 0),"
			" allotted AS (SELECT r.location_id, sum(iif(r.refill, 0, r.pieces))"
			"  AS pieces, max(NOT EXISTS (SELECT 1 FROM delivery d"
			"  WHERE d.to_id = r.location_id AND " BOOKS_ROUND "))"
			"  AS gap FROM wanted r GROUP BY r.location_id),"
			" planned AS (SELECT DISTINCT " IN_KOMMUN
			" AS code FROM allotted t"
			"  JOIN location o ON o.id = t.location_id"
			"  LEFT JOIN place p ON p.id = o.place_id),"
			" booked AS (SELECT DISTINCT to_id FROM delivery WHERE status IN"
			"  ('planned', 'packed', 'underway', 'delivered')),"
			" every AS (SELECT location_id, pieces, gap FROM allotted UNION ALL"
			"  SELECT o.id, 0, 1 FROM place p JOIN location o ON o.place_id = p.id"
			"  WHERE p.kommun_code NOT IN (SELECT code FROM planned)"
			"  AND p.id IN (SELECT place_id FROM opening)"
			"  AND o.id NOT IN (SELECT to_id FROM booked) UNION ALL"
			"  SELECT to_id, 0, 0 FROM booked WHERE to_id NOT IN"
			"  (SELECT location_id FROM allotted))"
			" SELECT " IN_KOMMUN ", e.pieces, e.gap, coalesce(o.name, p.name)"
			" FROM every e JOIN location o ON o.id = e.location_id"
			" AND o.kind IN ('place', 'reception')"
			" LEFT JOIN place p ON p.id = o.place_id"
			" ORDER BY 4 COLLATE swedish, o.id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		json_t *row = row_of(board, stmt_text(&q, 0));
		if (!row)
			continue;
		add_to(row, "destinations", 1);
		add_to(row, "needed", stmt_int(&q, 1));
		add_to(row, "gap", stmt_int(&q, 2));
		if (stmt_int(&q, 2))
			json_array_append_new(json_object_get(row, "gaps"),
				json_string(stmt_text(&q, 3)));
	}
	return err->code == VS_OK;
}

/* The day's object of a row; days come in order. */
static json_t *
day_of(json_t *row, const char *date)
{
	static const char *const counts[] = { "planned", "packed", "underway",
		"delivered", "failed" };
	json_t *days = json_object_get(row, "days");
	size_t count = json_array_size(days);
	json_t *day = count ? json_array_get(days, count - 1) : NULL;
	if (day && strcmp(record_string(day, "date"), date) == 0)
		return day;
	day = json_pack("{s:s}", "date", date);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		json_object_set_new(day, counts[i], json_integer(0));
	json_array_append_new(days, day);
	return day;
}

static bool
add_deliveries(struct vs_db *db, const struct board *board, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT " IN_KOMMUN
			", d.date, d.status, coalesce(r.phase = 'refill', 0)"
			" OR EXISTS (SELECT 1 FROM shortage h WHERE h.delivery_id = d.id) AS refill,"
			" sum(iif(d.status = 'delivered', coalesce(l.counted, l.pieces), l.pieces))"
			" FROM delivery d JOIN delivery_line l ON l.delivery_id = d.id"
			" JOIN location o ON o.id = d.to_id LEFT JOIN place p ON p.id = o.place_id"
			" LEFT JOIN round r ON r.id = d.round_id WHERE d.status <> 'cancelled'"
			" AND o.kind IN ('place', 'reception')"
			" GROUP BY 1, 2, 3, 4 ORDER BY 1, 2"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		json_t *row = row_of(board, stmt_text(&q, 0));
		const char *status = stmt_text(&q, 2);
		if (!row)
			continue;
		add_to(day_of(row, stmt_text(&q, 1)), status, stmt_int(&q, 4));
		if (strcmp(status, "delivered") == 0 && stmt_int(&q, 3))
			status = "refilled";
		if (strcmp(status, "failed") != 0)
			add_to(row, status, stmt_int(&q, 4));
	}
	return err->code == VS_OK;
}

static bool
add_shortages(struct vs_db *db, const struct board *board, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT " IN_KOMMUN ", count(*) FROM shortage h"
			" JOIN location o ON o.id = h.location_id"
			" LEFT JOIN place p ON p.id = o.place_id"
			" WHERE h.status <> 'resolved' GROUP BY 1"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		json_t *row = row_of(board, stmt_text(&q, 0));
		if (row)
			add_to(row, "shortages", stmt_int(&q, 1));
	}
	return err->code == VS_OK;
}

/* Most gaps first, then most shortages; the rows came in the kommuner's order. */
static int
compare_rows(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	static const char *const by[] = { "gap", "shortages" };
	for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
		int64_t m = record_integer(x, by[i]), n = record_integer(y, by[i]);
		if (m != n)
			return m > n ? -1 : 1;
	}
	int64_t m = record_integer(x, "order"), n = record_integer(y, "order");
	return m < n ? -1 : m > n;
}

static json_t *
sorted(const json_t *rows)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t count = json_array_size(rows);
	json_t **order = vs_arena_alloc(scratch.arena, (count + 1) * sizeof *order);
	for (size_t i = 0; i < count; i++) {
		order[i] = json_array_get(rows, i);
		json_object_set_new(order[i], "order", json_integer((json_int_t)i));
	}
	qsort(order, count, sizeof *order, compare_rows);
	json_t *result = json_array();
	for (size_t i = 0; i < count; i++) {
		json_object_del(order[i], "order");
		json_array_append(result, order[i]);
	}
	return result;
}

static json_t *
total_of(const json_t *rows)
{
	json_t *total = json_object(), *row;
	size_t i;
	for (size_t k = 0; k < SUMS; k++)
		json_object_set_new(total, sums[k], json_integer(0));
	json_array_foreach (rows, i, row)
		for (size_t k = 0; k < SUMS; k++)
			add_to(total, sums[k], record_integer(row, sums[k]));
	return total;
}

static bool
find_kommun(struct vs_db *db, struct vs_arena *arena, const char *text,
	const char **ret_code, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_kommun_type, text, err);
	if (!record)
		return false;
	*ret_code = vs_arena_text(arena, record_string(record, "code"));
	json_decref(record);
	return true;
}

json_t *
vs_coverage_board_view(struct vs_db *db, const char *kommun, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	const char *only = NULL;
	json_t *view = NULL;
	if (!snapshot_begin(&snapshot, db, err) ||
		(kommun && !find_kommun(db, scratch.arena, kommun, &only, err)))
		return NULL;
	struct board board = { .rows = json_array(), .by_code = json_object() };
	if (add_kommuner(db, &board, only, err) && add_destinations(db, &board, err) &&
		add_deliveries(db, &board, err) && add_shortages(db, &board, err))
		view = json_pack("{s:o, s:o}", "rows", sorted(board.rows), "total",
			total_of(board.rows));
	json_decref(board.by_code);
	json_decref(board.rows);
	return view;
}
