/* Moving, taking in, counting, scrapping and undoing: one command, one movement. */
#include "ballots/stock.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* A location that a command names, as the command looks at it. Texts: arena. */
struct spot {
	int64_t id;
	const char *kind, *name;
};

static bool
find_spot(struct vs_db *db, struct vs_arena *arena, const char *text,
	struct spot *ret_spot, struct vs_error *err)
{
	int64_t id;
	if (!location_find(db, text, &id, err))
		return false;
	*ret_spot = (struct spot){ id, location_kind(db, arena, id),
		location_name(db, arena, id) };
	return true;
}

static bool
is(const struct spot *spot, const char *kind)
{
	return strcmp(spot->kind, kind) == 0;
}

/* Where people go and vote; what is missing there was taken. */
static bool
has_voters(const struct spot *spot)
{
	return is(spot, "place") || is(spot, "reception");
}

bool
stock_papers(struct vs_arena *arena, const struct vs_stock_papers *papers,
	struct vs_stock_papers *ret_papers, struct vs_error *err)
{
	static const struct vs_stock_papers none;
	if (!papers)
		papers = &none;
	return said_text(arena, papers->document, &ret_papers->document, err) &&
		said_text(arena, papers->reason, &ret_papers->reason, err) &&
		said_text(arena, papers->override, &ret_papers->override, err);
}

/* The papers, when the movement is one that nobody may make without saying why. */
static bool
papers_with_reason(struct vs_arena *arena, const struct vs_stock_papers *papers,
	struct vs_stock_papers *ret_papers, struct vs_error *err)
{
	if (!stock_papers(arena, papers, ret_papers, err))
		return false;
	return ret_papers->reason ||
		vs_fail(err, VS_INVALID,
			_("say why with --reason; it stands in the ledger for good"));
}

static void
put_papers(struct movement *movement, const struct vs_stock_papers *papers)
{
	movement->document = papers->document;
	movement->reason = papers->reason;
	movement->override = papers->override;
}

/*
 * Ballots at the printer belong to an order, and what happens to them there counts for it:
 * the newest order that something was printed for. 0: none.
 */
static bool
order_at_printer(struct vs_db *db, int64_t item, int64_t *ret_order, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce(max(order_id), 0) FROM movement WHERE item_id = ?"),
		    err))
		return false;
	stmt_bind(&q, item);
	if (!stmt_row(&q, err))
		return false;
	*ret_order = stmt_int(&q, 0);
	return true;
}

/* "KF Hagfors, 2 000: Distriktslagret → Stadsbiblioteket, Karlstad; reason". */
static void
say(struct change *change, struct vs_db *db, const struct movement *m)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_arena *arena = scratch.arena;
	const char *why = m->reason ? m->reason : m->document;
	change_say(change, "item", vs_arena_printf(arena, "%lld", (long long)m->item),
		"%s, %lld: %s → %s%s%s%s%s", item_name(db, arena, m->item),
		(long long)m->pieces,
		m->from ? location_in_history(db, arena, m->from) : "–",
		m->to ? location_in_history(db, arena, m->to) : "–", why ? "; " : "",
		why ? why : "", m->override ? "; " : "", m->override ? m->override : "");
}

static bool
write_and_commit(struct vs_db *db, struct change *change, const struct movement *m,
	int64_t *ret_movement, struct vs_error *err)
{
	int64_t id;
	if (!stock_write(db, m, &id, err))
		return false;
	say(change, db, m);
	if (!change_commit(change, err))
		return false;
	if (ret_movement)
		*ret_movement = id;
	return true;
}

/* Moving ----------------------------------------------------------------------------------*/

/* What is taken or scrapped is no place to move from or to, and an order has its own way. */
static bool
check_ends(const struct spot *from, const struct spot *to, struct vs_error *err)
{
	if (is(from, "voters") || is(to, "voters"))
		return vs_fail(err, VS_REFUSED,
			_("what voters take is told by counting what is left, with 'valstuga stock "
			  "count'"));
	if (is(to, "scrap"))
		return vs_fail(err, VS_REFUSED,
			_("what is destroyed is told with 'valstuga stock scrap', and why"));
	if (is(from, "scrap"))
		return vs_fail(err, VS_REFUSED,
			_("%s: what was scrapped by mistake comes back with 'valstuga stock reverse'"),
			from->name);
	return true;
}

