/*
 * Statements: prepare, bind, step, read. A statement that gets the wrong number of values
 * is our own bug and ends the program.
 */
#include "store/internal.h"

#include <assert.h>
#include <string.h>

bool
stmt_open(struct stmt *q, struct vs_db *db, const char *sql, struct vs_error *err)
{
	assert(!q->handle);
	q->db = db;
	q->bound = 0;
	if (sqlite3_prepare_v2(db->handle, sql, -1, &q->handle, NULL) != SQLITE_OK)
		return store_fail(db, err);
	return true;
}

void
stmt_done(struct stmt *q)
{
	sqlite3_finalize(q->handle);
	q->handle = NULL;
}

void
stmt_bind_int(struct stmt *q, int64_t value)
{
	sqlite3_bind_int64(q->handle, ++q->bound, value);
}

void
stmt_bind_real(struct stmt *q, double value)
{
	sqlite3_bind_double(q->handle, ++q->bound, value);
}

void
stmt_bind_text(struct stmt *q, const char *value)
{
	if (value)
		sqlite3_bind_text(q->handle, ++q->bound, value, -1, SQLITE_STATIC);
	else
		stmt_bind_null(q);
}

void
stmt_bind_null(struct stmt *q)
{
	sqlite3_bind_null(q->handle, ++q->bound);
}

bool
stmt_row(struct stmt *q, struct vs_error *err)
{
	if (q->bound != sqlite3_bind_parameter_count(q->handle))
		vs_abort("%d values for: %s", q->bound, sqlite3_sql(q->handle));
	int result = sqlite3_step(q->handle);
	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		store_fail(q->db, err);
	sqlite3_reset(q->handle);
	q->bound = 0;
	return false;
}

bool
stmt_run(struct stmt *q, struct vs_error *err)
{
	if (stmt_row(q, err))
		vs_abort("rows from: %s", sqlite3_sql(q->handle));
	return err->code == VS_OK;
}

int
stmt_columns(const struct stmt *q)
{
	return sqlite3_column_count(q->handle);
}

const char *
stmt_column_name(const struct stmt *q, int column)
{
	return sqlite3_column_name(q->handle, column);
}

bool
stmt_null(const struct stmt *q, int column)
{
	return sqlite3_column_type(q->handle, column) == SQLITE_NULL;
}

int64_t
stmt_int(const struct stmt *q, int column)
{
	return sqlite3_column_int64(q->handle, column);
}

double
stmt_real(const struct stmt *q, int column)
{
	return sqlite3_column_double(q->handle, column);
}

const char *
stmt_text(const struct stmt *q, int column)
{
	return (const char *)sqlite3_column_text(q->handle, column);
}

const char *
stmt_copy(const struct stmt *q, int column, struct vs_arena *arena)
{
	return vs_arena_text(arena, stmt_text(q, column));
}

enum stmt_type
stmt_type(const struct stmt *q, int column)
{
	switch (sqlite3_column_type(q->handle, column)) {
	case SQLITE_INTEGER:
		return STMT_INTEGER;
	case SQLITE_FLOAT:
		return STMT_REAL;
	case SQLITE_TEXT:
		return STMT_TEXT;
	default:
		return STMT_NULL;
	}
}

int
stmt_parameters(const struct stmt *q)
{
	return sqlite3_bind_parameter_count(q->handle);
}

int64_t
db_last_id(const struct vs_db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

void
db_set_last_id(struct vs_db *db, int64_t id)
{
	sqlite3_set_last_insert_rowid(db->handle, id);
}

int64_t
db_changes(const struct vs_db *db)
{
	return sqlite3_changes64(db->handle);
}

bool
db_int(struct vs_db *db, const char *sql, int64_t *ret_value, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, sql, err))
		return false;
	if (stmt_row(&q, err))
		*ret_value = stmt_int(&q, 0);
	return err->code == VS_OK;
}
