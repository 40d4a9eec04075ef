/* Kommuner: shipped with the program; the campaign says which are its own. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "code", VS_FIELD_CODE, VS_KEY | VS_READONLY, N_("code"), .digits = 4 },
	{ "name", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("kommun") },
	{ "region", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("county"),
		.refers = &vs_region_type },
	{ "riksdag_code", VS_FIELD_CODE, VS_READONLY | VS_HIDDEN,
		N_("riksdag constituency"), .digits = 2 },
	{ "in_district", VS_FIELD_BOOLEAN, VS_FILTER | VS_HIDDEN, N_("in the district") },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		N_("the local association that covers the kommun"),
		.refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "association_lent", VS_FIELD_BOOLEAN, VS_HIDDEN, N_("lent"),
		N_("yes when a neighbouring association helps out because the kommun has none") },
	{ "quota_factor", VS_FIELD_REAL, VS_HIDDEN, N_("ballots per voter"),
		N_("ballots to propose per eligible voter; empty: the campaign's factor"),
		.min = 0, .max = 20 },
	{ "districts", VS_FIELD_INTEGER, VS_READONLY, N_("districts") },
	{ "places", VS_FIELD_INTEGER, VS_READONLY, N_("places") },
	{ "eligible", VS_FIELD_INTEGER, VS_READONLY, N_("eligible") },
	{ "committee", VS_FIELD_TEXT, VS_HIDDEN, N_("election committee") },
	{ "committee_website", VS_FIELD_TEXT, VS_HIDDEN, N_("website") },
	{ "committee_phone", VS_FIELD_TEXT, 0, N_("committee's phone") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	return register_check_factor("kommun", record, err);
}

const struct vs_record_type vs_kommun_type = {
	.noun = N_("kommun"),
	.label = N_("kommuner"),
	.about = N_("The 290 kommuner. Those of the campaign's district are marked."),
	FIELDS(fields),
	.usual = "in_district",
	.select = SQL(
		"WITH counted AS (SELECT d.kommun_code, count(*) FILTER (WHERE NOT d.collection) AS n,"
		"  sum(r.eligible) AS eligible FROM district d LEFT JOIN district_result r"
		"  ON r.district_code = d.code AND r.kind = 'KF' GROUP BY d.kommun_code),"
		" placed AS (SELECT kommun_code, count(*) AS n FROM place GROUP BY kommun_code)"
		" SELECT k.code, k.name, k.region_code AS region, k.riksdag_code, k.in_district,"
		" k.association_id AS association, a.name AS association_name, k.association_lent,"
		" k.quota_factor, coalesce(c.n, 0) AS districts, coalesce(p.n, 0) AS places,"
		" c.eligible, k.committee, k.committee_website, k.committee_phone"
		" FROM kommun k LEFT JOIN association a ON a.id = k.association_id"
		" LEFT JOIN counted c ON c.kommun_code = k.code"
		" LEFT JOIN placed p ON p.kommun_code = k.code"
		" ORDER BY k.name COLLATE swedish"),
	.find = SQL(
		"SELECT k.code, k.name, k.region_code AS region, k.riksdag_code, k.in_district,"
		" k.association_id AS association, a.name AS association_name, k.association_lent,"
		" k.quota_factor, (SELECT count(*) FROM district d WHERE d.kommun_code = k.code"
		"  AND NOT d.collection) AS districts,"
		" (SELECT count(*) FROM place p WHERE p.kommun_code = k.code) AS places,"
		" (SELECT sum(r.eligible) FROM district d JOIN district_result r"
		"  ON r.district_code = d.code AND r.kind = 'KF' WHERE d.kommun_code = k.code)"
		" AS eligible, k.committee, k.committee_website, k.committee_phone"
		" FROM kommun k LEFT JOIN association a ON a.id = k.association_id"
		" WHERE k.code = ?"),
	.update = SQL("UPDATE kommun SET in_district = ?, association_id = ?,"
		      " association_lent = ?, quota_factor = ?, committee = ?,"
		      " committee_website = ?, committee_phone = ? WHERE code = ?"),
	.check = check,
};
