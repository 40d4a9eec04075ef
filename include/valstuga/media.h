/*
 * Media: where and when the party is seen. Outlets, appearances and their life, texts on
 * their way, who speaks on what, and the week: what was done, what is ahead, how likely it
 * is that the average holds.
 *
 * An appearance is one time in one outlet on one day. Its life:
 *
 *	planned ─► submitted (a text was sent) ─► published
 *	       └─► booked (somebody has said yes) ─► broadcast, published
 *	each open one ─► declined (they said no) or cancelled (we did)
 *
 * Every state may be entered at once: most news are only told when they are there. What was
 * seen is "done"; planned, submitted and booked are "open". A post in a channel of our own is
 * an appearance of kind "own" in an outlet of kind "own": the content plan is the list of
 * them. Own posts, press releases and initiatives (utspel) do not count as being seen unless a
 * goal names their kind.
 *
 * Weeks are ISO weeks, Monday to Sunday, written 2026-W34. Reach is people, if known; never
 * "advertising value".
 */
#ifndef VALSTUGA_MEDIA_H
#define VALSTUGA_MEDIA_H

#include <valstuga/register.h>

VS_API extern const struct vs_record_type vs_policy_area_type; /* "policy-area" */
VS_API extern const struct vs_record_type vs_spokesperson_type;
VS_API extern const struct vs_record_type vs_outlet_type;
VS_API extern const struct vs_record_type vs_article_type; /* state by commands */
/* "media"; its state also by set and by a sheet that comes back, along the same table */
VS_API extern const struct vs_record_type vs_appearance_type;

/* The kinds that count when a goal names none, as in a WHERE: "debate_article,letter,news,
 * interview,radio,tv,podcast". */
VS_API extern const char vs_media_kinds_usual[];

/*
 * A new appearance, as vs_record_add(); but refused with VS_EXISTS when one of the same outlet,
 * kind and day is there, and neither person nor title tells them apart, unless `anyway`.
 * Without a state it is done when its day has come, else planned. Its event has the time of
 * what was seen, when it is entered afterwards. *ret_key: its number, arena.
 */
VS_API VS_CHECKED bool vs_appearance_add(struct vs_db *db, const json_t *values,
	bool anyway, struct vs_arena *arena, const char **ret_key, struct vs_error *err);

/*
 * Moves an appearance on: "submitted", "booked", "published", "broadcast", "declined" or
 * "cancelled". `values` (may be NULL) are fields that become known with it: date, link,
 * clipping, reach, title. What is done is not in the future. Its article follows: published,
 * or a draft again when the outlet declined. What was seen is only cancelled, with a reason:
 * it was a mistake.
 */
VS_API VS_CHECKED bool vs_appearance_move(struct vs_db *db, const char *appearance,
	const char *state, const json_t *values, const char *reason,
	struct vs_error *err);

/* One appearance with its life: the record and "events": [ { "at", "state", "date", "actor",
 * "reason" } ]. Caller owns. */
VS_API VS_CHECKED json_t *vs_appearance_view(
	struct vs_db *db, const char *appearance, struct vs_error *err);

/* Articles ---------------------------------------------------------------------------------
 *
 * idea ─► draft ─► spokesperson (with who signs it) ─► sent ─► published
 *
 * A sent article is an appearance in state "submitted" at one outlet; when that outlet
 * declines it is a draft again. A second outlet while the first has it is refused, unless
 * `anyway` says why; a press release goes to everybody. dropped: it comes to nothing; may be taken up again as a draft.
 */
VS_API VS_CHECKED bool vs_article_move(struct vs_db *db, const char *article,
	const char *state /* idea, draft, spokesperson, dropped */, const char *person,
	const char *reason, struct vs_error *err);
/* *ret_appearance: the new appearance's number; *ret_warning: "" or what is unusual, such as
 * that a variant of it is at the same outlet. Arena. date: hoped for, NULL: in a week. */
VS_API VS_CHECKED bool vs_article_send(struct vs_db *db, const char *article,
	const char *outlet, const char *date, const char *anyway, struct vs_arena *arena,
	const char **ret_appearance, const char **ret_warning, struct vs_error *err);
/*
 * Variants for sister associations (names or numbers; none given: all that have no variant):
 * drafts of their own with the same title, kind and area. Once per association: those that
 * have one are left as they are. { "made": [ { "article", "association", "name" } ],
 * "had": [ … ] }. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_article_spread(struct vs_db *db, const char *article,
	const char *const *associations, size_t count, struct vs_error *err);
/* The record with its life, its appearances ("sent": [ … ]) and its "variants". Caller owns. */
VS_API VS_CHECKED json_t *vs_article_view(
	struct vs_db *db, const char *article, struct vs_error *err);
/* All that is open, by state, most urgent first: { "states": [ { "state", "state_name",
 * "articles": [ record with "outlet_name", "days" (in this state), "late" ] } ] }. */
VS_API VS_CHECKED json_t *vs_article_pipeline(struct vs_db *db, struct vs_error *err);

/* The week --------------------------------------------------------------------------------- */

/*
 * Whose appearances, against which target. NULL, "" and 0 mean: no limit. Texts are borrowed.
 * Weeks are counted whole: the span is the weeks from the one that holds `from` up to the one
 * that holds `until`, and of its first and last week every day counts.
 */
