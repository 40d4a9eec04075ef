/* Which days are red in Sweden: Sundays and the holidays of lag (1989:253). */
#include "campaign/calendar.h"

/* Easter Sunday by the rule of the Gregorian calendar (Meeus, Jones, Butcher). */
static struct vs_date
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
	return (struct vs_date){ year, month, day };
}

bool
calendar_is_red(struct vs_date date)
{
	/* New Year, Epiphany, First of May, National Day, Christmas */
	static const struct {
		int month, day;
	} fixed[] = { { 1, 1 }, { 1, 6 }, { 5, 1 }, { 6, 6 }, { 12, 25 }, { 12, 26 } };
	/* Good Friday, Easter Monday, Ascension Day; Easter and Pentecost are Sundays */
	static const int from_easter[] = { -2, 1, 39 };
	int weekday = vs_date_weekday(date);
	if (weekday == 7)
		return true;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (fixed[i].month == date.month && fixed[i].day == date.day)
			return true;
	int64_t days = vs_date_to_days(date) - vs_date_to_days(easter(date.year));
	for (size_t i = 0; i < sizeof from_easter / sizeof *from_easter; i++)
		if (days == from_easter[i])
			return true;
	/* Midsummer Day and All Saints' Day are Saturdays. */
	return weekday == 6 &&
		((date.month == 6 && date.day >= 20 && date.day <= 26) ||
			(date.month == 10 && date.day == 31) ||
			(date.month == 11 && date.day <= 6));
}
