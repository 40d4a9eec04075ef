/* Volunteers as rules, plans and lists need them. */
#include "field/field.h"

#include <stdlib.h>

/* What somebody may be asked by: a consent that is not withdrawn, or being a member. */
#define MAY(channel) \
	" (p.membership = 'member' OR EXISTS (SELECT 1 FROM consent c" \
	"  WHERE c.person_id = p.id AND c.purpose IN ('shifts', 'contact')" \
	"  AND c.channel IN ('any', '" channel "') AND c.withdrawn_at IS NULL))"

static bool
read_persons(struct vs_db *db, struct vs_arena *arena, struct field_people *people,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT p.id, p.association_id, p.name, p.phone, p.email, p.kommun_code,"
			" p.restricted, p.volunteer, p.hours_week, p.hours_day, p.travel_max,"
			" p.called," MAY("phone") "," MAY("email") "," MAY(
				"sms") " FROM person p ORDER BY p.id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		people->all = vs_arena_grow(
			arena, people->all, people->count, sizeof *people->all);
		const char *name = stmt_copy(&q, 2, arena);
		people->all[people->count++] = (struct field_person){
			.id = stmt_int(&q, 0),
			.association = stmt_int(&q, 1),
			.name = name,
			.short_name = register_short_name(arena, name),
			.phone = stmt_copy(&q, 3, arena),
			.email = stmt_copy(&q, 4, arena),
			.kommun = stmt_copy(&q, 5, arena),
			.restricted = stmt_int(&q, 6),
			.volunteer = stmt_int(&q, 7),
			.hours_week = (int)stmt_int(&q, 8),
			.hours_day = (int)stmt_int(&q, 9),
			.travel_max = (int)stmt_int(&q, 10),
			.called = stmt_copy(&q, 11, arena),
			.may_call = stmt_int(&q, 12),
			.may_mail = stmt_int(&q, 13),
			.may_text = stmt_int(&q, 14),
		};
	}
	return err->code == VS_OK;
}

static int
compare_persons(const void *key, const void *person)
{
	int64_t a = *(const int64_t *)key, b = ((const struct field_person *)person)->id;
	return (a > b) - (a < b);
}

static struct field_person *
person_of(const struct field_people *people, int64_t id)
{
	return people->count ? bsearch(&id, people->all, people->count,
				       sizeof *people->all, compare_persons)
			     : NULL;
}

const struct field_person *
field_person_of(const struct field_people *people, int64_t id)
{
	return person_of(people, id);
}

/* Those with `confirmed` count once somebody has confirmed them. */
static bool
read_skills(struct vs_db *db, struct vs_arena *arena, struct field_people *people,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT s.person_id, s.skill_id FROM person_skill s"
			" JOIN skill k ON k.id = s.skill_id"
			" WHERE NOT k.confirmed OR s.confirmed_on IS NOT NULL"
			" ORDER BY s.person_id, s.skill_id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct field_person *p = person_of(people, stmt_int(&q, 0));
		int64_t *skills =
			vs_arena_grow(arena, p->skills, p->skill_count, sizeof *skills);
		skills[p->skill_count++] = stmt_int(&q, 1);
		p->skills = skills;
	}
	return err->code == VS_OK;
}

static unsigned
weekday_bits(const char *text)
{
	unsigned bits = 0;
	for (; text && *text; text++)
		if (*text >= '1' && *text <= '7')
			bits |= 1u << (*text - '0');
	return bits;
}

static bool
read_presence(struct vs_db *db, struct vs_arena *arena, struct field_people *people,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT person_id, can, from_date, until_date, weekdays, starts, ends"
			" FROM presence ORDER BY person_id, from_date, starts, id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		struct field_person *p = person_of(people, stmt_int(&q, 0));
		struct field_presence *all =
			vs_arena_grow(arena, p->presence, p->presence_count, sizeof *all);
		struct field_presence one = { .can = stmt_int(&q, 1),
			.weekdays = weekday_bits(stmt_text(&q, 4)),
			.starts = (int)stmt_int(&q, 5),
			.ends = (int)stmt_int(&q, 6) };
		if (!vs_date_parse(stmt_text(&q, 2), &one.from, err) ||
			!vs_date_parse(stmt_text(&q, 3), &one.until, err))
			return false;
		all[p->presence_count++] = one;
		p->presence = all;
	}
	return err->code == VS_OK;
}

bool
field_people_read(struct vs_db *db, struct vs_arena *arena,
	struct field_people *ret_people, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	struct field_people people = { 0 };
	if (!snapshot_begin(&snapshot, db, err) ||
		!read_persons(db, arena, &people, err) ||
		!read_skills(db, arena, &people, err) ||
		!read_presence(db, arena, &people, err))
		return false;
	*ret_people = people;
	return true;
}
