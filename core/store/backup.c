/* Backup and restore: complete, verified by opening, never over something newer. */
#include "store/internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

/* The last line of a file's history: what was done last, by whom, when. */
struct tip {
	int64_t id; /* 0: nothing was ever done */
	int64_t at;
	char actor[128];
	char summary[512];
};

static bool
read_tip(struct vs_db *db, struct tip *ret_tip, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_tip = (struct tip){ 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id, at, actor, summary FROM history ORDER BY id DESC LIMIT 1"),
		    err))
		return false;
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	ret_tip->id = stmt_int(&q, 0);
	ret_tip->at = stmt_int(&q, 1);
	snprintf(ret_tip->actor, sizeof ret_tip->actor, "%s", stmt_text(&q, 2));
	snprintf(ret_tip->summary, sizeof ret_tip->summary, "%s", stmt_text(&q, 3));
	return true;
}

/* True when the file's history holds the line, so that it is the same campaign, later on. */
static bool
holds_tip(struct vs_db *db, const struct tip *tip, bool *ret_holds, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_holds = tip->id == 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM history WHERE id = ? AND at = ? AND substr(actor, 1, 127) = ?"
			" AND substr(summary, 1, 511) = ?"),
		    err))
		return false;
	stmt_bind(&q, tip->id);
	stmt_bind(&q, tip->at);
	stmt_bind_text(&q, tip->actor);
	stmt_bind_text(&q, tip->summary);
	if (stmt_row(&q, err))
		*ret_holds = true;
	return err->code == VS_OK;
}

/* Opens a copy read-only, checks its structure and content, says what was done last. */
static bool
verify(const char *path, struct tip *ret_tip, struct vs_error *err)
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
	bool ok = store_recognise(db, &version, err) && read_tip(db, ret_tip, err) &&
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
	if (!store_named(path, err))
		return false;
	struct stat info;
	if (lstat(path, &info) == 0)
		return vs_fail(err, VS_EXISTS,
			_("%s exists already and is left as it is; choose another name"),
			path);
	struct tip tip;
	if (store_copy(db, path, err) && verify(path, &tip, err))
		return true;
	unlink(path);
	return false;
}

/* Nothing is lost when everything that was done in the file was also done in the backup. */
static bool
is_part_of(
	const char *backup, const struct tip *tip, bool *ret_part, struct vs_error *err)
{
	struct vs_db *db = store_connect(backup, SQLITE_OPEN_READONLY, "-", err);
	bool ok = db && holds_tip(db, tip, ret_part, err);
	vs_db_close(db);
	return ok;
}

/* Refuses to replace a file that has been worked on after the backup, or another campaign. */
static bool
check_older(const char *path, const char *backup, struct vs_error *err)
{
	struct tip tip;
	bool part = false;
	if (!verify(path, &tip, err)) {
		/* A damaged file is what a backup is for, but only with --force. */
		struct vs_error told = { 0 };
		vs_fail(&told, err->code,
			_("%s cannot be read, so it is not known to be older than the backup; "
			  "restore with --force to replace it all the same"),
			path);
		*err = told;
		return false;
	}
	if (!is_part_of(backup, &tip, &part, err))
		return false;
	return part ||
		vs_fail(err, VS_REFUSED,
			_("%s has changes that are not in the backup, or is another campaign; restore "
			  "with --force to replace it all the same"),
			path);
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
		/* A stick's file system may know no second names: then the file moves. */
		bool no_links = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS;
		if (no_links && access(aside, F_OK) != 0 && rename(path, aside) == 0)
			break;
		if (errno != EEXIST && !no_links)
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
	if (!store_named(path, err) || !store_named(backup, err))
		return false;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *staged = vs_arena_printf(scratch.arena, "%s.restoring", path);
	struct stat info;
	bool exists = lstat(path, &info) == 0;
	struct tip tip;
	if (exists && !S_ISREG(info.st_mode))
		return vs_fail(err, VS_CORRUPT,
			_("%s is a directory or a device, not a file"), path);
	if (!verify(backup, &tip, err) || (exists && !check_idle(path, err)) ||
		(exists && !force && !check_older(path, backup, err)) ||
		!stage(backup, staged, err))
		return false;
	if (exists && !put_aside(scratch.arena, path, err)) {
		unlink(staged);
		return false;
	}
	if (rename(staged, path) != 0)
		return vs_fail(err, VS_IO, "%s: %s", path, strerror(errno));
	return vs_file_sync_directory(path, err);
}
