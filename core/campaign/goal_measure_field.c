/* Goals of people: who came, how shifts were filled, whether new members were reached. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "field/field.h"
#include "register/people.h"

bool
measure_active_people(struct measuring *m, struct vs_error *err)
{
	struct field_came *came;
	size_t count, people = 0;
	if (!field_came(m->db, m->arena, m->goal->association, &came, &count, err))
		return false;
	/* The first day of each within the span. */
	int64_t *days = vs_arena_alloc(m->arena, (count + 1) * sizeof *days);
	int64_t last = 0;
	for (size_t i = 0; i < count; i++) {
		if (came[i].day < m->goal->first || came[i].person == last)
			continue;
		last = came[i].person;
		days[people++] = came[i].day;
	}
	measuring_count(m, days, people);
	m->how = _("different people who came to a shift or walked");
	return true;
}

bool
measure_shifts_filled(struct measuring *m, struct vs_error *err)
{
	struct field_filled *all;
	size_t count;
	int64_t wanted = 0, filled = 0;
	if (!field_filled(m->db, m->arena, m->goal->association, &all, &count, err))
		return false;
	for (size_t d = 0; d < m->count; d++) {
		wanted = filled = 0;
		for (size_t i = 0; i < count; i++)
			if (all[i].day >= m->goal->first && all[i].day <= m->days[d]) {
				wanted += all[i].wanted;
				filled += all[i].filled;
			}
		m->values[d] = measuring_share((double)filled, (double)wanted);
	}
	if (!wanted)
		return true;
	m->of = (double)wanted;
	m->how = vs_arena_printf(m->arena, _("%s of %s wanted places"),
		vs_text_number(m->arena, filled), vs_text_number(m->arena, wanted));
	return true;
}

/* New members ------------------------------------------------------------------------------ */

enum reached { NOT_YET, IN_TIME, TOO_LATE };

/* Of somebody who waits since a day of the span: how it stands at the end of another day. */
static enum reached
reached_by(const struct register_reached *one, int days, int64_t day)
{
	bool reached = one->reached >= 0 && one->reached <= day;
	if (reached && one->reached - one->opened <= days)
		return IN_TIME;
	return one->opened + days < day ? TOO_LATE : NOT_YET;
}

/* "V Kil: 3": nobody's name is needed to see where it does not work. */
static void
miss_late(struct measuring *m, const struct register_reached *all, size_t count)
{
	int64_t day = m->days[m->count - 1], late = 0;
	for (size_t i = 0; i < count; i++) {
		const struct register_reached *one = &all[i];
		late += one->opened >= m->goal->first && one->opened <= day &&
			!(one->reached >= 0 && one->reached <= day) &&
			reached_by(one, m->goal->days, day) == TOO_LATE;
		if (i + 1 < count &&
			strcmp(one->association, all[i + 1].association) == 0)
			continue;
		if (late)
			measuring_miss(m,
				vs_arena_printf(m->arena, "%s: %lld",
					*one->association ? one->association
							  : _("no association"),
					(long long)late));
		late = 0;
	}
}

bool
measure_new_contacted(struct measuring *m, struct vs_error *err)
{
	struct register_reached *all;
	size_t count;
	int64_t states[3] = { 0 };
	if (!register_contacts_reached(
		    m->db, m->arena, m->goal->association, &all, &count, err))
		return false;
	for (size_t d = 0; d < m->count; d++) {
		memset(states, 0, sizeof states);
		for (size_t i = 0; i < count; i++)
			if (all[i].opened >= m->goal->first &&
				all[i].opened <= m->days[d])
				states[reached_by(&all[i], m->goal->days, m->days[d])]++;
		m->values[d] = measuring_share((double)states[IN_TIME],
			(double)(states[IN_TIME] + states[TOO_LATE]));
	}
	miss_late(m, all, count);
	int64_t judged = states[IN_TIME] + states[TOO_LATE];
	if (!judged)
		return true;
	m->of = (double)judged;
	m->how = vs_arena_printf(m->arena,
		_("%s of %s reached within %d days, %s still have time"),
		vs_text_number(m->arena, states[IN_TIME]),
		vs_text_number(m->arena, judged), m->goal->days,
		vs_text_number(m->arena, states[NOT_YET]));
	return true;
}
