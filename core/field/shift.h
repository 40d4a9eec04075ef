/* Shifts inside a command of the caller's: what the files of this room share. */
#ifndef FIELD_SHIFT_H
#define FIELD_SHIFT_H

#include "field/rules.h"

/* A record's key by key or name, as text; NULL for NULL. Arena. */
bool shift_find_key(struct vs_db *db, struct vs_arena *arena,
	const struct vs_record_type *type, const char *text, const char **ret_key,
	struct vs_error *err) VS_CHECKED;

/* A role as it is typed: "värd:2-3-4", "kandidat/SKILL:1". */
struct shift_role {
	const char *name;
	int64_t skill; /* 0: anybody */
	int least, wanted, most;
};

/* "värd:2-3-4;kandidat:1" to an array; names differ, numbers are in order. Arena. */
bool shift_roles_read(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct shift_role **ret_roles, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

bool shift_role_insert(struct vs_db *db, int64_t shift, const struct shift_role *role,
	struct vs_error *err) VS_CHECKED;

/* VS_INVALID when a shift where nobody is to be alone lets only one in. */
bool shift_check_pair(bool pair, const struct shift_role *roles, size_t count,
	struct vs_error *err) VS_CHECKED;

/* An activity that is not cancelled, as shifts need it. */
struct shift_activity {
	int64_t id, starts_at, ends_at;
	const char *title;
	bool pair;     /* the kind's */
	int tolerance; /* the kind's */
};
bool shift_activity_read(struct vs_db *db, struct vs_arena *arena, int64_t activity,
	struct shift_activity *ret_activity, struct vs_error *err) VS_CHECKED;

/* Moves the activity's ends so that it holds a span; true in *ret_moved when it did not. */
bool shift_stretch(struct vs_db *db, struct shift_activity *activity, int64_t starts_at,
	int64_t ends_at, bool *ret_moved, struct vs_error *err) VS_CHECKED;

/* Break, pair, tolerance, rest and note of `values` as parsed, into `rules`. */
bool shift_rules_read(struct vs_db *db, const json_t *values, json_t *rules,
	struct vs_error *err) VS_CHECKED;

bool shift_check_span(
	int64_t starts_at, int64_t ends_at, struct vs_error *err) VS_CHECKED;

#endif
