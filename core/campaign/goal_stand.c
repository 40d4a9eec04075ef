/* How a goal stands: what is expected of it by now, whether it keeps up, where it is going. */
#include "campaign/goal.h"

#include <string.h>

#include <valstuga/text.h>
#include <valstuga/trend.h>

#include "base/i18n.h"

#define AHEAD_FROM  1.05
#define ON_FROM	    0.95
#define NEARLY	    1e-9      /* what adding up leaves: 105 % are 105 % */
#define RECENT_DAYS 56	      /* that the trend of a count is of */
#define FAR_DAYS    (366 * 5) /* further ahead no date is told */

static const struct {
	const char *name, *text;
} statuses[GOAL_STATUSES] = {
	[GOAL_MISSED] = { "missed", N_("missed") },
	[GOAL_BEHIND] = { "behind", N_("behind") },
	[GOAL_WAITING] = { "waiting", N_("pending") },
	[GOAL_ON] = { "on", N_("on course") },
	[GOAL_AHEAD] = { "ahead", N_("ahead") },
	[GOAL_REACHED] = { "reached", N_("target reached") },
};

const char *
goal_status_name(enum goal_status status)
{
	return statuses[status].name;
}

const char *
goal_status_text(enum goal_status status)
{
	return _(statuses[status].text);
}

static bool
is_curve(const struct goal *goal, const char *curve)
{
	return strcmp(goal->curve, curve) == 0;
}

/* The less the better: from 30 down to 10. */
static bool
falls(const struct goal *goal)
{
	return goal->aim < goal->start;
}

double
goal_expected(const struct goal *goal, int64_t day)
{
	if (day < goal->first || (is_curve(goal, "end") && day < goal->last))
		return NAN;
	if (!is_curve(goal, "linear") || day >= goal->last)
		return goal->aim;
	double part =
		(double)(day - goal->first + 1) / (double)(goal->last - goal->first + 1);
	return goal->start + (goal->aim - goal->start) * part;
}

/* 1: just what was expected; of what falls, how far below it; NAN when nothing is. */
static double
ratio_of(const struct goal *goal, double value, double expected)
{
	if (!isfinite(expected) || fabs(expected) < NEARLY)
		return NAN;
	return falls(goal) ? 2 - value / expected : value / expected;
}

static bool
is_there(const struct goal *goal, double value)
{
	double slack = NEARLY * (fabs(goal->aim) + 1);
	return falls(goal) ? value <= goal->aim + slack : value >= goal->aim - slack;
}

enum goal_status
goal_status(const struct goal *goal, int64_t day, double value)
{
	if (day < goal->first || !isfinite(value))
		return GOAL_WAITING;
	if (is_there(goal, value) && (!is_curve(goal, "level") || day >= goal->last))
		return GOAL_REACHED;
	if (day > goal->last)
		return GOAL_MISSED;
	double expected = goal_expected(goal, day);
	double ratio = ratio_of(goal, value, expected);
	if (!isfinite(ratio)) {
		/* Nothing is expected yet; of 0 what is there is ahead, or behind. */
		bool behind = isfinite(expected) &&
			(falls(goal) ? value > expected : value < expected);
		return behind ? GOAL_BEHIND : GOAL_ON;
	}
	if (ratio >= AHEAD_FROM - NEARLY)
		return GOAL_AHEAD;
	return ratio >= ON_FROM - NEARLY ? GOAL_ON : GOAL_BEHIND;
}

/* Words --------------------------------------------------------------------------------------*/

const char *
goal_number(struct vs_arena *arena, double value)
{
	if (!isfinite(value))
		return "–";
	/* 0,92 a week, but 81,3 %. */
	const char *text = fabs(value) < 10
		? vs_text_decimal(arena, value, 2)
		: vs_text_decimal(arena, round(value * 10) / 10, 1);
	const char *comma = strchr(text, ',');
	if (!comma)
		return text;
	size_t length = strlen(text);
	while (text[length - 1] == '0')
		length--;
	if (text[length - 1] == ',')
		length--;
	text = vs_arena_copy(arena, text, length);
	/* −0,004 is rounded to no less than nothing. */
	return strcmp(text, "−0") == 0 ? "0" : text;
}

const char *
goal_about(struct vs_arena *arena, double value)
{
	if (!isfinite(value) || fabs(value) < 1)
		return goal_number(arena, value);
	return fabs(value) < 10 ? goal_number(arena, round(value * 10) / 10)
				: vs_text_decimal(arena, value, 0);
}

