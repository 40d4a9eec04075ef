/*
 * Planning a round's deliveries. The facts are read in one look, the routes are solved without
 * holding the file, and the plan is written only if the facts are still the same.
 */
#include "ballots/deliver.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"

/* What the plan was made from ----------------------------------------------------------------*/

static void
print_days(struct vs_buffer *text, const struct deliver_days *days)
{
	for (size_t i = 0; i < days->count; i++) {
		const struct deliver_day *day = &days->days[i];
		vs_buffer_printf(text, " %d", day->date);
		for (int k = 0; k < day->count; k++)
			vs_buffer_printf(text, ":%d-%d", day->spans[k].opens,
				day->spans[k].closes);
	}
}

static void
print_stops(struct vs_buffer *text, const struct deliver_plan *plan)
{
	for (size_t i = 0; i < plan->stop_count; i++) {
		const struct deliver_stop *stop = &plan->stops[i];
		vs_buffer_printf(text, "\n%" PRId64 " %" PRId64 " %" PRId64 " %f,%f",
			stop->target->location, stop->from, stop->delivery,
			stop->target->point.latitude, stop->target->point.longitude);
		for (size_t k = 0; k < stop->line_count; k++)
			vs_buffer_printf(text, ",%" PRId64 "=%" PRId64,
				stop->lines[k].item, stop->lines[k].pieces);
		print_days(text, stop->days);
	}
}

static void
print_carriers(struct vs_buffer *text, const struct deliver_facts *facts)
{
	for (size_t i = 0; i < facts->carrier_count; i++) {
		const struct deliver_carrier *c = &facts->carriers[i];
		vs_buffer_printf(text, "\n%" PRId64 "@%" PRId64 " %d %d %d-%d %d %d",
			c->id, c->base, c->kg, c->boxes, c->starts, c->ends, c->longest,
			c->dropped);
		for (size_t k = 0; k < c->day_count; k++)
			vs_buffer_printf(text, " %d:%d-%d", c->days[k].date,
				c->days[k].from, c->days[k].until);
	}
}

uint64_t
deliver_facts_code(const struct deliver_plan *plan)
{
	VS_AUTO(vs_buffer) text = { 0 };
	vs_buffer_printf(&text, "%d", plan->facts->today);
	print_stops(&text, plan);
	print_carriers(&text, plan->facts);
	json_t *whole = json_pack("[s]", text.data);
	uint64_t code = register_fingerprint(whole);
	json_decref(whole);
	return code;
}

static void
tell_unknown_points(struct deliver_facts *facts)
{
	if (facts->unknown_points)
		deliver_note(facts,
			vs_arena_printf(facts->arena,
				P_("%zu destination has no coordinates and is taken to be in the "
				   "middle of its kommun",
					"%zu destinations have no coordinates and are taken to be in "
					"the middle of their kommun",
					facts->unknown_points),
				facts->unknown_points));
}

/* Nobody who drives early enough: said before the ballots are late. */
static void
tell_late_start(const struct deliver_plan *plan)
{
	struct deliver_facts *facts = plan->facts;
	int from, until;
	if (strcmp(plan->phase, "election_day") != 0 || !plan->stop_count)
		return;
	for (size_t i = 0; i < facts->carrier_count; i++)
		if (deliver_carrier_hours(facts, &facts->carriers[i], facts->election_day,
			    &from, &until) &&
			from < DELIVER_EARLY)
			return;
	deliver_note(facts,
		_("no carrier drives before 07.30 on election day; give their hours with "
		  "'valstuga carrier set --starts', or day by day with 'valstuga "
		  "availability add'"));
}

static size_t
late_stops(const struct deliver_plan *plan)
{
	size_t late = 0;
	for (size_t i = 0; i < plan->stop_count; i++)
		late += plan->stops[i].late && plan->stops[i].by;
	return late;
}

static bool
stands_still(const struct deliver_facts *facts, const struct deliver_carrier *carrier)
{
	int from, until;
	for (size_t i = 0; i < carrier->busy_count; i++)
		if (carrier->busy[i].date == facts->election_day)
			return false;
	return deliver_carrier_hours(facts, carrier, facts->election_day, &from, &until);
}

