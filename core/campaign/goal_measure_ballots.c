/* Goals of lists and ballots: decided lists, places that have got theirs. */
#include "campaign/goal.h"

#include <valstuga/text.h>

#include "ballots/ballots.h"
#include "base/i18n.h"

/* How many were there on each of the days; who is missing on the last. */
static void
count_since(struct measuring *m, const struct ballots_since *all, size_t count)
{
	for (size_t d = 0; d < m->count; d++) {
		m->values[d] = 0;
		for (size_t i = 0; i < count; i++)
			m->values[d] += all[i].there && all[i].day <= m->days[d];
	}
	for (size_t i = 0; i < count; i++)
		if (!all[i].there || all[i].day > m->days[m->count - 1])
			measuring_miss(m, all[i].name);
}

static void
set_unknown(struct measuring *m)
{
	for (size_t d = 0; d < m->count; d++)
		m->values[d] = NAN;
}

/* Decided before the span is decided, too: the goal is that the lists are there. */
bool
measure_lists_decided(struct measuring *m, struct vs_error *err)
{
	struct ballots_since *all;
	size_t count;
	if (!ballots_lists_decided(
		    m->db, m->arena, m->goal->association, &all, &count, err))
		return false;
	count_since(m, all, count);
	if (!count) {
		set_unknown(m);
		m->how = _("no kommun elects here");
		return true;
	}
	m->of = (double)count;
	/* "14 of 16 lists" says it all when the goal is every one. */
	if (m->of > m->goal->target || m->of < m->goal->target)
		m->how = vs_arena_printf(m->arena, _("of %s kommuner"),
			vs_text_number(m->arena, (int64_t)count));
	return true;
}

bool
measure_places_covered(struct measuring *m, struct vs_error *err)
{
	struct ballots_since *all;
	size_t count;
	if (!ballots_places_covered(
		    m->db, m->arena, m->goal->association, &all, &count, err))
		return false;
	count_since(m, all, count);
	if (!count) {
		set_unknown(m);
		return true;
	}
	double got = m->values[m->count - 1];
	for (size_t d = 0; d < m->count; d++)
		m->values[d] = measuring_share(m->values[d], (double)count);
	m->of = (double)count;
	m->how = vs_arena_printf(m->arena, _("%s of %s places"),
		goal_number(m->arena, got), vs_text_number(m->arena, (int64_t)count));
	return true;
}
