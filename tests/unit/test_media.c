/* Outlets, spokespersons and appearances: what is taken, what is refused, each step of a life. */
#include "media_scene.h"

#include <valstuga/exchange.h>
#include <valstuga/privacy.h>

#include "media/media.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
one_line_is_enough_and_swedish_words_do(void **state)
{
	struct scene *s = *state;
	static const char *const words[][2] = { { "debattartikel", "debate_article" },
		{ "Insändare", "letter" }, { "nyhet", "news" },
		{ "intervju", "interview" }, { "radio", "radio" }, { "TV", "tv" },
		{ "podd", "podcast" }, { "utspel", "initiative" },
		{ "pressmeddelande", "press_release" } };
	for (size_t i = 0; i < COUNT(words); i++) {
		const char *key = media_add(s,
			VALUES("outlet=nwt",
				vs_arena_printf(s->arena, "kind=%s", words[i][0]),
				"date=2026-03-04", "person=Ada Alm", "policy_area=VÅRD"),
			false);
		assert_done(s, key != NULL);
		json_t *view = media_get(s, key);
		assert_string_equal(text_at(view, "kind"), words[i][1]);
		assert_string_equal(text_at(view, "outlet_name"), "NWT");
		assert_string_equal(text_at(view, "person_name"), "Ada Alm");
		assert_string_equal(text_at(view, "policy_area_name"), "vård");
		json_decref(view);
	}
	assert_done(s,
		media_add(s, VALUES("outlet=4", "kind=egen kanal", "date=2026-03-04"),
			false));
}

static void
what_its_day_says_is_the_state_when_nothing_else_does(void **state)
{
	struct scene *s = *state;
	static const char *const rows[][4] = { { "1", "news", "2026-03-02", "published" },
		{ "1", "news", "2026-03-03", "planned" },
		{ "1", "letter", "2025-12-31", "published" },
		{ "3", "radio", "2026-03-01", "broadcast" },
		{ "3", "podcast", "2026-03-01", "broadcast" },
		{ "3", "tv", "2026-03-02", "broadcast" },
		{ "3", "radio", "2026-04-01", "planned" },
		{ "4", "own", "2026-03-01", "published" } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *key = media_add(s,
			VALUES(vs_arena_printf(s->arena, "outlet=%s", rows[i][0]),
				vs_arena_printf(s->arena, "kind=%s", rows[i][1]),
				vs_arena_printf(s->arena, "date=%s", rows[i][2])),
			false);
		assert_done(s, key != NULL);
		assert_state(s, &vs_appearance_type, key, rows[i][3]);
	}
}

static void
what_was_seen_is_not_ahead(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-03",
				"state=published"),
			false),
		VS_INVALID, "2026-03-03 has not come yet");
	assert_done(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=news", "date=2026-03-05"), false));
	assert_refused(s,
		vs_appearance_move(s->db, "1", "published", NULL, NULL, &s->err),
		VS_INVALID, "2026-03-05 has not come yet");
	json_t *today = VALUES("date=2026-03-02", "link=https://exempel.se/1");
	assert_done(s, vs_appearance_move(s->db, "1", "published", today, NULL, &s->err));
	json_decref(today);
	assert_refused(s,
		record_set(s, &vs_appearance_type, "1", VALUES("date=2026-03-06")),
		VS_INVALID, "has not come yet");
	assert_refused(s,
		media_add(s, VALUES("outlet=NWT", "kind=news", "date=2062-03-05"), false),
		VS_INVALID, "look at the year");
}

