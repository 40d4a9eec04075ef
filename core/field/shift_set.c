/* Shifts that change: times, roles, rules, with a look at everybody who is booked. */
#include "field/booking.h"
#include "field/shift.h"

#include <string.h>

#include "base/i18n.h"

/* A shift while it is being changed. */
struct work {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t now;
	const struct rule_shift *shift; /* as it was */
	struct shift_activity activity;
	json_t *rules; /* as parsed */
	int64_t starts_at, ends_at;
	bool sterner; /* what people could be hindered by has changed */
};

/* Roles ------------------------------------------------------------------------------------ */

static bool
update_role(struct work *w, const struct field_role *old, const struct shift_role *role,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (old->taken > role->most)
		return vs_fail(err, VS_REFUSED,
			P_("%s: %d has a place as %s, so that no fewer can be let in; cancel "
			   "bookings first",
				"%s: %d have a place as %s, so that no fewer can be let in; cancel "
				"bookings first",
				old->taken),
			w->shift->text, old->taken, old->name);
	if (!stmt_open(&q, w->db,
		    SQL("UPDATE shift_role SET skill_id = nullif(?, 0), least = ?, wanted = ?,"
			" most = ? WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, role->skill);
	stmt_bind(&q, role->least);
	stmt_bind(&q, role->wanted);
	stmt_bind(&q, role->most);
	stmt_bind(&q, old->id);
	w->sterner = w->sterner || role->skill != old->skill;
	return stmt_run(&q, err);
}

/* Those who cancelled stay on the shift, in a role that it still has. */
static bool
remove_role(struct work *w, const struct field_role *old, const char *heir,
	struct vs_error *err)
{
	VS_AUTO(stmt) live = { 0 }, move = { 0 }, remove = { 0 };
	if (!stmt_open(&live, w->db,
		    SQL("SELECT count(*) FROM booking WHERE role_id = ?"
			" AND state <> 'cancelled'"),
		    err))
		return false;
	stmt_bind(&live, old->id);
	if (!stmt_row(&live, err))
		return false;
	if (stmt_int(&live, 0) > 0)
		return vs_fail(err, VS_REFUSED,
			_("%s: the role %s has bookings; keep it, or cancel them first"),
			w->shift->text, old->name);
	if (!stmt_open(&move, w->db,
		    SQL("UPDATE booking SET role_id = (SELECT id FROM shift_role WHERE"
			" shift_id = ? AND name = ?) WHERE role_id = ?"),
		    err) ||
		!stmt_open(
			&remove, w->db, SQL("DELETE FROM shift_role WHERE id = ?"), err))
		return false;
	stmt_bind(&move, w->shift->span.shift);
	stmt_bind(&move, heir);
	stmt_bind(&move, old->id);
	stmt_bind(&remove, old->id);
	return stmt_run(&move, err) && stmt_run(&remove, err);
}

static bool
is_named(const struct shift_role *roles, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(roles[i].name, name) == 0)
			return true;
	return false;
}

static bool
write_roles(struct work *w, const struct shift_role *roles, size_t count,
	struct vs_error *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct field_role *old = rule_role(w->shift, roles[i].name);
		if (!(old ? update_role(w, old, &roles[i], err)
			  : shift_role_insert(
				    w->db, w->shift->span.shift, &roles[i], err)))
			return false;
	}
	for (size_t i = 0; i < w->shift->role_count; i++)
		if (!is_named(roles, count, w->shift->roles[i].name) &&
			!remove_role(w, &w->shift->roles[i], roles[0].name, err))
			return false;
	return true;
}

/* As the shift has them now, for the check of pairs. */
static struct shift_role *
old_roles(const struct work *w)
{
	struct shift_role *roles =
		vs_arena_alloc(w->arena, (w->shift->role_count + 1) * sizeof *roles);
	for (size_t i = 0; i < w->shift->role_count; i++)
		roles[i] = (struct shift_role){ .name = w->shift->roles[i].name,
			.most = w->shift->roles[i].most };
	return roles;
}

static bool
set_roles(struct work *w, const char *text, struct vs_error *err)
{
	const json_t *said = json_object_get(w->rules, "pair");
	bool pair = json_is_boolean(said) ? json_is_true(said)
		: said			  ? w->activity.pair
					  : w->shift->pair;
	struct shift_role *roles = old_roles(w);
	size_t count = w->shift->role_count;
	if (text && !shift_roles_read(w->db, w->arena, text, &roles, &count, err))
		return false;
	return ((!text && !said) || shift_check_pair(pair, roles, count, err)) &&
		(!text || write_roles(w, roles, count, err));
}

/* Times and rules ----------------------------------------------------------------------------- */

/* A clock time alone is of the shift's day. */
static bool
read_span(struct work *w, const json_t *values, struct vs_error *err)
{
	const char *starts = record_string(values, "starts");
	const char *ends = record_string(values, "ends");
	w->starts_at = w->shift->span.starts_at;
	w->ends_at = w->shift->span.ends_at;
	if (starts &&
		!field_moment(starts, w->shift->span.starts_at, _("the shift's start"),
			&w->starts_at, err))
		return false;
	if (ends &&
		!field_moment_after(
			ends, w->starts_at, _("the shift's end"), &w->ends_at, err))
		return false;
	return shift_check_span(w->starts_at, w->ends_at, err);
}

/* A rule that is cleared is as the kind says again. */
static bool
write_rule(struct work *w, const char *name, const char *sql, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const json_t *value = json_object_get(w->rules, name);
	if (!value)
		return true;
	if (!stmt_open(&q, w->db, sql, err))
		return false;
	if (json_is_boolean(value))
		stmt_bind(&q, json_is_true(value));
	else if (json_is_integer(value))
		stmt_bind_int(&q, json_integer_value(value));
	else
		stmt_bind(&q, json_string_value(value));
	stmt_bind(&q, w->shift->span.shift);
	w->sterner = w->sterner || strcmp(name, "note") != 0;
	return stmt_run(&q, err);
}

static bool
write_rules(struct work *w, struct vs_error *err)
{
	return write_rule(w, "break",
		       SQL("UPDATE shift SET break_minutes = coalesce(?, 0) WHERE id = ?"),
		       err) &&
		write_rule(
			w, "pair", SQL("UPDATE shift SET pair = ? WHERE id = ?"), err) &&
		write_rule(w, "tolerance",
			SQL("UPDATE shift SET tolerance = ? WHERE id = ?"), err) &&
		write_rule(
			w, "rest", SQL("UPDATE shift SET rest = ? WHERE id = ?"), err) &&
		write_rule(w, "note", SQL("UPDATE shift SET note = ? WHERE id = ?"), err);
}

/* New times have to be told: calendars see them by the sequence. */
static bool
write_span(struct work *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	bool moved;
	if (w->starts_at == w->shift->span.starts_at &&
		w->ends_at == w->shift->span.ends_at)
		return true;
	if (!shift_stretch(w->db, &w->activity, w->starts_at, w->ends_at, &moved, err) ||
		!stmt_open(&q, w->db,
			SQL("UPDATE shift SET starts_at = ?, ends_at = ?,"
			    " sequence = sequence + 1 WHERE id = ?"),
			err))
		return false;
	stmt_bind(&q, w->starts_at);
	stmt_bind(&q, w->ends_at);
	stmt_bind(&q, w->shift->span.shift);
	w->sterner = true;
	return stmt_run(&q, err);
}

/* Who is booked ------------------------------------------------------------------------------ */

struct seated {
	int64_t booking, person, role;
};

static bool
read_seated(
	struct work *w, struct seated **ret_all, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT b.id, b.person_id, b.role_id FROM booking b WHERE"
			" b.shift_id = ? AND b.person_id IS NOT NULL AND b.override IS NULL"
			" AND b.state IN ('signed_up', 'booked') ORDER BY b.id"),
		    err))
		return false;
	stmt_bind(&q, w->shift->span.shift);
	while (stmt_row(&q, err)) {
		*ret_all =
			vs_arena_grow(w->arena, *ret_all, *ret_count, sizeof **ret_all);
		(*ret_all)[(*ret_count)++] = (struct seated){ stmt_int(&q, 0),
			stmt_int(&q, 1), stmt_int(&q, 2) };
	}
	return err->code == VS_OK;
}

