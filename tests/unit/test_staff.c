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

static void
a_summer_is_matched_and_every_rule_holds(void **state)
{
	struct scene *s = *state;
	struct vs_staff_options options = whole_summer();
	make_summer(s, 150, 40, 600, 1);
	double begun = seconds_now();
	json_t *plan = match(s, &options);
	double spent = seconds_now() - begun;
	print_message(
		"# %d of %d places, %d new, %d needed open, %.3f s, gap %.2f, most %.1f h\n",
		(int)total(plan, "filled"), (int)total(plan, "places"),
		(int)total(plan, "new"), (int)total(plan, "needed_open"), spent,
		json_real_value(json_object_get(json_object_get(plan, "total"), "gap")),
		json_real_value(
			json_object_get(json_object_get(plan, "total"), "hours_most")));
	assert_int_equal(600, total(plan, "places"));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_summer_is_matched_and_every_rule_holds,
			scene_open, scene_close),
		cmocka_unit_test_setup_teardown(
			matching_again_changes_nothing, scene_open, scene_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
