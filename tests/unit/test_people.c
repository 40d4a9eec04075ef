/* People: entering, finding, skills, consents, the contact queue, duplicates, merging. */
#include "scene.h"

#include <valstuga/person.h>

#include "record/record.h"

static const char *
add(struct scene *s, const struct vs_record_type *type, json_t *values)
{
	const char *key = NULL;
	assert_done(s, record_add(s, type, values, &key));
	return key;
}

#define PERSON(s, ...) add((s), &vs_person_type, VALUES(__VA_ARGS__))

static json_t *
get(struct scene *s, const struct vs_record_type *type, const char *key)
{
	json_t *record = vs_record_get(s->db, type, key, &s->err);
	if (!record)
		fail_msg("%s", s->err.text);
	return record;
}

static void
assert_field(struct scene *s, const struct vs_record_type *type, const char *key,
	const char *field, const char *expected)
{
	json_t *record = get(s, type, key);
	const struct vs_field *described = vs_record_field(type, field);
	assert_string_equal(
		vs_record_csv(s->arena, described, json_object_get(record, field)),
		expected);
	json_decref(record);
}

/* One statement, as it stands. */
static void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err) && stmt_run(&q, &s->err));
}

static void
set_restricted(struct scene *s)
{
	run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 1"));
}

/* Entering ---------------------------------------------------------------------------------*/

static void
a_phone_is_kept_in_one_form_and_shown_the_swedish_way(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=Eva Ström", "phone=0701-23 45 67");
	json_t *record = get(s, &vs_person_type, "1");
	assert_string_equal(text_at(record, "phone"), "+46701234567");
	assert_string_equal(
		vs_record_text(s->arena, vs_record_field(&vs_person_type, "phone"),
			json_object_get(record, "phone")),
		"070-123 45 67");
	json_decref(record);
	json_t *filter = VALUES("phone=070 1234567");
	json_t *found = vs_record_list(s->db, &vs_person_type, filter, &s->err);
	assert_int_equal(json_array_size(found), 1);
	json_decref(found);
	json_decref(filter);
	assert_refused(s, record_set(s, &vs_person_type, "1", VALUES("phone=070-123 45")),
		VS_INVALID, "person, field phone: \"070-123 45\" is too short");
}

static void
a_new_person_is_kept_as_long_as_the_campaign_says(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=Eva");
	assert_field(s, &vs_person_type, "1", "keep_until", "2026-12-12");
	assert_done(
		s, record_set(s, &vs_person_type, "1", VALUES("keep_until=2026-11-01")));
	assert_field(s, &vs_person_type, "1", "keep_until", "2026-11-01");
}

static void
what_cannot_be_true_of_a_person_is_refused(void **state)
{
	static const char *const bad[] = { "eva", "@x.se", "a@b", "a@b.", "a@.se",
		"a b@c.se", "a@b@c.se", "a@b..se", "a@b.se,c@d.se" };
	struct scene *s = *state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_refused(s,
			record_add(s, &vs_person_type,
				json_pack("{s:s, s:s}", "name", "E", "email", bad[i]),
				NULL),
			VS_INVALID, "is no e-mail address");
	assert_refused(s,
		record_add(s, &vs_person_type,
			VALUES("name=E", "member_since=2026-03-03"), NULL),
		VS_INVALID, "has not come yet");
	PERSON(s, "name=A", "email=familjen@exempel.se");
	PERSON(s, "name=B", "email=familjen@exempel.se");
}

static void
people_are_found_by_one_of_their_languages_or_skills(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=A", "languages=svenska, Arabiska");
	PERSON(s, "name=B", "languages=arabiska");
	PERSON(s, "name=C", "languages=svenska");
	json_t *filter = VALUES("languages=ARABISKA");
	json_t *found = vs_record_list(s->db, &vs_person_type, filter, &s->err);
	assert_int_equal(json_array_size(found), 2);
	json_decref(found);
	json_decref(filter);
	add(s, &vs_skill_type, VALUES("name=Körkort"));
	add(s, &vs_skill_type, VALUES("name=Sjukvård"));
	add(s, &vs_person_skill_type, VALUES("person=C", "skill=Körkort"));
	add(s, &vs_person_skill_type, VALUES("person=C", "skill=Sjukvård"));
	filter = VALUES("skills=sjukvård");
	found = vs_record_list(s->db, &vs_person_type, filter, &s->err);
	assert_int_equal(json_array_size(found), 1);
	assert_string_equal(
		text_at(json_array_get(found, 0), "skills"), "Körkort, Sjukvård");
	json_decref(found);
	json_decref(filter);
}

