/* Activities: times by the Swedish clock, series over the change of clocks, calling off. */
#include "scene.h"

#include <valstuga/field.h>

#include "field/field.h"

#define FOREVER "keep_until=2027-01-01"

static int
field_open(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	scene_time("2026-08-01 10:00");
	assert_done(s, record_add(s, &vs_association_type, VALUES("name=V Kil"), NULL));
	assert_done(s, record_add(s, &vs_association_type, VALUES("name=V Eda"), NULL));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Kil", VALUES("association=V Kil")));
	assert_done(s,
		record_add(s, &vs_place_type,
			VALUES("name=Biblioteket", "kommun=Kil", "street=Storgatan 1"),
			NULL));
	assert_done(s,
		record_add(s, &vs_person_type,
			VALUES("name=Kim Ek", "phone=070-123 45 67", FOREVER), NULL));
	assert_done(
		s, record_add(s, &vs_person_type, VALUES("name=Bo Al", FOREVER), NULL));
	assert_done(
		s, record_add(s, &vs_person_type, VALUES("name=Eva Ask", FOREVER), NULL));
	return 0;
}

static const char *
add_activity(struct scene *s, const char *starts, const char *ends)
{
	const char *key;
	json_t *values = VALUES("title=Stugan", "kind=valstuga", "association=V Kil",
		"venue=Stora torget", "contact=Kim Ek");
	json_object_set_new(values, "starts", json_string(starts));
	json_object_set_new(values, "ends", json_string(ends));
	assert_done(s, record_add(s, &vs_activity_type, values, &key));
	return key;
}

static bool
try_activity(struct scene *s, json_t *more)
{
	json_t *values = VALUES(
		"title=Stugan", "kind=valstuga", "starts=2026-08-22 10.00", "ends=14.00");
	json_object_update(values, more);
	json_decref(more);
	return record_add(s, &vs_activity_type, values, NULL);
}

static json_t *
get(struct scene *s, const char *key)
{
	json_t *record = vs_record_get(s->db, &vs_activity_type, key, &s->err);
	assert_done(s, record != NULL);
	return record;
}

static int64_t
moment(struct scene *s, const char *text)
{
	int64_t utc = 0;
	assert_done(s, vs_time_parse(text, &utc, &s->err));
	return utc;
}

static int64_t
add_shift(struct scene *s, const char *activity, const char *starts, const char *ends)
{
	VS_AUTO(stmt) q = { 0 };
	VS_AUTO(stmt) role = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO shift (activity_id, starts_at, ends_at)"
			    " VALUES (CAST(? AS INTEGER), ?, ?)"),
			&s->err));
	stmt_bind(&q, activity);
	stmt_bind(&q, moment(s, starts));
	stmt_bind(&q, moment(s, ends));
	assert_done(s, stmt_run(&q, &s->err));
	int64_t shift = db_last_id(s->db);
	assert_done(s,
		stmt_open(&role, s->db,
			SQL("INSERT INTO shift_role (shift_id, name, least, wanted, most)"
			    " VALUES (?, 'värd', 2, 3, 3)"),
			&s->err));
	stmt_bind(&role, shift);
	assert_done(s, stmt_run(&role, &s->err));
	return shift;
}

static const char *
number(struct scene *s, int64_t id)
{
	return vs_arena_printf(s->arena, "%lld", (long long)id);
}

static bool
book(struct scene *s, int64_t shift, const char *person, const char *state)
{
	const struct vs_booking_options options = { .state = state };
	return vs_booking_add(
		s->db, number(s, shift), person, &options, s->arena, NULL, &s->err);
}

static bool
copied(struct scene *s, const char *activity, const struct vs_series *series)
{
	json_t *view = vs_activity_copy(s->db, activity, series, false, &s->err);
	json_decref(view);
	return view != NULL;
}

static bool
cancelled(struct scene *s, const char *activity, const char *reason)
{
	json_t *view = vs_activity_cancel(s->db, activity, reason, false, &s->err);
	json_decref(view);
	return view != NULL;
}

