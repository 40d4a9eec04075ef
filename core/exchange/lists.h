/* Candidate lists as the authority's file has them, gathered before they are compared. */
#ifndef EXCHANGE_LISTS_H
#define EXCHANGE_LISTS_H

#include "exchange/model.h"

/* One person on a list, or standing without one. */
struct entry {
	size_t line;
	int64_t order;
	const char *number; /* NULL: the authority gives none */
	const char *name, *ballot_text, *declaration, *consent, *gender, *home;
	int age, valid; /* -1: not known */
};

struct listing {
	const char *number, *kind, *designation, *authority_status;
	struct party *party;
	size_t line;
	bool has_locked, locked, disordered;
	int64_t pieces;
	struct pile constituencies, entries;
	struct names people; /* candidate number -> entry */
};

/* Compares one list with the campaign file's and takes over what may be taken over. */
void lists_take(struct import *run, struct listing *listing);

/* A person who consents to stand for a party without being on a list. */
void lists_take_open(struct import *run, const char *kind, const char *area,
	struct party *party, const struct entry *entry);

#endif
