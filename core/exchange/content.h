/* Content lines, as iCalendar and vCard have them: escaped texts, folded lines, CRLF. */
#ifndef EXCHANGE_CONTENT_H
#define EXCHANGE_CONTENT_H

#include <jansson.h>
#include <valstuga/base.h>

/* One line of a file that is being made; `what` ("event 17@x") is for messages. */
struct content {
	struct vs_arena *arena;
	struct vs_buffer *out;
	const char *what;
	struct vs_error *err;
};

/* Appends a formatted line, folded at 75 bytes, with CRLF. */
void content_line(const struct content *c, const char *format, ...) VS_PRINTF(2, 3);

/* Cleaned, then with backslashes before , ; \ and line breaks as \n. Arena. */
const char *content_escape(struct vs_arena *arena, const char *text);

/* The texts of an array, escaped, joined by `comma`. "" when there are none. Arena. */
const char *content_join(struct vs_arena *arena, const json_t *texts);

/* *ret_text is the member's text, NULL when there is none; fails on another type and on
 * what is no UTF-8. Borrowed. */
bool content_text(const struct content *c, const json_t *object, const char *name,
	const char **ret_text) VS_CHECKED;

/* "NAME:text" when the member has one. */
bool content_member(const struct content *c, const json_t *object, const char *member,
	const char *name) VS_CHECKED;

/* An array of texts, or nothing. */
bool content_array(const struct content *c, const json_t *object, const char *name,
	const json_t **ret_array) VS_CHECKED;

/* UTC seconds; *ret_given false when there are none. */
bool content_moment(const struct content *c, const json_t *object, const char *name,
	bool *ret_given, int64_t *ret_utc) VS_CHECKED;

/* "NAME:20260417T080000Z" when the member has a moment. */
bool content_moment_member(const struct content *c, const json_t *object,
	const char *member, const char *name) VS_CHECKED;

/* "20260417T080000Z". Arena. */
const char *content_utc(struct vs_arena *arena, int64_t utc);

/* A member that must be printable ASCII without blanks (uid, url), as content_text(). */
bool content_ascii(const struct content *c, const json_t *object, const char *name,
	const char **ret_text) VS_CHECKED;

#endif
