/*
 * The media week and the series it stands in. A week of the series counts when it is whole:
 * from its Sunday on. The one that is running neither lowers the average nor raises it, nor
 * does it break a streak; it is the first of those that are left.
 */
#include "media/media_week.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* The weeks of the span, and what of them is behind us. */
struct tally {
	int64_t *done, *open; /* per week of the span; open: not before today */
	int64_t states[MEDIA_OPEN], week_done; /* of the week */
	int32_t past;			       /* whole weeks up to and with the week */
	int64_t past_done;
};

/* Counting -------------------------------------------------------------------------------- */

/* -1: outside the span. */
static int32_t
week_of(const struct media_series *s, int32_t day)
{
	int32_t week = (media_monday(day) - s->first) / 7;
	return media_monday(day) < s->first || week >= s->week_count ? -1 : week;
}

static void
count_item(const struct media_series *s, const struct media_item *item, struct tally *t)
{
	bool is_open = media_stage_is_open(item->stage), done = item->stage == MEDIA_DONE;
	int32_t week = week_of(s, item->day);
	if (week >= 0 && done)
		t->done[week]++;
	if (week >= 0 && is_open && item->day >= s->today)
		t->open[week]++;
	if (media_monday(item->day) != s->week)
		return;
	if (done)
		t->week_done++;
	if (is_open)
		t->states[item->stage]++;
}

static int32_t
past_weeks(const struct media_series *s)
{
	int32_t whole = media_monday(s->today - 6);
	int32_t last = s->week < whole ? s->week : whole;
	int32_t weeks = (last - s->first) / 7 + 1;
	return last < s->first ? 0 : weeks > s->week_count ? s->week_count : weeks;
}

static struct tally
count(const struct media_series *s)
{
	size_t bytes = (size_t)s->week_count * sizeof(int64_t);
	struct tally t = { .done = vs_arena_alloc(s->arena, bytes),
		.open = vs_arena_alloc(s->arena, bytes),
		.past = past_weeks(s) };
	for (size_t i = 0; i < s->items.count; i++)
		if (s->items.all[i].scoped)
			count_item(s, &s->items.all[i], &t);
	for (int32_t week = 0; week < t.past; week++)
		t.past_done += t.done[week];
	return t;
}

static bool
reached(const struct media_series *s, int64_t done)
{
	return (double)done >= s->target - 1e-9;
}

static int64_t
streak(const struct media_series *s, const struct tally *t)
{
	int32_t weeks = 0;
	while (weeks < t->past && reached(s, t->done[t->past - 1 - weeks]))
		weeks++;
	return weeks;
}

/* The view -------------------------------------------------------------------------------- */

/* "2026-W34" */
static const char *
week_name(struct vs_arena *arena, int32_t monday)
{
	return vs_date_week_key(arena, vs_date_from_days(monday));
}

static void
put_week(struct vs_arena *arena, json_t *object, int32_t monday)
{
	record_put(object, "week", week_name(arena, monday));
	record_put(object, "week_text",
		vs_date_text(arena, vs_date_from_days(monday), VS_DATE_WEEK));
	record_put(object, "from", media_day_text(arena, monday));
}

static json_t *
real_or_null(bool known, double value)
{
	return known ? json_real(value) : json_null();
}

static json_t *
span_view(const struct media_series *s, const struct tally *t)
{
	int64_t wanted = media_series_target(s), lacking = wanted - t->past_done;
	int32_t still = s->week_count - t->past;
	json_t *average =
		real_or_null(t->past > 0, t->past ? (double)t->past_done / t->past : 0);
	json_t *needed = real_or_null(
		still > 0, still && lacking > 0 ? (double)lacking / still : 0);
	return json_pack("{s:s, s:s, s:i, s:i, s:I, s:o, s:i, s:o, s:I}", "from", s->from,
		"until", s->until, "weeks", (int)s->week_count, "past", (int)t->past,
		"done", (json_int_t)t->past_done, "average", average, "still", (int)still,
		"needed", needed, "target", (json_int_t)wanted);
}

