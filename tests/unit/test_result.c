/* This election's result: which file it comes from, and what it is set beside. */
#include "scene.h"

#include <math.h>

#include <valstuga/evaluation.h>
#include <valstuga/exchange.h>

#define HEADS \
	"LÄNSKOD,LÄNSNAMN,KOMMUNKOD,KOMMUNNAMN,VALKRETSKOD,VALKRETSNAMN,VALDISTRIKTSKOD," \
	"VALDISTRIKTSNAMN,ANTAL RÖSTBERÄTTIGADE,ANTAL RÖSTANDE,ANTAL GILTIGA VALSEDLAR,V\n"
#define ROW(kommun, district, name, eligible, voted, valid, votes) \
	"17,Värmlands län," kommun ",K,0,K," kommun district "," name "," eligible \
	"," voted "," valid "," votes "\n"
#define LAST \
	HEADS ROW("1715", "0101", "Norra", "1000", "800", "800", "40") \
		ROW("1715", "0102", "Södra", "500", "400", "400", "40") ROW("1715", \
			"9800", "Förtidsröster ej fördelade", "0", "20", "20", \
			"2") ROW("1780", "0101", "Klara", "2000", "1500", "1500", "150") \
			ROW("0180", "0101", "Stockholm", "900", "700", "700", "70")
#define NOW \
	HEADS ROW("1715", "0101", "Norra", "1000", "800", "800", "56") \
		ROW("1715", "0102", "Södra", "500", "400", "400", "40") ROW("1715", \
			"9800", "Förtidsröster ej fördelade", "0", "10", "10", \
			"3") ROW("1780", "0199", "Nya", "2000", "1500", "1500", "120") \
			ROW("0180", "0101", "Stockholm", "900", "700", "700", "7")

static const char *
write_text(struct scene *s, const char *name, const char *text)
{
	const char *path = scene_path(s, name);
	assert_done(s, vs_file_write(path, text, strlen(text), &s->err));
	return path;
}

/* The report of the file; NULL: refused. */
static json_t *
import_as(struct scene *s, const char *name, const char *text, const char *election)
{
	const struct vs_import_options options = { .election_day = election };
	const char *path = write_text(s, name, text);
	json_t *report = vs_import(s->db, &path, 1, &options, &s->err);
	json_t *file = json_incref(json_array_get(json_object_get(report, "files"), 0));
	if (file)
		json_object_set(file, "changed", json_object_get(report, "changed"));
	json_decref(report);
	return file;
}

static void
take(struct scene *s, const char *name, const char *text)
{
	bool ours = strstr(name, "2026");
	json_t *report = import_as(s, name, text, ours ? "2026-09-13" : NULL);
	assert_done(s, report != NULL);
	json_decref(report);
}

static void
take_both(struct scene *s)
{
	take(s, "kommun_2022.csv", LAST);
	scene_time("2026-09-20 12:00");
	take(s, "kommun_2026.csv", NOW);
}

static void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db, sql, &s->err) || !stmt_run(&q, &s->err))
		fail_msg("%s", s->err.text);
}

