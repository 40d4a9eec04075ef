/*
 * What a report means: how much was taken, whether that is likely, how much is wanted.
 *
 * A round expects `mean` pieces to be taken over all its open hours; until now that is the
 * mean times the share of them that has gone. Demand is negative binomial round it, as when
 * the pieces were allotted (the round's spread). A chance below one in a thousand of so much
 * being taken is told as unusual: in Flen 2018 1 000 ballots left one library in a few days.
 */
#include "ballots/shortage.h"

#include <math.h>
#include <string.h>

#include <valstuga/allot.h>
#include <valstuga/text.h>

#include "base/i18n.h"

#define UNLIKELY 0.001

/* The rest of a rack that is reported as low, as a part of the last delivery. */
#define LOW_PART 4

/* Nobody is suspected within the first hour: minutes. */
#define FIRST_HOUR 60

/* What the round says of an item at a place. */
struct terms {
	double mean, spread, service; /* mean < 0: no round */
	int64_t least, from, until;   /* moments */
};

static bool
day_begins(const char *date, int days, int64_t *ret_utc, struct vs_error *err)
{
	struct vs_local local = { 0 };
	if (!vs_date_parse(date, &local.date, err))
		return false;
	local.date = vs_date_add(local.date, days);
	return vs_local_to_utc(local, VS_FOLD_SUMMER, ret_utc, err);
}

/* The round that covers today, else the last one that began. */
static bool
read_terms(struct vs_db *db, const struct rack *rack, int64_t item,
	struct terms *ret_terms, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	*ret_terms = (struct terms){ .mean = -1 };
	if (!stmt_open(&q, db,
		    SQL("SELECT a.mean, r.spread, r.service, r.least, r.from_date, r.until_date"
			" FROM allocation a JOIN round r ON r.id = a.round_id"
			" WHERE a.location_id = ?1 AND a.item_id = ?2 AND a.mean IS NOT NULL"
			" AND r.from_date <= ?3 ORDER BY r.until_date < ?3, r.from_date DESC,"
			" r.id DESC LIMIT 1"),
		    err))
		return false;
	stmt_bind(&q, rack->location);
	stmt_bind(&q, item);
	stmt_bind(&q, rack->today);
	if (!stmt_row(&q, err))
		return err->code == VS_OK;
	*ret_terms = (struct terms){ .mean = stmt_real(&q, 0),
		.spread = stmt_real(&q, 1),
		.service = stmt_real(&q, 2),
		.least = stmt_int(&q, 3) };
	return day_begins(stmt_text(&q, 4), 0, &ret_terms->from, err) &&
		day_begins(stmt_text(&q, 5), 1, &ret_terms->until, err);
}

/* The share of the round's open hours that has gone; of its days where none are known. */
static bool
read_share(struct vs_db *db, const struct rack *rack, const struct terms *terms,
	double *ret_share, struct vs_error *err)
{
	int64_t gone, all;
	int64_t now = rack->now < terms->until ? rack->now : terms->until;
	if (!shortage_open_minutes(db, rack->location, terms->from, now, &gone, err) ||
		!shortage_open_minutes(
			db, rack->location, terms->from, terms->until, &all, err))
		return false;
	if (all == 0) {
		gone = (now - terms->from) / 60;
		all = (terms->until - terms->from) / 60;
	}
	double share = (double)(gone > FIRST_HOUR ? gone : FIRST_HOUR) / (double)all;
	*ret_share = share < 1 ? share : 1;
	return true;
}

/* Taken by voters since a moment, by the ledger. */
static bool
read_used(struct vs_db *db, const struct rack *rack, int64_t item, int64_t since,
	int64_t *ret_used, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("SELECT coalesce(sum(m.pieces), 0) FROM movement m"
			" JOIN location v ON v.id = m.to_id AND v.kind = 'voters'"
			" WHERE m.from_id = ? AND m.item_id = ? AND m.at >= ?"
			" AND m.id NOT IN (SELECT reverses FROM movement"
			"  WHERE reverses IS NOT NULL)"),
		    err))
		return false;
	stmt_bind(&q, rack->location);
	stmt_bind(&q, item);
	stmt_bind(&q, since);
	if (!stmt_row(&q, err))
		return false;
	*ret_used = stmt_int(&q, 0);
	return true;
}

static void
judge(struct vs_arena *arena, const struct terms *terms, struct rack_line *line)
{
	if (line->used <= 0 ||
		vs_demand_risk(line->expected, terms->spread, line->used - 1) >= UNLIKELY)
		return;
	line->unusual = vs_arena_printf(arena,
		_("%s: %s pieces are gone where about %s were to be expected by now (a chance "
		  "below 1 in 1 000)"),
		line->name, vs_text_number(arena, line->used),
		vs_text_number(arena, (int64_t)(line->expected + 0.5)));
}

/*
 * Pieces for the rest of the round: at the pace so far, but no more than three times what was
 * expected, and as expected where the use is unusual: a thief is not fed.
 */
static int64_t
want_until_end(const struct terms *terms, const struct rack_line *line, double share)
{
	double rest = terms->mean * (1 - share);
	double pace = (double)line->used / share * (1 - share);
	if (!line->unusual && pace > rest)
		rest = pace < 3 * rest ? pace : 3 * rest;
	int64_t pieces = vs_demand_pieces(rest, terms->spread, terms->service);
	return pieces > terms->least ? pieces : terms->least;
}

static void
round_to_bundles(const struct rack *rack, struct rack_line *line)
{
	int64_t there = line->have - line->taken + line->coming;
	int64_t lacking = line->wanted > there ? line->wanted - there : 0;
	int64_t bundles = (lacking + line->bundle - 1) / line->bundle;
	if (bundles == 0 && line->coming == 0)
		bundles = 1;
	line->wanted = bundles * line->bundle;
	if (rack->rule.cap && line->wanted > rack->rule.cap)
		line->wanted = rack->rule.cap;
}

bool
shortage_demand(struct vs_db *db, struct vs_arena *arena, const struct rack *rack,
	const char *level, struct rack_line *line, struct vs_error *err)
{
	struct terms terms;
	double share;
	int64_t rest = strcmp(level, "low") == 0 ? line->last / LOW_PART : 0;
	line->taken = line->have > rest ? line->have - rest : 0;
	line->expected = -1;
	line->wanted = line->last > 0 ? line->last : line->bundle;
	if (!read_terms(db, rack, line->item, &terms, err))
		return false;
	if (terms.mean >= 0) {
		if (!read_share(db, rack, &terms, &share, err) ||
			!read_used(db, rack, line->item, terms.from, &line->used, err))
			return false;
		line->used += line->taken;
		line->expected = terms.mean * share;
		judge(arena, &terms, line);
		line->wanted = want_until_end(&terms, line, share);
	}
	round_to_bundles(rack, line);
	return true;
}
