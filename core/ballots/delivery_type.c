/* Deliveries as records, and what a number or a scanned code stands for. */
#include "ballots/delivery_life.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

const struct vs_choice delivery_statuses[] = {
	{ "planned", N_("planned") },
	{ "packed", N_("packed") },
	{ "underway", N_("on the way") },
	{ "delivered", N_("delivered") },
	{ "failed", N_("failed") },
	{ "cancelled", N_("cancelled") },
	{ 0 },
};

static const struct vs_field fields[] = {
	{ "id", VS_FIELD_INTEGER, VS_KEY | VS_READONLY | VS_FILTER, N_("no.") },
	{ "date", VS_FIELD_DATE, VS_READONLY | VS_FILTER, N_("date") },
	{ "status", VS_FIELD_CHOICE, VS_READONLY | VS_FILTER, N_("status"),
		.choices = delivery_statuses },
	{ "live", VS_FIELD_BOOLEAN, VS_READONLY | VS_HIDDEN, N_("not cancelled") },
	{ "round", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("round"),
		.refers = &vs_round_type },
	{ "round_name", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("round") },
	{ "from", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("from"),
		.refers = &vs_location_type },
	{ "from_name", VS_FIELD_TEXT, VS_READONLY, N_("from") },
	{ "to", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("to"),
		.refers = &vs_location_type },
	{ "to_name", VS_FIELD_TEXT, VS_READONLY, N_("to") },
	{ "kommun", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("kommun"),
		.refers = &vs_kommun_type },
	{ "carrier", VS_FIELD_REF, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("carrier"),
		.refers = &vs_carrier_type },
	{ "carrier_name", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL, N_("carrier") },
	{ "route", VS_FIELD_INTEGER, VS_READONLY | VS_FILTER | VS_HIDDEN, N_("route") },
	{ "position", VS_FIELD_INTEGER, VS_READONLY, N_("stop") },
	{ "arrives", VS_FIELD_TIME, VS_READONLY, N_("arrives") },
	{ "opens", VS_FIELD_TIME, VS_READONLY | VS_HIDDEN, N_("not before") },
	{ "closes", VS_FIELD_TIME, VS_READONLY | VS_HIDDEN, N_("not after") },
	{ "pieces", VS_FIELD_INTEGER, VS_READONLY, N_("pieces") },
	{ "counted", VS_FIELD_INTEGER, VS_READONLY | VS_HIDDEN, N_("counted"),
		N_("pieces that the receiver counted") },
	{ "packages", VS_FIELD_INTEGER, VS_READONLY, N_("packages") },
	{ "received_at", VS_FIELD_MOMENT, VS_READONLY, N_("received") },
	{ "received_by", VS_FIELD_TEXT, VS_READONLY | VS_PERSONAL | VS_HIDDEN,
		N_("received by") },
	{ "override", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("rule set aside"),
		N_("why a hand-over rule may be broken") },
	{ "reason", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("reason") },
	{ "note", VS_FIELD_TEXT, VS_READONLY | VS_HIDDEN, N_("note") },
};

const struct vs_record_type vs_delivery_type = {
	.noun = N_("delivery"),
	.label = N_("deliveries"),
	.about = N_(
		"Pieces on the way from one location to another on one day, with who carries "
		"and who received them."),
	FIELDS(fields),
	.guarded = true,
	.usual = "live",
	.narrow = "id",
	.select = SQL(WITH_NAMES
		" SELECT d.id, d.date, d.status, d.status <> 'cancelled' AS live,"
		" d.round_id AS round, r.name AS round_name, d.from_id AS \"from\","
		" f.name AS from_name, d.to_id AS \"to\", t.name AS to_name,"
		" t.kommun_code AS kommun, d.carrier_id AS carrier, w.name AS carrier_name,"
		" d.route_id AS route, d.position, d.arrives, d.opens, d.closes,"
		" (SELECT sum(l.pieces) FROM delivery_line l WHERE l.delivery_id = d.id)"
		"  AS pieces,"
		" (SELECT sum(l.counted) FROM delivery_line l WHERE l.delivery_id = d.id)"
		"  AS counted, d.packages, d.received_at, d.received_by, d.override,"
		" d.reason, d.note FROM delivery d"
		" LEFT JOIN round r ON r.id = d.round_id JOIN spot f ON f.id = d.from_id"
		" JOIN spot t ON t.id = d.to_id LEFT JOIN carrier c ON c.id = d.carrier_id"
		" LEFT JOIN person w ON w.id = c.person_id WHERE d.id = coalesce(?, d.id)"
		" ORDER BY d.date, d.route_id IS NULL, w.name COLLATE swedish, d.route_id,"
		" d.position, t.name COLLATE swedish, d.id"),
};

/*
 * Codes. "VS-FS-17-R2-7K3M": FS-17 the papers of delivery 17 (note, labels), PL-F17 its pick
 * list, KL-3 the sheet of route 3, PL-3 its pick list; then the sheet's revision and four
 * letters that catch a wrong digit.
 */

/* Without blanks, in capitals, without the leading VS-. Arena. */
static const char *
tidy(struct vs_arena *arena, const char *text)
{
	char *copy = vs_arena_text(arena, text), *to = copy;
	for (const char *c = copy; *c; c++)
		if (*c == (char)0xc2 && c[1] == (char)0xa0)
			c++; /* a no-break space */
		else if (*c != ' ' && *c != '\t' && *c != '\r' && *c != '\n')
			*to++ = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
	*to = '\0';
	return strncmp(copy, "VS-", 3) == 0 ? copy + 3 : copy;
}

