/*
 * What was used at the places at the election before: the newest rows of `usage` of each
 * place and kind, in the round's phase. The other half of vs_usage_learn().
 */
#include "ballots/allocate.h"

#include <string.h>

const struct learned *
allocate_learned(const struct world *w, const struct paper *paper, size_t venue)
{
	if (!w->learned || paper->kind < 0)
		return NULL;
	const struct learned *learned =
		&w->learned[venue * KINDS_MAX + (size_t)paper->kind];
	return learned->election_day ? learned : NULL;
}

/* The votes that the model now has for the place in all of the phase. */
static double
model_votes(const struct world *w, size_t venue, int kind)
{
	bool polling = strcmp(w->round.phase, "election_day") == 0;
	int64_t from = polling ? w->zero : INT64_MIN;
	int64_t until = polling ? w->zero + 1440 : w->zero;
	double votes = 0;
	for (size_t p = 0; p < w->paper_count; p++)
		if (w->papers[p].kind == kind)
			votes += allocate_votes(
				w, &w->papers[p], venue, polling, from, until);
	return votes;
}

static void
reckon(const struct world *w, size_t venue, int kind, struct learned *learned)
{
	double votes =
		learned->votes > 0 ? (double)learned->votes : model_votes(w, venue, kind);
	if (votes <= 0) {
		learned->election_day = NULL; /* nothing to reckon by */
		return;
	}
	learned->per_vote =
		(double)learned->used / votes * (learned->ran_out ? RAN_OUT : 1);
}

static bool
read_rows(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT u.place_id, u.kind, u.election_day, u.delivered, u.used,"
			" u.ran_out, coalesce(u.votes, -1) FROM usage u JOIN campaign c"
			" ON u.election_day < c.election_day WHERE u.phase = ?"
			" ORDER BY u.place_id, u.kind, u.election_day"),
		    err))
		return false;
	stmt_bind(&q, round_rule_phase(w->round.phase));
	while (stmt_row(&q, err)) {
		int venue = allocate_find_venue(w, stmt_int(&q, 0));
		int kind = allocate_kind(w, stmt_text(&q, 1));
		if (venue < 0 || kind < 0)
			continue;
		if (!w->learned)
			w->learned = vs_arena_alloc(w->arena,
				w->venue_count * KINDS_MAX * sizeof *w->learned);
		w->learned[(size_t)venue * KINDS_MAX + (size_t)kind] = (struct learned){
			.election_day = stmt_copy(&q, 2, w->arena),
			.delivered = stmt_int(&q, 3),
			.used = stmt_int(&q, 4),
			.ran_out = stmt_int(&q, 5),
			.votes = stmt_int(&q, 6),
		};
	}
	return err->code == VS_OK;
}

bool
allocate_read_usage(struct world *w, struct vs_error *err)
{
	if (!read_rows(w, err))
		return false;
	for (size_t i = 0; w->learned && i < w->venue_count * KINDS_MAX; i++)
		if (w->learned[i].election_day)
			reckon(w, i / KINDS_MAX, (int)(i % KINDS_MAX), &w->learned[i]);
	return true;
}
