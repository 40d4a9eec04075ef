/* The sheets that follow a delivery: what they say, what they keep to themselves. */
#include "sheet_fixture.h"

#include "ballots/sheet_parts.h"

static view_function *const views[] = { vs_pick_list_view, vs_delivery_note_view,
	vs_box_labels_view, vs_place_sheet_view, vs_route_sheet_view,
	vs_coverage_sheet_view, vs_jour_list_view };
#define VIEWS (sizeof views / sizeof *views)

static void
a_note_says_what_was_ordered_what_comes_and_what_remains(void **state)
{
	struct scene *s = *state;
	json_t *view = make(s, vs_delivery_note_view, NULL);
	const json_t *note = sheet_at(view, 0), *total = json_object_get(note, "total");
	assert_string_equal(text_at(note, "number"), "FS-17");
	assert_string_equal(text_at(note, "sheet_number"), "FS-17");
	assert_string_equal(text_at(note, "heading"), "Kils bibliotek");
	assert_string_equal(text_at(note, "where"), "Foajén; to the voting officers");
	assert_string_equal(text_at(note, "arrival"), "Wed 26 Aug at 09.35");
	assert_string_equal(
		text_at(json_object_get(note, "sender"), "street"), "Tingvallagatan 17");
	assert_string_equal(text_at(json_object_get(note, "sender"), "name"),
		"Vänsterpartiet Värmland");
	assert_says(s, row_at(note, "lines", 0), "ordered", "1 500");
	assert_says(s, row_at(note, "lines", 0), "delivered", "1 000");
	assert_says(s, row_at(note, "lines", 0), "remaining", "500");
	assert_says(s, row_at(note, "lines", 1), "remaining", "0");
	assert_says(s, total, "delivered", "2 050");
	assert_says(s, total, "weight", "2,5 kg");
	json_decref(view);
}

static void
a_sentence_goes_on_behind_a_semicolon_without_its_stop(void **state)
{
	struct scene *s = *state;
	RUN(s, "UPDATE place SET detail = 'Röstning sker i foajén.' WHERE detail = 'Foajén'");
	json_t *view = make(s, vs_delivery_note_view, NULL);
	assert_string_equal(text_at(sheet_at(view, 0), "where"),
		"Röstning sker i foajén; to the voting officers");
	json_decref(view);
	assert_string_equal(
		sheet_join(s->arena, "Anna B.", ", ", "Bo C."), "Anna B., Bo C.");
	assert_string_equal(
		sheet_join(s->arena, "by Anna B.", "; ", "x"), "by Anna B.; x");
	assert_string_equal(sheet_join(s->arena, "Klart.", "; ", ""), "Klart.");
}

static void
what_came_earlier_in_the_round_does_not_remain(void **state)
{
	struct scene *s = *state;
	RUN(s,
		"INSERT INTO delivery (id, round_id, date, from_id, to_id) SELECT 20, 1,"
		" '2026-08-28', from_id, to_id FROM delivery WHERE id = 17");
	RUN(s, "INSERT INTO delivery_line (delivery_id, item_id, pieces) VALUES (20, 1, 300)");
	const struct vs_delivery_sheet_options options = { .delivery = "20" };
	json_t *view = make(s, vs_delivery_note_view, &options);
	const json_t *line = row_at(sheet_at(view, 0), "lines", 0);
	assert_says(s, line, "ordered", "1 500");
	assert_says(s, line, "delivered", "300");
	assert_says(s, line, "remaining", "200");
	assert_says(s, line, "note", "delivered earlier: 1 000");
	json_decref(view);
	/* The first note has not changed because of it. */
	view = make(s, vs_delivery_note_view, NULL);
	assert_says(s, row_at(sheet_at(view, 0), "lines", 0), "remaining", "500");
	json_decref(view);
}

static void
the_same_content_keeps_its_revision(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; i < VIEWS; i++) {
		scene_time("2026-03-02 12:00");
		json_t *first = make(s, views[i], NULL);
		scene_time("2026-03-05 09:00");
		json_t *again = make(s, views[i], NULL);
		assert_true(json_equal(json_object_get(first, "sheets"),
			json_object_get(again, "sheets")));
		assert_int_equal(integer_at(sheet_at(first, 0), "revision"), 1);
		json_decref(first);
		json_decref(again);
	}
}

