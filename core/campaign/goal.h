/*
 * What the files about goals share.
 *
 *	goal.c		  the record; goal_measures.c the table of measures and their defaults
 *	reading.c	  the record of readings, and what typed goals get from them
 *	goal_measure_*.c  what the program measures by itself, by theme
 *	goal_stand.c	  expected, status, trend, the arithmetic in words
 *	goal_view.c	  all of it in one view; goal_check.c status and check
 */
#ifndef CAMPAIGN_GOAL_H
#define CAMPAIGN_GOAL_H

#include <math.h>

#include <valstuga/date.h>
#include <valstuga/goal.h>

#include "record/record.h"

/* What a goal of a measure may say besides target and span. */
enum goal_takes {
	TAKES_PER = 1,
	TAKES_KINDS = 2,
	TAKES_DAYS = 4,
	TAKES_ASSOCIATION = 8,
	TAKES_PERSON = 16,
	TAKES_AREA = 32,
	TAKES_OUTLET = 64,
};

struct measuring;

struct goal_measure {
	const char *name;
	const char *unit;  /* English; translated where shown */
	const char *curve; /* unless the goal says another */
	unsigned takes;	   /* enum goal_takes */
	bool typed;	   /* readings are typed in */
	bool share;	   /* a percentage: at most 100 */
	bool past;	   /* can be asked for any day, not only for today */
	bool after;	   /* comes after election day: until the end of that year */
	bool (*measure)(struct measuring *m, struct vs_error *err);
};

/* Never NULL: the table holds what the schema allows. */
const struct goal_measure *goal_measure_of(const char *name);

struct goal {
	int64_t id;
	const char *name, *measure, *per, *curve;
	const char *unit; /* its own or the measure's, translated */
	const char *from, *until, *owner, *source, *scope,
		*kinds; /* kinds: may be NULL */
	double target, start;
	double aim; /* what the value is held against: the target, or 100 % of the weeks */
	int64_t first, last;			   /* days since 1970 */
	int64_t association, person, area, outlet; /* 0: none */
	int days;
	const struct goal_measure *how;
};

/* A record of vs_goal_type read. Texts: arena. */
bool goal_read(struct vs_arena *arena, const json_t *record, struct goal *ret_goal,
	struct vs_error *err) VS_CHECKED;

/* Goals about `drop` become goals about `keep`; part of vs_person_merge(). */
bool goal_person_move(
	struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err) VS_CHECKED;

/* One goal being measured: the days come in (ascending, the last is the one that is asked
 * for), the rest is filled. NAN: not known. */
struct measuring {
	struct vs_db *db;
	struct vs_arena *arena;
	const struct goal *goal;
	int64_t today;
	int64_t *days;
	double *values;
	size_t count;
	double of, probability;
	const char *how;      /* how the last value came about, "" */
	json_t *missing;      /* texts */
	json_t *associations; /* rows of typed goals */
};

/* A day as text; a name that is missing; a percentage, NAN of nothing. */
const char *goal_date(struct vs_arena *arena, int64_t day);
void measuring_miss(struct measuring *m, const char *name);
double measuring_share(double part, double whole);

/* How many of the days (any order) are within the goal's span up to each day asked for. */
void measuring_count(struct measuring *m, const int64_t *days, size_t count);

/* reading.c */
bool measure_readings(struct measuring *m, struct vs_error *err) VS_CHECKED;

/* goal_measure_media.c */
bool measure_media(struct measuring *m, struct vs_error *err) VS_CHECKED;
bool measure_spokespersons(struct measuring *m, struct vs_error *err) VS_CHECKED;

/* goal_measure_field.c */
bool measure_active_people(struct measuring *m, struct vs_error *err) VS_CHECKED;
bool measure_shifts_filled(struct measuring *m, struct vs_error *err) VS_CHECKED;
bool measure_new_contacted(struct measuring *m, struct vs_error *err) VS_CHECKED;

/* goal_measure_ballots.c */
bool measure_lists_decided(struct measuring *m, struct vs_error *err) VS_CHECKED;
bool measure_places_covered(struct measuring *m, struct vs_error *err) VS_CHECKED;

/* top_names.c */
bool measure_top_names(struct measuring *m, struct vs_error *err) VS_CHECKED;

/* goal_measure_work.c */
bool measure_support_answers(struct measuring *m, struct vs_error *err) VS_CHECKED;
bool measure_evenness(struct measuring *m, struct vs_error *err) VS_CHECKED;
bool measure_evaluation(struct measuring *m, struct vs_error *err) VS_CHECKED;

/* goal_stand.c */
enum goal_status {
	GOAL_MISSED,
	GOAL_BEHIND,
	GOAL_WAITING,
	GOAL_ON,
	GOAL_AHEAD,
	GOAL_REACHED,
	GOAL_STATUSES,
};
const char *goal_status_name(enum goal_status status);
const char *goal_status_text(enum goal_status status); /* translated */

/* What is expected on a day; NAN before the span, and before the last day of an end goal. */
double goal_expected(const struct goal *goal, int64_t day);
enum goal_status goal_status(const struct goal *goal, int64_t day, double value);
/* "212 of 200 members; expected 131 on day 240 of 365: 161 %". Arena. */
const char *goal_arithmetic(struct vs_arena *arena, const struct goal *goal, int64_t day,
	double value, const char *how);
/* { "per_week", "reaches_on", "at_end" } or null. New reference. */
json_t *goal_trend(const struct measuring *m);
/* A number as goals show it: at most two decimals, none that is zero; "–" for NAN. Arena. */
const char *goal_number(struct vs_arena *arena, double value);

/* The same where an exact one would look fussy: of 10 and more whole, else a decimal. Arena. */
const char *goal_about(struct vs_arena *arena, double value);

/* goal_view.c: the day as a number; NULL is today. */
bool goal_day(const char *text, int64_t *ret_today, int64_t *ret_day,
	struct vs_error *err) VS_CHECKED;

/* sheet_goal.c: a row of the view as sheets have it in short; "3 reached or ahead, 2 on
 * course, ..."; "73 % chance to get to 1."; "20 May 2026, 116 days before the election". */
json_t *goal_short_row(struct vs_arena *arena, const json_t *row);
const char *goal_summary(struct vs_arena *arena, const json_t *view);
const char *goal_forecast_text(struct vs_arena *arena, double probability, double target);
const char *goal_days_left(
	struct vs_arena *arena, int64_t today, const struct vs_campaign *campaign);

/* goal_check.c: the rows of a view, those first that somebody must see to. New reference. */
json_t *goal_worst_first(const json_t *goals);

#endif
