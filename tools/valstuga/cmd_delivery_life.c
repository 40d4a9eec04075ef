/* Deliveries on their way: pack, depart, receipt, fail, cancel; the coverage board. */
#include <stdlib.h>
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/text.h>

#include "tool.h"

/* Which ----------------------------------------------------------------------------------- */

/* Takes the deliveries of an array of records that are in one of the states (words). */
static void
take_in_state(json_t *ids, const json_t *records, const char *states)
{
	size_t i;
	json_t *record;
	json_array_foreach (records, i, record)
		if (strstr(states, text_of(record, "status")))
			json_array_append(ids, json_object_get(record, "id"));
}

/* True when the array of numbers holds an id. */
static bool
holds(const json_t *numbers, const json_t *id)
{
	size_t i;
	json_t *number;
	json_array_foreach (numbers, i, number)
		if (json_equal(number, id))
			return true;
	return false;
}

/*
 * A stop of a route's sheet. One that was received already keeps what was counted then, as
 * who enters the sheet says nothing of each stop.
 */
static void
take_stop(struct call *call, json_t *ids, const json_t *record)
{
	json_t *id = json_object_get(record, "id");
	if (strcmp(text_of(record, "status"), "delivered") == 0 &&
		!option(call, "counted"))
		json_array_append_new(ids, json_pack("{s:O}", "received", id));
	else
		json_array_append(ids, id);
}

/*
 * What a number or code stands for. Of a route only those that the step is for: who scans the
 * route's sheet means the rest of it.
 */
static bool
take_code(struct call *call, json_t *ids, const char *code, const char *states)
{
	json_t *numbers = vs_delivery_numbers(call->db, code, &call->err), *records,
	       *record;
	size_t i;
	if (!numbers)
		return false;
	if (!vs_delivery_is_route(code)) {
		json_array_extend(ids, numbers);
		json_decref(numbers);
		return true;
	}
	records = vs_record_list(call->db, &vs_delivery_type, NULL, &call->err);
	json_array_foreach (records, i, record)
		if (holds(numbers, json_object_get(record, "id")) &&
			strstr(states, text_of(record, "status")))
			take_stop(call, ids, record);
	json_decref(records);
	json_decref(numbers);
	return records != NULL;
}

static bool
take_filter(struct call *call, json_t *ids, const char *states)
{
	const char *day = option(call, "day"), *route = option(call, "route");
	if (!day && !route)
		return true;
	json_t *filters = json_object();
	if (day)
		json_object_set_new(filters, "date", json_string(day));
	if (route)
		json_object_set_new(filters, "route", json_string(route));
	json_t *records =
		vs_record_list(call->db, &vs_delivery_type, filters, &call->err);
	json_decref(filters);
	if (!records)
		return false;
	take_in_state(ids, records, states);
	json_decref(records);
	return true;
}

/* One paper that cannot be read does not stop the others: its refusal stands in its place. */
static bool
take_codes(struct call *call, json_t *ids, const char *states)
{
	for (int i = 0; i < call->arg_count; i++) {
		if (take_code(call, ids, call->args[i], states))
			continue;
		if (call->arg_count == 1)
			return false;
		json_array_append_new(ids, json_string(call->err.text));
		call->err = (struct vs_error){ 0 };
	}
	return true;
}

/* The deliveries that the command line names. New reference. */
static json_t *
chosen(struct call *call, const char *states)
{
	json_t *ids = json_array();
	bool ok = take_codes(call, ids, states) && take_filter(call, ids, states);
	if (ok && json_array_size(ids) == 0)
		ok = call->arg_count || option(call, "day") || option(call, "route")
			? vs_fail(&call->err, VS_REFUSED,
				  _("nothing is left to do there; 'valstuga deliver list' shows "
				    "the deliveries"))
			: vs_fail(&call->err, VS_USAGE,
				  _("say which deliveries: numbers, codes, --day or --route"));
	if (ok)
		return ids;
	json_decref(ids);
	return NULL;
}

/* Steps ----------------------------------------------------------------------------------- */

typedef bool step(
	struct call *call, const char *delivery, json_t *result, struct vs_error *err);

static bool tell(
	struct call *call, const char *delivery, json_t *result, struct vs_error *err);

