/* Where pieces are to be handed over: its position, opening hours, rule and depot. */
#include "ballots/deliver.h"

#include <stdlib.h>
#include <string.h>

#include "ballots/delivery_life.h"
#include "base/i18n.h"

/* Rules, once per kommun and phase ---------------------------------------------------------*/

static bool
load_rule(struct vs_db *db, struct deliver_facts *facts, const char *kommun,
	const char *kommun_name, const char *phase, struct deliver_rule *rule,
	struct vs_error *err)
{
	struct vs_arena *arena = facts->arena;
	rule->kommun = vs_arena_text(arena, kommun);
	rule->kommun_name = vs_arena_text(arena, kommun_name);
	rule->phase = vs_arena_text(arena, phase);
	if (!handover_get(db, arena, kommun, round_rule_phase(phase), &rule->rule, err))
		return false;
	const struct handover *h = &rule->rule;
	rule->from = h->from_date ? deliver_date(h->from_date) : INT32_MIN;
	rule->until = h->deadline_date ? deliver_date(h->deadline_date) : INT32_MAX;
	rule->text = handover_text(arena, h);
	rule->next = facts->rules;
	facts->rules = rule;
	return true;
}

static bool
find_rule(struct vs_db *db, struct deliver_facts *facts, const char *kommun,
	const char *kommun_name, const char *phase, struct deliver_rule **ret_rule,
	struct vs_error *err)
{
	struct deliver_rule *rule = facts->rules;
	while (rule &&
		(strcmp(rule->kommun, kommun) != 0 || strcmp(rule->phase, phase) != 0))
		rule = rule->next;
	if (!rule) {
		rule = vs_arena_alloc(facts->arena, sizeof *rule);
		if (!load_rule(db, facts, kommun, kommun_name, phase, rule, err))
			return false;
	}
	*ret_rule = rule;
	return true;
}

/* Positions --------------------------------------------------------------------------------*/

bool
deliver_middle(struct vs_db *db, const char *kommun, int64_t association,
	struct road_point *ret_point, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_point = (struct road_point){ .latitude = 62, .longitude = 15 };
	if (!stmt_open(&q, db,
		    SQL("SELECT avg(p.latitude), avg(p.longitude) FROM place p"
			" JOIN kommun k ON k.code = p.kommun_code WHERE p.latitude IS NOT NULL"
			" AND k.in_district AND (?1 IS NULL OR k.code = ?1)"
			" AND (?2 = 0 OR k.association_id = ?2)"),
		    err))
		return false;
	stmt_bind(&q, kommun);
	stmt_bind(&q, association);
	if (!stmt_row(&q, err))
		return false;
	if (!stmt_null(&q, 0)) {
		ret_point->latitude = stmt_real(&q, 0);
		ret_point->longitude = stmt_real(&q, 1);
		return true;
	}
	return (!kommun && !association) || deliver_middle(db, NULL, 0, ret_point, err);
}

/* Hours ------------------------------------------------------------------------------------*/

/* Adds a pass; those that touch are one. */
static void
add_span(struct vs_arena *arena, struct deliver_day *day, struct deliver_span span)
{
	struct deliver_span *last = day->count ? &day->spans[day->count - 1] : NULL;
	if (last && span.opens <= last->closes) {
		if (span.closes > last->closes)
			last->closes = span.closes;
		return;
	}
	if ((day->count & (day->count - 1)) == 0) { /* a power of two: full */
		struct deliver_span *more = vs_arena_alloc(
			arena, (size_t)(day->count ? 2 * day->count : 1) * sizeof *more);
		if (day->count)
			memcpy(more, day->spans, (size_t)day->count * sizeof *more);
		day->spans = more;
	}
	day->spans[day->count++] = span;
}

/* On election day advance voting goes on in some places, and those need ballots as well. */
static bool
load_openings(struct vs_db *db, struct deliver_facts *facts,
	struct deliver_target *target, bool polling, int32_t from, int32_t until,
	struct vs_error *err)
{
	struct vs_arena *arena = facts->arena;
	struct deliver_days *open = &target->open;
	VS_AUTO(stmt) q = { 0 };
	if (from > until)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT o.date, o.opens, o.closes, o.purpose = 'polling' FROM opening o"
			" JOIN location l ON l.place_id = o.place_id"
			" WHERE l.id = ?1 AND o.date BETWEEN ?3 AND ?4"
			" AND (o.purpose = iif(?2, 'polling', 'advance') OR (?2 AND NOT EXISTS"
			"  (SELECT 1 FROM opening p WHERE p.place_id = o.place_id"
			"  AND p.date = o.date AND p.purpose = 'polling')))"
			" ORDER BY o.date, o.opens"),
		    err))
		return false;
	stmt_bind(&q, target->location);
	stmt_bind(&q, polling);
	stmt_bind(&q, deliver_date_text(arena, from));
	stmt_bind(&q, deliver_date_text(arena, until));
	open->days =
		vs_arena_alloc(arena, (size_t)(until - from + 1) * sizeof *open->days);
	while (stmt_row(&q, err)) {
		int32_t date = deliver_date(stmt_text(&q, 0));
		target->polls = stmt_int(&q, 3);
		if (!open->count || open->days[open->count - 1].date != date)
			open->days[open->count++].date = date;
		add_span(arena, &open->days[open->count - 1],
			(struct deliver_span){
				(int)stmt_int(&q, 1), (int)stmt_int(&q, 2) });
	}
	return err->code == VS_OK;
}