static const char *
expected_text(struct vs_arena *arena, const struct goal *goal, int64_t day)
{
	const char *expected = goal_about(arena, goal_expected(goal, day));
	if (day < goal->first)
		return vs_arena_printf(arena, _("begins on %s"), goal->from);
	if (day > goal->last)
		return vs_arena_printf(arena, _("ended on %s"), goal->until);
	if (is_curve(goal, "end"))
		return vs_arena_printf(arena, _("expected on %s"), goal->until);
	if (is_curve(goal, "level"))
		return vs_arena_printf(arena, _("expected %s at any time"), expected);
	return vs_arena_printf(arena, _("expected %s on day %lld of %lld"), expected,
		(long long)(day - goal->first + 1),
		(long long)(goal->last - goal->first + 1));
}

/* "212 of 200 members", "91 % of 90 %". */
static const char *
value_text(struct vs_arena *arena, const struct goal *goal, double value)
{
	const char *gap = *goal->unit ? "\u00a0" : "";
	if (!isfinite(value))
		return vs_arena_printf(arena, _("no value yet; the goal is %s%s%s"),
			goal_number(arena, goal->aim), gap, goal->unit);
	return vs_arena_printf(arena, _("%s of %s%s%s"), goal_number(arena, value),
		goal_number(arena, goal->aim), gap, goal->unit);
}

const char *
goal_arithmetic(struct vs_arena *arena, const struct goal *goal, int64_t day,
	double value, const char *how)
{
	const char *text = value_text(arena, goal, value);
	if (*how)
		text = vs_arena_printf(arena, "%s (%s)", text, how);
	text = vs_arena_printf(arena, "%s; %s", text, expected_text(arena, goal, day));
	double ratio =
		day > goal->last ? NAN : ratio_of(goal, value, goal_expected(goal, day));
	if (!isfinite(value) || !isfinite(ratio) || falls(goal))
		return text;
	return vs_arena_printf(arena, _("%s: %s %% of it"), text,
		vs_text_decimal(arena, 100 * ratio, 0));
}

/* Trend --------------------------------------------------------------------------------------*/

/*
 * The points that are known, and the line through them. What the program counts is never
 * misread: of that the line goes on from the last value, as the last weeks did. Readings may be
 * wrong: of them the line is what all of them say.
 */
struct line {
	int64_t *days;
	double *values;
	size_t count;
	struct vs_trend trend;
};

static bool
read_line(const struct measuring *m, struct line *ret_line)
{
	struct line line = { .days = vs_arena_alloc(
				     m->arena, m->count * sizeof *line.days),
		.values = vs_arena_alloc(m->arena, m->count * sizeof *line.values) };
	bool typed = m->goal->how->typed;
	int64_t since = typed ? INT64_MIN : m->days[m->count - 1] - RECENT_DAYS;
	for (size_t i = 0; i < m->count; i++)
		if (isfinite(m->values[i]) && m->days[i] >= since) {
			line.days[line.count] = m->days[i];
			line.values[line.count++] = m->values[i];
		}
	if (!vs_trend(m->arena, line.days, line.values, line.count, &line.trend))
		return false;
	if (!typed)
		line.trend.at_last = line.values[line.count - 1];
	*ret_line = line;
	return true;
}

/* The day on which the line reaches the target, if it goes there and is not there yet. */
static json_t *
reaches_on(const struct measuring *m, const struct line *line)
{
	const struct goal *goal = m->goal;
	double slope = line->trend.per_day, left = goal->aim - line->trend.at_last;
	bool towards = falls(goal) ? slope < -NEARLY : slope > NEARLY;
	if (!towards || is_there(goal, line->values[line->count - 1]))
		return json_null();
	if (left / slope <= 0) /* the line is there, what was counted is not */
		left = goal->aim - line->values[line->count - 1];
	double days = ceil(left / slope - NEARLY);
	if (days > FAR_DAYS)
		return json_null();
	int64_t day = line->days[line->count - 1] + (int64_t)days;
	return json_string(goal_date(m->arena, day));
}

json_t *
goal_trend(const struct measuring *m)
{
	struct line line;
	/* A weekly average has its forecast; a line through it would say less. */
	if (strcmp(m->goal->per, "total") != 0 || !read_line(m, &line))
		return json_null();
	double left = (double)(m->goal->last - line.days[line.count - 1]);
	if (left <= 0)
		return json_null();
	double at_end = line.trend.at_last + line.trend.per_day * left;
	if (m->goal->how->share)
		at_end = fmin(fmax(at_end, 0), 100);
	return json_pack("{s:f, s:o, s:f}", "per_week", line.trend.per_day * 7,
		"reaches_on", reaches_on(m, &line), "at_end", at_end);
}
