/* How far lists and places have got, for the goals: when each was decided, got its ballots. */
#include "ballots/ballots.h"

#include <stdlib.h>

bool
ballots_lists_decided(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct ballots_since **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct ballots_since *all = NULL;
	size_t count = 0;
	struct vs_date day, today;
	/* Of a list that was ordered nobody need have said when it was decided: it was when it
	 * was ordered, or when it came in so. */
	if (!vs_clock_today(&today, err) ||
		!stmt_open(&q, db,
			SQL("WITH own AS (SELECT c.area_code, min(l.decided_on) AS day,"
			    "  min(iif(l.decided_on IS NULL, (SELECT coalesce("
			    "   min(iif(v.what = 'order ordered', v.at, NULL)), min(v.at))"
			    "   FROM list_version v WHERE v.list_id = l.id), NULL)) AS at"
			    "  FROM list l JOIN campaign g ON g.party_code = l.party_code"
			    "  AND g.election_day = l.election_day"
			    "  JOIN list_constituency lc ON lc.list_id = l.id"
			    "  JOIN constituency c ON c.id = lc.constituency_id"
			    "  WHERE l.kind = 'KF' AND l.status IN ('decided', 'ordered')"
			    "  GROUP BY 1)"
			    " SELECT k.name, o.area_code IS NOT NULL, o.day, o.at"
			    " FROM kommun k LEFT JOIN own o ON o.area_code = k.code"
			    " WHERE k.in_district AND EXISTS (SELECT 1 FROM constituency c"
			    "  WHERE c.kind = 'KF' AND c.area_code = k.code)"
			    " AND (?1 = 0 OR k.association_id = ?1)"
			    " ORDER BY k.name COLLATE swedish"),
			err))
		return false;
	stmt_bind(&q, association);
	while (stmt_row(&q, err)) {
		day = today;
		if (!stmt_null(&q, 2) && !vs_date_parse(stmt_text(&q, 2), &day, err))
			return false;
		if (stmt_null(&q, 2) && !stmt_null(&q, 3))
			day = vs_local_from_utc(stmt_int(&q, 3)).date;
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct ballots_since){ .name = stmt_copy(&q, 0, arena),
			.there = stmt_int(&q, 1),
			.day = vs_date_to_days(day) };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}

/*
 * A place has ballots when some were delivered to it, or to its kommun's reception where the
 * kommun carries them on (every channel but the direct one).
 */
bool
ballots_places_covered(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct ballots_since **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct ballots_since *all = NULL;
	size_t count = 0;
	if (!stmt_open(&q, db,
		    SQL("WITH got AS (SELECT m.to_id, min(m.at) AS at FROM movement m"
			"  JOIN item i ON i.id = m.item_id WHERE m.kind = 'deliver'"
			"  AND i.kind = 'ballot' AND m.id NOT IN (SELECT reverses FROM movement"
			"   WHERE reverses IS NOT NULL) GROUP BY 1),"
			" wanted AS (SELECT DISTINCT place_id AS id, 'election_day' AS phase"
			"  FROM district WHERE place_id IS NOT NULL"
			"  UNION SELECT id, iif(restricted, 'institution', 'advance') FROM place"
			"  WHERE advance_code IS NOT NULL OR id IN (SELECT place_id FROM opening"
			"   WHERE purpose = 'advance')),"
			" each AS (SELECT p.id, p.name, k.name AS kommun, min(g.at) AS at"
			"  FROM wanted w JOIN place p ON p.id = w.id"
			"  JOIN kommun k ON k.code = p.kommun_code"
			"  LEFT JOIN handover_rule r ON r.kommun_code = k.code"
			"   AND r.phase = w.phase"
			"  LEFT JOIN location o ON o.place_id = p.id"
			"   OR (o.kommun_code = k.code AND r.channel <> 'direct')"
			"  LEFT JOIN got g ON g.to_id = o.id"
			"  WHERE k.in_district AND (?1 = 0 OR k.association_id = ?1)"
			"  GROUP BY p.id)"
			" SELECT name || ', ' || kommun, at FROM each"
			" ORDER BY kommun COLLATE swedish, name COLLATE swedish"),
		    err))
		return false;
	stmt_bind(&q, association);
	while (stmt_row(&q, err)) {
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct ballots_since){ .name = stmt_copy(&q, 0, arena),
			.there = !stmt_null(&q, 1),
			.day = vs_date_to_days(vs_local_from_utc(stmt_int(&q, 1)).date) };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}

/* One row per person; who heads several lists stands for all of them. */
bool
ballots_first_names(struct vs_db *db, struct vs_arena *arena,
	struct ballots_first **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct ballots_first *all = NULL;
	size_t count = 0;
	if (!stmt_open(&q, db,
		    SQL(LIST_STANDS
			    ", heads AS (SELECT k.person_id, " LIST_NAME " AS standing,"
			    "  e.position AS rank, s.names FROM candidacy k"
			    "  JOIN list l ON l.id = k.list_id JOIN campaign c"
			    "   ON c.party_code = l.party_code AND c.election_day = l.election_day"
			    "  JOIN election_kind e ON e.code = l.kind"
			    "  LEFT JOIN stands s ON s.list_id = l.id WHERE k.position = 1"
			    "  ORDER BY e.position, s.names COLLATE swedish)"
			    " SELECT h.person_id, p.name, group_concat(DISTINCT h.standing),"
			    " min(h.rank), min(h.names) FROM heads h JOIN person p ON p.id = h.person_id"
			    " WHERE NOT p.restricted GROUP BY h.person_id"
			    " ORDER BY min(h.rank), min(h.names COLLATE swedish), p.name, p.id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct ballots_first){ .person = stmt_int(&q, 0),
			.name = stmt_copy(&q, 1, arena),
			.standing = stmt_copy(&q, 2, arena) };
	}
	*ret_all = all;
	*ret_count = count;
	return err->code == VS_OK;
}
