/* What is left to do of the evaluation. */
#include <string.h>

#include "base/i18n.h"
#include "campaign/answer.h"
#include "register/sheet.h"

struct steps {
	struct vs_db *db;
	struct vs_arena *arena;
	json_t *list;
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

/* Kinds of election whose votes of all districts that can be counted are there. */
static bool
add_results(struct steps *s, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t done = 0, kinds = 0;
	const char *detail = "";
	if (!stmt_open(&q, s->db,
		    SQL("SELECT e.code, (SELECT count(*) FROM district d JOIN kommun k"
			"  ON k.code = d.kommun_code AND k.in_district),"
			" (SELECT count(*) FROM election_result r JOIN kommun k"
			"  ON k.code = r.kommun_code AND k.in_district WHERE r.kind = e.code"
			"  AND r.election_day = c.election_day AND r.party_votes IS NOT NULL)"
			" FROM election_kind e JOIN campaign c"
			" ON ',' || c.kinds || ',' LIKE '%,' || e.code || ',%'"
			" ORDER BY e.position"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		int64_t all = stmt_int(&q, 1), here = stmt_int(&q, 2);
		kinds++;
		done += here > 0 && here >= all;
		detail = vs_arena_printf(s->arena, _("%s%s%s: %lld of %lld districts"),
			detail, *detail ? "; " : "", stmt_text(&q, 0), (long long)here,
			(long long)all);
	}
	add(s, "results", _("Results imported"), kinds > 0 && done == kinds, detail);
	return err->code == VS_OK;
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
	int64_t learned = 0, wanted = 0;
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
	if (!db_int(s->db,
		    SQL("SELECT count(*) FROM usage u JOIN campaign c"
			" ON c.election_day = u.election_day"),
		    &learned, err))
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
add_shortages(struct steps *s, const char *election_day, struct vs_error *err)
{
	struct vs_date today;
	char text[11];
	int64_t open = 0;
	if (!vs_clock_today(&today, err) ||
		!db_int(s->db,
			SQL("SELECT count(*) FROM shortage WHERE status <> 'resolved'"),
			&open, err))
		return false;
	bool over = strcmp(vs_date_format(today, text), election_day) > 0;
	add(s, "shortages", _("Shortages seen to"), over && open == 0,
		open	       ? vs_arena_printf(s->arena,
					 P_("%lld report is open", "%lld reports are open", open),
					 (long long)open)
			: over ? _("no report is open")
			       : _("the election is not over"));
	return true;
}

static bool
add_report(struct steps *s, const char *election_day, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db,
		    SQL("SELECT max(at) FROM sheet WHERE number = 'UV-0001'"
			" AND at >= unixepoch(?)"),
		    err))
		return false;
	stmt_bind(&q, election_day);
	if (!stmt_row(&q, err))
		return false;
	bool printed = !stmt_null(&q, 0);
	char when[17] = "";
	if (printed)
		vs_time_format_local(stmt_int(&q, 0), when);
	add(s, "report", _("Report printed"), printed,
		printed ? when : _("'valstuga print evaluation-report' makes it"));
	return true;
}

json_t *
vs_evaluation_steps(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct vs_campaign campaign;
	struct steps s = { db, scratch.arena, json_array() };
	if (snapshot_begin(&snapshot, db, err) &&
		vs_campaign_get(db, scratch.arena, &campaign, err) &&
		add_results(&s, err) && add_usage(&s, err) && add_answers(&s, err) &&
		add_shortages(&s, campaign.election_day, err) &&
		add_report(&s, campaign.election_day, err))
		return s.list;
	json_decref(s.list);
	return NULL;
}
