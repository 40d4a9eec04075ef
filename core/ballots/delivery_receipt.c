/*
 * Receipts: what was counted moves to the destination, once, however often and by however
 * many people the same paper is entered.
 */
#include "ballots/delivery_life.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define SLIP_FROM  300 /* pieces more than sent that are asked about */
#define EARLY_DAYS 14

/* What the receipt says of one line. */
struct count {
	int64_t item, sent, counted, recorded;
	bool said;
};

struct counts {
	struct count *lines;
	size_t count;
};

/* All as sent, until the receipt says otherwise. */
static bool
read_counts(struct vs_db *db, struct vs_arena *arena, const struct delivery *d,
	struct counts *ret_counts, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct counts counts = { .lines = vs_arena_alloc(arena,
					 (d->line_count + 1) * sizeof *counts.lines) };
	if (!stmt_open(&q, db,
		    SQL("SELECT item_id, pieces, coalesce(counted, -1) FROM delivery_line"
			" WHERE delivery_id = ? ORDER BY item_id"),
		    err))
		return false;
	stmt_bind(&q, d->id);
	while (counts.count < d->line_count && stmt_row(&q, err))
		counts.lines[counts.count++] = (struct count){ .item = stmt_int(&q, 0),
			.sent = stmt_int(&q, 1),
			.counted = stmt_int(&q, 1),
			.recorded = stmt_int(&q, 2) };
	*ret_counts = counts;
	return err->code == VS_OK;
}

static bool
read_pieces(
	const char *item, const json_t *value, int64_t *ret_pieces, struct vs_error *err)
{
	bool ok = json_is_integer(value);
	if (ok)
		*ret_pieces = json_integer_value(value);
	else if (json_is_string(value))
		ok = vs_text_to_integer(json_string_value(value), ret_pieces);
	if (ok && *ret_pieces >= 0 && *ret_pieces <= PIECES_MAX)
		return true;
	return vs_fail(err, VS_INVALID,
		_("%s: what was counted is a whole number of pieces, 0 or more"), item);
}

/* More than sent may be a bundle; more than twice as much is a slip of the finger. */
static bool
set_count(struct vs_db *db, const struct delivery *d, struct count *line, int64_t pieces,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (line->said)
		return vs_fail(err, VS_INVALID,
			_("delivery %s: what was counted of %s stands there twice"),
			delivery_name(scratch.arena, d),
			item_name(db, scratch.arena, line->item));
	if (pieces > 2 * line->sent && pieces > line->sent + SLIP_FROM)
		return vs_fail(err, VS_INVALID,
			_("delivery %s: %s of %s were sent, not %s; a zero too many? What is there "
			  "besides is counted with 'valstuga stock count'"),
			delivery_name(scratch.arena, d),
			vs_text_number(scratch.arena, line->sent),
			item_name(db, scratch.arena, line->item),
			vs_text_number(scratch.arena, pieces));
	line->counted = pieces;
	line->said = true;
	return true;
}

static bool
take_count(struct vs_db *db, const struct delivery *d, struct counts *counts,
	const char *name, const json_t *value, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t item, pieces = 0;
	if (!item_find(db, name, &item, err) || !read_pieces(name, value, &pieces, err))
		return false;
	for (size_t i = 0; i < counts->count; i++)
		if (counts->lines[i].item == item)
			return set_count(db, d, &counts->lines[i], pieces, err);
	return vs_fail(err, VS_INVALID,
		_("delivery %s does not hold %s; if it is there, count it with 'valstuga stock "
		  "count'"),
		delivery_name(scratch.arena, d), item_name(db, scratch.arena, item));
}

static bool
take_counts(struct vs_db *db, const struct delivery *d, struct counts *counts,
	const json_t *counted, struct vs_error *err)
{
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)counted, name, value)
		if (!take_count(db, d, counts, name, value, err))
			return false;
	return true;
}

/* A receipt may be early, but not by weeks. */
static bool
long_before(struct vs_arena *arena, const struct delivery *d, int64_t at)
{
	struct vs_error ignored = { 0 };
	struct vs_date day;
	int64_t first;
	char text[11];
	if (!vs_date_parse(d->date, &day, &ignored))
		return false;
	vs_date_format(vs_date_add(day, -EARLY_DAYS), text);
	return vs_time_parse(
		       vs_arena_printf(arena, "%s 00:00", text), &first, &ignored) &&
		at < first;
}

static bool
read_time(
	const struct delivery *d, const char *text, int64_t *ret_at, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t now, at;
	if (!vs_clock_now(&now, err))
		return false;
	at = now;
	if (text && *text && !vs_time_parse(text, &at, err))
		return false;
	if (at > now)
		return vs_fail(err, VS_INVALID,
			_("delivery %s: nothing is received in the future; look at the time"),
			delivery_name(scratch.arena, d));
	if (text && *text && long_before(scratch.arena, d, at))
		return vs_fail(err, VS_INVALID,
			_("delivery %s is for %s: it was hardly received %s; look at the time"),
			delivery_name(scratch.arena, d), d->date, text);
	*ret_at = at;
	return true;
}

/* Once more --------------------------------------------------------------------------------*/

static const char *
tell_recorded(struct vs_db *db, struct vs_arena *arena, const struct counts *counts)
{
	const char *told = "";
	for (size_t i = 0; i < counts->count; i++) {
		const struct count *c = &counts->lines[i];
		if (c->counted == c->recorded)
			continue;
		told = vs_arena_printf(arena, _("%s%s%s pieces of %s (now %s are said)"),
			told, *told ? ", " : "", vs_text_number(arena, c->recorded),
			item_name(db, arena, c->item), vs_text_number(arena, c->counted));
	}
	return told;
}