static void
a_restricted_person_is_left_as_it_is(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=A", "kommun=Kil");
	PERSON(s, "name=B");
	add(s, &vs_skill_type, VALUES("name=Körkort"));
	add(s, &vs_association_type, VALUES("name=V Kil"));
	json_t *contact = VALUES("person=1");
	assert_done(s, vs_contact_open(s->db, contact, &s->err));
	json_decref(contact);
	set_restricted(s);
	assert_refused(s, record_set(s, &vs_person_type, "1", VALUES("name=X")),
		VS_REFUSED, "restricted");
	assert_refused(s,
		record_add(s, &vs_person_skill_type, VALUES("person=1", "skill=1"), NULL),
		VS_REFUSED, "restricted");
	assert_refused(s,
		record_add(s, &vs_office_type,
			VALUES("person=1", "association=1", "role=chair"), NULL),
		VS_REFUSED, "restricted");
	assert_refused(s,
		record_add(s, &vs_consent_type,
			VALUES("person=1", "purpose=shifts", "source=x"), NULL),
		VS_REFUSED, "restricted");
	assert_refused(s, vs_contact_close(s->db, "1", "no", NULL, &s->err), VS_REFUSED,
		"restricted");
	assert_refused(
		s, vs_person_merge(s->db, "2", "1", &s->err), VS_REFUSED, "restricted");
	assert_refused(s, vs_person_together(s->db, "2", "1", false, &s->err), VS_REFUSED,
		"restricted");
	json_t *queue = vs_contact_queue(s->db, NULL, &s->err);
	assert_int_equal(json_array_size(json_object_get(queue, "associations")), 0);
	json_decref(queue);
}

static void
the_history_names_people_by_number_only(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=Unika Namnet", "phone=0701234567", "email=unika@exempel.se",
		"note=Namnet", "membership=member", "member_since=2026-01-02");
	add(s, &vs_skill_type, VALUES("name=Körkort"));
	add(s, &vs_person_skill_type,
		VALUES("person=1", "skill=1", "confirmed_on=2026-01-01",
			"confirmed_by=Namnet"));
	json_t *values = VALUES(
		"person=1", "purpose=shifts", "source=Namnet sade det", "wording=pass");
	assert_done(s, vs_consent_give(s->db, values, &s->err));
	json_decref(values);
	assert_done(
		s, vs_consent_withdraw(s->db, "Unika Namnet", NULL, "Namnet", &s->err));
	assert_done(s, vs_contact_next(s->db, "1", "ring Namnet", "2026-03-05", &s->err));
	assert_done(s, vs_contact_close(s->db, "1", "no", "Namnet vill inte", &s->err));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary LIKE"
			    " '%namnet%' OR object LIKE '%namnet%' OR summary LIKE"
			    " '%70%' OR summary LIKE '%exempel%'")),
		0);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM history WHERE noun = 'consent'")),
		1);
}

/* Skills, offices, consents ----------------------------------------------------------------*/

static void
a_skill_that_must_be_confirmed_counts_when_it_is(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=A");
	add(s, &vs_skill_type, VALUES("name=Körkort", "confirmed=ja"));
	add(s, &vs_person_skill_type, VALUES("person=1", "skill=1"));
	assert_field(s, &vs_person_skill_type, "1", "counts", "nej");
	assert_field(s, &vs_skill_type, "1", "people", "0");
	assert_refused(s,
		record_set(
			s, &vs_person_skill_type, "1", VALUES("confirmed_on=2026-01-01")),
		VS_INVALID, "belong together");
	assert_refused(s,
		record_set(s, &vs_person_skill_type, "1",
			VALUES("confirmed_on=2026-12-01", "confirmed_by=Bo")),
		VS_INVALID, "has not come yet");
	assert_done(s,
		record_set(s, &vs_person_skill_type, "1",
			VALUES("confirmed_on=2026-01-01", "confirmed_by=Bo")));
	assert_field(s, &vs_person_skill_type, "1", "counts", "ja");
	assert_refused(s,
		record_add(s, &vs_person_skill_type, VALUES("person=1", "skill=1"), NULL),
		VS_EXISTS, "there is one already");
}

