/* A delivery's life: packed, leaves, comes back or is taken off the plan. */
#include "ballots/delivery_life.h"

#include <math.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static const char *const names[] = {
	[DELIVERY_PLANNED] = "planned",
	[DELIVERY_PACKED] = "packed",
	[DELIVERY_UNDERWAY] = "underway",
	[DELIVERY_DELIVERED] = "delivered",
	[DELIVERY_FAILED] = "failed",
	[DELIVERY_CANCELLED] = "cancelled",
};

/*
 * From which states each may be reached. What nobody said had left may be handed over, or
 * come back, all the same: paper and telephone are slower than cars.
 */
static const unsigned reached_from[] = {
	[DELIVERY_PLANNED] = 0,
	[DELIVERY_PACKED] = 1u << DELIVERY_PLANNED,
	[DELIVERY_UNDERWAY] = 1u << DELIVERY_PLANNED | 1u << DELIVERY_PACKED,
	[DELIVERY_DELIVERED] =
		1u << DELIVERY_PLANNED | 1u << DELIVERY_PACKED | 1u << DELIVERY_UNDERWAY,
	[DELIVERY_FAILED] =
		1u << DELIVERY_PLANNED | 1u << DELIVERY_PACKED | 1u << DELIVERY_UNDERWAY,
	[DELIVERY_CANCELLED] = 1u << DELIVERY_PLANNED | 1u << DELIVERY_PACKED,
};

/* Reading one ----------------------------------------------------------------------------- */

static enum delivery_status
status_of(const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return (enum delivery_status)i;
	vs_abort("unknown state of a delivery: %s", name);
}

static bool
read_row(struct vs_db *db, struct vs_arena *arena, struct delivery *d,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT d.from_id, d.to_id, d.carrier_id, d.round_id, o.id,"
			" coalesce((SELECT m.to_id FROM movement m WHERE m.delivery_id = d.id"
			"  AND m.kind = 'deliver' AND m.from_id = d.from_id"
			"  AND m.to_id = (SELECT c.id FROM location c WHERE c.id = m.to_id"
			"   AND c.kind = 'carrier') ORDER BY m.id DESC LIMIT 1), d.from_id),"
			" d.status, d.date, d.override, coalesce(t.kommun_code, p.kommun_code),"
			" w.name, d.received_by, coalesce(d.arrives, -1), d.received_at,"
			" EXISTS (SELECT 1 FROM shortage s WHERE s.delivery_id = d.id)"
			"  OR EXISTS (SELECT 1 FROM round r WHERE r.id = d.round_id"
			"   AND r.phase = 'refill') FROM delivery d JOIN location t ON t.id = d.to_id"
			" LEFT JOIN place p ON p.id = t.place_id"
			" LEFT JOIN location o ON o.carrier_id = d.carrier_id"
			" LEFT JOIN carrier c ON c.id = d.carrier_id"
			" LEFT JOIN person w ON w.id = c.person_id WHERE d.id = ?"),
		    err))
		return false;
	stmt_bind(&q, d->id);
	if (!stmt_row(&q, err))
		return false;
	d->from = stmt_int(&q, 0);
	d->to = stmt_int(&q, 1);
	d->carrier = stmt_int(&q, 2);
	d->round = stmt_int(&q, 3);
	d->car = stmt_int(&q, 4);
	d->status = status_of(stmt_text(&q, 6));
	d->holder = d->status == DELIVERY_UNDERWAY ? stmt_int(&q, 5) : d->from;
	d->date = stmt_copy(&q, 7, arena);
	d->override = stmt_copy(&q, 8, arena);
	d->kommun = stmt_copy(&q, 9, arena);
	d->carrier_name = stmt_copy(&q, 10, arena);
	d->received_by = stmt_copy(&q, 11, arena);
	d->arrives = (int)stmt_int(&q, 12);
	d->received_at = stmt_int(&q, 13);
	d->refill = stmt_int(&q, 14);
	d->from_name = location_name(db, arena, d->from);
	d->to_name = location_name(db, arena, d->to);
	return true;
}

static bool
read_lines(struct vs_db *db, struct vs_arena *arena, struct delivery *d,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT item_id, pieces, count(*) OVER () FROM delivery_line"
			" WHERE delivery_id = ? ORDER BY item_id"),
		    err))
		return false;
	stmt_bind(&q, d->id);
	while (stmt_row(&q, err)) {
		if (!d->lines)
			d->lines = vs_arena_alloc(
				arena, (size_t)stmt_int(&q, 2) * sizeof *d->lines);
		d->lines[d->line_count++] =
			(struct delivery_line){ .item = stmt_int(&q, 0),
				.pieces = stmt_int(&q, 1) };
	}
	return err->code == VS_OK;
}

