/* Phone numbers: as people write them, as the file holds them, as Swedes read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <valstuga/language.h>
#include <valstuga/text.h>

static void
means(const char *typed, const char *e164, const char *shown)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char text[VS_PHONE_SIZE];
	struct vs_error err = { 0 };
	if (!vs_phone_parse(typed, text, &err))
		fail_msg("%s: %s", typed, err.text);
	assert_string_equal(text, e164);
	assert_string_equal(vs_phone_text(scratch.arena, text), shown);
}

static void
is_refused(const char *typed, const char *because)
{
	char text[VS_PHONE_SIZE] = "untouched";
	struct vs_error err = { 0 };
	if (vs_phone_parse(typed, text, &err))
		fail_msg("\"%s\" became %s", typed, text);
	assert_int_equal(err.code, VS_INVALID);
	assert_string_equal(text, "untouched");
	if (!strstr(err.text, because))
		fail_msg("\"%s\": %s", typed, err.text);
}

static void
one_number_has_many_spellings(void **state)
{
	static const char *const spellings[] = { "070-123 45 67", "0701-23 45 67",
		"070 1234567", "0701234567", "070/123 45 67", "070.123.45.67",
		"+46 70 123 45 67", "+46701234567", "+46 (0)70-123 45 67",
		"+46 (0) 70 123 45 67", "0046701234567", "0046 (0)70 123 45 67",
		"(0)70-123 45 67", "(070) 123 45 67", "+46 070 123 45 67",
		"  070-123 45 67 ", "070\u2013123\u00a045\u200967", "070\u20111234567",
		"(+46) 70 123 45 67" };
	(void)state;
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
		means(spellings[i], "+46701234567", "070-123 45 67");
}

static void
area_codes_have_two_three_or_four_digits(void **state)
{
	(void)state;
	means("08-12345678", "+46812345678", "08-12 34 56 78");
	means("08-123 456 7", "+4681234567", "08-123 45 67");
	means("08-123456", "+468123456", "08-12 34 56");
	means("054-123456", "+4654123456", "054-12 34 56");
	means("031-1234567", "+46311234567", "031-123 45 67");
	means("0570-12345", "+4657012345", "0570-123 45");
	means("0570-123456", "+46570123456", "0570-12 34 56");
	means("010-1234567", "+46101234567", "010-123 45 67");
	means("020-123456", "+4620123456", "020-12 34 56");
	means("0771-123456", "+46771123456", "0771-12 34 56");
	means("0900-123456", "+46900123456", "0900-12 34 56");
	means("090-123456", "+4690123456", "090-12 34 56");
	means("076 8123456", "+46768123456", "076-812 34 56");
}

static void
foreign_numbers_keep_their_country(void **state)
{
	(void)state;
	means("+47 22 12 34 56", "+4722123456", "+47 22 12 34 56");
	means("004722123456", "+4722123456", "+47 22 12 34 56");
	means("+358 40 123 4567", "+358401234567", "+358 401 23 45 67");
	means("+1 (212) 555-0123", "+12125550123", "+1 212 555 0123");
	means("+45 12345678", "+4512345678", "+45 12 34 56 78");
}

static void
what_is_no_number_is_told_why(void **state)
{
	(void)state;
	is_refused("070-123 45", "too short; a mobile number has ten digits");
	is_refused("054-12", "too short for a phone number");
	is_refused("1234567", "has no area code");
	is_refused("701234567", "has no area code");
	is_refused("070-123 45 67 8", "too long");
	is_refused("070-1234567, 070-7654321", "only digits");
	is_refused("070-1234567 070-7654321", "too long");
	is_refused("ring Eva", "only digits");
	is_refused("0701234S67", "only digits");
	is_refused("", "holds no digits");
	is_refused("+", "holds no digits");
	is_refused("- -", "holds no digits");
	is_refused("+47", "country code");
	is_refused("+0701234567", "country code");
	is_refused("000701234567", "country code");
	is_refused("+4600701234567", "one 0 too many");
	is_refused("+461234567890123456", "too long");
	is_refused("+4712345678901234567890123456789012345678901234567890", "too long");
	is_refused("07+0 123 45 67", "only digits");
	is_refused("\xff\xfe", "only digits");
}

static void
what_is_no_number_in_the_file_is_shown_as_it_is(void **state)
{
	static const char *const odd[] = { "", "070-1234567", "+46", "+4612",
		"+460701234567", "+46701234567890", "abc", "+4670123456x" };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		assert_string_equal(vs_phone_text(scratch.arena, odd[i]), odd[i]);
}

/* The same numbers every time. */
static uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void
assert_comes_back(const char *e164)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char text[VS_PHONE_SIZE];
	struct vs_error err = { 0 };
	const char *shown = vs_phone_text(scratch.arena, e164);
	if (!vs_phone_parse(shown, text, &err) || strcmp(text, e164) != 0)
		fail_msg("%s shown as %s: %s", e164, shown, err.text);
}

static void
every_number_comes_back_from_how_it_is_shown(void **state)
{
	uint64_t seed = 20260913;
	(void)state;
	for (int i = 0; i < 30000; i++) {
		char e164[32];
		bool ours = next_random(&seed) % 2;
		size_t digits = 7 + next_random(&seed) % (ours ? 3 : 9);
		size_t at = (size_t)sprintf(e164, ours ? "+46" : "+");
		for (size_t k = 0; k < digits; k++)
			e164[at++] = (char)('0' + next_random(&seed) % 10);
		e164[at] = '\0';
		struct vs_error err = { 0 };
		char text[VS_PHONE_SIZE];
		/* What is refused, or is +46 written with its 0, is in no file. */
		if (vs_phone_parse(e164, text, &err) && strcmp(text, e164) == 0)
			assert_comes_back(e164);
	}
}

static void
no_text_is_too_odd_to_read(void **state)
{
	static const char alphabet[] = "0123456789+-() /.\xc2\xa0\xe2\x80\x93xA,\n\xff";
	uint64_t seed = 7;
	(void)state;
	for (int i = 0; i < 30000; i++) {
		char typed[64], text[VS_PHONE_SIZE] = "";
		struct vs_error err = { 0 };
		size_t length = next_random(&seed) % (sizeof typed - 1);
		for (size_t k = 0; k < length; k++)
			typed[k] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
		typed[length] = '\0';
		if (!vs_phone_parse(typed, text, &err)) {
			assert_true(*err.text);
			continue;
		}
		size_t digits = strspn(text + 1, "0123456789");
		assert_true(*text == '+' && text[1] != '0' && !text[1 + digits]);
		assert_in_range(digits, 7, 15);
		assert_comes_back(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_number_has_many_spellings),
		cmocka_unit_test(area_codes_have_two_three_or_four_digits),
		cmocka_unit_test(foreign_numbers_keep_their_country),
		cmocka_unit_test(what_is_no_number_is_told_why),
		cmocka_unit_test(what_is_no_number_in_the_file_is_shown_as_it_is),
		cmocka_unit_test(every_number_comes_back_from_how_it_is_shown),
		cmocka_unit_test(no_text_is_too_odd_to_read),
	};
	vs_language_set("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
