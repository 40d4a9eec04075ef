/* Who came, who said yes on the telephone, and who came without having booked. */
#include "field/enter.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "field/booking.h"
#include "register/people.h"

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

static bool
read_role(struct entry *e, int64_t role, int64_t *ret_shift, const char **ret_name,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, e->db,
		    SQL("SELECT shift_id, name FROM shift_role WHERE id = ?"), err))
		return false;
	stmt_bind(&q, role);
	if (!stmt_row(&q, err))
		return err->code == VS_OK &&
			vs_fail(err, VS_NOT_FOUND,
				_("the shift has no such role any more; book with 'valstuga "
				  "booking add'"));
	*ret_shift = stmt_int(&q, 0);
	*ret_name = stmt_copy(&q, 1, e->arena);
	return true;
}

bool
enter_call(struct entry *e, const char *row, int64_t role, int64_t person,
	const char *value, struct vs_error *err)
{
	int64_t booking, shift = 0;
	struct vs_booking_options options = { .state = "booked" };
	const struct answer *answer = find_answer(value, err);
	if (!answer || !read_role(e, role, &shift, &options.role, err) ||
		!booking_of(e, shift, person, &booking, err))
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

/* "+10.00;Kim Ek;070-174 06 05;ja": the start and the tick may be left out. */
struct walker {
	const char *clock, *name, *phone; /* clock: NULL, the roster has one shift */
	bool agrees;
};

#define PARTS 5 /* one more than there may be */

/* The parts between semicolons. */
static size_t
split(struct vs_arena *arena, const char *text, const char *parts[PARTS])
{
	size_t count = 0;
	for (const char *at = text; count < PARTS; count++) {
		size_t length = strcspn(at, ";");
		parts[count] = vs_text_clean(arena, vs_arena_copy(arena, at, length));
		at += length;
		if (!*at++)
			return count + 1;
	}
	return count;
}

static bool
is_tick(const char *word)
{
	return strcmp(word, "ja") == 0 || strcmp(word, "yes") == 0 ||
		strcmp(word, "x") == 0;
}

static bool
read_walker(
	struct vs_arena *arena, const char *text, struct walker *w, struct vs_error *err)
{
	const char *parts[PARTS] = { "", "", "", "", "" };
	size_t count = split(arena, text, parts);
	bool timed = count > 1 && parts[0][0] >= '0' && parts[0][0] <= '9';
	const char *const *rest = parts + timed;
	*w = (struct walker){ timed ? parts[0] : NULL, rest[0], rest[1],
		is_tick(rest[2]) };
	return (*w->name && *w->phone && count <= 3u + timed &&
		       (!*rest[2] || w->agrees)) ||
		vs_fail(err, VS_INVALID,
			_("who walked in is written with name and phone, as in "
			  "+Name;070-123 45 67, and with ;ja behind when the box was ticked"));
}

/* Nothing was written when the last step of a booking is the same as before. */
static bool
last_step(struct entry *e, int64_t *ret_id, struct vs_error *err)
{
	*ret_id = 0;
	return db_int(e->db, SQL("SELECT max(id) FROM booking_event"), ret_id, err);
}

/* The box on the roster: what they agreed to stands above it. */
static bool
note_consent(struct entry *e, int64_t booking, bool *ret_new, struct vs_error *err)
{
	struct booking b;
	return booking_read(e->db, e->arena, booking, &b, err) &&
		register_consent_note(e->db, b.person,
			vs_arena_printf(e->arena, _("ticked on roster %s"), e->sheet),
			ret_new, err);
}

static const char *
walked_in(struct entry *e, int64_t booking, bool came, bool agreed)
{
	const char *code = field_code(e->arena, booking);
	if (agreed)
		return vs_arena_printf(e->arena,
			came ? _("came, as %s, and agreed")
			     : _("known as %s, and agreed"),
			code);
	return vs_arena_printf(
		e->arena, came ? _("came, as %s") : _("known as %s"), code);
}

bool
enter_walk_in(struct entry *e, const char *row, const char *text, struct vs_error *err)
{
	struct walker w;
	bool agreed = false;
	int64_t shift = 0, booking = 0, before, after;
	if (!read_walker(e->arena, text, &w, err) ||
		!find_shift(e, w.clock, &shift, err) || !last_step(e, &before, err))
		return false;
	json_t *values = json_pack("{s:s, s:s}", "name", w.name, "phone", w.phone);
	bool ok = booking_walk_in(e->db, shift, values, &booking, err) &&
		last_step(e, &after, err) &&
		(!w.agrees || note_consent(e, booking, &agreed, err));
	json_decref(values);
	return ok &&
		entry_tell(e, row, before != after || agreed,
			walked_in(e, booking, before != after, agreed), err);
}
