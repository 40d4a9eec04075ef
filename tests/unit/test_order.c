/* Orders: quota and proposal, completeness, the states, changes through the authority. */
#include "scene.h"

#include <valstuga/text.h>

#include "ballots/ballots.h"

static const char *
add_list(struct scene *s, json_t *values)
{
	const char *key;
	bool ok = vs_list_add(s->db, values, s->arena, &key, &s->err);
	json_decref(values);
	assert_done(s, ok);
	return key;
}

static const char *
add_candidate(struct scene *s, const char *list, const char *name)
{
	const char *key;
	json_t *values = json_pack("{s:s, s:s}", "list", list, "name", name);
	bool ok = vs_candidate_add(s->db, values, s->arena, &key, &s->err);
	json_decref(values);
	assert_done(s, ok);
	return key;
}

static void
set_eligible(struct scene *s, const char *constituency, const char *eligible)
{
	json_t *values = json_pack("{s:s}", "eligible", eligible);
	assert_done(s, record_set(s, &vs_constituency_type, constituency, values));
}

static json_t *
propose(struct scene *s, double factor)
{
	const struct vs_propose_options options = { .factor = factor };
	json_t *plan = vs_order_propose(s->db, &options, &s->err);
	assert_done(s, plan != NULL);
	return plan;
}

static json_t *
commit(struct scene *s, const char *plan)
{
	const struct vs_propose_options options = { 0 };
	return vs_order_commit(s->db, &options, plan, &s->err);
}

static const json_t *
line_of(const json_t *plan, const char *list)
{
	size_t i;
	json_t *line;
	json_array_foreach (json_object_get(plan, "lines"), i, line)
		if (integer_at(line, "list") == atoi(list))
			return line;
	fail_msg("no line for list %s", list);
	return NULL;
}

/* A text as the arithmetic is written: U+00A0 between thousands. */
static bool
says(struct scene *s, const json_t *line, const char *part)
{
	struct vs_buffer plain = { 0 };
	for (const char *c = text_at(line, "reason"); *c; c++)
		if (strncmp(c, "\u00a0", 2) == 0) {
			vs_buffer_text(&plain, " ");
			c++;
		} else {
			vs_buffer_append(&plain, c, 1);
		}
	bool found = strstr(plain.data, part);
	if (!found)
		print_error("\"%s\" is not in \"%s\"\n", part, plain.data);
	vs_buffer_done(&plain);
	(void)s;
	return found;
}

static void
set_participation(struct scene *s, const char *kind, const char *area, const char *basis)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db,
			SQL("INSERT INTO participation (kind, area_code,"
			    " constituency_code, party_code, basis, notified_on,"
			    " candidates_notified) VALUES (?1, ?2, ?2, '0005', ?3,"
			    " '2026-01-01', 0)"),
			&s->err));
	stmt_bind(&q, kind);
	stmt_bind(&q, area);
	stmt_bind(&q, basis);
	assert_done(s, stmt_run(&q, &s->err));
}

/* Quota and proposal ----------------------------------------------------------------------- */

static void
the_proposal_shows_its_arithmetic(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, VALUES("kind=KF", "kommun=Karlstad"));
	set_eligible(s, "Karlstad", "76730");
	json_t *plan = propose(s, 0);
	const json_t *line = line_of(plan, list), *total = json_object_get(plan, "total");
	assert_int_equal(integer_at(line, "eligible"), 76730);
	assert_int_equal(integer_at(line, "quota"), 230190);
	assert_int_equal(integer_at(line, "pieces"), 230000);
	assert_int_equal(integer_at(line, "outside"), 0);
	assert_int_equal(integer_at(line, "cost_ore"), 0);
	assert_int_equal(integer_at(line, "weight_g"), 285200);
	assert_true(says(s, line, "76 730"));
	assert_true(says(s, line, "× 3 = 230 190 → 230 000"));
	assert_int_equal(integer_at(total, "lists"), 1);
	assert_int_equal(integer_at(total, "pieces"), 230000);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM ballot_order")), 0);
	json_decref(plan);
}

