/* The organiser's day on paper (dagsplan): what is on, what is missing, whom to ring. */
#include <valstuga/campaign.h>

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "field/field.h"
#include "register/sheet.h"

struct day_plan {
	struct sheet_frame frame; /* first */
	const char *date;
	json_t *day, *tomorrow; /* vs_day_view() */
	int64_t filled, wanted;
};

/* "10.00" of a view's "10:00". */
static const char *
clock_of(struct vs_arena *arena, const char *text)
{
	char *copy = vs_arena_text(arena, text ? text : "");
	char *colon = strchr(copy, ':');
	if (colon)
		*colon = '.';
	return copy;
}

static const char *
span_of(struct vs_arena *arena, const json_t *object)
{
	return sheet_join(arena, clock_of(arena, record_string(object, "starts")), "–",
		clock_of(arena, record_string(object, "ends")));
}

/* Seats of an activity on the day, and those that are missing. */
static void
count_seats(const json_t *activity, int64_t *ret_filled, int64_t *ret_wanted)
{
	json_t *shift, *role;
	size_t i, k;
	*ret_filled = *ret_wanted = 0;
	json_array_foreach (json_object_get(activity, "shifts"), i, shift)
		json_array_foreach (json_object_get(shift, "roles"), k, role) {
			int64_t wanted = record_integer(role, "wanted");
			int64_t taken = record_integer(role, "taken");
			if (record_true(shift, "cancelled"))
				continue;
			*ret_wanted += wanted;
			*ret_filled += taken < wanted ? taken : wanted;
		}
}

static const char *
state_text(struct vs_arena *arena, const json_t *activity, int64_t filled, int64_t wanted)
{
	if (record_true(activity, "cancelled"))
		return _("called off");
	if (wanted == 0)
		return "";
	return filled < wanted
		? vs_arena_printf(arena, _("%lld missing"), (long long)(wanted - filled))
		: _("full");
}

static json_t *
activity_row(struct day_plan *plan, const json_t *activity)
{
	struct vs_arena *arena = plan->frame.arena;
	const char *phone = record_string(activity, "contact_phone");
	int64_t filled, wanted;
	json_t *row = json_object();
	count_seats(activity, &filled, &wanted);
	record_put(row, "time", span_of(arena, activity));
	record_put(row, "kind", record_string(activity, "kind_name"));
	record_put(row, "title", record_string(activity, "title"));
	record_put(row, "place", record_string(activity, "place_name"));
	record_put(row, "street", record_string(activity, "address"));
	record_put(row, "contact",
		register_short_name(arena, record_string(activity, "contact_name")));
	record_put(row, "phone", phone && *phone ? vs_phone_text(arena, phone) : "");
	record_put(row, "filled", vs_text_number(arena, filled));
	record_put(row, "wanted", vs_text_number(arena, wanted));
	record_put(row, "state", state_text(arena, activity, filled, wanted));
	json_object_set_new(row, "gap",
		json_boolean(filled < wanted && !record_true(activity, "cancelled")));
	json_object_set(row, "cancelled", json_object_get(activity, "cancelled"));
	record_put(row, "note", record_string(activity, "instructions"));
	if (!record_true(activity, "cancelled")) {
		plan->filled += filled;
		plan->wanted += wanted;
	}
	return row;
}

static void
put_activities(struct day_plan *plan, json_t *sheet)
{
	json_t *rows = json_array(), *activity;
	size_t i;
	json_object_set_new(sheet, "activities", rows);
	json_array_foreach (json_object_get(plan->day, "activities"), i, activity)
		json_array_append_new(rows, activity_row(plan, activity));
}

/* Who is to be rung first, in one text. */
static const char *
call_text(struct vs_arena *arena, const json_t *missing)
{
	const json_t *first = json_array_get(json_object_get(missing, "call"), 0);
	const char *phone = record_string(first, "phone");
	return first ? sheet_join(arena, record_string(first, "name"), " ",
			       phone && *phone ? vs_phone_text(arena, phone) : "")
		     : "";
}

