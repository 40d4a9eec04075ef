/*
 * The whole of Värmland 2022: what was ordered in 2018 driven to all its places by 24 carriers.
 * What must hold is asked of the written rows, not of the planner.
 */
#include "import_fixture.h"

#include "deliver_fixture.h"

#define RUN(f, sql) \
	do { \
		struct vs_error err_ = { 0 }; \
		if (!deliver_run((f)->db, SQL(sql), &err_)) \
			fail_msg("%s", err_.text); \
	} while (0)

/* Local association depots in three towns, with six of the carriers each. */
static void
spread_depots(struct fixture *f)
{
	RUN(f,
		"INSERT INTO association (id, name) VALUES (1, 'V Arvika'), (2, 'V Torsby'),"
		" (3, 'V Kristinehamn')");
	RUN(f,
		"UPDATE kommun SET association_id = CASE WHEN code IN ('1784', '1730', '1765')"
		" THEN 1 WHEN code IN ('1737', '1766', '1783') THEN 2"
		" WHEN code IN ('1781', '1760', '1782') THEN 3 END WHERE in_district");
	RUN(f,
		"INSERT INTO location (id, kind, name, association_id, latitude, longitude)"
		" VALUES (9001, 'depot', 'Arvikalagret', 1, 59.65, 12.59),"
		" (9002, 'depot', 'Torsbylagret', 2, 60.13, 13.00),"
		" (9003, 'depot', 'Kristinehamnslagret', 3, 59.31, 14.11)");
	RUN(f, "UPDATE carrier SET base_id = 9000 + id % 4 WHERE id % 4 > 0");
}

/* Hand-over rules of three kinds; one kommun takes everything at its reception. */
static void
set_rules(struct fixture *f)
{
	RUN(f,
		"INSERT INTO handover_rule (kommun_code, phase, channel, earliest, deadline,"
		" cap, source, verified_on) VALUES"
		" ('1784', 'advance', 'central', NULL, '2022-08-17 15:00', 40000, 'x',"
		"  '2022-08-01'),"
		" ('1783', 'election_day', 'direct', '30 minuter före öppning',"
		"  '2022-09-11 14:00', NULL, 'x', '2022-08-01'),"
		" ('1780', 'advance', 'direct', '11:00', NULL, 40000, 'x', '2022-08-01')");
	RUN(f,
		"INSERT INTO location (id, kind, name, kommun_code, latitude, longitude)"
		" VALUES (9010, 'reception', 'Arvika stadshus', '1784', 59.655, 12.59)");
	RUN(f,
		"UPDATE allocation SET pieces = 0 WHERE round_id = 7 AND location_id IN"
		" (SELECT o.id FROM location o JOIN place p ON p.id = o.place_id"
		"  WHERE p.kommun_code = '1784')");
	RUN(f,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 7, 9010, id, 12345, 'x' FROM item LIMIT 2");
}

static void
set_stage(struct fixture *f, bool spread)
{
	struct vs_error err = { 0 };
	setenv("VALSTUGA_NOW", "2022-08-15 12:00", 1);
	RUN(f,
		"UPDATE location SET latitude = 59.3793, longitude = 13.5037"
		" WHERE name = 'Distriktslagret'");
	if (!deliver_import(f->db, false, &err) || !deliver_allocate_2018(f->db, &err) ||
		!deliver_carriers(f->db, 24, &err))
		fail_msg("%s", err.text);
	if (spread)
		spread_depots(f);
	set_rules(f);
}

static int64_t
plan_round(struct fixture *f, const char *round)
{
	struct vs_error err = { 0 };
	const struct vs_deliver_options options = { 0 };
	json_t *plan = vs_deliver_plan(f->db, round, &options, &err);
	assert_string_equal(err.text, "");
	int64_t unserved = json_integer_value(
		json_object_get(json_object_get(plan, "total"), "unserved"));
	json_decref(plan);
	return unserved;
}

/* Every line of the allocation is on its way, exactly, to the last piece. */
static void
check_conservation(struct fixture *f)
{
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM (SELECT round_id, location_id, item_id, pieces"
			    " FROM allocation WHERE pieces > 0 EXCEPT SELECT d.round_id, d.to_id,"
			    " l.item_id, sum(l.pieces) FROM delivery d"
			    " JOIN delivery_line l ON l.delivery_id = d.id"
			    " GROUP BY d.round_id, d.to_id, l.item_id)")),
		0);
	/* What leaves an association's depot has come to it, no more and no less. */
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM (SELECT o.id, l.item_id, sum(iif(d.to_id = o.id,"
			    " l.pieces, -l.pieces)) AS rest FROM location o JOIN delivery d"
			    " ON o.id IN (d.from_id, d.to_id) JOIN delivery_line l"
			    " ON l.delivery_id = d.id WHERE o.kind = 'depot'"
			    " AND o.association_id IS NOT NULL GROUP BY o.id, l.item_id)"
			    " WHERE rest <> 0")),
		0);
}

/* Every hand-over at a place begins and ends in an opening, or before one as far as the rule
 * (on election day: an hour) allows. */
