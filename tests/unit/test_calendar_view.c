/* The election calendar as a view, a file and a sheet: what stands there, weeks, filters. */
#include "calendar_fixture.h"

#include <sqlite3.h>

#include <valstuga/calendar.h>

#include "register/register.h"
#include "store/internal.h"

/* Forms ------------------------------------------------------------------------------------ */

static void
a_deadline_has_one_form(void **state)
{
	struct scene *s = *state;
	static const char *const wrong[][2] = { { "offset_days=-7", "clear the other" },
		{ "month=2", "clear the other" }, { "day=3", "--month and --day" },
		{ "called_days=7", "clear the other" } };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_refused(s,
			record_add(s, &vs_deadline_type,
				VALUES("key=a", "name=A", "date=2026-05-05", "source=x",
					wrong[i][0]),
				NULL),
			VS_INVALID, wrong[i][1]);
	assert_refused(s,
		record_add(s, &vs_deadline_type,
			VALUES("key=a", "name=A", "source=x", "month=2", "day=29"), NULL),
		VS_INVALID, "--day 0");
	assert_refused(s,
		record_add(s, &vs_deadline_type,
			VALUES("key=a", "name=A", "source=x", "month=4", "day=31"), NULL),
		VS_INVALID, "does not have 31 days");
	assert_false(store_exec(s->db,
		SQL("INSERT INTO deadline (key, name, source, date, month, day, years)"
		    " VALUES ('b', 'B', 'x', '2026-01-01', 1, 1, 0)"),
		&s->err));
	s->err = (struct vs_error){ 0 };
}

static const char *
rule_of(struct scene *s, const json_t *values)
{
	json_t *record = json_copy((json_t *)(uintptr_t)values);
	const char *text = register_deadline_rule(s->arena, record);
	json_decref(record);
	return text;
}

static void
how_a_day_comes_about_is_told_in_words(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *json, *text;
	} rules[] = {
		{ "{\"offset_days\": -18}", "the election day − 18 days" },
		{ "{\"offset_days\": -1}", "the election day − 1 day" },
		{ "{\"offset_days\": 0}", "the election day" },
		{ "{\"offset_days\": 7}", "the election day + 7 days" },
		{ "{\"offset_days\": -30, \"called_days\": 7}",
			"the election day − 30 days, but at the earliest the day it was called + 7 days" },
		{ "{\"called_days\": 7}", "the day it was called + 7 days" },
		{ "{\"years\": -1, \"month\": 10, \"day\": 31}",
			"31 October of the year before the election" },
		{ "{\"years\": 0, \"month\": 2, \"day\": 0}",
			"the last of February of the election's year" },
		{ "{\"kind\": \"own\", \"date\": \"2026-02-14\"}", "own day" },
		{ "{\"kind\": \"decision\", \"date\": \"2026-02-14\"}", "decision" },
		{ "{\"kind\": \"decision\"}", "decision" },
	};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		json_t *values = json_loads(rules[i].json, 0, NULL);
		assert_string_equal(rule_of(s, values), rules[i].text);
		json_decref(values);
	}
}

/* The last of February and week 53 --------------------------------------------------------- */

static void
the_last_of_february_is_the_leap_day(void **state)
{
	struct scene *s = *state;
	static const char *const days[][2] = { { "2028-10-01", "2028-02-29" },
		{ "2100-10-03", "2100-02-28" }, { "2027-10-03", "2027-02-28" } };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		make(s, days[i][0], NULL, NULL);
		assert_done(s,
			record_add(s, &vs_deadline_type,
				VALUES("key=leap", "name=Skott", "source=x", "month=2",
					"day=0"),
				NULL));
		json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
		assert_string_equal(
			text_at(entry_of(entries, "deadline", "leap"), "date"),
			days[i][1]);
		json_decref(entries);
	}
}

