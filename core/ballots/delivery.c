/* Deliveries one by one: what they weigh, writing one, adding one by hand. */
#include "ballots/delivery.h"

#include <math.h>
#include <string.h>

#include <valstuga/text.h>

#include "ballots/deliver.h"
#include "ballots/delivery_life.h"
#include "base/i18n.h"

bool
delivery_load(struct vs_db *db, const struct delivery_line *lines, size_t line_count,
	struct load *ret_load, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct load load = { 0 };
	int64_t weight_mg = 0;
	if (!stmt_open(&q, db, SQL("SELECT unit_mg, box FROM item WHERE id = ?"), err))
		return false;
	for (size_t i = 0; i < line_count; i++) {
		stmt_bind(&q, lines[i].item);
		while (stmt_row(&q, err)) {
			weight_mg += stmt_int(&q, 0) * lines[i].pieces;
			load.boxes += (double)lines[i].pieces / (double)stmt_int(&q, 1);
		}
		if (err->code != VS_OK)
			return false;
	}
	load.weight_g = (weight_mg + 999) / 1000;
	load.boxes = ceil(load.boxes - 1e-9);
	*ret_load = load;
	return true;
}

/* Writing ----------------------------------------------------------------------------------*/

static bool
write_head(struct vs_db *db, const struct new_delivery *d, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO delivery (round_id, date, from_id, to_id, carrier_id,"
			" route_id, position, arrives, opens, closes, by_hand, override, note)"
			" VALUES (nullif(?, 0), ?, ?, ?, nullif(?, 0), nullif(?, 0), nullif(?, 0),"
			" nullif(?, -1), nullif(?, -1), nullif(?, -1), ?, ?, ?)"),
		    err))
		return false;
	stmt_bind(&q, d->round);
	stmt_bind(&q, d->date);
	stmt_bind(&q, d->from);
	stmt_bind(&q, d->to);
	stmt_bind(&q, d->carrier);
	stmt_bind(&q, d->route);
	stmt_bind(&q, d->position);
	stmt_bind(&q, d->arrives);
	stmt_bind(&q, d->opens);
	stmt_bind(&q, d->closes);
	stmt_bind(&q, d->by_hand);
	stmt_bind(&q, d->override);
	stmt_bind(&q, d->note);
	return stmt_run(&q, err);
}

bool
delivery_write_lines(struct vs_db *db, int64_t delivery,
	const struct delivery_line *lines, size_t line_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO delivery_line (delivery_id, item_id, pieces)"
			" VALUES (?, ?, ?)"),
		    err))
		return false;
	for (size_t i = 0; i < line_count; i++) {
		stmt_bind(&q, delivery);
		stmt_bind(&q, lines[i].item);
		stmt_bind(&q, lines[i].pieces);
		if (!stmt_run(&q, err))
			return false;
	}
	return true;
}

static bool
write_event(struct vs_db *db, int64_t delivery, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO delivery_event (delivery_id, at, actor, status)"
			    " VALUES (?, ?, ?, 'planned')"),
			err))
		return false;
	stmt_bind(&q, delivery);
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	return stmt_run(&q, err);
}

bool
delivery_insert(struct vs_db *db, const struct new_delivery *delivery,
	const struct delivery_line *lines, size_t line_count, int64_t *ret_id,
	struct vs_error *err)
{
	if (!write_head(db, delivery, err))
		return false;
	int64_t id = db_last_id(db);
	if (!delivery_write_lines(db, id, lines, line_count, err) ||
		!write_event(db, id, err))
		return false;
	*ret_id = id;
	return true;
}

/* By hand ----------------------------------------------------------------------------------*/

/* What `deliver add` was told; lines in the arena. */
struct by_hand {
	struct vs_arena *arena;
	struct new_delivery delivery;
	struct delivery_line *lines;
	size_t count;
};

/* "KF Hagfors=500": the last equals sign parts item and pieces. */
static bool
read_line(struct vs_db *db, struct by_hand *hand, const char *text, struct vs_error *err)
{
	const char *sign = strrchr(text, '=');
	struct delivery_line line = { 0 };
	if (!sign || sign == text ||
		!vs_text_to_integer(vs_text_clean(hand->arena, sign + 1), &line.pieces) ||
		line.pieces <= 0)
		return vs_fail(err, VS_INVALID,
			_("delivery, lines: \"%s\" is not ITEM=PIECES; write for example "
			  "\"KF Hagfors=500; RF Värmland=300\""),
			text);
	const char *item = vs_text_clean(
		hand->arena, vs_arena_copy(hand->arena, text, (size_t)(sign - text)));
	if (!item_find(db, item, &line.item, err))
		return false;
	if (line.pieces > PIECES_MAX)
		return vs_fail(err, VS_INVALID,
			_("%s: the number of pieces must be between 1 and %s"), item,
			vs_text_number(hand->arena, PIECES_MAX));
	for (size_t i = 0; i < hand->count; i++)
		if (hand->lines[i].item == line.item)
			return vs_fail(err, VS_INVALID,
				_("delivery, lines: %s stands there twice"), item);
	hand->lines[hand->count++] = line;
	return true;
}