/* A refill does not keep the deadline of the first hand-over, which it comes after. */
static struct deliver_rule
without_old_deadline(const struct deliver_rule *rule, int32_t from)
{
	struct deliver_rule copy = *rule;
	if (strcmp(rule->phase, "refill") == 0 && rule->until < from) {
		copy.until = INT32_MAX;
		copy.rule.deadline_date = NULL;
	}
	return copy;
}

static bool
load_days(struct vs_db *db, struct deliver_facts *facts, struct deliver_target *target,
	int32_t from, int32_t until, struct vs_error *err)
{
	bool polling = strcmp(target->rule->phase, "election_day") == 0;
	struct deliver_rule rule = without_old_deadline(target->rule, from);
	struct deliver_rule *kept = target->rule;
	int32_t first = from > facts->today ? from : facts->today;
	if (target->kind == DELIVER_RECEPTION) {
		target->rule = &rule;
		target->open = deliver_reception_days(facts, target, from, until, false);
		target->days = deliver_reception_days(facts, target, from, until, true);
		target->rule = kept;
		return true;
	}
	if (!load_openings(db, facts, target, polling, first, until, err))
		return false;
	target->days = deliver_rule_days(facts, &rule, &target->open, target->polls);
	return true;
}

/* A location's row -------------------------------------------------------------------------*/

static enum deliver_kind
read_kind(const char *kind)
{
	if (strcmp(kind, "place") == 0)
		return DELIVER_PLACE;
	if (strcmp(kind, "reception") == 0)
		return DELIVER_RECEPTION;
	return strcmp(kind, "depot") == 0 ? DELIVER_DEPOT : DELIVER_OTHER;
}

static int
minutes_or(const struct stmt *q, int column)
{
	return stmt_null(q, column) ? -1 : (int)stmt_int(q, column);
}

static bool
read_row(struct vs_db *db, struct deliver_facts *facts, const struct stmt *q,
	struct deliver_target *target, struct vs_error *err)
{
	struct vs_arena *arena = facts->arena;
	target->kind = read_kind(stmt_text(q, 0));
	target->name = location_name(db, arena, target->location);
	target->kommun = stmt_null(q, 1) ? "" : stmt_copy(q, 1, arena);
	target->kommun_name = stmt_null(q, 2) ? "" : stmt_copy(q, 2, arena);
	target->opens = minutes_or(q, 5);
	target->closes = minutes_or(q, 6);
	target->service = minutes_or(q, 7);
	if (!stmt_null(q, 3)) {
		target->point =
			(struct road_point){ stmt_real(q, 3), stmt_real(q, 4), true };
		return true;
	}
	facts->unknown_points++;
	return deliver_middle(
		db, *target->kommun ? target->kommun : NULL, 0, &target->point, err);
}

/* Whose association has no carriers is served from the district's depot. */
static bool
find_depot(struct vs_db *db, struct deliver_facts *facts, struct deliver_target *target,
	struct vs_error *err)
{
	int64_t depot;
	if (!location_supplier(db, target->location, &depot, err))
		return false;
	const struct deliver_depot *found = deliver_depot(facts, depot);
	target->depot = found && found->staffed ? depot : facts->depots[0].id;
	return true;
}

