/*
 * Opening and closing the campaign file. The settings are those that were measured on
 * Debian 12's SQLite: rollback journal rather than WAL (that version lies within the range
 * of the WAL-reset corruption bug), synchronous=EXTRA, defensive mode.
 */
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define BUSY_MS 5000

static bool
is_duplicate(int result)
{
	return result == SQLITE_CONSTRAINT_UNIQUE ||
		result == SQLITE_CONSTRAINT_PRIMARYKEY ||
		result == SQLITE_CONSTRAINT_ROWID;
}

static enum vs_code
code_of(int result)
{
	switch (result & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return VS_BUSY;
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return VS_CORRUPT;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return VS_REFUSED;
	case SQLITE_CONSTRAINT:
		return is_duplicate(result) ? VS_EXISTS : VS_INVALID;
	case SQLITE_MISMATCH:
		return VS_INVALID;
	default:
		return VS_IO;
	}
}

bool
store_fail(struct vs_db *db, struct vs_error *err)
{
	int result = sqlite3_extended_errcode(db->handle);
	enum vs_code code = code_of(result);
	const char *said = sqlite3_errmsg(db->handle);
	if ((result & 0xff) == SQLITE_FULL)
		return vs_fail(err, VS_IO,
			_("%s: the disk is full; nothing was changed, free some space and try "
			  "again"),
			db->path);
	if (code == VS_BUSY)
		return vs_fail(err, code,
			_("%s: another program is writing to the campaign file; nothing was "
			  "changed, wait a moment and try again"),
			db->path);
	if (code == VS_CORRUPT)
		return vs_fail(err, code,
			_("%s: the file is damaged or is no campaign file (%s); restore a backup "
			  "with 'valstuga restore'"),
			db->path, said);
	if (code == VS_REFUSED)
		return vs_fail(err, code,
			_("%s: the file is write-protected; nothing was changed, copy it to where "
			  "you may write"),
			db->path);
	return vs_fail(err, code, _("%s: %s; nothing was changed"), db->path, said);
}

bool
store_exec(struct vs_db *db, const char *sql, struct vs_error *err)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(db, err);
	return true;
}

