/* What the files about data protection share. */
#ifndef CAMPAIGN_PRIVACY_H
#define CAMPAIGN_PRIVACY_H

#include <valstuga/privacy.h>

#include "record/record.h"
#include "store/scrub.h"

/* Who is erased keeps a number; a row that must stay, for a list or a stock, says only it. */
#define PRIVACY_ERASED	     "raderad %lld"
#define PRIVACY_ERASED_UNTIL "2199-12-31"

/* The person's record by number, old number or name; refused for who is erased already. */
json_t *privacy_person(struct vs_db *db, const char *key, struct vs_error *err);

/* Enters those who go, and everything that everybody is called or reached by. */
bool privacy_words(struct vs_db *db, struct scrub *scrub, const int64_t *people,
	size_t count, struct vs_error *err) VS_CHECKED;

/* Why somebody cannot be erased now; one per person. */
struct privacy_stay {
	int64_t person;
	const char *reason; /* "drives delivery 12, which is not finished" */
	const char *todo;
};
struct privacy_stays {
	struct privacy_stay *all;
	size_t count;
};

/* Those of the people who stand on a list, drive or hold something. Uses gone(). */
bool privacy_stays(struct vs_db *db, struct vs_arena *arena, size_t most,
	struct privacy_stays *ret_stays, struct vs_error *err) VS_CHECKED;

/* How many rows a table had that refer to people, and what became of them. */
struct privacy_table {
	const struct scrub_reference *reference;
	int64_t all, theirs;
};

struct privacy_work {
	struct vs_arena *arena;
	const int64_t *people;
	size_t count;
	bool dry_run;
	/* What was done. */
	struct privacy_table *tables;
	size_t table_count;
	int64_t rows, texts;
	struct scrub_hits left;
	const char **copies; /* beside the file, removed */
	size_t copy_count;
};

/* Erases inside the caller's command. `scrub` is open and knows them. */
bool privacy_erase(struct vs_db *db, struct scrub *scrub, struct privacy_work *work,
	struct vs_error *err) VS_CHECKED;

/* What every answer about an erasing says: rows, texts, left, copies, backups. */
void privacy_tell(json_t *answer, const struct privacy_work *work);

/* Writes the file anew, and says in the answer ("rewritten", "problem") whether that was done:
 * what was erased is erased, whatever comes of it. */
void privacy_rewrite(struct vs_db *db, json_t *answer, bool dry_run);

/* Why somebody is in the file. */
extern const struct vs_choice privacy_categories[];

/* privacy_fields.c: rows of any table in words. */

/* The record type of a table's rows; NULL: they are no records. */
const struct vs_record_type *privacy_type(const char *table);

/* The type whose words a table's values are: of what became of a record that record's. */
const struct vs_record_type *privacy_worded(const char *table);
const char *privacy_title(struct vs_arena *arena, const char *table);
const char *privacy_label(
	struct vs_arena *arena, const struct vs_record_type *type, const char *column);
/* "shift" for "shift_id"; anything else as it is. */
const char *privacy_plain(struct vs_arena *arena, const char *column);
/* A value with moments and clock times as text; as people read it. */
json_t *privacy_value(struct vs_arena *arena, const struct vs_record_type *type,
	const struct stmt *q, int column);
const char *privacy_text(struct vs_arena *arena, const struct vs_record_type *type,
	const char *column, const json_t *value);
/* What the referred row is called; NULL: nothing. */
bool privacy_called(struct vs_db *db, struct vs_arena *arena,
	const struct scrub_link *link, const char *key, const char **ret_words,
	struct vs_error *err) VS_CHECKED;
/* From where, why, how long; and besides whose and what rights. */
const char *privacy_source(struct vs_arena *arena, const char *keep_until);
const char *privacy_legal(
	struct vs_arena *arena, const json_t *campaign, const char *keep_until);

/* A text without the person's own name, number and address, for the history. Arena. */
const char *privacy_clean(struct vs_arena *arena, const json_t *person, const char *text);

#endif
