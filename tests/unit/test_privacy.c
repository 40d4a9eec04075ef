/* Erasing is real: afterwards the name is nowhere, and the counts are all there. */
#include "privacy_scene.h"

#include "store/internal.h"

static json_t *
erase(struct scene *s, const char *person, bool dry_run)
{
	json_t *answer = vs_person_erase(s->db, person, dry_run, &s->err);
	if (!answer)
		fail_msg("%s", s->err.text);
	return answer;
}

static void
the_name_is_nowhere_in_the_file(void **state)
{
	struct scene *s = *state;
	assert_true(bytes_in_folder(s, "Zefyra") > 10);
	json_t *answer = erase(s, ZEFYRA, false);
	assert_true(json_is_true(json_object_get(answer, "rewritten")));
	assert_int_equal(json_array_size(json_object_get(answer, "left")), 0);
	assert_true(integer_at(answer, "rows") >= 15);
	assert_true(integer_at(answer, "texts") >= 25);
	json_decref(answer);
	assert_gone(s);
	assert_int_equal(count_of(s, "SELECT count(*) FROM rewrite_due"), 0);
}

static void
counts_stay(void **state)
{
	struct scene *s = *state;
	json_decref(erase(s, ZEFYRA, false));
	assert_int_equal(count_of(s, "SELECT count(*) FROM booking"), 3);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM booking WHERE person_id IS NULL"
				 " AND state = 'attended'"),
		1);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM candidacy WHERE list_id = 1"), 2);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM candidacy WHERE position = 2"
				 " AND name = 'raderad 1' AND ballot_text IS NULL"),
		1);
	assert_int_equal(
		count_of(s, "SELECT json_array_length(candidates) FROM list_version"), 2);
	assert_int_equal(count_of(s,
				 "SELECT candidates ->> 0 ->> 'name' = 'Bo Ask'"
				 " AND candidates ->> 1 ->> 'name' = 'raderad 1'"
				 " AND candidates ->> 1 ->> 'text' IS NULL"
				 " FROM list_version"),
		1);
	assert_int_equal(count_of(s, "SELECT count(*) FROM contact"), 1);
	assert_int_equal(count_of(s, "SELECT count(*) FROM contact_attempt"), 1);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM delivery WHERE carrier_id = 1"), 1);
	assert_int_equal(count_of(s, "SELECT sum(pieces) FROM balance"), 5);
	assert_int_equal(count_of(s, "SELECT count(*) FROM signup"), 2);
}

static void
a_seat_that_is_to_come_goes_to_who_waits(void **state)
{
	struct scene *s = *state;
	json_decref(erase(s, ZEFYRA, false));
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM booking WHERE shift_id = 2"
				 " AND person_id IS NULL AND state = 'cancelled'"),
		1);
}

static void
other_people_keep_what_is_theirs(void **state)
{
	struct scene *s = *state;
	json_decref(erase(s, ZEFYRA, false));
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM person WHERE id = 2"
				 " AND name = 'Bo Ask' AND phone = '+46702223344'"
				 " AND note = 'Gift med raderad 1'"),
		1);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM association WHERE id = 2"
				 " AND contact_name = 'Bo Ask'"
				 " AND contact_phone = '070-222 33 44'"),
		1);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM association WHERE id = 1"
				 " AND contact_name = 'raderad 1'"
				 " AND contact_phone IS NULL AND contact_email IS NULL"),
		1);
}

/* What remains for the list and the car says a number and nothing else. */
static void
the_row_that_a_list_needs_says_nothing(void **state)
{
	struct scene *s = *state;
	json_decref(erase(s, ZEFYRA, false));
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("SELECT * FROM person WHERE id = 1"), &s->err));
	assert_true(stmt_row(&q, &s->err));
	for (int i = 0; i < stmt_columns(&q); i++) {
		const char *column = stmt_column_name(&q, i);
		const char *value = stmt_text(&q, i);
		if (strcmp(column, "id") == 0 || strcmp(column, "keep_until") == 0 ||
			strcmp(column, "restricted") == 0)
			continue;
		if (strcmp(column, "name") == 0)
			assert_string_equal(value, "raderad 1");
		else if (value && strcmp(value, "0") != 0)
			fail_msg("person.%s is still %s", column, value);
	}
	stmt_done(&q);
	assert_refused(s, vs_person_erase(s->db, ZEFYRA, false, &s->err) != NULL,
		VS_REFUSED, "erased already");
}