/* Times ----------------------------------------------------------------------------------- */

static void
an_end_may_be_only_a_clock_time(void **state)
{
	struct scene *s = *state;
	json_t *day = get(s, add_activity(s, "2026-08-22 9.30", "14"));
	assert_int_equal(integer_at(day, "starts"), moment(s, "2026-08-22 09:30"));
	assert_int_equal(integer_at(day, "ends"), moment(s, "2026-08-22 14:00"));
	json_t *night = get(s, add_activity(s, "2026-08-22 20:00", "01.30"));
	assert_int_equal(integer_at(night, "ends"), moment(s, "2026-08-23 01:30"));
	json_t *spring = get(s, add_activity(s, "2026-03-28 23.30", "01.30"));
	assert_int_equal(integer_at(spring, "ends"), moment(s, "2026-03-29 01:30"));
	json_decref(spring);
	json_t *late = get(s, add_activity(s, "2026-08-22 20.00", "24.00"));
	assert_int_equal(integer_at(late, "ends"), moment(s, "2026-08-23 00:00"));
	json_decref(day);
	json_decref(night);
	json_decref(late);
}

static void
a_time_that_comes_twice_must_say_which(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		try_activity(s, VALUES("starts=2026-10-25 02.30", "ends=05.00")),
		VS_INVALID, "sommartid");
	assert_refused(s,
		try_activity(s, VALUES("starts=2026-10-24 20.00", "ends=02.30")),
		VS_INVALID, "normaltid");
	json_t *a = get(s, add_activity(s, "2026-10-24 20.00", "02.30 sommartid"));
	json_t *b = get(s, add_activity(s, "2026-10-25 02.30 normaltid", "04.00"));
	assert_int_equal(integer_at(a, "ends") + 3600, integer_at(b, "starts"));
	json_t *after = get(s, add_activity(s, "2026-10-25 20.00", "02.30"));
	assert_int_equal(integer_at(after, "ends"), moment(s, "2026-10-26 02:30"));
	json_decref(after);
	json_decref(a);
	json_decref(b);
}

static void
a_time_that_does_not_exist_is_refused(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		try_activity(s, VALUES("starts=2026-03-29 02.30", "ends=05.00")),
		VS_INVALID, "does not exist");
	assert_refused(s,
		try_activity(s, VALUES("starts=2026-03-28 20.00", "ends=02.30")),
		VS_INVALID, "does not exist");
}

static void
unlikely_times_are_refused(void **state)
{
	struct scene *s = *state;
	assert_refused(s, try_activity(s, VALUES("ends=09.00")), VS_INVALID,
		"begin before it ends");
	assert_refused(s, try_activity(s, VALUES("ends=10.00")), VS_INVALID,
		"begin before it ends");
	assert_refused(s, try_activity(s, VALUES("starts=10.00")), VS_INVALID, "no day");
	assert_refused(s, try_activity(s, VALUES("starts=2062-08-22 10.00")), VS_INVALID,
		"2062-08-22");
	assert_refused(s, try_activity(s, VALUES("starts=2025-08-22 10.00")), VS_INVALID,
		"2026-09-13");
	assert_refused(s, try_activity(s, VALUES("ends=2027-08-22 10.00")), VS_INVALID,
		"365 days");
	assert_refused(s, try_activity(s, VALUES("ends=25.00")), VS_INVALID, "25.00");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM activity")), 0);
}

static void
moving_the_day_takes_the_end_along(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-10-24 10.00", "14.00");
	assert_done(s,
		record_set(s, &vs_activity_type, key, VALUES("starts=2026-10-25 11.00")));
	json_t *record = get(s, key);
	assert_int_equal(integer_at(record, "starts"), moment(s, "2026-10-25 11:00"));
	assert_int_equal(integer_at(record, "ends"), moment(s, "2026-10-25 14:00"));
	assert_done(s, record_set(s, &vs_activity_type, key, VALUES("starts=9")));
	json_decref(record);
	record = get(s, key);
	assert_int_equal(integer_at(record, "starts"), moment(s, "2026-10-25 09:00"));
	json_decref(record);
}

