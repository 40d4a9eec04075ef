/*
 * The scene of a test: a folder of its own, a stopped clock, and, where asked for, a campaign
 * for Värmland 2026. Everything is gone when the test ends.
 */
#ifndef UNIT_SCENE_H
#define UNIT_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/campaign.h>

#include "store/store.h"

struct scene {
	struct vs_arena *arena;
	const char *directory;
	const char *path; /* of the campaign file */
	struct vs_db *db; /* NULL in a scene without a campaign */
	struct vs_error err;
};

static inline const char *
scene_path(struct scene *s, const char *name)
{
	return vs_arena_printf(s->arena, "%s/%s", s->directory, name);
}

static inline void
scene_time(const char *now)
{
	setenv("VALSTUGA_NOW", now, 1);
}

static inline int
scene_open_empty(void **state)
{
	struct scene *s = calloc(1, sizeof *s);
	if (!s)
		return -1;
	s->arena = vs_arena_new();
	const char *parent = getenv("TMPDIR");
	s->directory = mkdtemp(vs_arena_printf(
		s->arena, "%s/valstuga-test-XXXXXX", parent ? parent : "/tmp"));
	s->path = scene_path(s, "varmland.valstuga");
	scene_time("2026-03-02 12:00");
	*state = s;
	return s->directory ? 0 : -1;
}

static inline struct vs_campaign_options
scene_varmland(void)
{
	return (struct vs_campaign_options){ .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2026-09-13" };
}

/* The bytes of a new campaign file: made once, as making one takes longer than most tests. */
static inline bool
scene_campaign(struct scene *s, const char **ret_bytes, size_t *ret_length)
{
	static char *bytes;
	static size_t length;
	if (!bytes) {
		struct vs_campaign_options options = scene_varmland();
		struct vs_db *db = vs_campaign_create(s->path, &options, "anna", &s->err);
		vs_db_close(db);
		char *read;
		if (!db || !vs_file_read(s->arena, s->path, &read, &length, &s->err))
			return false;
		bytes = malloc(length);
		if (!bytes)
			return false;
		memcpy(bytes, read, length);
		unlink(s->path);
	}
	*ret_bytes = bytes;
	*ret_length = length;
	return true;
}

static inline int
scene_open(void **state)
{
	if (scene_open_empty(state) != 0)
		return -1;
	struct scene *s = *state;
	const char *bytes;
	size_t length;
	if (!scene_campaign(s, &bytes, &length) ||
		!vs_file_write(s->path, bytes, length, &s->err))
		return -1;
	s->db = vs_db_open(s->path, VS_WRITE, "anna", &s->err);
	return s->db ? 0 : -1;
}

static inline int
scene_close(void **state)
{
	struct scene *s = *state;
	vs_db_close(s->db);
	DIR *directory = opendir(s->directory);
	for (struct dirent *entry; directory && (entry = readdir(directory));)
		unlink(scene_path(s, entry->d_name));
	if (directory)
		closedir(directory);
	rmdir(s->directory);
	vs_arena_free(s->arena);
	free(s);
	return 0;
}

#define assert_done(s, call) \
	do { \
		bool done_ = (call); \
		if (!done_ || (s)->err.code != VS_OK) \
			fail_msg("%s: %s", #call, (s)->err.text); \
	} while (0)

/* Takes the refusal with the code, whose message holds `part`, and clears it. */
static inline void
scene_refused(struct scene *s, bool done, enum vs_code code, const char *part)
{
	if (done || s->err.code != code || !strstr(s->err.text, part))
		fail_msg("expected a refusal %d with \"%s\", got %d \"%s\"", (int)code,
			part, (int)s->err.code, done ? "(done)" : s->err.text);
	s->err = (struct vs_error){ 0 };
}
#define assert_refused(s, call, code, part) scene_refused((s), (call), (code), (part))

/* The first column of the first row of a query. */
static inline int64_t
count_of(struct scene *s, const char *sql)
{
	int64_t count = -1;
	assert_done(s, db_int(s->db, sql, &count, &s->err));
	return count;
}

/* For tests of thousands of commands, where a power cut does not matter. */
static inline bool
store_fast(struct scene *s)
{
	int64_t ignored = 0;
	return db_int(s->db, SQL("PRAGMA synchronous = OFF"), &ignored, &s->err);
}

/* "name=value" pairs, ended by NULL, as an object of texts. */
static inline json_t *
values_of(const char *pair, ...)
{
	json_t *values = json_object();
	va_list args;
	va_start(args, pair);
	for (; pair; pair = va_arg(args, const char *)) {
		char name[64];
		size_t length = strcspn(pair, "=");
		snprintf(name, sizeof name, "%.*s", (int)length, pair);
		json_object_set_new(values, name, json_string(pair + length + 1));
	}
	va_end(args);
	return values;
}
#define VALUES(...) values_of(__VA_ARGS__, (const char *)NULL)

static inline const char *
text_at(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static inline int64_t
integer_at(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static inline bool
record_add(struct scene *s, const struct vs_record_type *type, json_t *values,
	const char **ret_key)
{
	bool ok = vs_record_add(s->db, type, values, s->arena, ret_key, &s->err);
	json_decref(values);
	return ok;
}

static inline bool
record_set(struct scene *s, const struct vs_record_type *type, const char *key,
	json_t *values)
{
	bool ok = vs_record_set(s->db, type, key, values, &s->err);
	json_decref(values);
	return ok;
}

#endif
