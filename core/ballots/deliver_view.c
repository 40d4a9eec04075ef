/* A plan of deliveries as one document: days with routes, what is left over, what is broken. */
#include "ballots/deliver.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static bool
shown(const struct deliver_plan *plan, const struct deliver_route *route)
{
	return !plan->only || route->date == plan->only;
}

static json_t *
minutes_or_null(int minutes)
{
	return minutes >= 0 ? json_integer(minutes) : json_null();
}

static json_t *
kilos(int64_t grams)
{
	return json_real(round((double)grams / 100) / 10);
}

static int64_t
boxes_of(const struct deliver_stop *stop)
{
	return (int64_t)ceil(stop->boxes - 1e-9);
}

/* Stops ------------------------------------------------------------------------------------*/

static void
say(struct vs_arena *arena, const char **note, const char *text)
{
	*note = **note ? vs_arena_printf(arena, "%s; %s", *note, text) : text;
}

static const char *
note_of(const struct deliver_plan *plan, const struct deliver_stop *stop)
{
	struct vs_arena *arena = plan->facts->arena;
	const char *note = "";
	const struct deliver_target *target = stop->target;
	if (stop->by && stop->arrives > stop->by)
		say(arena, &note,
			vs_arena_printf(arena, _("not before %02d.%02d"), stop->by / 60,
				stop->by % 60));
	else if (stop->late)
		say(arena, &note, _("later than its first day"));
	if (stop->repeated)
		say(arena, &note, _("in the same building as another stop"));
	if (target->rule && target->rule->rule.words)
		say(arena, &note, target->rule->rule.words);
	if (!target->point.known)
		say(arena, &note, _("its position is not known"));
	if (target->breaks && plan->options->override)
		say(arena, &note, plan->options->override);
	return note;
}

static json_t *
stop_view(const struct deliver_plan *plan, const struct deliver_stop *stop)
{
	const struct deliver_target *target = stop->target;
	json_t *view = json_pack("{s:i, s:o, s:I, s:s, s:s}", "position", stop->position,
		"delivery", record_id_or_null(stop->delivery), "location",
		(json_int_t)target->location, "location_name", target->name,
		"kommun_name", target->kommun_name);
	json_object_set_new(view, "arrives", minutes_or_null(stop->arrives));
	json_object_set_new(view, "opens", minutes_or_null(stop->opens));
	json_object_set_new(view, "closes", minutes_or_null(stop->closes));
	json_object_set_new(view, "service", json_integer(stop->service));
	json_object_set_new(view, "pieces", json_integer(stop->pieces));
	json_object_set_new(view, "boxes", json_integer(boxes_of(stop)));
	json_object_set_new(view, "kg", kilos(stop->weight_g));
	record_put(view, "rule", target->rule ? target->rule->text : "");
	json_object_set_new(view, "late", json_boolean(stop->late));
	record_put(view, "note", note_of(plan, stop));
	return view;
}

/* Routes -----------------------------------------------------------------------------------*/

static json_t *
route_view(const struct deliver_plan *plan, const struct deliver_route *route)
{
	json_t *stops = json_array();
	int64_t grams = 0, boxes = 0;
	for (size_t i = 0; i < route->stop_count; i++) {
		json_array_append_new(stops, stop_view(plan, route->stops[i]));
		grams += route->stops[i]->weight_g;
		boxes += boxes_of(route->stops[i]);
	}
	const struct deliver_carrier *carrier = route->carrier;
	json_t *view = json_pack("{s:o, s:s, s:s, s:o, s:o}", "carrier",
		record_id_or_null(carrier ? carrier->id : 0), "carrier_name",
		carrier ? carrier->name : _("by post"), "from_name", route->depot->name,
		"leaves", carrier ? json_integer(route->leaves) : json_null(), "ends",
		carrier ? json_integer(route->ends) : json_null());
	json_object_set_new(
		view, "km", json_real(round((double)route->metres / 100) / 10));
	json_object_set_new(view, "driving_min", json_integer(route->driving_min));
	json_object_set_new(view, "kg", kilos(grams));
	json_object_set_new(view, "boxes", json_integer(boxes));
	json_object_set_new(view, "stops", stops);
	return view;
}

