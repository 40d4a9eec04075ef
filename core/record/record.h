/* Records as the rooms above see them: writing inside a command of their own. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include <valstuga/record.h>

#include "store/store.h"

#define FIELDS(array) .fields = (array), .field_count = sizeof(array) / sizeof *(array)

/* One typed value from what a person typed; *ret_value is a new reference. */
bool record_parse(struct vs_db *db, const struct vs_record_type *type,
	const struct vs_field *field, const char *text, json_t **ret_value,
	struct vs_error *err) VS_CHECKED;

/* Parses and checks `values` over `before` (NULL: a new record); a whole record. */
json_t *record_prepare(struct vs_db *db, const struct vs_record_type *type,
	const json_t *before, const json_t *values, struct vs_error *err) VS_CHECKED;

/* Writes a prepared record inside the caller's command; `before` NULL inserts. */
bool record_write(struct vs_db *db, const struct vs_record_type *type,
	const json_t *before, const json_t *record, struct vs_error *err) VS_CHECKED;

/* The key when a record of that key is there and its type says so quickly, else NULL. */
json_t *record_known(struct vs_db *db, const struct vs_record_type *type, const char *key,
	struct vs_error *err) VS_CHECKED;

/* The record of a key by the type's own `find`; NULL without error when there is none, or
 * the type has no such select. New reference. */
json_t *record_find(struct vs_db *db, const struct vs_record_type *type, const char *key,
	struct vs_error *err) VS_CHECKED;

/* The current row of a statement whose columns are the type's fields. New reference. */
json_t *record_row(const struct vs_record_type *type, const struct stmt *q);

/* "name: old -> new; ..." of what differs, for the history. Arena. */
const char *record_diff(struct vs_arena *arena, const struct vs_record_type *type,
	const json_t *before, const json_t *record);

/* The key of a record as text. Arena. */
const char *record_key_text(
	struct vs_arena *arena, const struct vs_record_type *type, const json_t *record);

/* What a stored choice is called, translated; the value itself when it is none of them. */
const char *record_choice(const struct vs_choice *choices, const char *value);

/* An array of texts joined by "; ". Arena. */
const char *record_join(struct vs_arena *arena, const json_t *texts);

/* An id in a view; null for 0, which none has. New reference. */
json_t *record_id_or_null(int64_t id);

/* Sets a text on a view's object; "" for NULL. */
void record_put(json_t *object, const char *name, const char *text);

/* Short readers: NULL, 0 or false where the value is null or absent. */
const char *record_string(const json_t *record, const char *name);
int64_t record_integer(const json_t *record, const char *name);
bool record_true(const json_t *record, const char *name);

/*
 * Which records of a noun commands named since a moment: { "17": "set", ... }, the newest
 * command of each. New reference.
 */
json_t *history_since(
	struct vs_db *db, const char *noun, int64_t at, struct vs_error *err) VS_CHECKED;

#endif