static void
a_change_gives_the_next_revision_and_other_sheets_keep_theirs(void **state)
{
	struct scene *s = *state;
	json_decref(make(s, vs_delivery_note_view, NULL));
	json_decref(make(s, vs_route_sheet_view, NULL));
	RUN(s, "UPDATE delivery_line SET pieces = 900 WHERE delivery_id = 17 AND item_id = 1");
	json_t *notes = make(s, vs_delivery_note_view, NULL);
	assert_int_equal(integer_at(sheet_at(notes, 0), "revision"), 2);
	assert_int_equal(integer_at(sheet_at(notes, 1), "revision"), 1);
	json_t *routes = make(s, vs_route_sheet_view, NULL);
	assert_int_equal(integer_at(sheet_at(routes, 0), "revision"), 2);
	json_decref(notes);
	json_decref(routes);
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM sheet WHERE number = 'FS-17'")), 2);
}

static void
a_delivery_that_has_left_keeps_its_note(void **state)
{
	struct scene *s = *state;
	json_t *before = make(s, vs_delivery_note_view, NULL);
	RUN(s, "UPDATE delivery SET status = 'underway' WHERE id = 17");
	json_t *after = make(s, vs_delivery_note_view, NULL);
	assert_string_equal(text_at(sheet_at(before, 0), "code"),
		text_at(sheet_at(after, 0), "code"));
	json_decref(before);
	json_decref(after);
}

static void
labels_carry_the_code_of_their_note(void **state)
{
	struct scene *s = *state;
	json_t *labels = make(s, vs_box_labels_view, NULL);
	json_t *notes = make(s, vs_delivery_note_view, NULL);
	const json_t *sheet = sheet_at(labels, 0);
	/* 2 050 pieces are more than one box; 4 500 are two full ones and a half. */
	assert_int_equal(rows_in(sheet, "labels"), 5);
	for (size_t i = 0; i < 5; i++) {
		const json_t *label = row_at(sheet, "labels", i),
			     *note = sheet_at(notes, i >= 2);
		assert_string_equal(text_at(label, "code"), text_at(note, "code"));
		assert_says(s, label, "parcels", i < 2 ? "2" : "3");
	}
	assert_says(s, row_at(sheet, "labels", 2), "item", "KF Arvika 2 000");
	assert_says(s, row_at(sheet, "labels", 4), "item", "KF Arvika 500");
	assert_says(s, row_at(sheet, "labels", 4), "weight", "0,6 kg");
	assert_string_equal(text_at(sheet, "format"), "3x8 70x37");
	json_decref(labels);
	json_decref(notes);
}

static void
labels_are_printed_where_they_are_packed(void **state)
{
	struct scene *s = *state;
	RUN(s, "INSERT INTO location (id, kind, name) VALUES (191, 'depot', 'Kils lager')");
	RUN(s, "UPDATE delivery SET from_id = 191 WHERE id = 17");
	const struct vs_delivery_sheet_options options = { .start = 3 };
	json_t *view = make(s, vs_box_labels_view, &options);
	assert_int_equal(rows_in(view, "sheets"), 2);
	assert_string_equal(text_at(sheet_at(view, 0), "sheet_number"), "KE-17");
	assert_string_equal(text_at(sheet_at(view, 1), "sheet_number"), "KE-18");
	assert_int_equal(integer_at(sheet_at(view, 0), "start"), 3);
	assert_int_equal(integer_at(sheet_at(view, 1), "start"), 1);
	json_decref(view);
}

static void
the_code_on_a_label_finds_the_delivery(void **state)
{
	struct scene *s = *state;
	json_t *labels = make(s, vs_box_labels_view, NULL);
	int64_t delivery = 0;
	assert_done(s,
		delivery_find(s->db,
			text_at(row_at(sheet_at(labels, 0), "labels", 3), "code"),
			&delivery, &s->err));
	assert_int_equal(delivery, 18);
	json_decref(labels);
}

