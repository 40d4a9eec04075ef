/*
 * Ballots delivered against ballots used and votes, place by place, and what next time's
 * allocation learns of it.
 */
#ifndef VALSTUGA_USAGE_H
#define VALSTUGA_USAGE_H

#include <valstuga/delivery.h>

/* "usage": what vs_usage_learn() wrote, or what comes in from last time's file. A place goes
 * by its name and kommun ("Norra skolan, Kil"), so that it is found in another file. */
VS_API extern const struct vs_record_type vs_usage_type;

/*
 * What was delivered against what was used and voted, per place, phase and kind of election:
 *	{ "rows": [ { "place" (null: a kommun's reception), "place_name", "kommun",
 *	    "kommun_name", "phase", "phase_name", "kind", "delivered", "used", "left", "votes"
 *	    (or null), "per_vote" (used / votes, or null), "carried" (of delivered: left of the
 *	    phase before, and counted), "ran_out" (true: reported empty, or nothing was left),
 *	    "arithmetic" } ],
 *	  "kommuner": [ { "kommun", "kommun_name", "kind" and the figures, summed; "ran_out": n
 *	    that were reported empty } ], "total": { the figures of all },
 *	  "uncounted": [ { "place" to "kind" as above, "delivered", "reason" } ],
 *	  "ran_out": [ { "shortage", "place_name", "kommun_name", "when", "list", "minutes" (until
 *	    refilled, null: never) } ] }
 * From the stock ledger: delivered is what came to the place, used is that less what was
 * counted, returned or scrapped there. Without a last count nothing is known of what was left:
 * such places are in "uncounted" instead, and in no sum. Votes are the party's of this election,
 * of the last while none are imported, divided on places as the allocation divides them.
 * kommun NULL: all. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_usage_view(
	struct vs_db *db, const char *kommun, struct vs_error *err);

/* Writes the view's rows of places as records of `usage` of this election, in place of earlier
 * ones, so that `export usage` takes them to the next campaign, where allocation asks them
 * first. *ret_count: how many. */
VS_API VS_CHECKED bool vs_usage_learn(
	struct vs_db *db, int64_t *ret_count, struct vs_error *err);

#endif
