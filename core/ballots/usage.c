/*
 * What was used at the places, kept for the next election: records that go from one campaign
 * file to the next, so a place goes by its name and kommun, never by its number.
 */
#include "ballots/usage.h"

#include <math.h>
#include <string.h>

#include <valstuga/usage.h>

#include "base/i18n.h"

static const struct vs_field fields[] = {
	{ "key", VS_FIELD_TEXT, VS_KEY | VS_HIDDEN, N_("key"),
		N_("follows from place, day, phase and election"), .max_length = 300 },
	{ "place", VS_FIELD_TEXT, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("place"),
		N_("name and kommun: Norra skolan, Kil"), .max_length = 250 },
	{ "election_day", VS_FIELD_DATE, VS_REQUIRED | VS_FIXED | VS_FILTER,
		N_("election day") },
	{ "phase", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("phase"),
		.choices = rule_phases },
	{ "kind", VS_FIELD_CHOICE, VS_REQUIRED | VS_FIXED | VS_FILTER, N_("election"),
		.choices = register_kinds },
	{ "delivered", VS_FIELD_INTEGER, VS_REQUIRED, N_("delivered"), .min = 0,
		.max = PIECES_MAX },
	{ "used", VS_FIELD_INTEGER, VS_REQUIRED, N_("used"), .min = 0,
		.max = PIECES_MAX },
	{ "ran_out", VS_FIELD_BOOLEAN, 0, N_("ran out"),
		N_("more would have been used") },
	{ "votes", VS_FIELD_INTEGER, 0, N_("votes"),
		N_("the party's, that the place answers for"), .min = 0,
		.max = PIECES_MAX },
	{ "source", VS_FIELD_TEXT, VS_REQUIRED, N_("source"), .max_length = 200 },
};

/* "Norra skolan, Kil" of a place p and its kommun k; with its street where two are so called. */
#define PLACE_TEXT \
	"p.name || iif(EXISTS (SELECT 1 FROM place q WHERE q.kommun_code = p.kommun_code" \
	" AND q.name = p.name AND q.id <> p.id), ', ' || p.street, '') || ', ' || k.name"
#define KEY_TEXT \
	PLACE_TEXT " || ', ' || u.election_day || ', ' || u.phase || ', ' || u.kind"
#define USAGE_FROM \
	" FROM usage u JOIN place p ON p.id = u.place_id" \
	" JOIN kommun k ON k.code = p.kommun_code"

/* The place p that a text names; the kommun first, so that few places are looked at. */
#define PLACE_OF(text) \
	"FROM kommun k JOIN place p ON p.kommun_code = k.code" \
	" WHERE substr(" text ", -length(k.name) - 2) = ', ' || k.name" \
	" AND substr(" text ", 1, length(" text ") - length(k.name) - 2)" \
	" IN (p.name, p.name || ', ' || p.street)"

/* The place as it is called here, found by its name, or in any way that a place is. */
static bool
find_place(struct vs_db *db, struct vs_arena *arena, const char *text,
	const char **ret_name, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT " PLACE_TEXT ", count(*) OVER () " PLACE_OF("?1")), err))
		return false;
	stmt_bind(&q, text);
	if (stmt_row(&q, err) && stmt_int(&q, 1) == 1) {
		*ret_name = stmt_copy(&q, 0, arena);
		return true;
	}
	json_t *place =
		err->code == VS_OK ? vs_record_get(db, &vs_place_type, text, err) : NULL;
	if (!place)
		return false;
	VS_AUTO(stmt) named = { 0 };
	bool ok = stmt_open(&named, db,
		SQL("SELECT " PLACE_TEXT " FROM place p JOIN kommun k"
		    " ON k.code = p.kommun_code WHERE p.id = ?"),
		err);
	if (ok)
		stmt_bind(&named, record_integer(place, "id"));
	ok = ok && stmt_row(&named, err);
	if (ok)
		*ret_name = stmt_copy(&named, 0, arena);
	json_decref(place);
	return ok;
}

static bool
complete(struct vs_db *db, json_t *record, const json_t *before, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *name = record_string(record, "place");
	const char *day = record_string(record, "election_day");
	const char *phase = record_string(record, "phase");
	const char *kind = record_string(record, "kind");
	if (before || !name || !day || !phase || !kind)
		return true; /* what is missing is told by others */
	if (!find_place(db, scratch.arena, name, &name, err))
		return false;
	record_put(record, "place", name);
	record_put(record, "key",
		vs_arena_printf(scratch.arena, "%s, %s, %s, %s", name, day, phase, kind));
	return true;
}

