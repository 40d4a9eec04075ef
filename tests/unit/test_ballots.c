/* Candidate lists and coverage: positions, states, limits, versions, the district's goal. */
#include "scene.h"

#include "ballots/ballots.h"

static bool
list_add(struct scene *s, json_t *values, const char **ret_key)
{
	bool ok = vs_list_add(s->db, values, s->arena, ret_key, &s->err);
	json_decref(values);
	return ok;
}

static bool
candidate_add(struct scene *s, json_t *values, const char **ret_key)
{
	bool ok = vs_candidate_add(s->db, values, s->arena, ret_key, &s->err);
	json_decref(values);
	return ok;
}

static const char *
add_list(struct scene *s, const char *kommun)
{
	const char *key;
	json_t *values = VALUES("kind=KF");
	json_object_set_new(values, "kommun", json_string(kommun));
	assert_done(s, list_add(s, values, &key));
	return key;
}

static const char *
add_candidate(struct scene *s, const char *list, const char *name)
{
	const char *key;
	assert_done(s,
		candidate_add(
			s, json_pack("{s:s, s:s}", "list", list, "name", name), &key));
	return key;
}

static json_t *
view_of(struct scene *s, const char *list)
{
	json_t *view = vs_list_view(s->db, list, &s->err);
	assert_done(s, view != NULL);
	return view;
}

/* "A B C": the names in the order of their positions, which must be 1..n. */
static const char *
names_on(struct scene *s, const char *list)
{
	json_t *view = view_of(s, list), *candidate;
	const char *names = "";
	size_t i;
	json_array_foreach (json_object_get(view, "candidate_list"), i, candidate) {
		assert_int_equal(integer_at(candidate, "position"), i + 1);
		names = vs_arena_printf(s->arena, "%s%s%s", names, i ? " " : "",
			text_at(candidate, "name"));
	}
	json_decref(view);
	return names;
}

/* A list with A, B and C, decided. */
static const char *
decided_list(struct scene *s, const char *kommun)
{
	const char *list = add_list(s, kommun);
	for (const char *name = "ABC"; *name; name++)
		add_candidate(s, list, vs_arena_copy(s->arena, name, 1));
	assert_done(
		s, vs_list_decide(s->db, list, "2026-02-14", "årsmötet § 7", &s->err));
	return list;
}

/* Lists ------------------------------------------------------------------------------------ */

static void
a_list_is_named_by_id_number_or_name(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Hagfors");
	assert_done(s, record_set(s, &vs_list_type, list, VALUES("number=12468")));
	static const char *const names[] = { "12468", "KF Hagfors", "kf hagfors" };
	for (size_t i = 0; i < 3; i++) {
		json_t *view = view_of(s, names[i]);
		assert_int_equal(integer_at(view, "id"), atoi(list));
		json_decref(view);
	}
	add_list(s, "Hagfors");
	assert_refused(s, vs_list_view(s->db, "KF Hagfors", &s->err) != NULL, VS_INVALID,
		"give the number");
	json_decref(view_of(s, "12468"));
	assert_refused(
		s, vs_list_view(s->db, "1246", &s->err) != NULL, VS_NOT_FOUND, "1246");
	assert_refused(s, vs_list_view(s->db, "1;DROP TABLE list", &s->err) != NULL,
		VS_NOT_FOUND, "1;");
}

static void
a_list_needs_a_kind_and_a_place_to_stand(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_refused(
		s, list_add(s, VALUES("kommun=Hagfors"), &key), VS_USAGE, "--kind");
	assert_refused(s, list_add(s, VALUES("kind=KF"), &key), VS_USAGE, "--kommun");
	assert_refused(s, list_add(s, VALUES("kind=XX"), &key), VS_INVALID, "kind");
	assert_refused(s, list_add(s, VALUES("kind=KF", "kommun=Atlantis"), &key),
		VS_NOT_FOUND, "Atlantis");
	assert_refused(s, list_add(s, VALUES("kind=KF", "kommun=Lekeberg"), &key),
		VS_NOT_FOUND, "Lekeberg");
	assert_refused(s, list_add(s, VALUES("kind=EP"), &key), VS_NOT_FOUND, "EP");
	assert_refused(s,
		list_add(s, VALUES("kind=RD", "constituency=Region Värmland"), &key),
		VS_NOT_FOUND, "Region Värmland");
	assert_refused(s,
		list_add(s, VALUES("kind=KF", "kommun=Kil", "number=1246"), &key),
		VS_INVALID, "number");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM list")), 0);
}

