/* Shortages as records; how they end. */
#include "ballots/delivery_life.h"

#include <string.h>

#include "base/i18n.h"

static const struct vs_choice levels[] = {
	{ "low", N_("nearly empty") },
	{ "empty", N_("empty") },
	{ 0 },
};

static const struct vs_choice statuses[] = {
	{ "open", N_("open") },
	{ "refilling", N_("being refilled") },
	{ "resolved", N_("resolved") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "at", VS_FIELD_MOMENT, VS_READONLY, N_("reported") },
	{ "status", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("status"),
		.choices = statuses },
	{ "level", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("level"),
		.choices = levels },
	{ "live", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("not resolved") },
	{ "location", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("location"),
		.refers = &vs_location_type },
	{ "location_name", VS_FIELD_TEXT, VS_READONLY, N_("location") },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "item", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("item"),
		.refers = &vs_item_type },
	{ "item_name", VS_FIELD_TEXT, VS_READONLY, N_("item"),
		N_("empty: every list there") },
	{ "delivery", VS_FIELD_REF, VS_READONLY | VS_FILTER, N_("refill"),
		N_("the delivery that refills"), .refers = &vs_delivery_type },
	{ "unusual", VS_FIELD_TEXT, VS_READONLY, N_("unusual use"),
		N_("why it looks like theft or a mistake") },
	{ "actor", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("taken by") },
	{ "reported_by", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL | VS_HIDDEN,
		N_("reported by") },
	{ "note", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("note") },
};

const struct vs_record_type vs_shortage_type = {
	.noun = N_("shortage"),
	.label = N_("shortages"),
	.about = N_("Racks that somebody reported as low or empty, and what was done."),
	FIELDS(fields),
	.guarded = true,
	.usual = "live",
	.select = SQL(WITH_NAMES
		" SELECT h.id, h.at, h.status, h.level, h.status <> 'resolved' AS live,"
		" h.location_id AS location, o.name AS location_name, o.kommun_code AS kommun,"
		" h.item_id AS item, i.name AS item_name, h.delivery_id AS delivery,"
		" h.unusual, h.actor, h.reported_by, h.note FROM shortage h"
		" JOIN spot o ON o.id = h.location_id LEFT JOIN ware i ON i.id = h.item_id"
		" ORDER BY CASE h.status WHEN 'open' THEN 1 WHEN 'refilling' THEN 2 ELSE 3 END,"
		" h.level = 'low', h.unusual IS NULL, h.at DESC, h.id DESC"),
};

static bool
set_status(struct vs_db *db, int64_t delivery, const char *status, bool forget,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE shortage SET status = ?1, delivery_id = iif(?2, NULL, delivery_id)"
			" WHERE delivery_id = ?3 AND status <> 'resolved'"),
		    err))
		return false;
	stmt_bind(&q, status);
	stmt_bind(&q, forget);
	stmt_bind(&q, delivery);
	return stmt_run(&q, err);
}

bool
shortage_follow(struct vs_db *db, int64_t delivery, enum delivery_status status,
	struct vs_error *err)
{
	switch (status) {
	case DELIVERY_DELIVERED:
		return set_status(db, delivery, "resolved", false, err);
	case DELIVERY_FAILED:
	case DELIVERY_CANCELLED:
		return set_status(db, delivery, "open", true, err);
	case DELIVERY_PLANNED:
	case DELIVERY_PACKED:
	case DELIVERY_UNDERWAY:
		return true;
	}
	return false;
}

static bool
resolve(struct vs_db *db, const json_t *record, const char *note, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (strcmp(record_string(record, "status"), "resolved") == 0)
		return vs_fail(err, VS_REFUSED,
			_("shortage %lld at %s is resolved already"),
			(long long)record_integer(record, "id"),
			record_string(record, "location_name"));
	if (!stmt_open(&q, db,
		    SQL("UPDATE shortage SET status = 'resolved',"
			" note = coalesce(nullif(?, ''), note) WHERE id = ?"),
		    err))
		return false;
	stmt_bind(&q, note);
	stmt_bind(&q, record_integer(record, "id"));
	return stmt_run(&q, err);
}

bool
vs_shortage_resolve(
	struct vs_db *db, const char *shortage, const char *note, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	if (!said_text(scratch.arena, note, &note, err) ||
		!change_begin(&change, db, "shortage resolve", err))
		return false;
	json_t *record = vs_record_get(db, &vs_shortage_type, shortage, err);
	if (!record)
		return false;
	change_say(&change, "shortage",
		record_key_text(scratch.arena, &vs_shortage_type, record), "%s%s%s",
		record_string(record, "location_name"), note ? ": " : "",
		note ? note : "");
	bool ok = resolve(db, record, note, err);
	json_decref(record);
	return ok && change_commit(&change, err);
}
