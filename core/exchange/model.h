/*
 * What the campaign file holds of the authority's data, in memory for one run. Everything is
 * loaded once, found by hash, compared with the file and written back when it differs.
 */
#ifndef EXCHANGE_MODEL_H
#define EXCHANGE_MODEL_H

#include "exchange/exchange.h"

/* What every stored thing begins with. */
struct thing {
	enum noun noun;
	enum { THING_STORED, THING_ADDED, THING_CHANGED } state;
	unsigned held; /* number of the last file that named it */
};

/* The file names it; a value of it differs; it is new (then held too). */
void thing_hold(struct import *run, struct thing *thing);
void thing_change(struct import *run, struct thing *thing);
void thing_add(struct import *run, struct thing *thing, enum noun noun);

/* Takes over a text that is there and differs. */
void thing_text(
	struct import *run, struct thing *thing, const char **field, const char *value);
/* The same where nothing is known yet. */
void thing_fill(
	struct import *run, struct thing *thing, const char **field, const char *value);

struct party {
	struct thing thing;
	const char *code, *name, *short_name;
	unsigned named; /* file that told the name */
};

struct kommun {
	struct thing thing;
	const char *code, *name, *region, *riksdag;
	bool in_district;
	bool polled; /* polling stations are known */
	const char *committee, *website, *phone;
	unsigned told;	  /* file that told the committee */
	unsigned polling; /* file of polling stations that names it */
	unsigned advance; /* file of advance voting places that names it */
};

struct constituency {
	struct thing thing;
	int64_t id;
	const char *kind, *area, *code, *name;
};

struct opening {
	struct thing thing;
	struct opening *next; /* of the same place */
	int64_t id;
	struct place *place;
	const char *purpose, *date;
	int opens, closes;
	bool doomed; /* replaced by other hours of the same day */
};

struct place {
	struct thing thing;
	int64_t id;
	struct kommun *kommun;
	const char *key;
	const char *name, *street, *detail, *accessibility, *position_note;
	double latitude, longitude;
	bool located;
	const char *advance_code;
	bool restricted;
	size_t districts;
	struct opening *openings;
};

struct result {
	struct thing thing;
	const struct district *district;
	int64_t eligible, voted, valid, votes; /* -1: not known */
};

/* The same of this campaign's own election: districts as they were then. */
struct outcome {
	struct thing thing;
	const char *key; /* kind and code */
	const char *kind, *code, *name;
	struct kommun *kommun;
	int64_t eligible, voted, valid, votes; /* -1: not known */
};

struct border {
	struct thing thing;
	const char *kind, *code, *rings, *source;
};

enum { RESULT_EP, RESULT_KF, RESULT_RD, RESULT_RF, RESULT_COUNT };

struct district {
	struct thing thing;
	const char *code, *name;
	struct kommun *kommun;
	struct place *place;
	const char *kf_constituency;
	bool collection;
	struct result *results[RESULT_COUNT];
};

struct participation {
	struct thing thing;
	const char *key; /* kind, area, constituency, party, basis, date */
	const char *kind, *area, *code, *party, *basis, *notified_on;
	bool candidates;
};

struct person {
	struct thing thing;
	int64_t id;
	const char *name, *gender, *home, *number;
	const char *keep_until; /* of a new one */
	int age;		/* -1: not known */
	unsigned told;
};

struct candidacy {
	struct thing thing;
	int64_t id;
	struct list *list;
	int position, stored_position;
	struct person *person;
	const char *name, *ballot_text;
	const char *declaration, *declaration_source, *consent, *consent_source;
	bool declaration_new, consent_new; /* their dates go with them */
	int valid;			   /* -1: not known */
	bool doomed;
};

struct list {
	struct thing thing;
	int64_t id;
	const char *number, *kind, *designation, *status, *authority_status;
	struct party *party;
	bool locked, edited;
	int64_t pieces; /* -1: not known */
	struct pile constituencies, new_constituencies, candidacies;
	bool reordered;
};

struct consent {
	struct thing thing;
	int64_t id;
	const char *key;
	const char *kind, *area;
	struct party *party;
	struct person *person;
	const char *consent;
	int valid;
};

