/* Incidents: what went wrong at a place, written down as evidence for an appeal. */
#include "ballots/ballots.h"

#include <valstuga/delivery.h>

#include "base/i18n.h"

static const struct vs_choice kinds[] = {
	{ "missing", N_("ballots missing") },
	{ "hidden", N_("ballots hidden or moved") },
	{ "stolen", N_("ballots taken away") },
	{ "wrong", N_("wrong ballots") },
	{ "refused", N_("delivery refused") },
	{ "late", N_("opened late, closed early") },
	{ "campaigning", N_("campaigning at the place") },
	{ "other", N_("other") },
	{ 0 },
};

static const struct vs_choice statuses[] = {
	{ "open", N_("open") },
	{ "closed", N_("closed") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY, N_("no.") },
	{ "at", VS_FIELD_MOMENT, VS_NOW, N_("when"),
		N_("when it happened; default now") },
	{ "status", VS_FIELD_CHOICE, VS_FILTER, N_("status"), N_("default open"),
		.choices = statuses },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FILTER, N_("sort of incident"),
		.choices = kinds },
	{ "place", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("place"),
		.refers = &vs_place_type },
	{ "place_name", VS_FIELD_TEXT, VS_READONLY, N_("place") },
	{ "kommun", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("kommun"),
		N_("default the place's"), .refers = &vs_kommun_type },
	{ "kommun_name", VS_FIELD_TEXT, VS_READONLY, N_("kommun") },
	{ "list", VS_FIELD_REF, VS_FILTER | VS_HIDDEN, N_("list"),
		.refers = &vs_list_type },
	{ "list_name", VS_FIELD_TEXT, VS_READONLY, N_("list") },
	{ "what", VS_FIELD_TEXT, VS_REQUIRED, N_("what happened"), .max_length = 2000 },
	{ "witness", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("witness"),
		.max_length = 90 },
	{ "witness_phone", VS_FIELD_TEXT, VS_PERSONAL | VS_HIDDEN, N_("witness's phone"),
		.max_length = 30 },
	{ "reported_to", VS_FIELD_TEXT, 0, N_("reported to"),
		N_("the vote receivers, the election committee, the police"),
		.max_length = 200 },
	{ "action", VS_FIELD_TEXT, 0, N_("action"), N_("what was done"),
		.max_length = 1000 },
	{ "note", VS_FIELD_TEXT, VS_HIDDEN, N_("note") },
};

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	int64_t now;
	if (!vs_clock_now(&now, err))
		return false;
	return record_integer(record, "at") <= now ||
		vs_fail(err, VS_INVALID,
			_("incident, field at: it has not happened yet; look at the time"));
}

const struct vs_record_type vs_incident_type = {
	.noun = N_("incident"),
	.label = N_("incidents"),
	.about = N_(
		"What went wrong at a place: time, place, list, witness, action; as evidence, if "
		"the result is appealed (within ten days)."),
	FIELDS(fields),
	.select = SQL(LIST_STANDS
		" SELECT n.id, n.at, n.status, n.kind, n.place_id AS place,"
		" p.name AS place_name, n.kommun_code AS kommun, k.name AS kommun_name,"
		" n.list_id AS list, " LIST_NAME " AS list_name, n.what, n.witness,"
		" n.witness_phone, n.reported_to, n.action, n.note FROM incident n"
		" LEFT JOIN place p ON p.id = n.place_id"
		" LEFT JOIN kommun k ON k.code = n.kommun_code"
		" LEFT JOIN list l ON l.id = n.list_id LEFT JOIN stands s ON s.list_id = l.id"
		" ORDER BY n.at DESC, n.id DESC"),
	.insert = SQL(
		"INSERT INTO incident (at, status, kind, place_id, kommun_code, list_id,"
		" what, witness, witness_phone, reported_to, action, note)"
		" VALUES (?1, coalesce(?2, 'open'), ?3, ?4, coalesce(?5,"
		" (SELECT kommun_code FROM place WHERE id = ?4)), ?6, ?7, ?8, ?9, ?10,"
		" ?11, ?12)"),
	.update = SQL(
		"UPDATE incident SET at = ?1, status = coalesce(?2, 'open'), kind = ?3,"
		" place_id = ?4, kommun_code = coalesce(?5,"
		" (SELECT kommun_code FROM place WHERE id = ?4)), list_id = ?6,"
		" what = ?7, witness = ?8, witness_phone = ?9, reported_to = ?10,"
		" action = ?11, note = ?12 WHERE id = ?13"),
	.remove = SQL("DELETE FROM incident WHERE id = ?"),
	.check = check,
};
