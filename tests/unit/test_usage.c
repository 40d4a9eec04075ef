/*
 * What was used at a place: from the ledger, against votes, kept, and asked by the next
 * allocation. All figures are reckoned by hand.
 */
#include "allocate_scene.h"

#include <math.h>

#include <valstuga/exchange.h>
#include <valstuga/usage.h>

static const struct vs_stock_papers because = { .reason = "slutröknat" };

/* Kil as in allocate_scene.h with 10 000 ballots of KF Kil at the depot, before the election. */
static int
open_kil(void **state)
{
	if (scene_open(state) != 0)
		return -1;
	struct scene *s = *state;
	add_world(s);
	run(s, SQL("UPDATE kommun SET in_district = 1 WHERE code = '1715'"));
	return 0;
}

/* 100 of 800 at Norra skolan, 120 of 1 500 at Södra skolan; half of what it was for RF. */
static void
count_votes(struct scene *s)
{
	run(s,
		SQL("INSERT INTO election_result (election_day, kind, district_code,"
		    " kommun_code, name, eligible, voted, valid, party_votes) VALUES"
		    " ('2026-09-13', 'KF', '17150001', '1715', 'Norra', 1000, 820, 800, 100),"
		    " ('2026-09-13', 'KF', '17150002', '1715', 'Södra', 2000, 1510, 1500, 120)"));
}

static void
move(struct scene *s, const char *when, int64_t pieces, const char *from, const char *to)
{
	scene_time(when);
	assert_done(
		s, vs_stock_move(s->db, "KF Kil", pieces, from, to, NULL, NULL, &s->err));
}

static void
bring_to(struct scene *s, const char *when, int64_t pieces, const char *place)
{
	move(s, when, pieces, "Distriktslagret", place);
}

static void
count(struct scene *s, const char *when, int64_t pieces, const char *place)
{
	int64_t ignored;
	scene_time(when);
	assert_done(s,
		vs_stock_count(
			s->db, "KF Kil", place, pieces, &because, &ignored, &s->err));
}

static json_t *
usage_of(struct scene *s)
{
	json_t *view = vs_usage_view(s->db, NULL, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static const json_t *
row_in(const json_t *view, const char *list, const char *place, const char *phase)
{
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, list), i, row)
		if (strcmp(text_at(row, "place_name"), place) == 0 &&
			strcmp(text_at(row, "phase"), phase) == 0)
			return row;
	fail_msg("%s, %s is not in %s", place, phase, list);
	return NULL;
}

static void
figures_are(const json_t *row, int64_t delivered, int64_t used, int64_t left)
{
	assert_int_equal(integer_at(row, "delivered"), delivered);
	assert_int_equal(integer_at(row, "used"), used);
	assert_int_equal(integer_at(row, "left"), left);
}

/* The ledger ------------------------------------------------------------------------------- */

static void
used_is_what_came_less_what_was_counted(void **state)
{
	struct scene *s = *state;
	count_votes(s);
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	bring_to(s, "2026-09-12 10:00", 300, "Norra skolan, Kil");
	count(s, "2026-09-14 10:00", 160, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 80, "Norra skolan, Kil");
	json_t *view = usage_of(s);
	const json_t *library = row_in(view, "rows", "Biblioteket", "advance");
	figures_are(library, 500, 340, 160);
	/* 220 votes × 45 % × 6 480 of 8 658 minutes = 74,1; at the school 100 × 55 %. */
	assert_int_equal(integer_at(library, "votes"), 74);
	assert_says(s, library, "arithmetic",
		"500 delivered − 160 left = 340 used; 74 votes: 4,59 per vote");
	const json_t *school = row_in(view, "rows", "Norra skolan", "election_day");
	figures_are(school, 300, 220, 80);
	assert_int_equal(integer_at(school, "votes"), 55);
	assert_true(
		fabs(json_real_value(json_object_get(school, "per_vote")) - 4.0) < 1e-9);
	const json_t *kommun = json_array_get(json_object_get(view, "kommuner"), 0);
	figures_are(kommun, 800, 560, 240);
	assert_string_equal(text_at(kommun, "kommun_name"), "Kil");
	assert_int_equal(integer_at(kommun, "votes"), 129);
	figures_are(json_object_get(view, "total"), 800, 560, 240);
	assert_int_equal(json_array_size(json_object_get(view, "uncounted")), 0);
	json_decref(view);
}

