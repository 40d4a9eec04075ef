/* A report of an empty rack: the ledger is told, a refill is planned, odd use is flagged. */
#include "ballots/shortage.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* One report while it is being taken. */
struct report {
	const struct vs_shortage_report *said;
	struct rack rack;
	struct rack_line *lines;
	size_t line_count;
	int64_t item; /* 0: every list */
	struct refill refill;
	int64_t shortage, delivery; /* 0: none yet */
	bool again;		    /* its refill is on its way already */
	const char *unusual, *told; /* or NULL */
};

static void
tell(struct vs_arena *arena, const char **told, const char *more)
{
	*told = *told ? vs_arena_printf(arena, "%s; %s", *told, more) : more;
}

/* Where ----------------------------------------------------------------------------------- */

static bool
read_now(struct vs_arena *arena, struct rack *rack, struct vs_error *err)
{
	char text[11];
	if (!vs_clock_now(&rack->now, err))
		return false;
	struct vs_local local = vs_local_from_utc(rack->now);
	rack->today = vs_arena_text(arena, vs_date_format(local.date, text));
	rack->minute = local.hour * 60 + local.minute;
	return true;
}

static bool
read_kommun(struct vs_db *db, struct vs_arena *arena, struct rack *rack, bool *ret_place,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce(o.kommun_code, p.kommun_code), o.kind = 'place'"
			" FROM location o LEFT JOIN place p ON p.id = o.place_id WHERE o.id = ?"),
		    err))
		return false;
	stmt_bind(&q, rack->location);
	if (!stmt_row(&q, err))
		return false;
	rack->kommun = stmt_copy(&q, 0, arena);
	*ret_place = stmt_int(&q, 1);
	return rack->kommun ||
		vs_fail(err, VS_INVALID,
			_("%s is no place or reception; a shortage is reported where voters take "
			  "ballots"),
			rack->name);
}

/* Of a place whose kommun takes everything at one desk, the desk is refilled. */
static bool
find_rack(
	struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	struct rack *rack = &r->rack;
	bool place;
	if (!read_now(arena, rack, err) ||
		!location_find(db, r->said->place, &rack->location, err))
		return false;
	rack->name = location_name(db, arena, rack->location);
	rack->to = rack->location;
	return read_kommun(db, arena, rack, &place, err) &&
		delivery_phase(db, 0, rack->today, &rack->phase, err) &&
		handover_get(db, arena, rack->kommun, rack->phase, &rack->rule, err) &&
		(!place || !rack->rule.central ||
			location_of_reception(db, rack->kommun, &rack->to, err)) &&
		shortage_day(db, arena, rack, err);
}

/* What ------------------------------------------------------------------------------------ */

/* Ballots that were sent there, with what is left and what came last. */
static bool
read_lines(
	struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT i.id, coalesce(b.pieces, 0), coalesce((SELECT coalesce(l.counted,"
			"  l.pieces) FROM delivery_line l JOIN delivery d ON d.id = l.delivery_id"
			"  WHERE d.to_id IN (?1, ?2) AND d.status = 'delivered'"
			"  AND l.item_id = i.id ORDER BY d.received_at DESC, d.id DESC LIMIT 1), 0),"
			" i.bundle, count(*) OVER (), coalesce((SELECT sum(l.pieces)"
			"  FROM delivery_line l JOIN delivery d ON d.id = l.delivery_id"
			"  WHERE d.to_id = ?2 AND (d.status = 'underway' OR d.date >= ?5)"
			"  AND d.status IN ('planned', 'packed', 'underway')"
			"  AND d.date <= ?4 AND l.item_id = i.id), 0)"
			" FROM item i LEFT JOIN balance b ON b.location_id = ?1 AND b.item_id = i.id"
			" WHERE iif(?3, i.id = ?3, i.kind = 'ballot' AND (b.item_id IS NOT NULL"
			"  OR EXISTS (SELECT 1 FROM delivery d JOIN delivery_line l"
			"   ON l.delivery_id = d.id WHERE d.to_id IN (?1, ?2)"
			"   AND l.item_id = i.id)))"
			" ORDER BY i.id"),
		    err))
		return false;
	stmt_bind(&q, r->rack.location);
	stmt_bind(&q, r->rack.to);
	stmt_bind(&q, r->item);
	stmt_bind(&q, r->rack.date);
	stmt_bind(&q, r->rack.today);
	while (stmt_row(&q, err)) {
		if (!r->lines)
			r->lines = vs_arena_alloc(
				arena, (size_t)stmt_int(&q, 4) * sizeof *r->lines);
		r->lines[r->line_count++] = (struct rack_line){ .item = stmt_int(&q, 0),
			.name = item_name(db, arena, stmt_int(&q, 0)),
			.have = stmt_int(&q, 1),
			.last = stmt_int(&q, 2),
			.bundle = stmt_int(&q, 3),
			.coming = stmt_int(&q, 5) };
	}
	return err->code == VS_OK;
}

