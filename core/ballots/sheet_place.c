/*
 * The place sheet (lokalblad): a page of the binder for one place. When it is open, whose
 * voters come, what the kommun wants, which lists can be used there, and what goes there.
 */
#include "ballots/delivery_life.h"
#include "ballots/sheet_parts.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define ROUNDS 4 /* columns of the sheet; the last takes the rest when there are more */

/* What is asked for every place, prepared once. */
struct questions {
	struct stmt hours, districts, lists, rounds;
};

struct place {
	int64_t id;
	const char *name, *kommun, *kommun_name, *inside, *note;
	struct sheet_address address;
	bool advance, polling, restricted;
};

struct binder {
	struct sheet_source *s;
	struct questions ask;
	const struct sheet_delivery **deliveries; /* by place, then as they come */
	size_t delivery_count;
};

static void
close_questions(struct questions *ask)
{
	stmt_done(&ask->hours);
	stmt_done(&ask->districts);
	stmt_done(&ask->lists);
	stmt_done(&ask->rounds);
}

static bool
open_questions(struct questions *ask, struct vs_db *db, struct vs_error *err)
{
	return stmt_open(&ask->hours, db,
		       SQL("SELECT date, purpose, opens, closes FROM opening"
			   " WHERE place_id = ? ORDER BY purpose, date, opens"),
		       err) &&
		stmt_open(&ask->districts, db,
			SQL("SELECT d.code, d.name, (SELECT max(r.eligible)"
			    " FROM district_result r WHERE r.district_code = d.code)"
			    " FROM district d WHERE d.place_id = ? ORDER BY d.code"),
			err) &&
		stmt_open(&ask->lists, db,
			SQL("SELECT DISTINCT l.id FROM place p"
			    " JOIN kommun k ON k.code = p.kommun_code JOIN campaign g"
			    " JOIN constituency c ON (c.kind = 'RD' AND c.area_code = '00'"
			    "   AND c.code = k.riksdag_code)"
			    "  OR (c.kind = 'RF' AND c.area_code = k.region_code)"
			    "  OR (c.kind = 'KF' AND c.area_code = k.code)"
			    "  OR (c.kind = 'EP' AND c.area_code = '00')"
			    " JOIN list_constituency lc ON lc.constituency_id = c.id"
			    " JOIN list l ON l.id = lc.list_id AND l.kind = c.kind"
			    "  AND l.election_day = g.election_day"
			    "  AND l.party_code = g.party_code"
			    " WHERE p.id = ? AND (c.kind <> 'KF' OR p.advance_code IS NOT NULL"
			    "  OR NOT EXISTS (SELECT 1 FROM district d WHERE d.place_id = p.id"
			    "   AND d.kf_constituency <> c.code) OR EXISTS (SELECT 1"
			    "   FROM district d WHERE d.place_id = p.id"
			    "   AND d.kf_constituency = c.code))"),
			err) &&
		stmt_open(&ask->rounds, db,
			SQL("SELECT r.id, r.name, a.item_id, a.pieces FROM location o"
			    " JOIN allocation a ON a.location_id = o.id"
			    " JOIN round r ON r.id = a.round_id"
			    " WHERE o.place_id = ? ORDER BY r.from_date, r.id"),
			err);
}

/* Districts, lists and rounds -------------------------------------------------------------*/

static bool
put_districts(
	struct binder *b, json_t *sheet, const struct place *place, struct vs_error *err)
{
	struct stmt *q = &b->ask.districts;
	json_t *rows = json_array();
	int64_t sum = 0;
	json_object_set_new(sheet, "districts", rows);
	stmt_bind(q, place->id);
	while (stmt_row(q, err)) {
		json_t *row = json_object();
		record_put(row, "code", stmt_text(q, 0));
		record_put(row, "name", stmt_text(q, 1));
		record_put(row, "eligible",
			stmt_null(q, 2) ? "–"
					: vs_text_number(b->s->arena, stmt_int(q, 2)));
		sum += stmt_int(q, 2);
		json_array_append_new(rows, row);
	}
	record_put(sheet, "eligible", sum ? vs_text_number(b->s->arena, sum) : "");
	return err->code == VS_OK;
}

