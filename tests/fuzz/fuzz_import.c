/*
 * Any bytes as a file to import. The first byte chooses how: whole country, all parties. A
 * template campaign is made once; every input works on it in a dry run, which must leave it
 * as it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <valstuga/register.h>

#include "exchange/exchange.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct vs_db *
open_campaign(void)
{
	char path[64];
	struct vs_error err = { 0 };
	const struct vs_campaign_options options = { .party_code = "0005",
		.district = "Värmland",
		.region_code = "17",
		.election_day = "2022-09-11" };
	snprintf(path, sizeof path, "/dev/shm/valstuga-fuzz-%d", (int)getpid());
	unlink(path);
	struct vs_db *db = vs_campaign_create(path, &options, "fuzz", &err);
	if (!db)
		abort();
	unlink(path); /* stays open, leaves nothing behind */
	return db;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct vs_db *db;
	struct vs_error err = { 0 };
	if (size == 0)
		return 0;
	if (!db)
		db = open_campaign();
	const struct vs_import_options options = { .dry_run = true,
		.all = data[0] & 1,
		.all_parties = data[0] & 2,
		.kind = data[0] & 4 ? "RD" : NULL };
	json_t *report = import_bytes(
		db, "fuzz", (const char *)data + 1, size - 1, &options, &err);
	if (!report && err.code == VS_OK)
		abort();
	json_decref(report);
	return 0;
}
