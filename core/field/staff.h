/*
 * Who can, wants and is asked: what presence, wishes, matching and call lists share.
 *
 * A `struct staff` is the problem of plan/match with the rows that it was made from: shift i
 * of the problem is shifts[i], person i is people[i]. It spans the whole weeks of the period
 * and two days around them, since hours count by week and rest reaches over midnight; only
 * what is `open` is filled. Minutes count from `epoch`, the midnight when the first day
 * begins.
 */
#ifndef FIELD_STAFF_H
#define FIELD_STAFF_H

#include <valstuga/match.h>
#include <valstuga/text.h>

#include "field/field.h"

/* weekday.c: bits 1-7, as in struct field_presence. "lör,sön", "mån-fre", "6,7". */
bool weekday_parse(
	const char *typed, unsigned *ret_bits, struct vs_error *err) VS_CHECKED;
const char *weekday_text(struct vs_arena *arena, unsigned bits);

/* Matching ------------------------------------------------------------------------------- */

struct staff_person {
	const struct field_person *who; /* NULL: erased */
	bool asked;    /* may get more shifts; else only what they are booked on counts */
	int32_t limit; /* minutes in a week, or VS_MATCH_ANY */
};

/* The middle of a kommun, where its people are taken to live. */
struct staff_home {
	const char *kommun;
	int32_t point;
};

struct staff_plan;
struct staff {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t now, epoch, from, until; /* of the period, UTC seconds */
	int64_t ends;			 /* the day after all of it, since 1970 */
	const struct field_shift **shifts;
	bool *chosen;  /* by shift: of the filter, begins in the period */
	bool *open;    /* and can be filled: not begun, no draft */
	int32_t *week; /* by shift: the one in which it begins; -1: before */
	int32_t weeks;
	int64_t *skills; /* by bit */
	int skill_count;
	struct staff_home *homes;
	size_t home_count;
	struct staff_person *people;	 /* by id; then one for each booking of nobody */
	int32_t asked_count;		 /* those with a name */
	struct vs_match_problem problem; /* its arrays may be changed: */
	struct vs_match_shift *problem_shifts;
	struct vs_match_person *problem_people;
	struct vs_match_booking *fixed;	     /* with room for all that may be added */
	const struct staff_plan *limited_by; /* of the last staff_call(): plan and week */
	int32_t limited_to;
};

/* A plan for all weeks, keeping what the problem cannot say: hours by week. */
struct staff_plan {
	struct vs_match_plan plan;
	bool *is_new; /* by booking of it */
	bool best;
	int64_t bound;
};

/* staff_read.c. `filter` needs from and until. */
bool staff_read(struct vs_db *db, struct vs_arena *arena,
	const struct vs_shift_filter *filter, struct staff *ret_staff,
	struct vs_error *err) VS_CHECKED;
int32_t staff_shift(const struct staff *staff, int64_t id);	 /* -1: none */
int32_t staff_role(const struct field_shift *shift, int64_t id); /* -1: none */
int32_t staff_minute(const struct staff *staff, int64_t moment);
uint64_t staff_skill(const struct staff *staff, int64_t skill); /* 0: not asked for */
/* Another number when somebody changed what the problem is made from. */
uint64_t staff_code(const struct staff *staff);

/* staff_people.c: skills, free time, wishes, limits. */
bool staff_people(struct staff *staff, struct vs_error *err) VS_CHECKED;

/* staff_free.c */
void staff_free(const struct staff *staff, const struct field_person *who,
	struct vs_match_person *person);

/* staff_place.c: points, ways, rest and hand-over. */
bool staff_places(struct staff *staff, struct vs_error *err) VS_CHECKED;
int32_t staff_home(const struct staff *staff, const char *kommun);

/* staff_solve.c */
bool staff_solve(struct staff *staff, const struct vs_match_options *options,
	struct staff_plan *ret_plan, struct vs_error *err) VS_CHECKED;
/* What is booked now, as a plan that adds nothing. */
void staff_stand(struct staff *staff, struct staff_plan *ret_plan);
/* Limits everybody to what they may have in a week beside these bookings. */
void staff_limit_week(struct staff *staff, const struct vs_match_booking *bookings,
	int32_t count, int32_t week);

/* staff_call.c: { "can": n, "reason": sentence, "call": [ ... ] } of an open role. */
bool staff_call(struct staff *staff, const struct staff_plan *plan, int32_t shift,
	int32_t role, int limit, json_t **ret_call, struct vs_error *err) VS_CHECKED;

/* Minutes of a person in the period, without breaks. */
int32_t staff_minutes(
	const struct staff *staff, const struct vs_match_plan *plan, int32_t person);

/* staff_view.c. Caller owns. */
bool staff_view(struct staff *staff, const struct staff_plan *plan,
	const struct vs_staff_options *options, json_t **ret_view,
	struct vs_error *err) VS_CHECKED;

#endif
