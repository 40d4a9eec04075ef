/* Finding people in texts, whatever the spelling, and leaving everybody else alone. */
#include "scene.h"

#include "store/scrub.h"

static struct scrub *
kim(void)
{
	struct scrub *scrub = scrub_new();
	scrub_gone(scrub, 7);
	scrub_add(scrub, SCRUB_NAME, "Kim Ek", 7);
	scrub_add(scrub, SCRUB_NAME, "Åsa-Karin von Öberg", 7);
	scrub_add(scrub, SCRUB_PHONE, "+46701234567", 7);
	scrub_add(scrub, SCRUB_PHONE, "0460-123 45", 7);
	scrub_add(scrub, SCRUB_PHONE, "+4722121234", 7);
	scrub_add(scrub, SCRUB_EMAIL, "Kim.Ek@Exempel.se", 7);
	scrub_add(scrub, SCRUB_NAME, "Anna Kim Ek", 0);
	scrub_add(scrub, SCRUB_NAME, "Lars Lind", 7);
	scrub_add(scrub, SCRUB_NAME, "Lars Lind", 0);
	scrub_add(scrub, SCRUB_PHONE, "070-999 99 99", 7);
	scrub_add(scrub, SCRUB_PHONE, "070-999 99 99", 0);
	scrub_add(scrub, SCRUB_NAME, "Zita", 7);
	scrub_add(scrub, SCRUB_LIKELY, "Åsa-Karin Öberg", 7);
	return scrub;
}

/* What every text becomes; NULL: it stays. */
static const struct {
	const char *text, *becomes;
} cases[] = {
	{ "Kim Ek", "raderad 7" },
	{ "ring kim ek, gärna idag", "ring raderad 7, gärna idag" },
	{ "KIM EK", "raderad 7" },
	{ "Ek, Kim", "raderad 7" },
	{ "Ek Kim", "raderad 7" },
	{ "Kim  Ek", "raderad 7" },
	{ "Kim\u00a0Ek", "raderad 7" },
	{ "\u00a0Kim Ek\u00a0", "\u00a0raderad 7\u00a0" },
	{ "Kim\nEk", "raderad 7" },
	{ "”Kim Ek”", "”raderad 7”" },
	{ "Kim Eks bil", "raderad 7s bil" },
	{ "{\"name\":\"Kim Ek\",\"text\":\"\"}",
		"{\"name\":\"raderad 7\",\"text\":\"\"}" },
	{ "Kim Ek och Kim Ek", "raderad 7 och raderad 7" },
	{ "kim_ek.pdf", "raderad 7.pdf" },
	{ "Åsa-Karin von Öberg", "raderad 7" },
	{ "A\u030asa-Karin von O\u0308berg", "raderad 7" },
	{ "åsa karin VON ÖBERG", "raderad 7" },
	{ "Öberg, Åsa-Karin von", "raderad 7" },
	{ "von Öberg, Åsa-Karin", "raderad 7" },
	{ "070-123 45 67", "raderad 7" },
	{ "0701234567", "raderad 7" },
	{ "0701-23 45 67", "raderad 7" },
	{ "(070) 123 45 67", "(raderad 7" },
	{ "+46701234567", "raderad 7" },
	{ "+46 (0)70-123 45 67", "raderad 7" },
	{ "0046 70 123 45 67", "raderad 7" },
	{ "46701234567", "raderad 7" },
	{ "tel:+46-70-1234567.", "tel:raderad 7." },
	{ "070\u2011123\u00a045\u00a067", "raderad 7" },
	{ "ring 070-123 45 67 12.30", "ring raderad 7 12.30" },
	{ "0460-123 45", "raderad 7" },
	{ "+47 22 12 12 34", "raderad 7" },
	{ "kim.ek@exempel.se", "raderad 7" },
	{ "<KIM.EK@EXEMPEL.SE>.", "<raderad 7>." },
	{ "Zita", "raderad 7" },
	/* Somebody else, or nobody. */
	{ "Kim Ekström", NULL },
	{ "Joakim Ek", NULL },
	{ "Anna Kim Ek", NULL },
	{ "Kim. Ek stod där", NULL },
	{ "Kim och Ek", NULL },
	{ "Anna och Kim, Ek och Ask", NULL },
	{ "0701234568", NULL },
	{ "10701234567", NULL },
	{ "07012345678", NULL },
	{ "x.kim@exempel.se", NULL },
	{ "59.37930,13.50370", NULL },
	{ "Zitas bil", NULL },
	{ "", NULL },
};

static void
every_spelling_is_found_and_nobody_else(void **state)
{
	struct scene *s = *state;
	struct scrub *scrub = kim();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct scrub_text found = scrub_apply(scrub, s->arena, cases[i].text);
		const char *text = found.text ? found.text : "(stays)";
		if (strcmp(text, cases[i].becomes ? cases[i].becomes : "(stays)") != 0)
			fail_msg("\"%s\" became \"%s\"", cases[i].text, text);
	}
	scrub_free(scrub);
}

static void
what_may_be_somebody_elses_is_left_and_told(void **state)
{
	struct scene *s = *state;
	struct scrub *scrub = kim();
	static const char *const doubtful[] = { "Lars Lind ringde", "Lind, Lars",
		"070-999 99 99", "Åsa-Karin Öberg", "träffade Zita", NULL };
	for (size_t i = 0; doubtful[i]; i++) {
		struct scrub_text found = scrub_apply(scrub, s->arena, doubtful[i]);
		assert_null(found.text);
		assert_true(found.doubt);
	}
	assert_false(scrub_apply(scrub, s->arena, "Anna Kim Ek").doubt);
	struct scrub_text both = scrub_apply(scrub, s->arena, "Kim Ek och Lars Lind");
	assert_string_equal(both.text, "raderad 7 och Lars Lind");
	assert_true(both.doubt);
	scrub_free(scrub);
}

static void
a_field_that_is_only_a_number_is_known(void **state)
{
	struct scene *s = *state;
	struct scrub *scrub = kim();
	assert_true(scrub_apply(scrub, s->arena, " 070-123 45 67 ").whole);
	assert_true(scrub_apply(scrub, s->arena, "kim.ek@exempel.se").whole);
	assert_false(scrub_apply(scrub, s->arena, "Kim Ek").whole);
	assert_false(scrub_apply(scrub, s->arena, "070-123 45 67, Kim").whole);
	scrub_free(scrub);
}

/* Ten thousand who go are looked for in one reading. */
static void
many_are_found_at_once(void **state)
{
	struct scene *s = *state;
	struct scrub *scrub = scrub_new();
	for (int i = 1; i <= 10000; i++) {
		scrub_gone(scrub, i);
		scrub_add(scrub, SCRUB_NAME, vs_arena_printf(s->arena, "Kim Ek%d", i), i);
	}
	for (int i = 1; i <= 10000; i += 999)
		assert_string_equal(
			scrub_apply(scrub, s->arena,
				vs_arena_printf(s->arena, "Till kim ek%d!", i))
				.text,
			vs_arena_printf(s->arena, "Till raderad %d!", i));
	assert_true(scrub_is_gone(scrub, 10000));
	assert_false(scrub_is_gone(scrub, 10001));
	scrub_free(scrub);
}

int
main(void)
{
#define SCENE(name) cmocka_unit_test_setup_teardown(name, scene_open_empty, scene_close)
	const struct CMUnitTest tests[] = {
		SCENE(every_spelling_is_found_and_nobody_else),
		SCENE(what_may_be_somebody_elses_is_left_and_told),
		SCENE(a_field_that_is_only_a_number_is_known),
		SCENE(many_are_found_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
