/*
 * The store as the rooms above see it: statements, transactions, the history line.
 *
 * SQL is literal text only; SQL(variable) does not compile.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <valstuga/store.h>

#define SQL(literal) ("" literal "")

struct sqlite3_stmt;

/* A prepared statement: `VS_AUTO(stmt) q = { 0 };` */
struct stmt {
	struct sqlite3_stmt *handle;
	struct vs_db *db;
	int bound; /* how many ? have got a value since the last run */
};

bool stmt_open(struct stmt *q, struct vs_db *db, const char *sql,
	struct vs_error *err) VS_CHECKED;
void stmt_done(struct stmt *q);

/* Each binds the next ?. A NULL text binds NULL; the text must live until the run. */
void stmt_bind_int(struct stmt *q, int64_t value);
void stmt_bind_real(struct stmt *q, double value);
void stmt_bind_text(struct stmt *q, const char *value);
void stmt_bind_null(struct stmt *q);

#define stmt_bind(q, value) \
	_Generic((value), bool : stmt_bind_int, int : stmt_bind_int, int64_t : stmt_bind_int,  \
		size_t : stmt_bind_int, double : stmt_bind_real, char * : stmt_bind_text,      \
		const char * : stmt_bind_text)((q), (value))

/* Next row: true; false at the end or on failure (then err->code is set). After the end the
 * statement is ready for new values. */
bool stmt_row(struct stmt *q, struct vs_error *err) VS_CHECKED;

/* Runs a statement that returns no rows; then it is ready for new values. */
bool stmt_run(struct stmt *q, struct vs_error *err) VS_CHECKED;

/* Columns of the current row, from 0. Text is borrowed until the next row. */
int stmt_columns(const struct stmt *q);
const char *stmt_column_name(const struct stmt *q, int column);
bool stmt_null(const struct stmt *q, int column);
int64_t stmt_int(const struct stmt *q, int column);
double stmt_real(const struct stmt *q, int column);
const char *stmt_text(const struct stmt *q, int column); /* NULL for NULL */
const char *stmt_copy(const struct stmt *q, int column, struct vs_arena *arena);

/* What is stored there, whatever the column was declared as. */
enum stmt_type { STMT_NULL, STMT_INTEGER, STMT_REAL, STMT_TEXT };
enum stmt_type stmt_type(const struct stmt *q, int column);

/* Number of ? in the statement. */
int stmt_parameters(const struct stmt *q);

/* Row id of the last insert; rows changed by the last statement. */
int64_t db_last_id(const struct vs_db *db);
void db_set_last_id(struct vs_db *db, int64_t id);
int64_t db_changes(const struct vs_db *db);

/* The first column of the first row; *ret_value keeps its value when there is no row. */
bool db_int(struct vs_db *db, const char *sql, int64_t *ret_value,
	struct vs_error *err) VS_CHECKED;

const char *db_actor(const struct vs_db *db);

/*
 * A command: one transaction with one line in the history.
 *
 *	VS_AUTO(change) change = { 0 };
 *	if (!change_begin(&change, db, "order propose", err))
 *		return false;
 *	... write ...
 *	change_say(&change, "order", NULL, "%d orders", n);
 *	return change_commit(&change, err);
 *
 * Leaving scope without commit rolls everything back.
 */
struct change {
	struct vs_db *db;
	const char *command;
	char noun[32];
	char object[64];
	char summary[400];
};

bool change_begin(struct change *change, struct vs_db *db, const char *command,
	struct vs_error *err) VS_CHECKED;
void change_say(struct change *change, const char *noun, const char *object,
	const char *format, ...) VS_PRINTF(4, 5);
bool change_commit(struct change *change, struct vs_error *err) VS_CHECKED;
void change_done(struct change *change);

/*
 * A view that asks several questions sees one state of the file:
 *	VS_AUTO(snapshot) snapshot = { 0 };
 *	if (!snapshot_begin(&snapshot, db, err)) ...
 * Inside a command or another snapshot it does nothing: there is one already.
 */
struct snapshot {
	struct vs_db *db;
};
bool snapshot_begin(
	struct snapshot *snapshot, struct vs_db *db, struct vs_error *err) VS_CHECKED;
void snapshot_done(struct snapshot *snapshot);

#endif
