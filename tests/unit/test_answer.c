/* Questions to the associations and their answers, entered, imported, added up. */
#include "scene.h"

#include "campaign/answer.h"

static int
open_after(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	scene_time("2026-10-05 12:00");
	return !(record_add(s, &vs_association_type,
			 VALUES("name=V Kil", "contact_name=Åsa Ek",
				 "contact_phone=070-512 34 56"),
			 NULL) &&
		record_add(s, &vs_association_type, VALUES("name=V Eda"), NULL) &&
		record_add(s, &vs_association_type, VALUES("name=V Sunne"), NULL));
}

/* "key=value" texts, ended by NULL. */
static bool
enter(struct scene *s, const char *association, const char *pair, ...)
{
	json_t *answers = json_array();
	va_list args;
	va_start(args, pair);
	for (; pair; pair = va_arg(args, const char *)) {
		size_t length = strcspn(pair, "=");
		json_array_append_new(answers,
			json_pack("{s:s%, s:s}", "question", pair, length, "value",
				pair + length + 1));
	}
	va_end(args);
	bool ok = vs_answers_enter(s->db, association, answers, NULL, &s->err);
	json_decref(answers);
	return ok;
}
#define ENTER(...) enter(__VA_ARGS__, (const char *)NULL)

static json_t *
answers_of(struct scene *s)
{
	json_t *view = vs_answers_view(s->db, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static const json_t *
question_of(const json_t *view, const char *key)
{
	size_t i;
	json_t *question;
	json_array_foreach (json_object_get(view, "questions"), i, question)
		if (strcmp(text_at(question, "key"), key) == 0)
			return question;
	fail_msg("no question %s", key);
	return NULL;
}

static void
answers_are_added_up_and_the_silent_are_named(void **state)
{
	struct scene *s = *state;
	assert_done(
		s, ENTER(s, "V Kil", "support=ja", "material=4", "worked=Valstugan 🎉"));
	assert_done(s, ENTER(s, "v eda", "support=Partly", "material=1"));
	json_t *view = answers_of(s);
	assert_int_equal(integer_at(view, "associations"), 3);
	assert_int_equal(integer_at(view, "answered"), 2);
	const json_t *support = question_of(view, "support");
	assert_int_equal(integer_at(support, "yes"), 1);
	assert_int_equal(integer_at(support, "partly"), 1);
	assert_int_equal(integer_at(support, "no"), 0);
	const json_t *material = question_of(view, "material");
	assert_int_equal(integer_at(material, "answers"), 2);
	assert_true(json_real_value(json_object_get(material, "mean")) == 2.5);
	assert_int_equal(json_integer_value(
				 json_array_get(json_object_get(material, "counts"), 3)),
		1);
	assert_true(json_is_null(json_object_get(question_of(view, "people"), "mean")));
	const json_t *texts = json_object_get(question_of(view, "worked"), "texts");
	assert_string_equal(text_at(json_array_get(texts, 0), "text"), "Valstugan 🎉");
	const json_t *waiting = json_object_get(view, "waiting");
	assert_int_equal(json_array_size(waiting), 1);
	assert_string_equal(text_at(json_array_get(waiting, 0), "name"), "V Sunne");
	json_decref(view);
}

static void
who_is_silent_is_rung(void **state)
{
	struct scene *s = *state;
	json_t *view = answers_of(s);
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(view, "waiting"), i, each)
		if (strcmp(text_at(each, "name"), "V Kil") == 0) {
			assert_string_equal(text_at(each, "contact_name"), "Åsa Ek");
			assert_string_equal(
				text_at(each, "contact_phone"), "070-512 34 56");
		}
	assert_int_equal(json_array_size(json_object_get(view, "waiting")), 3);
	json_decref(view);
}

static void
all_answers_of_a_form_or_none(void **state)
{
	struct scene *s = *state;
	assert_refused(s, ENTER(s, "V Kil", "support=ja", "material=6"), VS_INVALID,
		"no number from 1 to 5");
	assert_refused(
		s, ENTER(s, "V Kil", "support=kanske"), VS_INVALID, "ja, delvis, nej");
	assert_refused(s, ENTER(s, "V Kil", "suport=ja"), VS_NOT_FOUND, "suport");
	assert_refused(s, ENTER(s, "V Arvika", "support=ja"), VS_NOT_FOUND, "V Arvika");
	assert_refused(
		s, ENTER(s, "V Kil", "support=ja", "support=nej"), VS_INVALID, "twice");
	assert_refused(s, enter(s, "V Kil", NULL), VS_USAGE, "support=ja");
	char *text = vs_arena_alloc(s->arena, 10020);
	strcpy(text, "worked=");
	memset(text + 7, 'a', 10000);
	assert_refused(s, ENTER(s, "V Kil", "support=ja", text), VS_INVALID, "2000");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM answer")), 0);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM history"
				     " WHERE command = 'evaluation answer'")),
		0);
}

