/* Flyers: their codes, what they say, what they hold. */
#include "booking_fixture.h"

#include <valstuga/flyer.h>

#include "field/flyer.h"

static const char *
flyer_of(struct scene *s, json_t *values)
{
	const char *code = NULL;
	bool done = vs_flyer_add(s->db, values, s->arena, &code, &s->err);
	json_decref(values);
	assert_done(s, done);
	return code;
}

static bool
try_flyer(struct scene *s, json_t *values)
{
	const char *code;
	bool done = vs_flyer_add(s->db, values, s->arena, &code, &s->err);
	json_decref(values);
	return done;
}

static bool
set_campaign(struct scene *s, json_t *values)
{
	return record_set(s, &vs_campaign_type, "1", values);
}

/* The squares, on the server's way, with a seed for chance. */
static int
stall_open(void **state)
{
	setenv("VALSTUGA_RANDOM", "stall", 1);
	if (squares_open(state) != 0)
		return -1;
	struct scene *s = *state;
	return set_campaign(s,
		       VALUES("signup_way=server", "signup_url=https://exempel.se/v",
			       "sender=Partiet, Karlstad, info@exempel.se",
			       "colour=#B3001B"))
		? 0
		: -1;
}

/* Codes ------------------------------------------------------------------------------------ */

static void
code_by_chance(struct vs_arena *arena, char code[FLYER_CODE_SIZE])
{
	struct vs_error err = { 0 };
	unsigned char bytes[10];
	assert_true(vs_random_bytes(0, bytes, sizeof bytes, &err));
	for (int i = 0; i < 10; i++)
		code[i] = field_code_alphabet[bytes[i] & 31];
	code[10] = '\0';
	code[10] = field_check_character(vs_arena_text(arena, code));
	code[11] = '\0';
}

static bool
is_code(const char *text)
{
	char code[FLYER_CODE_SIZE];
	struct vs_error err = { 0 };
	return flyer_code_read(text, code, &err);
}

static void
every_wrong_character_and_every_swap_is_caught(void **state)
{
	struct scene *s = *state;
	char code[FLYER_CODE_SIZE], wrong[FLYER_CODE_SIZE];
	unsetenv("VALSTUGA_RANDOM");
	for (int round = 0; round < 300; round++) {
		code_by_chance(s->arena, code);
		assert_true(is_code(code));
		for (int at = 0; at < 11; at++)
			for (const char *c = field_code_alphabet; *c; c++) {
				memcpy(wrong, code, sizeof code);
				wrong[at] = *c;
				assert_int_equal(is_code(wrong), *c == code[at]);
			}
		for (int at = 0; at < 10; at++) {
			memcpy(wrong, code, sizeof code);
			wrong[at] = code[at + 1];
			wrong[at + 1] = code[at];
			assert_int_equal(is_code(wrong), code[at] == code[at + 1]);
		}
	}
}

static void
a_code_is_read_however_it_is_written(void **state)
{
	struct scene *s = *state;
	char body[] = "10A00B1C0D", code[FLYER_CODE_SIZE];
	const char *plain =
		vs_arena_printf(s->arena, "%s%c", body, field_check_character(body));
	const char *check = plain + 10;
	const char *const written[] = { plain, "10A0-0B1C-0D", "10a0 0b1c 0d",
		"lOaO-Oblc-OD", " IoA0\u00a00B1C\u20130d", "10a0-0b1c-\n0d",
		"HTTPS://EXEMPEL.SE/V/10A00B1C0D", "exempel.se/v/10A0-0B1C-0D",
		"SMSTO:+46701740605:PASS 10A0-0B1C-0D", "pass 10a00b1c0d",
		"mailto:a@exempel.se?subject=PASS%2010A0-0B1C-0D" };
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		const char *text = i == 0
			? plain
			: vs_arena_printf(s->arena, "%s%s", written[i], check);
		assert_done(s, flyer_code_read(text, code, &s->err));
		assert_string_equal(code, plain);
	}
	assert_string_equal(flyer_code_text(s->arena, plain),
		vs_arena_printf(s->arena, "10A0-0B1C-0D%s", check));
}