static void
the_factor_is_asked_for_or_the_kommuns_or_the_campaigns(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	set_eligible(s, "Kil", "10000");
	json_t *plan = propose(s, 0);
	assert_int_equal(integer_at(line_of(plan, list), "pieces"), 30000);
	json_decref(plan);
	assert_done(s, record_set(s, &vs_campaign_type, "1", VALUES("quota_factor=2")));
	plan = propose(s, 0);
	assert_int_equal(integer_at(line_of(plan, list), "pieces"), 20000);
	json_decref(plan);
	assert_done(
		s, record_set(s, &vs_kommun_type, "Kil", VALUES("quota_factor=1,73")));
	plan = propose(s, 0);
	assert_int_equal(integer_at(line_of(plan, list), "pieces"), 17000);
	assert_true(says(s, line_of(plan, list), "× 1,73 = 17 300 → 17 000"));
	json_decref(plan);
	plan = propose(s, 4);
	assert_int_equal(integer_at(line_of(plan, list), "pieces"), 40000);
	assert_int_equal(integer_at(line_of(plan, list), "outside"), 10000);
	assert_int_equal(integer_at(line_of(plan, list), "cost_ore"), 10 * 5300);
	json_decref(plan);
	static const double bad[] = { -1, 21, 1e300 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const struct vs_propose_options options = { .factor = bad[i] };
		assert_refused(s, vs_order_propose(s->db, &options, &s->err) != NULL,
			VS_INVALID, "--factor");
	}
}

static void
a_factor_that_is_not_exact_in_binary_rounds_as_on_paper(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	set_eligible(s, "Kil", "100000");
	json_t *plan = propose(s, 4.35);
	assert_true(says(s, line_of(plan, list), "× 4,35 = 435 000 → 435 000"));
	assert_int_equal(integer_at(line_of(plan, list), "pieces"), 435000);
	json_decref(plan);
	plan = propose(s, 1.125);
	assert_true(says(s, line_of(plan, list), "× 1,125 = 112 500 → 112 000"));
	json_decref(plan);
}

static void
a_tiny_area_gets_a_thousand_and_says_so(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	set_eligible(s, "Kil", "300");
	json_t *plan = propose(s, 0);
	const json_t *line = line_of(plan, list);
	assert_int_equal(integer_at(line, "pieces"), 1000);
	assert_int_equal(integer_at(line, "outside"), 100);
	assert_non_null(strstr(text_at(line, "reason"), "smallest"));
	assert_null(strstr(text_at(line, "reason"), "downwards"));
	json_decref(plan);
}

static void
several_lists_in_one_area_share_the_quota(void **state)
{
	struct scene *s = *state;
	const char *lists[3];
	for (int i = 0; i < 3; i++)
		lists[i] = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	const char *alone = add_list(s, VALUES("kind=KF", "kommun=Eda"));
	set_eligible(s, "Kil", "9475");
	set_eligible(s, "Eda", "6773");
	json_t *plan = propose(s, 0);
	for (int i = 0; i < 3; i++) {
		const json_t *line = line_of(plan, lists[i]);
		assert_int_equal(integer_at(line, "lists_sharing"), 3);
		assert_int_equal(integer_at(line, "quota"), 9475);
		assert_int_equal(integer_at(line, "pieces"), 9000);
		assert_true(says(s, line, "= 28 425 ÷ 3"));
	}
	assert_int_equal(integer_at(line_of(plan, alone), "pieces"), 20000);
	json_decref(plan);
}

