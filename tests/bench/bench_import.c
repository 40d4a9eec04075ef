/* Makes a campaign (no files), or imports the whole country into it; for import.sh. */
#include <stdio.h>
#include <unistd.h>

#include <valstuga/exchange.h>
#include <valstuga/register.h>

static bool
make(const char *path, struct vs_error *err)
{
	const struct vs_campaign_options options = { .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2026-09-13" };
	struct vs_db *db = vs_campaign_create(path, &options, "bench", err);
	vs_db_close(db);
	return db != NULL;
}

static bool
import(const char *path, const char *const *files, size_t count, struct vs_error *err)
{
	const struct vs_import_options options = { .all = true, .all_parties = true };
	struct vs_db *db = vs_db_open(path, VS_WRITE, "bench", err);
	json_t *report = db ? vs_import(db, files, count, &options, err) : NULL;
	bool ok = report != NULL;
	json_decref(report);
	vs_db_close(db);
	return ok;
}

int
main(int argc, char **argv)
{
	struct vs_error err = { 0 };
	if (argc < 2) {
		fprintf(stderr, "usage: bench_import CAMPAIGN [FILE...]\n");
		return 2;
	}
	bool ok = argc == 2
		? make(argv[1], &err)
		: import(argv[1], (const char *const *)argv + 2, (size_t)argc - 2, &err);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	return !ok;
}
