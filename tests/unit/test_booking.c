/* Bookings: the rules, the waiting list, the states. */
#include "booking_fixture.h"

/* Rules ------------------------------------------------------------------------------------ */

#define DAY "2026-08-22 "

/* Kim is there from 8 to 12. Another span of that day, at the same stand. */
static void
try_span(struct scene *s, const char *starts, const char *ends, bool fits)
{
	int64_t shift =
		squares_shift_for(s, STAND, vs_arena_printf(s->arena, DAY "%s", starts),
			vs_arena_printf(s->arena, DAY "%s", ends), 1);
	if (!fits) {
		assert_refused(s, squares_book(s, shift, KIM), VS_REFUSED,
			"Kim Ek is on shift 1 (Valstugan, Stora torget, Karlstad, ");
		return;
	}
	assert_done(s, squares_book(s, shift, KIM));
	assert_done(s, squares_move(s, shift, KIM, "cancelled", NULL));
}

static void
set_tolerance(struct scene *s, int minutes)
{
	VS_AUTO(stmt) q = { 0 };
	assert_done(s,
		stmt_open(&q, s->db, SQL("UPDATE activity_kind SET tolerance = ?"),
			&s->err));
	stmt_bind(&q, minutes);
	assert_done(s, stmt_run(&q, &s->err));
}

static void
who_is_on_a_shift_is_on_no_other_then(void **state)
{
	struct scene *s = *state;
	set_tolerance(s, 0);
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	try_span(s, "06:00", "08:00", true);
	try_span(s, "06:00", "10:00", false);
	try_span(s, "06:00", "12:00", false);
	try_span(s, "10:00", "18:00", false);
	try_span(s, "11:00", "12:00", false);
	try_span(s, "12:00", "18:00", true);
	try_span(s, "08:00", "12:00", false);
	try_span(s, "06:00", "18:00", false);
}

static void
a_hand_over_may_overlap_but_no_shift_lies_within_another(void **state)
{
	struct scene *s = *state;
	set_tolerance(s, 60);
	int64_t first = squares_shift_for(s, STAND, DAY "08:00", DAY "12:00", 2);
	assert_done(s, squares_book(s, first, KIM));
	try_span(s, "11:00", "14:00", true);
	try_span(s, "10:59", "14:00", false);
	try_span(s, "10:00", "11:00", false);
	try_span(s, "11:00", "12:00", false);
	try_span(s, "06:00", "09:00", true);
	try_span(s, "08:00", "12:00", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, squares_open, scene_close)
		TEST(who_is_on_a_shift_is_on_no_other_then),
		TEST(a_hand_over_may_overlap_but_no_shift_lies_within_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
