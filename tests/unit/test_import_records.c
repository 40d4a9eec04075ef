/* Our own files back in: records as CSV and JSON, as `valstuga export` writes them. */
#include "import_fixture.h"

#include <valstuga/record.h>
#include <valstuga/text.h>

#include "exchange/exchange.h"

/* Something of every type that a campaign does not begin with. */
static void
fill(struct fixture *f)
{
	take_text(f, POLLING_HEADS KIL);
	take_text(f,
		LIST_HEADS CANDIDATE("11111", "1", "N", "7", "Ada Alm")
			CANDIDATE("11111", "2", "N", "8", "Bo Berg"));
	take_text(f,
		"name;members;contact_name;contact_phone\nV Kil;31;Åsa Ek;0705-12 34 56\n");
	take_text(f, "name;minutes_on;mobile\nÅsa Ek;2026-01-31;0705123456\n");
	take_text(f,
		"name;valid_from;start_black_ore;start_colour_ore;thousand_ore;piece_mg;source\n"
		"Test;2021-01-01;1240,50;2000;53,50;1240;pris\n");
	take_text(f,
		"kommun;phase;channel;address;cap;distance_m;contact_name\n"
		"Kil;advance;central;Valkansliet, Kil;2000;50;Bo Ek\n");
	take_text(f, "person;phone\nAda Alm;0705-12 34 56\n");
	take_text(f, "name;confirmed\nKörkort;ja\n");
	take_text(f,
		"person;skill;confirmed_on;confirmed_by\nAda Alm;Körkort;2022-01-02;Bo Ek\n");
	take_text(f, "association;role;person\nV Kil;medlemsansvarig;Ada Alm\n");
	take_text(f, "carrier;date;starts;ends\nAda Alm;2022-08-24;08:00;12:00\n");
	take_text(f,
		"name;phase;from_date;until_date\nStart;advance;2022-08-24;2022-09-11\n");
	take_text(f, "kind;material;unit_mg\nmaterial;Flygblad;3000\n");
	take_text(f,
		"date;starts;ends;role;name;phone;deputy_name\n"
		"2022-08-24;08:00;20:00;valsedelsjour;Eva Ek;0705-12 34 56;Bo Ek\n");
	take_text(f,
		"at;kind;kommun;what;witness\n2022-08-24 16:30;hidden;Kil;\"Bakom; en skylt\";Ada\n");
	take_text(f,
		"title;kind;starts;ends;venue\nStugan;valstuga;2022-08-20 10.00;14.00;Torget\n"
		"Natt;fest;2022-10-29 22.00;02.30 normaltid;Torget\n");
	take_text(f, "activity;association;people\nStugan;V Kil;12\n");
	take_text(f,
		"person;answer;from_date;until_date;weekdays;starts;ends\n"
		"Ada Alm;can;2022-08-20;2022-09-10;6,7;10:00;14:00\n");
	take_text(f, "person;answer;kind\nAda Alm;wants;valstuga\n");
	take_text(f, "kommun;area;meets_at\nKil;Centrum;Torget\n");
	take_text(f,
		"canvass;position;street;first;last;side\nCentrum;1;Storgatan;1;19;odd\n");
	take_text(f,
		"name;measure;target;from;until;source\n"
		"Värva;new_members;200;2022-01-01;2022-12-31;Valplanen\n");
	take_text(f, "goal;date;value;association\nVärva;2022-01-03;7;V Kil\n");
	take_text(f,
		"association;question;value\nV Kil;support;delvis\nV Kil;worked;Allt\n");
	take_text(f, "politikområde;note\nVård;sjukhus\n");
	take_text(f, "person;policy_area\nAda Alm;vård\n");
	take_text(f, "name;kind;kommuner;deadline\nNWT;newspaper;Kil, 1715;onsdag\n");
	take_text(f,
		"title;kind;person;policy_area;association;due_on\n"
		"\"Vården; nu\";letter;Ada Alm;vård;V Kil;2022-08-20\n");
	take_text(f,
		"outlet;kind;date;time;state;title;person;policy_area;association;kommun;reach\n"
		"NWT;letter;2022-01-12;;published;\"Vården; nu\";Ada Alm;vård;V Kil;Kil;1200\n"
		"NWT;radio;2022-01-14;07:30;declined;;;;;;\n");
	take_text(f,
		"place;election_day;phase;kind;delivered;used;ran_out;votes;source\n"
		"Bygdegården, Kil;2018-09-09;election_day;KF;500;340;nej;212;förra filen\n");
	VS_AUTO(stmt) q = { 0 };
	struct vs_error err = { 0 };
	assert_true(stmt_open(&q, f->db,
		SQL("INSERT INTO ballot_order (list_id, pieces, reason)"
		    " VALUES (1, 3000, '1 000 x 3')"),
		&err));
	assert_true(stmt_run(&q, &err));
}

