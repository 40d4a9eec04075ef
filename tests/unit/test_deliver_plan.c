/* Planning deliveries: hours, rules, capacity, legs, days, what is written and what is refused. */
#include "scene.h"

#include "ballots/deliver.h"
#include "deliver_fixture.h"

/* Scene ------------------------------------------------------------------------------------*/

#define RUN(s, sql) assert_done(s, deliver_run((s)->db, SQL(sql), &(s)->err))

/*
 * Karlstad with four places some kilometres apart, Hagfors far away with one; one item of
 * 10 g a piece; a round of three days. 2026-09-13 is a Sunday.
 */
static int
open_scene(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	scene_time("2026-08-20 12:00");
	RUN(s,
		"UPDATE location SET latitude = 59.38, longitude = 13.50"
		" WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO place (id, kommun_code, name, street, latitude, longitude)"
		" VALUES (1, '1780', 'Torget', 'A 1', 59.38, 13.51),"
		" (2, '1780', 'Kronoparken', 'B 2', 59.40, 13.57),"
		" (3, '1780', 'Vålberg', 'C 3', 59.40, 13.19),"
		" (4, '1780', 'Molkom', 'D 4', 59.60, 13.72),"
		" (5, '1783', 'Hagfors bibliotek', 'E 5', 60.03, 13.69)");
	RUN(s,
		"INSERT INTO item (id, kind, name, unit_mg, bundle, box)"
		" VALUES (1, 'material', 'Blad', 10000, 10, 100)");
	RUN(s,
		"INSERT INTO movement (at, actor, kind, item_id, to_id, pieces)"
		" SELECT 0, 'x', 'print', 1, id, 100000 FROM location"
		" WHERE name = 'Distriktslagret'");
	RUN(s,
		"INSERT INTO round (id, name, phase, from_date, until_date)"
		" VALUES (1, 'Start', 'advance', '2026-08-26', '2026-08-28')");
	RUN(s,
		"INSERT INTO person (id, name, keep_until) VALUES (1, 'Bo', '2027-01-01'),"
		" (2, 'Eva', '2027-01-01'), (3, 'Kim', '2027-01-01')");
	return 0;
}

/* Open 10-18 on the three days of the round. */
static void
open_places(struct scene *s)
{
	RUN(s,
		"INSERT INTO opening (place_id, purpose, date, opens, closes)"
		" SELECT p.id, 'advance', d.column1, 600, 1080 FROM place p"
		" JOIN (VALUES ('2026-08-26'), ('2026-08-27'), ('2026-08-28')) d");
}

/* The same pieces for each place of Karlstad. */
static void
allocate(struct scene *s, int64_t pieces)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
			    " SELECT 1, o.id, 1, ?, 'x' FROM location o WHERE o.place_id <= 4"),
			&s->err));
	stmt_bind(&q, pieces);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
one_carrier(struct scene *s)
{
	RUN(s, "INSERT INTO carrier (id, person_id, kg, boxes) VALUES (1, 1, 200, 100)");
}

/* Plans of this scene are made with a small effort by themselves. */
static json_t *
plan_with(struct scene *s, const struct vs_deliver_options *options)
{
	json_t *plan = vs_deliver_plan(s->db, "Start", options, &s->err);
	assert_done(s, plan != NULL);
	return plan;
}

static json_t *
look(struct scene *s)
{
	const struct vs_deliver_options options = { .plan.dry_run = true };
	return plan_with(s, &options);
}

static json_t *
write_plan(struct scene *s)
{
	const struct vs_deliver_options options = { 0 };
	return plan_with(s, &options);
}

/* The stop at a place (borrowed), and what is said of its route and day; NULL: none. */
static json_t *
find_stop(
	const json_t *plan, const char *place, json_t **ret_route, const char **ret_date)
{
	size_t i, k, n;
	json_t *day, *route, *stop;
	json_array_foreach (json_object_get(plan, "days"), i, day)
		json_array_foreach (json_object_get(day, "routes"), k, route)
			json_array_foreach (json_object_get(route, "stops"), n, stop)
				if (strncmp(text_at(stop, "location_name"), place,
					    strlen(place)) == 0) {
					if (ret_route)
						*ret_route = route;
					if (ret_date)
						*ret_date = text_at(day, "date");
					return stop;
				}
	return NULL;
}

