/*
 * Calendars of people, activities and associations. What was cancelled stays in, as
 * CANCELLED: who has the calendar would else keep it.
 */
#include "field/field.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

struct book {
	struct vs_db *db;
	struct vs_arena *arena;
	struct vs_campaign campaign;
	json_t *events;
};

/* The same for the same row of the same campaign, whatever changes about it. */
static const char *
uid_of(const struct book *book, const char *noun, int64_t id)
{
	return vs_campaign_uid(book->arena, &book->campaign, noun,
		vs_arena_printf(book->arena, "%lld", (long long)id));
}

static const char *
joined(struct vs_arena *arena, const char *a, const char *b)
{
	return a && b ? vs_arena_printf(arena, "%s, %s", a, b) : a ? a : b;
}

/* What an event has of its activity. */
static json_t *
event_of(const struct book *book, const char *uid, const struct field_activity *a)
{
	json_t *event = json_object();
	record_put(event, "uid", uid);
	record_put(event, "description", a->instructions);
	record_put(event, "location", joined(book->arena, a->place_name, a->address));
	if (a->located) {
		json_object_set_new(event, "latitude", json_real(a->latitude));
		json_object_set_new(event, "longitude", json_real(a->longitude));
	}
	if (a->contact_name)
		record_put(event, "contact",
			joined(book->arena, a->contact_name,
				a->contact_phone
					? vs_phone_text(book->arena, a->contact_phone)
					: NULL));
	record_put(event, "url", a->link);
	json_object_set_new(event, "categories", json_pack("[s]", a->kind_name));
	json_array_append_new(book->events, event);
	return event;
}

static void
put_time(json_t *event, int64_t starts_at, int64_t ends_at, int64_t sequence)
{
	json_object_set_new(event, "starts_at", json_integer(starts_at));
	json_object_set_new(event, "ends_at", json_integer(ends_at));
	json_object_set_new(event, "sequence", json_integer(sequence));
}

static void
add_activity(const struct book *book, const struct field_activity *a)
{
	json_t *event = event_of(book, uid_of(book, "activity", a->id), a);
	record_put(event, "summary", joined(book->arena, a->title, a->place_name));
	put_time(event, a->starts_at, a->ends_at, a->sequence + a->cancelled);
	if (a->cancelled)
		record_put(event, "status", "CANCELLED");
}

/* How many of a role are there, of how many: nobody's name. */
static const char *
seats_text(struct vs_arena *arena, const struct field_shift *shift)
{
	const char *text = "";
	for (size_t i = 0; i < shift->role_count; i++)
		text = vs_arena_printf(arena, _("%s%s%s: %d of %d"), text,
			*text ? "\n" : "", shift->roles[i].name, shift->roles[i].taken,
			shift->roles[i].wanted);
	return text;
}

static void
add_shift(const struct book *book, const struct field_shift *shift)
{
	const struct field_activity *a = shift->activity;
	json_t *event = event_of(book, uid_of(book, "shift", shift->id), a);
	record_put(event, "summary", joined(book->arena, a->title, a->place_name));
	record_put(event, "description", seats_text(book->arena, shift));
	put_time(event, shift->starts_at, shift->ends_at,
		shift->sequence + a->sequence + shift->cancelled);
	if (shift->cancelled)
		record_put(event, "status", "CANCELLED");
}

/* Bookings -----------------------------------------------------------------------------------*/

/* How often each booking has changed, by id. */
struct changes {
	struct change_count {
		int64_t booking, count;
	} * all;
	size_t count;
};

static bool
read_changes(const struct book *book, int64_t person, struct changes *ret_changes,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct changes changes = { 0 };
	if (!stmt_open(&q, book->db,
		    SQL("SELECT b.id, count(e.id) FROM booking b"
			" LEFT JOIN booking_event e ON e.booking_id = b.id"
			" WHERE ?1 = 0 OR b.person_id = ?1 GROUP BY b.id ORDER BY b.id"),
		    err))
		return false;
	stmt_bind(&q, person);
	while (stmt_row(&q, err)) {
		changes.all = vs_arena_grow(
			book->arena, changes.all, changes.count, sizeof *changes.all);
		changes.all[changes.count++] =
			(struct change_count){ stmt_int(&q, 0), stmt_int(&q, 1) };
	}
	*ret_changes = changes;
	return err->code == VS_OK;
}