static bool
importable(const struct vs_record_type *type)
{
	return (type->insert || type->update) && !type->guarded;
}

static json_t *
all_of(struct fixture *f, const struct vs_record_type *type)
{
	struct vs_error err = { 0 };
	json_t *all = vs_record_list(f->db, type, NULL, &err);
	assert_string_equal(err.text, "");
	return all;
}

/* The campaign file itself: an import without changes leaves every byte. */
static char *
bytes_of(struct fixture *f, size_t *ret_length)
{
	char *bytes = NULL;
	FILE *file = fopen(f->path, "rb");
	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	*ret_length = (size_t)ftell(file);
	rewind(file);
	bytes = malloc(*ret_length);
	assert_int_equal(fread(bytes, 1, *ret_length, file), *ret_length);
	fclose(file);
	return bytes;
}

/* Takes over `text`. */
static void
comes_back(struct fixture *f, const struct vs_record_type *type, char *text, size_t count)
{
	struct vs_error err = { 0 };
	size_t before_length, after_length;
	char *before = bytes_of(f, &before_length);
	const char *path = write_text(f, text);
	json_t *report = vs_import(f->db, &path, 1, NULL, &err);
	if (!report)
		fail_msg("%s: %s", type->noun, err.text);
	json_t *file = json_array_get(json_object_get(report, "files"), 0);
	assert_string_equal(
		json_string_value(json_object_get(file, "format")), type->noun);
	assert_false(json_is_true(json_object_get(report, "changed")));
	assert_int_equal(json_array_size(json_object_get(file, "problems")), 0);
	assert_int_equal(noun(file, type->noun, "unchanged"), count);
	char *after = bytes_of(f, &after_length);
	assert_int_equal(after_length, before_length);
	assert_memory_equal(after, before, after_length);
	json_decref(report);
	free(before);
	free(after);
	free(text);
}

static void
every_record_type_comes_back_from_csv_and_json_unchanged(void **state)
{
	struct fixture *f = *state;
	fill(f);
	for (size_t i = 0; vs_record_types[i]; i++) {
		const struct vs_record_type *type = vs_record_types[i];
		if (!importable(type))
			continue;
		json_t *all = all_of(f, type);
		size_t count = json_array_size(all);
		if (count == 0)
			fail_msg("no %s to try with", type->noun);
		struct vs_buffer csv = { 0 };
		vs_record_write_csv(type, all, &csv);
		comes_back(f, type, strdup(csv.data), count);
		comes_back(f, type, json_dumps(all, JSON_INDENT(2)), count);
		comes_back(f, type, json_dumps(all, JSON_COMPACT), count);
		vs_buffer_done(&csv);
		json_decref(all);
	}
}

static void
money_and_times_are_read_from_json_as_they_are_written(void **state)
{
	struct fixture *f = *state;
	fill(f);
	json_t *all = all_of(f, &vs_opening_type);
	json_object_set_new(json_array_get(all, 0), "opens", json_integer(7 * 60 + 30));
	char *text = json_dumps(all, 0);
	json_t *r = import_text(f, text);
	assert_int_equal(noun(r, "opening", "changed"), 1);
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM opening WHERE opens = 450")), 1);
	json_decref(r);
	json_decref(all);
	free(text);
	take_text(f,
		"[{\"name\": \"A\", \"valid_from\": \"2020-01-01\", \"start_black_ore\": 12345,"
		"\"thousand_ore\": \"53,50\", \"start_colour_ore\": 100.0, \"piece_mg\": 1240,"
		"\"source\": \"pris\"}]");
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM tariff WHERE name = 'A' AND start_black_ore ="
			    " 12345 AND thousand_ore = 5350 AND start_colour_ore = 100")),
		1);
}

static void
what_json_does_not_name_stays(void **state)
{
	struct fixture *f = *state;
	fill(f);
	json_decref(import_text(f,
		"[{\"id\": 1, \"name\": \"V Kil\", \"members\": 32},"
		" {\"name\": \"V Eda\", \"members\": null, \"contact_name\": \"Cia\"}]"));
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM association WHERE (id = 1 AND members = 32"
			    " AND contact_name = 'Åsa Ek') OR (name = 'V Eda' AND members IS"
			    " NULL)")),
		2);
}