static void
functions_have_known_words_and_own_ones(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=A");
	add(s, &vs_association_type, VALUES("name=V Kil"));
	static const char *const words[][2] = { { "Medlemsansvarig", "member_contact" },
		{ "valombudsman", "organiser" }, { "Ordförande", "chair" },
		{ "Fanbärare", "Fanbärare" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *key = add(s, &vs_office_type,
			json_pack("{s:s, s:s, s:s}", "person", "1", "association", "1",
				"role", words[i][0]));
		assert_field(s, &vs_office_type, key, "role", words[i][1]);
	}
	assert_refused(s,
		record_set(s, &vs_office_type, "1",
			VALUES("since=2026-02-01", "until=2026-01-01")),
		VS_INVALID, "before it begins");
}

static void
a_wording_is_never_changed_only_followed(void **state)
{
	struct scene *s = *state;
	const char *key = add(s, &vs_wording_type, VALUES("name=pass", "text=Ny text"));
	assert_field(s, &vs_wording_type, key, "version", "2");
	assert_field(s, &vs_wording_type, key, "language", "sv");
	assert_refused(s, record_set(s, &vs_wording_type, key, VALUES("text=x")),
		VS_REFUSED, "cannot be changed");
	PERSON(s, "name=A");
	json_t *values =
		VALUES("person=1", "purpose=shifts", "source=lapp", "wording=Pass");
	assert_done(s, vs_consent_give(s->db, values, &s->err));
	assert_field(s, &vs_consent_type, "1", "wording", key);
	assert_refused(s, vs_record_remove(s->db, &vs_wording_type, key, &s->err),
		VS_INVALID, "still refers to it");
	assert_refused(s, vs_consent_give(s->db, values, &s->err), VS_EXISTS,
		"given it already");
	json_decref(values);
}

static void
consent_is_taken_back_for_one_purpose_or_all(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=A");
	static const char *const purposes[] = { "shifts", "news", "contact" };
	for (size_t i = 0; i < 3; i++)
		add(s, &vs_consent_type,
			json_pack("{s:s, s:s, s:s}", "person", "1", "purpose",
				purposes[i], "source", "lapp"));
	assert_refused(s, vs_consent_withdraw(s->db, "1", "news", " ", &s->err), VS_USAGE,
		"--how");
	assert_refused(s, vs_consent_withdraw(s->db, "1", "spam", "tfn", &s->err),
		VS_INVALID, "is no purpose");
	assert_done(s, vs_consent_withdraw(s->db, "1", "news", "tfn", &s->err));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM consent WHERE"
				     " withdrawn_at IS NULL")),
		2);
	assert_done(s, vs_consent_withdraw(s->db, "A", NULL, "tfn", &s->err));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM consent WHERE"
				     " withdrawn_at IS NULL")),
		0);
	assert_refused(s, vs_consent_withdraw(s->db, "A", NULL, "tfn", &s->err),
		VS_NOT_FOUND, "has given no consent");
}

/* The contact queue ------------------------------------------------------------------------*/

static void
a_new_member_is_put_into_the_queue_once(void **state)
{
	struct scene *s = *state;
	const char *key =
		PERSON(s, "name=A", "membership=member", "member_since=2026-02-20");
	assert_string_equal(key, "1");
	PERSON(s, "name=B", "membership=member", "member_since=2019-02-20");
	PERSON(s, "name=C", "membership=friend", "member_since=2026-02-20");
	PERSON(s, "name=D", "membership=member");
	assert_int_equal(count_of(s, SQL("SELECT sum(person_id) FROM contact")), 1);
	assert_done(s, record_set(s, &vs_person_type, "1", VALUES("note=x")));
	assert_done(s, record_set(s, &vs_person_type, "1", VALUES("membership=former")));
	assert_done(s, record_set(s, &vs_person_type, "1", VALUES("membership=member")));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM contact")), 1);
	/* Who becomes a member later is new then. */
	assert_done(s, record_set(s, &vs_person_type, "3", VALUES("membership=member")));
	assert_int_equal(count_of(s, SQL("SELECT max(person_id) FROM contact")), 3);
	json_t *values = VALUES("person=A");
	assert_refused(s, vs_contact_open(s->db, values, &s->err), VS_EXISTS,
		"there is one already");
	json_decref(values);
}

static json_t *
group(const json_t *queue, size_t i)
{
	return json_array_get(json_object_get(queue, "associations"), i);
}

