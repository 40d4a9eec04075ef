/*
 * Do the forecast's probabilities hold? Seasons are simulated in worlds of different kinds; in
 * the middle of each the forecast is made from what the campaign knows then, and what came is
 * counted. What was given 30 % must happen about three times in ten. The tables are written as
 * comments of the output.
 */
#include "scene.h"

#include <math.h>

#include <valstuga/exchange.h>
#include <valstuga/media.h>

#include "forecast_sim.h"
#include "media/media_week.h"

#define ITEMS_MOST 400
#define SEASONS	   20000
#define DAY_ZERO   20500 /* in February 2026 */

/* How appearances come about in a world. Rates are per week. */
struct world {
	const char *name;
	double unplanned_least, unplanned_most;
	double planned_least, planned_most; /* entered ahead, by their day */
	double lead;			    /* mean, days */
	double share_alpha, share_beta;	    /* of planned ones that happen */
	double early;  /* of those that do not, known before the day */
	double untold; /* of those that do not, never told */
	double uneven; /* weekly rates vary so much: variance of a factor */
	double rise;   /* the rate at the end to that at the start */
	int before;    /* weeks of past before the span */
};

/* One that comes, as only the future knows it. */
struct coming {
	int32_t day, entered, known;
	enum media_stage stage; /* as which it was entered */
	bool planned, happens, told;
};

struct season {
	struct coming all[ITEMS_MOST];
	size_t count;
	int32_t first, last; /* of the span */
	int64_t done;
};

/* Seasons --------------------------------------------------------------------------------- */

static void
add_coming(struct season *season, struct coming coming)
{
	if (season->count < ITEMS_MOST)
		season->all[season->count++] = coming;
	if (coming.happens && coming.day >= season->first && coming.day <= season->last)
		season->done++;
}

static void
plan_one(struct random *random, const struct world *w, struct season *season, int32_t day,
	const double share[MEDIA_OPEN])
{
	struct coming c = { .day = day, .planned = true, .told = true, .known = day };
	c.stage = (enum media_stage)random_below(random, MEDIA_OPEN);
	c.entered = day - 1 - (int32_t)(w->lead * sim_exponential(random));
	c.happens = random_unit(random) < share[c.stage];
	if (!c.happens && random_unit(random) < w->early)
		c.known = c.entered + random_below(random, day - c.entered);
	if (!c.happens && random_unit(random) < w->untold)
		c.told = false;
	add_coming(season, c);
}

static void
add_week(struct random *random, const struct world *w, struct season *season,
	int32_t monday, double unplanned, double planned, const double share[MEDIA_OPEN])
{
	double factor = w->uneven > 0 ? sim_gamma(random, 1 / w->uneven) * w->uneven : 1;
	for (int64_t n = sim_poisson(random, unplanned * factor); n > 0; n--) {
		int32_t day = monday + random_below(random, 7);
		add_coming(season,
			(struct coming){ .day = day, .known = day, .happens = true });
	}
	for (int64_t n = sim_poisson(random, planned * factor); n > 0; n--)
		plan_one(random, w, season, monday + random_below(random, 7), share);
}

/* What a world makes of itself in one season. */
struct rates {
	double unplanned, planned, share[MEDIA_OPEN],
		expected; /* in a season, per week */
};

/* Any order of size as likely as any other. */
static double
between(struct random *random, double least, double most)
{
	return least > 0 ? least * pow(most / least, random_unit(random)) : 0;
}

static double
rise_of(const struct world *w, int week, int weeks)
{
	return w->rise > 0 && week > 0 ? pow(w->rise, (double)week / weeks) : 1;
}

static struct rates
draw_rates(struct random *random, const struct world *w, int weeks)
{
	struct rates r = { between(random, w->unplanned_least, w->unplanned_most),
		between(random, w->planned_least, w->planned_most), { 0 }, 0 };
	double mean = 0;
	for (int stage = 0; stage < MEDIA_OPEN; stage++) {
		r.share[stage] = sim_beta(random, w->share_alpha, w->share_beta);
		mean += r.share[stage] / MEDIA_OPEN;
	}
	for (int week = 0; week < weeks; week++)
		r.expected += (r.unplanned + r.planned * mean) * rise_of(w, week, weeks) /
			weeks;
	return r;
}

static void
make_season(struct random *random, const struct world *w, int weeks,
	const struct rates *r, struct season *season)
{
	season->count = 0;
	season->done = 0;
	season->first = media_monday(DAY_ZERO);
	season->last = season->first + 7 * weeks - 1;
	for (int week = -w->before; week < weeks; week++) {
		double rise = rise_of(w, week, weeks);
		add_week(random, w, season, season->first + 7 * week, r->unplanned * rise,
			r->planned * rise, r->share);
	}
}

