/* Planning deliveries: hours, carriers, rules, depots, election day. */
#include "deliver_scene.h"

/* Hours ------------------------------------------------------------------------------------*/

static void
a_place_is_served_on_its_first_open_day_while_it_is_open(void **state)
{
	struct scene *s = *state;
	open_places(s);
	RUN(s, "DELETE FROM opening WHERE place_id = 3 AND date = '2026-08-26'");
	allocate(s, 100);
	one_carrier(s);
	json_t *plan = look(s);
	assert_string_equal(date_of(plan, "Torget"), "2026-08-26");
	assert_string_equal(date_of(plan, "Vålberg"), "2026-08-27");
	assert_in_range(arrives(plan, "Torget"), 600, 1080 - DELIVER_SERVICE);
	assert_int_equal(total(plan, "deliveries"), 4);
	assert_int_equal(total(plan, "pieces"), 400);
	assert_int_equal(total(plan, "late"), 0);
	json_decref(plan);
}

static void
of_several_spans_the_one_that_the_carrier_can_make_is_used(void **state)
{
	struct scene *s = *state;
	RUN(s,
		"INSERT INTO opening (place_id, purpose, date, opens, closes)"
		" VALUES (1, 'advance', '2026-08-26', 540, 720),"
		" (1, 'advance', '2026-08-26', 1020, 1140)");
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 50, 'x' FROM location WHERE place_id = 1");
	RUN(s, "INSERT INTO carrier (person_id, starts, ends) VALUES (1, 780, 1300)");
	json_t *plan = look(s);
	assert_in_range(arrives(plan, "Torget"), 1020, 1140);
	json_t *stop = find_stop(plan, "Torget", NULL, NULL);
	assert_int_equal(integer_at(stop, "opens"), 1020);
	assert_int_equal(integer_at(stop, "closes"), 1140);
	json_decref(plan);
}

static void
a_rule_moves_the_beginning_of_the_hours(void **state)
{
	struct scene *s = *state;
	open_places(s);
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 50, 'x' FROM location WHERE place_id = 1");
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, earliest)"
		" VALUES ('1780', 'advance', 'direct', '11:00')");
	RUN(s, "INSERT INTO carrier (person_id, starts, ends) VALUES (1, 480, 1300)");
	json_t *plan = look(s);
	assert_in_range(arrives(plan, "Torget"), 660, 1080);
	json_decref(plan);
	RUN(s, "UPDATE handover_rule SET earliest = '30 minuter före öppning'");
	RUN(s, "UPDATE carrier SET ends = 600"); /* back when it opens */
	plan = look(s);
	assert_in_range(arrives(plan, "Torget"), 570, 599);
	json_decref(plan);
	RUN(s, "UPDATE handover_rule SET earliest = NULL");
	plan = look(s);
	assert_null(find_stop(plan, "Torget", NULL, NULL));
	json_decref(plan);
}

static void
two_places_in_one_building_take_less_time_together(void **state)
{
	struct scene *s = *state;
	open_places(s);
	RUN(s, "UPDATE place SET latitude = 59.40, longitude = 13.19 WHERE id = 2");
	allocate(s, 100);
	one_carrier(s);
	json_t *plan = look(s), *route, *other;
	json_t *one = find_stop(plan, "Kronoparken", &route, NULL);
	json_t *two = find_stop(plan, "Vålberg", &other, NULL);
	assert_ptr_equal(route, other);
	assert_int_equal(integer_at(one, "service") + integer_at(two, "service"),
		DELIVER_SERVICE + DELIVER_SERVICE_MORE);
	assert_int_equal(
		llabs(integer_at(one, "position") - integer_at(two, "position")), 1);
	json_decref(plan);
}

