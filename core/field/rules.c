/* What hinders a person from taking a role of a shift, each in a sentence. */
#include "field/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define DAY	    86400
#define AROUND_DAYS 2 /* longer than any rest and way within the country */

void
rules_add(json_t *hindrances, const char *rule, const char *text, int64_t shift,
	bool overridable)
{
	json_array_append_new(hindrances,
		json_pack("{s:s, s:s, s:o, s:b}", "rule", rule, "text", text, "shift",
			record_id_or_null(shift), "overridable", overridable));
}

/* One asking: what is asked, the person's name, where the answers go. */
struct asking {
	struct vs_db *db;
	struct vs_arena *arena;
	const struct rule_question *q;
	const char *name;
	bool restricted;
	int hours_day, hours_week; /* 0: no limit */
	json_t *hindrances;
};

static bool
read_person(struct asking *a, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, a->db,
		    SQL("SELECT name, restricted, hours_day, hours_week FROM person"
			" WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, a->q->person);
	if (!stmt_row(&q, err))
		return err->code == VS_OK &&
			vs_fail(err, VS_NOT_FOUND, _("no person %lld"),
				(long long)a->q->person);
	a->name = stmt_copy(&q, 0, a->arena);
	a->restricted = stmt_int(&q, 1);
	a->hours_day = (int)stmt_int(&q, 2);
	a->hours_week = (int)stmt_int(&q, 3);
	return true;
}

/* The shift and the person by themselves ------------------------------------------------- */

static void
ask_over(struct asking *a)
{
	const struct rule_shift *shift = a->q->shift;
	bool organiser = strcmp(a->q->source, "sign_up") != 0 &&
		strcmp(a->q->source, "match") != 0;
	if (shift->cancelled)
		rules_add(a->hindrances, "over",
			vs_arena_printf(a->arena, _("%s is cancelled"), shift->text), 0,
			false);
	else if (!organiser && shift->span.ends_at <= a->q->now)
		rules_add(a->hindrances, "over",
			vs_arena_printf(a->arena, _("%s is over"), shift->text), 0, true);
	if (a->restricted)
		rules_add(a->hindrances, "restricted",
			vs_arena_printf(a->arena,
				_("%s is restricted; 'valstuga person restrict --off' ends it"),
				a->name),
			0, false);
}

bool
rules_skilled(struct vs_db *db, const struct field_role *role, int64_t person,
	bool *ret_skilled, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_skilled = role->skill == 0;
	if (*ret_skilled)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM person_skill s JOIN skill k ON k.id = s.skill_id"
			" WHERE s.person_id = ? AND s.skill_id = ?"
			" AND (NOT k.confirmed OR s.confirmed_on IS NOT NULL)"),
		    err))
		return false;
	stmt_bind(&q, person);
	stmt_bind(&q, role->skill);
	*ret_skilled = stmt_row(&q, err);
	return err->code == VS_OK;
}

static bool
ask_skill(struct asking *a, struct vs_error *err)
{
	bool skilled;
	if (!rules_skilled(a->db, a->q->role, a->q->person, &skilled, err))
		return false;
	if (!skilled)
		rules_add(a->hindrances, "skill",
			vs_arena_printf(a->arena,
				_("%s as %s needs %s, which %s does not have, or nobody has "
				  "confirmed"),
				a->q->shift->text, a->q->role->name,
				a->q->role->skill_name, a->name),
			0, true);
	return true;
}

static bool
presence_row(const struct stmt *q, struct field_presence *ret_one, struct vs_error *err)
{
	struct field_presence one = { .can = stmt_int(q, 0),
		.starts = (int)stmt_int(q, 4),
		.ends = (int)stmt_int(q, 5) };
	for (const char *c = stmt_text(q, 3); c && *c; c++)
		if (*c >= '1' && *c <= '7')
			one.weekdays |= 1u << (*c - '0');
	if (!vs_date_parse(stmt_text(q, 1), &one.from, err) ||
		!vs_date_parse(stmt_text(q, 2), &one.until, err))
		return false;
	*ret_one = one;
	return true;
}

static bool
ask_away(struct asking *a, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct field_presence *all = NULL;
	size_t count = 0;
	if (!stmt_open(&q, a->db,
		    SQL("SELECT can, from_date, until_date, weekdays, starts, ends"
			" FROM presence WHERE person_id = ?"),
		    err))
		return false;
	stmt_bind(&q, a->q->person);
	while (stmt_row(&q, err)) {
		all = vs_arena_grow(a->arena, all, count, sizeof *all);
		if (!presence_row(&q, &all[count++], err))
			return false;
	}
	const struct rule_span *span = &a->q->shift->span;
	if (err->code == VS_OK &&
		!rule_present(all, count, span->starts_at, span->ends_at))
		rules_add(a->hindrances, "away",
			vs_arena_printf(a->arena, _("%s cannot %s, as they have said"),
				a->name,
				field_span_text(
					a->arena, span->starts_at, span->ends_at)),
			0, true);
	return err->code == VS_OK;
}

