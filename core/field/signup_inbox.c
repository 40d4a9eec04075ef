/* The inbox: who waits, whom they may be in the register, what hinders their shift. */
#include "field/signup.h"

#include <inttypes.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"
#include "register/sheet.h"

/* Who it may be --------------------------------------------------------------------------- */

bool
signup_known(struct vs_db *db, struct vs_arena *arena, struct signup_known *ret_known,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct signup_known known = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT id, name, coalesce(phone, ''), coalesce(email, '')"
			" FROM person ORDER BY id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		known.all =
			vs_arena_grow(arena, known.all, known.count, sizeof *known.all);
		known.all[known.count++] = (struct signup_one){ .id = stmt_int(&q, 0),
			.name = stmt_copy(&q, 1, arena),
			.folded = vs_text_fold(arena, stmt_text(&q, 1)),
			.phone = stmt_copy(&q, 2, arena),
			.email = vs_text_fold(arena, stmt_text(&q, 3)) };
	}
	*ret_known = known;
	return err->code == VS_OK;
}

static bool
same(const char *given, const char *own)
{
	return given && *own && strcmp(given, own) == 0;
}

/* A family has one phone or mailbox; a name is shared by many. */
struct likeness {
	bool name, phone, email;
};

static bool
is_sure(struct likeness like)
{
	return like.name && (like.phone || like.email);
}

static struct likeness
compare(const struct signup_one *one, const struct signup_one *given)
{
	return (struct likeness){ .name = same(given->folded, one->folded),
		.phone = same(given->phone, one->phone),
		.email = same(given->email, one->email) };
}

/* 0: the same person, 1: perhaps, 2: a name only, 3: somebody else. */
static int
rank_of(struct likeness like)
{
	if (is_sure(like))
		return 0;
	return like.phone || like.email ? 1 : like.name ? 2 : 3;
}

static json_t *
duplicate_of(struct vs_arena *arena, const struct signup_one *one, struct likeness like)
{
	const char *words[] = { like.name ? _("same name") : NULL,
		like.phone ? _("same phone") : NULL,
		like.email ? _("same e-mail") : NULL };
	const char *why = "";
	for (size_t i = 0; i < 3; i++)
		why = sheet_join(arena, why, ", ", words[i]);
	return json_pack("{s:I, s:s, s:s, s:b}", "person", (json_int_t)one->id, "name",
		one->name, "why", why, "sure", is_sure(like));
}

json_t *
signup_duplicates(const struct signup_known *known, const json_t *signup)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *name = record_string(signup, "name");
	const char *email = record_string(signup, "email");
	const struct signup_one given = {
		.folded = name ? vs_text_fold(scratch.arena, name) : "",
		.phone = record_string(signup, "phone"),
		.email = email ? vs_text_fold(scratch.arena, email) : ""
	};
	json_t *duplicates = json_array();
	for (int rank = 0; rank < 3; rank++)
		for (size_t i = 0; i < known->count; i++) {
			struct likeness like = compare(&known->all[i], &given);
			if (rank_of(like) == rank)
				json_array_append_new(duplicates,
					duplicate_of(
						scratch.arena, &known->all[i], like));
		}
	return duplicates;
}

/* What hinders ---------------------------------------------------------------------------- */

struct looking {
	struct vs_db *db;
	struct vs_arena *arena;
	int64_t now;
	struct signup_known known;
};

/* The first role with a free seat, else the first. */
static const struct field_role *
open_role(const struct rule_shift *shift)
{
	for (size_t i = 0; i < shift->role_count; i++)
		if (shift->roles[i].taken < shift->roles[i].most)
			return &shift->roles[i];
	return shift->role_count ? shift->roles : NULL;
}

static void
hinder_new(const struct looking *l, const struct rule_shift *shift,
	const struct field_role *role, json_t *hindrances)
{
	if (shift->cancelled)
		rules_add(hindrances, "over",
			vs_arena_printf(l->arena, _("%s is cancelled"), shift->text), 0,
			false);
	else if (shift->span.ends_at <= l->now)
		rules_add(hindrances, "over",
			vs_arena_printf(l->arena, _("%s is over"), shift->text), 0, true);
	if (role->taken >= role->most)
		rules_add(hindrances, "seat",
			vs_arena_printf(l->arena, _("%s is full: %d of %d places as %s"),
				shift->text, role->taken, role->most, role->name),
			0, false);
}