/* Each step from each state: those that are not here are refused. */
static void
each_step_of_a_life_is_allowed_or_refused_by_the_table(void **state)
{
	struct scene *s = *state;
	static const char *const states[] = { "planned", "submitted", "booked",
		"published", "broadcast", "declined", "cancelled" };
	static const char *const allowed[] = {
		" submitted booked published broadcast declined cancelled ",
		" booked published broadcast declined cancelled ",
		" published broadcast declined cancelled ", " cancelled ", " cancelled ",
		" submitted booked published broadcast ",
		" submitted booked published broadcast "
	};
	int done = 0, refused = 0;
	for (size_t from = 0; from < COUNT(states); from++)
		for (size_t to = 0; to < COUNT(states); to++) {
			const char *day =
				media_is_done(states[from]) ? "2026-02-01" : "2026-03-02";
			const char *key = media_add(s,
				VALUES("outlet=NWT", "kind=news",
					vs_arena_printf(s->arena, "date=%s", day),
					vs_arena_printf(
						s->arena, "state=%s", states[from])),
				true);
			assert_done(s, key != NULL);
			bool may = strstr(allowed[from],
				vs_arena_printf(s->arena, " %s ", states[to]));
			bool moved = vs_appearance_move(
				s->db, key, states[to], NULL, "fel", &s->err);
			if (moved != may)
				fail_msg("%s to %s: %s", states[from], states[to],
					moved ? "done" : s->err.text);
			if (!may)
				assert_refused(s, false, VS_REFUSED,
					from == to ? "already" : "does not become");
			done += moved;
			refused += !moved;
			assert_state(s, &vs_appearance_type, key,
				moved ? states[to] : states[from]);
		}
	assert_int_equal(done, 6 + 5 + 4 + 1 + 1 + 4 + 4);
	assert_int_equal(refused, 49 - done);
	assert_refused(s, vs_appearance_move(s->db, "1", "seen", NULL, NULL, &s->err),
		VS_INVALID, "is not one of");
	assert_refused(s, vs_appearance_move(s->db, "99", "booked", NULL, NULL, &s->err),
		VS_NOT_FOUND, "no media \"99\"");
}

static void
what_was_seen_is_only_taken_back_with_a_reason(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=news", "date=2026-03-01"), false));
	assert_refused(s,
		vs_appearance_move(s->db, "1", "cancelled", NULL, "  ", &s->err),
		VS_REFUSED, "has been seen; if that is a mistake");
	assert_done(
		s, vs_appearance_move(s->db, "1", "cancelled", NULL, "fel dag", &s->err));
	json_t *view = media_get(s, "1");
	json_t *events = json_object_get(view, "events");
	assert_int_equal(json_array_size(events), 2);
	assert_string_equal(text_at(json_array_get(events, 1), "reason"), "fel dag");
	json_decref(view);
}

static void
a_life_is_kept_with_its_days(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		media_add(
			s, VALUES("outlet=P4", "kind=radio", "date=2026-03-10"), false));
	assert_done(s, vs_appearance_move(s->db, "1", "booked", NULL, NULL, &s->err));
	assert_done(
		s, record_set(s, &vs_appearance_type, "1", VALUES("date=2026-03-12")));
	assert_done(s, record_set(s, &vs_appearance_type, "1", VALUES("note=live")));
	scene_time("2026-03-13 09:30");
	assert_done(s, vs_appearance_move(s->db, "1", "broadcast", NULL, NULL, &s->err));
	assert_done(s, record_set(s, &vs_appearance_type, "1", VALUES("reach=900")));
	assert_done(
		s, record_set(s, &vs_appearance_type, "1", VALUES("date=2026-03-11")));
	static const char *const expected[][3] = { { "2026-03-02 12:00", "planned",
							   "2026-03-10" },
		{ "2026-03-02 12:00", "booked", "2026-03-10" },
		{ "2026-03-02 12:00", "booked", "2026-03-12" },
		{ "2026-03-13 09:30", "broadcast", "2026-03-12" } };
	json_t *view = media_get(s, "1"), *events = json_object_get(view, "events");
	assert_int_equal(json_array_size(events), COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		const json_t *event = json_array_get(events, i);
		assert_string_equal(text_at(event, "at"), expected[i][0]);
		assert_string_equal(text_at(event, "state"), expected[i][1]);
		assert_string_equal(text_at(event, "date"), expected[i][2]);
		assert_string_equal(text_at(event, "actor"), "anna");
	}
	json_decref(view);
}

