/* The commands of bookings: add, move; and what would hinder somebody. */
#include "field/booking.h"

#include "base/i18n.h"

/* By numbers only: a history keeps no names, nor why somebody is ill; that is in the events. */
static void
say(struct change *change, struct vs_db *db, int64_t id)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct booking b;
	struct vs_error ignored = { 0 };
	if (!booking_read(db, scratch.arena, id, &b, &ignored))
		return;
	change_say(change, "booking",
		vs_arena_printf(scratch.arena, "%lld", (long long)id),
		_("person %lld, shift %lld: %s"), (long long)b.person, (long long)b.shift,
		record_choice(booking_states, b.state));
}

bool
vs_booking_add(struct vs_db *db, const char *shift, const char *person,
	const struct vs_booking_options *options, struct vs_arena *arena,
	const char **ret_code, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	struct vs_booking_options said =
		options ? *options : (struct vs_booking_options){ 0 };
	int64_t shift_id, person_id, id;
	if (!change_begin(&change, db, "booking add", err) ||
		!booking_state_read(db, arena, said.state, &said.state, err) ||
		!rule_shift_find(db, shift, &shift_id, err) ||
		!rule_person_find(db, person, &person_id, err) ||
		!booking_book(db, shift_id, person_id, &said, &id, err))
		return false;
	say(&change, db, id);
	if (!change_commit(&change, err))
		return false;
	if (ret_code)
		*ret_code = field_code(arena, id);
	return true;
}

static bool
is_in_state(struct vs_db *db, int64_t id, const char *state, bool *ret_is,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT state = ? FROM booking WHERE id = ?"), err))
		return false;
	stmt_bind(&q, state);
	stmt_bind(&q, id);
	*ret_is = stmt_row(&q, err) && stmt_int(&q, 0);
	return err->code == VS_OK;
}

bool
vs_booking_move(struct vs_db *db, const char *booking, const char *state, const char *by,
	const char *reason, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	int64_t id;
	bool there;
	if (!change_begin(&change, db, "booking move", err) ||
		!booking_find(db, booking, &id, err) ||
		!is_in_state(db, id, state, &there, err) ||
		!booking_move(db, id, state, by, reason, err))
		return false;
	if (there)
		return true; /* nothing was done: no line in the history */
	say(&change, db, id);
	return change_commit(&change, err);
}

/* What hinders ---------------------------------------------------------------------------- */

/* Seat and once, which no override passes. */
static bool
ask_place(struct vs_db *db, struct vs_arena *arena, const struct rule_question *q,
	json_t *hindrances, struct vs_error *err)
{
	VS_AUTO(stmt) own = { 0 };
	if (q->role->taken >= q->role->most)
		rules_add(hindrances, "seat",
			vs_arena_printf(arena, _("%s is full: %d of %d places as %s"),
				q->shift->text, q->role->taken, q->role->most,
				q->role->name),
			0, false);
	if (!stmt_open(&own, db,
		    SQL("SELECT id, state FROM booking WHERE shift_id = ? AND person_id = ?"
			" AND state <> 'cancelled'"),
		    err))
		return false;
	stmt_bind(&own, q->shift->span.shift);
	stmt_bind(&own, q->person);
	if (stmt_row(&own, err))
		rules_add(hindrances, "once",
			vs_arena_printf(arena,
				_("is on the shift already: booking %s, %s"),
				field_code(arena, stmt_int(&own, 0)),
				record_choice(booking_states, stmt_text(&own, 1))),
			0, false);
	return err->code == VS_OK;
}

static bool
find_role(const struct rule_shift *shift, const char *name,
	const struct field_role **ret_role, struct vs_error *err)
{
	*ret_role = name		 ? rule_role(shift, name)
		: shift->role_count == 1 ? shift->roles
					 : NULL;
	return *ret_role ||
		vs_fail(err, name ? VS_NOT_FOUND : VS_INVALID,
			_("%s: say which of its roles with --role"), shift->text);
}

json_t *
vs_booking_hindrances(struct vs_db *db, const char *shift, const char *role,
	const char *person, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct rule_shift found;
	struct rule_question q = { .shift = &found, .source = "organiser" };
	int64_t id;
	if (!vs_clock_now(&q.now, err) || !snapshot_begin(&snapshot, db, err) ||
		!rule_shift_find(db, shift, &id, err) ||
		!rule_shift_read(db, scratch.arena, id, q.now, &found, err) ||
		!find_role(&found, role, &q.role, err) ||
		!rule_person_find(db, person, &q.person, err))
		return NULL;
	json_t *hindrances = json_array();
	if (ask_place(db, scratch.arena, &q, hindrances, err) &&
		rules_ask(db, scratch.arena, &q, hindrances, err))
		return hindrances;
	json_decref(hindrances);
	return NULL;
}
