/* Goals for status and check: how they stand, and which readings have grown old. */
#include "campaign/goal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "register/register.h"

#define OLD_DAYS 30

/* Figures ---------------------------------------------------------------------------------- */

static enum goal_status
status_of(const json_t *goal)
{
	const char *name = record_string(goal, "status");
	for (int s = 0; s < GOAL_STATUSES; s++)
		if (strcmp(goal_status_name((enum goal_status)s), name) == 0)
			return (enum goal_status)s;
	vs_abort("no status %s", name);
}

/* Behind goes before missed, where nothing can be done any more; then as they were written. */
static int
rank_of(const json_t *goal)
{
	static const int ranks[GOAL_STATUSES] = { [GOAL_BEHIND] = 0,
		[GOAL_MISSED] = 1,
		[GOAL_ON] = 2,
		[GOAL_AHEAD] = 3,
		[GOAL_WAITING] = 4,
		[GOAL_REACHED] = 5 };
	return ranks[status_of(goal)];
}

static int
compare_goals(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int64_t i = record_integer(x, "id"), k = record_integer(y, "id");
	if (rank_of(x) != rank_of(y))
		return rank_of(x) - rank_of(y);
	return (i > k) - (i < k);
}

json_t *
goal_worst_first(const json_t *goals)
{
	size_t count = json_array_size(goals);
	json_t **all = calloc(count + 1, sizeof(json_t *)), *sorted = json_array();
	if (!all)
		vs_abort("out of memory");
	for (size_t i = 0; i < count; i++)
		all[i] = json_array_get(goals, i);
	if (count)
		qsort(all, count, sizeof(json_t *), compare_goals);
	for (size_t i = 0; i < count; i++)
		json_array_append(sorted, all[i]);
	free(all);
	return sorted;
}

bool
vs_goal_figures(struct vs_db *db, json_t *figures, struct vs_error *err)
{
	static const char *const names[] = { "name", "status", "status_text", "value",
		"target", "percent", "unit" };
	json_t *view = vs_goal_view(db, NULL, NULL, err), *goal;
	if (!view)
		return false;
	json_t *sorted = goal_worst_first(json_object_get(view, "goals"));
	json_t *goals = json_array();
	size_t i;
	json_array_foreach (sorted, i, goal) {
		json_t *row = json_object();
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			json_object_set(row, names[k], json_object_get(goal, names[k]));
		json_array_append_new(goals, row);
	}
	json_object_set_new(figures, "goals", goals);
	json_decref(sorted);
	json_decref(view);
	return true;
}

/* Problems --------------------------------------------------------------------------------- */

static void
check_status(json_t *problems, struct vs_arena *arena, const json_t *goal, const char *id)
{
	if (status_of(goal) != GOAL_BEHIND)
		return;
	register_problem(problems, "warning", "goal", id,
		vs_arena_printf(arena, _("%s is behind: %s"), record_string(goal, "name"),
			record_string(goal, "arithmetic")),
		_("look at it with 'valstuga goal show', and decide what to do about it"));
}

/* The day of the newest point; "" when there is none. */
static const char *
last_read(const json_t *goal)
{
	const json_t *series = json_object_get(goal, "series");
	const char *date = record_string(
		json_array_get(series, json_array_size(series) - 1), "date");
	return date ? date : "";
}

static bool
check_reading(json_t *problems, struct vs_arena *arena, const json_t *goal,
	const char *id, int64_t today, struct vs_error *err)
{
	const char *last = last_read(goal), *name = record_string(goal, "name");
	struct vs_date day, from, until;
	if (!record_true(goal, "typed"))
		return true;
	if (!vs_date_parse(record_string(goal, "from"), &from, err) ||
		!vs_date_parse(record_string(goal, "until"), &until, err) ||
		!vs_date_parse(*last ? last : record_string(goal, "from"), &day, err))
		return false;
	/* What is over or reached needs no more. */
	if (vs_date_to_days(from) > today || vs_date_to_days(until) < today ||
		status_of(goal) == GOAL_REACHED ||
		today - vs_date_to_days(day) <= OLD_DAYS)
		return true;
	register_problem(problems, "notice", "goal", id,
		*last ? vs_arena_printf(
				arena, _("%s: nobody has read it since %s"), name, last)
		      : vs_arena_printf(arena, _("%s: nobody has read it yet"), name),
		_("read it and write it down with 'valstuga goal read'"));
	return true;
}

json_t *
vs_goal_problems(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t today, day;
	if (!goal_day(NULL, &today, &day, err))
		return NULL;
	json_t *view = vs_goal_view(db, NULL, NULL, err), *goal;
	json_t *problems = json_array();
	bool ok = view != NULL;
	size_t i;
	json_array_foreach (json_object_get(view, "goals"), i, goal) {
		const char *id = vs_arena_printf(
			scratch.arena, "%lld", (long long)record_integer(goal, "id"));
		check_status(problems, scratch.arena, goal, id);
		ok = ok && check_reading(problems, scratch.arena, goal, id, today, err);
	}
	json_decref(view);
	if (ok)
		return problems;
	json_decref(problems);
	return NULL;
}
