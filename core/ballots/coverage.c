/* The goal "a list to every kommunfullmäktige": which areas have what, against last time. */
#include "ballots/ballots.h"

#include <string.h>

#include "base/i18n.h"

#define TOP_NAMES 3

/* Areas of the campaign, each with its own list (or none) and last election's. */
static const char *const rows_sql = SQL(
	"WITH area AS (SELECT kind, area_code, min(id) AS id,"
	"  CASE kind WHEN 'RD' THEN code ELSE '' END AS code,"
	"  CASE kind WHEN 'KF' THEN (SELECT name FROM kommun WHERE code = area_code)"
	"  WHEN 'RF' THEN (SELECT region_name FROM region WHERE code = area_code)"
	"  ELSE min(name) END AS name FROM constituency GROUP BY 1, 2, 4),"
	" at AS (SELECT DISTINCT lc.list_id, c.kind, c.area_code,"
	"  CASE c.kind WHEN 'RD' THEN c.code ELSE '' END AS code"
	"  FROM list_constituency lc JOIN constituency c ON c.id = lc.constituency_id),"
	" last AS (SELECT l.kind, max(l.election_day) AS day FROM list l JOIN campaign c"
	"  ON l.party_code = c.party_code AND l.election_day < c.election_day GROUP BY 1)"
	" SELECT a.kind, a.area_code, a.name, l.id, l.number, l.status, l.locked,"
	" (SELECT count(*) FROM candidacy k WHERE k.list_id = l.id),"
	" coalesce(o.status, CASE l.authority_status WHEN 'B' THEN 'ordered'"
	"  WHEN 'S' THEN 'printing' END), coalesce(o.pieces, l.authority_pieces),"
	" (SELECT count(*) FROM at b JOIN list p ON p.id = b.list_id"
	"  JOIN candidacy k ON k.list_id = p.id WHERE b.kind = a.kind"
	"  AND b.area_code = a.area_code AND b.code = a.code AND p.party_code = c.party_code"
	"  AND p.election_day = (SELECT day FROM last WHERE kind = a.kind)),"
	" (SELECT sum(p.authority_pieces) FROM at b JOIN list p ON p.id = b.list_id"
	"  WHERE b.kind = a.kind AND b.area_code = a.area_code AND b.code = a.code"
	"  AND p.party_code = c.party_code"
	"  AND p.election_day = (SELECT day FROM last WHERE kind = a.kind))"
	" FROM area a JOIN campaign c JOIN election_kind e ON e.code = a.kind"
	" LEFT JOIN (SELECT at.*, l.* FROM at JOIN list l ON l.id = at.list_id) l"
	"  ON l.kind = a.kind AND l.area_code = a.area_code AND l.code = a.code"
	"  AND l.election_day = c.election_day AND l.party_code = c.party_code"
	" LEFT JOIN ballot_order o ON o.list_id = l.id AND o.status <> 'cancelled'"
	" ORDER BY e.position, a.name COLLATE swedish, l.id");

static json_t *
number_or_null(const struct stmt *q, int column)
{
	return stmt_null(q, column) ? json_null() : json_integer(stmt_int(q, column));
}

static json_t *
read_row(const struct stmt *q)
{
	json_t *row = json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?}", "kind",
		stmt_text(q, 0), "area", stmt_text(q, 1), "name", stmt_text(q, 2),
		"number", stmt_text(q, 4), "status", stmt_text(q, 5), "order",
		stmt_text(q, 8));
	json_object_set_new(row, "list", number_or_null(q, 3));
	json_object_set_new(row, "locked", json_boolean(stmt_int(q, 6)));
	json_object_set_new(row, "candidates", json_integer(stmt_int(q, 7)));
	json_object_set_new(row, "pieces", number_or_null(q, 9));
	json_object_set_new(row, "last_candidates", json_integer(stmt_int(q, 10)));
	json_object_set_new(row, "last_pieces", number_or_null(q, 11));
	json_object_set_new(row, "missing", json_array());
	json_object_set_new(row, "first_names", json_array());
	return row;
}

/* Top names, and whose papers are missing. */
static bool
add_names(struct vs_db *db, json_t *row, struct vs_error *err)
{
	if (json_is_null(json_object_get(row, "list")))
		return true;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT k.name, k.position, k.declaration <> 'yes'"
			" AND (l.locked OR k.consent <> 'yes')"
			" FROM candidacy k JOIN list l ON l.id = k.list_id WHERE l.id = ?"
			" ORDER BY k.position"),
		    err))
		return false;
	stmt_bind(&q, record_integer(row, "list"));
	while (stmt_row(&q, err)) {
		if (stmt_int(&q, 1) <= TOP_NAMES)
			json_array_append_new(json_object_get(row, "first_names"),
				json_string(stmt_text(&q, 0)));
		if (stmt_int(&q, 2))
			json_array_append_new(json_object_get(row, "missing"),
				json_string(stmt_text(&q, 0)));
	}
	return err->code == VS_OK;
}