static void
what_is_sent_on_or_scrapped_was_left(void **state)
{
	struct scene *s = *state;
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 200, "Biblioteket, Kil");
	move(s, "2026-09-14 11:00", 150, "Biblioteket, Kil", "Distriktslagret");
	assert_done(s,
		vs_stock_scrap(
			s->db, "KF Kil", 50, "Biblioteket, Kil", &because, &s->err));
	json_t *view = usage_of(s);
	const json_t *row = row_in(view, "rows", "Biblioteket", "advance");
	figures_are(row, 500, 300, 200);
	assert_says(s, row, "arithmetic", "200 left (200 sent on or scrapped)");
	json_decref(view);
}

static void
without_a_last_count_nothing_is_known(void **state)
{
	struct scene *s = *state;
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	move(s, "2026-09-14 11:00", 100, "Biblioteket, Kil", "Distriktslagret");
	bring_to(s, "2026-08-25 10:00", 300, "Stadshuset, Kil");
	count(s, "2026-09-01 10:00", 100, "Stadshuset, Kil");
	bring_to(s, "2026-09-02 10:00", 300, "Stadshuset, Kil");
	json_t *view = usage_of(s);
	assert_int_equal(json_array_size(json_object_get(view, "rows")), 0);
	const json_t *library = row_in(view, "uncounted", "Biblioteket", "advance");
	assert_int_equal(integer_at(library, "delivered"), 500);
	assert_says(s, library, "reason", "nobody has counted");
	assert_int_equal(integer_at(row_in(view, "uncounted", "Stadshuset", "advance"),
				 "delivered"),
		600);
	figures_are(json_object_get(view, "total"), 0, 0, 0);
	json_decref(view);
}

static void
what_all_came_back_was_not_used(void **state)
{
	struct scene *s = *state;
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	move(s, "2026-09-14 11:00", 500, "Biblioteket, Kil", "Distriktslagret");
	json_t *view = usage_of(s);
	figures_are(row_in(view, "rows", "Biblioteket", "advance"), 500, 0, 500);
	json_decref(view);
}

static void
a_count_that_agrees_with_the_ledger_is_a_count(void **state)
{
	struct scene *s = *state;
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 500, "Biblioteket, Kil");
	json_t *view = usage_of(s);
	figures_are(row_in(view, "rows", "Biblioteket", "advance"), 500, 0, 500);
	json_decref(view);
}

static void
a_report_of_little_is_no_count(void **state)
{
	struct scene *s = *state;
	const struct vs_shortage_report report = { .place = "Biblioteket, Kil",
		.level = "low" };
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	scene_time("2026-09-01 11:00");
	json_t *told = vs_shortage_report(s->db, &report, &s->err);
	assert_done(s, told != NULL);
	json_decref(told);
	json_t *view = usage_of(s);
	row_in(view, "uncounted", "Biblioteket", "advance");
	assert_int_equal(json_array_size(json_object_get(view, "ran_out")), 0);
	json_decref(view);
}

static void
what_was_undone_never_was(void **state)
{
	struct scene *s = *state;
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	bring_to(s, "2026-08-25 10:05", 200, "Biblioteket, Kil");
	assert_done(s,
		vs_stock_reverse(s->db,
			vs_arena_printf(s->arena, "%lld",
				(long long)count_of(
					s, SQL("SELECT max(id) FROM movement"))),
			"fel plats", NULL, &s->err));
	count(s, "2026-09-14 10:00", 100, "Biblioteket, Kil");
	json_t *view = usage_of(s);
	figures_are(row_in(view, "rows", "Biblioteket", "advance"), 500, 400, 100);
	json_decref(view);
}

