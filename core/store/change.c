/* A command: one immediate transaction, one line in the history, all or nothing. */
#include "store/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>

bool
change_begin(struct change *change, struct vs_db *db, const char *command,
	struct vs_error *err)
{
	if (db->in_change)
		vs_abort("'%s' begins inside another command", command);
	if (!store_exec(db, SQL("BEGIN IMMEDIATE"), err))
		return false;
	db->in_change = true;
	change->db = db;
	change->command = command;
	return true;
}

/* What does not fit is cut between characters, and shown to be cut. */
static void
fit(char *room, size_t size, const char *text)
{
	size_t length = strlen(text);
	if (length < size) {
		memcpy(room, text, length + 1);
		return;
	}
	length = size - sizeof "…";
	while (length > 0 && (text[length] & 0xc0) == 0x80)
		length--;
	memcpy(room, text, length);
	memcpy(room + length, "…", sizeof "…");
}

void
change_say(struct change *change, const char *noun, const char *object,
	const char *format, ...)
{
	char *summary;
	va_list args;
	va_start(args, format);
	int length = vasprintf(&summary, format, args);
	va_end(args);
	if (length < 0)
		vs_abort("out of memory");
	fit(change->noun, sizeof change->noun, noun ? noun : "");
	fit(change->object, sizeof change->object, object ? object : "");
	fit(change->summary, sizeof change->summary, summary);
	free(summary);
}

static bool
write_history(struct change *change, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, change->db,
			SQL("INSERT INTO history (at, actor, command, noun, object, summary)"
			    " VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), ?)"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(change->db));
	stmt_bind(&q, change->command);
	stmt_bind_text(&q, change->noun);
	stmt_bind_text(&q, change->object);
	stmt_bind_text(&q, change->summary);
	return stmt_run(&q, err);
}

bool
change_commit(struct change *change, struct vs_error *err)
{
	if (!write_history(change, err) || !store_exec(change->db, SQL("COMMIT"), err))
		return false;
	change->db->in_change = false;
	change->db = NULL;
	return true;
}

void
change_done(struct change *change)
{
	if (!change->db)
		return;
	struct vs_error ignored = { 0 };
	/* After a full disk SQLite may have rolled back by itself: nothing more to do then. */
	if (!sqlite3_get_autocommit(change->db->handle))
		(void)!store_exec(change->db, SQL("ROLLBACK"), &ignored);
	change->db->in_change = false;
	change->db = NULL;
}

bool
snapshot_begin(struct snapshot *snapshot, struct vs_db *db, struct vs_error *err)
{
	if (!sqlite3_get_autocommit(db->handle))
		return true;
	if (!store_exec(db, SQL("BEGIN"), err))
		return false;
	snapshot->db = db;
	return true;
}

void
snapshot_done(struct snapshot *snapshot)
{
	struct vs_error ignored = { 0 };
	/* Nothing was written; ending it only lets writers in again. */
	if (snapshot->db)
		(void)!store_exec(snapshot->db, SQL("COMMIT"), &ignored);
	snapshot->db = NULL;
}
