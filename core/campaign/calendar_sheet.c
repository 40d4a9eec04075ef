/* The calendar on paper: a page per month to hang up, then the list with rules and sources. */
#include <ctype.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "campaign/calendar.h"
#include "register/sheet.h"

#define DAY_ENTRIES 4	 /* that a day has room for */
#define TEXT_MOST   50	 /* characters of an entry in a day */
#define AFTER_DAYS  30	 /* the wall shows so much after election day */
#define DAYS_MOST   1100 /* three years of pages */

struct calendar_frame {
	struct sheet_frame frame;
	const struct vs_calendar_options *options;
	const char *from, *until; /* first and last day of the wall's months */
	struct vs_date today;
};

/* Months ------------------------------------------------------------------------------------- */

/* At most so many characters, with an ellipsis. Arena. */
static const char *
shortened(struct vs_arena *arena, const char *text)
{
	const char *end = text;
	if (vs_text_length(text) <= TEXT_MOST)
		return text;
	for (size_t left = TEXT_MOST - 1; left; left--)
		do
			end++;
		while (((unsigned char)*end & 0xc0) == 0x80);
	return vs_arena_printf(arena, "%.*s…", (int)(end - text), text);
}

/* "15.00" of "15:00". Arena. */
static const char *
clock_text(struct vs_arena *arena, const char *time)
{
	return time && strlen(time) == 5
		? vs_arena_printf(arena, "%.2s.%s", time, time + 3)
		: "";
}

static json_t *
day_entry(struct vs_arena *arena, const json_t *entry)
{
	const char *state = record_string(entry, "state");
	const char *text =
		sheet_join(arena, clock_text(arena, record_string(entry, "time")), " ",
			record_string(entry, "name"));
	json_t *line = json_object();
	record_put(line, "text", shortened(arena, text));
	record_put(line, "kind", record_string(entry, "kind"));
	json_object_set_new(line, "done",
		json_boolean(
			strcmp(state, "done") == 0 && record_string(entry, "done_on")));
	json_object_set_new(line, "late", json_boolean(strcmp(state, "late") == 0));
	return line;
}

/* The entries of a day; *at is the first that is not before it. */
static void
fill_day(const struct calendar_frame *f, const json_t *entries, size_t *at,
	const char *date, json_t *day)
{
	struct vs_arena *arena = f->frame.arena;
	json_t *lines = json_object_get(day, "entries");
	const char *other;
	size_t first = *at;
	while ((other = record_string(json_array_get(entries, *at), "date")) &&
		strcmp(other, date) == 0)
		++*at;
	size_t count = *at - first;
	size_t shown = count > DAY_ENTRIES ? DAY_ENTRIES - 1 : count;
	for (size_t i = 0; i < shown; i++)
		json_array_append_new(
			lines, day_entry(arena, json_array_get(entries, first + i)));
	record_put(day, "more",
		count > shown ? vs_arena_printf(arena, _("+%zu more"), count - shown)
			      : "");
}

static json_t *
make_day(const struct calendar_frame *f, struct vs_date date, int month,
	const json_t *entries, size_t *at)
{
	char text[11];
	vs_date_format(date, text);
	json_t *day = json_pack("{s:b, s:b, s:b, s:b, s:[], s:s}", "outside",
		date.month != month, "red", calendar_is_red(date), "today",
		vs_date_to_days(date) == vs_date_to_days(f->today), "big",
		strcmp(text, f->frame.campaign.election_day) == 0, "entries", "more", "");
	record_put(day, "day", vs_arena_printf(f->frame.arena, "%d", date.day));
	if (date.month == month)
		fill_day(f, entries, at, text, day);
	return day;
}

/* "Augusti 2026" of "1 augusti 2026". Arena. */
static const char *
month_name(struct vs_arena *arena, struct vs_date first)
{
	const char *text = vs_date_text(arena, first, VS_DATE_DAY);
	char *name = vs_arena_text(arena, text + strcspn(text, " ") + 1);
	/* No month begins with a letter beyond ASCII. */
	*name = (char)toupper((unsigned char)*name);
	return name;
}

