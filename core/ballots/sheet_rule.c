/* Hand-over rules on sheets: read once per kommun and phase, in finished words. */
#include "ballots/sheet_parts.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

struct sheet_rule {
	struct sheet_rule *next;
	const char *kommun, *phase;
	struct handover rule;
};

static const struct vs_choice phases[] = {
	{ "advance", N_("advance voting") },
	{ "institution", N_("institutions") },
	{ "election_day", N_("election day") },
	{ 0 },
};

/* Sheets come kommun by kommun, so what is asked for is near the front. */
const struct handover *
sheet_rule_get(struct sheet_source *s, const char *kommun, const char *phase,
	struct vs_error *err)
{
	for (struct sheet_rule *r = s->rules; r; r = r->next)
		if (strcmp(r->kommun, kommun) == 0 && strcmp(r->phase, phase) == 0)
			return &r->rule;
	struct sheet_rule *r = vs_arena_alloc(s->arena, sizeof *r);
	if (!handover_get(s->db, s->arena, kommun, phase, &r->rule, err))
		return NULL;
	r->kommun = vs_arena_text(s->arena, kommun);
	r->phase = vs_arena_text(s->arena, phase);
	r->next = s->rules;
	s->rules = r;
	return &r->rule;
}

static const char *
earliest_text(struct vs_arena *arena, const struct handover *rule)
{
	if (rule->words)
		return rule->words;
	const char *text = sheet_day(arena, rule->from_date, VS_DATE_SHORT);
	if (rule->earliest >= 0)
		text = sheet_join(arena, text, " ",
			vs_arena_printf(
				arena, _("at %s"), sheet_clock(arena, rule->earliest)));
	if (rule->before_opening > 0)
		text = sheet_join(arena, text, ", ",
			vs_arena_printf(arena,
				P_("%d minute before opening",
					"%d minutes before opening",
					rule->before_opening),
				rule->before_opening));
	return text;
}

static const char *
latest_text(struct vs_arena *arena, const struct handover *rule)
{
	const char *text = sheet_day(arena, rule->deadline_date, VS_DATE_SHORT);
	if (!*text || rule->deadline >= 1440)
		return text;
	return vs_arena_printf(
		arena, _("%s at %s"), text, sheet_clock(arena, rule->deadline));
}

static const char *
cap_text(struct vs_arena *arena, const struct handover *rule)
{
	return rule->cap ? vs_arena_printf(arena, _("%s per list"),
				   vs_text_number(arena, rule->cap))
			 : "";
}

/* What the plan does not read but people must: leftovers, distance, the note. */
static bool
put_note(struct sheet_source *s, json_t *object, int64_t rule, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db,
		    SQL("SELECT note, leftovers, distance_m FROM handover_rule WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, rule);
	if (stmt_row(&q, err)) {
		const char *text = sheet_join(
			s->arena, stmt_text(&q, 0), "; ", stmt_text(&q, 1));
		if (!stmt_null(&q, 2))
			text = sheet_join(s->arena, text, "; ",
				vs_arena_printf(s->arena,
					_("no campaigning within %lld m"),
					(long long)stmt_int(&q, 2)));
		record_put(object, "note", text);
	}
	return err->code == VS_OK;
}

json_t *
sheet_rule_object(struct sheet_source *s, const struct handover *rule, const char *phase,
	bool contact, struct vs_error *err)
{
	if (!rule->rule)
		return json_null();
	json_t *object = json_object();
	record_put(object, "phase", record_choice(phases, phase));
	record_put(object, "channel", rule->channel_text);
	record_put(object, "address", rule->address);
	record_put(object, "earliest", earliest_text(s->arena, rule));
	record_put(object, "latest", latest_text(s->arena, rule));
	record_put(object, "cap", cap_text(s->arena, rule));
	record_put(object, "packaging", rule->packaging);
	record_put(object, "refill", rule->refill_text);
	record_put(object, "contact", contact ? rule->contact_name : "");
	record_put(object, "phone", contact ? rule->contact_phone : "");
	record_put(object, "source",
		rule->verified ? rule->source : _("not verified for this election"));
	if (put_note(s, object, rule->rule, err))
		return object;
	json_decref(object);
	return NULL;
}

const char *
sheet_rule_note(struct vs_arena *arena, const struct handover *rule)
{
	const char *text = cap_text(arena, rule);
	const char *earliest = earliest_text(arena, rule),
		   *latest = latest_text(arena, rule);
	if (*text)
		text = vs_arena_printf(arena, _("at most %s"), text);
	if (*earliest)
		text = sheet_join(arena, text, "; ",
			vs_arena_printf(arena, _("earliest %s"), earliest));
	if (*latest)
		text = sheet_join(arena, text, "; ",
			vs_arena_printf(arena, _("latest %s"), latest));
	return sheet_join(arena, text, "; ", rule->packaging);
}

void
sheet_rule_warn(struct sheet_source *s, json_t *sheet, const struct handover *rule,
	const char *kommun_name, const char *phase)
{
	const char *name = record_choice(phases, phase);
	if (!rule->rule)
		sheet_warn(sheet,
			vs_arena_printf(s->arena,
				_("%s: no hand-over rule is known for %s; ask the election "
				  "committee"),
				kommun_name, name));
	else if (!rule->verified)
		sheet_warn(sheet,
			vs_arena_printf(s->arena,
				_("%s: the hand-over rule for %s is not verified for this "
				  "election"),
				kommun_name, name));
}