bool
delivery_get(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct delivery *ret_delivery, struct vs_error *err)
{
	struct delivery d = { 0 };
	if (!delivery_find(db, text, &d.id, err) || !read_row(db, arena, &d, err) ||
		!read_lines(db, arena, &d, err))
		return false;
	*ret_delivery = d;
	return true;
}

const char *
delivery_name(struct vs_arena *arena, const struct delivery *d)
{
	return vs_arena_printf(arena, _("%lld to %s"), (long long)d->id, d->to_name);
}

/* Steps ----------------------------------------------------------------------------------- */

bool
delivery_may(const struct delivery *d, enum delivery_status status, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (reached_from[status] & 1u << d->status)
		return true;
	if (status == d->status)
		return vs_fail(err, VS_REFUSED, _("delivery %s is %s already"),
			delivery_name(scratch.arena, d),
			record_choice(delivery_statuses, names[status]));
	if (d->status == DELIVERY_FAILED || d->status == DELIVERY_CANCELLED)
		return vs_fail(err, VS_REFUSED,
			_("delivery %s is %s; what goes all the same is a new one, with 'valstuga "
			  "deliver add'"),
			delivery_name(scratch.arena, d),
			record_choice(delivery_statuses, names[d->status]));
	return vs_fail(err, VS_REFUSED, _("delivery %s is %s and cannot become %s"),
		delivery_name(scratch.arena, d),
		record_choice(delivery_statuses, names[d->status]),
		record_choice(delivery_statuses, names[status]));
}

static bool
write_event(struct vs_db *db, int64_t delivery, const char *status, const char *note,
	struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO delivery_event (delivery_id, at, actor, status, note)"
			    " VALUES (?, ?, ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, delivery);
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, status);
	stmt_bind(&q, note);
	return stmt_run(&q, err);
}

/* A receipt has set its time together with the state, as the table demands. */
static bool
write_status(struct vs_db *db, int64_t delivery, enum delivery_status status,
	const char *reason, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (status == DELIVERY_DELIVERED)
		return true;
	if (!stmt_open(&q, db,
		    SQL("UPDATE delivery SET status = ?, reason = coalesce(?, reason)"
			" WHERE id = ?"),
		    err))
		return false;
	bool says_why = status == DELIVERY_FAILED || status == DELIVERY_CANCELLED;
	stmt_bind(&q, names[status]);
	stmt_bind(&q, says_why ? reason : NULL);
	stmt_bind(&q, delivery);
	return stmt_run(&q, err);
}

bool
delivery_reach(struct vs_db *db, const struct delivery *d, enum delivery_status status,
	const char *note, struct vs_error *err)
{
	return write_status(db, d->id, status, note, err) &&
		write_event(db, d->id, names[status], note, err) &&
		shortage_follow(db, d->id, status, err);
}

/* Every line from one location to another. */
static bool
move_all(struct vs_db *db, const struct delivery *d, int64_t from, int64_t to,
	const char *reason, struct vs_error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && from != to && i < d->line_count; i++) {
		int64_t ignored;
		const struct movement m = { .kind = "deliver",
			.item = d->lines[i].item,
			.from = from,
			.to = to,
			.pieces = d->lines[i].pieces,
			.delivery = d->id,
			.reason = reason,
			.override = d->override };
		ok = stock_write(db, &m, &ignored, err);
	}
	return ok;
}

bool
delivery_leave(struct vs_db *db, struct delivery *d, struct vs_error *err)
{
	int64_t to = d->car ? d->car : d->from;
	if (!move_all(db, d, d->from, to, NULL, err))
		return false;
	d->holder = to;
	return true;
}

/* Packing --------------------------------------------------------------------------------- */

static bool
check_stock(struct vs_db *db, const struct delivery *d, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	for (size_t i = 0; i < d->line_count; i++) {
		int64_t unpacked = 0;
		if (!stock_free(
			    db, d->from, d->lines[i].item, true, d->id, &unpacked, err))
			return false;
		if (unpacked < d->lines[i].pieces)
			return vs_fail(err, VS_REFUSED,
				_("delivery %s: %s has %s unpacked pieces of %s, not %s; receive or "
				  "count them first, or plan fewer"),
				delivery_name(scratch.arena, d), d->from_name,
				vs_text_number(
					scratch.arena, unpacked > 0 ? unpacked : 0),
				item_name(db, scratch.arena, d->lines[i].item),
				vs_text_number(scratch.arena, d->lines[i].pieces));
	}
	return true;
}

