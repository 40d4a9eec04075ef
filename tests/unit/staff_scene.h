/*
 * A summer of a district: people with skills, hours, days when they can and wishes; some who
 * must not be asked; activities in seven kommuner with shifts over eight weeks. And a judge
 * that looks at the file alone and knows nothing of how it was filled.
 */
#ifndef UNIT_STAFF_SCENE_H
#define UNIT_STAFF_SCENE_H

#include "scene.h"

#include <valstuga/date.h>
#include <valstuga/field.h>

#include "field/field.h"

#define SUMMER_FROM  "2026-07-20"
#define SUMMER_UNTIL "2026-09-13"

struct summer {
	int people, activities, places;
	uint64_t random;
};

static inline int
below(struct summer *summer, int limit)
{
	summer->random = summer->random * 6364136223846793005u + 1442695040888963407u;
	return (int)((summer->random >> 33) % (uint64_t)limit);
}

/* `types`: i an int, l an int64_t, t a text, r a real; one for each ?. */
static inline void
put(struct scene *s, const char *sql, const char *types, ...)
{
	VS_AUTO(stmt) q = { 0 };
	va_list args;
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	va_start(args, types);
	for (; *types; types++)
		switch (*types) {
		case 'i':
			stmt_bind(&q, va_arg(args, int));
			break;
		case 'l':
			stmt_bind(&q, va_arg(args, int64_t));
			break;
		case 'r':
			stmt_bind(&q, va_arg(args, double));
			break;
		default:
			stmt_bind(&q, va_arg(args, const char *));
		}
	va_end(args);
	assert_done(s, stmt_run(&q, &s->err));
}

static const struct town {
	const char *kommun, *name;
	double latitude, longitude;
} towns[] = {
	{ "1780", "Karlstad", 59.38, 13.50 },
	{ "1715", "Kil", 59.50, 13.31 },
	{ "1761", "Hammarö", 59.33, 13.52 },
	{ "1764", "Grums", 59.35, 13.11 },
	{ "1763", "Forshaga", 59.53, 13.48 },
	{ "1784", "Arvika", 59.65, 12.59 },
	{ "1785", "Säffle", 59.13, 12.93 },
};
#define TOWNS 7

static inline void
make_towns(struct scene *s)
{
	for (int i = 0; i < TOWNS; i++)
		put(s,
			SQL("INSERT INTO place (kommun_code, name, street, latitude, longitude)"
			    " VALUES (?, ?, 'Torget', ?, ?)"),
			"ttrr", towns[i].kommun, towns[i].name, towns[i].latitude,
			towns[i].longitude);
	put(s,
		SQL("INSERT INTO skill (id, name, confirmed) VALUES (1, 'körkort', 0),"
		    " (2, 'valskola', 1), (3, 'torgtal', 0)"),
		"");
}

static inline void
make_presence(struct scene *s, struct summer *summer, int person)
{
	static const char *const days[] = { "6,7", "1,2,3,4,5", "3,6", "5,6,7" };
	int kind = below(summer, 8);
	if (kind < 4)
		put(s,
			SQL("INSERT INTO presence (person_id, can, from_date, until_date, weekdays,"
			    " starts, ends) VALUES (?, 1, '2026-07-01', '2026-09-13', ?, ?, ?)"),
			"itii", person, days[kind], below(summer, 2) ? 480 : 720, 1320);
	if (below(summer, 3) == 0) {
		char from[11], until[11];
		int week = below(summer, 7) * 7;
		struct vs_date first = { 2026, 7, 20 };
		put(s,
			SQL("INSERT INTO presence (person_id, can, from_date, until_date)"
			    " VALUES (?, 0, ?, ?)"),
			"itt", person,
			(const char *)vs_date_format(vs_date_add(first, week), from),
			(const char *)vs_date_format(
				vs_date_add(first, week + 9), until));
	}
}

