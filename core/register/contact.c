/* Contacts: who is to be called on, what was tried, and how it ended. */
#include "register/people.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice reasons[] = {
	{ "new_member", N_("new member") },
	{ "sign_up", N_("sign-up") },
	{ "other", N_("other") },
	{ 0 },
};

static const struct vs_choice results[] = {
	{ "joined_in", N_("joins in") },
	{ "invited", N_("invited") },
	{ "later", N_("later") },
	{ "no", N_("no") },
	{ "not_reached", N_("not reached") },
	{ 0 },
};

static const struct vs_choice channels[] = {
	{ "phone", N_("phone") },
	{ "sms", N_("text message") },
	{ "email", N_("e-mail") },
	{ "met", N_("met") },
	{ "post", N_("post") },
	{ 0 },
};

const struct vs_choice register_outcomes[] = {
	{ "reached", N_("reached") },
	{ "no_answer", N_("no answer") },
	{ "message", N_("left a message") },
	{ "wrong_number", N_("wrong number") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "person", VS_FIELD_REF, VS_REQUIRED | VS_FIXED | VS_FILTER | VS_HIDDEN,
		N_("person"), .refers = &vs_person_type },
	{ "person_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("person") },
	{ "reason", VS_FIELD_CHOICE, VS_FILTER, N_("reason"), N_("default other"),
		.choices = reasons },
	{ "opened_at", VS_FIELD_MOMENT, VS_NOW, N_("opened"), N_("default now") },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		N_("who does it; default the person's, or the kommun's"),
		.refers = &vs_association_type },
	{ "association_name", VS_FIELD_TEXT, VS_READONLY, N_("association") },
	{ "attempts", VS_FIELD_INTEGER, VS_READONLY, N_("attempts") },
	{ "next_step", VS_FIELD_TEXT, VS_PERSONAL, N_("next step"), .max_length = 200 },
	{ "next_on", VS_FIELD_DATE, 0, N_("when") },
	{ "result", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("result"),
		.choices = results },
	{ "closed_at", VS_FIELD_MOMENT, VS_READONLY, N_("closed") },
	{ "note", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("note") },
	{ "open", VS_FIELD_BOOLEAN, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("open") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)before;
	int64_t now;
	if (!vs_clock_now(&now, err))
		return false;
	if (record_integer(record, "opened_at") > now)
		return vs_fail(err, VS_INVALID,
			_("contact, field opened_at: it has not happened yet; look at the time"));
	return register_person_open(db, record_integer(record, "person"), "contact", err);
}

const struct vs_record_type vs_contact_type = {
	.noun = N_("contact"),
	.label = N_("contacts"),
	.about = N_(
		"People who are to be contacted: new members, sign-ups. Each within seven "
		"days."),
	FIELDS(fields),
	.guarded = true,
	.usual = "open",
	.select = SQL(
		"SELECT c.id, c.person_id AS person,"
		" iif(p.restricted, NULL, p.name) AS person_name, c.reason,"
		" c.opened_at, c.association_id AS association,"
		" a.name AS association_name, (SELECT count(*) FROM contact_attempt t"
		" WHERE t.contact_id = c.id) AS attempts,"
		" iif(p.restricted, NULL, c.next_step) AS next_step, c.next_on, c.result,"
		" c.closed_at, iif(p.restricted, NULL, c.note) AS note,"
		" c.closed_at IS NULL AS open FROM contact c"
		" LEFT JOIN person p ON p.id = c.person_id"
		" LEFT JOIN association a ON a.id = c.association_id"
		" ORDER BY c.opened_at, c.id"),
	.insert = SQL(
		"INSERT INTO contact (person_id, reason, opened_at, association_id, next_step,"
		" next_on, note) VALUES (?1, coalesce(?2, 'other'), ?3, ?4, ?5, ?6, ?7)"),
	.check = check,
};

bool
vs_contact_open(struct vs_db *db, const json_t *values, struct vs_error *err)
{
	return vs_record_add(db, &vs_contact_type, values, NULL, NULL, err);
}

/* A new member of the campaign's year who was never on the list. */
bool
register_contact_new_member(struct vs_db *db, int64_t person, struct vs_error *err)
{
	int64_t now; /* the days of waiting count from joining, not from when it was typed in */
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO contact (person_id, reason, opened_at)"
			    " SELECT p.id, 'new_member', min(?1,"
			    " CAST(strftime('%s', p.member_since, '+12 hours') AS INTEGER))"
			    " FROM person p, campaign c"
			    " WHERE p.id = ?2 AND p.membership = 'member'"
			    " AND p.member_since >= date(c.election_day, '-1 year')"
			    " AND NOT p.restricted AND NOT EXISTS"
			    " (SELECT 1 FROM contact x WHERE x.person_id = p.id)"),
			err))
		return false;
	stmt_bind(&q, now - now % 60);
	stmt_bind(&q, person);
	return stmt_run(&q, err);
}

