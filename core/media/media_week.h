/*
 * The media week inside: appearances as numbers, the weeks of a span, and what the forecast
 * learns from them. Days are days since 1970, weeks are named by their Monday.
 *
 *	week_read.c	scope and appearances from the file
 *	week.c		the series and its view
 *	week_forecast.c	shares, rate and lead from the past
 *	unseen.c	who, which areas and kommuner have not been seen
 *	week_parse.c	a week as people write it
 *	sheet_week.c	on paper
 */
#ifndef MEDIA_MEDIA_WEEK_H
#define MEDIA_MEDIA_WEEK_H

#include <valstuga/date.h>
#include <valstuga/forecast.h>

#include "media/media.h"

enum media_stage { MEDIA_PLANNED, MEDIA_SUBMITTED, MEDIA_BOOKED, MEDIA_DONE, MEDIA_GONE };
#define MEDIA_OPEN 3 /* stages before MEDIA_DONE */

#define MEDIA_NEVER INT32_MIN

struct media_item {
	int64_t id;
	int32_t day;
	enum media_stage stage;
	bool counts;	/* of a kind that the scope counts */
	bool scoped;	/* and of its association, person and policy area */
	unsigned was;	/* 1 << stage: open stages that it is or has been in */
	int32_t opened; /* when it was first noted as open, or MEDIA_NEVER */
	int64_t person, area, association, outlet; /* 0: none */
	const char *kommun;			   /* NULL: does not say */
};

struct media_items {
	struct media_item *all; /* by day */
	size_t count;
};

/* A scope with all its defaults, the weeks of its span, and every appearance. */
struct media_series {
	struct vs_db *db;
	struct vs_arena *arena;
	struct vs_media_scope scope;
	int64_t association, person, area; /* 0: all */
	const char *kinds;
	const char *from, *until, *election_day;
	double target;
	int32_t today, week;	     /* the Monday of the week that is asked for */
	int32_t first_day, last_day; /* of the span as it was given */
	int32_t first;		     /* Monday of its first week */
	int32_t week_count;
	struct media_items items;
};

/* `day` NULL: today. Texts: arena. The first leaves the appearances unread. */
bool media_series_open(struct vs_db *db, struct vs_arena *arena, const char *day,
	const struct vs_media_scope *scope, struct media_series *ret_series,
	struct vs_error *err) VS_CHECKED;
bool media_series_read(struct vs_db *db, struct vs_arena *arena, const char *day,
	const struct vs_media_scope *scope, struct media_series *ret_series,
	struct vs_error *err) VS_CHECKED;

/* A target, or what is compared with it, as people write it: "1,0", "0,75"; "0,94". */
const char *media_target_text(struct vs_arena *arena, double target);
const char *media_average_text(struct vs_arena *arena, double average);

/* How many must be done in the whole span. */
int64_t media_series_target(const struct media_series *s);

static inline bool
media_stage_is_open(enum media_stage stage)
{
	return stage < MEDIA_DONE;
}

static inline int32_t
media_monday(int32_t day)
{
	return day - ((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
}

/* "2026-08-22"; arena. */
const char *media_day_text(struct vs_arena *arena, int32_t day);

/*
 * What the past says of the days from today to the last one of a span. Counted are the items
 * in scope; shares and leads are learned from all that count, as they are few.
 */
struct media_learnt {
	struct vs_forecast_group
		groups[MEDIA_OPEN]; /* open ones of the span, and shares */
	int64_t tried[MEDIA_OPEN];  /* that a share is learned from */
	int64_t done;		    /* in the span */
	int64_t seen;		    /* in the `window` weeks behind us */
	double window;
	double left;	 /* weeks to the end of the span */
	double exposure; /* of these, those that are not planned yet */
};
void media_learn(const struct media_items *items, int32_t today, int32_t first,
	int32_t last, struct media_learnt *ret_learnt);

struct vs_forecast media_forecast_of(const struct media_learnt *learnt);

/* "forecast" of the view, null when the span is over. */
json_t *media_forecast_view(const struct media_series *s);

/* "73 %", "less than 1 %"; arena. */
const char *media_chance_text(struct vs_arena *arena, double chance);

/* "unseen" of the view. Caller owns. */
json_t *media_unseen_view(
	const struct media_series *s, int weeks, struct vs_error *err) VS_CHECKED;

#endif