struct given {
	int64_t rounds[ROUNDS];
	const char *names[ROUNDS];
	int count;
	bool *shown;		   /* per item of the source */
	int64_t (*pieces)[ROUNDS]; /* per item of the source */
};

static int
round_column(struct given *g, struct vs_arena *arena, const struct stmt *q)
{
	int64_t round = stmt_int(q, 0);
	for (int i = 0; i < g->count; i++)
		if (g->rounds[i] == round)
			return i;
	if (g->count == ROUNDS) {
		g->names[ROUNDS - 1] = _("later");
		return ROUNDS - 1;
	}
	g->rounds[g->count] = round;
	g->names[g->count] = stmt_copy(q, 1, arena);
	return g->count++;
}

static bool
read_given(struct binder *b, const struct place *place, struct given *g,
	struct vs_error *err)
{
	struct sheet_source *s = b->s;
	struct stmt *lists = &b->ask.lists, *rounds = &b->ask.rounds;
	g->shown = vs_arena_alloc(s->arena, s->item_count + 1);
	g->pieces = vs_arena_alloc(s->arena, (s->item_count + 1) * sizeof *g->pieces);
	stmt_bind(lists, place->id);
	while (stmt_row(lists, err))
		g->shown[sheet_list_get(s, stmt_int(lists, 0)) - s->items] = true;
	if (err->code != VS_OK)
		return false;
	stmt_bind(rounds, place->id);
	while (stmt_row(rounds, err)) {
		size_t item = (size_t)(sheet_item_get(s, stmt_int(rounds, 2)) - s->items);
		g->shown[item] = true;
		g->pieces[item][round_column(g, s->arena, rounds)] += stmt_int(rounds, 3);
	}
	return err->code == VS_OK;
}

/* A row of pieces per round; what is nothing is left empty. */
static void
put_row(struct sheet_source *s, json_t *row, const struct given *g, const int64_t *pieces)
{
	int64_t sum = 0;
	for (int i = 0; i < ROUNDS; i++) {
		char name[2] = { (char)('a' + i), '\0' };
		record_put(row, name,
			i < g->count && pieces[i] ? vs_text_number(s->arena, pieces[i])
						  : "");
		sum += pieces[i];
	}
	record_put(row, "sum", sum ? vs_text_number(s->arena, sum) : "");
}

static bool
put_lists(
	struct binder *b, json_t *sheet, const struct place *place, struct vs_error *err)
{
	struct sheet_source *s = b->s;
	struct given g = { 0 };
	int64_t sums[ROUNDS] = { 0 };
	json_t *rows = json_array(), *names = json_object(), *total = json_object();
	json_object_set_new(sheet, "lists", rows);
	json_object_set_new(sheet, "rounds", names);
	json_object_set_new(sheet, "total", total);
	if (!read_given(b, place, &g, err))
		return false;
	for (size_t i = 0; i < s->item_count; i++) {
		if (!g.shown[i])
			continue;
		json_t *row = sheet_ballot(&s->items[i]);
		put_row(s, row, &g, g.pieces[i]);
		for (int r = 0; r < ROUNDS; r++)
			sums[r] += g.pieces[i][r];
		json_array_append_new(rows, row);
	}
	put_row(s, total, &g, sums);
	for (int i = 0; i < ROUNDS; i++) {
		char name[2] = { (char)('a' + i), '\0' };
		record_put(names, name, g.names[i]);
	}
	return true;
}

/* Deliveries -----------------------------------------------------------------------------*/

