/* Stock: the ledger's commands and refusals, and what the check finds. */
#include "stock_scene.h"

#include <valstuga/text.h>

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
	/* Of two depots for the whole district one may go, but not this one. */
	const char *key;
	assert_done(s,
		record_add(s, &vs_location_type, VALUES("kind=depot", "own_name=Ladan"),
			&key));
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

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
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
		WITH(the_balance_says_what_to_carry_and_where_all_of_it_is),
		WITH(a_trace_runs_through_every_movement),
		WITH(two_lists_of_one_kommun_are_told_apart),
		WITH(two_places_of_one_name_in_a_kommun_are_told_apart),
		WITH(items_and_locations_are_checked),
		WITH(what_has_moved_is_not_removed),
		WITH(the_ledger_cannot_be_edited),
		WITH(the_check_finds_what_another_program_has_broken),
		WITH(a_forgotten_car_and_leftovers_are_told),
	};
	return cmocka_run_group_tests_name("stock", tests, NULL, NULL);
}