static void
riksdag_counts_each_constituency_other_elections_the_area(void **state)
{
	struct scene *s = *state;
	const char *key;
	assert_done(s,
		record_add(s, &vs_constituency_type,
			VALUES("kind=RD", "area_code=00", "code=22", "name=Örebro län",
				"eligible=1000"),
			&key));
	assert_done(s,
		record_add(s, &vs_constituency_type,
			VALUES("kind=RF", "area_code=17", "code=1701", "name=Norra",
				"eligible=4000"),
			&key));
	set_eligible(s, "Värmlands län", "10000");
	set_eligible(s, "Region Värmland", "6000");
	const char *both =
		add_list(s, VALUES("kind=RD", "constituency=Värmlands län, Örebro län"));
	const char *one = add_list(s, VALUES("kind=RD", "constituency=Värmlands län"));
	const char *half = add_list(s, VALUES("kind=RF", "constituency=Norra"));
	json_t *plan = propose(s, 0);
	/* 22 alone and half of 21; the arithmetic must come out. */
	assert_int_equal(integer_at(line_of(plan, both), "eligible"), 11000);
	assert_int_equal(integer_at(line_of(plan, both), "quota"), 3000 + 15000);
	assert_int_equal(integer_at(line_of(plan, both), "pieces"), 18000);
	assert_null(strstr(text_at(line_of(plan, both), "reason"), "÷"));
	assert_true(says(s, line_of(plan, both), "18 000"));
	assert_int_equal(integer_at(line_of(plan, one), "quota"), 15000);
	assert_int_equal(integer_at(line_of(plan, half), "eligible"), 10000);
	assert_int_equal(integer_at(line_of(plan, half), "quota"), 30000);
	json_decref(plan);
}

static void
a_party_that_is_not_represented_pays_for_all(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	set_eligible(s, "Kil", "9475");
	json_t *plan = propose(s, 0);
	assert_true(says(s, line_of(plan, list), "provided that"));
	json_decref(plan);
	set_participation(s, "KF", "1715", "A");
	plan = propose(s, 0);
	const json_t *line = line_of(plan, list);
	assert_int_equal(integer_at(line, "quota"), 0);
	assert_int_equal(integer_at(line, "pieces"), 28000);
	assert_int_equal(integer_at(line, "outside"), 28000);
	assert_int_equal(integer_at(line, "cost_ore"), 24000 + 28 * 5300);
	assert_true(says(s, line, "no free quota"));
	json_decref(plan);
	set_participation(s, "KF", "1715", "R");
	plan = propose(s, 0);
	assert_int_equal(integer_at(line_of(plan, list), "cost_ore"), 0);
	assert_false(strstr(text_at(line_of(plan, list), "reason"), "provided") != NULL);
	json_decref(plan);
}

static void
the_newest_tariff_in_force_on_election_day_counts(void **state)
{
	struct scene *s = *state;
	const char *key, *list = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	set_eligible(s, "Kil", "10000");
	static const char *const days[][2] = { { "valid_from=2026-01-01",
						       "thousand_ore=60" },
		{ "valid_from=2026-09-14", "thousand_ore=99" } };
	for (size_t i = 0; i < 2; i++)
		assert_done(s,
			record_add(s, &vs_tariff_type,
				VALUES("name=Nya priser", days[i][0], days[i][1],
					"start_black_ore=240", "start_colour_ore=470",
					"piece_mg=1000", "source=beslut"),
				&key));
	json_t *plan = propose(s, 4);
	assert_int_equal(integer_at(line_of(plan, list), "cost_ore"), 10 * 6000);
	assert_int_equal(integer_at(line_of(plan, list), "weight_g"), 40000);
	json_decref(plan);
}

static void
unknown_voters_and_made_orders_are_conflicts(void **state)
{
	struct scene *s = *state;
	const char *kil = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	const char *eda = add_list(s, VALUES("kind=KF", "kommun=Eda"));
	set_eligible(s, "Kil", "9475");
	json_t *plan = commit(s, NULL);
	assert_done(s, plan != NULL);
	assert_non_null(
		strstr(text_at(line_of(plan, eda), "conflict"), "eligible voters"));
	json_decref(plan);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM ballot_order")), 1);
	plan = commit(s, NULL);
	assert_non_null(strstr(text_at(line_of(plan, kil), "conflict"), "already"));
	assert_int_equal(integer_at(json_object_get(plan, "total"), "conflicts"), 2);
	json_decref(plan);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM ballot_order")), 1);
}

