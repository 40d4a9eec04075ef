/*
 * The election calendar's days: the law's for each type of election, reckoned by hand from the
 * calendars that were published; what follows when days move; what older files get.
 */
#include "calendar_fixture.h"

#include <sqlite3.h>

#include "store/internal.h"

/* The law's days --------------------------------------------------------------------------- */

struct expected {
	const char *key, *date; /* NULL: no day is known */
};

/* Exactly these deadlines, on these days. */
static void
assert_days(struct scene *s, const struct expected *expected)
{
	const struct vs_calendar_options all = { .kinds = "law,decision,own" };
	json_t *entries = entries_of(s, &all);
	size_t count = 0;
	for (; expected[count].key; count++) {
		const json_t *entry = entry_of(entries, "deadline", expected[count].key);
		if (!entry)
			fail_msg("%s is missing", expected[count].key);
		const char *date = json_string_value(json_object_get(entry, "date"));
		if (strcmp(date ? date : "",
			    expected[count].date ? expected[count].date : "") != 0)
			fail_msg("%s falls on %s, not %s", expected[count].key,
				date ? date : "no day", expected[count].date);
		assert_string_not_equal(text_at(entry, "name"), "");
		assert_string_not_equal(text_at(entry, "rule"), "");
		assert_string_not_equal(text_at(entry, "source"), "");
		assert_string_not_equal(text_at(entry, "verified_on"), "");
	}
	if (count != json_array_size(entries))
		fail_msg("%zu are expected: %s", count, keys_of(s, entries));
	json_decref(entries);
}

static void
the_general_election_of_2018_has_its_days(void **state)
{
	static const struct expected days[] = {
		{ "constituencies_decided", "2017-10-31" },
		{ "party_ballots_request", "2017-11-10" },
		{ "districts_decided", "2017-12-01" }, { "register_name", "2018-02-28" },
		{ "eligible_counted", "2018-03-01" }, { "womens_day", "2018-03-08" },
		{ "order_date", "2018-04-10" }, { "fixed_seats", "2018-04-30" },
		{ "may_day", "2018-05-01" }, { "guaranteed_delivery", "2018-07-26" },
		{ "letter_voting", "2018-07-26" }, { "withdraw", "2018-07-26" },
		{ "posters_from", "2018-08-05" }, { "places_reported", "2018-08-08" },
		{ "participation", "2018-08-10" }, { "electoral_roll", "2018-08-10" },
		{ "messenger_votes", "2018-08-16" }, { "voting_abroad", "2018-08-16" },
		{ "advance_voting", "2018-08-22" }, { "voting_cards", "2018-08-22" },
		{ "roll_corrections", "2018-08-28" }, { "last_consent", "2018-09-07" },
		{ "election_day", "2018-09-09" }, { "posters_until", "2018-09-16" }, { 0 }
	};
	make(*state, "2018-09-09", NULL, NULL);
	assert_days(*state, days);
}

static void
the_general_election_of_2022_has_its_days(void **state)
{
	static const struct expected days[] = {
		{ "constituencies_decided", "2021-10-31" },
		{ "party_ballots_request", "2021-11-12" },
		{ "districts_decided", "2021-12-01" }, { "register_name", "2022-02-28" },
		{ "eligible_counted", "2022-03-01" }, { "womens_day", "2022-03-08" },
		{ "order_date", "2022-04-29" }, { "fixed_seats", "2022-04-30" },
		{ "may_day", "2022-05-01" }, { "guaranteed_delivery", "2022-07-28" },
		{ "letter_voting", "2022-07-28" }, { "withdraw", "2022-07-28" },
		{ "posters_from", "2022-08-07" }, { "places_reported", "2022-08-10" },
		{ "participation", "2022-08-12" }, { "electoral_roll", "2022-08-12" },
		{ "messenger_votes", "2022-08-18" }, { "voting_abroad", "2022-08-18" },
		{ "advance_voting", "2022-08-24" }, { "voting_cards", "2022-08-24" },
		{ "roll_corrections", "2022-08-30" }, { "last_consent", "2022-09-09" },
		{ "election_day", "2022-09-11" }, { "posters_until", "2022-09-18" }, { 0 }
	};
	make(*state, "2022-09-11", NULL, NULL);
	assert_days(*state, days);
}