static void
who_is_on_no_list_leaves_no_row(void **state)
{
	struct scene *s = *state;
	run_sql(s, "DELETE FROM candidacy WHERE person_id = 1");
	run_sql(s, "UPDATE delivery SET carrier_id = NULL");
	json_decref(erase(s, "Zefyra Rarström", false));
	assert_gone(s);
	assert_int_equal(count_of(s, "SELECT count(*) FROM person WHERE id = 1"), 0);
	assert_int_equal(count_of(s, "SELECT count(*) FROM carrier"), 0);
}

static void
a_dry_run_counts_and_changes_nothing(void **state)
{
	struct scene *s = *state;
	int64_t lines = count_of(s, "SELECT count(*) FROM history");
	json_t *tried = erase(s, "77", true);
	assert_true(json_is_true(json_object_get(tried, "dry_run")));
	assert_int_equal(count_of(s, "SELECT count(*) FROM history"), lines);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM candidacy WHERE name LIKE 'Zef%'"), 1);
	json_t *done = erase(s, "77", false);
	assert_int_equal(integer_at(tried, "rows"), integer_at(done, "rows"));
	assert_int_equal(integer_at(tried, "texts"), integer_at(done, "texts"));
	assert_int_equal(integer_at(done, "person"), 1);
	json_decref(tried);
	json_decref(done);
}

static void
who_is_needed_is_refused_with_what_to_do(void **state)
{
	struct scene *s = *state;
	run_sql(s, "UPDATE list SET election_day = '2026-09-13'");
	assert_refused(s, vs_person_erase(s->db, ZEFYRA, false, &s->err) != NULL,
		VS_REFUSED, "candidate 2");
	run_sql(s, "UPDATE list SET election_day = '2026-03-01'");
	run_sql(s, "UPDATE open_consent SET election_day = '2026-09-13'");
	assert_refused(s, vs_person_erase(s->db, ZEFYRA, false, &s->err) != NULL,
		VS_REFUSED, "consent 1");
	run_sql(s, "DELETE FROM open_consent");
	run_sql(s, "UPDATE delivery SET status = 'underway', received_at = NULL");
	assert_refused(s, vs_person_erase(s->db, ZEFYRA, true, &s->err) != NULL,
		VS_REFUSED, "delivery 1");
	run_sql(s, "UPDATE delivery SET status = 'cancelled'");
	run_sql(s,
		"UPDATE balance SET location_id ="
		" (SELECT id FROM location WHERE carrier_id = 1)");
	assert_refused(s, vs_person_erase(s->db, ZEFYRA, false, &s->err) != NULL,
		VS_REFUSED, "pieces 5");
	run_sql(s, "UPDATE balance SET location_id = 2");
	json_decref(erase(s, ZEFYRA, false));
	assert_gone(s);
}

static void
texts_of_a_namesake_are_left_and_told(void **state)
{
	struct scene *s = *state;
	run_sql(s,
		"INSERT INTO person (name, phone, keep_until) VALUES"
		" ('Zefyra Rarström', '+46703334455', '2026-12-12')");
	json_t *answer = erase(s, ZEFYRA, false), *left = json_object_get(answer, "left");
	assert_true(json_array_size(left) > 5);
	size_t i, incidents = 0;
	json_t *one;
	json_array_foreach (left, i, one)
		incidents += strcmp(text_at(one, "table"), "incident") == 0 &&
			strcmp(text_at(one, "id"), "1") == 0;
	assert_int_equal(incidents, 2);
	json_decref(answer);
	assert_int_equal(bytes_in_folder(s, "0701112233"), 0);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM person WHERE id = 3"
				 " AND name = 'Zefyra Rarström'"),
		1);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM candidacy WHERE name = 'raderad 1'"),
		1);
}