/* Only the code: it says nothing but that the paper is here. */
static bool
is_bare(const struct vs_receipt *receipt)
{
	return json_object_size(receipt->counted) == 0 && !receipt->received_by &&
		!receipt->at && !receipt->note;
}

/* Delivered already: the same counts are the same receipt. */
static bool
compare(struct vs_db *db, const struct delivery *d, const struct counts *counts,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *other = tell_recorded(db, scratch.arena, counts);
	char time[17];
	if (!*other)
		return true;
	return vs_fail(err, VS_CONFLICT,
		_("delivery %s was received %s%s%s with %s; if the first count was wrong, correct "
		  "it with 'valstuga stock count'"),
		delivery_name(scratch.arena, d),
		vs_time_format_local(d->received_at, time),
		d->received_by ? _(" by ") : "", d->received_by ? d->received_by : "",
		other);
}

/* For the first time -----------------------------------------------------------------------*/

static bool
move_line(struct vs_db *db, const struct delivery *d, const struct count *c,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t ignored, sent = c->counted < c->sent ? c->counted : c->sent;
	const struct movement handed = { .kind = "deliver",
		.item = c->item,
		.from = d->holder,
		.to = d->to,
		.pieces = sent,
		.delivery = d->id,
		.override = d->override };
	const struct movement found = { .kind = "count",
		.item = c->item,
		.to = d->to,
		.pieces = c->counted - sent,
		.delivery = d->id,
		.reason = vs_arena_printf(scratch.arena,
			_("delivery %lld: %s sent, %s counted"), (long long)d->id,
			vs_text_number(scratch.arena, c->sent),
			vs_text_number(scratch.arena, c->counted)),
		.override = d->override };
	return (!handed.pieces || stock_write(db, &handed, &ignored, err)) &&
		(!found.pieces || stock_write(db, &found, &ignored, err));
}

static bool
write_counted(struct vs_db *db, const struct delivery *d, const struct counts *counts,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE delivery_line SET counted = ? WHERE delivery_id = ?"
			" AND item_id = ?"),
		    err))
		return false;
	for (size_t i = 0; i < counts->count; i++) {
		stmt_bind(&q, counts->lines[i].counted);
		stmt_bind(&q, d->id);
		stmt_bind(&q, counts->lines[i].item);
		if (!stmt_run(&q, err) || !move_line(db, d, &counts->lines[i], err))
			return false;
	}
	return true;
}

static bool
write_received(struct vs_db *db, const struct delivery *d,
	const struct vs_receipt *receipt, int64_t at, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE delivery SET status = 'delivered', received_at = ?,"
			" received_by = ?, note = coalesce(?, note)"
			" WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, at);
	stmt_bind(&q, receipt->received_by);
	stmt_bind(&q, receipt->note);
	stmt_bind(&q, d->id);
	return stmt_run(&q, err);
}

static bool
leave_first(struct vs_db *db, struct delivery *d, struct vs_error *err)
{
	if (d->status == DELIVERY_UNDERWAY)
		return true;
	return delivery_leave(db, d, err) &&
		delivery_reach(db, d, DELIVERY_UNDERWAY, NULL, err);
}

static bool
receive(struct vs_db *db, struct delivery *d, const struct vs_receipt *receipt,
	const struct counts *counts, struct vs_error *err)
{
	int64_t at = 0;
	return delivery_may(d, DELIVERY_DELIVERED, err) &&
		read_time(d, receipt->at, &at, err) && leave_first(db, d, err) &&
		write_counted(db, d, counts, err) &&
		write_received(db, d, receipt, at, err) &&
		delivery_reach(db, d, DELIVERY_DELIVERED, receipt->note, err);
}

static void
say(struct change *change, const struct delivery *d, const struct counts *counts)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t sent = 0, counted = 0;
	for (size_t i = 0; i < counts->count; i++) {
		sent += counts->lines[i].sent;
		counted += counts->lines[i].counted;
	}
	change_say(change, "delivery",
		vs_arena_printf(scratch.arena, "%lld", (long long)d->id),
		"%s → %s: %lld/%lld", d->from_name, d->to_name, (long long)counted,
		(long long)sent);
}

bool
vs_delivery_receipt(struct vs_db *db, const char *delivery,
	const struct vs_receipt *receipt, bool *ret_again, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct delivery d;
	struct counts counts;
	struct vs_receipt said = *receipt;
	if (!said_text(scratch.arena, receipt->received_by, &said.received_by, err) ||
		!said_text(scratch.arena, receipt->note, &said.note, err) ||
		!change_begin(&change, db, "deliver receipt", err) ||
		!delivery_get(db, scratch.arena, delivery, &d, err) ||
		!read_counts(db, scratch.arena, &d, &counts, err) ||
		!take_counts(db, &d, &counts, receipt->counted, err))
		return false;
	bool again = d.status == DELIVERY_DELIVERED;
	if (again ? !is_bare(receipt) && !compare(db, &d, &counts, err)
		  : !receive(db, &d, &said, &counts, err))
		return false;
	say(&change, &d, &counts);
	if (!again && !change_commit(&change, err))
		return false;
	*ret_again = again;
	return true;
}
