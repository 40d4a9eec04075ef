/* The election calendar among its own files: entries before they are a view. */
#ifndef CAMPAIGN_CALENDAR_H
#define CAMPAIGN_CALENDAR_H

#include <valstuga/campaign.h>

#include "record/record.h"
#include "store/store.h"

/* What is asked for, read into numbers, and what every entry needs to know. */
struct calendar {
	struct vs_db *db;
	struct vs_arena *arena;
	const struct vs_calendar_options *options;
	struct vs_campaign campaign;
	struct vs_date today;
	json_t *kommuner;    /* code -> its record, of those that have an association */
	int64_t association; /* that is asked for; 0: all */
	const char *kommun;  /* code; NULL: all */
	bool cancelled;	     /* activities that were called off, too, with "cancelled" */
	json_t *entries;
};

/* Fills `c` with the entries asked for, in order; c->entries is a new reference. */
bool calendar_read(struct calendar *c, struct vs_db *db, struct vs_arena *arena,
	const struct vs_calendar_options *options, bool cancelled,
	struct vs_error *err) VS_CHECKED;

/* The sources of entries; each appends to c->entries what it has. */
bool calendar_deadlines(struct calendar *c, struct vs_error *err) VS_CHECKED;
bool calendar_cut_offs(struct calendar *c, struct vs_error *err) VS_CHECKED;
bool calendar_activities(struct calendar *c, struct vs_error *err) VS_CHECKED;

/* Sundays and the holidays of the law. */
bool calendar_is_red(struct vs_date date);

#endif
