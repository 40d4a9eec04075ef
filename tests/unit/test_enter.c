/* Codes on paper, what stands on a roster, and typing it in again. */
#include "booking_fixture.h"

#include "field/field.h"

/* Codes ------------------------------------------------------------------------------------ */

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
a_code_catches_every_wrong_character_and_every_swap(void **state)
{
	struct scene *s = *state;
	for (int64_t id = 1; id < 3000; id += 7) {
		const char *body = number_text(s, id * 31);
		char right = field_check_character(body), wrong[16];
		size_t length = strlen(body);
		for (size_t i = 0; i < length; i++) {
			for (const char *c = crockford; *c; c++) {
				strcpy(wrong, body);
				wrong[i] = *c;
				if (*c != body[i])
					assert_int_not_equal(
						field_check_character(wrong), right);
			}
			strcpy(wrong, body);
			if (i + 1 < length && body[i] != body[i + 1]) {
				wrong[i] = body[i + 1];
				wrong[i + 1] = body[i];
				assert_int_not_equal(field_check_character(wrong), right);
			}
		}
	}
}

static void
a_code_is_read_as_people_write_it(void **state)
{
	struct scene *s = *state;
	const char *body;
	for (int64_t id = 1; id < 40000; id += 13) {
		int64_t back;
		char *code = vs_arena_text(s->arena, field_code(s->arena, id));
		assert_done(s, field_code_read(code, false, &back, &s->err));
		assert_int_equal(back, id);
		for (char *c = code; *c; c++)
			*c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
		assert_done(s, field_code_read(code, false, &back, &s->err));
		assert_int_equal(back, id);
	}
	assert_done(s,
		field_code_body(s->arena,
			vs_arena_printf(
				s->arena, "s12p45-%c", field_check_character("S12P45")),
			&body, &s->err));
	assert_string_equal(body, "S12P45");
	static const char *const bad[] = { "", "-", "K", "417-", "-K", "417-KK", "4 17-K",
		"åäö-K", "99999999999999999999-K" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t id;
		struct vs_error err = { 0 };
		assert_false(field_code_read(bad[i], false, &id, &err));
		assert_int_equal(err.code, VS_INVALID);
	}
}

/* A roster --------------------------------------------------------------------------------- */

static int64_t
morning(struct scene *s)
{
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 13:00", 3);
	squares_run(s, SQL("UPDATE person SET phone = '+46701740605' WHERE id = 1"));
	squares_run(s, SQL("UPDATE shift_role SET wanted = 3"));
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_book(s, shift, BO));
	return shift;
}