static void
shifts_keep_an_activity_where_it_is(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	add_shift(s, key, "2026-08-22 12:00", "2026-08-22 14:00");
	assert_refused(s, record_set(s, &vs_activity_type, key, VALUES("ends=13.00")),
		VS_REFUSED, "shift 1");
	assert_refused(s,
		record_set(s, &vs_activity_type, key, VALUES("starts=2026-08-23 10.00")),
		VS_REFUSED, "copy the activity");
	assert_done(s, record_set(s, &vs_activity_type, key, VALUES("starts=11.30")));
}

/* Where and who --------------------------------------------------------------------------- */

static void
the_kommun_follows_from_the_place_or_the_host(void **state)
{
	struct scene *s = *state;
	json_t *hosted = get(s, add_activity(s, "2026-08-22 10.00", "14.00"));
	assert_string_equal(text_at(hosted, "kommun"), "1715");
	json_decref(hosted);
	assert_done(s, try_activity(s, VALUES("place=Biblioteket")));
	json_t *placed = get(s, "2");
	assert_string_equal(text_at(placed, "kommun"), "1715");
	json_decref(placed);
	assert_done(s, try_activity(s, VALUES("association=V Eda")));
	json_t *nowhere = get(s, "3");
	assert_string_equal(text_at(nowhere, "kommun"), "");
	json_decref(nowhere);
	assert_refused(s, try_activity(s, VALUES("place=Biblioteket", "kommun=Eda")),
		VS_INVALID, "is in Kil");
}

static void
places_that_cannot_be_found_are_refused(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		try_activity(s, VALUES("place=Biblioteket", "venue=Stora torget")),
		VS_INVALID, "own address");
	assert_refused(
		s, try_activity(s, VALUES("street=Storgatan 1")), VS_INVALID, "--venue");
	assert_refused(
		s, try_activity(s, VALUES("latitude=59,4")), VS_INVALID, "longitude");
	assert_refused(s, try_activity(s, VALUES("mode=digital")), VS_INVALID, "--link");
	assert_refused(s, try_activity(s, VALUES("mode=digital", "link=zoom")),
		VS_INVALID, "https://");
	assert_done(s, try_activity(s, VALUES("mode=digital", "link=https://a.se/1")));
}

static void
who_is_restricted_is_no_contact(void **state)
{
	struct scene *s = *state;
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("UPDATE person SET restricted = 1 WHERE name = 'Bo Al'"),
			&s->err));
	assert_done(s, stmt_run(&q, &s->err));
	assert_refused(s, try_activity(s, VALUES("contact=2")), VS_REFUSED, "restricted");
	assert_done(s, try_activity(s, VALUES("contact=1")));
}

static void
calendars_are_told_of_what_they_show(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	assert_done(s,
		record_set(s, &vs_activity_type, key,
			VALUES("note=Ring kommunen", "visibility=public")));
	json_t *record = get(s, key);
	assert_int_equal(integer_at(record, "sequence"), 0);
	json_decref(record);
	assert_done(s, record_set(s, &vs_activity_type, key, VALUES("ends=15.00")));
	assert_done(s,
		record_set(s, &vs_activity_type, key,
			VALUES("venue=", "place=Biblioteket")));
	assert_done(s, cancelled(s, key, "storm"));
	record = get(s, key);
	assert_int_equal(integer_at(record, "sequence"), 3);
	json_decref(record);
}

static void
shipped_kinds_stay_and_own_ones_get_a_code(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_refused(s,
		vs_record_remove(s->db, &vs_activity_kind_type, "fest", &s->err),
		VS_REFUSED, "belongs to the program");
	assert_done(s,
		record_add(s, &vs_activity_kind_type, VALUES("name=Röd söndag, i parken"),
			&key));
	assert_string_equal(key, "rod_sondag_i_parken");
	assert_done(s, try_activity(s, VALUES("kind=Röd söndag, i parken")));
	assert_refused(s, vs_record_remove(s->db, &vs_activity_kind_type, key, &s->err),
		VS_INVALID, "still refers");
	assert_refused(s,
		record_add(s, &vs_activity_kind_type, VALUES("name=X", "code=Ä"), NULL),
		VS_INVALID, "small letters");
	assert_refused(s, record_add(s, &vs_activity_kind_type, VALUES("name=?!"), NULL),
		VS_INVALID, "--code");
}

