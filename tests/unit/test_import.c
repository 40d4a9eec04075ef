/* Importing the authority's files of places and figures, and our own CSV. */
#include "import_fixture.h"

#include <valstuga/text.h>

static void
districts_at_one_building_share_a_place(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f, POLLING_HEADS KIL);
	assert_int_equal(noun(r, "place", "new"), 2);
	assert_int_equal(noun(r, "district", "new"), 3);
	assert_int_equal(number(f,
				 SQL("SELECT count(DISTINCT place_id) FROM district"
				     " WHERE code IN ('17150101', '17150102')")),
		1);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM place WHERE detail = 'Foajén; Aulan'")),
		1);
	json_decref(r);
}

static void
split_hours_become_two_openings(void **state)
{
	struct fixture *f = *state;
	take_text(f, POLLING_HEADS KIL);
	assert_int_equal(number(f,
				 SQL("SELECT sum(opens * 10000 + closes) FROM opening o"
				     " JOIN place p ON p.id = place_id"
				     " WHERE p.name = 'Bygdegården'")),
		(540 + 1020) * 10000 + 780 + 1200);
}

static void
hours_are_read_however_they_are_written(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		POLLING_HEADS POLLING("15", "0101", "A", "A", "", "A", "59,5;13,3",
			"9.00 – 13.00") POLLING("15", "0102", "B", "B", "", "B",
			"59,5;13,3", "8-24:00") POLLING("15", "0103", "C", "C", "", "C",
			"59,5;13,3", "08:00-12:00,tolv"));
	assert_int_equal(number(f,
				 SQL("SELECT group_concat(opens || closes, '') FROM"
				     " (SELECT opens, closes FROM opening ORDER BY id)")),
		5407804801440480720);
	assert_true(has_problem(r, "tolv"));
	json_decref(r);
}

static void
the_same_file_twice_changes_nothing(void **state)
{
	struct fixture *f = *state;
	const char *files[] = { write_text(f, POLLING_HEADS KIL),
		write_text(f,
			ADVANCE_HEADS ADVANCE("1715001", "Lärkskolan", "", "Lärkvägen 1",
				"10:00-12:00,13:00-15:00;")),
		write_text(f, LIST_HEADS CANDIDATE("11111", "1", "N", "7", "Ada Alm")) };
	json_decref(import_all(f, files, 3, NULL));
	int64_t history = number(f, SQL("SELECT count(*) FROM history"));
	char *before = dump(f);
	json_t *r = import_all(f, files, 3, NULL);
	char *after = dump(f);
	assert_false(json_is_true(json_object_get(r, "all_changed")));
	assert_int_equal(noun(r, "candidacy", "unchanged"), 1);
	assert_string_equal(before, after);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM history")), history);
	free(before);
	free(after);
	json_decref(r);
}

static void
a_changed_file_updates_and_keeps_what_a_person_entered(void **state)
{
	struct fixture *f = *state;
	struct vs_error err = { 0 };
	take_text(f,
		POLLING_HEADS POLLING("15", "0101", "Norra", "Skolan", "", "Gatan 1", ";",
			"08:00-20:00"));
	json_t *values = json_pack("{s:s, s:s, s:s, s:s}", "note", "nyckel hos vaktis",
		"latitude", "59,5", "longitude", "13,3", "detail", "Matsalen");
	assert_true(vs_record_set(f->db, &vs_place_type, "1", values, &err));
	json_decref(values);
	json_t *r = import_text(f,
		POLLING_HEADS POLLING("15", "0101", "Nordöstra", "Skolan", "", "Gatan 1",
			";", "08:00-13:00,17:00-20:00"));
	assert_int_equal(noun(r, "district", "changed"), 1);
	assert_int_equal(noun(r, "place", "unchanged"), 1);
	assert_int_equal(noun(r, "opening", "changed"), 1);
	assert_int_equal(noun(r, "opening", "new"), 1);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM place WHERE note IS NOT NULL AND"
			    " latitude = 59.5 AND detail = 'Matsalen'")),
		1);
	json_decref(r);
}