static void
a_later_form_replaces_an_earlier_one(void **state)
{
	struct scene *s = *state;
	assert_done(s, ENTER(s, "V Kil", "support=nej", "worked=Bra", "people=2"));
	assert_done(s, ENTER(s, "V Kil", "support=ja", "worked="));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM answer")), 2);
	assert_int_equal(count_of(s,
				 SQL("SELECT value FROM answer"
				     " WHERE question_key = 'support'")),
		2);
}

static void
history_keeps_no_words(void **state)
{
	struct scene *s = *state;
	assert_done(s, ENTER(s, "V Kil", "lacked=Kalle svarade aldrig"));
	assert_done(s,
		record_add(s, &vs_answer_type,
			VALUES("association=V Eda", "question=lacked",
				"value=Kalle kom aldrig"),
			NULL));
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM history"
				     " WHERE instr(summary, 'Kalle')")),
		0);
}

static void
the_forms_code_finds_its_association(void **state)
{
	struct scene *s = *state;
	const char *code = questionnaire_code(s->arena, 2);
	assert_done(s, ENTER(s, code, "support=ja"));
	assert_int_equal(count_of(s, SQL("SELECT association_id FROM answer")), 2);
	assert_refused(s,
		ENTER(s, vs_arena_printf(s->arena, "E3%s", code + 2), "support=ja"),
		VS_NOT_FOUND, "E3");
}

static void
questions_of_our_own_are_few(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s,
		record_add(s, &vs_question_type,
			VALUES("key=lokal", "text=Var lokalen bra?",
				"kind=yes_partly_no"),
			&key));
	assert_int_equal(
		count_of(s, SQL("SELECT position FROM question WHERE key = 'lokal'")), 8);
	assert_done(s, ENTER(s, "V Kil", "lokal=ja"));
	assert_refused(s, record_set(s, &vs_question_type, "lokal", VALUES("kind=scale")),
		VS_REFUSED, "answered");
	assert_refused(s, vs_record_remove(s->db, &vs_question_type, "lokal", &s->err),
		VS_REFUSED, "answered");
	assert_refused(s,
		record_add(s, &vs_question_type,
			VALUES("key=a b", "text=?", "kind=scale"), NULL),
		VS_INVALID, "a to z");
	assert_refused(s, record_set(s, &vs_question_type, "lokal", VALUES("position=1")),
		VS_EXISTS, "support");
	for (int i = 9; i <= 12; i++)
		assert_done(s,
			record_add(s, &vs_question_type,
				VALUES(vs_arena_printf(s->arena, "key=q%d", i), "text=?",
					"kind=scale"),
				NULL));
	assert_refused(s,
		record_add(s, &vs_question_type,
			VALUES("key=q13", "text=?", "kind=scale"), NULL),
		VS_REFUSED, "12 questions");
	assert_done(s,
		record_set(s, &vs_question_type, "support",
			VALUES("text=Fick ni det stöd ni behövde?")));
}

static void
an_answer_has_been_given_by_today(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		record_add(s, &vs_answer_type,
			VALUES("association=V Eda", "question=support", "value=ja",
				"answered_on=2026-10-06"),
			NULL),
		VS_INVALID, "has not been yet");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			answers_are_added_up_and_the_silent_are_named, open_after,
			scene_close),
		cmocka_unit_test_setup_teardown(
			who_is_silent_is_rung, open_after, scene_close),
		cmocka_unit_test_setup_teardown(
			all_answers_of_a_form_or_none, open_after, scene_close),
		cmocka_unit_test_setup_teardown(
			a_later_form_replaces_an_earlier_one, open_after, scene_close),
		cmocka_unit_test_setup_teardown(
			history_keeps_no_words, open_after, scene_close),
		cmocka_unit_test_setup_teardown(
			the_forms_code_finds_its_association, open_after, scene_close),
		cmocka_unit_test_setup_teardown(
			questions_of_our_own_are_few, open_after, scene_close),
		cmocka_unit_test_setup_teardown(
			an_answer_has_been_given_by_today, open_after, scene_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
