/* What stands in the election calendar: deadlines, kommuner's cut-offs, activities of all. */
#include "campaign/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "register/register.h"

/* Kinds of activities that concern the whole campaign, not those who stand there. */
static const char *const common_kinds[] = { "valskola", "centralt_besok", "rod_lordag",
	"toppnamnstraff", "mote" };

/* An entry with all its fields, unknown ones null or empty; appended. Borrowed. */
static json_t *
entry_new(struct calendar *c, const char *kind, const char *noun, const char *id,
	const char *name)
{
	static const char *const nulls[] = { "date", "time", "days", "key", "done_on",
		"verified_on", "kommun", "association", "starts_at", "ends_at" };
	static const char *const texts[] = { "kommun_name", "association_name",
		"responsible", "rule", "source", "note" };
	json_t *entry = json_object();
	for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
		json_object_set_new(entry, nulls[i], json_null());
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		record_put(entry, texts[i], "");
	record_put(entry, "name", name);
	record_put(entry, "kind", kind);
	record_put(entry, "noun", noun);
	record_put(entry, "id", id);
	json_object_set_new(entry, "passes", json_true());
	json_object_set_new(entry, "changes", json_integer(0));
	json_array_append_new(c->entries, entry);
	return entry;
}

static void
take(json_t *entry, const char *name, const json_t *record, const char *from)
{
	json_object_set(entry, name, json_object_get(record, from));
}

static void
take_text(json_t *entry, const char *name, const json_t *record, const char *from)
{
	record_put(entry, name, record_string(record, from));
}

/* Deadlines -------------------------------------------------------------------------------- */

static void
add_deadline(struct calendar *c, const json_t *record, const json_t *changes)
{
	const char *key = record_string(record, "key");
	json_t *entry = entry_new(c, record_string(record, "kind"), "deadline", key,
		record_string(record, "name"));
	take(entry, "key", record, "key");
	take(entry, "date", record, "falls_on");
	take(entry, "done_on", record, "done_on");
	take(entry, "verified_on", record, "verified_on");
	take(entry, "kommun", record, "kommun");
	take(entry, "association", record, "association");
	take(entry, "passes", record, "passes");
	take_text(entry, "source", record, "source");
	take_text(entry, "responsible", record, "responsible");
	take_text(entry, "kommun_name", record, "kommun_name");
	take_text(entry, "association_name", record, "association_name");
	take_text(entry, "note", record, "note");
	record_put(entry, "rule", register_deadline_rule(c->arena, record));
	json_object_set_new(entry, "changes", json_integer(record_integer(changes, key)));
}

bool
calendar_deadlines(struct calendar *c, struct vs_error *err)
{
	json_t *changes = register_deadline_changes(c->db, err);
	json_t *records =
		changes ? vs_record_list(c->db, &vs_deadline_type, NULL, err) : NULL;
	json_t *record;
	size_t i;
	json_array_foreach (records, i, record)
		add_deadline(c, record, changes);
	json_decref(records);
	json_decref(changes);
	return records != NULL;
}

/* Cut-offs --------------------------------------------------------------------------------- */

/* The moment of a wall clock time. In the night that the clocks change the earlier of two, and
 * for a time that does not exist the moment of the change: nobody comes too late. */
static int64_t
moment_of(struct vs_date date, int hour, int minute)
{
	struct vs_error ignored = { 0 };
	struct vs_local local = { .date = date, .hour = hour, .minute = minute };
	int64_t utc;
	if (vs_local_to_utc(local, VS_FOLD_SUMMER, &utc, &ignored))
		return utc;
	local.hour = 3;
	local.minute = 0;
	ignored = (struct vs_error){ 0 };
	return vs_local_to_utc(local, VS_FOLD_SUMMER, &utc, &ignored) ? utc : 0;
}

/* "2026-08-17 15:00", or the day alone. */
static void
put_cut_off(struct calendar *c, json_t *entry, const char *text)
{
	int hour, minute;
	struct vs_date date;
	struct vs_error ignored = { 0 };
	const char *day = vs_arena_copy(c->arena, text, strnlen(text, 10));
	record_put(entry, "date", day);
	if (strlen(text) < 15 || sscanf(text + 11, "%d%*[:.]%d", &hour, &minute) != 2 ||
		!vs_date_parse(day, &date, &ignored))
		return;
	record_put(entry, "time", vs_arena_printf(c->arena, "%02d:%02d", hour, minute));
	json_object_set_new(
		entry, "starts_at", json_integer(moment_of(date, hour, minute)));
	take(entry, "ends_at", entry, "starts_at");
}