struct code {
	const char *number; /* of the sheet: "FS-17" */
	bool route;	    /* all of a route */
	int64_t id;
	int64_t revision;  /* 0: not said */
	const char *check; /* NULL: not said */
};

static bool
read_count(const char **at, int64_t *ret_value)
{
	size_t digits = strspn(*at, "0123456789");
	if (digits == 0 || digits > 15)
		return false;
	*ret_value = strtoll(*at, NULL, 10);
	*at += digits;
	return true;
}

/* What people write for the digits that the check letters do not have as letters. */
static const char *
read_check(struct vs_arena *arena, const char *text)
{
	char *copy = vs_arena_text(arena, text);
	for (char *c = copy; *c; c++)
		*c = *c == 'O' ? '0' : *c == 'I' || *c == 'L' ? '1' : *c;
	return copy;
}

static bool
read_code(struct vs_arena *arena, const char *text, struct code *ret_code)
{
	struct code code = { 0 };
	const char *at = text;
	if (!(*at >= 'A' && *at <= 'Z') || !(at[1] >= 'A' && at[1] <= 'Z') ||
		at[2] != '-')
		return false;
	at += 3;
	code.route = strncmp(text, "FS", 2) != 0 && *at != 'F';
	at += *at == 'F';
	if (!read_count(&at, &code.id))
		return false;
	code.number = vs_arena_copy(arena, text, (size_t)(at - text));
	if (at[0] == '-' && at[1] == 'R') {
		at += 2;
		if (!read_count(&at, &code.revision))
			return false;
	}
	if (*at == '-' && at[1])
		code.check = read_check(arena, at + 1);
	else if (*at)
		return false;
	*ret_code = code;
	return true;
}

/* A code that says more than the number must be one that was printed. */
static bool
was_printed(struct vs_db *db, const struct code *code, bool *ret_printed,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_printed = true;
	if (!code->revision && !code->check)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT count(*) FROM sheet WHERE number = ?1"
			" AND (?2 = 0 OR revision = ?2)"
			" AND (?3 IS NULL OR code = 'VS-' || number || '-R' || revision || '-' || ?3)"),
		    err))
		return false;
	stmt_bind(&q, code->number);
	stmt_bind(&q, code->revision);
	stmt_bind(&q, code->check);
	*ret_printed = stmt_row(&q, err) && stmt_int(&q, 0) > 0;
	return err->code == VS_OK;
}

/* Other sheets (orders, places) have numbers, too, and stand for no delivery. */
static bool
ids_of(struct vs_db *db, const struct code *code, json_t *ids, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (strncmp(code->number, "FS-", 3) != 0 &&
		strncmp(code->number, "PL-", 3) != 0 &&
		strncmp(code->number, "KL-", 3) != 0)
		return true;
	if (!stmt_open(&q, db,
		    SQL("SELECT id FROM delivery WHERE iif(?1, route_id = ?2"
			" AND status <> 'cancelled', id = ?2) ORDER BY position, id"),
		    err))
		return false;
	stmt_bind(&q, code->route);
	stmt_bind(&q, code->id);
	while (stmt_row(&q, err))
		json_array_append_new(ids, json_integer(stmt_int(&q, 0)));
	return err->code == VS_OK;
}

static bool
unknown(const char *text, struct vs_error *err)
{
	return vs_fail(err, VS_NOT_FOUND,
		_("no delivery has the number or code \"%s\"; 'valstuga deliver list' shows them"),
		text);
}

static bool
find_all(struct vs_db *db, const char *text, json_t *ids, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	size_t bad;
	if (!vs_text_check(text, strlen(text), &bad))
		return vs_fail(err, VS_INVALID,
			_("the delivery's code is not valid UTF-8; type it again"));
	const char *given = tidy(scratch.arena, text);
	struct code code = { .number = "FS-" };
	const char *at = given;
	bool printed = true;
	if (!(read_count(&at, &code.id) && !*at)) {
		if (!read_code(scratch.arena, given, &code))
			return unknown(text, err);
		if (!was_printed(db, &code, &printed, err))
			return false;
	}
	if (!printed)
		return vs_fail(err, VS_NOT_FOUND,
			_("the code \"%s\" was never printed; compare it with the paper, digit by digit"),
			text);
	return ids_of(db, &code, ids, err) &&
		(json_array_size(ids) > 0 || unknown(text, err));
}

json_t *
vs_delivery_numbers(struct vs_db *db, const char *text, struct vs_error *err)
{
	json_t *ids = json_array();
	if (find_all(db, text, ids, err))
		return ids;
	json_decref(ids);
	return NULL;
}

bool
vs_delivery_is_route(const char *text)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct code code;
	return read_code(scratch.arena, tidy(scratch.arena, text), &code) && code.route &&
		(strncmp(code.number, "KL-", 3) == 0 ||
			strncmp(code.number, "PL-", 3) == 0);
}

bool
delivery_find(
	struct vs_db *db, const char *text, int64_t *ret_delivery, struct vs_error *err)
{
	json_t *ids = vs_delivery_numbers(db, text, err);
	if (!ids)
		return false;
	size_t count = json_array_size(ids);
	int64_t first = json_integer_value(json_array_get(ids, 0));
	json_decref(ids);
	if (count > 1)
		return vs_fail(err, VS_INVALID,
			_("\"%s\" stands for %d deliveries; say which by its own number"),
			text, (int)count);
	*ret_delivery = first;
	return true;
}