/* What is done to one that is open ---------------------------------------------------------*/

static bool
get_open(struct vs_db *db, const char *contact, int64_t *ret_id, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_contact_type, contact, err);
	if (!record)
		return false;
	*ret_id = record_integer(record, "id");
	int64_t person = record_integer(record, "person");
	bool open = record_true(record, "open");
	json_decref(record);
	if (!open)
		return vs_fail(err, VS_REFUSED,
			_("contact %lld is closed; open a new one for the person"),
			(long long)*ret_id);
	return register_person_open(db, person, "contact", err);
}

/* The choice that was given; NULL and an error when it is none. */
static const char *
chosen(const struct vs_choice *choices, const char *what, const char *given,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *known = "", *folded = vs_text_fold(scratch.arena, given ? given : "");
	for (const struct vs_choice *c = choices; c->value; c++) {
		if (strcmp(folded, c->value) == 0 ||
			strcmp(folded, vs_text_fold(scratch.arena, _(c->label))) == 0)
			return c->value;
		known = vs_arena_printf(
			scratch.arena, "%s%s%s", known, *known ? ", " : "", c->value);
	}
	if (given && *given)
		vs_fail(err, VS_INVALID, _("contact, %s: \"%s\" is not one of: %s"), what,
			given, known);
	else
		vs_fail(err, VS_USAGE, _("contact: --%s is missing; one of %s"), what,
			known);
	return NULL;
}

/* A note that was typed, clean, NULL when it says nothing; refused when it is too long. */
static bool
clean_note(struct vs_arena *arena, const char *given, const char **ret_text,
	struct vs_error *err)
{
	const char *text = given ? vs_text_clean_lines(arena, given) : "";
	if (vs_text_length(text) > 500)
		return vs_fail(err, VS_INVALID,
			_("contact: the text is longer than %d characters; shorten it"),
			500);
	*ret_text = *text ? text : NULL;
	return true;
}

static bool
attempt_moment(const json_t *values, int64_t *ret_at, struct vs_error *err)
{
	int64_t now;
	const char *given = record_string(values, "at");
	if (!vs_clock_now(&now, err))
		return false;
	*ret_at = now;
	if (given && !vs_time_parse(given, ret_at, err))
		return false;
	return *ret_at <= now ||
		vs_fail(err, VS_INVALID,
			_("contact, at: %s has not come yet; look at the time"), given);
}

/* An attempt, as it was read. */
struct attempt {
	int64_t contact, at;
	const char *channel, *outcome, *note;
};

static bool
read_attempt(struct vs_arena *arena, const json_t *values, struct attempt *ret_attempt,
	struct vs_error *err)
{
	struct attempt a = { .channel = chosen(channels, "channel",
				     record_string(values, "channel"), err) };
	if (a.channel)
		a.outcome = chosen(register_outcomes, "outcome",
			record_string(values, "outcome"), err);
	if (!a.outcome || !attempt_moment(values, &a.at, err) ||
		!clean_note(arena, record_string(values, "note"), &a.note, err))
		return false;
	*ret_attempt = a;
	return true;
}

static bool
write_attempt(struct vs_db *db, const struct attempt *a, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO contact_attempt (contact_id, at, actor, channel,"
			" outcome, note) VALUES (?, ?, ?, ?, ?, ?)"),
		    err))
		return false;
	stmt_bind(&q, a->contact);
	stmt_bind(&q, a->at);
	stmt_bind(&q, db_actor(db));
	stmt_bind(&q, a->channel);
	stmt_bind(&q, a->outcome);
	stmt_bind(&q, a->note);
	return stmt_run(&q, err);
}

bool
vs_contact_attempt(
	struct vs_db *db, const char *contact, const json_t *values, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct attempt a;
	if (!read_attempt(scratch.arena, values, &a, err) ||
		!change_begin(&change, db, "contact attempt", err) ||
		!get_open(db, contact, &a.contact, err) || !write_attempt(db, &a, err))
		return false;
	change_say(&change, "contact",
		vs_arena_printf(scratch.arena, "%lld", (long long)a.contact), "%s, %s",
		a.channel, a.outcome);
	return change_commit(&change, err);
}

