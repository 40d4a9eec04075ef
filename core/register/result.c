/* This election's result per district, as counted; the districts as they were then. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_TEXT, VS_KEY | VS_READONLY | VS_REQUIRED | VS_HIDDEN, N_("no."),
		N_("kind and district: KF-17800101") },
	{ "election_day", VS_FIELD_DATE, VS_READONLY | VS_HIDDEN, N_("election day") },
	{ "kind", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("kind"),
		.choices = register_kinds },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "district_code", VS_FIELD_CODE, VS_READONLY | VS_FILTER, N_("code"),
		.digits = 8 },
	{ "district_name", VS_FIELD_TEXT, VS_READONLY, N_("district") },
	{ "eligible", VS_FIELD_INTEGER, VS_READONLY, N_("eligible") },
	{ "voted", VS_FIELD_INTEGER, VS_READONLY, N_("voted") },
	{ "valid", VS_FIELD_INTEGER, VS_READONLY, N_("valid votes") },
	{ "party_votes", VS_FIELD_INTEGER, VS_READONLY, N_("our votes") },
	{ "share", VS_FIELD_REAL, VS_READONLY, N_("our share, %"),
		N_("of the valid votes") },
};

const struct vs_record_type vs_result_type = {
	.noun = N_("result"),
	.label = N_("results of this election"),
	.about = N_(
		"This election's count per district, from the authority's files. Read-only."),
	FIELDS(fields),
	.select = SQL(
		"SELECT r.kind || '-' || r.district_code AS id, r.election_day, r.kind,"
		" r.kommun_code AS kommun, k.name AS kommun_name, r.district_code,"
		" r.name AS district_name, r.eligible, r.voted, r.valid, r.party_votes,"
		" round(100.0 * r.party_votes / nullif(r.valid, 0), 2) AS share"
		" FROM election_result r JOIN kommun k ON k.code = r.kommun_code"
		" WHERE r.election_day = (SELECT election_day FROM campaign)"
		" ORDER BY r.kind, k.name COLLATE swedish, r.district_code"),
};
