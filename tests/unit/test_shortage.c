/* Shortages: what a report does to ledger and plan, odd use, incidents, duty. */
#include "delivery_fixture.h"

static struct stage stage;

static int
open_stage(void **state)
{
	return stage_open(state, &stage);
}

static json_t *
report_as(struct scene *s, const struct vs_shortage_report *report)
{
	json_t *view = vs_shortage_report(s->db, report, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static json_t *
report(struct scene *s, const char *level)
{
	const struct vs_shortage_report report = {
		.place = "Biblioteket, Kil", .level = level, .reported_by = "en väljare"
	};
	return report_as(s, &report);
}

static const json_t *
line_at(const json_t *view, size_t i)
{
	return json_array_get(json_object_get(view, "lines"), i);
}

/* Pieces handed over at the library some days ago. */
static void
deliver(struct scene *s, int64_t pieces)
{
	bool again;
	const struct vs_receipt receipt = { 0 };
	const char *d = stage_delivery(
		&stage, "2026-08-26", stage.town, stage.anna, stage.kil, pieces);
	scene_time("2026-08-26 09:30");
	assert_done(s, vs_delivery_receipt(s->db, d, &receipt, &again, &s->err));
	scene_time(FIXTURE_NOW);
}

/* A round of all advance voting (16 open days of 8 hours) that expects `mean` at the library. */
static void
expect(struct scene *s, double mean)
{
	VS_AUTO(stmt) q = { 0 };
	stage_sql(s,
		SQL("INSERT INTO round (id, name, phase, from_date, until_date, plan)"
		    " VALUES (1, 'Start', 'advance', '2026-08-26', '2026-09-12', 'x')"));
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces,"
			    " mean, risk, reason) VALUES (1, ?, ?, 1000, ?, 0.02, '')"),
			&s->err));
	stmt_bind(&q, stage.town);
	stmt_bind(&q, stage.kil);
	stmt_bind(&q, mean);
	assert_done(s, stmt_run(&q, &s->err));
}

/* The ledger ------------------------------------------------------------------------------ */

static void
an_empty_rack_was_taken_by_voters(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	json_t *view = report(s, "empty");
	assert_int_equal(integer_at(line_at(view, 0), "taken"), 500);
	json_decref(view);
	assert_int_equal(stage_balance(s, stage.town, stage.kil), 0);
	assert_int_equal(stage_balance(s, stage.voters, stage.kil), 500);
}

static void
a_nearly_empty_rack_keeps_a_quarter_of_the_last_delivery(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	deliver(s, 200);
	json_decref(report(s, "low"));
	assert_int_equal(stage_balance(s, stage.town, stage.kil), 50);
	/* Said again: nothing more is taken. */
	json_decref(report(s, "low"));
	assert_int_equal(stage_balance(s, stage.town, stage.kil), 50);
}

static void
a_dry_run_changes_nothing(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	int64_t lines = count_of(s, SQL("SELECT count(*) FROM history"));
	const struct vs_shortage_report look = {
		.place = "Biblioteket, Kil", .level = "empty", .dry_run = true
	};
	json_t *view = report_as(s, &look);
	assert_true(json_is_null(json_object_get(view, "delivery")));
	assert_true(json_is_null(json_object_get(view, "shortage")));
	assert_string_equal(text_at(view, "from_name"), "Distriktslagret");
	json_decref(view);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM history")), lines);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shortage")), 0);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 1);
	assert_int_equal(stage_balance(s, stage.town, stage.kil), 500);
}

static void
odd_reports_are_refused(void **state)
{
	struct scene *s = *state;
	struct vs_shortage_report r = { .place = "Biblioteket, Kil", .level = "half" };
	assert_refused(s, vs_shortage_report(s->db, &r, &s->err) != NULL, VS_INVALID,
		"low or empty");
	r.level = "empty";
	assert_refused(s, vs_shortage_report(s->db, &r, &s->err) != NULL, VS_REFUSED,
		"no ballots were ever sent there");
	r.list = "KF Eda";
	assert_refused(s, vs_shortage_report(s->db, &r, &s->err) != NULL, VS_REFUSED,
		"not used at Biblioteket, Kil");
	r.place = "Distriktslagret";
	assert_refused(s, vs_shortage_report(s->db, &r, &s->err) != NULL, VS_INVALID,
		"no place or reception");
}

