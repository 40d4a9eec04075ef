/* Shifts: add, set, cancel, list, show, board. */
#include <string.h>

#include <valstuga/date.h>
#include <valstuga/field.h>

#include "tool.h"

/* Options that are values of vs_shift_add() and vs_shift_set(). New reference. */
static json_t *
shift_values(struct call *call)
{
	static const char *const names[] = { "activity", "starts", "ends", "roles",
		"each", "handover", "break", "pair", "tolerance", "rest", "note",
		"override" };
	json_t *values = json_object();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (option(call, names[i]))
			json_object_set_new(
				values, names[i], json_string(option(call, names[i])));
	return values;
}

static const char *
numbers_text(struct call *call, const json_t *numbers)
{
	const char *text = "";
	size_t i;
	json_t *number;
	json_array_foreach (numbers, i, number)
		text = vs_arena_printf(call->arena, "%s%s%lld", text, i ? ", " : "",
			(long long)json_integer_value(number));
	return text;
}

bool
cmd_shift_add(struct call *call)
{
	json_t *values = shift_values(call);
	json_t *view = vs_shift_add(call->db, values, &call->err);
	json_decref(values);
	if (!view)
		return false;
	const json_t *ids = json_object_get(view, "shifts");
	if (call->json)
		print_json(view);
	else {
		printf(P_("shift %s added\n", "shifts %s added\n", json_array_size(ids)),
			numbers_text(call, ids));
		if (*text_of(view, "told"))
			printf("%s\n", text_of(view, "told"));
	}
	json_decref(view);
	return true;
}

bool
cmd_shift_set(struct call *call)
{
	json_t *values = shift_values(call);
	bool ok =
		(json_object_size(values) > 0 ||
			vs_fail(&call->err, VS_USAGE,
				_("nothing to change; 'valstuga shift set --help' lists "
				  "what can be"))) &&
		vs_shift_set(call->db, call->args[0], values, &call->err);
	json_decref(values);
	if (ok)
		printf(_("shift %s changed\n"), call->args[0]);
	return ok;
}

/* Cancelling ------------------------------------------------------------------------------ */

/* How to reach them, by what is the surest. */
static const char *
way_text(struct call *call, const json_t *row)
{
	const char *by = text_of(row, "by");
	if (strcmp(by, "email") == 0)
		return text_of(row, "email");
	if (!*by)
		return _("no way is known");
	const char *phone = vs_phone_text(call->arena, text_of(row, "phone"));
	return strcmp(by, "sms") == 0 ? vs_arena_printf(call->arena, _("SMS %s"), phone)
				      : phone;
}

static void
print_notify(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("tell"), false }, { _("how"), false },
		{ _("state"), false } };
	const struct vs_field *state = vs_record_field(&vs_booking_type, "state");
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "notify"), i, row) {
		table_cell(table, text_of(row, "name"));
		table_cell(table, way_text(call, row));
		table_cell(table,
			vs_record_text(
				call->arena, state, json_object_get(row, "state")));
	}
	table_print(call, table);
}

bool
cmd_shift_cancel(struct call *call)
{
	bool dry_run = flag(call, "dry-run");
	json_t *view = vs_shift_cancel(
		call->db, call->args[0], option(call, "reason"), dry_run, &call->err);
	if (!view)
		return false;
	size_t count = json_array_size(json_object_get(view, "notify"));
	if (call->json)
		print_json(view);
	else {
		if (!call->csv)
			printf(dry_run ? _("shift %s would be cancelled\n")
				       : _("shift %s is cancelled\n"),
				call->args[0]);
		if (count || call->csv)
			print_notify(call, view);
	}
	json_decref(view);
	return true;
}

/* Looking --------------------------------------------------------------------------------- */

static struct vs_shift_filter
filter_of(struct call *call)
{
	return (struct vs_shift_filter){ .from = option(call, "from"),
		.until = option(call, "until"),
		.association = option(call, "association"),
		.kommun = option(call, "kommun"),
		.activity = option(call, "activity"),
		.kind = option(call, "kind"),
		.person = option(call, "person"),
		.missing = flag(call, "missing") };
}

bool
cmd_shift_list(struct call *call)
{
	struct vs_shift_filter filter = filter_of(call);
	json_t *records = vs_shift_list(call->db, &filter, flag(call, "all"), &call->err);
	if (!records)
		return false;
	call->type = &vs_shift_type;
	print_records(call, records);
	json_decref(records);
	return true;
}

