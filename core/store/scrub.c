/*
 * Every text of every table: searched and replaced. SQL is made here from the names that the
 * schema itself tells, quoted by SQLite; nothing else of it varies.
 */
#include "store/scrub_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SQL asks back ------------------------------------------------------------------------------*/

static void
add_hit(const struct scrub *scrub, struct scrub_hits *hits, const char *row,
	const char *text)
{
	hits->all =
		vs_arena_grow(scrub->told_in, hits->all, hits->count, sizeof *hits->all);
	hits->all[hits->count++] = (struct scrub_hit){
		.table = scrub->table,
		.row = vs_arena_text(scrub->told_in, row ? row : ""),
		.column = scrub->column,
		.text = vs_arena_text(scrub->told_in, text),
	};
}

/* gone(person) */
static void
ask_gone(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	const struct scrub *scrub = sqlite3_user_data(context);
	sqlite3_result_int(context,
		sqlite3_value_type(values[0]) == SQLITE_INTEGER &&
			scrub_is_gone(scrub, sqlite3_value_int64(values[0])));
}

/* scrub_says(text, row): whether it is to be replaced; on the way it is told. */
static void
ask_says(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	const struct scrub *scrub = sqlite3_user_data(context);
	const char *text = (const char *)sqlite3_value_text(values[0]);
	const char *row = (const char *)sqlite3_value_text(values[1]);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct scrub_text found =
		text ? scrub_apply(scrub, scratch.arena, text) : (struct scrub_text){ 0 };
	if (found.text && scrub->theirs)
		add_hit(scrub, scrub->theirs, row, text);
	if (found.doubt && scrub->doubts)
		add_hit(scrub, scrub->doubts, row, text);
	sqlite3_result_int(context, found.text != NULL);
}

/* scrub_said(text, whether it may become NULL) */
static void
ask_said(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	const struct scrub *scrub = sqlite3_user_data(context);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct scrub_text found = scrub_apply(
		scrub, scratch.arena, (const char *)sqlite3_value_text(values[0]));
	if (found.text && found.whole && sqlite3_value_int(values[1]))
		sqlite3_result_null(context);
	else
		sqlite3_result_text(context, found.text, -1, SQLITE_TRANSIENT);
}

static const struct {
	const char *name;
	int arguments;
	void (*function)(sqlite3_context *, int, sqlite3_value **);
} functions[] = {
	{ "gone", 1, ask_gone },
	{ "scrub_says", 2, ask_says },
	{ "scrub_said", 2, ask_said },
};

#define FUNCTIONS (sizeof functions / sizeof *functions)

bool
scrub_open(struct scrub *scrub, struct vs_db *db, struct vs_error *err)
{
	scrub->db = db;
	for (size_t i = 0; i < FUNCTIONS; i++)
		if (sqlite3_create_function(db->handle, functions[i].name,
			    functions[i].arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY,
			    scrub, functions[i].function, NULL, NULL) != SQLITE_OK)
			return store_fail(db, err);
	return true;
}

static void
detach_functions(struct scrub *scrub)
{
	for (size_t i = 0; scrub->db && i < FUNCTIONS; i++)
		sqlite3_create_function(scrub->db->handle, functions[i].name,
			functions[i].arguments, SQLITE_UTF8, NULL, NULL, NULL, NULL);
	scrub->db = NULL;
}

void
scrub_free(struct scrub *scrub)
{
	if (!scrub)
		return;
	detach_functions(scrub);
	free(scrub->slots);
	vs_arena_free(scrub->arena);
	free(scrub);
}

/* The schema ---------------------------------------------------------------------------------*/

struct text_column {
	const char *table, *column;
	const char *row;    /* an expression for the row's key */
	const char *person; /* column that says whose row it is, or NULL */
	bool nullable;
	bool code; /* a key, or the key of another row */
};

static bool
run_made(struct stmt *q, struct vs_db *db, char *sql, struct vs_error *err)
{
	if (!sql)
		vs_abort("out of memory");
	bool ok = stmt_open(q, db, sql, err);
	sqlite3_free(sql);
	return ok;
}

