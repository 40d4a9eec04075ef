/*
 * The pick list (plocklista): what to take from which shelf for one route, stop by stop; a
 * delivery without a route has a list of its own.
 */
#include "ballots/sheet_parts.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

static int
by_shelf(const struct sheet_line *a, const struct sheet_line *b)
{
	int shelves = vs_text_compare_natural(a->item->shelf, b->item->shelf);
	return shelves ? shelves : a->item < b->item ? -1 : a->item > b->item;
}

static const struct sheet_line *
sorted_lines(struct sheet_source *s, const struct sheet_delivery *d)
{
	struct sheet_line *lines =
		vs_arena_alloc(s->arena, (d->line_count + 1) * sizeof *lines);
	for (size_t i = 0; i < d->line_count; i++) {
		size_t at = i;
		for (; at > 0 && by_shelf(&lines[at - 1], &d->lines[i]) > 0; at--)
			lines[at] = lines[at - 1];
		lines[at] = d->lines[i];
	}
	return lines;
}

static void
put_lines(struct sheet_source *s, json_t *order, const struct sheet_delivery *d)
{
	const struct sheet_line *lines = sorted_lines(s, d);
	json_t *rows = json_array(), *total = json_object();
	struct sheet_sum sum = { 0 };
	for (size_t i = 0; i < d->line_count; i++) {
		struct sheet_sum one = { 0 };
		json_t *row = sheet_ballot(lines[i].item);
		sheet_sum_add(&one, &lines[i]);
		sheet_sum_add(&sum, &lines[i]);
		sheet_sum_put(s->arena, row, &one);
		record_put(row, "shelf", lines[i].item->shelf);
		record_put(row, "note",
			one.loose ? vs_arena_printf(s->arena, _("and %s loose"),
					    vs_text_number(s->arena, one.loose))
				  : "");
		json_array_append_new(rows, row);
	}
	sum.deliveries = 1;
	sheet_sum_put(s->arena, total, &sum);
	json_object_set_new(order, "lines", rows);
	json_object_set_new(order, "total", total);
}

static const char *
parcels_note(struct sheet_source *s, const struct sheet_delivery *d)
{
	const struct sheet_parcel *parcels;
	size_t count = sheet_parcels(s->arena, d, &parcels);
	return sheet_join(s->arena,
		vs_arena_printf(s->arena,
			P_("%zu parcel, label %s", "%zu parcels, labels %s",
				(int64_t)count),
			count, sheet_note_number(s->arena, d)),
		"; ", d->note);
}

static bool
add_order(struct sheet_source *s, json_t *sheet, const struct sheet_delivery *d,
	struct vs_error *err)
{
	struct sheet_hand hand;
	char ordered[17] = "";
	if (!sheet_hand_get(s, d, &hand, err))
		return false;
	if (d->ordered_at)
		vs_time_format_local(d->ordered_at, ordered)[10] = '\0';
	json_t *order = json_object();
	record_put(order, "number", sheet_note_number(s->arena, d));
	record_put(order, "date", ordered);
	record_put(order, "dispatch", sheet_moment(s->arena, d->date, d->leaves));
	json_object_set_new(order, "destination", sheet_address(&d->to));
	record_put(order, "contact", ""); /* the list's own */
	record_put(order, "phone", "");
	record_put(order, "carrier", d->carrier_name);
	record_put(order, "note", parcels_note(s, d));
	put_lines(s, order, d);
	json_array_append_new(json_object_get(sheet, "orders"), order);
	if (*hand.broken)
		sheet_warn(sheet, hand.broken);
	if (hand.rule)
		sheet_rule_warn(s, sheet, hand.rule, d->kommun_name, d->phase);
	return true;
}

/* One row: a list is for one route, and so for one carrier. */
static void
put_carriers(struct sheet_source *s, json_t *sheet, const struct sheet_delivery *first,
	const struct sheet_sum *sum)
{
	json_t *carriers = json_array(), *total = json_object();
	sheet_sum_put(s->arena, total, sum);
	if (first->carrier_name) {
		json_t *row = json_copy(total);
		record_put(row, "name", first->carrier_name);
		json_array_append_new(carriers, row);
	}
	json_object_set_new(sheet, "carriers", carriers);
	json_object_set_new(sheet, "total", total);
}

static const char *
heading(struct sheet_source *s, const struct sheet_delivery *d, size_t count)
{
	if (!d->carrier_name)
		return d->to.name;
	return vs_arena_printf(s->arena,
		P_("%s, %zu stop", "%s, %zu stops", (int64_t)count), d->carrier_name,
		count);
}

static bool
add_list(struct sheet_source *s, json_t *sheets, const struct sheet_delivery *deliveries,
	size_t count, struct vs_error *err)
{
	const struct sheet_delivery *first = deliveries;
	struct sheet_sum sum = { 0 };
	bool whole = first->route && !s->delivery;
	json_t *sheet = sheet_new(sheets, heading(s, first, count),
		sheet_join(s->arena, sheet_day(s->arena, first->date, VS_DATE_LONG),
			" · ", first->round_name),
		_("those who pack at the depot"));
	json_object_set_new(sheet, "orders", json_array());
	for (size_t i = 0; i < count; i++) {
		if (!add_order(s, sheet, &deliveries[i], err))
			return false;
		sheet_sum_delivery(&sum, &deliveries[i]);
	}
	json_object_set_new(sheet, "depot", sheet_address(&first->from));
	record_put(sheet, "our_contact", first->our_contact);
	record_put(sheet, "our_phone",
		first->our_phone ? first->our_phone : s->office_phone);
	if (!first->our_phone && !s->office_phone)
		sheet_warn(sheet,
			_("no phone number of ours stands on the papers; set the campaign's "
			  "delivery mobile, or the association's contact"));
	record_put(sheet, "dispatch", sheet_moment(s->arena, first->date, first->leaves));
	put_carriers(s, sheet, first, &sum);
	record_put(sheet, "notes",
		count > 1
			? _("The last stop is loaded first. A box holds one stop's ballots "
			    "only.")
			: "");
	return register_sheet(s->db,
		vs_arena_printf(s->arena, "PL-%s%lld", whole ? "" : "F",
			(long long)(whole ? first->route : first->id)),
		sheet, err);
}

static bool
any_wanted(const struct sheet_source *s, const struct sheet_delivery *d, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (sheet_wanted(s, &d[i]))
			return true;
	return false;
}

/* A route's list is whole whatever was asked for: its number must say the same every time. */
static bool
fill(struct sheet_source *s, json_t *sheets, struct vs_error *err)
{
	const struct sheet_delivery *d;
	size_t count, next;
	if (!sheet_deliveries(s, false, &d, &count, err))
		return false;
	for (size_t i = 0; i < count; i = next) {
		for (next = i + 1;
			next < count && d[i].route && d[next].route == d[i].route; next++)
			;
		if (any_wanted(s, &d[i], next - i) &&
			!add_list(s, sheets, &d[i], next - i, err))
			return false;
	}
	return true;
}

json_t *
vs_pick_list_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_form form = { "pick-list", N_("Pick lists"),
		N_("there is no delivery to pick for; plan them with 'valstuga deliver plan'"),
		fill };
	return sheet_view(db, options, &form, err);
}
