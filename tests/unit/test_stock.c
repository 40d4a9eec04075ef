/* Stock: the ledger's commands and refusals, what the check finds, and random movements
 * against a model. */
#include "scene.h"

#include <valstuga/text.h>

#include "ballots/stock.h"

static const struct vs_stock_papers because = { .reason = "kontrollräknat" };

static const char *
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
static const char *
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

static void
add_place(struct scene *s, const char *name, const char *kommun)
{
	json_t *values = json_pack(
		"{s:s, s:s, s:s}", "name", name, "kommun", kommun, "street", "Gatan 1");
	assert_done(s, record_add(s, &vs_place_type, values, NULL));
}

/* 5 000 flyers at the district's depot. */
static void
add_flyers(struct scene *s)
{
	assert_done(s,
		record_add(s, &vs_item_type,
			VALUES("kind=material", "material=Flygblad", "unit_mg=3000"),
			NULL));
	assert_done(
		s, vs_stock_take_in(s->db, "Flygblad", 5000, NULL, NULL, NULL, &s->err));
}

static json_t *
receive(struct scene *s, const char *order, int64_t pieces)
{
	json_t *view = vs_stock_receive(s->db, order, pieces, NULL, false, NULL, &s->err);
	assert_done(s, view != NULL);
	return view;
}

static int64_t
at(struct scene *s, const char *item, const char *location)
{
	int64_t i, l, pieces = -1;
	assert_done(s, item_find(s->db, item, &i, &s->err));
	assert_done(s, location_find(s->db, location, &l, &s->err));
	assert_done(s, stock_balance(s->db, l, i, &pieces, &s->err));
	return pieces;
}

static bool
move(struct scene *s, const char *item, int64_t pieces, const char *from, const char *to,
	const char *override)
{
	const struct vs_stock_papers papers = { .override = override };
	return vs_stock_move(s->db, item, pieces, from, to, &papers, NULL, &s->err);
}

static const char *
newest(struct scene *s)
{
	return vs_arena_printf(s->arena, "%lld",
		(long long)count_of(s, SQL("SELECT max(id) FROM movement")));
}

static bool
reverse(struct scene *s, const char *movement)
{
	return vs_stock_reverse(s->db, movement, "fel låda", NULL, &s->err);
}

/* How many problems of the stock say `part`. */
static int
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

static void
nothing_told(struct scene *s)
{
	json_t *problems = vs_stock_problems(s->db, &s->err);
	assert_done(s, problems != NULL);
	if (json_array_size(problems))
		fail_msg("%s", text_at(json_array_get(problems, 0), "text"));
	json_decref(problems);
}

/* Receiving --------------------------------------------------------------------------------*/

static void
a_complete_receipt_delivers_the_order(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	json_t *view = receive(s, order, 28000);
	assert_string_equal(text_at(view, "status"), "delivered");
	assert_string_equal(text_at(view, "to_name"), "Distriktslagret");
	assert_int_equal(integer_at(view, "missing"), 0);
	assert_true(json_is_null(json_object_get(view, "claim_before")));
	assert_int_equal(json_array_size(json_object_get(view, "movements")), 2);
	json_decref(view);
	assert_int_equal(at(s, "KF Kil", "Distriktslagret"), 28000);
	assert_int_equal(at(s, "KF Kil", "Tryckeriet"), 0);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM ballot_order o JOIN order_event e"
			    " ON e.order_id = o.id AND e.status = o.status"
			    " WHERE o.status = 'delivered'")),
		1);
	assert_int_equal(count_of(s, SQL("SELECT unit_mg FROM item")), 1240);
	nothing_told(s);
}

static void
an_order_may_come_in_several_deliveries(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	json_t *view = receive(s, order, 10000);
	assert_string_equal(text_at(view, "status"), "ordered");
	assert_int_equal(integer_at(view, "missing"), 18000);
	assert_string_equal(text_at(view, "claim_before"), "2026-03-03 12:00");
	json_decref(view);
	assert_int_equal(at(s, "KF Kil", "Tryckeriet"), 18000);
	assert_int_equal(told(s, "claim them before 2026-03-03 12:00"), 1);
	scene_time("2026-03-04 12:00");
	assert_int_equal(told(s, "should have been claimed"), 1);
	view = receive(s, order, 18000);
	assert_string_equal(text_at(view, "status"), "delivered");
	assert_int_equal(integer_at(view, "received"), 28000);
	json_decref(view);
	nothing_told(s);
}

static void
too_many_are_found_and_too_few_given_up(void **state)
{
	struct scene *s = *state;
	const char *kil = place_order(s, "Kil", "28000");
	json_t *view = receive(s, kil, 28150);
	assert_int_equal(integer_at(view, "extra"), 150);
	json_decref(view);
	assert_int_equal(at(s, kil, "Distriktslagret"), 28150);
	assert_int_equal(told(s, "more was received than was ordered"), 1);

	const char *eda = place_order(s, "Eda", "20000");
	view = vs_stock_receive(s->db, eda, 19000, NULL, true, NULL, &s->err);
	assert_done(s, view != NULL);
	assert_string_equal(text_at(view, "status"), "delivered");
	assert_int_equal(integer_at(view, "missing"), 1000);
	json_decref(view);
	assert_int_equal(at(s, eda, "Makulerat"), 1000);
	assert_int_equal(at(s, eda, "Tryckeriet"), 0);
	assert_int_equal(told(s, "have not come"), 0);
}

