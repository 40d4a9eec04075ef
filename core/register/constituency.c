/* Constituencies (valkretsar): where a list stands, and whose voters its quota counts. */
#include "register/register.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("kind"),
		.choices = register_kinds },
	{ "area_code", VS_FIELD_TEXT, VS_REQUIRED | VS_FIXED | VS_FILTER,
		N_("election area"),
		N_("riksdag and EU 00, region 2 digits, kommun 4 digits"),
		.max_length = 4 },
	{ "code", VS_FIELD_TEXT, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("code"),
		N_("riksdag 2 digits, region code + 2 digits, kommun code + 2 digits"),
		.max_length = 6 },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("constituency"),
		.max_length = 100 },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "eligible", VS_FIELD_INTEGER, 0, N_("eligible 1 March"),
		N_("eligible voters on 1 March of the election year; empty: counted from the "
		   "districts"),
		.min = 0, .max = 20000000 },
	{ "eligible_on", VS_FIELD_DATE, VS_HIDDEN, N_("counted on") },
	{ "eligible_counted", VS_FIELD_INTEGER, VS_READONLY, N_("eligible, counted") },
	{ "quota", VS_FIELD_INTEGER, VS_READONLY, N_("free quota") },
	{ "seats", VS_FIELD_INTEGER, 0, N_("seats"), .min = 0, .max = 400 },
};

static bool
is_digits(const char *text, size_t length)
{
	return strlen(text) == length && strspn(text, "0123456789") == length;
}

/* The codes nest: area in code for region and kommun; 00 for the whole country. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	const char *kind = record_string(record, "kind");
	const char *area = record_string(record, "area_code");
	const char *code = record_string(record, "code");
	size_t area_length = strcmp(kind, "KF") == 0 ? 4 : 2;
	bool national = strcmp(kind, "RD") == 0 || strcmp(kind, "EP") == 0;
	bool ok = is_digits(area, area_length) &&
		(national ? strcmp(area, "00") == 0 && is_digits(code, 2)
			  : is_digits(code, area_length + 2) &&
					strncmp(code, area, area_length) == 0);
	if (ok)
		return true;
	return vs_fail(err, VS_INVALID,
		_("constituency: area %s with code %s does not fit kind %s; examples: RD 00 21, "
		  "RF 17 1700, KF 1780 178000"),
		area, code, kind);
}

const struct vs_record_type vs_constituency_type = {
	.noun = N_("constituency"),
	.label = N_("constituencies"),
	.about = N_(
		"Where a list stands. The quota is 3 ballots per eligible voter: riksdag "
		"per constituency, other elections per whole area (vallagen 6:8)."),
	FIELDS(fields),
	.select = SQL(
		"WITH counted AS ("
		" SELECT 'KF' AS kind, d.kf_constituency AS code, sum(r.eligible) AS n"
		"  FROM district d JOIN district_result r ON r.district_code = d.code"
		"  AND r.kind = 'KF' WHERE d.kf_constituency IS NOT NULL GROUP BY 2"
		" UNION ALL SELECT 'RD', k.riksdag_code, sum(r.eligible)"
		"  FROM district d JOIN district_result r ON r.district_code = d.code"
		"  AND r.kind = 'RD' JOIN kommun k ON k.code = d.kommun_code GROUP BY 2"
		" UNION ALL SELECT 'RF', k.region_code || '00', sum(r.eligible)"
		"  FROM district d JOIN district_result r ON r.district_code = d.code"
		"  AND r.kind = 'RF' JOIN kommun k ON k.code = d.kommun_code GROUP BY 2)"
		" SELECT c.id, c.kind, c.area_code, c.code, c.name,"
		" CASE WHEN c.kind = 'KF' THEN c.area_code END AS kommun, c.eligible,"
		" c.eligible_on, n.n AS eligible_counted,"
		" 3 * coalesce(c.eligible, n.n) AS quota, c.seats"
		" FROM constituency c JOIN election_kind e ON e.code = c.kind"
		" LEFT JOIN counted n ON n.kind = c.kind AND n.code = c.code"
		" ORDER BY e.position, c.name COLLATE swedish"),
	.insert = SQL("INSERT INTO constituency (kind, area_code, code, name, eligible,"
		      " eligible_on, seats) VALUES (?, ?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE constituency SET name = ?, eligible = ?, eligible_on = ?,"
		      " seats = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM constituency WHERE id = ?"),
	.check = check,
};