static void
what_is_entered_afterwards_was_seen_on_its_day(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=news", "date=2026-02-03"), false));
	assert_done(s,
		media_add(s,
			VALUES("outlet=P4", "kind=radio", "date=2026-02-03",
				"time=07:30"),
			false));
	assert_done(s,
		media_add(s,
			VALUES("outlet=P4", "kind=tv", "date=2026-03-02", "time=21:00"),
			false));
	static const char *const at[] = { "2026-02-03 12:00", "2026-02-03 07:30",
		"2026-03-02 12:00" };
	for (size_t i = 0; i < COUNT(at); i++) {
		json_t *view = media_get(s, vs_arena_printf(s->arena, "%d", (int)i + 1));
		json_t *events = json_object_get(view, "events");
		assert_int_equal(json_array_size(events), 1);
		assert_string_equal(text_at(json_array_get(events, 0), "at"), at[i]);
		json_decref(view);
	}
}

static void
own_channels_have_own_posts_and_nothing_else(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		media_add(s, VALUES("outlet=Facebook", "kind=news", "date=2026-03-01"),
			false),
		VS_INVALID, "Facebook is a channel of our own");
	assert_refused(s,
		media_add(s, VALUES("outlet=NWT", "kind=own", "date=2026-03-01"), false),
		VS_INVALID, "NWT is no channel of our own");
	assert_done(s,
		media_add(s, VALUES("outlet=Facebook", "kind=own", "date=2026-03-01"),
			false));
	assert_done(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=news", "date=2026-03-01"), false));
	assert_refused(s, record_set(s, &vs_appearance_type, "2", VALUES("outlet=4")),
		VS_INVALID, "channel of our own");
	assert_refused(s, record_set(s, &vs_outlet_type, "Facebook", VALUES("kind=web")),
		VS_REFUSED, "it has posts of an own channel");
	assert_refused(s, record_set(s, &vs_outlet_type, "NWT", VALUES("kind=own")),
		VS_REFUSED, "which are not of an own channel");
	assert_done(s, record_set(s, &vs_outlet_type, "NWT", VALUES("kind=web")));
}

static void
what_is_not_there_is_refused_with_what_it_is_like(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		media_add(s, VALUES("outlet=NTW", "kind=news", "date=2026-03-01"), false),
		VS_NOT_FOUND,
		"no outlet \"NTW\"; names like it: NWT; a new one is added with 'valstuga "
		"outlet add --kind newspaper --name \"NTW\"'");
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-01",
				"policy_area=klimat"),
			false),
		VS_NOT_FOUND,
		"no policy-area \"klimat\"; a new one is added with 'valstuga policy-area "
		"add --name \"klimat\"'");
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-01",
				"person=Ada Alms"),
			false),
		VS_NOT_FOUND, "no person \"Ada Alms\"; names like it: Ada Alm;");
	assert_done(
		s, media_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 1")));
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-01",
				"person=Ada Alms"),
			false),
		VS_NOT_FOUND, "no person \"Ada Alms\"; 'valstuga person list'");
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-01",
				"association=V Kill"),
			false),
		VS_NOT_FOUND, "names like it: V Kil");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM appearance")), 0);
}

static void
the_same_one_is_not_typed_in_twice(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=letter", "date=2026-03-01",
				"person=1"),
			false));
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=letter", "date=2026-03-01", "person=1",
				"title=Nytt"),
			false),
		VS_EXISTS, "media 1 is the same one: NWT, letter");
	assert_refused(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=letter", "date=2026-03-01"), false),
		VS_EXISTS, "--anyway");
	assert_done(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=letter", "date=2026-03-01",
				"person=2"),
			false));
	assert_done(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=news", "date=2026-03-01"), false));
	assert_done(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=letter", "date=2026-03-01"), true));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM appearance")), 4);
}