/* The refill ------------------------------------------------------------------------------ */

static void
the_own_depot_refills_before_others(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	stage_stock(s, stage.kil, stage.own_depot, 5000);
	json_t *view = report(s, "empty");
	assert_string_equal(text_at(view, "from_name"), "Kils förråd");
	assert_string_equal(text_at(view, "date"), "2026-08-28");
	assert_int_equal(integer_at(line_at(view, 0), "pieces"), 500);
	json_decref(view);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM delivery WHERE status = 'planned'"
			    " AND date = '2026-08-28' AND closes = 1080")),
		1);
}

static void
what_is_promised_elsewhere_is_no_stock(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	stage_stock(s, stage.kil, stage.own_depot, 450);
	stage_delivery(&stage, "2026-09-01", stage.country, 0, stage.kil, 9300);
	json_t *view = report(s, "empty");
	/* 200 of the district's are free, all 450 of our own: more is better. */
	assert_string_equal(text_at(view, "from_name"), "Kils förråd");
	assert_int_equal(integer_at(line_at(view, 0), "pieces"), 450);
	json_decref(view);
}

static void
a_car_gives_only_what_it_does_not_carry_for_others(void **state)
{
	struct scene *s = *state;
	int64_t rest;
	deliver(s, 500);
	const char *d = stage_delivery(
		&stage, "2026-08-28", stage.country, stage.anna, stage.kil, 9500);
	assert_done(s, vs_delivery_depart(s->db, d, &s->err));
	assert_done(s, stock_balance(s->db, stage.depot, stage.kil, &rest, &s->err));
	assert_int_equal(rest, 0);
	json_t *view = report(s, "empty");
	assert_true(json_is_null(json_object_get(view, "delivery")));
	assert_non_null(strstr(text_at(view, "told"), "no depot and no car"));
	json_decref(view);
	stage_stock(s, stage.kil, stage_car(s, stage.anna), 300);
	view = report(s, "empty");
	assert_string_equal(text_at(view, "from_name"), "Anna Ek");
	assert_string_equal(text_at(view, "carrier_name"), "Anna Ek");
	assert_int_equal(integer_at(line_at(view, 0), "pieces"), 300);
	assert_int_equal(integer_at(view, "shortage"), 1);
	json_decref(view);
	/* From her own car: nothing to load. */
	bool again;
	const struct vs_receipt receipt = { 0 };
	assert_done(s, vs_delivery_receipt(s->db, "3", &receipt, &again, &s->err));
	assert_int_equal(stage_balance(s, stage.town, stage.kil), 300);
	assert_int_equal(stage_balance(s, stage_car(s, stage.anna), stage.kil), 9500);
}

static void
a_carrier_who_is_busy_is_named_not_booked(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	stage_delivery(&stage, "2026-08-28", stage.country, stage.anna, stage.kil, 100);
	json_t *view = report(s, "empty");
	assert_string_equal(text_at(view, "carrier_name"), "Bo Alm");
	assert_string_equal(text_at(view, "phone"), "070-222 22 22");
	json_decref(view);
	const struct vs_shortage_report other = {
		.place = "Högboda skola, Kil", .list = "KF Kil", .level = "empty"
	};
	stage_sql(s,
		SQL("UPDATE delivery SET date = '2026-08-30' WHERE to_id = (SELECT o.id"
		    " FROM location o JOIN place p ON p.id = o.place_id"
		    " WHERE p.name = 'Högboda skola')"));
	stage_delivery(&stage, "2026-08-28", stage.edane, stage.anna, stage.eda, 100);
	view = report_as(s, &other);
	assert_true(json_is_null(json_object_get(view, "carrier_name")));
	assert_non_null(
		strstr(text_at(view, "told"), "no carrier is free on 2026-08-28"));
	json_decref(view);
}

