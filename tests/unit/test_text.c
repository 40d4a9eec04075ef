/* UTF-8, Swedish order, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

static int
arena_open(void **state)
{
	*state = vs_arena_new();
	return 0;
}

static int
arena_close(void **state)
{
	vs_arena_free(*state);
	return 0;
}

static void
bad_utf8_is_found_where_it_stands(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t length;
		size_t bad;
	} cases[] = {
		{ "abcdefghij\xe5", 11, 10 }, /* Latin-1 å */
		{ "abcdefgh\0ij", 11, 8 },    /* NUL */
		{ "\0", 1, 0 },		      /* NUL alone */
		{ "\xc3\xa5\xc0\xaf", 4, 2 }, /* overlong / */
		{ "\xed\xa0\x80", 3, 0 },     /* surrogate */
		{ "\xf4\x90\x80\x80", 4, 0 }, /* beyond U+10FFFF */
		{ "a\xe2\x82", 3, 1 },	      /* cut */
		{ "1234567\x80"
		  "abcdefgh",
			16, 7 }, /* lone continuation */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t bad = 99;
		assert_false(vs_text_check(cases[i].bytes, cases[i].length, &bad));
		assert_int_equal(bad, cases[i].bad);
	}
	size_t bad = 99;
	const char *good = "Åsa Öberg, Łódź, 東京, 🎈";
	assert_true(vs_text_check(good, strlen(good), &bad));
	assert_true(vs_text_check("", 0, &bad));
	assert_int_equal(bad, 99);
}

