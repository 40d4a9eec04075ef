/* Two people and each other: not the same, together on shifts, or one after all. */
#include "register/people.h"

#include "base/i18n.h"

/* Two different people, the smaller number first. */
static bool
get_pair(struct vs_db *db, const char *a, const char *b, int64_t *ret_low,
	int64_t *ret_high, struct vs_error *err)
{
	int64_t first, second;
	if (!register_person_id(db, a, &first, err) ||
		!register_person_id(db, b, &second, err))
		return false;
	*ret_low = first < second ? first : second;
	*ret_high = first < second ? second : first;
	return first != second ||
		vs_fail(err, VS_INVALID,
			_("person %lld is one person; name two different ones"),
			(long long)first);
}

static bool
write_pair(struct vs_db *db, const char *sql, int64_t low, int64_t high,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	stmt_bind(&q, low);
	stmt_bind(&q, high);
	return stmt_run(&q, err);
}

static void
say_pair(struct change *change, int64_t low, int64_t high)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	change_say(change, "person",
		vs_arena_printf(scratch.arena, "%lld", (long long)low), "%lld",
		(long long)high);
}

bool
vs_person_distinct(struct vs_db *db, const char *a, const char *b, struct vs_error *err)
{
	int64_t low, high;
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "person distinct", err) ||
		!get_pair(db, a, b, &low, &high, err) ||
		!write_pair(db,
			SQL("INSERT OR IGNORE INTO person_distinct (a_id, b_id) VALUES (?, ?)"),
			low, high, err))
		return false;
	say_pair(&change, low, high);
	return change_commit(&change, err);
}

bool
vs_person_together(
	struct vs_db *db, const char *a, const char *b, bool apart, struct vs_error *err)
{
	int64_t low, high;
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, apart ? "person apart" : "person together", err) ||
		!get_pair(db, a, b, &low, &high, err) ||
		!register_person_open(db, low, "person", err) ||
		!register_person_open(db, high, "person", err) ||
		!write_pair(db,
			apart ? SQL("DELETE FROM person_together WHERE a_id = ? AND b_id = ?")
			      : SQL("INSERT OR IGNORE INTO person_together (a_id, b_id)"
				    " VALUES (?, ?)"),
			low, high, err))
		return false;
	if (apart && !db_changes(db))
		return vs_fail(err, VS_NOT_FOUND,
			_("people %lld and %lld had not asked to stand together"),
			(long long)low, (long long)high);
	say_pair(&change, low, high);
	return change_commit(&change, err);
}

/* One after all ---------------------------------------------------------------------------*/

/*
 * What the one has and the other lacks is taken over; the later day to be kept until and the
 * earlier day as a member. ?1 keeps, ?2 goes.
 */
#define TAKE(column) column " = coalesce(k." column ", d." column ")"
static const char *const moves[] = {
	SQL("UPDATE person AS t SET " TAKE("gender") ", " TAKE("age") ", " TAKE("home") ", " TAKE("candidate_number") ", " TAKE("called") ", " TAKE("phone") ", " TAKE("email") ", " TAKE("kommun_code") ", " TAKE(
		"association_id") ", " TAKE("membership") ", " TAKE("languages") ", " TAKE("car") ", " TAKE("hours_week") ", " TAKE("hours_day") ", " TAKE("travel_max") ","
																					 " note = CASE WHEN k.note IS NULL OR d.note IS NULL OR k.note = d.note"
																					 "  THEN coalesce(k.note, d.note) ELSE k.note || char(10) || d.note END,"
																					 " volunteer = max(k.volunteer, d.volunteer),"
																					 " member_since = min(coalesce(k.member_since, d.member_since),"
																					 "  coalesce(d.member_since, k.member_since)),"
																					 " keep_until = max(k.keep_until, d.keep_until)"
																					 " FROM person k, person d WHERE t.id = ?1 AND k.id = ?1 AND d.id = ?2"),
	/* The confirmed one of two. */
	SQL("UPDATE person_skill AS t SET confirmed_on = d.confirmed_on,"
	    " confirmed_by = d.confirmed_by FROM person_skill d"
	    " WHERE t.person_id = ?1 AND d.person_id = ?2 AND d.skill_id = t.skill_id"
	    " AND t.confirmed_on IS NULL"),
	SQL("UPDATE OR IGNORE person_skill SET person_id = ?1 WHERE person_id = ?2"),
	SQL("UPDATE OR IGNORE office SET person_id = ?1 WHERE person_id = ?2"),
	SQL("UPDATE consent SET person_id = ?1 WHERE person_id = ?2"),
	/* Of two that are open the older one stays, with what was tried on both. */
	SQL("UPDATE contact_attempt SET contact_id = (SELECT id FROM contact"
	    "  WHERE closed_at IS NULL AND person_id IN (?1, ?2)"
	    "  ORDER BY opened_at, id LIMIT 1)"
	    " WHERE contact_id IN (SELECT id FROM contact"
	    "  WHERE closed_at IS NULL AND person_id IN (?1, ?2))"),
	SQL("DELETE FROM contact WHERE closed_at IS NULL AND person_id IN (?1, ?2)"
	    " AND id <> (SELECT id FROM contact WHERE closed_at IS NULL"
	    "  AND person_id IN (?1, ?2) ORDER BY opened_at, id LIMIT 1)"),
	SQL("UPDATE contact SET person_id = ?1 WHERE person_id = ?2"),
	SQL("INSERT OR IGNORE INTO person_distinct (a_id, b_id)"
	    " SELECT min(?1, other), max(?1, other) FROM (SELECT"
	    "  CASE a_id WHEN ?2 THEN b_id ELSE a_id END AS other FROM person_distinct"
	    "  WHERE ?2 IN (a_id, b_id)) WHERE other <> ?1"),
	SQL("INSERT OR IGNORE INTO person_together (a_id, b_id)"
	    " SELECT min(?1, other), max(?1, other) FROM (SELECT"
	    "  CASE a_id WHEN ?2 THEN b_id ELSE a_id END AS other FROM person_together"
	    "  WHERE ?2 IN (a_id, b_id)) WHERE other <> ?1"),
	/* Old numbers find the one who stays, those of earlier merges, too. */
	SQL("UPDATE person_alias SET person_id = ?1 WHERE person_id = ?2"),
};

bool
register_move_rows(struct vs_db *db, const char *const *statements, size_t count,
	int64_t keep, int64_t drop, struct vs_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!write_pair(db, statements[i], keep, drop, err))
			return false;
	return true;
}

bool
register_person_move(struct vs_db *db, int64_t keep, int64_t drop, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!register_move_rows(
		    db, moves, sizeof moves / sizeof *moves, keep, drop, err) ||
		!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO person_alias (old_id, person_id, at)"
			    " VALUES (?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, drop);
	stmt_bind(&q, keep);
	stmt_bind(&q, now);
	return stmt_run(&q, err) &&
		write_pair(db, SQL("DELETE FROM person WHERE id = ?2 AND ?1 <> ?2"), keep,
			drop, err);
}