static void
a_rack_ran_out_until_its_refill_came(void **state)
{
	struct scene *s = *state;
	const struct vs_shortage_report report = {
		.place = "Biblioteket, Kil", .list = "KF Kil", .level = "empty"
	};
	const struct vs_receipt receipt = { 0 };
	bool again;
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	scene_time("2026-09-04 11:00");
	json_t *told = vs_shortage_report(s->db, &report, &s->err);
	assert_done(s, told != NULL);
	int64_t sent = count_of(s, SQL("SELECT sum(pieces) FROM delivery_line"));
	assert_int_equal(sent, 100); /* a bundle: no delivery came before */
	scene_time("2026-09-04 11:45");
	assert_done(s,
		vs_delivery_receipt(s->db,
			vs_arena_printf(s->arena, "%lld",
				(long long)integer_at(told, "delivery")),
			&receipt, &again, &s->err));
	json_decref(told);
	count(s, "2026-09-14 10:00", 60, "Biblioteket, Kil");
	json_t *view = usage_of(s);
	const json_t *row = row_in(view, "rows", "Biblioteket", "advance");
	figures_are(row, 600, 540, 60);
	assert_true(json_is_true(json_object_get(row, "ran_out")));
	const json_t *empty = json_array_get(json_object_get(view, "ran_out"), 0);
	assert_string_equal(text_at(empty, "place_name"), "Biblioteket");
	assert_string_equal(text_at(empty, "when"), "2026-09-04 11:00");
	assert_string_equal(text_at(empty, "list"), "KF Kil");
	assert_int_equal(integer_at(empty, "minutes"), 45);
	json_decref(view);
}

static void
a_rack_that_was_never_refilled_says_so(void **state)
{
	struct scene *s = *state;
	const struct vs_shortage_report report = { .place = "Biblioteket, Kil",
		.level = "empty" };
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	scene_time("2026-09-04 11:00");
	json_decref(vs_shortage_report(s->db, &report, &s->err));
	json_t *view = usage_of(s);
	const json_t *empty = json_array_get(json_object_get(view, "ran_out"), 0);
	assert_true(json_is_null(json_object_get(empty, "minutes")));
	/* All 500 were taken: so it is known without another count. */
	figures_are(row_in(view, "rows", "Biblioteket", "advance"), 500, 500, 0);
	json_decref(view);
}

/* Two phases at one place ------------------------------------------------------------------ */

static void
what_was_counted_goes_on_into_election_day(void **state)
{
	struct scene *s = *state;
	run(s, SQL("UPDATE district SET place_id = 3 WHERE code = '17150002'"));
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	count(s, "2026-09-12 17:00", 100, "Biblioteket, Kil");
	bring_to(s, "2026-09-13 06:00", 300, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 50, "Biblioteket, Kil");
	json_t *view = usage_of(s);
	figures_are(row_in(view, "rows", "Biblioteket", "advance"), 500, 400, 100);
	const json_t *last = row_in(view, "rows", "Biblioteket", "election_day");
	figures_are(last, 400, 350, 50);
	assert_int_equal(integer_at(last, "carried"), 100);
	assert_says(s, last, "arithmetic", "300 delivered + 100 left from before");
	figures_are(json_object_get(view, "total"), 800, 750, 50);
	json_decref(view);
}

static void
what_was_not_counted_is_taken_as_cleared_away(void **state)
{
	struct scene *s = *state;
	run(s, SQL("UPDATE district SET place_id = 3 WHERE code = '17150002'"));
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	bring_to(s, "2026-09-13 06:00", 300, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 120, "Biblioteket, Kil");
	json_t *view = usage_of(s);
	row_in(view, "uncounted", "Biblioteket", "advance");
	figures_are(row_in(view, "rows", "Biblioteket", "election_day"), 300, 180, 120);
	json_decref(view);
}

static void
more_left_than_came_is_doubted(void **state)
{
	struct scene *s = *state;
	run(s, SQL("UPDATE district SET place_id = 3 WHERE code = '17150002'"));
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	bring_to(s, "2026-09-13 06:00", 300, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 400, "Biblioteket, Kil");
	json_t *view = usage_of(s);
	assert_says(s, row_in(view, "uncounted", "Biblioteket", "election_day"), "reason",
		"more was left than had come");
	assert_int_equal(json_array_size(json_object_get(view, "rows")), 0);
	json_decref(view);
}

/* Votes ------------------------------------------------------------------------------------ */

