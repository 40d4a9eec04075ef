/* Shifts: rows of them, roles, clocks, changes with people on them, lists, the board. */
#include "booking_fixture.h"

static int
open_day(void **state)
{
	if (squares_open(state) != 0)
		return -1;
	struct scene *s = *state;
	squares_run(s, SQL("DELETE FROM activity"));
	squares_run(s,
		SQL("INSERT INTO activity (id, kind, title, kommun_code, venue, starts_at,"
		    " ends_at) VALUES (1, 'valstuga', 'Valstugan', '1780', 'Stora torget',"
		    "  1787385600, 1787414400), (2, 'mote', 'Mötet', '1715', 'Folkets hus',"
		    "  1792864800, 1792868400)")); /* 22 August 10-18, 24 October 20-21 */
	return 0;
}

static json_t *
add(struct scene *s, json_t *values)
{
	json_t *view = vs_shift_add(s->db, values, &s->err);
	json_decref(values);
	return view;
}

static void
add_done(struct scene *s, json_t *values)
{
	json_t *view = add(s, values);
	assert_done(s, view != NULL);
	json_decref(view);
}

static bool
set(struct scene *s, const char *shift, json_t *values)
{
	bool ok = vs_shift_set(s->db, shift, values, &s->err);
	json_decref(values);
	return ok;
}

static json_t *
shift_of(struct scene *s, const char *shift)
{
	json_t *record = vs_record_get(s->db, &vs_shift_type, shift, &s->err);
	assert_done(s, record != NULL);
	return record;
}

static void
assert_shift(struct scene *s, const char *shift, const char *starts, const char *ends)
{
	char text[17];
	json_t *record = shift_of(s, shift);
	assert_string_equal(
		vs_time_format_local(integer_at(record, "starts_at"), text), starts);
	assert_string_equal(
		vs_time_format_local(integer_at(record, "ends_at"), text), ends);
	json_decref(record);
}

static void
assert_roles(struct scene *s, const char *shift, const char *roles)
{
	json_t *record = shift_of(s, shift);
	assert_string_equal(text_at(record, "roles"), roles);
	json_decref(record);
}

/* Adding ------------------------------------------------------------------------------------ */

static void
a_shift_is_as_long_as_its_activity_unless_said(void **state)
{
	struct scene *s = *state;
	add_done(s, VALUES("activity=Valstugan", "roles=värd:2"));
	assert_shift(s, "1", "2026-08-22 10:00", "2026-08-22 18:00");
	add_done(s, VALUES("activity=1", "roles=värd:2", "starts=12", "ends=14.30"));
	assert_shift(s, "2", "2026-08-22 12:00", "2026-08-22 14:30");
	assert_int_equal(
		count_of(s, SQL("SELECT sequence FROM activity WHERE id = 1")), 0);
}

static void
a_span_is_cut_into_a_row_with_hand_over(void **state)
{
	struct scene *s = *state;
	json_t *view = add(
		s, VALUES("activity=1", "roles=värd:2-3-4", "each=135", "handover=15"));
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "shifts")), 4);
	assert_int_equal(integer_at(view, "bulk"), 1);
	json_decref(view);
	assert_shift(s, "1", "2026-08-22 10:00", "2026-08-22 12:15");
	assert_shift(s, "2", "2026-08-22 12:00", "2026-08-22 14:15");
	assert_shift(s, "4", "2026-08-22 16:00", "2026-08-22 18:00");
	for (int shift = 1; shift <= 4; shift++)
		assert_done(s, squares_book(s, shift, KIM));
	add_done(s, VALUES("activity=1", "each=180", "roles=a:2"));
	assert_shift(s, "5", "2026-08-22 10:00", "2026-08-22 13:00");
	assert_shift(s, "7", "2026-08-22 16:00", "2026-08-22 18:00");
}

static void
a_hand_over_longer_than_the_kinds_is_allowed_by_itself(void **state)
{
	struct scene *s = *state;
	add_done(s, VALUES("activity=1", "roles=värd:2", "each=120", "handover=30"));
	assert_done(s, squares_book(s, 1, KIM));
	assert_done(s, squares_book(s, 2, KIM));
}

static void
a_row_can_be_taken_back_at_once(void **state)
{
	struct scene *s = *state;
	add_done(s, VALUES("activity=1", "roles=värd:2", "each=60"));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shift")), 8);
	assert_done(s, vs_bulk_undo(s->db, "1", &s->err));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shift")), 0);
}