static void
the_general_election_of_2026_has_its_days(void **state)
{
	static const struct expected days[] = {
		{ "constituencies_decided", "2025-10-31" },
		{ "party_ballots_request", NULL }, { "districts_decided", "2025-12-01" },
		{ "register_name", "2026-02-28" }, { "eligible_counted", "2026-03-01" },
		{ "womens_day", "2026-03-08" }, { "order_date", NULL },
		{ "fixed_seats", "2026-04-30" }, { "may_day", "2026-05-01" },
		{ "guaranteed_delivery", "2026-07-30" },
		{ "letter_voting", "2026-07-30" }, { "withdraw", "2026-07-30" },
		{ "posters_from", "2026-08-09" }, { "places_reported", "2026-08-12" },
		{ "participation", "2026-08-14" }, { "electoral_roll", "2026-08-14" },
		{ "messenger_votes", "2026-08-20" }, { "voting_abroad", "2026-08-20" },
		{ "advance_voting", "2026-08-26" }, { "voting_cards", "2026-08-26" },
		{ "roll_corrections", "2026-09-01" }, { "last_consent", "2026-09-11" },
		{ "election_day", "2026-09-13" }, { "posters_until", "2026-09-20" }, { 0 }
	};
	make(*state, "2026-09-13", NULL, NULL);
	assert_days(*state, days);
}

static void
the_general_election_of_2030_has_its_days(void **state)
{
	static const struct expected days[] = {
		{ "constituencies_decided", "2029-10-31" },
		{ "party_ballots_request", NULL }, { "districts_decided", "2029-12-01" },
		{ "register_name", "2030-02-28" }, { "eligible_counted", "2030-03-01" },
		{ "womens_day", "2030-03-08" }, { "order_date", NULL },
		{ "fixed_seats", "2030-04-30" }, { "may_day", "2030-05-01" },
		{ "guaranteed_delivery", "2030-07-25" },
		{ "letter_voting", "2030-07-25" }, { "withdraw", "2030-07-25" },
		{ "posters_from", "2030-08-04" }, { "places_reported", "2030-08-07" },
		{ "participation", "2030-08-09" }, { "electoral_roll", "2030-08-09" },
		{ "messenger_votes", "2030-08-15" }, { "voting_abroad", "2030-08-15" },
		{ "advance_voting", "2030-08-21" }, { "voting_cards", "2030-08-21" },
		{ "roll_corrections", "2030-08-27" }, { "last_consent", "2030-09-06" },
		{ "election_day", "2030-09-08" }, { "posters_until", "2030-09-15" }, { 0 }
	};
	make(*state, "2030-09-08", NULL, NULL);
	assert_days(*state, days);
}

/* The order had to be in on the leap day; the last of February was the same day. */
static void
the_european_election_of_2024_has_its_days(void **state)
{
	static const struct expected days[] = { { "party_ballots_request", NULL },
		{ "districts_decided", "2023-12-01" }, { "register_name", "2024-02-29" },
		{ "order_date", "2024-02-29" }, { "eligible_counted", "2024-03-01" },
		{ "womens_day", "2024-03-08" }, { "guaranteed_delivery", "2024-04-25" },
		{ "letter_voting", "2024-04-25" }, { "may_day", "2024-05-01" },
		{ "posters_from", "2024-05-05" }, { "places_reported", "2024-05-08" },
		{ "participation", "2024-05-10" }, { "electoral_roll", "2024-05-10" },
		{ "messenger_votes", "2024-05-16" }, { "voting_abroad", "2024-05-16" },
		{ "advance_voting", "2024-05-22" }, { "voting_cards", "2024-05-22" },
		{ "roll_corrections", "2024-05-28" }, { "last_consent", "2024-06-07" },
		{ "election_day", "2024-06-09" }, { "posters_until", "2024-06-16" },
		{ 0 } };
	make(*state, "2024-06-09", NULL, NULL);
	assert_days(*state, days);
}