static void
the_last_votes_stand_in_until_these_are_counted(void **state)
{
	struct scene *s = *state;
	bring_to(s, "2026-09-12 10:00", 300, "Norra skolan, Kil");
	count(s, "2026-09-14 10:00", 80, "Norra skolan, Kil");
	json_t *view = usage_of(s);
	const json_t *row = row_in(view, "rows", "Norra skolan", "election_day");
	assert_int_equal(integer_at(row, "votes"), 44); /* 80 × 55 % */
	assert_says(s, row, "arithmetic", "44 votes last time: 5,00 per vote");
	json_decref(view);
	int64_t learned;
	assert_done(s, vs_usage_learn(s->db, &learned, &s->err));
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM usage WHERE votes IS NULL")), 1);
}

static void
a_reception_answers_for_its_kommun(void **state)
{
	struct scene *s = *state;
	count_votes(s);
	assert_done(s,
		record_add(s, &vs_location_type,
			VALUES("kind=reception", "own_name=Valkansliet", "kommun=Kil"),
			NULL));
	bring_to(s, "2026-08-25 10:00", 1000, "Valkansliet");
	count(s, "2026-09-12 17:00", 400, "Valkansliet");
	json_t *view = usage_of(s);
	const json_t *row = row_in(view, "rows", "Valkansliet", "advance");
	assert_true(json_is_null(json_object_get(row, "place")));
	figures_are(row, 1000, 600, 400);
	/* 99 advance votes but for those of the home for the elderly: 8 640 of 8 658 minutes. */
	assert_int_equal(integer_at(row, "votes"), 99);
	json_decref(view);
	/* The library has got its own after all, and its 74 votes with them. */
	bring_to(s, "2026-09-12 18:00", 100, "Biblioteket, Kil");
	view = usage_of(s);
	assert_int_equal(
		integer_at(row_in(view, "rows", "Valkansliet", "advance"), "votes"), 25);
	json_decref(view);
	int64_t learned;
	assert_done(s, vs_usage_learn(s->db, &learned, &s->err));
	assert_int_equal(learned, 0);
}

static void
a_kommun_is_looked_at_alone(void **state)
{
	struct scene *s = *state;
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 160, "Biblioteket, Kil");
	json_t *view = vs_usage_view(s->db, "Eda", &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(json_array_size(json_object_get(view, "rows")), 0);
	json_decref(view);
	assert_null(vs_usage_view(s->db, "Ankeborg", &s->err));
	assert_int_equal(s->err.code, VS_NOT_FOUND);
	s->err = (struct vs_error){ 0 };
}

/* Kept for next time ----------------------------------------------------------------------- */

static void
learning_twice_is_learning_once(void **state)
{
	struct scene *s = *state;
	int64_t learned;
	count_votes(s);
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	bring_to(s, "2026-08-25 10:00", 500, "Stadshuset, Kil");
	count(s, "2026-09-14 10:00", 160, "Biblioteket, Kil");
	assert_done(s, vs_usage_learn(s->db, &learned, &s->err));
	assert_int_equal(learned, 1);
	count(s, "2026-09-15 10:00", 150, "Biblioteket, Kil");
	assert_done(s, vs_usage_learn(s->db, &learned, &s->err));
	assert_int_equal(learned, 1);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM usage")), 1);
	assert_int_equal(
		count_of(s, SQL("SELECT used FROM usage WHERE place_id = 3")), 350);
	assert_int_equal(count_of(s, SQL("SELECT votes FROM usage")), 74);
}

