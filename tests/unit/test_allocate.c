/* Allocation: what is needed, what there is, what rules and people decide. */
#include "allocate_scene.h"

#include <math.h>

#include <valstuga/allot.h>

static int
open_world(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	add_world(*state);
	return 0;
}

/* Demand -----------------------------------------------------------------------------------*/

static void
a_number_explains_itself(void **state)
{
	struct scene *s = *state;
	add_round(s, "election_day", json_object());
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra skolan, Kil", "KF");
	/* 1000 x 0,8 x 0,1 x 0,55 x 1,5 = 66 */
	int64_t enough = vs_demand_pieces(66, 0.5, 0.98);
	assert_string_equal(plain(s, text_at(line, "reason")),
		vs_arena_printf(s->arena, "%s%d → 200 (bundles of 100)",
			"1 000 eligible × 80,0 % turnout × 10,0 % for the party × 55 % on "
			"election day × 1,5 per vote = 66 expected; 98 % suffices with ",
			(int)enough));
	assert_true(enough > 100 && enough <= 200);
	assert_int_equal(integer_at(line, "pieces"), 200);
	assert_true(fabs(json_real_value(json_object_get(line, "mean")) - 66) < 0.01);
	assert_string_equal(text_at(line, "limit"), "target");
	assert_true(json_is_null(json_object_get(line, "conflict")));
	assert_int_equal(integer_at(json_object_get(plan, "total"), "pieces"), 800);
	json_decref(plan);
}

static void
a_place_with_few_voters_gets_the_smallest_stack(void **state)
{
	struct scene *s = *state;
	run(s, SQL("UPDATE district_result SET party_votes = 2"));
	add_round(s, "election_day", VALUES("least=150"));
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra", "KF");
	assert_int_equal(integer_at(line, "pieces"), 200);
	assert_string_equal(text_at(line, "limit"), "least");
	assert_says(s, line, "reason", "; at least 150 → 200 (bundles of 100)");
	json_decref(plan);
}

static double
mean_at(const json_t *plan, const char *location, const char *item)
{
	return json_real_value(json_object_get(line_of(plan, location, item), "mean"));
}

static void
advance_votes_follow_open_hours(void **state)
{
	struct scene *s = *state;
	add_round(s, "advance", json_object());
	json_t *plan = look(s, "advance");
	/* Hours: library 18 x 6, town hall 9 x 4, home 0,3 x 1; in the round 42 and 16. */
	double votes = 155 * 0.45 * 1.5, hours = 108 + 36 + 0.3;
	assert_true(fabs(mean_at(plan, "Biblioteket", "KF") - votes * 42 / hours) < 0.01);
	assert_true(fabs(mean_at(plan, "Stadshuset", "KF") - votes * 16 / hours) < 0.01);
	assert_null(find_line(plan, "Älvgården", "KF"));
	assert_null(find_line(plan, "Norra", "KF"));
	assert_says(s, line_of(plan, "Biblioteket", "KF"), "reason",
		"3 000 eligible × 76,7 % turnout × 6,7 % for the party × 45 % in advance × "
		"29,1 % of the kommun's (open hours) × 1,5 per vote = 30 expected");
	assert_true(rule_told(s, plan, "Kil", "no hand-over rule is known"));
	json_decref(plan);
}

static void
advance_votes_follow_those_of_last_time(void **state)
{
	struct scene *s = *state;
	/* The same days before the election of 2022: 300 a day at the town hall under its old
	 * number; the library is new and goes by hours at the kommun's pace. */
	run(s,
		SQL("WITH RECURSIVE day(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM day"
		    " WHERE n < 17) INSERT INTO advance_received (election_day, place_code,"
		    " place_name, kommun_code, date, votes) SELECT '2022-09-11', '777',"
		    " 'STADSHUSET', '1715', date('2022-08-24', n || ' days'), 240 FROM day"
		    " WHERE n % 2 = 0"));
	run(s,
		SQL("INSERT INTO advance_received SELECT '2018-09-09', place_code, place_name,"
		    " kommun_code, date, 1 FROM advance_received"));
	add_round(s, "advance", json_object());
	json_t *plan = look(s, "advance");
	/* A pace of 240 votes in 4 hours; 2160 at the hall, 108 x 60 at the library. */
	double votes = 155 * 0.45 * 1.5, all = 9 * 240 + 108 * 60 + 0.3 * 60;
	assert_true(
		fabs(mean_at(plan, "Stadshuset", "KF") - votes * 4 * 240 / all) < 0.01);
	assert_true(
		fabs(mean_at(plan, "Biblioteket", "KF") - votes * 42 * 60 / all) < 0.01);
	assert_says(s, line_of(plan, "Stadshuset", "KF"), "reason",
		"(votes received last time)");
	assert_says(s, line_of(plan, "Biblioteket", "KF"), "reason", "(open hours)");
	json_decref(plan);
}