static void
who_does_not_work_today_is_not_asked(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	stage_sql(s,
		SQL("INSERT INTO availability (carrier_id, date, starts, ends)"
		    " VALUES (1, '2026-09-01', 480, 1080)"));
	stage_sql(s, SQL("UPDATE carrier SET active = 0 WHERE id = 2"));
	json_t *view = report(s, "empty");
	assert_true(json_is_null(json_object_get(view, "carrier_name")));
	assert_non_null(strstr(text_at(view, "told"), "no carrier works on 2026-08-28"));
	assert_int_equal(integer_at(view, "delivery"), 2);
	json_decref(view);
}

static void
a_closed_place_is_refilled_when_it_opens(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	scene_time("2026-08-29 17:45"); /* Saturday; Sunday is closed */
	json_t *view = report(s, "empty");
	assert_string_equal(text_at(view, "date"), "2026-08-31");
	assert_non_null(strstr(text_at(view, "told"), "next open 2026-08-31"));
	json_decref(view);
}

static void
the_same_rack_twice_is_one_refill(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	json_t *view = report(s, "low");
	assert_int_equal(integer_at(view, "delivery"), 2);
	json_decref(view);
	view = report(s, "empty");
	assert_true(json_is_true(json_object_get(view, "again")));
	assert_int_equal(integer_at(view, "delivery"), 2);
	assert_non_null(strstr(text_at(view, "told"), "reported before (shortage 1)"));
	json_decref(view);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM shortage WHERE level = 'empty'")),
		1);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 2);
}

/* The refill that was planned holds ballots, not what is reported now. */
static void
what_no_refill_holds_gets_one_of_its_own(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	json_decref(report(s, "empty"));
	stage_add(s, &vs_item_type,
		VALUES("kind=material", "material=Flygblad", "unit_mg=3000"));
	int64_t item = count_of(s, SQL("SELECT id FROM item WHERE name = 'Flygblad'"));
	stage_stock(s, item, stage.depot, 2000);
	const struct vs_shortage_report missing = {
		.place = "Biblioteket, Kil", .list = "Flygblad", .level = "empty"
	};
	json_t *view = report_as(s, &missing);
	assert_false(json_is_true(json_object_get(view, "again")));
	assert_int_equal(integer_at(view, "shortage"), 2);
	assert_int_equal(integer_at(view, "delivery"), 3);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery_line"
				     " WHERE delivery_id = 3")),
		1);
	json_decref(view);
	view = report_as(s, &missing);
	assert_true(json_is_true(json_object_get(view, "again")));
	assert_int_equal(integer_at(view, "delivery"), 3);
	json_decref(view);
	view = report(s, "empty");
	assert_true(json_is_true(json_object_get(view, "again")));
	json_decref(view);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shortage")), 2);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 3);
}

static void
what_is_planned_anyway_is_not_sent_twice(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	const char *coming = stage_delivery(
		&stage, "2026-08-28", stage.town, stage.anna, stage.kil, 600);
	json_t *view = report(s, "empty");
	assert_int_equal(integer_at(view, "delivery"), atoi(coming));
	assert_non_null(
		strstr(text_at(view, "told"), "enough is on its way: delivery 2"));
	json_decref(view);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 2);
}

static void
what_should_have_come_and_did_not_is_not_on_its_way(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	stage_delivery(&stage, "2026-08-20", stage.town, stage.anna, stage.kil, 600);
	json_t *view = report(s, "empty");
	assert_int_equal(integer_at(view, "delivery"), 3);
	json_decref(view);
}

static void
where_the_kommun_refills_it_is_called(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	stage_add(s, &vs_rule_type,
		VALUES("kommun=Kil", "phase=advance", "channel=direct", "refill=kommun",
			"contact_name=Valkansliet", "contact_phone=0554-190 00",
			"cap=300"));
	struct vs_shortage_report r = { .place = "Biblioteket, Kil", .level = "empty" };
	json_t *view = report_as(s, &r);
	assert_true(json_is_null(json_object_get(view, "delivery")));
	assert_non_null(strstr(text_at(view, "told"), "Valkansliet, 0554-190 00"));
	json_decref(view);
	r.refill = true;
	view = report_as(s, &r);
	assert_int_equal(integer_at(view, "delivery"), 2);
	assert_int_equal(integer_at(line_at(view, 0), "pieces"), 300);
	json_decref(view);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM shortage")), 1);
}

