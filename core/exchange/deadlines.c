/* The campaign's deadlines as a calendar: those of the whole calendar that are deadlines. */
#include <valstuga/calendar.h>
#include <valstuga/campaign.h>

#include "base/i18n.h"
#include "record/record.h"

json_t *
vs_deadline_calendar(struct vs_db *db, const json_t *filters, struct vs_error *err)
{
	const char *kind = record_string(filters, "kind");
	const struct vs_calendar_options options = {
		.from = record_string(filters, "from"),
		.until = record_string(filters, "until"),
		.association = record_string(filters, "association"),
		.kommun = record_string(filters, "kommun"),
		.kinds = kind ? kind : "law,decision,own",
	};
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	json_t *calendar = vs_calendar_events(db, &options, err);
	if (!calendar || !vs_campaign_get(db, scratch.arena, &campaign, err)) {
		json_decref(calendar);
		return NULL;
	}
	record_put(calendar, "name",
		vs_arena_printf(scratch.arena, _("Deadlines: %s"), campaign.title));
	return calendar;
}
