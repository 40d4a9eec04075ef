/* The questionnaire and the evaluation report as views, and the steps of the evaluation. */
#include "allocate_scene.h"

#include <valstuga/evaluation.h>

#include "campaign/answer.h"

static int
open_after(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	add_world(s);
	run(s, SQL("UPDATE kommun SET in_district = (code = '1715')"));
	scene_time("2026-10-05 12:00");
	return !(
		record_add(s, &vs_association_type, VALUES("name=V Kil & Ängen"), NULL) &&
		record_add(s, &vs_association_type, VALUES("name=V Eda"), NULL));
}

static json_t *
questionnaire(struct scene *s, const char *association)
{
	json_t *view = vs_questionnaire_view(s->db, association, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static const json_t *
sheet_at(const json_t *view, size_t i)
{
	return json_array_get(json_object_get(view, "sheets"), i);
}

/* Campaign settings, as `campaign set` writes them. */
static void
set_campaign(struct scene *s, json_t *values)
{
	assert_done(s, record_set(s, &vs_campaign_type, "1", values));
}

/* Questionnaire ---------------------------------------------------------------------------- */

static void
each_association_gets_its_form(void **state)
{
	struct scene *s = *state;
	json_t *view = questionnaire(s, NULL);
	assert_int_equal(json_array_size(json_object_get(view, "sheets")), 2);
	const json_t *eda = sheet_at(view, 0), *first;
	assert_string_equal(text_at(eda, "heading"), "V Eda");
	assert_string_equal(text_at(eda, "sheet_number"), "EN-2");
	assert_string_equal(text_at(eda, "form"), questionnaire_code(s->arena, 2));
	/* Without an address the square code is the form's. */
	assert_string_equal(text_at(eda, "qr"), text_at(eda, "form"));
	first = json_array_get(json_object_get(eda, "questions"), 0);
	assert_string_equal(text_at(first, "number"), "1");
	assert_true(json_is_true(json_object_get(first, "yes_partly_no")));
	assert_true(json_is_false(json_object_get(first, "words")));
	/* Both the short code and the sheet's own find the association. */
	json_t *answers = json_pack("[{s:s, s:s}]", "question", "support", "value", "ja");
	assert_done(
		s, vs_answers_enter(s->db, text_at(eda, "code"), answers, NULL, &s->err));
	assert_done(
		s, vs_answers_enter(s->db, text_at(eda, "form"), answers, NULL, &s->err));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM answer WHERE association_id = 2")),
		1);
	json_decref(answers);
	json_decref(view);
}

static void
one_form_is_asked_for(void **state)
{
	struct scene *s = *state;
	json_t *view = questionnaire(s, "V Eda");
	assert_int_equal(json_array_size(json_object_get(view, "sheets")), 1);
	json_decref(view);
	assert_null(vs_questionnaire_view(s->db, "V Arvika", &s->err));
	assert_int_equal(s->err.code, VS_NOT_FOUND);
	s->err = (struct vs_error){ 0 };
}

static void
the_square_code_is_a_mail_that_any_phone_reads(void **state)
{
	struct scene *s = *state;
	set_campaign(s, VALUES("signup_email=val+svar@exempel.se"));
	json_t *view = questionnaire(s, "V Kil & Ängen");
	const char *qr = text_at(sheet_at(view, 0), "qr");
	const char *head = "mailto:val%2Bsvar@exempel.se?subject=";
	assert_int_equal(strncmp(qr, head, strlen(head)), 0);
	assert_non_null(strstr(qr, "V%20Kil%20%26%20%C3%84ngen%0D%0A1%20"));
	assert_non_null(strstr(qr, "%0D%0A7"));
	assert_null(strpbrk(qr, " \"<>"));
	for (const char *c = qr; *c; c++)
		assert_true(*c > 0 && *c < 127);
	assert_true(strlen(qr) <= 700);
	json_decref(view);
}

static void
short_questions_stand_in_the_mail(void **state)
{
	struct scene *s = *state;
	set_campaign(s, VALUES("signup_email=val@exempel.se"));
	run(s, SQL("DELETE FROM question WHERE position > 1"));
	json_t *view = questionnaire(s, "V Eda");
	assert_non_null(strstr(text_at(sheet_at(view, 0), "qr"),
		"%0D%0A1%20Fick%20f%C3%B6reningen%20det%20st%C3%B6d"));
	json_decref(view);
}

/* Report ----------------------------------------------------------------------------------- */

static json_t *
report(struct scene *s)
{
	json_t *view = vs_evaluation_sheet_view(s->db, &s->err);
	assert_done(s, view != NULL);
	assert_string_equal(text_at(sheet_at(view, 0), "sheet_number"), "UV-0001");
	return view;
}

static bool
has_text(const json_t *rows, const char *part)
{
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row)
		if (strstr(text_at(row, "text"), part))
			return true;
	return false;
}

