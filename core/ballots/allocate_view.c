/* The plan of a round as a view, with what it breaks and what is not known. */
#include "ballots/allocate.h"

#include <math.h>
#include <string.h>

#include <valstuga/allot.h>
#include <valstuga/text.h>

#include "base/i18n.h"

static const char *
limit_word(int limit)
{
	static const char *const words[] = { [VS_ALLOT_FIXED] = "fixed",
		[VS_ALLOT_SHORT] = "short",
		[VS_ALLOT_ENOUGH] = "enough",
		[VS_ALLOT_CAP] = "cap",
		[VS_ALLOT_LEAST] = "least",
		[VS_ALLOT_TARGET] = "target" };
	return words[limit];
}

static json_t *
line_view(const struct plan *p, const struct line *l)
{
	const struct destination *d = &p->destinations[l->destination];
	const struct area *a = &p->world.areas[d->area];
	const struct depot *depot = &p->world.depots[a->depot];
	const struct paper *paper = &p->world.papers[l->paper];
	json_t *line =
		json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s?, s:I, s:b, s:I, s:s,"
			  " s:s, s:s?}",
			"location_name", d->name, "kommun", a->code, "kommun_name",
			a->name, "depot", (json_int_t)depot->location, "depot_name",
			depot->name, "item_name", paper->name, "kind", paper->kind_code,
			"pieces", (json_int_t)l->pieces, "fixed", l->fixed >= 0, "have",
			(json_int_t)l->have, "limit", limit_word(l->limit), "reason",
			l->reason, "conflict", l->conflict);
	json_object_set_new(line, "location", record_id_or_null(d->location));
	json_object_set_new(line, "item", record_id_or_null(paper->item));
	json_object_set_new(line, "cap", record_id_or_null(l->cap));
	json_object_set_new(line, "rule", record_id_or_null(a->rule.rule));
	bool known = !l->stray && paper->kind >= 0;
	json_object_set_new(line, "mean",
		known ? json_real(round(l->demand.mean * 100) / 100) : json_null());
	json_object_set_new(line, "risk",
		known ? json_real(round(l->risk * 1e6) / 1e6) : json_null());
	return line;
}

/* Items ------------------------------------------------------------------------------------*/

static const char *
item_told(const struct plan *p, const struct paper *paper, const struct answer *answer)
{
	struct vs_arena *arena = p->world.arena;
	const char *text = NULL;
	if (answer->supply.expected && paper->ordered)
		text = vs_arena_printf(arena,
			_("nothing has come yet; planned by the order of %s"),
			vs_text_number(arena, paper->ordered));
	if (answer->overdrawn)
		return vs_arena_printf(arena,
			_("%s more is given by hand than there is to give"),
			vs_text_number(arena, answer->given - answer->supply.available));
	if (!answer->is_short)
		return text;
	return vs_arena_printf(arena,
		_("%s%stoo few: %s are lacking; those that get less than they need get a stack "
		  "that lasts with the same chance, %s %%"),
		text ? text : "", text ? "; " : "",
		vs_text_number(arena, answer->wanted - answer->given),
		vs_text_decimal(arena, floor(answer->level * 1000) / 10, 1));
}

static json_t *
item_view(const struct plan *p, size_t index)
{
	const struct paper *paper = &p->world.papers[index];
	const struct answer *answer = &p->answers[index];
	const struct supply *s = &answer->supply;
	json_t *item = json_pack("{s:s, s:s?, s:I, s:I, s:I, s:I, s:I, s:b, s:f, s:s?}",
		"item_name", paper->name, "kind", paper->kind_code, "available",
		(json_int_t)s->available, "reserve", (json_int_t)s->reserve, "given",
		(json_int_t)answer->given, "left",
		(json_int_t)(s->available - answer->given), "wanted",
		(json_int_t)answer->wanted, "short", answer->is_short, "level",
		answer->level, "told", item_told(p, paper, answer));
	json_object_set_new(item, "item", record_id_or_null(paper->item));
	return item;
}

/* Rules ------------------------------------------------------------------------------------*/

static void
tell(json_t *rules, const struct area *a, const char *text)
{
	json_array_append_new(rules,
		json_pack("{s:s, s:s, s:s}", "kommun", a->code, "kommun_name", a->name,
			"text", text));
}

/* How many lines of a kommun its cap lowers. */
static int
capped(const struct plan *p, size_t area)
{
	int count = 0;
	for (size_t i = 0; i < p->line_count; i++)
		count += p->destinations[p->lines[i].destination].area == area &&
			p->lines[i].limit == VS_ALLOT_CAP;
	return count;
}

static bool
has_passed(const struct world *w, const struct handover *rule)
{
	struct vs_date day;
	struct vs_error ignored = { 0 };
	return rule->deadline_date &&
		vs_date_parse(rule->deadline_date, &day, &ignored) &&
		vs_date_to_days(day) * 1440 + rule->deadline <= w->now;
}

