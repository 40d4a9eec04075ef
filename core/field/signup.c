/*
 * People who want to help: the inbox. What came in is kept once; of what was handled or
 * erased a digest stays, so that it does not come in again.
 */
#include "field/signup.h"

#include <inttypes.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/digest.h"
#include "base/i18n.h"
#include "register/people.h"

static const struct vs_choice sources[] = {
	{ "paper", N_("paper slip") },
	{ "phone", N_("phone") },
	{ "sms", N_("text message") },
	{ "email", N_("e-mail") },
	{ "server", N_("sign-up server") },
	{ 0 },
};

static const struct vs_choice states[] = {
	{ "inbox", N_("in the inbox") },
	{ "accepted", N_("accepted") },
	{ "rejected", N_("rejected") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "at", VS_FIELD_MOMENT, VS_NOW, N_("came in"), N_("default now") },
	{ "source", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("how"),
		.choices = sources },
	{ "name", VS_FIELD_TEXT, VS_REQUIRED | VS_NAME | VS_PERSONAL, N_("name"),
		.max_length = 90 },
	{ "phone", VS_FIELD_TEXT, VS_PERSONAL | VS_PHONE, N_("phone"),
		N_("a phone or an e-mail must be given") },
	{ "email", VS_FIELD_TEXT, VS_PERSONAL, N_("e-mail"), .max_length = 100 },
	{ "kommun", VS_FIELD_REF, VS_PERSONAL | VS_FILTER | VS_HIDDEN, N_("kommun"),
		N_("where they live"), .refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("kommun") },
	{ "shift", VS_FIELD_REF, VS_FILTER, N_("shift"),
		N_("the one asked for; default the flyer's"), .refers = &vs_shift_type },
	{ "flyer", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("flyer"),
		N_("its code, typed or scanned"), .refers = &vs_flyer_type },
	{ "flyer_code", VS_FIELD_TEXT, VS_READONLY, N_("flyer") },
	{ "message", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("message"),
		.max_length = 500 },
	{ "wording", VS_FIELD_REF, VS_HIDDEN, N_("wording"),
		N_("what they agreed to; default the newest \"pass\""),
		.refers = &vs_wording_type },
	{ "wording_name", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("wording") },
	{ "state", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("state"),
		.choices = states },
	{ "inbox", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("waits") },
	{ "person", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("person"),
		.refers = &vs_person_type },
	{ "handled_at", VS_FIELD_MOMENT, VS_READONLY | VS_HIDDEN, N_("handled") },
	{ "reason", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL | VS_HIDDEN, N_("why") },
};

/* As typed -------------------------------------------------------------------------------- */

/* "pass" or nothing: its newest version, in the language of the flyers; "17": that one. */
static bool
find_wording(struct vs_db *db, const char *given, json_t *values, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM wording WHERE id || '' = ?1 OR name = ?1 COLLATE NOCASE"
			" ORDER BY id || '' <> ?1, language <> ?2, version DESC LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, given);
	stmt_bind(&q, vs_language());
	if (!stmt_row(&q, err))
		return vs_fail(err, VS_NOT_FOUND,
			_("there is no wording \"%s\"; 'valstuga wording list' shows them"),
			given);
	json_object_set_new(values, "wording", json_integer(stmt_int(&q, 0)));
	return true;
}

static bool
typed(struct vs_db *db, json_t *values, const json_t *before, struct vs_error *err)
{
	const char *wording = record_string(values, "wording");
	const char *flyer = record_string(values, "flyer");
	int64_t id;
	(void)before;
	if (flyer && *flyer) {
		if (!flyer_code_find(db, flyer, &id, err))
			return false;
		json_object_set_new(values, "flyer", json_integer(id));
	}
	return json_is_integer(json_object_get(values, "wording")) ||
		find_wording(db, wording && *wording ? wording : "pass", values, err);
}

/* A flyer that was switched off leads nowhere. What was filled in before its last day may
 * be typed in later, but a server stops then. */
static bool
take_flyer(struct vs_db *db, json_t *record, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct flyer_choice choice = { .id = record_integer(record, "flyer") };
	struct flyer_batch *b;
	size_t count;
	const char *source = record_string(record, "source");
	if (!choice.id)
		return true;
	if (!flyer_batches(db, scratch.arena, &choice, &b, &count, err))
		return false;
	if (b->off_reason || (source && strcmp(source, "server") == 0))
		if (!flyer_is_on(b, err))
			return false;
	if (b->shift && !record_integer(record, "shift"))
		json_object_set_new(record, "shift", json_integer(b->shift));
	return true;
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	return take_flyer(db, record, err);
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	int64_t now;
	(void)db;
	(void)before;
	if (!vs_clock_now(&now, err))
		return false;
	if (record_integer(record, "at") > now)
		return vs_fail(err, VS_INVALID,
			_("signup, field at: it has not come in yet; look at the time"));
	if (!record_string(record, "phone") && !record_string(record, "email"))
		return vs_fail(err, VS_INVALID,
			_("signup: give a phone or an e-mail, else nobody can answer"));
	return register_check_email(
		"signup", "email", record_string(record, "email"), err);
}

