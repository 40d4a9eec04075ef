/* Candidates' Saturdays, and how evenly the campaign's help is spread. */
#include "scene.h"

#include <valstuga/date.h>

/* Anna stands for riksdag and region, Bo for the riksdag, Cia for the region; Dan nowhere. */
enum { ANNA = 1, BO, CIA, DAN };

static void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

static void
add_candidate(struct scene *s, const char *list, const char *name, const char *person)
{
	const char *key;
	json_t *values = json_pack(
		"{s:s, s:s, s:s}", "list", list, "name", name, "person", person);
	assert_done(s, vs_candidate_add(s->db, values, s->arena, &key, &s->err));
	json_decref(values);
}

static void
add_lists(struct scene *s)
{
	const char *rd, *rf;
	json_t *values = VALUES("kind=RD");
	assert_done(s, vs_list_add(s->db, values, s->arena, &rd, &s->err));
	json_decref(values);
	values = VALUES("kind=RF");
	assert_done(s, vs_list_add(s->db, values, s->arena, &rf, &s->err));
	json_decref(values);
	add_candidate(s, rf, "Cia Alm", "3");
	add_candidate(s, rf, "Anna Berg", "1");
	add_candidate(s, rd, "Anna Berg", "1");
	add_candidate(s, rd, "Bo Ek", "2");
}

static int
saturday_open(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	scene_time("2026-08-17 10:00");
	run(s,
		SQL("INSERT INTO person (id, name, keep_until, volunteer) VALUES"
		    " (1, 'Anna Berg', '2027-01-01', 0), (2, 'Bo Ek', '2027-01-01', 0),"
		    " (3, 'Cia Alm', '2027-01-01', 1), (4, 'Dan Dahl', '2027-01-01', 1)"));
	static const char *const names[] = { "name=V Kil", "name=V Eda", "name=V Nord" };
	for (size_t i = 0; i < 3; i++)
		assert_done(s,
			record_add(s, &vs_association_type,
				VALUES(names[i], "members=20"), NULL));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Kil", VALUES("association=V Kil")));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Eda", VALUES("association=V Eda")));
	assert_done(s,
		record_set(s, &vs_kommun_type, "Grums",
			VALUES("association=V Kil", "association_lent=ja")));
	add_lists(s);
	return 0;
}

/* An activity in a kommun with one shift of an hour; the shift's id. */
static const char *
add_shift(struct scene *s, const char *kind, const char *kommun, const char *day)
{
	const char *key;
	json_t *values = VALUES("title=Torget", "venue=Torget", "ends=11.00");
	json_object_set_new(values, "kind", json_string(kind));
	json_object_set_new(values, "kommun", json_string(kommun));
	json_object_set_new(values, "starts",
		json_string(vs_arena_printf(s->arena, "%s 10.00", day)));
	assert_done(s, record_add(s, &vs_activity_type, values, &key));
	values = VALUES("starts=10.00", "ends=11.00", "roles=kandidat:1-2-3");
	json_object_set_new(values, "activity", json_string(key));
	json_t *view = vs_shift_add(s->db, values, &s->err);
	assert_done(s, view != NULL);
	json_decref(values);
	json_decref(view);
	return vs_arena_printf(s->arena, "%lld",
		(long long)count_of(s, SQL("SELECT max(id) FROM shift")));
}

static void
book(struct scene *s, const char *shift, int person, const char *state)
{
	const struct vs_booking_options options = { .state = state };
	assert_done(s,
		vs_booking_add(s->db, shift, vs_arena_printf(s->arena, "%d", person),
			&options, s->arena, NULL, &s->err));
}

