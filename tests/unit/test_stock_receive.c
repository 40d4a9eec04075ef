/* Receiving on an order: complete, in parts, too much, too little, undone. */
#include "stock_scene.h"

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
		vs_stock_receive(
			s->db, order, 100000001, NULL, true, &because, &s->err) != NULL,
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
	const char *draft = add_list(s, "Hagfors");
	(void)draft;
	int64_t lines = count_of(s, SQL("SELECT count(*) FROM history"));
	json_t *view = vs_stock_receive_all(s->db, NULL, NULL, &s->err);
	assert_done(s, view != NULL);
	const json_t *total = json_object_get(view, "total");
	assert_int_equal(integer_at(total, "orders"), 2);
	assert_int_equal(integer_at(total, "pieces"), 48000);
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
what_is_claimed_does_not_come_with_everything(void **state)
{
	struct scene *s = *state;
	place_order(s, "Kil", "28000");
	place_order(s, "Eda", "20000");
	json_decref(receive(s, "KF Eda", 19800));
	json_t *view = vs_stock_receive_all(s->db, NULL, NULL, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(integer_at(json_object_get(view, "total"), "pieces"), 28000);
	const json_t *skipped = json_object_get(view, "skipped");
	assert_int_equal(json_array_size(skipped), 1);
	assert_string_equal(text_at(json_array_get(skipped, 0), "item_name"), "KF Eda");
	assert_int_equal(integer_at(json_array_get(skipped, 0), "missing"), 200);
	json_decref(view);
	assert_int_equal(at(s, "KF Eda", "Distriktslagret"), 19800);
	assert_int_equal(at(s, "KF Eda", "Tryckeriet"), 200);
	assert_int_equal(told(s, "200 pieces have not come"), 1);
	json_decref(receive(s, "KF Eda", 200));
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

static void
an_order_that_was_delivered_without_a_ledger_can_still_be_received(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	assert_done(s, vs_order_advance(s->db, order, VS_ORDER_DELIVERED, NULL, &s->err));
	nothing_told(s); /* nobody keeps a ledger yet */
	add_flyers(s);
	assert_int_equal(told(s, "KF Kil: delivered, but not in the stock"), 1);
	json_t *view = receive(s, order, 28000);
	assert_string_equal(text_at(view, "status"), "delivered");
	json_decref(view);
	nothing_told(s);
}

static void
a_zero_too_many_is_not_believed(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	const struct vs_stock_papers papers = { .reason = "dubbel upplaga" };
	assert_refused(s,
		vs_stock_receive(s->db, order, 280000, NULL, false, NULL, &s->err) !=
			NULL,
		VS_REFUSED, "count again");
	json_t *view =
		vs_stock_receive(s->db, order, 56000, NULL, false, &papers, &s->err);
	assert_done(s, view != NULL);
	assert_int_equal(integer_at(view, "extra"), 28000);
	json_decref(view);
}

/* Receipts and reversals at random ---------------------------------------------------------*/

/* What stands of the order's receipts is in the depot, and the rest of it is accounted for. */
static void
check_order(struct scene *s, int round)
{
	int64_t depot = count_of(s,
		SQL("SELECT coalesce(sum(b.pieces), 0) FROM balance b JOIN location o"
		    " ON o.id = b.location_id WHERE o.kind = 'depot'"));
	int64_t standing = count_of(s,
		SQL("SELECT coalesce(sum(m.pieces), 0) FROM movement m WHERE m.kind = 'receive'"
		    " AND m.id NOT IN (SELECT reverses FROM movement WHERE reverses > 0)"));
	int64_t printer = count_of(s,
		SQL("SELECT coalesce(sum(b.pieces), 0) FROM balance b JOIN location o"
		    " ON o.id = b.location_id WHERE o.kind = 'printer'"));
	int64_t delivered = count_of(
		s, SQL("SELECT count(*) FROM ballot_order WHERE status = 'delivered'"));
	if (depot != standing || (delivered && printer != 0))
		fail_msg(
			"round %d: depot %lld, receipts %lld, printer %lld, delivered %lld",
			round, (long long)depot, (long long)standing, (long long)printer,
			(long long)delivered);
}

static unsigned seed = 20260913;

static void
one_receipt(struct scene *s, const char *order)
{
	const struct vs_stock_papers papers = { .reason = "slump" };
	int64_t pieces = rand_r(&seed) % 12000;
	json_t *view = vs_stock_receive(
		s->db, order, pieces, NULL, rand_r(&seed) % 3 == 0, &papers, &s->err);
	if (!view)
		return;
	/* After a receipt the printer has what the order lacks, or nothing. */
	bool done = strcmp(text_at(view, "status"), "delivered") == 0;
	assert_int_equal(at(s, order, "Tryckeriet"),
		done ? 0 : 28000 - integer_at(view, "received"));
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM ballot_order WHERE status = 'delivered'")),
		done);
	json_decref(view);
}

static void
random_receipts_and_reversals_of_an_order_stay_consistent(void **state)
{
	struct scene *s = *state;
	const char *order = place_order(s, "Kil", "28000");
	int undone = 0;
	assert_done(s, store_fast(s));
	for (int round = 0; round < 400; round++) {
		int64_t last =
			count_of(s, SQL("SELECT coalesce(max(id), 0) FROM movement"));
		if (last == 0 || rand_r(&seed) % 2)
			one_receipt(s, order);
		else
			undone += reverse(s,
				vs_arena_printf(s->arena, "%lld",
					1 + (long long)rand_r(&seed) % last));
		s->err = (struct vs_error){ 0 };
		check_order(s, round);
	}
	assert_in_range(undone, 20, 200);
	assert_int_equal(told(s, "balance"), 0);
	assert_int_equal(told(s, "reversal"), 0);
	assert_int_equal(told(s, "taken than"), 0);
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
		WITH(what_is_claimed_does_not_come_with_everything),
		WITH(what_has_no_order_is_taken_in),
		WITH(ballots_that_are_lent_are_taken_in_under_their_list),
		WITH(a_receipt_that_is_undone_awaits_the_order_again),
		WITH(an_order_that_was_delivered_without_a_ledger_can_still_be_received),
		WITH(a_zero_too_many_is_not_believed),
		WITH(random_receipts_and_reversals_of_an_order_stay_consistent),
	};
	return cmocka_run_group_tests_name("stock_receive", tests, NULL, NULL);
}
