/* The files of a delivery's life among themselves: everything here is inside a command. */
#ifndef BALLOTS_DELIVERY_LIFE_H
#define BALLOTS_DELIVERY_LIFE_H

#include "ballots/delivery.h"

enum delivery_status {
	DELIVERY_PLANNED,
	DELIVERY_PACKED,
	DELIVERY_UNDERWAY,
	DELIVERY_DELIVERED,
	DELIVERY_FAILED,
	DELIVERY_CANCELLED,
};

/*
 * A delivery d that books its destination for a round r: one of that round, or one without a
 * round about that time which is no refill of a shortage.
 */
#define BOOKS_ROUND \
	"d.status IN ('planned', 'packed', 'underway', 'delivered') AND (d.round_id = r.id" \
	" OR (d.round_id IS NULL AND d.date BETWEEN date(r.from_date, '-7 days')" \
	"  AND r.until_date AND NOT EXISTS (SELECT 1 FROM shortage h" \
	"   WHERE h.delivery_id = d.id)))"

/* One delivery as its commands need it. Texts: arena. */
struct delivery {
	int64_t id, from, to, carrier, round;
	int64_t car;	/* the carrier's location; 0: no carrier */
	int64_t holder; /* where its pieces are now: the origin, or the car they left in */
	enum delivery_status status;
	const char *date, *override,
		*kommun; /* kommun: of a place or reception, or NULL */
	const char *from_name, *to_name, *carrier_name, *received_by;
	int arrives; /* minutes, or -1 */
	bool refill; /* of a shortage or a refill round: after the first hand-in */
	int64_t received_at;
	struct delivery_line *lines;
	size_t line_count;
};

bool delivery_get(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct delivery *ret_delivery, struct vs_error *err) VS_CHECKED;

/* "17 to Stadsbiblioteket, Karlstad": how messages name it. Arena. */
const char *delivery_name(struct vs_arena *arena, const struct delivery *delivery);

/* Refuses a state that does not follow. */
bool delivery_may(const struct delivery *delivery, enum delivery_status status,
	struct vs_error *err) VS_CHECKED;

/* The state with its event; a shortage that it refills follows. */
bool delivery_reach(struct vs_db *db, const struct delivery *delivery,
	enum delivery_status status, const char *note, struct vs_error *err) VS_CHECKED;

/* The pieces into the car; without a carrier they stay. */
bool delivery_leave(
	struct vs_db *db, struct delivery *delivery, struct vs_error *err) VS_CHECKED;

/* Which hand-over rules it breaks, as texts. New reference. */
json_t *delivery_breaks(struct vs_db *db, const struct delivery *delivery,
	struct vs_error *err) VS_CHECKED;

/* The phase of the hand-over rule that a delivery follows: its round's, else its day's. */
bool delivery_phase(struct vs_db *db, int64_t round, const char *date,
	const char **ret_phase, struct vs_error *err) VS_CHECKED;

/* shortage.c: open again when its refill comes to nothing, resolved when it arrives. */
bool shortage_follow(struct vs_db *db, int64_t delivery, enum delivery_status status,
	struct vs_error *err) VS_CHECKED;

/* Open minutes of a place, or of all places of a kommun's reception, between two moments. */
bool shortage_open_minutes(struct vs_db *db, int64_t location, int64_t from,
	int64_t until, int64_t *ret_minutes, struct vs_error *err) VS_CHECKED;

extern const struct vs_choice delivery_statuses[];

#endif
