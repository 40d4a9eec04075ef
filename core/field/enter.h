/* Paper that comes back: one row as it was typed or scanned, and what it does. */
#ifndef FIELD_ENTER_H
#define FIELD_ENTER_H

#include "field/field.h"

struct entry {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t now;
	bool correct;	   /* what was entered before may be changed */
	const char *sheet; /* "PS-12-20260822", NULL: not said */
	int64_t changed, same;
	json_t *rows; /* of the view */
};

/* How a row came out; `told` in the view. */
bool entry_tell(struct entry *e, const char *row, bool changed, const char *told,
	struct vs_error *err);

/* enter_booking.c: "417-K=came", "R12P45-S=yes", "+Name;phone". */
bool enter_booking(struct entry *e, const char *row, int64_t booking, const char *value,
	struct vs_error *err) VS_CHECKED;
bool enter_call(struct entry *e, const char *row, int64_t role, int64_t person,
	const char *value, struct vs_error *err) VS_CHECKED;
bool enter_walk_in(struct entry *e, const char *row, const char *text,
	struct vs_error *err) VS_CHECKED;

/* enter_street.c: "2=41/17/9/30/1". */
bool enter_street(struct entry *e, const char *row, int64_t position, const char *value,
	struct vs_error *err) VS_CHECKED;

#endif
