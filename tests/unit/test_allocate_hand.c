/* Allocation: rounds, numbers by hand, writing what was looked at, evening out. */
#include "allocate_scene.h"

#include <valstuga/language.h>

static int
open_world(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	add_world(*state);
	add_round(*state, "election_day", json_object());
	return 0;
}

static bool
set(struct scene *s, const char *location, const char *item, int64_t pieces,
	const char *reason)
{
	return vs_allocation_set(
		s->db, "election_day", location, item, pieces, reason, &s->err);
}

/* Rounds -----------------------------------------------------------------------------------*/

static void
assert_days(struct scene *s, const char *phase, const char *from, const char *until)
{
	struct round round;
	if (strcmp(phase, "election_day") != 0)
		add_round(s, phase, json_object());
	assert_done(s, round_get(s->db, s->arena, phase, &round, &s->err));
	assert_string_equal(round.from, from);
	assert_string_equal(round.until, until);
	assert_true(round.service == 0.98 && round.spread == 0.5 && round.least == 50);
}

static void
a_round_has_the_days_of_its_phase(void **state)
{
	assert_days(*state, "advance", "2026-08-26", "2026-09-01");
	assert_days(*state, "refill", "2026-09-02", "2026-09-12");
	assert_days(*state, "institution", "2026-09-02", "2026-09-02");
	assert_days(*state, "election_day", "2026-09-13", "2026-09-13");
}

static void
terms_that_cannot_be_are_refused(void **state)
{
	struct scene *s = *state;
	static const char *const wrong[] = { "service=0.4", "service=1", "spread=6",
		"taken=0", "growth=20", "advance_share=1.5", "least=-1", "reserve=0.95",
		"from_date=2026-09-14", "until_date=2026-08-01" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_refused(s,
			record_set(s, &vs_round_type, "election_day", VALUES(wrong[i])),
			VS_INVALID, "round");
		assert_refused(s,
			record_add(s, &vs_round_type,
				VALUES("name=x", "phase=advance",
					i == 8 ? "from_date=2026-09-20" : wrong[i]),
				NULL),
			VS_INVALID, "round");
	}
	assert_refused(s,
		record_set(s, &vs_round_type, "election_day", VALUES("phase=refill")),
		VS_USAGE, "phase");
	assert_done(
		s, record_set(s, &vs_round_type, "election_day", VALUES("service=0.9")));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM round WHERE service = 0.9"
				     " AND spread = 0.5 AND from_date = '2026-09-13'")),
		1);
}

/* Writing ----------------------------------------------------------------------------------*/

static void
looking_writes_nothing(void **state)
{
	struct scene *s = *state;
	json_decref(look(s, "election_day"));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM allocation")), 0);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE command LIKE 'alloc%'")),
		0);
}

static void
what_was_looked_at_is_what_is_written(void **state)
{
	struct scene *s = *state;
	json_t *plan = look(s, "election_day");
	const struct vs_plan_options options = { .plan = text_at(plan, "plan") };
	json_t *written = vs_allocate(s->db, "election_day", &options, &s->err);
	assert_done(s, written != NULL);
	assert_true(json_equal(plan, written));
	assert_int_equal(count_of(s, SQL("SELECT sum(pieces) FROM allocation")),
		integer_at(json_object_get(plan, "total"), "pieces"));
	json_t *round = vs_record_get(s->db, &vs_round_type, "election_day", &s->err);
	assert_string_equal(text_at(round, "plan"), text_at(plan, "plan"));
	json_decref(round);
	json_decref(written);
	json_decref(plan);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE command LIKE 'alloc%'")),
		1);
}

static void
a_plan_whose_facts_have_changed_is_not_written(void **state)
{
	struct scene *s = *state;
	json_t *plan = look(s, "election_day");
	const struct vs_plan_options write = { .plan = text_at(plan, "plan") };
	const struct vs_plan_options again = { .plan = write.plan, .dry_run = true };
	run(s, SQL("UPDATE district_result SET party_votes = party_votes * 3"));
	assert_refused(s, vs_allocate(s->db, "election_day", &write, &s->err) != NULL,
		VS_CONFLICT, "has changed since");
	assert_refused(s, vs_allocate(s->db, "election_day", &again, &s->err) != NULL,
		VS_CONFLICT, "has changed since");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM allocation")), 0);
	json_decref(plan);
}

