/*
 * Records: one description per kind of record drives checks, storage, list, show, add, set,
 * remove, filters, CSV and JSON, the command line's options and help, and the field tables
 * of the handbook.
 *
 * A record is a JSON object with the field names as keys. Values: text, date, time, code and
 * choice are strings; integer and money (öre) integers; real a number; boolean true/false;
 * unknown null. When records are added or changed, every value may also be given as the
 * string that a person types ("45 000", "59,38", "ja", "2026-04-29", "1 240,50 kr").
 */
#ifndef VALSTUGA_RECORD_H
#define VALSTUGA_RECORD_H

#include <jansson.h>
#include <valstuga/base.h>
#include <valstuga/store.h>

enum vs_field_type {
	VS_FIELD_TEXT,
	VS_FIELD_INTEGER,
	VS_FIELD_REAL,
	VS_FIELD_BOOLEAN,
	VS_FIELD_DATE,	 /* YYYY-MM-DD */
	VS_FIELD_TIME,	 /* minutes after midnight, shown and typed HH:MM */
	VS_FIELD_MOMENT, /* seconds UTC, shown in Swedish time */
	VS_FIELD_MONEY,	 /* öre */
	VS_FIELD_CHOICE, /* one of `choices` */
	VS_FIELD_CODE,	 /* exactly `digits` digits, leading zeros kept */
	VS_FIELD_REF,	 /* key of another record; may be typed as its name */
};

enum vs_field_flags {
	VS_KEY = 1, /* what names the record; given by the program if also VS_READONLY */
	VS_REQUIRED = 2,
	VS_READONLY = 4, /* computed or kept by commands */
	VS_FILTER = 8,	 /* `list --FIELD VALUE` */
	VS_HIDDEN = 16,	 /* not in tables on the terminal; always in CSV and JSON */
	VS_NAME = 32,  /* what a person calls the record; looked up when a REF is typed */
	VS_FIXED = 64, /* given when the record is added, never changed */
	VS_PERSONAL =
		128,  /* about a person: the history says that it changed, not to what */
	VS_NOW = 256, /* a moment; now, to the minute, when it is not given */
	VS_PHONE = 512, /* a text that is a phone number: stored as E.164 */
	VS_MANY = 1024, /* a text of several with commas; a filter asks for one of them */
	VS_OPEN = 2048, /* a choice that takes other words, too */
};

struct vs_choice {
	const char *value; /* stored */
	const char *label; /* English; translated where shown */
	const char
		*also; /* NULL, or what people type besides, with commas; any language */
};

/* What a column of a hand-made sheet may be called besides the field's name; lower case. */
struct vs_head {
	const char *head;
	const char *field;
};

struct vs_record_type;

struct vs_field {
	const char *
		name; /* column, JSON key, CSV head; --name with hyphens on the command line */
	enum vs_field_type type;
	unsigned flags;	   /* enum vs_field_flags */
	const char *label; /* English; translated where shown */
	const char *help;  /* NULL or a sentence; translated where shown */
	const struct vs_record_type *refers; /* REF */
	const struct vs_choice *choices;     /* CHOICE, ended by a NULL value */
	int64_t min, max; /* INTEGER, REAL, MONEY: bounds unless both are 0 */
	int digits;	  /* CODE */
	int max_length;	  /* TEXT: characters, 0 = 500 */
};

struct vs_record_type {
	const char *noun;  /* "place" */
	const char *label; /* English, plural; translated where shown */
	const char *about; /* one sentence; translated where shown */
	const struct vs_field *fields;
	size_t field_count;

	/* Changed by commands of its own, never by vs_record_set() or an import of records. */
	bool guarded;

	/* From another campaign's file: of an import, rows that do not fit here are told and left
	 * out, and the others are taken. */
	bool loose;

	/* NULL or a boolean field: lists show the records where it is true unless asked for all. */
	const char *usual;

	/* NULL or a boolean field: lists leave out the records where it is true unless asked. */
	const char *hides;

	/* NULL or a field that tells apart records of one name: "Skolan, Kil" finds one, too. */
	const char *within;