static void
a_plan_is_written_only_as_it_was_looked_at(void **state)
{
	struct scene *s = *state;
	add_list(s, VALUES("kind=KF", "kommun=Kil"));
	set_eligible(s, "Kil", "9475");
	json_t *look = propose(s, 0), *again = propose(s, 0);
	const char *name = text_at(look, "plan");
	assert_string_equal(name, text_at(again, "plan"));
	json_decref(again);
	set_eligible(s, "Kil", "9999");
	assert_refused(s, commit(s, name) != NULL, VS_CONFLICT, "--dry-run");
	assert_refused(
		s, commit(s, "'; DROP TABLE list; --") != NULL, VS_CONFLICT, "--dry-run");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM ballot_order")), 0);
	set_eligible(s, "Kil", "9475");
	json_t *written = commit(s, name);
	assert_done(s, written != NULL);
	assert_int_equal(count_of(s, SQL("SELECT pieces FROM ballot_order")), 28000);
	json_decref(written);
	json_decref(look);
}

/* Completeness ------------------------------------------------------------------------------ */

/* The order of a decided list in Kil, with everything that it needs. */
static const char *
whole_order(struct scene *s)
{
	const char *orderer, *list = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	add_candidate(s, list, "A");
	set_eligible(s, "Kil", "9475");
	assert_done(s,
		record_add(s, &vs_orderer_type,
			VALUES("name=Eva", "minutes_on=2026-01-10"), &orderer));
	assert_done(s,
		record_set(s, &vs_campaign_type, "1",
			VALUES("delivery_street=Torggatan 1", "delivery_postcode=652 24",
				"delivery_town=Karlstad", "delivery_mobile=070-123 45 67",
				"orderer=1")));
	assert_done(s, vs_list_decide(s->db, list, NULL, "årsmötet", &s->err));
	json_t *plan = commit(s, NULL);
	assert_done(s, plan != NULL);
	json_decref(plan);
	return "1";
}

static bool
order_set(struct scene *s, json_t *values, const char *reason)
{
	bool ok = vs_order_set(s->db, "1", values, reason, &s->err);
	json_decref(values);
	return ok;
}

static bool
advance(struct scene *s, enum vs_order_status status, const char *note)
{
	return vs_order_advance(s->db, "1", status, note, &s->err);
}

static const char *
status_of(struct scene *s)
{
	json_t *order = vs_order_view(s->db, "1", &s->err);
	assert_done(s, order != NULL);
	const char *status = vs_arena_text(s->arena, text_at(order, "status"));
	json_decref(order);
	return status;
}

static void
an_incomplete_order_is_refused_with_all_that_is_missing(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *field, *value, *said;
	} fields[] = { { "street", "Torggatan 1", "street address" },
		{ "postcode", "65224", "postcode" }, { "town", "Karlstad", "town" },
		{ "mobile", "0701234567", "mobile number" },
		{ "orderer", "Eva", "orderer" } };
	const char *list = add_list(s, VALUES("kind=KF", "kommun=Kil")), *orderer;
	set_eligible(s, "Kil", "9475");
	assert_done(s,
		record_add(s, &vs_orderer_type,
			VALUES("name=Eva", "minutes_on=2026-01-10"), &orderer));
	json_decref(commit(s, NULL));
	assert_refused(s, advance(s, VS_ORDER_READY, NULL), VS_REFUSED,
		"the list is not decided; the list has no candidates; the street address is "
		"missing; the postcode is missing; the town is missing; the mobile number is "
		"missing; the authorised orderer is missing");
	add_candidate(s, list, "A");
	assert_done(s, vs_list_decide(s->db, list, NULL, "årsmötet", &s->err));
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		assert_refused(
			s, advance(s, VS_ORDER_READY, NULL), VS_REFUSED, fields[i].said);
		assert_refused(s, advance(s, VS_ORDER_ORDERED, NULL), VS_REFUSED,
			fields[i].said);
		json_t *values = json_object();
		json_object_set_new(
			values, fields[i].field, json_string(fields[i].value));
		assert_done(s, order_set(s, values, NULL));
	}
	assert_done(s, advance(s, VS_ORDER_READY, NULL));
	json_t *view = vs_order_view(s->db, "1", &s->err);
	assert_int_equal(json_array_size(json_object_get(view, "missing")), 0);
	json_decref(view);
}

