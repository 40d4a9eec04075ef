/* Weeks and months as people say them, read into the days that they begin and end on. */
#include <string.h>

#include <valstuga/campaign.h>
#include <valstuga/text.h>

#include "base/i18n.h"

/* What stands behind "vecka", "v.", "W"; the text itself when none does. */
static const char *
behind_word(const char *text)
{
	static const char *const words[] = { "vecka", "week", "v.", "v", "w" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0) {
			text += strlen(words[i]);
			return text + strspn(text, " ");
		}
	return text;
}

static bool
take_number(const char **text, size_t most, int *ret_number)
{
	size_t digits = strspn(*text, "0123456789");
	if (digits < 1 || digits > most)
		return false;
	for (*ret_number = 0; digits; digits--)
		*ret_number = 10 * *ret_number + *(*text)++ - '0';
	*text += strspn(*text, " ");
	return true;
}

/* "2026-W34", "34", "v. 34", "v. 34 2026"; *ret_year is 0 when it is not said. */
static bool
read_week(const char *text, int *ret_year, int *ret_week)
{
	*ret_year = 0;
	if (strspn(text, "0123456789") == 4) {
		if (!take_number(&text, 4, ret_year))
			return false;
		text += strspn(text, "- ");
	}
	text = behind_word(text);
	return take_number(&text, 2, ret_week) &&
		(!*text || (!*ret_year && take_number(&text, 4, ret_year) && !*text));
}

/* The week of that number that is nearest to today. */
static bool
nearest(struct vs_date today, int week, struct vs_date *ret_monday)
{
	int64_t best = INT64_MAX;
	struct vs_date monday;
	/* Within ten years there is a week 53. */
	for (int year = today.year - 10; year <= today.year + 10; year++) {
		if (!vs_date_from_week(year, week, &monday))
			continue;
		int64_t away = vs_date_to_days(monday) - vs_date_to_days(today);
		away = away < 0 ? -away - 6 : away;
		if (away >= best)
			continue;
		best = away;
		*ret_monday = monday;
	}
	return best < INT64_MAX;
}

static bool
find_week(struct vs_arena *arena, const char *text, struct vs_date today,
	struct vs_date *ret_monday, struct vs_error *err)
{
	struct vs_error no_date = { 0 };
	struct vs_date day;
	int year, week;
	const char *folded = vs_text_fold(arena, vs_text_clean(arena, text));
	if (vs_date_parse(folded, &day, &no_date)) {
		*ret_monday = vs_date_monday(day);
		return true;
	}
	if (!read_week(folded, &year, &week) || (year && (year < 1901 || year > 2198)))
		return vs_fail(err, VS_INVALID,
			_("\"%.40s\" is not a week; write 2026-W34, 34 or a day of it such as 2026-08-22"),
			text);
	if (year ? vs_date_from_week(year, week, ret_monday)
		 : nearest(today, week, ret_monday))
		return true;
	return year ? vs_fail(err, VS_INVALID, _("%d has no week %d"), year, week)
		    : vs_fail(err, VS_INVALID, _("no year has a week %d"), week);
}

bool
vs_calendar_week(struct vs_arena *arena, const char *text, const char **ret_from,
	const char **ret_until, struct vs_error *err)
{
	struct vs_date today, monday;
	char from[11], until[11];
	if (!vs_clock_today(&today, err))
		return false;
	monday = vs_date_monday(today);
	if (text && !find_week(arena, text, today, &monday, err))
		return false;
	*ret_from = vs_arena_text(arena, vs_date_format(monday, from));
	*ret_until = vs_arena_text(arena, vs_date_format(vs_date_add(monday, 6), until));
	return true;
}

/* "2026-08", "8" (of this year), or a day of it. */
static bool
read_month(const char *text, struct vs_date *month)
{
	struct vs_error no_date = { 0 };
	struct vs_date day;
	int year = month->year, number;
	if (vs_date_parse(text, &day, &no_date)) {
		*month = day;
		return true;
	}
	if (strspn(text, "0123456789") == 4 && text[4] == '-') {
		if (!take_number(&text, 4, &year))
			return false;
		text++;
	}
	if (!take_number(&text, 2, &number) || *text || number < 1 || number > 12 ||
		year < 1901 || year > 2198)
		return false;
	month->year = year;
	month->month = number;
	return true;
}

bool
vs_calendar_month(struct vs_arena *arena, const char *text, const char **ret_from,
	const char **ret_until, struct vs_error *err)
{
	struct vs_date month;
	char from[11], until[11];
	if (!vs_clock_today(&month, err))
		return false;
	if (text && !read_month(vs_text_clean(arena, text), &month))
		return vs_fail(err, VS_INVALID,
			_("\"%.40s\" is not a month; write 2026-08, 8 or a day of it such as 2026-08-22"),
			text);
	const struct vs_date first = { month.year, month.month, 1 };
	struct vs_date next = vs_date_add(first, 31);
	next.day = 1;
	*ret_from = vs_arena_text(arena, vs_date_format(first, from));
	*ret_until = vs_arena_text(arena, vs_date_format(vs_date_add(next, -1), until));
	return true;
}