static bool
check_rules(struct vs_db *db, const struct delivery *d, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (d->override && *d->override)
		return true;
	json_t *broken = delivery_breaks(db, d, err);
	if (!broken)
		return false;
	bool ok = json_array_size(broken) == 0 ||
		vs_fail(err, VS_REFUSED,
			_("delivery %s breaks the hand-over rule: %s; say with --override why it "
			  "goes all the same"),
			delivery_name(scratch.arena, d),
			record_join(scratch.arena, broken));
	json_decref(broken);
	return ok;
}

static bool
write_packages(struct vs_db *db, const struct delivery *d, int packages,
	const char *override, struct vs_error *err)
{
	struct load load = { 0 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (packages < 0 || packages > 100000)
		return vs_fail(err, VS_INVALID,
			_("delivery %s: the number of packages is between 1 and 100 000"),
			delivery_name(scratch.arena, d));
	if (packages == 0 && !delivery_load(db, d->lines, d->line_count, &load, err))
		return false;
	if (packages == 0)
		packages = load.boxes > 1 ? (int)ceil(load.boxes) : 1;
	if (!stmt_open(&q, db,
		    SQL("UPDATE delivery SET packages = ?, override = coalesce(?, override)"
			" WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, packages);
	stmt_bind(&q, override);
	stmt_bind(&q, d->id);
	return stmt_run(&q, err);
}

static bool
pack(struct vs_db *db, struct delivery *d, int packages, const char *override,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (override)
		d->override = override;
	if (!delivery_may(d, DELIVERY_PACKED, err))
		return false;
	if (d->line_count == 0)
		return vs_fail(err, VS_REFUSED, _("delivery %s holds nothing; cancel it"),
			delivery_name(scratch.arena, d));
	return check_stock(db, d, err) && check_rules(db, d, err) &&
		write_packages(db, d, packages, override, err) &&
		delivery_reach(db, d, DELIVERY_PACKED, override, err);
}

/* Commands -------------------------------------------------------------------------------- */

static void
say(struct change *change, const struct delivery *d, const char *note)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	change_say(change, "delivery",
		vs_arena_printf(scratch.arena, "%lld", (long long)d->id), "%s → %s%s%s",
		d->from_name, d->to_name, note ? ": " : "", note ? note : "");
}

bool
vs_delivery_pack(struct vs_db *db, const char *delivery, int packages,
	const char *override, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct delivery d;
	if (!said_text(scratch.arena, override, &override, err) ||
		!change_begin(&change, db, "deliver pack", err) ||
		!delivery_get(db, scratch.arena, delivery, &d, err) ||
		!pack(db, &d, packages, override, err))
		return false;
	say(&change, &d, override);
	return change_commit(&change, err);
}

bool
vs_delivery_depart(struct vs_db *db, const char *delivery, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct delivery d;
	if (!change_begin(&change, db, "deliver depart", err) ||
		!delivery_get(db, scratch.arena, delivery, &d, err) ||
		!delivery_may(&d, DELIVERY_UNDERWAY, err) ||
		(d.status == DELIVERY_PLANNED && !pack(db, &d, 0, NULL, err)) ||
		!delivery_leave(db, &d, err) ||
		!delivery_reach(db, &d, DELIVERY_UNDERWAY, NULL, err))
		return false;
	say(&change, &d, d.carrier_name ? _("with its carrier") : NULL);
	return change_commit(&change, err);
}

/* The reason as it is kept. */
static bool
need_reason(struct vs_arena *arena, const struct delivery *d, const char **reason,
	struct vs_error *err)
{
	if (!said_text(arena, *reason, reason, err))
		return false;
	return *reason ||
		vs_fail(err, VS_INVALID, _("delivery %s: say why with --reason"),
			delivery_name(arena, d));
}

bool
vs_delivery_fail(
	struct vs_db *db, const char *delivery, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct delivery d;
	if (!change_begin(&change, db, "deliver fail", err) ||
		!delivery_get(db, scratch.arena, delivery, &d, err) ||
		!need_reason(scratch.arena, &d, &reason, err) ||
		!delivery_may(&d, DELIVERY_FAILED, err) ||
		!move_all(db, &d, d.holder, d.from, reason, err) ||
		!delivery_reach(db, &d, DELIVERY_FAILED, reason, err))
		return false;
	say(&change, &d, reason);
	return change_commit(&change, err);
}

bool
vs_delivery_cancel(
	struct vs_db *db, const char *delivery, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct delivery d;
	if (!change_begin(&change, db, "deliver cancel", err) ||
		!delivery_get(db, scratch.arena, delivery, &d, err) ||
		!need_reason(scratch.arena, &d, &reason, err) ||
		!delivery_may(&d, DELIVERY_CANCELLED, err) ||
		!delivery_reach(db, &d, DELIVERY_CANCELLED, reason, err))
		return false;
	say(&change, &d, reason);
	return change_commit(&change, err);
}
