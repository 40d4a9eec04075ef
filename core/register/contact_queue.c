/*
 * The queue of those who are to be contacted, by the association that does it: the contact's
 * own, else the person's, else their kommun's, which may be a neighbour's that is lent.
 */
#include "register/people.h"

#include <string.h>

#include "base/i18n.h"

#define GOAL_DAYS 7

/* Whole days by the Swedish calendar. */
static int64_t
days_between(int64_t from, int64_t to)
{
	return vs_date_to_days(vs_local_from_utc(to).date) -
		vs_date_to_days(vs_local_from_utc(from).date);
}

/* "2026-04-17 no answer"; "" when nobody has tried. Arena. */
static const char *
last_text(struct vs_arena *arena, const struct stmt *q)
{
	char at[17];
	if (stmt_null(q, 14))
		return "";
	vs_time_format_local(stmt_int(q, 14), at);
	return vs_arena_printf(arena, "%.10s %s", at,
		record_choice(register_outcomes, stmt_text(q, 15)));
}

static json_t *
person_of(const struct stmt *q, int64_t now)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	static const char *const names[] = { "name", "phone", "email", "kommun", "reason",
		"next_step", "next_on" };
	json_t *person = json_object();
	int64_t days = days_between(stmt_int(q, 2), now);
	json_object_set_new(person, "contact", json_integer(stmt_int(q, 0)));
	json_object_set_new(person, "person", json_integer(stmt_int(q, 1)));
	json_object_set_new(person, "days", json_integer(days));
	json_object_set_new(person, "late", json_boolean(days > GOAL_DAYS));
	json_object_set_new(person, "attempts", json_integer(stmt_int(q, 3)));
	json_object_set_new(person, "lent", json_boolean(stmt_int(q, 4)));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		record_put(person, names[i], stmt_text(q, 7 + (int)i));
	record_put(person, "last", last_text(scratch.arena, q));
	return person;
}

/* Who does it there: the member contact of today, else the association's contact. */
static bool
add_doer(struct vs_db *db, json_t *group, int64_t association, int64_t now,
	struct vs_error *err)
{
	char today[11];
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT p.name, p.phone FROM office o JOIN person p ON p.id = o.person_id"
			" WHERE o.association_id = ?1 AND o.role = 'member_contact'"
			" AND NOT p.restricted AND coalesce(o.since, '') <= ?2"
			" AND coalesce(o.until, '9') >= ?2"
			" UNION ALL SELECT contact_name, contact_phone FROM association"
			" WHERE id = ?1"),
		    err))
		return false;
	stmt_bind(&q, association);
	stmt_bind(&q, (const char *)vs_date_format(vs_local_from_utc(now).date, today));
	bool found = stmt_row(&q, err);
	record_put(group, "contact", found ? stmt_text(&q, 0) : NULL);
	record_put(group, "contact_phone", found ? stmt_text(&q, 1) : NULL);
	return err->code == VS_OK;
}

/* The group of the current row: the last one, or a new one. */
static json_t *
group_of(struct vs_db *db, json_t *groups, const struct stmt *q, int64_t now,
	struct vs_error *err)
{
	int64_t id = stmt_int(q, 5);
	size_t i;
	json_t *group;
	json_array_foreach (groups, i, group)
		if (record_integer(group, "association") == id)
			return group;
	group = json_pack("{s:o, s:i, s:I, s:[]}", "association", record_id_or_null(id),
		"open", 0, "oldest_days", (json_int_t)days_between(stmt_int(q, 2), now),
		"people");
	record_put(group, "name", stmt_text(q, 6));
	json_array_append_new(groups, group);
	return add_doer(db, group, id, now, err) ? group : NULL;
}

#define DOES_IT "coalesce(c.association_id, p.association_id, k.association_id)"

static bool
add_open(struct vs_db *db, json_t *groups, int64_t association, int64_t now,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT c.id, p.id, c.opened_at, (SELECT count(*) FROM contact_attempt t"
			" WHERE t.contact_id = c.id), c.association_id IS NULL"
			" AND p.association_id IS NULL AND coalesce(k.association_lent, 0), " DOES_IT
			", a.name, p.name, p.phone, p.email, k.name, c.reason,"
			" c.next_step, c.next_on, t.at, t.outcome"
			" FROM contact c JOIN person p ON p.id = c.person_id"
			" LEFT JOIN kommun k ON k.code = p.kommun_code"
			" LEFT JOIN association a ON a.id = " DOES_IT
			" LEFT JOIN contact_attempt t ON t.id = (SELECT x.id FROM contact_attempt x"
			"  WHERE x.contact_id = c.id ORDER BY x.at DESC, x.id DESC LIMIT 1)"
			" WHERE c.closed_at IS NULL AND NOT p.restricted"
			" AND (?1 = 0 OR " DOES_IT " = ?1) ORDER BY c.opened_at, c.id"),
		    err))
		return false;
	stmt_bind(&q, association);
	while (stmt_row(&q, err)) {
		json_t *group = group_of(db, groups, &q, now, err);
		if (!group)
			return false;
		json_array_append_new(
			json_object_get(group, "people"), person_of(&q, now));
		json_object_set_new(
			group, "open", json_integer(record_integer(group, "open") + 1));
	}
	return err->code == VS_OK;
}

static json_t *
total_of(
	struct vs_db *db, const json_t *groups, int64_t association, struct vs_error *err)
{
	size_t i;
	json_t *group;
	int64_t open = 0, closed = 0, within = 0, sum = 0;
	json_array_foreach (groups, i, group)
		open += record_integer(group, "open");
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT c.opened_at, c.closed_at FROM contact c"
			" LEFT JOIN person p ON p.id = c.person_id"
			" LEFT JOIN kommun k ON k.code = p.kommun_code"
			" WHERE c.closed_at IS NOT NULL AND (?1 = 0 OR " DOES_IT
			" = ?1)"),
		    err))
		return NULL;
	stmt_bind(&q, association);
	for (; stmt_row(&q, err); closed++) {
		int64_t days = days_between(stmt_int(&q, 0), stmt_int(&q, 1));
		within += days <= GOAL_DAYS;
		sum += days;
	}
	return err->code != VS_OK
		? NULL
		: json_pack("{s:I, s:I, s:I, s:o}", "open", (json_int_t)open, "closed",
			  (json_int_t)closed, "within_goal", (json_int_t)within,
			  "mean_days",
			  closed ? json_real((double)sum / (double)closed) : json_null());
}

static bool
association_id(struct vs_db *db, const char *name, int64_t *ret_id, struct vs_error *err)
{
	*ret_id = 0;
	json_t *record = name ? vs_record_get(db, &vs_association_type, name, err) : NULL;
	*ret_id = record_integer(record, "id");
	json_decref(record);
	return !name || record;
}

json_t *
vs_contact_queue(struct vs_db *db, const char *association, struct vs_error *err)
{
	int64_t now, id;
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err) || !vs_clock_now(&now, err) ||
		!association_id(db, association, &id, err))
		return NULL;
	json_t *groups = json_array();
	json_t *total =
		add_open(db, groups, id, now, err) ? total_of(db, groups, id, err) : NULL;
	json_t *view = total
		? json_pack("{s:O, s:o}", "associations", groups, "total", total)
		: NULL;
	json_decref(groups);
	return view;
}