/* Advance votes that a place received on a day of an earlier election, or of this one. */
struct received {
	struct thing thing;
	const char *key; /* election, place id, date */
	const char *election, *code, *place, *date;
	struct kommun *kommun;
	int64_t votes;
};

struct model {
	struct vs_arena *arena;
	struct pile dirty[NOUN_COUNT];
	struct names parties, party_shorts;
	struct names kommuner;
	struct names regions_wanted, riksdag_wanted; /* of the district */
	struct names constituencies;
	struct names places, place_codes;
	struct names districts;
	struct names participations;
	struct names received;
	struct names outcomes, borders;
	struct names lists, numbers, consents; /* numbers: candidate number -> person */
	struct pile all_places, all_districts, all_participations, all_lists,
		all_consents;
	int64_t last_constituency, last_place, last_opening, last_person, last_list,
		last_candidacy, last_consent;
	bool has_places, has_results, has_outcomes, has_participations, has_received,
		has_lists, has_borders;
	json_t *keep;
};

/* load.c: each loads its tables on first use in a run. */
bool model_begin(struct import *run, struct vs_error *err) VS_CHECKED;
bool model_places(struct import *run, struct vs_error *err) VS_CHECKED;
bool model_results(struct import *run, struct vs_error *err) VS_CHECKED;
bool model_outcomes(struct import *run, struct vs_error *err) VS_CHECKED;
bool model_borders(struct import *run, struct vs_error *err) VS_CHECKED;
bool model_participations(struct import *run, struct vs_error *err) VS_CHECKED;
bool model_received(struct import *run, struct vs_error *err) VS_CHECKED;
bool model_lists(struct import *run, struct vs_error *err) VS_CHECKED; /* load_lists.c */
/* Forgets everything, because someone else has written. */
bool model_forget(struct import *run, struct vs_error *err) VS_CHECKED;

/* model.c: finding and making. */
struct party *model_party(struct import *run, const char *code, const char *name,
	const char *short_name, bool authoritative);
struct kommun *model_kommun(struct import *run, const char *code);
/* Committee, website, phone, from the row. */
void model_committee(struct rows *rows, struct kommun *kommun, bool only_blanks);
struct constituency *model_constituency(struct import *run, const char *kind,
	const char *area, const char *code, const char *name);
const char *model_place_key(struct vs_arena *arena, const struct kommun *kommun,
	const char *name, const char *street);
struct place *model_place_new(struct import *run, struct kommun *kommun, const char *key,
	const char *name, const char *street);
struct district *model_district_new(
	struct import *run, struct kommun *kommun, const char *code, const char *name);
struct opening *model_opening_new(struct import *run, struct place *place,
	const char *purpose, const char *date, struct span span);
/* The hours of one place, purpose and day become these; gone when there are none. */
void model_hours(struct import *run, struct place *place, const char *purpose,
	const char *date, const struct spans *spans);

/* flush.c, flush_lists.c: writes what is new and different, in key order. */
bool model_flush(struct import *run, struct vs_error *err) VS_CHECKED;
bool flush_lists(struct import *run, struct vs_error *err) VS_CHECKED;
bool flush_each(struct import *run, enum noun noun, const char *sql, int state,
	void (*bind)(struct stmt *q, const void *thing), struct vs_error *err) VS_CHECKED;

/* Inserts what is new: the statement for one row and for FLUSH_ROWS, as INSERT() makes. */
#define FLUSH_ROWS   64
#define ROWS_4(row)  row "," row "," row "," row
#define ROWS_16(row) ROWS_4(row) "," ROWS_4(row) "," ROWS_4(row) "," ROWS_4(row)
#define INSERT(into, row) \
	SQL("INSERT INTO " into " VALUES " row), \
		SQL("INSERT INTO " into " VALUES " ROWS_16(row) "," ROWS_16( \
			row) "," ROWS_16(row) "," ROWS_16(row))
bool flush_new(struct import *run, enum noun noun, const char *one, const char *many,
	void (*bind)(struct stmt *q, const void *thing), struct vs_error *err) VS_CHECKED;

#endif
