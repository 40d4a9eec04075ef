/*
 * The view behind the order sheet (beställningsunderlag): the plan's arithmetic, the orders
 * as they stand, what is missing, where to deliver, who may order, which days to keep.
 */
#include "ballots/sheet_parts.h"

#include <math.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* Everything a sheet is made from, read once for all sheets. */
struct source {
	struct vs_db *db;
	struct vs_arena *arena;
	struct vs_campaign campaign;
	struct tariff tariff;
	json_t *lines;	  /* of the plan: one per list */
	json_t *lists;	  /* id (text) -> list record */
	json_t *orders;	  /* list id (text) -> live order record */
	json_t *orderers; /* id (text) -> orderer record */
	json_t *kinds;	  /* code -> election kind record */
	json_t *defaults; /* the campaign record: address for what has no order */
};

static const char *
id_text(struct vs_arena *arena, const json_t *record, const char *name)
{
	return vs_arena_printf(arena, "%lld", (long long)record_integer(record, name));
}

/* Records of a type by the text of one field. New reference. */
static json_t *
by_field(struct source *s, const struct vs_record_type *type, const char *field,
	const char *only, struct vs_error *err)
{
	json_t *records = vs_record_list(s->db, type, NULL, err), *record;
	if (!records)
		return NULL;
	json_t *map = json_object();
	size_t i;
	json_array_foreach (records, i, record) {
		const char *code = record_string(record, field);
		if (!only || record_true(record, only))
			json_object_set(map,
				code ? code : id_text(s->arena, record, field), record);
	}
	json_decref(records);
	return map;
}

static void
close_source(struct source *s)
{
	json_decref(s->lines);
	json_decref(s->lists);
	json_decref(s->orders);
	json_decref(s->orderers);
	json_decref(s->kinds);
	json_decref(s->defaults);
}

static bool
open_source(
	struct source *s, const struct vs_sheet_options *options, struct vs_error *err)
{
	const struct vs_propose_options scope = { .kind = options->kind,
		.kommun = options->kommun };
	if (!vs_campaign_get(s->db, s->arena, &s->campaign, err) ||
		!tariff_get(s->db, s->arena, &s->tariff, err))
		return false;
	json_t *plan = vs_order_propose(s->db, &scope, err);
	s->lines = json_incref(json_object_get(plan, "lines"));
	json_decref(plan);
	if (!plan || !(s->lists = by_field(s, &vs_list_type, "id", "own", err)) ||
		!(s->orders = by_field(s, &vs_order_type, "list", "live", err)) ||
		!(s->orderers = by_field(s, &vs_orderer_type, "id", NULL, err)) ||
		!(s->kinds = by_field(s, &vs_election_kind_type, "code", NULL, err)))
		return false;
	s->defaults = vs_record_get(s->db, &vs_campaign_type, "1", err);
	return s->defaults != NULL;
}

static void
add_missing(json_t *sheet, const char *list, const char *text)
{
	json_array_append_new(json_object_get(sheet, "missing"),
		json_pack("{s:s, s:s}", "list", list, "text", text));
}

static bool
is_placed(const json_t *order)
{
	return order && order_placed(record_string(order, "status"));
}

/* What a list's order lacks, as one row. */
static void
list_missing(struct source *s, json_t *sheet, const json_t *line, const json_t *order)
{
	const char *name = record_string(line, "name"),
		   *number = record_string(line, "number");
	const char *label =
		number ? vs_arena_printf(s->arena, "%s %s", name, number) : name;
	if (!order) {
		add_missing(sheet, label,
			_("no order is made; see 'valstuga order propose'"));
		return;
	}
	if (is_placed(order))
		return; /* it was complete then */
	json_t *missing = order_missing(
		order, json_object_get(s->lists, id_text(s->arena, line, "list")));
	if (json_array_size(missing) > 0)
		add_missing(sheet, label, record_join(s->arena, missing));
	json_decref(missing);
}

static const char *
number_or_dash(struct vs_arena *arena, const json_t *line, const char *name)
{
	const json_t *value = json_object_get(line, name);
	return json_is_integer(value) ? vs_text_number(arena, json_integer_value(value))
				      : "–";
}

