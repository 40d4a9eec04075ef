/* Rank correlation beside values that were worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include <valstuga/rank.h>

/* cmocka compares floats only. */
#define assert_near(a, b, most) assert_true(fabs((a) - (b)) <= (most))
#define COUNT(array)		(sizeof(array) / sizeof *(array))

static struct vs_rank
rank_of(const double *a, const double *b, size_t count)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct vs_rank rank = { 0 };
	assert_true(vs_rank(scratch.arena, a, b, count, &rank));
	assert_int_equal(rank.count, count);
	return rank;
}

/*
 * Without ties rho is 1 - 6 sum(d²) / (n (n² - 1)). The ranks differ by 4, 3, 0, 5, 5, 3, 4, 6,
 * 7 and 3, so sum(d²) = 194 and rho = 1 - 1164 / 990 = -29 / 165, a textbook's example.
 */
static void
without_ties_it_is_the_textbooks_formula(void **state)
{
	(void)state;
	static const double iq[] = { 106, 100, 86, 101, 99, 103, 97, 113, 112, 110 };
	static const double tv[] = { 7, 27, 2, 50, 28, 29, 20, 12, 6, 17 };
	struct vs_rank rank = rank_of(iq, tv, COUNT(iq));
	assert_near(rank.rho, -29.0 / 165, 1e-12);
	/* z = -0.177605; its error 1.959964 sqrt((1 + 0.015445) / 7) = 0.746493 */
	assert_near(rank.low, -0.727830, 1e-6);
	assert_near(rank.high, 0.514547, 1e-6);
}

/*
 * Ranks 1, 2.5, 2.5, 4, 6, 6, 6, 8 and 2, 1, 4, 3, 6, 5, 7.5, 7.5. From their mean 4.5 the
 * products are 8.75 + 7 + 1 + 0.75 + 2.25 + 0.75 + 4.5 + 10.5 = 35.5, the squares 39.5 and 41.5.
 */
static void
ties_share_the_mean_of_their_ranks(void **state)
{
	(void)state;
	static const double a[] = { 1, 2, 2, 3, 5, 5, 5, 8 };
	static const double b[] = { 2, 1, 4, 3, 6, 5, 8, 8 };
	struct vs_rank rank = rank_of(a, b, COUNT(a));
	assert_near(rank.rho, 35.5 / sqrt(39.5 * 41.5), 1e-12);
	assert_near(rank.low, 0.318954, 1e-6);
	assert_near(rank.high, 0.983451, 1e-6);
}

static void
only_the_order_counts(void **state)
{
	(void)state;
	static const double a[] = { -3, 0.1, 0.2, 7, 9, 1e9 };
	static const double b[] = { 0, 2, 1, 4, 100, 99 };
	static const double order[] = { 1, 2, 3, 4, 5, 6 };
	static const double other[] = { 1, 3, 2, 4, 6, 5 };
	assert_near(rank_of(a, b, 6).rho, rank_of(order, other, 6).rho, 1e-15);
	/* d² is 0 + 1 + 1 + 0 + 1 + 1 = 4; 1 - 24 / 210 */
	assert_near(rank_of(a, b, 6).rho, 1 - 24.0 / 210, 1e-12);
	assert_near(rank_of(b, a, 6).rho, 1 - 24.0 / 210, 1e-12);
}

/* Five in perfect order: as rho 1 - 12 / (5 * 24) = 0.9, whose interval holds 0. */
static void
a_perfect_order_of_few_is_not_certain(void **state)
{
	(void)state;
	static const double a[] = { 1, 2, 3, 4, 5 };
	static const double down[] = { 9, 7, 5, 3, 1 };
	struct vs_rank rank = rank_of(a, a, 5);
	assert_near(rank.rho, 1, 0);
	assert_near(rank.low, -0.168896, 1e-6);
	assert_near(rank.high, 1, 0);
	rank = rank_of(a, down, 5);
	assert_near(rank.rho, -1, 0);
	assert_near(rank.low, -1, 0);
	assert_near(rank.high, 0.168896, 1e-6);
}

static void
fewer_than_five_cannot_be_told(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	static const double a[] = { 1, 2, 3, 4, 5 };
	struct vs_rank rank = { .rho = 7 };
	for (size_t count = 0; count < 5; count++)
		assert_false(vs_rank(scratch.arena, a, a, count, &rank));
	assert_near(rank.rho, 7, 0);
	assert_true(vs_rank(scratch.arena, a, a, 5, &rank));
}

static void
what_is_the_same_everywhere_goes_with_nothing(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	static const double a[] = { 1, 2, 3, 4, 5, 6 };
	static const double same[] = { 2, 2, 2, 2, 2, 2 };
	static const double odd[] = { 1, 2, NAN, 4, 5, 6 };
	struct vs_rank rank;
	assert_false(vs_rank(scratch.arena, a, same, 6, &rank));
	assert_false(vs_rank(scratch.arena, same, a, 6, &rank));
	assert_false(vs_rank(scratch.arena, same, same, 6, &rank));
	assert_false(vs_rank(scratch.arena, a, odd, 6, &rank));
}

/*
 * Of 2 000 series of 16 pairs that have nothing to do with each other about 95 % of the
 * intervals hold 0.
 */
static void
chance_is_called_chance_nineteen_times_of_twenty(void **state)
{
	(void)state;
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	uint64_t seed = 20260913;
	double a[16], b[16];
	int held = 0;
	for (int run = 0; run < 2000; run++) {
		struct vs_rank rank;
		for (int i = 0; i < 32; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			(i < 16 ? a : b)[i % 16] = (double)(seed >> 40);
		}
		assert_true(vs_rank(scratch.arena, a, b, 16, &rank));
		assert_true(rank.low < rank.rho && rank.rho < rank.high);
		held += rank.low <= 0 && rank.high >= 0;
	}
	assert_in_range(held, 1860, 1940);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_ties_it_is_the_textbooks_formula),
		cmocka_unit_test(ties_share_the_mean_of_their_ranks),
		cmocka_unit_test(only_the_order_counts),
		cmocka_unit_test(a_perfect_order_of_few_is_not_certain),
		cmocka_unit_test(fewer_than_five_cannot_be_told),
		cmocka_unit_test(what_is_the_same_everywhere_goes_with_nothing),
		cmocka_unit_test(chance_is_called_chance_nineteen_times_of_twenty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