static void
labels_lie_where_they_are_asked_to(void **state)
{
	struct scene *s = *state;
	struct vs_delivery_sheet_options options = { .delivery = "17",
		.format = "2x7",
		.start = 5,
		.adjust_x = 0.5,
		.adjust_y = -1 };
	json_t *view = make(s, vs_box_labels_view, &options);
	const json_t *sheet = sheet_at(view, 0);
	assert_string_equal(text_at(sheet, "sheet_number"), "KE-17");
	assert_string_equal(text_at(sheet, "format"), "2x7 99.1x38.1");
	assert_int_equal(integer_at(sheet, "start"), 5);
	assert_true(json_real_value(json_object_get(sheet, "adjust_x")) == 0.5);
	json_decref(view);
	options.start = 1;
	view = make(s, vs_box_labels_view, &options);
	assert_int_equal(integer_at(sheet_at(view, 0), "revision"), 1);
	json_decref(view);
	options.start = 15;
	assert_refused(
		s, vs_box_labels_view(s->db, &options, &s->err), VS_INVALID, "1 to 14");
	options = (struct vs_delivery_sheet_options){ .format = "4x4" };
	assert_refused(
		s, vs_box_labels_view(s->db, &options, &s->err), VS_INVALID, "2x7");
	options = (struct vs_delivery_sheet_options){ .adjust_y = 300 };
	assert_refused(s, vs_box_labels_view(s->db, &options, &s->err), VS_INVALID, "mm");
}

/* Every text of a view, for finding what must not stand there. */
static bool
holds(const json_t *view, const char *part)
{
	char *text = json_dumps(view, JSON_COMPACT);
	bool found = strstr(text, part);
	free(text);
	return found;
}

static void
no_sheet_has_a_carriers_surname_or_number(void **state)
{
	struct scene *s = *state;
	bool named = false;
	for (size_t i = 0; i < VIEWS; i++) {
		json_t *view = make(s, views[i], NULL);
		assert_false(holds(view, "Bergqvist"));
		assert_false(holds(view, "070-999"));
		assert_false(holds(view, "Alman"));
		assert_false(holds(view, "Ekdahl"));
		named = named || holds(view, "Anna B.");
		json_decref(view);
	}
	assert_true(named);
}

static void
the_committees_person_stands_only_where_it_is_asked_for(void **state)
{
	struct scene *s = *state;
	static view_function *const outside[] = { vs_delivery_note_view,
		vs_route_sheet_view, vs_box_labels_view };
	for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
		json_t *view = make(s, outside[i], NULL);
		assert_false(holds(view, "Karin Kommun"));
		assert_false(holds(view, "0554-19 100"));
		assert_true(holds(view, "Lena Lund"));
		assert_true(holds(view, "0570-81 600"));
		json_decref(view);
	}
}

static void
every_sheet_says_who_may_hold_it_and_until_when(void **state)
{
	struct scene *s = *state;
	for (size_t i = 0; i < VIEWS; i++) {
		json_t *view = make(s, views[i], NULL);
		assert_string_not_equal(text_at(sheet_at(view, 0), "holder"), "");
		assert_string_not_equal(text_at(view, "destroy_by"), "");
		assert_string_not_equal(text_at(view, "election_name"), "");
		json_decref(view);
	}
}

static void
a_route_sheet_tells_the_stops_in_order(void **state)
{
	struct scene *s = *state;
	json_t *view = make(s, vs_route_sheet_view, NULL);
	const json_t *sheet = sheet_at(view, 0), *stop = row_at(sheet, "stops", 0);
	assert_string_equal(text_at(sheet, "sheet_number"), "KL-7");
	assert_string_equal(text_at(sheet, "carrier"), "Anna B.");
	assert_string_equal(text_at(sheet, "leave"), "08.30");
	assert_string_equal(text_at(sheet, "back"), "12.00");
	assert_says(s, sheet, "distance", "84 km");
	assert_says(s, sheet, "duration", "3 h 30 min");
	assert_string_equal(text_at(sheet, "load_boxes"), "5");
	assert_string_equal(text_at(sheet, "duty_phone"), "054-12 00 00");
	assert_string_equal(text_at(stop, "time"), "09.35");
	assert_string_equal(text_at(stop, "window"), "09.30–18.00");
	assert_says(s, stop, "rule",
		"at most 1 500 per list; earliest 30 minutes before opening");
	assert_string_equal(text_at(stop, "contact"), "");
	assert_string_equal(text_at(row_at(sheet, "stops", 1), "contact"), "Lena Lund");
	assert_string_equal(
		text_at(row_at(sheet, "stops", 1), "inside"), "Stadshuset, Kundcenter");
	assert_int_equal(rows_in(sheet, "points"), 3);
	assert_string_equal(text_at(row_at(sheet, "points", 0), "kind"), "depot");
	assert_true(json_real_value(json_object_get(
			    row_at(sheet, "points", 1), "latitude")) == 59.5);
	assert_true(
		json_is_null(json_object_get(row_at(sheet, "points", 2), "latitude")));
	json_decref(view);
}

