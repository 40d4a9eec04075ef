/*
 * What the forecast learns from the campaign's own past, and says in words.
 *
 * Shares: of those that have been planned (submitted, booked) and whose day has passed, how
 * many were seen. An open one is given a week after its day, until somebody has told; then it
 * counts as not having happened. What was declined before its day counts from that day on:
 * counted at once, bad news would come before the good.
 *
 * Rate: what was seen in the last twelve weeks. Of that, only those are still to come out of
 * the blue that had not been entered so long before they were seen; the others are among the
 * open ones by now.
 */
#include "media/media_week.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define WINDOW_DAYS 84
#define GRACE_DAYS  7

/* What the rate is before anything was seen: a trifle, chosen so that simulated seasons come
 * out neither too well nor too badly. */
#define PRIOR_SEEN  0.5
#define PRIOR_WEEKS 0.25

/* Weak: a handful of cases weigh more. Somebody has said yes to what is booked. */
static const struct vs_forecast_group priors[MEDIA_OPEN] = { [MEDIA_PLANNED] = { 0, 2,
								     2 },
	[MEDIA_SUBMITTED] = { 0, 2, 2 },
	[MEDIA_BOOKED] = { 0, 4, 1 } };

/* Shares ---------------------------------------------------------------------------------- */

static bool
is_settled(const struct media_item *item, int32_t today)
{
	return item->stage == MEDIA_DONE ||
		(item->stage == MEDIA_GONE && item->day <= today) ||
		item->day < today - GRACE_DAYS;
}

static void
learn_shares(const struct media_items *items, int32_t today, struct media_learnt *learnt)
{
	for (size_t i = 0; i < items->count; i++) {
		const struct media_item *item = &items->all[i];
		if (!item->counts || !is_settled(item, today))
			continue;
		for (int stage = 0; stage < MEDIA_OPEN; stage++) {
			struct vs_forecast_group *group = &learnt->groups[stage];
			if (!(item->was & 1u << stage))
				continue;
			learnt->tried[stage]++;
			*(item->stage == MEDIA_DONE ? &group->alpha : &group->beta) += 1;
		}
	}
}

static void
count_span(const struct media_items *items, int32_t today, int32_t first, int32_t last,
	struct media_learnt *learnt)
{
	for (size_t i = 0; i < items->count; i++) {
		const struct media_item *item = &items->all[i];
		if (!item->scoped || item->day < first || item->day > last)
			continue;
		if (item->stage == MEDIA_DONE)
			learnt->done++;
		else if (media_stage_is_open(item->stage) && !is_settled(item, today))
			learnt->groups[item->stage].open++;
	}
}

/* Rate ------------------------------------------------------------------------------------ */

/* Not longer than there has been a span, or anything to tell of. Today is half over. */
static void
learn_rate(const struct media_items *items, int32_t today, int32_t first,
	struct media_learnt *learnt)
{
	int32_t from = first;
	for (size_t i = 0; i < items->count; i++)
		if (items->all[i].counts && media_monday(items->all[i].day) < from)
			from = media_monday(items->all[i].day);
	if (from < today - WINDOW_DAYS)
		from = today - WINDOW_DAYS;
	double weeks = (today - from + 0.5) / 7;
	learnt->window = weeks > 1 ? weeks : 1;
	for (size_t i = 0; i < items->count; i++) {
		const struct media_item *item = &items->all[i];
		learnt->seen += item->scoped && item->stage == MEDIA_DONE &&
			item->day >= from && item->day <= today;
	}
}

/* How long before it was seen it had been entered as open, in days; 0: not before. */
static int32_t
lead_of(const struct media_item *item)
{
	return item->opened == MEDIA_NEVER || item->opened >= item->day
		? 0
		: item->day - item->opened;
}

/* How many were seen of late, and how many of these had been entered at least so many days
 * before: `led` has room for days + 1. */
