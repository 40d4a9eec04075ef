/*
 * The language of messages. gettext looks up, but is not asked which language: it would
 * want a Swedish locale to be installed.
 */
#include <valstuga/language.h>

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN	  "valstuga"
#define CATALOGUE "/sv/LC_MESSAGES/" DOMAIN ".mo"

/* Set once at the start of the program, before there are threads. */
static bool english = true;

static const char *
get_nonempty(const char *variable)
{
	const char *value = getenv(variable);
	return value && *value ? value : NULL;
}

static const char *
from_environment(void)
{
	static const char *const variables[] = { "VALSTUGA_LANG", "LC_ALL", "LC_MESSAGES",
		"LANG" };
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = get_nonempty(variables[i]);
		if (value)
			return value;
	}
	return "sv";
}

static bool
has_catalogue(struct vs_arena *arena, const char *directory)
{
	return access(vs_arena_printf(arena, "%s" CATALOGUE, directory), R_OK) == 0;
}

/* The folder that the running program lies in, NULL when the system does not say. */
static char *
program_directory(struct vs_arena *arena)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path);
	if (length <= 0 || (size_t)length == sizeof path)
		return NULL;
	char *copy = vs_arena_copy(arena, path, (size_t)length);
	char *slash = strrchr(copy, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return copy;
}

/* `po` in one of the four folders above a program that was not installed. */
static const char *
find_in_build_tree(struct vs_arena *arena, const char *program)
{
	char *parent = vs_arena_text(arena, program);
	for (int level = 0; level <= 4; level++) {
		const char *po = vs_arena_printf(arena, "%s/po", parent);
		if (has_catalogue(arena, po))
			return po;
		char *slash = strrchr(parent, '/');
		if (!slash)
			break;
		*slash = '\0';
	}
	return NULL;
}

/* Where the Swedish catalogue lies, NULL if nowhere. */
static const char *
find_catalogue(struct vs_arena *arena)
{
	const char *named = get_nonempty("VALSTUGA_LOCALEDIR");
	if (named && has_catalogue(arena, named))
		return named;
	const char *program = program_directory(arena);
	if (program) {
		const char *built = find_in_build_tree(arena, program);
		if (built)
			return built;
		const char *installed =
			vs_arena_printf(arena, "%s/../share/locale", program);
		if (has_catalogue(arena, installed))
			return installed;
	}
#ifdef VS_LOCALEDIR
	if (has_catalogue(arena, VS_LOCALEDIR))
		return VS_LOCALEDIR;
#endif
	return NULL;
}

/* The catalogue's own header is what it says for the empty text. */
static bool
catalogue_answers(void)
{
	return *dgettext(DOMAIN, "") != '\0';
}

/*
 * glibc reads $LANGUAGE in every locale but "C". C.UTF-8 is there on every Debian; a libc
 * that counts it as "C" gets a second chance with the locales that are most often there.
 */
static void
open_catalogue(void)
{
	static const char *const locales[] = { "C.UTF-8", "sv_SE.UTF-8", "en_US.UTF-8" };
	setenv("LANGUAGE", "sv", 1);
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
		if (setlocale(LC_MESSAGES, locales[i]) && catalogue_answers())
			return;
	setlocale(LC_MESSAGES, "C");
}

void
vs_language_set(const char *language)
{
	if (!language)
		language = from_environment();
	english = strncmp(language, "en", 2) == 0;
	if (english) {
		/* So that what the C library says is English, too. */
		setenv("LANGUAGE", "en", 1);
		setlocale(LC_MESSAGES, "C");
		return;
	}
	VS_AUTO(vs_scratch) scratch = vs_scratch_new();
	const char *directory = find_catalogue(scratch.arena);
	if (directory) {
		bindtextdomain(DOMAIN, directory);
		bind_textdomain_codeset(DOMAIN, "UTF-8");
	}
	open_catalogue();
}

const char *
vs_language(void)
{
	return english ? "en" : "sv";
}

const char *
vs_translate(const char *text)
{
	/* gettext answers the empty text with the catalogue's header. */
	return english || !*text ? text : dgettext(DOMAIN, text);
}

const char *
vs_translate_plural(const char *one, const char *many, int64_t count)
{
	uint64_t number = count < 0 ? 0 - (uint64_t)count : (uint64_t)count;
	if (english)
		return number == 1 ? one : many;
	return dngettext(DOMAIN, one, many, number);
}
