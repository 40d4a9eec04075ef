/*
 * The free quota: three ballots per eligible voter, counted on 1 March; for the riksdag in
 * the constituency, in other elections in the whole area; for parties that are represented
 * or (riksdag) got more than one per cent (vallagen 6:8). Several lists of the party in one
 * area share it equally.
 */
#include "ballots/ballots.h"

#include <string.h>

/* One base that a list draws on: a riksdag constituency or a whole area. */
struct base {
	const char *kind;
	const char *area_code;
	const char *code;
};

/* How many of the party's lists of this election draw on the same base. */
static bool
count_sharing(
	struct vs_db *db, const struct base *base, int *ret_lists, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT count(DISTINCT l.id) FROM list l JOIN campaign c"
			" ON l.election_day = c.election_day AND l.party_code = c.party_code"
			" JOIN list_constituency lc ON lc.list_id = l.id"
			" JOIN constituency k ON k.id = lc.constituency_id"
			" WHERE k.kind = ?1 AND k.area_code = ?2 AND (?1 <> 'RD' OR k.code = ?3)"),
		    err))
		return false;
	stmt_bind(&q, base->kind);
	stmt_bind(&q, base->area_code);
	stmt_bind(&q, base->code);
	if (!stmt_row(&q, err))
		return false;
	*ret_lists = (int)stmt_int(&q, 0);
	return true;
}

/* Represented according to the list of participating parties, if one was imported. */
static bool
find_entitled(struct vs_db *db, const struct base *base, struct quota *quota,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT count(*), sum(p.basis = 'R') FROM participation p"
			" JOIN campaign c ON c.party_code = p.party_code"
			" WHERE p.kind = ? AND p.area_code = ?"),
		    err))
		return false;
	stmt_bind(&q, base->kind);
	stmt_bind(&q, base->area_code);
	if (!stmt_row(&q, err))
		return false;
	if (stmt_int(&q, 0) == 0 || quota->entitled == ENTITLED_NOT)
		return true;
	quota->entitled = stmt_int(&q, 1) > 0 ? ENTITLED : ENTITLED_NOT;
	return true;
}

static bool
add_base(struct vs_db *db, const struct base *base, struct quota *quota,
	struct vs_error *err)
{
	int64_t eligible;
	bool known;
	int sharing = 0;
	if (!register_eligible(db, base->kind, base->area_code, base->code, &eligible,
		    &known, err) ||
		!count_sharing(db, base, &sharing, err) ||
		!find_entitled(db, base, quota, err))
		return false;
	quota->known = quota->known && known;
	quota->eligible += known ? eligible : 0;
	quota->free_total += known ? 3 * eligible : 0;
	quota->share += known ? 3 * eligible / (sharing ? sharing : 1) : 0;
	quota->uneven = quota->uneven || (quota->sharing && sharing != quota->sharing);
	if (sharing > quota->sharing)
		quota->sharing = sharing;
	return true;
}

bool
quota_get(struct vs_db *db, const json_t *list, struct quota *ret_quota,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct quota quota = { .known = true, .entitled = ENTITLED_UNKNOWN };
	int bases = 0;
	if (!stmt_open(&q, db,
		    SQL("SELECT DISTINCT k.kind, k.area_code,"
			" CASE k.kind WHEN 'RD' THEN k.code ELSE '' END"
			" FROM list_constituency lc JOIN constituency k ON k.id = lc.constituency_id"
			" WHERE lc.list_id = ?"),
		    err))
		return false;
	stmt_bind(&q, record_integer(list, "id"));
	for (; stmt_row(&q, err); bases++) {
		const struct base base = { stmt_text(&q, 0), stmt_text(&q, 1),
			stmt_text(&q, 2) };
		if (!add_base(db, &base, &quota, err))
			return false;
	}
	quota.known = quota.known && bases > 0;
	*ret_quota = quota;
	return err->code == VS_OK;
}

int64_t
quota_outside(const struct quota *quota, int64_t pieces)
{
	int64_t free_pieces = quota->entitled == ENTITLED_NOT ? 0 : quota->share;
	return pieces > free_pieces ? pieces - free_pieces : 0;
}

/* With a quota only the thousands outside it cost; without, the start fee comes on top. */
int64_t
quota_cost(const struct quota *quota, const struct tariff *tariff, int64_t pieces,
	bool colour)
{
	int64_t thousands = (quota_outside(quota, pieces) + 999) / 1000;
	int64_t start = quota->entitled != ENTITLED_NOT ? 0
		: colour				? tariff->start_colour_ore
							: tariff->start_black_ore;
	return start + thousands * tariff->thousand_ore;
}