static bool
check_printer(struct vs_db *db, const struct spot *from, const struct spot *to,
	int64_t item, struct vs_error *err)
{
	int64_t order = 0;
	if (!is(from, "printer") && !is(to, "printer"))
		return true;
	if (!order_at_printer(db, item, &order, err))
		return false;
	if (!order)
		return true;
	return vs_fail(err, VS_REFUSED,
		_("what the printer sends on order %lld is taken in with 'valstuga stock receive "
		  "%lld'"),
		(long long)order, (long long)order);
}

bool
vs_stock_move(struct vs_db *db, const char *item, int64_t pieces, const char *from,
	const char *to, const struct vs_stock_papers *papers, int64_t *ret_movement,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_stock_papers clean;
	struct movement m = { .kind = "move", .pieces = pieces };
	struct spot a, b;
	if (!stock_papers(scratch.arena, papers, &clean, err) ||
		!change_begin(&change, db, "stock move", err) ||
		!item_find(db, item, &m.item, err) ||
		!find_spot(db, scratch.arena, from, &a, err) ||
		!find_spot(db, scratch.arena, to, &b, err) || !check_ends(&a, &b, err) ||
		!check_printer(db, &a, &b, m.item, err) ||
		!stock_check_packed(db, a.id, m.item, pieces, err))
		return false;
	m.from = a.id;
	m.to = b.id;
	put_papers(&m, &clean);
	return write_and_commit(db, &change, &m, ret_movement, err);
}

/* Taking in without an order --------------------------------------------------------------*/

/* The item, made when it is a list's and there is none yet. */
static bool
item_to_take_in(
	struct vs_db *db, const char *text, int64_t *ret_item, struct vs_error *err)
{
	struct vs_error why = { 0 };
	if (item_find(db, text, ret_item, &why))
		return true;
	bool number = text[strspn(text, "0123456789")] == '\0';
	struct vs_error ignored = { 0 };
	json_t *list = why.code == VS_NOT_FOUND && !number
		? vs_record_get(db, &vs_list_type, text, &ignored)
		: NULL;
	if (!list)
		return vs_fail(err, why.code, "%s", why.text);
	bool ok = item_of_list(db, record_integer(list, "id"), ret_item, err);
	json_decref(list);
	return ok;
}

/* Whoever takes in an order's boxes as if they were somebody's gift will miss them later. */
static bool
check_not_awaited(
	struct vs_db *db, int64_t item, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(stmt) q = { 0 };
	if (reason)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT o.id FROM ballot_order o JOIN item i ON i.list_id = o.list_id"
			" WHERE i.id = ? AND o.status IN ('ordered', 'printing')"),
		    err))
		return false;
	stmt_bind(&q, item);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("%s: order %lld is awaited; take it in with 'valstuga stock receive %lld', or "
		  "say with --reason where else these come from"),
		item_name(db, scratch.arena, item), (long long)stmt_int(&q, 0),
		(long long)stmt_int(&q, 0));
}

static bool
depot_or(struct vs_db *db, const char *text, int64_t *ret_location, struct vs_error *err)
{
	return text ? location_find(db, text, ret_location, err)
		    : location_of_kind(db, "depot", ret_location, err);
}

bool
stock_check_receiver(struct vs_db *db, int64_t location, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *kind = location_kind(db, scratch.arena, location);
	if (strcmp(kind, "printer") != 0 && strcmp(kind, "voters") != 0 &&
		strcmp(kind, "scrap") != 0)
		return true;
	return vs_fail(err, VS_INVALID,
		_("nothing is taken in at %s; say with --to where it was put"),
		location_name(db, scratch.arena, location));
}

bool
vs_stock_take_in(struct vs_db *db, const char *item, int64_t pieces, const char *to,
	const struct vs_stock_papers *papers, int64_t *ret_movement, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_stock_papers clean;
	struct movement m = { .kind = "print", .pieces = pieces };
	if (!stock_papers(scratch.arena, papers, &clean, err) ||
		!change_begin(&change, db, "stock receive", err) ||
		!item_to_take_in(db, item, &m.item, err) ||
		!check_not_awaited(db, m.item, clean.reason, err) ||
		!depot_or(db, to, &m.to, err) || !stock_check_receiver(db, m.to, err))
		return false;
	put_papers(&m, &clean);
	return write_and_commit(db, &change, &m, ret_movement, err);
}