static json_t *
saturdays(struct scene *s, const char *from, const char *until)
{
	json_t *view = vs_saturday_view(s->db, from, until, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static const json_t *
saturday_at(const json_t *view, size_t i)
{
	return json_array_get(json_object_get(view, "saturdays"), i);
}

/* The names of an array's objects, with commas. */
static const char *
names_in(struct scene *s, const json_t *object, const char *array)
{
	const char *text = "";
	size_t i;
	json_t *item;
	json_array_foreach (json_object_get(object, array), i, item)
		text = vs_arena_printf(
			s->arena, "%s%s%s", text, i ? ", " : "", text_at(item, "name"));
	return text;
}

/* Saturdays ------------------------------------------------------------------------------- */

static void
every_saturday_to_election_day_is_there(void **state)
{
	struct scene *s = *state;
	json_t *view = saturdays(s, NULL, NULL);
	assert_int_equal(json_array_size(json_object_get(view, "saturdays")), 4);
	assert_string_equal(text_at(saturday_at(view, 0), "date"), "2026-08-22");
	assert_string_equal(text_at(saturday_at(view, 3), "date"), "2026-09-12");
	json_decref(view);
}

static void
a_booked_candidate_covers_a_kommun_that_saturday(void **state)
{
	struct scene *s = *state;
	book(s, add_shift(s, "rod_lordag", "Kil", "2026-08-22"), ANNA, NULL);
	book(s, add_shift(s, "rod_lordag", "Eda", "2026-08-23"), BO, NULL);
	json_t *view = saturdays(s, "2026-08-22", "2026-08-29");
	const json_t *first = saturday_at(view, 0);
	assert_int_equal(json_array_size(json_object_get(first, "rows")), 1);
	const json_t *row = json_array_get(json_object_get(first, "rows"), 0);
	assert_string_equal(text_at(row, "candidate"), "Anna Berg");
	assert_string_equal(
		text_at(row, "standing"), "the riksdag, no. 1; the region, no. 2");
	assert_string_equal(text_at(row, "kommun_name"), "Kil");
	assert_null(strstr(names_in(s, first, "uncovered"), "Kil"));
	assert_non_null(strstr(names_in(s, first, "uncovered"), "Eda"));
	assert_non_null(strstr(names_in(s, saturday_at(view, 1), "uncovered"), "Kil"));
	assert_string_equal(names_in(s, first, "free"), "Bo Ek, Cia Alm");
	assert_string_equal(names_in(s, view, "unused"), "Bo Ek, Cia Alm");
	json_decref(view);
}

static void
somebody_who_was_only_asked_covers_nothing_and_is_not_free(void **state)
{
	struct scene *s = *state;
	book(s, add_shift(s, "torgmote", "Kil", "2026-08-22"), ANNA, "offered");
	json_t *view = saturdays(s, "2026-08-22", "2026-08-22");
	const json_t *first = saturday_at(view, 0);
	const json_t *row = json_array_get(json_object_get(first, "rows"), 0);
	assert_string_equal(text_at(row, "state_text"), "asked");
	assert_non_null(strstr(names_in(s, first, "uncovered"), "Kil"));
	assert_null(strstr(names_in(s, first, "free"), "Anna"));
	json_decref(view);
}

static void
who_backed_out_of_a_shift_is_not_free_that_day(void **state)
{
	struct scene *s = *state;
	const char *shift = add_shift(s, "rod_lordag", "Kil", "2026-08-22");
	book(s, shift, ANNA, NULL);
	book(s, shift, BO, NULL);
	assert_done(
		s, vs_booking_move(s->db, "1", "cancelled", "person", "ill", &s->err));
	assert_done(s,
		vs_booking_move(
			s->db, "2", "cancelled", "organiser", "elsewhere", &s->err));
	json_t *view = saturdays(s, "2026-08-22", "2026-08-29");
	assert_string_equal(names_in(s, saturday_at(view, 0), "free"), "Bo Ek, Cia Alm");
	assert_string_equal(
		names_in(s, saturday_at(view, 1), "free"), "Anna Berg, Bo Ek, Cia Alm");
	json_decref(view);
}

static void
who_is_no_candidate_or_is_restricted_is_not_shown(void **state)
{
	struct scene *s = *state;
	const char *shift = add_shift(s, "rod_lordag", "Kil", "2026-08-22");
	book(s, shift, DAN, NULL);
	book(s, shift, BO, NULL);
	run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 2"));
	json_t *view = saturdays(s, "2026-08-22", "2026-08-22");
	assert_int_equal(
		json_array_size(json_object_get(saturday_at(view, 0), "rows")), 0);
	assert_string_equal(names_in(s, view, "candidates"), "Anna Berg, Cia Alm");
	json_decref(view);
}

static void
who_cannot_that_day_is_not_free(void **state)
{
	struct scene *s = *state;
	run(s,
		SQL("INSERT INTO presence (person_id, can, from_date, until_date)"
		    " VALUES (2, 0, '2026-08-20', '2026-08-25')"));
	json_t *view = saturdays(s, "2026-08-22", "2026-08-29");
	assert_string_equal(
		names_in(s, saturday_at(view, 0), "free"), "Anna Berg, Cia Alm");
	assert_string_equal(
		names_in(s, saturday_at(view, 1), "free"), "Anna Berg, Bo Ek, Cia Alm");
	json_decref(view);
}

static void
a_cancelled_saturday_has_nobody(void **state)
{
	struct scene *s = *state;
	book(s, add_shift(s, "rod_lordag", "Kil", "2026-08-22"), ANNA, NULL);
	json_t *gone = vs_activity_cancel(s->db, "1", "storm", false, &s->err);
	assert_done(s, gone != NULL);
	json_decref(gone);
	json_t *view = saturdays(s, "2026-08-22", "2026-08-22");
	assert_int_equal(
		json_array_size(json_object_get(saturday_at(view, 0), "rows")), 0);
	json_decref(view);
}

static void
the_sheet_says_the_same(void **state)
{
	struct scene *s = *state;
	book(s, add_shift(s, "rod_lordag", "Kil", "2026-08-22"), ANNA, NULL);
	const struct vs_field_sheet_options options = { .filter = { .from = "2026-08-22",
								.until = "2026-08-29" } };
	json_t *view = vs_saturday_sheet_view(s->db, &options, &s->err);
	assert_done(s, view != NULL);
	json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	json_t *first = json_array_get(json_object_get(sheet, "saturdays"), 0);
	json_t *row = json_array_get(json_object_get(first, "rows"), 0);
	assert_string_equal(text_at(row, "time"), "10.00–11.00");
	assert_string_equal(text_at(row, "candidate"), "Anna Berg");
	assert_string_equal(text_at(first, "week"), "w. 34");
	assert_non_null(strstr(text_at(first, "free"), "Cia Alm (the region, no. 1)"));
	assert_int_equal(integer_at(sheet, "revision"), 1);
	json_decref(view);
	view = vs_saturday_sheet_view(s->db, &options, &s->err);
	assert_done(s, view != NULL);
	sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_int_equal(integer_at(sheet, "revision"), 1);
	json_decref(view);
	const struct vs_field_sheet_options late = { .filter = { .from = "2026-09-13" } };
	view = vs_saturday_sheet_view(s->db, &late, &s->err);
	assert_refused(s, view != NULL, VS_NOT_FOUND, "nothing to print");
}

/* Support --------------------------------------------------------------------------------- */

/* Voters of three kommuner: Kil 6 000, Eda 3 000, Grums (lent) 1 000. */
static void
add_voters(struct scene *s)
{
	run(s,
		SQL("INSERT INTO district (code, name, kommun_code) VALUES"
		    " ('17150101', 'Kil', '1715'), ('17300101', 'Eda', '1730'),"
		    " ('17640101', 'Grums', '1764')"));
	run(s,
		SQL("INSERT INTO district_result (district_code, kind, eligible) VALUES"
		    " ('17150101', 'KF', 6000), ('17300101', 'KF', 3000),"
		    " ('17640101', 'KF', 1000)"));
}

static json_t *
row_named(const json_t *view, const char *name)
{
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "rows"), i, row)
		if (strcmp(text_at(row, "name"), name) == 0)
			return row;
	return NULL;
}

