/*
 * The rules of bookings, as field.h tells them: what hinders a person from taking a role.
 *
 * What compares two shifts or a shift with a presence is pure; what asks the file touches
 * only the person's bookings of the weeks around and the role's seats.
 */
#ifndef FIELD_RULES_H
#define FIELD_RULES_H

#include "field/field.h"

/* Where and when, as far as rules need it. */
struct rule_span {
	int64_t shift, activity, place; /* place 0: none of the register */
	int64_t starts_at, ends_at;
	int break_minutes, tolerance, rest;
	const char *where; /* in words: "Stora torget, Kil"; NULL: not said */
	double latitude, longitude;
	bool located, digital;
	struct field_position way;
};

enum rule_clash {
	RULE_FITS,
	RULE_OVERLAP, /* both at once */
	RULE_REST     /* too little time between, at different places */
};

/*
 * Whether one person can be on both. Symmetric. At the same place or activity the shorter
 * of both tolerances may overlap, where one hands over to the other: neither lies within
 * the other. *ret_minutes: how long they overlap, or what must lie between.
 */
enum rule_clash rule_clash(
	const struct rule_span *a, const struct rule_span *b, int *ret_minutes);

/* The same activity, place of the register, position or words. */
bool rule_same_place(const struct rule_span *a, const struct rule_span *b);

/*
 * False when a span lies outside what somebody can, or touches what they cannot. Without
 * any "can", all is free that is not forbidden. Wall clock, day by day.
 */
bool rule_present(const struct field_presence *presence, size_t count, int64_t starts_at,
	int64_t ends_at);

/* Minutes that count as hours: the length without the break. */
int64_t rule_minutes(const struct rule_span *span);

/* SQL: a shift t of an activity a as columns 0-13, for rule_span_row(). */
#define SPAN_COLUMNS \
	" t.id, t.activity_id, a.place_id, t.starts_at, t.ends_at, t.break_minutes," \
	" coalesce(t.tolerance, k.tolerance), coalesce(t.rest, k.rest)," \
	" coalesce(a.latitude, p.latitude), coalesce(a.longitude, p.longitude), a.mode," \
	" coalesce(p.name, a.venue), coalesce(p.street, a.street)," \
	" coalesce(p.town, a.town)," WAY_COLUMNS
/* The columns of a select that begins with SPAN_COLUMNS go on from here. */
#define SPAN_NEXT 16
#define SPAN_FROM \
	" FROM shift t JOIN activity a ON a.id = t.activity_id" \
	" JOIN activity_kind k ON k.code = a.kind LEFT JOIN place p ON p.id = a.place_id"
struct rule_span rule_span_row(struct vs_arena *arena, const struct stmt *q);

/* "shift 12 (Valstugan, Stora torget, Kil, lör 22 aug kl. 10–14)". Arena. */
const char *rule_span_text(
	struct vs_arena *arena, const struct rule_span *span, const char *title);

/* SQL: a booking holds a seat at a moment; it is there for its person. */
#define HOLDS(booking, now) \
	" (" booking \
	".state IN ('signed_up', 'booked', 'attended', 'no_show') OR " booking \
	".state = 'offered' AND " booking ".offered_until > " now ")"
#define ENGAGED(booking) " " booking ".state IN ('signed_up', 'booked', 'attended')"

/* A shift with what its bookings need. */
struct rule_shift {
	struct rule_span span;
	const char *title, *kind, *text; /* text: rule_span_text() */
	bool cancelled, pair;
	struct field_role
		*roles; /* in the order given; `taken` is those who hold a seat */
	size_t role_count;
};

/* A shift by id; VS_NOT_FOUND. Seats are counted at `now`. */
bool rule_shift_read(struct vs_db *db, struct vs_arena *arena, int64_t shift, int64_t now,
	struct rule_shift *ret_shift, struct vs_error *err) VS_CHECKED;

/* Its role of that name; NULL: it has none. */
const struct field_role *rule_role(const struct rule_shift *shift, const char *name);

/* A shift by its number as typed. */
bool rule_shift_find(struct vs_db *db, const char *text, int64_t *ret_shift,
	struct vs_error *err) VS_CHECKED;

/* A person by number (also one that was merged away) or by name. */
bool rule_person_find(struct vs_db *db, const char *text, int64_t *ret_person,
	struct vs_error *err) VS_CHECKED;

/* "Kim Ek"; "" for nobody. Arena. */
const char *rule_person_name(struct vs_db *db, struct vs_arena *arena, int64_t person);

struct rule_question {
	const struct rule_shift *shift;
	const struct field_role *role;
	int64_t person;
	int64_t now;
	const char *source; /* as in vs_booking_options */
	/* Bookings on this shift do not count; nor one on this other, which is given away. */
	int64_t but_for;
};

/*
 * Appends what hinders the person but for seat and once to an array: { "rule", "text",
 * "shift", "overridable" }. False only when the file cannot be read.
 */
bool rules_ask(struct vs_db *db, struct vs_arena *arena, const struct rule_question *q,
	json_t *hindrances, struct vs_error *err) VS_CHECKED;

void rules_add(json_t *hindrances, const char *rule, const char *text, int64_t shift,
	bool overridable);

/*
 * VS_REFUSED with all texts unless there are none, or all can be overridden and `override`
 * says why.
 */
bool rules_refuse(
	const json_t *hindrances, const char *override, struct vs_error *err) VS_CHECKED;

/* Those who have the role's skill, as it must be. */
bool rules_skilled(struct vs_db *db, const struct field_role *role, int64_t person,
	bool *ret_skilled, struct vs_error *err) VS_CHECKED;

#endif