static void
what_is_no_code_is_told_why(void **state)
{
	struct scene *s = *state;
	char code[FLYER_CODE_SIZE];
	assert_refused(s, flyer_code_read("", code, &s->err), VS_INVALID,
		"it has 0 characters, a code has 11");
	assert_refused(s, flyer_code_read("7K3M-9QX2-RT", code, &s->err), VS_INVALID,
		"it has 10 characters");
	assert_refused(s, flyer_code_read("7K3M-9QX2-UT4", code, &s->err), VS_INVALID,
		"no code has the character U");
	assert_refused(s, flyer_code_read("7K3M-9ÖX2-RT4", code, &s->err), VS_INVALID,
		"no code has the character Ö");
	char *endless = memset(vs_arena_alloc(s->arena, 5001), 'A', 5000);
	assert_refused(s, flyer_code_read(endless, code, &s->err), VS_INVALID,
		"no code of a flyer");
}

static void
codes_are_drawn_by_chance_unless_a_seed_is_set(void **state)
{
	struct scene *s = *state;
	unsetenv("VALSTUGA_RANDOM");
	const char *first = flyer_of(s, VALUES("text=pass"));
	const char *second = flyer_of(s, VALUES("text=pass"));
	assert_string_not_equal(first, second);
	setenv("VALSTUGA_RANDOM", "demo", 1);
	assert_string_equal(flyer_of(s, VALUES("text=pass")), "3ZXM-8DV3-J4Z");
	setenv("VALSTUGA_RANDOM", "demo", 1);
	assert_string_not_equal(flyer_of(s, VALUES("text=pass")), "3ZXM-8DV3-J4Z");
}

static void
a_batch_is_found_while_it_is_on(void **state)
{
	struct scene *s = *state;
	int64_t id = 0, again = 0;
	char code[FLYER_CODE_SIZE], other[FLYER_CODE_SIZE];
	const char *shown = flyer_of(s, VALUES("text=pass", "expires_on=2026-08-20"));
	assert_done(s, vs_flyer_find(s->db, shown, &id, &s->err));
	assert_done(s, flyer_code_read(shown, code, &s->err));
	assert_done(s, vs_flyer_find(s->db, code, &again, &s->err));
	assert_int_equal(id, again);
	code_by_chance(s->arena, other);
	assert_refused(s, vs_flyer_find(s->db, other, &id, &s->err), VS_NOT_FOUND,
		flyer_code_text(s->arena, other));
	scene_time("2026-08-20 23:59");
	assert_done(s, vs_flyer_find(s->db, code, &id, &s->err));
	scene_time("2026-08-21 00:01");
	assert_refused(s, vs_flyer_find(s->db, code, &id, &s->err), VS_REFUSED,
		"was valid until 2026-08-20");
	assert_refused(
		s, vs_flyer_off(s->db, shown, NULL, &s->err), VS_USAGE, "--reason");
	assert_done(s, vs_flyer_off(s->db, shown, "fel datum", &s->err));
	assert_refused(s, vs_flyer_find(s->db, code, &id, &s->err), VS_REFUSED,
		"is switched off: fel datum");
	int64_t lines = count_of(s, SQL("SELECT count(*) FROM history"));
	assert_done(s, vs_flyer_off(s->db, shown, "igen", &s->err));
	assert_int_equal(lines, count_of(s, SQL("SELECT count(*) FROM history")));
}

/* Batches ---------------------------------------------------------------------------------- */