static void
use_goes_from_one_file_to_the_next(void **state)
{
	struct scene *s = *state;
	int64_t learned;
	count_votes(s);
	bring_to(s, "2026-08-25 10:00", 500, "Biblioteket, Kil");
	bring_to(s, "2026-09-12 10:00", 300, "Norra skolan, Kil");
	count(s, "2026-09-14 10:00", 160, "Biblioteket, Kil");
	count(s, "2026-09-14 10:00", 80, "Norra skolan, Kil");
	assert_done(s, vs_usage_learn(s->db, &learned, &s->err));
	json_t *all = vs_record_list(s->db, &vs_usage_type, NULL, &s->err);
	struct vs_buffer csv = { 0 };
	vs_record_write_csv(&vs_usage_type, all, &csv);
	json_decref(all);
	const char *file = scene_path(s, "forbrukning.csv");
	assert_done(s, vs_file_write(file, csv.data, csv.length, &s->err));
	vs_buffer_done(&csv);

	/* Four years later: other numbers, and the library has been closed. */
	struct vs_campaign_options options = scene_varmland();
	options.election_day = "2030-09-08";
	struct vs_db *here = s->db;
	s->db = vs_campaign_create(
		scene_path(s, "2030.valstuga"), &options, "anna", &s->err);
	assert_done(s, s->db != NULL);
	run(s,
		SQL("INSERT INTO place (id, kommun_code, name, street) VALUES"
		    " (1, '1715', 'Södra skolan', 'B'), (77, '1715', 'Norra skolan', 'A')"));
	json_t *report = vs_import(s->db, &file, 1, NULL, &s->err);
	assert_done(s, report != NULL);
	json_decref(report);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM usage")), 1);
	assert_int_equal(count_of(s,
				 SQL("SELECT used FROM usage WHERE place_id = 77"
				     " AND election_day = '2026-09-13' AND votes = 55"
				     " AND phase = 'election_day' AND kind = 'KF'")),
		220);
	report = vs_import(s->db, &file, 1, NULL, &s->err);
	assert_done(s, report != NULL);
	assert_false(json_is_true(json_object_get(report, "changed")));
	json_decref(report);
	vs_db_close(s->db);
	s->db = here;
}

static void
what_cannot_be_is_refused(void **state)
{
	struct scene *s = *state;
	assert_refused(s,
		record_add(s, &vs_usage_type,
			VALUES("place=Norra skolan, Kil", "election_day=2022-09-11",
				"phase=election_day", "kind=KF", "delivered=500",
				"used=501", "source=x"),
			NULL),
		VS_INVALID, "no more is used");
	assert_refused(s,
		record_add(s, &vs_usage_type,
			VALUES("place=Ankborgen, Kil", "election_day=2022-09-11",
				"phase=election_day", "kind=KF", "delivered=500",
				"used=5", "source=x"),
			NULL),
		VS_NOT_FOUND, "Ankborgen");
}

/* The allocation --------------------------------------------------------------------------- */

static void
learn(struct scene *s, const char *place, const char *day, const char *used,
	const char *votes, const char *ran_out)
{
	assert_done(s,
		record_add(s, &vs_usage_type,
			VALUES(vs_arena_printf(s->arena, "place=%s", place),
				vs_arena_printf(s->arena, "election_day=%s", day),
				"phase=election_day", "kind=KF", "delivered=500",
				vs_arena_printf(s->arena, "used=%s", used),
				vs_arena_printf(s->arena, "votes=%s", votes),
				vs_arena_printf(s->arena, "ran_out=%s", ran_out),
				"source=valet 2022"),
			NULL));
}

static double
mean_at(struct scene *s, const char *place, const char *item)
{
	json_t *plan = look(s, "election_day");
	double mean =
		json_number_value(json_object_get(line_of(plan, place, item), "mean"));
	json_decref(plan);
	return mean;
}

