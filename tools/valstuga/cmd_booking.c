/* Bookings: add, steps of their life, swap, give, walk-in, list, show. */
#include <string.h>

#include <valstuga/field.h>

#include "tool.h"

static const char *
field_text(struct call *call, const json_t *record, const char *name)
{
	return vs_record_text(call->arena, vs_record_field(&vs_booking_type, name),
		json_object_get(record, name));
}

static void
print_line(struct call *call, const json_t *view)
{
	printf(_("booking %s: %s, shift %lld (%s, %s) as %s: %s\n"),
		text_of(view, "code"), text_of(view, "name"), integer_of(view, "shift"),
		text_of(view, "title"), text_of(view, "when"), text_of(view, "role_name"),
		field_text(call, view, "state"));
}

static bool
tell(struct call *call, const char *booking)
{
	json_t *view = vs_booking_view(call->db, booking, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else
		print_line(call, view);
	json_decref(view);
	return true;
}

bool
cmd_booking_add(struct call *call)
{
	const struct vs_booking_options options = { .role = option(call, "role"),
		.state = option(call, "state"),
		.override = option(call, "override"),
		.wait = flag(call, "wait") };
	const char *code;
	return vs_booking_add(call->db, call->args[0], call->args[1], &options,
		       call->arena, &code, &call->err) &&
		tell(call, code);
}

/* Steps ------------------------------------------------------------------------------------ */

/* One step of one booking: the view, or what was refused in its place. New reference. */
static json_t *
move_one(struct call *call, const char *booking, const char *state, const char *by)
{
	struct vs_error err = { 0 };
	json_t *view = vs_booking_move(
			       call->db, booking, state, by, option(call, "reason"), &err)
		? vs_booking_view(call->db, booking, &err)
		: NULL;
	return view ? view
		    : json_pack("{s:s, s:s}", "booking", booking, "error", err.text);
}

/* Of several each is done or not done by itself; the last line says how many were not. */
static bool
move_several(struct call *call, const char *state, const char *by)
{
	json_t *all = json_array();
	int refused = 0;
	for (int i = 0; i < call->arg_count; i++) {
		json_t *one = move_one(call, call->args[i], state, by);
		bool done = !json_object_get(one, "error");
		refused += !done;
		json_array_append_new(all, one);
		if (call->json)
			continue;
		if (done)
			print_line(call, one);
		else
			printf("%s: %s\n", call->args[i], text_of(one, "error"));
	}
	if (call->json)
		print_json(all);
	json_decref(all);
	return refused == 0 ||
		vs_fail(&call->err, VS_REFUSED, _("%d of %d were not done"), refused,
			call->arg_count);
}

static bool
move_all(struct call *call, const char *state, const char *by)
{
	if (call->arg_count > 1)
		return move_several(call, state, by);
	return vs_booking_move(call->db, call->args[0], state, by, option(call, "reason"),
		       &call->err) &&
		tell(call, call->args[0]);
}

bool
cmd_booking_accept(struct call *call)
{
	return move_all(call, "booked", NULL);
}

bool
cmd_booking_attend(struct call *call)
{
	return move_all(call, "attended", NULL);
}

bool
cmd_booking_cancel(struct call *call)
{
	const char *by = option(call, "by");
	return move_all(call, "cancelled", by ? by : "organiser");
}

bool
cmd_booking_confirm(struct call *call)
{
	return move_all(call, "booked", NULL);
}

bool
cmd_booking_decline(struct call *call)
{
	return move_all(call, "cancelled", "person");
}

bool
cmd_booking_no_show(struct call *call)
{
	return move_all(call, "no_show", NULL);
}

/* Changing hands --------------------------------------------------------------------------- */

bool
cmd_booking_swap(struct call *call)
{
	if (!vs_booking_swap(call->db, call->args[0], call->args[1],
		    option(call, "override"), &call->err))
		return false;
	printf(_("%s and %s have changed places; both have new bookings\n"),
		call->args[0], call->args[1]);
	return true;
}

bool
cmd_booking_give(struct call *call)
{
	if (!vs_booking_give(call->db, call->args[0], call->args[1],
		    option(call, "override"), &call->err))
		return false;
	printf(_("the place of %s is given to %s\n"), call->args[0], call->args[1]);
	return true;
}

bool
cmd_booking_walk_in(struct call *call)
{
	static const char *const names[] = { "person", "name", "phone", "email", "kommun",
		"role", "override" };
	const char *code;
	json_t *values = json_object();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (option(call, names[i]))
			json_object_set_new(
				values, names[i], json_string(option(call, names[i])));
	bool ok = vs_booking_walk_in(
		call->db, call->args[0], values, call->arena, &code, &call->err);
	json_decref(values);
	return ok && tell(call, code);
}

/* Looking --------------------------------------------------------------------------------- */

/* "booked", "cancelled by the person, late", "offered, place kept until ..." */
static const char *
state_text(struct call *call, const json_t *record)
{
	const char *state = field_text(call, record, "state");
	if (json_is_true(json_object_get(record, "late")))
		return vs_arena_printf(call->arena, _("%s late by %s"), state,
			field_text(call, record, "cancelled_by"));
	if (!json_is_null(json_object_get(record, "cancelled_by")))
		return vs_arena_printf(call->arena, _("%s by %s"), state,
			field_text(call, record, "cancelled_by"));
	if (!json_is_null(json_object_get(record, "offered_until")))
		return vs_arena_printf(call->arena, _("%s, kept until %s"), state,
			field_text(call, record, "offered_until"));
	return state;
}

void
print_bookings(struct call *call, const json_t *records)
{
	const struct column columns[] = { { _("booking"), true }, { _("shift"), true },
		{ _("starts"), false }, { _("ends"), false }, { _("title"), false },
		{ _("role"), false }, { _("name"), false }, { _("state"), false },
		{ _("rule set aside"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *record;
	json_array_foreach (records, i, record) {
		table_cell(table, text_of(record, "code"));
		table_cell(table,
			vs_arena_printf(
				call->arena, "%lld", integer_of(record, "shift")));
		table_cell(table, field_text(call, record, "starts_at"));
		table_cell(table, field_text(call, record, "ends_at"));
		table_cell(table, text_of(record, "title"));
		table_cell(table, text_of(record, "role_name"));
		table_cell(table, text_of(record, "name"));
		table_cell(table, state_text(call, record));
		table_cell(table, text_of(record, "override"));
	}
	table_print(call, table);
}

bool
cmd_booking_list(struct call *call)
{
	const struct vs_booking_filter filter = { .from = option(call, "from"),
		.until = option(call, "until"),
		.shift = option(call, "shift"),
		.person = option(call, "person"),
		.activity = option(call, "activity"),
		.state = option(call, "state"),
		.late = flag(call, "late") };
	json_t *records = vs_booking_list(call->db, &filter, &call->err);
	if (!records)
		return false;
	if (call->json)
		print_json(records);
	else
		print_bookings(call, records);
	json_decref(records);
	return true;
}

static void
print_events(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("when"), false }, { _("state"), false },
		{ _("who"), false }, { _("reason"), false } };
	const struct vs_field *at = vs_record_field(&vs_booking_type, "changed_at");
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *event;
	json_array_foreach (json_object_get(view, "events"), i, event) {
		table_cell(table,
			vs_record_text(call->arena, at, json_object_get(event, "at")));
		table_cell(table, field_text(call, event, "state"));
		table_cell(table, text_of(event, "actor"));
		table_cell(table, text_of(event, "reason"));
	}
	table_print(call, table);
}

bool
cmd_booking_show(struct call *call)
{
	json_t *view = vs_booking_view(call->db, call->args[0], &call->err);
	if (!view)
		return false;
	call->type = &vs_booking_type;
	if (call->json)
		print_json(view);
	else {
		print_record(call, view);
		print_events(call, view);
	}
	json_decref(view);
	return true;
}

/* Why somebody cannot, or that they can. */
bool
cmd_booking_check(struct call *call)
{
	json_t *hindrances = vs_booking_hindrances(
		call->db, call->args[0], option(call, "role"), call->args[1], &call->err);
	size_t i;
	json_t *one;
	if (!hindrances)
		return false;
	if (call->json)
		print_json(hindrances);
	else if (json_array_size(hindrances) == 0)
		printf("%s", _("nothing hinders it\n"));
	else
		json_array_foreach (hindrances, i, one)
			printf("%s: %s\n", text_of(one, "rule"), text_of(one, "text"));
	json_decref(hindrances);
	return true;
}