static int
compare_swedish(void *context, int length_a, const void *a, int length_b, const void *b)
{
	(void)context;
	char small_a[256], small_b[256];
	if ((size_t)length_a < sizeof small_a && (size_t)length_b < sizeof small_b) {
		memcpy(small_a, a, (size_t)length_a);
		memcpy(small_b, b, (size_t)length_b);
		small_a[length_a] = small_b[length_b] = '\0';
		return vs_text_compare_natural(small_a, small_b);
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	return vs_text_compare_natural(vs_arena_copy(scratch.arena, a, (size_t)length_a),
		vs_arena_copy(scratch.arena, b, (size_t)length_b));
}

static bool
configure(struct vs_db *db, struct vs_error *err)
{
	sqlite3 *handle = db->handle;
	sqlite3_extended_result_codes(handle, 1);
	sqlite3_busy_timeout(handle, BUSY_MS);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	if (sqlite3_create_collation(
		    handle, "swedish", SQLITE_UTF8, NULL, compare_swedish) != SQLITE_OK)
		return store_fail(db, err);
	return store_exec(db,
		SQL("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
		    "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
		    "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;"
		    /* A whole import fits, so nothing is spilled (and synced) half-way. */
		    "PRAGMA cache_size = -65536"),
		err);
}

static char *
login_name(void)
{
	const char *name = getenv("VALSTUGA_USER");
	if (!name || !*name) {
		const struct passwd *user = getpwuid(getuid());
		name = user ? user->pw_name : "?";
	}
	/* What is no UTF-8 could not be shown again; an old locale's bytes become letters. */
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t length = strlen(name), bad;
	if (!vs_text_check(name, length, &bad))
		name = vs_text_from_cp1252(scratch.arena, name, length, &length);
	return strdup(name);
}

struct vs_db *
store_connect(const char *path, int flags, const char *actor, struct vs_error *err)
{
	struct vs_db *db = calloc(1, sizeof *db);
	if (!db)
		vs_abort("out of memory");
	db->path = strdup(path);
	db->actor = actor ? strdup(actor) : login_name();
	mode_t mask = umask(077);
	int result = sqlite3_open_v2(path, &db->handle,
		flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL);
	umask(mask);
	if (result != SQLITE_OK)
		store_fail(db, err);
	else if (configure(db, err))
		return db;
	vs_db_close(db);
	return NULL;
}

void
vs_db_close(struct vs_db *db)
{
	if (!db)
		return;
	sqlite3_close(db->handle);
	free(db->path);
	free(db->actor);
	free(db);
}

const char *
vs_db_path(const struct vs_db *db)
{
	return db->path;
}

const char *
db_actor(const struct vs_db *db)
{
	return db->actor;
}

bool
store_recognise(struct vs_db *db, int64_t *ret_version, struct vs_error *err)
{
	int64_t id = 0, version = 0;
	if (!db_int(db, SQL("PRAGMA application_id"), &id, err) ||
		!db_int(db, SQL("PRAGMA user_version"), &version, err))
		return false;
	if (id != APPLICATION_ID)
		return vs_fail(err, VS_CORRUPT,
			_("%s is no campaign file; make one with 'valstuga new'"),
			db->path);
	if (version > vs_db_version())
		return vs_fail(err, VS_TOO_NEW,
			_("%s was made by a newer version of Valstuga (file version %d, this "
			  "program knows %d); install the newer program"),
			db->path, (int)version, vs_db_version());
	*ret_version = version;
	return true;
}

bool
store_named(const char *path, struct vs_error *err)
{
	return *path ||
		vs_fail(err, VS_USAGE,
			_("the file name is empty; write the file's name"));
}

/* A file without any write permission is protected on purpose, also against root. */
static bool
check_file(const char *path, enum vs_access access, struct vs_error *err)
{
	struct stat info;
	if (stat(path, &info) != 0) {
		if (errno == ENOENT)
			return vs_fail(err, VS_NOT_FOUND,
				_("%s: no such campaign file; check the name, or make one with "
				  "'valstuga new'"),
				path);
		return vs_fail(err, VS_IO, "%s: %s", path, strerror(errno));
	}
	if (!S_ISREG(info.st_mode))
		return vs_fail(err, VS_CORRUPT,
			_("%s is a directory or a device, not a file"), path);
	if (access == VS_WRITE && !(info.st_mode & 0222))
		return vs_fail(err, VS_REFUSED,
			_("%s: the file is write-protected; nothing was changed, copy it to where "
			  "you may write"),
			path);
	return true;
}

struct vs_db *
vs_db_open(
	const char *path, enum vs_access access, const char *actor, struct vs_error *err)
{
	if (!store_named(path, err) || !check_file(path, access, err))
		return NULL;
	struct vs_db *db = store_connect(path, SQLITE_OPEN_READWRITE, actor, err);
	int64_t version = 0;
	if (!db)
		return NULL;
	if (store_recognise(db, &version, err) &&
		(version == vs_db_version() || store_migrate(db, false, err)))
		return db;
	vs_db_close(db);
	return NULL;
}

/* An empty file that nobody else made: neither over a file nor through a link. */
static bool
claim(const char *path, struct vs_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0) {
		close(fd);
		return true;
	}
	if (errno == EEXIST)
		return vs_fail(err, VS_EXISTS,
			_("%s exists already and is left as it is; choose another name"),
			path);
	return vs_fail(err, VS_IO,
		_("%s cannot be made (%s); choose a folder that exists and where you may write"),
		path, strerror(errno));
}

struct vs_db *
vs_db_create(const char *path, const char *actor, struct vs_error *err)
{
	if (!store_named(path, err) || !claim(path, err))
		return NULL;
	struct vs_db *db = store_connect(path, SQLITE_OPEN_READWRITE, actor, err);
	if (db && store_migrate(db, true, err))
		return db;
	unlink(path);
	vs_db_close(db);
	return NULL;
}
