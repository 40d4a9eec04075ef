/* New shifts: one, or a span cut into a row of them. */
#include "field/shift.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define MINUTE	   60
#define LENGTH_MAX 604800 /* a week */
#define ROW_MAX	   500	  /* shifts at once */

/* What is common to the shifts that one command makes. */
struct new_shifts {
	struct vs_arena *arena;
	struct shift_activity activity;
	int64_t starts_at, ends_at;
	int each, handover; /* minutes; 0: not cut */
	json_t *rules; /* break, pair, tolerance, rest, note as parsed; null: unsaid */
	struct shift_role *roles;
	size_t role_count;
	int64_t bulk; /* 0: a single one */
};

bool
shift_activity_read(struct vs_db *db, struct vs_arena *arena, int64_t activity,
	struct shift_activity *ret_activity, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT a.starts_at, a.ends_at, a.title, k.pair, k.tolerance,"
			" a.cancelled_at FROM activity a JOIN activity_kind k ON k.code = a.kind"
			" WHERE a.id = ?"),
		    err))
		return false;
	stmt_bind(&q, activity);
	if (!stmt_row(&q, err))
		return err->code == VS_OK &&
			vs_fail(err, VS_NOT_FOUND, _("no activity %lld"),
				(long long)activity);
	if (!stmt_null(&q, 5))
		return vs_fail(err, VS_REFUSED,
			_("%s is cancelled; shifts belong to one that takes place"),
			stmt_text(&q, 2));
	*ret_activity = (struct shift_activity){
		.id = activity,
		.starts_at = stmt_int(&q, 0),
		.ends_at = stmt_int(&q, 1),
		.title = stmt_copy(&q, 2, arena),
		.pair = stmt_int(&q, 3),
		.tolerance = (int)stmt_int(&q, 4),
	};
	return true;
}

