/* How a deadline's day comes about, in words. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "register/register.h"

static const char *const months[] = { N_("January"), N_("February"), N_("March"),
	N_("April"), N_("May"), N_("June"), N_("July"), N_("August"), N_("September"),
	N_("October"), N_("November"), N_("December") };

static bool
given(const json_t *deadline, const char *name)
{
	return json_is_integer(json_object_get(deadline, name));
}

/* "valdagen − 18 dagar", with the minus sign. Arena. */
static const char *
counted(struct vs_arena *arena, const char *from, int64_t days)
{
	if (!days)
		return from;
	return vs_arena_printf(arena,
		P_("%s %s %lld day", "%s %s %lld days", llabs(days)), from,
		days < 0 ? "−" : "+", (long long)llabs(days));
}

/* "31 oktober året före valet". Arena. */
static const char *
day_of_year(struct vs_arena *arena, const json_t *deadline)
{
	int64_t month = record_integer(deadline, "month"),
		day = record_integer(deadline, "day"),
		years = record_integer(deadline, "years");
	const char *name = _(months[month - 1]);
	const char *text = day ? vs_arena_printf(arena, "%lld %s", (long long)day, name)
			       : vs_arena_printf(arena, _("the last of %s"), name);
	if (years == 0)
		return vs_arena_printf(arena, _("%s of the election's year"), text);
	if (years == -1)
		return vs_arena_printf(
			arena, _("%s of the year before the election"), text);
	return vs_arena_printf(
		arena, _("%s of the election's year %+lld"), text, (long long)years);
}

const char *
register_deadline_rule(struct vs_arena *arena, const json_t *deadline)
{
	const char *kind = record_string(deadline, "kind");
	const char *called = counted(arena, _("the day it was called"),
		record_integer(deadline, "called_days"));
	if (record_string(deadline, "date"))
		return kind && strcmp(kind, "own") == 0 ? _("own day") : _("decision");
	if (given(deadline, "month"))
		return day_of_year(arena, deadline);
	if (!given(deadline, "offset_days"))
		return given(deadline, "called_days") ? called : _("decision");
	const char *text = counted(
		arena, _("the election day"), record_integer(deadline, "offset_days"));
	if (given(deadline, "called_days"))
		text = vs_arena_printf(
			arena, _("%s, but at the earliest %s"), text, called);
	return text;
}