/* Series ---------------------------------------------------------------------------------- */

static void
ten_stays_ten_over_the_autumn_change_of_clocks(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-10-18 10.00", "14.00");
	add_shift(s, key, "2026-10-18 10:00", "2026-10-18 12:00");
	const struct vs_series weekly = { .until = "2026-11-01", .every_days = 7 };
	json_t *view = vs_activity_copy(s->db, key, &weekly, false, &s->err);
	assert_done(s, view != NULL);
	json_t *rows = json_object_get(view, "activities");
	assert_int_equal(json_array_size(rows), 2);
	for (size_t i = 0; i < 2; i++)
		assert_string_equal(text_at(json_array_get(rows, i), "starts"), "10:00");
	assert_int_equal(integer_at(json_array_get(rows, 0), "starts_at"),
		moment(s, "2026-10-25T09:00Z"));
	assert_int_equal(count_of(s, SQL("SELECT starts_at FROM shift WHERE id = 2")),
		moment(s, "2026-10-25T09:00Z"));
	assert_int_equal(count_of(s, SQL("SELECT ends_at FROM shift WHERE id = 3")),
		moment(s, "2026-11-01T11:00Z"));
	json_decref(view);
}

static void
ten_stays_ten_over_the_spring_change_of_clocks(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-03-28 10.00", "14.00");
	const struct vs_series days = { .days = "2026-03-30, 2026-03-29" };
	json_t *view = vs_activity_copy(s->db, key, &days, false, &s->err);
	assert_done(s, view != NULL);
	json_t *rows = json_object_get(view, "activities");
	assert_string_equal(text_at(json_array_get(rows, 0), "date"), "2026-03-29");
	assert_int_equal(integer_at(json_array_get(rows, 0), "starts_at"),
		moment(s, "2026-03-29T08:00Z"));
	assert_int_equal(integer_at(json_array_get(rows, 1), "starts_at"),
		moment(s, "2026-03-30T08:00Z"));
	json_decref(view);
}

static void
a_night_shift_without_its_hour_stops_the_whole_copy(void **state)
{
	struct scene *s = *state;
	const char *autumn = add_activity(s, "2026-10-17 20.00", "04.00");
	add_shift(s, autumn, "2026-10-17 20:00", "2026-10-18 02:30");
	const struct vs_series weekly = { .until = "2026-11-01", .every_days = 7 };
	assert_refused(s, copied(s, autumn, &weekly), VS_INVALID, "shift 1 cannot");
	const char *spring = add_activity(s, "2026-03-21 20.00", "04.00");
	add_shift(s, spring, "2026-03-22 02:15", "2026-03-22 04:00");
	assert_refused(s, copied(s, spring, &weekly), VS_INVALID, "shift 2 cannot");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM activity")), 2);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM bulk")), 0);
}

static void
a_copy_has_shifts_and_roles_but_nobody_on_them(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	int64_t shift = add_shift(s, key, "2026-08-22 10:00", "2026-08-22 12:00");
	assert_done(s, book(s, shift, "Kim Ek", "booked"));
	const struct vs_series days = { .days = "2026-08-29" };
	assert_done(s, copied(s, key, &days));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM shift_role WHERE shift_id = 2"
				     " AND name = 'värd' AND least = 2 AND most = 3")),
		1);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM booking WHERE shift_id = 2")), 0);
	json_t *copy = get(s, "2");
	assert_string_equal(text_at(copy, "venue"), "Stora torget");
	assert_int_equal(integer_at(copy, "contact"), 1);
	json_decref(copy);
}