/* Called on Monday 1 March 2027 for Sunday 23 May: parties have a week to register. */
static void
an_extra_election_has_its_days(void **state)
{
	struct scene *s = *state;
	static const struct expected days[] = { { "party_ballots_request", NULL },
		{ "order_date", NULL }, { "register_name", "2027-03-08" },
		{ "womens_day", "2027-03-08" }, { "letter_voting", "2027-04-08" },
		{ "posters_from", "2027-04-18" }, { "places_reported", "2027-04-21" },
		{ "participation", "2027-04-23" }, { "electoral_roll", "2027-04-23" },
		{ "may_day", "2027-05-01" }, { "guaranteed_delivery", "2027-05-03" },
		{ "voting_abroad", "2027-05-03" }, { "roll_corrections", "2027-05-11" },
		{ "advance_voting", "2027-05-13" }, { "voting_cards", "2027-05-13" },
		{ "messenger_votes", "2027-05-13" }, { "last_consent", "2027-05-21" },
		{ "election_day", "2027-05-23" }, { "posters_until", "2027-05-30" },
		{ 0 } };
	make(s, "2027-05-23", "extra", "2027-03-01");
	assert_days(s, days);
}

/* Called on 1 March for 28 March: 30 and 45 days before are earlier than the decision. */
static void
a_hurried_extra_election_counts_from_the_day_it_was_called(void **state)
{
	struct scene *s = *state;
	static const struct expected days[] = { { "party_ballots_request", NULL },
		{ "order_date", NULL }, { "posters_from", "2027-02-21" },
		{ "places_reported", "2027-02-24" }, { "electoral_roll", "2027-02-26" },
		{ "letter_voting", "2027-03-01" }, { "register_name", "2027-03-08" },
		{ "participation", "2027-03-08" },
		{ "guaranteed_delivery", "2027-03-08" },
		{ "voting_abroad", "2027-03-08" }, { "womens_day", "2027-03-08" },
		{ "roll_corrections", "2027-03-16" }, { "advance_voting", "2027-03-18" },
		{ "voting_cards", "2027-03-18" }, { "messenger_votes", "2027-03-18" },
		{ "last_consent", "2027-03-26" }, { "election_day", "2027-03-28" },
		{ "posters_until", "2027-04-04" }, { "may_day", "2027-05-01" }, { 0 } };
	make(s, "2027-03-28", "extra", "2027-03-01");
	assert_days(s, days);
}

/* Falun 2019: what was notified for the election holds for the re-election, too (2:16). */
static void
a_re_election_has_its_days(void **state)
{
	struct scene *s = *state;
	static const struct expected days[] = { { "party_ballots_request", NULL },
		{ "order_date", NULL }, { "guaranteed_delivery", NULL },
		{ "letter_voting", "2019-02-21" }, { "posters_from", "2019-03-03" },
		{ "places_reported", "2019-03-06" }, { "electoral_roll", "2019-03-08" },
		{ "womens_day", "2019-03-08" }, { "voting_abroad", "2019-03-18" },
		{ "roll_corrections", "2019-03-26" }, { "advance_voting", "2019-03-28" },
		{ "voting_cards", "2019-03-28" }, { "messenger_votes", "2019-03-28" },
		{ "last_consent", "2019-04-05" }, { "election_day", "2019-04-07" },
		{ "posters_until", "2019-04-14" }, { "may_day", "2019-05-01" }, { 0 } };
	make(s, "2019-04-07", "rerun", NULL);
	assert_days(s, days);
}

static int
problems_of(struct scene *s, const char *noun)
{
	json_t *problems = vs_register_problems(s->db, &s->err), *problem;
	int count = 0;
	size_t i;
	assert_done(s, problems != NULL);
	json_array_foreach (problems, i, problem)
		count += strcmp(text_at(problem, "noun"), noun) == 0;
	json_decref(problems);
	return count;
}

static void
until_it_is_known_when_it_was_called_the_law_counts_from_election_day(void **state)
{
	struct scene *s = *state;
	make(s, "2027-05-23", "extra", NULL);
	const struct vs_calendar_options all = { 0 };
	json_t *entries = entries_of(s, &all);
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "participation"), "date"),
		"2027-04-23");
	assert_true(json_is_null(
		json_object_get(entry_of(entries, "deadline", "register_name"), "date")));
	json_decref(entries);
	assert_int_equal(problems_of(s, "campaign"), 1);
	assert_done(
		s, record_set(s, &vs_campaign_type, "1", VALUES("called_on=2027-04-20")));
	assert_int_equal(problems_of(s, "campaign"), 0);
	assert_int_equal(problems_of(s, "deadline"), 2);
	entries = entries_of(s, &all);
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "participation"), "date"),
		"2027-04-27");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "register_name"), "date"),
		"2027-04-27");
	json_decref(entries);
}

/* Types ------------------------------------------------------------------------------------ */