static void
outlets_reach_kommuner_by_name_or_code(void **state)
{
	struct scene *s = *state;
	json_t *nwt = vs_record_get(s->db, &vs_outlet_type, "NWT", &s->err);
	assert_string_equal(text_at(nwt, "kommuner"), "1715,1780");
	assert_string_equal(text_at(nwt, "kommun_names"), "Karlstad, Kil");
	assert_true(json_is_true(json_object_get(nwt, "active")));
	json_decref(nwt);
	assert_done(s,
		record_set(s, &vs_outlet_type, "NWT",
			VALUES("kommuner=1784; kil;1784,,Kil")));
	nwt = vs_record_get(s->db, &vs_outlet_type, "NWT", &s->err);
	assert_string_equal(text_at(nwt, "kommuner"), "1715,1784");
	json_decref(nwt);
	assert_refused(s,
		record_set(s, &vs_outlet_type, "NWT", VALUES("kommuner=Kil, Atlantis")),
		VS_NOT_FOUND, "Atlantis");
	assert_refused(s,
		record_set(s, &vs_outlet_type, "NWT", VALUES("contact_email=nwt")),
		VS_INVALID, "no e-mail address");
	assert_done(s, record_set(s, &vs_outlet_type, "NWT", VALUES("active=nej")));
	assert_refused(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=letter", "date=2026-03-09"), false),
		VS_REFUSED, "NWT is no longer in use");
	assert_done(s,
		media_add(s, VALUES("outlet=NWT", "kind=letter", "date=2026-02-09"),
			false));
}

/* People ----------------------------------------------------------------------------------- */

static void
who_is_restricted_is_named_nowhere_and_gets_nothing_new(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_spokesperson_type,
			VALUES("person=Ada Alm", "policy_area=vård", "note=kan allt"),
			NULL));
	assert_done(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-09", "person=1"),
			false));
	assert_done(s,
		record_add(s, &vs_article_type, VALUES("title=Text", "person=1"), NULL));
	assert_done(
		s, media_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 1")));
	const struct vs_record_type *const types[] = { &vs_spokesperson_type,
		&vs_appearance_type, &vs_article_type };
	for (size_t i = 0; i < COUNT(types); i++) {
		json_t *all = vs_record_list(s->db, types[i], NULL, &s->err);
		char *text = json_dumps(all, 0);
		assert_null(strstr(text, "Ada"));
		assert_null(strstr(text, "kan allt"));
		free(text);
		json_decref(all);
	}
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-10", "person=1"),
			false),
		VS_REFUSED, "restricted");
	assert_refused(s,
		record_add(s, &vs_spokesperson_type,
			VALUES("person=1", "policy_area=skola"), NULL),
		VS_REFUSED, "restricted");
	assert_done(s, vs_appearance_move(s->db, "1", "booked", NULL, NULL, &s->err));
	assert_done(s, record_set(s, &vs_appearance_type, "1", VALUES("person=2")));
}

static void
who_is_erased_leaves_what_was_seen_without_a_name(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_spokesperson_type,
			VALUES("person=1", "policy_area=vård"), NULL));
	assert_done(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-01", "person=1",
				"title=Ada Alm om vården", "responsible=Ada Alm",
				"clipping=s. 4, Alm, Ada"),
			false));
	assert_done(s,
		record_add(s, &vs_article_type,
			VALUES("title=Ada Alms artikel", "person=1"), NULL));
	json_t *extract = vs_person_extract(s->db, "1", &s->err);
	assert_done(s, extract != NULL);
	char *told = json_dumps(extract, 0);
	assert_non_null(strstr(told, "\"table\": \"spokesperson\""));
	assert_non_null(strstr(told, "\"table\": \"appearance\""));
	assert_non_null(strstr(told, "\"table\": \"article\""));
	assert_non_null(strstr(told, "NWT"));
	free(told);
	json_decref(extract);
	json_decref(vs_person_erase(s->db, "1", false, &s->err));
	assert_string_equal(s->err.text, "");
	assert_int_equal(count_of(s,
				 SQL("SELECT (SELECT count(*) FROM spokesperson) * 100"
				     " + (SELECT count(*) FROM appearance"
				     "  WHERE person_id IS NULL) * 10"
				     " + (SELECT count(*) FROM article"
				     "  WHERE person_id IS NULL)")),
		11);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM appearance WHERE title LIKE '%Alm%'"
			    " OR responsible LIKE '%Alm%' OR clipping LIKE '%Alm%'")),
		0);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM article WHERE title LIKE '%Alm%'")),
		0);
}

