/* The language of messages, with a catalogue of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <valstuga/date.h>
#include <valstuga/language.h>

/* Ascending by English text, as the format of compiled catalogues wants it. */
static const struct entry {
	const char *english;
	size_t english_length; /* with both forms of a plural */
	const char *swedish;
	size_t swedish_length;
} entries[] = {
#define ENTRY(english, swedish) \
	{ \
		english, sizeof english - 1, swedish, sizeof swedish - 1 \
	}
	ENTRY("",
		"Content-Type: text/plain; charset=UTF-8\n"
		"Plural-Forms: nplurals=2; plural=(n != 1);\n"),
	ENTRY("%d box\0%d boxes", "%d låda\0%d lådor"),
	ENTRY("August", "augusti"),
	ENTRY("Saturday", "lördag"),
	ENTRY("ballot paper", "valsedel"),
	ENTRY("w. %d", "v. %d"),
	ENTRY("w. %d %d", "v. %d %d"),
};
#define COUNT (sizeof entries / sizeof *entries)

static void
put_word(struct vs_buffer *out, size_t value)
{
	uint32_t word = (uint32_t)value;
	vs_buffer_append(out, &word, sizeof word);
}

/* A .mo file: header, two tables of length and place, and the texts. */
static void
write_catalogue(const char *path)
{
	VS_AUTO(vs_buffer) out = { 0 };
	const size_t header[] = { 0x950412de, 0, COUNT, 28, 28 + COUNT * 8, 0, 0 };
	for (size_t i = 0; i < 7; i++)
		put_word(&out, header[i]);
	size_t at = 28 + COUNT * 16;
	for (size_t i = 0; i < COUNT; at += entries[i++].english_length + 1) {
		put_word(&out, entries[i].english_length);
		put_word(&out, at);
	}
	for (size_t i = 0; i < COUNT; at += entries[i++].swedish_length + 1) {
		put_word(&out, entries[i].swedish_length);
		put_word(&out, at);
	}
	for (size_t i = 0; i < COUNT; i++)
		vs_buffer_append(&out, entries[i].english, entries[i].english_length + 1);
	for (size_t i = 0; i < COUNT; i++)
		vs_buffer_append(&out, entries[i].swedish, entries[i].swedish_length + 1);
	struct vs_error err = { 0 };
	if (!vs_file_write(path, out.data, out.length, &err))
		vs_abort("%s", err.text);
}

static char directory[] = "/tmp/valstuga-test-XXXXXX";

static int
catalogue_open(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (!mkdtemp(directory))
		return -1;
	mkdir(vs_arena_printf(scratch.arena, "%s/sv", directory), 0700);
	mkdir(vs_arena_printf(scratch.arena, "%s/sv/LC_MESSAGES", directory), 0700);
	write_catalogue(vs_arena_printf(
		scratch.arena, "%s/sv/LC_MESSAGES/valstuga.mo", directory));
	return setenv("VALSTUGA_LOCALEDIR", directory, 1);
}

static int
catalogue_close(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	unlink(vs_arena_printf(
		scratch.arena, "%s/sv/LC_MESSAGES/valstuga.mo", directory));
	rmdir(vs_arena_printf(scratch.arena, "%s/sv/LC_MESSAGES", directory));
	rmdir(vs_arena_printf(scratch.arena, "%s/sv", directory));
	return rmdir(directory);
}

static void
swedish_needs_no_swedish_locale(void **state)
{
	(void)state;
	setenv("LC_ALL", "C", 1);
	vs_language_set("sv");
	assert_string_equal(vs_language(), "sv");
	assert_string_equal(vs_translate("ballot paper"), "valsedel");
}

static void
english_is_the_source_text(void **state)
{
	(void)state;
	vs_language_set("en");
	assert_string_equal(vs_language(), "en");
	assert_string_equal(vs_translate("ballot paper"), "ballot paper");
	assert_string_equal(vs_translate_plural("%d box", "%d boxes", 1), "%d box");
	assert_string_equal(vs_translate_plural("%d box", "%d boxes", 0), "%d boxes");
}