static void
the_desk_is_refilled_where_the_kommun_takes_all_at_one(void **state)
{
	struct scene *s = *state;
	stage_add(s, &vs_rule_type,
		VALUES("kommun=Kil", "phase=advance", "channel=central", "refill=party",
			"address=Stadshuset", "deadline=2026-08-20 15:00"));
	const struct vs_shortage_report r = {
		.place = "Biblioteket, Kil", .list = "KF Kil", .level = "empty"
	};
	json_t *view = report_as(s, &r);
	assert_int_equal(integer_at(view, "delivery"), 1);
	json_decref(view);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM delivery d JOIN location o ON o.id = d.to_id"
			    " WHERE o.kind = 'reception'")),
		1);
	/* The first hand-in's latest time does not stop a refill. */
	assert_done(s, vs_delivery_pack(s->db, "1", 0, NULL, &s->err));
}

static void
its_end_follows_the_refill(void **state)
{
	struct scene *s = *state;
	bool again;
	const struct vs_receipt receipt = { 0 };
	deliver(s, 500);
	json_decref(report(s, "empty"));
	assert_done(s, vs_delivery_depart(s->db, "2", &s->err));
	assert_done(s, vs_delivery_fail(s->db, "2", "stängt", &s->err));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM shortage WHERE status = 'open'"
				     " AND delivery_id IS NULL")),
		1);
	json_t *view = report(s, "empty");
	assert_int_equal(integer_at(view, "delivery"), 3);
	json_decref(view);
	assert_done(s, vs_delivery_receipt(s->db, "3", &receipt, &again, &s->err));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM shortage WHERE status = 'resolved'")),
		1);
	json_t *board = vs_coverage_board_view(s->db, "Kil", &s->err);
	const json_t *row = json_array_get(json_object_get(board, "rows"), 0);
	assert_int_equal(integer_at(row, "delivered"), 500);
	assert_int_equal(integer_at(row, "refilled"), 500);
	assert_int_equal(integer_at(row, "shortages"), 0);
	json_decref(board);
	assert_refused(s, vs_shortage_resolve(s->db, "1", NULL, &s->err), VS_REFUSED,
		"resolved already");
}

/* What is brought because it ran out today does not serve election day. */
static void
a_refill_books_no_round(void **state)
{
	struct scene *s = *state;
	VS_AUTO(stmt) q = { 0 };
	deliver(s, 500);
	stage_sql(s, SQL("UPDATE delivery SET date = '2026-09-08'"));
	stage_sql(s,
		SQL("INSERT INTO round (id, name, phase, from_date, until_date, plan)"
		    " VALUES (1, 'Valdag', 'election_day', '2026-09-13', '2026-09-13', 'x')"));
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces,"
			    " reason) VALUES (1, ?, 1, 300, '')"),
			&s->err));
	stmt_bind(&q, stage.town);
	assert_done(s, stmt_run(&q, &s->err));
	json_t *board = vs_coverage_board_view(s->db, "Kil", &s->err);
	const json_t *row = json_array_get(json_object_get(board, "rows"), 0);
	assert_int_equal(integer_at(row, "gap"), 0); /* by hand, in the week before */
	json_decref(board);
	stage_sql(s, SQL("UPDATE delivery SET date = '2026-08-26'"));
	scene_time("2026-09-08 10:00");
	json_decref(report(s, "empty"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM delivery WHERE date = '2026-09-08'")),
		1);
	board = vs_coverage_board_view(s->db, "Kil", &s->err);
	row = json_array_get(json_object_get(board, "rows"), 0);
	assert_int_equal(integer_at(row, "gap"), 1);
	json_decref(board);
}

