/* A new campaign: its row, its kommuner, its constituencies, its deadlines. */
#include "register/deadline.h"

#include <string.h>
#include <unistd.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* A text as its record's field takes it; NULL when it is blank or not given. Arena. */
static bool
clean(struct vs_db *db, struct vs_arena *arena, const struct vs_record_type *type,
	const char *field, const char **text, struct vs_error *err)
{
	json_t *value = NULL;
	if (*text &&
		!record_parse(db, type, vs_record_field(type, field), *text, &value, err))
		return false;
	*text = vs_arena_text(arena, json_string_value(value));
	json_decref(value);
	return true;
}

static bool
clean_texts(struct vs_db *db, struct vs_arena *arena, struct vs_campaign_options *o,
	struct vs_error *err)
{
	if (!clean(db, arena, &vs_campaign_type, "title", &o->title, err) ||
		!clean(db, arena, &vs_campaign_type, "district", &o->district, err) ||
		!clean(db, arena, &vs_party_type, "name", &o->party_name, err) ||
		!clean(db, arena, &vs_party_type, "short", &o->party_short, err))
		return false;
	return o->district ||
		vs_fail(err, VS_INVALID,
			_("--district is missing: the party district's name"));
}

/* Everything that can be said about the options without a file. */
static bool
check_options(const struct vs_campaign_options *o, struct vs_date *ret_day,
	struct vs_error *err)
{
	if (!o->party_code || !vs_text_is_code(o->party_code, 4))
		return vs_fail(err, VS_INVALID,
			_("--party: \"%s\" is not a party code of 4 digits, for example 0005"),
			o->party_code ? o->party_code : "");
	if (!o->region_code || !vs_text_is_code(o->region_code, 2))
		return vs_fail(err, VS_INVALID,
			_("--lan: \"%s\" is not a county code of 2 digits, for example 17"),
			o->region_code ? o->region_code : "");
	if (!o->election_day)
		return vs_fail(
			err, VS_INVALID, _("--election is missing: the election day"));
	if (!vs_date_parse(o->election_day, ret_day, err))
		return false;
	if (vs_date_weekday(*ret_day) != 7)
		return vs_fail(err, VS_INVALID,
			_("--election: %s is not a Sunday; elections are held on Sundays (vallagen "
			  "1:2)"),
			o->election_day);
	return true;
}

/* Known kinds, each once, in the usual order; arena. */
static const char *
check_kinds(struct vs_arena *arena, const struct vs_campaign_options *o,
	struct vs_date day, struct vs_error *err)
{
	bool eu = o->election_type ? strcmp(o->election_type, "eu") == 0 : day.month == 6;
	const char *given = o->kinds ? o->kinds : eu ? "EP" : "RD,RF,KF";
	const char *kinds = "";
	size_t known = 0;
	for (const struct vs_choice *kind = register_kinds; kind->value; kind++)
		if (vs_kinds_include(given, kind->value)) {
			kinds = vs_arena_printf(
				arena, "%s%s%s", kinds, *kinds ? "," : "", kind->value);
			known += strlen(kind->value) + 1;
		}
	if (known == strlen(given) + 1)
		return kinds;
	vs_fail(err, VS_INVALID,
		_("--kinds: \"%s\" is not a list of RD, RF, KF, EP with commas between"),
		given);
	return NULL;
}

/* Which type of election it is, said or seen from its day. */
static bool
check_type(struct vs_campaign_options *o, const char *kinds, struct vs_date day,
	struct vs_error *err)
{
	const struct vs_choice *type = register_election_types;
	if (!o->election_type)
		o->election_type = register_election_type(kinds, day);
	while (type->value && strcmp(type->value, o->election_type) != 0)
		type++;
	if (!type->value)
		return vs_fail(err, VS_INVALID,
			_("--election-type: \"%s\" is none of general, eu, extra, rerun"),
			o->election_type);
	return register_check_election(
		o->election_type, kinds, o->election_day, o->called_on, err);
}

static bool
write_party(struct vs_db *db, const struct vs_campaign_options *o, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO party (code, name, short) SELECT ?1, coalesce(?2, ''), ?3"
			" WHERE true ON CONFLICT (code) DO UPDATE SET"
			" name = coalesce(?2, name), short = coalesce(?3, short)"),
		    err))
		return false;
	stmt_bind(&q, o->party_code);
	stmt_bind(&q, o->party_name);
	stmt_bind(&q, o->party_short);
	int64_t nameless = 0;
	if (!stmt_run(&q, err) ||
		!db_int(db, SQL("SELECT count(*) FROM party WHERE name = ''"), &nameless,
			err))
		return false;
	if (nameless)
		return vs_fail(err, VS_INVALID,
			_("--party-name is missing: %s is not a party that the program knows"),
			o->party_code);
	return true;
}

