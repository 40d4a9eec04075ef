/* What came to each place, what was left: the ledger cut into stretches; see usage.h. */
#include "ballots/usage.h"

#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

#define NEAR 5 /* seconds between a report and the count that it makes */

const char *const usage_phases[USAGE_PHASES] = { "advance", "institution",
	"election_day" };

enum event_kind { CAME, TAKEN, FOUND, WENT };

struct event {
	enum event_kind kind;
	enum usage_phase phase; /* of what came */
	int64_t at, pieces;
	bool guess; /* a rack was reported nearly empty: no count */
};

struct stretch {
	bool begun;
	int64_t began, came, carried, taken, away;
	int64_t cleared; /* of before, not counted: taken as cleared away */
	int64_t end;	 /* what lay there at its end */
	enum usage_doubt doubt;
};

struct spot {
	int64_t location, place, item;
	const char *place_name, *kommun, *kommun_name, *kind, *ledger_name;
	bool restricted, polling_only;
};

/* One item at one place while its movements are read. */
struct walk {
	struct spot spot;
	struct stretch stretches[USAGE_PHASES];
	int now; /* index, or -1 */
	int64_t lies, last_came;
	bool counted, guessed; /* since the last came */
};

struct agreement { /* a count that was as the ledger had it: only the history knows */
	int64_t item, at;
	const char *text;
};

struct shortage {
	int64_t location, item, at; /* item 0: every list */
};

struct reading {
	struct vs_db *db;
	struct vs_arena *arena;
	struct usage *usage;
	int64_t zero; /* when election day begins */
	struct agreement *agreements;
	size_t agreement_count;
	struct shortage *shortages; /* racks that were empty */
	size_t shortage_count;
};

/* What else is asked ------------------------------------------------------------------------*/

static bool
read_zero(struct reading *r, struct vs_error *err)
{
	struct vs_campaign campaign;
	struct vs_local local = { 0 };
	if (!vs_campaign_get(r->db, r->arena, &campaign, err))
		return false;
	local.date = campaign.election_date;
	return vs_local_to_utc(local, VS_FOLD_SUMMER, &r->zero, err);
}

static bool
read_agreements(struct reading *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, r->db,
		    SQL("SELECT CAST(object AS INTEGER), at, summary FROM history"
			" WHERE command = 'stock count' AND noun = 'item'"
			" AND instr(summary, '→') = 0"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		r->agreements = vs_arena_grow(r->arena, r->agreements, r->agreement_count,
			sizeof *r->agreements);
		r->agreements[r->agreement_count++] = (struct agreement){ stmt_int(&q, 0),
			stmt_int(&q, 1), stmt_copy(&q, 2, r->arena) };
	}
	return err->code == VS_OK;
}

static bool
read_shortages(struct reading *r, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, r->db,
		    SQL("SELECT location_id, coalesce(item_id, 0), at FROM shortage"
			" WHERE level = 'empty'"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		r->shortages = vs_arena_grow(
			r->arena, r->shortages, r->shortage_count, sizeof *r->shortages);
		r->shortages[r->shortage_count++] = (struct shortage){ stmt_int(&q, 0),
			stmt_int(&q, 1), stmt_int(&q, 2) };
	}
	return err->code == VS_OK;
}

/* "KF Kil, Skolan, Kil: 160, as in the ledger" */
static bool
has_agreed(const struct reading *r, const struct walk *w, int64_t until)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *part = vs_arena_printf(
		scratch.arena, ", %s: %lld, ", w->spot.ledger_name, (long long)w->lies);
	for (size_t i = 0; i < r->agreement_count; i++) {
		const struct agreement *a = &r->agreements[i];
		if (a->item == w->spot.item && a->at >= w->last_came && a->at <= until &&
			strstr(a->text, part))
			return true;
	}
	return false;
}

/* Walking -----------------------------------------------------------------------------------*/

static void
end_stretch(const struct reading *r, struct walk *w, int64_t at)
{
	struct stretch *s = &w->stretches[w->now];
	s->end = w->lies;
	if ((w->lies > 0 || w->guessed) && !w->counted && !has_agreed(r, w, at))
		s->doubt = USAGE_NOT_COUNTED;
}

static void
begin_stretch(const struct reading *r, struct walk *w, const struct event *e)
{
	struct stretch *next = &w->stretches[e->phase];
	if (w->now >= 0) {
		end_stretch(r, w, e->at);
		bool known = w->stretches[w->now].doubt == USAGE_KNOWN;
		next->carried = known ? w->lies : 0;
		next->cleared = known ? 0 : w->lies;
	}
	next->begun = true;
	next->began = e->at;
	w->now = (int)e->phase;
}

static void
take_came(const struct reading *r, struct walk *w, const struct event *e)
{
	struct stretch *s = &w->stretches[e->phase];
	if (!s->begun)
		begin_stretch(r, w, e);
	else if (w->now != (int)e->phase)
		s->doubt = w->stretches[w->now].doubt = USAGE_MIXED;
	s->came += e->pieces;
	w->lies += e->pieces;
	w->last_came = e->at;
	w->counted = w->guessed = false;
}