static int
by_date(const void *a, const void *b)
{
	const struct deliver_route *r = *(struct deliver_route *const *)a;
	const struct deliver_route *s = *(struct deliver_route *const *)b;
	if (r->date != s->date)
		return (r->date > s->date) - (r->date < s->date);
	if (r->depot != s->depot)
		return (r->depot > s->depot) - (r->depot < s->depot);
	int64_t x = r->carrier ? r->carrier->id : INT64_MAX;
	int64_t y = s->carrier ? s->carrier->id : INT64_MAX;
	if (x != y)
		return (x > y) - (x < y);
	x = r->stops[0]->target->location;
	y = s->stops[0]->target->location;
	return (x > y) - (x < y);
}

static json_t *
days_view(const struct deliver_plan *plan)
{
	json_t *days = json_array(), *routes = NULL;
	int32_t date = 0;
	if (plan->route_count)
		qsort(plan->routes, plan->route_count, sizeof *plan->routes, by_date);
	for (size_t i = 0; i < plan->route_count; i++) {
		const struct deliver_route *route = plan->routes[i];
		if (!shown(plan, route))
			continue;
		if (!routes || route->date != date) {
			date = route->date;
			routes = json_array();
			json_array_append_new(days,
				json_pack("{s:s, s:o}", "date",
					deliver_date_text(plan->facts->arena, date),
					"routes", routes));
		}
		json_array_append_new(routes, route_view(plan, route));
	}
	return days;
}

/* What is left over ------------------------------------------------------------------------*/

/* The last day on which a stop was tried; 0: none. */
static int32_t
tried(const struct deliver_stop *stop)
{
	size_t day = stop->day < stop->days->count ? stop->day + 1 : stop->day;
	if (stop->route || !stop->days->count)
		return 0;
	if (stop->day < stop->days->count && !stop->reason)
		return stop->days->days[stop->day].date; /* not tried yet */
	if (stop->day < stop->days->count && stop->day > 0)
		day = stop->day;
	return stop->days->days[day - 1].date;
}

static bool
left_over(const struct deliver_plan *plan, const struct deliver_stop *stop)
{
	if (stop->route)
		return false;
	return !plan->only || (stop->reason && tried(stop) == plan->only);
}

static const char *
reason_of(const struct deliver_stop *stop)
{
	if (stop->reason)
		return stop->reason;
	if (stop->target->breaks)
		return stop->target->breaks;
	return _(
		"no opening is known within the round; add it with 'valstuga opening add'");
}

static json_t *
unserved_view(const struct deliver_plan *plan)
{
	json_t *all = json_array();
	for (size_t i = 0; i < plan->stop_count; i++) {
		const struct deliver_stop *stop = &plan->stops[i];
		if (!left_over(plan, stop))
			continue;
		int32_t date = tried(stop);
		json_array_append_new(all,
			json_pack("{s:o, s:I, s:s, s:s, s:o, s:I, s:s}", "delivery",
				record_id_or_null(plan->round ? 0 : stop->delivery),
				"location", (json_int_t)stop->target->location,
				"location_name", stop->target->name, "kommun_name",
				stop->target->kommun_name, "date",
				date ? json_string(deliver_date_text(
					       plan->facts->arena, date))
				     : json_null(),
				"pieces", (json_int_t)stop->pieces, "reason",
				reason_of(stop)));
	}
	return all;
}

/* Sums -------------------------------------------------------------------------------------*/

static int64_t
count_carriers(const struct deliver_plan *plan)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	bool *seen = vs_arena_alloc(scratch.arena, plan->facts->carrier_count + 1);
	int64_t count = 0;
	for (size_t i = 0; i < plan->route_count; i++) {
		const struct deliver_carrier *carrier = plan->routes[i]->carrier;
		if (!carrier || !shown(plan, plan->routes[i]))
			continue;
		bool *here = &seen[carrier - plan->facts->carriers];
		count += !*here;
		*here = true;
	}
	return count;
}