static bool
received_before(
	struct call *call, const char *delivery, json_t *result, struct vs_error *err)
{
	json_object_set_new(result, "again", json_true());
	return tell(call, delivery, result, err);
}

/* The refusal, with the delivery and where it goes in front unless it says so itself. */
static const char *
refusal(struct call *call, const char *delivery, const struct vs_error *err)
{
	struct vs_error ignored = { 0 };
	json_t *record = err->code == VS_USAGE
		? NULL
		: vs_record_get(call->db, &vs_delivery_type, delivery, &ignored);
	if (!record)
		return err->text;
	const char *to = text_of(record, "to_name");
	const char *text = err->text;
	if (!strstr(text,
		    vs_arena_printf(
			    call->arena, _("%lld to %s"), integer_of(record, "id"), to)))
		text = vs_arena_printf(
			call->arena, _("delivery %s (%s): %s"), delivery, to, text);
	json_decref(record);
	return text;
}

static json_t *
take_step(struct call *call, step *run, const json_t *which)
{
	if (json_is_string(which))
		return json_pack(
			"{s:n, s:b, s:O}", "delivery", "done", 0, "error", which);
	if (json_is_object(which)) {
		run = received_before;
		which = json_object_get(which, "received");
	}
	long long id = json_integer_value(which);
	json_t *result = json_pack("{s:I}", "delivery", (json_int_t)id);
	struct vs_error err = { 0 };
	const char *key = vs_arena_printf(call->arena, "%lld", id);
	bool done = run(call, key, result, &err);
	const char *text = done ? "" : refusal(call, key, &err);
	json_object_set_new(result, "done", json_boolean(done));
	json_object_set_new(result, "error", done ? json_null() : json_string(text));
	/* A lone refusal is the command's own. */
	if (!done && !call->err.code)
		vs_fail(&call->err, err.code, "%s", text);
	return result;
}

static void
print_result(const struct call *call, const json_t *result, const char *said)
{
	long long id = integer_of(result, "delivery");
	long long missing = integer_of(result, "missing"),
		  extra = integer_of(result, "extra");
	if (!json_is_true(json_object_get(result, "done")))
		printf(_("NOT DONE: %s\n"), text_of(result, "error"));
	else if (json_is_true(json_object_get(result, "again")))
		printf(_("delivery %lld was received before; nothing changed\n"), id);
	else
		printf(_("delivery %lld (%s) is %s\n"), id, text_of(result, "to_name"),
			said);
	if (missing > 0)
		printf(P_("  %s piece less than sent; by the ledger it is still with %s\n",
			       "  %s pieces less than sent; by the ledger they are still with %s\n",
			       missing),
			vs_text_number(call->arena, missing),
			text_of(result, "left_with"));
	if (extra > 0)
		printf(P_("  %s piece more than sent, counted in where it was received\n",
			       "  %s pieces more than sent, counted in where they were received\n",
			       extra),
			vs_text_number(call->arena, extra));
}

/* Each delivery is done or not done by itself; one that fails does not stop the others. */
static bool
take_steps(struct call *call, json_t *ids, step *run, const char *said)
{
	size_t count = json_array_size(ids), failed = 0, i;
	json_t *results = json_array(), *id;
	json_array_foreach (ids, i, id) {
		json_t *result = take_step(call, run, id);
		failed += !json_is_true(json_object_get(result, "done"));
		json_array_append(results, result);
		if (!call->json && (count > 1 || !failed))
			print_result(call, result, said);
		json_decref(result);
	}
	if (call->json)
		print_json(results);
	json_decref(results);
	if (failed && count > 1) {
		call->err = (struct vs_error){ 0 };
		return vs_fail(&call->err, VS_REFUSED,
			_("%zu of %zu deliveries were not done"), failed, count);
	}
	return !failed;
}

static bool
run_steps(struct call *call, const char *states, step *run, const char *said)
{
	json_t *ids = chosen(call, states);
	bool ok = ids && take_steps(call, ids, run, said);
	json_decref(ids);
	return ok;
}