static void
texts_of_a_new_list_keep_within_their_limits(void **state)
{
	struct scene *s = *state;
	const char *key;
	char endless[10001];
	memset(endless, 'x', sizeof endless - 1);
	endless[sizeof endless - 1] = '\0';
	assert_refused(s,
		list_add(s,
			json_pack("{s:s, s:s, s:s}", "kind", "KF", "kommun", "Kil",
				"designation", endless),
			&key),
		VS_INVALID, "designation");
	assert_refused(s,
		list_add(s,
			json_pack("{s:s, s:s, s:s}", "kind", "KF", "kommun", "Kil",
				"note", endless),
			&key),
		VS_INVALID, "note");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM list")), 0);
}

static void
a_number_stands_on_one_list(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(
		s, list_add(s, VALUES("kind=KF", "kommun=Kil", "number=01234"), &key));
	assert_refused(s,
		list_add(s, VALUES("kind=KF", "kommun=Eda", "number=01234"), &key),
		VS_EXISTS, "01234");
	key = add_list(s, "Eda");
	assert_refused(s, record_set(s, &vs_list_type, key, VALUES("number=01234")),
		VS_EXISTS, "another one");
}

static void
a_constituency_is_looked_up_among_those_of_the_kind(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s,
		record_add(s, &vs_constituency_type,
			VALUES("kind=RF", "area_code=17", "code=1701", "name=Karlstad"),
			&key));
	assert_done(s, list_add(s, VALUES("kind=RF", "constituency=karlstad"), &key));
	json_t *view = view_of(s, key);
	assert_string_equal(text_at(view, "name"), "RF Karlstad");
	json_decref(view);
	assert_done(s,
		list_add(s, VALUES("kind=RF", "constituency=Karlstad , Region Värmland"),
			&key));
	view = view_of(s, key);
	assert_string_equal(text_at(view, "constituencies"), "Region Värmland, Karlstad");
	json_decref(view);
	assert_refused(s, list_add(s, VALUES("kind=RF", "constituency=Karlstad,,"), &key),
		VS_NOT_FOUND, "RF");
	assert_refused(
		s, list_add(s, VALUES("kind=RF"), &key), VS_USAGE, "--constituency");
}

/* Candidates ------------------------------------------------------------------------------- */

static void
candidates_are_added_moved_and_struck(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil"), *key;
	const char *a = add_candidate(s, list, "A"), *b = add_candidate(s, list, "B");
	assert_done(s,
		candidate_add(s,
			json_pack("{s:s, s:s, s:s}", "list", list, "name", "C",
				"position", "1"),
			&key));
	assert_string_equal(names_on(s, list), "C A B");
	assert_done(s, vs_candidate_move(s->db, b, 1, &s->err));
	assert_string_equal(names_on(s, list), "B C A");
	assert_done(s, vs_candidate_move(s->db, b, 2, &s->err));
	assert_string_equal(names_on(s, list), "C B A");
	assert_done(s, vs_candidate_move(s->db, b, 2, &s->err));
	assert_string_equal(names_on(s, list), "C B A");
	assert_refused(
		s, vs_candidate_strike(s->db, a, "", &s->err), VS_USAGE, "--reason");
	assert_done(s, vs_candidate_strike(s->db, key, "flyttar", &s->err));
	assert_string_equal(names_on(s, list), "B A");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person")), 3);
}

