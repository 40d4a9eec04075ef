/* Electoral districts (valdistrikt), with the last count that was imported. */
#include "register/register.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "code", VS_FIELD_CODE, VS_KEY | VS_REQUIRED, N_("code"), .digits = 8 },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("district"),
		.max_length = 120 },
	{ "kommun", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "place", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("place"),
		.refers = &vs_place_type },
	{ "place_name", VS_FIELD_TEXT, VS_READONLY, N_("place") },
	{ "polling", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("polling district") },
	{ "eligible_rd", VS_FIELD_INTEGER, VS_READONLY, N_("eligible RD") },
	{ "eligible_rf", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("eligible RF") },
	{ "eligible_kf", VS_FIELD_INTEGER, VS_READONLY, N_("eligible KF") },
	{ "voted_kf", VS_FIELD_INTEGER, VS_READONLY, N_("voted KF") },
	{ "party_votes_rd", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN,
		N_("our votes RD") },
	{ "party_votes_rf", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN,
		N_("our votes RF") },
	{ "party_votes_kf", VS_FIELD_INTEGER, VS_READONLY, N_("our votes KF") },
};

/* A district's code begins with its kommun's. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	const char *code = record_string(record, "code"),
		   *kommun = record_string(record, "kommun");
	return strncmp(code, kommun, 4) == 0 ||
		vs_fail(err, VS_INVALID,
			_("district %s: the code does not begin with the kommun's, %s"),
			code, kommun);
}

const struct vs_record_type vs_district_type = {
	.noun = N_("district"),
	.label = N_("electoral districts"),
	.about = N_("Valdistrikt with their place, eligible voters and last result."),
	FIELDS(fields),
	.usual = "polling",
	.select = SQL(
		"SELECT d.code, d.name, d.kommun_code AS kommun, k.name AS kommun_name,"
		" d.place_id AS place, p.name AS place_name, NOT d.collection AS polling,"
		" rd.eligible AS eligible_rd, rf.eligible AS eligible_rf,"
		" kf.eligible AS eligible_kf, kf.voted AS voted_kf,"
		" rd.party_votes AS party_votes_rd, rf.party_votes AS party_votes_rf,"
		" kf.party_votes AS party_votes_kf"
		" FROM district d JOIN kommun k ON k.code = d.kommun_code"
		" LEFT JOIN place p ON p.id = d.place_id"
		" LEFT JOIN district_result rd ON rd.district_code = d.code AND rd.kind = 'RD'"
		" LEFT JOIN district_result rf ON rf.district_code = d.code AND rf.kind = 'RF'"
		" LEFT JOIN district_result kf ON kf.district_code = d.code AND kf.kind = 'KF'"
		" ORDER BY k.name COLLATE swedish, d.code"),
	.insert = SQL("INSERT INTO district (code, name, kommun_code, place_id)"
		      " VALUES (?, ?, ?, ?)"),
	.update = SQL("UPDATE district SET name = ?, kommun_code = ?, place_id = ?"
		      " WHERE code = ?"),
	.remove = SQL("DELETE FROM district WHERE code = ?"),
	.check = check,
};
