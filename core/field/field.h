/*
 * What the files of this room share. Owners of nouns keep their SQL to themselves and give
 * the others functions.
 */
#ifndef FIELD_FIELD_H
#define FIELD_FIELD_H

#include <valstuga/date.h>
#include <valstuga/field.h>
#include <valstuga/flyer.h>

#include "register/register.h"

/* Choices. */
extern const struct vs_choice booking_states[];

/* clock.c: days and clock times of moments, for views and texts. */

/* Sets "starts_at", "ends_at", "date", "starts", "ends" (HH:MM), "when" ("lör 22 aug
 * kl. 10–14") on a view's object. Arena for the texts. */
void field_put_span(
	struct vs_arena *arena, json_t *object, int64_t starts_at, int64_t ends_at);
const char *field_span_text(struct vs_arena *arena, int64_t starts_at, int64_t ends_at);
/* The same in whole words, for outsiders: "lördag 22 augusti kl. 10–14". */
const char *field_span_words(struct vs_arena *arena, int64_t starts_at, int64_t ends_at);

/* A moment from "2026-08-22 10.00", or from "10.00" on the day of `day_of` (a moment; 0: no
 * day is known). `what` names the field in the error. */
bool field_moment(const char *text, int64_t day_of, const char *what, int64_t *ret_moment,
	struct vs_error *err) VS_CHECKED;

/* The same for an end: a clock time before the start's is at night, the day after ("22" to
 * "02.30"), if it is before 8. */
bool field_moment_after(const char *text, int64_t starts_at, const char *what,
	int64_t *ret_moment, struct vs_error *err) VS_CHECKED;

/* The same for what begins within another span: of a night's, "2" is the day after. */
bool field_moment_within(const char *text, int64_t starts_at, int64_t ends_at,
	const char *what, int64_t *ret_moment, struct vs_error *err) VS_CHECKED;

/* First moment of a day and of the day after the last; either text may be NULL (unbounded). */
bool field_period(const char *from, const char *until, int64_t *ret_from,
	int64_t *ret_until, struct vs_error *err) VS_CHECKED;

/* code.c: short numbers that are printed and typed back: "417-K". */
const char *field_code(struct vs_arena *arena, int64_t id);
/* The same for what is no bare number: "K17-5". */
const char *field_code_of(struct vs_arena *arena, const char *body);
/* "R12P45-4": somebody who was rung for a role of a shift. */
const char *field_call_code(struct vs_arena *arena, int64_t role, int64_t person);
/* What stands before the check character, in capitals, once that is right. */
bool field_code_body(struct vs_arena *arena, const char *text, const char **ret_body,
	struct vs_error *err) VS_CHECKED;
/* Reads "417-K", "417k", "417" (without check character only if `bare`). */
bool field_code_read(
	const char *text, bool bare, int64_t *ret_id, struct vs_error *err) VS_CHECKED;

/* The characters of codes, Crockford's base 32; and what is easily mistaken when a code is
 * read aloud or off paper: a capital for a small letter, 0 for O, 1 for I and L. */
extern const char field_code_alphabet[33];
char field_code_character(char typed);

/* The check character over characters of Crockford's base 32: catches every single wrong
 * character and every swap of neighbours (a code over GF(32)). */
char field_check_character(const char *text);

/* world.c: shifts, roles, people and bookings of a period, read once in set queries; what
 * rules, boards, matching, rosters and calendars are made from. */
struct field_role {
	int64_t id, skill; /* 0: none */
	const char *name, *skill_name;
	int least, wanted, most;
	int taken, waiting;
};

/* Where ways begin and end: a position of its own, else the middle of the kommun. */
struct field_position {
	bool known;
	double latitude, longitude;
};
#define WAY_COLUMNS \
	" coalesce(a.latitude, p.latitude, (SELECT avg(m.latitude) FROM place m" \
	"  WHERE m.kommun_code = a.kommun_code))," \
	" coalesce(a.longitude, p.longitude, (SELECT avg(m.longitude) FROM place m" \
	"  WHERE m.kommun_code = a.kommun_code))"

struct field_activity {
	int64_t id, association, place, contact; /* 0: none */
	const char *kind, *kind_name, *title, *kommun, *kommun_name, *association_name;
	const char *place_name, *address; /* of the register's place or its own words */
	const char *instructions, *visibility, *mode, *link, *note;
	double latitude, longitude;
	bool located, cancelled;
	struct field_position way;
	int64_t starts_at, ends_at, sequence;
	const char *contact_name, *contact_phone;
};

struct field_booking {
	int64_t id, person, role, offered_until, changed_at; /* person 0: erased */
	const char *state, *source, *override;
	bool holds;	 /* a seat, now */
	bool backed_out; /* cancelled by the person */
};