static void
a_locked_list_needs_every_declaration(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	assert_done(s, vs_list_lock(s->db, "1", &s->err));
	assert_refused(s, advance(s, VS_ORDER_ORDERED, NULL), VS_REFUSED,
		"1 declaration is missing");
	assert_done(s, record_set(s, &vs_candidate_type, "A", VALUES("consent=yes")));
	assert_refused(s, advance(s, VS_ORDER_ORDERED, NULL), VS_REFUSED,
		"1 declaration is missing");
	assert_done(s, record_set(s, &vs_candidate_type, "A", VALUES("declaration=yes")));
	assert_done(s, advance(s, VS_ORDER_ORDERED, NULL));
}

static void
pieces_are_whole_thousands(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	static const char *const bad[] = { "500", "1500", "28001", "0", "-1000", "",
		"1000000000000", "tusen" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		json_t *values = json_pack("{s:s}", "pieces", bad[i]);
		assert_refused(s, order_set(s, values, NULL), VS_INVALID, "");
	}
	assert_done(s, order_set(s, VALUES("pieces=29 000"), NULL));
}

static void
a_box_is_no_street(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	static const char *const boxes[] = { "Box 12", "BOX 12", "box12", "Box\u00a012",
		"Postbox 3", "Post-box 3", "P.O. Box 5", "PO Box 5", "PO-box 5",
		"P.O.Box 5", "Box", "Box nr 12", "Box nr. 12", "Box: 12", "Box-12",
		"Box.12", "c/o Eva, Box 12", "Storgatan 3, box 4", "Box 12, Karlstad",
		"(Box 12)", "  Box  12", "Boxnr 12" };
	static const char *const streets[] = { "Boxholmsvägen 3", "Boxargränd 2",
		"Boxgatan 12", "Boxarevägen 1", "Box Hills väg 2", "Sandboxen 3",
		"Ljusbox 2", "Torggatan 1", "Åbox 4", "Stora Boxtorp 5",
		"Boxbergsvägen 1A" };
	for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
		json_t *values = json_pack("{s:s}", "street", boxes[i]);
		bool taken = order_set(s, values, NULL);
		if (taken)
			fail_msg("\"%s\" passed for a street", boxes[i]);
		assert_refused(s, taken, VS_INVALID, "is a box");
	}
	for (size_t i = 0; i < sizeof streets / sizeof *streets; i++) {
		json_t *values = json_pack("{s:s}", "street", streets[i]);
		assert_done(s, order_set(s, values, NULL));
	}
}

static void
postcodes_are_five_digits(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	static const char *const bad[] = { "6522", "652245", "65 224", "6 5 2 2 4",
		"SE-652", "0", "012 34", "652-24", "65224x" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		json_t *values = json_pack("{s:s}", "postcode", bad[i]);
		assert_refused(s, order_set(s, values, NULL), VS_INVALID, "postcode");
	}
	assert_done(s, order_set(s, VALUES("postcode=65224"), NULL));
	assert_done(s, order_set(s, VALUES("postcode=652 24"), NULL));
}

