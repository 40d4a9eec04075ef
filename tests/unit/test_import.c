/* Importing the authority's files and our own CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/exchange.h>
#include <valstuga/register.h>

#include "store/store.h"

#define POLLING_HEADS \
	"LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;VALNÄMND;HEMSIDA;TELNR;VALDISTRIKTKOD;VALDISTRIKT;" \
	"KOMMUNVALKRETSKOD;KOMMUNVALKRETS;LOKAL;ADRESS1;ADRESS2;TILLGÄNGL;LATITUD;LONGITUD;" \
	"VALDAG;ÖPPETTID\n"
#define POLLING(kommun, code, name, place, inside, street, where, hours) \
	"17;Värmlands län;" kommun ";K;Valnämnden;v.example;054-1;" code ";" name \
	";17" kommun "00;K;" place ";" inside ";" street ";;" where ";2022-09-11;" hours \
	"\n"
#define KIL \
	POLLING("15", "0101", "Norra", "Lärkskolan", "Foajén", "Lärkvägen 1", \
		"59,5;13,3", "08:00-20:00") \
	POLLING("15", "0102", "Södra", "lärkskolan ", "Aulan", "Lärkvägen 1", \
		"59,5;13,3", "08:00-20:00") \
	POLLING("15", "0103", "Västra", "Bygdegården", " ", "Byvägen 2", "59,6;13,2", \
		"09:00-13:00,17:00-20:00")
#define ADVANCE_HEADS \
	"LÄNSKOD;LÄN;KOMMUNKOD;KOMMUN;VALNÄMND;HEMSIDA;TELNR;LOKALID;LOKAL;ADRESS1;ADRESS2;" \
	"TILLGÄNGL;BEGRTILLT;LATITUD;LONGITUD;2022-08-24;2022-08-25 00:00:00\n"
#define ADVANCE(code, place, inside, street, days) \
	"17;Värmlands län;15;Kil;Valnämnden;v.example;054-1;" code ";" place ";" inside \
	";" street ";;N;59,5;13,31;" days "\n"
#define LIST_HEADS \
	"VALTYP;VALOMRÅDESKOD;VALOMRÅDESNAMN;VALKRETSKOD;VALKRETSNAMN;PARTIBETECKNING;" \
	"PARTIFÖRKORTNING;PARTIKOD;VALSEDELSSTATUS;LISTNUMMER;ORDNING;ANMKAND;ANMDELTAGANDE;" \
	"SAMTYCKE;FÖRKLARING;KANDIDATNUMMER;NAMN;ÅLDER_PÅ_VALDAGEN;KÖN;FOLKBOKFÖRINGSORT;" \
	"VALSEDELSUPPGIFT;ANT_BEST_VALS;VALBAR_PÅ_VALDAGEN;GILTIG\n"
#define CANDIDATE(list, order, locked, number, name) \
	"K;1715;Kil;00;Kil;Vänsterpartiet;V;5;S;" list ";" order ";" locked \
	";J;I;J;" number ";" name ";40;K;Kil;40 år, Kil;28000;;J\n"

struct fixture {
	char folder[64];
	char path[96];
	struct vs_db *db;
	int files;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct vs_error err = { 0 };
	snprintf(f->folder, sizeof f->folder, "/tmp/valstuga-import-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	snprintf(f->path, sizeof f->path, "%s/c.valstuga", f->folder);
	const struct vs_campaign_options options = { .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2022-09-11" };
	f->db = vs_campaign_create(f->path, &options, "test", &err);
	assert_string_equal(err.text, "");
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	char command[128];
	vs_db_close(f->db);
	snprintf(command, sizeof command, "rm -r '%s'", f->folder);
	assert_int_equal(system(command), 0);
	free(f);
	return 0;
}

/* Path of a new file with these bytes; lives as long as the test's static buffers. */
static const char *
write_bytes(struct fixture *f, const char *bytes, size_t length)
{
	static char paths[32][96];
	char *path = paths[f->files % 32];
	snprintf(path, sizeof paths[0], "%s/%d.csv", f->folder, f->files++);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	return path;
}

static const char *
write_text(struct fixture *f, const char *text)
{
	return write_bytes(f, text, strlen(text));
}

/* Imports and hands over the report of the last file. */
static json_t *
import_all(struct fixture *f, const char *const *files, size_t count,
	const struct vs_import_options *options)
{
	struct vs_error err = { 0 };
	json_t *report = vs_import(f->db, files, count, options, &err);
	assert_string_equal(err.text, "");
	assert_non_null(report);
	json_t *last =
		json_incref(json_array_get(json_object_get(report, "files"), count - 1));
	json_object_set(last, "all_changed", json_object_get(report, "changed"));
	json_decref(report);
	return last;
}

static json_t *
import_text(struct fixture *f, const char *text)
{
	const char *path = write_text(f, text);
	return import_all(f, &path, 1, NULL);
}

static void
take_text(struct fixture *f, const char *text)
{
	json_decref(import_text(f, text));
}

static void
refuse_bytes(struct fixture *f, const char *bytes, size_t length, const char *said)
{
	struct vs_error err = { 0 };
	const char *path = write_bytes(f, bytes, length);
	assert_null(vs_import(f->db, &path, 1, NULL, &err));
	assert_int_not_equal(err.code, VS_OK);
	if (!strstr(err.text, said))
		fail_msg("'%s' does not say '%s'", err.text, said);
	assert_non_null(strstr(err.text, ".csv"));
}

static int64_t
number(struct fixture *f, const char *sql)
{
	struct vs_error err = { 0 };
	int64_t value = -1;
	assert_true(db_int(f->db, sql, &value, &err));
	return value;
}

