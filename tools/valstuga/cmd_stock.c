/* Stock: what comes, moves, is counted, destroyed and undone; where it is, how it came there. */
#include <string.h>

#include <valstuga/text.h>

#include "tool.h"

static bool
read_pieces(struct call *call, const char *text, int64_t *ret_pieces)
{
	return vs_text_to_integer(text, ret_pieces) ||
		vs_fail(&call->err, VS_USAGE,
			_("\"%s\" is not a number of pieces; write for example 2000 or \"2 000\""),
			text);
}

static const char *
need(struct call *call, const char *name)
{
	const char *value = option(call, name);
	if (!value)
		vs_fail(&call->err, VS_USAGE,
			_("--%s is missing; 'valstuga stock %s --help' tells more"), name,
			call->command->verb);
	return value;
}

static struct vs_stock_papers
papers_of(const struct call *call)
{
	return (struct vs_stock_papers){ option(call, "document"), option(call, "reason"),
		option(call, "override") };
}

static const char *
number(struct call *call, int64_t value)
{
	return vs_text_number(call->arena, value);
}

/* Receiving ------------------------------------------------------------------------------*/

static void
print_receipt(struct call *call, const json_t *view)
{
	printf(_("order %lld, %s: %s pieces to %s; %s of %s received\n"),
		integer_of(view, "order"), text_of(view, "item_name"),
		number_of(call, view, "counted"), text_of(view, "to_name"),
		number_of(call, view, "received"), number_of(call, view, "ordered"));
	if (integer_of(view, "extra"))
		printf(_("%s pieces more than was ordered\n"),
			number_of(call, view, "extra"));
	if (*text_of(view, "claim_before"))
		printf(_("%s pieces are missing: claim them before %s\n"),
			number_of(call, view, "missing"), text_of(view, "claim_before"));
	else if (integer_of(view, "missing"))
		printf(_("%s pieces are missing, and are not awaited any more\n"),
			number_of(call, view, "missing"));
}

/* What is claimed of orders that have come in part; under a CSV only to whoever runs it. */
static void
print_skipped(struct call *call, const json_t *view)
{
	size_t i;
	json_t *one;
	json_array_foreach (json_object_get(view, "skipped"), i, one)
		fprintf(call->csv ? stderr : stdout,
			_("order %lld, %s: %s of %s received before, so it was left out; when the "
			  "%s missing come: valstuga stock receive %lld --pieces %lld\n"),
			integer_of(one, "order"), text_of(one, "item_name"),
			number_of(call, one, "received"), number_of(call, one, "ordered"),
			number_of(call, one, "missing"), integer_of(one, "order"),
			integer_of(one, "missing"));
}

