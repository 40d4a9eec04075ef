/* Orders as records: pieces, address, who may order; what an order still lacks. */
#include "ballots/ballots.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

const struct vs_choice ballots_order_status[] = {
	{ "draft", N_("draft") },
	{ "ready", N_("complete") },
	{ "ordered", N_("ordered") },
	{ "printing", N_("at the printer") },
	{ "delivered", N_("delivered") },
	{ "cancelled", N_("cancelled") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "list", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("list"),
		.refers = &vs_list_type },
	{ "list_name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("list") },
	{ "number", VS_FIELD_TEXT, VS_READONLY, N_("list number") },
	{ "kind", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kind"),
		.choices = register_kinds },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "live", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("not cancelled") },
	{ "pieces", VS_FIELD_INTEGER, VS_REQUIRED, N_("pieces"), N_("whole thousands"),
		.min = 1000, .max = 100000000 },
	{ "status", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("status"),
		.choices = ballots_order_status },
	{ "since", VS_FIELD_MOMENT, VS_READONLY, N_("since") },
	{ "colour", VS_FIELD_BOOLEAN, VS_HIDDEN, N_("party name in colour") },
	{ "recipient", VS_FIELD_TEXT, VS_HIDDEN, N_("deliver to"), .max_length = 100 },
	{ "street", VS_FIELD_TEXT, VS_HIDDEN, N_("street address"),
		N_("a box is refused"), .max_length = 100 },
	{ "postcode", VS_FIELD_TEXT, VS_HIDDEN, N_("postcode"), N_("five digits"),
		.max_length = 6 },
	{ "town", VS_FIELD_TEXT, VS_HIDDEN, N_("town"), .max_length = 60 },
	{ "contact", VS_FIELD_TEXT, VS_HIDDEN | VS_PERSONAL, N_("delivery contact"),
		.max_length = 90 },
	{ "mobile", VS_FIELD_TEXT, VS_HIDDEN | VS_PERSONAL, N_("mobile number"),
		.max_length = 20 },
	{ "orderer", VS_FIELD_REF, VS_HIDDEN, N_("authorised orderer"),
		.refers = &vs_orderer_type },
	{ "reason", VS_FIELD_TEXT, VS_HIDDEN, N_("arithmetic"), .max_length = 500 },
	{ "reference", VS_FIELD_TEXT, VS_HIDDEN, N_("reference"),
		N_("the order's reference in Valid"), .max_length = 60 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (record_integer(record, "pieces") % 1000 != 0)
		return vs_fail(err, VS_INVALID,
			_("order: %s pieces is not a whole thousand; the authority prints whole "
			  "thousands"),
			vs_text_number(scratch.arena, record_integer(record, "pieces")));
	return register_check_address("order", "", record, err);
}

const struct vs_record_type vs_order_type = {
	.noun = N_("order"),
	.label = N_("orders"),
	.about = N_("Orders of ballot papers, one live order per list."),
	FIELDS(fields),
	.usual = "live",
	.guarded = true,
	.select = SQL(LIST_STANDS
		" SELECT o.id, o.list_id AS list,"
		" " LIST_NAME " AS list_name, l.number,"
		" l.kind, CASE WHEN l.kind = 'KF' THEN s.area END AS kommun,"
		" o.status <> 'cancelled' AS live, o.pieces, o.status,"
		" (SELECT max(at) FROM order_event v WHERE v.order_id = o.id) AS since, o.colour,"
		" o.recipient, o.street, o.postcode, o.town, o.contact, o.mobile,"
		" o.orderer_id AS orderer, o.reason, o.reference, o.note"
		" FROM ballot_order o JOIN list l ON l.id = o.list_id"
		" JOIN election_kind e ON e.code = l.kind LEFT JOIN stands s ON s.list_id = l.id"
		" ORDER BY e.position, s.names COLLATE swedish, o.id"),
	.update = SQL("UPDATE ballot_order SET pieces = ?, colour = ?, recipient = ?,"
		      " street = ?, postcode = ?, town = ?, contact = ?, mobile = ?,"
		      " orderer_id = ?, reason = coalesce(?, ''), reference = ?, note = ?"
		      " WHERE id = ?"),
	.check = check,
};

static void
lack(json_t *missing, bool is_there, const char *text)
{
	if (!is_there)
		json_array_append_new(missing, json_string(text));
}

json_t *
order_list(struct vs_db *db, const json_t *order, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	return list_get(db,
		vs_arena_printf(
			scratch.arena, "%lld", (long long)record_integer(order, "list")),
		err);
}

/* Declarations of a locked list, and the list itself. */
static void
missing_on_list(json_t *missing, const json_t *list)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *status = record_string(list, "status");
	int64_t papers = record_integer(list, "missing");
	lack(missing, strcmp(status, "decided") == 0 || strcmp(status, "ordered") == 0,
		_("the list is not decided"));
	lack(missing, record_integer(list, "candidates") > 0,
		_("the list has no candidates"));
	lack(missing, !record_true(list, "locked") || papers == 0,
		vs_arena_printf(scratch.arena,
			P_("%d declaration is missing on the locked list",
				"%d declarations are missing on the locked list", papers),
			(int)papers));
}

json_t *
order_missing(const json_t *order, const json_t *list)
{
	json_t *missing = json_array();
	missing_on_list(missing, list);
	lack(missing, record_string(order, "street"), _("the street address is missing"));
	lack(missing, record_string(order, "postcode"), _("the postcode is missing"));
	lack(missing, record_string(order, "town"), _("the town is missing"));
	lack(missing, record_string(order, "mobile"), _("the mobile number is missing"));
	lack(missing, !json_is_null(json_object_get(order, "orderer")),
		_("the authorised orderer is missing"));
	return missing;
}
