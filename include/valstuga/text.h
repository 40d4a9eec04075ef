/*
 * Text: UTF-8, normalisation, Swedish order, numbers as Swedes write them.
 *
 * All text inside the program is valid UTF-8 in NFC. What comes from outside passes
 * vs_text_check() and vs_text_clean() first. Nothing here depends on the process locale.
 */
#ifndef VALSTUGA_TEXT_H
#define VALSTUGA_TEXT_H

#include <valstuga/base.h>

/* True when the bytes are valid UTF-8 without NUL; else *ret_at is the first bad byte. */
VS_API bool vs_text_check(const char *bytes, size_t length, size_t *ret_at);

/* NFC, white space trimmed at the ends and collapsed to one space inside; control
 * characters (but for the white space), soft hyphens, zero width spaces and marks that turn
 * the reading direction are dropped. `text` is valid UTF-8. Arena. */
VS_API const char *vs_text_clean(struct vs_arena *arena, const char *text);

/* NFC with line breaks kept (LF), everything else as in vs_text_clean(). Arena. */
VS_API const char *vs_text_clean_lines(struct vs_arena *arena, const char *text);

/* Full case folding and NFC, for finding and comparing without regard to case. Arena. */
VS_API const char *vs_text_fold(struct vs_arena *arena, const char *text);

/* Windows-1252 (a superset of printable ISO-8859-1) to UTF-8. The five bytes that the code
 * page leaves open become U+FFFD. Arena. */
VS_API char *vs_text_from_cp1252(
	struct vs_arena *arena, const char *bytes, size_t length, size_t *ret_length);

/*
 * Swedish order: a..z å ä ö; letters before case and accents; é with e, ü with y, æ with ä,
 * ø with ö, v and w apart; spaces and hyphens sort before letters, digits before letters.
 * Returns < 0, 0, > 0. Equal only for texts that are equal byte for byte. Other scripts sort
 * after by code point.
 */
VS_API int vs_text_compare(const char *a, const char *b);

/* The same, but runs of digits compare by value: "Skola 9" before "Skola 10". */
VS_API int vs_text_compare_natural(const char *a, const char *b);

/* Number of characters (code points), and columns in a terminal (combining = 0, wide = 2). */
VS_API size_t vs_text_length(const char *text);
VS_API size_t vs_text_columns(const char *text);

/* "1 234 567" with U+00A0 between groups of three, minus sign U+2212. Arena. */
VS_API const char *vs_text_number(struct vs_arena *arena, int64_t value);

/* Öre to "1 234 kr" or "1 234,50 kr" (no decimals when they are zero), all with U+00A0.
 * Arena. */
VS_API const char *vs_text_money(struct vs_arena *arena, int64_t ore);

/* `value` with `decimals` (0-15) decimals, decimal comma, groups of three; what is no number
 * is "–". Arena. */
VS_API const char *vs_text_decimal(struct vs_arena *arena, double value, int decimals);

/*
 * Reads a whole number written the Swedish way ("1 234", NBSP and thin spaces, or plain
 * digits, optional sign). False when the text is anything else or does not fit.
 */
VS_API bool vs_text_to_integer(const char *text, int64_t *ret_value);

/* Reads a decimal number with comma or point ("59,3793", "-1.5"). Locale independent. */
VS_API bool vs_text_to_real(const char *text, double *ret_value);

/* True for exactly `digits` ASCII digits. */
VS_API bool vs_text_is_code(const char *text, size_t digits);

/*
 * Reads a phone number as people write it: 070-123 45 67, 0701-23 45 67, 070 1234567,
 * +46 70 123 45 67, 0046..., 054-12 34 56, (0)70, foreign with + or 00. VS_INVALID with what
 * is wrong (too short, letters, no area code) otherwise. `text` gets E.164.
 */
#define VS_PHONE_SIZE 17
VS_API VS_CHECKED bool vs_phone_parse(
	const char *typed, char text[VS_PHONE_SIZE], struct vs_error *err);

/* "070-123 45 67", "054-12 34 56", "+47 22 12 34 56"; what is no E.164 as it is. Read by
 * vs_phone_parse() it gives the same number. Arena. */
VS_API const char *vs_phone_text(struct vs_arena *arena, const char *e164);

#endif