static void
institutions_have_a_round_of_their_own(void **state)
{
	struct scene *s = *state;
	add_round(s, "refill", json_object());
	json_t *plan = look(s, "refill");
	assert_null(find_line(plan, "Älvgården", "KF"));
	assert_true(rule_told(s, plan, "Kil", "1 institution is open in these days"));
	json_decref(plan);
	add_round(s, "institution", json_object());
	plan = look(s, "institution");
	assert_int_equal(pieces_of(plan, "Älvgården", "KF"), 100);
	assert_null(find_line(plan, "Biblioteket", "KF"));
	json_decref(plan);
	plan = look(s, "refill");
	assert_false(rule_told(s, plan, "Kil", "institution"));
	json_decref(plan);
}

static void
two_lists_share_the_votes(void **state)
{
	struct scene *s = *state;
	add_round(s, "election_day", json_object());
	bring(s, add_list(s, VALUES("kind=KF", "kommun=Kil")), 5000, 0);
	json_t *plan = look(s, "election_day");
	assert_true(fabs(mean_at(plan, "Norra", "KF") - 33) < 0.01);
	assert_true(fabs(mean_at(plan, "Norra", "RF") - 66) < 0.01);
	assert_says(s, line_of(plan, "Norra", "KF"), "reason", "÷ 2 lists = 33 expected");
	json_decref(plan);
}

static void
a_divided_kommun_has_its_lists_where_their_voters_are(void **state)
{
	struct scene *s = *state;
	run(s, SQL("UPDATE district SET kf_constituency = '17150' || place_id"));
	run(s, SQL("UPDATE constituency SET code = '171501' WHERE area_code = '1715'"));
	run(s,
		SQL("INSERT INTO constituency (kind, area_code, code, name)"
		    " VALUES ('KF', '1715', '171502', 'Kil södra')"));
	bring(s, add_list(s, VALUES("kind=KF", "constituency=Kil södra")), 5000, 0);
	add_round(s, "election_day", json_object());
	add_round(s, "advance", json_object());
	json_t *plan = look(s, "election_day");
	assert_null(find_line(plan, "Norra", "KF Kil södra"));
	assert_non_null(find_line(plan, "Södra", "KF Kil södra"));
	assert_true(
		fabs(mean_at(plan, "Södra", "KF Kil södra") - 75 * 0.55 * 1.5) < 0.01);
	json_decref(plan);
	plan = look(s, "advance"); /* voters of both go to the library */
	assert_non_null(find_line(plan, "Biblioteket", "KF Kil södra"));
	json_decref(plan);
}

static void
a_district_without_a_count_is_like_its_kommun(void **state)
{
	struct scene *s = *state;
	run(s, SQL("DELETE FROM district_result WHERE district_code = '17150001'"));
	add_round(s, "election_day", json_object());
	json_t *plan = look(s, "election_day");
	assert_true(fabs(mean_at(plan, "Norra", "KF") - 75 * 0.55 * 1.5) < 0.01);
	assert_says(s, line_of(plan, "Norra", "KF"), "reason",
		"(partly by neighbouring districts)");
	json_decref(plan);
	run(s, SQL("DELETE FROM district_result"));
	plan = look(s, "election_day");
	assert_int_equal(pieces_of(plan, "Norra", "KF"), 100);
	assert_says(s, line_of(plan, "Norra", "KF"), "reason",
		"no count of voters is imported");
	json_decref(plan);
}

/* Rules ------------------------------------------------------------------------------------*/

