/* Proposing orders: from eligible voters and quota to whole thousands, with the arithmetic. */
#include "ballots/ballots.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/*
 * What was ordered before: by this list itself if the authority's file says so, else by the
 * party's lists of that kind in the same area last time.
 */
static bool
last_pieces(struct vs_db *db, int64_t list, int64_t *ret_pieces, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_pieces = -1;
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce((SELECT nullif(authority_pieces, 0) FROM list WHERE id = ?1),"
			" (SELECT sum(pieces) FROM (SELECT DISTINCT o.id, o.authority_pieces AS pieces"
			"  FROM list_constituency mine JOIN constituency m ON m.id = mine.constituency_id"
			"  JOIN constituency k ON k.kind = m.kind AND k.area_code = m.area_code"
			"   AND (m.kind <> 'RD' OR k.code = m.code)"
			"  JOIN list_constituency theirs ON theirs.constituency_id = k.id"
			"  JOIN list o ON o.id = theirs.list_id JOIN campaign c"
			"   ON c.party_code = o.party_code WHERE mine.list_id = ?1"
			"  AND o.election_day = (SELECT max(x.election_day) FROM list x"
			"   WHERE x.kind = o.kind AND x.party_code = o.party_code"
			"   AND x.election_day < c.election_day))))"),
		    err))
		return false;
	stmt_bind(&q, list);
	if (stmt_row(&q, err) && !stmt_null(&q, 0))
		*ret_pieces = stmt_int(&q, 0);
	return err->code == VS_OK;
}

/* The order that a list has already; 0 when there is none. */
static bool
live_order(struct vs_db *db, int64_t list, int64_t *ret_order, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_order = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM ballot_order WHERE list_id = ? AND status <> 'cancelled'"),
		    err))
		return false;
	stmt_bind(&q, list);
	if (stmt_row(&q, err))
		*ret_order = stmt_int(&q, 0);
	return err->code == VS_OK;
}

/* Asked for, else the kommun's own, else the campaign's. */
static bool
factor_of(struct vs_db *db, const json_t *list, double asked, double *ret_factor,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_factor = asked;
	if (asked > 0)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce(k.quota_factor, c.quota_factor) FROM campaign c"
			" LEFT JOIN kommun k ON k.code = ?"),
		    err))
		return false;
	stmt_bind(&q, record_string(list, "kommun"));
	if (stmt_row(&q, err))
		*ret_factor = stmt_real(&q, 0);
	return err->code == VS_OK;
}

/* As on paper: 100 000 × 4,35 is 435 000, whatever 4.35 is in binary. */
static int64_t
multiply(int64_t count, double factor)
{
	return (int64_t)floor((double)count * factor + 1e-6);
}

/* What falls on this list before rounding. The share is 3 per voter: the factor scales it. */
static int64_t
scaled_share(const struct quota *quota, double factor)
{
	return multiply(quota->share, factor) / 3;
}

static int64_t
round_pieces(const struct quota *quota, double factor)
{
	int64_t pieces = scaled_share(quota, factor);
	return pieces < 1000 ? 1000 : pieces / 1000 * 1000;
}

/* "3", "1,73", "1,125": as many decimals as it has. Arena. */
static const char *
factor_text(struct vs_arena *arena, double factor)
{
	int decimals = 0;
	for (double scale = 1; decimals < 6; decimals++, scale *= 10)
		if (fabs(round(factor * scale) / scale - factor) < 1e-9)
			break;
	return vs_text_decimal(arena, factor, decimals);
}

/* " ÷ 2 lists", or the share itself when some areas are shared by more lists. Arena. */
static const char *
sharing_text(struct vs_arena *arena, const struct quota *quota, double factor)
{
	if (quota->uneven)
		return vs_arena_printf(arena, _(", this list's part %s"),
			vs_text_number(arena, scaled_share(quota, factor)));
	if (quota->sharing > 1)
		return vs_arena_printf(arena, _(" ÷ %d lists"), quota->sharing);
	return "";
}