static void
a_series_can_be_made_longer(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	const struct vs_series two = { .until = "2026-09-05", .every_days = 7 };
	const struct vs_series three = { .until = "2026-09-12", .every_days = 7 };
	assert_done(s, copied(s, key, &two));
	assert_refused(s, copied(s, key, &two), VS_EXISTS, "already");
	assert_done(s, copied(s, key, &three));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM activity")), 4);
}

static void
copies_that_cannot_be_are_refused(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	const struct vs_series none = { 0 }, own = { .days = "2026-08-22" },
			       twice = { .days = "2026-08-23,2026-08-23" },
			       far = { .days = "2062-08-23" },
			       bad = { .days = "2026-02-30" },
			       both = { .days = "2026-08-23", .until = "2026-08-30" },
			       early = { .until = "2026-08-25", .every_days = 7 },
			       endless = { .until = "2027-09-12", .every_days = 1 };
	assert_refused(s, copied(s, key, &none), VS_USAGE, "--days");
	assert_refused(s, copied(s, key, &both), VS_USAGE, "--days");
	assert_refused(s, copied(s, key, &own), VS_INVALID, "itself");
	assert_refused(s, copied(s, key, &twice), VS_INVALID, "said twice");
	assert_refused(s, copied(s, key, &far), VS_INVALID, "more than a year");
	assert_refused(s, copied(s, key, &bad), VS_INVALID, "2026-02-30");
	assert_refused(s, copied(s, key, &early), VS_INVALID, "no day");
	assert_refused(s, copied(s, key, &endless), VS_INVALID, "200");
	assert_refused(s, copied(s, "7", &own), VS_NOT_FOUND, "7");
}

static void
a_plan_that_is_old_is_not_written(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	struct vs_series series = { .days = "2026-08-29" };
	json_t *look = vs_activity_copy(s->db, key, &series, true, &s->err);
	assert_done(s, look != NULL);
	assert_true(json_is_null(json_object_get(look, "bulk")));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM activity")), 1);
	add_shift(s, key, "2026-08-22 10:00", "2026-08-22 12:00");
	series.plan = text_at(look, "plan");
	assert_refused(s, copied(s, key, &series), VS_CONFLICT, "--dry-run");
	json_decref(look);
}

/* Undoing --------------------------------------------------------------------------------- */

static void
make_bulk(struct scene *s)
{
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	add_shift(s, key, "2026-08-22 10:00", "2026-08-22 12:00");
	const struct vs_series weekly = { .until = "2026-09-05", .every_days = 7 };
	assert_done(s, copied(s, key, &weekly));
}

static void
a_bulk_is_taken_back_whole(void **state)
{
	struct scene *s = *state;
	make_bulk(s);
	assert_done(s, vs_bulk_undo(s->db, "1", &s->err));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM activity")), 1);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shift")), 1);
	assert_refused(
		s, vs_bulk_undo(s->db, "1", &s->err), VS_REFUSED, "undone already");
}

static void
a_bulk_that_somebody_is_booked_on_stays(void **state)
{
	struct scene *s = *state;
	make_bulk(s);
	assert_done(s, book(s, 3, "Kim Ek", "booked"));
	assert_refused(s, vs_bulk_undo(s->db, "1", &s->err), VS_REFUSED, "activity 3");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM activity")), 3);
}

static void
a_bulk_that_was_changed_since_stays(void **state)
{
	struct scene *s = *state;
	make_bulk(s);
	assert_done(s, record_set(s, &vs_activity_type, "3", VALUES("note=Ny plats")));
	assert_refused(s, vs_bulk_undo(s->db, "1", &s->err), VS_REFUSED,
		"activity 3 was changed");
}

static void
a_bulk_with_a_shift_that_was_added_stays(void **state)
{
	struct scene *s = *state;
	make_bulk(s);
	add_shift(s, "2", "2026-08-29 12:00", "2026-08-29 14:00");
	assert_refused(
		s, vs_bulk_undo(s->db, "1", &s->err), VS_REFUSED, "shift 4 was added");
}

/* Calling off ----------------------------------------------------------------------------- */

