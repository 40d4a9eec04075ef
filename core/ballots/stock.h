/* The ledger as the room's other files see it: everything here is inside a command. */
#ifndef BALLOTS_STOCK_H
#define BALLOTS_STOCK_H

#include <valstuga/stock.h>

#include "ballots/ballots.h"

/*
 * What people call a location o, with its place p, kommun k and its carrier's person w: two
 * places of one name in a kommun are told apart by their street.
 */
#define LOCATION_NAME \
	"coalesce(o.name, p.name || iif(EXISTS (SELECT 1 FROM place q" \
	" WHERE q.kommun_code = p.kommun_code AND q.name = p.name AND q.id <> p.id)," \
	" ', ' || p.street, '') || ', ' || k.name, w.name, '?')"
#define LOCATION_FROM \
	" FROM location o LEFT JOIN place p ON p.id = o.place_id" \
	" LEFT JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)" \
	" LEFT JOIN carrier c ON c.id = o.carrier_id LEFT JOIN person w ON w.id = c.person_id"

/* The order in which locations o stand: as the ballots pass them. */
#define LOCATION_RANK \
	"CASE o.kind WHEN 'printer' THEN 1 WHEN 'depot' THEN 2 WHEN 'carrier' THEN 3" \
	" WHEN 'reception' THEN 4 WHEN 'place' THEN 5 WHEN 'voters' THEN 6 ELSE 7 END"

/*
 * What people call an item i, with its list l: "KF Hagfors"; of another election with its
 * year; with the list's number where the party has several lists in one constituency.
 */
#define ITEM_NAME \
	"coalesce(i.name, l.kind || ' ' || coalesce((SELECT group_concat(name, ', ') FROM" \
	" (SELECT s.name FROM list_constituency lc" \
	"  JOIN constituency s ON s.id = lc.constituency_id" \
	"  WHERE lc.list_id = l.id ORDER BY s.code)), l.designation, '?')" \
	" || iif(l.election_day = (SELECT election_day FROM campaign), ''," \
	"  ' ' || substr(l.election_day, 1, 4))" \
	" || iif(EXISTS (SELECT 1 FROM list_constituency a JOIN list_constituency b" \
	"  ON b.constituency_id = a.constituency_id AND b.list_id <> a.list_id" \
	"  JOIN list t ON t.id = b.list_id WHERE a.list_id = l.id AND t.kind = l.kind" \
	"  AND t.party_code = l.party_code AND t.election_day = l.election_day)," \
	"  ' (' || coalesce(l.number, '#' || l.id) || ')', ''))"
#define ITEM_FROM " FROM item i LEFT JOIN list l ON l.id = i.list_id"

/* Both as the first parts of a select: spot(id, kind, name), ware(id, name). */
#define WITH_NAMES \
	"WITH spot AS MATERIALIZED (SELECT o.id, o.kind, " LOCATION_NAME \
	" AS name, " LOCATION_RANK " AS rank," \
	" coalesce(o.kommun_code, p.kommun_code) AS kommun_code, o.association_id," \
	" k.name AS kommun_name" LOCATION_FROM \
	"), ware AS MATERIALIZED (SELECT i.id, " ITEM_NAME \
	" AS name, i.list_id, l.kind AS election, l.election_day, l.party_code, i.unit_mg," \
	" i.bundle, i.box" ITEM_FROM ")"

/* True when the voters of a kommun k vote in a constituency g. */
#define VOTES_IN \
	"CASE g.kind WHEN 'KF' THEN g.area_code = k.code" \
	" WHEN 'RF' THEN g.area_code = k.region_code" \
	" WHEN 'RD' THEN g.code = k.riksdag_code ELSE 1 END"

#define PIECES_MAX 100000000 /* as in an order: more is a slip of the finger */

/* A movement to be written; texts may be NULL, ids 0 where there is none. */
struct movement {
	const char *kind; /* print, receive, move, deliver, count, scrap, reverse */
	int64_t item, from, to, pieces;
	int64_t order, delivery, reverses;
	const char *document, *reason, *override;
};

/*
 * Writes a movement. Refuses more than there is, and ballots that do not fit (stock_fits())
 * unless there is an override. `to` is 0 only when what came from nowhere is reversed.
 */