static void
nothing_is_taken(struct fixture *f, const char *text, const char *said)
{
	struct vs_error err = { 0 };
	size_t before_length, after_length;
	char *before = bytes_of(f, &before_length);
	const char *path = write_text(f, text);
	const struct vs_import_options options = { .kind = "KF", .kommun = "Kil" };
	assert_null(vs_import(f->db, &path, 1, &options, &err));
	assert_int_equal(err.code, VS_INVALID);
	if (!strstr(err.text, said) || !strstr(err.text, ".csv") ||
		!strstr(err.text, "nothing was imported"))
		fail_msg("'%s' does not say '%s'", err.text, said);
	char *after = bytes_of(f, &after_length);
	assert_int_equal(after_length, before_length);
	assert_memory_equal(after, before, after_length);
	free(before);
	free(after);
}

static void
one_bad_row_of_our_own_files_fails_the_whole_import(void **state)
{
	struct fixture *f = *state;
	fill(f);
	nothing_is_taken(f, "name;members\nV Eda;3\nV Sunne;x\n",
		"line 3: association, field members");
	nothing_is_taken(f, "name;members\nV Eda;3\nV Sunne\nV Hagfors;4\n",
		"line 3: fewer fields (1) than heads (2)");
	nothing_is_taken(f, "name;members\nV Eda;3\nV Sunne;2;1\n",
		"line 3: more fields (3) than heads (2)");
	nothing_is_taken(f, "name;members\nV Eda;3\nV Sunne", "line 3: the file ends");
	nothing_is_taken(f, "name;members\nV Eda;3\nV Kil;4\n", "there is one already");
	nothing_is_taken(
		f, "id;name;members\n;V Eda;3\n99;V Sunne;4\n", "line 3, field id");
	nothing_is_taken(f,
		"[{\"name\": \"V Eda\", \"members\": 3},"
		" {\"name\": \"V Sunne\", \"members\": \"x\"}]",
		"record 2: association, field members");
	nothing_is_taken(f, "position;name\n1;Ada Alm\n2\n3;Bo Ek\n", "line 3");
	nothing_is_taken(f, "position;name\n1;Ada Alm\n3;Bo Ek\n", "line 3");
	nothing_is_taken(f, "position;name\n1;Ada Alm\n2;\n", "line 3, field name");
}

/* A new list each time: the one before is taken away. */
static void
becomes_the_list(struct fixture *f, const char *text)
{
	struct vs_error err = { 0 };
	const struct vs_import_options options = { .kind = "KF", .kommun = "Kil" };
	const char *path = write_text(f, text);
	json_decref(import_all(f, &path, 1, &options));
	assert_int_equal(
		number(f,
			SQL("SELECT sum(position * position) FROM candidacy WHERE (position, name,"
			    " coalesce(ballot_text, ''), declaration, coalesce(declaration_on, ''),"
			    " consent) IN (VALUES (1, 'Ada Alm', '40 år', 'yes', '2026-02-14',"
			    " 'no'), (2, 'Bo Berg', '', 'unknown', '', 'yes'))")),
		5);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM candidacy")), 2);
	VS_AUTO(stmt) q = { 0 };
	assert_true(stmt_open(&q, f->db, SQL("DELETE FROM list"), &err));
	assert_true(stmt_run(&q, &err));
}

static void
a_list_may_have_swedish_heads_and_any_case(void **state)
{
	struct fixture *f = *state;
	becomes_the_list(f,
		"position;name;ballot_text;declaration;consent\n"
		"2;Bo Berg;;;ja\n1;Ada Alm;40 år;2026-02-14;nej\n");
	becomes_the_list(f,
		"Plats;Namn;Text på valsedeln;Förklaring;Samtycke\n"
		"2;Bo Berg;;;Ja\n1;Ada Alm;40 år;2026-02-14;Nej\n");
	becomes_the_list(f,
		"NR;NAMN;VALSEDELSTEXT;FÖRKLARING;SAMTYCKE\n"
		";Ada Alm;40 år;2026-02-14;N\n;Bo Berg;;;J\n");
}

static void
what_is_said_to_be_a_list_is_one(void **state)
{
	struct fixture *f = *state;
	/* The same heads are those of candidates as records. */
	becomes_the_list(f,
		"name;ballot_text;declaration;consent\n"
		"Ada Alm;40 år;2026-02-14;no\nBo Berg;;unknown;yes\n");
}

static void
two_rows_of_one_name_are_refused(void **state)
{
	struct fixture *f = *state;
	nothing_is_taken(f, "plats;namn\n1;Ada Alm\n2;Bo Ek\n3;ada  ALM\n",
		"line 4, field namn: ada ALM stands in the file already (line 2)");
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(every_record_type_comes_back_from_csv_and_json_unchanged),
		TEST(money_and_times_are_read_from_json_as_they_are_written),
		TEST(what_json_does_not_name_stays),
		TEST(a_list_may_have_swedish_heads_and_any_case),
		TEST(what_is_said_to_be_a_list_is_one),
		TEST(two_rows_of_one_name_are_refused),
		TEST(one_bad_row_of_our_own_files_fails_the_whole_import),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
