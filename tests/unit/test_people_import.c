/* Lists of people from elsewhere: columns, rows, who is known, all or nothing. */
#include "import_fixture.h"

#include <valstuga/person.h>
#include <valstuga/text.h>

static json_t *
import_people(struct fixture *f, const char *text, struct vs_people_import options)
{
	struct vs_error err = { 0 };
	json_t *report = vs_people_import(f->db, write_text(f, text), &options, &err);
	if (!report)
		fail_msg("%s", err.text);
	return report;
}

static json_t *
look(struct fixture *f, const char *text)
{
	return import_people(f, text, (struct vs_people_import){ .dry_run = true });
}

static void
take_with(struct fixture *f, const char *text, struct vs_people_import options)
{
	json_decref(import_people(f, text, options));
}

static void
take(struct fixture *f, const char *text)
{
	take_with(f, text, (struct vs_people_import){ 0 });
}

static void
is_refused(struct fixture *f, const char *text, struct vs_people_import options,
	enum vs_code code, const char *part)
{
	struct vs_error err = { 0 };
	json_t *report = vs_people_import(f->db, write_text(f, text), &options, &err);
	if (report || err.code != code || !strstr(err.text, part))
		fail_msg("expected %d \"%s\", got %d \"%s\"", (int)code, part,
			(int)err.code, err.text);
}

static int64_t
people_in(struct fixture *f)
{
	return number(f, SQL("SELECT count(*) FROM person"));
}

static int64_t
told(const json_t *report, const char *what)
{
	return json_integer_value(
		json_object_get(json_object_get(report, "people"), what));
}

/* "name,phone,-": what the columns became. */
static void
assert_columns(struct fixture *f, const char *text, const char *expected)
{
	char found[400] = "";
	size_t i;
	json_t *column, *report = look(f, text);
	json_array_foreach (json_object_get(report, "columns"), i, column)
		snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s",
			i ? "," : "",
			json_string_value(json_object_get(column, "field")));
	assert_string_equal(found, expected);
	json_decref(report);
}

/* The texts of the problems, one after the other. */
static char *
problems_of(struct fixture *f, const char *text)
{
	json_t *report = look(f, text);
	char *dump = json_dumps(json_object_get(report, "problems"), 0);
	json_decref(report);
	return dump;
}

static void
is_told(struct fixture *f, const char *text, const char *part)
{
	char *dump = problems_of(f, text);
	if (!strstr(dump, part))
		fail_msg("no \"%s\" in %s", part, dump);
	free(dump);
}

/* Columns ----------------------------------------------------------------------------------*/

static void
columns_are_known_by_swedish_and_english_heads(void **state)
{
	struct fixture *f = *state;
	assert_columns(f,
		"Förnamn;Efternamn;Mobilnr.;E-postadress;Postnummer;Ort;Medlem sedan\n"
		"A;B;;;;;\n",
		"first_name,last_name,phone,email,-,home,member_since");
	assert_columns(f,
		"First Name,Last name,PHONE,Email address,City,Notes,Member ID\n"
		"A,B,,,,,\n",
		"first_name,last_name,phone,email,home,note,-");
	assert_columns(
		f, "NAMN\tKOMMUN\tBIL\tSPRÅK\nA B\t\t\t\n", "name,kommun,car,languages");
}

static void
unknown_columns_are_guessed_from_what_stands_in_them(void **state)
{
	struct fixture *f = *state;
	assert_columns(f,
		"X1;X2;X3;X4;X5\n"
		"Eva Ek;eva@exempel.se;070-123 45 67;Kil;röd\n"
		"Bo Ek;bo@exempel.se;;Karlstad;blå\n",
		"name,email,phone,kommun,-");
	/* Without heads the first row is a person, too. */
	assert_columns(f, "Eva Ek,070-123 45 67\nBo Ek,054-12 34 56\n", "name,phone");
	take(f, "Eva Ek,070-123 45 67\nBo Ek,054-12 34 56\n");
	assert_int_equal(people_in(f), 2);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM import_mapping")), 0);
}

static void
what_is_said_of_a_column_holds_and_is_remembered(void **state)
{
	static const char list[] = "Vem;Ring\nEva;070-123 45 67\n";
	struct fixture *f = *state;
	is_refused(f, list, (struct vs_people_import){ 0 }, VS_INVALID,
		"no column is a name");
	is_refused(f, list, (struct vs_people_import){ .map = "Vem" }, VS_USAGE,
		"is no COLUMN=FIELD");
	is_refused(f, list, (struct vs_people_import){ .map = "Hej=name" }, VS_USAGE,
		"has no column \"Hej\"");
	is_refused(f, list, (struct vs_people_import){ .map = "Vem=shoe" }, VS_USAGE,
		"no field \"shoe\"");
	is_refused(f, list, (struct vs_people_import){ .map = "Vem=personnummer" },
		VS_USAGE, "no field");
	json_decref(import_people(
		f, list, (struct vs_people_import){ .map = " vem = name , 2=- " }));
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM person WHERE phone IS NULL")), 1);
	assert_columns(f, "Vem;Ring\nAda;070-123 45 67\n", "name,-");
}