static void
a_plan_has_the_same_name_in_every_language(void **state)
{
	struct scene *s = *state;
	json_t *english = look(s, "election_day");
	vs_language_set("sv");
	json_t *swedish = look(s, "election_day");
	vs_language_set("en");
	assert_string_equal(text_at(english, "plan"), text_at(swedish, "plan"));
	json_decref(english);
	json_decref(swedish);
}

static void
what_is_planned_again_replaces_what_was(void **state)
{
	struct scene *s = *state;
	json_decref(commit(s, "election_day"));
	run(s, SQL("UPDATE district SET place_id = 1"));
	json_t *plan = commit(s, "election_day");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM allocation")), 2);
	assert_int_equal(count_of(s, SQL("SELECT sum(pieces) FROM allocation")),
		integer_at(json_object_get(plan, "total"), "pieces"));
	json_decref(plan);
}

/* By hand ----------------------------------------------------------------------------------*/

static void
a_number_by_hand_stays_when_the_round_is_planned_again(void **state)
{
	struct scene *s = *state;
	json_decref(commit(s, "election_day"));
	assert_done(s, set(s, "Norra skolan, Kil", "KF Kil", 750, "bokbord utanför"));
	run(s, SQL("UPDATE district_result SET party_votes = party_votes * 3"));
	json_t *plan = commit(s, "election_day");
	const json_t *line = line_of(plan, "Norra", "KF");
	assert_int_equal(integer_at(line, "pieces"), 750);
	assert_true(json_is_true(json_object_get(line, "fixed")));
	assert_string_equal(text_at(line, "limit"), "fixed");
	assert_string_equal(text_at(line, "reason"), "by hand: bokbord utanför → 750");
	assert_true(json_is_null(json_object_get(line, "conflict")));
	assert_false(
		json_is_true(json_object_get(line_of(plan, "Norra", "RF"), "fixed")));
	json_decref(plan);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM allocation WHERE fixed AND pieces ="
			    " 750 AND reason = 'bokbord utanför' AND mean > 190")),
		1);
	assert_done(s, set(s, "Norra skolan, Kil", "KF Kil", -1, NULL));
	plan = commit(s, "election_day");
	assert_int_equal(pieces_of(plan, "Norra", "KF"), 500);
	json_decref(plan);
	assert_refused(s, set(s, "Norra skolan, Kil", "KF Kil", -1, NULL), VS_NOT_FOUND,
		"is set by hand");
}

static void
a_number_by_hand_comes_first_when_it_is_short(void **state)
{
	struct scene *s = *state;
	run(s, SQL("UPDATE item SET bundle = 10"));
	run(s, SQL("UPDATE balance SET pieces = 200"));
	assert_done(s, set(s, "Norra skolan, Kil", "KF Kil", 150, "mycket folk"));
	json_t *plan = look(s, "election_day");
	assert_int_equal(pieces_of(plan, "Norra", "KF"), 150);
	assert_int_equal(pieces_of(plan, "Södra", "KF"), 30); /* 200 less the reserve */
	json_decref(plan);
	assert_done(s, set(s, "Norra skolan, Kil", "KF Kil", 190, "mycket folk"));
	plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra", "KF");
	assert_int_equal(integer_at(line, "pieces"), 190);
	assert_says(s, line, "conflict", "more is given by hand than there is");
	assert_says(s, item_of(plan, "KF"), "told", "10 more is given by hand");
	assert_int_equal(integer_at(item_of(plan, "KF"), "left"), -10);
	assert_int_equal(pieces_of(plan, "Södra", "KF"), 0);
	json_decref(plan);
}

static void
a_number_by_hand_above_the_cap_is_told(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=Kil", "phase=election_day", "channel=direct",
				"cap=150"),
			NULL));
	assert_done(s, set(s, "Norra skolan, Kil", "KF Kil", 400, "muntligt lovat"));
	json_t *plan = look(s, "election_day");
	assert_says(s, line_of(plan, "Norra", "KF"), "conflict",
		"the kommun takes at most 150 per list");
	assert_int_equal(integer_at(json_object_get(plan, "total"), "conflicts"), 1);
	json_decref(plan);
}

