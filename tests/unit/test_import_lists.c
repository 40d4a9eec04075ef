/* Importing candidate lists. */
#include "import_fixture.h"

static void
candidates_become_lists_and_people(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE("11111", "2", "J", "8", "Bo Berg")
			CANDIDATE("11111", "1", "J", "7", "Ada Alm")
				CANDIDATE("11112", "3", "J", "7", "Ada Ahlm"));
	assert_int_equal(noun(r, "list", "new"), 2);
	assert_int_equal(noun(r, "person", "new"), 2);
	assert_true(has_problem(r, "positions have gaps"));
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM candidacy c JOIN person p ON p.id ="
			    " person_id WHERE c.name = 'Ada Ahlm' AND position = 1"
			    " AND p.candidate_number = '7'")),
		1);
	assert_int_equal(number(f,
				 SQL("SELECT count(*) FROM list WHERE locked AND status ="
				     " 'decided' AND authority_pieces = 28000 AND"
				     " authority_status = 'S'")),
		2);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM candidacy WHERE declaration ="
			    " 'yes' AND declaration_source = 'Valmyndigheten' AND"
			    " consent = 'irrelevant' AND valid = 1")),
		3);
	json_decref(r);
}

static void
a_person_stands_once_on_a_list(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "J", "7", "Ada Alm")
			CANDIDATE("11111", "2", "J", "7", "Ada Alm"));
	assert_int_equal(json_integer_value(json_object_get(r, "refused")), 1);
	assert_int_equal(noun(r, "candidacy", "new"), 1);
	json_decref(r);
}

static void
consents_without_a_list_and_withheld_names_are_kept(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE("", "", "N", "9", "Ek, Cecilia Maria")
			CANDIDATE("11111", "1", "N", "7", "[inte lämnat samtycke]"));
	assert_int_equal(noun(r, "open_consent", "new"), 1);
	assert_true(has_problem(r, "1 candidates whose names"));
	assert_int_equal(number(f,
				 SQL("SELECT count(*) FROM open_consent JOIN person p"
				     " ON p.id = person_id WHERE p.name ="
				     " 'Cecilia Maria Ek'")),
		1);
	assert_int_equal(number(f,
				 SQL("SELECT count(*) FROM candidacy WHERE valid = 0 AND"
				     " name = '[inte lämnat samtycke]'")),
		1);
	json_decref(r);
}

static void
an_open_list_follows_the_authoritys_order(void **state)
{
	struct fixture *f = *state;
	take_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "N", "7", "Ada Alm")
			CANDIDATE("11111", "2", "N", "8", "Bo Berg")
				CANDIDATE("11111", "3", "N", "9", "Cia Ek"));
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "N", "9", "Cia Ek")
			CANDIDATE("11111", "2", "N", "7", "Ada Alm")
				CANDIDATE("11111", "3", "N", "10", "Dag Ask"));
	assert_int_equal(noun(r, "candidacy", "new"), 1);
	assert_int_equal(noun(r, "candidacy", "gone"), 1);
	assert_non_null(strstr(gone(r, 0), "Bo Berg"));
	assert_int_equal(
		number(f,
			SQL("SELECT group_concat(p.candidate_number, '') FROM"
			    " (SELECT person_id FROM candidacy ORDER BY position) c"
			    " JOIN person p ON p.id = c.person_id")),
		9710);
	json_decref(r);
}

static void
a_list_worked_on_here_is_not_overwritten(void **state)
{
	struct fixture *f = *state;
	struct vs_error err = { 0 };
	take_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "N", "7", "Ada Alm")
			CANDIDATE("11111", "2", "N", "8", "Bo Berg"));
	VS_AUTO(stmt) q = { 0 };
	/* As any command on a list leaves it. */
	assert_true(stmt_open(&q, f->db,
		SQL("INSERT INTO list_version (list_id, version, at, actor, what, candidates)"
		    " SELECT id, version + 1, 0, 'test', 'candidate move', '[]' FROM list"),
		&err));
	assert_true(stmt_run(&q, &err));
	json_t *r =
		import_text(f, LIST_HEADS CANDIDATE("11111", "1", "N", "8", "Bo Berg"));
	assert_true(has_problem(r, "has been worked on here"));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM candidacy")), 2);
	assert_int_equal(
		number(f,
			SQL("SELECT candidate_number FROM candidacy JOIN person p"
			    " ON p.id = person_id WHERE position = 1")),
		7);
	json_decref(r);
}

