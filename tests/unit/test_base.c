/* Errors, arenas, buffers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <valstuga/base.h>

static void
the_first_error_wins(void **state)
{
	(void)state;
	struct vs_error err = { 0 };
	assert_false(vs_fail(&err, VS_NOT_FOUND, "no place %d", 17));
	assert_false(vs_fail(&err, VS_IO, "something else"));
	assert_int_equal(err.code, VS_NOT_FOUND);
	assert_string_equal(err.text, "no place 17");
}

static void
arena_memory_is_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	struct vs_arena *arena = vs_arena_new();
	char *previous = NULL;
	for (size_t size = 1; size < 100000; size = size * 3 + 1) {
		char *bytes = vs_arena_alloc(arena, size);
		assert_true((uintptr_t)bytes % _Alignof(max_align_t) == 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(bytes[i], 0);
		memset(bytes, 0x5a, size);
		if (previous)
			assert_int_equal(previous[0], 0x5a);
		previous = bytes;
	}
	assert_string_equal(vs_arena_printf(arena, "%s-%d", "å", 3), "å-3");
	assert_null(vs_arena_text(arena, NULL));
	vs_arena_free(arena);
	vs_arena_free(NULL);
}

static void
a_buffer_grows_and_stays_terminated(void **state)
{
	(void)state;
	struct vs_buffer buffer = { 0 };
	for (int i = 0; i < 1000; i++)
		vs_buffer_printf(&buffer, "%03d", i);
	assert_int_equal(buffer.length, 3000);
	assert_int_equal(buffer.data[3000], '\0');
	assert_memory_equal(buffer.data + 2997, "999", 3);
	vs_buffer_append(&buffer, "", 0);
	assert_int_equal(buffer.length, 3000);
	vs_buffer_done(&buffer);
	assert_null(buffer.data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(a_buffer_grows_and_stays_terminated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
