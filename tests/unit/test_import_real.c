/* The authority's real files, where they are. */
#include "import_fixture.h"

#define FILE_COUNT 7

/* $VALSTUGA_REAL_DATA, else beside the project. */
static void
find_files(const char *files[FILE_COUNT])
{
	static const char *const names[FILE_COUNT] = { "kommun_2022.csv",
		"rostningslokaler-2022.csv", "vallokaler-2022.csv",
		"kandidaturer-2018-varmland.skv", "deltagande-partier-2022.csv",
		"riksdag_2022.csv", "region_2022.csv" };
	static char paths[FILE_COUNT][400];
	const char *folder = getenv("VALSTUGA_REAL_DATA"),
		   *source = getenv("VALSTUGA_SOURCE");
	for (int i = 0; i < FILE_COUNT; i++) {
		snprintf(paths[i], sizeof paths[i], "%s%s/valmyndigheten/%s",
			folder		 ? folder
				: source ? source
					 : ".",
			folder ? "" : "/../shared/data", names[i]);
		files[i] = paths[i];
	}
}

static size_t
count_problems(const json_t *report, const char *said)
{
	size_t i, count = 0;
	json_t *each;
	json_array_foreach (json_object_get(report, "problems"), i, each)
		count += strstr(json_string_value(json_object_get(each, "text")), said) !=
			NULL;
	return count;
}

static void
the_real_files_of_varmland_give_the_known_figures(void **state)
{
	struct fixture *f = *state;
	const char *files[FILE_COUNT];
	find_files(files);
	json_decref(import_all(f, files, FILE_COUNT, NULL));
	struct vs_error err = { 0 };
	json_t *figures = vs_register_figures(f->db, &err);
	char *text = json_dumps(figures, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(text,
		"{\"advance_places\":75,\"districts\":179,\"eligible\":{\"KF\":226972,\"RD\":"
		"216666,\"RF\":226972},\"place_days\":617,\"polling_places\":163,\"quota\":{"
		"\"KF\":680916,\"RD\":649998,\"RF\":680916}}");
	free(text);
	json_decref(figures);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM list")), 17);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM candidacy")), 206);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM person")), 183);
	assert_int_equal(
		number(f,
			SQL("SELECT sum(authority_pieces) FROM list WHERE kind = 'KF'")),
		676000);
	assert_int_equal(
		number(f,
			SQL("SELECT sum(authority_pieces) FROM list WHERE kind = 'RF'")),
		666000);
	assert_int_equal(number(f,
				 SQL("SELECT sum(party_votes) FROM district_result WHERE"
				     " kind = 'KF'")),
		9950);
	json_t *again = import_all(f, files, FILE_COUNT, NULL);
	assert_false(json_is_true(json_object_get(again, "all_changed")));
	json_decref(again);
}

static void
only_bad_coordinates_of_the_country_are_doubted(void **state)
{
	struct fixture *f = *state;
	const struct vs_import_options options = { .all = true };
	const char *files[FILE_COUNT];
	find_files(files);
	json_t *advance = import_all(f, files + 1, 1, &options);
	json_t *polling = import_all(f, files + 2, 1, &options);
	assert_int_equal(count_problems(advance, "has no coordinates"), 52);
	assert_true(has_problem(advance, "Åsikten (Ljungby)"));
	assert_int_equal(count_problems(advance, "far from every other place"), 1);
	assert_int_equal(count_problems(polling, "has no coordinates"), 0);
	assert_true(has_problem(polling, "Volvogården (Arvika)"));
	assert_true(has_problem(polling, "Toleredsskolan (Göteborg)"));
	assert_int_equal(json_array_size(json_object_get(polling, "problems")), 5);
	json_decref(advance);
	json_decref(polling);
}

int
main(void)
{
	const char *files[FILE_COUNT];
	find_files(files);
	if (access(files[0], R_OK) != 0) {
		puts("1..0 # SKIP the real files are not here");
		return 0;
	}
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(the_real_files_of_varmland_give_the_known_figures),
		TEST(only_bad_coordinates_of_the_country_are_doubted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
