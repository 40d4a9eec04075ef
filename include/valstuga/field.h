/*
 * The field: activities, shifts, bookings, canvassing; who is where when.
 *
 * Moments are UTC seconds in the file and in views ("starts_at"), Swedish wall clock where
 * people read or type ("date" YYYY-MM-DD, "starts", "ends" HH:MM beside them). A time that
 * does not exist is refused; one that exists twice must say "sommartid" or "normaltid".
 * Spans are half open: who leaves at 12 may begin at 12.
 *
 * A booking:
 *
 *	offered ──► waiting ──► signed_up ──► booked ──► attended
 *	    └──────────┴────────────┴───────────┴──► no_show, cancelled (by whom)
 *
 * offered: asked, has not answered. waiting: wants to, no seat is free. signed_up: has a seat,
 * not confirmed. booked: confirmed. These hold a seat: signed_up, booked, attended, no_show,
 * and an offer from the waiting list until its time is out. Every step has time, actor and
 * reason.
 *
 * Rules, kept in the transaction that books, whoever books; an override names its reason:
 *	seat	 a role has at most `most` people
 *	once	 one role per person and shift; a cancelled booking is taken up again
 *	overlap	 a person is at one place at a time; at the same place or activity the shift's
 *		 tolerance (hand-over) may overlap
 *	rest	 between shifts at different places lie the rest of both and the way
 *	skill	 the role's skill, confirmed where the skill must be
 *	away	 not when the person said that they cannot, or outside what they can
 *	refused	 not what the person will not do
 *	hours	 hours_day and hours_week of the person
 *	over	 not on what is cancelled, not (but by the organiser) when it is over
 *	restricted nobody books whom the law lets be left alone (person.h)
 * Seat and once cannot be overridden but by raising `most`, cancelled and restricted not at
 * all; the others can, with a reason. Hours count on the day and in the week in which a shift
 * begins, without its break. A hand-over is between two of which neither lies in the other.
 */
#ifndef VALSTUGA_FIELD_H
#define VALSTUGA_FIELD_H

#include <valstuga/person.h>

VS_API extern const struct vs_record_type vs_activity_kind_type; /* "activity-kind" */
VS_API extern const struct vs_record_type vs_activity_type;
VS_API extern const struct vs_record_type vs_attendance_type;
VS_API extern const struct vs_record_type vs_shift_type;   /* guarded */
VS_API extern const struct vs_record_type vs_booking_type; /* guarded */
VS_API extern const struct vs_record_type vs_presence_type;
VS_API extern const struct vs_record_type vs_wish_type;
VS_API extern const struct vs_record_type vs_canvass_type;
VS_API extern const struct vs_record_type vs_canvass_street_type; /* "street" */
VS_API extern const struct vs_record_type vs_checklist_type;

/* Activities ----------------------------------------------------------------------------- */

struct vs_shift_filter;

/*
 * Activities by time, with how their seats are taken (of live shifts that are not over).
 * Without `all` cancelled ones are left out, and those that are over unless `filter->from`
 * asks for them.
 *	{ "activities": [ { "activity", "title", "kind", "kind_name", "cancelled",
 *	    "association_name", "kommun", "kommun_name", "place_name", "address", "mode",
 *	    "visibility", "contact" (id or null), "contact_name", "contact_phone", "starts_at",
 *	    "ends_at", "date", "starts", "ends", "when", "shifts": n, "least", "wanted",
 *	    "taken", "missing" (to the least), "alone" (shifts), "state": "missing"|"enough"|
 *	    "full"|"planned" (no shifts)|"draft"|"over"|"cancelled", "state_text" } ],
 *	  "left_out": { "over": n, "cancelled": n } }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_activity_list(struct vs_db *db,
	const struct vs_shift_filter *filter, bool all, struct vs_error *err);

/*
 * One activity: what the list has of it, and
 *	"record" (every field), "shift_list": [ as vs_shift_board()'s "shifts" ],
 *	"attendance": [ records ], "same": [ ids of others with its title, start and place ]
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_activity_view(
	struct vs_db *db, const char *activity, struct vs_error *err);

/* Days to repeat something on: each `every` days or weeks, until a day, or given days. */
struct vs_series {
	const char *days;  /* "2026-08-22,2026-08-29", or NULL */
	const char *until; /* with `every`: the last possible day */
	int every_days;	   /* 7: weekly */
	const char
		*plan; /* from an earlier look, VS_CONFLICT when it would differ; NULL */
};

