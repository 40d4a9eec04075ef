/* Short names for what is translated, for use inside core/ only. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <valstuga/language.h>

#define _(text)		     vs_translate(text)
#define P_(one, many, count) vs_translate_plural(one, many, count)
#define N_(text)	     text /* marked here, translated where it is shown */

#endif