static void
what_was_given_up_and_comes_after_all_is_received(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	json_t *view = vs_stock_receive(s->db, order, 20000, NULL, true, NULL, &s->err);
	json_decref(view);
	assert_refused(s,
		vs_stock_receive(s->db, order, 5000, NULL, false, NULL, &s->err) != NULL,
		VS_REFUSED, "say with --reason");
	const struct vs_stock_papers late = { .reason = "eftersändning" };
	view = vs_stock_receive(s->db, order, 5000, NULL, false, &late, &s->err);
	assert_done(s, view != NULL);
	assert_string_equal(text_at(view, "status"), "printing");
	assert_int_equal(integer_at(view, "missing"), 3000);
	json_decref(view);
	assert_int_equal(at(s, order, "Makulerat"), 0);
	assert_int_equal(at(s, order, "Tryckeriet"), 3000);
	assert_int_equal(at(s, order, "Distriktslagret"), 25000);
	assert_int_equal(
		count_of(
			s, SQL("SELECT sum(pieces) FROM movement WHERE from_id IS NULL")),
		28000);
}

static void
receipts_that_cannot_be_are_refused(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	const struct vs_stock_papers note = { .document = "FS 17" };
	assert_refused(s,
		vs_stock_receive(s->db, order, 0, NULL, false, NULL, &s->err) != NULL,
		VS_INVALID, "--pieces");
	assert_refused(s,
		vs_stock_receive(s->db, order, -5, NULL, true, NULL, &s->err) != NULL,
		VS_INVALID, "--pieces");
	assert_refused(s,
		vs_stock_receive(s->db, order, 100000001, NULL, true, NULL, &s->err) !=
			NULL,
		VS_INVALID, "between 1 and");
	assert_refused(s,
		vs_stock_receive(s->db, order, 5, "Makulerat", true, NULL, &s->err) !=
			NULL,
		VS_INVALID, "--to");
	assert_refused(s,
		vs_stock_receive(s->db, order, 5, "Garaget", true, NULL, &s->err) != NULL,
		VS_NOT_FOUND, "Garaget");
	assert_refused(s,
		vs_stock_receive(s->db, "KF Eda", 5, NULL, true, NULL, &s->err) != NULL,
		VS_NOT_FOUND, "KF Eda");
	json_decref(vs_stock_receive(s->db, order, 9000, NULL, false, &note, &s->err));
	assert_refused(s,
		vs_stock_receive(s->db, order, 9000, NULL, false, &note, &s->err) != NULL,
		VS_REFUSED, "FS 17");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM movement")), 2);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE command = 'stock receive'")),
		1);
}

static void
only_a_placed_order_of_this_election_is_received(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	assert_done(
		s, vs_order_advance(s->db, order, VS_ORDER_CANCELLED, "mejl", &s->err));
	assert_refused(s,
		vs_stock_receive(s->db, order, 5, NULL, false, NULL, &s->err) != NULL,
		VS_REFUSED, "cancelled");
	const char *eda = place_order(s, "Eda", "20000");
	int64_t ignored;
	assert_done(s,
		db_int(s->db,
			SQL("UPDATE list SET election_day = '2022-09-11' WHERE id = 2"
			    " RETURNING id"),
			&ignored, &s->err));
	assert_refused(s,
		vs_stock_receive(s->db, eda, 20000, NULL, false, NULL, &s->err) != NULL,
		VS_REFUSED, "another election");
	const struct vs_stock_papers papers = { .override = "ska kasseras" };
	json_t *view = vs_stock_receive(s->db, eda, 20000, NULL, false, &papers, &s->err);
	assert_done(s, view != NULL);
	json_decref(view);
	assert_int_equal(told(s, "another election"), 1);
	assert_done(s,
		vs_stock_scrap(s->db, "KF Eda 2022", 20000, "Distriktslagret", &because,
			&s->err));
	nothing_told(s);
}

static void
an_order_that_is_cancelled_leaves_nothing_at_the_printer(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	json_decref(receive(s, order, 10000));
	assert_done(
		s, vs_order_advance(s->db, order, VS_ORDER_CANCELLED, "mejl", &s->err));
	assert_int_equal(at(s, order, "Tryckeriet"), 0);
	assert_int_equal(at(s, order, "Distriktslagret"), 10000);
	nothing_told(s);
}

static void
an_order_that_shrinks_between_deliveries_awaits_less(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	json_decref(receive(s, order, 10000));
	json_t *values = VALUES("pieces=20000");
	assert_done(s, vs_order_set(s->db, order, values, "mejl", &s->err));
	json_decref(values);
	json_t *view = receive(s, order, 10000);
	assert_string_equal(text_at(view, "status"), "delivered");
	json_decref(view);
	assert_int_equal(at(s, order, "Tryckeriet"), 0);
	assert_int_equal(at(s, order, "Distriktslagret"), 20000);
	nothing_told(s);
}

