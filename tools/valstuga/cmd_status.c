/* Status and check: what is on, late, missing. */
#include <string.h>
#include <unistd.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "tool.h"

#define MISSING_MAX 5 /* shifts where people are missing, of more `day` tells */

/* Of those that are more than a month away; what is near or undecided is always shown. */
#define DEADLINES_MOST 8

static void
print_head(struct call *call, const json_t *view)
{
	const json_t *campaign = json_object_get(view, "campaign");
	long long days = integer_of(campaign, "days_left");
	struct vs_date day = { 0 };
	struct vs_error ignored = { 0 };
	if (!vs_date_parse(text_of(campaign, "election_day"), &day, &ignored))
		return;
	printf("%s · %s %s\n", text_of(campaign, "title"), text_of(campaign, "party"),
		text_of(campaign, "district"));
	printf(days >= 0 ? P_("%s, %lld day left\n", "%s, %lld days left\n", days)
			 : P_("%s, %lld day ago\n", "%s, %lld days ago\n", -days),
		vs_date_text(call->arena, day, VS_DATE_LONG),
		(long long)(days < 0 ? -days : days));
}

static void
print_register(struct call *call, const json_t *view)
{
	const json_t *r = json_object_get(view, "register");
	const char *kind;
	json_t *value;
	printf(_("\n%s districts at %s polling places; %s advance voting places, %s place-days\n"),
		number_of(call, r, "districts"), number_of(call, r, "polling_places"),
		number_of(call, r, "advance_places"), number_of(call, r, "place_days"));
	json_object_foreach (json_object_get(r, "eligible"), kind, value)
		printf(_("%s: %s eligible voters, free quota %s, ordered %s\n"), kind,
			number_of(call, json_object_get(r, "eligible"), kind),
			number_of(call, json_object_get(r, "quota"), kind),
			number_of(call, json_object_get(r, "ordered"), kind));
	printf(_("%s lists with %s candidates\n"), number_of(call, r, "lists"),
		number_of(call, r, "candidates"));
}

static void
print_coverage(const json_t *view)
{
	const char *kind;
	json_t *c;
	json_object_foreach (json_object_get(view, "coverage"), kind, c)
		printf(_("%s: %d of %d areas have a list, %d decided, %d ordered\n"),
			kind, (int)integer_of(c, "lists"), (int)integer_of(c, "areas"),
			(int)integer_of(c, "decided"), (int)integer_of(c, "ordered"));
}

static void
print_orders(struct call *call, const json_t *view)
{
	const struct vs_field *status = vs_record_field(&vs_order_type, "status");
	const char *name;
	json_t *count;
	bool first = true;
	json_object_foreach (json_object_get(view, "orders"), name, count) {
		json_t *value = json_string(name);
		printf("%s", first ? _("Orders: ") : ", ");
		/* Swedish puts the number last, where the word needs no plural. */
		printf(_("%lld %s"), (long long)json_integer_value(count),
			vs_record_text(call->arena, status, value));
		json_decref(value);
		first = false;
	}
	if (!first)
		printf("\n");
}

/* Where this election's ballots are, once there are any. */
static void
print_stock(struct call *call, const json_t *view)
{
	const json_t *stock = json_object_get(view, "stock");
	const char *kind;
	json_t *pieces;
	long long all = 0;
	json_object_foreach ((json_t *)(uintptr_t)stock, kind, pieces)
		all += json_integer_value(pieces);
	if (all)
		printf(_("Ballots: %s at the printer, %s at depots, %s in cars, %s at receptions, "
			 "%s at places, %s taken, %s scrapped\n"),
			number_of(call, stock, "printer"),
			number_of(call, stock, "depot"),
			number_of(call, stock, "carrier"),
			number_of(call, stock, "reception"),
			number_of(call, stock, "place"), number_of(call, stock, "voters"),
			number_of(call, stock, "scrap"));
}

static void
print_deliveries(struct call *call, const json_t *view)
{
	const json_t *deliveries = json_object_get(view, "deliveries");
	const struct vs_field *status = vs_record_field(&vs_delivery_type, "status");
	const char *name;
	json_t *count, *duty;
	size_t i;
	bool first = true;
	json_object_foreach (json_object_get(deliveries, "today"), name, count) {
		json_t *value = json_string(name);
		printf("%s", first ? _("Deliveries today: ") : ", ");
		printf(_("%lld %s"), (long long)json_integer_value(count),
			vs_record_text(call->arena, status, value));
		json_decref(value);
		first = false;
	}
	if (!first)
		printf("\n");
	if (integer_of(deliveries, "shortages"))
		printf(P_("%lld shortage is not resolved\n",
			       "%lld shortages are not resolved\n",
			       integer_of(deliveries, "shortages")),
			integer_of(deliveries, "shortages"));
	json_array_foreach (json_object_get(deliveries, "duty"), i, duty)
		printf(_("%s until %02d:%02d: %s, %s\n"), text_of(duty, "role"),
			(int)integer_of(duty, "until") / 60,
			(int)integer_of(duty, "until") % 60, text_of(duty, "name"),
			text_of(duty, "phone"));
}

/* Who is there, each once however many shifts they have. */
static void
print_people(const json_t *people)
{
	size_t i, k;
	json_t *person;
	const char *between = ": ";
	json_array_foreach (people, i, person) {
		for (k = 0; k < i; k++)
			if (json_equal(json_object_get(person, "person"),
				    json_object_get(json_array_get(people, k), "person")))
				break;
		if (k < i)
			continue;
		printf("%s%s", between, text_of(person, "name"));
		between = ", ";
	}
	putchar('\n');
}

