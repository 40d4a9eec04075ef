/* A delivery's life: states, stock, receipts, codes, hand-over rules, board, check. */
#include "delivery_fixture.h"

static struct stage stage;

static int
open_stage(void **state)
{
	return stage_open(state, &stage);
}

static bool
receive(struct scene *s, const char *delivery, int64_t kil, bool *ret_again)
{
	json_t *counted = kil < 0 ? NULL : json_pack("{s:I}", "KF Kil", (json_int_t)kil);
	const struct vs_receipt receipt = { .received_by = "Föreståndaren",
		.counted = counted };
	bool ok = vs_delivery_receipt(s->db, delivery, &receipt, ret_again, &s->err);
	json_decref(counted);
	return ok;
}

static void
assert_balances(struct scene *s, int64_t depot, int64_t car, int64_t place)
{
	assert_int_equal(stage_balance(s, stage.depot, stage.kil), depot);
	assert_int_equal(stage_balance(s, stage_car(s, stage.anna), stage.kil), car);
	assert_int_equal(stage_balance(s, stage.town, stage.kil), place);
}

static const char *
plan(int64_t pieces)
{
	return stage_delivery(
		&stage, "2026-08-28", stage.town, stage.anna, stage.kil, pieces);
}

/* Life ------------------------------------------------------------------------------------ */

static void
stock_follows_from_depot_to_car_to_place(void **state)
{
	struct scene *s = *state;
	bool again = true;
	const char *d = plan(500);
	assert_done(s, vs_delivery_pack(s->db, d, 3, NULL, &s->err));
	assert_balances(s, 10000, 0, 0);
	assert_done(s, vs_delivery_depart(s->db, d, &s->err));
	assert_balances(s, 9500, 500, 0);
	assert_done(s, receive(s, d, -1, &again));
	assert_false(again);
	assert_balances(s, 9500, 0, 500);
	json_t *view = vs_delivery_view(s->db, d, &s->err);
	assert_done(s, view != NULL);
	assert_string_equal(text_at(view, "status"), "delivered");
	assert_int_equal(integer_at(view, "packages"), 3);
	const json_t *events = json_object_get(view, "events");
	assert_int_equal(json_array_size(events), 4);
	static const char *const order[] = { "planned", "packed", "underway",
		"delivered" };
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(
			text_at(json_array_get(events, i), "status"), order[i]);
		assert_string_equal(text_at(json_array_get(events, i), "actor"), "anna");
	}
	json_decref(view);
}

static void
without_a_carrier_nothing_moves_until_the_receipt(void **state)
{
	struct scene *s = *state;
	bool again;
	const char *d =
		stage_delivery(&stage, "2026-08-28", stage.town, 0, stage.kil, 500);
	assert_done(s, vs_delivery_depart(s->db, d, &s->err));
	assert_balances(s, 10000, 0, 0);
	assert_done(s, receive(s, d, 480, &again));
	assert_balances(s, 9520, 0, 480);
}

static void
a_receipt_of_what_nobody_said_had_left_does_it_all(void **state)
{
	struct scene *s = *state;
	bool again;
	const char *d = plan(500);
	assert_done(s, receive(s, d, -1, &again));
	assert_balances(s, 9500, 0, 500);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM movement WHERE kind = 'deliver'")),
		2);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE command LIKE 'deliver%'")),
		1);
}

static void
delivered_twice_counts_once(void **state)
{
	struct scene *s = *state;
	bool again = false;
	const char *d = plan(500);
	assert_done(s, receive(s, d, 490, &again));
	int64_t lines = count_of(s, SQL("SELECT count(*) FROM history"));
	for (int i = 0; i < 3; i++) {
		assert_done(s, receive(s, d, 490, &again));
		assert_true(again);
	}
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM history")), lines);
	assert_balances(s, 9500, 10, 490);
}

