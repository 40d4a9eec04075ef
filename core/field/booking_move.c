/* A booking's life: from which state to which, with what must hold on the way. */
#include "field/booking.h"

#include <string.h>

#include "base/i18n.h"

/*
 * From which states each is reached. Who was there or was not is a fact, also when it was
 * typed wrong first: both may go back to booked, and a cancelled booking is taken up again.
 */
static const struct path {
	const char *to, *from;
} paths[] = {
	{ "signed_up", "offered waiting cancelled" },
	{ "booked", "offered waiting signed_up attended no_show cancelled" },
	{ "attended", "offered waiting signed_up booked no_show cancelled" },
	{ "no_show", "offered signed_up booked attended" },
	{ "cancelled", "offered waiting signed_up booked attended no_show" },
};

static const struct path *
path_to(const char *state)
{
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (strcmp(paths[i].to, state) == 0)
			return &paths[i];
	return NULL;
}

static bool
check_path(struct booking_work *w, const char *state, struct vs_error *err)
{
	const struct path *path = path_to(state);
	if (!path)
		return vs_fail(err, VS_INVALID,
			_("a booking is not moved to \"%s\"; 'valstuga booking add' offers a "
			  "shift or puts on its waiting list"),
			state);
	if (strstr(path->from, w->booking.state))
		return true;
	return vs_fail(err, VS_REFUSED, _("booking %s is %s and cannot become %s"),
		booking_text(w->db, w->arena, &w->booking),
		record_choice(booking_states, w->booking.state),
		record_choice(booking_states, state));
}

static bool
check_by(const char **by, const char *state, struct vs_error *err)
{
	if (strcmp(state, "cancelled") != 0)
		*by = NULL;
	else if (!*by)
		*by = "organiser";
	return !*by || strcmp(*by, "person") == 0 || strcmp(*by, "organiser") == 0 ||
		vs_fail(err, VS_INVALID,
			_("a booking is cancelled by the person or the organiser, not by \"%s\""),
			*by);
}

static bool
is_engaged(const char *state)
{
	return strcmp(state, "signed_up") == 0 || strcmp(state, "booked") == 0 ||
		strcmp(state, "attended") == 0;
}

/* Of who has been there only what cannot be: two places at once, what did not take place. */
static void
keep_facts(json_t *hindrances)
{
	for (size_t i = json_array_size(hindrances); i-- > 0;) {
		const char *rule = record_string(json_array_get(hindrances, i), "rule");
		if (strcmp(rule, "overlap") != 0 && strcmp(rule, "over") != 0)
			json_array_remove(hindrances, i);
	}
}

static bool
check_facts(struct booking_work *w, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const struct rule_question question = { .shift = &w->shift,
		.role = w->role,
		.person = w->booking.person,
		.now = w->now,
		.source = "organiser" };
	json_t *hindrances = json_array();
	bool ok = rules_ask(w->db, scratch.arena, &question, hindrances, err);
	keep_facts(hindrances);
	const char *first = record_string(json_array_get(hindrances, 0), "text");
	if (ok && first && !w->booking.override)
		ok = vs_fail(err, VS_REFUSED,
			_("booking %s cannot become attended: %s; say of that one first that "
			  "they did not come"),
			booking_text(w->db, w->arena, &w->booking), first);
	json_decref(hindrances);
	return ok;
}

/* Becoming somebody who is there needs the rules and a seat. */
static bool
check_coming(struct booking_work *w, const char *state, struct vs_error *err)
{
	const char *ignored;
	bool seat;
	if (w->booking.person && !is_engaged(w->booking.state) &&
		!(strcmp(state, "attended") == 0
				? check_facts(w, err)
				: booking_keep_rules(w, "organiser", w->booking.override,
					  &ignored, err)))
		return false;
	return booking_holds(w->booking.state, w->booking.offered_until, w->now) ||
		booking_take_seat(w, state, false, &seat, err);
}

static bool
check_step(struct booking_work *w, const char *state, struct vs_error *err)
{
	bool seat;
	if (!check_path(w, state, err))
		return false;
	if (strcmp(state, "cancelled") == 0)
		return true;
	if (strcmp(state, "no_show") != 0)
		return check_coming(w, state, err);
	return booking_holds(w->booking.state, w->booking.offered_until, w->now) ||
		booking_take_seat(w, state, false, &seat, err);
}

static const struct field_role *
role_of(const struct booking_work *w)
{
	for (size_t i = 0; i < w->shift.role_count; i++)
		if (w->shift.roles[i].id == w->booking.role)
			return &w->shift.roles[i];
	vs_abort("booking %lld has a role of another shift", (long long)w->booking.id);
}

static bool
start(struct vs_db *db, struct vs_arena *arena, int64_t booking,
	struct booking_work *ret_work, struct vs_error *err)
{
	struct booking_work w = { .db = db, .arena = arena };
	if (!vs_clock_now(&w.now, err) ||
		!booking_read(db, arena, booking, &w.booking, err) ||
		!rule_shift_read(db, arena, w.booking.shift, w.now, &w.shift, err))
		return false;
	w.role = role_of(&w);
	*ret_work = w;
	return true;
}

bool
booking_move(struct vs_db *db, int64_t booking, const char *state, const char *by,
	const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct booking_work w;
	if (!booking_reason(scratch.arena, reason, &reason, err) ||
		!check_by(&by, state, err) || !booking_lapse(db, err) ||
		!start(db, scratch.arena, booking, &w, err))
		return false;
	if (strcmp(w.booking.state, state) == 0)
		return true;
	const struct booking_step step = {
		.state = state, .by = by, .reason = reason, .override = w.booking.override
	};
	return check_step(&w, state, err) && booking_write_step(&w, &step, err) &&
		booking_settle(db, w.booking.shift, err);
}

bool
booking_drop(struct vs_db *db, int64_t booking, const char *by, const char *reason,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct booking_work w;
	const struct booking_step step = {
		.state = "cancelled", .by = by, .reason = reason
	};
	return start(db, scratch.arena, booking, &w, err) &&
		check_path(&w, "cancelled", err) && booking_write_step(&w, &step, err);
}