static const char *
type_of(struct scene *s)
{
	struct vs_campaign campaign;
	assert_done(s, vs_campaign_get(s->db, s->arena, &campaign, &s->err));
	return campaign.election_type;
}

static void
the_type_is_seen_from_the_day(void **state)
{
	struct scene *s = *state;
	static const char *const days[][2] = { { "2022-09-11", "general" },
		{ "2026-09-13", "general" }, { "2034-09-10", "general" },
		{ "2024-06-09", "eu" }, { "2024-09-08", "extra" },
		{ "2026-09-20", "extra" }, { "2027-03-28", "extra" } };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		make(s, days[i][0], NULL, NULL);
		assert_string_equal(type_of(s), days[i][1]);
	}
	make(s, "2019-05-26", "eu", NULL);
	assert_string_equal(type_of(s), "eu");
}

static void
refuse(struct scene *s, const char *day, const char *type, const char *called_on,
	const char *text)
{
	struct vs_campaign_options o = scene_varmland();
	vs_db_close(s->db);
	s->db = NULL;
	unlink(s->path);
	o.election_day = day;
	o.election_type = type;
	o.called_on = called_on;
	assert_refused(s, vs_campaign_create(s->path, &o, "anna", &s->err) != NULL,
		VS_INVALID, text);
	assert_int_not_equal(access(s->path, F_OK), 0);
}

static void
a_type_that_the_day_contradicts_is_refused(void **state)
{
	struct scene *s = *state;
	refuse(s, "2026-09-20", "general", NULL, "second Sunday");
	refuse(s, "2024-09-08", "eu", NULL, "June");
	refuse(s, "2027-03-28", "förtida", NULL, "förtida");
	refuse(s, "2027-03-28", "extra", "2027-03-28", "not before election day");
	refuse(s, "2027-03-28", "extra", "i mars", "i mars");
	refuse(s, "2026-09-13", NULL, "2026-03-01", "--called-on");
}

/* Changes ---------------------------------------------------------------------------------- */

static const char *
change_text(struct scene *s, const json_t *change)
{
	const char *text =
		vs_arena_printf(s->arena, "%s>%s %s", text_at(change, "fell_on"),
			text_at(change, "falls_on"), text_at(change, "source"));
	return text;
}

/* What somebody decided or wrote down may go, the law's days stay. */
static void
a_day_of_the_law_cannot_be_removed(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		vs_record_remove(s->db, &vs_deadline_type, "election_day", &s->err),
		VS_REFUSED, "belongs to the program and stays");
	assert_done(s, vs_record_remove(s->db, &vs_deadline_type, "may_day", &s->err));
}

static void
a_day_that_moves_keeps_what_it_was(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("date=2022-04-08", "source=val.se")));
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("date=2022-04-22", "source=val.se 2022-03-22")));
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("responsible=Kim Ek")));
	json_t *view = vs_deadline_view(s->db, "order_date", &s->err);
	assert_done(s, view != NULL);
	const json_t *changes = json_object_get(view, "changes");
	assert_int_equal(json_array_size(changes), 2);
	assert_string_equal(
		change_text(s, json_array_get(changes, 0)), ">2022-04-08 val.se");
	assert_string_equal(change_text(s, json_array_get(changes, 1)),
		"2022-04-08>2022-04-22 val.se 2022-03-22");
	assert_string_equal(text_at(json_array_get(changes, 1), "actor"), "anna");
	assert_string_equal(text_at(view, "rule"), "decision");
	json_decref(view);
	json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	assert_int_equal(
		integer_at(entry_of(entries, "deadline", "order_date"), "changes"), 2);
	assert_int_equal(
		integer_at(entry_of(entries, "deadline", "election_day"), "changes"), 0);
	json_decref(entries);
	assert_int_equal(
		count_of(s, "SELECT count(*) FROM history WHERE summary LIKE '%Kim%'"),
		0);
}

