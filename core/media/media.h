/*
 * What the files of this room share.
 *
 *	outlet.c, policy_area.c, spokesperson.c	plain records
 *	appearance.c	 the record, appearance_move.c its life, appearance_view.c
 *	article.c	 the record, article_move.c its life, article_view.c the pipeline
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

/* What is in a state. */
bool media_is_done(const char *state);
bool media_is_open(const char *state);

/* Notes a state that was reached, inside the caller's change. */
bool media_note_event(struct vs_db *db, int64_t appearance, const char *state,
	const char *date, const char *reason, struct vs_error *err) VS_CHECKED;

/* Everything of one person becomes another's. */
bool media_person_move(
	struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err) VS_CHECKED;

#endif
