/* Booking a person and moving a booking, inside the caller's command. */
#include "field/booking.h"

#include <string.h>

#include "base/i18n.h"

/* Writing ------------------------------------------------------------------------------- */

bool
booking_write_event(
	struct booking_work *w, const struct booking_step *step, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("INSERT INTO booking_event (booking_id, state, at, actor, reason)"
			" VALUES (?, ?, ?, ?, ?)"),
		    err))
		return false;
	stmt_bind(&q, w->booking.id);
	stmt_bind(&q, step->state);
	stmt_bind(&q, w->now);
	stmt_bind(&q, db_actor(w->db));
	stmt_bind(&q, step->reason);
	return stmt_run(&q, err);
}

static bool
write_new(struct booking_work *w, const struct booking_step *step, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("INSERT INTO booking (shift_id, role_id, person_id, state, source,"
			" override, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)"),
		    err))
		return false;
	stmt_bind(&q, w->shift.span.shift);
	stmt_bind(&q, w->role->id);
	stmt_bind(&q, w->booking.person);
	stmt_bind(&q, step->state);
	stmt_bind(&q, step->source);
	stmt_bind(&q, step->override);
	stmt_bind(&q, w->now);
	if (!stmt_run(&q, err))
		return false;
	w->booking.id = db_last_id(w->db);
	return true;
}