static void
one_building_at_two_times_of_the_day_takes_two_whole_stops(void **state)
{
	struct scene *s = *state;
	open_places(s);
	RUN(s, "UPDATE place SET latitude = 59.40, longitude = 13.19 WHERE id = 2");
	RUN(s, "UPDATE opening SET closes = 660 WHERE place_id = 2");
	RUN(s, "UPDATE opening SET opens = 900 WHERE place_id = 3");
	allocate(s, 100);
	RUN(s,
		"INSERT INTO carrier (person_id, starts, ends) VALUES (1, 480, 780),"
		" (2, 780, 1080)");
	json_t *plan = look(s);
	json_t *one = find_stop(plan, "Kronoparken", NULL, NULL);
	json_t *two = find_stop(plan, "Vålberg", NULL, NULL);
	assert_int_equal(integer_at(one, "service"), DELIVER_SERVICE);
	assert_int_equal(integer_at(two, "service"), DELIVER_SERVICE);
	assert_null(strstr(text_at(one, "note"), "same building"));
	assert_null(strstr(text_at(two, "note"), "same building"));
	json_decref(plan);
}

/* Carriers ---------------------------------------------------------------------------------*/

static void
what_has_no_room_is_carried_to_the_next_day_and_said_to_be_late(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 1000); /* 10 kg each */
	RUN(s, "INSERT INTO carrier (person_id, kg, boxes) VALUES (1, 20, 100)");
	json_t *plan = look(s);
	assert_int_equal(total(plan, "deliveries"), 4);
	assert_int_equal(total(plan, "late"), 2);
	assert_int_equal(json_array_size(json_object_get(plan, "days")), 2);
	json_decref(plan);
	RUN(s, "UPDATE carrier SET kg = 200, boxes = 10"); /* now by boxes: one a day */
	plan = look(s);
	assert_int_equal(total(plan, "deliveries"), 3);
	assert_int_equal(total(plan, "unserved"), 1);
	assert_true(says(plan, "unserved", "another carrier is needed"));
	json_decref(plan);
}

static void
availability_restricts_the_days_and_a_paused_carrier_stays_at_home(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	RUN(s,
		"INSERT INTO availability (carrier_id, date, starts, ends)"
		" VALUES (1, '2026-08-28', 600, 900)");
	json_t *plan = look(s), *route;
	assert_string_equal(date_of(plan, "Torget"), "2026-08-28");
	assert_non_null(find_stop(plan, "Torget", &route, NULL));
	assert_true(integer_at(route, "leaves") >= 600);
	assert_true(integer_at(route, "ends") <= 900);
	assert_int_equal(total(plan, "late"), 4);
	json_decref(plan);
	RUN(s, "UPDATE carrier SET active = 0");
	plan = look(s);
	assert_int_equal(total(plan, "unserved"), 4);
	assert_true(says(plan, "unserved", "no carrier drives from Distriktslagret"));
	json_decref(plan);
}

static void
fewer_carriers_go_before_a_shorter_way(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	RUN(s, "INSERT INTO carrier (person_id, kg) VALUES (1, 200), (2, 200), (3, 200)");
	json_t *plan = look(s);
	assert_int_equal(total(plan, "carriers"), 1);
	json_decref(plan);
}

static void
a_load_beyond_every_car_is_parted_in_whole_bundles(void **state)
{
	struct scene *s = *state;
	open_places(s);
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 5005, 'x' FROM location WHERE place_id = 1");
	RUN(s,
		"INSERT INTO carrier (person_id, kg, boxes) VALUES (1, 30, 100),"
		" (2, 30, 100), (3, 30, 100)");
	json_t *plan = write_plan(s);
	assert_int_equal(total(plan, "pieces"), 5005);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 2);
	assert_int_equal(count_of(s, SQL("SELECT sum(pieces) FROM delivery_line")), 5005);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM delivery_line WHERE pieces % 10")),
		1);
	json_decref(plan);
}

static void
another_rounds_route_is_not_driven_at_the_same_time(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	RUN(s,
		"INSERT INTO round (id, name, phase, from_date, until_date)"
		" VALUES (2, 'Annan', 'advance', '2026-08-26', '2026-08-28')");
	RUN(s,
		"INSERT INTO route (id, date, carrier_id, from_id, leaves, ends,"
		" driving_minutes, metres) SELECT 1, '2026-08-26', 1, id, 480, 900, 1, 1"
		" FROM location WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO delivery (round_id, date, from_id, to_id, carrier_id, route_id,"
		" position) SELECT 2, '2026-08-26', a.id, b.id, 1, 1, 1 FROM location a"
		" JOIN location b WHERE a.name = 'Distriktslagret' AND b.place_id = 5");
	json_t *plan = look(s), *route;
	assert_non_null(find_stop(plan, "Torget", &route, NULL));
	assert_true(integer_at(route, "leaves") >= 900 ||
		strcmp(date_of(plan, "Torget"), "2026-08-26") != 0);
	json_decref(plan);
}

