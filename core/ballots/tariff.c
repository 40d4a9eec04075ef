/* What ballots cost and weigh (tariff), and who may order them (orderer). */
#include "ballots/ballots.h"

#include "base/i18n.h"

static const struct vs_field tariff_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("tariff"), .max_length = 100 },
	{ "valid_from", VS_FIELD_DATE, VS_REQUIRED, N_("valid from") },
	{ "start_black_ore", VS_FIELD_MONEY, VS_REQUIRED, N_("start fee, black"),
		N_("per list, party name in black"), .min = 0, .max = 100000000 },
	{ "start_colour_ore", VS_FIELD_MONEY, VS_REQUIRED, N_("start fee, colour"),
		N_("per list, party name in another colour"), .min = 0,
		.max = 100000000 },
	{ "thousand_ore", VS_FIELD_MONEY, VS_REQUIRED, N_("per 1 000"), .min = 0,
		.max = 100000000 },
	{ "piece_mg", VS_FIELD_INTEGER, VS_REQUIRED, N_("weight per piece, mg"),
		N_("A6 on 80 g/m² weighs 1 240 mg"), .min = 1, .max = 100000 },
	{ "source", VS_FIELD_TEXT, VS_REQUIRED, N_("source") },
	{ "verified_on", VS_FIELD_DATE, 0, N_("verified") },
};

const struct vs_record_type vs_tariff_type = {
	.noun = N_("tariff"),
	.label = N_("tariffs"),
	.about = N_("The authority's prices for ballot papers outside the free quota."),
	FIELDS(tariff_fields),
	.select = SQL("SELECT id, name, valid_from, start_black_ore, start_colour_ore,"
		      " thousand_ore, piece_mg, source, verified_on FROM tariff"
		      " ORDER BY valid_from DESC"),
	.insert = SQL("INSERT INTO tariff (name, valid_from, start_black_ore,"
		      " start_colour_ore, thousand_ore, piece_mg, source, verified_on)"
		      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE tariff SET name = ?, valid_from = ?, start_black_ore = ?,"
		      " start_colour_ore = ?, thousand_ore = ?, piece_mg = ?, source = ?,"
		      " verified_on = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM tariff WHERE id = ?"),
};

bool
tariff_get(struct vs_db *db, struct vs_arena *arena, struct tariff *ret_tariff,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	/* The newest that is in force on election day, else the oldest there is. */
	if (!stmt_open(&q, db,
		    SQL("SELECT name, start_black_ore, start_colour_ore, thousand_ore, piece_mg"
			" FROM tariff, campaign c ORDER BY valid_from > c.election_day,"
			" CASE WHEN valid_from > c.election_day THEN valid_from END,"
			" valid_from DESC"),
		    err))
		return false;
	if (!stmt_row(&q, err))
		return vs_fail(err, VS_NOT_FOUND,
			_("there is no tariff; enter the authority's prices with 'valstuga tariff "
			  "add'"));
	*ret_tariff = (struct tariff){
		.name = stmt_copy(&q, 0, arena),
		.start_black_ore = stmt_int(&q, 1),
		.start_colour_ore = stmt_int(&q, 2),
		.thousand_ore = stmt_int(&q, 3),
		.piece_mg = stmt_int(&q, 4),
	};
	return true;
}

static const struct vs_field orderer_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME | VS_PERSONAL, N_("name"),
		.max_length = VS_NAME_MAX },
	{ "minutes_on", VS_FIELD_DATE, VS_REQUIRED, N_("minutes of"),
		N_("date of the board's minutes that appoint") },
	{ "mobile", VS_FIELD_TEXT, VS_PERSONAL, N_("mobile number"), .max_length = 40 },
	{ "email", VS_FIELD_TEXT, VS_PERSONAL, N_("e-mail"), .max_length = 100 },
};

const struct vs_record_type vs_orderer_type = {
	.noun = N_("orderer"),
	.label = N_("authorised orderers"),
	.about = N_("Those whom the board has authorised to order ballot papers (behörig "
		    "beställare)."),
	FIELDS(orderer_fields),
	.select = SQL("SELECT id, name, minutes_on, mobile, email FROM orderer"
		      " ORDER BY name COLLATE swedish"),
	.insert = SQL("INSERT INTO orderer (name, minutes_on, mobile, email)"
		      " VALUES (?, ?, ?, ?)"),
	.update = SQL("UPDATE orderer SET name = ?, minutes_on = ?, mobile = ?, email = ?"
		      " WHERE id = ?"),
	.remove = SQL("DELETE FROM orderer WHERE id = ?"),
};
