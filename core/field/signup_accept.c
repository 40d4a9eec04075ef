/*
 * A sign-up is accepted: a person with consent, a contact to make, and a booking, all or
 * nothing; or it is rejected and forgotten.
 */
#include "field/booking.h"
#include "field/signup.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "register/people.h"

/* One that is being accepted. */
struct accepting {
	struct vs_db *db;
	struct vs_arena *arena;
	const struct vs_signup_answer *answer;
	const json_t *signup;
	int64_t id, person;
	json_t *view;
};

/* One that waits. New reference. */
static json_t *
get_waiting(struct vs_db *db, const char *signup, struct vs_error *err)
{
	json_t *record = vs_record_get(db, &vs_signup_type, signup, err);
	if (!record || record_true(record, "inbox"))
		return record;
	char day[17];
	vs_fail(err, VS_REFUSED, _("sign-up %lld was handled on %s: %s"),
		(long long)record_integer(record, "id"),
		vs_time_format_local(record_integer(record, "handled_at"), day),
		record_choice(vs_record_field(&vs_signup_type, "state")->choices,
			record_string(record, "state")));
	json_decref(record);
	return NULL;
}

/* A record of another noun inside this command. */
static bool
write_record(struct accepting *a, const struct vs_record_type *type, const json_t *before,
	json_t *values, int64_t *ret_id, struct vs_error *err)
{
	json_t *record = record_prepare(a->db, type, before, values, err);
	bool ok = record && record_write(a->db, type, before, record, err);
	if (ok && ret_id)
		*ret_id = db_last_id(a->db);
	json_decref(record);
	json_decref(values);
	return ok;
}

static void
take(json_t *to, const json_t *from, const char *name)
{
	json_t *value = json_object_get(from, name);
	if (value && !json_is_null(value))
		json_object_set(to, name, value);
}

/* The person -------------------------------------------------------------------------------- */

static const char *const carried[] = { "phone", "email", "kommun" };

/* Nobody is to be in the register twice for want of looking. */
static bool
refuse_known(struct accepting *a, struct vs_error *err)
{
	struct signup_known known;
	if (a->answer->somebody_new)
		return true;
	if (!signup_known(a->db, a->arena, &known, err))
		return false;
	json_t *duplicates = signup_duplicates(&known, a->signup);
	const json_t *first = json_array_get(duplicates, 0);
	if (record_true(first, "sure"))
		vs_fail(err, VS_EXISTS,
			_("this looks like person %lld, %s (%s); say --person %lld, or --new when "
			  "it is somebody else"),
			(long long)record_integer(first, "person"),
			record_string(first, "name"), record_string(first, "why"),
			(long long)record_integer(first, "person"));
	json_decref(duplicates);
	return err->code == VS_OK;
}

static bool
add_person(struct accepting *a, struct vs_error *err)
{
	json_t *values = json_pack("{s:b}", "volunteer", 1);
	take(values, a->signup, "name");
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++)
		take(values, a->signup, carried[i]);
	return write_record(a, &vs_person_type, NULL, values, &a->person, err);
}

static bool
is_otherwise(const json_t *own, const json_t *given)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	if (!json_is_string(own) || !json_is_string(given))
		return false;
	return strcmp(vs_text_fold(scratch.arena, json_string_value(own)),
		       vs_text_fold(scratch.arena, json_string_value(given))) != 0;
}

/* What is missing is filled in, what differs is told. */
static bool
fill_person(struct accepting *a, json_t *person, struct vs_error *err)
{
	json_t *differs = json_object_get(a->view, "differs");
	json_t *values = json_pack("{s:b}", "volunteer", 1);
	for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
		json_t *own = json_object_get(person, carried[i]);
		json_t *given = json_object_get(a->signup, carried[i]);
		if (json_is_null(own))
			take(values, a->signup, carried[i]);
		else if (is_otherwise(own, given))
			json_array_append_new(differs, json_string(carried[i]));
	}
	return write_record(a, &vs_person_type, person, values, NULL, err);
}

static bool
find_person(struct accepting *a, struct vs_error *err)
{
	if (!rule_person_find(a->db, a->answer->person, &a->person, err) ||
		!register_person_open(a->db, a->person, "person", err))
		return false;
	json_t *person = vs_record_get(a->db, &vs_person_type,
		vs_arena_printf(a->arena, "%" PRId64, a->person), err);
	bool ok = person && fill_person(a, person, err);
	json_decref(person);
	return ok;
}

