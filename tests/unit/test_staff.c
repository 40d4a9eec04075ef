/* Volunteers and shifts are matched; what stands in the file afterwards keeps every rule. */
#include "staff_scene.h"

#include <time.h>

static struct vs_staff_options
whole_summer(void)
{
	return (struct vs_staff_options){ .filter = { .from = SUMMER_FROM,
						  .until = SUMMER_UNTIL } };
}

static json_t *
match(struct scene *s, const struct vs_staff_options *options)
{
	json_t *plan = vs_shift_match(s->db, options, &s->err);
	if (!plan)
		fail_msg("%s", s->err.text);
	return plan;
}

static int64_t
total(const json_t *plan, const char *name)
{
	return integer_at(json_object_get(plan, "total"), name);
}

static double
seconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The demonstration: 150 people, 40 activities, 600 places, eight weeks -----------------------*/

static void
a_summer_is_matched_and_every_rule_holds(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 150, 40, 600, 1);
	double begun = seconds_now();
	json_t *plan = match(s, &options);
	print_message("# %d of %d places, %.3f s of the processor\n",
		(int)total(plan, "filled"), (int)total(plan, "places"),
		seconds_now() - begun);
	assert_int_equal(600, total(plan, "places"));
	assert_true(total(plan, "filled") >= 590);
	assert_int_equal(total(plan, "new"),
		count_of(s, SQL("SELECT count(*) FROM booking WHERE source = 'match'")));
	judge(s);
	json_decref(plan);
}

static void
matching_again_changes_nothing(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 150, 40, 600, 2);
	json_t *first = match(s, &options);
	int64_t history = count_of(s, SQL("SELECT count(*) FROM history"));
	json_t *second = match(s, &options);
	assert_int_equal(0, total(second, "new"));
	assert_int_equal(total(first, "filled"), total(second, "filled"));
	assert_int_equal(history, count_of(s, SQL("SELECT count(*) FROM history")));
	json_decref(first);
	json_decref(second);
}

/* Too few people for the places: every rule is pressed against. */
static void
few_people_and_many_places_keep_the_rules(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 30, 20, 400, 3);
	json_t *plan = match(s, &options);
	assert_true(total(plan, "needed_open") > 0);
	assert_true(total(plan, "new") > 50);
	judge(s);
	json_decref(plan);
}

/* What people booked by hand against the rules stays; what is matched keeps them beside it. */
static void
bookings_by_hand_stay_whatever_they_break(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 60, 20, 300, 4);
	put(s,
		SQL("INSERT INTO booking (shift_id, role_id, person_id, state, source, override,"
		    " changed_at) SELECT r.shift_id, min(r.id), 1 + r.shift_id % 9, 'booked',"
		    " 'organiser', 'so it is', 1 FROM shift_role r GROUP BY r.shift_id"
		    " HAVING r.shift_id % 3 = 0"),
		"");
	int64_t by_hand = count_of(s, SQL("SELECT count(*) FROM booking"));
	json_t *plan = match(s, &options);
	assert_int_equal(by_hand,
		count_of(s,
			SQL("SELECT count(*) FROM booking WHERE source = 'organiser'"
			    " AND state = 'booked'")));
	assert_true(total(plan, "new") > 100);
	judge(s);
	json_decref(plan);
}

static void
a_look_is_repeatable_and_holds_until_something_changes(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 60, 20, 200, 5);
	options.dry_run = true;
	json_t *look = match(s, &options), *again = match(s, &options);
	assert_true(json_equal(look, again));
	assert_int_equal(0, count_of(s, SQL("SELECT count(*) FROM booking")));
	options.dry_run = false;
	options.plan = text_at(look, "plan");
	put(s, SQL("UPDATE person SET restricted = 1 WHERE id IN (1, 3, 5, 7, 9)"), "");
	json_t *late = vs_shift_match(s->db, &options, &s->err);
	assert_refused(s, late != NULL, VS_CONFLICT, "has changed since");
	assert_int_equal(0, count_of(s, SQL("SELECT count(*) FROM booking")));
	put(s, SQL("UPDATE person SET restricted = 0 WHERE id IN (1, 3, 5, 7, 9)"), "");
	json_t *done = match(s, &options);
	assert_string_equal(text_at(look, "plan"), text_at(done, "plan"));
	json_decref(look);
	json_decref(again);
	json_decref(done);
}