static void
count_leads(const struct media_items *items, int32_t today, int32_t days,
	int64_t *ret_seen, int64_t *led)
{
	*ret_seen = 0;
	for (size_t i = 0; i < items->count; i++) {
		const struct media_item *item = &items->all[i];
		if (!item->counts || item->stage != MEDIA_DONE ||
			item->day < today - WINDOW_DAYS || item->day > today)
			continue;
		int32_t lead = lead_of(item);
		++*ret_seen;
		led[lead < days ? lead : days]++;
	}
	for (int32_t day = days - 1; day >= 0; day--)
		led[day] += led[day + 1];
}

/* One more than were counted came unplanned. */
static void
learn_exposure(const struct media_items *items, int32_t today, int32_t first,
	int32_t last, struct media_learnt *learnt)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t days = last > today ? last - today : 0;
	int64_t *led = vs_arena_alloc(scratch.arena, ((size_t)days + 1) * sizeof *led);
	int64_t seen;
	count_leads(items, today, days, &seen, led);
	for (int32_t day = first > today ? first - today : 0; day <= days; day++) {
		double part = day ? 1 / 7.0 : 0.5 / 7, ahead = day ? (double)led[day] : 0;
		learnt->left += part;
		learnt->exposure += part * (1 - ahead / (double)(seen + 1));
	}
}

void
media_learn(const struct media_items *items, int32_t today, int32_t first, int32_t last,
	struct media_learnt *ret_learnt)
{
	*ret_learnt = (struct media_learnt){ 0 };
	for (int stage = 0; stage < MEDIA_OPEN; stage++)
		ret_learnt->groups[stage] = priors[stage];
	learn_shares(items, today, ret_learnt);
	count_span(items, today, first, last, ret_learnt);
	learn_rate(items, today, first, ret_learnt);
	learn_exposure(items, today, first, last, ret_learnt);
}

struct vs_forecast
media_forecast_of(const struct media_learnt *learnt)
{
	return (struct vs_forecast){ .groups = learnt->groups,
		.group_count = MEDIA_OPEN,
		.shape = (double)learnt->seen + PRIOR_SEEN,
		.weeks = learnt->window + PRIOR_WEEKS,
		.exposure = learnt->exposure,
		.done = learnt->done };
}

/* In words -------------------------------------------------------------------------------- */

static const char *const stage_keys[MEDIA_OPEN] = { "planned", "submitted", "booked" };

static double
share_of(const struct vs_forecast_group *group)
{
	return group->alpha / (group->alpha + group->beta);
}

static double
unplanned_of(const struct vs_forecast *f)
{
	return f->shape / f->weeks * f->exposure;
}

static double
rate_of(const struct media_learnt *learnt, const struct vs_forecast *f)
{
	return learnt->left > 0 ? unplanned_of(f) / learnt->left : 0;
}

static const char *
open_text(struct vs_arena *arena, enum media_stage stage,
	const struct vs_forecast_group *group)
{
	int64_t n = group->open;
	const char *count = vs_text_number(arena, n);
	const char *share = vs_text_decimal(arena, share_of(group), 2);
	if (stage == MEDIA_PLANNED)
		return vs_arena_printf(
			arena, P_("%s planned × %s", "%s planned × %s", n), count, share);
	if (stage == MEDIA_SUBMITTED)
		return vs_arena_printf(arena,
			P_("%s submitted × %s", "%s submitted × %s", n), count, share);
	return vs_arena_printf(
		arena, P_("%s booked × %s", "%s booked × %s", n), count, share);
}

/* "12 done + 3 booked × 0,86 + 0,7 unplanned a week × 5,2 weeks = 18,2; 26 are needed." */
static const char *
sum_text(const struct media_series *s, const struct media_learnt *learnt,
	const struct vs_forecast *f, double mean)
{
	struct vs_arena *arena = s->arena;
	int64_t wanted = media_series_target(s);
	const char *text = vs_arena_printf(
		arena, P_("%s done", "%s done", f->done), vs_text_number(arena, f->done));
	for (int stage = MEDIA_OPEN - 1; stage >= 0; stage--)
		if (learnt->groups[stage].open)
			text = vs_arena_printf(arena, "%s + %s", text,
				open_text(arena, (enum media_stage)stage,
					&learnt->groups[stage]));
	text = vs_arena_printf(arena, _("%s + %s unplanned a week × %s weeks = %s"), text,
		vs_text_decimal(arena, rate_of(learnt, f), 2),
		vs_text_decimal(arena, learnt->left, 1), vs_text_decimal(arena, mean, 1));
	return vs_arena_printf(arena,
		P_("%s; %s is needed.", "%s; %s are needed.", wanted), text,
		vs_text_number(arena, wanted));
}