static void
a_central_rule_makes_the_reception_the_destination(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=Kil", "phase=election_day", "channel=central"),
			NULL));
	add_round(s, "election_day", json_object());
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Valnämnden, Kil", "KF");
	assert_true(json_is_null(json_object_get(line, "location")));
	assert_true(fabs(mean_at(plan, "Valnämnden", "KF") - 155 * 0.55 * 1.5) < 0.01);
	assert_says(s, line, "reason", "2 places: 3 000 eligible");
	assert_null(find_line(plan, "Norra", "KF"));
	assert_int_equal(
		count_of(
			s, SQL("SELECT count(*) FROM location WHERE kind = 'reception'")),
		0);
	/* Half of the spread evens out: less than the two places would need by themselves. */
	double own = (66 * 66 + 61.875 * 61.875) / (127.875 * 127.875);
	assert_int_equal(integer_at(line, "pieces"),
		(vs_demand_pieces(127.875, 0.5 * sqrt(0.5 + 0.5 * own), 0.98) + 99) /
			100 * 100);
	json_t *written = commit(s, "election_day");
	assert_string_equal(text_at(written, "plan"), text_at(plan, "plan"));
	assert_int_equal(
		count_of(
			s, SQL("SELECT count(*) FROM location WHERE kind = 'reception'")),
		1);
	json_decref(plan);
	json_decref(written);
	plan = look(s, "election_day");
	assert_int_equal(integer_at(json_object_get(plan, "total"), "pieces"),
		count_of(s, SQL("SELECT sum(pieces) FROM allocation")));
	json_decref(plan);
}

static void
a_cap_lowers_the_number_and_is_told(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=Kil", "phase=election_day", "channel=direct",
				"cap=150", "source=Mejl", "verified_on=2026-03-01"),
			NULL));
	add_round(s, "election_day", json_object());
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra", "KF");
	assert_int_equal(integer_at(line, "pieces"), 150);
	assert_int_equal(integer_at(line, "cap"), 150);
	assert_string_equal(text_at(line, "limit"), "cap");
	assert_says(s, line, "reason", "the kommun takes at most 150:");
	assert_true(
		rule_told(s, plan, "Kil", "at most 150 per list: 2 numbers are lower"));
	assert_false(rule_told(s, plan, "Kil", "unverified"));
	json_decref(plan);
}

static void
an_unverified_rule_is_told_in_every_plan(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=Kil", "phase=advance", "channel=direct",
				"deadline=2026-08-20 15:00", "earliest=ring först"),
			NULL));
	add_round(s, "advance", json_object());
	json_t *plan = look(s, "advance");
	assert_true(rule_told(s, plan, "Kil",
		"the rule is unverified: at each place, earliest: ring först, latest "
		"2026-08-20 at 15:00"));
	assert_true(rule_told(s, plan, "Kil", "to be kept by people: ring först"));
	assert_false(rule_told(s, plan, "Kil", "the last day has passed"));
	json_decref(plan);
	scene_time("2026-08-20 15:00");
	plan = look(s, "advance");
	assert_true(rule_told(s, plan, "Kil", "the last day has passed"));
	json_decref(plan);
}

/* Stock ------------------------------------------------------------------------------------*/

static void
what_is_short_lasts_everywhere_with_the_same_chance(void **state)
{
	struct scene *s = *state;
	run(s, SQL("UPDATE item SET bundle = 1"));
	assert_done(s,
		vs_stock_scrap(s->db, "KF Kil", 9800, "Distriktslagret",
			&(const struct vs_stock_papers){ .reason = "fukt" }, &s->err));
	add_round(s, "election_day", json_object());
	json_t *plan = look(s, "election_day");
	const json_t *item = item_of(plan, "KF"), *line = line_of(plan, "Norra", "KF");
	/* 200 less the reserve of 20. */
	assert_int_equal(integer_at(item, "available"), 180);
	assert_int_equal(integer_at(item, "given"), 180);
	assert_int_equal(integer_at(item, "left"), 0);
	assert_true(json_is_true(json_object_get(item, "short")));
	assert_says(s, item, "told", "too few: ");
	assert_string_equal(text_at(line, "limit"), "short");
	double a = json_real_value(json_object_get(line, "risk"));
	double b = json_real_value(json_object_get(line_of(plan, "Södra", "KF"), "risk"));
	assert_true(fabs(a - b) < 0.01);
	assert_true(fabs(json_real_value(json_object_get(item, "level")) + fmax(a, b) -
			    1) < 0.001);
	assert_int_equal(integer_at(json_object_get(plan, "total"), "short_items"), 1);
	json_decref(plan);
}

