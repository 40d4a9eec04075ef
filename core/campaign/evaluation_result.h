/* What the files of the result view share: areas with their counts and what was done there. */
#ifndef CAMPAIGN_EVALUATION_RESULT_H
#define CAMPAIGN_EVALUATION_RESULT_H

#include <valstuga/evaluation.h>

#include "register/register.h"

enum work { DOORS, TALKS, HOURS, BALLOTS, FLYERS, MEDIA, WORKS };

/* Amounts of nothing in particular. */
struct efforts {
	double amount[WORKS];
	double ran_out;
};

struct area {
	const char *code, *name, *kommun, *kommun_name;
	int64_t place;	     /* of a district; 0: not known */
	int64_t association; /* of a kommun, its own; 0: none */
	struct register_count now, last;
	struct efforts efforts;
};

struct evaluation {
	struct vs_db *db;
	struct vs_arena *arena;
	struct vs_campaign campaign;
	const char *kind;
	enum vs_areas by;
	struct area *areas; /* by code while they are filled, then by name */
	size_t count;
	struct area **by_place; /* those with a place, by its number */
	size_t placed;
	struct area total;
	struct efforts astray; /* what belongs to no area */
	size_t districts, uncounted, redrawn, gone;
	int64_t late; /* votes of ours among late advance votes */
	bool advance; /* ballots at a polling place may be for advance voting */
};

/* Percent; false when there is nothing to divide by. */
bool evaluation_share(const struct register_count *count, double *ret_share);
bool evaluation_turnout(const struct register_count *count, double *ret_turnout);
/* Percentage points from last time to now. */
bool evaluation_change(const struct area *area, double *ret_change);
/* Of now, else of last time; 0: not known. */
int64_t evaluation_eligible(const struct area *area);
/* Whether this work is known for areas of this sort. */
bool evaluation_has(const struct evaluation *e, enum work work);

/* evaluation_result_text.c: arrays for the view. New references. */
json_t *evaluation_correlations(struct evaluation *e);
json_t *evaluation_remarks(struct evaluation *e, const json_t *correlations);
const char *evaluation_work_name(enum work work);

/* evaluation_result_view.c: the whole view. New reference. */
json_t *evaluation_view(struct evaluation *e);

extern const char *const evaluation_works[WORKS];

#endif
