/*
 * The campaign as a whole: what is on, late, missing, inconsistent; every kind of record.
 */
#ifndef VALSTUGA_CAMPAIGN_H
#define VALSTUGA_CAMPAIGN_H

#include <valstuga/delivery.h>
#include <valstuga/field.h>
#include <valstuga/register.h>

/* Every record type of the program, ended by NULL; alphabetical by noun. */
VS_API extern const struct vs_record_type *const vs_record_types[];

/* The record type of a noun, NULL when there is none. */
VS_API const struct vs_record_type *vs_record_type_of(const char *noun);

/*
 * What `valstuga status` shows:
 *	{ "campaign": { "title", "party", "district", "election_day", "days_left", "kinds" },
 *	  "register": { "districts", "polling_places", "advance_places", "place_days",
 *	    "eligible": {"RD": n, ...}, "quota": {...}, "lists", "candidates",
 *	    "ordered": {...} },
 *	  "deadlines": [ { "key", "name", "date", "days", "state", "source" } ],
 *	    -- state "late", "today", "soon" (30 days), "later" or "unknown"; left out is what is
 *	    -- done, and what passes by itself and has passed
 *	  "coverage": { "KF": { "areas", "lists", "decided", "ordered" }, ... },
 *	  "orders": { "draft": n, ... },
 *	  "stock": { "printer": n, "depot", "carrier", "reception", "place", "voters",
 *	    "scrap" },  -- ballots of this election
 *	  "deliveries": { "today": { "planned": n, ... }, "shortages": n (unresolved),
 *	    "without_rule": n (kommuner), "duty": [ { "name", "phone", "role", "area",
 *	    "until" (minutes) } ] (who answers the telephone now) },
 *	  "field": { "people", "shifts" (today), "missing_today", "missing_week" (needed places),
 *	    "today": [ { "title", "place_name", "starts", "ends", "people": [ { "name",
 *	    "starts", "ends" } ] } ], "missing": [ { "shift", "title", "when", "role_name",
 *	    "needed", "ask": [ names ] } ] },
 *	  "media": as vs_media_figures() (media.h), of the first goal of being seen,
 *	  "goals": [ as vs_goal_figures() (goal.h) ],
 *	  "problems": { "error": n, "warning": n, "notice": n },
 *	  "todo": [ { "severity", "text", "todo" } ] }  -- the ten worst
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_status_view(struct vs_db *db, struct vs_error *err);

/*
 * Everything inconsistent, unlikely or missing, worst first:
 *	{ "problems": [ { "severity", "noun", "id", "text", "todo" } ] }
 * severity "error", "warning" or "notice". Caller owns.
 */
VS_API VS_CHECKED json_t *vs_check_view(struct vs_db *db, struct vs_error *err);

/*
 * Röda lördagar: candidates of our own riksdag and region lists who are booked on Saturdays
 * of a period (NULL: today to election day):
 *	{ "from", "until", "saturdays": [ { "date", "date_text", "week",
 *	    "rows": [ { "activity", "shift", "booking", "person", "candidate", "standing"
 *	      ("the riksdag, no. 3"), "title", "kind_name", "kommun", "kommun_name",
 *	      "place_name", "contact_name", "contact_phone", "starts_at", "ends_at", "date",
 *	      "starts", "ends", "when", "state" (of the booking), "state_text" ("" when it is
 *	      sure) } ] by time,
 *	    "free": [ { "person", "name", "standing", "saturdays": n } ] who are nowhere and have
 *	      not said that they cannot,
 *	    "uncovered": [ { "kommun", "name" } ] where nobody is for sure } ],
 *	  "candidates": [ as "free", all of them ], "unused": [ those without any Saturday ],
 *	  "total": { "saturdays", "candidates", "unused", "rows" } }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_saturday_view(
	struct vs_db *db, const char *from, const char *until, struct vs_error *err);

/* The same on paper ("saturday-sheet", docs/PAPER.md); `options->filter` from and until. */
VS_API VS_CHECKED json_t *vs_saturday_sheet_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);