const struct vs_record_type vs_signup_type = {
	.noun = N_("signup"),
	.label = N_("sign-ups"),
	.about = N_(
		"People who want to help, as they came in: by slip, phone, text, mail."),
	FIELDS(fields),
	.guarded = true,
	.usual = "inbox",
	.select = SQL(
		"SELECT u.id, u.at, u.source, u.name, u.phone, u.email,"
		" u.kommun_code AS kommun, k.name AS kommun_name, u.shift_id AS shift,"
		" u.flyer_id AS flyer, substr(f.code, 1, 4) || '-' || substr(f.code, 5, 4)"
		" || '-' || substr(f.code, 9) AS flyer_code, u.message,"
		" u.wording_id AS wording, w.name || ' ' || w.version || ' (' || w.language"
		" || ')' AS wording_name, u.state, u.state = 'inbox' AS inbox,"
		" u.person_id AS person, u.handled_at, u.reason FROM signup u"
		" LEFT JOIN kommun k ON k.code = u.kommun_code"
		" LEFT JOIN flyer f ON f.id = u.flyer_id"
		" LEFT JOIN wording w ON w.id = u.wording_id ORDER BY u.at, u.id"),
	.typed = typed,
	.complete = complete,
	.check = check,
};

/* Once ------------------------------------------------------------------------------------ */

/*
 * Of what somebody wrote, whichever way it came: case and blanks do not matter. Nothing can
 * be read from it; who has the file and guesses every word of an entry can confirm it.
 */
static const char *
fingerprint_of(struct vs_arena *arena, const json_t *record)
{
	static const char *const texts[] = { "name", "phone", "email", "kommun",
		"message" };
	char digest[DIGEST_SIZE];
	const char *all = vs_arena_printf(arena, "%" PRId64 "\x1f%" PRId64,
		record_integer(record, "flyer"), record_integer(record, "shift"));
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *text = record_string(record, texts[i]);
		all = vs_arena_printf(arena, "%s\x1f%s", all,
			vs_text_fold(arena, vs_text_clean(arena, text ? text : "")));
	}
	return vs_arena_text(arena, digest_text(all, strlen(all), digest));
}

/* The one with the fingerprint; 0: none. */
static bool
find_same(
	struct vs_db *db, const char *fingerprint, int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_id = 0;
	if (!stmt_open(&q, db, SQL("SELECT id FROM signup WHERE fingerprint = ?"), err))
		return false;
	stmt_bind(&q, fingerprint);
	if (stmt_row(&q, err))
		*ret_id = stmt_int(&q, 0);
	return err->code == VS_OK;
}

static void
bind_id(struct stmt *q, const json_t *record, const char *name)
{
	if (record_integer(record, name))
		stmt_bind(q, record_integer(record, name));
	else
		stmt_bind_null(q);
}

static bool
write_signup(struct vs_db *db, const json_t *record, const char *fingerprint,
	int64_t *ret_id, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO signup (fingerprint, at, source, flyer_id, shift_id,"
			" kommun_code, name, phone, email, message, wording_id)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
		    err))
		return false;
	stmt_bind(&q, fingerprint);
	stmt_bind(&q, record_integer(record, "at"));
	stmt_bind(&q, record_string(record, "source"));
	bind_id(&q, record, "flyer");
	bind_id(&q, record, "shift");
	stmt_bind(&q, record_string(record, "kommun"));
	stmt_bind(&q, record_string(record, "name"));
	stmt_bind(&q, record_string(record, "phone"));
	stmt_bind(&q, record_string(record, "email"));
	stmt_bind(&q, record_string(record, "message"));
	bind_id(&q, record, "wording");
	if (!stmt_run(&q, err))
		return false;
	*ret_id = db_last_id(db);
	return true;
}

/* The whole record of what was typed, without its word on consent. */
static json_t *
prepare(struct vs_db *db, const json_t *values, struct vs_error *err)
{
	if (json_is_false(json_object_get(values, "consent"))) {
		vs_fail(err, VS_REFUSED,
			_("without consent nothing is kept; destroy the slip, or ask them first"));
		return NULL;
	}
	json_t *given = json_copy((json_t *)(uintptr_t)values);
	json_object_del(given, "consent");
	json_t *record = record_prepare(db, &vs_signup_type, NULL, given, err);
	json_decref(given);
	return record;
}

bool
vs_signup_add(struct vs_db *db, const json_t *values, struct vs_arena *arena,
	const char **ret_key, bool *ret_new, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	int64_t id = 0;
	if (!change_begin(&change, db, "signup add", err))
		return false;
	json_t *record = prepare(db, values, err);
	const char *fingerprint = record ? fingerprint_of(arena, record) : NULL;
	bool ok = record && find_same(db, fingerprint, &id, err);
	bool is_new = ok && !id;
	if (is_new) {
		ok = write_signup(db, record, fingerprint, &id, err);
		change_say(&change, "signup", vs_arena_printf(arena, "%" PRId64, id),
			"%s", record_string(record, "source"));
		ok = ok && change_commit(&change, err);
	}
	json_decref(record);
	if (!ok)
		return false;
	*ret_key = vs_arena_printf(arena, "%" PRId64, id);
	*ret_new = is_new;
	return true;
}