/*
 * Copies an activity with its shifts and roles (no people) to other days: 10.00 stays 10.00,
 * whatever the clocks do; a time that the new day does not have, or has twice, is refused
 * with the shift's name. All or none; a bulk that can be undone. Days on which the same
 * activity (title, start, place) is already are left out, so that a series can be made longer.
 *	{ "bulk", "plan", "activities": [ { "activity", "title", "date", "starts", "ends",
 *	    "starts_at", "ends_at", "when", "shifts": n } ],
 *	  "left_out": [ { "activity", "date" } ] }
 * `dry_run` shows it with "bulk" and "activity" null. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_activity_copy(struct vs_db *db, const char *activity,
	const struct vs_series *series, bool dry_run, struct vs_error *err);

/* Takes back what was made at once, unless somebody is booked on it or it was changed since
 * (VS_REFUSED, naming where). */
VS_API VS_CHECKED bool vs_bulk_undo(
	struct vs_db *db, const char *bulk, struct vs_error *err);
VS_API extern const struct vs_record_type vs_bulk_type; /* read-only */

/*
 * Cancels with its shifts: bookings become cancelled by the organiser.
 *	{ "activity", "title", "reason", "when", "notify": [ { "booking", "person", "name",
 *	    "state", "phone", "email", "shift", "date", "starts", "ends", "when",
 *	    "by": "phone"|"sms"|"email"|"" (no way is known) } ] }
 * the notice list: everybody who had a seat, an offer or waited. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_activity_cancel(struct vs_db *db, const char *activity,
	const char *reason, bool dry_run, struct vs_error *err);

/*
 * Which associations have been at activities of a kind (NULL: valskola), and which not:
 *	{ "kind", "kind_name", "activities": [ { "activity", "title", "mode", "date", "starts",
 *	    "ends", "when", "associations": n, "people", "digital" } ],
 *	  "associations": [ { "association", "name", "members" (or null), "times", "people",
 *	    "digital", "last" (date or ""), "next" (its own next one, or "") } ],
 *	  "missing": [ of these, who have not been there ],
 *	  "total": { "been", "missing", "people", "digital" } }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_attendance_view(
	struct vs_db *db, const char *kind, struct vs_error *err);

/* Shifts --------------------------------------------------------------------------------- */

/*
 * `values`: activity, starts, ends ("2026-08-22 10.00", or "10.00" of the activity's day),
 * roles "värd:2-3-4;kandidat:1" (least[-wanted[-most]], "/SKILL" behind the name), break, pair,
 * tolerance, rest, note; `each` minutes cuts the span into shifts of that length. What lies
 * outside the activity moves the activity's ends, with a word about it. Without starts and
 * ends the activity's. Of a row each begins `handover` minutes before the last one ends; a
 * row is a bulk that can be undone.
 *	{ "shifts": [ids], "bulk": id or null, "told": text or null }
 */
VS_API VS_CHECKED json_t *vs_shift_add(
	struct vs_db *db, const json_t *values, struct vs_error *err);
/* Changes times, roles, rules: the fields of `values` but for activity, each and handover. An
 * empty text makes a rule the kind's again. People who would break a rule afterwards are named
 * and the change refused, unless `override` of `values` says why. */
