/* Opening hours of a place, days in a row with the same hours as one. */
#include "ballots/sheet_parts.h"

#include <string.h>

#include "base/i18n.h"

/* Days in a row with the same hours. */
struct days {
	struct vs_date first, last;
	const char *times, *purpose; /* NULL: none yet */
};

static void
add_days(struct sheet_source *s, json_t *rows, const struct days *days)
{
	if (!days->times)
		return;
	json_t *row = json_object();
	record_put(row, "day", vs_date_range_text(s->arena, days->first, days->last));
	record_put(row, "times", days->times);
	record_put(row, "phase",
		strcmp(days->purpose, "polling") == 0 ? _("election day")
						      : _("advance voting"));
	json_array_append_new(rows, row);
}

static bool
follows(const struct days *days, const struct days *next)
{
	return days->times && strcmp(days->purpose, next->purpose) == 0 &&
		strcmp(days->times, next->times) == 0 &&
		vs_date_to_days(next->first) == vs_date_to_days(days->last) + 1;
}

/* A day is complete: it makes the days before it longer, or begins anew. */
static void
take_day(struct sheet_source *s, json_t *rows, struct days *days, const struct days *day)
{
	if (follows(days, day)) {
		days->last = day->last;
		return;
	}
	add_days(s, rows, days);
	*days = *day;
}

bool
sheet_hours_put(
	struct sheet_source *s, struct stmt *q, json_t *sheet, struct vs_error *err)
{
	struct days days = { 0 }, day = { 0 };
	json_t *rows = json_array();
	json_object_set_new(sheet, "hours", rows);
	while (stmt_row(q, err)) {
		struct vs_date date;
		const char *span =
			sheet_span(s->arena, (int)stmt_int(q, 2), (int)stmt_int(q, 3));
		if (!vs_date_parse(stmt_text(q, 0), &date, err))
			return false;
		if (day.times && vs_date_to_days(date) == vs_date_to_days(day.first) &&
			strcmp(day.purpose, stmt_text(q, 1)) == 0) {
			day.times = sheet_join(s->arena, day.times, ", ", span);
			continue;
		}
		if (day.times)
			take_day(s, rows, &days, &day);
		day = (struct days){ date, date, span, stmt_copy(q, 1, s->arena) };
	}
	if (day.times)
		take_day(s, rows, &days, &day);
	add_days(s, rows, &days);
	return err->code == VS_OK;
}
