/*
 * A week as people write it: "2026-W34", "W34", "34", "v34", "v. 34 2026", a date. A number
 * alone is the week of the span that is nearest to today; when the span has none, this
 * year's.
 */
#include "media/media_week.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define FAR 1000000 /* days; more than the calendar has */

/* Which week ---------------------------------------------------------------------------- */

/* False when the year has no such week. */
static bool
monday_of(int year, int week, int32_t *ret_monday)
{
	struct vs_date monday;
	if (!vs_date_from_week(year, week, &monday))
		return false;
	*ret_monday = (int32_t)vs_date_to_days(monday);
	return true;
}

static int
year_of(int32_t day)
{
	int year;
	vs_date_week(vs_date_from_days(day), &year);
	return year;
}

/* The less, the more likely it is meant: of the span, of this year, any other. */
static int32_t
distance(const struct media_series *s, int32_t monday)
{
	bool inside = monday >= s->first && monday < s->first + 7 * s->week_count;
	int32_t days = monday - media_monday(s->today);
	if (inside)
		return days < 0 ? -days : days;
	return year_of(monday) == year_of(s->today) ? FAR
						    : 2 * FAR + (days < 0 ? -days : days);
}

static bool
nearest(const struct media_series *s, int week, int32_t *ret_monday)
{
	int now = year_of(s->today), first = year_of(s->first);
	int last = year_of(s->first + 7 * s->week_count);
	int32_t best = INT32_MAX, monday;
	/* Within ten years somewhere there is a week 53. */
	for (int year = (first < now ? first : now) - 10;
		year <= (last > now ? last : now) + 10; year++) {
		if (!monday_of(year, week, &monday) || distance(s, monday) >= best)
			continue;
		best = distance(s, monday);
		*ret_monday = monday;
	}
	return best < INT32_MAX;
}

/* Reading --------------------------------------------------------------------------------- */

static bool
take_number(const char **text, int least_digits, int most_digits, int *ret_number)
{
	int digits = 0, number = 0;
	const char *at = *text;
	for (; *at >= '0' && *at <= '9'; at++, digits++)
		if (digits < most_digits)
			number = 10 * number + (*at - '0');
	if (digits < least_digits || digits > most_digits)
		return false;
	*text = at;
	*ret_number = number;
	return true;
}

static bool
take_word(const char **text)
{
	static const char *const words[] = { "vecka", "week", "v.", "v", "w" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i]);
		if (strncmp(*text, words[i], length) != 0)
			continue;
		*text += length;
		*text += strspn(*text, " ");
		return true;
	}
	return false;
}

/* *ret_year stays 0 when it is not said. */
static bool
read_week(const char *text, int *ret_year, int *ret_week)
{
	int year = 0;
	if (take_number(&text, 4, 4, &year)) {
		text += strspn(text, " -");
		if (!take_word(&text))
			return false;
	} else
		take_word(&text);
	if (!take_number(&text, 1, 2, ret_week))
		return false;
	text += strspn(text, " ");
	if (*text && !year && !take_number(&text, 4, 4, &year))
		return false;
	*ret_year = year;
	return !*text;
}

bool
vs_media_week_day(struct vs_db *db, struct vs_arena *arena, const char *text,
	const struct vs_media_scope *scope, const char **ret_day, struct vs_error *err)
{
	struct media_series s;
	struct vs_date date;
	struct vs_error no_date = { 0 };
	const char *folded = vs_text_fold(arena, vs_text_clean(arena, text));
	int year, week;
	int32_t monday;
	if (vs_date_parse(folded, &date, &no_date)) {
		*ret_day = vs_arena_text(arena, folded);
		return true;
	}
	if (!read_week(folded, &year, &week))
		return vs_fail(err, VS_INVALID,
			_("\"%.40s\" is not a week; write 2026-W34, 34 or a day of it such as 2026-08-22"),
			text);
	if (!media_series_open(db, arena, NULL, scope, &s, err))
		return false;
	if (year && (year < 1900 || year > 2199 || !monday_of(year, week, &monday)))
		return vs_fail(err, VS_INVALID, _("%d has no week %d"), year, week);
	if (!year && !nearest(&s, week, &monday))
		return vs_fail(err, VS_INVALID, _("no year has a week %d"), week);
	*ret_day = media_day_text(arena, monday);
	return true;
}
