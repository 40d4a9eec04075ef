/* The organiser's day. */
#include <string.h>

#include <valstuga/field.h>

#include "tool.h"

/* "värd: Kim Ek, Bo Al (signed up); 1 missing" */
static void
print_role(const json_t *role)
{
	size_t i;
	json_t *person;
	const char *mark = ": ";
	printf("      %s", text_of(role, "name"));
	json_array_foreach (json_object_get(role, "people"), i, person) {
		if (!json_is_true(json_object_get(person, "holds")))
			continue;
		bool sure = strcmp(text_of(person, "state"), "signed_up") != 0;
		printf("%s%s%s", mark,
			*text_of(person, "name") ? text_of(person, "name") : "–",
			sure ? "" : _(" (not confirmed)"));
		mark = ", ";
	}
	long long missing = integer_of(role, "least") - integer_of(role, "taken");
	if (missing > 0)
		printf(P_("%s%lld is missing", "%s%lld are missing", missing),
			*mark == ':' ? ": " : "; ", missing);
	putchar('\n');
}

static void
print_activity(const json_t *activity)
{
	size_t i, k;
	json_t *shift, *role;
	const char *place = text_of(activity, "place_name");
	printf("\n%s–%s %s%s%s\n", text_of(activity, "starts"), text_of(activity, "ends"),
		text_of(activity, "title"), *place ? ", " : "", place);
	if (*text_of(activity, "contact_name"))
		printf(_("    contact: %s %s\n"), text_of(activity, "contact_name"),
			text_of(activity, "contact_phone"));
	json_array_foreach (json_object_get(activity, "shifts"), i, shift) {
		printf(_("    %s–%s shift %lld\n"), text_of(shift, "starts"),
			text_of(shift, "ends"), integer_of(shift, "shift"));
		json_array_foreach (json_object_get(shift, "roles"), k, role)
			print_role(role);
	}
}

static const char *
bucket_text(const char *bucket)
{
	return strcmp(bucket, "today") == 0	  ? _("Missing today:")
		: strcmp(bucket, "tomorrow") == 0 ? _("Missing tomorrow:")
						  : _("Missing this week:");
}

static void
print_missing(const json_t *view)
{
	size_t i, k;
	json_t *row, *person;
	const char *bucket = "";
	json_array_foreach (json_object_get(view, "missing"), i, row) {
		bool needed = integer_of(row, "needed") > 0;
		if (strcmp(bucket, text_of(row, "bucket")) != 0) {
			bucket = text_of(row, "bucket");
			printf("\n%s\n", bucket_text(bucket));
		}
		printf(needed ? _("! shift %lld, %s, %s: %lld as %s\n")
			      : _("- shift %lld, %s, %s: room for %lld as %s\n"),
			integer_of(row, "shift"), text_of(row, "title"),
			text_of(row, "when"),
			integer_of(row, needed ? "needed" : "places"),
			text_of(row, "role_name"));
		json_array_foreach (json_object_get(row, "call"), k, person)
			printf("    %s %s: %s\n", text_of(person, "name"),
				text_of(person, "phone"), text_of(person, "reason"));
	}
}

static void
print_day(const json_t *view)
{
	const json_t *total = json_object_get(view, "total");
	size_t i;
	json_t *each;
	long long people = integer_of(total, "people"),
		  shifts = integer_of(total, "shifts");
	printf("%s: ", text_of(view, "date_text"));
	printf(P_("%lld person", "%lld people", people), people);
	printf(P_(" on %lld shift; ", " on %lld shifts; ", shifts), shifts);
	printf(_("%lld missing today, %lld in the week\n"),
		integer_of(total, "missing_today"), integer_of(total, "missing_week"));
	json_array_foreach (json_object_get(view, "warnings"), i, each)
		printf("! %s\n", json_string_value(each));
	json_array_foreach (json_object_get(view, "activities"), i, each)
		print_activity(each);
	print_missing(view);
}

/* For tables: everybody who is there, one on each line. */
static void
print_day_csv(struct call *call, const json_t *view)
{
	static const char *const names[] = { "date", "starts", "ends" };
	const struct column columns[] = { { _("date"), false }, { _("starts"), false },
		{ _("ends"), false }, { _("title"), false }, { _("where"), false },
		{ _("role"), false }, { _("person"), false }, { _("state"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i, k, r, p;
	json_t *activity, *shift, *role, *person;
	json_array_foreach (json_object_get(view, "activities"), i, activity)
		json_array_foreach (json_object_get(activity, "shifts"), k, shift)
			json_array_foreach (json_object_get(shift, "roles"), r, role)
				json_array_foreach (
					json_object_get(role, "people"), p, person) {
					for (size_t n = 0; n < 3; n++)
						table_cell(
							table, text_of(shift, names[n]));
					table_cell(table, text_of(shift, "title"));
					table_cell(
						table, text_of(activity, "place_name"));
					table_cell(table, text_of(role, "name"));
					table_cell(table, text_of(person, "name"));
					table_cell(table, text_of(person, "state"));
				}
	table_print(call, table);
}

bool
cmd_day(struct call *call)
{
	json_t *view =
		vs_day_view(call->db, call->arg_count ? call->args[0] : NULL, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else if (call->csv)
		print_day_csv(call, view);
	else
		print_day(view);
	json_decref(view);
	return true;
}
