/* A text file that was built into the program (see tools/build/embed.c). */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

struct embedded {
	const char *name; /* base name without its ending; NULL ends a table */
	const char *text;
};

#endif
