/*
 * Plans deliveries over the authority's real places of 2022: all of Värmland with 24 carriers
 * from one depot, or all of Sweden in one file with a depot and carriers per kommun.
 *
 *	bench-deliver varmland|sweden|replan [PLACES_PER_CARRIER]
 */
#include <sys/resource.h>
#include <time.h>

#include "../unit/deliver_fixture.h"

static double
clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long
peak_mib(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

/* One association, depot and stock per kommun; a carrier for so many places, at least two. */
static bool
make_sweden(struct vs_db *db, int places_each, struct vs_error *err)
{
	VS_AUTO(stmt) carriers = { 0 };
	if (!deliver_rounds(db, err) ||
		!deliver_run(db,
			SQL("INSERT INTO item (kind, name, unit_mg) VALUES ('material', 'RD', 1240),"
			    " ('material', 'RF', 1240), ('material', 'KF', 1240)"),
			err) ||
		!deliver_run(db,
			SQL("INSERT INTO association (id, name) SELECT code, name FROM kommun"),
			err) ||
		!deliver_run(db, SQL("UPDATE kommun SET association_id = code"), err) ||
		!deliver_run(db,
			SQL("INSERT INTO location (kind, name, association_id, latitude, longitude)"
			    " SELECT 'depot', 'Lagret i ' || k.name || ' ' || k.code, k.code,"
			    "  avg(p.latitude), avg(p.longitude) FROM kommun k"
			    " JOIN place p ON p.kommun_code = k.code GROUP BY k.code"),
			err) ||
		!deliver_run(db,
			SQL("INSERT INTO movement (at, actor, kind, item_id, to_id, pieces)"
			    " SELECT 0, 'test', 'print', i.id, o.id, 10000000 FROM item i"
			    " JOIN location o ON o.kind = 'depot'"),
			err) ||
		!deliver_run(db,
			SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces, reason)"
			    " SELECT DISTINCT iif(g.purpose = 'advance', 7, 8), o.id, i.id,"
			    "  iif(g.purpose = 'advance', 800, 500), 'test' FROM location o"
			    " JOIN opening g ON g.place_id = o.place_id JOIN item i"),
			err) ||
		!stmt_open(&carriers, db,
			SQL("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
			    "  WHERE i < 400), want AS (SELECT kommun_code,"
			    "  max(2, count(*) / ?) AS n FROM place GROUP BY kommun_code)"
			    " INSERT INTO person (name, keep_until, home) SELECT 'Förare ' || n.i"
			    "  || ' ' || kommun_code, '2022-12-31', kommun_code FROM want"
			    " JOIN n ON n.i <= want.n"),
			err))
		return false;
	stmt_bind(&carriers, places_each);
	return stmt_run(&carriers, err) &&
		deliver_run(db,
			SQL("INSERT INTO carrier (person_id, base_id, starts, ends)"
			    " SELECT w.id, o.id, 270, 1200 FROM person w"
			    " JOIN location o ON o.association_id = CAST(w.home AS INTEGER)"),
			err);
}

static bool
plan_round(struct vs_db *db, const char *round, struct vs_error *err)
{
	const struct vs_deliver_options options = { .override = NULL };
	double began = clock_now();
	json_t *plan = vs_deliver_plan(db, round, &options, err);
	double took = clock_now() - began;
	if (!plan)
		return false;
	char *total = json_dumps(json_object_get(plan, "total"), JSON_COMPACT);
	printf("%s: %.2f s, %zu days, %s\n", round, took,
		json_array_size(json_object_get(plan, "days")), total);
	const json_t *first = json_array_get(json_object_get(plan, "unserved"), 0);
	if (first)
		printf("  first unserved: %s: %s\n",
			json_string_value(json_object_get(first, "location_name")),
			json_string_value(json_object_get(first, "reason")));
	free(total);
	json_decref(plan);
	return true;
}

static bool
replan(struct vs_db *db, struct vs_error *err)
{
	const struct vs_deliver_options options = { .plan.dry_run = true,
		.without = "Förare 3, Förare 5" };
	int64_t theirs = 0;
	if (!db_int(db,
		    SQL("SELECT count(*) FROM delivery d JOIN carrier c ON c.id = d.carrier_id"
			" JOIN person p ON p.id = c.person_id WHERE d.date = '2022-09-11'"
			" AND p.name IN ('Förare 3', 'Förare 5')"),
		    &theirs, err))
		return false;
	double began = clock_now();
	json_t *plan = vs_deliver_replan(db, "2022-09-11", &options, err);
	double took = clock_now() - began;
	if (!plan)
		return false;
	char *total = json_dumps(json_object_get(plan, "total"), JSON_COMPACT);
	printf("two carriers with %d stops drop out on election day: %.0f ms, %s\n",
		(int)theirs, took * 1000, total);
	free(total);
	json_decref(plan);
	return true;
}

static bool
run(const char *path, bool sweden, int places_each, struct vs_error *err)
{
	const struct vs_campaign_options options = { .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2022-09-11" };
	struct vs_db *db = vs_campaign_create(path, &options, "bench", err);
	bool ok = db && deliver_import(db, sweden, err) &&
		(sweden ? make_sweden(db, places_each, err)
			: deliver_allocate_2018(db, err) &&
					deliver_carriers(db, 24, err)) &&
		printf("file made; peak so far %ld MiB\n", peak_mib()) > 0 &&
		plan_round(db, "Förtid", err) && plan_round(db, "Valdagen", err) &&
		(sweden || replan(db, err));
	vs_db_close(db);
	printf("peak memory %ld MiB\n", peak_mib());
	return ok;
}

int
main(int argc, char **argv)
{
	struct vs_error err = { 0 };
	char folder[] = "/tmp/bench-deliver-XXXXXX", path[64];
	if (argc < 2 || !mkdtemp(folder)) {
		fprintf(stderr,
			"usage: bench-deliver varmland|sweden [PLACES_PER_CARRIER]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	setenv("VALSTUGA_NOW", "2022-08-15 12:00", 1);
	setenv("VALSTUGA_LANG", "en", 1);
	snprintf(path, sizeof path, "%s/c.valstuga", folder);
	bool ok = run(path, strcmp(argv[1], "sweden") == 0, argc > 2 ? atoi(argv[2]) : 12,
		&err);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	unlink(path);
	rmdir(folder);
	return !ok;
}
