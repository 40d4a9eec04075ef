/* Shifts, roles with their seats, and people by what is typed, as the rules need them. */
#include "field/rules.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* "Stora torget, Kil": the register's place or its own words; NULL: nothing is said. */
static const char *
where_text(struct vs_arena *arena, const struct stmt *q, int venue)
{
	const char *text = NULL;
	for (int i = venue; i < venue + 3; i++) {
		const char *part = stmt_text(q, i);
		if (part && *part && (!text || !strstr(text, part)))
			text = text ? vs_arena_printf(arena, "%s, %s", text, part)
				    : vs_arena_text(arena, part);
	}
	return text;
}

struct rule_span
rule_span_row(struct vs_arena *arena, const struct stmt *q)
{
	return (struct rule_span){
		.shift = stmt_int(q, 0),
		.activity = stmt_int(q, 1),
		.place = stmt_int(q, 2),
		.starts_at = stmt_int(q, 3),
		.ends_at = stmt_int(q, 4),
		.break_minutes = (int)stmt_int(q, 5),
		.tolerance = (int)stmt_int(q, 6),
		.rest = (int)stmt_int(q, 7),
		.latitude = stmt_real(q, 8),
		.longitude = stmt_real(q, 9),
		.located = !stmt_null(q, 8),
		.digital = strcmp(stmt_text(q, 10), "digital") == 0,
		.where = where_text(arena, q, 11),
		.way = { !stmt_null(q, 14), stmt_real(q, 14), stmt_real(q, 15) },
	};
}

const char *
rule_span_text(struct vs_arena *arena, const struct rule_span *span, const char *title)
{
	const char *when = field_span_text(arena, span->starts_at, span->ends_at);
	if (span->where)
		return vs_arena_printf(arena, _("shift %lld (%s, %s, %s)"),
			(long long)span->shift, title, span->where, when);
	return vs_arena_printf(
		arena, _("shift %lld (%s, %s)"), (long long)span->shift, title, when);
}

static bool
read_roles(struct vs_db *db, struct vs_arena *arena, int64_t now,
	struct rule_shift *shift, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT r.id, r.name, r.skill_id, k.name, r.least, r.wanted, r.most,"
			" (SELECT count(*) FROM booking b WHERE b.role_id = r.id AND" HOLDS(
				"b",
				"?2") "), (SELECT count(*) FROM booking b"
				      " WHERE b.role_id = r.id AND b.state = 'waiting')"
				      " FROM shift_role r LEFT JOIN skill k ON k.id = r.skill_id"
				      " WHERE r.shift_id = ?1 ORDER BY r.id"),
		    err))
		return false;
	stmt_bind(&q, shift->span.shift);
	stmt_bind(&q, now);
	while (stmt_row(&q, err)) {
		shift->roles = vs_arena_grow(
			arena, shift->roles, shift->role_count, sizeof *shift->roles);
		shift->roles[shift->role_count++] = (struct field_role){
			.id = stmt_int(&q, 0),
			.name = stmt_copy(&q, 1, arena),
			.skill = stmt_int(&q, 2),
			.skill_name = stmt_copy(&q, 3, arena),
			.least = (int)stmt_int(&q, 4),
			.wanted = (int)stmt_int(&q, 5),
			.most = (int)stmt_int(&q, 6),
			.taken = (int)stmt_int(&q, 7),
			.waiting = (int)stmt_int(&q, 8),
		};
	}
	return err->code == VS_OK;
}

static bool
no_shift(int64_t shift, struct vs_error *err)
{
	return vs_fail(err, VS_NOT_FOUND,
		_("no shift %lld; 'valstuga shift list' shows what there is"),
		(long long)shift);
}

