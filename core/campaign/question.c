/* Questions to the associations, after the election: few, so that they are answered. */
#include <valstuga/evaluation.h>

#include <string.h>

#include "base/i18n.h"
#include "campaign/answer.h"

#define QUESTIONS_MOST 12 /* a form is one page */

const struct vs_choice question_kinds[] = {
	{ "yes_partly_no", N_("yes, partly, no") },
	{ "scale", N_("1 to 5") },
	{ "text", N_("own words") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "key", VS_FIELD_TEXT, VS_KEY | VS_REQUIRED, N_("key"),
		N_("short, as typed with the answer: parking"), .max_length = 20 },
	{ "position", VS_FIELD_INTEGER, 0, N_("no."), N_("default last"), .min = 1,
		.max = 99 },
	{ "text", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME, N_("question"),
		.max_length = 160 },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("answered by"),
		.choices = question_kinds },
	{ "shipped", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN,
		N_("came with the program") },
	{ "answers", VS_FIELD_INTEGER, VS_READONLY, N_("answers") },
};

/* The number after the last one. */
static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	int64_t last = 0;
	if (!json_is_null(json_object_get(record, "position")))
		return true;
	if (!db_int(db, SQL("SELECT coalesce(max(position), 0) FROM question"), &last,
		    err))
		return false;
	json_object_set_new(record, "position", json_integer(last + 1));
	return true;
}

/* It is typed before "=" on the command line. */
static bool
check_key(const char *key, struct vs_error *err)
{
	if (key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0')
		return true;
	return vs_fail(err, VS_INVALID,
		_("question, field key: \"%s\" has other signs than a to z, digits and _"),
		key);
}

static bool
check_count(struct vs_db *db, struct vs_error *err)
{
	int64_t count = 0;
	if (!db_int(db, SQL("SELECT count(*) FROM question"), &count, err))
		return false;
	return count < QUESTIONS_MOST ||
		vs_fail(err, VS_REFUSED,
			_("there are %d questions already, and long forms are not answered; "
			  "remove one first"),
			QUESTIONS_MOST);
}

static bool
check_position(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT key FROM question WHERE position = ? AND key <> ?"), err))
		return false;
	stmt_bind(&q, record_integer(record, "position"));
	stmt_bind(&q, record_string(record, "key"));
	if (stmt_row(&q, err))
		return vs_fail(err, VS_EXISTS,
			_("question, field position: %lld is that of \"%s\"; move that one "
			  "first"),
			(long long)record_integer(record, "position"), stmt_text(&q, 0));
	return err->code == VS_OK;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	const char *key = record_string(record, "key");
	bool same = before &&
		strcmp(record_string(before, "kind"), record_string(record, "kind")) == 0;
	if (before && !same && record_integer(before, "answers"))
		return vs_fail(err, VS_REFUSED,
			_("question %s: it is answered, so what answers look like stays; add "
			  "another question"),
			key);
	return check_key(key, err) && (before || check_count(db, err)) &&
		check_position(db, record, err);
}

static bool
removing(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	(void)db;
	return !record_integer(record, "answers") ||
		vs_fail(err, VS_REFUSED,
			_("question %s: associations have answered it; remove their answers "
			  "first"),
			record_string(record, "key"));
}

const struct vs_record_type vs_question_type = {
	.noun = N_("question"),
	.label = N_("questions"),
	.about = N_(
		"What the associations are asked after the election. Those that came with the "
		"program can be changed, own ones added; the form holds twelve."),
	FIELDS(fields),
	.select = SQL(
		"SELECT q.key, q.position, q.text, q.kind, q.shipped,"
		" (SELECT count(*) FROM answer a WHERE a.question_key = q.key) AS answers"
		" FROM question q ORDER BY q.position"),
	.insert = SQL("INSERT INTO question (key, position, text, kind)"
		      " VALUES (?, ?, ?, ?)"),
	.update = SQL("UPDATE question SET position = ?, text = ?, kind = ?"
		      " WHERE key = ?"),
	.remove = SQL("DELETE FROM question WHERE key = ?"),
	.complete = complete,
	.check = check,
	.removing = removing,
};
