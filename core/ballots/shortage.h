/* The files of a shortage among themselves: everything here is inside a command. */
#ifndef BALLOTS_SHORTAGE_H
#define BALLOTS_SHORTAGE_H

#include "ballots/delivery_life.h"

/* Where something ran out. Texts: arena. */
struct rack {
	int64_t location; /* as reported */
	int64_t to;	  /* where a refill goes: the same, or the kommun's reception */
	const char *name, *kommun;
	int64_t now;	   /* the moment of the report */
	const char *today; /* YYYY-MM-DD */
	int minute;	   /* of today */
	const char *date;  /* of the refill: today, or the next day that it is open */
	int opens, closes; /* of that day, or -1 */
	struct handover rule;
	const char *phase; /* of that rule */
};

/* One item of it. */
struct rack_line {
	int64_t item;
	const char *name;
	int64_t have;	 /* by the ledger, before the report */
	int64_t last;	 /* pieces of the last delivery */
	int64_t taken;	 /* by voters since the last count, says the report */
	int64_t used;	 /* since the round began, with `taken` */
	double expected; /* of that, until now; < 0: no round says so */
	int64_t coming;	 /* on its way already, before the refill could be */
	int64_t bundle;
	int64_t wanted;	     /* pieces to refill */
	int64_t pieces;	     /* of those that the source has */
	const char *unusual; /* or NULL */
};

/* Who brings it, from where. */
struct refill {
	int64_t from, carrier;
	const char *from_name, *carrier_name, *phone;
	double km;
	const char *told; /* what could not be arranged; or NULL */
};

/* shortage_demand.c: taken, expected, unusual and wanted of a line whose have, last are there. */
bool shortage_demand(struct vs_db *db, struct vs_arena *arena, const struct rack *rack,
	const char *level, struct rack_line *line, struct vs_error *err) VS_CHECKED;

/* shortage_source.c: the nearest stock, and the nearest carrier who is free that day. */
bool shortage_source(struct vs_db *db, struct vs_arena *arena, const struct rack *rack,
	struct rack_line *lines, size_t line_count, struct refill *ret_refill,
	struct vs_error *err) VS_CHECKED;

/* shortage_day.c: the refill's day and hours. */
bool shortage_day(struct vs_db *db, struct vs_arena *arena, struct rack *rack,
	struct vs_error *err) VS_CHECKED;

#endif
