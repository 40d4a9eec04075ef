/*
 * Any bytes as a list of people. The first byte chooses whether what is known is updated and
 * everybody agreed, or the list is only looked at. What was looked at without errors goes in,
 * what went in is sound, and the same bytes once more change nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valstuga/exchange.h>
#include <valstuga/register.h>

#include "store/store.h"

enum { LOOK = 1, UPDATE = 2, CONSENT = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
path_of(const char *what)
{
	static char path[128];
	const char *parent = getenv("TMPDIR");
	snprintf(path, sizeof path, "%s/valstuga-fuzz-%d-%s", parent ? parent : "/tmp",
		(int)getpid(), what);
	return path;
}

static struct vs_db *
open_campaign(void)
{
	struct vs_error err = { 0 };
	const struct vs_campaign_options options = { .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2022-09-11" };
	struct vs_db *db = vs_campaign_create(path_of("people"), &options, "fuzz", &err);
	int64_t ignored;
	if (!db || !db_int(db, SQL("PRAGMA synchronous = OFF"), &ignored, &err))
		abort();
	return db;
}

static json_t *
import(struct vs_db *db, const uint8_t *data, size_t size, bool look)
{
	struct vs_error err = { 0 };
	const struct vs_people_import options = { .dry_run = look,
		.update = data[0] & UPDATE,
		.source = "fuzz",
		.consent = data[0] & CONSENT ? "pass" : NULL };
	FILE *file = fopen(path_of("list"), "wb");
	if (!file || fwrite(data + 1, 1, size - 1, file) != size - 1 || fclose(file) != 0)
		abort();
	json_t *report = vs_people_import(db, path_of("list"), &options, &err);
	unlink(path_of("list"));
	if (!report != (err.code != VS_OK))
		abort();
	return report;
}

/* Phones that are none, and numbers of people, are in no file. */
static bool
is_sound(struct vs_db *db)
{
	struct vs_error err = { 0 };
	int64_t broken = 0;
	return db_int(db,
		       SQL("SELECT (SELECT count(*) FROM pragma_foreign_key_check)"
			   " + (SELECT count(*) FROM person WHERE trim(name) = ''"
			   "  OR keep_until IS NULL OR note GLOB '*19[0-9][0-9]0101-[0-9][0-9][0-9][0-9]*')"),
		       &broken, &err) &&
		broken == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct vs_db *db = open_campaign();
	json_t *seen = import(db, data, size, true);
	bool clean = seen && !json_integer_value(json_object_get(seen, "errors"));
	if (!(data[0] & LOOK)) {
		json_t *first = import(db, data, size, false);
		json_t *second = import(db, data, size, false);
		if (!first != !clean || !first != !second || !is_sound(db) ||
			json_is_true(json_object_get(second, "changed")))
			abort();
		json_decref(first);
		json_decref(second);
	}
	json_decref(seen);
	vs_db_close(db);
	unlink(path_of("people"));
	return 0;
}