/* Price and share of what is ordered, or of what is proposed while there is no order. */
static void
set_figures(struct source *s, json_t *row, const json_t *line, const json_t *order,
	json_int_t sums[3])
{
	int64_t pieces = record_integer(order ? order : line, "pieces");
	int64_t share = record_integer(line, "quota"),
		outside = pieces > share ? pieces - share : 0;
	struct quota quota = { .share = record_integer(line, "share"),
		.entitled = share ? ENTITLED : ENTITLED_NOT };
	bool known = json_is_integer(json_object_get(line, "share"));
	int64_t cost = known ? quota_cost(&quota, &s->tariff, pieces,
				       order && record_true(order, "colour"))
			     : 0;
	int64_t grams = pieces * s->tariff.piece_mg / 1000;
	record_put(row, "pieces", pieces ? vs_text_number(s->arena, pieces) : "–");
	record_put(row, "outside", known ? vs_text_number(s->arena, outside) : "–");
	record_put(row, "cost", known ? vs_text_money(s->arena, cost) : "–");
	record_put(row, "weight",
		vs_arena_printf(s->arena, "%s kg",
			vs_text_decimal(s->arena, (double)grams / 1000, 1)));
	record_put(row, "quota_used",
		known && share ? vs_arena_printf(s->arena, "%.0f %%",
					 floor(100.0 * (double)pieces / (double)share))
			       : "–");
	sums[0] += pieces;
	sums[1] += cost;
	sums[2] += grams;
}

static void
add_row(struct source *s, json_t *sheet, const json_t *line, json_int_t sums[3])
{
	const json_t *order = json_object_get(s->orders, id_text(s->arena, line, "list"));
	const json_t *kind = json_object_get(s->kinds, record_string(line, "kind"));
	const char *number = record_string(line, "number");
	const char *reason = record_string(order ? order : line, "reason");
	if (!reason || !*reason)
		reason = record_string(line, order ? "reason" : "conflict");
	json_t *row = json_object();
	record_put(row, "number", number ? number : "–");
	record_put(row, "kind", record_string(line, "kind"));
	record_put(row, "kind_name", record_string(kind, "adjective"));
	record_put(row, "colour", record_string(kind, "colour"));
	record_put(row, "colour_name", record_string(kind, "colour_name"));
	json_object_set(row, "signal_lines", json_object_get(kind, "signal_lines"));
	record_put(row, "constituency", record_string(line, "constituencies"));
	json_object_set(row, "candidates", json_object_get(line, "candidates"));
	record_put(row, "previous", number_or_dash(s->arena, line, "previous"));
	record_put(row, "quota", number_or_dash(s->arena, line, "quota"));
	record_put(row, "state",
		order ? record_choice(
				ballots_order_status, record_string(order, "status"))
		      : _("not ordered"));
	record_put(row, "reason", reason);
	set_figures(s, row, line, order, sums);
	json_array_append_new(json_object_get(sheet, "lists"), row);
	list_missing(s, sheet, line, order);
}

/* One address for the sheet; lists that go elsewhere are told in the notes. */
static void
set_delivery(struct source *s, json_t *sheet, const json_t *order)
{
	static const char *const names[][2] = { { "recipient", "delivery_recipient" },
		{ "street", "delivery_street" }, { "postcode", "delivery_postcode" },
		{ "town", "delivery_town" }, { "contact", "delivery_contact" },
		{ "mobile", "delivery_mobile" } };
	json_t *delivery = json_object();
	bool complete = true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *text = order ? record_string(order, names[i][0])
					 : record_string(s->defaults, names[i][1]);
		record_put(delivery, names[i][0], text);
		if (i != 0 && i != 4) /* recipient and contact may be empty */
			complete = complete && text;
	}
	json_object_set_new(delivery, "complete", json_boolean(complete));
	json_object_set_new(sheet, "delivery", delivery);

	const json_t *orderer = json_object_get(
		s->orderers, id_text(s->arena, order ? order : s->defaults, "orderer"));
	json_t *who = json_object();
	record_put(who, "name", record_string(orderer, "name"));
	record_put(who, "minutes_on", record_string(orderer, "minutes_on"));
	json_object_set_new(sheet, "orderer", who);
}