/* Of the first who may be meant, else of somebody whom we know nothing about. */
static bool
put_hindrances(const struct looking *l, json_t *entry, const struct rule_shift *shift,
	struct vs_error *err)
{
	const struct field_role *role = open_role(shift);
	json_t *first = json_array_get(json_object_get(entry, "duplicates"), 0);
	json_t *hindrances = json_object_get(entry, "hindrances");
	if (!role)
		return true;
	if (!first) {
		hinder_new(l, shift, role, hindrances);
		return true;
	}
	json_t *found = vs_booking_hindrances(l->db,
		vs_arena_printf(l->arena, "%" PRId64, shift->span.shift), role->name,
		vs_arena_printf(l->arena, "%" PRId64, record_integer(first, "person")),
		err);
	if (found)
		json_array_extend(hindrances, found);
	json_decref(found);
	return found;
}

static bool
put_shift(const struct looking *l, json_t *entry, int64_t id, struct vs_error *err)
{
	struct rule_shift shift;
	json_object_set_new(entry, "shift", record_id_or_null(id));
	record_put(entry, "shift_text", "");
	if (!id)
		return true;
	if (!rule_shift_read(l->db, l->arena, id, l->now, &shift, err))
		return false;
	record_put(entry, "shift_text", shift.text);
	return put_hindrances(l, entry, &shift, err);
}

/* The view ---------------------------------------------------------------------------------- */

static bool
put_flyer(const struct looking *l, json_t *entry, int64_t id, struct vs_error *err)
{
	struct flyer_choice choice = { .id = id };
	struct flyer_batch *batch = NULL;
	size_t count = 0;
	if (id && !flyer_batches(l->db, l->arena, &choice, &batch, &count, err))
		return false;
	record_put(entry, "target", count ? flyer_target(l->arena, batch) : "");
	return true;
}

static int64_t
days_since(int64_t at, int64_t now)
{
	return vs_date_to_days(vs_local_from_utc(now).date) -
		vs_date_to_days(vs_local_from_utc(at).date);
}

static json_t *
entry_of(const struct looking *l, const json_t *signup, struct vs_error *err)
{
	static const char *const texts[] = { "source", "name", "phone", "email",
		"kommun_name", "message" };
	int64_t at = record_integer(signup, "at");
	json_t *entry = json_pack("{s:I, s:I, s:I, s:o, s:[]}", "signup",
		(json_int_t)record_integer(signup, "id"), "at", (json_int_t)at, "days",
		(json_int_t)days_since(at, l->now), "duplicates",
		signup_duplicates(&l->known, signup), "hindrances");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		record_put(entry, texts[i], record_string(signup, texts[i]));
	record_put(entry, "source_name",
		record_choice(vs_record_field(&vs_signup_type, "source")->choices,
			record_string(signup, "source")));
	record_put(entry, "flyer", record_string(signup, "flyer_code"));
	if (put_flyer(l, entry, record_integer(signup, "flyer"), err) &&
		put_shift(l, entry, record_integer(signup, "shift"), err))
		return entry;
	json_decref(entry);
	return NULL;
}

json_t *
vs_signup_inbox(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct looking l = { .db = db, .arena = scratch.arena };
	json_t *signup;
	size_t i;
	if (!vs_clock_now(&l.now, err) || !snapshot_begin(&snapshot, db, err) ||
		!signup_known(db, scratch.arena, &l.known, err))
		return NULL;
	json_t *wanted = json_pack("{s:s}", "state", "inbox");
	json_t *signups = vs_record_list(db, &vs_signup_type, wanted, err);
	json_t *entries = json_array();
	json_array_foreach (signups, i, signup) {
		json_t *entry = entry_of(&l, signup, err);
		if (!entry)
			break;
		json_array_append_new(entries, entry);
	}
	json_decref(wanted);
	json_decref(signups);
	json_t *view = json_pack("{s:o}", "entries", entries);
	if (err->code == VS_OK)
		return view;
	json_decref(view);
	return NULL;
}