static void
personnummer_are_not_stored(void **state)
{
	struct fixture *f = *state;
	static const char *const lists[] = {
		"Namn;Personnr\nEva;x\nBo;650325-4571\n",
		"Namn;Kod\nEva;19650325-4571\nBo;196503254571\n",
		"Namn;Kod\nEva;650325-4571\n",
		"Namn;Kod\nEva;6408233234\n",
	};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		assert_columns(f, lists[i], "name,personnummer");
		is_told(f, lists[i], "stores no personnummer");
		take(f, lists[i]);
	}
	is_told(f, "Namn;Anteckning\nEva;född 19650325-4571, ring\n",
		"holds a personnummer");
	/* Nor when somebody says that it is a note. */
	take_with(f, "Namn;Kod\nUlf;650325-4571\n",
		(struct vs_people_import){ .map = "Kod=note" });
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM person WHERE note IS NOT NULL")), 0);
}

static void
a_mobile_number_is_no_personnummer(void **state)
{
	struct fixture *f = *state;
	assert_columns(f, "Namn;Kod\nEva;070123-4567\nBo;0701234567\n", "name,phone");
	take(f, "Namn;Anteckning\nEva;ring 070123-4567 eller 0701234567\n");
	assert_int_equal(people_in(f), 1);
}

/* Rows -------------------------------------------------------------------------------------*/

static void
names_phones_dates_and_words_are_brought_into_one_form(void **state)
{
	struct fixture *f = *state;
	take(f,
		"Namn;Mobil;Hemtelefon;Kommun;Medlem;Medlem sedan;Volontär\n"
		"Ström, Eva;701234567;054-12 34 56;Kils kommun;aktiv;2022/04/13;x\n"
		"Bo  Ek;;46702345678;1763;utträdd;20010203;nej\n"
		"Ada;;;;nej;2022-05-01 00:00;\n");
	assert_int_equal(
		number(f,
			SQL("SELECT count(*) FROM person WHERE (name, coalesce(phone, ''),"
			    " coalesce(kommun_code, ''), coalesce(membership, ''), member_since,"
			    " volunteer) IN (VALUES"
			    " ('Eva Ström', '+46701234567', '1715', 'member', '2022-04-13', 1),"
			    " ('Bo Ek', '+46702345678', '1763', 'former', '2001-02-03', 0),"
			    " ('Ada', '', '', 'member', '2022-05-01', 0))")),
		3);
}

static void
a_bad_row_is_named_and_nothing_is_written(void **state)
{
	static const char list[] = "Namn;Mobil;E-post;Kommun;Förening;Inträde\n"
				   "Eva;070-123 45 67;;;;\n"
				   "Bo;070-12;;;;\n"
				   ";054-12 34 56;;;;\n"
				   "Ada;;ada@;;;\n"
				   "Cia;;;Atlantis;;\n"
				   "Dan;;;;V Mars;\n"
				   "Eva;;;;;2022-02-30\n"
				   "Fia;;;;;;;mer\n";
	static const char *const parts[] = { "too short", "has no name",
		"no e-mail address", "no kommun \\\"Atlantis\\\"",
		"no association \\\"V Mars\\\"", "not a date that exists",
		"more cells than there are heads" };
	struct fixture *f = *state;
	is_refused(f, list, (struct vs_people_import){ 0 }, VS_INVALID,
		"line 3, column Mobil: \"070-12\" is too short");
	is_refused(f, list, (struct vs_people_import){ 0 }, VS_INVALID,
		"nothing was imported (7 problems: see --dry-run)");
	assert_int_equal(people_in(f), 0);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		is_told(f, list, parts[i]);
	json_t *report = look(f, list);
	assert_int_equal(json_integer_value(json_object_get(report, "errors")), 7);
	json_decref(report);
}

static void
one_person_twice_in_a_file_is_one(void **state)
{
	static const char list[] = "Namn;Mobil;E-post;Kommun\n"
				   "Eva Ström;070-123 45 67;;\n"
				   "Ström, Eva;+46701234567;;\n"
				   "Eva Ström;;eva@exempel.se;\n"
				   "EVA STRÖM;;EVA@exempel.se;\n"
				   "Bo Ström;070-123 45 67;;\n"
				   "Ada;;;Kil\n"
				   "Ada;;;Kil\n"
				   "Ada;;;Sunne\n"
				   ";;;\n";
	struct fixture *f = *state;
	is_told(f, list, "the same person as in line 2; this row is left out");
	take(f, list);
	assert_int_equal(people_in(f), 5);
}

