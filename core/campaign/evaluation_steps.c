/* What is left to do of the evaluation. */
#include <string.h>

#include "base/i18n.h"
#include "campaign/answer.h"
#include "register/register.h"

struct steps {
	struct vs_db *db;
	struct vs_arena *arena;
	json_t *list;
	const char *election_day;
};

static void
add(struct steps *s, const char *key, const char *name, bool done, const char *detail)
{
	json_t *step = json_object();
	record_put(step, "key", key);
	record_put(step, "name", name);
	json_object_set_new(step, "done", json_boolean(done));
	record_put(step, "detail", detail);
	json_array_append_new(s->list, step);
}

/* Kommuner whose votes of a kind are counted and here; results are sorted by kommun. */
static bool
count_kommuner(
	struct steps *s, const char *kind, size_t *ret_kommuner, struct vs_error *err)
{
	struct register_result *results;
	size_t count;
	const char *last = "";
	*ret_kommuner = 0;
	if (!register_results(s->db, s->arena, kind, &results, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!results[i].now.known || results[i].now.votes < 0 ||
			strcmp(results[i].kommun, last) == 0)
			continue;
		last = results[i].kommun;
		++*ret_kommuner;
	}
	return true;
}

static bool
add_results(struct steps *s, const char *kinds, struct vs_error *err)
{
	json_t *filters = json_pack("{s:b}", "in_district", true);
	json_t *records = vs_record_list(s->db, &vs_kommun_type, filters, err);
	size_t all = json_array_size(records), here;
	json_decref(filters);
	json_decref(records);
	if (!records)
		return false;
	bool done = all > 0;
	const char *detail = "";
	char *rest = vs_arena_text(s->arena, kinds), *kind;
	while ((kind = strsep(&rest, ","))) {
		if (!count_kommuner(s, kind, &here, err))
			return false;
		done = done && here >= all;
		detail = vs_arena_printf(s->arena, _("%s%s%s: %zu of %zu kommuner"),
			detail, *detail ? "; " : "", kind, here, all);
	}
	add(s, "results", _("Results imported"), done, detail);
	return true;
}

/* Places, once each, that a list of the view names. */
static int64_t
count_places(const json_t *rows)
{
	json_t *seen = json_object(), *row;
	size_t i;
	json_array_foreach (rows, i, row) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		json_object_set_new(seen,
			vs_arena_printf(scratch.arena, "%s %s",
				record_string(row, "kommun"),
				record_string(row, "place_name")),
			json_true());
	}
	int64_t count = (int64_t)json_object_size(seen);
	json_decref(seen);
	return count;
}

static bool
add_usage(struct steps *s, struct vs_error *err)
{
	json_t *view = vs_usage_view(s->db, NULL, err);
	int64_t wanted = 0;
	if (!view)
		return false;
	const json_t *rows = json_object_get(view, "rows");
	const json_t *uncounted = json_object_get(view, "uncounted");
	int64_t open = count_places(uncounted);
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row)
		wanted += !json_is_null(json_object_get(row, "place"));
	bool none = !json_array_size(rows) && !open;
	add(s, "counted", _("Ballots left counted"), !none && !open,
		none	       ? _("nothing has been delivered")
			: open ? vs_arena_printf(s->arena,
					 P_("%lld place is not counted",
						 "%lld places are not counted", open),
					 (long long)open)
			       : _("every place is counted"));
	json_decref(view);
	json_t *filters = json_pack("{s:s}", "election_day", s->election_day);
	json_t *kept = vs_record_list(s->db, &vs_usage_type, filters, err);
	int64_t learned = (int64_t)json_array_size(kept);
	json_decref(filters);
	json_decref(kept);
	if (!kept)
		return false;
	add(s, "learned", _("Use learned for next time"),
		learned > 0 && learned >= wanted,
		vs_arena_printf(s->arena, _("%lld of %lld rows"), (long long)learned,
			(long long)wanted));
	return true;
}

static bool
add_answers(struct steps *s, struct vs_error *err)
{
	json_t *view = vs_answers_view(s->db, err);
	if (!view)
		return false;
	int64_t all = record_integer(view, "associations");
	int64_t answered = record_integer(view, "answered");
	add(s, "answers", _("All associations have answered"), all > 0 && answered == all,
		vs_arena_printf(s->arena, _("%lld of %lld associations"),
			(long long)answered, (long long)all));
	json_decref(view);
	return true;
}

static bool
add_shortages(struct steps *s, struct vs_error *err)
{
	struct vs_date today;
	char text[11];
	if (!vs_clock_today(&today, err))
		return false;
	json_t *filters = json_pack("{s:b}", "live", true);
	json_t *live = vs_record_list(s->db, &vs_shortage_type, filters, err);
	size_t open = json_array_size(live);
	bool over = strcmp(vs_date_format(today, text), s->election_day) > 0;
	json_decref(filters);
	json_decref(live);
	if (!live)
		return false;
	add(s, "shortages", _("Shortages seen to"), over && open == 0,
		open	       ? vs_arena_printf(s->arena,
					 P_("%zu report is open", "%zu reports are open", open),
					 open)
			: over ? _("no report is open")
			       : _("the election is not over"));
	return true;
}

static bool
add_report(struct steps *s, struct vs_error *err)
{
	bool printed; /* one from before says nothing of how it went */
	if (!register_sheet_made_after(
		    s->db, EVALUATION_SHEET, s->election_day, &printed, err))
		return false;
	add(s, "report", _("Report printed"), printed,
		printed ? EVALUATION_SHEET
			: _("'valstuga print evaluation-report' makes it"));
	return true;
}

json_t *
vs_evaluation_steps(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct vs_campaign campaign;
	struct steps s = { db, scratch.arena, json_array(), NULL };
	if (snapshot_begin(&snapshot, db, err) &&
		vs_campaign_get(db, scratch.arena, &campaign, err)) {
		s.election_day = campaign.election_day;
		if (add_results(&s, campaign.kinds, err) && add_usage(&s, err) &&
			add_answers(&s, err) && add_shortages(&s, err) &&
			add_report(&s, err))
			return s.list;
	}
	json_decref(s.list);
	return NULL;
}