/* Copies beside the file ------------------------------------------------------------------- */

static void
the_programs_own_copies_go_the_users_stay(void **state)
{
	struct scene *s = *state;
	const char *before = scene_path(s, "varmland.valstuga.before-v5");
	const char *aside = scene_path(s, "varmland.valstuga.before-restore");
	const char *other = scene_path(s, "varmland.valstuga.before-v4");
	const char *mine = scene_path(s, "mine.backup");
	assert_done(s, vs_db_backup(s->db, before, &s->err));
	assert_done(s, vs_db_backup(s->db, aside, &s->err));
	assert_done(s, vs_db_backup(s->db, mine, &s->err));
	struct vs_campaign_options options = scene_varmland();
	vs_db_close(vs_campaign_create(other, &options, "anna", &s->err));
	json_t *tried = erase(s, ZEFYRA, true);
	assert_int_equal(json_array_size(json_object_get(tried, "copies")), 2);
	assert_int_equal(access(before, F_OK), 0);
	json_decref(tried);
	json_t *done = erase(s, ZEFYRA, false);
	assert_int_equal(json_array_size(json_object_get(done, "copies")), 2);
	assert_true(strstr(text_at(done, "backups"), "backups") != NULL);
	json_decref(done);
	assert_int_equal(access(before, F_OK), -1);
	assert_int_equal(access(aside, F_OK), -1);
	assert_int_equal(access(other, F_OK), 0);
	assert_true(bytes_in_folder(s, "Zefyra Rarström") > 0);
	unlink(mine);
	assert_gone(s);
}

static void
a_copy_that_cannot_be_searched_stops_the_erasing(void **state)
{
	struct scene *s = *state;
	const char *path = scene_path(s, "varmland.valstuga.before-v5");
	assert_done(s, vs_file_write(path, "no database, but large enough", 29, &s->err));
	assert_refused(s, vs_person_erase(s->db, ZEFYRA, false, &s->err) != NULL,
		VS_REFUSED, path);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM person WHERE name LIKE 'Zef%'"), 1);
}

/* Interrupted ------------------------------------------------------------------------------ */

static void
until_the_file_is_rewritten_check_says_so(void **state)
{
	struct scene *s = *state;
	run_sql(s, "INSERT INTO rewrite_due VALUES (1, 1772000000)");
	json_t *problems = vs_privacy_problems(s->db, &s->err);
	assert_int_equal(json_array_size(problems), 1);
	json_decref(problems);
	json_t *run = vs_retention(s->db, NULL, false, &s->err);
	assert_true(json_is_true(json_object_get(run, "rewritten")));
	assert_true(json_is_null(json_object_get(run, "number")));
	json_decref(run);
	problems = vs_privacy_problems(s->db, &s->err);
	assert_int_equal(json_array_size(problems), 0);
	json_decref(problems);
}

static void
a_file_that_cannot_be_rewritten_is_erased_all_the_same(void **state)
{
	struct scene *s = *state;
	/* A reader that does not end lets the erasing wait; one statement of our own stops
	 * only the rewriting. */
	VS_AUTO(stmt) open = { 0 };
	assert_done(s, stmt_open(&open, s->db, SQL("SELECT 1 UNION SELECT 2"), &s->err));
	assert_true(stmt_row(&open, &s->err));
	json_t *answer = erase(s, ZEFYRA, false);
	assert_false(json_is_true(json_object_get(answer, "rewritten")));
	assert_true(*text_at(answer, "problem") != '\0');
	json_decref(answer);
	stmt_done(&open);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM person WHERE name LIKE 'Zef%'"), 0);
	assert_int_equal(count_of(s, "SELECT count(*) FROM rewrite_due"), 1);
	assert_done(s, vs_rewrite(s->db, &s->err));
	assert_gone(s);
	assert_int_equal(count_of(s, "SELECT count(*) FROM rewrite_due"), 0);
}

/* Retention -------------------------------------------------------------------------------- */