static void
another_receipt_says_what_was_recorded(void **state)
{
	struct scene *s = *state;
	bool again = false;
	const char *d = plan(500);
	assert_done(s, receive(s, d, 490, &again));
	assert_refused(s, receive(s, d, 495, &again), VS_CONFLICT,
		"490 pieces of KF Kil (now 495 are said)");
	assert_refused(s, receive(s, d, -1, &again), VS_CONFLICT, "Föreståndaren");
	assert_refused(s, receive(s, d, 0, &again), VS_CONFLICT, "stock count");
	assert_balances(s, 9500, 10, 490);
}

static void
the_code_scanned_again_is_no_other_receipt(void **state)
{
	struct scene *s = *state;
	const struct vs_receipt scan = { 0 };
	bool again = false;
	const char *d = plan(500);
	assert_done(s, receive(s, d, 490, &again));
	assert_done(s, vs_delivery_receipt(s->db, d, &scan, &again, &s->err));
	assert_true(again);
	assert_balances(s, 9500, 10, 490);
}

static void
what_is_missing_stays_in_the_car_what_is_too_much_is_found(void **state)
{
	struct scene *s = *state;
	bool again;
	const char *less = plan(500), *more = plan(300);
	assert_done(s, receive(s, less, 0, &again));
	assert_balances(s, 9500, 500, 0);
	assert_done(s, receive(s, more, 305, &again));
	assert_balances(s, 9200, 500, 305);
	assert_int_equal(
		count_of(s,
			SQL("SELECT pieces FROM movement WHERE kind = 'count'"
			    " AND from_id IS NULL AND reason LIKE '%300 sent%'")),
		5);
	json_t *view = vs_delivery_view(s->db, less, &s->err);
	assert_int_equal(integer_at(view, "missing"), 500);
	assert_string_equal(text_at(view, "left_with"), "Anna Ek");
	json_decref(view);
	view = vs_delivery_view(s->db, more, &s->err);
	assert_int_equal(integer_at(view, "extra"), 5);
	json_decref(view);
}

static void
a_receipt_is_refused_whole(void **state)
{
	struct scene *s = *state;
	bool again;
	const char *d = plan(500);
	json_t *counted = json_pack("{s:i, s:i}", "KF Kil", 500, "KF Eda", 3);
	const struct vs_receipt other = { .counted = counted },
				early = { .at = "2026-08-28 10:01" };
	assert_refused(s, vs_delivery_receipt(s->db, d, &other, &again, &s->err),
		VS_INVALID, "does not hold KF Eda");
	json_decref(counted);
	counted = json_pack("{s:s}", "KF Kil", "many");
	const struct vs_receipt words = { .counted = counted };
	assert_refused(s, vs_delivery_receipt(s->db, d, &words, &again, &s->err),
		VS_INVALID, "whole number");
	json_decref(counted);
	assert_refused(s, vs_delivery_receipt(s->db, d, &early, &again, &s->err),
		VS_INVALID, "future");
	assert_refused(s, receive(s, plan(20000), -1, &again), VS_REFUSED, "10\u00a0000");
	assert_string_equal(stage_status(s, d), "planned");
	assert_balances(s, 10000, 0, 0);
}

static void
failed_brings_the_stock_back(void **state)
{
	struct scene *s = *state;
	const char *left = plan(500), *never = plan(100);
	assert_done(s, vs_delivery_depart(s->db, left, &s->err));
	assert_refused(
		s, vs_delivery_fail(s->db, left, "", &s->err), VS_INVALID, "--reason");
	assert_done(s, vs_delivery_fail(s->db, left, "stängt", &s->err));
	assert_done(s, vs_delivery_fail(s->db, never, "bilen startade inte", &s->err));
	assert_balances(s, 10000, 0, 0);
	assert_string_equal(stage_status(s, left), "failed");
	bool again;
	assert_refused(s, receive(s, left, -1, &again), VS_REFUSED, "is failed");
}