/* What the line or the JSON says of a delivery after its step. */
static bool
tell(struct call *call, const char *delivery, json_t *result, struct vs_error *err)
{
	static const char *const names[] = { "status", "to_name", "carrier_name",
		"packages", "pieces", "missing", "extra", "left_with" };
	json_t *view = vs_delivery_view(call->db, delivery, err);
	if (!view)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		json_object_set(result, names[i], json_object_get(view, names[i]));
	json_decref(view);
	return true;
}

static bool
pack(struct call *call, const char *delivery, json_t *result, struct vs_error *err)
{
	const char *text = option(call, "packages");
	int64_t packages = 0;
	if (text &&
		(!vs_text_to_integer(text, &packages) || packages < 1 ||
			packages > 100000))
		return vs_fail(err, VS_USAGE,
			_("--packages: \"%s\" is not a number of packages"), text);
	return vs_delivery_pack(call->db, delivery, (int)packages,
		       option(call, "override"), err) &&
		tell(call, delivery, result, err);
}

bool
cmd_deliver_pack(struct call *call)
{
	return run_steps(call, "planned", pack, _("packed"));
}

static bool
depart(struct call *call, const char *delivery, json_t *result, struct vs_error *err)
{
	return vs_delivery_depart(call->db, delivery, err) &&
		tell(call, delivery, result, err);
}

bool
cmd_deliver_depart(struct call *call)
{
	return run_steps(call, "planned packed", depart, _("on the way"));
}

static bool
fail(struct call *call, const char *delivery, json_t *result, struct vs_error *err)
{
	return vs_delivery_fail(call->db, delivery, option(call, "reason"), err) &&
		tell(call, delivery, result, err);
}

bool
cmd_deliver_fail(struct call *call)
{
	return run_steps(call, "planned packed underway", fail, _("failed"));
}

static bool
cancel(struct call *call, const char *delivery, json_t *result, struct vs_error *err)
{
	return vs_delivery_cancel(call->db, delivery, option(call, "reason"), err) &&
		tell(call, delivery, result, err);
}

bool
cmd_deliver_cancel(struct call *call)
{
	return run_steps(call, "planned packed", cancel, _("cancelled"));
}

/* Receipts -------------------------------------------------------------------------------- */

/* "KF Kil=480; RF Värmland=300": the last equals sign parts item and pieces. */
static json_t *
read_counted(struct call *call, const char *text)
{
	json_t *counted = json_object();
	char *rest = vs_arena_text(call->arena, text);
	for (char *part = strsep(&rest, ";"); part; part = strsep(&rest, ";")) {
		const char *clean = vs_text_clean(call->arena, part);
		const char *sign = strrchr(clean, '=');
		if (!*clean)
			continue;
		if (!sign || sign == clean || !sign[1]) {
			vs_fail(&call->err, VS_USAGE,
				_("--counted: \"%s\" is not ITEM=PIECES; write for example \"KF "
				  "Kil=480; RF Värmland=300\""),
				clean);
			json_decref(counted);
			return NULL;
		}
		const char *name = vs_text_clean(call->arena,
			vs_arena_copy(call->arena, clean, (size_t)(sign - clean)));
		if (json_object_get(counted, name)) {
			vs_fail(&call->err, VS_USAGE,
				_("--counted: %s stands there twice"), name);
			json_decref(counted);
			return NULL;
		}
		json_object_set_new(
			counted, name, json_string(vs_text_clean(call->arena, sign + 1)));
	}
	return counted;
}

static bool
receipt(struct call *call, const char *delivery, json_t *result, struct vs_error *err)
{
	const char *text = option(call, "counted");
	json_t *counted = text ? read_counted(call, text) : NULL;
	const struct vs_receipt receipt = { .received_by = option(call, "by"),
		.at = option(call, "at"),
		.counted = counted,
		.note = option(call, "note") };
	bool again = false;
	bool ok = (!text || counted) &&
		vs_delivery_receipt(call->db, delivery, &receipt, &again, err) &&
		tell(call, delivery, result, err);
	json_decref(counted);
	json_object_set_new(result, "again", json_boolean(again));
	return ok;
}

bool
cmd_deliver_receipt(struct call *call)
{
	json_t *ids = chosen(call, "planned packed underway delivered");
	bool ok = ids != NULL;
	if (ok && option(call, "counted") && json_array_size(ids) > 1)
		ok = vs_fail(&call->err, VS_USAGE,
			_("--counted is for one delivery; enter the others by themselves"));
	ok = ok && take_steps(call, ids, receipt, _("received"));
	json_decref(ids);
	return ok;
}