static void
clean_trims_collapses_and_drops_controls(void **state)
{
	struct vs_arena *arena = *state;
	static const char *const cases[][2] = {
		{ "Karlstad", "Karlstad" },
		{ "", "" },
		{ "   ", "" },
		{ "\t Kil \r\n", "Kil" },
		{ "a \u00a0\u2003 b", "a b" },
		{ "a\nb", "a b" },
		{ "a\x01\x7f\xc2\x85z", "a z" },
		{ "Vårby\u00adgård\ufeff\u200b", "Vårbygård" },
		{ "\u202eabc", "abc" },
		{ "A\u030asa", "Åsa" },
		{ "\u212b", "Å" },
		{ " \x01 x", "x" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(vs_text_clean(arena, cases[i][0]), cases[i][1]);
}

static void
clean_lines_keeps_line_breaks_as_lf(void **state)
{
	struct vs_arena *arena = *state;
	assert_string_equal(vs_text_clean_lines(arena, "\n a  b \r\n\r\n c\rd\u2028e \n"),
		"a b\n\nc\nd\ne");
	assert_string_equal(vs_text_clean_lines(arena, "a\tb"), "a b");
	assert_string_equal(vs_text_clean_lines(arena, "plain"), "plain");
}

static void
fold_makes_equal_what_differs_in_case_only(void **state)
{
	struct vs_arena *arena = *state;
	assert_string_equal(vs_text_fold(arena, "KARLSTAD 9 @[`{"), "karlstad 9 @[`{");
	assert_string_equal(vs_text_fold(arena, "ÅSA Öberg"), "åsa öberg");
	assert_string_equal(vs_text_fold(arena, "Weiß"), "weiss");
	assert_string_equal(vs_text_fold(arena, "É"), "é");
}

static void
cp1252_becomes_utf8(void **state)
{
	struct vs_arena *arena = *state;
	size_t length;
	const char *bytes = "V\xe4rmland \x80 \x96 \x81 \xff";
	const char *text = vs_text_from_cp1252(arena, bytes, strlen(bytes), &length);
	assert_string_equal(text, "Värmland € – \ufffd ÿ");
	assert_int_equal(length, strlen(text));
	assert_string_equal(vs_text_from_cp1252(arena, "", 0, &length), "");
}

/* Each stands after the one before it. */
static const char *const swedish[] = {
	"",
	" ",
	"-",
	"!",
	"1",
	"10",
	"9",
	"a",
	"A",
	"á",
	"Á",
	"a b",
	"a-b",
	"a!",
	"a1",
	"aa",
	"ab",
	"de Geer",
	"delta",
	"Du",
	"đu",
	"duo",
	"Edén",
	"Eden-Berg",
	"Eden1",
	"Edens",
	"Édens",
	"Larsson",
	"Łarsson",
	"last",
	"Muller",
	"Myl",
	"Müller",
	"Myra",
	"strass",
	"Straß",
	"straßa",
	"strasse",
	"Tor",
	"Tora",
	"V",
	"Viktor",
	"von Sydow",
	"Vy",
	"W",
	"Wallin",
	"Wibom",
	"x",
	"y",
	"ü",
	"Ü",
	"yb",
	"üb",
	"yc",
	"z",
	"zorn",
	"å",
	"Å",
	"åberg",
	"Åberg",
	"Åbergs",
	"ä",
	"Ä",
	"æ",
	"Æ",
	"äb",
	"æb",
	"äc",
	"ö",
	"Ö",
	"ø",
	"Ø",
	"öb",
	"øb",
	"öc",
	"λ",
	"ж",
	"東",
};

static void
swedish_order_of_a_fixed_list(void **state)
{
	(void)state;
	for (size_t i = 0; i + 1 < sizeof swedish / sizeof *swedish; i++)
		if (vs_text_compare(swedish[i], swedish[i + 1]) >= 0)
			fail_msg("'%s' must stand before '%s'", swedish[i],
				swedish[i + 1]);
}

static void
swedish_order_puts_v_before_w(void **state)
{
	(void)state;
	assert_true(vs_text_compare("Vä", "Wa") < 0);
	assert_true(vs_text_compare("vz", "wa") < 0);
}

static void
letters_weigh_more_than_accents_and_accents_more_than_case(void **state)
{
	(void)state;
	assert_true(vs_text_compare("idéa", "ideb") < 0);
	assert_true(vs_text_compare("Ide", "idé") < 0);
	assert_true(vs_text_compare("idé", "Idé") < 0);
	assert_true(vs_text_compare("Andersson", "andersson") > 0);
	assert_true(vs_text_compare("anderssoN", "Andersson") < 0);
}

static int
one_sign(int value)
{
	return (value > 0) - (value < 0);
}

static void
check_is_an_order(int (*compare)(const char *, const char *))
{
	static const char *const mixed[] = { "", " ", "\u00a0", "\t", "-", "–", "·", "0",
		"00", "01", "1", "1a", "9", "10", "010", "007b", "7b", "a", "A", "à", "á",
		"â", "ä", "æ", "ǟ", "a\u030a", "å", "Å", "\u212b", "o", "ö", "ø", "ő",
		"œ", "ô", "ß", "ss", "sS", "SS", "ẞ", "ſs", "þ", "th", "tH", "Þ", "ĳ",
		"ij", "u", "ü", "ű", "y", "v", "w", "V", "W", "\u0301", "a\u0301",
		"á\u0301", "λ", "Λ", "ж", "東", "🎈", "\xff", "a\xff", "Skola 9",
		"Skola 10", "skola 09", "Skola 9b", "Skola  9" };
	const size_t count = sizeof mixed / sizeof *mixed;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			int ij = one_sign(compare(mixed[i], mixed[j]));
			assert_int_equal(ij, -one_sign(compare(mixed[j], mixed[i])));
			assert_int_equal(ij == 0, strcmp(mixed[i], mixed[j]) == 0);
			for (size_t k = 0; k < count; k++)
				if (ij < 0 && compare(mixed[j], mixed[k]) < 0)
					assert_true(compare(mixed[i], mixed[k]) < 0);
		}
}

static void
comparing_is_a_total_order(void **state)
{
	(void)state;
	check_is_an_order(vs_text_compare);
	check_is_an_order(vs_text_compare_natural);
}

static void
natural_order_counts_digits_by_value(void **state)
{
	(void)state;
	assert_true(vs_text_compare_natural("Skola 9", "Skola 10") < 0);
	assert_true(vs_text_compare("Skola 9", "Skola 10") > 0);
	assert_true(vs_text_compare_natural("v9b", "v09c") < 0);
	assert_true(vs_text_compare_natural("v7", "v07") != 0);
	assert_true(vs_text_compare_natural(
			    "99999999999999999999999", "100000000000000000000000") < 0);
	assert_true(vs_text_compare_natural("Sal 2 B", "Sal A") < 0);
}

static void
length_counts_characters_and_columns_count_cells(void **state)
{
	(void)state;
	assert_int_equal(vs_text_length("Åsa 🎈"), 5);
	assert_int_equal(vs_text_columns("Åsa"), 3);
	assert_int_equal(vs_text_columns("e\u0301"), 1);
	assert_int_equal(vs_text_columns("東京"), 4);
	assert_int_equal(vs_text_columns(""), 0);
}

static void
numbers_are_grouped_with_no_break_spaces(void **state)
{
	struct vs_arena *arena = *state;
	assert_string_equal(vs_text_number(arena, 0), "0");
	assert_string_equal(vs_text_number(arena, 999), "999");
	assert_string_equal(vs_text_number(arena, 1234567), "1\u00a0234\u00a0567");
	assert_string_equal(vs_text_number(arena, -1000), "\u22121\u00a0000");
	assert_string_equal(vs_text_number(arena, INT64_MIN),
		"\u22129\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808");
}

static void
money_shows_decimals_only_when_there_are_any(void **state)
{
	struct vs_arena *arena = *state;
	assert_string_equal(vs_text_money(arena, 123400), "1\u00a0234\u00a0kr");
	assert_string_equal(vs_text_money(arena, 123450), "1\u00a0234,50\u00a0kr");
	assert_string_equal(vs_text_money(arena, -5), "\u22120,05\u00a0kr");
	assert_string_equal(vs_text_money(arena, 0), "0\u00a0kr");
}

static void
decimals_have_a_comma(void **state)
{
	struct vs_arena *arena = *state;
	assert_string_equal(vs_text_decimal(arena, 1234.5, 2), "1\u00a0234,50");
	assert_string_equal(vs_text_decimal(arena, -0.25, 1), "\u22120,2");
	assert_string_equal(vs_text_decimal(arena, -0.001, 1), "0,0");
	assert_string_equal(vs_text_decimal(arena, 999.6, 0), "1\u00a0000");
	assert_string_equal(vs_text_decimal(arena, NAN, 2), "–");
	assert_int_equal(strlen(vs_text_decimal(arena, 1e300, 0)), 301 + 2 * 100);
}

static void
whole_numbers_are_read_the_swedish_way(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t value;
	} good[] = {
		{ "0", 0 },
		{ "007", 7 },
		{ "1 234", 1234 },
		{ "1\u00a0234\u00a0567", 1234567 },
		{ "12\u2009345", 12345 },
		{ "123\u202f456", 123456 },
		{ "-5", -5 },
		{ "+5", 5 },
		{ "\u22121 000", -1000 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775808", INT64_MIN },
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t value = 99;
		assert_true(vs_text_to_integer(good[i].text, &value));
		assert_true(value == good[i].value);
	}
	static const char *const bad[] = { "", " ", "-", "1,5", "1.0", "12 34",
		"1234 567", "1 2345", "1  234", " 1", "1 ", "1 234 ", "0x10", "1e3",
		"- 5", "--5", "٣", "9223372036854775808", "-9223372036854775809",
		"070-123", "1\u00a0" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t value = 99;
		if (vs_text_to_integer(bad[i], &value))
			fail_msg("'%s' is no whole number", bad[i]);
		assert_int_equal(value, 99);
	}
}

static void
decimal_numbers_take_comma_or_point(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double value;
	} good[] = {
		{ "59,3793", 59.3793 },
		{ "-1.5", -1.5 },
		{ "0", 0 },
		{ "56.0", 56 },
		{ "72.9564032697548", 72.9564032697548 },
		{ "1\u00a0234,5", 1234.5 },
		{ "0,1", 0.1 },
		{ "3.14159265358979323846264338327950288", 3.14159265358979323846 },
		{ "123456789012345678901234567890", 123456789012345678901234567890.0 },
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		double value = 99;
		assert_true(vs_text_to_real(good[i].text, &value));
		assert_true(value == good[i].value);
	}
	static const char *const bad[] = { "", ",5", "5,", "1,2,3", "1e3", "nan", "inf",
		"0x1p3", " 1", "1 ", "1,5 ", "-", "1,2 345" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		double value;
		if (vs_text_to_real(bad[i], &value))
			fail_msg("'%s' is no number", bad[i]);
	}
}

