/*
 * Sheets of paper are numbered and revised: the same content keeps its revision, changed
 * content gets the next one, and every code that was ever printed still maps.
 */
#include "register/register.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* FNV-1a over the text. */
uint64_t
register_fingerprint(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	uint64_t hash = 0xcbf29ce484222325u;
	for (const char *c = text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
	free(text);
	return hash;
}

/* Crockford's base 32: no letter that is mistaken for a digit. */
static void
letters(uint64_t hash, char text[5])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	for (int i = 0; i < 4; i++, hash >>= 5)
		text[i] = alphabet[hash & 31];
	text[4] = '\0';
}

static bool
last_revision(struct vs_db *db, const char *number, const char *fingerprint,
	int64_t *ret_revision, bool *ret_same, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_revision = 0;
	*ret_same = false;
	if (!stmt_open(&q, db,
		    SQL("SELECT revision, fingerprint FROM sheet WHERE number = ?"
			" ORDER BY revision DESC"),
		    err))
		return false;
	stmt_bind(&q, number);
	if (stmt_row(&q, err)) {
		*ret_revision = stmt_int(&q, 0);
		*ret_same = strcmp(stmt_text(&q, 1), fingerprint) == 0;
	}
	return err->code == VS_OK;
}

static bool
write_sheet(struct vs_db *db, const char *number, int64_t revision,
	const char *fingerprint, const char *code, struct vs_error *err)
{
	int64_t now;
	VS_AUTO(stmt) q = { 0 };
	if (!vs_clock_now(&now, err) ||
		!stmt_open(&q, db,
			SQL("INSERT INTO sheet (number, revision, fingerprint, code, at, actor)"
			    " VALUES (?, ?, ?, ?, ?, ?)"),
			err))
		return false;
	stmt_bind(&q, number);
	stmt_bind(&q, revision);
	stmt_bind(&q, fingerprint);
	stmt_bind(&q, code);
	stmt_bind(&q, now);
	stmt_bind(&q, db_actor(db));
	return stmt_run(&q, err);
}

bool
register_sheet(struct vs_db *db, const char *number, json_t *sheet, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	uint64_t hash = register_fingerprint(sheet);
	char check[5];
	int64_t revision;
	bool same;
	const char *fingerprint = vs_arena_printf(scratch.arena, "%016" PRIx64, hash);
	if (!last_revision(db, number, fingerprint, &revision, &same, err))
		return false;
	letters(hash ^ (uint64_t)(revision + !same) * 0x9e3779b97f4a7c15u, check);
	revision += !same;
	const char *code = vs_arena_printf(
		scratch.arena, "VS-%s-R%lld-%s", number, (long long)revision, check);
	json_object_set_new(sheet, "sheet_number", json_string(number));
	json_object_set_new(sheet, "revision", json_integer(revision));
	json_object_set_new(sheet, "code", json_string(code));
	return same || write_sheet(db, number, revision, fingerprint, code, err);
}

bool
register_sheet_head(struct vs_arena *arena, const struct vs_campaign *campaign,
	json_t *view, struct vs_error *err)
{
	int64_t now;
	char as_of[17];
	if (!vs_clock_now(&now, err))
		return false;
	json_object_set_new(view, "as_of", json_string(vs_time_format_local(now, as_of)));
	json_object_set_new(view, "party", json_string(campaign->party_name));
	json_object_set_new(view, "party_short", json_string(campaign->party_short));
	json_object_set_new(view, "district", json_string(campaign->district));
	json_object_set_new(view, "author",
		json_string(vs_arena_printf(
			arena, "%s %s", campaign->party_name, campaign->district)));
	json_object_set_new(view, "election_day",
		json_string(vs_date_text(arena, campaign->election_date, VS_DATE_LONG)));
	json_object_set_new(view, "destroy_by", json_string(campaign->keep_until));
	return true;
}

/* Without blanks, in capitals, without the leading VS-. */
static const char *
tidy(struct vs_arena *arena, const char *text)
{
	char *copy = vs_arena_text(arena, text), *to = copy;
	for (const char *c = copy; *c; c++)
		if (*c != ' ' && *c != '\t')
			*to++ = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
	*to = '\0';
	return strncmp(copy, "VS-", 3) == 0 ? copy + 3 : copy;
}

bool
register_sheet_made_after(struct vs_db *db, const char *number, const char *day,
	bool *ret_made, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	char made[11];
	*ret_made = false;
	if (!stmt_open(&q, db, SQL("SELECT max(at) FROM sheet WHERE number = ?"), err))
		return false;
	stmt_bind(&q, number);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	if (!stmt_null(&q, 0))
		*ret_made = strcmp(vs_date_format(
					   vs_local_from_utc(stmt_int(&q, 0)).date, made),
				    day) > 0;
	return true;
}

bool
register_sheet_number(struct vs_db *db, const char *code, struct vs_arena *arena,
	const char **ret_number, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	const char *text = tidy(arena, code);
	if (!stmt_open(&q, db,
		    SQL("SELECT number FROM sheet WHERE code = 'VS-' || ?1 OR number = ?1"
			" LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, text);
	if (stmt_row(&q, err))
		*ret_number = stmt_copy(&q, 0, arena);
	else if (err->code == VS_OK)
		return vs_fail(err, VS_NOT_FOUND,
			_("there is no sheet with the code \"%s\"; it stands beside the square "
			  "code, such as VS-PS-12-20260822-R1-7K3M"),
			code);
	return err->code == VS_OK;
}