static json_t *
view_of(struct scene *s, const char *kind, enum vs_areas by)
{
	json_t *view = vs_evaluation_result_view(s->db, kind, by, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static json_t *
area_of(const json_t *view, const char *code)
{
	size_t i;
	json_t *area;
	json_array_foreach (json_object_get(view, "areas"), i, area)
		if (strcmp(text_at(area, "code"), code) == 0)
			return area;
	fail_msg("no area %s", code);
	return NULL;
}

static double
real_at(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	if (!json_is_number(value))
		fail_msg("%s is no number", name);
	return json_number_value(value);
}

#define assert_near(a, b) \
	do { \
		if (!(fabs((a) - (b)) < 1e-9)) \
			fail_msg("%s: %.9f is not %.9f", #a, (double)(a), (double)(b)); \
	} while (0)

static bool
remarks_say(const json_t *view, const char *part)
{
	size_t i;
	json_t *each;
	json_array_foreach (json_object_get(view, "remarks"), i, each)
		if (strstr(json_string_value(each), part))
			return true;
	return false;
}

/* Which election -------------------------------------------------------------------------- */

static void
the_year_in_the_name_tells_the_election(void **state)
{
	struct scene *s = *state;
	scene_time("2026-09-20 12:00");
	take(s, "kommun_2022.csv", LAST);
	int64_t districts = count_of(s, SQL("SELECT count(*) FROM district"));
	json_t *report = import_as(s, "kommun_2026.csv", NOW, NULL);
	assert_string_equal(text_at(report, "election"), "2026-09-13");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM election_result")), 4);
	assert_int_equal(
		count_of(s, SQL("SELECT sum(party_votes) FROM district_result")), 232);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM district")), districts);
	json_decref(report);
	static const char *const others[] = { "kommun_2022.csv", "kommun.csv",
		"kommun_120260.csv", "20261.csv" };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		report = import_as(s, others[i], LAST, NULL);
		assert_string_equal(text_at(report, "election"), "last");
		json_t *problem = json_array_get(json_object_get(report, "problems"), 0);
		assert_non_null(strstr(text_at(problem, "text"), "last election"));
		assert_non_null(
			strstr(text_at(problem, "todo"), "--election 2026-09-13"));
		json_decref(report);
	}
	assert_int_equal(count_of(s, SQL("SELECT sum(party_votes) FROM election_result")),
		56 + 40 + 3 + 120);
}

/* Whoever tries the program on the figures of its own year plans on them, however often. */
static void
a_campaign_without_last_time_takes_its_own_years_figures_for_it(void **state)
{
	struct scene *s = *state;
	static const char *const times[] = { "2026-09-20 12:00", "2026-08-20 12:00" };
	for (size_t i = 0; i < 3; i++) {
		scene_time(times[i % 2]);
		json_t *report = import_as(s, "kommun_2026.csv", LAST, NULL);
		assert_string_equal(text_at(report, "election"), "last");
		json_decref(report);
		assert_int_equal(
			count_of(s, SQL("SELECT count(*) FROM election_result")), 0);
		assert_int_equal(
			count_of(s, SQL("SELECT sum(party_votes) FROM district_result")),
			232);
	}
}

static void
what_is_said_goes_before_the_name(void **state)
{
	struct scene *s = *state;
	scene_time("2026-09-20 12:00");
	json_t *report = import_as(s, "kommun_2022.csv", NOW, "2026-09-13");
	assert_string_equal(text_at(report, "election"), "2026-09-13");
	json_decref(report);
	report = import_as(s, "kommun_2026.csv", LAST, "2022-09-11");
	assert_string_equal(text_at(report, "election"), "last");
	assert_int_equal(json_array_size(json_object_get(report, "problems")), 0);
	json_decref(report);
	assert_int_equal(
		count_of(s, SQL("SELECT sum(party_votes) FROM district_result")), 232);
	assert_int_equal(
		count_of(s, SQL("SELECT sum(party_votes) FROM election_result")), 219);
}

static void
what_is_not_held_has_no_result(void **state)
{
	struct scene *s = *state;
	scene_time("2026-09-12 23:59");
	take(s, "kommun_2022.csv", LAST);
	assert_refused(s, import_as(s, "kommun_2026.csv", NOW, NULL) != NULL, VS_REFUSED,
		"which has not been held");
	assert_refused(s, import_as(s, "kommun.csv", NOW, "2026-09-13") != NULL,
		VS_REFUSED,
		"which has not been held; if it is an earlier election's, say which with "
		"--election");
	assert_refused(s, import_as(s, "kommun.csv", NOW, "2027-04-04") != NULL,
		VS_INVALID, "after this campaign's election");
	/* The evening of election day counts. */
	scene_time("2026-09-13 22:30");
	take(s, "kommun_2026.csv", NOW);
}

/* Before the election, a file of its eligible voters is no result. */
static void
eligible_voters_alone_are_taken_as_before(void **state)
{
	struct scene *s = *state;
	json_t *report = import_as(s, "kommun_2026.csv",
		"VALDISTRIKTSKOD,VALDISTRIKTSNAMN,ANTAL RÖSTBERÄTTIGADE,VALTYP\n"
		"17150101,Norra,1100,KF\n",
		NULL);
	assert_done(s, report != NULL);
	assert_null(json_object_get(report, "election"));
	assert_int_equal(
		count_of(s, SQL("SELECT sum(eligible) FROM district_result")), 1100);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM election_result")), 0);
	json_decref(report);
}

/* Writing --------------------------------------------------------------------------------- */

static void
the_last_count_stays_when_the_new_one_comes(void **state)
{
	struct scene *s = *state;
	take_both(s);
	assert_int_equal(
		count_of(s, SQL("SELECT sum(party_votes) FROM district_result")), 232);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM district WHERE code = '17800199'")),
		0);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM election_result WHERE kommun_code = '0180'")),
		0);
}

