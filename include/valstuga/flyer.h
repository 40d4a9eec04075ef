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

/* `values`: text (template), and one of shift, activity, association, kommun; pieces,
 * expires_on, note. *ret_code: arena. */
VS_API VS_CHECKED bool vs_flyer_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_code, struct vs_error *err);

/* One batch each for all kommuner of the district, or for every public activity of a period
 * ("kommuner" or "activities"), as one bulk: { "flyers": [ { "flyer", "code", "target" } ] } */
VS_API VS_CHECKED json_t *vs_flyer_add_all(struct vs_db *db, const char *what,
	const json_t *values, const struct vs_shift_filter *filter, struct vs_error *err);
VS_API VS_CHECKED bool vs_flyer_off(
	struct vs_db *db, const char *code, const char *reason, struct vs_error *err);

VS_API VS_CHECKED json_t *vs_flyer_view(struct vs_db *db,
	const struct vs_field_sheet_options *options, struct vs_error *err);

/* Sign-ups: `values` as the record's fields (source, flyer as code, shift, name, phone,
 * email, kommun, message, wording). The same entry twice is one (*ret_new false). */
VS_API VS_CHECKED bool vs_signup_add(struct vs_db *db, const json_t *values,
	struct vs_arena *arena, const char **ret_key, bool *ret_new,
	struct vs_error *err);

/* The inbox: { "entries": [ { "signup", "at", "source", "name", "phone", "flyer", "target",
 * "shift", "duplicates": [ { "person", "name", "why" } ], "hindrances": [...] } ] } */
VS_API VS_CHECKED json_t *vs_signup_inbox(struct vs_db *db, struct vs_error *err);

/* Accepts into a shift (NULL: the one asked for, if any), as a known person (`person`) or a
 * new one with consent and a contact to make; or rejects. */
VS_API VS_CHECKED bool vs_signup_accept(struct vs_db *db, const char *signup,
	const char *person, const char *shift, struct vs_error *err);
VS_API VS_CHECKED bool vs_signup_reject(
	struct vs_db *db, const char *signup, const char *reason, struct vs_error *err);

#endif
