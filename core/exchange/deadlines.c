/* The campaign's deadlines as a calendar: whole days, each with the source that sets it. */
#include <valstuga/calendar.h>

#include <string.h>

#include "base/i18n.h"
#include "exchange/exchange.h"
#include "record/record.h"

/* How often and when last the deadline was changed. Election day moves those that are counted
 * from it, so what was changed in the campaign counts, too. */
static void
count_changes(const json_t *history, const char *key, int *ret_changes, int64_t *ret_last)
{
	size_t i;
	json_t *line;
	*ret_changes = 0;
	*ret_last = 0;
	json_array_foreach (history, i, line) {
		const char *noun = record_string(line, "noun");
		const char *object = record_string(line, "object");
		bool own = noun && object && strcmp(noun, "deadline") == 0 &&
			strcmp(object, key) == 0;
		if (!own && !(noun && strcmp(noun, "campaign") == 0))
			continue;
		++*ret_changes;
		if (record_integer(line, "at") > *ret_last)
			*ret_last = record_integer(line, "at");
	}
}

/* Where the day comes from, what is noted, and whether it is done. */
static const char *
describe(struct vs_arena *arena, const json_t *deadline)
{
	const char *source = record_string(deadline, "source");
	const char *done = record_string(deadline, "done_on");
	const char *note = record_string(deadline, "note");
	const char *text = source ? source : "";
	if (note)
		text = vs_arena_printf(arena, "%s\n%s", text, note);
	if (done)
		text = vs_arena_printf(arena, _("%s\nDone %s"), text, done);
	return text;
}

static json_t *
make_event(struct vs_arena *arena, const struct vs_campaign *campaign,
	const json_t *deadline, const json_t *history)
{
	const char *key = record_string(deadline, "key");
	int changes;
	int64_t last;
	json_t *event = json_object();
	count_changes(history, key, &changes, &last);
	record_put(event, "uid", vs_campaign_uid(arena, campaign, "deadline", key));
	record_put(event, "date", record_string(deadline, "falls_on"));
	record_put(event, "summary", record_string(deadline, "name"));
	record_put(event, "description", describe(arena, deadline));
	json_object_set_new(event, "sequence", json_integer(changes));
	if (last)
		json_object_set_new(event, "modified_at", json_integer(last));
	json_object_set_new(event, "free", json_true());
	return event;
}

static json_t *
make_calendar(const struct vs_campaign *campaign, const json_t *deadlines,
	const json_t *history, int64_t now)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *calendar = json_object(), *events = json_array();
	record_put(calendar, "name",
		vs_arena_printf(scratch.arena, _("Deadlines: %s"), campaign->title));
	json_object_set_new(calendar, "made_at", json_integer(now));
	json_object_set_new(calendar, "events", events);
	size_t i;
	json_t *deadline;
	json_array_foreach (deadlines, i, deadline)
		if (record_string(deadline, "falls_on"))
			json_array_append_new(events,
				make_event(scratch.arena, campaign, deadline, history));
	return calendar;
}

json_t *
vs_deadline_calendar(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct vs_campaign campaign;
	int64_t now;
	if (!vs_clock_now(&now, err) || !snapshot_begin(&snapshot, db, err) ||
		!vs_campaign_get(db, scratch.arena, &campaign, err))
		return NULL;
	json_t *calendar = NULL;
	json_t *deadlines = vs_record_list(db, &vs_deadline_type, filters, err);
	json_t *history =
		deadlines ? vs_record_list(db, &vs_history_type, NULL, err) : NULL;
	if (history)
		calendar = make_calendar(&campaign, deadlines, history, now);
	json_decref(deadlines);
	json_decref(history);
	return calendar;
}