/* Every column of text; the key as SQL that makes one text of it. */
static const char *const columns_sql = SQL(
	"SELECT t.name, c.name, NOT c.\"notnull\" AND NOT c.pk,"
	" c.pk > 0 OR EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.name) f"
	"  WHERE f.\"from\" = c.name),"
	" coalesce((SELECT group_concat('\"' || replace(k.name, '\"', '\"\"') || '\"',"
	"  ' || '','' || ') FROM pragma_table_info(t.name) k WHERE k.pk > 0), 'rowid'),"
	" CASE WHEN t.name = 'person' THEN 'id' ELSE (SELECT f.\"from\""
	"  FROM pragma_foreign_key_list(t.name) f WHERE f.\"table\" = 'person'"
	"  ORDER BY f.\"from\" <> 'person_id', f.id DESC LIMIT 1) END"
	" FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
	" WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%'"
	" ESCAPE '\\' AND upper(c.type) = 'TEXT' ORDER BY t.name, c.cid");

static bool
read_columns(struct vs_db *db, struct vs_arena *arena, struct text_column **ret_columns,
	size_t *ret_count, struct vs_error *err)
{
	size_t count = 0;
	struct text_column *columns = NULL;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, columns_sql, err))
		return false;
	while (stmt_row(&q, err)) {
		columns = vs_arena_grow(arena, columns, count, sizeof *columns);
		columns[count++] = (struct text_column){
			.table = stmt_copy(&q, 0, arena),
			.column = stmt_copy(&q, 1, arena),
			.nullable = stmt_int(&q, 2),
			.code = stmt_int(&q, 3),
			.row = stmt_copy(&q, 4, arena),
			.person = stmt_copy(&q, 5, arena),
		};
	}
	*ret_columns = columns;
	*ret_count = count;
	return err->code == VS_OK;
}

static bool
is_one_of(const char *text, const char *const *texts)
{
	for (; *texts; texts++)
		if (strcmp(*texts, text) == 0)
			return true;
	return false;
}

/* In a row of somebody's, these are that somebody's own. */
static bool
is_own(const struct text_column *c)
{
	static const char *const own[] = { "name", "called", "phone", "email", NULL };
	return c->person && is_one_of(c->column, own);
}

/* What only places are called: Selma Lagerlöfs gata is no person. */
static bool
is_told_only(const struct text_column *c)
{
	static const char *const places[] = { "place.name", "place.street", "place.town",
		"district.name", "constituency.name", "kommun.name", "region.name",
		"party.name", "canvass.area", "canvass_street.street", NULL };
	char name[160];
	snprintf(name, sizeof name, "%s.%s", c->table, c->column);
	return c->code || is_one_of(name, places);
}

/* Told in `theirs` and `doubts` of the scrub. */
static bool
search_column(struct scrub *scrub, const struct text_column *c, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *person = is_own(c) && !scrub->in_copy ? c->person : NULL;
	char *sql = person
		? sqlite3_mprintf("SELECT count(*) FROM \"%w\" WHERE \"%w\" IS NOT NULL"
				  " AND (\"%w\" IS NULL OR gone(\"%w\"))"
				  " AND scrub_says(\"%w\", %s)",
			  c->table, c->column, person, person, c->column, c->row)
		: sqlite3_mprintf("SELECT count(*) FROM \"%w\" WHERE \"%w\" IS NOT NULL"
				  " AND scrub_says(\"%w\", %s)",
			  c->table, c->column, c->column, c->row);
	return run_made(&q, scrub->db, sql, err) && stmt_row(&q, err);
}