bool stock_write(struct vs_db *db, const struct movement *movement, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;

/* Pieces of an item at a location now. */
bool stock_balance(struct vs_db *db, int64_t location, int64_t item, int64_t *ret_pieces,
	struct vs_error *err) VS_CHECKED;

/*
 * The same without what is to leave: of deliveries that are planned or packed, or under way
 * without a carrier whose car it would be in (`packed_only`: not the planned ones), other
 * than `except`.
 */
bool stock_free(struct vs_db *db, int64_t location, int64_t item, bool packed_only,
	int64_t except, int64_t *ret_pieces, struct vs_error *err) VS_CHECKED;

/*
 * Refuses ballots where nobody can use them: of another election anywhere but at the printer
 * and among what is taken or scrapped, of another constituency at a place, a reception or the
 * depot of an association that has kommuner.
 */
bool stock_fits(struct vs_db *db, int64_t item, int64_t location,
	struct vs_error *err) VS_CHECKED;

/*
 * effort.c: ballots of one kind of this election that came to each place and stayed there, and
 * how often a rack was reported empty. Arena.
 */
struct ballots_effort {
	int64_t place;
	const char *kommun;
	int64_t pieces, ran_out;
};
bool ballots_effort(struct vs_db *db, struct vs_arena *arena, const char *kind,
	struct ballots_effort **ret_efforts, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* What an item, a location is called. Arena; "?" when there is none. */
const char *item_name(struct vs_db *db, struct vs_arena *arena, int64_t item);
const char *location_name(struct vs_db *db, struct vs_arena *arena, int64_t location);

/* The item of a list's ballots, made when there is none, with the price list's weight. */
bool item_of_list(struct vs_db *db, int64_t list, int64_t *ret_item,
	struct vs_error *err) VS_CHECKED;

/* The only location of a kind, or the first: 'printer', 'depot' (the district's), 'voters',
 * 'scrap'. */
bool location_of_kind(struct vs_db *db, const char *kind, int64_t *ret_location,
	struct vs_error *err) VS_CHECKED;

/* A kommun's reception desk; made (named for the kommun, the rule's address) if there is none. */
bool location_of_reception(struct vs_db *db, const char *kommun_code,
	int64_t *ret_location, struct vs_error *err) VS_CHECKED;

/* Which depot a place or reception is supplied from: its association's, else the district's. */
bool location_supplier(struct vs_db *db, int64_t location, int64_t *ret_depot,
	struct vs_error *err) VS_CHECKED;

/* A user's words to an id: record look-up by key or name, with its errors. */
bool item_find(struct vs_db *db, const char *text, int64_t *ret_item,
	struct vs_error *err) VS_CHECKED;
bool location_find(struct vs_db *db, const char *text, int64_t *ret_location,
	struct vs_error *err) VS_CHECKED;

/* A location's kind; "" when there is none. Arena. */
const char *location_kind(struct vs_db *db, struct vs_arena *arena, int64_t location);

/* What the history may say of a location: a carrier's car by its number. Arena. */
const char *location_in_history(
	struct vs_db *db, struct vs_arena *arena, int64_t location);

/* Texts of people made clean, what is empty NULL. Arena. */
bool stock_papers(struct vs_arena *arena, const struct vs_stock_papers *papers,
	struct vs_stock_papers *ret_papers, struct vs_error *err) VS_CHECKED;

/* Refuses to take what is packed to leave from a location. */
bool stock_check_packed(struct vs_db *db, int64_t location, int64_t item, int64_t pieces,
	struct vs_error *err) VS_CHECKED;

/* Refuses to take things in at the printer, among what is taken or scrapped. */
bool stock_check_receiver(
	struct vs_db *db, int64_t location, struct vs_error *err) VS_CHECKED;

/* Undoes a movement by its opposite, inside a command. */
bool stock_undo(struct vs_db *db, int64_t movement, const char *reason, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;

/* An order that is cancelled leaves nothing at the printer. */
bool stock_order_cancelled(struct vs_db *db, int64_t order, const char *note,
	struct vs_error *err) VS_CHECKED;

#endif