static int64_t
noun(const json_t *report, const char *name, const char *what)
{
	size_t i;
	json_t *each;
	json_array_foreach(json_object_get(report, "nouns"), i,
		each) if (strcmp(json_string_value(json_object_get(each, "noun")),
				  name) ==
		0) return json_integer_value(json_object_get(each, what));
	return 0;
}

static bool
has_problem(const json_t *report, const char *said)
{
	size_t i;
	json_t *each;
	json_array_foreach(json_object_get(report, "problems"), i,
		each) if (strstr(json_string_value(json_object_get(each, "text")),
				  said)) return true;
	return false;
}

static const char *
gone(const json_t *report, size_t index)
{
	const char *text =
		json_string_value(json_array_get(json_object_get(report, "gone"), index));
	return text ? text : "";
}

/* Everything that imports write, without row ids. */
static char *
dump(struct fixture *f)
{
	VS_AUTO(stmt) q = { 0 };
	struct vs_error err = { 0 };
	struct vs_buffer text = { 0 };
	assert_true(stmt_open(&q, f->db,
		SQL("SELECT 'place', concat FROM (SELECT kommun_code || '|' || name || '|' ||"
		    " street || '|' || coalesce(detail, '-') || '|' || coalesce(latitude, '-')"
		    " || '|' || coalesce(longitude, '-') || '|' || coalesce(position_note, '-')"
		    " || '|' || coalesce(advance_code, '-') || restricted AS concat FROM place)"
		    " UNION ALL SELECT 'district', d.code || d.name || coalesce(p.name, '-') ||"
		    " coalesce(d.kf_constituency, '-') || d.collection FROM district d"
		    " LEFT JOIN place p ON p.id = d.place_id"
		    " UNION ALL SELECT 'opening', p.name || o.purpose || o.date || o.opens ||"
		    " '-' || o.closes FROM opening o JOIN place p ON p.id = o.place_id"
		    " UNION ALL SELECT 'result', district_code || kind || eligible || '|' ||"
		    " coalesce(party_votes, '-') FROM district_result"
		    " UNION ALL SELECT 'party', code || name || coalesce(short, '-') FROM party"
		    " UNION ALL SELECT 'part', kind || constituency_code || party_code || basis"
		    " || notified_on FROM participation"
		    " UNION ALL SELECT 'candidacy', l.number || l.status || c.position || c.name"
		    " || p.name || coalesce(p.candidate_number, '-') || c.declaration FROM"
		    " candidacy c JOIN list l ON l.id = c.list_id JOIN person p ON p.id ="
		    " c.person_id UNION ALL SELECT 'constituency', kind || code || name FROM"
		    " constituency UNION ALL SELECT 'consent', kind || area_code || p.name ||"
		    " consent FROM open_consent o JOIN person p ON p.id = o.person_id"
		    " UNION ALL SELECT 'kommun', code || coalesce(committee_phone, '-') FROM"
		    " kommun ORDER BY 1, 2"),
		&err));
	while (stmt_row(&q, &err))
		vs_buffer_printf(&text, "%s %s\n", stmt_text(&q, 0), stmt_text(&q, 1));
	assert_int_equal(err.code, VS_OK);
	return text.data;
}

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
other_parties_and_kommuner_are_outside(void **state)
{
	struct fixture *f = *state;
	json_t *r = import_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "J", "7",
			"Ada Alm") "K;1715;Kil;00;Kil;Moderaterna;M;1;S;22222;1;J;J;I;J;70;Bo Ek;40;M;Kil;;1000;;J\n"
				   "K;0180;Sthlm;00;Sthlm;Vänsterpartiet;V;5;S;3;1;J;J;I;J;71;Bo Ek;40;M;S;;1;;J\n");
	assert_int_equal(json_integer_value(json_object_get(r, "outside")), 2);
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
	assert_int_equal(noun(r, "result", "changed"), 1);
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
	assert_true(has_problem(r, "already on line 2"));
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
		"deputy_phone;note\nV Kil;31;;;;;;\nV Eda;x;;;;;;\n");
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
the_real_files_of_varmland_give_the_known_figures(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = { "kommun_2022.csv",
		"rostningslokaler-2022.csv", "vallokaler-2022.csv",
		"kandidaturer-2018-varmland.skv", "deltagande-partier-2022.csv",
		"riksdag_2022.csv", "region_2022.csv" };
	static char paths[7][400];
	const char *files[7];
	const char *folder = getenv("VALSTUGA_REAL_DATA"),
		   *source = getenv("VALSTUGA_SOURCE");
	for (int i = 0; i < 7; i++) {
		snprintf(paths[i], sizeof paths[i], "%s%s/valmyndigheten/%s",
			folder		 ? folder
				: source ? source
					 : ".",
			folder ? "" : "/../shared/data", names[i]);
		files[i] = paths[i];
		if (access(files[i], R_OK) != 0)
			skip();
	}
	json_decref(import_all(f, files, 7, NULL));
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
	json_t *again = import_all(f, files, 7, NULL);
	assert_false(json_is_true(json_object_get(again, "all_changed")));
	json_decref(again);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
		TEST(candidates_become_lists_and_people),
		TEST(a_person_stands_once_on_a_list),
		TEST(consents_without_a_list_and_withheld_names_are_kept),
		TEST(an_open_list_follows_the_authoritys_order),
		TEST(a_list_worked_on_here_is_not_overwritten),
		TEST(a_locked_list_keeps_its_order),
		TEST(other_parties_and_kommuner_are_outside),
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
		TEST(the_real_files_of_varmland_give_the_known_figures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