static int64_t
changes_of(const struct changes *changes, int64_t booking)
{
	size_t low = 0, high = changes->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (changes->all[middle].booking < booking)
			low = middle + 1;
		else
			high = middle;
	}
	return low < changes->count && changes->all[low].booking == booking
		? changes->all[low].count
		: 0;
}

static const char *
role_name(const struct field_shift *shift, int64_t role)
{
	for (size_t i = 0; i < shift->role_count; i++)
		if (shift->roles[i].id == role)
			return shift->roles[i].name;
	return "";
}

static const char *
status_of(const struct field_shift *shift, const char *state)
{
	if (shift->cancelled || strcmp(state, "cancelled") == 0)
		return "CANCELLED";
	bool sure = strcmp(state, "booked") == 0 || strcmp(state, "attended") == 0 ||
		strcmp(state, "no_show") == 0;
	return sure ? "CONFIRMED" : "TENTATIVE";
}

/* `name`: whose it is, in a calendar of several people; NULL in one's own. */
static void
add_booking(const struct book *book, const struct field_shift *shift,
	const struct field_booking *booking, const struct changes *changes,
	const char *name)
{
	const struct field_activity *a = shift->activity;
	const char *what = vs_arena_printf(
		book->arena, "%s (%s)", a->title, role_name(shift, booking->role));
	const char *status = status_of(shift, booking->state);
	json_t *event = event_of(book, uid_of(book, "booking", booking->id), a);
	what = joined(book->arena, what, a->place_name);
	record_put(event, "summary",
		name ? vs_arena_printf(book->arena, "%s: %s", name, what) : what);
	record_put(event, "description",
		vs_arena_printf(book->arena, _("%s%sBooking %s"),
			a->instructions ? a->instructions : "",
			a->instructions ? "\n" : "",
			field_code(book->arena, booking->id)));
	put_time(event, shift->starts_at, shift->ends_at,
		shift->sequence + a->sequence + changes_of(changes, booking->id));
	record_put(event, "status", status);
	json_object_set_new(event, "modified_at", json_integer(booking->changed_at));
	if (strcmp(status, "CONFIRMED") != 0)
		json_object_set_new(event, "free", json_true());
}

/* Who only waits has nothing to put into a calendar. */
static void
add_bookings(const struct book *book, const struct field_shift *shift,
	const struct field_people *people, int64_t person, const struct changes *changes)
{
	for (size_t i = 0; i < shift->booking_count; i++) {
		const struct field_booking *booking = &shift->bookings[i];
		const struct field_person *who = field_person_of(people, booking->person);
		if (!who || who->restricted || (person && who->id != person) ||
			strcmp(booking->state, "waiting") == 0)
			continue;
		add_booking(book, shift, booking, changes, person ? NULL : who->name);
	}
}

/* Calendars ----------------------------------------------------------------------------------*/

static bool
find_person(const struct book *book, const char *text, int64_t *ret_id,
	const char **ret_name, struct vs_error *err)
{
	json_t *record = vs_record_get(book->db, &vs_person_type, text, err);
	if (!record)
		return false;
	bool restricted = record_true(record, "restricted");
	*ret_id = record_integer(record, "id");
	*ret_name = vs_arena_text(book->arena, record_string(record, "name"));
	json_decref(record);
	return !restricted ||
		vs_fail(err, VS_REFUSED,
			_("person %lld is restricted; there is no calendar of them"),
			(long long)*ret_id);
}

/* The world without the person: one who was taken off a shift still has it in the calendar. */
static bool
fill_bookings(struct book *book, const struct vs_shift_filter *filter, json_t *calendar,
	struct vs_error *err)
{
	struct vs_shift_filter all = *filter;
	struct field_world world;
	struct field_people people;
	struct changes changes;
	int64_t person = 0;
	const char *name = book->campaign.title;
	all.person = NULL;
	if ((filter->person && !find_person(book, filter->person, &person, &name, err)) ||
		!field_world_read(book->db, book->arena, &all, &world, err) ||
		!field_people_read(book->db, book->arena, &people, err) ||
		!read_changes(book, person, &changes, err))
		return false;
	record_put(calendar, "name", vs_arena_printf(book->arena, _("Shifts: %s"), name));
	for (size_t i = 0; i < world.shift_count; i++)
		add_bookings(book, &world.shifts[i], &people, person, &changes);
	return true;
}