static void
a_new_count_corrects_and_the_same_changes_nothing(void **state)
{
	struct scene *s = *state;
	take_both(s);
	json_t *report = import_as(s, "kommun_2026.csv", NOW, NULL);
	assert_false(json_is_true(json_object_get(report, "changed")));
	json_decref(report);
	report = import_as(s, "kommun_2026-final.csv",
		HEADS ROW("1715", "0101", "Norra", "1000", "801", "800", "57"), NULL);
	assert_true(json_is_true(json_object_get(report, "changed")));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM election_result")), 4);
	assert_int_equal(
		count_of(s,
			SQL("SELECT voted * 1000 + party_votes FROM election_result"
			    " WHERE district_code = '17150101'")),
		801057);
	json_decref(report);
}

/* A collection district stands once per riksdag constituency; its rows are one. */
static void
rows_of_late_votes_are_added(void **state)
{
	struct scene *s = *state;
	scene_time("2026-09-20 12:00");
	take(s, "kommun_2026.csv",
		HEADS ROW("1715", "9800", "Förtidsröster ej fördelade", "0", "10", "10",
			"3") ROW("1715", "9800", "Förtidsröster ej fördelade", "0", "7",
			"6", "2"));
	assert_int_equal(count_of(s, SQL("SELECT voted FROM election_result")), 17);
	assert_int_equal(count_of(s, SQL("SELECT party_votes FROM election_result")), 5);
}

static void
the_order_of_the_files_does_not_matter(void **state)
{
	struct scene *s = *state;
	const char *riksdag =
		"VALKRETSKOD,VALKRETSNAMN,VALDISTRIKTSKOD,VALDISTRIKTSNAMN,ANTAL RÖSTBERÄTTIGADE,"
		"ANTAL RÖSTANDE,ANTAL GILTIGA VALSEDLAR,V\n21,V,17150101,Norra m.m,900,700,700,70\n";
	scene_time("2026-09-20 12:00");
	take(s, "riksdag_2026.csv", riksdag);
	take(s, "kommun_2026.csv", NOW);
	take(s, "kommun_2022.csv", LAST);
	json_t *first = vs_record_list(s->db, &vs_result_type, NULL, &s->err);
	run(s, SQL("DELETE FROM election_result"));
	take(s, "kommun_2026.csv", NOW);
	take(s, "riksdag_2026.csv", riksdag);
	json_t *second = vs_record_list(s->db, &vs_result_type, NULL, &s->err);
	assert_int_equal(json_array_size(first), 5);
	assert_true(json_equal(first, second));
	json_decref(first);
	json_decref(second);
}

static void
a_result_is_a_record_by_kind_and_district(void **state)
{
	struct scene *s = *state;
	take_both(s);
	json_t *record = vs_record_get(s->db, &vs_result_type, "KF-17150101", &s->err);
	assert_done(s, record != NULL);
	assert_string_equal(text_at(record, "district_name"), "Norra");
	assert_string_equal(text_at(record, "kommun_name"), "Kil");
	assert_near(real_at(record, "share"), 7.0);
	json_decref(record);
}

/* The view --------------------------------------------------------------------------------- */

/* Kil, with its late votes: now 99 of 1 210 valid, last 82 of 1 220. */
static void
kommuner_are_set_beside_the_last_count(void **state)
{
	struct scene *s = *state;
	take_both(s);
	json_t *view = view_of(s, NULL, VS_BY_KOMMUN);
	assert_string_equal(text_at(view, "kind"), "KF");
	assert_int_equal(json_array_size(json_object_get(view, "areas")), 16);
	json_t *kil = area_of(view, "1715"), *now = json_object_get(kil, "now");
	assert_int_equal(integer_at(now, "votes"), 99);
	assert_int_equal(integer_at(now, "valid"), 1210);
	assert_int_equal(integer_at(now, "eligible"), 1500);
	assert_near(real_at(now, "share"), 100.0 * 99 / 1210);
	assert_near(real_at(now, "turnout"), 100.0 * 1210 / 1500);
	assert_near(real_at(kil, "change"), 100.0 * 99 / 1210 - 100.0 * 82 / 1220);
	assert_int_equal(integer_at(kil, "votes_change"), 17);
	/* Redrawn within the kommun: the kommun is the same. */
	assert_near(real_at(area_of(view, "1780"), "change"), -2.0);
	json_t *total = json_object_get(view, "total");
	assert_int_equal(integer_at(json_object_get(total, "now"), "votes"), 219);
	assert_int_equal(integer_at(json_object_get(total, "last"), "votes"), 232);
	assert_true(json_is_null(json_object_get(area_of(view, "1784"), "now")));
	assert_true(json_is_null(json_object_get(area_of(view, "1784"), "change")));
	json_decref(view);
}

