/* Whose stock is nearest, and which carrier who is free that day is nearest to it. */
#include "ballots/shortage.h"

#include <string.h>

#include "base/i18n.h"

/* So many of the nearest are measured by road; the others are too far away anyway. */
#define NEAREST 24

/*
 * Where a location is: its own coordinates, its place's, else the middle of the places of its
 * kommun, of its association's kommuner, of them all.
 */
#define MIDDLE(column) \
	"coalesce(o." column ", p." column "," \
	" (SELECT avg(x." column \
	") FROM place x JOIN kommun y ON y.code = x.kommun_code" \
	"  WHERE y.code = o.kommun_code OR y.code = p.kommun_code" \
	"  OR y.association_id = o.association_id)," \
	" (SELECT avg(x." column ") FROM place x))"

struct spot {
	int64_t location;
	int64_t carrier; /* whose car or whose base it is, or 0 */
	const char *name, *phone;
	int rank;     /* own depot, other depots, cars; free carriers, busy ones */
	int64_t busy; /* stops that day */
	struct road_point point;
	int32_t seconds, metres; /* from or to the one that is asked about */
};

struct spots {
	struct spot *at;
	size_t count;
};

static bool
read_point(struct vs_db *db, int64_t location, struct road_point *ret_point,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT " MIDDLE("latitude") ", " MIDDLE(
			    "longitude") ","
					 " coalesce(o.latitude, p.latitude) IS NOT NULL FROM location o"
					 " LEFT JOIN place p ON p.id = o.place_id WHERE o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	if (!stmt_row(&q, err))
		return false;
	*ret_point = (struct road_point){ .latitude = stmt_real(&q, 0),
		.longitude = stmt_real(&q, 1),
		.known = stmt_int(&q, 2) };
	return true;
}

/* Rows of location, carrier, name, phone, rank, busy, latitude, longitude, known. */
static bool
read_spots(struct stmt *q, struct vs_arena *arena, struct spots *ret_spots,
	struct vs_error *err)
{
	struct spots spots = { .at = vs_arena_alloc(arena, NEAREST * sizeof *spots.at) };
	while (spots.count < NEAREST && stmt_row(q, err))
		spots.at[spots.count++] = (struct spot){ .location = stmt_int(q, 0),
			.carrier = stmt_int(q, 1),
			.name = stmt_copy(q, 2, arena),
			.phone = stmt_copy(q, 3, arena),
			.rank = (int)stmt_int(q, 4),
			.busy = stmt_int(q, 5),
			.point = { .latitude = stmt_real(q, 6),
				.longitude = stmt_real(q, 7),
				.known = stmt_int(q, 8) } };
	*ret_spots = spots;
	return err->code == VS_OK;
}

/* Travel between every spot and a point. */
static bool
measure(struct vs_db *db, struct vs_arena *arena, struct spots *spots,
	struct road_point to, struct vs_error *err)
{
	size_t n = spots->count + 1;
	struct road_point *points = vs_arena_alloc(arena, n * sizeof *points);
	int32_t *seconds, *metres;
	points[0] = to;
	for (size_t i = 0; i < spots->count; i++)
		points[i + 1] = spots->at[i].point;
	if (!roads_matrix(db, arena, points, n, &seconds, &metres, err))
		return false;
	for (size_t i = 0; i < spots->count; i++) {
		spots->at[i].seconds = seconds[(i + 1) * n];
		spots->at[i].metres = metres[(i + 1) * n];
	}
	return true;
}

/* Stock ---------------------------------------------------------------------------------- */

