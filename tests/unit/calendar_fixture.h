/* The election calendar as its tests read it. */
#ifndef UNIT_CALENDAR_FIXTURE_H
#define UNIT_CALENDAR_FIXTURE_H

#include "scene.h"

static inline json_t *
entries_of(struct scene *s, const struct vs_calendar_options *options)
{
	json_t *entries = vs_calendar_view(s->db, options, &s->err);
	assert_done(s, entries != NULL);
	return entries;
}

static inline const json_t *
entry_of(const json_t *entries, const char *noun, const char *id)
{
	size_t i;
	json_t *entry;
	json_array_foreach (entries, i, entry)
		if (strcmp(text_at(entry, "noun"), noun) == 0 &&
			strcmp(text_at(entry, "id"), id) == 0)
			return entry;
	return NULL;
}

/* "advance_voting rule:1 …" of the entries, in order. Arena. */
static inline const char *
keys_of(struct scene *s, const json_t *entries)
{
	const char *text = "";
	size_t i;
	json_t *entry;
	json_array_foreach (entries, i, entry) {
		bool deadline = strcmp(text_at(entry, "noun"), "deadline") == 0;
		text = vs_arena_printf(s->arena, "%s%s%s%s%s", text, *text ? " " : "",
			deadline ? "" : text_at(entry, "noun"), deadline ? "" : ":",
			text_at(entry, "id"));
	}
	return text;
}

static inline const char *
keys_with(struct scene *s, struct vs_calendar_options options)
{
	json_t *entries = entries_of(s, &options);
	const char *text = keys_of(s, entries);
	json_decref(entries);
	return text;
}

static inline void
make(struct scene *s, const char *day, const char *type, const char *called_on)
{
	struct vs_campaign_options o = scene_varmland();
	vs_db_close(s->db);
	unlink(s->path);
	o.election_day = day;
	o.election_type = type;
	o.called_on = called_on;
	s->db = vs_campaign_create(s->path, &o, "anna", &s->err);
	assert_done(s, s->db != NULL);
}

#endif
