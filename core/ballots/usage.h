/*
 * What was delivered to places against what was used there and voted: usage_ledger.c reads
 * the ledger, usage_votes.c the votes, usage_view.c tells, usage.c keeps it for next time.
 *
 * The ledger of one item at one place is a row of stretches, one per phase. A stretch begins
 * when the first pieces of the phase come and ends when those of another phase do, or now.
 * It is known what was used in it when somebody has counted after the last pieces of the
 * stretch came, or when nothing is left. What was counted and still lay there when the next
 * phase's pieces came is `carried` into that stretch; what was not counted is taken as
 * cleared away by the kommun, as the allocation does.
 *
 * The phase: of the delivery's round; else by the day, before election day "advance" (at a
 * place of restricted access "institution"). A place that is for election day alone has no
 * other phase.
 */
#ifndef BALLOTS_USAGE_H
#define BALLOTS_USAGE_H

#include "ballots/delivery.h"

enum usage_phase { USAGE_ADVANCE, USAGE_INSTITUTION, USAGE_ELECTION_DAY, USAGE_PHASES };
extern const char *const usage_phases[USAGE_PHASES];

/* Why it is not known what was used. */
enum usage_doubt {
	USAGE_KNOWN,
	USAGE_NOT_COUNTED,
	USAGE_MIXED,	/* another phase's pieces lay among them */
	USAGE_TOO_MANY, /* more was left than had come */
};

/* One kind's ballots at one place in one phase. Texts: arena. */
struct usage_row {
	int64_t location, place; /* place 0: a kommun's reception */
	const char *place_name, *kommun, *kommun_name, *kind;
	enum usage_phase phase;
	int64_t came, carried, used, left,
		returned; /* returned: sent on or scrapped, of left */
	enum usage_doubt doubt;
	bool ran_out;  /* reported empty */
	bool all_gone; /* nothing of a list was left */
	bool whole;    /* of advance: no pieces for election day followed */
	bool votes_known,
		votes_last; /* last: the election before's, none are imported yet */
	double votes;
};

struct usage {
	struct usage_row *rows; /* by kommun, place, phase, kind */
	size_t count;
};

/* Of a kommun (code), or of all (NULL), without votes. */
bool usage_read_ledger(struct vs_db *db, struct vs_arena *arena, const char *kommun,
	struct usage *ret_usage, struct vs_error *err) VS_CHECKED;

/* Fills the votes in. */
bool usage_add_votes(struct vs_db *db, struct vs_arena *arena, struct usage *usage,
	struct vs_error *err) VS_CHECKED;

#endif