static void
who_stands_at_a_closed_door_has_the_committees_number(void **state)
{
	struct scene *s = *state;
	RUN(s,
		"UPDATE kommun SET committee = 'Valnämnden i Kil', committee_phone = '0554-191 00'"
		" WHERE code = '1715'");
	json_t *view = make(s, vs_route_sheet_view, NULL);
	const json_t *stop = row_at(sheet_at(view, 0), "stops", 0);
	assert_string_equal(text_at(stop, "contact"), "Valnämnden i Kil");
	assert_string_equal(text_at(stop, "phone"), "0554-191 00");
	assert_string_equal(text_at(stop, "inside"), "Foajén");
	json_decref(view);
}

static void
whom_of_us_the_kommun_has_been_given_stands_on_its_papers(void **state)
{
	struct scene *s = *state;
	const struct vs_delivery_sheet_options note = { .delivery = "17" };
	RUN(s, "UPDATE handover_rule SET our_deputy = 'Bo Ek' WHERE kommun_code = '1715'");
	json_t *view = make(s, vs_delivery_note_view, &note);
	assert_string_equal(
		text_at(sheet_at(view, 0), "our_reference"), "Eva E., deputy Bo E.");
	json_decref(view);
	const struct vs_delivery_sheet_options place = { .place = "1" };
	view = make(s, vs_place_sheet_view, &place);
	assert_string_equal(text_at(row_at(sheet_at(view, 0), "rules", 0), "ours"),
		"Eva E., deputy Bo E.");
	json_decref(view);
}

static void
a_filter_never_shows_half_a_route(void **state)
{
	struct scene *s = *state;
	const struct vs_delivery_sheet_options arvika = { .kommun = "Arvika" };
	json_t *pick = make(s, vs_pick_list_view, &arvika);
	assert_int_equal(rows_in(sheet_at(pick, 0), "orders"), 2);
	json_decref(pick);
	json_t *route = make(s, vs_route_sheet_view, &arvika);
	assert_int_equal(rows_in(sheet_at(route, 0), "stops"), 2);
	json_decref(route);
	json_t *notes = make(s, vs_delivery_note_view, &arvika);
	assert_int_equal(rows_in(notes, "sheets"), 1);
	assert_string_equal(text_at(sheet_at(notes, 0), "number"), "FS-18");
	json_decref(notes);
}

static void
a_pick_list_is_sorted_by_shelf_with_boxes_bundles_and_loose_ones(void **state)
{
	struct scene *s = *state;
	json_t *view = make(s, vs_pick_list_view, NULL);
	const json_t *sheet = sheet_at(view, 0), *order = row_at(sheet, "orders", 0);
	assert_string_equal(text_at(sheet, "sheet_number"), "PL-7");
	assert_string_equal(text_at(row_at(order, "lines", 0), "shelf"), "B9");
	assert_string_equal(text_at(row_at(order, "lines", 1), "shelf"), "B10");
	assert_string_equal(text_at(row_at(order, "lines", 0), "bundles"), "10");
	assert_string_equal(text_at(row_at(order, "lines", 0), "boxes"), "–");
	assert_string_equal(text_at(row_at(order, "lines", 0), "note"), "and 50 loose");
	const json_t *arvika = row_at(row_at(sheet, "orders", 1), "lines", 0);
	assert_string_equal(text_at(arvika, "boxes"), "2");
	assert_string_equal(text_at(arvika, "bundles"), "5");
	assert_says(s, json_object_get(sheet, "total"), "pieces", "6 550");
	json_decref(view);
	const struct vs_delivery_sheet_options one = { .delivery = "18" };
	view = make(s, vs_pick_list_view, &one);
	assert_string_equal(text_at(sheet_at(view, 0), "sheet_number"), "PL-F18");
	json_decref(view);
}

