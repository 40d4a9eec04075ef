/* What people were told of their bookings: read, and written down. */
#include "field/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	[CONFIRMATION] = { "confirmation", N_("confirmation") },
	[DAY_BEFORE] = { "day-before", N_("the day before") },
	[CHANGED] = { "changed", N_("changed") },
	[CANCELLED] = { "cancelled", N_("called off") },
	[THANKS] = { "thanks", N_("thanks") },
};

bool
message_kind_read(const char *text, enum message_kind *ret_kind, struct vs_error *err)
{
	for (int i = 0; i < MESSAGE_KINDS; i++)
		if (strcmp(text, kinds[i].value) == 0) {
			*ret_kind = (enum message_kind)i;
			return true;
		}
	return vs_fail(err, VS_INVALID,
		_("there is no message \"%s\"; there are confirmation, day-before, changed, "
		  "cancelled, thanks"),
		text);
}

const char *
message_kind_text(enum message_kind kind)
{
	return kinds[kind].value;
}

const char *
message_kind_name(enum message_kind kind)
{
	return _(kinds[kind].label);
}

const char *
message_place(struct vs_arena *arena, const struct field_activity *a)
{
	if (a->place_name && a->address)
		return vs_arena_printf(arena, "%s, %s", a->place_name, a->address);
	return a->place_name ? a->place_name : a->address;
}

/* Reading ------------------------------------------------------------------------------------*/

/* A row with one of the booking's messages, the oldest first. */
static void
take_message(struct vs_arena *arena, struct told *told, const struct stmt *q)
{
	enum message_kind kind = CONFIRMATION;
	struct vs_error ignored = { 0 };
	if (stmt_null(q, 4) || !message_kind_read(stmt_text(q, 4), &kind, &ignored))
		return;
	told->events[kind] = stmt_int(q, 5);
	told->any = true;
	told->sequence = stmt_int(q, 6);
	told->starts_at = stmt_int(q, 7);
	told->ends_at = stmt_int(q, 8);
	told->place = stmt_copy(q, 9, arena);
	if (kind == DAY_BEFORE)
		told->reminded_of = told->starts_at;
}

bool
told_read(struct vs_db *db, struct vs_arena *arena, struct told_list *ret_list,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct told_list list = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT b.id, e.id, e.reason, b.cancelled_by, m.kind, m.event_id,"
			" m.sequence, m.starts_at, m.ends_at, m.place FROM booking b"
			" LEFT JOIN booking_event e ON e.id = (SELECT max(v.id)"
			"  FROM booking_event v WHERE v.booking_id = b.id)"
			" LEFT JOIN message m ON m.booking_id = b.id ORDER BY b.id, m.id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		int64_t booking = stmt_int(&q, 0);
		if (!list.count || list.all[list.count - 1].booking != booking) {
			list.all = vs_arena_grow(
				arena, list.all, list.count, sizeof *list.all);
			list.all[list.count++] = (struct told){ .booking = booking,
				.last_event = stmt_int(&q, 1),
				.reason = stmt_copy(&q, 2, arena),
				.by = stmt_copy(&q, 3, arena) };
		}
		take_message(arena, &list.all[list.count - 1], &q);
	}
	*ret_list = list;
	return err->code == VS_OK;
}

static int
compare_told(const void *key, const void *told)
{
	int64_t a = *(const int64_t *)key, b = ((const struct told *)told)->booking;
	return (a > b) - (a < b);
}

const struct told *
told_of(const struct told_list *list, int64_t booking)
{
	return list->count ? bsearch(&booking, list->all, list->count, sizeof *list->all,
				     compare_told)
			   : NULL;
}

/* Writing ------------------------------------------------------------------------------------*/

/* "A, B", or the one that there is. */
#define BOTH(a, b) " coalesce(" a " || ', ' || (" b "), " a ", (" b "))"

static bool
write_told(struct vs_db *db, enum message_kind kind, int64_t booking, const char *channel,
	int64_t now, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO message (booking_id, kind, at, channel, actor, event_id,"
			" sequence, starts_at, ends_at, place)"
			" SELECT b.id, ?, ?, ?, ?, coalesce((SELECT max(e.id)"
			"  FROM booking_event e WHERE e.booking_id = b.id), 0),"
			" t.sequence + a.sequence, t.starts_at, t.ends_at," BOTH(
				"coalesce(p.name, a.venue)",
				BOTH("coalesce(p.street, a.street)",
					"coalesce(p.town, a.town)")) " FROM booking b JOIN shift t ON t.id = b.shift_id"
								     " JOIN activity a ON a.id = t.activity_id"
								     " LEFT JOIN place p ON p.id = a.place_id WHERE b.id = ?"),
		    err))
		return false;
	stmt_bind(&q, message_kind_text(kind));
	stmt_bind(&q, now);
	stmt_bind(&q, channel);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, booking);
	return stmt_run(&q, err) &&
		(db_changes(db) == 1 ||
			vs_fail(err, VS_NOT_FOUND, _("no booking %lld"),
				(long long)booking));
}

static bool
check_channel(const char *channel, struct vs_error *err)
{
	static const char *const channels[] = { "email", "sms", "phone" };
	for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
		if (strcmp(channel, channels[i]) == 0)
			return true;
	return vs_fail(err, VS_INVALID,
		_("people are told by email, sms or phone, not by \"%s\""), channel);
}

bool
vs_field_told(struct vs_db *db, const char *kind, const json_t *bookings,
	const char *channel, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	enum message_kind which = CONFIRMATION;
	int64_t now;
	size_t i;
	json_t *booking;
	if (!message_kind_read(kind, &which, err) || !check_channel(channel, err) ||
		!vs_clock_now(&now, err) || !change_begin(&change, db, "mail", err))
		return false;
	json_array_foreach (bookings, i, booking)
		if (!write_told(
			    db, which, json_integer_value(booking), channel, now, err))
			return false;
	change_say(&change, "booking", NULL, _("%s: told of %d bookings by %s"), kind,
		(int)json_array_size(bookings), channel);
	return change_commit(&change, err);
}
