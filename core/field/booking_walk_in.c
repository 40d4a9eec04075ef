/* Somebody came without a booking: they have been there, whatever was planned. */
#include "field/booking.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* The one who has that phone and that name; 0: nobody. */
static bool
find_known(struct vs_db *db, struct vs_arena *arena, const char *name, const char *phone,
	int64_t *ret_person, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *folded = vs_text_fold(arena, name);
	*ret_person = 0;
	if (!stmt_open(&q, db, SQL("SELECT id, name FROM person WHERE phone = ?"), err))
		return false;
	stmt_bind(&q, phone);
	while (*ret_person == 0 && stmt_row(&q, err))
		if (strcmp(vs_text_fold(arena, stmt_text(&q, 1)), folded) == 0)
			*ret_person = stmt_int(&q, 0);
	return err->code == VS_OK;
}

#define KEPT_DAYS 30 /* who helped once and agreed to nothing; consent makes it longer */

/* The campaign's day, or a month from now when that is sooner. */
static bool
put_keep_until(struct vs_db *db, json_t *given, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	struct vs_date today;
	char day[11];
	if (!vs_campaign_get(db, scratch.arena, &campaign, err) ||
		!vs_clock_today(&today, err))
		return false;
	vs_date_format(vs_date_add(today, KEPT_DAYS), day);
	record_put(given, "keep_until",
		strcmp(day, campaign.keep_until) < 0 ? day : campaign.keep_until);
	return true;
}

static bool
add_person(
	struct vs_db *db, const json_t *values, int64_t *ret_person, struct vs_error *err)
{
	static const char *const taken[] = { "name", "phone", "email", "kommun",
		"association" };
	json_t *given = json_object();
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (json_object_get(values, taken[i]))
			json_object_set(
				given, taken[i], json_object_get(values, taken[i]));
	json_t *record = put_keep_until(db, given, err)
		? record_prepare(db, &vs_person_type, NULL, given, err)
		: NULL;
	json_decref(given);
	bool ok = record && record_write(db, &vs_person_type, NULL, record, err);
	if (ok)
		*ret_person = db_last_id(db);
	json_decref(record);
	return ok;
}

/* A new name needs a phone, so that the same person is known again. */
static bool
find_walker(struct vs_db *db, struct vs_arena *arena, const json_t *values,
	int64_t *ret_person, struct vs_error *err)
{
	char phone[VS_PHONE_SIZE];
	const char *person = record_string(values, "person");
	const char *name = record_string(values, "name");
	const char *typed = record_string(values, "phone");
	size_t bad;
	if (person)
		return rule_person_find(db, person, ret_person, err);
	if (!name || !typed)
		return vs_fail(err, VS_USAGE,
			_("who came? Say --person, or --name and --phone"));
	if (!vs_text_check(name, strlen(name), &bad))
		return vs_fail(
			err, VS_INVALID, _("the name is not valid UTF-8; type it again"));
	if (!vs_phone_parse(typed, phone, err) ||
		!find_known(
			db, arena, vs_text_clean(arena, name), phone, ret_person, err))
		return false;
	return *ret_person || add_person(db, values, ret_person, err);
}

static bool
own_booking(struct vs_db *db, int64_t shift, int64_t person, int64_t *ret_booking,
	bool *ret_attended, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_booking = 0;
	*ret_attended = false;
	if (!stmt_open(&q, db,
		    SQL("SELECT id, state = 'attended' FROM booking WHERE shift_id = ?"
			" AND person_id = ?"),
		    err))
		return false;
	stmt_bind(&q, shift);
	stmt_bind(&q, person);
	if (stmt_row(&q, err)) {
		*ret_booking = stmt_int(&q, 0);
		*ret_attended = stmt_int(&q, 1);
	}
	return err->code == VS_OK;
}

/* *ret_again: they were there already. */
static bool
walk_in(struct vs_db *db, int64_t shift, const json_t *values, int64_t *ret_id,
	bool *ret_again, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t person = 0, known;
	const struct vs_booking_options options = {
		.role = record_string(values, "role"),
		.state = "attended",
		.override = record_string(values, "override"),
		.source = "walk_in",
	};
	if (!find_walker(db, scratch.arena, values, &person, err) ||
		!own_booking(db, shift, person, &known, ret_again, err))
		return false;
	if (!known)
		return booking_book(db, shift, person, &options, ret_id, err);
	*ret_id = known;
	return booking_move(db, known, "attended", NULL, NULL, err);
}

bool
booking_walk_in(struct vs_db *db, int64_t shift, const json_t *values, int64_t *ret_id,
	struct vs_error *err)
{
	bool again;
	return walk_in(db, shift, values, ret_id, &again, err);
}

bool
vs_booking_walk_in(struct vs_db *db, const char *shift, const json_t *values,
	struct vs_arena *arena, const char **ret_code, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	int64_t shift_id, id;
	bool again;
	if (!change_begin(&change, db, "booking walk-in", err) ||
		!rule_shift_find(db, shift, &shift_id, err) ||
		!walk_in(db, shift_id, values, &id, &again, err))
		return false;
	if (ret_code)
		*ret_code = field_code(arena, id);
	if (again)
		return true; /* nothing was done: no line in the history */
	change_say(&change, "booking", vs_arena_printf(arena, "%lld", (long long)id),
		_("came to shift %lld without a booking"), (long long)shift_id);
	return change_commit(&change, err);
}