static bool
replace_column(struct scrub *scrub, const struct text_column *c, int64_t *texts,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *person = is_own(c) ? c->person : NULL;
	char *sql = person
		? sqlite3_mprintf("UPDATE \"%w\" SET \"%w\" = scrub_said(\"%w\", %d)"
				  " WHERE \"%w\" IS NOT NULL"
				  " AND (\"%w\" IS NULL OR gone(\"%w\"))"
				  " AND scrub_says(\"%w\", %s)",
			  c->table, c->column, c->column, c->nullable, c->column, person,
			  person, c->column, c->row)
		: sqlite3_mprintf("UPDATE \"%w\" SET \"%w\" = scrub_said(\"%w\", %d)"
				  " WHERE \"%w\" IS NOT NULL AND scrub_says(\"%w\", %s)",
			  c->table, c->column, c->column, c->nullable, c->column,
			  c->column, c->row);
	if (!run_made(&q, scrub->db, sql, err) || !stmt_run(&q, err))
		return false;
	*texts += db_changes(scrub->db);
	return true;
}

bool
scrub_search(struct scrub *scrub, struct vs_arena *arena, struct scrub_hits *ret_hits,
	struct vs_error *err)
{
	struct text_column *columns;
	size_t count;
	if (!read_columns(scrub->db, arena, &columns, &count, err))
		return false;
	*ret_hits = (struct scrub_hits){ 0 };
	scrub->told_in = arena;
	scrub->theirs = ret_hits;
	scrub->doubts = scrub->in_copy ? ret_hits : NULL;
	bool ok = true;
	for (size_t i = 0; i < count && ok; i++) {
		scrub->table = columns[i].table;
		scrub->column = columns[i].column;
		ok = search_column(scrub, &columns[i], err);
	}
	scrub->theirs = scrub->doubts = NULL;
	return ok;
}

bool
scrub_replace(struct scrub *scrub, struct vs_arena *arena, int64_t *ret_texts,
	struct scrub_hits *ret_left, struct vs_error *err)
{
	struct text_column *columns;
	size_t count;
	if (!read_columns(scrub->db, arena, &columns, &count, err))
		return false;
	*ret_texts = 0;
	*ret_left = (struct scrub_hits){ 0 };
	scrub->told_in = arena;
	scrub->doubts = ret_left;
	bool ok = true;
	for (size_t i = 0; i < count && ok; i++) {
		bool told_only = is_told_only(&columns[i]);
		scrub->table = columns[i].table;
		scrub->column = columns[i].column;
		scrub->theirs = told_only ? ret_left : NULL;
		ok = told_only ? search_column(scrub, &columns[i], err)
			       : replace_column(scrub, &columns[i], ret_texts, err);
	}
	scrub->theirs = scrub->doubts = NULL;
	return ok;
}

/* References ---------------------------------------------------------------------------------*/

bool
scrub_references(struct vs_db *db, struct vs_arena *arena, const char *table,
	struct scrub_reference **ret_references, size_t *ret_count, struct vs_error *err)
{
	size_t count = 0;
	struct scrub_reference *all = NULL;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT t.name, f.\"from\", f.on_delete = 'CASCADE', c.\"notnull\" OR c.pk"
			" FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f"
			" JOIN pragma_table_info(t.name) c ON c.name = f.\"from\""
			" WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" = ?"
			" ORDER BY t.name, c.cid"),
		    err))
		return false;
	stmt_bind(&q, table);
	while (stmt_row(&q, err)) {
		all = vs_arena_grow(arena, all, count, sizeof *all);
		all[count++] = (struct scrub_reference){ stmt_copy(&q, 0, arena),
			stmt_copy(&q, 1, arena), table, stmt_int(&q, 2),
			stmt_int(&q, 3) };
	}
	*ret_references = all;
	*ret_count = count;
	return err->code == VS_OK;
}

bool
scrub_links(struct vs_db *db, struct vs_arena *arena, const char *table,
	struct scrub_link **ret_links, size_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_links = NULL;
	*ret_count = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?)"),
		    err))
		return false;
	stmt_bind(&q, table);
	while (stmt_row(&q, err)) {
		*ret_links =
			vs_arena_grow(arena, *ret_links, *ret_count, sizeof **ret_links);
		(*ret_links)[(*ret_count)++] =
			(struct scrub_link){ stmt_copy(&q, 0, arena),
				stmt_copy(&q, 1, arena), stmt_copy(&q, 2, arena) };
	}
	return err->code == VS_OK;
}

