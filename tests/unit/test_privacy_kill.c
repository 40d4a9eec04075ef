/* Erasing that is killed: done or not done, and in the end the name is nowhere. */
#include "privacy_scene.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static int64_t
microseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The file as it was, and nothing beside it. */
static void
start_again(struct scene *s, const char *whole)
{
	vs_db_close(s->db);
	unlink(s->path);
	assert_done(s, vs_db_restore(s->path, whole, true, &s->err));
	s->db = NULL;
}

/* Erases in a child that is killed after a while; 0: it may finish. */
static int64_t
erase_in_child(struct scene *s, int64_t kill_after)
{
	int64_t started = microseconds();
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct vs_error err = { 0 };
		struct vs_db *db = vs_db_open(s->path, VS_WRITE, "anna", &err);
		json_decref(db ? vs_person_erase(db, ZEFYRA, false, &err) : NULL);
		vs_db_close(db);
		_exit(0);
	}
	if (kill_after) {
		usleep((useconds_t)kill_after);
		kill(child, SIGKILL);
	}
	waitpid(child, NULL, 0);
	int64_t took = microseconds() - started;
	s->db = vs_db_open(s->path, VS_WRITE, "anna", &s->err);
	assert_non_null(s->db);
	return took;
}

/* Killed at any moment: either erased or not, never half; and what is erased is erased. */
static void
killed_in_the_middle_it_is_erased_or_not(void **state)
{
	struct scene *s = *state;
	const char *whole = vs_arena_printf(s->arena, "%s.whole", s->directory);
	int erased = 0, kept = 0, due = 0;
	assert_done(s, vs_db_backup(s->db, whole, &s->err));
	start_again(s, whole);
	int64_t took = erase_in_child(s, 0);
	for (int i = 1; i <= 24; i++) {
		start_again(s, whole);
		erase_in_child(s, took * i / 22);
		bool there =
			count_of(s, "SELECT count(*) FROM person WHERE name LIKE 'Zef%'");
		assert_int_equal(
			count_of(s,
				"SELECT count(*) FROM incident WHERE witness LIKE 'Zef%'"),
			there);
		kept += there;
		erased += !there;
		if (there)
			continue;
		due += count_of(s, "SELECT count(*) FROM rewrite_due") > 0;
		json_decref(vs_retention(s->db, NULL, false, &s->err));
		assert_int_equal(count_of(s, "SELECT count(*) FROM rewrite_due"), 0);
		assert_gone(s);
	}
	print_message("# %d erased (%d not rewritten), %d not\n", erased, due, kept);
	unlink(whole);
	assert_true(kept > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(killed_in_the_middle_it_is_erased_or_not,
			zefyra_open, scene_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