/* Who is known -----------------------------------------------------------------------------*/

static char *
bytes_of_file(struct fixture *f, size_t *ret_length)
{
	FILE *file = fopen(f->path, "rb");
	assert_non_null(file);
	char *bytes = malloc(1 << 22);
	*ret_length = fread(bytes, 1, 1 << 22, file);
	fclose(file);
	return bytes;
}

static void
the_same_list_twice_changes_no_byte(void **state)
{
	static const char list[] = "Namn;Mobil;Kommun;Medlem sedan\n"
				   "Eva Ström;070-123 45 67;Kil;2022-04-01\n"
				   "Bo Ek;;Kil;\nAda Alm;;;\n";
	struct fixture *f = *state;
	const struct vs_people_import options = { .source = "lista", .consent = "pass" };
	json_t *report = import_people(f, list, options);
	assert_int_equal(told(report, "new"), 3);
	assert_int_equal(json_integer_value(json_object_get(report, "consents")), 3);
	json_decref(report);
	assert_int_equal(number(f, SQL("SELECT sum(wording_id) FROM consent")), 3);
	assert_int_equal(number(f, SQL("SELECT sum(person_id) FROM contact")), 1);
	size_t before_length, after_length;
	char *before = bytes_of_file(f, &before_length);
	report = import_people(f, list, options);
	assert_int_equal(told(report, "unchanged"), 3);
	assert_false(json_is_true(json_object_get(report, "changed")));
	json_decref(report);
	char *after = bytes_of_file(f, &after_length);
	assert_int_equal(before_length, after_length);
	assert_memory_equal(before, after, after_length);
	free(before);
	free(after);
}

static void
who_is_known_is_left_unless_update_is_said(void **state)
{
	struct fixture *f = *state;
	take(f, "Namn;Mobil;E-post;Ort\nEva Ström;070-123 45 67;eva@exempel.se;Kil\n");
	static const char list[] =
		"Namn;Mobil;E-post;Ort\nEva Ström;070-123 45 67;ny@exempel.se;\n";
	json_t *report = import_people(f, list, (struct vs_people_import){ 0 });
	assert_int_equal(told(report, "known"), 1);
	json_decref(report);
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM person WHERE email LIKE 'ny%'")), 0);
	report = import_people(f, list, (struct vs_people_import){ .update = true });
	assert_int_equal(told(report, "changed"), 1);
	json_decref(report);
	/* What the list does not say stays. */
	assert_int_equal(number(f,
				 SQL("SELECT count(*) FROM person WHERE email LIKE"
				     " 'ny%' AND home = 'Kil'")),
		1);
	assert_int_equal(people_in(f), 1);
}

static void
namesakes_are_not_guessed(void **state)
{
	struct fixture *f = *state;
	take(f, "Namn;Mobil;Kommun\nLars Ek;070-123 45 67;Kil\nLars Ek;070-234 56 78;Kil\n");
	is_refused(f, "Namn;Kommun\nLars Ek;Kil\n", (struct vs_people_import){ 0 },
		VS_INVALID, "may be person");
	is_told(f, "Namn;Mobil\nLars Ek;054-12 34 56\n",
		"somebody of that name is in the register");
	take(f, "Namn;Mobil\nLars Ek;054-12 34 56\n");
	assert_int_equal(people_in(f), 3);
}

static void
a_restricted_person_is_not_updated(void **state)
{
	struct fixture *f = *state;
	take(f, "Namn;Mobil\nEva;070-123 45 67\n");
	struct vs_error err = { 0 };
	VS_AUTO(stmt) q = { 0 };
	assert_true(stmt_open(&q, f->db, SQL("UPDATE person SET restricted = 1"), &err));
	assert_true(stmt_run(&q, &err));
	json_t *report = import_people(f, "Namn;Mobil;Ort\nEva;070-123 45 67;Kil\n",
		(struct vs_people_import){
			.update = true, .consent = "pass", .source = "x" });
	assert_int_equal(told(report, "left_out"), 1);
	json_decref(report);
	assert_int_equal(number(f, SQL("SELECT count(*) FROM consent")), 0);
	assert_int_equal(
		number(f, SQL("SELECT count(*) FROM person WHERE home IS NOT NULL")), 0);
}