static bool
ask_refused(struct asking *a, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, a->db,
		    SQL("SELECT shift_id, activity_id, k.name FROM wish w"
			" LEFT JOIN activity_kind k ON k.code = w.kind WHERE w.person_id = ?"
			" AND NOT w.wants AND (w.shift_id = ? OR w.activity_id = ? OR w.kind = ?)"
			" LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, a->q->person);
	stmt_bind(&q, a->q->shift->span.shift);
	stmt_bind(&q, a->q->shift->span.activity);
	stmt_bind(&q, a->q->shift->kind);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	const char *what = !stmt_null(&q, 2) ? stmt_text(&q, 2)
		: !stmt_null(&q, 1)	     ? a->q->shift->title
					     : a->q->shift->text;
	rules_add(a->hindrances, "refused",
		vs_arena_printf(a->arena, _("%s has said no to %s"), a->name, what), 0,
		true);
	return true;
}

/* The person's other shifts ---------------------------------------------------------------- */

struct hours {
	int64_t day, week; /* minutes of the other bookings */
};

static int64_t
day_of(int64_t moment)
{
	return vs_date_to_days(vs_local_from_utc(moment).date);
}

static int64_t
week_of(int64_t moment)
{
	return (day_of(moment) + 3) / 7; /* 1970-01-01 was a Thursday */
}

static void
tell_clash(struct asking *a, const struct rule_span *other, const char *title,
	enum rule_clash clash, int minutes)
{
	const char *text = rule_span_text(a->arena, other, title);
	if (clash == RULE_OVERLAP)
		rules_add(a->hindrances, "overlap",
			vs_arena_printf(a->arena, _("%s is on %s then"), a->name, text),
			other->shift, true);
	else if (clash == RULE_REST)
		rules_add(a->hindrances, "rest",
			vs_arena_printf(a->arena,
				P_("%s is on %s, and %d minute must lie between",
					"%s is on %s, and %d minutes must lie between",
					minutes),
				a->name, text, minutes),
			other->shift, true);
}

static void
meet(struct asking *a, const struct rule_span *other, const char *title,
	struct hours *hours)
{
	int minutes;
	const struct rule_span *span = &a->q->shift->span;
	enum rule_clash clash = rule_clash(span, other, &minutes);
	if (day_of(other->starts_at) == day_of(span->starts_at))
		hours->day += rule_minutes(other);
	if (week_of(other->starts_at) == week_of(span->starts_at))
		hours->week += rule_minutes(other);
	tell_clash(a, other, title, clash, minutes);
}

static void
ask_hours(struct asking *a, const struct hours *hours)
{
	int64_t own = rule_minutes(&a->q->shift->span);
	if (a->hours_day && hours->day + own > a->hours_day * INT64_C(60))
		rules_add(a->hindrances, "hours",
			vs_arena_printf(a->arena,
				P_("%s would pass %d hour that day",
					"%s would pass %d hours that day", a->hours_day),
				a->name, a->hours_day),
			0, true);
	if (a->hours_week && hours->week + own > a->hours_week * INT64_C(60))
		rules_add(a->hindrances, "hours",
			vs_arena_printf(a->arena,
				P_("%s would pass %d hour that week",
					"%s would pass %d hours that week",
					a->hours_week),
				a->name, a->hours_week),
			0, true);
}

/* Those of the week and of the days around; by the index of the person's bookings. */
static bool
ask_others(struct asking *a, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct hours hours = { 0 };
	const struct rule_span *span = &a->q->shift->span;
	if (!stmt_open(&q, a->db,
		    SQL("SELECT" SPAN_COLUMNS ", a.title" SPAN_FROM
			" JOIN booking b ON b.shift_id = t.id WHERE b.person_id = ? AND" ENGAGED(
				"b") " AND t.id NOT IN (?, ?) AND t.starts_at < ?"
				     " AND t.ends_at > ? ORDER BY t.starts_at, t.id"),
		    err))
		return false;
	stmt_bind(&q, a->q->person);
	stmt_bind(&q, span->shift);
	stmt_bind(&q, a->q->but_for);
	stmt_bind(&q, span->ends_at + (int64_t)(AROUND_DAYS + 8) * DAY);
	stmt_bind(&q, span->starts_at - (int64_t)(AROUND_DAYS + 8) * DAY);
	while (stmt_row(&q, err)) {
		struct rule_span other = rule_span_row(a->arena, &q);
		meet(a, &other, stmt_copy(&q, SPAN_NEXT, a->arena), &hours);
	}
	ask_hours(a, &hours);
	return err->code == VS_OK;
}

bool
rules_ask(struct vs_db *db, struct vs_arena *arena, const struct rule_question *q,
	json_t *hindrances, struct vs_error *err)
{
	struct asking a = { .db = db, .arena = arena, .q = q, .hindrances = hindrances };
	if (!read_person(&a, err))
		return false;
	ask_over(&a);
	return ask_others(&a, err) && ask_skill(&a, err) && ask_away(&a, err) &&
		ask_refused(&a, err);
}

bool
rules_refuse(const json_t *hindrances, const char *override, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *all = "";
	bool overridable = true;
	size_t i;
	json_t *one;
	json_array_foreach (hindrances, i, one) {
		bool this = record_true(one, "overridable");
		if (override && this)
			continue;
		overridable = overridable && this;
		all = vs_arena_printf(scratch.arena, "%s%s%s", all, *all ? "; " : "",
			record_string(one, "text"));
	}
	if (!*all)
		return true;
	return overridable
		? vs_fail(err, VS_REFUSED,
			  _("%s; if it is to be so all the same, say why with --override"),
			  all)
		: vs_fail(err, VS_REFUSED, "%s", all);
}
