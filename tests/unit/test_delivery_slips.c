/* Slips of the finger on a delivery's way: refused in words before they are in the ledger. */
#include "delivery_fixture.h"

static struct stage stage;

static int
open_stage(void **state)
{
	return stage_open(state, &stage);
}

static const char *
plan(int64_t pieces)
{
	return stage_delivery(
		&stage, "2026-08-28", stage.town, stage.anna, stage.kil, pieces);
}

static const char *
text_of(struct scene *s, const char *sql, const char *key)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s, stmt_open(&q, s->db, sql, &s->err));
	stmt_bind(&q, key);
	assert_true(stmt_row(&q, &s->err));
	return stmt_copy(&q, 0, s->arena);
}

static const char *
long_text(struct scene *s)
{
	char *text = vs_arena_alloc(s->arena, 10001);
	memset(text, 'x', 10000);
	return text;
}

/* Receipts -------------------------------------------------------------------------------- */

static void
refuse_receipt(struct scene *s, const char *delivery, const struct vs_receipt *receipt,
	const char *part)
{
	bool again;
	assert_refused(s, vs_delivery_receipt(s->db, delivery, receipt, &again, &s->err),
		VS_INVALID, part);
	assert_string_equal(stage_status(s, delivery), "planned");
}

static void
a_receipt_with_a_zero_too_many_is_refused(void **state)
{
	struct scene *s = *state;
	const char *d = plan(500);
	json_t *counted = json_pack("{s:i}", "KF Kil", 5000);
	refuse_receipt(s, d, &(struct vs_receipt){ .counted = counted }, "zero too many");
	json_object_set_new(counted, "KF Kil", json_integer(900));
	bool again;
	assert_done(s,
		vs_delivery_receipt(s->db, d, &(struct vs_receipt){ .counted = counted },
			&again, &s->err));
	json_decref(counted);
	assert_int_equal(stage_balance(s, stage.town, stage.kil), 900);
}

static void
an_item_is_counted_once(void **state)
{
	struct scene *s = *state;
	json_t *counted = json_pack("{s:i, s:i}", "KF Kil", 490, "Kil", 480);
	refuse_receipt(s, plan(500), &(struct vs_receipt){ .counted = counted }, "twice");
	json_decref(counted);
}

static void
nothing_is_received_weeks_before_its_day(void **state)
{
	struct scene *s = *state;
	bool again;
	const char *d = plan(500);
	refuse_receipt(
		s, d, &(struct vs_receipt){ .at = "2025-08-28 10:00" }, "2026-08-28");
	refuse_receipt(
		s, d, &(struct vs_receipt){ .at = "2026-07-28 10:00" }, "2026-08-28");
	assert_done(s,
		vs_delivery_receipt(s->db, d,
			&(struct vs_receipt){ .at = "2026-08-26 10:00" }, &again,
			&s->err));
}

static void
what_a_receipt_says_is_cleaned_and_short(void **state)
{
	struct scene *s = *state;
	bool again;
	const char *d = plan(500);
	refuse_receipt(
		s, d, &(struct vs_receipt){ .received_by = long_text(s) }, "shorten");
	refuse_receipt(s, d, &(struct vs_receipt){ .note = "\xff" }, "UTF-8");
	const struct vs_receipt receipt = { .received_by = " \x1b[31mEva\n Ek ",
		.note = "\x01" };
	assert_done(s, vs_delivery_receipt(s->db, d, &receipt, &again, &s->err));
	assert_string_equal(
		text_of(s, SQL("SELECT received_by FROM delivery WHERE id = ?"), d),
		"[31mEva Ek");
	assert_null(text_of(s, SQL("SELECT note FROM delivery WHERE id = ?"), d));
}

/* Reasons --------------------------------------------------------------------------------- */

static void
a_blank_reason_is_none(void **state)
{
	struct scene *s = *state;
	const char *d = plan(500);
	static const char *const blank[] = { NULL, "", "  ", "\x01\n" };
	for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
		assert_refused(s, vs_delivery_fail(s->db, d, blank[i], &s->err),
			VS_INVALID, "--reason");
		assert_refused(s, vs_delivery_cancel(s->db, d, blank[i], &s->err),
			VS_INVALID, "--reason");
	}
	assert_refused(s, vs_delivery_cancel(s->db, d, long_text(s), &s->err), VS_INVALID,
		"shorten");
	assert_done(s, vs_delivery_cancel(s->db, d, " dubbel\nbokad ", &s->err));
	assert_string_equal(
		text_of(s, SQL("SELECT reason FROM delivery WHERE id = ?"), d),
		"dubbel bokad");
}

static void
a_blank_override_overrides_nothing(void **state)
{
	struct scene *s = *state;
	stage_add(s, &vs_rule_type,
		VALUES("kommun=Kil", "phase=advance", "channel=direct", "cap=100"));
	const char *d = plan(500);
	assert_refused(
		s, vs_delivery_pack(s->db, d, 0, " \x01", &s->err), VS_REFUSED, "100");
	assert_done(s, vs_delivery_pack(s->db, d, 0, "valnämnden sa ja", &s->err));
}

