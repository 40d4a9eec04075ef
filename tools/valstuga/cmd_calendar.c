/* The election calendar on the terminal, and what happens to deadlines. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/text.h>

#include "tool.h"

#define NEXT_USUAL 10
#define GRID_CELL  6 /* columns of a day in a month */

struct vs_calendar_options
calendar_options(const struct call *call)
{
	return (struct vs_calendar_options){ .from = option(call, "from"),
		.until = option(call, "until"),
		.association = option(call, "association"),
		.kommun = option(call, "kommun"),
		.kinds = option(call, "kind"),
		.open = flag(call, "open") };
}

/* Tables -------------------------------------------------------------------------------------- */

/* Everything, for other programs. */
static void
print_csv(struct call *call, const json_t *entries)
{
	static const char *const names[] = { "date", "time", "name", "rule", "source",
		"kind", "state", "responsible", "done_on", "verified_on", "kommun_name",
		"association_name", "week", "noun", "id" };
	const struct column columns[] = { { _("date"), false }, { _("time"), false },
		{ _("what"), false }, { _("rule"), false }, { _("source"), false },
		{ _("sort of day"), false }, { _("state"), false },
		{ _("responsible"), false }, { _("done"), false },
		{ _("verified"), false }, { _("kommun"), false },
		{ _("association"), false }, { _("week"), false }, { _("noun"), false },
		{ _("no."), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *entry;
	json_array_foreach (entries, i, entry)
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			table_cell(table, text_of(entry, names[k]));
	table_print(call, table);
}

/* "2026-08-22 lör 15:00"; "–" when there is no date. */
static const char *
day_text(struct call *call, const json_t *entry)
{
	struct vs_date date;
	struct vs_error ignored = { 0 };
	const char *time = text_of(entry, "time");
	if (!vs_date_parse(text_of(entry, "date"), &date, &ignored))
		return "–";
	const char *day = vs_date_text(call->arena, date, VS_DATE_SHORT);
	return vs_arena_printf(call->arena, "%s %.*s%s%s", text_of(entry, "date"),
		(int)strcspn(day, " "), day, *time ? " " : "", time);
}

/* The kommun, or the association, that it concerns. */
static const char *
where_text(const json_t *entry)
{
	const char *kommun = text_of(entry, "kommun_name");
	return *kommun ? kommun : text_of(entry, "association_name");
}

static void
print_table(struct call *call, const json_t *entries)
{
	const struct column columns[] = { { _("date"), false }, { _("state"), false },
		{ _("what"), false }, { _("concerns"), false }, { _("rule"), false },
		{ _("source"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *entry;
	json_array_foreach (entries, i, entry) {
		table_cell(table, day_text(call, entry));
		table_cell(table, text_of(entry, "state_text"));
		table_cell(table, text_of(entry, "name"));
		table_cell(table, where_text(entry));
		table_cell(table, text_of(entry, "rule"));
		table_cell(table, text_of(entry, "source"));
	}
	table_print(call, table);
}

static void
print_entry(const json_t *entry)
{
	const char *time = text_of(entry, "time"), *where = where_text(entry);
	const char *state = text_of(entry, "state");
	bool late = strcmp(state, "late") == 0;
	printf("    %s%s%s%s%s%s%s", late ? "! " : "", time, *time ? " " : "",
		text_of(entry, "name"), *where ? " (" : "", where, *where ? ")" : "");
	printf("; %s, %s, %s\n", text_of(entry, "state_text"), text_of(entry, "rule"),
		text_of(entry, "source"));
}

/* On a terminal: a table would leave too little room for what it is and which law says so. */
static void
print_by_day(struct call *call, const json_t *entries)
{
	const char *before = NULL;
	size_t i;
	json_t *entry;
	json_array_foreach (entries, i, entry) {
		const char *date = text_of(entry, "date");
		struct vs_date day;
		struct vs_error ignored = { 0 };
		if (!before || strcmp(before, date) != 0)
			printf("%s\n",
				vs_date_parse(date, &day, &ignored)
					? vs_date_text(call->arena, day, VS_DATE_LONG)
					: "–");
		print_entry(entry);
		before = date;
	}
}

/* The entries asked for, printed; `empty` when there are none and people read it. */
static bool
show(struct call *call, const struct vs_calendar_options *options, const char *empty)
{
	json_t *entries = vs_calendar_view(call->db, options, &call->err);
	if (!entries)
		return false;
	if (call->json)
		print_json(entries);
	else if (call->csv)
		print_csv(call, entries);
	else if (json_array_size(entries) == 0)
		printf("%s\n", empty);
	else if (isatty(STDOUT_FILENO))
		print_by_day(call, entries);
	else
		print_table(call, entries);
	json_decref(entries);
	return true;
}

/* Commands ------------------------------------------------------------------------------------ */

bool
cmd_calendar_list(struct call *call)
{
	const struct vs_calendar_options options = calendar_options(call);
	return show(call, &options, _("the calendar is empty"));
}

bool
cmd_calendar_late(struct call *call)
{
	struct vs_calendar_options options = calendar_options(call);
	options.late = true;
	return show(call, &options, _("nothing is late"));
}

bool
cmd_calendar_next(struct call *call)
{
	struct vs_calendar_options options = calendar_options(call);
	struct vs_date today;
	char from[11];
	int64_t count = NEXT_USUAL;
	if (call->arg_count &&
		(!vs_text_to_integer(call->args[0], &count) || count < 1 ||
			count > 10000))
		return vs_fail(&call->err, VS_USAGE,
			_("\"%s\" is not how many; write a number from 1"),
			call->args[0]);
	if (!vs_clock_today(&today, &call->err))
		return false;
	options.from = vs_date_format(today, from);
	options.open = true;
	options.limit = (int)count;
	return show(call, &options, _("nothing is to come"));
}

/* Days ---------------------------------------------------------------------------------------- */

/* Day by day; `empty`: also days without anything. */
static void
print_days(struct call *call, const json_t *entries, struct vs_date from,
	struct vs_date until, bool empty)
{
	size_t at = 0;
	char text[11];
	for (; vs_date_to_days(from) <= vs_date_to_days(until);
		from = vs_date_add(from, 1)) {
		const json_t *entry = json_array_get(entries, at);
		vs_date_format(from, text);
		bool any = strcmp(text_of(entry, "date"), text) == 0;
		if (any || empty)
			printf("%s\n", vs_date_text(call->arena, from, VS_DATE_SHORT));
		for (; strcmp(text_of(entry, "date"), text) == 0;
			entry = json_array_get(entries, ++at))
			print_entry(entry);
	}
}

bool
cmd_calendar_week(struct call *call)
{
	struct vs_calendar_options options = calendar_options(call);
	struct vs_date from, until;
	if (!vs_calendar_week(call->arena, call->arg_count ? call->args[0] : NULL,
		    &options.from, &options.until, &call->err))
		return false;
	if (call->json || call->csv)
		return show(call, &options, "");
	if (!vs_date_parse(options.from, &from, &call->err) ||
		!vs_date_parse(options.until, &until, &call->err))
		return false;
	json_t *entries = vs_calendar_view(call->db, &options, &call->err);
	if (!entries)
		return false;
	printf("%s, %s\n", vs_date_text(call->arena, from, VS_DATE_WEEK_YEAR),
		vs_date_range_text(call->arena, from, until));
	print_days(call, entries, from, until, true);
	json_decref(entries);
	return true;
}

/* The grid ------------------------------------------------------------------------------------ */

/* "[26*]": today in brackets, * something is on, ! election day. */
static void
add_cell(struct vs_buffer *line, const char *text, bool today)
{
	int width = (int)vs_text_columns(text) + 2 * today;
	vs_buffer_printf(line, "%*s%s%s%s", GRID_CELL - width - !today, "",
		today ? "[" : "", text, today ? "]" : " ");
}

static void
print_line(struct vs_buffer *line)
{
	while (line->length && line->data[line->length - 1] == ' ')
		line->length--;
	printf("%.*s\n", (int)line->length, line->data);
	line->length = 0;
}

static void
print_heads(struct call *call, struct vs_date monday, struct vs_buffer *line)
{
	vs_buffer_printf(line, "%-4s", _("wk"));
	for (int i = 0; i < 7; i++) {
		const char *day =
			vs_date_text(call->arena, vs_date_add(monday, i), VS_DATE_SHORT);
		add_cell(line, vs_arena_copy(call->arena, day, strcspn(day, " ")), false);
	}
	print_line(line);
}

/* Whether anything is on that day; entries are by date. */
static bool
is_on(const json_t *entries, const char *date)
{
	size_t i;
	json_t *entry;
	json_array_foreach (entries, i, entry)
		if (strcmp(text_of(entry, "date"), date) == 0)
			return true;
	return false;
}

static const char *
mark_of(const json_t *entries, struct vs_date date, const struct vs_campaign *campaign)
{
	char text[11];
	vs_date_format(date, text);
	if (strcmp(text, campaign->election_day) == 0)
		return "!";
	return is_on(entries, text) ? "*" : " ";
}

static void
print_grid(struct call *call, const json_t *entries, struct vs_date from,
	struct vs_date until, const struct vs_campaign *campaign, struct vs_date today)
{
	VS_AUTO(vs_buffer) line = { 0 };
	struct vs_date date = vs_date_monday(from);
	int year;
	print_heads(call, date, &line);
	while (vs_date_to_days(date) <= vs_date_to_days(until)) {
		vs_buffer_printf(&line, "%-4d", vs_date_week(date, &year));
		for (int i = 0; i < 7; i++, date = vs_date_add(date, 1)) {
			bool inside = date.month == from.month;
			bool now = vs_date_to_days(date) == vs_date_to_days(today);
			add_cell(&line,
				inside ? vs_arena_printf(call->arena, "%d%s", date.day,
						 mark_of(entries, date, campaign))
				       : "",
				inside && now);
		}
		print_line(&line);
	}
}

bool
cmd_calendar_month(struct call *call)
{
	struct vs_calendar_options options = calendar_options(call);
	struct vs_campaign campaign;
	struct vs_date from, until, today;
	if (!vs_calendar_month(call->arena, call->arg_count ? call->args[0] : NULL,
		    &options.from, &options.until, &call->err))
		return false;
	if (call->json || call->csv)
		return show(call, &options, "");
	if (!vs_date_parse(options.from, &from, &call->err) ||
		!vs_date_parse(options.until, &until, &call->err) ||
		!vs_clock_today(&today, &call->err) ||
		!vs_campaign_get(call->db, call->arena, &campaign, &call->err))
		return false;
	json_t *entries = vs_calendar_view(call->db, &options, &call->err);
	if (!entries)
		return false;
	const char *name = vs_date_text(call->arena, from, VS_DATE_DAY);
	printf("%s\n\n", name + strcspn(name, " ") + 1);
	print_grid(call, entries, from, until, &campaign, today);
	printf("\n");
	print_days(call, entries, from, until, false);
	json_decref(entries);
	return true;
}

/* Deadlines ----------------------------------------------------------------------------------- */

static void
print_changes(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("time"), false }, { _("by"), false },
		{ _("before"), false }, { _("after"), false }, { _("source"), false } };
	const json_t *changes = json_object_get(view, "changes");
	struct table *table;
	size_t i;
	json_t *change;
	printf(_("The day comes from: %s\n"), text_of(view, "rule"));
	if (json_array_size(changes) == 0)
		return;
	printf("\n");
	table = table_new(columns, sizeof columns / sizeof *columns);
	json_array_foreach (changes, i, change) {
		char at[17];
		table_cell(table, vs_time_format_local(integer_of(change, "at"), at));
		table_cell(table, text_of(change, "actor"));
		table_cell(table, text_of(change, "fell_on"));
		table_cell(table, text_of(change, "falls_on"));
		table_cell(table, text_of(change, "source"));
	}
	table_print(call, table);
}

bool
cmd_deadline_show(struct call *call)
{
	json_t *view = vs_deadline_view(call->db, call->args[0], &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		print_record(call, view);
		if (!call->csv)
			print_changes(call, view);
	}
	json_decref(view);
	return true;
}

bool
cmd_deadline_done(struct call *call)
{
	if (!vs_deadline_done(call->db, call->args, (size_t)call->arg_count,
		    option(call, "on"), &call->err))
		return false;
	printf(P_("%d deadline is done\n", "%d deadlines are done\n", call->arg_count),
		call->arg_count);
	return true;
}