static void
an_election_that_is_moved_takes_its_days_and_lists_along(void **state)
{
	struct scene *s = *state;
	make(s, "2027-05-23", "extra", "2027-03-01");
	assert_done(s,
		store_exec(s->db,
			SQL("INSERT INTO list (election_day, kind, party_code, status) VALUES"
			    " ('2027-05-23', 'KF', '0005', 'draft'),"
			    " ('2022-09-11', 'KF', '0005', 'decided')"),
			&s->err));
	assert_done(s,
		record_set(s, &vs_deadline_type, "order_date",
			VALUES("date=2027-03-25", "source=val.se")));
	assert_done(s,
		record_set(s, &vs_campaign_type, "1", VALUES("election_day=2027-05-30")));
	json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "advance_voting"), "date"),
		"2027-05-20");
	assert_string_equal(text_at(entry_of(entries, "deadline", "order_date"), "date"),
		"2027-03-25");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "register_name"), "date"),
		"2027-03-08");
	json_decref(entries);
	json_t *view = vs_deadline_view(s->db, "advance_voting", &s->err);
	assert_done(s, view != NULL);
	assert_string_equal(
		change_text(s, json_array_get(json_object_get(view, "changes"), 0)),
		"2027-05-13>2027-05-20 election day moved from 2027-05-23 to 2027-05-30");
	json_decref(view);
	assert_int_equal(
		count_of(
			s, "SELECT count(*) FROM list WHERE election_day = '2027-05-30'"),
		1);
	assert_int_equal(
		count_of(
			s, "SELECT count(*) FROM list WHERE election_day = '2022-09-11'"),
		1);
	assert_int_equal(
		count_of(s, "SELECT keep_until = '2027-08-28' FROM campaign"), 1);
	assert_refused(s,
		record_set(s, &vs_campaign_type, "1", VALUES("election_day=2027-05-31")),
		VS_INVALID, "not a Sunday");
}

static void
a_type_that_was_wrong_is_put_right(void **state)
{
	struct scene *s = *state;
	make(s, "2027-03-28", NULL, NULL);
	assert_done(s,
		record_set(s, &vs_deadline_type, "advance_voting",
			VALUES("offset_days=-9", "source=kommunen")));
	assert_done(
		s, record_set(s, &vs_campaign_type, "1", VALUES("election_type=rerun")));
	json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	assert_null(entry_of(entries, "deadline", "participation"));
	assert_true(json_is_null(json_object_get(
		entry_of(entries, "deadline", "guaranteed_delivery"), "date")));
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "advance_voting"), "date"),
		"2027-03-19");
	json_decref(entries);
	assert_done(
		s, record_set(s, &vs_campaign_type, "1", VALUES("election_type=extra")));
	entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "participation"), "date"),
		"2027-02-26");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "guaranteed_delivery"), "date"),
		"2027-03-08");
	json_decref(entries);
	assert_refused(s,
		record_set(s, &vs_campaign_type, "1", VALUES("election_type=general")),
		VS_INVALID, "second Sunday");
	assert_refused(s,
		record_set(s, &vs_campaign_type, "1", VALUES("election_type=eu")),
		VS_INVALID, "June");
}

/* Older files ------------------------------------------------------------------------------ */

