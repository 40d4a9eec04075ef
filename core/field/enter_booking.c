/* Who came, who said yes on the telephone, and who came without having booked. */
#include "field/enter.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "field/booking.h"

/* What may be written in the column of a roster or a call list. */
static const struct answer {
	const char *word;
	const char *state;
	const char *told;
} answers[] = {
	{ "came", "attended", N_("came") },
	{ "kom", "attended", N_("came") },
	{ "absent", "no_show", N_("did not come") },
	{ "uteblev", "no_show", N_("did not come") },
	{ "yes", "booked", N_("confirmed") },
	{ "ja", "booked", N_("confirmed") },
	{ "no", "cancelled", N_("declined") },
	{ "nej", "cancelled", N_("declined") },
};

static const struct answer *
find_answer(const char *word, struct vs_error *err)
{
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (strcmp(answers[i].word, word) == 0)
			return &answers[i];
	vs_fail(err, VS_INVALID,
		_("\"%s\" is none of the answers: came, absent (rosters); yes, no (call lists)"),
		word);
	return NULL;
}

/* Somebody has already said how it went, and said something else. */
static bool
contradicts(const struct booking *b, const char *state)
{
	bool done = strcmp(b->state, "attended") == 0 ||
		strcmp(b->state, "no_show") == 0 || strcmp(b->state, "cancelled") == 0;
	return done && strcmp(b->state, state) != 0;
}

/* A confirmation of who has been confirmed, or has come, says nothing new. */
static bool
is_known(const struct booking *b, const char *state)
{
	return strcmp(b->state, state) == 0 ||
		(strcmp(state, "booked") == 0 && strcmp(b->state, "attended") == 0);
}

bool
enter_booking(struct entry *e, const char *row, int64_t booking, const char *value,
	struct vs_error *err)
{
	struct booking b;
	const struct answer *answer = find_answer(value, err);
	if (!answer || !booking_read(e->db, e->arena, booking, &b, err))
		return false;
	if (is_known(&b, answer->state))
		return entry_tell(e, row, false, _(answer->told), err);
	if (contradicts(&b, answer->state) && !e->correct)
		return vs_fail(err, VS_REFUSED,
			_("it was entered before as \"%s\"; say --correct if this is right"),
			record_choice(booking_states, b.state));
	return booking_move(e->db, booking, answer->state,
		       strcmp(answer->state, "cancelled") == 0 ? "person" : NULL,
		       e->sheet, err) &&
		entry_tell(e, row, true, _(answer->told), err);
}

/* The booking that a person has on a shift; 0: none. */
static bool
booking_of(struct entry *e, int64_t shift, int64_t person, int64_t *ret_id,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_id = 0;
	if (!stmt_open(&q, e->db,
		    SQL("SELECT id FROM booking WHERE shift_id = ? AND person_id = ?"),
		    err))
		return false;
	stmt_bind(&q, shift);
	stmt_bind(&q, person);
	if (stmt_row(&q, err))
		*ret_id = stmt_int(&q, 0);
	return err->code == VS_OK;
}

bool
enter_call(struct entry *e, const char *row, int64_t shift, int64_t person,
	const char *value, struct vs_error *err)
{
	int64_t booking;
	const struct vs_booking_options options = { .state = "booked" };
	const struct answer *answer = find_answer(value, err);
	if (!answer || !booking_of(e, shift, person, &booking, err))
		return false;
	if (booking)
		return enter_booking(e, row, booking, value, err);
	if (strcmp(answer->state, "booked") != 0)
		return entry_tell(e, row, false, _("not booked"), err);
	return booking_book(e->db, shift, person, &options, &booking, err) &&
		entry_tell(e, row, true,
			vs_arena_printf(e->arena, _("booked as %s"),
				field_code(e->arena, booking)),
			err);
}

/* Walk-ins -------------------------------------------------------------------------------- */

/* The roster's activity and day; a bare number of a sheet is "PS-12-20260822[L]". */
static bool
read_roster(const struct entry *e, int64_t *ret_activity, const char **ret_day,
	struct vs_error *err)
{
	char *rest;
	if (e->sheet && strncmp(e->sheet, "PS-", 3) == 0) {
		*ret_activity = strtoll(e->sheet + 3, &rest, 10);
		if (*rest == '-' && strlen(rest + 1) >= 8) {
			*ret_day = vs_arena_printf(
				e->arena, "%.4s-%.2s-%.2s", rest + 1, rest + 5, rest + 7);
			return true;
		}
	}
	return vs_fail(err, VS_INVALID,
		_("who walked in stands on a roster; give the roster's code"));
}

/* The only shift of the roster, or the one that begins at `clock`. */
static bool
find_shift(struct entry *e, const char *clock, int64_t *ret_shift, struct vs_error *err)
{
	int64_t activity = 0, day, next, found = 0;
	const char *date = NULL;
	VS_AUTO(stmt) q = { 0 };
	if (!read_roster(e, &activity, &date, err) ||
		!field_period(date, date, &day, &next, err) ||
		(clock && !field_moment(clock, day, _("the shift's start"), &day, err)) ||
		!stmt_open(&q, e->db,
			SQL("SELECT id FROM shift WHERE activity_id = ? AND starts_at >= ?"
			    " AND starts_at < ? AND cancelled_at IS NULL ORDER BY starts_at"),
			err))
		return false;
	stmt_bind(&q, activity);
	stmt_bind(&q, day);
	stmt_bind(&q, clock ? day + 1 : next);
	while (stmt_row(&q, err)) {
		if (found)
			return vs_fail(err, VS_INVALID,
				_("the roster has several shifts; write which one: "
				  "+10.00;Name;070-123 45 67"));
		found = stmt_int(&q, 0);
	}
	*ret_shift = found;
	return err->code == VS_OK &&
		(found || vs_fail(err, VS_NOT_FOUND, _("the roster has no such shift")));
}

/* The parts between semicolons; at most three. */
static size_t
split(struct vs_arena *arena, const char *text, const char *parts[3])
{
	size_t count = 0;
	for (const char *at = text; count < 3; count++) {
		size_t length = count < 2 ? strcspn(at, ";") : strlen(at);
		parts[count] = vs_text_clean(arena, vs_arena_copy(arena, at, length));
		at += length;
		if (!*at++)
			return count + 1;
	}
	return count;
}

/* Nothing was written when the last step of a booking is the same as before. */
static bool
last_step(struct entry *e, int64_t *ret_id, struct vs_error *err)
{
	*ret_id = 0;
	return db_int(e->db, SQL("SELECT max(id) FROM booking_event"), ret_id, err);
}

bool
enter_walk_in(struct entry *e, const char *row, const char *text, struct vs_error *err)
{
	const char *parts[3] = { NULL };
	int64_t shift = 0, booking = 0, before, after;
	size_t count = split(e->arena, text, parts);
	bool timed = count > 1 && parts[0][0] >= '0' && parts[0][0] <= '9';
	const char *phone = timed ? parts[2] : parts[1];
	if (!find_shift(e, timed ? parts[0] : NULL, &shift, err) ||
		!last_step(e, &before, err))
		return false;
	json_t *values =
		json_pack("{s:s, s:s*}", "name", parts[timed] ? parts[timed] : "",
			"phone", phone && *phone ? phone : NULL);
	bool ok = booking_walk_in(e->db, shift, values, &booking, err) &&
		last_step(e, &after, err);
	json_decref(values);
	return ok &&
		entry_tell(e, row, before != after,
			vs_arena_printf(e->arena,
				before != after ? _("came, as %s") : _("known as %s"),
				field_code(e->arena, booking)),
			err);
}