/* Counting --------------------------------------------------------------------------------*/

static bool
commit_agreement(struct vs_db *db, struct change *change, int64_t item,
	const struct spot *spot, int64_t counted, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	change_say(change, "item",
		vs_arena_printf(scratch.arena, "%lld", (long long)item),
		"%s, %s: %lld, %s", item_name(db, scratch.arena, item),
		location_in_history(db, scratch.arena, spot->id), (long long)counted,
		_("as in the ledger"));
	return change_commit(change, err);
}

/* The movement that makes the ledger say what was counted. */
static bool
difference(struct vs_db *db, const struct spot *spot, int64_t missing,
	struct movement *movement, struct vs_error *err)
{
	if (is(spot, "printer") &&
		!order_at_printer(db, movement->item, &movement->order, err))
		return false;
	if (missing < 0) {
		movement->pieces = -missing;
		movement->to = spot->id;
		return true;
	}
	movement->pieces = missing;
	movement->from = spot->id;
	return location_of_kind(
		db, has_voters(spot) ? "voters" : "scrap", &movement->to, err);
}

static bool
check_countable(const struct spot *spot, int64_t counted, struct vs_error *err)
{
	if (is(spot, "voters") || is(spot, "scrap"))
		return vs_fail(err, VS_REFUSED,
			_("%s: nobody can count there; count what is left instead"),
			spot->name);
	return counted >= 0 ||
		vs_fail(err, VS_INVALID,
			_("nobody counts less than 0 pieces; say how many there are"));
}

bool
vs_stock_count(struct vs_db *db, const char *item, const char *location, int64_t counted,
	const struct vs_stock_papers *papers, int64_t *ret_difference,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_stock_papers clean;
	struct movement m = { .kind = "count" };
	struct spot spot;
	int64_t there;
	if (!stock_papers(scratch.arena, papers, &clean, err) ||
		!change_begin(&change, db, "stock count", err) ||
		!item_find(db, item, &m.item, err) ||
		!find_spot(db, scratch.arena, location, &spot, err) ||
		!check_countable(&spot, counted, err) ||
		!stock_balance(db, spot.id, m.item, &there, err))
		return false;
	bool ok = counted == there
		? commit_agreement(db, &change, m.item, &spot, counted, err)
		: papers_with_reason(scratch.arena, papers, &clean, err) &&
			difference(db, &spot, there - counted, &m, err);
	put_papers(&m, &clean);
	if (!ok || (counted != there && !write_and_commit(db, &change, &m, NULL, err)))
		return false;
	*ret_difference = counted - there;
	return true;
}

/* Scrapping -------------------------------------------------------------------------------*/

bool
vs_stock_scrap(struct vs_db *db, const char *item, int64_t pieces, const char *location,
	const struct vs_stock_papers *papers, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_stock_papers clean;
	struct movement m = { .kind = "scrap", .pieces = pieces };
	struct spot spot;
	if (!papers_with_reason(scratch.arena, papers, &clean, err) ||
		!change_begin(&change, db, "stock scrap", err) ||
		!item_find(db, item, &m.item, err) ||
		!find_spot(db, scratch.arena, location, &spot, err) ||
		!location_of_kind(db, "scrap", &m.to, err))
		return false;
	if (is(&spot, "voters"))
		return vs_fail(err, VS_REFUSED,
			_("%s: what is taken cannot be scrapped; it is gone"), spot.name);
	if (is(&spot, "printer") && !order_at_printer(db, m.item, &m.order, err))
		return false;
	m.from = spot.id;
	put_papers(&m, &clean);
	return write_and_commit(db, &change, &m, NULL, err);
}

/* Undoing ---------------------------------------------------------------------------------*/

/* A movement as it stands in the ledger; ids 0 where there is none. Texts: arena. */
struct written {
	const char *kind;
	int64_t item, from, to, pieces, order, delivery, undone_by;
};

