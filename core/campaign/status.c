/* What is on today, what is late, what is missing. */
#include <valstuga/campaign.h>
#include <valstuga/goal.h>

#include <string.h>

#include <valstuga/date.h>

#include "record/record.h"

#define SOON_DAYS 30
#define TODO_MAX  10

static bool
add_campaign(struct vs_db *db, json_t *view, struct vs_date today, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign c;
	if (!vs_campaign_get(db, scratch.arena, &c, err))
		return false;
	json_object_set_new(view, "campaign",
		json_pack("{s:s, s:s, s:s, s:s, s:I, s:s}", "title", c.title, "party",
			c.party_name, "district", c.district, "election_day",
			c.election_day, "days_left",
			(json_int_t)(vs_date_to_days(c.election_date) -
				vs_date_to_days(today)),
			"kinds", c.kinds));
	return true;
}

static const char *
state_of(int64_t days)
{
	if (days < 0)
		return "late";
	if (days == 0)
		return "today";
	return days <= SOON_DAYS ? "soon" : "later";
}

static bool
add_deadline(json_t *deadlines, const json_t *record, struct vs_date today,
	struct vs_error *err)
{
	const char *falls_on = record_string(record, "falls_on");
	struct vs_date date;
	json_t *deadline = json_object();
	json_object_set(deadline, "key", json_object_get(record, "key"));
	json_object_set(deadline, "name", json_object_get(record, "name"));
	json_object_set(deadline, "date", json_object_get(record, "falls_on"));
	json_object_set(deadline, "source", json_object_get(record, "source"));
	json_array_append_new(deadlines, deadline);
	if (!falls_on) {
		json_object_set_new(deadline, "days", json_null());
		json_object_set_new(deadline, "state", json_string("unknown"));
		return true;
	}
	if (!vs_date_parse(falls_on, &date, err))
		return false;
	int64_t days = vs_date_to_days(date) - vs_date_to_days(today);
	json_object_set_new(deadline, "days", json_integer(days));
	json_object_set_new(deadline, "state", json_string(state_of(days)));
	return true;
}

/* What is ticked off, and what has passed by itself. */
static bool
is_over(const json_t *record, struct vs_date today)
{
	char text[11];
	const char *falls_on = record_string(record, "falls_on");
	if (record_string(record, "done_on"))
		return true;
	return falls_on && record_true(record, "passes") &&
		strcmp(falls_on, vs_date_format(today, text)) < 0;
}

static bool
add_deadlines(struct vs_db *db, json_t *view, struct vs_date today, struct vs_error *err)
{
	json_t *records = vs_record_list(db, &vs_deadline_type, NULL, err), *record;
	json_t *deadlines = json_array();
	json_object_set_new(view, "deadlines", deadlines);
	size_t i;
	bool ok = records != NULL;
	json_array_foreach (records, i, record)
		if (ok && !is_over(record, today))
			ok = add_deadline(deadlines, record, today, err);
	json_decref(records);
	return ok;
}

static bool
add_register(struct vs_db *db, json_t *view, struct vs_error *err)
{
	json_t *figures = vs_register_figures(db, err);
	if (!figures)
		return false;
	json_object_set_new(view, "register", figures);
	return vs_ballots_figures(db, figures, err) && vs_stock_figures(db, view, err);
}

static bool
add_coverage(struct vs_db *db, json_t *view, struct vs_error *err)
{
	json_t *coverage = vs_coverage_view(db, err);
	if (!coverage)
		return false;
	json_object_set(view, "coverage", json_object_get(coverage, "kinds"));
	json_decref(coverage);
	return true;
}

static bool
add_orders(struct vs_db *db, json_t *view, struct vs_error *err)
{
	json_t *orders = vs_record_list(db, &vs_order_type, NULL, err), *order;
	json_t *counts = json_object();
	json_object_set_new(view, "orders", counts);
	size_t i;
	json_array_foreach (orders, i, order) {
		const char *status = record_string(order, "status");
		json_object_set_new(
			counts, status, json_integer(record_integer(counts, status) + 1));
	}
	json_decref(orders);
	return orders != NULL;
}

static bool
add_deliveries(struct vs_db *db, json_t *view, struct vs_error *err)
{
	json_t *figures = json_object();
	json_object_set_new(view, "deliveries", figures);
	return vs_delivery_figures(db, figures, err);
}

static bool
add_field(struct vs_db *db, json_t *view, struct vs_error *err)
{
	json_t *figures = vs_field_figures(db, err);
	if (figures)
		json_object_set_new(view, "field", figures);
	return figures != NULL;
}

/* The week that is shown is measured against the first goal of being seen. */
static bool
add_presence(struct vs_db *db, json_t *view, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_media_scope scope;
	bool found;
	return vs_goal_media_scope(db, scratch.arena, NULL, &scope, &found, err) &&
		vs_media_figures(db, found ? &scope : NULL, view, err) &&
		vs_goal_figures(db, view, err);
}

static bool
add_problems(struct vs_db *db, json_t *view, struct vs_error *err)
{
	json_t *check = vs_check_view(db, err), *problem;
	if (!check)
		return false;
	json_t *counts =
		json_pack("{s:i, s:i, s:i}", "error", 0, "warning", 0, "notice", 0);
	json_t *todo = json_array();
	json_object_set_new(view, "problems", counts);
	json_object_set_new(view, "todo", todo);
	size_t i;
	json_array_foreach (json_object_get(check, "problems"), i, problem) {
		const char *severity = record_string(problem, "severity");
		json_object_set_new(counts, severity,
			json_integer(record_integer(counts, severity) + 1));
		if (i < TODO_MAX)
			json_array_append(todo, problem);
	}
	json_decref(check);
	return true;
}

json_t *
vs_status_view(struct vs_db *db, struct vs_error *err)
{
	struct vs_date today;
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *view = json_object();
	if (vs_clock_today(&today, err) && add_campaign(db, view, today, err) &&
		add_register(db, view, err) && add_deadlines(db, view, today, err) &&
		add_coverage(db, view, err) && add_orders(db, view, err) &&
		add_deliveries(db, view, err) && add_field(db, view, err) &&
		add_presence(db, view, err) && add_problems(db, view, err))
		return view;
	json_decref(view);
	return NULL;
}
