/* CSV as it is found, and as it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <valstuga/csv.h>

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

/* The bytes stand at the end of their own memory, without a NUL, so that overruns show. */
static struct vs_csv *
open_bytes(struct vs_arena *arena, const char *bytes, size_t length, struct vs_error *err)
{
	char *copy = vs_arena_alloc(arena, length);
	memcpy(copy, bytes, length);
	return vs_csv_open(arena, "fil.csv", copy, length, err);
}

/* All rows as one text: fields in <>, rows "line:" and a newline at the end. */
static const char *
dump(struct vs_arena *arena, const char *bytes, size_t length)
{
	struct vs_error err = { 0 };
	struct vs_csv *csv = open_bytes(arena, bytes, length, &err);
	VS_AUTO(vs_buffer) out = { 0 };
	vs_buffer_text(&out, "");
	struct vs_csv_row row;
	while (csv && vs_csv_next(csv, &row, &err)) {
		vs_buffer_printf(&out, "%zu:", row.line);
		for (size_t i = 0; i < row.count; i++)
			vs_buffer_printf(&out, "<%s>", row.fields[i]);
		vs_buffer_text(&out, "\n");
	}
	if (err.code != VS_OK)
		vs_buffer_printf(&out, "error %s", err.text);
	return vs_arena_text(arena, out.data);
}

static const char *
dump_text(struct vs_arena *arena, const char *text)
{
	return dump(arena, text, strlen(text));
}

static void
the_first_line_tells_the_separator(void **state)
{
	static const struct {
		const char *text;
		char separator;
	} cases[] = { { "a;b\n", ';' }, { "a,b\n", ',' }, { "a\tb\n", '\t' },
		{ "a\n", ';' }, { "a, b, c;d\n", ';' }, { "a, b\tc\n", '\t' },
		{ "\"a;b\",c\n", ',' }, { "\"a\"\"x\"\";b\",c\n", ',' },
		{ "\n\na,b\n", ',' }, { "5\",b\n1;2;3", ',' }, { "sep=,\na;b\n", ',' },
		{ "sep=\t\n", '\t' } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct vs_error err = { 0 };
		struct vs_csv *csv =
			open_bytes(*state, cases[i].text, strlen(cases[i].text), &err);
		assert_non_null(csv);
		assert_int_equal(vs_csv_separator(csv), cases[i].separator);
		assert_string_equal(vs_csv_name(csv), "fil.csv");
	}
}

static void
every_kind_of_line_end_ends_a_row(void **state)
{
	assert_string_equal(dump_text(*state, "a;b\nc;d\n"), "1:<a><b>\n2:<c><d>\n");
	assert_string_equal(dump_text(*state, "a;b\r\nc;d\r\n"), "1:<a><b>\n2:<c><d>\n");
	assert_string_equal(dump_text(*state, "a;b\rc;d\r"), "1:<a><b>\n2:<c><d>\n");
	assert_string_equal(dump_text(*state, "a;b\rc;d\ne;f\r\ng;h"),
		"1:<a><b>\n2:<c><d>\n3:<e><f>\n4:<g><h>\n");
}

static void
empty_lines_are_skipped_and_counted(void **state)
{
	assert_string_equal(
		dump_text(*state, "\n\na;b\r\n\r\n  \n\nc\n\n"), "3:<a><b>\n7:<c>\n");
	assert_string_equal(dump_text(*state, "\n\r\n"), "");
	assert_string_equal(dump_text(*state, "\"\"\n"), "1:<>\n");
}

static void
a_trailing_separator_leaves_an_empty_field(void **state)
{
	assert_string_equal(
		dump_text(*state, "a;b\n1;2;\n;\n"), "1:<a><b>\n2:<1><2><>\n3:<><>\n");
	assert_string_equal(dump_text(*state, "a;b;"), "1:<a><b><>\n");
}

static void
fields_are_trimmed(void **state)
{
	assert_string_equal(
		dump_text(*state, " a ; ;\u00a0b \u00a0;\t\n"), "1:<a><><b><>\n");
	assert_string_equal(dump_text(*state, "\" a \";\" \"\n"), "1:<a><>\n");
	assert_string_equal(dump_text(*state, "x;a "), "1:<x><a>\n");
}

static void
quotes_are_special_only_where_a_field_starts(void **state)
{
	assert_string_equal(dump_text(*state, "\"a;\"\"b\"\"\";5\" rör;x\"y\"\n"),
		"1:<a;\"b\"><5\" rör><x\"y\">\n");
	assert_string_equal(dump_text(*state, "\"a\" ;\"b\"\n"), "1:<a><b>\n");
	assert_string_equal(dump_text(*state, " \"a\";b\n"), "1:<\"a\"><b>\n");
	assert_string_equal(dump_text(*state, "x;\"\""), "1:<x><>\n");
}

static void
lines_are_counted_through_quoted_line_breaks(void **state)
{
	assert_string_equal(dump_text(*state, "\"a\nb\r\nc\rd\";e\nf;g\n"),
		"1:<a\nb\r\nc\rd><e>\n5:<f><g>\n");
}

