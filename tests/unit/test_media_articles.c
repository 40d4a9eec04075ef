/* Articles: one outlet at a time, drafts again, variants for sister associations. */
#include "media_scene.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *
article_add(struct scene *s, json_t *values)
{
	const char *key = NULL;
	assert_done(s, record_add(s, &vs_article_type, values, &key));
	return key;
}

static bool
article_send(struct scene *s, const char *article, const char *outlet, const char *anyway,
	const char **ret_media, const char **ret_warning)
{
	return vs_article_send(s->db, article, outlet, NULL, anyway, s->arena, ret_media,
		ret_warning, &s->err);
}

static void
from_idea_to_published_with_its_signer(void **state)
{
	struct scene *s = *state;
	const char *media, *warning;
	const char *key = article_add(s, VALUES("title=Vården nu", "policy_area=vård"));
	assert_state(s, &vs_article_type, key, "idea");
	assert_refused(s, article_send(s, key, "NWT", NULL, &media, &warning), VS_REFUSED,
		"is not written");
	assert_done(s, vs_article_move(s->db, key, "draft", NULL, NULL, &s->err));
	assert_refused(s,
		vs_article_move(s->db, key, "spokesperson", NULL, NULL, &s->err),
		VS_USAGE, "with which spokesperson");
	assert_done(
		s, vs_article_move(s->db, key, "spokesperson", "Ada Alm", NULL, &s->err));
	assert_done(s, article_send(s, key, "NWT", NULL, &media, &warning));
	assert_string_equal(warning, "");
	assert_state(s, &vs_article_type, key, "sent");
	json_t *sent = media_get(s, media);
	assert_string_equal(text_at(sent, "state"), "submitted");
	assert_string_equal(text_at(sent, "kind"), "debate_article");
	assert_string_equal(text_at(sent, "date"), "2026-03-09");
	assert_string_equal(text_at(sent, "title"), "Vården nu");
	assert_string_equal(text_at(sent, "person_name"), "Ada Alm");
	assert_string_equal(text_at(sent, "policy_area_name"), "vård");
	json_decref(sent);
	json_t *today = VALUES("date=2026-03-02");
	assert_done(
		s, vs_appearance_move(s->db, media, "published", today, NULL, &s->err));
	json_decref(today);
	assert_state(s, &vs_article_type, key, "published");
	json_t *view = vs_article_view(s->db, key, &s->err);
	assert_int_equal(json_array_size(json_object_get(view, "events")), 5);
	assert_int_equal(json_array_size(json_object_get(view, "sent")), 1);
	json_decref(view);
	assert_refused(s, vs_article_move(s->db, key, "draft", NULL, NULL, &s->err),
		VS_REFUSED, "was published in NWT on 2026-03-02");
}

/* Each step by hand from each state. */
static void
each_step_by_hand_is_allowed_or_refused_by_the_table(void **state)
{
	struct scene *s = *state;
	static const char *const from[] = { "idea", "draft", "spokesperson", "dropped" };
	static const char *const allowed[] = { " draft spokesperson dropped ",
		" idea spokesperson dropped ", " idea draft dropped ", " draft " };
	for (size_t i = 0; i < COUNT(from); i++)
		for (size_t j = 0; j < COUNT(from); j++) {
			const char *key = article_add(s,
				VALUES("title=T", "person=1",
					vs_arena_printf(s->arena, "state=%s", from[i])));
			bool may = strstr(
				allowed[i], vs_arena_printf(s->arena, " %s ", from[j]));
			bool moved = vs_article_move(
				s->db, key, from[j], NULL, "därför", &s->err);
			if (moved != may)
				fail_msg("%s to %s: %s", from[i], from[j],
					moved ? "done" : s->err.text);
			if (!may)
				assert_refused(s, false, VS_REFUSED, "article");
			assert_state(s, &vs_article_type, key, moved ? from[j] : from[i]);
		}
	assert_refused(s, vs_article_move(s->db, "1", "sent", NULL, NULL, &s->err),
		VS_USAGE, "'valstuga article send' sends it");
	assert_refused(s,
		record_add(
			s, &vs_article_type, VALUES("title=T", "state=published"), NULL),
		VS_REFUSED, "'valstuga media add'");
	assert_refused(s, record_set(s, &vs_article_type, "1", VALUES("state=published")),
		VS_USAGE, "cannot be changed this way");
}