/* As on a call list: what `field enter` books when they say yes. */
static const char *
call_code(struct vs_arena *arena, const json_t *missing, const json_t *call)
{
	return field_call_code(
		arena, record_integer(missing, "role"), record_integer(call, "person"));
}

static void
put_missing(struct day_plan *plan, json_t *sheet)
{
	struct vs_arena *arena = plan->frame.arena;
	json_t *rows = json_array(), *calls = json_array(), *missing, *call;
	size_t i, k;
	json_object_set_new(sheet, "missing", rows);
	json_object_set_new(sheet, "calls", calls);
	json_array_foreach (json_object_get(plan->day, "missing"), i, missing) {
		if (strcmp(record_string(missing, "date"), plan->date) != 0)
			continue;
		json_t *row = json_object();
		const char *title = record_string(missing, "title");
		json_array_append_new(rows, row);
		record_put(
			row, "time", clock_of(arena, record_string(missing, "starts")));
		record_put(row, "title", title);
		record_put(row, "place", record_string(missing, "place_name"));
		record_put(row, "need",
			vs_arena_printf(arena, "%lld %s",
				(long long)record_integer(missing, "places"),
				record_string(missing, "role_name")));
		record_put(row, "call", call_text(arena, missing));
		json_array_foreach (json_object_get(missing, "call"), k, call) {
			const char *phone = record_string(call, "phone");
			json_array_append_new(calls,
				json_pack("{s:s, s:s, s:s, s:s}", "code",
					call_code(arena, missing, call), "name",
					record_string(call, "name"), "phone",
					phone && *phone ? vs_phone_text(arena, phone)
							: "",
					"why", title));
		}
	}
}

static void
put_tomorrow(struct day_plan *plan, json_t *sheet)
{
	struct vs_arena *arena = plan->frame.arena;
	json_t *rows = json_array(), *activity;
	size_t i;
	json_object_set_new(sheet, "tomorrow", rows);
	json_array_foreach (json_object_get(plan->tomorrow, "activities"), i, activity) {
		int64_t filled, wanted;
		json_t *row = json_object();
		count_seats(activity, &filled, &wanted);
		json_array_append_new(rows, row);
		record_put(row, "time", span_of(arena, activity));
		record_put(row, "title", record_string(activity, "title"));
		record_put(row, "place", record_string(activity, "place_name"));
		record_put(row, "state", state_text(arena, activity, filled, wanted));
		json_object_set_new(row, "gap", json_boolean(filled < wanted));
	}
}

static bool
is_driven(const json_t *delivery)
{
	const char *status = record_string(delivery, "status");
	return strcmp(status, "planned") == 0 || strcmp(status, "packed") == 0 ||
		strcmp(status, "underway") == 0;
}

static bool
put_deliveries(struct day_plan *plan, json_t *sheet, struct vs_error *err)
{
	struct vs_arena *arena = plan->frame.arena;
	json_t *filter = json_pack("{s:s}", "date", plan->date), *rows = json_array();
	json_t *deliveries =
		vs_record_list(plan->frame.db, &vs_delivery_type, filter, err);
	json_t *delivery;
	size_t i;
	json_object_set_new(sheet, "deliveries", rows);
	json_array_foreach (deliveries, i, delivery) {
		const json_t *arrives = json_object_get(delivery, "arrives");
		json_t *row = json_object();
		if (!is_driven(delivery)) {
			json_decref(row);
			continue;
		}
		json_array_append_new(rows, row);
		record_put(row, "time",
			json_is_integer(arrives)
				? sheet_clock(arena, (int)json_integer_value(arrives))
				: "");
		record_put(row, "what",
			vs_arena_printf(arena, _("%s pieces"),
				vs_text_number(
					arena, record_integer(delivery, "pieces"))));
		record_put(row, "where", record_string(delivery, "to_name"));
		record_put(row, "who",
			register_short_name(
				arena, record_string(delivery, "carrier_name")));
		record_put(row, "phone", "");
	}
	json_decref(filter);
	json_decref(deliveries);
	return deliveries != NULL;
}