static void
what_vanished_is_told_and_kept(void **state)
{
	struct fixture *f = *state;
	take_text(f, POLLING_HEADS KIL);
	json_t *r = import_text(f,
		POLLING_HEADS POLLING("15", "0103", "Västra", "Bygdegården", "",
			"Byvägen 2", "59,6;13,2", "09:00-13:00,17:00-20:00"));
	assert_int_equal(noun(r, "district", "gone"), 2);
	assert_int_equal(noun(r, "place", "gone"), 1);
	assert_non_null(strstr(gone(r, 0), "17150101: Norra (Kil)"));
	assert_non_null(strstr(gone(r, 2), "Lärkskolan (Kil)"));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM district")), 3);
	assert_false(json_is_true(json_object_get(r, "all_changed")));
	json_decref(r);
}

static void
a_renamed_building_stays_the_same_place(void **state)
{
	struct fixture *f = *state;
	take_text(f, POLLING_HEADS KIL);
	json_t *r = import_text(f,
		POLLING_HEADS POLLING("15", "0101", "Norra", "Lärkhallen", "",
			"Lärkvägen 1", "59,5;13,3", "08:00-20:00") POLLING("15", "0102",
			"Södra", "Lärkhallen", "", "Lärkvägen 1", "59,5;13,3",
			"08:00-20:00") POLLING("15", "0103", "Västra", "Bygdegården", "",
			"Byvägen 2", "59,6;13,2", "09:00-13:00,17:00-20:00"));
	assert_int_equal(noun(r, "place", "changed"), 1);
	assert_int_equal(noun(r, "place", "new") + noun(r, "place", "gone"), 0);
	json_decref(r);
}

static void
advance_voting_joins_the_polling_station(void **state)
{
	struct fixture *f = *state;
	take_text(f, POLLING_HEADS KIL);
	take_text(f,
		ADVANCE_HEADS ADVANCE("1715001", "LÄRKSKOLAN", "", "lärkvägen 1",
			"10:00-12:00,13:00-15:00;09:00-10:00")
			ADVANCE("1715002", "Biblioteket", "", "Torget", ";10:00-19:00"));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM place")), 3);
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM place WHERE name = 'Lärkskolan'"
			    " AND advance_code = '1715001'")),
		1);
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM opening WHERE purpose = 'advance'")),
		4);
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM opening WHERE date = '2022-08-25'")),
		2);
}

static void
two_place_ids_in_one_building_are_kept_apart(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		ADVANCE_HEADS ADVANCE("1715001", "Skolan", "", "Gatan 1", "10:00-12:00;")
			ADVANCE("1715002", "Skolan", "Aulan", "Gatan 1", "10:00-12:00;"));
	assert_int_equal(noun(r, "place", "new"), 2);
	assert_true(has_problem(r, "Skolan (Aulan)"));
	json_decref(r);
}

static void
a_closed_day_is_told_and_kept(void **state)
{
	struct fixture *f = *state;
	take_text(f,
		ADVANCE_HEADS ADVANCE(
			"1715001", "Skolan", "", "Gatan 1", "10:00-12:00;09:00-10:00"));
	json_t *r = import_text(f,
		ADVANCE_HEADS ADVANCE(
			"1715001", "Skolan", "", "Gatan 1", "10:00-12:00;"));
	assert_int_equal(noun(r, "opening", "gone"), 1);
	assert_non_null(strstr(gone(r, 0), "2022-08-25 09:00-10:00"));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM opening")), 2);
	json_decref(r);
}

static void
doubtful_coordinates_are_left_out_and_told(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		POLLING_HEADS POLLING("15", "0101", "A", "A", "", "A", "59,5;59,5",
			"08:00-20:00") POLLING("15", "0102", "B", "B", "", "B",
			"59,5;1,9", "08:00-20:00") POLLING("15", "0103", "C", "C", "",
			"C", "fel;13", "08:00-20:00"));
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM place WHERE latitude IS NULL AND"
			    " position_note IS NOT NULL")),
		3);
	assert_true(has_problem(r, "A (Kil): latitude and longitude are the same"));
	assert_true(has_problem(r, "1,9"));
	json_decref(r);
}