/* Without a period: a week from today. */
static bool
usual_week(struct call *call, struct vs_shift_filter *filter)
{
	struct vs_date today;
	if (filter->from || filter->until || filter->activity)
		return true;
	if (!vs_clock_today(&today, &call->err))
		return false;
	char *days = vs_arena_alloc(call->arena, 22);
	filter->from = vs_date_format(today, days);
	filter->until = vs_date_format(vs_date_add(today, 6), days + 11);
	return true;
}

/* "Kim Ek, Bo Al (waiting)": who is there goes without a word. */
static const char *
people_text(struct call *call, const json_t *role)
{
	const struct vs_field *field = vs_record_field(&vs_booking_type, "state");
	const char *text = "";
	size_t i;
	json_t *one;
	json_array_foreach (json_object_get(role, "people"), i, one) {
		const json_t *state = json_object_get(one, "state");
		const char *name = text_of(one, "name");
		bool plain = strcmp(text_of(one, "state"), "booked") == 0;
		text = vs_arena_printf(call->arena, "%s%s%s%s%s%s", text,
			*text ? ", " : "", *name ? name : "–", plain ? "" : " (",
			plain ? "" : vs_record_text(call->arena, field, state),
			plain ? "" : ")");
	}
	return text;
}

static const char *
state_text(const json_t *shift)
{
	static const struct {
		const char *state, *text;
	} words[] = { { "empty", N_("empty") }, { "missing", N_("people missing") },
		{ "enough", N_("enough") }, { "full", N_("full") } };
	if (json_is_true(json_object_get(shift, "cancelled")))
		return _("called off");
	if (json_is_true(json_object_get(shift, "alone")))
		return _("alone");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].state, text_of(shift, "state")) == 0)
			return _(words[i].text);
	return "";
}

static void
board_row(struct call *call, struct table *table, const json_t *shift, const json_t *role,
	bool first)
{
	const char *number =
		vs_arena_printf(call->arena, "%lld", integer_of(shift, "shift"));
	bool whole = first || call->csv;
	table_cell(table, whole ? number : "");
	table_cell(table, whole ? text_of(shift, "when") : "");
	table_cell(table, whole ? text_of(shift, "title") : "");
	table_cell(table, whole ? text_of(shift, "place_name") : "");
	table_cell(table, whole ? state_text(shift) : "");
	table_cell(table, text_of(role, "name"));
	table_cell(table,
		vs_arena_printf(call->arena, "%lld/%lld", integer_of(role, "taken"),
			integer_of(role, "wanted")));
	table_cell(table, people_text(call, role));
}

static void
print_board(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("shift"), true }, { _("when"), false },
		{ _("title"), false }, { _("where"), false }, { _("state"), false },
		{ _("role"), false }, { _("taken"), true }, { _("people"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i, k;
	json_t *shift, *role;
	json_array_foreach (json_object_get(view, "shifts"), i, shift)
		json_array_foreach (json_object_get(shift, "roles"), k, role)
			board_row(call, table, shift, role, k == 0);
	table_print(call, table);
}

static void
print_total(const json_t *total)
{
	long long shifts = integer_of(total, "shifts"),
		  missing = integer_of(total, "missing");
	printf(P_("%lld shift: %lld of %lld wanted are there",
		       "%lld shifts: %lld of %lld wanted are there", shifts),
		shifts, integer_of(total, "taken"), integer_of(total, "wanted"));
	if (missing)
		printf(P_(", %lld is missing", ", %lld are missing", missing), missing);
	if (integer_of(total, "alone"))
		printf(P_(", %lld would be alone", ", %lld would be alone",
			       integer_of(total, "alone")),
			integer_of(total, "alone"));
	putchar('\n');
}

bool
cmd_shift_board(struct call *call)
{
	struct vs_shift_filter filter = filter_of(call);
	if (!usual_week(call, &filter))
		return false;
	json_t *view = vs_shift_board(call->db, &filter, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		if (json_array_size(json_object_get(view, "shifts")) || call->csv)
			print_board(call, view);
		if (!call->csv)
			print_total(json_object_get(view, "total"));
	}
	json_decref(view);
	return true;
}

bool
cmd_shift_show(struct call *call)
{
	json_t *record =
		vs_record_get(call->db, &vs_shift_type, call->args[0], &call->err);
	if (!record)
		return false;
	const struct vs_booking_filter filter = { .shift = call->args[0] };
	json_t *people = vs_booking_list(call->db, &filter, &call->err);
	if (people) {
		call->type = &vs_shift_type;
		if (call->json) {
			json_object_set(record, "people", people);
			print_json(record);
		} else {
			print_record(call, record);
			if (json_array_size(people))
				print_bookings(call, people);
		}
	}
	json_decref(people);
	json_decref(record);
	return people != NULL;
}
