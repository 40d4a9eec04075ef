/* People: candidates, members, volunteers. */
#include "register/people.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice genders[] = {
	{ "K", N_("woman") },
	{ "M", N_("man") },
	{ 0 },
};

static const struct vs_choice memberships[] = {
	{ "member", N_("member") },
	{ "former", N_("former member") },
	{ "friend", N_("friend") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME | VS_PERSONAL, N_("name"),
		.max_length = 90 },
	{ "gender", VS_FIELD_CHOICE, VS_PERSONAL | VS_HIDDEN, N_("gender"),
		.choices = genders },
	{ "age", VS_FIELD_INTEGER, VS_PERSONAL | VS_HIDDEN, N_("age"),
		N_("on election day"), .min = 0, .max = 130 },
	{ "home", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("home"),
		N_("kommun or locality"), .max_length = 60 },
	{ "candidate_number", VS_FIELD_TEXT, VS_PERSONAL | VS_FILTER | VS_HIDDEN,
		N_("candidate number"), N_("the authority's, within one election"),
		.max_length = 12 },
	{ "lists", VS_FIELD_INTEGER, VS_READONLY, N_("lists") },
	{ "keep_until", VS_FIELD_DATE, VS_FILTER, N_("keep until"),
		N_("the day after which the person is to be erased; default the campaign's") },
	{ "called", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("called"),
		N_("when it is not the first name"), .max_length = 40 },
	{ "phone", VS_FIELD_TEXT, VS_PERSONAL | VS_PHONE | VS_FILTER, N_("phone"),
		N_("as in 070-123 45 67, 054-12 34 56, +47 22 12 34 56") },
	{ "email", VS_FIELD_TEXT, VS_PERSONAL | VS_FILTER, N_("e-mail"),
		N_("several people may share one"), .max_length = 100 },
	{ "kommun", VS_FIELD_REF, VS_PERSONAL | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("kommun") },
	{ "association", VS_FIELD_REF, VS_PERSONAL | VS_FILTER | VS_HIDDEN,
		N_("association"), .refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL,
		N_("association") },
	{ "membership", VS_FIELD_CHOICE, VS_PERSONAL | VS_FILTER | VS_HIDDEN,
		N_("membership"), .choices = memberships },
	{ "member_since", VS_FIELD_DATE, VS_PERSONAL | VS_HIDDEN, N_("member since"),
		N_("a new member of the campaign's year is put into the contact queue") },
	{ "volunteer", VS_FIELD_BOOLEAN, VS_PERSONAL | VS_FILTER, N_("volunteer") },
	{ "skills", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL | VS_FILTER | VS_MANY,
		N_("skills"), N_("set by 'qualification add'") },
	{ "languages", VS_FIELD_TEXT, VS_PERSONAL | VS_FILTER | VS_MANY | VS_HIDDEN,
		N_("languages"), N_("with commas: svenska, arabiska"),
		.max_length = 100 },
	{ "car", VS_FIELD_BOOLEAN, VS_PERSONAL | VS_FILTER | VS_HIDDEN, N_("car") },
	{ "hours_week", VS_FIELD_INTEGER, VS_PERSONAL | VS_HIDDEN, N_("hours a week"),
		N_("at most so many hours of shifts in a week"), .min = 1, .max = 168 },
	{ "hours_day", VS_FIELD_INTEGER, VS_PERSONAL | VS_HIDDEN, N_("hours a day"),
		N_("at most so many hours of shifts in a day"), .min = 1, .max = 24 },
	{ "travel_max", VS_FIELD_INTEGER, VS_PERSONAL | VS_HIDDEN, N_("travel"),
		N_("at most so many minutes from home"), .min = 1, .max = 1440 },
	{ "note", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("note") },
	{ "restricted", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER | VS_HIDDEN,
		N_("processing restricted"), N_("set by 'person restrict'") },
};

bool
register_check_email(
	const char *noun, const char *field, const char *email, struct vs_error *err)
{
	const char *at = email ? strchr(email, '@') : NULL;
	const char *dot = at ? strrchr(at, '.') : NULL;
	bool good = at && at > email && dot && dot > at + 1 && dot[1] &&
		!strchr(at + 1, '@') && !strpbrk(email, " ,;<>()\"\\\n") &&
		!strstr(email, "..");
	return !email || good ||
		vs_fail(err, VS_INVALID,
			_("%s, field %s: \"%s\" is no e-mail address; write one, as in namn@exempel.se"),
			_(noun), field, email);
}

bool
register_person_open(
	struct vs_db *db, int64_t person, const char *noun, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(
		    &q, db, SQL("SELECT 1 FROM person WHERE id = ? AND restricted"), err))
		return false;
	stmt_bind(&q, person);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("%s: person %lld is restricted and is left as it is; 'person restrict %lld --off' lifts that"),
		_(noun), (long long)person, (long long)person);
}