static void
everything_that_is_placed_comes_at_once(void **state)
{
	struct scene *s = *state;
	place_order(s, "Kil", "28000");
	place_order(s, "Eda", "20000");
	json_decref(receive(s, "KF Eda", 5000));
	const char *draft = add_list(s, "Hagfors");
	(void)draft;
	int64_t lines = count_of(s, SQL("SELECT count(*) FROM history"));
	json_t *view = vs_stock_receive_all(s->db, NULL, NULL, &s->err);
	assert_done(s, view != NULL);
	const json_t *total = json_object_get(view, "total");
	assert_int_equal(integer_at(total, "orders"), 2);
	assert_int_equal(integer_at(total, "pieces"), 43000);
	json_decref(view);
	assert_int_equal(at(s, "KF Kil", "Distriktslagret"), 28000);
	assert_int_equal(at(s, "KF Eda", "Distriktslagret"), 20000);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM history")), lines + 1);
	view = vs_stock_receive_all(s->db, NULL, NULL, &s->err);
	assert_int_equal(integer_at(json_object_get(view, "total"), "orders"), 0);
	json_decref(view);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM history")), lines + 1);
	nothing_told(s);
}

static void
what_has_no_order_is_taken_in(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	assert_int_equal(at(s, "flygblad", "distriktslagret"), 5000);
	assert_int_equal(count_of(s,
				 SQL("SELECT count(*) FROM movement WHERE kind = 'print'"
				     " AND from_id IS NULL")),
		1);
}

static void
ballots_that_are_lent_are_taken_in_under_their_list(void **state)
{
	struct scene *s = *state;
	int64_t ignored;
	add_list(s, "Kil");
	assert_refused(s, item_find(s->db, "KF Kil", &ignored, &s->err), VS_NOT_FOUND,
		"stock receive");
	assert_done(s, vs_stock_take_in(s->db, "KF Kil", 500, NULL, NULL, NULL, &s->err));
	assert_int_equal(at(s, "KF Kil", "Distriktslagret"), 500);
	place_order(s, "Eda", "20000");
	assert_refused(s,
		vs_stock_take_in(s->db, "KF Eda", 500, NULL, NULL, NULL, &s->err),
		VS_REFUSED, "is awaited");
	assert_done(
		s, vs_stock_take_in(s->db, "KF Eda", 500, NULL, &because, NULL, &s->err));
	assert_refused(s,
		vs_stock_take_in(s->db, "KF Kil", 5, "Tryckeriet", NULL, NULL, &s->err),
		VS_INVALID, "--to");
	assert_refused(s, vs_stock_take_in(s->db, "KF Kil", 0, NULL, NULL, NULL, &s->err),
		VS_INVALID, "number of pieces");
	assert_refused(s,
		vs_stock_take_in(s->db, "Affischer", 5, NULL, NULL, NULL, &s->err),
		VS_NOT_FOUND, "Affischer");
}

/* Moving -----------------------------------------------------------------------------------*/

static void
pieces_move_and_never_more_than_there_are(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	add_place(s, "Biblioteket", "Kil");
	assert_done(s,
		move(s, "Flygblad", 2000, "Distriktslagret", "Biblioteket, Kil", NULL));
	assert_int_equal(at(s, "Flygblad", "Distriktslagret"), 3000);
	assert_int_equal(at(s, "Flygblad", "Biblioteket"), 2000);
	assert_refused(s,
		move(s, "Flygblad", 3001, "Distriktslagret", "Biblioteket", NULL),
		VS_REFUSED, "there are 3\u00a0000 pieces of Flygblad, not 3\u00a0001");
	assert_refused(s, move(s, "Flygblad", 0, "Distriktslagret", "Biblioteket", NULL),
		VS_INVALID, "number of pieces");
	assert_refused(s, move(s, "Flygblad", -1, "Distriktslagret", "Biblioteket", NULL),
		VS_INVALID, "number of pieces");
	assert_refused(s,
		move(s, "Flygblad", 1, "Distriktslagret", "Distriktslagret", NULL),
		VS_INVALID, "to itself");
	assert_refused(s,
		move(s, "Flygblad", 1, "Distriktslagret", "Uttaget av väljare", NULL),
		VS_REFUSED, "stock count");
	assert_refused(s, move(s, "Flygblad", 1, "Distriktslagret", "Makulerat", NULL),
		VS_REFUSED, "stock scrap");
	assert_refused(s, move(s, "Flygblad", 1, "Makulerat", "Distriktslagret", NULL),
		VS_REFUSED, "stock reverse");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM movement")), 2);
}