static json_t *
retain(struct scene *s, const char *on, bool dry_run)
{
	json_t *answer = vs_retention(s->db, on, dry_run, &s->err);
	if (!answer)
		fail_msg("%s", s->err.text);
	return answer;
}

static void
nobody_goes_before_the_day_has_passed(void **state)
{
	struct scene *s = *state;
	scene_time("2026-12-12 12:00");
	json_t *run = retain(s, NULL, false);
	assert_int_equal(integer_at(run, "people"), 0);
	assert_int_equal(count_of(s, "SELECT count(*) FROM retention_run"), 0);
	json_decref(run);
	assert_refused(s, vs_retention(s->db, "2026-12-13", false, &s->err) != NULL,
		VS_INVALID, "has not come yet");
	run = retain(s, "2026-12-13", true);
	assert_int_equal(integer_at(run, "people"), 2);
	assert_int_equal(json_array_size(json_object_get(run, "due")), 2);
	json_decref(run);
}

static void
all_who_are_due_go_and_the_certificate_counts(void **state)
{
	struct scene *s = *state;
	scene_time("2026-12-13 12:00");
	run_sql(s,
		"INSERT INTO person (name, keep_until) VALUES ('Eva Ask', '2027-12-12')");
	json_t *run = retain(s, NULL, false);
	assert_int_equal(integer_at(run, "number"), 1);
	assert_int_equal(integer_at(run, "people"), 2);
	assert_int_equal(integer_at(run, "before"), 3);
	assert_int_equal(integer_at(json_object_get(run, "by_reason"), "volunteer"), 2);
	json_decref(run);
	assert_gone(s);
	assert_int_equal(bytes_in_folder(s, "Bo Ask"), 0);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM person WHERE name = 'Eva Ask'"), 1);
	json_t *runs = vs_retention_runs(s->db, &s->err);
	assert_int_equal(json_array_size(runs), 1);
	assert_int_equal(integer_at(json_array_get(runs, 0), "people"), 2);
	json_decref(runs);
	run = retain(s, NULL, false);
	assert_int_equal(integer_at(run, "people"), 0);
	json_decref(run);
}

static void
sign_ups_that_nobody_took_up_are_forgotten(void **state)
{
	struct scene *s = *state;
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO signup (fingerprint, at, source, name, phone)"
			    " VALUES ('x', 1, 'paper', 'Hildegun Udd', '+46701740699')"),
			&s->err) &&
			stmt_run(&q, &s->err));
	scene_time("2026-12-01 12:00");
	json_t *run = retain(s, NULL, false);
	assert_int_equal(integer_at(run, "signups"), 0);
	json_decref(run);
	assert_true(bytes_in_folder(s, "Hildegun") > 0);
	scene_time("2027-01-10 12:00");
	run = retain(s, NULL, false);
	assert_true(integer_at(run, "signups") >= 1);
	json_decref(run);
	assert_int_equal(bytes_in_folder(s, "Hildegun"), 0);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM signup WHERE name IS NOT NULL"), 0);
}

static void
who_is_needed_restricted_or_renewed_is_kept(void **state)
{
	struct scene *s = *state;
	scene_time("2027-01-10 12:00");
	run_sql(s,
		"INSERT INTO person (name, restricted, keep_until) VALUES"
		" ('Siv Begränsad', 1, '2026-12-12'), ('Nils Förnyad', 0, '2026-12-12')");
	run_sql(s,
		"INSERT INTO consent (person_id, purpose, channel, given_at, source) VALUES"
		" (4, 'news', 'any', 1797300000, 'brev')"); /* 2026-12-14 */
	run_sql(s, "UPDATE list SET election_day = '2027-02-01'");
	run_sql(s, "DELETE FROM candidacy WHERE person_id = 2");
	json_t *run = retain(s, NULL, false), *kept = json_object_get(run, "kept");
	assert_int_equal(integer_at(run, "people"), 1);
	assert_int_equal(json_array_size(kept), 3);
	json_decref(run);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM person WHERE id IN (1, 3, 4)"), 3);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM retention_run"
				 " WHERE certificate LIKE '%Siv%'"
				 " OR certificate LIKE '%Zefyra%'"),
		0);
	run_sql(s,
		"UPDATE consent SET withdrawn_at = 1797400000, withdrawn_how = 'sms'"
		" WHERE person_id = 4");
	run = retain(s, NULL, false);
	assert_int_equal(integer_at(run, "people"), 1);
	assert_int_equal(integer_at(run, "number"), 2);
	json_decref(run);
}

