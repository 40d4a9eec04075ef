/*
 * Bump allocation in blocks. Under AddressSanitizer every allocation is its own malloc, so
 * that overruns and stale pointers are caught.
 */
#include <valstuga/base.h>

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#	define ONE_MALLOC_EACH 1
#elif defined(__has_feature)
#	if __has_feature(address_sanitizer)
#		define ONE_MALLOC_EACH 1
#	endif
#endif
#ifndef ONE_MALLOC_EACH
#	define ONE_MALLOC_EACH 0
#endif

#define BLOCK_SIZE (64 * 1024)

struct block {
	struct block *next;
	size_t used;
	size_t size;
	alignas(max_align_t) char bytes[];
};

struct vs_arena {
	struct block *blocks; /* the newest first; only it has room */
};

static struct block *
block_new(size_t size)
{
	struct block *block = calloc(1, sizeof *block + size);
	if (!block)
		vs_abort("out of memory (%zu bytes)", size);
	block->size = size;
	return block;
}

struct vs_arena *
vs_arena_new(void)
{
	struct vs_arena *arena = calloc(1, sizeof *arena);
	if (!arena)
		vs_abort("out of memory");
	return arena;
}

void
vs_arena_free(struct vs_arena *arena)
{
	if (!arena)
		return;
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

void *
vs_arena_alloc(struct vs_arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		vs_abort("allocation of %zu bytes", size);
	size_t need = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	struct block *block = arena->blocks;
	if (ONE_MALLOC_EACH || !block || block->size - block->used < need) {
		size_t room =
			ONE_MALLOC_EACH || need > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;
		struct block *fresh = block_new(room);
		if (room != BLOCK_SIZE && block && !ONE_MALLOC_EACH) {
			/* A large piece must not hide the room left in the current block. */
			fresh->next = block->next;
			block->next = fresh;
			fresh->used = room;
			return fresh->bytes;
		}
		fresh->next = block;
		arena->blocks = block = fresh;
	}
	void *bytes = block->bytes + block->used;
	block->used = need < block->size - block->used ? block->used + need : block->size;
	return bytes;
}

char *
vs_arena_copy(struct vs_arena *arena, const char *text, size_t length)
{
	char *copy = vs_arena_alloc(arena, length + 1);
	memcpy(copy, text, length);
	return copy;
}

char *
vs_arena_text(struct vs_arena *arena, const char *text)
{
	return text ? vs_arena_copy(arena, text, strlen(text)) : NULL;
}

char *
vs_arena_printf(struct vs_arena *arena, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		vs_abort("bad format '%s'", format);
	char *text = vs_arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

struct vs_scratch
vs_scratch_new(void)
{
	return (struct vs_scratch){ .arena = vs_arena_new() };
}

void
vs_scratch_done(struct vs_scratch *scratch)
{
	vs_arena_free(scratch->arena);
	scratch->arena = NULL;
}

void *
vs_arena_grow(struct vs_arena *arena, void *items, size_t count, size_t size)
{
	if (count & (count - 1))
		return items; /* grown at powers of two */
	void *more = vs_arena_alloc(arena, (count ? 2 * count : 1) * size);
	if (count)
		memcpy(more, items, count * size);
	return more;
}