static void
ballots_go_only_where_somebody_can_use_them(void **state)
{
	struct scene *s = *state;
	json_decref(receive(s, place_order(s, "Kil", "28000"), 28000));
	add_place(s, "Biblioteket", "Kil");
	add_place(s, "Biblioteket", "Eda");
	assert_refused(s, move(s, "KF Kil", 9, "Distriktslagret", "Biblioteket", NULL),
		VS_INVALID, "several");
	assert_done(s, move(s, "KF Kil", 9, "Distriktslagret", "Biblioteket, Kil", NULL));
	assert_refused(s,
		move(s, "KF Kil", 9, "Distriktslagret", "Biblioteket, Eda", NULL),
		VS_REFUSED, "not used at Biblioteket, Eda");
	assert_refused(s,
		move(s, "KF Kil", 9, "Distriktslagret", "Biblioteket, Eda", " "),
		VS_REFUSED, "not used");
	nothing_told(s);
	assert_done(s,
		move(s, "KF Kil", 9, "Distriktslagret", "Biblioteket, Eda", "pendlare"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM movement WHERE override = 'pendlare'")),
		1);
	assert_int_equal(told(s, "not used there"), 1);
	assert_refused(s, move(s, "KF Kil", 9, "Tryckeriet", "Distriktslagret", NULL),
		VS_REFUSED, "stock receive 1");
}

static void
an_associations_depot_takes_what_its_kommuner_use(void **state)
{
	struct scene *s = *state;
	json_decref(receive(s, place_order(s, "Kil", "28000"), 28000));
	static const char *const kommuner[] = { "Kil", "Eda" };
	for (size_t i = 0; i < 2; i++) {
		json_t *name = json_pack("{s:s+}", "name", "V ", kommuner[i]);
		assert_done(s, record_add(s, &vs_association_type, name, NULL));
		json_t *depot =
			json_pack("{s:s, s:s+, s:s+}", "kind", "depot", "own_name",
				"Lagret ", kommuner[i], "association", "V ", kommuner[i]);
		assert_done(s, record_add(s, &vs_location_type, depot, NULL));
	}
	assert_done(s, move(s, "KF Kil", 9, "Distriktslagret", "Lagret Eda", NULL));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Kil", VALUES("association=V Kil")));
	assert_done(
		s, record_set(s, &vs_kommun_type, "Eda", VALUES("association=V Eda")));
	assert_done(s, move(s, "KF Kil", 9, "Distriktslagret", "Lagret Kil", NULL));
	assert_refused(s, move(s, "KF Kil", 9, "Distriktslagret", "Lagret Eda", NULL),
		VS_REFUSED, "not used at Lagret Eda");
	assert_int_equal(told(s, "not used there"), 1);
	assert_refused(s,
		record_add(s, &vs_location_type,
			VALUES("kind=depot", "own_name=Ett till", "association=V Kil"),
			NULL),
		VS_EXISTS, "already");
}

static void
what_is_packed_stays_where_it_is(void **state)
{
	struct scene *s = *state;
	int64_t ignored;
	add_flyers(s);
	add_place(s, "Biblioteket", "Kil");
	assert_done(s,
		db_int(s->db,
			SQL("INSERT INTO delivery (date, from_id, to_id, status)"
			    " SELECT '2026-08-22', d.id, p.id, 'packed' FROM location d"
			    " JOIN location p WHERE d.kind = 'depot' AND p.kind = 'place'"
			    " RETURNING id"),
			&ignored, &s->err));
	assert_done(s,
		db_int(s->db,
			SQL("INSERT INTO delivery_line (delivery_id, item_id, pieces)"
			    " VALUES (1, 1, 3000) RETURNING 1"),
			&ignored, &s->err));
	assert_refused(s,
		move(s, "Flygblad", 2001, "Distriktslagret", "Biblioteket", NULL),
		VS_REFUSED, "packed for deliveries");
	assert_refused(s, reverse(s, "1"), VS_REFUSED, "packed for deliveries");
	assert_done(s, move(s, "Flygblad", 2000, "Distriktslagret", "Biblioteket", NULL));
	json_t *view =
		vs_stock_balance_view(s->db, NULL, "Distriktslagret", NULL, &s->err);
	assert_done(s, view != NULL);
	const json_t *row = json_array_get(json_object_get(view, "rows"), 0);
	assert_int_equal(integer_at(row, "pieces"), 3000);
	assert_int_equal(integer_at(row, "reserved"), 3000);
	assert_int_equal(integer_at(row, "free"), 0);
	json_decref(view);
	int64_t difference;
	assert_done(s,
		vs_stock_count(s->db, "Flygblad", "Distriktslagret", 2900, &because,
			&difference, &s->err));
	assert_int_equal(told(s, "more is packed"), 1);
}

/* Counting and scrapping -------------------------------------------------------------------*/

static void
a_count_says_what_became_of_the_difference(void **state)
{
	struct scene *s = *state;
	int64_t difference = 1;
	add_flyers(s);
	add_place(s, "Biblioteket", "Kil");
	assert_done(s, move(s, "Flygblad", 2000, "Distriktslagret", "Biblioteket", NULL));
	assert_done(s,
		vs_stock_count(s->db, "Flygblad", "Biblioteket", 1500, &because,
			&difference, &s->err));
	assert_int_equal(difference, -500);
	assert_int_equal(at(s, "Flygblad", "Uttaget av väljare"), 500);
	assert_done(s,
		vs_stock_count(s->db, "Flygblad", "Distriktslagret", 2990, &because,
			&difference, &s->err));
	assert_int_equal(at(s, "Flygblad", "Makulerat"), 10);
	assert_done(s,
		vs_stock_count(s->db, "Flygblad", "Biblioteket", 1600, &because,
			&difference, &s->err));
	assert_int_equal(difference, 100);
	assert_int_equal(at(s, "Flygblad", "Biblioteket"), 1600);
	assert_int_equal(count_of(s, SQL("SELECT sum(pieces) FROM balance")), 5100);
	nothing_told(s);
}

static void
a_count_that_agrees_is_remembered_and_moves_nothing(void **state)
{
	struct scene *s = *state;
	int64_t difference = 1;
	add_flyers(s);
	assert_done(s,
		vs_stock_count(s->db, "Flygblad", "Distriktslagret", 5000, NULL,
			&difference, &s->err));
	assert_int_equal(difference, 0);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM movement")), 1);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE command = 'stock count'")),
		1);
	assert_refused(s,
		vs_stock_count(s->db, "Flygblad", "Distriktslagret", 4000, NULL,
			&difference, &s->err),
		VS_INVALID, "--reason");
	assert_refused(s,
		vs_stock_count(s->db, "Flygblad", "Distriktslagret", -1, &because,
			&difference, &s->err),
		VS_INVALID, "less than 0");
	assert_refused(s,
		vs_stock_count(s->db, "Flygblad", "Makulerat", 5, &because, &difference,
			&s->err),
		VS_REFUSED, "nobody can count");
	assert_int_equal(difference, 0);
}

