/* The stock's commands at random, against a model of what must be. */
#include "stock_scene.h"

#define ITEMS	  4
#define PLACES	  6
#define LOCATIONS (PLACES + 4) /* printer, depot, voters, scrap come first */
#define LEDGER	  3000

static uint64_t seed = 0x2026091320260913;

static int
pick(int below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed % (uint64_t)below);
}

/* What must be: pieces by item and location, and every movement's ends. */
struct model {
	int64_t pieces[ITEMS][LOCATIONS];
	struct {
		int item, from, to; /* -1: nowhere */
		int64_t pieces;
		bool fixed; /* reversed, or a reversal */
	} ledger[LEDGER];
	int count;
};

static void
keep(struct model *m, int item, int from, int to, int64_t pieces, bool fixed)
{
	if (from >= 0)
		m->pieces[item][from] -= pieces;
	if (to >= 0)
		m->pieces[item][to] += pieces;
	m->ledger[m->count].item = item;
	m->ledger[m->count].from = from;
	m->ledger[m->count].to = to;
	m->ledger[m->count].pieces = pieces;
	m->ledger[m->count++].fixed = fixed;
}

static const char *
number(struct vs_arena *arena, int value)
{
	return vs_arena_printf(arena, "%d", value);
}

enum { PRINTER, DEPOT, VOTERS, SCRAP, FIRST_PLACE };

/* Each tries one command and says what the model expects of it. */
static bool
try_take_in(struct scene *s, struct vs_arena *a, struct model *m)
{
	int item = pick(ITEMS), to = pick(LOCATIONS), pieces = pick(1200) - 100;
	bool fits = pieces > 0 && (to == DEPOT || to >= FIRST_PLACE);
	bool done = vs_stock_take_in(s->db, number(a, item + 1), pieces,
		number(a, to + 1), NULL, NULL, &s->err);
	if (fits)
		keep(m, item, -1, to, pieces, false);
	return done == fits;
}

static bool
try_move(struct scene *s, struct vs_arena *a, struct model *m)
{
	int item = pick(ITEMS), from = pick(LOCATIONS), to = pick(LOCATIONS);
	int pieces = pick(700) - 20;
	bool fits = pieces > 0 && from != to && from != VOTERS && to != VOTERS &&
		from != SCRAP && to != SCRAP && m->pieces[item][from] >= pieces;
	bool done = move(s, number(a, item + 1), pieces, number(a, from + 1),
		number(a, to + 1), NULL);
	if (fits)
		keep(m, item, from, to, pieces, false);
	return done == fits;
}

static bool
try_count(struct scene *s, struct vs_arena *a, struct model *m)
{
	int item = pick(ITEMS), where = pick(LOCATIONS);
	int64_t counted = m->pieces[item][where] + pick(401) - 200, difference;
	bool fits = counted >= 0 && where != VOTERS && where != SCRAP;
	int64_t missing = m->pieces[item][where] - counted;
	bool done = vs_stock_count(s->db, number(a, item + 1), number(a, where + 1),
		counted, &because, &difference, &s->err);
	if (fits && missing > 0)
		keep(m, item, where, where >= FIRST_PLACE ? VOTERS : SCRAP, missing,
			false);
	else if (fits && missing < 0)
		keep(m, item, -1, where, -missing, false);
	return done == fits && (!done || difference == -missing);
}

static bool
try_scrap(struct scene *s, struct vs_arena *a, struct model *m)
{
	int item = pick(ITEMS), from = pick(LOCATIONS), pieces = pick(300) - 20;
	bool fits = pieces > 0 && from != VOTERS && from != SCRAP &&
		m->pieces[item][from] >= pieces;
	bool done = vs_stock_scrap(s->db, number(a, item + 1), pieces,
		number(a, from + 1), &because, &s->err);
	if (fits)
		keep(m, item, from, SCRAP, pieces, false);
	return done == fits;
}

static bool
try_reverse(struct scene *s, struct vs_arena *a, struct model *m)
{
	int which = pick(m->count + 2) - 1; /* one too low, one too high */
	bool there = which >= 0 && which < m->count;
	bool fits = there && !m->ledger[which].fixed &&
		m->pieces[m->ledger[which].item][m->ledger[which].to] >=
			m->ledger[which].pieces;
	bool done = reverse(s, number(a, which + 1));
	if (fits) {
		m->ledger[which].fixed = true;
		keep(m, m->ledger[which].item, m->ledger[which].to, m->ledger[which].from,
			m->ledger[which].pieces, true);
	}
	return done == fits;
}

static void
compare(struct scene *s, const struct model *m)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("SELECT coalesce((SELECT pieces FROM balance WHERE item_id = ?"
			    " AND location_id = ?), 0)"),
			&s->err));
	for (int item = 0; item < ITEMS; item++)
		for (int location = 0; location < LOCATIONS; location++) {
			stmt_bind(&q, item + 1);
			stmt_bind(&q, location + 1);
			assert_true(stmt_row(&q, &s->err));
			assert_int_equal(stmt_int(&q, 0), m->pieces[item][location]);
			assert_false(stmt_row(&q, &s->err));
		}
	nothing_told(s);
}

static void
thousands_of_random_movements_agree_with_a_model(void **state)
{
	struct scene *s = *state;
	static bool (*const tries[])(
		struct scene *, struct vs_arena *, struct model *) = { try_take_in,
		try_move, try_move, try_move, try_count, try_scrap, try_reverse };
	struct model *m = calloc(1, sizeof *m);
	int refused = 0;
	assert_non_null(m);
	assert_done(s, store_fast(s));
	for (int i = 0; i < ITEMS; i++)
		assert_done(s,
			record_add(s, &vs_item_type,
				json_pack("{s:s, s:s+, s:s}", "kind", "material",
					"material", "Sak ", number(s->arena, i),
					"unit_mg", "1"),
				NULL));
	for (int i = 0; i < PLACES; i++)
		add_place(s, vs_arena_printf(s->arena, "Plats %d", i), "Kil");
	for (int round = 0; round < 3000; round++) {
		VS_AUTO(vs_scratch) scratch = vs_scratch_new();
		if (!tries[pick(7)](s, scratch.arena, m))
			fail_msg("round %d: the model says otherwise: %s", round,
				s->err.code ? s->err.text : "done");
		refused += s->err.code != VS_OK;
		s->err = (struct vs_error){ 0 };
		if (round % 500 == 499)
			compare(s, m);
	}
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM movement")), m->count);
	/* Neither all done nor all refused: both sides were tried. */
	assert_in_range(refused, 500, 2500);
	free(m);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(thousands_of_random_movements_agree_with_a_model),
	};
	return cmocka_run_group_tests_name("stock_model", tests, NULL, NULL);
}