static void
assert_week(struct scene *s, const char *text, const char *from, const char *until)
{
	const char *first, *last;
	assert_done(s, vs_calendar_week(s->arena, text, &first, &last, &s->err));
	assert_string_equal(first, from);
	assert_string_equal(last, until);
}

static void
weeks_and_months_are_read_as_people_say_them(void **state)
{
	struct scene *s = *state;
	const char *first, *last;
	scene_time("2026-12-20 12:00");
	assert_week(s, NULL, "2026-12-14", "2026-12-20");
	assert_week(s, "53", "2026-12-28", "2027-01-03");
	assert_week(s, "v. 1", "2027-01-04", "2027-01-10");
	assert_week(s, "vecka 50", "2026-12-07", "2026-12-13");
	assert_week(s, "2026-W53", "2026-12-28", "2027-01-03");
	assert_week(s, "2027-01-01", "2026-12-28", "2027-01-03");
	assert_week(s, "v 34 2026", "2026-08-17", "2026-08-23");
	assert_refused(s, vs_calendar_week(s->arena, "2027-W53", &first, &last, &s->err),
		VS_INVALID, "2027 has no week 53");
	assert_refused(s, vs_calendar_week(s->arena, "54", &first, &last, &s->err),
		VS_INVALID, "54");
	assert_refused(s, vs_calendar_week(s->arena, "nästa", &first, &last, &s->err),
		VS_INVALID, "nästa");
	assert_done(s, vs_calendar_month(s->arena, NULL, &first, &last, &s->err));
	assert_string_equal(last, "2026-12-31");
	assert_done(s, vs_calendar_month(s->arena, "2028-02", &first, &last, &s->err));
	assert_string_equal(first, "2028-02-01");
	assert_string_equal(last, "2028-02-29");
	assert_done(s, vs_calendar_month(s->arena, "2", &first, &last, &s->err));
	assert_string_equal(last, "2026-02-28");
	assert_refused(s, vs_calendar_month(s->arena, "2026-13", &first, &last, &s->err),
		VS_INVALID, "2026-13");
}

static void
days_of_week_53_stand_in_the_old_year(void **state)
{
	struct scene *s = *state;
	static const char *const days[][3] = { { "2026-12-31", "2026-W53", "Thursday" },
		{ "2027-01-03", "2026-W53", "Sunday" },
		{ "2027-01-04", "2027-W01", "Monday" } };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		const char *key = vs_arena_printf(s->arena, "key=d%zu", i);
		const char *date = vs_arena_printf(s->arena, "date=%s", days[i][0]);
		assert_done(s,
			record_add(s, &vs_deadline_type,
				VALUES(key, "name=Dag", "source=x", date), NULL));
		json_t *entries = entries_of(s,
			&(struct vs_calendar_options){
				.from = days[i][0], .until = days[i][0] });
		assert_int_equal(json_array_size(entries), 1);
		assert_string_equal(
			text_at(json_array_get(entries, 0), "week"), days[i][1]);
		assert_string_equal(
			text_at(json_array_get(entries, 0), "weekday"), days[i][2]);
		json_decref(entries);
	}
}

/* What else stands there ------------------------------------------------------------------- */

static void
add_rule(struct scene *s, const char *kommun, const char *deadline)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO handover_rule (kommun_code, phase, channel, address,"
			    " deadline, our_contact, source, verified_on) VALUES (?, 'advance',"
			    " 'central', 'Stadshuset', ?, 'Kim Ek', 'brev', '2026-06-01')"),
			&s->err));
	stmt_bind(&q, kommun);
	stmt_bind(&q, deadline);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
