/* Where ballots are delivered: a street that a lorry finds, and a mobile phone that rings. */
#include "register/register.h"

#include <ctype.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Words that a box's number may stand behind, and marks around them. */
static const char *
skip_to_number(const char *text)
{
	static const char *const words[] = { "nummer", "nr", "no" };
	text += strspn(text, " .:#-");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0) {
			const char *after = text + strlen(words[i]);
			after += strspn(after, " .:#-");
			return isdigit((unsigned char)*after) ? after : text;
		}
	return text;
}

static bool
is_letter(char c)
{
	return isalpha((unsigned char)c) || (c & 0x80);
}

/* True when the word that ends before `at` is none, or one that goes with a box. */
static bool
begins_box(const char *start, const char *at)
{
	const char *word = at;
	while (word > start && is_letter(word[-1]))
		word--;
	size_t length = (size_t)(at - word);
	return length == 0 || (length == 4 && strncmp(word, "post", 4) == 0) ||
		(length == 2 && strncmp(word, "po", 2) == 0);
}

/* "Box 12", "BOX12", "Postbox 3", "P.O. Box nr 5"; but not "Boxholmsvägen 3". */
static bool
is_box(const char *street)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *folded = vs_text_fold(scratch.arena, street);
	for (const char *at = strstr(folded, "box"); at; at = strstr(at + 1, "box")) {
		const char *number = skip_to_number(at + 3);
		if (begins_box(folded, at) &&
			(!*number || *number == ',' || isdigit((unsigned char)*number)))
			return true;
	}
	return false;
}

/* Copies the digits of a phone number; false when anything else than punctuation stands
 * between them, or when they do not fit. */
static bool
read_digits(const char *text, char *digits, size_t size)
{
	size_t length = 0;
	for (; *text; text++) {
		if (!isdigit((unsigned char)*text) && !strchr(" -/().", *text))
			return false;
		if (isdigit((unsigned char)*text) && length + 1 == size)
			return false;
		if (isdigit((unsigned char)*text))
			digits[length++] = *text;
	}
	digits[length] = '\0';
	return true;
}

/* 07x-xxx xx xx, +46 7..., +46 (0)7..., 0046 7..., or another country's number. */
static bool
is_mobile(const char *text)
{
	char digits[18];
	bool plus = *text == '+';
	if (!read_digits(text + plus, digits, sizeof digits))
		return false;
	const char *abroad = plus		? digits
		: strncmp(digits, "00", 2) == 0 ? digits + 2
						: NULL;
	if (!abroad)
		return strlen(digits) == 10 && strncmp(digits, "07", 2) == 0;
	if (strncmp(abroad, "46", 2) != 0)
		return strlen(abroad) >= 8 && strlen(abroad) <= 15 && *abroad != '0';
	const char *rest = abroad + 2;
	rest += *rest == '0';
	return *rest == '7' && strlen(rest) == 9;
}

/* "652 24" or "65224". */
static bool
is_postcode(const char *text)
{
	size_t first = strspn(text, "0123456789");
	if (*text == '0')
		return false;
	return first == 5 ? !text[5]
			  : first == 3 && text[3] == ' ' && vs_text_is_code(text + 4, 2);
}

static const char *
at(const json_t *record, const char *prefix, const char *name)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	return record_string(
		record, vs_arena_printf(scratch.arena, "%s%s", prefix, name));
}

bool
register_check_address(
	const char *noun, const char *prefix, const json_t *record, struct vs_error *err)
{
	const char *street = at(record, prefix, "street");
	const char *postcode = at(record, prefix, "postcode");
	const char *mobile = at(record, prefix, "mobile");
	if (street && is_box(street))
		return vs_fail(err, VS_INVALID,
			_("%s, field %sstreet: \"%s\" is a box; the delivery needs a street address"),
			_(noun), prefix, street);
	if (postcode && !is_postcode(postcode))
		return vs_fail(err, VS_INVALID,
			_("%s, field %spostcode: \"%s\" is not five digits, as in 652 24"),
			_(noun), prefix, postcode);
	if (mobile && !is_mobile(mobile))
		return vs_fail(err, VS_INVALID,
			_("%s, field %smobile: \"%s\" is not a mobile number, as in 070-123 45 67"),
			_(noun), prefix, mobile);
	return true;
}
