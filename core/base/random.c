/* Chance: what nobody can guess, or, for demonstrations and tests, what is always the same. */
#include <valstuga/base.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/i18n.h"

/* The next of a sequence that looks like chance but is none (splitmix64). */
static uint64_t
next(uint64_t *state)
{
	uint64_t value = *state += 0x9e3779b97f4a7c15u;
	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
	value = (value ^ value >> 27) * 0x94d049bb133111ebu;
	return value ^ value >> 31;
}

static void
repeat(const char *seed, uint64_t draw, unsigned char *bytes, size_t length)
{
	uint64_t state = draw;
	for (const char *c = seed; *c; c++)
		state = next(&state) ^ (unsigned char)*c;
	for (size_t i = 0; i < length; i++)
		bytes[i] = (unsigned char)(next(&state) >> 56);
}

bool
vs_random_bytes(uint64_t draw, void *bytes, size_t length, struct vs_error *err)
{
	const char *seed = getenv("VALSTUGA_RANDOM");
	unsigned char *at = bytes;
	if (seed && *seed) {
		repeat(seed, draw, at, length);
		return true;
	}
	while (length) {
		ssize_t got = getrandom(at, length, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return vs_fail(err, VS_IO,
				_("the system gives no random numbers; start the program again"));
		at += got;
		length -= (size_t)got;
	}
	return true;
}
