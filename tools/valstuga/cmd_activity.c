/* Activities: lists, one with its shifts, series, calling off; who has been at a valskola. */
#include <string.h>

#include <valstuga/field.h>
#include <valstuga/text.h>

#include "tool.h"

/* Lists ----------------------------------------------------------------------------------- */

static void
print_activities(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("no."), true }, { _("when"), false },
		{ _("sort of activity"), false }, { _("title"), false },
		{ _("where"), false }, { _("kommun"), false }, { _("host"), false },
		{ _("contact"), false }, { _("filled"), true }, { _("state"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "activities"), i, row) {
		bool staffed = integer_of(row, "shifts");
		table_cell(table,
			vs_arena_printf(
				call->arena, "%lld", integer_of(row, "activity")));
		table_cell(table, text_of(row, "when"));
		table_cell(table, text_of(row, "kind_name"));
		table_cell(table, text_of(row, "title"));
		table_cell(table, text_of(row, "place_name"));
		table_cell(table, text_of(row, "kommun_name"));
		table_cell(table, text_of(row, "association_name"));
		table_cell(table, text_of(row, "contact_name"));
		table_cell(table,
			staffed ? vs_arena_printf(call->arena, "%lld/%lld",
					  integer_of(row, "taken"),
					  integer_of(row, "wanted"))
				: "");
		table_cell(table, text_of(row, "state_text"));
	}
	table_print(call, table);
}

/* What the list leaves out must never look as if it were not there. */
static void
print_left_out(const json_t *left)
{
	long long over = integer_of(left, "over"),
		  cancelled = integer_of(left, "cancelled");
	if (over)
		printf(P_("%lld that is over is left out; --all or --from shows it\n",
			       "%lld that are over are left out; --all or --from shows them\n",
			       over),
			over);
	if (cancelled)
		printf(P_("%lld that is cancelled is left out; --all shows it\n",
			       "%lld that are cancelled are left out; --all shows them\n",
			       cancelled),
			cancelled);
}

bool
cmd_activity_list(struct call *call)
{
	const struct vs_shift_filter filter = { .from = option(call, "from"),
		.until = option(call, "until"),
		.association = option(call, "association"),
		.kommun = option(call, "kommun"),
		.kind = option(call, "kind") };
	json_t *view = vs_activity_list(call->db, &filter, flag(call, "all"), &call->err);
	if (!view)
		return false;
	const json_t *left = json_object_get(view, "left_out");
	size_t count = json_array_size(json_object_get(view, "activities"));
	if (call->json)
		print_json(view);
	else if (call->csv)
		print_activities(call, view);
	else {
		if (count)
			print_activities(call, view);
		else
			printf("%s", _("there is no such activity\n"));
		print_left_out(left);
	}
	json_decref(view);
	return true;
}

/* One ------------------------------------------------------------------------------------- */

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

static void
print_same(struct call *call, const json_t *view)
{
	const json_t *same = json_object_get(view, "same");
	if (json_array_size(same))
		printf(_("! the same title, time and place: activity %s\n"),
			numbers_text(call, same));
}

/* Who has a seat. */
static const char *
people_text(struct call *call, const json_t *role)
{
	const char *text = "";
	size_t i;
	json_t *one;
	json_array_foreach (json_object_get(role, "people"), i, one)
		if (json_is_true(json_object_get(one, "holds")) && *text_of(one, "name"))
			text = vs_arena_printf(call->arena, "%s%s%s", text,
				*text ? ", " : "", text_of(one, "name"));
	return text;
}