static bool
read_movement(struct vs_db *db, struct vs_arena *arena, int64_t id,
	struct written *ret_written, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT m.kind, m.item_id, coalesce(m.from_id, 0), coalesce(m.to_id, 0),"
			" m.pieces, coalesce(m.order_id, 0), coalesce(m.delivery_id, 0),"
			" coalesce((SELECT r.id FROM movement r WHERE r.reverses = m.id), 0)"
			" FROM movement m WHERE m.id = ?"),
		    err))
		return false;
	stmt_bind(&q, id);
	if (!stmt_row(&q, err))
		return vs_fail(err, VS_NOT_FOUND,
			_("no movement %lld; 'valstuga stock trace' and 'valstuga movement list' "
			  "show their numbers"),
			(long long)id);
	*ret_written = (struct written){ stmt_copy(&q, 0, arena), stmt_int(&q, 1),
		stmt_int(&q, 2), stmt_int(&q, 3), stmt_int(&q, 4), stmt_int(&q, 5),
		stmt_int(&q, 6), stmt_int(&q, 7) };
	return true;
}

static bool
check_undo(int64_t id, const struct written *w, struct vs_error *err)
{
	if (w->undone_by)
		return vs_fail(err, VS_REFUSED,
			_("movement %lld is reversed already, by movement %lld"),
			(long long)id, (long long)w->undone_by);
	if (strcmp(w->kind, "reverse") == 0)
		return vs_fail(err, VS_REFUSED,
			_("movement %lld is itself a reversal; make the movement anew instead"),
			(long long)id);
	return true;
}

/* Enough must be left where the pieces came to. */
static bool
check_still_there(
	struct vs_db *db, int64_t id, const struct written *w, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t there;
	if (!stock_balance(db, w->to, w->item, &there, err))
		return false;
	if (there >= w->pieces)
		return stock_check_packed(db, w->to, w->item, w->pieces, err);
	return vs_fail(err, VS_REFUSED,
		_("movement %lld brought %s pieces of %s to %s, and %s are left there; reverse "
		  "what came after it first"),
		(long long)id, vs_text_number(scratch.arena, w->pieces),
		item_name(db, scratch.arena, w->item),
		location_name(db, scratch.arena, w->to),
		vs_text_number(scratch.arena, there));
}

bool
stock_undo(struct vs_db *db, int64_t movement, const char *reason, int64_t *ret_id,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct written w;
	if (!read_movement(db, scratch.arena, movement, &w, err) ||
		!check_undo(movement, &w, err) ||
		!check_still_there(db, movement, &w, err))
		return false;
	const struct movement m = { .kind = "reverse",
		.item = w.item,
		.from = w.to,
		.to = w.from,
		.pieces = w.pieces,
		.order = w.order,
		.delivery = w.delivery,
		.reverses = movement,
		.reason = reason };
	/* What is at the printer again is awaited again. */
	const char *note = vs_arena_printf(scratch.arena, _("movement %lld reversed: %s"),
		(long long)movement, reason);
	bool awaited = w.order &&
		strcmp(location_kind(db, scratch.arena, w.from), "printer") == 0;
	return stock_write(db, &m, ret_id, err) &&
		(!awaited || order_reopen(db, w.order, note, err));
}

/* What a delivery moved is undone with the delivery, or it would say what is not so. */
static bool
check_by_hand(struct vs_db *db, int64_t id, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct written w;
	if (!read_movement(db, scratch.arena, id, &w, err) || !check_undo(id, &w, err))
		return false;
	if (!w.delivery)
		return true;
	return vs_fail(err, VS_REFUSED,
		_("movement %lld belongs to delivery %lld; if it failed, say so with 'valstuga "
		  "deliver fail'; otherwise count, or move the pieces back with 'valstuga stock "
		  "move'"),
		(long long)id, (long long)w.delivery);
}

bool
vs_stock_reverse(struct vs_db *db, const char *movement, const char *reason,
	int64_t *ret_movement, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	const struct vs_stock_papers papers = { .reason = reason };
	struct vs_stock_papers clean;
	int64_t id, undo;
	if (!vs_text_to_integer(movement, &id))
		return vs_fail(err, VS_INVALID,
			_("\"%s\" is not the number of a movement; 'valstuga stock trace' shows "
			  "them"),
			movement);
	if (!papers_with_reason(scratch.arena, &papers, &clean, err) ||
		!change_begin(&change, db, "stock reverse", err) ||
		!check_by_hand(db, id, err) ||
		!stock_undo(db, id, clean.reason, &undo, err))
		return false;
	change_say(&change, "movement",
		vs_arena_printf(scratch.arena, "%lld", (long long)id), "%s",
		clean.reason);
	if (!change_commit(&change, err))
		return false;
	if (ret_movement)
		*ret_movement = undo;
	return true;
}
