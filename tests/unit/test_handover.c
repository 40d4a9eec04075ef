/* Hand-over rules: reading what people wrote, and telling which are missing or old. */
#include "scene.h"

#include "ballots/delivery.h"

static struct handover
rule_of(struct scene *s, const char *kommun, const char *phase)
{
	struct handover rule;
	assert_done(s, handover_get(s->db, s->arena, kommun, phase, &rule, &s->err));
	return rule;
}

/* A rule for the advance voting of Hagfors that says `earliest`; the one before is gone. */
static struct handover
with_earliest(struct scene *s, const char *earliest)
{
	if (rule_of(s, "1783", "advance").rule)
		assert_done(s, vs_record_remove(s->db, &vs_rule_type, "1", &s->err));
	json_t *values = VALUES("kommun=1783", "phase=advance", "channel=direct");
	json_object_set_new(values, "earliest", json_string(earliest));
	assert_done(s, record_add(s, &vs_rule_type, values, NULL));
	return rule_of(s, "1783", "advance");
}

static void
clock_times_are_read_as_people_write_them(void **state)
{
	static const char *const texts[] = { "07:30", "07.30", "kl. 07.30",
		"från kl 7:30", "Tidigast 07.30.", "from 07:30" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct handover rule = with_earliest(*state, texts[i]);
		assert_int_equal(rule.earliest, 450);
		assert_int_equal(rule.before_opening, -1);
		assert_null(rule.words);
	}
	assert_int_equal(with_earliest(*state, "kl. 8").earliest, 480);
}

static void
minutes_before_opening_are_read(void **state)
{
	static const char *const texts[] = { "30 minuter före öppning", "30 min",
		"30min före öppningen", "30 minutes before opening",
		"tidigast 30 minuter innan lokalen öppnar" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct handover rule = with_earliest(*state, texts[i]);
		assert_int_equal(rule.before_opening, 30);
		assert_int_equal(rule.earliest, -1);
		assert_null(rule.words);
	}
	assert_int_equal(with_earliest(*state, "en timme").before_opening, -1);
	assert_int_equal(
		with_earliest(*state, "1 timme före öppning").before_opening, 60);
}

static void
a_day_is_the_first_day(void **state)
{
	struct handover rule = with_earliest(*state, "2026-08-17");
	assert_string_equal(rule.from_date, "2026-08-17");
	assert_int_equal(rule.earliest, -1);
	rule = with_earliest(*state, "2026-08-17 08:00");
	assert_string_equal(rule.from_date, "2026-08-17");
	assert_int_equal(rule.earliest, 480);
}

static void
other_words_are_kept_whole_for_people(void **state)
{
	struct handover rule = with_earliest(*state, "30 minuter efter öppning");
	assert_string_equal(rule.words, "30 minuter efter öppning");
	assert_int_equal(rule.before_opening, -1);
	rule = with_earliest(*state, "ring vaktmästaren, från 07.30");
	assert_string_equal(rule.words, "ring vaktmästaren, från 07.30");
	assert_int_equal(rule.earliest, 450);
	rule = with_earliest(*state, "när som helst");
	assert_string_equal(rule.words, "när som helst");
	rule = with_earliest(*state, "30");
	assert_string_equal(rule.words, "30");
	assert_int_equal(rule.before_opening, -1);
	rule = with_earliest(*state, "25:00");
	assert_string_equal(rule.words, "25:00");
	assert_int_equal(rule.earliest, -1);
}

static void
a_deadline_is_a_day_or_a_time_of_it(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=1783", "phase=advance", "channel=central",
				"deadline=2026-08-20 15:00", "cap=1500"),
			NULL));
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=1783", "phase=election_day", "channel=post",
				"deadline=2026-09-09"),
			NULL));
	struct handover rule = rule_of(s, "1783", "advance");
	assert_string_equal(rule.deadline_date, "2026-08-20");
	assert_int_equal(rule.deadline, 900);
	assert_int_equal(rule.cap, 1500);
	assert_true(rule.central && !rule.post);
	rule = rule_of(s, "1783", "election_day");
	assert_int_equal(rule.deadline, 1440);
	assert_true(rule.central && rule.post);
	assert_int_equal(rule.cap, 0);
}

static void
without_a_rule_there_is_nothing_to_keep(void **state)
{
	struct scene *s = *state;
	struct handover rule = rule_of(s, "1783", "advance");
	assert_int_equal(rule.rule, 0);
	assert_false(rule.central || rule.verified);
	assert_int_equal(rule.earliest, -1);
	assert_string_equal(handover_text(s->arena, &rule), "no hand-over rule is known");
}

