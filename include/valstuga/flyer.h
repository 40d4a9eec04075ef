/*
 * Flyers whose code leads a person to us, and the inbox of those who came.
 *
 * A flyer is a batch with a code of its own: ten random characters of Crockford's base 32
 * (50 bits) and a check character that catches every single wrong character and every swap of
 * two neighbours. The code reveals nothing; a batch can be switched off.
 *
 * What the QR code holds follows the campaign's `signup_way`:
 *	server	the campaign's address and the code, in capitals: HTTPS://EXEMPEL.SE/V/7K3M…
 *	sms	SMSTO:NUMBER:text with the code
 *	mail	mailto:ADDRESS?subject= with the code
 *	slip	nothing but the code; a slip to tear off carries it
 */
#ifndef VALSTUGA_FLYER_H
#define VALSTUGA_FLYER_H

#include <valstuga/field.h>

VS_API extern const struct vs_record_type vs_flyer_text_type; /* "flyer-text" */
VS_API extern const struct vs_record_type vs_flyer_type;      /* guarded */
VS_API extern const struct vs_record_type vs_signup_type;     /* guarded; "signup" */

/* What is wrong with a code that was typed or scanned, or which batch it is. Blanks, hyphens,
 * case and I, L, O for 1, 1, 0 do not matter. *ret_id: the batch; VS_NOT_FOUND, VS_INVALID
 * (the check character), VS_REFUSED (switched off, expired). */
VS_API VS_CHECKED bool vs_flyer_find(
	struct vs_db *db, const char *code, int64_t *ret_id, struct vs_error *err);

/* The record of a batch in whatever state, by its code. Caller owns. */
VS_API VS_CHECKED json_t *vs_flyer_get(
	struct vs_db *db, const char *code, struct vs_error *err);

/*
 * `values`: text (template), and at most one of shift, activity, association, kommun (none:
 * the whole district); pieces, expires_on (default: the day of what it is for, else election
 * day), note. A text that asks for what the batch has not is refused. *ret_code: arena, as
 * printed, "7K3M-9QX2-RT4".
 */
VS_API VS_CHECKED bool vs_flyer_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_code, struct vs_error *err);

/*
 * One batch each for all kommuner of the district, or for every public activity of a period
 * ("kommuner" or "activities"), in one command. What has a batch with that text which is on
 * gets no other, unless `again`.
 *	{ "flyers": [ { "flyer", "code" (both null for `dry_run`), "target" } ],
 *	  "left_out": n }
 */
VS_API VS_CHECKED json_t *vs_flyer_add_all(struct vs_db *db, const char *what,
	const json_t *values, const struct vs_shift_filter *filter, bool again,
	bool dry_run, struct vs_error *err);

/* Switches a batch off, whoever has its paper; again changes nothing. */
VS_API VS_CHECKED bool vs_flyer_off(
	struct vs_db *db, const char *code, const char *reason, struct vs_error *err);

/*
 * Flyers for paper: a batch, or all that are on and suit the filter. Headline, body and call
 * of the text are templates over { what, when, where, kommun, association, district, party,
 * contact, election_day }. Fields: docs/PAPER.md. VS_REFUSED names the setting of the
 * campaign that is missing.
 */
VS_API VS_CHECKED json_t *vs_flyer_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);

/*
 * Sign-ups: `values` as the record's fields (at, source, flyer as code, shift, name, phone,
 * email, kommun, message, wording). It is kept only with consent: `values` may say "consent":
 * false, and is refused then. The same entry twice is one, also after it was handled or
 * erased (*ret_new false; *ret_key the first one's, arena).
 */
VS_API VS_CHECKED bool vs_signup_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_key, bool *ret_new,
	struct vs_error *err);

/*
 * The inbox, the oldest first:
 *	{ "entries": [ { "signup", "at", "days", "source", "source_name", "name", "phone",
 *	    "email", "kommun_name", "message", "flyer" (code or ""), "target", "shift" (id or
 *	    null), "shift_text", "duplicates": [ { "person", "name", "why", "sure": bool } ],
 *	    "hindrances": [ { "rule", "text" } ] (of the shift, for the first duplicate or
 *	    somebody new) } ] }
 */
VS_API VS_CHECKED json_t *vs_signup_inbox(struct vs_db *db, struct vs_error *err);

struct vs_signup_answer {
	const char *person; /* who it is; NULL: somebody new */
	bool somebody_new;  /* although a person of that name has that phone or e-mail */
	const char *shift;  /* NULL: the one asked for, if any; "": none */
	const char *role;   /* of the shift; NULL: the only one that fits */
	const char *override; /* why a rule may be broken; NULL: it may not */
	bool wait;	      /* on the waiting list if there is no seat */
};

/*
 * Accepts: a person with consent for shifts, a contact to make, and a booking when a shift
 * was asked for; all or nothing. What a known person lacks (phone, e-mail, kommun) is filled
 * in, what they have stays.
 *	{ "signup", "person", "name", "new": bool, "contact" (id, or null: there is an open
 *	    one already), "association_name" (who makes it, or ""), "booking" (code or ""),
 *	  "booking_state" (in words), "shift" (id or null), "shift_text", "differs": [ fields
 *	    that the person has otherwise ] }
 * Caller owns.
 */
VS_API VS_CHECKED json_t *vs_signup_accept(struct vs_db *db, const char *signup,
	const struct vs_signup_answer *answer, struct vs_error *err);

/* Rejects; name, phone, e-mail and message are forgotten at once. */
VS_API VS_CHECKED bool vs_signup_reject(
	struct vs_db *db, const char *signup, const char *reason, struct vs_error *err);

#endif
