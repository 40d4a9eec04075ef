/* The campaign: the file's one row. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY | VS_HIDDEN, N_("no.") },
	{ "title", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("title"), .max_length = 100 },
	{ "party", VS_FIELD_REF, VS_READONLY, N_("party"), .refers = &vs_party_type },
	{ "party_name", VS_FIELD_TEXT, VS_READONLY, N_("party") },
	{ "district", VS_FIELD_TEXT, VS_REQUIRED, N_("party district"),
		.max_length = 100 },
	{ "region", VS_FIELD_REF, VS_READONLY, N_("county"), .refers = &vs_region_type },
	{ "election_day", VS_FIELD_DATE, VS_READONLY, N_("election day") },
	{ "kinds", VS_FIELD_TEXT, VS_READONLY, N_("elections") },
	{ "quota_factor", VS_FIELD_REAL, VS_REQUIRED, N_("ballots per voter"),
		N_("ballots to propose per eligible voter; the free quota is 3"),
		.min = 0, .max = 20 },
	{ "keep_until", VS_FIELD_DATE, VS_REQUIRED, N_("keep people until"),
		N_("given to new people; those already in the file keep theirs") },
	{ "controller_name", VS_FIELD_TEXT, 0, N_("data controller") },
	{ "controller_email", VS_FIELD_TEXT, 0, N_("controller's e-mail") },
	{ "controller_phone", VS_FIELD_TEXT, 0, N_("controller's phone") },
	{ "delivery_recipient", VS_FIELD_TEXT, 0, N_("deliver to"),
		N_("the address that new orders get"), .max_length = 100 },
	{ "delivery_street", VS_FIELD_TEXT, 0, N_("street address"), .max_length = 100 },
	{ "delivery_postcode", VS_FIELD_TEXT, 0, N_("postcode"), .max_length = 6 },
	{ "delivery_town", VS_FIELD_TEXT, 0, N_("town"), .max_length = 60 },
	{ "delivery_contact", VS_FIELD_TEXT, VS_PERSONAL, N_("delivery contact"),
		.max_length = 90 },
	{ "delivery_mobile", VS_FIELD_TEXT, VS_PERSONAL, N_("mobile number"),
		.max_length = 20 },
	{ "orderer", VS_FIELD_INTEGER, 0, N_("authorised orderer"),
		N_("number from 'orderer list'; new orders get it") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	return register_check_factor("campaign", record, err) &&
		register_check_address("campaign", "delivery_", record, err);
}

const struct vs_record_type vs_campaign_type = {
	.noun = N_("campaign"),
	.label = N_("campaign"),
	.about = N_("The campaign that this file is for."),
	FIELDS(fields),
	.select = SQL(
		"SELECT c.id, c.title, c.party_code AS party, p.name AS party_name,"
		" c.district, c.region_code AS region, c.election_day, c.kinds,"
		" c.quota_factor, c.keep_until, c.controller_name, c.controller_email,"
		" c.controller_phone, c.delivery_recipient, c.delivery_street,"
		" c.delivery_postcode, c.delivery_town, c.delivery_contact,"
		" c.delivery_mobile, c.orderer_id AS orderer"
		" FROM campaign c JOIN party p ON p.code = c.party_code"),
	.update =
		SQL("UPDATE campaign SET title = ?, district = ?, quota_factor = ?,"
		    " keep_until = ?, controller_name = ?, controller_email = ?,"
		    " controller_phone = ?, delivery_recipient = ?, delivery_street = ?,"
		    " delivery_postcode = ?, delivery_town = ?, delivery_contact = ?,"
		    " delivery_mobile = ?, orderer_id = ? WHERE id = ?"),
	.check = check,
};

bool
vs_campaign_get(struct vs_db *db, struct vs_arena *arena,
	struct vs_campaign *ret_campaign, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT c.title, c.party_code, p.name, coalesce(p.short, p.name),"
			" c.district, c.region_code, c.kinds, c.election_day, c.keep_until,"
			" c.quota_factor FROM campaign c JOIN party p ON p.code = c.party_code"),
		    err))
		return false;
	if (!stmt_row(&q, err))
		return vs_fail(err, VS_CORRUPT,
			_("%s holds no campaign; restore a backup or make a new file"),
			vs_db_path(db));
	*ret_campaign = (struct vs_campaign){
		.title = stmt_copy(&q, 0, arena),
		.party_code = stmt_copy(&q, 1, arena),
		.party_name = stmt_copy(&q, 2, arena),
		.party_short = stmt_copy(&q, 3, arena),
		.district = stmt_copy(&q, 4, arena),
		.region_code = stmt_copy(&q, 5, arena),
		.kinds = stmt_copy(&q, 6, arena),
		.election_day = stmt_copy(&q, 7, arena),
		.keep_until = stmt_copy(&q, 8, arena),
		.quota_factor = stmt_real(&q, 9),
	};
	return vs_date_parse(
		ret_campaign->election_day, &ret_campaign->election_date, err);
}
