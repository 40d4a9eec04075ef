/*
 * A small district with stock: the lists KF Kil and KF Eda, 10 000 pieces of each at the
 * depot, two places in Kil (town and country) and one in Eda, an association's depot in Kil,
 * two carriers. Today is 2026-08-28, the third day of advance voting, 10.00.
 */
#ifndef UNIT_DELIVERY_FIXTURE_H
#define UNIT_DELIVERY_FIXTURE_H

#include "scene.h"

#include "ballots/delivery_life.h"

#define FIXTURE_NOW "2026-08-28 10:00"

struct stage {
	struct scene *s;
	int64_t kil, eda;	      /* items */
	int64_t town, country, edane; /* locations of places */
	int64_t depot, own_depot;     /* the district's, the association's */
	int64_t anna, bo;	      /* carriers */
	int64_t voters;
};

/* Runs SQL that only a test may. */
static inline void
stage_sql(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

static inline const char *
stage_add(struct scene *s, const struct vs_record_type *type, json_t *values)
{
	const char *key = "";
	assert_done(s, record_add(s, type, values, &key));
	return key;
}

static inline int64_t
stage_place(struct scene *s, const char *name, const char *kommun, const char *latitude,
	const char *longitude)
{
	int64_t location = 0;
	const char *place = stage_add(s, &vs_place_type,
		json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", name, "kommun", kommun,
			"street", "Storgatan 1", "latitude", latitude, "longitude",
			longitude));
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("SELECT id FROM location WHERE place_id = ?"),
			&s->err));
	stmt_bind(&q, place);
	assert_true(stmt_row(&q, &s->err));
	location = stmt_int(&q, 0);
	/* Every day of advance voting but Sundays, 10-18. */
	for (int day = 0; day < 18; day++) {
		struct vs_date date = vs_date_add((struct vs_date){ 2026, 8, 26 }, day);
		char text[11];
		if (vs_date_weekday(date) == 7)
			continue;
		stage_add(s, &vs_opening_type,
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "place", place, "purpose",
				"advance", "date", vs_date_format(date, text), "opens",
				"10:00", "closes", "18:00"));
	}
	return location;
}

static inline int64_t
stage_carrier(struct scene *s, const char *name, const char *phone)
{
	VS_AUTO(stmt) q = { 0 };
	VS_AUTO(stmt) person = { 0 };
	assert_done(s,
		stmt_open(&person, s->db,
			SQL("INSERT INTO person (name, keep_until) VALUES (?, '2027-01-01')"),
			&s->err));
	stmt_bind(&person, name);
	assert_done(s, stmt_run(&person, &s->err));
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO carrier (person_id, phone) VALUES (?, ?)"),
			&s->err));
	stmt_bind(&q, db_last_id(s->db));
	stmt_bind(&q, phone);
	assert_done(s, stmt_run(&q, &s->err));
	return count_of(s, SQL("SELECT max(id) FROM carrier"));
}

static inline int64_t
stage_item(struct scene *s, const char *kommun)
{
	const char *list;
	json_t *values = json_pack("{s:s, s:s}", "kind", "KF", "kommun", kommun);
	assert_done(s, vs_list_add(s->db, values, s->arena, &list, &s->err));
	json_decref(values);
	int64_t item;
	assert_done(s, item_of_list(s->db, atoi(list), &item, &s->err));
	return item;
}

/* Pieces from nowhere, as printed. */
static inline void
stage_stock(struct scene *s, int64_t item, int64_t location, int64_t pieces)
{
	int64_t ignored;
	const struct movement m = {
		.kind = "print", .item = item, .to = location, .pieces = pieces
	};
	assert_done(s, stock_write(s->db, &m, &ignored, &s->err));
}

static inline int64_t
stage_balance(struct scene *s, int64_t location, int64_t item)
{
	int64_t pieces = -1;
	assert_done(s, stock_balance(s->db, location, item, &pieces, &s->err));
	return pieces;
}

static inline int64_t
stage_car(struct scene *s, int64_t carrier)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("SELECT id FROM location WHERE carrier_id = ?"),
			&s->err));
	stmt_bind(&q, carrier);
	assert_true(stmt_row(&q, &s->err));
	return stmt_int(&q, 0);
}

static inline int
stage_open(void **state, struct stage *stage)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	scene_time(FIXTURE_NOW);
	stage->s = s;
	stage->kil = stage_item(s, "Kil");
	stage->eda = stage_item(s, "Eda");
	stage->town = stage_place(s, "Biblioteket", "Kil", "59.50", "13.31");
	stage->country = stage_place(s, "Högboda skola", "Kil", "59.60", "13.10");
	stage->edane = stage_place(s, "Charlottenberg", "Eda", "59.88", "12.30");
	stage->depot = count_of(s,
		SQL("SELECT id FROM location WHERE kind = 'depot' AND association_id IS NULL"));
	stage->voters = count_of(s, SQL("SELECT id FROM location WHERE kind = 'voters'"));
	stage_sql(s,
		SQL("UPDATE location SET latitude = 59.38, longitude = 13.50"
		    " WHERE name = 'Distriktslagret'"));
	stage_sql(s, SQL("INSERT INTO association (name) VALUES ('V Kil')"));
	stage_sql(s, SQL("UPDATE kommun SET association_id = 1 WHERE name = 'Kil'"));
	stage_sql(s,
		SQL("INSERT INTO location (kind, name, association_id, latitude, longitude)"
		    " VALUES ('depot', 'Kils förråd', 1, 59.51, 13.32)"));
	stage->own_depot =
		count_of(s, SQL("SELECT id FROM location WHERE name = 'Kils förråd'"));
	stage->anna = stage_carrier(s, "Anna Ek", "070-111 11 11");
	stage->bo = stage_carrier(s, "Bo Alm", "070-222 22 22");
	stage_stock(s, stage->kil, stage->depot, 10000);
	stage_stock(s, stage->eda, stage->depot, 10000);
	return 0;
}

/* A planned delivery of one item; its number as text. */
static inline const char *
stage_delivery(struct stage *stage, const char *date, int64_t to, int64_t carrier,
	int64_t item, int64_t pieces)
{
	struct scene *s = stage->s;
	int64_t id;
	const struct new_delivery d = { .from = stage->depot,
		.to = to,
		.carrier = carrier,
		.date = date,
		.arrives = -1,
		.opens = -1,
		.closes = -1 };
	const struct delivery_line line = { item, pieces };
	assert_done(s, delivery_insert(s->db, &d, &line, 1, &id, &s->err));
	return vs_arena_printf(s->arena, "%lld", (long long)id);
}

static inline const char *
stage_status(struct scene *s, const char *delivery)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("SELECT status FROM delivery WHERE id = ?"),
			&s->err));
	stmt_bind(&q, delivery);
	assert_true(stmt_row(&q, &s->err));
	return stmt_copy(&q, 0, s->arena);
}

#endif