static bool
same_address(const json_t *a, const json_t *b)
{
	return json_equal(json_object_get(a, "street"), json_object_get(b, "street")) &&
		json_equal(json_object_get(a, "town"), json_object_get(b, "town"));
}

static const char *
add_note(struct source *s, const char *notes, const json_t *line, const json_t *order)
{
	const char *street = record_string(order, "street"),
		   *town = record_string(order, "town");
	const char *note = vs_arena_printf(s->arena, _("%s goes to %s, %s"),
		record_string(line, "name"), street ? street : "–", town ? town : "–");
	return vs_arena_printf(s->arena, "%s%s%s", notes, *notes ? "\n" : "", note);
}

/* "om 12 dagar", "för 3 dagar sedan". Arena. */
static const char *
distance(struct vs_arena *arena, struct vs_date date, struct vs_date today)
{
	int64_t days = vs_date_to_days(date) - vs_date_to_days(today);
	if (days == 0)
		return _("today");
	if (days > 0)
		return vs_arena_printf(
			arena, P_("in %d day", "in %d days", days), (int)days);
	return vs_arena_printf(arena, P_("%d day ago", "%d days ago", -days), (int)-days);
}

static bool
add_deadline(struct source *s, json_t *deadlines, const char *key, const char *name,
	struct vs_error *err)
{
	struct vs_date date, today;
	bool known;
	if (!register_deadline(s->db, key, &date, &known, err) ||
		!vs_clock_today(&today, err))
		return false;
	json_t *deadline = json_object();
	record_put(deadline, "name", name);
	record_put(deadline, "date",
		known ? vs_date_text(s->arena, date, VS_DATE_DAY) : _("not decided"));
	record_put(deadline, "note", known ? distance(s->arena, date, today) : "");
	json_array_append_new(deadlines, deadline);
	return true;
}

/* Set after the sheet has its revision: the days left change every night. */
static bool
set_deadlines(struct source *s, json_t *sheet, struct vs_error *err)
{
	json_t *deadlines = json_array();
	json_object_set_new(sheet, "deadlines", deadlines);
	return add_deadline(s, deadlines, "order_date",
		       _("Last day to order with guaranteed delivery"), err) &&
		add_deadline(s, deadlines, "guaranteed_delivery",
			_("Guaranteed delivery"), err);
}

/* Which sheet a list is on: its kommun's, or its kind's for region, riksdag and EU. */
static const char *
group_of(const json_t *line)
{
	const char *kommun = record_string(line, "kommun");
	return kommun ? kommun : record_string(line, "kind");
}

static void
set_heading(struct source *s, json_t *sheet, const json_t *line, const char *group)
{
	const json_t *kind = json_object_get(s->kinds, record_string(line, "kind"));
	const char *eligible = number_or_dash(s->arena, line, "eligible");
	if (!group) {
		record_put(sheet, "heading", s->campaign.district);
		record_put(sheet, "subheading", _("All lists of the district"));
	} else {
		record_put(sheet, "heading", record_string(line, "constituencies"));
		record_put(sheet, "subheading",
			record_string(line, "kommun")
				? vs_arena_printf(s->arena,
					  _("Kommun %s · %s eligible voters"), group,
					  eligible)
				: vs_arena_printf(s->arena,
					  _("Election to %s · %s eligible voters"),
					  record_string(kind, "adjective"), eligible));
	}
}

static json_t *
new_sheet(void)
{
	return json_pack("{s:[], s:[], s:s, s:s}", "missing", "lists", "holder",
		_("the district's election organiser and authorised orderers"), "source",
		_("Source: Valmyndigheten (eligible voters, participating parties)"));
}

