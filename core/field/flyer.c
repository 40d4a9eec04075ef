/* Batches of flyers, each with a code of its own: added, switched off, counted. */
#include "field/flyer.h"
#include "field/booking.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY | VS_HIDDEN, N_("no.") },
	{ "code", VS_FIELD_TEXT, VS_READONLY | VS_NAME, N_("code") },
	{ "text", VS_FIELD_REF, VS_REQUIRED | VS_FILTER | VS_HIDDEN, N_("text"),
		.refers = &vs_flyer_text_type },
	{ "text_name", VS_FIELD_TEXT, VS_READONLY, N_("text") },
	{ "target", VS_FIELD_TEXT, VS_READONLY, N_("for"),
		N_("empty: the whole district") },
	{ "starts_at", VS_FIELD_MOMENT, VS_READONLY, N_("starts") },
	{ "shift", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("shift"),
		N_("for one of shift, activity, association and kommun, or none"),
		.refers = &vs_shift_type },
	{ "activity", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("activity"),
		.refers = &vs_activity_type },
	{ "association", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("association"),
		.refers = &vs_association_type },
	{ "kommun", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "pieces", VS_FIELD_INTEGER, 0, N_("pieces"), N_("how many are printed"),
		.min = 1, .max = 10000000 },
	{ "expires_on", VS_FIELD_DATE, 0, N_("valid until"),
		N_("default the day of what it is for, else election day") },
	{ "signups", VS_FIELD_INTEGER, VS_READONLY, N_("sign-ups") },
	{ "accepted", VS_FIELD_INTEGER, VS_READONLY, N_("accepted") },
	{ "on", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("on"),
		N_("not switched off") },
	{ "off_at", VS_FIELD_MOMENT, VS_READONLY | VS_HIDDEN, N_("switched off") },
	{ "off_reason", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("why") },
	{ "created_at", VS_FIELD_MOMENT, VS_READONLY | VS_HIDDEN, N_("made") },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static const char *const targets[] = { "shift", "activity", "association", "kommun" };

/* The last day of what a batch is for; "" for what has none. Refused when that is over. */
static bool
last_day(struct vs_db *db, const json_t *record, char day[11], struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	*day = '\0';
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("SELECT a.title, coalesce(s.ends_at, a.ends_at),"
			    " a.cancelled_at IS NOT NULL OR s.cancelled_at IS NOT NULL"
			    " FROM activity a LEFT JOIN shift s ON s.id = ?1"
			    " WHERE a.id = coalesce(nullif(?2, 0), s.activity_id)"),
			err))
		return false;
	stmt_bind(&q, record_integer(record, "shift"));
	stmt_bind(&q, record_integer(record, "activity"));
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	if (stmt_int(&q, 2))
		return vs_fail(
			err, VS_REFUSED, _("flyer: %s is cancelled"), stmt_text(&q, 0));
	vs_date_format(vs_local_from_utc(stmt_int(&q, 1)).date, day);
	return stmt_int(&q, 1) > now ||
		vs_fail(err, VS_REFUSED, _("flyer: %s is over since %s"),
			stmt_text(&q, 0), day);
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_campaign campaign;
	struct vs_date today;
	char day[11], now[11];
	(void)before;
	if (!last_day(db, record, day, err) || !vs_clock_today(&today, err) ||
		!vs_campaign_get(db, scratch.arena, &campaign, err))
		return false;
	const char *expires = *day ? day : campaign.election_day;
	if (!record_string(record, "expires_on") &&
		strcmp(expires, vs_date_format(today, now)) >= 0)
		json_object_set_new(record, "expires_on", json_string(expires));
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	struct vs_date today;
	char day[11];
	int count = 0;
	const char *expires = record_string(record, "expires_on");
	(void)db;
	(void)before;
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
		count += !json_is_null(json_object_get(record, targets[i]));
	if (count > 1)
		return vs_fail(err, VS_INVALID,
			_("a flyer is for a shift, an activity, an association or a kommun; give "
			  "one of them"));
	if (!vs_clock_today(&today, err))
		return false;
	return !expires || strcmp(expires, vs_date_format(today, day)) >= 0 ||
		vs_fail(err, VS_INVALID,
			_("flyer, field expires_on: %s is past; look at the date"),
			expires);
}