static void
the_same_step_again_says_so(void **state)
{
	struct scene *s = *state;
	const char *d = plan(500);
	assert_done(s, vs_delivery_pack(s->db, d, 0, NULL, &s->err));
	assert_refused(s, vs_delivery_pack(s->db, d, 0, NULL, &s->err), VS_REFUSED,
		"is packed already");
	assert_done(s, vs_delivery_cancel(s->db, d, "dubbel", &s->err));
	assert_refused(s, vs_delivery_pack(s->db, d, 0, NULL, &s->err), VS_REFUSED,
		"deliver add");
}

/* By hand --------------------------------------------------------------------------------- */

static bool
add(struct scene *s, const char *option, const char *value)
{
	const char *key = NULL;
	json_t *values =
		VALUES("date=2026-08-28", "to=Biblioteket, Kil", "lines=KF Kil=500");
	if (option)
		json_object_set_new(values, option, json_string(value));
	bool ok = vs_delivery_add(s->db, values, s->arena, &key, &s->err);
	json_decref(values);
	return ok;
}

static void
refuse_add(struct scene *s, const char *option, const char *value, const char *part)
{
	assert_refused(s, add(s, option, value), VS_INVALID, part);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM delivery")), 0);
}

/* Sums of such numbers would be none. */
static void
a_delivery_holds_no_more_than_can_be_printed(void **state)
{
	struct scene *s = *state;
	refuse_add(s, "lines", "KF Kil=9223372036854775807", "100\u00a0000\u00a0000");
	refuse_add(s, "lines", "KF Kil=100000001", "100\u00a0000\u00a0000");
	assert_done(s, add(s, "lines", " KF Kil = 2 000 ; "));
	assert_int_equal(count_of(s, SQL("SELECT pieces FROM delivery_line")), 2000);
}

static void
what_is_taken_or_scrapped_is_not_delivered(void **state)
{
	struct scene *s = *state;
	static const char *const never[] = { "Tryckeriet", "Uttaget av väljare",
		"Makulerat" };
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		refuse_add(s, "to", never[i], never[i]);
		refuse_add(s, "from", never[i], never[i]);
	}
}

static void
a_day_of_another_year_is_refused(void **state)
{
	struct scene *s = *state;
	refuse_add(s, "date", "2025-08-28", "2025-08-28");
	refuse_add(s, "date", "2062-08-28", "2062-08-28");
	refuse_add(s, "date", "1900-01-01", "1900-01-01");
	assert_done(s, add(s, "date", "2026-09-12"));
}

/* With one day given, a carrier drives on that day only. */
static void
hours_and_duties_are_of_this_election(void **state)
{
	struct scene *s = *state;
	const char *key;
	json_t *values = VALUES("carrier=Anna Ek", "date=2025-08-29");
	assert_refused(s,
		vs_record_add(
			s->db, &vs_availability_type, values, s->arena, &key, &s->err),
		VS_INVALID, "look at the year");
	json_decref(values);
	values = VALUES("date=2025-08-29", "starts=08:00", "ends=20:00", "role=jour",
		"name=Eva", "phone=070");
	assert_refused(s,
		vs_record_add(s->db, &vs_duty_type, values, s->arena, &key, &s->err),
		VS_INVALID, "look at the year");
	json_decref(values);
}

static void
what_is_said_of_a_delivery_is_cleaned_and_short(void **state)
{
	struct scene *s = *state;
	refuse_add(s, "note", long_text(s), "shorten");
	assert_done(s, add(s, "note", "\x1b[1mbaksidan\n"));
	assert_string_equal(
		text_of(s, SQL("SELECT note FROM delivery WHERE id = ?"), "1"),
		"[1mbaksidan");
	assert_refused(s, add(s, "lines", "KF Eda=5"), VS_REFUSED, "not used at");
	json_t *values = VALUES(
		"date=2026-08-28", "to=Biblioteket, Kil", "lines=KF Eda=5", "override= ");
	const char *key;
	assert_refused(s, vs_delivery_add(s->db, values, s->arena, &key, &s->err),
		VS_REFUSED, "not used at");
	json_decref(values);
}

/* Others ---------------------------------------------------------------------------------- */

static void
a_shortage_keeps_clean_words(void **state)
{
	struct scene *s = *state;
	const struct vs_shortage_report too_long = {
		.place = "Biblioteket, Kil", .level = "empty", .note = long_text(s)
	};
	assert_refused(s, vs_shortage_report(s->db, &too_long, &s->err) != NULL,
		VS_INVALID, "shorten");
	const struct vs_shortage_report report = { .place = "Biblioteket, Kil",
		.list = "KF Kil",
		.level = "empty",
		.reported_by = "Eva\x1b\nEk" };
	json_t *view = vs_shortage_report(s->db, &report, &s->err);
	assert_done(s, view != NULL);
	json_decref(view);
	assert_string_equal(
		text_of(s, SQL("SELECT reported_by FROM shortage WHERE id = ?"), "1"),
		"Eva Ek");
	assert_refused(s, vs_shortage_resolve(s->db, "1", long_text(s), &s->err),
		VS_INVALID, "shorten");
}

