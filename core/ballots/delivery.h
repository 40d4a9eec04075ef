/* Rounds, deliveries and rules as the room's other files see them. */
#ifndef BALLOTS_DELIVERY_H
#define BALLOTS_DELIVERY_H

#include <valstuga/delivery.h>

#include "ballots/stock.h"

/* round.c: a round's terms. Texts: arena. */
struct round {
	int64_t id;
	const char *name, *phase, *from, *until;
	double service, spread, taken, growth, advance_share, reserve;
	int64_t least;
};
bool round_get(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct round *ret_round, struct vs_error *err) VS_CHECKED;

/* The phase of the hand-over rule that a round's phase follows: refill is advance. */
const char *round_rule_phase(const char *round_phase);

/*
 * handover.c: a kommun's rule for a phase ("advance", "institution", "election_day"), read so
 * that a plan can keep it.
 */
struct handover {
	int64_t rule; /* 0: there is none */
	bool central; /* to the reception (central, co-distribution, post), not to each place */
	bool post;
	int64_t cap;	       /* per list; 0: none */
	const char *from_date; /* earliest day, or NULL */
	int earliest;	       /* earliest clock time in minutes, or -1 */
	int before_opening; /* earliest minutes before opening, or -1: not before it opens */
	const char *deadline_date; /* latest day, or NULL */
	int deadline; /* minutes of that day; 1440 when only the day is said */
	const char *
		words; /* what of `earliest` could not be read: for people to keep; or NULL */
	bool verified; /* source and verified_on are there and of this campaign */
	const char *channel_text, *address, *packaging, *refill, *refill_text;
	const char *contact_name, *contact_phone, *our_contact, *our_deputy, *source;
};
bool handover_get(struct vs_db *db, struct vs_arena *arena, const char *kommun_code,
	const char *phase, struct handover *ret_rule, struct vs_error *err) VS_CHECKED;

/* "högst 1 500 per lista, senast 2026-08-20 kl. 15.00, ..." for sheets and plans. Arena. */
const char *handover_text(struct vs_arena *arena, const struct handover *rule);
const char *handover_clock(struct vs_arena *arena, int minutes); /* "07:30" */

/*
 * roads.c: travel between points with coordinates: from the road table where it is known,
 * else the great circle times the factor of the road_speed table. Arena. `seconds` and
 * `metres` are point_count² each, row = from.
 */
struct road_point {
	double latitude, longitude;
	bool known; /* without coordinates: the kommun's middle, and the plan says so */
};
bool roads_matrix(struct vs_db *db, struct vs_arena *arena,
	const struct road_point *points, size_t point_count, int32_t **ret_seconds,
	int32_t **ret_metres, struct vs_error *err) VS_CHECKED;

/* delivery.c: inside a command. `delivery` number or sheet code to id. */
bool delivery_find(struct vs_db *db, const char *text, int64_t *ret_delivery,
	struct vs_error *err) VS_CHECKED;

/* A new planned delivery; ids 0 and minutes -1 where there is none. */
struct new_delivery {
	int64_t round, from, to, carrier, route;
	const char *date;
	int position, arrives, opens, closes;
	bool by_hand; /* stays when its round is planned again */
	const char *override, *note;
};
struct delivery_line {
	int64_t item, pieces;
};
bool delivery_insert(struct vs_db *db, const struct new_delivery *delivery,
	const struct delivery_line *lines, size_t line_count, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;

/* Weight and boxes of pieces of an item, summed over lines: boxes rounded up once. */
struct load {
	int64_t weight_g;
	double boxes;
};
bool delivery_load(struct vs_db *db, const struct delivery_line *lines, size_t line_count,
	struct load *ret_load, struct vs_error *err) VS_CHECKED;

#endif