static json_t *
make_month(const struct calendar_frame *f, struct vs_date first, const json_t *entries,
	size_t *at)
{
	json_t *weeks = json_array(), *month = json_pack("{s:o}", "weeks", weeks);
	struct vs_date date = vs_date_monday(first);
	int64_t start = vs_date_to_days(first);
	int year;
	record_put(month, "name", month_name(f->frame.arena, first));
	while (vs_date_to_days(date) <= start || date.month == first.month) {
		json_t *days = json_array(), *week = json_pack("{s:o}", "days", days);
		record_put(week, "week",
			vs_arena_printf(f->frame.arena, "%d", vs_date_week(date, &year)));
		for (int i = 0; i < 7; i++, date = vs_date_add(date, 1))
			json_array_append_new(
				days, make_day(f, date, first.month, entries, at));
		json_array_append_new(weeks, week);
	}
	return month;
}

static bool
add_months(const struct calendar_frame *f, json_t *sheet, const json_t *entries,
	struct vs_error *err)
{
	json_t *months = json_array();
	struct vs_date first, last;
	const char *date;
	size_t at = 0;
	json_object_set_new(sheet, "months", months);
	if (!vs_date_parse(f->from, &first, err) || !vs_date_parse(f->until, &last, err))
		return false;
	first.day = 1;
	while ((date = record_string(json_array_get(entries, at), "date")) &&
		strcmp(date, f->from) < 0)
		at++;
	while (vs_date_to_days(first) <= vs_date_to_days(last)) {
		json_array_append_new(months, make_month(f, first, entries, &at));
		first = vs_date_add(first, 31);
		first.day = 1;
	}
	return true;
}

/* The list ------------------------------------------------------------------------------------- */

static json_t *
list_row(struct vs_arena *arena, const json_t *entry)
{
	static const char *const copied[] = { "name", "kind", "kind_name", "rule",
		"source" };
	const char *date = record_string(entry, "date");
	const char *shortly = sheet_day(arena, date, VS_DATE_SHORT);
	const char *kommun = record_string(entry, "kommun_name");
	const char *space = strchr(shortly, ' ');
	struct vs_date day = { 1970, 1, 1 };
	struct vs_error ignored = { 0 };
	json_t *row = json_object();
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
		record_put(row, copied[i], record_string(entry, copied[i]));
	bool known = date && vs_date_parse(date, &day, &ignored);
	record_put(row, "month", known ? month_name(arena, day) : _("Without a date"));
	record_put(row, "date", space ? space + 1 : "");
	record_put(row, "weekday",
		space ? vs_arena_copy(arena, shortly, (size_t)(space - shortly)) : "");
	record_put(row, "week", sheet_day(arena, date, VS_DATE_WEEK));
	record_put(row, "time", clock_text(arena, record_string(entry, "time")));
	record_put(row, "where",
		kommun && *kommun ? kommun : record_string(entry, "association_name"));
	record_put(row, "responsible",
		register_short_name(arena, record_string(entry, "responsible")));
	record_put(row, "done", record_string(entry, "done_on") ? "yes" : "");
	record_put(row, "state", record_string(entry, "state_text"));
	json_object_set_new(row, "late",
		json_boolean(strcmp(record_string(entry, "state"), "late") == 0));
	return row;
}

/* Unless days were chosen, what is late and what has no day is on the list, too. */
static bool
on_list(const struct calendar_frame *f, const json_t *entry)
{
	const char *date = record_string(entry, "date");
	if (!date)
		return !f->options->from && !f->options->until;
	if (strcmp(date, f->from) < 0)
		return !f->options->from &&
			strcmp(record_string(entry, "state"), "late") == 0;
	return strcmp(date, f->until) <= 0;
}

static void
add_list(const struct calendar_frame *f, json_t *sheet, const json_t *entries)
{
	json_t *list = json_array(), *entry;
	size_t i;
	json_array_foreach (entries, i, entry)
		if (on_list(f, entry))
			json_array_append_new(list, list_row(f->frame.arena, entry));
	json_object_set_new(sheet, "list", list);
}