static void
shifts_outside_the_activity_move_its_ends_and_say_so(void **state)
{
	struct scene *s = *state;
	json_t *view =
		add(s, VALUES("activity=1", "roles=värd:2", "starts=9", "ends=20"));
	assert_done(s, view != NULL);
	assert_string_equal(text_at(view, "told"),
		"Valstugan is now Sat 22 Aug 9–20, so that its shifts lie within it");
	json_decref(view);
	assert_int_equal(
		count_of(s, SQL("SELECT ends_at - starts_at FROM activity WHERE id = 1")),
		11 * 3600);
	assert_int_equal(
		count_of(s, SQL("SELECT sequence FROM activity WHERE id = 1")), 1);
}

static void
roles_are_read_as_people_write_them(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("INSERT INTO skill (name) VALUES ('Körkort')"));
	add_done(s,
		VALUES("activity=1",
			"roles= värd : 2-3-4 ; kandidat/körkort: 1; gäst:0-1 "));
	assert_roles(s, "1", "värd:2-3-4;kandidat/Körkort:1-1-1;gäst:0-1-1");
	static const struct {
		const char *roles, *told;
	} odd[] = {
		{ "roles=värd", "\"värd\" is no role; write NAME:LEAST-WANTED-MOST" },
		{ "roles=värd:två", "is no role" },
		{ "roles=:2", "is no role" },
		{ "roles=värd:1-2-3-4", "is no role" },
		{ "roles=värd:2-", "is no role" },
		{ "roles=värd:4-3", "4-3-3 is not in order" },
		{ "roles=värd:0", "between 1 and 1000 people" },
		{ "roles=värd:2000", "between 1 and 1000 people" },
		{ "roles=värd:2;värd:1", "värd stands there twice" },
		{ "roles=värd/trolla:2", "there is no skill \"trolla\"" },
		{ "roles=värd:1", "nobody is to be alone" },
	};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		json_t *view = add(s, VALUES("activity=1", odd[i].roles));
		assert_refused(s, view != NULL, s->err.code, odd[i].told);
	}
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shift")), 1);
}

static void
nobody_is_alone_where_the_kind_says_so(void **state)
{
	struct scene *s = *state;
	add_done(s, VALUES("activity=1"));
	assert_roles(s, "1", "volontär:2-2-2");
	add_done(s, VALUES("activity=2"));
	assert_roles(s, "2", "volontär:1-1-1");
	add_done(s, VALUES("activity=1", "roles=värd:1", "pair=nej"));
	json_t *view = add(s, VALUES("activity=2", "roles=värd:1", "pair=ja"));
	assert_refused(s, view != NULL, VS_INVALID, "say --pair no");
}

static void
odd_values_make_no_shift(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *value, *told;
	} odd[] = {
		{ "starts=25.00", "the shift's start" },
		{ "ends=9", "the shift ends before it begins" },
		{ "ends=2026-09-22 10.00", "no longer than a week" },
		{ "each=tre", "\"tre\" is not a number of minutes" },
		{ "handover=15", "needs --each" },
		{ "tolerance=300", "must be between 0 and 240" },
		{ "break=-5", "must be between 0 and 1440" },
		{ "pair=kanske", "is neither yes nor no" },
	};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		json_t *view = add(s, VALUES("activity=1", "roles=värd:2", odd[i].value));
		assert_refused(s, view != NULL, VS_INVALID, odd[i].told);
	}
	json_t *many = add(s,
		VALUES("activity=1", "roles=värd:2", "each=1", "ends=2026-08-23 10.00"));
	assert_refused(s, many != NULL, VS_INVALID, "makes more than 500 shifts");
	json_t *none = add(s, VALUES("activity=Ingen"));
	assert_refused(s, none != NULL, VS_NOT_FOUND, "Ingen");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shift")), 0);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM bulk")), 0);
}

/* The night of 24 to 25 October 2026, when the clocks go back ---------------------------------- */

static void
a_time_that_comes_twice_must_say_which(void **state)
{
	struct scene *s = *state;
	json_t *view = add(s,
		VALUES("activity=2", "starts=2026-10-24 20:00", "ends=2026-10-25 02:30"));
	assert_refused(s, view != NULL, VS_INVALID,
		"the shift's end: 2026-10-25 02:30 comes twice");
	view = add(s, VALUES("activity=2", "starts=20", "ends=02.30"));
	assert_refused(s, view != NULL, VS_INVALID, "comes twice");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shift")), 0);
	add_done(s,
		VALUES("activity=2", "starts=2026-10-24 20:00",
			"ends=2026-10-25 02:30 sommartid"));
	add_done(s,
		VALUES("activity=2", "starts=2026-10-24 20:00",
			"ends=2026-10-25 02:30 normaltid"));
	assert_int_equal(
		count_of(s, SQL("SELECT ends_at - starts_at FROM shift WHERE id = 1")),
		6 * 3600 + 1800);
	assert_int_equal(
		count_of(s, SQL("SELECT ends_at - starts_at FROM shift WHERE id = 2")),
		7 * 3600 + 1800);
}