static void
redrawn_districts_are_not_compared(void **state)
{
	struct scene *s = *state;
	take(s, "kommun_2022.csv", LAST);
	scene_time("2026-09-20 12:00");
	/* Södra has got a fifth more voters, which is not yet too many; then more. */
	take(s, "kommun_2026.csv", NOW);
	take(s, "b_2026.csv",
		HEADS ROW("1715", "0102", "Södra", "600", "400", "400", "40"));
	json_t *view = view_of(s, "KF", VS_BY_DISTRICT);
	assert_int_equal(json_array_size(json_object_get(view, "areas")), 3);
	assert_near(real_at(area_of(view, "17150101"), "change"), 2.0);
	assert_near(real_at(area_of(view, "17150102"), "change"), 0.0);
	assert_true(json_is_null(json_object_get(area_of(view, "17800199"), "last")));
	assert_true(remarks_say(view, "1 district has no counterpart last time"));
	assert_true(remarks_say(view, "1 district of last time is no more"));
	assert_true(remarks_say(view, "3 votes of ours came late"));
	json_decref(view);
	take(s, "b_2026.csv",
		HEADS ROW("1715", "0102", "Södra", "601", "400", "400", "40"));
	view = view_of(s, "KF", VS_BY_DISTRICT);
	assert_true(json_is_null(json_object_get(area_of(view, "17150102"), "last")));
	assert_true(remarks_say(view, "2 districts have no counterpart"));
	json_decref(view);
}

static void
what_is_missing_is_said(void **state)
{
	struct scene *s = *state;
	json_t *view = view_of(s, NULL, VS_BY_KOMMUN);
	assert_true(remarks_say(view, "no KF result of the election of 2026-09-13"));
	assert_true(remarks_say(view, "kommun_2026.csv"));
	assert_true(remarks_say(view, "no KF result of the last election"));
	assert_true(remarks_say(view, "not what caused what"));
	json_decref(view);
	scene_time("2026-09-13 23:00");
	take(s, "kommun_2026.csv",
		HEADS ROW("1715", "0101", "Norra", "1000", "800", "800", "56")
			ROW("1715", "0102", "Södra", "500", "", "", ""));
	view = view_of(s, NULL, VS_BY_KOMMUN);
	assert_true(remarks_say(view, "1 district of 2 is not counted yet"));
	assert_int_equal(
		integer_at(json_object_get(area_of(view, "1715"), "now"), "votes"), 56);
	json_decref(view);
}

static void
an_election_that_is_not_the_campaigns_is_refused(void **state)
{
	struct scene *s = *state;
	json_t *view = vs_evaluation_result_view(s->db, "EP", VS_BY_KOMMUN, &s->err);
	assert_refused(s, view != NULL, VS_INVALID, "no election of this campaign");
	view = view_of(s, "rd", VS_BY_KOMMUN);
	assert_string_equal(text_at(view, "kind"), "RD");
	json_decref(view);
}

/* Effort ----------------------------------------------------------------------------------- */