/* What the campaign file holds of it in the evening of a day. */
static bool
known_on(const struct coming *c, int32_t today, struct media_item *item)
{
	*item = (struct media_item){
		.day = c->day, .counts = true, .scoped = true, .opened = MEDIA_NEVER
	};
	if ((c->planned ? c->entered : c->day) > today)
		return false;
	if (c->planned) {
		item->opened = c->entered;
		item->was = 1u << c->stage;
	}
	item->stage = c->happens && c->day <= today	      ? MEDIA_DONE
		: !c->happens && c->told && c->known <= today ? MEDIA_GONE
							      : c->stage;
	return true;
}

static size_t
all_known(const struct season *season, int32_t today, struct media_item *all)
{
	size_t count = 0;
	for (size_t i = 0; i < season->count; i++)
		count += known_on(&season->all[i], today, &all[count]);
	return count;
}

static double
forecast_on(const struct season *season, int32_t today, int64_t target)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct media_item all[ITEMS_MOST];
	struct media_items items = { all, all_known(season, today, all) };
	struct media_learnt learnt;
	struct vs_outlook outlook;
	struct vs_error err = { 0 };
	media_learn(&items, today, season->first, season->last, &learnt);
	struct vs_forecast f = media_forecast_of(&learnt);
	if (!vs_forecast(scratch.arena, &f, &outlook, &err))
		fail_msg("%s", err.text);
	return vs_outlook_at_least(&outlook, target);
}

/*
 * Seasons of 26 weeks, each forecast once, on a day between week 3 and week 23. The target is
 * what another season of the world would expect: it says nothing on this one.
 */
static struct bins
simulate(const struct world *w, uint64_t seed, int seasons)
{
	struct random random;
	struct bins bins = { 0 };
	random_seed(&random, seed);
	for (int i = 0; i < seasons; i++) {
		struct season season;
		struct rates rates = draw_rates(&random, w, 26);
		struct rates others = draw_rates(&random, w, 26);
		make_season(&random, w, 26, &rates, &season);
		int32_t today = season.first + 14 + random_below(&random, 140);
		int64_t target = (int64_t)ceil(26 * others.expected);
		bins_add(&bins, forecast_on(&season, today, target),
			season.done >= target);
	}
	bins_print(&bins, w->name);
	return bins;
}

/* Worlds ---------------------------------------------------------------------------------- */

#define PAST .before = 12
#define SURE .share_alpha = 4, .share_beta = 2

static void
what_comes_by_itself_is_calibrated(void **state)
{
	(void)state;
	const struct world worlds[] = {
		{ "0.1 to 3 a week, unplanned", 0.1, 3, SURE, PAST },
		{ "0.5 to 1.5 a week, unplanned", 0.5, 1.5, SURE, PAST },
		{ "0.1 to 3 a week, no past before the span", 0.1, 3, SURE },
	};
	for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
		struct bins bins = simulate(&worlds[i], 11 + i, SEASONS);
		bins_check(&bins, 300, 0.07);
		assert_true(bins_skill(&bins) > 0.6);
	}
}

static void
what_is_planned_ahead_is_calibrated(void **state)
{
	(void)state;
	const struct world worlds[] = {
		{ "half is entered two weeks ahead", 0.1, 1.5, 0.1, 1.5, 14, SURE,
			.untold = 0.3, PAST },
		{ "most is entered a month ahead", 0.1, 0.5, 0.2, 2.5, 30, SURE,
			.untold = 0.3, PAST },
		{ "little of what is planned happens", 0.1, 1, 0.2, 2.5, 20,
			.share_alpha = 2, .share_beta = 4, PAST },
	};
	for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
		struct bins bins = simulate(&worlds[i], 21 + i, SEASONS);
		bins_check(&bins, 300, 0.07);
		assert_true(bins_skill(&bins) > 0.6);
	}
}

/* Where the model is wrong it may be wrong, but not by much, and better than nothing. */
static void
other_worlds_are_not_far_from_it(void **state)
{
	(void)state;
	const struct world worlds[] = {
		{ "half of the declined are known early", 0.1, 1.5, 0.1, 1.5, 20, SURE,
			.early = 0.5, PAST },
		{ "uneven weeks", 0.1, 1.5, 0.1, 1.5, 14, SURE, .uneven = 0.5, PAST },
	};
	for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
		struct bins bins = simulate(&worlds[i], 31 + i, SEASONS);
		bins_check(&bins, 300, 0.1);
		assert_true(bins_skill(&bins) > 0.6);
	}
}

/* Before elections it may well be so; the last twelve weeks do not know it. Then the forecast
 * promises too little, never too much. */
static void
a_rise_is_promised_too_little(void **state)
{
	(void)state;
	const struct world rising = { "twice as much at the end", 0.1, 1.5, 0.1, 1.5, 14,
		SURE, .rise = 2, PAST };
	struct bins bins = simulate(&rising, 41, SEASONS);
	for (int i = 0; i < BINS; i++)
		assert_true((double)bins.hits[i] > bins.said[i]);
	assert_true(bins_skill(&bins) > 0.5);
}

/* Through the campaign file --------------------------------------------------------------- */

#define SHORT_SEASONS 200

