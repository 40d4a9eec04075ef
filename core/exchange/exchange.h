/*
 * What the files of the exchange room share among themselves.
 *
 * An import runs in three steps per file: rows are read (rows.h's source looks the same for
 * CSV and JSON), compared in memory with what the campaign file holds (model.h), and what is
 * new or different is written in key order. All files of a run are one transaction.
 */
#ifndef EXCHANGE_EXCHANGE_H
#define EXCHANGE_EXCHANGE_H

#include <valstuga/exchange.h>
#include <valstuga/record.h>
#include <valstuga/register.h>

#include "store/store.h"

/* Every record type, ended by NULL; defined where they all are known. */
extern const struct vs_record_type *const vs_record_types[];

/* Texts found by text; values are never NULL. Keys must live as long as the index. */
struct names {
	struct vs_arena *arena;
	struct names_slot *slots;
	size_t size, count;
};
void *names_get(const struct names *names, const char *key);
void names_put(struct names *names, const char *key, void *value);
void names_drop(struct names *names, const char *key);

/* A growing array of pointers in an arena. */
struct pile {
	void **items;
	size_t count, capacity;
};
void pile_add(struct vs_arena *arena, struct pile *pile, void *item);

/* Columns of the authority's files, whatever their heads are called in a layout. */
enum column {
	COL_LAN,
	COL_REGION,
	COL_KOMMUN,
	COL_COMMITTEE,
	COL_WEBSITE,
	COL_PHONE,
	COL_DISTRICT,
	COL_DISTRICT_NAME,
	COL_KF_CODE,
	COL_KF_NAME,
	COL_PLACE_CODE,
	COL_PLACE,
	COL_DETAIL,
	COL_STREET,
	COL_ACCESS,
	COL_RESTRICTED,
	COL_LATITUDE,
	COL_LONGITUDE,
	COL_DAY,
	COL_HOURS,
	COL_KIND,
	COL_AREA,
	COL_AREA_NAME,
	COL_CONSTITUENCY,
	COL_CONSTITUENCY_NAME,
	COL_PARTY_NAME,
	COL_PARTY_SHORT,
	COL_PARTY_CODE,
	COL_LIST_STATUS,
	COL_LIST_NUMBER,
	COL_DESIGNATION,
	COL_POSITION,
	COL_LOCKED,
	COL_CONSENT,
	COL_DECLARATION,
	COL_CANDIDATE,
	COL_NAME,
	COL_AGE,
	COL_GENDER,
	COL_HOME,
	COL_BALLOT_TEXT,
	COL_PIECES,
	COL_VALID,
	COL_NOTIFIED_ON,
	COL_BASIS,
	COL_ELIGIBLE,
	COL_VOTED,
	COL_VALID_VOTES,
	COL_TOTAL,
	COL_COUNT
};

enum layout {
	LAYOUT_POLLING,
	LAYOUT_RECEIVED,
	LAYOUT_ADVANCE,
	LAYOUT_CANDIDATES,
	LAYOUT_PARTICIPATION,
	LAYOUT_REGION,
	LAYOUT_KOMMUN,
	LAYOUT_RIKSDAG,
	LAYOUT_ELIGIBLE,
	LAYOUT_COUNT
};

enum noun {
	NOUN_PARTY,
	NOUN_KOMMUN,
	NOUN_CONSTITUENCY,
	NOUN_PLACE,
	NOUN_DISTRICT,
	NOUN_OPENING,
	NOUN_RESULT,
	NOUN_OUTCOME,
	NOUN_PARTICIPATION,
	NOUN_PERSON,
	NOUN_LIST,
	NOUN_CANDIDACY,
	NOUN_OPEN_CONSENT,
	NOUN_RECEIVED,
	NOUN_BORDER,
	NOUN_COUNT
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE };

struct count {
	const char *noun;
	size_t held; /* named by the file */
	size_t added, changed, gone;
};

/* What is told about one file. */
struct tally {
	const char *file;
	const char *format, *format_name, *encoding;
	const char *election; /* of results: "last", or this campaign's election day */
	const size_t *lines;  /* JSON: where each record begins; NULL: CSV */
	size_t rows, taken, outside, other_parties, refused, left_out;
	struct count counts[NOUN_COUNT + 1]; /* the last one: a record type's own */
	json_t *problems, *gone;
};

struct model;
struct rows;

/* One run of vs_import(). */
struct import {
	struct vs_db *db;
	const struct vs_import_options *options;
	struct vs_arena *arena;
	struct vs_campaign campaign;
	const char *election_day;
	struct tally tally; /* of the file that is being read */
	unsigned stamp;	    /* number of that file, from 1 */
	struct model *model;
};

/*
 * report.c: a problem for the report; line 0 and a NULL field: the file as a whole. In JSON
 * the line is the record's number, and the report has both.
 */
void tally_problem(struct import *run, enum severity severity, size_t line,
	const char *field, const char *todo, const char *format, ...) VS_PRINTF(6, 7);
/* The same for a row that cannot be used; counts it. Always returns true. */
bool tally_refuse(struct import *run, size_t line, const char *field, const char *todo,
	const char *format, ...) VS_PRINTF(5, 6);
void tally_gone(struct import *run, size_t noun, const char *format, ...) VS_PRINTF(3, 4);
void tally_begin(struct import *run, const char *file);
json_t *tally_report(struct tally *tally);
void tally_done(struct tally *tally);
bool tally_changed(const struct tally *tally);

