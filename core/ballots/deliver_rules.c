/*
 * Hand-over rules in a plan: from when a place is open and what its kommun has said to the
 * hours in which pieces may be handed over; and what the plan would break.
 */
#include "ballots/deliver.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* On election day a clock time may stand this long before opening: the rooms are prepared. */
#define PREPARING 120

/* The usual hours of a reception. */
#define RECEPTION_OPENS	 540
#define RECEPTION_CLOSES 900

/* Days that a reception is tried on. */
#define RECEPTION_DAYS 10

static int
later(int a, int b)
{
	return a > b ? a : b;
}

static int
sooner(int a, int b)
{
	return a < b ? a : b;
}

/*
 * When handing over may begin before the first opening of a day: as the rule says, and when
 * it is silent on election day an hour before, when the rooms are made ready.
 */
static int
begins(const struct deliver_rule *rule, int opens, bool polling)
{
	const struct handover *h = &rule->rule;
	int earliest = h->earliest, begin = opens;
	if (h->before_opening >= 0)
		begin = opens - h->before_opening;
	else if (polling && earliest < 0)
		begin = opens - DELIVER_BEFORE_POLLS;
	else if (polling && earliest >= 0 && earliest < opens &&
		opens - earliest <= PREPARING)
		begin = earliest;
	return later(begin, 0);
}

/* False when nothing is left of the day. */
static bool
keep_day(struct vs_arena *arena, const struct deliver_rule *rule,
	const struct deliver_day *open, bool polling, struct deliver_day *ret_day)
{
	struct deliver_day day = { .date = open->date };
	if (open->date < rule->from || open->date > rule->until)
		return false;
	day.spans = vs_arena_alloc(arena, (size_t)open->count * sizeof *day.spans);
	for (int i = 0; i < open->count; i++) {
		struct deliver_span span = open->spans[i];
		if (i == 0)
			span.opens = begins(rule, span.opens, polling);
		span.opens = later(span.opens, rule->rule.earliest);
		if (open->date == rule->until)
			span.closes = sooner(span.closes, rule->rule.deadline);
		if (span.opens < span.closes)
			day.spans[day.count++] = span;
	}
	*ret_day = day;
	return day.count > 0;
}

struct deliver_days
deliver_rule_days(const struct deliver_facts *facts, const struct deliver_rule *rule,
	const struct deliver_days *open, bool polling)
{
	struct deliver_days kept = { .days = vs_arena_alloc(facts->arena,
					     (open->count + 1) * sizeof *kept.days) };
	for (size_t i = 0; i < open->count; i++)
		if (keep_day(facts->arena, rule, &open->days[i], polling,
			    &kept.days[kept.count]))
			kept.count++;
	return kept;
}

/* Receptions -------------------------------------------------------------------------------*/

static int32_t
weekday_from(int32_t date)
{
	while (!deliver_weekday(date))
		date++;
	return date;
}

/*
 * The last weekday before the deadline (before the round begins, when there is none), then
 * the weekdays that are left. A letter needs two more on its way.
 */
struct deliver_days
deliver_reception_days(const struct deliver_facts *facts,
	const struct deliver_target *target, int32_t from, int32_t until, bool keep_rule)
{
	const struct deliver_rule *rule = target->rule;
	bool dated = keep_rule && rule->until != INT32_MAX;
	int32_t lowest = later(facts->today, keep_rule ? rule->from : facts->today);
	int32_t first = deliver_weekday_before(dated ? rule->until : from);
	for (int i = 0; rule->rule.post && i < 2; i++)
		first = deliver_weekday_before(first);
	int32_t last = dated ? rule->until : later(until, first);
	first = weekday_from(later(first, lowest));
	struct deliver_days all = { .days = vs_arena_alloc(facts->arena,
					    RECEPTION_DAYS * sizeof *all.days) };
	struct deliver_days kept = { .days = vs_arena_alloc(facts->arena,
					     RECEPTION_DAYS * sizeof *kept.days) };
	for (int32_t date = first; date <= last && all.count < RECEPTION_DAYS;
		date = weekday_from(date + 1)) {
		struct deliver_day *day = &all.days[all.count++];
		day->date = date;
		day->count = 1;
		day->spans = vs_arena_alloc(facts->arena, sizeof *day->spans);
		day->spans->opens = target->opens >= 0 ? target->opens : RECEPTION_OPENS;
		day->spans->closes =
			target->closes >= 0 ? target->closes : RECEPTION_CLOSES;
		if (keep_day(facts->arena, rule, day, false, &kept.days[kept.count]))
			kept.count++;
	}
	return keep_rule ? kept : all;
}

/* Telling ----------------------------------------------------------------------------------*/

static void
tell(struct deliver_facts *facts, const char *name, const char *text, bool breaks)
{
	json_array_append_new(facts->told,
		json_pack("{s:s, s:s, s:b}", "location_name", name, "text", text,
			"breaks", breaks));
}

static void
breaks(struct deliver_facts *facts, struct deliver_target *target, const char *text)
{
	tell(facts, target->name, text, true);
	if (!target->breaks)
		target->breaks = text;
}

/* Once per kommun: what is not known about its rule. */
static void
tell_rule(struct deliver_facts *facts, struct deliver_rule *rule)
{
	struct vs_arena *arena = facts->arena;
	if (rule->told)
		return;
	rule->told = true;
	if (!rule->rule.rule)
		tell(facts, rule->kommun_name,
			_("no hand-over rule is known; ask the election committee and add it with "
			  "'valstuga rule add'"),
			false);
	else if (!rule->rule.verified)
		tell(facts, rule->kommun_name,
			_("the hand-over rule is unverified; ask, and set its source and "
			  "verified_on with 'valstuga rule set'"),
			false);
	if (rule->rule.words)
		tell(facts, rule->kommun_name,
			vs_arena_printf(arena,
				_("the rule says \"%s\", which the plan cannot keep by itself"),
				rule->rule.words),
			false);
}

static const char *
missed(struct vs_arena *arena, const struct deliver_facts *facts,
	const struct deliver_rule *rule)
{
	if (rule->until != INT32_MAX && rule->until < facts->today)
		return vs_arena_printf(
			arena, _("the deadline %s has passed"), rule->rule.deadline_date);
	if (rule->until != INT32_MAX)
		return vs_arena_printf(arena,
			_("it is not open between now and the deadline %s"),
			rule->rule.deadline_date);
	return _("it is not open when the rule allows handing over");
}

void
deliver_rules_tell(struct deliver_facts *facts, struct deliver_target *target,
	int64_t most, const struct deliver_item *item)
{
	struct vs_arena *arena = facts->arena;
	struct deliver_rule *rule = target->rule;
	if (!rule)
		return;
	tell_rule(facts, rule);
	if (item && rule->rule.cap && most > rule->rule.cap)
		breaks(facts, target,
			vs_arena_printf(arena,
				_("%s: %s pieces; the kommun takes at most %s per list"),
				item->name, vs_text_number(arena, most),
				vs_text_number(arena, rule->rule.cap)));
	bool refill = strcmp(rule->phase, "refill") == 0; /* may go to the places */
	if (target->kind == DELIVER_PLACE && rule->rule.rule && rule->rule.central &&
		!refill)
		breaks(facts, target,
			_("the kommun takes ballots at its reception, not at each place"));
	if (target->open.count && !target->days.count)
		breaks(facts, target, missed(arena, facts, rule));
}
