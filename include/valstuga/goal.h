/*
 * Goals of the plan, their readings, and how they stand.
 *
 * A goal has one measure. Some are typed in as readings (members, new_members, renewed,
 * active_members, likes, followers, number); all others the program measures itself from what
 * the campaign file holds, on any day up to today:
 *
 *	media		   appearances that were seen, of the goal's kinds and scope; per
 *			   total, week_average (done / whole weeks so far) or every_week (share
 *			   of the weeks that reached the target, in percent)
 *	spokespersons_seen spokespersons seen in their own policy area, percent of all
 *	active_people	   different people who came to a shift, or walked, in the span
 *	lists_decided	   kommuner with a decided list, of the district's; the target may be
 *			   fewer than all
 *	top_names_met	   first names of our lists who came to an activity of kind
 *			   toppnamnstraff in the span, percent of all
 *	new_contacted	   new members reached within `days` days, percent of those whose days
 *			   have passed or who were reached
 *	places_covered	   polling and advance places that have got ballots, percent
 *	shifts_filled	   filled of wanted places of the span's shifts so far, percent
 *	support_answers	   associations that answered that they got the support they needed,
 *			   percent of all associations
 *	evenness	   the least supported association's help in percent of its part by
 *			   voters (association support)
 *	evaluation_steps   steps of the evaluation that are done, of those there are
 *
 * Expected on a day: curve "linear" a straight line from `start` to the target over the span;
 * "level" the target at any time; "end" nothing before the last day. Status: "ahead" at 105 %
 * of what is expected, "on" from 95 %, else "behind"; "reached" when the target is there (for
 * level curves only at the end), "waiting" before the span or without a reading, "missed"
 * after it.
 *
 * Readings may be given per association; the goal's value is then the sum of the latest of
 * each, or for shares the sum of values over the sum of bases.
 */
#ifndef VALSTUGA_GOAL_H
#define VALSTUGA_GOAL_H

#include <valstuga/campaign.h>
#include <valstuga/media.h>

VS_API extern const struct vs_record_type vs_goal_type;
VS_API extern const struct vs_record_type vs_reading_type;

/*
 * All goals as they stand on a day (NULL: today):
 *	{ "date", "goals": [ { "id", "name", "measure", "measure_name", "typed" (bool), "target"
 *	    (of every_week 100: percent of the weeks, as the value is), "unit", "per", "from",
 *	    "until", "scope" (text, ""), "owner", "source", "value" (or null), "of" (the whole,
 *	    or null), "percent" (of the target, or null), "expected" (or null), "status", "status_text", "arithmetic" ("212 av 200; väntat 173 på dag 240 av
 *	    365 …"), "trend": { "per_week", "reaches_on" (date or null), "at_end" } or null,
 *	    "probability" (of media goals, or null), "series": [ { "date", "value",
 *	    "expected" } ], "associations": [ { "association", "name", "value", "base",
 *	    "date" } ] (readings per association, else []), "missing": [ texts: who is still
 *	    missing, at most 20 ] } ],
 *	  "counts": { "ahead": n, "on", "behind", "reached", "waiting", "missed" } }
 * `goal`: NULL, or one by number or name. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_goal_view(
	struct vs_db *db, const char *goal, const char *day, struct vs_error *err);

/* A reading: replaces one of the same goal, day and association. Refused for measured goals. */
VS_API VS_CHECKED bool vs_goal_read(struct vs_db *db, const char *goal, double value,
	double base /* 0: none */, const char *date /* NULL: today */,
	const char *association /* NULL: the whole */, const char *note,
	struct vs_error *err);

/*
 * What a goal of being seen means to the media week; `goal` NULL: the first one there is, if
 * any (*ret_found), an average of the whole district before others. Texts: arena.
 */
VS_API VS_CHECKED bool vs_goal_media_scope(struct vs_db *db, struct vs_arena *arena,
	const char *goal, struct vs_media_scope *ret_scope, bool *ret_found,
	struct vs_error *err);

/*
 * Adds the goals of an election year's plan that are not there by name: the ten of
 * docs/handbok.md with their usual measures. Returns those made: [ { "id", "name" } ]; `source`
 * is required: which plan, which meeting. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_goal_usual(
	struct vs_db *db, const char *source, struct vs_error *err);

/* Who heads our lists, and who of them has been at a meeting of all top names:
 *	{ "activities": [ { "activity", "title", "date" } ], "names": [ { "person", "name",
 *	    "standing", "met": bool, "next" (date of one they are booked for, "") } ] }. */
VS_API VS_CHECKED json_t *vs_top_names_view(struct vs_db *db, struct vs_error *err);

/* For `status`: "goals": [ { "name", "status", "status_text", "value", "target", "percent",
 * "unit" } ] worst first. For `check`: goals behind, readings older than 30 days. */
VS_API VS_CHECKED bool vs_goal_figures(
	struct vs_db *db, json_t *figures, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_goal_problems(struct vs_db *db, struct vs_error *err);

/* Sheets "goal-report" and "status-report" (docs/PAPER.md). Callers own. */
VS_API VS_CHECKED json_t *vs_goal_sheet_view(struct vs_db *db, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_status_sheet_view(struct vs_db *db, struct vs_error *err);

#endif
