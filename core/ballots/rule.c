/* Hand-over rules: how each kommun's election committee takes ballots, phase by phase. */
#include "ballots/ballots.h"

#include <string.h>

#include "base/i18n.h"

const struct vs_choice rule_phases[] = {
	{ "advance", N_("advance voting") },
	{ "institution", N_("institutions") },
	{ "election_day", N_("election day") },
	{ 0 },
};

const struct vs_choice rule_channels[] = {
	{ "central", N_("central hand-in") },
	{ "direct", N_("at each place") },
	{ "co_distribution", N_("co-distribution") },
	{ "post", N_("by post") },
	{ 0 },
};

const struct vs_choice rule_refills[] = {
	{ "party", N_("the party") },
	{ "kommun_calls", N_("the party, when the kommun calls") },
	{ "kommun", N_("the kommun") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "kommun", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "phase", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("phase"),
		.choices = rule_phases },
	{ "channel", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("how"),
		.choices = rule_channels },
	{ "address", VS_FIELD_TEXT, 0, N_("where") },
	{ "earliest", VS_FIELD_TEXT, VS_HIDDEN, N_("earliest"),
		N_("HH:MM, YYYY-MM-DD, '30 minutes before opening', or words for people"),
		.max_length = 80 },
	{ "deadline", VS_FIELD_TEXT, 0, N_("latest"),
		N_("YYYY-MM-DD or YYYY-MM-DD HH:MM"), .max_length = 16 },
	{ "cap", VS_FIELD_INTEGER, 0, N_("at most per list"), N_("pieces"), .min = 1,
		.max = 1000000 },
	{ "packaging", VS_FIELD_TEXT, VS_HIDDEN, N_("packaging") },
	{ "refill", VS_FIELD_CHOICE, 0, N_("refilled by"), .choices = rule_refills },
	{ "contact_name", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN,
		N_("committee's contact") },
	{ "contact_phone", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("phone") },
	{ "contact_email", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("e-mail") },
	{ "our_contact", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("our contact") },
	{ "our_deputy", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("our deputy") },
	{ "leftovers", VS_FIELD_TEXT, VS_HIDDEN, N_("leftovers") },
	{ "distance_m", VS_FIELD_INTEGER, VS_HIDDEN, N_("distance for campaigning, m"),
		.min = 0, .max = 1000 },
	{ "source", VS_FIELD_TEXT, VS_HIDDEN, N_("source") },
	{ "verified_on", VS_FIELD_DATE, 0, N_("verified") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

/* A date, or a date and a time that exists on the Swedish clock. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	const char *deadline = record_string(record, "deadline");
	struct vs_date date;
	int64_t utc;
	struct vs_error ignored = { 0 };
	if (!deadline ||
		(strlen(deadline) == 10 ? vs_date_parse(deadline, &date, &ignored)
					: vs_time_parse(deadline, &utc, &ignored)))
		return true;
	return vs_fail(err, VS_INVALID,
		_("rule, field deadline: \"%s\" is not a time that exists; write 2026-08-17 or "
		  "2026-08-17 15:00"),
		deadline);
}

const struct vs_record_type vs_rule_type = {
	.noun = N_("rule"),
	.label = N_("hand-over rules"),
	.about = N_(
		"How each kommun takes ballots: one rule per kommun and phase, with source."),
	FIELDS(fields),
	.select = SQL(
		"SELECT r.id, r.kommun_code AS kommun, k.name AS kommun_name, r.phase,"
		" r.channel, r.address, r.earliest, r.deadline, r.cap, r.packaging,"
		" r.refill, r.contact_name, r.contact_phone, r.contact_email,"
		" r.our_contact, r.our_deputy, r.leftovers, r.distance_m, r.source,"
		" r.verified_on, r.note FROM handover_rule r"
		" JOIN kommun k ON k.code = r.kommun_code"
		" ORDER BY k.name COLLATE swedish, r.phase"),
	.insert =
		SQL("INSERT INTO handover_rule (kommun_code, phase, channel, address,"
		    " earliest, deadline, cap, packaging, refill, contact_name,"
		    " contact_phone, contact_email, our_contact, our_deputy, leftovers,"
		    " distance_m, source, verified_on, note)"
		    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
	.update =
		SQL("UPDATE handover_rule SET kommun_code = ?, phase = ?, channel = ?,"
		    " address = ?, earliest = ?, deadline = ?, cap = ?, packaging = ?,"
		    " refill = ?, contact_name = ?, contact_phone = ?, contact_email = ?,"
		    " our_contact = ?, our_deputy = ?, leftovers = ?, distance_m = ?,"
		    " source = ?, verified_on = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM handover_rule WHERE id = ?"),
	.check = check,
};
