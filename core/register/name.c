/* Names of people on paper: as little as does the job. */
#include "register/register.h"

#include <string.h>

const char *
register_short_name(struct vs_arena *arena, const char *name)
{
	const char *last = name ? strrchr(name, ' ') : NULL;
	if (!last)
		return name ? name : "";
	size_t letter = 1;
	while (((unsigned char)last[1 + letter] & 0xc0) == 0x80)
		letter++;
	return vs_arena_printf(arena, "%.*s %.*s.", (int)strcspn(name, " "), name,
		(int)letter, last + 1);
}