/* Places 1 (Norra and Södra vote there) and 2 (Klara); a shift of three hours less a break. */
static void
put_work(struct scene *s)
{
	run(s,
		SQL("INSERT INTO place (id, kommun_code, name, street) VALUES"
		    " (1, '1715', 'Skolan', 'A'), (2, '1780', 'Torget', 'B')"));
	run(s,
		SQL("UPDATE district SET place_id = iif(kommun_code = '1715', 1, 2)"
		    " WHERE NOT collection"));
	run(s,
		SQL("INSERT INTO canvass (id, kommun_code, district_code, area, walked_on) VALUES"
		    " (1, '1715', '17150101', 'A', '2026-09-01'), (2, '1715', NULL, 'B', NULL),"
		    " (3, '1715', '17150101', 'after', '2026-09-14')"));
	run(s,
		SQL("INSERT INTO canvass_street (canvass_id, position, street, doors, opened,"
		    " talks) VALUES (1, 1, 'x', 40, 20, 10), (1, 2, 'y', 20, 10, 5),"
		    " (2, 1, 'z', 30, 9, 9), (3, 1, 'x', 1000, 1, 1)"));
	/* 1788768000 is 2026-09-07 08:00 UTC; the second shift is after the election. */
	run(s,
		SQL("INSERT INTO activity (id, kind, title, place_id, starts_at, ends_at) VALUES"
		    " (1, 'mote', 'x', 1, 1788768000, 1788778800),"
		    " (2, 'mote', 'y', 1, 1789460000, 1789470800)"));
	run(s,
		SQL("INSERT INTO shift (id, activity_id, starts_at, ends_at, break_minutes) VALUES"
		    " (1, 1, 1788768000, 1788778800, 30), (2, 2, 1789460000, 1789470800, 0)"));
	run(s,
		SQL("INSERT INTO shift_role (id, shift_id, name, least, wanted, most) VALUES"
		    " (1, 1, 'v', 1, 1, 9), (2, 2, 'v', 1, 1, 9)"));
	run(s,
		SQL("INSERT INTO booking (shift_id, role_id, state, source, changed_at) VALUES"
		    " (1, 1, 'attended', 'organiser', 0), (1, 1, 'attended', 'walk_in', 0),"
		    " (1, 1, 'no_show', 'organiser', 0), (2, 2, 'attended', 'walk_in', 0)"));
}

static void
put_paper(struct scene *s)
{
	run(s,
		SQL("INSERT INTO list (id, election_day, kind, party_code, status) VALUES"
		    " (1, '2026-09-13', 'KF', '0005', 'ordered'),"
		    " (2, '2026-09-13', 'RD', '0005', 'ordered'),"
		    " (3, '2022-09-11', 'KF', '0005', 'ordered')"));
	run(s,
		SQL("INSERT INTO item (id, kind, list_id, unit_mg) VALUES (1, 'ballot', 1, 1),"
		    " (2, 'ballot', 2, 1), (3, 'ballot', 3, 1)"));
	run(s,
		SQL("WITH at(id) AS (SELECT id FROM location WHERE kind = 'depot'),"
		    " a(id) AS (SELECT id FROM location WHERE place_id = 1),"
		    " b(id) AS (SELECT id FROM location WHERE place_id = 2)"
		    " INSERT INTO movement (id, at, actor, kind, item_id, from_id, to_id, pieces,"
		    " reverses) SELECT column1, 0, 'x', column2, column3, column4, column5,"
		    " column6, column7 FROM (VALUES"
		    " (1, 'print', 1, NULL, (SELECT id FROM at), 9000, NULL),"
		    " (2, 'print', 2, NULL, (SELECT id FROM at), 9000, NULL),"
		    " (3, 'deliver', 1, (SELECT id FROM at), (SELECT id FROM a), 900, NULL),"
		    " (4, 'deliver', 2, (SELECT id FROM at), (SELECT id FROM a), 500, NULL),"
		    " (5, 'deliver', 1, (SELECT id FROM at), (SELECT id FROM b), 700, NULL),"
		    " (6, 'reverse', 1, (SELECT id FROM b), (SELECT id FROM at), 700, 5),"
		    " (7, 'move', 1, (SELECT id FROM a), (SELECT id FROM b), 300, NULL),"
		    " (8, 'count', 1, (SELECT id FROM a), (SELECT id FROM location"
		    "   WHERE kind = 'voters'), 200, NULL))"));
	run(s,
		SQL("INSERT INTO shortage (at, actor, location_id, item_id, level) SELECT 0, 'x',"
		    " id, 1, 'empty' FROM location WHERE place_id = 1"));
	run(s,
		SQL("INSERT INTO shortage (at, actor, location_id, item_id, level) SELECT 0, 'x',"
		    " id, 2, 'empty' FROM location WHERE place_id = 1"));
	run(s,
		SQL("INSERT INTO shortage (at, actor, location_id, level) SELECT 0, 'x',"
		    " id, 'low' FROM location WHERE place_id = 1"));
	run(s,
		SQL("INSERT INTO flyer_text (id, name, headline, body, call) VALUES"
		    " (99, 'x', 'x', 'x', 'x')"));
	run(s,
		SQL("INSERT INTO flyer (code, text_id, kommun_code, activity_id, pieces,"
		    " created_at) VALUES ('AAAAAAAAAAA', 99, '1715', NULL, 400, 0),"
		    " ('BBBBBBBBBBB', 99, NULL, 1, 50, 0), ('CCCCCCCCCCC', 99, NULL, NULL, 7, 0)"));
	run(s, SQL("INSERT INTO outlet (id, name, kind) VALUES (1, 'NWT', 'newspaper')"));
	run(s,
		SQL("INSERT INTO appearance (kind, state, date, outlet_id, kommun_code) VALUES"
		    " ('letter', 'published', '2026-09-01', 1, '1715'),"
		    " ('own', 'published', '2026-09-01', 1, '1715'),"
		    " ('news', 'booked', '2026-09-01', 1, '1715'),"
		    " ('news', 'published', '2026-09-14', 1, '1715'),"
		    " ('radio', 'broadcast', '2026-09-13', 1, NULL)"));
}