static void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

static const char *
state_of(enum media_stage stage)
{
	static const char *const states[] = { "planned", "submitted", "booked",
		"published", "cancelled" };
	return states[stage];
}

/* The series as a file, its titles being numbers. */
static void
import_items(struct scene *s, const struct media_item *all, size_t count)
{
	const struct vs_import_options options = { 0 };
	const char *path = scene_path(s, "series.csv");
	FILE *csv = fopen(path, "w");
	assert_non_null(csv);
	fprintf(csv, "datum;medium;typ;läge;rubrik\n");
	for (size_t i = 0; i < count; i++)
		fprintf(csv, "%s;Bladet;nyhet;%s;%zu\n",
			media_day_text(s->arena, all[i].day), state_of(all[i].stage), i);
	assert_int_equal(fclose(csv), 0);
	json_t *report = vs_import(s->db, &path, 1, &options, &s->err);
	assert_done(s, report != NULL);
	json_decref(report);
}

static void
note(struct scene *s, struct stmt *q, int32_t day, enum media_stage stage, size_t title)
{
	stmt_bind(q, (int64_t)day * 86400 + 12 * 3600);
	stmt_bind(q, state_of(stage));
	stmt_bind(q, (const char *)vs_arena_printf(s->arena, "%zu", title));
	assert_done(s, stmt_run(q, &s->err));
}

/* As if each had been entered when it was. */
static void
note_lives(struct scene *s, const struct media_item *all, size_t count)
{
	VS_AUTO(stmt) q = { 0 };
	run(s, SQL("BEGIN"));
	run(s, SQL("DELETE FROM appearance_event"));
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO appearance_event (appearance_id, at, actor, state, date)"
			    " SELECT id, ?, 'anna', ?, date FROM appearance WHERE title = ?"),
			&s->err));
	for (size_t i = 0; i < count; i++) {
		for (int stage = 0; stage < MEDIA_OPEN; stage++)
			if (all[i].was & 1u << stage)
				note(s, &q, all[i].opened, (enum media_stage)stage, i);
		if (!media_stage_is_open(all[i].stage))
			note(s, &q, all[i].day, all[i].stage, i);
	}
	run(s, SQL("COMMIT"));
}

static double
view_chance(struct scene *s, const struct season *season, int32_t today, double target)
{
	struct media_item all[ITEMS_MOST];
	size_t count = all_known(season, today, all);
	const struct vs_media_scope scope = { .from = media_day_text(
						      s->arena, season->first),
		.until = media_day_text(s->arena, season->last),
		.target = target };
	scene_time(
		vs_arena_printf(s->arena, "%s 18:00", media_day_text(s->arena, today)));
	run(s, SQL("DELETE FROM appearance"));
	import_items(s, all, count);
	note_lives(s, all, count);
	json_t *view = vs_media_week_view(s->db, NULL, &scope, 0, &s->err);
	assert_done(s, view != NULL);
	const json_t *forecast = json_object_get(view, "forecast");
	double chance = json_real_value(json_object_get(forecast, "probability"));
	json_decref(view);
	return chance;
}

/* The file and its view say what the model says of the same season, and it holds. */
static void
the_view_of_a_file_is_calibrated(void **state)
{
	struct scene *s = *state;
	const struct world w = { "200 seasons of twelve weeks through the campaign file",
		0.1, 1.5, 0.1, 1.5, 14, SURE, PAST };
	struct random random;
	struct bins bins = { 0 };
	json_t *outlet = json_pack("{s:s, s:s}", "name", "Bladet", "kind", "newspaper");
	assert_done(s, store_fast(s) && record_add(s, &vs_outlet_type, outlet, NULL));
	random_seed(&random, 51);
	for (int i = 0; i < SHORT_SEASONS; i++) {
		struct season season;
		struct rates rates = draw_rates(&random, &w, 12);
		struct rates others = draw_rates(&random, &w, 12);
		make_season(&random, &w, 12, &rates, &season);
		int32_t today = season.first + 7 + random_below(&random, 70);
		int64_t target = (int64_t)ceil(12 * others.expected);
		double chance = view_chance(s, &season, today, (double)target / 12);
		double model = forecast_on(&season, today, target);
		if (!(fabs(chance - model) < 1e-12))
			fail_msg("season %d: the view says %.15g, the model %.15g", i,
				chance, model);
		bins_add(&bins, chance, season.done >= target);
	}
	bins_print(&bins, w.name);
	assert_true(bins_skill(&bins) > 0.4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_by_itself_is_calibrated),
		cmocka_unit_test(what_is_planned_ahead_is_calibrated),
		cmocka_unit_test(other_worlds_are_not_far_from_it),
		cmocka_unit_test(a_rise_is_promised_too_little),
		cmocka_unit_test_setup_teardown(
			the_view_of_a_file_is_calibrated, scene_open, scene_close),
	};
	return cmocka_run_group_tests_name("media_calibration", tests, NULL, NULL);
}
