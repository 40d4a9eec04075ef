/* What the text files of this room share. */
#ifndef BASE_TEXT_PARTS_H
#define BASE_TEXT_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include <valstuga/base.h>

/* True when NFC surely leaves the bytes (valid UTF-8) alone; false means "look closer". */
bool text_is_plainly_nfc(const char *bytes, size_t length);

/* NFC of valid UTF-8. Arena. */
char *text_nfc(
	struct vs_arena *arena, const char *bytes, size_t length, size_t *ret_length);

/* Bytes of `text` to quote in a message: at most `most`, never half a character. */
int text_excerpt(const char *text, int most);

#endif
