/* Writing a round's allocation, and the numbers that people set by hand. */
#include "ballots/allocate.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define HAND_MAX 10000000

/* The record -------------------------------------------------------------------------------*/

static const struct vs_field fields[] = {
	{ "key", VS_FIELD_TEXT, VS_KEY | VS_READONLY | VS_HIDDEN, N_("key"),
		N_("round, location and item: 1-17-3") },
	{ "round", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("round"),
		.refers = &vs_round_type },
	{ "round_name", VS_FIELD_TEXT, VS_READONLY, N_("round") },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "location", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("location"),
		.refers = &vs_location_type },
	{ "location_name", VS_FIELD_TEXT, VS_READONLY, N_("location") },
	{ "item", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("item"),
		.refers = &vs_item_type },
	{ "item_name", VS_FIELD_TEXT, VS_READONLY, N_("item") },
	{ "pieces", VS_FIELD_INTEGER, VS_READONLY, N_("pieces") },
	{ "fixed", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER, N_("by hand") },
	{ "mean", VS_FIELD_REAL, VS_READONLY | VS_HIDDEN, N_("expected") },
	{ "risk", VS_FIELD_REAL, VS_READONLY | VS_HIDDEN, N_("risk of running out") },
	{ "reason", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("why") },
};

const struct vs_record_type vs_allocation_type = {
	.noun = N_("allocate"),
	.label = N_("allocations"),
	.about = N_("How many pieces each destination gets in a round, and why."),
	FIELDS(fields),
	.guarded = true,
	.select = SQL(LIST_STANDS
		" SELECT a.round_id || '-' || a.location_id || '-' || a.item_id AS key,"
		" a.round_id AS round, r.name AS round_name,"
		" coalesce(o.kommun_code, p.kommun_code) AS kommun, a.location_id AS location,"
		" coalesce(o.name, p.name || ', ' || k.name, '?') AS location_name,"
		" a.item_id AS item, coalesce(i.name, " LIST_NAME ") AS item_name,"
		" a.pieces, a.fixed, a.mean, a.risk, a.reason FROM allocation a"
		" JOIN round r ON r.id = a.round_id JOIN location o ON o.id = a.location_id"
		" LEFT JOIN place p ON p.id = o.place_id"
		" LEFT JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
		" JOIN item i ON i.id = a.item_id LEFT JOIN list l ON l.id = i.list_id"
		" LEFT JOIN stands s ON s.list_id = l.id"
		" LEFT JOIN election_kind e ON e.code = l.kind"
		" ORDER BY r.from_date, r.id, k.name COLLATE swedish,"
		" location_name COLLATE swedish, a.location_id, e.position, item_name, i.id"),
};

/* Writing a plan ---------------------------------------------------------------------------*/

/* Receptions and items that the plan needs and nobody has made. */
static bool
make_missing(struct plan *p, struct vs_error *err)
{
	for (size_t i = 0; i < p->destination_count; i++) {
		struct destination *d = &p->destinations[i];
		if (!d->location &&
			!location_of_reception(p->world.db, p->world.areas[d->area].code,
				&d->location, err))
			return false;
	}
	for (size_t i = 0; i < p->world.paper_count; i++) {
		struct paper *paper = &p->world.papers[i];
		if (!paper->item &&
			!item_of_list(p->world.db, paper->list, &paper->item, err))
			return false;
	}
	return true;
}

static bool
clear_round(struct vs_db *db, int64_t round, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("DELETE FROM allocation WHERE round_id = ? AND NOT fixed"), err))
		return false;
	stmt_bind(&q, round);
	return stmt_run(&q, err);
}

/* What people set keeps its number and reason; what is expected follows the plan. */
static bool
write_lines(const struct plan *p, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, p->world.db,
		    SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces, mean,"
			" risk, reason) VALUES (?, ?, ?, ?, ?, ?, ?)"
			" ON CONFLICT DO UPDATE SET mean = excluded.mean, risk = excluded.risk"),
		    err))
		return false;
	for (size_t i = 0; i < p->line_count; i++) {
		const struct line *l = &p->lines[i];
		bool known = !l->stray && p->world.papers[l->paper].kind >= 0;
		stmt_bind(&q, p->world.round.id);
		stmt_bind(&q, p->destinations[l->destination].location);
		stmt_bind(&q, p->world.papers[l->paper].item);
		stmt_bind(&q, l->pieces);
		if (known) {
			stmt_bind(&q, l->demand.mean);
			stmt_bind(&q, l->risk < 0 ? 0 : l->risk > 1 ? 1 : l->risk);
		} else {
			stmt_bind_null(&q);
			stmt_bind_null(&q);
		}
		stmt_bind(&q, l->reason);
		if (!stmt_run(&q, err))
			return false;
	}
	return true;
}