/* The advice of stock_fits() is for those who carry boxes. */
static bool
check_fits(struct vs_db *db, const struct report *r, int64_t item, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error tried = { 0 };
	if (stock_fits(db, item, r->rack.to, &tried))
		return true;
	if (tried.code != VS_REFUSED)
		return vs_fail(err, tried.code, "%s", tried.text);
	return vs_fail(err, VS_REFUSED,
		_("%s: these ballots are not used at %s; say with --list which are missing"),
		item_name(db, scratch.arena, item), r->rack.name);
}

static bool
find_lines(
	struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	bool one = r->said->list && *r->said->list;
	if ((one && !item_find(db, r->said->list, &r->item, err)) ||
		!read_lines(db, arena, r, err))
		return false;
	if (r->line_count == 0)
		return vs_fail(err, VS_REFUSED,
			_("%s: no ballots were ever sent there; say which are wanted with --list"),
			r->rack.name);
	for (size_t i = 0; i < r->line_count; i++) {
		if (!check_fits(db, r, r->lines[i].item, err) ||
			!shortage_demand(
				db, arena, &r->rack, r->said->level, &r->lines[i], err))
			return false;
		if (r->lines[i].unusual)
			tell(arena, &r->unusual, r->lines[i].unusual);
	}
	return true;
}

/* What the report says of the ledger: the rest was taken by voters. */
static bool
count_taken(struct vs_db *db, const struct report *r, struct vs_error *err)
{
	int64_t voters, ignored;
	if (!location_of_kind(db, "voters", &voters, err))
		return false;
	for (size_t i = 0; i < r->line_count; i++) {
		const struct movement m = { .kind = "count",
			.item = r->lines[i].item,
			.from = r->rack.location,
			.to = voters,
			.pieces = r->lines[i].taken,
			.reason = strcmp(r->said->level, "empty") == 0
				? _("the rack is reported empty")
				: _("the rack is reported nearly empty") };
		if (m.pieces > 0 && !stock_write(db, &m, &ignored, err))
			return false;
	}
	return true;
}

/* The refill ------------------------------------------------------------------------------ */

/* A refill of the rack, on its way, holds the item. */
static bool
is_held(struct vs_db *db, const struct report *r, int64_t item, bool *ret_held,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM shortage h JOIN delivery_line l"
			" ON l.delivery_id = h.delivery_id WHERE h.location_id = ?"
			" AND h.status <> 'resolved' AND l.item_id = ?"),
		    err))
		return false;
	stmt_bind(&q, r->rack.location);
	stmt_bind(&q, item);
	*ret_held = stmt_row(&q, err);
	return err->code == VS_OK;
}

/* Whether something is wanted that no refill holds; then what they hold is not sent again. */
static bool
refill_lacks(struct vs_db *db, struct report *r, bool *ret_lacks, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	bool *held = vs_arena_alloc(scratch.arena, (r->line_count + 1) * sizeof *held);
	*ret_lacks = false;
	for (size_t i = 0; i < r->line_count; i++) {
		if (!is_held(db, r, r->lines[i].item, &held[i], err))
			return false;
		*ret_lacks |= !held[i] && r->lines[i].wanted > 0;
	}
	for (size_t i = 0; *ret_lacks && i < r->line_count; i++)
		if (held[i])
			r->lines[i].wanted = 0;
	return true;
}

/* A shortage of its own for what is lacking, or the one that waits for a refill already. */
static bool
find_open(struct vs_db *db, struct report *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	r->shortage = r->delivery = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM shortage WHERE location_id = ?1"
			" AND status <> 'resolved' AND delivery_id IS NULL"
			" AND (item_id IS NULL OR item_id = ?2)"
			" ORDER BY item_id IS NULL, id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, r->rack.location);
	stmt_bind(&q, r->item);
	if (stmt_row(&q, err))
		r->shortage = stmt_int(&q, 0);
	return err->code == VS_OK;
}

