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

/* The rows of a file of candidates while they become lists. */
struct gathering {
	struct rows *rows;
	struct names lists, areas;
	struct pile all;
	size_t bracketed, other_kinds;
};

/* Compares one list with the campaign file's and takes over what may be taken over. */
void lists_take(struct import *run, struct listing *listing);

/* A person who consents to stand for a party without being on a list. */
void lists_take_open(struct import *run, const char *kind, const char *area,
	struct party *party, const struct entry *entry);

bool lists_share_constituency(const struct list *list, const struct listing *listing);

/* lists_tell.c: which election, before the lists are taken; what is gone; what rows held. */
void lists_tell_election(const struct gathering *gathering);
void lists_tell_vanished(const struct gathering *gathering);
void lists_tell_rows(const struct gathering *gathering);

#endif