static void
a_mobile_number_rings_a_mobile(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	static const char *const good[] = { "0701234567", "070-123 45 67", "070-1234567",
		"070/123 45 67", "+46701234567", "+46 70 123 45 67", "+46 (0)70-1234567",
		"0046701234567", "+4791234567", "070.123.45.67" };
	static const char *const bad[] = { "054-12 34 56", "0541234567", "070-123 45 6",
		"070-123 45 678", "+46541234567", "+467012345678", "112", "+",
		"++46701234567", "070-123 45 6a", "ring Eva", "+46", "00" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		json_t *values = json_pack("{s:s}", "mobile", good[i]);
		assert_done(s, order_set(s, values, NULL));
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		json_t *values = json_pack("{s:s}", "mobile", bad[i]);
		assert_refused(s, order_set(s, values, NULL), VS_INVALID, "mobile");
	}
}

/* States ----------------------------------------------------------------------------------- */

/* Brings the order into a state by the straight way. */
static void
bring_to(struct scene *s, const char *status)
{
	static const struct {
		const char *name;
		enum vs_order_status status;
	} way[] = { { "ready", VS_ORDER_READY }, { "ordered", VS_ORDER_ORDERED },
		{ "printing", VS_ORDER_PRINTING }, { "delivered", VS_ORDER_DELIVERED } };
	if (strcmp(status, "cancelled") == 0)
		assert_done(s, advance(s, VS_ORDER_CANCELLED, NULL));
	for (size_t i = 0; i < 4 && strcmp(status_of(s), status) != 0; i++)
		assert_done(s, advance(s, way[i].status, NULL));
	assert_string_equal(status_of(s), status);
}

static void
only_the_allowed_steps_are_taken(void **state)
{
	static const char *const states[] = { "draft", "ready", "ordered", "printing",
		"delivered", "cancelled" };
	static const char *const allowed[] = { "ready ordered cancelled",
		"ordered cancelled", "printing delivered cancelled",
		"delivered cancelled", "", "" };
	static const char *const names[] = { "ready", "ordered", "printing", "delivered",
		"cancelled" };
	(void)state;
	for (size_t from = 0; from < 6; from++)
		for (int to = VS_ORDER_READY; to <= VS_ORDER_CANCELLED; to++) {
			void *fresh = NULL;
			assert_int_equal(scene_open(&fresh), 0);
			struct scene *s = fresh;
			whole_order(s);
			bring_to(s, states[from]);
			bool may = strstr(allowed[from], names[to]);
			bool did = advance(s, (enum vs_order_status)to, "telefon 2 maj");
			if (may != did)
				fail_msg("%s to %s: %s", states[from], names[to],
					s->err.text);
			if (!may)
				assert_int_equal(s->err.code, VS_REFUSED);
			s->err = (struct vs_error){ 0 };
			assert_string_equal(status_of(s), may ? names[to] : states[from]);
			scene_close(&fresh);
		}
}

static void
what_is_placed_changes_only_through_the_authority(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	bring_to(s, "ordered");
	assert_refused(s, order_set(s, VALUES("town=Kil"), NULL), VS_REFUSED,
		"--through-authority");
	assert_refused(s, order_set(s, VALUES("town=Kil"), ""), VS_REFUSED,
		"--through-authority");
	assert_refused(s, advance(s, VS_ORDER_CANCELLED, NULL), VS_REFUSED,
		"--through-authority");
	assert_done(s, order_set(s, VALUES("town=Kil"), "mejl till länsstyrelsen 2 maj"));
	json_t *view = vs_order_view(s->db, "1", &s->err);
	const json_t *events = json_object_get(view, "events");
	const json_t *last = json_array_get(events, json_array_size(events) - 1);
	assert_string_equal(text_at(last, "note"), "mejl till länsstyrelsen 2 maj");
	assert_string_equal(text_at(last, "actor"), "anna");
	assert_string_equal(text_at(view, "status"), "ordered");
	json_decref(view);
	assert_int_equal(
		count_of(s,
			SQL("SELECT count(*) FROM history WHERE summary LIKE"
			    " '%Karlstad → Kil; mejl till länsstyrelsen 2 maj'")),
		1);
}