static void
count_up(json_t *counts, const char *name, bool yes)
{
	json_object_set_new(
		counts, name, json_integer(record_integer(counts, name) + (yes ? 1 : 0)));
}

/* An area counts once, even with several lists; as decided when one of them is. */
static void
count_area(json_t *kinds, const json_t *rows, size_t first, size_t end)
{
	const char *kind = record_string(json_array_get(rows, first), "kind");
	bool listed = false, decided = false, ordered = false;
	for (size_t i = first; i < end; i++) {
		const json_t *row = json_array_get(rows, i);
		const char *status = record_string(row, "status"),
			   *order = record_string(row, "order");
		listed = listed || status;
		decided = decided ||
			(status &&
				(strcmp(status, "decided") == 0 ||
					strcmp(status, "ordered") == 0));
		ordered = ordered || (order && order_placed(order));
	}
	json_t *counts = json_object_get(kinds, kind);
	if (!counts) {
		counts = json_object();
		json_object_set_new(kinds, kind, counts);
	}
	count_up(counts, "areas", true);
	count_up(counts, "lists", listed);
	count_up(counts, "decided", decided);
	count_up(counts, "ordered", ordered);
}

static bool
same_area(const json_t *a, const json_t *b)
{
	return strcmp(record_string(a, "kind"), record_string(b, "kind")) == 0 &&
		strcmp(record_string(a, "area"), record_string(b, "area")) == 0 &&
		strcmp(record_string(a, "name"), record_string(b, "name")) == 0;
}

static void
count_areas(json_t *kinds, const json_t *rows)
{
	size_t first = 0, count = json_array_size(rows);
	for (size_t i = 1; i <= count; i++)
		if (i == count ||
			!same_area(
				json_array_get(rows, first), json_array_get(rows, i))) {
			count_area(kinds, rows, first, i);
			first = i;
		}
}

static bool
read_rows(struct vs_db *db, json_t *rows, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, rows_sql, err))
		return false;
	while (stmt_row(&q, err)) {
		json_t *row = read_row(&q);
		json_array_append_new(rows, row);
		if (!add_names(db, row, err))
			return false;
	}
	return err->code == VS_OK;
}

json_t *
vs_coverage_view(struct vs_db *db, struct vs_error *err)
{
	json_t *rows = json_array(), *kinds = json_object();
	json_t *view = json_pack("{s:o, s:o}", "rows", rows, "kinds", kinds);
	if (read_rows(db, rows, err)) {
		count_areas(kinds, rows);
		return view;
	}
	json_decref(view);
	return NULL;
}

static bool
sum_ordered(struct vs_db *db, json_t *ordered, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT e.code, (SELECT coalesce(sum(CASE WHEN o.status IN"
			"  ('ordered', 'printing', 'delivered') THEN o.pieces"
			"  ELSE coalesce(l.authority_pieces, 0) END), 0) FROM list l"
			"  LEFT JOIN ballot_order o ON o.list_id = l.id AND o.status <> 'cancelled'"
			"  WHERE l.kind = e.code AND l.party_code = c.party_code"
			"  AND l.election_day = c.election_day) FROM election_kind e"
			" JOIN campaign c ON ',' || c.kinds || ',' LIKE '%,' || e.code || ',%'"
			" ORDER BY e.position"),
		    err))
		return false;
	while (stmt_row(&q, err))
		json_object_set_new(
			ordered, stmt_text(&q, 0), json_integer(stmt_int(&q, 1)));
	return err->code == VS_OK;
}

bool
vs_ballots_figures(struct vs_db *db, json_t *figures, struct vs_error *err)
{
	int64_t lists = 0, people = 0;
	json_t *ordered = json_object();
	json_object_set_new(figures, "ordered", ordered);
	if (!db_int(db,
		    SQL("SELECT count(*) FROM list l JOIN campaign c ON c.party_code = l.party_code"
			" AND c.election_day = l.election_day"),
		    &lists, err) ||
		!db_int(db,
			SQL("SELECT count(DISTINCT k.person_id) FROM candidacy k JOIN list l"
			    " ON l.id = k.list_id JOIN campaign c ON c.party_code = l.party_code"
			    " AND c.election_day = l.election_day"),
			&people, err))
		return false;
	json_object_set_new(figures, "lists", json_integer(lists));
	json_object_set_new(figures, "candidates", json_integer(people));
	return sum_ordered(db, ordered, err);
}
