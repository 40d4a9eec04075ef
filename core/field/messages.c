/* Whom to tell what at a moment, with all that the mail's template says. */
#include "field/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define SOON_SECONDS (48 * 3600) /* so close, a call is surer than a mail */

/* One booking of which somebody is to be told. */
struct due {
	const struct field_person *who;
	const struct field_shift *shift;
	const struct field_booking *booking;
	const struct told *told;
};

struct telling {
	struct vs_db *db;
	struct vs_arena *arena;
	enum message_kind kind;
	int64_t now;
	struct field_world world;
	struct field_people people;
	struct told_list told;
	struct due *due;
	size_t due_count;
	const char *sender, *controller, *controller_contact, *contact;
};

/* Who is to be told --------------------------------------------------------------------------*/

static bool
has_seat(const struct field_booking *booking)
{
	return strcmp(booking->state, "booked") == 0 ||
		strcmp(booking->state, "signed_up") == 0;
}

static bool
is_changed(const struct due *due)
{
	const struct told *told = due->told;
	return told->any &&
		told->sequence < due->shift->sequence + due->shift->activity->sequence;
}

/* Who was never told of a matched booking does not have to hear that it is gone. */
static bool
knows(const struct due *due)
{
	return due->told->any || strcmp(due->booking->source, "match") != 0;
}

static bool
is_due(const struct telling *t, const struct due *due)
{
	const struct told *told = due->told;
	bool ahead = due->shift->starts_at > t->now;
	bool heard = told->events[t->kind] >= told->last_event && told->events[t->kind];
	switch (t->kind) {
	case CONFIRMATION:
		return ahead && has_seat(due->booking) && !heard &&
			told->events[CHANGED] < told->last_event;
	case DAY_BEFORE:
		return ahead && has_seat(due->booking) && !due->shift->cancelled &&
			told->reminded_of != due->shift->starts_at;
	case CHANGED:
		return ahead && has_seat(due->booking) && is_changed(due);
	case CANCELLED:
		return ahead && strcmp(due->booking->state, "cancelled") == 0 &&
			told->by && strcmp(told->by, "organiser") == 0 && !heard &&
			knows(due);
	case THANKS:
		return strcmp(due->booking->state, "attended") == 0 &&
			due->shift->ends_at <= t->now && !told->events[THANKS];
	case MESSAGE_KINDS:
		break;
	}
	return false;
}

static void
find_due(struct telling *t)
{
	for (size_t i = 0; i < t->world.shift_count; i++)
		for (size_t b = 0; b < t->world.shifts[i].booking_count; b++) {
			const struct field_booking *booking =
				&t->world.shifts[i].bookings[b];
			struct due due = { .who = field_person_of(
						   &t->people, booking->person),
				.shift = &t->world.shifts[i],
				.booking = booking,
				.told = told_of(&t->told, booking->id) };
			if (!due.who || due.who->restricted || !due.told ||
				!is_due(t, &due))
				continue;
			t->due = vs_arena_grow(
				t->arena, t->due, t->due_count, sizeof *t->due);
			t->due[t->due_count++] = due;
		}
}

/* By person, then time; who has several shifts gets one message. */
static int
compare_due(const void *a, const void *b)
{
	const struct due *x = a, *y = b;
	int names = x->who == y->who ? 0 : vs_text_compare(x->who->name, y->who->name);
	if (names)
		return names;
	if (x->who->id != y->who->id)
		return x->who->id < y->who->id ? -1 : 1;
	if (x->shift->starts_at != y->shift->starts_at)
		return x->shift->starts_at < y->shift->starts_at ? -1 : 1;
	return (x->booking->id > y->booking->id) - (x->booking->id < y->booking->id);
}

/* What they are told -------------------------------------------------------------------------*/

static const char *
clock_of(struct vs_arena *arena, struct vs_local at)
{
	return vs_arena_printf(arena, "%d.%02d", at.hour, at.minute);
}

/* "lördag 22 augusti kl. 9.00–12.00" */
static const char *
when_of(struct vs_arena *arena, int64_t starts_at, int64_t ends_at)
{
	struct vs_local starts = vs_local_from_utc(starts_at);
	return vs_arena_printf(arena, _("%s at %s–%s"),
		vs_date_text(arena, starts.date, VS_DATE_WEEKDAY),
		clock_of(arena, starts), clock_of(arena, vs_local_from_utc(ends_at)));
}