static void
a_rule_from_before_the_campaign_is_unverified(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *values[3];
		bool verified;
	} cases[] = {
		{ { "source=Valnämnden", "verified_on=2025-09-13" }, true },
		{ { "source=Valnämnden", "verified_on=2025-09-12" }, false },
		{ { "source=Valnämnden" }, false },
		{ { "verified_on=2026-03-01" }, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		static const char *const kommuner[] = { "kommun=1715", "kommun=1730",
			"kommun=1737", "kommun=1760" };
		assert_done(s,
			record_add(s, &vs_rule_type,
				VALUES(kommuner[i], "phase=advance", "channel=direct",
					cases[i].values[0], cases[i].values[1]),
				NULL));
		struct handover rule = rule_of(s, kommuner[i] + 7, "advance");
		assert_int_equal(rule.verified, cases[i].verified);
		assert_int_equal(
			strstr(handover_text(s->arena, &rule), "unverified") == NULL,
			cases[i].verified);
	}
}

static void
a_rule_is_told_in_one_sentence(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=1783", "phase=advance", "channel=central",
				"address=Stadshuset", "deadline=2026-08-20 15:00",
				"cap=1500", "earliest=30 min",
				"packaging=Kartong per parti", "source=Mejl",
				"verified_on=2026-03-01"),
			NULL));
	struct handover rule = rule_of(s, "1783", "advance");
	assert_string_equal(handover_text(s->arena, &rule),
		"central hand-in, Stadshuset, at most 1\u00a0500 per list, "
		"earliest 30 minutes before opening, latest 2026-08-20 at 15:00, "
		"Kartong per parti");
}

/* Severity of the problem of the noun rule whose text holds `part`; *ret_index its place. */
static const char *
told(struct scene *s, const char *part, size_t *ret_index)
{
	json_t *problems = json_array(), *problem;
	assert_done(s, rule_check(s->db, problems, &s->err));
	const char *severity = NULL;
	size_t i;
	json_array_foreach (problems, i, problem)
		if (!severity && strstr(text_at(problem, "text"), part)) {
			severity = vs_arena_text(s->arena, text_at(problem, "severity"));
			*ret_index = i;
		}
	json_decref(problems);
	return severity;
}

static void
a_missing_rule_grows_worse_as_its_day_comes_nearer(void **state)
{
	struct scene *s = *state;
	size_t i;
	assert_string_equal(told(s, "Hagfors: no hand-over rule", &i), "notice");
	scene_time("2026-07-01 12:00"); /* 56 days to the advance voting */
	assert_string_equal(told(s, "Hagfors: no hand-over rule", &i), "warning");
	scene_time("2026-08-20 12:00");
	assert_string_equal(told(s, "6 days left", &i), "error");
	scene_time("2026-09-13 12:00");
	assert_string_equal(told(s, "Hagfors: no hand-over rule", &i), "error");
	scene_time("2026-09-14 12:00");
	assert_null(told(s, "no hand-over rule", &i));
}

static void
missing_rules_come_nearest_deadline_first(void **state)
{
	struct scene *s = *state;
	size_t later, sooner;
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=Arvika", "phase=advance", "channel=direct"),
			NULL));
	assert_non_null(
		told(s, "Arvika: no hand-over rule for election day; 195", &later));
	assert_non_null(
		told(s, "Årjäng: no hand-over rule for advance voting, election day; 177",
			&sooner));
	assert_true(sooner < later);
	assert_done(s,
		record_add(s, &vs_rule_type,
			VALUES("kommun=Arvika", "phase=election_day", "channel=direct"),
			NULL));
	assert_null(told(s, "Arvika: no hand-over rule", &later));
	assert_non_null(
		told(s, "Arvika, advance voting: the rule is not verified", &later));
}

static void
institutions_need_a_rule_where_there_are_any(void **state)
{
	struct scene *s = *state;
	size_t i;
	assert_null(told(s, "institutions", &i));
	assert_done(s,
		record_add(s, &vs_place_type,
			VALUES("kommun=1783", "name=Älvgården", "street=Vägen 1",
				"restricted=ja"),
			NULL));
	assert_non_null(told(
		s, "Hagfors: no hand-over rule for advance voting, institutions", &i));
}

#define IN_A_CAMPAIGN(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_CAMPAIGN(clock_times_are_read_as_people_write_them),
		IN_A_CAMPAIGN(minutes_before_opening_are_read),
		IN_A_CAMPAIGN(a_day_is_the_first_day),
		IN_A_CAMPAIGN(other_words_are_kept_whole_for_people),
		IN_A_CAMPAIGN(a_deadline_is_a_day_or_a_time_of_it),
		IN_A_CAMPAIGN(without_a_rule_there_is_nothing_to_keep),
		IN_A_CAMPAIGN(a_rule_from_before_the_campaign_is_unverified),
		IN_A_CAMPAIGN(a_rule_is_told_in_one_sentence),
		IN_A_CAMPAIGN(a_missing_rule_grows_worse_as_its_day_comes_nearer),
		IN_A_CAMPAIGN(missing_rules_come_nearest_deadline_first),
		IN_A_CAMPAIGN(institutions_need_a_rule_where_there_are_any),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