static void
positions_outside_the_list_are_refused(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil"), *key;
	const char *a = add_candidate(s, list, "A");
	static const struct {
		const char *position, *said;
	} bad[] = { { "0", "position 0" }, { "-1", "position -1" }, { "3", "1 to 2" },
		{ "5000000000", "position 5000000000" }, { "1,5", "number" },
		{ "x", "number" }, { "99999999999999999999", "number" } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_refused(s,
			candidate_add(s,
				json_pack("{s:s, s:s, s:s}", "list", list, "name", "B",
					"position", bad[i].position),
				&key),
			VS_INVALID, bad[i].said);
	assert_refused(s, vs_candidate_move(s->db, a, 2, &s->err), VS_INVALID, "1 to 1");
	assert_refused(
		s, vs_candidate_move(s->db, a, 0, &s->err), VS_INVALID, "position 0");
	assert_refused(
		s, vs_candidate_move(s->db, a, -7, &s->err), VS_INVALID, "position -7");
	assert_refused(
		s, vs_candidate_move(s->db, "77", 1, &s->err), VS_NOT_FOUND, "candidate");
	assert_string_equal(names_on(s, list), "A");
}

/* The list against an array that does the same, over thousands of random steps. */
struct model {
	int ids[64];
	int count;
};

static void
model_insert(struct model *m, int at, int id)
{
	memmove(m->ids + at + 1, m->ids + at, sizeof *m->ids * (size_t)(m->count++ - at));
	m->ids[at] = id;
}

static int
model_take(struct model *m, int at)
{
	int id = m->ids[at];
	memmove(m->ids + at, m->ids + at + 1, sizeof *m->ids * (size_t)(--m->count - at));
	return id;
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void
add_at_random(
	struct scene *s, const char *list, struct model *m, uint32_t *seed, int step)
{
	const char *key;
	int position = (int)(next_random(seed) % (uint32_t)(m->count + 1)) + 1;
	char name[32], text[16];
	snprintf(name, sizeof name, "Person %d", step);
	snprintf(text, sizeof text, "%d", position);
	json_t *values = json_pack("{s:s, s:s}", "list", list, "name", name);
	if (position <= m->count || next_random(seed) % 2)
		json_object_set_new(values, "position", json_string(text));
	assert_done(s, candidate_add(s, values, &key));
	model_insert(m, position - 1, atoi(key));
}

static void
check_against(struct scene *s, const char *list, const struct model *m)
{
	json_t *candidates = list_candidates(s->db, atoi(list), &s->err), *candidate;
	size_t i;
	assert_int_equal(json_array_size(candidates), m->count);
	json_array_foreach (candidates, i, candidate) {
		assert_int_equal(integer_at(candidate, "position"), i + 1);
		assert_int_equal(integer_at(candidate, "id"), m->ids[i]);
	}
	json_decref(candidates);
}

static void
positions_stay_1_to_n_whatever_is_done(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil");
	struct model m = { 0 };
	uint32_t seed = 0x5eed1234;
	char id[16];
	assert_done(s, store_fast(s));
	for (int step = 0; step < 3000; step++) {
		uint32_t what = next_random(&seed) % 3;
		int at = m.count ? (int)(next_random(&seed) % (uint32_t)m.count) : 0;
		snprintf(id, sizeof id, "%d", m.ids[at]);
		if (m.count < 3 || (what == 0 && m.count < 40)) {
			add_at_random(s, list, &m, &seed, step);
		} else if (what == 1) {
			int to = (int)(next_random(&seed) % (uint32_t)m.count);
			assert_done(s, vs_candidate_move(s->db, id, to + 1, &s->err));
			model_insert(&m, to, model_take(&m, at));
		} else {
			assert_done(s, vs_candidate_strike(s->db, id, "test", &s->err));
			model_take(&m, at);
		}
		check_against(s, list, &m);
	}
	assert_int_equal(count_of(s, SQL("SELECT version FROM list")), 3001);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM list_version")), 3001);
}

static void
a_person_stands_once_on_a_list(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil"), *other = add_list(s, "Eda"), *key;
	add_candidate(s, list, "Anna Berg");
	add_candidate(s, other, "anna berg");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person")), 1);
	assert_refused(s,
		candidate_add(s,
			json_pack("{s:s, s:s}", "list", list, "name", "ANNA BERG"), &key),
		VS_EXISTS, "number 1");
	assert_refused(s,
		candidate_add(s,
			json_pack("{s:s, s:s, s:s}", "list", list, "name", "Ann Berg",
				"person", "1"),
			&key),
		VS_EXISTS, "number 1");
	/* Another person of that name is possible, said outright. */
	assert_done(s,
		record_add(s, &vs_person_type,
			VALUES("name=Anna Berg", "keep_until=2026-12-12"), &key));
	const char *person = key;
	assert_done(s,
		candidate_add(s,
			json_pack("{s:s, s:s, s:s}", "list", list, "name", "Anna Berg",
				"person", person),
			&key));
	assert_string_equal(names_on(s, list), "Anna Berg Anna Berg");
}

static void
the_same_name_on_two_people_in_the_district_is_warned_of(void **state)
{
	struct scene *s = *state;
	const char *key, *kil = add_list(s, "Kil"), *eda = add_list(s, "Eda");
	add_candidate(s, kil, "Anna Berg");
	assert_done(s,
		record_add(s, &vs_person_type,
			VALUES("name=Anna Berg", "keep_until=2026-12-12"), &key));
	assert_done(s,
		candidate_add(s,
			json_pack("{s:s, s:s, s:s}", "list", eda, "name", "Anna Berg",
				"person", key),
			&key));
	json_t *check = vs_check_view(s->db, &s->err);
	char *dump = json_dumps(check, 0);
	assert_non_null(
		strstr(dump, "same name on another person in the district: Anna Berg"));
	free(dump);
	json_decref(check);
}

static void
a_candidate_needs_a_name_within_limits(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil"), *key;
	char text[200];
	assert_refused(s, candidate_add(s, json_pack("{s:s}", "list", list), &key),
		VS_USAGE, "--name");
	assert_refused(s,
		candidate_add(
			s, json_pack("{s:s, s:s}", "list", list, "name", "  "), &key),
		VS_INVALID, "field name");
	memset(text, 'x', sizeof text);
	text[VS_NAME_MAX + 1] = '\0';
	assert_refused(s,
		candidate_add(
			s, json_pack("{s:s, s:s}", "list", list, "name", text), &key),
		VS_INVALID, "90 characters");
	text[VS_NAME_MAX] = '\0';
	add_candidate(s, list, text);
	memset(text, 'y', VS_BALLOT_TEXT_MAX + 1);
	text[VS_BALLOT_TEXT_MAX + 1] = '\0';
	assert_refused(s,
		candidate_add(s,
			json_pack("{s:s, s:s, s:s}", "list", list, "name", "B",
				"ballot_text", text),
			&key),
		VS_INVALID, "100 characters");
	assert_refused(s,
		candidate_add(s,
			json_pack("{s:s, s:s, s:s}", "list", list, "name", "B",
				"ballot_text", "37 år\nlärare\nKil"),
			&key),
		VS_INVALID, "3 lines");
	assert_done(s,
		candidate_add(s,
			json_pack("{s:s, s:s, s:s}", "list", list, "name", "B",
				"ballot_text", "37 år, lärare\nKil"),
			&key));
	assert_refused(s,
		record_set(s, &vs_candidate_type, key, VALUES("ballot_text=a\nb\nc")),
		VS_INVALID, "3 lines");
	assert_refused(s, record_set(s, &vs_candidate_type, key, VALUES("name=")),
		VS_INVALID, "name");
}

static void
what_is_unusual_is_warned_of(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil");
	char name[16];
	assert_done(s, store_fast(s));
	for (int i = 0; i < VS_NAMES_USUAL_MAX + 1; i++) {
		snprintf(name, sizeof name, "Person %d", i);
		add_candidate(s, list, name);
	}
	assert_done(s, record_set(s, &vs_person_type, "Person 7", VALUES("age=17")));
	json_t *view = view_of(s, list);
	char *dump = json_dumps(json_object_get(view, "problems"), 0);
	assert_non_null(strstr(dump, "73 names"));
	assert_non_null(strstr(dump, "under 18 on election day: Person 7\""));
	assert_non_null(strstr(dump, "no text on the ballot paper: Person 0"));
	assert_non_null(strstr(dump, "and 68 more"));
	assert_null(strstr(dump, "\"error\""));
	free(dump);
	json_decref(view);
}

static void
papers_have_date_and_source(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil"), *a = add_candidate(s, list, "A");
	json_t *view = view_of(s, list);
	assert_int_equal(integer_at(view, "missing"), 1);
	json_decref(view);
	assert_done(s,
		record_set(s, &vs_candidate_type, a,
			VALUES("consent=yes", "consent_on=2026-02-01",
				"consent_source=pärmen")));
	view = view_of(s, list);
	assert_int_equal(integer_at(view, "missing"), 0);
	json_decref(view);
	/* A locked list needs the declaration, a consent does not do. */
	assert_done(s, vs_list_decide(s->db, list, NULL, "mötet", &s->err));
	assert_done(s, vs_list_lock(s->db, list, &s->err));
	view = view_of(s, list);
	assert_int_equal(integer_at(view, "missing"), 1);
	json_decref(view);
	assert_done(s,
		record_set(s, &vs_candidate_type, a,
			VALUES("declaration=yes", "declaration_on=2026-02-03",
				"declaration_source=digitalt i Valid")));
	view = view_of(s, list);
	assert_int_equal(integer_at(view, "missing"), 0);
	json_decref(view);
}

/* States ----------------------------------------------------------------------------------- */

static void
assert_closed(struct scene *s, const char *list, const char *said)
{
	const char *key;
	json_t *view = view_of(s, list);
	const char *id = vs_arena_printf(s->arena, "%lld",
		(long long)integer_at(
			json_array_get(json_object_get(view, "candidate_list"), 0),
			"id"));
	json_decref(view);
	const char *before = names_on(s, list);
	assert_refused(s,
		candidate_add(
			s, json_pack("{s:s, s:s}", "list", list, "name", "X"), &key),
		VS_REFUSED, said);
	assert_refused(s, vs_candidate_move(s->db, id, 2, &s->err), VS_REFUSED, said);
	assert_refused(s, vs_candidate_strike(s->db, id, "x", &s->err), VS_REFUSED, said);
	assert_refused(s, vs_list_remove(s->db, list, &s->err), VS_REFUSED, said);
	assert_string_equal(names_on(s, list), before);
}

static void
a_decided_list_changes_only_when_reopened(void **state)
{
	struct scene *s = *state;
	const char *list = decided_list(s, "Kil");
	assert_closed(s, list, "is decided");
	assert_refused(s, vs_list_decide(s->db, list, NULL, "igen", &s->err), VS_REFUSED,
		"already");
	assert_refused(s, vs_list_submit(s->db, list, &s->err), VS_REFUSED, "is decided");
	assert_refused(
		s, vs_list_reopen(s->db, list, NULL, &s->err), VS_USAGE, "--reason");
	assert_done(s, vs_list_reopen(s->db, list, "någon drog sig ur", &s->err));
	add_candidate(s, list, "D");
	json_t *view = view_of(s, list);
	assert_string_equal(text_at(view, "status"), "draft");
	assert_true(json_is_null(json_object_get(view, "decided_on")));
	json_decref(view);
}

static void
a_locked_list_does_not_change(void **state)
{
	struct scene *s = *state;
	const char *list = decided_list(s, "Kil");
	assert_done(s, vs_list_lock(s->db, list, &s->err));
	assert_closed(s, list, "is locked");
	assert_refused(
		s, vs_list_reopen(s->db, list, "ändå", &s->err), VS_REFUSED, "is locked");
	assert_refused(s, vs_list_lock(s->db, list, &s->err), VS_REFUSED, "already");
	assert_refused(s, record_set(s, &vs_candidate_type, "A", VALUES("name=Q")),
		VS_REFUSED, "locked");
	assert_refused(s, record_set(s, &vs_list_type, list, VALUES("designation=Annan")),
		VS_REFUSED, "locked");
	assert_done(
		s, record_set(s, &vs_list_type, list, VALUES("number=12345", "note=ok")));
	assert_done(s, record_set(s, &vs_candidate_type, "A", VALUES("declaration=yes")));
	assert_refused(s, vs_list_unlock(s->db, list, "", &s->err), VS_USAGE, "--reason");
	assert_done(s, vs_list_unlock(s->db, list, "anmälan återtagen", &s->err));
	assert_refused(
		s, vs_list_unlock(s->db, list, "x", &s->err), VS_REFUSED, "not locked");
	assert_done(s, vs_list_reopen(s->db, list, "nu så", &s->err));
}

static void
only_a_decided_list_is_locked(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil");
	assert_refused(s, vs_list_lock(s->db, list, &s->err), VS_REFUSED, "not decided");
	assert_refused(
		s, vs_list_submit(s->db, list, &s->err), VS_REFUSED, "no candidates");
	assert_refused(s, vs_list_decide(s->db, list, NULL, "mötet", &s->err), VS_REFUSED,
		"no candidates");
	add_candidate(s, list, "A");
	assert_done(s, vs_list_submit(s->db, list, &s->err));
	assert_refused(s, vs_list_lock(s->db, list, &s->err), VS_REFUSED, "not decided");
	assert_refused(s, vs_list_decide(s->db, list, NULL, NULL, &s->err), VS_USAGE,
		"--minutes");
	assert_refused(s, vs_list_decide(s->db, list, "2026-02-30", "m", &s->err),
		VS_INVALID, "2026-02-30");
	assert_done(s, vs_list_decide(s->db, list, NULL, "mötet", &s->err));
	json_t *view = view_of(s, list);
	assert_string_equal(text_at(view, "decided_on"), "2026-03-02");
	json_decref(view);
}

static void
only_a_draft_is_removed(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil");
	add_candidate(s, list, "A");
	assert_done(s, vs_list_submit(s->db, list, &s->err));
	assert_refused(s, vs_list_remove(s->db, list, &s->err), VS_REFUSED, "submitted");
	assert_done(s, vs_list_reopen(s->db, list, "x", &s->err));
	assert_done(s, vs_list_remove(s->db, list, &s->err));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM candidacy")), 0);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM person")), 1);
}