static const char *
role_of(const struct due *due)
{
	for (size_t i = 0; i < due->shift->role_count; i++)
		if (due->shift->roles[i].id == due->booking->role)
			return due->shift->roles[i].name;
	return NULL;
}

static json_t *
shift_of(const struct telling *t, const struct due *due)
{
	const struct field_activity *a = due->shift->activity;
	json_t *shift = json_object();
	record_put(shift, "title", a->title);
	record_put(shift, "when",
		when_of(t->arena, due->shift->starts_at, due->shift->ends_at));
	record_put(shift, "role", role_of(due));
	record_put(shift, "place", message_place(t->arena, a));
	record_put(shift, "instructions", a->instructions);
	record_put(shift, "url", a->link);
	return shift;
}

static void
append_change(json_t *changes, const char *what, const char *before, const char *after)
{
	before = before ? before : "";
	after = after ? after : "";
	if (strcmp(before, after) != 0)
		json_array_append_new(changes,
			json_pack("{s:s, s:s, s:s}", "what", what, "before", before,
				"after", after));
}

static json_t *
changes_of(const struct telling *t, const struct due *due)
{
	const struct told *told = due->told;
	json_t *changes = json_array();
	append_change(changes, _("Time"),
		when_of(t->arena, told->starts_at, told->ends_at),
		when_of(t->arena, due->shift->starts_at, due->shift->ends_at));
	append_change(changes, _("Place"), told->place,
		message_place(t->arena, due->shift->activity));
	return changes;
}

/* Whom to ask: the activity's own contact, else the controller. */
static const char *
contact_of(const struct telling *t, const struct due *due)
{
	const struct field_activity *a = due->shift->activity;
	if (!a->contact_name)
		return t->contact;
	return a->contact_phone ? vs_arena_printf(t->arena, "%s, %s", a->contact_name,
					  vs_phone_text(t->arena, a->contact_phone))
				: a->contact_name;
}

static const char *
what_of(const struct telling *t, const struct due *due, size_t count)
{
	if (count > 1)
		return vs_arena_printf(
			t->arena, P_("%zu shift", "%zu shifts", (int64_t)count), count);
	struct vs_local starts = vs_local_from_utc(due->shift->starts_at);
	return vs_arena_printf(t->arena, "%s %s", due->shift->activity->title,
		vs_date_text(t->arena, starts.date, VS_DATE_WEEKDAY));
}

static const char *
greeting_of(const struct telling *t, const struct field_person *who)
{
	if (who->called)
		return who->called;
	return vs_arena_copy(t->arena, who->name, strcspn(who->name, " "));
}

static json_t *
view_of(const struct telling *t, const struct due *due, size_t count)
{
	json_t *view = json_object(), *shifts = json_array();
	record_put(view, "what", what_of(t, due, count));
	record_put(view, "name", greeting_of(t, due->who));
	record_put(view, "sender", t->sender);
	record_put(view, "contact", contact_of(t, due));
	record_put(view, "controller", t->controller);
	record_put(view, "controller_contact", t->controller_contact);
	for (size_t i = 0; i < count; i++)
		json_array_append_new(shifts, shift_of(t, &due[i]));
	json_object_set_new(view, "shifts", shifts);
	if (count == 1)
		record_put(view, "code", field_code(t->arena, due->booking->id));
	if (t->kind == CHANGED)
		json_object_set_new(view, "changes", changes_of(t, due));
	if (t->kind == CANCELLED)
		record_put(view, "reason", due->told->reason);
	return view;
}

/* How somebody is told; "" when there is no way. */
static const char *
way_of(const struct telling *t, const struct due *due)
{
	const struct field_person *who = due->who;
	bool call = who->phone && who->may_call;
	bool off = t->kind == CANCELLED || t->kind == CHANGED;
	if (off && call && due->shift->starts_at - t->now < SOON_SECONDS)
		return "phone";
	if (who->email && who->may_mail)
		return "email";
	if (who->phone && who->may_text)
		return "sms";
	if (call)
		return "phone";
	/* Whoever is booked must hear that it is off, by what they gave us. */
	return !off ? "" : who->phone ? "phone" : who->email ? "email" : "";
}