static void
numbers_survive_their_own_writing(void **state)
{
	struct vs_arena *arena = *state;
	for (int64_t value = 1; value < INT64_MAX / 7; value = value * 7 + 3) {
		int64_t back;
		assert_true(vs_text_to_integer(vs_text_number(arena, -value), &back));
		assert_true(back == -value);
	}
}

static void
a_code_has_exactly_so_many_digits(void **state)
{
	(void)state;
	assert_true(vs_text_is_code("0114", 4));
	assert_false(vs_text_is_code("0114", 3));
	assert_false(vs_text_is_code("114", 4));
	assert_false(vs_text_is_code("01a4", 4));
	assert_false(vs_text_is_code("0114 ", 4));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_utf8_is_found_where_it_stands),
		cmocka_unit_test_setup_teardown(clean_trims_collapses_and_drops_controls,
			arena_open, arena_close),
		cmocka_unit_test_setup_teardown(
			clean_lines_keeps_line_breaks_as_lf, arena_open, arena_close),
		cmocka_unit_test_setup_teardown(
			fold_makes_equal_what_differs_in_case_only, arena_open,
			arena_close),
		cmocka_unit_test_setup_teardown(
			cp1252_becomes_utf8, arena_open, arena_close),
		cmocka_unit_test(swedish_order_of_a_fixed_list),
		cmocka_unit_test(swedish_order_puts_v_before_w),
		cmocka_unit_test(
			letters_weigh_more_than_accents_and_accents_more_than_case),
		cmocka_unit_test(comparing_is_a_total_order),
		cmocka_unit_test(natural_order_counts_digits_by_value),
		cmocka_unit_test(length_counts_characters_and_columns_count_cells),
		cmocka_unit_test_setup_teardown(numbers_are_grouped_with_no_break_spaces,
			arena_open, arena_close),
		cmocka_unit_test_setup_teardown(
			money_shows_decimals_only_when_there_are_any, arena_open,
			arena_close),
		cmocka_unit_test_setup_teardown(
			decimals_have_a_comma, arena_open, arena_close),
		cmocka_unit_test(whole_numbers_are_read_the_swedish_way),
		cmocka_unit_test(decimal_numbers_take_comma_or_point),
		cmocka_unit_test_setup_teardown(
			numbers_survive_their_own_writing, arena_open, arena_close),
		cmocka_unit_test(a_code_has_exactly_so_many_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