static int64_t
arrives(const json_t *plan, const char *place)
{
	json_t *stop = find_stop(plan, place, NULL, NULL);
	assert_non_null(stop);
	return integer_at(stop, "arrives");
}

static const char *
date_of(const json_t *plan, const char *place)
{
	const char *date = "";
	return find_stop(plan, place, NULL, &date) ? date : "";
}

static int64_t
total(const json_t *plan, const char *name)
{
	return integer_at(json_object_get(plan, "total"), name);
}

/* A text among the rules, the notes or what is not served. */
static bool
says(const json_t *plan, const char *where, const char *part)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(plan, where), i, each) {
		const char *text = json_is_string(each)	 ? json_string_value(each)
			: strcmp(where, "unserved") == 0 ? text_at(each, "reason")
							 : text_at(each, "text");
		if (strstr(text, part))
			return true;
	}
	return false;
}

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

static void
a_carriers_person_is_made_when_there_is_none(void **state)
{
	struct scene *s = *state;
	const char *key;
	json_t *values = VALUES("person=Maja Ek", "kg=300", "phone=070-1");
	assert_done(s, vs_carrier_add(s->db, values, s->arena, &key, &s->err));
	assert_refused(s, vs_carrier_add(s->db, values, s->arena, &key, &s->err),
		VS_EXISTS, "Maja Ek is a carrier already");
	json_decref(values);
	values = VALUES("person=Bo");
	assert_done(s, vs_carrier_add(s->db, values, s->arena, &key, &s->err));
	json_decref(values);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person")), 4);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM carrier WHERE active")), 2);
	values = VALUES("person=77");
	assert_refused(s, vs_carrier_add(s->db, values, s->arena, &key, &s->err),
		VS_NOT_FOUND, "77");
	json_decref(values);
	values = VALUES("person=Eva", "base=Tryckeriet");
	assert_refused(s, vs_carrier_add(s->db, values, s->arena, &key, &s->err),
		VS_INVALID, "is no depot");
	json_decref(values);
	RUN(s, "INSERT INTO person (name, keep_until) VALUES ('Eva', '2027-01-01')");
	values = VALUES("person=Eva");
	assert_refused(s, vs_carrier_add(s->db, values, s->arena, &key, &s->err),
		VS_INVALID, "several people");
	json_decref(values);
	/* The history does not say who has which telephone. */
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary LIKE '%070%'")),
		0);
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

/* Writing ----------------------------------------------------------------------------------*/

static void
a_plan_is_the_same_every_time_and_written_as_it_was_looked_at(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	json_t *seen = look(s), *again = look(s);
	assert_true(json_equal(seen, again));
	const char *code = text_at(seen, "plan");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 0);
	struct vs_deliver_options options = { .plan.plan = code };
	json_t *written = plan_with(s, &options);
	assert_string_equal(text_at(written, "plan"), code);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery d JOIN route r"
				     " ON r.id = d.route_id WHERE d.status = 'planned'")),
		4);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery_event")), 4);
	assert_true(integer_at(find_stop(written, "Torget", NULL, NULL), "delivery") > 0);
	RUN(s,
		"UPDATE allocation SET pieces = 110 WHERE location_id IN"
		" (SELECT id FROM location WHERE place_id = 1)");
	assert_refused(s, vs_deliver_plan(s->db, "Start", &options, &s->err) != NULL,
		VS_CONFLICT, code);
	json_decref(seen);
	json_decref(again);
	json_decref(written);
}

static void
planned_again_a_delivery_keeps_its_number_and_what_is_packed_stays(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	json_decref(write_plan(s));
	RUN(s,
		"UPDATE delivery SET status = 'packed' WHERE to_id IN"
		" (SELECT id FROM location WHERE place_id = 1)");
	RUN(s, "UPDATE allocation SET pieces = 120");
	int64_t highest = count_of(s, SQL("SELECT max(id) FROM delivery"));
	json_t *plan = write_plan(s);
	/* Twenty more for the place whose hundred is packed. */
	assert_int_equal(total(plan, "pieces"), 3 * 120 + 20);
	assert_int_equal(
		count_of(s, SQL("SELECT sum(l.pieces) FROM delivery_line l")), 480);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 5);
	assert_int_equal(count_of(s, SQL("SELECT max(id) FROM delivery")), highest + 1);
	assert_int_equal(
		count_of(s,
			SQL("SELECT pieces FROM delivery d JOIN delivery_line l"
			    " ON l.delivery_id = d.id WHERE d.status = 'packed'")),
		100);
	json_decref(plan);
	RUN(s, "DELETE FROM allocation");
	json_decref(write_plan(s));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 1);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM route")), 1);
}