static void
the_queue_is_told_to_who_does_it_the_oldest_first(void **state)
{
	struct scene *s = *state;
	add(s, &vs_association_type,
		VALUES("name=V Kil", "contact_name=Kassören", "contact_phone=054-1"));
	add(s, &vs_association_type, VALUES("name=V Eda"));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Kil", VALUES("association=V Kil")));
	assert_done(s,
		record_set(s, &vs_kommun_type, "Forshaga",
			VALUES("association=V Kil", "association_lent=ja")));
	PERSON(s, "name=A", "kommun=Forshaga", "phone=0701234567");
	PERSON(s, "name=B", "association=V Eda", "kommun=Kil");
	PERSON(s, "name=C", "kommun=Arvika");
	for (int i = 1; i <= 3; i++) {
		scene_time(vs_arena_printf(s->arena, "2026-03-%02d 23:50", 2 + i));
		add(s, &vs_contact_type,
			json_pack("{s:i, s:s}", "person", i, "reason", "sign_up"));
	}
	scene_time("2026-03-11 00:10");
	json_t *attempt = VALUES("channel=phone", "outcome=no_answer");
	assert_done(s, vs_contact_attempt(s->db, "1", attempt, &s->err));
	assert_done(s, vs_contact_next(s->db, "1", "försök igen", "2026-03-12", &s->err));
	json_t *queue = vs_contact_queue(s->db, NULL, &s->err);
	assert_int_equal(json_array_size(json_object_get(queue, "associations")), 3);
	json_t *kil = group(queue, 0);
	assert_string_equal(text_at(kil, "name"), "V Kil");
	assert_string_equal(text_at(kil, "contact"), "Kassören");
	assert_int_equal(integer_at(kil, "oldest_days"), 8);
	json_t *person = json_array_get(json_object_get(kil, "people"), 0);
	assert_true(json_is_true(json_object_get(person, "lent")));
	assert_true(json_is_true(json_object_get(person, "late")));
	assert_string_equal(text_at(person, "last"), "2026-03-11 no answer");
	assert_string_equal(text_at(person, "next_on"), "2026-03-12");
	assert_string_equal(text_at(group(queue, 1), "name"), "V Eda");
	assert_true(json_is_null(json_object_get(group(queue, 2), "association")));
	person = json_array_get(json_object_get(group(queue, 1), "people"), 0);
	assert_false(json_is_true(json_object_get(person, "late")));
	json_decref(queue);
	/* The member contact of the day goes before the association's contact. */
	PERSON(s, "name=Maja", "phone=0702345678");
	add(s, &vs_office_type,
		VALUES("association=V Kil", "person=Maja", "role=member_contact",
			"since=2026-03-11"));
	queue = vs_contact_queue(s->db, "v kil", &s->err);
	assert_int_equal(json_array_size(json_object_get(queue, "associations")), 1);
	assert_string_equal(text_at(group(queue, 0), "contact"), "Maja");
	assert_string_equal(text_at(group(queue, 0), "contact_phone"), "+46702345678");
	json_decref(queue);
	json_decref(attempt);
}

static void
closing_counts_towards_the_goal(void **state)
{
	struct scene *s = *state;
	for (int i = 0; i < 2; i++) {
		PERSON(s, "name=A");
		add(s, &vs_contact_type, json_pack("{s:i}", "person", i + 1));
	}
	scene_time("2026-03-09 12:00");
	assert_refused(s, vs_contact_close(s->db, "1", "bra", NULL, &s->err), VS_INVALID,
		"is not one of: joined_in");
	assert_done(
		s, vs_contact_close(s->db, "1", "joined_in", "vill dela ut", &s->err));
	scene_time("2026-03-11 12:00");
	assert_done(s, vs_contact_close(s->db, "2", "no", NULL, &s->err));
	json_t *queue = vs_contact_queue(s->db, NULL, &s->err);
	json_t *total = json_object_get(queue, "total");
	assert_int_equal(integer_at(total, "open"), 0);
	assert_int_equal(integer_at(total, "closed"), 2);
	assert_int_equal(integer_at(total, "within_goal"), 1);
	assert_true(json_real_value(json_object_get(total, "mean_days")) == 8.0);
	json_decref(queue);
	json_t *attempt = VALUES("channel=phone", "outcome=reached");
	assert_refused(s, vs_contact_attempt(s->db, "1", attempt, &s->err), VS_REFUSED,
		"is closed");
	json_decref(attempt);
}

static void
check_tells_what_is_left_undone(void **state)
{
	static const char *const said[] = { "kept longer than their day: 1 (no. 3)",
		"neither phone nor e-mail: 1 (no. 1)",
		"no members and have given no consent: 2 (no. 1, 2)",
		"waited more than seven days: 1 (no. 1)",
		"V Kil: no member contact until election day" };
	struct scene *s = *state;
	add(s, &vs_association_type, VALUES("name=V Kil"));
	PERSON(s, "name=Unika", "volunteer=ja");
	PERSON(s, "name=B", "volunteer=ja", "phone=0701234567");
	PERSON(s, "name=C", "volunteer=ja", "email=a@b.se", "membership=member",
		"keep_until=2026-03-01");
	add(s, &vs_contact_type, VALUES("person=1"));
	for (int day = 9; day <= 10; day++) {
		scene_time(vs_arena_printf(s->arena, "2026-03-%02d 12:00", day));
		json_t *problems = vs_register_problems(s->db, &s->err);
		char *dump = json_dumps(problems, 0);
		for (size_t i = 0; i < sizeof said / sizeof *said; i++)
			if (!strstr(dump, said[i]) != (i == 3 && day == 9))
				fail_msg("day %d: %s in %s", day, said[i], dump);
		assert_null(strstr(dump, "Unika"));
		json_decref(problems);
		free(dump);
	}
}