fill_district(struct scene *s)
{
	assert_done(s,
		store_exec(s->db,
			SQL("INSERT INTO association (id, name) VALUES (1, 'Kil'), (2, 'Arvika');"
			    "UPDATE kommun SET association_id = 1 WHERE code = '1715';"
			    "UPDATE kommun SET association_id = 2, association_lent = 1"
			    " WHERE code IN ('1784', '1730');"
			    "INSERT INTO activity (kind, title, association_id, kommun_code,"
			    " starts_at, ends_at, visibility, cancelled_at, cancel_reason) VALUES"
			    " ('valskola', 'Valskola', NULL, NULL, unixepoch('2026-08-22 08:00'),"
			    "  unixepoch('2026-08-22 13:00'), 'members', NULL, NULL),"
			    " ('valstuga', 'Valstuga', 1, '1715', unixepoch('2026-08-22 08:00'),"
			    "  unixepoch('2026-08-22 13:00'), 'public', NULL, NULL),"
			    " ('centralt_besok', 'Besök', NULL, '1730',"
			    "  unixepoch('2026-08-23 08:00'), unixepoch('2026-08-23 09:00'), 'public',"
			    "  NULL, NULL),"
			    " ('mote', 'Utkast', NULL, NULL, unixepoch('2026-08-22 08:00'),"
			    "  unixepoch('2026-08-22 13:00'), 'draft', NULL, NULL),"
			    " ('mote', 'Inställt', NULL, NULL, unixepoch('2026-08-22 08:00'),"
			    "  unixepoch('2026-08-22 13:00'), 'public', 1, 'sjuk')"),
			&s->err));
	add_rule(s, "1715", "2026-08-24 15:00");
	add_rule(s, "1730", "2026-08-25");
}

static void
cut_offs_and_common_activities_stand_beside_the_law(void **state)
{
	struct scene *s = *state;
	fill_district(s);
	assert_string_equal(keys_with(s,
				    (struct vs_calendar_options){ .from = "2026-08-21",
					    .until = "2026-08-26" }),
		"activity:1 activity:3 rule:1 rule:2 advance_voting voting_cards");
	json_t *entries =
		entries_of(s, &(struct vs_calendar_options){ .kinds = "kommun" });
	const json_t *entry = json_array_get(entries, 0);
	assert_string_equal(text_at(entry, "date"), "2026-08-24");
	assert_string_equal(text_at(entry, "time"), "15:00");
	assert_string_equal(text_at(entry, "name"), "Kil: last hand-in, advance voting");
	assert_string_equal(text_at(entry, "source"), "brev");
	assert_string_equal(text_at(entry, "verified_on"), "2026-06-01");
	assert_string_equal(text_at(entry, "kommun"), "1715");
	assert_int_equal(integer_at(entry, "association"), 1);
	/* 15:00 in summer is 13:00 UTC. */
	assert_int_equal(integer_at(entry, "starts_at"), 1787576400);
	assert_true(json_is_null(json_object_get(json_array_get(entries, 1), "time")));
	json_decref(entries);
}

static void
filters_keep_what_concerns_all(void **state)
{
	struct scene *s = *state;
	fill_district(s);
	const struct vs_calendar_options days = { .from = "2026-08-22",
		.until = "2026-08-26" };
	struct vs_calendar_options o = days;
	o.association = "Kil";
	assert_string_equal(
		keys_with(s, o), "activity:1 rule:1 advance_voting voting_cards");
	o.association = "2";
	assert_string_equal(keys_with(s, o),
		"activity:1 activity:3 rule:2 advance_voting voting_cards");
	o = days;
	o.kommun = "Kil";
	assert_string_equal(
		keys_with(s, o), "activity:1 rule:1 advance_voting voting_cards");
	o.kinds = "kommun, activity";
	assert_string_equal(keys_with(s, o), "activity:1 rule:1");
	o = days;
	o.limit = 2;
	assert_string_equal(keys_with(s, o), "activity:1 activity:3");
	assert_refused(s,
		vs_calendar_view(s->db, &(struct vs_calendar_options){ .kinds = "fest" },
			&s->err) != NULL,
		VS_INVALID, "fest");
	assert_refused(s,
		vs_calendar_view(s->db, &(struct vs_calendar_options){ .kommun = "Ort" },
			&s->err) != NULL,
		VS_NOT_FOUND, "Ort");
	assert_refused(s,
		vs_calendar_view(s->db,
			&(struct vs_calendar_options){
				.from = "2026-08-22", .until = "2026-08-21" },
			&s->err) != NULL,
		VS_INVALID, "other way round");
}