/* Who is there today, who is missing this week and whom to ask. */
static void
print_field(const json_t *view)
{
	const json_t *field = json_object_get(view, "field");
	size_t i, k;
	json_t *each, *name;
	long long missing = integer_of(field, "missing_week");
	json_array_foreach (json_object_get(field, "today"), i, each) {
		printf(i ? "  " : _("\nToday: "));
		printf("%s–%s %s", text_of(each, "starts"), text_of(each, "ends"),
			text_of(each, "title"));
		print_people(json_object_get(each, "people"));
	}
	if (missing)
		printf(P_("%lld person is missing this week; 'valstuga day' says whom to call\n",
			       "%lld people are missing this week; 'valstuga day' says whom to call\n",
			       missing),
			missing);
	json_array_foreach (json_object_get(field, "missing"), i, each) {
		if (i == MISSING_MAX)
			break;
		printf(_("  shift %lld, %s, %s: %lld as %s"), integer_of(each, "shift"),
			text_of(each, "title"), text_of(each, "when"),
			integer_of(each, "needed"), text_of(each, "role_name"));
		json_array_foreach (json_object_get(each, "ask"), k, name)
			printf("%s%s", k ? ", " : _("; ask "), json_string_value(name));
		putchar('\n');
	}
}

static const char *
when(struct call *call, const json_t *deadline)
{
	long long days = integer_of(deadline, "days");
	const char *state = text_of(deadline, "state");
	if (strcmp(state, "unknown") == 0)
		return _("date not decided");
	if (days == 0)
		return _("today");
	if (days > 0)
		return vs_arena_printf(
			call->arena, P_("in %d day", "in %d days", days), (int)days);
	return vs_arena_printf(
		call->arena, P_("%d day ago", "%d days ago", -days), (int)-days);
}

static void
print_deadlines(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("date"), false }, { _("when"), false },
		{ _("deadline"), false }, { _("source"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i, shown = 0, left = 0;
	json_t *deadline;
	json_array_foreach (json_object_get(view, "deadlines"), i, deadline) {
		bool later = strcmp(text_of(deadline, "state"), "later") == 0;
		if (later && shown >= DEADLINES_MOST && !call->csv) {
			left++;
			continue;
		}
		shown++;
		table_cell(table, text_of(deadline, "date"));
		table_cell(table, when(call, deadline));
		table_cell(table, text_of(deadline, "name"));
		table_cell(table, text_of(deadline, "source"));
	}
	printf("\n");
	table_print(call, table);
	if (left)
		printf(P_("and %zu later one; 'valstuga calendar next' lists it\n",
			       "and %zu later ones; 'valstuga calendar next' lists them\n",
			       (int64_t)left),
			left);
}

static const char *
severity_text(const char *severity)
{
	if (strcmp(severity, "error") == 0)
		return _("error");
	return strcmp(severity, "warning") == 0 ? _("warning") : _("notice");
}

/* For eyes: nothing is cut, and what to do stands below what is wrong. */
static void
print_problem(const json_t *problem)
{
	const char *id = text_of(problem, "id");
	printf("%s: %s", severity_text(text_of(problem, "severity")),
		text_of(problem, "text"));
	if (*id)
		printf(" (%s %s)", _(text_of(problem, "noun")), id);
	printf("\n    → %s\n", text_of(problem, "todo"));
}

static void
print_problem_table(struct call *call, const json_t *problems)
{
	const struct column columns[] = { { _("degree"), false }, { _("what"), false },
		{ _("which"), false }, { _("problem"), false },
		{ _("what to do"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *problem;
	json_array_foreach (problems, i, problem) {
		table_cell(table, severity_text(text_of(problem, "severity")));
		table_cell(table, _(text_of(problem, "noun")));
		table_cell(table, text_of(problem, "id"));
		table_cell(table, text_of(problem, "text"));
		table_cell(table, text_of(problem, "todo"));
	}
	table_print(call, table);
}

static void
print_problems(struct call *call, const json_t *problems)
{
	size_t i;
	json_t *problem;
	if (call->csv || !isatty(STDOUT_FILENO))
		print_problem_table(call, problems);
	else
		json_array_foreach (problems, i, problem)
			print_problem(problem);
}

bool
cmd_status(struct call *call)
{
	if (call->csv)
		return vs_fail(&call->err, VS_USAGE,
			_("status is no table; use --json, or --csv on check and on the lists"));
	json_t *view = vs_status_view(call->db, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		const json_t *counts = json_object_get(view, "problems");
		print_head(call, view);
		print_register(call, view);
		print_coverage(view);
		print_orders(call, view);
		print_stock(call, view);
		print_deliveries(call, view);
		print_field(view);
		print_presence(call, view);
		print_deadlines(call, view);
		printf(_("\n%lld errors, %lld warnings, %lld notices; 'valstuga check' lists them\n"),
			integer_of(counts, "error"), integer_of(counts, "warning"),
			integer_of(counts, "notice"));
		print_problems(call, json_object_get(view, "todo"));
	}
	json_decref(view);
	return true;
}

bool
cmd_check(struct call *call)
{
	json_t *view = vs_check_view(call->db, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else if (!call->csv && json_array_size(json_object_get(view, "problems")) == 0)
		printf(_("nothing is wrong or missing\n"));
	else
		print_problems(call, json_object_get(view, "problems"));
	json_decref(view);
	return true;
}