static void
what_breaks_a_rule_is_told_before_it_is_packed(void **state)
{
	struct scene *s = *state;
	RUN(s, "UPDATE delivery_line SET pieces = 1600 WHERE delivery_id = 17 AND item_id = 2");
	RUN(s, "UPDATE delivery SET arrives = 930 WHERE id = 18");
	RUN(s, "DELETE FROM handover_rule WHERE kommun_code = '1715' AND phase = 'election_day'");
	json_t *view = make(s, vs_pick_list_view, NULL);
	assert_true(warns(sheet_at(view, 0), "pieces of KF Kil, but at most"));
	assert_true(
		warns(sheet_at(view, 0), "after the latest time, Wed 26 Aug at 15.00"));
	json_decref(view);
	view = make(s, vs_route_sheet_view, NULL);
	assert_non_null(strstr(
		text_at(row_at(sheet_at(view, 0), "stops", 0), "warning"), "KF Kil"));
	json_decref(view);
	RUN(s, "DELETE FROM handover_rule");
	view = make(s, vs_pick_list_view, NULL);
	assert_true(warns(sheet_at(view, 0), "Kil: no hand-over rule is known"));
	json_decref(view);
	RUN(s,
		"INSERT INTO handover_rule (kommun_code, phase, channel)"
		" VALUES ('1715', 'advance', 'direct')");
	view = make(s, vs_pick_list_view, NULL);
	assert_true(warns(sheet_at(view, 0), "not verified"));
	json_decref(view);
}

static void
parcels_hold_exactly_what_is_sent(void **state)
{
	struct scene *s = *state;
	const struct sheet_item
		a = { .name = "A", .unit_mg = 1000, .bundle = 100, .box = 2000 },
		b = { .name = "B", .unit_mg = 500, .bundle = 50, .box = 300 };
	uint64_t seed = 7;
	for (int trial = 0; trial < 2000; trial++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		const struct sheet_line lines[] = {
			{ &a, 1 + (int64_t)(seed >> 33) % 9000, 0 },
			{ &b, 1 + (int64_t)(seed >> 40) % 2000, 0 },
		};
		const struct sheet_delivery d = { .lines = lines,
			.line_count = 2,
			.packages = trial % 3 ? 0 : trial % 12 };
		const struct sheet_parcel *parcels;
		size_t count = sheet_parcels(s->arena, &d, &parcels);
		int64_t sums[2] = { 0 }, weight = 0;
		for (size_t i = 0; i < count; i++) {
			double boxes = 0;
			for (size_t k = 0; k < parcels[i].line_count; k++) {
				const struct sheet_line *l = &parcels[i].lines[k];
				sums[l->item == &b] += l->pieces;
				boxes += (double)l->pieces / (double)l->item->box;
			}
			weight += parcels[i].weight_mg;
			/* The last one takes the bundles that did not fit the others. */
			if (!d.packages && i + 1 < count)
				assert_true(boxes <= 1 + 1e-9);
			if (!d.packages)
				assert_true(boxes > 0 && boxes < 1.5);
		}
		assert_int_equal(sums[0], lines[0].pieces);
		assert_int_equal(sums[1], lines[1].pieces);
		assert_int_equal(weight, lines[0].pieces * 1000 + lines[1].pieces * 500);
		if (d.packages)
			assert_int_equal(count, d.packages);
	}
}

static void
a_long_receipt_is_summed_by_election(void **state)
{
	struct scene *s = *state;
	for (int i = 0; i < 12; i++)
		RUN(s,
			"INSERT INTO item (kind, name, unit_mg) SELECT 'material',"
			" 'Affisch ' || count(*), 9000 FROM item");
	RUN(s,
		"INSERT INTO delivery_line (delivery_id, item_id, pieces)"
		" SELECT 17, id, 3 FROM item WHERE kind = 'material'");
	json_t *view = make(s, vs_delivery_note_view, NULL);
	const json_t *note = sheet_at(view, 0);
	assert_int_equal(rows_in(note, "lines"), 14);
	assert_int_equal(rows_in(note, "receipt"), 3);
	assert_says(s, row_at(note, "receipt", 2), "delivered", "36");
	assert_says(s, row_at(note, "receipt", 2), "list", "12 kinds of material");
	json_decref(view);
}