/* Depots and cars that hold any of a rack's items; the nearest as the crow flies first. */
static bool
find_stock(struct vs_db *db, struct vs_arena *arena, const struct rack *rack,
	int64_t depot, struct road_point to, struct spots *ret_spots,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id, carrier_id, name, phone, rank, 0, latitude, longitude, known"
			" FROM (SELECT o.id, o.carrier_id, coalesce(o.name, w.name) AS name,"
			" c.phone, iif(o.id = ?1, 0, iif(o.kind = 'depot', 1, 2)) AS rank, " MIDDLE("latitude") " AS latitude, " MIDDLE(
				"longitude") " AS longitude,"
					     " o.latitude IS NOT NULL AS known FROM location o"
					     " LEFT JOIN place p ON p.id = o.place_id"
					     " LEFT JOIN carrier c ON c.id = o.carrier_id"
					     " LEFT JOIN person w ON w.id = c.person_id"
					     " WHERE o.kind IN ('depot', 'carrier') AND o.id <> ?2"
					     " AND (c.id IS NULL OR c.active)"
					     " AND EXISTS (SELECT 1 FROM balance b WHERE b.location_id = o.id"
					     "  AND b.pieces > 0)) ORDER BY rank > 0,"
					     " (latitude - ?3) * (latitude - ?3)"
					     " + (longitude - ?4) * (longitude - ?4) / 4, id"),
		    err))
		return false;
	stmt_bind(&q, depot);
	stmt_bind(&q, rack->to);
	stmt_bind(&q, to.latitude);
	stmt_bind(&q, to.longitude);
	return read_spots(&q, arena, ret_spots, err);
}

/* What is in a car to be handed over elsewhere is not stock. */
static bool
free_pieces(struct vs_db *db, const struct spot *spot, int64_t item, int64_t *ret_free,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t pieces;
	if (!stock_free(db, spot->location, item, false, 0, &pieces, err) ||
		!stmt_open(&q, db,
			SQL("SELECT coalesce(sum(l.pieces), 0) FROM delivery d"
			    " JOIN delivery_line l ON l.delivery_id = d.id"
			    " WHERE d.carrier_id = ? AND d.status = 'underway' AND l.item_id = ?"
			    " AND d.from_id <> ?"),
			err))
		return false;
	if (spot->rank == 2) {
		stmt_bind(&q, spot->carrier);
		stmt_bind(&q, item);
		stmt_bind(&q, spot->location);
		if (!stmt_row(&q, err))
			return false;
		pieces -= stmt_int(&q, 0);
	}
	*ret_free = pieces > 0 ? pieces : 0;
	return true;
}

/* What a spot can give of the lines: in `ret_pieces`, one per line, and their sum. */
static bool
offer(struct vs_db *db, const struct spot *spot, const struct rack_line *lines,
	size_t count, int64_t *ret_pieces, int64_t *ret_sum, struct vs_error *err)
{
	*ret_sum = 0;
	for (size_t i = 0; i < count; i++) {
		if (!free_pieces(db, spot, lines[i].item, &ret_pieces[i], err))
			return false;
		if (ret_pieces[i] > lines[i].wanted)
			ret_pieces[i] = lines[i].wanted;
		*ret_sum += ret_pieces[i];
	}
	return true;
}

/* More pieces first, up to all that are wanted; then the order of the manual; then the way. */
static bool
better(const struct spot *a, int64_t a_sum, const struct spot *b, int64_t b_sum)
{
	if (!b || a_sum != b_sum)
		return !b || a_sum > b_sum;
	return a->rank != b->rank ? a->rank < b->rank : a->seconds < b->seconds;
}

static bool
choose_stock(struct vs_db *db, struct vs_arena *arena, const struct spots *spots,
	struct rack_line *lines, size_t count, const struct spot **ret_spot,
	struct vs_error *err)
{
	int64_t *pieces = vs_arena_alloc(arena, (count + 1) * sizeof *pieces);
	const struct spot *best = NULL;
	int64_t best_sum = 0;
	for (size_t i = 0; i < spots->count; i++) {
		int64_t sum;
		if (!offer(db, &spots->at[i], lines, count, pieces, &sum, err))
			return false;
		if (sum == 0 || !better(&spots->at[i], sum, best, best_sum))
			continue;
		best = &spots->at[i];
		best_sum = sum;
		for (size_t k = 0; k < count; k++)
			lines[k].pieces = pieces[k];
	}
	*ret_spot = best;
	return true;
}

/* Carriers ------------------------------------------------------------------------------- */