/* Every tenth is restricted, every eleventh has agreed to nothing, every twelfth is none. */
static inline void
make_person(struct scene *s, struct summer *summer, int id)
{
	const char *name = vs_arena_printf(s->arena, "Person %03d", id);
	const char *phone = vs_arena_printf(s->arena, "+4670%07d", id);
	put(s,
		SQL("INSERT INTO person (id, name, phone, kommun_code, volunteer, membership,"
		    " restricted, keep_until) VALUES (?, ?, ?, ?, ?, ?, ?, '2027-06-01')"),
		"itttiti", id, name, phone, towns[below(summer, TOWNS)].kommun,
		id % 12 != 0, id % 2 ? "member" : "friend", id % 10 == 0);
	if (id % 2 == 0 && id % 11 != 0)
		put(s,
			SQL("INSERT INTO consent (person_id, purpose, channel, given_at, source)"
			    " VALUES (?, 'shifts', 'any', ?, 'test')"),
			"ii", id, 1);
	if (id % 11 == 0)
		put(s, SQL("UPDATE person SET membership = NULL WHERE id = ?"), "i", id);
	if (below(summer, 3))
		put(s,
			SQL("UPDATE person SET hours_week = ?, hours_day = ?, travel_max = ?"
			    " WHERE id = ?"),
			"iiii", 4 + below(summer, 9), 4 + below(summer, 4),
			20 + below(summer, 60), id);
	for (int skill = 1; skill <= 3; skill++)
		if (below(summer, 2))
			put(s,
				SQL("INSERT INTO person_skill (person_id, skill_id, confirmed_on)"
				    " VALUES (?, ?, ?)"),
				"iit", id, skill, below(summer, 2) ? "2026-06-01" : NULL);
	make_presence(s, summer, id);
}

static inline int64_t
make_shift(struct scene *s, struct summer *summer, int activity, int day)
{
	struct vs_local local = { .date = vs_date_add(
					  (struct vs_date){ 2026, 7, 20 }, day),
		.hour = 9 + below(summer, 9),
		.minute = 15 * below(summer, 4) };
	int64_t starts = 0;
	assert_done(s, vs_local_to_utc(local, VS_FOLD_ASK, &starts, &s->err));
	put(s,
		SQL("INSERT INTO shift (activity_id, starts_at, ends_at, break_minutes)"
		    " VALUES (?, ?, ?, ?)"),
		"illi", activity, starts, starts + 1800 * (4 + below(summer, 7)),
		below(summer, 5) ? 0 : 30);
	return db_last_id(s->db);
}

static inline int
make_roles(struct scene *s, struct summer *summer, int64_t shift, int left)
{
	int places = 2 + below(summer, 3);
	places = places < left ? places : left;
	put(s,
		SQL("INSERT INTO shift_role (shift_id, name, skill_id, least, wanted, most)"
		    " VALUES (?, 'värd', NULL, ?, ?, ?)"),
		"liii", shift, places > 2 ? 2 : places, places, places + 1);
	if (left <= places || below(summer, 3))
		return places;
	put(s,
		SQL("INSERT INTO shift_role (shift_id, name, skill_id, least, wanted, most)"
		    " VALUES (?, 'talare', ?, 1, 1, 1)"),
		"li", shift, 1 + below(summer, 3));
	return places + 1;
}

static inline void
make_activities(struct scene *s, struct summer *summer)
{
	static const char *const kinds[] = { "valstuga", "dorrknackning", "torgmote",
		"flygbladsutdelning" };
	for (int i = 1; i <= summer->activities; i++) {
		const struct town *town = &towns[below(summer, TOWNS)];
		put(s,
			SQL("INSERT INTO activity (id, kind, title, kommun_code, venue, latitude,"
			    " longitude, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1,"
			    " 4000000000)"),
			"ittttrr", i, kinds[below(summer, 4)],
			vs_arena_printf(s->arena, "Aktivitet %d", i), town->kommun,
			town->name, town->latitude + below(summer, 3) * 0.01,
			town->longitude);
	}
}

static inline void
make_wishes(struct scene *s, struct summer *summer)
{
	for (int person = 1; person <= summer->people; person++) {
		int kind = below(summer, 6);
		if (kind == 0)
			put(s,
				SQL("INSERT INTO wish (person_id, wants, kind)"
				    " VALUES (?, 0, 'dorrknackning')"),
				"i", person);
		if (kind == 1)
			put(s,
				SQL("INSERT INTO wish (person_id, wants, kind)"
				    " VALUES (?, 1, 'valstuga')"),
				"i", person);
		if (kind == 2)
			put(s,
				SQL("INSERT INTO wish (person_id, wants, activity_id)"
				    " VALUES (?, 0, ?)"),
				"ii", person, 1 + below(summer, summer->activities));
		if (kind == 3 && person > 1)
			put(s,
				SQL("INSERT INTO person_together (a_id, b_id)"
				    " VALUES (?, ?)"),
				"ii", person - 1, person);
	}
}

