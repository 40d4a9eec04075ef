/* What a record is called outside its campaign file: in calendars, cards and mails. */
#include "register/register.h"

#include <string.h>

/* FNV-1a. */
static uint32_t
hash(const char *text)
{
	uint32_t value = 2166136261u;
	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * 16777619u;
	return value;
}

const char *
vs_campaign_uid(struct vs_arena *arena, const struct vs_campaign *campaign,
	const char *noun, const char *key)
{
	char *name = vs_arena_printf(arena, "%s-%s", noun, key);
	for (char *at = name; *at; at++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			    "0123456789-_",
			    *at))
			*at = '-';
	/* A party may have two districts in one region. */
	return vs_arena_printf(arena, "%s@%.4s-%s-%s-%08x.valstuga", name,
		campaign->election_day, campaign->region_code, campaign->party_code,
		(unsigned)hash(campaign->district));
}