static void
no_side_door_changes_an_order(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	assert_refused(s, record_set(s, &vs_order_type, "1", VALUES("town=Kil")),
		VS_REFUSED, "cannot be changed this way");
	bring_to(s, "ordered");
	assert_refused(s, record_set(s, &vs_order_type, "1", VALUES("pieces=1000")),
		VS_REFUSED, "cannot be changed this way");
	assert_int_equal(count_of(s, SQL("SELECT pieces FROM ballot_order")), 28000);
}

static void
a_complete_order_that_is_changed_is_a_draft_again(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	bring_to(s, "ready");
	assert_done(s, order_set(s, VALUES("street="), NULL));
	assert_string_equal(status_of(s), "draft");
	assert_refused(
		s, advance(s, VS_ORDER_ORDERED, NULL), VS_REFUSED, "street address");
}

static void
pieces_set_by_hand_do_not_keep_the_old_arithmetic(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	assert_done(s, order_set(s, VALUES("pieces=40 000"), NULL));
	json_t *view = vs_order_view(s->db, "1", &s->err);
	assert_true(says(s, view, "40 000"));
	assert_true(says(s, view, "by hand"));
	assert_true(says(s, view, "28 000"));
	json_decref(view);
	assert_done(
		s, order_set(s, VALUES("pieces=41 000", "reason=mässan i maj"), NULL));
	view = vs_order_view(s->db, "1", &s->err);
	assert_string_equal(text_at(view, "reason"), "mässan i maj");
	assert_int_equal(integer_at(view, "outside"), 41000 - 28425);
	json_decref(view);
}

static void
the_list_follows_its_order(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	bring_to(s, "ordered");
	json_t *list = vs_list_view(s->db, "1", &s->err);
	assert_string_equal(text_at(list, "status"), "ordered");
	json_decref(list);
	assert_refused(
		s, vs_list_reopen(s->db, "1", "x", &s->err), VS_REFUSED, "is ordered");
	assert_refused(s, record_set(s, &vs_candidate_type, "A", VALUES("name=B")),
		VS_REFUSED, "ordered");
	assert_done(s, advance(s, VS_ORDER_CANCELLED, "telefon"));
	list = vs_list_view(s->db, "1", &s->err);
	assert_string_equal(text_at(list, "status"), "decided");
	json_decref(list);
	json_decref(commit(s, NULL));
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM ballot_order")), 2);
}

static void
a_list_with_an_order_is_not_removed(void **state)
{
	struct scene *s = *state;
	const char *list = add_list(s, VALUES("kind=KF", "kommun=Kil"));
	set_eligible(s, "Kil", "9475");
	json_decref(commit(s, NULL));
	assert_refused(
		s, vs_list_remove(s->db, list, &s->err), VS_REFUSED, "has order 1");
}

static void
every_state_keeps_time_and_actor(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	scene_time("2026-04-10 09:30");
	bring_to(s, "ordered");
	json_t *view = vs_order_view(s->db, "1", &s->err), *event;
	size_t i;
	assert_int_equal(json_array_size(json_object_get(view, "events")), 2);
	json_array_foreach (json_object_get(view, "events"), i, event) {
		assert_int_equal(integer_at(event, "at"), 1775806200);
		assert_string_equal(text_at(event, "actor"), "anna");
	}
	json_decref(view);
}

static void
status_and_check_know_the_orders(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	assert_done(s, order_set(s, VALUES("mobile="), NULL));
	json_t *check = vs_check_view(s->db, &s->err);
	char *dump = json_dumps(check, 0);
	assert_non_null(strstr(dump, "KF Kil: the mobile number is missing"));
	free(dump);
	json_decref(check);
	assert_done(s, order_set(s, VALUES("mobile=0701234567"), NULL));
	bring_to(s, "ordered");
	json_t *status = vs_status_view(s->db, &s->err);
	const json_t *figures = json_object_get(status, "register");
	assert_int_equal(integer_at(figures, "lists"), 1);
	assert_int_equal(integer_at(figures, "candidates"), 1);
	assert_int_equal(integer_at(json_object_get(figures, "ordered"), "KF"), 28000);
	assert_int_equal(integer_at(json_object_get(status, "orders"), "ordered"), 1);
	assert_int_equal(
		integer_at(json_object_get(json_object_get(status, "coverage"), "KF"),
			"ordered"),
		1);
	json_decref(status);
}

