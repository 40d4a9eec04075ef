/*
 * Stock: where every ballot is. A ledger of movements between locations.
 *
 * An item is what is counted: the ballots of one list, or campaign material. A location is
 * anywhere that pieces can be: the printer, a depot (the district's, an association's), a
 * carrier's car, a place, a kommun's reception desk, the voters (taken), the scrap. A movement
 * takes pieces of an item from one location to another. It is never edited, only reversed.
 *
 * Always true: no balance is below zero, under any number of writers; the sum of an item over
 * all locations is what was printed, bought or found.
 *
 * `item` arguments take an item's id, its name, or the list's name or number ("KF Hagfors");
 * `location` arguments an id or a name ("Distriktslagret", "Stadsbiblioteket, Karlstad").
 */
#ifndef VALSTUGA_STOCK_H
#define VALSTUGA_STOCK_H

#include <valstuga/ballots.h>

VS_API extern const struct vs_record_type vs_item_type;
VS_API extern const struct vs_record_type vs_location_type;
VS_API extern const struct vs_record_type vs_movement_type; /* read-only: the ledger */

/* What every movement may say of itself; NULL: nothing. */
struct vs_stock_papers {
	const char *document; /* delivery note, minutes, sheet */
	const char *reason; /* needed by scrap and reverse, and by a count that differs */
	const char *override; /* why ballots may go where nobody can use them */
};

/*
 * Takes in what the printer sent on an order: `counted` pieces to `to` (NULL: the district's
 * depot). The item is made when the order's list has none. What is missing of the order stays
 * at the printer, to be claimed within 24 hours; what is too much is found there. An order may
 * come in several deliveries; the order is delivered when nothing is left at the printer or
 * `last` is set (then the rest is scrapped at the printer, with the claim as its reason; if
 * it comes after all, it is received like any other). Refused: an order that is not placed;
 * one of another election without an override; without a reason, one that is delivered, the
 * same document again, and a tenth more than was ordered.
 *	{ "order", "item", "item_name", "to", "to_name", "ordered", "counted",
 *	  "received" (in all), "missing", "extra", "claim_before": moment text or null,
 *	  "status", "movements": [ids] }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_stock_receive(struct vs_db *db, const char *order,
	int64_t counted, const char *to, bool last, const struct vs_stock_papers *papers,
	struct vs_error *err);

/*
 * Every order of this election that is placed comes complete, in one transaction: the night
 * when the lorry stands there. What is counted otherwise afterwards is told by
 * vs_stock_count(). Orders of which a part has come are skipped, for what they lack is claimed;
 * vs_stock_receive() takes it in when it comes.
 *	{ "to", "to_name", "orders": [ as above ], "skipped": [ as above, as they are ],
 *	  "total": { "orders", "pieces" } (those that came) }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_stock_receive_all(struct vs_db *db, const char *to,
	const struct vs_stock_papers *papers, struct vs_error *err);

/*
 * Takes in `pieces` of an item that has no order: material, or what another district lends.
 * Ballots whose order is awaited need a reason.
 */
VS_API VS_CHECKED bool vs_stock_take_in(struct vs_db *db, const char *item,
	int64_t pieces, const char *to, const struct vs_stock_papers *papers,
	int64_t *ret_movement, struct vs_error *err);

/*
 * Moves pieces; refused (VS_REFUSED) when there are not so many, some of them are packed for
 * deliveries, or they do not belong there.
 */
VS_API VS_CHECKED bool vs_stock_move(struct vs_db *db, const char *item, int64_t pieces,
	const char *from, const char *to, const struct vs_stock_papers *papers,
	int64_t *ret_movement, struct vs_error *err);

/*
 * There are `counted` pieces at a location, whatever the ledger says. The difference is a
 * movement with the reason: what is missing at a place or reception was taken by voters,
 * elsewhere it is scrapped; what is too much is found. *ret_difference: counted - ledger.
 */
VS_API VS_CHECKED bool vs_stock_count(struct vs_db *db, const char *item,
	const char *location, int64_t counted, const struct vs_stock_papers *papers,
	int64_t *ret_difference, struct vs_error *err);

/* Destroyed: old, wet, wrong, left over. */
VS_API VS_CHECKED bool vs_stock_scrap(struct vs_db *db, const char *item, int64_t pieces,
	const char *location, const struct vs_stock_papers *papers, struct vs_error *err);

/*
 * Makes a movement undone by its opposite; refused twice, when the pieces have moved on, and
 * for what a delivery moved. An order whose receipt is reversed is at the printer again.
 */
VS_API VS_CHECKED bool vs_stock_reverse(struct vs_db *db, const char *movement,
	const char *reason, int64_t *ret_movement, struct vs_error *err);

/*
 * What is where. `item`, `location`, `kommun` NULL: all. "bundles" are whole ones, "boxes"
 * what must be carried. "items" says of every item among the rows where all of it is.
 *	{ "rows": [ { "item", "item_name", "kind" (of election, or null), "location",
 *	    "location_name", "location_kind", "pieces", "reserved" (planned or packed to leave),
 *	    "free", "bundles", "boxes", "weight_g" } ],
 *	  "items": [ { "item", "item_name", "printed", "printer", "depots", "carriers", "places",
 *	    "receptions", "voters", "scrap" } ] }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_stock_balance_view(struct vs_db *db, const char *item,
	const char *location, const char *kommun, struct vs_error *err);

/*
 * Every movement of an item or at a location (NULL: all), oldest first. "after" is what was
 * there of the item after it; without a location, what we still had of it anywhere: all but
 * what is taken or scrapped.
 *	{ "title", "rows": [ { "movement", "at", "actor", "kind", "item_name", "from_name",
 *	    "to_name", "pieces", "after", "document", "reason", "override", "order", "delivery",
 *	    "reverses", "reversed_by" } ] }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_stock_trace_view(
	struct vs_db *db, const char *item, const char *location, struct vs_error *err);

/* Ballots of this election by sort of location, for `status`; added to `figures` as "stock":
 * { "printer", "depot", "carrier", "reception", "place", "voters", "scrap" }. */
VS_API VS_CHECKED bool vs_stock_figures(
	struct vs_db *db, json_t *figures, struct vs_error *err);

/* What is inconsistent, unlikely or missing in the stock; see campaign.h. Caller owns. */
VS_API VS_CHECKED json_t *vs_stock_problems(struct vs_db *db, struct vs_error *err);

#endif