static void
effort_lies_in_its_kommun_until_election_day(void **state)
{
	struct scene *s = *state;
	take_both(s);
	put_work(s);
	put_paper(s);
	json_t *view = view_of(s, NULL, VS_BY_KOMMUN);
	json_t *kil = area_of(view, "1715"), *effort = json_object_get(kil, "effort");
	assert_int_equal(integer_at(effort, "doors"), 90);
	assert_int_equal(integer_at(effort, "talks"), 24);
	assert_near(real_at(effort, "hours"), 5.0);
	assert_int_equal(integer_at(effort, "ballots"), 600);
	assert_int_equal(integer_at(effort, "flyers"), 450);
	assert_int_equal(integer_at(effort, "media"), 1);
	assert_int_equal(integer_at(kil, "ran_out"), 1);
	assert_near(real_at(json_object_get(kil, "effort_per_1000"), "doors"), 60.0);
	effort = json_object_get(area_of(view, "1780"), "effort");
	assert_int_equal(integer_at(effort, "ballots"), 300);
	json_t *total = json_object_get(json_object_get(view, "total"), "effort");
	assert_int_equal(integer_at(total, "flyers"), 457);
	assert_int_equal(integer_at(total, "media"), 2);
	assert_true(remarks_say(view, "leaflets 7, media appearances 1"));
	json_decref(view);
	view = view_of(s, "RD", VS_BY_KOMMUN);
	effort = json_object_get(area_of(view, "1715"), "effort");
	assert_int_equal(integer_at(effort, "ballots"), 500);
	assert_int_equal(integer_at(area_of(view, "1715"), "ran_out"), 1);
	json_decref(view);
}

/* Norra has two thirds of the place's 1 500 voters. */
static void
districts_of_a_place_share_by_their_voters(void **state)
{
	struct scene *s = *state;
	take_both(s);
	put_work(s);
	put_paper(s);
	json_t *view = view_of(s, "KF", VS_BY_DISTRICT);
	json_t *norra = area_of(view, "17150101"), *sodra = area_of(view, "17150102");
	json_t *effort = json_object_get(norra, "effort");
	assert_int_equal(integer_at(effort, "doors"), 60);
	assert_int_equal(integer_at(effort, "ballots"), 400);
	assert_near(real_at(effort, "hours"), 3.33);
	assert_near(
		real_at(json_object_get(norra, "effort_per_1000"), "hours"), 10.0 / 3);
	assert_true(json_is_null(json_object_get(effort, "media")));
	assert_true(json_is_null(json_object_get(effort, "flyers")));
	effort = json_object_get(sodra, "effort");
	assert_int_equal(integer_at(effort, "doors"), 0);
	assert_int_equal(integer_at(effort, "ballots"), 200);
	/* An empty rack was empty for both. */
	assert_int_equal(integer_at(norra, "ran_out"), 1);
	assert_int_equal(integer_at(sodra, "ran_out"), 1);
	/* The walk without a district, and what came to the place of a district that is gone. */
	assert_true(remarks_say(view, "doors knocked on 30, talks at doors 9"));
	assert_true(remarks_say(view, "ballots delivered 300"));
	json_decref(view);
}

/* Correlations ----------------------------------------------------------------------------- */

/*
 * Kommuner of 1 000 voters and 500 valid votes, 25 of them ours last time: kommun number i gets
 * `votes[i]` now and 10 * `doors[i]` doors.
 */