static void
scrapping_needs_a_reason_and_pieces(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	assert_refused(s,
		vs_stock_scrap(s->db, "Flygblad", 10, "Distriktslagret", NULL, &s->err),
		VS_INVALID, "--reason");
	assert_refused(s,
		vs_stock_scrap(
			s->db, "Flygblad", 5001, "Distriktslagret", &because, &s->err),
		VS_REFUSED, "there are");
	assert_refused(s,
		vs_stock_scrap(
			s->db, "Flygblad", 1, "Uttaget av väljare", &because, &s->err),
		VS_REFUSED, "gone");
	assert_done(s,
		vs_stock_scrap(
			s->db, "Flygblad", 5000, "Distriktslagret", &because, &s->err));
	assert_int_equal(at(s, "Flygblad", "Makulerat"), 5000);
}

static void
texts_of_people_are_made_clean_or_refused(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	char longest[600];
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	const struct vs_stock_papers bad = { .reason = "\xff" },
				     too = { .reason = longest },
				     odd = { .reason = "  vått\t\n papper " };
	assert_refused(s,
		vs_stock_scrap(s->db, "Flygblad", 1, "Distriktslagret", &bad, &s->err),
		VS_INVALID, "UTF-8");
	assert_refused(s,
		vs_stock_scrap(s->db, "Flygblad", 1, "Distriktslagret", &too, &s->err),
		VS_INVALID, "shorten");
	assert_done(s,
		vs_stock_scrap(s->db, "Flygblad", 1, "Distriktslagret", &odd, &s->err));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM movement WHERE reason = 'vått papper'")),
		1);
}

/* Undoing ----------------------------------------------------------------------------------*/

static void
a_movement_is_undone_once_by_its_opposite(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	add_place(s, "Biblioteket", "Kil");
	assert_done(s, move(s, "Flygblad", 2000, "Distriktslagret", "Biblioteket", NULL));
	assert_done(s, reverse(s, "2"));
	assert_int_equal(at(s, "Flygblad", "Distriktslagret"), 5000);
	assert_refused(s, reverse(s, "2"), VS_REFUSED, "already, by movement 3");
	assert_refused(s, reverse(s, "3"), VS_REFUSED, "itself a reversal");
	assert_refused(s, reverse(s, "99"), VS_NOT_FOUND, "99");
	assert_refused(s, reverse(s, "två"), VS_INVALID, "två");
	assert_refused(s, vs_stock_reverse(s->db, "1", "", NULL, &s->err), VS_INVALID,
		"--reason");
	nothing_told(s);
}

static void
what_came_from_nowhere_goes_back_there(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	assert_done(s, reverse(s, "1"));
	assert_int_equal(count_of(s, SQL("SELECT total(pieces) FROM balance")), 0);
	assert_int_equal(at(s, "Flygblad", "Makulerat"), 0);
	nothing_told(s);
}

static void
what_has_moved_on_is_not_undone(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	add_place(s, "Biblioteket", "Kil");
	assert_done(s, move(s, "Flygblad", 1, "Distriktslagret", "Biblioteket", NULL));
	assert_refused(s, reverse(s, "1"), VS_REFUSED, "4\u00a0999 are left there");
	int64_t ignored;
	assert_done(s,
		db_int(s->db,
			SQL("INSERT INTO delivery (date, from_id, to_id) SELECT '2026-08-22',"
			    " from_id, to_id FROM movement WHERE id = 2 RETURNING id"),
			&ignored, &s->err));
	const struct movement m = { .kind = "deliver",
		.item = 1,
		.from = 2,
		.to = 5,
		.pieces = 5,
		.delivery = 1 };
	assert_done(s, stock_write(s->db, &m, &ignored, &s->err));
	assert_refused(s, reverse(s, "3"), VS_REFUSED, "belongs to delivery 1");
}

static void
a_receipt_that_is_undone_awaits_the_order_again(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	json_decref(receive(s, order, 30000));
	assert_done(s, reverse(s, newest(s)));
	assert_int_equal(at(s, order, "Distriktslagret"), 0);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM ballot_order WHERE status = 'printing'")),
		1);
	json_t *view = receive(s, order, 28000);
	assert_string_equal(text_at(view, "status"), "delivered");
	assert_int_equal(integer_at(view, "received"), 28000);
	json_decref(view);
	assert_int_equal(at(s, order, "Tryckeriet"), 0);
	assert_int_equal(at(s, order, "Makulerat"), 0);
	assert_int_equal(count_of(s, SQL("SELECT sum(pieces) FROM balance")), 28000);
	nothing_told(s);
}

