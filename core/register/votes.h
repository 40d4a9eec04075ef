/* The votes of this campaign's own election, for the rooms that reckon with them. */
#ifndef REGISTER_VOTES_H
#define REGISTER_VOTES_H

#include "register/register.h"

struct register_vote {
	const char *district, *kind;
	int64_t eligible;
	int64_t valid, party; /* -1: not known */
};

/* By district and kind; none before the election's files are imported. Arena. */
bool register_votes(struct vs_db *db, struct vs_arena *arena,
	struct register_vote **ret_votes, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

/* How many districts of ours are counted, per kind that the campaign takes part in. Arena. */
struct register_count {
	const char *kind;
	int64_t districts, counted;
};
bool register_votes_count(struct vs_db *db, struct vs_arena *arena,
	struct register_count **ret_counts, size_t *ret_count,
	struct vs_error *err) VS_CHECKED;

#endif
