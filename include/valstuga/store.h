/*
 * The campaign file: one SQLite database with our application id.
 *
 * It can be copied, mailed, backed up and opened by the sqlite3 shell. Several programs may
 * use it at once; writers wait for each other up to five seconds. Every command that changes
 * something is one transaction with one line in the history.
 */
#ifndef VALSTUGA_STORE_H
#define VALSTUGA_STORE_H

#include <valstuga/base.h>

struct vs_db;

/* What a command means to do with the file. */
enum vs_access {
	VS_READ, /* a write-protected file will do */
	VS_WRITE
};

/*
 * Opens a campaign file. A file made by an older version is brought up to date in one
 * transaction after a safety copy beside it (NAME.before-vN); a newer one is refused with
 * VS_TOO_NEW, a file that is no campaign with VS_CORRUPT, a write-protected one with
 * VS_REFUSED when `access` is VS_WRITE. `actor` (who works, NULL = $VALSTUGA_USER, else the
 * login name) goes into the history. Caller owns; vs_db_close().
 */
VS_API VS_CHECKED struct vs_db *vs_db_open(
	const char *path, enum vs_access access, const char *actor, struct vs_error *err);

/* Makes a new, empty campaign file; an existing file is never overwritten (VS_EXISTS). */
VS_API VS_CHECKED struct vs_db *vs_db_create(
	const char *path, const char *actor, struct vs_error *err);

VS_API void vs_db_close(struct vs_db *db); /* NULL is allowed */
VS_API const char *vs_db_path(const struct vs_db *db);

/* Version of the tables that this program makes. */
VS_API int vs_db_version(void);

/*
 * Writes a complete copy to `path` (which must not exist), compact and without traces of
 * what was deleted, and verifies it by opening and checking it.
 */
VS_API VS_CHECKED bool vs_db_backup(
	struct vs_db *db, const char *path, struct vs_error *err);

/*
 * Puts the backup at `backup` in the place of the campaign file `path` (which may be
 * absent). The backup is verified first. Refuses a file in use, and, unless `force`, one in
 * which something was done that the backup does not hold (or that is another campaign); the
 * replaced file is kept as PATH.before-restore, or with -2, -3 ... after it when there is
 * one already.
 */
VS_API VS_CHECKED bool vs_db_restore(
	const char *path, const char *backup, bool force, struct vs_error *err);

#endif