static void
a_number_can_be_set_where_the_round_gives_nothing(void **state)
{
	struct scene *s = *state;
	assert_done(s, set(s, "Stadshuset, Kil", "KF Kil", 100, "valmöte"));
	json_t *plan = commit(s, "election_day");
	const json_t *line = line_of(plan, "Stadshuset", "KF");
	assert_int_equal(integer_at(line, "pieces"), 100);
	assert_says(s, line, "conflict", "the round gives nothing to this place");
	assert_int_equal(integer_at(item_of(plan, "KF"), "given"), 500);
	json_decref(plan);
	json_decref(commit(s, "election_day"));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM allocation WHERE pieces = 100")),
		1);
	/* A kommun's name is its reception. */
	assert_done(s, set(s, "Kil", "2", 300, "enligt valnämnden"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM location WHERE kommun_code = '1715'")),
		1);
}

static void
numbers_that_cannot_be_set_are_refused(void **state)
{
	struct scene *s = *state;
	assert_refused(s, set(s, "Norra skolan, Kil", "KF Kil", 100, NULL), VS_INVALID,
		"--reason");
	assert_refused(s, set(s, "Distriktslagret", "KF Kil", 100, "x"), VS_INVALID,
		"places and receptions");
	assert_refused(
		s, set(s, "Nirgends", "KF Kil", 100, "x"), VS_NOT_FOUND, "Nirgends");
	assert_refused(s, set(s, "Norra skolan, Kil", "KF Eda", 100, "x"), VS_NOT_FOUND,
		"KF Eda");
	assert_refused(s, set(s, "Norra skolan, Kil", "KF Kil", 20000000, "x"),
		VS_INVALID, "too many");
	run(s,
		SQL("INSERT INTO place (id, kommun_code, name, street)"
		    " VALUES (9, '1730', 'Eda skola', 'A')"));
	assert_refused(s, set(s, "Eda skola, Eda", "KF Kil", 100, "x"), VS_REFUSED,
		"not used at Eda skola, Eda; nothing");
	assert_refused(s,
		vs_allocation_set(
			s->db, "höst", "Norra skolan, Kil", "KF Kil", 1, "x", &s->err),
		VS_NOT_FOUND, "höst");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM allocation")), 0);
	assert_int_equal(
		count_of(
			s, SQL("SELECT count(*) FROM location WHERE kind = 'reception'")),
		0);
}

/* On the way -------------------------------------------------------------------------------*/

/* A delivery of the round to Norra skolan: 300 of KF Kil. */
static void
add_delivery(struct scene *s, const char *status)
{
	VS_AUTO(stmt) q = { 0 };
	run(s, SQL("DELETE FROM delivery"));
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO delivery (id, round_id, date, from_id, to_id, status,"
			    " received_at) SELECT 1, 1, '2026-09-12', 2, id, ?1,"
			    " iif(?1 = 'delivered', 1, NULL) FROM location WHERE place_id = 1"),
			&s->err));
	stmt_bind(&q, status);
	assert_done(s, stmt_run(&q, &s->err));
	run(s, SQL("INSERT INTO delivery_line VALUES (1, 1, 300, NULL)"));
}

static void
what_is_packed_or_has_left_is_not_taken_back(void **state)
{
	struct scene *s = *state;
	static const char *const states[] = { "packed", "underway", "delivered" };
	json_decref(commit(s, "election_day"));
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		add_delivery(s, states[i]);
		json_t *plan = commit(s, "election_day");
		const json_t *line = line_of(plan, "Norra", "KF");
		assert_int_equal(integer_at(line, "pieces"), 300); /* 200 would do */
		assert_says(s, line, "reason", "packed or handed over already → 300");
		json_decref(plan);
		assert_refused(s, set(s, "Norra skolan, Kil", "KF Kil", 200, "x"),
			VS_REFUSED, "300 pieces are packed");
	}
	add_delivery(s, "planned");
	json_t *plan = commit(s, "election_day");
	assert_int_equal(pieces_of(plan, "Norra", "KF"), 200);
	json_decref(plan);
	/* Not even when the place is no destination any more. */
	add_delivery(s, "packed");
	run(s, SQL("UPDATE district SET place_id = 2"));
	plan = commit(s, "election_day");
	assert_int_equal(pieces_of(plan, "Norra", "KF"), 300);
	assert_null(find_line(plan, "Norra", "RF"));
	json_decref(plan);
}