static void
tell_rule(json_t *rules, const struct plan *p, size_t area)
{
	const struct area *a = &p->world.areas[area];
	const struct handover *rule = &a->rule;
	struct vs_arena *arena = p->world.arena;
	int lower = rule->cap ? capped(p, area) : 0;
	if (!rule->rule) {
		tell(rules, a,
			_("no hand-over rule is known for this phase; planned to each place"));
		return;
	}
	if (!rule->verified) {
		struct handover said = *rule;
		said.verified = true; /* told once */
		tell(rules, a,
			vs_arena_printf(arena, _("the rule is unverified: %s"),
				handover_text(arena, &said)));
	}
	if (has_passed(&p->world, rule))
		tell(rules, a,
			vs_arena_printf(arena, _("the last day has passed: %s"),
				handover_text(arena, rule)));
	if (rule->words)
		tell(rules, a,
			vs_arena_printf(
				arena, _("to be kept by people: %s"), rule->words));
	if (lower)
		tell(rules, a,
			vs_arena_printf(arena,
				P_("at most %s per list: %d number is lower than needed",
					"at most %s per list: %d numbers are lower than needed",
					lower),
				vs_text_number(arena, rule->cap), lower));
}

/* Institutions that are open in a round for others, and that no round is for. */
static void
tell_institutions(json_t *rules, const struct plan *p, size_t area)
{
	const struct world *w = &p->world;
	const struct area *a = &w->areas[area];
	int count = 0;
	for (size_t i = 0; i < a->venue_count; i++) {
		const struct venue *v = &w->venues[a->first_venue + i];
		count += v->restricted && v->open;
	}
	if (count)
		tell(rules, a,
			vs_arena_printf(w->arena,
				P_("%d institution is open in these days and no round is for "
				   "institutions",
					"%d institutions are open in these days and no round "
					"is for institutions",
					count),
				count));
}

static json_t *
rules_view(const struct plan *p)
{
	const struct world *w = &p->world;
	json_t *rules = json_array();
	struct vs_error ignored = { 0 };
	int64_t institution = 1;
	bool *served = vs_arena_alloc(w->arena, w->area_count + 1);
	if (!db_int(w->db, SQL("SELECT count(*) FROM round WHERE phase = 'institution'"),
		    &institution, &ignored))
		institution = 1;
	for (size_t i = 0; i < p->line_count; i++)
		served[p->destinations[p->lines[i].destination].area] = true;
	for (size_t i = 0; i < w->area_count; i++) {
		if (served[i])
			tell_rule(rules, p, i);
		if (!institution)
			tell_institutions(rules, p, i);
	}
	return rules;
}

/* The whole --------------------------------------------------------------------------------*/

static const char *
terms_text(const struct world *w)
{
	const struct round *r = &w->round;
	struct vs_arena *arena = w->arena;
	return vs_arena_printf(arena,
		_("%s %% chance of lasting from %s until %s, spread %s %%, %s pieces per vote, "
		  "%s × the votes of last time, %s %% of them in advance, at least %s per place, "
		  "%s %% kept as reserve"),
		allocate_number_text(arena, 100 * r->service, 2), r->from, r->until,
		allocate_number_text(arena, 100 * r->spread, 1),
		allocate_number_text(arena, r->taken, 2),
		allocate_number_text(arena, r->growth, 2),
		allocate_number_text(arena, 100 * r->advance_share, 1),
		vs_text_number(arena, r->least),
		allocate_number_text(arena, 100 * r->reserve, 1));
}

static json_t *
total_view(const struct plan *p)
{
	json_int_t pieces = 0, weight = 0, conflicts = 0, shortage = 0, destinations = 0;
	bool *seen = vs_arena_alloc(p->world.arena, p->destination_count + 1);
	for (size_t i = 0; i < p->line_count; i++) {
		const struct line *l = &p->lines[i];
		destinations += !seen[l->destination];
		seen[l->destination] = true;
		pieces += l->pieces;
		weight += l->pieces * p->world.papers[l->paper].unit_mg;
		conflicts += l->conflict != NULL;
	}
	for (size_t i = 0; i < p->world.paper_count; i++)
		shortage += p->answers[i].is_short;
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "destinations", destinations,
		"lines", (json_int_t)p->line_count, "pieces", pieces, "weight_g",
		weight / 1000, "short_items", shortage, "conflicts", conflicts);
}

json_t *
allocate_view(const struct plan *p)
{
	const struct round *r = &p->world.round;
	json_t *lines = json_array(), *items = json_array();
	for (size_t i = 0; i < p->line_count; i++)
		json_array_append_new(lines, line_view(p, &p->lines[i]));
	for (size_t i = 0; i < p->world.paper_count; i++)
		json_array_append_new(items, item_view(p, i));
	return json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}",
		"plan", p->code, "round", (json_int_t)r->id, "name", r->name, "phase",
		r->phase, "from", r->from, "until", r->until, "terms",
		terms_text(&p->world), "lines", lines, "items", items, "rules",
		rules_view(p), "total", total_view(p));
}