static bool
write_campaign(struct vs_db *db, struct vs_arena *arena,
	const struct vs_campaign_options *o, struct vs_date day, const char *kinds,
	struct vs_error *err)
{
	char keep_until[11];
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("INSERT INTO campaign (id, title, party_code, district, region_code,"
			" election_day, kinds, keep_until, election_type, called_on)"
			" SELECT 1, ?, ?, ?, code, ?, ?, ?, ?, ?"
			" FROM region WHERE code = ?"),
		    err))
		return false;
	stmt_bind(&q,
		o->title ? o->title
			 : vs_arena_printf(arena, "%s %d", o->district, day.year));
	stmt_bind(&q, o->party_code);
	stmt_bind(&q, o->district);
	stmt_bind(&q, o->election_day);
	stmt_bind(&q, kinds);
	stmt_bind(&q, vs_date_format(vs_date_add(day, REGISTER_KEEP_DAYS), keep_until));
	stmt_bind(&q, o->election_type);
	stmt_bind(&q, o->called_on);
	stmt_bind(&q, o->region_code);
	if (!stmt_run(&q, err))
		return false;
	if (db_changes(db) == 0)
		return vs_fail(err, VS_INVALID,
			_("--lan: there is no county with code %s"), o->region_code);
	return true;
}

static bool
mark_kommun(struct vs_db *db, const char *name, struct vs_error *err)
{
	json_t *kommun = vs_record_get(db, &vs_kommun_type, name, err);
	VS_AUTO(stmt) q = { 0 };
	bool ok = kommun &&
		stmt_open(&q, db, SQL("UPDATE kommun SET in_district = 1 WHERE code = ?"),
			err);
	if (ok) {
		stmt_bind(&q, record_string(kommun, "code"));
		ok = stmt_run(&q, err);
	}
	json_decref(kommun);
	return ok;
}

static bool
mark_kommuner(struct vs_db *db, const struct vs_campaign_options *o, struct vs_error *err)
{
	for (size_t i = 0; i < o->kommun_count; i++)
		if (!mark_kommun(db, o->kommuner[i], err))
			return false;
	if (o->kommun_count)
		return true;
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("UPDATE kommun SET in_district = 1 WHERE region_code = ?"), err))
		return false;
	stmt_bind(&q, o->region_code);
	return stmt_run(&q, err);
}

/* Undivided areas; an import adds the constituencies of divided ones. */
static bool
write_constituencies(struct vs_db *db, const char *kinds, struct vs_error *err)
{
	static const char *const sql[][2] = {
		{ "RD",
			SQL("INSERT INTO constituency (kind, area_code, code, name)"
			    " SELECT 'RD', '00', code, name FROM riksdag_constituency WHERE code IN"
			    " (SELECT riksdag_code FROM kommun WHERE in_district)") },
		{ "RF",
			SQL("INSERT INTO constituency (kind, area_code, code, name)"
			    " SELECT 'RF', code, code || '00', region_name FROM region"
			    " WHERE has_regional_election AND code IN"
			    " (SELECT region_code FROM kommun WHERE in_district)") },
		{ "KF",
			SQL("INSERT INTO constituency (kind, area_code, code, name)"
			    " SELECT 'KF', code, code || '00', name FROM kommun WHERE in_district") },
		{ "EP",
			SQL("INSERT INTO constituency (kind, area_code, code, name)"
			    " VALUES ('EP', '00', '00', 'Hela landet')") },
	};
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		VS_AUTO(stmt) q = { 0 };
		if (vs_kinds_include(kinds, sql[i][0]) &&
			(!stmt_open(&q, db, sql[i][1], err) || !stmt_run(&q, err)))
			return false;
	}
	return true;
}

/* Gotland has no regional election: the campaign does not wait for one. */
static bool
leave_out_region(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	return stmt_open(&q, db,
		       SQL("UPDATE campaign SET kinds = trim(replace(',' || kinds || ',', ',RF,', ','),"
			   " ',') WHERE kinds <> 'RF'"
			   " AND NOT EXISTS (SELECT 1 FROM constituency WHERE kind = 'RF')"),
		       err) &&
		stmt_run(&q, err);
}

static bool
write_deadlines(struct vs_db *db, struct vs_arena *arena, struct vs_error *err)
{
	struct vs_campaign campaign;
	return vs_campaign_get(db, arena, &campaign, err) &&
		deadline_begin(db, &campaign, err);
}

static bool
fill(struct vs_db *db, const struct vs_campaign_options *given, struct vs_date day,
	struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(change) change = { 0 };
	struct vs_campaign_options cleaned = *given, *o = &cleaned;
	const char *kinds = check_kinds(scratch.arena, o, day, err);
	if (!kinds || !check_type(o, kinds, day, err) ||
		!clean_texts(db, scratch.arena, o, err) ||
		!change_begin(&change, db, "new", err) || !write_party(db, o, err) ||
		!write_campaign(db, scratch.arena, o, day, kinds, err) ||
		!mark_kommuner(db, o, err) || !write_constituencies(db, kinds, err) ||
		!leave_out_region(db, err) || !write_deadlines(db, scratch.arena, err))
		return false;
	change_say(&change, "campaign", NULL, "%s, %s, %s", o->district, o->election_day,
		kinds);
	return change_commit(&change, err);
}

struct vs_db *
vs_campaign_create(const char *path, const struct vs_campaign_options *options,
	const char *actor, struct vs_error *err)
{
	struct vs_date day;
	if (!check_options(options, &day, err))
		return NULL;
	struct vs_db *db = vs_db_create(path, actor, err);
	if (db && fill(db, options, day, err))
		return db;
	if (db)
		unlink(path);
	vs_db_close(db);
	return NULL;
}