static void
support_is_measured_by_the_part_of_the_voters(void **state)
{
	struct scene *s = *state;
	add_voters(s);
	run(s, SQL("UPDATE person SET association_id = 1 WHERE id = 3"));
	run(s, SQL("UPDATE person SET kommun_code = '1764' WHERE id = 4"));
	const char *shift = add_shift(s, "valstuga", "Kil", "2026-08-22");
	book(s, shift, ANNA, NULL);
	book(s, shift, BO, NULL);
	json_t *view = vs_support_view(s->db, &s->err);
	assert_done(s, view != NULL);
	json_t *kil = row_named(view, "V Kil"), *grums = row_named(view, "Grums");
	assert_int_equal(integer_at(kil, "voters"), 6000);
	assert_int_equal(integer_at(kil, "filled"), 2);
	assert_int_equal(integer_at(kil, "wanted"), 2);
	assert_true(json_real_value(json_object_get(kil, "filled_per_1000")) > 0.333 &&
		json_real_value(json_object_get(kil, "filled_per_1000")) < 0.334);
	/* 1 of 2 people for 60 %: 83; 2 of 2 places: 167; 2 of 2 Saturdays: 167. */
	assert_int_equal(integer_at(kil, "support"), 139);
	/* 1 of 2 people for 10 % counts as 200, no places, no Saturday. */
	assert_int_equal(integer_at(grums, "support"), 67);
	assert_string_equal(text_at(grums, "lent_by"), "V Kil");
	assert_string_equal(text_at(grums, "kommun"), "1764");
	assert_int_equal(integer_at(row_named(view, "V Eda"), "support"), 0);
	json_decref(view);
}

