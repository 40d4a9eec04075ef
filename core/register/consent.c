/*
 * Consents: what somebody agreed to, in which words, when and where; and taken back as easily.
 * The words are kept in versions that never change.
 */
#include "register/people.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice purposes[] = {
	{ "shifts", N_("shifts and activities") },
	{ "contact", N_("being contacted") },
	{ "news", N_("newsletters") },
	{ "membership", N_("membership") },
	{ 0 },
};

static const struct vs_choice channels[] = {
	{ "any", N_("any way") },
	{ "phone", N_("phone") },
	{ "sms", N_("text message") },
	{ "email", N_("e-mail") },
	{ "post", N_("post") },
	{ 0 },
};

/* Wordings --------------------------------------------------------------------------------*/

static const struct vs_field wording_fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME | VS_FILTER, N_("wording"),
		.max_length = 40 },
	{ "version", VS_FIELD_INTEGER, 0, N_("version"),
		N_("default the next one of that name and language"), .min = 1,
		.max = 10000 },
	{ "language", VS_FIELD_TEXT, VS_FILTER, N_("language"),
		N_("sv or en; default sv"), .max_length = 5 },
	{ "text", VS_FIELD_TEXT, VS_REQUIRED, N_("text"), .max_length = 2000 },
	{ "consents", VS_FIELD_INTEGER, VS_READONLY, N_("consents"),
		N_("how many agreed to it") },
};

const struct vs_record_type vs_wording_type = {
	.noun = N_("wording"),
	.label = N_("wordings"),
	.about = N_(
		"The words that people agree to. One that stands is never changed: a new "
		"text is a new version."),
	FIELDS(wording_fields),
	.within = "language",
	.select = SQL(
		"SELECT w.id, w.name, w.version, w.language, w.text,"
		" (SELECT count(*) FROM consent c WHERE c.wording_id = w.id) AS consents"
		" FROM wording w ORDER BY w.name COLLATE swedish, w.language, w.version DESC"),
	.insert = SQL(
		"INSERT INTO wording (name, version, language, text)"
		" VALUES (?1, coalesce(?2, (SELECT coalesce(max(version), 0) + 1 FROM wording"
		" WHERE name = ?1 AND language = coalesce(?3, 'sv'))), coalesce(?3, 'sv'), ?4)"),
	.remove = SQL("DELETE FROM wording WHERE id = ?"),
};

/* "pass": its newest version, in Swedish when there is one; "17": that one. */
static bool
find_wording(struct vs_db *db, const char *given, int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM wording WHERE id || '' = ?1 OR name = ?1 COLLATE NOCASE"
			" ORDER BY id || '' <> ?1, language <> 'sv', version DESC LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, given);
	if (!stmt_row(&q, err))
		return vs_fail(err, VS_NOT_FOUND,
			_("there is no wording \"%s\"; 'valstuga wording list' shows them"),
			given);
	*ret_id = stmt_int(&q, 0);
	return true;
}

/* Consents --------------------------------------------------------------------------------*/

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("person"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "purpose", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("purpose"),
		.choices = purposes },
	{ "channel", VS_FIELD_CHOICE, VS_FILTER, N_("channel"), N_("default any"),
		.choices = channels },
	{ "wording", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("wording"),
		N_("what was agreed to; empty: the source's own words"),
		.refers = &vs_wording_type },
	{ "wording_name", VS_FIELD_TEXT, VS_READONLY, N_("wording") },
	{ "given_at", VS_FIELD_MOMENT, VS_NOW, N_("given at"), N_("default now") },
	{ "source", VS_FIELD_TEXT, VS_REQUIRED | VS_PERSONAL, N_("source"),
		N_("where it was given: slip, phone, meeting"), .max_length = 200 },
	{ "withdrawn_at", VS_FIELD_MOMENT, VS_READONLY, N_("withdrawn") },
	{ "withdrawn_how", VS_FIELD_TEXT, VS_READONLY, N_("how") },
	{ "valid", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("valid") },
};

