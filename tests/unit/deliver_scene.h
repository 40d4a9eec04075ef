/*
 * The scene of tests of planning deliveries: a few places, one item, a round of three days;
 * and looking into plans. Everything is static: each program has its copy.
 */
#ifndef DELIVER_SCENE_H
#define DELIVER_SCENE_H

#include "scene.h"

#include "ballots/deliver.h"
#include "deliver_fixture.h"

#define RUN(s, sql) assert_done(s, deliver_run((s)->db, SQL(sql), &(s)->err))

/*
 * Karlstad with four places some kilometres apart, Hagfors far away with one; one item of
 * 10 g a piece; a round of three days. 2026-09-13 is a Sunday.
 */
static inline int
open_scene(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	scene_time("2026-08-20 12:00");
	assert_done(s, store_fast(s));
	RUN(s,
		"UPDATE location SET latitude = 59.38, longitude = 13.50"
		" WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO place (id, kommun_code, name, street, latitude, longitude)"
		" VALUES (1, '1780', 'Torget', 'A 1', 59.38, 13.51),"
		" (2, '1780', 'Kronoparken', 'B 2', 59.40, 13.57),"
		" (3, '1780', 'Vålberg', 'C 3', 59.40, 13.19),"
		" (4, '1780', 'Molkom', 'D 4', 59.60, 13.72),"
		" (5, '1783', 'Hagfors bibliotek', 'E 5', 60.03, 13.69)");
	RUN(s,
		"INSERT INTO item (id, kind, name, unit_mg, bundle, box)"
		" VALUES (1, 'material', 'Blad', 10000, 10, 100)");
	RUN(s,
		"INSERT INTO movement (at, actor, kind, item_id, to_id, pieces)"
		" SELECT 0, 'x', 'print', 1, id, 100000 FROM location"
		" WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO round (id, name, phase, from_date, until_date)"
		" VALUES (1, 'Start', 'advance', '2026-08-26', '2026-08-28')");
	RUN(s,
		"INSERT INTO person (id, name, keep_until) VALUES (1, 'Bo', '2027-01-01'),"
		" (2, 'Eva', '2027-01-01'), (3, 'Kim', '2027-01-01')");
	return 0;
}

/* Open 10-18 on the three days of the round. */
static inline void
open_places(struct scene *s)
{
	RUN(s,
		"INSERT INTO opening (place_id, purpose, date, opens, closes)"
		" SELECT p.id, 'advance', d.column1, 600, 1080 FROM place p"
		" JOIN (VALUES ('2026-08-26'), ('2026-08-27'), ('2026-08-28')) d");
}

/* The same pieces for each place of Karlstad. */
static inline void
allocate(struct scene *s, int64_t pieces)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
			    " SELECT 1, o.id, 1, ?, 'x' FROM location o WHERE o.place_id <= 4"),
			&s->err));
	stmt_bind(&q, pieces);
	assert_done(s, stmt_run(&q, &s->err));
}

static inline void
one_carrier(struct scene *s)
{
	RUN(s, "INSERT INTO carrier (id, person_id, kg, boxes) VALUES (1, 1, 200, 100)");
}

/* Plans of this scene are made with a small effort by themselves. */
static inline json_t *
plan_with(struct scene *s, const struct vs_deliver_options *options)
{
	json_t *plan = vs_deliver_plan(s->db, "Start", options, &s->err);
	assert_done(s, plan != NULL);
	return plan;
}

static inline json_t *
look(struct scene *s)
{
	const struct vs_deliver_options options = { .plan.dry_run = true };
	return plan_with(s, &options);
}

static inline json_t *
write_plan(struct scene *s)
{
	const struct vs_deliver_options options = { 0 };
	return plan_with(s, &options);
}

/* The stop at a place (borrowed), and what is said of its route and day; NULL: none. */
static inline json_t *
find_stop(
	const json_t *plan, const char *place, json_t **ret_route, const char **ret_date)
{
	size_t i, k, n;
	json_t *day, *route, *stop;
	json_array_foreach (json_object_get(plan, "days"), i, day)
		json_array_foreach (json_object_get(day, "routes"), k, route)
			json_array_foreach (json_object_get(route, "stops"), n, stop)
				if (strncmp(text_at(stop, "location_name"), place,
					    strlen(place)) == 0) {
					if (ret_route)
						*ret_route = route;
					if (ret_date)
						*ret_date = text_at(day, "date");
					return stop;
				}
	return NULL;
}

static inline int64_t
arrives(const json_t *plan, const char *place)
{
	json_t *stop = find_stop(plan, place, NULL, NULL);
	assert_non_null(stop);
	return integer_at(stop, "arrives");
}

static inline const char *
date_of(const json_t *plan, const char *place)
{
	const char *date = "";
	return find_stop(plan, place, NULL, &date) ? date : "";
}

static inline int64_t
total(const json_t *plan, const char *name)
{
	return integer_at(json_object_get(plan, "total"), name);
}

/* A text among the rules, the notes or what is not served. */
static inline bool
says(const json_t *plan, const char *where, const char *part)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(plan, where), i, each) {
		const char *text = json_is_string(each)	 ? json_string_value(each)
			: strcmp(where, "unserved") == 0 ? text_at(each, "reason")
							 : text_at(each, "text");
		if (strstr(text, part))
			return true;
	}
	return false;
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_scene, scene_close)

#endif