static void
only_what_somebody_must_do_is_late(void **state)
{
	struct scene *s = *state;
	fill_district(s);
	scene_time("2026-08-26 12:00");
	assert_string_equal(keys_with(s, (struct vs_calendar_options){ .late = true }),
		"register_name guaranteed_delivery participation");
	const char *const keys[] = { "register_name", "participation" };
	assert_done(s, vs_deadline_done(s->db, keys, 2, "2026-02-20", &s->err));
	assert_string_equal(keys_with(s, (struct vs_calendar_options){ .late = true }),
		"guaranteed_delivery");
	assert_string_equal(keys_with(s,
				    (struct vs_calendar_options){ .open = true,
					    .kinds = "law,kommun,activity,own" }),
		"advance_voting voting_cards roll_corrections last_consent election_day");
	json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	static const char *const states[][3] = { { "participation", "done", "done" },
		{ "eligible_counted", "done", "has passed" },
		{ "guaranteed_delivery", "late", "27 days late" },
		{ "advance_voting", "today", "today" },
		{ "last_consent", "soon", "in 16 days" },
		{ "order_date", "unknown", "date not decided" } };
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		const json_t *entry = entry_of(entries, "deadline", states[i][0]);
		assert_string_equal(text_at(entry, "state"), states[i][1]);
		assert_string_equal(text_at(entry, "state_text"), states[i][2]);
	}
	json_decref(entries);
	assert_refused(s, vs_deadline_done(s->db, keys, 2, "2026-08-27", &s->err),
		VS_INVALID, "still to come");
	const char *const unknown[] = { "last_consent", "no_such" };
	assert_refused(s, vs_deadline_done(s->db, unknown, 2, NULL, &s->err),
		VS_NOT_FOUND, "no_such");
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM deadline WHERE done_on IS NOT NULL"),
		2);
}

/* Files ------------------------------------------------------------------------------------ */

/* The line "NAME:…" of the event with that in its uid. Arena. */
static const char *
ics_line(struct scene *s, const char *ics, const char *uid, const char *name)
{
	const char *event = strstr(ics, uid);
	assert_non_null(event);
	const char *end = strstr(event, "END:VEVENT");
	const char *line = strstr(event, vs_arena_printf(s->arena, "\r\n%s", name));
	if (!line || line > end)
		return "";
	line += 2;
	return vs_arena_copy(s->arena, line, strcspn(line, "\r"));
}

static const char *
ics_of(struct scene *s, struct vs_calendar_options options)
{
	VS_AUTO(vs_buffer) out = { 0 };
	json_t *view = vs_calendar_events(s->db, &options, &s->err);
	assert_done(s, view != NULL);
	assert_done(s, vs_ical_write(view, &out, &s->err));
	json_decref(view);
	return vs_arena_text(s->arena, out.data);
}

/* Three o'clock in Sweden is another moment before and after the clocks change; half past two
 * comes twice in October, when the first counts, and not at all in March. */
static void
cut_offs_are_told_in_utc_across_the_clock_changes(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *deadline, *utc;
	} cut_offs[] = { { "2026-10-24 15:00", "DTSTART:20261024T130000Z" },
		{ "2026-10-25 02:30", "DTSTART:20261025T003000Z" },
		{ "2026-10-25 15:00", "DTSTART:20261025T140000Z" },
		{ "2027-03-27 15:00", "DTSTART:20270327T140000Z" },
		{ "2027-03-28 02:30", "DTSTART:20270328T010000Z" },
		{ "2027-03-28 15.00", "DTSTART:20270328T130000Z" },
		{ "2027-03-29", "DTSTART;VALUE=DATE:20270329" } };
	for (size_t i = 0; i < sizeof cut_offs / sizeof *cut_offs; i++) {
		assert_done(
			s, store_exec(s->db, SQL("DELETE FROM handover_rule"), &s->err));
		add_rule(s, "1715", cut_offs[i].deadline);
		const char *ics =
			ics_of(s, (struct vs_calendar_options){ .kinds = "kommun" });
		assert_string_equal(
			ics_line(s, ics, "UID:rule-1@", "DTSTART"), cut_offs[i].utc);
	}
	/* A rule cannot be entered with a time that nobody can keep. */
	assert_refused(s,
		record_set(s, &vs_rule_type, "1", VALUES("deadline=2027-03-28 02:30")),
		VS_INVALID, "2027-03-28 02:30");
}