static void
refuse_round(struct scene *s, json_t *values, const char *part)
{
	const char *key;
	bool ok = vs_record_add(s->db, &vs_round_type, values, s->arena, &key, &s->err);
	json_decref(values);
	assert_refused(s, ok, VS_INVALID, part);
}

static void
a_round_is_of_this_election(void **state)
{
	struct scene *s = *state;
	refuse_round(s,
		VALUES("name=A", "phase=advance", "from_date=2025-08-26",
			"until_date=2026-08-30"),
		"look at the year");
	refuse_round(s,
		VALUES("name=A", "phase=advance", "from_date=2026-08-26",
			"until_date=2199-12-31"),
		"look at the year");
	refuse_round(s,
		VALUES("name=A", "phase=election_day", "from_date=2026-08-26",
			"until_date=2026-08-30"),
		"2026-09-13, is not between");
	stage_add(s, &vs_round_type, VALUES("name=A", "phase=election_day"));
}

static void
the_district_keeps_a_depot(void **state)
{
	struct scene *s = *state;
	json_t *given = VALUES("association=V Kil");
	stage_sql(s, SQL("DELETE FROM location WHERE name = 'Kils förråd'"));
	assert_refused(s,
		vs_record_set(
			s->db, &vs_location_type, "Distriktslagret", given, &s->err),
		VS_REFUSED, "only depot");
	const char *other =
		stage_add(s, &vs_location_type, VALUES("kind=depot", "own_name=Ladan"));
	assert_done(s, vs_record_set(s->db, &vs_location_type, other, given, &s->err));
	json_decref(given);
	stage_sql(s, SQL("DELETE FROM balance"));
	assert_done(s, vs_record_remove(s->db, &vs_location_type, other, &s->err));
	stage_sql(s, SQL("DROP TRIGGER movement_stays"));
	stage_sql(s, SQL("DELETE FROM movement"));
	assert_refused(s,
		vs_record_remove(s->db, &vs_location_type, "Distriktslagret", &s->err),
		VS_REFUSED, "stays");
	assert_refused(s,
		vs_record_remove(s->db, &vs_location_type, "Tryckeriet", &s->err),
		VS_REFUSED, "stays");
}

static void
a_number_by_hand_needs_words(void **state)
{
	struct scene *s = *state;
	stage_add(s, &vs_round_type,
		VALUES("name=Start", "phase=advance", "from_date=2026-08-26",
			"until_date=2026-08-30"));
	assert_refused(s,
		vs_allocation_set(s->db, "Start", "Biblioteket, Kil", "KF Kil", 100,
			"\x01 ", &s->err),
		VS_INVALID, "--reason");
	assert_refused(s,
		vs_allocation_set(s->db, "Start", "Biblioteket, Kil", "KF Kil", 100,
			long_text(s), &s->err),
		VS_INVALID, "shorten");
}

static void
a_new_carrier_has_a_name_of_usual_length(void **state)
{
	struct scene *s = *state;
	const char *key;
	json_t *values = json_pack("{s:s}", "person", long_text(s));
	assert_refused(s, vs_carrier_add(s->db, values, s->arena, &key, &s->err),
		VS_INVALID, "shorten");
	json_decref(values);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define WITH_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, scene_close)
		WITH_STAGE(a_receipt_with_a_zero_too_many_is_refused),
		WITH_STAGE(an_item_is_counted_once),
		WITH_STAGE(nothing_is_received_weeks_before_its_day),
		WITH_STAGE(what_a_receipt_says_is_cleaned_and_short),
		WITH_STAGE(a_blank_reason_is_none),
		WITH_STAGE(a_blank_override_overrides_nothing),
		WITH_STAGE(the_same_step_again_says_so),
		WITH_STAGE(a_delivery_holds_no_more_than_can_be_printed),
		WITH_STAGE(what_is_taken_or_scrapped_is_not_delivered),
		WITH_STAGE(a_day_of_another_year_is_refused),
		WITH_STAGE(hours_and_duties_are_of_this_election),
		WITH_STAGE(what_is_said_of_a_delivery_is_cleaned_and_short),
		WITH_STAGE(a_shortage_keeps_clean_words),
		WITH_STAGE(a_round_is_of_this_election),
		WITH_STAGE(the_district_keeps_a_depot),
		WITH_STAGE(a_number_by_hand_needs_words),
		WITH_STAGE(a_new_carrier_has_a_name_of_usual_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
