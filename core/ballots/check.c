/* What is missing, unlikely or inconsistent in lists, orders and hand-over rules. */
#include "ballots/ballots.h"

#include <string.h>

#include "base/i18n.h"

static bool
check_list(struct vs_db *db, json_t *problems, const json_t *list, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *key = record_key_text(scratch.arena, &vs_list_type, list);
	json_t *candidates = list_candidates(db, record_integer(list, "id"), err);
	json_t *found = candidates ? list_problems(db, list, candidates, err) : NULL;
	size_t i;
	json_t *one;
	json_array_foreach (found, i, one)
		register_problem(problems, record_string(one, "severity"), "list", key,
			vs_arena_printf(scratch.arena, "%s: %s",
				record_string(list, "name"), record_string(one, "text")),
			record_string(one, "todo"));
	json_decref(candidates);
	json_decref(found);
	return err->code == VS_OK;
}

static bool
check_lists(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	json_t *own = json_pack("{s:b}", "own", 1);
	json_t *lists = vs_record_list(db, &vs_list_type, own, err), *list;
	json_decref(own);
	size_t i;
	bool ok = lists != NULL;
	json_array_foreach (lists, i, list)
		ok = ok && check_list(db, problems, list, err);
	json_decref(lists);
	return ok;
}

/* A party that notifies its candidates does so for a whole election, or not at all. */
static bool
check_locks(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	return register_find(db, problems,
		SQL("SELECT min(l.id), l.kind || coalesce(' ' || a.name, '') FROM list l"
		    " JOIN campaign c ON c.party_code = l.party_code"
		    " AND c.election_day = l.election_day LEFT JOIN kommun a ON l.kind = 'KF'"
		    " AND a.code = (SELECT min(k.area_code) FROM list_constituency lc"
		    "  JOIN constituency k ON k.id = lc.constituency_id WHERE lc.list_id = l.id)"
		    " GROUP BY l.kind, a.code HAVING min(l.locked) <> max(l.locked)"),
		"warning", "list",
		_("some lists of one election are locked, others open"),
		_("a party that notifies candidates must notify all of that election"),
		err);
}

static bool
check_coverage(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *view = vs_coverage_view(db, err), *row;
	size_t i;
	if (!view)
		return false;
	json_array_foreach (json_object_get(view, "rows"), i, row)
		if (json_is_null(json_object_get(row, "list")))
			register_problem(problems, "warning", "list", "",
				vs_arena_printf(scratch.arena, _("%s %s: no list"),
					record_string(row, "kind"),
					record_string(row, "name")),
				_("make one with 'valstuga list add' or import the meeting's list"));
	json_decref(view);
	return true;
}

static bool
check_order(struct vs_db *db, json_t *problems, const json_t *order, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *list = order_list(db, order, err), *text;
	if (!list)
		return false;
	json_t *missing = order_missing(order, list);
	json_decref(list);
	size_t i;
	json_array_foreach (missing, i, text)
		register_problem(problems, "warning", "order",
			record_key_text(scratch.arena, &vs_order_type, order),
			vs_arena_printf(scratch.arena, "%s: %s",
				record_string(order, "list_name"),
				json_string_value(text)),
			_("fill it in with 'valstuga order set' before ordering"));
	json_decref(missing);
	return true;
}

static bool
check_orders(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	json_t *orders = vs_record_list(db, &vs_order_type, NULL, err), *order;
	size_t i;
	bool ok = orders != NULL;
	json_array_foreach (orders, i, order)
		if (ok && record_true(order, "live") &&
			!order_placed(record_string(order, "status")))
			ok = check_order(db, problems, order, err);
	json_decref(orders);
	return ok;
}

/* How many of something there are, as one problem when there is any. */
static bool
check_count(struct vs_db *db, json_t *problems, const char *sql, const char *severity,
	const char *what, const char *todo, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t count = 0;
	if (!db_int(db, sql, &count, err))
		return false;
	if (count)
		register_problem(problems, severity, "order", "",
			vs_arena_printf(scratch.arena,
				P_("%s: %lld list", "%s: %lld lists", count), what,
				(long long)count),
			todo);
	return true;
}

#define ORDER_SOON_DAYS 30

/* Lists that are not ordered when the order date comes near or has passed. */
static bool
check_order_date(
	struct vs_db *db, json_t *problems, struct vs_date today, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_date date;
	bool known;
	if (!register_deadline(db, "order_date", &date, &known, err))
		return false;
	int64_t days = known ? vs_date_to_days(date) - vs_date_to_days(today) : INT64_MAX;
	if (days > ORDER_SOON_DAYS)
		return true;
	const char *what = days < 0
		? _("not ordered, and the last day with guaranteed delivery has passed")
		: vs_arena_printf(scratch.arena,
			  P_("not ordered, and %d day left with guaranteed delivery",
				  "not ordered, and %d days left with guaranteed delivery",
				  days),
			  (int)days);
	return check_count(db, problems,
		SQL("SELECT count(*) FROM list l JOIN campaign c ON c.party_code = l.party_code"
		    " AND c.election_day = l.election_day WHERE l.authority_status IS NULL"
		    " AND NOT EXISTS (SELECT 1 FROM ballot_order o WHERE o.list_id = l.id"
		    "  AND o.status IN ('ordered', 'printing', 'delivered'))"),
		days < 0 ? "error" : "warning", what,
		_("complete the orders and place them; 'valstuga order list' shows them"),
		err);
}

/* Ordered in time but not there when the authority has promised it. */
static bool
check_delivery(
	struct vs_db *db, json_t *problems, struct vs_date today, struct vs_error *err)
{
	struct vs_date date;
	bool known;
	if (!register_deadline(db, "guaranteed_delivery", &date, &known, err))
		return false;
	if (!known || vs_date_to_days(today) <= vs_date_to_days(date))
		return true;
	return check_count(db, problems,
		SQL("SELECT count(*) FROM ballot_order WHERE status IN ('ordered', 'printing')"),
		"error",
		_("ordered but not delivered, and the guaranteed day has passed"),
		_("ask the authority where the ballots are, or mark them delivered"),
		err);
}

static bool
check_deadlines(struct vs_db *db, json_t *problems, struct vs_error *err)
{
	struct vs_date today;
	return vs_clock_today(&today, err) &&
		check_order_date(db, problems, today, err) &&
		check_delivery(db, problems, today, err);
}

json_t *
vs_ballots_problems(struct vs_db *db, struct vs_error *err)
{
	json_t *problems = json_array();
	if (check_lists(db, problems, err) && check_locks(db, problems, err) &&
		check_coverage(db, problems, err) && check_orders(db, problems, err) &&
		check_deadlines(db, problems, err) && rule_check(db, problems, err))
		return problems;
	json_decref(problems);
	return NULL;
}
