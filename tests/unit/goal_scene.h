/*
 * A goal by the name of "Mål" in a campaign of Värmland 2026, and a little of what it may be
 * measured by: three associations, four people, shifts at noon.
 */
#ifndef UNIT_GOAL_SCENE_H
#define UNIT_GOAL_SCENE_H

#include "scene.h"

#include <math.h>

#include <valstuga/date.h>
#include <valstuga/goal.h>

static inline void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

/* A goal "Mål" of a measure; the rest in pairs. */
static inline void
add_goal(struct scene *s, const char *measure, json_t *values)
{
	json_object_set_new(values, "measure", json_string(measure));
	if (!json_object_get(values, "name"))
		json_object_set_new(values, "name", json_string("Mål"));
	json_object_set_new(values, "source", json_string("Valplanen"));
	assert_done(s, record_add(s, &vs_goal_type, values, NULL));
}

static inline void
read_on(struct scene *s, double value, const char *date)
{
	assert_done(s, vs_goal_read(s->db, "Mål", value, 0, date, NULL, NULL, &s->err));
}

/* The goal on a day (NULL: today); borrowed until the next call. */
static inline const json_t *
goal_on(struct scene *s, const char *day)
{
	static json_t *kept;
	json_decref(kept);
	kept = NULL;
	if (!day)
		return NULL;
	json_t *view = vs_goal_view(s->db, "Mål", *day ? day : NULL, &s->err);
	assert_done(s, view != NULL);
	kept = view;
	return json_array_get(json_object_get(view, "goals"), 0);
}

static inline double
real_at(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_number(value) ? json_number_value(value) : NAN;
}

static inline void
assert_real(const json_t *object, const char *name, double value)
{
	double found = real_at(object, name);
	if (isnan(value) ? !isnan(found) : !(fabs(found - value) < 1e-9))
		fail_msg("%s is %.12g, not %.12g", name, found, value);
}

static inline void
assert_status(const json_t *goal, const char *status)
{
	assert_string_equal(text_at(goal, "status"), status);
}

static inline int
goal_close(void **state)
{
	goal_on(*state, NULL);
	return scene_close(state);
}

static inline void
add_associations(struct scene *s)
{
	static const char *const names[] = { "name=V Kil", "name=V Eda",
		"name=V Årjäng" };
	for (size_t i = 0; i < 3; i++)
		assert_done(
			s, record_add(s, &vs_association_type, VALUES(names[i]), NULL));
}

static inline void
add_people(struct scene *s)
{
	add_associations(s);
	run(s,
		SQL("INSERT INTO person (id, name, keep_until, association_id) VALUES"
		    " (1, 'Anna Berg', '2027-01-01', 1), (2, 'Bo Ek', '2027-01-01', 2),"
		    " (3, 'Cia Alm', '2027-01-01', NULL), (4, 'Dan Dahl', '2027-01-01', NULL)"));
}

/* A shift with three wanted places of an activity of its own; noon, for two hours. */
static inline void
add_shift(struct scene *s, int id, const char *kind, const char *day)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO activity (id, kind, title, association_id, starts_at,"
			    " ends_at) VALUES (?1, ?2, 'Torget', 1, unixepoch(?3, '+10 hours'),"
			    " unixepoch(?3, '+12 hours'))"),
			&s->err));
	stmt_bind(&q, id);
	stmt_bind(&q, kind);
	stmt_bind(&q, day);
	assert_done(s, stmt_run(&q, &s->err));
	VS_AUTO(stmt) shift = { 0 };
	assert_done(s,
		stmt_open(&shift, s->db,
			SQL("INSERT INTO shift (id, activity_id, starts_at, ends_at)"
			    " SELECT id, id, starts_at, ends_at FROM activity WHERE id = ?"),
			&s->err));
	stmt_bind(&shift, id);
	assert_done(s, stmt_run(&shift, &s->err));
	VS_AUTO(stmt) role = { 0 };
	assert_done(s,
		stmt_open(&role, s->db,
			SQL("INSERT INTO shift_role (id, shift_id, name, least, wanted, most)"
			    " VALUES (?1, ?1, 'värd', 1, 3, 5)"),
			&s->err));
	stmt_bind(&role, id);
	assert_done(s, stmt_run(&role, &s->err));
}

static inline void
put(struct scene *s, int shift, int person, const char *state)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO booking (shift_id, role_id, person_id, state, source,"
			    " changed_at, cancelled_by) VALUES (?1, ?1, ?2, ?3, 'organiser', 0,"
			    " iif(?3 = 'cancelled', 'person', NULL))"),
			&s->err));
	stmt_bind(&q, shift);
	stmt_bind(&q, person);
	stmt_bind(&q, state);
	assert_done(s, stmt_run(&q, &s->err));
}

#endif
