/*
 * What lies beside the file, and the file written anew: erasing is done when no page and no
 * copy of the program's own holds what was erased.
 */
#include "store/scrub_parts.h"

#include <errno.h>
#include <glob.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <valstuga/date.h>

#include "base/i18n.h"

/* Whether a copy speaks of those who go. One that cannot be read may. */
static bool
holds(struct scrub *scrub, const char *path, bool *ret_holds, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error unread = { 0 };
	struct scrub_hits hits = { 0 };
	struct vs_db *own = scrub->db;
	struct vs_db *copy = store_connect(path, SQLITE_OPEN_READONLY, "-", &unread);
	scrub->in_copy = true;
	bool ok = copy && scrub_open(scrub, copy, &unread) &&
		scrub_search(scrub, scratch.arena, &hits, &unread);
	vs_db_close(copy);
	scrub->in_copy = false;
	scrub->db = own;
	*ret_holds = hits.count > 0;
	return ok ||
		vs_fail(err, VS_REFUSED,
			_("%s may hold the person and cannot be searched (%s); nothing was erased, "
			  "remove that file and try again"),
			path, unread.text);
}

static bool
remove_copy(const char *path, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *journal = vs_arena_printf(scratch.arena, "%s-journal", path);
	if (unlink(path) == 0 && (unlink(journal) == 0 || errno == ENOENT))
		return true;
	return vs_fail(err, VS_IO,
		_("%s holds the person and cannot be removed (%s); nothing was erased, remove "
		  "that file and try again"),
		path, strerror(errno));
}

/* A file of ours, not a journal, which goes with its file. */
static bool
is_copy(const char *path)
{
	static const char journal[] = "-journal";
	struct stat info;
	size_t length = strlen(path);
	if (length > sizeof journal &&
		strcmp(path + length - (sizeof journal - 1), journal) == 0)
		return false;
	return lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
}

/* Letters that mean something to glob() stand for themselves. */
static const char *
pattern(struct vs_arena *arena, const char *path, const char *ending)
{
	struct vs_buffer out = { 0 };
	for (const char *c = path; *c; c++)
		vs_buffer_printf(&out, strchr("*?[]\\", *c) ? "\\%c" : "%c", *c);
	vs_buffer_text(&out, ending);
	const char *text = vs_arena_copy(arena, out.data, out.length);
	vs_buffer_done(&out);
	return text;
}

bool
scrub_copies(struct scrub *scrub, struct vs_arena *arena, bool remove,
	const char ***ret_paths, size_t *ret_count, struct vs_error *err)
{
	glob_t found = { 0 };
	glob(pattern(arena, scrub->db->path, ".before-*"), 0, NULL, &found);
	glob(pattern(arena, scrub->db->path, ".restoring"), GLOB_APPEND, NULL, &found);
	const char **paths = vs_arena_alloc(arena, (found.gl_pathc + 1) * sizeof *paths);
	bool ok = true, theirs = false;
	*ret_count = 0;
	for (size_t i = 0; i < found.gl_pathc && ok; i++) {
		const char *path = found.gl_pathv[i];
		if (!is_copy(path))
			continue;
		ok = holds(scrub, path, &theirs, err);
		if (ok && theirs)
			paths[(*ret_count)++] = vs_arena_text(arena, path);
	}
	globfree(&found);
	for (size_t i = 0; remove && ok && i < *ret_count; i++)
		ok = remove_copy(paths[i], err);
	*ret_paths = paths;
	return ok &&
		(!*ret_count || !remove || vs_file_sync_directory(scrub->db->path, err));
}

/* The file anew ------------------------------------------------------------------------------*/

bool
scrub_due(struct vs_db *db, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT OR IGNORE INTO rewrite_due (id, since) VALUES (1, ?)"),
			err))
		return false;
	stmt_bind(&q, now);
	return stmt_run(&q, err);
}

bool
db_rewrite_since(struct vs_db *db, int64_t *ret_since, struct vs_error *err)
{
	*ret_since = 0;
	return db_int(db, SQL("SELECT since FROM rewrite_due"), ret_since, err);
}

bool
db_rewrite(struct vs_db *db, struct vs_error *err)
{
	return store_exec(db, SQL("VACUUM; DELETE FROM rewrite_due"), err);
}
