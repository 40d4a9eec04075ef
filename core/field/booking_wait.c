/* The waiting list: a free seat is offered to the first who can, and kept for a while. */
#include "field/booking.h"

#include "base/i18n.h"

static bool
first_waiting(struct booking_work *w, int skip, int64_t *ret_booking, int64_t *ret_person,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_booking = 0;
	if (!stmt_open(&q, w->db,
		    SQL("SELECT id, person_id FROM booking WHERE role_id = ?"
			" AND state = 'waiting' AND person_id IS NOT NULL"
			" ORDER BY changed_at, id LIMIT 1 OFFSET ?"),
		    err))
		return false;
	stmt_bind(&q, w->role->id);
	stmt_bind(&q, skip);
	if (stmt_row(&q, err)) {
		*ret_booking = stmt_int(&q, 0);
		*ret_person = stmt_int(&q, 1);
	}
	return err->code == VS_OK;
}

static bool
is_hindered(
	struct booking_work *w, int64_t person, bool *ret_hindered, struct vs_error *err)
{
	const struct rule_question question = { .shift = &w->shift,
		.role = w->role,
		.person = person,
		.now = w->now,
		.source = "sign_up" };
	json_t *hindrances = json_array();
	bool ok = rules_ask(w->db, w->arena, &question, hindrances, err);
	*ret_hindered = json_array_size(hindrances) > 0;
	json_decref(hindrances);
	return ok;
}

/* The seat is kept until the answer, not longer than to the beginning. */
static bool
offer(struct booking_work *w, struct vs_error *err)
{
	int64_t until = w->now + BOOKING_HOLD_HOURS * INT64_C(3600);
	if (until > w->shift.span.starts_at)
		until = w->shift.span.starts_at;
	if (!booking_read(w->db, w->arena, w->booking.id, &w->booking, err))
		return false;
	const struct booking_step step = { .state = "offered",
		.offered_until = until,
		.override = w->booking.override,
		.reason = _("a seat is free") };
	return booking_write_step(w, &step, err);
}

/* Who could not take the seat now is passed over and keeps waiting. */
static bool
offer_free(struct booking_work *w, int free, struct vs_error *err)
{
	for (int skip = 0; free > 0;) {
		bool hindered;
		int64_t person = 0;
		if (!first_waiting(w, skip, &w->booking.id, &person, err))
			return false;
		if (w->booking.id == 0)
			return true;
		if (!is_hindered(w, person, &hindered, err))
			return false;
		if (hindered)
			skip++;
		else if (!offer(w, err))
			return false;
		else
			free--;
	}
	return true;
}

bool
booking_settle(struct vs_db *db, int64_t shift, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct booking_work w = { .db = db, .arena = scratch.arena };
	if (!vs_clock_now(&w.now, err) ||
		!rule_shift_read(db, scratch.arena, shift, w.now, &w.shift, err))
		return false;
	if (w.shift.cancelled || w.shift.span.starts_at <= w.now)
		return true;
	for (size_t i = 0; i < w.shift.role_count; i++) {
		w.role = &w.shift.roles[i];
		if (w.role->waiting && !offer_free(&w, w.role->most - w.role->taken, err))
			return false;
	}
	return true;
}

/* From then on it is an offer like any other: to be answered, without a seat. */
static bool
lapse_one(struct vs_db *db, int64_t booking, int64_t role, int64_t now,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const struct field_role only = { .id = role };
	struct booking_work w = {
		.db = db, .now = now, .role = &only, .booking = { .id = booking }
	};
	const struct booking_step step = { .state = "offered",
		.reason = _("not answered in time") };
	if (!stmt_open(&q, db,
		    SQL("UPDATE booking SET offered_until = NULL WHERE id = ?"), err))
		return false;
	stmt_bind(&q, booking);
	return stmt_run(&q, err) && booking_write_event(&w, &step, err);
}

bool
booking_lapse(struct vs_db *db, struct vs_error *err)
{
	for (;;) {
		int64_t now, booking = 0, role = 0, shift = 0;
		VS_AUTO(stmt) q = { 0 };
		if (!vs_clock_now(&now, err) ||
			!stmt_open(&q, db,
				SQL("SELECT id, role_id, shift_id FROM booking WHERE"
				    " state = 'offered' AND offered_until IS NOT NULL"
				    " AND offered_until <= ? ORDER BY offered_until, id LIMIT 1"),
				err))
			return false;
		stmt_bind(&q, now);
		if (!stmt_row(&q, err))
			return err->code == VS_OK;
		booking = stmt_int(&q, 0);
		role = stmt_int(&q, 1);
		shift = stmt_int(&q, 2);
		stmt_done(&q);
		if (!lapse_one(db, booking, role, now, err) ||
			!booking_settle(db, shift, err))
			return false;
	}
}