static bool
make_person(struct accepting *a, struct vs_error *err)
{
	bool is_new = !a->answer->person;
	if (is_new ? !refuse_known(a, err) || !add_person(a, err) : !find_person(a, err))
		return false;
	json_object_set_new(a->view, "person", json_integer(a->person));
	json_object_set_new(a->view, "new", json_boolean(is_new));
	record_put(a->view, "name", rule_person_name(a->db, a->arena, a->person));
	return true;
}

/* Consent and contact ----------------------------------------------------------------------- */

/* True in *ret_has when a record of the type fits the filters. */
static bool
has(struct accepting *a, const struct vs_record_type *type, json_t *filters,
	bool *ret_has, struct vs_error *err)
{
	json_t *found = vs_record_list(a->db, type, filters, err);
	*ret_has = json_array_size(found) > 0;
	json_decref(filters);
	json_decref(found);
	return found;
}

static const char *
source_text(struct accepting *a)
{
	const char *code = record_string(a->signup, "flyer_code");
	const char *source = record_string(a->signup, "source");
	return code ? vs_arena_printf(a->arena, "flyer %s, %s", code, source) : source;
}

static bool
give_consent(struct accepting *a, struct vs_error *err)
{
	bool given;
	if (!has(a, &vs_consent_type,
		    json_pack("{s:I, s:s, s:s, s:O, s:b}", "person",
			    (json_int_t)a->person, "purpose", "shifts", "channel", "any",
			    "wording", json_object_get(a->signup, "wording"), "valid", 1),
		    &given, err))
		return false;
	if (given)
		return true;
	json_t *values =
		json_pack("{s:I, s:s, s:s, s:s}", "person", (json_int_t)a->person,
			"purpose", "shifts", "channel", "any", "source", source_text(a));
	take(values, a->signup, "wording");
	json_object_set(values, "given_at", json_object_get(a->signup, "at"));
	return write_record(a, &vs_consent_type, NULL, values, NULL, err);
}

/* Who is to call: the person's association or kommun's, else the one the flyer is for. */
static bool
find_caller(struct accepting *a, json_t *values, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct flyer_choice choice = { .id = record_integer(a->signup, "flyer") };
	struct flyer_batch *batch = NULL;
	size_t count = 0;
	if ((choice.id &&
		    !flyer_batches(a->db, a->arena, &choice, &batch, &count, err)) ||
		!stmt_open(&q, a->db,
			SQL("SELECT g.id, g.name, coalesce(p.association_id, k.association_id)"
			    " FROM person p LEFT JOIN kommun k ON k.code = p.kommun_code"
			    " JOIN association g ON g.id ="
			    "  coalesce(p.association_id, k.association_id, nullif(?2, 0))"
			    " WHERE p.id = ?1"),
			err))
		return false;
	stmt_bind(&q, a->person);
	stmt_bind(&q, count ? batch->association : 0);
	record_put(a->view, "association_name", "");
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	record_put(a->view, "association_name", stmt_text(&q, 1));
	/* Found by the person, it follows the person when they move. */
	if (stmt_null(&q, 2))
		json_object_set_new(values, "association", json_integer(stmt_int(&q, 0)));
	return true;
}

static bool
open_contact(struct accepting *a, struct vs_error *err)
{
	bool open;
	int64_t id = 0;
	json_object_set_new(a->view, "contact", json_null());
	if (!has(a, &vs_contact_type,
		    json_pack("{s:I, s:b}", "person", (json_int_t)a->person, "open", 1),
		    &open, err))
		return false;
	json_t *values = json_pack(
		"{s:I, s:s}", "person", (json_int_t)a->person, "reason", "sign_up");
	json_object_set(values, "opened_at", json_object_get(a->signup, "at"));
	if (record_string(a->signup, "message"))
		json_object_set(values, "note", json_object_get(a->signup, "message"));
	if (!find_caller(a, values, err) || open) {
		json_decref(values);
		return err->code == VS_OK;
	}
	if (!write_record(a, &vs_contact_type, NULL, values, &id, err))
		return false;
	json_object_set_new(a->view, "contact", json_integer(id));
	return true;
}

/* The shift ---------------------------------------------------------------------------------- */

static bool
choose_shift(struct accepting *a, int64_t *ret_shift, struct vs_error *err)
{
	const char *given = a->answer->shift;
	*ret_shift = given ? 0 : record_integer(a->signup, "shift");
	return !given || !*given || rule_shift_find(a->db, given, ret_shift, err);
}