static void
old_files_with_cr_and_windows_1252_are_read(void **state)
{
	struct fixture *f = *state;
	static const char bytes[] =
		"L\xc4NSKOD;KOMMUNKOD;VALDISTRIKTKOD;VALDISTRIKT;LOKAL;ADRESS2;VALDAG;"
		"\xd6PPETTID;\r17;15;101;\xc5sen;H\xf6gskolan  ; V\xe4gen 1;2022-09-11;8:00-20:00;\r";
	const char *path = write_bytes(f, bytes, sizeof bytes - 1);
	json_t *r = import_all(f, &path, 1, NULL);
	assert_string_equal(
		json_string_value(json_object_get(r, "encoding")), "Windows-1252");
	assert_int_equal(number(f,
				 SQL("SELECT count(*) FROM district d JOIN place p"
				     " ON p.id = d.place_id WHERE d.code = '17150101'"
				     " AND d.name = 'Åsen' AND p.name = 'Högskolan'")),
		1);
	json_decref(r);
}

#define RESULTS \
	"LÄNSKOD,KOMMUNKOD,VALKRETSKOD,VALDISTRIKTSKOD,VALDISTRIKTSNAMN," \
	"ANTAL RÖSTBERÄTTIGADE,ANTAL RÖSTANDE,ANTAL GILTIGA VALSEDLAR,FP,V\n" \
	"17,1715,0,17150101,Norra,1000,800,790,10,56.0\n" \
	"17,1715,99,17159800,Förtidsröster ej fördelade efter valdistrikt,0,9,8,1,2\n" \
	"17,1715,99,17159800,Förtidsröster ej fördelade efter valdistrikt,0,5,5,0,1\n"

static void
results_make_districts_and_count_our_votes(void **state)
{
	struct fixture *f = *state;
	take_text(f, RESULTS);
	json_t *r = import_text(f, RESULTS);
	assert_false(json_is_true(json_object_get(r, "all_changed")));
	assert_int_equal(
		number(f,
			SQL("SELECT party_votes FROM district_result WHERE kind ="
			    " 'KF' AND district_code = '17150101'")),
		56);
	assert_int_equal(
		number(f,
			SQL("SELECT voted * 100 + party_votes FROM district_result"
			    " JOIN district ON code = district_code"
			    " WHERE collection")),
		1403);
	assert_int_equal(number(f,
				 SQL("SELECT kf_constituency FROM district WHERE"
				     " NOT collection")),
		171500);
	json_decref(r);
}

static void
eligible_voters_leave_votes_untouched(void **state)
{
	struct fixture *f = *state;
	take_text(f, RESULTS);
	json_t *r = import_text(
		f, "VALDISTRIKTSKOD;ANTAL RÖSTBERÄTTIGADE;VALTYP\n17150101;1 010;KF\n");
	assert_int_equal(noun(r, "last_result", "changed"), 1);
	assert_int_equal(
		number(f,
			SQL("SELECT eligible * 100 + party_votes FROM"
			    " district_result WHERE district_code = '17150101'")),
		101056);
	json_decref(r);
}

#define PARTIES \
	"VALTYP;VALOMRÅDESKOD;VALOMRÅDESNAMN;VALKRETSKOD;VALKRETSNAMN;PARTIBETECKNING;" \
	"PARTIFÖRKORTNING;PARTIKOD;ANMÄLNINGSDATUM;BESLUTSDATUM;ANMÄLDAKANDIDATER;" \
	"DELTAGANDEGRUND\n" \
	"KF;1715;Kil;171500;Kil;Kilspartiet;KIP;1900;2022-04-08;2022-04-08;J;K;\n" \
	"KF;1715;Kil;171500;Kil;Kilspartiet;KIP;1900;2018-09-09;2018-09-09;J;R;\n" \
	"KF;0180;Stockholm;018000;Stockholm;Annat;A;1901;2018-09-09;2018-09-09;J;R;\n" \
	"KF;1715;Kil;171500;Kil;Annat;A;1901;2018-09-31;2018-09-09;J;R;\n"