	/*
	 * Literal SQL. `select` returns the fields in order. `insert` takes the writable fields
	 * in order; `update` takes the writable fields that are not VS_FIXED in order, then the
	 * key; `remove` the key. NULL: no such command.
	 */
	const char *select;
	const char *
		narrow; /* field whose filter value, or NULL, is the select's only ?; or NULL */
	const char *insert;
	const char *update;
	const char *remove;

	/* What was typed, before it is read: what may be said shortly is made whole. `values` is
	 * a copy; `before` is NULL for a new record. */
	bool (*typed)(struct vs_db *db, json_t *values, const json_t *before,
		struct vs_error *err);

	/* What follows from other fields is filled in, before anything is checked. */
	bool (*complete)(struct vs_db *db, json_t *record, const json_t *before,
		struct vs_error *err);

	/* NULL, or the select of one record by its key: quick where there are many, and where
	 * a record is also found by the keys of those that were merged into it. */
	const char *find;

	/* NULL, or a select of nothing but the key (a number), where `find` reckons what a
	 * reference to the record does not ask for. */
	const char *known;

	/* Extra checks over a whole record before it is written; `before` is NULL for a new one. */
	bool (*check)(struct vs_db *db, const json_t *record, const json_t *before,
		struct vs_error *err);

	/* Why a record may not be removed. */
	bool (*removing)(struct vs_db *db, const json_t *record, struct vs_error *err);

	/* NULL, or other heads of a sheet's columns, ended by a NULL head. */
	const struct vs_head *heads;

	/* NULL, or: appends the keys of the records that a row of a sheet without a key may be
	 * about, so that a sheet that is imported again changes what it told before. */
	bool (*same)(struct vs_db *db, const json_t *record, json_t *keys,
		struct vs_error *err);

	/* What must follow in the same transaction when a record was added or changed. */
	bool (*written)(struct vs_db *db, const json_t *record, const json_t *before,
		struct vs_error *err);
};

/* The field that is the key; a field by name (hyphens count as underscores), NULL if none. */
VS_API const struct vs_field *vs_record_key(const struct vs_record_type *type);
VS_API const struct vs_field *vs_record_field(
	const struct vs_record_type *type, const char *name);

/* The field that a column of a sheet is, by name or by one of the type's own heads; `head` is
 * lower case. NULL: none. */
VS_API const struct vs_field *vs_record_head(
	const struct vs_record_type *type, const char *head);

/*
 * Records in the type's own order, those where every field in `filters` (NULL: none) is
 * equal; REF filters take a key or a name. An array; caller owns (json_decref).
 */
VS_API VS_CHECKED json_t *vs_record_list(struct vs_db *db,
	const struct vs_record_type *type, const json_t *filters, struct vs_error *err);

/*
 * One record by key, or by name when exactly one has that name (case does not matter).
 * Fails with VS_NOT_FOUND, or VS_INVALID when the name is ambiguous. Caller owns.
 */
VS_API VS_CHECKED json_t *vs_record_get(struct vs_db *db,
	const struct vs_record_type *type, const char *key, struct vs_error *err);

/*
 * Commands: each checks everything, then writes in one transaction with a line in the
 * history. `values` holds only the fields that are given; in set, an empty string clears.
 * *ret_key (may be NULL) is the new record's key, arena.
 */
VS_API VS_CHECKED bool vs_record_add(struct vs_db *db, const struct vs_record_type *type,
	const json_t *values, struct vs_arena *arena, const char **ret_key,
	struct vs_error *err);
VS_API VS_CHECKED bool vs_record_set(struct vs_db *db, const struct vs_record_type *type,
	const char *key, const json_t *values, struct vs_error *err);
VS_API VS_CHECKED bool vs_record_remove(struct vs_db *db,
	const struct vs_record_type *type, const char *key, struct vs_error *err);

/* A value as people read it on the terminal and on paper (arena); "" for null. */
VS_API const char *vs_record_text(
	struct vs_arena *arena, const struct vs_field *field, const json_t *value);

/* A value as it stands in our CSV: exact, language independent (arena). */
VS_API const char *vs_record_csv(
	struct vs_arena *arena, const struct vs_field *field, const json_t *value);

/* Records as CSV with the field names as heads. */
VS_API void vs_record_write_csv(
	const struct vs_record_type *type, const json_t *records, struct vs_buffer *out);

/* Who did what, when; newest first. Read-only. */
VS_API extern const struct vs_record_type vs_history_type;

#endif