static void
a_batch_is_for_one_thing_that_is_still_to_come(void **state)
{
	struct scene *s = *state;
	int64_t shift =
		squares_shift_for(s, STAND, "2026-08-22 10:00", "2026-08-22 14:00", 2);
	int64_t past =
		squares_shift_for(s, STAND, "2026-08-09 10:00", "2026-08-09 14:00", 2);
	const char *number = vs_arena_printf(s->arena, "shift=%d", (int)shift);
	assert_refused(s, try_flyer(s, VALUES("text=pass", "kommun=Kil", number)),
		VS_INVALID, "give one of them");
	assert_refused(s,
		try_flyer(s,
			VALUES("text=pass",
				vs_arena_printf(s->arena, "shift=%d", (int)past))),
		VS_REFUSED, "is over since 2026-08-09");
	assert_refused(s, try_flyer(s, VALUES("text=pass", "expires_on=2026-08-09")),
		VS_INVALID, "2026-08-09 is past");
	assert_refused(s, try_flyer(s, VALUES("kommun=Kil")), VS_INVALID, "field text");
	flyer_of(s, VALUES("text=pass", number));
	flyer_of(s, VALUES("text=pass", "kommun=Kil", "pieces=500"));
	squares_run(s, SQL("UPDATE shift SET cancelled_at = 1 WHERE id = 1"));
	assert_refused(
		s, try_flyer(s, VALUES("text=pass", number)), VS_REFUSED, "is cancelled");
	/* The day of the shift; election day. */
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM flyer WHERE expires_on = '2026-08-22'"
			    " AND shift_id = 1")));
	assert_int_equal(1,
		count_of(s,
			SQL("SELECT count(*) FROM flyer WHERE expires_on = '2026-09-13'"
			    " AND kommun_code = '1715' AND pieces = 500")));
	assert_int_equal(2, count_of(s, SQL("SELECT count(*) FROM flyer")));
	/* Codes are no history. */
	assert_int_equal(0,
		count_of(s,
			SQL("SELECT count(*) FROM history, flyer WHERE"
			    " instr(summary || object, substr(code, 1, 4))")));
}

static bool
add_text(struct scene *s, const char *body)
{
	return record_add(s, &vs_flyer_text_type,
		VALUES("name=egen", "headline=Hej", "call=Kom",
			vs_arena_printf(s->arena, "body=%s", body)),
		NULL);
}

static void
a_text_with_a_hole_is_refused(void **state)
{
	struct scene *s = *state;
	assert_refused(s, add_text(s, "Kom till {{komun}}"), VS_INVALID,
		"field body: nothing is called {{komun}}; there are what, when, where, kommun");
	assert_refused(s, add_text(s, "{{#where}}Kom"), VS_INVALID, "where");
	assert_refused(s, add_text(s, "{{>footer}}"), VS_INVALID, "{{footer}}");
	assert_refused(s, add_text(s, "{{where"), VS_INVALID, "body");
	assert_done(
		s, add_text(s, "{{! minns }}{{#where}}I {{where}}. {{/where}}{{&when}}"));
	assert_refused(s, try_flyer(s, VALUES("text=egen", "kommun=Kil")), VS_REFUSED,
		"the flyer text \"egen\" says {{when}}, and Kil has none");
	assert_refused(s, try_flyer(s, VALUES("text=forening")), VS_REFUSED,
		"says {{kommun}}, and the whole district has none");
	squares_run(s,
		SQL("UPDATE activity SET starts_at = 1787000000, ends_at = 1787010000"
		    " WHERE id = 1"));
	flyer_of(s, VALUES("text=egen", "activity=1"));
	assert_refused(s, vs_record_remove(s->db, &vs_flyer_text_type, "egen", &s->err),
		VS_INVALID, "something else still refers to it");
}

static json_t *
all_of(struct scene *s, const char *what, bool again, bool dry_run)
{
	static const struct vs_shift_filter any = { 0 };
	json_t *values = VALUES("text=forening");
	if (strcmp(what, "activities") == 0)
		json_object_set_new(values, "text", json_string("aktivitet"));
	json_t *view =
		vs_flyer_add_all(s->db, what, values, &any, again, dry_run, &s->err);
	json_decref(values);
	return view;
}

static void
expect_all(struct scene *s, const char *what, bool again, bool dry_run, size_t made,
	int64_t left_out)
{
	int64_t before = count_of(s, SQL("SELECT count(*) FROM flyer"));
	json_t *view = all_of(s, what, again, dry_run);
	if (!view)
		fail_msg("%s", s->err.text);
	assert_int_equal(json_array_size(json_object_get(view, "flyers")), made);
	assert_int_equal(integer_at(view, "left_out"), left_out);
	assert_int_equal(count_of(s, SQL("SELECT count(*) FROM flyer")) - before,
		dry_run ? 0 : (int64_t)made);
	json_decref(view);
}