VS_API VS_CHECKED bool vs_shift_set(
	struct vs_db *db, const char *shift, const json_t *values, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_shift_cancel(struct vs_db *db, const char *shift,
	const char *reason, bool dry_run, struct vs_error *err); /* as the activity's */

/* A period and what of it. Texts: names or ids; NULL: all. */
struct vs_shift_filter {
	const char *from, *until; /* days, inclusive */
	const char *association, *kommun, *activity, *kind, *person;
	bool missing; /* only where people are missing */
};

/* Shifts that touch a period as records, cancelled ones only with `all`. An array; caller
 * owns. */
VS_API VS_CHECKED json_t *vs_shift_list(struct vs_db *db,
	const struct vs_shift_filter *filter, bool all, struct vs_error *err);

/*
 * Shifts of a period by time, with who is there:
 *	{ "shifts": [ { "shift", "activity", "title", "kind", "kind_name", "place_name",
 *	    "kommun_name", "date", "starts", "ends", "starts_at", "ends_at", "when",
 *	    "cancelled": bool, "state": "empty"|"missing"|"enough"|"full", "taken", "missing",
 *	    "alone": bool,
 *	    "roles": [ { "role", "name", "skill_name", "least", "wanted", "most", "taken",
 *	      "waiting", "people": [ { "booking", "code", "person", "name", "state" } ] } ] } ],
 *	  "total": { "shifts", "least", "wanted", "taken", "missing", "alone" } }
 * "code" is the booking's number with a check character, as printed; "name" null for who is
 * erased or restricted; missing: of what is needed (least; two where nobody is to be alone).
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_shift_board(
	struct vs_db *db, const struct vs_shift_filter *filter, struct vs_error *err);

/* Bookings ------------------------------------------------------------------------------- */

struct vs_booking_options {
	const char *role;     /* NULL: the only one that fits */
	const char *state;    /* "offered", "signed_up", "booked"; NULL: booked */
	const char *override; /* why a rule may be broken; NULL: it may not */
	const char *source;   /* NULL: "organiser" */
	bool wait;	      /* on the waiting list if there is no seat */
};

/*
 * Books a person on a shift. VS_REFUSED names the rule, with what (the other shift and its
 * time). *ret_code (may be NULL): arena, "417-K".
 */
VS_API VS_CHECKED bool vs_booking_add(struct vs_db *db, const char *shift,
	const char *person, const struct vs_booking_options *options,
	struct vs_arena *arena, const char **ret_code, struct vs_error *err);

/*
 * Moves a booking to a state. `booking` is its number or its code as printed; the same state
 * again changes nothing. Cancelling frees the seat and offers it to the first who waits and
 * can, for 48 hours or to the shift's beginning; `by`: "person" or "organiser". An offer whose
 * time is out gives its seat to the next as soon as anything is booked, and stays an offer
 * without a seat. Who attended had a seat: a full role gets one more.
 */
VS_API VS_CHECKED bool vs_booking_move(struct vs_db *db, const char *booking,
	const char *state, const char *by, const char *reason, struct vs_error *err);

/* Which bookings; NULL: all. */
struct vs_booking_filter {
	const char *from, *until; /* days, inclusive */
	const char *shift, *person, *activity, *state;
	bool late; /* cancelled by the person within a day before */
};

/* Records with their "code", by time. An array; caller owns. */
VS_API VS_CHECKED json_t *vs_booking_list(
	struct vs_db *db, const struct vs_booking_filter *filter, struct vs_error *err);

/* A record with "code", "when" and "events": [ { "state", "at", "actor", "reason" } ], the
 * first one first. Caller owns. */
VS_API VS_CHECKED json_t *vs_booking_view(
	struct vs_db *db, const char *booking, struct vs_error *err);

/* Two bookings change people, or one is given to somebody else; all rules hold. */
VS_API VS_CHECKED bool vs_booking_swap(struct vs_db *db, const char *a, const char *b,
	const char *override, struct vs_error *err);
VS_API VS_CHECKED bool vs_booking_give(struct vs_db *db, const char *booking,
	const char *person, const char *override, struct vs_error *err);

/*
 * Somebody came without booking, attended at once: `values` are person, or name and phone
 * (who is known by both is found, else added), role, override. A full role gets a place more:
 * they have been there. The same again changes nothing.
 */
VS_API VS_CHECKED bool vs_booking_walk_in(struct vs_db *db, const char *shift,
	const json_t *values, struct vs_arena *arena, const char **ret_code,
	struct vs_error *err);

/* Why a person cannot take a role of a shift; an empty array: they can. Each { "rule",
 * "text", "shift" (the other one, or null), "overridable": bool }. Caller owns. */
VS_API VS_CHECKED json_t *vs_booking_hindrances(struct vs_db *db, const char *shift,
	const char *role, const char *person, struct vs_error *err);

/* Matching ------------------------------------------------------------------------------- */

struct vs_staff_options {
	struct vs_shift_filter filter; /* from and until are needed */
	bool dry_run;
	const char *plan;  /* from an earlier look, VS_CONFLICT when it would differ */
	const char *state; /* what the bookings become: NULL "booked", or "offered" */
	double seconds;	   /* 0: an effort that suits the size, repeatable */
	uint64_t seed;
};

/*
 * Proposes who takes which open place in a period, keeping all rules above and what is
 * booked (plan/match). Volunteers who are not restricted, with consent for shifts or members.
 *	{ "plan", "from", "until", "bookings": [ { "shift", "title", "date", "starts", "ends",
 *	    "role", "role_name", "person", "name", "wished": bool, "reason" } ],
 *	  "open": [ { "shift", "title", "date", "starts", "ends", "role_name", "needed", "wanted",
 *	    "reason": sentence, "call": [ { "person", "name", "phone", "hours" (in the period),
 *	    "reason", "can": bool } ] } ],
 *	  "people": [ { "person", "name", "hours", "shifts" } ],
 *	  "total": { "places", "filled", "new", "needed_open", "wanted_open", "alone",
 *	    "hours_mean", "hours_most", "idle" (people who may be asked and have no shift),
 *	    "gap" (percent over the bound; null: not known, as without `seconds`), "best": bool } }
 * Open are the places of shifts that begin in the period, have not begun and are no draft. An
 * offer that is not answered counts as filled. Hours are kept week by week. Who was taken off
 * a shift is not booked on it again. `call`: the five best of those who may be called.
 */
VS_API VS_CHECKED json_t *vs_shift_match(
	struct vs_db *db, const struct vs_staff_options *options, struct vs_error *err);

/* Whom to call for a shift's role: { "can": n, "reason": sentence, "people": [ as "call"
 * above ] }, who have the skill and may be called, the best first, `limit` at most (0: all). */
VS_API VS_CHECKED json_t *vs_shift_candidates(struct vs_db *db, const char *shift,
	const char *role, int limit, struct vs_error *err);

/* The organiser's day --------------------------------------------------------------------- */

/*
 *	{ "date", "date_text", "activities": [ { "activity", "title", "kind_name", "place_name",
 *	    "address", "kommun_name", "starts", "ends", "contact_name", "contact_phone",
 *	    "shifts": [ as the board's ] } ],
 *	  "missing": [ { "shift", "activity", "title", "date", "starts", "ends", "when", "role",
 *	    "role_name", "places" (to the wanted ones), "needed" (to the least), "bucket":
 *	    "today"|"tomorrow"|"week" (seven days), "can": n, "call" (three; of the
 *	    first 40) } ] needed ones first,
 *	  "warnings": [ texts ] no contact person, nobody confirmed, offers not answered,
 *	  "total": { "people", "shifts", "missing_today", "missing_week" } }
 */
VS_API VS_CHECKED json_t *vs_day_view(
	struct vs_db *db, const char *date, struct vs_error *err);

/* Paper ----------------------------------------------------------------------------------- */

struct vs_field_sheet_options {
	struct vs_shift_filter filter;
	const char *
		holder; /* the leader whose copy has whole phone numbers; NULL: the stand's */
	const char *canvass, *flyer, *text; /* NULL: all that are on; with any text */
	const char *size, *up;	  /* of a flyer: "A6" to "A4"; "1", "2", "4" on a paper */
	bool bleed, slip, advert; /* of a flyer, see docs/PAPER.md */
};
/* Views for paper; fields in docs/PAPER.md. The day plan is in campaign.h: it has deliveries,
 * too. Caller owns. */
VS_API VS_CHECKED json_t *vs_roster_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_canvass_sheet_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_call_list_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_checklist_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);