static void
a_report_of_nothing_says_so(void **state)
{
	struct scene *s = *state;
	run(s, SQL("DELETE FROM association"));
	json_t *view = report(s);
	const json_t *sheet = sheet_at(view, 0);
	assert_true(has_text(json_object_get(sheet, "summary"), "not imported yet"));
	assert_int_equal(json_array_size(json_object_get(sheet, "results")), 0);
	assert_int_equal(json_array_size(json_object_get(sheet, "effort")), 0);
	assert_int_equal(json_array_size(json_object_get(sheet, "ballots")), 0);
	assert_true(json_is_null(json_object_get(sheet, "answers")));
	assert_int_equal(json_array_size(json_object_get(sheet, "steps")), 5);
	json_decref(view);
}

static void
count_kil(struct scene *s)
{
	run(s,
		SQL("INSERT INTO election_result (election_day, kind, district_code,"
		    " kommun_code, name, eligible, voted, valid, party_votes) VALUES"
		    " ('2026-09-13', 'KF', '17150001', '1715', 'Norra', 1000, 820, 800, 100),"
		    " ('2026-09-13', 'KF', '17150002', '1715', 'Södra', 2000, 1510, 1500, 115)"));
}

static void
the_report_arranges_what_the_views_say(void **state)
{
	struct scene *s = *state;
	int64_t ignored;
	const struct vs_stock_papers papers = { .reason = "slut" };
	count_kil(s);
	run(s,
		SQL("INSERT INTO border (kind, code, rings, source) VALUES ('kommun', '1715',"
		    " '[[[13.0,59.4],[13.4,59.4],[13.2,59.6]]]', 'prov')"));
	scene_time("2026-08-25 10:00");
	assert_done(s,
		vs_stock_move(s->db, "KF Kil", 500, "Distriktslagret", "Biblioteket, Kil",
			NULL, NULL, &s->err));
	assert_done(s,
		vs_stock_move(s->db, "KF Kil", 100, "Distriktslagret", "Stadshuset, Kil",
			NULL, NULL, &s->err));
	scene_time("2026-10-05 12:00");
	assert_done(s,
		vs_stock_count(s->db, "KF Kil", "Biblioteket, Kil", 160, &papers,
			&ignored, &s->err));
	json_t *answers = json_pack("[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}]", "question",
		"support", "value", "ja", "question", "material", "value", "4",
		"question", "worked", "value", "Torgmötena");
	assert_done(s, vs_answers_enter(s->db, "V Eda", answers, NULL, &s->err));
	json_decref(answers);
	json_t *view = report(s);
	const json_t *sheet = sheet_at(view, 0);
	const json_t *result = json_array_get(json_object_get(sheet, "results"), 0);
	const json_t *row = json_array_get(json_object_get(result, "rows"), 0);
	/* 215 of 2 300 now, 155 of 2 300 last time */
	assert_string_equal(text_at(row, "area"), "Kil");
	assert_string_equal(text_at(row, "share"), "9,3");
	assert_string_equal(text_at(row, "change"), "+2,6");
	assert_string_equal(text_at(row, "votes_change"), "+60");
	const json_t *map = json_object_get(result, "map");
	const json_t *area = json_array_get(json_object_get(map, "areas"), 0);
	assert_string_equal(text_at(area, "label"), "Kil");
	assert_int_equal(integer_at(area, "class"), 4);
	assert_string_equal(text_at(map, "a"), "decreased more than 1");
	assert_string_equal(text_at(map, "e"), "increased 2 or more");
	const json_t *ballots = json_array_get(json_object_get(sheet, "ballots"), 0);
	assert_string_equal(text_at(ballots, "kind"), "kommunfullmäktige");
	assert_string_equal(text_at(ballots, "used"), "340");
	assert_string_equal(text_at(sheet, "uncounted"), "Stadshuset (Kil)");
	const json_t *said = json_object_get(sheet, "answers");
	assert_string_equal(
		text_at(said, "answered"), "1 of 2 associations have answered");
	assert_string_equal(text_at(said, "waiting"), "V Kil & Ängen");
	assert_string_equal(
		text_at(json_array_get(json_object_get(said, "scales"), 0), "mean"),
		"4,0");
	assert_int_equal(json_array_size(json_object_get(said, "words")), 1);
	assert_true(has_text(json_object_get(sheet, "summary"), "9,3"));
	json_decref(view);
}

