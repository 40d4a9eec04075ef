/* What was done in the field, and where: doors, talks, hours on shifts, flyers. */
#include "field/field.h"

#include "base/i18n.h"

static enum field_work
work_of(const char *text)
{
	switch (text[0]) {
	case 'd':
		return FIELD_DOORS;
	case 't':
		return FIELD_TALKS;
	case 'h':
		return FIELD_HOURS;
	}
	return FIELD_FLYERS;
}

/*
 * An activity is where it says, else in the kommun of its place, else of the association that
 * holds it when that has one only. Breaks are no work.
 */
#define KOMMUN_OF_ACTIVITY \
	"coalesce(a.kommun_code, p.kommun_code, (SELECT min(k.code) FROM kommun k" \
	" WHERE k.association_id = a.association_id AND NOT k.association_lent" \
	" GROUP BY k.association_id HAVING count(*) = 1))"

bool
field_effort(struct vs_db *db, struct vs_arena *arena, const char *until,
	struct field_effort **ret_efforts, size_t *ret_count, struct vs_error *err)
{
	struct field_effort *efforts = NULL;
	size_t count = 0;
	int64_t from, end;
	VS_AUTO(stmt) q = { 0 };
	if (!field_period(NULL, until, &from, &end, err) ||
		!stmt_open(&q, db,
			SQL("SELECT 'doors' AS work, c.kommun_code, c.district_code, 0 AS place,"
			    " total(s.doors) AS amount FROM canvass c JOIN canvass_street s"
			    " ON s.canvass_id = c.id WHERE coalesce(c.walked_on, '') <= ?1"
			    " GROUP BY c.kommun_code, c.district_code"
			    " UNION ALL SELECT 'talks', c.kommun_code, c.district_code, 0,"
			    " total(s.talks) FROM canvass c JOIN canvass_street s"
			    " ON s.canvass_id = c.id WHERE coalesce(c.walked_on, '') <= ?1"
			    " GROUP BY c.kommun_code, c.district_code"
			    " UNION ALL SELECT 'hours', " KOMMUN_OF_ACTIVITY
			    ", NULL, coalesce(a.place_id, 0),"
			    " sum(max(0, s.ends_at - s.starts_at - 60 * s.break_minutes)) / 3600.0"
			    " FROM booking b JOIN shift s ON s.id = b.shift_id"
			    " JOIN activity a ON a.id = s.activity_id"
			    " LEFT JOIN place p ON p.id = a.place_id"
			    " WHERE b.state = 'attended' AND s.starts_at < ?2 GROUP BY 2, 4"
			    " UNION ALL SELECT 'flyers', coalesce(f.kommun_code, "
			    "(SELECT min(k.code) FROM kommun k"
			    " WHERE k.association_id = f.association_id"
			    " AND NOT k.association_lent GROUP BY k.association_id HAVING count(*) = 1), " KOMMUN_OF_ACTIVITY
			    "), NULL, 0, total(f.pieces)"
			    " FROM flyer f LEFT JOIN shift s ON s.id = f.shift_id"
			    " LEFT JOIN activity a ON a.id = coalesce(f.activity_id, s.activity_id)"
			    " LEFT JOIN place p ON p.id = a.place_id WHERE f.created_at < ?2"
			    " GROUP BY 2"),
			err))
		return false;
	stmt_bind(&q, until);
	stmt_bind(&q, end);
	while (stmt_row(&q, err)) {
		efforts = vs_arena_grow(arena, efforts, count, sizeof *efforts);
		efforts[count++] =
			(struct field_effort){ .work = work_of(stmt_text(&q, 0)),
				.kommun = stmt_copy(&q, 1, arena),
				.district = stmt_copy(&q, 2, arena),
				.place = stmt_int(&q, 3),
				.amount = stmt_real(&q, 4) };
	}
	*ret_efforts = efforts;
	*ret_count = count;
	return err->code == VS_OK;
}