static void
a_called_off_activity_stays_in_the_calendar_file(void **state)
{
	struct scene *s = *state;
	fill_district(s);
	const char *ics = ics_of(s, (struct vs_calendar_options){ 0 });
	assert_string_equal(
		ics_line(s, ics, "UID:activity-5@", "STATUS"), "STATUS:CANCELLED");
	assert_string_equal(
		ics_line(s, ics, "UID:activity-1@", "STATUS"), "STATUS:CONFIRMED");
	assert_string_equal(ics_line(s, ics, "UID:activity-1@", "DTSTART"),
		"DTSTART:20260822T080000Z");
	assert_null(strstr(ics, "UID:activity-2@"));
	assert_null(strstr(ics, "UID:activity-4@"));
	/* Nobody's name goes along. */
	assert_null(strstr(ics, "Kim Ek"));
}

static void
a_changed_day_is_the_same_event_with_a_higher_sequence(void **state)
{
	struct scene *s = *state;
	const char *before = ics_of(s, (struct vs_calendar_options){ 0 });
	assert_done(s, record_set(s, &vs_campaign_type, "1", VALUES("title=Val")));
	assert_done(s,
		record_set(s, &vs_deadline_type, "participation",
			VALUES("offset_days=-31", "source=VL")));
	const char *after = ics_of(s, (struct vs_calendar_options){ 0 });
	assert_string_equal(ics_line(s, before, "UID:deadline-participation@", "DTSTART"),
		"DTSTART;VALUE=DATE:20260814");
	assert_string_equal(ics_line(s, after, "UID:deadline-participation@", "DTSTART"),
		"DTSTART;VALUE=DATE:20260813");
	assert_string_equal(
		ics_line(s, before, "UID:deadline-participation@", "SEQUENCE"),
		"SEQUENCE:1");
	assert_string_equal(ics_line(s, after, "UID:deadline-participation@", "SEQUENCE"),
		"SEQUENCE:3");
	assert_string_equal(ics_line(s, after, "UID:deadline-election_day@", "SEQUENCE"),
		"SEQUENCE:2");
}

/* Paper ------------------------------------------------------------------------------------ */

static const json_t *
day_of(const json_t *sheet, const char *month, const char *day)
{
	size_t i, k, n;
	json_t *page, *week, *each;
	json_array_foreach (json_object_get(sheet, "months"), i, page)
		if (strcmp(text_at(page, "name"), month) == 0)
			json_array_foreach (json_object_get(page, "weeks"), k, week)
				json_array_foreach (
					json_object_get(week, "days"), n, each)
					if (strcmp(text_at(each, "day"), day) == 0 &&
						!json_is_true(
							json_object_get(each, "outside")))
						return each;
	return NULL;
}