static const struct field_role *
role_of(const struct rule_shift *shift, int64_t id)
{
	for (size_t i = 0; i < shift->role_count; i++)
		if (shift->roles[i].id == id)
			return &shift->roles[i];
	vs_abort("a booking's role %lld is none of its shift", (long long)id);
}

static bool
mark_override(struct work *w, int64_t booking, const char *override, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(
		    &q, w->db, SQL("UPDATE booking SET override = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, override);
	stmt_bind(&q, booking);
	return stmt_run(&q, err);
}

/* Everybody who would break a rule now is named at once. */
static bool
check_seated(struct work *w, const char *override, struct vs_error *err)
{
	struct rule_shift shift;
	struct seated *all = NULL;
	size_t count = 0;
	json_t *hindrances = json_array();
	bool ok = read_seated(w, &all, &count, err) &&
		rule_shift_read(
			w->db, w->arena, w->shift->span.shift, w->now, &shift, err);
	for (size_t i = 0; ok && i < count; i++) {
		size_t before = json_array_size(hindrances);
		const struct rule_question question = { .shift = &shift,
			.role = role_of(&shift, all[i].role),
			.person = all[i].person,
			.now = w->now,
			.source = "organiser" };
		ok = rules_ask(w->db, w->arena, &question, hindrances, err);
		if (ok && override && json_array_size(hindrances) > before)
			ok = mark_override(w, all[i].booking, override, err);
	}
	ok = ok && rules_refuse(hindrances, override, err);
	json_decref(hindrances);
	return ok;
}

/* The command --------------------------------------------------------------------------------- */

static bool
set(struct work *w, const json_t *values, struct vs_error *err)
{
	const char *override;
	return booking_reason(
		       w->arena, record_string(values, "override"), &override, err) &&
		booking_lapse(w->db, err) &&
		shift_activity_read(
			w->db, w->arena, w->shift->span.activity, &w->activity, err) &&
		read_span(w, values, err) &&
		shift_rules_read(w->db, values, w->rules, err) &&
		set_roles(w, record_string(values, "roles"), err) &&
		write_rules(w, err) && write_span(w, err) &&
		(!w->sterner || check_seated(w, override, err)) &&
		booking_settle(w->db, w->shift->span.shift, err);
}

/* What was asked to change, for the history. */
static const char *
names_of(struct vs_arena *arena, const json_t *values)
{
	const char *all = "", *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)values, name, value)
		all = vs_arena_printf(arena, "%s%s%s", all, *all ? ", " : "", name);
	return all;
}

bool
vs_shift_set(
	struct vs_db *db, const char *shift, const json_t *values, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct rule_shift old;
	int64_t id;
	struct work w = { .db = db, .arena = scratch.arena, .shift = &old };
	if (!change_begin(&change, db, "shift set", err) || !vs_clock_now(&w.now, err) ||
		!rule_shift_find(db, shift, &id, err) ||
		!rule_shift_read(db, scratch.arena, id, w.now, &old, err))
		return false;
	if (old.cancelled)
		return vs_fail(err, VS_REFUSED, _("%s is cancelled"), old.text);
	w.rules = json_object();
	bool ok = set(&w, values, err);
	json_decref(w.rules);
	if (!ok)
		return false;
	change_say(&change, "shift",
		vs_arena_printf(scratch.arena, "%lld", (long long)id), "%s: %s",
		field_span_text(scratch.arena, w.starts_at, w.ends_at),
		names_of(scratch.arena, values));
	return change_commit(&change, err);
}