static void
the_long_night_counts_its_real_hours(void **state)
{
	struct scene *s = *state;
	squares_run(s, SQL("UPDATE person SET hours_day = 7"));
	add_done(s,
		VALUES("activity=2", "starts=2026-10-24 20:00",
			"ends=2026-10-25 02:30 sommartid"));
	add_done(s,
		VALUES("activity=2", "starts=2026-10-24 20:00",
			"ends=2026-10-25 02:30 normaltid"));
	add_done(s,
		VALUES("activity=2", "starts=2026-10-25 02:30 sommartid",
			"ends=2026-10-25 02:30 normaltid"));
	assert_done(s, squares_book(s, 1, KIM));
	assert_done(s, squares_book(s, 3, KIM));
	assert_refused(s, squares_book(s, 2, BO), VS_REFUSED, "would pass 7 hours");
	const struct vs_shift_filter night = { .from = "2026-10-24",
		.until = "2026-10-24" };
	json_t *view = vs_shift_board(s->db, &night, &s->err);
	assert_done(s, view != NULL);
	const json_t *shifts = json_object_get(view, "shifts");
	assert_int_equal(json_array_size(shifts), 2);
	assert_string_equal(text_at(json_array_get(shifts, 0), "starts"), "20:00");
	assert_string_equal(text_at(json_array_get(shifts, 0), "ends"), "02:30");
	assert_string_equal(text_at(json_array_get(shifts, 0), "date"), "2026-10-24");
	json_decref(view);
}

static void
a_row_over_the_change_of_clocks_has_shifts_of_one_length(void **state)
{
	struct scene *s = *state;
	add_done(s,
		VALUES("activity=2", "starts=2026-10-24 23:00", "ends=2026-10-25 06:00",
			"each=120"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM shift WHERE ends_at - starts_at = 7200")),
		4);
	assert_shift(s, "2", "2026-10-25 01:00", "2026-10-25 02:00");
	assert_shift(s, "4", "2026-10-25 04:00", "2026-10-25 06:00");
}

/* Changing ---------------------------------------------------------------------------------- */

static void
a_change_that_breaks_a_rule_names_everybody(void **state)
{
	struct scene *s = *state;
	add_done(s, VALUES("activity=1", "roles=värd:2", "starts=10", "ends=12"));
	add_done(s, VALUES("activity=1", "roles=värd:2", "starts=12", "ends=14"));
	for (int person = KIM; person <= BO; person++) {
		assert_done(s, squares_book(s, 1, person));
		assert_done(s, squares_book(s, 2, person));
	}
	assert_refused(s, set(s, "1", VALUES("ends=13")), VS_REFUSED,
		"Kim Ek is on shift 2 (Valstugan, Stora torget, Sat 22 Aug 12–14) then; Bo Al "
		"is on shift 2");
	assert_shift(s, "1", "2026-08-22 10:00", "2026-08-22 12:00");
	assert_done(s, set(s, "1", VALUES("ends=13", "override=det går")));
	assert_shift(s, "1", "2026-08-22 10:00", "2026-08-22 13:00");
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM booking WHERE override = 'det går'")),
		2);
	assert_int_equal(count_of(s, SQL("SELECT sequence FROM shift WHERE id = 1")), 1);
	assert_done(s, set(s, "1", VALUES("note=Ta med flaggor")));
	assert_int_equal(count_of(s, SQL("SELECT sequence FROM shift WHERE id = 1")), 1);
}