static void
districts_are_drawn_where_kommuner_have_no_borders(void **state)
{
	struct scene *s = *state;
	count_kil(s);
	run(s,
		SQL("INSERT INTO border (kind, code, rings, source) VALUES ('district',"
		    " '17150001', '[[[13.0,59.4],[13.4,59.4],[13.2,59.6]]]', 'prov')"));
	json_t *view = report(s);
	const json_t *map = json_object_get(
		json_array_get(json_object_get(sheet_at(view, 0), "results"), 0), "map");
	assert_int_equal(json_array_size(json_object_get(map, "areas")), 1);
	json_decref(view);
}

static void
the_same_evaluation_is_the_same_revision(void **state)
{
	struct scene *s = *state;
	json_decref(report(s));
	scene_time("2026-10-06 12:00");
	json_t *view = report(s);
	assert_int_equal(integer_at(sheet_at(view, 0), "revision"), 1);
	json_decref(view);
}

/* Steps ------------------------------------------------------------------------------------ */

static bool
done(struct scene *s, const char *key)
{
	json_t *steps = vs_evaluation_steps(s->db, &s->err), *step;
	assert_done(s, steps != NULL);
	bool found = false, is_done = false;
	size_t i;
	json_array_foreach (steps, i, step)
		if (strcmp(text_at(step, "key"), key) == 0) {
			found = true;
			is_done = json_is_true(json_object_get(step, "done"));
		}
	json_decref(steps);
	assert_true(found);
	return is_done;
}

static void
steps_are_done_one_by_one(void **state)
{
	struct scene *s = *state;
	int64_t ignored;
	const struct vs_stock_papers papers = { .reason = "slut" };
	static const char *const keys[] = { "results", "counted", "learned", "answers",
		"report" };
	for (size_t i = 0; i < 5; i++)
		assert_false(done(s, keys[i]));
	assert_true(done(s, "shortages"));
	count_kil(s);
	assert_false(done(s, "results")); /* RD and RF are not */
	run(s, SQL("UPDATE campaign SET kinds = 'KF'"));
	assert_true(done(s, "results"));
	assert_done(s,
		vs_stock_move(s->db, "KF Kil", 500, "Distriktslagret", "Biblioteket, Kil",
			NULL, NULL, &s->err));
	assert_false(done(s, "counted"));
	assert_done(s,
		vs_stock_count(s->db, "KF Kil", "Biblioteket, Kil", 160, &papers,
			&ignored, &s->err));
	assert_true(done(s, "counted"));
	assert_false(done(s, "learned"));
	assert_done(s, vs_usage_learn(s->db, &ignored, &s->err));
	assert_true(done(s, "learned"));
	json_t *answers = json_pack("[{s:s, s:s}]", "question", "support", "value", "ja");
	assert_done(s, vs_answers_enter(s->db, "V Eda", answers, NULL, &s->err));
	assert_false(done(s, "answers"));
	assert_done(s, vs_answers_enter(s->db, "1", answers, NULL, &s->err));
	assert_true(done(s, "answers"));
	json_decref(answers);
	json_decref(report(s));
	assert_true(done(s, "report"));
}

static void
before_election_day_no_shortage_is_the_last(void **state)
{
	struct scene *s = *state;
	scene_time("2026-09-13 12:00");
	assert_false(done(s, "shortages"));
}

/* Somebody wants to see what it will look like. */
static void
a_report_from_before_election_day_is_no_report(void **state)
{
	struct scene *s = *state;
	scene_time("2026-09-13 12:00");
	json_decref(report(s));
	assert_false(done(s, "report"));
	scene_time("2026-10-01 12:00");
	assert_false(done(s, "report"));
	count_kil(s);
	json_decref(report(s));
	assert_true(done(s, "report"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_after, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_association_gets_its_form),
		TEST(one_form_is_asked_for),
		TEST(the_square_code_is_a_mail_that_any_phone_reads),
		TEST(short_questions_stand_in_the_mail),
		TEST(a_report_of_nothing_says_so),
		TEST(the_report_arranges_what_the_views_say),
		TEST(districts_are_drawn_where_kommuner_have_no_borders),
		TEST(the_same_evaluation_is_the_same_revision),
		TEST(steps_are_done_one_by_one),
		TEST(before_election_day_no_shortage_is_the_last),
		TEST(a_report_from_before_election_day_is_no_report),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