bool
shift_stretch(struct vs_db *db, struct shift_activity *activity, int64_t starts_at,
	int64_t ends_at, bool *ret_moved, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_moved = starts_at < activity->starts_at || ends_at > activity->ends_at;
	if (!*ret_moved)
		return true;
	if (starts_at < activity->starts_at)
		activity->starts_at = starts_at;
	if (ends_at > activity->ends_at)
		activity->ends_at = ends_at;
	if (!stmt_open(&q, db,
		    SQL("UPDATE activity SET starts_at = ?, ends_at = ?,"
			" sequence = sequence + 1 WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, activity->starts_at);
	stmt_bind(&q, activity->ends_at);
	stmt_bind(&q, activity->id);
	return stmt_run(&q, err);
}

/* Reading what was said -------------------------------------------------------------------- */

bool
shift_rules_read(
	struct vs_db *db, const json_t *values, json_t *rules, struct vs_error *err)
{
	static const char *const names[] = { "break", "pair", "tolerance", "rest",
		"note" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		json_t *given = json_object_get(values, names[i]), *value = NULL;
		if (!given)
			continue;
		if (!json_is_string(given))
			value = json_incref(given);
		else if (!*json_string_value(given))
			value = json_null();
		else if (!record_parse(db, &vs_shift_type,
				 vs_record_field(&vs_shift_type, names[i]),
				 json_string_value(given), &value, err))
			return false;
		json_object_set_new(rules, names[i], value);
	}
	return true;
}

static bool
read_minutes(
	const json_t *values, const char *name, int *ret_minutes, struct vs_error *err)
{
	const json_t *given = json_object_get(values, name);
	int64_t minutes = 0;
	if (json_is_string(given) &&
		!vs_text_to_integer(json_string_value(given), &minutes))
		return vs_fail(err, VS_INVALID,
			_("shift, %s: \"%s\" is not a number of minutes"), name,
			json_string_value(given));
	if (json_is_integer(given))
		minutes = json_integer_value(given);
	if (given && (minutes < 0 || minutes > LENGTH_MAX / MINUTE))
		return vs_fail(err, VS_INVALID,
			_("shift, %s: %lld minutes is more than a week or less than nothing"),
			name, (long long)minutes);
	*ret_minutes = (int)minutes;
	return true;
}

bool
shift_check_span(int64_t starts_at, int64_t ends_at, struct vs_error *err)
{
	if (ends_at <= starts_at)
		return vs_fail(err, VS_INVALID,
			_("the shift ends before it begins; after midnight, say the day, "
			  "too: 2026-08-23 02.00"));
	return ends_at - starts_at <= LENGTH_MAX ||
		vs_fail(err, VS_INVALID,
			_("a shift is no longer than a week; look at the days"));
}

static bool
read_span(const json_t *values, struct new_shifts *n, struct vs_error *err)
{
	const char *starts = record_string(values, "starts");
	const char *ends = record_string(values, "ends");
	n->starts_at = n->activity.starts_at;
	n->ends_at = n->activity.ends_at;
	if (starts &&
		!field_moment_within(starts, n->activity.starts_at, n->activity.ends_at,
			_("the shift's start"), &n->starts_at, err))
		return false;
	if (ends &&
		!field_moment_after(
			ends, n->starts_at, _("the shift's end"), &n->ends_at, err))
		return false;
	return shift_check_span(n->starts_at, n->ends_at, err);
}

static bool
read_row(const json_t *values, struct new_shifts *n, struct vs_error *err)
{
	if (!read_minutes(values, "each", &n->each, err) ||
		!read_minutes(values, "handover", &n->handover, err))
		return false;
	if (n->handover && n->each <= 2 * n->handover)
		return vs_fail(err, VS_INVALID,
			_("shift: a hand-over of %d minutes needs --each with more than twice "
			  "as many"),
			n->handover);
	if (n->each &&
		(n->ends_at - n->starts_at) / MINUTE / (n->each - n->handover) >= ROW_MAX)
		return vs_fail(err, VS_INVALID,
			_("shift, each: %d minutes makes more than %d shifts; take longer ones"),
			n->each, ROW_MAX);
	return true;
}

/* Somebody has to be there: two where nobody is to be alone. */
static const char *
usual_roles(bool pair)
{
	return pair ? "volontär:2" : "volontär:1";
}

static bool
read_roles(struct vs_db *db, const json_t *values, struct new_shifts *n,
	struct vs_error *err)
{
	const char *text = record_string(values, "roles");
	const json_t *said = json_object_get(n->rules, "pair");
	bool pair = json_is_boolean(said) ? json_is_true(said) : n->activity.pair;
	return shift_roles_read(db, n->arena, text && *text ? text : usual_roles(pair),
		       &n->roles, &n->role_count, err) &&
		shift_check_pair(pair, n->roles, n->role_count, err);
}

/* A hand-over that is planned is one that the rules allow. */
static void
allow_handover(struct new_shifts *n)
{
	const json_t *said = json_object_get(n->rules, "tolerance");
	int64_t tolerance =
		json_is_integer(said) ? json_integer_value(said) : n->activity.tolerance;
	if (tolerance < n->handover)
		json_object_set_new(n->rules, "tolerance", json_integer(n->handover));
}

static bool
read_all(struct vs_db *db, const json_t *values, struct new_shifts *n,
	struct vs_error *err)
{
	const char *activity = record_string(values, "activity");
	if (!activity)
		return vs_fail(err, VS_USAGE, _("shift: --activity is missing"));
	json_t *record = vs_record_get(db, &vs_activity_type, activity, err);
	if (!record)
		return false;
	int64_t id = record_integer(record, "id");
	json_decref(record);
	if (!shift_activity_read(db, n->arena, id, &n->activity, err) ||
		!read_span(values, n, err) || !read_row(values, n, err) ||
		!shift_rules_read(db, values, n->rules, err) ||
		!read_roles(db, values, n, err))
		return false;
	allow_handover(n);
	return true;
}

/* Writing ------------------------------------------------------------------------------- */

/* What was not said is as the kind says. */
static void
bind_rule(struct stmt *q, const json_t *rules, const char *name)
{
	const json_t *value = json_object_get(rules, name);
	if (json_is_boolean(value))
		stmt_bind_int(q, json_is_true(value));
	else if (json_is_integer(value))
		stmt_bind_int(q, json_integer_value(value));
	else
		stmt_bind_text(q, json_string_value(value));
}

static bool
insert(struct vs_db *db, const struct new_shifts *n, int64_t starts_at, int64_t ends_at,
	json_t *ids, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO shift (activity_id, starts_at, ends_at, break_minutes,"
			" pair, tolerance, rest, note, bulk_id)"
			" VALUES (?, ?, ?, coalesce(?, 0), ?, ?, ?, ?, nullif(?, 0))"),
		    err))
		return false;
	stmt_bind(&q, n->activity.id);
	stmt_bind(&q, starts_at);
	stmt_bind(&q, ends_at);
	bind_rule(&q, n->rules, "break");
	bind_rule(&q, n->rules, "pair");
	bind_rule(&q, n->rules, "tolerance");
	bind_rule(&q, n->rules, "rest");
	bind_rule(&q, n->rules, "note");
	stmt_bind(&q, n->bulk);
	if (!stmt_run(&q, err))
		return false;
	int64_t id = db_last_id(db);
	for (size_t i = 0; i < n->role_count; i++)
		if (!shift_role_insert(db, id, &n->roles[i], err))
			return false;
	json_array_append_new(ids, json_integer(id));
	return true;
}

/* Each begins a hand-over before the last ends; what is left at the end is a short one. */
static bool
insert_row(struct vs_db *db, struct new_shifts *n, json_t *ids, struct vs_error *err)
{
	int64_t length = (int64_t)n->each * MINUTE;
	int64_t step = length - (int64_t)n->handover * MINUTE;
	if (!bulk_new(db, "shift add", &n->bulk, err))
		return false;
	for (int64_t at = n->starts_at; at < n->ends_at; at += step) {
		int64_t ends = at + length < n->ends_at ? at + length : n->ends_at;
		if (at > n->starts_at && ends - at <= (int64_t)n->handover * MINUTE)
			return true; /* the one before has reached the end */
		if (!insert(db, n, at, ends, ids, err))
			return false;
	}
	return true;
}

static bool
write_all(struct vs_db *db, struct new_shifts *n, json_t *view, struct vs_error *err)
{
	bool moved;
	json_t *ids = json_object_get(view, "shifts");
	bool cut = n->each && n->ends_at - n->starts_at > (int64_t)n->each * MINUTE;
	if (!(cut ? insert_row(db, n, ids, err)
		  : insert(db, n, n->starts_at, n->ends_at, ids, err)) ||
		!shift_stretch(db, &n->activity, n->starts_at, n->ends_at, &moved, err))
		return false;
	json_object_set_new(view, "bulk", record_id_or_null(n->bulk));
	json_object_set_new(view, "told",
		moved ? json_string(vs_arena_printf(n->arena,
				_("%s is now %s, so that its shifts lie within it"),
				n->activity.title,
				field_span_text(n->arena, n->activity.starts_at,
					n->activity.ends_at)))
		      : json_null());
	return true;
}

static bool
add(struct vs_db *db, const json_t *values, struct new_shifts *n, json_t *view,
	struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	if (!change_begin(&change, db, "shift add", err) ||
		!read_all(db, values, n, err) || !write_all(db, n, view, err))
		return false;
	const json_t *ids = json_object_get(view, "shifts");
	int64_t first = json_integer_value(json_array_get(ids, 0));
	change_say(&change, n->bulk ? "bulk" : "shift",
		vs_arena_printf(n->arena, "%lld", (long long)(n->bulk ? n->bulk : first)),
		P_("%zu shift of %s, %s", "%zu shifts of %s, %s", json_array_size(ids)),
		json_array_size(ids), n->activity.title,
		field_span_text(n->arena, n->starts_at, n->ends_at));
	return change_commit(&change, err);
}

json_t *
vs_shift_add(struct vs_db *db, const json_t *values, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct new_shifts n = { .arena = scratch.arena, .rules = json_object() };
	json_t *view = json_pack("{s:[]}", "shifts");
	bool ok = add(db, values, &n, view, err);
	json_decref(n.rules);
	if (ok)
		return view;
	json_decref(view);
	return NULL;
}
