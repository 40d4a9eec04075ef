/* What the files of the store share among themselves. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sqlite3.h>

#include "base/embedded.h"
#include "store/store.h"

#define APPLICATION_ID 0x56535447 /* "VSTG" */

struct vs_db {
	sqlite3 *handle;
	char *path;
	char *actor;
	bool in_change;
};

/* In order; the index + 1 is the version that a migration makes. */
extern const struct embedded store_migrations[];

/* Fails with what SQLite last said, in words a person can act on. */
bool store_fail(struct vs_db *db, struct vs_error *err);

/* Runs literal statements without values or rows. */
bool store_exec(struct vs_db *db, const char *sql, struct vs_error *err) VS_CHECKED;

/* Brings the open file to the newest version; `fresh` for a file just made. */
bool store_migrate(struct vs_db *db, bool fresh, struct vs_error *err) VS_CHECKED;

/* Refuses an empty file name, as a variable that is not set leaves one. */
bool store_named(const char *path, struct vs_error *err) VS_CHECKED;

/* Writes a compact copy that only its owner can read; `path` must not exist. */
bool store_copy(struct vs_db *db, const char *path, struct vs_error *err) VS_CHECKED;

/* Opens without migrating, for checks of foreign files. */
struct vs_db *store_connect(
	const char *path, int flags, const char *actor, struct vs_error *err);

/* VS_CORRUPT unless the file carries our application id; VS_TOO_NEW when it is newer. */
bool store_recognise(
	struct vs_db *db, int64_t *ret_version, struct vs_error *err) VS_CHECKED;

#endif
