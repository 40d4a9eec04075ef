/* The content plan of our own channels: week by week, what is planned, who does it, what is
 * done, and which channel has nothing. */
#include "media/media.h"

#include <string.h>

#include <valstuga/date.h>

#include "base/i18n.h"

#define WEEKS_USUAL 6
#define WEEKS_MAX   160

struct plan {
	struct vs_db *db;
	json_t *posts;	  /* all of the period, by date */
	json_t *channels; /* own outlets that are in use */
	json_t *weeks;
};

/* What was called off is no part of the plan. */
static bool
counts(const json_t *post)
{
	const char *state = record_string(post, "state");
	return media_is_done(state) || media_is_open(state);
}

static bool
is_within(const json_t *post, const char *from, const char *until)
{
	const char *date = record_string(post, "date");
	return strcmp(from, date) <= 0 && strcmp(date, until) <= 0;
}

static json_t *
names_without(const struct plan *plan, const json_t *posts)
{
	json_t *empty = json_array(), *channel, *post;
	size_t i, j;
	json_array_foreach (plan->channels, i, channel) {
		bool found = false;
		json_array_foreach (posts, j, post)
			found = found ||
				record_integer(post, "outlet") ==
					record_integer(channel, "id");
		if (!found)
			json_array_append(empty, json_object_get(channel, "name"));
	}
	return empty;
}

static void
add_week(struct plan *plan, struct vs_date monday, const char *first, const char *last)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char from[11], until[11];
	json_t *week = json_object(), *posts = json_array(), *post;
	size_t i;
	vs_date_format(monday, from);
	vs_date_format(vs_date_add(monday, 6), until);
	record_put(week, "week", vs_date_week_key(scratch.arena, monday));
	record_put(week, "week_text", vs_date_text(scratch.arena, monday, VS_DATE_WEEK));
	record_put(week, "from", from);
	json_array_foreach (plan->posts, i, post)
		if (counts(post) && is_within(post, from, until) &&
			is_within(post, first, last))
			json_array_append(posts, post);
	json_object_set_new(week, "posts", posts);
	json_object_set_new(week, "empty", names_without(plan, posts));
	json_array_append_new(plan->weeks, week);
}

/* Without limits: this week and those that follow. */
static bool
read_period(const char *from, const char *until, struct vs_date *ret_first,
	struct vs_date *ret_last, struct vs_error *err)
{
	struct vs_date today;
	if (!vs_clock_today(&today, err) ||
		(from && !vs_date_parse(from, ret_first, err)))
		return false;
	if (!from)
		*ret_first = vs_date_monday(today);
	*ret_last =
		vs_date_add(*ret_first, WEEKS_USUAL * 7 - vs_date_weekday(*ret_first));
	if (until && !vs_date_parse(until, ret_last, err))
		return false;
	int64_t days = vs_date_to_days(*ret_last) - vs_date_to_days(*ret_first);
	if (days < 0)
		return vs_fail(err, VS_INVALID,
			_("the period ends before it begins; look at --from and --until"));
	return days < WEEKS_MAX * 7 ||
		vs_fail(err, VS_INVALID,
			_("the period is longer than %d weeks; look at --from and --until"),
			WEEKS_MAX);
}

static bool
read_plan(struct plan *plan, struct vs_error *err)
{
	json_t *kind = json_pack("{s:s}", "kind", "own");
	json_t *own = vs_record_list(plan->db, &vs_outlet_type, kind, err), *outlet;
	plan->posts =
		own ? vs_record_list(plan->db, &vs_appearance_type, kind, err) : NULL;
	size_t i;
	json_array_foreach (own, i, outlet)
		if (record_true(outlet, "active"))
			json_array_append(plan->channels, outlet);
	json_decref(own);
	json_decref(kind);
	return plan->posts != NULL;
}

json_t *
vs_media_content_view(
	struct vs_db *db, const char *from, const char *until, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	struct vs_date first, last;
	char text[2][11];
	if (!read_period(from, until, &first, &last, err) ||
		!snapshot_begin(&snapshot, db, err))
		return NULL;
	struct plan plan = { .db = db, .channels = json_array(), .weeks = json_array() };
	bool ok = read_plan(&plan, err);
	vs_date_format(first, text[0]);
	vs_date_format(last, text[1]);
	struct vs_date monday = vs_date_monday(first);
	for (; ok && vs_date_to_days(monday) <= vs_date_to_days(last);
		monday = vs_date_add(monday, 7))
		add_week(&plan, monday, text[0], text[1]);
	json_t *view = ok ? json_pack("{s:O}", "weeks", plan.weeks) : NULL;
	json_decref(plan.posts);
	json_decref(plan.channels);
	json_decref(plan.weeks);
	return view;
}
