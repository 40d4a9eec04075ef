/*
 * The route sheet (körlista): where one carrier drives on one day, stop by stop, with what to
 * hand over and what the kommun wants. It goes out of the house: no surname, no phone number
 * but the duty line's and the receptions'.
 */
#include "ballots/sheet_parts.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

struct route {
	int64_t id;
	const char *date, *carrier, *car;
	struct sheet_address depot;
	bool located;
	double latitude, longitude;
	int leaves, ends, driving;
	int64_t metres;
};

static void
read_route(struct sheet_source *s, const struct stmt *q, struct route *r)
{
	*r = (struct route){ .id = stmt_int(q, 0),
		.date = stmt_copy(q, 1, s->arena),
		.carrier = register_short_name(s->arena, stmt_text(q, 2)),
		.car = vs_arena_printf(s->arena, _("at most %s kg, %s boxes"),
			vs_text_number(s->arena, stmt_int(q, 3)),
			vs_text_number(s->arena, stmt_int(q, 4))),
		.depot = { stmt_null(q, 5) ? _("the car") : stmt_copy(q, 5, s->arena),
			stmt_copy(q, 6, s->arena), NULL, stmt_copy(q, 7, s->arena) },
		.located = !stmt_null(q, 8),
		.latitude = stmt_real(q, 8),
		.longitude = stmt_real(q, 9),
		.leaves = (int)stmt_int(q, 10),
		.ends = (int)stmt_int(q, 11),
		.driving = (int)stmt_int(q, 12),
		.metres = stmt_int(q, 13) };
}

