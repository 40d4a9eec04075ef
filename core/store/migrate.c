/*
 * Migrations: an append-only list of SQL files, embedded at build. The version of a file is
 * how many have been applied. New and old files take the same path.
 */
#include "store/internal.h"

#include <unistd.h>

#include "base/i18n.h"

int
vs_db_version(void)
{
	int version = 0;
	while (store_migrations[version].name)
		version++;
	return version;
}

/* A copy beside the file, made before anything is touched. */
static bool
safety_copy(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char *path = vs_arena_printf(
		scratch.arena, "%s.before-v%d", db->path, vs_db_version());
	if (access(path, F_OK) == 0)
		return vs_fail(err, VS_EXISTS,
			_("%s: the safety copy %s exists already, so the file was not brought up to "
			  "date; move that copy away and try again"),
			db->path, path);
	if (store_copy(db, path, err) || err->code == VS_CORRUPT)
		return err->code == VS_OK;
	struct vs_error told = { 0 };
	vs_fail(&told, err->code,
		_("%s: no safety copy could be made as %s, so the file was not brought up to "
		  "date; free some space, or copy the file to where you may write"),
		db->path, path);
	*err = told;
	return false;
}

static bool
check_keys(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("PRAGMA foreign_key_check"), err))
		return false;
	if (stmt_row(&q, err))
		return vs_fail(err, VS_CORRUPT,
			_("%s: a row in table %s refers to something that does not exist; restore "
			  "a backup"),
			db->path, stmt_text(&q, 0));
	return err->code == VS_OK;
}

static bool
apply(struct vs_db *db, int64_t version, struct vs_error *err)
{
	for (int64_t i = version; store_migrations[i].name; i++)
		if (!store_exec(db, store_migrations[i].text, err))
			return false;
	int64_t reached = 0;
	if (!check_keys(db, err) ||
		!db_int(db, SQL("PRAGMA user_version"), &reached, err))
		return false;
	if (reached != vs_db_version())
		vs_abort("migrations reach version %d, not %d", (int)reached,
			vs_db_version());
	return true;
}

bool
store_migrate(struct vs_db *db, bool fresh, struct vs_error *err)
{
	int64_t version = 0;
	if (!db_int(db, SQL("PRAGMA user_version"), &version, err))
		return false;
	if (!fresh && !safety_copy(db, err))
		return false;
	/* Rebuilding a referenced table works only with keys off before BEGIN. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	struct vs_error ignored = { 0 };
	bool ok = store_exec(db, SQL("BEGIN IMMEDIATE"), err);
	/* Someone else may have migrated while we waited. */
	ok = ok && db_int(db, SQL("PRAGMA user_version"), &version, err) &&
		apply(db, version, err) &&
		store_exec(db, SQL("PRAGMA application_id = 0x56535447; COMMIT"), err);
	if (!ok && !sqlite3_get_autocommit(db->handle))
		(void)!store_exec(db, SQL("ROLLBACK"), &ignored);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	return ok;
}
