/*
 * A stand on two squares. Kim (1), Bo (2), Eva (3), Mia (4) help. Activity 1 is a valstuga
 * on Stora torget in Karlstad (hand-over 15 minutes), 2 a torgmöte at the same place, 3 a
 * dörrknackning in Kil, 18 km away. Today is 2026-08-10, a Monday.
 */
#ifndef UNIT_BOOKING_FIXTURE_H
#define UNIT_BOOKING_FIXTURE_H

#include "scene.h"

#include <valstuga/field.h>

#define STAND	1
#define MEETING 2
#define DOORS	3

enum { KIM = 1, BO, EVA, MIA };

static inline void
squares_run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

static inline int64_t
moment_of(struct scene *s, const char *text)
{
	int64_t at = 0;
	assert_done(s, vs_time_parse(text, &at, &s->err));
	return at;
}

/* A shift of an activity by the clock of Sweden; its id. No role yet. */
static inline int64_t
squares_shift(struct scene *s, int activity, const char *starts, const char *ends)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO shift (activity_id, starts_at, ends_at)"
			    " VALUES (?, ?, ?)"),
			&s->err));
	stmt_bind(&q, activity);
	stmt_bind(&q, moment_of(s, starts));
	stmt_bind(&q, moment_of(s, ends));
	assert_done(s, stmt_run(&q, &s->err));
	return db_last_id(s->db);
}

static inline void
squares_role(struct scene *s, int64_t shift, const char *name, int most)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO shift_role (shift_id, name, least, wanted, most)"
			    " VALUES (?, ?, 1, 1, ?)"),
			&s->err));
	stmt_bind(&q, shift);
	stmt_bind(&q, name);
	stmt_bind(&q, most);
	assert_done(s, stmt_run(&q, &s->err));
}

static inline int64_t
squares_shift_for(
	struct scene *s, int activity, const char *starts, const char *ends, int most)
{
	int64_t shift = squares_shift(s, activity, starts, ends);
	squares_role(s, shift, "värd", most);
	return shift;
}

static inline int
squares_open(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	scene_time("2026-08-10 12:00");
	squares_run(s,
		SQL("INSERT INTO person (id, name, keep_until) VALUES"
		    " (1, 'Kim Ek', '2027-01-01'), (2, 'Bo Al', '2027-01-01'),"
		    " (3, 'Eva Ask', '2027-01-01'), (4, 'Mia Lind', '2027-01-01')"));
	squares_run(s,
		SQL("INSERT INTO activity (id, kind, title, kommun_code, venue, town, latitude,"
		    " longitude, starts_at, ends_at) VALUES"
		    " (1, 'valstuga', 'Valstugan', '1780', 'Stora torget', 'Karlstad',"
		    "  59.38, 13.50, 1, 4000000000),"
		    " (2, 'torgmote', 'Torgmötet', '1780', 'Stora torget', 'Karlstad',"
		    "  59.38, 13.50, 1, 4000000000),"
		    " (3, 'dorrknackning', 'Dörrar i Kil', '1715', 'Sannerudsskolan', 'Kil',"
		    "  59.50, 13.31, 1, 4000000000)"));
	return 0;
}

static inline const char *
number_text(struct scene *s, int64_t number)
{
	return vs_arena_printf(s->arena, "%lld", (long long)number);
}

static inline bool
squares_book_as(struct scene *s, int64_t shift, int person,
	const struct vs_booking_options *options)
{
	return vs_booking_add(s->db, number_text(s, shift), number_text(s, person),
		options, s->arena, NULL, &s->err);
}

static inline bool
squares_book(struct scene *s, int64_t shift, int person)
{
	return squares_book_as(s, shift, person, NULL);
}

/* The booking of a person on a shift, 0: none. */
static inline int64_t
squares_booking(struct scene *s, int64_t shift, int person)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("SELECT id FROM booking WHERE shift_id = ?"
			    " AND person_id = ?"),
			&s->err));
	stmt_bind(&q, shift);
	stmt_bind(&q, person);
	return stmt_row(&q, &s->err) ? stmt_int(&q, 0) : 0;
}

static inline const char *
squares_state(struct scene *s, int64_t shift, int person)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("SELECT state FROM booking WHERE shift_id = ?"
			    " AND person_id = ?"),
			&s->err));
	stmt_bind(&q, shift);
	stmt_bind(&q, person);
	return stmt_row(&q, &s->err) ? stmt_copy(&q, 0, s->arena) : "";
}

static inline bool
squares_move(
	struct scene *s, int64_t shift, int person, const char *state, const char *by)
{
	return vs_booking_move(s->db, number_text(s, squares_booking(s, shift, person)),
		state, by, NULL, &s->err);
}

#endif