/* Who answers the telephone while the route is driven; the office otherwise. */
static bool
put_duty(struct sheet_source *s, json_t *sheet, const struct route *r,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, s->db,
		    SQL("SELECT name, phone FROM duty WHERE date = ? AND starts < ? AND ends > ?"
			" ORDER BY coalesce(area, '') <> '', starts, id LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, r->date);
	stmt_bind(&q, r->ends);
	stmt_bind(&q, r->leaves);
	bool found = stmt_row(&q, err);
	record_put(sheet, "duty_name",
		found ? register_short_name(s->arena, stmt_text(&q, 0)) : "");
	record_put(sheet, "duty_phone", found ? stmt_text(&q, 1) : s->office_phone);
	return err->code == VS_OK;
}

static void
add_point(json_t *points, bool located, double latitude, double longitude,
	const char *label, const char *kind)
{
	json_t *point = json_pack("{s:s, s:s}", "label", label, "kind", kind);
	json_object_set_new(
		point, "latitude", located ? json_real(latitude) : json_null());
	json_object_set_new(
		point, "longitude", located ? json_real(longitude) : json_null());
	json_array_append_new(points, point);
}

static const char *
job_of(const struct sheet_delivery *d)
{
	if (strcmp(d->to_kind, "place") == 0)
		return d->refill ? _("Refill with the voting officers")
				 : _("Hand over to the voting officers");
	if (strcmp(d->to_kind, "reception") == 0)
		return _("Hand in at the election committee's reception");
	return _("Unload at the depot");
}

static const char *
warning_of(struct sheet_source *s, const struct sheet_delivery *d,
	const struct sheet_hand *hand)
{
	const char *text = hand->broken;
	if (d->closes >= 0 && d->arrives > d->closes)
		text = sheet_join(s->arena, text, "; ", _("comes too late"));
	if (d->opens >= 0 && d->arrives >= 0 && d->arrives < d->opens)
		text = sheet_join(
			s->arena, text, "; ", _("comes before it may be received"));
	if (d->override)
		text = sheet_join(s->arena, text, "; ",
			vs_arena_printf(
				s->arena, _("the rule is set aside: %s"), d->override));
	return text;
}

static json_t *
stop_lines(struct sheet_source *s, const struct sheet_delivery *d,
	const struct sheet_parcel *parcels, size_t count)
{
	json_t *rows = json_array();
	for (size_t i = 0; i < d->line_count; i++) {
		const struct sheet_line *l = &d->lines[i];
		json_t *row = sheet_ballot(l->item);
		record_put(row, "pieces", vs_text_number(s->arena, l->pieces));
		record_put(row, "boxes",
			sheet_count(
				s->arena, sheet_parcels_with(parcels, count, l->item)));
		json_array_append_new(rows, row);
	}
	return rows;
}

static bool
add_stop(struct sheet_source *s, json_t *sheet, const struct sheet_delivery *d,
	size_t number, size_t *ret_parcels, struct vs_error *err)
{
	struct sheet_hand hand;
	const struct sheet_parcel *parcels;
	const char *inside;
	if (!sheet_hand_get(s, d, &hand, err))
		return false;
	inside = d->kommun && !*hand.contact ? d->inside : hand.where;
	if (d->kommun && !*hand.phone &&
		!sheet_committee_get(s, d->kommun, &hand.contact, &hand.phone, err))
		return false;
	size_t parcel_count = sheet_parcels(s->arena, d, &parcels);
	*ret_parcels += parcel_count;
	const char *label = vs_text_number(s->arena, (int64_t)number);
	json_t *stop = json_object();
	record_put(stop, "number", label);
	record_put(stop, "time", sheet_clock(s->arena, d->arrives));
	record_put(stop, "window", sheet_span(s->arena, d->opens, d->closes));
	record_put(stop, "place", d->to.name);
	record_put(stop, "street", d->to.street);
	record_put(stop, "postcode", d->to.postcode);
	record_put(stop, "town", d->to.town);
	record_put(stop, "inside", inside);
	record_put(stop, "contact", hand.contact);
	record_put(stop, "phone", hand.phone);
	record_put(stop, "job",
		vs_arena_printf(s->arena,
			P_("%s: %s, %zu parcel", "%s: %s, %zu parcels",
				(int64_t)parcel_count),
			job_of(d), sheet_note_number(s->arena, d), parcel_count));
	record_put(stop, "rule", hand.rule ? sheet_rule_note(s->arena, hand.rule) : "");
	record_put(stop, "warning", warning_of(s, d, &hand));
	json_object_set_new(stop, "lines", stop_lines(s, d, parcels, parcel_count));
	json_array_append_new(json_object_get(sheet, "stops"), stop);
	add_point(json_object_get(sheet, "points"), d->located, d->latitude, d->longitude,
		label, "stop");
	if (hand.rule)
		sheet_rule_warn(s, sheet, hand.rule, d->kommun_name, d->phase);
	return true;
}

static void
put_figures(struct sheet_source *s, json_t *sheet, const struct route *r,
	const struct sheet_sum *sum, size_t parcels)
{
	record_put(sheet, "date", sheet_day(s->arena, r->date, VS_DATE_LONG));
	record_put(sheet, "carrier", r->carrier);
	record_put(sheet, "car", r->car);
	json_object_set_new(sheet, "depot", sheet_address(&r->depot));
	record_put(sheet, "leave", sheet_clock(s->arena, r->leaves));
	record_put(sheet, "back", sheet_clock(s->arena, r->ends));
	record_put(sheet, "distance",
		vs_arena_printf(s->arena, "%s\u00a0km",
			vs_text_number(s->arena, (r->metres + 500) / 1000)));
	record_put(sheet, "duration", sheet_duration(s->arena, r->ends - r->leaves));
	record_put(sheet, "load_weight", sheet_weight(s->arena, sum->weight_mg / 1000));
	record_put(sheet, "load_boxes", vs_text_number(s->arena, (int64_t)parcels));
	record_put(sheet, "stop_count", vs_text_number(s->arena, sum->deliveries));
	record_put(sheet, "notes",
		_("Leave ballots only with the voting officers or at the reception: they put "
		  "them in the racks. Bring every receipt back, also for what was not "
		  "received."));
}

static bool
add_route(struct sheet_source *s, json_t *sheets, const struct route *r,
	const struct sheet_delivery *d, size_t count, struct vs_error *err)
{
	struct sheet_sum sum = { 0 };
	size_t parcels = 0;
	json_t *sheet = sheet_new(sheets,
		vs_arena_printf(s->arena, "%s, %s", r->carrier,
			sheet_day(s->arena, r->date, VS_DATE_WEEKDAY)),
		sheet_join(s->arena, r->depot.name, " · ", d->round_name),
		_("the carrier; comes back to the depot with the receipts"));
	json_object_set_new(sheet, "points", json_array());
	json_object_set_new(sheet, "stops", json_array());
	add_point(json_object_get(sheet, "points"), r->located, r->latitude, r->longitude,
		"", "depot");
	for (size_t i = 0; i < count; i++) {
		if (!add_stop(s, sheet, &d[i], i + 1, &parcels, err))
			return false;
		sheet_sum_delivery(&sum, &d[i]);
	}
	put_figures(s, sheet, r, &sum, parcels);
	return put_duty(s, sheet, r, err) &&
		register_sheet(s->db,
			vs_arena_printf(s->arena, "KL-%lld", (long long)r->id), sheet,
			err);
}

/* The deliveries of a route stand together; the whole route is shown if one is wanted. */
static bool
find_stops(const struct sheet_source *s, const struct sheet_delivery *d, size_t count,
	int64_t route, size_t *ret_first, size_t *ret_count)
{
	bool wanted = false;
	size_t first = 0, found = 0;
	for (size_t i = 0; i < count; i++) {
		if (d[i].route != route)
			continue;
		first = found++ ? first : i;
		wanted = wanted || sheet_wanted(s, &d[i]);
	}
	*ret_first = first;
	*ret_count = found;
	return wanted;
}

static bool
fill(struct sheet_source *s, json_t *sheets, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const struct sheet_delivery *deliveries;
	size_t count, first, stops;
	if (!sheet_deliveries(s, false, &deliveries, &count, err) ||
		!stmt_open(&q, s->db,
			SQL("WITH asked (day, carrier) AS (SELECT ?, ?)"
			    " SELECT t.id, t.date, w.name, c.kg, c.boxes,"
			    " coalesce(f.name, p.name), coalesce(f.street, p.street),"
			    " coalesce(f.town, p.town), coalesce(f.latitude, p.latitude),"
			    " coalesce(f.longitude, p.longitude), t.leaves, t.ends,"
			    " t.driving_minutes, t.metres FROM asked x JOIN route t"
			    " JOIN carrier c ON c.id = t.carrier_id"
			    " JOIN person w ON w.id = c.person_id"
			    " JOIN location f ON f.id = t.from_id"
			    " LEFT JOIN place p ON p.id = f.place_id"
			    " WHERE (x.day IS NULL OR t.date = x.day)"
			    " AND (x.carrier = 0 OR t.carrier_id = x.carrier)"
			    " ORDER BY t.date, t.leaves, w.name COLLATE swedish, t.id"),
			err))
		return false;
	stmt_bind(&q, s->day);
	stmt_bind(&q, s->carrier);
	while (stmt_row(&q, err)) {
		struct route route;
		read_route(s, &q, &route);
		if (find_stops(s, deliveries, count, route.id, &first, &stops) &&
			!add_route(s, sheets, &route, &deliveries[first], stops, err))
			return false;
	}
	return err->code == VS_OK;
}

json_t *
vs_route_sheet_view(struct vs_db *db, const struct vs_delivery_sheet_options *options,
	struct vs_error *err)
{
	static const struct sheet_form form = { "route-sheet", N_("Route sheets"),
		N_("there is no route to print; plan them with 'valstuga deliver plan'"),
		fill };
	return sheet_view(db, options, &form, err);
}
