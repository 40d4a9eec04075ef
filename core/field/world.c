/* Activities, shifts, roles and bookings of a period, each read by one question. */
#include "field/field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* The filter as ids; 0 or NULL where nothing is asked for. */
struct wanted {
	int64_t from, until, association, activity, person;
	const char *kommun, *kind;
};

static bool
find_key(struct vs_db *db, const struct vs_record_type *type, const char *text,
	struct vs_arena *arena, const char **ret_key, struct vs_error *err)
{
	*ret_key = NULL;
	if (!text)
		return true;
	json_t *record = vs_record_get(db, type, text, err);
	if (record)
		*ret_key = vs_arena_text(arena, record_key_text(arena, type, record));
	json_decref(record);
	return record != NULL;
}

static bool
find_id(struct vs_db *db, const struct vs_record_type *type, const char *text,
	struct vs_arena *arena, int64_t *ret_id, struct vs_error *err)
{
	const char *key;
	if (!find_key(db, type, text, arena, &key, err))
		return false;
	*ret_id = key ? strtoll(key, NULL, 10) : 0;
	return true;
}

static bool
read_filter(struct vs_db *db, struct vs_arena *arena, const struct vs_shift_filter *f,
	struct wanted *ret_wanted, struct vs_error *err)
{
	struct wanted w = { 0 };
	if (!field_period(f->from, f->until, &w.from, &w.until, err) ||
		!find_id(db, &vs_association_type, f->association, arena, &w.association,
			err) ||
		!find_id(db, &vs_activity_type, f->activity, arena, &w.activity, err) ||
		!find_id(db, &vs_person_type, f->person, arena, &w.person, err) ||
		!find_key(db, &vs_kommun_type, f->kommun, arena, &w.kommun, err) ||
		!find_key(db, &vs_activity_kind_type, f->kind, arena, &w.kind, err))
		return false;
	*ret_wanted = w;
	return true;
}

/* ?1-?7 in each question: from, until, association, activity, person, kommun, kind. */
static void
bind_wanted(struct stmt *q, const struct wanted *w)
{
	stmt_bind(q, w->from);
	stmt_bind(q, w->until);
	stmt_bind(q, w->association);
	stmt_bind(q, w->activity);
	stmt_bind(q, w->person);
	stmt_bind(q, w->kommun);
	stmt_bind(q, w->kind);
}

/* Shifts that touch the period; none is longer than a week, so that the index finds both ends. */
#define TOUCHING " t.starts_at >= ?1 - 604800 AND t.starts_at < ?2 AND t.ends_at > ?1 AND"

/* An activity counts when it, or a shift of it, touches the period. */
#define CHOSEN \
	" (?3 = 0 OR a.association_id = ?3) AND (?4 = 0 OR a.id = ?4)" \
	" AND (?6 IS NULL OR a.kommun_code = ?6) AND (?7 IS NULL OR a.kind = ?7)" \
	" AND (?5 = 0 OR EXISTS (SELECT 1 FROM booking b JOIN shift t ON t.id = b.shift_id" \
	"  WHERE t.activity_id = a.id AND b.person_id = ?5 AND b.state <> 'cancelled'))"

static const char *
address_text(struct vs_arena *arena, const struct stmt *q, int street)
{
	const char *first = stmt_text(q, street), *second = stmt_text(q, street + 1);
	if (!first || !second)
		return first ? stmt_copy(q, street, arena)
			     : stmt_copy(q, street + 1, arena);
	return vs_arena_printf(arena, "%s, %s", first, second);
}

static struct field_activity
activity_row(struct vs_arena *arena, const struct stmt *q)
{
	return (struct field_activity){
		.id = stmt_int(q, 0),
		.association = stmt_int(q, 1),
		.place = stmt_int(q, 2),
		.contact = stmt_int(q, 3),
		.kind = stmt_copy(q, 4, arena),
		.kind_name = stmt_copy(q, 5, arena),
		.title = stmt_copy(q, 6, arena),
		.kommun = stmt_copy(q, 7, arena),
		.kommun_name = stmt_copy(q, 8, arena),
		.association_name = stmt_copy(q, 9, arena),
		.place_name = stmt_copy(q, 10, arena),
		.address = address_text(arena, q, 11),
		.instructions = stmt_copy(q, 13, arena),
		.visibility = stmt_copy(q, 14, arena),
		.mode = stmt_copy(q, 15, arena),
		.link = stmt_copy(q, 16, arena),
		.note = stmt_copy(q, 17, arena),
		.latitude = stmt_real(q, 18),
		.longitude = stmt_real(q, 19),
		.located = !stmt_null(q, 18),
		.cancelled = !stmt_null(q, 20),
		.starts_at = stmt_int(q, 21),
		.ends_at = stmt_int(q, 22),
		.sequence = stmt_int(q, 23),
		.contact_name = stmt_copy(q, 24, arena),
		.contact_phone = stmt_copy(q, 25, arena),
		.way = { !stmt_null(q, 26), stmt_real(q, 26), stmt_real(q, 27) },
	};
}

