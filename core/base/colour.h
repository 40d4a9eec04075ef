/* Colours as text. */
#ifndef BASE_COLOUR_H
#define BASE_COLOUR_H

#include <stdint.h>

/* "#B3001B", "#B01" as 0xRRGGBB; -1 when it is no colour or NULL. */
int64_t colour_parse(const char *text);

#endif