static json_t *
view_of_series(struct scene *s, const int *votes, const int *doors, size_t count)
{
	static const char *const codes[] = { "1715", "1730", "1737", "1760", "1761",
		"1762", "1763", "1764", "1765", "1766", "1780", "1781", "1782", "1783",
		"1784", "1785" };
	const char *last = HEADS, *now = HEADS;
	for (size_t i = 0; i < count; i++) {
		last = vs_arena_printf(s->arena,
			"%s17,V,%s,K,0,K,%s0101,D,1000,500,500,25\n", last, codes[i],
			codes[i]);
		now = vs_arena_printf(s->arena,
			"%s17,V,%s,K,0,K,%s0101,D,1000,500,500,%d\n", now, codes[i],
			codes[i], votes[i]);
	}
	take(s, "kommun_2022.csv", last);
	scene_time("2026-09-20 12:00");
	take(s, "kommun_2026.csv", now);
	for (size_t i = 0; i < count; i++) {
		VS_AUTO(stmt) q = { 0 };
		assert_done(s,
			stmt_open(&q, s->db,
				SQL("INSERT INTO canvass (id, kommun_code, area) VALUES (?1, ?2, 'x')"),
				&s->err));
		stmt_bind(&q, i + 1);
		stmt_bind(&q, codes[i]);
		assert_done(s, stmt_run(&q, &s->err));
		VS_AUTO(stmt) street = { 0 };
		assert_done(s,
			stmt_open(&street, s->db,
				SQL("INSERT INTO canvass_street (canvass_id, position, street, doors)"
				    " VALUES (?1, 1, 'x', ?2)"),
				&s->err));
		stmt_bind(&street, i + 1);
		stmt_bind(&street, 10 * doors[i]);
		assert_done(s, stmt_run(&street, &s->err));
	}
	return view_of(s, "KF", VS_BY_KOMMUN);
}

static json_t *
doors_of(const json_t *view)
{
	return json_array_get(json_object_get(view, "correlations"), 0);
}

/* The textbook's ten pairs of test_rank.c: -29/165, from -0.73 to 0.51. */
static void
an_interval_that_holds_nothing_is_called_chance(void **state)
{
	struct scene *s = *state;
	static const int iq[] = { 106, 100, 86, 101, 99, 103, 97, 113, 112, 110 };
	static const int tv[] = { 7, 27, 2, 50, 28, 29, 20, 12, 6, 17 };
	json_t *view = view_of_series(s, iq, tv, 10), *doors = doors_of(view);
	assert_string_equal(text_at(doors, "effort"), "doors");
	assert_near(real_at(doors, "rho"), -29.0 / 165);
	assert_int_equal(integer_at(doors, "areas"), 10);
	assert_string_equal(text_at(doors, "text"),
		"rank correlation −0,18 (−0,73 to 0,51; 10 kommuner): it may just as well be "
		"chance");
	/* Nobody talked, so there is nothing to rank. */
	json_t *talks = json_array_get(json_object_get(view, "correlations"), 1);
	assert_true(json_is_null(json_object_get(talks, "rho")));
	assert_string_equal(text_at(talks, "text"), "nothing to compare: none is noted");
	json_decref(view);
}

static void
an_interval_without_nothing_is_no_cause_either(void **state)
{
	struct scene *s = *state;
	static const int up[] = { 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };
	static const int doors[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 11 };
	json_t *view = view_of_series(s, up, doors, 12);
	const char *text = text_at(doors_of(view), "text");
	assert_non_null(strstr(text, "tended to change for the better"));
	assert_non_null(strstr(text, "does not show that it was the cause"));
	assert_non_null(strstr(text, "12 kommuner"));
	assert_true(real_at(doors_of(view), "low") > 0);
	json_decref(view);
}

static void
four_kommuner_say_nothing(void **state)
{
	struct scene *s = *state;
	static const int votes[] = { 20, 25, 30, 35 };
	json_t *view = view_of_series(s, votes, votes, 4);
	assert_true(json_is_null(json_object_get(doors_of(view), "rho")));
	assert_string_equal(text_at(doors_of(view), "text"),
		"nothing can be said of 4 kommuner; at least five are needed");
	json_decref(view);
}

/* The real files --------------------------------------------------------------------------- */