static void
two_people_who_are_one_keep_all_that_was_seen(void **state)
{
	struct scene *s = *state;
	static const char *const pairs[][2] = { { "1", "vård" }, { "2", "vård" },
		{ "2", "skola" } };
	for (size_t i = 0; i < COUNT(pairs); i++)
		assert_done(s,
			record_add(s, &vs_spokesperson_type,
				VALUES(vs_arena_printf(
					       s->arena, "person=%s", pairs[i][0]),
					vs_arena_printf(
						s->arena, "policy_area=%s", pairs[i][1])),
				NULL));
	assert_done(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-03-01", "person=2"),
			false));
	assert_done(
		s, record_add(s, &vs_article_type, VALUES("title=T", "person=2"), NULL));
	assert_done(s, vs_person_merge(s->db, "1", "2", &s->err));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM spokesperson WHERE person_id = 1")),
		2);
	assert_int_equal(
		count_of(s,
			SQL("SELECT (SELECT count(*) FROM appearance WHERE person_id = 1)"
			    " + (SELECT count(*) FROM article WHERE person_id = 1)")),
		2);
}

static void
a_spokesperson_speaks_once_for_an_area(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_spokesperson_type, VALUES("person=1", "policy_area=1"),
			NULL));
	assert_refused(s,
		record_add(s, &vs_spokesperson_type,
			VALUES("person=Ada Alm", "policy_area=vård"), NULL),
		VS_EXISTS, "there is one already");
	assert_done(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-02-01", "person=1",
				"policy_area=1"),
			false));
	json_t *one = vs_record_get(s->db, &vs_spokesperson_type, "1", &s->err);
	assert_int_equal(integer_at(one, "appearances"), 1);
	assert_string_equal(text_at(one, "last_seen"), "2026-02-01");
	json_decref(one);
	assert_refused(s, record_add(s, &vs_policy_area_type, VALUES("name=a, b"), NULL),
		VS_INVALID, "has a comma");
	assert_refused(s, record_add(s, &vs_policy_area_type, VALUES("name=VåRD"), NULL),
		VS_EXISTS, "there is one already");
}

/* Sheets ----------------------------------------------------------------------------------- */

static json_t *
import_sheet(struct scene *s, const char *text)
{
	const char *path = scene_path(s, "media.csv");
	assert_done(s, vs_file_write(path, text, strlen(text), &s->err));
	json_t *report = vs_import(s->db, &path, 1, NULL, &s->err);
	if (!report)
		return NULL;
	json_t *file = json_incref(json_array_get(json_object_get(report, "files"), 0));
	json_decref(report);
	return file;
}

static void
assert_counts(struct scene *s, const char *text, int added, int changed, int problems)
{
	json_t *file = import_sheet(s, text);
	assert_done(s, file != NULL);
	const json_t *noun = json_array_get(json_object_get(file, "nouns"), 0);
	assert_string_equal(text_at(file, "format"), "media");
	assert_int_equal(integer_at(noun, "new"), added);
	assert_int_equal(integer_at(noun, "changed"), changed);
	assert_int_equal(json_array_size(json_object_get(file, "problems")), problems);
	json_decref(file);
}

#define HEADS "Datum;Tidning;Typ;Vem;Område;Rubrik;Läge\n"