/* Correcting and restricting --------------------------------------------------------------- */

static void
a_correction_names_its_source_and_nobody(void **state)
{
	struct scene *s = *state;
	json_t *values = VALUES("phone=070-555 66 77", "name=Zefyra Rarquist");
	assert_refused(s, vs_person_correct(s->db, ZEFYRA, values, "", &s->err), VS_USAGE,
		"--source");
	assert_done(s,
		vs_person_correct(s->db, ZEFYRA, values,
			"Zefyra Rarström ringde från 070-555 66 77", &s->err));
	json_decref(values);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM person WHERE id = 1"
				 " AND phone = '+46705556677'"
				 " AND name = 'Zefyra Rarquist'"),
		1);
	assert_int_equal(count_of(s,
				 "SELECT summary LIKE '%person 1 ringde från person 1%'"
				 " FROM history ORDER BY id DESC LIMIT 1"),
		1);
}

static void
a_restricted_person_is_left_as_it_is(void **state)
{
	struct scene *s = *state;
	assert_refused(s, vs_person_restrict(s->db, ZEFYRA, true, NULL, &s->err),
		VS_USAGE, "--reason");
	assert_done(s,
		vs_person_restrict(
			s->db, ZEFYRA, true, "Zefyra Rarström bestrider", &s->err));
	assert_refused(s, vs_person_restrict(s->db, ZEFYRA, true, "igen", &s->err),
		VS_REFUSED, "already");
	assert_int_equal(
		count_of(s,
			"SELECT summary LIKE '%Rarström%' FROM history ORDER BY id DESC"),
		0);
	json_t *values = VALUES("age=44");
	assert_refused(s, vs_person_correct(s->db, ZEFYRA, values, "brev", &s->err),
		VS_REFUSED, "--off");
	assert_done(s, vs_person_restrict(s->db, ZEFYRA, false, "utrett", &s->err));
	assert_done(s, vs_person_correct(s->db, ZEFYRA, values, "brev", &s->err));
	json_decref(values);
}

/* The extract ------------------------------------------------------------------------------ */

static const json_t *
section_of(const json_t *extract, const char *table)
{
	size_t i;
	json_t *section;
	json_array_foreach (json_object_get(extract, "sections"), i, section)
		if (strcmp(text_at(section, "table"), table) == 0)
			return section;
	fail_msg("no section %s", table);
	return NULL;
}

static const json_t *
row_of(const json_t *extract, const char *table, size_t number)
{
	return json_array_get(
		json_object_get(section_of(extract, table), "rows"), number);
}

static json_t *
extract_of(struct scene *s, const char *person)
{
	json_t *extract = vs_person_extract(s->db, person, &s->err);
	if (!extract)
		fail_msg("%s", s->err.text);
	return extract;
}

/* The schema says which tables there are: a new one cannot be forgotten. */
static void
every_table_that_refers_to_the_person_is_in_the_extract(void **state)
{
	struct scene *s = *state;
	json_t *extract = extract_of(s, ZEFYRA);
	VS_AUTO(stmt) q = { 0 };
	int tables = 0;
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("SELECT t.name FROM pragma_table_list t"
			    " JOIN pragma_foreign_key_list(t.name) f"
			    " WHERE f.\"table\" = 'person' AND t.name <> 'person_distinct'"
			    " GROUP BY t.name"),
			&s->err));
	while (stmt_row(&q, &s->err)) {
		section_of(extract, stmt_text(&q, 0));
		tables++;
	}
	assert_true(tables >= 14);
	static const char *const hanging[] = { "booking_event", "contact_attempt",
		"availability", "delivery", NULL };
	for (size_t i = 0; hanging[i]; i++)
		section_of(extract, hanging[i]);
	json_decref(extract);
}