static void
plurals_follow_the_count(void **state)
{
	(void)state;
	vs_language_set("sv");
	assert_string_equal(vs_translate_plural("%d box", "%d boxes", 1), "%d låda");
	assert_string_equal(vs_translate_plural("%d box", "%d boxes", 0), "%d lådor");
	assert_string_equal(
		vs_translate_plural("%d box", "%d boxes", INT64_C(4294967297)),
		"%d lådor");
	assert_string_equal(vs_translate_plural("%d cup", "%d cups", 1), "%d cup");
	assert_string_equal(vs_translate_plural("%d cup", "%d cups", 2), "%d cups");
}

static void
what_has_no_translation_stays_english(void **state)
{
	(void)state;
	vs_language_set("sv");
	assert_string_equal(vs_translate("no such text"), "no such text");
	assert_string_equal(vs_translate(""), "");
}

static void
dates_in_swedish_words(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_date date = { 2026, 8, 22 };
	vs_language_set("sv");
	assert_string_equal(vs_date_text(scratch.arena, date, VS_DATE_LONG),
		"lördag 22 augusti 2026");
	assert_string_equal(vs_date_text(scratch.arena, date, VS_DATE_WEEK), "v. 34");
	assert_string_equal(
		vs_date_text(scratch.arena, date, VS_DATE_WEEK_YEAR), "v. 34 2026");
	vs_language_set("en");
	assert_string_equal(vs_date_text(scratch.arena, date, VS_DATE_LONG),
		"Saturday 22 August 2026");
}

static const char *
chosen(const char *own, const char *all, const char *messages, const char *lang)
{
	const char *const pairs[][2] = { { "VALSTUGA_LANG", own }, { "LC_ALL", all },
		{ "LC_MESSAGES", messages }, { "LANG", lang } };
	for (size_t i = 0; i < 4; i++)
		if (pairs[i][1])
			setenv(pairs[i][0], pairs[i][1], 1);
		else
			unsetenv(pairs[i][0]);
	vs_language_set(NULL);
	return vs_language();
}

static void
the_environment_chooses_swedish_unless_it_says_english(void **state)
{
	(void)state;
	assert_string_equal(chosen(NULL, NULL, NULL, NULL), "sv");
	assert_string_equal(chosen(NULL, NULL, NULL, "en_US.UTF-8"), "en");
	assert_string_equal(chosen(NULL, "", "", "en_GB"), "en");
	assert_string_equal(chosen(NULL, "C", NULL, "en_US.UTF-8"), "sv");
	assert_string_equal(chosen(NULL, NULL, "sv_SE.UTF-8", "en_US.UTF-8"), "sv");
	assert_string_equal(chosen(NULL, NULL, "en_US.UTF-8", "sv_SE.UTF-8"), "en");
	assert_string_equal(chosen("sv", "en_US", "en_US", "en_US"), "sv");
	assert_string_equal(chosen("en", "sv_SE", NULL, NULL), "en");
	assert_string_equal(chosen("", NULL, NULL, "de_DE.UTF-8"), "sv");
}

static void
numbers_keep_their_point_in_every_language(void **state)
{
	(void)state;
	char text[8];
	vs_language_set("sv");
	snprintf(text, sizeof text, "%.1f", 1.5);
	assert_string_equal(text, "1.5");
	assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
	assert_string_equal(setlocale(LC_CTYPE, NULL), "C");
	assert_string_equal(setlocale(LC_COLLATE, NULL), "C");
}

static void
texts_come_out_without_a_catalogue_too(void **state)
{
	(void)state;
	setenv("VALSTUGA_LOCALEDIR", "/nonexistent", 1);
	vs_language_set("sv");
	assert_string_equal(vs_language(), "sv");
	assert_string_equal(vs_translate("no such text"), "no such text");
	setenv("VALSTUGA_LOCALEDIR", directory, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(swedish_needs_no_swedish_locale),
		cmocka_unit_test(english_is_the_source_text),
		cmocka_unit_test(plurals_follow_the_count),
		cmocka_unit_test(what_has_no_translation_stays_english),
		cmocka_unit_test(dates_in_swedish_words),
		cmocka_unit_test(the_environment_chooses_swedish_unless_it_says_english),
		cmocka_unit_test(numbers_keep_their_point_in_every_language),
		cmocka_unit_test(texts_come_out_without_a_catalogue_too),
	};
	return cmocka_run_group_tests(tests, catalogue_open, catalogue_close);
}