/*
 * Who got how much of the campaign's help: a row per association with its own kommuner, and
 * per kommun of the district without one of its own.
 *	{ "rows": [ { "association" (id or null), "name", "kommuner", "kommun" (code, of a
 *	    kommun without one), "lent_by" (who helps it, ""), "members" (or null), "voters",
 *	    "places", "volunteers", "volunteers_per_100_members", "filled" (shift places),
 *	    "wanted", "filled_per_1000" (voters, or null), "visits" (central, so far), "planned"
 *	    (central, ahead), "last_visit", "next_visit" (dates or ""), "saturdays" (candidates'),
 *	    "media" (times seen, in the year before election day),
 *	    "ballots": { "need", "have", "lack" } or null, "support" (percent of what its part of
 *	    the voters would give it, the mean of volunteers, filled places, visits, Saturdays,
 *	    being seen; each at most 200; null: nothing is measured), "arithmetic" } ],
 *	  "total": { "voters", "volunteers", "filled", "visits", "saturdays", "media" } }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_support_view(struct vs_db *db, struct vs_error *err);

/*
 * Where the next central visits should go: kommuner without an association of their own that
 * nobody has visited, then the least supported.
 *	{ "visits": [ a row as above with "reason" ], at most `limit` (0: 5)
 *	  "planned": [ the same, of those where a visit is planned already ] }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_visit_view(
	struct vs_db *db, int limit, struct vs_error *err);

/* The organiser's day on paper: activities, gaps, calls, deliveries, who has the telephone.
 * `options->filter.from`: the day, NULL: today. Fields in docs/PAPER.md. Caller owns. */
VS_API VS_CHECKED json_t *vs_day_plan_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);

/* The election calendar --------------------------------------------------------------------
 *
 * Everything that has a day: deadlines of the law and of decisions, own dates, the kommuner's
 * cut-offs for ballots (hand-over rules), and activities of the kinds that concern the whole
 * campaign. Dates that follow from election day are reckoned, never stored.
 */
struct vs_calendar_options {
	const char *from, *until; /* dates, both included; NULL: no limit */
	const char
		*association; /* number or name: what concerns it, its kommuner, or all */
	const char *kommun;   /* code or name, likewise */
	const char *kinds; /* with commas: law,decision,kommun,own,activity; NULL: all */
	bool open;	   /* without what is done */
	bool late;	   /* only what is late: before today and not done */
	int limit;	   /* the next so many; 0: all */
};

/*
 * By date, what has none last:
 *	[ { "date" (or null), "time" ("15:00" or null), "name", "rule" (how the day comes about:
 *	    "valdagen − 18 dagar", "beslut", "31 oktober året före valet"), "source", "kind",
 *	    "kind_name", "key" (of a deadline, else null), "noun", "id" (as `NOUN show` takes it),
 *	    "days" (from today, or null), "state" ("done", "late", "today", "soon" (30 days),
 *	    "later", "unknown"), "state_text", "responsible", "done_on", "verified_on", "kommun",
 *	    "kommun_name", "association", "association_name", "weekday", "week" (2026-W34),
 *	    "changes": n, "note", "starts_at", "ends_at" (moments, null without a time),
 *	    "passes" (nobody has to tick it off: never late, done when it is over) } ]
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_calendar_view(struct vs_db *db,
	const struct vs_calendar_options *options, struct vs_error *err);

/*
 * The days that a week or a month begins and ends on (arena). `text` NULL: this one. A week is
 * "2026-W34", "v. 34", "34" (the nearest one) or a day of it; a month "2026-08", "8" (of this
 * year) or a day of it.
 */
VS_API VS_CHECKED bool vs_calendar_week(struct vs_arena *arena, const char *text,
	const char **ret_from, const char **ret_until, struct vs_error *err);
VS_API VS_CHECKED bool vs_calendar_month(struct vs_arena *arena, const char *text,
	const char **ret_from, const char **ret_until, struct vs_error *err);

/* Sheet "calendar": a page per month as a wall calendar, then the list with its sources
 * (docs/PAPER.md). Caller owns. */
VS_API VS_CHECKED json_t *vs_calendar_sheet_view(struct vs_db *db,
	const struct vs_calendar_options *options, struct vs_error *err);

/* The calendar as events for vs_ical_write() (calendar.h of files). Caller owns. */
VS_API VS_CHECKED json_t *vs_calendar_events(struct vs_db *db,
	const struct vs_calendar_options *options, struct vs_error *err);

/*
 * Makes two people one: what `drop` has and `keep` lacks is taken over; bookings,
 * candidacies, consents, contacts, offices, skills move (of two bookings of a shift the one
 * that got further stays); `drop`'s id finds `keep` from then on. Refused when both stand on
 * the same list, have different candidate numbers or both drive, and for who is restricted.
 */
VS_API VS_CHECKED bool vs_person_merge(
	struct vs_db *db, const char *keep, const char *drop, struct vs_error *err);

#endif