static void
what_has_been_delivered_is_counted_once(void **state)
{
	struct scene *s = *state;
	json_t *plan = commit(s, "election_day");
	int64_t available = integer_at(item_of(plan, "KF"), "available");
	json_decref(plan);
	add_delivery(s, "delivered");
	run(s,
		SQL("INSERT INTO movement (at, actor, kind, item_id, from_id, to_id, pieces,"
		    " delivery_id) SELECT 1, 'x', 'deliver', 1, 2, id, 300, 1 FROM location"
		    " WHERE place_id = 1"));
	plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra", "KF");
	assert_int_equal(integer_at(line, "have"), 0);
	assert_int_equal(integer_at(line, "pieces"), 300);
	/* The reserve is of what is left at the depot. */
	assert_int_equal(integer_at(item_of(plan, "KF"), "available"), available + 30);
	json_decref(plan);
}

/* Records and evening out ------------------------------------------------------------------*/

static void
allocations_are_listed_by_round_kommun_and_item(void **state)
{
	struct scene *s = *state;
	json_decref(commit(s, "election_day"));
	static const struct {
		const char *filter;
		size_t lines;
	} cases[] = {
		{ "round=election_day", 4 },
		{ "kommun=Kil", 4 },
		{ "kommun=Eda", 0 },
		{ "item=KF Kil", 2 },
		{ "location=Norra skolan, Kil", 2 },
		{ "fixed=ja", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *filters = VALUES(cases[i].filter);
		json_t *lines =
			vs_record_list(s->db, &vs_allocation_type, filters, &s->err);
		assert_done(s, lines != NULL);
		assert_int_equal(json_array_size(lines), cases[i].lines);
		json_decref(filters);
		json_decref(lines);
	}
	assert_refused(s, record_set(s, &vs_allocation_type, "1-1-1", VALUES("pieces=3")),
		VS_REFUSED, "");
}

static void
associations_lend_what_others_lack(void **state)
{
	struct scene *s = *state;
	run(s,
		SQL("INSERT INTO association (id, name, members) VALUES (1, 'V Kil', 40),"
		    " (2, 'V Eda', NULL)"));
	run(s,
		SQL("UPDATE kommun SET association_id = (code = '1730') + 1"
		    " WHERE code IN ('1715', '1730')"));
	run(s,
		SQL("INSERT INTO location (id, kind, name, association_id)"
		    " VALUES (901, 'depot', 'Kils lager', 1), (902, 'depot', 'Eda lager', 2)"));
	run(s,
		SQL("INSERT INTO person (id, name, keep_until) VALUES (1, 'A', '2027-01-01'),"
		    " (2, 'B', '2027-01-01'), (3, 'C', '2027-01-01')"));
	run(s,
		SQL("INSERT INTO carrier (person_id, association_id, base_id)"
		    " VALUES (1, 2, NULL), (2, NULL, 902), (3, 1, NULL)"));
	json_decref(commit(s, "election_day")); /* 400 of each list to Kil */
	run(s, SQL("UPDATE balance SET pieces = 150 WHERE location_id = 2"));
	bring(s, "1", 100, 901);
	bring(s, "1", 900, 902);
	json_t *view = vs_equalise_view(s->db, &s->err);
	assert_done(s, view != NULL);
	const json_t *rows = json_object_get(view, "rows");
	const json_t *loans = json_object_get(view, "items");
	const json_t *kil = json_array_get(rows, 1), *eda = json_array_get(rows, 0);
	assert_string_equal(text_at(kil, "name"), "V Kil");
	assert_int_equal(integer_at(kil, "need"), 800);
	assert_int_equal(integer_at(kil, "have"), 100);
	assert_int_equal(integer_at(kil, "lack"), 700);
	assert_int_equal(integer_at(kil, "places"), 5);
	assert_int_equal(integer_at(kil, "eligible"), 3000);
	assert_int_equal(integer_at(kil, "carrier_need"), 3);
	assert_int_equal(integer_at(kil, "carriers_lack"), 2);
	assert_int_equal(integer_at(eda, "lend"), 900);
	assert_int_equal(integer_at(eda, "carriers_lend"), 2);
	assert_true(json_is_null(json_object_get(eda, "members")));
	/* The district's depot gives its 150 of each first, then Eda what it has. */
	assert_int_equal(json_array_size(loans), 3);
	assert_string_equal(text_at(json_array_get(loans, 0), "from_name"), "Värmland");
	assert_int_equal(integer_at(json_array_get(loans, 0), "pieces"), 150);
	assert_string_equal(text_at(json_array_get(loans, 1), "from_name"), "V Eda");
	assert_string_equal(text_at(json_array_get(loans, 1), "to_name"), "V Kil");
	assert_int_equal(integer_at(json_array_get(loans, 1), "pieces"), 150);
	json_decref(view);
}

static int64_t
drivers_of(struct scene *s, const char *name)
{
	json_t *view = vs_equalise_view(s->db, &s->err), *row;
	assert_done(s, view != NULL);
	int64_t carriers = -1;
	size_t i;
	json_array_foreach (json_object_get(view, "rows"), i, row)
		if (strcmp(text_at(row, "name"), name) == 0)
			carriers = integer_at(row, "carriers");
	json_decref(view);
	return carriers;
}

static void
a_driver_without_association_is_of_the_depot_where_it_loads(void **state)
{
	struct scene *s = *state;
	run(s, SQL("INSERT INTO association (id, name) VALUES (1, 'V Kil'), (2, 'V Eda')"));
	run(s,
		SQL("INSERT INTO location (id, kind, name, association_id)"
		    " VALUES (901, 'depot', 'Kils lager', 1)"));
	run(s,
		SQL("INSERT INTO person (id, name, keep_until) VALUES (1, 'A', '2027-01-01'),"
		    " (2, 'B', '2027-01-01'), (3, 'C', '2027-01-01'), (4, 'D', '2027-01-01')"));
	run(s,
		SQL("INSERT INTO carrier (person_id, association_id, base_id)"
		    " VALUES (1, NULL, 901), (2, NULL, 2), (3, NULL, NULL), (4, 2, 901)"));
	assert_int_equal(drivers_of(s, "V Kil"), 1);
	assert_int_equal(drivers_of(s, "V Eda"), 1);
	assert_int_equal(drivers_of(s, "Värmland"), 2);
}

#define IN_THE_WORLD(name) cmocka_unit_test_setup_teardown(name, open_world, scene_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		IN_THE_WORLD(a_round_has_the_days_of_its_phase),
		IN_THE_WORLD(terms_that_cannot_be_are_refused),
		IN_THE_WORLD(looking_writes_nothing),
		IN_THE_WORLD(what_was_looked_at_is_what_is_written),
		IN_THE_WORLD(a_plan_whose_facts_have_changed_is_not_written),
		IN_THE_WORLD(a_plan_has_the_same_name_in_every_language),
		IN_THE_WORLD(what_is_planned_again_replaces_what_was),
		IN_THE_WORLD(a_number_by_hand_stays_when_the_round_is_planned_again),
		IN_THE_WORLD(a_number_by_hand_comes_first_when_it_is_short),
		IN_THE_WORLD(a_number_by_hand_above_the_cap_is_told),
		IN_THE_WORLD(a_number_can_be_set_where_the_round_gives_nothing),
		IN_THE_WORLD(numbers_that_cannot_be_set_are_refused),
		IN_THE_WORLD(what_is_packed_or_has_left_is_not_taken_back),
		IN_THE_WORLD(what_has_been_delivered_is_counted_once),
		IN_THE_WORLD(allocations_are_listed_by_round_kommun_and_item),
		IN_THE_WORLD(associations_lend_what_others_lack),
		IN_THE_WORLD(a_driver_without_association_is_of_the_depot_where_it_loads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
