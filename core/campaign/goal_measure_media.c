/*
 * Goals of being seen. Weeks are those of the media week: whole ISO weeks from the one in which
 * the span begins; the one that still runs does not count yet.
 */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "media/media.h"

static const char *
key_of(struct vs_arena *arena, int64_t id)
{
	return id ? vs_arena_printf(arena, "%lld", (long long)id) : NULL;
}

static bool
is_per(const struct goal *goal, const char *per)
{
	return strcmp(goal->per, per) == 0;
}

/* A total is, by the week, what it takes to get there. */
static double
target_a_week(const struct goal *goal)
{
	if (!is_per(goal, "total"))
		return goal->target;
	int first = vs_date_weekday(vs_date_from_days(goal->first));
	int64_t weeks = (goal->last - goal->first + first - 1) / 7 + 1;
	return goal->target / (double)weeks;
}

static struct vs_media_scope
scope_of(struct vs_arena *arena, const struct goal *goal)
{
	return (struct vs_media_scope){ .association = key_of(arena, goal->association),
		.person = key_of(arena, goal->person),
		.policy_area = key_of(arena, goal->area),
		.kinds = goal->kinds,
		.from = goal->from,
		.until = goal->until,
		.target = target_a_week(goal),
		.goal = goal->name };
}

/* The average of the whole district goes before one of a part, and that before other counts. */
static int
rank_of(const json_t *record)
{
	const char *per = record_string(record, "per");
	bool whole = json_is_null(json_object_get(record, "association")) &&
		json_is_null(json_object_get(record, "person")) &&
		json_is_null(json_object_get(record, "area"));
	return (per && strcmp(per, "week_average") == 0 ? 2 : 0) + whole;
}

static json_t *
first_of(const json_t *records)
{
	json_t *first = NULL, *record;
	size_t i;
	json_array_foreach (records, i, record)
		if (!first || rank_of(record) > rank_of(first))
			first = record;
	return json_incref(first);
}

bool
vs_goal_media_scope(struct vs_db *db, struct vs_arena *arena, const char *goal,
	struct vs_media_scope *ret_scope, bool *ret_found, struct vs_error *err)
{
	struct goal g;
	json_t *filters = json_pack("{s:s}", "measure", "media");
	json_t *records = goal ? NULL : vs_record_list(db, &vs_goal_type, filters, err);
	json_t *record =
		goal ? vs_record_get(db, &vs_goal_type, goal, err) : first_of(records);
	bool ok = err->code == VS_OK, found = record != NULL;
	json_decref(filters);
	json_decref(records);
	ok = ok && (!found || goal_read(arena, record, &g, err));
	json_decref(record);
	if (!ok)
		return false;
	if (found && strcmp(g.measure, "media") != 0)
		return vs_fail(err, VS_INVALID,
			_("goal %s is not about being seen in the media"), g.name);
	*ret_found = found;
	if (found)
		*ret_scope = scope_of(arena, &g);
	return true;
}

/* Totals ------------------------------------------------------------------------------------*/

static bool
measure_total(
	struct measuring *m, const struct vs_media_scope *scope, struct vs_error *err)
{
	int64_t *days;
	size_t count;
	if (!vs_media_days(m->db, m->arena, scope, &days, &count, err))
		return false;
	measuring_count(m, days, count);
	return true;
}

/* Weeks -------------------------------------------------------------------------------------*/

struct weeks {
	int64_t whole, done, reached;
};

/* Of the weeks that were over at the end of a day. */
static struct weeks
weeks_until(const json_t *weeks, double target, int64_t day)
{
	struct weeks sum = { 0 };
	size_t i;
	json_t *week;
	struct vs_date monday;
	struct vs_error ignored = { 0 };
	json_array_foreach (weeks, i, week) {
		if (!vs_date_parse(record_string(week, "from"), &monday, &ignored) ||
			vs_date_to_days(monday) + 6 > day)
			break;
		sum.whole++;
		sum.done += record_integer(week, "done");
		sum.reached += (double)record_integer(week, "done") >= target;
	}
	return sum;
}

/* Over the whole series even when the day is not its last: a past day does not know better. */
static void
measure_weeks(struct measuring *m, const json_t *view)
{
	const struct goal *goal = m->goal;
	bool average = is_per(goal, "week_average");
	struct weeks sum = { 0 };
	for (size_t d = 0; d < m->count; d++) {
		sum = weeks_until(
			json_object_get(view, "weeks"), goal->target, m->days[d]);
		m->values[d] = !sum.whole ? NAN
			: average
			? (double)sum.done / (double)sum.whole
			: measuring_share((double)sum.reached, (double)sum.whole);
	}
	if (!sum.whole)
		return;
	m->of = (double)sum.whole;
	const char *whole = vs_text_number(m->arena, sum.whole);
	m->how = average
		? vs_arena_printf(m->arena,
			  P_("%s seen in %s whole week", "%s seen in %s whole weeks",
				  sum.whole),
			  vs_text_number(m->arena, sum.done), whole)
		: vs_arena_printf(m->arena,
			  P_("%s of %s week reached the target",
				  "%s of %s weeks reached the target", sum.whole),
			  vs_text_number(m->arena, sum.reached), whole);
}

bool
measure_media(struct measuring *m, struct vs_error *err)
{
	const struct goal *goal = m->goal;
	struct vs_media_scope scope = scope_of(m->arena, goal);
	const char *day = goal_date(m->arena, m->days[m->count - 1]);
	json_t *view = vs_media_week_view(m->db, day, &scope, 0, err);
	bool total = is_per(goal, "total");
	if (!view)
		return false;
	if (!total)
		measure_weeks(m, view);
	const json_t *chance =
		json_object_get(json_object_get(view, "forecast"), "probability");
	if (json_is_number(chance) && !is_per(goal, "every_week") &&
		m->days[m->count - 1] == m->today)
		m->probability = json_number_value(chance);
	json_decref(view);
	return !total || measure_total(m, &scope, err);
}

/* Spokespersons ---------------------------------------------------------------------------- */

bool
measure_spokespersons(struct measuring *m, struct vs_error *err)
{
	struct vs_media_scope scope = scope_of(m->arena, m->goal);
	struct media_seen *all;
	size_t count, seen = 0;
	scope.until = goal_date(m->arena, m->days[m->count - 1]);
	if (!media_spokespersons_seen(m->db, m->arena, &scope, &all, &count, err))
		return false;
	int64_t *days = vs_arena_alloc(m->arena, (count + 1) * sizeof *days);
	for (size_t i = 0; i < count; i++) {
		if (all[i].seen)
			days[seen++] = all[i].day;
		else
			measuring_miss(m,
				vs_arena_printf(
					m->arena, "%s (%s)", all[i].name, all[i].area));
	}
	measuring_count(m, days, seen);
	for (size_t d = 0; d < m->count; d++)
		m->values[d] = measuring_share(m->values[d], (double)count);
	if (!count)
		return true;
	m->of = (double)count;
	m->how = vs_arena_printf(m->arena, _("%s of %s seen in their own area"),
		vs_text_number(m->arena, (int64_t)seen),
		vs_text_number(m->arena, (int64_t)count));
	return true;
}