static void
one_day_is_planned_without_touching_the_others(void **state)
{
	struct scene *s = *state;
	open_places(s);
	RUN(s, "DELETE FROM opening WHERE place_id > 2 AND date = '2026-08-26'");
	allocate(s, 100);
	one_carrier(s);
	const struct vs_deliver_options second = { .day = "2026-08-27" };
	json_t *plan = plan_with(s, &second);
	assert_int_equal(total(plan, "deliveries"), 2);
	assert_int_equal(total(plan, "unserved"), 0);
	assert_string_equal(date_of(plan, "Molkom"), "2026-08-27");
	json_decref(plan);
	const struct vs_deliver_options first = { .day = "2026-08-26" };
	plan = plan_with(s, &first);
	assert_int_equal(total(plan, "deliveries"), 2);
	json_decref(plan);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 4);
	assert_int_equal(count_of(s, SQL("SELECT sum(pieces) FROM delivery_line")), 400);
}

/* Planned again ----------------------------------------------------------------------------*/

static json_t *
replan(struct scene *s, const char *without)
{
	const struct vs_deliver_options options = { .without = without };
	json_t *plan = vs_deliver_replan(s->db, "2026-08-26", &options, &s->err);
	assert_done(s, plan != NULL);
	return plan;
}

static void
two_carriers(struct scene *s)
{
	RUN(s,
		"INSERT INTO carrier (id, person_id, kg, boxes, longest)"
		" VALUES (1, 1, 25, 100, NULL), (2, 2, 25, 100, NULL), (3, 3, 25, 100, NULL)");
}

static void
when_a_carrier_drops_out_only_their_stops_change_hands(void **state)
{
	struct scene *s = *state;
	const struct vs_deliver_options without = { .without = "Kim" };
	open_places(s);
	allocate(s, 1000);
	two_carriers(s);
	json_decref(plan_with(s, &without));
	int64_t dropped =
		count_of(s, SQL("SELECT count(*) FROM delivery WHERE carrier_id = 1"));
	assert_true(dropped > 0);
	json_t *plan = replan(s, "Bo");
	assert_int_equal(total(plan, "changed"), dropped);
	assert_int_equal(total(plan, "unserved"), 0);
	json_decref(plan);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery"
				     " WHERE carrier_id = 1 OR route_id IS NULL")),
		0);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM route WHERE carrier_id = 1")), 0);
	assert_int_equal(count_of(s, SQL("SELECT sum(pieces) FROM delivery_line")), 4000);
}

static void
what_nobody_can_take_is_left_without_a_carrier_and_said(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 1000);
	RUN(s,
		"INSERT INTO carrier (id, person_id, kg, boxes)"
		" VALUES (1, 1, 25, 100), (2, 2, 25, 100)");
	json_decref(write_plan(s));
	json_t *plan = replan(s, "1");
	assert_int_equal(total(plan, "unserved"), 2);
	assert_true(says(plan, "unserved", "another carrier is needed"));
	json_decref(plan);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery WHERE carrier_id IS"
				     " NULL AND status = 'planned'")),
		2);
	RUN(s, "UPDATE carrier SET kg = 60 WHERE id = 2"); /* a larger car was found */
	plan = replan(s, "1");
	assert_int_equal(total(plan, "unserved"), 0);
	json_decref(plan);
}