static void
print_receipts(struct call *call, const json_t *view)
{
	const json_t *total = json_object_get(view, "total");
	const struct column columns[] = { { _("order"), true }, { _("item"), false },
		{ _("pieces"), true }, { _("received"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *one;
	json_array_foreach (json_object_get(view, "orders"), i, one) {
		table_cell(table, number_of(call, one, "order"));
		table_cell(table, text_of(one, "item_name"));
		table_cell(table, number_of(call, one, "counted"));
		table_cell(table, number_of(call, one, "received"));
	}
	table_print(call, table);
	if (!call->csv)
		printf(P_("\n%s order, %s pieces to %s\n",
			       "\n%s orders, %s pieces to %s\n",
			       integer_of(total, "orders")),
			number_of(call, total, "orders"),
			number_of(call, total, "pieces"), text_of(view, "to_name"));
}

static bool
receive_all(struct call *call)
{
	struct vs_stock_papers papers = papers_of(call);
	if (call->arg_count || option(call, "pieces") || option(call, "item") ||
		flag(call, "last"))
		return vs_fail(&call->err, VS_USAGE,
			_("--all-ordered takes every order as it was ordered; leave out the order, "
			  "--item, --pieces and --last"));
	json_t *view =
		vs_stock_receive_all(call->db, option(call, "to"), &papers, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else {
		bool none = json_array_size(json_object_get(view, "orders")) == 0;
		if (!none || call->csv)
			print_receipts(call, view);
		else if (json_array_size(json_object_get(view, "skipped")) == 0)
			printf("%s", _("nothing is ordered that has not come\n"));
		print_skipped(call, view);
	}
	json_decref(view);
	return true;
}

/* A command's one line, or its number for scripts. `line`: arena. */
static bool
print_done(struct call *call, const char *name, int64_t value, const char *line)
{
	if (call->json) {
		json_t *view = json_pack("{s:I}", name, (json_int_t)value);
		print_json(view);
		json_decref(view);
	} else
		printf("%s\n", line);
	return true;
}

static bool
receive_item(struct call *call, int64_t pieces)
{
	struct vs_stock_papers papers = papers_of(call);
	int64_t movement;
	if (call->arg_count || flag(call, "last"))
		return vs_fail(&call->err, VS_USAGE,
			_("--item takes in what has no order; leave out the order and --last"));
	return vs_stock_take_in(call->db, option(call, "item"), pieces,
		       option(call, "to"), &papers, &movement, &call->err) &&
		print_done(call, "movement", movement,
			vs_arena_printf(call->arena, _("taken in with movement %lld"),
				(long long)movement));
}

static bool
receive_order(struct call *call, int64_t pieces)
{
	struct vs_stock_papers papers = papers_of(call);
	json_t *view = vs_stock_receive(call->db, call->args[0], pieces,
		option(call, "to"), flag(call, "last"), &papers, &call->err);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else
		print_receipt(call, view);
	json_decref(view);
	return true;
}

bool
cmd_stock_receive(struct call *call)
{
	int64_t pieces;
	if (flag(call, "all-ordered"))
		return receive_all(call);
	if (!call->arg_count && !option(call, "item"))
		return vs_fail(&call->err, VS_USAGE,
			_("what has come? Name the order, or --item for what has no order"));
	const char *text = need(call, "pieces");
	if (!text || !read_pieces(call, text, &pieces))
		return false;
	return option(call, "item") ? receive_item(call, pieces)
				    : receive_order(call, pieces);
}

/* Moving, counting, scrapping, undoing ---------------------------------------------------*/

bool
cmd_stock_move(struct call *call)
{
	struct vs_stock_papers papers = papers_of(call);
	const char *from = need(call, "from"), *to = from ? need(call, "to") : NULL;
	int64_t pieces, movement;
	return to && read_pieces(call, call->args[1], &pieces) &&
		vs_stock_move(call->db, call->args[0], pieces, from, to, &papers,
			&movement, &call->err) &&
		print_done(call, "movement", movement,
			vs_arena_printf(call->arena, _("moved with movement %lld"),
				(long long)movement));
}

static const char *
difference_text(struct call *call, int64_t difference)
{
	if (difference == 0)
		return _("as many as in the ledger");
	if (difference < 0)
		return vs_arena_printf(call->arena,
			_("%s pieces fewer than in the ledger"),
			number(call, -difference));
	return vs_arena_printf(call->arena, _("%s pieces more than in the ledger"),
		number(call, difference));
}

bool
cmd_stock_count(struct call *call)
{
	struct vs_stock_papers papers = papers_of(call);
	const char *at = need(call, "at"), *text = at ? need(call, "pieces") : NULL;
	int64_t counted, difference;
	return text && read_pieces(call, text, &counted) &&
		vs_stock_count(call->db, call->args[0], at, counted, &papers, &difference,
			&call->err) &&
		print_done(call, "difference", difference,
			difference_text(call, difference));
}

bool
cmd_stock_scrap(struct call *call)
{
	struct vs_stock_papers papers = papers_of(call);
	const char *at = need(call, "at");
	int64_t pieces;
	return at && read_pieces(call, call->args[1], &pieces) &&
		vs_stock_scrap(
			call->db, call->args[0], pieces, at, &papers, &call->err) &&
		print_done(call, "scrapped", pieces,
			vs_arena_printf(call->arena, _("%s pieces scrapped"),
				number(call, pieces)));
}

bool
cmd_stock_reverse(struct call *call)
{
	int64_t movement;
	const char *reason = need(call, "reason");
	return reason &&
		vs_stock_reverse(
			call->db, call->args[0], reason, &movement, &call->err) &&
		print_done(call, "movement", movement,
			vs_arena_printf(call->arena, _("reversed with movement %lld"),
				(long long)movement));
}

/* Looking ---------------------------------------------------------------------------------*/

static const char *
kilos(struct call *call, const json_t *row)
{
	return vs_arena_printf(call->arena, "%s kg",
		vs_text_decimal(
			call->arena, (double)integer_of(row, "weight_g") / 1000, 1));
}

static void
print_balances(struct call *call, const json_t *rows)
{
	static const char *const numbers[] = { "pieces", "reserved", "free", "bundles",
		"boxes" };
	const struct column columns[] = { { _("location"), false }, { _("item"), false },
		{ _("pieces"), true }, { _("to leave"), true }, { _("free"), true },
		{ _("bundles"), true }, { _("boxes"), true }, { _("weight"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	json_array_foreach (rows, i, row) {
		table_cell(table, text_of(row, "location_name"));
		table_cell(table, text_of(row, "item_name"));
		for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
			table_cell(table, number_of(call, row, numbers[n]));
		table_cell(table, kilos(call, row));
	}
	table_print(call, table);
}

static void
print_totals(struct call *call, const json_t *items)
{
	static const char *const numbers[] = { "printed", "printer", "depots", "carriers",
		"receptions", "places", "voters", "scrap" };
	const struct column columns[] = { { _("item"), false }, { _("came in"), true },
		{ _("at the printer"), true }, { _("depots"), true }, { _("cars"), true },
		{ _("receptions"), true }, { _("places"), true }, { _("taken"), true },
		{ _("scrapped"), true } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *item;
	json_array_foreach (items, i, item) {
		table_cell(table, text_of(item, "item_name"));
		for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
			table_cell(table, number_of(call, item, numbers[n]));
	}
	table_print(call, table);
}

bool
cmd_stock_balance(struct call *call)
{
	json_t *view = vs_stock_balance_view(call->db, option(call, "item"),
		option(call, "location"), option(call, "kommun"), &call->err);
	if (!view)
		return false;
	const json_t *rows = json_object_get(view, "rows");
	if (call->json)
		print_json(view);
	else if (json_array_size(rows) == 0 && !call->csv)
		printf("%s", _("there is nothing in stock there\n"));
	else {
		bool totals = flag(call, "totals");
		if (!totals)
			print_balances(call, rows);
		if (!totals && !call->csv)
			printf("\n");
		if (totals || !call->csv)
			print_totals(call, json_object_get(view, "items"));
	}
	json_decref(view);
	return true;
}

static const char *
join(struct call *call, const char *all, const char *text)
{
	return *text ? vs_arena_printf(call->arena, "%s%s%s", all, *all ? "; " : "", text)
		     : all;
}

/* What a movement stands on: its paper, its reason, what it belongs to. */
static const char *
grounds(struct call *call, const json_t *row)
{
	long long order = integer_of(row, "order"), by = integer_of(row, "reversed_by");
	long long delivery = integer_of(row, "delivery");
	long long undoes = integer_of(row, "reverses");
	const char *all = text_of(row, "document");
	all = join(call, all, text_of(row, "reason"));
	all = join(call, all, text_of(row, "override"));
	if (order)
		all = join(
			call, all, vs_arena_printf(call->arena, _("order %lld"), order));
	if (delivery)
		all = join(call, all,
			vs_arena_printf(call->arena, _("delivery %lld"), delivery));
	if (undoes)
		all = join(call, all,
			vs_arena_printf(call->arena, _("undoes %lld"), undoes));
	if (by)
		all = join(
			call, all, vs_arena_printf(call->arena, _("undone by %lld"), by));
	return all;
}

static void
trace_row(struct call *call, struct table *table, const json_t *row)
{
	const struct vs_field *kind = vs_record_field(&vs_movement_type, "kind");
	const struct vs_field *at = vs_record_field(&vs_movement_type, "at");
	table_cell(
		table, vs_arena_printf(call->arena, "%lld", integer_of(row, "movement")));
	table_cell(table, vs_record_text(call->arena, at, json_object_get(row, "at")));
	table_cell(table, text_of(row, "actor"));
	table_cell(
		table, vs_record_text(call->arena, kind, json_object_get(row, "kind")));
	table_cell(table, text_of(row, "item_name"));
	table_cell(table, text_of(row, "from_name"));
	table_cell(table, text_of(row, "to_name"));
	table_cell(table, number_of(call, row, "pieces"));
	table_cell(table, number_of(call, row, "after"));
	table_cell(table, grounds(call, row));
}

static void
print_trace(struct call *call, const json_t *view)
{
	const struct column columns[] = { { _("no."), true }, { _("when"), false },
		{ _("who"), false }, { _("what"), false }, { _("item"), false },
		{ _("from"), false }, { _("to"), false }, { _("pieces"), true },
		{ _("after"), true }, { _("why"), false } };
	struct table *table = table_new(columns, sizeof columns / sizeof *columns);
	size_t i;
	json_t *row;
	if (!call->csv)
		printf("%s\n", text_of(view, "title"));
	json_array_foreach (json_object_get(view, "rows"), i, row)
		trace_row(call, table, row);
	table_print(call, table);
}

/* One word alone is an item's or a location's. */
static json_t *
trace_word(struct call *call, const char *word)
{
	struct vs_error item = { 0 }, location = { 0 };
	json_t *view = vs_stock_trace_view(call->db, word, NULL, &item);
	if (!view && item.code == VS_NOT_FOUND)
		view = vs_stock_trace_view(call->db, NULL, word, &location);
	if (view)
		return view;
	if (location.code == VS_NOT_FOUND)
		vs_fail(&call->err, VS_NOT_FOUND,
			_("no item and no location \"%s\"; 'valstuga item list' and 'valstuga "
			  "location list' show what there is"),
			word);
	else
		vs_fail(&call->err, location.code ? location.code : item.code, "%s",
			location.code ? location.text : item.text);
	return NULL;
}

bool
cmd_stock_trace(struct call *call)
{
	const char *item = option(call, "item"), *location = option(call, "location");
	bool named = item || location;
	if (named == (call->arg_count == 1))
		return vs_fail(&call->err, VS_USAGE,
			_("trace what? Name an item or a location, or use --item and --location"));
	json_t *view = named ? vs_stock_trace_view(call->db, item, location, &call->err)
			     : trace_word(call, call->args[0]);
	if (!view)
		return false;
	if (call->json)
		print_json(view);
	else
		print_trace(call, view);
	json_decref(view);
	return true;
}