static void
roles_change_but_nobody_loses_a_seat(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options host = { .role = "värd" },
					guest = { .role = "gäst" };
	add_done(s, VALUES("activity=1", "roles=värd:2-3-4;gäst:0-1-2"));
	for (int person = KIM; person <= EVA; person++)
		assert_done(s, squares_book_as(s, 1, person, &host));
	assert_done(s, squares_book_as(s, 1, MIA, &guest));
	assert_refused(s, set(s, "1", VALUES("roles=värd:2;gäst:1")), VS_REFUSED,
		"3 have a place as värd");
	assert_refused(s, set(s, "1", VALUES("roles=värd:3")), VS_REFUSED,
		"the role gäst has bookings");
	assert_done(s, squares_move(s, 1, MIA, "cancelled", NULL));
	assert_done(s, set(s, "1", VALUES("roles=värd:3;förare:1")));
	assert_roles(s, "1", "värd:3-3-3;förare:1-1-1");
	assert_string_equal(squares_state(s, 1, MIA), "cancelled");
}

static void
more_places_are_offered_to_those_who_wait(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options wait = { .wait = true };
	add_done(s, VALUES("activity=1", "roles=värd:2"));
	for (int person = KIM; person <= MIA; person++)
		assert_done(s, squares_book_as(s, 1, person, &wait));
	assert_done(s, set(s, "1", VALUES("roles=värd:2-3-3")));
	assert_string_equal(squares_state(s, 1, EVA), "offered");
	assert_string_equal(squares_state(s, 1, MIA), "waiting");
}

static void
a_rule_that_is_cleared_is_the_kinds_again(void **state)
{
	struct scene *s = *state;
	add_done(s, VALUES("activity=1", "roles=värd:2", "tolerance=0", "pair=nej"));
	assert_done(s, set(s, "1", VALUES("tolerance=", "pair=")));
	json_t *record = shift_of(s, "1");
	assert_int_equal(integer_at(record, "tolerance"), 15);
	assert_true(json_is_true(json_object_get(record, "pair")));
	json_decref(record);
}

static void
calling_off_tells_who_counted_on_it(void **state)
{
	struct scene *s = *state;
	const struct vs_booking_options wait = { .wait = true };
	squares_run(s, SQL("UPDATE person SET phone = '+46701234567' WHERE id = 1"));
	add_done(s, VALUES("activity=1", "roles=värd:2"));
	for (int person = KIM; person <= MIA; person++)
		assert_done(s, squares_book_as(s, 1, person, &wait));
	assert_done(s, squares_move(s, 1, BO, "cancelled", "person"));
	json_t *look = vs_shift_cancel(s->db, "1", "regn", true, &s->err);
	assert_done(s, look != NULL);
	assert_string_equal(squares_state(s, 1, KIM), "booked");
	json_t *view = vs_shift_cancel(s->db, "1", "regn", false, &s->err);
	assert_done(s, view != NULL);
	assert_true(json_equal(look, view));
	const json_t *notify = json_object_get(view, "notify");
	assert_int_equal(json_array_size(notify), 3);
	assert_string_equal(text_at(json_array_get(notify, 0), "name"), "Kim Ek");
	assert_string_equal(text_at(json_array_get(notify, 0), "by"), "phone");
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM booking WHERE state = 'cancelled'"
			    " AND cancelled_by = 'organiser'")),
		3);
	json_decref(look);
	json_decref(view);
	assert_refused(s, set(s, "1", VALUES("ends=12")), VS_REFUSED, "is cancelled");
	assert_refused(s, vs_shift_cancel(s->db, "1", "igen", false, &s->err) != NULL,
		VS_REFUSED, "is cancelled already");
	assert_refused(s, vs_shift_cancel(s->db, "1", " ", false, &s->err) != NULL,
		VS_USAGE, "--reason");
}

/* Looking ----------------------------------------------------------------------------------- */

static size_t
count_list(struct scene *s, struct vs_shift_filter filter, bool all)
{
	json_t *records = vs_shift_list(s->db, &filter, all, &s->err);
	assert_done(s, records != NULL);
	size_t count = json_array_size(records);
	json_decref(records);
	return count;
}

static void
lists_keep_to_the_period_and_what_is_missing(void **state)
{
	struct scene *s = *state;
	add_done(s, VALUES("activity=1", "roles=värd:2", "each=240"));
	add_done(s, VALUES("activity=2", "roles=värd:1"));
	assert_done(s, squares_book(s, 1, KIM));
	assert_done(s, squares_book(s, 1, BO));
	assert_done(s, squares_book(s, 2, KIM));
#define LIST(...) count_list(s, (struct vs_shift_filter){ __VA_ARGS__ }, false)
	assert_int_equal(LIST(.from = "2026-08-22", .until = "2026-08-22"), 2);
	assert_int_equal(LIST(.from = "2026-08-23"), 1);
	assert_int_equal(LIST(.until = "2026-08-21"), 0);
	assert_int_equal(LIST(.missing = true), 2);
	assert_int_equal(LIST(.kommun = "Kil"), 1);
	assert_int_equal(LIST(.kind = "valstuga"), 2);
	assert_int_equal(LIST(.activity = "Mötet"), 1);
	assert_int_equal(LIST(.person = "Bo Al"), 1);
	json_t *view = vs_shift_cancel(s->db, "2", "regn", false, &s->err);
	assert_done(s, view != NULL);
	json_decref(view);
	assert_int_equal(LIST(.activity = "1"), 1);
	assert_int_equal(
		count_list(s, (struct vs_shift_filter){ .activity = "1" }, true), 2);
}