static void
participation_is_taken_within_the_district(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f, PARTIES);
	assert_int_equal(noun(r, "participation", "new"), 2);
	assert_int_equal(json_integer_value(json_object_get(r, "outside")), 1);
	assert_int_equal(json_integer_value(json_object_get(r, "refused")), 1);
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM party WHERE short = 'KIP'")), 1);
	json_decref(r);
}

static void
the_order_of_the_files_does_not_matter(void **state)
{
	struct fixture *f = *state;
	const char *files[] = { write_text(f, POLLING_HEADS KIL),
		write_text(f,
			ADVANCE_HEADS ADVANCE("1715001", "LÄRKSKOLAN", "Entrén",
				"Lärkvägen 1", "10:00-12:00;")),
		write_text(f, LIST_HEADS CANDIDATE("11111", "1", "N", "7", "Ada Alm")),
		write_text(f, RESULTS), write_text(f, PARTIES) };
	json_decref(import_all(f, files, 5, NULL));
	char *expected = dump(f);
	static const int orders[][5] = { { 4, 3, 2, 1, 0 }, { 1, 3, 0, 4, 2 },
		{ 3, 1, 4, 2, 0 } };
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		const char *mixed[5];
		struct fixture *other;
		for (int j = 0; j < 5; j++)
			mixed[j] = files[orders[i][j]];
		assert_int_equal(set_up((void **)&other), 0);
		json_decref(import_all(other, mixed, 5, NULL));
		char *found = dump(other);
		assert_string_equal(found, expected);
		free(found);
		tear_down((void **)&other);
	}
	free(expected);
}

static void
broken_files_are_refused_and_nothing_is_written(void **state)
{
	struct fixture *f = *state;
	static const char cut[] = POLLING_HEADS KIL "17;Värmlands län;15;Kil;Valn";
	static const char utf16[] = "\xff\xfeL\0";
	static const char missing[] =
		"LÄNSKOD;KOMMUNKOD;VALDISTRIKTKOD;VALDISTRIKT;LOKAL;ADRESS2;VALDAG\n1;2;3;4;5;6;7\n";
	static const char mojibake[] = "LÃ„NSKOD;KOMMUNKOD;LOKALID\n17;15;1\n";
	static const char binary[] = "\x7f"
				     "ELF\0\1\2\3";
	static const char *const json[] = { "[{\"LÄNSKOD\":1,", "{}", "[]", "[1]",
		"[{\"A\":1,\"A\":2}]" };
	int64_t history = number(f, SQL("SELECT count(*) FROM history"));
	refuse_bytes(f, cut, sizeof cut - 1, "ends in the middle of a row");
	refuse_bytes(f, utf16, sizeof utf16 - 1, "UTF-16");
	refuse_bytes(f, missing, sizeof missing - 1, "ÖPPETTID");
	refuse_bytes(f, missing, sizeof missing - 1, "looks like vallokaler");
	refuse_bytes(f, mojibake, sizeof mojibake - 1, "wrong encoding");
	refuse_bytes(f, binary, sizeof binary - 1, "is not a text file");
	refuse_bytes(f, "", 0, "is empty");
	refuse_bytes(f, " \n \n", 4, "is empty");
	refuse_bytes(f, "PK\3\4......", 10, "ZIP");
	refuse_bytes(f, "a;b;c\n1;2;3\n", 12, "no file that the program knows");
	for (size_t i = 0; i < sizeof json / sizeof *json; i++)
		refuse_bytes(f, json[i], strlen(json[i]), "");
	assert_int_equal(number(f, SQL("SELECT count(*) FROM district")), 0);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM history")), history);
}

static void
a_directory_or_missing_file_is_refused(void **state)
{
	struct fixture *f = *state;
	const char *const paths[] = { f->folder, "/nonexistent/file.csv" };
	for (size_t i = 0; i < 2; i++) {
		struct vs_error err = { 0 };
		assert_null(vs_import(f->db, &paths[i], 1, NULL, &err));
		assert_non_null(strstr(err.text, paths[i]));
	}
}

