/* Spokespersons: who speaks for us on what. */
#include "media/media.h"

#include <valstuga/person.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("person"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "policy_area", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("policy area"), .refers = &vs_policy_area_type },
	{ "policy_area_name", VS_FIELD_TEXT, VS_READONLY, N_("policy area") },
	{ "appearances", VS_FIELD_INTEGER, VS_READONLY, N_("times seen"),
		N_("with this policy area") },
	{ "last_seen", VS_FIELD_DATE, VS_READONLY, N_("last seen"),
		N_("with any policy area") },
	{ "note", VS_FIELD_TEXT, VS_PERSONAL, N_("note"), .max_length = 500 },
};

static const struct vs_head heads[] = {
	{ "talesperson", "person" },
	{ "namn", "person" },
	{ "område", "policy_area" },
	{ "politikområde", "policy_area" },
	{ "area", "policy_area" },
	{ "anteckning", "note" },
	{ 0 },
};

static bool
typed(struct vs_db *db, json_t *values, const json_t *before, struct vs_error *err)
{
	(void)before;
	return media_find_all(db, values, err);
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	return media_check_person(db, N_("spokesperson"), record, before, err);
}

#define SELECT_SPOKESPERSON \
	"SELECT s.id, s.person_id AS person, iif(p.restricted, NULL, p.name) AS person_name," \
	" s.policy_area_id AS policy_area, a.name AS policy_area_name," \
	" (SELECT count(*) FROM appearance m WHERE m.person_id = s.person_id" \
	"  AND m.policy_area_id = s.policy_area_id" \
	"  AND m.state IN ('published', 'broadcast')) AS appearances," \
	" (SELECT max(m.date) FROM appearance m WHERE m.person_id = s.person_id" \
	"  AND m.state IN ('published', 'broadcast')) AS last_seen," \
	" iif(p.restricted, NULL, s.note) AS note FROM spokesperson s" \
	" JOIN person p ON p.id = s.person_id JOIN policy_area a ON a.id = s.policy_area_id"

const struct vs_record_type vs_spokesperson_type = {
	.noun = N_("spokesperson"),
	.label = N_("spokespersons"),
	.about = N_("Who speaks for us on which policy area, and when they were seen."),
	FIELDS(fields),
	.select = SQL(SELECT_SPOKESPERSON
		" ORDER BY p.name COLLATE swedish, p.id, a.name COLLATE swedish"),
	.find = SQL(SELECT_SPOKESPERSON " WHERE s.id = ?"),
	.insert = SQL("INSERT INTO spokesperson (person_id, policy_area_id, note)"
		      " VALUES (?, ?, ?)"),
	.update = SQL("UPDATE spokesperson SET note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM spokesperson WHERE id = ?"),
	.typed = typed,
	.check = check,
	.heads = heads,
};