static void
set_total(struct source *s, json_t *sheet, const json_int_t sums[3])
{
	json_t *total = json_object();
	record_put(total, "pieces", vs_text_number(s->arena, sums[0]));
	record_put(total, "cost", vs_text_money(s->arena, sums[1]));
	record_put(total, "weight",
		vs_arena_printf(s->arena, "%s kg",
			vs_text_decimal(s->arena, (double)sums[2] / 1000, 1)));
	json_object_set_new(total, "lists",
		json_integer(
			(json_int_t)json_array_size(json_object_get(sheet, "lists"))));
	json_object_set_new(sheet, "total", total);
}

/* The lines of one group (NULL: all) become a sheet, numbered and appended. */
static bool
make_sheet(struct source *s, json_t *sheets, const char *group, struct vs_error *err)
{
	json_t *sheet = new_sheet(), *line;
	const json_t *first_order = NULL;
	const char *notes = "";
	bool placed = true;
	json_int_t sums[3] = { 0 };
	size_t i;
	json_array_append_new(sheets, sheet);
	json_array_foreach (s->lines, i, line) {
		if (group && strcmp(group_of(line), group) != 0)
			continue;
		const json_t *order =
			json_object_get(s->orders, id_text(s->arena, line, "list"));
		if (json_array_size(json_object_get(sheet, "lists")) == 0)
			set_heading(s, sheet, line, group);
		if (!first_order)
			first_order = order;
		else if (order && !same_address(first_order, order))
			notes = add_note(s, notes, line, order);
		placed = placed && is_placed(order);
		add_row(s, sheet, line, sums);
	}
	set_delivery(s, sheet, first_order);
	set_total(s, sheet, sums);
	record_put(sheet, "notes", notes);
	bool nothing_missing = json_array_size(json_object_get(sheet, "missing")) == 0;
	json_object_set_new(sheet, "placed", json_boolean(placed));
	json_object_set_new(sheet, "complete", json_boolean(nothing_missing && !placed));
	const char *number =
		vs_arena_printf(s->arena, "BU-%s", group ? group : "DISTRIKT");
	return register_sheet(s->db, number, sheet, err) && set_deadlines(s, sheet, err);
}

static bool
make_sheets(struct source *s, bool whole, json_t *sheets, struct vs_error *err)
{
	json_t *seen = json_object(), *line;
	size_t i;
	bool ok = !whole || make_sheet(s, sheets, NULL, err);
	json_array_foreach (s->lines, i, line) {
		const char *group = group_of(line);
		if (whole || json_object_get(seen, group))
			continue;
		json_object_set_new(seen, group, json_true());
		ok = ok && make_sheet(s, sheets, group, err);
	}
	json_decref(seen);
	return ok;
}

static bool
fill_view(struct source *s, const struct vs_sheet_options *options, json_t *view,
	struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	const char *election;
	if (!change_begin(&change, s->db, "print", err) ||
		!open_source(s, options, err) ||
		!sheet_election_name(s->db, s->arena, &s->campaign, &election, err))
		return false;
	record_put(view, "title",
		vs_arena_printf(s->arena, _("Order sheets, %s"), s->campaign.title));
	record_put(view, "subject", "order-sheet");
	record_put(view, "election_name", election);
	json_t *sheets = json_array();
	json_object_set_new(view, "sheets", sheets);
	if (json_array_size(s->lines) == 0)
		return vs_fail(err, VS_NOT_FOUND,
			_("there is no list to print an order sheet for; import lists or make one "
			  "with 'valstuga list add'"));
	if (!register_sheet_head(s->arena, &s->campaign, view, err) ||
		!make_sheets(s, options->whole, sheets, err))
		return false;
	change_say(&change, "sheet", "order-sheet",
		P_("%zu sheet", "%zu sheets", (int64_t)json_array_size(sheets)),
		json_array_size(sheets));
	return change_commit(&change, err);
}

json_t *
vs_order_sheet_view(
	struct vs_db *db, const struct vs_sheet_options *options, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct source source = { .db = db, .arena = scratch.arena };
	json_t *view = json_object();
	bool ok = fill_view(&source, options, view, err);
	close_source(&source);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