/* Rules ------------------------------------------------------------------------------------*/

static void
a_broken_rule_is_listed_and_refused_until_it_is_said_why(void **state)
{
	struct scene *s = *state;
	const struct vs_deliver_options plain = { 0 };
	const struct vs_deliver_options why = { .override = "avtalat med valnämnden" };
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, deadline, source,"
		" verified_on) VALUES ('1780', 'advance', 'direct', '2026-08-25 15:00',"
		" 'webb', '2026-08-01')");
	json_t *plan = look(s);
	assert_true(
		says(plan, "rules", "not open between now and the deadline 2026-08-25"));
	assert_int_equal(total(plan, "unserved"), 4);
	json_decref(plan);
	assert_refused(s, vs_deliver_plan(s->db, "Start", &plain, &s->err) != NULL,
		VS_REFUSED, "--override");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 0);
	plan = plan_with(s, &why);
	assert_int_equal(total(plan, "deliveries"), 4);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery"
				     " WHERE override = 'avtalat med valnämnden'")),
		4);
	json_decref(plan);
}

static void
more_than_a_cap_breaks_the_rule(void **state)
{
	struct scene *s = *state;
	const struct vs_deliver_options plain = { 0 };
	open_places(s);
	one_carrier(s);
	RUN(s,
		"INSERT INTO list (id, election_day, kind, party_code, status)"
		" VALUES (1, '2026-09-13', 'KF', '0005', 'decided')");
	RUN(s, "INSERT INTO item (id, kind, list_id, unit_mg) VALUES (2, 'ballot', 1, 1240)");
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 2, 1501, 'x' FROM location WHERE place_id = 1");
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, cap)"
		" VALUES ('1780', 'advance', 'direct', 1500)");
	assert_refused(s, vs_deliver_plan(s->db, "Start", &plain, &s->err) != NULL,
		VS_REFUSED, "at most 1");
	RUN(s, "UPDATE allocation SET pieces = 1500");
	json_t *plan = write_plan(s);
	assert_int_equal(total(plan, "pieces"), 1500);
	assert_true(says(plan, "rules", "unverified"));
	json_decref(plan);
}

static void
a_kommun_without_a_rule_is_told_once_and_planned(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	json_t *plan = write_plan(s);
	assert_int_equal(json_array_size(json_object_get(plan, "rules")), 1);
	assert_true(says(plan, "rules", "no hand-over rule is known"));
	json_decref(plan);
}

static void
reception(struct scene *s, const char *channel, const char *deadline)
{
	VS_AUTO(stmt) q = { 0 };
	RUN(s,
		"INSERT INTO location (kind, name, kommun_code, latitude, longitude)"
		" VALUES ('reception', 'Stadshuset', '1780', 59.38, 13.51)");
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 300, 'x' FROM location WHERE name = 'Stadshuset'");
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO handover_rule (kommun_code, phase, channel, deadline)"
			    " VALUES ('1780', 'advance', ?, ?)"),
			&s->err));
	stmt_bind(&q, channel);
	stmt_bind(&q, deadline);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
a_reception_gets_its_pieces_the_weekday_before_the_deadline(void **state)
{
	struct scene *s = *state;
	one_carrier(s);
	reception(s, "central", "2026-08-24 12:00"); /* a Monday */
	json_t *plan = look(s);
	assert_string_equal(date_of(plan, "Stadshuset"), "2026-08-21");
	assert_in_range(arrives(plan, "Stadshuset"), 540, 900);
	json_decref(plan);
	RUN(s,
		"INSERT INTO availability (carrier_id, date, starts, ends)"
		" VALUES (1, '2026-08-24', 480, 1080), (1, '2026-08-25', 480, 1080)");
	plan = look(s); /* on the day itself, until the hour */
	assert_string_equal(date_of(plan, "Stadshuset"), "2026-08-24");
	assert_in_range(arrives(plan, "Stadshuset"), 540, 720);
	assert_int_equal(total(plan, "late"), 1);
	json_decref(plan);
	RUN(s, "DELETE FROM availability WHERE date = '2026-08-24'");
	plan = look(s);
	assert_int_equal(total(plan, "unserved"), 1);
	json_decref(plan);
	scene_time("2026-08-25 08:00");
	plan = look(s);
	assert_true(says(plan, "rules", "the deadline 2026-08-24 has passed"));
	json_decref(plan);
}