static bool
read_lines(struct vs_db *db, struct by_hand *hand, const char *text, struct vs_error *err)
{
	char *copy = vs_arena_text(hand->arena, text ? text : ""), *rest;
	hand->lines =
		vs_arena_alloc(hand->arena, (strlen(copy) + 1) * sizeof *hand->lines);
	for (char *part = strtok_r(copy, ";\n", &rest); part;
		part = strtok_r(NULL, ";\n", &rest)) {
		const char *line = vs_text_clean(hand->arena, part);
		if (*line && !read_line(db, hand, line, err))
			return false;
	}
	return hand->count ||
		vs_fail(err, VS_USAGE,
			_("delivery: --lines is missing: what it takes, as \"ITEM=PIECES; "
			  "...\""));
}

static bool
read_date(struct vs_db *db, struct by_hand *hand, const char *text, struct vs_error *err)
{
	struct vs_date date;
	if (!text)
		return vs_fail(err, VS_USAGE, _("delivery: --date is missing"));
	hand->delivery.date = text = vs_text_clean(hand->arena, text);
	return vs_date_parse(text, &date, err) && said_date(db, text, err);
}

/* Where from and to something is driven. The rest has commands of its own. */
static bool
check_end(
	struct vs_db *db, struct vs_arena *arena, int64_t location, struct vs_error *err)
{
	static const char *const driven[] = { "depot", "carrier", "place", "reception" };
	const char *kind = location_kind(db, arena, location);
	for (size_t i = 0; i < sizeof driven / sizeof *driven; i++)
		if (strcmp(kind, driven[i]) == 0)
			return true;
	return vs_fail(err, VS_INVALID,
		_("%s: nothing is driven from or to it; see 'valstuga stock' for what is "
		  "received, taken or scrapped"),
		location_name(db, arena, location));
}

/* Where from and to; without `from` the depot that supplies the destination. */
static bool
read_ends(struct vs_db *db, struct by_hand *hand, const json_t *values,
	struct vs_error *err)
{
	const char *from = record_string(values, "from"),
		   *to = record_string(values, "to");
	struct new_delivery *d = &hand->delivery;
	if (!to)
		return vs_fail(err, VS_USAGE, _("delivery: --to is missing"));
	if (!location_find(db, to, &d->to, err) ||
		!(from ? location_find(db, from, &d->from, err)
		       : location_supplier(db, d->to, &d->from, err)) ||
		!check_end(db, hand->arena, d->from, err) ||
		!check_end(db, hand->arena, d->to, err))
		return false;
	return d->from != d->to ||
		vs_fail(err, VS_INVALID,
			_("%s: nothing is delivered from a location to itself"),
			location_name(db, hand->arena, d->to));
}

static bool
read_rest(struct vs_db *db, struct by_hand *hand, const json_t *values,
	struct vs_error *err)
{
	const char *carrier = record_string(values, "carrier");
	const char *round = record_string(values, "round");
	struct round found;
	if (!said_text(hand->arena, record_string(values, "override"),
		    &hand->delivery.override, err) ||
		!said_text(hand->arena, record_string(values, "note"),
			&hand->delivery.note, err))
		return false;
	if (carrier) {
		json_t *record = vs_record_get(db, &vs_carrier_type, carrier, err);
		if (!record)
			return false;
		hand->delivery.carrier = record_integer(record, "id");
		json_decref(record);
	}
	if (round && !round_get(db, hand->arena, round, &found, err))
		return false;
	hand->delivery.round = round ? found.id : 0;
	return true;
}

/* What does not belong there, breaks the kommun's rule or finds a shut door, unless said why. */
static bool
check_hand(struct vs_db *db, struct by_hand *hand, const char *key, struct vs_error *err)
{
	const struct new_delivery *d = &hand->delivery;
	struct delivery written;
	if (d->override)
		return true;
	for (size_t i = 0; i < hand->count; i++)
		if (!stock_fits(db, hand->lines[i].item, d->to, err))
			return false;
	if (!delivery_get(db, hand->arena, key, &written, err))
		return false;
	json_t *broken = delivery_breaks(db, &written, err);
	const char *first = json_string_value(json_array_get(broken, 0));
	if (first)
		vs_fail(err, VS_REFUSED,
			_("%s: %s; say with --override why it is done all the same"),
			written.to_name, first);
	json_decref(broken);
	return err->code == VS_OK && deliver_check_day(db, d, err);
}

bool
vs_delivery_add(struct vs_db *db, const json_t *values, struct vs_arena *arena,
	const char **ret_key, struct vs_error *err)
{
	int64_t id = 0;
	VS_AUTO(change) change = { 0 };
	struct by_hand hand = { .arena = arena,
		.delivery = {
			.arrives = -1, .opens = -1, .closes = -1, .by_hand = true } };
	if (!change_begin(&change, db, "delivery add", err) ||
		!read_date(db, &hand, record_string(values, "date"), err) ||
		!read_ends(db, &hand, values, err) ||
		!read_lines(db, &hand, record_string(values, "lines"), err) ||
		!read_rest(db, &hand, values, err) ||
		!deliver_hours(db, &hand.delivery, err) ||
		!delivery_insert(db, &hand.delivery, hand.lines, hand.count, &id, err))
		return false;
	const char *key = vs_arena_printf(arena, "%lld", (long long)id);
	if (!check_hand(db, &hand, key, err))
		return false;
	*ret_key = key;
	change_say(&change, "delivery", key, "%s, %s", hand.delivery.date,
		location_name(db, arena, hand.delivery.to));
	return change_commit(&change, err);
}
