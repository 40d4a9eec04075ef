/*
 * People: who helps, what they can, what they agreed to, who is to be contacted.
 *
 * A person is a record (vs_person_type). Its id is for ever: a person who was merged into
 * another is found by the old id, too. Phone numbers are stored as E.164 ("+46701234567")
 * and shown as Swedes write them ("070-123 45 67"), see vs_phone_parse() in text.h. Several people may share a mailbox or a
 * phone. Every person has a day until which it is kept; erasing is in privacy.h.
 *
 * A restricted person (GDPR article 18) stays in the file but is nobody's volunteer: such
 * people are left out of matching, rosters, call lists, mails and exports, and nothing about
 * them can be changed but by `person restrict --off` and erasing.
 */
#ifndef VALSTUGA_PERSON_H
#define VALSTUGA_PERSON_H

#include <valstuga/register.h>
#include <valstuga/text.h>

VS_API extern const struct vs_record_type vs_skill_type;
VS_API extern const struct vs_record_type vs_person_skill_type; /* "qualification" */
VS_API extern const struct vs_record_type vs_office_type;
VS_API extern const struct vs_record_type vs_wording_type;
VS_API extern const struct vs_record_type vs_consent_type; /* guarded */

/* Cards of those with a phone or an e-mail address, for vs_vcard_write(); not of who is
 * restricted. `filters`: kommun, association; NULL: all. Caller owns. */
VS_API VS_CHECKED json_t *vs_person_cards(
	struct vs_db *db, const json_t *filters, struct vs_error *err);

/*
 * Who may be the same:
 *	{ "pairs": [ { "a", "b" (ids), "a_name", "b_name", "score" (0..1), "why": "same phone,
 *	    similar name" } ] }
 * Best first; pairs about which somebody said no are left out. Near linear in the number of
 * people. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_person_duplicates(struct vs_db *db, struct vs_error *err);

/* Remembers that two people are not the same. */
VS_API VS_CHECKED bool vs_person_distinct(
	struct vs_db *db, const char *a, const char *b, struct vs_error *err);

/* Two who asked to be on the same shifts; `apart` takes it back. */
VS_API VS_CHECKED bool vs_person_together(
	struct vs_db *db, const char *a, const char *b, bool apart, struct vs_error *err);

/*
 * Consent. `values`: person, purpose, channel, wording (name, the newest version; or NULL),
 * source, given_at. Withdrawing ends every consent of the person for the purpose (NULL: all)
 * and takes effect at once: who has no consent for a channel is not in its lists.
 */
VS_API VS_CHECKED bool vs_consent_give(
	struct vs_db *db, const json_t *values, struct vs_error *err);
VS_API VS_CHECKED bool vs_consent_withdraw(struct vs_db *db, const char *person,
	const char *purpose, const char *how, struct vs_error *err);

/*
 * The queue of those who are to be contacted, the oldest first, by association (a kommun
 * without one: the association it is lent to):
 *	{ "associations": [ { "association" (id or null: nobody's), "name", "contact" (who
 *	    does it: its member contact or its contact), "contact_phone", "open": n, "oldest_days": n,
 *	    "people": [ { "contact" (id), "person", "name", "phone", "email", "kommun", "reason",
 *	    "days", "attempts": n, "last": text, "next_step", "next_on", "late": bool,
 *	    "lent": bool (a neighbour's association does it) } ] } ],
 *	  "total": { "open", "closed", "within_goal" (closed within 7 days), "mean_days" } }
 * `association` NULL: all. Caller owns.
 */
VS_API extern const struct vs_record_type vs_contact_type; /* guarded */
VS_API VS_CHECKED json_t *vs_contact_queue(
	struct vs_db *db, const char *association, struct vs_error *err);

/* A contact's record with "tries": [ { "at", "actor", "channel", "channel_name", "outcome",
 * "outcome_name", "note" } ], the oldest first. Caller owns. */
VS_API VS_CHECKED json_t *vs_contact_view(
	struct vs_db *db, const char *contact, struct vs_error *err);

/* Opens one (a new member who is added with `member_since` gets one by itself), notes an
 * attempt, says the next step, closes with a result. `values` as the fields. */
VS_API VS_CHECKED bool vs_contact_open(
	struct vs_db *db, const json_t *values, struct vs_error *err);
VS_API VS_CHECKED bool vs_contact_attempt(struct vs_db *db, const char *contact,
	const json_t *values, struct vs_error *err);
VS_API VS_CHECKED bool vs_contact_next(struct vs_db *db, const char *contact,
	const char *step, const char *on, struct vs_error *err);
VS_API VS_CHECKED bool vs_contact_close(struct vs_db *db, const char *contact,
	const char *result, const char *note, struct vs_error *err);

#endif