static void
a_locked_list_keeps_its_order(void **state)
{
	struct fixture *f = *state;
	take_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "J", "7", "Ada Alm")
			CANDIDATE("11111", "2", "J", "8", "Bo Berg"));
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "J", "8", "Bo Berg")
			CANDIDATE("11111", "2", "J", "7", "Ada Alm"));
	assert_true(has_problem(r, "is locked"));
	assert_int_equal(noun(r, "candidacy", "changed"), 0);
	json_decref(r);
}

static void
the_election_of_a_file_is_told(void **state)
{
	struct fixture *f = *state;
	const struct vs_import_options named = { .election_day = "2022-09-11" };
	const char *said = "taken for the election of 2022-09-11",
		   *other = "with other numbers";
	json_t *r =
		import_text(f, LIST_HEADS CANDIDATE("11111", "1", "J", "7", "Ada Alm"));
	assert_string_equal(severity(r, said), "notice");
	assert_false(has_problem(r, other));
	json_decref(r);
	/* The same list once more, and a second one beside it. */
	r = import_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "J", "7", "Ada Alm")
			CANDIDATE("11112", "1", "J", "8", "Bo Berg"));
	assert_false(has_problem(r, other));
	json_decref(r);
	/* Three of which this election knows none, for the same constituency. */
	const char *path = write_text(f,
		LIST_HEADS CANDIDATE("21111", "1", "J", "7", "Ada Alm")
			CANDIDATE("21112", "1", "J", "8", "Bo Berg")
				CANDIDATE("21113", "1", "J", "9", "Cia Ek"));
	const struct vs_import_options dry = { .dry_run = true };
	r = import_all(f, &path, 1, &dry);
	assert_string_equal(severity(r, other), "warning");
	assert_true(has_problem(r, "3 lists stand"));
	json_decref(r);
	r = import_all(f, &path, 1, &named);
	assert_false(has_problem(r, said));
	assert_false(has_problem(r, other));
	json_decref(r);
}

static void
a_quotation_is_cut_between_characters(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE(
			"xåååååååååååååååååååååååååååååå", "1", "J", "7", "Ada Alm"));
	assert_true(has_problem(r, "\"xååååååååååååååååååå\" is not a list number"));
	json_decref(r);
}

static void
other_parties_and_kommuner_are_outside(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "J", "7",
			"Ada Alm") "K;1715;Kil;00;Kil;Moderaterna;M;1;S;22222;1;J;J;I;J;70;Bo Ek;40;M;Kil;;1000;;J\n"
				   "K;0180;Sthlm;00;Sthlm;Vänsterpartiet;V;5;S;3;1;J;J;I;J;71;Bo Ek;40;M;S;;1;;J\n");
	assert_int_equal(json_integer_value(json_object_get(r, "outside")), 1);
	assert_int_equal(json_integer_value(json_object_get(r, "other_parties")), 1);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM list")), 1);
	json_decref(r);
	const char *parties[] = { "m" };
	const struct vs_import_options options = { .parties = parties, .party_count = 1 };
	const char *path = write_text(f,
		LIST_HEADS
		"K;1715;Kil;00;Kil;Moderaterna;M;1;S;22222;1;J;J;I;J;70;Bo Ek;40;M;Kil;;1000;;J\n");
	json_decref(import_all(f, &path, 1, &options));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM list")), 2);
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(candidates_become_lists_and_people),
		TEST(a_person_stands_once_on_a_list),
		TEST(consents_without_a_list_and_withheld_names_are_kept),
		TEST(an_open_list_follows_the_authoritys_order),
		TEST(a_list_worked_on_here_is_not_overwritten),
		TEST(a_locked_list_keeps_its_order),
		TEST(the_election_of_a_file_is_told),
		TEST(a_quotation_is_cut_between_characters),
		TEST(other_parties_and_kommuner_are_outside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
