/* Bookings by number or code, and in words. */
#include "field/booking.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "base/text_parts.h"

#define REASON_MAX 300

const struct vs_choice booking_states[] = {
	{ "offered", N_("offered") },
	{ "waiting", N_("waiting") },
	{ "signed_up", N_("signed up") },
	{ "booked", N_("booked") },
	{ "attended", N_("attended") },
	{ "no_show", N_("did not come") },
	{ "cancelled", N_("cancelled") },
	{ 0 },
};

static bool
no_booking(int64_t id, struct vs_error *err)
{
	return vs_fail(err, VS_NOT_FOUND,
		_("no booking %lld; 'valstuga booking list' shows what there is"),
		(long long)id);
}

bool
booking_read(struct vs_db *db, struct vs_arena *arena, int64_t id,
	struct booking *ret_booking, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT shift_id, role_id, person_id, offered_until, state, override"
			" FROM booking WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, id);
	if (!stmt_row(&q, err))
		return err->code == VS_OK && no_booking(id, err);
	*ret_booking = (struct booking){
		.id = id,
		.shift = stmt_int(&q, 0),
		.role = stmt_int(&q, 1),
		.person = stmt_int(&q, 2),
		.offered_until = stmt_int(&q, 3),
		.state = stmt_copy(&q, 4, arena),
		.override = stmt_copy(&q, 5, arena),
	};
	return true;
}

bool
booking_find(struct vs_db *db, const char *text, int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t id;
	if (!field_code_read(text, true, &id, err) ||
		!stmt_open(&q, db, SQL("SELECT 1 FROM booking WHERE id = ?"), err))
		return false;
	stmt_bind(&q, id);
	if (!stmt_row(&q, err))
		return err->code == VS_OK && no_booking(id, err);
	*ret_id = id;
	return true;
}

const char *
booking_text(struct vs_db *db, struct vs_arena *arena, const struct booking *booking)
{
	struct rule_shift shift;
	struct vs_error ignored = { 0 };
	const char *code = field_code(arena, booking->id);
	const char *name = rule_person_name(db, arena, booking->person);
	if (!rule_shift_read(db, arena, booking->shift, 0, &shift, &ignored))
		return code;
	return vs_arena_printf(
		arena, "%s (%s, %s)", code, *name ? name : _("erased"), shift.text);
}

bool
booking_holds(const char *state, int64_t offered_until, int64_t now)
{
	static const char *const holding[] = { "signed_up", "booked", "attended",
		"no_show" };
	for (size_t i = 0; i < sizeof holding / sizeof *holding; i++)
		if (strcmp(state, holding[i]) == 0)
			return true;
	return strcmp(state, "offered") == 0 && offered_until > now;
}

bool
booking_reason(struct vs_arena *arena, const char *given, const char **ret_reason,
	struct vs_error *err)
{
	size_t bad;
	*ret_reason = NULL;
	if (!given)
		return true;
	if (!vs_text_check(given, strlen(given), &bad))
		return vs_fail(err, VS_INVALID,
			_("the reason or note is not valid UTF-8; type it again"));
	const char *clean = vs_text_clean(arena, given);
	if (vs_text_length(clean) > REASON_MAX)
		return vs_fail(err, VS_INVALID,
			_("\"%.*s…\" is longer than %d characters; shorten it"),
			text_excerpt(clean, 40), clean, REASON_MAX);
	*ret_reason = *clean ? clean : NULL;
	return true;
}
