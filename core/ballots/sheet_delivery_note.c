/*
 * The delivery note (följesedel): what goes to a receiver in which boxes, and the receipt that
 * comes back. Its code is the consignment's: it stands on every box.
 */
#include "ballots/sheet_parts.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define RECEIPT_LINES 10 /* more are summed by kind of election */

/* A line with what the round has decided for the receiver. */
struct note_line {
	struct sheet_line line;
	int64_t ordered, earlier; /* by deliveries before this one */
	int64_t parcels;
};

struct note {
	const struct sheet_delivery *delivery;
	struct note_line *lines; /* in the delivery's order */
	const struct sheet_parcel *parcels;
	size_t parcel_count;
};

/* What was allotted in the round, and what came before; both 0 outside a round. */
static bool
read_ordered(struct sheet_source *s, struct note *note, struct vs_error *err)
{
	const struct sheet_delivery *d = note->delivery;
	struct stmt *q = &s->ordered;
	if (!q->handle &&
		!stmt_open(q, s->db,
			SQL("SELECT l.item_id, coalesce((SELECT a.pieces FROM allocation a"
			    "  WHERE a.round_id = d.round_id AND a.location_id = d.to_id"
			    "  AND a.item_id = l.item_id), 0),"
			    " (SELECT coalesce(sum(m.pieces), 0) FROM delivery e"
			    "  JOIN delivery_line m ON m.delivery_id = e.id"
			    "  AND m.item_id = l.item_id WHERE e.to_id = d.to_id"
			    "  AND e.round_id = d.round_id"
			    "  AND e.status NOT IN ('cancelled', 'failed')"
			    "  AND (e.date, e.id) < (d.date, d.id))"
			    " FROM delivery d JOIN delivery_line l ON l.delivery_id = d.id"
			    " WHERE d.id = ?"),
			err))
		return false;
	stmt_bind(q, d->id);
	while (stmt_row(q, err))
		for (size_t i = 0; i < d->line_count; i++)
			if (d->lines[i].item->item == stmt_int(q, 0)) {
				note->lines[i].ordered = stmt_int(q, 1);
				note->lines[i].earlier = stmt_int(q, 2);
			}
	return err->code == VS_OK;
}

static bool
open_note(struct sheet_source *s, const struct sheet_delivery *d, struct note *ret_note,
	struct vs_error *err)
{
	struct note note = { .delivery = d };
	note.lines = vs_arena_alloc(s->arena, (d->line_count + 1) * sizeof *note.lines);
	if (!read_ordered(s, &note, err))
		return false;
	note.parcel_count = sheet_parcels(s->arena, d, &note.parcels);
	for (size_t i = 0; i < d->line_count; i++) {
		struct note_line *line = &note.lines[i];
		line->line = d->lines[i];
		if (line->ordered < line->line.pieces + line->earlier)
			line->ordered = line->line.pieces + line->earlier;
		line->parcels = sheet_parcels_with(
			note.parcels, note.parcel_count, line->line.item);
	}
	*ret_note = note;
	return true;
}

static const char *
number(struct sheet_source *s, int64_t value)
{
	return vs_text_number(s->arena, value);
}

static void
put_lines(struct sheet_source *s, json_t *sheet, const struct note *note)
{
	json_t *rows = json_array(), *total = json_object();
	int64_t ordered = 0, pieces = 0, rest = 0, weight_mg = 0;
	for (size_t i = 0; i < note->delivery->line_count; i++) {
		const struct note_line *l = &note->lines[i];
		int64_t left = l->ordered - l->earlier - l->line.pieces;
		int64_t mg = l->line.pieces * l->line.item->unit_mg;
		json_t *row = sheet_ballot(l->line.item);
		record_put(row, "ordered", number(s, l->ordered));
		record_put(row, "delivered", number(s, l->line.pieces));
		record_put(row, "remaining", number(s, left));
		record_put(row, "parcels", number(s, l->parcels));
		record_put(row, "weight", sheet_weight(s->arena, mg / 1000));
		record_put(row, "note",
			l->earlier ? vs_arena_printf(s->arena, _("delivered earlier: %s"),
					     number(s, l->earlier))
				   : "");
		json_array_append_new(rows, row);
		ordered += l->ordered;
		pieces += l->line.pieces;
		rest += left;
		weight_mg += mg;
	}
	record_put(total, "ordered", number(s, ordered));
	record_put(total, "delivered", number(s, pieces));
	record_put(total, "remaining", number(s, rest));
	record_put(total, "parcels", number(s, (int64_t)note->parcel_count));
	record_put(total, "weight", sheet_weight(s->arena, weight_mg / 1000));
	json_object_set_new(sheet, "lines", rows);
	json_object_set_new(sheet, "total", total);
}

static void
put_parcels(struct sheet_source *s, json_t *sheet, const struct note *note)
{
	json_t *rows = json_array();
	for (size_t i = 0; i < note->parcel_count; i++) {
		const struct sheet_parcel *p = &note->parcels[i];
		json_t *row = json_object();
		record_put(row, "number", number(s, (int64_t)i + 1));
		record_put(row, "of", number(s, (int64_t)note->parcel_count));
		record_put(row, "content", sheet_parcel_text(s->arena, p));
		record_put(row, "weight", sheet_weight(s->arena, p->weight_mg / 1000));
		json_array_append_new(rows, row);
	}
	json_object_set_new(sheet, "parcels", rows);
}