/* "76 730 röstberättigade × 3 = 230 190 → 230 000 (hela tusental nedåt)". Arena. */
static const char *
arithmetic(
	struct vs_arena *arena, const struct quota *quota, double factor, int64_t pieces)
{
	const char *rounding = scaled_share(quota, factor) < 1000
		? _("the smallest order")
		: _("whole thousands, downwards");
	const char *text = vs_arena_printf(arena,
		_("%s eligible voters × %s = %s%s → %s (%s)"),
		vs_text_number(arena, quota->eligible), factor_text(arena, factor),
		vs_text_number(arena, multiply(quota->eligible, factor)),
		sharing_text(arena, quota, factor), vs_text_number(arena, pieces),
		rounding);
	if (quota->entitled == ENTITLED_UNKNOWN)
		return vs_arena_printf(arena,
			_("%s; free quota provided that the party is represented"), text);
	if (quota->entitled == ENTITLED_NOT)
		return vs_arena_printf(arena,
			_("%s; no free quota: the party is not represented"), text);
	return text;
}

static void
set_pieces(struct vs_arena *arena, json_t *line, const struct quota *quota,
	const struct tariff *tariff, double factor)
{
	int64_t pieces = round_pieces(quota, factor);
	json_object_set_new(line, "eligible", json_integer(quota->eligible));
	json_object_set_new(line, "lists_sharing", json_integer(quota->sharing));
	json_object_set_new(line, "share", json_integer(quota->share));
	json_object_set_new(line, "quota",
		json_integer(quota->entitled == ENTITLED_NOT ? 0 : quota->share));
	json_object_set_new(line, "pieces", json_integer(pieces));
	json_object_set_new(line, "outside", json_integer(quota_outside(quota, pieces)));
	json_object_set_new(
		line, "cost_ore", json_integer(quota_cost(quota, tariff, pieces, false)));
	json_object_set_new(
		line, "weight_g", json_integer(pieces * tariff->piece_mg / 1000));
	json_object_set_new(
		line, "reason", json_string(arithmetic(arena, quota, factor, pieces)));
}

static json_t *
empty_line(const json_t *list)
{
	static const char *const copied[] = { "name", "kind", "kommun", "number",
		"constituencies", "status", "candidates" };
	json_t *line = json_pack("{s:I}", "list", (json_int_t)record_integer(list, "id"));
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
		json_object_set(line, copied[i], json_object_get(list, copied[i]));
	static const char *const unknown[] = { "eligible", "share", "pieces", "quota",
		"outside", "cost_ore", "weight_g", "previous", "order", "reason",
		"conflict" };
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		json_object_set_new(line, unknown[i], json_null());
	return line;
}

/* A list that the authority's file says is ordered: proposed all the same, but told. */
static void
tell_authority(struct vs_arena *arena, json_t *line, const json_t *list)
{
	record_put(line, "reason",
		vs_arena_printf(arena,
			_("%s; the authority's file says %s ordered already"),
			record_string(line, "reason"),
			vs_text_number(arena, record_integer(list, "authority_pieces"))));
}

static bool
fill_line(struct vs_db *db, struct vs_arena *arena, json_t *line, const json_t *list,
	const struct tariff *tariff, double asked, struct vs_error *err)
{
	struct quota quota;
	int64_t previous, order, id = record_integer(list, "id");
	double factor;
	if (!quota_get(db, list, &quota, err) ||
		!factor_of(db, list, asked, &factor, err) ||
		!last_pieces(db, id, &previous, err) || !live_order(db, id, &order, err))
		return false;
	json_object_set_new(line, "factor", json_real(factor));
	if (previous >= 0)
		json_object_set_new(line, "previous", json_integer(previous));
	if (quota.known)
		set_pieces(arena, line, &quota, tariff, factor);
	if (record_string(list, "authority_status") && quota.known)
		tell_authority(arena, line, list);
	if (order) {
		json_object_set_new(line, "order", json_integer(order));
		json_object_set_new(line, "conflict",
			json_string(vs_arena_printf(
				arena, _("has order %d already"), (int)order)));
	} else if (!quota.known)
		json_object_set_new(line, "conflict",
			json_string(_(
				"the number of eligible voters is not known; import results or "
				"voters per district, or set it on the constituency")));
	return true;
}

static bool
add_line(struct vs_db *db, json_t *lines, const json_t *list, const struct tariff *tariff,
	double asked, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *line = empty_line(list);
	json_array_append_new(lines, line);
	return fill_line(db, scratch.arena, line, list, tariff, asked, err);
}

static json_t *
totals(const json_t *lines)
{
	static const char *const summed[] = { "pieces", "cost_ore", "weight_g" };
	json_int_t sums[3] = { 0 }, conflicts = 0, count = 0;
	size_t i;
	json_t *line;
	json_array_foreach (lines, i, line) {
		if (!json_is_null(json_object_get(line, "conflict"))) {
			conflicts++;
			continue;
		}
		count++;
		for (size_t k = 0; k < 3; k++)
			sums[k] += record_integer(line, summed[k]);
	}
	return json_pack("{s:I, s:I, s:I, s:I, s:I}", "lists", count, "pieces", sums[0],
		"cost_ore", sums[1], "weight_g", sums[2], "conflicts", conflicts);
}

