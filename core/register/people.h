/* People in the register, for the files of this room and the rooms above. */
#ifndef REGISTER_PEOPLE_H
#define REGISTER_PEOPLE_H

#include <valstuga/person.h>

#include "register/register.h"

/* How an attempt to contact somebody ended. */
extern const struct vs_choice register_outcomes[];

/* Functions in associations; own words besides. */
extern const struct vs_choice register_office_roles[];

/* Refuses what cannot be an e-mail address; NULL passes. */
bool register_check_email(const char *noun, const char *field, const char *email,
	struct vs_error *err) VS_CHECKED;

/* Refuses when the person is restricted: nothing about them is changed. */
bool register_person_open(struct vs_db *db, int64_t person, const char *noun,
	struct vs_error *err) VS_CHECKED;

/* The number of a person who is given by number (an old one, too) or name. */
bool register_person_id(struct vs_db *db, const char *person, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;

/* Puts a new member of the campaign's year into the contact queue, once. */
bool register_contact_new_member(
	struct vs_db *db, int64_t person, struct vs_error *err) VS_CHECKED;

/* A call that was noted on paper, inside the caller's command; the same outcome with the same
 * note again is none (*ret_new false). */
bool register_contact_note(struct vs_db *db, int64_t contact, const char *outcome,
	const char *note, bool *ret_new, struct vs_error *err) VS_CHECKED;

/* A consent for shifts to the newest words of "pass", ticked on paper, inside the caller's
 * command; who has given it already gives none (*ret_new false). */
bool register_consent_note(struct vs_db *db, int64_t person, const char *source,
	bool *ret_new, struct vs_error *err) VS_CHECKED;

/* New members of the queue and when they were reached (contact_reached.c), by association. */
struct register_reached {
	int64_t opened, reached; /* days since 1970; reached -1: not yet */
	const char *association; /* that does it; "" */
};
bool register_contacts_reached(struct vs_db *db, struct vs_arena *arena,
	int64_t association, struct register_reached **ret_all, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* Each statement once with ?1 the number that stays and ?2 the one that goes: how every room
 * gives one person's rows to another, inside the caller's command. */
bool register_move_rows(struct vs_db *db, const char *const *statements, size_t count,
	int64_t keep, int64_t drop, struct vs_error *err) VS_CHECKED;

/* What the register has about `drop` becomes `keep`'s; part of vs_person_merge(). */
bool register_person_move(
	struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err) VS_CHECKED;

/* What is wrong or left undone about people; part of vs_register_problems(). */
bool register_people_problems(
	struct vs_db *db, json_t *problems, struct vs_error *err) VS_CHECKED;

#endif