static json_t *
totals(const struct deliver_plan *plan, size_t unserved)
{
	json_int_t deliveries = 0, routes = 0, pieces = 0, minutes = 0, metres = 0;
	json_int_t late = 0, changed = 0;
	for (size_t i = 0; i < plan->route_count; i++) {
		const struct deliver_route *route = plan->routes[i];
		if (!shown(plan, route))
			continue;
		routes++;
		minutes += route->driving_min;
		metres += route->metres;
		for (size_t k = 0; k < route->stop_count; k++) {
			const struct deliver_stop *stop = route->stops[k];
			deliveries++;
			pieces += stop->pieces;
			late += stop->late;
			changed += stop->was_carrier &&
				(!route->carrier ||
					stop->was_carrier != route->carrier->id);
		}
	}
	return json_pack("{s:I, s:I, s:I, s:I, s:f, s:I, s:I, s:I, s:I}", "deliveries",
		deliveries, "routes", routes, "carriers",
		(json_int_t)count_carriers(plan), "pieces", pieces, "km",
		round((double)metres / 100) / 10, "driving_min", minutes, "late", late,
		"unserved", (json_int_t)unserved, "changed", changed);
}

/* The code: the same facts have the same name, whatever language the texts are in. ---------*/

static void
print_stop(struct vs_buffer *facts, const struct deliver_stop *stop)
{
	vs_buffer_printf(facts, " %" PRId64 "@%d", stop->target->location, stop->arrives);
	for (size_t i = 0; i < stop->line_count; i++)
		vs_buffer_printf(facts, ",%" PRId64 "=%" PRId64, stop->lines[i].item,
			stop->lines[i].pieces);
}

static const char *
plan_code(const struct deliver_plan *plan)
{
	VS_AUTO(vs_buffer) facts = { 0 };
	vs_buffer_printf(&facts, "%" PRId64 "\n", plan->round);
	for (size_t i = 0; i < plan->route_count; i++) {
		const struct deliver_route *route = plan->routes[i];
		if (!shown(plan, route))
			continue;
		vs_buffer_printf(&facts, "%d %" PRId64 " %" PRId64 " %d-%d:", route->date,
			route->carrier ? route->carrier->id : 0, route->depot->id,
			route->leaves, route->ends);
		for (size_t k = 0; k < route->stop_count; k++)
			print_stop(&facts, route->stops[k]);
		vs_buffer_text(&facts, "\n");
	}
	for (size_t i = 0; i < plan->stop_count; i++)
		if (left_over(plan, &plan->stops[i]))
			print_stop(&facts, &plan->stops[i]);
	json_t *text = json_pack("[s]", facts.data);
	uint64_t name = register_fingerprint(text);
	json_decref(text);
	return vs_arena_printf(plan->facts->arena, "%016" PRIx64, name);
}

json_t *
deliver_view(const struct deliver_plan *plan)
{
	struct deliver_facts *facts = plan->facts;
	json_t *days = days_view(plan), *unserved = unserved_view(plan);
	size_t count = json_array_size(unserved);
	return json_pack("{s:s, s:o, s:s, s:I, s:o, s:o, s:O, s:O, s:o}", "plan",
		plan_code(plan), "round", record_id_or_null(plan->round), "name",
		plan->round_name, "seed", (json_int_t)plan->options->seed, "days", days,
		"unserved", unserved, "rules", facts->told, "notes", facts->notes,
		"total", totals(plan, count));
}

bool
deliver_refuse_breaks(const struct deliver_plan *plan, struct vs_error *err)
{
	const json_t *first = NULL;
	int count = 0;
	size_t i;
	json_t *told;
	if (plan->options->override && *plan->options->override)
		return true;
	json_array_foreach (plan->facts->told, i, told)
		if (record_true(told, "breaks") && !count++)
			first = told;
	if (!count)
		return true;
	return vs_fail(err, VS_REFUSED,
		_("the plan breaks hand-over rules (%d), first %s: %s; look with --dry-run, or say "
		  "with --override why it is done all the same"),
		count, record_string(first, "location_name"),
		record_string(first, "text"));
}