bool
rule_shift_read(struct vs_db *db, struct vs_arena *arena, int64_t shift, int64_t now,
	struct rule_shift *ret_shift, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT" SPAN_COLUMNS
			", a.title, a.kind, t.cancelled_at IS NOT NULL"
			" OR a.cancelled_at IS NOT NULL, coalesce(t.pair, k.pair)" SPAN_FROM
			" WHERE t.id = ?"),
		    err))
		return false;
	stmt_bind(&q, shift);
	if (!stmt_row(&q, err))
		return err->code == VS_OK && no_shift(shift, err);
	struct rule_shift s = { .span = rule_span_row(arena, &q),
		.title = stmt_copy(&q, SPAN_NEXT, arena),
		.kind = stmt_copy(&q, SPAN_NEXT + 1, arena),
		.cancelled = stmt_int(&q, SPAN_NEXT + 2),
		.pair = stmt_int(&q, SPAN_NEXT + 3) };
	s.text = rule_span_text(arena, &s.span, s.title);
	if (!read_roles(db, arena, now, &s, err))
		return false;
	*ret_shift = s;
	return true;
}

const struct field_role *
rule_role(const struct rule_shift *shift, const char *name)
{
	for (size_t i = 0; i < shift->role_count; i++)
		if (strcmp(shift->roles[i].name, name) == 0)
			return &shift->roles[i];
	return NULL;
}

/* A number, as it is typed. */
static bool
read_number(const char *text, int64_t *ret_number)
{
	size_t length = strlen(text);
	if (length == 0 || length > 15 || strspn(text, "0123456789") != length)
		return false;
	*ret_number = strtoll(text, NULL, 10);
	return true;
}

bool
rule_shift_find(
	struct vs_db *db, const char *text, int64_t *ret_shift, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t number;
	if (!read_number(text, &number))
		return vs_fail(err, VS_NOT_FOUND,
			_("no shift \"%s\"; a shift is named by its number, 'valstuga shift "
			  "list' shows it"),
			text);
	if (!stmt_open(&q, db, SQL("SELECT 1 FROM shift WHERE id = ?"), err))
		return false;
	stmt_bind(&q, number);
	if (!stmt_row(&q, err))
		return err->code == VS_OK && no_shift(number, err);
	*ret_shift = number;
	return true;
}

/* By number, also an old one: without reading the whole register. */
static bool
person_by_number(struct vs_db *db, int64_t number, int64_t *ret_person, bool *ret_found,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM person WHERE id = ?1 UNION ALL"
			" SELECT person_id FROM person_alias WHERE old_id = ?1"),
		    err))
		return false;
	stmt_bind(&q, number);
	*ret_found = stmt_row(&q, err);
	if (*ret_found)
		*ret_person = stmt_int(&q, 0);
	return err->code == VS_OK;
}

/* The only one who is called exactly so: without reading all that is known of everybody. */
static bool
person_by_name(struct vs_db *db, const char *name, int64_t *ret_person, bool *ret_found,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int count = 0;
	if (!stmt_open(&q, db, SQL("SELECT id FROM person WHERE name = ? LIMIT 2"), err))
		return false;
	stmt_bind(&q, name);
	while (stmt_row(&q, err)) {
		*ret_person = stmt_int(&q, 0);
		count++;
	}
	*ret_found = count == 1;
	return err->code == VS_OK;
}

bool
rule_person_find(
	struct vs_db *db, const char *text, int64_t *ret_person, struct vs_error *err)
{
	int64_t number;
	bool found = false;
	if (read_number(text, &number) &&
		!person_by_number(db, number, ret_person, &found, err))
		return false;
	if (!found && !person_by_name(db, text, ret_person, &found, err))
		return false;
	if (found)
		return true;
	json_t *record = vs_record_get(db, &vs_person_type, text, err);
	if (!record)
		return false;
	*ret_person = record_integer(record, "id");
	json_decref(record);
	return true;
}

const char *
rule_person_name(struct vs_db *db, struct vs_arena *arena, int64_t person)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_error ignored = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT name FROM person WHERE id = ?"), &ignored))
		return "";
	stmt_bind(&q, person);
	return stmt_row(&q, &ignored) ? stmt_copy(&q, 0, arena) : "";
}