static void
broken_quotes_are_named_with_their_line(void **state)
{
	const char *open = dump_text(*state, "a;b\nc;\"d\ne;f\n");
	assert_non_null(strstr(open, "1:<a><b>\nerror fil.csv, line 2: "));
	assert_non_null(strstr(open, "never closed"));
	const char *after = dump_text(*state, "a;b\n\n\"c\nd\"x;e\nf;g\n");
	assert_non_null(strstr(after, "1:<a><b>\nerror fil.csv, line 4: text after"));
	assert_non_null(strstr(dump_text(*state, "x;\""), "error fil.csv, line 1: "));
}

static void
an_error_ends_the_reading(void **state)
{
	struct vs_error err = { 0 }, again = { 0 };
	struct vs_csv_row row;
	const char *text = "\"a\"b\nc\n";
	struct vs_csv *csv = open_bytes(*state, text, strlen(text), &err);
	assert_false(vs_csv_next(csv, &row, &err));
	assert_int_equal(err.code, VS_INVALID);
	assert_false(vs_csv_next(csv, &row, &again));
	assert_int_equal(again.code, VS_OK);
}

static void
too_many_fields_are_refused(void **state)
{
	char text[VS_CSV_FIELDS_MAX + 1];
	memset(text, ';', sizeof text);
	struct vs_error err = { 0 };
	struct vs_csv_row row;
	struct vs_csv *csv = open_bytes(*state, text, VS_CSV_FIELDS_MAX - 1, &err);
	assert_true(vs_csv_next(csv, &row, &err));
	assert_int_equal(row.count, VS_CSV_FIELDS_MAX);
	csv = open_bytes(*state, text, VS_CSV_FIELDS_MAX, &err);
	assert_false(vs_csv_next(csv, &row, &err));
	assert_int_equal(err.code, VS_INVALID);
}

static void
check_encoding(struct vs_arena *arena, const char *text, enum vs_csv_encoding encoding,
	const char *rows)
{
	struct vs_error err = { 0 };
	struct vs_csv *csv = open_bytes(arena, text, strlen(text), &err);
	assert_non_null(csv);
	assert_int_equal(vs_csv_encoding(csv), encoding);
	assert_string_equal(dump_text(arena, text), rows);
}

static void
the_encoding_is_found(void **state)
{
	check_encoding(*state, "\xef\xbb\xbfL\xc3\x84N;x\n", VS_CSV_UTF8, "1:<LÄN><x>\n");
	check_encoding(*state, "L\xc3\x84N;x\n", VS_CSV_UTF8, "1:<LÄN><x>\n");
	check_encoding(*state, "L\xc4N;\x80 5\rV\xe4xj\xf6;\r", VS_CSV_CP1252,
		"1:<LÄN><€ 5>\n2:<Växjö><>\n");
	check_encoding(*state, "abc;d\n", VS_CSV_UTF8, "1:<abc><d>\n");
}

static void
fields_come_out_in_nfc(void **state)
{
	assert_string_equal(
		dump_text(*state, "A\u030asa;x\n\u212b;\"O\u0308\"\nÅ;e\u0301"),
		"1:<Åsa><x>\n2:<Å><Ö>\n3:<Å><é>\n");
}

static void
damaged_utf8_is_refused_with_its_line(void **state)
{
	static const char *const damaged[] = {
		"\xef\xbb\xbf\x61\n\nb\xe5",		     /* a mark, then Latin-1 */
		"\xc3\xa5\r\n\xc3\xa4\r\n\xc3\xb6 \xe5\r\n", /* mostly UTF-8 */
		"\xc3\xa5\r\xc3\xa4\r\xc3",		     /* cut off */
	};
	for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
		struct vs_error err = { 0 };
		assert_null(open_bytes(*state, damaged[i], strlen(damaged[i]), &err));
		assert_int_equal(err.code, VS_INVALID);
		assert_non_null(strstr(err.text, "fil.csv, line 3: "));
	}
}

static void
check_refusal(struct vs_arena *arena, const char *bytes, size_t length, const char *words)
{
	struct vs_error err = { 0 };
	assert_null(open_bytes(arena, bytes, length, &err));
	assert_int_equal(err.code, VS_INVALID);
	assert_non_null(strstr(err.text, "fil.csv"));
	assert_non_null(strstr(err.text, words));
}

static void
what_is_no_csv_is_refused_with_advice(void **state)
{
	check_refusal(*state, "", 0, "empty");
	check_refusal(*state, "\xef\xbb\xbf", 3, "empty");
	check_refusal(*state, "a;b\0c", 5, "not a text file");
	check_refusal(*state,
		"\xff\xfe"
		"a\0",
		4, "CSV UTF-8");
	check_refusal(*state, "\xfe\xff\0a", 4, "CSV UTF-8");
	check_refusal(*state, "PK\3\4\n\0", 6, "spreadsheet");
}