/* Duplicates -------------------------------------------------------------------------------*/

static const char *
pairs_text(struct scene *s)
{
	const char *text = "";
	size_t i;
	json_t *pair, *view = vs_person_duplicates(s->db, &s->err);
	if (!view)
		fail_msg("%s", s->err.text);
	json_array_foreach (json_object_get(view, "pairs"), i, pair)
		text = vs_arena_printf(s->arena, "%s%lld-%lld ", text,
			(long long)integer_at(pair, "a"),
			(long long)integer_at(pair, "b"));
	json_decref(view);
	return text;
}

static void
likely_duplicates_are_told_once_the_best_first(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=Eva Ström", "phone=0701234567", "email=eva@exempel.se",
		"kommun=Kil");
	PERSON(s, "name=Ström, Eva", "phone=070-123 45 67", "email=EVA@exempel.se",
		"kommun=Kil");
	/* A family with one mailbox and one phone. */
	PERSON(s, "name=Bo Lund", "phone=054123456", "email=lund@exempel.se");
	PERSON(s, "name=Karin Lund", "phone=054123456", "email=lund@exempel.se");
	/* A slip of the finger in the same kommun. */
	PERSON(s, "name=Annika Bergstedt", "kommun=Eda", "phone=0702345678");
	PERSON(s, "name=Annica Bergstedt", "kommun=Eda");
	/* Namesakes in two kommuner. */
	PERSON(s, "name=Lars Ek", "kommun=Eda");
	PERSON(s, "name=Lars Ek", "kommun=Kil");
	/* Candidates of one name with two numbers. */
	PERSON(s, "name=Nils Alm", "candidate_number=1", "kommun=Kil");
	PERSON(s, "name=Nils Alm", "candidate_number=2", "kommun=Kil");
	assert_string_equal(pairs_text(s), "1-2 5-6 ");
	assert_done(s, vs_person_distinct(s->db, "2", "1", &s->err));
	assert_done(s, vs_person_distinct(s->db, "1", "2", &s->err));
	assert_string_equal(pairs_text(s), "5-6 ");
	assert_refused(s, vs_person_distinct(s->db, "1", "Eva Ström", &s->err),
		VS_INVALID, "two different ones");
}

/* Merging ----------------------------------------------------------------------------------*/

