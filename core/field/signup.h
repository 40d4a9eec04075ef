/* Sign-ups, for the files of this room that handle them. */
#ifndef FIELD_SIGNUP_H
#define FIELD_SIGNUP_H

#include "field/flyer.h"
#include "field/rules.h"

/* signup_inbox.c: who in the register it may be. */
struct signup_known {
	struct signup_one {
		int64_t id;
		const char *name, *folded, *phone, *email; /* "": none */
	} * all;
	size_t count;
};
bool signup_known(struct vs_db *db, struct vs_arena *arena,
	struct signup_known *ret_known, struct vs_error *err) VS_CHECKED;

/* { "person", "name", "why", "sure" }, the surest first; sure: the same name, and the same
 * phone or e-mail. New reference. */
json_t *signup_duplicates(const struct signup_known *known, const json_t *signup);

#endif