static void
every_change_makes_a_version_with_who_and_when(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, "Kil"), *a = add_candidate(s, list, "A");
	scene_time("2026-03-03 08:00");
	add_candidate(s, list, "B");
	assert_done(s, vs_candidate_move(s->db, a, 2, &s->err));
	assert_done(s, record_set(s, &vs_candidate_type, a, VALUES("ballot_text=37 år")));
	assert_done(s, record_set(s, &vs_candidate_type, a, VALUES("ballot_text=37 år")));
	json_t *view = view_of(s, list);
	const json_t *versions = json_object_get(view, "versions");
	assert_int_equal(json_array_size(versions), 5);
	assert_string_equal(
		text_at(json_array_get(versions, 0), "what"), "candidate set");
	assert_string_equal(text_at(json_array_get(versions, 0), "actor"), "anna");
	assert_string_equal(
		text_at(json_array_get(versions, 1), "what"), "candidate move");
	assert_true(integer_at(json_array_get(versions, 2), "at") >
		integer_at(json_array_get(versions, 3), "at"));
	assert_int_equal(integer_at(json_array_get(versions, 4), "candidates"), 0);
	json_decref(view);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM list_version WHERE version = 4"
			    " AND json_extract(candidates, '$[0].name') = 'B'"
			    " AND json_extract(candidates, '$[1].position') = 2")),
		1);
}

