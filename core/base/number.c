/* Numbers as Swedes write and read them, whatever locale the process has. */
#include <valstuga/text.h>

#include <assert.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"
#define MINUS	       "\u2212"

/* `digits` in groups of three from the right. */
static void
append_groups(struct vs_buffer *out, const char *digits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i && (count - i) % 3 == 0)
			vs_buffer_text(out, NO_BREAK_SPACE);
		vs_buffer_append(out, digits + i, 1);
	}
}

static void
append_integer(struct vs_buffer *out, uint64_t value)
{
	char digits[24];
	int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
	append_groups(out, digits, (size_t)count);
}

/* INT64_MIN has no positive twin in its own type. */
static uint64_t
magnitude(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

const char *
vs_text_number(struct vs_arena *arena, int64_t value)
{
	VS_AUTO(vs_buffer) out = { 0 };
	if (value < 0)
		vs_buffer_text(&out, MINUS);
	append_integer(&out, magnitude(value));
	return vs_arena_copy(arena, out.data, out.length);
}

const char *
vs_text_money(struct vs_arena *arena, int64_t ore)
{
	VS_AUTO(vs_buffer) out = { 0 };
	if (ore < 0)
		vs_buffer_text(&out, MINUS);
	append_integer(&out, magnitude(ore) / 100);
	unsigned rest = (unsigned)(magnitude(ore) % 100);
	if (rest)
		vs_buffer_printf(&out, ",%02u", rest);
	vs_buffer_text(&out, NO_BREAK_SPACE "kr");
	return vs_arena_copy(arena, out.data, out.length);
}

const char *
vs_text_decimal(struct vs_arena *arena, double value, int decimals)
{
	assert(decimals >= 0 && decimals <= 15);
	if (!isfinite(value))
		return vs_arena_text(arena, "–");
	char digits[400];
	int length = snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
	assert(length > 0 && (size_t)length < sizeof digits);
	/* Wherever the point is, and whatever the locale writes for it. */
	size_t whole = strspn(digits, "0123456789");
	bool zero = strpbrk(digits, "123456789") == NULL;
	VS_AUTO(vs_buffer) out = { 0 };
	if (value < 0 && !zero)
		vs_buffer_text(&out, MINUS);
	append_groups(&out, digits, whole);
	if (decimals) {
		vs_buffer_text(&out, ",");
		vs_buffer_text(&out, digits + length - decimals);
	}
	return vs_arena_copy(arena, out.data, out.length);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *
skip_sign(const char *at, bool *ret_negative)
{
	*ret_negative = false;
	if (*at == '+')
		return at + 1;
	size_t size = *at == '-' ? 1 : strncmp(at, MINUS, 3) == 0 ? 3 : 0;
	*ret_negative = size > 0;
	return at + size;
}

/* Length of the space at `at` that may stand between groups, 0 if none does. */
static size_t
group_space(const char *at)
{
	if (*at == ' ')
		return 1;
	if (strncmp(at, NO_BREAK_SPACE, 2) == 0)
		return 2;
	return strncmp(at, "\u2009", 3) == 0 || strncmp(at, "\u202f", 3) == 0 ? 3 : 0;
}

/*
 * Copies the digits of a whole number, plain or in groups of three, and returns where they
 * end; NULL when they are grouped in another way ("070 12 34") or do not fit.
 */
static const char *
read_digits(const char *at, char *digits, size_t size, size_t *ret_count)
{
	size_t count = 0, group = 0;
	bool grouped = false;
	for (;; at++) {
		size_t space = group_space(at);
		if (space && is_digit(at[space])) {
			if (grouped ? group != 3 : group < 1 || group > 3)
				return NULL;
			grouped = true;
			group = 0;
			at += space;
		}
		if (!is_digit(*at))
			break;
		if (count + 1 >= size)
			return NULL;
		digits[count++] = *at;
		group++;
	}
	digits[count] = '\0';
	*ret_count = count;
	return count && (!grouped || group == 3) ? at : NULL;
}

bool
vs_text_to_integer(const char *text, int64_t *ret_value)
{
	bool negative;
	char digits[64];
	size_t count;
	const char *end =
		read_digits(skip_sign(text, &negative), digits, sizeof digits, &count);
	if (!end || *end)
		return false;
	int64_t value = 0; /* kept negative: that side reaches one further */
	for (size_t i = 0; i < count; i++)
		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_sub_overflow(value, digits[i] - '0', &value))
			return false;
	if (!negative && __builtin_sub_overflow((int64_t)0, value, &value))
		return false;
	*ret_value = value;
	return true;
}

/* Digits with a point to the nearest double, without asking the process locale. */
static double
to_double(const char *digits, size_t decimals)
{
	static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
		1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	size_t count = strlen(digits);
	if (count <= 16 && decimals < sizeof powers / sizeof *powers) {
		/* Both are exact, so one division rounds once. */
		uint64_t whole = 0;
		for (; *digits; digits++)
			if (*digits != '.')
				whole = whole * 10 + (uint64_t)(*digits - '0');
		return (double)whole / powers[decimals];
	}
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (!plain)
		vs_abort("the C locale is missing");
	double value = strtod_l(digits, NULL, plain);
	freelocale(plain);
	return value;
}

bool
vs_text_to_real(const char *text, double *ret_value)
{
	bool negative;
	char digits[512];
	size_t count, decimals = 0;
	const char *at = read_digits(
		skip_sign(text, &negative), digits, sizeof digits / 2, &count);
	if (!at)
		return false;
	if (*at == ',' || *at == '.') {
		digits[count++] = '.';
		for (at++; is_digit(*at) && count + 1 < sizeof digits; at++, decimals++)
			digits[count++] = *at;
		digits[count] = '\0';
		if (!decimals)
			return false;
	}
	if (*at)
		return false;
	double value = to_double(digits, decimals);
	*ret_value = negative ? -value : value;
	return true;
}

bool
vs_text_is_code(const char *text, size_t digits)
{
	return strspn(text, "0123456789") == digits && text[digits] == '\0';
}