/* Formatted; what "%.40s" cut through is dropped, as JSON takes no half characters. Freed by
 * the caller. */
char *tally_say(const char *format, va_list args) VS_PRINTF(1, 0);
/* "line 12", or "record 17" of JSON, of the file that is being read. Arena. */
const char *tally_where(const struct import *run, size_t line);

/* rows.c: rows of a file, CSV or JSON. */
struct rows {
	struct import *run;
	const char *name;
	struct vs_csv *csv;
	json_t *array; /* JSON: owned by the model's keep until the run ends */
	size_t next;
	const char *borders; /* GeoJSON, not read yet; NULL: rows */
	size_t border_bytes;
	const char *const *heads;
	size_t head_count;
	int at[COL_COUNT]; /* which head, -1: not in the file */
	enum layout layout;
	const char *const *fields;
	const char **json_fields;
	size_t line;   /* JSON: the record's number, from 1 */
	bool open_end; /* the last line has no line break */
	bool own;      /* our own file: one bad row fails the whole import */
};
bool rows_open(struct rows *rows, struct import *run, const char *name, char *bytes,
	size_t length, struct vs_error *err) VS_CHECKED;
bool rows_next(struct rows *rows, struct vs_error *err) VS_CHECKED;
/* The cell, cleaned; "" where the file has none. */
const char *rows_get(const struct rows *rows, enum column column);
const char *rows_cell(const struct rows *rows, size_t head);
/* The value itself, borrowed; NULL in CSV and where the record does not name it. */
json_t *rows_json(const struct rows *rows, size_t head);
bool rows_has(const struct rows *rows, enum column column);
/*
 * A row that cannot be used. Our own file: fails with file, line, field and what to do. The
 * authority's: the row is refused and told, and the result is true.
 */
bool rows_refuse(struct rows *rows, size_t line, const char *field, const char *todo,
	struct vs_error *err, const char *format, ...) VS_PRINTF(6, 7) VS_CHECKED;
/* What the file calls a column. */
const char *rows_head(const struct rows *rows, enum column column);

/* heads.c: which layout it is; fails with what is missing. */
bool heads_recognise(struct rows *rows, struct vs_error *err) VS_CHECKED;
const char *heads_name(enum layout layout);
const char *heads_label(enum layout layout);
/* True when every head of the file is a field of the type and none is missing. */
const struct vs_record_type *heads_record_type(const struct rows *rows);
/* A head as it is compared: folded, without blanks and underscores. Arena. */
const char *heads_fold(struct vs_arena *arena, const char *head);

/* codes.c: values as the authority writes them. */
const char *codes_pad(struct vs_arena *arena, const char *digits, size_t width);
const char *codes_kommun(struct vs_arena *arena, const char *lan, const char *kommun);
bool codes_is_date(const char *text);
bool codes_count(const char *text, int64_t *ret_value); /* "56", "56.0"; "" is -1 */
const char *codes_fold(struct vs_arena *arena, const char *text);
const char *codes_clean(struct vs_arena *arena, const char *text);
/* At most so many characters: what the record types allow. */
const char *codes_limit(struct vs_arena *arena, const char *text, size_t characters);
const char *codes_kind(const char *text); /* "K" -> "KF"; NULL: unknown */
/* Area and constituency in our form; false when they make no sense. */
bool codes_area(struct import *run, const char *kind, const char *area, const char *code,
	const char **ret_area, const char **ret_code);
/* True when lists and parties of this area are taken. */
bool codes_wanted(
	struct import *run, const char *kind, const char *area, const char *code);

/* spans.c: "09:00-13:00,17:00-20:00". */
#define SPANS_MAX 8
struct span {
	int opens, closes; /* minutes after midnight */
};
struct spans {
	struct span span[SPANS_MAX];
	size_t count;
	bool bad;
};
void spans_parse(const char *text, struct spans *ret_spans);
void spans_union(struct spans *into, const struct spans *more);

/* position.c: coordinates that can be trusted. */
struct position {
	const char *kommun, *name;
	size_t line;
	const char *given_latitude, *given_longitude;
	double latitude, longitude;
	const char *note; /* NULL: usable */
};
void position_judge(struct import *run, struct position **positions, size_t count);

/* One importer per kind of file. */
bool polling_import(struct rows *rows, struct vs_error *err) VS_CHECKED;
bool advance_import(struct rows *rows, struct vs_error *err) VS_CHECKED;
bool received_import(struct rows *rows, struct vs_error *err) VS_CHECKED;
bool candidates_import(struct rows *rows, struct vs_error *err) VS_CHECKED;
bool participation_import(struct rows *rows, struct vs_error *err) VS_CHECKED;
bool results_import(struct rows *rows, struct vs_error *err) VS_CHECKED;
/* results_election.c: true when the file is of this campaign's own election, held by now, and
 * not of the last one; tells which. */
bool results_are_now(struct rows *rows, bool *ret_now, struct vs_error *err) VS_CHECKED;
bool records_import(struct rows *rows, const struct vs_record_type *type,
	struct vs_error *err) VS_CHECKED;

/* import.c: a file that is in memory already. Caller owns the report. */
json_t *import_bytes(struct vs_db *db, const char *name, const char *bytes, size_t length,
	const struct vs_import_options *options, struct vs_error *err) VS_CHECKED;

/* own_list.c: our own list layout (position;name;ballot_text;declaration;consent). */
bool own_list_recognise(const struct rows *rows);
bool own_list_import(struct rows *rows, struct vs_error *err) VS_CHECKED;

#endif