static void
calling_off_tells_everybody_who_counted_on_it(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	int64_t first = add_shift(s, key, "2026-08-22 10:00", "2026-08-22 12:00");
	int64_t second = add_shift(s, key, "2026-08-22 12:00", "2026-08-22 14:00");
	assert_done(s, book(s, first, "Kim Ek", "booked"));
	assert_done(s, book(s, first, "Bo Al", "offered"));
	assert_done(s, book(s, second, "Eva Ask", "signed_up"));
	json_t *look = vs_activity_cancel(s->db, key, "storm", true, &s->err);
	assert_done(s, look != NULL);
	assert_int_equal(json_array_size(json_object_get(look, "notify")), 3);
	assert_int_equal(
		count_of(
			s, SQL("SELECT count(*) FROM booking WHERE state = 'cancelled'")),
		0);
	json_t *view = vs_activity_cancel(s->db, key, "storm", false, &s->err);
	assert_done(s, view != NULL);
	assert_true(json_equal(look, view));
	const json_t *kim = json_array_get(json_object_get(view, "notify"), 0);
	assert_string_equal(text_at(kim, "name"), "Kim Ek");
	assert_string_equal(text_at(kim, "by"), "phone");
	assert_string_equal(text_at(kim, "phone"), "+46701234567");
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM booking WHERE state = 'cancelled'"
			    " AND cancelled_by = 'organiser'")),
		3);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM shift WHERE cancelled_at IS NOT NULL")),
		2);
	json_decref(look);
	json_decref(view);
}

static void
no_seat_is_offered_while_an_activity_is_called_off(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	int64_t shift = add_shift(s, key, "2026-08-22 10:00", "2026-08-22 12:00");
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("UPDATE shift_role SET least = 1, wanted = 1, most = 1"),
			&s->err));
	assert_done(s, stmt_run(&q, &s->err));
	assert_done(s, book(s, shift, "Kim Ek", "booked"));
	const struct vs_booking_options wait = { .wait = true };
	assert_done(s,
		vs_booking_add(s->db, number(s, shift), "Bo Al", &wait, s->arena, NULL,
			&s->err));
	assert_done(s, cancelled(s, key, "storm"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM booking_event WHERE state = 'offered'")),
		0);
}

static void
calling_off_needs_a_reason_and_is_done_once(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	assert_refused(s, cancelled(s, key, NULL), VS_USAGE, "--reason");
	assert_refused(s, cancelled(s, key, "  "), VS_USAGE, "--reason");
	assert_done(s, cancelled(s, key, "storm"));
	assert_refused(s, cancelled(s, key, "storm"), VS_REFUSED, "already");
	assert_refused(s, record_set(s, &vs_activity_type, key, VALUES("title=Ny")),
		VS_REFUSED, "is cancelled");
	assert_done(s, record_set(s, &vs_activity_type, key, VALUES("note=ringt alla")));
}

static void
a_cancelled_activity_is_held_again_with_its_shifts(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	add_shift(s, key, "2026-08-22 10:00", "2026-08-22 12:00");
	assert_done(s, cancelled(s, key, "storm"));
	const struct vs_series days = { .days = "2026-08-22" };
	assert_done(s, copied(s, key, &days));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM shift WHERE activity_id = 2"
				     " AND cancelled_at IS NULL")),
		1);
}

static void
what_people_stand_on_is_not_removed(void **state)
{
	struct scene *s = *state;
	const char *key = add_activity(s, "2026-08-22 10.00", "14.00");
	int64_t shift = add_shift(s, key, "2026-08-22 10:00", "2026-08-22 12:00");
	assert_done(s, book(s, shift, "Kim Ek", "booked"));
	assert_refused(s, vs_record_remove(s->db, &vs_activity_type, key, &s->err),
		VS_REFUSED, "activity cancel");
	const char *other = add_activity(s, "2026-08-29 10.00", "14.00");
	add_shift(s, other, "2026-08-29 10:00", "2026-08-29 12:00");
	assert_done(s, vs_record_remove(s->db, &vs_activity_type, other, &s->err));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shift")), 1);
}

