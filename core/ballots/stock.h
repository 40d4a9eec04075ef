/* The ledger as the room's other files see it: everything here is inside a command. */
#ifndef BALLOTS_STOCK_H
#define BALLOTS_STOCK_H

#include <valstuga/stock.h>

#include "ballots/ballots.h"

/* A movement to be written; texts may be NULL, ids 0 where there is none. */
struct movement {
	const char *kind; /* print, receive, move, deliver, count, scrap, reverse */
	int64_t item, from, to, pieces;
	int64_t order, delivery, reverses;
	const char *document, *reason, *override;
};

/*
 * Writes a movement. Refuses more than there is, and a ballot to a place or reception where
 * its election is not held unless there is an override.
 */
bool stock_write(struct vs_db *db, const struct movement *movement, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;

/* Pieces of an item at a location now. */
bool stock_balance(struct vs_db *db, int64_t location, int64_t item, int64_t *ret_pieces,
	struct vs_error *err) VS_CHECKED;

/*
 * The same without what is planned or packed to leave: of deliveries that are planned or
 * packed (`packed_only`: packed), other than `except`.
 */
bool stock_free(struct vs_db *db, int64_t location, int64_t item, bool packed_only,
	int64_t except, int64_t *ret_pieces, struct vs_error *err) VS_CHECKED;

/* Refuses an item at a location whose voters cannot use it; only places and receptions. */
bool stock_fits(struct vs_db *db, int64_t item, int64_t location,
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

#endif