static void
a_bad_second_file_undoes_the_first(void **state)
{
	struct fixture *f = *state;
	struct vs_error err = { 0 };
	const char *files[] = { write_text(f, POLLING_HEADS KIL),
		write_text(f, "a;b\n1;2\n") };
	assert_null(vs_import(f->db, files, 2, NULL, &err));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM place")), 0);
	json_decref(import_all(f, files, 1, NULL));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM place")), 2);
}

static void
a_dry_run_tells_and_writes_nothing(void **state)
{
	struct fixture *f = *state;
	const struct vs_import_options options = { .dry_run = true };
	const char *path = write_text(f, POLLING_HEADS KIL);
	json_t *r = import_all(f, &path, 1, &options);
	assert_int_equal(noun(r, "place", "new"), 2);
	assert_true(json_is_true(json_object_get(r, "all_changed")));
	assert_int_equal(number(f, SQL("SELECT count(*) FROM place")), 0);
	json_decref(r);
}

static void
bad_rows_are_refused_one_by_one(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		POLLING_HEADS KIL POLLING("xx", "0101", "A", "A", "", "A", ";",
			"08:00-20:00") POLLING("15", "0101", "Norra", "B", "", "B", ";",
			"08:00-20:00") "17;15;kort\n");
	assert_int_equal(json_integer_value(json_object_get(r, "refused")), 3);
	assert_int_equal(json_integer_value(json_object_get(r, "rows")), 6);
	assert_int_equal(noun(r, "district", "new"), 3);
	assert_true(has_problem(r, "already (line 2)"));
	json_decref(r);
}

static void
a_divided_kommun_loses_its_undivided_constituency(void **state)
{
	struct fixture *f = *state;
	take_text(f,
		POLLING_HEADS
		"17;V;80;Karlstad;;;;0101;A;178001;Karlstad norra;A;;A;;;;2022-09-11;08:00-20:00\n"
		"17;V;80;Karlstad;;;;0102;B;178002;Karlstad södra;B;;B;;;;2022-09-11;08:00-20:00\n");
	assert_int_equal(
		number(f,
			SQL("SELECT group_concat(code, '') FROM (SELECT code FROM"
			    " constituency WHERE area_code = '1780' ORDER BY code)")),
		178001178002);
}

static void
exported_records_come_back(void **state)
{
	struct fixture *f = *state;
	struct vs_error err = { 0 };
	take_text(f,
		"name;members;contact_name;contact_phone;contact_email;deputy_name;"
		"deputy_phone;note\nV Kil;31;;;;;;\n");
	assert_int_equal(number(f, SQL("SELECT count(*) FROM association")), 1);
	json_t *all = vs_record_list(f->db, &vs_association_type, NULL, &err);
	struct vs_buffer csv = { 0 };
	vs_record_write_csv(&vs_association_type, all, &csv);
	json_decref(all);
	json_t *r = import_text(f, csv.data);
	assert_int_equal(noun(r, "association", "unchanged"), 1);
	assert_false(json_is_true(json_object_get(r, "all_changed")));
	char *members = strstr(csv.data, ";31;");
	assert_non_null(members);
	members[1] = '4';
	json_decref(r);
	r = import_text(f, csv.data);
	assert_int_equal(noun(r, "association", "changed"), 1);
	assert_int_equal(number(f, SQL("SELECT members FROM association")), 41);
	json_decref(r);
	vs_buffer_done(&csv);
}

static void
exported_places_with_all_heads_come_back(void **state)
{
	struct fixture *f = *state;
	struct vs_error err = { 0 };
	take_text(f, POLLING_HEADS KIL);
	json_t *all = vs_record_list(f->db, &vs_place_type, NULL, &err);
	struct vs_buffer csv = { 0 };
	vs_record_write_csv(&vs_place_type, all, &csv);
	json_decref(all);
	json_t *r = import_text(f, csv.data);
	assert_string_equal(json_string_value(json_object_get(r, "format")), "place");
	assert_int_equal(noun(r, "place", "unchanged"), 2);
	assert_false(json_is_true(json_object_get(r, "all_changed")));
	json_decref(r);
	vs_buffer_done(&csv);
}