/* Who works that day, and when it is today still will; those without stops first. */
static bool
find_carriers(struct vs_db *db, struct vs_arena *arena, const struct rack *rack,
	struct road_point from, struct spots *ret_spots, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id, carrier, name, phone, busy > 0, busy, latitude, longitude, 1"
			" FROM (SELECT o.id, c.id AS carrier, w.name, c.phone,"
			" (SELECT count(*) FROM delivery d WHERE d.carrier_id = c.id"
			"  AND d.date = ?1 AND d.status IN ('planned', 'packed', 'underway'))"
			" AS busy, " MIDDLE("latitude") " AS latitude, " MIDDLE(
				"longitude") " AS longitude FROM carrier c"
					     " JOIN person w ON w.id = c.person_id"
					     " JOIN location o ON o.id = coalesce(c.base_id, (SELECT l.id"
					     "  FROM location l WHERE l.kind = 'depot' AND l.association_id IS NULL"
					     "  ORDER BY l.id LIMIT 1))"
					     " LEFT JOIN place p ON p.id = o.place_id"
					     " LEFT JOIN availability a ON a.carrier_id = c.id AND a.date = ?1"
					     " WHERE c.active AND (a.id IS NOT NULL OR NOT EXISTS (SELECT 1"
					     "  FROM availability b WHERE b.carrier_id = c.id))"
					     " AND coalesce(a.ends, c.ends) >= ?2"
					     " AND (?3 < 0 OR coalesce(a.starts, c.starts) < ?3)) ORDER BY busy > 0,"
					     " (latitude - ?4) * (latitude - ?4)"
					     " + (longitude - ?5) * (longitude - ?5) / 4, carrier"),
		    err))
		return false;
	bool today = strcmp(rack->date, rack->today) == 0;
	stmt_bind(&q, rack->date);
	stmt_bind(&q, today ? rack->minute + 30 : rack->opens);
	stmt_bind(&q, rack->closes);
	stmt_bind(&q, from.latitude);
	stmt_bind(&q, from.longitude);
	return read_spots(&q, arena, ret_spots, err);
}

static const struct spot *
nearest(const struct spots *spots)
{
	const struct spot *best = NULL;
	for (size_t i = 0; i < spots->count; i++) {
		const struct spot *s = &spots->at[i];
		if (!best || s->rank < best->rank ||
			(s->rank == best->rank && s->seconds < best->seconds))
			best = s;
	}
	return best;
}

/* Somebody who is on the road that day is named, not booked. */
static bool
choose_carrier(struct vs_db *db, struct vs_arena *arena, const struct rack *rack,
	struct road_point from, struct refill *refill, struct vs_error *err)
{
	struct spots spots;
	if (!find_carriers(db, arena, rack, from, &spots, err) ||
		!measure(db, arena, &spots, from, err))
		return false;
	const struct spot *s = nearest(&spots);
	if (!s)
		refill->told = vs_arena_printf(arena,
			_("no carrier works on %s; find somebody, and say who with 'valstuga "
			  "deliver replan'"),
			rack->date);
	else if (s->busy)
		refill->told = vs_arena_printf(arena,
			P_("no carrier is free on %s; the nearest is %s, %s, with %lld stop",
				"no carrier is free on %s; the nearest is %s, %s, with %lld stops",
				s->busy),
			rack->date, s->name, s->phone ? s->phone : _("no phone number"),
			(long long)s->busy);
	else {
		refill->carrier = s->carrier;
		refill->carrier_name = s->name;
		refill->phone = s->phone;
		refill->km += s->metres / 1000.0;
	}
	return true;
}

bool
shortage_source(struct vs_db *db, struct vs_arena *arena, const struct rack *rack,
	struct rack_line *lines, size_t count, struct refill *ret_refill,
	struct vs_error *err)
{
	struct refill refill = { 0 };
	struct road_point to;
	struct spots spots;
	const struct spot *stock;
	int64_t depot;
	if (!location_supplier(db, rack->to, &depot, err) ||
		!read_point(db, rack->to, &to, err) ||
		!find_stock(db, arena, rack, depot, to, &spots, err) ||
		!measure(db, arena, &spots, to, err) ||
		!choose_stock(db, arena, &spots, lines, count, &stock, err))
		return false;
	if (!stock) {
		refill.told =
			_("no depot and no car has any that is not promised elsewhere; "
			  "order more, or borrow from another district");
		*ret_refill = refill;
		return true;
	}
	refill.from = stock->location;
	refill.from_name = stock->name;
	refill.km = stock->metres / 1000.0;
	if (stock->rank == 2) {
		refill.carrier = stock->carrier;
		refill.carrier_name = stock->name;
		refill.phone = stock->phone;
	} else if (!choose_carrier(db, arena, rack, stock->point, &refill, err))
		return false;
	*ret_refill = refill;
	return true;
}