static void
what_has_left_is_not_cancelled(void **state)
{
	struct scene *s = *state;
	const char *d = plan(500), *other = plan(500);
	assert_done(s, vs_delivery_depart(s->db, d, &s->err));
	assert_refused(s, vs_delivery_cancel(s->db, d, "ångrat", &s->err), VS_REFUSED,
		"on the way and cannot become cancelled");
	assert_done(s, vs_delivery_cancel(s->db, other, "dubbelt", &s->err));
	assert_refused(s, vs_delivery_pack(s->db, other, 0, NULL, &s->err), VS_REFUSED,
		"is cancelled");
	assert_refused(
		s, vs_delivery_depart(s->db, d, &s->err), VS_REFUSED, "on the way");
}

static void
packing_needs_pieces_that_nothing_else_is_packed_of(void **state)
{
	struct scene *s = *state;
	const char *first = plan(6000), *second = plan(6000);
	assert_done(s, vs_delivery_pack(s->db, first, 0, NULL, &s->err));
	assert_refused(s, vs_delivery_pack(s->db, second, 0, NULL, &s->err), VS_REFUSED,
		"4\u00a0000 unpacked pieces of KF Kil");
	assert_int_equal(
		count_of(s, SQL("SELECT packages FROM delivery WHERE status = 'packed'")),
		3);
	assert_done(s, vs_delivery_cancel(s->db, first, "för många", &s->err));
	assert_done(s, vs_delivery_pack(s->db, second, 0, NULL, &s->err));
}

static void
ballots_for_another_kommun_are_refused_at_the_door(void **state)
{
	struct scene *s = *state;
	bool again;
	const char *d = stage_delivery(
		&stage, "2026-08-28", stage.town, stage.anna, stage.eda, 100);
	assert_refused(
		s, receive(s, d, -1, &again), VS_REFUSED, "not used at Biblioteket, Kil");
	assert_int_equal(stage_balance(s, stage.depot, stage.eda), 10000);
}

/* Codes ----------------------------------------------------------------------------------- */

static void
print_sheet(struct scene *s, const char *number, const char *code)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO sheet (number, revision, fingerprint, code, at, actor)"
			    " VALUES (?1, 1 + (SELECT count(*) FROM sheet WHERE number = ?1),"
			    " ?2, ?2, 0, 'anna')"),
			&s->err));
	stmt_bind(&q, number);
	stmt_bind(&q, code);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
every_code_that_was_printed_finds_its_delivery(void **state)
{
	struct scene *s = *state;
	const char *d = plan(500);
	assert_string_equal(d, "1");
	print_sheet(s, "FS-1", "VS-FS-1-R1-0A1Z");
	print_sheet(s, "FS-1", "VS-FS-1-R2-7K3M");
	print_sheet(s, "PL-F1", "VS-PL-F1-R1-ABCD");
	static const char *const codes[] = { "1", " 1\n", "VS-FS-1-R1-0A1Z",
		"VS-FS-1-R2-7K3M", "vs-fs-1-r2-7k3m", " VS-FS-1-R2 -7K3M ",
		"FS-1-R2-7K3M", "VS-FS-1-R2", "FS-1", "VS-FS-1-R1-OAIZ",
		"VS-FS-1-R1-oalz", "VS-PL-F1-R1-ABCD", "pl-f1" };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		int64_t id = 0;
		assert_done(s, delivery_find(s->db, codes[i], &id, &s->err));
		assert_int_equal(id, 1);
	}
}