static void
a_sheet_kept_by_hand_may_come_again(void **state)
{
	struct scene *s = *state;
	assert_counts(s,
		HEADS "2026-02-03;NWT;Debattartikel;Ada Alm;vård;\"Vården; nu\";\n"
		      "2026-02-05;VF;insändare;;;;\n2026-03-09;P4;radio;;;;bokad\n"
		      "2026-03-10;P4;radio;;;;\n",
		4, 0, 0);
	scene_time("2026-03-20 12:00");
	/* Told meanwhile in the program; the sheet's empty cells say nothing against it. */
	assert_done(s,
		record_set(s, &vs_appearance_type, "2",
			VALUES("policy_area=skola", "reach=900")));
	assert_counts(s,
		HEADS "2026-02-03;NWT;Debattartikel;Ada Alm;vård;\"Vården; nu\";\n"
		      "2026-02-05;VF;insändare;;;;\n2026-03-09;P4;radio;;;;sänd\n"
		      "2026-03-10;P4;radio;;;;\n2026-03-11;P4;tv;;;;\n",
		1, 1, 0);
	static const char *const states[] = { "published", "published", "broadcast",
		"planned", "broadcast" };
	for (size_t i = 0; i < COUNT(states); i++)
		assert_state(s, &vs_appearance_type,
			vs_arena_printf(s->arena, "%d", (int)i + 1), states[i]);
	assert_int_equal(
		count_of(s,
			SQL("SELECT policy_area_id * 1000 + reach FROM appearance"
			    " WHERE id = 2")),
		2900);
	json_t *view = media_get(s, "3");
	assert_int_equal(json_array_size(json_object_get(view, "events")), 2);
	json_decref(view);
}

static void
what_a_sheet_says_twice_happened_twice_and_is_told(void **state)
{
	struct scene *s = *state;
	static const char sheet[] =
		"date;outlet;kind;area\n2026-02-05;NWT;letter;\n"
		"2026-02-05;NWT;letter;\n2026-02-05;NWT;letter;vård\n";
	assert_counts(s, sheet, 3, 0, 1);
	assert_counts(s, sheet, 0, 0, 0);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM appearance")), 3);
	/* The last of the three changes; the others are still themselves. */
	assert_counts(s,
		"date;outlet;kind;area\n2026-02-05;NWT;letter;\n"
		"2026-02-05;NWT;letter;\n2026-02-05;NWT;letter;skola\n",
		0, 1, 0);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM appearance WHERE policy_area_id = 2")),
		1);
}

static void
a_sheet_with_one_bad_row_changes_nothing(void **state)
{
	struct scene *s = *state;
	static const char *const rows[][2] = { { "NTW;nyhet;2026-02-05;", "line 3" },
		{ "NWT;dikt;2026-02-05;", "is not one of" },
		{ "NWT;nyhet;2026-02-30;", "is not a date" }, { "NWT;nyhet;;", "date" },
		{ "NWT;nyhet;2026-05-05;published", "has not come yet" },
		{ "NWT;nyhet;2026-02-05;sent", "is not one of" },
		{ "Facebook;nyhet;2026-02-05;", "channel of our own" } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *text = vs_arena_printf(s->arena,
			"outlet;kind;date;state\nNWT;nyhet;2026-02-04;\n%s\n",
			rows[i][0]);
		json_t *file = import_sheet(s, text);
		assert_refused(s, file != NULL, VS_INVALID, rows[i][1]);
	}
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM appearance")), 0);
}