/* The sheet ------------------------------------------------------------------------------------ */

/* From this month until a month after election day, or a year when it has been. */
static bool
find_span(struct calendar_frame *f, struct vs_error *err)
{
	const struct vs_campaign *campaign = &f->frame.campaign;
	char text[11];
	if (!vs_clock_today(&f->today, err))
		return false;
	struct vs_date from = f->today,
		       last = vs_date_add(campaign->election_date, AFTER_DAYS);
	if (f->options->from && !vs_date_parse(f->options->from, &from, err))
		return false;
	if (!f->options->from)
		from.day = 1;
	if (f->options->until && !vs_date_parse(f->options->until, &last, err))
		return false;
	if (!f->options->until && vs_date_to_days(last) < vs_date_to_days(from))
		last = vs_date_add(from, 364);
	if (vs_date_to_days(last) - vs_date_to_days(from) > DAYS_MOST)
		return vs_fail(err, VS_INVALID, "%s",
			_("more than three years do not go on a wall; give days that are nearer"));
	f->from = vs_arena_text(f->frame.arena, vs_date_format(from, text));
	f->until = vs_arena_text(f->frame.arena, vs_date_format(last, text));
	return true;
}

/* KA-260801-260930: short enough for the sheet's head. */
static const char *
days_number(struct vs_arena *arena, const char *from, const char *until)
{
	return vs_arena_printf(arena, "KA-%.2s%.2s%.2s-%.2s%.2s%.2s", from + 2, from + 5,
		from + 8, until + 2, until + 5, until + 8);
}

/* The whole calendar's number is plain; what is chosen otherwise has one of its own. Arena. */
static const char *
number_of(const struct calendar_frame *f)
{
	const struct vs_calendar_options *o = f->options;
	if (!o->from && !o->until && !o->association && !o->kommun && !o->kinds &&
		!o->open)
		return vs_arena_printf(
			f->frame.arena, "KA-%d", f->frame.campaign.election_date.year);
	if (o->from && o->until && !o->association && !o->kommun && !o->kinds && !o->open)
		return days_number(f->frame.arena, f->from, f->until);
	json_t *chosen = json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?, s:b}", "from", o->from,
		"until", o->until, "association", o->association, "kommun", o->kommun,
		"kinds", o->kinds, "open", o->open);
	const char *number = vs_arena_printf(f->frame.arena, "KA-%016llX",
		(unsigned long long)register_fingerprint(chosen));
	json_decref(chosen);
	return number;
}

static const char *
heading_of(const struct calendar_frame *f)
{
	const char *of = sheet_join(
		f->frame.arena, f->options->association, ", ", f->options->kommun);
	return *of ? vs_arena_printf(f->frame.arena, _("Election calendar: %s"), of)
		   : vs_arena_printf(f->frame.arena, _("Election calendar %d"),
			     f->frame.campaign.election_date.year);
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct calendar_frame *f = (struct calendar_frame *)frame;
	struct vs_calendar_options all = *f->options;
	if (!find_span(f, err))
		return false;
	/* What is late and what has no day is chosen here, not by the view. */
	all.from = all.until = NULL;
	json_t *entries = vs_calendar_view(frame->db, &all, err);
	if (!entries)
		return false;
	json_t *sheet = sheet_new(sheets, heading_of(f), "", "");
	record_put(sheet, "notes", "");
	bool ok = add_months(f, sheet, entries, err);
	add_list(f, sheet, entries);
	ok = ok && register_sheet(frame->db, number_of(f), sheet, err);
	json_decref(entries);
	return ok;
}

json_t *
vs_calendar_sheet_view(
	struct vs_db *db, const struct vs_calendar_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct calendar_frame f = {
		.frame = { .db = db,
			.arena = scratch.arena,
			.name = "calendar",
			.title = N_("Election calendar"),
			.nothing = N_("the calendar is empty"),
			.fill = fill },
		.options = options,
	};
	return sheet_frame_view(&f.frame, err);
}
