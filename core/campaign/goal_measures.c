/* The measures that a goal can have: what each takes, and what it is when nothing is said. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Counts rise day by day; shares of what has happened so far hold at any time; what comes
 * about in a few days towards the end is expected only then. */
static const struct goal_measure measures[] = {
	{ "members", N_("members"), "linear", TAKES_ASSOCIATION, .typed = true,
		.measure = measure_readings },
	{ "new_members", N_("new members"), "linear", TAKES_ASSOCIATION, .typed = true,
		.measure = measure_readings },
	{ "renewed", "%", "level", TAKES_ASSOCIATION, .typed = true, .share = true,
		.measure = measure_readings },
	{ "active_members", N_("active members"), "end", TAKES_ASSOCIATION, .typed = true,
		.measure = measure_readings },
	{ "likes", N_("likes"), "linear", TAKES_ASSOCIATION | TAKES_OUTLET, .typed = true,
		.measure = measure_readings },
	{ "followers", N_("followers"), "linear", TAKES_ASSOCIATION | TAKES_OUTLET,
		.typed = true, .measure = measure_readings },
	{ "number", "", "linear",
		TAKES_ASSOCIATION | TAKES_OUTLET | TAKES_PERSON | TAKES_AREA,
		.typed = true, .measure = measure_readings },
	{ "media", N_("a week"), "level",
		TAKES_PER | TAKES_KINDS | TAKES_ASSOCIATION | TAKES_PERSON | TAKES_AREA,
		.past = true, .measure = measure_media },
	{ "spokespersons_seen", "%", "linear", TAKES_KINDS | TAKES_AREA, .share = true,
		.past = true, .measure = measure_spokespersons },
	{ "active_people", N_("people"), "linear", TAKES_ASSOCIATION, .past = true,
		.measure = measure_active_people },
	{ "lists_decided", N_("lists"), "linear", TAKES_ASSOCIATION, .past = true,
		.measure = measure_lists_decided },
	{ "top_names_met", "%", "end", 0, .share = true, .past = true,
		.measure = measure_top_names },
	{ "new_contacted", "%", "level", TAKES_DAYS | TAKES_ASSOCIATION, .share = true,
		.past = true, .measure = measure_new_contacted },
	{ "places_covered", "%", "end", TAKES_ASSOCIATION, .share = true, .past = true,
		.measure = measure_places_covered },
	{ "shifts_filled", "%", "level", TAKES_ASSOCIATION, .share = true, .past = true,
		.measure = measure_shifts_filled },
	{ "support_answers", "%", "end", 0, .share = true, .after = true,
		.measure = measure_support_answers },
	{ "evenness", "%", "level", TAKES_ASSOCIATION, .share = true,
		.measure = measure_evenness },
	{ "evaluation_steps", N_("steps"), "end", 0, .after = true,
		.measure = measure_evaluation },
};

const struct goal_measure *
goal_measure_of(const char *name)
{
	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
		if (strcmp(measures[i].name, name) == 0)
			return &measures[i];
	vs_abort("no measure %s", name);
}

const char *
goal_date(struct vs_arena *arena, int64_t day)
{
	return vs_date_format(vs_date_from_days(day), vs_arena_alloc(arena, 11));
}

void
measuring_miss(struct measuring *m, const char *name)
{
	json_array_append_new(m->missing, json_string(name));
}

double
measuring_share(double part, double whole)
{
	return whole > 0 ? 100 * part / whole : NAN;
}

void
measuring_count(struct measuring *m, const int64_t *days, size_t count)
{
	for (size_t i = 0; i < m->count; i++) {
		m->values[i] = 0;
		for (size_t k = 0; k < count; k++)
			if (days[k] >= m->goal->first && days[k] <= m->days[i])
				m->values[i]++;
	}
}