static bool
put_booking(struct accepting *a, int64_t id, struct vs_error *err)
{
	struct booking booking;
	if (!booking_read(a->db, a->arena, id, &booking, err))
		return false;
	record_put(a->view, "booking", field_code(a->arena, id));
	record_put(
		a->view, "booking_state", record_choice(booking_states, booking.state));
	return true;
}

static bool
book_shift(struct accepting *a, struct vs_error *err)
{
	int64_t shift, id, now;
	struct vs_error why = { 0 };
	struct rule_shift on;
	const struct vs_booking_options options = { .role = a->answer->role,
		.state = "signed_up",
		.override = a->answer->override,
		.source = "sign_up",
		.wait = a->answer->wait };
	if (!choose_shift(a, &shift, err))
		return false;
	json_object_set_new(a->view, "shift", record_id_or_null(shift));
	record_put(a->view, "shift_text", "");
	record_put(a->view, "booking", "");
	record_put(a->view, "booking_state", "");
	if (!shift)
		return true;
	if (!booking_book(a->db, shift, a->person, &options, &id, &why))
		return vs_fail(err, why.code,
			_("%s; --without-shift accepts the person and leaves the shift"),
			why.text);
	if (!vs_clock_now(&now, err) ||
		!rule_shift_read(a->db, a->arena, shift, now, &on, err))
		return false;
	record_put(a->view, "shift_text", on.text);
	return put_booking(a, id, err);
}

/* The commands ------------------------------------------------------------------------------- */

static bool
write_accepted(struct accepting *a, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, a->db,
			SQL("UPDATE signup SET state = 'accepted', person_id = ?,"
			    " handled_at = ? WHERE id = ?"),
			err))
		return false;
	stmt_bind(&q, a->person);
	stmt_bind(&q, now);
	stmt_bind(&q, a->id);
	return stmt_run(&q, err);
}

json_t *
vs_signup_accept(struct vs_db *db, const char *signup,
	const struct vs_signup_answer *answer, struct vs_error *err)
{
	static const struct vs_signup_answer usual = { 0 };
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct accepting a = {
		.db = db, .arena = scratch.arena, .answer = answer ? answer : &usual
	};
	if (!change_begin(&change, db, "signup accept", err))
		return NULL;
	json_t *record = get_waiting(db, signup, err);
	if (!record)
		return NULL;
	a.signup = record;
	a.id = record_integer(record, "id");
	a.view = json_pack("{s:I, s:[]}", "signup", (json_int_t)a.id, "differs");
	bool ok = make_person(&a, err) && give_consent(&a, err) &&
		open_contact(&a, err) && book_shift(&a, err) && write_accepted(&a, err);
	if (ok)
		change_say(&change, "signup",
			vs_arena_printf(scratch.arena, "%" PRId64, a.id),
			_("is person %lld"), (long long)a.person);
	json_decref(record);
	if (ok && change_commit(&change, err))
		return a.view;
	json_decref(a.view);
	return NULL;
}

bool
vs_signup_reject(
	struct vs_db *db, const char *signup, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	VS_AUTO(stmt) q = { 0 };
	const char *why;
	int64_t now;
	if (!booking_reason(scratch.arena, reason, &why, err))
		return false;
	if (!why)
		return vs_fail(err, VS_USAGE,
			_("signup reject: the reason is missing; give --reason, and no names"));
	if (!vs_clock_now(&now, err) || !change_begin(&change, db, "signup reject", err))
		return false;
	json_t *record = get_waiting(db, signup, err);
	int64_t id = record_integer(record, "id");
	json_decref(record);
	if (err->code != VS_OK ||
		!stmt_open(&q, db,
			SQL("UPDATE signup SET state = 'rejected', handled_at = ?, reason = ?,"
			    " name = NULL, phone = NULL, email = NULL, message = NULL,"
			    " kommun_code = NULL WHERE id = ?"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, why);
	stmt_bind(&q, id);
	change_say(&change, "signup", vs_arena_printf(scratch.arena, "%" PRId64, id),
		"%s", why);
	return stmt_run(&q, err) && change_commit(&change, err);
}

bool
field_signups_forget(struct vs_db *db, int64_t *ret_count, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("UPDATE signup SET state = 'rejected', handled_at = ?, reason = NULL,"
			    " name = NULL, phone = NULL, email = NULL, message = NULL,"
			    " kommun_code = NULL WHERE state = 'inbox'"),
			err))
		return false;
	stmt_bind(&q, now);
	if (!stmt_run(&q, err))
		return false;
	*ret_count = db_changes(db);
	return true;
}