static bool
write_code(const struct plan *p, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(
		    &q, p->world.db, SQL("UPDATE round SET plan = ? WHERE id = ?"), err))
		return false;
	stmt_bind(&q, p->code);
	stmt_bind(&q, p->world.round.id);
	return stmt_run(&q, err);
}

static bool
check_plan(const struct plan *p, const char *wanted, struct vs_error *err)
{
	if (!wanted || strcmp(wanted, p->code) == 0)
		return true;
	return vs_fail(err, VS_CONFLICT,
		_("what the plan %s was made from has changed since; look at it again with "
		  "--dry-run"),
		wanted);
}

static json_t *
commit(struct vs_db *db, const char *round, const char *wanted, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct plan p;
	if (!change_begin(&change, db, "allocate propose", err) ||
		!allocate_plan(db, scratch.arena, round, &p, err) ||
		!check_plan(&p, wanted, err) || !make_missing(&p, err) ||
		!clear_round(db, p.world.round.id, err) || !write_lines(&p, err) ||
		!write_code(&p, err))
		return NULL;
	json_t *view = allocate_view(&p);
	const json_t *total = json_object_get(view, "total");
	change_say(&change, "round", p.world.round.name,
		_("%lld pieces to %lld destinations, plan %s"),
		(long long)record_integer(total, "pieces"),
		(long long)record_integer(total, "destinations"), p.code);
	if (change_commit(&change, err))
		return view;
	json_decref(view);
	return NULL;
}

json_t *
vs_allocate(struct vs_db *db, const char *round, const struct vs_plan_options *options,
	struct vs_error *err)
{
	if (!options->dry_run)
		return commit(db, round, options->plan, err);
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct plan p;
	if (!snapshot_begin(&snapshot, db, err) ||
		!allocate_plan(db, scratch.arena, round, &p, err) ||
		!check_plan(&p, options->plan, err))
		return NULL;
	return allocate_view(&p);
}

/* By hand ----------------------------------------------------------------------------------*/

/* A place, a reception, or a kommun: its reception, made if there is none. */
static bool
find_destination(
	struct vs_db *db, const char *text, int64_t *ret_location, struct vs_error *err)
{
	struct vs_error tried = { 0 };
	if (location_find(db, text, ret_location, &tried))
		return true;
	struct vs_error ignored = { 0 };
	json_t *kommun = tried.code == VS_NOT_FOUND
		? vs_record_get(db, &vs_kommun_type, text, &ignored)
		: NULL;
	if (!kommun)
		return vs_fail(err, tried.code, "%s", tried.text);
	bool ok = location_of_reception(
		db, record_string(kommun, "code"), ret_location, err);
	json_decref(kommun);
	return ok;
}

/* An item, or a list that has none yet: it is made. */
static bool
find_item(struct vs_db *db, const char *text, int64_t *ret_item, struct vs_error *err)
{
	struct vs_error tried = { 0 }, ignored = { 0 };
	if (item_find(db, text, ret_item, &tried))
		return true;
	json_t *list = tried.code == VS_NOT_FOUND ? list_get(db, text, &ignored) : NULL;
	if (!list)
		return vs_fail(err, tried.code, "%s", tried.text);
	bool ok = item_of_list(db, record_integer(list, "id"), ret_item, err);
	json_decref(list);
	return ok;
}

/* Pieces can be set where voters or a committee take them. */
static bool
check_destination(struct vs_db *db, int64_t location, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT kind IN ('place', 'reception') FROM location WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, location);
	if (stmt_row(&q, err) && stmt_int(&q, 0))
		return true;
	return err->code == VS_OK &&
		vs_fail(err, VS_INVALID,
			_("%s: pieces are allocated to places and receptions; move others with "
			  "'valstuga stock move'"),
			location_name(db, scratch.arena, location));
}

