/* What the tests of the stock share: orders that are placed, places, material, short words. */
#ifndef UNIT_STOCK_SCENE_H
#define UNIT_STOCK_SCENE_H

#include "scene.h"

#include "ballots/stock.h"

static const struct vs_stock_papers because = { .reason = "kontrollräknat" };

static inline const char *
add_list(struct scene *s, const char *kommun)
{
	const char *key;
	json_t *values = json_pack("{s:s, s:s}", "kind", "KF", "kommun", kommun);
	bool ok = vs_list_add(s->db, values, s->arena, &key, &s->err);
	json_decref(values);
	assert_done(s, ok);
	return key;
}

/* An order that the authority has, for a decided list. Pieces: whole thousands. */
static inline const char *
place_order(struct scene *s, const char *kommun, const char *pieces)
{
	const char *list = add_list(s, kommun), *key;
	json_t *values = json_pack("{s:s, s:s}", "list", list, "name", kommun);
	assert_done(s, vs_candidate_add(s->db, values, s->arena, &key, &s->err));
	json_decref(values);
	assert_done(s, vs_list_decide(s->db, list, NULL, "årsmötet", &s->err));
	assert_done(s,
		record_set(s, &vs_constituency_type, kommun, VALUES("eligible=10000")));
	const struct vs_propose_options options = { .kommun = kommun };
	json_t *plan = vs_order_commit(s->db, &options, NULL, &s->err);
	assert_done(s, plan != NULL);
	json_decref(plan);
	const char *order = vs_arena_printf(s->arena, "KF %s", kommun);
	if (count_of(s, SQL("SELECT count(*) FROM orderer")) == 0)
		assert_done(s,
			record_add(s, &vs_orderer_type,
				VALUES("name=Eva Ek", "minutes_on=2026-01-10"), NULL));
	values = VALUES("street=Storgatan 1", "postcode=665 30", "town=Kil",
		"mobile=070-123 45 67", "orderer=Eva Ek");
	json_object_set_new(values, "pieces", json_string(pieces));
	assert_done(s, vs_order_set(s->db, order, values, NULL, &s->err));
	json_decref(values);
	assert_done(s, vs_order_advance(s->db, order, VS_ORDER_ORDERED, NULL, &s->err));
	return order;
}

static inline void
add_place(struct scene *s, const char *name, const char *kommun)
{
	json_t *values = json_pack(
		"{s:s, s:s, s:s}", "name", name, "kommun", kommun, "street", "Gatan 1");
	assert_done(s, record_add(s, &vs_place_type, values, NULL));
}

/* 5 000 flyers at the district's depot. */
static inline void
add_flyers(struct scene *s)
{
	assert_done(s,
		record_add(s, &vs_item_type,
			VALUES("kind=material", "material=Flygblad", "unit_mg=3000"),
			NULL));
	assert_done(
		s, vs_stock_take_in(s->db, "Flygblad", 5000, NULL, NULL, NULL, &s->err));
}

static inline json_t *
receive(struct scene *s, const char *order, int64_t pieces)
{
	json_t *view = vs_stock_receive(s->db, order, pieces, NULL, false, NULL, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static inline int64_t
at(struct scene *s, const char *item, const char *location)
{
	int64_t i, l, pieces = -1;
	assert_done(s, item_find(s->db, item, &i, &s->err));
	assert_done(s, location_find(s->db, location, &l, &s->err));
	assert_done(s, stock_balance(s->db, l, i, &pieces, &s->err));
	return pieces;
}

static inline bool
move(struct scene *s, const char *item, int64_t pieces, const char *from, const char *to,
	const char *override)
{
	const struct vs_stock_papers papers = { .override = override };
	return vs_stock_move(s->db, item, pieces, from, to, &papers, NULL, &s->err);
}

static inline const char *
newest(struct scene *s)
{
	return vs_arena_printf(s->arena, "%lld",
		(long long)count_of(s, SQL("SELECT max(id) FROM movement")));
}

static inline bool
reverse(struct scene *s, const char *movement)
{
	return vs_stock_reverse(s->db, movement, "fel låda", NULL, &s->err);
}

/* How many problems of the stock say `part`. */
static inline int
told(struct scene *s, const char *part)
{
	json_t *problems = vs_stock_problems(s->db, &s->err), *problem;
	assert_done(s, problems != NULL);
	int count = 0;
	size_t i;
	json_array_foreach (problems, i, problem)
		count += strstr(text_at(problem, "text"), part) != NULL;
	json_decref(problems);
	return count;
}

static inline void
nothing_told(struct scene *s)
{
	json_t *problems = vs_stock_problems(s->db, &s->err);
	assert_done(s, problems != NULL);
	if (json_array_size(problems))
		fail_msg("%s", text_at(json_array_get(problems, 0), "text"));
	json_decref(problems);
}

#endif
