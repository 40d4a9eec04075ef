/* Records to a file, by the file's ending. */
#include <stdlib.h>
#include <string.h>

#include <valstuga/calendar.h>
#include <valstuga/field.h>
#include <valstuga/spreadsheet.h>

#include "tool.h"

/* A view for a file that is not a table; `filters` has the options as they were typed. */
struct view {
	const char *noun;
	json_t *(*make)(struct vs_db *db, const json_t *filters, struct vs_error *err);
};

/* Nouns that can be a calendar, and those that can be cards. */
static const struct view calendars[] = {
	{ "activity", vs_activity_calendar },
	{ "association", vs_association_calendar },
	{ "booking", vs_booking_calendar },
	{ "deadline", vs_deadline_calendar },
	{ "person", vs_person_calendar },
	{ "shift", vs_shift_calendar },
	{ 0 },
};
static const struct view cards[] = {
	{ "person", vs_person_cards },
	{ 0 },
};

static json_t *
filters(struct call *call)
{
	static const char *const names[] = { "kind", "kommun", "party", "person",
		"association", "activity", "from", "until" };
	json_t *wanted = json_object();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (option(call, names[i]))
			json_object_set(wanted, names[i],
				json_object_get(call->options, names[i]));
	return wanted;
}

static json_t *
read_records(struct call *call)
{
	json_t *wanted = filters(call);
	if (call->type->usual && !flag(call, "all") && !option(call, "party"))
		json_object_set_new(wanted, call->type->usual, json_true());
	leave_out_hidden(call, wanted);
	json_t *records = vs_record_list(call->db, call->type, wanted, &call->err);
	json_decref(wanted);
	return records;
}

static bool
say_count(const char *path, size_t count)
{
	if (path)
		printf(P_("%zu record in %s\n", "%zu records in %s\n", (int64_t)count),
			count, path);
	return true;
}

static bool
write_json(struct call *call, const char *path)
{
	json_t *records = read_records(call);
	if (!records)
		return false;
	char *text = json_dumps(records, JSON_INDENT(2));
	bool ok = write_output(call, path, text, strlen(text)) &&
		say_count(path, json_array_size(records));
	free(text);
	json_decref(records);
	return ok;
}

static bool
write_csv(struct call *call, const char *path)
{
	VS_AUTO(vs_buffer) out = { 0 };
	json_t *records = read_records(call);
	if (!records)
		return false;
	vs_record_write_csv(call->type, records, &out);
	bool ok = write_output(call, path, out.data, out.length) &&
		say_count(path, json_array_size(records));
	json_decref(records);
	return ok;
}

static bool
write_xlsx(struct call *call, const char *path)
{
	VS_AUTO(vs_buffer) out = { 0 };
	struct vs_campaign campaign;
	int64_t now;
	if (!vs_clock_now(&now, &call->err) ||
		!vs_campaign_get(call->db, call->arena, &campaign, &call->err))
		return false;
	json_t *records = read_records(call);
	if (!records)
		return false;
	const char *creator = vs_arena_printf(
		call->arena, "%s %s", campaign.party_name, campaign.district);
	json_t *table = vs_record_table(call->type, records, creator, now);
	bool ok = vs_xlsx_write(table, &out, &call->err) &&
		write_output(call, path, out.data, out.length) &&
		say_count(path, json_array_size(records));
	json_decref(table);
	json_decref(records);
	return ok;
}

/* A view of `views` for the noun, and what it holds under `list`, written by `write`. */
static bool
write_view(struct call *call, const char *path, const struct view *views,
	const char *list,
	bool (*write)(const json_t *, struct vs_buffer *, struct vs_error *))
{
	VS_AUTO(vs_buffer) out = { 0 };
	while (views->noun && strcmp(views->noun, call->type->noun) != 0)
		views++;
	if (!views->noun)
		return vs_fail(&call->err, VS_USAGE,
			_("%s cannot be written as %s; use .csv, .json or .xlsx"),
			call->type->noun, strrchr(path, '.'));
	json_t *wanted = filters(call);
	json_t *view = views->make(call->db, wanted, &call->err);
	json_decref(wanted);
	if (!view)
		return false;
	bool ok = write(view, &out, &call->err) &&
		write_output(call, path, out.data, out.length) &&
		say_count(path, json_array_size(json_object_get(view, list)));
	json_decref(view);
	return ok;
}

static bool
write_ics(struct call *call, const char *path)
{
	return write_view(call, path, calendars, "events", vs_ical_write);
}

static bool
write_vcf(struct call *call, const char *path)
{
	return write_view(call, path, cards, "cards", vs_vcard_write);
}

/* The election calendar is no record: its days come from deadlines, rules and activities. */
static bool
export_calendar(struct call *call)
{
	const char *path = option(call, "output");
	const struct vs_calendar_options options = calendar_options(call);
	VS_AUTO(vs_buffer) out = { 0 };
	if (!path || !ends_with(path, ".ics"))
		return vs_fail(&call->err, VS_USAGE, "%s",
			_("the calendar is written as .ics with -o FILE.ics; for tables there is "
			  "'valstuga calendar list' with --csv or --json"));
	json_t *view = vs_calendar_events(call->db, &options, &call->err);
	if (!view)
		return false;
	bool ok = vs_ical_write(view, &out, &call->err) &&
		write_output(call, path, out.data, out.length) &&
		say_count(path, json_array_size(json_object_get(view, "events")));
	json_decref(view);
	return ok;
}

bool
cmd_export(struct call *call)
{
	static const struct {
		const char *ending;
		bool (*write)(struct call *call, const char *path);
	} forms[] = { { ".csv", write_csv }, { ".json", write_json },
		{ ".xlsx", write_xlsx }, { ".ics", write_ics }, { ".vcf", write_vcf } };
	const char *path = option(call, "output");
	if (strcmp(call->args[0], "calendar") == 0)
		return export_calendar(call);
	call->type = vs_record_type_of(call->args[0]);
	if (!call->type)
		return vs_fail(&call->err, VS_USAGE,
			_("there is no noun \"%s\"; 'valstuga help' lists them"),
			call->args[0]);
	if (!path)
		return call->json ? write_json(call, NULL) : write_csv(call, NULL);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (ends_with(path, forms[i].ending))
			return forms[i].write(call, path);
	return vs_fail(&call->err, VS_USAGE,
		_("%s: the file's ending says the form; use .csv, .json, .xlsx, .ics or .vcf"),
		path);
}
