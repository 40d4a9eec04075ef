/* What there is already: at the destinations, on the way, promised, and at the depots. */
#include "ballots/allocate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* Reading ----------------------------------------------------------------------------------*/

static int64_t
local_minutes(int64_t utc)
{
	struct vs_local local = vs_local_from_utc(utc);
	return vs_date_to_days(local.date) * 1440 + local.hour * 60 + local.minute;
}

/* Since when: the last count, else the first that came. */
static bool
read_there(struct world *w, struct stock *stock, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("WITH touched AS (SELECT item_id, to_id AS location_id, at,"
			"  kind = 'count' AS counted FROM movement"
			" UNION ALL SELECT item_id, from_id, at, 1 FROM movement"
			"  WHERE kind = 'count'),"
			" since AS (SELECT item_id, location_id,"
			"  coalesce(max(iif(counted, at, NULL)), min(at)) AS at,"
			"  max(counted) AS counted FROM touched GROUP BY 1, 2)"
			" SELECT b.item_id, b.location_id, b.pieces, coalesce(s.at, 0), s.counted"
			" FROM balance b JOIN location o ON o.id = b.location_id"
			" AND o.kind IN ('depot', 'place', 'reception') LEFT JOIN since s"
			" ON s.item_id = b.item_id AND s.location_id = b.location_id"
			" WHERE b.pieces > 0 ORDER BY 1, 2"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		stock->there = vs_arena_grow(
			w->arena, stock->there, stock->there_count, sizeof *stock->there);
		stock->there[stock->there_count++] =
			(struct there){ stmt_int(&q, 0), stmt_int(&q, 1), stmt_int(&q, 2),
				local_minutes(stmt_int(&q, 3)), stmt_int(&q, 4) };
	}
	return err->code == VS_OK;
}

static struct given
given_row(const struct world *w, const struct stmt *q)
{
	struct given g = { .item = stmt_int(q, 0),
		.location = stmt_int(q, 1),
		.round = stmt_int(q, 2),
		.phase = stmt_copy(q, 3, w->arena),
		.starts = stmt_null(q, 4) ? w->now : stmt_int(q, 4),
		.pieces = stmt_null(q, 5) ? -1 : stmt_int(q, 5),
		.fixed = stmt_int(q, 6),
		.reason = stmt_copy(q, 7, w->arena),
		.waiting = stmt_int(q, 8),
		.coming = stmt_int(q, 9),
		.packed = stmt_int(q, 10),
		.underway = stmt_int(q, 11),
		.delivered = stmt_int(q, 12) };
	g.over = !stmt_null(q, 13) && stmt_int(q, 13) + 1440 <= w->now;
	g.mine = g.round == w->round.id;
	g.earlier = !g.mine &&
		(!g.round || g.starts < w->from ||
			(g.starts == w->from && g.round < w->round.id));
	return g;
}

static bool
read_given(struct world *w, struct stock *stock, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("WITH sent AS (SELECT l.item_id, d.to_id AS location_id,"
			"  coalesce(d.round_id, 0) AS round_id,"
			"  sum(iif(d.status IN ('planned', 'packed') AND f.kind = 'depot',"
			"   l.pieces, 0)) AS waiting,"
			"  sum(iif(d.status <> 'delivered', l.pieces, 0)) AS coming,"
			"  sum(iif(d.status = 'packed', l.pieces, 0)) AS packed,"
			"  sum(iif(d.status = 'underway', l.pieces, 0)) AS underway,"
			"  sum(iif(d.status = 'delivered', coalesce(l.counted, l.pieces), 0))"
			"   AS delivered FROM delivery_line l JOIN delivery d ON d.id ="
			"  l.delivery_id JOIN location f ON f.id = d.from_id"
			"  JOIN location t ON t.id = d.to_id AND t.kind IN ('place', 'reception')"
			"  WHERE d.status NOT IN ('failed', 'cancelled') GROUP BY 1, 2, 3),"
			" every AS (SELECT item_id, location_id, round_id FROM allocation"
			"  UNION SELECT item_id, location_id, round_id FROM sent)"
			" SELECT e.item_id, e.location_id, e.round_id, r.phase,"
			" unixepoch(r.from_date) / 60, a.pieces, coalesce(a.fixed, 0), a.reason,"
			" coalesce(s.waiting, 0), coalesce(s.coming, 0), coalesce(s.packed, 0),"
			" coalesce(s.underway, 0), coalesce(s.delivered, 0),"
			" unixepoch(r.until_date) / 60 FROM every e"
			" LEFT JOIN round r ON r.id = e.round_id"
			" LEFT JOIN allocation a ON a.round_id = e.round_id"
			"  AND a.location_id = e.location_id AND a.item_id = e.item_id"
			" LEFT JOIN sent s ON s.round_id = e.round_id"
			"  AND s.location_id = e.location_id AND s.item_id = e.item_id"
			" ORDER BY 1, 2, 3"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		stock->given = vs_arena_grow(
			w->arena, stock->given, stock->given_count, sizeof *stock->given);
		stock->given[stock->given_count++] = given_row(w, &q);
	}
	return err->code == VS_OK;
}