static void
json_is_read_like_csv(void **state)
{
	struct fixture *f = *state;
	take_text(f,
		"\xef\xbb\xbf[\n {\"LÄNSKOD\":\"17\", \"KOMMUNKOD\":\"15\","
		"\"LOKALID\":1715001, \"LOKAL\":\"Skolan\", \"ADRESS1\":null,"
		"\"ADRESS2\":\"Gatan 1\", \"LATITUD\":59.5, \"LONGITUD\":\"13,3\","
		"\"2022-08-24\":\"10:00-12:00\"},\n {\"LÄNSKOD\":\"17\","
		"\"KOMMUNKOD\":\"15\", \"LOKALID\":\"1715002\", \"LOKAL\":\"Hallen\","
		"\"ADRESS2\":\"Gatan 2\", \"2022-08-25\":\"10:00-12:00\"}]\n");
	assert_int_equal(number(f, SQL("SELECT count(*) FROM opening")), 2);
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM place WHERE latitude = 59.5")), 1);
}

static void
a_file_without_its_last_line_break_may_be_cut(void **state)
{
	struct fixture *f = *state;
	static const char polling[] = POLLING_HEADS KIL;
	const char *path = write_bytes(f, polling, sizeof polling - 3);
	json_t *r = import_all(f, &path, 1, NULL);
	assert_string_equal(severity(r, "does not end in a line break"), "warning");
	json_decref(r);
	r = import_text(f, "name;members\nV Kil;31");
	assert_string_equal(severity(r, "does not end in a line break"), "notice");
	json_decref(r);
}

static void
run(struct fixture *f, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_error err = { 0 };
	assert_true(stmt_open(&q, f->db, sql, &err));
	assert_true(stmt_run(&q, &err));
}

static void
a_removed_records_number_is_never_given_again(void **state)
{
	struct fixture *f = *state;
	take_text(f, POLLING_HEADS KIL);
	take_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "N", "7", "Ada Alm")
			CANDIDATE("11112", "1", "N", "8", "Bo Berg"));
	run(f, SQL("DELETE FROM list WHERE number = '11112'"));
	run(f, SQL("DELETE FROM person WHERE name = 'Bo Berg'"));
	run(f, SQL("UPDATE district SET place_id = 1"));
	run(f, SQL("DELETE FROM place WHERE id = 2"));
	take_text(f, POLLING_HEADS KIL);
	take_text(f, LIST_HEADS CANDIDATE("11113", "1", "N", "9", "Cia Ek"));
	assert_int_equal(number(f, SQL("SELECT max(id) FROM list")), 3);
	assert_int_equal(number(f, SQL("SELECT max(id) FROM person")), 3);
	assert_int_equal(number(f, SQL("SELECT max(id) FROM candidacy")), 3);
	assert_int_equal(number(f, SQL("SELECT max(id) FROM place")), 3);
	run(f, SQL("DELETE FROM candidacy"));
	take_text(f, LIST_HEADS CANDIDATE("11113", "1", "N", "9", "Cia Ek"));
	assert_int_equal(number(f, SQL("SELECT max(id) FROM candidacy")), 4);
}

static void
the_history_names_the_files_and_what_they_changed(void **state)
{
	struct fixture *f = *state;
	char name[2][200];
	const char *files[2] = { name[0], name[1] };
	const char *texts[2] = { POLLING_HEADS KIL,
		LIST_HEADS CANDIDATE("11111", "1", "N", "7", "Ada Alm") };
	for (int i = 0; i < 2; i++) {
		snprintf(name[i], sizeof name[i], "%s/fil-%d.csv", f->folder, i);
		assert_int_equal(rename(write_text(f, texts[i]), name[i]), 0);
	}
	json_decref(import_all(f, files, 2, NULL));
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM history WHERE command = 'import' AND summary ="
			    " 'fil-0.csv, fil-1.csv: kommun ~1, place +2,"
			    " district +3, opening +3, person +1, list +1, candidacy +1'")),
		1);
}