/*
 * Paper back in. `code` is a sheet's, of any revision, or NULL when the rows say enough;
 * each of `rows` is
 *	417-K=came|absent	    of a roster (the sheet's code is not needed)
 *	417-K=yes|no		    of a call list: confirmed, or cancelled by the person
 *	K17-5=reached|no_answer|message|wrong_number  of a call list: a contact's attempt
 *	R12P45-4=yes|no		    of a call list: takes a place in role row 12, or does not
 *	+Name;070-123 45 67	    who walked in, with a roster's code and, when the sheet has
 *				    several shifts, the shift's start: +10.00;Name;phone;
 *				    ";ja" behind: the box of consent was ticked
 *	2=41/17/9/30/1		    of a canvass sheet: street 2's doors, opened, talks,
 *				    leaflets, wants contact; "-" is not counted
 * All or none; the same again changes nothing; what differs from what was entered before is
 * told and needs `correct`.
 *	{ "sheet", "changed": n, "same": n, "rows": [ { "row", "told" } ] }
 */
VS_API VS_CHECKED json_t *vs_field_enter(struct vs_db *db, const char *code,
	const json_t *rows, bool correct, bool dry_run, struct vs_error *err);

/* Canvassing: tallies per kommun and area, counts only; house numbers that two walks share. */
VS_API VS_CHECKED json_t *vs_canvass_view(
	struct vs_db *db, const char *kommun, struct vs_error *err);

