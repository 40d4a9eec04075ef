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
 *	    -- state "late", "today", "soon" (30 days), "later" or "unknown"; done ones left out
 *	  "coverage": { "KF": { "areas", "lists", "decided", "ordered" }, ... },
 *	  "orders": { "draft": n, ... },
 *	  "stock": { "printer": n, "depot", "carrier", "reception", "place", "voters",
 *	    "scrap" },  -- ballots of this election
 *	  "deliveries": { "today": { "planned": n, ... }, "shortages": n (unresolved),
 *	    "without_rule": n (kommuner), "duty": [ { "name", "phone", "role", "area",
 *	    "until" (minutes) } ] (who answers the telephone now) },
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

/* The organiser's day on paper: activities, gaps, calls, deliveries, who has the telephone.
 * `options->filter.from`: the day, NULL: today. Fields in docs/PAPER.md. Caller owns. */
VS_API VS_CHECKED json_t *vs_day_plan_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);

/*
 * Makes two people one: what `drop` has and `keep` lacks is taken over; bookings,
 * candidacies, consents, contacts, offices, skills move (of two bookings of a shift the one
 * that got further stays); `drop`'s id finds `keep` from then on. Refused when both stand on
 * the same list, have different candidate numbers or both drive, and for who is restricted.
 */
VS_API VS_CHECKED bool vs_person_merge(
	struct vs_db *db, const char *keep, const char *drop, struct vs_error *err);

#endif
