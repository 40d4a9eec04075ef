/* What somebody would like, or will not do: a shift, an activity, a kind of activity. */
#include "field/staff.h"

#include <string.h>

#include "base/i18n.h"
#include "register/people.h"

static const struct vs_choice answers[] = {
	{ "wants", N_("would like") },
	{ "will_not", N_("will not") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("person"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "answer", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER | VS_PERSONAL, N_("answer"),
		.choices = answers },
	{ "shift", VS_FIELD_REF, VS_FIXED | VS_FILTER | VS_HIDDEN | VS_PERSONAL,
		N_("shift"), .refers = &vs_shift_type },
	{ "activity", VS_FIELD_REF, VS_FIXED | VS_FILTER | VS_HIDDEN | VS_PERSONAL,
		N_("activity"), .refers = &vs_activity_type },
	{ "kind", VS_FIELD_REF, VS_FIXED | VS_FILTER | VS_HIDDEN | VS_PERSONAL,
		N_("sort of activity"), .refers = &vs_activity_kind_type },
	{ "about", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("about") },
};

static bool
check_one_thing(const json_t *record, struct vs_error *err)
{
	static const char *const things[] = { "shift", "activity", "kind" };
	int given = 0;
	for (size_t i = 0; i < sizeof things / sizeof *things; i++)
		given += !json_is_null(json_object_get(record, things[i]));
	return given == 1 ||
		vs_fail(err, VS_INVALID,
			_("wish: give --shift, --activity or --kind, one of them"));
}

static bool
check_others(struct vs_db *db, const json_t *record, const json_t *before,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id, CASE wants WHEN 1 THEN 'wants' ELSE 'will_not' END FROM wish"
			" WHERE person_id = ? AND id <> ? AND (shift_id = ? OR activity_id = ?"
			" OR kind = ?)"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "person"));
	stmt_bind(&q, before ? record_integer(before, "id") : 0);
	stmt_bind(&q, record_integer(record, "shift"));
	stmt_bind(&q, record_integer(record, "activity"));
	stmt_bind(&q, record_string(record, "kind"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	bool same = strcmp(stmt_text(&q, 1), record_string(record, "answer")) == 0;
	return vs_fail(err, VS_EXISTS,
		same ? _("wish %d says that already")
		     : _("wish %d says the opposite; change it with 'valstuga wish set'"),
		(int)stmt_int(&q, 0));
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	return register_person_open(
		       db, record_integer(record, "person"), N_("wish"), err) &&
		check_one_thing(record, err) && check_others(db, record, before, err);
}

const struct vs_record_type vs_wish_type = {
	.noun = N_("wish"),
	.label = N_("wishes"),
	.about = N_("What people would like to do, and what they will not: a shift, an "
		    "activity or a kind of activity."),
	FIELDS(fields),
	.select = SQL("SELECT w.id, w.person_id AS person,"
		      " iif(p.restricted, NULL, p.name) AS person_name,"
		      " CASE w.wants WHEN 1 THEN 'wants' ELSE 'will_not' END AS answer,"
		      " w.shift_id AS shift, w.activity_id AS activity, w.kind,"
		      " coalesce(k.name, a.title, b.title || ', ' || w.shift_id) AS about"
		      " FROM wish w JOIN person p ON p.id = w.person_id"
		      " LEFT JOIN activity_kind k ON k.code = w.kind"
		      " LEFT JOIN activity a ON a.id = w.activity_id"
		      " LEFT JOIN shift s ON s.id = w.shift_id"
		      " LEFT JOIN activity b ON b.id = s.activity_id"
		      " ORDER BY p.name COLLATE swedish, p.id, w.id"),
	.insert = SQL("INSERT INTO wish (person_id, wants, shift_id, activity_id, kind)"
		      " VALUES (?, ? = 'wants', ?, ?, ?)"),
	.update = SQL("UPDATE wish SET wants = ? = 'wants' WHERE id = ?"),
	.remove = SQL("DELETE FROM wish WHERE id = ?"),
	.check = check,
};
