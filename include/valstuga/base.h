/*
 * What every other header stands on: errors, arenas, byte buffers, files.
 *
 * Errors. A function that can fail returns bool (or a pointer, NULL = failed) and takes
 * a `struct vs_error *err` last, never NULL. The caller owns it and starts it as `{ 0 }`.
 * The first error wins: later failures on the same object do not overwrite it. The text is
 * one line in the user's language, names the thing, says what to do, and has no full stop.
 * Out of memory and our own bugs abort the program with a message.
 *
 * Ownership. Comments use three words: "caller owns" (free it with the named function),
 * "arena" (lives as long as the arena that was passed in), "borrowed until ..." .
 */
#ifndef VALSTUGA_BASE_H
#define VALSTUGA_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VS_API		       __attribute__((visibility("default")))
#define VS_CHECKED	       __attribute__((warn_unused_result))
#define VS_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* Runs `type##_done(&variable)` when the variable leaves its scope; always initialise. */
#define VS_AUTO(type) __attribute__((cleanup(type##_done))) struct type

/* What kind of refusal it is; the text says which. */
enum vs_code {
	VS_OK = 0,
	VS_INVALID,   /* a value or a file breaks a rule */
	VS_NOT_FOUND, /* the named thing does not exist */
	VS_EXISTS,    /* it exists already */
	VS_REFUSED,   /* right form, but the state does not allow it */
	VS_CONFLICT,  /* what it was planned from has changed since */
	VS_BUSY,      /* another program holds the campaign file */
	VS_IO,	      /* disk, permission, missing file */
	VS_CORRUPT,   /* the file is damaged or is no campaign file */
	VS_TOO_NEW,   /* made by a newer version of the program */
	VS_USAGE,     /* wrong words on the command line */
};

struct vs_error {
	enum vs_code code;
	char text[640];
};

/* Sets code and text unless an error is set already. Always returns false. */
VS_API bool vs_fail(struct vs_error *err, enum vs_code code, const char *format, ...)
	VS_PRINTF(3, 4);

/* Ends the program: our own bug or no memory. */
VS_API _Noreturn void vs_abort(const char *format, ...) VS_PRINTF(1, 2);

/*
 * Arena: memory that is freed all at once. Never returns NULL; allocations are zeroed and
 * aligned for any type.
 */
struct vs_arena;
VS_API struct vs_arena *vs_arena_new(void);
VS_API void vs_arena_free(struct vs_arena *arena); /* NULL is allowed */
VS_API void *vs_arena_alloc(struct vs_arena *arena, size_t size);
/* An array that grows: room for one more behind `count` items of `size` bytes. */
VS_API void *vs_arena_grow(
	struct vs_arena *arena, void *items, size_t count, size_t size);
VS_API char *vs_arena_copy(struct vs_arena *arena, const char *text, size_t length);
VS_API char *vs_arena_text(
	struct vs_arena *arena, const char *text); /* NULL stays NULL */
VS_API char *vs_arena_printf(struct vs_arena *arena, const char *format, ...)
	VS_PRINTF(2, 3);

/* The same for a local variable: `VS_AUTO(vs_scratch) scratch = vs_scratch_new();` */
struct vs_scratch {
	struct vs_arena *arena;
};
VS_API struct vs_scratch vs_scratch_new(void);
VS_API void vs_scratch_done(struct vs_scratch *scratch);

/* A growing run of bytes, always followed by a NUL that `length` does not count. */
struct vs_buffer {
	char *data; /* NULL while empty */
	size_t length;
	size_t capacity;
};
VS_API void vs_buffer_append(struct vs_buffer *buffer, const void *bytes, size_t length);
VS_API void vs_buffer_text(struct vs_buffer *buffer, const char *text);
VS_API void vs_buffer_printf(struct vs_buffer *buffer, const char *format, ...)
	VS_PRINTF(2, 3);
VS_API void vs_buffer_done(struct vs_buffer *buffer); /* frees and empties */

/* No file that the program reads is larger than this, bytes. */
#define VS_FILE_MAX (512u * 1024 * 1024)

/*
 * Reads a whole file. A directory, a device, an unreadable or a too large file fails with a
 * message that names it. *ret_bytes is NUL-terminated; arena.
 */
VS_API VS_CHECKED bool vs_file_read(struct vs_arena *arena, const char *path,
	char **ret_bytes, size_t *ret_length, struct vs_error *err);

/*
 * Writes a whole file so that either the old or the new content stands at `path`, whatever
 * happens: a temporary file beside it, fsync, rename, fsync of the directory. A full disk
 * fails and leaves the old file. Mode 0600.
 */
VS_API VS_CHECKED bool vs_file_write(
	const char *path, const void *bytes, size_t length, struct vs_error *err);

/* Makes a rename or removal in the folder of `path` survive a power cut. */
VS_API VS_CHECKED bool vs_file_sync_directory(const char *path, struct vs_error *err);

/*
 * Bytes that nobody can guess, from the system. For demonstrations and tests
 * $VALSTUGA_RANDOM, any text, makes them repeatable: the same text and the same `draw` give
 * the same bytes, so two drawings of one kind must have different ones. Nothing else looks
 * at `draw`.
 */
VS_API VS_CHECKED bool vs_random_bytes(
	uint64_t draw, void *bytes, size_t length, struct vs_error *err);

/*
 * The colour of text on a colour such as "#B3001B": "#FFFFFF" or "#000000", whichever has
 * the greater contrast as WCAG 2 counts it. NULL when it is not a colour.
 */
VS_API const char *vs_colour_ink(const char *colour);

#endif