static void
what_goes_by_post_needs_no_carrier(void **state)
{
	struct scene *s = *state;
	reception(s, "post", "2026-08-28");
	json_t *plan = write_plan(s), *route;
	json_t *stop = find_stop(plan, "Stadshuset", &route, NULL);
	assert_non_null(stop);
	assert_true(json_is_null(json_object_get(route, "carrier")));
	assert_string_equal(date_of(plan, "Stadshuset"), "2026-08-25");
	json_decref(plan);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery WHERE carrier_id"
				     " IS NULL AND route_id IS NULL")),
		1);
}

static void
a_refill_may_come_after_the_first_deadline(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	RUN(s, "UPDATE round SET phase = 'refill'");
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, deadline)"
		" VALUES ('1780', 'advance', 'central', '2026-08-17 15:00')");
	json_t *plan = write_plan(s);
	assert_int_equal(total(plan, "deliveries"), 4);
	json_decref(plan);
}

/* Depots -----------------------------------------------------------------------------------*/

static void
association_depot(struct scene *s)
{
	RUN(s, "INSERT INTO association (id, name) VALUES (1, 'V Hagfors')");
	RUN(s, "UPDATE kommun SET association_id = 1 WHERE code = '1783'");
	RUN(s,
		"INSERT INTO location (id, kind, name, association_id, latitude, longitude)"
		" VALUES (500, 'depot', 'Hagforslagret', 1, 60.04, 13.70)");
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 700, 'x' FROM location WHERE place_id = 5");
}

static void
a_depot_gets_what_it_lacks_the_weekday_before(void **state)
{
	struct scene *s = *state;
	open_places(s);
	association_depot(s);
	RUN(s, "INSERT INTO carrier (id, person_id, base_id) VALUES (1, 1, NULL), (2, 2, 500)");
	RUN(s,
		"INSERT INTO movement (at, actor, kind, item_id, to_id, pieces)"
		" VALUES (0, 'x', 'print', 1, 500, 200)");
	json_t *plan = write_plan(s), *route;
	json_t *leg = find_stop(plan, "Hagforslagret", &route, NULL);
	assert_string_equal(date_of(plan, "Hagforslagret"), "2026-08-25");
	assert_int_equal(integer_at(leg, "pieces"), 500);
	assert_string_equal(text_at(route, "carrier_name"), "Bo");
	json_t *stop = find_stop(plan, "Hagfors bibliotek", &route, NULL);
	assert_int_equal(integer_at(stop, "pieces"), 700);
	assert_string_equal(text_at(route, "carrier_name"), "Eva");
	assert_string_equal(text_at(route, "from_name"), "Hagforslagret");
	json_decref(plan);
	/* Planned once more it is the same: what the round reserved is its own. */
	plan = write_plan(s);
	assert_int_equal(total(plan, "pieces"), 1200);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 2);
	json_decref(plan);
}

static void
nothing_leaves_a_depot_before_it_has_come(void **state)
{
	struct scene *s = *state;
	open_places(s);
	association_depot(s);
	scene_time("2026-08-26 07:00"); /* the leg can only be today */
	RUN(s, "INSERT INTO carrier (id, person_id, base_id) VALUES (1, 1, NULL), (2, 2, 500)");
	json_t *plan = look(s), *route;
	int64_t come = arrives(plan, "Hagforslagret");
	assert_string_equal(date_of(plan, "Hagforslagret"), "2026-08-26");
	assert_non_null(find_stop(plan, "Hagfors bibliotek", &route, NULL));
	assert_string_equal(date_of(plan, "Hagfors bibliotek"), "2026-08-26");
	assert_true(integer_at(route, "leaves") >= come);
	json_decref(plan);
}