static void
the_extract_says_it_in_words(void **state)
{
	struct scene *s = *state;
	json_t *extract = extract_of(s, "77");
	assert_string_equal(text_at(extract, "name"), "Zefyra Rarström");
	assert_string_equal(text_at(row_of(extract, "booking", 0), "shift"),
		"2026-02-25 07:13–10:00, Torget");
	assert_string_equal(text_at(row_of(extract, "booking", 0), "role"), "värd");
	assert_non_null(strstr(text_at(row_of(extract, "consent", 0), "wording"),
		"Jag vill hjälpa till"));
	assert_string_equal(
		text_at(row_of(extract, "consent", 0), "given_at"), "2026-05-28 22:26");
	assert_string_equal(
		text_at(row_of(extract, "availability", 0), "starts"), "00:01");
	assert_non_null(
		strstr(text_at(row_of(extract, "candidacy", 0), "list"), "12345"));
	assert_string_equal(text_at(row_of(extract, "contact_attempt", 0), "note"),
		"Zeffi Rarström hade feber");
	assert_non_null(strstr(text_at(extract, "legal"), "IMY"));
	json_decref(extract);
}

static void
texts_and_lines_about_the_person_are_in_the_extract(void **state)
{
	struct scene *s = *state;
	json_t *extract = extract_of(s, ZEFYRA);
	size_t mentions =
		json_array_size(json_object_get(section_of(extract, ""), "rows"));
	assert_true(mentions >= 15);
	/* Made by her name, by her number, by the number of old, about a list that names her. */
	const json_t *lines = json_object_get(section_of(extract, "history"), "rows");
	assert_int_equal(json_array_size(lines), 4);
	char *text = json_dumps(extract, 0);
	assert_null(strstr(text, "Bo Ask\\\""));
	assert_null(strstr(text, "070-222"));
	free(text);
	json_decref(extract);
}

static void
a_namesakes_texts_are_not_in_the_extract(void **state)
{
	struct scene *s = *state;
	run_sql(s,
		"INSERT INTO person (name, keep_until) VALUES"
		" ('Zefyra Rarström', '2026-12-12')");
	json_t *extract = extract_of(s, "3");
	assert_int_equal(json_array_size(json_object_get(extract, "sections")), 2);
	json_decref(extract);
	assert_refused(s, vs_person_extract(s->db, "Zefyra Rarström", &s->err) != NULL,
		VS_INVALID, "several");
}

/* What became of an appearance, an article, is told as the rest: no raw column, no raw state. */
static void
the_extract_tells_events_in_words(void **state)
{
	struct scene *s = *state;
	json_t *view = vs_extract_sheet_view(s->db, ZEFYRA, &s->err);
	char *text = json_dumps(view, JSON_ENSURE_ASCII);
	assert_non_null(strstr(text, "What happened to appearances"));
	assert_non_null(strstr(text, "sent in"));
	assert_null(strstr(text, "\"submitted\""));
	assert_null(strstr(text, "\"appearance\""));
	assert_null(strstr(text, "from date"));
	free(text);
	json_decref(view);
}

/* On paper: the sheet has a number and a revision, the history no name. */
static void
sheets_are_numbered_and_the_history_names_nobody(void **state)
{
	struct scene *s = *state;
	json_t *view = vs_extract_sheet_view(s->db, ZEFYRA, &s->err);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_string_equal(text_at(sheet, "sheet_number"), "RU-0001");
	assert_string_equal(text_at(sheet, "heading"), "Zefyra Rarström");
	assert_true(json_array_size(json_object_get(sheet, "sections")) > 15);
	json_decref(view);
	assert_int_equal(count_of(s,
				 "SELECT summary || object LIKE '%Zef%' FROM history"
				 " ORDER BY id DESC LIMIT 1"),
		0);
	scene_time("2026-12-13 12:00");
	json_t *run = vs_retention(s->db, NULL, false, &s->err);
	view = vs_certificate_sheet_view(s->db, run, &s->err);
	sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_string_equal(text_at(sheet, "sheet_number"), "GP-1");
	assert_string_equal(text_at(json_object_get(sheet, "total"), "erased"), "2");
	json_decref(view);
	json_decref(run);
	json_t *runs = vs_retention_runs(s->db, &s->err);
	view = vs_certificate_sheet_view(s->db, json_array_get(runs, 0), &s->err);
	assert_non_null(view);
	json_decref(view);
	json_decref(runs);
}