static void
a_shortage_is_resolved_by_hand(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	json_decref(report(s, "empty"));
	assert_done(s, vs_shortage_resolve(s->db, "1", "låg i ett skåp", &s->err));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM shortage WHERE status = 'resolved'"
			    " AND note = 'låg i ett skåp'")),
		1);
}

/* Odd use --------------------------------------------------------------------------------- */

/* Flen 2018: 1 000 ballots gone within days, where about 100 were to be expected. */
static void
a_thousand_gone_where_a_hundred_were_expected_is_unusual(void **state)
{
	struct scene *s = *state;
	expect(s, 100 * 16.0 / 2); /* two of sixteen open days have gone: 100 */
	deliver(s, 1000);
	json_t *view = report(s, "empty");
	const json_t *line = line_at(view, 0);
	assert_float_equal(json_real_value(json_object_get(line, "expected")), 100, 0.5);
	assert_int_equal(integer_at(line, "used"), 1000);
	assert_non_null(strstr(text_at(view, "unusual"),
		"KF Kil: 1\u00a0000 pieces are gone where "
		"about 100 were to be expected"));
	/* A thief is not fed: for the rest of the round what was expected, not 6 500. */
	assert_in_range(integer_at(line, "wanted"), 650, 2000);
	json_decref(view);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM shortage WHERE unusual IS NOT NULL")),
		1);
	json_t *problems = vs_delivery_problems(s->db, &s->err), *problem;
	size_t i;
	int told = 0;
	json_array_foreach (problems, i, problem)
		told += strstr(text_at(problem, "text"), "a chance below 1 in 1") != NULL;
	assert_int_equal(told, 1);
	json_decref(problems);
}

static void
twice_as_many_as_expected_is_not_unusual(void **state)
{
	struct scene *s = *state;
	expect(s, 100 * 16.0 / 2);
	deliver(s, 200);
	json_t *view = report(s, "empty");
	assert_true(json_is_null(json_object_get(view, "unusual")));
	json_decref(view);
}

static void
small_thefts_add_up(void **state)
{
	struct scene *s = *state;
	expect(s, 100 * 16.0 / 2);
	for (int i = 0; i < 3; i++) {
		deliver(s, 120);
		json_t *view = report(s, "empty");
		assert_int_equal(integer_at(line_at(view, 0), "used"), 120 * (i + 1));
		assert_true(json_is_null(json_object_get(view, "unusual")) == (i < 2));
		json_decref(view);
		stage_sql(s,
			SQL("UPDATE delivery SET status = 'cancelled'"
			    " WHERE status = 'planned'"));
		stage_sql(s, SQL("UPDATE shortage SET delivery_id = NULL"));
	}
}

static void
before_a_round_nobody_can_say_what_is_usual(void **state)
{
	struct scene *s = *state;
	deliver(s, 5000);
	json_t *view = report(s, "empty");
	assert_true(json_is_null(json_object_get(view, "unusual")));
	assert_true(json_is_null(json_object_get(line_at(view, 0), "expected")));
	json_decref(view);
}

static void
a_rack_that_waits_is_an_error_after_two_open_hours(void **state)
{
	struct scene *s = *state;
	deliver(s, 500);
	scene_time("2026-08-28 17:00");
	json_decref(report(s, "empty"));
	static const struct {
		const char *now;
		bool told;
	} times[] = { { "2026-08-28 17:59", false }, { "2026-08-29 10:59", false },
		{ "2026-08-29 11:00", true } };
	for (size_t i = 0; i < 3; i++) {
		scene_time(times[i].now);
		json_t *problems = vs_delivery_problems(s->db, &s->err), *problem;
		bool told = false;
		size_t k;
		json_array_foreach (problems, k, problem)
			told |= strstr(text_at(problem, "text"),
					"empty for more than 2") != NULL;
		assert_int_equal(told, times[i].told);
		json_decref(problems);
	}
}

/* Incidents, duty ------------------------------------------------------------------------- */