bool
allocate_read_stock(struct world *w, struct stock *ret_stock, struct vs_error *err)
{
	*ret_stock = (struct stock){ 0 };
	return read_there(w, ret_stock, err) && read_given(w, ret_stock, err);
}

/* Finding ----------------------------------------------------------------------------------*/

static int
by_item(int64_t item, int64_t location, int64_t to_item, int64_t to_location)
{
	if (item != to_item)
		return item < to_item ? -1 : 1;
	return (location > to_location) - (location < to_location);
}

static const struct there *
find_there(const struct stock *stock, int64_t item, int64_t location)
{
	size_t low = 0, high = stock->there_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct there *t = &stock->there[middle];
		int order = by_item(item, location, t->item, t->location);
		if (order == 0)
			return t;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* The first row that is not before (item, location). */
static size_t
lower_given(const struct stock *stock, int64_t item, int64_t location)
{
	size_t low = 0, high = stock->given_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct given *g = &stock->given[middle];
		if (by_item(g->item, g->location, item, location) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct given *
allocate_given(
	const struct stock *stock, int64_t item, int64_t location, size_t *ret_count)
{
	size_t first = lower_given(stock, item, location), count = 0;
	while (item && first + count < stock->given_count &&
		stock->given[first + count].item == item &&
		stock->given[first + count].location == location)
		count++;
	*ret_count = count;
	return stock->given ? stock->given + first : NULL;
}

/* Pieces that the allocation says and no delivery has taken yet. */
static int64_t
promised(const struct given *g, int64_t sent)
{
	return g->over || g->pieces < sent ? 0 : g->pieces - sent;
}

/* What a destination has -------------------------------------------------------------------*/

static int64_t
most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool
same_phase(const struct world *w, const char *phase)
{
	const char *other = phase ? round_rule_phase(phase) : "advance";
	return strcmp(other, round_rule_phase(w->round.phase)) == 0;
}

/*
 * Each phase's pieces are kept apart: what is left of the advance voting lies in racks that
 * the kommun clears, and is not counted on for election day. Only where somebody has counted
 * afterwards is it known what is there.
 */
static int64_t
of_this_phase(const struct world *w, const struct there *there, const struct given *given,
	size_t count)
{
	int64_t own = 0, other = 0, mine = 0;
	for (size_t i = 0; i < count; i++) {
		if (given[i].mine)
			mine += given[i].delivered;
		else if (same_phase(w, given[i].phase))
			own += given[i].delivered;
		else
			other += given[i].delivered;
	}
	int64_t pieces = there ? there->pieces - mine : 0;
	if (there && there->counted)
		return most(0, pieces);
	if (strcmp(w->round.phase, "election_day") == 0)
		return most(0, own < pieces ? own : pieces);
	return most(0, pieces - other);
}

/* Expected to have been taken at a place, or at all places that a reception stands for. */
static double
taken_since(const struct world *w, const struct paper *paper, size_t area, int venue,
	int64_t since)
{
	const struct area *a = &w->areas[area];
	double taken = 0;
	if (venue >= 0)
		return allocate_taken(w, paper, venue, since, w->from);
	for (size_t i = 0; i < a->venue_count; i++)
		if (allocate_serves(w, &w->venues[a->first_venue + i]))
			taken += allocate_taken(
				w, paper, (int)(a->first_venue + i), since, w->from);
	return taken;
}

int64_t
allocate_have(const struct world *w, const struct stock *stock, const struct paper *paper,
	int64_t location, size_t area, int venue)
{
	const struct there *there = find_there(stock, paper->item, location);
	size_t count = 0;
	const struct given *given = allocate_given(stock, paper->item, location, &count);
	int64_t pieces = of_this_phase(w, there, given, count);
	int64_t since = pieces > 0 ? there->since : INT64_MAX;
	for (size_t i = 0; i < count; i++) {
		const struct given *g = &given[i];
		int64_t more = most(promised(g, g->delivered), g->coming);
		if (!g->earlier || more <= 0 || !same_phase(w, g->phase))
			continue;
		pieces += more;
		since = g->starts < since ? g->starts : since;
	}
	if (pieces <= 0)
		return 0;
	double taken = taken_since(w, paper, area, venue, since);
	return most(0, pieces - (int64_t)llround(taken));
}

/* What may be given ------------------------------------------------------------------------*/

/* The district's depots, and those that supply somebody who uses the item. */
static bool
supplies(const struct world *w, const struct paper *paper, size_t depot)
{
	if (w->depots[depot].common || paper->kind < 0)
		return true;
	for (size_t i = 0; i < w->area_count; i++)
		if (w->areas[i].depot == (int)depot && allocate_used_in(w, paper, i))
			return true;
	return false;
}

/* On the way from one depot to another: nowhere now, and there soon. */
static bool
between_depots(const struct world *w, const struct paper *paper, int64_t *ret_pieces,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_pieces = 0;
	if (!stmt_open(&q, w->db,
		    SQL("SELECT sum(l.pieces) FROM delivery_line l JOIN delivery d"
			" ON d.id = l.delivery_id JOIN location t ON t.id = d.to_id"
			" WHERE l.item_id = ? AND d.status = 'underway' AND t.kind = 'depot'"),
		    err))
		return false;
	stmt_bind(&q, paper->item);
	if (stmt_row(&q, err))
		*ret_pieces = stmt_int(&q, 0);
	return err->code == VS_OK;
}

static int64_t
at_depots(const struct world *w, const struct stock *stock, const struct paper *paper)
{
	int64_t pieces = 0;
	for (size_t i = 0; i < w->depot_count; i++) {
		const struct there *there =
			find_there(stock, paper->item, w->depots[i].location);
		if (there && supplies(w, paper, i))
			pieces += there->pieces;
	}
	return pieces;
}

bool
allocate_supply(const struct world *w, const struct stock *stock,
	const struct paper *paper, struct supply *ret_supply, struct vs_error *err)
{
	struct supply s = { .expected = !paper->came };
	int64_t between = 0;
	if (paper->item && !between_depots(w, paper, &between, err))
		return false;
	s.free = paper->came ? at_depots(w, stock, paper) + between : paper->ordered;
	size_t first = paper->item ? lower_given(stock, paper->item, 0) : 0;
	for (size_t i = first; paper->item && i < stock->given_count &&
		stock->given[i].item == paper->item;
		i++) {
		const struct given *g = &stock->given[i];
		int64_t sent = g->underway + g->delivered;
		if (g->mine)
			s.departed += sent;
		else
			s.free -= most(promised(g, sent), g->waiting);
	}
	s.free = most(0, s.free);
	s.reserve = (int64_t)floor((double)s.free * w->round.reserve + 1e-9);
	s.available = s.free + s.departed - s.reserve;
	*ret_supply = s;
	return true;
}