static void
a_plan_is_written_as_it_was_seen_or_not_at_all(void **state)
{
	static const char list[] = "Namn;Mobil\nEva;070-123 45 67\n";
	struct fixture *f = *state;
	json_t *report = look(f, list);
	char plan[16];
	snprintf(plan, sizeof plan, "%s",
		json_string_value(json_object_get(report, "plan")));
	json_decref(report);
	assert_int_equal(people_in(f), 0);
	is_refused(f, "Namn;Mobil\nEva;070-123 45 68\n",
		(struct vs_people_import){ .plan = plan }, VS_CONFLICT,
		"look at it again");
	json_decref(import_people(f, list, (struct vs_people_import){ .plan = plan }));
	assert_int_equal(people_in(f), 1);
	is_refused(f, list, (struct vs_people_import){ .plan = plan }, VS_CONFLICT,
		"no longer");
}

static void
our_own_export_comes_back_also_by_old_numbers(void **state)
{
	struct fixture *f = *state;
	take(f,
		"Namn;Mobil;Kommun;Anteckning\nEva;070-123 45 67;Kil;=1+1\n"
		"Bo;+47 22 12 34 56;;\n");
	struct vs_error err = { 0 };
	json_t *all = vs_record_list(f->db, &vs_person_type, NULL, &err);
	struct vs_buffer csv = { 0 };
	vs_record_write_csv(&vs_person_type, all, &csv);
	json_decref(all);
	json_t *report =
		import_people(f, csv.data, (struct vs_people_import){ .update = true });
	assert_int_equal(told(report, "unchanged"), 2);
	json_decref(report);
	VS_AUTO(stmt) q = { 0 };
	assert_true(
		stmt_open(&q, f->db, SQL("UPDATE person SET id = 9 WHERE id = 1"), &err));
	assert_true(stmt_run(&q, &err));
	VS_AUTO(stmt) alias = { 0 };
	assert_true(stmt_open(&alias, f->db,
		SQL("INSERT INTO person_alias (old_id, person_id, at) VALUES (1, 9, 0)"),
		&err));
	assert_true(stmt_run(&alias, &err));
	report = import_people(f, csv.data, (struct vs_people_import){ .update = true });
	assert_int_equal(told(report, "unchanged"), 2);
	json_decref(report);
	json_decref(import_text(f, csv.data));
	assert_int_equal(people_in(f), 2);
	vs_buffer_done(&csv);
}

static void
what_is_no_list_is_refused(void **state)
{
	struct fixture *f = *state;
	const struct vs_people_import options = { 0 };
	is_refused(f, "", options, VS_INVALID, "");
	is_refused(f, "Kön;Ålder\nK;40\n", options, VS_INVALID, "no column is a name");
	is_refused(f, "Namn\n\"Eva\n", options, VS_INVALID, "");
	is_refused(f, "Namn\nEva\n", (struct vs_people_import){ .consent = "pass" },
		VS_USAGE, "--source");
	is_refused(f, "Namn\nEva\n",
		(struct vs_people_import){ .consent = "nix", .source = "x" },
		VS_NOT_FOUND, "no wording \"nix\"");
	assert_int_equal(people_in(f), 0);
}

static void
thousands_of_rows_are_read_at_once(void **state)
{
	struct fixture *f = *state;
	struct vs_buffer text = { 0 };
	vs_buffer_text(&text, "Namn;Mobil;Kommun;Förening\n");
	for (int i = 0; i < 3000; i++)
		vs_buffer_printf(&text, "Person %d Ek;070-%07d;%s;\n", i, i,
			i % 2 ? "Kil" : "Karlstad");
	json_t *report = import_people(f, text.data, (struct vs_people_import){ 0 });
	assert_int_equal(told(report, "new"), 3000);
	assert_int_equal(json_array_size(json_object_get(report, "preview")), 5);
	json_decref(report);
	vs_buffer_done(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(columns_are_known_by_swedish_and_english_heads),
		TEST(unknown_columns_are_guessed_from_what_stands_in_them),
		TEST(what_is_said_of_a_column_holds_and_is_remembered),
		TEST(personnummer_are_not_stored),
		TEST(a_mobile_number_is_no_personnummer),
		TEST(names_phones_dates_and_words_are_brought_into_one_form),
		TEST(a_bad_row_is_named_and_nothing_is_written),
		TEST(one_person_twice_in_a_file_is_one),
		TEST(the_same_list_twice_changes_no_byte),
		TEST(who_is_known_is_left_unless_update_is_said),
		TEST(namesakes_are_not_guessed),
		TEST(a_restricted_person_is_not_updated),
		TEST(a_plan_is_written_as_it_was_seen_or_not_at_all),
		TEST(our_own_export_comes_back_also_by_old_numbers),
		TEST(what_is_no_list_is_refused),
		TEST(thousands_of_rows_are_read_at_once),
	};
	setenv("VALSTUGA_NOW", "2022-06-01 12:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
