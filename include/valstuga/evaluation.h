/*
 * After the election: how it went beside last time, what was done where, what was taken at
 * each place, what the associations say. Differences and rank correlations with their
 * uncertainty; nothing here says what caused what.
 */
#ifndef VALSTUGA_EVALUATION_H
#define VALSTUGA_EVALUATION_H

#include <valstuga/campaign.h>
#include <valstuga/media.h>
#include <valstuga/usage.h>

VS_API extern const struct vs_record_type vs_question_type;
VS_API extern const struct vs_record_type vs_answer_type;
/* Of the register (register.h): vs_result_type, this election's counts; vs_border_type. */

/* By what the result view is divided. */
enum vs_areas { VS_BY_KOMMUN, VS_BY_DISTRICT };

/*
 * Results beside the last, with effort:
 *	{ "kind": "KF", "election_day", "by": "kommun", "areas": [ { "code", "name", "kommun",
 *	    "now": { "eligible", "voted", "valid", "votes", "share" (percent of valid),
 *	      "turnout" } or null, "last": the same or null (districts that were redrawn have none),
 *	    "change" (percentage points, or null), "votes_change", "effort": { "doors", "talks",
 *	      "hours" (on shifts), "ballots" (delivered), "flyers", "media" } and the same
 *	      per 1 000 eligible as "effort_per_1000", "ran_out": n (reports) } ],
 *	  "total": as an area, "correlations": [ { "effort", "effort_name", "rho", "low", "high",
 *	    "areas": n, "text" } ] of change against effort per 1 000,
 *	  "remarks": [ texts: what is missing, what was redrawn; that none of it shows causes ] }
 * kind NULL: KF, else the campaign's first. Media and flyers are known per kommun, null per
 * district. Effort until election day; ballots are those of the kind, and ran_out reports of
 * empty racks of them; rho, low and high are null where nothing can be told. A district with
 * over a fifth more or fewer voters than last time counts as redrawn. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_evaluation_result_view(
	struct vs_db *db, const char *kind, enum vs_areas by, struct vs_error *err);

/* Answers of an association (name, number, or the code of its paper form): [ { "question",
 * "value" or "text" } ], as typed from the form ("ja", "delvis", "nej", "yes", "partly", "no",
 * 1 to 5, words; "" takes an answer away). All or nothing; replaces earlier ones. */
VS_API VS_CHECKED bool vs_answers_enter(struct vs_db *db, const char *association,
	const json_t *answers, const char *day, struct vs_error *err);
/*
 *	{ "associations": n, "answered": n, "questions": [ { "key", "text", "kind", "answers": n,
 *	    "yes", "partly", "no" or "mean" and "counts": [5], or "texts": [ { "association",
 *	    "text" } ] } ], "waiting": [ { "association", "name", "contact_name",
 *	    "contact_phone" } ] }
 * Texts are an association's own words: personal, where few stand behind it. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_answers_view(struct vs_db *db, struct vs_error *err);

/* Steps of the evaluation: [ { "key", "name", "done": bool, "detail" } ]: "results" imported,
 * ballots left "counted", usage "learned", all associations have given "answers", "shortages"
 * resolved, "report" printed. Caller owns. */
VS_API VS_CHECKED json_t *vs_evaluation_steps(struct vs_db *db, struct vs_error *err);

/* Sheets "questionnaire" (one per association, or of one) and "evaluation-report"
 * (docs/PAPER.md). Callers own. */
VS_API VS_CHECKED json_t *vs_questionnaire_view(
	struct vs_db *db, const char *association, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_evaluation_sheet_view(
	struct vs_db *db, struct vs_error *err);

#endif