static bool
read_activities(struct vs_db *db, const struct wanted *wanted, struct field_world *w,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT a.id, a.association_id, a.place_id, a.contact_id, a.kind, k.name,"
			" a.title, a.kommun_code, m.name, s.name, coalesce(p.name, a.venue),"
			" coalesce(p.street, a.street), coalesce(p.town, a.town), a.instructions,"
			" a.visibility, a.mode, a.link, a.note, coalesce(a.latitude, p.latitude),"
			" coalesce(a.longitude, p.longitude), a.cancelled_at, a.starts_at,"
			" a.ends_at, a.sequence, c.name, c.phone," WAY_COLUMNS
			" FROM activity a"
			" JOIN activity_kind k ON k.code = a.kind"
			" LEFT JOIN kommun m ON m.code = a.kommun_code"
			" LEFT JOIN association s ON s.id = a.association_id"
			" LEFT JOIN place p ON p.id = a.place_id"
			" LEFT JOIN person c ON c.id = a.contact_id AND NOT c.restricted"
			" WHERE (a.starts_at < ?2 AND a.ends_at > ?1 OR EXISTS (SELECT 1 FROM shift t"
			"  WHERE t.activity_id = a.id AND t.starts_at < ?2 AND t.ends_at > ?1))"
			" AND" CHOSEN " ORDER BY a.id"),
		    err))
		return false;
	bind_wanted(&q, wanted);
	while (stmt_row(&q, err)) {
		w->activities = vs_arena_grow(w->arena, w->activities, w->activity_count,
			sizeof *w->activities);
		w->activities[w->activity_count++] = activity_row(w->arena, &q);
	}
	return err->code == VS_OK;
}

static int
compare_activities(const void *key, const void *activity)
{
	int64_t a = *(const int64_t *)key,
		b = ((const struct field_activity *)activity)->id;
	return (a > b) - (a < b);
}

static const struct field_activity *
activity_of(const struct field_world *w, int64_t id)
{
	return w->activity_count ? bsearch(&id, w->activities, w->activity_count,
					   sizeof *w->activities, compare_activities)
				 : NULL;
}

static bool
read_shifts(struct vs_db *db, const struct wanted *wanted, struct field_world *w,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT t.id, t.activity_id, t.starts_at, t.ends_at, t.sequence,"
			" t.break_minutes, coalesce(t.tolerance, k.tolerance),"
			" coalesce(t.rest, k.rest), coalesce(t.pair, k.pair),"
			" t.cancelled_at IS NOT NULL OR a.cancelled_at IS NOT NULL, t.note"
			" FROM shift t JOIN activity a ON a.id = t.activity_id"
			" JOIN activity_kind k ON k.code = a.kind"
			" WHERE" TOUCHING CHOSEN
			" AND (?5 = 0 OR EXISTS (SELECT 1 FROM booking b WHERE b.shift_id = t.id"
			"  AND b.person_id = ?5 AND b.state <> 'cancelled'))"
			" ORDER BY t.starts_at, t.ends_at, t.id"),
		    err))
		return false;
	bind_wanted(&q, wanted);
	while (stmt_row(&q, err)) {
		w->shifts = vs_arena_grow(
			w->arena, w->shifts, w->shift_count, sizeof *w->shifts);
		w->shifts[w->shift_count++] = (struct field_shift){
			.id = stmt_int(&q, 0),
			.activity = activity_of(w, stmt_int(&q, 1)),
			.starts_at = stmt_int(&q, 2),
			.ends_at = stmt_int(&q, 3),
			.sequence = stmt_int(&q, 4),
			.break_minutes = (int)stmt_int(&q, 5),
			.tolerance = (int)stmt_int(&q, 6),
			.rest = (int)stmt_int(&q, 7),
			.pair = stmt_int(&q, 8),
			.cancelled = stmt_int(&q, 9),
			.note = stmt_copy(&q, 10, w->arena),
		};
	}
	return err->code == VS_OK;
}

/* Shifts by id, for what follows: the world has them by time. */
struct by_id {
	int64_t id;
	struct field_shift *shift;
};

static int
compare_ids(const void *a, const void *b)
{
	int64_t x = ((const struct by_id *)a)->id, y = ((const struct by_id *)b)->id;
	return (x > y) - (x < y);
}

static struct by_id *
index_shifts(struct field_world *w)
{
	struct by_id *all = vs_arena_alloc(w->arena, (w->shift_count + 1) * sizeof *all);
	for (size_t i = 0; i < w->shift_count; i++)
		all[i] = (struct by_id){ w->shifts[i].id, &w->shifts[i] };
	qsort(all, w->shift_count, sizeof *all, compare_ids);
	return all;
}

static struct field_shift *
shift_of(const struct field_world *w, const struct by_id *index, int64_t id)
{
	struct by_id key = { id, NULL };
	const struct by_id *found =
		bsearch(&key, index, w->shift_count, sizeof *index, compare_ids);
	return found ? found->shift : NULL;
}