static void
an_incident_keeps_time_and_kommun_by_itself(void **state)
{
	struct scene *s = *state;
	const char *key = stage_add(s, &vs_incident_type,
		VALUES("place=Biblioteket", "list=KF Kil", "kind=stolen",
			"witness=Ada Vik", "what=Alla KF-valsedlar borta"));
	json_t *record = vs_record_get(s->db, &vs_incident_type, key, &s->err);
	int64_t now;
	assert_done(s, vs_clock_now(&now, &s->err));
	assert_int_equal(integer_at(record, "at"), now);
	assert_string_equal(text_at(record, "kommun_name"), "Kil");
	assert_string_equal(text_at(record, "list_name"), "KF Kil");
	assert_string_equal(text_at(record, "status"), "open");
	json_decref(record);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary LIKE '%Ada%'")),
		0);
	assert_done(s,
		record_set(s, &vs_incident_type, key,
			VALUES("at=2026-08-27 16:30", "action=Polisanmält",
				"status=closed")));
	json_t *late = VALUES("kind=other", "what=x", "at=2026-08-28 10:01");
	assert_refused(s, record_add(s, &vs_incident_type, late, &key), VS_INVALID,
		"not happened yet");
	late = VALUES("kind=other");
	assert_refused(
		s, record_add(s, &vs_incident_type, late, &key), VS_INVALID, "what");
}

static void
a_duty_turn_stands_there_once(void **state)
{
	struct scene *s = *state;
	const char *key;
	for (int i = 0; i < 2; i++) {
		json_t *values = VALUES("date=2026-08-28", "starts=08:00", "ends=20:00",
			"role=valsedelsjour", "name=Eva", "phone=070");
		bool ok = record_add(s, &vs_duty_type, values, &key);
		if (i == 0)
			assert_done(s, ok);
		else
			assert_refused(s, ok, VS_EXISTS, "there is one already");
	}
	assert_refused(s,
		record_add(s, &vs_duty_type,
			VALUES("date=2026-08-28", "starts=20:00", "ends=08:00", "role=x",
				"name=Eva", "phone=070"),
			&key),
		VS_INVALID, "begin before it ends");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, scene_close)
		WITH_STAGE(an_empty_rack_was_taken_by_voters),
		WITH_STAGE(a_nearly_empty_rack_keeps_a_quarter_of_the_last_delivery),
		WITH_STAGE(a_dry_run_changes_nothing),
		WITH_STAGE(odd_reports_are_refused),
		WITH_STAGE(the_own_depot_refills_before_others),
		WITH_STAGE(what_is_promised_elsewhere_is_no_stock),
		WITH_STAGE(a_car_gives_only_what_it_does_not_carry_for_others),
		WITH_STAGE(a_carrier_who_is_busy_is_named_not_booked),
		WITH_STAGE(who_does_not_work_today_is_not_asked),
		WITH_STAGE(a_closed_place_is_refilled_when_it_opens),
		WITH_STAGE(the_same_rack_twice_is_one_refill),
		WITH_STAGE(what_no_refill_holds_gets_one_of_its_own),
		WITH_STAGE(what_is_planned_anyway_is_not_sent_twice),
		WITH_STAGE(what_should_have_come_and_did_not_is_not_on_its_way),
		WITH_STAGE(where_the_kommun_refills_it_is_called),
		WITH_STAGE(the_desk_is_refilled_where_the_kommun_takes_all_at_one),
		WITH_STAGE(its_end_follows_the_refill),
		WITH_STAGE(a_refill_books_no_round),
		WITH_STAGE(a_shortage_is_resolved_by_hand),
		WITH_STAGE(a_thousand_gone_where_a_hundred_were_expected_is_unusual),
		WITH_STAGE(twice_as_many_as_expected_is_not_unusual),
		WITH_STAGE(small_thefts_add_up),
		WITH_STAGE(before_a_round_nobody_can_say_what_is_usual),
		WITH_STAGE(a_rack_that_waits_is_an_error_after_two_open_hours),
		WITH_STAGE(an_incident_keeps_time_and_kommun_by_itself),
		WITH_STAGE(a_duty_turn_stands_there_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