static const char *
real_path(struct scene *s, const char *name)
{
	const char *folder = getenv("VALSTUGA_REAL_DATA"),
		   *source = getenv("VALSTUGA_SOURCE");
	return folder ? vs_arena_printf(s->arena, "%s/valmyndigheten/%s", folder, name)
		      : vs_arena_printf(s->arena, "%s/../shared/data/valmyndigheten/%s",
				source ? source : ".", name);
}

static void
import_real(struct scene *s, const char *election)
{
	const char *files[] = { real_path(s, "riksdag_2022.csv"),
		real_path(s, "region_2022.csv"), real_path(s, "kommun_2022.csv") };
	const struct vs_import_options options = { .election_day = election,
		.all = true };
	json_t *report = vs_import(s->db, files, 3, &options, &s->err);
	assert_done(s, report != NULL);
	json_decref(report);
}

/* The counts of 2022 as both elections: nothing has changed, anywhere. */
static void
the_same_counts_twice_are_no_change(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *kind;
		int64_t varmland;
	} kinds[] = { { "KF", 9950 }, { "RF", 0 }, { "RD", 0 } };
	if (access(real_path(s, "kommun_2022.csv"), R_OK) != 0)
		skip();
	import_real(s, NULL);
	scene_time("2026-09-20 12:00");
	import_real(s, "2026-09-13");
	for (size_t k = 0; k < 6; k++) {
		enum vs_areas by = k < 3 ? VS_BY_KOMMUN : VS_BY_DISTRICT;
		json_t *view = view_of(s, kinds[k % 3].kind, by), *area;
		json_t *areas = json_object_get(view, "areas");
		size_t i;
		assert_int_equal(json_array_size(areas), k < 3 ? 16 : 179);
		json_array_foreach (areas, i, area) {
			assert_true(
				json_number_value(json_object_get(area, "change")) == 0);
			assert_int_equal(integer_at(area, "votes_change"), 0);
		}
		json_t *now = json_object_get(json_object_get(view, "total"), "now");
		if (kinds[k % 3].varmland)
			assert_int_equal(integer_at(now, "votes"), kinds[k % 3].varmland);
		json_decref(view);
	}
}

/* The whole country adds up to what Valmyndigheten published of 2022. */
static void
the_sums_are_those_of_the_country(void **state)
{
	struct scene *s = *state;
	if (access(real_path(s, "kommun_2022.csv"), R_OK) != 0)
		skip();
	scene_time("2026-09-20 12:00");
	import_real(s, "2026-09-13");
	assert_int_equal(
		count_of(s,
			SQL("SELECT sum(party_votes) FROM election_result WHERE kind = 'RD'")),
		437050);
	assert_int_equal(
		count_of(s,
			SQL("SELECT sum(valid) FROM election_result WHERE kind = 'RD'")),
		6477970);
	assert_int_equal(
		count_of(s,
			SQL("SELECT sum(eligible) FROM election_result WHERE kind = 'RD'")),
		7775390);
	assert_int_equal(
		count_of(s,
			SQL("SELECT sum(party_votes) FROM election_result WHERE kind = 'KF'"
			    " AND kommun_code BETWEEN '1700' AND '1799'")),
		9950);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(the_year_in_the_name_tells_the_election),
		TEST(a_campaign_without_last_time_takes_its_own_years_figures_for_it),
		TEST(what_is_said_goes_before_the_name),
		TEST(what_is_not_held_has_no_result),
		TEST(eligible_voters_alone_are_taken_as_before),
		TEST(the_last_count_stays_when_the_new_one_comes),
		TEST(a_new_count_corrects_and_the_same_changes_nothing),
		TEST(rows_of_late_votes_are_added),
		TEST(the_order_of_the_files_does_not_matter),
		TEST(a_result_is_a_record_by_kind_and_district),
		TEST(kommuner_are_set_beside_the_last_count),
		TEST(redrawn_districts_are_not_compared),
		TEST(what_is_missing_is_said),
		TEST(an_election_that_is_not_the_campaigns_is_refused),
		TEST(effort_lies_in_its_kommun_until_election_day),
		TEST(districts_of_a_place_share_by_their_voters),
		TEST(an_interval_that_holds_nothing_is_called_chance),
		TEST(an_interval_without_nothing_is_no_cause_either),
		TEST(four_kommuner_say_nothing),
		TEST(the_same_counts_twice_are_no_change),
		TEST(the_sums_are_those_of_the_country),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