/* The same for the same message, another one when it is told anew. */
static const char *
key_of(const struct telling *t, const struct due *due)
{
	return vs_arena_printf(t->arena, "%lld-%s-%lld-%lld", (long long)due->booking->id,
		message_kind_text(t->kind), (long long)due->told->last_event,
		(long long)(due->shift->sequence + due->shift->activity->sequence));
}

static void
put_days(json_t *message, const struct due *due, size_t count)
{
	char from[17], until[17];
	vs_time_format_local(due->shift->starts_at, from);
	vs_time_format_local(due[count - 1].shift->starts_at, until);
	json_object_set_new(message, "from", json_stringn(from, 10));
	json_object_set_new(message, "until", json_stringn(until, 10));
}

static json_t *
message_of(const struct telling *t, const struct due *due, size_t count)
{
	json_t *message = json_object(), *bookings = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(bookings, json_integer(due[i].booking->id));
	json_object_set_new(message, "bookings", bookings);
	record_put(message, "key", key_of(t, due));
	put_days(message, due, count);
	json_object_set_new(message, "person", json_integer(due->who->id));
	record_put(message, "name", due->who->name);
	record_put(message, "phone",
		due->who->phone ? vs_phone_text(t->arena, due->who->phone) : "");
	record_put(message, "email", due->who->email);
	record_put(message, "by", way_of(t, due));
	record_put(message, "when",
		field_span_text(t->arena, due->shift->starts_at, due->shift->ends_at));
	json_object_set_new(message, "view", view_of(t, due, count));
	return message;
}

/* Reading ------------------------------------------------------------------------------------*/

static bool
read_sender(struct telling *t, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_campaign campaign;
	if (!vs_campaign_get(t->db, t->arena, &campaign, err) ||
		!stmt_open(&q, t->db,
			SQL("SELECT controller_name, coalesce(controller_email,"
			    " controller_phone), controller_phone FROM campaign"),
			err))
		return false;
	t->sender = vs_arena_printf(
		t->arena, "%s %s", campaign.party_name, campaign.district);
	if (!stmt_row(&q, err))
		return false;
	t->controller = stmt_null(&q, 0) ? t->sender : stmt_copy(&q, 0, t->arena);
	t->controller_contact = stmt_copy(&q, 1, t->arena);
	t->contact =
		stmt_null(&q, 2) ? t->controller_contact : stmt_copy(&q, 2, t->arena);
	return true;
}

/* Without days: tomorrow for a reminder, for the rest all that is there. */
static bool
read_world(struct telling *t, const struct vs_shift_filter *wanted, struct vs_error *err)
{
	struct vs_shift_filter filter = *wanted;
	struct vs_date today;
	char tomorrow[11];
	if (!vs_clock_today(&today, err))
		return false;
	if (t->kind == DAY_BEFORE && !filter.from && !filter.until) {
		filter.from = vs_date_format(vs_date_add(today, 1), tomorrow);
		filter.until = filter.from;
	}
	return field_world_read(t->db, t->arena, &filter, &t->world, err) &&
		field_people_read(t->db, t->arena, &t->people, err) &&
		told_read(t->db, t->arena, &t->told, err) && read_sender(t, err);
}

static bool
goes_together(const struct telling *t, const struct due *a, const struct due *b)
{
	return a->who == b->who && t->kind != CHANGED && t->kind != CANCELLED;
}

json_t *
vs_field_messages(struct vs_db *db, const char *kind,
	const struct vs_shift_filter *filter, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct telling t = { .db = db, .arena = scratch.arena };
	if (!message_kind_read(kind, &t.kind, err) || !vs_clock_now(&t.now, err) ||
		!snapshot_begin(&snapshot, db, err) || !read_world(&t, filter, err))
		return NULL;
	json_t *messages = json_array();
	find_due(&t);
	if (t.due_count)
		qsort(t.due, t.due_count, sizeof *t.due, compare_due);
	for (size_t i = 0, count; i < t.due_count; i += count) {
		count = 1;
		while (i + count < t.due_count &&
			goes_together(&t, &t.due[i], &t.due[i + count]))
			count++;
		json_array_append_new(messages, message_of(&t, &t.due[i], count));
	}
	return json_pack("{s:s, s:s, s:o}", "kind", message_kind_text(t.kind),
		"kind_name", message_kind_name(t.kind), "messages", messages);
}