static void
the_wall_has_a_page_per_month(void **state)
{
	struct scene *s = *state;
	fill_district(s);
	scene_time("2026-08-21 12:00");
	json_t *view = vs_calendar_sheet_view(
		s->db, &(struct vs_calendar_options){ 0 }, &s->err);
	assert_done(s, view != NULL);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_string_equal(text_at(sheet, "sheet_number"), "KA-2026");
	assert_int_equal(json_array_size(json_object_get(sheet, "months")), 3);
	const json_t *day = day_of(sheet, "September 2026", "13");
	assert_true(json_is_true(json_object_get(day, "big")));
	assert_true(json_is_true(json_object_get(day, "red")));
	assert_string_equal(
		text_at(json_array_get(json_object_get(day, "entries"), 0), "text"),
		"Valdagen");
	assert_true(json_is_true(
		json_object_get(day_of(sheet, "August 2026", "21"), "today")));
	day = day_of(sheet, "August 2026", "24");
	assert_string_equal(
		text_at(json_array_get(json_object_get(day, "entries"), 0), "text"),
		"15.00 Kil: last hand-in, advance voting");
	/* What is late stands on the list although its month is over, what has no day, too. */
	const json_t *list = json_object_get(sheet, "list");
	assert_string_equal(text_at(json_array_get(list, 0), "month"), "February 2026");
	assert_true(json_is_true(json_object_get(json_array_get(list, 0), "late")));
	assert_string_equal(
		text_at(json_array_get(list, json_array_size(list) - 1), "month"),
		"Without a date");
	json_decref(view);
}

static void
a_day_with_much_says_how_much_more(void **state)
{
	struct scene *s = *state;
	for (int i = 0; i < 6; i++) {
		const char *key = vs_arena_printf(s->arena, "key=k%d", i);
		assert_done(s,
			record_add(s, &vs_deadline_type,
				VALUES(key, "name=Åtgärd", "source=x", "date=2026-12-31"),
				NULL));
	}
	json_t *view = vs_calendar_sheet_view(s->db,
		&(struct vs_calendar_options){
			.from = "2026-12-01", .until = "2027-01-31" },
		&s->err);
	assert_done(s, view != NULL);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	const json_t *months = json_object_get(sheet, "months");
	const json_t *day = day_of(sheet, "December 2026", "31");
	assert_int_equal(json_array_size(months), 2);
	assert_int_equal(json_array_size(json_object_get(day, "entries")), 3);
	assert_string_equal(text_at(day, "more"), "+3 more");
	assert_int_equal(json_array_size(json_object_get(sheet, "list")), 6);
	/* December ends and January begins in week 53. */
	const json_t *weeks = json_object_get(json_array_get(months, 0), "weeks");
	assert_string_equal(text_at(json_array_get(weeks, 4), "week"), "53");
	weeks = json_object_get(json_array_get(months, 1), "weeks");
	assert_string_equal(text_at(json_array_get(weeks, 0), "week"), "53");
	assert_string_equal(text_at(json_array_get(weeks, 1), "week"), "1");
	assert_true(
		json_is_true(json_object_get(day_of(sheet, "January 2027", "1"), "red")));
	assert_true(
		json_is_true(json_object_get(day_of(sheet, "January 2027", "6"), "red")));
	assert_false(
		json_is_true(json_object_get(day_of(sheet, "January 2027", "7"), "red")));
	json_decref(view);
	const struct vs_calendar_options far = { .until = "2199-12-31" };
	assert_refused(s, vs_calendar_sheet_view(s->db, &far, &s->err) != NULL,
		VS_INVALID, "three years");
}

#define WITH(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(a_deadline_has_one_form),
		WITH(how_a_day_comes_about_is_told_in_words),
		WITH(the_last_of_february_is_the_leap_day),
		WITH(weeks_and_months_are_read_as_people_say_them),
		WITH(days_of_week_53_stand_in_the_old_year),
		WITH(cut_offs_and_common_activities_stand_beside_the_law),
		WITH(filters_keep_what_concerns_all),
		WITH(only_what_somebody_must_do_is_late),
		WITH(cut_offs_are_told_in_utc_across_the_clock_changes),
		WITH(a_called_off_activity_stays_in_the_calendar_file),
		WITH(a_changed_day_is_the_same_event_with_a_higher_sequence),
		WITH(the_wall_has_a_page_per_month),
		WITH(a_day_with_much_says_how_much_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