static bool
put_duties(struct day_plan *plan, json_t *sheet, struct vs_error *err)
{
	struct vs_arena *arena = plan->frame.arena;
	json_t *filter = json_pack("{s:s}", "date", plan->date), *rows = json_array();
	json_t *duties = vs_record_list(plan->frame.db, &vs_duty_type, filter, err),
	       *duty;
	size_t i;
	json_object_set_new(sheet, "duties", rows);
	json_array_foreach (duties, i, duty) {
		json_t *row = json_object();
		json_array_append_new(rows, row);
		record_put(row, "time",
			sheet_span(arena, (int)record_integer(duty, "starts"),
				(int)record_integer(duty, "ends")));
		record_put(row, "name",
			register_short_name(arena, record_string(duty, "name")));
		record_put(row, "phone", record_string(duty, "phone"));
		record_put(row, "role", record_string(duty, "role"));
	}
	json_decref(filter);
	json_decref(duties);
	return duties != NULL;
}

static void
put_summary(struct day_plan *plan, json_t *sheet)
{
	struct vs_arena *arena = plan->frame.arena;
	json_t *summary = json_object(), *warning;
	size_t i;
	json_object_set_new(sheet, "summary", summary);
	record_put(summary, "activities",
		vs_text_number(arena,
			(int64_t)json_array_size(json_object_get(sheet, "activities"))));
	record_put(summary, "filled", vs_text_number(arena, plan->filled));
	record_put(summary, "wanted", vs_text_number(arena, plan->wanted));
	record_put(summary, "missing",
		vs_text_number(arena,
			plan->filled < plan->wanted ? plan->wanted - plan->filled : 0));
	json_array_foreach (json_object_get(plan->day, "warnings"), i, warning)
		sheet_warn(sheet, json_string_value(warning));
}

static bool
fill(struct sheet_frame *frame, json_t *sheets, struct vs_error *err)
{
	struct day_plan *plan = (struct day_plan *)frame;
	struct vs_date date;
	char next[11];
	if (!vs_date_parse(plan->date, &date, err))
		return false;
	vs_date_format(vs_date_add(date, 1), next);
	plan->day = vs_day_view(frame->db, plan->date, err);
	plan->tomorrow = plan->day ? vs_day_view(frame->db, next, err) : NULL;
	if (!plan->tomorrow)
		return false;
	char *heading = vs_arena_text(
		frame->arena, vs_date_text(frame->arena, date, VS_DATE_LONG));
	if (*heading >= 'a' && *heading <= 'z') /* no weekday begins with å, ä, ö */
		*heading = (char)(*heading - 'a' + 'A');
	json_t *sheet =
		sheet_new(sheets, heading, frame->campaign.title, _("the organiser"));
	put_activities(plan, sheet);
	put_missing(plan, sheet);
	put_tomorrow(plan, sheet);
	put_summary(plan, sheet);
	record_put(sheet, "notes", "");
	return put_deliveries(plan, sheet, err) && put_duties(plan, sheet, err) &&
		register_sheet(frame->db,
			vs_arena_printf(frame->arena, "DP-%.4s%.2s%.2s", plan->date,
				plan->date + 5, plan->date + 8),
			sheet, err);
}

json_t *
vs_day_plan_view(struct vs_db *db, const struct vs_field_sheet_options *options,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct day_plan plan = { .frame = { .db = db,
					 .arena = scratch.arena,
					 .name = "day-plan",
					 .title = N_("Day plan"),
					 .nothing = "",
					 .fill = fill } };
	struct vs_date today;
	char text[11];
	plan.date = options->filter.from;
	if (!plan.date) {
		if (!vs_clock_today(&today, err))
			return NULL;
		plan.date = vs_date_format(today, text);
	}
	json_t *view = sheet_frame_view(&plan.frame, err);
	json_decref(plan.day);
	json_decref(plan.tomorrow);
	return view;
}