static void
the_position_tells_progress(void **state)
{
	struct vs_error err = { 0 };
	struct vs_csv_row row;
	struct vs_csv *csv = open_bytes(*state,
		"\xef\xbb\xbf"
		"a;b\nc;d\n",
		11, &err);
	size_t total;
	assert_true(vs_csv_next(csv, &row, &err));
	assert_int_equal(vs_csv_position(csv, &total), 7);
	assert_int_equal(total, 11);
	assert_true(vs_csv_next(csv, &row, &err));
	assert_false(vs_csv_next(csv, &row, &err));
	assert_int_equal(vs_csv_position(csv, &total), total);
}

static void
what_is_written_looks_as_spreadsheets_want_it(void **state)
{
	(void)state;
	VS_AUTO(vs_buffer) out = { 0 };
	vs_csv_begin(&out);
	vs_csv_field(&out, "Åsa");
	vs_csv_field(&out, "a;b");
	vs_csv_field(&out, NULL);
	vs_csv_field(&out, "=1+1");
	vs_csv_field(&out, "  =1+1");
	vs_csv_number(&out, "-17");
	vs_csv_field(&out, "+46701234567");
	vs_csv_field(&out, "'s-Hertogenbosch");
	vs_csv_end_row(&out);
	vs_csv_field(&out, "say \"hi\"");
	vs_csv_end_row(&out);
	assert_string_equal(out.data,
		"\xef\xbb\xbfÅsa;\"a;b\";;'=1+1;'=1+1;-17;'+46701234567;'s-Hertogenbosch\r\n"
		"\"say \"\"hi\"\"\"\r\n");
}

/* Rows of different lengths; each comes back exactly as it was. */
static const char *const nasty[][6] = {
	{ "a,b" }, /* alone in the first line, where separators are looked for */
	{ "" },
	{ "", "" },
	{ "a", "", "" },
	{ "\"", "\"\"", "a\"b", "\"a\"", ";", "," },
	{ "a\tb", "a\nb", "a\r\nb", "\na", "a\n", "\r" },
	{ "=1", "+1", "-1", "@x", "\tx", "\rx" },
	{ "'=1", "''=1", "'", "''", "'s-Hertogenbosch", "'x" },
	{ "=", "'=", "\t", "'\t", "=\"a;b\"", "=\n" },
	{ "åäö ÅÄÖ", "é", "東京", "🎈", "ÿ", "\u037f" },
	{ "ÿ" },
	{ "sep=;" },
	{ "sep=", "" },
	{ "-", "--", "=-=", "0123", "1e5", "2026-08-22" },
};
#define NASTY_COUNT (sizeof nasty / sizeof *nasty)

static size_t
width_of(const char *const row[6])
{
	size_t width = 0;
	while (width < 6 && row[width])
		width++;
	return width;
}

static void
what_is_written_is_read_back_the_same(void **state)
{
	for (size_t first = 0; first < NASTY_COUNT; first++) {
		VS_AUTO(vs_buffer) out = { 0 };
		vs_csv_begin(&out);
		for (size_t r = first; r < NASTY_COUNT; r++) {
			for (size_t i = 0; i < width_of(nasty[r]); i++)
				vs_csv_field(&out, nasty[r][i]);
			vs_csv_end_row(&out);
		}
		struct vs_error err = { 0 };
		struct vs_csv *csv = open_bytes(*state, out.data, out.length, &err);
		struct vs_csv_row row;
		for (size_t r = first; r < NASTY_COUNT; r++) {
			assert_true(vs_csv_next(csv, &row, &err));
			assert_int_equal(row.count, width_of(nasty[r]));
			for (size_t i = 0; i < row.count; i++)
				assert_string_equal(row.fields[i], nasty[r][i]);
		}
		assert_false(vs_csv_next(csv, &row, &err));
		assert_int_equal(err.code, VS_OK);
	}
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, arena_open, arena_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(the_first_line_tells_the_separator),
		WITH_ARENA(every_kind_of_line_end_ends_a_row),
		WITH_ARENA(empty_lines_are_skipped_and_counted),
		WITH_ARENA(a_trailing_separator_leaves_an_empty_field),
		WITH_ARENA(fields_are_trimmed),
		WITH_ARENA(quotes_are_special_only_where_a_field_starts),
		WITH_ARENA(lines_are_counted_through_quoted_line_breaks),
		WITH_ARENA(broken_quotes_are_named_with_their_line),
		WITH_ARENA(an_error_ends_the_reading),
		WITH_ARENA(too_many_fields_are_refused),
		WITH_ARENA(the_encoding_is_found),
		WITH_ARENA(fields_come_out_in_nfc),
		WITH_ARENA(damaged_utf8_is_refused_with_its_line),
		WITH_ARENA(what_is_no_csv_is_refused_with_advice),
		WITH_ARENA(the_position_tells_progress),
		WITH_ARENA(what_is_written_looks_as_spreadsheets_want_it),
		WITH_ARENA(what_is_written_is_read_back_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