/* The same facts have the same name, whatever language the reasons are in. Arena. */
static const char *
plan_name(struct vs_arena *arena, const json_t *lines)
{
	json_t *facts = json_deep_copy(lines), *line;
	size_t i;
	json_array_foreach (facts, i, line) {
		bool conflict = !json_is_null(json_object_get(line, "conflict"));
		json_object_del(line, "reason");
		json_object_set_new(line, "conflict", json_boolean(conflict));
	}
	uint64_t name = register_fingerprint(facts);
	json_decref(facts);
	return vs_arena_printf(arena, "%016" PRIx64, name);
}

static json_t *
own_lists(struct vs_db *db, const char *kind, const char *kommun, struct vs_error *err)
{
	json_t *filters = json_pack("{s:b}", "own", 1);
	if (kind)
		json_object_set_new(filters, "kind", json_string(kind));
	if (kommun)
		json_object_set_new(filters, "kommun", json_string(kommun));
	json_t *lists = vs_record_list(db, &vs_list_type, filters, err);
	json_decref(filters);
	return lists;
}

static bool
fill_plan(struct vs_db *db, struct vs_arena *arena,
	const struct vs_propose_options *options, json_t *plan, struct vs_error *err)
{
	struct tariff tariff;
	if (options->factor < 0 || options->factor > 20)
		return vs_fail(err, VS_INVALID, _("--factor must be between 0 and 20"));
	if (!tariff_get(db, arena, &tariff, err))
		return false;
	json_t *lists = own_lists(db, options->kind, options->kommun, err);
	if (!lists)
		return false;
	json_t *lines = json_array(), *list;
	json_object_set_new(plan, "lines", lines);
	json_object_set_new(plan, "tariff", json_string(tariff.name));
	size_t i;
	bool ok = true;
	json_array_foreach (lists, i, list)
		ok = ok && add_line(db, lines, list, &tariff, options->factor, err);
	json_decref(lists);
	json_object_set_new(plan, "plan", json_string(plan_name(arena, lines)));
	json_object_set_new(plan, "total", totals(lines));
	return ok;
}

json_t *
vs_order_propose(
	struct vs_db *db, const struct vs_propose_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	json_t *plan = json_object();
	if (fill_plan(db, scratch.arena, options, plan, err))
		return plan;
	json_decref(plan);
	return NULL;
}

/* A draft order with the campaign's address and orderer. */
static bool
write_order(struct vs_db *db, const json_t *line, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO ballot_order (list_id, pieces, reason, recipient, street,"
			" postcode, town, contact, mobile, orderer_id)"
			" SELECT ?, ?, ?, delivery_recipient, delivery_street, delivery_postcode,"
			" delivery_town, delivery_contact, delivery_mobile, orderer_id"
			" FROM campaign"),
		    err))
		return false;
	stmt_bind(&q, record_integer(line, "list"));
	stmt_bind(&q, record_integer(line, "pieces"));
	stmt_bind(&q, record_string(line, "reason"));
	return stmt_run(&q, err);
}

static bool
write_plan(
	struct vs_db *db, const json_t *plan, struct change *change, struct vs_error *err)
{
	size_t i;
	json_t *line;
	json_array_foreach (json_object_get(plan, "lines"), i, line)
		if (json_is_null(json_object_get(line, "conflict")) &&
			!write_order(db, line, err))
			return false;
	const json_t *total = json_object_get(plan, "total");
	change_say(change, "order", NULL, _("%d orders, %lld pieces, plan %s"),
		(int)record_integer(total, "lists"),
		(long long)record_integer(total, "pieces"), record_string(plan, "plan"));
	return change_commit(change, err);
}

json_t *
vs_order_commit(struct vs_db *db, const struct vs_propose_options *options,
	const char *wanted, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "order propose", err))
		return NULL;
	json_t *plan = vs_order_propose(db, options, err);
	if (!plan)
		return NULL;
	if (wanted && strcmp(wanted, record_string(plan, "plan")) != 0)
		vs_fail(err, VS_CONFLICT,
			_("what the plan %s was made from has changed since; look at it again with "
			  "--dry-run"),
			wanted);
	else if (write_plan(db, plan, &change, err))
		return plan;
	json_decref(plan);
	return NULL;
}