static void
an_association_without_carriers_is_served_by_the_district(void **state)
{
	struct scene *s = *state;
	open_places(s);
	association_depot(s);
	one_carrier(s);
	json_t *plan = look(s), *route;
	assert_non_null(find_stop(plan, "Hagfors bibliotek", &route, NULL));
	assert_string_equal(text_at(route, "from_name"), "Distriktslagret");
	assert_null(find_stop(plan, "Hagforslagret", NULL, NULL));
	json_decref(plan);
}

static void
what_is_not_known_or_not_there_is_told(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 30000);
	RUN(s, "INSERT INTO carrier (person_id, kg, boxes) VALUES (1, 40000, 9999)");
	RUN(s, "UPDATE place SET latitude = NULL, longitude = NULL WHERE id = 2");
	json_t *plan = look(s);
	assert_true(says(plan, "notes", "1 destination has no coordinates"));
	assert_true(says(plan, "notes", "20\u00a0000 pieces of Blad are not there yet"));
	assert_non_null(strstr(
		text_at(find_stop(plan, "Kronoparken", NULL, NULL), "note"), "position"));
	json_decref(plan);
	RUN(s, "DELETE FROM opening WHERE place_id = 1");
	plan = look(s);
	assert_true(says(plan, "unserved", "no opening is known"));
	json_decref(plan);
}

/* Election day -----------------------------------------------------------------------------*/

static void
election_day(struct scene *s)
{
	RUN(s,
		"UPDATE round SET phase = 'election_day', from_date = '2026-09-13',"
		" until_date = '2026-09-13'");
	RUN(s,
		"INSERT INTO opening (place_id, purpose, date, opens, closes)"
		" SELECT id, 'polling', '2026-09-13', 480, 1200 FROM place");
	allocate(s, 100);
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 100, 'x' FROM location WHERE place_id = 5");
}

static void
on_election_day_as_many_as_possible_are_served_before_half_past_seven(void **state)
{
	struct scene *s = *state;
	election_day(s);
	one_carrier(s);
	json_t *plan = look(s);
	assert_true(says(plan, "notes", "no carrier drives before 07.30"));
	assert_int_equal(total(plan, "late"), 5);
	json_decref(plan);
	RUN(s, "UPDATE carrier SET starts = 300, ends = 1200");
	plan = look(s);
	assert_int_equal(total(plan, "deliveries"), 5);
	/* Two in Karlstad can be made between 07.00 and 07.30, the others come later. */
	assert_int_equal(total(plan, "late"), 3);
	assert_in_range(arrives(plan, "Torget"), 420, 450);
	assert_in_range(arrives(plan, "Kronoparken"), 420, 450);
	assert_true(arrives(plan, "Hagfors bibliotek") > 450);
	assert_non_null(
		strstr(text_at(find_stop(plan, "Hagfors bibliotek", NULL, NULL), "note"),
			"not before 07.30"));
	json_decref(plan);
}

static void
who_lets_nobody_in_before_half_past_seven_is_served_within_half_an_hour(void **state)
{
	struct scene *s = *state;
	election_day(s);
	RUN(s, "INSERT INTO carrier (person_id, starts, ends) VALUES (1, 300, 1200)");
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, earliest)"
		" VALUES ('1780', 'election_day', 'direct', '30 minuter före öppning')");
	json_t *plan = look(s);
	assert_in_range(arrives(plan, "Torget"), 450, 480);
	assert_in_range(arrives(plan, "Kronoparken"), 450, 480);
	json_t *stop = find_stop(plan, "Vålberg", NULL, NULL);
	assert_true(integer_at(stop, "arrives") > 480);
	assert_true(json_is_true(json_object_get(stop, "late")));
	assert_non_null(strstr(text_at(stop, "note"), "not before 08.00"));
	json_decref(plan);
}

static int64_t
last_arrival(json_t *plan)
{
	json_t *routes = json_object_get(
		json_array_get(json_object_get(plan, "days"), 0), "routes");
	int64_t last = 0;
	size_t r, i;
	json_t *route, *stop;
	json_array_foreach (routes, r, route)
		json_array_foreach (json_object_get(route, "stops"), i, stop)
			if (integer_at(stop, "arrives") > last)
				last = integer_at(stop, "arrives");
	return last;
}