/* As at the door of the stock, where an override may say otherwise; a plan has none. */
static bool
check_fits(struct vs_db *db, int64_t item, int64_t location, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_error tried = { 0 };
	if (stock_fits(db, item, location, &tried))
		return true;
	if (tried.code != VS_REFUSED)
		return vs_fail(err, tried.code, "%s", tried.text);
	return vs_fail(err, VS_REFUSED,
		_("%s: these ballots are not used at %s; nothing is allocated there"),
		item_name(db, scratch.arena, item),
		location_name(db, scratch.arena, location));
}

/* Not below what is packed, on its way or there already. */
static bool
check_committed(struct vs_db *db, int64_t round, int64_t location, int64_t item,
	int64_t pieces, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT sum(coalesce(l.counted, l.pieces)) FROM delivery_line l"
			" JOIN delivery d ON d.id = l.delivery_id WHERE d.round_id = ?"
			" AND d.to_id = ? AND l.item_id = ?"
			" AND d.status IN ('packed', 'underway', 'delivered')"),
		    err))
		return false;
	stmt_bind(&q, round);
	stmt_bind(&q, location);
	stmt_bind(&q, item);
	int64_t sent = stmt_row(&q, err) ? stmt_int(&q, 0) : 0;
	if (err->code != VS_OK || pieces >= sent)
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("%s: %s pieces are packed or handed over already; it cannot be fewer"),
		location_name(db, scratch.arena, location),
		vs_text_number(scratch.arena, sent));
}

static bool
write_fixed(struct vs_db *db, int64_t round, int64_t location, int64_t item,
	int64_t pieces, const char *reason, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO allocation (round_id, location_id, item_id, pieces, fixed,"
			" reason) VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT DO UPDATE"
			" SET pieces = excluded.pieces, fixed = 1, reason = excluded.reason"),
		    err))
		return false;
	stmt_bind(&q, round);
	stmt_bind(&q, location);
	stmt_bind(&q, item);
	stmt_bind(&q, pieces);
	stmt_bind(&q, reason);
	return stmt_run(&q, err);
}

/* The number stays as it is until the round is proposed again. */
static bool
release(struct vs_db *db, int64_t round, int64_t location, int64_t item,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE allocation SET fixed = 0 WHERE round_id = ?"
			" AND location_id = ? AND item_id = ? AND fixed"),
		    err))
		return false;
	stmt_bind(&q, round);
	stmt_bind(&q, location);
	stmt_bind(&q, item);
	if (!stmt_run(&q, err))
		return false;
	return db_changes(db) > 0 ||
		vs_fail(err, VS_NOT_FOUND, _("%s: no number of %s is set by hand"),
			location_name(db, scratch.arena, location),
			item_name(db, scratch.arena, item));
}

static bool
set_fixed(struct vs_db *db, int64_t round, int64_t location, int64_t item, int64_t pieces,
	const char *reason, struct vs_error *err)
{
	if (!reason)
		return vs_fail(err, VS_INVALID,
			_("a number that is set by hand needs --reason: it stays, and people will "
			  "ask"));
	if (pieces > HAND_MAX)
		return vs_fail(err, VS_INVALID, _("%lld pieces are too many"),
			(long long)pieces);
	return check_destination(db, location, err) &&
		check_fits(db, item, location, err) &&
		check_committed(db, round, location, item, pieces, err) &&
		write_fixed(db, round, location, item, pieces, reason, err);
}

bool
vs_allocation_set(struct vs_db *db, const char *round, const char *location,
	const char *item, int64_t pieces, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct round r;
	int64_t where, what;
	if (!said_text(scratch.arena, reason, &reason, err) ||
		!change_begin(&change, db, pieces < 0 ? "allocate clear" : "allocate set",
			err) ||
		!round_get(db, scratch.arena, round, &r, err) ||
		!find_destination(db, location, &where, err) ||
		!find_item(db, item, &what, err))
		return false;
	bool ok = pieces < 0 ? release(db, r.id, where, what, err)
			     : set_fixed(db, r.id, where, what, pieces, reason, err);
	if (!ok)
		return false;
	const char *place = location_name(db, scratch.arena, where);
	const char *name = item_name(db, scratch.arena, what);
	if (pieces < 0)
		change_say(&change, "round", r.name, _("%s, %s: no longer by hand"),
			place, name);
	else
		change_say(&change, "round", r.name, _("%s, %s: %lld pieces by hand: %s"),
			place, name, (long long)pieces, reason);
	return change_commit(&change, err);
}
