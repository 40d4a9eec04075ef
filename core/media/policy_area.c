/* Policy areas: what the party speaks about. */
#include "media/media.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("policy area"),
		.max_length = 60 },
	{ "spokespersons", VS_FIELD_INTEGER, VS_READONLY, N_("spokespersons") },
	{ "appearances", VS_FIELD_INTEGER, VS_READONLY, N_("times seen") },
	{ "note", VS_FIELD_TEXT, 0, N_("note"), .max_length = 500 },
};

static const struct vs_head heads[] = {
	{ "namn", "name" },
	{ "politikområde", "name" },
	{ "område", "name" },
	{ "policy_area", "name" },
	{ "anteckning", "note" },
	{ 0 },
};

/* Areas are shown with commas between. */
static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	const char *name = record_string(record, "name");
	return !strchr(name, ',') ||
		vs_fail(err, VS_INVALID,
			_("policy-area, field name: \"%s\" has a comma; add one area at a time"),
			name);
}

#define SELECT_AREA \
	"SELECT a.id, a.name, (SELECT count(*) FROM spokesperson s" \
	"  WHERE s.policy_area_id = a.id) AS spokespersons," \
	" (SELECT count(*) FROM appearance p WHERE p.policy_area_id = a.id" \
	"  AND p.state IN ('published', 'broadcast')) AS appearances, a.note" \
	" FROM policy_area a"

const struct vs_record_type vs_policy_area_type = {
	.noun = N_("policy-area"),
	.label = N_("policy areas"),
	.about = N_("What the party speaks about: health care, school, climate."),
	FIELDS(fields),
	.select = SQL(SELECT_AREA " ORDER BY a.name COLLATE swedish"),
	.find = SQL(SELECT_AREA " WHERE a.id = ?"),
	.known = SQL("SELECT id FROM policy_area WHERE id = ?"),
	.insert = SQL("INSERT INTO policy_area (name, note) VALUES (?, ?)"),
	.update = SQL("UPDATE policy_area SET name = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM policy_area WHERE id = ?"),
	.check = check,
	.heads = heads,
};