static void
check_hours(struct fixture *f)
{
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM delivery d JOIN location o ON o.id = d.to_id"
			    " JOIN place p ON p.id = o.place_id JOIN round r ON r.id = d.round_id"
			    " WHERE NOT EXISTS (SELECT 1 FROM opening g WHERE g.place_id = o.place_id"
			    "  AND g.date = d.date AND g.purpose = iif(r.phase = 'advance', 'advance',"
			    "  'polling') AND d.arrives + 3 <= g.closes AND d.arrives >= CASE"
			    "  WHEN r.phase = 'advance' THEN iif(p.kommun_code = '1780',"
			    "   max(g.opens, 660), g.opens) WHEN p.kommun_code = '1783'"
			    "   THEN g.opens - 30 ELSE g.opens - 60 END)")),
		0);
	assert_int_equal(number(f,
				 SQL("SELECT count(*) FROM delivery d JOIN location o"
				     " ON o.id = d.to_id WHERE o.id = 9010 AND d.date ="
				     " '2022-08-16' AND d.arrives BETWEEN 540 AND 892")),
		number(f, SQL("SELECT count(*) FROM delivery WHERE to_id = 9010")));
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM delivery d JOIN location o"
			    " ON o.id = d.to_id JOIN place p ON p.id = o.place_id"
			    " WHERE p.kommun_code = '1783' AND d.round_id = 8"
			    " AND d.arrives > 840")),
		0);
}

/* Nobody carries more than the car takes, drives outside the hours, or twice at once. */
static void
check_carriers(struct fixture *f)
{
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM (SELECT r.id, sum(l.pieces * i.unit_mg) AS mg,"
			    " sum(l.pieces * 1.0 / i.box) AS boxes, c.kg, c.boxes AS room"
			    " FROM route r JOIN delivery d ON d.route_id = r.id"
			    " JOIN delivery_line l ON l.delivery_id = d.id"
			    " JOIN item i ON i.id = l.item_id JOIN carrier c ON c.id = r.carrier_id"
			    " GROUP BY r.id) WHERE mg > kg * 1000000 OR boxes > room + 0.001")),
		0);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM route r WHERE NOT EXISTS (SELECT 1"
			    " FROM availability a WHERE a.carrier_id = r.carrier_id"
			    " AND a.date = r.date AND r.leaves >= a.starts AND r.ends <= a.ends)")),
		0);
	assert_int_equal(number(f,
				 SQL("SELECT count(*) FROM route a JOIN route b"
				     " ON a.carrier_id = b.carrier_id AND a.date = b.date"
				     " AND a.id < b.id AND a.leaves < b.ends"
				     " AND b.leaves < a.ends")),
		0);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM delivery d JOIN route r ON r.id = d.route_id"
			    " WHERE d.carrier_id <> r.carrier_id OR d.date <> r.date"
			    " OR d.from_id <> r.from_id OR d.arrives < r.leaves"
			    " OR d.arrives > r.ends")),
		0);
}

static void
plan_all(struct fixture *f)
{
	assert_int_equal(plan_round(f, "Förtid"), 0);
	assert_int_equal(plan_round(f, "Valdagen"), 0);
	check_conservation(f);
	check_hours(f);
	check_carriers(f);
	/* A second time nothing is doubled. */
	int64_t deliveries = number(f, SQL("SELECT count(*) FROM delivery"));
	plan_round(f, "Förtid");
	assert_int_equal(number(f, SQL("SELECT count(*) FROM delivery")), deliveries);
	check_conservation(f);
	check_carriers(f);
}

static void
all_of_varmland_is_served_from_one_depot(void **state)
{
	struct fixture *f = *state;
	set_stage(f, false);
	plan_all(f);
	assert_true(number(f, SQL("SELECT count(DISTINCT to_id) FROM delivery")) > 225);
}

static void
all_of_varmland_is_served_from_four_depots(void **state)
{
	struct fixture *f = *state;
	set_stage(f, true);
	plan_all(f);
	assert_int_equal(
		number(f, SQL("SELECT count(DISTINCT from_id) FROM delivery")), 4);
	assert_int_equal(number(f,
				 SQL("SELECT count(DISTINCT d.to_id) FROM delivery d"
				     " JOIN location o ON o.id = d.to_id"
				     " WHERE o.kind = 'depot'")),
		3);
	/* What a depot hands out has come to it before. */
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM delivery d JOIN delivery leg"
			    " ON leg.to_id = d.from_id AND leg.round_id = d.round_id"
			    " WHERE (leg.date, leg.arrives) > (d.date, d.arrives)")),
		0);
}

static void
after_a_drop_out_everything_still_holds(void **state)
{
	struct fixture *f = *state;
	struct vs_error err = { 0 };
	const struct vs_deliver_options options = { .without = "Förare 3, Förare 5" };
	set_stage(f, false);
	plan_round(f, "Valdagen");
	int64_t theirs = number(
		f, SQL("SELECT count(*) FROM delivery WHERE carrier_id IN (3, 5)"));
	json_t *plan = vs_deliver_replan(f->db, "2022-09-11", &options, &err);
	assert_string_equal(err.text, "");
	const json_t *total = json_object_get(plan, "total");
	assert_int_equal(json_integer_value(json_object_get(total, "unserved")), 0);
	/* Of 163 stops those of the two, and not many besides. */
	int64_t changed = json_integer_value(json_object_get(total, "changed"));
	assert_in_range(changed, theirs, theirs + 10);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM delivery WHERE carrier_id IN (3, 5)")),
		0);
	RUN(f, "DELETE FROM allocation WHERE round_id = 7");
	check_conservation(f);
	check_hours(f);
	check_carriers(f);
	json_decref(plan);
}

int
main(void)
{
	if (!deliver_has_files()) {
		puts("1..0 # SKIP the real files are not here");
		return 0;
	}
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(all_of_varmland_is_served_from_one_depot),
		TEST(all_of_varmland_is_served_from_four_depots),
		TEST(after_a_drop_out_everything_still_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