/* Sheets ----------------------------------------------------------------------------------- */

/* "R1 VS-..." of the first sheet. */
static const char *
sheet_code(struct scene *s, bool proof)
{
	const struct vs_sheet_options options = { 0 };
	json_t *view = proof ? vs_list_proof_view(s->db, &options, &s->err)
			     : vs_order_sheet_view(s->db, &options, &s->err);
	assert_done(s, view != NULL);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	const char *code = vs_arena_printf(s->arena, "R%d %s",
		(int)integer_at(sheet, "revision"), text_at(sheet, "code"));
	json_decref(view);
	return code;
}

static void
the_same_sheet_keeps_its_revision_and_code(void **state)
{
	struct scene *s = *state;
	whole_order(s);
	for (int proof = 0; proof < 2; proof++) {
		scene_time("2026-04-10 09:30");
		const char *first = sheet_code(s, proof);
		assert_int_equal(strncmp(first, "R1 VS-", 6), 0);
		scene_time("2026-04-12 10:00");
		assert_string_equal(sheet_code(s, proof), first);
		if (proof)
			assert_done(s,
				record_set(s, &vs_candidate_type, "A",
					VALUES("ballot_text=37 år")));
		else
			assert_done(s, order_set(s, VALUES("town=Kil"), NULL));
		const char *second = sheet_code(s, proof);
		assert_int_equal(strncmp(second, "R2 VS-", 6), 0);
		assert_string_not_equal(second, first);
		assert_string_equal(sheet_code(s, proof), second);
	}
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM sheet")), 4);
}

static void
a_sheet_without_a_list_says_what_to_do(void **state)
{
	struct scene *s = *state;
	const struct vs_sheet_options options = { 0 };
	assert_refused(s, vs_order_sheet_view(s->db, &options, &s->err) != NULL,
		VS_NOT_FOUND, "valstuga list add");
	assert_refused(s, vs_list_proof_view(s->db, &options, &s->err) != NULL,
		VS_NOT_FOUND, "valstuga list add");
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM sheet")), 0);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, scene_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(the_proposal_shows_its_arithmetic),
		WITH(the_factor_is_asked_for_or_the_kommuns_or_the_campaigns),
		WITH(a_factor_that_is_not_exact_in_binary_rounds_as_on_paper),
		WITH(a_tiny_area_gets_a_thousand_and_says_so),
		WITH(several_lists_in_one_area_share_the_quota),
		WITH(riksdag_counts_each_constituency_other_elections_the_area),
		WITH(a_party_that_is_not_represented_pays_for_all),
		WITH(the_newest_tariff_in_force_on_election_day_counts),
		WITH(unknown_voters_and_made_orders_are_conflicts),
		WITH(a_plan_is_written_only_as_it_was_looked_at),
		WITH(an_incomplete_order_is_refused_with_all_that_is_missing),
		WITH(a_locked_list_needs_every_declaration),
		WITH(pieces_are_whole_thousands),
		WITH(a_box_is_no_street),
		WITH(postcodes_are_five_digits),
		WITH(a_mobile_number_rings_a_mobile),
		cmocka_unit_test(only_the_allowed_steps_are_taken),
		WITH(what_is_placed_changes_only_through_the_authority),
		WITH(no_side_door_changes_an_order),
		WITH(a_complete_order_that_is_changed_is_a_draft_again),
		WITH(pieces_set_by_hand_do_not_keep_the_old_arithmetic),
		WITH(the_list_follows_its_order),
		WITH(a_list_with_an_order_is_not_removed),
		WITH(every_state_keeps_time_and_actor),
		WITH(status_and_check_know_the_orders),
		WITH(the_same_sheet_keeps_its_revision_and_code),
		WITH(a_sheet_without_a_list_says_what_to_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