static void
take_event(const struct reading *r, struct walk *w, const struct event *e)
{
	if (e->kind == CAME) {
		take_came(r, w, e);
		return;
	}
	struct stretch *s = w->now >= 0 ? &w->stretches[w->now] : NULL;
	int64_t gone = e->kind == FOUND ? -e->pieces : e->pieces;
	w->lies -= gone;
	if (s && e->kind == WENT)
		s->away += gone;
	else if (s)
		s->taken += gone;
	if (e->kind == WENT)
		return;
	w->counted = !e->guess;
	w->guessed = e->guess;
}

/* Rows --------------------------------------------------------------------------------------*/

static bool
was_empty(const struct reading *r, const struct walk *w, const struct stretch *s,
	int64_t until)
{
	for (size_t i = 0; i < r->shortage_count; i++) {
		const struct shortage *h = &r->shortages[i];
		if (h->location == w->spot.location &&
			(!h->item || h->item == w->spot.item) && h->at >= s->began &&
			h->at < until)
			return true;
	}
	return false;
}

static struct usage_row *
row_of(struct reading *r, const struct walk *w, enum usage_phase phase)
{
	struct usage *u = r->usage;
	for (size_t i = u->count; i-- && u->rows[i].location == w->spot.location;)
		if (u->rows[i].phase == phase &&
			strcmp(u->rows[i].kind, w->spot.kind) == 0)
			return &u->rows[i];
	u->rows = vs_arena_grow(r->arena, u->rows, u->count, sizeof *u->rows);
	u->rows[u->count] = (struct usage_row){ .location = w->spot.location,
		.place = w->spot.place,
		.place_name = w->spot.place_name,
		.kommun = w->spot.kommun,
		.kommun_name = w->spot.kommun_name,
		.kind = w->spot.kind,
		.phase = phase };
	return &u->rows[u->count++];
}

/* A list's stretch among the others of its kind. */
static void
add_stretch(struct reading *r, const struct walk *w, enum usage_phase phase)
{
	const struct stretch *s = &w->stretches[phase];
	const struct stretch *after = &w->stretches[USAGE_ELECTION_DAY];
	bool followed = phase != USAGE_ELECTION_DAY && after->begun;
	int64_t delivered = s->came + s->carried, left = s->end + s->away;
	enum usage_doubt doubt = s->doubt;
	if (doubt == USAGE_KNOWN && s->cleared && left > delivered)
		doubt = USAGE_TOO_MANY;
	left = left < delivered ? left : delivered; /* found pieces that came otherwise */
	struct usage_row *row = row_of(r, w, phase);
	row->came += s->came;
	row->carried += s->carried;
	row->doubt = row->doubt > doubt ? row->doubt : doubt;
	row->whole = !followed;
	row->left += left;
	row->returned += s->away;
	row->used += delivered - left;
	row->all_gone = row->all_gone || (delivered > 0 && left == 0);
	row->ran_out =
		row->ran_out || was_empty(r, w, s, followed ? after->began : INT64_MAX);
}

static void
end_walk(struct reading *r, struct walk *w)
{
	if (w->now < 0)
		return;
	end_stretch(r, w, INT64_MAX);
	for (int phase = 0; phase < USAGE_PHASES; phase++)
		if (w->stretches[phase].begun)
			add_stretch(r, w, (enum usage_phase)phase);
}

/* Reading -----------------------------------------------------------------------------------*/

/*
 * Ballots of this election's lists of ours: what came to places and receptions, was taken,
 * found and went on, without what was undone. What comes with a delivery came, also when
 * more was counted than had been sent.
 */
static const char *const movements_sql = SQL(
	"WITH own AS (SELECT i.id, e.position FROM item i JOIN list l ON l.id = i.list_id"
	"  JOIN election_kind e ON e.code = l.kind JOIN campaign c"
	"  ON c.election_day = l.election_day AND c.party_code = l.party_code),"
	" moved AS (SELECT m.id, m.at, m.item_id, m.to_id AS place, m.pieces, m.delivery_id,"
	"  iif(m.kind = 'count' AND m.delivery_id IS NULL, 2, 0) AS what, m.reason"
	"  FROM movement m WHERE m.kind <> 'reverse'"
	" UNION ALL SELECT m.id, m.at, m.item_id, m.from_id, m.pieces, m.delivery_id,"
	"  iif(t.kind = 'voters', 1, 3), m.reason FROM movement m"
	"  JOIN location t ON t.id = m.to_id WHERE m.kind <> 'reverse')"
	" SELECT o.id, m.item_id, m.at, m.pieces, m.what, r.phase,"
	" d.date >= c.election_day, m.reason, EXISTS (SELECT 1 FROM shortage h"
	"  WHERE h.location_id = o.id AND h.level = 'low' AND abs(h.at - m.at) <= ?2"
	"  AND (h.item_id IS NULL OR h.item_id = m.item_id))"
	" FROM moved m JOIN own w ON w.id = m.item_id JOIN location o ON o.id = m.place"
	"  AND o.kind IN ('place', 'reception') LEFT JOIN place p ON p.id = o.place_id"
	" JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code) JOIN campaign c"
	" LEFT JOIN delivery d ON d.id = m.delivery_id LEFT JOIN round r ON r.id = d.round_id"
	" WHERE (?1 IS NULL OR k.code = ?1) AND m.id NOT IN (SELECT reverses FROM movement"
	"  WHERE reverses IS NOT NULL)"
	" ORDER BY k.name COLLATE swedish, k.code, o.kind = 'place', p.name COLLATE swedish,"
	" o.id, w.position, m.item_id, m.id");