struct vs_media_scope {
	const char *association; /* numbers or names */
	const char *person;
	const char *policy_area;
	const char *kinds; /* with commas, as stored or as people say; NULL:
			    * vs_media_kinds_usual */
	const char *from,
		*until; /* the span of the average; NULL: the 26 weeks that end with
			 * election day's, and election day */
	double target;	/* per week; 0: 1 */
	const char *
		goal; /* name of the goal this comes from; NULL: none, or the first one */
};

/* A day of the week that is meant by "2026-W34", "W34", "34", "v34" or a date. Without a year
 * it is the week of the scope's span nearest to today; if that has none, this year's. Arena. */
VS_API VS_CHECKED bool vs_media_week_day(struct vs_db *db, struct vs_arena *arena,
	const char *text, const struct vs_media_scope *scope /* NULL: usual */,
	const char **ret_day, struct vs_error *err);

/*
 * A week (any day of it, or NULL: this one) and the series it stands in. A week is whole from
 * its Sunday on; the series are the whole weeks of the span up to and with the week asked for,
 * so the one that is running counts for neither average nor streak, but is the first of those
 * that are left. `scope` NULL: the usual.
 *	{ "week": "2026-W34", "week_text": "v. 34", "from", "until" (dates), "goal" (name or
 *	    null), "target" (per week), "done": n, "submitted", "booked", "planned",
 *	  "gap": what of the target neither is done nor open (≥ 0),
 *	  "streak": how many of the last weeks of the series in a row reached the target,
 *	  "span": { "from", "until", "weeks": n, "past": n (weeks of the series), "done": n (in
 *	    them), "average" (done / past; null before the first), "still": weeks - past,
 *	    "needed" ((target - done) / still: per week in those that are left; 0 when the
 *	    target is there; null when none is left), "target": n in all (target × weeks,
 *	    rounded up) },
 *	  "forecast": { "probability" (that target is reached when the span ends; 0 to 1),
 *	      "text" (that in a sentence), "mean" (average at the end), "low", "high" (80 % of the averages lie between),
 *	      "rate" (unplanned per week), "open": [ { "state", "count" (in the span, not more
 *	      than a week overdue), "share" (that happens), "of" (how many it is learned from) }
 *	      ], "model": the arithmetic in words } as things are known today, whatever the week;
 *	      null when the span is over,
 *	  "weeks": [ { "week", "week_text", "from", "done", "open" (from today on), "target",
 *	    "reached", "now" (today is in it), "average" (up to it; null after the series) } ]
 *	    of the span,
 *	  "appearances": [ records of the week ], "ahead": [ the open ones after it, by date ],
 *	  "overdue": [ open ones whose day has passed ],
 *	  "unseen": { "weeks": n, "people": [ { "person", "name", "areas", "last" (date or ""),
 *	    "weeks" (since, null: never), "next" (date or "") } ], "areas": [ { "policy_area",
 *	    "name", "last", "weeks", "next" } ], "kommuner": [ { "kommun", "name", "last",
 *	    "weeks", "next" } ], "of": { "people": n, "areas", "kommuner" } (there are) } }
 *	    -- spokespersons, policy areas, kommuner of the district not seen for n weeks, in
 *	    the kinds of the scope, by anybody and anywhere; longest ago first. An appearance is
 *	    of a kommun when it says so; if it does not, when its association has only that one;
 *	    else of those that its outlet reaches, unless that is the whole district. People
 *	    whose data are restricted are left out.
 * `unseen_weeks` 0: 4. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_media_week_view(struct vs_db *db, const char *day,
	const struct vs_media_scope *scope, int unseen_weeks, struct vs_error *err);

/* Own channels week by week: { "weeks": [ { "week", "week_text", "from", "posts": [ records ],
 * "empty": [ names of own channels without a post ] } ] }. Caller owns. */
VS_API VS_CHECKED json_t *vs_media_content_view(
	struct vs_db *db, const char *from, const char *until, struct vs_error *err);

/* How many appearances were done in [from, until], to the day, and on which days: for goals.
 * `days`: NULL, or receives days since 1970 of each, in order. Arena. */
VS_API VS_CHECKED bool vs_media_days(struct vs_db *db, struct vs_arena *arena,
	const struct vs_media_scope *scope, int64_t **ret_days, size_t *ret_count,
	struct vs_error *err);

/* For `status`: "media": { "week_text", "target", "done", "booked", "submitted", "planned",
 * "streak", "average", "needed", "probability" (or null), "unseen_people": n, "overdue": n }. */
VS_API VS_CHECKED bool vs_media_figures(struct vs_db *db,
	const struct vs_media_scope *scope, json_t *figures, struct vs_error *err);
/* For `check`: overdue ones, articles long at one outlet, areas without a spokesperson … */
VS_API VS_CHECKED json_t *vs_media_problems(struct vs_db *db, struct vs_error *err);

/* Sheet "media-week" (docs/PAPER.md). Caller owns. */
VS_API VS_CHECKED json_t *vs_media_sheet_view(struct vs_db *db, const char *day,
	const struct vs_media_scope *scope, struct vs_error *err);

#endif
