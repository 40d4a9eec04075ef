/* What people were told of their bookings. */
#ifndef FIELD_MESSAGE_H
#define FIELD_MESSAGE_H

#include "field/field.h"

enum message_kind { CONFIRMATION, DAY_BEFORE, CHANGED, CANCELLED, THANKS, MESSAGE_KINDS };

/* "day-before" to DAY_BEFORE; VS_INVALID lists them. */
bool message_kind_read(
	const char *text, enum message_kind *ret_kind, struct vs_error *err) VS_CHECKED;
const char *message_kind_text(enum message_kind kind); /* as it is typed */
const char *message_kind_name(enum message_kind kind); /* translated */

/* Of one booking: what happened last, and what was told when. */
struct told {
	int64_t booking, last_event;
	const char *reason;	       /* of the last event */
	const char *by;		       /* who cancelled it, or NULL */
	int64_t events[MESSAGE_KINDS]; /* the last one that was told of; 0: never */
	bool any;		       /* what follows was told last */
	int64_t sequence, starts_at, ends_at;
	const char *place;
	int64_t reminded_of; /* the start that the last day-before message named */
};

struct told_list {
	struct told *all; /* by booking */
	size_t count;
};
bool told_read(struct vs_db *db, struct vs_arena *arena, struct told_list *ret_list,
	struct vs_error *err) VS_CHECKED;
const struct told *told_of(const struct told_list *list, int64_t booking);

/* Where an activity is, as it is told; NULL when it is not said. Arena. */
const char *message_place(struct vs_arena *arena, const struct field_activity *activity);

#endif
