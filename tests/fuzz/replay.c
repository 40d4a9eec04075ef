/*
 * Stands in for libFuzzer in the normal test run: feeds every file of a corpus, and for each
 * so many mutations that are the same every time, to a fuzz target. One TAP test per file.
 *
 *	replay MUTATIONS FOLDER
 *
 * An input that kills the program is left as crash-TARGET.bin in the working directory.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_MAX (1 << 20)
#define FILES_MAX 4096

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of the sanitizers, when the program is built with them. */
__attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)(void));

/* What the target is looking at, for the last words. */
static const uint8_t *current;
static size_t current_size;
static char last_words[256];

static void
keep_input(void)
{
	int fd = open(last_words, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd >= 0 && write(fd, current, current_size) == (ssize_t)current_size)
		(void)!write(STDERR_FILENO, last_words, strlen(last_words));
}

static void
die(int number)
{
	keep_input();
	signal(number, SIG_DFL);
	raise(number);
}

static void
watch_for_death(const char *folder)
{
	static const int deadly[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
	const char *slash = strrchr(folder, '/');
	snprintf(last_words, sizeof last_words, "crash-%s.bin",
		slash ? slash + 1 : folder);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(keep_input);
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
		signal(deadly[i], die);
}

/* splitmix64: the same numbers on every machine. */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static size_t
below(uint64_t *state, size_t limit)
{
	return limit ? (size_t)(next_random(state) % limit) : 0;
}

/* Bytes that mean something to one of our parsers. */
static uint8_t
telling_byte(uint64_t *state)
{
	static const char bytes[] =
		"\0\r\n\t \"';,=-+@{}[]#/<>&.:%0189aZ\x7f\x80\xbf\xc3\xa5\xe2"
		"\xef\xbb\xf0\xfe\xff";
	return below(state, 4) ? (uint8_t)bytes[below(state, sizeof bytes - 1)]
			       : (uint8_t)next_random(state);
}

static void
insert(uint8_t *data, size_t *size, size_t at, const uint8_t *bytes, size_t count)
{
	if (*size + count > INPUT_MAX)
		return;
	memmove(data + at + count, data + at, *size - at);
	memcpy(data + at, bytes, count);
	*size += count;
}

static void
insert_telling(uint8_t *data, size_t *size, uint64_t *state)
{
	uint8_t bytes[3];
	size_t count = 1 + below(state, sizeof bytes);
	for (size_t i = 0; i < count; i++)
		bytes[i] = telling_byte(state);
	insert(data, size, below(state, *size + 1), bytes, count);
}

static void
cut_out(uint8_t *data, size_t *size, uint64_t *state)
{
	size_t at = below(state, *size);
	size_t count = 1 + below(state, *size - at < 32 ? *size - at : 32);
	memmove(data + at, data + at + count, *size - at - count);
	*size -= count;
}

static void
repeat_part(uint8_t *data, size_t *size, uint64_t *state)
{
	uint8_t part[64];
	size_t from = below(state, *size);
	size_t count = 1 + below(state, sizeof part);
	if (count > *size - from)
		count = *size - from;
	memcpy(part, data + from, count);
	insert(data, size, below(state, *size + 1), part, count);
}

static void
mutate_once(uint8_t *data, size_t *size, uint64_t *state)
{
	size_t kind = *size ? below(state, 6) : 1;
	switch (kind) {
	case 0:
		data[below(state, *size)] ^= (uint8_t)(1 << below(state, 8));
		break;
	case 1:
		insert_telling(data, size, state);
		break;
	case 2:
		cut_out(data, size, state);
		break;
	case 3:
		repeat_part(data, size, state);
		break;
	case 4:
		data[below(state, *size)] = telling_byte(state);
		break;
	default:
		*size = below(state, *size);
		break;
	}
}

/* A copy of exactly this size, so that reading past its end is seen. */
static void
feed(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	if (!copy)
		abort();
	memcpy(copy, data, size);
	current = copy;
	current_size = size;
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static size_t
read_file(const char *path, uint8_t *data)
{
	FILE *in = fopen(path, "rb");
	if (!in) {
		perror(path);
		exit(1);
	}
	size_t size = fread(data, 1, INPUT_MAX, in);
	fclose(in);
	return size;
}

static void
replay(const char *path, unsigned long mutations, uint64_t seed)
{
	static uint8_t original[INPUT_MAX], changed[INPUT_MAX];
	size_t size = read_file(path, original);
	uint64_t state = seed;
	feed(original, size);
	for (unsigned long i = 0; i < mutations; i++) {
		size_t changed_size = size;
		memcpy(changed, original, size);
		for (size_t times = 1 + below(&state, 5); times; times--)
			mutate_once(changed, &changed_size, &state);
		feed(changed, changed_size);
	}
}

static int
is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
	struct dirent **entries;
	if (argc != 3) {
		fprintf(stderr, "usage: replay MUTATIONS FOLDER\n");
		return 2;
	}
	unsigned long mutations = strtoul(argv[1], NULL, 10);
	int count = scandir(argv[2], &entries, is_file, alphasort);
	if (count <= 0 || count > FILES_MAX) {
		fprintf(stderr, "%s: there is no corpus\n", argv[2]);
		return 1;
	}
	watch_for_death(argv[2]);
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", argv[2], entries[i]->d_name);
		replay(path, mutations, (uint64_t)i + 1);
		printf("ok %d - %s and %lu mutations\n", i + 1, entries[i]->d_name,
			mutations);
		fflush(stdout);
		free(entries[i]);
	}
	free(entries);
	return 0;
}
