/* Lists of people from elsewhere: what the columns are, what the rows become. */
#ifndef EXCHANGE_PEOPLE_H
#define EXCHANGE_PEOPLE_H

#include <valstuga/exchange.h>
#include <valstuga/person.h>

#include "exchange/exchange.h"
#include "record/record.h"

/* What a column can be. */
enum people_kind {
	PEOPLE_PLAIN, /* a field of a person, as people type it */
	PEOPLE_FIRST, /* parts of the name */
	PEOPLE_LAST,
	PEOPLE_NAME,
	PEOPLE_PHONE,
	PEOPLE_EMAIL,
	PEOPLE_KOMMUN,
	PEOPLE_TOWN, /* home, and the kommun when it is called so */
	PEOPLE_ASSOCIATION,
	PEOPLE_MEMBERSHIP,
	PEOPLE_DATE,
	PEOPLE_BOOLEAN,
	PEOPLE_NOTE,
	PEOPLE_KEY,	     /* our own number, in our own files */
	PEOPLE_LEFT_OUT,     /* known, and not for us */
	PEOPLE_PERSONNUMMER, /* never stored */
};

struct people_field {
	const char *name; /* of the person's field, or first_name, last_name, - */
	enum people_kind kind;
	const char *heads; /* folded, without blanks and marks, between spaces */
};

struct people_column {
	const char *head;
	const struct people_field *field; /* NULL: nobody knows */
	const char *by;			  /* "given", "remembered", "head", "content" */
	const char *sample;		  /* the first value that is not empty */
};

enum people_what {
	PEOPLE_NEW,
	PEOPLE_CHANGED,
	PEOPLE_SAME,
	PEOPLE_KNOWN, /* differs, and is left as it is */
	PEOPLE_OUT,
};

struct people_row {
	size_t line, count;
	const char **cells;
	enum people_what what;
	json_t *record, *before; /* owned by the file's pile */
};

struct people_file {
	struct vs_db *db;
	struct vs_arena *arena;
	const struct vs_people_import *options;
	const char *name;
	const char *encoding;
	char separator;
	bool headless;
	struct people_column *columns;
	size_t column_count;
	struct people_row *rows;
	size_t row_count;
	json_t *owned;	  /* records */
	json_t *problems; /* of the report */
	size_t errors;
	const char *first_error;
	struct names kommuner, associations; /* folded name -> code, number as text */
	struct names kommun_associations;    /* kommun's code -> association's number */
	struct names called;		     /* code or number -> name of either */
	struct names known, several; /* keys of people: who, and another one of it */
	struct names namesakes, seen;
};

/* people_heads.c */
bool people_map(struct people_file *file, struct vs_error *err) VS_CHECKED;
bool people_remember(
	struct people_file *file, bool *ret_new, struct vs_error *err) VS_CHECKED;
const char *people_mapping(const struct people_file *file);
bool people_has_heads(const struct people_row *row);

/* people_value.c: what stands in one cell. Arena; NULL where it cannot be read. */
const char *people_phone(struct vs_arena *arena, const char *cell);
const char *people_date(struct vs_arena *arena, const char *cell);
const char *people_membership(struct vs_arena *arena, const char *cell);
const char *people_boolean(struct vs_arena *arena, const char *cell);
const char *people_whole_name(struct vs_arena *arena, const char *cell);
const char *people_name_key(struct vs_arena *arena, const char *name);
bool people_is_email(const char *cell);
bool people_is_phone(struct vs_arena *arena, const char *cell);
bool people_is_personnummer(const char *cell); /* the whole cell */
bool people_holds_personnummer(const char *cell);
const char *people_kommun(const struct people_file *file, const char *cell);
const char *people_association(const struct people_file *file, const char *cell);

/* people_rows.c: values, checks, who is known already. */
bool people_read_known(struct people_file *file, struct vs_error *err) VS_CHECKED;
bool people_read_rows(struct people_file *file, struct vs_error *err) VS_CHECKED;
void people_problem(struct people_file *file, const char *severity, size_t line,
	const char *column, const char *text, const char *todo);

#endif
