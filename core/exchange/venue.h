/* A building as a row of vallokaler or rostningslokaler describes it. */
#ifndef EXCHANGE_VENUE_H
#define EXCHANGE_VENUE_H

#include "exchange/model.h"

struct venue {
	struct kommun *kommun;
	size_t line;
	const char *key; /* kommun, building, street: folded */
	const char *name, *street, *detail, *accessibility;
	struct position position;
};

/* The row's kommun; NULL when it is refused. */
struct kommun *venue_kommun(struct rows *rows);

/* The columns that both layouts share. `instead` names a building without a name. */
void venue_read(struct rows *rows, struct venue *venue, struct kommun *kommun,
	const char *instead);

/* What another row says of the same building. */
void venue_merge(struct import *run, struct venue *venue, const struct venue *more);

/* True when name or street is the same, folded. */
bool venue_resembles(
	struct import *run, const struct venue *venue, const struct place *place);
void venue_rename(struct import *run, struct place *place, const struct venue *venue);

/* Compares and takes over; unless `authoritative` only where nothing is known. */
void venue_apply(struct import *run, const struct venue *venue, struct place *place,
	bool authoritative);

/* Removes the undivided constituency of a kommun that turns out to be divided. */
bool venue_divide(
	struct import *run, const struct kommun *kommun, struct vs_error *err) VS_CHECKED;

#endif
