/*
 * What the file says of some people, wherever it says it: found, told or replaced.
 *
 * The tables, their columns and what refers to a person are read from the schema, so that a
 * new table cannot be forgotten. This is the one place that makes SQL text, and only of the
 * schema's own names, quoted.
 *
 *	struct scrub *scrub = scrub_new();
 *	scrub_gone(scrub, 7);
 *	scrub_add(scrub, SCRUB_NAME, "Kim Ek", 7);
 *	if (scrub_open(scrub, db, err) && scrub_replace(scrub, ...)) ...
 *	scrub_free(scrub);
 *
 * Names are found whatever their case and normal form, with a genitive's s and as "Ek, Kim";
 * phone numbers in every spelling; e-mail addresses whatever their case. A name, number or
 * address that also belongs to somebody who stays (person 0) is left and told.
 */
#ifndef STORE_SCRUB_H
#define STORE_SCRUB_H

#include "store/store.h"

struct scrub;

enum scrub_kind {
	SCRUB_NAME,
	SCRUB_PHONE,
	SCRUB_EMAIL,
	SCRUB_LIKELY /* a name that may be theirs: told, never replaced */
};

struct scrub *scrub_new(void);
void scrub_free(struct scrub *scrub); /* NULL is allowed */

/* What stands for them, before their number, instead of "raderad"; a literal. */
void scrub_word(struct scrub *scrub, const char *word);

/* A person who goes. */
void scrub_gone(struct scrub *scrub, int64_t person);
bool scrub_is_gone(const struct scrub *scrub, int64_t person);

/* What a person is called or reached by; person 0: somebody who stays. */
void scrub_add(
	struct scrub *scrub, enum scrub_kind kind, const char *value, int64_t person);

/* What a text becomes. */
struct scrub_text {
	const char *text; /* NULL: nothing of theirs in it. Arena. */
	bool whole;	  /* it was nothing but a phone number or an address */
	bool doubt;	  /* it holds what may be somebody else's, and is left */
};
struct scrub_text scrub_apply(
	const struct scrub *scrub, struct vs_arena *arena, const char *text);

/* A value that speaks of them. */
struct scrub_hit {
	const char *table, *row, *column, *text; /* row: its key */
};
struct scrub_hits {
	struct scrub_hit *all;
	size_t count;
};

/*
 * Lets SQL on this connection ask gone(person_id) until scrub_free(). One at a time.
 */
bool scrub_open(struct scrub *scrub, struct vs_db *db, struct vs_error *err) VS_CHECKED;

/*
 * Every text of the file that speaks of them. Names and numbers in the rows of somebody who
 * stays, and names of places, are that somebody's and the place's.
 */
bool scrub_search(struct scrub *scrub, struct vs_arena *arena,
	struct scrub_hits *ret_hits, struct vs_error *err) VS_CHECKED;

/* Replaces it by "raderad N", a whole phone number or address by nothing where the column
 * allows; in the caller's command. *ret_left: what may be somebody else's. */
bool scrub_replace(struct scrub *scrub, struct vs_arena *arena, int64_t *ret_texts,
	struct scrub_hits *ret_left, struct vs_error *err) VS_CHECKED;

/* A column that refers to people, or to what is theirs. */
struct scrub_reference {
	const char *table, *column;
	const char *refers;   /* table */
	bool cascade, needed; /* goes with its person; may not be NULL */
};

/* What refers to `table`, by table and column; arena. */
bool scrub_references(struct vs_db *db, struct vs_arena *arena, const char *table,
	struct scrub_reference **ret_references, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* Rows that refer to those who go: how many there are in all and of theirs; removed; made to
 * refer to nobody. *ret_rows: theirs. */
bool scrub_count(struct scrub *scrub, const struct scrub_reference *reference,
	int64_t *ret_all, int64_t *ret_rows, struct vs_error *err) VS_CHECKED;
bool scrub_remove(struct scrub *scrub, const struct scrub_reference *reference,
	struct vs_error *err) VS_CHECKED;
bool scrub_detach(struct scrub *scrub, const struct scrub_reference *reference,
	struct vs_error *err) VS_CHECKED;

/* The people who go to whom the reference still refers; theirs must be a row that says
 * nothing. *ret_people: arena. */
bool scrub_held(struct scrub *scrub, const struct scrub_reference *reference,
	struct vs_arena *arena, int64_t **ret_people, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* What a table's columns refer to; arena. */
struct scrub_link {
	const char *column, *refers, *to;
};
bool scrub_links(struct vs_db *db, struct vs_arena *arena, const char *table,
	struct scrub_link **ret_links, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* Opens "all columns of the table where column = ?", by key. */
bool scrub_rows(struct stmt *q, struct vs_db *db, const char *table, const char *column,
	struct vs_error *err) VS_CHECKED;

/* What a referred row is called: its name or title; NULL when it has none. Arena. */
bool scrub_called(struct vs_db *db, struct vs_arena *arena, const char *table,
	const char *column, const char *key, const char **ret_name,
	struct vs_error *err) VS_CHECKED;

/* The program's own copies beside the file (before a migration, before a restore) that hold
 * what is to go; `remove` removes them. Arena. */
bool scrub_copies(struct scrub *scrub, struct vs_arena *arena, bool remove,
	const char ***ret_paths, size_t *ret_count, struct vs_error *err) VS_CHECKED;

/* The history must not say again who it was: the actor's name is replaced, too. */
void scrub_actor(struct scrub *scrub);

/*
 * A file from which somebody was erased is written anew, so that no page holds what was.
 * scrub_due() in the command, db_rewrite() after it; until that is done *ret_since is when.
 */
bool scrub_due(struct vs_db *db, struct vs_error *err) VS_CHECKED;
bool db_rewrite_since(
	struct vs_db *db, int64_t *ret_since, struct vs_error *err) VS_CHECKED;
bool db_rewrite(struct vs_db *db, struct vs_error *err) VS_CHECKED;

#endif
