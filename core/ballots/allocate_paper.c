/* What a round hands out: the ballots of this election's lists, and what people added by hand. */
#include "ballots/allocate.h"

#include <string.h>

#include "base/i18n.h"

/*
 * Lists whose ballots are ordered or have come; other items only where somebody set a number. A list
 * without an item gets one when the plan is written; until then it is as price list and
 * custom have it.
 */
static const char *const papers_sql = SQL(LIST_STANDS
	" SELECT i.id, l.id, coalesce(i.name, " LIST_NAME "), l.kind,"
	" coalesce(i.bundle, 100), coalesce(i.unit_mg, (SELECT piece_mg FROM tariff"
	"  WHERE valid_from <= c.election_day ORDER BY valid_from DESC LIMIT 1), 1240),"
	" coalesce(o.pieces, l.authority_pieces, 0),"
	" EXISTS (SELECT 1 FROM balance b JOIN location x ON x.id = b.location_id"
	"  WHERE b.item_id = i.id AND b.pieces > 0 AND x.kind <> 'printer') AS came,"
	" l.election_day = c.election_day AND l.party_code = c.party_code AS own"
	" FROM campaign c JOIN (SELECT id AS list_id FROM list UNION ALL SELECT NULL) every"
	" LEFT JOIN list l ON l.id = every.list_id"
	" LEFT JOIN item i ON i.list_id = l.id OR (l.id IS NULL AND i.list_id IS NULL)"
	" LEFT JOIN ballot_order o ON o.list_id = l.id AND o.status <> 'cancelled'"
	" LEFT JOIN stands s ON s.list_id = l.id"
	" LEFT JOIN election_kind e ON e.code = l.kind"
	" WHERE (own AND (o.id IS NOT NULL OR l.authority_pieces > 0 OR came))"
	" OR i.id IN (SELECT item_id FROM allocation WHERE round_id = ?1)"
	" ORDER BY e.position IS NULL, e.position, s.names COLLATE swedish, l.number,"
	" i.name COLLATE swedish, l.id, i.id");

static bool
read_papers(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db, papers_sql, err))
		return false;
	stmt_bind(&q, w->round.id);
	while (stmt_row(&q, err)) {
		w->papers = vs_arena_grow(
			w->arena, w->papers, w->paper_count, sizeof *w->papers);
		w->papers[w->paper_count++] = (struct paper){ .item = stmt_int(&q, 0),
			.list = stmt_int(&q, 1),
			.name = stmt_copy(&q, 2, w->arena),
			.kind_code = stmt_copy(&q, 3, w->arena),
			.kind = stmt_int(&q, 8) ? allocate_kind(w, stmt_text(&q, 3)) : -1,
			.bundle = stmt_int(&q, 4),
			.unit_mg = stmt_int(&q, 5),
			.ordered = stmt_int(&q, 6),
			.came = stmt_int(&q, 7) };
	}
	return err->code == VS_OK;
}

static bool
read_stands(struct world *w, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, w->db,
		    SQL("SELECT c.area_code, c.code FROM list_constituency lc JOIN constituency c"
			" ON c.id = lc.constituency_id WHERE lc.list_id = ? ORDER BY c.code"),
		    err))
		return false;
	for (size_t i = 0; i < w->paper_count; i++) {
		struct paper *p = &w->papers[i];
		stmt_bind(&q, p->list);
		while (stmt_row(&q, err)) {
			p->stands = vs_arena_grow(
				w->arena, p->stands, p->stand_count, sizeof *p->stands);
			p->stands[p->stand_count++] =
				(struct stand){ stmt_copy(&q, 0, w->arena),
					stmt_copy(&q, 1, w->arena) };
		}
		if (err->code != VS_OK)
			return false;
	}
	return true;
}

/* One of the constituencies that it stands in is the kommun's. */
static bool
stands_in(const struct paper *p, const struct area *a)
{
	for (size_t i = 0; i < p->stand_count; i++) {
		const struct stand *s = &p->stands[i];
		if (strcmp(p->kind_code, "KF") == 0 ? strcmp(s->area, a->code) == 0
				: strcmp(p->kind_code, "RF") == 0
				? strcmp(s->area, a->region) == 0
				: strcmp(p->kind_code, "RD") == 0
				? strcmp(s->code, a->riksdag) == 0
				: true)
			return true;
	}
	return false;
}

bool
allocate_read_papers(struct world *w, struct vs_error *err)
{
	if (!read_papers(w, err) || !read_stands(w, err))
		return false;
	size_t at = 0;
	w->used = vs_arena_alloc(w->arena, w->area_count * w->paper_count + 1);
	for (size_t a = 0; a < w->area_count; a++)
		for (size_t p = 0; p < w->paper_count; p++)
			w->used[at++] = w->papers[p].kind >= 0 &&
				stands_in(&w->papers[p], &w->areas[a]);
	return true;
}

bool
allocate_used_in(const struct world *w, const struct paper *p, size_t area)
{
	return w->used[area * w->paper_count + (size_t)(p - w->papers)];
}

/* In a divided kommun, the constituency of the district. */
bool
allocate_used_by(const struct world *w, const struct paper *p, const struct ward *ward)
{
	if (!allocate_used_in(w, p, ward->area))
		return false;
	if (strcmp(p->kind_code, "KF") != 0 || !ward->kf)
		return true;
	for (size_t i = 0; i < p->stand_count; i++) {
		const char *code = p->stands[i].code;
		size_t length = strlen(code);
		if (strcmp(code, ward->kf) == 0 ||
			(length >= 2 && strcmp(code + length - 2, "00") == 0))
			return true;
	}
	return false;
}
