/* Movements as records: the ledger, to be read, filtered and exported. */
#include "ballots/stock.h"

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	{ "print", N_("printed or bought") },
	{ "receive", N_("received") },
	{ "move", N_("moved") },
	{ "deliver", N_("delivered") },
	{ "count", N_("counted") },
	{ "scrap", N_("scrapped") },
	{ "reverse", N_("reversed") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "at", VS_FIELD_MOMENT, VS_READONLY, N_("when") },
	{ "actor", VS_FIELD_TEXT, VS_READONLY, N_("who") },
	{ "kind", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("sort of movement"),
		.choices = kinds },
	{ "item", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("item"),
		.refers = &vs_item_type },
	{ "item_name", VS_FIELD_TEXT, VS_READONLY, N_("item") },
	{ "from", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("from"),
		.refers = &vs_location_type },
	{ "from_name", VS_FIELD_TEXT, VS_READONLY, N_("from"),
		N_("nothing: printed, bought or found") },
	{ "to", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("to"),
		.refers = &vs_location_type },
	{ "to_name", VS_FIELD_TEXT, VS_READONLY, N_("to"),
		N_("nothing: they never were there") },
	{ "pieces", VS_FIELD_INTEGER, VS_READONLY, N_("pieces") },
	{ "order", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("order"),
		.refers = &vs_order_type },
	{ "delivery", VS_FIELD_INTEGER, VS_READONLY | VS_FILTER | VS_HIDDEN,
		N_("delivery") },
	{ "reverses", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("reverses"),
		N_("number of the movement that it undoes") },
	{ "reversed_by", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("reversed by") },
	{ "document", VS_FIELD_TEXT, VS_READONLY, N_("document") },
	{ "reason", VS_FIELD_TEXT, VS_READONLY, N_("reason") },
	{ "override", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("override") },
};

const struct vs_record_type vs_movement_type = {
	.noun = N_("movement"),
	.label = N_("movements"),
	.about = N_("The ledger of the stock: every movement of pieces, never edited."),
	FIELDS(fields),
	.guarded = true,
	.select = SQL(
		WITH_NAMES " SELECT m.id, m.at, m.actor, m.kind, m.item_id AS item,"
			   " w.name AS item_name, m.from_id AS \"from\","
			   " f.name AS from_name, m.to_id AS \"to\", t.name AS to_name,"
			   " m.pieces, m.order_id AS \"order\","
			   " m.delivery_id AS delivery, m.reverses,"
			   " v.id AS reversed_by, m.document, m.reason, m.override"
			   " FROM movement m JOIN ware w ON w.id = m.item_id"
			   " LEFT JOIN spot f ON f.id = m.from_id"
			   " LEFT JOIN spot t ON t.id = m.to_id"
			   " LEFT JOIN movement v ON v.reverses = m.id"
			   " ORDER BY m.id"),
};