/* Coverage --------------------------------------------------------------------------------- */

/* A list of the party's last election: "2022-09-11", that many names and ballots. */
static void
add_last_list(struct scene *s, const char *kommun, int pieces)
{
	VS_AUTO(stmt) q = { 0 };
	const char *list = add_list(s, kommun);
	add_candidate(s, list, vs_arena_printf(s->arena, "Förr %s", kommun));
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("UPDATE list SET election_day = '2022-09-11',"
			    " status = 'ordered', authority_pieces = ? WHERE id = ?"),
			&s->err));
	stmt_bind(&q, pieces);
	stmt_bind(&q, atoi(list));
	assert_done(s, stmt_run(&q, &s->err));
}

static const json_t *
row_of(const json_t *coverage, const char *name)
{
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(coverage, "rows"), i, row)
		if (strcmp(text_at(row, "name"), name) == 0)
			return row;
	fail_msg("no row for %s", name);
	return NULL;
}

static void
coverage_shows_every_area_against_last_time(void **state)
{
	struct scene *s = *state;
	add_last_list(s, "Kil", 28000);
	add_last_list(s, "Eda", 21000);
	const char *kil = decided_list(s, "Kil");
	add_candidate(s, add_list(s, "Sunne"), "Disa");
	assert_done(s, record_set(s, &vs_candidate_type, "B", VALUES("consent=yes")));
	json_t *coverage = vs_coverage_view(s->db, &s->err);
	assert_done(s, coverage != NULL);
	assert_int_equal(json_array_size(json_object_get(coverage, "rows")), 18);
	const json_t *row = row_of(coverage, "Kil");
	assert_int_equal(integer_at(row, "list"), atoi(kil));
	assert_string_equal(text_at(row, "status"), "decided");
	assert_int_equal(integer_at(row, "candidates"), 3);
	assert_int_equal(integer_at(row, "last_candidates"), 1);
	assert_int_equal(integer_at(row, "last_pieces"), 28000);
	assert_int_equal(json_array_size(json_object_get(row, "first_names")), 3);
	assert_int_equal(json_array_size(json_object_get(row, "missing")), 2);
	assert_string_equal(
		json_string_value(json_array_get(json_object_get(row, "missing"), 1)),
		"C");
	row = row_of(coverage, "Eda");
	assert_true(json_is_null(json_object_get(row, "list")));
	assert_int_equal(integer_at(row, "last_pieces"), 21000);
	const json_t *goal = json_object_get(json_object_get(coverage, "kinds"), "KF");
	assert_int_equal(integer_at(goal, "areas"), 16);
	assert_int_equal(integer_at(goal, "lists"), 2);
	assert_int_equal(integer_at(goal, "decided"), 1);
	assert_int_equal(integer_at(goal, "ordered"), 0);
	json_decref(coverage);
}