bool
scrub_count(struct scrub *scrub, const struct scrub_reference *reference,
	int64_t *ret_all, int64_t *ret_rows, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char *sql = sqlite3_mprintf(
		"SELECT count(*), coalesce(sum(gone(\"%w\")), 0) FROM \"%w\""
		" WHERE \"%w\" IS NOT NULL",
		reference->column, reference->table, reference->column);
	if (!run_made(&q, scrub->db, sql, err) || !stmt_row(&q, err))
		return false;
	*ret_all = stmt_int(&q, 0);
	*ret_rows = stmt_int(&q, 1);
	return true;
}

bool
scrub_remove(struct scrub *scrub, const struct scrub_reference *reference,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char *sql = sqlite3_mprintf("DELETE FROM \"%w\" WHERE gone(\"%w\")",
		reference->table, reference->column);
	return run_made(&q, scrub->db, sql, err) && stmt_run(&q, err);
}

bool
scrub_detach(struct scrub *scrub, const struct scrub_reference *reference,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char *sql = sqlite3_mprintf("UPDATE \"%w\" SET \"%w\" = NULL WHERE gone(\"%w\")",
		reference->table, reference->column, reference->column);
	return run_made(&q, scrub->db, sql, err) && stmt_run(&q, err);
}

bool
scrub_held(struct scrub *scrub, const struct scrub_reference *reference,
	struct vs_arena *arena, int64_t **ret_people, size_t *ret_count,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char *sql =
		sqlite3_mprintf("SELECT DISTINCT \"%w\" FROM \"%w\" WHERE gone(\"%w\")",
			reference->column, reference->table, reference->column);
	*ret_people = NULL;
	*ret_count = 0;
	if (!run_made(&q, scrub->db, sql, err))
		return false;
	while (stmt_row(&q, err)) {
		*ret_people = vs_arena_grow(
			arena, *ret_people, *ret_count, sizeof **ret_people);
		(*ret_people)[(*ret_count)++] = stmt_int(&q, 0);
	}
	return err->code == VS_OK;
}

bool
scrub_rows(struct stmt *q, struct vs_db *db, const char *table, const char *column,
	struct vs_error *err)
{
	return run_made(q, db,
		sqlite3_mprintf("SELECT * FROM \"%w\" WHERE \"%w\" = ? ORDER BY 1", table,
			column),
		err);
}

bool
scrub_called(struct vs_db *db, struct vs_arena *arena, const char *table,
	const char *column, const char *key, const char **ret_name, struct vs_error *err)
{
	char name[16] = "";
	VS_AUTO(stmt) known = { 0 };
	VS_AUTO(stmt) q = { 0 };
	*ret_name = NULL;
	if (!stmt_open(&known, db,
		    SQL("SELECT name FROM pragma_table_info(?) WHERE name IN ('name', 'title')"),
		    err))
		return false;
	stmt_bind(&known, table);
	if (stmt_row(&known, err))
		snprintf(name, sizeof name, "%s", stmt_text(&known, 0));
	if (err->code != VS_OK || !*name)
		return err->code == VS_OK;
	if (!run_made(&q, db,
		    sqlite3_mprintf("SELECT \"%w\" FROM \"%w\" WHERE \"%w\" = ?", name,
			    table, column),
		    err))
		return false;
	stmt_bind(&q, key);
	if (stmt_row(&q, err))
		*ret_name = stmt_copy(&q, 0, arena);
	return err->code == VS_OK;
}

void
scrub_actor(struct scrub *scrub)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct scrub_text found = scrub_apply(scrub, scratch.arena, scrub->db->actor);
	if (!found.text)
		return;
	free(scrub->db->actor);
	scrub->db->actor = strdup(found.text);
}