static const char *
visit_names(struct scene *s, int limit)
{
	json_t *view = vs_visit_view(s->db, limit, &s->err);
	assert_done(s, view != NULL);
	const char *names = names_in(s, view, "visits");
	json_decref(view);
	return names;
}

static void
visits_go_first_where_there_is_no_association(void **state)
{
	struct scene *s = *state;
	add_voters(s);
	/* Only these three kommuner are ours here. */
	run(s,
		SQL("UPDATE kommun SET in_district = 0"
		    " WHERE code NOT IN ('1715', '1730', '1764')"));
	book(s, add_shift(s, "valstuga", "Kil", "2026-08-22"), ANNA, NULL);
	assert_string_equal(visit_names(s, 0), "Grums, V Eda, V Kil");
	assert_string_equal(visit_names(s, 2), "Grums, V Eda");
	run(s,
		SQL("INSERT INTO activity (kind, title, kommun_code, starts_at, ends_at)"
		    " SELECT 'centralt_besok', 'Besök', '1764', unixepoch('2026-08-01'),"
		    " unixepoch('2026-08-02')"));
	/* It has had its visit: 200 of 100 for it, nothing else. */
	assert_string_equal(visit_names(s, 0), "V Eda, Grums, V Kil");
}

static void
a_planned_visit_is_not_proposed_again(void **state)
{
	struct scene *s = *state;
	add_shift(s, "centralt_besok", "Grums", "2026-08-27");
	json_t *view = vs_visit_view(s->db, 100, &s->err);
	assert_done(s, view != NULL);
	assert_null(strstr(names_in(s, view, "visits"), "Grums"));
	assert_string_equal(names_in(s, view, "planned"), "Grums");
	json_t *row = json_array_get(json_object_get(view, "planned"), 0);
	assert_string_equal(text_at(row, "next_visit"), "2026-08-27");
	/* An association without a kommun of its own is no place to visit. */
	assert_null(strstr(names_in(s, view, "visits"), "V Nord"));
	json_decref(view);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, saturday_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(every_saturday_to_election_day_is_there),
		WITH(a_booked_candidate_covers_a_kommun_that_saturday),
		WITH(somebody_who_was_only_asked_covers_nothing_and_is_not_free),
		WITH(who_is_no_candidate_or_is_restricted_is_not_shown),
		WITH(who_backed_out_of_a_shift_is_not_free_that_day),
		WITH(who_cannot_that_day_is_not_free),
		WITH(a_cancelled_saturday_has_nobody),
		WITH(the_sheet_says_the_same),
		WITH(support_is_measured_by_the_part_of_the_voters),
		WITH(visits_go_first_where_there_is_no_association),
		WITH(a_planned_visit_is_not_proposed_again),
	};
	return cmocka_run_group_tests_name("saturday", tests, NULL, NULL);
}