static void
a_long_history_is_cut_between_characters(void **state)
{
	struct fixture *f = *state;
	char name[8][200];
	const char *files[8];
	for (int i = 0; i < 8; i++) {
		char code[8];
		snprintf(code, sizeof code, "%05d", 11111 + i);
		char *text = NULL;
		assert_true(asprintf(&text, "name;members\nV %s;3\n", code) > 0);
		files[i] = name[i];
		snprintf(name[i], sizeof name[i],
			"%s/%.*såååååååååååååååååååååååååååååååå.csv", f->folder, i + 1,
			"abcdefgh");
		assert_int_equal(rename(write_text(f, text), name[i]), 0);
		free(text);
	}
	json_decref(import_all(f, files, 8, NULL));
	VS_AUTO(stmt) q = { 0 };
	struct vs_error err = { 0 };
	size_t bad;
	assert_true(stmt_open(&q, f->db,
		SQL("SELECT summary FROM history WHERE command = 'import'"), &err));
	assert_true(stmt_row(&q, &err));
	const char *said = stmt_text(&q, 0);
	assert_true(vs_text_check(said, strlen(said), &bad));
	assert_string_equal(said + strlen(said) - strlen("…"), "…");
	assert_true(strlen(said) > 390);
}

#define JSON_PLACE(id, day) \
	"{\"LÄNSKOD\":\"17\",\"KOMMUNKOD\":\"15\",\"LOKALID\":\"" id \
	"\",\"LOKAL\":\"Skolan\",\"ADRESS2\":\"Gatan " id "\",\"LATITUD\":59.5," \
	"\"LONGITUD\":\"13,3\",\"2022-08-24\":\"" day "\"}"

static void
problems_in_json_name_the_record(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		"[" JSON_PLACE("1715001", "10-12") "," JSON_PLACE(
			"1715002", "10-12") ",\n" JSON_PLACE("1715001", "10-12") "]");
	const json_t *problem = json_array_get(json_object_get(r, "problems"), 0);
	assert_int_equal(json_integer_value(json_object_get(problem, "record")), 3);
	assert_int_equal(json_integer_value(json_object_get(problem, "line")), 2);
	assert_true(has_problem(r, "already (record 1)"));
	json_decref(r);
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(districts_at_one_building_share_a_place),
		TEST(split_hours_become_two_openings),
		TEST(hours_are_read_however_they_are_written),
		TEST(the_same_file_twice_changes_nothing),
		TEST(a_changed_file_updates_and_keeps_what_a_person_entered),
		TEST(what_vanished_is_told_and_kept),
		TEST(a_renamed_building_stays_the_same_place),
		TEST(advance_voting_joins_the_polling_station),
		TEST(two_place_ids_in_one_building_are_kept_apart),
		TEST(a_closed_day_is_told_and_kept),
		TEST(doubtful_coordinates_are_left_out_and_told),
		TEST(old_files_with_cr_and_windows_1252_are_read),
		TEST(results_make_districts_and_count_our_votes),
		TEST(eligible_voters_leave_votes_untouched),
		TEST(participation_is_taken_within_the_district),
		TEST(the_order_of_the_files_does_not_matter),
		TEST(broken_files_are_refused_and_nothing_is_written),
		TEST(a_directory_or_missing_file_is_refused),
		TEST(a_bad_second_file_undoes_the_first),
		TEST(a_dry_run_tells_and_writes_nothing),
		TEST(bad_rows_are_refused_one_by_one),
		TEST(a_divided_kommun_loses_its_undivided_constituency),
		TEST(exported_records_come_back),
		TEST(exported_places_with_all_heads_come_back),
		TEST(json_is_read_like_csv),
		TEST(problems_in_json_name_the_record),
		TEST(a_removed_records_number_is_never_given_again),
		TEST(the_history_names_the_files_and_what_they_changed),
		TEST(a_long_history_is_cut_between_characters),
		TEST(a_file_without_its_last_line_break_may_be_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
