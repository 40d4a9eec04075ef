/*
 * The language of messages: Swedish first, English second (gettext, domain "valstuga").
 *
 * Source text is English; the `sv` catalogue is complete (a test sees to it). The choice is
 * made once at program start and never changes sorting, numbers or any other output.
 */
#ifndef VALSTUGA_LANGUAGE_H
#define VALSTUGA_LANGUAGE_H

#include <valstuga/base.h>

/*
 * Chooses "sv" or "en". NULL: $VALSTUGA_LANG, else English if LC_ALL, LC_MESSAGES or LANG
 * (the first that is set and not empty) begins with "en", else Swedish. The catalogue is
 * looked for in $VALSTUGA_LOCALEDIR, beside a program run from its build directory, and
 * where it was installed. Works where no Swedish locale is generated on the machine.
 */
VS_API void vs_language_set(const char *language);

/* "sv" or "en". */
VS_API const char *vs_language(void);

/* The text in the chosen language; the text itself where there is no translation. */
VS_API const char *vs_translate(const char *text) __attribute__((format_arg(1)));
VS_API const char *vs_translate_plural(const char *one, const char *many, int64_t count)
	__attribute__((format_arg(1), format_arg(2)));

#endif
