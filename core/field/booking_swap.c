/*
 * Places that change hands, and who comes without one.
 *
 * A booking never changes its person: paper that was printed still means who stood there.
 * The old one is cancelled, the new person has a booking of their own.
 */
#include "field/booking.h"

#include <string.h>

#include "base/i18n.h"

/* Who goes where instead of whom. */
struct hand {
	struct booking from; /* the place */
	int64_t to;	     /* the person */
	const char *role;
};

static bool
read_hand(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct hand *ret_hand, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct hand hand = { 0 };
	int64_t id;
	if (!booking_find(db, text, &id, err) ||
		!booking_read(db, arena, id, &hand.from, err) ||
		!stmt_open(&q, db, SQL("SELECT name FROM shift_role WHERE id = ?"), err))
		return false;
	stmt_bind(&q, hand.from.role);
	if (!stmt_row(&q, err))
		return false;
	hand.role = stmt_copy(&q, 0, arena);
	if (!hand.from.person ||
		(strcmp(hand.from.state, "signed_up") != 0 &&
			strcmp(hand.from.state, "booked") != 0))
		return vs_fail(err, VS_REFUSED,
			_("booking %s is %s; only a place that somebody holds and has not "
			  "taken yet changes hands"),
			booking_text(db, arena, &hand.from),
			record_choice(booking_states, hand.from.state));
	*ret_hand = hand;
	return true;
}

static bool
leave(struct vs_db *db, struct vs_arena *arena, const struct hand *hand,
	struct vs_error *err)
{
	return booking_drop(db, hand->from.id, "organiser",
		vs_arena_printf(arena, _("given to person %lld"), (long long)hand->to),
		err);
}

static bool
enter(struct vs_db *db, const struct hand *hand, const char *override, int64_t *ret_id,
	struct vs_error *err)
{
	const struct vs_booking_options options = { .role = hand->role,
		.state = hand->from.state,
		.override = override,
		.source = "swap" };
	return booking_book(db, hand->from.shift, hand->to, &options, ret_id, err);
}

bool
vs_booking_swap(struct vs_db *db, const char *a, const char *b, const char *override,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct hand one, other;
	int64_t first, second;
	if (!change_begin(&change, db, "booking swap", err) || !booking_lapse(db, err) ||
		!read_hand(db, scratch.arena, a, &one, err) ||
		!read_hand(db, scratch.arena, b, &other, err))
		return false;
	one.to = other.from.person;
	other.to = one.from.person;
	if (one.to == other.to)
		return vs_fail(err, VS_INVALID,
			_("%s and %s are of the same person; give them to somebody else with "
			  "'valstuga booking give'"),
			a, b);
	if (!leave(db, scratch.arena, &one, err) ||
		!leave(db, scratch.arena, &other, err) ||
		!enter(db, &one, override, &first, err) ||
		!enter(db, &other, override, &second, err))
		return false;
	change_say(&change, "booking",
		vs_arena_printf(scratch.arena, "%lld", (long long)one.from.id),
		_("persons %lld and %lld change shifts %lld and %lld"),
		(long long)other.to, (long long)one.to, (long long)one.from.shift,
		(long long)other.from.shift);
	return change_commit(&change, err);
}

bool
vs_booking_give(struct vs_db *db, const char *booking, const char *person,
	const char *override, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct hand hand;
	int64_t id;
	if (!change_begin(&change, db, "booking give", err) || !booking_lapse(db, err) ||
		!read_hand(db, scratch.arena, booking, &hand, err) ||
		!rule_person_find(db, person, &hand.to, err))
		return false;
	if (hand.to == hand.from.person)
		return vs_fail(err, VS_INVALID, _("booking %s is theirs already"),
			booking_text(db, scratch.arena, &hand.from));
	if (!leave(db, scratch.arena, &hand, err) ||
		!enter(db, &hand, override, &id, err))
		return false;
	change_say(&change, "booking",
		vs_arena_printf(scratch.arena, "%lld", (long long)id),
		_("person %lld instead of %lld, shift %lld"), (long long)hand.to,
		(long long)hand.from.person, (long long)hand.from.shift);
	return change_commit(&change, err);
}
