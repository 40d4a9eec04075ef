/*
 * Eight bytes at a time: what makes reading large files cheap without a word of assembler.
 * The functions mark bytes by their high bit; the lowest mark is always a true one.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WORD_EACH(value) (UINT64_C(0x0101010101010101) * (value))
#define WORD_HIGH	 WORD_EACH(0x80)

/* The first byte is the lowest, whatever the machine. */
static inline uint64_t
word_load(const char *bytes)
{
	uint64_t word;
	memcpy(&word, bytes, sizeof word);
	return le64toh(word);
}

static inline uint64_t
word_zeros(uint64_t word)
{
	return (word - WORD_EACH(1)) & ~word & WORD_HIGH;
}

static inline uint64_t
word_equal(uint64_t word, unsigned char byte)
{
	return word_zeros(word ^ WORD_EACH(byte));
}

/* Which byte the lowest mark is on; `marks` is not 0. */
static inline size_t
word_first(uint64_t marks)
{
	return (size_t)__builtin_ctzll(marks) / 8;
}

/* How many bytes from the start are ASCII and not NUL. */
static inline size_t
word_ascii_run(const char *bytes, size_t length)
{
	size_t at = 0;
	for (; length - at >= 8; at += 8) {
		uint64_t word = word_load(bytes + at);
		uint64_t marks = (word & WORD_HIGH) | word_zeros(word);
		if (marks)
			return at + word_first(marks);
	}
	while (at < length && (signed char)bytes[at] > 0)
		at++;
	return at;
}

#endif
