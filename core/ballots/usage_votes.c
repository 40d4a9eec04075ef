/*
 * The party's votes that each place answers for: the districts' votes divided as the
 * allocation divides its demand, so that a piece per vote is the same thing in both.
 */
#include "ballots/allocate.h"
#include "ballots/usage.h"

#include <string.h>

/* This election's own votes ----------------------------------------------------------------*/

static const struct register_result *
find_result(const struct register_result *results, size_t count, const char *district)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(district, results[middle].code);
		if (order == 0)
			return &results[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* A district that is not counted yet is thought to be like its neighbours now. */
static void
take_counted(struct ward *ward, size_t kind, const struct register_result *result)
{
	ward->votes[kind] = ward->valid[kind] = ward->party[kind] = -1;
	if (!result || !result->now.known)
		return;
	const struct register_count *now = &result->now;
	ward->eligible[kind] = (double)now->eligible;
	ward->votes[kind] = ward->valid[kind] =
		(double)(now->valid >= 0 ? now->valid : now->voted);
	ward->party[kind] = (double)now->votes;
}

static bool
take_kind(struct world *w, size_t kind, struct vs_error *err)
{
	struct register_result *results;
	size_t count;
	if (!register_results(w->db, w->arena, w->kinds[kind], &results, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (results[i].now.known && results[i].now.votes >= 0)
			w->counted[kind] = true;
	for (size_t i = 0; w->counted[kind] && i < w->ward_count; i++)
		take_counted(&w->wards[i], kind,
			find_result(results, count, w->wards[i].code));
	return true;
}

bool
allocate_read_counted(struct world *w, struct vs_error *err)
{
	for (size_t kind = 0; kind < w->kind_count; kind++)
		if (!take_kind(w, kind, err))
			return false;
	return true;
}

/* Division ---------------------------------------------------------------------------------*/

/* The terms of the newest round, if there is one, for election day. */
static bool
read_round(struct vs_db *db, struct vs_arena *arena, struct round *ret_round,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT election_day, coalesce((SELECT advance_share FROM round"
			" ORDER BY phase = 'election_day' DESC, id DESC LIMIT 1), 0.45)"
			" FROM campaign"),
		    err))
		return false;
	if (!stmt_row(&q, err))
		return false;
	const char *day = stmt_copy(&q, 0, arena);
	*ret_round = (struct round){ .phase = usage_phases[USAGE_ELECTION_DAY],
		.name = "",
		.from = day,
		.until = day,
		.taken = 1,
		.growth = 1,
		.advance_share = stmt_real(&q, 1) };
	return true;
}

/* Of one place and kind. */
static double
votes_at(const struct world *w, size_t venue, int kind, const struct usage_row *row)
{
	bool polling = row->phase == USAGE_ELECTION_DAY;
	int64_t from = polling ? w->zero : INT64_MIN;
	int64_t until = polling || row->whole ? w->zero + 1440 : w->zero;
	double votes = 0;
	for (size_t p = 0; p < w->paper_count; p++)
		if (w->papers[p].kind == kind)
			votes += allocate_votes(
				w, &w->papers[p], venue, polling, from, until);
	return votes;
}

/* Whether a place has got pieces of its own in the phase. */
static bool
has_row(const struct usage *usage, int64_t place, const struct usage_row *of)
{
	for (size_t i = 0; i < usage->count; i++)
		if (usage->rows[i].place == place && usage->rows[i].phase == of->phase &&
			strcmp(usage->rows[i].kind, of->kind) == 0)
			return true;
	return false;
}

/* A reception stands for the places of its kommun that the phase serves and that get nothing
 * themselves. */
static double
votes_of_kommun(const struct world *w, const struct usage *usage, int kind,
	const struct usage_row *row)
{
	bool restricted = row->phase == USAGE_INSTITUTION;
	double votes = 0;
	for (size_t i = 0; i < w->venue_count; i++)
		if (strcmp(w->areas[w->venues[i].area].code, row->kommun) == 0 &&
			w->venues[i].restricted == restricted &&
			!has_row(usage, w->venues[i].id, row))
			votes += votes_at(w, i, kind, row);
	return votes;
}

static bool
has_votes(const struct world *w, int kind)
{
	for (size_t i = 0; kind >= 0 && i < w->ward_count; i++)
		if (w->wards[i].party[kind] > 0)
			return true;
	return false;
}

bool
usage_add_votes(struct vs_db *db, struct vs_arena *arena, struct usage *usage,
	struct vs_error *err)
{
	struct round round;
	struct world w;
	if (!usage->count)
		return true;
	if (!read_round(db, arena, &round, err) ||
		!allocate_read_world(db, arena, &round, true, &w, err))
		return false;
	for (size_t i = 0; i < usage->count; i++) {
		struct usage_row *row = &usage->rows[i];
		int kind = allocate_kind(&w, row->kind);
		int venue = row->place ? allocate_find_venue(&w, row->place) : -1;
		if (!has_votes(&w, kind) || (row->place && venue < 0))
			continue;
		row->votes_known = true;
		row->votes_last = !w.counted[kind];
		row->votes = row->place ? votes_at(&w, (size_t)venue, kind, row)
					: votes_of_kommun(&w, usage, kind, row);
	}
	return true;
}