const struct vs_record_type vs_flyer_type = {
	.noun = N_("flyer"),
	.label = N_("flyers"),
	.about = N_("Batches of flyers, each with a code that leads people to us."),
	FIELDS(fields),
	.guarded = true,
	.usual = "on",
	.select = SQL(
		"SELECT f.id, substr(f.code, 1, 4) || '-' || substr(f.code, 5, 4) || '-' ||"
		" substr(f.code, 9) AS code, f.text_id AS text, x.name AS text_name,"
		" coalesce(a.title, g.name, k.name) AS target,"
		" coalesce(s.starts_at, a.starts_at) AS starts_at, f.shift_id AS shift,"
		" f.activity_id AS activity, f.association_id AS association,"
		" f.kommun_code AS kommun, f.pieces, f.expires_on,"
		" (SELECT count(*) FROM signup u WHERE u.flyer_id = f.id) AS signups,"
		" (SELECT count(*) FROM signup u WHERE u.flyer_id = f.id"
		"  AND u.state = 'accepted') AS accepted, f.off_at IS NULL AS \"on\","
		" f.off_at, f.off_reason, f.created_at, f.note FROM flyer f"
		" JOIN flyer_text x ON x.id = f.text_id LEFT JOIN shift s ON s.id = f.shift_id"
		" LEFT JOIN activity a ON a.id = coalesce(f.activity_id, s.activity_id)"
		" LEFT JOIN association g ON g.id = f.association_id"
		" LEFT JOIN kommun k ON k.code = f.kommun_code ORDER BY f.id"),
	.complete = complete,
	.check = check,
};

/* Adding ----------------------------------------------------------------------------------- */

static void
bind_id(struct stmt *q, const json_t *record, const char *name)
{
	if (json_is_integer(json_object_get(record, name)))
		stmt_bind(q, record_integer(record, name));
	else
		stmt_bind_null(q);
}

static bool
write_batch(struct vs_db *db, const json_t *record, const char *code, int64_t *ret_id,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO flyer (code, text_id, shift_id, activity_id,"
			    " association_id, kommun_code, pieces, expires_on, created_at, note)"
			    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, code);
	bind_id(&q, record, "text");
	bind_id(&q, record, "shift");
	bind_id(&q, record, "activity");
	bind_id(&q, record, "association");
	stmt_bind(&q, record_string(record, "kommun"));
	bind_id(&q, record, "pieces");
	stmt_bind(&q, record_string(record, "expires_on"));
	stmt_bind(&q, now);
	stmt_bind(&q, record_string(record, "note"));
	if (!stmt_run(&q, err))
		return false;
	*ret_id = db_last_id(db);
	return true;
}

bool
flyer_insert(struct vs_db *db, struct vs_arena *arena, const json_t *values,
	struct flyer_batch *ret_batch, struct vs_error *err)
{
	char code[FLYER_CODE_SIZE];
	struct flyer_choice choice = { 0 };
	struct flyer_batch *batch;
	size_t count;
	json_t *record = record_prepare(db, &vs_flyer_type, NULL, values, err);
	bool ok = record && flyer_code_new(db, code, err) &&
		write_batch(db, record, code, &choice.id, err) &&
		flyer_batches(db, arena, &choice, &batch, &count, err) &&
		flyer_can_say(db, arena, batch, err);
	json_decref(record);
	if (ok)
		*ret_batch = *batch;
	return ok;
}

/* No code in the history: whoever reads it could sign people up. */
bool
vs_flyer_add(struct vs_db *db, const json_t *values, struct vs_arena *arena,
	const char **ret_code, struct vs_error *err)
{
	VS_AUTO(change) change = { 0 };
	struct flyer_batch batch;
	if (!change_begin(&change, db, "flyer add", err) ||
		!flyer_insert(db, arena, values, &batch, err))
		return false;
	const char *target = flyer_target(arena, &batch);
	change_say(&change, "flyer", vs_arena_printf(arena, "%" PRId64, batch.id),
		"%s%s%s", batch.text_name, *target ? ": " : "", target);
	if (!change_commit(&change, err))
		return false;
	*ret_code = flyer_code_text(arena, batch.code);
	return true;
}

/* Switching off ----------------------------------------------------------------------------- */

static bool
write_off(struct vs_db *db, int64_t id, const char *reason, bool *ret_changed,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	int64_t now;
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("UPDATE flyer SET off_at = ?, off_reason = ?"
			    " WHERE id = ? AND off_at IS NULL"),
			err))
		return false;
	stmt_bind(&q, now);
	stmt_bind(&q, reason);
	stmt_bind(&q, id);
	if (!stmt_run(&q, err))
		return false;
	*ret_changed = db_changes(db) > 0;
	return true;
}

bool
vs_flyer_off(struct vs_db *db, const char *code, const char *reason, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	const char *why;
	int64_t id;
	bool changed;
	if (!booking_reason(scratch.arena, reason, &why, err))
		return false;
	if (!why)
		return vs_fail(err, VS_USAGE,
			_("flyer off: the reason is missing; give --reason, as in \"wrong date\""));
	if (!change_begin(&change, db, "flyer off", err) ||
		!flyer_code_find(db, code, &id, err) ||
		!write_off(db, id, why, &changed, err))
		return false;
	if (!changed)
		return true; /* it was off: no line in the history */
	change_say(&change, "flyer", vs_arena_printf(scratch.arena, "%" PRId64, id), "%s",
		why);
	return change_commit(&change, err);
}

json_t *
vs_flyer_get(struct vs_db *db, const char *code, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	int64_t id;
	if (!flyer_code_find(db, code, &id, err))
		return NULL;
	return vs_record_get(
		db, &vs_flyer_type, vs_arena_printf(scratch.arena, "%" PRId64, id), err);
}