/* Views ------------------------------------------------------------------------------------*/

static void
the_balance_says_what_to_carry_and_where_all_of_it_is(void **state)
{
	struct scene *s = *state;
	json_decref(receive(s, place_order(s, "Kil", "28000"), 28000));
	add_place(s, "Biblioteket", "Kil");
	add_place(s, "Skolan", "Eda");
	assert_done(s, move(s, "KF Kil", 2150, "Distriktslagret", "Biblioteket", NULL));
	json_t *view = vs_stock_balance_view(s->db, "KF Kil", NULL, NULL, &s->err);
	assert_done(s, view != NULL);
	const json_t *rows = json_object_get(view, "rows");
	assert_int_equal(json_array_size(rows), 2);
	const json_t *row = json_array_get(rows, 1);
	assert_string_equal(text_at(row, "location_name"), "Biblioteket, Kil");
	assert_string_equal(text_at(row, "location_kind"), "place");
	assert_string_equal(text_at(row, "kind"), "KF");
	assert_int_equal(integer_at(row, "bundles"), 21);
	assert_int_equal(integer_at(row, "boxes"), 2);
	assert_int_equal(integer_at(row, "weight_g"), 2666);
	const json_t *item = json_array_get(json_object_get(view, "items"), 0);
	assert_int_equal(integer_at(item, "printed"), 28000);
	assert_int_equal(integer_at(item, "depots"), 25850);
	assert_int_equal(integer_at(item, "places"), 2150);
	json_decref(view);
	view = vs_stock_balance_view(s->db, NULL, NULL, "Kil", &s->err);
	assert_int_equal(json_array_size(json_object_get(view, "rows")), 1);
	assert_int_equal(json_array_size(json_object_get(view, "items")), 1);
	json_decref(view);
	view = vs_stock_balance_view(s->db, NULL, NULL, "Eda", &s->err);
	assert_int_equal(json_array_size(json_object_get(view, "rows")), 0);
	assert_int_equal(json_array_size(json_object_get(view, "items")), 0);
	json_decref(view);
	assert_refused(s, vs_stock_balance_view(s->db, "X", NULL, NULL, &s->err) != NULL,
		VS_NOT_FOUND, "X");
}