static bool
write_change(
	struct booking_work *w, const struct booking_step *step, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("UPDATE booking SET state = ?, role_id = ?, cancelled_by = ?,"
			" offered_until = nullif(?, 0), source = coalesce(?, source),"
			" override = ?, changed_at = ? WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, step->state);
	stmt_bind(&q, w->role->id);
	stmt_bind(&q, step->by);
	stmt_bind(&q, step->offered_until);
	stmt_bind(&q, step->source);
	stmt_bind(&q, step->override);
	stmt_bind(&q, w->now);
	stmt_bind(&q, w->booking.id);
	return stmt_run(&q, err);
}

bool
booking_write_step(
	struct booking_work *w, const struct booking_step *step, struct vs_error *err)
{
	return (w->booking.id ? write_change(w, step, err) : write_new(w, step, err)) &&
		booking_write_event(w, step, err);
}

/* Seats ----------------------------------------------------------------------------------- */

static bool
raise_most(struct booking_work *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(
		    &q, w->db, SQL("UPDATE shift_role SET most = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, w->role->taken + 1);
	stmt_bind(&q, w->role->id);
	return stmt_run(&q, err);
}

/*
 * A seat for the booking, which has none now. Who came all the same has one, whatever was
 * planned: there is one more then. *ret_seat is false when there is none and it may wait.
 */
bool
booking_take_seat(struct booking_work *w, const char *state, bool wait, bool *ret_seat,
	struct vs_error *err)
{
	*ret_seat = true;
	if (w->role->taken < w->role->most)
		return true;
	if (strcmp(state, "attended") == 0)
		return raise_most(w, err);
	*ret_seat = false;
	return wait ||
		vs_fail(err, VS_REFUSED,
			_("%s is full: %d of %d places as %s are taken; --wait puts them on the "
			  "waiting list, or let more in with 'valstuga shift set %lld --roles'"),
			w->shift.text, w->role->taken, w->role->most, w->role->name,
			(long long)w->shift.span.shift);
}

static bool
is_one_of(const char *state, const char *const *states)
{
	for (; *states; states++)
		if (strcmp(state, *states) == 0)
			return true;
	return false;
}

/* Who walked in has been there, whatever they had said: only what cannot be is left. */
static void
keep_facts(json_t *hindrances)
{
	static const char *const facts[] = { "overlap", "over", "restricted", NULL };
	for (size_t i = json_array_size(hindrances); i-- > 0;)
		if (!is_one_of(
			    record_string(json_array_get(hindrances, i), "rule"), facts))
			json_array_remove(hindrances, i);
}

/* All rules but the seat, before somebody is there or is asked to be. */
bool
booking_keep_rules(struct booking_work *w, const char *source, const char *override,
	const char **ret_override, struct vs_error *err)
{
	const struct rule_question question = { .shift = &w->shift,
		.role = w->role,
		.person = w->booking.person,
		.now = w->now,
		.source = source };
	json_t *hindrances = json_array();
	bool ok = rules_ask(w->db, w->arena, &question, hindrances, err);
	if (strcmp(source, "walk_in") == 0)
		keep_facts(hindrances);
	ok = ok && rules_refuse(hindrances, override, err);
	*ret_override = ok && json_array_size(hindrances) ? override : NULL;
	json_decref(hindrances);
	return ok;
}

/* Booking --------------------------------------------------------------------------------- */

static const char *
role_names(const struct booking_work *w)
{
	const char *all = "";
	for (size_t i = 0; i < w->shift.role_count; i++)
		all = vs_arena_printf(
			w->arena, "%s%s%s", all, i ? ", " : "", w->shift.roles[i].name);
	return all;
}

/* The only role; else the only one that they have the skill for; else that and free. */
static bool
guess_role(struct booking_work *w, struct vs_error *err)
{
	const struct field_role *fits = NULL, *empty = NULL;
	size_t fitting = 0, free = 0;
	for (size_t i = 0; i < w->shift.role_count; i++) {
		bool skilled;
		const struct field_role *role = &w->shift.roles[i];
		if (!rules_skilled(w->db, role, w->booking.person, &skilled, err))
			return false;
		if (!skilled)
			continue;
		fits = role;
		fitting++;
		if (role->taken < role->most) {
			empty = role;
			free++;
		}
	}
	w->role = w->shift.role_count == 1 ? w->shift.roles
		: fitting == 1		   ? fits
		: free == 1		   ? empty
					   : NULL;
	return w->role ||
		vs_fail(err, VS_INVALID, _("%s has the roles %s; say which with --role"),
			w->shift.text, role_names(w));
}

static bool
choose_role(struct booking_work *w, const char *name, struct vs_error *err)
{
	if (!name)
		return guess_role(w, err);
	w->role = rule_role(&w->shift, name);
	return w->role ||
		vs_fail(err, VS_NOT_FOUND, _("%s has no role \"%s\", but %s"),
			w->shift.text, name, role_names(w));
}

/* The row that the person has on the shift, if any. */
static bool
read_own(struct booking_work *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t id;
	if (!stmt_open(&q, w->db,
		    SQL("SELECT id FROM booking WHERE shift_id = ? AND person_id = ?"),
		    err))
		return false;
	stmt_bind(&q, w->shift.span.shift);
	stmt_bind(&q, w->booking.person);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	id = stmt_int(&q, 0);
	return booking_read(w->db, w->arena, id, &w->booking, err);
}

/* Who holds a seat has one role; who was asked, waits or is off the shift may be booked. */
static bool
keep_once(struct booking_work *w, const char *state, struct vs_error *err)
{
	static const char *const open[] = { "offered", "waiting", "cancelled", NULL };
	if (!w->booking.id)
		return true;
	bool same = strcmp(state, w->booking.state) == 0;
	if (!same && is_one_of(w->booking.state, open))
		return true;
	return vs_fail(err, VS_REFUSED, _("%s is on %s already: booking %s, %s"),
		rule_person_name(w->db, w->arena, w->booking.person), w->shift.text,
		field_code(w->arena, w->booking.id),
		record_choice(booking_states, w->booking.state));
}

static const char *
source_of(const struct vs_booking_options *options)
{
	return options->source ? options->source : "organiser";
}

static bool
start(struct vs_db *db, struct vs_arena *arena, int64_t shift, int64_t person,
	struct booking_work *ret_work, struct vs_error *err)
{
	struct booking_work w = { .db = db, .arena = arena, .booking.person = person };
	if (!vs_clock_now(&w.now, err) ||
		!rule_shift_read(db, arena, shift, w.now, &w.shift, err) ||
		!read_own(&w, err))
		return false;
	*ret_work = w;
	return true;
}

/* What they have on the shift ends where the new begins: an offer's seat is free again. */
static void
leave_offer(struct booking_work *w)
{
	for (size_t i = 0; w->booking.id && i < w->shift.role_count; i++)
		if (w->shift.roles[i].id == w->booking.role &&
			booking_holds(w->booking.state, w->booking.offered_until, w->now))
			w->shift.roles[i].taken--;
}

static bool
book(struct booking_work *w, const struct vs_booking_options *options,
	const char *override, struct vs_error *err)
{
	bool seat = true;
	struct booking_step step = { .state = options->state ? options->state : "booked",
		.source = source_of(options) };
	leave_offer(w);
	if (!keep_once(w, step.state, err) || !choose_role(w, options->role, err) ||
		!booking_keep_rules(w, step.source, override, &step.override, err) ||
		(strcmp(step.state, "offered") != 0 &&
			!booking_take_seat(w, step.state, options->wait, &seat, err)))
		return false;
	if (!seat)
		step.state = "waiting";
	step.reason = step.override;
	return keep_once(w, step.state, err) && booking_write_step(w, &step, err);
}

bool
booking_book(struct vs_db *db, int64_t shift, int64_t person,
	const struct vs_booking_options *options, int64_t *ret_id, struct vs_error *err)
{
	static const struct vs_booking_options usual = { 0 };
	static const char *const states[] = { "offered", "signed_up", "booked",
		"attended", NULL };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct booking_work w;
	const char *override;
	options = options ? options : &usual;
	bool came = options->state && strcmp(options->state, "attended") == 0;
	if (options->state &&
		(!is_one_of(options->state, states) ||
			(came && strcmp(source_of(options), "walk_in") != 0)))
		return vs_fail(err, VS_INVALID,
			_("a booking begins as offered, signed_up or booked, not as \"%s\""),
			options->state);
	if (!booking_reason(scratch.arena, options->override, &override, err) ||
		!booking_lapse(db, err) ||
		!start(db, scratch.arena, shift, person, &w, err) ||
		!book(&w, options, override, err) || !booking_settle(db, shift, err))
		return false;
	*ret_id = w.booking.id;
	return true;
}
