/* Candidates as the campaign's views need them. */
#ifndef CAMPAIGN_CANDIDATES_H
#define CAMPAIGN_CANDIDATES_H

#include "field/field.h"

struct candidate {
	int64_t person;
	const char *name;
	const char *standing; /* "riksdagen, plats 3; regionen, plats 5" */
	int rank;	      /* riksdag before region, then by position */
	int saturdays;	      /* on which they are somewhere */
	int64_t last;	      /* day of the last one counted */
};

struct candidates {
	struct candidate *all; /* by rank */
	size_t count;
};

/* People on our own riksdag and region lists, whose data may be used. */
bool candidates_read(struct vs_db *db, struct vs_arena *arena,
	const struct field_people *people, struct candidates *ret_candidates,
	struct vs_error *err) VS_CHECKED;

/* NULL: no candidate. */
struct candidate *candidates_find(const struct candidates *candidates, int64_t person);

#endif
