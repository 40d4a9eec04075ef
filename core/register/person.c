/* People; so far those who stand as candidates. */
#include "register/register.h"

#include "base/i18n.h"

static const struct vs_choice genders[] = {
	{ "K", N_("woman") },
	{ "M", N_("man") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME | VS_PERSONAL, N_("name"),
		.max_length = 90 },
	{ "gender", VS_FIELD_CHOICE, VS_PERSONAL | VS_HIDDEN, N_("gender"),
		.choices = genders },
	{ "age", VS_FIELD_INTEGER, VS_PERSONAL, N_("age"), N_("on election day"),
		.min = 0, .max = 130 },
	{ "home", VS_FIELD_TEXT, VS_PERSONAL, N_("home"), N_("kommun or locality"),
		.max_length = 60 },
	{ "candidate_number", VS_FIELD_TEXT, VS_PERSONAL | VS_FILTER,
		N_("candidate number"), N_("the authority's, within one election"),
		.max_length = 12 },
	{ "lists", VS_FIELD_INTEGER, VS_READONLY, N_("lists") },
	{ "keep_until", VS_FIELD_DATE, VS_REQUIRED | VS_FILTER, N_("keep until"),
		N_("the day after which the person is to be erased") },
};

const struct vs_record_type vs_person_type = {
	.noun = N_("person"),
	.label = N_("people"),
	.about = N_(
		"People who stand as candidates. Each has a day until which it is kept."),
	FIELDS(fields),
	.select = SQL(
		"SELECT p.id, p.name, p.gender, p.age, p.home, p.candidate_number,"
		" (SELECT count(*) FROM candidacy c WHERE c.person_id = p.id) AS lists,"
		" p.keep_until FROM person p ORDER BY p.name COLLATE swedish, p.id"),
	.insert = SQL("INSERT INTO person (name, gender, age, home, candidate_number,"
		      " keep_until) VALUES (?, ?, ?, ?, ?, ?)"),
	.update = SQL("UPDATE person SET name = ?, gender = ?, age = ?, home = ?,"
		      " candidate_number = ?, keep_until = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM person WHERE id = ?"),
};