static void
what_is_cancelled_or_nowhere_is_not_printed(void **state)
{
	struct scene *s = *state;
	RUN(s, "UPDATE delivery SET status = 'cancelled' WHERE id = 18");
	json_t *view = make(s, vs_route_sheet_view, NULL);
	assert_int_equal(rows_in(sheet_at(view, 0), "stops"), 1);
	json_decref(view);
	struct vs_delivery_sheet_options options = { .delivery = "18" };
	assert_refused(s, vs_delivery_note_view(s->db, &options, &s->err), VS_REFUSED,
		"delivery 18");
	options = (struct vs_delivery_sheet_options){ .kommun = "Arvika" };
	assert_refused(s, vs_delivery_note_view(s->db, &options, &s->err), VS_NOT_FOUND,
		"nothing to print of what was chosen");
	options = (struct vs_delivery_sheet_options){ .day = "2026-13-01" };
	assert_refused(s, vs_route_sheet_view(s->db, &options, &s->err), VS_INVALID,
		"2026-13-01");
	options = (struct vs_delivery_sheet_options){ .round = "Julafton" };
	assert_refused(
		s, vs_pick_list_view(s->db, &options, &s->err), VS_NOT_FOUND, "Julafton");
	RUN(s, "DELETE FROM duty");
	options = (struct vs_delivery_sheet_options){ 0 };
	assert_refused(
		s, vs_jour_list_view(s->db, &options, &s->err), VS_NOT_FOUND, "duty add");
	assert_int_equal(
		count_of(s, SQL("SELECT count(*) FROM sheet WHERE number LIKE 'PL%'")),
		0);
}

static void
a_name_is_shortened_to_its_first_and_an_initial(void **state)
{
	struct scene *s = *state;
	static const char *const names[][2] = { { "Anna Berg", "Anna B." },
		{ "Åsa Maria Öberg", "Åsa Ö." }, { "Valkansliet", "Valkansliet" },
		{ "Per-Olof von Sydow", "Per-Olof S." }, { "", "" } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_string_equal(
			register_short_name(s->arena, names[i][0]), names[i][1]);
}

int
main(void)
{
	setenv("VALSTUGA_LANG", "en", 1);
	const struct CMUnitTest tests[] = {
		TEST(a_note_says_what_was_ordered_what_comes_and_what_remains),
		TEST(a_sentence_goes_on_behind_a_semicolon_without_its_stop),
		TEST(what_came_earlier_in_the_round_does_not_remain),
		TEST(the_same_content_keeps_its_revision),
		TEST(a_change_gives_the_next_revision_and_other_sheets_keep_theirs),
		TEST(a_delivery_that_has_left_keeps_its_note),
		TEST(labels_carry_the_code_of_their_note),
		TEST(labels_are_printed_where_they_are_packed),
		TEST(the_code_on_a_label_finds_the_delivery),
		TEST(labels_lie_where_they_are_asked_to),
		TEST(no_sheet_has_a_carriers_surname_or_number),
		TEST(the_committees_person_stands_only_where_it_is_asked_for),
		TEST(who_stands_at_a_closed_door_has_the_committees_number),
		TEST(whom_of_us_the_kommun_has_been_given_stands_on_its_papers),
		TEST(every_sheet_says_who_may_hold_it_and_until_when),
		TEST(a_route_sheet_tells_the_stops_in_order),
		TEST(a_filter_never_shows_half_a_route),
		TEST(a_pick_list_is_sorted_by_shelf_with_boxes_bundles_and_loose_ones),
		TEST(what_breaks_a_rule_is_told_before_it_is_packed),
		TEST(parcels_hold_exactly_what_is_sent),
		TEST(a_long_receipt_is_summed_by_election),
		TEST(what_is_cancelled_or_nowhere_is_not_printed),
		TEST(a_name_is_shortened_to_its_first_and_an_initial),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