static void
one_outlet_has_it_at_a_time(void **state)
{
	struct scene *s = *state;
	const char *first, *second, *warning;
	const char *key = article_add(s, VALUES("title=T", "state=draft", "person=1"));
	assert_done(s, article_send(s, key, "NWT", NULL, &first, &warning));
	scene_time("2026-03-05 12:00");
	assert_refused(s, article_send(s, key, "VF", NULL, &second, &warning), VS_REFUSED,
		"is at NWT since 2026-03-02");
	assert_refused(s, article_send(s, key, "VF", "  ", &second, &warning), VS_USAGE,
		"--anyway needs a reason");
	assert_refused(s, vs_article_move(s->db, key, "dropped", NULL, NULL, &s->err),
		VS_REFUSED, "take it back first with 'valstuga media cancel 1'");
	assert_done(s, article_send(s, key, "VF", "NWT svarar inte", &second, &warning));
	assert_string_equal(warning, "it is at NWT, too, since 2026-03-02");
	json_t *view = media_get(s, second);
	assert_string_equal(
		text_at(json_array_get(json_object_get(view, "events"), 0), "reason"),
		"NWT svarar inte");
	json_decref(view);
	/* While one of the two has it, it is sent; then it is ours again. */
	assert_done(s, vs_appearance_move(s->db, first, "declined", NULL, NULL, &s->err));
	assert_state(s, &vs_article_type, key, "sent");
	assert_done(
		s, vs_appearance_move(s->db, second, "cancelled", NULL, NULL, &s->err));
	assert_state(s, &vs_article_type, key, "draft");
	assert_refused(s,
		vs_appearance_move(s->db, first, "submitted", NULL, NULL, &s->err),
		VS_REFUSED, "'valstuga article send 1'");
	assert_done(s, article_send(s, key, "FP", NULL, &second, &warning));
	assert_refused(s, record_set(s, &vs_article_type, key, VALUES("variant_of=1")),
		VS_USAGE, "cannot be changed");
	bool gone = vs_record_remove(s->db, &vs_appearance_type, second, &s->err);
	assert_refused(s, gone, VS_REFUSED, "article 1 was sent with it");
	gone = vs_record_remove(s->db, &vs_article_type, key, &s->err);
	assert_refused(s, gone, VS_REFUSED, "it was sent to an outlet");
}

static void
a_published_one_is_sent_again_only_with_a_reason(void **state)
{
	struct scene *s = *state;
	const char *media, *warning;
	const char *key = article_add(s, VALUES("title=T", "state=draft", "person=1"));
	assert_done(s, article_send(s, key, "NWT", NULL, &media, &warning));
	json_t *today = VALUES("date=2026-03-02");
	assert_done(
		s, vs_appearance_move(s->db, media, "published", today, NULL, &s->err));
	json_decref(today);
	assert_refused(s, article_send(s, key, "FP", NULL, &media, &warning), VS_REFUSED,
		"was published in NWT on 2026-03-02");
	assert_done(s, article_send(s, key, "FP", "FP bad om den", &media, &warning));
	assert_string_equal(warning, "it was published in NWT on 2026-03-02");
	assert_state(s, &vs_article_type, key, "published");
}

static void
a_press_release_goes_to_everybody_and_a_motion_to_nobody(void **state)
{
	struct scene *s = *state;
	const char *media, *warning;
	const char *release = article_add(
		s, VALUES("title=P", "kind=pressmeddelande", "state=draft", "person=1"));
	assert_done(s, article_send(s, release, "NWT", NULL, &media, &warning));
	assert_done(s, article_send(s, release, "VF", NULL, &media, &warning));
	assert_string_equal(warning, "");
	const char *motion =
		article_add(s, VALUES("title=M", "kind=motion", "state=draft"));
	assert_refused(s, article_send(s, motion, "NWT", NULL, &media, &warning),
		VS_REFUSED, "is a motion");
	const char *draft = article_add(s, VALUES("title=D", "state=draft"));
	assert_refused(s, article_send(s, draft, "Facebook", NULL, &media, &warning),
		VS_INVALID, "Facebook is a channel of our own");
	assert_refused(s, article_send(s, draft, "NTW", NULL, &media, &warning),
		VS_NOT_FOUND, "names like it: NWT");
	assert_refused(s,
		vs_article_send(s->db, draft, "NWT", "2026-03-01", NULL, s->arena, &media,
			&warning, &s->err),
		VS_INVALID, "2026-03-01 has passed");
	assert_done(s, article_send(s, draft, "NWT", NULL, &media, &warning));
	assert_string_equal(warning, "nobody signs it");
}

static size_t
count_in(const json_t *view, const char *name)
{
	return json_array_size(json_object_get(view, name));
}

static json_t *
spread(struct scene *s, const char *article, const char *association)
{
	json_t *view = vs_article_spread(
		s->db, article, &association, association ? 1 : 0, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static void
it_is_spread_once_to_each_sister(void **state)
{
	struct scene *s = *state;
	const char *key = article_add(s,
		VALUES("title=Fria bussar", "kind=motion", "policy_area=skola",
			"association=V Kil"));
	json_t *view = spread(s, key, "V Eda");
	assert_int_equal(count_in(view, "made"), 1);
	json_decref(view);
	view = spread(s, key, NULL);
	assert_int_equal(count_in(view, "made"), 0);
	assert_int_equal(count_in(view, "had"), 2);
	json_decref(view);
	assert_done(s, record_add(s, &vs_association_type, VALUES("name=V Sunne"), NULL));
	/* From a variant, too: all are of the first one. */
	view = spread(s, "2", NULL);
	assert_int_equal(count_in(view, "made"), 1);
	assert_int_equal(count_in(view, "had"), 2);
	json_decref(view);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM article WHERE variant_of = 1"
				     " AND state = 'draft' AND title = 'Fria bussar'"
				     " AND kind = 'motion' AND policy_area_id = 2"
				     " AND person_id IS NULL")),
		2);
	const char *unknown = "V Edaa";
	assert_null(vs_article_spread(s->db, key, &unknown, 1, &s->err));
	assert_refused(s, false, VS_NOT_FOUND, "names like it: V Eda");
	assert_done(s, vs_article_move(s->db, "3", "dropped", NULL, NULL, &s->err));
	assert_null(vs_article_spread(s->db, "3", NULL, 0, &s->err));
	assert_refused(s, false, VS_REFUSED, "is dropped and is not spread");
	view = vs_article_view(s->db, key, &s->err);
	assert_int_equal(count_in(view, "variants"), 2);
	json_decref(view);
}

