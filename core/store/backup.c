/* Backup and restore: complete, verified by opening, never over something newer. */
#include "store/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

/* Last line of a file's history, 0 when there is none. */
static bool
last_change(struct vs_db *db, int64_t *ret_at, struct vs_error *err)
{
	return db_int(db, SQL("SELECT coalesce(max(at), 0) FROM history"), ret_at, err);
}

/* Opens a copy read-only, checks its structure and content, says when it last changed. */
static bool
verify(const char *path, int64_t *ret_at, struct vs_error *err)
{
	struct stat info;
	if (stat(path, &info) != 0)
		return vs_fail(err, VS_NOT_FOUND, "%s: %s", path, strerror(errno));
	if (!S_ISREG(info.st_mode))
		return vs_fail(err, VS_CORRUPT,
			_("%s is a directory or a device, not a file"), path);
	struct vs_db *db = store_connect(path, SQLITE_OPEN_READONLY, "-", err);
	if (!db)
		return false;
	VS_AUTO(stmt) q = { 0 };
	int64_t version = 0;
	bool ok = store_recognise(db, &version, err) && last_change(db, ret_at, err) &&
		stmt_open(&q, db, SQL("PRAGMA integrity_check(1)"), err) &&
		stmt_row(&q, err);
	if (ok && strcmp(stmt_text(&q, 0), "ok") != 0)
		ok = vs_fail(err, VS_CORRUPT, _("%s: the copy is damaged (%s)"), path,
			stmt_text(&q, 0));
	stmt_done(&q);
	vs_db_close(db);
	return ok;
}

bool
store_copy(struct vs_db *db, const char *path, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("VACUUM INTO ?"), err))
		return false;
	stmt_bind(&q, path);
	mode_t mask = umask(077);
	bool written = stmt_run(&q, err);
	umask(mask);
	return written;
}

bool
vs_db_backup(struct vs_db *db, const char *path, struct vs_error *err)
{
	struct stat info;
	if (lstat(path, &info) == 0)
		return vs_fail(err, VS_EXISTS,
			_("%s exists already and is left as it is; choose another name"),
			path);
	int64_t at = 0;
	if (store_copy(db, path, err) && verify(path, &at, err))
		return true;
	unlink(path);
	return false;
}

/* Refuses to replace a file that has been worked on after the backup was made. */
static bool
check_older(const char *path, int64_t backup_at, struct vs_error *err)
{
	int64_t at = 0;
	if (!verify(path, &at, err)) {
		/* A damaged file is what a backup is for, but only with --force. */
		struct vs_error told = { 0 };
		vs_fail(&told, err->code,
			_("%s cannot be read, so it is not known to be older than the backup; "
			  "restore with --force to replace it all the same"),
			path);
		*err = told;
		return false;
	}
	if (at > backup_at)
		return vs_fail(err, VS_REFUSED,
			_("%s has changes that are newer than the backup; restore with --force to "
			  "replace it all the same"),
			path);
	return true;
}

/* Nobody may have the file open for writing while it is replaced. */
static bool
check_idle(const char *path, struct vs_error *err)
{
	struct vs_error ignored = { 0 };
	struct vs_db *db = store_connect(path, SQLITE_OPEN_READWRITE, "-", &ignored);
	if (!db)
		return true; /* damaged: nothing to wait for */
	bool idle = store_exec(db, SQL("BEGIN EXCLUSIVE; ROLLBACK"), &ignored) ||
		ignored.code != VS_BUSY;
	vs_db_close(db);
	return idle ||
		vs_fail(err, VS_BUSY,
			_("%s: another program is using the campaign file; close it and try again"),
			path);
}

/*
 * The replaced file gets a second name, so that there is a campaign file at `path` at every
 * moment; what an earlier restore put aside is kept. The journal belongs to it; beside the
 * new file it would harm.
 */
static bool
put_aside(struct vs_arena *arena, const char *path, struct vs_error *err)
{
	const char *aside = vs_arena_printf(arena, "%s.before-restore", path);
	for (int next = 2; link(path, aside) != 0; next++) {
		if (errno != EEXIST)
			return vs_fail(err, VS_IO, "%s: %s", aside, strerror(errno));
		aside = vs_arena_printf(arena, "%s.before-restore-%d", path, next);
	}
	const char *journal = vs_arena_printf(arena, "%s-journal", path);
	const char *journal_aside = vs_arena_printf(arena, "%s-journal", aside);
	if (rename(journal, journal_aside) != 0 && errno != ENOENT)
		return vs_fail(err, VS_IO, "%s: %s", journal_aside, strerror(errno));
	return true;
}

/* A complete, verified copy under another name, ready to be renamed. */
static bool
stage(const char *backup, const char *staged, struct vs_error *err)
{
	struct vs_db *db = store_connect(backup, SQLITE_OPEN_READONLY, "-", err);
	if (!db)
		return false;
	unlink(staged);
	bool ok = vs_db_backup(db, staged, err);
	vs_db_close(db);
	return ok;
}

bool
vs_db_restore(const char *path, const char *backup, bool force, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *staged = vs_arena_printf(scratch.arena, "%s.restoring", path);
	struct stat info;
	bool exists = lstat(path, &info) == 0;
	int64_t backup_at = 0;
	if (exists && !S_ISREG(info.st_mode))
		return vs_fail(err, VS_CORRUPT,
			_("%s is a directory or a device, not a file"), path);
	if (!verify(backup, &backup_at, err) || (exists && !check_idle(path, err)) ||
		(exists && !force && !check_older(path, backup_at, err)) ||
		!stage(backup, staged, err))
		return false;
	if (exists && !put_aside(scratch.arena, path, err)) {
		unlink(staged);
		return false;
	}
	if (rename(staged, path) != 0)
		return vs_fail(err, VS_IO, "%s: %s", path, strerror(errno));
	return true;
}