static bool
check(struct vs_db *db, const json_t *record, const json_t *before, struct vs_error *err)
{
	(void)db;
	(void)before;
	return record_integer(record, "used") <= record_integer(record, "delivered") ||
		vs_fail(err, VS_INVALID,
			_("usage, %s: no more is used than was delivered; look at both numbers"),
			record_string(record, "place"));
}

const struct vs_record_type vs_usage_type = {
	.noun = N_("usage"),
	.label = N_("usage"),
	.about = N_(
		"What was delivered to a place and used there at an election, and for how many "
		"votes: 'evaluation learn' writes it, the next campaign's allocation asks it."),
	FIELDS(fields),
	.loose = true,
	.select = SQL("SELECT " KEY_TEXT " AS key, " PLACE_TEXT " AS place,"
		      " u.election_day, u.phase, u.kind, u.delivered, u.used, u.ran_out,"
		      " u.votes, u.source" USAGE_FROM
		      " ORDER BY k.name COLLATE swedish, p.name COLLATE swedish, p.id,"
		      " u.election_day, u.phase, u.kind"),
	.insert = SQL(
		"INSERT INTO usage (place_id, election_day, phase, kind, delivered,"
		" used, ran_out, votes, source) SELECT (SELECT p.id " PLACE_OF(
			"?2") "), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE ?1 IS NOT NULL"),
	.update = SQL("UPDATE usage SET delivered = ?1, used = ?2, ran_out = ?3,"
		      " votes = ?4, source = ?5 WHERE id = (SELECT u.id" USAGE_FROM
		      " WHERE " KEY_TEXT " = ?6)"),
	.remove = SQL("DELETE FROM usage WHERE id = (SELECT u.id" USAGE_FROM
		      " WHERE " KEY_TEXT " = ?)"),
	.complete = complete,
	.check = check,
};

/* Learning ---------------------------------------------------------------------------------*/

static bool
forget(struct vs_db *db, const char *day, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db, SQL("DELETE FROM usage WHERE election_day = ?"), err))
		return false;
	stmt_bind(&q, day);
	return stmt_run(&q, err);
}

/* The votes of the election before are no votes of this one. */
static bool
keep_row(struct stmt *q, const struct usage_row *row, const char *day, const char *source,
	struct vs_error *err)
{
	stmt_bind(q, row->place);
	stmt_bind(q, day);
	stmt_bind(q, usage_phases[row->phase]);
	stmt_bind(q, row->kind);
	stmt_bind(q, row->came + row->carried);
	stmt_bind(q, row->used);
	stmt_bind(q, row->ran_out || row->all_gone);
	if (row->votes_known && !row->votes_last)
		stmt_bind_int(q, llround(row->votes));
	else
		stmt_bind_null(q);
	stmt_bind(q, source);
	return stmt_run(q, err);
}

static bool
keep_rows(struct vs_db *db, const struct usage *usage, const char *day,
	const char *source, int64_t *ret_count, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_count = 0;
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO usage (place_id, election_day, phase, kind, delivered,"
			" used, ran_out, votes, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
		    err))
		return false;
	for (size_t i = 0; i < usage->count; i++) {
		const struct usage_row *row = &usage->rows[i];
		if (row->doubt != USAGE_KNOWN || !row->place)
			continue;
		if (!keep_row(&q, row, day, source, err))
			return false;
		++*ret_count;
	}
	return true;
}

bool
vs_usage_learn(struct vs_db *db, int64_t *ret_count, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_campaign campaign;
	struct usage usage;
	int64_t count;
	if (!change_begin(&change, db, "evaluation learn", err) ||
		!vs_campaign_get(db, scratch.arena, &campaign, err) ||
		!usage_read_ledger(db, scratch.arena, NULL, &usage, err) ||
		!usage_add_votes(db, scratch.arena, &usage, err) ||
		!forget(db, campaign.election_day, err) ||
		!keep_rows(db, &usage, campaign.election_day,
			vs_arena_printf(scratch.arena, _("the stock ledger of %s"),
				campaign.title),
			&count, err))
		return false;
	change_say(&change, "usage", NULL, "%lld", (long long)count);
	if (!change_commit(&change, err))
		return false;
	*ret_count = count;
	return true;
}