static json_t *
weeks_view(const struct media_series *s, const struct tally *t)
{
	json_t *weeks = json_array();
	int64_t done = 0;
	for (int32_t i = 0; i < s->week_count; i++) {
		int32_t monday = s->first + 7 * i;
		json_t *week = json_object();
		done += t->done[i];
		put_week(s->arena, week, monday);
		json_object_set_new(week, "done", json_integer(t->done[i]));
		json_object_set_new(week, "open", json_integer(t->open[i]));
		json_object_set_new(week, "target", json_real(s->target));
		json_object_set_new(
			week, "reached", json_boolean(reached(s, t->done[i])));
		json_object_set_new(
			week, "now", json_boolean(monday == media_monday(s->today)));
		json_object_set_new(week, "average",
			real_or_null(i < t->past, (double)done / (i + 1)));
		json_array_append_new(weeks, week);
	}
	return weeks;
}

/* Records --------------------------------------------------------------------------------- */

enum part { WEEK, AHEAD, OVERDUE, PARTS };
static const char *const part_names[PARTS] = { "appearances", "ahead", "overdue" };

static bool
is_in(const struct media_series *s, const struct media_item *item, enum part part)
{
	bool is_open = media_stage_is_open(item->stage);
	switch (part) {
	case WEEK:
		return media_monday(item->day) == s->week;
	case AHEAD:
		return is_open && item->day >= s->today && item->day > s->week + 6;
	case OVERDUE:
		return is_open && item->day < s->today;
	case PARTS:
		break;
	}
	return false;
}

struct shown {
	int64_t id;
	json_t *record;
};

static int
compare_shown(const void *a, const void *b)
{
	int64_t x = ((const struct shown *)a)->id, y = ((const struct shown *)b)->id;
	return (x > y) - (x < y);
}

static struct shown *
wanted_records(const struct media_series *s, size_t *ret_count)
{
	struct shown *shown = NULL;
	*ret_count = 0;
	for (size_t i = 0; i < s->items.count; i++) {
		const struct media_item *item = &s->items.all[i];
		if (!item->scoped ||
			!(is_in(s, item, WEEK) || is_in(s, item, AHEAD) ||
				is_in(s, item, OVERDUE)))
			continue;
		shown = vs_arena_grow(s->arena, shown, *ret_count, sizeof *shown);
		shown[(*ret_count)++] = (struct shown){ item->id, NULL };
	}
	if (shown)
		qsort(shown, *ret_count, sizeof *shown, compare_shown);
	return shown;
}

/* One pass over the type's own rows makes records of those that are shown. */
static bool
read_records(const struct media_series *s, struct shown *shown, size_t count,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (count == 0)
		return true;
	if (!stmt_open(&q, s->db, vs_appearance_type.select, err))
		return false;
	if (vs_appearance_type.narrow)
		stmt_bind_null(&q);
	while (stmt_row(&q, err)) {
		struct shown key = { stmt_int(&q, 0), NULL };
		struct shown *found =
			bsearch(&key, shown, count, sizeof *shown, compare_shown);
		if (found)
			found->record = record_row(&vs_appearance_type, &q);
	}
	return err->code == VS_OK;
}

static bool
put_records(const struct media_series *s, json_t *view, struct vs_error *err)
{
	size_t count;
	struct shown *shown = wanted_records(s, &count);
	bool ok = read_records(s, shown, count, err);
	for (enum part part = WEEK; part < PARTS; part++) {
		json_t *records = json_array();
		for (size_t i = 0; ok && i < s->items.count; i++) {
			struct shown key = { s->items.all[i].id, NULL };
			if (!s->items.all[i].scoped || !is_in(s, &s->items.all[i], part))
				continue;
			const struct shown *found =
				bsearch(&key, shown, count, sizeof *shown, compare_shown);
			json_array_append(records, found->record);
		}
		json_object_set_new(view, part_names[part], records);
	}
	for (size_t i = 0; i < count; i++)
		json_decref(shown[i].record);
	return ok;
}