static json_t *
roster(struct scene *s, const char *holder)
{
	const struct vs_field_sheet_options options = { .filter = { .from = "2026-08-22",
								.until = "2026-08-22" },
		.holder = holder };
	json_t *view = vs_roster_view(s->db, &options, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static const char *
cell_at(const json_t *sheet, size_t row, const char *name)
{
	return json_string_value(json_object_get(
		json_array_get(json_object_get(sheet, "rows"), row), name));
}

static void
the_stands_copy_has_initials_and_last_digits(void **state)
{
	struct scene *s = *state;
	morning(s);
	json_t *view = roster(s, NULL);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_string_equal(cell_at(sheet, 0, "name"), "Kim E.");
	assert_string_equal(cell_at(sheet, 0, "phone"), "···\u00a006\u00a005");
	assert_string_equal(cell_at(sheet, 0, "time"), "10.00–13.00");
	assert_true(json_is_true(json_object_get(
		json_array_get(json_object_get(sheet, "rows"), 2), "open")));
	char *all = json_dumps(view, 0);
	assert_null(strstr(all, "174"));
	assert_null(strstr(all, "Kim Ek"));
	free(all);
	json_decref(view);
	view = roster(s, "Bo Al");
	sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_string_equal(cell_at(sheet, 0, "name"), "Kim Ek");
	assert_string_equal(cell_at(sheet, 0, "phone"), "070-174 06 05");
	json_decref(view);
}

static void
a_night_stands_on_the_list_of_the_second_day_too(void **state)
{
	struct scene *s = *state;
	squares_shift_for(s, STAND, "2026-08-21 20:00", "2026-08-22 02:00", 2);
	json_t *view = roster(s, NULL);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_string_equal(cell_at(sheet, 0, "time"), "20.00–02.00");
	json_decref(view);
}

/* Typing in -------------------------------------------------------------------------------- */

static json_t *
enter(struct scene *s, const char *sheet, const char *row, bool correct)
{
	json_t *rows = json_pack("[s]", row);
	json_t *view = vs_field_enter(s->db, sheet, rows, correct, false, &s->err);
	json_decref(rows);
	return view;
}

static void
enters(struct scene *s, const char *sheet, const char *row, bool correct, int changed)
{
	json_t *view = enter(s, sheet, row, correct);
	assert_done(s, view != NULL);
	assert_int_equal(json_integer_value(json_object_get(view, "changed")), changed);
	json_decref(view);
}

static void
who_came_is_typed_in_once_however_often(void **state)
{
	struct scene *s = *state;
	int64_t shift = morning(s);
	const char *code = field_code(s->arena, squares_booking(s, shift, KIM));
	const char *row = vs_arena_printf(s->arena, "%s=came", code);
	enters(s, NULL, row, false, 1);
	assert_string_equal(squares_state(s, shift, KIM), "attended");
	enters(s, NULL, row, false, 0);
	row = vs_arena_printf(s->arena, "%s=absent", code);
	assert_null(enter(s, NULL, row, false));
	assert_int_equal(s->err.code, VS_REFUSED);
	s->err = (struct vs_error){ 0 };
	assert_string_equal(squares_state(s, shift, KIM), "attended");
	enters(s, NULL, row, true, 1);
	assert_string_equal(squares_state(s, shift, KIM), "no_show");
}

static void
who_was_rung_takes_the_role_that_was_open(void **state)
{
	struct scene *s = *state;
	int64_t shift = morning(s);
	squares_role(s, shift, "passledare", 1);
	squares_run(s, SQL("UPDATE shift_role SET id = 90 WHERE name = 'passledare'"));
	const char *row =
		vs_arena_printf(s->arena, "%s=yes", field_call_code(s->arena, 90, EVA));
	enters(s, NULL, row, false, 1);
	enters(s, NULL, row, false, 0);
	assert_string_equal(squares_state(s, shift, EVA), "booked");
	squares_run(
		s, SQL("DELETE FROM shift_role WHERE id <> 90")); /* with its bookings */
	assert_string_equal(squares_state(s, shift, EVA), "booked");
	row = vs_arena_printf(s->arena, "%s=yes", field_call_code(s->arena, 91, EVA));
	assert_null(enter(s, NULL, row, false));
	assert_int_equal(s->err.code, VS_NOT_FOUND);
	s->err = (struct vs_error){ 0 };
}

static void
a_wrong_row_leaves_the_others_undone(void **state)
{
	struct scene *s = *state;
	int64_t shift = morning(s);
	json_t *rows = json_pack("[o, s]",
		json_sprintf(
			"%s=came", field_code(s->arena, squares_booking(s, shift, KIM))),
		"12=came");
	assert_null(vs_field_enter(s->db, NULL, rows, false, false, &s->err));
	assert_non_null(strstr(s->err.text, "12=came"));
	s->err = (struct vs_error){ 0 };
	assert_string_equal(squares_state(s, shift, KIM), "booked");
	json_decref(rows);
}

static const char *
code_of(struct scene *s, json_t *view)
{
	const char *code = vs_arena_text(s->arena,
		json_string_value(json_object_get(
			json_array_get(json_object_get(view, "sheets"), 0), "code")));
	json_decref(view);
	return code;
}

static int64_t
count(struct scene *s, const char *sql)
{
	int64_t n = -1;
	assert_done(s, db_int(s->db, sql, &n, &s->err));
	return n;
}

static void
an_older_roster_still_takes_its_walk_ins(void **state)
{
	struct scene *s = *state;
	int64_t shift = morning(s);
	const char *old = code_of(s, roster(s, NULL));
	assert_done(s, squares_book(s, shift, EVA));
	assert_string_not_equal(code_of(s, roster(s, NULL)), old);
	scene_time("2026-08-22 18:00");
	enters(s, old, "+Ida Ny;070-555 12 34", false, 1);
	enters(s, old, "+Ida Ny;0705551234", false, 0);
	assert_int_equal(
		count(s, SQL("SELECT count(*) FROM person WHERE phone = '+46705551234'")),
		1);
	assert_int_equal(
		count(s,
			SQL("SELECT count(*) FROM booking WHERE state = 'attended'"
			    " AND source = 'walk_in'")),
		1);
	assert_int_equal(count(s,
				 SQL("SELECT count(*) FROM person WHERE name = 'Ida Ny'"
				     " AND keep_until = '2026-09-21'")),
		1);
	enters(s, old, "+Ida Ny;070-555 12 34;ja", false, 1);
	assert_int_equal(
		count(s,
			SQL("SELECT count(*) FROM person p JOIN campaign c"
			    " ON c.keep_until = p.keep_until WHERE p.name = 'Ida Ny'")),
		1);
	assert_null(enter(s, NULL, "+Ida Ny;070-555 12 34", false));
	assert_int_equal(s->err.code, VS_INVALID);
}

/* Walks ------------------------------------------------------------------------------------ */

static const char *
walk(struct scene *s)
{
	squares_run(s,
		SQL("INSERT INTO canvass (id, kommun_code, area) VALUES (7, '1715', 'Centrum')"));
	squares_run(s,
		SQL("INSERT INTO canvass_street (canvass_id, position, street) VALUES"
		    " (7, 1, 'Storgatan'), (7, 2, 'Ågatan')"));
	const struct vs_field_sheet_options options = { .canvass = "7" };
	json_t *view = vs_canvass_sheet_view(s->db, &options, &s->err);
	assert_done(s, view != NULL);
	return code_of(s, view);
}

static void
counts_of_streets_come_back_and_nothing_about_people(void **state)
{
	struct scene *s = *state;
	const char *sheet = walk(s);
	enters(s, sheet, "2=41/17/9/30/1", false, 1);
	enters(s, sheet, "2=41/17/9/30/1", false, 0);
	enters(s, sheet, "1=20/8", false, 1);
	enters(s, sheet, "1=20/8/-/12", false, 1);
	assert_int_equal(count(s, SQL("SELECT sum(doors) FROM canvass_street")), 61);
	static const char *const bad[] = { "2=40/17", "1=x", "1=1/2/3/4/5/6", "9=1",
		"1=5/6", "1=" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		s->err = (struct vs_error){ 0 };
		assert_null(enter(s, sheet, bad[i], false));
		assert_int_not_equal(s->err.code, VS_OK);
	}
	s->err = (struct vs_error){ 0 };
	assert_int_equal(count(s, SQL("SELECT sum(doors) FROM canvass_street")), 61);
	json_t *view = vs_canvass_view(s->db, "Kil", &s->err);
	const json_t *area = json_array_get(json_object_get(view, "areas"), 0);
	assert_int_equal(json_integer_value(json_object_get(area, "opened")), 25);
	json_decref(view);
}

static void
two_walks_do_not_share_doors(void **state)
{
	struct scene *s = *state;
	walk(s);
	squares_run(s,
		SQL("INSERT INTO canvass (id, kommun_code, area) VALUES (8, '1715', 'Söder')"));
	squares_run(
		s, SQL("UPDATE canvass_street SET first = 1, last = 9, side = 'odd'"));
	json_t *values = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "canvass", "8",
		"position", "1", "street", "storgatan", "first", "9", "last", "30",
		"side", "both");
	assert_false(vs_record_add(
		s->db, &vs_canvass_street_type, values, s->arena, NULL, &s->err));
	assert_int_equal(s->err.code, VS_REFUSED);
	s->err = (struct vs_error){ 0 };
	json_object_set_new(values, "side", json_string("even"));
	assert_done(s,
		vs_record_add(
			s->db, &vs_canvass_street_type, values, s->arena, NULL, &s->err));
	json_decref(values);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, squares_open, scene_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(a_code_catches_every_wrong_character_and_every_swap),
		TEST(a_code_is_read_as_people_write_it),
		TEST(the_stands_copy_has_initials_and_last_digits),
		TEST(a_night_stands_on_the_list_of_the_second_day_too),
		TEST(who_came_is_typed_in_once_however_often),
		TEST(who_was_rung_takes_the_role_that_was_open),
		TEST(a_wrong_row_leaves_the_others_undone),
		TEST(an_older_roster_still_takes_its_walk_ins),
		TEST(counts_of_streets_come_back_and_nothing_about_people),
		TEST(two_walks_do_not_share_doors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
