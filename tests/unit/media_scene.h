/* A district with outlets, areas and people, on Monday 2 March 2026. */
#ifndef UNIT_MEDIA_SCENE_H
#define UNIT_MEDIA_SCENE_H

#include "scene.h"

#include <valstuga/media.h>
#include <valstuga/person.h>

/* outlets 1 NWT (Karlstad, Kil), 2 VF (Karlstad), 3 P4 (all), 4 Facebook (own), 5 FP (Filipstad);
 * areas 1 vård, 2 skola; people 1 Ada Alm, 2 Bo Berg; associations 1 V Kil, 2 V Eda. */
static inline int
media_open(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	static const char *const outlets[][3] = { { "NWT", "tidning", "Karlstad, Kil" },
		{ "VF", "tidning", "Karlstad" }, { "P4", "radio", "" },
		{ "Facebook", "egen kanal", "" }, { "FP", "newspaper", "Filipstad" } };
	for (size_t i = 0; i < 5; i++)
		if (!record_add(s, &vs_outlet_type,
			    VALUES(vs_arena_printf(s->arena, "name=%s", outlets[i][0]),
				    vs_arena_printf(s->arena, "kind=%s", outlets[i][1]),
				    vs_arena_printf(
					    s->arena, "kommuner=%s", outlets[i][2])),
			    NULL))
			return -1;
	bool ok = record_add(s, &vs_policy_area_type, VALUES("name=vård"), NULL) &&
		record_add(s, &vs_policy_area_type, VALUES("name=skola"), NULL) &&
		record_add(s, &vs_person_type, VALUES("name=Ada Alm"), NULL) &&
		record_add(s, &vs_person_type, VALUES("name=Bo Berg"), NULL) &&
		record_add(s, &vs_association_type, VALUES("name=V Kil"), NULL) &&
		record_add(s, &vs_association_type, VALUES("name=V Eda"), NULL);
	return ok ? 0 : -1;
}

static inline const char *
media_add(struct scene *s, json_t *values, bool anyway)
{
	const char *key = NULL;
	bool ok = vs_appearance_add(s->db, values, anyway, s->arena, &key, &s->err);
	json_decref(values);
	return ok ? key : NULL;
}

static inline json_t *
media_get(struct scene *s, const char *key)
{
	json_t *view = vs_appearance_view(s->db, key, &s->err);
	assert_done(s, view != NULL);
	return view;
}

/* The state of a record, compared. */
#define assert_state(s, type, key, state) \
	do { \
		json_t *record_ = vs_record_get((s)->db, (type), (key), &(s)->err); \
		assert_done((s), record_ != NULL); \
		assert_string_equal(text_at(record_, "state"), (state)); \
		json_decref(record_); \
	} while (0)

static inline bool
media_run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	return stmt_open(&q, s->db, sql, &s->err) && stmt_run(&q, &s->err);
}

#endif