/* Views ----------------------------------------------------------------------------------- */

static void
the_list_says_what_it_leaves_out(void **state)
{
	struct scene *s = *state;
	const char *first = add_activity(s, "2026-07-22 10.00", "14.00");
	const char *second = add_activity(s, "2026-08-22 10.00", "14.00");
	const char *third = add_activity(s, "2026-08-29 10.00", "14.00");
	(void)first;
	add_shift(s, third, "2026-08-29 10:00", "2026-08-29 12:00");
	assert_done(s, cancelled(s, second, "storm"));
	const struct vs_shift_filter every = { 0 },
				     july = { .from = "2026-07-01",
					     .until = "2026-07-31" };
	json_t *view = vs_activity_list(s->db, &every, false, &s->err);
	assert_done(s, view != NULL);
	const json_t *rows = json_object_get(view, "activities");
	assert_int_equal(json_array_size(rows), 1);
	assert_string_equal(text_at(json_array_get(rows, 0), "state"), "missing");
	assert_int_equal(integer_at(json_array_get(rows, 0), "missing"), 2);
	const json_t *left = json_object_get(view, "left_out");
	assert_int_equal(integer_at(left, "over"), 1);
	assert_int_equal(integer_at(left, "cancelled"), 1);
	json_decref(view);
	view = vs_activity_list(s->db, &july, false, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "activities")), 1);
	json_decref(view);
	view = vs_activity_list(s->db, &every, true, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "activities")), 3);
	json_decref(view);
}

static void
the_same_twice_is_told(void **state)
{
	struct scene *s = *state;
	add_activity(s, "2026-08-22 10.00", "14.00");
	const char *again = add_activity(s, "2026-08-22 10.00", "15.00");
	json_t *view = vs_activity_view(s->db, again, &s->err);
	assert_done(s, view != NULL);
	const json_t *same = json_object_get(view, "same");
	assert_int_equal(json_array_size(same), 1);
	assert_int_equal(json_integer_value(json_array_get(same, 0)), 1);
	json_decref(view);
}

static void
attendance_says_who_has_been_at_a_valskola(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		try_activity(s,
			VALUES("kind=valskola", "starts=2026-05-06 18.00", "ends=21.00",
				"mode=both", "link=https://a.se")));
	assert_done(s,
		try_activity(s,
			VALUES("kind=valskola", "starts=2026-06-06 18.00",
				"ends=21.00")));
	assert_done(s,
		record_add(s, &vs_attendance_type,
			VALUES("activity=1", "association=V Kil", "people=5",
				"digital=2"),
			NULL));
	assert_done(s,
		record_add(s, &vs_attendance_type,
			VALUES("activity=2", "association=V Kil", "people=3"), NULL));
	assert_refused(s,
		record_add(s, &vs_attendance_type,
			VALUES("activity=2", "association=V Kil", "people=3"), NULL),
		VS_EXISTS, "already");
	assert_refused(s,
		record_add(s, &vs_attendance_type,
			VALUES("activity=2", "association=V Eda", "digital=3"), NULL),
		VS_INVALID, "--mode");
	json_t *view = vs_attendance_view(s->db, NULL, &s->err);
	assert_done(s, view != NULL);
	const json_t *missing = json_object_get(view, "missing");
	assert_int_equal(json_array_size(missing), 1);
	assert_string_equal(text_at(json_array_get(missing, 0), "name"), "V Eda");
	const json_t *kil = json_array_get(json_object_get(view, "associations"), 1);
	assert_int_equal(integer_at(kil, "times"), 2);
	assert_int_equal(integer_at(kil, "people"), 8);
	assert_string_equal(text_at(kil, "last"), "2026-06-06");
	json_decref(view);
}