static void
never_more_than_there_is_whatever_there_is(void **state)
{
	struct scene *s = *state;
	add_round(s, "election_day", VALUES("reserve=0"));
	const struct vs_stock_papers papers = { .reason = "prov" };
	int64_t there = 10000, given = INT64_MAX;
	assert_true(store_fast(s));
	for (int i = 0; i < 60 && there > 0; i++) {
		int64_t off = i < 20 ? 460 : 20;
		off = off < there ? off : there;
		assert_done(s,
			vs_stock_scrap(s->db, "KF Kil", off, "Distriktslagret", &papers,
				&s->err));
		there -= off;
		json_t *plan = look(s, "election_day");
		const json_t *item = item_of(plan, "KF");
		assert_int_equal(integer_at(item, "available"), there);
		assert_int_equal(integer_at(item, "given"),
			pieces_of(plan, "Norra", "KF") + pieces_of(plan, "Södra", "KF"));
		assert_true(integer_at(item, "given") <= there);
		assert_true(integer_at(item, "given") <= given);
		given = integer_at(item, "given");
		json_decref(plan);
	}
	assert_int_equal(there, 0);
}

static void
what_one_round_was_promised_another_does_not_get(void **state)
{
	struct scene *s = *state;
	add_round(s, "advance", json_object());
	add_round(s, "election_day", json_object());
	json_t *first = commit(s, "advance");
	json_t *later = look(s, "election_day");
	int64_t promised = integer_at(item_of(first, "KF"), "given");
	assert_true(promised > 0);
	int64_t free = 10000 - promised;
	assert_int_equal(integer_at(item_of(later, "KF"), "available"), free - free / 10);
	json_decref(first);
	json_decref(later);
	/* What was never sent is no promise when the days have passed. */
	scene_time("2026-09-10 12:00");
	later = look(s, "election_day");
	assert_int_equal(integer_at(item_of(later, "KF"), "available"), 9000);
	json_decref(later);
	scene_time("2026-03-02 12:00");
	/* Its own pieces are not taken from it when it is planned again. */
	first = look(s, "advance");
	assert_int_equal(integer_at(item_of(first, "KF"), "available"), 9000);
	json_decref(first);
}

static void
a_refill_counts_what_should_be_left(void **state)
{
	struct scene *s = *state;
	int64_t difference;
	add_round(s, "advance", json_object());
	add_round(s, "refill", json_object());
	json_t *refill = look(s, "refill");
	assert_int_equal(integer_at(line_of(refill, "Biblioteket", "KF"), "have"), 0);
	double week = 155 * 0.45 * 1.5 * 42 / 144.3;
	json_decref(refill);
	json_t *first = commit(s, "advance");
	int64_t sent = pieces_of(first, "Biblioteket", "KF");
	json_decref(first);
	refill = look(s, "refill");
	const json_t *line = line_of(refill, "Biblioteket", "KF");
	assert_int_equal(integer_at(line, "have"), sent - llround(week));
	assert_says(s, line, "reason", " are there; ");
	json_decref(refill);
	/* Counted on the way: the ledger knows better. */
	bring(s, "1", 500, place_location(s, 3));
	scene_time("2026-09-01 20:00");
	bool counted = vs_stock_count(s->db, "KF Kil", "Biblioteket, Kil", 400,
		&(const struct vs_stock_papers){ .reason = "räknat" }, &difference,
		&s->err);
	assert_done(s, counted);
	refill = look(s, "refill");
	line = line_of(refill, "Biblioteket", "KF");
	assert_int_equal(integer_at(line, "have"), sent + 400 - llround(week));
	assert_string_equal(text_at(line, "limit"), "enough");
	assert_int_equal(integer_at(line, "pieces"), 0);
	json_decref(refill);
}

static void
leftovers_of_advance_voting_do_not_count_on_election_day(void **state)
{
	struct scene *s = *state;
	int64_t difference;
	run(s, SQL("UPDATE district SET place_id = 3 WHERE code = '17150001'"));
	add_round(s, "advance", json_object());
	add_round(s, "election_day", json_object());
	json_decref(commit(s, "advance"));
	bring(s, "1", 500, place_location(s, 3));
	json_t *plan = look(s, "election_day");
	assert_int_equal(integer_at(line_of(plan, "Biblioteket", "KF"), "have"), 0);
	json_decref(plan);
	scene_time("2026-09-12 20:00");
	assert_done(s,
		vs_stock_count(s->db, "KF Kil", "Biblioteket, Kil", 120,
			&(const struct vs_stock_papers){ .reason = "räknat" },
			&difference, &s->err));
	plan = look(s, "election_day");
	assert_int_equal(integer_at(line_of(plan, "Biblioteket", "KF"), "have"), 120);
	json_decref(plan);
}