/* Views ----------------------------------------------------------------------------------- */

static void
put_head(const struct media_series *s, const struct tally *t, json_t *view)
{
	int64_t open = 0;
	put_week(s->arena, view, s->week);
	record_put(view, "until", media_day_text(s->arena, s->week + 6));
	json_object_set_new(
		view, "goal", s->scope.goal ? json_string(s->scope.goal) : json_null());
	json_object_set_new(view, "target", json_real(s->target));
	json_object_set_new(view, "done", json_integer(t->week_done));
	static const char *const names[MEDIA_OPEN] = { "planned", "submitted", "booked" };
	for (int stage = MEDIA_OPEN - 1; stage >= 0; stage--) {
		open += t->states[stage];
		json_object_set_new(view, names[stage], json_integer(t->states[stage]));
	}
	double gap = s->target - (double)(t->week_done + open);
	json_object_set_new(view, "gap", json_real(gap > 0 ? gap : 0));
	json_object_set_new(view, "streak", json_integer(streak(s, t)));
}

json_t *
vs_media_week_view(struct vs_db *db, const char *day, const struct vs_media_scope *scope,
	int unseen_weeks, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct media_series s;
	if (!snapshot_begin(&snapshot, db, err) ||
		!media_series_read(db, scratch.arena, day, scope, &s, err))
		return NULL;
	struct tally t = count(&s);
	json_t *view = json_object();
	put_head(&s, &t, view);
	json_object_set_new(view, "span", span_view(&s, &t));
	json_object_set_new(view, "forecast", media_forecast_view(&s));
	json_object_set_new(view, "weeks", weeks_view(&s, &t));
	json_t *unseen = NULL;
	if (put_records(&s, view, err))
		unseen = media_unseen_view(&s, unseen_weeks, err);
	json_object_set_new(view, "unseen", unseen);
	if (unseen)
		return view;
	json_decref(view);
	return NULL;
}

bool
vs_media_days(struct vs_db *db, struct vs_arena *arena,
	const struct vs_media_scope *scope, int64_t **ret_days, size_t *ret_count,
	struct vs_error *err)
{
	struct media_series s;
	int64_t *days = NULL;
	size_t found = 0;
	if (!media_series_read(db, arena, NULL, scope, &s, err))
		return false;
	for (size_t i = 0; i < s.items.count; i++) {
		const struct media_item *item = &s.items.all[i];
		if (!item->scoped || item->stage != MEDIA_DONE ||
			item->day < s.first_day || item->day > s.last_day)
			continue;
		days = vs_arena_grow(arena, days, found, sizeof *days);
		days[found++] = item->day;
	}
	if (ret_days)
		*ret_days = days;
	*ret_count = found;
	return true;
}

/* For `status` ---------------------------------------------------------------------------- */

/* A new reference; null where there is none. */
static json_t *
at(const json_t *view, const char *object, const char *name)
{
	json_t *value = json_object_get(json_object_get(view, object), name);
	return value ? json_incref(value) : json_null();
}

bool
vs_media_figures(struct vs_db *db, const struct vs_media_scope *scope, json_t *figures,
	struct vs_error *err)
{
	static const char *const same[] = { "week_text", "target", "done", "booked",
		"submitted", "planned", "streak" };
	json_t *view = vs_media_week_view(db, NULL, scope, 0, err);
	if (!view)
		return false;
	json_t *media = json_object();
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		json_object_set(media, same[i], json_object_get(view, same[i]));
	json_object_set_new(media, "average", at(view, "span", "average"));
	json_object_set_new(media, "needed", at(view, "span", "needed"));
	json_object_set_new(media, "probability", at(view, "forecast", "probability"));
	json_object_set_new(media, "unseen_people",
		json_integer((json_int_t)json_array_size(
			json_object_get(json_object_get(view, "unseen"), "people"))));
	json_object_set_new(media, "overdue",
		json_integer(
			(json_int_t)json_array_size(json_object_get(view, "overdue"))));
	json_object_set_new(figures, "media", media);
	json_decref(view);
	return true;
}