static void
a_code_that_was_never_printed_is_refused(void **state)
{
	struct scene *s = *state;
	int64_t id;
	plan(500);
	plan(500);
	print_sheet(s, "FS-1", "VS-FS-1-R2-7K3M");
	print_sheet(s, "BU-1780", "VS-BU-1780-R1-7K3M");
	static const char *const wrong[] = { "VS-FS-2-R1-7K3M", "VS-FS-1-R1-7K3N",
		"VS-FS-1-R9", "VS-FS-1-7K3N" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_refused(s, delivery_find(s->db, wrong[i], &id, &s->err),
			VS_NOT_FOUND, "never printed");
	static const char *const unknown[] = { "", "99", "FS-99", "VS-", "FS", "-1", "1x",
		"KL-7", "BU-1780", "VS-BU-1780-R1-7K3M", "99999999999999999999",
		"VS-FS-1-R", "Biblioteket" };
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		assert_refused(s, delivery_find(s->db, unknown[i], &id, &s->err),
			VS_NOT_FOUND, "no delivery");
	assert_refused(
		s, delivery_find(s->db, "\xff", &id, &s->err), VS_INVALID, "UTF-8");
}

static void
a_routes_code_stands_for_all_its_stops(void **state)
{
	struct scene *s = *state;
	int64_t id;
	for (int i = 0; i < 4; i++)
		plan(100);
	stage_sql(s,
		SQL("INSERT INTO route (date, carrier_id, from_id, leaves, ends,"
		    " driving_minutes, metres) VALUES ('2026-08-28', 1, 2, 480, 600, 60,"
		    " 9000)"));
	stage_sql(s, SQL("UPDATE delivery SET route_id = 1, position = 5 - id"));
	assert_done(s, vs_delivery_cancel(s->db, "2", "dubbelt", &s->err));
	json_t *ids = vs_delivery_numbers(s->db, "KL-1", &s->err);
	assert_done(s, ids != NULL);
	assert_int_equal(json_array_size(ids), 3);
	assert_int_equal(json_integer_value(json_array_get(ids, 0)), 4);
	assert_int_equal(json_integer_value(json_array_get(ids, 2)), 1);
	json_decref(ids);
	assert_refused(s, delivery_find(s->db, "KL-1", &id, &s->err), VS_INVALID,
		"stands for 3 deliveries");
}

/* Rules ----------------------------------------------------------------------------------- */

static void
packing_what_breaks_the_rule_needs_a_reason(void **state)
{
	struct scene *s = *state;
	stage_add(s, &vs_rule_type,
		VALUES("kommun=Kil", "phase=advance", "channel=direct",
			"deadline=2026-08-27 15:00", "cap=1000"));
	const char *d = plan(1500);
	assert_refused(s, vs_delivery_pack(s->db, d, 0, NULL, &s->err), VS_REFUSED,
		"the latest time, 2026-08-27 15:00, has passed; 1\u00a0500 pieces of KF Kil, at most "
		"1\u00a0000 are taken");
	json_t *view = vs_delivery_view(s->db, d, &s->err);
	assert_int_equal(json_array_size(json_object_get(view, "breaks")), 2);
	json_decref(view);
	assert_refused(
		s, vs_delivery_depart(s->db, d, &s->err), VS_REFUSED, "--override");
	assert_done(
		s, vs_delivery_pack(s->db, d, 0, "valnämnden tar emot ändå", &s->err));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery WHERE override ="
				     " 'valnämnden tar emot ändå'")),
		1);
}

static void
an_override_of_the_plan_is_enough(void **state)
{
	struct scene *s = *state;
	stage_add(s, &vs_rule_type,
		VALUES("kommun=Kil", "phase=advance", "channel=direct", "cap=100"));
	const char *d = plan(500);
	stage_sql(s, SQL("UPDATE delivery SET override = 'avtalat'"));
	assert_done(s, vs_delivery_pack(s->db, d, 0, NULL, &s->err));
}

static void
a_receipt_is_a_fact_whatever_the_rule_says(void **state)
{
	struct scene *s = *state;
	bool again;
	stage_add(s, &vs_rule_type,
		VALUES("kommun=Kil", "phase=advance", "channel=direct", "cap=100"));
	assert_done(s, receive(s, plan(500), -1, &again));
}

/* Board ----------------------------------------------------------------------------------- */

