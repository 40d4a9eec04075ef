/* The register as the rooms above see it. */
#ifndef REGISTER_REGISTER_H
#define REGISTER_REGISTER_H

#include <valstuga/register.h>

#include "record/record.h"
#include "store/store.h"

/* Choices shared by record types. */
extern const struct vs_choice register_kinds[];
extern const struct vs_choice register_election_types[];

/* Personal data is kept so many days after election day by default. */
#define REGISTER_KEEP_DAYS 90

/*
 * Eligible voters of a quota base: for RD the constituency, otherwise the whole area
 * (vallagen 6:8). Entered figures (1 March) go before counted ones. *ret_known is false when
 * there is neither.
 */
bool register_eligible(struct vs_db *db, const char *kind, const char *area_code,
	const char *code, int64_t *ret_eligible, bool *ret_known,
	struct vs_error *err) VS_CHECKED;

/*
 * result_read.c: this election's count of each district beside the last one's, by code; only
 * kommuner of the district. -1: not known.
 */
struct register_count {
	bool known; /* there is a row */
	int64_t eligible, voted, valid, votes;
};
struct register_result {
	const char *code, *name, *kommun;
	bool collection; /* late advance votes of the whole kommun */
	int64_t place;	 /* 0: not known */
	struct register_count now, last;
};
bool register_results(struct vs_db *db, struct vs_arena *arena, const char *kind,
	struct register_result **ret_results, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/*
 * border.c: borders of a kind ("kommun", "district") by code, each an array of rings of
 * [longitude, latitude], a ring within another a hole: as maps take them. New reference.
 */
json_t *register_borders(
	struct vs_db *db, const char *kind, struct vs_error *err) VS_CHECKED;

/* The day a deadline falls on; *ret_known is false when no date is decided. */
bool register_deadline(struct vs_db *db, const char *key, struct vs_date *ret_date,
	bool *ret_known, struct vs_error *err) VS_CHECKED;

/* How a deadline's day comes about: "valdagen − 18 dagar", "31 oktober året före valet",
 * "beslut". Arena. */
const char *register_deadline_rule(struct vs_arena *arena, const json_t *deadline);

/* How many times each deadline has got another day: { key: n }. New reference. */
json_t *register_deadline_changes(struct vs_db *db, struct vs_error *err) VS_CHECKED;

/* 64 bits that say whether two values are the same, whatever the order of their keys. */
uint64_t register_fingerprint(const json_t *value);

/*
 * Gives a sheet its sheet_number, revision and code, inside the caller's command. `sheet`
 * holds its content but not the time: the same content keeps its revision and code.
 */
bool register_sheet(struct vs_db *db, const char *number, json_t *sheet,
	struct vs_error *err) VS_CHECKED;

/* Whether a sheet of that number was made after a day. */
bool register_sheet_made_after(struct vs_db *db, const char *number, const char *day,
	bool *ret_made, struct vs_error *err) VS_CHECKED;

/* The number of the sheet with that code, of whichever revision, or with that number. Arena. */
bool register_sheet_number(struct vs_db *db, const char *code, struct vs_arena *arena,
	const char **ret_number, struct vs_error *err) VS_CHECKED;

/* "Anna B." for paper that strangers may see; a name of one word as it is, NULL as "". Arena. */
const char *register_short_name(struct vs_arena *arena, const char *name);

/* What every sheet of a view says of the campaign and the time; set on the view. */
bool register_sheet_head(struct vs_arena *arena, const struct vs_campaign *campaign,
	json_t *view, struct vs_error *err) VS_CHECKED;

/*
 * Refuses a box for a street, a postcode that is not five digits, a number that is not a
 * mobile phone's. The fields are PREFIXstreet and so on; those that are null pass.
 */
bool register_check_address(const char *noun, const char *prefix, const json_t *record,
	struct vs_error *err) VS_CHECKED;

/* Refuses a factor of 0: ballots per eligible voter. */
bool register_check_factor(
	const char *noun, const json_t *record, struct vs_error *err) VS_CHECKED;

/* One problem for vs_..._problems(). Severity: "error", "warning" or "notice". */
void register_problem(json_t *problems, const char *severity, const char *noun,
	const char *id, const char *text, const char *todo);

/*
 * Problems from a query of (id, name) pairs, with the same severity, noun and advice; each
 * says "NAME: WHAT".
 */
bool register_find(struct vs_db *db, json_t *problems, const char *sql,
	const char *severity, const char *noun, const char *what, const char *todo,
	struct vs_error *err) VS_CHECKED;

#endif
