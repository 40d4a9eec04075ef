/* SHA-256 (FIPS 180-4): a text's fingerprint, from which the text cannot be read. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

#define DIGEST_SIZE 65 /* 64 hexadecimal digits and a NUL */

/* Returns `text`. */
char *digest_text(const void *bytes, size_t length, char text[DIGEST_SIZE]);

#endif