/* Carriers of one depot do not help another by themselves; who could is said. */
static void
tell_idle(const struct deliver_plan *plan)
{
	struct deliver_facts *facts = plan->facts;
	size_t late = late_stops(plan), idle = 0;
	const char *names = "";
	for (size_t i = 0; late && i < facts->carrier_count; i++)
		if (stands_still(facts, &facts->carriers[i])) {
			names = vs_arena_printf(facts->arena, "%s%s%s", names,
				idle ? ", " : "", facts->carriers[i].name);
			idle++;
		}
	if (idle)
		deliver_note(facts,
			vs_arena_printf(facts->arena,
				P_("%s stands still on election day while %zu places are late; "
				   "lend the car to another depot with 'valstuga carrier set "
				   "--base'",
					"%s stand still on election day while %zu places are late; "
					"lend them to other depots with 'valstuga carrier set "
					"--base'",
					(int64_t)idle),
				names, late));
}

/* Reads everything; the caller ends plan->facts. */
static bool
load(struct vs_db *db, struct vs_arena *arena, const char *round_name,
	const struct vs_deliver_options *options, struct deliver_plan *plan,
	struct vs_error *err)
{
	struct round round;
	struct vs_date date;
	*plan = (struct deliver_plan){ .options = options };
	if (options->day && !vs_date_parse(options->day, &date, err))
		return false;
	if (!round_get(db, arena, round_name, &round, err) ||
		!deliver_facts_load(db, arena, options->without, &plan->facts, err))
		return false;
	plan->round = round.id;
	plan->round_name = round.name;
	plan->phase = round.phase;
	plan->only = options->day ? deliver_date(options->day) : 0;
	if (deliver_stops_load(db, plan, &round, err)) {
		tell_unknown_points(plan->facts);
		tell_late_start(plan);
		return true;
	}
	deliver_facts_done(plan->facts);
	return false;
}

/* The plan and its writing -------------------------------------------------------------------*/

bool
deliver_changed(struct vs_error *err)
{
	return vs_fail(err, VS_CONFLICT,
		_("somebody changed what the plan is made from while it was made; plan again"));
}

static bool
same_facts(struct vs_db *db, const char *round, const struct deliver_plan *plan,
	uint64_t code, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct deliver_plan now;
	if (!load(db, scratch.arena, round, plan->options, &now, err))
		return false;
	bool same = deliver_facts_code(&now) == code;
	deliver_facts_done(now.facts);
	return same || deliver_changed(err);
}

bool
deliver_same_plan(
	const struct deliver_plan *plan, const json_t *view, struct vs_error *err)
{
	const char *wanted = plan->options->plan.plan;
	return !wanted || strcmp(wanted, record_string(view, "plan")) == 0 ||
		vs_fail(err, VS_CONFLICT,
			_("what the plan %.40s was made from has changed since; look at it again "
			  "with --dry-run"),
			wanted);
}

static bool
commit(struct vs_db *db, const char *round, struct deliver_plan *plan, uint64_t code,
	json_t **view, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!deliver_refuse_breaks(plan, err) ||
		!change_begin(&change, db, "deliver plan", err) ||
		!same_facts(db, round, plan, code, err) || !deliver_write(db, plan, err))
		return false;
	json_decref(*view);
	*view = deliver_view(plan); /* now with the deliveries' numbers */
	const json_t *total = json_object_get(*view, "total");
	change_say(&change, "round", plan->round_name,
		_("%d deliveries on %d routes, plan %s"),
		(int)record_integer(total, "deliveries"),
		(int)record_integer(total, "routes"), record_string(*view, "plan"));
	return change_commit(&change, err);
}

/* In a dry run nothing has a number yet, but for what keeps the one it has. */
json_t *
vs_deliver_plan(struct vs_db *db, const char *round,
	const struct vs_deliver_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct deliver_plan plan;
	struct vs_deliver_options said = *options;
	json_t *view = NULL;
	if (!said_text(scratch.arena, options->override, &said.override, err) ||
		!load(db, scratch.arena, round, &said, &plan, err))
		return NULL;
	uint64_t code = deliver_facts_code(&plan);
	bool ok = deliver_days_plan(db, &plan, err);
	if (ok) {
		tell_idle(&plan);
		view = deliver_view(&plan);
	}
	ok = ok && deliver_same_plan(&plan, view, err);
	if (ok && !options->plan.dry_run)
		ok = commit(db, round, &plan, code, &view, err);
	deliver_facts_done(plan.facts);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