/* What the commands write -------------------------------------------------------------------- */

/* The fields of a person that the history may tell: nothing that says who it is. */
static void
no_field_about_a_person_is_written_into_the_history(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s,
		record_add(s, &vs_person_type,
			VALUES("name=Quirina Wåhlqwist", "phone=070-777 88 99",
				"email=q@wahlqwist.example", "note=Quirina är allergisk",
				"called=Quirre", "home=Wåhlqwista"),
			&key));
	assert_done(s,
		record_set(s, &vs_person_type, key, VALUES("name=Quirina Wåhlqwist-Ek")));
	assert_done(s,
		record_set(s, &vs_association_type, "2",
			VALUES("contact_name=Quirina Wåhlqwist",
				"contact_phone=070-777 88 99")));
	json_t *car = VALUES("person=Quirina Wåhlqwist-Ek", "phone=070-777 88 99");
	assert_done(s, vs_carrier_add(s->db, car, s->arena, &key, &s->err));
	json_decref(car);
	json_decref(vs_extract_sheet_view(s->db, "3", &s->err));
	assert_done(s,
		vs_person_restrict(
			s->db, "3", true, "Quirina Wåhlqwist-Ek vill", &s->err));
	json_decref(vs_person_erase(s->db, "3", true, &s->err));
	assert_int_equal(
		count_of(s,
			"SELECT count(*) FROM history WHERE command || coalesce(object, '')"
			" || summary LIKE '%wåhlqwist%' OR summary LIKE '%Quirina W%'"
			" OR summary LIKE '%777 88 99%' OR summary LIKE '%70777%'"),
		0);
	assert_int_equal(count_of(s,
				 "SELECT count(*) FROM history WHERE noun = 'person'"
				 " AND object = '3'"),
		3);
}

int
main(void)
{
#define ZEF(name) cmocka_unit_test_setup_teardown(name, zefyra_open, scene_close)
	const struct CMUnitTest tests[] = {
		ZEF(the_name_is_nowhere_in_the_file),
		ZEF(counts_stay),
		ZEF(a_seat_that_is_to_come_goes_to_who_waits),
		ZEF(other_people_keep_what_is_theirs),
		ZEF(the_row_that_a_list_needs_says_nothing),
		ZEF(who_is_on_no_list_leaves_no_row),
		ZEF(a_dry_run_counts_and_changes_nothing),
		ZEF(who_is_needed_is_refused_with_what_to_do),
		ZEF(texts_of_a_namesake_are_left_and_told),
		ZEF(the_programs_own_copies_go_the_users_stay),
		ZEF(a_copy_that_cannot_be_searched_stops_the_erasing),
		ZEF(until_the_file_is_rewritten_check_says_so),
		ZEF(a_file_that_cannot_be_rewritten_is_erased_all_the_same),
		ZEF(nobody_goes_before_the_day_has_passed),
		ZEF(all_who_are_due_go_and_the_certificate_counts),
		ZEF(sign_ups_that_nobody_took_up_are_forgotten),
		ZEF(who_is_needed_restricted_or_renewed_is_kept),
		ZEF(every_table_that_refers_to_the_person_is_in_the_extract),
		ZEF(the_extract_says_it_in_words),
		ZEF(texts_and_lines_about_the_person_are_in_the_extract),
		ZEF(a_namesakes_texts_are_not_in_the_extract),
		ZEF(the_extract_tells_events_in_words),
		ZEF(sheets_are_numbered_and_the_history_names_nobody),
		ZEF(no_field_about_a_person_is_written_into_the_history),
		ZEF(a_correction_names_its_source_and_nobody),
		ZEF(a_restricted_person_is_left_as_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