static bool
fill_activities(struct book *book, const struct vs_shift_filter *filter, bool shifts,
	json_t *calendar, struct vs_error *err)
{
	struct field_world world;
	const char *name = book->campaign.title;
	if (!field_world_read(book->db, book->arena, filter, &world, err))
		return false;
	if (filter->activity && world.activity_count)
		name = world.activities[0].title;
	else if (filter->association && world.activity_count)
		name = world.activities[0].association_name;
	record_put(calendar, "name", name);
	for (size_t i = 0; !shifts && i < world.activity_count; i++)
		if (strcmp(world.activities[i].visibility, "draft") != 0)
			add_activity(book, &world.activities[i]);
	for (size_t i = 0; shifts && i < world.shift_count; i++)
		if (strcmp(world.shifts[i].activity->visibility, "draft") != 0)
			add_shift(book, &world.shifts[i]);
	return true;
}

/* What the events of a calendar are. */
enum events { OF_ACTIVITIES, OF_SHIFTS, OF_BOOKINGS };

static json_t *
calendar_of(struct vs_db *db, const struct vs_shift_filter *filter, enum events events,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct book book = { .db = db, .arena = scratch.arena };
	int64_t now;
	if (!vs_clock_now(&now, err) || !snapshot_begin(&snapshot, db, err) ||
		!vs_campaign_get(db, scratch.arena, &book.campaign, err))
		return NULL;
	book.events = json_array();
	json_t *calendar = json_pack(
		"{s:I, s:o}", "made_at", (json_int_t)now, "events", book.events);
	record_put(calendar, "organizer",
		vs_arena_printf(scratch.arena, "%s %s", book.campaign.party_name,
			book.campaign.district));
	if (events == OF_BOOKINGS ? fill_bookings(&book, filter, calendar, err)
				  : fill_activities(&book, filter, events == OF_SHIFTS,
					    calendar, err))
		return calendar;
	json_decref(calendar);
	return NULL;
}

json_t *
vs_field_calendar(
	struct vs_db *db, const struct vs_shift_filter *filter, struct vs_error *err)
{
	return calendar_of(db, filter,
		filter->person		   ? OF_BOOKINGS
			: filter->activity ? OF_SHIFTS
					   : OF_ACTIVITIES,
		err);
}

/* For files: the options as they were typed ---------------------------------------------------*/

static struct vs_shift_filter
filter_of(const json_t *filters)
{
	return (struct vs_shift_filter){
		.from = record_string(filters, "from"),
		.until = record_string(filters, "until"),
		.association = record_string(filters, "association"),
		.kommun = record_string(filters, "kommun"),
		.activity = record_string(filters, "activity"),
		.kind = record_string(filters, "kind"),
		.person = record_string(filters, "person"),
	};
}

json_t *
vs_activity_calendar(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	const struct vs_shift_filter filter = filter_of(filters);
	return calendar_of(db, &filter, OF_ACTIVITIES, err);
}

json_t *
vs_shift_calendar(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	const struct vs_shift_filter filter = filter_of(filters);
	return calendar_of(db, &filter, OF_SHIFTS, err);
}

json_t *
vs_booking_calendar(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	const struct vs_shift_filter filter = filter_of(filters);
	return calendar_of(db, &filter, OF_BOOKINGS, err);
}

json_t *
vs_person_calendar(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	const struct vs_shift_filter filter = filter_of(filters);
	if (filter.person)
		return calendar_of(db, &filter, OF_BOOKINGS, err);
	vs_fail(err, VS_USAGE, _("whose calendar? Say it with --person"));
	return NULL;
}

json_t *
vs_association_calendar(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	const struct vs_shift_filter filter = filter_of(filters);
	if (filter.association)
		return calendar_of(db, &filter, OF_ACTIVITIES, err);
	vs_fail(err, VS_USAGE,
		_("which association's calendar? Say it with --association"));
	return NULL;
}