/* True in *ret_known when the contact has an attempt with that outcome and note. */
static bool
is_noted(struct vs_db *db, int64_t contact, const char *outcome, const char *note,
	bool *ret_known, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT 1 FROM contact_attempt WHERE contact_id = ? AND outcome = ?"
			" AND note = ?"),
		    err))
		return false;
	stmt_bind(&q, contact);
	stmt_bind(&q, outcome);
	stmt_bind(&q, note);
	*ret_known = stmt_row(&q, err);
	return err->code == VS_OK;
}

bool
register_contact_note(struct vs_db *db, int64_t contact, const char *outcome,
	const char *note, bool *ret_new, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct attempt a;
	bool known = false;
	json_t *values = json_pack(
		"{s:s, s:s, s:s}", "channel", "phone", "outcome", outcome, "note", note);
	bool ok = read_attempt(scratch.arena, values, &a, err) &&
		is_noted(db, contact, a.outcome, note, &known, err);
	if (ok && !known)
		ok = get_open(db,
			     vs_arena_printf(scratch.arena, "%lld", (long long)contact),
			     &a.contact, err) &&
			write_attempt(db, &a, err);
	json_decref(values);
	*ret_new = !known;
	return ok;
}

bool
vs_contact_next(struct vs_db *db, const char *contact, const char *step, const char *on,
	struct vs_error *err)
{
	int64_t id;
	struct vs_date day;
	const char *text = NULL;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	if (!clean_note(scratch.arena, step, &text, err) ||
		(on && *on && !vs_date_parse(on, &day, err)) ||
		!change_begin(&change, db, "contact next", err) ||
		!get_open(db, contact, &id, err) ||
		!stmt_open(&q, db,
			SQL("UPDATE contact SET next_step = ?, next_on = ? WHERE id = ?"),
			err))
		return false;
	if (!text)
		return vs_fail(err, VS_USAGE,
			_("contact next: the next step is missing; write what is to be done"));
	stmt_bind(&q, text);
	stmt_bind(&q, on && *on ? on : (const char *)NULL);
	stmt_bind(&q, id);
	change_say(&change, "contact",
		vs_arena_printf(scratch.arena, "%lld", (long long)id), "%s",
		on ? on : "");
	return stmt_run(&q, err) && change_commit(&change, err);
}

bool
vs_contact_close(struct vs_db *db, const char *contact, const char *result,
	const char *note, struct vs_error *err)
{
	int64_t id, now;
	const char *text = NULL;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	const char *ended = chosen(results, "result", result, err);
	if (!ended || !clean_note(scratch.arena, note, &text, err) ||
		!vs_clock_now(&now, err) ||
		!change_begin(&change, db, "contact close", err) ||
		!get_open(db, contact, &id, err) ||
		!stmt_open(&q, db,
			SQL("UPDATE contact SET result = ?, closed_at = ?,"
			    " note = coalesce(?, note), next_step = NULL, next_on = NULL"
			    " WHERE id = ?"),
			err))
		return false;
	stmt_bind(&q, ended);
	stmt_bind(&q, now);
	stmt_bind(&q, text);
	stmt_bind(&q, id);
	change_say(&change, "contact",
		vs_arena_printf(scratch.arena, "%lld", (long long)id), "%s", ended);
	return stmt_run(&q, err) && change_commit(&change, err);
}

/* One with its attempts --------------------------------------------------------------------*/

static bool
add_attempts(struct vs_db *db, json_t *record, struct vs_error *err)
{
	json_t *attempts = json_array();
	VS_AUTO(stmt) q = { 0 };
	json_object_set_new(record, "tries", attempts);
	if (!stmt_open(&q, db,
		    SQL("SELECT at, actor, channel, outcome, coalesce(note, '')"
			" FROM contact_attempt WHERE contact_id = ? ORDER BY at, id"),
		    err))
		return false;
	stmt_bind(&q, record_integer(record, "id"));
	while (stmt_row(&q, err)) {
		char at[17];
		json_array_append_new(attempts,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "at",
				vs_time_format_local(stmt_int(&q, 0), at), "actor",
				stmt_text(&q, 1), "channel", stmt_text(&q, 2),
				"channel_name", record_choice(channels, stmt_text(&q, 2)),
				"outcome", stmt_text(&q, 3), "outcome_name",
				record_choice(register_outcomes, stmt_text(&q, 3)),
				"note", stmt_text(&q, 4)));
	}
	return err->code == VS_OK;
}

json_t *
vs_contact_view(struct vs_db *db, const char *contact, struct vs_error *err)
{
	VS_AUTO(snapshot) snapshot = { 0 };
	if (!snapshot_begin(&snapshot, db, err))
		return NULL;
	json_t *record = vs_record_get(db, &vs_contact_type, contact, err);
	if (record && add_attempts(db, record, err))
		return record;
	json_decref(record);
	return NULL;
}