/* Where the numbers of the sum come from. */
static const char *
model_text(const struct media_series *s, const struct media_learnt *learnt,
	const struct vs_forecast *f, double mean)
{
	struct vs_arena *arena = s->arena;
	const char *text = sum_text(s, learnt, f, mean);
	text = vs_arena_printf(arena,
		P_("%s The rate is learned from %s seen in %s weeks.",
			"%s The rate is learned from %s seen in %s weeks.", learnt->seen),
		text, vs_text_number(arena, learnt->seen),
		vs_text_decimal(arena, learnt->window, 0));
	int64_t tried = 0;
	bool open = false;
	for (int stage = 0; stage < MEDIA_OPEN; stage++)
		if (learnt->groups[stage].open) {
			open = true;
			tried += learnt->tried[stage];
		}
	if (!open)
		return text;
	return tried
		? vs_arena_printf(arena,
			  P_("%s The shares are learned from %s that was open once.",
				  "%s The shares are learned from %s that were open once.",
				  tried),
			  text, vs_text_number(arena, tried))
		: vs_arena_printf(arena,
			  _("%s The shares are assumed: nothing of the sort has come to its day yet."),
			  text);
}

/* What is nearly certain is not. */
const char *
media_chance_text(struct vs_arena *arena, double chance)
{
	if (chance < 0.01)
		return _("less than 1 %");
	if (chance < 1 && chance > 0.99)
		return _("more than 99 %");
	return vs_arena_printf(
		arena, "%s\u00a0%%", vs_text_decimal(arena, 100 * chance, 0));
}

/* "73 % chance to hold 1,0 a week until election day" */
static const char *
chance_text(const struct media_series *s, double chance)
{
	struct vs_date until = vs_date_from_days(s->last_day);
	const char *percent = media_chance_text(s->arena, chance);
	const char *target = media_target_text(s->arena, s->target);
	if (strcmp(s->until, s->election_day) == 0)
		return vs_arena_printf(s->arena,
			_("%s chance to hold %s a week until election day"), percent,
			target);
	return vs_arena_printf(s->arena, _("%s chance to hold %s a week until %s"),
		percent, target, vs_date_text(s->arena, until, VS_DATE_DAY));
}

static json_t *
open_view(const struct media_learnt *learnt)
{
	json_t *open = json_array();
	for (int stage = MEDIA_OPEN - 1; stage >= 0; stage--)
		json_array_append_new(open,
			json_pack("{s:s, s:I, s:f, s:I}", "state", stage_keys[stage],
				"count", (json_int_t)learnt->groups[stage].open, "share",
				share_of(&learnt->groups[stage]), "of",
				(json_int_t)learnt->tried[stage]));
	return open;
}

json_t *
media_forecast_view(const struct media_series *s)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error absurd = { 0 };
	struct vs_outlook outlook;
	struct media_learnt learnt;
	int32_t last = s->first + 7 * s->week_count - 1;
	double weeks = s->week_count;
	if (s->today > last)
		return json_null();
	media_learn(&s->items, s->today, s->first, last, &learnt);
	struct vs_forecast f = media_forecast_of(&learnt);
	/* More than any campaign holds: then there is nothing to say, but the week. */
	if (!vs_forecast(scratch.arena, &f, &outlook, &absurd))
		return json_null();
	double chance = vs_outlook_at_least(&outlook, media_series_target(s));
	return json_pack("{s:f, s:s, s:f, s:f, s:f, s:f, s:o, s:s}", "probability",
		chance, "text", chance_text(s, chance), "mean", outlook.mean / weeks,
		"low", (double)outlook.low / weeks, "high", (double)outlook.high / weeks,
		"rate", rate_of(&learnt, &f), "open", open_view(&learnt), "model",
		model_text(s, &learnt, &f, outlook.mean));
}