/* An unresolved report of the same is the same shortage; its refill may be on its way. */
static bool
find_earlier(
	struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT h.id, d.id, d.date, w.name FROM shortage h"
			" LEFT JOIN delivery d ON d.id = h.delivery_id"
			" LEFT JOIN carrier c ON c.id = d.carrier_id"
			" LEFT JOIN person w ON w.id = c.person_id"
			" WHERE h.location_id = ?1 AND h.status <> 'resolved'"
			" AND (h.item_id IS NULL OR h.item_id = ?2)"
			" ORDER BY h.delivery_id IS NULL, h.item_id IS NULL, h.id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, r->rack.location);
	stmt_bind(&q, r->item);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	r->shortage = stmt_int(&q, 0);
	r->delivery = stmt_int(&q, 1);
	bool lacks = false;
	if (r->delivery && !refill_lacks(db, r, &lacks, err))
		return false;
	if (lacks)
		return find_open(db, r, err);
	r->again = r->delivery != 0;
	if (r->again)
		r->told = vs_arena_printf(arena,
			_("reported before (shortage %lld): delivery %lld comes on %s with %s"),
			(long long)r->shortage, (long long)r->delivery, stmt_text(&q, 2),
			stmt_null(&q, 3) ? _("nobody yet") : stmt_text(&q, 3));
	return true;
}

/* Enough comes in time by what is planned anyway. */
static bool
find_coming(
	struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	for (size_t i = 0; i < r->line_count; i++)
		if (r->lines[i].wanted > 0)
			return true;
	if (r->again)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT d.id, d.date, w.name FROM delivery d"
			" LEFT JOIN carrier c ON c.id = d.carrier_id"
			" LEFT JOIN person w ON w.id = c.person_id WHERE d.to_id = ?"
			" AND d.status IN ('planned', 'packed', 'underway')"
			" AND (d.status = 'underway' OR d.date >= ?)"
			" ORDER BY d.date, d.id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, r->rack.to);
	stmt_bind(&q, r->rack.today);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	r->again = true;
	r->delivery = stmt_int(&q, 0);
	tell(arena, &r->told,
		vs_arena_printf(arena,
			_("enough is on its way: delivery %lld comes on %s with %s"),
			(long long)r->delivery, stmt_text(&q, 1),
			stmt_null(&q, 2) ? _("nobody yet") : stmt_text(&q, 2)));
	return true;
}

static bool
kommun_refills(const struct report *r)
{
	return r->rack.rule.rule && r->rack.rule.refill &&
		strcmp(r->rack.rule.refill, "kommun") == 0;
}

static void
tell_kommun(struct vs_arena *arena, struct report *r)
{
	const struct handover *rule = &r->rack.rule;
	tell(arena, &r->told,
		vs_arena_printf(arena,
			_("the kommun refills here: call the election committee (%s, %s); --refill "
			  "plans a delivery all the same"),
			rule->contact_name ? rule->contact_name : _("no contact"),
			rule->contact_phone ? rule->contact_phone
					    : _("no phone number")));
}

static bool
insert_delivery(
	struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	struct delivery_line *lines =
		vs_arena_alloc(arena, (r->line_count + 1) * sizeof *lines);
	size_t count = 0;
	for (size_t i = 0; i < r->line_count; i++)
		if (r->lines[i].pieces > 0)
			lines[count++] = (struct delivery_line){ r->lines[i].item,
				r->lines[i].pieces };
	const struct new_delivery delivery = { .from = r->refill.from,
		.to = r->rack.to,
		.carrier = r->refill.carrier,
		.date = r->rack.date,
		.arrives = -1,
		.opens = r->rack.opens,
		.closes = r->rack.closes,
		.note = _("refill") };
	return delivery_insert(db, &delivery, lines, count, &r->delivery, err);
}

static bool
plan_refill(
	struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	if (r->again)
		return true;
	if (kommun_refills(r) && !r->said->refill) {
		tell_kommun(arena, r);
		return true;
	}
	if (!shortage_source(
		    db, arena, &r->rack, r->lines, r->line_count, &r->refill, err))
		return false;
	if (r->refill.told)
		tell(arena, &r->told, r->refill.told);
	for (size_t i = 0; i < r->line_count; i++)
		if (r->refill.from && r->lines[i].wanted > 0 && r->lines[i].pieces == 0)
			tell(arena, &r->told,
				vs_arena_printf(arena, _("%s: %s has none"),
					r->lines[i].name, r->refill.from_name));
	if (r->refill.from && strcmp(r->rack.date, r->rack.today) != 0)
		tell(arena, &r->told,
			vs_arena_printf(arena, _("it is closed for today; next open %s"),
				r->rack.date));
	return !r->refill.from || insert_delivery(db, arena, r, err);
}

/* The report itself ----------------------------------------------------------------------- */