/* A part of the weekend shifts as in life; the last weeks have most of them. */
static inline int
make_shifts(struct scene *s, struct summer *summer)
{
	int left = summer->places, shifts = 0;
	for (; left > 0; shifts++) {
		int day = below(summer, 56);
		if (below(summer, 3) == 0)
			day = day / 7 * 7 + 5;
		int64_t shift =
			make_shift(s, summer, 1 + below(summer, summer->activities), day);
		left -= make_roles(s, summer, shift, left);
	}
	return shifts;
}

static inline void
make_summer(struct scene *s, int people, int activities, int places, uint64_t seed)
{
	struct summer summer = { people, activities, places, seed };
	assert_true(store_fast(s));
	scene_time("2026-07-15 12:00");
	put(s, SQL("BEGIN"), "");
	make_towns(s);
	for (int id = 1; id <= people; id++)
		make_person(s, &summer, id);
	make_activities(s, &summer);
	make_wishes(s, &summer);
	make_shifts(s, &summer);
	put(s, SQL("COMMIT"), "");
}

/* The judge ----------------------------------------------------------------------------- */

struct judged {
	int64_t booking, shift, person, activity, starts, ends, place;
	int tolerance, rest;
	double latitude, longitude;
	bool matched;
};

/* Every two bookings of one person, of which one was matched: overlap, rest, way. */
static inline void
judge_pair(const struct judged *a, const struct judged *b)
{
	if (b->starts < a->starts) {
		const struct judged *first = b;
		b = a;
		a = first;
	}
	bool same = a->activity == b->activity ||
		(a->latitude == b->latitude && a->longitude == b->longitude);
	int64_t gap = (b->starts - a->ends) / 60; /* minutes */
	int tolerance = a->tolerance < b->tolerance ? a->tolerance : b->tolerance;
	int rest = a->rest > b->rest ? a->rest : b->rest;
	int way = field_travel((struct field_position){ true, a->latitude, a->longitude },
		(struct field_position){ true, b->latitude, b->longitude });
	if (same && gap < 0 && (-gap > tolerance || b->ends <= a->ends))
		fail_msg("bookings %d and %d overlap", (int)a->booking, (int)b->booking);
	if (!same && gap < rest + way)
		fail_msg("bookings %d and %d: %d minutes for a way of %d",
			(int)a->booking, (int)b->booking, (int)gap, rest + way);
}

static inline void
judge_pairs(struct scene *s)
{
	VS_AUTO(stmt) q = { 0 };
	struct judged *all = NULL;
	size_t count = 0;
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("SELECT b.id, t.id, b.person_id, a.id, t.starts_at, t.ends_at,"
			    " coalesce(t.tolerance, k.tolerance), coalesce(t.rest, k.rest),"
			    " a.latitude, a.longitude, b.source = 'match' FROM booking b"
			    " JOIN shift t ON t.id = b.shift_id"
			    " JOIN activity a ON a.id = t.activity_id"
			    " JOIN activity_kind k ON k.code = a.kind"
			    " WHERE b.state IN ('signed_up', 'booked', 'attended')"
			    " ORDER BY b.person_id"),
			&s->err));
	while (stmt_row(&q, &s->err)) {
		all = vs_arena_grow(s->arena, all, count, sizeof *all);
		all[count++] = (struct judged){ .booking = stmt_int(&q, 0),
			.shift = stmt_int(&q, 1),
			.person = stmt_int(&q, 2),
			.activity = stmt_int(&q, 3),
			.starts = stmt_int(&q, 4),
			.ends = stmt_int(&q, 5),
			.tolerance = (int)stmt_int(&q, 6),
			.rest = (int)stmt_int(&q, 7),
			.latitude = stmt_real(&q, 8),
			.longitude = stmt_real(&q, 9),
			.matched = stmt_int(&q, 10) };
	}
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count && all[k].person == all[i].person; k++)
			if (all[i].matched || all[k].matched)
				judge_pair(&all[i], &all[k]);
}