static void
hostile_texts_are_kept_or_refused_and_never_run(void **state)
{
	struct scene *s = *state;
	char *text = calloc(3000, 1);
	memset(text, 'x', 2999);
	assert_refused(s,
		media_add(s,
			VALUES("outlet=NWT", "kind=news", "date=2026-02-01",
				vs_arena_printf(s->arena, "title=%s", text)),
			false),
		VS_INVALID, "is longer than 200 characters");
	assert_refused(s,
		media_add(s,
			VALUES(vs_arena_printf(s->arena, "outlet=%s", text), "kind=news",
				"date=2026-02-01"),
			false),
		VS_NOT_FOUND, "no outlet");
	free(text);
	static const char nasty[] =
		"title=%s%n'; DROP TABLE appearance;-- \xe2\x80\xae=1+1";
	assert_done(s,
		media_add(s, VALUES("outlet=NWT", "kind=news", "date=2026-02-01", nasty),
			false));
	json_t *view = media_get(s, "1");
	assert_string_equal(
		text_at(view, "title"), "%s%n'; DROP TABLE appearance;-- =1+1");
	json_decref(view);
	assert_refused(s,
		media_add(s, VALUES("outlet=%s%s%n", "kind=news", "date=2026-02-01"),
			false),
		VS_NOT_FOUND, "no outlet \"%s%s%n\"");
	assert_refused(s,
		media_add(s,
			VALUES("outlet=x\"; rm -rf ~", "kind=news", "date=2026-02-01"),
			false),
		VS_NOT_FOUND, "add --kind newspaper --name \"...\"'");
	json_t *values = json_pack("{s:s, s:[s], s:s}", "outlet", "NWT", "kind", "news",
		"date", "2026-02-01");
	assert_refused(s, media_add(s, values, false), VS_INVALID, "takes one value");
}

/* Own channels and problems ---------------------------------------------------------------- */

static const json_t *
week_at(const json_t *view, size_t i)
{
	return json_array_get(json_object_get(view, "weeks"), i);
}

static void
the_content_plan_tells_what_is_there_and_what_is_empty(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(
			s, &vs_outlet_type, VALUES("name=Instagram", "kind=own"), NULL));
	assert_done(s,
		media_add(s,
			VALUES("outlet=Facebook", "kind=own", "date=2026-03-08",
				"title=8 mars", "responsible=Kim"),
			false));
	assert_done(s,
		media_add(s,
			VALUES("outlet=Instagram", "kind=own", "date=2026-03-09",
				"title=Struken"),
			false));
	assert_done(s, vs_appearance_move(s->db, "2", "cancelled", NULL, NULL, &s->err));
	assert_done(s,
		media_add(
			s, VALUES("outlet=NWT", "kind=news", "date=2026-03-03"), false));
	json_t *view = vs_media_content_view(s->db, NULL, NULL, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "weeks")), 6);
	const json_t *first = week_at(view, 0), *second = week_at(view, 1);
	assert_string_equal(text_at(first, "week"), "2026-W10");
	assert_string_equal(text_at(first, "from"), "2026-03-02");
	assert_int_equal(json_array_size(json_object_get(first, "posts")), 1);
	const json_t *empty = json_object_get(first, "empty");
	assert_int_equal(json_array_size(empty), 1);
	assert_string_equal(json_string_value(json_array_get(empty, 0)), "Instagram");
	assert_int_equal(json_array_size(json_object_get(second, "posts")), 0);
	assert_int_equal(json_array_size(json_object_get(second, "empty")), 2);
	json_decref(view);
}

static void
the_content_plan_crosses_the_new_year_by_iso_weeks(void **state)
{
	struct scene *s = *state;
	json_t *view = vs_media_content_view(s->db, "2026-12-25", "2027-01-05", &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "weeks")), 3);
	assert_string_equal(text_at(week_at(view, 0), "week"), "2026-W52");
	assert_string_equal(text_at(week_at(view, 1), "week"), "2026-W53");
	assert_string_equal(text_at(week_at(view, 2), "week"), "2027-W01");
	json_decref(view);
	assert_refused(s,
		vs_media_content_view(s->db, "2026-12-25", "2026-12-24", &s->err),
		VS_INVALID, "ends before it begins");
	assert_refused(s,
		vs_media_content_view(s->db, "1950-01-01", "2150-01-01", &s->err),
		VS_INVALID, "longer than");
}

