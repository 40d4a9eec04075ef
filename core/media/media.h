/*
 * What the files of this room share.
 *
 *	words.c		 kinds and states; what was typed is found, or what it is like is told
 *	outlet.c, policy_area.c, spokesperson.c	plain records
 *	appearance.c	 the record, appearance_move.c its life, appearance_view.c
 *	article.c	 the record, article_move.c its life, article_send.c to an outlet,
 *			 article_spread.c to sister associations, article_view.c the pipeline
 *	content.c	 own channels week by week
 *	week.c		 the series; week_forecast.c what is learned from the past;
 *	unseen.c	 who, which areas and kommuner have not been seen
 *	sheet_week.c	 the week on paper
 *	media_check.c	 problems; person_move.c merging
 */
#ifndef MEDIA_MEDIA_H
#define MEDIA_MEDIA_H

#include <valstuga/media.h>

#include "record/record.h"
#include "register/register.h"
#include "store/store.h"

/* Kinds and states of appearances, kinds and states of articles. */
extern const struct vs_choice media_kinds[];
extern const struct vs_choice media_states[];
extern const struct vs_choice media_article_kinds[];
extern const struct vs_choice media_article_states[];

/* What is in a state. */
bool media_is_done(const char *state);
bool media_is_open(const char *state);

/* Notes a state that was reached, inside the caller's change. */
bool media_note_event(struct vs_db *db, int64_t appearance, const char *state,
	const char *date, const char *reason, struct vs_error *err) VS_CHECKED;

/*
 * What was typed for a reference becomes its key; what is not there is refused with the names
 * that it is like. `add`: NULL, or the command that adds one, up to its name. In the `typed` of
 * a type.
 */
bool media_find(struct vs_db *db, json_t *values, const char *field,
	const struct vs_record_type *type, const char *add,
	struct vs_error *err) VS_CHECKED;

/* outlet, person, policy_area and association as above. */
bool media_find_all(struct vs_db *db, json_t *values, struct vs_error *err) VS_CHECKED;

/* A record is not about somebody who is restricted, unless it was before. */
bool media_check_person(struct vs_db *db, const char *noun, const json_t *record,
	const json_t *before, struct vs_error *err) VS_CHECKED;

/* True when the two records differ in the field. */
bool media_changed(const json_t *record, const json_t *before, const char *name);

/* Refuses a state that does not follow; `record` may carry "reason" beside its fields. */
bool media_check_step(
	const json_t *record, const json_t *before, struct vs_error *err) VS_CHECKED;

/* The type's `written`: notes what happened. */
bool media_written(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err) VS_CHECKED;

/* A reason as typed, cleaned; NULL when it is empty. Arena. */
bool media_reason(struct vs_arena *arena, const char *given, const char **ret_reason,
	struct vs_error *err) VS_CHECKED;

/* Where an article is: the outlet that has it, else the one that published it. */
struct media_at {
	int64_t appearance; /* 0: nowhere */
	const char *outlet;
	const char *since; /* the day it came there, or was published */
	bool done;
};
bool media_article_at(struct vs_db *db, struct vs_arena *arena, int64_t article,
	struct media_at *ret_at, struct vs_error *err) VS_CHECKED;

/* An outlet that has not answered for so many days is asked. */
#define MEDIA_ANSWER_DAYS 10

/* Today as text. */
bool media_today(char day[11], struct vs_error *err) VS_CHECKED;

/* An article is where its appearances are: published, sent, or a draft again; inside the
 * caller's change. */
bool media_settle_article(struct vs_db *db, int64_t article, const char *reason,
	struct vs_error *err) VS_CHECKED;

/* Sets an article's state with its event, inside the caller's change. */
bool media_set_article(struct vs_db *db, int64_t article, const char *state,
	const char *reason, struct vs_error *err) VS_CHECKED;

/* Notes a state that an article reached, inside the caller's change. */
bool media_note_article(struct vs_db *db, int64_t article, const char *state,
	const char *reason, struct vs_error *err) VS_CHECKED;

/* Everything of one person becomes another's. */
bool media_person_move(
	struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err) VS_CHECKED;

/* media_counts.c: each spokesperson's area, and whether and when it was first seen with them in
 * the scope's span (from, until, kinds, policy_area count). By name; nobody restricted. */
struct media_seen {
	const char *name, *area;
	bool seen;
	int64_t day; /* since 1970 */
};
bool media_spokespersons_seen(struct vs_db *db, struct vs_arena *arena,
	const struct vs_media_scope *scope, struct media_seen **ret_all,
	size_t *ret_count, struct vs_error *err) VS_CHECKED;

/* Appearances that were seen, by association (0) and kommun (NULL). */
struct media_where {
	int64_t association, count;
	const char *kommun;
};
bool media_done_where(struct vs_db *db, struct vs_arena *arena, const char *from,
	const char *until, struct media_where **ret_all, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

#endif