/* Parcels that hold something of a kind of election ("": material). */
static int64_t
parcels_of_kind(const struct note *note, const char *kind)
{
	int64_t count = 0;
	for (size_t p = 0; p < note->parcel_count; p++) {
		bool found = false;
		for (size_t k = 0; k < note->parcels[p].line_count; k++)
			found = found ||
				strcmp(note->parcels[p].lines[k].item->kind, kind) == 0;
		count += found;
	}
	return count;
}

/* The lines from `first` on that are of the same kind, as one row. */
static json_t *
kind_row(struct sheet_source *s, const struct note *note, size_t first, size_t *ret_next)
{
	struct sheet_item item = *note->lines[first].line.item;
	int64_t pieces = 0, lists = 0;
	size_t i = first;
	for (; i < note->delivery->line_count &&
		strcmp(note->lines[i].line.item->kind, item.kind) == 0;
		i++, lists++)
		pieces += note->lines[i].line.pieces;
	item.number = vs_arena_printf(s->arena,
		*item.kind ? P_("%s list", "%s lists", lists)
			   : P_("%s kind of material", "%s kinds of material", lists),
		number(s, lists));
	item.constituency = *item.kind ? item.kind_name : _("material");
	json_t *row = sheet_ballot(&item);
	record_put(row, "delivered", number(s, pieces));
	record_put(row, "parcels", number(s, parcels_of_kind(note, item.kind)));
	*ret_next = i;
	return row;
}

static void
put_receipt(struct sheet_source *s, json_t *sheet, const struct note *note)
{
	json_t *rows = json_array();
	size_t count = note->delivery->line_count, next;
	for (size_t i = 0; i < count; i = next) {
		const struct note_line *l = &note->lines[i];
		json_t *row;
		if (count > RECEIPT_LINES) {
			row = kind_row(s, note, i, &next);
		} else {
			next = i + 1;
			row = sheet_ballot(l->line.item);
			record_put(row, "delivered", number(s, l->line.pieces));
			record_put(row, "parcels", number(s, l->parcels));
		}
		json_array_append_new(rows, row);
	}
	json_object_set_new(sheet, "receipt", rows);
}

static void
put_head(struct sheet_source *s, json_t *sheet, const struct sheet_delivery *d,
	const struct sheet_hand *hand)
{
	bool central = hand->rule && strcmp(d->to_kind, "place") != 0;
	char ordered[17] = "";
	if (d->ordered_at)
		vs_time_format_local(d->ordered_at, ordered)[10] = '\0';
	record_put(sheet, "number", sheet_note_number(s->arena, d));
	record_put(sheet, "order_number", d->round_name);
	record_put(sheet, "order_date", ordered);
	record_put(sheet, "dispatch_date", d->date);
	record_put(sheet, "arrival", sheet_moment(s->arena, d->date, d->arrives));
	record_put(sheet, "our_reference",
		hand->rule && hand->rule->our_contact
			? sheet_rule_ours(s->arena, hand->rule)
			: d->our_contact);
	record_put(sheet, "their_reference", central ? hand->rule->contact_name : "");
	record_put(sheet, "method", hand->method);
	struct sheet_address sender = d->from;
	sender.name = vs_arena_printf(
		s->arena, "%s %s", s->campaign.party_name, s->campaign.district);
	json_object_set_new(sheet, "sender",
		sheet_party(&sender, d->our_contact,
			d->our_phone ? d->our_phone : s->office_phone));
	json_object_set_new(
		sheet, "receiver", sheet_party(&d->to, hand->contact, hand->phone));
	record_put(sheet, "where", hand->where);
	record_put(sheet, "remarks", d->note);
}

json_t *
sheet_delivery_note(struct sheet_source *s, json_t *sheets,
	const struct sheet_delivery *d, struct vs_error *err)
{
	struct sheet_hand hand;
	struct note note;
	if (!sheet_hand_get(s, d, &hand, err) || !open_note(s, d, &note, err))
		return NULL;
	json_t *sheet = sheet_new(sheets, d->to.name,
		sheet_join(s->arena, d->kommun_name, " · ", d->round_name),
		_("the receiver; the receipt goes back to the district's election organiser"));
	json_t *rule = json_null();
	if (hand.rule)
		rule = sheet_rule_object(
			s, hand.rule, d->phase, *hand.contact != '\0', err);
	if (!rule)
		return NULL;
	json_object_set_new(sheet, "rule", rule);
	put_head(s, sheet, d, &hand);
	put_lines(s, sheet, &note);
	put_parcels(s, sheet, &note);
	put_receipt(s, sheet, &note);
	return register_sheet(s->db, sheet_note_number(s->arena, d), sheet, err) ? sheet
										 : NULL;
}

static bool
fill(struct sheet_source *s, json_t *sheets, struct vs_error *err)
{
	const struct sheet_delivery *deliveries;
	size_t count;
	if (!sheet_deliveries(s, false, &deliveries, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (sheet_wanted(s, &deliveries[i]) &&
			!sheet_delivery_note(s, sheets, &deliveries[i], err))
			return false;
	return true;
}

json_t *
vs_delivery_note_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_form form = { "delivery-note", N_("Delivery notes"),
		N_("there is no delivery to print a note for; plan them with 'valstuga "
		   "deliver plan'"),
		fill };
	return sheet_view(db, options, &form, err);
}
