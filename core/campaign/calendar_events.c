/*
 * The calendar for other people's calendars: whole days, moments for cut-offs that have a
 * time, activities as the field writes them. The same thing keeps its uid, and its sequence
 * grows with every change.
 */
#include <string.h>

#include "base/i18n.h"
#include "campaign/calendar.h"

static bool
same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* Whether a line of the history may have changed the entry: its own lines, lines of several
 * records at once, and for days that are reckoned those of the campaign. */
static bool
touches(const json_t *line, const json_t *entry)
{
	const char *noun = record_string(line, "noun");
	const char *object = record_string(line, "object");
	bool deadline = same(record_string(entry, "noun"), "deadline");
	if (same(noun, record_string(entry, "noun")))
		return !object || !*object || same(object, record_string(entry, "id"));
	return deadline ? same(noun, "campaign")
			: same(record_string(line, "command"), "import");
}

static void
put_changes(json_t *event, const json_t *entry, const json_t *history)
{
	int changes = 0;
	int64_t last = 0;
	size_t i;
	json_t *line;
	json_array_foreach (history, i, line)
		if (touches(line, entry)) {
			changes++;
			if (record_integer(line, "at") > last)
				last = record_integer(line, "at");
		}
	json_object_set_new(event, "sequence", json_integer(changes));
	if (last)
		json_object_set_new(event, "modified_at", json_integer(last));
}

/* How the day comes about, where it stands, what is noted, and whether it is done. */
static const char *
describe(struct vs_arena *arena, const json_t *entry)
{
	static const char *const parts[] = { "rule", "source", "note" };
	const char *done = record_string(entry, "done_on"), *text = "";
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *part = record_string(entry, parts[i]);
		if (part && *part)
			text = vs_arena_printf(
				arena, "%s%s%s", text, *text ? "\n" : "", part);
	}
	return done ? vs_arena_printf(arena, _("%s\nDone %s"), text, done) : text;
}

static json_t *
make_event(const struct calendar *c, const json_t *entry, const json_t *history)
{
	json_t *event = json_object();
	record_put(event, "uid",
		vs_campaign_uid(c->arena, &c->campaign, record_string(entry, "noun"),
			record_string(entry, "id")));
	if (json_is_integer(json_object_get(entry, "starts_at"))) {
		json_object_set(event, "starts_at", json_object_get(entry, "starts_at"));
		json_object_set(event, "ends_at", json_object_get(entry, "ends_at"));
	} else
		record_put(event, "date", record_string(entry, "date"));
	record_put(event, "summary", record_string(entry, "name"));
	record_put(event, "description", describe(c->arena, entry));
	json_object_set_new(
		event, "categories", json_pack("[s]", record_string(entry, "kind_name")));
	json_object_set_new(event, "free", json_true());
	put_changes(event, entry, history);
	return event;
}

/* The field's events by uid; empty when no entry is an activity. New reference. */
static json_t *
read_activities(const struct calendar *c, struct vs_error *err)
{
	bool any = false;
	size_t i;
	json_t *entry, *event;
	json_array_foreach (c->entries, i, entry)
		any = any || same(record_string(entry, "noun"), "activity");
	json_t *calendar = any ? vs_activity_calendar(c->db, NULL, err) : json_object();
	if (!calendar)
		return NULL;
	json_t *events = json_object();
	json_array_foreach (json_object_get(calendar, "events"), i, event)
		json_object_set(events, record_string(event, "uid"), event);
	json_decref(calendar);
	return events;
}

static void
add_events(const struct calendar *c, const json_t *activities, const json_t *history,
	json_t *events)
{
	size_t i;
	json_t *entry;
	json_array_foreach (c->entries, i, entry) {
		const char *noun = record_string(entry, "noun");
		const char *uid = vs_campaign_uid(
			c->arena, &c->campaign, noun, record_string(entry, "id"));
		if (same(noun, "activity")) {
			if (json_object_get(activities, uid))
				json_array_append(
					events, json_object_get(activities, uid));
		} else if (record_string(entry, "date"))
			json_array_append_new(events, make_event(c, entry, history));
	}
}

static json_t *
make_calendar(const struct calendar *c, int64_t now, struct vs_error *err)
{
	json_t *calendar = NULL, *events = json_array();
	json_t *activities = read_activities(c, err);
	json_t *history =
		activities ? vs_record_list(c->db, &vs_history_type, NULL, err) : NULL;
	if (history) {
		add_events(c, activities, history, events);
		calendar = json_pack(
			"{s:I, s:O}", "made_at", (json_int_t)now, "events", events);
		record_put(calendar, "name",
			vs_arena_printf(c->arena, _("Calendar: %s"), c->campaign.title));
		record_put(calendar, "organizer",
			vs_arena_printf(c->arena, "%s %s", c->campaign.party_name,
				c->campaign.district));
	}
	json_decref(events);
	json_decref(activities);
	json_decref(history);
	return calendar;
}

json_t *
vs_calendar_events(
	struct vs_db *db, const struct vs_calendar_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct calendar c;
	int64_t now;
	if (!vs_clock_now(&now, err) || !snapshot_begin(&snapshot, db, err) ||
		!calendar_read(&c, db, scratch.arena, options, true, err))
		return NULL;
	json_t *calendar = make_calendar(&c, now, err);
	json_decref(c.entries);
	return calendar;
}