bool
register_person_id(
	struct vs_db *db, const char *person, int64_t *ret_id, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_person_type, person, err);
	*ret_id = record_integer(record, "id");
	json_decref(record);
	return record != NULL;
}

static bool
check_member_since(const json_t *record, struct vs_error *err)
{
	char text[11];
	struct vs_date today;
	const char *since = record_string(record, "member_since");
	if (!since)
		return true;
	if (!vs_clock_today(&today, err))
		return false;
	return strcmp(since, vs_date_format(today, text)) <= 0 ||
		vs_fail(err, VS_INVALID,
			_("person, field member_since: %s has not come yet; look at the date"),
			since);
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	if (before && record_true(before, "restricted") && !json_equal(before, record))
		return register_person_open(
			db, record_integer(before, "id"), "person", err);
	return register_check_email(
		       "person", "email", record_string(record, "email"), err) &&
		check_member_since(record, err);
}

/* A booking would keep the seat for nobody; erasing frees it. */
static bool
removing(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	int64_t id = record_integer(record, "id");
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("SELECT 1 FROM booking WHERE person_id = ? LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, id);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_REFUSED,
		_("person %lld stays: they are or were booked on shifts; 'valstuga person "
		  "erase %lld' forgets them and frees their places"),
		(long long)id, (long long)id);
}

/* Whoever became a member now is new; a member who is corrected is not. */
static bool
written(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	const char *membership = record_string(record, "membership");
	const char *was = before ? record_string(before, "membership") : NULL;
	bool since = record_string(record, "member_since");
	if (!membership || strcmp(membership, "member") != 0 || !since ||
		(was && strcmp(was, "member") == 0 &&
			record_string(before, "member_since")))
		return true;
	int64_t id = before ? record_integer(before, "id") : db_last_id(db);
	return register_contact_new_member(db, id, err);
}

#define PERSON_SELECT \
	"SELECT p.id, p.name, p.gender, p.age, p.home, p.candidate_number," \
	" (SELECT count(*) FROM candidacy c WHERE c.person_id = p.id) AS lists," \
	" p.keep_until, p.called, p.phone, p.email, p.kommun_code AS kommun," \
	" k.name AS kommun_name, p.association_id AS association," \
	" a.name AS association_name, p.membership, p.member_since, p.volunteer," \
	" (SELECT group_concat(name, ', ') FROM (SELECT s.name FROM person_skill h" \
	"  JOIN skill s ON s.id = h.skill_id WHERE h.person_id = p.id" \
	"  ORDER BY s.name COLLATE swedish)) AS skills, p.languages, coalesce(p.car, 0) AS car, p.hours_week," \
	" p.hours_day, p.travel_max, p.note, p.restricted FROM person p" \
	" LEFT JOIN kommun k ON k.code = p.kommun_code" \
	" LEFT JOIN association a ON a.id = p.association_id"

const struct vs_record_type vs_person_type = {
	.noun = N_("person"),
	.label = N_("people"),
	.about = N_(
		"People: candidates, members, volunteers. Each has a day until which it "
		"is kept."),
	FIELDS(fields),
	.hides = "restricted",
	.select = SQL(PERSON_SELECT " ORDER BY p.name COLLATE swedish, p.id"),
	.find = SQL(
		PERSON_SELECT " WHERE p.id = coalesce((SELECT person_id FROM person_alias"
			      " WHERE old_id = ?1), ?1)"),
	.insert = SQL(
		"INSERT INTO person (name, gender, age, home, candidate_number,"
		" keep_until, called, phone, email, kommun_code, association_id,"
		" membership, member_since, volunteer, languages, car, hours_week,"
		" hours_day, travel_max, note) VALUES (?, ?, ?, ?, ?,"
		" coalesce(?, (SELECT keep_until FROM campaign)), ?, ?, ?, ?, ?, ?, ?, ?,"
		" ?, ?, ?, ?, ?, ?)"),
	.update = SQL(
		"UPDATE person SET name = ?, gender = ?, age = ?, home = ?,"
		" candidate_number = ?,"
		" keep_until = coalesce(?, (SELECT keep_until FROM campaign)), called = ?,"
		" phone = ?, email = ?, kommun_code = ?, association_id = ?,"
		" membership = ?, member_since = ?, volunteer = ?, languages = ?, car = ?,"
		" hours_week = ?, hours_day = ?, travel_max = ?, note = ? WHERE id = ?"),
	.remove = SQL("DELETE FROM person WHERE id = ?"),
	.check = check,
	.written = written,
	.removing = removing,
};