static void
attendance_is_of_what_was_held(void **state)
{
	struct scene *s = *state;
	add_activity(s, "2026-08-22 10.00", "14.00");
	json_t *values = VALUES("activity=1", "association=V Kil", "people=3");
	assert_refused(s, record_add(s, &vs_attendance_type, json_incref(values), NULL),
		VS_INVALID, "not begun");
	assert_done(s, cancelled(s, "1", "storm"));
	assert_refused(s, record_add(s, &vs_attendance_type, values, NULL), VS_REFUSED,
		"was cancelled");
}

static int
problems_with(struct scene *s, const char *part)
{
	json_t *problems = json_array(), *problem;
	assert_done(s, field_check_activities(s->db, problems, &s->err));
	int count = 0;
	size_t i;
	json_array_foreach (problems, i, problem)
		count += strstr(text_at(problem, "text"), part) != NULL;
	json_decref(problems);
	return count;
}

static void
what_activities_lack_is_a_problem(void **state)
{
	struct scene *s = *state;
	assert_done(s, try_activity(s, VALUES("visibility=public")));
	assert_int_equal(problems_with(s, "nobody answers"), 1);
	assert_int_equal(problems_with(s, "no shifts"), 1);
	assert_int_equal(problems_with(s, "nobody knows where"), 1);
	assert_int_equal(problems_with(s, "no kommun"), 1);
	const char *good = add_activity(s, "2026-08-23 10.00", "14.00");
	add_shift(s, good, "2026-08-23 10:00", "2026-08-23 12:00");
	assert_int_equal(problems_with(s, "23 Aug"), 0);
	add_activity(s, "2026-08-23 10.00", "14.00");
	assert_int_equal(problems_with(s, "there twice"), 1);
	assert_done(s,
		try_activity(s,
			VALUES("visibility=draft", "starts=2026-07-01 10.00",
				"ends=2026-07-01 11.00")));
	assert_int_equal(problems_with(s, "still a draft"), 1);
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("UPDATE person SET restricted = 1"), &s->err));
	assert_done(s, stmt_run(&q, &s->err));
	assert_int_equal(problems_with(s, "may not be used"), 2);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, field_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(an_end_may_be_only_a_clock_time),
		WITH(a_time_that_comes_twice_must_say_which),
		WITH(a_time_that_does_not_exist_is_refused),
		WITH(unlikely_times_are_refused),
		WITH(moving_the_day_takes_the_end_along),
		WITH(shifts_keep_an_activity_where_it_is),
		WITH(the_kommun_follows_from_the_place_or_the_host),
		WITH(places_that_cannot_be_found_are_refused),
		WITH(who_is_restricted_is_no_contact),
		WITH(calendars_are_told_of_what_they_show),
		WITH(shipped_kinds_stay_and_own_ones_get_a_code),
		WITH(ten_stays_ten_over_the_autumn_change_of_clocks),
		WITH(ten_stays_ten_over_the_spring_change_of_clocks),
		WITH(a_night_shift_without_its_hour_stops_the_whole_copy),
		WITH(a_copy_has_shifts_and_roles_but_nobody_on_them),
		WITH(a_series_can_be_made_longer),
		WITH(copies_that_cannot_be_are_refused),
		WITH(a_plan_that_is_old_is_not_written),
		WITH(a_bulk_is_taken_back_whole),
		WITH(a_bulk_that_somebody_is_booked_on_stays),
		WITH(a_bulk_that_was_changed_since_stays),
		WITH(a_bulk_with_a_shift_that_was_added_stays),
		WITH(calling_off_tells_everybody_who_counted_on_it),
		WITH(no_seat_is_offered_while_an_activity_is_called_off),
		WITH(calling_off_needs_a_reason_and_is_done_once),
		WITH(a_cancelled_activity_is_held_again_with_its_shifts),
		WITH(what_people_stand_on_is_not_removed),
		WITH(the_list_says_what_it_leaves_out),
		WITH(the_same_twice_is_told),
		WITH(attendance_says_who_has_been_at_a_valskola),
		WITH(attendance_is_of_what_was_held),
		WITH(what_activities_lack_is_a_problem),
	};
	return cmocka_run_group_tests_name("activity", tests, NULL, NULL);
}