/* Two people, and a row about the second in every table that refers to people. */
static void
two_people_with_everything(struct scene *s)
{
	static const char *const rows[] = {
		SQL("INSERT INTO person (id, name, keep_until, phone) VALUES"
		    " (1, 'Eva Ström', '2026-10-01', '+46701234567')"),
		SQL("INSERT INTO person (id, name, keep_until, phone, email, member_since,"
		    " volunteer, note) VALUES (2, 'E Ström', '2026-12-01', '+46707654321',"
		    " 'e@exempel.se', '2020-01-01', 1, 'bil')"),
		SQL("INSERT INTO person (id, name, keep_until) VALUES (3, 'Bo', '2026-12-01'),"
		    " (4, 'Cia', '2026-12-01')"),
		SQL("INSERT INTO person_alias (old_id, person_id, at) VALUES (77, 2, 0)"),
		SQL("INSERT INTO person_distinct (a_id, b_id) VALUES (1, 2), (2, 3)"),
		SQL("INSERT INTO person_together (a_id, b_id) VALUES (1, 2), (2, 4), (1, 4)"),
		SQL("INSERT INTO skill (id, name) VALUES (1, 'a'), (2, 'b')"),
		SQL("INSERT INTO person_skill (person_id, skill_id, confirmed_on) VALUES"
		    " (1, 1, NULL), (2, 1, '2026-01-01'), (2, 2, NULL)"),
		SQL("INSERT INTO association (id, name) VALUES (1, 'V Kil')"),
		SQL("INSERT INTO office (association_id, person_id, role) VALUES"
		    " (1, 1, 'chair'), (1, 2, 'chair'), (1, 2, 'study')"),
		SQL("INSERT INTO consent (person_id, purpose, channel, given_at, source)"
		    " VALUES (2, 'news', 'any', 0, 'x')"),
		SQL("INSERT INTO presence (person_id, can, from_date, until_date) VALUES"
		    " (2, 1, '2026-08-01', '2026-08-09')"),
		SQL("INSERT INTO contact (id, person_id, reason, opened_at) VALUES"
		    " (1, 1, 'other', 200), (2, 2, 'other', 100)"),
		SQL("INSERT INTO contact (id, person_id, reason, opened_at, result, closed_at)"
		    " VALUES (3, 2, 'other', 50, 'no', 60)"),
		SQL("INSERT INTO contact_attempt (contact_id, at, actor, channel, outcome)"
		    " VALUES (1, 210, 'a', 'phone', 'no_answer')"),
		SQL("INSERT INTO activity (id, kind, title, starts_at, ends_at, contact_id)"
		    " VALUES (1, 'mote', 'Möte', 0, 9000, 2)"),
		SQL("INSERT INTO shift (id, activity_id, starts_at, ends_at) VALUES"
		    " (1, 1, 0, 100), (2, 1, 100, 200), (3, 1, 200, 300)"),
		SQL("INSERT INTO shift_role (id, shift_id, name, least, wanted, most) VALUES"
		    " (1, 1, 'värd', 0, 5, 5), (2, 2, 'värd', 0, 5, 5),"
		    " (3, 3, 'värd', 0, 5, 5)"),
		SQL("INSERT INTO booking (id, shift_id, role_id, person_id, state, source,"
		    " changed_at) VALUES (1, 1, 1, 1, 'signed_up', 'organiser', 0),"
		    " (2, 1, 1, 2, 'attended', 'organiser', 0),"
		    " (3, 2, 2, 1, 'booked', 'organiser', 0),"
		    " (4, 2, 2, 2, 'waiting', 'organiser', 0),"
		    " (5, 3, 3, 2, 'booked', 'organiser', 0)"),
		SQL("INSERT INTO wish (person_id, wants, kind) VALUES (1, 1, 'mote'),"
		    " (2, 1, 'mote'), (2, 0, 'fest')"),
		SQL("INSERT INTO signup (fingerprint, at, source, person_id) VALUES"
		    " ('x', 0, 'paper', 2)"),
		SQL("INSERT INTO list (id, party_code, kind, election_day, status) VALUES"
		    " (1, '0005', 'KF', '2026-09-13', 'draft')"),
		SQL("INSERT INTO candidacy (list_id, position, person_id, name) VALUES"
		    " (1, 1, 2, 'Eva Ström')"),
		SQL("INSERT INTO open_consent (election_day, kind, area_code, party_code,"
		    " person_id, consent) VALUES ('2026-09-13', 'KF', '1715', '0005', 1, 'yes'),"
		    " ('2026-09-13', 'KF', '1715', '0005', 2, 'yes'),"
		    " ('2026-09-13', 'RF', '17', '0005', 2, 'yes')"),
		SQL("INSERT INTO carrier (person_id) VALUES (2)"),
		SQL("INSERT INTO policy_area (id, name) VALUES (1, 'vård'), (2, 'skola')"),
		SQL("INSERT INTO spokesperson (person_id, policy_area_id) VALUES"
		    " (1, 1), (2, 1), (2, 2)"),
		SQL("INSERT INTO outlet (id, name, kind) VALUES (1, 'NWT', 'newspaper')"),
		SQL("INSERT INTO article (title, kind, person_id) VALUES ('T', 'letter', 2)"),
		SQL("INSERT INTO appearance (kind, state, date, outlet_id, person_id) VALUES"
		    " ('letter', 'planned', '2026-03-01', 1, 2)"),
		SQL("INSERT INTO goal (name, measure, target, from_date, until_date, curve,"
		    " person_id, source) VALUES ('Mål', 'media', 1, '2026-01-01', '2026-09-13',"
		    " 'level', 2, 'Plan')"),
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		run(s, rows[i]);
}

/* How many rows of a table name a person in a column; tests may build their SQL. */
static int64_t
rows_of(struct scene *s, const char *table, const char *column, int64_t person)
{
	int64_t count = 0;
	const char *sql =
		vs_arena_printf(s->arena, "SELECT count(*) FROM %s WHERE %s = %lld",
			table, column, (long long)person);
	assert_done(s, db_int(s->db, sql, &count, &s->err));
	return count;
}

/* Every table and column that the schema says refers to people. */
static size_t
referring(struct scene *s, const char *tables[64], const char *columns[64])
{
	size_t count = 0;
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("SELECT m.name, f.\"from\" FROM sqlite_schema m,"
			    " pragma_foreign_key_list(m.name) f"
			    " WHERE m.type = 'table' AND f.\"table\" = 'person'"),
			&s->err));
	while (stmt_row(&q, &s->err) && count < 64) {
		tables[count] = stmt_copy(&q, 0, s->arena);
		columns[count++] = stmt_copy(&q, 1, s->arena);
	}
	assert_string_equal(s->err.text, "");
	return count;
}