/* Offers ask; they are not asked twice, and a no is heard. */
static void
offers_are_not_made_twice(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 60, 20, 200, 6);
	options.state = "offered";
	json_t *plan = match(s, &options);
	int64_t offers = total(plan, "new");
	json_decref(plan);
	assert_int_equal(offers,
		count_of(s, SQL("SELECT count(*) FROM booking WHERE state = 'offered'")));
	plan = match(s, &options);
	assert_int_equal(0, total(plan, "new"));
	json_decref(plan);
	put(s,
		SQL("UPDATE booking SET state = 'cancelled', cancelled_by = 'person'"
		    " WHERE id = 1"),
		"");
	plan = match(s, &options);
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM booking WHERE id = 1"
			    " AND state <> 'cancelled'")));
	judge(s);
	json_decref(plan);
}

/* An open place says why, and whom to call; nobody who must not be called is named. */
static void
open_places_say_why_and_whom_to_call(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 30, 20, 400, 7);
	options.dry_run = true;
	json_t *plan = match(s, &options), *place, *person;
	size_t i, k, called = 0;
	json_array_foreach (json_object_get(plan, "open"), i, place) {
		const json_t *calls = json_object_get(place, "call");
		assert_true(*text_at(place, "reason"));
		assert_true(json_array_size(calls) <= 5);
		assert_true(
			integer_at(place, "needed") + integer_at(place, "wanted") > 0);
		json_array_foreach (calls, k, person) {
			int64_t id = integer_at(person, "person");
			assert_true(id % 10 != 0 && id % 12 != 0 && id % 11 != 0);
			assert_true(strncmp(text_at(person, "phone"), "070-", 4) == 0);
			called++;
		}
	}
	assert_true(called >= 10);
	char *text = json_dumps(json_object_get(plan, "bookings"), 0);
	assert_null(strstr(text, "070-"));
	free(text);
	json_decref(plan);
}

static void
more_skills_than_bits_are_refused_in_words(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 5, 2, 10, 8);
	for (int i = 0; i < 65; i++) {
		put(s, SQL("INSERT INTO skill (id, name) VALUES (?, ?)"), "it", 100 + i,
			vs_arena_printf(s->arena, "konst %d", i));
		put(s,
			SQL("INSERT INTO shift_role (shift_id, name, skill_id, least, wanted,"
			    " most) VALUES (1, ?, ?, 0, 1, 1)"),
			"ti", vs_arena_printf(s->arena, "roll %d", i), 100 + i);
	}
	json_t *plan = vs_shift_match(s->db, &options, &s->err);
	assert_refused(s, plan != NULL, VS_REFUSED, "more than 64");
}

static void
a_period_is_needed_and_not_endless(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = { 0 };
	assert_refused(s, vs_shift_match(s->db, &options, &s->err) != NULL, VS_USAGE,
		"--from and --until");
	options.filter.from = "2026-01-01";
	options.filter.until = "2028-01-01";
	assert_refused(s, vs_shift_match(s->db, &options, &s->err) != NULL, VS_INVALID,
		"longer than a year");
	options.filter.until = "2026-02-01";
	options.state = "attended";
	assert_refused(s, vs_shift_match(s->db, &options, &s->err) != NULL, VS_INVALID,
		"not \"attended\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_summer_is_matched_and_every_rule_holds),
		TEST(matching_again_changes_nothing),
		TEST(few_people_and_many_places_keep_the_rules),
		TEST(bookings_by_hand_stay_whatever_they_break),
		TEST(a_look_is_repeatable_and_holds_until_something_changes),
		TEST(offers_are_not_made_twice),
		TEST(open_places_say_why_and_whom_to_call),
		TEST(more_skills_than_bits_are_refused_in_words),
		TEST(a_period_is_needed_and_not_endless),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