static void
add_cut_off(struct calendar *c, const json_t *rule)
{
	const char *phase =
		record_choice(vs_record_field(&vs_rule_type, "phase")->choices,
			record_string(rule, "phase"));
	const char *channel =
		record_choice(vs_record_field(&vs_rule_type, "channel")->choices,
			record_string(rule, "channel"));
	const json_t *kommun =
		json_object_get(c->kommuner, record_string(rule, "kommun"));
	json_t *entry = entry_new(c, "kommun", "rule",
		vs_arena_printf(c->arena, "%lld", (long long)record_integer(rule, "id")),
		vs_arena_printf(c->arena, _("%s: last hand-in, %s"),
			record_string(rule, "kommun_name"), phase));
	put_cut_off(c, entry, record_string(rule, "deadline"));
	take(entry, "kommun", rule, "kommun");
	take(entry, "verified_on", rule, "verified_on");
	if (kommun) {
		take(entry, "association", kommun, "association");
		take_text(entry, "association_name", kommun, "association_name");
	}
	take_text(entry, "kommun_name", rule, "kommun_name");
	take_text(entry, "source", rule, "source");
	take_text(entry, "responsible", rule, "our_contact");
	take_text(entry, "note", rule, "address");
	record_put(entry, "rule",
		vs_arena_printf(c->arena, _("the kommun's hand-over rule: %s"), channel));
}

bool
calendar_cut_offs(struct calendar *c, struct vs_error *err)
{
	json_t *rules = vs_record_list(c->db, &vs_rule_type, NULL, err), *rule;
	size_t i;
	json_array_foreach (rules, i, rule)
		if (record_string(rule, "deadline"))
			add_cut_off(c, rule);
	json_decref(rules);
	return rules != NULL;
}

/* Activities ------------------------------------------------------------------------------- */

static void
add_activity(struct calendar *c, const json_t *record)
{
	char day[11];
	int64_t id = record_integer(record, "id");
	struct vs_local starts = vs_local_from_utc(record_integer(record, "starts"));
	json_t *entry = entry_new(c, "activity", "activity",
		vs_arena_printf(c->arena, "%lld", (long long)id),
		record_string(record, "title"));
	record_put(entry, "date", vs_date_format(starts.date, day));
	record_put(entry, "time",
		vs_arena_printf(c->arena, "%02d:%02d", starts.hour, starts.minute));
	take(entry, "starts_at", record, "starts");
	take(entry, "ends_at", record, "ends");
	take(entry, "kommun", record, "kommun");
	take(entry, "association", record, "association");
	take(entry, "changes", record, "sequence");
	take_text(entry, "kommun_name", record, "kommun_name");
	take_text(entry, "association_name", record, "association_name");
	take_text(entry, "responsible", record, "contact_name");
	take_text(entry, "rule", record, "kind_name");
	take_text(entry, "note", record, "place_name");
	record_put(entry, "source",
		vs_arena_printf(c->arena, _("activity no. %lld"), (long long)id));
	if (!record_true(record, "live"))
		json_object_set_new(entry, "cancelled", json_true());
}

static bool
is_common(const char *kind)
{
	for (size_t i = 0; i < sizeof common_kinds / sizeof *common_kinds; i++)
		if (strcmp(common_kinds[i], kind) == 0)
			return true;
	return false;
}

bool
calendar_activities(struct calendar *c, struct vs_error *err)
{
	json_t *records = vs_record_list(c->db, &vs_activity_type, NULL, err), *record;
	size_t i;
	json_array_foreach (records, i, record)
		if (is_common(record_string(record, "kind")) &&
			strcmp(record_string(record, "visibility"), "draft") != 0 &&
			(c->cancelled || record_true(record, "live")))
			add_activity(c, record);
	json_decref(records);
	return records != NULL;
}