static bool
read_roles(struct vs_db *db, const struct wanted *wanted, struct field_world *w,
	const struct by_id *index, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT r.shift_id, r.id, r.name, r.skill_id, k.name, r.least, r.wanted,"
			" r.most FROM shift t JOIN activity a ON a.id = t.activity_id"
			" JOIN shift_role r ON r.shift_id = t.id"
			" LEFT JOIN skill k ON k.id = r.skill_id"
			" WHERE" TOUCHING CHOSEN " ORDER BY r.shift_id, r.id"),
		    err))
		return false;
	bind_wanted(&q, wanted);
	while (stmt_row(&q, err)) {
		struct field_shift *shift = shift_of(w, index, stmt_int(&q, 0));
		if (!shift)
			continue; /* not the person's */
		shift->roles = vs_arena_grow(
			w->arena, shift->roles, shift->role_count, sizeof *shift->roles);
		shift->roles[shift->role_count++] = (struct field_role){
			.id = stmt_int(&q, 1),
			.name = stmt_copy(&q, 2, w->arena),
			.skill = stmt_int(&q, 3),
			.skill_name = stmt_copy(&q, 4, w->arena),
			.least = (int)stmt_int(&q, 5),
			.wanted = (int)stmt_int(&q, 6),
			.most = (int)stmt_int(&q, 7),
		};
	}
	return err->code == VS_OK;
}

static bool
holds_seat(const char *state, int64_t offered_until, int64_t now)
{
	static const char *const holding[] = { "signed_up", "booked", "attended",
		"no_show" };
	for (size_t i = 0; i < sizeof holding / sizeof *holding; i++)
		if (strcmp(state, holding[i]) == 0)
			return true;
	return strcmp(state, "offered") == 0 && offered_until > now;
}

static void
count_booking(struct field_shift *shift, const struct field_booking *booking)
{
	for (size_t i = 0; i < shift->role_count; i++)
		if (shift->roles[i].id == booking->role) {
			shift->roles[i].taken += booking->holds;
			shift->roles[i].waiting += strcmp(booking->state, "waiting") == 0;
		}
}

static bool
read_bookings(struct vs_db *db, const struct wanted *wanted, struct field_world *w,
	const struct by_id *index, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT o.shift_id, o.id, o.person_id, o.role_id, o.offered_until,"
			" o.changed_at, o.state, o.source, o.override, o.cancelled_by = 'person'"
			" FROM shift t JOIN activity a ON a.id = t.activity_id"
			" JOIN booking o ON o.shift_id = t.id"
			" WHERE" TOUCHING CHOSEN " ORDER BY o.id"),
		    err))
		return false;
	bind_wanted(&q, wanted);
	while (stmt_row(&q, err)) {
		struct field_shift *shift = shift_of(w, index, stmt_int(&q, 0));
		if (!shift)
			continue;
		shift->bookings = vs_arena_grow(w->arena, shift->bookings,
			shift->booking_count, sizeof *shift->bookings);
		struct field_booking *booking = &shift->bookings[shift->booking_count++];
		*booking = (struct field_booking){
			.id = stmt_int(&q, 1),
			.person = stmt_int(&q, 2),
			.role = stmt_int(&q, 3),
			.offered_until = stmt_int(&q, 4),
			.changed_at = stmt_int(&q, 5),
			.state = stmt_copy(&q, 6, w->arena),
			.source = stmt_copy(&q, 7, w->arena),
			.override = stmt_copy(&q, 8, w->arena),
			.backed_out = stmt_int(&q, 9),
		};
		booking->holds =
			holds_seat(booking->state, booking->offered_until, w->now);
		count_booking(shift, booking);
	}
	return err->code == VS_OK;
}

bool
field_world_read(struct vs_db *db, struct vs_arena *arena,
	const struct vs_shift_filter *filter, struct field_world *ret_world,
	struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	struct field_world w = { .arena = arena };
	struct wanted wanted;
	if (!vs_clock_now(&w.now, err) || !snapshot_begin(&snapshot, db, err) ||
		!read_filter(db, arena, filter, &wanted, err) ||
		!read_activities(db, &wanted, &w, err) ||
		!read_shifts(db, &wanted, &w, err))
		return false;
	const struct by_id *index = index_shifts(&w);
	if (!read_roles(db, &wanted, &w, index, err) ||
		!read_bookings(db, &wanted, &w, index, err))
		return false;
	*ret_world = w;
	return true;
}

#define EARTH_KM 6371.0
#define DETOUR	 1.3 /* a road is so much longer than the crow's flight */
#define KMH	 60  /* in a car, on the country's roads */

int
field_travel(struct field_position from, struct field_position to)
{
	if (!from.known || !to.known)
		return 0;
	double north = (to.latitude - from.latitude) * (M_PI / 360);
	double east = (to.longitude - from.longitude) * (M_PI / 360);
	double half = sin(north) * sin(north) +
		cos(from.latitude * (M_PI / 180)) * cos(to.latitude * (M_PI / 180)) *
			sin(east) * sin(east);
	double km = 2 * EARTH_KM * asin(sqrt(half < 1 ? half : 1));
	return (int)lround(km * DETOUR * 60 / KMH);
}