static void
all_kommuner_get_one_and_only_one(void **state)
{
	struct scene *s = *state;
	expect_all(s, "kommuner", false, true, 16, 0);
	expect_all(s, "kommuner", false, false, 16, 0);
	expect_all(s, "kommuner", false, false, 0, 16);
	expect_all(s, "kommuner", true, false, 16, 0);
	assert_int_equal(32, count_of(s, SQL("SELECT count(DISTINCT code) FROM flyer")));
	/* What was switched off is no longer there. */
	squares_run(s,
		SQL("UPDATE flyer SET off_at = 1, off_reason = 'x'"
		    " WHERE kommun_code = '1784'"));
	expect_all(s, "kommuner", false, false, 1, 15);
	assert_null(all_of(s, "stugor", false, false));
	assert_refused(s, false, VS_USAGE, "There are kommuner and activities");
}

static void
all_activities_are_those_that_the_public_is_invited_to(void **state)
{
	struct scene *s = *state;
	squares_run(s,
		SQL("UPDATE activity SET starts_at = 1787000000 + id * 100000,"
		    " ends_at = 1787010000 + id * 100000"));
	expect_all(s, "activities", false, false, 0, 0);
	squares_run(s, SQL("UPDATE activity SET visibility = 'public' WHERE id < 3"));
	squares_run(s,
		SQL("UPDATE activity SET cancelled_at = 1, cancel_reason = 'regn'"
		    " WHERE id = 2"));
	expect_all(s, "activities", false, false, 1, 0);
	expect_all(s, "activities", false, false, 0, 1);
}

/* Paper ------------------------------------------------------------------------------------ */

static json_t *
view_of(struct scene *s, const struct vs_field_sheet_options *options)
{
	json_t *view = vs_flyer_view(s->db, options, &s->err);
	if (!view)
		fail_msg("%s", s->err.text);
	return view;
}

/* Of the only flyer: what its code holds, and the same in letters. */
static void
expect_way(struct scene *s, const char *qr, const char *address)
{
	static const struct vs_field_sheet_options any = { 0 };
	json_t *view = view_of(s, &any);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	assert_string_equal(text_at(sheet, "qr"), qr);
	assert_string_equal(text_at(sheet, "address"), address);
	json_decref(view);
}

static void
people_answer_the_way_the_campaign_says(void **state)
{
	struct scene *s = *state;
	const char *code = flyer_of(s, VALUES("text=pass"));
	char plain[FLYER_CODE_SIZE];
	assert_done(s, flyer_code_read(code, plain, &s->err));
	expect_way(s, vs_arena_printf(s->arena, "HTTPS://EXEMPEL.SE/V/%s", plain),
		vs_arena_printf(s->arena, "exempel.se/v/%s", code));
	/* What cannot be written in capitals alone is left as it is. */
	assert_done(
		s, set_campaign(s, VALUES("signup_url=https://Exempel.se/form?kod=")));
	expect_way(s, vs_arena_printf(s->arena, "https://Exempel.se/form?kod=%s", plain),
		vs_arena_printf(s->arena, "Exempel.se/form?kod=%s", code));
	assert_done(s,
		set_campaign(s, VALUES("signup_way=sms", "signup_phone=070-174 06 05")));
	expect_way(s, vs_arena_printf(s->arena, "SMSTO:+46701740605:PASS %s", code),
		vs_arena_printf(s->arena, "Text PASS %s to 070-174 06 05", code));
	assert_done(s,
		set_campaign(
			s, VALUES("signup_way=mail", "signup_email=a&b@exempel.se")));
	expect_way(s,
		vs_arena_printf(
			s->arena, "mailto:a%%26b@exempel.se?subject=PASS%%20%s", code),
		vs_arena_printf(s->arena, "Write PASS %s to a&b@exempel.se", code));
	assert_done(s, set_campaign(s, VALUES("signup_way=slip")));
	expect_way(s, plain, "");
}