static void
an_area_with_several_lists_counts_once_and_as_its_best(void **state)
{
	struct scene *s = *state;
	add_list(s, "Kil");
	decided_list(s, "Kil");
	add_list(s, "Kil");
	json_t *coverage = vs_coverage_view(s->db, &s->err);
	const json_t *goal = json_object_get(json_object_get(coverage, "kinds"), "KF");
	assert_int_equal(integer_at(goal, "areas"), 16);
	assert_int_equal(integer_at(goal, "lists"), 1);
	assert_int_equal(integer_at(goal, "decided"), 1);
	assert_int_equal(json_array_size(json_object_get(coverage, "rows")), 20);
	json_decref(coverage);
}

static void
a_divided_region_is_one_area_with_the_regions_name(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s,
		record_add(s, &vs_constituency_type,
			VALUES("kind=RF", "area_code=17", "code=1701",
				"name=Arvikabygden"),
			&key));
	json_t *coverage = vs_coverage_view(s->db, &s->err);
	row_of(coverage, "Region Värmland");
	assert_int_equal(json_array_size(json_object_get(coverage, "rows")), 18);
	json_decref(coverage);
}

static void
lists_half_locked_within_one_election_are_warned_of_by_name(void **state)
{
	struct scene *s = *state;
	const char *list = decided_list(s, "Kil");
	add_list(s, "Kil");
	add_list(s, "Eda");
	assert_done(s, vs_list_lock(s->db, list, &s->err));
	json_t *problems = vs_ballots_problems(s->db, &s->err);
	char *dump = json_dumps(problems, 0);
	assert_non_null(strstr(dump, "KF Kil: some lists of one election are locked"));
	assert_null(strstr(dump, "KF Eda: some lists"));
	free(dump);
	json_decref(problems);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(a_list_is_named_by_id_number_or_name),
		WITH(a_list_needs_a_kind_and_a_place_to_stand),
		WITH(texts_of_a_new_list_keep_within_their_limits),
		WITH(a_number_stands_on_one_list),
		WITH(a_constituency_is_looked_up_among_those_of_the_kind),
		WITH(candidates_are_added_moved_and_struck),
		WITH(positions_outside_the_list_are_refused),
		WITH(positions_stay_1_to_n_whatever_is_done),
		WITH(a_person_stands_once_on_a_list),
		WITH(the_same_name_on_two_people_in_the_district_is_warned_of),
		WITH(a_candidate_needs_a_name_within_limits),
		WITH(what_is_unusual_is_warned_of),
		WITH(papers_have_date_and_source),
		WITH(a_decided_list_changes_only_when_reopened),
		WITH(a_locked_list_does_not_change),
		WITH(only_a_decided_list_is_locked),
		WITH(only_a_draft_is_removed),
		WITH(every_change_makes_a_version_with_who_and_when),
		WITH(coverage_shows_every_area_against_last_time),
		WITH(an_area_with_several_lists_counts_once_and_as_its_best),
		WITH(a_divided_region_is_one_area_with_the_regions_name),
		WITH(lists_half_locked_within_one_election_are_warned_of_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
