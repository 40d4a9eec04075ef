/* Plans that are written, planned again, added to by hand; carriers; roads. */
#include "deliver_scene.h"

/* People ----------------------------------------------------------------------------------- */

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

/* Somebody else works in the file while the routes are solved. */
static const char *disturbed;

static void
disturb(size_t done, size_t total)
{
	struct vs_error err = { 0 };
	(void)total;
	struct vs_db *db = done ? NULL : vs_db_open(disturbed, VS_WRITE, "eva", &err);
	if (db &&
		!deliver_run(db, SQL("UPDATE allocation SET pieces = pieces + 1"), &err))
		fail_msg("%s", err.text);
	vs_db_close(db);
}

static void
what_changes_while_a_plan_is_made_is_a_conflict(void **state)
{
	struct scene *s = *state;
	const struct vs_deliver_options options = { .progress = disturb };
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	disturbed = s->path;
	assert_refused(s, vs_deliver_plan(s->db, "Start", &options, &s->err) != NULL,
		VS_CONFLICT, "while it was made");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 0);
	assert_int_equal(count_of(s, SQL("SELECT min(pieces) FROM allocation")), 101);
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

static void
depart_first(size_t done, size_t total)
{
	struct vs_error err = { 0 };
	(void)done, (void)total;
	struct vs_db *db = vs_db_open(disturbed, VS_WRITE, "eva", &err);
	if (!db || !vs_delivery_depart(db, "1", &err))
		fail_msg("%s", err.text);
	vs_db_close(db);
}

/* The file is not held while routes are searched: a car that leaves meanwhile has left. */
static void
who_leaves_while_a_day_is_planned_again_has_left(void **state)
{
	struct scene *s = *state;
	const struct vs_deliver_options options = { .without = "Kim",
		.progress = depart_first };
	open_places(s);
	allocate(s, 1000);
	two_carriers(s);
	json_decref(write_plan(s));
	disturbed = s->path;
	assert_refused(s,
		vs_deliver_replan(s->db, "2026-08-26", &options, &s->err) != NULL,
		VS_CONFLICT, "while it was made");
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM delivery WHERE status = 'underway'")),
		1);
	json_decref(replan(s, "Kim"));
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
what_was_added_by_hand_stays_when_its_round_is_planned(void **state)
{
	struct scene *s = *state;
	open_places(s);
	allocate(s, 100);
	one_carrier(s);
	json_decref(write_plan(s));
	assert_done(s,
		by_hand(s,
			VALUES("date=2026-08-27", "to=Torget, Karlstad", "lines=Blad=30",
				"round=Start", "note=avtalat")));
	json_t *plan = write_plan(s);
	/* The thirty are covered by it; the others are planned as before. */
	assert_int_equal(total(plan, "pieces"), 3 * 100 + 70);
	json_decref(plan);
	assert_int_equal(
		count_of(s,
			SQL("SELECT l.pieces FROM delivery d JOIN delivery_line l"
			    " ON l.delivery_id = d.id WHERE d.note = 'avtalat'"
			    " AND d.date = '2026-08-27' AND d.status = 'planned'")),
		30);
	/* So does one that a day's routes have taken up. */
	json_decref(vs_deliver_replan(
		s->db, "2026-08-27", &(const struct vs_deliver_options){ 0 }, &s->err));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM delivery WHERE note = 'avtalat'"
			    " AND route_id IS NOT NULL")),
		1);
	RUN(s, "DELETE FROM allocation");
	json_decref(write_plan(s));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM delivery WHERE note = 'avtalat'")),
		1);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 1);
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
		VS_REFUSED, "after the latest time, 2026-08-26");
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

static void
by_hand_nothing_goes_where_it_is_closed_unless_it_is_said_why(void **state)
{
	struct scene *s = *state;
	const char *place = "to=Torget, Karlstad";
	/* Nobody knows when it is open: nothing to say. */
	assert_done(s, by_hand(s, VALUES("date=2026-08-25", place, "lines=Blad=1")));
	open_places(s);
	assert_refused(s, by_hand(s, VALUES("date=2026-08-25", place, "lines=Blad=1")),
		VS_REFUSED,
		"Torget, Karlstad: it is not open on 2026-08-25, but on 2026-08-26, "
		"2026-08-27, 2026-08-28; say with --override");
	assert_done(s,
		by_hand(s,
			VALUES("date=2026-08-25", place, "lines=Blad=1",
				"override=vaktmästaren öppnar")));
	assert_done(s, by_hand(s, VALUES("date=2026-08-27", place, "lines=Blad=1")));
	scene_time("2026-08-28 12:00");
	assert_refused(s, by_hand(s, VALUES("date=2026-08-29", place, "lines=Blad=1")),
		VS_REFUSED, "on 2026-08-29, but on 2026-08-28; say");
	scene_time("2026-08-29 12:00");
	assert_refused(s, by_hand(s, VALUES("date=2026-08-29", place, "lines=Blad=1")),
		VS_REFUSED, "not open on 2026-08-29 or later; say");
	/* A reception keeps office days: a Saturday, and the days beside it. */
	RUN(s,
		"INSERT INTO location (kind, name, kommun_code)"
		" VALUES ('reception', 'Stadshuset', '1780')");
	assert_refused(s,
		by_hand(s, VALUES("date=2026-09-05", "to=Stadshuset", "lines=Blad=1")),
		VS_REFUSED, "not open on 2026-09-05, but on 2026-09-04, 2026-09-07; say");
	assert_done(s,
		by_hand(s, VALUES("date=2026-09-13", "to=Stadshuset", "lines=Blad=1")));
}

static void
by_hand_nothing_is_planned_for_a_day_that_has_passed(void **state)
{
	struct scene *s = *state;
	const char *place = "to=Torget, Karlstad";
	assert_refused(s, by_hand(s, VALUES("date=2026-08-19", place, "lines=Blad=1")),
		VS_REFUSED, "2026-08-19 has passed; say with --override");
	assert_done(s, by_hand(s, VALUES("date=2026-08-20", place, "lines=Blad=1")));
	assert_done(s,
		by_hand(s,
			VALUES("date=2026-08-19", place, "lines=Blad=1",
				"override=skrivs in i efterhand")));
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

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		WITH(a_carriers_person_is_made_when_there_is_none),
		WITH(a_plan_is_the_same_every_time_and_written_as_it_was_looked_at),
		WITH(what_changes_while_a_plan_is_made_is_a_conflict),
		WITH(planned_again_a_delivery_keeps_its_number_and_what_is_packed_stays),
		WITH(one_day_is_planned_without_touching_the_others),
		WITH(when_a_carrier_drops_out_only_their_stops_change_hands),
		WITH(what_nobody_can_take_is_left_without_a_carrier_and_said),
		WITH(what_has_left_stays_with_its_carrier),
		WITH(a_delivery_that_was_added_finds_a_place_on_a_route),
		WITH(a_day_that_has_passed_is_not_planned_again),
		WITH(what_was_added_by_hand_stays_when_its_round_is_planned),
		WITH(who_leaves_while_a_day_is_planned_again_has_left),
		WITH(by_hand_the_same_rules_hold),
		WITH(by_hand_nothing_goes_where_it_is_closed_unless_it_is_said_why),
		WITH(by_hand_nothing_is_planned_for_a_day_that_has_passed),
		WITH(a_known_road_goes_before_the_crows_flight),
		WITH(a_longer_way_never_takes_less_time),
		WITH(a_load_is_weighed_and_its_boxes_rounded_up_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