static bool
read_spot(struct reading *r, int64_t location, int64_t item, struct spot *ret_spot,
	struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, r->db,
		    SQL("SELECT coalesce(p.id, 0), " LOCATION_NAME
			", k.code, k.name, l.kind, coalesce(p.restricted, 0),"
			" p.id IS NOT NULL AND p.advance_code IS NULL AND NOT EXISTS (SELECT 1"
			"  FROM opening n WHERE n.place_id = p.id AND n.purpose = 'advance')"
			" AND (EXISTS (SELECT 1 FROM district d WHERE d.place_id = p.id)"
			"  OR EXISTS (SELECT 1 FROM opening n WHERE n.place_id = p.id))" LOCATION_FROM
			" JOIN item i ON i.id = ?2 JOIN list l ON l.id = i.list_id"
			" WHERE o.id = ?1"),
		    err))
		return false;
	stmt_bind(&q, location);
	stmt_bind(&q, item);
	if (!stmt_row(&q, err))
		return false;
	*ret_spot = (struct spot){ .location = location,
		.item = item,
		.place = stmt_int(&q, 0),
		.ledger_name = stmt_copy(&q, 1, r->arena),
		.kommun = stmt_copy(&q, 2, r->arena),
		.kommun_name = stmt_copy(&q, 3, r->arena),
		.kind = stmt_copy(&q, 4, r->arena),
		.restricted = stmt_int(&q, 5),
		.polling_only = stmt_int(&q, 6) };
	size_t length = strlen(ret_spot->ledger_name);
	if (ret_spot->place)
		length -= strlen(ret_spot->kommun_name) + 2;
	ret_spot->place_name = vs_arena_copy(r->arena, ret_spot->ledger_name, length);
	return true;
}

static enum usage_phase
phase_of(const struct reading *r, const struct spot *spot, const struct stmt *q)
{
	const char *round = stmt_text(q, 5) ? round_rule_phase(stmt_text(q, 5)) : NULL;
	for (int i = 0; round && i < USAGE_PHASES; i++)
		if (strcmp(usage_phases[i], round) == 0)
			return (enum usage_phase)i;
	bool late = stmt_null(q, 6) ? stmt_int(q, 2) >= r->zero : stmt_int(q, 6);
	if (late || spot->polling_only)
		return USAGE_ELECTION_DAY;
	return spot->restricted ? USAGE_INSTITUTION : USAGE_ADVANCE;
}

/* A report of a nearly empty rack makes a count of what it guesses. */
static bool
is_guess(const struct stmt *q)
{
	static const char *const text = N_("the rack is reported nearly empty");
	const char *reason = stmt_text(q, 7);
	return stmt_int(q, 8) ||
		(reason && (strcmp(reason, text) == 0 || strcmp(reason, _(text)) == 0));
}

static bool
read_movements(struct reading *r, const char *kommun, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct walk w = { .now = -1 };
	if (!stmt_open(&q, r->db, movements_sql, err))
		return false;
	stmt_bind(&q, kommun);
	stmt_bind(&q, NEAR);
	while (stmt_row(&q, err)) {
		if (w.spot.location != stmt_int(&q, 0) ||
			w.spot.item != stmt_int(&q, 1)) {
			end_walk(r, &w);
			w = (struct walk){ .now = -1 };
			if (!read_spot(r, stmt_int(&q, 0), stmt_int(&q, 1), &w.spot, err))
				return false;
		}
		const struct event e = { .kind = (enum event_kind)stmt_int(&q, 4),
			.phase = phase_of(r, &w.spot, &q),
			.at = stmt_int(&q, 2),
			.pieces = stmt_int(&q, 3),
			.guess = is_guess(&q) };
		take_event(r, &w, &e);
	}
	end_walk(r, &w);
	return err->code == VS_OK;
}

bool
usage_read_ledger(struct vs_db *db, struct vs_arena *arena, const char *kommun,
	struct usage *ret_usage, struct vs_error *err)
{
	*ret_usage = (struct usage){ 0 };
	struct reading r = { .db = db, .arena = arena, .usage = ret_usage };
	return read_zero(&r, err) && read_agreements(&r, err) &&
		read_shortages(&r, err) && read_movements(&r, kommun, err);
}