static void
before_the_boxes_come_the_order_is_planned_with(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, VALUES("kind=RD"));
	run(s,
		SQL("INSERT INTO ballot_order (list_id, pieces, reason, status)"
		    " VALUES (3, 50000, 'x', 'ordered')"));
	run(s,
		SQL("INSERT INTO district_result SELECT district_code, 'RD', eligible, voted,"
		    " valid, party_votes FROM district_result WHERE kind = 'KF'"));
	assert_string_equal(list, "3");
	add_round(s, "election_day", json_object());
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra", "RD"), *item = item_of(plan, "RD");
	assert_int_equal(integer_at(line, "pieces"), 200);
	assert_true(json_is_null(json_object_get(line, "item")));
	assert_says(s, line, "conflict", "not received yet; planned by the order");
	assert_int_equal(integer_at(item, "available"), 45000);
	assert_says(
		s, item, "told", "nothing has come yet; planned by the order of 50 000");
	assert_int_equal(integer_at(json_object_get(plan, "total"), "conflicts"), 2);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM item")), 2);
	json_t *written = commit(s, "election_day");
	assert_string_equal(text_at(plan, "plan"), text_at(written, "plan"));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM item")), 3);
	json_decref(plan);
	json_decref(written);
}

static void
the_depots_that_supply_a_kommun_count(void **state)
{
	struct scene *s = *state;
	run(s, SQL("INSERT INTO association (id, name) VALUES (1, 'V Kil'), (2, 'V Eda')"));
	run(s,
		SQL("UPDATE kommun SET association_id = (code = '1730') + 1"
		    " WHERE code IN ('1715', '1730')"));
	run(s,
		SQL("INSERT INTO location (id, kind, name, association_id)"
		    " VALUES (901, 'depot', 'Kils lager', 1), (902, 'depot', 'Eda lager', 2)"));
	bring(s, "1", 1000, 901);
	bring(s, "1", 500, 902);
	add_round(s, "election_day", VALUES("reserve=0"));
	json_t *plan = look(s, "election_day");
	assert_int_equal(integer_at(item_of(plan, "KF"), "available"), 11000);
	assert_string_equal(
		text_at(line_of(plan, "Norra", "KF"), "depot_name"), "Kils lager");
	json_decref(plan);
}

#define IN_THE_WORLD(name) cmocka_unit_test_setup_teardown(name, open_world, scene_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		IN_THE_WORLD(a_number_explains_itself),
		IN_THE_WORLD(a_place_with_few_voters_gets_the_smallest_stack),
		IN_THE_WORLD(advance_votes_follow_open_hours),
		IN_THE_WORLD(advance_votes_follow_those_of_last_time),
		IN_THE_WORLD(institutions_have_a_round_of_their_own),
		IN_THE_WORLD(two_lists_share_the_votes),
		IN_THE_WORLD(a_divided_kommun_has_its_lists_where_their_voters_are),
		IN_THE_WORLD(a_district_without_a_count_is_like_its_kommun),
		IN_THE_WORLD(a_central_rule_makes_the_reception_the_destination),
		IN_THE_WORLD(a_cap_lowers_the_number_and_is_told),
		IN_THE_WORLD(an_unverified_rule_is_told_in_every_plan),
		IN_THE_WORLD(what_is_short_lasts_everywhere_with_the_same_chance),
		IN_THE_WORLD(never_more_than_there_is_whatever_there_is),
		IN_THE_WORLD(what_one_round_was_promised_another_does_not_get),
		IN_THE_WORLD(a_refill_counts_what_should_be_left),
		IN_THE_WORLD(leftovers_of_advance_voting_do_not_count_on_election_day),
		IN_THE_WORLD(before_the_boxes_come_the_order_is_planned_with),
		IN_THE_WORLD(the_depots_that_supply_a_kommun_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
