/* Errors, arenas, buffers, chance, digests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valstuga/base.h>

#include "base/digest.h"

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

static void
draw_bytes(uint64_t draw, unsigned char bytes[16])
{
	struct vs_error err = { 0 };
	memset(bytes, 0, 16);
	assert_true(vs_random_bytes(draw, bytes, 16, &err));
}

static void
chance_is_repeatable_only_when_it_is_asked_to_be(void **state)
{
	(void)state;
	unsigned char first[16], second[16];
	unsetenv("VALSTUGA_RANDOM");
	draw_bytes(1, first);
	draw_bytes(1, second);
	assert_memory_not_equal(first, second, 16);
	setenv("VALSTUGA_RANDOM", "demo", 1);
	draw_bytes(1, first);
	draw_bytes(1, second);
	assert_memory_equal(first, second, 16);
	draw_bytes(2, second);
	assert_memory_not_equal(first, second, 16);
	setenv("VALSTUGA_RANDOM", "another", 1);
	draw_bytes(1, second);
	assert_memory_not_equal(first, second, 16);
	/* An empty one is not set. */
	setenv("VALSTUGA_RANDOM", "", 1);
	draw_bytes(1, first);
	draw_bytes(1, second);
	assert_memory_not_equal(first, second, 16);
	unsetenv("VALSTUGA_RANDOM");
}

/* The examples of FIPS 180-4, and lengths around a block's end against sha256sum. */
static void
digests_are_sha_256(void **state)
{
	(void)state;
	static const char *const known[][2] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc",
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	static const struct {
		size_t length;
		const char *digest;
	} of_a[] = {
		{ 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318" },
		{ 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a" },
		{ 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34" },
		{ 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
		{ 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0" },
		{ 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb" },
		{ 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c" },
		{ 1000000,
			"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
	};
	char text[DIGEST_SIZE];
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_string_equal(
			digest_text(known[i][0], strlen(known[i][0]), text), known[i][1]);
	char *bytes = malloc(1000000);
	assert_non_null(bytes);
	memset(bytes, 'a', 1000000);
	for (size_t i = 0; i < sizeof of_a / sizeof *of_a; i++)
		assert_string_equal(
			digest_text(bytes, of_a[i].length, text), of_a[i].digest);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(a_buffer_grows_and_stays_terminated),
		cmocka_unit_test(chance_is_repeatable_only_when_it_is_asked_to_be),
		cmocka_unit_test(digests_are_sha_256),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