static void
what_has_left_stays_with_its_carrier(void **state)
{
	struct scene *s = *state;
	const struct vs_deliver_options without = { .without = "Kim" };
	open_places(s);
	allocate(s, 1000);
	two_carriers(s);
	json_decref(plan_with(s, &without));
	RUN(s,
		"UPDATE delivery SET status = 'underway' WHERE id ="
		" (SELECT min(id) FROM delivery WHERE carrier_id = 1)");
	json_t *plan = replan(s, "Eva");
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery"
				     " WHERE status = 'underway' AND carrier_id = 1")),
		1);
	/* Bo is out with his load: Eva's goes to Kim. */
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM delivery WHERE carrier_id = 2")),
		0);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM delivery WHERE carrier_id = 3")),
		2);
	json_decref(plan);
	plan = replan(s, "Bo");
	assert_true(says(plan, "notes", "Bo has 1 delivery in the car"));
	json_decref(plan);
}

static void
a_delivery_that_was_added_finds_a_place_on_a_route(void **state)
{
	struct scene *s = *state;
	const char *key;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	json_decref(write_plan(s));
	json_t *values = VALUES("date=2026-08-26", "to=Hagfors bibliotek, Hagfors",
		"lines=Blad=50", "note=extra");
	assert_done(s, vs_delivery_add(s->db, values, s->arena, &key, &s->err));
	json_decref(values);
	json_t *plan = replan(s, NULL);
	assert_int_equal(total(plan, "deliveries"), 5);
	assert_int_equal(total(plan, "changed"), 0);
	json_decref(plan);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery WHERE note = 'extra'"
				     " AND route_id IS NOT NULL AND opens = 600")),
		1);
}

static void
a_day_that_has_passed_is_not_planned_again(void **state)
{
	struct scene *s = *state;
	const struct vs_deliver_options options = { 0 };
	assert_refused(s,
		vs_deliver_replan(s->db, "2026-08-19", &options, &s->err) != NULL,
		VS_REFUSED, "has passed");
	assert_refused(s, vs_deliver_replan(s->db, "snart", &options, &s->err) != NULL,
		VS_INVALID, "snart");
}

/* By hand ----------------------------------------------------------------------------------*/

static bool
by_hand(struct scene *s, json_t *values)
{
	const char *key;
	bool ok = vs_delivery_add(s->db, values, s->arena, &key, &s->err);
	json_decref(values);
	return ok;
}

static void
by_hand_the_same_rules_hold(void **state)
{
	struct scene *s = *state;
	open_places(s);
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel, deadline)"
		" VALUES ('1780', 'advance', 'direct', '2026-08-26 15:00')");
	const char *place = "to=Torget, Karlstad";
	assert_refused(s, by_hand(s, VALUES("date=2026-08-27", place, "lines=Blad=10")),
		VS_REFUSED, "deadline 2026-08-26");
	assert_done(s, by_hand(s, VALUES("date=2026-08-26", place, "lines=Blad=10; ")));
	assert_done(s,
		by_hand(s,
			VALUES("date=2026-08-27", place, "lines=Blad=10", "round=Start",
				"override=kommunen ringde")));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM delivery WHERE round_id = 1"
				     " AND override = 'kommunen ringde'")),
		1);
	assert_refused(s, by_hand(s, VALUES("date=2026-08-26", place, "lines=Blad")),
		VS_INVALID, "ITEM=PIECES");
	assert_refused(s, by_hand(s, VALUES("date=2026-08-26", place, "lines=Blad=0")),
		VS_INVALID, "ITEM=PIECES");
	assert_refused(s,
		by_hand(s, VALUES("date=2026-08-26", place, "lines=Blad=1;Blad=2")),
		VS_INVALID, "twice");
	assert_refused(
		s, by_hand(s, VALUES("date=2026-08-26", place)), VS_USAGE, "--lines");
	assert_refused(s, by_hand(s, VALUES("date=2026-08-26", "lines=Blad=1")), VS_USAGE,
		"--to");
	assert_refused(s, by_hand(s, VALUES(place, "lines=Blad=1")), VS_USAGE, "--date");
	assert_refused(s,
		by_hand(s,
			VALUES("date=2026-08-26", place, "lines=Blad=1",
				"from=Torget, Karlstad")),
		VS_INVALID, "to itself");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 2);
}

/* Roads ------------------------------------------------------------------------------------*/