/* Minute by minute: did they say that they can, and not that they cannot? */
static inline void
judge_presence(struct scene *s)
{
	assert_int_equal(0,
		count_of(s,
			SQL("WITH RECURSIVE minute (booking, person, at, ends) AS ("
			    " SELECT b.id, b.person_id, t.starts_at, t.ends_at FROM booking b"
			    "  JOIN shift t ON t.id = b.shift_id WHERE b.source = 'match'"
			    " UNION ALL SELECT booking, person, at + 900, ends FROM minute"
			    "  WHERE at + 900 < ends),"
			    " local (booking, person, day, minute) AS (SELECT booking, person,"
			    "  date(at + 7200, 'unixepoch'),"
			    "  (at + 7200) % 86400 / 60 FROM minute)"
			    " SELECT count(*) FROM local l WHERE EXISTS (SELECT 1 FROM presence p"
			    "  WHERE p.person_id = l.person AND NOT p.can"
			    "  AND l.day BETWEEN p.from_date AND p.until_date"
			    "  AND (p.weekdays IS NULL OR instr(p.weekdays,"
			    "   (strftime('%w', l.day) + 6) % 7 + 1))"
			    "  AND l.minute >= p.starts AND l.minute < p.ends)"
			    " OR (EXISTS (SELECT 1 FROM presence p WHERE p.person_id = l.person"
			    "  AND p.can) AND NOT EXISTS (SELECT 1 FROM presence p"
			    "  WHERE p.person_id = l.person AND p.can"
			    "  AND l.day BETWEEN p.from_date AND p.until_date"
			    "  AND (p.weekdays IS NULL OR instr(p.weekdays,"
			    "   (strftime('%w', l.day) + 6) % 7 + 1))"
			    "  AND l.minute >= p.starts AND l.minute < p.ends))")));
}

#define ENGAGED "b.state IN ('signed_up', 'booked', 'attended')"

static inline void
judge_hours(struct scene *s)
{
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM (SELECT p.hours_day * 60 AS most,"
			    " sum((t.ends_at - t.starts_at) / 60 - t.break_minutes) AS minutes,"
			    " max(b.source = 'match') AS matched FROM booking b"
			    " JOIN shift t ON t.id = b.shift_id JOIN person p ON p.id = b.person_id"
			    " WHERE " ENGAGED
			    " GROUP BY p.id, date(t.starts_at + 7200, 'unixepoch'))"
			    " WHERE matched AND minutes > most")));
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM (SELECT p.hours_week * 60 AS most,"
			    " sum((t.ends_at - t.starts_at) / 60 - t.break_minutes) AS minutes,"
			    " max(b.source = 'match') AS matched FROM booking b"
			    " JOIN shift t ON t.id = b.shift_id JOIN person p ON p.id = b.person_id"
			    " WHERE " ENGAGED
			    " GROUP BY p.id, (t.starts_at + 7200 + 3 * 86400) / 604800)"
			    " WHERE matched AND minutes > most")));
}

static inline void
judge(struct scene *s)
{
	judge_pairs(s);
	judge_presence(s);
	judge_hours(s);
	/* A seat for everybody, never more than wanted by the match alone. */
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM shift_role r WHERE (SELECT count(*)"
			    " FROM booking b WHERE b.role_id = r.id AND " ENGAGED
			    ") > r.most"
			    " OR ((SELECT count(*) FROM booking b WHERE b.role_id = r.id AND " ENGAGED
			    ") > r.wanted AND EXISTS (SELECT 1 FROM booking b"
			    "  WHERE b.role_id = r.id AND b.source = 'match'))")));
	/* The role's skill, confirmed where it must be; a role of the shift. */
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM booking b JOIN shift_role r ON r.id = b.role_id"
			    " LEFT JOIN skill k ON k.id = r.skill_id WHERE b.source = 'match'"
			    " AND (r.shift_id <> b.shift_id OR r.skill_id IS NOT NULL"
			    "  AND NOT EXISTS (SELECT 1 FROM person_skill s"
			    "   WHERE s.person_id = b.person_id AND s.skill_id = r.skill_id"
			    "   AND (NOT k.confirmed OR s.confirmed_on IS NOT NULL)))")));
	/* Nobody who said no, who is restricted, agreed to nothing or does not help. */
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM booking b JOIN shift t ON t.id = b.shift_id"
			    " JOIN activity a ON a.id = t.activity_id"
			    " JOIN wish w ON w.person_id = b.person_id AND NOT w.wants"
			    "  AND (w.shift_id = t.id OR w.activity_id = a.id OR w.kind = a.kind)"
			    " WHERE b.source = 'match'")));
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM booking b JOIN person p ON p.id = b.person_id"
			    " WHERE b.source = 'match' AND (p.restricted OR NOT p.volunteer"
			    "  OR (p.membership IS NOT 'member' AND NOT EXISTS (SELECT 1"
			    "   FROM consent c WHERE c.person_id = p.id"
			    "   AND c.withdrawn_at IS NULL)))")));
}

#endif
