/*
 * Evening out between associations: what each has, needs and can lend, of ballots and of
 * drivers. A small association with many places is not left alone, a large one not asked for
 * more than it has.
 */
#include "ballots/allocate.h"

#include <stdlib.h>
#include <string.h>

#include <valstuga/text.h>

#include "base/i18n.h"

/* An association, or the district itself (id 0, last). */
struct side {
	int64_t id, members, places, eligible;
	const char *name, *kommuner;
	bool depot;
	int64_t need, have, lend, lack;
	int64_t carriers, carrier_need;
};

/* What a side has and needs of one item. */
struct stake {
	size_t side;
	int64_t need, have;
};

struct table {
	struct vs_arena *arena;
	struct side *sides;
	size_t count;
};

static bool
read_sides(struct vs_db *db, struct table *t, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	if (!stmt_open(&q, db,
		    SQL("WITH voters AS (SELECT d.kommun_code AS code, sum((SELECT max(eligible)"
			"  FROM district_result r WHERE r.district_code = d.code)) AS n"
			"  FROM district d GROUP BY 1),"
			" used AS (SELECT kommun_code AS code, count(*) AS n FROM place p"
			"  WHERE advance_code IS NOT NULL OR EXISTS"
			"  (SELECT 1 FROM district d WHERE d.place_id = p.id) GROUP BY 1),"
			" side AS (SELECT id, name, members FROM association"
			"  UNION ALL SELECT NULL, district, NULL FROM campaign)"
			" SELECT coalesce(a.id, 0), a.name, a.members,"
			" (SELECT group_concat(name, ', ') FROM (SELECT k.name FROM kommun k"
			"   WHERE k.association_id = a.id ORDER BY k.name COLLATE swedish)),"
			" (SELECT coalesce(sum(u.n), 0) FROM kommun k JOIN used u USING (code)"
			"  WHERE k.in_district AND k.association_id IS a.id),"
			" (SELECT coalesce(sum(v.n), 0) FROM kommun k JOIN voters v USING (code)"
			"  WHERE k.in_district AND k.association_id IS a.id),"
			" EXISTS (SELECT 1 FROM location o WHERE o.kind = 'depot'"
			"  AND o.association_id IS a.id),"
			" (SELECT count(*) FROM carrier c LEFT JOIN location b ON b.id = c.base_id"
			"  WHERE c.active"
			"  AND coalesce(c.association_id, b.association_id) IS a.id)"
			" FROM side a ORDER BY a.id IS NULL, a.name COLLATE swedish, a.id"),
		    err))
		return false;
	while (stmt_row(&q, err)) {
		t->sides = vs_arena_grow(t->arena, t->sides, t->count, sizeof *t->sides);
		t->sides[t->count++] = (struct side){ .id = stmt_int(&q, 0),
			.name = stmt_copy(&q, 1, t->arena),
			.members = stmt_null(&q, 2) ? -1 : stmt_int(&q, 2),
			.kommuner = stmt_copy(&q, 3, t->arena),
			.places = stmt_int(&q, 4),
			.eligible = stmt_int(&q, 5),
			.depot = stmt_int(&q, 6),
			.carriers = stmt_int(&q, 7) };
	}
	return err->code == VS_OK;
}

/* Drivers ----------------------------------------------------------------------------------*/

/* All drivers in proportion to the places; the largest remainders get the last ones. */
static void
scale_carriers(struct table *t)
{
	int64_t places = 0, carriers = 0, given = 0;
	for (size_t i = 0; i < t->count; i++) {
		places += t->sides[i].places;
		carriers += t->sides[i].carriers;
	}
	if (!places)
		return;
	int64_t *rest = vs_arena_alloc(t->arena, t->count * sizeof *rest);
	for (size_t i = 0; i < t->count; i++) {
		struct side *s = &t->sides[i];
		s->carrier_need = carriers * s->places / places;
		rest[i] = carriers * s->places % places;
		given += s->carrier_need;
	}
	for (; given < carriers; given++) {
		size_t best = 0;
		for (size_t i = 1; i < t->count; i++)
			if (rest[i] > rest[best])
				best = i;
		t->sides[best].carrier_need++;
		rest[best] = -1;
	}
}

/* Ballots ----------------------------------------------------------------------------------*/

static size_t
side_of(const struct table *t, int64_t id)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->sides[i].id == id)
			return i;
	return t->count - 1;
}

/*
 * Of every item: what each side's depot has besides what is packed, and what its kommuner
 * shall still get in all rounds.
 */
static const char *const stakes_sql = SQL(
	"WITH sent AS (SELECT d.round_id, d.to_id, l.item_id, sum(l.pieces) AS n"
	"  FROM delivery_line l JOIN delivery d ON d.id = l.delivery_id"
	"  WHERE d.status IN ('underway', 'delivered') AND d.round_id IS NOT NULL"
	"  GROUP BY 1, 2, 3),"
	" stake AS (SELECT a.item_id, k.association_id AS side,"
	"  max(0, a.pieces - coalesce(s.n, 0)) AS need, 0 AS have FROM allocation a"
	"  JOIN location o ON o.id = a.location_id LEFT JOIN place p ON p.id = o.place_id"
	"  JOIN kommun k ON k.code = coalesce(o.kommun_code, p.kommun_code)"
	"  LEFT JOIN sent s ON s.round_id = a.round_id AND s.to_id = a.location_id"
	"   AND s.item_id = a.item_id"
	"  UNION ALL SELECT b.item_id, o.association_id, 0, b.pieces FROM balance b"
	"   JOIN location o ON o.id = b.location_id AND o.kind = 'depot')"
	" SELECT s.item_id, coalesce(s.side, 0), sum(s.need), sum(s.have) FROM stake s"
	" JOIN item i ON i.id = s.item_id AND i.kind = 'ballot'"
	" GROUP BY 1, 2 ORDER BY 1, 2");