static void
a_known_road_goes_before_the_crows_flight(void **state)
{
	struct scene *s = *state;
	const struct road_point points[] = { { 59.38, 13.50, true },
		{ 59.40, 13.57, true }, { 59.38, 13.50, true }, { 59.40, 13.57, false } };
	int32_t *seconds, *metres;
	RUN(s,
		"INSERT INTO road (from_point, to_point, seconds, metres, source) VALUES"
		" ('59.38000,13.50000', '59.40000,13.57000', 777, 8888, 'x')");
	assert_done(
		s, roads_matrix(s->db, s->arena, points, 4, &seconds, &metres, &s->err));
	assert_int_equal(seconds[0 * 4 + 1], 777);
	assert_int_equal(metres[2 * 4 + 1], 8888);
	/* 4,55 km as the crow flies: 3 km × 1,4 and the rest × 1,35. */
	assert_in_range(metres[1 * 4 + 0], 6200, 6350);
	assert_in_range(seconds[1 * 4 + 0], 680, 710);
	assert_int_equal(metres[0 * 4 + 2], 0);
	/* A point that was guessed is on no known road. */
	assert_int_equal(metres[0 * 4 + 3], metres[1 * 4 + 0]);
}

static void
a_longer_way_never_takes_less_time(void **state)
{
	struct scene *s = *state;
	struct road_point points[200];
	int32_t *seconds, *metres;
	for (int i = 0; i < 200; i++)
		points[i] = (struct road_point){ 59 + 0.003 * i, 13.5, true };
	assert_done(s,
		roads_matrix(s->db, s->arena, points, 200, &seconds, &metres, &s->err));
	for (int i = 1; i < 200; i++) {
		assert_true(seconds[i] > seconds[i - 1]);
		assert_true(metres[i] > metres[i - 1]);
	}
	RUN(s, "DELETE FROM road_speed");
	assert_refused(s,
		roads_matrix(s->db, s->arena, points, 2, &seconds, &metres, &s->err),
		VS_NOT_FOUND, "valstuga speed add");
}

static void
a_load_is_weighed_and_its_boxes_rounded_up_once(void **state)
{
	struct scene *s = *state;
	struct load load;
	RUN(s,
		"INSERT INTO item (id, kind, name, unit_mg, box)"
		" VALUES (2, 'material', 'Kort', 1240, 2000)");
	const struct delivery_line lines[] = { { 1, 130 }, { 2, 500 } };
	assert_done(s, delivery_load(s->db, lines, 2, &load, &s->err));
	assert_int_equal(load.weight_g, 1300 + 620);
	assert_true(load.boxes == 2);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_scene, scene_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		WITH(a_place_is_served_on_its_first_open_day_while_it_is_open),
		WITH(of_several_spans_the_one_that_the_carrier_can_make_is_used),
		WITH(a_rule_moves_the_beginning_of_the_hours),
		WITH(two_places_in_one_building_take_less_time_together),
		WITH(what_has_no_room_is_carried_to_the_next_day_and_said_to_be_late),
		WITH(availability_restricts_the_days_and_a_paused_carrier_stays_at_home),
		WITH(fewer_carriers_go_before_a_shorter_way),
		WITH(a_load_beyond_every_car_is_parted_in_whole_bundles),
		WITH(another_rounds_route_is_not_driven_at_the_same_time),
		WITH(a_carriers_person_is_made_when_there_is_none),
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
		WITH(a_deadline_on_election_day_is_never_passed),
		WITH(a_plan_is_the_same_every_time_and_written_as_it_was_looked_at),
		WITH(planned_again_a_delivery_keeps_its_number_and_what_is_packed_stays),
		WITH(one_day_is_planned_without_touching_the_others),
		WITH(when_a_carrier_drops_out_only_their_stops_change_hands),
		WITH(what_nobody_can_take_is_left_without_a_carrier_and_said),
		WITH(what_has_left_stays_with_its_carrier),
		WITH(a_delivery_that_was_added_finds_a_place_on_a_route),
		WITH(a_day_that_has_passed_is_not_planned_again),
		WITH(by_hand_the_same_rules_hold),
		WITH(a_known_road_goes_before_the_crows_flight),
		WITH(a_longer_way_never_takes_less_time),
		WITH(a_load_is_weighed_and_its_boxes_rounded_up_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
