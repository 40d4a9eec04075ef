/* Advance votes received per place and day, from the authority's file. */
#include "import_fixture.h"

#define HEADS_2022 \
	"LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;LOKALID;LOKAL;2022-08-24 00:00:00;" \
	"2022-08-25 00:00:00;2022-09-10 00:00:00;TOTAL\n"
#define ROW(code, place, days) "17;Värmlands län;15;Kil;" code ";" place ";" days "\n"
#define SUM		       "SUMMA;;;;;;60;2;7;69\n"

static void
votes_per_place_and_day_come_in_without_the_sum(void **state)
{
	struct fixture *f = *state;
	json_t *report = import_text(f,
		HEADS_2022 ROW("1715001", "Biblioteket", "40;2;7;49")
			ROW("1715002", "Solgården", "20;;;20") SUM);
	assert_string_equal(json_string_value(json_object_get(report, "format")),
		"mottagna-fortidsroster");
	assert_int_equal(noun(report, "advance_received", "new"), 4);
	assert_int_equal(number(f, "SELECT sum(votes) FROM advance_received"), 69);
	assert_int_equal(
		number(f,
			"SELECT count(*) FROM advance_received WHERE"
			" election_day = '2022-09-11' AND place_name = 'Solgården'"),
		1);
	json_decref(report);
}

static void
the_same_file_twice_changes_nothing_and_a_newer_one_corrects(void **state)
{
	struct fixture *f = *state;
	take_text(f, HEADS_2022 ROW("1715001", "Biblioteket", "40;2;7;49") SUM);
	json_t *again =
		import_text(f, HEADS_2022 ROW("1715001", "Biblioteket", "40;2;7;49") SUM);
	assert_false(json_is_true(json_object_get(again, "all_changed")));
	json_decref(again);
	json_t *newer =
		import_text(f, HEADS_2022 ROW("1715001", "Biblioteket", "41;2;7;50") SUM);
	assert_int_equal(noun(newer, "advance_received", "changed"), 1);
	assert_int_equal(noun(newer, "advance_received", "new"), 0);
	assert_int_equal(number(f, "SELECT sum(votes) FROM advance_received"), 50);
	json_decref(newer);
}

static void
other_kommuner_stay_outside_and_bad_rows_are_told(void **state)
{
	struct fixture *f = *state;
	json_t *report = import_text(f,
		HEADS_2022
		"01;Stockholms län;80;Stockholm;0180001;Stadshuset;1;2;3;6\n" ROW(
			"17x5001", "Biblioteket", "1;2;3;6")
			ROW("1715003", "Skolan", "många;2;3;5"));
	assert_int_equal(noun(report, "advance_received", "new"), 2);
	assert_true(has_problem(report, "\"17x5001\" is not a place id"));
	assert_true(has_problem(report, "\"många\" is not a number of votes"));
	json_decref(report);
}

static void
the_election_is_the_sunday_after_the_last_day_unless_given(void **state)
{
	struct fixture *f = *state;
	const char *path =
		write_text(f, HEADS_2022 ROW("1715001", "Biblioteket", "40;2;7;49"));
	const struct vs_import_options options = { .election_day = "2018-09-09" };
	json_decref(import_all(f, &path, 1, &options));
	assert_int_equal(number(f,
				 "SELECT count(*) FROM advance_received"
				 " WHERE election_day = '2018-09-09'"),
		3);
}

/* In the middle of advance voting the file ends before its Sunday. */
static void
days_of_this_campaign_are_this_elections(void **state)
{
	struct fixture *f = *state;
	take_text(f,
		"LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;LOKALID;LOKAL;2022-08-24 00:00:00;"
		"2022-08-29 00:00:00;TOTAL\n" ROW("1715001", "Biblioteket", "40;2;42"));
	assert_int_equal(number(f,
				 "SELECT count(*) FROM advance_received"
				 " WHERE election_day = '2022-09-11'"),
		2);
}

static void
numbers_that_cannot_be_are_told(void **state)
{
	struct fixture *f = *state;
	json_t *report = import_text(f,
		HEADS_2022 ROW("1715001", "Biblioteket", "40;1715001;7;49")
			ROW("1715002", "Solgården", "20;1;;20"));
	assert_int_equal(noun(report, "advance_received", "new"), 4);
	assert_true(has_problem(report, "\"1715001\" is not a number of votes"));
	assert_true(has_problem(report,
		"Solgården: the days are 21 votes together, the total "
		"says 20"));
	json_decref(report);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(votes_per_place_and_day_come_in_without_the_sum),
		TEST(the_same_file_twice_changes_nothing_and_a_newer_one_corrects),
		TEST(other_kommuner_stay_outside_and_bad_rows_are_told),
		TEST(the_election_is_the_sunday_after_the_last_day_unless_given),
		TEST(days_of_this_campaign_are_this_elections),
		TEST(numbers_that_cannot_be_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
