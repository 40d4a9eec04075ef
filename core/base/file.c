/*
 * Whole files. Reading never blocks on a FIFO or a device; writing leaves either the old or
 * the new content, whatever happens in between.
 */
#include <valstuga/base.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

static bool
fail_reading(const char *path, int cause, struct vs_error *err)
{
	if (cause == ENOENT || cause == ENOTDIR)
		return vs_fail(err, VS_IO,
			_("there is no file '%s'; check the name and the folder"), path);
	if (cause == EACCES || cause == EPERM)
		return vs_fail(err, VS_IO,
			_("you are not allowed to read '%s'; check its permissions"),
			path);
	return vs_fail(err, VS_IO, _("'%s' cannot be read: %s"), path, strerror(cause));
}

static bool
fail_writing(const char *path, int cause, struct vs_error *err)
{
	if (cause == ENOSPC || cause == EDQUOT || cause == EFBIG)
		return vs_fail(err, VS_IO,
			_("there is no room on the disk for '%s'; free some space and try "
			  "again (nothing was changed)"),
			path);
	if (cause == ENOENT || cause == ENOTDIR)
		return vs_fail(err, VS_IO,
			_("there is no folder for '%s'; create it or choose another"),
			path);
	if (cause == EACCES || cause == EPERM || cause == EROFS)
		return vs_fail(err, VS_IO,
			_("you are not allowed to write '%s'; choose another folder"),
			path);
	return vs_fail(
		err, VS_IO, _("'%s' cannot be written: %s"), path, strerror(cause));
}

/* Anything but an ordinary file is refused; a path that does not exist is fine. */
static bool
check_kind(const char *path, mode_t mode, struct vs_error *err)
{
	if (S_ISREG(mode))
		return true;
	if (S_ISDIR(mode))
		return vs_fail(err, VS_IO, _("'%s' is a folder; name a file"), path);
	return vs_fail(err, VS_IO,
		_("'%s' is a device or a pipe, not an ordinary file; name a file"), path);
}

static bool
fail_too_large(const char *path, struct vs_error *err)
{
	return vs_fail(err, VS_IO,
		_("'%s' is larger than %u MB; check that it is the right file"), path,
		VS_FILE_MAX / (1024 * 1024));
}

/* read() that goes on after a signal. */
static ssize_t
read_some(int fd, char *bytes, size_t room)
{
	ssize_t count;
	do
		count = read(fd, bytes, room);
	while (count < 0 && errno == EINTR);
	return count;
}

/* Reads to the end; the size from fstat() is only a first guess (it is 0 in /proc). */
static bool
read_all(struct vs_arena *arena, const char *path, int fd, size_t guess, char **ret_bytes,
	size_t *ret_length, struct vs_error *err)
{
	size_t room = guess + 1, length = 0;
	char *bytes = vs_arena_alloc(arena, room + 1);
	for (;;) {
		if (length > VS_FILE_MAX)
			return fail_too_large(path, err);
		if (length == room) {
			room = room < 4096 ? 8192 : room * 2;
			char *more = vs_arena_alloc(arena, room + 1);
			memcpy(more, bytes, length);
			bytes = more;
		}
		ssize_t count = read_some(fd, bytes + length, room - length);
		if (count < 0)
			return fail_reading(path, errno, err);
		if (count == 0)
			break;
		length += (size_t)count;
	}
	bytes[length] = '\0';
	*ret_bytes = bytes;
	*ret_length = length;
	return true;
}

bool
vs_file_read(struct vs_arena *arena, const char *path, char **ret_bytes,
	size_t *ret_length, struct vs_error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		int cause = errno;
		struct stat
			st; /* a socket or a device without a driver fails in open() */
		if (stat(path, &st) == 0 && !check_kind(path, st.st_mode, err))
			return false;
		return fail_reading(path, cause, err);
	}
	struct stat st;
	bool done = fstat(fd, &st) == 0 || fail_reading(path, errno, err);
	done = done && check_kind(path, st.st_mode, err);
	if (done && st.st_size > VS_FILE_MAX)
		done = fail_too_large(path, err);
	done = done &&
		read_all(arena, path, fd, (size_t)st.st_size, ret_bytes, ret_length, err);
	close(fd);
	return done;
}

/* Returns 0 or the errno. */
static int
write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t count = write(fd, bytes, length);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return errno;
		if (count == 0)
			return EIO;
		bytes += count;
		length -= (size_t)count;
	}
	return 0;
}

/* So that the rename itself survives a power cut. Some network disks cannot do it. */
static int
sync_directory(const char *directory)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == EACCES ? 0 : errno;
	int cause = fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
	close(fd);
	return cause;
}

/* Fills the new file and puts it in place; returns 0 or the errno. */
static int
fill_and_rename(int fd, const char *temporary, const char *target, const char *bytes,
	size_t length)
{
	int cause = write_all(fd, bytes, length);
	if (!cause && fsync(fd) != 0)
		cause = errno;
	if (close(fd) != 0 && !cause)
		cause = errno;
	if (!cause && rename(temporary, target) != 0)
		cause = errno;
	if (cause)
		unlink(temporary);
	return cause;
}

/* The folder part of a path, with its slash; "" for the working directory. */
static const char *
directory_of(struct vs_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	return vs_arena_copy(arena, path, slash ? (size_t)(slash - path) + 1 : 0);
}

bool
vs_file_sync_directory(const char *path, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *directory = directory_of(scratch.arena, path);
	int cause = sync_directory(*directory ? directory : ".");
	return !cause || fail_writing(path, cause, err);
}

bool
vs_file_write(const char *path, const void *bytes, size_t length, struct vs_error *err)
{
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	struct stat st;
	const char *target = path;
	if (stat(path, &st) == 0) {
		if (!check_kind(path, st.st_mode, err))
			return false;
		/* A symbolic link stays one: the file that it names is replaced. */
		char *real = realpath(path, NULL);
		if (!real)
			return fail_writing(path, errno, err);
		target = vs_arena_text(scratch.arena, real);
		free(real);
	}
	const char *directory = directory_of(scratch.arena, target);
	char *temporary = vs_arena_printf(scratch.arena, "%s.valstuga-XXXXXX", directory);
	int fd = mkostemp(temporary, O_CLOEXEC); /* O_EXCL and mode 0600 */
	if (fd < 0)
		return fail_writing(path, errno, err);
	int cause = fill_and_rename(fd, temporary, target, bytes, length);
	if (!cause)
		cause = sync_directory(*directory ? directory : ".");
	return !cause || fail_writing(path, cause, err);
}