static bool
has_problem(struct scene *s, const char *noun, const char *id, const char *part)
{
	json_t *problems = vs_media_problems(s->db, &s->err), *each;
	size_t i;
	bool found = false;
	json_array_foreach (problems, i, each)
		found = found ||
			(strcmp(text_at(each, "noun"), noun) == 0 &&
				strcmp(text_at(each, "id"), id) == 0 &&
				strstr(text_at(each, "text"), part));
	json_decref(problems);
	return found;
}

static void
check_tells_what_is_late_or_missing(void **state)
{
	struct scene *s = *state;
	const char *media, *warning;
	assert_done(s,
		record_add(s, &vs_spokesperson_type,
			VALUES("person=1", "policy_area=vård"), NULL));
	assert_done(s,
		media_add(s,
			VALUES("outlet=VF", "kind=news", "date=2026-03-20", "person=1"),
			false));
	assert_done(s,
		record_add(s, &vs_article_type,
			VALUES("title=Vården", "state=draft", "due_on=2026-03-05"),
			NULL));
	assert_done(s,
		record_add(s, &vs_article_type, VALUES("title=Skolan", "state=draft"),
			NULL));
	assert_done(s,
		vs_article_send(s->db, "2", "NWT", "2026-04-20", NULL, s->arena, &media,
			&warning, &s->err));
	assert_true(has_problem(s, "policy-area", "2", "skola: nobody speaks for it"));
	assert_false(has_problem(s, "policy-area", "1", ""));
	assert_false(has_problem(s, "media", "1", ""));
	assert_false(has_problem(s, "article", "1", ""));
	assert_done(s, record_set(s, &vs_outlet_type, "VF", VALUES("active=nej")));
	assert_true(has_problem(s, "media", "1", "no longer in use"));
	assert_done(
		s, media_run(s, SQL("UPDATE person SET restricted = 1 WHERE id = 1")));
	assert_true(has_problem(s, "media", "1", "restricted"));
	assert_true(has_problem(s, "policy-area", "1", "nobody speaks"));
	scene_time("2026-03-12 23:59");
	assert_true(has_problem(s, "article", "1", "its day has passed"));
	assert_false(has_problem(s, "article", "2", ""));
	scene_time("2026-03-13 00:01");
	assert_true(has_problem(s, "article", "2", "NWT: more than ten days"));
	scene_time("2026-03-21 12:00");
	assert_true(has_problem(s, "media", "1", "the day has passed"));
	assert_false(has_problem(s, "media", "2", ""));
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
#define TEST(name) cmocka_unit_test_setup_teardown(name, media_open, scene_close)
	const struct CMUnitTest tests[] = {
		TEST(one_line_is_enough_and_swedish_words_do),
		TEST(what_its_day_says_is_the_state_when_nothing_else_does),
		TEST(what_was_seen_is_not_ahead),
		TEST(each_step_of_a_life_is_allowed_or_refused_by_the_table),
		TEST(what_was_seen_is_only_taken_back_with_a_reason),
		TEST(a_life_is_kept_with_its_days),
		TEST(what_is_entered_afterwards_was_seen_on_its_day),
		TEST(own_channels_have_own_posts_and_nothing_else),
		TEST(what_is_not_there_is_refused_with_what_it_is_like),
		TEST(the_same_one_is_not_typed_in_twice),
		TEST(outlets_reach_kommuner_by_name_or_code),
		TEST(who_is_restricted_is_named_nowhere_and_gets_nothing_new),
		TEST(who_is_erased_leaves_what_was_seen_without_a_name),
		TEST(two_people_who_are_one_keep_all_that_was_seen),
		TEST(a_spokesperson_speaks_once_for_an_area),
		TEST(a_sheet_kept_by_hand_may_come_again),
		TEST(what_a_sheet_says_twice_happened_twice_and_is_told),
		TEST(a_sheet_with_one_bad_row_changes_nothing),
		TEST(hostile_texts_are_kept_or_refused_and_never_run),
		TEST(the_content_plan_tells_what_is_there_and_what_is_empty),
		TEST(the_content_plan_crosses_the_new_year_by_iso_weeks),
		TEST(check_tells_what_is_late_or_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