static const char *
contents(struct sheet_source *s, const struct sheet_delivery *d)
{
	const char *text = "";
	for (size_t i = 0; i < d->line_count; i++) {
		const struct sheet_item *item = d->lines[i].item;
		text = sheet_join(s->arena, text, " · ",
			vs_arena_printf(s->arena, "%s\u00a0%s",
				*item->kind ? item->kind : item->name,
				vs_text_number(s->arena, d->lines[i].pieces)));
	}
	return text;
}

static json_t *
delivery_row(struct sheet_source *s, const struct sheet_delivery *d)
{
	struct sheet_sum sum = { 0 };
	json_t *row = json_object();
	sheet_sum_delivery(&sum, d);
	record_put(row, "number", sheet_note_number(s->arena, d));
	record_put(row, "day", sheet_day(s->arena, d->date, VS_DATE_SHORT));
	record_put(row, "window",
		d->arrives >= 0 ? sheet_clock(s->arena, d->arrives)
				: sheet_span(s->arena, d->opens, d->closes));
	record_put(row, "what", contents(s, d));
	record_put(row, "pieces", vs_text_number(s->arena, sum.pieces));
	record_put(row, "carrier", d->carrier_name);
	record_put(row, "state", record_choice(delivery_statuses, d->status));
	return row;
}

static int
by_place(const void *a, const void *b)
{
	const struct sheet_delivery *x = *(const struct sheet_delivery *const *)a,
				    *y = *(const struct sheet_delivery *const *)b;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x < y ? -1 : x > y; /* as they come */
}

static bool
read_deliveries(struct binder *b, struct vs_error *err)
{
	const struct sheet_delivery *all;
	size_t count;
	if (!sheet_deliveries(b->s, true, &all, &count, err))
		return false;
	b->deliveries = vs_arena_alloc(b->s->arena, (count + 1) * sizeof *b->deliveries);
	for (size_t i = 0; i < count; i++)
		if (all[i].place && strcmp(all[i].status, "cancelled") != 0)
			b->deliveries[b->delivery_count++] = &all[i];
	qsort(b->deliveries, b->delivery_count, sizeof *b->deliveries, by_place);
	return true;
}

static void
put_deliveries(struct binder *b, json_t *sheet, int64_t place)
{
	json_t *rows = json_array();
	size_t low = 0, high = b->delivery_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (b->deliveries[middle]->place < place)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < b->delivery_count && b->deliveries[low]->place == place; low++)
		json_array_append_new(rows, delivery_row(b->s, b->deliveries[low]));
	json_object_set_new(sheet, "deliveries", rows);
}

/* The sheet ------------------------------------------------------------------------------*/

static bool
add_rule(struct sheet_source *s, json_t *sheet, const struct place *place,
	const char *phase, struct vs_error *err)
{
	const struct handover *rule = sheet_rule_get(s, place->kommun, phase, err);
	json_t *object = rule ? sheet_rule_object(s, rule, phase, true, err) : NULL;
	if (!object)
		return false;
	if (!json_is_null(object))
		json_array_append_new(json_object_get(sheet, "rules"), object);
	sheet_rule_warn(s, sheet, rule, place->kommun_name, phase);
	return true;
}

static bool
put_rules(struct sheet_source *s, json_t *sheet, const struct place *place,
	struct vs_error *err)
{
	json_object_set_new(sheet, "rules", json_array());
	return (!place->advance ||
		       add_rule(s, sheet, place,
			       place->restricted ? "institution" : "advance", err)) &&
		(!place->polling || add_rule(s, sheet, place, "election_day", err));
}

static const char *
kinds_of(struct sheet_source *s, const struct place *place)
{
	const char *advance = !place->advance ? ""
		: place->restricted	      ? _("advance voting for some people only")
					      : _("advance voting");
	return sheet_join(
		s->arena, advance, ", ", place->polling ? _("election day") : "");
}

