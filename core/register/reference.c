/* What ships with the program: regions, election kinds, parties. */
#include "register/register.h"

#include <string.h>

#include "base/i18n.h"

const struct vs_choice register_kinds[] = {
	{ "RD", N_("riksdag") },
	{ "RF", N_("regional council") },
	{ "KF", N_("municipal council") },
	{ "EP", N_("European Parliament") },
	{ 0 },
};

bool
vs_kinds_include(const char *kinds, const char *kind)
{
	size_t length = strlen(kind);
	for (const char *at = strstr(kinds, kind); at; at = strstr(at + 1, kind))
		if ((at == kinds || at[-1] == ',') && (!at[length] || at[length] == ','))
			return true;
	return false;
}

static const struct vs_field region_fields[] = {
	{ "code", VS_FIELD_CODE, VS_KEY | VS_READONLY, N_("code"), .digits = 2 },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("county") },
	{ "region_name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("region") },
	{ "has_regional_election", VS_FIELD_BOOLEAN, VS_READONLY,
		N_("regional election") },
};

const struct vs_record_type vs_region_type = {
	.noun = N_("region"),
	.label = N_("counties and regions"),
	.about = N_("The 21 counties (län). Gotland has no regional election."),
	FIELDS(region_fields),
	.select = SQL("SELECT code, name, region_name, has_regional_election FROM region"
		      " ORDER BY code"),
};

static const struct vs_choice quota_bases[] = {
	{ "constituency", N_("per constituency") },
	{ "area", N_("per election area") },
	{ 0 },
};

static const struct vs_field kind_fields[] = {
	{ "code", VS_FIELD_TEXT, VS_KEY | VS_READONLY, N_("kind") },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("name") },
	{ "adjective", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("election to") },
	{ "colour_name", VS_FIELD_TEXT, VS_READONLY, N_("colour") },
	{ "colour", VS_FIELD_TEXT, VS_READONLY, N_("colour code") },
	{ "signal_lines", VS_FIELD_INTEGER, VS_READONLY, N_("signal lines") },
	{ "free_quota_base", VS_FIELD_CHOICE, VS_READONLY, N_("quota base"),
		.choices = quota_bases },
	{ "source", VS_FIELD_TEXT, VS_READONLY, N_("source") },
};

const struct vs_record_type vs_election_kind_type = {
	.noun = N_("kind"),
	.label = N_("election kinds"),
	.about = N_(
		"Kinds of election with the colour and signal lines of their ballot papers."),
	FIELDS(kind_fields),
	.select = SQL("SELECT code, name, adjective, colour_name, colour, signal_lines,"
		      " free_quota_base, source FROM election_kind ORDER BY position"),
};

static const struct vs_field party_fields[] = {
	{ "code", VS_FIELD_CODE, VS_KEY | VS_REQUIRED, N_("code"), .digits = 4 },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("name"), .max_length = 100 },
	{ "short", VS_FIELD_TEXT, VS_NAME, N_("abbreviation"), .max_length = 20 },
};

const struct vs_record_type vs_party_type = {
	.noun = N_("party"),
	.label = N_("parties"),
	.about = N_(
		"Parties with the authority's codes; the parliamentary ones are shipped."),
	FIELDS(party_fields),
	.select =
		SQL("SELECT code, name, short FROM party ORDER BY name COLLATE swedish"),
	.insert = SQL("INSERT INTO party (code, name, short) VALUES (?, ?, ?)"),
	.update = SQL("UPDATE party SET name = ?, short = ? WHERE code = ?"),
	.remove = SQL("DELETE FROM party WHERE code = ?"),
};