static void
check_after(const json_t *view, const int *after, size_t count)
{
	const json_t *rows = json_object_get(view, "rows");
	assert_int_equal(json_array_size(rows), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(integer_at(json_array_get(rows, i), "after"), after[i]);
}

static void
a_trace_runs_through_every_movement(void **state)
{
	struct scene *s = *state;
	int64_t difference;
	static const int anywhere[] = { 5000, 5000, 4500, 5000, 4990 };
	static const int at_place[] = { 2000, 1500, 2000 };
	add_flyers(s);
	add_place(s, "Biblioteket", "Kil");
	assert_done(s, move(s, "Flygblad", 2000, "Distriktslagret", "Biblioteket", NULL));
	assert_done(s,
		vs_stock_count(s->db, "Flygblad", "Biblioteket", 1500, &because,
			&difference, &s->err));
	assert_done(s, reverse(s, "3"));
	assert_done(s,
		vs_stock_scrap(
			s->db, "Flygblad", 10, "Distriktslagret", &because, &s->err));
	json_t *view = vs_stock_trace_view(s->db, "Flygblad", NULL, &s->err);
	assert_done(s, view != NULL);
	assert_string_equal(text_at(view, "title"), "Flygblad");
	check_after(view, anywhere, 5);
	const json_t *undone = json_array_get(json_object_get(view, "rows"), 2);
	assert_int_equal(integer_at(undone, "reversed_by"), 4);
	assert_string_equal(text_at(undone, "reason"), "kontrollräknat");
	json_decref(view);
	view = vs_stock_trace_view(s->db, NULL, "Biblioteket", &s->err);
	check_after(view, at_place, 3);
	json_decref(view);
	view = vs_stock_trace_view(s->db, "Flygblad", "Makulerat", &s->err);
	check_after(view, (const int[]){ 10 }, 1);
	json_decref(view);
	json_t *ledger = vs_record_list(s->db, &vs_movement_type, NULL, &s->err);
	assert_int_equal(json_array_size(ledger), 5);
	json_decref(ledger);
	json_t *filter = VALUES("kind=scrap", "item=Flygblad");
	ledger = vs_record_list(s->db, &vs_movement_type, filter, &s->err);
	assert_int_equal(json_array_size(ledger), 1);
	json_decref(filter);
	json_decref(ledger);
}

/* Items and locations ----------------------------------------------------------------------*/

static void
two_lists_of_one_kommun_are_told_apart(void **state)
{
	struct scene *s = *state;
	int64_t item, other;
	const char *first = add_list(s, "Kil"), *second = add_list(s, "Kil");
	assert_done(s, record_set(s, &vs_list_type, first, VALUES("number=12345")));
	assert_done(s, item_of_list(s->db, atoi(first), &item, &s->err));
	assert_done(s, item_of_list(s->db, atoi(second), &other, &s->err));
	assert_string_equal(item_name(s->db, s->arena, item), "KF Kil (12345)");
	assert_string_equal(item_name(s->db, s->arena, other),
		vs_arena_printf(s->arena, "KF Kil (#%s)", second));
	assert_refused(
		s, item_find(s->db, "KF Kil", &other, &s->err), VS_INVALID, "several");
	assert_done(s, item_find(s->db, "12345", &other, &s->err));
	assert_int_equal(item, other);
	assert_done(s, item_find(s->db, "kf kil (12345)", &other, &s->err));
	assert_int_equal(item, other);
}

static void
two_places_of_one_name_in_a_kommun_are_told_apart(void **state)
{
	struct scene *s = *state;
	int64_t location;
	add_place(s, "Skolan", "Kil");
	assert_done(s, location_find(s->db, "Skolan, Kil", &location, &s->err));
	assert_done(s,
		record_add(s, &vs_place_type,
			VALUES("name=Skolan", "kommun=Kil", "street=Backen 2"), NULL));
	assert_done(s, location_find(s->db, "Skolan, Backen 2, Kil", &location, &s->err));
	assert_string_equal(
		location_name(s->db, s->arena, location), "Skolan, Backen 2, Kil");
	assert_refused(s, location_find(s->db, "Skolan", &location, &s->err), VS_INVALID,
		"several");
	assert_refused(s, location_find(s->db, "Skolan, Kil", &location, &s->err),
		VS_NOT_FOUND, "Skolan, Kil");
}

static void
items_and_locations_are_checked(void **state)
{
	struct scene *s = *state;
	add_list(s, "Kil");
	add_place(s, "Skolan", "Kil");
	assert_refused(s, record_add(s, &vs_item_type, VALUES("kind=ballot"), NULL),
		VS_INVALID, "--list");
	assert_refused(s,
		record_add(
			s, &vs_item_type, VALUES("kind=material", "list=KF Kil"), NULL),
		VS_INVALID, "--list");
	assert_refused(s,
		record_add(s, &vs_item_type, VALUES("kind=material", "material=Ställ"),
			NULL),
		VS_INVALID, "--unit-mg");
	assert_done(s,
		record_add(s, &vs_item_type, VALUES("kind=ballot", "list=KF Kil"), NULL));
	assert_int_equal(count_of(s, SQL("SELECT unit_mg FROM item")), 1240);
	assert_refused(s,
		record_add(s, &vs_item_type, VALUES("kind=ballot", "list=KF Kil"), NULL),
		VS_EXISTS, "already");
	assert_refused(s,
		record_add(
			s, &vs_location_type, VALUES("kind=place", "own_name=X"), NULL),
		VS_INVALID, "only depots");
	assert_refused(s,
		record_add(s, &vs_location_type,
			VALUES("kind=depot", "own_name=X", "kommun=Kil"), NULL),
		VS_INVALID, "a reception has one");
	assert_refused(s,
		record_set(s, &vs_location_type, "Skolan", VALUES("street=Backen 2")),
		VS_INVALID, "place set 1");
	assert_refused(s,
		record_set(s, &vs_location_type, "Skolan",
			VALUES("opens=10:00", "closes=09:00")),
		VS_INVALID, "Skolan, Kil: it must open");
	assert_done(s, record_set(s, &vs_location_type, "Skolan", VALUES("service=10")));
	assert_refused(s,
		vs_record_remove(s->db, &vs_location_type, "Makulerat", &s->err),
		VS_REFUSED, "stays");
	assert_refused(s, record_set(s, &vs_movement_type, "1", VALUES("pieces=1")),
		VS_REFUSED, "cannot be changed");
}

static void
what_has_moved_is_not_removed(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	add_place(s, "Skolan", "Kil");
	assert_done(s, move(s, "Flygblad", 1, "Distriktslagret", "Skolan", NULL));
	assert_refused(s, vs_record_remove(s->db, &vs_item_type, "Flygblad", &s->err),
		VS_INVALID, "refers to it");
	assert_refused(s, vs_record_remove(s->db, &vs_place_type, "Skolan", &s->err),
		VS_INVALID, "refers to it");
	assert_refused(s,
		vs_record_remove(s->db, &vs_location_type, "Distriktslagret", &s->err),
		VS_INVALID, "refers to it");
}

/* Check ------------------------------------------------------------------------------------*/

static void
run(struct scene *s, const char *sql)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	assert_done(s, stmt_run(&q, &s->err));
}

static void
the_ledger_cannot_be_edited(void **state)
{
	struct scene *s = *state;
	VS_AUTO(stmt) remove = { 0 }, change = { 0 };
	add_flyers(s);
	assert_done(s,
		stmt_open(&remove, s->db, SQL("DELETE FROM movement"), &s->err) &&
			stmt_open(&change, s->db, SQL("UPDATE movement SET pieces = 1"),
				&s->err));
	assert_false(stmt_run(&remove, &s->err));
	s->err = (struct vs_error){ 0 };
	assert_false(stmt_run(&change, &s->err));
	s->err = (struct vs_error){ 0 };
	assert_int_equal(count_of(s, SQL("SELECT pieces FROM movement")), 5000);
}

