/* Skills that a role may ask for, and who has them. */
#include "register/people.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_field skill_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("skill"), .max_length = 60 },
	{ "confirmed", VS_FIELD_BOOLEAN, 0, N_("must be confirmed"),
		N_("counts only when somebody has confirmed it, as a driving licence") },
	{ "people", VS_FIELD_INTEGER, VS_READONLY, N_("people"),
		N_("who have it, confirmed where it must be") },
	{ "note", VS_FIELD_TEXT, 0, N_("note") },
};

/* Skills are shown with commas between. */
static bool
check_skill(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	(void)db;
	(void)before;
	const char *name = record_string(record, "name");
	return !strchr(name, ',') ||
		vs_fail(err, VS_INVALID,
			_("skill, field name: \"%s\" has a comma; add one skill at a time"),
			name);
}

const struct vs_record_type vs_skill_type = {
	.noun = N_("skill"),
	.label = N_("skills"),
	.about = N_("What a role of a shift may ask for: driving licence, first aid, a "
		    "language."),
	FIELDS(skill_fields),
	.select = SQL(
		"SELECT s.id, s.name, s.confirmed, (SELECT count(*) FROM person_skill h"
		" WHERE h.skill_id = s.id AND (NOT s.confirmed OR h.confirmed_on IS NOT NULL))"
		" AS people, s.note FROM skill s ORDER BY s.name COLLATE swedish"),
	.insert = SQL("INSERT INTO skill (name, confirmed, note) VALUES (?, ?, ?)"),
	.update = SQL("UPDATE skill SET name = ?, confirmed = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM skill WHERE id = ?"),
	.check = check_skill,
};

static const struct vs_field person_skill_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("person"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "skill", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("skill"), .refers = &vs_skill_type },
	{ "skill_name", VS_FIELD_TEXT, VS_READONLY, N_("skill") },
	{ "confirmed_on", VS_FIELD_DATE, 0, N_("confirmed on") },
	{ "confirmed_by", VS_FIELD_TEXT, VS_PERSONAL, N_("confirmed by"),
		N_("who has seen it"), .max_length = 90 },
	{ "counts", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER, N_("counts"),
		N_("confirmed, or needs no confirmation") },
};

static bool
check_person_skill(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	(void)before;
	char text[11];
	struct vs_date today;
	const char *on = record_string(record, "confirmed_on");
	if (!on != !record_string(record, "confirmed_by"))
		return vs_fail(err, VS_INVALID,
			_("qualification: who confirmed it and when belong together; give "
			  "--confirmed-on and --confirmed-by"));
	if (!vs_clock_today(&today, err))
		return false;
	if (on && strcmp(on, vs_date_format(today, text)) > 0)
		return vs_fail(err, VS_INVALID,
			_("qualification, field confirmed_on: %s has not come yet; look at the date"),
			on);
	return register_person_open(
		db, record_integer(record, "person"), "qualification", err);
}

const struct vs_record_type vs_person_skill_type = {
	.noun = N_("qualification"),
	.label = N_("qualifications"),
	.about = N_("Who has which skill, and who confirmed it."),
	FIELDS(person_skill_fields),
	.select = SQL(
		"SELECT h.id, h.person_id AS person,"
		" iif(p.restricted, NULL, p.name) AS person_name,"
		" h.skill_id AS skill, s.name AS skill_name, h.confirmed_on,"
		" h.confirmed_by, NOT s.confirmed OR h.confirmed_on IS NOT NULL AS counts"
		" FROM person_skill h JOIN person p ON p.id = h.person_id"
		" JOIN skill s ON s.id = h.skill_id"
		" ORDER BY p.name COLLATE swedish, p.id, s.name COLLATE swedish"),
	.insert = SQL(
		"INSERT INTO person_skill (person_id, skill_id, confirmed_on, confirmed_by)"
		" VALUES (?, ?, ?, ?)"),
	.update = SQL(
		"UPDATE person_skill SET confirmed_on = ?, confirmed_by = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM person_skill WHERE id = ?"),
	.check = check_person_skill,
};