static void
merging_reaches_every_table_that_refers_to_people(void **state)
{
	struct scene *s = *state;
	const char *tables[64], *columns[64];
	two_people_with_everything(s);
	size_t count = referring(s, tables, columns);
	assert_true(count >= 15);
	for (size_t i = 0; i < count; i++)
		if (rows_of(s, tables[i], columns[i], 2) == 0)
			fail_msg(
				"%s.%s refers to people: merge must move it, and this scene must have one",
				tables[i], columns[i]);
	assert_done(s, vs_person_merge(s->db, "1", "2", &s->err));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(rows_of(s, tables[i], columns[i], 2), 0);
		if (rows_of(s, tables[i], columns[i], 1) == 0 &&
			strcmp(columns[i], "b_id") != 0)
			fail_msg("%s.%s was lost", tables[i], columns[i]);
	}
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM pragma_foreign_key_check")), 0);
}

static void
what_one_has_and_the_other_lacks_is_kept(void **state)
{
	struct scene *s = *state;
	two_people_with_everything(s);
	assert_done(s, vs_person_merge(s->db, "1", "2", &s->err));
	static const char *const fields[][2] = { { "name", "Eva Ström" },
		{ "phone", "070-123 45 67" }, { "email", "e@exempel.se" },
		{ "member_since", "2020-01-01" }, { "keep_until", "2026-12-01" },
		{ "volunteer", "ja" }, { "note", "bil" }, { "skills", "a, b" },
		{ "lists", "1" } };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		assert_field(s, &vs_person_type, "1", fields[i][0], fields[i][1]);
	/* Of two bookings the one that got further: 2 attended, 3 booked; 5 moved. */
	assert_int_equal(
		count_of(s, SQL("SELECT sum(id * id) FROM booking")), 4 + 9 + 25);
	/* One open contact, the older, with what was tried on the other. */
	assert_int_equal(count_of(s, SQL("SELECT sum(id * id) FROM contact")), 4 + 9);
	assert_int_equal(count_of(s, SQL("SELECT contact_id FROM contact_attempt")), 2);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM person_skill"
				     " WHERE confirmed_on IS NOT NULL")),
		1);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM wish")), 2);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM office")), 2);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person_together")), 1);
}

static void
an_old_number_finds_who_it_became(void **state)
{
	struct scene *s = *state;
	two_people_with_everything(s);
	assert_done(s, vs_person_merge(s->db, "1", "2", &s->err));
	assert_field(s, &vs_person_type, "2", "id", "1");
	assert_field(s, &vs_person_type, "77", "id", "1");
	add(s, &vs_consent_type, VALUES("person=2", "purpose=shifts", "source=x"));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM consent WHERE person_id = 1")), 2);
	/* And on, when that one is merged, too. */
	assert_done(s, vs_person_merge(s->db, "3", "77", &s->err));
	assert_field(s, &vs_person_type, "1", "id", "3");
	assert_field(s, &vs_person_type, "2", "id", "3");
	assert_refused(s, vs_person_merge(s->db, "3", "2", &s->err), VS_INVALID,
		"two different ones");
	assert_refused(s, vs_record_remove(s->db, &vs_person_type, "99", &s->err),
		VS_NOT_FOUND, "no person \"99\"");
}

static void
two_who_cannot_be_one_are_refused(void **state)
{
	struct scene *s = *state;
	two_people_with_everything(s);
	run(s, SQL("UPDATE person SET candidate_number = id"));
	assert_refused(s, vs_person_merge(s->db, "1", "2", &s->err), VS_REFUSED,
		"different candidate numbers (1 and 2)");
	run(s, SQL("UPDATE person SET candidate_number = NULL"));
	run(s, SQL("INSERT INTO carrier (id, person_id) VALUES (9, 1)"));
	assert_refused(s, vs_person_merge(s->db, "1", "2", &s->err), VS_REFUSED,
		"both carriers");
	run(s, SQL("DELETE FROM carrier WHERE id = 9"));
	run(s,
		SQL("INSERT INTO candidacy (list_id, position, person_id, name) VALUES"
		    " (1, 2, 1, 'Eva')"));
	assert_refused(s, vs_person_merge(s->db, "1", "2", &s->err), VS_REFUSED,
		"both stand on the list");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person")), 4);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM consent WHERE person_id = 2")), 1);
}