static void
print_shifts(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("shift"), true }, { _("when"), false },
		{ _("role"), false }, { _("skill"), false }, { _("taken"), true },
		{ _("least"), true }, { _("wanted"), true }, { _("most"), true },
		{ _("waiting"), true }, { _("state"), false }, { _("people"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i, k;
	json_t *shift, *role;
	json_array_foreach (json_object_get(view, "shift_list"), i, shift)
		json_array_foreach (json_object_get(shift, "roles"), k, role) {
			bool off = json_is_true(json_object_get(shift, "cancelled"));
			bool short_of =
				integer_of(role, "taken") < integer_of(role, "least");
			table_cell(table,
				vs_arena_printf(
					call->arena, "%lld", integer_of(shift, "shift")));
			table_cell(table, text_of(shift, "when"));
			table_cell(table, text_of(role, "name"));
			table_cell(table, text_of(role, "skill_name"));
			table_cell(table, number_of(call, role, "taken"));
			table_cell(table, number_of(call, role, "least"));
			table_cell(table, number_of(call, role, "wanted"));
			table_cell(table, number_of(call, role, "most"));
			table_cell(table, number_of(call, role, "waiting"));
			table_cell(table,
				off		   ? _("called off")
					: short_of ? _("missing")
						   : "");
			table_cell(table, people_text(call, role));
		}
	printf("\n");
	table_print(call, table);
}

static void
print_attendance(struct call *call, const json_t *records)
{
	const struct column columns[] = { { _("association"), false },
		{ _("in the room"), true }, { _("digitally"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *record;
	json_array_foreach (records, i, record) {
		table_cell(table, text_of(record, "association_name"));
		table_cell(table, number_of(call, record, "people"));
		table_cell(table, number_of(call, record, "digital"));
	}
	printf("\n");
	table_print(call, table);
}

bool
cmd_activity_show(struct call *call)
{
	json_t *view = vs_activity_view(call->db, call->args[0], &call->err);
	if (!view)
		return false;
	if (call->json || call->csv) {
		if (call->json)
			print_json(view);
		else
			print_shifts(call, view);
		json_decref(view);
		return true;
	}
	printf("%s: %s (%s)\n\n", text_of(view, "when"), text_of(view, "title"),
		text_of(view, "state_text"));
	print_record(call, json_object_get(view, "record"));
	if (json_array_size(json_object_get(view, "shift_list")))
		print_shifts(call, view);
	if (json_array_size(json_object_get(view, "attendance")))
		print_attendance(call, json_object_get(view, "attendance"));
	print_same(call, view);
	json_decref(view);
	return true;
}

/* Says how the time was understood, and whether it looks like something twice. */
bool
cmd_activity_add(struct call *call)
{
	const char *key;
	if (!vs_record_add(
		    call->db, call->type, call->values, call->arena, &key, &call->err))
		return false;
	json_t *view = vs_activity_view(call->db, key, &call->err);
	if (!view)
		return false;
	printf(_("activity %s added: %s, %s\n"), key, text_of(view, "title"),
		text_of(view, "when"));
	print_same(call, view);
	json_decref(view);
	return true;
}

/* Series ---------------------------------------------------------------------------------- */

static void
print_copies(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("no."), true }, { _("when"), false },
		{ _("title"), false }, { _("shifts"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "activities"), i, row) {
		const json_t *id = json_object_get(row, "activity");
		table_cell(table,
			json_is_integer(id) ? vs_arena_printf(call->arena, "%lld",
						      (long long)json_integer_value(id))
					    : "");
		table_cell(table, text_of(row, "when"));
		table_cell(table, text_of(row, "title"));
		table_cell(table, number_of(call, row, "shifts"));
	}
	table_print(call, table);
}

static void
print_copied(const json_t *view)
{
	size_t i;
	json_t *row;
	long long count = (long long)json_array_size(json_object_get(view, "activities"));
	json_array_foreach (json_object_get(view, "left_out"), i, row)
		printf(_("%s is left out: activity %lld is the same\n"),
			text_of(row, "date"), integer_of(row, "activity"));
	if (json_is_null(json_object_get(view, "bulk")))
		printf(_("plan %s; nothing is written\n"), text_of(view, "plan"));
	else
		printf(P_("%lld activity made; 'valstuga bulk undo %lld' takes it back\n",
			       "%lld activities made; 'valstuga bulk undo %lld' takes them back\n",
			       count),
			count, integer_of(view, "bulk"));
}

static bool
read_every(struct call *call, struct vs_series *series)
{
	const char *every = option(call, "every");
	int64_t days = 0;
	if (flag(call, "weekly"))
		series->every_days = 7;
	if (!every)
		return true;
	if (!vs_text_to_integer(every, &days) || days < 1 || days > 366)
		return vs_fail(&call->err, VS_USAGE,
			_("--every: \"%s\" is not a number of days, 1 to 366"), every);
	series->every_days = (int)days;
	return true;
}

bool
cmd_activity_copy(struct call *call)
{
	struct vs_series series = { .days = option(call, "days"),
		.until = option(call, "until"),
		.plan = option(call, "plan") };
	if (!read_every(call, &series))
		return false;
	json_t *view = vs_activity_copy(
		call->db, call->args[0], &series, flag(call, "dry-run"), &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		print_copies(call, view);
		if (!call->csv)
			print_copied(view);
	}
	json_decref(view);
	return true;
}

bool
cmd_bulk_undo(struct call *call)
{
	if (!vs_bulk_undo(call->db, call->args[0], &call->err))
		return false;
	printf(_("bulk %s is undone\n"), call->args[0]);
	return true;
}

/* Calling off ----------------------------------------------------------------------------- */

static const char *
way_text(const char *by)
{
	if (strcmp(by, "phone") == 0)
		return _("call");
	if (strcmp(by, "sms") == 0)
		return _("text message");
	return strcmp(by, "email") == 0 ? _("e-mail") : _("no way is known");
}

static void
print_notices(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("name"), false }, { _("how"), false },
		{ _("phone"), false }, { _("e-mail"), false }, { _("shift"), true },
		{ _("when"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "notify"), i, row) {
		table_cell(table, text_of(row, "name"));
		table_cell(table, way_text(text_of(row, "by")));
		table_cell(table, vs_phone_text(call->arena, text_of(row, "phone")));
		table_cell(table, text_of(row, "email"));
		table_cell(table,
			vs_arena_printf(call->arena, "%lld", integer_of(row, "shift")));
		table_cell(table, text_of(row, "when"));
	}
	table_print(call, table);
}

bool
cmd_activity_cancel(struct call *call)
{
	bool look = flag(call, "dry-run");
	json_t *view = vs_activity_cancel(
		call->db, call->args[0], option(call, "reason"), look, &call->err);
	if (!view)
		return false;
	size_t count = json_array_size(json_object_get(view, "notify"));
	if (call->json)
		print_json(view);
	else if (call->csv)
		print_notices(call, view);
	else {
		printf(look ? _("would be cancelled: %s, %s\n")
			    : _("cancelled: %s, %s\n"),
			text_of(view, "title"), text_of(view, "when"));
		if (count) {
			printf(P_("%zu is to be told:\n", "%zu are to be told:\n", count),
				count);
			print_notices(call, view);
		} else
			printf("%s",
				_("nobody was booked, so nobody needs to be told\n"));
	}
	json_decref(view);
	return true;
}

/* Attendance ------------------------------------------------------------------------------ */

static void
print_associations(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("association"), false },
		{ _("members"), true }, { _("times"), true }, { _("in the room"), true },
		{ _("digitally"), true }, { _("last"), false }, { _("next"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (json_object_get(view, "associations"), i, row) {
		table_cell(table, text_of(row, "name"));
		table_cell(table, number_of(call, row, "members"));
		table_cell(table, number_of(call, row, "times"));
		table_cell(table, number_of(call, row, "people"));
		table_cell(table, number_of(call, row, "digital"));
		table_cell(table, text_of(row, "last"));
		table_cell(table, text_of(row, "next"));
	}
	table_print(call, table);
}

bool
cmd_activity_attendance(struct call *call)
{
	json_t *view = vs_attendance_view(call->db, option(call, "kind"), &call->err);
	if (!view)
		return false;
	const json_t *total = json_object_get(view, "total");
	long long been = integer_of(total, "been"),
		  missing = integer_of(total, "missing");
	if (call->json)
		print_json(view);
	else {
		print_associations(call, view);
		if (!call->csv)
			printf(P_("\n%s: %lld of %lld association has been there; %lld people in the "
				  "room, %lld digitally\n",
				       "\n%s: %lld of %lld associations have been there; %lld people in "
				       "the room, %lld digitally\n",
				       been + missing),
				text_of(view, "kind_name"), been, been + missing,
				integer_of(total, "people"),
				integer_of(total, "digital"));
	}
	json_decref(view);
	return true;
}