static const json_t *
board_row(const json_t *view, const char *kommun)
{
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "rows"), i, row)
		if (strcmp(text_at(row, "kommun_name"), kommun) == 0)
			return row;
	fail_msg("no row for %s", kommun);
	return NULL;
}

static json_t *
board(struct scene *s)
{
	json_t *view = vs_coverage_board_view(s->db, NULL, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static void
the_board_shows_gaps_first(void **state)
{
	struct scene *s = *state;
	bool again;
	json_t *view = board(s);
	assert_string_equal(
		text_at(json_array_get(json_object_get(view, "rows"), 0), "kommun_name"),
		"Kil");
	assert_int_equal(integer_at(board_row(view, "Kil"), "gap"), 2);
	assert_int_equal(integer_at(json_object_get(view, "total"), "gap"), 3);
	json_decref(view);
	const char *d = plan(500);
	stage_delivery(&stage, "2026-08-29", stage.country, 0, stage.kil, 200);
	assert_done(s, receive(s, d, 490, &again));
	view = board(s);
	const json_t *kil = board_row(view, "Kil");
	assert_string_equal(
		text_at(json_array_get(json_object_get(view, "rows"), 0), "kommun_name"),
		"Eda");
	assert_int_equal(integer_at(kil, "gap"), 0);
	assert_int_equal(integer_at(kil, "delivered"), 490);
	assert_int_equal(integer_at(kil, "planned"), 200);
	assert_int_equal(json_array_size(json_object_get(kil, "days")), 2);
	assert_string_equal(json_string_value(json_array_get(
				    json_object_get(board_row(view, "Eda"), "gaps"), 0)),
		"Charlottenberg");
	json_decref(view);
}

static void
a_round_decides_what_is_needed(void **state)
{
	struct scene *s = *state;
	bool again;
	stage_sql(s,
		SQL("INSERT INTO round (id, name, phase, from_date, until_date, plan)"
		    " VALUES (1, 'Start', 'advance', '2026-08-26', '2026-09-13', 'x'),"
		    " (2, 'Valdag', 'election_day', '2026-09-13', '2026-09-13', NULL)"));
	stage_sql(s,
		SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		    " SELECT r.id, o.id, 1, 300, '' FROM round r JOIN location o"
		    " JOIN place p ON p.id = o.place_id WHERE p.kommun_code = '1715'"));
	const char *d = plan(500);
	stage_sql(s, SQL("UPDATE delivery SET round_id = 1"));
	assert_done(s, receive(s, d, -1, &again));
	json_t *view = board(s);
	const json_t *kil = board_row(view, "Kil");
	assert_int_equal(integer_at(kil, "needed"), 1200);
	assert_int_equal(integer_at(kil, "destinations"), 2);
	assert_int_equal(integer_at(kil, "gap"), 2); /* election day is not booked */
	json_decref(view);
	json_t *problems = vs_delivery_problems(s->db, &s->err), *problem;
	assert_done(s, problems != NULL);
	size_t i;
	int unbooked = 0;
	json_array_foreach (problems, i, problem)
		if (strcmp(text_at(problem, "noun"), "round") == 0) {
			unbooked++;
			assert_non_null(strstr(text_at(problem, "text"), "Start"));
			assert_non_null(
				strstr(text_at(problem, "text"), "(Högboda skola, Kil)"));
		}
	assert_int_equal(
		unbooked, 1); /* the round that is not written asks for nothing */
	json_decref(problems);
}

/* Check and status ------------------------------------------------------------------------ */

static int
problems_of(struct scene *s, const char *part)
{
	json_t *check = vs_check_view(s->db, &s->err), *problem;
	assert_done(s, check != NULL);
	int found = 0;
	size_t i;
	json_array_foreach (json_object_get(check, "problems"), i, problem)
		found += strstr(text_at(problem, "text"), part) != NULL;
	json_decref(check);
	return found;
}

static void
what_is_late_or_without_anybody_is_told(void **state)
{
	struct scene *s = *state;
	plan(100);
	const char *left = plan(100);
	stage_delivery(&stage, "2026-08-31", stage.town, 0, stage.kil, 100);
	assert_int_equal(
		problems_of(s, "deliveries without a carrier (Biblioteket, Kil)"), 1);
	assert_int_equal(problems_of(s, "not delivered"), 0);
	assert_int_equal(problems_of(s, "answers the telephone"), 0);
	assert_done(s, vs_delivery_depart(s->db, left, &s->err));
	scene_time("2026-08-29 00:05");
	assert_int_equal(problems_of(s, "planned for 2026-08-28 and not delivered"), 1);
	assert_int_equal(problems_of(s, "on the way since 2026-08-28"), 1);
	stage_add(s, &vs_duty_type,
		VALUES("date=2026-08-29", "starts=08:00", "ends=20:00",
			"role=valsedelsjour", "name=Eva", "phone=070"));
	/* 13 days of voting are left; one has somebody. */
	assert_int_equal(problems_of(s, "nobody answers the telephone"), 1);
	assert_int_equal(problems_of(s, "and 7 more"), 1);
}

static void
status_tells_today(void **state)
{
	struct scene *s = *state;
	plan(100);
	assert_done(s, vs_delivery_pack(s->db, plan(100), 0, NULL, &s->err));
	stage_add(s, &vs_duty_type,
		VALUES("date=2026-08-28", "starts=08:00", "ends=12:00",
			"role=valsedelsjour", "name=Eva", "phone=070"));
	stage_add(s, &vs_duty_type,
		VALUES("date=2026-08-28", "starts=12:00", "ends=20:00",
			"role=valsedelsjour", "name=Ove", "phone=071"));
	json_t *view = vs_status_view(s->db, &s->err);
	assert_done(s, view != NULL);
	const json_t *d = json_object_get(view, "deliveries");
	assert_int_equal(integer_at(json_object_get(d, "today"), "planned"), 1);
	assert_int_equal(integer_at(json_object_get(d, "today"), "packed"), 1);
	assert_int_equal(integer_at(d, "without_rule"), 16);
	assert_int_equal(json_array_size(json_object_get(d, "duty")), 1);
	assert_string_equal(
		text_at(json_array_get(json_object_get(d, "duty"), 0), "name"), "Eva");
	json_decref(view);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, scene_close)
		WITH_STAGE(stock_follows_from_depot_to_car_to_place),
		WITH_STAGE(without_a_carrier_nothing_moves_until_the_receipt),
		WITH_STAGE(a_receipt_of_what_nobody_said_had_left_does_it_all),
		WITH_STAGE(delivered_twice_counts_once),
		WITH_STAGE(another_receipt_says_what_was_recorded),
		WITH_STAGE(the_code_scanned_again_is_no_other_receipt),
		WITH_STAGE(what_is_missing_stays_in_the_car_what_is_too_much_is_found),
		WITH_STAGE(a_receipt_is_refused_whole),
		WITH_STAGE(failed_brings_the_stock_back),
		WITH_STAGE(what_has_left_is_not_cancelled),
		WITH_STAGE(packing_needs_pieces_that_nothing_else_is_packed_of),
		WITH_STAGE(ballots_for_another_kommun_are_refused_at_the_door),
		WITH_STAGE(every_code_that_was_printed_finds_its_delivery),
		WITH_STAGE(a_code_that_was_never_printed_is_refused),
		WITH_STAGE(a_routes_code_stands_for_all_its_stops),
		WITH_STAGE(packing_what_breaks_the_rule_needs_a_reason),
		WITH_STAGE(an_override_of_the_plan_is_enough),
		WITH_STAGE(a_receipt_is_a_fact_whatever_the_rule_says),
		WITH_STAGE(the_board_shows_gaps_first),
		WITH_STAGE(a_round_decides_what_is_needed),
		WITH_STAGE(what_is_late_or_without_anybody_is_told),
		WITH_STAGE(status_tells_today),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
