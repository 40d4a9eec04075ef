/*
 * The media week of files of growing size: 500, 5 000 and 50 000 appearances over six years,
 * each with two steps of life, a span of a year.
 *
 *	bench-media [APPEARANCES...]
 *
 * The week asks one question of each kind, none per week: its time may grow with the file,
 * not faster. Prints one line per size; the last says how much it grew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <valstuga/campaign.h>
#include <valstuga/media.h>

#include "store/store.h"

#define RUNS 5

static double
clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool
run(struct vs_db *db, const char *sql, int64_t number, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	if (stmt_parameters(&q))
		stmt_bind(&q, number);
	return stmt_run(&q, err);
}

static bool
fill(struct vs_db *db, int64_t appearances, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "bench", err) ||
		!run(db,
			SQL("INSERT INTO outlet (id, name, kind) VALUES (1, 'Bladet', 'newspaper')"),
			0, err) ||
		!run(db,
			SQL("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
			    " WHERE i < ?) INSERT INTO appearance (id, kind, state, date,"
			    " outlet_id, title) SELECT i, 'news', iif(i % 10, 'published', 'booked'),"
			    " date('2021-01-01', (i * 7919 % 2050) || ' days'), 1, 'T' || i FROM n"),
			appearances, err) ||
		!run(db,
			SQL("INSERT INTO appearance_event (appearance_id, at, actor, state, date)"
			    " SELECT id, unixepoch(date) - 864000, 'bench', 'booked', date"
			    " FROM appearance UNION ALL SELECT id, unixepoch(date), 'bench', state,"
			    " date FROM appearance WHERE state <> 'booked'"),
			0, err))
		return false;
	change_say(&change, NULL, NULL, "bench");
	return change_commit(&change, err);
}

static double
least(struct vs_db *db, struct vs_error *err)
{
	const struct vs_media_scope scope = { .from = "2026-01-01",
		.until = "2026-12-31" };
	double best = 1e9;
	for (int i = 0; i < RUNS; i++) {
		double began = clock_now();
		json_t *view = vs_media_week_view(db, NULL, &scope, 0, err);
		double took = clock_now() - began;
		if (!view)
			break;
		json_decref(view);
		best = took < best ? took : best;
	}
	return best;
}

static double
measure(const char *folder, int64_t appearances, struct vs_arena *arena)
{
	struct vs_error err = { 0 };
	const struct vs_campaign_options options = { .party_code = "9901",
		.party_name = "Exempelpartiet",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2026-09-13" };
	const char *path = vs_arena_printf(
		arena, "%s/%lld.valstuga", folder, (long long)appearances);
	struct vs_db *db = vs_campaign_create(path, &options, "bench", &err);
	double took = db && fill(db, appearances, &err) ? least(db, &err) : 0;
	if (err.code != VS_OK) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	printf("%7lld appearances: the week %.1f ms\n", (long long)appearances,
		took * 1000);
	vs_db_close(db);
	unlink(path);
	return took / (double)appearances;
}

int
main(int count, char **words)
{
	static const int64_t usual[] = { 500, 5000, 50000 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *parent = getenv("TMPDIR");
	char *folder = mkdtemp(vs_arena_printf(
		scratch.arena, "%s/valstuga-bench-XXXXXX", parent ? parent : "/tmp"));
	double first = 0, last = 0;
	if (!folder)
		return 1;
	setenv("VALSTUGA_NOW", "2026-08-10 10:00", 1);
	size_t sizes = count > 1 ? (size_t)count - 1 : sizeof usual / sizeof *usual;
	for (size_t i = 0; i < sizes; i++) {
		last = measure(folder,
			count > 1 ? strtoll(words[i + 1], NULL, 10) : usual[i],
			scratch.arena);
		first = i ? first : last;
	}
	rmdir(folder);
	printf("an appearance costs %.1f times as much\n", last / first);
	return last > 2 * first;
}