bool
deliver_target_load(struct vs_db *db, struct deliver_facts *facts, int64_t location,
	const char *phase, int32_t from, int32_t until,
	struct deliver_target **ret_target, struct vs_error *err)
{
	struct deliver_target *target = vs_arena_alloc(facts->arena, sizeof *target);
	VS_AUTO(stmt) q = { 0 };
	target->location = location;
	if (!stmt_open(&q, db,
		    SQL("SELECT o.kind, k.code, k.name, coalesce(o.latitude, p.latitude),"
			" coalesce(o.longitude, p.longitude), o.opens, o.closes, o.service"
			" FROM location o LEFT JOIN place p ON p.id = o.place_id LEFT JOIN kommun k"
			" ON k.code = coalesce(o.kommun_code, p.kommun_code) WHERE o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	if (!stmt_row(&q, err))
		return vs_fail(err, VS_NOT_FOUND, _("there is no location %lld"),
			(long long)location);
	if (!read_row(db, facts, &q, target, err))
		return false;
	if (*target->kommun &&
		(!find_rule(db, facts, target->kommun, target->kommun_name, phase,
			 &target->rule, err) ||
			!find_depot(db, facts, target, err) ||
			!load_days(db, facts, target, from, until, err)))
		return false;
	*ret_target = target;
	return true;
}

/* Deliveries by hand -----------------------------------------------------------------------*/

static void
take_hours(const struct deliver_target *target, struct new_delivery *delivery)
{
	for (size_t i = 0; i < target->days.count; i++) {
		const struct deliver_day *day = &target->days.days[i];
		if (day->date != deliver_date(delivery->date))
			continue;
		delivery->opens = day->spans[0].opens;
		delivery->closes = day->spans[day->count - 1].closes;
	}
}

bool
deliver_hours(struct vs_db *db, struct new_delivery *delivery, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct deliver_facts *facts;
	struct deliver_target *target;
	const char *phase;
	int32_t date = deliver_date(delivery->date);
	if (!delivery_phase(db, delivery->round, delivery->date, &phase, err) ||
		!deliver_facts_load(db, scratch.arena, NULL, &facts, err))
		return false;
	bool ok = deliver_target_load(
		db, facts, delivery->to, phase, date, date, &target, err);
	if (ok)
		take_hours(target, delivery);
	deliver_facts_done(facts);
	return ok;
}

/* The open days of a place that are nearest to a day, at most three, those to come first. */
static bool
near_openings(struct vs_db *db, const struct new_delivery *d, const char *today,
	json_t *days, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT date FROM (SELECT DISTINCT o.date FROM opening o"
			" JOIN location l ON l.place_id = o.place_id WHERE l.id = ?1"
			" ORDER BY o.date < ?2, abs(julianday(o.date) - julianday(?3)), o.date"
			" LIMIT 3) ORDER BY date"),
		    err))
		return false;
	stmt_bind(&q, d->to);
	stmt_bind(&q, today);
	stmt_bind(&q, d->date);
	while (stmt_row(&q, err))
		json_array_append_new(days, json_string(stmt_text(&q, 0)));
	return err->code == VS_OK;
}

/* A reception keeps office days, and is there for the votes of election day. */
static bool
near_office_days(struct vs_db *db, const struct new_delivery *d, json_t *days,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int32_t date = deliver_date(d->date), before = date, after = date;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM location l JOIN campaign c ON c.election_day <> ?"
			" WHERE l.id = ? AND l.kind = 'reception'"),
		    err))
		return false;
	stmt_bind(&q, d->date);
	stmt_bind(&q, d->to);
	if (!stmt_row(&q, err) || deliver_weekday(date))
		return err->code == VS_OK;
	while (!deliver_weekday(before))
		before--;
	while (!deliver_weekday(after))
		after++;
	json_array_append_new(
		days, json_string(deliver_date_text(scratch.arena, before)));
	json_array_append_new(days, json_string(deliver_date_text(scratch.arena, after)));
	return true;
}

/* Refuses the day unless it is among these; none is known: nothing to say. */
static bool
is_open(struct vs_db *db, const struct new_delivery *d, const char *today,
	const json_t *days, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *listed = "";
	size_t i;
	json_t *day;
	json_array_foreach (days, i, day) {
		const char *date = json_string_value(day);
		if (strcmp(date, d->date) == 0)
			return true;
		if (strcmp(date, today) >= 0)
			listed = vs_arena_printf(scratch.arena, "%s%s%s", listed,
				*listed ? ", " : "", date);
	}
	if (!json_array_size(days))
		return true;
	const char *name = location_name(db, scratch.arena, d->to);
	if (!*listed)
		return vs_fail(err, VS_REFUSED,
			_("%s: it is not open on %s or later; say with --override why it is done "
			  "all the same"),
			name, d->date);
	return vs_fail(err, VS_REFUSED,
		_("%s: it is not open on %s, but on %s; say with --override why it is done all "
		  "the same"),
		name, d->date, listed);
}

bool
deliver_check_day(struct vs_db *db, const struct new_delivery *d, struct vs_error *err)
{
	char today[11];
	struct vs_date date;
	if (!vs_clock_today(&date, err))
		return false;
	if (strcmp(d->date, vs_date_format(date, today)) < 0)
		return vs_fail(err, VS_REFUSED,
			_("%s has passed; say with --override why it is planned all the same"),
			d->date);
	json_t *days = json_array();
	bool ok = near_openings(db, d, today, days, err) &&
		near_office_days(db, d, days, err) && is_open(db, d, today, days, err);
	json_decref(days);
	return ok;
}
