/*
 * Text from outside: cleaning and folding twice is the same as once, comparing is an order,
 * and what parses as a date, a time or a number comes back when it is written.
 *
 * The input is three texts, a line each.
 */
#include <valstuga/date.h>
#include <valstuga/text.h>

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds, const char *what)
{
	if (!holds)
		vs_abort("%s", what);
}

static void
check_clean(struct vs_arena *arena, const char *text)
{
	size_t bad;
	const char *clean = vs_text_clean(arena, text);
	check(vs_text_check(clean, strlen(clean), &bad), "clean text is UTF-8");
	check(!strcmp(clean, vs_text_clean(arena, clean)), "cleaning twice");
	check(!strpbrk(clean, "\n\r\t") && !strstr(clean, "  "), "clean white space");
	const char *lines = vs_text_clean_lines(arena, text);
	check(!strcmp(lines, vs_text_clean_lines(arena, lines)), "cleaning lines twice");
	check(!strcmp(clean, vs_text_clean(arena, vs_text_clean_lines(arena, clean))),
		"cleaning lines changes lines only");
	const char *folded = vs_text_fold(arena, clean);
	check(vs_text_check(folded, strlen(folded), &bad), "folded text is UTF-8");
	check(!strcmp(folded, vs_text_fold(arena, folded)), "folding twice");
	check(vs_text_length(clean) <= strlen(clean), "no more characters than bytes");
	check(vs_text_columns(clean) <= 2 * vs_text_length(clean), "columns");
}

static int
sign(int value)
{
	return (value > 0) - (value < 0);
}

static void
check_order(int (*compare)(const char *, const char *), const char *const texts[3])
{
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++) {
			int ij = sign(compare(texts[i], texts[j]));
			check(ij == -sign(compare(texts[j], texts[i])), "antisymmetry");
			check((ij == 0) == !strcmp(texts[i], texts[j]),
				"equal only if same");
			int k = 3 - i - j;
			if (k >= 0 && k < 3 && ij < 0 && compare(texts[j], texts[k]) < 0)
				check(compare(texts[i], texts[k]) < 0, "transitivity");
		}
}

static void
check_parsing(struct vs_arena *arena, const char *text)
{
	struct vs_error err = { 0 };
	struct vs_date date;
	char words[21];
	if (vs_date_parse(text, &date, &err)) {
		check(!strcmp(vs_date_format(date, words), text), "date and back");
		check(*vs_date_text(arena, date, VS_DATE_LONG), "date in words");
	}
	err = (struct vs_error){ 0 };
	int64_t utc, back;
	if (vs_time_parse(text, &utc, &err)) {
		err = (struct vs_error){ 0 };
		check(vs_time_parse(vs_time_format_utc(utc, words), &back, &err) &&
				back == utc,
			"time and back");
	}
	int64_t whole;
	if (vs_text_to_integer(text, &whole)) {
		const char *written = vs_text_number(arena, whole);
		check(vs_text_to_integer(written, &back) && back == whole,
			"number and back");
	}
	double real;
	if (vs_text_to_real(text, &real))
		check(*vs_text_decimal(arena, real, 3), "decimal number");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_arena *arena = scratch.arena;
	const char *bytes = vs_arena_copy(arena, (const char *)data, size),
		   *end = bytes + size;
	const char *texts[3];
	size_t bad, length;
	bool valid = true;
	for (int i = 0; i < 3; i++) {
		const char *stop = memchr(bytes, '\n', (size_t)(end - bytes));
		if (!stop || i == 2)
			stop = end;
		length = (size_t)(stop - bytes);
		valid = vs_text_check(bytes, length, &bad) && valid;
		texts[i] = vs_arena_copy(arena, bytes, length);
		bytes = stop < end ? stop + 1 : end;
	}
	check_order(vs_text_compare, texts);
	check_order(vs_text_compare_natural, texts);
	for (int i = 0; i < 3; i++) {
		check_parsing(arena, texts[i]);
		if (valid)
			check_clean(arena, texts[i]);
	}
	const char *decoded =
		vs_text_from_cp1252(arena, texts[0], strlen(texts[0]), &length);
	check(vs_text_check(decoded, length, &bad), "decoded text is UTF-8");
	return 0;
}