static bool
add_place(
	struct binder *b, json_t *sheets, const struct place *place, struct vs_error *err)
{
	struct sheet_source *s = b->s;
	const char *kinds = kinds_of(s, place);
	json_t *sheet = sheet_new(sheets, place->name,
		sheet_join(s->arena, place->kommun_name, " · ", kinds),
		_("the association's election organiser and those who look after the place"));
	json_object_set_new(sheet, "address", sheet_address(&place->address));
	record_put(sheet, "inside", place->inside);
	record_put(sheet, "phone", "");
	record_put(sheet, "kinds", kinds);
	record_put(sheet, "note", place->note);
	stmt_bind(&b->ask.hours, place->id);
	if (!sheet_hours_put(s, &b->ask.hours, sheet, err) ||
		!put_districts(b, sheet, place, err) ||
		!put_rules(s, sheet, place, err) || !put_lists(b, sheet, place, err))
		return false;
	put_deliveries(b, sheet, place->id);
	return register_sheet(s->db,
		vs_arena_printf(s->arena, "PB-%lld", (long long)place->id), sheet, err);
}

static void
read_place(const struct stmt *q, struct vs_arena *arena, struct place *place)
{
	*place = (struct place){ .id = stmt_int(q, 0),
		.name = stmt_copy(q, 1, arena),
		.kommun = stmt_copy(q, 2, arena),
		.kommun_name = stmt_copy(q, 3, arena),
		.inside = stmt_copy(q, 4, arena),
		.note = stmt_copy(q, 5, arena),
		.address = { stmt_copy(q, 1, arena), stmt_copy(q, 6, arena),
			stmt_copy(q, 7, arena), stmt_copy(q, 8, arena) },
		.advance = stmt_int(q, 9),
		.polling = stmt_int(q, 10),
		.restricted = stmt_int(q, 11) };
}

/* With a round only the places that get something in it. */
static bool
add_places(struct binder *b, json_t *sheets, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct sheet_source *s = b->s;
	if (!stmt_open(&q, s->db,
		    SQL("WITH asked (place, kommun, round) AS (SELECT ?, ?, ?)"
			" SELECT p.id, p.name, k.code, k.name, p.detail, p.note, p.street,"
			" p.postcode, coalesce(p.town, k.name), p.advance_code IS NOT NULL OR EXISTS (SELECT 1"
			"  FROM opening o WHERE o.place_id = p.id AND o.purpose = 'advance'),"
			" EXISTS (SELECT 1 FROM district d WHERE d.place_id = p.id),"
			" p.restricted FROM asked x JOIN place p"
			" JOIN kommun k ON k.code = p.kommun_code"
			" WHERE (x.place = 0 OR p.id = x.place)"
			" AND (x.kommun IS NULL OR k.code = x.kommun)"
			" AND (x.round = 0 OR EXISTS (SELECT 1 FROM location o"
			"  JOIN allocation a ON a.location_id = o.id"
			"  WHERE o.place_id = p.id AND a.round_id = x.round))"
			" ORDER BY k.name COLLATE swedish, p.name COLLATE swedish, p.id"),
		    err))
		return false;
	stmt_bind(&q, s->place);
	stmt_bind(&q, s->kommun);
	stmt_bind(&q, s->round);
	while (stmt_row(&q, err)) {
		struct place place;
		read_place(&q, s->arena, &place);
		if (!add_place(b, sheets, &place, err))
			return false;
	}
	return err->code == VS_OK;
}

static bool
fill(struct sheet_source *s, json_t *sheets, struct vs_error *err)
{
	struct binder binder = { .s = s };
	bool ok = open_questions(&binder.ask, s->db, err) &&
		read_deliveries(&binder, err) && add_places(&binder, sheets, err);
	close_questions(&binder.ask);
	return ok;
}

json_t *
vs_place_sheet_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_form form = { "place-sheet", N_("Place sheets"),
		N_("there is no place to print a sheet for; import the places"), fill };
	return sheet_view(db, options, &form, err);
}
