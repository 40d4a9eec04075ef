/*
 * What tests and benchmarks of planning deliveries share: the authority's real places of 2022,
 * allocations over them, carriers. No test library here: the benchmark has none.
 */
#ifndef DELIVER_FIXTURE_H
#define DELIVER_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/delivery.h>
#include <valstuga/exchange.h>

#include "store/store.h"

/* A file of $VALSTUGA_REAL_DATA, else beside the project. */
static inline void
deliver_file(const char *name, char path[500])
{
	const char *folder = getenv("VALSTUGA_REAL_DATA"),
		   *source = getenv("VALSTUGA_SOURCE");
	snprintf(path, 500, "%s%s/valmyndigheten/%s",
		folder		 ? folder
			: source ? source
				 : ".",
		folder ? "" : "/../shared/data", name);
}

static inline bool
deliver_has_files(void)
{
	char path[500];
	deliver_file("vallokaler-2022.csv", path);
	return access(path, R_OK) == 0;
}

static inline bool
deliver_run(struct vs_db *db, const char *sql, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	return stmt_open(&q, db, sql, err) && stmt_run(&q, err);
}

/* The places of Värmland, or of the whole country as if it were one district. */
static inline bool
deliver_import(struct vs_db *db, bool sweden, struct vs_error *err)
{
	static const char *const names[] = { "rostningslokaler-2022.csv",
		"vallokaler-2022.csv", "kandidaturer-2018-varmland.skv" };
	char paths[3][500];
	const char *files[3];
	for (int i = 0; i < 3; i++) {
		deliver_file(names[i], paths[i]);
		files[i] = paths[i];
	}
	if (sweden && !deliver_run(db, SQL("UPDATE kommun SET in_district = 1"), err))
		return false;
	const struct vs_import_options options = { .all = sweden };
	json_t *report = vs_import(db, files, sweden ? 2 : 3, &options, err);
	json_decref(report);
	return report != NULL;
}

/* Rounds for the whole of advance voting (7) and election day (8). */
static inline bool
deliver_rounds(struct vs_db *db, struct vs_error *err)
{
	return deliver_run(db,
		SQL("INSERT INTO round (id, name, phase, from_date, until_date) VALUES"
		    " (7, 'Förtid', 'advance', '2022-08-24', '2022-09-11'),"
		    " (8, 'Valdagen', 'election_day', '2022-09-11', '2022-09-11')"),
		err);
}

/*
 * What was ordered in 2018 (of each kommun's own list, and of the region's), two fifths for
 * advance voting and half for election day, in equal parts to the places; all of it at the
 * district's depot.
 */
static inline bool
deliver_allocate_2018(struct vs_db *db, struct vs_error *err)
{
	return deliver_rounds(db, err) &&
		deliver_run(db,
			SQL("INSERT INTO item (kind, list_id, unit_mg)"
			    " SELECT 'ballot', id, 1240 FROM list WHERE authority_pieces > 0"),
			err) &&
		deliver_run(db,
			SQL("INSERT INTO movement (at, actor, kind, item_id, to_id, pieces)"
			    " SELECT 0, 'test', 'print', i.id, o.id, l.authority_pieces FROM item i"
			    " JOIN list l ON l.id = i.list_id JOIN location o ON o.kind = 'depot'"
			    "  AND o.association_id IS NULL"),
			err) &&
		deliver_run(db,
			SQL("WITH open AS (SELECT o.id AS location_id, p.kommun_code,"
			    "  CASE g.purpose WHEN 'advance' THEN 7 ELSE 8 END AS round_id"
			    "  FROM location o JOIN place p ON p.id = o.place_id"
			    "  JOIN opening g ON g.place_id = p.id GROUP BY o.id, g.purpose),"
			    " number AS (SELECT round_id, kommun_code, count(*) AS n FROM open"
			    "  GROUP BY round_id, kommun_code),"
			    " total AS (SELECT round_id, count(*) AS n FROM open GROUP BY round_id)"
			    " INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
			    " SELECT w.round_id, w.location_id, i.id, l.authority_pieces"
			    "  * iif(w.round_id = 7, 4, 5) / 10 / iif(l.kind = 'KF', n.n, t.n), 'test'"
			    " FROM open w JOIN number n ON n.round_id = w.round_id"
			    "  AND n.kommun_code = w.kommun_code JOIN total t ON t.round_id = w.round_id"
			    " JOIN item i JOIN list l ON l.id = i.list_id WHERE l.kind = 'RF'"
			    "  OR EXISTS (SELECT 1 FROM list_constituency lc JOIN constituency c"
			    "  ON c.id = lc.constituency_id WHERE lc.list_id = l.id"
			    "  AND c.area_code = w.kommun_code)"),
			err);
}

/* So many carriers at the district's depot; on election day they begin early. */
static inline bool
deliver_carriers(struct vs_db *db, int count, struct vs_error *err)
{
	VS_AUTO(stmt) people = { 0 };
	if (!stmt_open(&people, db,
		    SQL("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
			" WHERE i < ?) INSERT INTO person (name, keep_until)"
			" SELECT 'Förare ' || i, '2022-12-31' FROM n"),
		    err))
		return false;
	stmt_bind(&people, count);
	return stmt_run(&people, err) &&
		deliver_run(db,
			SQL("INSERT INTO carrier (person_id, kg, boxes) SELECT id,"
			    " CASE id % 3 WHEN 0 THEN 150 WHEN 1 THEN 250 ELSE 400 END,"
			    " CASE id % 3 WHEN 0 THEN 20 WHEN 1 THEN 40 ELSE 60 END"
			    " FROM person WHERE name LIKE 'Förare %'"),
			err) &&
		deliver_run(db,
			SQL("WITH RECURSIVE d (date) AS (SELECT '2022-08-15' UNION ALL"
			    " SELECT date(date, '+1 day') FROM d WHERE date < '2022-09-11')"
			    " INSERT INTO availability (carrier_id, date, starts, ends)"
			    " SELECT c.id, d.date, iif(d.date = '2022-09-11', 240, 480),"
			    " iif(d.date = '2022-09-11', 1200, 1080) FROM carrier c JOIN d"),
			err);
}

#endif