/* Looking --------------------------------------------------------------------------------- */

static void
print_lines(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("item"), false }, { _("pieces"), true },
		{ _("counted"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *line;
	json_array_foreach (json_object_get(view, "lines"), i, line) {
		table_cell(table, text_of(line, "item_name"));
		table_cell(table, number_of(call, line, "pieces"));
		table_cell(table, number_of(call, line, "counted"));
	}
	printf("\n");
	table_print(call, table);
}

static void
print_life(struct call *call, const json_t *view)
{
	const struct vs_field *status = vs_record_field(&vs_delivery_type, "status");
	size_t i;
	json_t *entry;
	char time[17];
	if (*text_of(view, "rule"))
		printf(_("\nrule: %s\n"), text_of(view, "rule"));
	json_array_foreach (json_object_get(view, "breaks"), i, entry)
		printf("! %s\n", json_string_value(entry));
	printf("\n");
	json_array_foreach (json_object_get(view, "events"), i, entry) {
		vs_time_format_local(integer_of(entry, "at"), time);
		printf("  %s  %s  %s  %s\n", time, text_of(entry, "actor"),
			vs_record_text(
				call->arena, status, json_object_get(entry, "status")),
			text_of(entry, "note"));
	}
	json_array_foreach (json_object_get(view, "sheets"), i, entry) {
		vs_time_format_local(integer_of(entry, "at"), time);
		printf(_("  %s  printed %s\n"), time, text_of(entry, "code"));
	}
}

bool
cmd_deliver_show(struct call *call)
{
	json_t *view = vs_delivery_view(call->db, call->args[0], &call->err);
	if (!view)
		return false;
	call->type = &vs_delivery_type;
	print_record(call, view);
	if (!call->json) {
		print_lines(call, view);
		print_life(call, view);
	}
	json_decref(view);
	return true;
}

static void
board_row(struct call *call, struct table *table, const char *name, const json_t *row)
{
	static const char *const names[] = { "destinations", "gap", "needed", "planned",
		"packed", "underway", "delivered", "refilled", "shortages" };
	table_cell(table, name);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		table_cell(table, number_of(call, row, names[i]));
	const char *gaps = "";
	size_t i;
	json_t *gap;
	json_array_foreach (json_object_get(row, "gaps"), i, gap)
		gaps = vs_arena_printf(call->arena, "%s%s%s", gaps, i ? ", " : "",
			json_string_value(gap));
	table_cell(table, gaps);
}

static void
print_days(struct call *call, const json_t *row)
{
	static const char *const names[] = { "planned", "packed", "underway", "delivered",
		"failed" };
	const struct column columns[] = { { _("date"), false }, { _("planned"), true },
		{ _("packed"), true }, { _("on the way"), true },
		{ _("delivered"), true }, { _("failed"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *day;
	json_array_foreach (json_object_get(row, "days"), i, day) {
		table_cell(table, text_of(day, "date"));
		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			table_cell(table, number_of(call, day, names[k]));
	}
	printf("\n");
	table_print(call, table);
}

bool
cmd_deliver_board(struct call *call)
{
	const char *kommun = option(call, "kommun");
	json_t *view = vs_coverage_board_view(call->db, kommun, &call->err), *row;
	if (!view)
		return false;
	if (call->json) {
		print_json(view);
		json_decref(view);
		return true;
	}
	const struct column columns[] = { { _("kommun"), false },
		{ _("destinations"), true }, { _("gaps"), true }, { _("needed"), true },
		{ _("planned"), true }, { _("packed"), true }, { _("on the way"), true },
		{ _("delivered"), true }, { _("refilled"), true },
		{ _("shortages"), true }, { _("nothing booked for"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_array_foreach (json_object_get(view, "rows"), i, row)
		board_row(call, table, text_of(row, "kommun_name"), row);
	if (!kommun)
		board_row(call, table, _("in all"), json_object_get(view, "total"));
	table_print(call, table);
	if (kommun && !call->csv)
		print_days(call, json_array_get(json_object_get(view, "rows"), 0));
	json_decref(view);
	return true;
}
