/*
 * A small world to allocate in: Kil with two polling places, a library and a town hall for
 * advance voting and a home for the elderly; a list for its kommunfullmäktige, one for the
 * region; plenty of both at the district's depot.
 */
#ifndef UNIT_ALLOCATE_SCENE_H
#define UNIT_ALLOCATE_SCENE_H

#include "scene.h"

#include <valstuga/delivery.h>
#include <valstuga/text.h>

#include "ballots/delivery.h"

static inline void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

/* Places 1 Norra skolan, 2 Södra skolan, 3 Biblioteket, 4 Stadshuset, 5 Älvgården. */
static inline void
add_places(struct scene *s)
{
	run(s,
		SQL("INSERT INTO place (id, kommun_code, name, street, advance_code, restricted)"
		    " VALUES (1, '1715', 'Norra skolan', 'A', NULL, 0),"
		    " (2, '1715', 'Södra skolan', 'B', NULL, 0),"
		    " (3, '1715', 'Biblioteket', 'C', '90001', 0),"
		    " (4, '1715', 'Stadshuset', 'D', '90002', 0),"
		    " (5, '1715', 'Älvgården', 'E', '90003', 1)"));
	run(s,
		SQL("INSERT INTO district (code, name, kommun_code, place_id)"
		    " VALUES ('17150001', 'Norra', '1715', 1), ('17150002', 'Södra', '1715', 2)"));
	run(s,
		SQL("INSERT INTO district_result SELECT d.code, e.code, d.eligible, d.voted,"
		    " d.voted, d.party FROM (SELECT '17150001' AS code, 1000 AS eligible,"
		    "  800 AS voted, 80 AS party UNION ALL SELECT '17150002', 2000, 1500, 75) d,"
		    " (SELECT 'KF' AS code UNION SELECT 'RF') e"));
	/* The library all 18 days for six hours, the town hall half of them for four. */
	run(s,
		SQL("WITH RECURSIVE day(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM day"
		    " WHERE n < 17) INSERT INTO opening (place_id, purpose, date, opens, closes)"
		    " SELECT 3, 'advance', date('2026-08-26', n || ' days'), 600, 960 FROM day"
		    " UNION ALL SELECT 4, 'advance', date('2026-08-26', n || ' days'), 600, 840"
		    " FROM day WHERE n % 2 = 0"
		    " UNION ALL SELECT 5, 'advance', '2026-09-02', 600, 660"));
}

static inline const char *
add_list(struct scene *s, json_t *values)
{
	const char *key;
	bool ok = vs_list_add(s->db, values, s->arena, &key, &s->err);
	json_decref(values);
	assert_done(s, ok);
	return key;
}

/* So many pieces of a list's ballots come to a location (0: the district's depot). */
static inline int64_t
bring(struct scene *s, const char *list, int64_t pieces, int64_t to)
{
	VS_AUTO(change) change = { 0 };
	struct movement m = {
		.kind = "print", .pieces = pieces, .to = to, .override = "prov"
	};
	int64_t ignored;
	assert_done(s, change_begin(&change, s->db, "bring", &s->err));
	assert_done(s, item_of_list(s->db, atoi(list), &m.item, &s->err));
	if (!to)
		assert_done(s, location_of_kind(s->db, "depot", &m.to, &s->err));
	assert_done(s, stock_write(s->db, &m, &ignored, &s->err));
	change_say(&change, "stock", NULL, "test");
	assert_done(s, change_commit(&change, &s->err));
	return m.item;
}

static inline int64_t
place_location(struct scene *s, int place)
{
	return count_of(s,
		vs_arena_printf(
			s->arena, "SELECT id FROM location WHERE place_id = %d", place));
}

/* List 1 is KF Kil, list 2 RF. */
static inline void
add_world(struct scene *s)
{
	add_places(s);
	bring(s, add_list(s, VALUES("kind=KF", "kommun=Kil")), 10000, 0);
	bring(s, add_list(s, VALUES("kind=RF")), 20000, 0);
}

static inline void
add_round(struct scene *s, const char *phase, json_t *values)
{
	json_object_set_new(values, "name", json_string(phase));
	json_object_set_new(values, "phase", json_string(phase));
	assert_done(s, record_add(s, &vs_round_type, values, NULL));
}

static inline json_t *
look(struct scene *s, const char *round)
{
	const struct vs_plan_options options = { .dry_run = true };
	json_t *plan = vs_allocate(s->db, round, &options, &s->err);
	assert_done(s, plan != NULL);
	return plan;
}

static inline json_t *
commit(struct scene *s, const char *round)
{
	const struct vs_plan_options options = { 0 };
	json_t *plan = vs_allocate(s->db, round, &options, &s->err);
	assert_done(s, plan != NULL);
	return plan;
}

/* The line of a destination whose name begins so; NULL: none. */
static inline const json_t *
find_line(const json_t *plan, const char *location, const char *item)
{
	size_t i;
	json_t *line;
	json_array_foreach (json_object_get(plan, "lines"), i, line)
		if (strncmp(text_at(line, "location_name"), location, strlen(location)) ==
				0 &&
			strncmp(text_at(line, "item_name"), item, strlen(item)) == 0)
			return line;
	return NULL;
}

static inline const json_t *
line_of(const json_t *plan, const char *location, const char *item)
{
	const json_t *line = find_line(plan, location, item);
	if (!line)
		fail_msg("no line for %s, %s", location, item);
	return line;
}

static inline int64_t
pieces_of(const json_t *plan, const char *location, const char *item)
{
	return integer_at(line_of(plan, location, item), "pieces");
}

static inline const json_t *
item_of(const json_t *plan, const char *item)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(plan, "items"), i, each)
		if (strncmp(text_at(each, "item_name"), item, strlen(item)) == 0)
			return each;
	fail_msg("no item %s", item);
	return NULL;
}

/* With plain blanks for U+00A0. Arena. */
static inline const char *
plain(struct scene *s, const char *text)
{
	char *copy = vs_arena_text(s->arena, text), *to = copy;
	for (const char *from = text; *from; from++)
		if (strncmp(from, "\u00a0", 2) == 0) {
			*to++ = ' ';
			from++;
		} else {
			*to++ = *from;
		}
	*to = '\0';
	return copy;
}

#define assert_says(s, object, name, part) \
	do { \
		const char *said_ = plain((s), text_at((object), (name))); \
		if (!strstr(said_, (part))) \
			fail_msg("\"%s\" is not in \"%s\"", (part), said_); \
	} while (0)

/* Whether `rules` tells so of a kommun. */
static inline bool
rule_told(struct scene *s, const json_t *plan, const char *kommun, const char *part)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(plan, "rules"), i, each)
		if (strcmp(text_at(each, "kommun_name"), kommun) == 0 &&
			strstr(plain(s, text_at(each, "text")), part))
			return true;
	return false;
}

#endif