static void
a_long_shift_is_seen_on_its_last_day(void **state)
{
	struct scene *s = *state;
	add_done(s,
		VALUES("activity=2", "roles=vakt:1", "starts=2026-10-20 08:00",
			"ends=2026-10-27 07:00"));
	assert_int_equal(LIST(.from = "2026-10-27", .until = "2026-10-27"), 1);
	assert_int_equal(LIST(.from = "2026-10-28"), 0);
}

static const json_t *
board_shift(const json_t *view, size_t index)
{
	return json_array_get(json_object_get(view, "shifts"), index);
}

static void
the_board_says_who_is_there_and_who_is_missing(void **state)
{
	struct scene *s = *state;
	const struct vs_shift_filter all = { 0 }, missing = { .missing = true };
	add_done(s, VALUES("activity=1", "roles=värd:2-2-3", "each=120"));
	for (int person = KIM; person <= EVA; person++)
		assert_done(s, squares_book(s, 1, person));
	assert_done(s, squares_book(s, 2, KIM));
	assert_done(s, squares_book(s, 2, BO));
	assert_done(s, squares_book(s, 3, KIM));
	assert_done(s, squares_move(s, 3, KIM, "cancelled", "person"));
	assert_done(s, squares_book(s, 3, BO));
	squares_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 2"));
	json_t *view = vs_shift_board(s->db, &all, &s->err);
	assert_done(s, view != NULL);
	static const char *const states[] = { "full", "enough", "missing", "empty" };
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(text_at(board_shift(view, i), "state"), states[i]);
	const json_t *people = json_object_get(
		json_array_get(json_object_get(board_shift(view, 2), "roles"), 0),
		"people");
	assert_int_equal(json_array_size(people), 2);
	assert_string_equal(text_at(json_array_get(people, 0), "name"), "Kim Ek");
	assert_string_equal(text_at(json_array_get(people, 0), "state"), "cancelled");
	assert_true(json_is_null(json_object_get(json_array_get(people, 1), "name")));
	assert_true(json_is_true(json_object_get(board_shift(view, 2), "alone")));
	const json_t *total = json_object_get(view, "total");
	assert_int_equal(integer_at(total, "shifts"), 4);
	assert_int_equal(integer_at(total, "taken"), 6);
	assert_int_equal(integer_at(total, "wanted"), 8);
	assert_int_equal(integer_at(total, "missing"), 3);
	assert_int_equal(integer_at(total, "alone"), 1);
	json_decref(view);
	view = vs_shift_board(s->db, &missing, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "shifts")), 2);
	json_decref(view);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_day, scene_close)
		TEST(a_shift_is_as_long_as_its_activity_unless_said),
		TEST(a_span_is_cut_into_a_row_with_hand_over),
		TEST(a_hand_over_longer_than_the_kinds_is_allowed_by_itself),
		TEST(a_row_can_be_taken_back_at_once),
		TEST(shifts_outside_the_activity_move_its_ends_and_say_so),
		TEST(roles_are_read_as_people_write_them),
		TEST(nobody_is_alone_where_the_kind_says_so),
		TEST(odd_values_make_no_shift),
		TEST(a_time_that_comes_twice_must_say_which),
		TEST(the_long_night_counts_its_real_hours),
		TEST(a_row_over_the_change_of_clocks_has_shifts_of_one_length),
		TEST(a_change_that_breaks_a_rule_names_everybody),
		TEST(roles_change_but_nobody_loses_a_seat),
		TEST(more_places_are_offered_to_those_who_wait),
		TEST(a_rule_that_is_cleared_is_the_kinds_again),
		TEST(calling_off_tells_who_counted_on_it),
		TEST(lists_keep_to_the_period_and_what_is_missing),
		TEST(a_long_shift_is_seen_on_its_last_day),
		TEST(the_board_says_who_is_there_and_who_is_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
