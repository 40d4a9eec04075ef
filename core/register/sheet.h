/*
 * Sheets of paper as views: the frame of a view, finished texts, and the objects that the
 * sheets of all rooms share (docs/PAPER.md). All texts: arena.
 */
#ifndef REGISTER_SHEET_H
#define REGISTER_SHEET_H

#include <valstuga/date.h>

#include "register/register.h"

struct sheet_address {
	const char *name, *street, *postcode, *town;
};

/*
 * A view of sheets, made as one command: the campaign is read, the heads are set, then `fill`
 * appends sheets, each numbered by register_sheet(). No sheet at all is refused: with
 * `nothing`, or with advice about the options when something was chosen (`filtered`). A
 * room's own frame begins with this one.
 */
struct sheet_frame {
	struct vs_db *db;
	struct vs_arena *arena;
	const char *name;  /* "pick-list" */
	const char *title; /* "Pick lists", translated where shown */
	const char *nothing;
	bool filtered;
	bool (*fill)(struct sheet_frame *frame, json_t *sheets, struct vs_error *err);
	struct vs_campaign campaign; /* set before `fill` */
};
/* Caller owns. */
json_t *sheet_frame_view(struct sheet_frame *frame, struct vs_error *err) VS_CHECKED;

/* A new sheet with its heads and an empty list of warnings, appended. Borrowed. */
json_t *sheet_new(
	json_t *sheets, const char *heading, const char *subheading, const char *holder);
void sheet_warn(json_t *sheet, const char *text);

/* "Val till riksdagen, regionfullmäktige och kommunfullmäktige". */
bool sheet_election_name(struct vs_db *db, struct vs_arena *arena,
	const struct vs_campaign *campaign, const char **ret_text,
	struct vs_error *err) VS_CHECKED;

/* Texts */

const char *sheet_clock(struct vs_arena *arena, int minutes); /* "09.00"; "" for -1 */
const char *sheet_span(struct vs_arena *arena, int opens, int closes); /* "09.00–18.00" */
const char *sheet_duration(struct vs_arena *arena, int minutes);       /* "2 h 41 min" */
const char *sheet_weight(struct vs_arena *arena, int64_t grams);       /* "12,4 kg" */
const char *sheet_count(struct vs_arena *arena, int64_t count);	       /* "–" for 0 */
const char *sheet_day(struct vs_arena *arena, const char *date, enum vs_date_style style);
/* What is not empty, with a mark between; no stop of a sentence before a semicolon. */
const char *sheet_join(
	struct vs_arena *arena, const char *a, const char *mark, const char *b);

/* "ons 24 aug kl. 09.12"; without the clock for -1. */
const char *sheet_moment(struct vs_arena *arena, const char *date, int minutes);

/* Objects. New references. */

json_t *sheet_address(const struct sheet_address *address);
json_t *sheet_party(
	const struct sheet_address *address, const char *contact, const char *phone);

#endif
