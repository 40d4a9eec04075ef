/*
 * Bookings inside a command of the caller's: what booking_write.c gives the files of this
 * room beside booking_book() and booking_move().
 *
 * Each first lets offers lapse whose time is out; each ends with no seat free that somebody
 * who waits could have.
 */
#ifndef FIELD_BOOKING_H
#define FIELD_BOOKING_H

#include "field/rules.h"

#define BOOKING_HOLD_HOURS 48 /* how long a seat is kept for who waited */
#define BOOKING_LATE_HOURS 24 /* before the shift: a cancellation is late */

struct booking {
	int64_t id, shift, role, person; /* person 0: erased */
	int64_t offered_until;		 /* 0: no seat is kept */
	const char *state, *override;
};

/* A booking by id; VS_NOT_FOUND. */
bool booking_read(struct vs_db *db, struct vs_arena *arena, int64_t id,
	struct booking *ret_booking, struct vs_error *err) VS_CHECKED;

/* By its number or its code as printed. */
bool booking_find(struct vs_db *db, const char *text, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;

/* A state as it is stored, from what is typed in any language; NULL for NULL. Arena. */
bool booking_state_read(struct vs_db *db, struct vs_arena *arena, const char *text,
	const char **ret_state, struct vs_error *err) VS_CHECKED;

/* "417-K (Kim Ek, shift 12 (…))", for messages. Arena. */
const char *booking_text(
	struct vs_db *db, struct vs_arena *arena, const struct booking *booking);

/* True for a state that holds a seat; an offer does while `offered_until` is ahead. */
bool booking_holds(const char *state, int64_t offered_until, int64_t now);

/* One booking while it is being made or moved. */
struct booking_work {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t now;
	struct rule_shift shift;
	const struct field_role *role;
	struct booking booking; /* id 0: a new one */
};

/* What becomes of it. `by` for cancelled, `source` NULL: as before. */
struct booking_step {
	const char *state, *by, *reason, *override, *source;
	int64_t offered_until; /* 0: none */
};

/* Writes the step with its event. */
bool booking_write_step(struct booking_work *w, const struct booking_step *step,
	struct vs_error *err) VS_CHECKED;
bool booking_write_event(struct booking_work *w, const struct booking_step *step,
	struct vs_error *err) VS_CHECKED;

/*
 * A seat for the booking, which has none now. Who came all the same has one, whatever was
 * planned: there is one more then. *ret_seat is false when there is none and it may wait.
 */
bool booking_take_seat(struct booking_work *w, const char *state, bool wait,
	bool *ret_seat, struct vs_error *err) VS_CHECKED;

/* All rules but seat and once. *ret_override: the reason, if it was needed. */
bool booking_keep_rules(struct booking_work *w, const char *source, const char *override,
	const char **ret_override, struct vs_error *err) VS_CHECKED;

/* Takes a booking off: cancelled by "person" or "organiser", its seat stays empty. */
bool booking_drop(struct vs_db *db, int64_t booking, const char *by, const char *reason,
	struct vs_error *err) VS_CHECKED;

/* vs_booking_walk_in() inside the caller's command; the same again changes nothing. */
bool booking_walk_in(struct vs_db *db, int64_t shift, const json_t *values,
	int64_t *ret_id, struct vs_error *err) VS_CHECKED;

/* Offers free seats of a shift to those who wait. */
bool booking_settle(struct vs_db *db, int64_t shift, struct vs_error *err) VS_CHECKED;

/* Offers that were not answered in time give their seats to the next. */
bool booking_lapse(struct vs_db *db, struct vs_error *err) VS_CHECKED;

/* A reason or note as it is kept: clean, NULL for nothing, not too long. Arena. */
bool booking_reason(struct vs_arena *arena, const char *given, const char **ret_reason,
	struct vs_error *err) VS_CHECKED;

#endif