#define assert_about(value, wanted) \
	do { \
		double value_ = (value); \
		if (fabs(value_ - (wanted)) > 0.005) \
			fail_msg("%s is %f, not %f", #value, value_, (double)(wanted)); \
	} while (0)

static void
what_was_used_last_time_is_expected_again(void **state)
{
	struct scene *s = *state;
	add_round(s, "election_day", VALUES("growth=1,1"));
	/* 80 votes × 55 % × 1,1 × 1,5; of RF, too. */
	assert_about(mean_at(s, "Norra skolan", "KF"), 72.6);
	learn(s, "Norra skolan, Kil", "2022-09-11", "340", "212", "nej");
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra skolan", "KF");
	/* 44 × 1,1 × 340 / 212 */
	assert_about(json_number_value(json_object_get(line, "mean")), 77.6226);
	assert_says(s, line, "reason",
		"× 1,60 per vote (last time 340 of 500 on 212 votes) = 78 expected");
	assert_about(mean_at(s, "Norra skolan", "RF"), 72.6);
	assert_about(mean_at(s, "Södra skolan", "KF"), 75 * 0.55 * 1.1 * 1.5);
	json_decref(plan);
}

static void
a_rack_that_ran_out_would_have_given_more(void **state)
{
	struct scene *s = *state;
	add_round(s, "election_day", VALUES("growth=1"));
	learn(s, "Norra skolan, Kil", "2022-09-11", "500", "250", "ja");
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Norra skolan", "KF");
	assert_about(json_number_value(json_object_get(line, "mean")), 44 * 2 * 1.25);
	assert_says(s, line, "reason",
		"last time 500 of 500 on 250 votes, which ran out: × 1,25");
	json_decref(plan);
}

static void
without_votes_as_much_is_used_as_last_time(void **state)
{
	struct scene *s = *state;
	add_round(s, "election_day", VALUES("growth=1,2"));
	learn(s, "Norra skolan, Kil", "2022-09-11", "340", "", "nej");
	assert_about(mean_at(s, "Norra skolan", "KF"), 340 * 1.2);
}

static void
the_newest_election_before_this_one_counts(void **state)
{
	struct scene *s = *state;
	add_round(s, "election_day", VALUES("growth=1"));
	learn(s, "Norra skolan, Kil", "2022-09-11", "100", "100", "nej");
	learn(s, "Norra skolan, Kil", "2018-09-09", "400", "100", "nej");
	learn(s, "Norra skolan, Kil", "2026-09-13", "500", "100", "nej");
	assert_about(mean_at(s, "Norra skolan", "KF"), 44);
	run(s, SQL("DELETE FROM usage WHERE election_day < '2026-01-01'"));
	assert_about(mean_at(s, "Norra skolan", "KF"), 66);
	/* Use of another phase says nothing of this one. */
	run(s, SQL("UPDATE usage SET phase = 'advance', election_day = '2022-09-11'"));
	assert_about(mean_at(s, "Norra skolan", "KF"), 66);
}

static void
a_reception_sums_what_its_places_used(void **state)
{
	struct scene *s = *state;
	run(s,
		SQL("INSERT INTO handover_rule (kommun_code, phase, channel)"
		    " VALUES ('1715', 'election_day', 'central')"));
	add_round(s, "election_day", VALUES("growth=1"));
	assert_about(mean_at(s, "Valnämnden", "KF"), 66 + 75 * 0.55 * 1.5);
	learn(s, "Norra skolan, Kil", "2022-09-11", "340", "170", "nej");
	json_t *plan = look(s, "election_day");
	const json_t *line = line_of(plan, "Valnämnden", "KF");
	assert_about(json_number_value(json_object_get(line, "mean")),
		44 * 2 + 75 * 0.55 * 1.5);
	assert_says(s, line, "reason", "as used last time at 1 place of 2");
	json_decref(plan);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_kil, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(used_is_what_came_less_what_was_counted),
		TEST(what_is_sent_on_or_scrapped_was_left),
		TEST(without_a_last_count_nothing_is_known),
		TEST(what_all_came_back_was_not_used),
		TEST(a_count_that_agrees_with_the_ledger_is_a_count),
		TEST(a_report_of_little_is_no_count),
		TEST(what_was_undone_never_was),
		TEST(a_rack_ran_out_until_its_refill_came),
		TEST(a_rack_that_was_never_refilled_says_so),
		TEST(what_was_counted_goes_on_into_election_day),
		TEST(what_was_not_counted_is_taken_as_cleared_away),
		TEST(more_left_than_came_is_doubted),
		TEST(the_last_votes_stand_in_until_these_are_counted),
		TEST(a_reception_answers_for_its_kommun),
		TEST(a_kommun_is_looked_at_alone),
		TEST(learning_twice_is_learning_once),
		TEST(use_goes_from_one_file_to_the_next),
		TEST(what_cannot_be_is_refused),
		TEST(what_was_used_last_time_is_expected_again),
		TEST(a_rack_that_ran_out_would_have_given_more),
		TEST(without_votes_as_much_is_used_as_last_time),
		TEST(the_newest_election_before_this_one_counts),
		TEST(a_reception_sums_what_its_places_used),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