static bool
insert_shortage(struct vs_db *db, struct report *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO shortage (at, actor, location_id, item_id, level,"
			" reported_by, status, delivery_id, unusual, note)"
			" VALUES (?, ?, ?, nullif(?, 0), ?, nullif(?, ''),"
			" iif(?, 'refilling', 'open'), nullif(?, 0), ?, nullif(?, ''))"),
		    err))
		return false;
	stmt_bind(&q, r->rack.now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, r->rack.location);
	stmt_bind(&q, r->item);
	stmt_bind(&q, r->said->level);
	stmt_bind(&q, r->said->reported_by);
	stmt_bind(&q, r->delivery != 0);
	stmt_bind(&q, r->delivery);
	stmt_bind(&q, r->unusual);
	stmt_bind(&q, r->said->note);
	if (!stmt_run(&q, err))
		return false;
	r->shortage = db_last_id(db);
	return true;
}

/* Told again: it may be worse now, and a refill may have been found. */
static bool
update_shortage(struct vs_db *db, const struct report *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE shortage SET level = iif(?1 = 'empty', 'empty', level),"
			" delivery_id = nullif(?2, 0), status = iif(?2, 'refilling', 'open'),"
			" unusual = coalesce(?3, unusual), note = CASE"
			" WHEN coalesce(?4, '') = '' THEN note WHEN note IS NULL THEN ?4"
			" ELSE note || '; ' || ?4 END WHERE id = ?5"),
		    err))
		return false;
	stmt_bind(&q, r->said->level);
	stmt_bind(&q, r->delivery);
	stmt_bind(&q, r->unusual);
	stmt_bind(&q, r->said->note);
	stmt_bind(&q, r->shortage);
	return stmt_run(&q, err);
}

static json_t *
lines_view(const struct report *r)
{
	json_t *lines = json_array();
	for (size_t i = 0; i < r->line_count; i++) {
		const struct rack_line *l = &r->lines[i];
		json_array_append_new(lines,
			json_pack("{s:I, s:s, s:I, s:o, s:o, s:I, s:I}", "item",
				(json_int_t)l->item, "item_name", l->name, "taken",
				(json_int_t)l->taken, "used",
				l->expected < 0 ? json_null() : json_integer(l->used),
				"expected",
				l->expected < 0 ? json_null() : json_real(l->expected),
				"wanted", (json_int_t)l->wanted, "pieces",
				(json_int_t)(r->delivery ? l->pieces : 0)));
	}
	return lines;
}

static json_t *
report_view(struct vs_arena *arena, const struct report *r)
{
	const struct rack *rack = &r->rack;
	bool look = r->said->dry_run;
	const char *rule = rack->rule.rule ? handover_text(arena, &rack->rule) : NULL;
	json_t *view = json_pack(
		"{s:o, s:s, s:o, s:s?, s:s?, s:s?, s:o, s:o, s:s?, s:s?, s:s?}",
		"shortage", record_id_or_null(look && !r->again ? 0 : r->shortage),
		"place_name", rack->name, "lines", lines_view(r), "from_name",
		r->refill.from_name, "carrier_name", r->refill.carrier_name, "phone",
		r->refill.phone, "km",
		r->refill.from ? json_real(r->refill.km) : json_null(), "delivery",
		record_id_or_null(look && !r->again ? 0 : r->delivery), "unusual",
		r->unusual, "rule", rule, "told", r->told);
	json_object_set_new(
		view, "date", r->delivery ? json_string(rack->date) : json_null());
	json_object_set_new(view, "again", json_boolean(r->again));
	return view;
}

static bool
take(struct vs_db *db, struct vs_arena *arena, struct report *r, struct vs_error *err)
{
	const char *level = r->said->level;
	if (!level || (strcmp(level, "low") != 0 && strcmp(level, "empty") != 0))
		return vs_fail(err, VS_INVALID,
			_("the level is low or empty, not \"%s\""), level ? level : "");
	return find_rack(db, arena, r, err) && find_lines(db, arena, r, err) &&
		count_taken(db, r, err) && find_earlier(db, arena, r, err) &&
		find_coming(db, arena, r, err) && plan_refill(db, arena, r, err) &&
		(r->shortage ? update_shortage(db, r, err) : insert_shortage(db, r, err));
}

json_t *
vs_shortage_report(
	struct vs_db *db, const struct vs_shortage_report *report, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_shortage_report said = *report;
	struct report r = { .said = &said };
	if (!said_text(scratch.arena, report->reported_by, &said.reported_by, err) ||
		!said_text(scratch.arena, report->note, &said.note, err) ||
		!change_begin(&change, db, "shortage report", err) ||
		!take(db, scratch.arena, &r, err))
		return NULL;
	change_say(&change, "shortage",
		vs_arena_printf(scratch.arena, "%lld", (long long)r.shortage),
		"%s, %s%s%s", r.rack.name, report->level, r.unusual ? ": " : "",
		r.unusual ? r.unusual : "");
	if (!report->dry_run && !change_commit(&change, err))
		return NULL;
	return report_view(scratch.arena, &r);
}