static void
the_check_finds_what_another_program_has_broken(void **state)
{
	struct scene *s = *state;
	add_flyers(s);
	add_place(s, "Skolan", "Kil");
	assert_done(s, move(s, "Flygblad", 100, "Distriktslagret", "Skolan", NULL));
	assert_done(s, reverse(s, "2"));
	nothing_told(s);
	run(s, SQL("UPDATE balance SET pieces = pieces + 1 WHERE location_id = 2"));
	assert_int_equal(told(s, "not the sum of the movements"), 1);
	assert_int_equal(told(s, "not as much as was printed"), 1);
	run(s, SQL("UPDATE balance SET pieces = pieces - 1 WHERE location_id = 2"));
	nothing_told(s);
	run(s, SQL("DROP TRIGGER movement_is_final"));
	run(s, SQL("UPDATE movement SET pieces = 99 WHERE id = 3"));
	assert_int_equal(told(s, "not the exact opposite"), 1);
	run(s, SQL("UPDATE movement SET pieces = 100 WHERE id = 3"));
	run(s, SQL("UPDATE movement SET pieces = 6000 WHERE id IN (2, 3)"));
	assert_int_equal(told(s, "more was taken than was there"), 1);
	assert_int_equal(told(s, "not the sum"), 0);
}

static void
a_forgotten_car_and_leftovers_are_told(void **state)
{
	struct scene *s = *state;
	assert_done(s,
		record_add(s, &vs_person_type,
			VALUES("name=Bo Alm", "keep_until=2026-12-31"), NULL));
	run(s, SQL("INSERT INTO carrier (person_id) VALUES (1)"));
	json_decref(receive(s, place_order(s, "Kil", "28000"), 28000));
	assert_done(s, move(s, "KF Kil", 100, "Distriktslagret", "Bo Alm", NULL));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary LIKE '%Bo Alm%'"
			    " AND command = 'stock move'")),
		0);
	nothing_told(s);
	scene_time("2026-03-03 12:01");
	assert_int_equal(
		told(s, "Bo Alm: 100 pieces are in the car since 2026-03-02 12:00"), 1);
	scene_time("2026-09-14 08:00");
	assert_int_equal(told(s, "28\u00a0000 ballots are left at 2 locations"), 1);
}

static void
an_order_that_was_delivered_without_a_ledger_can_still_be_received(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	assert_done(s, vs_order_advance(s->db, order, VS_ORDER_DELIVERED, NULL, &s->err));
	nothing_told(s); /* nobody keeps a ledger yet */
	add_flyers(s);
	assert_int_equal(told(s, "delivered, but not in the stock"), 1);
	json_t *view = receive(s, order, 28000);
	assert_string_equal(text_at(view, "status"), "delivered");
	json_decref(view);
	nothing_told(s);
}

/* Random movements against a model ---------------------------------------------------------*/

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
		WITH(a_complete_receipt_delivers_the_order),
		WITH(an_order_may_come_in_several_deliveries),
		WITH(too_many_are_found_and_too_few_given_up),
		WITH(what_was_given_up_and_comes_after_all_is_received),
		WITH(receipts_that_cannot_be_are_refused),
		WITH(only_a_placed_order_of_this_election_is_received),
		WITH(an_order_that_is_cancelled_leaves_nothing_at_the_printer),
		WITH(an_order_that_shrinks_between_deliveries_awaits_less),
		WITH(everything_that_is_placed_comes_at_once),
		WITH(what_has_no_order_is_taken_in),
		WITH(ballots_that_are_lent_are_taken_in_under_their_list),
		WITH(pieces_move_and_never_more_than_there_are),
		WITH(ballots_go_only_where_somebody_can_use_them),
		WITH(an_associations_depot_takes_what_its_kommuner_use),
		WITH(what_is_packed_stays_where_it_is),
		WITH(a_count_says_what_became_of_the_difference),
		WITH(a_count_that_agrees_is_remembered_and_moves_nothing),
		WITH(scrapping_needs_a_reason_and_pieces),
		WITH(texts_of_people_are_made_clean_or_refused),
		WITH(a_movement_is_undone_once_by_its_opposite),
		WITH(what_came_from_nowhere_goes_back_there),
		WITH(what_has_moved_on_is_not_undone),
		WITH(a_receipt_that_is_undone_awaits_the_order_again),
		WITH(the_balance_says_what_to_carry_and_where_all_of_it_is),
		WITH(a_trace_runs_through_every_movement),
		WITH(two_lists_of_one_kommun_are_told_apart),
		WITH(two_places_of_one_name_in_a_kommun_are_told_apart),
		WITH(items_and_locations_are_checked),
		WITH(what_has_moved_is_not_removed),
		WITH(the_ledger_cannot_be_edited),
		WITH(the_check_finds_what_another_program_has_broken),
		WITH(a_forgotten_car_and_leftovers_are_told),
		WITH(an_order_that_was_delivered_without_a_ledger_can_still_be_received),
		WITH(thousands_of_random_movements_agree_with_a_model),
	};
	return cmocka_run_group_tests_name("stock", tests, NULL, NULL);
}
