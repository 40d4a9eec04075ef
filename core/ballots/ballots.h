/* The ballots room's files among themselves, and for exchange's own list layout. */
#ifndef BALLOTS_BALLOTS_H
#define BALLOTS_BALLOTS_H

#include <valstuga/ballots.h>

#include "register/register.h"

extern const struct vs_choice ballots_given[]; /* yes, no, irrelevant, unknown */
extern const struct vs_choice ballots_list_status[];
extern const struct vs_choice ballots_order_status[];

extern const struct vs_choice rule_phases[];
extern const struct vs_choice rule_channels[];
extern const struct vs_choice rule_refills[];

/* Whether a hand-over rule r holds for the election of a campaign c: it says where it comes
 * from, and somebody asked within the year before. */
#define RULE_VERIFIED \
	"(r.source IS NOT NULL AND r.verified_on IS NOT NULL" \
	" AND r.verified_on >= date(c.election_day, '-1 year'))"

/* What is missing or old among the hand-over rules, nearest deadline first. */
bool rule_check(struct vs_db *db, json_t *problems, struct vs_error *err) VS_CHECKED;

/* Where each list stands, as a first part of a select: stands(list_id, names, area). */
#define LIST_STANDS \
	"WITH stands AS (SELECT list_id, group_concat(name, ', ') AS names," \
	" min(area_code) AS area FROM (SELECT lc.list_id, c.name, c.area_code" \
	" FROM list_constituency lc JOIN constituency c ON c.id = lc.constituency_id" \
	" ORDER BY lc.list_id, c.code) GROUP BY list_id)"

/* What people call a list l that stands s: "KF Hagfors". */
#define LIST_NAME "l.kind || ' ' || coalesce(s.names, l.designation, '?')"

/* A text that a command was told, cleaned; NULL when it says nothing. Arena. Refuses what is
 * not UTF-8 or too long. */
bool said_text(struct vs_arena *arena, const char *given, const char **ret_text,
	struct vs_error *err) VS_CHECKED;

/* Refuses a day (YYYY-MM-DD) that is more than a year from election day: a slip of the finger. */
bool said_date(struct vs_db *db, const char *date, struct vs_error *err) VS_CHECKED;

/* A list's record; VS_NOT_FOUND as vs_record_get(). New reference. */
json_t *list_get(struct vs_db *db, const char *list, struct vs_error *err) VS_CHECKED;

/* Refuses when candidates may not be added, moved or struck. */
bool list_open(const json_t *list, struct vs_error *err) VS_CHECKED;

/* A new draft inside the caller's command. */
bool list_insert(struct vs_db *db, const json_t *values, int64_t *ret_list,
	struct vs_error *err) VS_CHECKED;

/* A candidate at the end of a list inside the caller's command. */
bool candidate_append(struct vs_db *db, int64_t list, const json_t *values,
	int64_t *ret_candidate, struct vs_error *err) VS_CHECKED;

/* A new person of whom only the name is known, kept as long as the campaign says. */
bool person_insert(struct vs_db *db, const char *name, int64_t *ret_person,
	struct vs_error *err) VS_CHECKED;

/* What lists and carriers have about `drop` becomes `keep`'s; part of vs_person_merge().
 * Refuses when both stand on a list, or both drive. */
bool ballots_person_move(
	struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err) VS_CHECKED;

/* Whether two people stand, each in other elections than the other. */
bool ballots_elections_apart(struct vs_db *db, int64_t a, int64_t b, bool *ret_apart,
	struct vs_error *err) VS_CHECKED;

/* Takes every candidate off a list, so that a new order can be written. */
bool candidate_clear(struct vs_db *db, int64_t list, struct vs_error *err) VS_CHECKED;

/* Candidates of a list in order, as records. New reference. */
json_t *list_candidates(struct vs_db *db, int64_t list, struct vs_error *err) VS_CHECKED;

/* True when the candidate's papers are in: a declaration, or on an open list a consent. */
bool candidate_complete(const json_t *candidate, bool locked);

/* What is wrong or unusual about one list: array of { severity, text, todo }. */
json_t *list_problems(struct vs_db *db, const json_t *list, const json_t *candidates,
	struct vs_error *err) VS_CHECKED;

/* The price list in force. */
struct tariff {
	const char *name;
	int64_t start_black_ore, start_colour_ore, thousand_ore, piece_mg;
};
/* The same weight as an expression: NULL when there is no price list. */
#define TARIFF_PIECE_MG \
	"(SELECT piece_mg FROM tariff, campaign c ORDER BY valid_from > c.election_day," \
	" CASE WHEN valid_from > c.election_day THEN valid_from END, valid_from DESC LIMIT 1)"
bool tariff_get(struct vs_db *db, struct vs_arena *arena, struct tariff *ret_tariff,
	struct vs_error *err) VS_CHECKED;

/* The free quota that falls on one list, and how it came about. */
struct quota {
	bool known;	    /* eligible voters are known */
	int64_t eligible;   /* of the list's constituencies (RD) or areas */
	int64_t free_total; /* 3 x eligible */
	int sharing;	    /* most lists of the party that share an area */
	bool uneven;	    /* not all areas are shared by as many */
	int64_t share;	    /* this list's part of the free total */
	enum { ENTITLED_UNKNOWN, ENTITLED, ENTITLED_NOT } entitled;
};
bool quota_get(struct vs_db *db, const json_t *list, struct quota *ret_quota,
	struct vs_error *err) VS_CHECKED;

/* Pieces outside the quota and what they cost. */
int64_t quota_outside(const struct quota *quota, int64_t pieces);
int64_t quota_cost(const struct quota *quota, const struct tariff *tariff, int64_t pieces,
	bool colour);

/* Moves an order on inside the caller's command; see vs_order_advance(). */
bool order_advance(struct vs_db *db, const json_t *order, enum vs_order_status status,
	const char *note, struct vs_error *err) VS_CHECKED;

/* A delivered order of which something is awaited after all is at the printer again. */
bool order_reopen(struct vs_db *db, int64_t order, const char *note,
	struct vs_error *err) VS_CHECKED;

/* True when an order's status says that the authority has it: ordered and onwards. */
bool order_placed(const char *status);

/* What an order lacks to be placed: array of texts. New reference. */
json_t *order_missing(const json_t *order, const json_t *list);

/* The list that an order is for. New reference. */
json_t *order_list(
	struct vs_db *db, const json_t *order, struct vs_error *err) VS_CHECKED;

/* goal_counts.c: kommuner of the district and whether their kommunfullmäktige has a decided
 * list; places and whether they have got ballots. `association` 0: all. By name. */
struct ballots_since {
	const char *name;
	bool there;
	int64_t day; /* since when, days since 1970 */
};
bool ballots_lists_decided(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct ballots_since **ret_all, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;
bool ballots_places_covered(struct vs_db *db, struct vs_arena *arena, int64_t association,
	struct ballots_since **ret_all, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* Who heads our lists of this election, riksdag first. */
struct ballots_first {
	int64_t person;
	const char *name, *standing; /* "RD Värmland,KF Kil" */
};
bool ballots_first_names(struct vs_db *db, struct vs_arena *arena,
	struct ballots_first **ret_all, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

#endif