/* A file of version 5 with a campaign of that day, as its program made it. */
static void
make_old(struct scene *s, const char *day, const char *kinds)
{
	VS_AUTO(stmt) q = { 0 };
	s->db = store_connect(
		s->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "old", &s->err);
	assert_non_null(s->db);
	for (int i = 0; i < 5; i++)
		assert_done(s, store_exec(s->db, store_migrations[i].text, &s->err));
	assert_done(s,
		store_exec(s->db, SQL("PRAGMA application_id = 0x56535447"), &s->err) &&
			stmt_open(&q, s->db,
				SQL("INSERT INTO campaign (id, title, party_code, district,"
				    " region_code, election_day, kinds, keep_until) VALUES"
				    " (1, 'Val', '0005', 'Värmland', '17', ?, ?, '2030-01-01')"),
				&s->err));
	stmt_bind(&q, day);
	stmt_bind(&q, kinds);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
bring_up_to_date(struct scene *s)
{
	vs_db_close(s->db);
	s->db = vs_db_open(s->path, VS_WRITE, "anna", &s->err);
	assert_done(s, s->db != NULL);
}

static void
an_older_file_gets_what_it_lacks_and_keeps_what_was_set(void **state)
{
	struct scene *s = *state;
	static const struct expected days[] = { { "constituencies_decided",
							"2025-10-31" },
		{ "party_ballots_request", NULL }, { "districts_decided", "2025-12-01" },
		{ "register_name", "2026-02-28" }, { "eligible_counted", "2026-03-01" },
		{ "womens_day", "2026-03-08" }, { "order_date", "2026-04-17" },
		{ "fixed_seats", "2026-04-30" }, { "may_day", "2026-05-01" },
		{ "guaranteed_delivery", "2026-07-24" },
		{ "letter_voting", "2026-07-30" }, { "withdraw", "2026-07-30" },
		{ "posters_from", "2026-08-09" }, { "places_reported", "2026-08-12" },
		{ "participation", "2026-08-14" }, { "electoral_roll", "2026-08-14" },
		{ "messenger_votes", "2026-08-20" }, { "voting_abroad", "2026-08-20" },
		{ "advance_voting", "2026-08-26" }, { "voting_cards", "2026-08-26" },
		{ "roll_corrections", "2026-09-01" }, { "last_consent", "2026-09-11" },
		{ "election_day", "2026-09-13" }, { "posters_until", "2026-09-20" },
		{ "kongress", "2026-02-14" }, { 0 } };
	make_old(s, "2026-09-13", "RD,RF,KF");
	assert_done(s,
		store_exec(s->db,
			SQL("UPDATE deadline SET date = '2026-04-17', source = 'val.se',"
			    " done_on = '2026-04-15', note = 'kvitto' WHERE key = 'order_date';"
			    "UPDATE deadline SET offset_days = -51, source = 'Tryckeriet'"
			    " WHERE key = 'guaranteed_delivery';"
			    "INSERT INTO deadline (key, name, date, source, verified_on) VALUES"
			    " ('kongress', 'Kongress', '2026-02-14', 'DS', '2026-01-01')"),
			&s->err));
	bring_up_to_date(s);
	assert_string_equal(type_of(s), "general");
	assert_days(s, days);
	json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	const json_t *entry = entry_of(entries, "deadline", "order_date");
	assert_string_equal(text_at(entry, "kind"), "decision");
	assert_string_equal(text_at(entry, "source"), "val.se");
	assert_string_equal(text_at(entry, "done_on"), "2026-04-15");
	assert_string_equal(text_at(entry, "note"), "kvitto");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "guaranteed_delivery"), "source"),
		"Tryckeriet");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "advance_voting"), "kind"), "law");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "kongress"), "kind"), "own");
	json_decref(entries);
}

static void
an_older_file_of_an_extra_election_is_put_right(void **state)
{
	struct scene *s = *state;
	make_old(s, "2027-03-28", "RD");
	bring_up_to_date(s);
	assert_string_equal(type_of(s), "extra");
	json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "guaranteed_delivery"), "date"),
		"2027-03-08");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "advance_voting"), "date"),
		"2027-03-18");
	assert_null(entry_of(entries, "deadline", "fixed_seats"));
	json_decref(entries);
}

static void
an_older_file_of_a_european_election_keeps_its_type(void **state)
{
	struct scene *s = *state;
	make_old(s, "2024-06-09", "EP");
	bring_up_to_date(s);
	assert_string_equal(type_of(s), "eu");
	json_t *entries = entries_of(s, &(struct vs_calendar_options){ 0 });
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "register_name"), "date"),
		"2024-02-29");
	assert_string_equal(
		text_at(entry_of(entries, "deadline", "advance_voting"), "date"),
		"2024-05-22");
	json_decref(entries);
}

#define WITH(name)  cmocka_unit_test_setup_teardown(name, scene_open, scene_close)
#define EMPTY(name) cmocka_unit_test_setup_teardown(name, scene_open_empty, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(the_general_election_of_2018_has_its_days),
		WITH(the_general_election_of_2022_has_its_days),
		WITH(the_general_election_of_2026_has_its_days),
		WITH(the_general_election_of_2030_has_its_days),
		WITH(the_european_election_of_2024_has_its_days),
		WITH(an_extra_election_has_its_days),
		WITH(a_hurried_extra_election_counts_from_the_day_it_was_called),
		WITH(a_re_election_has_its_days),
		WITH(until_it_is_known_when_it_was_called_the_law_counts_from_election_day),
		WITH(the_type_is_seen_from_the_day),
		WITH(a_type_that_the_day_contradicts_is_refused),
		WITH(a_day_of_the_law_cannot_be_removed),
		WITH(a_day_that_moves_keeps_what_it_was),
		WITH(an_election_that_is_moved_takes_its_days_and_lists_along),
		WITH(a_type_that_was_wrong_is_put_right),
		EMPTY(an_older_file_gets_what_it_lacks_and_keeps_what_was_set),
		EMPTY(an_older_file_of_an_extra_election_is_put_right),
		EMPTY(an_older_file_of_a_european_election_keeps_its_type),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