static void
what_the_campaign_does_not_say_is_asked_for(void **state)
{
	struct scene *s = *state;
	static const struct vs_field_sheet_options any = { 0 }, slip = { .slip = true },
						   advert = { .advert = true };
	assert_refused(
		s, vs_flyer_view(s->db, &any, &s->err), VS_NOT_FOUND, "no flyer is on");
	flyer_of(s, VALUES("text=pass"));
	assert_refused(s, vs_flyer_view(s->db, &advert, &s->err), VS_REFUSED,
		"campaign set --ad-sponsor");
	assert_done(s, set_campaign(s, VALUES("signup_way=")));
	assert_refused(s, vs_flyer_view(s->db, &any, &s->err), VS_REFUSED,
		"campaign set --signup-way");
	json_decref(view_of(s, &slip));
	squares_run(
		s, SQL("UPDATE campaign SET signup_way = 'server', signup_url = NULL"));
	assert_refused(s, vs_flyer_view(s->db, &any, &s->err), VS_REFUSED,
		"campaign set --signup-url");
	squares_run(s, SQL("UPDATE campaign SET signup_way = 'slip', sender = NULL"));
	assert_refused(s, vs_flyer_view(s->db, &any, &s->err), VS_REFUSED,
		"campaign set --sender");
}

static void
a_flyer_says_what_when_where_and_who_is_behind_it(void **state)
{
	struct scene *s = *state;
	static const struct vs_field_sheet_options press = {
		.size = "a6", .bleed = true, .slip = true
	};
	squares_run(s,
		SQL("UPDATE activity SET starts_at = 1787385600, ends_at = 1787400000"
		    " WHERE id = 1"));
	assert_done(s,
		set_campaign(s,
			VALUES("ad_sponsor=Partiet",
				"ad_notice_url=https://exempel.se/a")));
	const char *code = flyer_of(s, VALUES("text=aktivitet", "activity=1"));
	json_t *view = view_of(s, &press);
	const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
	const json_t *facts = json_object_get(sheet, "facts");
	const json_t *advert = json_object_get(sheet, "advert");
	const json_t *slip = json_object_get(sheet, "slip");
	assert_string_equal(text_at(sheet, "headline"), "Kom till Valstugan!");
	assert_string_equal(text_at(sheet, "kicker"), "Election 2026 · Karlstad");
	assert_int_equal(json_array_size(facts), 3);
	assert_string_equal(
		text_at(json_array_get(facts, 1), "value"), "Saturday 22 August 10–14");
	assert_string_equal(
		text_at(json_array_get(facts, 2), "value"), "Stora torget, Karlstad");
	assert_string_equal(text_at(sheet, "code"), code);
	assert_string_equal(text_at(sheet, "valid_until"), "22 August 2026");
	assert_string_equal(text_at(sheet, "colour"), "#B3001B");
	assert_string_equal(text_at(sheet, "ink"), "#FFFFFF");
	assert_string_equal(
		text_at(sheet, "sender"), "Partiet, Karlstad, info@exempel.se");
	assert_string_equal(text_at(sheet, "size"), "A6");
	assert_string_equal(text_at(sheet, "paper"), "");
	assert_int_equal(integer_at(sheet, "up"), 1);
	assert_int_equal(integer_at(sheet, "bleed"), 3);
	assert_true(json_is_true(json_object_get(sheet, "marks")));
	assert_non_null(strstr(text_at(slip, "consent"), "withdraw my consent"));
	assert_string_equal(text_at(advert, "sponsor"), "Partiet");
	assert_non_null(strstr(text_at(advert, "election"), "13 September 2026"));
	json_decref(view);
}

static size_t
sheets_with(struct scene *s, const struct vs_field_sheet_options *options)
{
	json_t *view = view_of(s, options);
	size_t count = json_array_size(json_object_get(view, "sheets"));
	json_decref(view);
	return count;
}