/* Calendars and messages ------------------------------------------------------------------ */

/*
 * Events for vs_ical_write() (calendar.h): of a person their bookings, of an activity its
 * shifts, else activities. A row's UID never changes (vs_campaign_uid()), its SEQUENCE grows
 * with every change, what was cancelled stays as CANCELLED. Restricted people have none.
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_field_calendar(
	struct vs_db *db, const struct vs_shift_filter *filter, struct vs_error *err);

/* The same for files: `filters` are "from", "until", "association", "kommun", "activity",
 * "kind", "person" as typed. Of a person and of an association that one must be given. */
VS_API VS_CHECKED json_t *vs_activity_calendar(
	struct vs_db *db, const json_t *filters, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_shift_calendar(
	struct vs_db *db, const json_t *filters, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_booking_calendar(
	struct vs_db *db, const json_t *filters, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_person_calendar(
	struct vs_db *db, const json_t *filters, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_association_calendar(
	struct vs_db *db, const json_t *filters, struct vs_error *err);

/*
 * Whom to tell what at a moment: "confirmation" (has a seat and was not told since it was
 * given), "day-before" (of the filter's days; NULL: tomorrow), "changed" (other time or place
 * than was told), "cancelled" (by us, and not told), "thanks" (was there).
 *	{ "kind", "kind_name", "messages": [ { "bookings": [ids], "person", "name", "phone" (as
 *	    people read it, or ""), "email", "by": "email"|"sms"|"phone"|"" (no way is known),
 *	    "key" (the same for the same message), "from", "until" (days), "when", "view": {
 *	    what the mail template of that name sees; mail.h } } ] }
 * One message for all of a person's bookings; of changed and cancelled ones one for each.
 * Restricted and erased people are not told. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_field_messages(struct vs_db *db, const char *kind,
	const struct vs_shift_filter *filter, struct vs_error *err);

/* Remembers that these bookings (ids) were told of by "email", "sms" or "phone", as they are
 * now: they are not told of again until something changes. */
VS_API VS_CHECKED bool vs_field_told(struct vs_db *db, const char *kind,
	const json_t *bookings, const char *channel, struct vs_error *err);

/* For `status` and `check`. Caller owns. */
VS_API VS_CHECKED json_t *vs_field_figures(struct vs_db *db, struct vs_error *err);
VS_API VS_CHECKED json_t *vs_field_problems(struct vs_db *db, struct vs_error *err);

#endif
