/* Whether a delivery keeps the hand-over rule of the kommun that takes it. */
#include "ballots/delivery_life.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* A constant, whatever the row's text becomes of. */
static const char *
phase_of(const char *round_phase)
{
	static const char *const phases[] = { "advance", "institution", "election_day" };
	const char *wanted = round_rule_phase(round_phase);
	for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
		if (strcmp(phases[i], wanted) == 0)
			return phases[i];
	vs_abort("no hand-over rule has the phase %s", wanted);
}

bool
delivery_phase(struct vs_db *db, int64_t round, const char *date, const char **ret_phase,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce((SELECT phase FROM round WHERE id = ?),"
			" iif(election_day <= ?, 'election_day', 'advance')) FROM campaign"),
		    err))
		return false;
	stmt_bind(&q, round);
	stmt_bind(&q, date);
	if (!stmt_row(&q, err))
		return false;
	*ret_phase = phase_of(stmt_text(&q, 0));
	return true;
}

static void
add(json_t *broken, const char *text)
{
	json_array_append_new(broken, json_string(text));
}

/* Dates are texts that compare as days do; of the same day the clock decides. */
static int
compare_time(const char *a, int a_minutes, const char *b, int b_minutes)
{
	int days = strcmp(a, b);
	return days ? days : a_minutes - b_minutes;
}

static void
check_latest(struct vs_arena *arena, json_t *broken, const struct delivery *d,
	const struct handover *rule, const char *today, int now)
{
	/* The latest time is the first hand-in's; what runs out afterwards comes afterwards. */
	if (!rule->deadline_date || d->refill)
		return;
	const char *latest = rule->deadline < 1440
		? vs_arena_printf(arena, "%s %s", rule->deadline_date,
			  handover_clock(arena, rule->deadline))
		: rule->deadline_date;
	if (compare_time(today, now, rule->deadline_date, rule->deadline) > 0)
		add(broken,
			vs_arena_printf(
				arena, _("the latest time, %s, has passed"), latest));
	else if (compare_time(d->date, d->arrives < 0 ? 0 : d->arrives,
			 rule->deadline_date, rule->deadline) > 0)
		add(broken,
			vs_arena_printf(arena,
				_("it is planned for %s, after the latest time, %s"),
				d->date, latest));
}

static void
check_earliest(struct vs_arena *arena, json_t *broken, const struct delivery *d,
	const struct handover *rule)
{
	if (rule->from_date && strcmp(d->date, rule->from_date) < 0)
		add(broken,
			vs_arena_printf(arena,
				_("it is planned for %s, before the first day, %s"),
				d->date, rule->from_date));
	else if (rule->earliest >= 0 && d->arrives >= 0 && d->arrives < rule->earliest)
		add(broken,
			vs_arena_printf(arena,
				_("it is planned for %s, before the earliest time, %s"),
				handover_clock(arena, d->arrives),
				handover_clock(arena, rule->earliest)));
}

/* What else of the same round went to the same desk counts against the cap, too. */
static bool
check_cap(struct vs_db *db, struct vs_arena *arena, json_t *broken,
	const struct delivery *d, const struct handover *rule, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!rule->cap)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT l.item_id, sum(coalesce(l.counted, l.pieces))"
			" FROM delivery_line l JOIN delivery d ON d.id = l.delivery_id"
			" WHERE d.to_id = ?1 AND (d.id = ?2 OR (d.round_id = ?3"
			" AND d.status IN ('planned', 'packed', 'underway', 'delivered')))"
			" AND l.item_id IN (SELECT item_id FROM delivery_line"
			"  JOIN item ON item.id = item_id AND item.kind = 'ballot'"
			"  WHERE delivery_id = ?2) GROUP BY l.item_id HAVING sum(coalesce("
			" l.counted, l.pieces)) > ?4 ORDER BY l.item_id"),
		    err))
		return false;
	stmt_bind(&q, d->to);
	stmt_bind(&q, d->id);
	stmt_bind(&q, d->round);
	stmt_bind(&q, rule->cap);
	while (stmt_row(&q, err))
		add(broken,
			vs_arena_printf(arena, _("%s pieces of %s, at most %s are taken"),
				vs_text_number(arena, stmt_int(&q, 1)),
				item_name(db, arena, stmt_int(&q, 0)),
				vs_text_number(arena, rule->cap)));
	return err->code == VS_OK;
}

static bool
check_all(struct vs_db *db, json_t *broken, const struct delivery *d,
	const struct handover *rule, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	char today[11];
	int64_t now;
	if (!vs_clock_now(&now, err))
		return false;
	struct vs_local local = vs_local_from_utc(now);
	check_latest(scratch.arena, broken, d, rule, vs_date_format(local.date, today),
		local.hour * 60 + local.minute);
	check_earliest(scratch.arena, broken, d, rule);
	return check_cap(db, scratch.arena, broken, d, rule, err);
}

json_t *
delivery_breaks(struct vs_db *db, const struct delivery *d, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct handover rule = { 0 };
	const char *phase;
	json_t *broken = json_array();
	if (!d->kommun)
		return broken;
	if (delivery_phase(db, d->round, d->date, &phase, err) &&
		handover_get(db, scratch.arena, d->kommun, phase, &rule, err) &&
		(!rule.rule || check_all(db, broken, d, &rule, err)))
		return broken;
	json_decref(broken);
	return NULL;
}