/* The same consent twice is one. */
static bool
check_once(struct vs_db *db, const json_t *record, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *channel = record_string(record, "channel");
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM consent WHERE person_id = ? AND purpose = ?"
			" AND channel = ? AND coalesce(wording_id, 0) = ? AND withdrawn_at IS NULL"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "person"));
	stmt_bind(&q, record_string(record, "purpose"));
	stmt_bind(&q, channel ? channel : "any");
	stmt_bind(&q, record_integer(record, "wording"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	return vs_fail(err, VS_EXISTS,
		_("consent: person %lld has given it already (consent %lld); nothing is to be done"),
		(long long)record_integer(record, "person"), (long long)stmt_int(&q, 0));
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	int64_t now;
	if (!vs_clock_now(&now, err))
		return false;
	if (record_integer(record, "given_at") > now)
		return vs_fail(err, VS_INVALID,
			_("consent, field given_at: it has not been given yet; look at the time"));
	return register_person_open(
		       db, record_integer(record, "person"), "consent", err) &&
		check_once(db, record, err);
}

const struct vs_record_type vs_consent_type = {
	.noun = N_("consent"),
	.label = N_("consents"),
	.about =
		N_("What people agreed to: purpose, channel, words, time and source; and "
		   "when they took it back."),
	FIELDS(fields),
	.guarded = true,
	.usual = "valid",
	.select = SQL(
		"SELECT c.id, c.person_id AS person,"
		" iif(p.restricted, NULL, p.name) AS person_name, c.purpose,"
		" c.channel, c.wording_id AS wording,"
		" w.name || ' ' || w.version || ' (' || w.language || ')' AS wording_name,"
		" c.given_at, c.source, c.withdrawn_at, c.withdrawn_how,"
		" c.withdrawn_at IS NULL AS valid FROM consent c"
		" JOIN person p ON p.id = c.person_id"
		" LEFT JOIN wording w ON w.id = c.wording_id"
		" ORDER BY p.name COLLATE swedish, p.id, c.given_at DESC, c.id DESC"),
	.insert = SQL(
		"INSERT INTO consent (person_id, purpose, channel, wording_id, given_at, source)"
		" VALUES (?1, ?2, coalesce(?3, 'any'), ?4, ?5, ?6)"),
	.check = check,
};

bool
vs_consent_give(struct vs_db *db, const json_t *values, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *wording = record_string(values, "wording");
	int64_t id = 0;
	if (wording && *wording && !find_wording(db, wording, &id, err))
		return false;
	json_t *copy = json_copy((json_t *)(uintptr_t)values);
	if (id)
		json_object_set_new(copy, "wording", json_integer(id));
	bool ok = vs_record_add(db, &vs_consent_type, copy, scratch.arena, NULL, err);
	json_decref(copy);
	return ok;
}

static bool
has_valid(struct vs_db *db, int64_t person, int64_t wording, bool *ret_has,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM consent WHERE person_id = ? AND purpose = 'shifts'"
			" AND channel = 'any' AND wording_id = ? AND withdrawn_at IS NULL"),
		    err))
		return false;
	stmt_bind(&q, person);
	stmt_bind(&q, wording);
	*ret_has = stmt_row(&q, err);
	return err->code == VS_OK;
}

/* Who ticked the box is kept as long as the campaign keeps people, also who only walked in. */
static bool
keep_longer(struct vs_db *db, int64_t person, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE person SET keep_until = c.keep_until FROM campaign c"
			" WHERE person.id = ? AND person.keep_until < c.keep_until"),
		    err))
		return false;
	stmt_bind(&q, person);
	return stmt_run(&q, err);
}

bool
register_consent_note(struct vs_db *db, int64_t person, const char *source, bool *ret_new,
	struct vs_error *err)
{
	int64_t wording;
	bool has = false;
	if (!find_wording(db, "pass", &wording, err) ||
		!has_valid(db, person, wording, &has, err))
		return false;
	*ret_new = !has;
	if (has)
		return true;
	json_t *values = json_pack("{s:I, s:s, s:I, s:s}", "person", (json_int_t)person,
		"purpose", "shifts", "wording", (json_int_t)wording, "source", source);
	json_t *record = record_prepare(db, &vs_consent_type, NULL, values, err);
	bool ok = record && record_write(db, &vs_consent_type, NULL, record, err) &&
		keep_longer(db, person, err);
	json_decref(record);
	json_decref(values);
	return ok;
}

static const char *
known_purpose(const char *given, struct vs_error *err)
{
	for (const struct vs_choice *c = purposes; c->value; c++)
		if (strcmp(c->value, given) == 0 || strcmp(_(c->label), given) == 0)
			return c->value;
	vs_fail(err, VS_INVALID,
		_("consent: \"%s\" is no purpose; one of shifts, contact, news, membership"),
		given);
	return NULL;
}

static bool
withdraw(struct vs_db *db, int64_t person, const char *purpose, const char *how,
	int64_t *ret_count, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("UPDATE consent SET withdrawn_at = ?1, withdrawn_how = ?2"
			    " WHERE person_id = ?3 AND withdrawn_at IS NULL"
			    " AND (?4 IS NULL OR purpose = ?4)"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, how);
	stmt_bind(&q, person);
	stmt_bind(&q, purpose);
	bool ok = stmt_run(&q, err);
	*ret_count = ok ? db_changes(db) : 0;
	return ok;
}

bool
vs_consent_withdraw(struct vs_db *db, const char *person, const char *purpose,
	const char *how, struct vs_error *err)
{
	int64_t count, id;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	if (!how || !*vs_text_clean(scratch.arena, how))
		return vs_fail(err, VS_USAGE,
			_("consent withdraw: how it was taken back is missing; give --how, as in \"by phone\""));
	if (purpose && !(purpose = known_purpose(purpose, err)))
		return false;
	if (!change_begin(&change, db, "consent withdraw", err) ||
		!register_person_id(db, person, &id, err) ||
		!withdraw(
			db, id, purpose, vs_text_clean(scratch.arena, how), &count, err))
		return false;
	if (!count)
		return vs_fail(err, VS_NOT_FOUND,
			_("person %lld has given no consent%s%s; nothing is to be taken back"),
			(long long)id, purpose ? " " : "", purpose ? purpose : "");
	change_say(&change, "person",
		vs_arena_printf(scratch.arena, "%lld", (long long)id), "%s, %lld",
		purpose ? purpose : "*", (long long)count);
	return change_commit(&change, err);
}