static void
what_is_late_on_election_day_does_not_wait_while_a_car_stands_still(void **state)
{
	struct scene *s = *state;
	RUN(s,
		"WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 23)"
		" INSERT INTO place (id, kommun_code, name, street, latitude, longitude)"
		" SELECT 10 + i, '1783', 'Plats ' || i, 'Väg ' || i,"
		" 59.45 + 0.12 * (i % 5), 12.9 + 0.25 * (i / 5) FROM n");
	election_day(s);
	RUN(s,
		"INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
		" SELECT 1, id, 1, 100, 'x' FROM location WHERE place_id >= 10");
	RUN(s,
		"INSERT INTO carrier (person_id, starts, ends)"
		" VALUES (1, 300, 1200), (2, 300, 1200), (3, 300, 1200)");
	json_t *plan = look(s);
	assert_int_equal(total(plan, "unserved"), 0);
	assert_true(last_arrival(plan) <= 840);
	json_decref(plan);
}

static void
who_stands_still_while_places_are_late_is_named(void **state)
{
	struct scene *s = *state;
	election_day(s);
	RUN(s, "INSERT INTO carrier (person_id, starts, ends) VALUES (1, 300, 1200)");
	json_t *plan = look(s);
	assert_false(says(plan, "notes", "still"));
	json_decref(plan);
	RUN(s, "INSERT INTO location (id, kind, name) VALUES (77, 'depot', 'Annat förråd')");
	RUN(s,
		"INSERT INTO carrier (person_id, base_id, starts, ends)"
		" VALUES (2, 77, 300, 1200)");
	plan = look(s);
	assert_true(
		says(plan, "notes", "Eva stands still on election day while 3 places"));
	json_decref(plan);
}

static void
a_deadline_on_election_day_is_never_passed(void **state)
{
	struct scene *s = *state;
	election_day(s);
	RUN(s, "INSERT INTO carrier (person_id, starts, ends) VALUES (1, 300, 1200)");
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, deadline)"
		" VALUES ('1780', 'election_day', 'direct', '2026-09-13 07:30')");
	json_t *plan = look(s);
	assert_int_equal(total(plan, "unserved"), 2);
	assert_non_null(find_stop(plan, "Hagfors bibliotek", NULL, NULL));
	assert_true(arrives(plan, "Torget") + DELIVER_SERVICE <= 450);
	json_decref(plan);
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		WITH(a_place_is_served_on_its_first_open_day_while_it_is_open),
		WITH(of_several_spans_the_one_that_the_carrier_can_make_is_used),
		WITH(a_rule_moves_the_beginning_of_the_hours),
		WITH(two_places_in_one_building_take_less_time_together),
		WITH(one_building_at_two_times_of_the_day_takes_two_whole_stops),
		WITH(what_has_no_room_is_carried_to_the_next_day_and_said_to_be_late),
		WITH(availability_restricts_the_days_and_a_paused_carrier_stays_at_home),
		WITH(fewer_carriers_go_before_a_shorter_way),
		WITH(a_load_beyond_every_car_is_parted_in_whole_bundles),
		WITH(another_rounds_route_is_not_driven_at_the_same_time),
		WITH(a_broken_rule_is_listed_and_refused_until_it_is_said_why),
		WITH(more_than_a_cap_breaks_the_rule),
		WITH(a_kommun_without_a_rule_is_told_once_and_planned),
		WITH(a_reception_gets_its_pieces_the_weekday_before_the_deadline),
		WITH(what_goes_by_post_needs_no_carrier),
		WITH(a_refill_may_come_after_the_first_deadline),
		WITH(a_depot_gets_what_it_lacks_the_weekday_before),
		WITH(nothing_leaves_a_depot_before_it_has_come),
		WITH(an_association_without_carriers_is_served_by_the_district),
		WITH(what_is_not_known_or_not_there_is_told),
		WITH(on_election_day_as_many_as_possible_are_served_before_half_past_seven),
		WITH(who_lets_nobody_in_before_half_past_seven_is_served_within_half_an_hour),
		WITH(what_is_late_on_election_day_does_not_wait_while_a_car_stands_still),
		WITH(who_stands_still_while_places_are_late_is_named),
		WITH(a_deadline_on_election_day_is_never_passed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
