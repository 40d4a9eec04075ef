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
	return sheet_moment(
		arena, rule->deadline_date, rule->deadline < 1440 ? rule->deadline : -1);
}

static const char *
cap_text(struct vs_arena *arena, const struct handover *rule)
{
	return rule->cap ? vs_arena_printf(arena, _("%s per list"),
				   vs_text_number(arena, rule->cap))
			 : "";
}

/* Whoever answers at the committee: the person that was named, else its own number. */
static void
put_contact(json_t *object, const struct handover *rule, const char *committee,
	const char *phone)
{
	bool person = rule->contact_name || rule->contact_phone;
	record_put(object, "contact", person ? rule->contact_name : committee);
	record_put(object, "phone", person ? rule->contact_phone : phone);
}

/* What the plan does not read but people must: leftovers, distance, the note. */
static bool
put_note(struct sheet_source *s, json_t *object, const struct handover *rule,
	bool contact, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db,
		    SQL("SELECT r.note, r.leftovers, r.distance_m, k.committee,"
			" k.committee_phone FROM handover_rule r"
			" JOIN kommun k ON k.code = r.kommun_code WHERE r.id = ?"),
		    err))
		return false;
	stmt_bind(&q, rule->rule);
	if (stmt_row(&q, err)) {
		if (contact)
			put_contact(object, rule, stmt_text(&q, 3), stmt_text(&q, 4));
		const char *text =
			sheet_join(s->arena, stmt_text(&q, 0), "; ", stmt_text(&q, 1));
		if (!stmt_null(&q, 2))
			text = sheet_join(s->arena, text, "; ",
				vs_arena_printf(s->arena,
					_("no campaigning within %lld m"),
					(long long)stmt_int(&q, 2)));
		record_put(object, "note", text);
	}
	return err->code == VS_OK;
}

const char *
sheet_rule_ours(struct vs_arena *arena, const struct handover *rule)
{
	if (!rule->our_contact)
		return "";
	const char *name = register_short_name(arena, rule->our_contact);
	return rule->our_deputy ? vs_arena_printf(arena, _("%s, deputy %s"), name,
					  register_short_name(arena, rule->our_deputy))
				: name;
}

bool
sheet_committee_get(struct sheet_source *s, const char *kommun, const char **ret_name,
	const char **ret_phone, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db,
		    SQL("SELECT coalesce(committee, ''), committee_phone FROM kommun"
			" WHERE code = ? AND committee_phone IS NOT NULL"),
		    err))
		return false;
	stmt_bind(&q, kommun);
	bool found = stmt_row(&q, err);
	*ret_name = found ? stmt_copy(&q, 0, s->arena) : "";
	*ret_phone = found ? stmt_copy(&q, 1, s->arena) : "";
	return err->code == VS_OK;
}

json_t *
sheet_rule_object(struct sheet_source *s, const struct handover *rule, const char *phase,
	bool contact, struct vs_error *err)
{
	if (!rule->rule)
		return json_null();
	json_t *object = json_object();
	record_put(object, "phase", record_choice(rule_phases, phase));
	record_put(object, "channel", rule->channel_text);
	record_put(object, "address", rule->address);
	record_put(object, "earliest", earliest_text(s->arena, rule));
	record_put(object, "latest", latest_text(s->arena, rule));
	record_put(object, "cap", cap_text(s->arena, rule));
	record_put(object, "packaging", rule->packaging);
	record_put(object, "refill", rule->refill_text);
	record_put(object, "contact", "");
	record_put(object, "phone", "");
	record_put(object, "ours", sheet_rule_ours(s->arena, rule));
	record_put(object, "source",
		rule->verified ? rule->source : _("not verified for this election"));
	if (put_note(s, object, rule, contact, err))
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

/* More than the kommun takes of a list. */
static const char *
broken_cap(struct vs_arena *arena, const struct sheet_delivery *d, int64_t cap)
{
	const char *text = NULL;
	for (size_t i = 0; cap && i < d->line_count; i++)
		if (*d->lines[i].item->kind && d->lines[i].pieces > cap)
			text = sheet_join(arena, text, "; ",
				vs_arena_printf(arena,
					_("%s: %s pieces of %s, but at most %s are taken"),
					d->to.name,
					vs_text_number(arena, d->lines[i].pieces),
					d->lines[i].item->name,
					vs_text_number(arena, cap)));
	return text;
}

/* Refills come after the first hand-in, whose latest time it is. */
static const char *
broken_time(struct vs_arena *arena, const struct sheet_delivery *d,
	const struct handover *rule)
{
	int late = d->refill || !rule->deadline_date
		? -1
		: strcmp(d->date, rule->deadline_date);
	if (late > 0 || (late == 0 && d->arrives > rule->deadline))
		return vs_arena_printf(arena, _("%s: after the latest time, %s"),
			d->to.name, latest_text(arena, rule));
	if ((rule->from_date && strcmp(d->date, rule->from_date) < 0) ||
		(rule->earliest >= 0 && d->arrives >= 0 && d->arrives < rule->earliest))
		return vs_arena_printf(arena, _("%s: before the earliest time, %s"),
			d->to.name, earliest_text(arena, rule));
	return NULL;
}

bool
sheet_hand_get(struct sheet_source *s, const struct sheet_delivery *d,
	struct sheet_hand *ret_hand, struct vs_error *err)
{
	struct sheet_hand hand = {
		.where = "", .contact = "", .phone = "", .broken = ""
	};
	bool central = false, place = strcmp(d->to_kind, "place") == 0;
	hand.method = d->carrier_name
		? vs_arena_printf(s->arena, _("by car with %s"), d->carrier_name)
		: _("not decided");
	if (d->kommun) {
		hand.rule = sheet_rule_get(s, d->kommun, d->phase, err);
		if (!hand.rule)
			return false;
		central = !place && hand.rule->central;
		hand.broken =
			sheet_join(s->arena, broken_cap(s->arena, d, hand.rule->cap),
				"; ", broken_time(s->arena, d, hand.rule));
		if (hand.rule->post && !d->carrier_name)
			hand.method = _("by post");
	}
	if (place)
		hand.where = sheet_join(
			s->arena, d->inside, "; ", _("to the voting officers"));
	else if (central)
		hand.where = hand.rule->address ? hand.rule->address : "";
	if (central || !d->kommun) {
		hand.contact = central ? hand.rule->contact_name : d->their_contact;
		hand.phone = central ? hand.rule->contact_phone : d->their_phone;
		hand.contact = hand.contact ? hand.contact : "";
		hand.phone = hand.phone ? hand.phone : "";
	}
	*ret_hand = hand;
	return true;
}

void
sheet_rule_warn(struct sheet_source *s, json_t *sheet, const struct handover *rule,
	const char *kommun_name, const char *phase)
{
	const char *name = record_choice(rule_phases, phase);
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