/* A day that has passed would make it late from the beginning. */
static void
a_variant_is_due_on_the_day_that_is_still_ahead(void **state)
{
	struct scene *s = *state;
	json_decref(spread(
		s, article_add(s, VALUES("title=Förr", "due_on=2026-02-01")), "V Eda"));
	json_decref(spread(
		s, article_add(s, VALUES("title=Sedan", "due_on=2026-12-01")), "V Eda"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM article WHERE variant_of IS NOT NULL"
			    " AND due_on IS iif(title = 'Förr', NULL, '2026-12-01')")),
		2);
}

static void
variants_with_the_same_readers_are_told(void **state)
{
	struct scene *s = *state;
	const char *media, *warning;
	const char *key = article_add(s, VALUES("title=T", "state=draft", "person=1"));
	json_decref(spread(s, key, NULL));
	for (const char *id = "2"; id; id = *id == '2' ? "3" : NULL)
		assert_done(s,
			vs_article_move(s->db, id, "spokesperson", "2", NULL, &s->err));
	assert_done(s, article_send(s, key, "NWT", NULL, &media, &warning));
	assert_done(s, article_send(s, "2", "VF", NULL, &media, &warning));
	assert_string_equal(warning,
		"a variant of it is at NWT, which has the same readers (article 1, "
		"2026-03-09)");
	assert_done(s, article_send(s, "3", "FP", NULL, &media, &warning));
	assert_string_equal(warning, "");
	assert_done(s, vs_appearance_move(s->db, media, "declined", NULL, NULL, &s->err));
	assert_done(s, article_send(s, "3", "VF", NULL, &media, &warning));
	assert_string_equal(warning,
		"a variant of it is at VF (article 2, V Eda, 2026-03-09); a variant of it is "
		"at NWT, which has the same readers (article 1, 2026-03-09)");
}

static const json_t *
articles_in(const json_t *view, size_t state)
{
	return json_object_get(
		json_array_get(json_object_get(view, "states"), state), "articles");
}

static void
the_pipeline_tells_the_most_urgent_first(void **state)
{
	struct scene *s = *state;
	const char *media, *warning;
	article_add(s, VALUES("title=Utan dag", "state=draft"));
	article_add(s, VALUES("title=Senare", "state=draft", "due_on=2026-04-01"));
	article_add(s, VALUES("title=Sen", "state=draft", "due_on=2026-03-04"));
	article_add(s, VALUES("title=Idé"));
	const char *sent = article_add(s, VALUES("title=Skickad", "state=draft"));
	assert_done(s, article_send(s, sent, "NWT", NULL, &media, &warning));
	scene_time("2026-03-14 12:00");
	json_t *view = vs_article_pipeline(s->db, &s->err);
	assert_done(s, view != NULL);
	static const char *const drafts[] = { "Sen", "Senare", "Utan dag" };
	assert_int_equal(json_array_size(articles_in(view, 0)), 1);
	assert_int_equal(json_array_size(articles_in(view, 1)), 3);
	for (size_t i = 0; i < 3; i++) {
		const json_t *draft = json_array_get(articles_in(view, 1), i);
		assert_string_equal(text_at(draft, "title"), drafts[i]);
		assert_int_equal(integer_at(draft, "days"), 12);
		assert_true(json_is_true(json_object_get(draft, "late")) == (i == 0));
	}
	const json_t *out = json_array_get(articles_in(view, 3), 0);
	assert_string_equal(text_at(out, "outlet_name"), "NWT");
	assert_true(json_is_true(json_object_get(out, "late")));
	json_decref(view);
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
#define TEST(name) cmocka_unit_test_setup_teardown(name, media_open, scene_close)
	const struct CMUnitTest tests[] = {
		TEST(from_idea_to_published_with_its_signer),
		TEST(each_step_by_hand_is_allowed_or_refused_by_the_table),
		TEST(one_outlet_has_it_at_a_time),
		TEST(a_published_one_is_sent_again_only_with_a_reason),
		TEST(a_press_release_goes_to_everybody_and_a_motion_to_nobody),
		TEST(it_is_spread_once_to_each_sister),
		TEST(a_variant_is_due_on_the_day_that_is_still_ahead),
		TEST(variants_with_the_same_readers_are_told),
		TEST(the_pipeline_tells_the_most_urgent_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
