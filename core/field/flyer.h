/* What the files of flyers and sign-ups share. */
#ifndef FIELD_FLYER_H
#define FIELD_FLYER_H

#include "field/field.h"

/* flyer_code.c */

#define FLYER_CODE_SIZE 12 /* 10 characters, the check character and a NUL */

/* What was typed or scanned (also a whole address or text message with the code last) as it
 * is stored. VS_INVALID says what is wrong with it. */
bool flyer_code_read(
	const char *text, char code[FLYER_CODE_SIZE], struct vs_error *err) VS_CHECKED;

/* As printed: "7K3M-9QX2-RT4". Arena. */
const char *flyer_code_text(struct vs_arena *arena, const char *code);

/* One that no batch has, inside the caller's command. */
bool flyer_code_new(
	struct vs_db *db, char code[FLYER_CODE_SIZE], struct vs_error *err) VS_CHECKED;

/* The batch of a code, in whatever state; VS_NOT_FOUND. */
bool flyer_code_find(struct vs_db *db, const char *text, int64_t *ret_id,
	struct vs_error *err) VS_CHECKED;

/* flyer_batch.c: a batch with all that can be said of it. */
struct flyer_batch {
	int64_t id, shift, activity, association; /* 0: none */
	const char *code;			  /* as stored */
	const char *text_name, *headline, *body, *call;
	const char *expires_on, *off_reason;	/* or NULL */
	const char *title, *mode, *link;	/* of the activity */
	const char *place_name, *street, *town; /* of the activity */
	const char *kommun, *kommun_name;	/* code; name, or several names */
	const char *association_name;		/* whose: its own, or the kommun's */
	int64_t starts_at, ends_at;		/* of the shift or activity; 0: none */
	bool cancelled;
};

/* Which; 0 or NULL: all. An id finds a batch in any state, else those that are on. */
struct flyer_choice {
	int64_t id, text, activity, association;
	const char *kommun;
	const char *from, *until; /* days */
};
bool flyer_batches(struct vs_db *db, struct vs_arena *arena,
	const struct flyer_choice *choice, struct flyer_batch **ret_batches,
	size_t *ret_count, struct vs_error *err) VS_CHECKED;

/* "Kom till torget, lör 22 aug kl. 10–14", "Arvika", "Vänsterpartiet Kil"; "" for the whole
 * district. Arena. */
const char *flyer_target(struct vs_arena *arena, const struct flyer_batch *batch);

/* VS_REFUSED when it is off, its activity cancelled or its last day past. */
bool flyer_is_on(const struct flyer_batch *batch, struct vs_error *err) VS_CHECKED;

/* flyer_text.c: what the texts may say, and saying it. */

/* What templates are rendered over; `campaign` is its record. New reference. */
json_t *flyer_words(struct vs_db *db, struct vs_arena *arena,
	const struct flyer_batch *batch, const json_t *campaign,
	struct vs_error *err) VS_CHECKED;

/* A template of the batch's text over the words; refused when it asks for what they lack.
 * Arena. */
bool flyer_say(struct vs_arena *arena, const struct flyer_batch *batch,
	const char *template, const json_t *words, const char **ret_text,
	struct vs_error *err) VS_CHECKED;

/* All of a batch's templates can be said. */
bool flyer_can_say(struct vs_db *db, struct vs_arena *arena,
	const struct flyer_batch *batch, struct vs_error *err) VS_CHECKED;

/* flyer_way.c: how people answer. */
struct flyer_way {
	const char *qr, *address; /* what the code holds; the same to be read. "": none */
	bool slip;		  /* a slip is the only way */
};
bool flyer_way(struct vs_arena *arena, const json_t *campaign, const char *code,
	bool slip, struct flyer_way *ret_way, struct vs_error *err) VS_CHECKED;

/* The campaign's telephone for people, as Swedes write it, else its e-mail; "". Arena. */
const char *flyer_contact(struct vs_arena *arena, const json_t *campaign);

/* flyer.c: a batch inside the caller's command. */
bool flyer_insert(struct vs_db *db, struct vs_arena *arena, const json_t *values,
	struct flyer_batch *ret_batch, struct vs_error *err) VS_CHECKED;

#endif
