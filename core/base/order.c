/*
 * Swedish order.
 *
 * A text is read as a row of elements, one per letter, each with three properties: which
 * letter, which accent, which case. Texts are compared by all letters first, then by all
 * accents, then by all cases, and last byte for byte, so that only equal texts are equal.
 */
#include <valstuga/text.h>

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* Letters in ascending order; inside a group by what is added to the start. */
enum {
	SPACE = 1,
	HYPHEN = 2,
	SIGN = 0x100, /* + code point */
	DIGIT = 0x200000,
	LETTER = 0x210000, /* a-z, then å ä ö */
	OTHER = 0x300000,  /* + code point */
};

struct element {
	uint32_t letter;
	uint32_t accent;
	bool upper;
	const char *digits; /* natural order: the run without leading zeros */
	size_t digit_count;
};

struct reader {
	const char *at;
	char second; /* the other half of ß, þ: a letter still to come */
	bool upper;
	bool natural;
};

/*
 * Letters that Swedish does not sort with what Unicode makes their base. In `letters`
 * { | } stand for å ä ö: they follow z in ASCII as those do in the alphabet.
 */
static const struct special {
	ucs4_t from;
	const char *letters;
} specials[] = {
	{ 0xdf, "ss" },
	{ 0xe4, "|" },
	{ 0xe5, "{" },
	{ 0xe6, "|" },
	{ 0xf0, "d" },
	{ 0xf6, "}" },
	{ 0xf8, "}" },
	{ 0xfc, "y" },
	{ 0xfe, "th" },
	{ 0x111, "d" },
	{ 0x127, "h" },
	{ 0x131, "i" },
	{ 0x133, "ij" },
	{ 0x142, "l" },
	{ 0x14b, "n" },
	{ 0x151, "}" },
	{ 0x153, "}" },
	{ 0x167, "t" },
	{ 0x171, "y" },
	{ 0x17f, "s" },
};

static const char *
find_special(ucs4_t c)
{
	for (size_t i = 0; i < sizeof specials / sizeof *specials && c >= 0xdf; i++)
		if (specials[i].from == c)
			return specials[i].letters;
	return NULL;
}

static bool
is_plain_swedish(ucs4_t c)
{
	return c == 0xe4 || c == 0xe5 || c == 0xf6;
}

static uint32_t
add_accent(uint32_t accent, ucs4_t mark)
{
	return accent * 31 + mark;
}

/* A lower-case letter beyond ASCII: takes accents off until a known letter is left. */
static void
read_accented(struct reader *reader, ucs4_t c, struct element *ret)
{
	for (;;) {
		const char *letters = find_special(c);
		if (letters) {
			ret->letter = LETTER + (uint32_t)(letters[0] - 'a');
			if (!is_plain_swedish(c))
				ret->accent = add_accent(ret->accent, c);
			reader->second = letters[1];
			reader->upper = ret->upper;
			return;
		}
		if (c >= 'a' && c <= 'z') {
			ret->letter = LETTER + (c - 'a');
			return;
		}
		ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
		int count = uc_canonical_decomposition(c, parts);
		if (count < 1)
			break;
		for (int i = 1; i < count; i++)
			ret->accent = add_accent(ret->accent, parts[i]);
		c = parts[0];
	}
	ret->letter = OTHER + c;
}

static bool
is_beyond_ascii_space(ucs4_t c)
{
	return c == 0x85 || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f;
}

static void
read_beyond_ascii(struct reader *reader, ucs4_t c, struct element *ret)
{
	if (is_beyond_ascii_space(c)) {
		ret->letter = SPACE;
		ret->accent = c;
	} else if (c >= 0x2010 && c <= 0x2015) {
		ret->letter = HYPHEN;
		ret->accent = c;
	} else if (c < 0xc0 || c == 0xd7 || c == 0xf7 || (c >= 0x2016 && c < 0x2100)) {
		ret->letter = SIGN + c;
	} else {
		ucs4_t lower = uc_tolower(c);
		ret->upper = lower != c;
		read_accented(reader, lower, ret);
	}
}

static void
read_digits(struct reader *reader, struct element *ret)
{
	const char *at = reader->at;
	while (*at == '0')
		at++;
	ret->letter = DIGIT;
	ret->digits = at;
	ret->digit_count = strspn(at, "0123456789");
	reader->at = at + ret->digit_count;
}

static void
read_ascii(struct reader *reader, struct element *ret)
{
	unsigned char c = (unsigned char)*reader->at;
	if (c >= '0' && c <= '9' && reader->natural) {
		read_digits(reader, ret);
		return;
	}
	reader->at++;
	if (c >= 'a' && c <= 'z') {
		ret->letter = LETTER + (c - 'a');
	} else if (c >= 'A' && c <= 'Z') {
		ret->letter = LETTER + (c - 'A');
		ret->upper = true;
	} else if (c >= '0' && c <= '9') {
		ret->letter = DIGIT + (c - '0');
	} else if (c == ' ' || (c >= '\t' && c <= '\r')) {
		ret->letter = SPACE;
		ret->accent = c == ' ' ? 0 : c;
	} else {
		ret->letter = c == '-' ? HYPHEN : SIGN + c;
	}
}

/* Accents that stand as characters of their own belong to the letter before them. */
static void
read_marks(struct reader *reader, struct element *ret)
{
	while ((unsigned char)*reader->at >= 0xcc) {
		ucs4_t c;
		int size = u8_strmbtouc(&c, (const uint8_t *)reader->at);
		if (size <= 0 || uc_combining_class(c) == 0)
			return;
		ret->accent = add_accent(ret->accent, c);
		reader->at += size;
	}
}

static bool
next_element(struct reader *reader, struct element *ret)
{
	*ret = (struct element){ 0 };
	if (reader->second) {
		ret->letter = LETTER + (uint32_t)(reader->second - 'a');
		ret->upper = reader->upper;
		reader->second = '\0';
		return true;
	}
	if (!*reader->at)
		return false;
	if ((signed char)*reader->at > 0) {
		read_ascii(reader, ret);
	} else {
		ucs4_t c;
		int size = u8_strmbtouc(&c, (const uint8_t *)reader->at);
		reader->at += size > 0 ? size : 1;
		read_beyond_ascii(reader, size > 0 ? c : 0xfffd, ret);
	}
	read_marks(reader, ret);
	return true;
}

static int
sign_of(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_letters(const struct element *a, const struct element *b)
{
	if (a->letter != b->letter)
		return sign_of(a->letter, b->letter);
	if (a->digit_count != b->digit_count)
		return sign_of(a->digit_count, b->digit_count);
	return a->digit_count ? memcmp(a->digits, b->digits, a->digit_count) : 0;
}

static int
compare(const char *a, const char *b, bool natural)
{
	struct reader left = { .at = a, .natural = natural };
	struct reader right = { .at = b, .natural = natural };
	int accent = 0, upper = 0;
	for (;;) {
		struct element x, y;
		bool more_left = next_element(&left, &x);
		bool more_right = next_element(&right, &y);
		if (!more_left || !more_right) {
			if (more_left != more_right)
				return more_left ? 1 : -1;
			break;
		}
		int letter = compare_letters(&x, &y);
		if (letter)
			return letter;
		if (!accent)
			accent = sign_of(x.accent, y.accent);
		if (!upper)
			upper = sign_of(x.upper, y.upper);
	}
	if (accent)
		return accent;
	return upper ? upper : strcmp(a, b);
}

int
vs_text_compare(const char *a, const char *b)
{
	return compare(a, b, false);
}

int
vs_text_compare_natural(const char *a, const char *b)
{
	return compare(a, b, true);
}