static void
numbers_of_two_elections_may_be_one_person(void **state)
{
	struct scene *s = *state;
	two_people_with_everything(s);
	run(s, SQL("UPDATE person SET candidate_number = id"));
	run(s,
		SQL("INSERT INTO list (id, election_day, kind, party_code, status) VALUES"
		    " (8, '2022-09-11', 'RF', '0005', 'ordered'),"
		    " (9, '2022-09-11', 'RD', '0005', 'ordered')"));
	run(s,
		SQL("INSERT INTO candidacy (list_id, position, person_id, name) VALUES"
		    " (8, 1, 3, 'Bo'), (9, 1, 4, 'Cia')"));
	assert_refused(s, vs_person_merge(s->db, "3", "4", &s->err), VS_REFUSED,
		"different candidate numbers (3 and 4)");
	assert_done(s, vs_person_merge(s->db, "2", "4", &s->err));
	assert_field(s, &vs_person_type, "2", "candidate_number", "2");
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM candidacy WHERE person_id = 2")),
		2);
}

static void
two_stand_together_until_they_are_apart(void **state)
{
	struct scene *s = *state;
	PERSON(s, "name=A");
	PERSON(s, "name=B");
	assert_done(s, vs_person_together(s->db, "B", "A", false, &s->err));
	assert_done(s, vs_person_together(s->db, "A", "B", false, &s->err));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM person_together WHERE a_id = 1")),
		1);
	assert_done(s, vs_person_together(s->db, "B", "A", true, &s->err));
	assert_refused(s, vs_person_together(s->db, "B", "A", true, &s->err),
		VS_NOT_FOUND, "had not asked");
}

/* The campaign's face ----------------------------------------------------------------------*/

static void
the_campaigns_face_is_checked(void **state)
{
	static const char *const bad[][2] = { { "colour", "red" }, { "colour", "#12345" },
		{ "colour", "#12345g" }, { "signup_url", "exempel.se" },
		{ "signup_url", "https://" }, { "signup_url", "https://exempel" },
		{ "signup_url", "https://ex empel.se" }, { "ad_notice_url", "x" },
		{ "signup_phone", "12" }, { "signup_email", "a@" },
		{ "signup_way", "server" }, { "signup_way", "sms" },
		{ "signup_way", "mail" }, { "signup_way", "fax" } };
	struct scene *s = *state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_refused(s,
			record_set(s, &vs_campaign_type, "1",
				json_pack("{s:s}", bad[i][0], bad[i][1])),
			VS_INVALID, vs_arena_printf(s->arena, "field %s", bad[i][0]));
	assert_done(s,
		record_set(s, &vs_campaign_type, "1",
			VALUES("colour=#da291c", "signup_way=sms",
				"signup_phone=070-123 45 67", "sender=V Värmland",
				"signup_url=HTTPS://EXEMPEL.SE/V/", "ad_sponsor=V",
				"ad_notice_url=https://exempel.se/n?a=1")));
	assert_field(s, &vs_campaign_type, "1", "signup_phone", "070-123 45 67");
	assert_done(s, record_set(s, &vs_campaign_type, "1", VALUES("signup_way=slip")));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(a_phone_is_kept_in_one_form_and_shown_the_swedish_way),
		WITH(a_new_person_is_kept_as_long_as_the_campaign_says),
		WITH(what_cannot_be_true_of_a_person_is_refused),
		WITH(people_are_found_by_one_of_their_languages_or_skills),
		WITH(a_restricted_person_is_left_as_it_is),
		WITH(the_history_names_people_by_number_only),
		WITH(a_skill_that_must_be_confirmed_counts_when_it_is),
		WITH(functions_have_known_words_and_own_ones),
		WITH(a_wording_is_never_changed_only_followed),
		WITH(consent_is_taken_back_for_one_purpose_or_all),
		WITH(a_new_member_is_put_into_the_queue_once),
		WITH(the_queue_is_told_to_who_does_it_the_oldest_first),
		WITH(closing_counts_towards_the_goal),
		WITH(check_tells_what_is_left_undone),
		WITH(likely_duplicates_are_told_once_the_best_first),
		WITH(merging_reaches_every_table_that_refers_to_people),
		WITH(what_one_has_and_the_other_lacks_is_kept),
		WITH(an_old_number_finds_who_it_became),
		WITH(two_who_cannot_be_one_are_refused),
		WITH(numbers_of_two_elections_may_be_one_person),
		WITH(two_stand_together_until_they_are_apart),
		WITH(the_campaigns_face_is_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
