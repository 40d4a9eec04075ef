/* What the files of the scrubber share. */
#ifndef STORE_SCRUB_PARTS_H
#define STORE_SCRUB_PARTS_H

#include "store/internal.h"
#include "store/scrub.h"

/* A text to look for, or the beginning of one. */
struct scrub_entry {
	const char *key; /* NULL: a free slot */
	int64_t person;	 /* who goes, 0: nobody */
	bool stays;	 /* somebody who stays has it, too */
	bool likely;
	bool one_word; /* a name that is a single word: only where it stands alone */
};

struct scrub {
	struct vs_arena *arena;
	struct scrub_entry *slots;
	size_t count, room; /* room: a power of two */
	bool kinds[SCRUB_LIKELY + 1];
	const char *word; /* that stands for them, before the number */
	struct vs_db *db; /* while it is open */
	/* What is being read, and where what it holds is told. */
	const char *table, *column;
	struct vs_arena *told_in;
	bool in_copy; /* another file, whose numbers may be other people's */
	struct scrub_hits *theirs, *doubts; /* NULL: not told */
};

#endif