/* A side without a depot is supplied by the district's. */
static void
take_stake(struct table *t, struct stake *stakes, size_t side, int64_t need, int64_t have)
{
	struct side *s = &t->sides[side];
	s->need += need;
	s->have += have;
	stakes[s->depot ? side : t->count - 1].need += need;
	stakes[side].have += have;
}

static int64_t
left_over(const struct stake *stake)
{
	return stake->have - stake->need;
}

static void
lend(const struct table *t, json_t *loans, const char *item, struct stake *from,
	struct stake *to)
{
	int64_t lacking = -left_over(to), pieces = left_over(from);
	if (pieces > lacking)
		pieces = lacking;
	from->have -= pieces;
	to->have += pieces;
	json_array_append_new(loans,
		json_pack("{s:s, s:s, s:s, s:I}", "item_name", item, "from_name",
			t->sides[from->side].name, "to_name", t->sides[to->side].name,
			"pieces", (json_int_t)pieces));
}

/* Who lacks most gets first; the district's depot lends before associations do. */
static void
even_out(struct vs_db *db, struct table *t, json_t *loans, int64_t item,
	struct stake *stakes)
{
	struct stake *district = &stakes[t->count - 1];
	const char *name = item_name(db, t->arena, item);
	for (size_t i = 0; i < t->count; i++) {
		int64_t left = left_over(&stakes[i]);
		t->sides[i].lend += left > 0 ? left : 0;
		t->sides[i].lack += left < 0 ? -left : 0;
	}
	for (;;) {
		struct stake *from = district, *to = district;
		for (size_t i = 0; i < t->count; i++) {
			if (left_over(&stakes[i]) < left_over(to))
				to = &stakes[i];
			if (left_over(district) <= 0 &&
				left_over(&stakes[i]) > left_over(from))
				from = &stakes[i];
		}
		if (left_over(to) >= 0 || left_over(from) <= 0)
			return;
		lend(t, loans, name, from, to);
	}
}

static struct stake *
no_stakes(const struct table *t)
{
	struct stake *stakes = vs_arena_alloc(t->arena, t->count * sizeof *stakes);
	for (size_t i = 0; i < t->count; i++)
		stakes[i].side = i;
	return stakes;
}

static bool
even_items(struct vs_db *db, struct table *t, json_t *loans, struct vs_error *err)
{
	VS_AUTO(stmt) q = { 0 };
	struct stake *stakes = NULL;
	int64_t item = 0;
	if (!stmt_open(&q, db, stakes_sql, err))
		return false;
	while (stmt_row(&q, err)) {
		if (stmt_int(&q, 0) != item) {
			if (stakes)
				even_out(db, t, loans, item, stakes);
			item = stmt_int(&q, 0);
			stakes = no_stakes(t);
		}
		take_stake(t, stakes, side_of(t, stmt_int(&q, 1)), stmt_int(&q, 2),
			stmt_int(&q, 3));
	}
	if (stakes)
		even_out(db, t, loans, item, stakes);
	return err->code == VS_OK;
}

/* The view ---------------------------------------------------------------------------------*/

static const char *
told(struct vs_arena *arena, const struct side *s)
{
	const char *text = vs_arena_printf(arena, _("needs %s, has %s"),
		vs_text_number(arena, s->need), vs_text_number(arena, s->have));
	if (!s->depot)
		text = vs_arena_printf(
			arena, _("%s; no depot: the district's supplies it"), text);
	if (s->lack)
		text = vs_arena_printf(
			arena, _("%s; lacks %s"), text, vs_text_number(arena, s->lack));
	if (s->lend)
		text = vs_arena_printf(arena, _("%s; can lend %s"), text,
			vs_text_number(arena, s->lend));
	return vs_arena_printf(arena, _("%s; %d drivers, %d for its places"), text,
		(int)s->carriers, (int)s->carrier_need);
}

static json_t *
row_view(struct vs_arena *arena, const struct side *s)
{
	int64_t spare = s->carriers - s->carrier_need;
	json_t *row =
		json_pack("{s:I, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I,"
			  " s:I, s:f, s:s}",
			"association", (json_int_t)s->id, "name", s->name, "kommuner",
			s->kommuner ? s->kommuner : "", "places", (json_int_t)s->places,
			"eligible", (json_int_t)s->eligible, "need", (json_int_t)s->need,
			"have", (json_int_t)s->have, "lend", (json_int_t)s->lend, "lack",
			(json_int_t)s->lack, "carriers", (json_int_t)s->carriers,
			"carrier_need", (json_int_t)s->carrier_need, "carriers_lend",
			(json_int_t)(spare > 0 ? spare : 0), "carriers_lack",
			(json_int_t)(spare < 0 ? -spare : 0), "per_place",
			s->places ? (double)s->need / (double)s->places : 0.0, "told",
			told(arena, s));
	json_object_set_new(
		row, "members", s->members < 0 ? json_null() : json_integer(s->members));
	return row;
}

json_t *
vs_equalise_view(struct vs_db *db, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	VS_AUTO(snapshot) snapshot = { 0 };
	struct table t = { .arena = scratch.arena };
	json_t *rows = json_array(), *loans = json_array();
	json_t *view = json_pack("{s:o, s:o}", "rows", rows, "items", loans);
	if (!snapshot_begin(&snapshot, db, err) || !read_sides(db, &t, err) ||
		!even_items(db, &t, loans, err)) {
		json_decref(view);
		return NULL;
	}
	scale_carriers(&t);
	for (size_t i = 0; i < t.count; i++)
		json_array_append_new(rows, row_view(t.arena, &t.sides[i]));
	return view;
}
