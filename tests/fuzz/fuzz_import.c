/*
 * Any bytes as a file to import. The first byte chooses how: whole country, all parties, a
 * list of our own, a result of this election, and whether it is a dry run, which must leave the campaign as it was, or
 * writes into a fresh copy of it. What was written must be sound, and the same bytes once
 * more must change nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <valstuga/register.h>

#include "exchange/exchange.h"

#define BYTES_MAX 4194304 /* an empty campaign, with room */

enum { ALL = 1, ALL_PARTIES = 2, AS_LIST = 4, WRITE = 8, NOW = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
path_of(const char *what)
{
	static char path[64];
	snprintf(path, sizeof path, "/dev/shm/valstuga-fuzz-%d-%s", (int)getpid(), what);
	return path;
}

static struct vs_db *
must(struct vs_db *db)
{
	if (!db)
		abort();
	return db;
}

/* The bytes of a campaign file without anything imported. */
static const char *
template_bytes(size_t *ret_length)
{
	static char bytes[BYTES_MAX];
	static size_t length;
	*ret_length = length;
	if (length)
		return bytes;
	struct vs_error err = { 0 };
	const struct vs_campaign_options options = { .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2022-09-11" };
	unlink(path_of("new"));
	vs_db_close(must(vs_campaign_create(path_of("new"), &options, "fuzz", &err)));
	FILE *file = fopen(path_of("new"), "rb");
	if (!file)
		abort();
	length = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	unlink(path_of("new"));
	*ret_length = length;
	return bytes;
}

static struct vs_db *
open_copy(void)
{
	size_t length;
	struct vs_error err = { 0 };
	const char *bytes = template_bytes(&length);
	FILE *file = fopen(path_of("copy"), "wb");
	if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
		abort();
	return must(vs_db_open(path_of("copy"), VS_WRITE, "fuzz", &err));
}

static json_t *
import(struct vs_db *db, const uint8_t *data, size_t size)
{
	struct vs_error err = { 0 };
	const struct vs_import_options options = { .dry_run = !(data[0] & WRITE),
		.all = data[0] & ALL,
		.all_parties = data[0] & ALL_PARTIES,
		.election_day = data[0] & NOW ? "2022-09-11" : NULL,
		.kind = data[0] & AS_LIST ? "RD" : NULL };
	json_t *report = import_bytes(
		db, "fuzz", (const char *)data + 1, size - 1, &options, &err);
	if (!report && err.code == VS_OK)
		abort();
	return report;
}

static bool
is_sound(struct vs_db *db)
{
	struct vs_error err = { 0 };
	int64_t broken = 0;
	return db_int(db, SQL("SELECT count(*) FROM pragma_foreign_key_check"), &broken,
		       &err) &&
		broken == 0 &&
		/* No gaps in any list. */
		db_int(db,
			SQL("SELECT count(*) FROM (SELECT 1 FROM candidacy GROUP BY list_id"
			    " HAVING max(position) <> count(*))"),
			&broken, &err) &&
		broken == 0;
}

static void
write_twice(const uint8_t *data, size_t size)
{
	struct vs_db *db = open_copy();
	json_t *first = import(db, data, size);
	json_t *second = first ? import(db, data, size) : NULL;
	if (!is_sound(db) || !first != !second ||
		json_is_true(json_object_get(second, "changed")))
		abort();
	json_decref(first);
	json_decref(second);
	vs_db_close(db);
	unlink(path_of("copy"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct vs_db *db; /* for dry runs: always the same */
	if (size == 0)
		return 0;
	if (data[0] & WRITE) {
		write_twice(data, size);
		return 0;
	}
	if (!db) {
		db = open_copy();
		unlink(path_of("copy"));
	}
	json_decref(import(db, data, size));
	return 0;
}