static void
flyers_are_chosen_and_those_that_are_off_left_out(void **state)
{
	struct scene *s = *state;
	squares_run(s,
		SQL("UPDATE activity SET starts_at = 1787385600 + (id - 1) * 864000,"
		    " ends_at = 1787400000 + (id - 1) * 864000"));
	const char *kil = flyer_of(s, VALUES("text=forening", "kommun=Kil"));
	flyer_of(s, VALUES("text=aktivitet", "activity=1"));
	flyer_of(s, VALUES("text=aktivitet", "activity=3"));
	flyer_of(s, VALUES("text=pass", "expires_on=2026-08-12"));
	struct vs_field_sheet_options o = { 0 };
	assert_int_equal(sheets_with(s, &o), 4);
	o.text = "aktivitet";
	assert_int_equal(sheets_with(s, &o), 2);
	o.filter.kommun = "Kil";
	assert_int_equal(sheets_with(s, &o), 1);
	o.text = NULL;
	assert_int_equal(sheets_with(s, &o), 2);
	o.filter =
		(struct vs_shift_filter){ .from = "2026-08-22", .until = "2026-08-22" };
	assert_int_equal(sheets_with(s, &o), 1);
	o = (struct vs_field_sheet_options){ .flyer = kil };
	assert_int_equal(sheets_with(s, &o), 1);
	assert_done(s, vs_flyer_off(s->db, kil, "fel", &s->err));
	assert_refused(s, vs_flyer_view(s->db, &o, &s->err), VS_REFUSED, "switched off");
	o.flyer = NULL;
	scene_time("2026-08-13 12:00");
	assert_int_equal(sheets_with(s, &o), 2);
	squares_run(s,
		SQL("UPDATE activity SET cancelled_at = 1, cancel_reason = 'regn'"
		    " WHERE id = 1"));
	assert_int_equal(sheets_with(s, &o), 1);
}

static void
a_paper_takes_so_many_of_a_size(void **state)
{
	struct scene *s = *state;
	static const struct {
		const char *size, *up, *paper;
		int64_t count;
	} cases[] = { { NULL, NULL, "A4", 2 }, { "A6", NULL, "A4", 4 },
		{ "A4", NULL, "A4", 1 }, { "a5", "2", "A4", 2 }, { "A6", "1", "", 1 },
		{ "A5", "4", "", 4 } };
	flyer_of(s, VALUES("text=pass"));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct vs_field_sheet_options o = { .size = cases[i].size,
			.up = cases[i].up };
		json_t *view = view_of(s, &o);
		const json_t *sheet = json_array_get(json_object_get(view, "sheets"), 0);
		assert_string_equal(text_at(sheet, "paper"), cases[i].paper);
		assert_int_equal(integer_at(sheet, "up"), cases[i].count);
		json_decref(view);
	}
	const struct vs_field_sheet_options a3 = { .size = "A3" }, three = { .up = "3" };
	assert_refused(s, vs_flyer_view(s->db, &a3, &s->err), VS_INVALID, "\"A3\"");
	assert_refused(s, vs_flyer_view(s->db, &three, &s->err), VS_INVALID, "\"3\"");
}

#define STALL_TEST(name) cmocka_unit_test_setup_teardown(name, stall_open, scene_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STALL_TEST(every_wrong_character_and_every_swap_is_caught),
		STALL_TEST(a_code_is_read_however_it_is_written),
		STALL_TEST(what_is_no_code_is_told_why),
		STALL_TEST(codes_are_drawn_by_chance_unless_a_seed_is_set),
		STALL_TEST(a_batch_is_found_while_it_is_on),
		STALL_TEST(a_batch_is_for_one_thing_that_is_still_to_come),
		STALL_TEST(a_text_with_a_hole_is_refused),
		STALL_TEST(all_kommuner_get_one_and_only_one),
		STALL_TEST(all_activities_are_those_that_the_public_is_invited_to),
		STALL_TEST(people_answer_the_way_the_campaign_says),
		STALL_TEST(what_the_campaign_does_not_say_is_asked_for),
		STALL_TEST(a_flyer_says_what_when_where_and_who_is_behind_it),
		STALL_TEST(flyers_are_chosen_and_those_that_are_off_left_out),
		STALL_TEST(a_paper_takes_so_many_of_a_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
