/* Whole files: what is refused, and that a failed write leaves the old content. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <valstuga/base.h>

struct fixture {
	struct vs_arena *arena;
	const char *directory;
	struct vs_error err;
};

static int
fixture_open(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	if (!f)
		return -1;
	f->arena = vs_arena_new();
	const char *parent = getenv("TMPDIR");
	char *directory = vs_arena_printf(
		f->arena, "%s/valstuga-test-XXXXXX", parent ? parent : "/tmp");
	f->directory = mkdtemp(directory);
	*state = f;
	return f->directory ? 0 : -1;
}

static const char *
in(struct fixture *f, const char *name)
{
	return vs_arena_printf(f->arena, "%s/%s", f->directory, name);
}

/* How many entries the folder has; removes them when asked to. */
static int
count_entries(struct fixture *f, bool remove)
{
	DIR *directory = opendir(f->directory);
	int count = 0;
	for (struct dirent *entry; directory && (entry = readdir(directory));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		count++;
		if (remove && unlink(in(f, entry->d_name)) != 0)
			rmdir(in(f, entry->d_name));
	}
	closedir(directory);
	return count;
}

static int
fixture_close(void **state)
{
	struct fixture *f = *state;
	count_entries(f, true);
	rmdir(f->directory);
	vs_arena_free(f->arena);
	free(f);
	return 0;
}

static void
assert_content(struct fixture *f, const char *name, const char *content)
{
	char *bytes;
	size_t length;
	struct vs_error err = { 0 };
	assert_true(vs_file_read(f->arena, in(f, name), &bytes, &length, &err));
	assert_int_equal(length, strlen(content));
	assert_string_equal(bytes, content);
}

static void
assert_unreadable(struct fixture *f, const char *path)
{
	char *bytes;
	size_t length;
	struct vs_error err = { 0 };
	assert_false(vs_file_read(f->arena, path, &bytes, &length, &err));
	assert_int_equal(err.code, VS_IO);
	assert_non_null(strstr(err.text, path));
}

static void
what_is_written_is_read_back(void **state)
{
	struct fixture *f = *state;
	assert_true(vs_file_write(in(f, "a"), "first", 5, &f->err));
	assert_content(f, "a", "first");
	assert_true(vs_file_write(in(f, "a"), "", 0, &f->err));
	assert_content(f, "a", "");
	const size_t size = 3 * 1024 * 1024 + 1;
	char *large = vs_arena_alloc(f->arena, size), *bytes;
	memset(large, 'x', size);
	large[1000] = '\0';
	assert_true(vs_file_write(in(f, "a"), large, size, &f->err));
	size_t length;
	assert_true(vs_file_read(f->arena, in(f, "a"), &bytes, &length, &f->err));
	assert_int_equal(length, size);
	assert_memory_equal(bytes, large, size);
	assert_int_equal(bytes[size], '\0');
	assert_int_equal(count_entries(f, false), 1);
}

static void
a_file_whose_size_is_not_known_is_read_to_its_end(void **state)
{
	struct fixture *f = *state;
	char *bytes;
	size_t length;
	assert_true(
		vs_file_read(f->arena, "/proc/self/status", &bytes, &length, &f->err));
	assert_true(length > 100);
	assert_int_equal(strlen(bytes), length);
}

static void
only_ordinary_files_are_read(void **state)
{
	struct fixture *f = *state;
	assert_unreadable(f, f->directory);
	assert_unreadable(f, "/dev/zero");
	assert_unreadable(f, in(f, "missing"));
	assert_unreadable(f, in(f, "missing/too"));
	assert_int_equal(mkfifo(in(f, "fifo"), 0600), 0);
	assert_unreadable(f, in(f, "fifo")); /* must not wait for a writer */
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof address.sun_path, "%s/s", f->directory);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_unreadable(f, in(f, "s"));
	close(fd);
}

static void
a_file_beyond_the_limit_is_not_read(void **state)
{
	struct fixture *f = *state;
	int fd = open(in(f, "huge"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_int_equal(ftruncate(fd, (off_t)VS_FILE_MAX + 1), 0);
	close(fd);
	assert_unreadable(f, in(f, "huge"));
}

static void
a_written_file_is_for_its_owner_only(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	mode_t before = umask(0);
	assert_true(vs_file_write(in(f, "a"), "x", 1, &f->err));
	umask(before);
	assert_int_equal(stat(in(f, "a"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
assert_unwritable(const char *path)
{
	struct vs_error err = { 0 };
	assert_false(vs_file_write(path, "x", 1, &err));
	assert_int_equal(err.code, VS_IO);
	assert_non_null(strstr(err.text, path));
}

static void
only_ordinary_files_are_replaced(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	assert_unwritable(f->directory);
	assert_unwritable("/dev/full");
	assert_unwritable("/dev/null");
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	assert_int_equal(mkfifo(in(f, "fifo"), 0600), 0);
	assert_unwritable(in(f, "fifo"));
	assert_unwritable(in(f, "missing/file"));
	assert_unwritable("");
	assert_int_equal(count_entries(f, false), 1);
}

static void
a_link_stays_and_its_file_is_replaced(void **state)
{
	struct fixture *f = *state;
	assert_true(vs_file_write(in(f, "a"), "old", 3, &f->err));
	assert_int_equal(symlink("a", in(f, "link")), 0);
	assert_true(vs_file_write(in(f, "link"), "new", 3, &f->err));
	struct stat st;
	assert_int_equal(lstat(in(f, "link"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_content(f, "a", "new");
}

static void
a_name_without_a_folder_is_written_here(void **state)
{
	struct fixture *f = *state;
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(chdir(f->directory), 0);
	bool done = vs_file_write("a", "x", 1, &f->err);
	assert_int_equal(fchdir(here), 0);
	close(here);
	assert_true(done);
	assert_content(f, "a", "x");
}

/* The limit on file sizes stands in for a full disk: write() fails half way. */
static void
a_full_disk_leaves_the_old_file(void **state)
{
	struct fixture *f = *state;
	assert_true(vs_file_write(in(f, "a"), "old", 3, &f->err));
	char *large = vs_arena_alloc(f->arena, 100000);
	struct rlimit before, small;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_IGN);
	small = before;
	small.rlim_cur = 5000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	bool done = vs_file_write(in(f, "a"), large, 100000, &f->err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_false(done);
	assert_int_equal(f->err.code, VS_IO);
	assert_non_null(strstr(f->err.text, "no room"));
	assert_content(f, "a", "old");
	assert_int_equal(count_entries(f, false), 1);
}

#define WITH_FIXTURE(test) \
	cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIXTURE(what_is_written_is_read_back),
		WITH_FIXTURE(a_file_whose_size_is_not_known_is_read_to_its_end),
		WITH_FIXTURE(only_ordinary_files_are_read),
		WITH_FIXTURE(a_file_beyond_the_limit_is_not_read),
		WITH_FIXTURE(a_written_file_is_for_its_owner_only),
		WITH_FIXTURE(only_ordinary_files_are_replaced),
		WITH_FIXTURE(a_link_stays_and_its_file_is_replaced),
		WITH_FIXTURE(a_name_without_a_folder_is_written_here),
		WITH_FIXTURE(a_full_disk_leaves_the_old_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
