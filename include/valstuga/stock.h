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
	const char *reason;   /* needed by count, scrap and reverse */
	const char *override; /* why a ballot may go where its election is not held */
};

/*
 * Takes in what the printer sent on an order: `counted` pieces to `to` (NULL: the district's
 * depot). The item is made when the order's list has none. What is missing of the order stays
 * at the printer, to be claimed within 24 hours; what is too much is found there. An order may
 * come in several deliveries; the order is delivered when nothing is left at the printer or
 * `last` is set (then the rest is scrapped at the printer, with the claim as its reason).
 *	{ "order", "item", "item_name", "ordered", "counted", "received" (in all), "missing",
 *	  "extra", "claim_before": moment text or null, "status", "movements": [ids] }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_stock_receive(struct vs_db *db, const char *order,
	int64_t counted, const char *to, bool last, const struct vs_stock_papers *papers,
	struct vs_error *err);

/* Takes in `pieces` of an item that has no order: material, or what another district lends. */
VS_API VS_CHECKED bool vs_stock_take_in(struct vs_db *db, const char *item,
	int64_t pieces, const char *to, const struct vs_stock_papers *papers,
	int64_t *ret_movement, struct vs_error *err);

/* Moves pieces; refused (VS_REFUSED) when there are not so many, or they do not belong there. */
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

/* Makes a movement undone by its opposite; refused twice, and when the pieces have moved on. */
VS_API VS_CHECKED bool vs_stock_reverse(struct vs_db *db, const char *movement,
	const char *reason, int64_t *ret_movement, struct vs_error *err);

/*
 * What is where. `item`, `location`, `kommun` NULL: all.
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
 * Every movement of an item or at a location (one of them NULL), oldest first, with what was
 * there after it.
 *	{ "title", "rows": [ { "movement", "at", "actor", "kind", "item_name", "from_name",
 *	    "to_name", "pieces", "after", "document", "reason", "override", "order", "delivery",
 *	    "reverses", "reversed_by" } ] }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_stock_trace_view(
	struct vs_db *db, const char *item, const char *location, struct vs_error *err);

/* What is inconsistent, unlikely or missing in the stock; see campaign.h. Caller owns. */
VS_API VS_CHECKED json_t *vs_stock_problems(struct vs_db *db, struct vs_error *err);

#endif
