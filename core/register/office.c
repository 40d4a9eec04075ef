/* Offices: who does what in an association. */
#include "register/people.h"

#include <string.h>

#include "base/i18n.h"

const struct vs_choice register_office_roles[] = {
	{ "chair", N_("chair") },
	{ "member_contact", N_("member contact") },
	{ "treasurer", N_("treasurer") },
	{ "organiser", N_("election organiser") },
	{ "study", N_("study organiser") },
	/* The parties' own words, whatever the language of the messages. */
	{ "member_contact", "medlemsansvarig" },
	{ "chair", "ordförande" },
	{ "treasurer", "kassör" },
	{ "organiser", "valombudsman" },
	{ "organiser", "valansvarig" },
	{ "study", "studieansvarig" },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "association", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("association"), .refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "role", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER | VS_OPEN, N_("function"),
		N_("or in your own words"), .choices = register_office_roles,
		.max_length = 60 },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("person"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "phone", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL | VS_PHONE, N_("phone") },
	{ "email", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("e-mail") },
	{ "since", VS_FIELD_DATE, 0, N_("since") },
	{ "until", VS_FIELD_DATE, 0, N_("until"), N_("the last day") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	const char *since = record_string(record, "since");
	const char *until = record_string(record, "until");
	if (since && until && strcmp(since, until) > 0)
		return vs_fail(err, VS_INVALID,
			_("office: it ends on %s, before it begins on %s; look at the days"),
			until, since);
	return register_person_open(db, record_integer(record, "person"), "office", err);
}

const struct vs_record_type vs_office_type = {
	.noun = N_("office"),
	.label = N_("offices"),
	.about = N_(
		"Functions in associations: chair, member contact, treasurer, election "
		"organiser, study organiser, or others. The member contact gets the "
		"association's contact queue."),
	FIELDS(fields),
	.select = SQL(
		"SELECT o.id, o.association_id AS association, a.name AS association_name,"
		" o.role, o.person_id AS person, iif(p.restricted, NULL, p.name) AS person_name,"
		" iif(p.restricted, NULL, p.phone) AS phone,"
		" iif(p.restricted, NULL, p.email) AS email,"
		" o.since, o.until FROM office o JOIN association a ON a.id = o.association_id"
		" JOIN person p ON p.id = o.person_id"
		" ORDER BY a.name COLLATE swedish, o.role, p.name COLLATE swedish, o.id"),
	.insert = SQL("INSERT INTO office (association_id, role, person_id, since, until)"
		      " VALUES (?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE office SET role = ?, since = ?, until = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM office WHERE id = ?"),
	.check = check,
};