struct field_shift {
	int64_t id, starts_at, ends_at, sequence;
	const struct field_activity *activity;
	int break_minutes, tolerance, rest; /* the kind's where it has none */
	bool pair, cancelled;
	struct field_role *roles;
	size_t role_count;
	struct field_booking *bookings; /* in the order of booking */
	size_t booking_count;
	const char *note;
};

struct field_world {
	struct vs_arena *arena;
	int64_t now;
	struct field_activity *activities;
	size_t activity_count;
	struct field_shift *shifts; /* by time */
	size_t shift_count;
};

/* Everything that touches the period and the filter. */
bool field_world_read(struct vs_db *db, struct vs_arena *arena,
	const struct vs_shift_filter *filter, struct field_world *ret_world,
	struct vs_error *err) VS_CHECKED;

/*
 * effort.c: what was done where until a day, for the evaluation. kommun NULL: not known;
 * district NULL, place 0: nothing nearer is known. Arena.
 */
enum field_work { FIELD_DOORS, FIELD_TALKS, FIELD_HOURS, FIELD_FLYERS };
struct field_effort {
	enum field_work work;
	const char *kommun, *district;
	int64_t place;
	double amount;
};
bool field_effort(struct vs_db *db, struct vs_arena *arena, const char *until,
	struct field_effort **ret_efforts, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* people.c: volunteers as rules and plans need them. */
struct field_person {
	int64_t id, association;
	const char *name, *short_name; /* "Kim Ek", "Kim E." */
	const char *called;	       /* or NULL */
	const char *phone, *email;     /* E.164 */
	const char *kommun;
	bool restricted, volunteer;
	/* Asked about shifts: a consent for the channel that is not withdrawn, or a member. */
	bool may_call, may_mail, may_text;
	int hours_week, hours_day, travel_max; /* 0: no limit */
	int64_t *skills;		       /* those that count */
	size_t skill_count;
	struct field_presence *presence;
	size_t presence_count;
};
struct field_presence {
	bool can;
	struct vs_date from, until;
	unsigned weekdays; /* bit 1-7; 0: every day */
	int starts, ends;  /* minutes */
};
struct field_people {
	struct field_person *all; /* by id */
	size_t count;
};
bool field_people_read(struct vs_db *db, struct vs_arena *arena,
	struct field_people *ret_people, struct vs_error *err) VS_CHECKED;
const struct field_person *field_person_of(const struct field_people *people, int64_t id);

/* person_move.c: what the room has about `drop` becomes `keep`'s; part of vs_person_merge(). */
bool field_person_move(
	struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err) VS_CHECKED;

/* Minutes of the way between two positions; 0 where one is not known: nobody is refused for a
 * guess. */
int field_travel(struct field_position from, struct field_position to);

/* bulk.c: what is made at once gets a number, inside the caller's command; rows name it in
 * bulk_id. */
bool bulk_new(struct vs_db *db, const char *what, int64_t *ret_bulk,
	struct vs_error *err) VS_CHECKED;

/*
 * activity_cancel.c: cancels a shift inside the caller's command: its bookings become
 * cancelled by the organiser, and everybody who waited, had an offer or a seat is appended to
 * `notify`, as in vs_activity_cancel(). `dry_run` only fills the list.
 */
bool field_call_off(struct vs_db *db, struct vs_arena *arena,
	const struct field_shift *shift, const struct field_people *people,
	const char *reason, bool dry_run, json_t *notify,
	struct vs_error *err) VS_CHECKED;

/* activity_check.c: problems of activities, for vs_field_problems(). */
bool field_check_activities(
	struct vs_db *db, json_t *problems, struct vs_error *err) VS_CHECKED;

/* booking_write.c: a booking inside the caller's command (field enter, sign-up, match). */
bool booking_book(struct vs_db *db, int64_t shift, int64_t person,
	const struct vs_booking_options *options, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;
bool booking_move(struct vs_db *db, int64_t booking, const char *state, const char *by,
	const char *reason, struct vs_error *err) VS_CHECKED;

/* signup_accept.c: what nobody took up before the campaign's last day is forgotten, inside the
 * caller's command. */
bool field_signups_forget(
	struct vs_db *db, int64_t *ret_count, struct vs_error *err) VS_CHECKED;

/*
 * active.c: what came of the field up to now, for the goals; `association` 0: all. Days are
 * days since 1970.
 */
struct field_came { /* somebody came to a shift, or walked; by person, then day */
	int64_t person, day;
};
struct field_filled { /* places of a shift's role; nobody fills more than was wanted */
	int64_t day, wanted, filled;
};
struct field_been { /* on a shift of a kind of activity: been there, or booked ahead */
	int64_t person, day;
	bool been;
};
bool field_came(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct field_came **ret_all, size_t *ret_count, struct vs_error *err) VS_CHECKED;
bool field_filled(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct field_filled **ret_all, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;
bool field_been(struct vs_db *db, struct vs_arena *arena, const char *kind,
	struct field_been **ret_all, size_t *ret_count, struct vs_error *err) VS_CHECKED;

#endif
